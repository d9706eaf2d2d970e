"""Positions as letters and digits: geohash, Plus Code, military grid, tile, encoded polyline.

Each is a few lines after its published description, and tested with published vectors: four
packages for these would weigh more than they save. Latitudes and longitudes are in degrees on
WGS84.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from escape_route.protection.leaks.frames import DEGREES, PART_OF_DEGREE, PART_OF_SQUARE, Told

_GEOHASH_LETTERS = "0123456789bcdefghjkmnpqrstuvwxyz"
_PLUS_LETTERS = "23456789CFGHJMPQRVWX"
_LEAST_ZOOM, _HIGHEST_ZOOM = 13, 23


_GEOHASH = re.compile(
    r"(?<![A-Za-z0-9])(?:[0-9b-hjkmnp-z]{6,12}|[0-9B-HJKMNP-Z]{6,12})(?![A-Za-z0-9])"
)
_PLUS = re.compile(r"(?<![A-Za-z0-9])([2-9CFGHJMPQRVWX]{4}|[2-9CFGHJMPQRVWX]{8})\+([2-9CFGHJMPQRVWX]{2,7})(?![A-Za-z0-9])", re.IGNORECASE)  # fmt: skip  # noqa: E501
_MGRS = re.compile(r"(?<![A-Za-z0-9])(?:[1-9]|[1-5]\d|60)[C-HJ-NP-X]\s?[A-HJ-NP-Z][A-HJ-NP-V]\s?(?:(\d{5})\s?(\d{5})|(\d{4})\s?(\d{4})|(\d{3})\s?(\d{3})|(\d{2})\s?(\d{2}))(?!\d)", re.IGNORECASE)  # fmt: skip  # noqa: E501
_TILE = re.compile(r"(?<![\d.])(?P<z>\d{2})/(?P<x>\d{2,7})/(?P<y>\d{2,7})(?!\d)|\bx=(?P<x2>\d{2,7})&y=(?P<y2>\d{2,7})&z(?:oom)?=(?P<z2>\d{2})\b")  # fmt: skip  # noqa: E501
_WAY = re.compile(r"(?:^|(?<=>))([0-5])([?-~]+)(?=$|<)", re.MULTILINE)  # as our pages have them
_POLYLINE, _NO_LETTER = (
    re.compile(r"[?-~]{8,}"),
    re.compile(r"[^A-Za-z]"),
)  # letters alone are words


class Area(NamedTuple):
    """What a code names: the box between two meridians and two parallels, in degrees, without its east and north."""

    west: float
    south: float
    east: float
    north: float


def told_in(text: str) -> Iterator[Told]:
    """Areas that the codes of a folded text name, one block a notation."""
    geohashes = [
        (match.span(), geohash_area(match[0].lower())) for match in _GEOHASH.finditer(text)
    ]
    yield _areas("geohash", geohashes)
    plus = list(_PLUS.finditer(text))
    for missing, frame in (
        (0, DEGREES),
        (4, PART_OF_DEGREE),
    ):  # the first four may be left out beside a town's name
        kept = [match for match in plus if len(match[1]) == 8 - missing]
        written = [(match.span(), "2" * missing + match[1] + match[2]) for match in kept]
        yield _areas(
            "Plus Code", [(span, plus_code_area(code.upper())) for span, code in written], frame
        )
    yield _areas("map tile", list(_tiles(text)))
    yield _areas("military grid", list(_grid_references(text)), PART_OF_SQUARE)


def _tiles(text: str) -> Iterator[tuple[tuple[int, int], Area]]:
    """Tiles of web maps by their addresses; rows are counted from the north, or from the south."""
    for match in _TILE.finditer(text):
        zoom, column, row = (int(match[name] or match[f"{name}2"]) for name in "zxy")
        if _LEAST_ZOOM <= zoom <= _HIGHEST_ZOOM and max(column, row) < 2**zoom:
            yield match.span(), tile_area(zoom, column, row)
            yield match.span(), tile_area(zoom, column, 2**zoom - 1 - row)


def _grid_references(text: str) -> Iterator[tuple[tuple[int, int], Area]]:
    """Squares of the military grid by their metres in the 100 km that the letters name, which is rarely by chance."""
    for match in _MGRS.finditer(text):
        easting, northing = filter(None, match.groups())
        side_m = 10.0 ** (5 - len(easting))
        x, y = int(easting) * side_m, int(northing) * side_m
        yield match.span(), Area(x, y, x + side_m, y + side_m)


def _areas(notation: str, areas: list[tuple[tuple[int, int], Area]], frame: str = DEGREES) -> Told:
    columns = np.array([(*area, *span) for span, area in areas], dtype=float).reshape(-1, 6).T
    west, south, east, north = columns[:4]
    x, y = (west + east) / 2, (south + north) / 2
    if frame == PART_OF_DEGREE:
        x, y = (x + 180) % 1, (y + 90) % 1
    start, end = columns[4:].astype(np.int64)
    reach = (east - west) / 2, (north - south) / 2
    return Told(notation, frame, np.abs(x), np.abs(y), *reach, start, end, is_swapped=False)


def polylines_in(text: str) -> Iterator[Told]:
    """Points of encoded polylines in a text as the file has it; any odd long word may be one of precision 5 or 6.

    A line that begins with a digit may be one of so many decimals.
    """
    odd = [
        (match.start(), match[0])
        for match in _POLYLINE.finditer(text)
        if _NO_LETTER.search(match[0])
    ]
    scaled = {1e5: [*odd], 1e6: odd}
    for match in _WAY.finditer(text):
        scaled.setdefault(10.0 ** int(match[1]), []).append((match.start(2), match[2]))
    for scale, runs in scaled.items():
        rows = [
            (at, at + last + 1, lat, lon)
            for at, code in runs
            for last, lat, lon in polyline_points(code)
        ]
        start, end, lat, lon = np.array(rows, dtype=float).reshape(-1, 4).T
        reach, where = np.full(len(rows), 1.1e-5), (start.astype(np.int64), end.astype(np.int64))
        yield Told(
            "encoded polyline",
            DEGREES,
            np.abs(lon) / scale,
            np.abs(lat) / scale,
            reach,
            reach,
            *where,
        )


def geohash_area(code: str) -> Area:
    """Area that a geohash of small letters names."""
    bits = "".join(f"{_GEOHASH_LETTERS.index(letter):05b}" for letter in code)
    columns, rows = 2 ** len(bits[::2]), 2 ** len(bits[1::2])
    column, row = int(bits[::2], 2), int(bits[1::2], 2)
    west, east = (side / columns * 360 - 180 for side in (column, column + 1))
    south, north = (side / rows * 180 - 90 for side in (row, row + 1))
    return Area(west, south, east, north)


def tile_area(zoom: int, column: int, row: int) -> Area:
    """Area of a tile of a web map; rows are counted from the north."""
    tiles = 2**zoom
    west, east = (side / tiles * 360 - 180 for side in (column, column + 1))
    north, south = (_web_lat_deg(side / tiles) for side in (row, row + 1))
    return Area(west, south, east, north)


def plus_code_area(code: str) -> Area:
    """Area of a Plus Code of two letters and more without its sign, from the south-west corner of the world."""
    south, west, step_lat, step_lon = -90.0, -180.0, 400.0, 400.0
    for lat, lon in zip(code[:10:2], code[1:10:2], strict=False):
        step_lat, step_lon = step_lat / 20, step_lon / 20
        south, west = (
            south + _PLUS_LETTERS.index(lat) * step_lat,
            west + _PLUS_LETTERS.index(lon) * step_lon,
        )
    for letter in code[10:]:
        step_lat, step_lon = step_lat / 5, step_lon / 4
        row, column = divmod(_PLUS_LETTERS.index(letter), 4)
        south, west = south + row * step_lat, west + column * step_lon
    return Area(west, south, west + step_lon, south + step_lat)


def _web_lat_deg(y: float) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y))))


def polyline_points(code: str) -> Iterator[tuple[int, int, int]]:
    """Points of an encoded polyline, after Google's description: the letter that each ends with, and whole numbers.

    >>> [(first, second) for _, first, second in polyline_points("_p~iF~ps|U_ulLnnqC")]
    [(3850000, -12020000), (4070000, -12095000)]
    """
    sums, number, shift, count = [0, 0], 0, 0, 0
    for place, letter in enumerate(code.encode("ascii")):
        number |= (letter - 63 & 31) << shift
        shift += 5
        if letter < 63 + 32:
            sums[count % 2] += ~(number >> 1) if number & 1 else number >> 1
            number, shift, count = 0, 0, count + 1
            if count % 2 == 0:
                yield place, sums[0], sums[1]
