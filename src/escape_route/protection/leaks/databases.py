"""Rows of GeoPackage (which is SQLite) and of Parquet, by table, row and column."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from io import BytesIO
from typing import TYPE_CHECKING, Protocol

from escape_route.protection.leaks.parts import Bytes, Gap, Passage, by_piece, within

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from escape_route.protection.leaks.parts import Part

_NO_PYARROW = "Parquet cannot be read here: install pyarrow (the extra geo), and check it again"


class _Spendable(Protocol):
    left: int

    def take(self, count: int) -> None: ...


def sqlite(content: bytes, place: str, budget: _Spendable) -> Iterator[Part]:
    """Rows of each table; what lies in its empty pages is found by whoever reads the bytes."""
    del budget  # nothing is unpacked
    try:
        with closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(content)
            database.text_factory = lambda text: text.decode("utf-8", "replace")
            database.execute("PRAGMA trusted_schema = OFF")
            kinds = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            for name in [row[0] for row in database.execute(kinds).fetchall()]:
                yield from _table(database, name, place)
    except (sqlite3.Error, OverflowError) as error:
        yield Gap(f"a database that cannot be read: {type(error).__name__}", place)


def _table(database: sqlite3.Connection, name: str, place: str) -> Iterator[Part]:
    quoted = name.replace('"', '""')
    try:
        rows = database.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608  # a name that the database gave, quoted
    except sqlite3.Error:  # a table of an extension that is not here: its rows lie in other tables
        return
    columns = [column[0] for column in rows.description]
    yield from table((dict(zip(columns, row, strict=True)) for row in rows), within(place, f"table {name}"))


def table(rows: Iterator[dict[str, object]], place: str) -> Iterator[Part]:
    """Rows as one text, a row a line, and each of their blobs."""
    parts: list[str] = []
    starts: list[int] = []
    names: list[str] = []
    blobs: list[Part] = []
    length = 0
    for number, row in enumerate(rows, start=1):
        for column, value in row.items():
            where = within(place, f"row {number}, column {column}")
            if isinstance(value, bytes):
                blobs.append(Bytes(value, where))
                continue
            text = f"{'' if value is None else value}\t"
            starts.append(length)
            names.append(where)
            parts.append(text)
            length += len(text)
        parts.append("\n")
        length += 1
    if starts:
        yield Passage("".join(parts), by_piece(starts, names), is_table=True)
    yield from blobs


def parquet(content: bytes, place: str, budget: _Spendable) -> Iterator[Part]:
    """Rows and metadata of Parquet; a gap where there is nothing to read it with."""
    try:
        import pyarrow as pa  # noqa: PLC0415  # heavy, and of an extra
        from pyarrow import parquet as reader  # noqa: PLC0415
    except ImportError:
        yield Gap(_NO_PYARROW, place)
        return
    try:
        file = reader.ParquetFile(BytesIO(content))
        size = sum(file.metadata.row_group(k).total_byte_size for k in range(file.metadata.num_row_groups))
        if size > budget.left:
            yield Gap("it unpacks to more than is looked through", place)
            return
        budget.take(size)
        yield from _parquet_rows(file.read(), file.metadata.metadata or {}, place)
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        yield Gap(f"Parquet that cannot be read: {type(error).__name__}", place)


def _parquet_rows(read: object, metadata: dict[bytes, bytes], place: str) -> Iterator[Part]:
    rows: Sequence[dict[str, object]] = read.to_pylist()  # type: ignore[attr-defined]  # pyarrow has no types
    yield from table(iter(rows), within(place, "table"))
    for name, value in metadata.items():
        title = name.decode("utf-8", "replace")
        text = value.decode("utf-8", "replace")
        yield Passage(text, by_piece([0], [within(place, f"metadata {title}")]))
