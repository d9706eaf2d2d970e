"""The first view as an inline SVG: it is there before any script has run, and where none ever does.

Web Mercator, as the map that takes its place; no word of a journey is in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from markupsafe import Markup

from escape_route.publish.page.backdrop import AREA, LINE, only, simple_parts
from escape_route.publish.page.frame import BEYOND, FINE, SIZE, Frame, frame_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from escape_route.publish.page.backdrop import Backdrop
    from escape_route.publish.page.order import Order
    from escape_route.publish.page.shown import ShownJourney

    Floats = NDArray[np.float64]

_MARGIN = 80.0  # how far a small picture reaches beyond the places


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
    side = SIZE + 2 * BEYOND
    middle = f"{-BEYOND:.0f} {-BEYOND:.0f} {side:.0f} {side:.0f}"
    return Markup(
        '<svg class="still" viewBox="0 0 {0:.0f} {0:.0f}" aria-hidden="true" focusable="false">'
        '<svg x="{1}" y="{1}" width="{2}" height="{2}" viewBox="{3}">{4}</svg></svg>'
    ).format(SIZE, -BEYOND, side, middle, inside)


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


def _path(shape: BaseGeometry, frame: Frame) -> str:
    seen = [frame.shown(part) for part in simple_parts(shape)]
    return "".join(_commands(part) for whole in seen for part in simple_parts(whole) if part.length > 2 * FINE)


def _commands(part: BaseGeometry) -> str:
    rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
    found = []
    for ring in rings:
        points = np.rint(shapely.get_coordinates(ring)).astype(int)
        steps = np.diff(points, axis=0)
        moves = "".join(f"l{x} {y}" for x, y in steps if x or y)
        found.append(f"M{points[0][0]} {points[0][1]}{moves}{'z' if part.geom_type == 'Polygon' else ''}")
    return "".join(found)
