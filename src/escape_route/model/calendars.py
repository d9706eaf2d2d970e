"""Other calendars and eras as EDTF of the Gregorian one, feasts, and parts of a year that people have names for.

Months of the Islamic calendar began when the moon was seen: its days and months are given a day of
play on either side. Thai years began in April until 1940, and the one before 1941 had nine months.
Lunar dates are those of Korea, whose days are those of China in all but a few months. Jewish days
begin on the evening before.

A feast of some days has a mark on the first alone (1943-04-19%/1943-04-27): it began in the
evening, or when the moon was seen, and the mark tells it from days that somebody told. Ramadan and
the two feasts of Korea have none.

A mark on one end alone tells what was told by a name from days or years that were told by their
numbers. The third of a season reaches from where it begins by the months (summer from June) to
where it ends by the sun (summer to 22 September): "late summer" is both to different people.
Seasons are those of the north. The first week of a month is its first seven days. All three are
judgements.
"""

from __future__ import annotations

import re
import warnings
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter
from korean_lunar_calendar import KoreanLunarCalendar

from escape_route import packaged

_TABLE = packaged.table("model/feasts.toml")
ERAS: Mapping[str, tuple[int, int, int]] = _TABLE["eras"]
#: The last two Thai years that began in April; the latter ended in December.
_LAST_APRIL, _NINE_MONTHS, _APRIL = 2482, 2483, 4
_LUNAR_MONTHS = 12
_FIRST_LUNAR, _LAST_LUNAR = 1400, 2049
_ISLAMIC, _LUNAR, _HEBREW = (_TABLE[name] for name in ("islamic", "lunar", "hebrew"))
#: Tết is told of two days before the lunar year to two after its first; in 1985 it came a month
#: before China's.
_TET, _TET_APART = (-2, 2), {1985: date(1985, 1, 21)}
_PERSIAN_SINCE = 621
_JEWISH_YEARS = range(5000, 6000)
_PERSIAN_YEARS = range(1200, 1500)
_ADAR = 12
#: Years that nobody can have told of but by the Buddhist Era, with their month, or by Korea's of
#: Dangun.
_THAI = re.compile(r"(?<!\d)(2[456]\d\d)(?:-(\d\d))?(?!\d)")
_DANGUN = re.compile(r"(?<!\d)4[234]\d\d(?!\d)")
_UNMARKED = frozenset({"ramadan", "chuseok", "seollal"})
OTHER_FEASTS = (*_ISLAMIC, *_LUNAR, *_HEBREW, "tet", "nowruz")


def _of(calendar: str, call: str, *arguments: int) -> Any:  # noqa: ANN401  # a module without types
    """What a calendar of convertdate says: loaded when it is asked, for it loads thirty and most dates need none."""
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # of the library, about its own functions
        return getattr(import_module(f"convertdate.{calendar}"), call)(*arguments)


def _day(calendar: str, year: int, month: int, day: int) -> date:
    return date(*_of(calendar, "to_gregorian", year, month, day))


def year_of(era: str, count: int, month: int = 0) -> int | None:
    """Our year of a year of an era, in which a month (1 to 12, or 0) lies; None where the era has no such year.

    >>> year_of("juche", 34), year_of("showa", 20), year_of("be", 2475, 2), year_of("showa", 65)
    (1945, 1945, 1933, None)
    """
    away, first, last = ERAS[era]
    if not first <= count <= last:
        return None
    return count + away + (era == "be" and count <= _LAST_APRIL and 0 < month < _APRIL)


def thai_year(count: int) -> str | None:
    """Stretch of a Thai year that was not ours, for years until 2483 of the Buddhist Era; None for later ones.

    >>> thai_year(2475), thai_year(2483), thai_year(2484)
    ('1932-04/1933-03', '1940-04/1940-12', None)
    """
    year = count + ERAS["be"][0]
    if count > _NINE_MONTHS:
        return None
    return f"{year}-04/{year}-12" if count == _NINE_MONTHS else f"{year}-04/{year + 1}-03"


def old_style(year: int, month: int = 0, day: int = 0) -> str:
    """Day, month or year of the Julian calendar; a stretch of days for a month or a year.

    >>> old_style(1917, 10, 25), old_style(1917, 2), old_style(1917)
    ('1917-11-07', '1917-02-14/1917-03-13', '1917-01-14/1918-01-13')
    """
    if day:
        return f"{_day('julian', year, month, day)}"
    first = _day("julian", year, month or 1, 1)
    follows = (year + (month in {0, 12}), month % 12 + 1 if month else 1, 1)
    return f"{first}/{_day('julian', *follows) - timedelta(1)}"


def islamic_date(year: int, month: int = 0, day: int = 0) -> str:
    """Year of the Islamic calendar as our months that it touches; a month or a day as days, with one of play.

    >>> islamic_date(1364), islamic_date(1364, 9), islamic_date(1364, 9, 3)
    ('1944-12/1945-12', '1945-08-09/1945-09-09', '1945-08-11/1945-08-13')
    """
    if not month:
        return f"{_day('islamic', year, 1, 1)!s:.7}/{_day('islamic', year, 12, 29)!s:.7}"
    return _days(_day("islamic", year, month, day or 1), -1, 1 if day else 30)


def persian_year(year: int) -> str:
    """Year of the solar calendar of Iran and Afghanistan, as days.

    >>> persian_year(1324)
    '1945-03-21/1946-03-20'
    """
    first = _day("persian", year, 1, 1)
    return f"{first}/{_day('persian', year + 1, 1, 1) - timedelta(1)}"


def persian_date(year: int, month: int, day: int = 0) -> str | None:
    """Day or month of that calendar; None for a year that is not of it.

    >>> persian_date(1357, 11, 22), persian_date(1357, 11), persian_date(1945, 11)
    ('1979-02-11', '1979-01-21/1979-02-19', None)
    """
    if year not in _PERSIAN_YEARS:
        return None
    first = _day("persian", year, month, day or 1)
    return _days(first, 0, 0 if day else _of("persian", "month_length", year, month) - 1)


def jewish_date(year: int, month: int = 0, day: int = 0) -> str | None:
    """Day, month (the first is Nisan) or year of the Jewish calendar, each from the evening before; None for others.

    >>> jewish_date(5703, 1, 15), jewish_date(5703, 1), jewish_date(5703)
    ('1943-04-19/1943-04-20', '1943-04-05/1943-05-05', '1942-09/1943-09')
    """
    if year not in _JEWISH_YEARS:
        return None
    if not month:
        return f"{_day('hebrew', year, 7, 1)!s:.7}/{_day('hebrew', year + 1, 7, 1) - timedelta(1)!s:.7}"
    first = _day("hebrew", year, month, day or 1)
    return _days(first, -1, 0 if day else _of("hebrew", "month_days", year, month) - 1)


def lunar_date(year: int, month: int, day: int = 0, *, is_leap: bool = False) -> str | None:
    """Day of the Korean lunar calendar, or a month of it as days; None where there is no such day.

    >>> lunar_date(1945, 8, 15), lunar_date(1945, 8), lunar_date(1945, 8, 31)
    ('1945-09-20', '1945-09-06/1945-10-05', None)
    """
    if not _FIRST_LUNAR <= year <= _LAST_LUNAR or not 1 <= month <= _LUNAR_MONTHS:
        return None
    calendar = KoreanLunarCalendar()
    if day:
        if calendar.setLunarDate(year, month, day, is_leap):
            return str(calendar.SolarIsoFormat())
        return None
    ends = [lunar_date(year, month, number, is_leap=is_leap) for number in (1, 29, 30)]
    return f"{ends[0]}/{ends[2] or ends[1]}" if ends[0] else None


def feasts_within(name: str, span: str) -> Iterator[str]:
    """Days of a feast that begins within the days or months of a year of another calendar.

    >>> list(feasts_within("nowruz", persian_year(1358))), list(feasts_within("ashura", persian_year(1357)))
    (['1979-03-20~/1979-03-22'], ['1978-12-10%/1978-12-12'])
    """
    first, last = span.split("/")
    for year in range(int(first[:4]), int(last[:4]) + 1):
        for feast in feasts(name, year):
            middle = f"{date.fromisoformat(feast[:10]) + timedelta('/' in feast)}"
            yield from [feast] if first <= middle <= f"{last}-99" else []


def thai_or_ours(text: str) -> str | None:
    """Date of the Buddhist Era, or of Dangun's, that one of a year far from coming may be; None for any other.

    >>> thai_or_ours("2518"), thai_or_ours("2518-04-17"), thai_or_ours("1975"), thai_or_ours("2475")
    ('1975', '1975-04-17', None, '1932-04/1933-03')
    >>> thai_or_ours("4283-06")
    '1950-06'
    """
    if _DANGUN.search(text):
        return _DANGUN.sub(lambda match: str(year_of("dangun", int(match[0]))), text)
    if not _THAI.search(text):
        return None
    if text.isdecimal() and (year := thai_year(int(text))):
        return year
    return _THAI.sub(
        lambda match: f"{year_of('be', int(match[1]), int(match[2] or 0))}{match[0][4:]}", text
    )


def feasts(name: str, year: int) -> Iterator[str]:
    """Days of a feast of another calendar that begins in one of our years: a feast of the moon may come twice.

    >>> list(feasts("chuseok", 1945)), list(feasts("ramadan", 1945))
    (['1945-09-19/1945-09-21'], ['1945-08-09/1945-09-09'])
    >>> list(feasts("passover", 1943)), list(feasts("purim", 1946)), list(feasts("tet", 1979))
    (['1943-04-19%/1943-04-27'], ['1946-03-16%/1946-03-17'], ['1979-01-26~/1979-01-30'])
    """
    if name in _UNMARKED:
        mark = ""
    elif name in _ISLAMIC or name in _HEBREW:
        mark = "%"
    else:
        mark = "~"
    yield from (day.replace("/", f"{mark}/") for day in _feast_days(name, year))


def _feast_days(name: str, year: int) -> Iterator[str]:
    with suppress(ValueError, OverflowError):
        if name in _LUNAR:
            month, day, around = _LUNAR[name]
            new_year = lunar_date(year, month, day)
            yield from [_days(date.fromisoformat(new_year), -around, around)] if new_year else []
        elif name in _HEBREW:
            yield from _feasts_of_the_moon("hebrew", _HEBREW[name], year)
        elif name == "tet":
            first = _TET_APART.get(year) or date.fromisoformat(lunar_date(year, 1, 1) or "")
            yield _days(first, *_TET)
        elif name == "nowruz":
            yield _days(_day("persian", year - _PERSIAN_SINCE, 1, 1), -1, 1)
        else:
            yield from _feasts_of_the_moon("islamic", _ISLAMIC[name], year)


def _feasts_of_the_moon(calendar: str, feast: Sequence[int], year: int) -> Iterator[str]:
    """Days of a feast that begins in one of our years, with the evening before; Purim of a leap year in its last month.

    A feast of the Islamic calendar has a day of play at its other end.
    """
    month, day, more = feast
    about = _of(calendar, "from_gregorian", year, 1, 1)[0]
    for turn in (about, about + 1):
        is_later = calendar == "hebrew" and month == _ADAR and _of("hebrew", "leap", turn)
        starts = _day(calendar, turn, month + is_later, day)
        if starts.year == year:
            yield _days(starts, -1, more + (calendar == "islamic"))


def _days(day: date, before: int, after: int) -> str:
    first, last = day + timedelta(before), day + timedelta(after)
    return f"{first}" if first == last else f"{first}/{last}"


def is_julian_for(julian: str, ours: str) -> bool:
    """Whether a day told as two, 25 October (7 November) 1917, is one: Julian, then Gregorian."""
    with suppress(ValueError):
        return old_style(*map(int, julian.split("-"))) == ours
    return False


#: Seasons that cross the new year, and so may be of two years: 1940/41.
OF_TWO_YEARS = frozenset({24, 28, 30})
#: First and last days of early, mid and late, as month and day, per season of the north, and of the
#: south (29 to 32). Those of the south end a day beside those of the north, by which the one is
#: known from the other.
THIRDS = {
    21: ("03-01 04-20", "04-01 05-21", "05-01 06-20"),
    22: ("06-01 07-21", "07-01 08-22", "08-01 09-22"),
    23: ("09-01 10-22", "10-01 11-21", "11-01 12-20"),
    24: ("12-01 01-20", "01-01 02-19", "02-01 03-20"),
    29: ("09-01 10-21", "10-01 11-20", "11-01 12-21"),
    30: ("12-01 01-21", "01-01 02-20", "02-01 03-21"),
    31: ("03-01 04-21", "04-01 05-22", "05-01 06-21"),
    32: ("06-01 07-22", "07-01 08-23", "08-01 09-21"),
}
LAST_WEEK = 5
_WEEK = timedelta(days=6)
_MOVABLE, _FIXED, _BEFORE_ADVENT = (
    _TABLE[name] for name in ("from_easter", "fixed", "before_advent")
)
SAME_EVERY_YEAR = frozenset(_TABLE["marked"])
_MARKED = SAME_EVERY_YEAR | {"holyweek"}
OUR_FEASTS = (*_MOVABLE, *_FIXED, "advent", *_BEFORE_ADVENT)
_OWN_FEASTS = ("xmas", "easter", "whitsun", "lent", "holyweek", "advent", *_TABLE["marked"])
_SPAN = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-\d\d[~%]?/\d{4}-\d\d-\d\d")
_YEARS = re.compile(r"(\d\d)(\d\d)(~?)/\1(\d\d)(~?)")
#: Thirds of a decade and of a century by the last figures of their years.
_THIRDS_OF_YEARS = {
    **{ends: ("decade", part) for part, ends in enumerate((("0", "3"), ("4", "6"), ("7", "9")))},
    **{
        ends: ("century", part)
        for part, ends in enumerate((("00", "33"), ("34", "66"), ("67", "99")))
    },
}
_MEANT = re.compile(r"(<?)([\d-]+)(?:/([\d-]+))?(.*)")


def third_of_season(year: int, season: int, part: int) -> str:
    """Days of the early, mid or late part (0 to 2) of a season (21 to 32); of a winter by the year that it begins in.

    >>> third_of_season(1950, 22, 2), third_of_season(1944, 24, 2), third_of_season(1973, 29, 2)
    ('1950-08-01/1950-09-22', '1945-02-01/1945-03-20', '1973-11-01/1973-12-21')
    """
    first, last = THIRDS[season if season in THIRDS else season - 4][part].split()
    begins = year + (season in OF_TWO_YEARS and first < last)
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

    A feast (``xmas``, ``orthodoxeaster``, ``passover``, ``tet``) or the ``turn`` of the year, with
    its year and 0;
    ``("week", month, number)``; or the season and its part, ``("season", 21 to 32, 0 to 2)``.

    >>> named("1950-08-01/1950-09-22"), named("1945-05-08/1945-05-14"), named("1945-03-30/1945-04-02")
    (('season', 22, 2), ('week', 5, 2), ('easter', 1945, 0))
    >>> named("1943-04-19%/1943-04-27"), named("1943-04-19/1943-04-27")
    (('passover', 1943, 0), None)
    """
    match = _SPAN.fullmatch(text)
    if match is None or match[1] == "0000":
        return None
    year, month = int(match[1]), int(match[2])
    called = {f"{year:04d}-12-31/{year + 1:04d}-01-01": ("turn", year, 0)}
    called.update({days: (name, year, 0) for days, name in feasts_of(year).items()})
    for season, parts in THIRDS.items():
        for part in range(len(parts)):
            begins = year - (season in OF_TWO_YEARS and part > 0)
            called[third_of_season(begins, season, part)] = ("season", season, part)
    for number in range(LAST_WEEK, 0, -1):
        called[week(year, month, number)] = ("week", month, number)
    return called.get(text)


@lru_cache(maxsize=256)
def feasts_of(year: int) -> dict[str, str]:
    """Feasts of some days that begin in a year, by their dates; Easter is the one of both churches where it is one."""
    names = {feast("easter", year, is_orthodox=True): "orthodoxeaster"}
    names.update({feast(name, year): name for name in reversed(_OWN_FEASTS)})
    for name in OTHER_FEASTS:
        names.update({days: name for days in feasts(name, year) if "/" in days})
    return names


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
    """Feast of a mark that a day is the first or the last of; empty for none.

    Those of the same days of every year are none here: nobody who was told 19 March meant the
    equinox.
    """
    if not re.fullmatch(r"(?!0000)\d{4}-\d\d-\d\d", day):
        return ""
    of_mark = (
        days
        for days, name in feasts_of(int(day[:4])).items()
        if ("%" in days) == (mark == "%") and name not in SAME_EVERY_YEAR
    )
    ends = ((re.sub("[~%]", "", days).split("/")[is_last], days) for days in of_mark)
    return dict(ends).get(day, "")


def third_of_years(text: str) -> tuple[str, int] | None:
    """Whether years are the early, mid or late part (0 to 2) of a ``decade`` or a ``century``; None for others.

    >>> third_of_years("1940/1943~"), third_of_years("1867~/1899"), third_of_years("1940/1943")
    (('decade', 0), ('century', 2), None)
    """
    match = _YEARS.fullmatch(text)
    if match is None or (match[3] == match[5]):
        return None
    third = _THIRDS_OF_YEARS.get((match[2], match[4]))
    if third is None and match[2][0] == match[4][0]:
        third = _THIRDS_OF_YEARS.get((match[2][1], match[4][1]))
    return third if third and (third[1] == 0) == (match[5] == "~") else None


def ways(plain_text: str, year: str) -> str:
    """How to write the season that a text names, of a year of four figures; empty where it names none.

    >>> ways("the dry season of 1978", "1978").partition(",")[0], ways("diwali 1971", "1971"), ways("spring", "1978")
    ('1977-11/1978-04 (in Indochina', '1971-10-13/1971-11-15', '')
    """
    match = _pattern().search(plain_text)
    return ", or ".join(_way(name, int(year)) for name in _seasons()[match[0]]) if match else ""


def _way(means: str, year: int) -> str:
    before, first, last, where = _MEANT.fullmatch(means).groups()  # type: ignore[union-attr]  # the table is ours
    year -= bool(before)
    ends = [f"{year:04d}-{first}", *([f"{year + (last < first):04d}-{last}"] if last else [])]
    return "/".join(ends) + (f" ({where.strip()})" if where else "")


@cache
def _seasons() -> Mapping[str, tuple[str, ...]]:
    rows = packaged.table("model/date_seasons.toml")["season"]
    return {word: tuple(row["means"]) for row in rows for word in row["words"].split(", ")}


@cache
def _pattern() -> re.Pattern[str]:
    """Each of the words, the longest first; a word of letters that blanks part is whole."""
    words = sorted(_seasons(), key=len, reverse=True)
    return re.compile(
        "|".join(rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in words)
    )
