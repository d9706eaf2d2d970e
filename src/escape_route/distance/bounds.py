"""The certified least distance of a journey through sets.

Two bounds are computed and the larger is given. Both need only the triangle inequality, so they hold on the ellipsoid
and for any sets. "Certified" holds for the places as stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from escape_route.distance.shortest import TOLERANCE_M, Edge, shortest_journey
from escape_route.geography import geodesic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from escape_route.distance.shortest import Shortest
    from escape_route.geography.geodesic import Floats
    from escape_route.model.places import Place


@dataclass(frozen=True, slots=True)
class Bound:
    """The certified lower bound of a journey, and where it comes from.

    `bound_m` is the larger of `subsequence_m` and `shortest.least_m`, plus `traced_m`, which is measured and not
    certified.
    """

    bound_m: float
    subsequence_m: float
    traced_m: float
    shortest: Shortest


def subsequence_bound_m(gaps_m: Floats) -> float:
    """Largest sum of gaps along any subsequence: L_j = max over i < j of L_i + d(A_i, A_j).

    Parameters
    ----------
    gaps_m
        Least distances between the sets, shape (n, n), metres; only the upper triangle is read.

    Returns
    -------
    float
        Metres; 0 for fewer than two sets. No path through the sets in this order is shorter.

    Examples
    --------
    Three discs of radius 10 at (0,0), (100,0), (200,0): the sum of gaps is 160, but the outer two are 180 apart.

    >>> subsequence_bound_m(np.array([[0, 80, 180], [0, 0, 80], [0, 0, 0]], dtype=float))
    180.0
    """
    best = np.zeros(len(gaps_m))
    for j in range(1, len(gaps_m)):
        best[j] = np.max(best[:j] + gaps_m[:j, j])
    return float(best.max(initial=0.0))


def gap_m(one: Place, other: Place, *, tolerance_m: float = TOLERANCE_M) -> float:
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
    shortest = shortest_journey(sets, edges, tolerance_m=tolerance_m)
    subsequence_m = 0.0
    for run in _runs(edges):
        members = [sets[index] for index in run]
        subsequence_m += subsequence_bound_m(_gaps(members, tolerance_m))
    certified_m = max(shortest.least_m, subsequence_m)
    return Bound(certified_m + traced_m, subsequence_m, traced_m, shortest)


def _runs(edges: Sequence[Edge]) -> list[list[int]]:
    """Stretches of places that are joined by counted geodesics."""
    runs = [[0]]
    for index, edge in enumerate(edges, start=1):
        if edge is Edge.GEODESIC:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _gaps(members: Sequence[Place], tolerance_m: float) -> Floats:
    gaps = np.zeros((len(members), len(members)))
    for i, one in enumerate(members):
        for j in range(i + 1, len(members)):
            gaps[i, j] = gap_m(one, members[j], tolerance_m=tolerance_m)
    return gaps
