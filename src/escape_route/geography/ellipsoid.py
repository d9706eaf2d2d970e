"""The ellipsoid WGS84 in space: positions, tangents and curvatures, what they say of lengths; numpy alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SEMI_MAJOR_M = 6_378_137.0
FLATTENING = 1 / 298.257223563
SEMI_MINOR_M = SEMI_MAJOR_M * (1 - FLATTENING)

#: The largest and the least radius of curvature anywhere on WGS84, in any direction: a^2/b at the
#: poles and b^2/a along the meridian at the equator.
LARGEST_RADIUS_M = SEMI_MAJOR_M**2 / SEMI_MINOR_M
LEAST_RADIUS_M = SEMI_MINOR_M**2 / SEMI_MAJOR_M
_NEAR_ROUNDING = 2e-6
#: Farthest that `short_legs_m` is taken for.
SHORT_M = 10_000.0
_BLOCK = 8_192  # legs at a time: what is computed on the way stays in the cache
_ECCENTRICITY2 = 1 - (SEMI_MINOR_M / SEMI_MAJOR_M) ** 2
_SECOND2 = (SEMI_MAJOR_M / SEMI_MINOR_M) ** 2 - 1


def geocentric_m(lon_deg: Floats, lat_deg: Floats) -> Floats:
    """Positions in space: array of shape (n, 3) in metres from the Earth's centre."""
    lon, lat = np.radians(lon_deg), np.radians(lat_deg)
    prime_vertical_m = SEMI_MAJOR_M / np.sqrt(1 - _ECCENTRICITY2 * np.sin(lat) ** 2)
    return np.column_stack(
        [
            prime_vertical_m * np.cos(lat) * np.cos(lon),
            prime_vertical_m * np.cos(lat) * np.sin(lon),
            prime_vertical_m * (1 - _ECCENTRICITY2) * np.sin(lat),
        ],
    )


def curvature_radii_m(lat_deg: Floats) -> tuple[Floats, Floats]:
    """Radii of curvature in metres: across the meridian, and along it."""
    shrunk = 1 - _ECCENTRICITY2 * np.sin(np.radians(lat_deg)) ** 2
    across_m = SEMI_MAJOR_M / np.sqrt(shrunk)
    return across_m, across_m * (1 - _ECCENTRICITY2) / shrunk


def tangents(lon_deg: Floats, lat_deg: Floats) -> tuple[Floats, Floats]:
    """Directions in space at positions: east and north, shape (n, 3, 2), and up, shape (n, 3); all of length 1."""
    lon, lat = np.radians(lon_deg), np.radians(lat_deg)
    zero = np.zeros_like(lon)
    east = np.column_stack([-np.sin(lon), np.cos(lon), zero])
    north = np.column_stack([-np.sin(lat) * np.cos(lon), -np.sin(lat) * np.sin(lon), np.cos(lat)])
    up = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    return np.stack([east, north], axis=2), up


def slopes_m(lon_deg: Floats, lat_deg: Floats) -> Floats:
    """How far positions in space move a radian of longitude and of latitude: shape (n, 2, 3), metres."""
    plane, _ = tangents(lon_deg, lat_deg)
    across_m, along_m = curvature_radii_m(lat_deg)
    east_m = across_m * np.cos(np.radians(lat_deg))
    return np.asarray(
        np.swapaxes(plane, 1, 2) * np.stack([east_m, along_m], axis=1)[:, :, None], dtype=np.float64
    )


def on_sphere(lonlat_deg: Floats) -> Floats:
    """Positions, shape (n, 2), (longitude, latitude) in degrees, on the auxiliary sphere of radius 1: shape (3, n).

    They are at their reduced latitudes, as `near_distances_m` takes them.
    """
    lon, lat = np.radians(lonlat_deg.T)
    up, out = (1 - FLATTENING) * np.sin(lat), np.cos(lat)
    far = np.hypot(up, out)
    return np.asarray(np.stack([out * np.cos(lon), out * np.sin(lon), up]) / far, dtype=np.float64)


def off_sphere(positions: Floats) -> Floats:
    """Positions, shape (n, 2), (longitude, latitude) in degrees, of those on the auxiliary sphere."""
    x, y, up = positions
    lat = np.arctan2(up, (1 - FLATTENING) * np.hypot(x, y))
    return np.asarray(np.degrees(np.column_stack([np.arctan2(y, x), lat])), dtype=np.float64)


def ahead_near(centre: tuple[float, float], bearings_deg: Floats, distance_m: Floats) -> Floats:
    """Positions around one on the auxiliary sphere, each within 3 millionths of its distance; up to 100 km, and fast.

    A geodesic of length s leaves its tangent t as x + s t - s^2 k n / 2 - s^3 k^2 t / 6 for the
    normal curvature k there; what is left out is the torsion, s^3 k / 6 times 0.0034 / R at the
    most, and the fourth power of s. The distances are taken so much shorter that none comes out
    longer.
    """
    lon, lat = (np.array([degrees], dtype=np.float64) for degrees in centre)
    plane, up = tangents(lon, lat)
    start_m, radii_m = geocentric_m(lon, lat)[0], curvature_radii_m(lat)
    bearings, away_m = np.radians(bearings_deg), distance_m * (1 - _NEAR_ROUNDING)
    sine, cosine = np.sin(bearings), np.cos(bearings)
    curvature = sine**2 / radii_m[0] + cosine**2 / radii_m[1]
    along_m = away_m * (1 - (away_m * curvature) ** 2 / 6)
    flat = np.stack([along_m * sine, along_m * cosine, -(away_m**2) * curvature / 2])
    reached = start_m[:, None] + np.column_stack([plane[0], up[0]]) @ flat
    reached /= np.array([[SEMI_MAJOR_M], [SEMI_MAJOR_M], [SEMI_MINOR_M]])
    return np.asarray(reached / np.sqrt(np.einsum("in,in->n", reached, reached)), dtype=np.float64)


def least_geodesic_m(chord_m: Floats) -> Floats:
    """Least length that a geodesic over a chord through space can have, both in metres.

    On a convex surface whose curvature radii lie between r and R everywhere, a geodesic of length s
    between two points at chord c has 2 R asin(c / 2R) <= s. With f(s) the squared chord, f'' = 2 +
    2 k <x - p, n> and, by Blaschke's rolling theorem, <x - p, n> <= -f / 2R; so f'' <= 2 - f / R^2,
    and f stays below the squared chord on the sphere of radius R. On WGS84 the bound is within 0.02
    % at 3,000 km.
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


def reach_m(half_lon_deg: Floats, half_lat_deg: Floats, nearest_equator_deg: Floats) -> Floats:
    """Bound on the distance from a point to any other in a box in longitude and latitude, in metres.

    The way that is straight in longitude and latitude stays in the box; no geodesic between its
    ends is longer. The box reaches so many degrees from the point, and so near to the equator.
    """
    north_m = np.radians(half_lat_deg) * LARGEST_RADIUS_M
    east_m = np.radians(half_lon_deg) * LARGEST_RADIUS_M * np.cos(np.radians(nearest_equator_deg))
    return np.asarray(np.hypot(north_m, east_m), dtype=np.float64)


def short_legs_m(lonlat_deg: Floats) -> tuple[Floats, Floats]:
    """Lengths of the legs of a line, shape (n, 2) in degrees, and their chords, in metres: exact up to `SHORT_M`.

    A geodesic of length s over a chord c has c = (2 / k) sin(k s / 2) on a circle of curvature k,
    and the geodesic departs from the circle of its own middle by its torsion and by how its
    curvature changes: by less than s (k s)^4 f = 2e-14 s. Of the normal curvature k = <t, Q t> / |Q
    x|, with Q = diag(1/a^2, 1/a^2, 1/b^2), at the middle x of the chord and along it, a part in
    10^6 is lost, and of s so a part in 10^13. What is left is rounding: positions in space are
    known to a nanometre or two, however short a leg is, and each length within 20 nm.
    """
    blocks = [
        _short_legs_m(lonlat_deg[at : at + _BLOCK + 1])
        for at in range(0, len(lonlat_deg) - 1, _BLOCK)
    ]
    lengths_m, chords_m = zip(*blocks, strict=True)
    return np.concatenate(lengths_m), np.concatenate(chords_m)


def _short_legs_m(lonlat_deg: Floats) -> tuple[Floats, Floats]:
    lon, lat = np.radians(lonlat_deg[:, 0]), np.radians(lonlat_deg[:, 1])
    sine = np.sin(lat)
    across_m = SEMI_MAJOR_M / np.sqrt(1 - _ECCENTRICITY2 * sine**2)
    out_m = across_m * np.cos(lat)
    up_m = across_m * (1 - _ECCENTRICITY2) * sine
    x_m, y_m = out_m * np.cos(lon), out_m * np.sin(lon)
    rise2 = (up_m[1:] - up_m[:-1]) ** 2
    chord2 = (x_m[1:] - x_m[:-1]) ** 2 + (y_m[1:] - y_m[:-1]) ** 2 + rise2
    steep = _SECOND2 * rise2 / np.maximum(chord2, np.finfo(np.float64).tiny)
    high = _SECOND2 * ((up_m[1:] + up_m[:-1]) / (2 * SEMI_MINOR_M)) ** 2
    bent2 = chord2 * ((1 + steep) / SEMI_MAJOR_M) ** 2 / (1 + high)  # (k c)^2
    chords_m = np.sqrt(chord2)
    return chords_m * (1 + bent2 * (1 / 24 + bent2 * (3 / 640))), chords_m
