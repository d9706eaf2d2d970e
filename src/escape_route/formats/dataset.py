"""Many journeys as a data set in GeoParquet 1.1: see `docs/archives.md`.

A folder with a table of each kind, in partitions: a journey lies in the one that a hash of its id says, and is never
split. What is held and what is published never lie in one folder.
"""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas
import pandas as pd
import pyarrow.parquet as pq
from shapely.geometry import shape

from escape_route.errors import EscapeRouteError, OutputError
from escape_route.files import write_whole
from escape_route.formats.members import JOURNEY, LEG, WAYPOINT, flatten
from escape_route.formats.partitions import LISTED, journeys_of, readable, rows_at
from escape_route.formats.tracks.journey import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from escape_route.formats.rows_of_many import Refused
    from escape_route.formats.tracks.journey import Part
    from escape_route.model.journey import Journey

VERSION = 1
FORMS = ("held", "published")
_HEAD = "archive.json"
_TOLD = ("waypoints", "tracks")  # tables that have shapes
TABLES = (*_TOLD, "journeys", *LISTED)
_PER_PARTITION = 1_000


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
        told = json.loads((folder / _HEAD).read_text("utf-8"))
    except OSError as error:
        raise EscapeRouteError(
            f"{folder}: not a data set: {_HEAD} cannot be read: {error.strerror} (a folder that archive wrote?)"
        ) from error
    except ValueError as error:
        raise EscapeRouteError(f"{folder / _HEAD}: not JSON: {error} (write the data set again)") from error
    match told:
        case {"archive": int(version), "form": str(form), "partitions": int(count)} if form in FORMS and count > 0:
            if version > VERSION:
                raise EscapeRouteError(
                    f"{folder}: a data set of version {version}; this program reads {VERSION} (update it)"
                )
            return Head(form, count)
    raise EscapeRouteError(f'{folder / _HEAD}: wants "archive", "form" ({", ".join(FORMS)}) and "partitions"')


def partition_of(journey_id: str, partitions: int) -> int:
    """Number of the partition that a journey lies in: the same in every run and on every machine.

    >>> partition_of("ro-family", 16)
    11
    """
    return int.from_bytes(hashlib.blake2b(journey_id.encode(), digest_size=8).digest()) % partitions


def path_of(folder: Path, table: str, number: int) -> Path:
    """File of a table's partition."""
    return folder / table / f"part-{number:05d}.parquet"


def write(journeys: Sequence[Journey], folder: Path, *, form: str = "held", partitions: int | None = None) -> Head:
    """Write journeys as a data set into a new or an empty folder, its head last; ``held`` or ``published``.

    A partition has a thousand journeys where their number is None.

    Raises OutputError where the folder holds something, or two journeys have one id.
    """
    refuse_used(folder)
    ids = [each.id for each in journeys]
    if len(ids) != len(set(ids)):
        twice = next(each for each in ids if ids.count(each) > 1)
        raise OutputError(f"{folder}: not written: two journeys have the id {twice} (give each an id of its own)")
    head = Head(form, partitions or max(1, -(-len(ids) // _PER_PARTITION)))
    sorted_out: list[list[Journey]] = [[] for _ in head.parts()]
    for each in journeys:
        sorted_out[partition_of(each.id, head.partitions)].append(each)
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
    told = {"archive": VERSION, "form": head.form, "partitions": head.partitions}
    write_whole(folder / _HEAD, (json.dumps(told, indent=2) + "\n").encode())


def write_partition(journeys: Iterable[Journey], folder: Path, number: int) -> None:
    """Write the tables of a partition, each file whole; that of the waypoints last, by which it counts as there."""
    found = tables_of(journeys)
    for table in reversed(TABLES):
        write_whole(path_of(folder, table, number), to_bytes(found[table]))


def tables_of(journeys: Iterable[Journey]) -> dict[str, pd.DataFrame]:
    """Tables of journeys, sorted by id: what is no text is JSON, as in every format that knows of columns only."""
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLES}
    for journey in sorted(journeys, key=lambda each: each.id):
        top, waypoints, legs = parts_of(journey)
        own = {"journey": journey.id}
        for member in LISTED:
            listed = json.loads(top.pop(member, "[]"))
            rows[member] += [own | {"order": order} | flatten(each) for order, each in enumerate(listed)]
        rows["journeys"].append(own | {name: text for name, text in top.items() if name != "id"})
        rows["waypoints"] += [own | _row(part, order) for order, (_, part) in enumerate(waypoints)]
        rows["tracks"] += [own | _row(part, order) for order, (_, part) in enumerate(legs)]
    whole = tuple(name for name in JOURNEY if name not in {*LISTED, "id"})
    columns = {"waypoints": ("id", *WAYPOINT), "tracks": LEG, "journeys": whole}
    return {table: _frame(listed, columns.get(table, ()), has_shape=table in _TOLD) for table, listed in rows.items()}


def _row(part: Part, order: int) -> dict[str, Any]:
    drawn = None if part.geometry is None else shape(dict(part.geometry))
    return {**part.texts, "order": order, "geometry": drawn}


def _frame(rows: Sequence[Mapping[str, Any]], columns: Iterable[str], *, has_shape: bool) -> pd.DataFrame:
    """Table with the columns that it has in every partition, in one order."""
    told = dict.fromkeys(name for row in rows for name in row)
    left = {"journey", "order", "geometry"}
    names = ["journey", "order", *(name for name in dict.fromkeys((*columns, *told)) if name not in left)]
    table = pd.DataFrame({name: [row.get(name) for row in rows] for name in names}, dtype="object")
    table["order"] = pd.array([row.get("order", 0) for row in rows], dtype="int32")
    texts = {name: pd.array(table[name].to_numpy(), dtype="string") for name in names if name != "order"}
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
    found = [table for path in paths if len(table := table_of(path))]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=["journey", "verdict"])


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
