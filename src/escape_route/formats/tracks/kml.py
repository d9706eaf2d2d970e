"""A journey as KML 2.2: placemarks in travel order, and all that KML has no element for as ExtendedData.

Written and read with lxml: fastkml reads one namespace and leaves out what it does not know, and a
reader of files from anywhere must say what it left out. No network link is followed and no entity
expanded. `tests/test_kml.py` opens what is written here in fastkml and GDAL.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

import shapely
from lxml import etree

from escape_route.errors import counted
from escape_route.formats import Loaded, Written, members, recognise, xml
from escape_route.formats.tracks import draft as reading
from escape_route.formats.tracks.draft import Draft, Place, Segment, Track
from escape_route.formats.tracks.journey import Part, Parts, loaded, no_root, own_loaded, parts_of
from escape_route.geography.antimeridian import unrolled, within
from escape_route.geography.geodesic import LonLat
from escape_route.model import date_steps, dates
from escape_route.model.journey import Waypoint, say
from escape_route.model.published import Published

_KML = "http://www.opengis.net/kml/2.2"
_MARK = "escape-route"  # name of the datum by which a file of ours is known
#: Elements that a journey has no place for, in the words of the warning.
_LOST = recognise.kept_out("kml")
#: A KML file may also be one of its elements alone, with no <kml> around it.
_ROOTS = frozenset(
    (
        *(
            "kml",
            "Document",
            "Folder",
            "Placemark",
            "NetworkLink",
            "Link",
            "Schema",
            "LatLonAltBox",
            *_LOST,
        ),
        *("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Track", "MultiTrack"),
    )
)
_MEDIA = "gx_media_links"  # datum in which My Maps lists pictures and films
_OWN_DATA = frozenset((_MEDIA, "line", "kind", _MARK))
_DATES = frozenset((*reading.TIMES, *reading.BEGINS, *reading.ENDS, *reading.MONTHS, *reading.DAYS))
_FIGURES = re.compile(r"[-+\d.,;:/ \N{DEGREE SIGN}]*")
_PLAIN_DATE = re.compile(r"-?\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)?)?)?)?")


def read(content: bytes, source: str) -> Loaded:
    """Read a KML file, of any version, ours or anybody's; raises JourneyFileError."""
    root = xml.parse(content, source)
    if xml.name_of(root) not in _ROOTS:
        raise no_root(source, xml.name_of(root), "kml")
    document = root if xml.name_of(root) == "Document" else xml.child(root, "Document")
    top = {} if document is None else _data(document)
    if _MARK in top:
        return _read_own(root, top, source)
    draft = Draft()
    head = root if document is None else document
    draft.title, draft.summary = (
        xml.text_of(head, "name"),
        _words(xml.text_of(head, "description"), draft),
    )
    hidden = {
        mark.getparent()
        for mark in root.iter("{*}visibility")
        if (mark.text or "").strip() in {"0", "false"}
    }
    for element in [*_placemarks(root), *([root] if is_shape(root) else [])]:
        if hidden.isdisjoint((element, *element.iterancestors())):
            _placemark(element, draft)
        else:
            draft.hidden.append(xml.text_of(element, "name") or _origin(element))
    _count(root, draft)
    return loaded(draft, source, "KML")


def _placemarks(root: etree._Element) -> list[etree._Element]:
    """All placemarks in the file's order; those within an Update belong to another file."""
    updates = {
        placemark for update in root.iter("{*}Update") for placemark in update.iter("{*}Placemark")
    }
    return [element for element in root.iter("{*}Placemark") if element not in updates]


def _placemark(element: etree._Element, draft: Draft) -> None:
    origin, name = _origin(element), xml.text_of(element, "name")
    data = _data(element, draft)
    plain = {name.lower(): text for name, text in data.items()}
    description = xml.text_of(element, "description")
    said = members.said({**members.sensitivity_in({**data, "description": description}), **data})
    draft.says_ours += bool(said)
    shapes = gather(element, draft)
    stamped = _when(element, origin, draft)
    when = stamped or draft.when_of(plain, origin)
    more, order = draft.radius_of(plain) | said, draft.order_of(plain)
    read = {
        name for name in data if _is_read(name.lower(), dated=when is not None and stamped is None)
    }
    draft.name_media(
        name or origin,
        [*reading.PICTURES.findall(description or ""), *data.get(_MEDIA, "").split()],
    )
    words = _with_columns(_words(description, draft), {} if said else data, read, draft)
    for geometry in shapes.places():
        draft.places.append(Place(origin, geometry, name, when, words, more, order))
    if shapes.segments:
        draft.tracks.append(Track(origin, tuple(shapes.segments), name, data.get("line")))
    if shapes.is_empty:
        address = xml.text_of(element, "address")
        kept = {"verbatimLocality": address, **more} if address and name else more
        draft.pointless(Place(origin, None, name or address, when, words, kept, order))


def _origin(element: etree._Element) -> str:
    return f"line {element.sourceline}: <{xml.name_of(element)}>"


def _when(element: etree._Element, origin: str, draft: Draft) -> str | None:
    stamp = draft.moment(xml.text_of(element, "TimeStamp", "when"), origin)
    begun, ended = (xml.text_of(element, "TimeSpan", name) for name in ("begin", "end"))
    return stamp if stamp or not (begun or ended) else draft.stretch(begun, ended, origin)


def _words(text: str | None, draft: Draft) -> str | None:
    if text is None or not reading.MARKUP.search(text):
        return text
    draft.left["formatting of descriptions"] += 1
    return reading.without_markup(text) or None


def _is_read(column: str, *, dated: bool) -> bool:
    """Whether a column, in small letters, is read as what it tells: an order, a radius, a date where it is `dated`."""
    return (
        column in reading.ORDERS
        or reading.radius_column(column) is not None
        or (dated and column in _DATES)
    )


def _with_columns(
    words: str | None, data: Mapping[str, str], read: set[str], draft: Draft
) -> str | None:
    """Words of a placemark with the columns of its table, as My Maps keeps them; figures alone are no words.

    A description that the program made of the columns says them already.
    """
    others = {name: text for name, text in data.items() if name not in _OWN_DATA | read}
    columns = {name: reading.without_markup(text) for name, text in others.items()}
    kept = {name: text for name, text in columns.items() if text and not _FIGURES.fullmatch(text)}
    draft.left["extended data"] -= len(kept) + len(read)
    more = [f"{name}: {text}" for name, text in kept.items() if text not in (words or "")]
    if more:
        return ". ".join(part.removesuffix(".") for part in (words, *more) if part) + "."
    return words


def _data(element: etree._Element, draft: Draft | None = None) -> dict[str, str]:
    """Data of a feature by name; with `found`, those of others are counted, and one name twice is a problem."""
    texts: dict[str, str] = {}
    extended = xml.child(element, "ExtendedData")
    listed = [] if extended is None else [*extended.iter("{*}Data", "{*}SimpleData")]
    for datum in listed:
        name = datum.get("name") or ""
        if name in texts and draft is not None and xml.name_of(datum) == "Data":
            draft.fault(
                f'line {datum.sourceline}: <Data name="{name}">',
                "a name given twice",
                "names must differ",
            )
        texts[name] = xml.text_of(datum, "value") or (datum.text or "").strip()
    if draft is not None and extended is not None:
        draft.left["extended data"] += len(listed) + sum(
            set(datum.iter()).isdisjoint(listed) for datum in extended
        )
    return texts


def _count(root: etree._Element, draft: Draft) -> None:
    for element in root.iter("{*}*"):
        what = _LOST.get(xml.name_of(element))
        if what is not None:
            draft.left[what] += 1
    links = sum(1 for _ in root.iter("{*}NetworkLink"))
    if links:
        draft.warnings.append(
            f"not followed, for what is read is this file alone: network links ({links:,})"
        )
    updates = sum(1 for _ in root.iter("{*}Update"))
    if updates:
        draft.warnings.append(f"left out, for they change another file: updates ({updates:,})")


def _read_own(root: etree._Element, top: Mapping[str, str], source: str) -> Loaded:
    parts = Parts(top)
    draft = Draft()
    for element in _placemarks(root):
        origin = f"line {element.sourceline}: <Placemark>"
        texts = _data(element)
        shapes = gather(element, draft, short_way=False)
        name = xml.text_of(element, "name")
        if texts.get("kind") == "leg" or (shapes.segments and texts.get("kind") != "waypoint"):
            line = {
                "type": "LineString",
                "coordinates": [list(p) for segment in shapes.segments for p in segment.line],
            }
            parts.legs.append(Part(origin, texts, line))
        elif texts.get("kind") == "waypoint":
            parts.waypoints.append(Part(origin, texts, shapes.only(), name))
        else:
            parts.waypoints += [Part(origin, {}, geometry, name) for geometry in shapes.places()]
    draft.stop_on_problems(source)
    return own_loaded(parts, source)


def write(published: Published) -> Written:
    """Write a journey; nothing is lost, and other programs show its places, lines, names, words and plain dates."""
    journey = published.journey
    top, waypoints, legs = parts_of(journey)
    root = etree.Element(f"{{{_KML}}}kml", nsmap={None: _KML})
    document = _under(root, "Document")
    _under(document, "name", say(journey.title))
    _under(document, "description", say(journey.summary))
    _extended(document, {_MARK: "1", **top})
    for waypoint, part in waypoints:
        placemark = _under(document, "Placemark")
        _under(placemark, "name", say(waypoint.name))
        words = " ".join(statement.text for statement in waypoint.narration.get("en", ()))
        if words:
            _under(placemark, "description", words)
        _write_when(placemark, waypoint)
        _extended(placemark, {"kind": "waypoint", **part.texts})
        if part.geometry is not None:
            _write_shape(placemark, part.geometry)
    names = {waypoint.id: say(waypoint.name) for waypoint in journey.waypoints}
    for trace, part in legs:
        placemark = _under(document, "Placemark")
        _under(placemark, "name", f"{names[trace.start]} – {names[trace.end]}")
        _extended(placemark, {"kind": "leg", **part.texts})
        if part.geometry is not None:
            _write_shape(placemark, part.geometry)
    return Written(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _write_when(placemark: etree._Element, waypoint: Waypoint) -> None:
    """Put a date where every program looks for it: a date, or from one to another, which covers a set or a season.

    As it was told it is among the extended data, with all others.
    """
    ends = date_steps.without_codes(dates.stretch(waypoint.when or "") or "").split("/")
    if not all(_PLAIN_DATE.fullmatch(date) or (date == ".." and len(ends) > 1) for date in ends):
        return
    if len(ends) == 1:
        _under(_under(placemark, "TimeStamp"), "when", ends[0])
        return
    span = _under(placemark, "TimeSpan")
    for name, date in zip(("begin", "end"), ends, strict=True):
        if date != "..":
            _under(span, name, date)


def _extended(parent: etree._Element, texts: Mapping[str, str]) -> None:
    extended = _under(parent, "ExtendedData")
    for name, text in texts.items():
        datum = _under(extended, "Data")
        datum.set("name", name)
        _under(datum, "value", text)


def _under(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_KML}}}{name}")
    if text is not None:
        element.text = members.plain(text)
    return element


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
        return next(self.places(), None) or (
            {"type": "LineString", "coordinates": lines[0]} if lines else None
        )


def is_shape(element: etree._Element) -> bool:
    """Whether an element is a geometry, or a collection of them."""
    return xml.name_of(element) in {*_KINDS, "MultiGeometry", "MultiTrack"}


def gather(placemark: etree._Element, draft: Draft, *, short_way: bool = True) -> Shapes:
    """Collect all geometries of a placemark, at any depth of MultiGeometry and MultiTrack; problems go to `found`.

    With `short_way`, an edge of more than 180 degrees is taken to cross the antimeridian, as Google
    Earth draws it; a journey of ours has straight edges in longitude and latitude, as RFC 7946 has
    them.
    """
    shapes = Shapes()
    rings = {
        ring for polygon in placemark.iter("{*}Polygon") for ring in polygon.iter("{*}LinearRing")
    }
    for element in placemark.iter(*(f"{{*}}{kind}" for kind in _KINDS)):
        kind = xml.name_of(element)
        if element in rings:
            continue
        if kind == "Point":
            shapes.points += _positions(element, draft)[:1]
        elif kind == "Polygon":
            rings_of_one = _rings(element, draft)
            shapes.polygons += (
                _cut(rings_of_one) if short_way else [_listed(rings_of_one)] if rings_of_one else []
            )
        else:
            _add_line(element, shapes, draft)
    return shapes


def _rings(element: etree._Element, draft: Draft) -> list[list[LonLat]]:
    bounds = [*xml.children(element, "outerBoundaryIs"), *xml.children(element, "innerBoundaryIs")]
    rings = [
        _positions(ring, draft) for bound in bounds for ring in xml.children(bound, "LinearRing")
    ]
    if xml.child(element, "outerBoundaryIs") is None or not rings:
        draft.fault(
            f"line {element.sourceline}: <Polygon>",
            "no outline",
            "an outerBoundaryIs with a LinearRing",
        )
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
    return [
        [[list(p) for p in ring.coords] for ring in (polygon.exterior, *polygon.interiors)]
        for polygon in polygons
    ]


def _add_line(element: etree._Element, shapes: Shapes, draft: Draft) -> None:
    kind = xml.name_of(element)
    segment = _track(element, draft) if kind == "Track" else Segment(_positions(element, draft))
    if len(segment.line) < _LINE_POSITIONS and kind != "Track":
        draft.fault(
            f"line {element.sourceline}: <{kind}>",
            "a line needs two positions or more",
            "a place of one position is a <Point>",
        )
    elif segment.line:
        shapes.segments.append(segment)


def _positions(element: etree._Element, draft: Draft) -> list[LonLat]:
    """Positions of a coordinates element: ``longitude,latitude[,height]``, with blanks between them."""
    text = xml.text_of(element, "coordinates")
    name = xml.name_of(element)
    if text is None and name == "Point":  # as programs write what has no place
        return []
    if text is None:
        draft.fault(
            f"line {element.sourceline}: <{name}>",
            "no coordinates in it",
            "lon,lat in degrees, or leave the shape out",
        )
        return []
    place = f"line {element.sourceline}: <{name}> coordinates"
    positions: list[LonLat] = []
    tuples = [(written, written.removesuffix(",").split(",")) for written in text.split()]
    if alone := [
        written for written, parts in tuples if len(parts) < _LINE_POSITIONS
    ]:  # one slip, made in all of them
        more = f", nor are {len(alone) - 1} more here" if len(alone) > 1 else ""
        fix = "longitude,latitude without a blank between them"
        draft.fault(place, f'"{alone[0][:40]}" is not a position{more}', fix)
    for written, parts in tuples:
        if len(parts) < _LINE_POSITIONS:
            continue
        position = _position(written, parts, place, draft)
        if position is not None:
            positions.append(position)
        draft.left["elevations"] += parts[2:] not in ([], ["0"], ["0.0"])
    return positions


def _position(written: str, parts: Sequence[str], place: str, draft: Draft) -> LonLat | None:
    """Position of a tuple: longitude, latitude and perhaps a height, which must be a number too."""
    fix = ""
    if len(parts) > _MOST_NUMBERS:
        fix = "a comma for the decimal mark?"
    elif len(parts) == _MOST_NUMBERS and reading.number_of(parts[2]) is None:
        fix = "longitude,latitude,height, three numbers at most"
    if fix:
        draft.fault(place, f'"{written[:40]}" is not a position', fix)
        return None
    return draft.position(parts[0], parts[1], place)


def _track(element: etree._Element, draft: Draft) -> Segment:
    """Track of Google's extension: a list of times and one of positions, which belong together in their order."""
    place = f"line {element.sourceline}: <gx:Track>"
    times = [draft.moment(when.text, place) for when in xml.children(element, "when")]
    written = [(coord.text or "").split() for coord in xml.children(element, "coord")]
    if times and len(times) != len(written):
        draft.fault(
            place,
            f"{counted(len(times), 'time')} for {counted(len(written), 'position')}",
            "one <when> for each <gx:coord>",
        )
        return Segment([])
    draft.left[reading.NO_FIX] += sum(not parts for parts in written)
    timed = [
        (parts, time)
        for parts, time in zip(written, times or [None] * len(written), strict=True)
        if parts
    ]
    placed = [(draft.position(parts[0], (*parts, None)[1], place), time) for parts, time in timed]
    line = [position for position, _ in placed if position is not None]
    kept = [time for position, time in placed if position is not None]
    draft.left["times of points between the ends of a track"] += max(
        sum(time is not None for time in kept) - 2, 0
    )
    return Segment(line, kept if any(kept) else [])


def _write_shape(placemark: etree._Element, geometry: Mapping[str, object]) -> None:
    kind, coordinates = geometry["type"], cast("Sequence[object]", geometry["coordinates"])
    if kind == "MultiPolygon":
        parent = _under(placemark, "MultiGeometry")
        for polygon in coordinates:
            _write_polygon(parent, cast("Sequence[object]", polygon))
    elif kind == "Polygon":
        _write_polygon(placemark, coordinates)
    elif kind == "Point":
        _under(_under(placemark, "Point"), "coordinates", _written([coordinates]))
    else:
        line = _under(placemark, "LineString")
        _under(line, "tessellate", "1")
        _under(line, "coordinates", _written(coordinates))


def _write_polygon(parent: etree._Element, rings: Sequence[object]) -> None:
    polygon = _under(parent, "Polygon")
    for number, ring in enumerate(rings):
        bound = _under(polygon, "innerBoundaryIs" if number else "outerBoundaryIs")
        _under(_under(bound, "LinearRing"), "coordinates", _written(cast("Sequence[object]", ring)))


def _written(positions: Sequence[object]) -> str:
    return " ".join(
        ",".join(_decimal(number) for number in cast("list[float]", position))
        for position in positions
    )


def _decimal(number: float) -> str:
    """Number without an exponent, which not every program reads."""
    text = f"{number:.7f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
