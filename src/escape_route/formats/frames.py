"""Rows of a table with a shape each, and a journey: what GeoPackage and GeoParquet share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas
import shapely
from shapely.geometry import mapping, shape

from escape_route.formats import members
from escape_route.formats.tracks.found import BEGINS, ENDS, NAMES, TIMES, WORDS, Found, Place, Segment, Track, is_hidden
from escape_route.formats.tracks.journey import loaded
from escape_route.formats.tracks.own import Part, Parts, parts_of
from escape_route.formats.tracks.own import loaded as own_loaded
from escape_route.geography.geodesic import cut_at_antimeridian

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from escape_route.formats import Loaded
    from escape_route.model.journey import Journey, TracedLeg

#: Name of the table or of the metadata that holds what belongs to the whole journey.
JOURNEY = "journey"
_DECIMALS = 7
_PLACES = ("Polygon", "MultiPolygon")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the texts of its columns, those that are empty left out, and its shape in degrees on WGS84."""

    origin: str
    texts: Mapping[str, str]
    shape: BaseGeometry | None


def frames_of(journey: Journey) -> tuple[dict[str, str], geopandas.GeoDataFrame, geopandas.GeoDataFrame]:
    """What belongs to the whole, a table of waypoints and one of traced legs: a column for each member."""
    top, waypoints, legs = parts_of(journey)
    places = [None if part.geometry is None else shape(dict(part.geometry)) for _, part in waypoints]
    lines = [_line(trace) for trace, _ in legs]
    return top, _frame([part for _, part in waypoints], places), _frame([part for _, part in legs], lines)


def _line(trace: TracedLeg) -> BaseGeometry:
    parts = [[(round(lon, _DECIMALS), round(lat, _DECIMALS)) for lon, lat in part] for part in _cut(trace)]
    return shapely.LineString(parts[0]) if len(parts) == 1 else shapely.MultiLineString(parts)


def _cut(trace: TracedLeg) -> list[list[tuple[float, float]]]:
    return cut_at_antimeridian(trace.line)


def _frame(parts: Sequence[Part], shapes: Sequence[BaseGeometry | None]) -> geopandas.GeoDataFrame:
    names = list(dict.fromkeys(name for part in parts for name in part.texts)) or ["id"]
    columns: dict[str, list[str | None]] = {name: [part.texts.get(name) for part in parts] for name in names}
    return geopandas.GeoDataFrame(columns, geometry=list(shapes), crs="OGC:CRS84", dtype="object")


def own(top: Mapping[str, str], waypoints: Iterable[Row], legs: Iterable[Row], source: str) -> Loaded:
    """Read what `frames_of` gave."""
    parts = Parts(top)
    parts.waypoints = [Part(row.origin, row.texts, _geometry(row.shape)) for row in waypoints]
    parts.legs = [Part(row.origin, row.texts, _geometry(row.shape)) for row in legs]
    return own_loaded(parts, source)


def anybodys(rows: Iterable[Row], found: Found, source: str, kind: str) -> Loaded:
    """Read rows of anybody's: points and polygons are places, lines are tracks."""
    listed = list(rows)
    members.refuse_several((row.texts for row in listed), source)
    for row in listed:
        _take(row, found)
    return loaded(found, source, kind)


def _take(row: Row, found: Found) -> None:
    texts = {name.lower(): text for name, text in row.texts.items()}
    name, words = _first(texts, NAMES), _first(texts, WORDS)
    if is_hidden(texts):
        found.hidden.append(name or row.origin)
        return
    when = found.when_of(texts, row.origin)
    said = members.said(row.texts)
    found.says_ours += bool(said)
    known = {*NAMES, *WORDS, *TIMES, *BEGINS, *ENDS, *map(str.lower, said)}
    found.left["other columns"] += sum(each not in known and not members.is_sensitivity(each) for each in texts)
    pieces = list(getattr(row.shape, "geoms", [row.shape])) if row.shape is not None and not row.shape.is_empty else []
    if not pieces:
        found.pointless(Place(row.origin, None, name, when, words, said))
    lines = [piece for piece in pieces if piece.geom_type in {"LineString", "LinearRing"}]
    areas = [piece for piece in pieces if piece.geom_type in _PLACES]
    for piece in pieces:
        if piece.geom_type == "Point" and found.position(piece.x, piece.y, row.origin):
            found.places.append(Place(row.origin, _geometry(piece), name, when, words, said))
    if areas:
        whole = areas[0] if len(areas) == 1 else shapely.union_all(areas)
        found.places.append(Place(row.origin, _geometry(whole), name, when, words, said))
    if lines:
        segments = [
            [found.position(position[0], position[1], row.origin) for position in line.coords] for line in lines
        ]
        whole_lines = tuple(Segment([position for position in each if position]) for each in segments)
        found.tracks.append(Track(row.origin, whole_lines, name, texts.get("line")))
    found.left["elevations"] += int(bool(pieces) and any(piece.has_z for piece in pieces))


def _first(texts: Mapping[str, str], names: Sequence[str]) -> str | None:
    return next((texts[name].strip() for name in names if texts.get(name, "").strip()), None)


def _geometry(drawn: BaseGeometry | None) -> dict[str, object] | None:
    if drawn is None or drawn.is_empty:
        return None
    written = mapping(shapely.force_2d(drawn))
    return {"type": written["type"], "coordinates": _listed(written["coordinates"])}


def _listed(value: object) -> object:
    return [_listed(member) for member in value] if isinstance(value, tuple | list) else value
