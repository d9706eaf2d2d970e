"""How rough the ground under a straight line is: known before any way is, and all that is told of the ground.

The table is of half degrees, from 90 N and 0 E: whole numbers, 16 times the logarithm of 1 + the
standard deviation of heights, in metres, in a square of 110 km; 0 where the square is all sea. The
heights are GTOPO30's (US Geological Survey, public domain); `make priors` writes it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np

from escape_route.geography import ellipsoid
from escape_route.geography.geodesic import Floats

CELLS_A_DEGREE = 2
STEPS = 16.0  # a unit of the logarithm
AT_M = 100.0  # roughness that priors are told at: hills
_LEAST_M = 5.0  # a plain: below it nothing winds less
_SHARES = (np.arange(8) + 0.5) / 8  # of a line that are looked at


def roughness(one: Floats, other: Floats) -> Floats:
    """Logarithm of the mean roughness under straight lines, the sea left out: shape (n,), no unit, 0 at 100 m.

    Their ends are on the auxiliary sphere, shape (3, n) or (3, 1).
    """
    positions = np.concatenate([one * (1 - share) + other * share for share in _SHARES], axis=1)
    rough_m = _at(positions).reshape(len(_SHARES), -1)
    land = np.maximum(np.count_nonzero(rough_m, axis=0), 1)
    return np.asarray(
        np.log(np.maximum(rough_m.sum(axis=0) / land, _LEAST_M) / AT_M), dtype=np.float64
    )


def _at(positions: Floats) -> Floats:
    """Roughness in metres at positions on the sphere or within it, 0 at sea."""
    lon, lat = ellipsoid.off_sphere(positions).T
    table = _table()
    rows = np.rint((90 - lat) * CELLS_A_DEGREE).astype(np.int64)
    columns = np.rint(lon * CELLS_A_DEGREE).astype(np.int64) % table.shape[1]
    return np.asarray(table[rows, columns], dtype=np.float64)


@cache
def _table() -> Floats:
    with (
        files("escape_route.geography").joinpath("ground.npz").open("rb") as file,
        np.load(file) as table,
    ):
        return np.asarray(np.expm1(table["steps"] / STEPS), dtype=np.float64)
