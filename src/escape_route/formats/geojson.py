"""A journey as RFC 7946 GeoJSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, replace
from itertools import pairwise
from typing import TYPE_CHECKING, cast

import numpy as np
import shapely
from shapely.geometry import mapping

from escape_route import strict_json
from escape_route.formats import Loaded, Written
from escape_route.geography import antimeridian
from escape_route.geography.geodesic import Floats, LonLat, cut_at_antimeridian
from escape_route.model import read as reading
from escape_route.model.lines import what_it_is
from escape_route.model.members import FORMAT, members_of
from escape_route.model.shapes import at_zero
from escape_route.model.vocabulary import Counts

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from escape_route.errors import Problem
    from escape_route.model.journey import Journey, TracedLeg, Waypoint
    from escape_route.model.published import Published
    from escape_route.strict_json import Members

_HALF_TURN_DEG = 180.0
_DECIMALS = 7  # a centimetre: more is noise, and RFC 7946 advises against it
_NOTHING: tuple[object, ...] = (None, (), {})
_WORDS = {"leg": "untold", "stops": "some"}  # what stands in a file for what is not as usual


def read(content: bytes, source: str) -> Loaded:
    """Read a journey, and what RFC 7946 advises against in its file; raises JourneyFileError."""
    return read_parsed(*strict_json.parse(content), content, source)


def read_parsed(
    document: object, problems: Sequence[Problem], content: bytes, source: str
) -> Loaded:
    """Read as `read` does what `strict_json.parse` gave of a file's bytes."""
    journey, warnings = reading.read_whole(document, problems, source)
    return Loaded(
        journey,
        (*at_zero(journey.waypoints), *map(str, warnings)),
        cast("Members", document),
        digest_of(content),
    )


def digest_of(content: bytes) -> bytes:
    """Sum by which a file is known again."""
    return hashlib.sha256(content).digest()


def write(published: Published) -> Written:
    """Write a journey; nothing of it is lost."""
    return Written(to_bytes(published.journey))


def whole_document(journey: Journey) -> dict[str, object]:
    """Write a journey as `to_document` does, with tracks that cross the antimeridian in one piece."""
    traces = (_trace(trace, [_rounded_line(trace.vertices)]) for trace in journey.traces)
    features = [*map(_waypoint, journey.waypoints), *traces]
    return {"type": "FeatureCollection", "journey": _top(journey), "features": features}


def to_document(journey: Journey) -> dict[str, object]:
    """Write a journey as the mapping that `json.dump` takes: a FeatureCollection with the member `journey`.

    Members without a value are left out.
    """
    return _document(journey, _rounded_line)


def with_arrays(journey: Journey) -> dict[str, object]:
    """What `to_document` writes, with each part of a track as an array: for looking through, and no JSON."""
    return _document(journey, lambda part: np.round(part, _DECIMALS))


def with_arrays_of(document: Mapping[str, object], journey: Journey) -> dict[str, object]:
    """The document that a journey was read from, its tracks as arrays: both are the same positions, read once."""
    lines = iter(journey.traces)
    features = cast("list[Members]", document["features"])
    return {
        **document,
        "features": [
            _with_array(feature, next(lines))
            if cast("Members", feature["properties"])["kind"] == "leg"
            else feature
            for feature in features
        ],
    }


def _with_array(feature: Members, trace: TracedLeg) -> Mapping[str, object]:
    geometry = cast("Members", feature["geometry"])
    is_whole = geometry["type"] == "LineString"
    if is_whole:
        return {**feature, "geometry": {**geometry, "coordinates": trace.vertices}}
    return feature


def _document(journey: Journey, written: Callable[[Floats], object]) -> dict[str, object]:
    tracks = _tracks(journey)
    lines = ([written(part) for part in parts] for parts in tracks)
    features = [*map(_waypoint, journey.waypoints), *map(_trace, journey.traces, lines)]
    return {
        "type": "FeatureCollection",
        **_box(journey, tracks),
        "journey": _top(journey),
        "features": features,
    }


def added_to(journey: Journey) -> dict[str, object]:
    """What `to_document` writes of a journey that its own file need not have: a box, and where tracks are cut."""
    tracks = _tracks(journey)
    cuts = [
        end
        for parts in tracks
        for before, after in pairwise(parts)
        for end in (before[-1], after[0])
    ]
    return {**_box(journey, tracks), "coordinates": [end.tolist() for end in cuts]}


def _box(journey: Journey, tracks: Sequence[Sequence[Floats]]) -> dict[str, object]:
    box = antimeridian.bounding_box(_spans(journey, tracks))
    return {} if box is None else {"bbox": _rounded(box)}


def _tracks(journey: Journey) -> list[list[Floats]]:
    """Parts of each track, as arrays: it may have hundreds of thousands of positions."""
    return [_whole_parts(trace) for trace in journey.traces]


def _spans(journey: Journey, tracks: Sequence[Sequence[Floats]]) -> Iterator[tuple[LonLat, LonLat]]:
    """Corners of all that is drawn; a step of a track is the short way round."""
    for waypoint in journey.waypoints:
        if waypoint.geometry is not None:
            for part in getattr(
                antimeridian.within(waypoint.geometry), "geoms", (waypoint.geometry,)
            ):
                west, south, east, north = part.bounds
                yield (west, south), (east, north)
        elif waypoint.label is not None:
            yield waypoint.label, waypoint.label
    for part in (part for parts in tracks for part in parts):
        lon, lat = part.T
        yield (float(lon.min()), float(lat.min())), (float(lon.max()), float(lat.max()))


def _whole_parts(trace: TracedLeg) -> list[Floats]:
    """Parts of a track that does not step over the antimeridian within any of them (RFC 7946, 3.1.9)."""
    turns = bool((np.abs(np.diff(trace.vertices[:, 0])) > _HALF_TURN_DEG).any())
    if turns:
        return [np.array(part) for part in cut_at_antimeridian(trace.line)]
    return [trace.vertices]


def to_bytes(journey: Journey) -> bytes:
    """Write a journey as the bytes of a file, UTF-8, indented, ending in a new line."""
    return (json.dumps(to_document(journey), ensure_ascii=False, indent=2) + "\n").encode()


def _written(part: DataclassInstance) -> dict[str, object]:
    """Members of a part of a journey; those that say no more than if they were missing are left out."""
    members = {}
    for name, field, usual in members_of(type(part)):
        value = getattr(part, field)
        if usual is MISSING or not (value == usual or value in _NOTHING):
            members[name] = _WORDS.get(name) or _as_json(value)
    return members


def _as_json(value: object) -> object:
    if isinstance(value, str):
        return str(value)  # a word of the format too
    if isinstance(value, tuple):
        return [_as_json(item) for item in value]
    if isinstance(value, Mapping):
        return {name: _as_json(text) for name, text in value.items()}
    if isinstance(value, float):
        return _number(value)
    if value is None or isinstance(value, int):
        return value
    return _written(cast("DataclassInstance", value))


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else value


def _top(journey: Journey) -> dict[str, object]:
    """Members of a journey; what a claim counts is not written where it follows from the modes of its way."""
    claims = (
        claim if claim.counts_told else replace(claim, counts=Counts.JOURNEY)
        for claim in journey.claims
    )
    return {"format": FORMAT, **_written(replace(journey, claims=tuple(claims)))}


def _waypoint(waypoint: Waypoint) -> dict[str, object]:
    properties = {"kind": "waypoint", **_written(waypoint)}
    return {
        "type": "Feature",
        "id": waypoint.id,
        "geometry": _geometry(waypoint),
        "properties": properties,
    }


def _geometry(waypoint: Waypoint) -> dict[str, object] | None:
    if waypoint.geometry is not None:
        oriented = shapely.orient_polygons(
            antimeridian.within(waypoint.geometry), exterior_cw=False
        )
        written = mapping(oriented)
        return {"type": written["type"], "coordinates": _rounded(written["coordinates"])}
    if waypoint.label is None:
        return None
    return {"type": "Point", "coordinates": _rounded(waypoint.label)}


def _rounded(value: object) -> object:
    if isinstance(value, float | int):
        return _number(round(float(value), _DECIMALS))
    return [_rounded(member) for member in value]  # type: ignore[attr-defined]


def _rounded_line(line: Floats) -> list[list[float | int]]:
    rounded = np.round(line, _DECIMALS)
    written: list[list[float | int]] = rounded.tolist()
    for row, column in np.argwhere(rounded == np.trunc(rounded)).tolist():
        written[row][column] = int(rounded[row, column])
    return written


def _trace(trace: TracedLeg, lines: Sequence[object]) -> dict[str, object]:
    whole = {"type": "LineString", "coordinates": lines[0]}
    geometry = whole if len(lines) == 1 else {"type": "MultiLineString", "coordinates": lines}
    properties = {"kind": "leg", **_written(trace), **_what_it_is(trace)}
    return {
        "type": "Feature",
        "geometry": geometry,
        "properties": properties,
        **({"id": trace.id} if trace.id else {}),
    }


def _what_it_is(trace: TracedLeg) -> dict[str, object]:
    """What a line is, where its file told that or its vertices do not."""
    is_said = trace.line_told or trace.line_is is not what_it_is(trace.vertices)
    return {"line": str(trace.line_is)} if is_said else {}
