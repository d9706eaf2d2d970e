"""Readers of single kinds of file: PDF, notebooks, Office documents, what pictures say of themselves, databases."""

from __future__ import annotations

import json
import re
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from io import BytesIO
from typing import TYPE_CHECKING

from escape_route.protection.leaks.parts import (
    Budget,
    Bytes,
    Finding,
    Inside,
    Part,
    gap,
    joined,
    within,
)
from escape_route.protection.leaks.secrets import members

if TYPE_CHECKING:
    from PIL import Image
    from pypdf import PdfReader


_PERSONAL = re.compile(r"author|creator|artist|lastmodifiedby|manager|company|owner|copyright|username|hostcomputer|by-?line", re.IGNORECASE)  # fmt: skip  # noqa: E501
_POSITION = re.compile(r"GPS|geotag|LocationShown|LocationCreated", re.IGNORECASE)
_PROGRAMS = re.compile(r"escape-route|openpyxl|matplotlib|chromium|skia|weasyprint|python|pypdf|pillow|folium|jupyter", re.IGNORECASE)  # fmt: skip  # noqa: E501
_PROPERTY = re.compile(r"<(?:\w+:)?(creator|lastModifiedBy|Manager|Company|author)\b[^>]*>([^<]*)<")
_MOST_OBJECTS = 200_000
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF87a", b"GIF89a")
_NO_PYARROW = "Parquet cannot be read here: install pyarrow (the extra geo), and check it again"
_LONGEST_CELL = 50_000_000  # bytes: a column that is computed can be told to be any length
_LONGEST_S, _STEPS = 20.0, 100_000
#: Tables that every GeoPackage has, and that say nothing of what it holds.
_OF_THE_FORMAT = ("gpkg_spatial_ref_sys", "gpkg_extensions", "sqlite_sequence")
_SEXAGESIMAL = 3  # numbers of degrees, minutes and seconds


def properties(content: bytes, name: str, place: str) -> Iterator[Part]:
    """Who made an Office document, as docProps of its archive says."""
    if name.startswith("docProps/") or name == "meta.xml":
        for field, value in _PROPERTY.findall(content.decode("utf-8", "replace")):
            yield from _field(field, value, place)


def notebook(text: str, place: str) -> Iterator[Part]:
    """Whole texts of a notebook, whose lines are kept one by one: of each cell, and of what it put out."""
    try:
        cells = json.loads(text)["cells"]
        texts = [
            (whole, within(place, f"cell {number}"))
            for number, cell in enumerate(cells, start=1)
            for whole in _lines_joined(cell)
        ]
    except (ValueError, KeyError, TypeError, RecursionError):
        return  # it is no notebook, and is read as any other text
    if texts:
        yield joined(texts)


def _lines_joined(value: object) -> Iterator[str]:
    if isinstance(value, list) and value and all(isinstance(line, str) for line in value):
        yield "".join(value)
    elif isinstance(value, dict | list):
        for member in value.values() if isinstance(value, dict) else value:
            yield from _lines_joined(member)


def pdf(content: bytes, place: str, budget: Budget) -> Iterator[Part]:
    """Words of each page, fields, attachments and every stream of a PDF."""
    del budget  # pypdf has limits of its own
    from pypdf import PdfReader  # noqa: PLC0415  # loaded for a PDF alone

    reader = PdfReader(BytesIO(content), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        yield gap("an encrypted PDF", place)
        return
    pages = [
        (page.extract_text(), within(place, f"page {number}"))
        for number, page in enumerate(reader.pages, 1)
    ]
    yield from [joined(pages)] if pages else []
    fields = [
        (str(name).lstrip("/"), str(value)) for name, value in (reader.metadata or {}).items()
    ]
    yield from _fields(fields, place)
    yield from _objects(reader, place)


def _fields(fields: Sequence[tuple[str, str]], place: str) -> Iterator[Part]:
    """Fields of metadata, and all of them as one text in which secrets are looked for."""
    entries = [(name, value, within(place, f"metadata {name}")) for name, value in fields if value]
    if entries:
        yield joined([(f"{name}: {value}", where) for name, value, where in entries])
    for name, value, where in entries:
        yield from _field(name, value, where)


def _field(name: str, value: str, place: str) -> Iterator[Part]:
    """A person's name or a position in a field of metadata, whatever it says."""
    if _POSITION.search(name):
        yield Finding(place, f"metadata: a position, in {name}")
    elif _PERSONAL.search(name) and value.strip() and not _PROGRAMS.search(value):
        yield Finding(place, f"metadata: who made it, in {name}")


def _objects(reader: PdfReader, place: str) -> Iterator[Part]:
    """Each stream decoded, and the texts of all other objects."""
    from pypdf.generic import StreamObject  # noqa: PLC0415

    texts = []
    numbers = sorted(
        {number for of_stream in reader.xref.values() for number in of_stream}
        | set(reader.xref_objStm)
    )
    if len(numbers) > _MOST_OBJECTS:
        yield gap(f"a PDF of more than {_MOST_OBJECTS:,} objects", place)
        return
    for number in numbers:
        where = within(place, f"object {number}")
        entry = reader.get_object(number) if number else None
        if isinstance(entry, StreamObject):
            filters, is_picture = str(entry.get("/Filter")), entry.get("/Subtype") == "/Image"
            if (
                "DCT" in filters or "JPX" in filters
            ):  # a picture as it is stored, with its own metadata
                yield Inside(bytes(entry._data), "", where, is_file=False)  # noqa: SLF001  # pypdf decodes such a picture
            elif not is_picture:
                yield Inside(bytes(entry.get_data()), "", where, is_file=False)
        texts += [(str(text), where) for _, text in members(entry) if isinstance(text, str)]
    if texts:
        yield joined(texts)


def is_picture(content: bytes) -> bool:
    """Whether a file is a picture that can carry metadata."""
    is_riff = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return content.startswith(_PICTURES) or is_riff or content[4:12] in {b"ftypavif", b"ftypavis"}


def picture(content: bytes, place: str, budget: Budget) -> Iterator[Part]:
    """Text chunks, comments, EXIF with its position, XMP."""
    from PIL import Image  # noqa: PLC0415  # for pictures alone

    del budget  # the picture itself is never decoded
    with Image.open(BytesIO(content)) as opened:
        yield from _fields([*_chunks(opened), *_exif(opened)], place)


def _chunks(picture: Image.Image) -> Iterator[tuple[str, str]]:
    if picture.format == "PNG" and picture.width * picture.height < 50_000_000:  # noqa: PLR2004  # pixels
        picture.load()  # text may follow the picture
    for name, value in {**picture.info, **getattr(picture, "text", {})}.items():
        if name not in {"exif", "icc_profile"} and isinstance(value, str | bytes | int | float):
            yield (
                str(name),
                value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value),
            )


def _exif(picture: Image.Image) -> Iterator[tuple[str, str]]:
    from PIL import ExifTags  # noqa: PLC0415  # for pictures alone

    exif = picture.getexif()
    for number, value in {**exif, **exif.get_ifd(ExifTags.IFD.Exif)}.items():
        name = ExifTags.TAGS.get(number, f"tag {number}")
        if not isinstance(value, dict) and name not in {"ExifOffset", "GPSInfo"}:
            yield name, _shown(value)
    position = exif.get_ifd(ExifTags.IFD.GPSInfo)
    if position:
        named = {
            ExifTags.GPSTAGS.get(number, f"GPS tag {number}"): value
            for number, value in position.items()
        }
        yield "GPS", "; ".join(f"{name} {_shown(value)}" for name, value in named.items())


def _shown(value: object) -> str:
    """A value as text, three numbers as degrees with minutes and seconds."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace").replace("\0", "")
    if isinstance(value, tuple) and len(value) == _SEXAGESIMAL:
        degrees, minutes, seconds = (float(part) for part in value)
        return f"{degrees:.10g}° {minutes:.10g}' {seconds:.10g}\""
    return str(value)


def sqlite(content: bytes, place: str, budget: Budget) -> Iterator[Part]:
    """Rows of each table, none of its views; what lies in its empty pages is found by whoever reads the bytes."""
    del budget  # nothing is unpacked
    end = time.monotonic() + _LONGEST_S
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(content)
        database.text_factory = lambda text: text.decode("utf-8", "replace")
        database.execute("PRAGMA trusted_schema = OFF")
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_CELL)
        database.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
        tables = database.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name"
        ).fetchall()
        for name, made_by in tables:
            if name not in _OF_THE_FORMAT and not made_by.upper().startswith(
                "CREATE VIRTUAL"
            ):  # others hold its rows
                quoted = name.replace('"', '""')
                rows = database.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608  # a name that it gave itself
                columns = [column[0] for column in rows.description]
                yield from _rows(
                    (dict(zip(columns, row, strict=True)) for row in rows),
                    within(place, f"table {name}"),
                )


def _rows(
    rows: Iterable[Mapping[str, object]], place: str, named: str = "row {}, column {}"
) -> Iterator[Part]:
    """Rows as one text, a row a line, and each of their blobs."""
    texts: list[tuple[str, str]] = []
    blobs: list[Part] = []
    for number, row in enumerate(rows, start=1):
        for column, value in row.items():
            where = within(place, named.format(number, column))
            if isinstance(value, bytes):
                blobs.append(Bytes(value, where))
            else:
                texts.append((f"{'' if value is None else value}\t", where))
        texts.append(("\n", place))
    if texts:
        yield joined(texts, between="")
    yield from blobs


def parquet(content: bytes, place: str, budget: Budget) -> Iterator[Part]:
    """Rows and metadata of Parquet; a gap where there is nothing to read it with."""
    try:
        from pyarrow import parquet as reader  # noqa: PLC0415  # heavy, and of an extra
    except ImportError:
        yield gap(_NO_PYARROW, place)
        return
    file = reader.ParquetFile(BytesIO(content))
    size = sum(
        file.metadata.row_group(k).total_byte_size for k in range(file.metadata.num_row_groups)
    )
    if size > budget.left:
        yield gap("it unpacks to more than is looked through", place)
        return
    budget.left -= size
    yield from _rows(file.read().to_pylist(), within(place, "table"))
    for name, value in (file.metadata.metadata or {}).items():
        where = within(place, f"metadata {name.decode('utf-8', 'replace')}")
        yield joined([(value.decode("utf-8", "replace"), where)])


def workbook(content: bytes, place: str) -> Iterator[Part]:
    """Cells of each sheet, a row a line; no formula is followed."""
    import openpyxl  # noqa: PLC0415  # for workbooks alone

    for sheet in openpyxl.load_workbook(
        BytesIO(content), read_only=True, data_only=True
    ).worksheets:
        here = within(place, f"sheet {sheet.title}")
        yield joined([(sheet.title, within(here, "its name"))])
        rows = (
            {cell.coordinate: cell.value for cell in row if cell.value is not None}
            for row in sheet.iter_rows()
        )
        yield from _rows(rows, here, "cell {1}")
