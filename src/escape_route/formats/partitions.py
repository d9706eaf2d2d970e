"""From the tables of a partition of a data set to its journeys.

The rows of a journey are put together and read as any file's are. A waypoint that is a point, and is told in the same
words as one before but for its id, its name and where it lies, is not read again: it is that one at another place.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import fields
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import geopandas
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from shapely.geometry import mapping

from escape_route.errors import EscapeRouteError, JourneyFileError, Problem
from escape_route.formats.members import JOURNEY, compact, unflatten
from escape_route.formats.rows_of_many import Refused
from escape_route.formats.tracks.journey import Part, Parts, own_loaded
from escape_route.model import read
from escape_route.model.journey import Waypoint
from escape_route.model.members import MOST_LETTERS, MOST_LISTED, tidy
from escape_route.model.shapes import MAX_LAT_DEG, MAX_LON_DEG
from escape_route.strict_json import Fields, Members

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from escape_route.geography.geodesic import LonLat
    from escape_route.model.journey import Journey, Text

    Words = tuple[object, ...]

LISTED = ("claims", "sources")  # members of a journey that have tables of their own
_OWN = ("id", "name")  # cells that differ from one waypoint to the next
_PLAIN_ID = re.compile(r"[A-Za-z0-9_-]+")


class Row(NamedTuple):
    """A row of a journey: texts of its own and those that others may share, and what is drawn; `point` if it is one."""

    order: int
    own: tuple[object, ...]
    words: Words
    names: tuple[str, ...]
    drawn: BaseGeometry | None
    point: LonLat | None

    @property
    def texts(self) -> dict[str, str]:
        """Texts by the names of their columns."""
        cells = zip((*_OWN, *self.names), (*self.own, *self.words), strict=True)
        return {name: text for name, text in cells if isinstance(text, str)}


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Raise EscapeRouteError where a Parquet file cannot be read."""
    try:
        yield
    except FileNotFoundError as error:
        raise EscapeRouteError(f"{path}: not there (write the data set again)") from error
    except Exception as error:  # whatever pyarrow makes of a broken file
        said = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise EscapeRouteError(f"{path}: not a Parquet file that can be read: {said}") from error


def rows_at(path: Path) -> dict[str, list[Row]]:
    """Rows of a table by the id of their journey, in the order of the file."""
    with readable(path):
        table = pq.read_table(path, partitioning=None, use_threads=False)
        drawn = _drawn(table, path)
        columns = {name: table[name].to_pylist() for name in table.column_names if name not in {"geometry", "bbox"}}
        journeys, order = columns.pop("journey"), columns.pop("order")
    nothing = [None] * len(journeys)
    own = zip(*(columns.pop(name, nothing) for name in _OWN), strict=True)
    words = zip(*columns.values(), strict=True) if columns else [()] * len(journeys)
    names = tuple(columns)
    found: dict[str, list[Row]] = {}
    for journey, at, mine, others, shape, point in zip(journeys, order, own, words, drawn, _points(drawn), strict=True):
        found.setdefault(str(journey), []).append(Row(at, mine, others, names, shape, point))
    return found


def _drawn(table: pa.Table, path: Path) -> np.ndarray[Any, Any]:
    """Shape of each row, None where there is none."""
    if "geometry" not in table.column_names:
        return np.full(len(table), None)
    shapes = table["geometry"]
    if pa.types.is_binary(shapes.type) or pa.types.is_large_binary(shapes.type):
        return np.asarray(shapely.from_wkb(shapes.to_numpy()))
    table = geopandas.read_parquet(path, columns=["geometry"])  # in an encoding of GeoArrow
    return np.asarray(table.geometry)


def _points(drawn: np.ndarray[Any, Any]) -> list[LonLat | None]:
    """Positions of points on the globe; None for what is something else."""
    lon_deg, lat_deg = shapely.get_x(drawn), shapely.get_y(drawn)
    plain = (abs(lon_deg) <= MAX_LON_DEG) & (abs(lat_deg) <= MAX_LAT_DEG) & ~shapely.has_z(drawn)
    pairs = zip(lon_deg.tolist(), lat_deg.tolist(), strict=True)
    return [pair if fits else None for pair, fits in zip(pairs, plain.tolist(), strict=True)]


def journeys_of(rows: Mapping[str, Mapping[str, Sequence[Row]]]) -> Iterator[tuple[str, Journey | Refused]]:
    """Journeys by their ids, from the rows of each table."""
    known = _Known()
    for name in dict.fromkeys((*rows["journeys"], *rows["waypoints"])):
        yield name, _journey(name, {table: found.get(name, []) for table, found in rows.items()}, known)


def _journey(name: str, rows: Mapping[str, Sequence[Row]], known: _Known) -> Journey | Refused:
    order = [row.order for row in rows["waypoints"]]
    if None in order or order != sorted(set(order)):
        fix = "sort the waypoints by journey and order"
        return Refused(name, (Problem("waypoints", f"not in order: {order[:9]}", fix, "wrong-order"),))
    if (listed := len(rows["journeys"])) != 1:
        rule = "same-id-twice" if listed else "missing-value"
        return Refused(name, (Problem("journeys", f"{listed} rows are of this journey", "one", rule),))
    again = known.waypoints(rows)
    try:
        if again is not None:
            document = Members({"type": "FeatureCollection", "journey": _top(name, rows), "features": []})
            return read.read_document(document, name, again)
    except JourneyFileError:
        pass  # read below, where each problem is told at its place
    parts = Parts(_top(name, rows))
    parts.waypoints = [_part(row, f"waypoint {row.texts.get('id')}") for row in rows["waypoints"]]
    parts.legs = [_part(row, f"track {number}") for number, row in enumerate(rows["tracks"], 1)]
    try:
        journey = own_loaded(parts, name).journey
    except JourneyFileError as error:
        return Refused(name, error.problems)
    known.learn(rows, journey)
    return journey


def _top(name: str, rows: Mapping[str, Sequence[Row]]) -> Members:
    """Members of the whole journey."""
    listed = {
        member: [unflatten(told := row.texts, tuple(told)) for row in sorted(rows[member], key=attrgetter("order"))]
        for member in LISTED
    }
    return Members(unflatten(rows["journeys"][0].texts | {"id": compact(name)}, JOURNEY) | listed)


def _part(row: Row, origin: str) -> Part:
    return Part(origin, row.texts, None if row.drawn is None else mapping(row.drawn))


class _Known:
    """Waypoints that were read, by their words and the sources that their journey lists, and names that were read."""

    def __init__(self) -> None:
        self._read: dict[tuple[Words, Words], partial[Waypoint]] = {}
        self._names: dict[object, Text | None] = {}

    def waypoints(self, rows: Mapping[str, Sequence[Row]]) -> tuple[Waypoint, ...] | None:
        """Waypoints of a journey; None where one of them has to be read."""
        listed = rows["waypoints"]
        if rows["tracks"] or not 0 < len(listed) <= MOST_LISTED["features"]:
            return None
        sources = tuple(row.own[0] for row in rows["sources"])
        found = []
        for row in listed:
            like, (id_, name) = self._read.get((sources, row.words)), row.own
            if like is None or row.point is None or not _is_plain_id(id_) or (told := self._name(name)) is None:
                return None
            found.append(like(id=id_, name=told, label=row.point))
        return tuple(found)

    def learn(self, rows: Mapping[str, Sequence[Row]], journey: Journey) -> None:
        """Keep waypoints that were read without a fault: what may be wrong with them hangs on no position."""
        sources = tuple(row.own[0] for row in rows["sources"])
        for row, waypoint in zip(rows["waypoints"], journey.waypoints, strict=True):
            if row.point is not None and None not in row.own and not waypoint.within:
                told = {each.name: getattr(waypoint, each.name) for each in fields(waypoint)}
                self._read[sources, row.words] = partial(Waypoint, **told)

    def _name(self, text: object) -> Text | None:
        """Name as it is read of a file; None where something is wrong with it."""
        if text not in self._names:
            holder = unflatten({"name": str(text)}, _OWN)
            problems = list(tidy(holder))
            told = Fields(holder, "", problems).local_text("name", needed=True)
            plain = not problems and not getattr(holder["name"], "repeated", ())
            self._names[text] = told if plain else None
        return self._names[text]


def _is_plain_id(text: object) -> bool:
    return isinstance(text, str) and len(text) <= MOST_LETTERS["id"] and _PLAIN_ID.fullmatch(text) is not None
