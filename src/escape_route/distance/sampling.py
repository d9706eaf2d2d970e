"""Ways drawn through a journey: a point of each place, where borders were crossed, how winding each leg was.

Places are gone through in travel order with all draws at once, and nothing is kept of what lies
behind: memory grows with the draws and not with the stops.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol
from zlib import crc32

import numpy as np

from escape_route import progress
from escape_route.distance import points, waters
from escape_route.distance.points import ACCOUNT, KIND, OWN, REGION, ROUTE, Points, Rows, alike
from escape_route.distance.priors import Alike, Deviates, Prior, Under
from escape_route.geography import ground
from escape_route.model.journey import UNTOLD_MODES, ModeShare
from escape_route.model.modes import Mode, ModesAre

if TYPE_CHECKING:
    from escape_route.distance.routes import Measured, Node, Route, Spots
    from escape_route.geography.geodesic import Floats


_SOME_WAYS = 1_000  # that the ground is looked at under


class Sink(Protocol):
    """Who takes the lengths of legs as they are drawn."""

    def add(self, leg: int, rows: Rows | slice, lengths_m: Floats) -> None:
        """Take a part of a leg in some draws, metres: straight, then wound, shape (1 + choices, n or 1)."""


@dataclass(frozen=True, slots=True)
class Winds:
    """How winding ways are: the prior of each mode, and how alike the legs of a journey, at several choices of it.

    `rho` stands in the place of what is taken for each mode. `tracks_m` are lengths of tracks by
    the waypoint that they arrive at, in metres, and how much of each is gaps: these wind as the
    leg's mode does.
    """

    priors: Mapping[Mode, Prior]
    alike: tuple[Alike, ...]
    rho: float | None = None
    tracks_m: Mapping[int, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Way between two drawn points: its length in metres, what lies under it, what its winding has alone."""

    length_m: Floats
    under: Under
    own: Floats


@dataclass(frozen=True, slots=True)
class _Strand:
    """Draws whose way was last at the same step; None where it has not begun, or was broken off.

    `name` says what `last` was drawn of, and in which draws: points of one name are the same
    points.
    """

    rows: Rows | None
    step: float | None = None
    last: Points | None = None
    name: Hashable = None


@dataclass(frozen=True, slots=True)
class _Way:
    """Way between two drawn points; `number` is the waypoint that it leads to and how many ways to it came before."""

    steps: tuple[float, float]
    ends: tuple[Points, Points]
    number: tuple[int, int]


class Sweep:
    """One batch of draws of a way: where its places lie in the batch, and how winding it is."""

    def __init__(self, route: Route, spots: Spots, winds: Winds) -> None:
        """Draw nothing yet."""
        self.route = route
        self.spots = spots
        self.winds = winds
        self._journey = route.journey
        self._batch = spots.batch
        self._kinds: dict[tuple[str, ...], Floats] = {}

    def run(self, sink: Sink) -> None:
        """Draw the way and hand over its legs."""
        order = self.route.order
        strands = [_Strand(None)]
        for position, index in enumerate(progress.each(order, "drawing ways")):
            arrived: list[_Strand] = []
            near = order[max(position - 1, 0) : position + 2]
            for strand in strands:
                arrived += self._arrive(strand, index, near, sink)
            strands = self._joined(arrived)

    def _arrive(
        self, strand: _Strand, index: int, near: Sequence[int], sink: Sink
    ) -> Iterator[_Strand]:
        stops = [
            stop for stop in near if stop == index or self.route.is_told(*sorted((stop, index)))
        ]
        begun = strand if any(stop < index for stop in stops) else _Strand(strand.rows)
        for rows, nodes in self._plans(begun.rows, index, stops):
            yield self._through(
                _Strand(rows, begun.step, self._part(begun, rows), begun.name), nodes, index, sink
            )

    def _plans(
        self, rows: Rows | None, index: int, stops: Sequence[int]
    ) -> Iterator[tuple[Rows | None, tuple[Node, ...]]]:
        """Nodes on the way into a place, by the alternatives that were drawn of it and its neighbours."""
        split = [leg for pair in pairwise(stops) for leg in self.route.told_differently(*pair)]
        choices = [*map(self.spots.chosen, stops), *map(self._account, split)]
        if all(choice is None for choice in choices):
            yield rows, self._nodes(index, stops, (0,) * len(stops), {})
            return
        if rows is None:
            among = choices
        else:
            among = [None if choice is None else choice[rows] for choice in choices]
        count = self._batch.count if rows is None else len(rows)
        rows_of: dict[tuple[Node, ...], list[Rows]] = {}
        for which, chosen in alike(among, count):
            accounts = dict(zip(split, chosen[len(stops) :], strict=True))
            rows_of.setdefault(self._nodes(index, stops, chosen, accounts), []).append(which)
        for nodes, several in rows_of.items():
            which = np.sort(np.concatenate(several))
            part = which if rows is None else rows[which]
            yield (rows if len(which) == count else part), nodes

    def _nodes(
        self, index: int, stops: Sequence[int], chosen: Sequence[int], accounts: Mapping[int, int]
    ) -> tuple[Node, ...]:
        located = self.route.located
        regions = {
            stop: located[stop].regions[which] for stop, which in zip(stops, chosen, strict=False)
        }
        return self.route.nodes(regions, accounts, index)

    def _part(self, strand: _Strand, rows: Rows | None) -> Points | None:
        if strand.last is None or rows is None or rows is strand.rows:
            return strand.last
        return strand.last.take(rows if strand.rows is None else np.searchsorted(strand.rows, rows))

    def _through(self, strand: _Strand, nodes: tuple[Node, ...], index: int, sink: Sink) -> _Strand:
        step, last, name = strand.step, strand.last, strand.name
        which = slice(None) if strand.rows is None else strand.rows
        rows = None if strand.rows is None else hash(strand.rows.tobytes())
        for number, node in enumerate(nodes):
            if node.gate:
                here = self.spots.gate(node.gate, (index, number))
            else:
                here = self.spots.points(index)
            here = here.take(strand.rows)
            here_name: Hashable = (node.gate, index, number)
            if step is not None and last is not None:
                here, here_name = (last, name) if node.again else (here, here_name)
                way = _Way((step, node.step), (last, here), (index, number))
                for leg, lengths_m in self._kept(
                    (way.steps, way.number, name, here_name, rows), way, which
                ):
                    sink.add(leg, which, lengths_m)
            step, last, name = node.step, here, here_name
        return _Strand(strand.rows, step, last, name)

    def _kept(self, key: Hashable, way: _Way, which: Rows | slice) -> Measured:
        """Lengths of a way between two drawn points, shared out among the legs that it belongs to; each drawn once.

        Scopes of a journey have most of their ways in common, wherever these lie.
        """
        if key in self.spots.ways:
            return self.spots.ways[key]
        own = self._batch.stream(OWN, *way.number).standard_normal(self._batch.count)
        stretch = _Stretch(self._length_m(way), self._under(way), own)
        lengths = tuple(
            (leg, self._wound(leg, stretch, which) * share) for leg, share in _shares(*way.steps)
        )
        if (
            self.spots.room > 0 and len(self.winds.alike) > 1
        ):  # scopes want all choices: one alone is of no use to them
            self.spots.ways[key] = lengths
            self.spots.room -= sum(lengths_m.size for _, lengths_m in lengths)
        return lengths

    def _length_m(self, way: _Way) -> Floats:
        step, (start, end) = way.steps[1], way.ends
        track_m = self.winds.tracks_m.get(int(step)) if step == int(step) else None
        return start.apart_m(end) if track_m is None else np.array([track_m[0]])

    def _under(self, way: _Way) -> Under:
        """What lies under a way, where winding hangs on it: of some of the draws, spread over all of them."""
        modes = {share.mode for leg, _ in _shares(*way.steps) for share in self._modes(leg)}
        stops = [stop for mode in modes for stop in self.winds.priors[mode].stops]
        land_share = waters.land_share(*way.ends) if any(stop.land for stop in stops) else 0.0
        if not any(stop.ground for stop in stops):
            return Under(land_share)
        some = points.some(*way.ends, _SOME_WAYS)
        return Under(land_share, float(np.mean(ground.roughness(*(end.sphere for end in some)))))

    def _wound(self, leg: int, stretch: _Stretch, which: Rows | slice) -> Floats:
        """Way between two drawn points as if all of it belonged to a leg: straight, then wound at each choice."""
        length_m = stretch.length_m
        gaps_m = self.winds.tracks_m[leg][1] if leg in self.winds.tracks_m else None
        if gaps_m == 0:
            return np.stack([length_m] * (1 + len(self.winds.alike)))
        if gaps_m is None:
            wound = [length_m * factor for factor in self._factors(leg, stretch, which)]
        else:
            gaps = replace(stretch, length_m=np.array([gaps_m]))
            wound = [length_m + gaps_m * (factor - 1) for factor in self._factors(leg, gaps, which)]
        return np.stack([np.broadcast_to(length_m, wound[0].shape), *wound])

    def _factors(self, leg: int, stretch: _Stretch, which: Rows | slice) -> list[Floats]:
        """Winding factors of a leg at each choice: of the account drawn, or the mean of its parts by their shares."""
        region, route = self._shared
        drawn = Deviates(region[which], route[which], stretch.own[which])
        shares = [(mode.weight, self.winds.priors[mode.mode]) for mode in self._modes(leg)]
        is_parts = self._journey.waypoints[leg].modes_are is ModesAre.PARTS
        by_mode = [
            prior.factors(
                stretch.length_m / 1000 * (weight if is_parts else 1.0),
                drawn,
                self._kind(prior.kinds)[which],
                self.winds.alike,
                rho=self.winds.rho,
                under=stretch.under,
            )
            for weight, prior in shares
        ]
        if len(shares) == 1:
            return by_mode[0]
        weights = [weight for weight, _ in shares]
        if is_parts:
            return [
                np.asarray(np.tensordot(weights, np.stack(factors), 1))
                for factors in zip(*by_mode, strict=True)
            ]
        account = self._account(leg)[which]
        return [np.asarray(np.choose(account, factors)) for factors in zip(*by_mode, strict=True)]

    @cached_property
    def _shared(self) -> list[Floats]:
        """What the winding of all ways of a region has in common, and what that of all legs has."""
        return [
            self._batch.stream(what).standard_normal(self._batch.count) for what in (REGION, ROUTE)
        ]

    def _kind(self, kinds: tuple[str, ...]) -> Floats:
        """What kind of stops a journey is told by, as numbers between 0 and 1: once for all modes of the same kinds."""
        if kinds not in self._kinds:
            self._kinds[kinds] = self._batch.stream(KIND, crc32("/".join(kinds).encode())).random(
                self._batch.count
            )
        return self._kinds[kinds]

    def _account(self, leg: int) -> Rows:
        """Which account holds of a leg, by number; neighbouring legs of the same accounts share it: one is drawn."""
        weights = [mode.weight for mode in self._modes(leg)]
        while leg > 1 and self._modes(leg - 1) == self._modes(leg):
            leg -= 1
        drawn = self._batch.stream(ACCOUNT, leg).random(self._batch.count)
        return np.searchsorted(np.cumsum(weights)[:-1], drawn, side="right")

    def _modes(self, index: int) -> tuple[ModeShare, ...]:
        """Modes of arrival at a waypoint; unknown where none is told."""
        return self._journey.waypoints[index].modes or UNTOLD_MODES

    def _joined(self, strands: list[_Strand]) -> list[_Strand]:
        """Strands that are at the same step as one."""
        by_step: dict[float | None, list[_Strand]] = {}
        for strand in strands:
            by_step.setdefault(strand.step, []).append(strand)
        return [
            several[0] if len(several) == 1 else self._one(several) for several in by_step.values()
        ]

    def _one(self, several: list[_Strand]) -> _Strand:
        begun = [
            (strand.rows, strand.last)
            for strand in several
            if strand.rows is not None and strand.last is not None
        ]
        rows, last = (
            points.join(begun)
            if begun
            else (np.concatenate([strand.rows for strand in several]), None)
        )
        name = tuple(
            (strand.name, hash(strand.rows.tobytes()))
            for strand in several
            if strand.rows is not None
        )
        return _Strand(
            None if len(rows) == self._batch.count else rows, several[0].step, last, name
        )


def _shares(start: float, end: float) -> list[tuple[int, float]]:
    """Legs that a way between two drawn points belongs to, by how much of it [judgement: evenly in travel order]."""
    legs = range(int(np.floor(start)) + 1, int(np.ceil(end)) + 1)
    return [(leg, (min(end, leg) - max(start, leg - 1)) / (end - start)) for leg in legs]


class Legs:
    """Sink that keeps every leg, straight and as wound: as many of these as are `kept`, shape (kept, legs, n)."""

    def __init__(self, kept: range, legs: int, count: int) -> None:
        """Start at nothing."""
        self._kept = slice(kept.start, kept.stop)
        self.lengths_m = np.zeros((len(kept), legs, count))

    def add(self, leg: int, rows: Rows | slice, lengths_m: Floats) -> None:
        """Take a part of a leg."""
        self.lengths_m[:, leg - 1, rows] += lengths_m[self._kept]


class Totals:
    """Sink that keeps the sum of the legs that count, in several ways of counting: shape (ways, 1 + choices, n)."""

    def __init__(self, counted: Sequence[Floats], count: int, choices: int) -> None:
        """Count each leg as often as `counted` says, shape (legs,) a way."""
        self.counted = counted
        self.lengths_m = np.zeros((len(counted), 1 + choices, count))

    def add(self, leg: int, rows: Rows | slice, lengths_m: Floats) -> None:
        """Take a part of a leg."""
        for sums, counts in zip(self.lengths_m, self.counted, strict=True):
            if counts[leg - 1]:
                sums[:, rows] += lengths_m
