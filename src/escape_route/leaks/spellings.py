"""Positions written as letters: geohash, Plus Code, MGRS, quadkey, encoded polyline, and which secret each one is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from escape_route.leaks import codes
from escape_route.leaks.hits import Hit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from escape_route.leaks.secrets import Secrets
    from escape_route.leaks.targets import Axis, Floats, Indices, Targets

_GEOHASH = re.compile(r"(?<![A-Za-z0-9])(?:[0-9b-hjkmnp-z]{6,12}|[0-9B-HJKMNP-Z]{6,12})(?![A-Za-z0-9])")
_PLUS = re.compile(r"(?<![A-Za-z0-9])[23456789CFGHJMPQRVWX]{4,8}(?:\+|%2B| )[23456789CFGHJMPQRVWX]{0,7}(?![A-Za-z0-9])", re.IGNORECASE)  # fmt: skip  # noqa: E501
_MGRS = re.compile(r"(?<![A-Za-z0-9])(\d{1,2}[C-HJ-NP-X])\s?([A-HJ-NP-Z]{2})\s?(\d{2,5})\s?(\d{2,5})(?!\d)", re.IGNORECASE)  # fmt: skip  # noqa: E501
_QUADKEY = re.compile(r"(?<![A-Za-z0-9.])[0-3]{14,23}(?![A-Za-z0-9.])")
_POLYLINE = re.compile(r"[?-~]{8,}")
_SHORTEST = {"geohash": 6, "Plus Code": 6, "MGRS": 3, "quadkey": 14}
_FULL_PLUS = 8
_POLYLINE_DEG = 1.1e-5
_MOST_CHUNKS = 7


@lru_cache(maxsize=8)
def _index(secrets: Secrets, name: str) -> dict[str, list[tuple[str, int]]]:
    """Codes of secret positions by their beginnings."""
    write, beginning = _WRITERS[name]
    found: dict[str, list[tuple[str, int]]] = {}
    for index, each in enumerate(secrets.positions):
        if each.is_exact and (code := write(each.lon_deg, each.lat_deg)):
            found.setdefault(code[:beginning], []).append((code, index))
    return found


@lru_cache(maxsize=8)
def _published_codes(secrets: Secrets, name: str) -> tuple[str, ...]:
    """Codes of the published positions: asked for only where a secret one was found."""
    return tuple(_WRITERS[name][0](lon, lat) for lon, lat in sorted(secrets.allowed))


_WRITERS: dict[str, tuple[Callable[[float, float], str], int]] = {
    "geohash": (codes.geohash, 6),
    "quadkey": (codes.quadkey, 14),
}


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
    for pattern, name in ((_GEOHASH, "geohash"), (_QUADKEY, "quadkey")):
        yield from _prefixes(text, targets, pattern, name)
    if "+" in text or "%2B" in text:
        yield from _plus_codes(text, targets)
    yield from _grid_references(text, targets)


def _prefixes(text: str, targets: Targets, pattern: re.Pattern[str], name: str) -> Iterator[Hit]:
    secret = _index(targets.secrets, name)
    beginning = _WRITERS[name][1]
    for match in pattern.finditer(text):
        code = match[0].lower()
        for whole, index in secret.get(code[:beginning], ()):
            if not whole.startswith(code):
                continue
            if not any(each.startswith(code) for each in _published_codes(targets.secrets, name)):
                yield Hit(*match.span(), name, index)


@lru_cache(maxsize=8)
def _plus_index(secrets: Secrets) -> tuple[list[tuple[str, int]], tuple[str, ...]]:
    found = [(codes.plus_code(p.lon_deg, p.lat_deg), k) for k, p in enumerate(secrets.positions) if p.is_exact]
    return found, tuple(codes.plus_code(lon, lat) for lon, lat in secrets.allowed)


def _plus_codes(text: str, targets: Targets) -> Iterator[Hit]:
    """Whole Plus Codes, and those without their first four digits, which go with the name of a town."""
    matches = list(_PLUS.finditer(text))
    secret, allowed = _plus_index(targets.secrets) if matches else ([], ())
    for match in matches:
        code = match[0].upper().replace("%2B", "+").replace(" ", "+")
        missing = _FULL_PLUS - code.index("+")
        if missing not in {0, 4} or (missing and len(code) < _SHORTEST["Plus Code"]):
            continue
        for whole, index in secret:
            if whole[missing:].startswith(code) and not any(each[missing:].startswith(code) for each in allowed):
                yield Hit(*match.span(), "Plus Code", index)


@lru_cache(maxsize=8)
def _grid_index(secrets: Secrets) -> tuple[dict[str, list[tuple[str, int]]], tuple[str, ...]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for index, each in enumerate(secrets.positions):
        if each.is_exact and (code := codes.mgrs(each.lon_deg, each.lat_deg)):
            found.setdefault(code[:-10], []).append((code, index))
    return found, tuple(codes.mgrs(lon, lat) for lon, lat in secrets.allowed)


def _grid_references(text: str, targets: Targets) -> Iterator[Hit]:
    """MGRS, with or without spaces, from a kilometre on, cut off or rounded."""
    for match in _MGRS.finditer(text):
        digits = match[3] + match[4]
        half = len(digits) // 2
        square = f"{int(match[1][:-1])}{match[1][-1]}{match[2]}".upper()
        secret, allowed = _grid_index(targets.secrets)
        if len(digits) % 2 or square not in secret:
            continue
        written = int(digits[:half]), int(digits[half:])
        published = [each for each in allowed if each[:-10] == square]
        for whole, index in secret[square]:
            fits = _is_cut(whole, written, half)
            if fits and not any(_is_cut(each, written, half) for each in published):
                yield Hit(*match.span(), "MGRS", index)


def _is_cut(whole: str, written: tuple[int, int], digits: int) -> bool:
    """Whether an easting and a northing are those of a whole reference, cut off or rounded."""
    step = 10 ** (5 - digits)
    metres = int(whole[-10:-5]), int(whole[-5:])
    return all(-step // 2 <= value - each * step < step for value, each in zip(metres, written, strict=True))


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
    return any(max(abs(lon - here[0]), abs(lat - here[1])) < _POLYLINE_DEG / 2 for lon, lat in targets.secrets.allowed)


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
