"""The ways a day or a month is written, so that a date finer than the published one is found in any of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from escape_route.leaks.folding import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2}))?)?(?!\d)")
_MONTHS = (
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
)
_LAST_MONTH, _LAST_DAY = 12, 31


def spellings(text: str) -> Iterator[str]:
    """Ways to write the dates that a text names, as `plain` writes them.

    Parameters
    ----------
    text
        A text with dates of a month or a day in it, such as an EDTF or ISO 8601 date.

    Examples
    --------
    >>> list(spellings("2019-05-14"))[:4]
    ['2019 05 14', '20190514', '2019/05/14', '2019.05.14']
    """
    for found in _DATE.finditer(text):
        year, month, day = int(found[1]), int(found[2]), int(found[3] or 0)
        if 1 <= month <= _LAST_MONTH and day <= _LAST_DAY:
            yield from map(plain, _day(year, month, day) if day else _month(year, month))


def _day(year: int, month: int, day: int) -> Iterator[str]:
    yield from (f"{year:04}-{month:02}-{day:02}", f"{year:04}{month:02}{day:02}")
    yield from (f"{year:04}{sign}{month:02}{sign}{day:02}" for sign in "/.:")
    for sign in "/.-":
        yield f"{day:02}{sign}{month:02}{sign}{year:04}"
        yield f"{month:02}{sign}{day:02}{sign}{year:04}"
        yield f"{day}{sign}{month}{sign}{year:04}"
        yield f"{month}{sign}{day}{sign}{year:04}"
    for names in _MONTHS:
        name = names[month - 1]
        yield from (f"{day} {name} {year}", f"{day:02} {name} {year}", f"{name} {day}, {year}", f"{name} {day} {year}")
    yield from (f"{year}년 {month}월 {day}일", f"{year}年{month}月{day}日", f"{month}월 {day}일")


def _month(year: int, month: int) -> Iterator[str]:
    yield f"{year:04}-{month:02}"
    for names in _MONTHS:
        yield f"{names[month - 1]} {year}"
    yield from (f"{year}년 {month}월", f"{year}年{month}月")
