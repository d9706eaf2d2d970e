"""A phone's Timeline, as Android, an iPhone and older exports write it: visits as places, paths as tracks."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from escape_route import strict_json
from escape_route.formats.members import listed, members_of, text_in
from escape_route.formats.tracks.found import Found, Place, Segment, Track, moment, number_of, time_of
from escape_route.formats.tracks.journey import loaded
from escape_route.strict_json import Members

if TYPE_CHECKING:
    from collections.abc import Sequence

    from escape_route.formats import Loaded
    from escape_route.geography.geodesic import LonLat

_MOST_MINUTES = 100_000  # of one entry: more than two months
_DEGREES = re.compile(r"\s*(?:geo:)?(-?\d+(?:\.\d+)?)\s*°?\s*,\s*(-?\d+(?:\.\d+)?)\s*°?\s*")


def is_list(document: object) -> bool:
    """Whether a list is a Timeline as an iPhone exports it."""
    first = members_of(next(iter(listed(document)), None))
    return "startTime" in first and not {"visit", "activity", "timelinePath"}.isdisjoint(first)


def read(document: Members, source: str, at: str = "semanticSegments") -> Loaded:
    """A phone's Timeline: visits as places, recorded paths as tracks; `at` is where the file has its entries."""
    found = Found()
    for origin, entry in _in_time(listed(document.get("semanticSegments")), at, found):
        _segment(entry, origin, found)
    for number, each in enumerate(listed(document.get("timelineObjects"))):
        _older(members_of(each), f"timelineObjects[{number}]", found)
    found.left["raw signals"] += len(listed(document.get("rawSignals")))
    return loaded(found, source, "Timeline")


def read_list(document: object, source: str) -> Loaded:
    """A Timeline as an iPhone exports it: a list of what the other phones have under `semanticSegments`."""
    return read(Members({"semanticSegments": document}), source, "")


def _in_time(entered: Sequence[object], at: str, found: Found) -> list[tuple[str, Members]]:
    """Entries with their places in the file, in the order of the moments that they begin at, where all say one."""
    entries = [(f"{at}[{number}]", members_of(each)) for number, each in enumerate(entered)]
    begun = [time_of(moment(text_in(entry, "startTime")) or "") for _, entry in entries]
    moments = [each.timestamp() for each in begun if each is not None and each.tzinfo is not None]
    if len(moments) < len(entries) or moments == sorted(moments):
        return entries
    found.warnings.append("its entries are put in the order of their times, which is not the file's")
    return [entries[index] for index in sorted(range(len(entries)), key=lambda index: moments[index])]


def _segment(entry: Members, origin: str, found: Found) -> None:
    if "visit" in entry:
        place = members_of(members_of(entry["visit"]).get("topCandidate")).get("placeLocation")
        told = place if isinstance(place, str) else members_of(place).get("latLng")
        found.left["visits without a position"] += told is None
        position = None if told is None else _degrees(told, f"{origin}.visit", found)
        _visit(position, entry, (origin, None), found)
    path = [members_of(each) for each in listed(entry.get("timelinePath"))]
    if path:
        where = [(_degrees(each.get("point"), origin, found), _time_on_path(each, entry)) for each in path]
        kept = [(position, time) for position, time in where if position is not None]
        segment = Segment([position for position, _ in kept], [time for _, time in kept])
        found.tracks.append(Track(origin, (segment,)))
    found.left["activities"] += "activity" in entry


def _time_on_path(point: Members, entry: Members) -> str | None:
    """Moment of a point of a path; an iPhone tells it by the minutes since the path began."""
    begun = time_of(moment(text_in(entry, "startTime")) or "")
    minutes = number_of(point.get("durationMinutesOffsetFromStartTime"))
    if "time" in point or begun is None or minutes is None or abs(minutes) > _MOST_MINUTES:
        return moment(text_in(point, "time"))
    return moment((begun + dt.timedelta(minutes=minutes)).isoformat(timespec="seconds"))


def _older(entry: Members, origin: str, found: Found) -> None:
    """An entry as the Timeline was exported before: degrees as whole numbers of 1e-7."""
    visit = members_of(entry.get("placeVisit"))
    location = members_of(visit.get("location"))
    found.left["activities"] += "activitySegment" in entry
    if {"latitudeE7", "longitudeE7"} <= set(location):
        lon, lat = (_of_e7(location[name]) for name in ("longitudeE7", "latitudeE7"))
        times = members_of(visit.get("duration"))
        span = Members({"startTime": times.get("startTimestamp"), "endTime": times.get("endTimestamp")})
        _visit(found.position(lon, lat, origin), span, (origin, text_in(location, "name")), found)


def _of_e7(value: object) -> object:
    """Degrees of a whole number of 1e-7; what is no number stays what it is, to be shown."""
    number = number_of(value)
    return value if number is None else number / 1e7


def _visit(position: LonLat | None, entry: Members, told: tuple[str, str | None], found: Found) -> None:
    if position is not None:
        ends = [moment(text_in(entry, name)) for name in ("startTime", "endTime")]
        when = "/".join(end for end in ends if end) or None
        point = {"type": "Point", "coordinates": list(position)}
        found.places.append(Place(told[0], point, told[1], when))


def _degrees(text: object, origin: str, found: Found) -> LonLat | None:
    """Position of a text such as ``48.2°, 16.37°``, latitude first as the Timeline writes it."""
    matched = _DEGREES.fullmatch(text) if isinstance(text, str) else None
    if matched is None:
        found.fault(origin, f"{strict_json.show(text)} is not a position", "latitude and longitude in degrees")
        return None
    return found.position(matched[2], matched[1], origin)
