"""What people write in a table instead of the words that are read there: for hints alone."""

from __future__ import annotations

import re

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
#: By column: the value that is read there, and what others likely mean it.
_CHOICES = {
    "mode": {
        "road": ("car", "bus", "truck", "lorry", "taxi", "motorbike", "van", "cart"),
        "rail": ("train", "railway", "tram"),
        "foot": ("walk", "walked", "walking", "on foot", "march"),
        "flight": ("plane", "airplane", "aeroplane", "air", "flew", "helicopter"),
        'boat_along" or "boat_across': ("boat", "ship", "ferry", "raft", "canoe"),
    },
    "role": {
        "start": ("begin", "beginning", "home", "origin", "departure"),
        "stop": ("visited", "stay", "stayed", "camp"),
        "passed": ("transit", "via", "passed through"),
        "crossing": ("border", "border crossing", "frontier"),
        "reached": ("end", "arrival", "arrived", "destination", "goal"),
    },
    "wording": {
        "about": ("approx", "approx.", "approximately", "circa", "ca.", "ca", "c.", "around", "roughly", "some"),
        "nearly": ("almost", "just under", "close to"),
        "over": ("more than", "at least", "above"),
    },
    "unit": {
        "km": ("kilometres", "kilometers", "kilometre", "kilometer", "kms"),
        "m": ("metres", "meters", "metre", "meter"),
        "mi": ("miles", "mile"),
        "nmi": ("nautical miles", "nautical mile", "nm"),
        "h": ("hours", "hour", "hrs"),
        "d": ("days", "day"),
    },
    "quantity": {"distance": ("length", "way"), "duration": ("time",)},
    "flight": {"yes": ("y", "true", "included"), "no": ("n", "false", "excluded"), "unknown": ("?",)},
    "outcome": {"reached": ("arrived", "escaped", "success"), "captured_and_returned": ("captured", "returned")},
    "precision": {
        "city": ("town", "village", "municipality"),
        "region": ("province", "state", "district", "area"),
        "exact": ("address", "house"),
        "named feature": ("river", "mountain", "lake", "station", "bridge"),
    },
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
    """
    plain = " ".join(text.lower().split()).removeprefix("by ")
    return next((value for value, others in _CHOICES.get(column, {}).items() if plain in others), None)
