"""How a journey's workbook looks: colours, widths, frozen headers, drop-down lists, and the sheets that explain it."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import ARC_CORE, COREPROPS_NS

from escape_route.formats.tables.columns import SHEETS, Column, Holds, header_of
from escape_route.formats.tables.grid import letter_of
from escape_route.formats.tables.write import Table, upright
from escape_route.geography import base
from escape_route.model.units import HEADERS as UNIT_HEADERS
from escape_route.model.units import UNITS
from escape_route.model.units import rows as rows_of_units

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    from escape_route.formats.tables.cells import Value

_LONGEST_CELL = (
    32_767  # characters, in any spreadsheet program; a longer text goes on in a column "NAME (2)"
)
_LAST_ROW = 500  # down to which the lists drop down
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can name
_NO_PROPERTIES = f'<?xml version="1.0" encoding="UTF-8"?>\n<cp:coreProperties xmlns:cp="{COREPROPS_NS}"/>'.encode()
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_LONGEST_PROMPT = 255
_TEXT = "@"  # so that no program takes 2019-12 for a day or 007 for 7

_INK, _PAPER, _RULE, _QUIET = "1F2933", "FFFFFF", "D5DCE1", "5B6770"
#: By what a column is about: where it was, how one came, who says so, what is held back.
_COLOURS = {"where": "1F5C63", "how": "7A5419", "who": "3B4A6B", "hold": "6B3A52"}
_USUAL_WIDTH, _NARROW_WIDTH = 14, 10
_LINE_POINTS, _MOST_LINES = 15.0, 20
_NUMBERS = {Holds.NUMBER, Holds.DECIMAL, Holds.DEGREES, Holds.RADIUS}
_NARROW = {*_NUMBERS, Holds.WORD, Holds.YES}
_TABS = {"waypoints": "where", "journey": "where", "claims": "how", "tracks": "how"}
_TABS |= dict.fromkeys(("sources", "notes", "corrections"), "who")
#: Name of the first sheet of a workbook that holds more than may be published, and what stands in
#: it.
HELD = "held"
_HELD = (
    "Held: not for passing on",
    "Every place stands in this workbook as exactly as it was given. Keep it to yourself.",
    "Work in its other sheets, save it, and give it to escape-route again: check, lint, map, export.",
    "What map and export publish is made coarser first, as the column sensitivity says.",
    "This sheet is not read, and may be deleted.",
)
_EXPLAINED = ("sheet", "column", "needed", "what to write", "one of")


def to_bytes(tables: Sequence[Table], *, guide: bool = False, is_held: bool = False) -> bytes:
    """Write sheets as the bytes of a workbook, the same at every run.

    A `guide` is the sheet that explains each column, second, and the lists of footprints and units,
    last. `is_held` says that places stand in it as they are held: the first sheet says so.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        sheet = book.create_sheet(table.name)
        sheet.sheet_properties.tabColor = _COLOURS[_TABS[table.name]]
        if table.name == "journey":
            _write_upright(sheet, table)
        else:
            _write_rows(sheet, table, guide=guide)
    if guide:
        _explain(book.create_sheet("columns", 1), tables)
        _write_plain(
            book.create_sheet("footprints"),
            ("footprint", "what it is"),
            base.references().items(),
            (26, 44),
        )
        _write_plain(
            book.create_sheet("units"), UNIT_HEADERS, rows_of_units(), (18, 14, 44, 16, 60)
        )
    if is_held:
        _say_held(book.create_sheet(HELD, 0))
    return packed(book)


def _say_held(sheet: Worksheet) -> None:
    sheet.sheet_properties.tabColor = _COLOURS["hold"]
    sheet.column_dimensions["A"].width = 100
    for row, text in enumerate(_HELD, 1):
        cell = sheet.cell(row, 1)
        put(cell, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(
            bold=row == 1, size=14 if row == 1 else 11, color=_COLOURS["hold"] if row == 1 else _INK
        )


def packed(book: Workbook) -> bytes:
    """Bytes of a workbook without a clock or a name in them; the library stamps both."""
    stamped, plain = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(stamped, "w") as archive:
        ExcelWriter(book, archive).save()
    with (
        zipfile.ZipFile(stamped) as archive,
        zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in archive.namelist():
            part = _NO_PROPERTIES if name == ARC_CORE else archive.read(name)
            packed.writestr(zipfile.ZipInfo(name, _EPOCH), part, zipfile.ZIP_DEFLATED)
    return plain.getvalue()


def put(cell: Cell | MergedCell, value: Value) -> None:
    """Write a value as what it is: a text stays a text, whatever it begins with."""
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = _UNSAFE.sub(lambda match: f"_x{ord(match[0]):04X}_", value)
    cell.data_type = "s"
    cell.quotePrefix = value[:1] in tuple("=+-@")  # stays a text when somebody edits it


def chunks(value: Value) -> list[Value]:
    """Value in pieces that a cell holds; an escaped character takes seven."""
    if not isinstance(value, str) or len(value) * 7 <= _LONGEST_CELL:
        return [value]
    length = _LONGEST_CELL // (7 if _UNSAFE.search(value) else 1)
    return [value[start : start + length] for start in range(0, len(value), length)]


def _write_rows(sheet: Worksheet, table: Table, *, guide: bool) -> None:
    column = 1
    for index, heading in enumerate(table.headings):
        pieces = [chunks(row[index]) for row in table.rows]
        for part in range(max(map(len, pieces), default=1)):
            name = header_of(heading) + (f" ({part + 1})" if part else "")
            _write_header(sheet, column, name, heading.column)
            for row, texts in enumerate(pieces, 2):
                _write_cell(
                    sheet.cell(row, column),
                    heading.column,
                    texts[part] if part < len(texts) else None,
                )
            _drop_down(
                sheet,
                heading.column,
                f"{letter_of(column - 1)}2:{letter_of(column - 1)}{_LAST_ROW}",
                guide=guide,
            )
            column += 1
    _finish(sheet, frozen="C2" if table.name == "waypoints" else "B2")


def _write_header(sheet: Worksheet, column: int, name: str, described: Column) -> None:
    cell = sheet.cell(1, column)
    put(cell, name)
    _paint(cell, _COLOURS[described.about], needed=described.needed)
    dimension = sheet.column_dimensions[letter_of(column - 1)]
    usual = _NARROW_WIDTH if described.holds in _NARROW else _USUAL_WIDTH
    dimension.width = max(len(name) + 4, described.width or usual)
    if described.holds not in _NUMBERS:
        dimension.number_format = _TEXT
    dimension.alignment = Alignment(vertical="top", wrap_text=True)


def _paint(cell: Cell | MergedCell, colour: str, *, needed: bool) -> None:
    """Header: filled with its colour where the column is needed, else only lettered in it."""
    cell.font = Font(name="Calibri", size=11, bold=True, color=_PAPER if needed else colour)
    cell.fill = PatternFill("solid", fgColor=colour if needed else "EEF2F4")
    cell.alignment = Alignment(horizontal="left", indent=1, vertical="center", wrap_text=True)
    cell.border = Border(
        bottom=Side(style="medium", color=colour), right=Side(style="thin", color=_RULE)
    )


def _write_cell(cell: Cell | MergedCell, column: Column, value: Value) -> None:
    put(cell, value)
    cell.font = Font(name="Calibri", size=11, color=_INK)
    side = "right" if isinstance(value, int | float) else "left"
    cell.alignment = Alignment(
        horizontal=side, indent=1, vertical="top", wrap_text=column.holds is not Holds.SHAPE
    )
    cell.border = Border(bottom=Side(style="hair", color=_RULE))
    if column.holds not in _NUMBERS:
        cell.number_format = _TEXT


def _drop_down(sheet: Worksheet, column: Column, cells: str, *, guide: bool) -> None:
    """List that drops down where a column has one, and what the column is for beside every cell of it."""
    formula = _formula(sheet.title, column, guide=guide)
    rule = DataValidation(type="list" if formula else None, formula1=formula, allow_blank=True)
    rule.showErrorMessage = (
        False  # people's own words are read too, and what is not understood is asked
    )
    rule.showInputMessage = True
    rule.promptTitle, rule.prompt = column.name[:32], column.explanation[:_LONGEST_PROMPT]
    rule.add(cells)
    sheet.add_data_validation(rule)


def _formula(sheet: str, column: Column, *, guide: bool) -> str | None:
    """Formula of a drop-down list: its words, which nothing else is let stand for, or where they stand."""
    if column.name == "unit":  # too many for a list within the cell, and others may be written
        return f"units!$A$2:$A${1 + len(UNITS)}" if guide else None
    if column.choices:
        return f'"{",".join(column.words or column.choices)}"'
    if column.name == "sources" or column.part == "sources":
        return f"sources!$A$2:$A${_LAST_ROW}"
    if column.name in {"from", "to"}:
        return f"waypoints!$A$2:$A${_LAST_ROW}"
    is_footprint = column.name == "footprint" and sheet == "waypoints" and guide
    return f"footprints!$A$2:$A${1 + len(base.references())}" if is_footprint else None


def _write_upright(sheet: Worksheet, table: Table) -> None:
    for column, name in enumerate(("member", "value", "what it is"), 1):
        put(sheet.cell(1, column), name)
        _paint(sheet.cell(1, column), _COLOURS["where"], needed=True)
    row = 1
    for (name, value), heading in zip(upright(table), table.headings, strict=True):
        for part, piece in enumerate(chunks(value)):
            row += 1
            put(sheet.cell(row, 1), name + (f" ({part + 1})" if part else ""))
            _paint(sheet.cell(row, 1), _COLOURS[heading.column.about], needed=heading.column.needed)
            _write_cell(sheet.cell(row, 2), heading.column, piece)
            _remark(sheet.cell(row, 3), heading.column.explanation)
            _drop_down(sheet, heading.column, f"B{row}", guide=False)
    for letter, width in (("A", 18), ("B", 76), ("C", 64)):
        sheet.column_dimensions[letter].width = width
    _finish(sheet, frozen="B2")


def _remark(cell: Cell | MergedCell, text: str) -> None:
    put(cell, text)
    cell.font = Font(name="Calibri", size=10, italic=True, color=_QUIET)
    cell.alignment = Alignment(vertical="top", wrap_text=True)


def _explain(sheet: Worksheet, tables: Sequence[Table]) -> None:
    _write_plain(sheet, _EXPLAINED, explained(tables), (12, 24, 9, 74, 60))
    for row, column in enumerate((column for columns in SHEETS.values() for column in columns), 2):
        _paint(sheet.cell(row, 2), _COLOURS[column.about], needed=column.needed)


def explained(tables: Sequence[Table] = ()) -> Iterator[tuple[str, str, str, str, str]]:
    """Every column of every sheet: sheet, header, whether it is needed, what to write, and one of what.

    In the words of the tables' own columns, where they have them.
    """
    worded = {
        (table.name, heading.column.header()): heading.column
        for table in tables
        for heading in table.headings
    }
    for name, columns in SHEETS.items():
        for column in columns:
            said = worded.get((name, column.header()), column)
            yield (
                name,
                column.header(),
                "yes" if column.needed else "",
                said.explanation,
                ", ".join(said.words or said.choices),
            )


def _write_plain(
    sheet: Worksheet, headers: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]
) -> None:
    for column, (name, width) in enumerate(zip(headers, widths, strict=True), 1):
        put(sheet.cell(1, column), name)
        _paint(sheet.cell(1, column), _QUIET, needed=True)
        sheet.column_dimensions[letter_of(column - 1)].width = width
    look = None
    for number, row in enumerate(rows, 2):
        for column, text in enumerate(row, 1):
            cell: Any = sheet.cell(number, column)
            if look is None:
                cell.font = Font(name="Calibri", size=11, color=_INK)
                cell.alignment = Alignment(vertical="top", wrap_text=True)
                cell.border = Border(bottom=Side(style="hair", color=_RULE))
                look = cell._style  # noqa: SLF001  # the library looks up each part of a style anew for every cell
            cell._style = copy(look)  # noqa: SLF001
            put(cell, text or None)
    _finish(sheet, frozen="A2")
    sheet.sheet_properties.tabColor = _QUIET


def _finish(sheet: Worksheet, *, frozen: str) -> None:
    """Keep headers in sight, fit heights and paper.

    Each row gets the height that its longest text needs when it is wrapped, for not every program
    does so itself. On paper the sheet lies, with its headers on every page, as wide as the page but
    for the waypoints, which have many columns.
    """
    sheet.freeze_panes = frozen
    for number, row in enumerate(sheet.iter_rows(), 1):
        widths = (sheet.column_dimensions[letter_of(index)].width - 3 for index in range(len(row)))
        lines = max(map(_lines, row, widths), default=1)
        sheet.row_dimensions[number].height = _LINE_POINTS * min(lines, _MOST_LINES) + (
            9 if number == 1 else 3
        )
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.print_title_rows = "1:1"
    if sheet.title == "waypoints":
        sheet.print_title_cols = "A:B"
        return
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _lines(cell: Cell | MergedCell, width: float) -> int:
    """Lines that the text of a cell takes in a column of so many letters; one of East Asia is as wide as two."""
    if not isinstance(cell.value, str) or not cell.alignment.wrap_text:
        return 1
    wide = (
        sum(1 + (east_asian_width(letter) in "WF") for letter in line)
        for line in cell.value.split("\n")
    )
    return sum(max(1, math.ceil(length / width)) for length in wide)
