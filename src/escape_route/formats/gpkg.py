"""A journey as GeoPackage: a table of waypoints, one of traced legs, and one of what belongs to the whole.

GDAL reads and writes it, through pyogrio. A GeoPackage says when it was last changed; here that is
always the same moment.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import geopandas
import pandas as pd
import pyogrio

from escape_route.errors import refusal
from escape_route.formats import Loaded, Written, frames
from escape_route.formats.frames import JOURNEY, OTHERWISE, Row
from escape_route.formats.tracks.draft import Draft, named, refuse_rows
from escape_route.model.published import Published

_MAGIC = b"SQLite format 3\x00"
_WAYPOINTS, _LEGS = "waypoints", "legs"
_COMPUTED = (2, 3)  # kinds of columns that SQLite computes
_NO_LOG = b"\x01\x01"  # in place of what asks for a log beside the file, which no memory has
_MOMENT = "2000-01-01T00:00:00.000Z"


def read(content: bytes, source: str) -> Loaded:
    """Read a GeoPackage, ours or anybody's; raises JourneyFileError."""
    if not content.startswith(_MAGIC):
        message = "not a GeoPackage: it does not begin as an SQLite file does"
        raise refusal(source, message, OTHERWISE)
    draft = Draft()
    with frames.readable(source, "GeoPackage", "open it in QGIS and save it again"):
        _refuse_computed(content, source)
        names = [str(name) for name, _ in pyogrio.list_layers(content)]
        counts = [
            pyogrio.read_info(content, layer=layer, force_feature_count=True)["features"]
            for layer in names
        ]
        refuse_rows(sum(max(int(count), 0) for count in counts), source)
        tables = {name: _table(content, name, draft) for name in names}
    top = {
        row.texts.get("member", ""): row.texts.get("value", "") for row in tables.get(JOURNEY, ())
    }
    if "id" in top and _WAYPOINTS in tables:
        return frames.own(top, tables[_WAYPOINTS], tables.get(_LEGS, ()), source)
    rows = [row for table in tables.values() for row in table]
    return frames.anybodys(rows, draft, source, "GeoPackage")


def _refuse_computed(content: bytes, source: str) -> None:
    """Raise JourneyFileError for views and computed columns: a query in a file may never end, and nothing stops it."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(content[:18] + _NO_LOG + content[20:])
        tables = database.execute(
            "SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view')"
        ).fetchall()
        computed = [
            name for name, kind in tables if kind == "view" or _has_computed(database, name)
        ]
    if computed:
        message = f"{named(computed)}: computed when it is read, and may never end"
        fix = "save it as a table of its own, in QGIS for example"
        raise refusal(source, message, fix)


def _has_computed(database: sqlite3.Connection, table: str) -> bool:
    hidden = database.execute("SELECT hidden FROM pragma_table_xinfo(?)", (table,)).fetchall()
    return any(kind in _COMPUTED for (kind,) in hidden)


def _table(content: bytes, name: str, draft: Draft) -> list[Row]:
    frame = pyogrio.read_dataframe(content, layer=name, datetime_as_string=True)
    if isinstance(frame, geopandas.GeoDataFrame):
        if frame.crs is None:
            draft.warnings.append(
                f"{name}: no reference system is named: taken as longitude and latitude on WGS84"
            )
        else:
            frame = frame.to_crs("OGC:CRS84")
        shapes: Sequence[object] = list(frame.geometry)
        frame = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    else:
        shapes = [None] * len(frame)
    records = frame.to_dict("records")
    return [
        Row(
            f"{name}, row {number}",
            {str(k): str(v) for k, v in record.items() if not pd.isna(v)},
            drawn,
        )
        for number, (record, drawn) in enumerate(zip(records, shapes, strict=True), start=1)
    ]


def write(published: Published) -> Written:
    """Write a journey; nothing is lost."""
    top, waypoints, legs = frames.frames_of(published.journey)
    whole = pd.DataFrame({"member": list(top), "value": list(top.values())}, dtype="object")
    with tempfile.TemporaryDirectory() as folder, _one_moment():
        path = Path(folder) / "journey.gpkg"
        for layer, frame in ((_WAYPOINTS, waypoints), (_LEGS, legs)):
            pyogrio.write_dataframe(
                frame,
                path,
                layer=layer,
                driver="GPKG",
                geometry_type="Unknown",
                promote_to_multi=False,
                append=path.exists(),
            )
        pyogrio.write_dataframe(whole, path, layer=JOURNEY, driver="GPKG", append=True)
        return Written(path.read_bytes())


@contextmanager
def _one_moment() -> Iterator[None]:
    """Write files as if it were always the same moment, so that the same journey makes the same bytes."""
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _MOMENT})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
