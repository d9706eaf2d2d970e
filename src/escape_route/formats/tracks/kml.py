"""A journey as KML 2.2: placemarks in travel order, and all that KML has no element for as ExtendedData.

Written and read with lxml: fastkml reads one namespace and leaves out what it does not know, and a reader of files from
anywhere must say what it left out. No network link is followed and no entity expanded. `tests/test_kml.py` opens what
is written here in fastkml and GDAL.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from escape_route.formats import Loaded, Written, members, xml
from escape_route.formats.tracks import kml_shapes
from escape_route.formats.tracks.found import MARKUP, PICTURES, Found, Place, Track, without_markup
from escape_route.formats.tracks.journey import Part, Parts, loaded, no_root, own_loaded, parts_of
from escape_route.model import date_steps, dates
from escape_route.model.journey import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from escape_route.model.journey import Waypoint
    from escape_route.model.published import Published

_KML = "http://www.opengis.net/kml/2.2"
_MARK = "escape-route"  # name of the datum by which a file of ours is known
#: Elements that a journey has no place for, in the words of the warning.
_LOST = {
    **dict.fromkeys(("GroundOverlay", "PhotoOverlay", "ScreenOverlay"), "overlays"),
    "Model": "models",
    "Tour": "tours",
    **dict.fromkeys(("Style", "StyleMap"), "styles"),
    "Region": "regions",
}
#: A KML file may also be one of its elements alone, with no <kml> around it.
_ROOTS = frozenset(
    (
        *("kml", "Document", "Folder", "Placemark", "NetworkLink", "Link", "Schema", "LatLonAltBox", *_LOST),
        *("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Track", "MultiTrack"),
    )
)
_MEDIA = "gx_media_links"  # datum in which My Maps lists pictures and films
_OWN_DATA = frozenset((_MEDIA, "line", "kind", _MARK))
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
    found = Found()
    head = root if document is None else document
    found.title, found.summary = xml.text_of(head, "name"), _words(xml.text_of(head, "description"), found)
    hidden = {each.getparent() for each in root.iter("{*}visibility") if (each.text or "").strip() in {"0", "false"}}
    for element in [*_placemarks(root), *([root] if kml_shapes.is_shape(root) else [])]:
        if hidden.isdisjoint((element, *element.iterancestors())):
            _placemark(element, found)
        else:
            found.hidden.append(xml.text_of(element, "name") or _origin(element))
    _count(root, found)
    return loaded(found, source, "KML")


def _placemarks(root: etree._Element) -> list[etree._Element]:
    """All placemarks in the file's order; those within an Update belong to another file."""
    updates = {placemark for update in root.iter("{*}Update") for placemark in update.iter("{*}Placemark")}
    return [element for element in root.iter("{*}Placemark") if element not in updates]


def _placemark(element: etree._Element, found: Found) -> None:
    origin, name = _origin(element), xml.text_of(element, "name")
    data = _data(element, found)
    simple = {each.get("name") or "": each.text or "" for each in element.iter("{*}SimpleData")}
    description = xml.text_of(element, "description")
    said = members.said({**members.sensitivity_in({**simple, "description": description}), **data})
    found.says_ours += bool(said)
    shapes = kml_shapes.gather(element, found)
    when = _when(element, origin, found)
    found.name_media(name or origin, [*PICTURES.findall(description or ""), *data.get(_MEDIA, "").split()])
    words = _with_columns(_words(description, found), {} if said else data, found)
    for geometry in shapes.places():
        found.places.append(Place(origin, geometry, name, when, words, said))
    if shapes.segments:
        found.tracks.append(Track(origin, tuple(shapes.segments), name, data.get("line")))
    if shapes.is_empty:
        address = xml.text_of(element, "address")
        told = {"verbatimLocality": address, **said} if address and name else said
        found.pointless(Place(origin, None, name or address, when, words, told))


def _origin(element: etree._Element) -> str:
    return f"line {element.sourceline}: <{xml.name_of(element)}>"


def _when(element: etree._Element, origin: str, found: Found) -> str | None:
    """EDTF date of a placemark's time stamp or time span."""
    stamp = found.moment(xml.text_of(element, "TimeStamp", "when"), origin)
    begun, ended = (xml.text_of(element, "TimeSpan", name) for name in ("begin", "end"))
    return stamp if stamp or not (begun or ended) else found.stretch(begun, ended, origin)


def _words(text: str | None, found: Found) -> str | None:
    """Words of a description, without the markup that it may have."""
    if text is None or not MARKUP.search(text):
        return text
    found.left["formatting of descriptions"] += 1
    return without_markup(text) or None


def _with_columns(words: str | None, data: Mapping[str, str], found: Found) -> str | None:
    """Words of a placemark with the columns of its table, as My Maps keeps them; figures alone are no words.

    A description that the program made of the columns says them already.
    """
    columns = {name: without_markup(text) for name, text in data.items() if name not in _OWN_DATA}
    kept = {name: text for name, text in columns.items() if text and not _FIGURES.fullmatch(text)}
    found.left["extended data"] -= len(kept)
    more = [f"{name}: {text}" for name, text in kept.items() if text not in (words or "")]
    return ". ".join(each.removesuffix(".") for each in (words, *more) if each) + "." if more else words


def _data(element: etree._Element, found: Found | None = None) -> dict[str, str]:
    """Data of a feature by name; with `found`, those of others are counted, and one name twice is a problem."""
    texts: dict[str, str] = {}
    extended = xml.child(element, "ExtendedData")
    for datum in () if extended is None else xml.children(extended, "Data"):
        name = datum.get("name") or ""
        if name in texts and found is not None:
            found.fault(f'line {datum.sourceline}: <Data name="{name}">', "a name given twice", "names must differ")
        texts[name] = xml.text_of(datum, "value") or ""
    if found is not None and extended is not None:
        found.left["extended data"] += len(extended)
    return texts


def _count(root: etree._Element, found: Found) -> None:
    for element in root.iter("{*}*"):
        what = _LOST.get(xml.name_of(element))
        if what is not None:
            found.left[what] += 1
    links = sum(1 for _ in root.iter("{*}NetworkLink"))
    if links:
        found.warnings.append(f"not followed, for what is read is this file alone: network links ({links:,})")
    updates = sum(1 for _ in root.iter("{*}Update"))
    if updates:
        found.warnings.append(f"left out, for they change another file: updates ({updates:,})")


def _read_own(root: etree._Element, top: Mapping[str, str], source: str) -> Loaded:
    parts = Parts(top)
    found = Found()
    for element in _placemarks(root):
        origin = f"line {element.sourceline}: <Placemark>"
        texts = _data(element)
        shapes = kml_shapes.gather(element, found, short_way=False)
        name = xml.text_of(element, "name")
        if texts.get("kind") == "leg" or (shapes.segments and texts.get("kind") != "waypoint"):
            line = {"type": "LineString", "coordinates": [list(p) for each in shapes.segments for p in each.line]}
            parts.legs.append(Part(origin, texts, line))
        elif texts.get("kind") == "waypoint":
            parts.waypoints.append(Part(origin, texts, shapes.only(), name))
        else:
            parts.waypoints += [Part(origin, {}, geometry, name) for geometry in shapes.places()]
    found.stop_on_problems(source)
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
            kml_shapes.write(placemark, part.geometry, _under)
    names = {waypoint.id: say(waypoint.name) for waypoint in journey.waypoints}
    for trace, part in legs:
        placemark = _under(document, "Placemark")
        _under(placemark, "name", f"{names[trace.start]} – {names[trace.end]}")
        _extended(placemark, {"kind": "leg", **part.texts})
        if part.geometry is not None:
            kml_shapes.write(placemark, part.geometry, _under)
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
