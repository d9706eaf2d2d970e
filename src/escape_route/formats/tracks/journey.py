"""A file that is nobody's journey yet made one, with honest defaults for what it does not say."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from escape_route.errors import JourneyFileError, Problem
from escape_route.formats import Loaded
from escape_route.formats.members import NULL_ISLAND, UNCLEAR, as_members
from escape_route.formats.tracks import arrange
from escape_route.formats.tracks.found import MOST_PARTS, named, not_kept
from escape_route.model import dates, read, references, told_dates
from escape_route.model.lines import what_it_is
from escape_route.strict_json import Members

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from escape_route.formats.tracks.found import Found, Place
    from escape_route.model.journey import Journey

#: What a place of anybody's is taken for by its geometry; one that has a name alone is a town to be looked up.
_PRECISION: Mapping[object, str] = {"Point": "exact", None: "city"}
_SAVED_ELSEWHERE = (
    "saved by another program, which took out what belongs to the whole journey (title, claims, sources): what each "
    "place says of itself is kept"
)
#: What to do where a file is read and holds nothing of a journey: a style sheet, a schema, an empty folder.
_NOWHERE = "give the file that has the points or lines, or begin one with escape-route new"
_UNTITLED = "A journey"
_TOO_MANY = "is this a journey? cut it to one, and simplify its tracks"


def loaded(found: Found, source: str, kind: str) -> Loaded:
    """Make a journey of what was found.

    Parameters
    ----------
    found
        Places and tracks in the file's order.
    source
        The file's name; its stem is the journey's id, and never its title.
    kind
        The format in words, such as ``GPX``.

    Raises
    ------
    JourneyFileError
        With the problems that were found; where there is neither a place nor a track in it, or more than any journey
        has; where a shape is not valid.
    """
    _refuse_nowhere(found)
    found.stop_on_problems(source)
    _take_strictest(found)
    if found.parts > MOST_PARTS:
        raise JourneyFileError(
            source, (Problem("", f"{found.parts:,} places and parts of tracks, more than {MOST_PARTS:,}", _TOO_MANY),)
        )
    if not found.places and not found.tracks:
        fix = "; ".join((*found.warnings, _NOWHERE))
        raise JourneyFileError(source, (Problem("", f"no place and no track in this {kind} file", fix),))
    stops, legs = arrange.arranged(found)
    if not stops:
        message = f"no place and no track of two positions in this {kind} file"
        raise JourneyFileError(source, (Problem("", message, _NOWHERE),))
    document = _document(found, (stops, legs), source, kind)
    origins = [stop.origin for stop in stops] + [leg.origin for leg in legs]
    journey = read_placed(document, origins, source)
    warnings = (*found.warnings, *_noted(found), *not_kept(found.left), *_taken_for_granted(stops))
    return Loaded(journey, warnings, media=tuple(found.media))


def _refuse_nowhere(found: Found) -> None:
    """Note each place that stands where programs put what has no position."""
    for place in found.places:
        told = place.geometry or {}
        if told.get("type") == "Point" and list(told["coordinates"]) == [0, 0]:  # type: ignore[call-overload]  # two
            found.fault(place.origin, *NULL_ISLAND)


def _take_strictest(found: Found) -> None:
    """Give a place whose sensitivity is not understood the strictest that the file knows."""
    unclear = [place for place in found.places if place.more.get("sensitivity") == UNCLEAR]
    if unclear:
        strictest = found.strictest()
        listed = named([place.name or place.origin for place in unclear])
        found.warnings.append(f"a sensitivity that is not 0 to 4, taken as {strictest}, the strictest here: {listed}")
        found.places = [
            replace(place, more={**place.more, "sensitivity": strictest}) if place in unclear else place
            for place in found.places
        ]


def _noted(found: Found) -> Iterator[str]:
    """What a reader noted of single places, a line a kind."""
    if found.says_ours:
        yield _SAVED_ELSEWHERE
    if found.hidden:
        way = "show them in the program that made it to have them"
        yield f"left out, for the file itself does not show them: {named(found.hidden)} ({way})"
    if found.undated:
        yield f"not understood as dates, and left out: {named(found.undated)} ({told_dates.ways(found.undated[0])})"
    backward = [place.name or place.origin for place in found.places if place.when and dates.is_backward(place.when)]
    if backward:
        yield f"a date that ends before it begins: {named(backward)} (the earlier one comes first: 2004/2006)"
    nameless = [place.name or place.origin for place in found.places if place.geometry is None]
    if nameless:
        yield f"a name and no coordinates, to be looked up by import: {named(nameless)}"


def read_placed(document: Members, origins: Sequence[str], source: str) -> Journey:
    """Read a document that a reader built; each problem is told at the place in the file that its feature is from."""
    try:
        return read.read_document(document, source)
    except JourneyFileError as error:
        raise JourneyFileError(source, tuple(_at_origin(each, origins) for each in error.problems)) from None


def _at_origin(problem: Problem, origins: Sequence[str]) -> Problem:
    where = re.match(r"features\[(\d+)\](?:\.properties|\.geometry)?\.?", problem.place)
    if where is None:
        return problem
    rest = problem.place[where.end() :]
    origin = origins[int(where[1])]
    return replace(problem, place=f"{origin}: {rest}" if rest else origin)


def _document(found: Found, parts: tuple[Sequence[Place], Sequence[arrange.Leg]], source: str, kind: str) -> Members:
    stem = PurePath(source).name.partition(".")[0]
    title = found.title or _UNTITLED  # a file's name may be somebody's, and titles are published
    top = {
        "id": references.id_of(stem, "journey"),
        "title": {"en": title},
        "summary": {"en": found.summary or f"Read from a {kind} file, which says no more of this journey."},
        "outcome": "unknown",
        "sources": [{"id": "file", "title": f"the {kind} file itself", "url": None}, *found.sources],
        "claims": [],
    }
    features = [_waypoint(stop, index) for index, stop in enumerate(parts[0])] + [_leg(leg) for leg in parts[1]]
    document = as_members({"type": "FeatureCollection", "journey": top, "features": features})
    assert isinstance(document, Members)  # noqa: S101  # a dict comes back as Members
    return document


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
        "geometry": {"type": "LineString", "coordinates": [list(position) for position in leg.line]},
        "properties": properties,
    }


def _taken_for_granted(stops: Sequence[Place]) -> list[str]:
    guessed = [stop for stop in stops if "precision" not in stop.more]
    points = sum(stop.geometry is not None and stop.geometry["type"] == "Point" for stop in guessed)
    told = f"{points} exact points" if points != 1 else "1 exact point"
    unsaid = "the file does not say how precise its places are, what they are to the journey, how they are known"
    lines = [f"{unsaid}: taken as {told}, told once, by the file itself"] if guessed else []
    if not all("sensitivity" in stop.more for stop in stops):
        lines.append("no sensitivity is declared: what is published of it is generalised to 0.1 degree")
    return lines
