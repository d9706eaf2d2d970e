"""Lines, shapes and bounding boxes at the meridian of 180 degrees, as RFC 7946 (3.1.9, 5.2, 5.3) wants them written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from escape_route.geography.geodesic import LonLat

_HALF_TURN_DEG = 180.0
_TURN_DEG = 360.0
_POLE_DEG = 90.0


def joined(parts: Sequence[Sequence[LonLat]]) -> tuple[LonLat, ...] | None:
    """Line whose parts, of (lon, lat) in degrees, `cut_at_antimeridian` gave, without the points that it put in.

    None where two parts do not meet on the antimeridian.

    >>> joined([[(179, 0), (180, 1)], [(-180, 1), (-179, 2)]])
    ((179, 0), (-179, 2))
    """
    line = list(parts[0])
    for part in parts[1:]:
        (lon, lat), (following_lon, following_lat) = line[-1], part[0]
        if abs(lon) != _HALF_TURN_DEG or following_lon != -lon or following_lat != lat:
            return None
        line[-1:] = part[1:]
    return tuple(line)


def within(shape: BaseGeometry) -> BaseGeometry:
    """Shape whose longitudes are all in -180..180: what lies beyond is cut off and moved round.

    >>> within(shapely.box(170, 0, 190, 10)).bounds
    (-180.0, 0.0, 180.0, 10.0)
    """
    west, _, east, _ = shape.bounds
    if west >= -_HALF_TURN_DEG and east <= _HALF_TURN_DEG:
        return shape
    parts = []
    for turn in (-_TURN_DEG, 0.0, _TURN_DEG):
        window = shapely.box(-_HALF_TURN_DEG + turn, -_POLE_DEG, _HALF_TURN_DEG + turn, _POLE_DEG)
        inside = shape.intersection(window)
        if not inside.is_empty:
            parts.append(affinity.translate(inside, -turn))
    return shapely.union_all(parts)


def unrolled(ring: Sequence[LonLat]) -> list[LonLat]:
    """Ring drawn the short way round at each step: its longitudes may leave -180..180; rings round a pole are left.

    >>> unrolled([(170, 0), (-170, 0), (-170, 9), (170, 0)])
    [(170, 0), (190.0, 0), (190.0, 9), (170.0, 0)]
    """
    rolled = [ring[0]]
    for lon, lat in ring[1:]:
        turns = round((rolled[-1][0] - lon) / _TURN_DEG)
        rolled.append((lon + turns * _TURN_DEG, lat))
    return rolled if rolled[-1][0] == rolled[0][0] else list(ring)


def bounding_box(
    spans: Iterable[tuple[LonLat, LonLat]],
) -> tuple[float, float, float, float] | None:
    """Smallest box around spans, as a `bbox` member: west, south, east, north in degrees; None where there is nothing.

    A span is two corners, (west, south) and (east, north). West is above east where it crosses the
    antimeridian, and so it is of the box; a box with a pole in it goes all the way round.

    >>> bounding_box([((177, -20), (178, -16)), ((-179, -17), (-178, -15))])
    (177, -20, -178, -15)
    """
    listed = list(spans)
    if not listed:
        return None
    south, north = min(low[1] for low, _ in listed), max(high[1] for _, high in listed)
    if south <= -_POLE_DEG or north >= _POLE_DEG:
        return -_HALF_TURN_DEG, south, _HALF_TURN_DEG, north
    west, east = _around([(low[0], high[0]) for low, high in listed])
    return west, south, east, north


def _around(ranges: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Shortest range of longitudes that holds all: what is left by the widest gap between them."""
    pieces = []
    for west, east in ranges:
        pieces += (
            [(west, east)] if west <= east else [(west, _HALF_TURN_DEG), (-_HALF_TURN_DEG, east)]
        )
    pieces.sort()
    start, reach = pieces[0]
    gaps = []
    for west, east in pieces[1:]:
        if west > reach:
            gaps.append((west - reach, west, reach))
        reach = max(reach, east)
    _, west, east = max([(start + _TURN_DEG - reach, start, reach), *gaps], key=lambda gap: gap[0])
    return west, east
