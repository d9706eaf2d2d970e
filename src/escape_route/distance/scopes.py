"""The scopes that distances were stated of, and what each comes to: its bound, its chain, its plausible length."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from escape_route import progress
from escape_route.distance import bounds, legs, plausible, shortest
from escape_route.distance.by_network import by_network
from escape_route.distance.settings import Interval, Where
from escape_route.distance.shortest import Edge
from escape_route.model import places
from escape_route.model.units import Quantity
from escape_route.model.vocabulary import Flight

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from escape_route.distance.bounds import Bound
    from escape_route.distance.by_network import ByNetwork
    from escape_route.distance.legs import Leg
    from escape_route.distance.plausible import Draws
    from escape_route.distance.settings import Settings
    from escape_route.geography.geodesic import Floats
    from escape_route.model.journey import Journey, Scope

RHOS = (0.0, 0.5, 1.0)
_ROUGH_M = 20_000.0


@dataclass(frozen=True, slots=True)
class ScopeKey:
    """A scope as it is measured: waypoint ids, and whether flights in it are counted."""

    start: str
    end: str
    counts_flight: bool


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Plausible length of a scope under another choice of where the draws lie, or of rho."""

    where: Where
    rho: float
    plausible: Interval
    chain: Interval
    kept: int
    proposed: int


@dataclass(frozen=True, slots=True)
class ScopeReport:
    """What a scope comes to; `reason` says why where it comes to nothing.

    `label_chain_m` is the chain of label points from waypoint `chain_start` on, `chain` that of the draws; the first is
    None where it has holes, for a sum over holes says nothing. `sensitivities` hold every choice of where and rho, the
    default among them. `lengths_m` are the drawn lengths at the default, shape (kept,), in rising order.
    `by_network` is there where it was asked for.
    """

    key: ScopeKey
    has_flight: bool
    reason: str | None = None
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

    Parameters
    ----------
    journey
        As read.
    settings
        Draws, seed, rho, and where the draws lie.
    """

    def __init__(self, journey: Journey, settings: Settings) -> None:
        """Draw the journey at every choice."""
        self._journey = journey
        self._settings = settings
        self.legs = legs.legs_of(journey)
        self.places = places.located(journey)
        self._by_air = np.array([waypoint.arrives_by_air for waypoint in journey.waypoints[1:]], dtype=bool)
        self._draws = self._all_draws()
        self._measured: dict[ScopeKey, ScopeReport] = {}

    @property
    def draws(self) -> Draws:
        """Draws at the choice of the settings."""
        return self._draws[self._settings.where, self._settings.rho]

    def keys(self) -> tuple[ScopeKey, ...]:
        """Scopes to measure, in the order of the claims; the whole journey where no distance was stated."""
        found: dict[ScopeKey, None] = {}
        for claim in self._journey.claims:
            if claim.quantity is Quantity.DISTANCE:
                found.update(dict.fromkeys(self.keys_of(claim.scope)))
        if not found and len(self._journey.waypoints) > 1:
            found[ScopeKey(self._journey.waypoints[0].id, self._journey.waypoints[-1].id, counts_flight=True)] = None
        return tuple(found)

    def keys_of(self, scope: Scope) -> tuple[ScopeKey, ...]:
        """Scopes that a claim is judged in: two where it is unknown whether the flight counts and there is one."""
        start, end = self._journey.index_of(scope.start), self._journey.index_of(scope.end)
        if not self._by_air[start:end].any():
            return (ScopeKey(scope.start, scope.end, counts_flight=True),)
        ways = {Flight.YES: (True,), Flight.NO: (False,), Flight.UNKNOWN: (True, False)}[scope.flight]
        return tuple(ScopeKey(scope.start, scope.end, counts_flight=way) for way in ways)

    def measured(self, key: ScopeKey) -> ScopeReport:
        """Measure a scope, once."""
        if key not in self._measured:
            self._measured[key] = self._measure(key)
        return self._measured[key]

    def _all_draws(self) -> dict[tuple[Where, float], Draws]:
        """Draws at every choice of where and rho; `NEAR` is cut against the shortest journey through all places."""
        rhos = tuple(sorted({*RHOS, self._settings.rho}))
        found = {}
        limit_m = plausible.NEAR_FACTOR * self._shortest_m()
        for where in progress.each(Where, f"measuring {self._journey.id}", total=len(Where)):
            settings = replace(self._settings, where=where)
            for draws in plausible.draw_at(self._journey, settings, rhos, longest_chain_m=limit_m):
                found[where, draws.settings.rho] = draws
        return found

    def _shortest_m(self) -> float:
        order = sorted(self.places)
        edges = self._edges(order, counts_flight=True)
        if len(order) < 2:  # noqa: PLR2004  # a journey of one place
            return 0.0
        traced_m = self._traced_m(order[0], order[-1], counts_flight=True)
        sets = [self.places[index] for index in order]
        # A cut at 1.5 times this needs no more than a rough figure.
        return shortest.shortest_journey(sets, edges, tolerance_m=_ROUGH_M).length_m + traced_m

    def _measure(self, key: ScopeKey) -> ScopeReport:
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
        chain_start = self._chain_start(counted)
        traced_m = self._traced_m(start, end, counts_flight=key.counts_flight)
        return ScopeReport(
            key=key,
            has_flight=has_flight,
            bound=bounds.lower_bound(sets, edges, traced_m),
            located=tuple(order),
            edges=edges,
            chain_start=chain_start,
            label_chain_m=None if chain_start is None else sum(leg.length_m or 0.0 for leg in self._of(counted)),
            chain=Interval.of(self.draws.chain_m @ counted),
            plausible=Interval.of(self.draws.travelled_m @ counted),
            sensitivities=tuple(_sensitivity(draws, counted) for draws in self._draws.values()),
            lengths_m=np.sort(self.draws.travelled_m @ counted),
            by_network=by_network(self._journey.waypoints, order, sets, edges, traced_m)
            if self._settings.routes
            else None,
        )

    def _edges(self, order: list[int], *, counts_flight: bool) -> tuple[Edge, ...]:
        edges = []
        for one, other in pairwise(order):
            between = range(one + 1, other + 1)
            untold = any(not self._journey.waypoints[index].leg_told for index in between)
            flown = not counts_flight and any(self._by_air[index - 1] for index in between)
            traced = other == one + 1 and self._journey.trace_into(other) is not None
            edges.append(Edge.FREE if flown else Edge.TRACED if traced else Edge.FREE if untold else Edge.GEODESIC)
        return tuple(edges)

    def _traced_m(self, start: int, end: int, *, counts_flight: bool) -> float:
        counted = zip(self._counted(start, end, counts_flight=counts_flight), self.legs, strict=True)
        return sum(leg.length_m or 0.0 for counts, leg in counted if counts and leg.traced)

    def _counted(self, start: int, end: int, *, counts_flight: bool) -> NDArray[np.float64]:
        """1 for each leg of a scope that counts, 0 for the others."""
        counted = np.zeros(len(self.legs))
        counted[start:end] = 1.0
        if not counts_flight:
            counted[self._by_air] = 0.0
        return counted

    def _of(self, counted: NDArray[np.float64]) -> list[Leg]:
        return [leg for leg, counts in zip(self.legs, counted, strict=True) if counts]

    def _chain_start(self, counted: NDArray[np.float64]) -> int | None:
        """Waypoint from which every counted leg to the end could be measured; None where one after it could not."""
        which = [index for index in np.flatnonzero(counted) if self.legs[index].length_m is not None]
        after = [index for index in np.flatnonzero(counted) if which and index >= which[0]]
        return int(which[0]) if which and len(which) == len(after) else None


def _sensitivity(draws: Draws, counted: NDArray[np.float64]) -> Sensitivity:
    return Sensitivity(
        where=draws.settings.where,
        rho=draws.settings.rho,
        plausible=Interval.of(draws.travelled_m @ counted),
        chain=Interval.of(draws.chain_m @ counted),
        kept=draws.kept,
        proposed=draws.proposed,
    )
