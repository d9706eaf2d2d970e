"""The ledger in points: what was stated and what geometry makes of it, a row a scope, on one scale of kilometres.

It is laid out here before anything is drawn (`ledger`), so that its height is known and no two of
its texts meet.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from escape_route.distance.verdicts import STRICT, Verdict
from escape_route.publish.figure.ruler import GAP_PX, Ruler, Tag, moved, parted, scale_to, stacked
from escape_route.publish.figure.type import balanced, widest, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from escape_route.language.claim_view import ClaimView, JudgementView, ScopeView
    from escape_route.language.view import ReportView
    from escape_route.publish.figure.pen import Align
    from escape_route.publish.figure.sizes import Look

    Weighed = Sequence[tuple[ClaimView, JudgementView]]

BAR_PX, TICK_PX, CLAIM_PX = 23.0, 6.0, 170.0
_LOWER_PX = 2.5
"""How much above the middle of a bar the text inside it stands."""


@dataclass(frozen=True, slots=True)
class Gap:
    """The way that nobody has told of: from where to where it reaches on the scale, and its length as it is said."""

    start_km: float
    end_km: float
    length_km: float


@dataclass(frozen=True, slots=True)
class Row:
    """A scope: its heading, its bar from `bar_top` on, the tags above and below; lengths in km, all rounded as said.

    `plausible_km` holds 95 of 100 draws; `stated_km` are lengths that were stated, each with the
    lower edge of its tag, whether it does not fit, and which others it tells: all above or below;
    `network_km` is the way by today's networks.
    """

    heading: tuple[Tag, ...]
    tags: tuple[Tag, ...]
    bound_km: float | None
    plausible_km: tuple[float, float] | None
    stated_km: tuple[tuple[float, float, bool, str | None], ...]
    gap: Gap | None
    bar_top: float
    height: float
    network_km: float | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The ledger in points: its rows and how many had no room, the scale, and the step of its marks."""

    rows: tuple[Row, ...]
    left_out: int
    rule: Ruler
    step_km: float
    height: float


def lay_out(
    view: ReportView, look: Look, width_pt: float, *, beside: bool, most_pt: float = math.inf
) -> Layout | None:
    """Lay out the ledger of a report; None where no distance was stated and none can be measured.

    Headings stand `beside` the scale, to its left, or above it. Of several scopes those that fit
    into `most_pt` are shown, the first in any case.
    """
    scopes = [scope for scope in view.scopes if scope.lower_bound_km is not None]
    if not scopes:
        return None
    highest_km, step_km = scale_to(
        max(length_km for scope in scopes for length_km in _shown_km(view, scope))
    )
    rule = Ruler(look, width_pt * 0.2 if beside else 0.0, width_pt * 0.985, highest_km)
    rows = [
        row_of(view, scope, rule, _heading(scope, rule, beside=beside), beside=beside)
        for scope in scopes
    ]
    axis = look.size.note.line_pt + 8 * look.size.unit_pt
    while len(rows) > 1 and sum(row.height for row in rows) + axis > most_pt:
        rows.pop()
    height = sum(row.height for row in rows) + axis
    return Layout(tuple(rows), len(scopes) - len(rows), rule, step_km, height)


def _shown_km(view: ReportView, scope: ScopeView) -> list[float]:
    """Lengths that the scale must hold."""
    stated = [judgement.stated_km for _, judgement in view.weighed_in(scope)]
    plausible = [] if scope.plausible_km is None else [scope.plausible_km.high95]
    return [*stated, *plausible, scope.lower_bound_km or 0.0, _network_km(scope) or 0.0]


def _network_km(scope: ScopeView) -> float | None:
    return None if scope.by_network is None else scope.by_network.length_km


def row_of(view: ReportView, scope: ScopeView, rule: Ruler, head: Tag, *, beside: bool) -> Row:
    """Lay out the row of a scope with its heading beside the scale or above it."""
    unit = rule.look.size.unit_pt
    weighed = view.weighed_in(scope)
    top = head.height + GAP_PX * unit
    above, depth = _above(view, weighed, rule, 0.0 if beside else top)
    bar_top = depth + TICK_PX * unit
    gap = _gap(scope, weighed)
    below, bottom = _below(scope, gap, rule, bar_top + (BAR_PX + TICK_PX) * unit)
    height = max(bottom, top if beside else 0.0) + 9 * unit
    if beside:
        lowest = max(0.0, height - 9 * unit - head.height)
        head = moved(head, min(bar_top - BAR_PX * unit * 0.4, lowest))
    return Row(
        heading=(head,),
        tags=(*above, *below),
        bound_km=scope.lower_bound_km,
        plausible_km=None
        if (range_km := scope.plausible_km) is None
        else (range_km.low95, range_km.high95),
        stated_km=tuple(
            (
                judgement.stated_km,
                tag.box[3],
                judgement.verdict in STRICT,
                claim.wording.row.reaches,
            )
            for (claim, judgement), tag in zip(weighed, above, strict=True)
        ),
        gap=gap,
        bar_top=bar_top,
        height=max(height, head.box[3] + 9 * unit),
        network_km=_network_km(scope),
    )


def _heading(scope: ScopeView, rule: Ruler, *, beside: bool) -> Tag:
    """Name of a scope as the heading of its row; what it says of a flight is smaller where there is little room."""
    look = rule.look
    strong, note = look.size.text.strong(), look.size.note
    text = look.words.capital(scope.label)
    label, _, aside = text.partition("(")
    room = rule.left * 0.9 if beside else rule.right
    whole = label.strip() if beside else text
    lines = [(line, strong, look.palette.ink) for line in wrapped(whole, strong, room)]
    if aside and beside:
        lines += [
            (line, note, look.palette.muted) for line in wrapped(aside.rstrip(")"), note, room)
        ]
    return Tag(tuple(lines), 0.0, 0.0, "left", room)


def _above(
    view: ReportView, weighed: Weighed, rule: Ruler, top: float
) -> tuple[tuple[Tag, ...], float]:
    """Tags of the claims, each over its dot; where two would meet, one is moved up."""
    stated_km = [judgement.stated_km for _, judgement in weighed]
    tags = parted([_claim_tag(view, *pair, rule) for pair in weighed], stated_km, rule)
    placed, depth = stacked(tags, GAP_PX * rule.look.size.unit_pt)
    return tuple(moved(tag, top + depth - 2 * tag.top - tag.height) for tag in placed), top + depth


def _claim_tag(view: ReportView, claim: ClaimView, judgement: JudgementView, rule: Ruler) -> Tag:
    look = rule.look
    words, palette, note = look.words, look.palette, look.size.note
    strong, room = look.size.text.strong(), CLAIM_PX * look.size.unit_pt
    stated = words.quoted(words.say(claim.stated))
    lines = [(line, strong, palette.ink) for line in balanced(stated, strong, room)]
    lines += [
        (line, note, palette.muted) for line in balanced(view.stated_by(claim, words), note, room)
    ]
    verdict = balanced(words.verdict(judgement), note.strong(), room)
    lines += [(line, note.strong(), verdict_colour(judgement.verdict, look)) for line in verdict]
    if claim.fits_in is not None and judgement is claim.judgements[0]:
        also = f"{words.word('verdict.consistent')} {words.say(claim.fits_in.label)}"
        lines += [(line, note, palette.blue) for line in balanced(also, note, room)]
    width = max(widest([text], style) for text, style, _ in lines)
    middle = min(
        max(rule.x(judgement.stated_km), rule.left + width / 2), rule.right * 1.015 - width / 2
    )
    return Tag(tuple(lines), middle, 0.0, "center", width)


def verdict_colour(verdict: Verdict, look: Look) -> str:
    """Colour of a verdict; it is written out, so that nobody needs the colour."""
    if verdict in STRICT:
        return look.palette.red
    return look.palette.blue if verdict is Verdict.CONSISTENT else look.palette.muted


def _gap(scope: ScopeView, weighed: Weighed) -> Gap | None:
    """From where to where the way reaches that nobody has told of, up to the lowest claim that is above."""
    above = [judgement for _, judgement in weighed if judgement.verdict is Verdict.ABOVE_PLAUSIBLE]
    if scope.plausible_km is None or not above:
        return None
    lowest = min(above, key=lambda judgement: judgement.stated_km)
    return Gap(scope.plausible_km.high95, lowest.stated_km, lowest.unexplained_km)


def _below(
    scope: ScopeView, gap: Gap | None, rule: Ruler, top: float
) -> tuple[tuple[Tag, ...], float]:
    look = rule.look
    words, palette = look.words, look.palette
    tags = []
    inside: list[Tag] = []
    if scope.lower_bound_km is not None:
        said = (
            words.word("verdict.impossible_short"),
            words.word("page.ledger_below", km=words.kilometres(scope.lower_bound_km)),
        )
        tags.append(_line_tag(" ".join(said), palette.muted, scope.lower_bound_km, rule, "right"))
    if scope.plausible_km is not None:
        fits = words.range_km(scope.plausible_km.low95, scope.plausible_km.high95, "range")
        text = f"{words.word('verdict.consistent')} {fits}"
        tags.append(_line_tag(text, palette.blue, scope.plausible_km.low95, rule, "left"))
    if gap is not None:
        text = words.word("page.ledger_gap", km=words.kilometres(gap.length_km))
        tag = _line_tag(text, palette.red, gap.end_km, rule, "right")
        start, end = rule.x(gap.start_km), rule.x(gap.end_km)
        if tag.width + 2 * GAP_PX * look.size.unit_pt < end - start:
            middle = top - (TICK_PX + BAR_PX / 2 + _LOWER_PX) * look.size.unit_pt
            inside.append(
                Tag(tag.lines, (start + end) / 2, middle - tag.height, "center", tag.width)
            )
        else:
            tags.append(tag)
    if (network_km := _network_km(scope)) is not None:
        tags.append(
            _line_tag(words.say(scope.by_network_tick), palette.muted, network_km, rule, "left")
        )
    placed, depth = stacked(tags, look.size.note.size_pt * 0.2)
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
