"""Rows of a table with a shape each, and a journey: what GeoPackage and GeoParquet share."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

import geopandas
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from escape_route.errors import JourneyFileError, refusal
from escape_route.formats import Loaded
from escape_route.formats.any_json import take_feature
from escape_route.formats.members import as_members, refuse_several
from escape_route.formats.tracks.draft import Draft
from escape_route.formats.tracks.journey import Part, Parts, loaded, own_loaded, parts_of
from escape_route.geography.geodesic import cut_at_antimeridian
from escape_route.model.journey import Journey, TracedLeg
from escape_route.strict_json import Members

#: Name of the table or of the metadata that holds what belongs to the whole journey.
JOURNEY = "journey"
#: What to do with a file that is not what its ending says.
OTHERWISE = "save it again, or give it its own ending"
_DECIMALS = 7
_AREAS = ("Polygon", "MultiPolygon")


@contextmanager
def readable(source: str, kind: str, fix: str) -> Iterator[None]:
    """Raise JourneyFileError where a library fails on a broken file, whatever it makes of that."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except JourneyFileError:
        raise
    except Exception as error:  # noqa: BLE001  # whatever GDAL and pyarrow raise
        message = f"not a {kind} that can be read: {str(error)[:200] or type(error).__name__}"
        raise refusal(source, message, fix) from None


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the texts of its columns, those that are empty left out, and its shape in degrees on WGS84."""

    origin: str
    texts: Mapping[str, str]
    shape: BaseGeometry | None


def frames_of(
    journey: Journey,
) -> tuple[dict[str, str], geopandas.GeoDataFrame, geopandas.GeoDataFrame]:
    """What belongs to the whole, a table of waypoints and one of traced legs: a column for each member."""
    top, waypoints, legs = parts_of(journey)
    places = [
        None if part.geometry is None else shape(dict(part.geometry)) for _, part in waypoints
    ]
    lines = [_line(trace) for trace, _ in legs]
    return (
        top,
        _frame([part for _, part in waypoints], places),
        _frame([part for _, part in legs], lines),
    )


def _line(trace: TracedLeg) -> BaseGeometry:
    cut = cut_at_antimeridian(trace.line)
    parts = [[(round(lon, _DECIMALS), round(lat, _DECIMALS)) for lon, lat in part] for part in cut]
    return shapely.LineString(parts[0]) if len(parts) == 1 else shapely.MultiLineString(parts)


def _frame(parts: Sequence[Part], shapes: Sequence[BaseGeometry | None]) -> geopandas.GeoDataFrame:
    names = list(dict.fromkeys(name for part in parts for name in part.texts)) or ["id"]
    columns: dict[str, list[str | None]] = {
        name: [part.texts.get(name) for part in parts] for name in names
    }
    return geopandas.GeoDataFrame(columns, geometry=list(shapes), crs="OGC:CRS84", dtype="object")


def own(
    top: Mapping[str, str], waypoints: Iterable[Row], legs: Iterable[Row], source: str
) -> Loaded:
    """Read what `frames_of` gave."""
    parts = Parts(top)
    parts.waypoints = [Part(row.origin, row.texts, _geometry(row.shape)) for row in waypoints]
    parts.legs = [Part(row.origin, row.texts, _geometry(row.shape)) for row in legs]
    return own_loaded(parts, source)


def anybodys(rows: Iterable[Row], draft: Draft, source: str, kind: str) -> Loaded:
    """Read rows of anybody's: points and polygons are places, lines are tracks."""
    listed = list(rows)
    refuse_several((row.texts for row in listed), source)
    for row in listed:
        _take(row, draft)
    return loaded(draft, source, kind)


def _take(row: Row, draft: Draft) -> None:
    if row.shape is None or row.shape.is_empty:
        pieces = []
    else:
        pieces = list(getattr(row.shape, "geoms", [row.shape]))
    areas = [piece for piece in pieces if piece.geom_type in _AREAS]
    others = [
        piece for piece in pieces if piece.geom_type not in _AREAS and _is_placed(piece, row, draft)
    ]
    drawn = [
        _geometry(piece)
        for piece in (*others, *([shapely.union_all(areas)] if areas[1:] else areas))
    ]
    geometry = {"type": "GeometryCollection", "geometries": drawn}
    feature = as_members({"geometry": geometry, "properties": row.texts})
    take_feature(cast("Members", feature), row.origin, draft, "other columns")
    draft.left["elevations"] += any(piece.has_z for piece in pieces)


def _is_placed(piece: BaseGeometry, row: Row, draft: Draft) -> bool:
    """Whether a point lies on the globe, which is noted where it does not; lines are looked at later."""
    return piece.geom_type != "Point" or draft.position(piece.x, piece.y, row.origin) is not None


def _geometry(drawn: BaseGeometry | None) -> dict[str, object] | None:
    empty = drawn is None or drawn.is_empty
    if empty:
        return None
    return cast("dict[str, object]", json.loads(shapely.to_geojson(shapely.force_2d(drawn))))
