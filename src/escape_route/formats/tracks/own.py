"""A journey as a file of another format carries it, and back: members as texts beside what the format itself holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from escape_route.errors import JourneyFileError, Problem
from escape_route.formats import Loaded, geojson
from escape_route.formats.members import JOURNEY, LEG, WAYPOINT, as_members, flatten, unflatten
from escape_route.formats.tracks.found import not_kept, number_of
from escape_route.formats.tracks.journey import read_placed
from escape_route.strict_json import Members

if TYPE_CHECKING:
    from collections.abc import Mapping

    from escape_route.model.journey import Journey, TracedLeg, Waypoint

#: Namespace of what this project adds to a format that knows of namespaces.
NAMESPACE = "urn:escape-route:1"


@dataclass(frozen=True, slots=True)
class Part:
    """A waypoint or a traced leg in a file.

    `texts` are its members as `flat.flatten` writes them; `geometry` is GeoJSON, None where the file has no shape.
    """

    origin: str
    texts: Mapping[str, str]
    geometry: Mapping[str, object] | None = None
    name: str | None = None


@dataclass(slots=True)
class Parts:
    """All that one file holds of a journey of ours; what is no text in `top` is a member as it is."""

    top: Mapping[str, object]
    waypoints: list[Part] = field(default_factory=list)
    legs: list[Part] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)


def parts_of(journey: Journey) -> tuple[dict[str, str], list[tuple[Waypoint, Part]], list[tuple[TracedLeg, Part]]]:
    """Members of a journey, its waypoints and its traced legs as a file is to carry them."""
    document = geojson.whole_document(journey)
    features = document["features"]
    assert isinstance(features, list)  # noqa: S101  # what whole_document promises
    count = len(journey.waypoints)
    waypoints = [_part(feature, index) for index, feature in enumerate(features[:count])]
    legs = [_part(feature, None) for feature in features[count:]]
    top = document["journey"]
    assert isinstance(top, dict)  # noqa: S101  # the same
    return (
        flatten(top),
        list(zip(journey.waypoints, waypoints, strict=True)),
        list(zip(journey.traces, legs, strict=True)),
    )


def _part(feature: Mapping[str, object], order: int | None) -> Part:
    members: dict[str, object] = {"id": feature["id"]} if "id" in feature else {}
    if order is not None:
        members["order"] = order
    properties, geometry = feature["properties"], feature["geometry"]
    assert isinstance(properties, dict)  # noqa: S101  # as geojson writes them
    assert geometry is None or isinstance(geometry, dict)  # noqa: S101  # the same
    members |= {name: value for name, value in properties.items() if name != "kind"}
    return Part("", flatten(members), geometry)


def loaded(parts: Parts, source: str) -> Loaded:
    """Read what `parts_of` was written from.

    Raises
    ------
    JourneyFileError
        With every problem, each at its place in the file.
    """
    top = unflatten(parts.top, JOURNEY)
    waypoints = _in_order([(part, unflatten(part.texts, WAYPOINT)) for part in parts.waypoints])
    legs = [(part, unflatten(part.texts, LEG)) for part in parts.legs]
    added = sum(not part.texts for part, _ in waypoints)
    ours = [(part, members) for part, members in legs if "from" in members]
    features = [_waypoint(part, members, index) for index, (part, members) in enumerate(waypoints)]
    features += [_leg(part, members) for part, members in ours]
    document = Members({"type": "FeatureCollection", "journey": top, "features": features})
    origins = [part.origin for part, _ in waypoints] + [part.origin for part, _ in ours]
    journey = read_placed(document, origins, source)
    return Loaded(journey, tuple(_warnings(added, len(legs) - len(ours), parts.left)))


def _warnings(added: int, tracks: int, left: Counter[str]) -> list[str]:
    lines = []
    if added:
        lines.append(f"{added:,} places were added by another program: taken as exact points that are inferred")
    if tracks:
        lines.append(f"left out: {tracks:,} tracks that do not say between which waypoints they lie")
    return lines + not_kept(left)


def _in_order(waypoints: list[tuple[Part, Members]]) -> list[tuple[Part, Members]]:
    """Waypoints by the order they carry; one that carries none follows the one before it in the file."""
    ranked: list[tuple[float, int, tuple[Part, Members]]] = []
    last = -1.0
    for number, (part, members) in enumerate(waypoints):
        order = members.pop("order", None)
        rank = number_of(order) if isinstance(order, int | float) else None
        last = last if rank is None else rank
        ranked.append((last, number, (part, members)))
    return [pair for _, _, pair in sorted(ranked, key=lambda each: each[:2])]


def _waypoint(part: Part, members: Members, index: int) -> Members:
    told = {"id": members.pop("id", None if part.texts else f"added-{index + 1}")}
    shape = members.pop("geometry", None)
    if not part.texts:
        name = part.name or f"Place {index + 1}"
        members |= {"name": Members({"en": name}), "role": "stop", "precision": "exact"}
        members |= {"status": "inferred", "sources": []}
    geometry = shape if shape is not None else as_members(part.geometry)
    return Members(
        {"type": "Feature", **told, "geometry": geometry, "properties": Members({"kind": "waypoint"} | members)}
    )


def _leg(part: Part, members: Members) -> Members:
    told = {"id": members.pop("id")} if "id" in members else {}
    properties = Members({"kind": "leg"} | members)
    return Members({"type": "Feature", **told, "geometry": as_members(part.geometry), "properties": properties})


def no_root(source: str, root: str, wanted: str) -> JourneyFileError:
    """Refusal of a file whose root is not what its ending says."""
    fix = f"name a file by its format: this is no {wanted.upper()} file"
    return JourneyFileError(source, (Problem("line 1", f"the root is <{root}>, not <{wanted}>", fix, "unreadable"),))
