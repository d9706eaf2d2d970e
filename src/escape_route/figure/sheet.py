"""A whole figure: heading, map, signs, ledger and caption, laid out for a size and drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from escape_route.figure import caption as captions
from escape_route.figure import chart, comparison, ledger, ledger_layout, signs
from escape_route.figure.chart import Part
from escape_route.figure.pen import Ink, put_lines
from escape_route.figure.scene import best_aspect, scene
from escape_route.figure.sizes import Size, SizeName
from escape_route.figure.writing import PT_PER_MM, SERIF, STRONG, Style, balanced, without_orphan, wrapped
from escape_route.model import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.axes import Axes

    from escape_route.comparing import Comparison
    from escape_route.figure.chart import Look
    from escape_route.figure.scene import Scene
    from escape_route.report import Report

_TALL, _BESIDE = 0.72, 1.2
"""Width over height of the tallest map, and below which a map stands beside the text instead of under it."""
_LEAST_MAP_MM = 130.0
_TOLD = (1.15, 1.0)
"""How much larger than other texts the summary may be."""
_SHRINKS = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7)


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a figure: its height in points, the gap above it, and how it is drawn from its upper left corner."""

    height: float
    gap: float
    draw: Callable[[Sheet, float, float], None]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper: a figure with axes all over it that count in points from the lower left corner."""

    figure: Figure
    axes: Axes
    width: float
    height: float

    @classmethod
    def of(cls, width: float, height: float, colour: str) -> Sheet:
        """Empty paper of a size in points."""
        figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor=colour)
        axes = figure.add_axes((0, 0, 1, 1), zorder=1)
        axes.set(xlim=(0, width), ylim=(0, height))
        axes.set_axis_off()
        return cls(figure, axes, width, height)

    def inset(self, left: float, top: float, width: float, height: float) -> Axes:
        """Axes of their own with their upper left corner at a point counted from the upper left of the paper."""
        box = (left / self.width, 1 - (top + height) / self.height, width / self.width, height / self.height)
        return self.figure.add_axes(box)


def draw(report: Report, look: Look) -> Figure:
    """Draw the figure of a journey.

    Parameters
    ----------
    report
        On the journey as it is to be published.
    look
        Size, colours and language.

    Returns
    -------
    matplotlib.figure.Figure
        Without a canvas of pyplot: it is the caller's alone.
    """
    if look.part is not Part.WHOLE:
        return _alone(report, look)
    if look.size.height_mm is None:
        return _upright(report, look)
    for share in _SHRINKS:
        found = _slide(report, replace(look, size=shrunk(look.size, share)), last=share == _SHRINKS[-1])
        if found is not None:
            return found
    raise AssertionError("the last size is always drawn")


def _alone(report: Report, look: Look) -> Figure:
    """One part, edge to edge, as high as it comes out; the text around it has the rest."""
    width = look.size.width_mm * PT_PER_MM
    if look.part is Part.LEDGER:
        blocks = _ledger(report, look, width)[1:]
    else:
        bounds = (1.45, 1.75) if look.size.name is SizeName.PAGE else (look.size.least_aspect, look.size.most_aspect)
        shown = scene(report.journey, report.legs, best_aspect(report.journey, report.legs, *bounds))
        named = _named(shown, look, width)
        blocks = [*_map(shown, look, width, named), *_caption(report, shown, look, width, named)[1:]]
    blocks = [replace(blocks[0], gap=0.0), *blocks[1:]] if blocks else []
    sheet = Sheet.of(width, max(_depth(blocks), 1.0), look.palette.paper)
    _draw_all(sheet, blocks, 0.0, 0.0)
    return sheet.figure


def shrunk(size: Size, share: float) -> Size:
    """Same size with smaller writing."""

    def smaller(style: Style) -> Style:
        return replace(style, size_pt=style.size_pt * share)

    return replace(
        size,
        kicker=smaller(size.kicker),
        title=smaller(size.title),
        deck=smaller(size.deck),
        label=smaller(size.label),
        note=smaller(size.note),
        text=smaller(size.text),
        caption=smaller(size.caption),
    )


def _upright(report: Report, look: Look) -> Figure:
    """One under the other, as high as it comes out, and no higher than the size allows."""
    size = look.size
    width = size.inner_pt
    natural = best_aspect(report.journey, report.legs, _TALL, size.most_aspect)
    aside = size.name is SizeName.PAGE and natural < _BESIDE
    shown = scene(report.journey, report.legs, natural if aside else max(natural, size.least_aspect))
    below = _caption(report, shown, look, width)
    above, named = _above(report, shown, look, aside=aside, below=_depth(below))
    if named is not None and named.unnamed:
        below = _caption(report, shown, look, width, named)
        above, named = _above(report, shown, look, aside=aside, below=_depth(below))
        below = _caption(report, shown, look, width, named)
    blocks = [*above, *below]
    sheet = Sheet.of(size.width_mm * PT_PER_MM, _depth(blocks) + 2 * size.margin_pt, look.palette.paper)
    _draw_all(sheet, blocks, size.margin_pt, size.margin_pt)
    return sheet.figure


def _above(
    report: Report, shown: Scene | None, look: Look, *, aside: bool, below: float
) -> tuple[list[Block], chart.Map | None]:
    """All above a caption of a depth, and the names of the map in it."""
    size, width = look.size, look.size.inner_pt
    room = size.most_height_mm * PT_PER_MM - 2 * size.margin_pt - below
    if aside and shown is not None:
        weighed = _ledger(report, look, width, most=room - _LEAST_MAP_MM * PT_PER_MM)
        beside, names = _beside(report, shown, look, room - _depth(weighed))
        return [*beside, *weighed], names
    named = _named(shown, look, width)
    top = [*_heading(report, look, width), *_map(shown, look, width, named)]
    return [*top, *_ledger(report, look, width, most=room - _depth(top))], named


def _named(shown: Scene | None, look: Look, width: float) -> chart.Map | None:
    return None if shown is None else chart.names(shown, look, width)


def _depth(blocks: Sequence[Block]) -> float:
    return sum(block.height + block.gap for block in blocks)


def _beside(report: Report, shown: Scene, look: Look, room: float) -> tuple[list[Block], chart.Map]:
    """Title over all, below it the text at the left and a tall map at the right, as large as there is room for."""
    size, unit = look.size, look.size.unit_pt
    count = 2 if captions.kicker(report, look.words) else 1
    title = _heading(report, look, size.inner_pt)[:count]
    map_width = min(size.inner_pt * 0.66, (room - _depth(title) - 10 * unit) * shown.aspect)
    height = map_width / shown.aspect
    column = size.inner_pt - map_width - 16 * unit
    text = _heading(report, look, column)[count:]
    key = _flow(signs.flow(signs.of_map(shown, look), look, column, listed=True), look)
    text += _told(report, look, column, height - _depth([*text, key]))
    named = chart.names(shown, look, map_width)

    def drawn(sheet: Sheet, left: float, top: float) -> None:
        _draw_all(sheet, [replace(text[0], gap=0.0), *text[1:]], left, top - 3 * unit)
        _draw_all(sheet, [key], left, top + height - key.height - key.gap)
        axes = sheet.inset(left + size.inner_pt - map_width, top, map_width, height)
        chart.draw(axes, shown, look, map_width, named)

    return [*title, Block(max(height, _depth([*text, key])), 10 * unit, drawn)], named


def _slide(report: Report, look: Look, *, last: bool) -> Figure | None:
    """Map at the left from edge to edge, the rest beside it; None where there is too little room."""
    size = look.size
    width, height = size.width_mm * PT_PER_MM, (size.height_mm or 0) * PT_PER_MM
    natural = best_aspect(report.journey, report.legs, _TALL, 0.98)
    shown = scene(report.journey, report.legs, natural)
    map_width = height * natural if shown is not None else 0.0
    left = map_width + size.margin_pt * (0.8 if shown is not None else 1)
    room = width - left - size.margin_pt
    inner = height - 2 * size.margin_pt
    named = _named(shown, look, map_width)
    below = _caption(report, shown, look, room, named)
    above = [*_heading(report, look, room), *_signs(shown, look, room)]
    free = inner - _depth([*above, *below])
    above += _ledger(report, look, room, most=free) or _told(report, look, room, free)
    if _depth([*above, *below]) > inner and not last:
        return None
    sheet = Sheet.of(width, height, look.palette.paper)
    if shown is not None:
        chart.draw(sheet.inset(0, 0, map_width, height), shown, look, map_width, named)
    _draw_all(sheet, above, left, size.margin_pt)
    depth = _depth(below) - below[0].gap
    _draw_all(sheet, [replace(below[0], gap=0.0), *below[1:]], left, height - size.margin_pt - depth)
    return sheet.figure


def _told(report: Report, look: Look, width: float, free: float) -> list[Block]:
    """Summary of the journey, as large as the room allows; nothing where there is too little."""
    for share in _TOLD:
        style = replace(look.size.text, size_pt=look.size.text.size_pt * share, leading=1.38)
        lines = without_orphan(say(report.journey.summary, look.words.language), style, width)
        told = _text(lines, style, look.palette.ink, 11 * look.size.unit_pt)
        if _depth([told]) <= free:
            return [told]
    return []


def _draw_all(sheet: Sheet, blocks: Sequence[Block], left: float, top: float) -> None:
    for block in blocks:
        top += block.gap
        block.draw(sheet, left, top)
        top += block.height


def _text(lines: Sequence[str], style: Style, colour: str, gap: float) -> Block:
    def drawn(sheet: Sheet, left: float, top: float) -> None:
        put_lines(sheet.axes, (left, sheet.height - top), lines, style, Ink(colour))

    return Block(style.line_pt * len(lines), gap, drawn)


def _heading(report: Report, look: Look, width: float) -> list[Block]:
    size, palette, words = look.size, look.palette, look.words
    unit = size.unit_pt
    speaker, journey = words.speaker, report.journey
    blocks = []
    if over := captions.kicker(report, words):
        blocks.append(_text(wrapped(over, size.kicker, width), size.kicker, palette.muted, 0.0))
    blocks.append(
        _text(balanced(say(journey.title, words.language), size.title, width), size.title, palette.ink, 3 * unit)
    )
    if look.unprotected:
        blocks.append(
            _text(wrapped(words.own("figure.unprotected"), size.text, width), size.text, palette.red, 6 * unit)
        )
    if journey.care:
        care = without_orphan(say(journey.care, words.language), size.text, width)
        blocks.append(_text(care, size.text, palette.red, 6 * unit))
    blocks.append(_text(without_orphan(speaker.finding(report), size.deck, width), size.deck, palette.ink, 7 * unit))
    if aside := speaker.finding_aside(report):
        blocks.append(_text(without_orphan(aside, size.text, width), size.text, palette.muted, 4 * unit))
    return blocks


def _map(shown: Scene | None, look: Look, width: float, named: chart.Map | None) -> list[Block]:
    if shown is None:
        return []
    height = width / shown.aspect

    def drawn(sheet: Sheet, left: float, top: float) -> None:
        chart.draw(sheet.inset(left, top, width, height), shown, look, width, named)

    return [Block(height, 12 * look.size.unit_pt, drawn), *_signs(shown, look, width)]


def _signs(shown: Scene | None, look: Look, width: float) -> list[Block]:
    return [] if shown is None else [_flow(signs.flow(signs.of_map(shown, look), look, width), look)]


def _flow(found: signs.Flow, look: Look) -> Block:
    def drawn(sheet: Sheet, left: float, top: float) -> None:
        signs.draw(sheet.axes, found, look, (left, sheet.height - top))

    return Block(found.height, 9 * look.size.unit_pt, drawn)


def _ledger(report: Report, look: Look, width: float, most: float | None = None) -> list[Block]:
    unit = look.size.unit_pt
    title = Style(look.size.deck.size_pt * 1.08, STRONG, SERIF, 1.25)
    heading = _text([look.words.word("ledger_title")], title, look.palette.ink, 14 * unit)
    key = _flow(signs.flow(signs.of_ledger(look), look, width), look)
    beside = look.size.name is SizeName.PAGE
    free = math.inf if most is None else most - heading.height - heading.gap - key.height - key.gap - 12 * unit
    layout = ledger_layout.lay_out(report, look, width, beside=beside, most_pt=free)
    if layout is not None and layout.left_out:
        free -= look.size.note.line_pt + 6 * unit
        layout = ledger_layout.lay_out(report, look, width, beside=beside, most_pt=free)
    if layout is None:
        return []

    def drawn(sheet: Sheet, left: float, top: float) -> None:
        ledger.draw(sheet.inset(left, top, width, layout.height), layout, look)

    return [heading, replace(key, gap=4 * unit), Block(layout.height, 10 * unit, drawn), *_more(layout, look, width)]


def _more(layout: ledger_layout.Layout, look: Look, width: float) -> list[Block]:
    """What is said of parts that the ledger has no room for; nothing where it has all."""
    if not layout.left_out:
        return []
    key = "figure.more" if layout.left_out > 1 else "figure.more_one"
    lines = wrapped(look.words.own(key, n=str(layout.left_out)), look.size.note, width)
    return [_text(lines, look.size.note, look.palette.muted, 6 * look.size.unit_pt)]


def _caption(
    report: Report, shown: Scene | None, look: Look, width: float, named: chart.Map | None = None
) -> list[Block]:
    size, unit = look.size, look.size.unit_pt
    lines = [
        line
        for text in captions.caption(report, shown, look.words, named.unnamed if named else ())
        for line in wrapped(text, size.caption, width)
    ]
    rule = Block(0.0, 12 * unit, lambda sheet, left, top: _rule(sheet, left, top, width, look))
    return [rule, _text(lines, size.caption, look.palette.muted, 6 * unit)]


def _rule(sheet: Sheet, left: float, top: float, width: float, look: Look) -> None:
    y = sheet.height - top
    sheet.axes.plot([left, left + width], [y, y], color=look.palette.rule, lw=0.8)


def draw_comparison(found: Comparison, look: Look) -> Figure:
    """Draw journeys side by side, as a figure of a size.

    Parameters
    ----------
    found
        Journeys as they are to be published.
    look
        Size, colours and language. The height follows from the number of journeys, on a slide too.
    """
    size, words, unit = look.size, look.words, look.size.unit_pt
    width = size.inner_pt
    laid = comparison.lay_out(found, look, width)
    key = comparison.key(found, look)

    def drawn(sheet: Sheet, left: float, top: float) -> None:
        comparison.draw(sheet.inset(left, top, width, laid.layout.height), laid, look)

    blocks = [_text(balanced(words.own("compare.title"), size.title, width), size.title, look.palette.ink, 0.0)]
    if look.unprotected:
        warned = wrapped(words.own("figure.unprotected"), size.text, width)
        blocks.append(_text(warned, size.text, look.palette.red, 6 * unit))
    blocks += [_flow(signs.flow(key, look, width), look)] if key else []
    blocks.append(Block(laid.layout.height, 14 * unit, drawn))
    told = captions.of_comparison(found, words)
    lines = [line for text in told for line in wrapped(text, size.caption, width)]
    blocks.append(Block(0.0, 12 * unit, lambda sheet, left, top: _rule(sheet, left, top, width, look)))
    blocks.append(_text(lines, size.caption, look.palette.muted, 6 * unit))
    height = max(_depth(blocks) + 2 * size.margin_pt, (size.height_mm or 0) * PT_PER_MM)
    sheet = Sheet.of(size.width_mm * PT_PER_MM, height, look.palette.paper)
    _draw_all(sheet, blocks, size.margin_pt, size.margin_pt)
    return sheet.figure
