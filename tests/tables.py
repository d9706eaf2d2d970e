"""Small tables for the tests: a journey of three places as CSV and XLSX, with one thing of it changed."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import openpyxl

from documents import content, journey
from escape_route.errors import JourneyFileError
from escape_route.formats.tables import csv as csv_tables
from escape_route.formats.tables import xlsx
from escape_route.model import read as reading
from escape_route.model.published import Published

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.workbook import Workbook

    from escape_route.model.journey import Journey

WALK = reading.read(content(journey()))


def csv_text(one: Journey = WALK) -> str:
    """A journey as CSV, without its byte-order mark."""
    return csv_tables.write(Published(one)).content.decode("utf-8-sig")


def csv_with(header: str, value: str, row: int = 2) -> str:
    """The walk as CSV with one cell of the waypoints changed; a header that is not there yet is added."""
    rows = list(csv.reader(io.StringIO(csv_text(), newline="")))
    if header not in rows[0]:
        rows[0].append(header)
    line = rows[row - 1]
    line += [""] * (len(rows[0]) - len(line))
    line[rows[0].index(header)] = value
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def read_csv(text: str | bytes) -> Journey:
    return csv_tables.read(text.encode() if isinstance(text, str) else text, "walk.csv").journey


def first(header: str, value: str) -> Any:
    """First waypoint of the walk, read from CSV with one cell changed."""
    return read_csv(csv_with(header, value)).waypoints[0]


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xlsx_with(change: Callable[[Workbook], object], one: Journey = WALK) -> bytes:
    """A journey as a workbook to which something was done, as openpyxl saves it."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(Published(one)).content))
    change(book)
    return saved(book)


def put(sheet: str, header: str, value: object, row: int = 2) -> Callable[[Workbook], None]:
    """Change of one cell."""

    def change(book: Workbook) -> None:
        cells: Any = book[sheet]
        column = next(cell.column for cell in cells[1] if cell.value == header)
        cells.cell(row, column).value = value

    return change


def problems(read: Callable[[bytes, str], object], file: bytes, name: str) -> list[str]:
    """Everything that reading a file finds wrong, a line each."""
    try:
        read(file, name)
    except JourneyFileError as error:
        return str(error).split("\n")
    return []


def csv_problems(text: str) -> list[str]:
    return problems(csv_tables.read, text.encode(), "walk.csv")


def xlsx_problems(file: bytes) -> list[str]:
    return problems(xlsx.read, file, "walk.xlsx")
