"""Positions as letters and digits: geohash, Plus Code, MGRS, quadkey; and the plane coordinates that some rest on.

Each is a few lines after its published description, and tested with published vectors: four packages for these would
weigh more than they save. Latitudes and longitudes are in degrees on WGS84.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


_GEOHASH = "0123456789bcdefghjkmnpqrstuvwxyz"
_PLUS = "23456789CFGHJMPQRVWX"
_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_COLUMNS = ("STUVWXYZ", "ABCDEFGH", "JKLMNPQR")
_ROWS = ("FGHJKLMNPQRSTUVABCDE", "ABCDEFGHJKLMNPQRSTUV")
_WEB_LIMIT_DEG = 85.0511287798
RADIUS_M = 6378137.0
_FLATTENING = 1 / 298.257223563
_UTM_SCALE = 0.9996

#: Third flattening of WGS84 and the coefficients of Krueger's series in it, after Karney (2011), doi
#: 10.1007/s00190-011-0445-3, equations 12 and 35, to the fourth order: better than a millimetre within a zone.
_N = _FLATTENING / (2 - _FLATTENING)
_RECTIFYING_M = RADIUS_M / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_ALPHA = (
    _N / 2 - 2 * _N**2 / 3 + 5 * _N**3 / 16 + 41 * _N**4 / 180,
    13 * _N**2 / 48 - 3 * _N**3 / 5 + 557 * _N**4 / 1440,
    61 * _N**3 / 240 - 103 * _N**4 / 140,
    49561 * _N**4 / 161280,
)


class Area(NamedTuple):
    """What a code names: the box between two meridians and two parallels, in degrees, without its east and north."""

    west: float
    south: float
    east: float
    north: float


def geohash_area(code: str) -> Area:
    """Area that a geohash of small letters names.

    Examples
    --------
    >>> geohash_area("ezs42")
    Area(west=-5.625, south=42.5830078125, east=-5.5810546875, north=42.626953125)
    """
    bits = "".join(f"{_GEOHASH.index(letter):05b}" for letter in code)
    return _halved(bits[::2], bits[1::2], lambda x: x * 360 - 180, lambda y: y * 180 - 90)


def quadkey_area(code: str) -> Area:
    """Area of the tile that a quadkey names."""
    digits = [int(letter) for letter in code]
    x, y = ("".join(str(digit >> axis & 1) for digit in digits) for axis in (0, 1))
    west, north, east, south = _halved(x, y, lambda x: x * 360 - 180, _web_lat_deg)
    return Area(west, south, east, north)


def plus_code_area(code: str) -> Area:
    """Area of a Plus Code of two letters and more without its sign, from the south-west corner of the world.

    Examples
    --------
    >>> [round(edge_deg, 4) for edge_deg in plus_code_area("7FG49QCJ")]
    [2.78, 20.37, 2.7825, 20.3725]
    """
    south, west, step_lat, step_lon = -90.0, -180.0, 400.0, 400.0
    for lat, lon in zip(code[:10:2], code[1:10:2], strict=False):
        step_lat, step_lon = step_lat / 20, step_lon / 20
        south, west = south + _PLUS.index(lat) * step_lat, west + _PLUS.index(lon) * step_lon
    for letter in code[10:]:
        step_lat, step_lon = step_lat / 5, step_lon / 4
        row, column = divmod(_PLUS.index(letter), 4)
        south, west = south + row * step_lat, west + column * step_lon
    return Area(west, south, west + step_lon, south + step_lat)


def _halved(x: str, y: str, lon_deg: Callable[[float], float], lat_deg: Callable[[float], float]) -> Area:
    """Area that is left of the world, 0 to 1 both ways, when it is halved by bits."""
    columns, rows = 2 ** len(x), 2 ** len(y)
    column, row = int(x, 2), int(y, 2)
    return Area(
        lon_deg(column / columns), lat_deg(row / rows), lon_deg((column + 1) / columns), lat_deg((row + 1) / rows)
    )


def _web_lat_deg(y: float) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y))))


def web_unit(lon_deg: NDArray[np.float64], lat_deg: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """Place on the square of Web Mercator, 0 to 1 from the north-west corner, as (x, y)."""
    lat = np.radians(np.clip(lat_deg, -_WEB_LIMIT_DEG, _WEB_LIMIT_DEG))
    return (lon_deg + 180) / 360, (1 - np.arcsinh(np.tan(lat)) / math.pi) / 2


def utm_zone(lon_deg: NDArray[np.float64], lat_deg: NDArray[np.float64]) -> NDArray[np.int64]:
    """Zones of UTM, with the exceptions of Norway and Svalbard."""
    norway = (lat_deg >= 56) & (lat_deg < 64) & (lon_deg >= 3) & (lon_deg < 12)  # noqa: PLR2004  # its south-west
    svalbard = (lat_deg >= 72) & (lat_deg <= 84) & (lon_deg >= 0) & (lon_deg < 42)  # noqa: PLR2004
    regular = ((lon_deg + 180) // 6 % 60 + 1).astype(np.int64)
    return np.select([norway, svalbard], [32, 31 + 2 * np.searchsorted((9, 21, 33), lon_deg, "right")], regular)


def utm(
    lon_deg: NDArray[np.float64], lat_deg: NDArray[np.float64], zone: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Easting and northing in metres in given zones; south of the equator 10,000 km are added to the northing."""
    eccentricity = math.sqrt(_FLATTENING * (2 - _FLATTENING))
    lat, lon = np.radians(lat_deg), np.radians((lon_deg - (6.0 * zone - 183) + 180) % 360 - 180)
    sine = np.sin(lat)
    tangent = np.sinh(np.arctanh(sine) - eccentricity * np.arctanh(eccentricity * sine))
    xi, eta = np.arctan2(tangent, np.cos(lon)), np.arcsinh(np.sin(lon) / np.hypot(tangent, np.cos(lon)))
    north, east = xi.copy(), eta.copy()
    for k, alpha in enumerate(_ALPHA, start=1):
        north += alpha * np.sin(2 * k * xi) * np.cosh(2 * k * eta)
        east += alpha * np.cos(2 * k * xi) * np.sinh(2 * k * eta)
    scale = _UTM_SCALE * _RECTIFYING_M
    return 500_000 + scale * east, scale * north + np.where(lat_deg < 0, 10_000_000, 0)


class Squares(NamedTuple):
    """Squares of 100 km of the military grid, by zone and the index of each letter, and metres within them.

    `has_grid` is False beyond 80 S and 84 N, where the polar grid lies.
    """

    zone: NDArray[np.int64]
    band: NDArray[np.int64]
    column: NDArray[np.int64]
    row: NDArray[np.int64]
    easting_m: NDArray[np.int64]
    northing_m: NDArray[np.int64]
    has_grid: NDArray[np.bool_]


def grid_squares(lon_deg: NDArray[np.float64], lat_deg: NDArray[np.float64]) -> Squares:
    """Squares of the military grid that positions lie in."""
    zone = utm_zone(lon_deg, lat_deg)
    easting, northing = (np.floor(metres).astype(np.int64) for metres in utm(lon_deg, np.clip(lat_deg, -80, 84), zone))
    band = np.minimum((lat_deg + 80) // 8, len(_BANDS) - 1).astype(np.int64)
    square = 100_000
    column, row = easting // square - 1, northing // square % len(_ROWS[0])
    return Squares(zone, band, column, row, easting % square, northing % square, (lat_deg >= -80) & (lat_deg <= 84))  # noqa: PLR2004


def grid_letters(zone: int, letters: str) -> tuple[int, int, int] | None:
    """Index of the letters of band, column and row in a zone, as `Squares` has them; None where there is no such.

    Examples
    --------
    >>> grid_letters(15, "TWG")
    (15, 4, 6)
    """
    alphabets = (_BANDS, _COLUMNS[zone % 3], _ROWS[zone % 2])
    band, column, row = (alphabet.find(letter) for alphabet, letter in zip(alphabets, letters, strict=True))
    return None if min(band, column, row) < 0 else (band, column, row)


def earth_centred(
    lon_deg: NDArray[np.float64], lat_deg: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Geocentric coordinates in metres of positions on the ellipsoid (EPSG:4978)."""
    lon, lat = np.radians(lon_deg), np.radians(lat_deg)
    squared = _FLATTENING * (2 - _FLATTENING)
    normal = RADIUS_M / np.sqrt(1 - squared * np.sin(lat) ** 2)
    return normal * np.cos(lat) * np.cos(lon), normal * np.cos(lat) * np.sin(lon), normal * (1 - squared) * np.sin(lat)
