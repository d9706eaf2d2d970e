"""The members that a journey's file may have, and a count of foreign ones."""

from __future__ import annotations

from collections.abc import Mapping

#: Number of the format that is written, which `geo/README.md` describes. What has none is older, and is read for ever.
FORMAT = 2
MAX_SENSITIVITY = 4
MOST = 1_000_000_000  # of anything that is counted or measured here

JOURNEY_MEMBERS = (
    *("format", "id", "title", "headline", "summary", "care", "subject", "people", "outcome"),
    *("sources", "claims", "notes", "reviewed", "stops", "consent", "corrections"),
)
WAYPOINT_MEMBERS = (
    *("kind", "name", "role", "precision", "coordinateUncertaintyInMeters", "footprint", "within", "when"),
    *(
        "when_published",
        "modes",
        "modes_are",
        "leg",
        "near_previous_km",
        "status",
        "narration",
        "scene",
        "quote",
        "image",
        "audio",
        "sources",
        "sources_at",
        "sensitivity",
    ),
    *("sensitivity_lowered", "withheld", "verbatimLocality"),
    *("dataGeneralizations", "informationWithheld"),
)
CONSENT_MEMBERS = ("basis", "when", "by", "to", "on_behalf_of", "withdraw")
CORRECTION_MEMBERS = ("when", "what")
MODE_MEMBERS = ("mode", "weight", "status")
LOWERED_MEMBERS = ("reason", "date")
SCENE_MEMBERS = ("kind", "count", "sources")
QUOTE_MEMBERS = ("text", "speaker", "sources")
IMAGE_MEMBERS = ("file", "alt", "credit", "media_checked")
AUDIO_MEMBERS = ("file", "transcript", "credit", "media_checked")
CHECKED_MEMBERS = ("by", "when")
SOURCE_MEMBERS = ("id", "title", "url", "language", "note")
CLAIM_MEMBERS = (
    *("id", "quantity", "value", "value_to", "unit", "unit_m", "unit_reason", "wording", "scope", "sources"),
    *("mode", "counts", "note", "sources_at"),
)
SCOPE_MEMBERS = ("from", "to", "flight")
LEG_MEMBERS = ("kind", "from", "to", "status", "sources", "sources_at", "line")

#: Letters of a text, by the member that it is or stands in; elsewhere, and in one language, as many as of ten pages.
MOST_LETTERS = {
    **dict.fromkeys(("title", "name", "subject", "reason", "unit"), 500),
    **dict.fromkeys(("id", "from", "to"), 100),
    "url": 2_000,
    "file": 420_000,  # of a recording that is embedded
}
MOST_IN_A_TEXT = 50_000
#: Things of a list, by its member.
MOST_LISTED = {"features": 20_000, "claims": 200, "sources": 2_000, "notes": 500, "modes": 50, "footprint": 300}
MOST_IN_A_LIST = 1_000  # or an object
MOST_LANGUAGES = 50
BY_LANGUAGE = frozenset(
    {"title", "name", "subject", "summary", "care", "note", "text", "narration", "alt", "transcript"}
)

_ANY = "*"  # a member of any name: a language
_TEXTS = [dict.fromkeys(("text", "sources", "sources_at"))]
_GEOMETRY = {"type": None, "coordinates": None, "bbox": None, "geometries": None}

_PROPERTIES = {
    "waypoint": dict.fromkeys(WAYPOINT_MEMBERS)
    | {
        "modes": [dict.fromkeys(MODE_MEMBERS)],
        "narration": {_ANY: _TEXTS},
        "scene": dict.fromkeys(SCENE_MEMBERS),
        "quote": dict.fromkeys(QUOTE_MEMBERS),
        "image": dict.fromkeys(IMAGE_MEMBERS) | {"media_checked": dict.fromkeys(CHECKED_MEMBERS)},
        "audio": dict.fromkeys(AUDIO_MEMBERS) | {"media_checked": dict.fromkeys(CHECKED_MEMBERS)},
        "sensitivity_lowered": dict.fromkeys(LOWERED_MEMBERS),
    },
    "leg": dict.fromkeys(LEG_MEMBERS),
}
_FEATURE = {"type": None, "id": None, "bbox": None, "geometry": _GEOMETRY}
_CLAIM = dict.fromkeys(CLAIM_MEMBERS) | {"scope": dict.fromkeys(SCOPE_MEMBERS)}
_JOURNEY = dict.fromkeys(JOURNEY_MEMBERS) | {
    "sources": [dict.fromkeys(SOURCE_MEMBERS)],
    "claims": [_CLAIM],
    "notes": _TEXTS,
    "consent": dict.fromkeys(CONSENT_MEMBERS),
    "corrections": [dict.fromkeys(CORRECTION_MEMBERS)],
}


def count_foreign(document: Mapping[str, object]) -> int:
    """How many members of a journey's document are not of the format; one counts once, whatever there is in it.

    Examples
    --------
    >>> count_foreign({"type": "FeatureCollection", "journey": {"id": "walk", "broker": {"name": "X"}}, "features": []})
    1
    """
    features = document.get("features")
    listed = features if isinstance(features, list) else []
    top = {"type": None, "bbox": None, "features": None, "journey": _JOURNEY}
    return _foreign(document, top) + sum(_foreign(each, _feature(each)) for each in listed)


def _feature(feature: object) -> Mapping[str, object]:
    properties = feature.get("properties") if isinstance(feature, Mapping) else None
    kind = properties.get("kind") if isinstance(properties, Mapping) else None
    return {**_FEATURE, "properties": _PROPERTIES.get(str(kind))}


def _foreign(value: object, known: object) -> int:
    """Members of a value that are not known; `known` is None of what is not looked into, a list of what is listed."""
    if isinstance(known, list):
        return sum(_foreign(each, known[0]) for each in value) if isinstance(value, list) else 0
    if not isinstance(known, Mapping) or not isinstance(value, Mapping):
        return 0
    return sum(
        _foreign(member, known.get(name, known.get(_ANY))) if name in known or _ANY in known else 1
        for name, member in value.items()
    )
