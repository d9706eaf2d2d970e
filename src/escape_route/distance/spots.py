"""Where a journey's places lie in each draw: every place drawn once, however often it is visited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import PCG64, Generator, SeedSequence

from escape_route.distance import drawn_places, ties
from escape_route.distance.points import Points

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from escape_route.distance.points import Rows
    from escape_route.distance.ties import Tie
    from escape_route.geography.geodesic import Floats
    from escape_route.model.journey import Journey
    from escape_route.model.places import Place, Region

_KEPT = 2_500_000  # drawn points of places: 100 MB

#: What a stream of random numbers is for.
ALTERNATIVE, PLACE, CROSSING, SHARED, OWN, ACCOUNT = range(6)


@dataclass(frozen=True, slots=True)
class Batch:
    """Draws that are made together. What one thing takes of its numbers moves nothing else: each has its own stream."""

    seed: int
    count: int
    number: int = 0

    def stream(self, *what: int) -> Generator:
        """Random numbers (PCG64) for one thing, the same whenever they are asked for."""
        return Generator(PCG64(SeedSequence(self.seed, spawn_key=(self.number, *what))))


class Spots:
    """Points of the places of a journey in one batch of draws.

    Parameters
    ----------
    journey
        With its waypoints in travel order.
    located
        Its places by index in travel order.
    batch
        The draws.
    """

    def __init__(self, journey: Journey, located: Mapping[int, Place], batch: Batch) -> None:
        """Number the places and find those that are tied."""
        self.batch = batch
        self._journey = journey
        self._place_of: dict[int, Place] = {}
        first: dict[Place, int] = {}
        for index in sorted(located):
            self._place_of.setdefault(first.setdefault(located[index], index), located[index])
        self._first = {index: first[place] for index, place in located.items()}
        found = ties.ties_of(journey, located)
        self._groups = {index: group for group in _groups(self._place_of, found) for index in group}
        self._ties = found
        self._chosen: dict[int, Rows | None] = {}
        self._drawn: dict[int, Points] = {}

    def is_tied(self, one: int, other: int) -> bool:
        """Whether two neighbours are drawn together, in some of their alternatives at least."""
        return self._tie(one, other) is not None

    def near(self, one: int, other: int) -> bool:
        """Whether two neighbours were told to lie close to each other."""
        tie = self._tie(one, other)
        return tie is not None and tie.near_m is not None

    def _tie(self, one: int, other: int) -> Tie | None:
        ends = {self._first[one], self._first[other]}
        return next((tie for tie in self._ties if {tie.one, tie.other} == ends), None)

    def chosen(self, index: int) -> Rows | None:
        """Alternative of a place that each draw chose, shape (n,); None where there is but one."""
        spot = self._first[index]
        if spot not in self._chosen:
            count = len(self._place_of[spot].regions)
            rng = self.batch.stream(ALTERNATIVE, spot)
            self._chosen[spot] = None if count == 1 else rng.integers(0, count, self.batch.count)
        return self._chosen[spot]

    def points(self, index: int) -> Points:
        """Where a place lies in each draw."""
        spot = self._first[index]
        if spot not in self._drawn:
            self._make_room()
            self._drawn.update(self._draw(self._groups[spot]))
        return self._drawn[spot]

    def _make_room(self) -> None:
        """Forget the places that were drawn first: they can be drawn again, and a thousand of them would not fit."""
        held = [spot for spot, points in self._drawn.items() if not points.is_one]
        while len(held) * self.batch.count > _KEPT:
            del self._drawn[held.pop(0)]

    def _draw(self, group: tuple[int, ...]) -> Iterator[tuple[int, Points]]:
        places = {spot: self._place_of[spot] for spot in group}
        if len(group) == 1 and _is_point(places[group[0]]):
            yield group[0], Points.at(np.array([places[group[0]].regions[0].centre], dtype=np.float64))
            return
        rng = self.batch.stream(PLACE, group[0])
        found = {spot: np.empty((self.batch.count, 2)) for spot in group}
        for rows, chosen in alike([self.chosen(spot) for spot in group], self.batch.count):
            regions = {spot: places[spot].regions[each] for spot, each in zip(group, chosen, strict=True)}
            for spot, points in self._draw_regions(regions, len(rows), rng).items():
                found[spot][rows] = points
        for spot, points in found.items():
            yield spot, Points.at(points)

    def _draw_regions(self, regions: Mapping[int, Region], count: int, rng: Generator) -> dict[int, Floats]:
        if len(regions) == 1:
            return {spot: drawn_places.draw(region, count, rng) for spot, region in regions.items()}
        joined = tuple(tie for tie in self._ties if tie.one in regions and tie.other in regions)
        return ties.draw(regions, joined, count, rng, self._journey)


def _is_point(place: Place) -> bool:
    return len(place.regions) == 1 and place.regions[0].shape is None and place.regions[0].radius_m == 0


def _groups(spots: Mapping[int, Place], found: Sequence[Tie]) -> list[tuple[int, ...]]:
    """Places that hang together, each with those that are tied to it."""
    group_of: dict[int, tuple[int, ...]] = {spot: (spot,) for spot in spots}
    for tie in found:
        if group_of[tie.one] != group_of[tie.other]:
            joined = tuple(sorted(group_of[tie.one] + group_of[tie.other]))
            group_of.update(dict.fromkeys(joined, joined))
    return list(dict.fromkeys(group_of.values()))


def alike(choices: Sequence[Rows | None], count: int) -> Iterator[tuple[Rows, tuple[int, ...]]]:
    """Rows of the draws that chose the same alternatives, with these; None stands for the only one."""
    code = np.zeros(count, dtype=np.int64)
    for choice in choices:
        if choice is not None:  # numbered anew at each step: codes stay below the count, however many places there are
            _, code = np.unique(code * (int(choice.max()) + 1) + choice, return_inverse=True)
    for group in range(int(code.max(initial=-1)) + 1):
        rows = np.flatnonzero(code == group)
        yield rows, tuple(0 if choice is None else int(choice[rows[0]]) for choice in choices)
