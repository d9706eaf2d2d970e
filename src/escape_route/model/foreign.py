"""Members of a file that the format does not know: anybody's own, and never published."""

from __future__ import annotations

from collections.abc import Mapping

from escape_route.model import vocabulary

_ANY = "*"  # a member of any name: a language
_TEXTS = [{"text": None, "sources": None}]
_GEOMETRY = {"type": None, "coordinates": None, "bbox": None, "geometries": None}

_PROPERTIES = {
    "waypoint": dict.fromkeys(vocabulary.WAYPOINT_MEMBERS)
    | {
        "modes": [dict.fromkeys(vocabulary.MODE_MEMBERS)],
        "narration": {_ANY: _TEXTS},
        "sensitivity_lowered": dict.fromkeys(vocabulary.LOWERED_MEMBERS),
    },
    "leg": dict.fromkeys(vocabulary.LEG_MEMBERS),
}
_FEATURE = {"type": None, "id": None, "bbox": None, "geometry": _GEOMETRY}
_CLAIM = dict.fromkeys(vocabulary.CLAIM_MEMBERS) | {"scope": dict.fromkeys(vocabulary.SCOPE_MEMBERS)}
_JOURNEY = dict.fromkeys(vocabulary.JOURNEY_MEMBERS) | {
    "sources": [dict.fromkeys(vocabulary.SOURCE_MEMBERS)],
    "claims": [_CLAIM],
    "notes": _TEXTS,
}


def count(document: Mapping[str, object]) -> int:
    """How many members of a journey's document are not of the format; one counts once, whatever there is in it.

    Examples
    --------
    >>> count({"type": "FeatureCollection", "journey": {"id": "walk", "broker": {"name": "X"}}, "features": []})
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
