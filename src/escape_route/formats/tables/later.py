"""Dates that other rows complete: their century, or how long after the stop before, ten days or so later, 열흘 뒤."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta

from escape_route import packaged
from escape_route.formats.tables.stated import stated
from escape_route.formats.tables.synonyms import LONGEST
from escape_route.model import date_steps
from escape_route.model.date_words import with_apostrophe
from escape_route.model.dates import is_date, stretch
from escape_route.model.told_dates import meanings
from escape_route.model.units import UNITS, Quantity, units_of
from escape_route.model.vocabulary import Wording

_DAY_H = 24
#: Words for later, behind a number of days or before it.
_LATER = re.compile(
    r"(?P<told>.+?),? ?(?:later(?: on)?|after(?:wards?| that)|on from there|später|danach|darauf|"
    r"plus tard|après|después|más tarde|(?<!\d)(?:뒤|후|있다가|지나서)에?|後)|بعد (?:نحو )?(?P<behind>.+)"
)
_BY_NAME = {
    word: int(count)
    for count, words in packaged.table("formats/tables/stated.toml")["later"].items()
    for word in words.split(", ")
}


def days_later(text: str) -> tuple[int, int] | None:
    """From how many days later to how many a date is told to be; None where it is not told so, or has no end.

    Weeks, months and what is told as about are a tenth less or more [our judgement].

    >>> days_later("ten days or so later"), days_later("two or three days later"), days_later("the next day")
    ((9, 11), (2, 3), (1, 1))
    >>> days_later("eine Woche später"), days_later("사흘 뒤"), days_later("later"), days_later("spring 1945")
    ((6, 8), (3, 3), None, None)
    """
    plain = " ".join(text.lower().split()).strip(" .,")
    if plain in _BY_NAME:
        return _BY_NAME[plain], _BY_NAME[plain]
    found = _LATER.fullmatch(plain) if len(plain) <= LONGEST else None
    ways = stated(found["told"] or found["behind"]) if found else []
    ways = [each for each in ways if each.get("unit") in units_of(Quantity.DURATION)[1:]]
    return _span(ways[0]) if len(ways) == 1 else None


def _span(told: dict[str, str]) -> tuple[int, int] | None:
    low, high = float(told["value"]), float(told.get("value_to") or told["value"])
    below, above = Wording(told.get("wording") or Wording.EXACT).row.reach
    if math.isinf(above) or math.isinf(below):
        return None
    size_d = UNITS[told["unit"]].size / _DAY_H
    if size_d == 1 and not told.get("wording"):
        return math.floor(low), math.ceil(high)
    return math.floor((low + below * low / 10) * size_d), math.ceil((high + above * high / 10) * size_d)


def counted_from(before: str, days: tuple[int, int]) -> str | None:
    """EDTF of the day, or the set of days, that lies so many days after a date; None where that is open, or no date.

    >>> counted_from("1945-01-28", (1, 1)), counted_from("1945-01", (9, 11)), counted_from("1945/..", (1, 1))
    ('1945-01-29', '[1945-01-10..1945-02-11]', None)
    """
    if not is_date(before):
        return None
    with suppress(ValueError, OverflowError):
        first, last = date_steps.ends(before)
        first, last = first + timedelta(days[0]), last + timedelta(days[1])
        return f"{first}" if first == last else f"[{first}..{last}]"
    return None


def count_on(waypoints: Iterable[dict[str, object]]) -> Iterator[tuple[int, str, str | None, str]]:
    """Put dates, in place, where they are told from the row before; of each its index, as told, as read, and from what.

    One that cannot be counted is taken out, and read as None.
    """
    before = ""
    for index, properties in enumerate(waypoints):
        told = str(properties.get("when") or "")
        days = days_later(told) if told else None
        if days is not None:
            found = counted_from(before, days)
            properties["when"] = found
            yield index, told, found, before
        before = str(properties.get("when") or "")


_THIRD = re.compile(r"-3[789]$")  # of a year: until the end is until nothing that is known
#: Words for until, before what one stayed until or behind it.
_UNTIL = re.compile(
    r"(?:until|till|'?til|up to|bis(?: zum| zur)?|jusqu'(?:à la|à|au|aux|en)|hasta(?: el| la)?|حتى) (?P<told>.+)|"
    r"(?P<behind>.+?) ?(?:까지|まで)"
)


def is_until(text: str) -> bool:
    """Whether a stay is told by what one stayed until."""
    return len(text) <= LONGEST and _UNTIL.fullmatch(text.strip().lower()) is not None


def stay_until(when: object, text: str) -> dict[str, object] | None:
    """Stay from the date of its place to what it is told until; None where both are not known, or may be one time.

    >>> stay_until("1974-12-15", "until Christmas"), stay_until("1974-12", "till spring")
    ({'value': 9, 'value_to': 11, 'unit': 'd'}, {'value': 60, 'value_to': 181, 'unit': 'd'})
    >>> stay_until(None, "till spring"), stay_until("1945-04", "until spring"), stay_until("1945", "until the end")
    (None, None, None)
    """
    found = _UNTIL.fullmatch(text.strip().lower())
    with suppress(ValueError, OverflowError, StopIteration):
        first, last = date_steps.ends(stretch(str(when)) or "")
        told = (found["told"] or found["behind"]) if found else ""
        ways = [meanings(told), *(meanings(f"{told} {year}") for year in (first.year, first.year + 1))]
        ends = [
            date_steps.ends(stretch(each[0]) or "") for each in ways if len(each) == 1 and not _THIRD.search(each[0])
        ]
        start, end = next(each for each in ends if each[1] > first)
        least, most = (start - last).days, (end - first).days
        if least >= 1:
            return {"value": least, **({"value_to": most} if most > least else {}), "unit": "d"}
    return None


_YEAR = re.compile(r"(?<!\d)(1\d|20)\d\d(?!\d)")
_TWO = re.compile(r"(?<![^\W_])['’](\d\d)(?![\d'’])")


def centuries_of(values: Iterable[object]) -> frozenset[str]:
    """First two figures of the years of dates.

    >>> sorted(centuries_of(["May 1945", 1899, None, "'45"]))
    ['18', '19']
    """
    return frozenset(found[1] for value in values for found in _YEAR.finditer(str(value)))


def in_full(text: str, centuries: frozenset[str]) -> str:
    """Date with its years in four figures, where one century alone is left; as it stands where none is, or several.

    >>> in_full("early '76", frozenset({"19"})), in_full("early '76", frozenset({"18", "19"}))
    ('early 1976', "early '76")
    """
    told, text = text, with_apostrophe(text)
    if _YEAR.search(text) or not _TWO.search(text):
        return told
    left = [each for century in sorted(centuries) if _is_date(each := _TWO.sub(rf"{century}\1", text), text)]
    return left[0] if len(left) == 1 else told


def _is_date(full: str, text: str) -> bool:
    """Whether a text with its century is one of the dates that it may mean without."""
    return bool({*meanings(full)} & {*meanings(text)})
