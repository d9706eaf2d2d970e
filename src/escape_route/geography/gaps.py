"""A network whose places lie on its stretches too, and whose small gaps are closed.

Railways as they are carried have junctions up to tens of kilometres apart, so that a town beside a track is far from
either, and break off in stations and at borders. A gap there is no gap on the ground [judgement: up to 5 km].
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from escape_route.geography import ellipsoid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from escape_route.geography.geodesic import Floats

    Rows = NDArray[np.int64]

_STEP_M = 4_000.0  # between junctions of a stretch, at the most
_BENT = 1.5  # times its chord: where a stretch that winds more lies is not known
_LONGEST_M = 100_000.0  # likewise
_GAP_M = 5_000.0
_HALF_TURN_DEG = 180.0


@dataclass(frozen=True, slots=True)
class Stretches:
    """Junctions, (lon, lat) in degrees, and the stretches between them, each once, in metres."""

    lonlat_deg: Floats
    one: Rows
    other: Rows
    length_m: Floats

    @classmethod
    def of(cls, arrays: dict[str, NDArray[Any]]) -> Stretches:
        """Take them from sparse rows, where they stand both ways."""
        one = np.repeat(np.arange(len(arrays["lonlat_deg"])), np.diff(arrays["starts"]))
        other = arrays["ends"].astype(np.int64)
        once = one < other
        return cls(arrays["lonlat_deg"], one[once], other[once], arrays["lengths_m"][once])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Sparse rows, each stretch both ways, of several between the same two the shortest."""
        rows, ends = np.concatenate([self.one, self.other]), np.concatenate([self.other, self.one])
        lengths_m = np.tile(self.length_m, 2)
        order = np.lexsort((lengths_m, ends, rows))
        rows, ends, lengths_m = rows[order], ends[order], lengths_m[order]
        kept = np.append(True, (np.diff(rows) != 0) | (np.diff(ends) != 0))  # an array's first
        counts = np.bincount(rows[kept], minlength=len(self.lonlat_deg))
        return {
            "lonlat_deg": self.lonlat_deg,
            "lengths_m": lengths_m[kept],
            "ends": ends[kept].astype(np.int32),
            "starts": np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
        }


def mended(arrays: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Divide long stretches and close small gaps of a network."""
    return closed(divided(Stretches.of(arrays))).arrays()


def divided(ways: Stretches) -> Stretches:
    """Put junctions on long stretches that hardly bend: places lie beside them, far from either end."""
    one, other = ways.lonlat_deg[ways.one], ways.lonlat_deg[ways.other]
    chord_m = np.linalg.norm(ellipsoid.geocentric_m(*one.T) - ellipsoid.geocentric_m(*other.T), axis=1)
    plain = (chord_m <= _LONGEST_M) & (ways.length_m <= _BENT * chord_m)
    plain &= np.abs(one[:, 0] - other[:, 0]) < _HALF_TURN_DEG
    new = np.where(plain, ways.length_m // _STEP_M, 0).astype(np.int64)
    whole, of = new == 0, np.repeat(np.arange(len(new)), new)
    step = np.arange(len(of)) - np.repeat(np.cumsum(new) - new, new) + 1
    share = (step / (new[of] + 1))[:, None]
    number = len(ways.lonlat_deg) + np.arange(len(of))
    part_m, last = ways.length_m[of] / (new[of] + 1), step == new[of]
    return Stretches(
        np.concatenate([ways.lonlat_deg, one[of] * (1 - share) + other[of] * share]),
        np.concatenate([ways.one[whole], np.where(step == 1, ways.one[of], number - 1), number[last]]),
        np.concatenate([ways.other[whole], number, ways.other[of[last]]]),
        np.concatenate([ways.length_m[whole], part_m, part_m[last]]),
    )


def closed(ways: Stretches) -> Stretches:
    """Join each dead end to the nearest junction of another piece, and to the nearest dead end of its own."""
    from scipy.sparse import coo_array  # noqa: PLC0415  # an optional extra
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415
    from scipy.spatial import cKDTree  # noqa: PLC0415

    count = len(ways.lonlat_deg)
    joins = coo_array((np.ones(len(ways.one)), (ways.one, ways.other)), shape=(count, count))
    _, piece = connected_components(joins, directed=False)
    is_end = np.bincount(np.concatenate([ways.one, ways.other]), minlength=count) == 1
    ends = np.flatnonzero(is_end)
    in_space_m = ellipsoid.geocentric_m(*ways.lonlat_deg.T)
    found = []
    for end, near in zip(ends, cKDTree(in_space_m).query_ball_point(in_space_m[ends], _GAP_M), strict=True):
        others = np.array([each for each in near if each != end], dtype=np.int64)
        away_m = np.linalg.norm(in_space_m[others] - in_space_m[end], axis=1)
        same = piece[others] == piece[end]
        for fits in (~same, same & is_end[others]):
            if fits.any():
                nearest = int(np.argmin(np.where(fits, away_m, np.inf)))
                found.append((end, others[nearest], away_m[nearest]))
    one, other, gap_m = np.array(found, dtype=np.float64).reshape(-1, 3).T
    return Stretches(
        ways.lonlat_deg,
        np.concatenate([ways.one, one.astype(np.int64)]),
        np.concatenate([ways.other, other.astype(np.int64)]),
        np.concatenate([ways.length_m, gap_m + 1.0]),
    )
