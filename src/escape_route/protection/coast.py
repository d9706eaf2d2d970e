"""Cells that hold next to no land are told as the one beside them: else they tell where on the coast a place is.

A cell of which less than a quarter is land belongs to the one around it that has the most. All places of both are
published alike, so that none shows which of the two it is in.
"""

from __future__ import annotations

from functools import lru_cache
from math import floor
from typing import TYPE_CHECKING

import numpy as np
import shapely

from escape_route.geography import base, cells
from escape_route.geography.geodesic import geodesic_m

if TYPE_CHECKING:
    from decimal import Decimal

    from shapely.geometry.base import BaseGeometry

    from escape_route.geography.geodesic import LonLat

#: Share of a cell below which what is left of it is too little.
SLIVER = 0.25
_FARTHEST_DEG, _MARGIN_DEG = 75.0, 1.0  # north and south; beyond, cells are joined and coasts are ice [judgement]
_AROUND = [(x, y) for y in (-1, 0, 1) for x in (-1, 0, 1) if (x, y) != (0, 0)]


@lru_cache(maxsize=4096)
def told_as_one(position: LonLat, degrees: Decimal) -> tuple[LonLat, ...]:
    """Centres of the cells that are told as the one of a position: that whose centre is published comes first.

    Positions are (longitude, latitude) in degrees, and `degrees` is the height of a cell.
    """
    own = cells.centre(position, degrees)
    if not _has_a_coast(own, degrees):
        return (own,)
    head = _head(own, degrees)
    return (head, *(each for each in _neighbours(head, degrees) if _head(each, degrees) == head))


def is_beside(published: LonLat, position: LonLat, degrees: Decimal) -> bool:
    """Whether a position lies in a cell that is told as the one of a published centre, or beside one."""
    return any(cells.are_neighbours(each, position, degrees) for each in told_as_one(published, degrees))


def half_diagonal_m(centres: tuple[LonLat, ...], degrees: Decimal) -> float:
    """Distance from the first centre that is sure to hold all the cells, in metres."""
    if len(centres) == 1:
        return float(cells.half_diagonal_m(centres[0], degrees))
    boxes = [cells.bounds(each, degrees) for each in centres]
    corners = [(lon, lat) for west, south, east, north in boxes for lon in (west, east) for lat in (south, north)]
    return max(geodesic_m(centres[0], corner) for corner in corners)


@lru_cache(maxsize=4096)
def _head(centre: LonLat, degrees: Decimal) -> LonLat:
    """Centre of the cell that a cell is told as: its own, unless it is a sliver of land beside one that is none."""
    if not 0 < _land_share(centre, degrees) < SLIVER:
        return centre
    best = max(_neighbours(centre, degrees), key=lambda each: _land_share(each, degrees))
    return best if _land_share(best, degrees) >= SLIVER else centre


def _neighbours(centre: LonLat, degrees: Decimal) -> list[LonLat]:
    """Centres of the cells around one; none of those across the antimeridian."""
    step = float(degrees)
    around = [(centre[0] + x * step, centre[1] + y * step) for x, y in _AROUND]
    return [cells.centre(each, degrees) for each in around if abs(each[0]) < 180]  # noqa: PLR2004  # the antimeridian


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
    sides = (west - _MARGIN_DEG, south - _MARGIN_DEG, west + 1 + _MARGIN_DEG, south + 1 + _MARGIN_DEG)
    land = base.land_in(sides)
    shapely.prepare(land)
    return None if np.isclose(land.area, shapely.box(*sides).area) else land
