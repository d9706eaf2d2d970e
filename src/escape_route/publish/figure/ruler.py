"""A scale that lengths or years are laid along: its ends, its marks, and the texts that hang at it.

Texts are boxes in points, set so that no two of them meet.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from escape_route.publish.figure.pen import Align, Ink, put_lines
from escape_route.publish.figure.sizes import Look
from escape_route.publish.figure.type import Style, widest

_TICK_STEPS_KM = (
    0.01,
    0.02,
    0.05,
    0.1,
    0.2,
    0.5,
    1,
    2,
    5,
    10,
    20,
    25,
    50,
    100,
    200,
    250,
    500,
    1000,
    2000,
    2500,
    5000,
    10_000,
)
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
    most = most or 1.0
    step = next((step for step in _TICK_STEPS_KM if most / step <= _MOST_TICKS), most / _MOST_TICKS)
    return math.ceil(most * 1.04 / step) * step, step


def grid(axes: Axes, xs: Sequence[float], low: float, high: float, look: Look) -> None:
    """Draw a thin upright line at each mark, from one height to another."""
    lines = [[(x, low), (x, high)] for x in xs]
    axes.add_collection(
        LineCollection(lines, color=look.palette.rule, linewidth=0.5, zorder=0), autolim=False
    )


def marks(axes: Axes, ticks: Sequence[tuple[float, str]], top: float, look: Look) -> None:
    """Draw the marks of a scale, from left to right, and write at every one, or every second ... as there is room."""
    unit, style, right = look.size.unit_pt, look.size.note, max(axes.get_xlim())
    for x, _ in ticks:
        axes.plot([x, x], [top, top - 4 * unit], color=look.palette.muted, lw=1.0 * unit, zorder=2)
    placed = [
        (min(max(x - (wide := widest([text], style)) / 2, 0.0), right - wide), wide, text)
        for x, text in ticks
    ]
    for every in range(1, len(placed) + 1):
        shown = placed[::every]
        if all(left + wide + 4 * unit < after for (left, wide, _), (after, *_) in pairwise(shown)):
            break
    for left, _, text in shown:
        put_lines(axes, (left, top - 5 * unit), [text], style, Ink(look.palette.muted))


GAP_PX = 5.0


@dataclass(frozen=True, slots=True)
class Tag:
    """A text: lines, each with style and colour, at a box in points within its row, counted downwards."""

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


def moved(tag: Tag, by: float) -> Tag:
    """Same tag, lower by so many points."""
    return replace(tag, top=tag.top + by)


def stacked(tags: Sequence[Tag], gap: float) -> tuple[list[Tag], float]:
    """Tags put one under another where they would meet, and the depth that they come to."""
    done: list[Tag] = []
    for tag in tags:
        top = 0.0
        for above in sorted(done, key=lambda before: before.top):
            box = moved(tag, top - tag.top).box
            if (
                box[0] < above.box[2] + 2 * gap
                and above.box[0] - 2 * gap < box[2]
                and box[1] < above.box[3] + gap
            ):
                top = max(top, above.box[3] + gap)
        done.append(moved(tag, top - tag.top))
    return done, max((tag.box[3] for tag in done), default=0.0)


def parted(tags: Sequence[Tag], values_km: Sequence[float], rule: Ruler) -> list[Tag]:
    """Tags of two lengths that lie close set to the left and to the right of their dots, if there is room for both."""
    gap = GAP_PX * rule.look.size.unit_pt
    order = sorted(range(len(tags)), key=lambda n: values_km[n])
    apart = list(tags)
    for one, other in pairwise(order):
        first, second = apart[one], apart[other]
        if (
            first.align != "center"
            or second.align != "center"
            or first.box[2] + 2 * gap <= second.box[0]
        ):
            continue
        left, right = rule.x(values_km[one]) + gap, rule.x(values_km[other]) - gap
        if (
            right - left > -2 * gap
            and left - first.width >= 0
            and right + second.width <= rule.right * 1.015
        ):
            apart[one], apart[other] = (
                replace(first, x=left - gap / 2, align="right"),
                replace(second, x=right + gap / 2, align="left"),
            )
    return apart
