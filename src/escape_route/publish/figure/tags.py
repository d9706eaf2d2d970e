"""Texts that hang at a scale, as boxes in points, and how they are set so that no two of them meet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from escape_route.publish.figure.pen import Align
    from escape_route.publish.figure.ruler import Ruler
    from escape_route.publish.figure.type import Style

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
        for other in sorted(done, key=lambda each: each.top):
            box = moved(tag, top - tag.top).box
            if box[0] < other.box[2] + 2 * gap and other.box[0] - 2 * gap < box[2] and box[1] < other.box[3] + gap:
                top = max(top, other.box[3] + gap)
        done.append(moved(tag, top - tag.top))
    return done, max((tag.box[3] for tag in done), default=0.0)


def parted(tags: Sequence[Tag], values_m: Sequence[float], rule: Ruler) -> list[Tag]:
    """Tags of two lengths that lie close set to the left and to the right of their dots, if there is room for both."""
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
