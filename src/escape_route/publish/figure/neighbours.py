"""Countries that a map shows beside the journey's own places: named small and grey, where there is room within them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from escape_route.geography.base import country_name
from escape_route.publish.figure.type import balanced, widest
from escape_route.publish.page.backdrop import simple_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from shapely.geometry.base import BaseGeometry

    from escape_route.publish.figure.type import Style

_STEPS = 24
_WITHIN = 0.98
_NARROW = 0.7
_LEAST_SHARE = 0.002


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A name: its lines, and the middle of their upper edge in points."""

    lines: tuple[str, ...]
    top: tuple[float, float]


def place(
    countries: Mapping[str, BaseGeometry], taken: BaseGeometry, frame: BaseGeometry, style: Style, language: str
) -> list[Neighbour]:
    """Place the names of countries, each within what is seen of it and clear of all that is drawn there.

    Parameters
    ----------
    countries
        Those to be named, by their codes, in points.
    taken
        What no name may cover, in points.
    frame
        The map.
    style, language
        How the names are set.

    Returns
    -------
    list
        Of a country that has no room there is nothing.
    """
    found = []
    for code, shape in countries.items():
        seen = max(simple_parts(shapely.intersection(shape, frame)), key=shapely.area, default=None)
        if seen is None or seen.area < _LEAST_SHARE * frame.area:
            continue
        name = country_name(code, language).upper()
        ways = [(name,), tuple(balanced(name, style, widest([name], style) * _NARROW))]
        placed = _within(ways[: 1 + (" " in name)], seen, taken, style)
        if placed is not None:
            found.append(placed)
    return found


def _within(ways: Iterable[tuple[str, ...]], seen: BaseGeometry, taken: BaseGeometry, style: Style) -> Neighbour | None:
    """Where the name of a country stands, as near to the middle of what is seen of it as there is room."""
    west, south, east, north = seen.bounds
    x, y = (each.ravel() for each in np.meshgrid(np.linspace(west, east, _STEPS), np.linspace(south, north, _STEPS)))
    middle = shapely.get_coordinates(shapely.maximum_inscribed_circle(seen, tolerance=1.0))[0]
    off = np.hypot(x - middle[0], y - middle[1])
    for lines in ways:
        wide, high = widest(list(lines), style) / 2 + style.size_pt * 0.4, style.line_pt * len(lines) / 2
        boxes = shapely.box(x - wide, y - high, x + wide, y + high)
        free = shapely.area(shapely.intersection(boxes, seen)) >= _WITHIN * shapely.area(boxes)
        free &= ~shapely.intersects(boxes, taken)
        if free.any():
            best = int(np.argmin(np.where(free, off, np.inf)))
            return Neighbour(lines, (float(x[best]), float(y[best]) + high))
    return None
