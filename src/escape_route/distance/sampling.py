"""Ways drawn through a journey: a point of each place, where borders were crossed, how winding each leg was."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from escape_route.distance import drawn_places
from escape_route.geography import base, geodesic
from escape_route.model import places
from escape_route.model.journey import UNTOLD_MODES, ModeShare
from escape_route.model.modes import ModesAre
from escape_route.model.vocabulary import Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.random import Generator
    from numpy.typing import NDArray

    from escape_route.distance.priors import Prior
    from escape_route.geography.geodesic import Floats
    from escape_route.model.journey import Journey
    from escape_route.model.modes import Mode
    from escape_route.model.places import Region

    Alternatives = NDArray[np.int64]

_AT_BORDER = 0.5  # a crossing lies within the leg that arrives in the new country

Node: TypeAlias = "tuple[float, Floats]"
"""Where in travel order a drawn point stands (a waypoint's index, or half a step before it), and its draws (n, 2)."""


class Sampler:
    """What does not change from batch to batch: the located stops of a journey and how their legs are travelled.

    Parameters
    ----------
    journey
        With its waypoints in travel order.
    priors
        How winding ways by each mode are.
    rhos
        How alike the winding of legs is, 0 to 1: lengths are given at each.
    at_crossings
        Whether a country that was only passed is drawn where its borders were crossed, and nowhere else.
    """

    def __init__(
        self, journey: Journey, priors: Mapping[Mode, Prior], rhos: Sequence[float], *, at_crossings: bool
    ) -> None:
        """Locate the stops."""
        self.journey = journey
        self.priors = priors
        self.rhos = tuple(rhos)
        self.at_crossings = at_crossings
        self.leg_count = max(len(journey.waypoints) - 1, 0)
        self.places = places.located(journey)

    def draw(self, count: int, rng: Generator) -> Floats:
        """Lengths of shape (1 + rhos, n, legs): the chain first, then travelled lengths at each rho."""
        chosen = self._alternatives(count, rng)
        modes = self._mode_draws(count, rng)
        shared = rng.standard_normal(count)
        legs = np.zeros((1 + len(self.rhos), count, self.leg_count))
        for which in _alike(chosen, count):
            pairs = zip(self.places.items(), chosen, strict=True)
            regions = {index: place.regions[choice[which[0]]] for (index, place), choice in pairs}
            route = _Route(self, regions, len(which), rng)
            legs[:, which] = route.lengths(shared[which], {leg: values[which] for leg, values in modes.items()}, rng)
        return legs

    def _alternatives(self, count: int, rng: Generator) -> list[Alternatives]:
        """Index of the alternative drawn of each place; the same for each visit to one place."""
        drawn = {place: rng.integers(0, len(place.regions), count) for place in dict.fromkeys(self.places.values())}
        return [drawn[place] for place in self.places.values()]

    def _mode_draws(self, count: int, rng: Generator) -> dict[int, Floats]:
        """One uniform number a leg; neighbouring legs of the same accounts share it, so that one account is drawn."""
        drawn: dict[int, Floats] = {}
        for index in range(1, len(self.journey.waypoints)):
            same = self.modes(index) == self.modes(index - 1) and index - 1 in drawn
            drawn[index] = drawn[index - 1] if same else rng.random(count)
        return drawn

    def modes(self, index: int) -> tuple[ModeShare, ...]:
        """Modes of arrival at a waypoint; unknown where none is told."""
        return self.journey.waypoints[index].modes or UNTOLD_MODES

    def is_drawn(self, index: int, regions: dict[int, Region]) -> bool:
        """Whether a point is drawn in a place: not in a country that was only passed, a crossing stands for it."""
        passed = self.journey.waypoints[index].role is Role.PASSED and regions[index].is_country
        if not self.at_crossings or not passed:
            return True
        order = sorted(regions)
        at = order.index(index)
        if any(self.journey.waypoints[other].arrives_by_air for other in (index, *order[at + 1 : at + 2])):
            return True  # no border on land was crossed, which could stand for it
        near = [regions[order[other]] for other in (at - 1, at + 1) if 0 <= other < len(order)]
        return not near or not all(_meets(regions[index], other) for other in near)


def _alike(chosen: list[Alternatives], count: int) -> list[Alternatives]:
    """Indices of the draws that chose the same alternative of every place, a group at a time."""
    code = np.zeros(count, dtype=np.int64)
    for choice in chosen:
        if choice.any():  # numbered anew at each step: codes stay below the count, however many places there are
            _, code = np.unique(code * (int(choice.max()) + 1) + choice, return_inverse=True)
    return [np.flatnonzero(code == group) for group in range(int(code.max(initial=-1)) + 1)]


def _meets(one: Region, other: Region) -> bool:
    return bool(one.countries & other.countries) or _common_border(one, other) is not None


def _common_border(one: Region, other: Region) -> Region | None:
    """Land border that is crossed between two places in different countries; None where none need be or none is."""
    if one.countries & other.countries:
        return None
    for first in sorted(one.countries):
        for second in sorted(other.countries):
            line = base.border_between(first, second)
            if line is not None:
                return places.Region(line, countries=frozenset({first, second}))
    return None


class _Route:
    """Drawn points of one combination of alternatives, in travel order, cut where nothing is told of the way."""

    def __init__(self, sampler: Sampler, regions: dict[int, Region], count: int, rng: Generator) -> None:
        self.sampler = sampler
        self.count = count
        self.rng = rng
        self.chains: list[list[Node]] = [[]]
        self.seen: list[tuple[Region, Floats]] = []
        previous: int | None = None
        for index in sorted(regions):
            self._add(index, previous, regions)
            previous = index

    def _add(self, index: int, previous: int | None, regions: dict[int, Region]) -> None:
        if not self.sampler.journey.waypoints[index].leg_told:
            self.chains.append([])
            previous = None
        chain = self.chains[-1]
        if previous is not None and self.sampler.at_crossings and not self._is_traced(index):
            crossing = None if self._is_flown(index) else _common_border(regions[previous], regions[index])
            if crossing is not None:
                chain.append((index - _AT_BORDER, drawn_places.draw(crossing, self.count, self.rng)))
            if chain and not self._is_flown(index) and self._ends_at_border(index, previous, regions):
                chain.append((float(index), chain[-1][1]))
                return
        if self.sampler.is_drawn(index, regions):
            chain.append((float(index), self._points(regions[index])))

    def _ends_at_border(self, index: int, previous: int, regions: dict[int, Region]) -> bool:
        """Whether a country was reached from a neighbour: it is counted to its border, for nothing inside was told."""
        reached = self.sampler.journey.waypoints[index].role is Role.REACHED
        return reached and regions[index].is_country and _meets(regions[previous], regions[index])

    def _points(self, region: Region) -> Floats:
        """Draws of a place; one that was visited before is where it was."""
        for known, points in self.seen:
            if known == region:
                return points
        points = drawn_places.draw(region, self.count, self.rng)
        self.seen.append((region, points))
        return points

    def _is_flown(self, index: int) -> bool:
        """Whether one arrived by air in every account: no border on land is crossed then, nor is one reached."""
        return self.sampler.journey.waypoints[index].arrives_by_air

    def _is_traced(self, index: int) -> bool:
        return self.sampler.journey.trace_into(index) is not None

    def lengths(self, shared: Floats, modes: dict[int, Floats], rng: Generator) -> Floats:
        """Lengths of shape (1 + rhos, n, legs): the chain, then travelled lengths."""
        legs = np.zeros((1 + len(self.sampler.rhos), self.count, self.sampler.leg_count))
        for chain in self.chains:
            for (start, one), (end, other) in pairwise(chain):
                length_m = self._length_m(end, one, other)
                own = rng.standard_normal(self.count)
                deviates = [np.sqrt(rho) * shared + np.sqrt(1 - rho) * own for rho in self.sampler.rhos]
                for leg, share in _shares(start, end):
                    legs[:, :, leg - 1] += self._wound(leg, length_m, share, deviates, modes[leg])
        return legs

    def _length_m(self, end: float, one: Floats, other: Floats) -> Floats:
        if end == int(end) and self._is_traced(int(end)):
            trace = self.sampler.journey.trace_into(int(end))
            return np.full(self.count, geodesic.line_length_m(trace.line) if trace else 0.0)
        return geodesic.distances_m(one[:, 0], one[:, 1], other[:, 0], other[:, 1])

    def _wound(self, leg: int, length_m: Floats, share: float, deviates: list[Floats], uniform: Floats) -> Floats:
        """Share of a way that belongs to a leg: straight, then wound at each rho, shape (1 + rhos, n)."""
        if self._is_traced(leg):
            return np.stack([length_m * share] * (1 + len(deviates)))
        waypoint = self.sampler.journey.waypoints[leg]
        modes = self.sampler.modes(leg)
        priors = [(each.weight, self.sampler.priors[each.mode]) for each in modes]
        wound = [length_m * share * _factor(priors, waypoint.modes_are, length_m, z, uniform) for z in deviates]
        return np.stack([length_m * share, *wound])


def _shares(start: float, end: float) -> list[tuple[int, float]]:
    """Legs that a way between two drawn points belongs to, by how much of it [judgement: evenly in travel order]."""
    legs = range(int(np.floor(start)) + 1, int(np.ceil(end)) + 1)
    return [(leg, (min(end, leg) - max(start, leg - 1)) / (end - start)) for leg in legs]


def _factor(
    priors: list[tuple[float, Prior]], modes_are: ModesAre, length_m: Floats, z: Floats, uniform: Floats
) -> Floats:
    """Winding factor of a leg: of the account that was drawn, or the mean of its parts by their shares."""
    length_km = length_m / 1000
    if modes_are is ModesAre.PARTS:
        parts = [weight * prior.factor(length_km * weight, z) for weight, prior in priors]
        return np.asarray(np.sum(parts, axis=0), dtype=np.float64)
    edges = np.cumsum([weight for weight, _ in priors])
    which = np.minimum(np.searchsorted(edges, uniform, side="right"), len(priors) - 1)
    factor = np.ones_like(length_km)
    for index, (_, prior) in enumerate(priors):
        mine = which == index
        factor[mine] = prior.factor(length_km[mine], z[mine])
    return factor
