"""The signs of a map, explained: only those that it uses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely
from matplotlib.patches import Polygon

from escape_route.publish.figure.pen import (
    BAND_PX,
    Ink,
    dash,
    feathered,
    leg_width_px,
    put_lines,
    soft_widths,
)
from escape_route.publish.figure.type import widest, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from shapely.geometry.base import BaseGeometry

    from escape_route.model.modes import Mode
    from escape_route.publish.figure.scene import Scene
    from escape_route.publish.figure.sizes import Look

SWATCH_PX, SWATCH_HIGH_PX = 34.0, 13.0
_GAP_PX, _APART_PX = 7.0, 18.0


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign: what it means, and how it is drawn into a box (left, bottom, width, height) in points."""

    text: str
    draw: Callable[[Axes, tuple[float, float, float, float], Look], None]
    swatch_px: float = SWATCH_PX


@dataclass(frozen=True, slots=True)
class Flow:
    """Signs laid out in lines: each with its left edge, its top and the lines of its text."""

    signs: tuple[tuple[Sign, float, float, tuple[str, ...]], ...]
    height: float
    listed: bool


def of_map(scene: Scene, look: Look) -> list[Sign]:
    """Signs that a map uses."""
    word = look.words.word
    signs = []
    if any(not place.areas.is_empty and not place.disc for place in scene.places):
        signs.append(Sign(word("page.legend_footprint"), _footprint))
    if any(place.disc for place in scene.places):
        signs.append(Sign(word("page.legend_disc"), _disc, 15.0))
    if any(not place.lines.is_empty for place in scene.places):
        signs.append(Sign(look.words.word("figure.legend_line"), _band))
    if any(place.pin for place in scene.places):
        signs.append(Sign(word("page.legend_pin"), _pin, 10.0))
    modes = dict.fromkeys((leg.mode, leg.traced) for leg in scene.legs)
    signs += [
        Sign(word(f"mode.{mode}"), _leg(mode))
        for mode in dict.fromkeys(m for m, traced in modes if not traced)
    ]
    if any(traced for _, traced in modes):
        signs.append(Sign(look.words.word("figure.legend_track"), _track))
    sketch = next((leg.mode for leg in scene.legs if leg.sketched), None)
    if sketch is not None:
        signs.append(Sign(look.words.word("figure.legend_sketch"), _leg(sketch)))
    return signs


def flow(signs: Sequence[Sign], look: Look, width_pt: float, *, listed: bool = False) -> Flow:
    """Lay signs out in as few lines as they need, about equally long; or each on a line of its own."""
    full = _flow(signs, look, width_pt, listed=listed)
    if listed or not signs:
        return full
    low, high = 0.0, width_pt
    while high - low > width_pt / 64:
        middle = (low + high) / 2
        narrower = _flow(signs, look, middle, listed=False)
        low, high = (low, middle) if narrower.height <= full.height else (middle, high)
    return _flow(signs, look, high, listed=False)


def _flow(signs: Sequence[Sign], look: Look, width_pt: float, *, listed: bool) -> Flow:
    unit, style = look.size.unit_pt, look.size.note
    placed: list[tuple[Sign, float, float, tuple[str, ...]]] = []
    x = top = high = 0.0
    for sign in signs:
        swatch = ((SWATCH_PX if listed else sign.swatch_px) + _GAP_PX) * unit
        lines = wrapped(sign.text, style, width_pt - swatch)
        wide = swatch + widest(lines, style)
        if x and (listed or x + wide > width_pt):
            x, top, high = 0.0, top + high + 3 * unit, 0.0
        placed.append((sign, x, top, tuple(lines)))
        high = max(high, style.line_pt * len(lines), SWATCH_HIGH_PX * unit)
        x += wide + _APART_PX * unit
    return Flow(tuple(placed), top + high, listed)


def draw(axes: Axes, flow: Flow, look: Look, top_left: tuple[float, float]) -> None:
    """Draw signs that were laid out into axes that count in points."""
    unit, style = look.size.unit_pt, look.size.note
    for sign, x, top, lines in flow.signs:
        left, high = top_left[0] + x, top_left[1] - top
        line = max(style.line_pt, SWATCH_HIGH_PX * unit)
        wide = (SWATCH_PX if flow.listed else sign.swatch_px) * unit
        box = (left, high - line / 2 - SWATCH_HIGH_PX * unit / 2, wide, SWATCH_HIGH_PX * unit)
        sign.draw(axes, box, look)
        text_top = high - (line - style.line_pt) / 2
        put_lines(
            axes, (left + wide + _GAP_PX * unit, text_top), lines, style, Ink(look.palette.muted)
        )


Box = tuple[float, float, float, float]


def _footprint(axes: Axes, box: Box, look: Look) -> None:
    area = shapely.box(box[0], box[1], box[0] + box[2], box[1] + box[3])
    _soft(axes, area, look, look.palette.tint * 1.5, box[3] / 5)


def _disc(axes: Axes, box: Box, look: Look) -> None:
    middle = shapely.Point(box[0] + box[2] / 2, box[1] + box[3] / 2)
    _soft(axes, middle.buffer(box[3] * 0.6), look, look.palette.disc, box[3] * 0.55)


def _soft(axes: Axes, area: BaseGeometry, look: Look, cover: float, depth: float) -> None:
    for layer, share in feathered(area, cover, depth):
        axes.add_patch(
            Polygon(shapely.get_coordinates(layer), fc=(look.palette.blue, share), ec="none")
        )


def _pin(axes: Axes, box: Box, look: Look) -> None:
    axes.plot(
        box[0] + box[2] / 2,
        box[1] + box[3] / 2,
        "o",
        color=look.palette.blue,
        ms=8 * look.size.unit_pt,
    )


def _middle(axes: Axes, box: Box, **how: object) -> None:
    y = box[1] + box[3] / 2
    axes.plot([box[0], box[0] + box[2]], [y, y], **how)  # type: ignore[arg-type]


def _band(axes: Axes, box: Box, look: Look) -> None:
    round_end = BAND_PX * look.size.unit_pt / 2
    box = (box[0] + round_end, box[1], box[2] - 2 * round_end, box[3])
    for width, share in soft_widths(BAND_PX * look.size.unit_pt, look.palette.band):
        _middle(axes, box, color=look.palette.blue, alpha=share, lw=width, solid_capstyle="round")


def _track(axes: Axes, box: Box, look: Look) -> None:
    _middle(axes, box, color=look.palette.blue, lw=2.2 * look.size.unit_pt, solid_capstyle="butt")


def _leg(mode: Mode) -> Callable[[Axes, Box, Look], None]:
    def drawn(axes: Axes, box: Box, look: Look) -> None:
        unit = look.size.unit_pt
        width = leg_width_px(mode) * unit
        cap = "round" if mode.row.line.dotted else "butt"
        _middle(
            axes,
            box,
            color=look.palette.blue,
            lw=width,
            ls=dash(mode, width, unit),
            dash_capstyle=cap,
        )

    return drawn
