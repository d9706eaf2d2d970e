"""How winding a way is, by mode: travelled length = geodesic x f, f = 1 + LogNormal(mu, sigma), never below 1.

A prior that no measurement carries is marked as a judgement, and is shown as one wherever its numbers are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from escape_route.model import Mode

if TYPE_CHECKING:
    from collections.abc import Callable

    from escape_route.measure import Floats

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

#: Speeds on foot in km/h, from slow to fast: what a stated duration comes to. All judgement.
SPEEDS_KMH: dict[Mode, tuple[float, float]] = {Mode.FOOT_WILD: (1.5, 3.0), Mode.FOOT: (3.0, 5.0)}
