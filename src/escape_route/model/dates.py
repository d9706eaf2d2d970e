"""EDTF dates as stretches of time, in years before the year 1 as well: what lies before what, and how long it may take.

Years are counted as EDTF and ISO 8601 count them: 0000 is the year before 0001, -0043 that of
Caesar's death.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from math import inf
from types import ModuleType

_DAY_H = 24.0
_MARKS = "?~%"
_OPEN, _ENDS = frozenset({"", ".."}), 2
_SETS = frozenset({"[", "{"})
_TIME = re.compile(r"T(\d\d):(\d\d):(\d\d)(Z|[+-]\d\d(?::?\d\d)?)?$")
_BARE = re.compile(r"(?!0000)(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?", re.ASCII)
#: `edtf` trips over 2019-1X, and prints that.
_PART_OF_A_MONTH = re.compile(r"-(?:\dX|X\d)")
#: What else it raises: over 2019-1X, over a set with an end that is open and one that is not.
_TRIPPED = (ValueError, OverflowError, AttributeError, TypeError)
_TURN_YEARS, _TURN_DAYS, _YEAR_0000 = (
    400,
    146_097,
    365,
)  # the calendar comes round; days of the year before the year 1
_ORDINALS = ("first", "second", "third", "last")
#: First and last month of the seasons of EDTF: 21 to 24 wherever it was, taken for those of the north where nothing
#: tells, 25 to 28 in the north, 29 to 32 in the south. A winter of the north, and a summer of the
#: south, is called by the year that it begins in; months after 12 are of the next year, month 0 is
#: December of the year before.
_MONTHS_OF = {
    **{
        code + more: (3 * n, 3 * n + 2)
        for n, code in enumerate((21, 22, 23, 24), 1)
        for more in (0, 4)
    },
    **{code: (3 * n, 3 * n + 2) for n, code in ((3, 29), (4, 30), (1, 31), (2, 32))},
}
#: The same of 21 to 24 where it is known, or is not, on which half of the Earth it was: what is
#: called by one year may have begun in it or in the year before.
_NEW_YEAR = (0, 14)
_ANYWHERE = {21: (3, 11), 22: _NEW_YEAR, 23: (3, 11), 24: _NEW_YEAR}
_BY_HALF = {
    "north": {**{code: _MONTHS_OF[code + 4] for code in (21, 22, 23)}, 24: _NEW_YEAR},
    "south": {**{code: _MONTHS_OF[code + 8] for code in (21, 23, 24)}, 22: _NEW_YEAR},
    "": _ANYWHERE,
}
_LAST_MONTH = 12 * 9999 + 11
_SEASON = re.compile(r"(\d{4})-(2[1-9]|3[0-2])(?=[~?%]?$)")
#: Codes of EDTF for parts of a year (levels 1 and 2), with their first and last month of that year.
_PARTS = {
    **{
        code: (f"{where}{name}", *_MONTHS_OF[code])
        for begins, where in ((21, ""), (25, ""), (29, "southern "))
        for code, name in enumerate(("spring", "summer", "autumn", "winter"), begins)
    },
    **dict.fromkeys((24, 28), ("end in winter", 12, 12)),
    30: ("end in southern summer", 12, 12),
    **{33 + n: (f"{_ORDINALS[n]} quarter", 3 * n + 1, 3 * n + 3) for n in range(4)},
    **{37 + n: (f"{_ORDINALS[n]} third", 4 * n + 1, 4 * n + 4) for n in range(3)},
    **{40 + n: (f"{_ORDINALS[n]} half", 6 * n + 1, 6 * n + 6) for n in range(2)},
}


@dataclass(frozen=True, slots=True)
class Span:
    """When something may have been: hours since the year 0000 began, infinite where an end is open.

    Local time, unless a zone is told: then UTC. What is told to be about a date, or uncertain,
    spans as much more as `edtf` pads it by: a year before and after.
    """

    earliest_h: float
    latest_h: float

    def is_before(self, other: Span) -> bool:
        """Whether all of this was over when the other began; what ends at midnight was over at midnight."""
        is_a_moment = self.earliest_h == self.latest_h
        return self.latest_h < other.earliest_h or (
            self.latest_h == other.earliest_h and not is_a_moment
        )

    @property
    def is_a_day(self) -> bool:
        """Whether it was told to the day or finer."""
        return self.latest_h - self.earliest_h <= _DAY_H


@lru_cache(maxsize=4096)
def span_of(text: str) -> Span:
    """Stretch of time that an EDTF date of level 0 or 1, or two with a stroke between them, may mean.

    Such as ``2019``, ``2019-12``, ``2008~``, ``2004/2006``, ``../2009``, ``-0044-03-15``,
    ``Y-17000``; raises ValueError where it is no date.

    >>> day = span_of("2019-12-05")
    >>> day.latest_h - day.earliest_h
    24.0
    >>> span_of("-0044").latest_h < span_of("0001").earliest_h
    True
    """
    ends = text.split("/")
    is_joined = len(ends) > 1 and re.search(r"[\[\]{}]", text)  # no set stands in a stretch
    is_endless = len(ends) > _ENDS or all(end in _OPEN for end in ends)
    if is_joined or is_endless or any(map(str.isspace, text)):
        raise ValueError(f"{text} is not a date")
    first, last = ends[0], ends[-1]
    return Span(
        -inf if first in _OPEN else _span(first).earliest_h,
        inf if last in _OPEN else _span(last).latest_h,
    )


@lru_cache(maxsize=4096)
def years_in(text: str) -> tuple[float, float] | None:
    """Beginning and end of an EDTF date in years with their fractions, as surely told and without what `span_of` pads.

    An end that is open counts as the other: 1941/.. reaches from the beginning of 1941 to its end;
    None of neither.

    >>> years_in("[1950,1951]"), years_in("1941/.."), years_in("196X")
    ((1950.0, 1952.0), (1941.0, 1942.0), (1960.0, 1970.0))
    """
    days = [day for part in text.split("/") if part not in _OPEN for day in _days_of(part)]
    return (min(map(_year, days)), max(_year(day, after=True) for day in days)) if days else None


def _days_of(text: str) -> Iterator[tuple[int, ...]]:
    """First and last day of a date without a stroke, of each where it is one of a set or all; open ends have none."""
    if bare := _BARE.fullmatch(text):
        year, first, last = int(bare[1]), int(bare[2] or 1), int(bare[2] or 12)
        yield from (
            (year, first, int(bare[3] or 1)),
            (year, last, int(bare[3] or _days_in(year, last))),
        )
        return
    date = edtf().parse_edtf(text)
    for part in getattr(date, "objects", None) or [date]:
        yield from (
            day for day in (part.lower_strict(), part.upper_strict()) if isinstance(day, tuple)
        )


def _year(day: tuple[int, ...], *, after: bool = False) -> float:
    """Day as a year with its fraction; the end of it where `after`."""
    year, month, day_of_month = day[:3]
    if year < 1:  # no axis is so fine there
        return float(year + after)
    begun = (_hours(year, month, day_of_month, "") - _hours(year, 1, 1, "")) / _DAY_H
    return year + (begun + after) / (sum(_days_in(year, month) for month in range(1, 13)))


def is_backward(text: str) -> bool:
    """Whether the second of two dates lies before the first: 2006/2004.

    >>> is_backward("2006/2004"), is_backward("2004/2006"), is_backward("2006/2006"), is_backward("../2006")
    (True, False, False, False)
    """
    ends = text.split("/")
    return all(end not in _OPEN for end in ends) and _span(ends[-1]).is_before(_span(ends[0]))


def covering(texts: Sequence[str]) -> str | None:
    """One date, or two with a stroke between them, that covers all; None for none, or where both ends are open.

    >>> covering(["2019-12", "2019-11/2019-12", "2020-01"]), covering(["2019-12", "2019"])
    ('2019-11/2020-01', '2019')
    """
    dates = [part for text in texts for part in parts(text)]
    ends = [(text.partition("/")[0] or "..", text.rpartition("/")[2] or "..") for text in dates]
    start = min(
        (first for first, _ in ends),
        key=lambda day: (_plain_span(day).earliest_h, len(day)),
        default="..",
    )
    end = max(
        (last for _, last in ends),
        key=lambda day: (_plain_span(day).latest_h, -len(day)),
        default="..",
    )
    if start == end:
        return None if start == ".." else start
    return f"{start}/{end}"


def stretch(text: str) -> str | None:
    """Date that covers one of a set or all of it: from the earliest to the latest; any other date as it is.

    >>> stretch("[1950,1951]"), stretch("[1940-03-01..1940-05-31,1941-02]"), stretch("[1941-09..]"), stretch("1950?")
    ('1950/1951', '1940-03-01/1941-02', '1941-09/..', '1950?')
    """
    return covering([text]) if text[:1] in _SETS else text


def parts(text: str) -> list[str]:
    """Dates of a set, each range of it with a stroke; any other date alone."""
    if text[:1] in _SETS:
        return [part.strip().replace("..", "/") for part in text[1:-1].split(",")]
    return [text]


def _plain_span(date: str) -> Span:
    return Span(-inf, inf) if date == ".." else _span(date.rstrip(_MARKS))


def is_date(text: str) -> bool:
    """Whether a text is a date that `span_of` takes."""
    try:
        span_of(text)
    except ValueError:
        return False
    return True


def ambiguity(text: str) -> tuple[str, str] | None:
    """Both ways to write a date that means years to most people and another thing in EDTF; None for any other text.

    ``1939-40`` is two years in every archive, and in EDTF the first half of 1939; ``1921-24`` may
    be four years or a winter; ``44`` is a year of this or the last century, or of the first.

    >>> ambiguity("1939-40"), ambiguity("1945-21"), ambiguity("44")
    (('1939/1940', 'the first half of 1939: 1939-01/1939-06'), None, ('1944', '0044'))
    """
    if "/" in text and is_date(text):  # one end of a stretch: 1939-40/1945
        return next(filter(None, map(ambiguity, text.split("/"))), None)
    if re.fullmatch(r"\d{1,2}", text):
        return f"19{int(text):02d}", f"00{int(text):02d}"
    match = re.fullmatch(r"(\d\d)(\d\d)-(2[1-9]|3\d|4[01])", text)
    if match is None or int(match[3]) <= int(match[2]):
        return None
    year, part = match[1] + match[2], int(match[3])
    name, first, last = _PARTS[part]
    return (
        f"{year}/{match[1]}{match[3]}",
        f"the {name} of {year}: {year}-{first:02d}/{year}-{last:02d}",
    )


def tells_a_season(text: str) -> bool:
    """Whether a date is one of the seasons that lie otherwise in the south, or begins or ends with one."""
    ends = {text.partition("/")[0], text.rpartition("/")[2]}
    return any(int(match[2]) in _ANYWHERE for match in map(_SEASON.match, ends) if match)


def in_half(text: str, half: str) -> str:
    """Date with months for seasons that are told by their names alone, on a half of the Earth: north, south or neither.

    >>> in_half("1974-23", "north"), in_half("1974-23", "south"), in_half("1974-23", "")
    ('1974-09/1974-11', '1974-03/1974-05', '1974-03/1974-11')
    >>> in_half("1973-22/1974-03", "south"), in_half("1974-24", "north"), in_half("1974-31", "north")
    ('1972-12/1974-03', '1973-12/1975-02', '1974-31')
    """
    return _in_months(text, _BY_HALF[half]) if tells_a_season(text) else text


def in_months(text: str) -> str:
    """Date with the months of its seasons, of the north where nothing tells; any other date as it is.

    >>> in_months("1945-21~"), in_months("1944-24/1945"), in_months("1973-30"), in_months("1945")
    ('1945-03~/1945-05~', '1944-12/1945', '1973-12/1974-02', '1945')
    """
    return _in_months(text, _MONTHS_OF)


def _in_months(text: str, months_of: Mapping[int, tuple[int, int]]) -> str:
    ends = [text.partition("/")[0], text.rpartition("/")[2]]
    seasons = [_SEASON.match(end) for end in ends]
    if not any(seasons):
        return text
    for which, season in enumerate(seasons):
        if season and (months := months_of.get(int(season[2]))):
            at = min(max(12 * int(season[1]) + months[which] - 1, 0), _LAST_MONTH)
            ends[which] = f"{at // 12:04d}-{at % 12 + 1:02d}{ends[which][season.end() :]}"
    return "/".join(ends)


@lru_cache(maxsize=4096)
def _span(text: str) -> Span:
    if _SEASON.fullmatch(text):
        return span_of(in_months(text))
    bare = _BARE.fullmatch(text)
    return _parsed(text) if bare is None else _bare_span(bare)


def _bare_span(bare: re.Match[str]) -> Span:
    """Stretch of a year, a month or a day; `edtf` takes some ten milliseconds for each."""
    year, first, last = int(bare[1]), int(bare[2] or 1), int(bare[2] or 12)
    start_h = _hours(year, first, int(bare[3] or 1), bare[0])
    return Span(start_h, _hours(year, last, int(bare[3] or _days_in(year, last)), bare[0]) + _DAY_H)


#: A year of more digits than anybody counts, which would be written out: Y17E8100000.
_HUGE = re.compile(r"[eE]\d{3}")


def _parsed(text: str) -> Span:
    if _PART_OF_A_MONTH.search(text):
        raise ValueError(
            f"{text} is not a date that is read: a month or a day is told whole, or not at all"
        )
    if _HUGE.search(text):
        raise ValueError(f"{text} is not a date")
    try:
        date = edtf().parse_edtf(text)
        lower, upper = date.lower_fuzzy(), date.upper_fuzzy()
    except (edtf().EDTFParseException, *_TRIPPED) as error:
        raise ValueError(f"{text} is not a date") from error
    start_h, end_h = (
        float(day) if isinstance(day, float) else _hours(day[0], day[1], day[2], text)
        for day in (lower, upper)
    )  # an open end of a set is infinite
    time = _TIME.search(text)
    if time is None:
        return Span(start_h, end_h + _DAY_H)
    hour, minute, second = (int(digits) for digits in time.groups()[:3])
    at_h = start_h + hour + minute / 60 + second / 3600 - _zone_h(time[4])
    return Span(at_h, at_h)


@cache
def edtf() -> ModuleType:
    """Parser of dates that are more than a year, a month or a day: its grammar takes longer to load than a journey."""
    return import_module("edtf")


def _hours(year: int, month: int, day: int, text: str) -> float:
    """Hours from the beginning of the year 0000 to that of a day, in a Gregorian calendar without an end."""
    if not 1 <= day <= _days_in(year, month):
        raise ValueError(f"{text} is not a date: no such day in its month")
    turns, of_a_turn = year // _TURN_YEARS - 1, year % _TURN_YEARS + _TURN_YEARS
    return _DAY_H * (dt.date(of_a_turn, month, day).toordinal() + turns * _TURN_DAYS + _YEAR_0000)


def _days_in(year: int, month: int) -> int:
    return monthrange(year % _TURN_YEARS + _TURN_YEARS, month)[1]


def zone_of(text: str) -> str:
    """Offset from UTC as EDTF writes it.

    >>> zone_of("+00:00"), zone_of("+02"), zone_of("-0530"), zone_of("z"), zone_of("")
    ('Z', '+02:00', '-05:30', 'Z', '')
    """
    if text[:1] not in {"+", "-"}:
        return text.upper()
    digits = text[1:].replace(":", "").ljust(4, "0")
    return "Z" if digits == "0000" else f"{text[0]}{digits[:2]}:{digits[2:]}"


def _zone_h(zone: str | None) -> float:
    if zone is None or zone == "Z":
        return 0.0
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return (-1 if zone[0] == "-" else 1) * (int(digits[:2]) + int(digits[2:]) / 60)
