"""Parts of a year that people have names for and EDTF has none, as days: thirds of a season, weeks, feasts.

The third of a season reaches from where it begins by the months (summer from June) to where it ends by the sun (summer
to 22 September): "late summer" is both to different people. Seasons are those of the north. The first week of a month
is its first seven days. All three are judgements.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

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
#: Feasts by how many days they lie from Easter Sunday: first and last.
_MOVABLE = {
    "rosenmontag": (-48, -48),
    "shrovetuesday": (-47, -47),
    "ashwednesday": (-46, -46),
    "lent": (-46, -1),
    "holyweek": (-7, -1),
    "palmsunday": (-7, -7),
    "maundythursday": (-3, -3),
    "goodfriday": (-2, -2),
    "easter": (-2, 1),
    "eastersunday": (0, 0),
    "eastermonday": (1, 1),
    "ascension": (39, 39),
    "whitsun": (49, 50),
    "whitsunday": (49, 49),
    "whitmonday": (50, 50),
    "trinity": (56, 56),
    "corpuschristi": (60, 60),
    "lowsunday": (7, 7),
}
#: Feasts of a fixed day; Christmas is three days, for people tell its eve and its second day so.
_FIXED = {
    "xmas": ("12-24", "12-26"),
    "xmaseve": ("12-24", "12-24"),
    "xmasday": ("12-25", "12-25"),
    "newyear": ("01-01", "01-01"),
    "epiphany": ("01-06", "01-06"),
    "candlemas": ("02-02", "02-02"),
    "samil": ("03-01", "03-01"),
    "mayday": ("05-01", "05-01"),
    "assumption": ("08-15", "08-15"),
    "gwangbok": ("08-15", "08-15"),
    "michaelmas": ("09-29", "09-29"),
    "allsaints": ("11-01", "11-01"),
    "allsouls": ("11-02", "11-02"),
    "martinmas": ("11-11", "11-11"),
    "nicholas": ("12-06", "12-06"),
    "boxingday": ("12-26", "12-26"),
    "newyearseve": ("12-31", "12-31"),
    "orthodoxxmas": ("01-07", "01-07"),
    "ladyday": ("03-25", "03-25"),
    "johannis": ("06-24", "06-24"),
    "julyfourth": ("07-04", "07-04"),
    "bastille": ("07-14", "07-14"),
    "gaecheon": ("10-03", "10-03"),
    "veday": ("05-08", "05-08"),
    "qingming": ("04-04", "04-06"),
    "springequinox": ("03-19", "03-21"),
    "summersolstice": ("06-20", "06-22"),
    "autumnequinox": ("09-22", "09-24"),
    "wintersolstice": ("12-21", "12-23"),
    "timkat": ("01-19", "01-20"),
    "enkutatash": ("09-11", "09-12"),
    "meskel": ("09-27", "09-28"),
    "vaisakhi": ("04-13", "04-14"),
    "songkran": ("04-13", "04-15"),
    "khmernewyear": ("04-13", "04-16"),
}
#: Feasts of some fixed days, which have a mark on the first: anybody may tell such days by their numbers.
NAMED_DAYS = (
    *("qingming", "springequinox", "summersolstice", "autumnequinox", "wintersolstice"),
    *("timkat", "enkutatash", "meskel", "vaisakhi", "songkran", "khmernewyear"),
)
_MARKED = frozenset({"holyweek", *NAMED_DAYS})
#: Sundays before Advent, by how many weeks before the fourth of it, and the day of penance of Germany.
_BEFORE_ADVENT = {"totensonntag": 28, "bussundbettag": 32}
FEASTS = (*_MOVABLE, *_FIXED, "advent", *_BEFORE_ADVENT)


def third_of_season(year: int, season: int, part: int) -> str:
    """Days of the early, mid or late part (0 to 2) of a season (21 to 24); of a winter by the year that it begins in.

    Examples
    --------
    >>> third_of_season(1950, 22, 2), third_of_season(1944, 24, 2)
    ('1950-08-01/1950-09-22', '1945-02-01/1945-03-20')
    """
    first, last = THIRDS[season][part].split()
    begins = year + (season == WINTER and first < last)
    return f"{begins:04d}-{first}/{begins + (last < first):04d}-{last}"


def week(year: int, month: int, number: int) -> str:
    """Days of a week of a month, by sevens from its first; 5 is the last seven days.

    Examples
    --------
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

    Examples
    --------
    >>> sunday_of_advent(1944, 1), sunday_of_advent(1944, 4)
    ('1944-12-03', '1944-12-24')
    """
    before = date(year, 12, 24)
    return f"{before - timedelta((before.weekday() + 1) % 7 + 7 * (4 - number))}"


def feast(name: str, year: int, *, is_orthodox: bool = False) -> str:
    """Days of a feast of a year.

    Examples
    --------
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
