"""A journey with its measures and verdicts, gathered once: what the check prints, the page draws and figures show."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from escape_route import progress
from escape_route.distance import hints, legs, verdicts
from escape_route.distance.scopes import ScopeKey, Scopes
from escape_route.distance.settings import Interval, Settings
from escape_route.distance.verdicts import Verdict
from escape_route.model.units import Quantity

if TYPE_CHECKING:
    from escape_route.distance.legs import Crossing, Leg
    from escape_route.distance.plausible import Draws
    from escape_route.distance.scopes import ScopeReport
    from escape_route.distance.settings import Where
    from escape_route.distance.verdicts import Judgement
    from escape_route.model.journey import Claim, Journey, Scope
    from escape_route.model.places import Place
    from escape_route.model.published import Mark, Published
    from escape_route.model.vocabulary import Status


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


@dataclass(frozen=True, slots=True)
class PublishedReport(Report):
    """Report on what may be published, with its mark: the one that whatever leaves the program is drawn from."""

    mark: Mark | None = None


def gather_published(published: Published, settings: Settings | None = None) -> PublishedReport:
    """Measure what may be published, as `gather` does."""
    return on_published(published, gather(published.journey, settings))


def on_published(published: Published, measured: Report) -> PublishedReport:
    """Report on what may be published, with the settings of another; that one itself where it is on the same."""
    if published.journey != measured.journey:
        return gather_published(published, measured.settings)
    known = {each.name: getattr(measured, each.name) for each in fields(Report)}
    return PublishedReport(**known, mark=published.mark)


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
    scopes = Scopes(journey, settings)
    keys = progress.each(scopes.keys(), f"measuring scopes of {journey.id}")
    measured = tuple(scopes.measured(key) for key in keys)
    leg_draws = _leg_draws(scopes.draws, len(scopes.legs))
    crossings = legs.crossings_of(journey)
    return Report(
        journey=journey,
        legs=scopes.legs,
        leg_draws=leg_draws,
        scopes=measured,
        claims=tuple(_weighed(claim, journey, scopes) for claim in journey.claims),
        contradictions=tuple(verdicts.contradictions(journey.claims)),
        crossings=crossings,
        countries=_countries(crossings, scopes.places, tuple(waypoint.id for waypoint in journey.waypoints)),
        status_shares=_status_shares(scopes.legs, leg_draws),
        settings=settings,
        draws=scopes.draws,
    )


def _weighed(claim: Claim, journey: Journey, scopes: Scopes) -> ClaimReport:
    """Weigh a claim in each scope that it may mean."""
    if claim.quantity is not Quantity.DISTANCE:
        return ClaimReport(claim, walked_km=verdicts.walked_km(claim))
    at_hand = hints.units_at_hand(claim, journey, _countries_in(claim.scope, journey, scopes.places))
    judgements, choices = [], []
    for key in scopes.keys_of(claim.scope):
        scope = scopes.measured(key)
        other = _other_flight(scope, scopes)
        judgement = verdicts.judge(
            claim, _measures(scope), other, counts_flight=key.counts_flight, reason=scope.reason, at_hand=at_hand
        )
        judgements.append(judgement)
        choices.append(_choices(judgement, scope))
    return ClaimReport(claim, tuple(judgements), tuple(choices))


def _countries_in(scope: Scope, journey: Journey, places: dict[int, Place]) -> frozenset[str]:
    """Countries that the places of a scope may lie in."""
    start, end = journey.index_of(scope.start), journey.index_of(scope.end)
    within = (place.countries for index, place in places.items() if start <= index <= end)
    return frozenset().union(*within)


def _other_flight(scope: ScopeReport, scopes: Scopes) -> verdicts.Measures | None:
    if not scope.has_flight:
        return None
    return _measures(scopes.measured(replace(scope.key, counts_flight=not scope.key.counts_flight)))


def _measures(scope: ScopeReport) -> verdicts.Measures | None:
    if scope.bound is None or scope.plausible is None or scope.chain is None:
        return None
    return verdicts.Measures(scope.bound.bound_m, scope.chain.median_m, scope.plausible)


def _choices(judgement: Judgement, scope: ScopeReport) -> tuple[Choice, ...]:
    if scope.bound is None or judgement.verdict is Verdict.NOT_COMPARABLE:
        return ()
    found = []
    for other in scope.sensitivities:
        measures = verdicts.Measures(scope.bound.bound_m, other.chain.median_m, other.plausible)
        verdict = verdicts.weigh(judgement.low_m, judgement.high_m, measures)
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
