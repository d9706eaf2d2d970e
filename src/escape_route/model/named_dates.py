"""What people call a stretch of days: early summer, the second week of May, Easter, Ramadan, the turn of the year."""

from __future__ import annotations

import re
from functools import lru_cache

from escape_route.model import calendars, named_spans

_SPAN = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-\d\d/\d{4}-\d\d-\d\d")


@lru_cache(maxsize=1024)
def named(text: str) -> tuple[str, int, int] | None:
    """What a stretch of days is called: its kind, and two numbers of it; None where nobody calls it anything.

    Returns
    -------
    tuple or None
        A feast (``xmas``, ``easter``, ``orthodox easter``, ``whitsun``, ``lent``, ``ramadan``, ``chuseok``,
        ``seollal``) or the ``turn`` of the year, with its year and 0; ``("week", month, number)``; or the season and
        its part, ``("season", 21 to 24, 0 to 2)``.

    Examples
    --------
    >>> named("1950-08-01/1950-09-22"), named("1945-05-08/1945-05-14"), named("1945-03-30/1945-04-02")
    (('season', 22, 2), ('week', 5, 2), ('easter', 1945, 0))
    """
    found = _SPAN.fullmatch(text)
    if found is None or found[1] == "0000":
        return None
    year, month = int(found[1]), int(found[2])
    feasts = {
        "xmas": named_spans.feast("xmas", year),
        "easter": named_spans.feast("easter", year),
        "orthodox easter": named_spans.feast("easter", year, is_orthodox=True),
        "whitsun": named_spans.feast("whitsun", year),
        "lent": named_spans.feast("lent", year),
        "turn": f"{year:04d}-12-31/{year + 1:04d}-01-01",
    }
    called = {days: (name, year, 0) for name, days in reversed(feasts.items())}
    for name in ("ramadan", "chuseok", "seollal"):
        called.update(dict.fromkeys(calendars.feasts(name, year), (name, year, 0)))
    for season, parts in named_spans.THIRDS.items():
        for part in range(len(parts)):
            begins = year - (season == named_spans.WINTER and part > 0)
            called[named_spans.third_of_season(begins, season, part)] = ("season", season, part)
    for number in range(named_spans.LAST_WEEK, 0, -1):
        called[named_spans.week(year, month, number)] = ("week", month, number)
    return called.get(text)
