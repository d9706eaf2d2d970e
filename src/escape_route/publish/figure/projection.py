"""Which projection suits a journey, and how shapes in longitude and latitude come onto its plane.

The choice follows the Projection Wizard (Šavrič, Jenny & Jenny 2016, doi
10.1080/00087041.2015.1131938; after Snyder): where shapes matter most, on a small map, angles are
kept; on a larger one areas are, for a hatched country must not look larger than another. North is
up in the middle of every map, however long the way; the largest show a hemisphere as a disc, or the
whole Earth. Regions of the globe may hold a pole or lie across 180 degrees.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from pyproj import Transformer
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from escape_route.geography.geodesic import Floats

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
TURNS_DEG = (-720.0, -360.0, 0.0, 360.0, 720.0)
_RING_POINTS = 1440
_OFF_POLE_DEG = 0.05
_SEAM_DEG = 1e-7
"""A centimetre at most: the two sides of a cut must not fall on one meridian, or both are drawn at the same edge."""


def cap_region(centre: tuple[float, float], radius_deg: float) -> BaseGeometry:
    """All that lies within an angle at the Earth's centre, 0 to 180 degrees, of a position (longitude and latitude).

    Longitudes may run on past 180, none is there twice.

    >>> [round(bound, 6) for bound in cap_region((0.0, 90.0), 30.0).bounds[1::2]]
    [60.0, 90.0]
    """
    to_north, to_south = 90.0 - centre[1], 90.0 + centre[1]
    for pole_deg in (to_north, to_south):
        if (
            abs(pole_deg - radius_deg) < _OFF_POLE_DEG * 0.8
        ):  # a ring through a pole has no longitude there
            radius_deg = pole_deg + _OFF_POLE_DEG
    if radius_deg > max(to_north, to_south):
        whole = shapely.box(centre[0] - 180, -90, centre[0] + 180, 90)
        if radius_deg >= 180 - _OFF_POLE_DEG:
            return whole
        behind = cap_region((centre[0] + 180, -centre[1]), 180.0 - radius_deg)
        return shapely.difference(
            whole, shapely.union_all([translate(behind, turn) for turn in (-360.0, 0.0)])
        )
    return ring_region(_circle(centre, radius_deg), 90.0 if to_north < to_south else -90.0)


def _circle(centre: tuple[float, float], radius_deg: float) -> Floats:
    lat, reach = np.radians(centre[1]), np.radians(radius_deg)
    azimuth = np.linspace(0, 2 * np.pi, _RING_POINTS, endpoint=False)
    sine = np.sin(lat) * np.cos(reach) + np.cos(lat) * np.sin(reach) * np.cos(azimuth)
    onward = np.cos(lat) * np.cos(reach) - np.sin(lat) * np.sin(reach) * np.cos(azimuth)
    east = np.arctan2(np.sin(azimuth) * np.sin(reach), onward)
    return np.column_stack(
        [centre[0] + np.degrees(east), np.degrees(np.arcsin(np.clip(sine, -1, 1)))]
    )


def ring_region(ring: Floats, pole_deg: float) -> BaseGeometry:
    """Inside of a ring of positions, shape (n, 2) in degrees; where it runs round the Earth, as far as a pole."""
    lon = np.unwrap(np.append(ring[:, 0], ring[0, 0]), period=360)
    lat = np.append(ring[:, 1], ring[0, 1])
    if abs(lon[-1] - lon[0]) > 180:  # noqa: PLR2004
        lon, lat = np.append(lon, [lon[-1], lon[0]]), np.append(lat, [pole_deg, pole_deg])
    return shapely.make_valid(shapely.Polygon(np.column_stack([lon, lat])))


def around(region: BaseGeometry, lon_deg: float) -> BaseGeometry:
    """Bring a region to within half a turn of a meridian, where a projection is cut on the other side."""
    frame = shapely.box(lon_deg - 180 + _SEAM_DEG, -90, lon_deg + 180 - _SEAM_DEG, 90)
    turned = [translate(region, turn) for turn in TURNS_DEG]
    seen = shapely.union_all(
        [shapely.intersection(copy, frame) for copy in turned if copy.intersects(frame)]
    )
    shapely.prepare(seen)
    return seen


def cut(line: Floats, lon_deg: float) -> list[Floats]:
    """Cut a line, shape (n, 2) in degrees, where a projection is cut: half a turn from its central meridian.

    No step is longer than half a turn. Gives the parts in their order; both sides of a cut are
    there.

    >>> [part.round(1).tolist() for part in cut(np.array([[170.0, 0.0], [-170.0, 2.0]]), 0.0)]
    [[[170.0, 0.0], [180.0, 1.0]], [[-180.0, 1.0], [-170.0, 2.0]]]
    """
    lon, lat = np.unwrap(line[:, 0] - lon_deg, period=360), line[:, 1]
    turn = np.floor((lon + 180) / 360)
    parts = np.split(
        np.column_stack([lon - turn * 360 + lon_deg, lat]), np.flatnonzero(np.diff(turn)) + 1
    )
    for n, before in enumerate(np.flatnonzero(np.diff(turn))):
        eastward = lon[before + 1] > lon[before]
        edge = max(turn[before], turn[before + 1]) * 360 - 180
        share = (edge - lon[before]) / (lon[before + 1] - lon[before])
        at = lat[before] + share * (lat[before + 1] - lat[before])
        side = (180 - _SEAM_DEG) if eastward else (_SEAM_DEG - 180)
        parts[n] = np.vstack([parts[n], [lon_deg + side, at]])
        parts[n + 1] = np.vstack([[lon_deg - side, at], parts[n + 1]])
    return parts


def widest_gap(lon_deg: Floats) -> float:
    """Meridian in the middle of the widest gap between some longitudes, in degrees.

    >>> widest_gap(np.array([170.0, -170.0, 0.0]))
    -85.0
    """
    ordered = np.sort((lon_deg + 180) % 360 - 180)
    following = np.append(ordered[1:], ordered[0] + 360)
    widest = int(np.argmax(np.round(following - ordered, 6)))
    return float((ordered[widest] + following[widest]) / 2 + 180) % 360 - 180


@dataclass(frozen=True, eq=False)
class Projection:
    """A projection with what a caption says of it: the key of its name, and the angles that define it in degrees.

    `horizon_deg` is how far from its centre anything is shown, for those that have one; others are
    cut half a turn from their central meridian.
    """

    key: str
    proj: str
    centre: tuple[float, float]
    angles: tuple[float, ...]
    horizon_deg: float | None = None

    @cached_property
    def _transformer(self) -> Transformer:
        return Transformer.from_crs(
            "OGC:CRS84", f"{self.proj} +units=m +no_defs +type=crs", always_xy=True
        )

    def forward(self, positions: Floats) -> Floats:
        """Bring (lon, lat) in degrees, (n, 2), onto the plane: metres east and north, infinite where there is none."""
        x, y = self._transformer.transform(positions[:, 0], positions[:, 1])
        return np.column_stack([x, y])

    def inverse(self, positions: Floats) -> Floats:
        """Bring points of the plane, shape (n, 2) in metres, back to degrees; infinite beyond the edge."""
        lon, lat = self._transformer.transform(
            positions[:, 0], positions[:, 1], direction="INVERSE"
        )
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
            return around(shapely.box(-180, -90, 180, 90), self.centre[0])
        return around(cap_region(self.centre, self.horizon_deg), self.centre[0])

    def project(self, geometry: BaseGeometry, within: BaseGeometry) -> BaseGeometry:
        """Bring a shape onto the plane, valid, in metres.

        What lies outside of what is seen (as `visible` gives it) is left out. The shape is in (lon,
        lat) degrees, cut at 180 degrees (RFC 7946), its edges straight in these.
        """
        parts = [part for turn in TURNS_DEG if not (part := _at(geometry, turn, within)).is_empty]
        drawn = [
            shapely.transform(shapely.segmentize(part, _STEP_DEG), self.forward) for part in parts
        ]
        whole = [
            shapely.make_valid(part)
            for part in drawn
            if np.isfinite(shapely.get_coordinates(part)).all()
        ]
        if len(whole) == 1 and not _is_cut(geometry):
            return whole[0]
        # The overlay closes the seam between two halves that were cut, and that which leads to a
        # pole.
        return shapely.union_all(whole, grid_size=_GRID_M)

    def line(self, positions: Floats) -> list[Floats]:
        """Bring a line onto the plane, shape (n, 2) in degrees: in parts where it leaves at one edge for the other."""
        return [self.forward(part) for part in cut(positions, self.centre[0])]


def _is_cut(geometry: BaseGeometry) -> bool:
    west, south, east, north = geometry.bounds
    return bool(
        west <= -_EDGE_DEG or east >= _EDGE_DEG or south <= -_EDGE_DEG / 2 or north >= _EDGE_DEG / 2
    )


def _at(geometry: BaseGeometry, turn_deg: float, within: BaseGeometry) -> BaseGeometry:
    """What of a shape lies within a region once it is moved by some turns, or none, round the Earth."""
    seen = within.bounds
    west, _, east, _ = geometry.bounds
    if geometry.is_empty or west + turn_deg >= seen[2] or east + turn_deg <= seen[0]:
        return shapely.GeometryCollection()
    if turn_deg:
        moved = shapely.transform(geometry, lambda xy: np.add(xy, (turn_deg, 0.0)))
    else:
        moved = geometry
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
        lon = round(widest_gap(positions[:, 0]) + 180)
        lon = lon - 360 if lon > 180 else lon  # noqa: PLR2004
        return Projection(
            "equal_earth", f"+proj=eqearth +lon_0={lon} +datum=WGS84", (lon, 0), (lon,)
        )
    if abs(lat) + min(radius_deg, 20) > 90 or abs(lat) > POLAR_DEG + 8:  # noqa: PLR2004
        return _azimuthal("laea_polar", (lon, math.copysign(90, lat)), (lon,), positions)
    across, along = np.ptp(_azimuthal("laea", (lon, lat), (), positions).forward(positions), axis=0)
    if radius_deg < SMALL_DEG:
        return _small(lon, lat, radius_deg, tall=along > across * ELONGATED)
    if across > along * ELONGATED and abs(lat) < TROPICAL_DEG:
        scale = round(np.abs(positions[:, 1]).max() * 2 / 3)
        return Projection(
            "cea", f"+proj=cea +lat_ts={scale} +lon_0={lon} +datum=WGS84", (lon, 0), (scale, lon)
        )
    if (
        across > along * ELONGATED
        and TROPICAL_DEG <= abs(lat) <= POLAR_DEG
        and radius_deg <= LONG_DEG
    ):
        return _conic(lon, lat, positions)
    return _azimuthal("laea", (lon, lat), (lat, lon), positions)


def round_about(positions: Floats) -> Projection:
    """Projection that has no end at a pole, for a window in which the one that suits would: it is not `filled`."""
    lon, lat = (round(value) for value in cap(positions)[0])
    return _azimuthal("laea", (lon, lat), (lat, lon), positions)


def _small(lon: int, lat: int, radius_deg: float, *, tall: bool) -> Projection:
    if tall or abs(lat) < TROPICAL_DEG:
        return Projection(
            "tmerc", f"+proj=tmerc +lat_0=0 +lon_0={lon} +datum=WGS84", (lon, lat), (lon,)
        )
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


def _azimuthal(
    key: str, centre: tuple[float, float], angles: tuple[float, ...], positions: Floats
) -> Projection:
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
    lon, lat = (
        math.degrees(math.atan2(middle[1], middle[0])),
        math.degrees(math.asin(np.clip(middle[2], -1, 1))),
    )
    return (lon, lat), radius


def _vectors(positions: Floats) -> Floats:
    lon, lat = np.radians(positions[:, 0]), np.radians(positions[:, 1])
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _angles_deg(positions: Floats, centre: tuple[float, float]) -> Floats:
    """Angle at the Earth's centre between each of some positions and another; none where one is infinite."""
    there = np.asarray(np.isfinite(positions).all(axis=1))
    cosine = (
        _vectors(np.where(there[:, None], positions, 0.0))
        @ _vectors(np.array([centre], dtype=float))[0]
    )
    return np.where(there, np.degrees(np.arccos(np.clip(cosine, -1, 1))), np.inf)


def visible(projection: Projection, window: tuple[float, float, float, float]) -> BaseGeometry:
    """What of the globe a window of the plane shows (its bounds in metres), and a little more, in degrees.

    Longitudes are within half a turn of the projection's central meridian, and so past 180 at
    times.
    """
    if projection.horizon_deg is None:
        return around(shapely.box(*degrees_seen(projection, window)), projection.centre[0])
    west, south, east, north = window
    corners = np.array([(west, south), (west, north), (east, south), (east, north)])
    reach_deg = _angles_deg(projection.inverse(corners), projection.centre).max() + 1.0
    if reach_deg >= projection.horizon_deg:
        return projection.whole
    return around(cap_region(projection.centre, float(reach_deg)), projection.centre[0])


def filled(projection: Projection, window: tuple[float, float, float, float]) -> bool:
    """Whether there is Earth all over a window of the plane: a cone or a cylinder ends at a pole, which is an edge.

    True of a projection that shows the Earth as a whole anyhow, with its edge.
    """
    is_whole = projection.horizon_deg is not None or projection.key == "equal_earth"
    return is_whole or bool(np.isfinite(_degrees_in(projection, window)).all())


def _degrees_in(projection: Projection, window: tuple[float, float, float, float]) -> Floats:
    """Positions all over a window, in degrees; infinite beyond the Earth."""
    west, south, east, north = window
    x, y = np.meshgrid(np.linspace(west, east, 41), np.linspace(south, north, 41))
    return projection.inverse(np.column_stack([x.ravel(), y.ravel()]))


def degrees_seen(
    projection: Projection, window: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    """West, south, east, north in degrees of what a window of the plane shows.

    Longitudes run on past 180 where the window does, so that they are never further than half a
    turn from its middle.
    """
    seen = _degrees_in(projection, window)
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
    if np.isfinite([x, y]).all():
        back = projection.inverse(np.array([[x, y]]))[0]
    else:
        back = np.array([0.0, 0.0])
    return bool(
        window[0] <= x <= window[2] and window[1] <= y <= window[3] and abs(back[1] - pole) < 1
    )


def vertices(shapes: Iterable[BaseGeometry]) -> Floats:
    """All vertices of some shapes, shape (n, 2)."""
    points = [shapely.get_coordinates(shape) for shape in shapes]
    return np.concatenate(points) if points else np.empty((0, 2))
