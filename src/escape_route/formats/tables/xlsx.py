"""A journey as an XLSX workbook: a sheet each for waypoints, journey, sources, claims, notes and tracks.

Read without trust: sizes are looked at first, no entity is expanded, no link followed, no formula
run.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches
from itertools import zip_longest
from typing import TYPE_CHECKING

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import column_index_from_string

from escape_route.errors import JourneyFileError, Problem, refusal
from escape_route.formats import Loaded, Written, recognise
from escape_route.formats.tables import style
from escape_route.formats.tables.cells import SheetError, Value, date_text, is_blank
from escape_route.formats.tables.columns import SHEETS, Heading, column_of, header_of, heading_of
from escape_route.formats.tables.grid import MOST_ROWS, Grid, Line, first_of, line_of
from escape_route.formats.tables.read import journey_of
from escape_route.formats.tables.write import Table, tables_of
from escape_route.formats.tracks.draft import named

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from escape_route.model.journey import Journey
    from escape_route.model.published import Published

_MOST_BYTES = 64_000_000  # of all parts unpacked
_MOST_TAGS = 4_000_000
_MOST_PARTS = 1_000
# of any spreadsheet; a row says itself which it is, and the reader puts blank ones before it
_LAST_ROW = 1_048_576
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_CONTINUED = re.compile(r"(.+) \(([2-9]|[1-9]\d+)\)", re.DOTALL)
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
#: First and last of columns that are not shown, whatever the order of the attributes.
_COLUMNS = re.compile(
    rb'<col\b(?=[^>]*\bhidden="(?:1|true)")(?=[^>]*\bmin="(\d{1,5})")(?=[^>]*\bmax="(\d{1,5})")'
)
_HIDDEN = re.compile(rb'<row\b[^>]*\bhidden="(?:1|true)"[^>]*>')
_NUMBER = re.compile(rb'\br="(\d{1,7})"')
_GUIDE = {style.HELD, "columns", "footprints", "units"}  # what explains, and no part of the journey
_LIKENESS = 0.8
_ADDED = ("sources", "tracks")  # sheets to which a track that is joined adds rows
_MORE = ("waypoints", "claims", *_ADDED)  # and those whose rows may have to cite their source


def read(content: bytes, source: str) -> Loaded:
    """Read a journey from an XLSX workbook; formulas count by the results that are stored with them.

    Raises JourneyFileError with every problem of the file, each with its sheet, row and column.
    """
    _check_archive(content, source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # the library's, of drawings and extensions that are not read anyhow
            day_0, grids, remarks = _opened(content, source)
    except JourneyFileError:
        raise
    except Exception as error:  # a broken workbook fails anywhere in the library, and with anything
        fix = "save it as .xlsx in a spreadsheet program"
        raise refusal(source, f"a workbook that cannot be read: {error}", fix) from error
    loaded = journey_of(grids, source, day_0)
    return replace(loaded, warnings=(*remarks, *loaded.warnings))


def write(published: Published) -> Written:
    """Write a journey as a workbook: the same bytes at every run, and nobody's name in them."""
    tables, lost = tables_of(published.journey)
    return Written(style.to_bytes(tables), lost)


def held(journey: Journey) -> Written:
    """A workbook for the holder's own work, every place as it is held: its first sheet says so."""
    tables, lost = tables_of(journey)
    return Written(style.to_bytes(tables, guide=True, is_held=True), lost)


def with_tracks(content: bytes, source: str, own: Journey, joined: Journey) -> bytes:
    """A workbook with the tracks and sources that a journey has more than its own; all else is as it was typed.

    Of an only source, which no row needs to cite, each row that rests on it then does. Formulas
    that are read are their results, for without one they would be no longer read.
    """
    book, titles = _to_be_changed(content, source)
    listed = {name: _Rows(book[titles[name]], name) for name in _MORE if name in titles}
    listed |= {name: _Rows(book.create_sheet(name), name) for name in _ADDED if name not in titles}
    ends = {end for trace in joined.traces for end in (trace.start, trace.end)}
    rows = listed["waypoints"]
    rows.fill(
        "id", [waypoint.id if waypoint.id in ends else None for waypoint in own.waypoints]
    )  # by the row it would move
    if len(own.sources) == 1:
        for name, members in (
            ("waypoints", own.waypoints),
            ("claims", own.claims),
            ("tracks", own.traces),
        ):
            if name in listed:
                listed[name].fill(
                    "sources", [own.sources[0].id if member.sources else None for member in members]
                )
    more = replace(
        joined, traces=joined.traces[len(own.traces) :], sources=joined.sources[len(own.sources) :]
    )
    for table in tables_of(more)[0]:
        if table.name in _ADDED:
            listed[table.name].add(table)
    return style.packed(book)


def _to_be_changed(content: bytes, source: str) -> tuple[Workbook, dict[str, str]]:
    """A workbook whose formulas are their results in the sheets that are read, and what these are called."""
    book, results = (
        openpyxl.load_workbook(io.BytesIO(content), data_only=only, keep_links=False)
        for only in (False, True)
    )
    titles = _titles(book, source)
    for title in titles.values():
        for cell in (
            cell for row in book[title].iter_rows() for cell in row if cell.data_type == "f"
        ):
            cell.value = results[title][cell.coordinate].value
    return book, titles


class _Rows:
    """The rows of a sheet as it was typed, to be added to."""

    def __init__(self, sheet: Worksheet, name: str) -> None:
        self.sheet, self.name = sheet, name
        lines = [
            line
            for at, row in enumerate(sheet.iter_rows(), 1)
            if not (line := line_of(at, map(_value, row), name)).is_blank
        ]
        first = first_of(name, lines) if lines else 0
        self.header = lines[first].number if lines else 1
        hidden = {
            at for at, row in sheet.row_dimensions.items() if row.hidden and name == "waypoints"
        }
        self.rows = [line.number for line in lines[first + 1 :] if line.number not in hidden]

    def fill(self, column: str, values: Iterable[Value]) -> None:
        """Put values into the cells of a column that are empty, from the first row on."""
        for row, value in zip(self.rows, values, strict=False):
            self._put(row, Heading(column_of(self.name, column)), value)

    def add(self, table: Table) -> None:
        """Put the rows of a table below all others."""
        for row in table.rows:
            self.rows.append(max([self.header, *self.rows]) + 1)
            for heading, value in zip(table.headings, row, strict=True):
                self._put(self.rows[-1], heading, value)

    def _put(self, row: int, heading: Heading, value: Value) -> None:
        """Put a value into a cell if it is empty, and what is too long for one into further columns."""
        for number, piece in enumerate(style.chunks(value) if value is not None else (), 1):
            cell = self.sheet.cell(row, self._column(heading, number))
            if is_blank(_value(cell)) and not isinstance(cell, MergedCell):
                style.put(cell, piece)

    def _column(self, heading: Heading, number: int) -> int:
        """Column of a heading, which is put behind all others where there is none."""
        names = [str(cell.value or "").strip() for cell in self.sheet[self.header]]
        column = next(
            (at for at, name in enumerate(names, 1) if heading_of(self.name, name) == heading), 0
        )
        name = header_of(heading) if number == 1 else f"{names[column - 1]} ({number})"
        if number > 1:
            column = names.index(name) + 1 if name in names else 0
        if not column:
            column = max((at for at, name in enumerate(names, 1) if name), default=0) + 1
            style.put(self.sheet.cell(self.header, column), name)
        return column


def _check_archive(content: bytes, source: str) -> None:
    """Refuse what is no workbook, is too large unpacked, or asks for entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            if len(infos) > _MOST_PARTS or sum(info.file_size for info in infos) > _MOST_BYTES:
                raise refusal(
                    source,
                    f"more than {_MOST_BYTES // 1_000_000} MB unpacked",
                    "is this a journey?",
                )
            parts = [
                archive.read(info)
                for info in infos
                if info.filename.lower().endswith((".xml", ".rels"))
            ]
    except recognise.BROKEN_ZIP as error:
        if content.startswith(_OLD_EXCEL):
            fix = "save it as .xlsx, without a password"
            raise refusal(source, "an old .xls file, or one with a password", fix) from error
        raise refusal(
            source, "not an XLSX file", "save it as .xlsx in a spreadsheet program"
        ) from error
    if any(
        b"<!DOCTYPE" in part or b"<!ENTITY" in part or part[:2] in {b"\xff\xfe", b"\xfe\xff"}
        for part in parts
    ):
        raise refusal(source, "its XML declares a document type, which no spreadsheet program does")
    if sum(part.count(b"<") for part in parts) > _MOST_TAGS:
        raise refusal(source, f"more than {_MOST_TAGS // 2:,} elements", "is this a journey?")


def _opened(content: bytes, source: str) -> tuple[datetime, dict[str, Grid], list[str]]:
    book = _load(content, results=True)
    titles = _titles(book, source)
    grids = {}
    remarks = [
        f"sheet {worksheet.title}: not known here, and not read"
        for worksheet in book.worksheets
        if worksheet.title not in titles.values() and worksheet.title.strip().lower() not in _GUIDE
    ]
    for name, title in titles.items():
        if book[title].sheet_state != "visible":
            remarks.append(f"sheet {title}: hidden, and read all the same")
        lines = _without_results(content, title, list(_cells(book, title, source)))
        part = _part(content, book[title])
        merged = _merged(part) if lines else {}
        if any(row > lines[0].number for row, _ in merged):
            remarks.append(f"sheet {title}: a merged cell counts for each of its rows")
            lines = list(_filled(lines, merged))
        remarks += _hidden_columns(part, lines[:1], title)
        if name == "waypoints":
            lines = list(_shown(lines, part, title, remarks))
        words = f"sheet {title}"
        grids[name] = (
            Grid(words, _joined_rows(lines)) if name == "journey" else _joined(words, lines)
        )
    return book.epoch, grids, remarks


def _load(content: bytes, *, results: bool) -> Workbook:
    return openpyxl.load_workbook(
        io.BytesIO(content), read_only=True, data_only=results, keep_links=False
    )


def _titles(book: Workbook, source: str) -> dict[str, str]:
    titles = [sheet.title for sheet in book.worksheets]
    if len(titles) == 1:
        return {"waypoints": titles[0]}
    plain = {title: title.strip().lower() for title in titles}
    problems = []
    for title in (title for title in titles if plain[title] not in SHEETS):
        near = get_close_matches(plain[title], SHEETS, n=1, cutoff=_LIKENESS)
        if near and near[0] not in plain.values():
            problems.append(
                Problem(f"sheet {title}", "not known here", f'did you mean "{near[0]}"?')
            )
    sheets = {plain[title]: title for title in titles if plain[title] in SHEETS}
    if "waypoints" not in sheets and not problems:
        fix = f"give the one with the places this name; the sheets here: {', '.join(titles)}"
        problems.append(Problem("", 'no sheet "waypoints"', fix))
    if problems:
        raise JourneyFileError(source, tuple(problems))
    return sheets


def _cells(book: Workbook, title: str, source: str) -> Iterator[Line]:
    sheet = book[title]
    sheet.reset_dimensions()  # what a file says of its size is not to be trusted
    rows = 0
    for number, cells in enumerate(sheet.iter_rows(), 1):
        line = line_of(number, map(_value, cells), source, f"sheet {title}")
        rows += not line.is_blank
        if rows > MOST_ROWS or number > _LAST_ROW:
            most = MOST_ROWS if rows > MOST_ROWS else _LAST_ROW
            raise refusal(source, f"sheet {title}: more than {most:,} rows", "is this a journey?")
        if not line.is_blank:
            yield line


def _value(cell: object) -> Value:
    value = getattr(cell, "value", None)
    if getattr(cell, "data_type", "") == "e":
        return SheetError(value)
    if isinstance(value, datetime):
        return date_text(value, str(cell.number_format))  # type: ignore[attr-defined]
    if isinstance(value, str):
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _without_results(content: bytes, title: str, lines: list[Line]) -> list[Line]:
    """The same lines; a formula whose result was never stored stands there as an error, not as an empty cell."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [info for info in archive.infolist() if "worksheets/" in info.filename]
        if not any(re.search(rb"<f[ >/]", archive.read(info)) for info in sheets):
            return lines
    sheet = _load(content, results=False)[title]
    sheet.reset_dimensions()
    formulas = {number: tuple(cells) for number, cells in enumerate(sheet.iter_rows(), 1)}
    pairs = ((line.number, zip_longest(line.cells, formulas[line.number])) for line in lines)
    return [
        Line(number, tuple(_result(value, cell) for value, cell in cells))
        for number, cells in pairs
    ]


def _result(value: Value, cell: object) -> Value:
    is_told = value is not None or getattr(cell, "data_type", "") != "f"
    return value if is_told else SheetError(getattr(cell, "value", "="))


def _part(content: bytes, sheet: object) -> bytes:
    """A sheet as it stands in the archive: of one that is streamed openpyxl tells no merged cell and no hidden row."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(str(getattr(sheet, "_worksheet_path", "")).lstrip("/"))


def _hidden_columns(part: bytes, header: Sequence[Line], title: str) -> Iterator[str]:
    """A line on the columns that have a header and are not shown: what is in them is read, and may be published."""
    spans = [(int(first), int(last)) for first, last in _COLUMNS.findall(part)]
    cells = [
        (number, str(cell))
        for number, cell in enumerate(header[0].cells if header else (), 1)
        if cell
    ]
    names = [
        cell for number, cell in cells if any(first <= number <= last for first, last in spans)
    ]
    if names:
        yield f"sheet {title}: column{'s' if len(names) > 1 else ''} {named(names)}: hidden, and read all the same"


def _shown(lines: list[Line], part: bytes, title: str, remarks: list[str]) -> Iterator[Line]:
    """Rows without those that the sheet does not show, which are named: what is hidden is not meant to be published."""
    hidden = {int(number) for row in _HIDDEN.findall(part) for number in _NUMBER.findall(row)}
    left = [str(line.number) for line in lines if line.number in hidden and line is not lines[0]]
    if left:
        rows = f"row{'s' if len(left) > 1 else ''} {named(left)}"
        remarks.append(
            f"sheet {title}: {rows}: hidden, and left out (show them in the spreadsheet to have them)"
        )
    return (line for line in lines if str(line.number) not in left)


def _merged(part: bytes) -> dict[tuple[int, int], int]:
    """Cells that are merged down a column: the last row of each, by its first row and its column, from 0."""
    ends = {}
    for first, row, last, end in _MERGED.findall(part):
        if first == last:
            ends[int(row), column_index_from_string(first.decode()) - 1] = int(end)
    return ends


def _filled(lines: list[Line], merged: Mapping[tuple[int, int], int]) -> Iterator[Line]:
    """Rows in which a cell that is merged with those above it holds their value; headers stay as they are."""
    running: dict[int, tuple[int, Value]] = {}
    starts: dict[int, list[int]] = {}
    for row, column in merged:
        starts.setdefault(row, []).append(column)
    for line in lines:
        running = {column: cell for column, cell in running.items() if cell[0] >= line.number}
        cells = [*line.cells, *[None] * (max(running, default=-1) + 1 - len(line.cells))]
        for column, (_, value) in running.items():
            cells[column] = value
        yield Line(line.number, tuple(cells))
        below = [
            column
            for column in starts.get(line.number, ())
            if column < len(line.cells) and line is not lines[0]
        ]
        running |= {column: (merged[line.number, column], line.cells[column]) for column in below}


def _joined(words: str, lines: list[Line]) -> Grid:
    """Sheet in which cells that were too long for a spreadsheet, and go on in a column "NAME (2)", are one again."""
    header = lines[0].cells if lines else ()
    parts: dict[int, list[int]] = {}
    for index, name in enumerate(header):
        continued = _CONTINUED.fullmatch(name) if isinstance(name, str) else None
        if continued and continued[1] in header[:index]:
            first = header.index(continued[1])
        else:
            first = index
        parts.setdefault(first, []).append(index)
    width = max((len(line.cells) for line in lines), default=0)
    parts |= {index: [index] for index in range(len(header), width)}
    if all(len(indices) == 1 for indices in parts.values()):
        return Grid(words, tuple(lines))
    joined = (
        Line(line.number, tuple(_join(line.cells, indices) for indices in parts.values()))
        for line in lines[1:]
    )
    kept = Line(lines[0].number, tuple(header[index] for index in parts if index < len(header)))
    return Grid(words, (kept, *joined), tuple(parts))


def _join(cells: Sequence[Value], indices: list[int]) -> Value:
    values = [cells[index] for index in indices if index < len(cells)]
    if len(values) > 1 and any(not is_blank(value) for value in values[1:]):
        return "".join("" if value is None else str(value) for value in values)
    return values[0] if values else None


def _joined_rows(lines: list[Line]) -> tuple[Line, ...]:
    rows: dict[object, Line] = {}
    for line in lines:
        name, value = (*line.cells, None, None)[:2]
        continued = _CONTINUED.fullmatch(name) if isinstance(name, str) else None
        first = rows.get(continued[1]) if continued else None
        if first is not None:
            rows[first.cells[0]] = Line(first.number, (first.cells[0], f"{first.cells[1]}{value}"))
        else:
            rows[name if name not in rows else line.number] = line
    return tuple(rows.values())
