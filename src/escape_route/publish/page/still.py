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
    from shapely.geometry.base import BaseGeometry

    from escape_route.publish.page.layers import Shapes
    from escape_route.publish.page.order import Order
    from escape_route.publish.page.shown import ShownJourney

_MARGIN = 80.0  # how far a small picture reaches beyond the places


def still(journey: ShownJourney, shapes: Shapes, order: Order | None = None) -> Markup:
    """Draw land, borders, the places of a journey and their order, soft as on the map."""
    inside = _drawn(journey, shapes, order or {})
    if not inside:
        return inside
    side = SIZE + 2 * BEYOND
    middle = f"{-BEYOND:.0f} {-BEYOND:.0f} {side:.0f} {side:.0f}"
    return Markup(
        '<svg class="still" viewBox="0 0 {0:.0f} {0:.0f}" aria-hidden="true" focusable="false">'
        '<svg x="{1}" y="{1}" width="{2}" height="{2}" viewBox="{3}">{4}</svg></svg>'
    ).format(SIZE, -BEYOND, side, middle, inside)


def picture(journey: ShownJourney, shapes: Shapes, order: Order | None = None) -> Markup:
    """Draw the same as a small picture that leads to a page; nothing where no place can be shown."""
    inside = _drawn(journey, shapes, order or {})
    if not inside:
        return inside
    return Markup(
        '<svg class="picture" viewBox="{1:.0f} {1:.0f} {0:.0f} {0:.0f}" preserveAspectRatio="xMidYMid slice"'
        ' aria-hidden="true" focusable="false">{2}</svg>'
    ).format(SIZE + 2 * _MARGIN, -_MARGIN, inside)


def _drawn(journey: ShownJourney, shapes: Shapes, order: Order) -> Markup:
    """Paths of all that is drawn; nothing where no place can be shown."""
    frame = frame_of(journey, shapes.places)
    if frame is None:
        return Markup()
    known = [shapes.places.get((journey.id, each.id), shapely.Point()) for each in journey.waypoints]
    areas, lines = (shapely.GeometryCollection([only(shape, each) for shape in known]) for each in (AREA, LINE))
    # Between places that were published as points: no other is drawn.
    legs = [part for leg in journey.legs if not leg.vague for part in leg.line if len(part) > 1]
    paths = [
        ("land", _path(shapes.backdrop.land, frame)),
        ("borders", _path(shapes.backdrop.borders, frame)),
        ("place is-area", _path(areas, frame)),
        ("place is-line", _path(lines, frame)),
        ("leg", _path(shapely.MultiLineString(legs), frame)),
    ]
    for name, darts in order.items():
        outlines = [shapely.Polygon(frame.placed(np.array(each.outline))) for each in darts]
        paths.append((name, "".join(map(_commands, outlines))))
    return Markup("").join(Markup('<path class="{}" d="{}"/>').format(name, path) for name, path in paths if path)


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
