"""A journey as GeoParquet 1.1: one table of waypoints and traced legs, and the whole in the file's metadata."""

from __future__ import annotations

import io
import json

import geopandas
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from escape_route.errors import refusal
from escape_route.formats import Loaded, Written, frames
from escape_route.formats.frames import OTHERWISE, Row
from escape_route.formats.members import compact
from escape_route.formats.tracks.draft import Draft, refuse_rows
from escape_route.model.published import Published

_KEY = b"escape-route"
_MAGIC = b"PAR1"
#: What a table may come to in memory: a small file can hold one of any size.
MOST_BYTES = 60_000_000  # of positions, some 30 bytes of memory a byte: it stays below 2 GB
_BATCH_ROWS = 1_000


def read(content: bytes, source: str) -> Loaded:
    """Read a GeoParquet file, ours or anybody's; raises JourneyFileError."""
    if not content.startswith(_MAGIC):
        raise refusal(source, "not a Parquet file: it does not begin as one", OTHERWISE)
    draft = Draft()
    with frames.readable(source, "GeoParquet file", "write it again as GeoParquet"):
        table = _table(content, source)
        value = json.loads((table.schema.metadata or {}).get(_KEY, b"{}"))
        top = {str(k): str(v) for k, v in value.items()} if isinstance(value, dict) else {}
        rows = _rows(table, draft)
    if top:
        legs = [row for row in rows if row.texts.get("kind") == "leg"]
        return frames.own(
            top, [row for row in rows if row.texts.get("kind") != "leg"], legs, source
        )
    return frames.anybodys(rows, draft, source, "GeoParquet")


def _table(content: bytes, source: str) -> pa.Table:
    """Read the table a few rows at a time, and stop where it grows too large."""
    file = pq.ParquetFile(io.BytesIO(content))
    if b"geo" not in (file.schema_arrow.metadata or {}):
        fix = (
            "save it with its geometry, by geopandas' to_parquet for example, or as CSV with "
            "columns lat and lon"
        )
        message = 'no "geo" metadata: a Parquet file, but not a GeoParquet one'
        raise refusal(source, message, fix)
    refuse_rows(file.metadata.num_rows, source)
    batches, size = [], 0
    for batch in file.iter_batches(batch_size=_BATCH_ROWS):
        size += batch.nbytes
        if size > MOST_BYTES:
            message = f"more than {MOST_BYTES // 1_000_000} MB in memory"
            raise refusal(source, message, "make the file smaller")
        batches.append(batch)
    return pa.Table.from_batches(batches, schema=file.schema_arrow)


def _rows(table: pa.Table, draft: Draft) -> list[Row]:
    geo = json.loads(table.schema.metadata[b"geo"])
    column = geo["primary_column"]
    about = geo["columns"][column]
    crs = about.get("crs", "OGC:CRS84")
    series = geopandas.GeoSeries.from_wkb(table.column(column).to_pylist(), crs=crs or "OGC:CRS84")
    if crs is None:
        draft.warnings.append(
            "no reference system is named: taken as longitude and latitude on WGS84"
        )
    shapes = list(series.to_crs("OGC:CRS84"))
    records = table.drop_columns([column]).to_pylist()
    return [
        Row(f"row {number}", {str(k): str(v) for k, v in record.items() if v is not None}, drawn)
        for number, (record, drawn) in enumerate(zip(records, shapes, strict=True), start=1)
    ]


def write(published: Published) -> Written:
    """Write a journey; nothing is lost."""
    top, waypoints, legs = frames.frames_of(published.journey)
    waypoints.insert(0, "kind", "waypoint")
    legs.insert(0, "kind", "leg")
    whole = geopandas.GeoDataFrame(
        pd.concat([waypoints, legs], ignore_index=True) if len(legs) else waypoints
    )
    first = io.BytesIO()
    whole.to_parquet(first, index=False)
    table = pq.read_table(io.BytesIO(first.getvalue()))
    metadata = {b"geo": table.schema.metadata[b"geo"], _KEY: compact(top).encode()}
    content = io.BytesIO()
    pq.write_table(table.replace_schema_metadata(metadata), content)
    return Written(content.getvalue())
