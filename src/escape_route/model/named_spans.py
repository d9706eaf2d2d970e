"""Parts of a year that people have names for and EDTF has none, as days: thirds of a season, weeks, feasts.

A mark on one end alone tells what was told by a name from days or years that were told by their numbers.
The third of a season reaches from where it begins by the months (summer from June) to where it ends by the sun (summer
to 22 September): "late summer" is both to different people. Seasons are those of the north. The first week of a month
is its first seven days. All three are judgements.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache, lru_cache

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

from escape_route import packaged
from escape_route.model import calendars

WINTER = 24
#: First and last days of early, mid and late, as month and day, per season.
THIRDS = {
    21: ("03-01 04-20", "04-01 05-21", "05-01 06-20"),
    22: ("06-01 07-21", "07-01 08-22", "08-01 09-22"),
    23: ("09-01 10-22", "10-01 11-21", "11-01 12-20"),
    24: ("12-01 01-20", "01-01 02-19", "02-01 03-20"),
}
LAST_WEEK = 5
_WEEK = timedelta(days=6)
_FEASTS = packaged.table("model/feasts.toml")
_MOVABLE, _FIXED, _BEFORE_ADVENT = (_FEASTS[name] for name in ("from_easter", "fixed", "before_advent"))
_MARKED = frozenset({"holyweek", *_FEASTS["marked"]})
FEASTS = (*_MOVABLE, *_FIXED, "advent", *_BEFORE_ADVENT)
_OWN_FEASTS = ("xmas", "easter", "whitsun", "lent", "holyweek", "advent", *_FEASTS["marked"])
_SPAN = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-\d\d[~%]?/\d{4}-\d\d-\d\d")
_YEARS = re.compile(r"(\d\d)(\d\d)(~?)/\1(\d\d)(~?)")
#: Thirds of a decade and of a century by the last figures of their years.
_THIRDS_OF_YEARS = {
    **{ends: ("decade", part) for part, ends in enumerate((("0", "3"), ("4", "6"), ("7", "9")))},
    **{ends: ("century", part) for part, ends in enumerate((("00", "33"), ("34", "66"), ("67", "99")))},
}
_MEANT = re.compile(r"(<?)([\d-]+)(?:/([\d-]+))?(.*)")


def third_of_season(year: int, season: int, part: int) -> str:
    """Days of the early, mid or late part (0 to 2) of a season (21 to 24); of a winter by the year that it begins in.

    >>> third_of_season(1950, 22, 2), third_of_season(1944, 24, 2)
    ('1950-08-01/1950-09-22', '1945-02-01/1945-03-20')
    """
    first, last = THIRDS[season][part].split()
    begins = year + (season == WINTER and first < last)
    return f"{begins:04d}-{first}/{begins + (last < first):04d}-{last}"


def week(year: int, month: int, number: int) -> str:
    """Days of a week of a month, by sevens from its first; 5 is the last seven days.

    >>> week(1945, 5, 2), week(1945, 5, LAST_WEEK)
    ('1945-05-08/1945-05-14', '1945-05-25/1945-05-31')
    """
    days = monthrange(year, month)[1]
    first = date(year, month, days - 6 if number == LAST_WEEK else 7 * number - 6)
    return f"{first}/{first + _WEEK}"


def week_from(year: int, month: int, day: int) -> str | None:
    """Seven days from one on; None where there is no such day."""
    try:
        first = date(year, month, day)
    except ValueError:
        return None
    return f"{first}/{first + _WEEK}"


def sunday_of_advent(year: int, number: int) -> str:
    """First to fourth Sunday of Advent.

    >>> sunday_of_advent(1944, 1), sunday_of_advent(1944, 4)
    ('1944-12-03', '1944-12-24')
    """
    before = date(year, 12, 24)
    return f"{before - timedelta((before.weekday() + 1) % 7 + 7 * (4 - number))}"


def feast(name: str, year: int, *, is_orthodox: bool = False) -> str:
    """Days of a feast of a year.

    >>> feast("easter", 1945), feast("whitsunday", 1945), feast("eastersunday", 1945, is_orthodox=True)
    ('1945-03-30/1945-04-02', '1945-05-20', '1945-05-06')
    """
    if name == "advent":  # from the fourth Sunday before Christmas
        first, last = sunday_of_advent(year, 1), f"{year:04d}-12-24"
    elif name in _BEFORE_ADVENT:
        day = date.fromisoformat(sunday_of_advent(year, 4)) - timedelta(_BEFORE_ADVENT[name])
        first, last = f"{day}", f"{day}"
    elif name in _FIXED:
        first, last = (f"{year:04d}-{day}" for day in _FIXED[name])
    else:
        sunday = easter(year, EASTER_ORTHODOX if is_orthodox else EASTER_WESTERN)
        first, last = (f"{sunday + timedelta(days=away)}" for away in _MOVABLE[name])
    return first if first == last else f"{first}{'~' * (name in _MARKED)}/{last}"


@lru_cache(maxsize=1024)
def named(text: str) -> tuple[str, int, int] | None:
    """What a stretch of days is called: its kind, and two numbers of it; None where nobody calls it anything.

    A feast (``xmas``, ``orthodoxeaster``, ``passover``, ``tet``) or the ``turn`` of the year, with its year and 0;
    ``("week", month, number)``; or the season and its part, ``("season", 21 to 24, 0 to 2)``.

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
    for season, parts in THIRDS.items():
        for part in range(len(parts)):
            begins = year - (season == WINTER and part > 0)
            called[third_of_season(begins, season, part)] = ("season", season, part)
    for number in range(LAST_WEEK, 0, -1):
        called[week(year, month, number)] = ("week", month, number)
    return called.get(text)


@lru_cache(maxsize=256)
def feasts_of(year: int) -> dict[str, str]:
    """Feasts of some days that begin in a year, by their dates; Easter is the one of both churches where it is one."""
    found = {feast("easter", year, is_orthodox=True): "orthodoxeaster"}
    found.update({feast(name, year): name for name in reversed(_OWN_FEASTS)})
    for name in calendars.FEASTS:
        found.update({days: name for days in calendars.feasts(name, year) if "/" in days})
    return found


def is_feast(text: str) -> bool:
    """Whether a date is a feast of some days."""
    return text[:4].isdecimal() and text[:4] != "0000" and text in feasts_of(int(text[:4]))


def feasts_at(first: str, last: str) -> tuple[str, str]:
    """Feasts that the ends of a stretch are, each end with the mark that tells of it; empty for other ends.

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


def ways(plain_text: str, year: str) -> str:
    """How to write the season that a text names, of a year of four figures; empty where it names none.

    >>> ways("the dry season of 1978", "1978").partition(",")[0], ways("diwali 1971", "1971"), ways("spring", "1978")
    ('1977-11/1978-04 (in Indochina', '1971-10-13/1971-11-15', '')
    """
    found = _pattern().search(plain_text)
    return ", or ".join(_way(each, int(year)) for each in _seasons()[found[0]]) if found else ""


def _way(means: str, year: int) -> str:
    """One stretch of a year with where it is meant."""
    before, first, last, where = _MEANT.fullmatch(means).groups()  # type: ignore[union-attr]  # the table is ours
    year -= bool(before)
    ends = [f"{year:04d}-{first}", *([f"{year + (last < first):04d}-{last}"] if last else [])]
    return "/".join(ends) + (f" ({where.strip()})" if where else "")


@cache
def _seasons() -> Mapping[str, tuple[str, ...]]:
    """What each word may mean."""
    rows = packaged.table("model/date_seasons.toml")["season"]
    return {word: tuple(row["means"]) for row in rows for word in row["words"].split(", ")}


@cache
def _pattern() -> re.Pattern[str]:
    """Each of the words, the longest first; a word of letters that blanks part is whole."""
    words = sorted(_seasons(), key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(each)}\b" if each.isascii() else re.escape(each) for each in words))
