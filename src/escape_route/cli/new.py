"""`escape-route new`: a spreadsheet ready to be filled, and one that is filled already."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from escape_route.cli import shared
from escape_route.files import write_whole
from escape_route.formats import FORMATS
from escape_route.formats.tables import csv as csv_tables
from escape_route.formats.tables import style
from escape_route.formats.tables.columns import SHEETS
from escape_route.formats.tables.write import Table, table_of, tables_of
from escape_route.model import read

_TABLES = ("xlsx", "csv")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("name", metavar="NAME", help="of the journey, and of the files that are written")
    parser.add_argument("--to", choices=_TABLES, help="xlsx has drop-down lists and explains its columns (xlsx)")
    shared.add_force(parser)


def run(options: argparse.Namespace) -> int:
    """Write NAME.xlsx, an empty journey ready to be filled, and NAME-example.xlsx, one that is filled."""
    suffixes = {suffix: name for name in _TABLES for suffix in FORMATS[name].suffixes}
    path = Path(options.name)
    wanted = options.to or suffixes.get(path.suffix.lower(), "xlsx")
    stem = path.with_suffix("") if path.suffix.lower() in suffixes else path
    empty, example = (stem.with_name(f"{stem.name}{more}.{wanted}") for more in ("", "-example"))
    shared.refuse_existing((empty, example), force=options.force)
    # Tables without a row; no id either, so that a copy under another name is a journey of its own
    write_whole(empty, _bytes(tuple(table_of(sheet, [{}] if sheet == "journey" else []) for sheet in SHEETS), wanted))
    content = files("escape_route").joinpath("model", "example.geojson").read_bytes()
    write_whole(example, _bytes(tables_of(read.read(content, "example.geojson"))[0], wanted))
    for target in (empty, example):
        shared.print_size(target)
    return 0


def _bytes(tables: Sequence[Table], wanted: str) -> bytes:
    if wanted == "xlsx":
        return style.to_bytes(tables, guide=True)
    return csv_tables.to_bytes(tables, empty_too=True)
