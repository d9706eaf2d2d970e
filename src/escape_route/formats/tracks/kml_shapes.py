"""Geometries of KML, read and written: points, lines, rings, polygons, tracks with times, and collections of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import shapely

from escape_route.errors import counted
from escape_route.formats import xml
from escape_route.formats.tracks.found import NO_FIX, Segment, number_of
from escape_route.geography.antimeridian import unrolled, within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lxml import etree

    from escape_route.formats.tracks.found import Found
    from escape_route.geography.geodesic import LonLat

    Make = Callable[..., etree._Element]  # noqa: SLF001  # the name that lxml gives to its elements' type

_LINE_POSITIONS = 2
_RING_POSITIONS = 4
_MOST_NUMBERS = 3  # of a tuple: longitude, latitude, height
_KINDS = ("Point", "LineString", "LinearRing", "Polygon", "Track")


@dataclass(slots=True)
class Shapes:
    """What one placemark draws; `polygons` are lists of rings, the outline first."""

    points: list[LonLat] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    polygons: list[list[list[list[float]]]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return not (self.points or self.segments or self.polygons)

    def places(self) -> Iterator[Mapping[str, object]]:
        """Each point, and the polygons as one place."""
        yield from ({"type": "Point", "coordinates": list(point)} for point in self.points)
        if len(self.polygons) == 1:
            yield {"type": "Polygon", "coordinates": self.polygons[0]}
        elif self.polygons:
            yield {"type": "MultiPolygon", "coordinates": self.polygons}

    def only(self) -> Mapping[str, object] | None:
        """The one place of a waypoint of ours: a point, a line or polygons."""
        lines = [[list(position) for position in segment.line] for segment in self.segments]
        return next(self.places(), None) or ({"type": "LineString", "coordinates": lines[0]} if lines else None)


def is_shape(element: etree._Element) -> bool:
    """Whether an element is a geometry, or a collection of them."""
    return xml.name_of(element) in {*_KINDS, "MultiGeometry", "MultiTrack"}


def gather(placemark: etree._Element, found: Found, *, short_way: bool = True) -> Shapes:
    """Collect all geometries of a placemark, at any depth of MultiGeometry and MultiTrack; problems go to `found`.

    With `short_way`, an edge of more than 180 degrees is taken to cross the antimeridian, as Google Earth draws it; a
    journey of ours has straight edges in longitude and latitude, as RFC 7946 has them.
    """
    shapes = Shapes()
    rings = {ring for polygon in placemark.iter("{*}Polygon") for ring in polygon.iter("{*}LinearRing")}
    for element in placemark.iter(*(f"{{*}}{kind}" for kind in _KINDS)):
        kind = xml.name_of(element)
        if element in rings:
            continue
        if kind == "Point":
            shapes.points += _positions(element, found)[:1]
        elif kind == "Polygon":
            rings_of_one = _rings(element, found)
            shapes.polygons += _cut(rings_of_one) if short_way else [_listed(rings_of_one)] if rings_of_one else []
        else:
            _add_line(element, shapes, found)
    return shapes


def _rings(element: etree._Element, found: Found) -> list[list[LonLat]]:
    bounds = [*xml.children(element, "outerBoundaryIs"), *xml.children(element, "innerBoundaryIs")]
    rings = [_positions(ring, found) for bound in bounds for ring in xml.children(bound, "LinearRing")]
    if xml.child(element, "outerBoundaryIs") is None or not rings:
        found.fault(f"line {element.sourceline}: <Polygon>", "no outline", "an outerBoundaryIs with a LinearRing")
        return []
    return rings if all(rings) else []  # what is wrong with an empty one is noted


def _listed(rings: list[list[LonLat]]) -> list[list[list[float]]]:
    return [[list(position) for position in ring] for ring in rings]


def _cut(rings: list[list[LonLat]]) -> list[list[list[list[float]]]]:
    """Polygons in -180..180 of one that is drawn the short way round; what does not cross is kept as it is."""
    if not rings:
        return []
    flat = [unrolled(ring) for ring in rings if ring]
    if flat == rings or any(len(ring) < _RING_POSITIONS for ring in flat):
        return [_listed(rings)]
    polygon = shapely.Polygon(flat[0], flat[1:])
    if not polygon.is_valid:
        return [_listed(rings)]
    parts = getattr(within(polygon), "geoms", None) or [within(polygon)]
    polygons = [part for part in parts if part.geom_type == "Polygon"]
    return [[[list(p) for p in ring.coords] for ring in (each.exterior, *each.interiors)] for each in polygons]


def _add_line(element: etree._Element, shapes: Shapes, found: Found) -> None:
    kind = xml.name_of(element)
    segment = _track(element, found) if kind == "Track" else Segment(_positions(element, found))
    if len(segment.line) < _LINE_POSITIONS and kind != "Track":
        found.fault(
            f"line {element.sourceline}: <{kind}>",
            "a line needs two positions or more",
            "a place of one position is a <Point>",
        )
    elif segment.line:
        shapes.segments.append(segment)


def _positions(element: etree._Element, found: Found) -> list[LonLat]:
    """Positions of a coordinates element: ``longitude,latitude[,height]``, with blanks between them."""
    text = xml.text_of(element, "coordinates")
    name = xml.name_of(element)
    if text is None and name == "Point":  # as programs write what has no place
        return []
    if text is None:
        found.fault(
            f"line {element.sourceline}: <{name}>", "no coordinates in it", "lon,lat in degrees, or leave the shape out"
        )
        return []
    place = f"line {element.sourceline}: <{name}> coordinates"
    positions: list[LonLat] = []
    tuples = [(written, written.removesuffix(",").split(",")) for written in text.split()]
    if alone := [written for written, parts in tuples if len(parts) < _LINE_POSITIONS]:  # one slip, made in all of them
        more = f", nor are {len(alone) - 1} more here" if len(alone) > 1 else ""
        fix = "longitude,latitude without a blank between them"
        found.fault(place, f'"{alone[0][:40]}" is not a position{more}', fix)
    for written, parts in tuples:
        if len(parts) < _LINE_POSITIONS:
            continue
        position = _position(written, parts, place, found)
        if position is not None:
            positions.append(position)
        found.left["elevations"] += parts[2:] not in ([], ["0"], ["0.0"])
    return positions


def _position(written: str, parts: Sequence[str], place: str, found: Found) -> LonLat | None:
    """Position of a tuple: longitude, latitude and perhaps a height, which must be a number too."""
    fix = ""
    if len(parts) > _MOST_NUMBERS:
        fix = "a comma for the decimal mark?"
    elif len(parts) == _MOST_NUMBERS and number_of(parts[2]) is None:
        fix = "longitude,latitude,height, three numbers at most"
    if fix:
        found.fault(place, f'"{written[:40]}" is not a position', fix)
        return None
    return found.position(parts[0], parts[1], place)


def _track(element: etree._Element, found: Found) -> Segment:
    """Track of Google's extension: a list of times and one of positions, which belong together in their order."""
    place = f"line {element.sourceline}: <gx:Track>"
    times = [found.moment(each.text, place) for each in xml.children(element, "when")]
    written = [(each.text or "").split() for each in xml.children(element, "coord")]
    if times and len(times) != len(written):
        found.fault(
            place,
            f"{counted(len(times), 'time')} for {counted(len(written), 'position')}",
            "one <when> for each <gx:coord>",
        )
        return Segment([])
    found.left[NO_FIX] += sum(not parts for parts in written)
    timed = [(parts, time) for parts, time in zip(written, times or [None] * len(written), strict=True) if parts]
    placed = [(found.position(parts[0], (*parts, None)[1], place), time) for parts, time in timed]
    line = [position for position, _ in placed if position is not None]
    kept = [time for position, time in placed if position is not None]
    found.left["times of points between the ends of a track"] += max(sum(time is not None for time in kept) - 2, 0)
    return Segment(line, kept if any(kept) else [])


def write(placemark: etree._Element, geometry: Mapping[str, object], make: Make) -> None:
    """Write a GeoJSON geometry under a placemark; `make` makes an element under another, with a text if it has one."""
    kind, coordinates = geometry["type"], cast("Sequence[object]", geometry["coordinates"])
    if kind == "MultiPolygon":
        parent = make(placemark, "MultiGeometry")
        for polygon in coordinates:
            _write_polygon(parent, cast("Sequence[object]", polygon), make)
    elif kind == "Polygon":
        _write_polygon(placemark, coordinates, make)
    elif kind == "Point":
        make(make(placemark, "Point"), "coordinates", _written([coordinates]))
    else:
        line = make(placemark, "LineString")
        make(line, "tessellate", "1")
        make(line, "coordinates", _written(coordinates))


def _write_polygon(parent: etree._Element, rings: Sequence[object], make: Make) -> None:
    polygon = make(parent, "Polygon")
    for number, ring in enumerate(rings):
        bound = make(polygon, "innerBoundaryIs" if number else "outerBoundaryIs")
        make(make(bound, "LinearRing"), "coordinates", _written(cast("Sequence[object]", ring)))


def _written(positions: Sequence[object]) -> str:
    return " ".join(",".join(_decimal(number) for number in cast("list[float]", position)) for position in positions)


def _decimal(number: float) -> str:
    """Number without an exponent, which not every program reads."""
    text = f"{number:.7f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
