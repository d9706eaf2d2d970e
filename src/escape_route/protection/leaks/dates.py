"""Dates in a text, however they are written: what looks like a date is read, and compared as a day or a month."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Found: TypeAlias = "tuple[int, int, frozenset[str]]"

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_Y, _M, _D = r"(?P<y>\d{4})", r"(?P<m>\d{1,2})", r"(?P<d>\d{1,2})"
_TH = r"(?:st|nd|rd|th|\.)?"
_GAP = r"[\s,.\-]{0,3}"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\d.]){_Y}(?P<s>\s?[-/.:_]\s?){_M}(?P=s){_D}(?!\d)",
        r"(?<![\d.])(?P<y>\d{4})\s(?P<m>\d{2})\s(?P<d>\d{2})(?![\d.])",
        r"(?<![\d.])(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?!\d)",
        rf"(?<![\d.])(?P<a>\d{{1,2}})(?P<s>[-/.:_])(?P<b>\d{{1,2}})(?P=s){_Y}(?!\d)",
        r"(?<![\d./])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<short>\d{2})(?![\d/])",
        r"(?<![\w.-])(?=\d?0|\d\d.0)(?P<a>\d\d)(?P<s>[-.])(?P<b>\d\d)(?P=s)(?P<short>\d{2})(?![\w.-])",
        rf"(?<!\d){_D}{_TH}{_GAP}(?:of\s)?(?<![a-z]){_NAME}{_GAP}{_Y}(?!\d)",
        r"(?<!\d)(?P<d>\d{1,2})(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?P<y>\d{4})(?!\d)",
        rf"(?<![a-z]){_NAME}{_GAP}{_D}{_TH}[\s,.\-]{{1,3}}{_Y}(?!\d)",
        rf"(?<!\d){_Y}{_GAP}(?<![a-z]){_NAME}{_GAP}{_D}(?!\d)",
        rf"(?<![a-z]){_NAME}[\s,.\-]{{1,3}}{_Y}(?!\d)",
        rf"(?<!\d){_Y}\s?[년年]\s?{_M}\s?[월月](?:\s?{_D}\s?[일日])?",
        r"(?<!\d)(?P<m>\d{1,2})\s?[월月]\s?(?P<d>\d{1,2})\s?[일日]",
        r"(?<![\d./-])(?P<y>\d{4})-(?P<m>\d{2})(?!-?\d)",
        r"(?<!\d)(?P<y>\d{4})-?W(?P<week>\d{2})-?(?P<weekday>[1-7])(?!\d)",
        r"(?<![\d./-])(?P<y>\d{4})-(?P<nth>\d{3})(?![\d-])",
        r"(?<![\d.])(?P<epoch>1?\d{9})(?:\d{3})?(?![\d])",
    )
)
_SERIAL = re.compile(r"(?:^|(?<=\t))(?P<serial>\d{5})(?:\.\d+)?(?=\t|$)", re.MULTILINE)
_SERIAL_ZERO = date(1899, 12, 30)  # day 0 of a workbook


def found_in(text: str, *, is_sheet: bool = False) -> Iterator[Found]:
    """Dates of a text.

    Parameters
    ----------
    text
        Folded, so that its digits are ASCII.
    is_sheet
        Whether the text is cells of a workbook, where a day may be its number since 1900.

    Yields
    ------
    tuple
        From where to where it stands, and the days and months that it may be, such as ``2019-05-14`` and ``2019-05``.

    Examples
    --------
    >>> [sorted(days) for _, _, days in found_in("It was May 14th, 2019.")]
    [['2019-05', '2019-05-14']]
    >>> [sorted(days) for _, _, days in found_in("on 5/12/19")]
    [['2019-05', '2019-05-12', '2019-12', '2019-12-05']]
    """
    for pattern in (*_PATTERNS, _SERIAL) if is_sheet else _PATTERNS:
        for match in pattern.finditer(text):
            if days := frozenset(_meant(match.groupdict())):
                yield (*match.span(), days)


def _meant(said: dict[str, str | None]) -> Iterator[str]:
    """Days and months that the parts of a date may mean."""
    parts = {name: value for name, value in said.items() if value and name != "s"}
    if "a" in parts:
        year = int(parts["y"]) if "y" in parts else 2000 + int(parts["short"])
        yield from _day(year, int(parts["b"]), int(parts["a"]))
        yield from _day(year, int(parts["a"]), int(parts["b"]))
    elif "y" not in parts and "m" in parts:
        yield f"--{int(parts['m']):02}-{int(parts['d']):02}"
    elif "name" in parts or "m" in parts:
        month = _NAMES.index(parts["name"][:3].lower()) + 1 if "name" in parts else int(parts["m"])
        yield from _day(int(parts["y"]), month, int(parts.get("d", 0)))
    else:
        yield from _counted(parts)


def _counted(parts: dict[str, str]) -> Iterator[str]:
    """Days that are told as a count: of a week, a year, since 1970, since 1900."""
    try:
        if "epoch" in parts:
            day = datetime.fromtimestamp(int(parts["epoch"]), UTC).date()
        elif "serial" in parts:
            day = _SERIAL_ZERO + timedelta(int(parts["serial"]))
        elif "week" in parts:
            day = date.fromisocalendar(int(parts["y"]), int(parts["week"]), int(parts["weekday"]))
        else:
            day = date(int(parts["y"]), 1, 1) + timedelta(int(parts["nth"]) - 1)
    except (ValueError, OverflowError):
        return
    yield from _day(day.year, day.month, day.day)


def _day(year: int, month: int, day: int) -> Iterator[str]:
    """A day and its month; the month alone where there is no day; nothing where there is no such day."""
    try:
        date(max(year, 1), month, day or 1)
    except ValueError:
        return
    yield f"{year:04}-{month:02}"
    if day:
        yield f"{year:04}-{month:02}-{day:02}"


def is_date(text: str) -> bool:
    """Whether a text is a date, or several, and nothing else but signs.

    Examples
    --------
    >>> is_date("2019-05-14"), is_date("2019-05-14?/2019-05-16"), is_date("on 2019-05-14")
    (True, True, False)
    """
    told = sorted((start, end) for start, end, _ in found_in(text))
    rest, last = "", 0
    for start, end in told:
        rest += text[last:start]
        last = max(last, end)
    return bool(told) and not any(character.isalnum() for character in rest + text[last:])


def named(text: str) -> Iterator[str]:
    """Days and months that a text tells without doubt, and days without their year.

    Examples
    --------
    >>> list(named("2019-05-14")), list(named("5/12/2019"))
    (['--05-14', '2019-05', '2019-05-14'], [])
    """
    for _, _, days in found_in(text):
        whole = [day for day in days if len(day) == len("2019-05-14")]
        if len(whole) <= 1:
            yield from sorted({*days, *(f"-{day[4:]}" for day in whole)})
