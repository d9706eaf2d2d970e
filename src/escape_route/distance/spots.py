"""Where a journey's places lie in each draw: every place drawn once, however often it is visited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from escape_route.distance.points import ALTERNATIVE, CROSSING, NEAR_M, PLACE, Points, alike, draw, draw_near
from escape_route.distance.routes import line_of
from escape_route.model.places import Region

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from numpy.random import Generator

    from escape_route.distance.points import Batch, Rows
    from escape_route.distance.ties import Tie, Ties
    from escape_route.geography.geodesic import Floats
    from escape_route.model.places import Place

    Measured = tuple[tuple[int, Floats], ...]
    """Lengths of a way by the leg that they belong to, metres, shape (1 + choices, n or 1)."""

_KEPT = 2_500_000  # drawn points of places: 100 MB
_WAYS_KEPT = 1_000_000  # lengths of ways: 8 MB


class Spots:
    """Points of the places of a journey in one batch of draws; `ties` are those that are drawn together.

    `ways` are lengths of ways between places and gates, by what they were drawn of, kept here for whoever draws them,
    and `room` is how many more are to be kept.
    """

    def __init__(self, located: Mapping[int, Place], ties: Ties, batch: Batch) -> None:
        """Number the places."""
        self.batch = batch
        self.ties = ties
        self._first = ties.first
        self._place_of = {first: located[first] for first in self._first.values()}
        self._groups = {index: group for group in _groups(self._place_of, ties.found) for index in group}
        self._chosen: dict[int, Rows | None] = {}
        self._drawn: dict[Hashable, Points] = {}
        self.ways: dict[Hashable, Measured] = {}
        self.room = _WAYS_KEPT

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

    def gate(self, gate: str, number: tuple[int, int]) -> Points:
        """Where a gate was gone through; `number` is the waypoint that it is before, and how many gates came first."""
        if (gate, number) not in self._drawn:
            self._make_room()
            region = Region(line_of(gate))
            drawn = draw(region, self.batch.count, self.batch.stream(CROSSING, *number))
            self._drawn[gate, number] = Points.at(drawn)
        return self._drawn[gate, number]

    def _make_room(self) -> None:
        """Forget the places that were drawn first: they can be drawn again, and a thousand of them would not fit."""
        while len(self._drawn) * self.batch.count > _KEPT:
            del self._drawn[next(iter(self._drawn))]

    def _draw(self, group: tuple[int, ...]) -> Iterator[tuple[int, Points]]:
        places = {spot: self._place_of[spot] for spot in group}
        alone = places[group[0]]
        if len(group) == 1 and alone.is_point:
            yield group[0], Points.at(np.array([alone.regions[0].centre], dtype=np.float64))
            return
        rng = self.batch.stream(PLACE, group[0])
        if len(group) == 1 and alone.is_disc and alone.regions[0].radius_m <= NEAR_M:
            yield group[0], Points(draw_near(alone.regions[0], self.batch.count, rng))
            return
        found = {spot: np.empty((self.batch.count, 2)) for spot in group}
        for rows, chosen in alike([self.chosen(spot) for spot in group], self.batch.count):
            regions = {spot: places[spot].regions[each] for spot, each in zip(group, chosen, strict=True)}
            for spot, points in self._draw_regions(regions, len(rows), rng).items():
                found[spot][rows] = points
        for spot, points in found.items():
            yield spot, Points.at(points)

    def _draw_regions(self, regions: Mapping[int, Region], count: int, rng: Generator) -> dict[int, Floats]:
        if len(regions) == 1:
            return {spot: draw(region, count, rng) for spot, region in regions.items()}
        return self.ties.draw(regions, count, rng)


def _groups(spots: Mapping[int, Place], found: Sequence[Tie]) -> list[tuple[int, ...]]:
    """Places that hang together, each with those that are tied to it."""
    group_of: dict[int, tuple[int, ...]] = {spot: (spot,) for spot in spots}
    for tie in found:
        if group_of[tie.one] != group_of[tie.other]:
            joined = tuple(sorted(group_of[tie.one] + group_of[tie.other]))
            group_of.update(dict.fromkeys(joined, joined))
    return list(dict.fromkeys(group_of.values()))
