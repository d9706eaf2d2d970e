"""A journey with its measures and verdicts, gathered once: what the check prints, the page draws and figures show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import partial

import numpy as np

from escape_route import progress
from escape_route.distance import durations, hints, legs, stated_numbers, verdicts
from escape_route.distance.durations import Needed
from escape_route.distance.intervals import Interval
from escape_route.distance.legs import Crossing, Leg
from escape_route.distance.priors import Alike
from escape_route.distance.scopes import ScopeKey, ScopeReport, Scopes
from escape_route.distance.settings import Settings
from escape_route.distance.verdicts import Firmness, Judgement, Measures, Verdict, firmness_of
from escape_route.model.journey import Claim, Journey, Scope
from escape_route.model.published import Mark, Published
from escape_route.model.told_places import is_told_by
from escape_route.model.units import Quantity
from escape_route.model.vocabulary import Counts, Status


@dataclass(frozen=True, slots=True)
class ClaimReport:
    """A claim with its judgements: one, or two where it is unknown whether the flight counts; none if no distance.

    `firmness` holds, for each judgement, how firm it is; None where nothing was weighed. `fits_in`
    is another scope that the number fits, where it fits none of its own. `walked_km` is what a
    duration comes to by its mode, `needed` the speed that it needs. `parts` are stated and do not
    add up to it. `against` are the claims that contradict it. `drawn_by_it` are ids of its ends
    that are told by the number, from the other end.
    """

    claim: Claim
    judgements: tuple[Judgement, ...] = ()
    firmness: tuple[Firmness | None, ...] = ()
    fits_in: ScopeReport | None = None
    walked_km: tuple[float, float] | None = None
    needed: Needed | None = None
    parts: hints.PartsSum | None = None
    against: tuple[Claim, ...] = ()
    drawn_by_it: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draws:
    """How many draws the scope that took most of them kept, of how many that were proposed."""

    kept: int
    proposed: int


@dataclass(frozen=True, slots=True)
class LegDraws:
    """What the draws say of one leg: its plausible length, and its share of the variance of the whole.

    Of a leg that is a scope by itself the length is what that comes to (`is_scope`).
    """

    plausible: Interval
    variance_share: float
    is_scope: bool = False


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
    def is_drawn(self) -> bool:
        """Whether there was anything to draw."""
        return any(draw is not None for draw in self.leg_draws)

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
        keys = [_key(item.claim, judgement) for judgement in item.judgements]
        return tuple(
            (judgement, self.scope(key))
            for judgement, key in zip(item.judgements, keys, strict=True)
        )


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
    known = {field.name: getattr(measured, field.name) for field in fields(Report)}
    return PublishedReport(**known, mark=published.mark)


def gather(journey: Journey, settings: Settings | None = None) -> Report:
    """Measure a journey and weigh what was stated of it: equal for equal arguments."""
    settings = settings or Settings()
    scopes = Scopes(journey, settings)
    keys = progress.each(scopes.keys(), f"measuring scopes of {journey.id}")
    measured = tuple(scopes.measured(key) for key in keys)
    leg_draws, kept = _leg_draws(scopes)
    legs_m = tuple(0.0 if drawn is None else drawn.plausible.median_m for drawn in leg_draws)
    crossings = legs.crossings_of(journey)
    contradictions = tuple(verdicts.contradictions(journey.claims))
    weighed = [*map(_Scales(journey, scopes, settings, legs_m).weighed, journey.claims)]
    said = _said(measured, weighed)
    return Report(
        journey=journey,
        legs=scopes.legs,
        leg_draws=tuple(map(partial(_as_scope, scopes, said), scopes.legs, leg_draws)),
        scopes=tuple(said[scope.key] for scope in measured),
        claims=tuple(
            replace(
                claim,
                against=_against(claim.claim, journey.claims, contradictions),
                fits_in=claim.fits_in and said[claim.fits_in.key],
            )
            for claim in weighed
        ),
        contradictions=contradictions,
        crossings=crossings,
        countries=legs.countries_touched(journey, crossings),
        status_shares=_status_shares(scopes.legs, leg_draws),
        settings=settings,
        draws=_draws(measured, settings, kept),
    )


def _key(claim: Claim, judgement: Judgement) -> ScopeKey:
    is_straight = claim.counts is Counts.STRAIGHT
    return ScopeKey(
        claim.scope.start, claim.scope.end, judgement.counts_flight, is_straight=is_straight
    )


def _said(
    measured: Iterable[ScopeReport], weighed: Iterable[ClaimReport]
) -> dict[ScopeKey, ScopeReport]:
    """Scopes, and others that a number fits, with their edges as they are said beside the numbers that were weighed."""
    scopes = {scope.key: scope for scope in measured}
    numbers: dict[ScopeKey, list[verdicts.Told]] = {}
    for claim in weighed:
        for judgement in claim.judgements:
            numbers.setdefault(_key(claim.claim, judgement), []).append(
                verdicts.Told.of(claim.claim, judgement)
            )
        if claim.fits_in is not None:
            fits = replace(claim.judgements[0], verdict=Verdict.CONSISTENT, by_numbers=None)
            scopes.setdefault(claim.fits_in.key, claim.fits_in)
            numbers.setdefault(claim.fits_in.key, []).append(verdicts.Told.of(claim.claim, fits))
    return {key: verdicts.as_said(scope, numbers.get(key, ())) for key, scope in scopes.items()}


def verdicts_of(journey: Journey, settings: Settings) -> tuple[ClaimReport, ...]:
    """Claims with their verdicts and nothing else that counts: for who shows numbers of another form of a journey."""
    scopes = Scopes(journey, settings, is_for_words=True)
    reports = []
    for claim in journey.claims:
        if claim.quantity is Quantity.DISTANCE:
            keys = scopes.keys_of(claim.scope, claim.counts)
        else:
            keys = ()
        judgements = tuple(_judged(claim, scopes.measured(key), None) for key in keys)
        reports.append(ClaimReport(claim, judgements))
    return tuple(reports)


def _judged(
    claim: Claim, scope: ScopeReport, otherwise: Measures | None, at_hand: tuple[str, ...] = ()
) -> Judgement:
    flight, reason = scope.key.counts_flight, scope.reason
    return verdicts.judge(
        claim, Measures.of(scope), otherwise, counts_flight=flight, reason=reason, at_hand=at_hand
    )


def _against(
    claim: Claim, claims: Iterable[Claim], pairs: Iterable[tuple[str, str]]
) -> tuple[Claim, ...]:
    others = {claim_id for pair in pairs if claim.id in pair for claim_id in pair} - {claim.id}
    return tuple(rival for rival in claims if rival.id in others)


class _Scales:
    """Weighs the claims of a journey, each in every scope that it may mean."""

    def __init__(
        self, journey: Journey, scopes: Scopes, settings: Settings, legs_m: tuple[float, ...]
    ) -> None:
        self.journey = journey
        self.scopes = scopes
        self.settings = settings
        self.legs_m = legs_m

    def weighed(self, claim: Claim) -> ClaimReport:
        """Weigh a claim of any kind."""
        parts = hints.sum_against(claim, self.journey)
        if claim.quantity is Quantity.DISTANCE:
            return replace(
                self._distance(claim), parts=parts, drawn_by_it=tuple(self._drawn_by(claim))
            )
        if claim.quantity is not Quantity.DURATION:
            return ClaimReport(claim)
        return ClaimReport(
            claim, walked_km=durations.comes_to_km(claim), needed=self._needed(claim), parts=parts
        )

    def _drawn_by(self, claim: Claim) -> Iterator[str]:
        if claim.value_to is not None:
            return
        ends = [
            self.journey.waypoints[self.journey.index_of(stop)]
            for stop in (claim.scope.start, claim.scope.end)
        ]
        for place, other in (ends, ends[::-1]):
            told = (place.verbatim_locality or "", *place.name.values())
            if is_told_by(told, other.name.values(), stated_numbers.value_m(claim)):
                yield place.id

    def _needed(self, claim: Claim) -> Needed | None:
        if not durations.is_of_the_whole_way(claim, self.journey):
            return None
        scope = self.scopes.measured(self.scopes.keys_of(claim.scope)[0])
        least_m = scope.bound.bound_m if scope.bound else 0.0
        return durations.needed(claim, self.journey, scope.plausible, least_m, self.legs_m)

    def _distance(self, claim: Claim) -> ClaimReport:
        at_hand = hints.units_at_hand(claim, self.journey, self._countries_in(claim.scope))
        own = self.settings.where, Alike.TAKEN
        judgements, firmness = [], []
        for key in self.scopes.keys_of(claim.scope, claim.counts):
            scope = self.scopes.measured(key)
            judgement = _judged(claim, scope, self._other_flight(scope), at_hand)
            judgements.append(judgement)
            firmness.append(firmness_of(claim, judgement.verdict, scope, own))
        fits_none = all(judgement.verdict in verdicts.STRICT for judgement in judgements)
        fits_in = self._fits_in(claim) if fits_none and claim.counts is Counts.JOURNEY else None
        return ClaimReport(claim, tuple(judgements), tuple(firmness), fits_in)

    def _fits_in(self, claim: Claim) -> ScopeReport | None:
        """Another scope of the journey that a number fits which does not fit its own."""
        own = self.scopes.keys_of(claim.scope)
        others = (
            key
            for scope in hints.other_scopes(claim, self.journey)
            for key in self.scopes.keys_of(scope)
        )
        low_m, high_m = stated_numbers.stands_for_m(claim)
        for key in dict.fromkeys(others):
            if key in own or self.scopes.known_least_m(key) > high_m:
                continue
            report = self.scopes.measured(key)
            measures = Measures.of(report)
            if measures and verdicts.weigh(low_m, high_m, measures) is Verdict.CONSISTENT:
                return report
        return None

    def _countries_in(self, scope: Scope) -> frozenset[str]:
        """Countries that the places of a scope may lie in."""
        start, end = self.journey.index_of(scope.start), self.journey.index_of(scope.end)
        within = (
            place.countries for index, place in self.scopes.places.items() if start <= index <= end
        )
        return frozenset().union(*within)

    def _other_flight(self, scope: ScopeReport) -> Measures | None:
        if not scope.has_flight:
            return None
        return Measures.of(
            self.scopes.measured(replace(scope.key, counts_flight=not scope.key.counts_flight))
        )


def _draws(measured: Iterable[ScopeReport], settings: Settings, of_legs: int) -> Draws:
    own = [
        sensitivity
        for scope in measured
        for sensitivity in scope.sensitivities
        if sensitivity.where is settings.where
    ]
    most = max(own, key=lambda sensitivity: sensitivity.kept, default=None)
    return Draws(of_legs, of_legs) if most is None else Draws(most.kept, most.proposed)


def _leg_draws(scopes: Scopes) -> tuple[tuple[LegDraws | None, ...], int]:
    """Plausible length of each leg, and its covariance with the whole over the variance of the whole; of how many.

    None of a leg to or from a place that is drawn nowhere: of the way past it nobody tells where it
    was parted. Both are of the draws whose whole is within the 95 % interval: of the few beyond,
    each seed has others.
    """
    lengths_m = scopes.drawn_legs()
    whole_m = lengths_m.sum(axis=0)
    low_m, high_m = np.quantile(whole_m, [0.025, 0.975])
    usual = (whole_m >= low_m) & (whole_m <= high_m)
    away_m = np.where(usual, whole_m - whole_m[usual].mean(), 0.0)
    variance_m2 = float(away_m @ away_m)
    shares = (lengths_m @ away_m) / variance_m2 if variance_m2 > 0 else np.zeros(len(lengths_m))
    draws = (
        LegDraws(Interval.of(each_m), float(share))
        if each_m.any() and {leg, leg + 1} <= scopes.places.keys()
        else None
        for leg, (each_m, share) in enumerate(zip(lengths_m, shares, strict=True))
    )
    return tuple(draws), len(whole_m)


def _as_scope(
    scopes: Scopes, said: Mapping[ScopeKey, ScopeReport], leg: Leg, drawn: LegDraws | None
) -> LegDraws | None:
    """A leg as the scope that it is by itself, where a number of it was weighed: one thing has one length."""
    key = ScopeKey(leg.start, leg.end, counts_flight=True)
    scope = said.get(key, scopes.known(key))
    if drawn is None or scope is None or scope.plausible is None:
        return drawn
    return replace(drawn, plausible=scope.plausible, is_scope=True)


def _status_shares(
    measured: tuple[Leg, ...], drawn: tuple[LegDraws | None, ...]
) -> dict[Status, float]:
    """Share of the journey by median length that stands on each status; empty where nothing was drawn."""
    sums: dict[Status, float] = {}
    for leg, draws in zip(measured, drawn, strict=True):
        if draws is not None:
            sums[leg.status] = sums.get(leg.status, 0.0) + draws.plausible.median_m
    total = sum(sums.values())
    return {status: value / total for status, value in sums.items()} if total else {}
