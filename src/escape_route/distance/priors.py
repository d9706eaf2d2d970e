"""How winding a way is, by mode: travelled length = geodesic x f, f = 1 + LogNormal(mu, sigma), never below 1.

A prior that no measurement carries is marked as a judgement, and is shown as one wherever its numbers are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from escape_route.errors import UsageError
from escape_route.fields import suggest
from escape_route.model.journey import Mode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from escape_route.geography.geodesic import Floats

_NORMAL_95 = 1.6448536269514722  # 95 % quantile of the standard normal distribution
_ROAD_EDGES_KM = np.array([25.0, 50.0, 100.0, 200.0, 400.0])
_ROAD_SIGMA_BRITISH = np.array([0.82, 0.58, 0.58, 0.48, 0.38, 0.30])
# One country's roads do not tell how networks differ between countries. Of motorways in nine regions it is published as
# 1.3 +- 0.1; taken as one standard deviation [judgement], that is 0.1 / 0.3 of what a way has over the straight line.
_ROAD_SIGMA_COUNTRIES = 0.1 / 0.3
_ROAD_SIGMA = np.hypot(_ROAD_SIGMA_BRITISH, _ROAD_SIGMA_COUNTRIES)
_ROAD_RANGE_KM = (5.0, 2000.0)
_RIVER_LEAST_KM = 10.0

_CHINA = "doi 10.1038/s44260-024-00023-x; doi 10.1080/19475683.2021.1966503"


@dataclass(frozen=True, slots=True)
class Prior:
    """Distribution of ln(f - 1) for a mode, as functions of the geodesic length of a way in kilometres."""

    mode: Mode
    mu: Callable[[Floats], Floats]
    sigma: Callable[[Floats], Floats]
    judgement: bool
    basis: str

    def factor(self, length_km: Floats, z: Floats) -> Floats:
        """Winding factors for ways of these geodesic lengths, at standard normal deviates `z`; arrays of one shape."""
        return np.asarray(1 + np.exp(self.mu(length_km) + self.sigma(length_km) * z), dtype=np.float64)

    def at(self, length_km: float) -> tuple[float, float, float]:
        """Median factor and the two ends of its 90 % interval for a way of this geodesic length."""
        lengths_km, z = np.full(3, float(length_km)), np.array([-_NORMAL_95, 0.0, _NORMAL_95])
        low, median, high = self.factor(lengths_km, z)
        return float(median), float(low), float(high)


def _flat(value: float) -> Callable[[Floats], Floats]:
    return lambda length_km: np.full_like(length_km, value)


def _road_mu(length_km: Floats) -> Floats:
    return np.asarray(-0.234 - 0.148 * np.log(np.clip(length_km, *_ROAD_RANGE_KM)), dtype=np.float64)


def _road_sigma(length_km: Floats) -> Floats:
    return np.asarray(_ROAD_SIGMA[np.searchsorted(_ROAD_EDGES_KM, length_km, side="right")], dtype=np.float64)


def _poor_road_mu(length_km: Floats) -> Floats:
    return _road_mu(length_km) + 0.35


def _river_mu(length_km: Floats) -> Floats:
    return np.asarray(np.log(0.12) + 0.19 * np.log(np.maximum(length_km, _RIVER_LEAST_KM)), dtype=np.float64)


PRIORS: dict[Mode, Prior] = {
    prior.mode: prior
    for prior in (
        Prior(
            Mode.ROAD,
            _road_mu,
            _road_sigma,
            judgement=False,
            basis=f"5,434 driving distances in Great Britain, widened as motorways differ between countries: {_CHINA}",
        ),
        Prior(
            Mode.ROAD_POOR,
            _poor_road_mu,
            _flat(0.55),
            judgement=True,
            basis=f"road, wound more; one province measured at 1.435 ({_CHINA}), the rest judged",
        ),
        Prior(Mode.RAIL, _flat(np.log(0.33)), _flat(0.45), judgement=False, basis="long pairs of railway stations"),
        Prior(Mode.FOOT, _flat(np.log(0.40)), _flat(0.65), judgement=False, basis="recorded hikes on paths"),
        Prior(Mode.FOOT_WILD, _flat(np.log(0.65)), _flat(0.70), judgement=True, basis="no measured figure was found"),
        Prior(Mode.BOAT_ALONG, _river_mu, _flat(0.75), judgement=False, basis="rivers at 1:10m"),
        Prior(Mode.BOAT_ACROSS, _flat(np.log(0.10)), _flat(0.80), judgement=True, basis="a river under 5 km wide"),
        Prior(Mode.FLIGHT, _flat(np.log(0.08)), _flat(0.60), judgement=False, basis="UK government's +8 %"),
        Prior(Mode.UNKNOWN, _flat(np.log(0.40)), _flat(0.70), judgement=True, basis="a mixture of the others"),
    )
}


@dataclass(frozen=True, slots=True)
class Winding:
    """A prior of the user's own: nine in ten ways by `mode` are `low` to `high` times the straight line.

    Two equal ends are one factor for every way.
    """

    mode: Mode
    low: float
    high: float

    def __post_init__(self) -> None:
        """Refuse what is no factor: nobody's way is shorter than the straight line."""
        if not 1 <= self.low <= self.high < np.inf:
            raise UsageError(
                f"priors: {self.mode}: {self.low:g} to {self.high:g} is not 1 or more, the lower factor first"
            )
        if self.low == 1 < self.high:
            raise UsageError(f"priors: {self.mode}: a range starts above 1, such as 1.05; 1 alone is a straight line")

    @property
    def prior(self) -> Prior:
        """Distribution that has these two as the ends of its 90 % interval."""
        with np.errstate(divide="ignore"):  # a factor of 1 has no way beyond the straight line, whose logarithm is -inf
            ends = np.log(np.array([self.low, self.high]) - 1)
        sigma = 0.0 if self.low == self.high else float(ends[1] - ends[0]) / (2 * _NORMAL_95)
        said = f"{self.low:g}" if self.low == self.high else f"{self.low:g} to {self.high:g}, 9 in 10"
        basis = f"set for this run: {said}"
        return Prior(self.mode, _flat(float(ends.mean())), _flat(sigma), judgement=True, basis=basis)


def windings(given: Mapping[str, float | Sequence[float]]) -> tuple[Winding, ...]:
    """Read priors as a user writes them.

    Parameters
    ----------
    given
        Mode to the factor of every way, or to the two ends of the 90 % interval of the factor; no unit.

    Returns
    -------
    tuple
        In the order of the modes: equal for equal arguments.

    Raises
    ------
    UsageError
        Where a mode is not known, or a factor is none.

    Examples
    --------
    >>> windings({"rail": 1.2, "road": (1.3, 1.9)})
    (Winding(mode=<Mode.ROAD: 'road'>, low=1.3, high=1.9), Winding(mode=<Mode.RAIL: 'rail'>, low=1.2, high=1.2))
    """
    unknown = [mode for mode in given if mode not in list(Mode)]
    if unknown:
        raise UsageError(f"priors: {unknown[0]} is not a mode ({suggest(unknown[0], list(Mode))})")
    return tuple(_winding(mode, given[mode]) for mode in Mode if mode in given)


def _winding(mode: Mode, factors: float | Sequence[float]) -> Winding:
    ends = [factors, factors] if isinstance(factors, int | float) else list(factors)
    if len(ends) != 2 or not all(isinstance(end, int | float) for end in ends):  # noqa: PLR2004  # two ends
        raise UsageError(f"priors: {mode}: {factors!r} is neither a factor nor two, such as (1.2, 1.6)")
    return Winding(mode, float(ends[0]), float(ends[1]))


def with_own(own: Sequence[Winding]) -> dict[Mode, Prior]:
    """Prior of every mode, a user's own in the place of ours."""
    return PRIORS | {winding.mode: winding.prior for winding in own}


#: Speeds on foot in km/h, from slow to fast: what a stated duration comes to. All judgement.
SPEEDS_KMH: dict[Mode, tuple[float, float]] = {Mode.FOOT_WILD: (1.5, 3.0), Mode.FOOT: (3.0, 5.0)}


@dataclass(frozen=True, slots=True)
class TopSpeed:
    """Fastest that one may have gone over a whole way, without a rest, and where the number is from."""

    kmh: float
    basis: str
    judgement: bool = True


#: What `lint` holds a way to: not the usual speeds, but those beyond which nobody went.
TOP_SPEEDS: dict[Mode, TopSpeed] = {
    Mode.ROAD: TopSpeed(130.0, "just above the 120 km/h that motorways of the region allow"),
    Mode.ROAD_POOR: TopSpeed(80.0, "a good driver on a good day"),
    Mode.RAIL: TopSpeed(
        350.0,
        "the fastest trains in regular service: https://english.www.gov.cn/news/top_news/2017/09/21/content_281475874794796.htm",
        judgement=False,
    ),
    Mode.FOOT: TopSpeed(10.0, "twice the fast end of walking: running, and never resting"),
    Mode.FOOT_WILD: TopSpeed(6.0, "twice the fast end of such walking"),
    Mode.BOAT_ALONG: TopSpeed(80.0, "a speedboat"),
    Mode.BOAT_ACROSS: TopSpeed(80.0, "a speedboat"),
    Mode.FLIGHT: TopSpeed(1100.0, "an airliner with a strong wind behind it"),
    Mode.UNKNOWN: TopSpeed(1100.0, "it may have been a flight"),
}
