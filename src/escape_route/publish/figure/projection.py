"""Which projection suits a journey, and how shapes in longitude and latitude come onto its plane.

The choice follows the Projection Wizard (Šavrič, Jenny & Jenny 2016, doi 10.1080/00087041.2015.1131938; after Snyder):
where shapes matter most, on a small map, angles are kept; on a larger one areas are, for a hatched country must not
look larger than another. North is up in the middle of every map, however long the way; the largest show a hemisphere
as a disc, or the whole Earth.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Transformer

from escape_route.publish.figure import globe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Floats = NDArray[np.float64]

SMALL_DEG, LONG_DEG, WORLD_DEG = 4.0, 42.0, 80.0
"""Radius of a journey, as an angle at the Earth's centre, up to which and from which on other projections suit."""
ELONGATED = 1.5
"""How many times wider than high a journey is that is laid along a parallel."""
HORIZON_DEG = 90.0
"""How far from its centre an azimuthal map shows the Earth, at the least, where its window is larger than that."""
POLAR_DEG, TROPICAL_DEG = 66.0, 18.0
_STEP_DEG = 0.5
_CAP_ROUNDS = 400
_GRID_M = 1.0
_SAME_M = 1.0
_EDGE_DEG = 180.0 - 1e-6
_BEYOND_DEG = 10.0


@dataclass(frozen=True, eq=False)
class Projection:
    """A projection with what a caption says of it: the key of its name, and the angles that define it in degrees.

    `horizon_deg` is how far from its centre anything is shown, for those that have one; others are cut half a turn
    from their central meridian.
    """

    key: str
    proj: str
    centre: tuple[float, float]
    angles: tuple[float, ...]
    horizon_deg: float | None = None

    @cached_property
    def _transformer(self) -> Transformer:
        return Transformer.from_crs("OGC:CRS84", f"{self.proj} +units=m +no_defs +type=crs", always_xy=True)

    def forward(self, positions: Floats) -> Floats:
        """Bring (lon, lat) in degrees, (n, 2), onto the plane: metres east and north, infinite where there is none."""
        x, y = self._transformer.transform(positions[:, 0], positions[:, 1])
        return np.column_stack([x, y])

    def inverse(self, positions: Floats) -> Floats:
        """Bring points of the plane, shape (n, 2) in metres, back to degrees; infinite beyond the edge."""
        lon, lat = self._transformer.transform(positions[:, 0], positions[:, 1], direction="INVERSE")
        back = self.forward(np.column_stack([lon, lat]))
        there = np.asarray(
            np.hypot(*(back - positions).T) < _SAME_M
        )  # beyond the edge some formulas give what lies elsewhere
        if self.horizon_deg is not None:
            there &= _angles_deg(np.column_stack([lon, lat]), self.centre) <= self.horizon_deg
        return np.where(there[:, None], np.column_stack([lon, lat]), np.inf)

    @cached_property
    def whole(self) -> BaseGeometry:
        """All that this projection can show, in degrees within half a turn of its central meridian."""
        if self.horizon_deg is None:
            return globe.around(shapely.box(-180, -90, 180, 90), self.centre[0])
        return globe.around(globe.cap_region(self.centre, self.horizon_deg), self.centre[0])

    def project(self, geometry: BaseGeometry, within: BaseGeometry) -> BaseGeometry:
        """Bring a shape onto the plane, valid, in metres.

        What lies outside of what is seen (as `visible` gives it) is left out. The shape is in (lon, lat) degrees, cut
        at 180 degrees (RFC 7946), its edges straight in these.
        """
        parts = [part for turn in globe.TURNS_DEG if not (part := _at(geometry, turn, within)).is_empty]
        drawn = [shapely.transform(shapely.segmentize(part, _STEP_DEG), self.forward) for part in parts]
        whole = [shapely.make_valid(part) for part in drawn if np.isfinite(shapely.get_coordinates(part)).all()]
        if len(whole) == 1 and not _is_cut(geometry):
            return whole[0]
        # The overlay closes the seam between two halves that were cut, and that which leads to a pole.
        return shapely.union_all(whole, grid_size=_GRID_M)

    def line(self, positions: Floats) -> list[Floats]:
        """Bring a line onto the plane, shape (n, 2) in degrees: in parts where it leaves at one edge for the other."""
        return [self.forward(part) for part in globe.cut(positions, self.centre[0])]


def _is_cut(geometry: BaseGeometry) -> bool:
    west, south, east, north = geometry.bounds
    return bool(west <= -_EDGE_DEG or east >= _EDGE_DEG or south <= -_EDGE_DEG / 2 or north >= _EDGE_DEG / 2)


def _at(geometry: BaseGeometry, turn_deg: float, within: BaseGeometry) -> BaseGeometry:
    """What of a shape lies within a region once it is moved by some turns, or none, round the Earth."""
    seen = within.bounds
    west, _, east, _ = geometry.bounds
    if geometry.is_empty or west + turn_deg >= seen[2] or east + turn_deg <= seen[0]:
        return shapely.GeometryCollection()
    moved = shapely.transform(geometry, lambda xy: np.add(xy, (turn_deg, 0.0))) if turn_deg else geometry
    if shapely.contains_properly(within, moved):
        return moved
    return shapely.intersection(shapely.make_valid(moved), within)


def suiting(positions: Floats) -> Projection:
    """Choose the projection for all that is to be shown, (lon, lat) in degrees, shape (n, 2).

    Its angles are whole degrees: they say no more of a place than the map does.
    """
    centre, radius_deg = cap(positions)
    lon, lat = (round(value) for value in centre)
    if radius_deg > WORLD_DEG:
        lon = round(globe.widest_gap(positions[:, 0]) + 180)
        lon = lon - 360 if lon > 180 else lon  # noqa: PLR2004
        return Projection("equal_earth", f"+proj=eqearth +lon_0={lon} +datum=WGS84", (lon, 0), (lon,))
    if abs(lat) + min(radius_deg, 20) > 90 or abs(lat) > POLAR_DEG + 8:  # noqa: PLR2004
        return _azimuthal("laea_polar", (lon, math.copysign(90, lat)), (lon,), positions)
    across, along = _size(positions, (lon, lat))
    if radius_deg < SMALL_DEG:
        return _small(lon, lat, radius_deg, tall=along > across * ELONGATED)
    if across > along * ELONGATED and abs(lat) < TROPICAL_DEG:
        scale = round(np.abs(positions[:, 1]).max() * 2 / 3)
        return Projection("cea", f"+proj=cea +lat_ts={scale} +lon_0={lon} +datum=WGS84", (lon, 0), (scale, lon))
    if across > along * ELONGATED and TROPICAL_DEG <= abs(lat) <= POLAR_DEG and radius_deg <= LONG_DEG:
        return _conic(lon, lat, positions)
    return _azimuthal("laea", (lon, lat), (lat, lon), positions)


def _small(lon: int, lat: int, radius_deg: float, *, tall: bool) -> Projection:
    if tall or abs(lat) < TROPICAL_DEG:
        return Projection("tmerc", f"+proj=tmerc +lat_0=0 +lon_0={lon} +datum=WGS84", (lon, lat), (lon,))
    reach = max(1, round(radius_deg * 2 / 3))
    low, high = lat - reach, lat + reach
    definition = f"+proj=lcc +lat_1={low} +lat_2={high} +lat_0={lat} +lon_0={lon} +datum=WGS84"
    return Projection("lcc", definition, (lon, lat), (low, high, lon))


def _conic(lon: int, lat: int, positions: Floats) -> Projection:
    south, north = positions[:, 1].min(), positions[:, 1].max()
    low, high = round(south + (north - south) / 6), round(north - (north - south) / 6)
    if low == -high:
        return _azimuthal("laea", (lon, lat), (lat, lon), positions)
    definition = f"+proj=aea +lat_1={low} +lat_2={high} +lat_0={lat} +lon_0={lon} +datum=WGS84"
    return Projection("aea", definition, (lon, lat), (low, high, lon))


def _azimuthal(key: str, centre: tuple[float, float], angles: tuple[float, ...], positions: Floats) -> Projection:
    lon, lat = centre
    horizon_deg = max(HORIZON_DEG, float(_angles_deg(positions, centre).max()) + _BEYOND_DEG)
    definition = f"+proj=laea +lat_0={lat:g} +lon_0={lon:g} +datum=WGS84"
    return Projection(key, definition, centre, angles, min(horizon_deg, 170.0))


def cap(positions: Floats) -> tuple[tuple[float, float], float]:
    """Find the smallest circle on the globe around some positions, nearly: its centre, and its radius as an angle.

    All in degrees; the angle is at the Earth's centre.
    """
    points = _vectors(positions)
    middle = points.mean(axis=0)
    if np.linalg.norm(middle) < 1e-6:  # noqa: PLR2004  # all round the globe
        middle = points[0] + np.array([0.0, 0.0, 1e-3])
    middle /= np.linalg.norm(middle)
    for turn in range(1, _CAP_ROUNDS):
        farthest = points[np.argmin(points @ middle)]
        middle = middle + (farthest - middle) / (turn + 1)
        middle /= max(np.linalg.norm(middle), 1e-9)
    radius = math.degrees(math.acos(np.clip((points @ middle).min(), -1, 1)))
    lon, lat = math.degrees(math.atan2(middle[1], middle[0])), math.degrees(math.asin(np.clip(middle[2], -1, 1)))
    return (lon, lat), radius


def _vectors(positions: Floats) -> Floats:
    lon, lat = np.radians(positions[:, 0]), np.radians(positions[:, 1])
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _angles_deg(positions: Floats, centre: tuple[float, float]) -> Floats:
    """Angle at the Earth's centre between each of some positions and another; none where one is infinite."""
    there = np.asarray(np.isfinite(positions).all(axis=1))
    cosine = _vectors(np.where(there[:, None], positions, 0.0)) @ _vectors(np.array([centre], dtype=float))[0]
    return np.where(there, np.degrees(np.arccos(np.clip(cosine, -1, 1))), np.inf)


def _size(positions: Floats, centre: tuple[float, float]) -> tuple[float, float]:
    """How far the positions reach across and along a meridian, in metres."""
    across, along = np.ptp(_azimuthal("laea", centre, (), positions).forward(positions), axis=0)
    return float(across), float(along)


def visible(projection: Projection, window: tuple[float, float, float, float]) -> BaseGeometry:
    """What of the globe a window of the plane shows (its bounds in metres), and a little more, in degrees.

    Longitudes are within half a turn of the projection's central meridian, and so past 180 at times.
    """
    if projection.horizon_deg is None:
        return globe.around(shapely.box(*degrees_seen(projection, window)), projection.centre[0])
    west, south, east, north = window
    corners = np.array([(west, south), (west, north), (east, south), (east, north)])
    reach_deg = _angles_deg(projection.inverse(corners), projection.centre).max() + 1.0
    if reach_deg >= projection.horizon_deg:
        return projection.whole
    return globe.around(globe.cap_region(projection.centre, float(reach_deg)), projection.centre[0])


def degrees_seen(
    projection: Projection, window: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    """West, south, east, north in degrees of what a window of the plane shows.

    Longitudes run on past 180 where the window does, so that they are never further than half a turn from its middle.
    """
    west, south, east, north = window
    x, y = np.meshgrid(np.linspace(west, east, 41), np.linspace(south, north, 41))
    seen = projection.inverse(np.column_stack([x.ravel(), y.ravel()]))
    seen = seen[np.isfinite(seen).all(axis=1)]
    middle = projection.centre[0]
    if not len(seen):
        return middle - 180.0, -90.0, middle + 180.0, 90.0
    lon = middle + (seen[:, 0] - middle + 180) % 360 - 180
    low, high = max(-90.0, seen[:, 1].min() - 1), min(90.0, seen[:, 1].max() + 1)
    poles = [pole for pole in (-90.0, 90.0) if _shows(projection, window, pole)]
    if poles:
        return middle - 180.0, min([low, *poles]), middle + 180.0, max([high, *poles])
    return max(lon.min() - 2, middle - 180.0), low, min(lon.max() + 2, middle + 180.0), high


def _shows(projection: Projection, window: tuple[float, float, float, float], pole: float) -> bool:
    x, y = projection.forward(np.array([[projection.centre[0], pole]]))[0]
    back = projection.inverse(np.array([[x, y]]))[0] if np.isfinite([x, y]).all() else np.array([0.0, 0.0])
    return bool(window[0] <= x <= window[2] and window[1] <= y <= window[3] and abs(back[1] - pole) < 1)


def vertices(shapes: Iterable[BaseGeometry]) -> Floats:
    """All vertices of some shapes, shape (n, 2)."""
    found = [shapely.get_coordinates(shape) for shape in shapes]
    return np.concatenate(found) if found else np.empty((0, 2))
