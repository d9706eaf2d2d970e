"""Nights and days that were told together: two nights and one day, three days and nights, 2박 3일."""

from __future__ import annotations

import re

from escape_route.model.said_numbers import LONGEST, Said, said

_NIGHTS = "nights?|nacht|nächten?|nuits?|noches?|밤|박|夜|晩|泊|ليلة|ليال|ليالي"
_DAYS = "days?|tage?|tagen|jours?|días?|dias?|낮|일|日|昼|يوم|أيام"
_AND = r"(?:\s*(?:,|&|\band\b|\bund\b|\bet\b|\by\b|و)\s*|\s*)"
_TOLD = re.compile(rf"(.+?)\s*({_NIGHTS}|{_DAYS}){_AND}(.*?)\s*({_NIGHTS}|{_DAYS})")
#: A number of its own with its days: 이틀 밤낮.
_BOTH = re.compile(r"(하루|이틀|사흘|나흘|닷새|엿새|이레) ?(?:밤낮|낮밤)")
#: What so many nights and days are read as, in a line.
SAYS = "the calendar days that so many nights and days may touch"


def days_touched(text: str) -> Said | None:
    """Calendar days that nights and days in turn may touch; None of other texts.

    A night lies on two days where it is not told as passed after midnight, so that the most is one more than the
    nights. Nights and days that cannot have been by turns (ten days and two nights) are not understood.

    >>> days_touched("two nights and one day"), days_touched("2박 3일")
    (Said(value=2.0, value_to=3.0, wording='', unit='d'), Said(value=3.0, value_to=None, wording='', unit='d'))
    >>> days_touched("three days and nights").value_to, days_touched("ten days and two nights")
    (4.0, None)
    """
    counted = _counted(text)
    if counted is None:
        return None
    nights, days = counted
    if not (nights.is_integer() and days.is_integer() and nights >= 1 and abs(nights - days) <= 1):
        return None
    least, most = max(nights, days), max(nights + 1, days)
    return Said(least, most if most > least else None, unit="d")


def _counted(text: str) -> tuple[float, float] | None:
    """How many nights and how many days; of both the same where one number alone is told."""
    if len(text) > LONGEST:
        return None
    if both := _BOTH.fullmatch(text):
        number = said(both[1])
        return (number.value, number.value) if number else None
    found = _TOLD.fullmatch(text)
    if found is None:
        return None
    first, one, last, other = found.groups()
    numbers = [said(each) for each in (first, last or first)]
    is_night = [bool(re.fullmatch(_NIGHTS, each)) for each in (one, other)]
    exact = [each.value for each in numbers if each and not (each.value_to or each.wording or each.unit)]
    if is_night[0] is is_night[1] or len(exact) != len(numbers):
        return None
    return (exact[0], exact[1]) if is_night[0] else (exact[1], exact[0])
