"""A journey as one CSV file: the waypoints first, the other tables below them, each under a row such as [claims].

One file and not several, because a spreadsheet is mailed and moved about as one file, and a journey without its claims
and sources is none. The waypoints come first and without such a row, so that QGIS and the like find a plain table.
"""

from __future__ import annotations

import csv
import io
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from escape_route.errors import JourneyFileError, Problem
from escape_route.formats import Loaded, Written
from escape_route.formats.tables.columns import SHEETS, heading_of
from escape_route.formats.tables.encoding import decoded
from escape_route.formats.tables.grid import MOST_ROWS, Grid, Line, line_of
from escape_route.formats.tables.read import journey_of
from escape_route.formats.tables.write import tables_of, upright

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from escape_route.formats.tables.cells import Value
    from escape_route.formats.tables.write import Table
    from escape_route.model.journey import Journey

_DELIMITERS = ",;\t|"
_ACTS = "=+-@\t\r＝＋－＠'"  # a spreadsheet program may take a cell that begins so for a formula
_MARKER = re.compile(r"\s*\[\s*([A-Za-z]+)\s*\]\s*")
_LOOKED_AT = 20_000  # characters that the delimiter is told by
_MOST_CHARACTERS = 64_000_000  # of a cell: a track is one


def read(content: bytes, source: str) -> Loaded:
    """Read a journey from a CSV file in the encoding and with the separator that it happens to have.

    Raises
    ------
    JourneyFileError
        With every problem of the file, each with its table, row and column.
    """
    text, warnings = decoded(content, source)
    lines = _lines(text, source)
    loaded = journey_of(_tables(lines, source), source)
    return Loaded(loaded.journey, (*warnings, *loaded.warnings))


def write(journey: Journey) -> Written:
    """Write a journey as CSV: UTF-8 with a byte-order mark, by which Excel knows it, commas and Windows line ends."""
    tables, lost = tables_of(journey)
    return Written(to_bytes(tables), lost)


def to_bytes(tables: Iterable[Table], *, empty_too: bool = False) -> bytes:
    """Write tables one below the other; those without a row only where asked for, but for the waypoints."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for table in tables:
        if table.name == "journey":
            writer.writerows([[], ["[journey]"], *([name, _safe(cell)] for name, cell in upright(table))])
        elif table.name == "waypoints" or table.rows or empty_too:
            head = [] if table.name == "waypoints" else [[], [f"[{table.name}]"]]
            writer.writerows([*head, table.headers, *(map(_safe, row) for row in table.rows)])
    return text.getvalue().encode("utf-8-sig")


def _safe(cell: Value) -> Value:
    """Cell that no program runs: a text that begins like a formula gets an apostrophe, which reading takes off."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" \n")[:1] in tuple(_ACTS) else cell


def _bare(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].lstrip(" \n")[:1] in tuple(_ACTS) else cell


def _lines(text: str, source: str) -> list[Line]:
    """Records of a file, with the number that a spreadsheet program gives each."""
    csv.field_size_limit(_MOST_CHARACTERS)  # the library's own limit is 131,072, which a track goes beyond
    told = re.match(r'(?:"?sep=([,;\t|])"?)\r?\n', text, re.IGNORECASE)  # as Excel writes it
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=told[1] if told else _delimiter(text))
    lines = []
    try:
        for number, cells in enumerate(reader, 1):
            if number > MOST_ROWS:
                raise JourneyFileError(source, (Problem("", f"more than {MOST_ROWS:,} rows", "is this a journey?"),))
            lines.append(line_of(number, map(_bare, cells), source))
    except csv.Error as error:
        problem = Problem(f"line {reader.line_num}", f"not CSV: {error}", "save the file as CSV UTF-8")
        raise JourneyFileError(source, (problem,)) from error
    return lines[1:] if told else lines


def _delimiter(text: str) -> str:
    """Separator by which the first rows have most headers that are known here, then that most cells are parted by."""

    def known(delimiter: str) -> tuple[int, int]:
        rows = csv.reader(io.StringIO(text[:_LOOKED_AT], newline=""), delimiter=delimiter)
        with suppress(csv.Error):
            listed = [row for row in rows if row]
            return max(map(_known, listed), default=0), len(listed[0]) if listed else 0
        return 0, 0

    return max(_DELIMITERS, key=known)


def _known(row: Sequence[str]) -> int:
    return max(sum(heading_of(sheet, cell) is not None for cell in row) for sheet in SHEETS)


def _tables(lines: Sequence[Line], source: str) -> dict[str, Grid]:
    """Tables of a file by name; rows above the first marker are waypoints."""
    found: dict[str, list[Line]] = {"waypoints": []}
    name = "waypoints"
    for line in lines:
        marked = _marker(line)
        if marked is None:
            found[name].append(line)
            continue
        name = marked
        if name not in SHEETS or found.get(name):
            rule = "a second table of this name" if name in SHEETS else "no table of this name"
            problem = Problem(f"row {line.number}", f"[{name}]: {rule}", f"one each of {', '.join(SHEETS)}")
            raise JourneyFileError(source, (problem,))
        found[name] = []
    alone = len(found) == 1
    return {each: Grid("" if alone else f"table {each}", tuple(rows)) for each, rows in found.items()}


def _marker(line: Line) -> str | None:
    """Name in a row such as [claims], in which nothing else stands."""
    first, *others = (*line.cells, None)
    found = _MARKER.fullmatch(first) if isinstance(first, str) else None
    return found[1].lower() if found and not any(others) else None
