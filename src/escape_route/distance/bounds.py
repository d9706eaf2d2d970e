"""The certified least distance of a journey through sets.

It needs only the triangle inequality and how the ellipsoid is curved, so it holds for any sets. "Certified" holds for
the places as stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from escape_route.distance.shortest import TOLERANCE_M, Edge, shortest_journey
from escape_route.geography import geodesic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from escape_route.distance.shortest import Shortest
    from escape_route.model.places import Place


_GAP_TOLERANCE_M = 1_000.0


@dataclass(frozen=True, slots=True)
class Bound:
    """The certified lower bound of a journey: `bound_m` is `shortest.least_m` and `traced_m`, which was measured."""

    traced_m: float
    shortest: Shortest

    @property
    def bound_m(self) -> float:
        """The bound, in metres."""
        return self.shortest.least_m + self.traced_m


def gap_m(one: Place, other: Place, *, tolerance_m: float = _GAP_TOLERANCE_M) -> float:
    """Certified least geodesic distance between two places, never too large and by `tolerance_m` at most too small.

    It can be further too small where two large outlines run side by side for very long; it is then still certified.
    """
    return _gap_m(one, other, tolerance_m)


@lru_cache(maxsize=1024)
def _gap_m(one: Place, other: Place, tolerance_m: float) -> float:
    if one.covers(other) or other.covers(one) or _touch(one, other):
        return 0.0
    pairs = [
        max(0.0, geodesic.geodesic_m(a.centre, b.centre) - a.radius_m - b.radius_m)
        for a in one.regions
        for b in other.regions
        if a.centre is not None and b.centre is not None and a.shape is None and b.shape is None
    ]
    if len(pairs) == len(one.regions) * len(other.regions):
        return min(pairs)
    return shortest_journey((one, other), (Edge.GEODESIC,), tolerance_m=tolerance_m).least_m


def _touch(one: Place, other: Place) -> bool:
    return any(
        a.shape is not None
        and b.shape is not None
        and a.centre is None
        and b.centre is None
        and a.shape.intersects(b.shape)
        for a in one.regions
        for b in other.regions
    )


def lower_bound(
    sets: Sequence[Place],
    edges: Sequence[Edge],
    traced_m: float = 0.0,
    *,
    tolerance_m: float = TOLERANCE_M,
) -> Bound:
    """Certified lower bound of any journey through sets in their order.

    Parameters
    ----------
    sets
        Places in travel order, two or more.
    edges
        What joins each to the next; one fewer than `sets`.
    traced_m
        Length of all tracks among the edges, in metres.
    tolerance_m
        How near to the exact least distance the search goes before it stops.
    """
    return Bound(traced_m, shortest_journey(sets, edges, tolerance_m=tolerance_m))
