"""GeoJSON as RFC 7946 has it: everything that is wrong with a parsed document, and what is advised against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import cast

from escape_route.errors import Problem, member_path
from escape_route.strict_json import Members, is_number, show

#: Depth of nested coordinate arrays below a geometry, a bare position being 0.
_DEPTH = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
_TYPES = (*_DEPTH, "GeometryCollection", "Feature", "FeatureCollection")
#: Members that would change what a type means (RFC 7946, section 7.1).
_FOREIGN = {
    "FeatureCollection": ("coordinates", "geometries", "geometry", "properties"),
    "Feature": ("coordinates", "geometries", "features"),
    "geometry": ("geometry", "properties", "features"),
}
#: What coordinates look like at each depth.
_SHAPES = {
    0: "[longitude, latitude]",
    1: "[[longitude, latitude], ...]",
    2: "[[[longitude, latitude], ...], ...]",
    3: "[[[[longitude, latitude], ...], ...], ...]",
}
_LIST = "a list in square brackets"
_LINE_POSITIONS = 2
_MOST_OF_ONE = 1_000  # faults of one geometry: a large one can have millions
_RING_POSITIONS = 4
_MAX_POSITION = 3
TWICE = "given twice in one object"


def check(document: object) -> Iterator[Problem]:
    """Everything in which a parsed document breaks RFC 7946, in its order; nothing where it is GeoJSON."""
    if not isinstance(document, Members):
        fix = 'begin with {"type": "FeatureCollection", "features": ['
        yield Problem("", f"the root of a GeoJSON file is an object, not {show(document)}", fix)
        return
    if _has_repeated(document):
        yield from _repeated(document, "")
    kind = document.get("type")
    if kind not in _TYPES:
        yield _bad_type(kind, "", _TYPES)
    elif kind == "FeatureCollection":
        yield from _check_collection(document)
    elif kind == "Feature":
        yield from _check_feature(document, "")
    else:
        yield from _check_geometry(document, "")


def warn(document: object) -> Iterator[Problem]:
    """What RFC 7946 advises against in a document that `check` passes: winding order, more than three numbers."""
    yield from too_many_numbers(document)
    for place, geometry in _geometries(document, ""):
        kind, coordinates = str(geometry["type"]), cast("list[object]", geometry.get("coordinates"))
        polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(kind, [])
        for polygon in cast("list[list[list[list[float]]]]", polygons):
            for number, ring in enumerate(polygon):
                if (_signed_area(ring) < 0) == (number == 0):
                    yield Problem(
                        place,
                        "a ring does not follow the right-hand rule",
                        "turn its order of positions round",
                    )


def too_many_numbers(document: object) -> Iterator[Problem]:
    """Positions of a document that `check` passes with more than three numbers: of a decimal comma, or of a device."""
    for place, geometry in _geometries(document, ""):
        kind, coordinates = str(geometry["type"]), cast("list[object]", geometry.get("coordinates"))
        for where, position in _positions(
            coordinates, _DEPTH.get(kind, 0), member_path(place, "coordinates")
        ):
            if len(position) > _MAX_POSITION:
                message = (
                    f"a position has {len(position)} numbers, of which the first two are taken"
                )
                yield Problem(
                    where,
                    message,
                    "longitude, latitude and height at most; a comma for the decimal mark?",
                )


def _bad_type(kind: object, place: str, allowed: Sequence[str]) -> Problem:
    at = f"{place}.type" if place else "type"
    if kind is None:
        return Problem(at, "missing", f"one of {', '.join(allowed)}")
    near = [name for name in allowed if isinstance(kind, str) and name.lower() == kind.lower()]
    fix = f'upper and lower case count: "{near[0]}"' if near else f"one of {', '.join(allowed)}"
    return Problem(at, f"{show(kind)} is not a GeoJSON type here", fix)


def _has_repeated(document: object) -> bool:
    """Whether a name is given twice anywhere: hardly ever, so that its place is looked for only then."""
    waiting = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Members) and value.repeated:
            return True
        inside = value.values() if isinstance(value, Members) else cast("list[object]", value)
        waiting += [member for member in inside if isinstance(member, (Members, list))]
    return False


def _repeated(value: object, place: str) -> Iterator[Problem]:
    if isinstance(value, Members):
        for name in value.repeated:
            yield Problem(member_path(place, name), TWICE, "keep one of them")
        for name, member in value.items():
            if isinstance(member, Members | list):
                yield from _repeated(member, member_path(place, name))
    elif isinstance(value, list):
        for index, member in enumerate(value):
            if isinstance(member, Members | list):
                yield from _repeated(member, f"{place}[{index}]")


def _check_foreign(members: Members, kind: str, place: str) -> Iterator[Problem]:
    for name in _FOREIGN[kind]:
        if name in members:
            message = f"a {kind} may not have this member (RFC 7946, 7.1)"
            yield Problem(
                member_path(place, name),
                message,
                "take it out, or put it into properties under another name",
            )


def _check_bbox(members: Members, place: str) -> Iterator[Problem]:
    if "bbox" not in members:
        return
    bbox = members["bbox"]
    if (
        not isinstance(bbox, list)
        or len(bbox) not in {4, 6}
        or not all(is_number(value) for value in bbox)
    ):
        fix = "west, south, east, north in degrees; or leave it out"
        yield Problem(
            member_path(place, "bbox"), f"{show(bbox)} is not a list of 4 or 6 numbers", fix
        )


def _check_collection(members: Members) -> Iterator[Problem]:
    yield from _check_foreign(members, "FeatureCollection", "")
    yield from _check_bbox(members, "")
    features = members.get("features")
    if not isinstance(features, list):
        yield Problem("features", f"{show(features)} is not a list of features", _LIST)
        return
    for index, feature in enumerate(features):
        yield from _check_feature(feature, f"features[{index}]")


def _check_feature(feature: object, place: str) -> Iterator[Problem]:
    if not isinstance(feature, Members):
        yield Problem(
            place,
            f"{show(feature)} is not a feature",
            'an object with "type": "Feature", or nothing',
        )
        return
    if feature.get("type") != "Feature":
        yield _bad_type(feature.get("type"), place, ("Feature",))
    yield from _check_foreign(feature, "Feature", place)
    yield from _check_bbox(feature, place)
    if "id" in feature and not (isinstance(feature["id"], str) or is_number(feature["id"])):
        message = f"{show(feature['id'])} is neither a text nor a number"
        yield Problem(
            member_path(place, "id"), message, "write it in quotation marks, or leave it out"
        )
    properties = feature.get("properties")
    if "properties" not in feature:
        yield Problem(member_path(place, "properties"), "missing", "an object, or null")
    elif properties is not None and not isinstance(properties, Members):
        yield Problem(
            member_path(place, "properties"),
            f"{show(properties)} is not an object",
            "an object, or null",
        )
    if "geometry" not in feature:
        yield Problem(
            member_path(place, "geometry"), "missing", "a geometry, or null where there is none"
        )
    else:
        yield from check_geometry(feature["geometry"], member_path(place, "geometry"))


def check_geometry(geometry: object, place: str) -> Iterator[Problem]:
    """Everything in which the geometry of a feature breaks RFC 7946; null is none."""
    if geometry is not None:
        yield from _check_geometry(geometry, place)


def _check_geometry(geometry: object, place: str) -> Iterator[Problem]:
    if not isinstance(geometry, Members):
        yield Problem(
            place,
            f"{show(geometry)} is not a geometry",
            "an object with type and coordinates, or null",
        )
        return
    kind = geometry.get("type")
    if not isinstance(kind, str) or kind not in (*_DEPTH, "GeometryCollection"):
        yield _bad_type(kind, place, (*_DEPTH, "GeometryCollection"))
        return
    yield from _check_foreign(geometry, "geometry", place)
    yield from _check_bbox(geometry, place)
    if kind == "GeometryCollection":
        yield from _check_geometry_collection(geometry, place)
    elif "coordinates" not in geometry:
        yield Problem(
            member_path(place, "coordinates"), "missing", f"{_SHAPES[_DEPTH[kind]]} for a {kind}"
        )
    else:
        yield from _check_coordinates(
            geometry["coordinates"], kind, member_path(place, "coordinates")
        )


def _check_geometry_collection(geometry: Members, place: str) -> Iterator[Problem]:
    members = geometry.get("geometries")
    at = member_path(place, "geometries")
    if not isinstance(members, list):
        yield Problem(at, f"{show(members)} is not a list of geometries", _LIST)
        return
    if len(members) == 1:
        yield Problem(at, "a collection of one geometry", "use that geometry itself")
    for index, member in enumerate(members):
        if isinstance(member, Members) and member.get("type") == "GeometryCollection":
            yield Problem(
                f"{at}[{index}]",
                "a collection within a collection",
                "list its geometries in the outer one",
            )
        else:
            yield from _check_geometry(member, f"{at}[{index}]")


def _check_coordinates(coordinates: object, kind: str, place: str) -> Iterator[Problem]:
    depth = _DEPTH[kind]
    faults = list(islice(_check_nesting(coordinates, depth, place), _MOST_OF_ONE))
    if faults:
        yield from faults
    elif kind in {"LineString", "MultiLineString"}:
        lines = [coordinates] if kind == "LineString" else cast("list[object]", coordinates)
        for line in cast("list[list[object]]", lines):
            if len(line) < _LINE_POSITIONS:
                yield Problem(
                    place, "a line needs two positions or more", "one position alone is a Point"
                )
    elif kind in {"Polygon", "MultiPolygon"}:
        polygons = [coordinates] if kind == "Polygon" else cast("list[object]", coordinates)
        for polygon in cast("list[list[list[object]]]", polygons):
            for ring in polygon:
                yield from _check_ring(ring, place)


def _check_ring(ring: list[object], place: str) -> Iterator[Problem]:
    if len(ring) < _RING_POSITIONS:
        yield Problem(
            place,
            "a ring needs four positions or more",
            "three corners, and the first of them again",
        )
    if not ring or ring[0] != ring[-1]:
        yield Problem(
            place, "the first and last positions of a ring are not the same", "close the ring"
        )


def _check_nesting(value: object, depth: int, place: str) -> Iterator[Problem]:
    if not isinstance(value, list):
        if depth == 0:
            what = "a position"
        elif depth == 1:
            what = "a list of positions"
        else:
            what = "a list of lists"
        yield Problem(place, f"{show(value)} is not {what}", _SHAPES[depth])
    elif depth:
        for index, member in enumerate(value):
            yield from _check_nesting(member, depth - 1, f"{place}[{index}]")
    elif len(value) < _LINE_POSITIONS or not all(is_number(number) for number in value):
        yield Problem(place, f"{show(value)} is not a position", "two numbers: longitude, latitude")


def _geometries(document: object, place: str) -> Iterator[tuple[str, Members]]:
    if not isinstance(document, Members):
        return
    for index, feature in enumerate(cast("list[object]", document.get("features", []))):
        yield from _geometries(feature, f"features[{index}]")
    for index, member in enumerate(cast("list[object]", document.get("geometries", []))):
        yield from _geometries(member, member_path(place, f"geometries[{index}]"))
    yield from _geometries(document.get("geometry"), member_path(place, "geometry"))
    if document.get("type") in _DEPTH:
        yield place, document


def _positions(value: list[object], depth: int, place: str) -> Iterator[tuple[str, list[float]]]:
    if depth == 0:
        yield place, cast("list[float]", value)
        return
    for index, member in enumerate(cast("list[list[object]]", value)):
        yield from _positions(member, depth - 1, f"{place}[{index}]")


def _signed_area(ring: list[list[float]]) -> float:
    following = [*ring[1:], ring[0]]
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, following, strict=True)) / 2
