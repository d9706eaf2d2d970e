"""Dates in EDTF made of others: so long before or after one, the year before it, two as one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Protocol

from escape_route.model.dates import in_months, is_date, span_of

_MONTHS, _WEEK = 12, 7
#: Days of "shortly" before or after something: a judgement.
SHORTLY = 14
#: Days within which "a few" lie: of days a week, of weeks two months, of months half a year. A
#: judgement too.
_FEW = {"week": 61, "months": 183}
#: How many days lie next to a date, from the nearest on.
NEAR = (_WEEK, SHORTLY, *_FEW.values())
MARKS = re.compile("[~?%]")
#: From the first day of the early, mid or late part of a month to the last of one.
_THIRDS = re.compile(r"(\d{4}-\d\d-[012]1)/(\d{4}-\d\d-(?:10|20|2[89]|3[01]))")
#: Days of the longest date that something can be shortly before or after: a feast, or a month.
_LONGEST = 61
_LONG_FEAST = 9
_DAY_H, _YEAR_0000 = 24, 365
_CODED = re.compile(r"(\d{4})-(3[3-9]|4[01])(?=[~?%]?$)")


class Step(Protocol):
    """Makes of a date another that lies before or after it."""

    def __call__(self, text: str, *, is_after: bool) -> str:
        """Date that lies a step away."""


def is_counted(count: str, unit: str) -> bool:
    """Whether two signs are a number and what it counts: two weeks."""
    return unit in {"days", "day", "week", "weeks", "fortnight", "months"} and (
        (count[:1] == "n" and count[1:].isdecimal())
        or count == "few"
        or (count.isdecimal() and len(count) <= 2)  # noqa: PLR2004  # more are years
    )


def step(signs: Sequence[str]) -> Step | None:
    """Step that one or two signs name; None for others."""
    *counts, unit = ("week" if sign == "weeks" else sign for sign in signs)
    if unit == "f1" or "few" in counts:
        return partial(beside, _FEW.get(unit, _WEEK))
    if unit in {"week", "fortnight", "soon"} and not counts:
        return partial(beside, _WEEK if unit == "week" else SHORTLY)
    count = int(counts[0].lstrip("n")) if counts else 1
    kind = unit if unit.isalpha() else unit[:1]
    sizes = {
        "day": count,
        "days": count,
        "week": count * _WEEK,
        "fortnight": 2 * count * _WEEK,
        "q": int(unit[1:]) if kind == "q" else 0,
    }
    if kind in sizes:
        return partial(_days_from, sizes[kind])
    if kind == "months":
        return partial(_months_from, count)
    return partial(_weekday, int(unit[1:])) if kind == "w" else None


def _days_from(days: int, text: str, *, is_after: bool) -> str:
    """Day so many days from another: about it, where weeks were told or the other is not one day."""
    day, is_one = _main_day(text, is_after=is_after)
    reached = day + timedelta(days if is_after else -days)
    return f"{reached}" if is_one and days < _WEEK and not MARKS.search(text) else f"{reached}~"


def _months_from(months: int, text: str, *, is_after: bool) -> str:
    day, _ = _main_day(text, is_after=is_after)
    at = day.year * _MONTHS + day.month - 1 + (months if is_after else -months)
    return f"{at // _MONTHS:04d}-{at % _MONTHS + 1:02d}~"


def beside(days: int, text: str, *, is_after: bool) -> str:
    """So many days next to a date: the week after Easter, shortly before Christmas; next to a year it would be none.

    The end that nobody told has the mark of what is about: both of them next to a part of a month.
    """
    first, last = ends(text)
    if (last - first).days > _LONGEST:
        raise ValueError(text)
    near = "~" if is_untold(text, int(is_after)) else ""
    if is_after:
        return f"{last + timedelta(1)}{near}/{last + timedelta(days)}{mark_of(text)}"
    return f"{first - timedelta(days)}{mark_of(text)}/{first - timedelta(1)}{near}"


def is_untold(text: str, end: int) -> bool:
    """Whether nobody told the first, 0, or last day, 1, of a date: of a part of a month where it is not that month's.

    >>> is_untold("1945-05-11/1945-05-20", 1), is_untold("1945-05-21/1945-05-31", 1), is_untold("1945-05", 1)
    (True, False, False)
    """
    part = _THIRDS.fullmatch(text)
    return part is not None and (date.fromisoformat(part[end + 1]) + timedelta(end)).day != 1


def either_day(text: str) -> str:
    """One day or the next, of a stretch of both; any other date as it is.

    >>> either_day("2018-12-04/2018-12-05"), either_day("2018-12-04/2018-12-06")
    ('[2018-12-04..2018-12-05]', '2018-12-04/2018-12-06')
    """
    match = re.fullmatch(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)", text)
    is_next = match is not None and date.fromisoformat(match[1]) + timedelta(
        1
    ) == date.fromisoformat(match[2])
    return f"[{text.replace('/', '..')}]" if is_next else text


def mark_of(text: str) -> str:
    """Mark of an end where a date is told from, to, or next to: of a feast that of its first day, else about."""
    return "%" if "%" in text else "~"


def _weekday(weekday: int, text: str, *, is_after: bool) -> str:
    day, _ = _main_day(text, is_after=is_after)
    away = (weekday - day.weekday()) % _WEEK or _WEEK
    return f"{day + timedelta(away if is_after else away - _WEEK if away < _WEEK else -_WEEK)}"


def _main_day(text: str, *, is_after: bool) -> tuple[date, bool]:
    """Day that is counted from, and whether it is surely that one: of a feast its own, of a long one its nearer end.

    Christmas is its eve to some, and the day to others.
    """
    first, last = ends(text)
    days = (last - first).days
    if days > _LONG_FEAST:
        raise ValueError(text)
    if days >= _WEEK:
        return last if is_after else first, False
    # of two days, as at Whitsun, it is the first; where these are an evening and a day, the second
    own = first + timedelta((days + 1) // 2 if days > 1 or MARKS.search(text) else 0)
    is_christmas = days > 0 and (first.month, first.day) == (12, 24)
    return own, not is_christmas


def third(text: str, part: int) -> str:
    """Early, mid or late part (0 to 2) of a stretch of weeks, marked where nobody told its end; empty of a shorter one.

    >>> third("2015-06-17/2015-07-18", 2), third("1944-12-24/1944-12-26", 2)
    ('2015-07-08~/2015-07-18', '')
    """
    first, last = ends(text)
    size = ((last - first).days + 1) // 3
    if size < _WEEK - 1:
        return ""
    starts = (first, first + timedelta(size), last - timedelta(size))[part]
    stops = (first + timedelta(size), last - timedelta(size), last)[part]
    return f"{starts}{'~' * (part > 0)}/{stops}{'~' * (part < 2)}"  # noqa: PLR2004  # the last part


def ends(text: str) -> tuple[date, date]:
    """First and last day of a date of our era; ValueError for others."""
    span = span_of(MARKS.sub("", text))
    return _day_at(span.earliest_h), _day_at(span.latest_h - _DAY_H)


def _day_at(hours: float) -> date:
    try:
        return date.fromordinal(int(hours // _DAY_H) - _YEAR_0000)
    except (ValueError, OverflowError) as error:
        raise ValueError("no day of our era") from error


def previous(text: str) -> str:
    """Year, month or day before a date, as coarse as it begins."""
    start = without_codes(MARKS.sub("", text)).split("/", maxsplit=1)[0]
    return _moved(start, -1) or f"{ends(start)[0] - timedelta(1)}"


def following(text: str) -> str:
    """Year, month or day after a date, as coarse as it ends."""
    end = without_codes(MARKS.sub("", text)).rsplit("/", maxsplit=1)[-1]
    return _moved(end, 1) or f"{ends(end)[1] + timedelta(1)}"


def _moved(text: str, by: int) -> str | None:
    if decade := re.fullmatch(r"(\d{3})X", text):
        return f"{int(decade[1]) * 10 + (10 if by > 0 else -1):04d}"
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        parts = [int(part) for part in text.split("-")]
    else:
        parts = []
    if len(parts) == 1:
        return f"{parts[0] + by:04d}"
    if len(parts) == 2:  # noqa: PLR2004  # a month
        months = parts[0] * _MONTHS + parts[1] - 1 + by
        return f"{months // _MONTHS:04d}-{months % _MONTHS + 1:02d}"
    return (date(*parts) + timedelta(days=by)).isoformat() if parts else None


def is_backward(first: str, second: str) -> bool:
    """Whether the second of two dates ends before the first begins."""
    return span_of(without_codes(second)).is_before(span_of(without_codes(first)))


def years_later(text: str, by: int) -> str:
    """Date some years later."""
    return re.sub(r"(?<!\d)\d{4}", lambda year: f"{int(year[0]) + by:04d}", text)


def through(first: str, last: str) -> str:
    """From the beginning of a date to the end of another."""
    return f"{first.partition('/')[0]}/{last.rpartition('/')[2]}"


def either(first: str, second: str) -> str:
    """One date or another, of months or of days where EDTF has no such set of what was told: spring or summer."""
    text = f"[{first},{second}]"
    if "/" not in text and is_date(text):
        return text
    days = (
        "..".join(dict.fromkeys(map(str, ends(without_codes(side))))) for side in (first, second)
    )
    return f"[{','.join(days)}]"


def marked(text: str, sign: str) -> str:
    """Date whose ends are about, or uncertain, or both: 1945%."""
    if text.partition("/")[0].endswith(("~", "%")) != text.endswith(
        ("~", "%")
    ):  # of a feast, or next to something
        text = MARKS.sub("", text)
    if text.endswith(("~", "?")):
        text, sign = re.sub("[~?]", "", text), sign if text.endswith(sign) else "%"
    plain = text if is_date(f"{text}{sign}") else without_codes(text)
    return "/".join(f"{end}{sign}" for end in plain.split("/"))


def doubted(when: str) -> str:
    """Date that was told with doubt: one alone is uncertain, of a set it is open as it is.

    >>> doubted("1945-11-03"), doubted("[1945-11-03,1945-11-04]")
    ('1945-11-03?', '[1945-11-03,1945-11-04]')
    """
    uncertain = marked(when, "?")
    return uncertain if is_date(uncertain) else when


def without_codes(text: str) -> str:
    """Date with months in place of EDTF's codes for parts of a year.

    >>> without_codes("1945-21~"), without_codes("1944-39/1945-37"), without_codes("1945")
    ('1945-03~/1945-05~', '1944-09/1945-04', '1945')
    """
    text = in_months(text)
    first, last = text.partition("/")[0], text.rpartition("/")[2]
    start, end = _CODED.search(first), _CODED.search(last)
    if not start and not end:
        return text
    begins = first if start is None else _month(start, first, 0)
    return f"{begins}/{last if end is None else _month(end, last, 1)}"


def _month(coded: re.Match[str], text: str, which: int) -> str:
    return f"{ends(coded[0])[which]:%Y-%m}{text[coded.end() :]}"
