"""Which projection suits a journey, and how shapes in longitude and latitude come onto its plane.

The choice follows the Projection Wizard (Šavrič, Jenny & Jenny 2016, doi 10.1080/00087041.2015.1131938; after Snyder):
where shapes matter most, on a small map, angles are kept; on a larger one areas are, for a hatched country must not
look larger than another. A long way lies along its own great circle, whichever way that runs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Transformer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Floats = NDArray[np.float64]

SMALL_DEG, LONG_DEG, WORLD_DEG = 4.0, 42.0, 80.0
"""Radius of a journey, as an angle at the Earth's centre, up to which and from which on other projections suit."""
ELONGATED, STRETCHED = 1.5, 2.5
"""How many times longer than wide a journey is that is laid along a line."""
POLAR_DEG, TROPICAL_DEG = 66.0, 18.0
_EARTH_M = 6_371_008.8
_STEP_DEG = 0.5
_CAP_ROUNDS = 400
_LEAST_AREA_M2 = 1.0


@dataclass(frozen=True, eq=False)
class Projection:
    """A projection with what a caption says of it: the key of its name, and the angles that define it in degrees."""

    key: str
    proj: str
    centre: tuple[float, float]
    angles: tuple[float, ...]
    north_up: bool = True

    @cached_property
    def _transformer(self) -> Transformer:
        return Transformer.from_crs("OGC:CRS84", f"{self.proj} +units=m +no_defs +type=crs", always_xy=True)

    def forward(self, positions: Floats) -> Floats:
        """Bring positions onto the plane.

        Parameters
        ----------
        positions
            Shape (n, 2): longitude and latitude in degrees.

        Returns
        -------
        array
            Shape (n, 2): east and north in metres; infinite where there is no such point.
        """
        x, y = self._transformer.transform(positions[:, 0], positions[:, 1])
        return np.column_stack([x, y])

    def inverse(self, positions: Floats) -> Floats:
        """Bring points of the plane, shape (n, 2) in metres, back to degrees; infinite beyond the edge."""
        lon, lat = self._transformer.transform(positions[:, 0], positions[:, 1], direction="INVERSE")
        return np.column_stack([lon, lat])

    def project(self, geometry: BaseGeometry, within: tuple[float, float, float, float]) -> BaseGeometry:
        """Bring a shape onto the plane.

        Parameters
        ----------
        geometry
            In (longitude, latitude) degrees, cut at 180 degrees (RFC 7946), edges straight in these.
        within
            West, south, east, north in degrees: what lies outside is left out. West may be below -180, east above 180.

        Returns
        -------
        geometry
            Valid, in metres.
        """
        parts = [_at(geometry, shift, within) for shift in (-360.0, 0.0, 360.0)]
        parts = [shapely.segmentize(part, _STEP_DEG) for part in parts if not part.is_empty]
        drawn = [shapely.transform(part, self.forward) for part in parts]
        # The overlay closes the seam between two halves that were cut at 180 degrees.
        whole = [shapely.make_valid(part) for part in drawn if np.isfinite(shapely.get_coordinates(part)).all()]
        return whole[0] if len(whole) == 1 else shapely.union_all(whole, grid_size=_LEAST_AREA_M2)


def _at(geometry: BaseGeometry, shift_deg: float, within: tuple[float, float, float, float]) -> BaseGeometry:
    """What of a shape lies within a box once it is moved by a turn, or not, round the Earth."""
    west, south, east, north = geometry.bounds if not geometry.is_empty else (1.0, 0.0, 0.0, 0.0)
    if west > east or west + shift_deg >= within[2] or east + shift_deg <= within[0]:
        return shapely.GeometryCollection()
    moved = shapely.transform(geometry, lambda xy: np.add(xy, (shift_deg, 0.0))) if shift_deg else geometry
    if within[0] <= west + shift_deg and east + shift_deg <= within[2] and within[1] <= south and north <= within[3]:
        return moved
    return shapely.intersection(shapely.make_valid(moved), shapely.box(*within))


def suiting(positions: Floats) -> Projection:
    """Choose the projection for what is to be seen.

    Parameters
    ----------
    positions
        Shape (n, 2), longitude and latitude in degrees: all that the map is to show.

    Returns
    -------
    Projection
        Its angles are whole degrees: they say no more of a place than the map does.
    """
    centre, radius_deg = cap(positions)
    lon, lat = (round(value) for value in centre)
    if radius_deg > WORLD_DEG:
        return Projection("equal_earth", f"+proj=eqearth +lon_0={lon} +datum=WGS84", (lon, 0), (lon,))
    if abs(lat) + min(radius_deg, 20) > 90 or abs(lat) > POLAR_DEG + 8:  # noqa: PLR2004
        pole = math.copysign(90, lat)
        return Projection("laea_polar", f"+proj=laea +lat_0={pole:g} +lon_0={lon} +datum=WGS84", (lon, pole), (lon,))
    across, along, axis_deg = _shape(positions, (lon, lat))
    if radius_deg > LONG_DEG and max(_stretch(positions, (lon, lat), axis_deg)) > STRETCHED:
        return _oblique(lon, lat, axis_deg)
    if radius_deg < SMALL_DEG:
        return _small(lon, lat, radius_deg, tall=along > across * ELONGATED)
    return _large(lon, lat, (across, along), positions)


def _small(lon: int, lat: int, radius_deg: float, *, tall: bool) -> Projection:
    if tall or abs(lat) < TROPICAL_DEG:
        return Projection("tmerc", f"+proj=tmerc +lat_0=0 +lon_0={lon} +datum=WGS84", (lon, lat), (lon,))
    reach = max(1, round(radius_deg * 2 / 3))
    low, high = lat - reach, lat + reach
    definition = f"+proj=lcc +lat_1={low} +lat_2={high} +lat_0={lat} +lon_0={lon} +datum=WGS84"
    return Projection("lcc", definition, (lon, lat), (low, high, lon))


def _large(lon: int, lat: int, size: tuple[float, float], positions: Floats) -> Projection:
    across, along = size
    if across > along * ELONGATED and TROPICAL_DEG <= abs(lat) <= POLAR_DEG:
        south, north = positions[:, 1].min(), positions[:, 1].max()
        low, high = round(south + (north - south) / 6), round(north - (north - south) / 6)
        if low != -high:
            definition = f"+proj=aea +lat_1={low} +lat_2={high} +lat_0={lat} +lon_0={lon} +datum=WGS84"
            return Projection("aea", definition, (lon, lat), (low, high, lon))
    if across > along * ELONGATED and abs(lat) < TROPICAL_DEG:
        scale = round(np.abs(positions[:, 1]).max() * 2 / 3)
        return Projection("cea", f"+proj=cea +lat_ts={scale} +lon_0={lon} +datum=WGS84", (lon, 0), (scale, lon))
    return Projection("laea", f"+proj=laea +lat_0={lat} +lon_0={lon} +datum=WGS84", (lon, lat), (lat, lon))


def _oblique(lon: int, lat: int, axis_deg: float) -> Projection:
    """Oblique cylindrical equal-area projection, whose central line runs the way that the journey does."""
    alpha = round(axis_deg) % 180
    definition = f"+proj=ocea +lonc={lon} +lat_0={lat} +alpha={alpha or 180} +R={_EARTH_M}"
    return Projection("ocea", definition, (lon, lat), (lat, lon, alpha), north_up=False)


def cap(positions: Floats) -> tuple[tuple[float, float], float]:
    """Find the smallest circle on the globe around some positions, nearly.

    Returns
    -------
    tuple
        Its centre, longitude and latitude in degrees, and its radius as an angle at the Earth's centre, in degrees.
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


def _shape(positions: Floats, centre: tuple[float, float]) -> tuple[float, float, float]:
    """How far the positions reach across and along a meridian, in metres, and the azimuth of their longer axis."""
    flat = _azimuthal(centre).forward(positions)
    flat = flat[np.isfinite(flat).all(axis=1)]
    across, along = np.ptp(flat, axis=0)
    _, _, axes = np.linalg.svd(flat - flat.mean(axis=0), full_matrices=False)
    east, north = axes[0]
    return float(across), float(along), math.degrees(math.atan2(east, north)) % 180


def _stretch(positions: Floats, centre: tuple[float, float], axis_deg: float) -> tuple[float, float]:
    """How many times longer the positions are along an azimuth than across it, and the other way about."""
    flat = _azimuthal(centre).forward(positions)
    turn = math.radians(axis_deg)
    turned = flat @ np.array([[math.sin(turn), math.cos(turn)], [math.cos(turn), -math.sin(turn)]])
    length, width = np.ptp(turned, axis=0)
    return float(length / max(width, 1.0)), float(width / max(length, 1.0))


def _azimuthal(centre: tuple[float, float]) -> Projection:
    lon, lat = centre
    return Projection("laea", f"+proj=laea +lat_0={lat} +lon_0={lon} +datum=WGS84", centre, (lat, lon))


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
