"""Many journeys as a data set in GeoParquet 1.1: see `docs/archives.md`.

A folder with a table of each kind, in partitions: a journey lies in the one that a hash of its id
says, and is never split. What is held and what is published never lie in one folder.

The rows of a journey are put together and read as any file's are. A waypoint that is a point, and
is told in the same words as one before but for its id, its name and where it lies, is not read
again: it is that one at another place.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

import geopandas
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from escape_route.errors import EscapeRouteError, JourneyFileError, OutputError, Problem
from escape_route.files import write_whole
from escape_route.formats.members import JOURNEY, LEG, WAYPOINT, compact, flatten, unflatten
from escape_route.formats.rows_of_many import Refused
from escape_route.formats.tracks.journey import Part, Parts, own_loaded, parts_of
from escape_route.geography.geodesic import LonLat
from escape_route.model.journey import Journey, Text, Waypoint
from escape_route.model.members import MOST_LETTERS, MOST_LISTED, tidy
from escape_route.model.read import read_document
from escape_route.model.shapes import MAX_LAT_DEG, MAX_LON_DEG
from escape_route.strict_json import Fields, Members

Words = tuple[object, ...]

VERSION = 1
FORMS = ("held", "published")
_HEAD = "archive.json"
LISTED = ("claims", "sources")  # members of a journey that have tables of their own
_TOLD = ("waypoints", "tracks")  # tables that have shapes
TABLES = (*_TOLD, "journeys", *LISTED)
_PER_PARTITION = 1_000
_OWN = ("id", "name")  # cells that differ from one waypoint to the next
_PLAIN_ID = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Head:
    """What a data set says of itself: whether it is held or published, and in how many partitions it lies."""

    form: str
    partitions: int

    def parts(self) -> range:
        """Numbers of its partitions."""
        return range(self.partitions)


def head_of(folder: Path) -> Head:
    """What a data set says of itself; raises EscapeRouteError where it is none, or one of a later version."""
    try:
        head = json.loads((folder / _HEAD).read_text("utf-8"))
    except OSError as error:
        raise EscapeRouteError(
            f"{folder}: not a data set: {_HEAD} cannot be read: {error.strerror} (a folder that archive wrote?)"
        ) from error
    except ValueError as error:
        raise EscapeRouteError(
            f"{folder / _HEAD}: not JSON: {error} (write the data set again)"
        ) from error
    match head:
        case {"archive": int(version), "form": str(form), "partitions": int(count)} if (
            form in FORMS and count > 0
        ):
            if version > VERSION:
                raise EscapeRouteError(
                    f"{folder}: a data set of version {version}; this program reads {VERSION} (update it)"
                )
            return Head(form, count)
    raise EscapeRouteError(
        f'{folder / _HEAD}: wants "archive", "form" ({", ".join(FORMS)}) and "partitions"'
    )


def partition_of(journey_id: str, partitions: int) -> int:
    """Number of the partition that a journey lies in: the same in every run and on every machine.

    >>> partition_of("ro-family", 16)
    11
    """
    return int.from_bytes(hashlib.blake2b(journey_id.encode(), digest_size=8).digest()) % partitions


def path_of(folder: Path, table: str, number: int) -> Path:
    """File of a table's partition."""
    return folder / table / f"part-{number:05d}.parquet"


def write(
    journeys: Sequence[Journey], folder: Path, *, form: str = "held", partitions: int | None = None
) -> Head:
    """Write journeys as a data set into a new or an empty folder, its head last; ``held`` or ``published``.

    A partition has a thousand journeys where their number is None.

    Raises OutputError where the folder holds something, or two journeys have one id.
    """
    refuse_used(folder)
    ids = [journey.id for journey in journeys]
    if len(ids) != len(set(ids)):
        twice = next(id_ for id_ in ids if ids.count(id_) > 1)
        raise OutputError(
            f"{folder}: not written: two journeys have the id {twice} (give each an id of its own)"
        )
    head = Head(form, partitions or max(1, -(-len(ids) // _PER_PARTITION)))
    sorted_out: list[list[Journey]] = [[] for _ in head.parts()]
    for journey in journeys:
        sorted_out[partition_of(journey.id, head.partitions)].append(journey)
    for number, part in enumerate(sorted_out):
        write_partition(part, folder, number)
    write_head(folder, head)
    return head


def refuse_used(folder: Path) -> None:
    """Raise OutputError where a folder holds something."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OutputError(f"{folder}: exists already and is not empty; give another name")


def write_head(folder: Path, head: Head) -> None:
    """Write what a data set says of itself: from here on it is one."""
    members = {"archive": VERSION, "form": head.form, "partitions": head.partitions}
    write_whole(folder / _HEAD, (json.dumps(members, indent=2) + "\n").encode())


def write_partition(journeys: Iterable[Journey], folder: Path, number: int) -> None:
    """Write the tables of a partition, each file whole; that of the waypoints last, by which it counts as there."""
    tables = tables_of(journeys)
    for table in reversed(TABLES):
        write_whole(path_of(folder, table, number), to_bytes(tables[table]))


def tables_of(journeys: Iterable[Journey]) -> dict[str, pd.DataFrame]:
    """Tables of journeys, sorted by id: what is no text is JSON, as in every format that knows of columns only."""
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLES}
    for journey in sorted(journeys, key=lambda journey: journey.id):
        top, waypoints, legs = parts_of(journey)
        own = {"journey": journey.id}
        for member in LISTED:
            listed = json.loads(top.pop(member, "[]"))
            rows[member] += [
                own | {"order": order} | flatten(item) for order, item in enumerate(listed)
            ]
        rows["journeys"].append(own | {name: text for name, text in top.items() if name != "id"})
        rows["waypoints"] += [own | _row(part, order) for order, (_, part) in enumerate(waypoints)]
        rows["tracks"] += [own | _row(part, order) for order, (_, part) in enumerate(legs)]
    whole = tuple(name for name in JOURNEY if name not in {*LISTED, "id"})
    columns = {"waypoints": ("id", *WAYPOINT), "tracks": LEG, "journeys": whole}
    return {
        table: _frame(listed, columns.get(table, ()), has_shape=table in _TOLD)
        for table, listed in rows.items()
    }


def _row(part: Part, order: int) -> dict[str, Any]:
    drawn = None if part.geometry is None else shape(dict(part.geometry))
    return {**part.texts, "order": order, "geometry": drawn}


def _frame(
    rows: Sequence[Mapping[str, Any]], columns: Iterable[str], *, has_shape: bool
) -> pd.DataFrame:
    """Table with the columns that it has in every partition, in one order."""
    named = dict.fromkeys(name for row in rows for name in row)
    left = {"journey", "order", "geometry"}
    names = [
        "journey",
        "order",
        *(name for name in dict.fromkeys((*columns, *named)) if name not in left),
    ]
    table = pd.DataFrame({name: [row.get(name) for row in rows] for name in names}, dtype="object")
    table["order"] = pd.array([row.get("order", 0) for row in rows], dtype="int32")
    texts = {
        name: pd.array(table[name].to_numpy(), dtype="string") for name in names if name != "order"
    }
    table = table.assign(**texts)
    if not has_shape:
        return table
    drawn = [row["geometry"] for row in rows]
    return geopandas.GeoDataFrame(table, geometry=drawn, crs="OGC:CRS84")  # type: ignore[no-any-return]


def to_bytes(table: pd.DataFrame) -> bytes:
    """Table as Parquet; one with shapes as GeoParquet 1.1, with the box that each row lies in."""
    content = io.BytesIO()
    if isinstance(table, geopandas.GeoDataFrame):
        table.to_parquet(content, index=False, schema_version="1.1.0", write_covering_bbox=True)
    else:
        table.to_parquet(content, index=False)
    return content.getvalue()


def table_of(path: Path) -> pd.DataFrame:
    """Parquet table; one with shapes as a GeoDataFrame. Raises EscapeRouteError where it cannot be read."""
    with readable(path):
        if b"geo" in (pq.read_schema(path).metadata or {}):
            return geopandas.read_parquet(path)  # type: ignore[no-any-return]
        return pd.read_parquet(path)


def tables_at(paths: Iterable[Path]) -> pd.DataFrame:
    """Tables of several partitions as one, those without rows left out."""
    tables = [table for path in paths if len(table := table_of(path))]
    if tables:
        return pd.concat(tables, ignore_index=True)
    return pd.DataFrame(columns=["journey", "verdict"])


def rows_in(path: Path) -> int:
    """How many rows a Parquet file has."""
    return int(pq.read_metadata(path).num_rows)


def read(folder: Path) -> Iterator[tuple[str, Journey | Refused]]:
    """Journeys of a data set, partition by partition; one that is wrong is told of and ends nothing."""
    for number in head_of(folder).parts():
        yield from read_partition(folder, number)


def read_partition(folder: Path, number: int) -> Iterator[tuple[str, Journey | Refused]]:
    """Journeys of a partition by their ids; raises EscapeRouteError where one of its files cannot be read."""
    return journeys_of({table: rows_at(path_of(folder, table, number)) for table in TABLES})


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
        columns = {
            name: table[name].to_pylist()
            for name in table.column_names
            if name not in {"geometry", "bbox"}
        }
        journeys, order = columns.pop("journey"), columns.pop("order")
    nothing = [None] * len(journeys)
    own = zip(*(columns.pop(name, nothing) for name in _OWN), strict=True)
    words = zip(*columns.values(), strict=True) if columns else [()] * len(journeys)
    names = tuple(columns)
    by_journey: dict[str, list[Row]] = {}
    for journey, at, mine, others, drawn_one, point in zip(
        journeys, order, own, words, drawn, _points(drawn), strict=True
    ):
        by_journey.setdefault(str(journey), []).append(
            Row(at, mine, others, names, drawn_one, point)
        )
    return by_journey


def _drawn(table: pa.Table, path: Path) -> np.ndarray[Any, Any]:
    if "geometry" not in table.column_names:
        return np.full(len(table), None)
    shapes = table["geometry"]
    if pa.types.is_binary(shapes.type) or pa.types.is_large_binary(shapes.type):
        return np.asarray(shapely.from_wkb(shapes.to_numpy()))
    table = geopandas.read_parquet(path, columns=["geometry"])  # in an encoding of GeoArrow
    return np.asarray(table.geometry)


def _points(drawn: np.ndarray[Any, Any]) -> list[LonLat | None]:
    lon_deg, lat_deg = shapely.get_x(drawn), shapely.get_y(drawn)
    plain = (abs(lon_deg) <= MAX_LON_DEG) & (abs(lat_deg) <= MAX_LAT_DEG) & ~shapely.has_z(drawn)
    pairs = zip(lon_deg.tolist(), lat_deg.tolist(), strict=True)
    return [pair if fits else None for pair, fits in zip(pairs, plain.tolist(), strict=True)]


def journeys_of(
    rows: Mapping[str, Mapping[str, Sequence[Row]]],
) -> Iterator[tuple[str, Journey | Refused]]:
    """Journeys by their ids, from the rows of each table."""
    known = _Known()
    for name in dict.fromkeys((*rows["journeys"], *rows["waypoints"])):
        yield (
            name,
            _journey(
                name, {table: by_name.get(name, []) for table, by_name in rows.items()}, known
            ),
        )


def _journey(name: str, rows: Mapping[str, Sequence[Row]], known: _Known) -> Journey | Refused:
    order = [row.order for row in rows["waypoints"]]
    if None in order or order != sorted(set(order)):
        fix = "sort the waypoints by journey and order"
        return Refused(
            name, (Problem("waypoints", f"not in order: {order[:9]}", fix, "wrong-order"),)
        )
    if (listed := len(rows["journeys"])) != 1:
        rule = "same-id-twice" if listed else "missing-value"
        return Refused(
            name, (Problem("journeys", f"{listed} rows are of this journey", "one", rule),)
        )
    again = known.waypoints(rows)
    try:
        if again is not None:
            document = Members(
                {"type": "FeatureCollection", "journey": _top(name, rows), "features": []}
            )
            return read_document(document, name, again)
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
    listed = {
        member: [
            unflatten(texts := row.texts, tuple(texts))
            for row in sorted(rows[member], key=attrgetter("order"))
        ]
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
        waypoints = []
        for row in listed:
            like, (id_, name) = self._read.get((sources, row.words)), row.own
            if (
                like is None
                or row.point is None
                or not _is_plain_id(id_)
                or (words := self._name(name)) is None
            ):
                return None
            waypoints.append(like(id=id_, name=words, label=row.point))
        return tuple(waypoints)

    def learn(self, rows: Mapping[str, Sequence[Row]], journey: Journey) -> None:
        """Keep waypoints that were read without a fault: what may be wrong with them hangs on no position."""
        sources = tuple(row.own[0] for row in rows["sources"])
        for row, waypoint in zip(rows["waypoints"], journey.waypoints, strict=True):
            if row.point is not None and None not in row.own and not waypoint.within:
                members = {field.name: getattr(waypoint, field.name) for field in fields(waypoint)}
                self._read[sources, row.words] = partial(Waypoint, **members)

    def _name(self, text: object) -> Text | None:
        """Name as it is read of a file; None where something is wrong with it."""
        if text not in self._names:
            holder = unflatten({"name": str(text)}, _OWN)
            problems = list(tidy(holder))
            name = Fields(holder, "", problems).local_text("name", needed=True)
            plain = not problems and not getattr(holder["name"], "repeated", ())
            self._names[text] = name if plain else None
        return self._names[text]


def _is_plain_id(text: object) -> bool:
    return (
        isinstance(text, str)
        and len(text) <= MOST_LETTERS["id"]
        and _PLAIN_ID.fullmatch(text) is not None
    )
