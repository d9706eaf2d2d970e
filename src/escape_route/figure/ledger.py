"""The ledger: what was stated and what geometry makes of it, on one scale of kilometres, as the page has it.

It is laid out in points first and drawn after, so that its height is known and no two of its texts meet.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle

from escape_route import sentences
from escape_route.claims import Verdict, value_m
from escape_route.figure.chart import hatched
from escape_route.figure.pen import Ink, put_lines
from escape_route.figure.writing import balanced, widest, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from escape_route.claims import Judgement
    from escape_route.figure.chart import Look
    from escape_route.figure.pen import Align
    from escape_route.figure.writing import Style
    from escape_route.model import Claim
    from escape_route.report import Report, ScopeReport

BAR_PX, TICK_PX, GAP_PX, CLAIM_PX = 23.0, 6.0, 5.0, 170.0
_TICK_STEPS_KM = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10_000)
_MOST_TICKS = 8


@dataclass(frozen=True, slots=True)
class Tag:
    """A text of the ledger: lines, each with style and colour, at a box in points within its row, counted downwards."""

    lines: tuple[tuple[str, Style, str], ...]
    x: float
    top: float
    align: Align
    width: float

    @property
    def height(self) -> float:
        """Height in points."""
        return sum(style.line_pt for _, style, _ in self.lines)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom in points, downwards."""
        left = self.x - {"left": 0.0, "center": self.width / 2, "right": self.width}[self.align]
        return left, self.top, left + self.width, self.top + self.height


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
    """The ledger in points: its rows and how many had no room, the scale, and how far it lies from the left."""

    rows: tuple[Row, ...]
    left_out: int
    highest_km: float
    step_km: float
    left: float
    width: float
    height: float

    def x(self, value_km: float) -> float:
        """Where a length lies, in points from the left."""
        return self.left + (self.width - self.left) * value_km / self.highest_km


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
    return Layout(tuple(rows), len(scopes) - len(rows), highest, step, left, width_pt * 0.985, height)


@dataclass(frozen=True, slots=True)
class Ruler:
    """Scale of kilometres between two ends in points."""

    look: Look
    left: float
    right: float
    highest_km: float

    def x(self, value_km: float) -> float:
        """Where a length lies, in points."""
        return self.left + (self.right - self.left) * value_km / self.highest_km


def _scale(report: Report, scopes: list[ScopeReport]) -> tuple[float, float]:
    """Highest value of the scale and the step of its marks, in km: round, the last mark beyond all that is shown."""
    values = [value_m(claim) / 1000 for scope in scopes for claim, _ in claims_of(report, scope)]
    values += [scope.plausible.high95_m / 1000 for scope in scopes if scope.plausible is not None]
    values += [scope.bound.bound_m / 1000 for scope in scopes if scope.bound is not None]
    return scale_to(max(values))


def scale_to(most: float) -> tuple[float, float]:
    """Highest value of a scale that holds a length, and the step of its marks, in km."""
    most = max(most, 1.0)
    step = next((step for step in _TICK_STEPS_KM if most / step <= _MOST_TICKS), most / _MOST_TICKS)
    return math.ceil(most * 1.04 / step) * step, step


def claims_of(report: Report, scope: ScopeReport) -> list[tuple[Claim, Judgement]]:
    """Claims that are judged in a scope, each with its judgement."""
    return [
        (item.claim, judgement)
        for item in report.claims
        for judgement, other in report.judged(item)
        if other.key == scope.key
    ]


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
        _moved(head, min(bar_top - BAR_PX * unit * 0.4, max(0.0, height - 9 * unit - head.height))) if beside else head
    )
    height = max(height, head.box[3] + 9 * unit)
    plausible = scope.plausible
    marks = None
    if plausible is not None:
        lengths = (plausible.low95_m, plausible.low50_m, plausible.median_m, plausible.high50_m, plausible.high95_m)
        low95, low50, median, high50, high95 = (sentences.rounded(length / 1000) for length in lengths)
        marks = (low95, low50, median, high50, high95)
    bound = None if scope.bound is None else sentences.rounded_down(scope.bound.bound_m / 1000)
    stated = tuple((value_m(claim) / 1000, _tag_top(above, n)) for n, (claim, _) in enumerate(claims_of(report, scope)))
    return Row((head,), (*above, *below), bound, marks, stated, gap, bar_top, height)


def _tag_top(tags: tuple[Tag, ...], index: int) -> float:
    return tags[index].box[3] if index < len(tags) else 0.0


def _moved(tag: Tag, by: float) -> Tag:
    return replace(tag, top=tag.top + by)


def heading_of(report: Report, scope: ScopeReport, rule: Ruler, *, beside: bool) -> Tag:
    """Name of a scope as the heading of its row."""
    look = rule.look
    style = look.size.text.strong()
    room = rule.left * 0.9 if beside else rule.right
    text = look.words.speaker.scope(report, scope.key)
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
    claims = claims_of(report, scope)
    tags = _parted([_claim_tag(report, *each, rule) for each in claims], [value_m(claim) for claim, _ in claims], rule)
    placed, depth = _stacked(tags, GAP_PX * rule.look.size.unit_pt)
    return tuple(_moved(tag, top + depth - 2 * tag.top - tag.height) for tag in placed), top + depth


def _parted(tags: list[Tag], values_m: list[float], rule: Ruler) -> list[Tag]:
    """Tags of two claims that lie close set to the left and to the right of their dots, if there is room for both."""
    gap = GAP_PX * rule.look.size.unit_pt
    order = sorted(range(len(tags)), key=lambda n: values_m[n])
    found = list(tags)
    for one, other in pairwise(order):
        first, second = found[one], found[other]
        if first.align != "center" or second.align != "center" or first.box[2] + 2 * gap <= second.box[0]:
            continue
        left, right = rule.x(values_m[one] / 1000) + gap, rule.x(values_m[other] / 1000) - gap
        if right - left > -2 * gap and left - first.width >= 0 and right + second.width <= rule.right * 1.015:
            found[one], found[other] = (
                replace(first, x=left - gap / 2, align="right"),
                replace(second, x=right + gap / 2, align="left"),
            )
    return found


def _stacked(tags: list[Tag], gap: float) -> tuple[list[Tag], float]:
    """Tags put one under another where they would meet, and the depth that they come to."""
    done: list[Tag] = []
    for tag in tags:
        top = 0.0
        for other in sorted(done, key=lambda each: each.top):
            box = _moved(tag, top - tag.top).box
            if box[0] < other.box[2] + 2 * gap and other.box[0] - 2 * gap < box[2] and box[1] < other.box[3] + gap:
                top = max(top, other.box[3] + gap)
        done.append(_moved(tag, top - tag.top))
    return done, max((tag.box[3] for tag in done), default=0.0)


def _claim_tag(report: Report, claim: Claim, judgement: Judgement, rule: Ruler) -> Tag:
    look = rule.look
    words, palette, size = look.words, look.palette, look.size
    strong, room = size.text.strong(), CLAIM_PX * size.unit_pt
    stated = words.own("figure.quoted", n=words.speaker.stated(claim))
    verdict = words.speaker.verdict(judgement.verdict)
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
    above = [pair for pair in claims_of(report, scope) if pair[1].verdict is Verdict.ABOVE_PLAUSIBLE]
    if not above:
        return None
    claim, own = min(above, key=lambda pair: value_m(pair[0]))
    untold_km = sentences.rounded_down(own.edge_m / 1000, 2)
    return sentences.rounded(scope.plausible.high95_m / 1000), value_m(claim) / 1000, untold_km


def _below(
    scope: ScopeReport, gap: tuple[float, float, float] | None, rule: Ruler, top: float
) -> tuple[tuple[Tag, ...], float]:
    look = rule.look
    words, palette, style = look.words, look.palette, look.size.note
    tags = []
    if scope.bound is not None:
        bound = sentences.rounded_down(scope.bound.bound_m / 1000)
        tags.append(_line_tag(words.word("ledger_bound", km=words.number(bound)), palette.ink, bound, rule, "right"))
    if scope.plausible is not None:
        low, high = (sentences.rounded(x / 1000) for x in (scope.plausible.low95_m, scope.plausible.high95_m))
        text = words.word("ledger_plausible", low=words.number(low), high=words.number(high))
        tags.append(_line_tag(text, palette.blue, low, rule, "left"))
    inside: list[Tag] = []
    if gap is not None:
        text = words.word("ledger_gap", km=words.number(gap[2]))
        tag = _line_tag(text, palette.amber, gap[1], rule, "right")
        start, end = rule.x(gap[0]), rule.x(gap[1])
        if tag.width + 2 * GAP_PX * look.size.unit_pt < end - start:
            middle = top - (TICK_PX + BAR_PX / 2 + 2.5) * look.size.unit_pt
            inside.append(Tag(tag.lines, (start + end) / 2, middle - tag.height, "center", tag.width))
        else:
            tags.append(tag)
    placed, depth = _stacked(tags, style.size_pt * 0.2)
    return (*(_moved(tag, top) for tag in placed), *inside), top + depth


def _line_tag(text: str, colour: str, at_km: float, rule: Ruler, align: Align) -> Tag:
    style = rule.look.size.note
    width = widest([text], style)
    at = rule.x(at_km)
    if align == "right" and at - width < rule.left:
        at = rule.left + width
    if align == "left" and at + width > rule.right:
        at = rule.right - width
    return Tag(((text, style, colour),), at, 0.0, align, width)


def draw(axes: Axes, layout: Layout, look: Look) -> None:
    """Draw a ledger into axes, which come to count in points from their lower left corner."""
    axes.set(xlim=(0, layout.width / 0.985), ylim=(0, layout.height))
    axes.set_axis_off()
    top = layout.height
    _grid(axes, layout, look)
    for n, row in enumerate(layout.rows):
        if n:
            axes.plot([0, layout.width], [top, top], color=look.palette.rule, lw=0.6, zorder=1)
        _draw_row(axes, row, layout, look, top - 4 * look.size.unit_pt * bool(n))
        top -= row.height
    _axis(axes, layout, look, top)


def _grid(axes: Axes, layout: Layout, look: Look) -> None:
    ticks = np.arange(0, layout.highest_km + layout.step_km / 2, layout.step_km)
    low = look.size.note.line_pt + 4 * look.size.unit_pt
    lines = [[(layout.x(tick), low), (layout.x(tick), layout.height)] for tick in ticks]
    axes.add_collection(LineCollection(lines, color=look.palette.rule, linewidth=0.5, zorder=0), autolim=False)


def _axis(axes: Axes, layout: Layout, look: Look, top: float) -> None:
    unit, palette = look.size.unit_pt, look.palette
    axes.plot([layout.left, layout.width], [top, top], color=palette.muted, lw=1.0 * unit, zorder=2)
    ticks = [float(tick) for tick in np.arange(0, layout.highest_km + layout.step_km / 2, layout.step_km)]
    texts = [look.words.number(tick) if tick else look.words.km(tick) for tick in ticks]
    marks(axes, [(layout.x(tick), text) for tick, text in zip(ticks, texts, strict=True)], top, look)


def marks(axes: Axes, ticks: Sequence[tuple[float, str]], top: float, look: Look) -> None:
    """Draw the marks of a scale, given from left to right, and write what there is room for: the ends in any case."""
    unit, style, right = look.size.unit_pt, look.size.note, ticks[-1][0]
    taken: list[tuple[float, float]] = []
    for n in (0, len(ticks) - 1, *range(1, len(ticks) - 1)):
        x, text = ticks[n]
        axes.plot([x, x], [top, top - 4 * unit], color=look.palette.muted, lw=1.0 * unit, zorder=2)
        wide = widest([text], style)
        left = min(max(x - wide / 2, 0.0), right - wide)
        if all(left > end + 4 * unit or left + wide < start - 4 * unit for start, end in taken):
            put_lines(axes, (left, top - 5 * unit), [text], style, Ink(look.palette.muted))
            taken.append((left, left + wide))


def _draw_row(axes: Axes, row: Row, layout: Layout, look: Look, top: float) -> None:
    palette, unit = look.palette, look.size.unit_pt
    low, high = top - row.bar_top - BAR_PX * unit, top - row.bar_top
    for tag in (*row.heading, *row.tags):
        y = top - tag.top
        for text, style, colour in tag.lines:
            y = put_lines(axes, (tag.x, y), [text], style, Ink(colour, tag.align, palette.paper))
    if row.bound_km is not None:
        box = shapely.box(layout.x(0), low, layout.x(row.bound_km), high)
        lines = [shapely.get_coordinates(part) for part in shapely.get_parts(hatched(box, 6 * unit))]
        axes.add_collection(LineCollection(lines, color=palette.muted, alpha=0.6, linewidth=0.7 * unit), autolim=False)
    if row.plausible_km is not None:
        low95, low50, median, high50, high95 = map(layout.x, row.plausible_km)
        for start, end, cover in ((low95, high95, 0.17), (low50, high50, 0.36)):
            axes.add_patch(
                Rectangle((start, low), end - start, high - low, fc=(palette.blue, cover), ec="none", zorder=3)
            )
        axes.plot([median, median], [low, high], color=palette.blue, lw=1.8 * unit, zorder=4)
    if row.bound_km is not None or row.stated_km:
        axes.plot([layout.x(0), layout.width], [low, low], color=palette.muted, lw=0.9 * unit, zorder=4)
    _marks(axes, row, layout, look, (low, high))


def _marks(axes: Axes, row: Row, layout: Layout, look: Look, bar: tuple[float, float]) -> None:
    palette, unit = look.palette, look.size.unit_pt
    low, high = bar
    middle = (low + high) / 2
    if row.bound_km is not None:
        x = layout.x(row.bound_km)
        axes.plot([x, x], [low - TICK_PX * unit, high + 3 * unit], color=palette.ink, lw=2 * unit, zorder=5)
    if row.gap_km is not None:
        ends = [layout.x(value) for value in row.gap_km[:2]]
        axes.plot(
            ends,
            [middle, middle],
            color=palette.amber,
            lw=1.8 * unit,
            ls=(0, (0.1, 2.2)),
            dash_capstyle="round",
            zorder=5,
        )
    for value, tag_bottom in row.stated_km:
        x = layout.x(value)
        over = high + row.bar_top - tag_bottom
        axes.plot([x, x], [middle, over], color=palette.ink, lw=0.9 * unit, zorder=5)
        axes.plot(x, middle, "o", color=palette.ink, ms=8.5 * unit, mec=palette.paper, mew=1.3 * unit, zorder=6)
