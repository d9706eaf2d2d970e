"""What if it had been otherwise: a journey with one leg or one place changed, marked as nobody's telling."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, cast

from escape_route.errors import UsageError
from escape_route.fields import suggest
from escape_route.formats import geojson
from escape_route.language.sentences import in_all
from escape_route.model.journey import say
from escape_route.model.make import modes_of, read_by_argument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from escape_route.model.journey import Journey
    from escape_route.model.make import Modes, PlaceDraft

    Members: TypeAlias = dict[str, object]


def with_mode(journey: Journey, waypoint_id: str, by: Modes, *, parts: bool = False) -> Journey:
    """Change how one arrived at a waypoint; see `escape_route.Journey.with_mode`."""
    index = _index_of(journey, waypoint_id, "with_mode")
    if journey.trace_into(index) is not None:
        raise UsageError(f"with_mode: the way to {waypoint_id} is a track, which is measured and not wound by its mode")
    document = geojson.to_document(journey)
    properties = _properties(document, index)
    properties["modes"] = modes_of(by, "inferred")
    properties["modes_are"] = "parts" if parts else "alternatives"
    return _read(journey, document, "what_if.mode", waypoint_id)


def with_place(journey: Journey, waypoint_id: str, place: PlaceDraft) -> Journey:
    """Change where a waypoint was; see `escape_route.Journey.with_place`."""
    index = _index_of(journey, waypoint_id, "with_place")
    document = geojson.to_document(journey)
    features = cast("list[Members]", document["features"])
    feature, properties = features[index], _properties(document, index)
    for name in ("coordinateUncertaintyInMeters", "footprint", "within", "dataGeneralizations", "verbatimLocality"):
        properties.pop(name, None)
    properties |= {name: value for name, value in place.properties.items() if name != "name"}
    feature["properties"] = properties | {"name": place.properties["name"], "status": "inferred"}
    feature["geometry"] = place.geometry
    document["features"] = [each for each in features if waypoint_id not in _ends(each)]
    return _read(journey, document, "what_if.place", waypoint_id)


def _ends(feature: Members) -> Sequence[object]:
    """Waypoints that a track joins; none where the feature is a waypoint."""
    properties = cast("Members", feature["properties"])
    return (properties["from"], properties["to"]) if properties["kind"] == "leg" else ()


def _read(journey: Journey, document: Members, key: str, waypoint_id: str) -> Journey:
    """Read the changed document, with a note that says what was changed: no source tells it so."""
    name = journey.waypoints[journey.index_of(waypoint_id)].name
    text = in_all(lambda speaker: speaker.word(key, name=say(name, speaker.language)))
    top = cast("Members", document["journey"])
    notes = cast("list[object]", top.get("notes") or [])
    top["notes"] = [*notes, *([] if _noted(journey, text) else [{"text": text, "sources": []}])]
    return read_by_argument(document, journey.id, [say(each.name) for each in journey.waypoints])


def _noted(journey: Journey, text: object) -> bool:
    return any(note.text == text for note in journey.notes)


def _properties(document: Members, index: int) -> Members:
    return cast("Members", cast("list[Members]", document["features"])[index]["properties"])


def _index_of(journey: Journey, waypoint_id: str, function: str) -> int:
    ids = [waypoint.id for waypoint in journey.waypoints]
    if waypoint_id not in ids:
        raise UsageError(f"{function}: no waypoint {waypoint_id} ({suggest(waypoint_id, ids)})")
    return ids.index(waypoint_id)
