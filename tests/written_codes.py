"""Positions written as letters and digits, after the published descriptions; the program itself only reads such."""

from __future__ import annotations

import math

from pyproj import Transformer

GEOHASH = "0123456789bcdefghjkmnpqrstuvwxyz"
PLUS = "23456789CFGHJMPQRVWX"
BANDS = "CDEFGHJKLMNPQRSTUVWX"
COLUMNS = ("STUVWXYZ", "ABCDEFGH", "JKLMNPQR")
ROWS = ("FGHJKLMNPQRSTUVABCDE", "ABCDEFGHJKLMNPQRSTUV")


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
    letters = (GEOHASH[bits >> shift & 31] for shift in range(60 - 5, -1, -5))
    return "".join(letters)[:length]


def plus_code(lon_deg: float, lat_deg: float, digits: int = 15) -> str:
    """Open Location Code (Plus Code) of a position, with its plus sign.

    Parameters
    ----------
    lon_deg, lat_deg
        The position.
    digits
        10 for a cell of 1/8000 of a degree, then one more for each division by four and five; 15 at
        most.

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
        letters.insert(0, PLUS[lat % 5 * 4 + lon % 4])
        lat, lon = lat // 5, lon // 4
    for _ in range(5):
        letters[0:0] = (PLUS[lat % 20], PLUS[lon % 20])
        lat, lon = lat // 20, lon // 20
    return "".join((*letters[:8], "+", *letters[8:digits]))


def mgrs(lon_deg: float, lat_deg: float, digits: int = 5) -> str:
    """Military grid reference between 80 S and 72 N, without the odd zones of Norway, cut off to `digits` each way.

    Examples
    --------
    >>> mgrs(-93, 42)
    '15TWG0000049776'
    """
    zone = int((lon_deg + 180) // 6 % 60 + 1)
    letters = Transformer.from_crs(4326, (32600 if lat_deg >= 0 else 32700) + zone, always_xy=True)
    easting, northing = (int(metres + 1e-6) for metres in letters.transform(lon_deg, lat_deg))
    column, row = easting // 100_000 - 1, northing // 100_000 % 20
    square = (
        f"{zone}{BANDS[int((lat_deg + 80) // 8)]}{COLUMNS[zone % 3][column]}{ROWS[zone % 2][row]}"
    )
    return square + f"{easting % 100_000:05d}"[:digits] + f"{northing % 100_000:05d}"[:digits]
