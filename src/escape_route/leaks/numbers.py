"""Numbers of a text, all at once, and which of them are a secret position in some notation.

How close a number must come depends on the decimals that it is written with: it must be the secret value rounded or cut
off there. How often that happens by chance depends on how many numbers of that size the text has. A match counts only
where chance would make fewer than one in a thousand such (`_MOST_BY_CHANCE`): a lone latitude of five decimals in a
short text is a finding, and among a hundred thousand numbers of a drawing it is one only beside its longitude.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from escape_route.leaks.targets import Axis, Floats, Frame, Indices, Targets

_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[eE][-+]?\d{1,2}(?!\d))?")
_COMMA_NUMBER = re.compile(r"(?<![\d.,])\d{1,3},\d{3,20}(?!\d|\.\d)")
_SHAPES = re.compile(r"\"(?:coordinates|bbox)\"\s*:\s*\[[\[\]\d\s.,eE+-]*\]|<coordinates>[^<]*<|\b(?:POINT|LINESTRING|POLYGON)\b[\s(\d.,eE+)-]*", re.IGNORECASE)  # fmt: skip  # noqa: E501
_POINTS = re.compile(
    r"\"?(?:coordinates|label|position|cent(?:er|re)|location|lonlat|latl(?:ng|on)|point|at)\"?\s*[:=]\s*[\[(]?\s*"
    r"-?[\d.]+\s*,\s*-?[\d.]+(?:\s*,\s*-?[\d.]+)?\s*[\])]"
    r"|<coordinates>\s*-?[\d.]+,-?[\d.]+(?:,-?[\d.]+)?\s*<|\bPOINT\s*Z?M?\s*\(\s*-?[\d.]+\s+-?[\d.]+[^)]*\)"
    r"|\blat(?:itude)?\"?\s*[:=]\s*\"?-?[\d.]+\"?[\s,;&]+\"?lo?ng?(?:itude)?\"?\s*[:=]\s*\"?-?[\d.]+"
    r"|\blo?ng?(?:itude)?\"?\s*[:=]\s*\"?-?[\d.]+\"?[\s,;&]+\"?lat(?:itude)?\"?\s*[:=]\s*\"?-?[\d.]+",
    re.IGNORECASE,
)
_NEAR = 64  # characters between a latitude and its longitude
_CLOSE = 14  # characters between degrees and minutes, minutes and seconds
_MOST_BY_CHANCE = 1e-3
_FINE, _PAIR_FINE = 4, 3  # decimals of a coordinate that may stand alone, and beside its other half
_LEAST_FINE = 3  # decimals that a page's own drawing has
_METRE_DEG = 1e-5
_DEGREE_MARK = re.compile(r"\s*(?:°|deg(?:rees?)?\.?|d),?\s*", re.IGNORECASE)
_HEMISPHERE = re.compile(r"(?<![A-Za-z])[NSEW]\s*$"), re.compile(r"[\s\"']*[NSEW](?![A-Za-z])")
_SLACK = 1e-9
_ZOOM_SHOWN, _ZOOM_SURE, _HIGHEST_ZOOM = 13, 15, 23


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: from where to where in the text, the notation, and the index of the secret, if it is one."""

    start: int
    end: int
    notation: str
    secret: int | None


class Numbers:
    """Every number of a text without its sign: value, decimals, and from where to where it stands.

    Parameters
    ----------
    text
        With ASCII digits.
    pattern
        What a number looks like.
    """

    def __init__(self, text: str, pattern: re.Pattern[str] = _NUMBER) -> None:
        """Find them."""
        spans = [match.span() for match in pattern.finditer(text)]
        words = [text[start:end].replace(",", ".") for start, end in spans]
        self.text = text
        self.starts = np.array([start for start, _ in spans], dtype=np.int64)
        self.ends = np.array([end for _, end in spans], dtype=np.int64)
        self.values: Floats = np.array([float(word) for word in words], dtype=float)
        self.decimals: Indices = np.array([_decimals(word) for word in words], dtype=np.int64)

    def __len__(self) -> int:
        """How many."""
        return len(self.values)

    @cached_property
    def in_points(self) -> NDArray[np.bool_]:
        """Which numbers a text names as the coordinates of one point."""
        return self._covered(_POINTS)

    @cached_property
    def in_shapes(self) -> NDArray[np.bool_]:
        """Which numbers a text names as coordinates at all."""
        return self._covered(_SHAPES) | self.in_points

    def _covered(self, pattern: re.Pattern[str]) -> NDArray[np.bool_]:
        """Which numbers stand within a match of a pattern."""
        change = np.zeros(len(self) + 1, dtype=np.int64)
        for match in pattern.finditer(self.text):
            change[np.searchsorted(self.starts, match.start())] += 1
            change[np.searchsorted(self.starts, match.end())] -= 1
        return np.cumsum(change)[:-1] > 0


def _decimals(word: str) -> int:
    mantissa, _, exponent = word.lower().partition("e")
    return max(0, len(mantissa.partition(".")[2]) - int(exponent or 0))


@dataclass(frozen=True, slots=True)
class _Read:
    """Numbers read as coordinates in one notation: `which` tokens, their values, and how far off they may be.

    `last` is the token that each of them ends with; `low` and `high` are bounds around the value, `cell` is their
    distance.
    """

    which: Indices
    last: Indices
    value: Floats
    unit: Floats

    @property
    def low(self) -> Floats:
        """Least value that is rounded to this one."""
        return self.value - 0.5 * self.unit - _SLACK

    @property
    def high(self) -> Floats:
        """Greatest value that is cut off to this one."""
        return self.value + self.unit + _SLACK


def find(text: str, targets: Targets, *, is_table: bool = False, is_noise: bool = False) -> Iterator[Hit]:
    """Find secret positions and numbers among the numbers of a text.

    Parameters
    ----------
    text
        Folded: ASCII digits, points and minus signs.
    targets
        What is looked for.
    is_table
        Whether the text is a table, in which coordinates are held and not drawn.
    is_noise
        Whether the text is what looks like text among bytes: degrees with minutes count in pairs alone there.

    Yields
    ------
    Hit
        In no particular order; the same place may come more than once.
    """
    numbers = Numbers(text)
    if len(numbers):
        yield from _positions(numbers, targets, is_table=is_table)
        yield from _sexagesimal(numbers, targets, alone=not is_noise)
        yield from _long_numbers(numbers, targets)
        yield from _too_fine(numbers, targets)
    commas = Numbers(text, _COMMA_NUMBER)
    if len(commas):
        yield from _decimal_degrees(commas, targets, is_table=is_table)
        yield from _thousands(text, targets)


def _too_fine(numbers: Numbers, targets: Targets) -> Iterator[Hit]:
    """Coordinates with more decimals than the published journey has, where a text names them as such.

    Only where something is held back at all: a journey that is published as it is held has no such limit.
    """
    most = max(targets.secrets.decimals, _LEAST_FINE)
    finer = (numbers.decimals > most) & (numbers.values <= 180)  # noqa: PLR2004  # degrees
    if not targets.exact.any() or not finer.any():
        return
    read = _read_degrees(numbers)
    finer[read.which] &= ~_is_allowed(read, targets.degrees)
    for index in np.flatnonzero(finer & numbers.in_shapes):
        said = f"a coordinate of {numbers.decimals[index]} decimals, more than is published"
        yield Hit(int(numbers.starts[index]), int(numbers.ends[index]), said, None)


def _positions(numbers: Numbers, targets: Targets, *, is_table: bool) -> Iterator[Hit]:
    yield from _decimal_degrees(numbers, targets, is_table=is_table)
    yield from _scaled(numbers, targets)
    yield from _radians(numbers, targets)
    yield from _metres(numbers, targets)
    yield from _pixels(numbers, targets)
    yield from _tiles(numbers, targets)


def _read_degrees(numbers: Numbers) -> _Read:
    which = np.flatnonzero(numbers.values <= 180)  # noqa: PLR2004  # degrees
    unit = np.maximum(10.0 ** -numbers.decimals[which], _METRE_DEG)
    return _Read(which, which, numbers.values[which], unit)


def _decimal_degrees(numbers: Numbers, targets: Targets, *, is_table: bool) -> Iterator[Hit]:
    """Decimal degrees: pairs, and fine ones alone."""
    read = _read_degrees(numbers)
    coarse = numbers.decimals[read.which] < _PAIR_FINE
    unit = np.where(coarse, 0.0, read.unit)  # a coarse number must be the very value
    read = _Read(read.which, read.last, read.value, unit)
    crowd = _Crowd(numbers, targets)
    for first, second, secret, hit in _pairs(numbers, targets.degrees, read, "decimal degrees"):
        fewest = min(numbers.decimals[first], numbers.decimals[second])
        if not targets.exact[secret] and fewest < _FINE:
            continue
        told = is_table or (numbers.in_points[first] and numbers.in_points[second])
        if told or crowd.pair_chance(secret, int(fewest)) < _MOST_BY_CHANCE:
            yield hit
    yield from _alone(numbers, targets, read, crowd)


def _alone(numbers: Numbers, targets: Targets, read: _Read, crowd: _Crowd) -> Iterator[Hit]:
    fine = numbers.decimals[read.which] >= _FINE
    read = _Read(read.which[fine], read.last[fine], read.value[fine], read.unit[fine])
    known = _is_known(read, targets.degrees)
    for axis in (targets.degrees.first, targets.degrees.second):
        for index, secret in zip(*map(np.ndarray.tolist, axis.within(read.low, read.high)), strict=True):
            token = int(read.which[index])
            if known[index] or not targets.exact[secret] or targets.secrets.positions[secret].decimals < _PAIR_FINE:
                continue
            if crowd.alone_chance(token) < _MOST_BY_CHANCE:
                yield Hit(int(numbers.starts[token]), int(numbers.ends[token]), "decimal degrees, one alone", secret)


class _Crowd:
    """How many numbers and secrets lie around one: what chance would match."""

    def __init__(self, numbers: Numbers, targets: Targets) -> None:
        fine = numbers.decimals >= _FINE
        read = _read_degrees(numbers)
        fine[read.which] &= ~_is_allowed(read, targets.degrees)  # what is published is no chance
        self._numbers, self._targets = numbers, targets
        self._fine = np.sort(numbers.values[fine])
        exact = targets.exact
        self._secret = np.sort(np.abs(np.concatenate((targets.lon_deg[exact], targets.lat_deg[exact]))))
        self._pairs: tuple[Floats, Floats] | None = None

    def alone_chance(self, token: int) -> float:
        """Expected number of matches by chance within half a degree of a number, the number itself left out."""
        value, decimals = self._numbers.values[token], int(self._numbers.decimals[token])
        others = _count(self._fine, value) - _count(self._fine, value, 10.0**-decimals)
        unit = max(10.0**-decimals, _METRE_DEG)
        return float(max(others, 1) * max(_count(self._secret, value), 1) * 1.5 * unit)

    def pair_chance(self, secret: int, decimals: int) -> float:
        """Expected number of pairs that match by chance within half a degree of a secret."""
        lon, lat = abs(self._targets.lon_deg[secret]), abs(self._targets.lat_deg[secret])
        first, second = self._neighbours()
        near = (np.abs(first - lon) < 0.5) & (np.abs(second - lat) < 0.5)  # noqa: PLR2004  # half a degree
        near |= (np.abs(first - lat) < 0.5) & (np.abs(second - lon) < 0.5)  # noqa: PLR2004
        secrets = (np.abs(np.abs(self._targets.lon_deg) - lon) < 0.5) & (  # noqa: PLR2004
            np.abs(np.abs(self._targets.lat_deg) - lat) < 0.5  # noqa: PLR2004
        )
        others = max(int(near.sum()) - 1, 1)
        cell = (1.5 if decimals >= _PAIR_FINE else 1.0) * max(10.0**-decimals, _METRE_DEG)
        return float(others * max(int(secrets.sum()), 1) * cell**2)

    def _neighbours(self) -> tuple[Floats, Floats]:
        """Values of numbers that stand beside one another."""
        if self._pairs is None:
            numbers = self._numbers
            beside = np.flatnonzero(numbers.starts[1:] - numbers.ends[:-1] <= _NEAR)
            self._pairs = numbers.values[beside], numbers.values[beside + 1]
        return self._pairs


def _count(values: Floats, middle: float, reach: float = 0.5) -> int:
    return int(np.searchsorted(values, middle + reach, "right") - np.searchsorted(values, middle - reach, "left"))


def _pairs(numbers: Numbers, frame: Frame, read: _Read, notation: str) -> Iterator[tuple[int, int, int, Hit]]:
    """Two numbers near one another that are one secret and no published position: both, the secret, and the find."""
    firsts = _by_secret(frame.first, read)
    if not firsts:
        return
    seconds = _by_secret(frame.second, read)
    for secret, ones in firsts.items():
        for one in ones:
            for other in seconds.get(secret, ()):
                found = _beside(numbers, read, one, other)
                if found and not _both_allowed(read, frame, one, other):
                    yield int(read.which[one]), int(read.which[other]), secret, Hit(*found, notation, secret)


def _by_secret(axis: Axis, read: _Read) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for index, secret in zip(*map(np.ndarray.tolist, axis.within(read.low, read.high)), strict=True):
        found.setdefault(secret, []).append(index)
    return found


def _beside(numbers: Numbers, read: _Read, one: int, other: int) -> tuple[int, int] | None:
    """Span of two readings that are near one another and share no number."""
    first, second = (one, other) if read.which[one] <= read.which[other] else (other, one)
    end, start = int(numbers.ends[read.last[first]]), int(numbers.starts[read.which[second]])
    if read.last[first] >= read.which[second] or start - end > _NEAR:
        return None
    return int(numbers.starts[read.which[first]]), int(numbers.ends[read.last[second]])


def _both_allowed(read: _Read, frame: Frame, one: int, other: int) -> bool:
    """Whether two readings are one published position, as closely as they are written."""
    low, high = read.value - 0.5 * read.unit - _SLACK, read.value + 0.5 * read.unit + _SLACK
    first = set(frame.allowed[0].within(low[[one]], high[[one]])[1].tolist())
    return not first.isdisjoint(frame.allowed[1].within(low[[other]], high[[other]])[1].tolist())


def _is_allowed(read: _Read, frame: Frame) -> NDArray[np.bool_]:
    """Which readings are a published coordinate, as closely as a published number is written."""
    low, high = read.value - _SLACK, read.value + _SLACK
    return frame.allowed[0].holds(low, high) | frame.allowed[1].holds(low, high)


def _is_known(read: _Read, frame: Frame) -> NDArray[np.bool_]:
    """Which readings may be a published coordinate, rounded where they are."""
    low, high = read.value - 0.5 * read.unit - _SLACK, read.value + 0.5 * read.unit + _SLACK
    return frame.allowed[0].holds(low, high) | frame.allowed[1].holds(low, high)


def _sexagesimal(numbers: Numbers, targets: Targets, *, alone: bool) -> Iterator[Hit]:
    """Degrees with minutes, with or without seconds, apart or packed into one number."""
    for read, notation in (
        (_seconds(numbers), "degrees, minutes and seconds"),
        (_minutes(numbers), "degrees and minutes"),
        (_packed(numbers, 100, 2), "degrees and minutes in one number"),
        (_packed(numbers, 10_000, 0), "degrees, minutes and seconds in one number"),
    ):
        yield from (found[-1] for found in _pairs(numbers, targets.degrees, read, notation))
        if alone and "one number" not in notation:
            yield from _marked(numbers, targets, read, notation)


def _marked(numbers: Numbers, targets: Targets, read: _Read, notation: str) -> Iterator[Hit]:
    """Degrees and minutes that stand alone but with their signs or letters."""
    known = _is_known(read, targets.degrees)
    for axis in (targets.degrees.first, targets.degrees.second):
        for index, secret in zip(*map(np.ndarray.tolist, axis.within(read.low, read.high)), strict=True):
            start, end = int(numbers.starts[read.which[index]]), int(numbers.ends[read.last[index]])
            if not known[index] and targets.exact[secret] and _is_marked(numbers, int(read.which[index]), end):
                yield Hit(start, end, f"{notation}, one alone", secret)


def _is_marked(numbers: Numbers, first: int, end: int) -> bool:
    """Whether the first number is marked as degrees, or a letter before or after says which hemisphere."""
    text, start = numbers.text, int(numbers.starts[first])
    gap = text[int(numbers.ends[first]) : int(numbers.starts[first + 1])]
    before, after = _HEMISPHERE
    return bool(
        _DEGREE_MARK.fullmatch(gap)
        or before.search(text[max(0, start - 3) : start])
        or after.match(text[end : end + 4])
    )


def _seconds(numbers: Numbers) -> _Read:
    n = max(len(numbers) - 2, 0)
    degrees, minutes, seconds = (numbers.values[k : k + n] for k in range(3))
    close = (numbers.starts[1 : 1 + n] - numbers.ends[:n] <= _CLOSE) & (
        numbers.starts[2 : 2 + n] - numbers.ends[1 : 1 + n] <= _CLOSE
    )
    whole = (numbers.decimals[:n] == 0) & (numbers.decimals[1 : 1 + n] == 0)
    which = np.flatnonzero(close & whole & (degrees <= 180) & (minutes < 60) & (seconds <= 60))  # noqa: PLR2004
    value = degrees[which] + minutes[which] / 60 + seconds[which] / 3600
    unit = np.maximum(10.0 ** -numbers.decimals[which + 2] / 3600, _METRE_DEG)
    return _Read(which, which + 2, value, unit)


def _minutes(numbers: Numbers) -> _Read:
    n = max(len(numbers) - 1, 0)
    degrees, minutes = numbers.values[:n], numbers.values[1 : 1 + n]
    close = numbers.starts[1 : 1 + n] - numbers.ends[:n] <= _CLOSE
    fine = (numbers.decimals[:n] == 0) & (numbers.decimals[1 : 1 + n] >= 2)  # noqa: PLR2004  # 20 metres
    which = np.flatnonzero(close & fine & (degrees <= 180) & (minutes <= 60))  # noqa: PLR2004
    unit = np.maximum(10.0 ** -numbers.decimals[which + 1] / 60, _METRE_DEG)
    return _Read(which, which + 1, degrees[which] + minutes[which] / 60, unit)


def _packed(numbers: Numbers, step: int, decimals: int) -> _Read:
    """Numbers such as 4200.74 (degrees and minutes) or 420044.4 (and seconds)."""
    which = np.flatnonzero((numbers.values >= step) & (numbers.values <= 180 * step) & (numbers.decimals >= decimals))
    value, unit = numbers.values[which], 10.0 ** -numbers.decimals[which]
    if step == 100:  # noqa: PLR2004  # minutes alone
        minutes, in_degrees = value % 100, 60.0
        fits = minutes < 60  # noqa: PLR2004
    else:
        minutes, in_degrees = value // 100 % 100 + value % 100 / 60, 3600.0
        fits = (minutes < 61) & (value % 100 < 60)  # noqa: PLR2004
        minutes = minutes % 100
    found = value // step + minutes / 60
    return _Read(which[fits], which[fits], found[fits], np.maximum(unit[fits] / in_degrees, _METRE_DEG))


def _scaled(numbers: Numbers, targets: Targets) -> Iterator[Hit]:
    """Degrees as whole numbers of ten-thousandths, and so on down to ten-millionths."""
    whole = np.flatnonzero((numbers.decimals == 0) & (numbers.values >= 1000))  # noqa: PLR2004
    for power in (4, 5, 6, 7):
        value = numbers.values[whole] / 10.0**power
        fits = value <= 180  # noqa: PLR2004
        unit = np.full(int(fits.sum()), max(10.0**-power, 1e-6))
        read = _Read(whole[fits], whole[fits], value[fits], unit)
        yield from (found[-1] for found in _pairs(numbers, targets.degrees, read, f"degrees times 10^{power}"))


def _radians(numbers: Numbers, targets: Targets) -> Iterator[Hit]:
    """Radians: pairs from five decimals on."""
    which = np.flatnonzero((numbers.decimals >= 5) & (numbers.values < 3.1416))  # noqa: PLR2004
    unit = np.maximum(np.degrees(10.0 ** -numbers.decimals[which]), _METRE_DEG / 10)
    read = _Read(which, which, np.degrees(numbers.values[which]), unit)
    yield from (found[-1] for found in _pairs(numbers, targets.degrees, read, "radians"))


def _metres(numbers: Numbers, targets: Targets) -> Iterator[Hit]:
    """Eastings and northings in metres."""
    which = np.flatnonzero(numbers.values >= 10_000)  # noqa: PLR2004
    unit = np.maximum(10.0 ** -numbers.decimals[which], 0.05)
    read = _Read(which, which, numbers.values[which], unit)
    for name, frame in targets.metric.items():
        yield from (found[-1] for found in _pairs(numbers, frame, read, name))


def _pixels(numbers: Numbers, targets: Targets) -> Iterator[Hit]:
    """Places on the world as Web Mercator draws it: 0 to 1, in tiles, or in pixels at some zoom."""
    for power in range(31):
        fewest = max(0, math.ceil((16 - power) * math.log10(2)))  # finer than a sixty-thousandth of the world
        values = numbers.values / 2.0**power
        which = np.flatnonzero((numbers.decimals >= fewest) & (values < 1) & (numbers.values > 0))
        if power >= 16 and len(which):  # noqa: PLR2004  # whole pixels: only large numbers can be such
            which = which[values[which] > 1e-3]  # noqa: PLR2004
        unit = 10.0 ** -numbers.decimals[which] / 2.0**power
        read = _Read(which, which, values[which], np.maximum(unit, 1e-8))
        yield from (found[-1] for found in _pairs(numbers, targets.web_unit, read, f"Web Mercator times 2^{power}"))


def _tiles(numbers: Numbers, targets: Targets) -> Iterator[Hit]:
    """Addresses of map tiles: column and row at a zoom, which stands beside them unless it is very high."""
    whole = (numbers.decimals == 0) & (numbers.values >= 64)  # noqa: PLR2004  # anything smaller is no tile this fine
    exact = np.flatnonzero(targets.exact)
    if not whole.any() or not len(exact):
        return
    values = numbers.values
    for zoom in range(_ZOOM_SHOWN, _HIGHEST_ZOOM + 1):
        which = np.flatnonzero(whole & (values < 2**zoom))
        low = values[which] / 2.0**zoom
        read = _Read(which, which, low + 0.5 / 2.0**zoom, np.full(len(which), 0.5 / 2.0**zoom))
        flipped = _Read(which, which, 1 - read.value, read.unit)
        columns = _tile_members(targets.web_unit.first, read, zoom)
        for rows in (_tile_members(targets.web_unit.second, each, zoom) for each in (read, flipped)):
            yield from _tile_pairs(numbers, targets, columns, rows, which, zoom)


def _tile_members(axis: Axis, read: _Read, zoom: int) -> dict[int, list[int]]:
    """Which numbers are the tile column or row of which secrets."""
    half = 0.5 / 2.0**zoom
    found: dict[int, list[int]] = {}
    pairs = axis.within(read.value - half, np.nextafter(read.value + half, 0))
    for index, secret in zip(*map(np.ndarray.tolist, pairs), strict=True):
        found.setdefault(secret, []).append(index)
    return found


def _tile_pairs(  # what belongs to one zoom
    numbers: Numbers,
    targets: Targets,
    columns: dict[int, list[int]],
    rows: dict[int, list[int]],
    which: Indices,
    zoom: int,
) -> Iterator[Hit]:
    for secret, ones in columns.items():
        for one in ones if targets.exact[secret] else ():
            for other in rows.get(secret, ()):
                first, second = sorted((int(which[one]), int(which[other])))
                if second - first != 1 or numbers.starts[second] - numbers.ends[first] > _CLOSE:
                    continue
                around = [first - 1, second + 1]
                shown = any(0 <= k < len(numbers) and numbers.values[k] == zoom for k in around)
                if (shown or zoom > _ZOOM_SURE) and not _tile_allowed(targets, secret, zoom):
                    yield Hit(int(numbers.starts[first]), int(numbers.ends[second]), f"map tile at zoom {zoom}", secret)


def _tile_allowed(targets: Targets, secret: int, zoom: int) -> bool:
    """Whether a published position lies in the same tile as a secret."""
    from escape_route.leaks import codes  # noqa: PLC0415

    allowed = np.array(sorted(targets.secrets.allowed), dtype=float).reshape(-1, 2)
    mine = codes.web_unit(targets.lon_deg[[secret]], targets.lat_deg[[secret]])
    theirs = codes.web_unit(allowed[:, 0], allowed[:, 1])
    same = [np.floor(one * 2.0**zoom) == np.floor(other * 2.0**zoom) for one, other in zip(mine, theirs, strict=True)]
    return bool((same[0] & same[1]).any())


def _long_numbers(numbers: Numbers, targets: Targets) -> Iterator[Hit]:
    """Numbers that are held and not published, to the last digit."""
    slack = np.abs(numbers.values) * 1e-12
    pairs = targets.numbers.within(numbers.values - slack, numbers.values + slack)
    for index, secret in zip(*map(np.ndarray.tolist, pairs), strict=True):
        yield Hit(int(numbers.starts[index]), int(numbers.ends[index]), "withheld number", -1 - secret)


def _thousands(text: str, targets: Targets) -> Iterator[Hit]:
    """The same, written with commas between thousands."""
    if not len(targets.numbers.values):
        return
    for match in re.finditer(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])", text):
        value = np.array([float(match[0].replace(",", ""))])
        for secret in targets.numbers.within(value - _SLACK, value + _SLACK)[1].tolist():
            yield Hit(*match.span(), "withheld number", -1 - secret)
