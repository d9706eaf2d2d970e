"""What the intervals are set beside: the priors of version 0.1, and how good a forecast is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.random import Generator

    from escape_route.geography.geodesic import Floats
    from escape_route.model.modes import Mode

DRAWS = 20_000
_RHO = 0.5
#: Mean of ln(f - 1) for a straight line of 1 km, its slope in the logarithm of the length, and its
#: spread.
_BEFORE = {
    "road": (-0.234, -0.148, 0.0),
    "road_poor": (0.116, -0.148, 0.55),
    "rail": (float(np.log(0.33)), 0.0, 0.45),
    "foot": (float(np.log(0.40)), 0.0, 0.65),
    "foot_wild": (float(np.log(0.65)), 0.0, 0.70),
    "boat_along": (float(np.log(0.12)), 0.19, 0.75),
    "flight": (float(np.log(0.08)), 0.0, 0.60),
}
#: Version 0.1 knew no sea: who went by ship was told as on a boat along its way.
_BEFORE["sea"] = _BEFORE["boat_along"]
_ROAD_EDGES_KM = (25.0, 50.0, 100.0, 200.0, 400.0)
_ROAD_SD = np.hypot([0.82, 0.58, 0.58, 0.48, 0.38, 0.30], 1 / 3)
_RANGE_KM = {
    "road": (5.0, 2000.0),
    "road_poor": (5.0, 2000.0),
    "boat_along": (10.0, np.inf),
    "sea": (10.0, np.inf),
}


def before(legs: Sequence[Sequence[Mode]], straight_km: Floats, rng: Generator) -> Floats:
    """Draws of a journey's length as version 0.1 made them, in km, from the straight lines of its legs."""
    shared = rng.standard_normal(DRAWS)
    total_km = np.zeros(DRAWS)
    for modes, length_km in zip(legs, straight_km, strict=True):
        z = np.sqrt(_RHO) * shared + np.sqrt(1 - _RHO) * rng.standard_normal(DRAWS)
        parts_km = length_km / len(modes)
        if length_km > 0:
            total_km += sum(parts_km * (1 + _excess(str(mode), parts_km, z)) for mode in modes)
    return total_km


def _excess(mode: str, length_km: float, z: Floats) -> Floats:
    at_1_km, slope, sd = _BEFORE[mode]
    held_km = np.clip(length_km, *_RANGE_KM.get(mode, (1.0, np.inf)))
    if mode == "road":
        sd = float(_ROAD_SD[np.searchsorted(_ROAD_EDGES_KM, length_km, side="right")])
    return np.asarray(np.exp(at_1_km + slope * np.log(held_km) + sd * z), dtype=np.float64)


def crps(drawn: Floats, length: float) -> float:
    """Continuous ranked probability score of rising draws over the length: 0 is best; of one number its error."""
    count = len(drawn)
    order = 2 * np.arange(1, count + 1) - count - 1
    spread = float(order @ drawn) / count**2
    return (float(np.abs(drawn - length).mean()) - spread) / length
