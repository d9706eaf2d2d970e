"""What is said of a report, once: every output is written from this, and none of them measures, rounds or weighs.

Lengths are in kilometres and angles in degrees, with as many digits as `Digits` gives them. Sentences are held in every
language. A new thing to say gets its field here, and its place in the outputs that show it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from escape_route.distance.verdicts import value_m
from escape_route.geography import network
from escape_route.language import sentences
from escape_route.language.digits import PUBLISHED
from escape_route.language.sources import SourceList
from escape_route.model.journey import UNTOLD_MODES
from escape_route.model.modes import ModesAre
from escape_route.model.units import Quantity
from escape_route.model.vocabulary import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from escape_route.distance.by_network import ByNetwork
    from escape_route.distance.firmness import Choice
    from escape_route.distance.legs import Crossing, Leg
    from escape_route.distance.priors import Prior
    from escape_route.distance.report import ClaimReport, LegDraws, PublishedReport, Report
    from escape_route.distance.scopes import ScopeReport, Sensitivity
    from escape_route.distance.settings import Interval, Where
    from escape_route.distance.verdicts import Judgement, Verdict
    from escape_route.geography.geodesic import LonLat
    from escape_route.language.digits import Digits
    from escape_route.model.journey import Claim, Journey, ModeShare, Scope, Text
    from escape_route.model.modes import Mode
    from escape_route.model.published import Mark
    from escape_route.model.vocabulary import Counts, Wording

_PRIORS_AT_KM = (100.0, 500.0, 1500.0)
_TYPICAL = 1  # about the length of a leg across a country


@dataclass(frozen=True, slots=True)
class IntervalKm:
    """Median of drawn lengths with its 50 % and 95 % intervals, in km."""

    median: float
    low50: float
    high50: float
    low95: float
    high95: float

    @classmethod
    def of(cls, drawn: Interval, digits: Digits) -> IntervalKm:
        """Say an interval."""
        return cls(
            median=digits.way_km(drawn.median_m),
            low50=digits.way_km(drawn.low50_m),
            high50=digits.way_km(drawn.high50_m),
            low95=digits.way_km(drawn.low95_m),
            high95=digits.way_km(drawn.high95_m),
        )

    @property
    def rising(self) -> tuple[float, float, float, float, float]:
        """All five, from the lowest."""
        return self.low95, self.low50, self.median, self.high50, self.high95


@dataclass(frozen=True, slots=True)
class LegView:
    """Way from one waypoint to the next, by their ids; `remark` is what must be said beside its length.

    `variance_share` is its share of the variance of the whole journey's length, `line` what to draw of it.
    """

    start: str
    end: str
    length_km: float | None
    by_pyproj_differs_nm: float | None
    bearing_deg: float | None
    told: bool
    traced: bool
    vague: bool
    remark: str
    status: Status
    modes: tuple[ModeShare, ...]
    modes_are: ModesAre
    countries_km: Mapping[str, float]
    plausible_km: IntervalKm | None
    variance_share: float | None
    line: tuple[tuple[LonLat, ...], ...]

    @classmethod
    def of(cls, leg: Leg, drawn: LegDraws | None, digits: Digits) -> LegView:
        """Say a leg, and what was drawn of it."""
        is_measured = leg.length_m is not None
        return cls(
            start=leg.start,
            end=leg.end,
            length_km=None if leg.length_m is None else digits.leg_km(leg.length_m),
            by_pyproj_differs_nm=digits.differ_nm(leg.engines_differ_m) if is_measured else None,
            bearing_deg=None if leg.bearing_deg is None else digits.bearing_deg(leg.bearing_deg),
            told=leg.told,
            traced=leg.traced,
            vague=leg.vague,
            remark=_remark(leg),
            status=leg.status,
            modes=leg.modes,
            modes_are=leg.modes_are,
            countries_km={code: digits.leg_km(length_m) for code, length_m in leg.countries_m.items()},
            plausible_km=None if drawn is None else IntervalKm.of(drawn.plausible, digits),
            variance_share=None if drawn is None else drawn.variance_share,
            line=leg.line,
        )

    @property
    def is_nobodys_way(self) -> bool:
        """Whether its length is one between label points."""
        return self.vague and self.length_km is not None

    @property
    def modes_in_words(self) -> str:
        """Modes as the file names them: "road 80 % or flight 20 %", "boat_across 1 %, road 99 %"."""
        if len(self.modes) == 1:
            return str(self.modes[0].mode)
        joint = " or " if self.modes_are is ModesAre.ALTERNATIVES else ", "
        return joint.join(f"{share.mode} {share.weight * 100:.0f} %" for share in self.modes)

    @property
    def wound(self) -> tuple[ModeShare, ...]:
        """Modes by which its way was drawn as winding; none where it was not."""
        return () if self.plausible_km is None or self.traced else self.modes or UNTOLD_MODES


def _remark(leg: Leg) -> str:
    if not leg.told:
        return "nothing is told of this way"
    if leg.traced:
        return "a track"
    if leg.length_m is None:
        return "no label point at an end"
    return "between label points, nobody's way" if leg.vague else ""


@dataclass(frozen=True, slots=True)
class SensitivityView:
    """Plausible length of a scope under another choice of where the draws lie, or of rho."""

    where: Where
    rho: float
    plausible_km: IntervalKm
    chain_km: IntervalKm
    draws: int
    draws_proposed: int

    @classmethod
    def of(cls, choice: Sensitivity, digits: Digits) -> SensitivityView:
        """Say a choice."""
        return cls(
            where=choice.where,
            rho=choice.rho,
            plausible_km=IntervalKm.of(choice.plausible, digits),
            chain_km=IntervalKm.of(choice.chain, digits),
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

    `reason` says why where it comes to nothing. `shortest_km` is without its tracks, `shortest_way_km` with them.
    `label_chain_km` is that of label points from waypoint `chain_start` (counted from 0) on, `chain_km` that of draws.
    """

    id: str
    start: str
    end: str
    has_flight: bool
    counts_flight: bool
    label: Text
    reason: str | None
    lower_bound_km: float | None
    subsequence_bound_km: float | None
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

    @classmethod
    def of(cls, report: Report, scope: ScopeReport, digits: Digits) -> ScopeView:
        """Say a scope."""
        flight = (",flight" if scope.key.counts_flight else ",no-flight") if scope.has_flight else ""
        bound = scope.bound
        way_m = None if bound is None else bound.shortest.length_m + bound.traced_m
        return cls(
            id=f"{scope.key.start}..{scope.key.end}{flight}",
            start=scope.key.start,
            end=scope.key.end,
            has_flight=scope.has_flight,
            counts_flight=scope.key.counts_flight,
            label=sentences.in_all(lambda speaker: speaker.scope(report, scope.key)),
            reason=scope.reason,
            lower_bound_km=None if bound is None else digits.least_km(bound.bound_m),
            subsequence_bound_km=None if bound is None else digits.least_km(bound.subsequence_m),
            traced_km=None if bound is None else digits.way_km(bound.traced_m),
            shortest_km=None if bound is None else digits.way_km(bound.shortest.length_m),
            shortest_way_km=None if way_m is None else digits.way_km(way_m),
            shortest_error_km=None if bound is None or way_m is None else digits.leg_km(way_m - bound.bound_m),
            label_chain_km=None if scope.label_chain_m is None else digits.way_km(scope.label_chain_m),
            chain_start=scope.chain_start,
            chain_km=None if scope.chain is None else IntervalKm.of(scope.chain, digits),
            plausible_km=None if scope.plausible is None else IntervalKm.of(scope.plausible, digits),
            sensitivities=tuple(SensitivityView.of(each, digits) for each in scope.sensitivities),
            by_network=None if scope.by_network is None else NetworkView.of(scope.by_network, digits),
            by_network_said=None
            if scope.by_network is None
            else sentences.in_all(lambda speaker: speaker.by_network(report, scope)),
        )


@dataclass(frozen=True, slots=True)
class JudgementView:
    """What geometry makes of a claim in one scope.

    `low_km` to `high_km` is what the claim stands for, `unexplained_km` how far that lies outside what is plausible (0
    where they meet), `ratio` the claim over the plausible median. `factor_needed` is how winding the way would have to
    be, `factor_plausible` how winding it likely was. `unit_slip` is a unit in which the number would be consistent.
    """

    scope: ScopeView
    stated_km: float
    verdict: Verdict
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
        cls, claim: Claim, own: Judgement, scope: ScopeView, choices: tuple[Choice, ...], digits: Digits
    ) -> JudgementView:
        """Say a judgement on a claim, and those at other choices."""
        return cls(
            scope=scope,
            stated_km=value_m(claim) / 1000,
            verdict=own.verdict,
            reason=own.reason,
            low_km=digits.way_km(own.low_m),
            high_km=None if math.isinf(own.high_m) else digits.way_km(own.high_m),
            unexplained_km=digits.beyond_km(own.edge_m),
            ratio=own.ratio,
            factor_needed=own.factor,
            factor_plausible=own.factor_plausible,
            unit_slip=own.unit_slip,
            verdict_other_flight=own.other_flight,
            choices=choices,
        )


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A number that somebody stated, with a judgement in each scope that it may mean; none where it is no distance.

    `stated` has its own words and unit, `weighed` what geometry makes of it, `asides` what that hangs on.
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
    judgements: tuple[JudgementView, ...]
    weighed: Text
    asides: Text
    note: Text | None
    walked_km: tuple[float, float] | None

    @classmethod
    def of(cls, report: Report, item: ClaimReport, scopes: tuple[ScopeView, ...], digits: Digits) -> ClaimView:
        """Say a claim; `scopes` are the views of those of the report."""
        claim = item.claim
        views = dict(zip((scope.key for scope in report.scopes), scopes, strict=True))
        judged = zip(report.judged(item), item.choices, strict=True)
        return cls(
            id=claim.id,
            quantity=claim.quantity,
            value=claim.value,
            value_to=claim.value_to,
            unit=claim.unit,
            value_km=value_m(claim) / 1000 if claim.quantity is Quantity.DISTANCE else None,
            stated=sentences.in_all(lambda speaker: speaker.stated(claim)),
            wording=claim.wording,
            counts=claim.counts,
            scope=claim.scope,
            sources=claim.sources,
            judgements=tuple(
                JudgementView.of(claim, own, views[at.key], choices, digits) for (own, at), choices in judged
            ),
            weighed=sentences.in_all(lambda speaker: speaker.weighed(report, item)),
            asides=sentences.in_all(lambda speaker: speaker.asides(report, item)),
            note=claim.note,
            walked_km=item.walked_km,
        )


@dataclass(frozen=True, slots=True)
class FactorView:
    """How winding ways of a geodesic length are: the median factor and the ends of its 90 % interval."""

    geodesic_km: float
    median_factor: float
    low90_factor: float
    high90_factor: float


@dataclass(frozen=True, slots=True)
class PriorView:
    """How winding ways by a mode are. `is_own` was set for this run; `is_used` says whether a leg was drawn with it."""

    mode: Mode
    judgement: bool
    basis: str
    at: tuple[FactorView, ...]
    is_own: bool
    is_used: bool

    @classmethod
    def of(cls, prior: Prior, digits: Digits, *, is_own: bool, is_used: bool) -> PriorView:
        """Say a prior at some lengths."""
        at = [FactorView(length_km, *map(digits.factor, prior.at(length_km))) for length_km in _PRIORS_AT_KM]
        return cls(prior.mode, prior.judgement, prior.basis, tuple(at), is_own=is_own, is_used=is_used)

    @property
    def typical(self) -> FactorView:
        """Its factors at the length of a leg across a country."""
        return self.at[_TYPICAL]


@dataclass(frozen=True, slots=True)
class MethodView:
    """What every drawn number was made with; `has_lengths` says whether any way could be drawn."""

    seed: int
    draws: int
    draws_proposed: int
    rho: float
    where: Where
    has_lengths: bool
    priors: tuple[PriorView, ...]
    engines_differ_nm: float

    @classmethod
    def of(cls, report: Report, legs: tuple[LegView, ...], digits: Digits) -> MethodView:
        """Say how a report was made."""
        settings = report.settings
        own = {winding.mode for winding in settings.priors}
        used = {share.mode for leg in legs for share in leg.wound}
        return cls(
            seed=settings.seed,
            draws=report.draws.kept,
            draws_proposed=report.draws.proposed,
            rho=settings.rho,
            where=settings.where,
            has_lengths=report.is_drawn,
            priors=tuple(
                PriorView.of(prior, digits, is_own=mode in own, is_used=mode in used)
                for mode, prior in settings.all_priors.items()
            ),
            engines_differ_nm=digits.differ_nm(report.engines_differ_m),
        )


@dataclass(frozen=True, slots=True)
class ReportView:
    """All that is said of a journey and of what was measured. Leg k arrives at waypoint k + 1.

    `leading` is the scope that the finding speaks of; None where there is none.
    """

    journey: Journey
    sources: SourceList
    finding: Text
    finding_aside: Text
    legs: tuple[LegView, ...]
    total_km: float
    scopes: tuple[ScopeView, ...]
    leading: ScopeView | None
    claims: tuple[ClaimView, ...]
    contradictions: tuple[tuple[str, str], ...]
    countries: tuple[str, ...]
    crossings: tuple[Crossing, ...]
    status_shares: Mapping[Status, float]
    networks_note: Text
    method: MethodView

    @classmethod
    def of(cls, report: Report, digits: Digits = PUBLISHED) -> ReportView:
        """Say a report, rounded as it is published or with every digit."""
        legs = tuple(map(LegView.of, report.legs, report.leg_draws, [digits] * len(report.legs)))
        scopes = tuple(ScopeView.of(report, scope, digits) for scope in report.scopes)
        leading = sentences.Speaker().leading(report)
        first = next(iter(report.scopes), None) if leading is None else leading[2]
        return cls(
            journey=report.journey,
            sources=SourceList.of(report.journey),
            finding=sentences.in_all(lambda speaker: speaker.finding(report)),
            finding_aside=sentences.in_all(lambda speaker: speaker.finding_aside(report)),
            legs=legs,
            total_km=digits.leg_km(report.total_m),
            scopes=scopes,
            leading=None if first is None else scopes[report.scopes.index(first)],
            claims=tuple(ClaimView.of(report, item, scopes, digits) for item in report.claims),
            contradictions=report.contradictions,
            countries=report.countries,
            crossings=report.crossings,
            status_shares=report.status_shares,
            networks_note=sentences.in_all(lambda speaker: speaker.by_network_note(report)),
            method=MethodView.of(report, legs, digits),
        )

    def name_of(self, waypoint_id: str) -> Text:
        """Name of a waypoint."""
        return self.journey.waypoints[self.journey.index_of(waypoint_id)].name

    def stated_by(self, claim: ClaimView) -> str:
        """Who stated a claim, in short."""
        return ", ".join(source.short for source in self.sources.cited(claim.sources))

    @property
    def distances(self) -> tuple[ClaimView, ...]:
        """Claims that are distances."""
        return tuple(claim for claim in self.claims if claim.quantity is Quantity.DISTANCE)

    @property
    def other_numbers(self) -> tuple[ClaimView, ...]:
        """Claims of other kinds."""
        return tuple(claim for claim in self.claims if claim.quantity is not Quantity.DISTANCE)

    def judged_in(self, scope: ScopeView) -> list[tuple[ClaimView, JudgementView]]:
        """Claims that are judged in a scope, each with its judgement there, in the order of the journey."""
        pairs = ((claim, judgement) for claim in self.claims for judgement in claim.judgements)
        return [(claim, judgement) for claim, judgement in pairs if judgement.scope == scope]

    @property
    def longest_km(self) -> float:
        """Longest that was stated or is plausible; 0 where there is neither."""
        lengths_km = [claim.value_km or 0.0 for claim in self.claims]
        return max(lengths_km + [scope.plausible_km.high95 for scope in self.scopes if scope.plausible_km], default=0.0)

    @property
    def borders_by_air(self) -> int:
        """How many borders were flown over."""
        return sum(crossing.by_air for crossing in self.crossings)

    @property
    def borders_by_sea(self) -> int:
        """How many borders were crossed by sea."""
        return sum(crossing.by == "sea" for crossing in self.crossings)

    @property
    def borders(self) -> int:
        """How many borders were crossed on land, at the least."""
        return sum(crossing.least for crossing in self.crossings if crossing.by == "land")

    @property
    def modes(self) -> tuple[Mode, ...]:
        """Modes that are told of, in travel order, each once; of a leg of which nothing is told none."""
        told = (share.mode for leg in self.legs if leg.told for share in leg.modes or UNTOLD_MODES)
        return tuple(dict.fromkeys(told))

    @property
    def certainty_of(self) -> str:
        """What `certainty` is shares of: "length", or "places" where no length could be drawn."""
        return "length" if self.status_shares else "places"

    @property
    def certainty(self) -> Mapping[Status, float]:
        """Share of each status, from the strongest."""
        statuses = [waypoint.status for waypoint in self.journey.waypoints]
        shares = self.status_shares or {status: statuses.count(status) / len(statuses) for status in statuses}
        return {status: shares[status] for status in Status if status in shares}


@dataclass(frozen=True, slots=True)
class PublishedView(ReportView):
    """What is said of what may be published, with its mark: whatever leaves the program is written from this."""

    mark: Mark | None = None


def view_published(report: PublishedReport) -> PublishedView:
    """Say what may be published, rounded as it is."""
    view = ReportView.of(report)
    return PublishedView(**{part.name: getattr(view, part.name) for part in fields(ReportView)}, mark=report.mark)
