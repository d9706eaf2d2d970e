"""Geodesic lengths on WGS84: geopy measures, pyproj checks it. The one module that imports either.

References
----------
C. F. F. Karney (2013), Algorithms for geodesics, Journal of Geodesy 87, 43-55, doi 10.1007/s00190-012-0578-z.
"""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from geopy.distance import geodesic
from pyproj import Geod

from escape_route import progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LonLat: TypeAlias = tuple[float, float]
"""Longitude and latitude in degrees, in this order."""

WGS84 = Geod(ellps="WGS84")
SEMI_MAJOR_M = float(WGS84.a)
SEMI_MINOR_M = float(WGS84.b)

#: The largest and the least radius of curvature anywhere on WGS84, in any direction: a^2/b at the poles and b^2/a along
#: the meridian at the equator.
LARGEST_RADIUS_M = SEMI_MAJOR_M**2 / SEMI_MINOR_M
LEAST_RADIUS_M = SEMI_MINOR_M**2 / SEMI_MAJOR_M
_FLATTENING = 1 - SEMI_MINOR_M / SEMI_MAJOR_M
_NEARLY_ANTIPODAL = 0.86  # squared sine of half the angle between two positions: 136 degrees, 15,100 km
_NEAR_ROUNDING = 2e-6
_HALF_TURN_DEG = 180.0
_LONG_LINE = 2_000  # positions: a fifth of a second


def lat_lon(position: LonLat) -> tuple[float, float]:
    """Swap (lon, lat) into the (lat, lon) that geopy wants: the only place where that is done."""
    return position[1], position[0]


def geodesic_m(one: LonLat, other: LonLat) -> float:
    """Length of the geodesic between two positions.

    Parameters
    ----------
    one, other
        (longitude, latitude) in degrees.

    Returns
    -------
    float
        Metres on WGS84, within 20 nm.

    Examples
    --------
    >>> round(geodesic_m((13.4050, 52.5200), (2.3522, 48.8566)) / 1000)  # Berlin to Paris
    880
    """
    return float(geodesic(lat_lon(one), lat_lon(other)).m)


def line_length_m(line: Sequence[LonLat]) -> float:
    """Length of a line of geodesics through positions (lon, lat) in degrees, in metres by geopy."""
    if len(line) >= _LONG_LINE:
        return _long_line_length_m(tuple(line))
    return math.fsum(geodesic_m(one, other) for one, other in pairwise(line))


@lru_cache(maxsize=8)
def _long_line_length_m(line: tuple[LonLat, ...]) -> float:
    """Length of a line that takes long; a journey's track is asked for several times."""
    parts = progress.each(pairwise(line), "measuring a track", total=len(line) - 1)
    return math.fsum(geodesic_m(one, other) for one, other in parts)


def line_length_by_pyproj_m(line: Sequence[LonLat]) -> float:
    """Measure the same by the second engine, for comparison."""
    lon, lat = zip(*line, strict=True)
    return float(WGS84.line_length(lon, lat))


def bearing_deg(one: LonLat, other: LonLat) -> float:
    """Direction in which the geodesic leaves `one`, clockwise from north, 0 to 360 degrees."""
    azimuth, _, _ = WGS84.inv(*one, *other)
    return float(azimuth) % 360


def distances_m(one_lon: Floats, one_lat: Floats, other_lon: Floats, other_lat: Floats) -> Floats:
    """Geodesic distances of many pairs at once; four arrays of one shape in degrees, metres back."""
    _, _, distance_m = WGS84.inv(one_lon, one_lat, other_lon, other_lat)
    return np.asarray(distance_m, dtype=np.float64)


def on_sphere(lonlat_deg: Floats) -> Floats:
    """Positions on the auxiliary sphere of radius 1, at their reduced latitudes: what `near_distances_m` takes.

    Parameters
    ----------
    lonlat_deg
        Shape (n, 2), (longitude, latitude) in degrees.

    Returns
    -------
    array
        Shape (3, n), no unit.
    """
    lon, lat = np.radians(lonlat_deg.T)
    up, out = (1 - _FLATTENING) * np.sin(lat), np.cos(lat)
    far = np.hypot(up, out)
    return np.asarray(np.stack([out * np.cos(lon), out * np.sin(lon), up]) / far, dtype=np.float64)


def near_distances_m(one: Floats, other: Floats) -> Floats:
    """Lengths of very many geodesics, each within 4 millionths, thirty times as fast as to the nanometre.

    Lambert's formula for long lines, in which the reduced latitudes stand only as the heights of the positions on the
    sphere, so that there is one inverse sine a pair and no other function; the few pairs more than 15,000 km apart,
    where it grows worse and fails at the antipode, are measured by pyproj.

    Parameters
    ----------
    one, other
        Positions as `on_sphere` gives them, shapes (3, n) or (3, 1).

    Returns
    -------
    array
        Shape (n,), metres on WGS84.

    References
    ----------
    W. D. Lambert (1942), The distance between two widely separated points on the surface of the Earth, Journal of the
    Washington Academy of Sciences 32, 125-130.
    """
    step = one - other
    half2 = np.einsum("in,in->n", step, step) / 4
    far = np.flatnonzero(half2 > _NEARLY_ANTIPODAL)
    safe = np.minimum(half2, _NEARLY_ANTIPODAL)
    sine = 2 * np.sqrt(safe * (1 - safe))
    angle = 2 * np.arcsin(np.sqrt(safe))
    both = (angle - sine) * (one[2] + other[2]) ** 2 / (4 * (1 - safe))
    between = (angle + sine) * step[2] ** 2 / np.maximum(4 * safe, np.finfo(np.float64).tiny)
    length_m = SEMI_MAJOR_M * (angle - _FLATTENING / 2 * (both + between))
    if len(far):
        ends = [off_sphere(np.broadcast_to(each, step.shape)[:, far]).T for each in (one, other)]
        length_m[far] = distances_m(*ends[0].copy(), *ends[1].copy())
    return np.asarray(length_m, dtype=np.float64)


def off_sphere(positions: Floats) -> Floats:
    """Positions, shape (n, 2), (longitude, latitude) in degrees, of those on the auxiliary sphere."""
    x, y, up = positions
    lat = np.arctan2(up, (1 - _FLATTENING) * np.hypot(x, y))
    return np.asarray(np.degrees(np.column_stack([np.arctan2(y, x), lat])), dtype=np.float64)


def ahead(lon_deg: float | Floats, lat_deg: float | Floats, bearings_deg: Floats, distance_m: float | Floats) -> Floats:
    """Positions at a distance, or at one each, in many directions: array of shape (n, 2), (lon, lat) in degrees."""
    n = len(bearings_deg)
    start = [np.broadcast_to(each, n).copy() for each in (lon_deg, lat_deg)]
    lon, lat, _ = WGS84.fwd(start[0], start[1], bearings_deg, np.broadcast_to(distance_m, n).copy())
    return np.column_stack([lon, lat])


def ahead_near(centre: LonLat, bearings_deg: Floats, distance_m: Floats) -> Floats:
    """Positions around one on the auxiliary sphere, each within 3 millionths of its distance; up to 100 km, and fast.

    A geodesic of length s leaves its tangent t as x + s t - s^2 k n / 2 - s^3 k^2 t / 6 for the normal curvature k
    there; what is left out is the torsion, s^3 k / 6 times 0.0034 / R at the most, and the fourth power of s. The
    distances are taken so much shorter that none comes out longer.
    """
    lon, lat = (np.array([each], dtype=np.float64) for each in centre)
    plane, up = tangents(lon, lat)
    start_m, radii_m = geocentric_m(lon, lat)[0], curvature_radii_m(lat)
    bearings, away_m = np.radians(bearings_deg), distance_m * (1 - _NEAR_ROUNDING)
    sine, cosine = np.sin(bearings), np.cos(bearings)
    curvature = sine**2 / radii_m[0] + cosine**2 / radii_m[1]
    along_m = away_m * (1 - (away_m * curvature) ** 2 / 6)
    flat = np.stack([along_m * sine, along_m * cosine, -(away_m**2) * curvature / 2])
    found = start_m[:, None] + np.column_stack([plane[0], up[0]]) @ flat
    found /= np.array([[SEMI_MAJOR_M], [SEMI_MAJOR_M], [SEMI_MINOR_M]])
    return np.asarray(found / np.sqrt(np.einsum("in,in->n", found, found)), dtype=np.float64)


def geocentric_m(lon_deg: Floats, lat_deg: Floats) -> Floats:
    """Positions in space: array of shape (n, 3) in metres from the Earth's centre."""
    lon, lat = np.radians(lon_deg), np.radians(lat_deg)
    eccentricity2 = 1 - (SEMI_MINOR_M / SEMI_MAJOR_M) ** 2
    prime_vertical_m = SEMI_MAJOR_M / np.sqrt(1 - eccentricity2 * np.sin(lat) ** 2)
    return np.column_stack(
        [
            prime_vertical_m * np.cos(lat) * np.cos(lon),
            prime_vertical_m * np.cos(lat) * np.sin(lon),
            prime_vertical_m * (1 - eccentricity2) * np.sin(lat),
        ],
    )


def least_geodesic_m(chord_m: Floats) -> Floats:
    """Least length that a geodesic over a chord can have.

    On a convex surface whose curvature radii lie between r and R everywhere, a geodesic of length s between two points
    at chord c has 2 R asin(c / 2R) <= s. With f(s) the squared chord, f'' = 2 + 2 k <x - p, n> and, by Blaschke's
    rolling theorem, <x - p, n> <= -f / 2R; so f'' <= 2 - f / R^2, and f stays below the squared chord on the sphere
    of radius R. On WGS84 the bound is within 0.02 % at 3,000 km.

    Parameters
    ----------
    chord_m
        Straight distances through space in metres, any shape.

    Returns
    -------
    array
        Metres, same shape.
    """
    ratio = np.minimum(chord_m / (2 * LARGEST_RADIUS_M), 1.0)
    return np.asarray(2 * LARGEST_RADIUS_M * np.arcsin(ratio), dtype=np.float64)


def least_geodesic_slope(chord_m: Floats) -> Floats:
    """Slope of `least_geodesic_m` over the chord, 1 or more: the function is convex, and above its tangents."""
    ratio = np.minimum(chord_m / (2 * LARGEST_RADIUS_M), 1.0)
    return np.asarray(1 / np.sqrt(1 - ratio**2), dtype=np.float64)


def most_chord_m(geodesic_m: Floats) -> Floats:
    """Chord above which no geodesic is as short as this: `least_geodesic_m` the other way round, in metres."""
    half = np.minimum(geodesic_m / (2 * LARGEST_RADIUS_M), np.pi / 2)
    return np.asarray(2 * LARGEST_RADIUS_M * np.sin(half), dtype=np.float64)


def curvature_radii_m(lat_deg: Floats) -> tuple[Floats, Floats]:
    """Radii of curvature in metres: across the meridian, and along it."""
    eccentricity2 = 1 - (SEMI_MINOR_M / SEMI_MAJOR_M) ** 2
    shrunk = 1 - eccentricity2 * np.sin(np.radians(lat_deg)) ** 2
    across_m = SEMI_MAJOR_M / np.sqrt(shrunk)
    return across_m, across_m * (1 - eccentricity2) / shrunk


def slopes_m(lon_deg: Floats, lat_deg: Floats) -> Floats:
    """How far positions in space move a radian of longitude and of latitude: shape (n, 2, 3), metres."""
    plane, _ = tangents(lon_deg, lat_deg)
    across_m, along_m = curvature_radii_m(lat_deg)
    east_m = across_m * np.cos(np.radians(lat_deg))
    return np.asarray(np.swapaxes(plane, 1, 2) * np.stack([east_m, along_m], axis=1)[:, :, None], dtype=np.float64)


def between(one: LonLat, other: LonLat, away_m: Floats) -> Floats:
    """Positions on the geodesic from one position to another, at distances from the first; shape (n, 2), degrees."""
    azimuth_deg, _, _ = WGS84.inv(*one, *other)
    return ahead(*one, np.full(len(away_m), azimuth_deg), away_m)


def way_m(points: Sequence[LonLat] | Floats) -> float:
    """Length of the geodesics through positions (lon, lat) in degrees, in metres by pyproj."""
    lonlat_deg = np.array(points, dtype=np.float64)
    return math.fsum(distances_m(*lonlat_deg[:-1].T.copy(), *lonlat_deg[1:].T.copy()))


def tangents(lon_deg: Floats, lat_deg: Floats) -> tuple[Floats, Floats]:
    """Directions in space at positions: east and north, shape (n, 3, 2), and up, shape (n, 3); all of length 1."""
    lon, lat = np.radians(lon_deg), np.radians(lat_deg)
    zero = np.zeros_like(lon)
    east = np.column_stack([-np.sin(lon), np.cos(lon), zero])
    north = np.column_stack([-np.sin(lat) * np.cos(lon), -np.sin(lat) * np.sin(lon), np.cos(lat)])
    up = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    return np.stack([east, north], axis=2), up


def reach_m(half_lon_deg: Floats, half_lat_deg: Floats, nearest_equator_deg: Floats) -> Floats:
    """Bound on the distance from a point to any other in a box in longitude and latitude, in metres.

    The way that is straight in longitude and latitude stays in the box; no geodesic between its ends is longer.

    Parameters
    ----------
    half_lon_deg, half_lat_deg
        The farthest that the box reaches from the point, in degrees; arrays of one shape.
    nearest_equator_deg
        The least absolute latitude in the box.
    """
    north_m = np.radians(half_lat_deg) * LARGEST_RADIUS_M
    east_m = np.radians(half_lon_deg) * LARGEST_RADIUS_M * np.cos(np.radians(nearest_equator_deg))
    return np.asarray(np.hypot(north_m, east_m), dtype=np.float64)


def geodesic_line(one: LonLat, other: LonLat, step_m: float = 50_000.0) -> list[list[LonLat]]:
    """Geodesic as points to draw, cut where it crosses the antimeridian.

    Parameters
    ----------
    one, other
        (longitude, latitude) in degrees.
    step_m
        Largest gap between points in metres.

    Returns
    -------
    list
        One part, or several where the line crosses the antimeridian; each a list of (lon, lat) in degrees.
    """
    steps = max(1, math.ceil(geodesic_m(one, other) / step_m))
    between = WGS84.npts(*one, *other, steps - 1) if steps > 1 else []
    return cut_at_antimeridian([one, *[(float(lon), float(lat)) for lon, lat in between], other])


def cut_at_antimeridian(line: Sequence[LonLat]) -> list[list[LonLat]]:
    """Cut a line of near points wherever it steps over longitude 180; both sides get the point on it."""
    parts: list[list[LonLat]] = [[line[0]]]
    for (lon0, lat0), (lon1, lat1) in pairwise(line):
        if abs(lon1 - lon0) > _HALF_TURN_DEG:
            edge = math.copysign(_HALF_TURN_DEG, lon0)
            shifted = lon1 + math.copysign(2 * _HALF_TURN_DEG, lon0)
            lat = lat0 + (lat1 - lat0) * (edge - lon0) / (shifted - lon0) if shifted != lon0 else lat0
            parts[-1].append((edge, lat))
            parts.append([(-edge, lat)])
        parts[-1].append((lon1, lat1))
    return parts
