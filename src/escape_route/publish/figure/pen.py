"""Setting text and drawing lines with matplotlib, always with our own fonts and never as formulas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import shapely
from matplotlib.patheffects import withStroke

from escape_route.publish.figure.type import Style, directed, register

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from shapely.geometry.base import BaseGeometry

    from escape_route.model.modes import Mode

Align = Literal["left", "center", "right"]
_MIRRORED: dict[Align, Align] = {"left": "right", "center": "center", "right": "left"}
ASCENT = 0.76
"""Height of a line's letters above its baseline over the size: that of capitals and of Hangul, nearly."""


def dash(mode: Mode, width_pt: float, unit_pt: float) -> tuple[float, tuple[float, ...]]:
    """Dash of a mode for matplotlib, which counts in widths of the line; a pixel of the page is `unit_pt` here."""
    return 0.0, tuple(part * unit_pt / width_pt for part in mode.row.line.dashes)


@dataclass(frozen=True, slots=True)
class Ink:
    """Colour of a text, on which side of its point it stands, and the colour of what parts it from the ground."""

    colour: str
    align: Align = "left"
    halo: str | None = None


def put(axes: Axes, at: tuple[float, float], text: str, style: Style, ink: Ink) -> None:
    """Set one line of text with its baseline at a point of the axes' data."""
    register()
    artist = axes.text(
        *at,
        text,
        family=list(style.families),
        weight=style.weight,
        size=style.size_pt,
        color=ink.colour,
        ha=_MIRRORED[ink.align] if axes.xaxis_inverted() else ink.align,
        va="baseline",
        parse_math=False,
        zorder=20,
    )
    if ink.halo is not None:
        artist.set_path_effects(
            [withStroke(linewidth=style.size_pt * 0.36, foreground=ink.halo, alpha=0.85)]
        )


def put_lines(  # the last by keyword
    axes: Axes,
    top: tuple[float, float],
    lines: Sequence[str],
    style: Style,
    ink: Ink,
    *,
    indent: float = 0.0,
) -> float:
    """Set lines below one another in axes that count in points upwards; gives the height at which they end.

    The first begins `indent` farther in.
    """
    x, y = top
    for n, line in enumerate(directed(lines, mirrored=axes.xaxis_inverted())):
        put(
            axes,
            (x + indent * (not n), y - style.line_pt / 2 - style.size_pt * (ASCENT / 2 - 0.02)),
            line,
            style,
            ink,
        )
        y -= style.line_pt
    return y


def leg_width_px(mode: Mode) -> float:
    """Width of a leg's line in pixels of the page."""
    return mode.row.line.width_px or _LEG_PX


_LEG_PX = 2.4
BAND_PX = 10.0
"""Width of a river or a border that somebody was somewhere along, in pixels of the page."""
FEATHER_PX = 7.0
"""Over how much of its edge an uncertain area fades, inward, in pixels of the page."""
_STEPS, _MOST_STEPS, _STEP = 7, 60, 0.8


def feathered(area: BaseGeometry, cover: float, depth: float) -> list[tuple[BaseGeometry, float]]:
    """Areas to be laid one over another, and how much each covers: together they fade from the edge inward.

    `cover` is how much of what lies below is covered in the middle, 0 to 1; it is reached `depth`
    from the edge, in the area's own unit.
    """
    steps = round(
        min(max(depth / _STEP, _STEPS), _MOST_STEPS)
    )  # so fine that a large disc shows no rings
    share = 1 - (1 - cover) ** (1 / steps)
    layers: list[tuple[BaseGeometry, float]] = []
    left, step = shapely.buffer(area, 0), depth / steps
    while len(layers) < steps and not left.is_empty:
        layers.append((left, share))
        # Each from the last, which is far sooner made than from a whole coast; the corners that are
        # new go again.
        left = shapely.simplify(shapely.buffer(left, -step, quad_segs=4), step / 16)
    return layers


def soft_widths(width: float, cover: float) -> list[tuple[float, float]]:
    """Widths of lines to be laid one over another, and how much each covers: a band that fades to both sides."""
    share = 1 - (1 - cover) ** (1 / _STEPS)
    return [(width * (_STEPS - step) / _STEPS, share) for step in range(_STEPS)]
