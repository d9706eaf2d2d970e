"""What is said of a report, once: every output is written from this, and none of them measures, rounds or weighs.

Lengths are in kilometres and angles in degrees, with as many digits as `Digits` gives them.
Sentences are held in every language. A new thing to say gets its field here, and its place in the
outputs that show it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from escape_route.distance.intervals import Record, record
from escape_route.distance.verdicts import Verdict
from escape_route.language import sentences
from escape_route.language.claim_view import (
    ClaimView,
    IntervalKm,
    JudgementView,
    ScopeView,
    answers,
)
from escape_route.language.digits import PUBLISHED, Digits
from escape_route.language.names import in_languages
from escape_route.language.plain import like
from escape_route.language.sources import Cited, SourceList
from escape_route.model.journey import UNTOLD_MODES, Journey, ModeShare, Text
from escape_route.model.modes import Mode, ModesAre
from escape_route.model.units import Quantity
from escape_route.model.vocabulary import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from escape_route.distance.legs import Crossing, Leg
    from escape_route.distance.priors import Prior
    from escape_route.distance.report import LegDraws, PublishedReport, Report
    from escape_route.distance.settings import Where
    from escape_route.geography.geodesic import LonLat
    from escape_route.language.catalogues import Words
    from escape_route.model.published import Mark

_PRIORS_AT_KM = (100.0, 500.0, 1500.0)
_TYPICAL = 1  # about the length of a leg across a country


@dataclass(frozen=True, slots=True)
class LegView:
    """Way from one waypoint to the next, by their ids; `remark` is what must be said beside its length.

    A `sketched` line was drawn and is not measured; of a track so many vertices are `left_out`, for
    no receiver was there, and `gaps_km` are straight lines over what was not recorded.

    `variance_share` is its share of the variance of the whole journey's length, `line` what to draw
    of it.
    """

    start: str
    end: str
    length_km: float | None
    by_pyproj_differs_nm: float | None
    bearing_deg: float | None
    told: bool
    traced: bool
    sketched: bool
    gaps_km: float
    left_out: int
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
        return like(
            cls,
            leg,
            length_km=None if leg.length_m is None else digits.leg_km(leg.length_m),
            by_pyproj_differs_nm=digits.differ_nm(leg.engines_differ_m) if is_measured else None,
            bearing_deg=None if leg.bearing_deg is None else digits.bearing_deg(leg.bearing_deg),
            gaps_km=digits.leg_km(leg.gaps_m),
            left_out=len(leg.left_out),
            remark=_remark(leg),
            countries_km={
                code: digits.leg_km(length_m) for code, length_m in leg.countries_m.items()
            },
            plausible_km=None if drawn is None else _likely_km(leg, drawn, digits),
            variance_share=None if drawn is None else digits.part(drawn.variance_share),
        )

    @property
    def is_nobodys_way(self) -> bool:
        """Whether its length is one between label points."""
        return self.vague and self.length_km is not None

    @property
    def modes_in_words(self) -> str:
        """Modes as the file names them: "road 80 % or flight 20 %", "boat_across 1 %, road 99 %"."""
        if len(self.modes) == 1:
            return self.modes[0].in_words
        joint = " or " if self.modes_are is ModesAre.ALTERNATIVES else ", "
        return joint.join(f"{share.in_words} {share.weight * 100:.0f} %" for share in self.modes)

    @property
    def wound(self) -> tuple[ModeShare, ...]:
        """Modes by which its way was drawn as winding; none where it was not."""
        return () if self.plausible_km is None or self.traced else self.modes or UNTOLD_MODES


def _likely_km(leg: Leg, drawn: LegDraws, digits: Digits) -> IntervalKm:
    """What is likely of a leg: as finely as a scope where it is one by itself; of a whole track what it measures."""
    likely = drawn.plausible
    if leg.traced and likely.low95_m == likely.high95_m:
        return IntervalKm(*map(digits.leg_km, likely.edges_m))
    return IntervalKm.of(likely, digits.drawn_km if drawn.is_scope else digits.drawn_leg_km)


def _remark(leg: Leg) -> str:
    if not leg.told:
        return "nothing is told of this way"
    if leg.traced:
        return "a track"
    if leg.sketched:
        return "the line is no recording of this journey: a hint of the way"
    if leg.length_m is None:
        return "no label point at an end"
    return "between label points, nobody's way" if leg.vague else ""


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
        at = [
            FactorView(length_km, *map(digits.factor, prior.at(length_km)))
            for length_km in _PRIORS_AT_KM
        ]
        return cls(
            prior.mode, prior.judgement, prior.basis, tuple(at), is_own=is_own, is_used=is_used
        )

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
    rho: float | None
    rho_said: Text
    calibration: Record
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
        return like(
            cls,
            settings,
            draws=report.draws.kept,
            draws_proposed=report.draws.proposed,
            calibration=record(),
            rho_said=sentences.in_all(lambda speaker: speaker.rho(settings.rho)),
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
        report = sentences.in_order(report)
        legs = tuple(map(LegView.of, report.legs, report.leg_draws, [digits] * len(report.legs)))
        scopes = tuple(ScopeView.of(report, scope, digits) for scope in report.scopes)
        leading = sentences.Speaker().leading(report)
        first = next(iter(report.scopes), None) if leading is None else leading[2]
        return like(
            cls,
            report,
            sources=SourceList.of(report.journey),
            finding=sentences.in_all(lambda speaker: speaker.finding(report)),
            finding_aside=sentences.in_all(lambda speaker: speaker.finding_aside(report)),
            legs=legs,
            total_km=digits.leg_km(report.total_m),
            scopes=scopes,
            leading=None if first is None else scopes[report.scopes.index(first)],
            claims=tuple(ClaimView.of(report, item, scopes, digits) for item in report.claims),
            status_shares={
                status: digits.part(share) for status, share in report.status_shares.items()
            },
            networks_note=sentences.in_all(lambda speaker: speaker.by_network_note(report)),
            method=MethodView.of(report, legs, digits),
        )

    def name_of(self, waypoint_id: str) -> Text:
        """Name of a waypoint."""
        return in_languages(self.journey.waypoints[self.journey.index_of(waypoint_id)])

    def cited_of(self, leg: LegView) -> Cited:
        """Sources that a leg rests on."""
        return Cited.of_leg(self.journey, leg.start, leg.end)

    def stated_by(self, claim: ClaimView, words: Words) -> str:
        """Who stated a claim, in short, and what that is."""
        cited = self.sources.cited(claim.sources)
        return words.word("semicolon").join(
            words.cited(source.called, source.kind) for source in cited
        )

    @property
    def distances(self) -> tuple[ClaimView, ...]:
        """Claims that are distances."""
        return tuple(claim for claim in self.claims if claim.quantity is Quantity.DISTANCE)

    @property
    def answers(self) -> tuple[ClaimView, ...]:
        """Claims that stand first: the leading one, and one with the other answer where that one fits nowhere else."""
        firsts = [
            (claim.judgements[0].verdict if claim.judgements else None, claim.fits_in)
            for claim in self.claims
        ]
        return tuple(self.claims[n] for n in answers(firsts))

    @property
    def other_numbers(self) -> tuple[ClaimView, ...]:
        """Claims of other kinds."""
        return tuple(claim for claim in self.claims if claim.quantity is not Quantity.DISTANCE)

    def judged_in(self, scope: ScopeView) -> list[tuple[ClaimView, JudgementView]]:
        """Claims that are judged in a scope, each with its judgement there, in the order of the journey."""
        pairs = ((claim, judgement) for claim in self.claims for judgement in claim.judgements)
        return [(claim, judgement) for claim, judgement in pairs if judgement.scope == scope]

    def weighed_in(self, scope: ScopeView) -> list[tuple[ClaimView, JudgementView]]:
        """Those of them that stand on its scale: what is not comparable with it does not."""
        return [
            pair for pair in self.judged_in(scope) if pair[1].verdict is not Verdict.NOT_COMPARABLE
        ]

    @property
    def longest_km(self) -> float:
        """Longest that was stated or is plausible; 0 where there is neither."""
        lengths_km = [claim.value_km or 0.0 for claim in self.claims]
        return max(
            lengths_km + [scope.plausible_km.high95 for scope in self.scopes if scope.plausible_km],
            default=0.0,
        )

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
        modes = (share.mode for leg in self.legs if leg.told for share in leg.modes or UNTOLD_MODES)
        return tuple(dict.fromkeys(modes))

    @property
    def certainty_of(self) -> str:
        """What `certainty` is shares of: "length", or "places" where no length could be drawn."""
        return "length" if self.status_shares else "places"

    @property
    def certainty(self) -> Mapping[Status, float]:
        """Share of each status, from the strongest."""
        statuses = [waypoint.status for waypoint in self.journey.waypoints]
        shares = self.status_shares or {
            status: statuses.count(status) / len(statuses) for status in statuses
        }
        return {status: shares[status] for status in Status if status in shares}


@dataclass(frozen=True, slots=True)
class PublishedView(ReportView):
    """What is said of what may be published, with its mark: whatever leaves the program is written from this.

    `headline` stands over it where the title does not.
    """

    mark: Mark | None = None
    headline: Text | None = None


#: What was said last: the pictures and words of one report ask for it a dozen times.
_last: list[tuple[PublishedReport, PublishedView]] = []


def view_published(report: PublishedReport) -> PublishedView:
    """Say what may be published, rounded as it is."""
    if not _last or _last[0][0] is not report:
        _last[:] = [(report, like(PublishedView, ReportView.of(report), mark=report.mark))]
    return _last[0][1]
