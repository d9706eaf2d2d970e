"""The ledger in points: what was stated and what geometry makes of it, a row a scope, on one scale of kilometres.

It is laid out here before anything is drawn (`ledger`), so that its height is known and no two of its texts meet.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from escape_route.distance.verdicts import Verdict, value_m
from escape_route.language import digits
from escape_route.publish.figure.ruler import GAP_PX, Ruler, Tag, moved, parted, scale_to, stacked
from escape_route.publish.figure.type import balanced, widest, wrapped

if TYPE_CHECKING:
    from escape_route.distance.report import Report
    from escape_route.distance.scopes import ScopeReport
    from escape_route.distance.verdicts import Judgement
    from escape_route.model.journey import Claim
    from escape_route.publish.figure.pen import Align
    from escape_route.publish.figure.style import Look

BAR_PX, TICK_PX, CLAIM_PX = 23.0, 6.0, 170.0


@dataclass(frozen=True, slots=True)
class Row:
    """A scope: its heading, its bar from `bar_top` on, the tags above and below; lengths in km, all rounded as said."""

    heading: tuple[Tag, ...]
    tags: tuple[Tag, ...]
    bound_km: float | None
    plausible_km: tuple[float, float, float, float, float] | None
    stated_km: tuple[tuple[float, float], ...]
    gap_km: tuple[float, float, float] | None
    bar_top: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The ledger in points: its rows and how many had no room, the scale, and the step of its marks."""

    rows: tuple[Row, ...]
    left_out: int
    rule: Ruler
    step_km: float
    height: float


def lay_out(report: Report, look: Look, width_pt: float, *, beside: bool, most_pt: float = math.inf) -> Layout | None:
    """Lay out the ledger of a report.

    Parameters
    ----------
    report
        On the journey.
    look
        Size, colours, language.
    width_pt
        Width that is there.
    beside
        Whether headings stand to the left of the scale instead of above it.
    most_pt
        Height that is there: of several scopes those that fit are shown, the first in any case.

    Returns
    -------
    Layout or None
        None where no distance was stated and none can be measured.
    """
    scopes = [scope for scope in report.scopes if scope.bound is not None]
    if not scopes:
        return None
    highest, step = _scale(report, scopes)
    left = width_pt * 0.2 if beside else 0.0
    rule = Ruler(look, left, width_pt * 0.985, highest)
    rows = [
        row_of(report, scope, rule, heading_of(report, scope, rule, beside=beside), beside=beside) for scope in scopes
    ]
    axis = look.size.note.line_pt + 8 * look.size.unit_pt
    while len(rows) > 1 and sum(row.height for row in rows) + axis > most_pt:
        rows.pop()
    height = sum(row.height for row in rows) + axis
    return Layout(tuple(rows), len(scopes) - len(rows), rule, step, height)


def _scale(report: Report, scopes: list[ScopeReport]) -> tuple[float, float]:
    """Highest value of the scale and the step of its marks, in km: round, the last mark beyond all that is shown."""
    values = [value_m(claim) / 1000 for scope in scopes for claim, _ in report.claims_in(scope)]
    values += [scope.plausible.high95_m / 1000 for scope in scopes if scope.plausible is not None]
    values += [scope.bound.bound_m / 1000 for scope in scopes if scope.bound is not None]
    return scale_to(max(values))


def row_of(report: Report, scope: ScopeReport, rule: Ruler, head: Tag, *, beside: bool) -> Row:
    """Lay out the row of a scope with its heading beside the scale or above it."""
    unit = rule.look.size.unit_pt
    top = head.height + GAP_PX * unit
    above, depth = _above(report, scope, rule, 0.0 if beside else top)
    bar_top = depth + TICK_PX * unit
    gap = _gap(report, scope)
    below, bottom = _below(scope, gap, rule, bar_top + (BAR_PX + TICK_PX) * unit)
    height = max(bottom, top if beside else 0.0) + 9 * unit
    head = (
        moved(head, min(bar_top - BAR_PX * unit * 0.4, max(0.0, height - 9 * unit - head.height))) if beside else head
    )
    height = max(height, head.box[3] + 9 * unit)
    bound = None if scope.bound is None else digits.rounded_down(scope.bound.bound_m / 1000)
    stated = tuple((value_m(claim) / 1000, _tag_top(above, n)) for n, (claim, _) in enumerate(report.claims_in(scope)))
    return Row((head,), (*above, *below), bound, _plausible_km(scope), stated, gap, bar_top, height)


def _plausible_km(scope: ScopeReport) -> tuple[float, float, float, float, float] | None:
    """Quantiles of the plausible lengths in km, from the lowest, rounded as they are said."""
    found = scope.plausible
    if found is None:
        return None
    lengths_m = (found.low95_m, found.low50_m, found.median_m, found.high50_m, found.high95_m)
    low95, low50, median, high50, high95 = (digits.rounded(length_m / 1000) for length_m in lengths_m)
    return low95, low50, median, high50, high95


def _tag_top(tags: tuple[Tag, ...], index: int) -> float:
    return tags[index].box[3] if index < len(tags) else 0.0


def heading_of(report: Report, scope: ScopeReport, rule: Ruler, *, beside: bool) -> Tag:
    """Name of a scope as the heading of its row."""
    look = rule.look
    style = look.size.text.strong()
    room = rule.left * 0.9 if beside else rule.right
    text = look.words.scope(report, scope.key)
    label, _, aside = text.partition("(")
    lines = [
        (line, style, look.palette.ink) for line in wrapped(label.strip()[0].upper() + label.strip()[1:], style, room)
    ]
    if aside:
        noted = aside.rstrip(")")
        lines += [(line, look.size.note, look.palette.muted) for line in wrapped(noted, look.size.note, room)]
    if not beside and aside:
        lines = [(text[0].upper() + text[1:], style, look.palette.ink)]
    return Tag(tuple(lines), 0.0, 0.0, "left", room)


def _above(report: Report, scope: ScopeReport, rule: Ruler, top: float) -> tuple[tuple[Tag, ...], float]:
    """Tags of the claims, each over its dot; where two would meet, one is moved up."""
    claims = report.claims_in(scope)
    tags = parted([_claim_tag(report, *each, rule) for each in claims], [value_m(claim) for claim, _ in claims], rule)
    placed, depth = stacked(tags, GAP_PX * rule.look.size.unit_pt)
    return tuple(moved(tag, top + depth - 2 * tag.top - tag.height) for tag in placed), top + depth


def _claim_tag(report: Report, claim: Claim, judgement: Judgement, rule: Ruler) -> Tag:
    look = rule.look
    words, palette, size = look.words, look.palette, look.size
    strong, room = size.text.strong(), CLAIM_PX * size.unit_pt
    stated = words.word("figure.quoted", n=words.stated(claim))
    verdict = words.verdict(judgement.verdict)
    lines = [(line, strong, palette.ink) for line in balanced(stated, strong, room)]
    lines += [(line, size.note, palette.muted) for line in balanced(source_of(report, claim), size.note, room)]
    lines += [
        (line, size.note.strong(), _colour(judgement, look)) for line in balanced(verdict, size.note.strong(), room)
    ]
    width = max(widest([text], style) for text, style, _ in lines)
    at = rule.x(value_m(claim) / 1000)
    middle = min(max(at, rule.left + width / 2), rule.right * 1.015 - width / 2)
    return Tag(tuple(lines), middle, 0.0, "center", width)


def _colour(judgement: Judgement, look: Look) -> str:
    """Colour of a verdict; it is written out, so that nobody needs the colour."""
    colours = {Verdict.CONSISTENT: look.palette.ink, Verdict.IMPOSSIBLE_SHORT: look.palette.red}
    return colours.get(judgement.verdict, look.palette.amber)


def source_of(report: Report, claim: Claim) -> str:
    """Where a claim was stated, in short."""
    titles = {source.id: source.title for source in report.journey.sources}
    return ", ".join(re.split(r",| \(", titles.get(source, source))[0] for source in claim.sources)


def _gap(report: Report, scope: ScopeReport) -> tuple[float, float, float] | None:
    """From where to where the way reaches that nobody has told of, up to the lowest claim that is above; its length."""
    if scope.plausible is None:
        return None
    above = [pair for pair in report.claims_in(scope) if pair[1].verdict is Verdict.ABOVE_PLAUSIBLE]
    if not above:
        return None
    claim, own = min(above, key=lambda pair: value_m(pair[0]))
    untold_km = digits.rounded_down(own.edge_m / 1000, 2)
    return digits.rounded(scope.plausible.high95_m / 1000), value_m(claim) / 1000, untold_km


def _below(
    scope: ScopeReport, gap: tuple[float, float, float] | None, rule: Ruler, top: float
) -> tuple[tuple[Tag, ...], float]:
    look = rule.look
    words, palette, style = look.words, look.palette, look.size.note
    tags = []
    if scope.bound is not None:
        bound = digits.rounded_down(scope.bound.bound_m / 1000)
        tags.append(
            _line_tag(words.word("page.ledger_bound", km=words.number(bound)), palette.ink, bound, rule, "right")
        )
    if scope.plausible is not None:
        low, high = (digits.rounded(x / 1000) for x in (scope.plausible.low95_m, scope.plausible.high95_m))
        text = words.word("page.ledger_plausible", low=words.number(low), high=words.number(high))
        tags.append(_line_tag(text, palette.blue, low, rule, "left"))
    inside: list[Tag] = []
    if gap is not None:
        text = words.word("page.ledger_gap", km=words.number(gap[2]))
        tag = _line_tag(text, palette.amber, gap[1], rule, "right")
        start, end = rule.x(gap[0]), rule.x(gap[1])
        if tag.width + 2 * GAP_PX * look.size.unit_pt < end - start:
            middle = top - (TICK_PX + BAR_PX / 2 + 2.5) * look.size.unit_pt
            inside.append(Tag(tag.lines, (start + end) / 2, middle - tag.height, "center", tag.width))
        else:
            tags.append(tag)
    placed, depth = stacked(tags, style.size_pt * 0.2)
    return (*(moved(tag, top) for tag in placed), *inside), top + depth


def _line_tag(text: str, colour: str, at_km: float, rule: Ruler, align: Align) -> Tag:
    style = rule.look.size.note
    width = widest([text], style)
    at = rule.x(at_km)
    if align == "right" and at - width < rule.left:
        at = rule.left + width
    if align == "left" and at + width > rule.right:
        at = rule.right - width
    return Tag(((text, style, colour),), at, 0.0, align, width)
