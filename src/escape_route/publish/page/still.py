"""The first view as an inline SVG: it is there before any script has run, and where none ever does.

Web Mercator, as the map that takes its place; no word of a journey is in it.
"""

from __future__ import annotations

import numpy as np
import shapely
import shapely.affinity
from markupsafe import Markup
from shapely.geometry.base import BaseGeometry

from escape_route.publish.page.backdrop import AREA, LINE, Backdrop, only, simple_parts
from escape_route.publish.page.frame import BEYOND, FINE, SIZE, Frame, frame_of
from escape_route.publish.page.layers import Shapes
from escape_route.publish.page.order import Order
from escape_route.publish.page.shown import ShownJourney

_MARGIN = 80.0  # how far a small picture reaches beyond the places
_UNSEEN, _SOFT, _MOST = (
    12.0,
    30.0,
    300.0,
)  # units by which a coast may be off: not seen, no line any more, all over
_COVERS = 0.55  # of a border that is as wide as it may be off, as on the map


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
        '<svg class="picture" viewBox="{1:.0f} {1:.0f} {0:.0f} {0:.0f}" '
        'preserveAspectRatio="xMidYMid slice"'
        ' aria-hidden="true" focusable="false">{2}</svg>'
    ).format(SIZE + 2 * _MARGIN, -_MARGIN, inside)


def _drawn(journey: ShownJourney, shapes: Shapes, order: Order) -> Markup:
    """Paths of all that is drawn; nothing where no place can be shown."""
    frame = frame_of(journey, shapes.places)
    if frame is None:
        return Markup()
    known = [
        shapes.places.get((journey.id, waypoint.id), shapely.Point())
        for waypoint in journey.waypoints
    ]
    areas, lines = (
        shapely.GeometryCollection([only(shape, kind) for shape in known]) for kind in (AREA, LINE)
    )
    # Between places that were published as points: no other is drawn.
    legs = [part for leg in journey.legs if not leg.vague for part in leg.line if len(part) > 1]
    paths = [
        ("place is-area", _path(areas, frame)),
        ("place is-line", _path(lines, frame)),
        ("leg", _path(shapely.MultiLineString(legs), frame)),
    ]
    for name, darts in order.items():
        outlines = [shapely.Polygon(frame.placed(np.array(dart.outline))) for dart in darts]
        paths.append((name, "".join(map(_commands, outlines))))
    drawn = (Markup('<path class="{}" d="{}"/>').format(name, path) for name, path in paths if path)
    return _ground(journey, shapes.backdrop, frame) + Markup("").join(drawn)


def _ground(journey: ShownJourney, behind: Backdrop, frame: Frame) -> Markup:
    """Land and borders; soft where the map is nearer than they are known, and where that is all over, one tone."""
    off = frame.known
    if off > _MOST:
        share = _share_of_land(behind.land, frame)
        return Markup('<path class="land" opacity="{0:.2f}" d="M{1} {1}h{2}v{2}h-{2}z"/>').format(
            share, round(-BEYOND), round(SIZE + 2 * BEYOND)
        )
    kinds = [("land", _path(behind.land, frame)), ("borders", _path(behind.borders, frame))]
    plain = Markup('<path class="{}" d="{}"/>')
    if off <= _UNSEEN:
        return Markup("").join(plain.format(name, path) for name, path in kinds if path)
    sharp = max(0.0, (_SOFT - off) / (_SOFT - _UNSEEN))
    band = Markup('class="band" stroke-width="{:.0f}" opacity="{:.2f}"').format(
        off, _COVERS * (1 - sharp)
    )
    how = {"land": ((off - _UNSEEN) / 2, Markup('class="land"')), "borders": (off / 2.5, band)}
    drawn = [_softly(f"{journey.id}-{name}", path, *how[name]) for name, path in kinds if path]
    if sharp and kinds[1][1]:
        drawn.append(
            Markup('<path class="borders" opacity="{:.2f}" d="{}"/>').format(sharp, kinds[1][1])
        )
    return Markup("").join(drawn)


def _softly(name: str, path: str, blur: float, how: Markup) -> Markup:
    """A path without an edge; the filter has a name of its own, for an index has many pictures."""
    return Markup(
        '<filter id="soft-{0}" filterUnits="userSpaceOnUse" x="{1}" y="{1}" width="{2}" '
        'height="{2}">'
        '<feGaussianBlur stdDeviation="{3:.0f}"/></filter><path {4} filter="url(#soft-{0})" '
        'd="{5}"/>'
    ).format(name, round(-BEYOND), round(SIZE + 2 * BEYOND), blur, how, path)


def _share_of_land(land: BaseGeometry, frame: Frame) -> float:
    """How much of what lies around the middle of a frame, as far as the coast may be off, is land."""
    (lon, lat), (edge, _) = frame.lonlat(
        np.array([[SIZE / 2, SIZE / 2], [SIZE / 2 + frame.known, SIZE / 2]])
    )
    around = shapely.affinity.scale(
        shapely.Point(lon, lat).buffer(edge - lon), yfact=np.cos(np.radians(lat))
    )
    seen = shapely.union_all(
        [part & around for part in simple_parts(land) if part.intersects(around)]
    )
    return min(
        1.0, float(seen.area / around.area)
    )  # the land's coordinates are rounded, and so is what is cut of it


def _path(shape: BaseGeometry, frame: Frame) -> str:
    seen = [frame.shown(part) for part in simple_parts(shape)]
    return "".join(
        _commands(part) for whole in seen for part in simple_parts(whole) if part.length > 2 * FINE
    )


def _commands(part: BaseGeometry) -> str:
    rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
    commands = []
    for ring in rings:
        points = np.rint(shapely.get_coordinates(ring)).astype(int)
        steps = np.diff(points, axis=0)
        moves = "".join(f"l{x} {y}" for x, y in steps if x or y)
        commands.append(
            f"M{points[0][0]} {points[0][1]}{moves}{'z' if part.geom_type == 'Polygon' else ''}"
        )
    return "".join(commands)
