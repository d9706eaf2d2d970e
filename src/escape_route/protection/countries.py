"""The countries that stand for a place without coordinates: so many that their names are no position.

Three names may fit one box of a degree. A country stands alone where it meets 20 boxes or more. A smaller one stands
among all that its ten degrees meet, if the small ones there meet 5 boxes together, for the large ones stand alone; else
among those of its thirty degrees; else none is named.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.ops import nearest_points

from escape_route.geography import base
from escape_route.geography.geodesic import geodesic_m

if TYPE_CHECKING:
    from collections.abc import Sequence

    from escape_route.geography.geodesic import LonLat

ALONE = 20  # boxes of a degree from which on a country stands alone
TOGETHER = ALONE // 4  # that the small countries of a list meet at the least
_LISTS_DEG = (10, 30)
_BESIDE_M = 25_000.0  # a place so near a coast belongs to its country [judgement]
_WHOLE_TURN_DEG, _POLE_DEG = 180, 90


def standing_for(position: LonLat, told: Sequence[str] = ()) -> tuple[str, ...]:
    """Codes of the countries that are published in place of a position, (longitude, latitude) in degrees.

    `told` are codes of the countries that it was said to lie in.

    Examples
    --------
    >>> standing_for((102.6331, 17.9757)), standing_for((35.2, 31.8))[:4]
    (('LA',), ('CY', 'EG', 'IL', 'IQ'))
    """
    if len(set().union(*map(boxes_of, told))) >= ALONE:
        return tuple(told)
    own = told[0] if told else _country_of(position)
    if own is None:
        return ()
    if len(boxes_of(own)) >= ALONE:
        return (own,)
    for size in _LISTS_DEG:
        cell = _cell(*position, size)
        listed = _countries_in(*cell, size)
        # The small ones alone: a list is published for no other place.
        small = frozenset().union(*(boxes_of(code) for code in listed if len(boxes_of(code)) < ALONE))
        if own in listed and sum(_cell(*corner, size) == cell for corner in small) >= TOGETHER:
            return listed
    return ()


@cache
def boxes_of(code: str) -> frozenset[tuple[int, int]]:
    """Boxes of a degree that a country meets, by their south-western corners."""
    country = base.geometry_of(f"country:{code}")
    west, south, east, north = country.bounds
    corners = np.array(list(product(range(floor(west), ceil(east)), range(floor(south), ceil(north)))))
    met = shapely.intersects(country, shapely.box(*corners.T, *(corners + 1).T))
    return frozenset(map(tuple, corners[met].tolist()))


def _cell(lon: float, lat: float, size: int) -> tuple[int, int]:
    """South-western corner of the cell of a position; the antimeridian and the north pole end the last ones."""
    west, south = floor(lon / size) * size, floor(lat / size) * size
    return min(west, _WHOLE_TURN_DEG - size), min(south, _POLE_DEG - size)


@cache
def _countries_in(west: int, south: int, size: int) -> tuple[str, ...]:
    return tuple(base.countries_near(shapely.box(west, south, west + size, south + size)))


def _country_of(position: LonLat) -> str | None:
    """Code of the country of a position; of the nearest one where it lies beside the coast."""
    point = shapely.Point(position)
    around = base.countries_near(point.buffer(1))
    for code in around:
        if base.geometry_of(f"country:{code}").intersects(point):
            return code
    away_m = {}
    for code in around:
        found, _ = nearest_points(base.geometry_of(f"country:{code}"), point)
        away_m[code] = geodesic_m((found.x, found.y), position)
    nearest = min(away_m, key=lambda code: (away_m[code], code), default=None)
    return nearest if nearest is not None and away_m[nearest] <= _BESIDE_M else None
