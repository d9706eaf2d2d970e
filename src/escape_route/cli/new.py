"""`escape-route new`: a spreadsheet ready to be filled, and one that is filled already."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from escape_route import packaged
from escape_route.cli import shared
from escape_route.files import write_whole
from escape_route.formats import FORMATS
from escape_route.formats.tables import csv as csv_tables
from escape_route.formats.tables import style
from escape_route.formats.tables.cells import CellError, value_of
from escape_route.formats.tables.columns import SHEETS, Column, Heading
from escape_route.formats.tables.synonyms import CATALOGUED
from escape_route.formats.tables.write import Table, table_of, tables_of
from escape_route.language.catalogues import Words, languages
from escape_route.model import read

_LONGEST_LIST = 250  # characters of a list that drops down, in any spreadsheet program
_TABLES = ("xlsx", "csv")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument(
        "name", metavar="NAME", help="of the journey, and of the files that are written"
    )
    parser.add_argument(
        "--to", choices=_TABLES, help="xlsx has drop-down lists and explains its columns (xlsx)"
    )
    parser.add_argument(
        "--language",
        choices=languages(),
        default="en",
        help="of the columns for names and sentences, and of the words that drop down (en)",
    )
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
    tables = (table_of(sheet, [{}] if sheet == "journey" else []) for sheet in SHEETS)
    write_whole(empty, _bytes([in_language(table, options.language) for table in tables], wanted))
    content = files("escape_route").joinpath("model", "example.geojson").read_bytes()
    write_whole(example, _bytes(tables_of(read.read(content, "example.geojson"))[0], wanted))
    for target in (empty, example):
        shared.print_size(target)
    return 0


def in_language(table: Table, language: str) -> Table:
    """An empty table whose texts are of a language, explained in it, and which offers words that are read so."""
    headings = (
        Heading(_said_in(heading.column, table.name, language), language, heading.number)
        for heading in table.headings
    )
    return replace(table, headings=tuple(headings))


def _said_in(column: Column, sheet: str, language: str) -> Column:
    """Column with a language's words for its choices, each of which is read as what it stands for, and for itself."""
    ours = packaged.table("formats/tables/in_languages.toml").get(language, {}).get(sheet, {})
    if column.choices and language != "en":
        kind = CATALOGUED.get(column.part or column.name, "")
    else:
        kind = ""
    if kind:
        offered = [Words(language).word(f"{kind}.{choice}") for choice in column.choices]
    else:
        offered = []
    offered = ours.get("roles", []) if column.name == "role" else offered
    usual = column.words or column.choices
    words = tuple(
        word
        if "," not in word and _read(column, word) == choice
        else known  # a comma parts one in a list
        for word, choice, known in zip(offered, column.choices, usual, strict=False)
    )
    worded = replace(column, words=words) if 0 < len(",".join(words)) <= _LONGEST_LIST else column
    if column.part:
        return worded
    return replace(worded, explanation=ours.get(column.name, column.explanation))


def _read(column: Column, word: str) -> object:
    try:
        return value_of(column, word)
    except CellError:
        return None


def _bytes(tables: Sequence[Table], wanted: str) -> bytes:
    if wanted == "xlsx":
        return style.to_bytes(tables, guide=True)
    return csv_tables.to_bytes(tables, empty_too=True)
