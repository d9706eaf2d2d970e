"""The meridian that a page's maps are drawn around: 0, or that of a journey which lies across 180 degrees."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import shapely
from shapely import affinity

from escape_route.geography import antimeridian
from escape_route.model import places
from escape_route.publish.page.backdrop import LEAST_WIDTH_DEG, PADDING, simple_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

    from escape_route.geography.geodesic import LonLat
    from escape_route.language.view import ReportView

_HALF_DEG, _TURN_DEG = 180.0, 360.0
_ROUND_DEG = 330.0  # who went as far round the Earth went round it: their map is the world as one knows it


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
    yield from ((each.label, each.label) for each in view.journey.waypoints if each.label and not each.withheld)
    drawn = [part for shape in places.outlines(view.journey).values() for part in simple_parts(shape)]
    drawn += [shapely.LineString(part) for leg in view.legs for part in leg.line if len(part) > 1]
    for part in drawn:
        west, south, east, north = part.bounds
        yield (west, south), (east, north)


def turns(lon_deg: float, middle_deg: float) -> float:
    """Whole turns, in degrees, by which a longitude is moved to lie within half a turn of a meridian.

    Examples
    --------
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
    return shapely.union_all([_moved(part, middle_deg) for part in simple_parts(shapely.GeometryCollection([shape]))])


def _moved(part: BaseGeometry, middle_deg: float) -> BaseGeometry:
    west, _, east, _ = part.bounds
    return affinity.translate(part, turns((west + east) / 2, middle_deg))
