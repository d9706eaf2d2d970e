"""The first view as an inline SVG: it is there before any script has run, and where none ever does.

Web Mercator, as the map that takes its place; no word of a journey is in it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from markupsafe import Markup

from escape_route.publish.page.backdrop import AREA, LINE, only, simple_parts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from escape_route.publish.page.backdrop import Backdrop
    from escape_route.publish.page.order import Order
    from escape_route.publish.page.shown import ShownJourney

    Floats = NDArray[np.float64]

SIZE = 1000.0
"""Side of the square around a journey."""
_FINE = 2.0
_LAT_LIMIT_DEG = 84.0
_MARGIN = 80.0  # how far a small picture reaches beyond the places
_LARGE_DEG = 20.0  # a larger place is in the frame by where its name hangs, as in js/map.js
_AROUND = 0.9
"""How far around the journey it shows, in parts of the longer side: a tall or a wide map shows what it needs of it."""
_BEYOND = SIZE * _AROUND


@dataclass(frozen=True, slots=True)
class Frame:
    """The square around a journey, in Mercator: its west and north in degrees, and how many units a degree has."""

    west: float
    north: float
    scale: float

    @property
    def around(self) -> float:
        """Units once around the Earth."""
        return 360 * self.scale

    def placed(self, lonlat: Floats) -> Floats:
        """(lon, lat) in degrees to units from the upper left."""
        x, y = _mercator(lonlat).T
        return np.column_stack([(x - self.west) * self.scale, (self.north - y) * self.scale])

    def lonlat(self, placed: Floats) -> Floats:
        """Units from the upper left to (lon, lat) in degrees; longitudes may lie beyond 180."""
        x, y = placed[:, 0] / self.scale + self.west, self.north - placed[:, 1] / self.scale
        return np.column_stack([x, np.degrees(2 * np.arctan(np.exp(np.radians(y))) - math.pi / 2)])

    def shown(self, part: BaseGeometry) -> BaseGeometry:
        """What is seen of a shape in (lon, lat), around the frame as well, in units and no finer than they are."""
        window = shapely.box(-_BEYOND, -_BEYOND, SIZE + _BEYOND, SIZE + _BEYOND)
        placed = shapely.transform(part, self.placed)
        return shapely.simplify(shapely.make_valid(placed) & window, _FINE)


def still(
    journey: ShownJourney,
    behind: Backdrop,
    shapes: Mapping[tuple[str, str], BaseGeometry],
    order: Order | None = None,
) -> Markup:
    """Draw land, borders, the places of a journey and their order, soft as on the map."""
    frame = frame_of(journey, shapes)
    if frame is None:
        return Markup()
    inside = _drawn(journey, behind, shapes, frame) + _ordered(order or {}, frame)
    side = SIZE + 2 * _BEYOND
    middle = f"{-_BEYOND:.0f} {-_BEYOND:.0f} {side:.0f} {side:.0f}"
    return Markup(
        '<svg class="still" viewBox="0 0 {0:.0f} {0:.0f}" aria-hidden="true" focusable="false">'
        '<svg x="{1}" y="{1}" width="{2}" height="{2}" viewBox="{3}">{4}</svg></svg>'
    ).format(SIZE, -_BEYOND, side, middle, inside)


def picture(
    journey: ShownJourney,
    behind: Backdrop,
    shapes: Mapping[tuple[str, str], BaseGeometry],
    order: Order | None = None,
) -> Markup:
    """Draw the same as a small picture that leads to a page; nothing where no place can be shown."""
    frame = frame_of(journey, shapes)
    if frame is None:
        return Markup()
    return Markup(
        '<svg class="picture" viewBox="{1:.0f} {1:.0f} {0:.0f} {0:.0f}" preserveAspectRatio="xMidYMid slice"'
        ' aria-hidden="true" focusable="false">{2}</svg>'
    ).format(SIZE + 2 * _MARGIN, -_MARGIN, _drawn(journey, behind, shapes, frame) + _ordered(order or {}, frame))


def _drawn(
    journey: ShownJourney,
    behind: Backdrop,
    shapes: Mapping[tuple[str, str], BaseGeometry],
    frame: Frame,
) -> Markup:
    drawn = [shapes[journey.id, each.id] for each in journey.waypoints if (journey.id, each.id) in shapes]
    areas = [part for shape in drawn for part in simple_parts(only(shape, AREA))]
    lines = [part for shape in drawn for part in simple_parts(only(shape, LINE))]
    paths = (
        ("land", _path(behind.land, frame)),
        ("borders", _path(behind.borders, frame)),
        ("place is-area", _path(shapely.GeometryCollection(areas), frame)),
        ("place is-line", _path(shapely.GeometryCollection(lines), frame)),
        ("leg", _path(_legs(journey), frame)),
    )
    return Markup("").join(Markup('<path class="{}" d="{}"/>').format(name, path) for name, path in paths if path)


def _legs(journey: ShownJourney) -> BaseGeometry:
    """Lines between places that were published as points: no other is drawn."""
    parts = [part for leg in journey.legs if not leg.vague for part in leg.line if len(part) > 1]
    return shapely.MultiLineString(parts)


def _ordered(order: Order, frame: Frame) -> Markup:
    paths = (
        (name, "".join(_commands(shapely.Polygon(frame.placed(np.array(each.outline)))) for each in found))
        for name, found in order.items()
    )
    return Markup("").join(Markup('<path class="{}" d="{}"/>').format(*path) for path in paths)


def frame_of(journey: ShownJourney, shapes: Mapping[tuple[str, str], BaseGeometry]) -> Frame | None:
    """Square around the journey; None where no place of it can be shown."""
    points: list[Sequence[float]] = [each.label for each in journey.waypoints if each.label]
    for each in journey.waypoints:
        if each.hang and (journey.id, each.id) in shapes:
            west, south, east, north = shapes[journey.id, each.id].bounds
            is_large = max(east - west, north - south) > _LARGE_DEG
            points += [each.hang] if is_large else [(west, south), (east, north)]
    if not points:
        return None
    x, y = _mercator(np.array(points, dtype=float)).T
    side = max(float(np.ptp(x)), float(np.ptp(y)), 3.0) * 1.15
    return Frame(_middle(x) - side / 2, _middle(y) + side / 2, SIZE / side)


def _middle(values: Floats) -> float:
    return float((values.min() + values.max()) / 2)


def _mercator(lonlat: Floats) -> Floats:
    """(lon, lat) in degrees to Mercator in degrees of the equator."""
    lat = np.radians(np.clip(lonlat[:, 1], -_LAT_LIMIT_DEG, _LAT_LIMIT_DEG))
    return np.column_stack([lonlat[:, 0], np.degrees(np.log(np.tan(math.pi / 4 + lat / 2)))])


def _path(shape: BaseGeometry, frame: Frame) -> str:
    seen = [frame.shown(part) for part in simple_parts(shape)]
    return "".join(_commands(part) for whole in seen for part in simple_parts(whole) if part.length > 2 * _FINE)


def _commands(part: BaseGeometry) -> str:
    rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
    found = []
    for ring in rings:
        points = np.rint(shapely.get_coordinates(ring)).astype(int)
        steps = np.diff(points, axis=0)
        moves = "".join(f"l{x} {y}" for x, y in steps if x or y)
        found.append(f"M{points[0][0]} {points[0][1]}{moves}{'z' if part.geom_type == 'Polygon' else ''}")
    return "".join(found)
