"""A journey with its measures and verdicts, gathered once: what the check prints, the page draws and figures show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from escape_route import bounds, claims, legs, places, plausible, progress, shortest
from escape_route.claims import Verdict
from escape_route.model import Flight, Quantity
from escape_route.plausible import Interval, Settings, Where
from escape_route.shortest import Edge

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from escape_route.bounds import Bound
    from escape_route.claims import Judgement
    from escape_route.legs import Crossing, Leg
    from escape_route.model import Claim, Journey, Scope, Status
    from escape_route.places import Place
    from escape_route.plausible import Draws

RHOS = (0.0, 0.5, 1.0)
_ROUGH_M = 20_000.0
_LI_COUNTRIES = frozenset({"CN", "HK", "JP", "KP", "KR", "MN", "MO", "TW", "VN"})  # where a li is, or was, a measure


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
    None where it has holes, for a sum over holes says nothing. `sensitivities` hold
    every choice of where and rho, the default among them.
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


@dataclass(frozen=True, slots=True)
class Choice:
    """Verdict that a choice of where the draws lie, and of rho, leads to."""

    where: Where
    rho: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ClaimReport:
    """A claim with its judgements: one, or two where it is unknown whether the flight counts; none if no distance.

    `choices` holds, for each judgement, the verdict at every choice of where and rho.
    """

    claim: Claim
    judgements: tuple[Judgement, ...] = ()
    choices: tuple[tuple[Choice, ...], ...] = ()
    walked_km: tuple[float, float] | None = None

    @property
    def changes(self) -> tuple[tuple[Choice, ...], ...]:
        """For each judgement the choices that turn its verdict into a different one."""
        pairs = zip(self.judgements, self.choices, strict=True)
        return tuple(tuple(each for each in found if each.verdict is not own.verdict) for own, found in pairs)


@dataclass(frozen=True, slots=True)
class LegDraws:
    """What the draws say of one leg: its plausible length, and its share of the variance of the whole."""

    plausible: Interval
    variance_share: float


@dataclass(frozen=True, slots=True)
class Report:
    """All that is known of a journey's distances. Leg k of `legs` and `leg_draws` arrives at waypoint k + 1."""

    journey: Journey
    legs: tuple[Leg, ...]
    leg_draws: tuple[LegDraws | None, ...]
    scopes: tuple[ScopeReport, ...]
    claims: tuple[ClaimReport, ...]
    contradictions: tuple[tuple[str, str], ...]
    crossings: tuple[Crossing, ...]
    countries: tuple[str, ...]
    status_shares: dict[Status, float]
    settings: Settings
    draws: Draws

    @property
    def total_m(self) -> float:
        """Chain of all label points that could be measured, in metres."""
        return sum(leg.length_m for leg in self.legs if leg.length_m is not None)

    @property
    def engines_differ_m(self) -> float:
        """Largest difference between the two geodesic engines on any leg, in metres."""
        return max((leg.engines_differ_m for leg in self.legs), default=0.0)

    def scope(self, key: ScopeKey) -> ScopeReport:
        """Report on a scope."""
        return next(scope for scope in self.scopes if scope.key == key)

    def judged(self, item: ClaimReport) -> tuple[tuple[Judgement, ScopeReport], ...]:
        """Judgements on a claim, each with the scope that it was made in."""
        scope = item.claim.scope
        keys = [ScopeKey(scope.start, scope.end, judgement.counts_flight) for judgement in item.judgements]
        return tuple((judgement, self.scope(key)) for judgement, key in zip(item.judgements, keys, strict=True))

    def claims_in(self, scope: ScopeReport) -> list[tuple[Claim, Judgement]]:
        """Claims that are judged in a scope, each with its judgement there, in the order of the journey."""
        judged = [(item.claim, *pair) for item in self.claims for pair in self.judged(item)]
        return [(claim, own) for claim, own, other in judged if other.key == scope.key]


def gather(journey: Journey, settings: Settings | None = None) -> Report:
    """Measure a journey and weigh what was stated of it.

    Parameters
    ----------
    journey
        As read.
    settings
        Draws, seed, rho, and where the draws lie; the defaults where None.

    Returns
    -------
    Report
        Equal for equal arguments.
    """
    settings = settings or Settings()
    gatherer = _Gatherer(journey, settings)
    keys = progress.each(gatherer.scope_keys(), f"measuring scopes of {journey.id}")
    scopes = tuple(gatherer.scope(key) for key in keys)
    by_key = {scope.key: scope for scope in scopes}
    draws = gatherer.draws[settings.where, settings.rho]
    leg_draws = _leg_draws(draws, len(gatherer.legs))
    crossings = legs.crossings_of(journey)
    return Report(
        journey=journey,
        legs=gatherer.legs,
        leg_draws=leg_draws,
        scopes=scopes,
        claims=tuple(gatherer.claim(claim, by_key) for claim in journey.claims),
        contradictions=tuple(claims.contradictions(journey.claims)),
        crossings=crossings,
        countries=_countries(crossings, gatherer.places, tuple(waypoint.id for waypoint in journey.waypoints)),
        status_shares=_status_shares(gatherer.legs, leg_draws),
        settings=settings,
        draws=draws,
    )


class _Gatherer:
    """One gathering: what scopes and claims share."""

    def __init__(self, journey: Journey, settings: Settings) -> None:
        self.journey = journey
        self.settings = settings
        self.legs = legs.legs_of(journey)
        self.places = places.located(journey)
        self.by_air = np.array([waypoint.arrives_by_air for waypoint in journey.waypoints[1:]], dtype=bool)
        self.in_east_asia = any(place.countries & _LI_COUNTRIES for place in self.places.values())
        self.draws = self._all_draws()
        self.measured: dict[ScopeKey, ScopeReport] = {}

    def _all_draws(self) -> dict[tuple[Where, float], Draws]:
        """Draws at every choice of where and rho; `NEAR` is cut against the shortest journey through all places."""
        rhos = tuple(sorted({*RHOS, self.settings.rho}))
        found = {}
        limit_m = plausible.NEAR_FACTOR * self._shortest_m()
        for where in progress.each(Where, f"measuring {self.journey.id}", total=len(Where)):
            settings = replace(self.settings, where=where)
            for draws in plausible.draw_at(self.journey, settings, rhos, longest_chain_m=limit_m):
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

    def _edges(self, order: list[int], *, counts_flight: bool) -> tuple[Edge, ...]:
        edges = []
        for one, other in pairwise(order):
            between = range(one + 1, other + 1)
            untold = any(not self.journey.waypoints[index].leg_told for index in between)
            flown = not counts_flight and any(self.by_air[index - 1] for index in between)
            traced = other == one + 1 and self.journey.trace_into(other) is not None
            edges.append(Edge.FREE if flown else Edge.TRACED if traced else Edge.FREE if untold else Edge.GEODESIC)
        return tuple(edges)

    def _traced_m(self, start: int, end: int, *, counts_flight: bool) -> float:
        counted = zip(self._counted(start, end, counts_flight=counts_flight), self.legs, strict=True)
        return sum(leg.length_m or 0.0 for counts, leg in counted if counts and leg.traced)

    def scope_keys(self) -> tuple[ScopeKey, ...]:
        """Scopes to measure, in the order of the claims; the whole journey where no distance was stated."""
        found: dict[ScopeKey, None] = {}
        for claim in self.journey.claims:
            if claim.quantity is Quantity.DISTANCE:
                found.update(dict.fromkeys(self.keys_of(claim.scope)))
        if not found and len(self.journey.waypoints) > 1:
            found[ScopeKey(self.journey.waypoints[0].id, self.journey.waypoints[-1].id, counts_flight=True)] = None
        return tuple(found)

    def keys_of(self, scope: Scope) -> tuple[ScopeKey, ...]:
        """Scopes that a claim is judged in: two where it is unknown whether the flight counts and there is one."""
        start, end = self.journey.index_of(scope.start), self.journey.index_of(scope.end)
        if not self.by_air[start:end].any():
            return (ScopeKey(scope.start, scope.end, counts_flight=True),)
        ways = {Flight.YES: (True,), Flight.NO: (False,), Flight.UNKNOWN: (True, False)}[scope.flight]
        return tuple(ScopeKey(scope.start, scope.end, counts_flight=way) for way in ways)

    def scope(self, key: ScopeKey) -> ScopeReport:
        """Measure a scope, once."""
        if key not in self.measured:
            self.measured[key] = self._measure(key)
        return self.measured[key]

    def _measure(self, key: ScopeKey) -> ScopeReport:
        start, end = self.journey.index_of(key.start), self.journey.index_of(key.end)
        has_flight = bool(self.by_air[start:end].any())
        order = [index for index in sorted(self.places) if start <= index <= end]
        edges = self._edges(order, counts_flight=key.counts_flight)
        if len(order) < 2:  # noqa: PLR2004
            return ScopeReport(key, has_flight, reason="fewer_than_two_places")
        if all(edge is Edge.FREE for edge in edges):
            return ScopeReport(key, has_flight, reason="untold")
        counted = self._counted(start, end, counts_flight=key.counts_flight)
        sets = [self.places[index] for index in order]
        sensitivities = tuple(
            _sensitivity(draws, counted)
            for (where, rho), draws in self.draws.items()
            if rho in {*RHOS, self.settings.rho}
        )
        default = self.draws[self.settings.where, self.settings.rho]
        chain_start = self._chain_start(counted)
        return ScopeReport(
            key=key,
            has_flight=has_flight,
            bound=bounds.lower_bound(sets, edges, self._traced_m(start, end, counts_flight=key.counts_flight)),
            located=tuple(order),
            edges=edges,
            chain_start=chain_start,
            label_chain_m=None if chain_start is None else sum(leg.length_m or 0.0 for leg in self._of(counted)),
            chain=Interval.of(default.chain_m @ counted),
            plausible=Interval.of(default.travelled_m @ counted),
            sensitivities=sensitivities,
        )

    def _counted(self, start: int, end: int, *, counts_flight: bool) -> NDArray[np.float64]:
        """1 for each leg of a scope that counts, 0 for the others."""
        counted = np.zeros(len(self.legs))
        counted[start:end] = 1.0
        if not counts_flight:
            counted[self.by_air] = 0.0
        return counted

    def _of(self, counted: NDArray[np.float64]) -> list[Leg]:
        return [leg for leg, counts in zip(self.legs, counted, strict=True) if counts]

    def _chain_start(self, counted: NDArray[np.float64]) -> int | None:
        """Waypoint from which every counted leg to the end could be measured; None where one after it could not."""
        which = [index for index in np.flatnonzero(counted) if self.legs[index].length_m is not None]
        after = [index for index in np.flatnonzero(counted) if which and index >= which[0]]
        return int(which[0]) if which and len(which) == len(after) else None

    def claim(self, claim: Claim, by_key: dict[ScopeKey, ScopeReport]) -> ClaimReport:
        """Weigh a claim in each scope that it may mean."""
        if claim.quantity is not Quantity.DISTANCE:
            return ClaimReport(claim, walked_km=claims.walked_km(claim))
        judgements, choices = [], []
        slips = tuple(unit for unit in claims.UNIT_SLIPS if unit != "li" or self.in_east_asia)
        for key in self.keys_of(claim.scope):
            scope = by_key[key]
            other = self._other_flight(scope)
            judgement = claims.judge(
                claim, _measures(scope), other, counts_flight=key.counts_flight, reason=scope.reason, slips=slips
            )
            judgements.append(judgement)
            choices.append(_choices(judgement, scope))
        return ClaimReport(claim, tuple(judgements), tuple(choices))

    def _other_flight(self, scope: ScopeReport) -> claims.Measures | None:
        if not scope.has_flight:
            return None
        return _measures(self.scope(replace(scope.key, counts_flight=not scope.key.counts_flight)))


def _sensitivity(draws: Draws, counted: NDArray[np.float64]) -> Sensitivity:
    return Sensitivity(
        where=draws.settings.where,
        rho=draws.settings.rho,
        plausible=Interval.of(draws.travelled_m @ counted),
        chain=Interval.of(draws.chain_m @ counted),
        kept=draws.kept,
        proposed=draws.proposed,
    )


def _measures(scope: ScopeReport) -> claims.Measures | None:
    if scope.bound is None or scope.plausible is None or scope.chain is None:
        return None
    return claims.Measures(scope.bound.bound_m, scope.chain.median_m, scope.plausible)


def _choices(judgement: Judgement, scope: ScopeReport) -> tuple[Choice, ...]:
    if scope.bound is None or judgement.verdict is Verdict.NOT_COMPARABLE:
        return ()
    found = []
    for other in scope.sensitivities:
        measures = claims.Measures(scope.bound.bound_m, other.chain.median_m, other.plausible)
        verdict = claims.weigh(judgement.low_m, judgement.high_m, measures)
        found.append(Choice(other.where, other.rho, verdict))
    return tuple(found)


def _leg_draws(draws: Draws, count: int) -> tuple[LegDraws | None, ...]:
    """Plausible length of each leg, and the covariance of each with the whole over the variance of the whole."""
    total = draws.travelled_m.sum(axis=1)
    variance = float(total.var())
    found: list[LegDraws | None] = []
    for index in range(count):
        leg_m = draws.travelled_m[:, index]
        if not leg_m.any():
            found.append(None)
            continue
        share = float(np.mean((leg_m - leg_m.mean()) * (total - total.mean()))) / variance if variance > 0 else 0.0
        found.append(LegDraws(Interval.of(leg_m), share))
    return tuple(found)


def _status_shares(measured: tuple[Leg, ...], drawn: tuple[LegDraws | None, ...]) -> dict[Status, float]:
    """Share of the journey by median length that stands on each status; empty where nothing was drawn."""
    sums: dict[Status, float] = {}
    for leg, draws in zip(measured, drawn, strict=True):
        if draws is not None:
            sums[leg.status] = sums.get(leg.status, 0.0) + draws.plausible.median_m
    total = sum(sums.values())
    return {status: value / total for status, value in sums.items()} if total else {}


def _countries(crossings: tuple[Crossing, ...], located: dict[int, Place], order: tuple[str, ...]) -> tuple[str, ...]:
    """Codes of the countries that the journey touched, in travel order; one that was entered twice stands once."""
    entered = {crossing.waypoint: crossing.pair for crossing in crossings}
    found: dict[str, None] = {}
    for index, place in sorted(located.items()):
        sure = tuple(place.countries) if len(place.countries) == 1 else ()
        found.update(dict.fromkeys(entered.get(order[index], sure)))
    return tuple(found)
