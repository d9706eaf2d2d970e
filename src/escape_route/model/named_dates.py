"""What people call a stretch of days: early summer, the second week of May, Easter, Ramadan, the turn of the year.

A mark on one end alone tells what was told by a name from days or years that were told by their numbers.
"""

from __future__ import annotations

import re
from functools import lru_cache

from escape_route.model import calendars, named_spans

_SPAN = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-\d\d[~%]?/\d{4}-\d\d-\d\d")
_YEARS = re.compile(r"(\d\d)(\d\d)(~?)/\1(\d\d)(~?)")
#: Thirds of a decade and of a century by the last figures of their years.
_THIRDS_OF_YEARS = {
    ("0", "3"): ("decade", 0),
    ("4", "6"): ("decade", 1),
    ("7", "9"): ("decade", 2),
    ("00", "33"): ("century", 0),
    ("34", "66"): ("century", 1),
    ("67", "99"): ("century", 2),
}
_OWN_FEASTS = ("xmas", "easter", "whitsun", "lent", "holyweek", "advent", *named_spans.NAMED_DAYS)


@lru_cache(maxsize=1024)
def named(text: str) -> tuple[str, int, int] | None:
    """What a stretch of days is called: its kind, and two numbers of it; None where nobody calls it anything.

    Returns
    -------
    tuple or None
        A feast (``xmas``, ``orthodoxeaster``, ``passover``, ``tet``) or the ``turn`` of the year, with its year and 0;
        ``("week", month, number)``; or the season and its part, ``("season", 21 to 24, 0 to 2)``.

    Examples
    --------
    >>> named("1950-08-01/1950-09-22"), named("1945-05-08/1945-05-14"), named("1945-03-30/1945-04-02")
    (('season', 22, 2), ('week', 5, 2), ('easter', 1945, 0))
    >>> named("1943-04-19%/1943-04-27"), named("1943-04-19/1943-04-27")
    (('passover', 1943, 0), None)
    """
    found = _SPAN.fullmatch(text)
    if found is None or found[1] == "0000":
        return None
    year, month = int(found[1]), int(found[2])
    called = {f"{year:04d}-12-31/{year + 1:04d}-01-01": ("turn", year, 0)}
    called.update({days: (name, year, 0) for days, name in feasts_of(year).items()})
    for season, parts in named_spans.THIRDS.items():
        for part in range(len(parts)):
            begins = year - (season == named_spans.WINTER and part > 0)
            called[named_spans.third_of_season(begins, season, part)] = ("season", season, part)
    for number in range(named_spans.LAST_WEEK, 0, -1):
        called[named_spans.week(year, month, number)] = ("week", month, number)
    return called.get(text)


@lru_cache(maxsize=256)
def feasts_of(year: int) -> dict[str, str]:
    """Feasts of some days that begin in a year, by their dates; Easter is the one of both churches where it is one."""
    found = {named_spans.feast("easter", year, is_orthodox=True): "orthodoxeaster"}
    found.update({named_spans.feast(name, year): name for name in reversed(_OWN_FEASTS)})
    for name in calendars.FEASTS:
        found.update({days: name for days in calendars.feasts(name, year) if "/" in days})
    return found


def is_feast(text: str) -> bool:
    """Whether a date is a feast of some days."""
    return text[:4].isdecimal() and text[:4] != "0000" and text in feasts_of(int(text[:4]))


def feasts_at(first: str, last: str) -> tuple[str, str]:
    """Feasts that the ends of a stretch are, each end with the mark that tells of it; empty for other ends.

    Examples
    --------
    >>> feasts_at("1944-12-24~", "1945-04-02~"), feasts_at("1945-03-30~", ".."), feasts_at("1944-12-24", "1945-04-02")
    (('1944-12-24/1944-12-26', '1945-03-30/1945-04-02'), ('1945-03-30/1945-04-02', ''), ('', ''))
    """
    begins, ends = (
        feast_beside(day[:-1], day[-1], is_last=is_last) if day.endswith(("~", "%")) else ""
        for day, is_last in ((first, False), (last, True))
    )
    return begins, ends


def feast_beside(day: str, mark: str, *, is_last: bool) -> str:
    """Feast of a mark that a day is the first or the last of; empty for none."""
    if not re.fullmatch(r"(?!0000)\d{4}-\d\d-\d\d", day):
        return ""
    of_mark = (days for days in feasts_of(int(day[:4])) if ("%" in days) == (mark == "%"))
    ends = ((re.sub("[~%]", "", days).split("/")[is_last], days) for days in of_mark)
    return dict(ends).get(day, "")


def third_of_years(text: str) -> tuple[str, int] | None:
    """Whether years are the early, mid or late part (0 to 2) of a ``decade`` or a ``century``; None for others.

    Examples
    --------
    >>> third_of_years("1940/1943~"), third_of_years("1867~/1899"), third_of_years("1940/1943")
    (('decade', 0), ('century', 2), None)
    """
    found = _YEARS.fullmatch(text)
    if found is None or (found[3] == found[5]):
        return None
    told = _THIRDS_OF_YEARS.get((found[2], found[4]))
    if told is None and found[2][0] == found[4][0]:
        told = _THIRDS_OF_YEARS.get((found[2][1], found[4][1]))
    return told if told and (told[1] == 0) == (found[5] == "~") else None
