"""What people type into a table: other words than those of the format, degrees and radii."""

from __future__ import annotations

import math
import re
import tomllib
from functools import cache
from importlib.resources import files

from escape_route.model.modes import Mode
from escape_route.model.units import UNITS, Quantity, units_of
from escape_route.model.vocabulary import Flight, Outcome, Precision, Role, Word, Wording
from escape_route.strict_json import numbers_meant

#: By column: what other headers likely mean it, in small letters.
_HEADERS = {
    '"name_en"': ("place", "place name", "town", "location", "stop", "ort", "lieu", "lugar", "장소", "地名"),
    '"lat" and "lon", a column each': (
        "coordinates",
        "coords",
        "gps",
        "lat/lon",
        "lat, lon",
        "latlon",
        "latlong",
        "latlng",
    ),
    '"uncertainty_m", in metres': ("radius", "radius_km", "radius km", "accuracy", "uncertainty", "uncertainty_km"),
    '"lat"': ("breite", "breitengrad", "latitud", "위도", "緯度", "纬度", "y"),
    '"lon"': ("länge", "längengrad", "longitud", "경도", "経度", "经度", "lng", "long", "x"),
    '"within"': ("country",),
    '"role"': ("type", "kind"),
    '"when"': ("date", "dates", "time", "day", "year", "datum", "fecha", "날짜", "日付", "日期"),
    '"mode"': ("transport", "means of transport", "travel", "vehicle", "by"),
    '"narration_en"': ("description", "notes", "note", "comment", "comments", "text", "story"),
}
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


def header(text: str, taken: frozenset[str]) -> str | None:
    """Column that a header likely means, in words; None where it means none, or that column is there already."""
    plain = " ".join(text.lower().split())
    found = next((column for column, others in _HEADERS.items() if plain in others), None)
    return None if found is None or taken & set(_FIRST.findall(found)) else found


def choice(column: str, text: str) -> str | None:
    """Value of a column that a word likely means.

    Examples
    --------
    >>> choice("mode", "by train"), choice("role", "Border"), choice("mode", "sledge")
    ('rail', 'crossing', None)
    >>> choice("mode", "ferry")
    'boat_along" or "boat_across" or "sea'
    """
    plain = " ".join(text.lower().split()).removeprefix("by ")
    others = {unit.name: unit.also for unit in UNITS.values()} if column == "unit" else _others(column)
    return '" or "'.join(value for value, also in others.items() if plain in also) or None


def agree(column: str, one: str, other: str) -> bool:
    """Whether two words of a column may mean the same.

    Examples
    --------
    >>> agree("unit", "ri_korean", "리"), agree("wording", "ca.", "about"), agree("unit", "km", "miles")
    (True, True, False)
    """

    def meant(word: str) -> set[str]:
        return {word.strip().lower(), *(choice(column, word) or "").split('" or "')} - {""}

    return not meant(one).isdisjoint(meant(other))


@cache
def _others(column: str) -> dict[str, tuple[str, ...]]:
    """What people write for each value of a column, in English and in other languages."""
    typed = _typed().get(column, {})
    return {
        str(word): (*word.row.also, *filter(None, typed.get(str(word), "").split(", ")))
        for word in _WORDS.get(column, ())
    }


@cache
def _typed() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("escape_route").joinpath("formats", "tables", "words.toml").read_text("utf-8"))


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
_LONGEST = 80  # characters of a number with its words: more would take long to find none in
#: Decimals of a degree that a minute and a second stand for: 110 m and 1 m, finer than either.
_DECIMALS = {1: 3, 2: 5}
_MOST_DECIMALS = 7


def degrees(text: str) -> tuple[float, str] | None:
    r"""Degrees that are marked as such, south and west negative, and the letter: N, S, E, W or none.

    Examples
    --------
    >>> degrees("38°34'N"), degrees("W 7,9°"), degrees("7° 54' 30\" west"), degrees("38.57")
    ((38.567, 'N'), (-7.9, 'W'), (-7.90833, 'W'), None)
    """
    found = _DEGREES.fullmatch(text.strip()) if len(text) <= _LONGEST else None
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

    Examples
    --------
    >>> pair("38.57, -7.9"), pair("38°34'N 7°54'W"), pair("38,57"), pair("38.57")
    (('38.57', '-7.9'), ("38°34'N", "7°54'W"), ('38', '57'), None)
    """
    for found in re.finditer(r"\s*[;,/]\s*|\s+", text.strip()):
        halves = text.strip()[: found.start()], text.strip()[found.end() :]
        if all(re.fullmatch(r"[+−-]?\d{1,3}(?:[.,]\d+)?", each) or degrees(each) for each in halves):
            return halves
    return None


def radius(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Number of a radius with its unit, and the units that its word may mean.

    Examples
    --------
    >>> radius("20 km"), radius("500m"), radius("3 miles"), radius("within 20 nautical miles"), radius("20")
    (('20', ('km',)), ('500', ('m',)), ('3', ('mi',)), ('20', ('nmi',)), None)
    """
    found = _RADIUS.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    units = units_called(found[2]) if found else ()
    return (found[1], units) if found and units else None


def radius_fix(text: str) -> str:
    """How to write a radius that is told as a range, or as about so much.

    Examples
    --------
    >>> radius_fix("about 20 km"), radius_fix("20-30 km"), radius_fix("far")
    ('write 20 km, or more where that may not hold it', 'write 30 km', 'metres, or a number with its unit: 20 km')
    """
    found = _NUMBERS.search(text[:_LONGEST])
    if found is None or radius(f"{found[2] or found[1]} {found[3]}") is None:
        return "metres, or a number with its unit: 20 km"
    if found[2]:
        return f"write {found[2]} {found[3]}"
    return f"write {found[1]} {found[3]}, or more where that may not hold it"


_NUMBERS = re.compile(r"(\d+(?:\.\d+)?)(?:\s*(?:-|–|to|bis|à|~)\s*(\d+(?:\.\d+)?))?\s*([^\W\d_]+(?: [^\W\d_]+)?)")


def units_called(text: str) -> tuple[str, ...]:
    """Units of distance that a word may mean: the one of that name, else all that are called so.

    Examples
    --------
    >>> units_called("Miles"), units_called("ri"), units_called("days")
    (('mi',), ('ri_korean', 'ri_japanese'), ())
    """
    plain = " ".join(text.lower().split())
    named = [name for name in units_of(Quantity.DISTANCE) if name == plain]
    return tuple(named or (name for name in units_of(Quantity.DISTANCE) if plain in UNITS[name].also))


#: A number that was stated, perhaps with its wording before it and its unit behind.
_STATED = re.compile(
    r"(?:([^\W\d_천만千万萬][^\d천만千万萬]*?|~)\s*)?(?:(\d[\d.,'’ \u00a0\u202f]*\d|\d)\s*)?"
    r"((?<=\d)[천만千万萬]*|(?<=\d\s)[천만千万萬]+|[천만千万萬]+)\s*([^\d\s.,천만千万萬].*)?"
)
_SIZES = {"천": 1_000, "千": 1_000, "만": 10_000, "万": 10_000, "萬": 10_000}


def stated(text: str) -> tuple[str, str, str] | None:
    """Wording, number and unit of a number that was stated in one cell; None where a part of it is not understood.

    Examples
    --------
    >>> stated("about 600 miles"), stated("12 000 km"), stated("1.2만 km"), stated("600"), stated("600 brokers")
    (('about', '600', 'mi'), ('', '12000', 'km'), ('', '12000', 'km'), ('', '600', ''), None)
    >>> stated("천 리"), stated("gut 100")
    (('', '1000', '리'), ('over', '100', ''))
    """
    found = _STATED.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if found is None or not (found[2] or found[3]):
        return None
    word, numbers = (found[1] or "").strip(), numbers_meant((found[2] or "1").replace("'", "").replace("’", ""))
    wording = word.lower().replace(" ", "_")
    wording = wording if wording in list(Wording) else choice("wording", word) or ""
    units = units_called(found[4]) if found[4] else ()
    if len(numbers) != 1 or bool(word) != bool(wording) or bool(found[4]) != bool(units):
        return None
    size = math.prod(_SIZES[each] for each in found[3] or "")
    number = f"{float(numbers[0]) * size:.10g}" if found[3] else numbers[0]
    return wording, number, units[0] if len(units) == 1 else found[4] or ""  # of several the column asks


def number_in(text: str) -> str | None:
    """The one number in a text with words around it; None where there is none, or several.

    Examples
    --------
    >>> number_in("about 1,200 km"), number_in("20-30")
    ('1,200', None)
    """
    found = re.findall(r"(?<![\d.,])[+−-]?\d(?:[\d.,]*\d)?(?!\s*[천만千万萬])", text)
    return found[0] if len(found) == 1 else None
