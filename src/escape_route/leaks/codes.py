"""Positions as letters and digits: geohash, Plus Code, MGRS, quadkey; and the plane coordinates that some rest on.

Each is a few lines after its published description, and tested with published vectors: four packages for these would
weigh more than they save. Latitudes and longitudes are in degrees on WGS84.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_GEOHASH = "0123456789bcdefghjkmnpqrstuvwxyz"
_GEOHASH_BITS = 60
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


def geohash(lon_deg: float, lat_deg: float, length: int = 12) -> str:
    """Geohash of a position (Niemeyer 2008).

    Examples
    --------
    >>> geohash(10.40744, 57.64911, 11)
    'u4pruydqqvj'
    """
    x = min(int((lon_deg + 180) / 360 * (1 << 30)), (1 << 30) - 1)
    y = min(int((lat_deg + 90) / 180 * (1 << 30)), (1 << 30) - 1)
    bits = 0
    for place in range(29, -1, -1):
        bits = bits << 2 | (x >> place & 1) << 1 | (y >> place & 1)
    letters = (_GEOHASH[bits >> shift & 31] for shift in range(_GEOHASH_BITS - 5, -1, -5))
    return "".join(letters)[:length]


def plus_code(lon_deg: float, lat_deg: float, digits: int = 15) -> str:
    """Open Location Code (Plus Code) of a position, with its plus sign.

    Parameters
    ----------
    lon_deg, lat_deg
        The position.
    digits
        10 for a cell of 1/8000 of a degree, then one more for each division by four and five; 15 at most.

    Examples
    --------
    >>> plus_code(2.7821875, 20.3700625, 10)
    '7FG49QCJ+2V'
    """
    rows, columns = 8000 * 5**5, 8000 * 4**5
    lat = min(max(math.floor(round((lat_deg + 90) * rows, 3)), 0), 180 * rows - 1)
    lon = math.floor(round((lon_deg + 180) * columns, 3)) % (360 * columns)
    letters: list[str] = []
    for _ in range(5):
        letters.insert(0, _PLUS[lat % 5 * 4 + lon % 4])
        lat, lon = lat // 5, lon // 4
    for _ in range(5):
        letters[0:0] = (_PLUS[lat % 20], _PLUS[lon % 20])
        lat, lon = lat // 20, lon // 20
    return "".join((*letters[:8], "+", *letters[8:digits]))


def quadkey(lon_deg: float, lat_deg: float, zoom: int = 23) -> str:
    """Quadkey of the tile at a zoom, after Bing Maps' tile system.

    Examples
    --------
    >>> quadkey(-87.65, 41.84, 9)
    '030222231'
    """
    x, y = (int(value[0] * (1 << zoom)) for value in web_unit(np.array([lon_deg]), np.array([lat_deg])))
    return "".join(str((x >> place & 1) + 2 * (y >> place & 1)) for place in range(zoom - 1, -1, -1))


def web_unit(lon_deg: NDArray[np.float64], lat_deg: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """Place on the square of Web Mercator, 0 to 1 from the north-west corner, as (x, y)."""
    lat = np.radians(np.clip(lat_deg, -_WEB_LIMIT_DEG, _WEB_LIMIT_DEG))
    return (lon_deg + 180) / 360, (1 - np.arcsinh(np.tan(lat)) / math.pi) / 2


def utm_zone(lon_deg: float, lat_deg: float) -> int:
    """Zone of UTM, with the exceptions of Norway and Svalbard."""
    if 56 <= lat_deg < 64 and 3 <= lon_deg < 12:  # noqa: PLR2004  # south-west Norway
        return 32
    if 72 <= lat_deg <= 84 and 0 <= lon_deg < 42:  # noqa: PLR2004  # Svalbard
        return 31 + 2 * sum(lon_deg >= edge for edge in (9, 21, 33))
    return int((lon_deg + 180) // 6) % 60 + 1


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


def mgrs(lon_deg: float, lat_deg: float, digits: int = 5) -> str:
    """Military grid reference between 80 S and 84 N, cut off to `digits` each way; empty nearer to the poles.

    Examples
    --------
    >>> mgrs(-93, 42)
    '15TWG0000049776'
    """
    if not -80 <= lat_deg <= 84:  # noqa: PLR2004  # beyond lies the polar grid
        return ""
    zone = utm_zone(lon_deg, lat_deg)
    easting, northing = (
        float(value[0]) for value in utm(np.array([lon_deg]), np.array([lat_deg]), np.array([zone], dtype=np.int64))
    )
    band = _BANDS[min(int((lat_deg + 80) // 8), 19)]
    column = _COLUMNS[zone % 3][int(easting // 100_000) - 1]
    row = _ROWS[zone % 2][int(northing // 100_000) % 20]
    cut = [f"{int(value % 100_000):05d}"[:digits] for value in (easting, northing)]
    return f"{zone}{band}{column}{row}{cut[0]}{cut[1]}"


def earth_centred(
    lon_deg: NDArray[np.float64], lat_deg: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Geocentric coordinates in metres of positions on the ellipsoid (EPSG:4978)."""
    lon, lat = np.radians(lon_deg), np.radians(lat_deg)
    squared = _FLATTENING * (2 - _FLATTENING)
    normal = RADIUS_M / np.sqrt(1 - squared * np.sin(lat) ** 2)
    return normal * np.cos(lat) * np.cos(lon), normal * np.cos(lat) * np.sin(lon), normal * (1 - squared) * np.sin(lat)
