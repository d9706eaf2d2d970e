"""From what is found in a file to a journey, and from a journey to what a file of another format carries.

A file that is nobody's journey yet gets honest defaults for what it does not say. One of ours has
its members as texts beside what the format itself holds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import PurePath
from typing import Any, cast

from escape_route.errors import JourneyFileError, Problem, counted, refusal
from escape_route.formats import Loaded, geojson
from escape_route.formats.members import (
    JOURNEY,
    LEG,
    UNCLEAR,
    WAYPOINT,
    as_members,
    flatten,
    unflatten,
)
from escape_route.formats.tracks import arrange, clocks
from escape_route.formats.tracks.draft import (
    MOST_PARTS,
    ORDERS,
    Draft,
    Place,
    in_letters,
    named,
    not_kept,
    number_of,
)
from escape_route.model import dates, read, references, told_dates
from escape_route.model.journey import Journey, TracedLeg, Waypoint
from escape_route.model.lines import what_it_is
from escape_route.model.shapes import NULL_ISLAND, at_zero
from escape_route.strict_json import Members

#: What a place of anybody's is taken for by its geometry; one that has a name alone is a town to be
#: looked up.
_PRECISION: Mapping[object, str] = {"Point": "exact", None: "city"}
_SAVED_ELSEWHERE = (
    "saved by another program, which took out what belongs to the whole journey (title, claims, "
    "sources): what each "
    "place says of itself is kept"
)
#: What to do where a file is read and holds nothing of a journey: a style sheet, a schema, an empty
#: folder.
_NOWHERE = "give the file that has the points or lines, or begin one with escape-route new"
_UNTITLED = "A journey"
#: Namespace of what this project adds to a format that knows of namespaces.
NAMESPACE = "urn:escape-route:1"
_TOO_MANY = "is this a journey? cut it to one, and simplify its tracks"


def loaded(draft: Draft, source: str, kind: str) -> Loaded:
    """Make a journey of what was found in a file of a kind; the stem of the file's name is its id, and never its title.

    Raises JourneyFileError with the problems that were found; where there is neither a place nor a
    track in it, or more than any journey has; where a shape is not valid.
    """
    _refuse_nowhere(draft)
    draft.stop_on_problems(source)
    clocks.set_right(draft)
    _read_signs(draft)
    _put_in_order(draft)
    _take_strictest(draft)
    if draft.parts > MOST_PARTS:
        raise refusal(
            source,
            f"{draft.parts:,} places and parts of tracks, more than {MOST_PARTS:,}",
            _TOO_MANY,
        )
    if not draft.places and not draft.tracks:
        fix = "; ".join((*draft.warnings, _NOWHERE))
        raise refusal(source, f"no place and no track in this {kind} file", fix)
    stops, legs = arrange.arranged(draft)
    if not stops:
        message = f"no place and no track of two positions in this {kind} file"
        raise refusal(source, message, _NOWHERE)
    document = _document(draft, (stops, legs), source, kind)
    origins = [stop.origin for stop in stops] + [leg.origin for leg in legs]
    journey = read_placed(document, origins, source)
    warnings = (*draft.warnings, *_noted(draft), *not_kept(draft.left), *_taken_for_granted(stops))
    return Loaded(journey, warnings, media=tuple(draft.media))


def _refuse_nowhere(draft: Draft) -> None:
    """Note each place that stands where programs put what has no position."""
    for place in draft.places:
        geometry = place.geometry or {}
        if geometry.get("type") == "Point" and list(geometry["coordinates"]) == [0, 0]:  # type: ignore[call-overload]  # two
            draft.fault(place.origin, *NULL_ISLAND)


def _read_signs(draft: Draft) -> None:
    """Read names and words that were written in HTML once too often as the letters that they stand for, and say so."""
    before = [
        draft.title,
        draft.summary,
        *(text for place in draft.places for text in (place.name, place.words)),
    ]
    draft.title, draft.summary = (
        text and in_letters(text) for text in (draft.title, draft.summary)
    )
    draft.places = [replace(place, **_in_letters(place)) for place in draft.places]
    draft.tracks = [
        replace(track, name=track.name and in_letters(track.name)) for track in draft.tracks
    ]
    changed = [text for text in before if text and in_letters(text) != text]
    if changed:
        draft.warnings.append(
            f"signs that stand for letters, as web pages have them, are read as these: {changed[0][:60]}"
        )


def _in_letters(place: Place) -> dict[str, Any]:
    names = place.more.get("name")
    if isinstance(names, dict):
        more = {"name": {key: in_letters(str(text)) for key, text in names.items()}}
    else:
        more = {}
    texts = {"name": place.name, "words": place.words}
    return {key: text and in_letters(text) for key, text in texts.items()} | {
        "more": {**place.more, **more}
    }


def _put_in_order(draft: Draft) -> None:
    """Put places into the order that a column of the file numbers them in, and say so, or why it is not followed."""
    numbers = dict.fromkeys((place.origin, place.order) for place in draft.places)
    orders = sorted(order for _, order in numbers if order is not None)
    if not orders or len(numbers) == 1:
        return
    twice = next((one for one, other in pairwise(orders) if one == other), None)
    is_run = orders == [orders[0] + step for step in range(len(orders))]
    lacks = f"{twice:g} stands twice" if twice is not None else "it is not in every place"
    if (
        len(orders) < len(numbers)
        or twice is not None
        or not (is_run or draft.ordered_by in ORDERS)
    ):
        if len(orders) == len(numbers) and twice is None:
            lacks = "its numbers do not follow one another"
        draft.warnings.append(
            f"{draft.ordered_by} is not taken for the order of the places, for {lacks}"
        )
        return
    ordered = sorted(draft.places, key=lambda place: place.order or 0)
    if ordered != draft.places:
        draft.places = ordered
        draft.warnings.append(
            f"the places are put in the order of {draft.ordered_by}, which is not the file's"
        )


def _take_strictest(draft: Draft) -> None:
    """Give a place whose sensitivity is not understood the strictest that the file knows."""
    unclear = [place for place in draft.places if place.more.get("sensitivity") == UNCLEAR]
    if unclear:
        strictest = draft.strictest()
        listed = named([place.name or place.origin for place in unclear])
        draft.warnings.append(
            f"a sensitivity that is not 0 to 4, taken as {strictest}, the strictest here: {listed}"
        )
        draft.places = [
            replace(place, more={**place.more, "sensitivity": strictest})
            if place in unclear
            else place
            for place in draft.places
        ]


def _noted(draft: Draft) -> Iterator[str]:
    if draft.says_ours:
        yield _SAVED_ELSEWHERE
    if draft.hidden:
        way = "show them in the program that made it to have them"
        yield f"left out, for the file itself does not show them: {named(draft.hidden)} ({way})"
    if draft.undated:
        yield f"not understood as dates, and left out: {named(draft.undated)} ({told_dates.ways(draft.undated[0])})"
    backward = [
        place.name or place.origin
        for place in draft.places
        if place.when and dates.is_backward(place.when)
    ]
    if backward:
        yield f"a date that ends before it begins: {named(backward)} (the earlier one comes first: 2004/2006)"
    nameless = [place.name or place.origin for place in draft.places if place.geometry is None]
    if nameless:
        yield f"a name and no coordinates, to be looked up by import: {named(nameless)}"


def read_placed(document: Members, origins: Sequence[str], source: str) -> Journey:
    """Read a document that a reader built; each problem is told at the place in the file that its feature is from."""
    try:
        return read.read_document(document, source)
    except JourneyFileError as error:
        raise JourneyFileError(
            source, tuple(_at_origin(problem, origins) for problem in error.problems)
        ) from None


def _at_origin(problem: Problem, origins: Sequence[str]) -> Problem:
    where = re.match(r"features\[(\d+)\](?:\.properties|\.geometry)?\.?", problem.place)
    if where is None:
        return problem
    rest = problem.place[where.end() :]
    origin = origins[int(where[1])]
    return replace(problem, place=f"{origin}: {rest}" if rest else origin)


def _document(
    draft: Draft, parts: tuple[Sequence[Place], Sequence[arrange.Leg]], source: str, kind: str
) -> Members:
    stem = PurePath(source).name.partition(".")[0]
    title = draft.title or _UNTITLED  # a file's name may be somebody's, and titles are published
    top = {
        "id": references.id_of(stem),
        "title": {"en": title},
        "summary": {
            "en": draft.summary or f"Read from a {kind} file, which says no more of this journey."
        },
        "outcome": "unknown",
        "sources": [
            {"id": "file", "title": f"the {kind} file itself", "url": None},
            *draft.sources,
        ],
        "claims": [],
    }
    features = [_waypoint(stop, index) for index, stop in enumerate(parts[0])] + [
        _leg(leg) for leg in parts[1]
    ]
    return cast(
        "Members", as_members({"type": "FeatureCollection", "journey": top, "features": features})
    )


def _waypoint(stop: Place, index: int) -> dict[str, object]:
    properties: dict[str, object] = {
        "kind": "waypoint",
        "name": {"en": stop.name or f"Place {index + 1}"},
        "role": "start" if index == 0 else "stop",
        "precision": _PRECISION.get(stop.geometry["type"] if stop.geometry else None, "region"),
        "status": "single",
        "sources": ["file"],
    }
    if stop.when is not None:
        properties["when"] = stop.when
    if stop.words is not None:
        properties["narration"] = {"en": [{"text": stop.words, "sources": ["file"]}]}
    properties |= stop.more
    return {
        "type": "Feature",
        "id": f"w{index + 1}",
        "geometry": stop.geometry and dict(stop.geometry),
        "properties": properties,
    }


def _leg(leg: arrange.Leg) -> dict[str, object]:
    ends = {"from": f"w{leg.start + 1}", "to": f"w{leg.start + 2}"}
    properties = {"kind": "leg", **ends, "status": "single", "sources": ["file"]}
    if leg.line_told or leg.line_is is not what_it_is(leg.line):
        properties["line"] = str(leg.line_is)
    return {
        "type": "Feature",
        "geometry": {
            "type": "LineString",
            "coordinates": [list(position) for position in leg.line],
        },
        "properties": properties,
    }


def _taken_for_granted(stops: Sequence[Place]) -> list[str]:
    guessed = [stop for stop in stops if "precision" not in stop.more]
    points = sum(stop.geometry is not None and stop.geometry["type"] == "Point" for stop in guessed)
    exact = f"{points} exact points" if points != 1 else "1 exact point"
    unsaid = (
        "the file does not say how precise its places are, what they are to the journey, how they "
        "are known"
    )
    lines = [f"{unsaid}: taken as {exact}, told once, by the file itself"] if guessed else []
    if not all("sensitivity" in stop.more for stop in stops):
        lines.append(
            "no sensitivity is declared: what is published of it is generalised to 0.1 degree"
        )
    return lines


@dataclass(frozen=True, slots=True)
class Part:
    """A waypoint or a traced leg in a file.

    `texts` are its members as `flatten` writes them; `geometry` is GeoJSON, None where the file has
    no shape.
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


def parts_of(
    journey: Journey,
) -> tuple[dict[str, str], list[tuple[Waypoint, Part]], list[tuple[TracedLeg, Part]]]:
    """Members of a journey, its waypoints and its traced legs as a file is to carry them."""
    document = geojson.whole_document(journey)
    features, count = cast("list[dict[str, object]]", document["features"]), len(journey.waypoints)
    waypoints = [_part(feature, index) for index, feature in enumerate(features[:count])]
    legs = [_part(feature, None) for feature in features[count:]]
    pairs = zip(journey.waypoints, waypoints, strict=True), zip(journey.traces, legs, strict=True)
    return flatten(cast("dict[str, object]", document["journey"])), list(pairs[0]), list(pairs[1])


def _part(feature: Mapping[str, object], order: int | None) -> Part:
    members: dict[str, object] = {"id": feature["id"]} if "id" in feature else {}
    if order is not None:
        members["order"] = order
    properties = cast("dict[str, object]", feature["properties"])
    members |= {name: value for name, value in properties.items() if name != "kind"}
    return Part("", flatten(members), cast("dict[str, object] | None", feature["geometry"]))


def own_loaded(parts: Parts, source: str) -> Loaded:
    """Read what `parts_of` was written from.

    Raises JourneyFileError with every problem, each at its place in the file.
    """
    top = unflatten(parts.top, JOURNEY)
    waypoints = _in_order([(part, unflatten(part.texts, WAYPOINT)) for part in parts.waypoints])
    legs = [(part, unflatten(part.texts, LEG)) for part in parts.legs]
    added = sum(not part.texts for part, _ in waypoints)
    ours = [(part, members) for part, members in legs if "from" in members]
    features = [
        _own_waypoint(part, members, index) for index, (part, members) in enumerate(waypoints)
    ]
    features += [_own_feature("leg", members, as_members(part.geometry)) for part, members in ours]
    document = Members({"type": "FeatureCollection", "journey": top, "features": features})
    origins = [part.origin for part, _ in waypoints] + [part.origin for part, _ in ours]
    journey = read_placed(document, origins, source)
    return Loaded(
        journey, (*at_zero(journey.waypoints), *_warnings(added, len(legs) - len(ours), parts.left))
    )


def _warnings(added: int, tracks: int, left: Counter[str]) -> list[str]:
    lines = []
    if added:
        lines.append(
            f"added by another program, taken as exact and as inferred: {counted(added, 'place')}"
        )
    if tracks:
        lines.append(
            f"left out, for no places are named that it lies between: {counted(tracks, 'track')}"
        )
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
    return [pair for _, _, pair in sorted(ranked, key=lambda row: row[:2])]


def _own_waypoint(part: Part, members: Members, index: int) -> Members:
    members.setdefault("id", None if part.texts else f"added-{index + 1}")
    shape = members.pop("geometry", None)
    if not part.texts:
        name = part.name or f"Place {index + 1}"
        members |= {"name": Members({"en": name}), "role": "stop", "precision": "exact"}
        members |= {"status": "inferred", "sources": []}
    return _own_feature("waypoint", members, as_members(part.geometry) if shape is None else shape)


def _own_feature(kind: str, members: Members, geometry: object) -> Members:
    id_ = {"id": members.pop("id")} if "id" in members else {}
    properties = Members({"kind": kind} | members)
    return Members({"type": "Feature", **id_, "geometry": geometry, "properties": properties})


def no_root(source: str, root: str, wanted: str) -> JourneyFileError:
    """Refusal of a file whose root is not what its ending says."""
    fix = f"name a file by its format: this is no {wanted.upper()} file"
    return refusal(
        source, f"the root is <{root}>, not <{wanted}>", fix, place="line 1", rule="unreadable"
    )
