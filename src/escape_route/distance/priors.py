"""How winding a way is, by mode: travelled length = geodesic x f, f = 1 + LogNormal(mu, sigma), never below 1.

A prior that no measurement carries is marked as a judgement, and is shown as one wherever its numbers are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from escape_route.errors import UsageError, suggest
from escape_route.model.modes import Excess, Mode, alike

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from escape_route.geography.geodesic import Floats

_NORMAL_95 = 1.6448536269514722  # 95 % quantile of the standard normal distribution


@dataclass(frozen=True, slots=True)
class Prior:
    """Distribution of ln(f - 1) for ways by a mode, by the geodesic length of a way in kilometres."""

    mode: Mode
    excess: Excess

    @property
    def judgement(self) -> bool:
        """Whether no measurement carries it."""
        return self.excess.judgement

    @property
    def basis(self) -> str:
        """What it rests on."""
        return self.excess.basis

    def mu(self, length_km: Floats) -> Floats:
        """Mean of ln(f - 1) for ways of these geodesic lengths."""
        excess = self.excess
        return np.asarray(excess.mu + excess.per_ln_km * np.log(np.clip(length_km, *excess.range_km)), np.float64)

    def sigma(self, length_km: Floats) -> Floats:
        """Standard deviation of ln(f - 1) for ways of these geodesic lengths."""
        from_km, sigmas = np.array(self.excess.sigma).T
        return np.asarray(sigmas[np.searchsorted(from_km, length_km, side="right") - 1], np.float64)

    def factor(self, length_km: Floats, z: Floats) -> Floats:
        """Winding factors for ways of these geodesic lengths, at standard normal deviates `z`; arrays of one shape."""
        return np.asarray(1 + np.exp(self.mu(length_km) + self.sigma(length_km) * z), dtype=np.float64)

    def at(self, length_km: float) -> tuple[float, float, float]:
        """Median factor and the two ends of its 90 % interval for a way of this geodesic length."""
        lengths_km, z = np.full(3, float(length_km)), np.array([-_NORMAL_95, 0.0, _NORMAL_95])
        low, median, high = self.factor(lengths_km, z)
        return float(median), float(low), float(high)


#: The prior of every mode, as its row has it.
PRIORS: dict[Mode, Prior] = {mode: Prior(mode, mode.row.excess) for mode in Mode}


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
        return Prior(self.mode, Excess(float(ends.mean()), alike(sigma), basis, judgement=True))


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
