"""A small valid journey as a GeoJSON document, for tests that break one thing of it."""

from __future__ import annotations

import json
from typing import Any

Document = dict[str, Any]


def waypoint(number: int, **properties: Any) -> Document:
    """A waypoint `w0`, `w1` ... told as a point, 100 km east of the one before it; None takes a property out."""
    given = {
        "kind": "waypoint",
        "name": {"en": f"Place {number}"},
        "role": "stop",
        "precision": "city",
    }
    given |= {"status": "single", "sources": ["A"]} | properties
    return {
        "type": "Feature",
        "id": f"w{number}",
        "geometry": {"type": "Point", "coordinates": [100 + number, 15]},
        "properties": {name: value for name, value in given.items() if value is not None},
    }


def claim(**members: Any) -> Document:
    """A stated distance from the first to the last waypoint."""
    stated = {"id": "c", "quantity": "distance", "value": 300, "unit": "km", "wording": "about"}
    return (
        stated | {"scope": {"from": "w0", "to": "w2", "flight": "no"}, "sources": ["A"]} | members
    )


def leg(**properties: Any) -> Document:
    """A track from the first waypoint to the second."""
    given = {
        "kind": "leg",
        "from": "w0",
        "to": "w1",
        "status": "single",
        "sources": ["A"],
        "line": "recorded",
    } | properties
    line = {"type": "LineString", "coordinates": [[100, 15], [100.5, 15.2], [101, 15]]}
    return {"type": "Feature", "geometry": line, "properties": given}


def journey(*features: Document, **members: Any) -> Document:
    """A journey of three places unless others are given."""
    top = {
        "id": "walk",
        "title": {"en": "A walk"},
        "summary": {"en": "Three places."},
        "outcome": "reached",
    }
    top |= {"sources": [{"id": "A", "title": "A letter", "url": None}], "claims": [claim()]}
    listed = list(features) or [waypoint(0), waypoint(1), waypoint(2)]
    return {"type": "FeatureCollection", "journey": top | members, "features": listed}


def content(document: object) -> bytes:
    """Bytes of a file that holds a document."""
    return json.dumps(document, ensure_ascii=False).encode()
