"""What people type into a table: other words than those of the format, degrees and radii."""

from __future__ import annotations

import re

from escape_route.model.modes import Mode
from escape_route.model.units import UNITS, Quantity
from escape_route.model.vocabulary import Flight, Outcome, Precision, Role, Word, Wording

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


def _others(column: str) -> dict[str, tuple[str, ...]]:
    return {str(word): word.row.also for word in _WORDS.get(column, ())}


_PART = r"(\d{1,3}(?:[.,]\d+)?)"
_LETTER = r"(n|s|e|w|north|south|east|west)?"
_MINUTES = rf"(?:\s*{_PART}\s*(?:['′’´]|min\.?))?"
_SECONDS = rf"(?:\s*{_PART}\s*(?:[\"″”]|''|′′|’’|sec\.?))?"
_DEGREES = re.compile(
    rf"{_LETTER}\s*([+−-])?{_PART}\s*(?:(°|º|deg\.?|degrees)(?:{_MINUTES}{_SECONDS}))?\s*{_LETTER}", re.IGNORECASE
)
_RADIUS = re.compile(r"(\d.*?)\s*([a-z]+)\.?", re.IGNORECASE)
#: Metres of each word for a unit that a radius may have.
_METRES = {word: UNITS[name].size for name in ("km", "m", "mi") for word in (name, *UNITS[name].also)}
_SIXTY = 60
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
    found = _DEGREES.fullmatch(text.strip())
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


def radius(text: str) -> tuple[str, float] | None:
    """Number of a radius with its unit, and the metres of that unit.

    Examples
    --------
    >>> radius("20 km"), radius("500m"), radius("3 miles"), radius("20")
    (('20', 1000.0), ('500', 1.0), ('3', 1609.344), None)
    """
    found = _RADIUS.fullmatch(text.strip())
    metres = found and _METRES.get(found[2].lower())
    return (found[1], metres) if found and metres else None


def number_in(text: str) -> str | None:
    """The one number in a text with words around it; None where there is none, or several.

    Examples
    --------
    >>> number_in("about 1,200 km"), number_in("20-30")
    ('1,200', None)
    """
    found = re.findall(r"(?<![\d.,])[+−-]?\d(?:[\d.,]*\d)?", text)
    return found[0] if len(found) == 1 else None
