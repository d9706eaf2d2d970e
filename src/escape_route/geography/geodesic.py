"""Geodesic lengths on WGS84: geopy measures, pyproj checks it. The one module that measures with either.

References
----------
C. F. F. Karney (2013), Algorithms for geodesics, Journal of Geodesy 87, 43-55, doi 10.1007/s00190-012-0578-z.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from itertools import chain, pairwise
from types import ModuleType
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

from escape_route.geography.ellipsoid import (
    FLATTENING,
    SEMI_MAJOR_M,
    SHORT_M,
    off_sphere,
    short_legs_m,
)

if TYPE_CHECKING:
    from geopy.distance import geodesic

_GEOCODERS = "geopy.geocoders"


def _engine() -> ModuleType:
    """geopy.distance; the package gives its geocoders, a fifth of a check's start, once somebody asks for one."""
    if "geopy" in sys.modules:
        return import_module("geopy.distance")
    stand_in = ModuleType(_GEOCODERS)
    stand_in.__dict__["options"] = None  # which the package takes out again
    sys.modules[_GEOCODERS] = stand_in
    try:
        engine = import_module("geopy.distance")
    finally:
        del sys.modules[_GEOCODERS]
    package = sys.modules["geopy"]
    package.__dict__["__getattr__"] = _late
    return engine


def _late(name: str) -> object:
    """What geopy has from its geocoders, or these themselves: loaded now."""
    if name.startswith("__") or name == "options":
        raise AttributeError(name)
    geocoders = import_module(_GEOCODERS)
    return geocoders if name == "geocoders" else getattr(geocoders, name)


if not TYPE_CHECKING:
    geodesic = _engine().geodesic

Floats: TypeAlias = NDArray[np.float64]
LonLat: TypeAlias = tuple[float, float]
"""Longitude and latitude in degrees, in this order."""

WGS84 = Geod(ellps="WGS84")
_NEARLY_ANTIPODAL = (
    0.86  # squared sine of half the angle between two positions: 136 degrees, 15,100 km
)
_HALF_TURN_DEG = 180.0
# positions: from here on lengths are those of a series, and geopy measures some of the legs
_LONG_LINE = 2_000
_SAMPLE = 500  # legs


def lat_lon(position: LonLat) -> tuple[float, float]:
    """Swap (lon, lat) into the (lat, lon) that geopy wants: the only place where that is done."""
    return position[1], position[0]


def geodesic_m(one: LonLat, other: LonLat) -> float:
    """Length of the geodesic between two positions (longitude, latitude) in degrees: metres on WGS84, within 20 nm.

    >>> round(geodesic_m((13.4050, 52.5200), (2.3522, 48.8566)) / 1000)  # Berlin to Paris
    880
    """
    return float(geodesic(lat_lon(one), lat_lon(other)).m)


def line_length_m(line: Sequence[LonLat]) -> float:
    """Length of a line of geodesics through positions (lon, lat) in degrees, in metres, within 20 nm a leg.

    By geopy, leg by leg; long lines by `lengths_m`, hundreds of times as fast.
    """
    if len(line) >= _LONG_LINE:
        return _long_line_length_m(tuple(line))
    return math.fsum(geodesic_m(one, other) for one, other in pairwise(line))


@lru_cache(maxsize=8)
def _long_line_length_m(line: tuple[LonLat, ...]) -> float:
    """Length of a long line; a journey's track is asked for several times."""
    flat = np.fromiter(
        chain.from_iterable(line), np.float64, 2 * len(line)
    )  # three times as fast as an array of pairs
    return math.fsum(lengths_m(flat.reshape(-1, 2)))


def lengths_m(lonlat_deg: Floats) -> Floats:
    """Lengths of the geodesics of a line, shape (n, 2) in degrees: shape (n - 1,), metres, each within 20 nm.

    By a series where legs are short, else by pyproj.
    """
    legs_m, chords_m = short_legs_m(lonlat_deg)
    far = np.flatnonzero(chords_m > SHORT_M)
    if len(far):
        legs_m[far] = distances_m(*lonlat_deg[far].T.copy(), *lonlat_deg[far + 1].T.copy())
    return legs_m


def engines_differ_m(line: Sequence[LonLat], length_m: float) -> float:
    """How far a second engine is from the length of a line: pyproj from geopy.

    Of a long line some hundred legs, evenly spread, are measured by geopy too: the largest
    difference of any.
    """
    if len(line) < _LONG_LINE:
        lon, lat = zip(*line, strict=True)
        return abs(float(WGS84.line_length(lon, lat)) - length_m)
    starts = np.linspace(0, len(line) - 2, _SAMPLE).astype(int).tolist()
    twice = (
        (lengths_m(np.array(line[at : at + 2]))[0], geodesic_m(*line[at : at + 2])) for at in starts
    )
    return max(abs(float(by_pyproj) - by_geopy) for by_pyproj, by_geopy in twice)


def bearing_deg(start: LonLat, end: LonLat) -> float:
    """Direction in which the geodesic leaves `start`, clockwise from north, 0 to 360 degrees."""
    azimuth, _, _ = WGS84.inv(*start, *end)
    return float(azimuth) % 360


def distances_m(one_lon: Floats, one_lat: Floats, other_lon: Floats, other_lat: Floats) -> Floats:
    """Geodesic distances of many pairs at once; four arrays of one shape in degrees, metres back."""
    _, _, distance_m = WGS84.inv(one_lon, one_lat, other_lon, other_lat)
    return np.asarray(distance_m, dtype=np.float64)


def near_distances_m(one: Floats, other: Floats) -> Floats:
    """Lengths of very many geodesics, each within 4 millionths, thirty times as fast as to the nanometre.

    Lambert's formula for long lines, in which the reduced latitudes stand only as the heights of
    the positions on the sphere, so that there is one inverse sine a pair and no other function; the
    few pairs more than 15,000 km apart, where it grows worse and fails at the antipode, are
    measured by pyproj. The positions are those that `on_sphere` gives, shapes (3, n) or (3, 1), the
    lengths shape (n,), metres on WGS84.

    W. D. Lambert (1942), The distance between two widely separated points on the surface of the
    Earth, Journal of the Washington Academy of Sciences 32, 125-130.
    """
    step = one - other
    half2 = np.einsum("in,in->n", step, step) / 4
    far = np.flatnonzero(half2 > _NEARLY_ANTIPODAL)
    safe = np.minimum(half2, _NEARLY_ANTIPODAL)
    sine = 2 * np.sqrt(safe * (1 - safe))
    angle = 2 * np.arcsin(np.sqrt(safe))
    both = (angle - sine) * (one[2] + other[2]) ** 2 / (4 * (1 - safe))
    between = (angle + sine) * step[2] ** 2 / np.maximum(4 * safe, np.finfo(np.float64).tiny)
    length_m = SEMI_MAJOR_M * (angle - FLATTENING / 2 * (both + between))
    if len(far):
        ends = [
            off_sphere(np.broadcast_to(position, step.shape)[:, far]).T for position in (one, other)
        ]
        length_m[far] = distances_m(*ends[0].copy(), *ends[1].copy())
    return np.asarray(length_m, dtype=np.float64)


def ahead(
    lon_deg: float | Floats,
    lat_deg: float | Floats,
    bearings_deg: Floats,
    distance_m: float | Floats,
) -> Floats:
    """Positions at a distance, or at one each, in many directions: array of shape (n, 2), (lon, lat) in degrees."""
    n = len(bearings_deg)
    start = [np.broadcast_to(degrees, n).copy() for degrees in (lon_deg, lat_deg)]
    lon, lat, _ = WGS84.fwd(start[0], start[1], bearings_deg, np.broadcast_to(distance_m, n).copy())
    return np.column_stack([lon, lat])


def between(start: LonLat, end: LonLat, away_m: Floats) -> Floats:
    """Positions on the geodesic from one position to another, at distances from the first; shape (n, 2), degrees."""
    azimuth_deg, _, _ = WGS84.inv(*start, *end)
    return ahead(*start, np.full(len(away_m), azimuth_deg), away_m)


def way_m(points: Sequence[LonLat] | Floats) -> float:
    """Length of the geodesics through positions (lon, lat) in degrees, in metres by pyproj."""
    lonlat_deg = np.array(points, dtype=np.float64)
    return math.fsum(distances_m(*lonlat_deg[:-1].T.copy(), *lonlat_deg[1:].T.copy()))


def geodesic_line(start: LonLat, end: LonLat, step_m: float = 50_000.0) -> list[list[LonLat]]:
    """Geodesic as points to draw, (lon, lat) in degrees and no farther apart than a step in metres.

    One part, or several where it crosses the antimeridian.
    """
    steps = max(1, math.ceil(way_m((start, end)) / step_m))
    between = WGS84.npts(*start, *end, steps - 1) if steps > 1 else []
    return cut_at_antimeridian([start, *[(float(lon), float(lat)) for lon, lat in between], end])


def cut_at_antimeridian(line: Sequence[LonLat]) -> list[list[LonLat]]:
    """Cut a line of near points wherever it steps over longitude 180; both sides get the point on it."""
    parts: list[list[LonLat]] = [[line[0]]]
    for (lon0, lat0), (lon1, lat1) in pairwise(line):
        if abs(lon1 - lon0) > _HALF_TURN_DEG:
            edge = math.copysign(_HALF_TURN_DEG, lon0)
            shifted = lon1 + math.copysign(2 * _HALF_TURN_DEG, lon0)
            if shifted != lon0:
                lat = lat0 + (lat1 - lat0) * (edge - lon0) / (shifted - lon0)
            else:
                lat = lat0
            parts[-1].append((edge, lat))
            parts.append([(-edge, lat)])
        parts[-1].append((lon1, lat1))
    return parts
