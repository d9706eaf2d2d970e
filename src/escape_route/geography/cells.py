"""The fixed global cells that places are generalised to: what is published of a place is the cell that it lies in.

A cell is `degrees` high. It is as wide, but nowhere narrower than a sixth of its height on the
ground: towards the poles whole numbers of cells are joined. It is decimal arithmetic, so that a
place has the same cell on any machine.
"""

from __future__ import annotations

import math
from decimal import ROUND_FLOOR, Decimal
from functools import cache, lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from escape_route.geography import geodesic
from escape_route.geography.geodesic import LonLat

_LON, _LAT = Decimal(180), Decimal(90)
_LEAST_SHAPE = (
    1 / 6
)  # width over height: reached at 80 degrees by a cell that is as wide as high in degrees
_MOST_CELLS = 20_000  # of one drawn shape, before a coarser cell is taken
_TOUCH_DEG = 1e-9
LARGEST = Decimal(10)
RADII_M = tuple(step * 10.0**power for power in range(2, 8) for step in (1.0, 1.25, 2.5, 3.2, 5.0))
"""Radii that places are published with, in metres."""
# half diagonals of a cell: a centre lies no farther from what is published at it, or at a coast
# beside it
_APART = 5


def centre(position: LonLat, degrees: Decimal) -> LonLat:
    """Centre of the cell that a position lies in, (longitude, latitude) in degrees, exact to its last decimal.

    180 is taken for -180, and so is every longitude of a pole; `degrees` is the height of a cell, a
    divisor of 90.

    >>> centre((102.6331, 17.9757), Decimal("0.1"))
    (102.65, 17.95)
    >>> centre((180.0, 90.0), Decimal("0.1"))
    (-170.0, 89.95)
    """
    lon, lat = (Decimal(repr(float(value))) for value in position)
    if lon == _LON or abs(lat) == _LAT:
        lon = -_LON
    row = min(_floor((lat + _LAT) / degrees), int(2 * _LAT / degrees) - 1)
    south = row * degrees - _LAT
    wide = degrees * _joined(south, degrees)
    west = _floor((lon + _LON) / wide) * wide - _LON
    return float(west + wide / 2), float(south + degrees / 2)


def half_diagonal_m(position: LonLat, degrees: Decimal) -> int:
    """Distance from the centre of the cell of a position that is sure to hold the whole cell, in whole metres."""
    return _half_diagonal_m(centre(position, degrees)[1], degrees)


def surely_told_m(position: LonLat, degrees: Decimal, radius_m: float) -> tuple[float, float]:
    """How far from a published centre a place may have been told, and within what radius it surely was, in metres.

    The second is 0 unless the published radius is so large a step that no cell alone makes it.

    >>> surely_told_m((12.15, 53.85), Decimal("0.1"), 12_500), surely_told_m((12.15, 53.85), Decimal("0.1"), 250_000)
    ((32335, 0.0), (32335, 92665.0))
    """
    apart_m = _APART * half_diagonal_m(position, degrees)
    below_m = max((step_m for step_m in RADII_M if step_m < radius_m), default=0.0)
    return apart_m, max(0.0, below_m - apart_m)


@lru_cache(maxsize=4096)
def _half_diagonal_m(lat_deg: float, degrees: Decimal) -> int:
    """Half of the diagonal of any cell of a row: corners in the east are as far as those in the west."""
    middle = centre((0.0, lat_deg), degrees)
    west, south, _, north = bounds(middle, degrees)
    return math.ceil(max(geodesic.way_m((middle, (west, lat))) for lat in (south, north)))


def bounds(position: LonLat, degrees: Decimal) -> tuple[float, float, float, float]:
    """West, south, east and north of the cell of a position, in degrees."""
    lon, lat = (Decimal(repr(value)) for value in centre(position, degrees))
    south = lat - degrees / 2
    half = degrees * _joined(south, degrees) / 2
    return float(lon - half), float(south), float(lon + half), float(lat + degrees / 2)


def are_neighbours(one: LonLat, other: LonLat, degrees: Decimal) -> bool:
    """Whether the cells of two positions are one, or share an edge or a corner, across the antimeridian as well.

    >>> tenth = Decimal("0.1")
    >>> are_neighbours((102.61, 17.99), (102.59, 18.01), tenth), are_neighbours((179.99, 0.01), (-179.99, 0.01), tenth)
    (True, True)
    >>> are_neighbours((102.61, 17.99), (102.81, 17.99), tenth)
    False
    """
    west, south, east, north = bounds(one, degrees)
    left, low, right, high = bounds(other, degrees)
    turns_deg = (-2 * float(_LON), 0.0, 2 * float(_LON))
    meets = any(
        west <= right + turn + _TOUCH_DEG and left + turn <= east + _TOUCH_DEG for turn in turns_deg
    )
    return meets and south <= high + _TOUCH_DEG and low <= north + _TOUCH_DEG


def block_around(position: LonLat, degrees: Decimal) -> BaseGeometry:
    """Rectangle that meets the cell of a position and those around it, and no others, in degrees."""
    west, south, east, north = bounds(position, degrees)
    wide, high = (east - west) / 2, (north - south) / 2
    return shapely.box(
        west - wide, max(south - high, -float(_LAT)), east + wide, min(north + high, float(_LAT))
    )


def cover(shape: BaseGeometry, degrees: Decimal) -> tuple[BaseGeometry, Decimal]:
    """All cells that a shape meets as one outline, corners on the edges of cells, and the height of these, in degrees.

    It is ten times as much as was asked for, and so on, for a shape that meets too many.
    """
    while True:
        boxes = _boxes(shape, degrees)
        if len(boxes) <= _MOST_CELLS or degrees >= LARGEST:
            break
        degrees *= 10
    shapely.prepare(shape)
    met = boxes[shapely.intersects(shape, boxes)]
    places = max(-int(degrees.normalize().as_tuple().exponent), 0)
    outline = shapely.transform(shapely.union_all(met), lambda corners: np.round(corners, places))
    return shapely.orient_polygons(outline, exterior_cw=False), degrees


def _boxes(shape: BaseGeometry, degrees: Decimal) -> np.ndarray:
    """Cells of the rectangle around a shape; only counted, as empty boxes, where they are too many."""
    west, south, east, north = (Decimal(repr(float(value))) for value in shape.bounds)
    first, last = (
        min(_floor((side + _LAT) / degrees), int(2 * _LAT / degrees) - 1) for side in (south, north)
    )
    boxes: list[np.ndarray] = []
    count = 0
    for row in range(first, last + 1):
        low = row * degrees - _LAT
        wide = degrees * _joined(low, degrees)
        left, right = (
            min(_floor((side + _LON) / wide), int(2 * _LON / wide) - 1) for side in (west, east)
        )
        count += right - left + 1
        if count > _MOST_CELLS and degrees < LARGEST:
            return np.empty(count, dtype=object)
        edges = [float(column * wide - _LON) for column in range(left, right + 2)]
        boxes.append(shapely.box(edges[:-1], float(low), edges[1:], float(low + degrees)))
    return np.concatenate(boxes)


def _floor(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_FLOOR))


@cache
def _joined(south: Decimal, degrees: Decimal) -> int:
    """How many cells are joined to one in the row that begins at a latitude: a divisor of those round the Earth."""
    shrunk = math.cos(math.radians(float(abs(south + degrees / 2))))
    around = int(2 * _LON / degrees)
    wanted = math.ceil(_LEAST_SHAPE / shrunk)
    return next(count for count in range(wanted, around + 1) if around % count == 0)
