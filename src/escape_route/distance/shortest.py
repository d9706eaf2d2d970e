"""The shortest journey through sets in their order, by branch and bound: certified from below, shown from above."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from escape_route import progress
from escape_route.geography import geodesic
from escape_route.model import places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from escape_route.geography.geodesic import Floats, LonLat
    from escape_route.model.places import Cells, Place

TOLERANCE_M = 1_000.0
_MAX_CELLS = 1_500  # pieces a place: two neighbours make a matrix of two million distances
_MAX_ROUNDS = 40
_MAX_GEODESICS = 20_000  # distances that are measured, not bounded by their chord, at each step of the search
_ROUNDING_M = 0.1
_ROUNDING_M2 = 0.25  # of squared chords, by differences of squares of the Earth's radius


class Edge(Enum):
    """What joins two neighbouring places."""

    GEODESIC = "geodesic"
    FREE = "free"  # a way that is not counted: a flight left out, or a leg of which nothing is told
    TRACED = "traced"  # a track: counted as measured


@dataclass(frozen=True, slots=True)
class Shortest:
    """The shortest journey through places, between two certified ends.

    `least_m` is certified: no journey through the places is shorter. `length_m` is that of `points`, one a place in
    travel order as (lon, lat) in degrees, each in its place. Their difference is the sampling error.
    """

    least_m: float
    length_m: float
    points: tuple[LonLat, ...]


def shortest_journey(
    sets: Sequence[Place],
    edges: Sequence[Edge],
    *,
    tolerance_m: float = TOLERANCE_M,
) -> Shortest:
    """Shortest journey through sets in their order, by branch and bound over covers of each set.

    Every set is covered by pieces, each a point and a radius; the cheapest chain of points less twice the inner radii
    is a certified lower end, the geodesic chain of the best points found is the upper. Pieces that no journey below the
    upper end can use are dropped and the rest are cut smaller, until the two ends are within the tolerance or a place
    has as many pieces as memory and patience allow; the gap is then larger, and said.

    Parameters
    ----------
    sets, edges
        Places in travel order, and what joins each to the next.
    tolerance_m
        Where to stop, in metres.
    """
    return _shortest(tuple(sets), tuple(edges), tolerance_m)


@lru_cache(maxsize=256)
def _shortest(sets: tuple[Place, ...], edges: tuple[Edge, ...], tolerance_m: float) -> Shortest:
    """Search once for the same places: whoever asks "what if?" of modes, priors or draws asks it of the same places."""
    kept, joins, stands_for = _without_supersets(sets, edges)
    if len(kept) == 1:
        point = places.some_point(sets[kept[0]])
        return Shortest(0.0, 0.0, (point,) * len(sets) if point else ())
    search = _Search([sets[index] for index in kept], joins)
    search.run(tolerance_m)
    at = dict(zip(kept, search.points, strict=False))
    return Shortest(search.least_m, search.length_m, tuple(at[each] for each in stands_for if each in at))


def _without_supersets(sets: Sequence[Place], edges: Sequence[Edge]) -> tuple[list[int], list[Edge], list[int]]:
    """Leave out each place that holds a neighbour of it: whoever was at the neighbour was there too, at no cost.

    Not over a way that is not counted: behind it one may be anywhere in the larger place, at no cost either. What is
    returned last says, for each place, at which kept one it is passed: it holds that one.
    """
    kept, joins, stands_for = list(range(len(sets))), list(edges), list(range(len(sets)))
    position = 0
    while position < len(kept):
        near = [other for other in (position - 1, position + 1) if 0 <= other < len(kept)]
        joined = [other for other in near if joins[min(other, position)] is Edge.GEODESIC]
        other = next((each for each in joined if sets[kept[position]].covers(sets[kept[each]])), None)
        if other is not None:
            joins.pop(min(other, position))
            stands_for = [kept[other] if each == kept[position] else each for each in stands_for]
            kept.pop(position)
            position = max(0, position - 1)
        else:
            position += 1
    return kept, joins, stands_for


class _Search:
    """Branch and bound over the covers of places: `least_m` rises, `length_m` falls, `points` is the best found."""

    def __init__(self, sets: list[Place], edges: list[Edge]) -> None:
        self.sets = sets
        self.edges = edges
        self.layers = [places.cover(place) for place in sets]
        self.least_m = 0.0
        self.length_m = float("inf")
        self.points: tuple[LonLat, ...] = ()
        # Any journey at all comes first: a sliver within a disc may not show a point of itself again before the end.
        first = [places.some_point(place) for place in sets]
        self._offer([point for point in first if point is not None])

    def run(self, tolerance_m: float) -> None:
        """Cut and drop until the two ends meet within the tolerance."""
        with progress.task("searching for the shortest way") as done:
            for _ in range(_MAX_ROUNDS):
                chords = self._chords()
                self._find_path(chords)
                through = self._through(chords)
                self._drop(through)
                if self.length_m - self.least_m <= tolerance_m or not self._cut(through, tolerance_m):
                    return
                done(1)

    def _chords(self) -> list[Floats]:
        """Least geodesics between the points of neighbouring layers; 0 where the way is not counted."""
        pairs = zip(self.edges, pairwise(self.layers), strict=True)
        return [
            _least_m(*layers) if edge is Edge.GEODESIC else np.zeros(tuple(map(len, layers))) for edge, layers in pairs
        ]

    def _find_path(self, chords: list[Floats]) -> None:
        held = [np.flatnonzero(cells.held) for cells in self.layers]
        if any(len(which) == 0 for which in held):
            return
        pairs = zip(chords, pairwise(held), strict=True)
        _, path = cheapest_path([cost[np.ix_(one, other)] for cost, (one, other) in pairs])
        chosen = [int(which[step]) for which, step in zip(held, path, strict=True)]
        points = [
            (float(cells.lon_deg[index]), float(cells.lat_deg[index]))
            for cells, index in zip(self.layers, chosen, strict=True)
        ]
        self._offer(points)

    def _offer(self, points: list[LonLat]) -> None:
        """Keep a journey through one point of each place, if it is the shortest yet."""
        if len(points) < len(self.sets):
            return
        steps = zip(self.edges, pairwise(points), strict=True)
        length_m = math.fsum(geodesic.geodesic_m(a, b) for edge, (a, b) in steps if edge is Edge.GEODESIC)
        if length_m < self.length_m:
            self.length_m, self.points = length_m, tuple(points)

    def _through(self, chords: list[Floats]) -> list[Floats]:
        """Certified least length of a journey that uses each piece; the least of all raises `least_m`."""
        costs = []
        for edge, cost, (one, other) in zip(self.edges, chords, pairwise(self.layers), strict=True):
            slack = one.radius_m[:, None] + other.radius_m[None, :] + _ROUNDING_M if edge is Edge.GEODESIC else 0.0
            costs.append(np.maximum(cost - slack, 0.0))
        ahead = [np.zeros(len(self.layers[0]))]
        for cost in costs:
            ahead.append(np.min(ahead[-1][:, None] + cost, axis=0))
        behind = [np.zeros(len(self.layers[-1]))]
        for cost in reversed(costs):
            behind.append(np.min(cost + behind[-1][None, :], axis=1))
        through = [a + b for a, b in zip(ahead, reversed(behind), strict=True)]
        self.least_m = max(self.least_m, float(through[0].min()))
        return through

    def _drop(self, through: list[Floats]) -> None:
        for index, cells in enumerate(self.layers):
            keep = through[index] <= self.length_m
            self.layers[index] = cells.take(keep)
            through[index] = through[index][keep]

    def _cut(self, through: list[Floats], tolerance_m: float) -> bool:
        """Split the pieces that hold the lower end down; False where nothing more can be split."""
        small_m = tolerance_m / (4 * len(self.layers))
        highest_m = self.least_m + max(0.5 * (self.length_m - self.least_m), tolerance_m / 2)
        changed = False
        for index, cells in enumerate(self.layers):
            coarse = (cells.radius_m > small_m) & (through[index] <= highest_m)
            if not coarse.any() or len(cells) + 3 * int(coarse.sum()) > _MAX_CELLS:
                continue
            parts = places.split(self.sets[index], cells.take(coarse))
            self.layers[index] = cells.take(~coarse).join(parts)
            changed = True
        return changed


def cheapest_path(costs: Sequence[Floats]) -> tuple[float, tuple[int, ...]]:
    """Cheapest choice of one point a layer.

    Parameters
    ----------
    costs
        One matrix for each two neighbouring layers, of shapes (n0, n1), (n1, n2), ...

    Returns
    -------
    tuple
        The least sum, and the index chosen in each layer.
    """
    sums = np.zeros(costs[0].shape[0])
    steps = []
    for cost in costs:
        through = sums[:, None] + cost
        steps.append(np.argmin(through, axis=0))
        sums = np.min(through, axis=0)
    path = [int(np.argmin(sums))]
    for step in reversed(steps):
        path.append(int(step[path[-1]]))
    return float(sums.min()), tuple(reversed(path))


def _least_m(one: Cells, other: Cells) -> Floats:
    """Geodesics between the points of two covers; where they are many, what their chords make sure of."""
    if len(one) * len(other) > _MAX_GEODESICS:
        spots = [geodesic.geocentric_m(cells.lon_deg, cells.lat_deg) for cells in (one, other)]
        return geodesic.least_geodesic_m(_chord_m(*spots))
    columns = (one.lon_deg[:, None], one.lat_deg[:, None], other.lon_deg[None, :], other.lat_deg[None, :])
    pairs = [each.ravel() for each in np.broadcast_arrays(*columns)]
    return geodesic.distances_m(*pairs).reshape(len(one), len(other))


def _chord_m(one: Floats, other: Floats) -> Floats:
    """Chords between points in space, never too long: a difference of squares of the Earth's radius rounds."""
    squared = np.sum(one**2, axis=1)[:, None] + np.sum(other**2, axis=1)[None, :] - 2 * one @ other.T
    return np.asarray(np.sqrt(np.maximum(squared - _ROUNDING_M2, 0.0)), dtype=np.float64)
