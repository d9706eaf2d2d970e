"""Ways over water: by ship or boat on the open sea no land border is crossed, and none is in the air."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from escape_route.geography import base, geodesic
from escape_route.model.modes import ModesAre, Through

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from escape_route.distance.points import Points
    from escape_route.geography.geodesic import Floats, LonLat
    from escape_route.model.journey import Waypoint
    from escape_route.model.places import Region

_SAMPLE_M = 5_000.0  # between positions on a line that are looked at
_FEWEST, _MOST = 65, 1_000  # of them
_SOME_WAYS = 200
_SHARED_AMONG = 65  # positions on a way that its part of land is counted at
_MOSTLY = 0.5


class Arrival(Enum):
    """How one came to a place, as far as borders are concerned."""

    BY_LAND = "land"
    BY_BOAT = "boat"  # on a river or lake
    BY_SEA = "sea"
    BY_AIR = "air"


def arrival(waypoint: Waypoint, left: Region, entered: Region) -> Arrival:
    """How one came from a place to a waypoint: not by land only where every account says so.

    Where the modes are parts of one way, the part in the air or on the sea is what crossed the border.

    Parameters
    ----------
    waypoint
        That one arrived at.
    left, entered
        Where one came from, and the place of the waypoint.
    """
    through = {share.mode.row.through for share in waypoint.modes}
    if waypoint.modes_are is ModesAre.PARTS:
        through = through & {Through.AIR} or through & {Through.SEA} or through
    if through == {Through.AIR}:
        return Arrival.BY_AIR
    if not through or through - {Through.WATER, Through.SEA}:
        return Arrival.BY_LAND
    at_sea = through == {Through.SEA} or is_open_water(left, entered)
    return Arrival.BY_SEA if at_sea else Arrival.BY_BOAT


@lru_cache(maxsize=1024)
def is_open_water(one: Region, other: Region) -> bool:
    """Whether the shortest line between two places runs mostly over the sea; lakes and rivers are in the land."""
    ends = shapely.shortest_line(_shape(one), _shape(other)).coords
    return tuple(ends[0]) != tuple(ends[1]) and float(np.mean(~land_on_the_way(ends[0], ends[1])[1])) >= _MOSTLY


def land_share(one: Points, other: Points) -> float:
    """Part of the way between drawn points that is land, 0 to 1: of some of the draws, spread over all of them."""
    count = max(len(one.lonlat_deg), len(other.lonlat_deg))
    some = np.linspace(0, count - 1, min(count, _SOME_WAYS)).astype(int)
    starts, ends = (np.broadcast_to(each.lonlat_deg, (count, 2))[some] for each in (one, other))
    ways = np.column_stack([starts, ends]).tolist()
    between = [geodesic.WGS84.npts(a, b, c, d, _SHARED_AMONG - 2) for a, b, c, d in ways]
    inside = np.array(between, dtype=np.float64).reshape(-1, 2)
    return float(np.mean(base.is_land(np.concatenate([starts, inside, ends]))))


def land_on_the_way(one: LonLat, other: LonLat) -> tuple[Floats, NDArray[np.bool_]]:
    """Positions on the geodesic between two points, shape (n, 2) in degrees, and which of them lie on land."""
    count = min(max(int(geodesic.geodesic_m(one, other) / _SAMPLE_M), _FEWEST), _MOST)
    between = geodesic.WGS84.npts(*one, *other, count - 2)
    way = np.array([one, *between, other], dtype=np.float64)
    return way, base.is_land(way)


def sea_is_within(position: LonLat, reach_m: float) -> bool:
    """Whether any sea lies within a distance of a position, as far as circles of points around it tell."""
    bearings_deg = np.linspace(0.0, 360.0, 36, endpoint=False)
    rings = [geodesic.ahead(*position, bearings_deg, reach_m * share) for share in (0.1, 0.3, 0.5, 0.7, 0.85, 1.0)]
    around = np.concatenate([[position], *rings])
    return not bool(base.is_land(around).all())


def _shape(region: Region) -> BaseGeometry:
    """What stands for a place: its shape, or the middle of a disc."""
    return region.shape if region.centre is None else shapely.Point(region.centre)
