"""The ledger drawn, as the page has it: bars, marks and texts where `ledger_layout` puts them."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from escape_route.publish.figure import ruler
from escape_route.publish.figure.ledger_layout import BAR_PX, TICK_PX, Layout, Row
from escape_route.publish.figure.pen import Ink, put_lines
from escape_route.publish.figure.sizes import Look


def draw(axes: Axes, layout: Layout, look: Look, width_pt: float | None = None) -> None:
    """Draw a ledger into axes, which come to count in points from their lower left corner, over a width if more.

    Where one reads from right to left they count from the right, so that all of it is mirrored but
    the letters.
    """
    ends = (0, width_pt or layout.rule.right / 0.985)
    axes.set(xlim=ends[::-1] if look.words.is_rtl else ends, ylim=(0, layout.height))
    axes.set_axis_off()
    top = layout.height
    marks = [layout.rule.x(tick) for tick in _ticks_km(layout)]
    for n, row in enumerate(layout.rows):
        if row.bound_km is not None or row.stated_km:
            # No line runs through a heading that stands over the scale, and not beside it.
            headed_pt = max(
                (tag.box[3] for tag in row.heading if tag.box[2] > layout.rule.left), default=0.0
            )
            ruler.grid(axes, marks, top - row.height, top - headed_pt, look)
        if n:
            axes.plot([0, layout.rule.right], [top, top], color=look.palette.rule, lw=0.6, zorder=1)
        _draw_row(axes, row, layout, look, top - 4 * look.size.unit_pt * bool(n))
        top -= row.height
    _axis(axes, layout, look, top)


def _axis(axes: Axes, layout: Layout, look: Look, top: float) -> None:
    unit, rule = look.size.unit_pt, layout.rule
    axes.plot(
        [rule.left, rule.right], [top, top], color=look.palette.muted, lw=1.0 * unit, zorder=2
    )
    is_short = rule.highest_km < 1
    texts = [look.words.number(tick * 1000 if is_short else tick) for tick in _ticks_km(layout)]
    texts[0] = look.words.word("unit.m" if is_short else "unit.km", n=texts[0])
    marked = [(rule.x(tick), text) for tick, text in zip(_ticks_km(layout), texts, strict=True)]
    ruler.marks(axes, marked, top, look)


def _ticks_km(layout: Layout) -> list[float]:
    return [
        float(tick)
        for tick in np.arange(0, layout.rule.highest_km + layout.step_km / 2, layout.step_km)
    ]


def _draw_row(axes: Axes, row: Row, layout: Layout, look: Look, top: float) -> None:
    palette, unit = look.palette, look.size.unit_pt
    low, high = top - row.bar_top - BAR_PX * unit, top - row.bar_top
    for tag in (*row.heading, *row.tags):
        y = top - tag.top
        for text, style, colour in tag.lines:
            y = put_lines(axes, (tag.x, y), [text], style, Ink(colour, tag.align, palette.paper))
    bars = [] if row.bound_km is None else [(0.0, row.bound_km, palette.stone)]
    bars += [] if row.plausible_km is None else [(*row.plausible_km, palette.blue)]
    for start, end, colour in bars:
        left, right = layout.rule.x(start), layout.rule.x(end)
        axes.add_patch(
            Rectangle((left, low), right - left, high - low, fc=colour, ec="none", zorder=3)
        )
    if row.bound_km is not None or row.stated_km:
        axes.plot(
            [layout.rule.x(0), layout.rule.right],
            [low, low],
            color=palette.muted,
            lw=0.9 * unit,
            zorder=4,
        )
    _marks(axes, row, layout, look, (low, high))


def _marks(axes: Axes, row: Row, layout: Layout, look: Look, bar: tuple[float, float]) -> None:
    palette, unit = look.palette, look.size.unit_pt
    low, high = bar
    middle = (low + high) / 2
    if row.network_km is not None:
        x = layout.rule.x(row.network_km)
        axes.plot(
            [x, x], [low - TICK_PX * unit, middle], color=palette.muted, lw=0.9 * unit, zorder=5
        )
    if row.gap is not None:
        ends = [layout.rule.x(value) for value in (row.gap.start_km, row.gap.end_km)]
        axes.plot(
            ends,
            [middle, middle],
            color=palette.red,
            lw=1.8 * unit,
            ls=(0, (0.1, 2.2)),
            dash_capstyle="round",
            zorder=5,
        )
    for value, tag_bottom, is_unfit, reaches in row.stated_km:
        x = layout.rule.x(value)
        if reaches:
            end = layout.rule.right if reaches == "above" else layout.rule.x(0)
            colour = palette.red if is_unfit else palette.ink
            axes.plot([x, end], [middle, middle], color=colour, lw=2.2 * unit, zorder=5)
        over = high + row.bar_top - tag_bottom
        axes.plot([x, x], [middle, over], color=palette.ink, lw=0.9 * unit, zorder=5)
        axes.plot(
            x,
            middle,
            "o",
            color=palette.red if is_unfit else palette.ink,
            ms=8.5 * unit,
            mec=palette.paper,
            mew=1.3 * unit,
            zorder=6,
        )
