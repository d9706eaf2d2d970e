"""A scale that lengths or years are laid along: where its ends lie, where its marks stand, how it is drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from matplotlib.collections import LineCollection

from escape_route.publish.figure.pen import Ink, put_lines
from escape_route.publish.figure.type import widest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from escape_route.publish.figure.chart import Look

_TICK_STEPS_KM = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10_000)
_MOST_TICKS = 8


@dataclass(frozen=True, slots=True)
class Ruler:
    """Scale from 0 to so many kilometres, between two ends in points."""

    look: Look
    left: float
    right: float
    highest_km: float

    def x(self, value_km: float) -> float:
        """Where a length lies, in points."""
        return self.left + (self.right - self.left) * value_km / self.highest_km


def scale_to(most: float) -> tuple[float, float]:
    """Highest value of a scale that holds a length, and the step of its marks, in km."""
    most = max(most, 1.0)
    step = next((step for step in _TICK_STEPS_KM if most / step <= _MOST_TICKS), most / _MOST_TICKS)
    return math.ceil(most * 1.04 / step) * step, step


def grid(axes: Axes, xs: Sequence[float], low: float, high: float, look: Look) -> None:
    """Draw a thin upright line at each mark, from one height to another."""
    lines = [[(x, low), (x, high)] for x in xs]
    axes.add_collection(LineCollection(lines, color=look.palette.rule, linewidth=0.5, zorder=0), autolim=False)


def marks(axes: Axes, ticks: Sequence[tuple[float, str]], top: float, look: Look) -> None:
    """Draw the marks of a scale, from left to right, and write at every one, or every second ... as there is room."""
    unit, style, right = look.size.unit_pt, look.size.note, axes.get_xlim()[1]
    for x, _ in ticks:
        axes.plot([x, x], [top, top - 4 * unit], color=look.palette.muted, lw=1.0 * unit, zorder=2)
    placed = [(min(max(x - (wide := widest([text], style)) / 2, 0.0), right - wide), wide, text) for x, text in ticks]
    for every in range(1, len(placed) + 1):
        shown = placed[::every]
        if all(left + wide + 4 * unit < after for (left, wide, _), (after, *_) in pairwise(shown)):
            break
    for left, _, text in shown:
        put_lines(axes, (left, top - 5 * unit), [text], style, Ink(look.palette.muted))
