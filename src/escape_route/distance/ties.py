"""Neighbouring places that are one: a border and the river that it is, or what was told to lie close to the last.

Drawn by themselves they would be hundreds of kilometres apart, and a way between them made up of
which nothing is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product

import numpy as np
import shapely
from numpy.random import Generator

from escape_route.distance import waters
from escape_route.distance.points import Rows, around, draw, holds, is_line
from escape_route.errors import JourneyFileError, Problem
from escape_route.geography import geodesic
from escape_route.geography.geodesic import Floats
from escape_route.model.journey import Journey
from escape_route.model.modes import Through
from escape_route.model.places import Place, Region

_LINES = ("border:", "river:")
_MOST_ROUNDS = 40  # of draws, until there are enough in which all places lie close
_MOST_TRIED = 6  # points beside another, until it is taken to have none so close
_KM = 1000.0


@dataclass(frozen=True, slots=True)
class Tie:
    """Two neighbours that are drawn together, each by the first index in travel order that has its place.

    `near_m` is how far apart they were told to be at the most; None where they are one point.
    """

    one: int
    other: int
    near_m: float | None = None


def ties_of(journey: Journey, located: Mapping[int, Place]) -> tuple[Tie, ...]:
    """Ties between neighbouring places, in travel order.

    A border or river is tied to a place whose footprint is that border or river, unless something
    is told of a way between them: a track, a flight or a passage by sea, or a number that was
    stated of just that way. How one travelled on land, or over a river, tells of none.
    """
    ties = []
    first = _first_of(located)
    for one, other in pairwise(sorted(located)):
        ends = first[one], first[other]
        near_km = journey.waypoints[other].near_previous_km if other == one + 1 else None
        if near_km is not None:
            ties.append(Tie(*ends, near_km * _KM))
        elif not _is_told_apart(journey, one, other):
            pairs = product(located[one].regions, located[other].regions)
            if any(common_line(*pair) is not None for pair in pairs):
                ties.append(Tie(*ends))
    return tuple(tie for tie in dict.fromkeys(ties) if tie.one != tie.other)


def _first_of(located: Mapping[int, Place]) -> dict[int, int]:
    """Of each index in travel order the first that has the same place."""
    first: dict[Place, int] = {}
    return {index: first.setdefault(located[index], index) for index in sorted(located)}


def _is_told_apart(journey: Journey, one: int, other: int) -> bool:
    """Whether anything is told of the way between two neighbours, or it is told that nothing is known of it."""
    between = journey.waypoints[one + 1 : other + 1]
    ends = journey.waypoints[one].id, journey.waypoints[other].id
    stated = any((claim.scope.start, claim.scope.end) == ends for claim in journey.claims)
    traced = any(journey.trace_into(index) for index in range(one + 1, other + 1))
    by_air_or_sea = any(
        {Through.AIR, Through.SEA} & through for through in waters.tellings(between)
    )
    return stated or traced or by_air_or_sea or not all(waypoint.leg_told for waypoint in between)


def common_line(one: Region, other: Region) -> Region | None:
    """What two borders or rivers have in common; None where it has no length, or one of them is neither."""
    if one.reference.startswith(_LINES) and other.reference.startswith(_LINES):
        return _common_line(one, other)
    return None


@lru_cache(maxsize=256)
def _common_line(one: Region, other: Region) -> Region | None:
    shared = shapely.intersection(one.shape, other.shape)
    lines = [part for part in shapely.get_parts(shared) if part.length > 0]
    countries = one.countries & other.countries
    return Region(shapely.MultiLineString(lines), countries=countries) if lines else None


class Ties:
    """The ties of a journey between its places, by their indices in travel order."""

    def __init__(self, journey: Journey, located: Mapping[int, Place]) -> None:
        """Find them."""
        self.first = _first_of(located)
        self.found = ties_of(journey, located)
        self._journey = journey

    def joins(self, regions: Mapping[int, Region]) -> bool:
        """Whether two neighbours are drawn together in these alternatives, by their index in travel order."""
        (one, left), (other, entered) = regions.items()
        ends = {self.first[one], self.first[other]}
        tie = next((tie for tie in self.found if {tie.one, tie.other} == ends), None)
        return tie is not None and (
            tie.near_m is not None or common_line(left, entered) is not None
        )

    def draw(self, regions: Mapping[int, Region], count: int, rng: Generator) -> dict[int, Floats]:
        """Draw places that are tied to one another: points of each, shape (count, 2), (longitude, latitude) in degrees.

        `regions` are the told alternative of each place, by the first index in travel order that
        has it. Raises JourneyFileError where two places that were told to be close are nowhere so
        close.
        """
        joined = tuple(tie for tie in self.found if tie.one in regions and tie.other in regions)
        group = _Group(regions, joined, self._journey)
        points = group.draw(count, rng)
        return {index: points[group.stands_for[index]] for index in regions}


class _Group:
    """Tied places, those that are one point taken as one."""

    def __init__(
        self, regions: Mapping[int, Region], ties: tuple[Tie, ...], journey: Journey
    ) -> None:
        self.regions = dict(regions)
        self.stands_for = {index: index for index in regions}
        self.journey = journey
        self.near = [tie for tie in ties if tie.near_m is not None]
        for tie in ties:
            if tie.near_m is None:
                self._unite(self.stands_for[tie.one], self.stands_for[tie.other])

    def _unite(self, one: int, other: int) -> None:
        common = common_line(self.regions[one], self.regions[other]) if one != other else None
        if common is None:
            return  # these alternatives are not one line
        # The reference stays: what a third place has in common with these two is asked by it.
        self.regions[other] = Region(
            common.shape, reference=self.regions[other].reference, countries=common.countries
        )
        del self.regions[one]
        self.stands_for = {
            index: other if at == one else at for index, at in self.stands_for.items()
        }

    def draw(self, count: int, rng: Generator) -> dict[int, Floats]:
        """Draw until there are enough in which all places lie as close as was told; after that some stand again."""
        rounds: list[dict[int, Floats]] = []
        missing = count
        for _ in range(_MOST_ROUNDS):
            rounds.append(self._draw_once(count, rng))
            missing -= min(map(len, rounds[-1].values()))
            if missing <= 0:
                break
        drawn = {index: np.concatenate([part[index] for part in rounds]) for index in self.regions}
        held = count - max(missing, 0)
        if held == 0:
            raise self._too_far()
        again = rng.integers(0, held, max(missing, 0))
        return {
            index: np.concatenate([points[:held], points[again]])[:count]
            for index, points in drawn.items()
        }

    def _draw_once(self, count: int, rng: Generator) -> dict[int, Floats]:
        """Draw a line or else the smallest place first, the others beside it; draws with no such point are left out."""
        drawn: dict[int, Floats] = {}
        fits = np.ones(count, dtype=bool)
        for index in sorted(self.regions, key=lambda at: _order(self.regions[at])):
            if index not in drawn:
                drawn[index] = draw(self.regions[index], count, rng)
                fits &= self._draw_beside(index, drawn, rng)
        return {index: points[fits] for index, points in drawn.items()}

    def _draw_beside(self, index: int, drawn: dict[int, Floats], rng: Generator) -> Rows:
        """Draw all that hangs on a place; which draws have a point of each."""
        fits = np.ones(len(drawn[index]), dtype=bool)
        for tie in self.near:
            ends = [self.stands_for[tie.one], self.stands_for[tie.other]]
            if index not in ends:
                continue
            neighbour = ends[ends[0] == index]
            if neighbour not in drawn:
                drawn[neighbour], near = _beside(
                    self.regions[neighbour], drawn[index], tie.near_m or 0.0, rng
                )
                fits &= near & self._draw_beside(neighbour, drawn, rng)
        return fits

    def _too_far(self) -> JourneyFileError:
        problems = []
        for tie in self.near:
            one, other = (self.journey.waypoints[index].id for index in (tie.one, tie.other))
            message = (
                f'no point of "{other}" was found within {(tie.near_m or 0.0) / _KM:g} km of '
                f'"{one}"'
            )
            fix = "a larger distance, or another place"
            problems.append(
                Problem(f'waypoint "{other}": near_previous_km', message, fix, "contradiction")
            )
        return JourneyFileError(self.journey.id, tuple(problems))


def _order(region: Region) -> tuple[bool, float]:
    """Which of two places is drawn first, so that the other is soon found beside it: a line, or the smaller."""
    if region.shape is None:
        return True, region.radius_m
    west, south, east, north = region.shape.bounds
    across_m = geodesic.geodesic_m((west, south), (east, north)) / 2
    across_m = across_m if region.centre is None else min(across_m, region.radius_m)
    return not is_line(region.shape), across_m


def _beside(region: Region, centres: Floats, near_m: float, rng: Generator) -> tuple[Floats, Rows]:
    """A point of a region within a distance of each centre, and which of them have one."""
    points = centres.copy()
    missing = np.arange(len(centres))
    for number in range(_MOST_TRIED):
        if not len(missing):
            break
        is_small = number % 2  # for where the place is small beside the distance
        if is_small:
            tried = draw(region, len(missing), rng)
        else:
            tried = around(centres[missing], near_m, rng)
        if is_line(region.shape):
            along = shapely.line_locate_point(region.shape, shapely.points(tried))
            tried = shapely.get_coordinates(
                shapely.line_interpolate_point(region.shape, along)
            )  # the nearest of it
        ok = holds(region, tried) & (geodesic.distances_m(*tried.T, *centres[missing].T) <= near_m)
        points[missing[ok]] = tried[ok]
        missing = missing[~ok]
    fits = np.ones(len(centres), dtype=bool)
    fits[missing] = False
    return points, fits
