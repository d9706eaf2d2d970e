"""Regions of the globe in longitude and latitude that may hold a pole or lie across 180 degrees: what maps show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.affinity import translate

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Floats = NDArray[np.float64]

TURNS_DEG = (-720.0, -360.0, 0.0, 360.0, 720.0)
_RING_POINTS = 1440
_OFF_POLE_DEG = 0.05
_SEAM_DEG = 1e-7
"""A centimetre at most: the two sides of a cut must not fall on one meridian, or both are drawn at the same edge."""


def cap_region(centre: tuple[float, float], radius_deg: float) -> BaseGeometry:
    """All that lies within an angle at the Earth's centre, 0 to 180 degrees, of a position (longitude and latitude).

    Longitudes may run on past 180, none is there twice.

    Examples
    --------
    >>> [round(bound, 6) for bound in cap_region((0.0, 90.0), 30.0).bounds[1::2]]
    [60.0, 90.0]
    """
    to_north, to_south = 90.0 - centre[1], 90.0 + centre[1]
    for pole_deg in (to_north, to_south):
        if abs(pole_deg - radius_deg) < _OFF_POLE_DEG * 0.8:  # a ring through a pole has no longitude there
            radius_deg = pole_deg + _OFF_POLE_DEG
    if radius_deg > max(to_north, to_south):
        whole = shapely.box(centre[0] - 180, -90, centre[0] + 180, 90)
        if radius_deg >= 180 - _OFF_POLE_DEG:
            return whole
        behind = cap_region((centre[0] + 180, -centre[1]), 180.0 - radius_deg)
        return shapely.difference(whole, shapely.union_all([translate(behind, turn) for turn in (-360.0, 0.0)]))
    return ring_region(_circle(centre, radius_deg), 90.0 if to_north < to_south else -90.0)


def _circle(centre: tuple[float, float], radius_deg: float) -> Floats:
    lat, reach = np.radians(centre[1]), np.radians(radius_deg)
    azimuth = np.linspace(0, 2 * np.pi, _RING_POINTS, endpoint=False)
    sine = np.sin(lat) * np.cos(reach) + np.cos(lat) * np.sin(reach) * np.cos(azimuth)
    onward = np.cos(lat) * np.cos(reach) - np.sin(lat) * np.sin(reach) * np.cos(azimuth)
    east = np.arctan2(np.sin(azimuth) * np.sin(reach), onward)
    return np.column_stack([centre[0] + np.degrees(east), np.degrees(np.arcsin(np.clip(sine, -1, 1)))])


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
    found = shapely.union_all([shapely.intersection(each, frame) for each in turned if each.intersects(frame)])
    shapely.prepare(found)
    return found


def cut(line: Floats, lon_deg: float) -> list[Floats]:
    """Cut a line, shape (n, 2) in degrees, where a projection is cut: half a turn from its central meridian.

    No step is longer than half a turn. Gives the parts in their order; both sides of a cut are there.

    Examples
    --------
    >>> [part.round(1).tolist() for part in cut(np.array([[170.0, 0.0], [-170.0, 2.0]]), 0.0)]
    [[[170.0, 0.0], [180.0, 1.0]], [[-180.0, 1.0], [-170.0, 2.0]]]
    """
    lon, lat = np.unwrap(line[:, 0] - lon_deg, period=360), line[:, 1]
    turn = np.floor((lon + 180) / 360)
    parts = np.split(np.column_stack([lon - turn * 360 + lon_deg, lat]), np.flatnonzero(np.diff(turn)) + 1)
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

    Examples
    --------
    >>> widest_gap(np.array([170.0, -170.0, 0.0]))
    -85.0
    """
    ordered = np.sort((lon_deg + 180) % 360 - 180)
    following = np.append(ordered[1:], ordered[0] + 360)
    widest = int(np.argmax(np.round(following - ordered, 6)))
    return float((ordered[widest] + following[widest]) / 2 + 180) % 360 - 180
