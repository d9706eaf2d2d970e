"""What is said of a claim: in its own words, what geometry makes of it, and how firm that is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from escape_route.language import sentences
from escape_route.language.digits import one_in
from escape_route.language.plain import like
from escape_route.language.stated import told_km
from escape_route.model.units import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from escape_route.distance.durations import Kept, Needed
    from escape_route.distance.hints import PartsSum
    from escape_route.distance.report import ClaimReport, Report
    from escape_route.distance.scopes import ScopeReport
    from escape_route.distance.verdicts import Choice, Firmness, Verdict
    from escape_route.language.digits import Digits
    from escape_route.language.scope_view import ScopeView
    from escape_route.model.journey import Scope, Text
    from escape_route.model.vocabulary import Counts, Wording

    ViewOf = Callable[[Report, ScopeReport, Digits], ScopeView]


@dataclass(frozen=True, slots=True)
class FirmnessView:
    """How firm a verdict is: `label` says it in a few words.

    `share` is that of the draws at or beyond the number, one in `one_in`, None where fewer than one in
    a thousand. `turned_by` is the choice that gives another verdict, `edge_of` the verdict across the
    edge that the number lies on.
    """

    is_firm: bool
    label: Text
    share: float
    one_in: int | None
    turned_by: Choice | None
    edge_of: Verdict | None

    @classmethod
    def of(cls, report: Report, own: Firmness, digits: Digits) -> FirmnessView:
        """Say how firm a verdict is."""
        label = sentences.in_all(lambda speaker: speaker.firmness(report, own))
        return like(cls, own, label=label, share=digits.share(own.share), one_in=one_in(own.share))


@dataclass(frozen=True, slots=True)
class JudgementView:
    """What geometry makes of a claim in one scope; `said` is the verdict with its firmness, in a few words.

    `low_km` to `high_km` is what the claim stands for, `unexplained_km` how far that lies outside what is plausible (0
    where they meet), `ratio` the claim over the plausible median. `factor_needed` is how winding the way would have to
    be, `factor_plausible` how winding it likely was. `unit_slip` is a unit in which the number would be consistent.
    """

    scope: ScopeView
    stated_km: float
    verdict: Verdict
    said: Text
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
    def of(cls, report: Report, item: ClaimReport, number: int, scope: ScopeView, digits: Digits) -> JudgementView:
        """Say a judgement on a claim by its number among them, and how firm it is."""
        own, firmness = item.judgements[number], item.firmness[number]
        return like(
            cls,
            own,
            scope=scope,
            stated_km=told_km(item.claim),
            said=sentences.in_all(lambda speaker: speaker.judged(report, own, firmness)),
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
        return cls(parts.parts, low, None if math.isinf(high) else high, is_covered=parts.is_covered)


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A number that somebody stated, with a judgement in each scope that it may mean; none where it is no distance.

    `stated` has its own words and unit, `weighed` what geometry makes of it, `asides` what else is to be said.
    `rest` are the claims that its asides only count, `fits_in` is another scope that it fits, `speed` what a duration
    needs.
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
    speed: SpeedView | None
    parts: PartsView | None
    weighed: Text
    asides: Text
    rest: Text
    note: Text | None
    walked_km: tuple[float, float] | None

    @classmethod
    def of(
        cls, report: Report, item: ClaimReport, scopes: tuple[ScopeView, ...], view_of: ViewOf, digits: Digits
    ) -> ClaimView:
        """Say a claim; `scopes` are the views of those of the report, `view_of` makes that of another one."""
        claim = item.claim
        views = dict(zip((scope.key for scope in report.scopes), scopes, strict=True))
        judged = [views[scope.key] for _, scope in report.judged(item)]
        return like(
            cls,
            claim,
            value_km=told_km(claim) if claim.quantity is Quantity.DISTANCE else None,
            stated=sentences.in_all(lambda speaker: speaker.stated(claim)),
            judgements=tuple(JudgementView.of(report, item, n, scope, digits) for n, scope in enumerate(judged)),
            fits_in=None if item.fits_in is None else view_of(report, item.fits_in, digits),
            speed=None if item.needed is None else SpeedView.of(item.needed),
            parts=None if item.parts is None else PartsView.of(item.parts),
            weighed=sentences.in_all(lambda speaker: speaker.weighed(report, item)),
            asides=sentences.in_all(lambda speaker: speaker.asides(report, item)),
            rest=sentences.in_all(lambda speaker: speaker.rest(report, item)),
            walked_km=item.walked_km,
        )
