"""What people write in a table instead of the words that are read there: for hints alone."""

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
    'boat_along" or "boat_across'
    """
    plain = " ".join(text.lower().split()).removeprefix("by ")
    others = {unit.name: unit.also for unit in UNITS.values()} if column == "unit" else _others(column)
    return '" or "'.join(value for value, also in others.items() if plain in also) or None


def _others(column: str) -> dict[str, tuple[str, ...]]:
    return {str(word): word.row.also for word in _WORDS.get(column, ())}
