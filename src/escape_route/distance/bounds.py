"""The certified least distance of a journey through sets, and the shortest way that shows how little less there can be.

It needs only the triangle inequality and how the ellipsoid is curved, so it holds for any sets.
"Certified" holds for the places as stored. A journey is bounded stretch by stretch: discs by the
taut string, outlines between them by branch and bound. A leg between two discs is paid by its
affine function, which parts the places on its two sides: what each side pays is bounded on its own,
and the sum is below every way. So what grows fast is only ever done for a few places.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from itertools import pairwise, product

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from escape_route.distance import taut
from escape_route.distance.branches import Ends, Search
from escape_route.distance.taut import Chain, Taut
from escape_route.geography import ellipsoid, geodesic
from escape_route.geography.geodesic import Floats, LonLat
from escape_route.model import places
from escape_route.model.journey import Journey
from escape_route.model.places import Place, Region

_GAP_TOLERANCE_M = 1_000.0
# two kilometres: what lies between two points of an outline is no farther off than half of that
_STEP_DEG = 0.02
STEP_M = 2_300.0
"""More than the longest step on an outline's points."""
_MOST_POINTS = 400
_NEAREST = 12
TOLERANCE_M = 1_500.0
_TOLERANCE = 2e-4  # of a rough length: a longer journey is bounded no closer than this
_STRING_GAP = 0.01  # of the tolerance: what is left to the string
_FEW = 8  # places: so many discs are searched where they are too large for the string
_COARSE = 0.1  # of the length of a way: how near the first points of outlines are sought
_MOST_TURNS = 4


@dataclass(frozen=True, slots=True)
class Bound:
    """The certified lower bound of a journey: `bound_m` is `shortest.least_m` and `traced_m`, which was measured.

    `said_m` is the bound as it is said, None where nobody has looked what is said beside it
    (`verdicts`).
    """

    traced_m: float
    shortest: Shortest
    said_m: float | None = field(default=None, compare=False)

    @property
    def bound_m(self) -> float:
        """The bound, in metres."""
        return self.shortest.least_m + self.traced_m


@lru_cache(maxsize=1024)
def gap_m(one: Place, other: Place) -> float:
    """Certified least geodesic distance between two places, never too large and by a kilometre at most too small.

    It can be further too small where two large outlines run side by side for very long; it is then
    still certified.
    """
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
    return shortest_journey((one, other), (Edge.GEODESIC,), tolerance_m=_GAP_TOLERANCE_M).least_m


def _touch(one: Place, other: Place) -> bool:
    shapes = [
        [region.shape for region in place.regions if region.centre is None]
        for place in (one, other)
    ]
    return any(a is not None and b is not None and a.intersects(b) for a, b in product(*shapes))


def lower_bound(
    sets: Sequence[Place],
    edges: Sequence[Edge],
    traced_m: float = 0.0,
    *,
    tolerance_m: float = TOLERANCE_M,
) -> Bound:
    """Certified lower bound of any journey through two or more sets in their order, joined by edges.

    `traced_m` is the length of all tracks among these. The search stops within `tolerance_m` of the
    exact least distance.
    """
    return Bound(traced_m, shortest_journey(sets, edges, tolerance_m=tolerance_m))


def farthest_m(journey: Journey) -> float | None:
    """Metres that the last place is at the most away from any point of the first.

    None where one of the two places is not told well enough. Off by a few kilometres at the most,
    for outlines are taken as points 2 km apart.
    """
    first, last = (places.place_of(journey.waypoints[end]) for end in (0, -1))
    if first is None or last is None:
        return None
    starts = outline_points(
        shapely.GeometryCollection([*map(_outline, first.regions)]), most=_MOST_POINTS
    )
    return max(_away_m(starts, region) for region in last.regions)


def _away_m(starts: Floats, region: Region) -> float:
    """Metres from the farthest of some points to a place.

    That is to its nearest point where it has a name, as a country has: who enters it is there. Of a
    disc or a shape it is to the farthest: which of its points it was is not known.
    """
    shape = _outline(region)
    ends = outline_points(shape)
    if region.reference:
        starts = starts[~shapely.covers(shape, shapely.points(starts))]
    on_sphere, far = ellipsoid.on_sphere(ends), [0.0]
    for lon, lat in starts:
        chord = np.linalg.norm(on_sphere - ellipsoid.on_sphere(np.array([[lon, lat]])), axis=0)
        at = ends[
            np.argsort(chord)[:_NEAREST] if region.reference else np.argsort(-chord)[:_NEAREST]
        ]
        away_m = geodesic.distances_m(np.full(len(at), lon), np.full(len(at), lat), *at.T)
        far.append(float(away_m.min() if region.reference else away_m.max()))
    return max(far)


def _outline(region: Region) -> BaseGeometry:
    return shapely.union_all([places.outline(region) or shapely.Point(region.centre)])


def outline_points(shape: BaseGeometry | None, most: int | None = None) -> Floats:
    """Points of the outline of a shape, at most `STEP_M` from one to the next: shape (n, 2), (lon, lat) in degrees."""
    points: Floats = shapely.get_coordinates(shapely.segmentize(shape, _STEP_DEG))
    return points if most is None or len(points) <= most else points[:: -(-len(points) // most)]


class Edge(Enum):
    """What joins two neighbouring places."""

    GEODESIC = "geodesic"
    FREE = "free"  # a way that is not counted: a flight left out, or a leg of which nothing is told
    TRACED = "traced"  # a track: counted as measured


@dataclass(frozen=True, slots=True)
class Shortest:
    """The shortest journey through places, between two certified ends.

    `least_m` is certified: no journey through the places is shorter. `length_m` is that of
    `points`, one a place in travel order as (lon, lat) in degrees, each in its place. Their
    difference is the sampling error.
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
    """Shortest journey through sets in their order: a certified lower end, and a way that is hardly longer.

    Ways that are not counted part a journey, and so do points. What lies between is bounded stretch
    by stretch. The two ends come as near as `tolerance_m`, or two in 10,000 where that is more.
    They stay farther apart where many large discs follow each other, or memory and patience end;
    the gap is then larger, and said.
    """
    kept, joins, stands_for = _without_supersets(sets, edges)
    runs = _runs(kept, joins)
    stretches = [stretch for run in runs for stretch in _parted(run, sets)]
    searched = max(
        1, sum(len(stretch) > 1 for stretch in stretches)
    )  # a place alone is bounded exactly
    rough = [point for index in kept if (point := places.some_point(sets[index])) is not None]
    each_m = (
        max(tolerance_m, _TOLERANCE * (geodesic.way_m(rough) if len(rough) > 1 else 0.0)) / searched
    )
    ways = [through(tuple(sets[index] for index in stretch), each_m) for stretch in stretches]
    at: dict[int, LonLat] = {}
    for stretch, way in zip(stretches, ways, strict=True):
        at.update(zip(stretch, way.points, strict=False))
    passed = ([at[index] for index in run if index in at] for run in runs)
    length_m = math.fsum(geodesic.way_m(way) for way in passed if len(way) > 1)
    least_m = min(math.fsum(way.least_m for way in ways), length_m)
    return Shortest(least_m, length_m, tuple(at[index] for index in stands_for if index in at))


def _runs(kept: list[int], joins: list[Edge]) -> list[list[int]]:
    """Stretches of places that are joined by counted geodesics."""
    runs = [[kept[0]]]
    for index, join in zip(kept[1:], joins, strict=True):
        if join is Edge.GEODESIC:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _parted(run: list[int], sets: Sequence[Place]) -> list[list[int]]:
    """Part a run at the points beside its outlines: each ends one stretch and begins the next, and nothing is lost."""
    if len(run) == 1:
        return [run]
    plain = [sets[index].is_disc for index in run]
    inner = range(1, len(run) - 1)
    parts = [at for at in inner if sets[run[at]].is_point and not (plain[at - 1] and plain[at + 1])]
    return [run[start : stop + 1] for start, stop in pairwise([0, *parts, len(run) - 1])]


def _without_supersets(
    sets: Sequence[Place], edges: Sequence[Edge]
) -> tuple[list[int], list[Edge], list[int]]:
    """Leave out each place that holds a neighbour of it: whoever was at the neighbour was there too, at no cost.

    Not over a way that is not counted: behind it one may be anywhere in the larger place, at no
    cost either. What is returned last says, for each place, at which kept one it is passed: it
    holds that one.
    """
    kept, joins, stands_for = list(range(len(sets))), list(edges), list(range(len(sets)))
    position = 0
    while position < len(kept):
        near = [
            neighbour for neighbour in (position - 1, position + 1) if 0 <= neighbour < len(kept)
        ]
        joined = [
            neighbour for neighbour in near if joins[min(neighbour, position)] is Edge.GEODESIC
        ]
        inner = next(
            (
                neighbour
                for neighbour in joined
                if sets[kept[position]].covers(sets[kept[neighbour]])
            ),
            None,
        )
        if inner is not None:
            joins.pop(min(inner, position))
            stands_for = [kept[inner] if stop == kept[position] else stop for stop in stands_for]
            kept.pop(position)
            position = max(0, position - 1)
        else:
            position += 1
    return kept, joins, stands_for


@dataclass(frozen=True, slots=True)
class Stretch:
    """Certified least length of a way through places, metres, and the points of one, (lon, lat) in degrees."""

    least_m: float
    points: tuple[LonLat, ...]

    @property
    def gap_m(self) -> float:
        """How much longer the way through the points is."""
        return geodesic.way_m(self.points) - self.least_m if self.points else math.inf

    def better(self, other: Stretch) -> Stretch:
        """Larger of two bounds with the shorter of two ways."""
        ways = [stretch for stretch in (self, other) if stretch.points]
        if ways:
            points = min(ways, key=lambda stretch: geodesic.way_m(stretch.points)).points
        else:
            points = ()
        return Stretch(max(self.least_m, other.least_m), points)


@lru_cache(maxsize=256)
def through(sets: tuple[Place, ...], tolerance_m: float) -> Stretch:
    """Shortest way through places that are joined by geodesics.

    Kept: whoever asks "what if?" of modes, priors or draws asks it of the same places.
    """
    if len(sets) == 1:
        point = places.some_point(sets[0])
        return Stretch(0.0, () if point is None else (point,))
    if all(place.is_disc for place in sets):
        return _through_discs(sets, tolerance_m)
    if any(one.is_disc and other.is_disc for one, other in pairwise(sets)):
        return _through_both(sets, tolerance_m)
    return _searched(sets, [places.some_point(place) for place in sets], tolerance_m)


def _searched(
    sets: Sequence[Place], points: Sequence[LonLat | None], tolerance_m: float
) -> Stretch:
    search = Search(sets, points)
    search.run(tolerance_m)
    return Stretch(max(search.least_m, 0.0), search.points if math.isfinite(search.cost_m) else ())


def _chain(sets: Sequence[Place], points: Sequence[LonLat]) -> Chain:
    """Discs as they are, and of outlines a point each."""
    discs = [
        (place.regions[0].centre, place.regions[0].radius_m) if place.is_disc else (point, 0.0)
        for place, point in zip(sets, points, strict=True)
    ]
    return taut.Chain(
        np.array([centre for centre, _ in discs]), np.array([radius_m for _, radius_m in discs])
    )


def _through_discs(sets: tuple[Place, ...], tolerance_m: float) -> Stretch:
    if len(sets) == 2:  # noqa: PLR2004
        return _between_discs(*sets)
    chain = _chain(sets, [(0.0, 0.0)] * len(sets))
    string = chain.pulled(_STRING_GAP * tolerance_m)
    stretch = Stretch(
        max(chain.least_m(string.pull, string.height_m), 0.0), _as_tuples(string.lonlat_deg)
    )
    if len(sets) <= _FEW and stretch.gap_m > tolerance_m:
        return stretch.better(_searched(sets, stretch.points, tolerance_m))
    return stretch


def _between_discs(one: Place, other: Place) -> Stretch:
    """Two discs: the geodesic between their centres less their radii, exactly."""
    chain = _chain((one, other), [(0.0, 0.0)] * 2)
    (one_m, other_m), (start, end) = chain.radius_m, chain.lonlat_deg
    apart_m = geodesic.way_m(chain.lonlat_deg)
    share_m = min(one_m, apart_m)
    at_edges = geodesic.between(start, end, np.array([share_m, max(apart_m - other_m, share_m)]))
    points = np.where([[one.is_point], [other.is_point]], chain.lonlat_deg, at_edges)
    return Stretch(max(apart_m - one_m - other_m, 0.0), _as_tuples(points))


def _as_tuples(lonlat_deg: Floats) -> tuple[LonLat, ...]:
    return tuple((float(lon), float(lat)) for lon, lat in lonlat_deg)


def _through_both(sets: tuple[Place, ...], tolerance_m: float) -> Stretch:
    """Turn about: the string through one point of each outline, then the outlines between what pulls at their ends."""
    blocks = list(_blocks(sets))
    points = [places.some_point(place) for place in sets]
    for block in blocks:
        near = _searched(sets[block], points[block], math.inf)
        near = _searched(
            sets[block], points[block], _COARSE * geodesic.way_m(near.points or ((0.0, 0.0),) * 2)
        )
        points[block] = near.points or points[block]
    if any(point is None for point in points):
        return _searched(sets, points, tolerance_m)
    best = Stretch(0.0, tuple(point for point in points if point is not None))
    for _ in range(_MOST_TURNS):
        stretch = _turn(sets, best.points, blocks, tolerance_m)
        gap_m, best = best.gap_m, best.better(stretch)
        if best.gap_m <= tolerance_m or best.gap_m > 0.9 * gap_m:
            break
    return best


def _turn(
    sets: tuple[Place, ...], points: tuple[LonLat, ...], blocks: list[slice], tolerance_m: float
) -> Stretch:
    chain = _chain(sets, points)
    string = chain.pulled(_STRING_GAP * tolerance_m)
    moved, ours = list(_as_tuples(string.lonlat_deg)), np.ones(len(sets), dtype=bool)
    parted = np.ones(len(sets) - 1, dtype=bool)
    for block in blocks:
        ours[block] = False
        parted[block.start : block.stop - 1] = False
    pull = np.where(parted[:, None], string.pull, 0.0)
    least_m = chain.least_m(pull, np.where(parted, string.height_m, 0.0), ours)
    for block in blocks:
        search = Search(sets[block], moved[block], _ends(chain, string, block))
        search.run(tolerance_m / len(blocks))
        least_m += search.least_m
        moved[block] = search.points
    return Stretch(least_m, tuple(moved))


def _ends(chain: Chain, string: Taut, block: slice) -> Ends:
    """What the legs before and after a block pull at its ends; nothing where it is an end of the stretch."""
    none = np.zeros((1, 3))
    pulls = np.concatenate([none, string.pull, none])
    return Ends(pulls[[block.start, block.stop]], chain.centres_m[[block.start, block.stop - 1]])


def _blocks(sets: tuple[Place, ...]) -> list[slice]:
    """Stretches that hold an outline, each with the discs that it begins and ends at."""
    kept = [not (one.is_disc and other.is_disc) for one, other in pairwise(sets)]
    starts = [
        index for index, keeps in enumerate(kept) if keeps and (index == 0 or not kept[index - 1])
    ]
    stops = [
        index + 2
        for index, keeps in enumerate(kept)
        if keeps and (index + 1 == len(kept) or not kept[index + 1])
    ]
    return [slice(start, stop) for start, stop in zip(starts, stops, strict=True)]
