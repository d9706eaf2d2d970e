"""The shortest journey through sets in their order: certified from below, shown from above."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

from escape_route.distance.stretches import shortest
from escape_route.geography import geodesic
from escape_route.model import places

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from escape_route.geography.geodesic import LonLat
    from escape_route.model.places import Place

TOLERANCE_M = 1_500.0
_TOLERANCE = 2e-4  # of a rough length: a longer journey is bounded no closer than this


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
    """Shortest journey through sets in their order: a certified lower end, and a way that is hardly longer.

    Ways that are not counted part a journey, and so do points. What lies between is bounded stretch by stretch.

    Parameters
    ----------
    sets, edges
        Places in travel order, and what joins each to the next.
    tolerance_m
        How near the two ends shall come, in metres, or to two in 10,000 where that is more. They stay farther apart
        where many large discs follow each other, or memory and patience end; the gap is then larger, and said.
    """
    kept, joins, stands_for = _without_supersets(sets, edges)
    runs = _runs(kept, joins)
    stretches = [stretch for run in runs for stretch in _parted(run, sets)]
    ways = max(1, sum(len(stretch) > 1 for stretch in stretches))  # a place alone is bounded exactly
    each_m = max(tolerance_m, _TOLERANCE * _roughly_m(sets[index] for index in kept)) / ways
    found = [shortest(tuple(sets[index] for index in stretch), each_m) for stretch in stretches]
    at: dict[int, LonLat] = {}
    for stretch, way in zip(stretches, found, strict=True):
        at.update(zip(stretch, way.points, strict=False))
    passed = ([at[index] for index in run if index in at] for run in runs)
    length_m = math.fsum(geodesic.way_m(way) for way in passed if len(way) > 1)
    least_m = min(math.fsum(way.least_m for way in found), length_m)
    return Shortest(least_m, length_m, tuple(at[index] for index in stands_for if index in at))


def _roughly_m(kept: Iterable[Place]) -> float:
    points = [point for place in kept if (point := places.some_point(place)) is not None]
    return geodesic.way_m(points) if len(points) > 1 else 0.0


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
