"""A whole figure: heading, map, signs, ledger and caption, laid out for a size and drawn."""

from __future__ import annotations

import math
from dataclasses import replace

from matplotlib.figure import Figure

from escape_route.language.comparison import Comparison
from escape_route.language.view import PublishedView
from escape_route.publish.figure import chart, comparison, signs
from escape_route.publish.figure.blocks import (
    Block,
    Sheet,
    caption,
    credit,
    depth_of,
    draw_all,
    draw_rule,
    flow_block,
    heading,
    ledger_with_title,
    map_with_signs,
    others,
    signs_of_map,
    summary,
    text_block,
    told,
    warning,
)
from escape_route.publish.figure.scene import Scene, best_aspect, scene
from escape_route.publish.figure.sizes import Look, Part, Size, SizeName
from escape_route.publish.figure.type import PT_PER_MM, Style, balanced, wrapped

_TALL, _BESIDE = 0.72, 1.2
"""Width over height of the tallest map, and below which a map stands beside the text instead of under it."""
_LEAST_MAP_MM = 130.0
_SHRINKS = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7)


def draw(view: PublishedView, look: Look) -> Figure:
    """Draw the figure of a journey. It has no canvas of pyplot: it is the caller's alone."""
    if look.part is not Part.WHOLE:
        return _alone(view, look)
    if look.size.height_mm is None:
        return _upright(view, look)
    natural = best_aspect(view.journey, view.legs, _TALL, 0.98)
    shown = scene(view.journey, view.legs, natural)
    for share in _SHRINKS:
        smaller = replace(look, size=shrunk(look.size, share))
        slide = _slide(view, smaller, shown, natural, last=share == _SHRINKS[-1])
        if slide is not None:
            return slide
    raise AssertionError("the last size is always drawn")


def _alone(view: PublishedView, look: Look) -> Figure:
    """One part, edge to edge, as high as it comes out; the text around it has the rest."""
    width = look.size.width_mm * PT_PER_MM
    if look.part is Part.LEDGER:
        blocks = ledger_with_title(view, look, width)[1:]
    else:
        if look.size.name is SizeName.PAGE:
            bounds = (1.45, 1.75)
        else:
            bounds = (look.size.least_aspect, look.size.most_aspect)
        shown = scene(view.journey, view.legs, best_aspect(view.journey, view.legs, *bounds))
        named = _named(shown, look, width)
        blocks = [
            *map_with_signs(shown, look, width, named),
            *caption(view, shown, look, width, named)[1:],
        ]
    blocks = [replace(blocks[0], gap=0.0), *blocks[1:]] if blocks else []
    sheet = Sheet.of(width, max(depth_of(blocks), 1.0), look)
    draw_all(sheet, blocks, 0.0, 0.0)
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


def _upright(view: PublishedView, look: Look) -> Figure:
    """One under the other, as high as it comes out, and no higher than the size allows."""
    size, width = look.size, look.size.inner_pt
    natural = best_aspect(view.journey, view.legs, _TALL, size.most_aspect)
    aside = size.name is SizeName.PAGE and natural < _BESIDE
    shown = scene(view.journey, view.legs, natural if aside else max(natural, size.least_aspect))
    below = caption(view, shown, look, width)
    blocks, named = _stacked(view, shown, look, aside=aside, below=depth_of(below))
    if named is not None and named.unnamed:
        below = caption(view, shown, look, width, named)
        blocks, named = _stacked(view, shown, look, aside=aside, below=depth_of(below))
    sheet = Sheet.of(size.width_mm * PT_PER_MM, depth_of(blocks) + 2 * size.margin_pt, look)
    draw_all(sheet, blocks, size.margin_pt, size.margin_pt)
    return sheet.figure


def _stacked(
    view: PublishedView, shown: Scene | None, look: Look, *, aside: bool, below: float
) -> tuple[list[Block], chart.Map | None]:
    """All parts one under the other, with a caption of about a depth, and the names of the map."""
    size, width = look.size, look.size.inner_pt
    room = size.most_height_mm * PT_PER_MM - 2 * size.margin_pt - below
    if aside and shown is not None:
        weighed = ledger_with_title(view, look, width, most=room - _LEAST_MAP_MM * PT_PER_MM)
        beside, names, below_all = _beside(view, shown, look, room - depth_of(weighed))
        return [*beside, *weighed, *below_all], names
    named = _named(shown, look, width)
    top = [*heading(view, look, width), *map_with_signs(shown, look, width, named)]
    free = room - depth_of(top)
    weighed = ledger_with_title(view, look, width, most=free)
    return [
        *top,
        *(weighed or told(view, look, width, free)),
        *caption(view, shown, look, width, named),
    ], named


def _named(shown: Scene | None, look: Look, width: float) -> chart.Map | None:
    return None if shown is None else chart.names(shown, look, width)


def _beside(
    view: PublishedView, shown: Scene, look: Look, room: float
) -> tuple[list[Block], chart.Map, list[Block]]:
    """Title over all, below it the text at the left and a tall map at the right, as large as there is room for.

    Beside few words the caption stands in their column, which would be empty; else it is what comes
    after all.
    """
    size, unit = look.size, look.size.unit_pt
    count = 2 if look.words.kicker(view.journey) else 1
    title = heading(view, look, size.inner_pt)[:count]
    free = max(room - depth_of(title) - 10 * unit, _LEAST_MAP_MM * PT_PER_MM)
    map_width = min(size.inner_pt * 0.66, free * shown.aspect)
    height = map_width / shown.aspect
    column = size.inner_pt - map_width - 16 * unit
    text = heading(view, look, column)[count:]
    key = flow_block(signs.flow(signs.of_map(shown, look), look, column, listed=True), look)
    free = height - depth_of([*text, key])
    text += (
        summary(view, look, column, free)
        if view.method.has_lengths
        else told(view, look, column, free)
    )
    named = chart.names(shown, look, map_width)
    foot, after = [key, *caption(view, shown, look, column, named)], []
    if depth_of([*text, *foot]) > height:
        foot, after = [key], caption(view, shown, look, size.inner_pt, named)

    def drawn(sheet: Sheet, left: float, top: float) -> None:
        draw_all(sheet, [replace(text[0], gap=0.0), *text[1:]], left, top - 3 * unit)
        draw_all(sheet, foot, left, top + height - depth_of(foot))
        axes = sheet.inset(left + size.inner_pt - map_width, top, map_width, height)
        chart.draw(axes, shown, look, map_width, named)

    return [*title, Block(max(height, depth_of([*text, *foot])), 10 * unit, drawn)], named, after


def _slide(
    view: PublishedView, look: Look, shown: Scene | None, aspect: float, *, last: bool
) -> Figure | None:
    """Map at the left from edge to edge, the rest beside it; None where there is too little room."""
    size = look.size
    width, height = size.width_mm * PT_PER_MM, (size.height_mm or 0) * PT_PER_MM
    map_width = height * aspect if shown is not None else 0.0
    left = map_width + size.margin_pt * (0.8 if shown is not None else 1)
    room = width - left - size.margin_pt
    inner = height - 2 * size.margin_pt
    is_card = size.name is SizeName.CARD
    top = [*heading(view, look, room), *([] if is_card else signs_of_map(shown, look, room))]

    def above(below: list[Block]) -> list[Block]:
        free = inner - depth_of([*top, *below])
        if is_card:
            return [
                *top,
                *(others(view, look, room) if view.answers else summary(view, look, room, free)),
            ]
        return [
            *top,
            *(ledger_with_title(view, look, room, most=free) or told(view, look, room, free)),
        ]

    below = credit(view, shown, look, room) if is_card else caption(view, shown, look, room)
    if depth_of([*above(below), *below]) > inner and not last:
        return None  # before the names are placed, which takes longest
    named = _named(shown, look, map_width)
    if not is_card:
        below = caption(view, shown, look, room, named)
    text = above(below)
    if depth_of([*text, *below]) > inner and not last:
        return None
    sheet = Sheet.of(width, height, look)
    if shown is not None:
        chart.draw(sheet.inset(0, 0, map_width, height), shown, look, map_width, named)
    draw_all(sheet, text, left, size.margin_pt)
    depth = depth_of(below) - below[0].gap
    draw_all(sheet, [replace(below[0], gap=0.0), *below[1:]], left, height - size.margin_pt - depth)
    return sheet.figure


def draw_comparison(comparison: Comparison, look: Look) -> Figure:
    """Draw journeys side by side, in smaller letters where they would be higher than a slide."""
    high = (look.size.height_mm or math.inf) * PT_PER_MM
    for share in _SHRINKS:
        smaller = replace(look, size=shrunk(look.size, share))
        blocks = _compared(comparison, smaller)
        if (depth := depth_of(blocks) + 2 * look.size.margin_pt) <= high:
            break
    sheet = Sheet.of(
        look.size.width_mm * PT_PER_MM, depth if math.isinf(high) else max(depth, high), smaller
    )
    draw_all(sheet, blocks, look.size.margin_pt, look.size.margin_pt)
    return sheet.figure


def _compared(compared: Comparison, look: Look) -> list[Block]:
    """Title, rows and caption of journeys side by side."""
    size, words, unit = look.size, look.words, look.size.unit_pt
    width = size.inner_pt
    laid = comparison.lay_out(compared, look, width)

    def drawn(sheet: Sheet, left: float, top: float) -> None:
        comparison.draw(sheet.inset(left, top, width, laid.layout.height), laid, look)

    blocks = [
        text_block(
            balanced(words.word("compare.title"), size.title, width),
            size.title,
            look.palette.ink,
            0.0,
            width,
        )
    ]
    blocks += warning(compared.mark, look, width)
    blocks.append(Block(laid.layout.height, 14 * unit, drawn))
    lines = wrapped(comparison.caption_of(compared, laid.maps, words), size.caption, width)
    blocks.append(
        Block(0.0, 12 * unit, lambda sheet, left, top: draw_rule(sheet, left, top, width, look))
    )
    return [*blocks, text_block(lines, size.caption, look.palette.muted, 6 * unit, width)]
