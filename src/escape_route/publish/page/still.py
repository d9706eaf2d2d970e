"""The first view as an inline SVG: it is there before any script has run, and where none ever does.

Web Mercator, as the map that takes its place; no word of a journey is in it.
"""

from __future__ import annotations

import math
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
    from escape_route.publish.page.shown import ShownJourney

    Floats = NDArray[np.float64]

_SIZE = 1000.0
_FINE = 2.0
_LAT_LIMIT_DEG = 84.0
_MARGIN = 80.0  # how far a small picture reaches beyond the places
_LARGE_DEG = 20.0  # a larger place is in the frame by where its name hangs, as in js/map.js
_AROUND = 0.9
"""How far around the journey it shows, in parts of the longer side: a tall or a wide map shows what it needs of it."""


def still(journey: ShownJourney, behind: Backdrop, shapes: Mapping[tuple[str, str], BaseGeometry]) -> Markup:
    """Draw land, borders and the places of a journey, soft as on the map."""
    frame = _frame(journey, shapes)
    if frame is None:
        return Markup()
    inside = _drawn(journey, behind, shapes, frame)
    middle = (
        f"{-_SIZE * _AROUND:.0f} {-_SIZE * _AROUND:.0f} {_SIZE * (1 + 2 * _AROUND):.0f} {_SIZE * (1 + 2 * _AROUND):.0f}"
    )
    return Markup(
        '<svg class="still" viewBox="0 0 {0:.0f} {0:.0f}" aria-hidden="true" focusable="false">'
        '<svg x="{1}" y="{1}" width="{2}" height="{2}" viewBox="{3}">{4}</svg></svg>'
    ).format(_SIZE, -_SIZE * _AROUND, _SIZE * (1 + 2 * _AROUND), middle, inside)


def picture(journey: ShownJourney, behind: Backdrop, shapes: Mapping[tuple[str, str], BaseGeometry]) -> Markup:
    """Draw the same as a small picture that leads to a page; nothing where no place can be shown."""
    frame = _frame(journey, shapes)
    if frame is None:
        return Markup()
    return Markup(
        '<svg class="picture" viewBox="{1:.0f} {1:.0f} {0:.0f} {0:.0f}" preserveAspectRatio="xMidYMid slice"'
        ' aria-hidden="true" focusable="false">{2}</svg>'
    ).format(_SIZE + 2 * _MARGIN, -_MARGIN, _drawn(journey, behind, shapes, frame))


def _drawn(
    journey: ShownJourney,
    behind: Backdrop,
    shapes: Mapping[tuple[str, str], BaseGeometry],
    frame: tuple[float, float, float],
) -> Markup:
    drawn = [shapes[journey.id, each.id] for each in journey.waypoints if (journey.id, each.id) in shapes]
    areas = [part for shape in drawn for part in simple_parts(only(shape, AREA))]
    lines = [part for shape in drawn for part in simple_parts(only(shape, LINE))]
    paths = (
        ("land", _path(behind.land, frame)),
        ("borders", _path(behind.borders, frame)),
        ("place is-area", _path(shapely.GeometryCollection(areas), frame)),
        ("place is-line", _path(shapely.GeometryCollection(lines), frame)),
    )
    return Markup("").join(Markup('<path class="{}" d="{}"/>').format(name, path) for name, path in paths if path)


def _frame(journey: ShownJourney, shapes: Mapping[tuple[str, str], BaseGeometry]) -> tuple[float, float, float] | None:
    """West and north of the square around a journey, in Mercator, and how many pixels its unit has."""
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
    return float(x.mean() if len(x) == 1 else (x.min() + x.max()) / 2) - side / 2, _middle(y) + side / 2, _SIZE / side


def _middle(values: Floats) -> float:
    return float((values.min() + values.max()) / 2)


def _mercator(lonlat: Floats) -> Floats:
    """(lon, lat) in degrees to Mercator in degrees of the equator."""
    lat = np.radians(np.clip(lonlat[:, 1], -_LAT_LIMIT_DEG, _LAT_LIMIT_DEG))
    return np.column_stack([lonlat[:, 0], np.degrees(np.log(np.tan(math.pi / 4 + lat / 2)))])


def _path(shape: BaseGeometry, frame: tuple[float, float, float]) -> str:
    west, north, scale = frame
    reach = _SIZE * _AROUND
    window = shapely.box(-reach, -reach, _SIZE + reach, _SIZE + reach)

    def placed(lonlat: Floats) -> Floats:
        x, y = _mercator(lonlat).T
        return np.column_stack([(x - west) * scale, (north - y) * scale])

    parts = [shapely.transform(part, placed) for part in simple_parts(shape)]
    seen = [shapely.simplify(shapely.make_valid(part) & window, _FINE) for part in parts if part.intersects(window)]
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
