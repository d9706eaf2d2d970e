"""One date of a row of signs: the kinds of its signs say its form, whatever their order."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta

from escape_route.model import calendars, date_steps

Kinds = Mapping[str, str]

_YEAR = re.compile(r"\d{4}")
_NEXT = re.compile(r"\d{1,2}(?:\d\d)?")
_SUMMER, _SUMMER_SOUTH, _CENTURIES, _LAST_ISLAMIC, _QUARTERS, _LAST_OF_CENTURY = (
    22,
    30,
    21,
    1500,
    4,
    99,
)
_SUNDAYS_OF_ADVENT = 4
_LAST_THIRD = 2
_DAYS = 31  # of a month: more is a year of two figures
_STROKES = frozenset({"/", "-"})
_COUNTED = frozenset({*calendars.ERAS, "ah", "sh", "am", "bce"})
_FEASTS = frozenset(
    {
        *calendars.OUR_FEASTS,
        "orthodoxeaster",
        "orthodoxwhitsunday",
        "midsummer",
        *calendars.OTHER_FEASTS,
    }
)
#: Kinds of signs that are a letter and a number, and of whole words.
_LETTERS = {
    "t": "tens",
    "m": "month",
    "s": "season",
    "p": "part",
    "h": "half",
    "o": "ordinal",
    "w": "weekday",
    "i": "islamic",
    "e": "jewish",
    "j": "persian",
}
_ALONE = (
    "century decade os week turn betweenyears halfof lunar leap quarter firstmoon lastmoon moonend"
)
_WHOLE = {sign: sign for sign in (*_ALONE.split(), *_COUNTED)} | dict.fromkeys(_FEASTS, "feast")


def date_of(
    signs: Sequence[str], *, lender: Sequence[str] = (), lent: Sequence[str] = ()
) -> Iterator[str]:
    """Dates of a row of signs, as `date_words` gives them, with the kinds that another row lends it.

    `lender` are signs of the other end of a stretch, `lent` the kinds that are taken from there:
    "5" of "5 to 7 May 1945".
    """
    own = _kinds(signs)
    if own is None or not own:
        return
    if lent:
        own = _with_lent(own, _kinds(lender) or {}, lent, are_months="month" in lender)
    for kinds in _in_our_years(own) if own else ():
        yield from _made(kinds)


def _with_lent(
    own: dict[str, str], lender: Kinds, lent: Sequence[str], *, are_months: bool
) -> dict[str, str] | None:
    """Kinds with what the other end lends; None where that is all that it has, or nothing."""
    if (
        are_months and "day" in own and "month" not in own and "day" not in lender
    ):  # 5-6월: both are months
        month = f"m{int(own.pop('day')):02d}"
        return {"year": lender.get("year", ""), **own, "month": month}
    eras = _COUNTED & lender.keys()
    taken = {
        kind: lender[kind]
        for kind in (*lent, *eras, *(["count"] if eras else []))
        if kind in lender
    }
    if not taken.keys() - own.keys() or not lender.keys() - taken.keys():
        return None
    return {**taken, **own}


def _made(kinds: Kinds) -> Iterator[str]:
    weekday = kinds.get("weekday")
    weekday = None if frozenset(kinds) in _FORMS else weekday
    maker = _FORMS.get(frozenset(kinds)) or _FORMS.get(frozenset(kinds.keys() - {"weekday"}))
    made: str | list[str] | None = None
    with suppress(ValueError, OverflowError):  # a feast of the year 0, a week beyond the year 9999
        made = maker(kinds) if maker else None
    for edtf in [made] if isinstance(made, str) else made or []:
        yield from [edtf] if weekday is None else _on(edtf, int(weekday[1:]))


def _on(text: str, weekday: int) -> Iterator[str]:
    """A day that is told with its day of the week; where they differ, it and the nearest that is such a day."""
    with suppress(ValueError):
        day = date.fromisoformat(text)
        away = (weekday - day.weekday() + 3) % 7 - 3
        yield from [text, f"{day + timedelta(away)}"] if away else [text]


def _in_our_years(kinds: dict[str, str]) -> Iterator[Kinds]:
    """Kinds with a year of an era as ours; a year that is told beside it must be the same: Juche 34 (1945)."""
    era = next((name for name in calendars.ERAS if name in kinds), None)
    if era is None or "count" not in kinds:
        yield kinds
        return
    rest = {kind: value for kind, value in kinds.items() if kind not in {era, "count"}}
    count, month = int(kinds["count"]), int(kinds.get("month", "m0")[1:])
    year = calendars.year_of(era, count, month)
    if year is None or rest.get("year", f"{year:04d}") != f"{year:04d}":
        return
    is_thai = era == "be" and not rest.keys() - {"year"} and calendars.thai_year(count) is not None
    yield {"thai": str(count)} if is_thai else {**rest, "year": f"{year:04d}"}


def _kinds(signs: Sequence[str]) -> dict[str, str] | None:
    """Signs by what they are; None where one is none of a date, or stands twice."""
    by_kind: dict[str, str] = {}
    for at, sign in enumerate(signs):
        follows = signs[at + 1] if at + 1 < len(signs) else ""
        before = signs[at - 1] if at else ""
        kind, value = _kind(sign, follows, before, is_told="year" in by_kind)
        if kind in by_kind or kind == "none":
            return None
        if kind:
            by_kind[kind] = value
    return by_kind


def _kind(sign: str, follows: str, before: str, *, is_told: bool) -> tuple[str, str]:
    """Kind and value of a sign, with those beside it and whether there is a year; no kind for what says nothing."""
    if sign in {"year", "day", "month", "n1"}:
        return ("none", "") if sign == "day" and _YEAR.fullmatch(before) else ("", "")
    if sign in _STROKES:
        if before and (before[:1] == "p" or _NEXT.fullmatch(follows)):
            return ("", "")
        return ("none", "")
    if sign.isdecimal():
        return _number(sign, follows, before, is_told=is_told)
    is_lettered = sign[:1] in _LETTERS and sign[1:].isdecimal()
    return (_LETTERS[sign[0]] if is_lettered else _WHOLE.get(sign, "none")), sign


def _number(sign: str, follows: str, before: str, *, is_told: bool) -> tuple[str, str]:
    if before in _STROKES and is_told:
        return "next", sign
    if (before in _COUNTED and (before != "ah" or len(sign) > 2)) or (  # noqa: PLR2004  # 12 May BE 2488
        follows in _COUNTED and len(sign) > 2  # noqa: PLR2004  # 12 May BE 2488
    ):
        return "count", sign
    if follows == "month":
        return "month", f"m{int(sign):02d}"
    if _YEAR.fullmatch(sign):
        return "year", sign
    is_day = len(sign) <= 2 and follows not in {"year", *_COUNTED}  # noqa: PLR2004  # days of a month
    return ("day", sign) if is_day else ("count", sign)


def _season(kinds: Kinds) -> list[str]:
    """Season of a year; a winter of two years is its three months, and a summer of two years is of the south."""
    year, season = int(kinds["year"]), int(kinds["season"][1:])
    if "next" in kinds:
        code = _of_two_years(kinds)
        return [f"{year:04d}-30"] * (code == _SUMMER_SOUTH) or [
            f"{year:04d}-12/{year + 1:04d}-02"
        ] * bool(code)
    begins = (year - 1, year) if season == _SUMMER_SOUTH else (year,)
    return [f"{begun:04d}-{season}" for begun in begins]


def _of_two_years(kinds: Kinds) -> int | None:
    """Season of two years that follow one another; None where none is, or other years are told."""
    season = {_SUMMER: _SUMMER_SOUTH}.get(code := int(kinds["season"][1:]), code)
    follows = str(int(kinds["year"]) + 1).endswith(kinds["next"])
    return season if season in calendars.OF_TWO_YEARS and follows else None


def _third_of_season(kinds: Kinds) -> list[str]:
    """Third of a season; the middle or end of a winter that is told by one year is of that winter or of the next."""
    year, season, part = int(kinds["year"]), int(kinds["season"][1:]), int(kinds["part"][1:])
    if "next" in kinds:
        code = _of_two_years(kinds)
        return [calendars.third_of_season(year, code, part)] if code else []
    begins = (year - 1, year) if season in calendars.OF_TWO_YEARS and part else (year,)
    return [calendars.third_of_season(begun, season, part) for begun in begins]


def _week(kinds: Kinds) -> str | None:
    """Week of a month by its number, or the one from a day on: the third week of May, the week of 7 May."""
    year, month = int(kinds["year"]), int(kinds["month"][1:])
    signs = list(kinds)
    if "ordinal" not in kinds and signs.index("week") < signs.index("day"):
        return calendars.week_from(year, month, int(kinds["day"]))
    number = int(kinds["ordinal"][1:] if "ordinal" in kinds else kinds["day"])
    return calendars.week(year, month, number) if 1 <= number <= calendars.LAST_WEEK else None


def _turn(kinds: Kinds) -> list[str]:
    """Turn of two years that follow one another: the last day and the first; of one year it is either end."""
    if "next" in kinds:
        years = _two_years(kinds)
        return ["{}-12-31/{}-01-01".format(*years.split("/"))] if years else []
    year = int(kinds["year"])
    return [f"{begun:04d}-12-31/{begun + 1:04d}-01-01" for begun in (year - 1, year)]


def _decade(kinds: Kinds) -> list[str]:
    """Decade; the 1800s are ten years to some, and a century to others."""
    year = kinds["year"]
    return [f"{year[:3]}X"] * year.endswith("0") + [f"{year[:2]}XX"] * year.endswith("00")


def _third_of_decade(kinds: Kinds) -> list[str]:
    year, part = kinds["year"], int(kinds["part"][1:])
    first, last = ((0, 3), (4, 6), (7, 9))[part]
    if not year.endswith("0"):
        return []
    of_decade = _about_inside(f"{year[:3]}{first}", f"{year[:3]}{last}", part)
    if year.endswith("00"):
        of_century = _part_of_century({**kinds, "day": str(int(year[:2]) + 1)})
    else:
        of_century = None
    return [of_decade, of_century] if of_century else [of_decade]


def _about_inside(first: str, last: str, part: int) -> str:
    """Years of a third of something; the end inside it has a mark, which tells it from years that were told."""
    return f"{first}/{last}~" if part == 0 else f"{first}~/{last}"


def _half_of_decade(kinds: Kinds) -> list[str]:
    year, half = kinds["year"], int(kinds["half"][1:])
    halves = [f"{year[:3]}{5 * half}/{year[:3]}{5 * half + 4}"] * year.endswith("0")
    return halves + [f"{year[:2]}{50 * half:02d}/{year[:2]}{50 * half + 49}"] * year.endswith("00")


def _weekday_of_month(kinds: Kinds) -> str | None:
    year, month, number = int(kinds["year"]), int(kinds["month"][1:]), int(kinds["ordinal"][1:])
    first, days = monthrange(year, month)
    days_of_it = [*range(1 + (int(kinds["weekday"][1:]) - first) % 7, days + 1, 7)]
    day = days_of_it[-1] if number == calendars.LAST_WEEK else days_of_it[number - 1]
    return f"{year:04d}-{month:02d}-{day:02d}"


def _third_of_month(kinds: Kinds) -> str:
    year, month = kinds["year"], kinds["month"][1:]
    days = monthrange(int(year), int(month))[1]
    first, last = ((1, 10), (11, 20), (21, days))[int(kinds["part"][1:])]
    return f"{year}-{month}-{first:02d}/{year}-{month}-{last:02d}"


def _half_of(kinds: Kinds) -> str | None:
    if "half" not in kinds:
        number = kinds.get("day") or kinds["ordinal"][1:]
    else:
        number = str(int(kinds["half"][1:]) + 1)
    if number not in {"1", "2"}:
        return None
    year, month, is_first = kinds["year"], kinds.get("month", "m")[1:], number == "1"
    if not month:
        return _months(year, 1 if is_first else 7, 6)
    first, last = (1, 15) if is_first else (16, monthrange(int(year), int(month))[1])
    return f"{year}-{month}-{first:02d}/{year}-{month}-{last:02d}"


def _of_a_century(kinds: Kinds) -> list[str]:
    """Date whose year is told by its last figures: of this century or of the last, as far as anybody tells."""
    two = int(kinds.get("day") or kinds.get("count") or kinds["tens"][1:])
    rest = {kind: value for kind, value in kinds.items() if kind not in {"day", "count", "tens"}}
    if "tens" in kinds:
        rest["decade"] = "decade"
    is_year = two <= _LAST_OF_CENTURY
    return [
        made
        for year in ("19", "18")
        for made in _made({**rest, "year": f"{year}{two:02d}"})
        if is_year
    ]


def _quarter(kinds: Kinds) -> str | None:
    number = int(kinds["ordinal"][1:] if "ordinal" in kinds else kinds.get("day") or 0)
    last_of = _QUARTERS if number > _QUARTERS and "ordinal" in kinds else number
    return _months(kinds["year"], 3 * last_of - 2, 3) if 1 <= last_of <= _QUARTERS else None


def _months(year: str, first: int, count: int) -> str:
    return f"{year}-{first:02d}/{year}-{first + count - 1:02d}"


def _century(kinds: Kinds) -> str | None:
    number = int(kinds["day"])
    return f"{number - 1:02d}XX" if 1 <= number <= _CENTURIES else None


def _part_of_century(kinds: Kinds) -> str | None:
    number = int(kinds["day"])
    parts = ((0, 33), (34, 66), (67, 99)) if "part" in kinds else ((0, 49), (50, 99))
    part = int((kinds.get("part") or kinds["half"])[1:])
    first, last = (f"{number - 1:02d}{decade:02d}" for decade in parts[part])
    if not 1 <= number <= _CENTURIES:
        return None
    return _about_inside(first, last, part) if "part" in kinds else f"{first}/{last}"


def _two_years(kinds: Kinds) -> str | None:
    """Two years that follow one another, the second by its last figures: 1941/42."""
    following = str(int(kinds["year"]) + 1)
    return f"{kinds['year']}/{following}" if following.endswith(kinds["next"]) else None


def _feast(kinds: Kinds) -> list[str]:
    name, year = kinds["feast"], int(kinds["year"])
    if name == "midsummer":  # the feast of June, or the middle of summer
        return [f"{year:04d}-06-20/{year:04d}-06-26", calendars.third_of_season(year, 22, 1)]
    if name in calendars.OTHER_FEASTS:
        return [*calendars.feasts(name, year)]
    if name in calendars.OUR_FEASTS:
        return [calendars.feast(name, year)]
    return [calendars.feast(name.removeprefix("orthodox"), year, is_orthodox=True)]


def _third_of_feast(kinds: Kinds) -> list[str]:
    """Early, mid or late part of a feast of weeks: the end of Ramadan; the end inside it has a mark."""
    return [
        third
        for feast in _feast(kinds)
        if (third := date_steps.third(feast, int(kinds["part"][1:])))
    ]


def _feast_of_other_year(kinds: Kinds) -> list[str]:
    count, name = int(kinds["count"]), kinds["feast"]
    span = calendars.islamic_date(count) if "ah" in kinds else calendars.persian_year(count)
    return [*calendars.feasts_within(name, span)] if name in calendars.OTHER_FEASTS else []


def _sunday_of_advent(kinds: Kinds) -> str | None:
    number = int(kinds.get("day") or kinds["ordinal"][1:])
    is_one = kinds["feast"] == "advent" and 1 <= number <= _SUNDAYS_OF_ADVENT
    return calendars.sunday_of_advent(int(kinds["year"]), number) if is_one else None


def _last_moon(kinds: Kinds) -> list[str]:
    """Last month of the lunar calendar, which the year that it is told by begins with, or is followed by."""
    return [
        moon for year in (-1, 0) if (moon := calendars.lunar_date(int(kinds["year"]) + year, 12))
    ]


def _day_of(kinds: Kinds) -> str:
    return f"{kinds['year']}-{int(kinds['month'][1:]):02d}-{int(kinds['day']):02d}"


def _lunar(kinds: Kinds) -> str | None:
    month, *day = _month_and_day(kinds)
    return calendars.lunar_date(int(kinds["year"]), month, *day, is_leap="leap" in kinds)


def _in_moon(kinds: Kinds) -> list[str]:
    """Last day of a month of the lunar calendar, or about a third of it; of the last month, of either year."""
    if "lastmoon" in kinds:
        moons = [(int(kinds["year"]) + year, 12) for year in (-1, 0)]
    else:
        moons = [(int(kinds["year"]), 1 if "firstmoon" in kinds else _month_and_day(kinds)[0])]
    made = []
    for year, month in moons:
        is_leap = "leap" in kinds
        whole = calendars.lunar_date(year, month, is_leap=is_leap) or ""
        first, _, last = whole.partition("/")
        if whole and "moonend" in kinds:
            made.append(last)
        elif whole:
            part = int(kinds["part"][1:])
            begins = calendars.lunar_date(year, month, 10 * part + 1, is_leap=is_leap) or first
            ends = calendars.lunar_date(year, month, 10 * part + 10, is_leap=is_leap)
            made.append(f"{begins}~/{(last if part == _LAST_THIRD else ends) or last}~")
    return made


def _month_and_day(kinds: Kinds) -> list[int]:
    return [int(kinds[kind].lstrip("m")) for kind in ("month", "day") if kind in kinds]


def _islamic(kinds: Kinds) -> list[str]:
    """Date of the Islamic calendar; a year that says of which it is not may be one of ours, if it is not too early."""
    year = int(kinds.get("count") or kinds["year"])
    month, day = int(kinds.get("islamic", "i0")[1:]), int(kinds.get("day", 0))
    months = [calendars.islamic_date(year, month, day)] if year <= _LAST_ISLAMIC else []
    is_feast = kinds.get("islamic") == "i09" and not day and "year" in kinds
    if is_feast and "ah" not in kinds:
        return [*calendars.feasts("ramadan", year), *months]
    return months


def _other_date(kinds: Kinds, month: str) -> tuple[int, int, int]:
    return (
        int(kinds.get("count") or kinds["year"]),
        int(kinds.get(month, "00")[1:]),
        int(kinds.get("day", 0)),
    )


#: Kinds of signs that stand together, each way that they may, and what makes dates of them.
_MAKERS: tuple[tuple[str, Callable[[Kinds], str | list[str] | None]], ...] = (
    ("year", lambda kinds: kinds["year"]),
    ("year month", lambda kinds: f"{kinds['year']}-{kinds['month'][1:]}"),
    ("year month day", _day_of),
    ("year season; year season next", _season),
    ("year next", _two_years),
    ("year season part; year season next part", _third_of_season),
    ("year month ordinal week; year month day week", _week),
    ("year next turn; year turn", _turn),
    (
        "year next betweenyears; year betweenyears",
        lambda kinds: [f"{turn[:4]}-12-25/{turn[-10:-6]}-01-01" for turn in _turn(kinds)],
    ),
    (
        "year half; year month half; year ordinal halfof; year day halfof; year month ordinal halfof",
        _half_of,
    ),
    ("tens; tens decade; tens part; tens part decade; day decade; day decade part", _of_a_century),
    ("day season; day feast; count month", _of_a_century),
    ("month day", lambda kinds: _of_a_century(kinds) if int(kinds["day"]) > _DAYS else None),
    ("year ordinal quarter; year day quarter", _quarter),
    ("day century", _century),
    ("day century part; day century half", _part_of_century),
    (
        "year part",
        lambda kinds: f"{kinds['year']}-{37 + int(kinds['part'][1:])}",
    ),  # a code of EDTF for four months
    ("year month part", _third_of_month),
    ("year decade", _decade),
    ("year decade part", _third_of_decade),
    ("year decade half", _half_of_decade),
    ("year month ordinal weekday", _weekday_of_month),
    (
        "year month ordinal",
        lambda kinds: _day_of({**kinds, "day": "1"}) if kinds["ordinal"] == "o1" else None,
    ),
    ("year feast", _feast),
    ("year feast part", _third_of_feast),
    ("year ordinal feast; year day feast", _sunday_of_advent),
    ("count sh feast; count ah feast", _feast_of_other_year),
    ("year firstmoon", lambda kinds: calendars.lunar_date(int(kinds["year"]), 1)),
    ("year lastmoon", _last_moon),
    (
        (
            "year firstmoon part; year lastmoon part; year lastmoon part lunar; "
            "year firstmoon moonend; year lastmoon moonend; year lastmoon moonend lunar; "
            "year month lunar part; year month lunar leap part; "
            "year month lunar moonend; year month lunar leap moonend"
        ),
        _in_moon,
    ),
    (
        "year month day os; year month os; year os",
        lambda kinds: calendars.old_style(int(kinds["year"]), *_month_and_day(kinds)),
    ),
    (
        "year month day lunar; year month lunar; year month day lunar leap; year month lunar leap",
        _lunar,
    ),
    ("thai", lambda kinds: calendars.thai_year(int(kinds["thai"]))),
    (
        "count bce",
        lambda kinds: f"-{int(kinds['count']) - 1:04d}" if int(kinds["count"]) > 1 else None,
    ),
    (
        "year jewish; year jewish day; count am; count am jewish; count am jewish day",
        lambda kinds: calendars.jewish_date(*_other_date(kinds, "jewish")),
    ),
    (
        "year persian; year persian day; count sh persian; count sh persian day",
        lambda kinds: calendars.persian_date(*_other_date(kinds, "persian")),
    ),
    ("count sh", lambda kinds: calendars.persian_year(int(kinds["count"]))),
    ("count ah; count ah islamic; count ah islamic day; year islamic; year islamic day", _islamic),
)
_FORMS = {
    frozenset(kinds.split()): maker for forms, maker in _MAKERS for kinds in forms.split("; ")
}
