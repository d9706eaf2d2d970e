"""A journey as Linked Places (LPF 1.2), the GeoJSON dialect of the World Historical Gazetteer.

Each waypoint is a record of a place with names, a date, citations, a certainty and a relation to
the place before it. What LPF has no word for stands in foreign members: `journey` and `legs` of the
collection, `escape_route` of each record.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import mapping

from escape_route import strict_json
from escape_route.errors import JourneyFileError, refusal
from escape_route.formats import Loaded, Written, geojson, members
from escape_route.formats.members import listed, members_of
from escape_route.formats.tracks.draft import Draft, Place
from escape_route.formats.tracks.journey import loaded, read_placed
from escape_route.geography import base
from escape_route.model import dates, rfc7946
from escape_route.model.journey import Journey, Waypoint, say
from escape_route.model.published import Published
from escape_route.model.vocabulary import Precision, Status
from escape_route.strict_json import Members

_CONTEXT = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"
_OWN, _URN = "escape_route", "urn:escape-route:"
_RELATED, _BROADER = "gvp:tgn3000_related_to", "gvp:broaderPartitive"
_PART_OF = re.compile(r"^(?:part of|in|within) | *\([^()]*\)$", re.IGNORECASE)
_PLACES = ("Point", "LineString", "Polygon", "MultiPolygon")
_LOST = ("types", "links", "relations", "depictions")


def read(content: bytes, source: str) -> Loaded:
    """Read a Linked Places file, ours or anybody's; raises JourneyFileError."""
    document, problems = strict_json.parse(content)
    if problems:
        raise JourneyFileError(source, tuple(problems))
    return read_document(document, source)


def read_document(document: object, source: str) -> Loaded:
    """Read as `read` does what was parsed of a file."""
    if not isinstance(document, Members) or not isinstance(document.get("features"), list):
        fix = "a FeatureCollection of Linked Places"
        raise refusal(source, "not a collection of places", fix)
    records = [record for record in listed(document["features"]) if isinstance(record, Members)]
    if isinstance(document.get("journey"), Members) and any(_OWN in record for record in records):
        return _read_own(document, records, source)
    draft = Draft(
        title=_text(members_of(document.get("indexing")).get("name"))
        or _text(document.get("title"))
    )
    cited: dict[str, dict[str, object]] = {}
    for number, record in enumerate(records):
        _take(record, f"features[{number}]", draft, cited)
    draft.sources = list(cited.values())
    if not draft.ordered_by:
        order = (
            "the places follow one another as they do in the file: Linked Places has no order of "
            "travel"
        )
        draft.warnings.append(order)
    return loaded(draft, source, "Linked Places")


def _take(record: Members, origin: str, draft: Draft, cited: dict[str, dict[str, object]]) -> None:
    geometries = [*_geometries(record.get("geometry"), origin, draft)]
    names = [members_of(name) for name in listed(record.get("names"))]
    for name in _LOST:
        draft.left[name] += len(listed(record.get(name)))
    draft.left["further geometries of a place"] += max(len(geometries) - 1, 0)
    geometry, certainty = geometries[0] if geometries else (None, None)
    title = _text(members_of(record.get("properties")).get("title"))
    if geometry is None and not (title or any(_text(name.get("toponym")) for name in names)):
        draft.left["records without a name and a place"] += 1
        return
    properties = {
        name.lower(): value for name, value in members_of(record.get("properties")).items()
    }
    toponyms = {
        _text(name.get("lang")) or "en": _text(name.get("toponym")) for name in reversed(names)
    }
    more: dict[str, object] = {
        "name": {key: text for key, text in toponyms.items() if text} or {"en": title or origin}
    }
    if title and "en" not in toponyms:
        more["name"] = {"en": title, **cast("dict[str, str]", more["name"])}
    ids = [
        _cite(citation, cited)
        for name in [*names, *_raw(record)]
        for citation in listed(name.get("citations"))
    ]
    if any(ids):
        more["sources"] = list(dict.fromkeys(id_ for id_ in ids if id_))
    if geometry is None and (within := _within(record)):
        more["within"] = within
    if certainty in {"less-certain", "uncertain"} and geometry and geometry["type"] == "Point":
        more["precision"] = "region"
    words = [
        _text(members_of(description).get("value"))
        for description in listed(record.get("descriptions"))
    ]
    told_words = " ".join(word for word in words if word) or None
    when = _when(record.get("when"), origin, draft)
    said = members.said({**members.sensitivity_in(properties), **members_of(record.get(_OWN))})
    draft.says_ours += bool(said)
    more |= draft.radius_of(properties) | said
    draft.places.append(
        Place(origin, geometry, title, when, told_words, more, draft.order_of(properties))
    )


def _within(record: Members) -> list[str]:
    """References of the provinces that a record is part of, else of its countries: where its name is looked up."""
    related = [members_of(relation) for relation in listed(record.get("relations"))]
    wider = [relation for relation in related if "broader" in str(relation.get("relationType"))]
    ours = [str(relation.get("relationTo")).removeprefix(_URN) for relation in wider]
    if known := [
        land
        for land in ours
        if land.startswith(("country:", "region:")) and land in base.references()
    ]:
        return known
    labels = [_text(relation.get("label")) or "" for relation in wider]
    parts = [base.regions_named(_PART_OF.sub("", label)) for label in labels]
    codes = [
        f"country:{code}".upper()
        for code in listed(members_of(record.get("properties")).get("ccodes"))
    ]
    regions = [part[0] for part in parts if len(part) == 1]
    return list(dict.fromkeys(regions)) or [
        code.replace("COUNTRY", "country") for code in codes if code[8:] in base.country_codes()
    ]


def _raw(record: Members) -> list[Members]:
    """Geometries of a record as they are written, which may have citations."""
    geometry = members_of(record.get("geometry"))
    return [members_of(part) for part in listed(geometry.get("geometries"))] or [geometry]


def _geometries(
    value: object, origin: str, draft: Draft
) -> Iterator[tuple[Mapping[str, object], str | None]]:
    """Each geometry of a record that can be a place, with its certainty; others are counted or are problems."""
    geometry = members_of(value)
    many = "geometries" in geometry
    for number, part in enumerate(listed(geometry["geometries"]) if many else [geometry]):
        members = members_of(part)
        place = f"{origin}.geometry" + (f".geometries[{number}]" if many else "")
        bare: Mapping[str, object] | None = _bare(members)
        if bare is None:
            draft.left["geometries that are none"] += bool(members)
        elif bare["type"] not in _PLACES:
            draft.left["collections of places"] += 1
        else:
            problems = list(rfc7946.check(Members(bare)))
            for problem in problems[:1]:
                draft.fault(f"{place}.{problem.place}", problem.message, problem.fix)
            if not problems:
                yield bare, _text(members.get("certainty"))


def _bare(geometry: Members) -> dict[str, object] | None:
    """Geometry without the members that Linked Places adds; from `geo_wkt` where it has no coordinates."""
    if "coordinates" in geometry and isinstance(geometry.get("type"), str):
        return {"type": geometry["type"], "coordinates": geometry["coordinates"]}
    wkt = _text(geometry.get("geo_wkt"))
    if wkt is None:
        return None
    try:
        written = mapping(shapely.force_2d(shapely.from_wkt(wkt)))
    except (ShapelyError, ValueError):
        return None
    if "coordinates" not in written:
        return None
    return {"type": written["type"], "coordinates": json.loads(json.dumps(written["coordinates"]))}


def _cite(value: object, cited: dict[str, dict[str, object]]) -> str | None:
    """Id of the source that a citation names; a new one where it is the first to name it."""
    citation = members_of(value)
    address, label = _text(citation.get("@id")), _text(citation.get("label"))
    key = address or label
    if key is None:
        return None
    url = address if address and re.match(r"https?://\S+$", address) else None
    source: dict[str, object] = {"id": f"c{len(cited) + 1}", "title": label or key, "url": url}
    return str(cited.setdefault(key, source)["id"])


def _when(value: object, origin: str, draft: Draft) -> str | None:
    """EDTF date of the time spans, several as all of a set; where there are none, of what they are called."""
    times = members_of(value)
    draft.left["periods"] += len(listed(times.get("periods")))
    spans = [_span(members_of(span), origin, draft) for span in listed(times.get("timespans"))]
    if not spans:
        return draft.moment(_text(times.get("label")), origin)
    if len(spans) > 1 and dates.is_date(all_of_them := _set(spans)):
        return all_of_them
    draft.left["further time spans"] += len(spans) - 1
    return spans[0]


def _span(span: Members, origin: str, draft: Draft) -> str | None:
    """Time span as EDTF: of its start the earliest that it can be, of its end the latest; open where none is told."""
    begun, ended = (members_of(span.get(name)) for name in ("start", "end"))
    start = _text(begun.get("in")) or _text(begun.get("earliest"))
    last = ended or begun
    end = _text(last.get("in")) or _text(last.get("latest"))
    return draft.moment(start, origin) if start == end else draft.stretch(start, end, origin)


def _set(spans: Sequence[str | None]) -> str:
    dotted = ((span or "").replace("/..", "..").replace("../", "..") for span in spans)
    return f"{{{','.join(span.replace('/', '..') for span in dotted)}}}"


def _read_own(document: Members, records: list[Members], source: str) -> Loaded:
    features = []
    for record in records:
        geometry = record.get("geometry")
        if isinstance(geometry, Members) and "geometries" in geometry:
            geometry = next(iter(listed(geometry["geometries"])), None)
        bare = _bare(members_of(geometry))
        id_ = {"id": record["id"]} if "id" in record else {}
        properties = Members({"kind": "waypoint"} | members_of(record.get(_OWN)))
        whole = None if bare is None else Members(bare)
        features.append(
            Members({"type": "Feature", **id_, "geometry": whole, "properties": properties})
        )
    legs = [leg for leg in listed(document.get("legs")) if isinstance(leg, Members)]
    origins = [f"features[{number}]" for number in range(len(records))] + [
        f"legs[{n}]" for n in range(len(legs))
    ]
    collection = Members(
        {
            "type": "FeatureCollection",
            "journey": document["journey"],
            "features": [*features, *legs],
        }
    )
    return Loaded(read_placed(collection, origins, source))


def write(published: Published) -> Written:
    """Write a journey; nothing is lost, and a gazetteer sees names, dates, places, citations and what follows what."""
    journey = published.journey
    document = geojson.to_document(journey)
    features = cast("list[dict[str, object]]", document["features"])
    count = len(journey.waypoints)
    records = [_record(journey, index, feature) for index, feature in enumerate(features[:count])]
    bbox = {"bbox": document["bbox"]} if "bbox" in document else {}
    collection = {
        "type": "FeatureCollection",
        "@context": _CONTEXT,
        **bbox,
        "journey": document["journey"],
    }
    collection |= {"features": records, **({"legs": features[count:]} if features[count:] else {})}
    return Written((json.dumps(collection, ensure_ascii=False, indent=2) + "\n").encode())


def _record(journey: Journey, index: int, feature: dict[str, object]) -> dict[str, object]:
    waypoint = journey.waypoints[index]
    sources = {source.id: source for source in journey.sources}
    cited = [sources[source] for source in waypoint.sources if source in sources]
    where = {source: f", {passage}" for source, passage in waypoint.sources_at.items()}
    citations = [
        {
            "label": f"{work.title}{where.get(work.id, '')}",
            **({"@id": work.url} if work.url else {}),
        }
        for work in cited
    ]
    countries = base.countries_in((*waypoint.footprints, *waypoint.within))
    named = [
        {"toponym": text, "lang": language, "citations": citations}
        for language, text in waypoint.name.items()
    ]
    properties = cast("dict[str, object]", feature["properties"])
    came_from = {
        "relationType": _RELATED,
        "relationTo": _address(journey, journey.waypoints[index - 1]),
        "label": "reached from there on this journey",
    }
    optional = {
        "when": _written_when(waypoint.when),
        "links": [
            {"type": "subjectOf", "identifier": source.url} for source in cited if source.url
        ],
        "relations": [*map(_part_of, waypoint.within), *([came_from] if index else [])],
        "descriptions": [
            {"value": statement.text, "lang": language}
            for language, statements in waypoint.narration.items()
            for statement in statements
        ],
    }
    return {
        "@id": _address(journey, waypoint),
        "type": "Feature",
        "id": waypoint.id,
        "properties": {
            "title": say(waypoint.name),
            **({"ccodes": sorted(countries)} if countries else {}),
        },
        "names": named,
        "geometry": _collection(feature["geometry"], waypoint, citations),
        **{name: value for name, value in optional.items() if value},
        _OWN: {name: value for name, value in properties.items() if name != "kind"},
    }


def _part_of(reference: str) -> dict[str, object]:
    """Relation of a place to the country or province that it is told to lie in, by a name that is read back."""
    names = [
        base.name_of(reference)["en"],
        *(base.country_name(country, "en") for country in base.countries_of(reference)),
    ]
    label = f"part of {', '.join(dict.fromkeys(names))}"
    return {"relationType": _BROADER, "relationTo": f"{_URN}{reference}", "label": label}


def _address(journey: Journey, waypoint: Waypoint) -> str:
    return f"{_URN}{journey.id}:{waypoint.id}"


def _collection(
    geometry: object, waypoint: Waypoint, citations: list[dict[str, str]]
) -> dict[str, object] | None:
    if not isinstance(geometry, dict):
        return None
    certainty = {"certainty": _certainty(waypoint)} | (
        {"citations": citations} if citations else {}
    )
    return {"type": "GeometryCollection", "geometries": [geometry | certainty]}


def _certainty(waypoint: Waypoint) -> str:
    """Word of Linked Places for how sure the position of a place is."""
    if waypoint.is_label_only or waypoint.status in {Status.CONFLICT, Status.INFERRED}:
        return "uncertain"
    sure = (
        waypoint.precision in {Precision.EXACT, Precision.CITY}
        and waypoint.status is Status.REPORTED
    )
    return "certain" if sure else "less-certain"


def _written_when(when: str | None) -> dict[str, object] | None:
    """Time spans of a date: all of a set as one each, one of a set as EDTF writes it."""
    if when is None:
        return None
    parts = dates.parts(when) if when.startswith("{") else [when]
    return {"timespans": [*map(_written_span, parts)], "label": when}


def _written_span(date: str) -> dict[str, object]:
    """Time span from one date to another; one without a beginning begins at the latest when it ends."""
    start, stroke, end = date.partition("/")
    if start in {"", ".."}:
        return {"start": {"latest": end}, "end": {"in": end}}
    if not stroke:
        return {"start": {"in": start}}
    return {
        "start": {"in": start},
        "end": {"earliest": start} if end in {"", ".."} else {"in": end},
    }


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
