"""Dates in words, as people tell them: spring 1945 and late February 1940, and not the codes that the file has."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from math import floor
from typing import TYPE_CHECKING

from escape_route.model import calendars, date_steps, dates

if TYPE_CHECKING:
    from escape_route.language.catalogues import Words
    from escape_route.model.journey import Waypoint

_OPEN = frozenset({"", ".."})
_DATE = re.compile(r"Y?(-?\d{4,}|[\dX]{4})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?(?:T(\d\d:\d\d)\S*)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d[~?%]?")
_MONTHS_OF_PART = re.compile(r"(\d{4})-(\d\d)/\1-(\d\d)")
#: Parts of a year by their first and last month, which stand for them where they are not sure.
_PART_OF_MONTHS = {"03-05": 21, "06-08": 22, "09-11": 23, "01-04": 37, "05-08": 38, "09-12": 39}
_LONG_YEAR = re.compile(r"Y(-?\d{1,9})E(\d)")
_UNSAID = re.compile(r"(-?\d{2}(?:\dX|XX))(?:-XX){0,2}|(-?\d{4}(?:-\d\d)?)(?:-XX){1,2}")
_SEVERAL = re.compile(r"([\[{])(.+)[\]}]")
_ONE_OF_SOME = re.compile(r"\[(\d{4}(?:-\d\d){0,2})\.\.(\d{4}(?:-\d\d){0,2})\]")
_MONTHS, _SUMMER_SOUTH = 12, 30
#: Codes of EDTF for parts of a year: the key of their texts and which of these.
_PARTS = {
    **{
        20 + season + 4 * where: ("date.seasons", season - 1)
        for season in range(1, 5)
        for where in range(3)
    },
    **{33 + n: ("date.quarters", n) for n in range(4)},
    **{37 + n: ("date.thirds", n) for n in range(3)},
    **{40 + n: ("date.halves", n) for n in range(2)},
}
_CENTURY = re.compile(r"(\d\d)XX")
_ROMAN = [
    tens + ones
    for tens in ("", "X", "XX")
    for ones in ("", *"I II III IV V VI VII VIII IX".split())  # noqa: SIM905
]
#: Numbers of centuries whose ordinals are formed otherwise than the rest, in English and in French.
_ORDINALS = {1: 0, 2: 1, 3: 2, 21: 3}
_NEAR = re.compile(r"(\d{4}-\d\d-\d\d)([~%]?)/(\d{4}-\d\d-\d\d)([~%]?)")
_WINTER = re.compile(r"(\d{4})-12/(\d{4})-02")
_ONE_END = re.compile(
    r"\[(?:\.\.((?!0000)\d{4}(?:-\d\d){0,2})|((?!0000|0001)\d{4}(?:-\d\d){0,2})\.\.)\]"
)
_FIRST_OF_MONTH = re.compile(r"\d{4}-\d\d-01")
_WHOLE_MONTHS = re.compile(
    r"(?!0000)(\d{4})-(0[1-9]|1[0-2])-01/(?!0000)(\d{4})-(0[1-9]|1[0-2])-(\d\d)"
)
_IN_A_MONTH = re.compile(r"(\d{4})-(\d\d)-(\d\d)/\1-\2-(\d\d)")


def told(waypoint: Waypoint, words: Words) -> str:
    """Date of a place in words, and that it is told so coarsely to keep it; empty where none is told."""
    said = in_words(waypoint.when, words) if waypoint.when else ""
    return words.word("date.kept", date=said) if waypoint.shares_its_span else said


def kept_span(waypoints: Iterable[Waypoint], words: Words) -> str:
    """The one span of time that stands for all dates that are kept, in words; empty where there is none."""
    spans = {waypoint.when for waypoint in waypoints if waypoint.when and waypoint.shares_its_span}
    return in_words(spans.pop(), words) if len(spans) == 1 else ""


def in_words(text: str, words: Words) -> str:
    """EDTF date in words of one language; as it stands where it is of a kind that nobody tells.

    >>> from escape_route.language.catalogues import Words
    >>> [in_words(each, Words()) for each in ("1945-21", "1940-02-21/1940-02-29", "../1944", "[1941,1942]", "194X")]
    ['spring 1945', 'late February 1940', 'until 1944', '1941 or 1942', 'the 1940s']
    >>> in_words("[..1944]", Words()), in_words("[1942..]", Words()), in_words("1942/..", Words())
    ('before 1945', 'after 1941', '1942 or later')
    """
    if beside := _beside(text, words):
        return beside
    listed = _SEVERAL.fullmatch(text)
    if listed:
        said = [
            in_words(_as_feast(_whole(date.strip().replace("..", "/"))), words)
            for date in listed[2].split(",")
        ]
        while len(said) > 1:
            said[-2:] = [
                words.word(
                    "date.or" if listed[1] == "[" else "date.and", first=said[-2], last=said[-1]
                )
            ]
        run = _ONE_OF_SOME.fullmatch(text)
        return _some_time(run[1], run[2], said[0], words) if run else said[0]
    ends = text.split("/")[:2]
    if len(ends) == 1:
        return _end(text, words)
    first, last = (end.strip() for end in ends)
    feasts = [feast and _stretch(feast, words) for feast in calendars.feasts_at(first, last)]
    for sign, key in (("~", "date.about"), ("?", "date.perhaps")):
        sure = f"{first[:-1]}/{last[:-1]}"
        if (
            first.endswith(sign)
            and last.endswith(sign)
            and (calendars.named(_as_feast(sure)) or not all(feasts))
        ):
            return words.word(key, date=in_words(_part(sure) or _as_feast(sure), words))
    begins, ends_with = (
        said or _end(end, words) for said, end in zip(feasts, (first, last), strict=True)
    )
    if first in _OPEN or last in _OPEN:
        since = words.word("date.since", date=begins)
        return _beside_a("until", last, ends_with, words) if first in _OPEN else since
    if all(map(_DAY.fullmatch, (first, last))) and not any(feasts):
        days = "date.days"
    else:
        days = "date.range"
    return _stretch(text, words) or words.word(days, first=begins, last=ends_with)


def _some_time(first: str, last: str, span: str, words: Words) -> str:
    """One day, month or year of a run: of two, one or the other; of all days of a month or a feast its name."""
    ends = {"first": _end(first, words), "last": _end(last, words)}
    with suppress(ValueError, OverflowError):  # of the year 0
        if date_steps.following(first) == last:
            return words.word("date.or", **ends)
    joined, key = (
        ("date.days", "date.some_day")
        if _DAY.fullmatch(first)
        else ("date.range", "date.some_time")
    )
    return words.word(key, date=span) if span == words.word(joined, **ends) else span


def _as_feast(days: str) -> str:
    """Days of a feast as its own date, which has a mark; any other days as they are."""
    marked = (days.replace("/", f"{mark}/") for mark in "~%")
    return next(filter(calendars.is_feast, marked), days)


def _beside(text: str, words: Words) -> str:
    """Some time before or after a date, of which a set has one end alone; empty for any other date."""
    match = _ONE_END.fullmatch(text)
    if match is None:
        return ""
    with suppress(ValueError):  # of the year 0, or before it
        if match[1]:
            following = date_steps.following(match[1])
            return _beside_a("before", following, _end(following, words), words)
        after = match[2].removesuffix("-01") if _FIRST_OF_MONTH.fullmatch(match[2]) else match[2]
        previous = date_steps.previous(after)
        return _beside_a("after", previous, _end(previous, words), words)
    return ""


def _beside_a(key: str, text: str, said: str, words: Words) -> str:
    """Date with a word before it that a day stands otherwise behind than a month: nach dem 5. Mai, nach Mai."""
    return words.word(
        f"date.{key}{'_day' * (_DAY.fullmatch(text) is not None and text[-1].isdecimal())}",
        date=said,
    )


def when(texts: Iterable[str | None], words: Words) -> str:
    """One date that several texts name, in words; else the first and the last year; empty where they name none."""
    distinct = dict.fromkeys(text for text in texts if text)
    if len(distinct) == 1:
        return in_words(next(iter(distinct)), words)
    spans = [span for text in distinct if (span := dates.years_in(text)) is not None]
    years = [floor(year) for first, last in spans for year in (first, last - 1e-6)]
    ends = dict.fromkeys((min(years), max(years))) if years else ()
    return "\N{EN DASH}".join(
        str(year) if year > 0 else words.word("date.bce", year=str(1 - year)) for year in ends
    )


def _whole(text: str) -> str:
    """Days or months of a set that are whole months, a part of a year, or years, as these; any other as they are."""
    match = _WHOLE_MONTHS.fullmatch(text)
    if match is None or int(match[5]) != monthrange(int(match[3]), int(match[4]))[1]:
        return _part(text) or text
    first, last = (
        (match[1], match[3]) if (match[2], match[4]) == ("01", "12") else (text[:7], text[11:18])
    )
    months = f"{first}/{last}"
    return first if first == last else _part(months) or months


def _part(text: str) -> str:
    """Part of a year whose months a stretch is, as its code; empty for any other."""
    match = _MONTHS_OF_PART.fullmatch(text)
    code = _PART_OF_MONTHS.get(f"{match[2]}-{match[3]}") if match else None
    return f"{match[1]}-{code}" if match and code else ""


def _stretch(text: str, words: Words) -> str:
    """Stretch of time that has a name of its own: a third of a month, a winter, a feast; empty where it has none."""
    return _named(text, words) or _next_to(text, words) or _part_of_month(text, words)


def _named(text: str, words: Words) -> str:
    """Stretch that has a name by itself, or as a third of a decade or a century, or a winter of two years."""
    if called := calendars.named(text):
        return _called(text, called, words)
    if years := calendars.third_of_years(text):
        kind, part = years
        if kind == "decade":
            return words.form("date.decade_thirds", part, year=f"{text[:3]}0")
        return words.form("date.thirds", part, date=_century(int(text[:2]) + 1, words))
    if (match := _WINTER.fullmatch(text)) and int(match[2]) == int(match[1]) + 1:
        return words.word("date.winter", year=match[1], next=match[2][2:])
    return ""


def _part_of_month(text: str, words: Words) -> str:
    if match := _IN_A_MONTH.fullmatch(text):
        thirds = [(1, 10), (11, 20), (21, monthrange(int(match[1]), int(match[2]))[1])]
        days = int(match[3]), int(match[4])
        if days in thirds:
            month = _end(f"{match[1]}-{match[2]}", words)
            return words.form("date.thirds", thirds.index(days), date=month)
    return ""


def _next_to(text: str, words: Words) -> str:
    """Days next to a date, whose far end has a mark: shortly before Easter; empty for others."""
    match = _NEAR.fullmatch(text)
    if match is None or bool(match[2]) == bool(match[4]):
        return ""
    is_before = bool(match[2])
    first, last = date.fromisoformat(match[1]), date.fromisoformat(match[3])
    days = (last - first).days + 1
    if days not in date_steps.NEAR:
        return ""
    beside = f"{last + timedelta(1)}" if is_before else f"{first - timedelta(1)}"
    feast = calendars.feast_beside(beside, match[2] or match[4], is_last=not is_before)
    said = _stretch(feast, words) if feast else _end(beside, words)
    key = f"date.near_{'before' if is_before else 'after'}{'' if feast else '_day'}"
    return words.form(key, date_steps.NEAR.index(days), date=said)


def _century(number: int, words: Words) -> str:
    return words.form(
        "date.century", _ORDINALS.get(number, 4), ordinal=str(number), roman=_ROMAN[number]
    )


def _called(text: str, called: tuple[str, int, int], words: Words) -> str:
    """Stretch of days that `calendars` has a name for."""
    kind, number, part = called
    if kind == "week":
        return words.form("date.weeks", part - 1, date=_end(text[:7], words))
    if kind == "turn":
        return words.word("date.turn", year=text[:4], next=text[-8:-6])
    if kind != "season":
        return words.word(f"date.feast.{kind}", year=_year(text[:4], words))
    if number not in calendars.OF_TWO_YEARS or number == _SUMMER_SOUTH:
        begun = int(text[:4]) - (number == _SUMMER_SOUTH and part > 0)
        return words.form("date.thirds", part, date=_end(f"{begun:04d}-{number}", words))
    begins = int(text[:4]) - (part > 0)
    winter = words.word("date.winter", year=str(begins), next=f"{begins + 1:04d}"[2:])
    return words.form("date.thirds", part, date=winter)


def _end(text: str, words: Words) -> str:
    """Date without a stroke, with how sure it is."""
    bare = _LONG_YEAR.sub(
        lambda year: f"Y{int(year[1]) * 10 ** int(year[2])}", re.sub(r"[~?%]", "", text)
    )
    bare, estimated = re.sub(r"S\d+$", "", bare), "S" in bare
    said = _unsaid(bare, words) or _date(bare, words)
    if "~" in text or "%" in text or estimated:
        said = _beside_a("about", bare, said, words)
    if "?" in text or "%" in text:
        said = words.word("date.perhaps", date=said)
    return said


def _unsaid(text: str, words: Words) -> str:
    """Date of which some figures are not told; empty for any other."""
    if century := _CENTURY.fullmatch(text):
        return _century(int(century[1]) + 1, words) if int(century[1]) + 1 < len(_ROMAN) else ""
    match = _UNSAID.fullmatch(text)
    if match is None:
        return ""
    if match[2]:
        return _date(match[2], words)
    first, last = match[1].replace("X", "0"), match[1].replace("X", "9")
    if match[1].endswith("XX"):
        return words.word("date.range", first=_date(first, words), last=_date(last, words))
    return words.word("date.decade", year=first)


def _date(text: str, words: Words) -> str:
    match = _DATE.fullmatch(text)
    if match is None:
        return text
    year, month, day, time = (None if part == "XX" else part for part in match.groups())
    said = _year(year or "", words)
    if month and int(month) > _MONTHS:
        if int(month) not in _PARTS:
            return text
        key, number = _PARTS[int(month)]
        if (
            int(month) == _SUMMER_SOUTH and (year or "").isdecimal()
        ):  # of two years, as its winter is to the north
            said = words.word(
                "date.year", year=f"{int(year or 0)}/{f'{int(year or 0) + 1:04d}'[2:]}"
            )
        return words.form(key, number, **{"date" if key == "date.thirds" else "year": said})
    if month:
        values = {"month": words.form("date.months", int(month) - 1), "year": said}
        which = words.word("date.first_day") if day == "01" else str(int(day or 0))
        if day:
            said = words.word("date.day", day=which, **values)
        else:
            said = words.word("date.month", **values)
    return words.word("date.time", date=said, time=time) if time else said


def _year(year: str, words: Words) -> str:
    if "X" in year:  # not all of its figures are told
        return words.word("date.year", year=year)
    number = int(year)
    if number > 0:
        return words.word("date.year", year=str(number))
    return words.word("date.bce", year=str(1 - number))
