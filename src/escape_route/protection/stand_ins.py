"""What stands for a place that is published coarser: the cell beside its own that has more land, or countries.

A cell of which less than a quarter is land belongs to the one around it that has the most: else it
would tell where on the coast a place is. All places of both are published alike, so that none shows
which of the two it is in.

Of a place without coordinates so many countries are named that their names are no position. Three
names may fit one box of a degree. A country stands alone where it meets 20 boxes or more. A smaller
one stands among all that its ten degrees meet, if the small ones there meet 5 boxes together, for
the large ones stand alone; else among those of its thirty degrees; else none is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import product
from math import ceil, floor

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from escape_route.geography import base, cells
from escape_route.geography.geodesic import LonLat, geodesic_m

#: Share of a cell below which what is left of it is too little.
SLIVER = 0.25
_FARTHEST_DEG, _MARGIN_DEG = (
    75.0,
    1.0,
)  # north and south; beyond, cells are joined and coasts are ice [judgement]
_AROUND = [(x, y) for y in (-1, 0, 1) for x in (-1, 0, 1) if (x, y) != (0, 0)]
ALONE = 20  # boxes of a degree from which on a country stands alone
TOGETHER = ALONE // 4  # that the small countries of a list meet at the least
_LISTS_DEG = (10, 30)
_BESIDE_M = 25_000.0  # a place so near a coast belongs to its country [judgement]
_WHOLE_TURN_DEG, _POLE_DEG = 180, 90


@lru_cache(maxsize=4096)
def told_as_one(position: LonLat, degrees: Decimal) -> tuple[LonLat, ...]:
    """Centres of the cells that are told as the one of a position: that whose centre is published comes first.

    Positions are (longitude, latitude) in degrees, and `degrees` is the height of a cell.
    """
    own = cells.centre(position, degrees)
    if not _has_a_coast(own, degrees):
        return (own,)
    head = _head(own, degrees)
    return (
        head,
        *(
            neighbour
            for neighbour in _neighbours(head, degrees)
            if _head(neighbour, degrees) == head
        ),
    )


def is_beside(published: LonLat, position: LonLat, degrees: Decimal) -> bool:
    """Whether a position lies in a cell that is told as the one of a published centre, or beside one."""
    return any(
        cells.are_neighbours(middle, position, degrees)
        for middle in told_as_one(published, degrees)
    )


def half_diagonal_m(centres: tuple[LonLat, ...], degrees: Decimal) -> float:
    """Distance from the first centre that is sure to hold all the cells, in metres."""
    if len(centres) == 1:
        return float(cells.half_diagonal_m(centres[0], degrees))
    boxes = [cells.bounds(centre, degrees) for centre in centres]
    corners = [
        (lon, lat)
        for west, south, east, north in boxes
        for lon in (west, east)
        for lat in (south, north)
    ]
    return max(geodesic_m(centres[0], corner) for corner in corners)


@lru_cache(maxsize=4096)
def _head(centre: LonLat, degrees: Decimal) -> LonLat:
    """Centre of the cell that a cell is told as: its own, unless it is a sliver of land beside one that is none."""
    if not 0 < _land_share(centre, degrees) < SLIVER:
        return centre
    best = max(_neighbours(centre, degrees), key=lambda middle: _land_share(middle, degrees))
    return best if _land_share(best, degrees) >= SLIVER else centre


def _neighbours(centre: LonLat, degrees: Decimal) -> list[LonLat]:
    """Centres of the cells around one; none of those across the antimeridian."""
    step = float(degrees)
    around = [(centre[0] + x * step, centre[1] + y * step) for x, y in _AROUND]
    return [cells.centre(middle, degrees) for middle in around if abs(middle[0]) < 180]  # noqa: PLR2004  # the antimeridian


def _has_a_coast(centre: LonLat, degrees: Decimal) -> bool:
    """Whether there is sea within two cells of one."""
    if abs(centre[1]) > _FARTHEST_DEG:
        return False
    tile = _land_around(floor(centre[0]), floor(centre[1]))
    reach = 2.5 * float(degrees)
    block = shapely.box(centre[0] - reach, centre[1] - reach, centre[0] + reach, centre[1] + reach)
    return tile is not None and not tile.contains(block) and tile.intersects(block)


@lru_cache(maxsize=65536)
def _land_share(centre: LonLat, degrees: Decimal) -> float:
    tile = _land_around(floor(centre[0]), floor(centre[1]))
    cell = shapely.box(*cells.bounds(centre, degrees))
    return 1.0 if tile is None else float(shapely.intersection(tile, cell).area / cell.area)


@lru_cache(maxsize=256)
def _land_around(west: int, south: int) -> BaseGeometry | None:
    """Land in a box of a degree and around it; None where there is no sea."""
    sides = (
        west - _MARGIN_DEG,
        south - _MARGIN_DEG,
        west + 1 + _MARGIN_DEG,
        south + 1 + _MARGIN_DEG,
    )
    land = base.land_in(sides)
    shapely.prepare(land)
    return None if np.isclose(land.area, shapely.box(*sides).area) else land


def standing_for(position: LonLat, footprints: Sequence[str] = ()) -> tuple[str, ...]:
    """Codes of the countries that are published in place of a position, (longitude, latitude) in degrees.

    `told` are codes of the countries that it was said to lie in.

    >>> standing_for((102.6331, 17.9757)), standing_for((35.2, 31.8))[:4]
    (('LA',), ('CY', 'EG', 'IL', 'IQ'))
    """
    if len(set().union(*map(boxes_of, footprints))) >= ALONE:
        return tuple(footprints)
    own = footprints[0] if footprints else _country_of(position)
    if own is None:
        return ()
    if len(boxes_of(own)) >= ALONE:
        return (own,)
    for size in _LISTS_DEG:
        cell = _cell(*position, size)
        listed = _countries_in(*cell, size)
        # The small ones alone: a list is published for no other place.
        small = frozenset().union(
            *(boxes_of(code) for code in listed if len(boxes_of(code)) < ALONE)
        )
        if own in listed and sum(_cell(*corner, size) == cell for corner in small) >= TOGETHER:
            return listed
    return ()


@cache
def boxes_of(reference: str) -> frozenset[tuple[int, int]]:
    """Boxes of a degree that a country, by its code, or a footprint meets, by their south-western corners."""
    country = base.geometry_of(reference if ":" in reference else f"country:{reference}")
    west, south, east, north = country.bounds
    corners = np.array(
        list(product(range(floor(west), ceil(east)), range(floor(south), ceil(north))))
    )
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
        near, _ = nearest_points(base.geometry_of(f"country:{code}"), point)
        away_m[code] = geodesic_m((near.x, near.y), position)
    nearest = min(away_m, key=lambda code: (away_m[code], code), default=None)
    return nearest if nearest is not None and away_m[nearest] <= _BESIDE_M else None
