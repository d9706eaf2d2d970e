"""The points that a way is drawn through: its stops and gates between countries, and where these lie in each draw.

Every place is drawn once, however often it is visited.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from escape_route.distance import waters
from escape_route.distance.points import (
    ALTERNATIVE,
    CROSSING,
    NEAR_M,
    PLACE,
    Batch,
    Points,
    Rows,
    alike,
    draw,
    draw_near,
)
from escape_route.geography import base, geodesic
from escape_route.model.places import Place, Region
from escape_route.model.vocabulary import Role

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from escape_route.distance.ties import Tie, Ties
    from escape_route.geography.geodesic import Floats
    from escape_route.model.journey import Journey

    Measured = tuple[tuple[int, Floats], ...]
    """Lengths of a way by the leg that they belong to, metres, shape (1 + choices, n or 1)."""

Gates = tuple[str, ...]
"""Borders ("border:LA-VN") and coasts ("coast:GR") that a way into a waypoint goes through, in their order."""
_KEPT = 2_500_000  # drawn points of places: 100 MB
_WAYS_KEPT = 1_000_000  # lengths of ways: 8 MB


@dataclass(frozen=True, slots=True)
class Node:
    """A point of a way: `step` is where it stands in travel order, a waypoint's index or less, for a gate before it.

    A gate is a border that was crossed, or a coast that was landed on or left; other nodes are a
    place, or again where the node before lies.
    """

    step: float
    gate: str = ""
    again: bool = False


def line_of(gate: str) -> BaseGeometry:
    """Line that a gate is."""
    kind, _, name = gate.partition(":")
    return base.coast_of(name) if kind == "coast" else base.geometry_of(gate)


@dataclass(frozen=True, slots=True)
class _Near:
    """What was drawn of a place and its neighbours: the alternative of each, and the account of the legs between."""

    regions: Mapping[int, Region]
    accounts: Mapping[int, int]


class Route:
    """Way from one waypoint to a later one, by their indices, as it is drawn.

    `ties` are the places that are drawn together. `at_crossings` says whether a country that was
    only passed is drawn where its borders were crossed, and nowhere else.
    """

    def __init__(
        self,
        journey: Journey,
        located: Mapping[int, Place],
        ties: Ties,
        ends: tuple[int, int],
        *,
        at_crossings: bool,
    ) -> None:
        """Keep what lies between the ends."""
        self.journey = journey
        self.located = located
        self.ties = ties
        self.ends = ends
        self.at_crossings = at_crossings
        self.order = [index for index in sorted(located) if ends[0] <= index <= ends[1]]

    def is_told(self, start: int, end: int) -> bool:
        """Whether anything is told of the way between two neighbours in `order`."""
        return all(waypoint.leg_told for waypoint in self.journey.waypoints[start + 1 : end + 1])

    def told_differently(self, start: int, end: int) -> list[int]:
        """Legs between two neighbours of which it hangs on the account whether a border on land was crossed."""
        legs = range(start + 1, end + 1) if self.at_crossings else ()
        return [leg for leg in legs if len(set(waters.accounts(self.journey.waypoints[leg]))) > 1]

    def nodes(
        self, regions: Mapping[int, Region], accounts: Mapping[int, int], index: int
    ) -> tuple[Node, ...]:
        """Points that are drawn as the way arrives at a place, in one account of the legs that are told differently.

        `regions` are the told alternatives of the place and of its neighbours in `order`, without
        those across a way of which nothing is told.
        """
        before = max((region for region in regions if region < index), default=None)
        near = _Near(regions, accounts)
        gates = None if before is None else self._gates(near, before, index)
        through = gates or ()
        nodes = [
            Node(index - 1 + number / (len(through) + 1), gate)
            for number, gate in enumerate(through, start=1)
        ]
        if gates is not None and self._ends_in(index, regions[index]):
            nodes.append(Node(index, again=True))
        elif self._is_drawn(near, index):
            nodes.append(Node(index))
        return tuple(nodes)

    def _ends_in(self, index: int, region: Region) -> bool:
        """Whether the way ends in a country of which nothing more is told: it is counted to where that was entered."""
        reached = self.journey.waypoints[index].role is Role.REACHED
        return self.at_crossings and reached and region.is_country and index == self.ends[1]

    def _is_passed(self, index: int, region: Region) -> bool:
        return (
            self.at_crossings
            and region.is_country
            and self.journey.waypoints[index].role is Role.PASSED
        )

    def _is_drawn(self, near: _Near, index: int) -> bool:
        """Whether a point is drawn in a place: not in a country that was passed, where gates stand for it.

        Nor in one that was flown over from a place in it, or to one: the way was there already.
        """
        if not self._is_passed(index, near.regions[index]):
            return True
        pairs = [
            (min(index, neighbour), max(index, neighbour))
            for neighbour in near.regions
            if neighbour != index
        ]
        gates = [self._gates(near, *pair) for pair in pairs]
        is_flown = all(self._arrival(near, *pair) is waters.Arrival.BY_AIR for pair in pairs)
        return not gates or (any(gate is None for gate in gates) and not (is_flown and () in gates))

    def _arrival(self, near: _Near, start: int, end: int) -> waters.Arrival:
        """How one came from a place to the next, by way of what lies between that is nowhere."""
        by_leg = {
            leg: waters.accounts(self.journey.waypoints[leg]) for leg in range(start + 1, end + 1)
        }
        through = (accounts[near.accounts.get(leg, 0)] for leg, accounts in by_leg.items())
        return waters.arrival(frozenset().union(*through), near.regions[start], near.regions[end])

    def _gates(self, near: _Near, start: int, end: int) -> Gates | None:
        """What a way between neighbours goes through; None where it came into a country nobody knows where."""
        left, entered = near.regions[start], near.regions[end]
        is_traced = self.journey.trace_into(end) is not None
        if is_traced or not self.at_crossings or self.ties.joins({start: left, end: entered}):
            return ()
        how = self._arrival(near, start, end)
        if how is waters.Arrival.BY_AIR:
            return () if left.countries & entered.countries else None
        if how is waters.Arrival.BY_SEA:
            return self._coasts({start: left, end: entered})
        are_told = not (left.is_country or entered.is_country)
        if are_told and how is waters.Arrival.BY_BOAT:
            return ()
        gates = _border(left.countries, entered.countries)
        # How winding a way is holds wherever it crossed: elsewhere a crossing stands for a country
        # that was only named.
        return () if gates and are_told and _leads_over(*gates, left, entered) else gates

    def _coasts(self, ends: Mapping[int, Region]) -> Gates | None:
        """Coasts of the countries that were passed, or that the way ends in; None where one of them has none."""
        entered = [
            region
            for index, region in ends.items()
            if self._is_passed(index, region) or self._ends_in(index, region)
        ]
        codes = [code for region in entered for code in sorted(region.countries)]
        if any(base.coast_of(code).is_empty for code in codes):
            return None
        return tuple(f"coast:{code}" for code in codes)


@lru_cache(maxsize=1024)
def _border(left: frozenset[str], entered: frozenset[str]) -> Gates | None:
    """Land border between two places in different countries; none is crossed where they share one."""
    if left & entered:
        return ()
    pairs = ("-".join(sorted((one, other))) for one in sorted(left) for other in sorted(entered))
    return next(
        (
            (f"border:{pair}",)
            for pair in pairs
            if base.border_between(*pair.split("-")) is not None
        ),
        None,
    )


@lru_cache(maxsize=1024)
def _leads_over(gate: str, one: Region, other: Region) -> bool:
    """Whether the shortest way between two places leads over a border, or as near by as that may be off the ground."""
    start, end = waters.ends_between(one, other)
    if start == end:
        return True
    way, _ = waters.land_on_the_way(start, end)
    gap = shapely.shortest_line(shapely.LineString(way), line_of(gate)).coords
    return geodesic.geodesic_m(gap[0], gap[1]) <= base.BORDER_OFF_M


class Spots:
    """Points of the places of a journey in one batch of draws; `ties` are those that are drawn together.

    `ways` are lengths of ways between places and gates, by what they were drawn of, kept here for
    whoever draws them, and `room` is how many more are to be kept.
    """

    def __init__(self, located: Mapping[int, Place], ties: Ties, batch: Batch) -> None:
        """Number the places."""
        self.batch = batch
        self.ties = ties
        self._first = ties.first
        self._place_of = {first: located[first] for first in self._first.values()}
        self._groups = {
            index: group for group in _groups(self._place_of, ties.found) for index in group
        }
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
        placed = {spot: np.empty((self.batch.count, 2)) for spot in group}
        for rows, chosen in alike([self.chosen(spot) for spot in group], self.batch.count):
            regions = {
                spot: places[spot].regions[choice]
                for spot, choice in zip(group, chosen, strict=True)
            }
            drawn = self.ties.draw(regions, len(rows), rng) if len(group) > 1 else {}
            for spot, region in regions.items():
                placed[spot][rows] = drawn[spot] if drawn else draw(region, len(rows), rng)
        for spot, points in placed.items():
            yield spot, Points.at(points)


def _groups(spots: Mapping[int, Place], ties: Sequence[Tie]) -> list[tuple[int, ...]]:
    """Places that hang together, each with those that are tied to it."""
    group_of: dict[int, tuple[int, ...]] = {spot: (spot,) for spot in spots}
    for tie in ties:
        if group_of[tie.one] != group_of[tie.other]:
            joined = tuple(sorted(group_of[tie.one] + group_of[tie.other]))
            group_of.update(dict.fromkeys(joined, joined))
    return list(dict.fromkeys(group_of.values()))
