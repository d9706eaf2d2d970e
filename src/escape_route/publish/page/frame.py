"""Around what a page's maps are drawn: a meridian, and the square in Web Mercator for the first view and the order.

The meridian is 0, or that of a journey which lies across 180 degrees.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import affinity

from escape_route.geography import antimeridian
from escape_route.language.digits import decimals_of
from escape_route.model import places
from escape_route.publish.page.backdrop import (
    KNOWN_M,
    LARGE_DEG,
    LEAST_WIDTH_DEG,
    PADDING,
    SMALL_DEG,
    simple_parts,
)

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from escape_route.geography.geodesic import Floats, LonLat
    from escape_route.language.view import ReportView
    from escape_route.publish.page.shown import ShownJourney, ShownWaypoint

SIZE = 1000.0
"""Side of the square around a journey."""
BEYOND = 0.9 * SIZE
"""How far around the journey is drawn as well: a tall or a wide map shows what it needs of it."""
FINE = 2.0
_LAT_LIMIT_DEG = 84.0
_HALF_DEG, _TURN_DEG = 180.0, 360.0
_ALONE_DEG = 3.0  # around what is one point
_LEAST_DEG = (
    0.001  # on which a journey is told from its first place: as finely as positions are published
)
_DEG_M = 111_195.0
FARTHEST_ZOOM, NEAREST_ZOOM, _TILE_PX, _NEAR_PX = 9, 18, 256, 1_000
_ROUND_DEG = (
    330.0  # who went as far round the Earth went round it: their map is the world as one knows it
)


def middle_of(views: Sequence[ReportView]) -> float:
    """Middle, in degrees, of the smallest arc of longitudes that holds journeys as they went.

    0 where that arc, and as much around it as a map shows, lies within -180 to 180 degrees.
    """
    box = antimeridian.bounding_box(span for view in views for span in _spans(view))
    if box is None:
        return 0.0
    west, _, east, _ = box
    east += _TURN_DEG if west > east else 0.0
    beside = max((east - west) * PADDING, (LEAST_WIDTH_DEG - (east - west)) / 2)
    is_within = west - beside >= -_HALF_DEG and east + beside <= _HALF_DEG
    return 0.0 if is_within or east - west > _ROUND_DEG else round((west + east) / 2, 1)


def _spans(view: ReportView) -> Iterator[tuple[LonLat, LonLat]]:
    """South-west and north-east corners of label points, of what is known of places, and of the parts of legs."""
    yield from (
        (waypoint.label, waypoint.label)
        for waypoint in view.journey.waypoints
        if waypoint.label and not waypoint.withheld
    )
    drawn = [
        part for shape in places.outlines(view.journey).values() for part in simple_parts(shape)
    ]
    drawn += [shapely.LineString(part) for leg in view.legs for part in leg.line if len(part) > 1]
    for part in drawn:
        west, south, east, north = part.bounds
        yield (west, south), (east, north)


def turns(lon_deg: float, middle_deg: float) -> float:
    """Whole turns, in degrees, by which a longitude is moved to lie within half a turn of a meridian.

    >>> turns(-122.4, 170.0), turns(104.9, 170.0), turns(-180.0, 0.0)
    (360.0, 0.0, 0.0)
    """
    far = math.floor((lon_deg - middle_deg + _HALF_DEG) / _TURN_DEG) if middle_deg else 0
    return -_TURN_DEG * far if far else 0.0


def beside(at: LonLat, middle_deg: float) -> LonLat:
    """Position in that copy of the world that is drawn around a meridian."""
    return at[0] + turns(at[0], middle_deg), at[1]


def turned(shape: BaseGeometry, middle_deg: float) -> BaseGeometry:
    """Shape, each of its parts in that copy of the world that is drawn around a meridian."""
    if not middle_deg or shape.is_empty:
        return shape
    parts = simple_parts(shapely.GeometryCollection([shape]))
    ends = [(part.bounds[0], part.bounds[2]) for part in parts]
    away = [turns((west + east) / 2, middle_deg) for west, east in ends]
    return shapely.union_all([affinity.translate(*pair) for pair in zip(parts, away, strict=True)])


@dataclass(frozen=True, slots=True)
class Frame:
    """The square around a journey, in Mercator: its west and north in degrees, and how many units a degree has.

    `middle_deg` is the meridian that the map is drawn around.
    """

    west: float
    north: float
    scale: float
    middle_deg: float = 0.0

    @property
    def around(self) -> float:
        """Units once around the Earth."""
        return 360 * self.scale

    @property
    def decimals(self) -> int:
        """Decimals of a degree that positions have here."""
        return decimals_of(SIZE / self.scale)

    @property
    def known(self) -> float:
        """Units by which coasts and borders may be off."""
        lat_deg = self.lonlat(np.array([[SIZE / 2, SIZE / 2]]))[0, 1]
        return KNOWN_M / _DEG_M / math.cos(math.radians(lat_deg)) * self.scale

    def placed(self, lonlat: Floats) -> Floats:
        """(lon, lat) in degrees to units from the upper left, all in one copy of the world."""
        x, y = _mercator(lonlat).T
        turn = turns(_middle(x), self.middle_deg)
        return np.column_stack([(x + turn - self.west) * self.scale, (self.north - y) * self.scale])

    def lonlat(self, placed: Floats) -> Floats:
        """Units from the upper left to (lon, lat) in degrees; longitudes may lie beyond 180."""
        x, y = placed[:, 0] / self.scale + self.west, self.north - placed[:, 1] / self.scale
        return np.column_stack([x, np.degrees(2 * np.arctan(np.exp(np.radians(y))) - math.pi / 2)])

    def shown(self, part: BaseGeometry) -> BaseGeometry:
        """What is seen of a shape in (lon, lat), around the frame as well, in units and no finer than they are."""
        window = shapely.box(-BEYOND, -BEYOND, SIZE + BEYOND, SIZE + BEYOND)
        placed = shapely.transform(part, self.placed)
        return shapely.simplify(shapely.make_valid(placed) & window, FINE)


def _most_deg(waypoint: ShownWaypoint, *, is_end: bool) -> float:
    """How large a place may be for the map to show all that is known of it; of a larger one it shows a part.

    On the way a country, or a river, is there by its point, where it has one.
    """
    return LARGE_DEG if is_end or waypoint.label is None or not waypoint.footprints else SMALL_DEG


def frame_of(journey: ShownJourney, shapes: Mapping[tuple[str, str], BaseGeometry]) -> Frame | None:
    """Square around the journey; None where no place of it can be shown."""
    middle_deg = journey.middle_deg
    points: list[Sequence[float]] = [
        beside(waypoint.label, middle_deg) for waypoint in journey.waypoints if waypoint.label
    ]
    for n, waypoint in enumerate(journey.waypoints):
        is_end = n in (0, len(journey.waypoints) - 1)
        if (waypoint.hang or waypoint.label) and (journey.id, waypoint.id) in shapes:
            west, south, east, north = turned(shapes[journey.id, waypoint.id], middle_deg).bounds
            is_large = max(east - west, north - south) > _most_deg(waypoint, is_end=is_end)
            if not is_large:
                points += [(west, south), (east, north)]
            elif waypoint.hang:
                points += _around(beside(waypoint.hang, middle_deg), (west, south, east, north))
    if not points:
        return None
    x, y = _mercator(np.array(points, dtype=float)).T
    span = max(float(np.ptp(x)), float(np.ptp(y)))
    side = (max(span, _LEAST_DEG) if span else _ALONE_DEG) * 1.15
    return Frame(_middle(x) - side / 2, _middle(y) + side / 2, SIZE / side, middle_deg)


def nearest_zoom(journeys: Sequence[ShownJourney]) -> int:
    """How near a map goes: until those two places, one told after the other, that lie closest fill it.

    What is known of each lies within, so that a cell or a region is never larger than the map.
    """
    spans = [
        _span(*pair)
        for journey in journeys
        for pair in pairwise(waypoint for waypoint in journey.waypoints if waypoint.bbox)
    ]
    least_deg = min(filter(None, spans), default=_TURN_DEG)
    zoom = math.ceil(math.log2(_TURN_DEG * _NEAR_PX / _TILE_PX / max(least_deg, _LEAST_DEG)))
    return min(max(zoom, FARTHEST_ZOOM), NEAREST_ZOOM)


def _span(one: ShownWaypoint, other: ShownWaypoint) -> float:
    """Longer side, in Mercator, of the box around what is known of two places."""
    corners = np.array([*(one.bbox or ()), *(other.bbox or ())], dtype=float).reshape(-1, 2)
    return float(np.ptp(_mercator(corners), axis=0).max())


def _around(hang: Sequence[float], bounds: Sequence[float]) -> list[tuple[float, float]]:
    """Corners of what lies around the name of a large place, no farther than the place itself."""
    (x, y), (west, south, east, north), half = hang, bounds, LARGE_DEG / 2
    return [
        (max(west, x - half), max(south, y - half)),
        (min(east, x + half), min(north, y + half)),
    ]


def _middle(values: Floats) -> float:
    return float((values.min() + values.max()) / 2)


def _mercator(lonlat: Floats) -> Floats:
    """(lon, lat) in degrees to Mercator in degrees of the equator."""
    lat = np.radians(np.clip(lonlat[:, 1], -_LAT_LIMIT_DEG, _LAT_LIMIT_DEG))
    return np.column_stack([lonlat[:, 0], np.degrees(np.log(np.tan(math.pi / 4 + lat / 2)))])
