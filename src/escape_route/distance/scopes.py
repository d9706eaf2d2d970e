"""The scopes that distances were stated of, and what each comes to: its bound, its chain, its plausible length."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import compress, pairwise

import numpy as np
from numpy.typing import NDArray

from escape_route.distance import bounds, kernel, legs, plausible, straight
from escape_route.distance.bounds import Bound, Edge
from escape_route.distance.by_network import ByNetwork, by_network
from escape_route.distance.intervals import Curve, Interval
from escape_route.distance.legs import Leg
from escape_route.distance.priors import Alike
from escape_route.distance.settings import Settings, Where
from escape_route.distance.stated_numbers import stands_for_m
from escape_route.geography import cells
from escape_route.geography.geodesic import Floats, LonLat, between, geodesic_m
from escape_route.model import places
from escape_route.model.journey import UNTOLD_MODES, Journey, Scope, Waypoint
from escape_route.model.places import Place
from escape_route.model.told_places import is_country_alone
from escape_route.model.units import Quantity
from escape_route.model.vocabulary import Counts, Flight, Lacking, Precision

_ALIKE = (Alike.TAKEN, Alike.LEAST, Alike.MOST)
_NEAR_M = 100_000.0  # largest disc that is flat enough for the kernel
_OF_LEGS = 10_000  # draws of single legs within a cut
_BESIDE = 1.02  # times the lower end of what is likely: a number is near it up to here
#: Times the lower end of what is likely: a place that is wider makes it, and calls nothing short
#: [our judgement].
_FAR_WIDER = 2.0
_SURE = 8.0  # standard errors from an edge: beyond, no more draws would give another word


@dataclass(frozen=True, slots=True)
class ScopeKey:
    """A scope as it is measured: waypoint ids, and whether flights in it are counted.

    `is_straight` is the straight line between its ends, and no way.
    """

    start: str
    end: str
    counts_flight: bool
    is_straight: bool = False


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Plausible length of a scope under another choice of where the draws lie, or of how alike legs are."""

    where: Where
    alike: Alike
    plausible: Interval
    chain: Interval
    kept: int
    proposed: int


@dataclass(frozen=True, slots=True)
class Weighed:
    """How long a way plausibly was, without its winding and with it; `lengths_m` are in rising order."""

    chain: Interval
    plausible: Interval
    sensitivities: tuple[Sensitivity, ...]
    lengths_m: Floats

    @classmethod
    def of_curves(cls, way: kernel.Way, curves: Mapping[Alike, Curve], chain: Interval) -> Weighed:
        """As the kernel has it: nothing hangs on where, for no country is passed and no way is far off the shortest."""
        points = kernel.points_summed(way)
        likely = {alike: curves[alike].interval for alike in Alike}
        choices = [
            Sensitivity(where, alike, likely[alike], chain, points, points)
            for where in Where
            for alike in Alike
        ]
        return cls(chain, likely[Alike.TAKEN], tuple(choices), curves[Alike.TAKEN].listed_m)


@dataclass(frozen=True, slots=True)
class ScopeReport:
    """What a scope comes to; `reason` says why where it comes to nothing.

    `label_chain_m` is the chain of label points from waypoint `chain_start` on, `chain` that of the
    draws; the first is None where it has holes, for a sum over holes says nothing. `sensitivities`
    hold every choice of where and of how alike legs are, the default among them. `lengths_m` are
    the drawn lengths at the default, shape (kept,), in rising order. `by_network` is there where it
    was asked for. `least_likely_m` is where what is likely would begin if the places that were made
    coarser for publication lay where the way is shortest; None where none was, or no number asks.
    """

    key: ScopeKey
    has_flight: bool
    reason: str | None = None
    lacking: Lacking | None = None
    least_likely_m: float | None = None
    bound: Bound | None = None
    located: tuple[int, ...] = ()
    edges: tuple[Edge, ...] = ()
    chain_start: int | None = None
    label_chain_m: float | None = None
    chain: Interval | None = None
    plausible: Interval | None = None
    sensitivities: tuple[Sensitivity, ...] = ()
    lengths_m: Floats = field(default_factory=lambda: np.empty(0), compare=False, repr=False)
    by_network: ByNetwork | None = None


class Scopes:
    """The scopes of a journey, each measured once, with the legs, places and draws that they share.

    `is_for_words` says that nothing but verdicts will be told of them: then no other choice is
    drawn, and no more than words need.
    """

    def __init__(self, journey: Journey, settings: Settings, *, is_for_words: bool = False) -> None:
        """Measure nothing yet."""
        self._journey = journey
        self._settings = settings
        self._is_for_words = is_for_words
        self.places = places.located(journey)
        self._by_air = np.array(
            [waypoint.arrives_by_air for waypoint in journey.waypoints[1:]], dtype=bool
        )
        self._ways = plausible.Ways(journey, settings, _ALIKE)
        self._totals: dict[tuple[tuple[int, int], Where, int], Floats] = {}
        self._measured: dict[ScopeKey, ScopeReport] = {}

    def drawn_legs(self) -> Floats:
        """Lengths of the legs of the whole journey as drawn, wound as it is taken, shape (legs, kept), metres."""
        if self._settings.where is not Where.NEAR:
            return self._ways.wound_legs()
        start, *_, end = (waypoint.id for waypoint in self._journey.waypoints)
        whole = self.measured(ScopeKey(start, end, counts_flight=True))
        limit_m = self._near_m((0, len(self._by_air)), whole.bound)
        drawn, _ = plausible.within(self._ways.legs, self._settings.draws or _OF_LEGS, limit_m)
        return np.asarray(drawn[1].T)

    @cached_property
    def legs(self) -> tuple[Leg, ...]:
        """Legs between label points: none is measured for words alone, unless something is traced."""
        return legs.legs_of(self._journey)

    def keys(self) -> tuple[ScopeKey, ...]:
        """Scopes to measure, in the order of the claims; the whole journey where no distance was stated."""
        keys: dict[ScopeKey, None] = {}
        for claim in self._journey.claims:
            if claim.quantity is Quantity.DISTANCE:
                keys.update(dict.fromkeys(self.keys_of(claim.scope, claim.counts)))
        if all(key.is_straight for key in keys) and len(self._journey.waypoints) > 1:
            keys[
                ScopeKey(
                    self._journey.waypoints[0].id,
                    self._journey.waypoints[-1].id,
                    counts_flight=True,
                )
            ] = None
        return tuple(keys)

    def keys_of(self, scope: Scope, counts: Counts = Counts.JOURNEY) -> tuple[ScopeKey, ...]:
        """Scopes that a claim is judged in: two where it is unknown whether the flight counts and there is one."""
        if counts is Counts.STRAIGHT:
            return (ScopeKey(scope.start, scope.end, counts_flight=True, is_straight=True),)
        start, end = self._journey.index_of(scope.start), self._journey.index_of(scope.end)
        if not self._by_air[start:end].any():
            return (ScopeKey(scope.start, scope.end, counts_flight=True),)
        ways = {Flight.YES: (True,), Flight.NO: (False,), Flight.UNKNOWN: (True, False)}[
            scope.flight
        ]
        return tuple(ScopeKey(scope.start, scope.end, counts_flight=way) for way in ways)

    def measured(self, key: ScopeKey) -> ScopeReport:
        """Measure a scope, once."""
        if key not in self._measured:
            self._measured[key] = self._measure(key)
        return self._measured[key]

    def known(self, key: ScopeKey) -> ScopeReport | None:
        """Report on a scope that was measured already; None of any other."""
        return self._measured.get(key)

    def known_least_m(self, key: ScopeKey) -> float:
        """Least length that a scope is known to have without being measured: that of any part of it that was."""
        start, end = self._journey.index_of(key.start), self._journey.index_of(key.end)
        parts = [
            report.bound.bound_m
            for part, report in self._measured.items()
            if report.bound is not None
            and part.counts_flight <= key.counts_flight
            and start <= self._journey.index_of(part.start)
            and self._journey.index_of(part.end) <= end
        ]
        return max(parts, default=0.0)

    def _swept(self, ends: tuple[int, int], where: Where, number: int) -> Floats:
        """Drawn lengths between two waypoints in a block, shape (2, 1 + choices, n), the chain first.

        With flights, and without. Where no place is told by its country there is no border to draw
        it at.
        """
        within = (place for index, place in self.places.items() if ends[0] <= index <= ends[1])
        if where is Where.CROSSINGS and not any(place.countries for place in within):
            where = Where.ANYWHERE
        if (ends, where, number) not in self._totals:
            counted = [self._counted(*ends, counts_flight=way) for way in (True, False)]
            self._totals[ends, where, number] = self._ways.totals(ends, counted, where, number)
        return self._totals[ends, where, number]

    def _drawn(self, key: ScopeKey, where: Where, bound: Bound) -> tuple[Floats, int]:
        """Drawn lengths of a scope, shape (1 + choices, kept), and of how many draws these were kept."""
        ends = self._journey.index_of(key.start), self._journey.index_of(key.end)
        way = 0 if key.counts_flight else 1
        is_near = where is Where.NEAR
        return plausible.within(
            lambda number: self._swept(ends, Where.ANYWHERE if is_near else where, number)[way],
            self._ways.wanted,
            self._near_m(ends, bound) if is_near else np.inf,
            settled=None if self._settings.draws is not None else self._settled(key),
        )

    def _settled(self, key: ScopeKey) -> Callable[[Floats], bool]:
        """Whether enough is drawn of a scope: for its printed digits, or for the words on its claims alone."""
        if not self._is_for_words:
            return plausible.is_settled
        claims = [claim for claim in self._journey.claims if claim.quantity is Quantity.DISTANCE]
        ranges_m = [
            stands_for_m(claim)
            for claim in claims
            if key in self.keys_of(claim.scope, claim.counts)
        ]

        def decided(drawn: Floats) -> bool:
            likely = Interval.of(drawn[1])
            *_, below_m, above_m = likely.errors_m
            far = (
                abs(likely.low95_m - high_m) > _SURE * below_m
                and abs(likely.high95_m - low_m) > _SURE * above_m
                for low_m, high_m in ranges_m
            )
            return all(far) or plausible.is_settled(drawn)

        return decided

    def _near_m(self, ends: tuple[int, int], bound: Bound | None) -> float:
        """Longest chain that is not far off the shortest way; none where no whole country is told."""
        within = (self.places[index] for index in self.places if ends[0] <= index <= ends[1])
        if bound is None or not any(
            region.is_country for place in within for region in place.regions
        ):
            return np.inf
        return plausible.NEAR_FACTOR * (bound.shortest.length_m + bound.traced_m)

    def _straight(self, key: ScopeKey) -> ScopeReport:
        """How far apart the ends of a scope are."""
        ends = self._journey.index_of(key.start), self._journey.index_of(key.end)
        if not self.places.keys() >= {*ends}:
            return ScopeReport(key, has_flight=False, reason="fewer_than_two_places")
        bound, plausible_m, drawn_m = straight.apart(
            self.places[ends[0]], self.places[ends[1]], self._settings.seed
        )
        return ScopeReport(
            key=key,
            has_flight=False,
            bound=bound,
            located=ends,
            edges=(Edge.GEODESIC,),
            chain=plausible_m,
            plausible=plausible_m,
            lengths_m=drawn_m,
        )

    def _measure(self, key: ScopeKey) -> ScopeReport:
        if key.is_straight:
            return self._straight(key)
        start, end = self._journey.index_of(key.start), self._journey.index_of(key.end)
        has_flight = bool(self._by_air[start:end].any())
        order = [index for index in sorted(self.places) if start <= index <= end]
        edges = self._edges(order, counts_flight=key.counts_flight)
        if len(order) < 2:  # noqa: PLR2004
            return ScopeReport(key, has_flight, reason="fewer_than_two_places")
        if all(edge is Edge.FREE for edge in edges):
            return ScopeReport(key, has_flight, reason="untold")
        counted = self._counted(start, end, counts_flight=key.counts_flight)
        sets = [self.places[index] for index in order]
        chain_start = None if self._is_for_words else self._chain_start(counted)
        traced_m = self._traced_m(start, end, counts_flight=key.counts_flight)
        bound = bounds.lower_bound(sets, edges, traced_m)
        weighed = self._weighed(key, bound, edges)
        if not (bound.bound_m or weighed.plausible.high95_m) and any(
            self._journey.waypoints[at].is_vague for at in order
        ):
            return ScopeReport(
                key, has_flight, reason="fewer_than_two_places"
            )  # all within one that is as wide
        least_m = self._least_likely_m(key, order, bound, weighed)
        chain_m = sum(leg.length_m or 0.0 for leg in compress(self.legs, counted))
        return ScopeReport(
            key=key,
            has_flight=has_flight,
            lacking=lacking(self._journey, (start, end), self.places, counted),
            least_likely_m=least_m,
            bound=bound,
            located=tuple(order),
            edges=edges,
            chain_start=chain_start,
            label_chain_m=None if chain_start is None else chain_m,
            chain=weighed.chain,
            plausible=weighed.plausible,
            sensitivities=weighed.sensitivities,
            lengths_m=weighed.lengths_m,
            by_network=by_network(self._journey.waypoints, order, sets, edges, traced_m)
            if self._settings.routes
            else None,
        )

    def _weighed(self, key: ScopeKey, bound: Bound, edges: Sequence[Edge]) -> Weighed:
        ends = self._journey.index_of(key.start), self._journey.index_of(key.end)
        if is_plain(self._settings):
            way = plain_way(self._journey, self.places, ends, edges)
        else:
            way = None
        curves = None if way is None else kernel.weighed([way])[0]
        if way is not None and curves is not None:
            return Weighed.of_curves(way, curves, kernel.chain(way))
        choices = (self._settings.where,) if self._is_for_words else Where
        drawn = {where: self._drawn(key, where, bound) for where in choices}
        own, _ = drawn[self._settings.where]
        return Weighed(
            Interval.of(own[0]),
            Interval.of(own[1]),
            tuple(self._sensitivities(drawn)),
            np.sort(own[1]),
        )

    def _least_likely_m(
        self, key: ScopeKey, order: list[int], bound: Bound, weighed: Weighed
    ) -> float | None:
        """Where what is likely begins with all coarser places where the way is shortest; the bound where none is found.

        None where none was made coarser, or no number lies where the two may differ.
        """
        coarser = coarser_places(self._journey, key, bound, weighed.sensitivities)
        if not coarser:
            return None
        if len(bound.shortest.points) < len(order):
            return bound.bound_m
        points = dict(zip(order, bound.shortest.points, strict=True))
        waypoints = tuple(
            _told_at(waypoint, points[at]) if at in coarser else waypoint
            for at, waypoint in enumerate(self._journey.waypoints)
        )
        nearer = Scopes(
            replace(self._journey, waypoints=waypoints), self._settings, is_for_words=True
        ).measured(key)
        if nearer.plausible is None:
            return bound.bound_m
        return min(nearer.plausible.low95_m, weighed.plausible.low95_m)

    def _sensitivities(self, drawn: Mapping[Where, tuple[Floats, int]]) -> Iterator[Sensitivity]:
        """Every choice of where, and of how alike legs are in rising order."""
        for where, (lengths_m, proposed) in drawn.items():
            chain, kept = Interval.of(lengths_m[0]), lengths_m.shape[1]
            for alike in Alike:
                plausible_m = Interval.of(lengths_m[1 + _ALIKE.index(alike)])
                yield Sensitivity(where, alike, plausible_m, chain, kept, proposed)

    def _edges(self, order: list[int], *, counts_flight: bool) -> tuple[Edge, ...]:
        edges = []
        for start, end in pairwise(order):
            between = range(start + 1, end + 1)
            untold = any(not self._journey.waypoints[index].leg_told for index in between)
            flown = not counts_flight and any(self._by_air[index - 1] for index in between)
            traced = end == start + 1 and self._journey.trace_into(end) is not None
            if traced and not flown:
                edges.append(Edge.TRACED)
            else:
                edges.append(Edge.FREE if flown or untold else Edge.GEODESIC)
        return tuple(edges)

    def _traced_m(self, start: int, end: int, *, counts_flight: bool) -> float:
        if not self._journey.traces:
            return 0.0
        counted = compress(self.legs, self._counted(start, end, counts_flight=counts_flight))
        return sum(leg.length_m or 0.0 for leg in counted if leg.traced)

    def _counted(self, start: int, end: int, *, counts_flight: bool) -> NDArray[np.float64]:
        """1 for each leg of a scope that counts, 0 for the others."""
        counted = np.zeros(len(self._by_air))
        counted[start:end] = 1.0
        if not counts_flight:
            counted[self._by_air] = 0.0
        return counted

    def _chain_start(self, counted: NDArray[np.float64]) -> int | None:
        """Waypoint from which every counted leg to the end could be measured; None where one after it could not."""
        which = [
            index for index in np.flatnonzero(counted) if self.legs[index].length_m is not None
        ]
        after = [index for index in np.flatnonzero(counted) if which and index >= which[0]]
        return int(which[0]) if which and len(which) == len(after) else None


def _told_at(waypoint: Waypoint, point: LonLat) -> Waypoint:
    """A place that was made coarser as it may have been told, as near as may be to a point where the way is shortest.

    A disc that was told is still one, though its cell is coarser: as small, and as near, as what is
    shown allows.
    """
    radius_m = 0.0
    if (
        waypoint.cell is not None
        and waypoint.label is not None
        and waypoint.uncertainty_m is not None
    ):
        apart_m, radius_m = cells.surely_told_m(
            waypoint.label, waypoint.cell, waypoint.uncertainty_m
        )
        if radius_m > 0 and geodesic_m(waypoint.label, point) > apart_m:
            lon, lat = between(waypoint.label, point, np.array([apart_m]))[0]
            point = float(lon), float(lat)
    return replace(
        waypoint,
        label=point,
        precision=Precision.EXACT,
        geometry=None,
        uncertainty_m=radius_m or None,
        footprints=(),
        within=(),
        data_generalizations=None,
        information_withheld=None,
    )


def coarser_places(
    journey: Journey, key: ScopeKey, bound: Bound, choices: Sequence[Sensitivity]
) -> frozenset[int]:
    """Places of a scope that are coarser than they were told, where a number that was stated of it hangs on that.

    A country or province in which it begins or ends is one of them, also where no more was told:
    the number counts from or to where in it one was, which nobody says. So is whatever is wider by
    far than the least that is likely: that says how wide the place is, and not how long the way.
    """
    claims = [claim for claim in journey.claims if claim.quantity is Quantity.DISTANCE]
    highest_m = [
        stands_for_m(claim)[1]
        for claim in claims
        if (claim.scope.start, claim.scope.end) == (key.start, key.end)
    ]
    low_m = max(choice.plausible.low95_m for choice in choices) * _BESIDE
    if not any(bound.bound_m <= high_m < low_m for high_m in highest_m):
        return frozenset()
    wide_m = _FAR_WIDER * low_m
    ends = journey.index_of(key.start), journey.index_of(key.end)
    stops = [(at, journey.waypoints[at]) for at in range(ends[0], ends[1] + 1)]
    return frozenset(
        at
        for at, waypoint in stops
        if (at in ends and _is_area(waypoint))
        or _is_coarser_than_told(waypoint)
        or _width_m(waypoint) > wide_m
    )


def _width_m(waypoint: Waypoint) -> float:
    """How far apart points of a place may lie, about: across a disc, or the box around a shape; 0 where it has none."""
    place = places.place_of(waypoint)
    widths = (
        2 * region.radius_m
        if region.shape is None
        else geodesic_m(region.shape.bounds[:2], region.shape.bounds[2:])
        for region in (() if place is None else place.regions)
    )
    return max(widths, default=0.0)


def _is_coarser_than_told(waypoint: Waypoint) -> bool:
    """Whether a place was made coarser for publication, or is a whole country or province and its name tells more."""
    reference, *others = waypoint.footprints or ("",)
    is_told_so = any(is_country_alone(name, reference) for name in waypoint.name.values())
    return waypoint.was_made_coarser or (_is_area(waypoint) and not others and not is_told_so)


def _is_area(waypoint: Waypoint) -> bool:
    references = waypoint.footprints
    return bool(references) and all(
        reference.startswith(("country:", "region:")) for reference in references
    )


def lacking(
    journey: Journey,
    ends: tuple[int, int],
    located: Container[int],
    counted: NDArray[np.float64],
) -> Lacking | None:
    """Why a longer way is no contradiction: stops that were not told, or that have no place; None where none is so.

    `counted` is 1 for each leg that counts, shape (waypoints - 1,): where none does between an end
    and the places on the map, that end need not be known.
    """
    known = [index for index in range(ends[0], ends[1] + 1) if index in located]
    if counted[ends[0] : known[0]].any() or counted[known[-1] : ends[1]].any():
        return Lacking.ENDS
    if journey.some_stops:
        return Lacking.STOPS
    return None if len(known) > ends[1] - ends[0] else Lacking.PLACES


def is_plain(settings: Settings) -> bool:
    """Whether a run has the draws, priors and likeness of legs that are usual: the kernel then stands for draws."""
    return settings.draws is None and settings.rho is None and not settings.priors


def plain_way(
    journey: Journey, located: Mapping[int, Place], ends: tuple[int, int], edges: Sequence[Edge]
) -> kernel.Way | None:
    """Way between two waypoints as the kernel takes it: points and small discs, a mode a leg, nothing tied."""
    places_of = [located[index] for index in range(ends[0], ends[1] + 1) if index in located]
    arrivals = journey.waypoints[ends[0] + 1 : ends[1] + 1]
    if len(places_of) <= len(arrivals) or any(edge is not Edge.GEODESIC for edge in edges):
        return None
    if any(waypoint.near_previous_km is not None for waypoint in journey.waypoints):
        return None
    if any(
        not place.is_disc or place.countries or place.regions[0].radius_m > _NEAR_M
        for place in places_of
    ):
        return None
    if any(len(waypoint.modes) > 1 for waypoint in arrivals):
        return None
    first: dict[Place, int] = {}
    return kernel.Way(
        centres_deg=tuple(place.regions[0].centre or (0.0, 0.0) for place in places_of),
        radius_m=tuple(place.regions[0].radius_m for place in places_of),
        first=tuple(
            first.setdefault(place, ends[0] + number) for number, place in enumerate(places_of)
        ),
        modes=tuple((waypoint.modes or UNTOLD_MODES)[0].mode for waypoint in arrivals),
    )
