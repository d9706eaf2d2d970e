"""Ways over water: by ship or boat on the open sea no land border is crossed, and none is in the air."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from escape_route.distance import points
from escape_route.distance.points import Points
from escape_route.geography import base, geodesic
from escape_route.geography.geodesic import Floats, LonLat
from escape_route.model.journey import Waypoint
from escape_route.model.modes import ModesAre, Through
from escape_route.model.places import Region

_SAMPLE_M = 5_000.0  # between positions on a line that are looked at
_FEWEST, _MOST = 65, 1_000  # of them
_PASSAGE_M = 5_000.0  # of sea on a line; less may be a bay that the coast is drawn without
_SOME_WAYS = 200
_SHARED_AMONG = 65  # positions on a way that its part of land is counted at
_MOSTLY = 0.5


class Arrival(Enum):
    """How one came to a place, as far as borders are concerned."""

    BY_LAND = "land"
    BY_BOAT = "boat"  # on a river or lake
    BY_SEA = "sea"
    BY_AIR = "air"


def accounts(waypoint: Waypoint) -> tuple[frozenset[Through], ...]:
    """What each account of how one came to a waypoint went through: parts of one way are one account."""
    by_share = [frozenset({share.mode.row.through}) for share in waypoint.modes]
    if waypoint.modes_are is ModesAre.PARTS or not by_share:
        return (frozenset().union(*by_share),)
    return tuple(by_share)


def tellings(waypoints: Iterable[Waypoint]) -> set[frozenset[Through]]:
    """What a way by several waypoints may have gone through, all accounts of each with all of the others."""
    through = {frozenset[Through]()}
    for waypoint in waypoints:
        through = {before | own for before in through for own in accounts(waypoint)}
    return through


def arrival(through: frozenset[Through], left: Region, entered: Region) -> Arrival:
    """How one came from a place to another, in one account of it that says what the way went through.

    Of several parts of a way, the one in the air or on the sea is what crossed the border; a boat's
    is where the sea lies between [our judgement].
    """
    if Through.AIR in through:
        return Arrival.BY_AIR
    if Through.SEA in through:
        return Arrival.BY_SEA
    if Through.WATER not in through:
        return Arrival.BY_LAND
    if through != {Through.WATER}:
        return Arrival.BY_SEA if is_sea_between(left, entered) else Arrival.BY_LAND
    return Arrival.BY_SEA if is_open_water(left, entered) else Arrival.BY_BOAT


@lru_cache(maxsize=1024)
def is_open_water(one: Region, other: Region) -> bool:
    """Whether the shortest line between two places runs mostly over the sea; lakes and rivers are in the land."""
    start, end = ends_between(one, other)
    return start != end and float(np.mean(~land_on_the_way(start, end)[1])) >= _MOSTLY


@lru_cache(maxsize=1024)
def is_sea_between(one: Region, other: Region) -> bool:
    """Whether the shortest line between two places runs over the sea anywhere, for as far as makes a passage."""
    start, end = ends_between(one, other)
    length_m = geodesic.geodesic_m(start, end)
    if length_m < _PASSAGE_M / 2:
        return False  # without a look at the map of the world
    way, is_land = land_on_the_way(start, end)
    step_m = length_m / (len(way) - 1)
    longest = max(
        (len(run) for run in "".join("x" if land else "." for land in is_land).split("x")),
        default=0,
    )
    return longest * step_m >= _PASSAGE_M


def land_share(one: Points, other: Points) -> float:
    """Part of the way between drawn points that is land, 0 to 1: of some of the draws, spread over all of them."""
    starts, ends = np.broadcast_arrays(
        *(end.lonlat_deg for end in points.some(one, other, _SOME_WAYS))
    )
    ways = np.column_stack([starts, ends]).tolist()
    between = [geodesic.WGS84.npts(a, b, c, d, _SHARED_AMONG - 2) for a, b, c, d in ways]
    inside = np.array(between, dtype=np.float64).reshape(-1, 2)
    return float(np.mean(base.is_land(np.concatenate([starts, inside, ends]))))


def land_on_the_way(start: LonLat, end: LonLat) -> tuple[Floats, NDArray[np.bool_]]:
    """Positions on the geodesic between two points, shape (n, 2) in degrees, and which of them lie on land."""
    count = min(max(int(geodesic.geodesic_m(start, end) / _SAMPLE_M), _FEWEST), _MOST)
    between = geodesic.WGS84.npts(*start, *end, count - 2)
    way = np.array([start, *between, end], dtype=np.float64)
    return way, base.is_land(way)


def sea_is_within(position: LonLat, reach_m: float) -> bool:
    """Whether any sea lies within a distance of a position, as far as circles of points around it tell."""
    bearings_deg = np.linspace(0.0, 360.0, 36, endpoint=False)
    rings = [
        geodesic.ahead(*position, bearings_deg, reach_m * share)
        for share in (0.1, 0.3, 0.5, 0.7, 0.85, 1.0)
    ]
    around = np.concatenate([[position], *rings])
    return not bool(base.is_land(around).all())


def ends_between(one: Region, other: Region) -> tuple[LonLat, LonLat]:
    """Where the shortest line between two places begins and ends: the same point where they touch."""
    start, end = shapely.shortest_line(_shape(one), _shape(other)).coords
    return (start[0], start[1]), (end[0], end[1])


def _shape(region: Region) -> BaseGeometry:
    """What stands for a place: its shape, or the middle of a disc."""
    return region.shape if region.centre is None else shapely.Point(region.centre)
