"""What people type into a table: other words than those of the format, degrees and radii."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import TYPE_CHECKING

from escape_route import packaged
from escape_route.formats.tables import going, hedges, nights
from escape_route.model.modes import Mode
from escape_route.model.said_numbers import meanings, said
from escape_route.model.units import COUNTED, UNITS, Quantity, nearest, units_called
from escape_route.model.vocabulary import Flight, Outcome, Precision, Role, Word, Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from escape_route.model.said_numbers import Said

#: By column: what other headers likely mean it, in small letters.
_HEADERS: Mapping[str, Sequence[str]] = packaged.table("formats/tables/words.toml")["headers"]
#: Headers that are read as a column, where it is not there or empty; others may hold another unit, or be private.
_READ_AS = {"ort": "name_de", "lieu": "name_fr", "lugar": "name_es", "장소": "name_ko"}
_READ = ("name_en", "within", "when", "stay", "mode", "sources")
#: By column: the table that its value is a row of, each with what others likely mean it.
_WORDS: dict[str, type[Word]] = {
    "mode": Mode,
    "role": Role,
    "precision": Precision,
    "wording": Wording,
    "quantity": Quantity,
    "flight": Flight,
    "outcome": Outcome,
}
_FIRST = re.compile(r"\w+")
_A_BOAT = re.compile(r"(?:(?! (?:and|or|und|oder) )[^,;/&+])+ boat|(?:(?! (?:und|oder) )[^,;/&+])*boot")
_BY = re.compile("^(?:by|in|on|mit|per|en|avec|con)(?: (?:an?|the|de[mr]|einem|einer|une?|una|le|la|el))? ")


def header(text: str, taken: frozenset[str]) -> str | None:
    """Column that a header likely means, in words; None where it means none, or that column is there already."""
    plain = " ".join(text.lower().split())
    found = next((column for column, others in _HEADERS.items() if plain in others), None)
    return None if found is None or taken & set(_FIRST.findall(found)) else found


def read_as(text: str) -> str | None:
    """Header of the column that another header is read as; None where it is asked, or nobody's.

    >>> read_as("Country"), read_as("Ort"), read_as("notes"), read_as("radius km")
    ('within', 'name_de', None, None)
    """
    plain = " ".join(text.lower().split())
    meant = (header(text, frozenset()) or "").strip('"')
    return _READ_AS.get(plain) or (meant if meant in _READ else None)


def choice(column: str, text: str) -> str | None:
    """Value of a column that a word likely means.

    >>> choice("mode", "by train"), choice("role", "Border"), choice("mode", "rocket")
    ('rail', 'crossing', None)
    >>> choice("mode", "ferry")
    'boat_along" or "boat_across" or "sea'
    """
    told = " ".join(text.lower().split())
    plain = _BY.sub("", told)
    others = {unit.name: unit.also for unit in UNITS.values()} if column == "unit" else _others(column)
    spelled = {told, plain, *([plain.removesuffix("s")] if column == "mode" else [])}  # cattle trucks
    found = '" or "'.join(value for value, also in others.items() if spelled & {*also})
    if not found and column == "mode":
        return going.mode_told(told) or (choice("mode", "boat") if _A_BOAT.fullmatch(plain) else None)
    return found or None


def mode_of_several(text: str) -> str | None:
    """Mode of several means of going without their shares; None where one is not known, or it is one alone.

    >>> mode_of_several("train, cattle trucks"), mode_of_several("on foot and by cart"), mode_of_several("rocket")
    ('rail', 'unknown', None)
    >>> mode_of_several("on foot mostly, my grandmother on the cart"), mode_of_several("over the ice")
    ('foot', 'unknown')
    """
    return going.mode_of_several(" ".join(text.lower().split()), _one_mode)


def _one_mode(text: str) -> str | None:
    return text if text in list(Mode) else choice("mode", text)


def agree(column: str, one: str, other: str) -> bool:
    """Whether two words of a column may mean the same.

    >>> agree("unit", "ri_korean", "리"), agree("wording", "ca.", "about"), agree("unit", "km", "miles")
    (True, True, False)
    """

    def meant(word: str) -> set[str]:
        return {word.strip().lower(), *(choice(column, word) or "").split('" or "')} - {""}

    return not meant(one).isdisjoint(meant(other))


@cache
def _others(column: str) -> dict[str, tuple[str, ...]]:
    """What people write for each value of a column, in English and in other languages."""
    typed = packaged.table("formats/tables/words.toml").get(column, {})
    return {str(word): tuple(filter(None, typed.get(str(word), "").split(", "))) for word in _WORDS.get(column, ())}


_PART = r"(\d{1,3}(?:[.,]\d+)?)"
_LETTER = r"(n|s|e|w|north|south|east|west)?"
_MINUTES = rf"(?:\s*{_PART}\s*(?:['′’´]|min\.?|(?=\s|[nsew]|$)))?"
_SECONDS = rf"(?:\s*{_PART}\s*(?:[\"″”]|''|′′|’’|sec\.?|(?=\s|[nsew]|$)))?"
_DEGREES = re.compile(
    rf"{_LETTER}\s*([+−-])?{_PART}\s*(?:(°|º|deg\.?|degrees|(?=\s\d))(?:{_MINUTES}{_SECONDS}))?\s*{_LETTER}",
    re.IGNORECASE,
)
#: A radius: perhaps a word for at most, a number, a unit.
_RADIUS = re.compile(
    r"(?:within|up to|at most|max\.?|innerhalb von|bis zu|dans un rayon de|반경|최대)?\s*"
    r"(\d.*?)\s*([^\W\d]+(?: [^\W\d]+)?)\.?(?: 이내)?",
    re.IGNORECASE,
)
_SIXTY = 60
_LONGEST_HEDGED = 200
LONGEST = 80  # characters of a number with its words: more would take long to find none in
#: Decimals of a degree that a minute and a second stand for: 110 m and 1 m, finer than either.
_DECIMALS = {1: 3, 2: 5}
_MOST_DECIMALS = 7


def degrees(text: str) -> tuple[float, str] | None:
    r"""Degrees that are marked as such, south and west negative, and the letter: N, S, E, W or none.

    >>> degrees("38°34'N"), degrees("W 7,9°"), degrees("7° 54' 30\" west"), degrees("38.57")
    ((38.567, 'N'), (-7.9, 'W'), (-7.90833, 'W'), None)
    """
    found = _DEGREES.fullmatch(text.strip()) if len(text) <= LONGEST else None
    if found is None:
        return None
    before, sign, whole, mark, minutes, seconds, after = found.groups()
    letter = (before or after or "")[:1].upper()
    parts = [each.replace(",", ".") for each in (whole, minutes, seconds) if each]
    fractions = "." in "".join(parts[:-1])
    if not (mark or letter) or (before and after) or (sign and letter) or (seconds and not minutes) or fractions:
        return None
    if any(float(each) >= _SIXTY for each in parts[1:]):
        return None
    value = sum(float(each) / _SIXTY**power for power, each in enumerate(parts))
    decimals = _DECIMALS.get(len(parts) - 1, 0) + len(parts[-1].partition(".")[2])
    south_or_west = letter in {"S", "W"} or sign in {"-", "−"}
    return round(-value if south_or_west else value, min(decimals, _MOST_DECIMALS)), letter


def pair(text: str) -> tuple[str, str] | None:
    """Both coordinates of a cell that holds two.

    >>> pair("38.57, -7.9"), pair("38°34'N 7°54'W"), pair("38,57"), pair("38.57")
    (('38.57', '-7.9'), ("38°34'N", "7°54'W"), ('38', '57'), None)
    """
    for found in re.finditer(r"\s*[;,/]\s*|\s+", text.strip()):
        halves = text.strip()[: found.start()], text.strip()[found.end() :]
        if all(re.fullmatch(r"[+−-]?\d{1,3}(?:[.,]\d+)?", each) or degrees(each) for each in halves):
            return halves
    return None


def pair_in_words(text: str) -> tuple[str, str, str] | None:
    """Latitude and longitude that stand among the words of a name, and the words; None where there are none.

    >>> pair_in_words("Hue (16.46, 107.59)"), pair_in_words("38°34'N 7°54'W"), pair_in_words("Camps 3, 4")
    (('16.46', '107.59', 'Hue'), ("38°34'N", "7°54'W", ''), None)
    """
    plain = text[:LONGEST].strip()
    cuts = [found.start() for found in re.finditer(r"(?:^|(?<=[\s(]))[+−-]?\d|[(]|\b[NS] ?\d", plain)]
    for at in cuts:
        halves = pair(plain[at:].strip("( )"))
        if halves and all(re.search(r"\d[.,]\d|[°ºNSEW]", each) for each in halves):
            return (*halves, plain[:at].strip(" ,:;(@"))
    return None


def radius(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Number of a radius with its unit, and the units that its word may mean.

    >>> radius("20 km"), radius("500m"), radius("3 miles"), radius("within 20 nautical miles"), radius("20")
    (('20', ('km',)), ('500', ('m',)), ('3', ('mi',)), ('20', ('nmi',)), None)
    """
    found = _RADIUS.fullmatch(text.strip()) if len(text) <= LONGEST else None
    units = units_called(found[2]) if found else ()
    return (found[1], units) if found and units else None


def radius_fix(text: str) -> str:
    """How to write a radius that is told as a range, as about so much, in a unit of several lengths, or as a time.

    >>> radius_fix("about 20 km"), radius_fix("20-30 km"), radius_fix("far")
    ('write 20 km, or more where that may not hold it', 'write 30 km', 'metres, or a number with its unit: 20 km')
    >>> radius_fix("3 ri"), radius_fix("a day's walk").partition(":")[0]
    ('write 3 ri_korean (1.2 km), or 3 ri_japanese (12 km)', 'a time and no length')
    """
    found = _NUMBERS.search(text[:LONGEST])
    units = units_called(found[3]) or nearest(found[3], Quantity.DISTANCE) if found else ()
    if found and len(units) > 1:
        number = float(found[2] or found[1])
        return "write " + ", or ".join(
            f"{number:g} {each} ({number * UNITS[each].size / 1000:.2g} km)" for each in units
        )
    if any(units_called(each, Quantity.DURATION) for each in re.findall(r"[^\W\d_]+", text[:LONGEST])):
        return "a time and no length: write how far one may have come in it, such as 30 km for a day's walk"
    if found is None or radius(f"{found[2] or found[1]} {found[3]}") is None:
        return "metres, or a number with its unit: 20 km"
    if found[2]:
        return f"write {found[2]} {found[3]}"
    return f"write {found[1]} {found[3]}, or more where that may not hold it"


_NUMBERS = re.compile(r"(\d+(?:\.\d+)?)(?:\s*(?:-|–|to|bis|à|~)\s*(\d+(?:\.\d+)?))?\s*([^\W\d_]+(?: [^\W\d_]+)?)")


#: Other units of time, by how many of which they are.
_ALSO_TIMES = {"fortnight": (2, "week"), "fortnights": (2, "week"), "decade": (10, "year"), "decades": (10, "year")}
_DUALS = {
    "h": "ساعتان ساعتين",
    "d": "يومان يومين",
    "night": "ليلتان ليلتين",
    "week": "أسبوعان أسبوعين اسبوعين",
    "month": "شهران شهرين",
    "year": "سنتان سنتين عامان عامين",
}
_SEVERAL = {"several": "hours days nights weeks months years", "mehrere": "stunden tage nächte wochen monate jahre"}
#: A number that is told with doubt: sixty miles?
_DOUBT = re.compile(r"\(?[?？؟]\)?")  # of several scripts
#: 300+ km; 300 km to 400 km.
_AND_MORE = re.compile(r"^(\d[^+]*)\+(\D*)$")
_UNIT_TWICE = re.compile(r"^(.*\d) ?([^\W\d_]+\.?) ?(-|–|—|~|to|bis|à|a|and|und|et|y) ?(\d.*?) ?\2$")
_AND_A_HALF = (" and a half", " et demi", " et demie", " y medio", " y media", " 반", "半")
_WRITTEN_TOGETHER = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


#: A day or two; ein Tag oder zwei.
_OR_TWO = re.compile(r"\b(?:an?|one|ein(?:e|en)?|une?|una) (\S+) (or|oder|ou|o) (\w+)$")
#: What has its number in itself: two of them in Arabic, several where the word alone is told.
_AS_ONE_WORD = {
    **{word: f"2 {unit}" for unit, words in _DUALS.items() for word in words.split()},
    **{word: f"{several} {word}" for several, words in _SEVERAL.items() for word in words.split()},
}


def stated(text: str) -> list[dict[str, str]]:
    """What a number that was stated in one cell may say, by column: with its wording and its unit, in words or figures.

    None where a part of it is not understood, and several where it may mean several.

    >>> stated("about 600 miles"), stated("1.2만 km")
    ([{'wording': 'about', 'value': '600', 'unit': 'mi'}], [{'value': '12000', 'unit': 'km'}])
    >>> stated("about 60 to 70 km"), stated("1,500 km")
    ([{'wording': 'about', 'value': '60', 'value_to': '70', 'unit': 'km'}], [{'value': '1500', 'unit': 'km'}])
    >>> stated("three or four days"), stated("a fortnight")
    ([{'value': '3', 'value_to': '4', 'unit': 'd'}], [{'value': '2', 'unit': 'week'}])
    >>> stated("sixty miles?"), stated("two days and two nights")
    ([{'wording': 'about', 'value': '60', 'unit': 'mi'}], [{'value': '2', 'value_to': '3', 'unit': 'd'}])
    >>> stated("about a dozen people"), stated("600 lorries"), stated("천 리")
    ([{'quantity': 'people', 'wording': 'about', 'value': '12'}], [], [{'value': '1000', 'unit': '리'}])
    """
    if len(text) > _LONGEST_HEDGED:
        return []
    is_doubtful, plain = hedges.unhedged(" ".join(_DOUBT.sub(" ", text.lower()).split()))
    plain = _UNIT_TWICE.sub(r"\1 \3 \4 \2", _AND_MORE.sub(r"at least \1\2", plain))
    bare = hedges.ungrouped(plain) if plain and len(plain) <= LONGEST else None
    if bare is None:
        return []
    bare = _OR_TWO.sub(r"1 \2 \3 \1", _AS_ONE_WORD.get(bare, bare))
    doubt = str(Wording.ABOUT) if is_doubtful or _DOUBT.search(text) else ""
    found = [
        _told(days, 1, {"wording": word or doubt})
        for word, body in _loosely(bare)
        if (days := nights.days_touched(body))
    ] or [
        _told(number, size, {**of, "wording": word or behind or doubt})
        for behind, rest in (("", bare), *((_wording(tail), body) for body, tail in _halves(bare) if _wording(tail)))
        for size, of, body in _counted(rest)
        for word, number in _worded(body)
    ]
    return list({tuple(each.items()): each for each in found}.values()) or _summed(plain)


def _loosely(text: str) -> Iterator[tuple[str, str]]:
    """A text, and without a word before it that means about."""
    yield "", text
    halves = ((_wording(word), body) for word, body in _halves(text))
    yield from ((word, body) for word, body in halves if word in _LOOSE[1:])


def _told(number: Said, size: float, of: Mapping[str, str]) -> dict[str, str]:
    """Columns of a number; a range and a qualifier in its words are told with it."""
    loose, open_wide = of["wording"], number.wording
    wording = open_wide if open_wide and loose in _LOOSE else loose  # some hundreds are at least so many
    ends = _ends(number, wording)
    numbers = {name: f"{end * size:.10g}" for name, end in ends.items() if end is not None}
    unit = {"unit": number.unit} if number.unit else {}
    words = {**of, "wording": wording, **unit}
    columns = ("quantity", "wording", "value", "value_to", "unit")
    return {name: told for name in columns if (told := {**words, **numbers}.get(name, ""))}


def _ends(number: Said, wording: str) -> dict[str, float | None]:
    """Value of a number, and the higher end of a range; of one that is open at one side the other end alone."""
    below, above = Wording(wording or Wording.EXACT).row.reach
    if number.value_to and math.isinf(below):  # up to 60 or 70
        return {"value": number.value_to}
    return {"value": number.value, "value_to": None if math.isinf(above) else number.value_to}


def _counted(text: str) -> Iterator[tuple[float, dict[str, str], str]]:
    """A text without what was counted at its end, each way; how many of that a unit is, and the columns that say it."""
    yield 1.0, {}, text
    for body, tail in _halves(text):
        counted = tail.strip(". ")
        half = next((each for each in _AND_A_HALF if counted.endswith(each)), "")
        counted = counted.removesuffix(half)
        size, unit = _ALSO_TIMES.get(counted, (1, counted))
        units = units_called(unit) or units_called(unit, Quantity.DURATION)
        if units:
            told = {"unit": units[0] if len(units) == 1 else unit}  # of several the column asks
            yield size, told, _and_a_half(body) if half else body
        elif not half and (quantity := choice("quantity", counted) or counted) in COUNTED:
            yield 1.0, {"quantity": quantity}, body


def _and_a_half(text: str) -> str:
    """Number of a year and a half, of which the half stands behind the unit."""
    whole = said(text)
    return "" if whole is None or whole.value_to or whole.wording else f"{whole.value + 0.5:g}"


def _worded(text: str) -> Iterator[tuple[str, Said]]:
    """A number without a qualifier before it or behind it, each way, and the qualifier."""
    for word, body in (("", text), *_halves(text)):
        wording = _wording(word)
        for number in meanings(body) if wording or not word else ():
            yield wording, number


_LOOSE = ("", Wording.ABOUT, Wording.SOME, Wording.ROUGHLY)


def _wording(word: str) -> str:
    plain = word.strip(" ,").replace(" ", "_")
    return plain if plain in list(Wording) else choice("wording", word.strip(" ,")) or ""


_TWO_UNITS = re.compile(r"(.+?) (\S+?)(?:,| and| und| et| y)? (\S+(?: \S+)?) (\S+)")


def _summed(text: str) -> list[dict[str, str]]:
    """A time told in two units, in the smaller of them: three years and four months."""
    found = _TWO_UNITS.fullmatch(text)
    units = [units_called(each, Quantity.DURATION) for each in found.group(2, 4)] if found else []
    numbers = [said(each) for each in found.group(1, 3)] if found else []
    exact = [each.value for each in numbers if each and not (each.value_to or each.wording or each.unit)]
    if len(exact) != 2 or not all(units):  # noqa: PLR2004  # one of each
        return []
    many = UNITS[units[0][0]].size / UNITS[units[1][0]].size
    if many <= 1 or abs(many - round(many)) > _WHOLE:
        return []
    return [{"value": f"{exact[0] * round(many) + exact[1]:.10g}", "unit": units[1][0]}]


_WHOLE = 0.01  # a year is 12 months, and 52.18 weeks


def _halves(text: str) -> Iterator[tuple[str, str]]:
    """A text cut in two where a word may end: at blanks, by figures, anywhere in scripts that write no blanks."""
    for at in range(1, len(text)):
        before, after = text[at - 1], text[at]
        is_apart = " " in (before, after) or before == "~" or before.isdigit() is not after.isdigit()
        if is_apart or _WRITTEN_TOGETHER.search(before + after):
            yield text[:at].strip(), text[at:].strip()


def number_in(text: str) -> str | None:
    """The one number in a text with words around it; None where there is none, or several.

    >>> number_in("about 1,200 km"), number_in("20-30")
    ('1,200', None)
    """
    found = re.findall(r"(?<![\w.,^])[+−-]?\d(?:[\d.,]*\d)?(?![\w½¼¾^·×]|\s*[천만千万萬])", text)
    return found[0] if len(found) == 1 else None
