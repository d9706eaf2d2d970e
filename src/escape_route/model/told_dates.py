"""Dates as people tell them, in several languages and calendars, and what each may mean as EDTF.

Words become signs first (`date_words`), then a few forms are matched, whatever the language and the
order. "Early", "mid" and "late" are thirds: of a year four months, of a month ten days, of a decade
three or four years; "shortly" before or after a day is two weeks. Both are judgements. What may
mean two things gives both.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import product

from escape_route.model import calendars, date_steps
from escape_route.model.date_forms import date_of
from escape_route.model.date_words import has_two_ends, parts_ends, plain, rows_of_signs, unframed
from escape_route.model.dates import in_half, in_months, is_date, span_of, stretch, zone_of
from escape_route.strict_json import Fields, show

_YEAR_DIGITS, _DOTS = 4, 2
_NUMBERS = re.compile(r"(\d{1,4})(?:[./-] ?| )(\d{1,2})(?:[./-] ?| )(\d{1,4})")
_MONTH_AND_YEAR = re.compile(r"(\d{1,2})[./ -](\d{4})")
_YEAR_AND_MONTH = re.compile(r"(\d{4})\. ?(\d{1,2})")
#: Months that EDTF leaves open to the ten.
_TENS_OF_MONTHS = re.compile(r"(\d{4})-([01])x")
#: Decades and centuries as catalogues have them: 194-, [19--], 194x.
_OPEN_YEAR = re.compile(r"\[?(\d\d)(\d[-x]|--|xx)\]?")
#: A day whose marks were left out, by its year first or last: 19450508, 08051945.
_WITHOUT_MARKS = re.compile(r"(\d{4})(\d\d)(\d\d)")
_NUMBERS_TO_NUMBERS = re.compile(r"(\d[\d./]*[./]\d{4}) ?[-~] ?(\d[\d./]*[./]\d{4})")
#: A date by another calendar beside one by ours: 2491 B.E. (1948), 1367هـ/1948م.
_TWO_CALENDARS = {
    "(": re.compile(r"((?=[^\d(]*\d)[^()]{1,100}?) ?\(((?=[^\d)]*\d)[^()]{1,100})\)"),
    "/": re.compile(r"((?=[^\d/]*\d)[^/]{1,100})/((?=[^\d/]*\d)[^/]{1,100})"),
}
#: Letters that readers of print and of hands take for figures, in words that have figures as well.
_MISREAD, _FIGURES_FOR = (
    re.compile(r"\b(?=\w*\d)(?=\w*[lIOoSB|])[\dlIOoSB|]{1,4}\b"),
    str.maketrans("lIOoSB|", "1100581"),
)
_DAYS_OF_SOME = re.compile(r"(?<!\d)(?:29|3[01])(?!\d)")
_YEARS = re.compile(r"(\d{4})년? ?[-~] ?(\d{4})년?")
_SHORT_YEARS = re.compile(r"(\d\d)(\d\d)년? ?(?:[-~]|to|bis|à|al) ?(\d\d)[년年]?")
_DAY_OF_TWO = re.compile(r"(?<=\d )[^\W\d]+ '?(?=\d\d$)|(?<=\d\. )[^\W\d]+ '?(?=\d\d$)")
_TWO_OF_TWO = re.compile(r"(?<![\d./-])(\d\d)[/-](\d\d)(?![\d./-]|\. )")
_WITH_APOSTROPHE = re.compile(r"(?<![^\W_])'(\d\d)(?![\d'])")
_LATEST = 30  # last year of this century that one of two figures is taken for
_MOST_WORDS = 20  # of a date of which a part is named
_BARE = r"((?!0000|0001)\d{4}(?:-\d\d){0,2})"
#: Dates that are open at one end, the word for each, and what the word stands before.
_OPEN: tuple[tuple[re.Pattern[str], str, Callable[[str], str]], ...] = (
    (re.compile(rf"\[\.\.{_BARE}\]"), "before", date_steps.following),
    (re.compile(rf"\[{_BARE}\.\.\]"), "after", date_steps.previous),
    (re.compile(rf"\.\./{_BARE}"), "until", str),
    (re.compile(rf"{_BARE}/\.\."), "since", str),
)
_WINTER, _FIRST_SEASON = 24, 21
_SEASONS = ("spring", "summer", "autumn", "winter")
_SEASON = re.compile(r"(\d{4})-(2[1-4])")
_OF_A_HALF = re.compile(r"\d{4}-(?:2[1-9]|3[0-2])[~?%]?")
_SOUTHERN = re.compile(r"\d{4}-(?:29|3[0-2])")
#: Years that are ours only where nothing else is meant: Nisan is a month of spring to Turks, in
#: 5703 to Jews alone, and nobody tells of April 2518 but by the Buddhist Era.
_FAR_FUTURE = re.compile(r"20[3-9]\d|2[1-9]\d\d|[3-9]\d{3}")
_ONE_YEAR = re.compile(r"(?<!\d)(?P<year>(?:1\d|20)\d\d)(?!\d)")
_TWO_YEARS = re.compile(r"(?<!\d)(?P<year>(?:1\d|20)\d\d)[/-]\d\d(?!\d)")
_NIGHT = re.compile(r"\b(?:night|nacht|nuit|noche|notte)\b|밤|夜|ليلة")
#: Before a date or after it: two accounts, of which neither is the other.
_BEFORE, _AFTER = r"(?:before|vor|avant|antes)", r"(?:after|nach|après|apres|después|despues)"
_EITHER_SIDE = re.compile(
    rf"\b{_BEFORE}\b.*\b(?:or|oder|ou|o) {_AFTER}\b|\b{_AFTER}\b.*\b(?:or|oder|ou|o) {_BEFORE}\b|"
    "전(?:이나| 또는| 혹은) ?후"
)
_BRACKETS = re.compile(r"(?P<told>[^()]{1,100}?) ?\((?P<remark>[^()]{1,100})\)")
#: What was then, behind a comma: spring 2020, during the lockdown.
_MEANWHILE = re.compile(
    r"(?P<told>[^(),]{1,100}), (?P<remark>(?:during|while|when|pendant|durant|lors|quand|während|als|durante|cuando) "
    r"[^(),]{1,100})",
    re.IGNORECASE,
)
#: A date told once more, behind a comma: Easter Sunday 1942, the 5th of April.
_AGAIN = re.compile(
    r"(?P<told>(?=[^(),]*(?:[^\W\d_]|\d{4}))[^(),]{1,100}), (?P<remark>(?=[^(),]*[^\W\d_])[^(),]{1,100})"
)
_OF_A_CALENDAR = re.compile(r"calend|kalend|style|stil|력|暦|曆|历|تقويم|ปฏิทิน")
#: Signs that say how something lies to a date.
_TO_A_DATE = frozenset(
    {"before", "after", "until", "by", "since", "or", "about", "maybe", "between", "lunar", "leap"}
    | {"os"}
)
#: Letters and figures of Arabic and Persian, and years that are ours or of their calendars.
_OF_THE_EAST, _EARLY_YEAR = re.compile("[\u0600-\u06ff]"), re.compile(r"(?<!\d)1[2-5]\d\d(?!\d)")
#: A day with an hour, as programs write it.
_HOUR = re.compile(r"(\d{4}-\d\d-\d\d)[t ](\d\d:\d\d)(:\d\d)?(?:[.,]\d+)?(z|[+-]\d\d(?::?\d\d)?)?")
_WORD = re.compile(r"[^\W\d_]{2}")
#: A month as our own files have it, which is no span of years: 2003-09.
_MONTH = re.compile(r"[?~%]?\d{4}-(?:0[1-9]|1[0-2])[?~%]?")
_SHORTENED = re.compile(r"(\d{4})(?:/|-(?=\d$))(\d\d?)")


@lru_cache(maxsize=4096)
def meanings(text: str, *, half: str = "") -> tuple[str, ...]:
    """EDTF dates that a date may mean which people wrote in another way; none where that cannot be told.

    A season is of the `half` of the Earth, "south" or "north", where the text does not say of
    which; of none where that is not known.

    It is such as ``5 December 1915``, ``12/1915``, ``spring 1945``, ``Ende Februar 1940``, ``1945년
    봄``, ``1941 or 1942``, ``before 1945``, ``the 1940s``, ``1914-18``, ``2488 BE``, ``1 March 1917
    O.S.``. The day comes first or the month, so a date such as ``12/05/1915`` has two meanings;
    with dots the day does. A year has four figures.

    >>> meanings("12/05/1915"), meanings("25.12.1915"), meanings("May 1915"), meanings("12/05/15")
    (('1915-05-12', '1915-12-05'), ('1915-12-25',), ('1915-05',), ())
    >>> meanings("spring 1945"), meanings("Winter 1940/41"), meanings("fin février 1940"), meanings("주체 34년")
    (('1945-21',), ('1940-12/1941-02',), ('1940-02-21/1940-02-29',), ('1945',))
    >>> meanings("a week after Easter 1946"), meanings("음력 1945년 8월 15일"), meanings("1945-6")
    (('1946-04-28~',), ('1945-09-20',), ('1945/1946', '1945-06'))
    >>> meanings("2003-09"), meanings("2003 - 09"), meanings("1914-18")
    ((), ('2003/2009', '2003-09'), ('1914/1918',))
    >>> meanings("summer 1973/74"), meanings("southern winter 1974"), meanings("autumn 1974", half="south")
    (('1973-30',), ('1974-32',), ('1974-31',))
    """
    if ".." in text and is_date(
        text.strip()
    ):  # a set that is open at one end is no year with dots beside it
        return (text.strip(),)
    if _MONTH.fullmatch(text.strip()):
        return ()
    folded = plain(text)
    if _EITHER_SIDE.search(folded):  # what would be read of it is one of the two accounts
        return ()
    readings = [*_by_numbers(folded)] or [*_by_two_calendars(folded, "/", half)]
    readings = readings or [
        date for part in _of_a_century(folded) for date in _by_words(part, half)
    ]
    readings = readings or [*_by_two_calendars(folded, "(", half)]
    is_early = _OF_THE_EAST.search(text) and _EARLY_YEAR.search(folded)
    if is_early and not _is_of_an_era(folded):  # ۱۳۵۷ is a year of Iran, of the Hijra, or ours
        readings += [date for era in ("sh", "ah") for date in _by_words(f"{folded} {era}", half)]
    readings = [
        date for reading in readings for date in (calendars.thai_or_ours(reading), reading) if date
    ]
    dates = [*dict.fromkeys(filter(is_date, map(_writable, readings)))]
    if len(dates) == 1 and _NIGHT.search(folded):  # from one day to the next: no stay of two days
        dates = [date_steps.either_day(dates[0])]
    near = tuple(date for date in dates if len(dates) == 1 or not _FAR_FUTURE.match(date))
    return near or _beside_brackets(text, half)


def has_brackets(text: str) -> bool:
    """Whether a date is read by, or without, the remark in brackets behind it: the coup (11 September 1973)."""
    return bool(meanings(text)) and _read_with_brackets(text) is not None


def _read_with_brackets(text: str) -> re.Match[str] | None:
    """What a date says before and within brackets, where these are no part of one way to tell a date."""
    match = _BRACKETS.fullmatch(text.strip(" .")) or _MEANWHILE.fullmatch(text.strip(" ."))
    return None if match is None or [*_by_words(plain(text), "")] else match


def _beside_brackets(text: str, half: str) -> tuple[str, ...]:
    """Dates of a text with a remark in brackets behind it.

    A date in brackets explains the words before it: a few days after the coup (11 September 1973).
    Where these are a date of their own, the finer of both holds, if they agree; so it does of two
    with a comma between them. Any other remark is left out, if it could be no part of a date.
    """
    bare = text.strip(" .")
    match = _BRACKETS.fullmatch(bare) or _MEANWHILE.fullmatch(bare) or _AGAIN.fullmatch(bare)
    if match is None:
        return ()
    told, remark = match["told"], match["remark"]
    outer = meanings(told, half=half)
    inner = [
        dates for part in (remark, *remark.split(",")) if (dates := _explained(part, told, half))
    ]
    if match.re is _AGAIN:
        return _of_both(outer or _explained(told, remark, half), inner)
    if not outer:
        return _in_place_of(told, remark, half)
    if not inner:
        is_other = (
            re.search(r"\d", remark) or _says_when(remark) or _OF_A_CALENDAR.search(remark.lower())
        )
        named = [
            date
            for word in remark.split()
            for date in _explained(word, told, half)
            if len(date) > _YEAR_DIGITS
        ]
        if is_other or not all(_is_within(date, side) for date in named for side in outer):
            return ()
        return outer
    finer = {
        date for dates in inner for date in dates if any(_is_within(date, side) for side in outer)
    }
    finest = sorted(finer, key=_length_h)[:1]
    coarser = [
        date for date in outer if any(_is_within(date, day) for dates in inner for day in dates)
    ]
    return tuple(finest or coarser)


def _of_both(outer: Sequence[str], inner: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Days that two dates of one meaning share: the finer where the other holds it; none where they share none."""
    finer = [*dict.fromkeys(dates[0] for dates in inner if len(dates) == 1)]
    if len(outer) != 1 or len(finer) != 1:
        return ()
    both = (outer[0], finer[0])
    if all(map(_OF_A_HALF.fullmatch, both)):  # summer, winter: of either half they are far apart
        return ()
    plain_of = {date: date_steps.MARKS.sub("", date) for date in both}
    for date, other in (both[::-1], both):
        if _is_within(plain_of[date], plain_of[other]):
            return (date,)
    with suppress(ValueError, OverflowError):
        ends = [date_steps.ends(stretch(date) or date) for date in both]
        first, last = max(ends[0][0], ends[1][0]), min(ends[0][1], ends[1][1])
        return (f"{first}/{last}" if first < last else f"{first}",) if first <= last else ()
    return ()


def lent_by(part: str, told: str) -> tuple[str, ...]:
    """Dates that a part of a text may mean, which may leave its year to the rest of it.

    >>> lent_by("April", "March 1945"), lent_by("April 1946", "March 1945"), lent_by("a walk", "1945")
    (('1945-04',), ('1946-04',), ())
    """
    return _explained(part, told, "")


def _explained(part: str, told: str, half: str) -> tuple[str, ...]:
    """Dates of a part of a remark, which may leave its year to what is told: of winter 2014/15 the month says which."""
    if own := meanings(part, half=half):
        return own
    years = _TWO_YEARS.search(told) or _ONE_YEAR.search(told)
    if years is None:
        return ()
    if years.re is _TWO_YEARS:
        both = [f"{years['year']}", f"{int(years['year']) + 1}"]
    else:
        both = [years[0]]
    by_year = [meanings(f"{part.strip()} {year}", half=half) for year in both]
    if len(by_year) == 1 or not all(by_year):
        return by_year[0] if len(by_year) == 1 else ()
    return by_year[
        span_of(by_year[0][0]).earliest_h < span_of(f"{both[0]}-07").earliest_h
    ]  # winter: late in the first


def _in_place_of(told: str, remark: str, half: str) -> tuple[str, ...]:
    """Dates of words that name something by no date, with the date that stands in brackets behind it in its place."""
    words = told.split()
    parts = remark, *(remark.split(",") if "," in remark else ())
    for size in range(len(words) - 1, -1, -1):
        if _says_when(" ".join(words[size:])):
            return ()
        for part in parts:
            if dates := _put_beside(" ".join(words[:size]), part.strip(), told, half):
                return dates
    return ()


def _put_beside(before: str, part: str, told: str, half: str) -> tuple[str, ...]:
    if not before:
        return _explained(part, told, half)
    lent = _explained(part, told, half)
    if not lent:
        return ()
    full = part if meanings(part, half=half) else f"{part} {lent[0][:4]}"
    return meanings(f"{before} {full}", half=half)


def _says_when(text: str) -> bool:
    """Whether words say how something lies to a date: before, about, or."""
    return any(
        _TO_A_DATE & {*signs}
        for word in re.findall(r"[^\W\d_]+|\?", plain(text))
        for signs in rows_of_signs(word)
    )


def _is_within(inner: str, outer: str) -> bool:
    inside, around = (span_of(stretch(in_half(date, "")) or date) for date in (inner, outer))
    return around.earliest_h <= inside.earliest_h and inside.latest_h <= around.latest_h


def _length_h(text: str) -> float:
    span = span_of(stretch(text) or text)
    return span.latest_h - span.earliest_h


def _by_two_calendars(told: str, mark: str, half: str) -> Iterator[str]:
    """The date that is told twice, as the shorter of both; none where they are not of one time.

    What a stroke joins may as well be a stretch, unless one alone of both is counted by another
    era.
    """
    parts = _TWO_CALENDARS[mark].fullmatch(told)
    if not parts or (mark == "/" and sum(map(_is_of_an_era, parts.groups())) != 1):
        return
    first, second = (meanings(part, half=half) for part in parts.groups())
    if len(first) == len(second) == 1:
        is_apart = date_steps.is_backward(first[0], second[0]) or date_steps.is_backward(
            second[0], first[0]
        )
        yield from [] if is_apart else [min(first[0], second[0], key=_length)]


def _is_of_an_era(told: str) -> bool:
    return any({*calendars.ERAS, "ah", "sh", "am"} & {*signs} for signs in rows_of_signs(told))


def _length(text: str) -> tuple[int, int]:
    """How long a date is; of two that are as long the one that is told in fewer signs comes first."""
    first, last = date_steps.ends(text)
    return (last - first).days, len(text)


def _by_words(told: str, half: str) -> Iterator[str]:
    for signs in rows_of_signs(told, half):
        with suppress(ValueError, OverflowError):  # before our era, or after the year 9999
            yield from _told(signs)


def _writable(text: str) -> str:
    """Date with months for codes where EDTF cannot join these; empty where a month would lie after the year 9999."""
    with suppress(ValueError):
        return text if is_date(text) else date_steps.without_codes(text)
    return ""


def each_way(meant: Sequence[str]) -> str:
    """Ways to write a date that means one thing alone, one for each thing that it may mean, some with their words.

    >>> each_way(("[..1944]", "../1945")), each_way(("1945/1946", "1945-06"))
    ('[..1944] (before 1945), or ../1945 (until 1945)', '1945/1946, or 1945-06')
    """
    return ", or ".join(map(_with_words, meant))


def _with_words(edtf: str) -> str:
    """Date that is open at one end with the words for it; any other as it is."""
    for pattern, said, step in _OPEN:
        if match := pattern.fullmatch(edtf):
            return f"{edtf} ({said} {_SEASON.sub(_season, step(match[1]))})"
    return f"{edtf} ({in_months(edtf)})" if _SOUTHERN.fullmatch(edtf) else edtf


def _season(match: re.Match[str]) -> str:
    return f"{_SEASONS[int(match[2]) - _FIRST_SEASON]} {match[1]}"


def ways(text: str) -> str:
    """How a date could be written that is not understood: as a year, and as a stretch of it.

    >>> ways("noon 1945")
    'write 1945 for some day of that year, or from and to, such as 1945-03/1945-06; or as people say: spring 1945'
    >>> ways("30.2.2019")
    '2019-02 has 28 days: write 2019-02, or 2019-02-28'
    >>> ways("30 février 1945"), ways("May l945")
    ('1945-02 has 28 days: write 1945-02, or 1945-02-28', 'a letter for a figure? Write 1945-05')
    >>> ways("du 5 au 3 mai 1945").partition(" if")[0]
    'it ends before it begins: write 1945-05-03/1945-05-05'
    >>> ways("Diwali 1971")
    'write 1971-10-13/1971-11-15, or 1971 for some day of that year'
    >>> ways("a fortnight until mid May 1945").partition(";")[0]
    '"a fortnight" is not understood beside "until mid May 1945"'
    """
    folded = plain(text)
    if longest := _longest_of_month(folded):
        return longest
    if _EITHER_SIDE.search(folded):
        year = _ONE_YEAR.search(folded)
        span = f", such as {year[0]}-03/{year[0]}-06" if year else ""
        return (
            f"two accounts that differ? write from and to that hold both{span}, and status: "
            "accounts differ"
        )
    if turned := _turned(folded):
        return (
            f"it ends before it begins: write {turned} if its ends are exchanged, or each with its "
            "month and year"
        )
    in_figures = _MISREAD.sub(lambda match: match[0].translate(_FIGURES_FOR), text)
    if in_figures != text and (read_so := meanings(in_figures)):
        return f"a letter for a figure? Write {each_way(read_so)}"
    year = _ONE_YEAR.search(folded)
    if year and (meant := calendars.ways(folded, year[0])):
        return f"write {meant}, or {year[0]} for some day of that year"
    return "; ".join(filter(None, (_not_understood(text), _as_written(year))))


def in_member(fields: Fields, name: str, *, needed: bool = False) -> str | None:
    """Date or time in EDTF that a member of a file holds, noting what it may mean where it is none."""
    value = fields.text(name, needed=needed)
    if value is not None and not is_date(value):
        meant = meanings(value)
        several = f"may mean {len(meant)} dates" if len(meant) > 1 else ""
        fix = f"write {each_way(meant)}" if meant else ways(value)
        if not _WORD.search(value):
            message = f"is not an EDTF date{several and f', and {several}'}"
        else:  # who typed words has heard of no EDTF
            message = several or (
                "is no date as a file has it" if meant else "is not understood as a date"
            )
        fields.fault(name, f"{show(value)} {message}", fix, rule="wrong-date")
    return value


def _turned(told: str) -> str:
    """A stretch that ends before it begins, with its ends exchanged; empty for any other."""
    for signs in rows_of_signs(told):
        bare = [
            sign
            for sign in signs
            if sign != "between" and not (sign == "since" and sign == signs[0])
        ]
        for at in (
            at for at in range(1, len(bare) - 1) if bare[at] in {"to", "since", "until", "-"}
        ):
            for _, first_date, last_date in _ends(bare[:at], bare[at + 1 :], is_framed=True):
                if date_steps.is_backward(first_date, last_date):
                    return _through(last_date, first_date)
    return ""


def _longest_of_month(told: str) -> str:
    if len(_DAYS_OF_SOME.findall(told)) == 1:
        of_words = meanings(_DAYS_OF_SOME.sub("28", told))
    else:
        of_words = ()
    in_words = (
        date.removesuffix("28") + _DAYS_OF_SOME.findall(told)[0]
        for date in of_words
        if date.endswith("-28")
    )
    for date in (told, *_by_numbers(told), *in_words):
        day = re.fullmatch(r"((?!0000)\d{4})-(0[1-9]|1[0-2])-\d\d", date)
        if day and not is_date(date):
            last = monthrange(int(day[1]), int(day[2]))[1]
            return (
                f"{day[1]}-{day[2]} has {last} days: write {day[1]}-{day[2]}, or "
                f"{day[1]}-{day[2]}-{last}"
            )
    return ""


def guessed(text: str) -> str:
    """EDTF of what is understood of a date that is not read, its year at least; empty where nothing is.

    It is for what is told from such a date, to see whether that would be understood, and for
    nothing that is kept.

    >>> guessed("in the first days of April 1938, Saint Nobody's"), guessed("noon 1945"), guessed("quatsch")
    ('1938-04-01/1938-04-10', '1945', '')
    """
    part = text.partition(",")[0].strip()
    rests = (text, part, *(rest for _, rest in _cuts(text)), *(rest for _, rest in _cuts(part)))
    dates = next((dates for dates in map(meanings, rests) if dates), ())
    year = _ONE_YEAR.search(plain(text))
    return dates[0] if dates else year[0] if year else ""


def _not_understood(text: str) -> str:
    """Part of a date that is not understood, where the rest of it is one of two words or more; empty elsewhere.

    What stands before a comma is one by itself: nothing behind it is understood with it.
    """
    before, behind = (part.strip() for part in text.partition(",")[::2])
    if behind and " " in before and meanings(before) and not meanings(behind):
        return f'"{behind}" is not understood beside "{before}", which is a date alone'
    for odd, rest in _cuts(text):
        if meanings(rest):
            return f'"{odd}" is not understood beside "{rest}"'
    return ""


def _cuts(text: str) -> Iterator[tuple[str, str]]:
    """Every part of some words at the beginning or the end of a text, and the rest of it, of two words at least."""
    words = text.split()
    for size in range(1, len(words) - 1) if len(words) <= _MOST_WORDS else ():
        yield " ".join(words[:size]), " ".join(words[size:])
        yield " ".join(words[-size:]), " ".join(words[:-size])


def _as_written(year: re.Match[str] | None) -> str:
    if year is None:
        return (
            "with its year in four figures: 2019, 2019-12, 2019-12-05, 2008~ (about), or as people "
            "say: spring 1945"
        )
    return (
        f"write {year[0]} for some day of that year, or from and to, such as "
        f"{year[0]}-03/{year[0]}-06; "
        "or as people say: spring 1945"
    )


def _by_numbers(told: str) -> Iterator[str]:
    """Dates of figures alone, days that no month has among them."""
    numbers, month = _NUMBERS.fullmatch(told), _MONTH_AND_YEAR.fullmatch(told)
    if numbers and len(numbers[1]) == _YEAR_DIGITS:
        if "/" in told:  # as Iranians write a day of theirs: 1357/11/22
            with suppress(ValueError):
                yield calendars.persian_date(*map(int, numbers.groups())) or ""
        yield _day(numbers[1], numbers[2], numbers[3])
    elif numbers and len(numbers[3]) == _YEAR_DIGITS:
        day_first = _day(numbers[3], numbers[2], numbers[1])
        yield day_first
        if told.count(".") < _DOTS or not is_date(
            day_first
        ):  # with dots no language has the month first (CLDR)
            yield _day(numbers[3], numbers[1], numbers[2])
    elif month:
        yield f"{month[2]}-{int(month[1]):02d}"
    elif month := _YEAR_AND_MONTH.fullmatch(told):
        yield f"{month[1]}-{int(month[2]):02d}"
    elif hour := _HOUR.fullmatch(told):
        yield f"{hour[1]}T{hour[2]}{hour[3] or ':00'}{zone_of(hour[4] or '')}"
    elif open_ := _OPEN_YEAR.fullmatch(told):
        yield f"{open_[1]}{open_[2].replace('-', 'X').upper()}"
    elif tens := _TENS_OF_MONTHS.fullmatch(told):
        yield f"{tens[1]}-10/{tens[1]}-12" if tens[2] == "1" else f"{tens[1]}-01/{tens[1]}-09"
    else:
        yield from _without_marks(told)
        yield from _years(told)


def _without_marks(told: str) -> Iterator[str]:
    """Days of eight figures, and stretches of which both ends are figures, in the same order: 5/6/1945-7/6/1945."""
    if days := _WITHOUT_MARKS.fullmatch(told):
        ways_round = ("-".join(days.groups()), f"{told[4:]}-{told[2:4]}-{told[:2]}")
        yield from (date for date in ways_round if "1000" <= date < "2100")
    elif ends := _NUMBERS_TO_NUMBERS.fullmatch(told):
        for start, end in zip(*(list(_by_numbers(part)) for part in ends.groups()), strict=False):
            yield f"{start}/{end}"


def _years(told: str) -> Iterator[str]:
    """Years that are joined by a stroke; the second may be told by its last figures."""
    if (match := _YEARS.fullmatch(told)) and match[1] <= match[2]:
        yield f"{match[1]}/{match[2]}"
    elif (match := _SHORT_YEARS.fullmatch(told)) and int(match[3]) > int(match[2]):
        yield f"{match[1]}{match[2]}/{match[1]}{match[3]}"
        if int(match[3]) <= 12:  # noqa: PLR2004  # months: a dash of another kind may stand for that of a date
            yield f"{match[1]}{match[2]}-{match[3]}"
    elif match := _SHORTENED.fullmatch(told):
        yield from _shortened(match)


def _shortened(match: re.Match[str]) -> Iterator[str]:
    """A year and one or two figures more: of a later year, or a month; 1941/45 may be both years alone."""
    year, more = match[1], match[2]
    later = year[: -len(more)] + more
    if later > year:
        yield f"{year}/{later}"
    if int(later) > int(year) + 1 and len(more) > 1:
        yield f"[{year},{later}]"
    if 1 <= int(more) <= 12:  # noqa: PLR2004  # months
        yield f"{year}-{int(more):02d}"


def _of_a_century(told: str) -> tuple[str, ...]:
    """Text with two years of two figures, winter 44/45, as those of this century and of the last; else as it is."""
    if re.search(r"\d{4}", told):
        return (told,)
    if _WITH_APOSTROPHE.search(told):  # early '76
        return tuple(_WITH_APOSTROPHE.sub(rf"{century}\1", told) for century in _centuries_of(told))
    if match := _DAY_OF_TWO.search(told):  # 5 May 45
        return tuple(
            f"{told[: match.end()].rstrip(chr(39))}{century}{told[match.end() :]}"
            for century in (19, 18)
        )
    match = _TWO_OF_TWO.search(told)
    if match is None or int(match[2]) != int(match[1]) + 1:
        return (told,)
    return tuple(f"{told[: match.start()]}{century}{told[match.start() :]}" for century in (19, 18))


def _centuries_of(told: str) -> tuple[int, ...]:
    """Centuries that years of two figures may be of: the last three, as far as their years have come."""
    latest = max(int(year) for year in _WITH_APOSTROPHE.findall(told))
    return (20, 19, 18) if latest <= _LATEST else (19, 18)


def _day(year: str, month: str, day: str) -> str:
    return f"{year}-{int(month):02d}-{int(day):02d}"


def _told(signs: Sequence[str]) -> Iterator[str]:
    """Dates of a row of signs: told from another, joined, alone, or framed by a word such as "before"."""
    if len(signs) > 1 and signs[0] == signs[-1] and signs[0] in _FRAMES:  # 늦어도 1945년까지
        signs = signs[:-1]
    dates = [*_from_another(signs)] or _one_or_two(signs) or [*_of_framed_ends(signs)]
    for at in {0, len(signs) - 1} if not dates and len(signs) > 1 else ():
        frame = _FRAMES.get(signs[at])
        rest = [*signs[:at], *signs[at + 1 :]]
        is_of_one_end = frame in {_before, _after} and has_two_ends(rest)
        if frame and not (rest[0] in _FRAMES and rest[-1] in _FRAMES) and not is_of_one_end:
            inner = (
                _next_to(rest, frame)
                or _one_or_two(rest)
                or ([*_told(rest)] if _MARKS & {rest[0], rest[-1]} else [])
            )
            dates += filter(None, map(frame, inner))
    yield from dates


def _of_framed_ends(signs: Sequence[str]) -> Iterator[str]:
    """A stretch whose beginning, or end, is told as before or after something: after May 1945 to autumn 1945.

    A beginning that is told as before something has no place in EDTF: it is left open, or taken as
    just before that.
    """
    for at in range(1, len(signs) - 1):
        if not parts_ends(signs, at):
            continue
        is_from = signs[at] == "since"
        first, first_frame = unframed(signs[:at], "" if is_from else "since", is_from=is_from)
        last, last_frame = unframed(signs[at + 1 :], "until", is_from=False)
        if last_frame == "until" or not (first_frame or last_frame):
            continue
        for first_date, last_date in _both_ends(first, last):
            end = _end_of(last_date, last_frame)
            start = _start_of(first_date, first_frame)
            if date_steps.is_backward(start, end):
                continue
            if first_frame in {"before", "until", "by"}:
                yield f"../{end}"
            yield start if start == end else f"{start}/{end}"


def _end_of(text: str, frame: str) -> str:
    """Last of a stretch: before a date, with it, or shortly after it, until after New Year."""
    if frame == "after":
        end = date_steps.beside(date_steps.SHORTLY, text, is_after=True).partition("/")[2]
        return (
            end if not calendars.feast_beside(end[:-1], end[-1], is_last=True) else end[:-1]
        )  # else said as a feast
    return date_steps.previous(text) if frame else _edge(text, 1)


def _start_of(text: str, frame: str) -> str:
    if frame in {"before", "after"}:
        return date_steps.previous(text) if frame == "before" else date_steps.following(text)
    return _edge(text, int(frame in {"until", "by"}))


def _both_ends(first: Sequence[str], last: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Both ends of a stretch as dates, of which one may leave its year to the other."""
    for lent_first, lent_last in (((), ()), (("year",), ()), ((), ("year",))):
        pairs = [
            *product(
                date_of(first, lender=last, lent=lent_first),
                date_of(last, lender=first, lent=lent_last),
            )
        ]
        for start, end in pairs:
            if not date_steps.is_backward(start, end):
                yield start, end
            elif lent_first:  # after Christmas to spring 1945
                yield date_steps.years_later(start, -1), end
            elif lent_last:
                yield start, date_steps.years_later(end, 1)
        if pairs:
            return


def _next_to(signs: Sequence[str], frame: object) -> list[str]:
    """Dates told from another within a frame that such a one may have: until shortly after New Year."""
    is_bare = frame in {_before, _after} or signs[0] in {
        "day",
        "days",
        "months",
    }  # unos días antes: how many?
    return [] if is_bare else [*_from_another(signs)]


def _one_or_two(signs: Sequence[str]) -> list[str]:
    """Dates that a word joins, else one date, else dates that a stroke joins: winter 1940-1941 is one."""
    if {"s24", "s28", "s30"} & {*signs} and not {"since", "between"} & {*signs}:
        signs = _of_one_winter(signs)
    alone = [*_joined(signs, _WORDS_BETWEEN)] or [*date_of(signs)]
    return alone or [*_years("".join(signs))] or [*_joined(signs, _STROKES)]


def _of_one_winter(signs: Sequence[str]) -> list[str]:
    """Signs in which a winter is of two years that follow one another with a stroke for "to": winter 1940 to 1941."""
    row = [*signs]
    for at, sign in enumerate(row[1:-1], start=1):
        first, last = row[at - 1], row[at + 1]
        is_told = sign == "to" and len(first) == _YEAR_DIGITS and (first + last).isdecimal()
        if is_told and str(int(first) + 1).endswith(last):
            row[at] = "-"
    return row


def _from_another(signs: Sequence[str]) -> Iterator[str]:
    """A day told by how long before or after another it was: a week after Easter, shortly before 5 May."""
    for at in range(1, len(signs)):
        if signs[at] not in {"before", "after"}:
            continue
        size = 2 if at > 1 and date_steps.is_counted(signs[at - 2], signs[at - 1]) else 1
        step = date_steps.step(signs[at - size : at])
        rest = [*signs[: at - size], *signs[at + 1 :]]
        if step and rest:
            for date in date_of(rest):
                with suppress(
                    ValueError, OverflowError
                ):  # counted from no day: 15 days after August 1945
                    yield step(date, is_after=signs[at] == "after")


def _joined(signs: Sequence[str], joints: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Two dates as one, by the first word or stroke that joins them to something."""
    for joint, around in joints.items():
        for at in range(1, len(signs) - 1):
            if signs[at] == joint and not (
                joint == "-" and _is_one_word(signs[:at], signs[at + 1])
            ):
                sides = _without_strokes(signs[:at], signs[at + 1 :])
                parts = [[sign for sign in part if sign not in around] for part in sides]
                is_framed = bool(around & {*signs}) and joint != "or"
                dates = [*_pairs(*parts, joint=joint, is_framed=is_framed)] or [
                    *_compound(*parts, joint=joint)
                ]
                yield from dates
                yield from filter(
                    None, map(_of_each_year, dates if joint == "to" and not is_framed else ())
                )
                if dates:
                    return


def _without_strokes(
    first: Sequence[str], last: Sequence[str]
) -> tuple[Sequence[str], Sequence[str]]:
    """Both sides of a joint without the strokes beside it: mid-to-late 1945."""
    return first[: -1 if first[-1] == "-" else None], last[1 if last[0] == "-" else 0 :]


def _is_one_word(before: Sequence[str], follows: str) -> bool:
    """Whether a stroke joins a part to what it is of, and no two dates: mid-June, Ramadan-Ende."""
    is_a_date = any(
        sign.isdecimal() or (sign[0] in "ms" and sign[1:].isdecimal()) for sign in before
    )
    return before[-1] in _PARTS or (follows in _PARTS and not is_a_date)


def _of_each_year(text: str) -> str:
    """Months or seasons of two years, where a stretch may as well be both of these: summer 1944 and 1945."""
    match = re.fullmatch(r"(\d{4})(-\d\d)/(\d{4})", text)
    if match:
        return f"{{{date_steps.either(match[1] + match[2], match[3] + match[2])[1:-1]}}}"
    return ""


def _pairs(
    first: Sequence[str], last: Sequence[str], *, joint: str, is_framed: bool
) -> Iterator[str]:
    """Both ends as one; an end may leave its year, or its month, to the other: 5 to 7 May 1945.

    `is_framed` where a word stands before the first as well: from about 1944 to 1946.
    """
    for lends_year, start, end in _ends(first, last, is_framed=is_framed):
        if joint == "/" and start.startswith(end):  # a month by both of its names: 5 أيار/مايو
            yield start
            continue
        if calendars.is_julian_for(start, end) or calendars.is_julian_for(end, start):
            yield max(start, end)
        elif joint == "or":
            yield from _either(start, end, lends_year)
        elif not date_steps.is_backward(start, end):
            span = _through(start, end)  # about 1944 to 1946 would else be called the mid-1940s
            yield (
                date_steps.marked(span, "~")
                if is_framed and calendars.third_of_years(span)
                else span
            )
            if (
                start.isdecimal() and end == f"{int(start) + 1}-{_WINTER}"
            ):  # 1940年から1941年の冬 is one winter to many
                yield f"{start}-12/{int(start) + 1}-02"
        elif (
            lends_year and start[:7] == end[:7] and "/" not in start + end
        ):  # 5 to 3 May is no stretch
            continue
        elif lends_year:  # December to February 1945: of which of the two years?
            if lends_year == "last":
                yield _through(date_steps.years_later(start, -1), end)
            yield _through(start, date_steps.years_later(end, 1))


def _compound(first: Sequence[str], last: Sequence[str], *, joint: str) -> Iterator[str]:
    """Both ends as one where each is whole: from late 1944 until shortly after Easter 1945, until 21 to 22 May 1945."""
    if joint not in {"since", "until", "to"} or _MARKS & {*first} ^ _MARKS & {*last}:
        return
    for start, end in product(_whole(first, joint), _whole(last, joint)):
        if not date_steps.is_backward(start, end):
            yield _through(start, end)


def _whole(signs: Sequence[str], joint: str) -> list[str]:
    """Dates of an end that needs nothing of the other; of two that are joined where "until" joins the ends."""
    return [*_from_another(signs)] or (_one_or_two(signs) if joint != "to" else [*date_of(signs)])


def _through(start: str, end: str) -> str:
    return date_steps.through(_edges(start)[0], _edges(end)[1])


def _edges(text: str) -> tuple[str, str]:
    """Where a date begins and ends; of a feast both with a mark, by which its name is found: Easter or later."""
    first, last = text.partition("/")[0], text.rpartition("/")[2]
    if calendars.is_feast(text):
        mark = date_steps.mark_of(text)
        return f"{date_steps.MARKS.sub('', first)}{mark}", f"{date_steps.MARKS.sub('', last)}{mark}"
    return first, last


def _either(first: str, second: str, lends_year: str) -> Iterator[str]:
    """One date or the other, the earlier first; where one leaves its year to the other, that may be the year beside."""
    if not date_steps.is_backward(first, second):
        yield date_steps.either(first, second)
        return
    is_of_two_years = "/" in first and first[:4] != first.partition("/")[2][:4]
    if lends_year == "first":  # winter 1940/41 or spring
        yield date_steps.either(first, date_steps.years_later(second, 1))
    elif lends_year == "last":
        yield date_steps.either(date_steps.years_later(first, -1), second)
    if not (lends_year == "first" and is_of_two_years):
        yield date_steps.either(second, first)


def _ends(
    first: Sequence[str], last: Sequence[str], *, is_framed: bool
) -> Iterator[tuple[str, str, str]]:
    """Which end lends the other its year (empty where none does), and both ends."""
    if not is_framed and _MARKS & {*first} ^ _MARKS & {
        *last
    }:  # about 1914 to 1918: both are, as a frame says
        return
    for lent_first in ((), *_LENT):
        for lent_last in ((), *_LENT):
            ones, others = [*_end(first, last, lent_first)], [*_end(last, first, lent_last)]
            if lent_first:
                lends = "last"
            elif lent_last:
                lends = "first"
            else:
                lends = ""
            if ones and others:
                yield from ((lends, start, end) for start in ones for end in others)
                return


def _end(signs: Sequence[str], lender: Sequence[str], lent: Sequence[str]) -> Iterator[str]:
    """One end, perhaps about or uncertain, with what the other lends."""
    sure = [sign for sign in signs if sign not in _MARKS]
    marks = [sign for sign in signs if sign in _MARKS]
    for date in date_of(sure, lender=[sign for sign in lender if sign not in _MARKS], lent=lent):
        yield _FRAMES[marks[0]](date) or date if marks else date


#: Marks on the end of a date that nothing can surely lie before or after: after about 1945.
_ENDS = ("~", "?", "%")


def _before(text: str) -> str | None:
    """Some time until the year, month or day before a date: one of a set, where until it would be all that time."""
    return None if text.endswith(_ENDS) else f"[..{date_steps.previous(text)}]"


def _after(text: str) -> str | None:
    """Some time from the year, month or day after a date."""
    return None if text.endswith(_ENDS) else f"[{date_steps.following(text)}..]"


def _edge(text: str, end: int) -> str:
    """First, 0, or last, 1, of a date."""
    day = _edges(text)[end]
    return _about(day) if date_steps.is_untold(text, end) else day


def _by(text: str) -> str:
    """Some time up to the end of a date: by May 1945 one had come, and until May one stayed."""
    last = date_steps.MARKS.sub("", _edge(date_steps.without_codes(text), 1))
    return f"[..{last if is_date(f'[..{last}]') else date_steps.ends(last)[1]}]"


def _about(day: str) -> str:
    """About a day; uncertainly so where a feast is told by that day and mark."""
    is_feast = any(calendars.feast_beside(day, "~", is_last=is_last) for is_last in (False, True))
    return f"{day}?" if is_feast else f"{day}~"


#: What an end may leave to the other, the most first: early to mid 1950s.
_LENT = (("year", "month", "decade"), ("year",))
#: What joins two dates, and the words that may frame both.
_WORDS_BETWEEN: Mapping[str, frozenset[str]] = {
    "or": frozenset({"or"}),
    "to": frozenset({"between", "since"}),
    "since": frozenset({"until"}),
    "until": frozenset({"since"}),
}
_STROKES: Mapping[str, frozenset[str]] = {"/": frozenset(), "-": frozenset({"between"})}
#: Parts, whose word a stroke may join to what it is of: mid-June.
_PARTS = frozenset({"p0", "p1", "p2"})
_MARKS = frozenset({"about", "maybe"})
_FRAMES: Mapping[str, Callable[[str], str | None]] = {
    "about": lambda text: date_steps.marked(text, "~"),
    "maybe": lambda text: date_steps.marked(text, "?"),
    "nightto": lambda text: f"{date_steps.previous(text)}/{text}",
    "before": _before,
    "after": _after,
    "until": lambda text: f"../{_edge(text, 1)}",
    "by": _by,
    "since": lambda text: f"{_edge(text, 0)}/..",
}
