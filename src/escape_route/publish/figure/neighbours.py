"""What a map names so that its reader knows where this is: countries small and grey, capital cities, seas.

A country is named where there is room within it, or over its coast where no other country's land is
covered; what has a name in English alone is not. Two names of seas are farther apart than two lines
of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from escape_route.geography.base import country_name
from escape_route.language.catalogues import opened
from escape_route.model.journey import say
from escape_route.publish.figure.pen import Align
from escape_route.publish.figure.type import SERIF, Style, balanced, widest
from escape_route.publish.page.backdrop import simple_parts
from escape_route.publish.page.shown import MapName

_STEPS = 24
_WITHIN, _PARTLY = 0.98, 0.35
_NARROW = 0.7
_LEAST_SHARE = 0.002
_AROUND = tuple((x, y) for y in (0, 2, -2, 4, -4) for x in (0, 0.5, -0.5))
"""Where the name of a sea may stand: beside its point by so much of its width, above it by so many lines."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A name: its lines, and the end or middle of their upper edge in points; of a capital where its dot is."""

    lines: tuple[str, ...]
    top: tuple[float, float]
    kind: str = "country"
    align: Align = "center"
    dot: tuple[float, float] | None = None


@dataclass(slots=True)
class Free:
    """The room that is left on a map, in points: its land by country, what no name may cover, its frame."""

    land: Mapping[str, BaseGeometry]
    taken: BaseGeometry
    frame: BaseGeometry

    def take(self, boxes: Iterable[BaseGeometry]) -> None:
        """Leave no other name there."""
        self.taken = shapely.union_all([self.taken, *boxes])

    def has(self, box: BaseGeometry) -> bool:
        """Whether there is room for a box."""
        return bool(shapely.contains(self.frame, box) and not shapely.intersects(self.taken, box))


def place(codes: Iterable[str], room: Free, style: Style, language: str) -> list[Neighbour]:
    """Place the names of countries, each within what is seen of it and clear of all that is drawn there.

    What is named takes from the room; of a country that has none there is nothing.
    """
    named = []
    for code in codes:
        shape = shapely.intersection(room.land[code], room.frame)
        seen = max(simple_parts(shape), key=shapely.area, default=None)
        if seen is None or seen.area < _LEAST_SHARE * room.frame.area:
            continue
        name = country_name(code, language).upper()
        ways = [(name,), tuple(balanced(name, style, widest([name], style) * _NARROW))]
        foreign = shapely.union_all([land for beside, land in room.land.items() if beside != code])
        placed = _within(ways[: 1 + (" " in name)], (seen, foreign), room, style)
        if placed is not None:
            named.append(placed)
            room.take([_box(placed, style)])
    return named


def _within(
    ways: Sequence[tuple[str, ...]],
    ground: tuple[BaseGeometry, BaseGeometry],
    room: Free,
    style: Style,
) -> Neighbour | None:
    """Where the name of a country stands: as near to the middle of what is seen of it as there is room, or by it."""
    seen, foreign = ground
    west, south, east, north = seen.bounds
    x, y = (
        axis.ravel()
        for axis in np.meshgrid(np.linspace(west, east, _STEPS), np.linspace(south, north, _STEPS))
    )
    middle = shapely.get_coordinates(shapely.maximum_inscribed_circle(seen, tolerance=1.0))[0]
    off = np.hypot(x - middle[0], y - middle[1])
    for shape in (foreign, room.taken):
        shapely.prepare(shape)
    for least in (_WITHIN, _PARTLY):
        for lines in ways:
            wide, high = (
                widest(list(lines), style) / 2 + style.size_pt * 0.4,
                style.line_pt * len(lines) / 2,
            )
            boxes = shapely.box(x - wide, y - high, x + wide, y + high)
            free = ~shapely.intersects(room.taken, boxes) & shapely.contains(room.frame, boxes)
            free[free] = shapely.area(
                shapely.intersection(boxes[free], seen)
            ) >= least * shapely.area(boxes[free])
            if least < _WITHIN:
                free &= ~shapely.intersects(foreign, boxes)
            if free.any():
                best = int(np.argmin(np.where(free, off, np.inf)))
                return Neighbour(lines, (float(x[best]), float(y[best]) + high))
    return None


def place_beside(
    named: Sequence[tuple[MapName, tuple[float, float]]], room: Free, style: Style, language: str
) -> list[Neighbour]:
    """Place capitals with their dots, then seas clear of all land; those without room are left out."""
    placed = []
    for name, at in sorted(named, key=lambda pair: pair[0].kind):
        text = opened(say(name.name, language))
        choices = _by_dot(text, at, style) if name.kind == "capital" else _over_sea(text, at, style)
        for choice in choices:
            box = _box(choice, style)
            dry = choice.dot is not None or not any(
                shapely.intersects(box, land) for land in room.land.values()
            )
            if dry and room.has(box):
                placed.append(choice)
                room.take([box.buffer(style.line_pt * (choice.kind == "sea"))])
                break
    return placed


def _by_dot(text: str, at: tuple[float, float], style: Style) -> list[Neighbour]:
    """Name of a capital at the right or the left of its dot."""
    (x, y), gap = at, style.size_pt * 0.5
    top = y + style.line_pt / 2
    return [
        Neighbour((text,), (x + gap, top), "capital", "left", at),
        Neighbour((text,), (x - gap, top), "capital", "right", at),
    ]


def _over_sea(text: str, at: tuple[float, float], style: Style) -> list[Neighbour]:
    """Name of a sea over its point, or not far from it."""
    wide = widest([text], replace(style, families=SERIF))
    return [
        Neighbour((text,), (at[0] + across * wide, at[1] + (up + 0.5) * style.line_pt), "sea")
        for across, up in _AROUND
    ]


def _box(placed: Neighbour, style: Style) -> BaseGeometry:
    """Room that a name takes, its dot included."""
    set_in = replace(style, families=SERIF) if placed.kind == "sea" else style
    wide = widest(list(placed.lines), set_in)
    left = placed.top[0] - {"left": 0.0, "center": wide / 2, "right": wide}[placed.align]
    ends = [left, left + wide, *([placed.dot[0]] if placed.dot else [])]
    edge = style.size_pt * 0.4
    return shapely.box(
        min(ends) - edge,
        placed.top[1] - style.line_pt * len(placed.lines),
        max(ends) + edge,
        placed.top[1],
    )
