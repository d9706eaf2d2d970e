"""Positions that a text tells: decimal degrees, degrees and minutes, metres, whole numbers, codes, ways from places.

"4.2 km north-east of Yanji" is a position as well: a distance and a direction from a place of the
journey.

Prose counts from two decimals on (a kilometre), an array of numbers from four: outlines have
thousands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from escape_route.geography import geodesic
from escape_route.protection.leaks import codes
from escape_route.protection.leaks.frames import DEGREES, METRIC, SHIFTED, Hit, Places, Told
from escape_route.protection.leaks.parts import Bools, Floats, Indices
from escape_route.protection.leaks.spelling import View, folded, plain, vocabulary

_POINTS = re.compile(r"\d+(?:\.\d+)?(?:[eE][-+]?\d{1,2}(?!\d))?")
_COMMAS = re.compile(r"(?<![\d.,])\d{1,3},\d{2,20}(?!\d|[.,]\d)")
_MOST_IN_PROSE = 6  # numbers in a row: more are an array
_CLOSE, _FAR = (
    3,
    40,
)  # characters between two of a row, whatever they are, and where none is a letter
_NEAR = 64  # characters between a coordinate and its other half
_MOST_BETWEEN = 2  # other numbers between the two
_IN_PROSE, _IN_ARRAYS, _ALONE = 2, 4, 4  # decimals from which on a coordinate counts
_FINEST_DEG, _FINE_DEG, _FINEST_M = 1e-5, 2e-3, 2.0
_SHIFTED_FROM = (
    3  # decimals: what is coarser is the place with or without the shift of Chinese maps
)
_SHORTEST_LIST = 3  # of longitudes beside one of latitudes
_LISTS_AHEAD = 4
_LEAST_PLANE, _LEAST_SCALED = 10_000, 100_000
_SCALES = (1e5, 1e6, 1e7, 2**31 / 180)  # the last are the semicircles of sports watches

_DEGREE, _MINUTE, _SECOND = (f"(?:{vocabulary(name)})" for name in ("degree", "minute", "second"))
_PART = r"\d{1,2}(?:[.,]\d+)?"
#: Degrees with minutes, and seconds where they are told: by signs, or by colons, dashes, blanks
#: with something fine.
_MARKED = re.compile(
    rf"(?<![\d.,])(?P<d>\d{{1,3}})\s{{0,2}}{_DEGREE},?\s{{0,2}}(?P<m>{_PART})\s{{0,2}}{_MINUTE}?,?"
    rf"(?:\s{{0,2}}(?P<s>{_PART})\s{{0,2}}{_SECOND})?",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?<![\d.:])(?P<d>\d{1,3})[-:\s](?P<m>\d{1,2}(?:\.\d{2,})?)(?:[-:\s](?P<s>\d{1,2}(?:\.\d+)?))?(?![\d:])"
)


class _Numbers:
    """Every number of a text without its sign: value, decimals, and from where to where it stands."""

    def __init__(self, text: str, pattern: re.Pattern[str]) -> None:
        spans = [match.span() for match in pattern.finditer(text)]
        words = [text[start:end].replace(",", ".") for start, end in spans]
        self.text = text
        self.start, self.end = np.array(spans, dtype=np.int64).reshape(-1, 2).T
        self.value: Floats = np.array([float(word) for word in words], dtype=float)
        self.decimals: Indices = np.array([_decimals(word) for word in words], dtype=np.int64)

    def __len__(self) -> int:
        return len(self.value)

    @cached_property
    def is_prose(self) -> Bools:
        """Which stand in prose, and in no array; a line of a table that is not too long is prose."""
        width = self.start[1:] - self.end[:-1]
        is_line_end = (self._between("\n") > 0) & (self._between("[](){},;") == 0)
        is_row = ((width <= _CLOSE) | ((self._letters == 0) & (width <= _FAR))) & ~is_line_end
        run = _runs(is_row)
        nested = np.unique(run[1:][self.is_next_tuple & is_row])
        return np.asarray((np.bincount(run)[run] <= _MOST_IN_PROSE) & ~np.isin(run, nested))

    @cached_property
    def is_next_tuple(self) -> Bools:
        """Which begin a tuple where the number before them ended one: `],[` stands between."""
        return np.asarray((self._between("])}") > 0) & (self._between("[({") > 0))

    @cached_property
    def lists(self) -> tuple[Indices, Indices]:
        """First of each list of numbers with no letter and no bracket between, and how many each has."""
        run = _runs((self._letters == 0) & (self._between("[](){}\n") == 0))
        first = np.flatnonzero(np.diff(run, prepend=-1))
        return first, np.diff(np.append(first, len(run)))

    @cached_property
    def _characters(self) -> NDArray[np.uint32]:
        return np.frombuffer(self.text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)

    @cached_property
    def _letters(self) -> Indices:
        small = self._characters | 32
        is_letter = ((small >= ord("a")) & (small <= ord("z"))) | (self._characters > 127)  # noqa: PLR2004  # ASCII
        return self._counted(is_letter)

    def _between(self, signs: str) -> Indices:
        return self._counted(np.isin(self._characters, [ord(sign) for sign in signs]))

    def _counted(self, which: Bools) -> Indices:
        total = np.concatenate(([0], np.cumsum(which, dtype=np.int64)))
        return np.asarray(total[self.start[1:]] - total[self.end[:-1]])


def _runs(goes_on: Bools) -> Indices:
    """Number of the run that each number is of, given which neighbours are of one run."""
    return np.concatenate(([0], np.cumsum(~goes_on)))


def _decimals(word: str) -> int:
    """Decimals of a number as it is written; an exponent shifts them."""
    mantissa, _, exponent = word.lower().partition("e")
    return max(0, len(mantissa.partition(".")[2]) - int(exponent or 0))


class _Reading(NamedTuple):
    """Numbers read as single coordinates, in order: what each is worth, what its last digit counts, where it stands."""

    value: Floats
    unit: Floats
    start: Indices
    end: Indices

    def only(self, kept: Bools | Indices) -> _Reading:
        return _Reading(self.value[kept], self.unit[kept], self.start[kept], self.end[kept])

    def pairs(self, notation: str, frame: str, first: Indices, second: Indices) -> Told:
        """Two of them as a position; each may be rounded to its last digit, or cut off there."""
        (x, reach_x), (y, reach_y) = (
            (self.value[numbers] + self.unit[numbers] / 4, 0.75 * self.unit[numbers])
            for numbers in (first, second)
        )
        return Told(notation, frame, x, y, reach_x, reach_y, self.start[first], self.end[second])

    def neighbours(self, notation: str, frame: str) -> Iterator[Told]:
        """Each with the next, and with the next but one or two, where they stand near one another."""
        for apart in range(1, 2 + _MOST_BETWEEN):
            first = np.arange(max(len(self.value) - apart, 0))
            near = first[self.are_near(first, first + apart)]
            yield self.pairs(notation, frame, near, near + apart)

    def are_near(self, first: Indices, second: Indices) -> Bools:
        gap = self.start[second] - self.end[first]
        return np.asarray((gap >= 0) & (gap <= _NEAR))


def told_in(text: str) -> Iterator[Told]:
    """Positions that a folded text tells, in every notation that is known, one block a notation."""
    for pattern in (_POINTS, _COMMAS):
        numbers = _Numbers(text, pattern)
        if len(numbers) > 1:
            yield from _decimal_degrees(numbers)
            yield from _columns(numbers)
            yield from _whole_and_plane(numbers) if pattern is _POINTS else ()
    for pattern in (_MARKED, _BARE):
        yield from _angles(text, pattern).neighbours("degrees and minutes", DEGREES)
    yield from codes.told_in(text)


def quoted_in(text: str) -> Floats:
    """Positions that a text may quote, in any notation of degrees and in both orders, without signs.

    They have shape (4, n): longitudes and latitudes, and how far each may be off, in degrees.

    >>> quoted_in("at 48.20812, 16.37209")[:2].round(2).tolist()
    [[48.21, 16.37], [16.37, 48.21]]
    """
    ways = [
        way
        for spot in told_in(folded(View(text)).text)
        if spot.frame == DEGREES
        for way in spot.both_ways()
    ]
    columns = [np.stack((way.x, way.y, way.reach_x, way.reach_y)) for way in ways]
    quoted = np.concatenate([np.empty((4, 0)), *columns], axis=1)
    return quoted[:, quoted[1] <= 90]  # noqa: PLR2004  # a pole


def alone_in(text: str) -> Iterator[Told]:
    """Longitudes or latitudes that stand in prose without their other half."""
    readings = [("degrees and minutes, one alone", _angles(text, _MARKED, _FINE_DEG))]
    for pattern in (_POINTS, _COMMAS):
        numbers = _Numbers(text, pattern)
        if (numbers.decimals >= _ALONE).any():
            kept = (numbers.decimals >= _ALONE) & (numbers.value <= 180) & numbers.is_prose  # noqa: PLR2004
            readings.append(("decimal degrees, one alone", _degrees(numbers).only(kept)))
    for notation, reading in readings:
        itself = np.arange(len(reading.value))
        yield reading.pairs(notation, DEGREES, itself, itself)


def _degrees(numbers: _Numbers) -> _Reading:
    unit = np.maximum(np.power(10.0, -numbers.decimals), _FINEST_DEG)
    return _Reading(numbers.value, unit, numbers.start, numbers.end)


def _decimal_degrees(numbers: _Numbers) -> Iterator[Told]:
    """Pairs of decimal degrees, of WGS84 and as Chinese maps show them; a program may have dropped zeros of one."""
    which = np.flatnonzero((numbers.decimals > 0) & (numbers.value <= 180))  # noqa: PLR2004
    decimals, prose, reading = (
        numbers.decimals[which],
        numbers.is_prose[which],
        _degrees(numbers).only(which),
    )
    tuple_of = _runs(~numbers.is_next_tuple)[which]
    for apart in range(1, 2 + _MOST_BETWEEN):
        first, second = (
            np.arange(max(len(which) - apart, 0)),
            np.arange(apart, max(len(which), apart)),
        )
        most = np.maximum(decimals[first], decimals[second])
        in_prose = prose[first] & prose[second]
        kept = (most >= np.where(in_prose, _IN_PROSE, _IN_ARRAYS)) & (in_prose | (apart == 1))
        kept &= reading.are_near(first, second) & (tuple_of[first] == tuple_of[second])
        for digits in np.unique(most[kept]).tolist():
            alike = reading._replace(unit=np.full(len(which), max(10.0**-digits, _FINEST_DEG)))
            same = kept & (most == digits)
            pairs = alike.pairs("decimal degrees", DEGREES, first[same], second[same])
            yield pairs
            for frame in SHIFTED if digits >= _SHIFTED_FROM else ():
                yield replace(pairs, notation=frame, frame=frame)


def _columns(numbers: _Numbers) -> Iterator[Told]:
    """A list of longitudes and one of latitudes, as programs for charts keep them: position by position."""
    first, size = numbers.lists
    long = np.flatnonzero(size >= _SHORTEST_LIST)
    for ahead in range(1, 1 + _LISTS_AHEAD):
        ones, others = long[:-ahead], long[ahead:]
        alike = size[ones] == size[others]
        ones, others, count = ones[alike], others[alike], size[ones[alike]]
        step = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        x, y = np.repeat(first[ones], count) + step, np.repeat(first[others], count) + step
        kept = np.maximum(numbers.decimals[x], numbers.decimals[y]) >= _IN_ARRAYS
        yield _degrees(numbers).pairs("lists of decimal degrees", DEGREES, x[kept], y[kept])


def _whole_and_plane(numbers: _Numbers) -> Iterator[Told]:
    """Degrees as whole numbers or as receivers pack them (4200.74 is 42 degrees 0.74 minutes); metres on a plane."""
    unit = np.power(10.0, -numbers.decimals)
    reading = _Reading(numbers.value, unit, numbers.start, numbers.end)
    whole = reading.only((numbers.decimals == 0) & (numbers.value >= _LEAST_SCALED))
    for scale in _SCALES:
        degrees = whole._replace(
            value=whole.value / scale, unit=np.full(len(whole.value), max(1 / scale, _FINEST_DEG))
        )
        yield from degrees.neighbours(f"degrees in whole numbers of 1/{scale:,.0f}", DEGREES)
    packed = reading.only(
        (numbers.value >= 100) & (numbers.value % 100 < 60) & (numbers.decimals >= 2)  # noqa: PLR2004
    )
    degrees = packed._replace(
        value=packed.value // 100 + packed.value % 100 / 60, unit=packed.unit / 60
    )
    yield from degrees.neighbours("degrees and minutes in one number", DEGREES)
    plane = reading.only(numbers.value >= _LEAST_PLANE)
    for frame in METRIC:
        yield from plane._replace(unit=np.maximum(plane.unit, _FINEST_M)).neighbours(frame, frame)


def _angles(text: str, pattern: re.Pattern[str], most_deg: float = 1.0) -> _Reading:
    """Degrees with minutes, and seconds, whose last digit counts so many degrees or less; 60.0 as rounding gives it."""
    rows: list[tuple[float, ...]] = []
    for match in pattern.finditer(text):
        degrees, minutes, seconds = (match[name] for name in "dms")
        m, s = float(minutes.replace(",", ".")), float((seconds or "0").replace(",", "."))
        digits = len(re.split("[.,]", (seconds or minutes) + ".")[1])
        last_deg = 10.0**-digits / (3600 if seconds else 60)
        is_bare = pattern is _BARE and seconds is None and "." not in minutes
        if int(degrees) <= 180 and m <= 60 and s <= 60 and last_deg <= most_deg and not is_bare:  # noqa: PLR2004
            angle = int(degrees) + m / 60 + s / 3600
            rows.append((angle, max(last_deg, _FINEST_DEG), match.start(), match.end()))
    value, unit, start, end = np.array(rows, dtype=float).reshape(-1, 4).T
    return _Reading(value, unit, start.astype(np.int64), end.astype(np.int64))


_METRES = list(vocabulary("metres").values())
_UNITS = "|".join(f"(?P<u{index}>{spelt})" for index, spelt in enumerate(vocabulary("metres")))
_DISTANCE = re.compile(
    rf"(?<![\d.,])(?P<value>\d+(?:[.,]\d+)*)\s?(?:{_UNITS})(?![A-Za-z])", re.IGNORECASE
)
_DEGREES = re.compile(
    r"(?<![\d.,])(?P<value>\d{1,3}(?:[.,]\d+)?)\s?(?:°|deg(?:rees?)?\b|도|度)(?!\s?[CFNESW]\b|\s?\d)",
    re.IGNORECASE,
)
_SIDES = [
    (re.compile(spelt, re.IGNORECASE), side) for spelt, side in vocabulary("directions").items()
]
_SIDE = "|".join(vocabulary("directions"))
_WORDS = re.compile(
    rf"(?<![a-zà-ÿ])(?:{_SIDE})(?:[-\s]?(?:{_SIDE})){{0,2}}(?:wards?|lich)?(?![a-zà-ÿ])",
    re.IGNORECASE,
)
_SIGNS = vocabulary("direction signs")
_IDEOGRAPHS = re.compile(
    f"[{''.join(_SIGNS)}]{{2}}|[{''.join(_SIGNS)}](?=쪽|방향|方|边|邊|面|侧|側)"
)
_LETTERS = re.compile(r"(?<![A-Za-z])(?:[NS](?:[NS]?[EW])?|[EW](?:[NS][EW])?)(?![A-Za-z])")
_BY_LETTER = {"N": 0, "E": 90, "S": 180, "W": 270}
_BESIDE, _NAMED_WITHIN = 40, 120  # characters
_FARTHEST_M, _NEAR_M = 300_000.0, 100_000.0
_MOST_BY_CHANCE = 1e-2
_WORDS_OFF_DEG, _DEGREES_OFF_DEG = 22.5, 1.0


class _Way(NamedTuple):
    """A distance and a direction that stand side by side, each as a middle and what it may be off by."""

    start: int
    end: int
    length_m: float
    length_off_m: float
    bearing_deg: float
    bearing_off_deg: float


def ways_in(text: str, places: Places) -> Iterator[Hit]:
    """Find secret positions that a folded text tells as a way from a place of the journey.

    A way counts from the places that are named beside it, or from any where it is told so finely
    that chance has no part in it.
    """
    held, origins = places.secrets.positions, places.secrets.origins
    secrets = places.standing
    for way in _ways(text) if origins and len(secrets) else ():
        beside = plain(text[max(0, way.start - _NAMED_WITHIN) : way.end + _NAMED_WITHIN])
        among = [
            origin for origin in origins if any(name in beside for name in origin.names)
        ] or origins
        count = sum(places.count_within(origin.position, _FARTHEST_M) for origin in among)
        if count * way.length_off_m / _NEAR_M * way.bearing_off_deg / 180 >= _MOST_BY_CHANCE:
            continue
        for origin in among:
            off_m = np.abs(places.away_m(origin.position) - way.length_m)
            for secret in secrets[off_m <= way.length_off_m].tolist():
                turn_deg = (
                    geodesic.bearing_deg(origin.position, places.point(secret)) - way.bearing_deg
                )
                leads = abs((turn_deg + 180) % 360 - 180) <= way.bearing_off_deg
                if leads and origin.held_at != held.held_at(secret):
                    yield Hit(way.start, way.end, "a distance and a direction", secret)


def _ways(text: str) -> Iterator[_Way]:
    """Distances with the direction that stands nearest to each."""
    distances = list(_DISTANCE.finditer(text))
    directions = list(_directions(text)) if distances else []
    for match in distances:
        beside = [
            (max(span[0] - match.end(), match.start() - span[1]), *span) for span in directions
        ]
        gap, start, end, bearing_deg, off_deg = min(beside, default=(_BESIDE + 1, 0, 0, 0.0, 0.0))
        if gap <= _BESIDE:
            metres = next(metres for index, metres in enumerate(_METRES) if match[f"u{index}"])
            value, unit = _value(match["value"])
            where = min(match.start(), start), max(match.end(), end)
            yield _Way(*where, value * metres, 0.75 * unit * metres, bearing_deg, off_deg)


def _value(word: str) -> tuple[float, float]:
    """A number, and what its last digit counts; tens and hundreds may be rounded."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", word):
        word = word.replace(",", "")
    whole, _, broken = word.replace(",", ".").partition(".")
    value = float(f"{whole}.{broken.replace('.', '') or 0}")
    return value, 10.0 ** -len(broken) if broken else float(
        10 ** (len(whole) - len(whole.rstrip("0") or "0"))
    )


def _directions(text: str) -> Iterator[tuple[int, int, float, float]]:
    """Directions: from where to where they stand, degrees from north, and how far they may be off."""
    for match in _DEGREES.finditer(text):
        yield *match.span(), float(match["value"].replace(",", ".")), _DEGREES_OFF_DEG
    ways = [
        (match, [_BY_LETTER[letter] for letter in match[0]]) for match in _LETTERS.finditer(text)
    ]
    ways += [(match, [_SIGNS[sign] for sign in match[0]]) for match in _IDEOGRAPHS.finditer(text)]
    for match in _WORDS.finditer(text):
        sides = re.findall(_SIDE, match[0], re.IGNORECASE)
        ways.append(
            (
                match,
                [next(side for spelt, side in _SIDES if spelt.fullmatch(word)) for word in sides],
            )
        )
    for match, sides in ways:
        turn = np.exp(1j * np.radians(sides)).sum()
        if abs(turn) > 0.5:  # noqa: PLR2004  # not north and south at once
            yield *match.span(), float(np.degrees(np.angle(turn))) % 360, _WORDS_OFF_DEG
