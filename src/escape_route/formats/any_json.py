"""JSON known by what stands in it, whatever its ending: ours, Linked Places, plain GeoJSON, uMap, StoryMapJS, Timeline.

Other programs keep no order of travel but that of the file, and no precision: each place is taken
as
`tracks.journey` takes places of anybody's.
"""

from __future__ import annotations

import codecs
import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, cast

from escape_route import strict_json
from escape_route.errors import JourneyFileError, refusal
from escape_route.formats import Loaded, Written, geojson, linked_places
from escape_route.formats.members import (
    SAID,
    is_sensitivity,
    listed,
    members_of,
    refuse_several,
    text_in,
)
from escape_route.formats.members import said as said_in
from escape_route.formats.recognise import not_read
from escape_route.formats.tracks import draft as reading
from escape_route.formats.tracks.draft import Draft, Place, Segment, Track
from escape_route.formats.tracks.journey import loaded
from escape_route.geography.geodesic import LonLat
from escape_route.model import rfc7946
from escape_route.model.published import Published
from escape_route.strict_json import Members

_KNOWN = frozenset(
    (
        *(*reading.NAMES, *reading.WORDS, *reading.TIMES, *reading.BEGINS, *reading.ENDS),
        *(*reading.MONTHS, *reading.DAYS, *reading.ORDERS, *reading.NUMBERS),
    )
)
#: Members that tell JSON of other kinds, which is named and not read, and what to do.
_NOT_READ = not_read("members")
#: Pictures, films and links as uMap marks them: {{address|width}}, {{{address}}},
#: [[address|words]]; and as HTML does.
_EMBEDDED = re.compile(r"\{{2,3}([^{}|]{1,2000})(?:\|[^{}]{0,200})?\}{2,3}")
_LINK = re.compile(r"\[\[(?:[^\[\]|]{1,2000}\|)?([^\[\]|]{0,2000})\]\]")
_RECORD = b"\x1e"  # begins each record of a text sequence
_GEOMETRIES = (
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
)


def read(content: bytes, source: str) -> Loaded:
    """Read a journey from JSON of any kind that is known here; raises JourneyFileError."""
    document, problems = strict_json.parse(content)
    if problems and (whole := _of_records(content)):
        document, problems = strict_json.parse(whole)
    reader = None if problems else _reader_of(document)
    if reader is None:
        return geojson.read_parsed(document, problems, content, source)
    return reader(document, source)


def write(published: Published) -> Written:
    """Write a journey as our own GeoJSON; nothing of it is lost."""
    return geojson.write(published)


def _of_records(content: bytes) -> bytes | None:
    """A collection of features that stand one on a line, or as a text sequence (RFC 8142); None of anything else."""
    content = content.removeprefix(codecs.BOM_UTF8)
    parts = content.split(_RECORD) if content.startswith(_RECORD) else content.splitlines()
    records = list(filter(None, map(bytes.strip, parts)))
    first, faults = strict_json.parse(records[0]) if records else (None, [])
    if (
        faults
        or not isinstance(first, Members)
        or (first.get("type") != "Feature" and len(records) > 1)
    ):
        return None
    if len(records) == 1:
        return records[0]
    return b'{"type": "FeatureCollection", "features": [' + b",\n".join(records) + b"]}"


def _reader_of(document: object) -> Callable[[Any, str], Loaded] | None:
    """Who reads a document that another program made; None where it is ours, or nothing that is known here."""
    if not isinstance(document, Members):
        return _timeline_list if _is_timeline(document) else None
    kind = document.get("type")
    readers: Sequence[tuple[bool, Callable[[Any, str], Loaded] | None]] = (
        (_is_linked_places(document), linked_places.read_document),
        ("journey" in document, None),
        (isinstance(document.get("storymap"), Members), _storymap),
        (not {"semanticSegments", "timelineObjects", "rawSignals"}.isdisjoint(document), _timeline),
        (kind == "umap", _umap),
        (kind in ("FeatureCollection", "Feature", *_GEOMETRIES), _plain),
        (not _NOT_READ.keys().isdisjoint(document), _refuse),
        (
            bool(document) and {"type", "features", "coordinates"}.isdisjoint(document),
            _refuse_unknown,
        ),
    )
    return next((reader for is_one, reader in readers if is_one), None)


def _refuse(document: Members, source: str) -> Loaded:
    kind, fix = next(said for member, said in _NOT_READ.items() if member in document)
    raise refusal(source, f"{kind}, which is not read here", fix)


def _refuse_unknown(_: Members, source: str) -> Loaded:
    known = "GeoJSON, Linked Places, uMap, StoryMapJS, a phone's Timeline"
    raise refusal(source, "JSON of a kind that is not known here", f"give one of {known}")


def _is_linked_places(document: Members) -> bool:
    """Whether it says so by its context, or has a record with names as only Linked Places writes them."""
    context = document.get("@context")
    if isinstance(context, str) and re.search(r"linked-?places", context, re.IGNORECASE):
        return True
    records = document.get("features")
    return isinstance(records, list) and any(
        isinstance(record, Members) and "@id" in record and isinstance(record.get("names"), list)
        for record in records
    )


def _plain(document: Members, source: str) -> Loaded:
    """Plain GeoJSON, as geojson.io, QGIS, kepler.gl, Overpass and others write it."""
    for feature in listed(document.get("features")):
        _empty(members_of(feature))
    problems = tuple(rfc7946.check(document))
    if problems:
        raise JourneyFileError(source, tuple(problems[:1000]))
    features = _features_of(document)
    refuse_several(
        (members_of(members_of(feature).get("properties")) for feature in features), source
    )
    draft = Draft(
        title=text_in(document, "name", "title"), summary=text_in(document, "description")
    )
    _take_features(features, "features", draft)
    draft.warnings += map(str, rfc7946.too_many_numbers(document))
    draft.warnings += _of_other_degrees(document)
    return loaded(draft, source, "GeoJSON")


#: Names of the reference system in which GeoJSON is, and of those that differ from it by less than
#: two metres.
_OURS = re.compile(r"(?:.*\D)?(?:CRS84h?|WGS ?84|4326|4258|4269|4979)", re.IGNORECASE)


def _of_other_degrees(document: Members) -> list[str]:
    """What is said of a file that names a reference system of its own, in which its numbers mean other places."""
    name = members_of(members_of(document.get("crs")).get("properties")).get("name")
    if not isinstance(name, str) or _OURS.fullmatch(name.strip()):
        return []
    return [
        f"crs: the file names {name[:80]!r}; its numbers are taken as degrees of WGS 84 (save it in EPSG:4326)"
    ]


def _empty(feature: Members) -> None:
    """Take a geometry without a number in it for none, in place, as RFC 7946 has it in section 3.1."""
    coordinates = members_of(feature.get("geometry")).get("coordinates")
    if isinstance(coordinates, list) and all(coordinate is None for coordinate in coordinates):
        feature["geometry"] = None


def _features_of(document: Members) -> list[object]:
    if document.get("type") == "FeatureCollection":
        return cast("list[object]", document["features"])
    feature = document.get("type") == "Feature"
    return [
        document
        if feature
        else Members({"type": "Feature", "geometry": document, "properties": None})
    ]


def _take_features(features: Sequence[object], at: str, draft: Draft) -> None:
    for number, feature in enumerate(features):
        if isinstance(feature, Members):
            take_feature(feature, f"{at}[{number}]", draft)


def take_feature(
    feature: Members, origin: str, draft: Draft, others_are: str = "other properties"
) -> None:
    """Points and outlines of a feature as places, its lines as a track; `others_are` what is not kept of it."""
    properties = members_of(feature.get("properties"))
    said = said_in(properties)
    draft.says_ours += bool(said)
    plain = {name.lower(): value for name, value in reversed(properties.items())}
    name, words = text_in(plain, *reading.NAMES), text_in(plain, *reading.WORDS)
    if reading.is_hidden(plain):
        draft.hidden.append(name or origin)
        return
    when, order = draft.when_of(plain, origin), draft.order_of(plain)
    more = draft.radius_of(plain) | said
    known = {*SAID, "kind", "sources"} if said else set[str]()
    others = [name for name in properties if name not in known and not _is_known(name.lower())]
    draft.left[others_are] += sum(not is_sensitivity(name) for name in others)
    lines: list[Segment] = []
    geometries = list(_simple(feature.get("geometry")))
    if not geometries:
        draft.pointless(
            Place(
                origin,
                None,
                name,
                when,
                _bare(_unmarked(words, name or origin, draft)),
                more,
                order,
            )
        )
    for geometry in geometries:
        if geometry["type"] == "LineString":
            lines.append(Segment(_line(geometry, origin, draft)))
        else:
            bare = _bare(_unmarked(words, name or origin, draft))
            draft.places.append(Place(origin, geometry, name, when, bare, more, order))
    if lines:
        draft.tracks.append(Track(origin, tuple(lines), name, text_in(properties, "line", "type")))


def _is_known(name: str) -> bool:
    return name in _KNOWN or reading.radius_column(name) is not None


def _unmarked(words: str | None, name: str, draft: Draft) -> str | None:
    """Words without uMap's marks: a picture or film is named and not fetched, of a link its words stay."""
    if words is None:
        return None
    shown = [*_EMBEDDED.findall(words), *reading.PICTURES.findall(words)]
    draft.name_media(name, shown)
    return _LINK.sub(r"\1", _EMBEDDED.sub(" ", words))


def _simple(geometry: object) -> Iterator[dict[str, object]]:
    members = members_of(geometry)
    kind, coordinates = members.get("type"), members.get("coordinates")
    if kind == "GeometryCollection":
        for part in cast("list[object]", members["geometries"]):
            yield from _simple(part)
    elif kind in {"MultiPoint", "MultiLineString"}:
        single = str(kind).removeprefix("Multi")
        yield from ({"type": single, "coordinates": part} for part in _flat(coordinates))
    elif kind is not None and (flat := _flat(coordinates)):
        yield {"type": kind, "coordinates": flat}


def _flat(value: object) -> list[object]:
    listed = cast("list[object]", value) if isinstance(value, list | tuple) else []
    if listed and isinstance(listed[0], int | float):
        return listed[:2]
    return [flat for item in listed if (flat := _flat(item))]


def _line(geometry: Mapping[str, object], origin: str, draft: Draft) -> list[LonLat]:
    line = cast("list[list[float]]", geometry["coordinates"])
    positions = (draft.position(position[0], position[1], origin) for position in line)
    return [position for position in positions if position is not None]


def _umap(document: Members, source: str) -> Loaded:
    """A uMap project: layers of plain GeoJSON; what a layer does not show is named and left out."""
    properties = members_of(document.get("properties"))
    draft = Draft(title=text_in(properties, "name"), summary=text_in(properties, "description"))
    for number, layer in enumerate(listed(document.get("layers"))):
        members = members_of(layer)
        options = members_of(members.get("_umap_options"))
        title = text_in(options, "name") or f"layer {number + 1}"
        features = listed(members.get("features"))
        if options.get("displayOnLoad") is False:
            draft.hidden += [f"{title} ({len(features)})"]
            continue
        at = f"layers[{number}].features"
        for index, feature in enumerate(map(members_of, features)):
            _empty(feature)
            draft.add(rfc7946.check_geometry(feature.get("geometry"), f"{at}[{index}].geometry"))
        draft.stop_on_problems(source)
        _take_features(features, at, draft)
    return loaded(draft, source, "uMap")


def _storymap(document: Members, source: str) -> Loaded:
    """A StoryMapJS story: a slide with a position is a place, its text is told of it; pictures are named."""
    story = members_of(document["storymap"])
    draft = Draft()
    for number, slide in enumerate(listed(story.get("slides"))):
        origin, members = f"storymap.slides[{number}]", members_of(slide)
        text, location = members_of(members.get("text")), members_of(members.get("location"))
        draft.name_media(
            text_in(location, "name") or origin, [text_in(members_of(members.get("media")), "url")]
        )
        headline, words = _bare(text_in(text, "headline")), _bare(text_in(text, "text"))
        name = text_in(location, "name")
        has_position = {"lat", "lon"} <= set(location) and members.get("type") != "overview"
        if not has_position and (number == 0 or members.get("type") == "overview"):
            draft.title, draft.summary = draft.title or headline, draft.summary or words
            continue
        if not has_position and name is None:
            draft.warnings.append(
                f"{origin}: a slide without a place is no stop: {headline or words or 'no words'}"
            )
            continue
        name, when = name or headline, draft.moment(text_in(members, "date"), origin)
        told = (
            " ".join(part for part in (headline if headline != name else None, words) if part)
            or None
        )
        if not has_position:
            draft.pointless(Place(origin, None, name, when, told))
        elif position := draft.position(location["lon"], location["lat"], origin):
            draft.places.append(
                Place(origin, {"type": "Point", "coordinates": list(position)}, name, when, told)
            )
    return loaded(draft, source, "StoryMapJS")


def _bare(text: str | None) -> str | None:
    return None if text is None else reading.without_markup(text) or None


_MOST_MINUTES = 100_000  # of one entry: more than two months
_DEGREES = re.compile(r"\s*(?:geo:)?(-?\d+(?:\.\d+)?)\s*°?\s*,\s*(-?\d+(?:\.\d+)?)\s*°?\s*")


def _is_timeline(document: object) -> bool:
    first = members_of(next(iter(listed(document)), None))
    return "startTime" in first and not {"visit", "activity", "timelinePath"}.isdisjoint(first)


def _timeline(document: Members, source: str, at: str = "semanticSegments") -> Loaded:
    """A phone's Timeline: visits as places, recorded paths as tracks; `at` is where the file has its entries."""
    draft = Draft()
    for origin, entry in _in_time(listed(document.get("semanticSegments")), at, draft):
        _segment(entry, origin, draft)
    for number, item in enumerate(listed(document.get("timelineObjects"))):
        _older(members_of(item), f"timelineObjects[{number}]", draft)
    draft.left["raw signals"] += len(listed(document.get("rawSignals")))
    return loaded(draft, source, "Timeline")


def _timeline_list(document: object, source: str) -> Loaded:
    """A Timeline as an iPhone exports it: a list of what the other phones have under `semanticSegments`."""
    return _timeline(Members({"semanticSegments": document}), source, "")


def _in_time(entered: Sequence[object], at: str, draft: Draft) -> list[tuple[str, Members]]:
    """Entries with their places in the file, in the order of the moments that they begin at, where all say one."""
    entries = [(f"{at}[{number}]", members_of(entry)) for number, entry in enumerate(entered)]
    begun = [
        reading.time_of(reading.moment(text_in(entry, "startTime")) or "") for _, entry in entries
    ]
    moments = [
        moment.timestamp() for moment in begun if moment is not None and moment.tzinfo is not None
    ]
    if len(moments) < len(entries) or moments == sorted(moments):
        return entries
    draft.warnings.append(
        "its entries are put in the order of their times, which is not the file's"
    )
    return [
        entries[index] for index in sorted(range(len(entries)), key=lambda index: moments[index])
    ]


def _segment(entry: Members, origin: str, draft: Draft) -> None:
    if "visit" in entry:
        place = members_of(members_of(entry["visit"]).get("topCandidate")).get("placeLocation")
        spot = place if isinstance(place, str) else members_of(place).get("latLng")
        draft.left["visits without a position"] += spot is None
        position = None if spot is None else _degrees(spot, f"{origin}.visit", draft)
        _visit(position, entry, (origin, None), draft)
    path = [members_of(point) for point in listed(entry.get("timelinePath"))]
    if path:
        where = [
            (_degrees(point.get("point"), origin, draft), _time_on_path(point, entry))
            for point in path
        ]
        kept = [(position, time) for position, time in where if position is not None]
        segment = Segment([position for position, _ in kept], [time for _, time in kept])
        draft.tracks.append(Track(origin, (segment,)))
    draft.left["activities"] += "activity" in entry


def _time_on_path(point: Members, entry: Members) -> str | None:
    """Moment of a point of a path; an iPhone tells it by the minutes since the path began."""
    begun = reading.time_of(reading.moment(text_in(entry, "startTime")) or "")
    minutes = reading.number_of(point.get("durationMinutesOffsetFromStartTime"))
    if "time" in point or begun is None or minutes is None or abs(minutes) > _MOST_MINUTES:
        return reading.moment(text_in(point, "time"))
    return reading.moment((begun + dt.timedelta(minutes=minutes)).isoformat(timespec="seconds"))


def _older(entry: Members, origin: str, draft: Draft) -> None:
    """An entry as the Timeline was exported before: degrees as whole numbers of 1e-7."""
    visit = members_of(entry.get("placeVisit"))
    location = members_of(visit.get("location"))
    draft.left["activities"] += "activitySegment" in entry
    if {"latitudeE7", "longitudeE7"} <= set(location):
        lon, lat = (_of_e7(location[name]) for name in ("longitudeE7", "latitudeE7"))
        times = members_of(visit.get("duration"))
        span = Members(
            {"startTime": times.get("startTimestamp"), "endTime": times.get("endTimestamp")}
        )
        _visit(draft.position(lon, lat, origin), span, (origin, text_in(location, "name")), draft)


def _of_e7(value: object) -> object:
    """Degrees of a whole number of 1e-7; what is no number stays what it is, to be shown."""
    number = reading.number_of(value)
    return value if number is None else number / 1e7


def _visit(
    position: LonLat | None, entry: Members, place: tuple[str, str | None], draft: Draft
) -> None:
    if position is not None:
        ends = [reading.moment(text_in(entry, name)) for name in ("startTime", "endTime")]
        when = "/".join(end for end in ends if end) or None
        point = {"type": "Point", "coordinates": list(position)}
        draft.places.append(Place(place[0], point, place[1], when))


def _degrees(text: object, origin: str, draft: Draft) -> LonLat | None:
    """Position of a text such as ``48.2°, 16.37°``, latitude first as the Timeline writes it."""
    matched = _DEGREES.fullmatch(text) if isinstance(text, str) else None
    if matched is None:
        draft.fault(
            origin,
            f"{strict_json.show(text)} is not a position",
            "latitude and longitude in degrees",
        )
        return None
    return draft.position(matched[2], matched[1], origin)
