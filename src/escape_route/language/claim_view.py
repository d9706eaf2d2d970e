"""What is said of a scope and of a claim: what each comes to, in its own words, and how firm that is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from escape_route.distance.verdicts import COARSER, STRICT, Choice, Firmness, Verdict
from escape_route.geography import network
from escape_route.language import sentences
from escape_route.language.plain import like
from escape_route.language.stated import told_km
from escape_route.model.units import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from escape_route.distance.by_network import ByNetwork
    from escape_route.distance.durations import Kept, Needed
    from escape_route.distance.hints import PartsSum
    from escape_route.distance.intervals import Interval
    from escape_route.distance.priors import Alike
    from escape_route.distance.report import ClaimReport, Report
    from escape_route.distance.scopes import ScopeReport, Sensitivity
    from escape_route.distance.settings import Where
    from escape_route.language.catalogues import Words
    from escape_route.language.digits import Digits, FiveKm
    from escape_route.model.journey import Scope, Text
    from escape_route.model.vocabulary import Counts, Wording


@dataclass(frozen=True, slots=True)
class IntervalKm:
    """Median of drawn lengths with its 50 % and 95 % intervals, in km."""

    median: float
    low50: float
    high50: float
    low95: float
    high95: float

    @classmethod
    def of(cls, drawn: Interval, say_km: Callable[[Interval], FiveKm]) -> IntervalKm:
        """Say an interval."""
        return cls(*say_km(drawn))

    @property
    def rising(self) -> tuple[float, float, float, float, float]:
        """All five, from the lowest."""
        return self.low95, self.low50, self.median, self.high50, self.high95


@dataclass(frozen=True, slots=True)
class SensitivityView:
    """Plausible length of a scope under another choice of where the draws lie, or of how alike legs are."""

    where: Where
    alike: Alike
    plausible_km: IntervalKm
    chain_km: IntervalKm
    draws: int
    draws_proposed: int

    @classmethod
    def of(cls, choice: Sensitivity, digits: Digits) -> SensitivityView:
        """Say a choice."""
        return like(
            cls,
            choice,
            plausible_km=IntervalKm.of(choice.plausible, digits.drawn_km),
            chain_km=IntervalKm.of(choice.chain, digits.drawn_km),
            draws=choice.kept,
            draws_proposed=choice.proposed,
        )


@dataclass(frozen=True, slots=True)
class NetworkView:
    """Shortest way on today's networks, each with its month and package; or `reason` and `where` it is not given."""

    length_km: float | None
    networks: Mapping[str, str]
    reason: str | None
    where: str | None

    @classmethod
    def of(cls, way: ByNetwork, digits: Digits) -> NetworkView:
        """Say a way."""
        return cls(
            length_km=None if way.length_m is None else digits.way_km(way.length_m),
            networks={kind: network.dated(kind) for kind in way.kinds},
            reason=way.reason or None,
            where=way.where or None,
        )


@dataclass(frozen=True, slots=True)
class ScopeView:
    """A stretch of the journey, from one waypoint to another by their ids, and what it comes to.

    `reason` says why where it comes to nothing. `shortest_km` is without its tracks,
    `shortest_way_km` with them. `by_network_tick` says a way on today's networks beside its mark,
    None where it is not given. `label_chain_km` is that of label points from waypoint `chain_start`
    (counted from 0) on, `chain_km` that of draws.
    """

    id: str
    start: str
    end: str
    has_flight: bool
    counts_flight: bool
    label: Text
    reason: str | None
    lower_bound_km: float | None
    traced_km: float | None
    shortest_km: float | None
    shortest_way_km: float | None
    shortest_error_km: float | None
    label_chain_km: float | None
    chain_start: int | None
    chain_km: IntervalKm | None
    plausible_km: IntervalKm | None
    sensitivities: tuple[SensitivityView, ...]
    by_network: NetworkView | None
    by_network_said: Text | None
    by_network_tick: Text | None

    @classmethod
    def of(cls, report: Report, scope: ScopeReport, digits: Digits) -> ScopeView:
        """Say a scope."""
        if scope.has_flight:
            flight = ",flight" if scope.key.counts_flight else ",no-flight"
        else:
            flight = ""
        flight = ",straight" if scope.key.is_straight else flight
        bound, way = scope.bound, scope.by_network
        way_m = None if bound is None else bound.shortest.length_m + bound.traced_m
        return like(
            cls,
            scope,
            id=f"{scope.key.start}..{scope.key.end}{flight}",
            start=scope.key.start,
            end=scope.key.end,
            counts_flight=scope.key.counts_flight,
            label=sentences.in_all(lambda speaker: speaker.scope(report, scope)),
            lower_bound_km=None if bound is None else digits.least_km(bound),
            traced_km=None if bound is None else digits.way_km(bound.traced_m),
            shortest_km=None if bound is None else digits.way_km(bound.shortest.length_m),
            shortest_way_km=None if way_m is None else digits.way_km(way_m),
            shortest_error_km=None
            if bound is None or way_m is None
            else digits.leg_km(way_m - bound.bound_m),
            label_chain_km=None
            if scope.label_chain_m is None
            else digits.way_km(scope.label_chain_m),
            chain_km=None if scope.chain is None else IntervalKm.of(scope.chain, digits.drawn_km),
            plausible_km=None
            if scope.plausible is None
            else IntervalKm.of(scope.plausible, digits.drawn_km),
            sensitivities=tuple(
                SensitivityView.of(sensitivity, digits) for sensitivity in scope.sensitivities
            ),
            by_network=None if way is None else NetworkView.of(way, digits),
            by_network_said=None
            if way is None
            else sentences.in_all(lambda speaker: speaker.by_network(report, scope)),
            by_network_tick=None
            if way is None or way.length_m is None
            else sentences.in_all(lambda speaker: speaker.by_network_tick(scope)),
        )


@dataclass(frozen=True, slots=True)
class FirmnessView:
    """How firm a verdict is: `label` says it in a few words.

    `share` is that of the draws at or beyond the number. `turned_by` is the choice that gives
    another verdict, `edge_of` the verdict across the edge that the number lies on, `lacking` why
    the way may be longer than is measured.
    """

    is_firm: bool
    label: Text
    share: float
    turned_by: Choice | None
    edge_of: Verdict | None
    lacking: str | None

    @classmethod
    def of(cls, report: Report, own: Firmness, digits: Digits) -> FirmnessView:
        """Say how firm a verdict is."""
        label = sentences.in_all(lambda speaker: speaker.firmness(report, own))
        return like(cls, own, label=label, share=digits.share(own.share))


@dataclass(frozen=True, slots=True)
class JudgementView:
    """What geometry makes of a claim in one scope; `said` is the verdict with its firmness, in a few words.

    `why` is what stands after the verdict's own word: what it compares with, and what it hangs on.
    `low_km` to `high_km` is what the claim stands for, `unexplained_km` how far that lies outside
    what is plausible (0 where they meet), `ratio` the claim over the plausible median.
    `factor_needed` is how winding the way would have to be, `factor_plausible` how winding it
    likely was. `unit_slip` is a unit in which the number would be consistent.
    """

    scope: ScopeView
    stated_km: float
    verdict: Verdict
    said: Text
    why: Text
    firmness: FirmnessView | None
    reason: str | None
    low_km: float
    high_km: float | None
    unexplained_km: float
    ratio: float | None
    factor_needed: float | None
    factor_plausible: float | None
    unit_slip: str | None
    verdict_other_flight: Verdict | None
    choices: tuple[Choice, ...]

    @classmethod
    def of(
        cls, report: Report, item: ClaimReport, number: int, scope: ScopeView, digits: Digits
    ) -> JudgementView:
        """Say a judgement on a claim by its number among them, and how firm it is."""
        own, firmness = item.judgements[number], item.firmness[number]

        def why(speaker: sentences.Speaker) -> str:
            if own.reason == COARSER:
                hangs = speaker.word("why.coarser")
            else:
                hangs = speaker.firmness(report, firmness)
            return " · ".join(filter(None, (_why(own.verdict, scope, speaker), hangs)))

        return like(
            cls,
            own,
            scope=scope,
            stated_km=told_km(item.claim),
            said=sentences.in_all(lambda speaker: speaker.judged(report, own, firmness)),
            why=sentences.in_all(why),
            firmness=None if firmness is None else FirmnessView.of(report, firmness, digits),
            low_km=digits.way_km(own.low_m),
            high_km=None if math.isinf(own.high_m) else digits.way_km(own.high_m),
            unexplained_km=digits.beyond_km(own.edge_m, own.edge_error_m),
            ratio=_times(own.ratio, digits),
            factor_needed=_times(own.factor, digits),
            factor_plausible=_times(own.factor_plausible, digits),
            verdict_other_flight=own.other_flight,
            choices=() if firmness is None else firmness.choices,
        )


def _why(verdict: Verdict, scope: ScopeView, words: Words) -> str:
    """What a number is compared with, after the word of its verdict; empty where it is compared with nothing."""
    likely, numbers = scope.plausible_km, {}
    if verdict is Verdict.IMPOSSIBLE_SHORT and scope.lower_bound_km is not None:
        numbers = {"km": words.kilometres(scope.lower_bound_km)}
    elif likely is not None and verdict is not Verdict.IMPOSSIBLE_SHORT:
        numbers = {"range": words.range_km(likely.low95, likely.high95, "range")}
    if numbers and verdict in {*STRICT, Verdict.CONSISTENT}:
        return words.word(f"why.{verdict}", **numbers)
    return ""


def _times(value: float | None, digits: Digits) -> float | None:
    return None if value is None else digits.times(value)


@dataclass(frozen=True, slots=True)
class SpeedView:
    """Speed that a duration needs, in km `per` hour or day, and what people keep up; None where an end is open."""

    per: str
    needed_low_km: float
    needed_high_km: float | None
    kept_low_km: float | None
    kept_high_km: float | None
    kept: Kept | None

    @classmethod
    def of(cls, needed: Needed) -> SpeedView:
        """Say a speed."""
        low, high = needed.needed_km
        slow, fast = needed.kept_km or (None, None)
        return cls(needed.per, low, None if math.isinf(high) else high, slow, fast, needed.kept)


@dataclass(frozen=True, slots=True)
class PartsView:
    """Stated parts, by the ids of their claims, that do not add up to a number: what they come to, in its unit."""

    claims: tuple[str, ...]
    sum_from: float
    sum_to: float | None
    is_covered: bool

    @classmethod
    def of(cls, parts: PartsSum) -> PartsView:
        """Say what parts come to."""
        low, high = parts.sum_of
        return cls(
            parts.parts, low, None if math.isinf(high) else high, is_covered=parts.is_covered
        )


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A number that somebody stated, with a judgement in each scope that it may mean; none where it is no distance.

    `stated` has its own words and unit, `weighed` what geometry makes of it, `asides` what else is
    to be said. `rest` are the claims that its asides only count, `fits_in` is another scope that it
    fits and `fits_why` what fits there, `speed` what a duration needs.
    """

    id: str
    quantity: Quantity
    value: float
    value_to: float | None
    unit: str | None
    value_km: float | None
    stated: Text
    wording: Wording
    counts: Counts
    scope: Scope
    sources: tuple[str, ...]
    sources_at: Mapping[str, str]
    judgements: tuple[JudgementView, ...]
    fits_in: ScopeView | None
    fits_why: Text | None
    speed: SpeedView | None
    parts: PartsView | None
    weighed: Text
    asides: Text
    rest: Text
    note: Text | None
    walked_km: tuple[float, float] | None

    @classmethod
    def of(
        cls, report: Report, item: ClaimReport, scopes: tuple[ScopeView, ...], digits: Digits
    ) -> ClaimView:
        """Say a claim; `scopes` are the views of those of the report."""
        claim = item.claim
        views = dict(zip((scope.key for scope in report.scopes), scopes, strict=True))
        judged = [views[scope.key] for _, scope in report.judged(item)]
        fits_in = None if item.fits_in is None else ScopeView.of(report, item.fits_in, digits)
        return like(
            cls,
            claim,
            value_km=told_km(claim) if claim.quantity is Quantity.DISTANCE else None,
            stated=sentences.in_all(lambda speaker: speaker.stated(claim)),
            judgements=tuple(
                JudgementView.of(report, item, n, scope, digits) for n, scope in enumerate(judged)
            ),
            fits_in=fits_in,
            fits_why=None
            if fits_in is None
            else sentences.in_all(lambda speaker: _why(Verdict.CONSISTENT, fits_in, speaker)),
            speed=None if item.needed is None else SpeedView.of(item.needed),
            parts=None if item.parts is None else PartsView.of(item.parts),
            weighed=sentences.in_all(lambda speaker: speaker.weighed(report, item)),
            asides=sentences.in_all(lambda speaker: speaker.asides(report, item)),
            rest=sentences.in_all(lambda speaker: speaker.rest(report, item)),
            walked_km=item.walked_km,
        )


def answers(claims: Sequence[tuple[Verdict | None, object]]) -> list[int]:
    """Numbers of the claims that stand first, each given by its verdict and by another scope that it fits, if any.

    The first one that was weighed, and one with the other answer where that one fits nowhere else.
    """
    weighed = [n for n, (verdict, _) in enumerate(claims) if verdict is not None]
    if not weighed or claims[weighed[0]][1]:
        return weighed[:1]
    opposite = STRICT if claims[weighed[0]][0] is Verdict.CONSISTENT else {Verdict.CONSISTENT}
    return weighed[:1] + [n for n in weighed[1:] if claims[n][0] in opposite][:1]
