"""A journey as GPX 1.1: waypoints, tracks for traced legs, and all else as extensions in a namespace of our own.

gpxpy writes. Reading goes through lxml: for 50 MB of bare track points gpxpy takes half a minute
and all but 2 GB, and it would read entities; `tests/test_gpx.py` holds what is read here against
what gpxpy reads.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from xml.sax.saxutils import escape

import gpxpy.gpx
from lxml import etree

from escape_route.formats import Loaded, Written, members, recognise, xml
from escape_route.formats.members import flatten
from escape_route.formats.tracks import draft as reading
from escape_route.formats.tracks.draft import NO_FIX, Draft, Place, Segment, Track, named
from escape_route.formats.tracks.journey import (
    NAMESPACE,
    Part,
    Parts,
    loaded,
    no_root,
    own_loaded,
    parts_of,
)
from escape_route.geography.geodesic import LonLat
from escape_route.model.journey import Waypoint, say
from escape_route.model.published import Published

_OWN = f"{{{NAMESPACE}}}"
#: What a point may hold that a journey has no place for, in the words of the warning.
_LOST = recognise.kept_out("gpx")


def read(content: bytes, source: str) -> Loaded:
    """Read a GPX file, 1.0 or 1.1, ours or anybody's; raises JourneyFileError."""
    points = _Points()
    root = xml.parse(content, source, {"trkpt": points.take})
    if xml.name_of(root) != "gpx":
        raise no_root(source, xml.name_of(root), "gpx")
    top = root.find(f"{{*}}metadata/{{*}}extensions/{_OWN}journey")
    if top is not None:
        return _read_own(root, top, source, points)
    return loaded(_draft(root, points), source, "GPX")


class _Points:
    """Points of tracks, taken out of a file while it is read."""

    def __init__(self) -> None:
        self.draft = Draft()
        self._segments: dict[etree._Element | None, Segment] = {}

    def take(self, point: etree._Element) -> None:
        """Put a point to its segment."""
        parent, names = point.getparent(), [*map(xml.name_of, point)]
        segment = self._segments.get(parent) or self._segments.setdefault(parent, Segment([]))
        for name in _LOST.keys() & names:
            self.draft.left[_LOST[name]] += names.count(name)
        if _is_pointless(point):
            self.draft.left[NO_FIX] += 1
            return
        origin = f"line {point.sourceline}: <trkpt>"
        position = self.draft.position(point.get("lon"), point.get("lat"), origin)
        if position is not None:
            segment.line.append(position)
            text = point[names.index("time")].text if "time" in names else None
            segment.times.append(self.draft.moment(text, origin) if text else None)

    def track(self, element: etree._Element) -> Track:
        """Give a track of the file with its segments."""
        taken = (
            self._segments.get(child, Segment([])) for child in xml.children(element, "trkseg")
        )
        segments = tuple(
            Segment(segment.line, segment.times if any(segment.times) else []) for segment in taken
        )
        origin = f"line {element.sourceline}: <trk>"
        return Track(origin, segments, xml.text_of(element, "name"), xml.text_of(element, "type"))


def _draft(root: etree._Element, points: _Points) -> Draft:
    metadata = xml.child(root, "metadata")
    head, draft = root if metadata is None else metadata, points.draft
    draft.title, draft.summary = (xml.text_of(head, name) for name in ("name", "desc"))
    draft.written = reading.moment(xml.text_of(head, "time"))
    tracks = [points.track(element) for element in xml.children(root, "trk")]
    draft.tracks += tracks
    _take_places(root, "wpt", draft)
    for route in xml.children(root, "rte"):
        _take_places(route, "rtept", draft)
    if not any(segment.line for track in tracks for segment in track.segments):
        _without_tracks(root, draft)
    _count(root, draft)
    return draft


def _without_tracks(root: etree._Element, draft: Draft) -> None:
    """Without a track, a route gives the order; other waypoints of the file have none, unless they lie on it."""
    routes = sum(len([*xml.children(route, "rtept")]) for route in xml.children(root, "rte"))
    if not routes or routes == len(draft.places):
        return
    points, on_route = draft.places[:-routes], draft.places[-routes:]
    held = [place.geometry for place in on_route]
    apart = [
        place.name or place.origin
        for place in points
        if place.geometry is None or place.geometry not in held
    ]
    draft.places = on_route
    if apart:
        reason = "the route does not go there, so their order is not known"
        draft.warnings.append(f"left out, for {reason}: {named(apart)}")


def _take_places(parent: etree._Element, name: str, draft: Draft) -> None:
    for element in xml.children(parent, name):
        origin = f"line {element.sourceline}: <{name}>"
        if _is_pointless(element):
            when = draft.moment(xml.text_of(element, "time"), origin)
            draft.pointless(
                Place(
                    origin, None, xml.text_of(element, "name"), when, xml.text_of(element, "desc")
                )
            )
            continue
        position = draft.position(element.get("lon"), element.get("lat"), origin)
        if position is None:
            continue
        texts = {name: xml.text_of(element, name) for name in ("desc", "cmt")}
        words = texts["desc"] or texts["cmt"]
        geometry = {"type": "Point", "coordinates": list(position)}
        ours = _texts(element.find(f"{{*}}extensions/{_OWN}waypoint"))
        theirs = {
            xml.name_of(child): (child.text or "").strip()
            for child in element.iterfind("{*}extensions//{*}*")
        }
        said = members.said({**members.sensitivity_in({**theirs, **texts}), **ours})
        draft.says_ours += bool(said)
        when = draft.moment(xml.text_of(element, "time"), origin)
        plain = {name.lower(): text for name, text in theirs.items()}
        more, order = draft.radius_of(plain) | said, draft.order_of(plain)
        draft.places.append(
            Place(origin, geometry, xml.text_of(element, "name"), when, words, more, order)
        )


def _is_pointless(point: etree._Element) -> bool:
    return all((point.get(name) or "").strip().lower() in {"", "nan"} for name in ("lon", "lat"))


def _count(root: etree._Element, draft: Draft) -> None:
    """Count what is not kept of places: heights and the like; and the times between the ends of a track."""
    children = (element for place in root.iter("{*}wpt", "{*}rtept") for element in place)
    draft.left.update(_LOST[name] for name in map(xml.name_of, children) if name in _LOST)
    between = sum(
        max(sum(time is not None for time in segment.times) - 2, 0)
        for t in draft.tracks
        for segment in t.segments
    )
    draft.left["times of points between the ends of a track"] += between


def _read_own(root: etree._Element, top: etree._Element, source: str, points: _Points) -> Loaded:
    parts, draft = Parts(_texts(top)), points.draft
    for element in top.itersiblings(f"{_OWN}waypoint"):
        parts.waypoints.append(Part(f"line {element.sourceline}: <er:waypoint>", _texts(element)))
    for element in xml.children(root, "wpt"):
        position = draft.position(
            element.get("lon"), element.get("lat"), f"line {element.sourceline}: <wpt>"
        )
        geometry = None if position is None else {"type": "Point", "coordinates": list(position)}
        texts = _texts(element.find(f"{{*}}extensions/{_OWN}waypoint"))
        parts.waypoints.append(
            Part(f"line {element.sourceline}: <wpt>", texts, geometry, xml.text_of(element, "name"))
        )
    for element in xml.children(root, "trk"):
        line = [
            list(position)
            for segment in points.track(element).segments
            for position in segment.line
        ]
        texts = _texts(element.find(f"{{*}}extensions/{_OWN}leg"))
        geometry = {"type": "LineString", "coordinates": line}
        parts.legs.append(Part(f"line {element.sourceline}: <trk>", texts, geometry))
    draft.stop_on_problems(source)
    return own_loaded(parts, source)


def _texts(element: etree._Element | None) -> dict[str, str]:
    return {} if element is None else {xml.name_of(child): child.text or "" for child in element}


def write(published: Published) -> Written:
    """Write a journey; nothing is lost, though other programs see the points, tracks, names and words only."""
    journey = published.journey
    top, waypoints, legs = parts_of(journey)
    file = gpxpy.gpx.GPX()
    file.creator = "escape-route"
    file.nsmap["er"] = NAMESPACE
    file.name = members.plain(say(journey.title))
    file.description = members.plain(say(journey.summary))
    file.metadata_extensions.append(_element("journey", top))
    for waypoint, part in waypoints:
        if waypoint.label is None:
            file.metadata_extensions.append(_element("waypoint", part.texts))
        else:
            file.waypoints.append(_wpt(waypoint, waypoint.label, part))
    names = {waypoint.id: say(waypoint.name) for waypoint in journey.waypoints}
    for trace, part in legs:
        track = gpxpy.gpx.GPXTrack(name=members.plain(f"{names[trace.start]} – {names[trace.end]}"))
        track.extensions.append(_element("leg", part.texts))
        points = [gpxpy.gpx.GPXTrackPoint(round(lat, 7), round(lon, 7)) for lon, lat in trace.line]
        track.segments.append(gpxpy.gpx.GPXTrackSegment(points))
        file.tracks.append(track)
    return Written((file.to_xml(version="1.1") + "\n").encode())


def _wpt(waypoint: Waypoint, label: LonLat, part: Part) -> gpxpy.gpx.GPXWaypoint:
    point = gpxpy.gpx.GPXWaypoint(
        round(label[1], 7), round(label[0], 7), name=members.plain(say(waypoint.name))
    )
    point.type = str(waypoint.role)
    words = " ".join(statement.text for statement in waypoint.narration.get("en", ()))
    point.description = members.plain(words) or None
    point.time = _native_time(waypoint.when)
    if waypoint.geometry is None or part.geometry is None:
        drawn = {}
    else:
        drawn = {"geometry": part.geometry}
    point.extensions.append(_element("waypoint", {**part.texts, **flatten(drawn)}))
    return point


def _native_time(when: str | None) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(when or "", "%Y-%m-%dT%H:%M:%S%z")
    except ValueError:
        return None


def _element(name: str, texts: Mapping[str, str]) -> etree._Element:
    element = etree.Element(f"{_OWN}{name}")
    for member, text in texts.items():
        etree.SubElement(element, f"{_OWN}{member}").text = escape(text)  # gpxpy writes it as it is
    return element
