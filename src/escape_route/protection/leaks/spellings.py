"""Positions written as letters: geohash, Plus Code, MGRS, quadkey, encoded polyline, and which secret each one is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from escape_route.protection.leaks import codes
from escape_route.protection.leaks.targets import Axis, Hit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from escape_route.protection.leaks.codes import Area
    from escape_route.protection.leaks.secrets import Secrets
    from escape_route.protection.leaks.targets import Floats, Indices, Targets

_GEOHASH = re.compile(r"(?<![A-Za-z0-9])(?:[0-9b-hjkmnp-z]{6,12}|[0-9B-HJKMNP-Z]{6,12})(?![A-Za-z0-9])")
_PLUS = re.compile(r"(?<![A-Za-z0-9])[23456789CFGHJMPQRVWX]{4,8}(?:\+|%2B| )[23456789CFGHJMPQRVWX]{0,7}(?![A-Za-z0-9])", re.IGNORECASE)  # fmt: skip  # noqa: E501
_MGRS = re.compile(r"(?<![A-Za-z0-9])(\d{1,2}[C-HJ-NP-X])\s?([A-HJ-NP-Z]{2})\s?(\d{2,5})\s?(\d{2,5})(?!\d)", re.IGNORECASE)  # fmt: skip  # noqa: E501
_QUADKEY = re.compile(r"(?:(?<![A-Za-z0-9.])|(?<=[/_-][ahrt]))[0-3]{14,23}(?![A-Za-z0-9]|\.\d)")
_POLYLINE = re.compile(r"[?-~]{8,}")
_PREFIX_CODES = ((_GEOHASH, "geohash", codes.geohash_area), (_QUADKEY, "quadkey", codes.quadkey_area))
_SHORTEST_PLUS = 6
_FULL_PLUS = 8
_SLACK_DEG = 1e-9  # a position on an edge is named by the areas on both sides
_POLYLINE_DEG = 1.1e-5
_MOST_CHUNKS = 7


@dataclass(frozen=True, slots=True)
class _Code:
    """A code in a text and the area that it names; `in_degree` where it leaves open of which degree it speaks."""

    start: int
    end: int
    notation: str
    area: Area
    in_degree: bool = False


def find(text: str, targets: Targets) -> Iterator[Hit]:
    """Find secret positions that are written as a code.

    Parameters
    ----------
    text
        As the file has it, or decoded.
    targets
        What is looked for.
    """
    if not targets.exact.any():
        return
    written = [
        _Code(*found.span(), notation, area_of(found[0].lower()))
        for pattern, notation, area_of in _PREFIX_CODES
        for found in pattern.finditer(text)
    ]
    if "+" in text or "%2B" in text:
        written += _plus_codes(text)
    for in_degree in (False, True):
        yield from _inside([each for each in written if each.in_degree is in_degree], targets, in_degree=in_degree)
    yield from _grid_references(text, targets)


def _plus_codes(text: str) -> Iterator[_Code]:
    """Whole Plus Codes, and those without their first four digits, which go with the name of a town."""
    for found in _PLUS.finditer(text):
        code = found[0].upper().replace("%2B", "+").replace(" ", "+")
        missing = _FULL_PLUS - code.index("+")
        if missing not in {0, 4} or (missing and len(code) < _SHORTEST_PLUS):
            continue
        area = codes.plus_code_area("2" * missing + code.replace("+", ""))
        yield _Code(*found.span(), "Plus Code", area, in_degree=missing > 0)


def _inside(written: Sequence[_Code], targets: Targets, *, in_degree: bool) -> Iterator[Hit]:
    """Secrets that lie in an area in which nothing is published; where the degree is left open, in any degree."""
    if not written:
        return
    held, published = _places(targets.secrets, in_degree=in_degree)
    west, south, east, north = np.array([each.area for each in written]).T
    which, secrets = held.lon.within(west - _SLACK_DEG, east + _SLACK_DEG)
    lat = held.lat_deg[secrets]
    fits = (lat >= south[which] - _SLACK_DEG) & (lat <= north[which] + _SLACK_DEG)
    for index, secret in zip(which[fits].tolist(), secrets[fits].tolist(), strict=True):
        if not published.are_within(written[index].area):
            yield Hit(written[index].start, written[index].end, written[index].notation, secret)


class _Places:
    """Positions by longitude."""

    def __init__(self, lon_deg: Floats, lat_deg: Floats) -> None:
        """Sort them."""
        self.lon, self.lat_deg = Axis(lon_deg), lat_deg

    def are_within(self, area: Area) -> bool:
        """Whether any lies in an area."""
        _, found = self.lon.within(*(np.array([edge]) for edge in (area.west - _SLACK_DEG, area.east + _SLACK_DEG)))
        lat = self.lat_deg[found]
        return bool(((lat >= area.south - _SLACK_DEG) & (lat <= area.north + _SLACK_DEG)).any())


@lru_cache(maxsize=8)
def _places(secrets: Secrets, *, in_degree: bool) -> tuple[_Places, _Places]:
    """Held positions and published ones; within their degree, counted from the south-west corner of the world."""
    held, allowed = secrets.positions, secrets.allowed
    lon = np.where(held.is_exact, held.lon_deg, np.nan)
    both = ((lon, held.lat_deg), (allowed[:, 0], allowed[:, 1]))
    if not in_degree:
        return _Places(*both[0]), _Places(*both[1])
    within = [((lon + 180) % 1 - 180, (lat + 90) % 1 - 90) for lon, lat in both]
    return _Places(*within[0]), _Places(*within[1])


@lru_cache(maxsize=8)
def _squares(secrets: Secrets) -> tuple[codes.Squares, codes.Squares]:
    """Squares of the military grid that the held positions lie in, and the published ones."""
    held, allowed = secrets.positions, secrets.allowed
    squares = codes.grid_squares(held.lon_deg, held.lat_deg)
    return squares._replace(has_grid=squares.has_grid & held.is_exact), codes.grid_squares(allowed[:, 0], allowed[:, 1])


def _grid_references(text: str, targets: Targets) -> Iterator[Hit]:
    """MGRS, with or without spaces, from a kilometre on, cut off or rounded."""
    for match in _MGRS.finditer(text):
        zone, digits = int(match[1][:-1]), match[3] + match[4]
        letters = codes.grid_letters(zone, (match[1][-1] + match[2]).upper())
        if len(digits) % 2 or letters is None:
            continue
        half = len(digits) // 2
        written = int(digits[:half]), int(digits[half:])
        square = (zone, *letters)
        held, published = (_in_square(each, square, written, half) for each in _squares(targets.secrets))
        for secret in np.flatnonzero(held).tolist() if not published.any() else ():
            yield Hit(*match.span(), "MGRS", secret)


def _in_square(
    squares: codes.Squares, named: tuple[int, int, int, int], written: tuple[int, int], digits: int
) -> NDArray[np.bool_]:
    """Which positions an easting and a northing in a named square are those of, cut off or rounded."""
    step = 10 ** (5 - digits)
    found = squares.has_grid.copy()
    for column, wanted in zip(squares[:4], named, strict=True):
        found &= column == wanted
    for metres, each in zip((squares.easting_m, squares.northing_m), written, strict=True):
        found &= (metres - each * step >= -step // 2) & (metres - each * step < step)
    return found


def polylines(text: str, targets: Targets) -> Iterator[Hit]:
    """Find secret positions in encoded polylines of precision 5 or 6, after Google's published algorithm.

    Parameters
    ----------
    text
        As the file has it.
    targets
        What is looked for; longitude first or latitude first.
    """
    runs = list(_POLYLINE.finditer(text)) if targets.exact.any() else []
    if not runs:
        return
    joined = "\x00".join(match[0] for match in runs)
    starts = np.cumsum([0, *(len(match[0]) + 1 for match in runs[:-1])])
    ends, first, second = _decode(np.frombuffer(joined.encode("ascii"), dtype=np.uint8))
    for scale in (1e5, 1e6):
        for one, other in ((first, second), (second, first)):
            for index, secret in _matches(targets.degrees.first, targets.lat_deg, one / scale, other / scale):
                if targets.exact[secret] and not _published(targets, secret):
                    run = int(np.searchsorted(starts, ends[index], "right")) - 1
                    offset = runs[run].start()
                    yield Hit(offset, offset + int(ends[index] - starts[run]) + 1, "encoded polyline", secret)


def _published(targets: Targets, secret: int) -> bool:
    """Whether a published position is so near to a secret that both are encoded alike."""
    here = targets.lon_deg[secret], targets.lat_deg[secret]
    return bool((np.abs(targets.secrets.allowed - here) < _POLYLINE_DEG / 2).all(axis=1).any())


def _matches(lons: Axis, lat_deg: Floats, lon: Floats, lat: Floats) -> Iterator[tuple[int, int]]:
    lon, lat = np.abs(lon), np.abs(lat)
    pairs = lons.within(lon - _POLYLINE_DEG, lon + _POLYLINE_DEG)
    near = np.abs(np.abs(lat_deg[pairs[1]]) - lat[pairs[0]]) <= _POLYLINE_DEG
    yield from zip(pairs[0][near].tolist(), pairs[1][near].tolist(), strict=True)


def _decode(letters: np.ndarray[tuple[int], np.dtype[np.uint8]]) -> tuple[Indices, Floats, Floats]:
    """Points of polylines that stand one after the other with zeros between: last letter, and both running sums."""
    valid = letters > 0
    chunk = letters.astype(np.int64) - 63
    place = np.arange(len(letters))
    last = valid & (chunk < 32)  # noqa: PLR2004  # five bits, the sixth says that more follow
    breaks = np.flatnonzero(last | ~valid)
    begin = np.zeros(len(letters), dtype=np.int64)
    begin[breaks[breaks + 1 < len(letters)] + 1] = breaks[breaks + 1 < len(letters)] + 1
    begin = np.maximum.accumulate(begin)
    shift = np.minimum(place - begin, _MOST_CHUNKS)
    bits = np.where(valid & (shift < _MOST_CHUNKS), (chunk & 31) << (5 * shift), 0)
    total = np.cumsum(bits)
    ends = np.flatnonzero(last)
    raw = total[ends] - total[begin[ends]] + bits[begin[ends]]
    value = np.where(raw & 1, ~(raw >> 1), raw >> 1)
    run = np.cumsum(~valid)[ends]
    opening = np.flatnonzero(np.diff(run, prepend=-1))
    number = np.arange(len(ends)) - np.repeat(opening, np.diff(np.append(opening, len(ends))))
    sums = [_running(np.where(number % 2 == parity, value, 0), opening) for parity in (0, 1)]
    odd = number % 2 == 1
    return ends[odd], sums[0][odd].astype(float), sums[1][odd].astype(float)


def _running(values: Indices, opening: Indices) -> Indices:
    """Running sums that begin anew at each opening."""
    total = np.cumsum(values)
    before = total[opening] - values[opening]
    return total - np.repeat(before, np.diff(np.append(opening, len(values))))
