"""The shortest way through a few places of any outline, by branch and bound: certified from below, shown from above.

What a piece of a place costs the bound is not how large it is but how the way bends there: what is
paid for legs is reduced by a linear function of where one is, as in a dual, and paid at the stops
instead. Where the way goes straight on, or along an edge of the piece, large pieces then do.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from escape_route import progress
from escape_route.distance import taut
from escape_route.geography import ellipsoid, geodesic
from escape_route.geography.geodesic import Floats, LonLat
from escape_route.model import places
from escape_route.model.places import Cells, Flags, Place

Indices = NDArray[np.intp]

_MAX_CELLS = 1_500  # pieces a place
_MAX_PAIRS = 4_000_000  # pieces of all neighbouring places against each other
_MAX_ROUNDS = 40
# a leg: pairs that are measured, not bounded by their chord alone, at each step of the search
_MAX_GEODESICS = 20_000
_MOST_CHORD_M = (
    0.95 * 2 * ellipsoid.LARGEST_RADIUS_M
)  # the slope of the least geodesic is three there, endless at 1
_STRING_GAP, _STRING_GAP_M = (
    0.2,
    200.0,
)  # of what is left to find, or this: any pulls are good for a bound
_ROUNDING_M = 1e-3
_LEAST_CHORD_M = 1e-4
_NEAR = 1e-5  # of a length: more than twice what the fast formula is off


@dataclass(frozen=True, slots=True)
class Ends:
    """What is paid for where a way begins and ends: <pull, x - at_m> at the first place, its opposite at the last.

    `pulls` and `at_m` have shape (2, 3); where nothing is paid the pull is 0.
    """

    pulls: Floats
    at_m: Floats

    def paid_m(self, first_m: Floats, last_m: Floats) -> tuple[Floats, Floats]:
        """What is paid for points in space, each of shape (..., 3), at the two ends."""
        return (first_m - self.at_m[0]) @ self.pulls[0], -(last_m - self.at_m[1]) @ self.pulls[1]


FREE_ENDS = Ends(np.zeros((2, 3)), np.zeros((2, 3)))


class Search:
    """Branch and bound over the covers of places: `least_m` rises, `cost_m` falls, `points` is the best found.

    They are two or more, joined by geodesics. It begins with any journey through them, (lon, lat)
    in degrees, where one is known; `ends` say what is paid for the two ends.
    """

    def __init__(
        self, sets: Sequence[Place], points: Sequence[LonLat | None], ends: Ends = FREE_ENDS
    ) -> None:
        """Cover the places coarsely."""
        self.sets = sets
        self.least_m = -math.inf
        self.cost_m = math.inf
        self._tolerance_m = 0.0
        self._ends = ends
        self._layers = [_Layer.of(places.cover(place)) for place in sets]
        self._most_cells = min(_MAX_CELLS, math.isqrt(_MAX_PAIRS // (len(sets) - 1)))
        self._reach_m = [float(layer.cells.radius_m.max()) for layer in self._layers]
        first = [
            (float(layer.cells.lon_deg[0]), float(layer.cells.lat_deg[0])) for layer in self._layers
        ]
        known = tuple(point for point in points if point is not None)
        self.points = known if len(known) == len(sets) else tuple(first)
        if self.points is known:
            self._offer(known)

    def run(self, tolerance_m: float) -> None:
        """Cut and drop until the two ends meet within the tolerance."""
        self._tolerance_m = tolerance_m
        with progress.task("searching for the shortest way") as done:
            for _ in range(_MAX_ROUNDS):
                legs = [_Leg.of(*layers) for layers in pairwise(self._layers)]
                self._find_path(legs)
                through = self._through(legs)
                for index, layer in enumerate(self._layers):
                    keep = through[index] <= self.cost_m
                    self._layers[index], through[index] = layer.take(keep), through[index][keep]
                if self.cost_m - self.least_m <= tolerance_m or not self._cut(through, tolerance_m):
                    return
                done(1)

    def _find_path(self, legs: list[_Leg]) -> None:
        held = [np.flatnonzero(layer.cells.held) for layer in self._layers]
        if any(len(which) == 0 for which in held):
            return
        costs = [
            leg.plain_m[np.ix_(*which)] for leg, which in zip(legs, pairwise(held), strict=True)
        ]
        first_m, last_m = self._ends.paid_m(
            self._layers[0].spots_m[held[0]], self._layers[-1].spots_m[held[-1]]
        )
        costs[0] = costs[0] + first_m[:, None]
        costs[-1] = costs[-1] + last_m
        _, path = cheapest_path(costs)
        chosen = [int(which[step]) for which, step in zip(held, path, strict=True)]
        pieces = [
            layer.cells.take(np.array([index]))
            for layer, index in zip(self._layers, chosen, strict=True)
        ]
        self._reach_m = [float(cells.radius_m[0]) for cells in pieces]
        self._offer(tuple((float(cells.lon_deg[0]), float(cells.lat_deg[0])) for cells in pieces))

    def _offer(self, points: tuple[LonLat, ...]) -> None:
        """Keep a journey through one point of each place, if it is the cheapest yet."""
        at_m = ellipsoid.geocentric_m(*np.array(points, dtype=np.float64).T)
        cost_m = geodesic.way_m(points) + float(sum(self._ends.paid_m(at_m[0], at_m[-1])))
        if cost_m <= self.cost_m:
            self.cost_m, self.points = cost_m, points

    def _through(self, legs: list[_Leg]) -> list[Floats]:
        """Certified least cost of a journey that uses each piece; the least in any place raises `least_m`.

        Two bounds, of which each is below every journey: paid by the legs alone, and by the legs
        and stops.
        """
        gap_m = max(_STRING_GAP * (self.cost_m - max(self.least_m, 0.0)), _STRING_GAP_M)
        string = taut.Chain(
            np.array(self.points, dtype=np.float64), np.array(self._reach_m)
        ).pulled(gap_m)
        none = np.zeros_like(string.pull)
        reduced = [self._reduced(legs, pulls, string.points_m) for pulls in (none, string.pull)]
        through = [np.maximum(*pair) for pair in zip(*reduced, strict=True)]
        self.least_m = max(self.least_m, *(float(cost_m.min()) for cost_m in through))
        return through

    def _reduced(self, legs: list[_Leg], pulls: Floats, at_m: Floats) -> list[Floats]:
        """Least cost through each piece, where legs are reduced by their pulls and what was taken is paid at stops."""
        ends = np.concatenate([self._ends.pulls[:1], pulls, self._ends.pulls[1:]])
        bends = ends[:-1] - ends[1:]
        stops = [
            layer.paid_m(bend, at)
            for layer, bend, at in zip(self._layers, bends, at_m, strict=True)
        ]
        costs = [leg.least_m(pull) for leg, pull in zip(legs, pulls, strict=True)]
        common_m = float(np.sum(np.diff(at_m, axis=0) * pulls)) + float(
            sum(self._ends.paid_m(at_m[0], at_m[-1]))
        )
        left_m = self.cost_m - common_m
        ahead, behind = _sums(stops, costs)
        if pulls.any():
            for index, leg in enumerate(legs):
                if not self._is_long(index):
                    continue
                through = (
                    ahead[index][:, None] + costs[index] + (stops[index + 1] + behind[index + 1])
                )
                which = _lowest(through, left_m)
                apart_m = self._measured_m((self._layers[index], self._layers[index + 1]), which)
                leg.raise_by(apart_m, costs[index], which, pulls[index])
            ahead, behind = _sums(stops, costs)
        return [
            a + b + common_m - _ROUNDING_M * len(stops) for a, b in zip(ahead, behind, strict=True)
        ]

    def _measured_m(self, layers: tuple[_Layer, _Layer], which: Indices) -> Floats:
        """Geodesics of some pairs, counted row by row, or less: by the fast formula where what it is off is little."""
        rows, columns = np.unravel_index(which, (len(layers[0].cells), len(layers[1].cells)))
        starts_deg, ends_deg = (
            layer.lonlat_deg[at] for layer, at in zip(layers, (rows, columns), strict=True)
        )
        near_m = geodesic.near_distances_m(
            ellipsoid.on_sphere(starts_deg), ellipsoid.on_sphere(ends_deg)
        )
        if near_m.max(initial=0.0) * _NEAR > self._spare_m:
            return geodesic.distances_m(*starts_deg.T.copy(), *ends_deg.T.copy())
        return near_m * (1 - _NEAR)

    @property
    def _spare_m(self) -> float:
        """How far off each leg may be."""
        return self._tolerance_m / (4 * len(self.points))

    def _is_long(self, leg: int) -> bool:
        """Whether a leg is so long that its chord says too little of it."""
        ends = self.points[leg : leg + 2]
        chord_m = np.linalg.norm(np.diff(ellipsoid.geocentric_m(*np.array(ends).T), axis=0), axis=1)
        unsaid_m = geodesic.way_m(ends) - float(ellipsoid.least_geodesic_m(chord_m)[0])
        return unsaid_m > self._spare_m

    def _cut(self, through: list[Floats], tolerance_m: float) -> bool:
        """Split the pieces that hold the lower end down; False where nothing more can be split."""
        small_m = tolerance_m / (4 * len(self._layers))
        highest_m = self.least_m + max(0.5 * (self.cost_m - self.least_m), tolerance_m / 2)
        changed = False
        for index, layer in enumerate(self._layers):
            cells = layer.cells
            coarse = (cells.radius_m > small_m) & (through[index] <= highest_m)
            if not coarse.any() or len(cells) + 3 * int(coarse.sum()) > self._most_cells:
                continue
            parts = places.split(self.sets[index], cells.take(coarse))
            self._layers[index] = _Layer.of(cells.take(~coarse).join(parts))
            changed = True
        return changed


@dataclass(frozen=True, slots=True)
class _Layer:
    """Pieces of a place, and their points in space."""

    cells: Cells
    spots_m: Floats

    @classmethod
    def of(cls, cells: Cells) -> _Layer:
        return cls(cells, ellipsoid.geocentric_m(cells.lon_deg, cells.lat_deg))

    @property
    def lonlat_deg(self) -> Floats:
        return np.column_stack([self.cells.lon_deg, self.cells.lat_deg])

    def take(self, which: Flags) -> _Layer:
        return _Layer(self.cells.take(which), self.spots_m[which])

    def paid_m(self, bend: Floats, at_m: Floats) -> Floats:
        """Least that <bend, x - at> can be for a point x of each piece."""
        if not bend.any():
            return np.zeros(len(self.cells))
        size = float(np.linalg.norm(bend))
        lost_m = np.minimum(size * self.cells.radius_m, self._across_m(bend))
        return np.asarray((self.spots_m - at_m) @ bend - lost_m, dtype=np.float64)

    def _across_m(self, bend: Floats) -> Floats:
        """Most that <bend, p - x> can be for a point x of each piece around its point p, by the piece's corners.

        A point in space is a function of longitude and latitude; taken for linear it is off by half
        of its largest second derivative, which is below the largest radius, times the square of the
        way in both.
        """
        cells = self.cells
        corners, which = shapely.get_coordinates(cells.shapes, return_index=True)
        away = np.radians(corners - self.lonlat_deg[which])
        slopes = ellipsoid.slopes_m(cells.lon_deg, cells.lat_deg) @ bend
        starts = np.flatnonzero(np.diff(which, prepend=-1))
        most_m = np.maximum.reduceat(-np.sum(away * slopes[which], axis=1), starts)
        far = np.maximum.reduceat(np.abs(away).sum(axis=1), starts)
        bent_m = 0.51 * ellipsoid.LARGEST_RADIUS_M * far**2 + places.MARGIN_M
        return np.asarray(most_m + float(np.linalg.norm(bend)) * bent_m, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class _Leg:
    """Every piece of one place against every piece of the next: straight ways between their points, radii together.

    `apart_m` has shape (3, n, m); `chord_m`, `plain_m` (the least geodesic over it), `slope` and
    `both_m` (n, m).
    """

    apart_m: Floats
    chord_m: Floats
    plain_m: Floats
    slope: Floats
    both_m: Floats

    @classmethod
    def of(cls, before: _Layer, after: _Layer) -> _Leg:
        apart_m = after.spots_m.T[:, None, :] - before.spots_m.T[:, :, None]
        chord_m = np.sqrt(apart_m[0] ** 2 + apart_m[1] ** 2 + apart_m[2] ** 2)
        touching_m = np.minimum(
            chord_m, _MOST_CHORD_M
        )  # farther on the tangent stands for the function
        slope = ellipsoid.least_geodesic_slope(touching_m)
        plain_m = ellipsoid.least_geodesic_m(touching_m) + slope * (chord_m - touching_m)
        both_m = before.cells.radius_m[:, None] + after.cells.radius_m
        return cls(apart_m, chord_m, plain_m, slope, both_m)

    def least_m(self, pull: Floats) -> Floats:
        """Least that a geodesic from one piece to another can be, less <pull, the straight way between its ends>."""
        if not pull.any():
            return np.maximum(self.plain_m - self.both_m, 0.0)
        along_m = pull[0] * self.apart_m[0] + pull[1] * self.apart_m[1] + pull[2] * self.apart_m[2]
        reduced_m = _least_m(
            (self.plain_m, self.slope), (along_m, self.chord_m, self.both_m), float(pull @ pull)
        )
        return np.maximum(reduced_m, _lowest_m(float(pull @ pull)))

    def raise_by(self, apart_m: Floats, cost_m: Floats, which: Indices, pull: Floats) -> None:
        """Raise the costs of some pairs, counted row by row, by the geodesics between their points; in place."""
        rows, columns = np.unravel_index(which, cost_m.shape)
        chord_m, both_m = self.chord_m[rows, columns], self.both_m[rows, columns]
        ratio = taut.least_ratio(apart_m, chord_m, both_m)
        along_m = pull @ self.apart_m[:, rows, columns]
        raised_m = _least_m(
            (ratio * chord_m, ratio), (along_m, chord_m, both_m), float(pull @ pull)
        )
        cost_m[rows, columns] = np.maximum(cost_m[rows, columns], raised_m)


def _lowest(through_m: Floats, highest_m: float) -> Indices:
    """Pairs that a way not longer than the best may go over, the lowest first where they are many."""
    which = np.flatnonzero(through_m <= highest_m)
    if len(which) <= _MAX_GEODESICS:
        return which
    return which[np.argpartition(through_m.ravel()[which], _MAX_GEODESICS)[:_MAX_GEODESICS]]


def _least_m(
    function: tuple[Floats, Floats], way: tuple[Floats, Floats, Floats], pull2: float
) -> Floats:
    """Least of a convex function of the length of a straight way, less what the way goes along a pull.

    The function's value in metres and slope are those between the points of two pieces: elsewhere
    in them it can be lower by no more than its slope, less the pull (squared, `pull2`), times the
    sum of their radii. A way is how far it goes along the pull between the points, how long it is,
    and the sum of the radii, in metres.
    """
    (value_m, slope), (along_m, chord_m, both_m) = function, way
    astray2 = slope**2 + pull2 - 2 * slope * along_m / np.maximum(chord_m, _LEAST_CHORD_M)
    return np.asarray(
        value_m - along_m - np.sqrt(np.maximum(astray2, 0.0) + 1e-18) * both_m, dtype=np.float64
    )


def _lowest_m(pull2: float) -> float:
    """Least of all that a least geodesic can be less its pull: 0, or where its slope is that of the pull."""
    if pull2 <= 1:
        return 0.0
    chord_m = np.array([2 * ellipsoid.LARGEST_RADIUS_M * math.sqrt(1 - 1 / pull2)])
    return float(ellipsoid.least_geodesic_m(chord_m)[0] - math.sqrt(pull2) * chord_m[0])


def _sums(stops: list[Floats], legs: list[Floats]) -> tuple[list[Floats], list[Floats]]:
    """Least sums of stops and legs up to each piece, with its own, and from there on."""
    ahead = [stops[0]]
    for stop, leg in zip(stops[1:], legs, strict=True):
        ahead.append(np.min(ahead[-1][:, None] + leg, axis=0) + stop)
    behind = [np.zeros(len(stops[-1]))]
    for stop, leg in zip(reversed(stops[1:]), reversed(legs), strict=True):
        behind.append(np.min(leg + (behind[-1] + stop), axis=1))
    return ahead, behind[::-1]


def cheapest_path(costs: Sequence[Floats]) -> tuple[float, tuple[int, ...]]:
    """Cheapest choice of one point a layer: the least sum, and the index chosen in each.

    `costs` are a matrix for each two neighbouring layers, of shapes (n0, n1), (n1, n2), ...
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
