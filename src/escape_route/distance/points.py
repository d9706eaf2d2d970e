"""Drawn points: many of a place, or one where the place is a point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from escape_route.geography import geodesic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from escape_route.geography.geodesic import Floats

    Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Points:
    """Points of all draws, or the one that is the same in every draw.

    `lonlat_deg` has shape (n, 2) or (1, 2), `sphere` are the same as `geodesic.on_sphere` gives them.
    """

    lonlat_deg: Floats
    sphere: Floats

    @classmethod
    def at(cls, lonlat_deg: Floats) -> Points:
        """Points at these positions."""
        return cls(lonlat_deg, geodesic.on_sphere(lonlat_deg))

    @property
    def is_one(self) -> bool:
        """Whether it is the same point in every draw."""
        return len(self.lonlat_deg) == 1

    def take(self, rows: Rows | None) -> Points:
        """Points of some of the draws; of all where None."""
        if rows is None or self.is_one:
            return self
        return Points(self.lonlat_deg[rows], self.sphere[:, rows])

    def apart_m(self, other: Points) -> Floats:
        """Geodesic distances, shape (n,), or (1,) where both are one point: exact there, else within 4 millionths."""
        if self.is_one and other.is_one:
            return geodesic.distances_m(*self.lonlat_deg.T, *other.lonlat_deg.T)
        return geodesic.near_distances_m(self.sphere, other.sphere)


def join(parts: Sequence[tuple[Rows, Points]]) -> tuple[Rows, Points]:
    """Points of several lists of draws as one list, in the order of the draws."""
    rows = np.concatenate([each for each, _ in parts])
    order = np.argsort(rows)
    lonlat_deg = [np.broadcast_to(each.lonlat_deg, (len(own), 2)) for own, each in parts]
    sphere = [np.broadcast_to(each.sphere, (3, len(own))) for own, each in parts]
    return rows[order], Points(np.concatenate(lonlat_deg)[order], np.concatenate(sphere, axis=1)[:, order])
