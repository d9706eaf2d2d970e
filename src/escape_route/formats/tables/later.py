"""Dates that other rows complete: their century, or how long after the stop before, ten days or so later, 열흘 뒤."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import NamedTuple

from escape_route import packaged
from escape_route.formats.tables.stated import stated, unhedged
from escape_route.formats.tables.synonyms import LONGEST
from escape_route.model import date_steps
from escape_route.model.date_words import with_apostrophe, without_hours
from escape_route.model.dates import is_date, parts, stretch
from escape_route.model.told_dates import each_way, guessed, meanings
from escape_route.model.units import UNITS, Quantity, units_of
from escape_route.model.vocabulary import Wording
from escape_route.strict_json import show

_DAY_H = 24
_Days = tuple[int, int | None]
#: Words for later, behind a number of days or before it.
_LATER = re.compile(
    r"(?P<told>.+?),? ?(?:later(?: on)?|after(?:wards?| that)?|on from there|später|danach|darauf|drauf|"
    r"plus tard|après|después|más tarde|(?<!\d)(?:뒤|후|있다가|지나서)에?|後)|"
    r"(?:بعد (?:نحو )?|nach |after |au bout d(?:e |['’])|al cabo de |tras )(?P<behind>.+)"
)
#: Words for earlier, likewise.
_EARLIER = re.compile(
    r"(?P<told>.+?),? ?(?:before(?:hand| that)?|earlier|previously|vorher|zuvor|davor|früher|"
    r"avant|plus tôt|auparavant|antes|(?<!\d)전에?|前)|قبل (?:نحو )?(?P<behind>.+)"
)
_OF_DAY = frozenset(packaged.table("formats/tables/stated.toml")["times_of_day"].split(", "))
#: The same behind other words, with no comma: 이튿날 새벽, le lendemain à l'aube.
_IN_THE_DAY = re.compile(
    rf"(?<=\w)(?<!plus)(?<!más) (?:{'|'.join(map(re.escape, sorted(_OF_DAY)))})$"
)
_BY_NAME = {
    word: (min(days), max(days))
    for counts, words in packaged.table("formats/tables/stated.toml")["later"].items()
    if (days := [*map(int, counts.split())])
    for word in words.split(", ")
}


def days_later(text: str) -> _Days | None:
    """From how many days later to how many a date is told to be, None of over a week; None where it is not told so.

    Below 0 it is earlier. Weeks, months and what is told as about are a tenth less or more [our
    judgement].

    >>> days_later("ten days or so later"), days_later("two or three days later"), days_later("the next day")
    ((9, 11), (2, 3), (1, 1))
    >>> days_later("eine Woche später"), days_later("사흘 뒤"), days_later("later"), days_later("spring 1945")
    ((6, 8), (3, 3), None, None)
    >>> days_later("ten days before"), days_later("la veille"), days_later("that night")
    ((-10, -10), (-1, -1), (0, 1))
    >>> days_later("a good week later"), days_later("barely a week later"), days_later("over a week before")
    ((7, None), (0, 7), None)
    """
    plain = " ".join(text.lower().split()).strip(" .,")
    parts = [
        part
        for part in map(str.strip, re.split("[,،、]", plain))
        if part.replace("’", "'") not in _OF_DAY
    ]
    plain = parts[0] if len(parts) == 1 else plain  # at dawn, two nights later
    plain = without_hours(plain) if plain not in _BY_NAME else plain
    plain = _IN_THE_DAY.sub("", plain.replace("’", "'")) if plain not in _BY_NAME else plain
    if plain in _BY_NAME or len(plain) > LONGEST:
        return _BY_NAME.get(plain)
    for pattern, sign in ((_LATER, 1), (_EARLIER, -1)):
        match = pattern.fullmatch(plain)
        ways = stated(match["told"] or match["behind"]) if match else []
        ways = [way for way in ways if way.get("unit") in units_of(Quantity.DURATION)[1:]]
        span = _span(ways[0]) if len(ways) == 1 else None
        if span and sign > 0:
            return span
        if span and span[1] is not None:
            return -span[1], -span[0]
    return None


def _span(numbers: dict[str, str]) -> _Days:
    low, high = float(numbers["value"]), float(numbers.get("value_to") or numbers["value"])
    below, above = Wording(numbers.get("wording") or Wording.EXACT).row.reach
    size_d = UNITS[numbers["unit"]].size / _DAY_H
    if size_d == 1 and not numbers.get("wording"):
        return math.floor(low), math.ceil(high)
    least = 0 if math.isinf(below) else math.floor((low + below * low / 10) * size_d)
    return least, None if math.isinf(above) else math.ceil((high + above * high / 10) * size_d)


def counted_from(before: str, days: _Days) -> str | None:
    """EDTF of the day, or the set of days, that lies so many days after a date; None of what goes on, or is no date.

    From what is about a day it is about one, from some time after a day some time after another;
    what is over so many days later has no end.

    >>> counted_from("1945-01-28", (1, 1)), counted_from("1945-01", (9, 11)), counted_from("1945/..", (1, 1))
    ('1945-01-29', '[1945-01-10..1945-02-11]', None)
    >>> counted_from("1945-03-31~", (14, 14)), counted_from("[1997-09-18..]", (3, 4))
    ('1945-04-14~', '[1997-09-21..]')
    >>> counted_from("1945-05-05", (7, None))
    '[1945-05-12..]'
    """
    if not is_date(before):
        return None
    least, most = days
    since = _AFTER_A_DAY.fullmatch(before)
    if since or most is None:
        with suppress(ValueError, OverflowError):
            first = date.fromisoformat(since[1]) if since else date_steps.ends(before)[0]
            return f"[{first + timedelta(least)}..]"
        return None
    if len(dates := parts(before)) > 1 and before.startswith("["):  # one date or another
        counted = [counted_from(day, days) for day in dates]
        return f"[{','.join(day.strip('[]') for day in counted if day)}]" if all(counted) else None
    with suppress(ValueError, OverflowError):
        first, last = date_steps.ends(before)
        first, last = first + timedelta(least), last + timedelta(most)
        about = "~" if date_steps.MARKS.search(before) else ""
        return f"{first}{about}" if first == last else f"[{first}..{last}]"
    return None


_AFTER_A_DAY = re.compile(r"\[(\d{4}-\d\d-\d\d)\.\.\]")


_COUNTED = packaged.table("formats/tables/stated.toml")["counted"]
_LATER_IN, _THAT = re.compile(_COUNTED["later"]), re.compile(_COUNTED["that"])
_LENGTHS = {
    "week": 10,
    "month": 7,
    "year": 4,
}  # of a date that is told to the unit; of a week to the day
#: Years, months and weeks that are told from the row before: how many of them later, and by which
#: words.
_UNITS = [
    (unit, by, re.compile(rf"(?<!\w)(?:{_COUNTED[unit][kind]})"))
    for unit in ("year", "month", "week")
    for by, kind in ((1, "next"), (-1, "before"), (0, "same"))
]
_STEPS: Mapping[int, Callable[[str], str]] = {
    1: date_steps.following,
    -1: date_steps.previous,
    0: str,
}


class _Unit(NamedTuple):
    """By how many years, months or weeks a date is told from another, and what else is told of it."""

    name: str
    by: int
    rest: str

    @property
    def is_told_alone(self) -> bool:
        """Whether nothing else is told, or that it was later."""
        return _LATER_IN.fullmatch(self.rest) is not None


def _unit_of(told: str) -> _Unit | None:
    plain = " ".join(told.lower().split()).strip(" .,")
    searched = (
        (unit, by, pattern.search(plain)) for unit, by, pattern in _UNITS if len(plain) <= LONGEST
    )
    units = ((unit, by, match.span()) for unit, by, match in searched if match)
    return next(
        (
            _Unit(unit, by, f"{plain[:at]}{plain[end:]}".strip(" ,、،"))
            for unit, by, (at, end) in units
        ),
        None,
    )


def of_a_unit(told: str, before: str) -> list[tuple[str, str]]:
    """Dates that may be meant by what is told as years, months or weeks from another, each with its words if any.

    What is told from a stretch is one of the days that it may be.

    >>> of_a_unit("later that year", "1945-05-03"), of_a_unit("im Monat darauf", "1945-05")
    ([('[1945-05-03..1945-12-31]', '')], [('1945-06', '')])
    >>> of_a_unit("이듬해 봄", "1945-05"), of_a_unit("the month after", "1945-03/1945-05")
    ([('1946-21', '1946 봄')], [('[1945-04..1945-06]', '')])
    """
    unit = _unit_of(told)
    if unit is None:
        return []
    first, last = date_steps.ends(stretch(before) or before)
    if (
        unit.name == "week"
    ):  # from the day after it on, for some count from Monday and some from the day
        nearest, farthest = timedelta(bool(unit.by)), timedelta(13 + bool(unit.by))
        first, last = (
            (first - farthest, last - nearest)
            if unit.by < 0
            else (first + nearest, last + farthest)
        )
        return [(f"[{first}..{last}]", "")] if unit.is_told_alone else []
    names = [
        *dict.fromkeys(_STEPS[unit.by](f"{at}"[: _LENGTHS[unit.name]]) for at in (first, last))
    ]
    if not unit.is_told_alone:
        return [*filter(None, (_beside(unit.rest, name) for name in names))]
    if unit.rest and not unit.by:
        return [(f"[{first}..{date_steps.ends(names[-1])[1]}]", "")]
    return [(names[0] if len(names) == 1 else f"[{names[0]}..{names[-1]}]", "")]


def _beside(rest: str, name: str) -> tuple[str, str] | None:
    """What the rest of a date means with its year or month, and in which words; None where that is not one thing."""
    span = name if len(name) == _LENGTHS["year"] else f"{date.fromisoformat(f'{name}-01'):%B %Y}"
    texts = (f"{span} {rest}", f"{rest} {span}")
    return next(((meant[0], text) for text in texts if len(meant := meanings(text)) == 1), None)


_NO_DAY = (
    "write the month or season that it was, or leave it empty and tell it in stay of the row before"
)
_SOON_D = 183
"""Days after the row before within which a date without a year is taken for the next such: half a year [judgement]."""
_SEASON_D = 100
#: Seasons are those of a half of the Earth.
_SEASONAL = re.compile(r"\d{4}-(?:2\d|3[0-6])(?!\d)")
_UNTIL_THEN = "../"
_OF_A_YEAR = re.compile(r"\d{4}-(?:0[1-9]|1[0-2]|2\d|3[0-6])")


class Counted(NamedTuple):
    """A date that another row completes, what is said of it, and how to write it where that may be another.

    `words` are its own with their year, where the half of the Earth decides what they mean.
    """

    when: str | None
    message: str
    fix: str = ""
    words: str = ""


def count_on(waypoints: Iterable[dict[str, object]]) -> Iterator[tuple[int, Counted]]:
    """Put dates, in place, that are told from the row before, or without a year; of each its index and what is said.

    One that cannot be told for sure is taken out. Where the row before has a date that is refused,
    what is told from it is counted from what is understood of that one, to see whether it would be
    read, and is taken out without a word if it would.
    """
    before = known = ""
    is_guess = False  # the row before has a date, which is refused
    for index, properties in enumerate(waypoints):
        told = str(properties.get("when") or "")
        said = None
        if told and not is_date(told):
            is_doubtful, sure = unhedged(told.lower())
            said = _of_two(sure, before) or _counted(sure, before) or _of_a_year(sure, known)
            if is_guess and _is_of_another(sure) and not (said and said.fix and _is_fine(before)):
                said = Counted(said.when if said else None, "")
            if said and said.when and is_doubtful:
                when = date_steps.doubted(said.when)
                message = said.message.replace(f"as {said.when}", f"as {when}")
                said = said._replace(when=when, message=message)
        if said:
            properties["when"] = None if is_guess else said.when
            before = said.when or before if is_guess else said.when or ""
            if said.message:
                yield index, said._replace(message=f"{show(told)} {said.message}")
        else:
            is_guess = bool(told) and not is_date(told)
            before = guessed(told) if is_guess else told
        before = before.removeprefix(_UNTIL_THEN)  # one was there until then
        known = _since_known(known, before)


def _since_known(known: str, before: str) -> str:
    """Date of the row before; of what was by some day, from the date that was known before it up to that day.

    >>> _since_known("1942-04-05", "[..1942-05-10]"), _since_known("1942-04-05", "")
    ('1942-04-05/1942-05-10', '1942-04-05')
    """
    if not before.startswith("[..") or known.startswith("["):
        return before or known
    with suppress(ValueError, OverflowError):
        both = date_steps.through(known, _core(before))
        return (
            both if is_date(both) and not date_steps.is_backward(known, _core(before)) else before
        )
    return before


def _is_fine(when: str) -> bool:
    """Whether a date is no longer than a season, so that what is told from it is of one year."""
    with suppress(ValueError, OverflowError):
        first, last = date_steps.ends(stretch(when) or when)
        return (last - first).days <= _SEASON_D
    return False


def _is_of_another(told: str) -> bool:
    """Whether a date is told from another: by what lies between, or without its year, or both with a comma."""
    if days_later(told) is not None or _unit_of(told) is not None:
        return True
    if len(parts := re.split("[,،、] ?", told)) > 1:
        return all(_is_of_another(unhedged(part)[1]) for part in parts)
    bare = _THAT.sub("", _NEXT.sub("", told.lower())).strip()
    return not _YEAR.search(told) and bool(_in_year(bare, _ANY_YEAR))


def _of_two(told: str, before: str) -> Counted | None:
    """Date that is counted and told once more without its year, as the days of both: some weeks later, in summer."""
    parts = re.split("[,،、] ?", told)
    if len(parts) != 2:  # noqa: PLR2004  # no more is told than both
        return None
    for part, other in (parts, parts[::-1]):
        said = _counted(part, before)
        with suppress(ValueError, OverflowError):
            if said and said.when:
                first, last = date_steps.ends(stretch(said.when) or said.when)
                years = range(first.year, last.year + 1)
                spans = [
                    date_steps.ends(stretch(way) or way)
                    for year in years
                    for way in _in_year(other, year)
                ]
                both = [(max(first, a), min(last, b)) for a, b in spans if a <= last and b >= first]
                if len(both) == 1:
                    when = "..".join(dict.fromkeys(map(str, both[0])))
                    when = f"[{when}]" if ".." in when else when
                    return Counted(when, f"is read as {when}, which both say, {_from_row(before)}")
    return None


def _from_row(before: str) -> str:
    return f"counted from the row before ({before})"


def _counted(told: str, before: str) -> Counted | None:
    """Date that is told from the row before."""
    days, unit = days_later(told), _unit_of(told)
    if days is None and unit is None:
        return None
    ways: list[tuple[str, str]] = []
    with suppress(ValueError, OverflowError):
        day = counted_from(before, days) if days else None
        if days:
            ways = [(day, "")] if day else []
        elif is_date(before):
            ways = of_a_unit(told, before)
        else:
            ways = []
    ways = [way for way in ways if is_date(way[0])]
    rest = _from_row(before)
    if not ways and unit and unit.rest and is_date(before):
        message = f"has {show(unit.rest)} beside what is {_from_row(before)}"
        return Counted(None, f"{message}, which is not understood", _NO_DAY)
    if not ways:
        return Counted(None, "is counted from the row before, which has no such date", _NO_DAY)
    when, words = ways[0]
    if len(ways) > 1:
        return Counted(
            None, f"may be one or another, {rest}", f"write {each_way([day for day, _ in ways])}"
        )
    if (
        days[0] if days else unit.by if unit else 0
    ) < 0:  # before what came after it, or before something else
        return Counted(
            None, "is counted back", f"write {when} if it is {rest}, or the date that it was"
        )
    vague = ", some time in it" if ".." in when else ""
    return Counted(
        when, f"is read as {when}{vague}, {rest}", words=words if _SEASONAL.search(when) else ""
    )


def _of_a_year(told: str, before: str) -> Counted | None:
    """Date that is told without its year: in which years it may be where that is not clear."""
    if not before or _YEAR.search(told):
        return None
    with suppress(ValueError, OverflowError):
        first, last = date_steps.ends(before)
        bare = _THAT.sub("", _NEXT.sub("", told.lower())).strip()
        is_next = _NEXT.search(told.lower()) is not None
        years = [*range(first.year, last.year + 2)] if last.year <= first.year + 1 else []
        ways = [way for year in years for way in _in_year(bare, year)]
        soon = [way for way in ways if _is_soon(way, first, last, is_next=is_next)]
        is_clear = bool(soon) and len(ways) == len(years) and (is_next or len(soon) == 1)
        if is_clear and (bare != told.lower() or not _SEASONAL.search(ways[0])):
            words = told if _SEASONAL.search(soon[0]) else ""
            return Counted(
                soon[0],
                f"has no year, and is read as {soon[0]}, the first from {before} on",
                words=words,
            )
        if ways:
            return Counted(None, "has no year", f"write {each_way(ways)}")
    return None


def _in_year(told: str, year: int) -> tuple[str, ...]:
    """What a date may mean in a year that it does not say, to the season at least."""
    ways = next(
        filter(
            None,
            (meanings(way) for way in (f"{told} {year}", f"{year} {told}", f"{year}년 {told}")),
        ),
        (),
    )
    cores = map(_core, ways)
    return tuple(
        way
        for way, core in zip(ways, cores, strict=True)
        if _OF_A_YEAR.match(core) and stretch(core)
    )


def _core(date_: str) -> str:
    """Date up to which something is told to have been, or to have lasted; any other as it is."""
    return date_.removeprefix(_UNTIL_THEN).removeprefix("[..").removesuffix("]")


def _is_soon(date_: str, first: date, last: date, *, is_next: bool) -> bool:
    begins, ends = date_steps.ends(stretch(_core(date_)) or _core(date_))
    return (begins > last if is_next else ends >= first) and (begins - last).days <= _SOON_D * (
        1 + is_next
    )


_THIRD = re.compile(r"-3[789]$")  # of a year: until the end is until nothing that is known
#: Words for until, before what one stayed until or behind it.
_UNTIL = re.compile(
    r"(?:(?:until|till|'?til|up to|bis(?: zum| zur)?|hasta(?: el| la)?|حتى) |"
    r"jusqu['’](?:(?:à la|à|au|aux|en) |(?=apr))|jusque (?=vers ))(?P<told>.+)|"
    r"(?P<behind>.+?) ?(?:까지|まで)"
)


_LASTING = packaged.table("formats/tables/stated.toml")["lasting"]
_AFTER, _NEXT, _NEXT_YEAR = (re.compile(_LASTING[name]) for name in ("after", "next", "next_year"))
_LASTING_BY_KIND = {
    kind: [*map(re.compile, _LASTING[kind])] for kind in ("whole", "into", "between")
}
_ANY_YEAR = 2001
_ROUGH = (
    ("month", 365.2425 / 12, 150),
    ("week", 7, 60),
    ("d", 1, 0),
)  # from so many days on [judgement]
#: From how many days to how many a month and a season have.
_DAYS = {1: (28, 31), 3: (89, 92)}


def _told(kind: str, text: str) -> re.Match[str] | None:
    matches = (pattern.fullmatch(text) for pattern in _LASTING_BY_KIND[kind])
    return next(filter(None, matches), None) if len(text) <= LONGEST else None


def is_until(text: str) -> bool:
    """Whether a stay is told by what one stayed until, or from when until when."""
    plain = " ".join(text.strip().lower().split())
    between = _told("between", plain)
    is_between = between is not None and _dates_of(between["first"], _ANY_YEAR) is not None
    return is_between or (
        len(plain) <= LONGEST and (_UNTIL.fullmatch(plain) or _told("into", plain)) is not None
    )


def whole(text: str) -> dict[str, object] | None:
    """Stay that is told as a whole season or month; None of any other.

    >>> whole("the whole summer"), whole("all of May"), whole("a week")
    ({'value': 3, 'unit': 'month', 'wording': 'about'}, {'value': 1, 'unit': 'month', 'wording': 'about'}, None)
    """
    match = _told("whole", " ".join(text.strip().lower().split()))
    days = _dates_of(match["told"], _ANY_YEAR) if match else None
    length_d = (days[1] - days[0]).days + 1 if days else 0
    months = next((many for many, (least, most) in _DAYS.items() if least <= length_d <= most), 0)
    return {"value": months, "unit": "month", "wording": str(Wording.ABOUT)} if months else None


def is_of_a_half(text: str) -> bool:
    """Whether a stay is told by a season, which is another on the other half of the Earth."""
    words = re.findall(r"\w+", text.lower())
    return any(
        meanings(f"{word} {_ANY_YEAR}") != meanings(f"{word} {_ANY_YEAR}", half="south")
        for word in words
    )


def _dates_of(told: str, year: int, half: str = "") -> tuple[date, date] | None:
    """First and last day of a date, in a year where it has none; None where it is open, or may be several."""
    for text in (in_full(told, frozenset({f"{year:04}"[:2]})), f"{told} {year}"):
        ways = meanings(text, half=half)
        with suppress(ValueError, OverflowError):
            if len(ways) == 1 and not _THIRD.search(ways[0]):
                return date_steps.ends(stretch(ways[0]) or "")
    return None


def stay_until(when: object, text: str, half: str = "") -> dict[str, object] | None:
    """Stay from the date of its place to what it is told until; None where both are not known, or may be one time.

    Seasons are those of a `half` of the Earth, "south", else of the north.

    >>> stay_until("1974-12-15", "until Christmas"), stay_until("1974-12", "till spring")
    ({'value': 9, 'value_to': 11, 'unit': 'd'}, {'value': 8, 'value_to': 26, 'unit': 'week'})
    >>> stay_until("1979-06", "from the first days of June until after the Mid-Autumn")
    {'value': 16, 'unit': 'week', 'wording': 'at_least'}
    >>> stay_until(None, "till spring"), stay_until("1945-04", "until spring"), stay_until("1945", "until the end")
    (None, None, None)
    """
    plain = " ".join(text.strip().lower().split())
    start: tuple[date, date] | None = None
    with suppress(ValueError, OverflowError):
        start = date_steps.ends(stretch(str(when)) or "")
    if start is None:
        return None
    if stay := _from_to(start, plain, half):
        return stay
    what = _until_what(plain)
    return _lasting(start, what, half) if what else None


def _until_what(text: str) -> str:
    """What a stay is told to have lasted until; empty where that is not told."""
    until, into = _UNTIL.fullmatch(text), _told("into", text)
    return str((until["told"] or until["behind"]) if until else into["told"] if into else "")


def is_said_by(when: object, text: str, half: str = "") -> bool:
    """Whether the date of a place, which is a stretch, ends where its stay is told to: it says how long one stayed.

    >>> [is_said_by(each, "till spring") for each in ("../1975-05", "1974-12/1975-06", "1975")]
    [True, False, False]
    """
    what = _until_what(" ".join(text.strip().lower().split()))
    with suppress(ValueError, OverflowError):
        last = date_steps.ends(str(when).partition("/")[2])[1]
        around = [_dates_of(what, year, half) for year in (last.year, last.year - 1) if what]
        return any(span[0] <= last <= span[1] for span in around if span)
    return False


def _from_to(start: tuple[date, date], text: str, half: str) -> dict[str, object] | None:
    """Stay from one date until another; the first is of the year of its place, or of the next one."""
    between = _told("between", text)
    years = (start[0].year, start[0].year + 1)
    firsts = (_dates_of(between["first"], year, half) for year in years) if between else iter(())
    first = next((span for span in firsts if span and span[1] >= start[0]), None)
    return _lasting(first, between["last"], half) if between and first else None


def _lasting(start: tuple[date, date], told: str, half: str) -> dict[str, object] | None:
    """Stay from one of some days until a date, the first that ends after them."""
    bare = _NEXT_YEAR.sub("", _NEXT.sub("", told)).strip()
    is_after, bare = bool(_AFTER.search(bare)), _AFTER.sub("", bare).strip()
    year = start[0].year
    years = (year + 1,) if _NEXT_YEAR.search(told) else (year, year + 1)
    span = next(
        (days for year in years if (days := _dates_of(bare, year, half)) and days[1] > start[0]),
        None,
    )
    least, most = ((span[is_after] - start[1]).days, (span[1] - start[0]).days) if span else (0, 0)
    return _rough(least, None if is_after else most) if least > 0 else None


def _rough(least: int, most: int | None) -> dict[str, object]:
    """Stay of so many days or more, in no finer unit than its ends are told in: weeks from two months on, then months.

    >>> _rough(9, 11), _rough(174, 418)
    ({'value': 9, 'value_to': 11, 'unit': 'd'}, {'value': 5, 'value_to': 14, 'unit': 'month'})
    """
    unit, size = next((unit, size) for unit, size, from_d in _ROUGH if least >= from_d)
    ends = math.floor(least / size), None if most is None else math.ceil(most / size)
    more = {"value_to": ends[1]} if ends[1] is not None and ends[1] > ends[0] else {}
    return {
        "value": ends[0],
        **more,
        "unit": unit,
        **({"wording": str(Wording.AT_LEAST)} if most is None else {}),
    }


_YEAR = re.compile(r"(?<!\d)(1\d|20)\d\d(?!\d)")
_TWO = re.compile(r"(?<![^\W_])['’](\d\d)(?![\d'’])")


_BARE_TWO = re.compile(r"(?<![\d.,:/'’-])(3[2-9]|[4-9]\d)(?![\d.,:%])")  # others may be days


def centuries_of(values: Iterable[object]) -> frozenset[str]:
    """First two figures of the years of dates.

    >>> sorted(centuries_of(["May 1945", 1899, None, "'45"]))
    ['18', '19']
    """
    return frozenset(match[1] for value in values for match in _YEAR.finditer(str(value)))


def in_full(text: str, centuries: frozenset[str]) -> str:
    """Date with its years in four figures, where one century alone is left; as it stands where none is, or several.

    >>> in_full("early '76", frozenset({"19"})), in_full("early '76", frozenset({"18", "19"}))
    ('early 1976', "early '76")
    >>> in_full("Toussaint 40", frozenset({"19"})), in_full("40", frozenset({"19"}))
    ('Toussaint 1940', '40')
    """
    told, text = text, with_apostrophe(text)
    is_bare = (
        centuries and not _TWO.search(text) and not _YEAR.search(text) and _BARE_TWO.search(text)
    )
    if is_bare and not text.isdecimal() and meanings(text):
        text = _BARE_TWO.sub(r"'\1", text, 1)
    if _YEAR.search(text) or not _TWO.search(text):
        return told
    left = [
        full
        for century in sorted(centuries)
        if _is_date(full := _TWO.sub(rf"{century}\1", text), text)
    ]
    return left[0] if len(left) == 1 else told


def _is_date(full: str, text: str) -> bool:
    """Whether a text with its century is one of the dates that it may mean without."""
    return bool({*meanings(full)} & {*meanings(text)})
