"""Text, metadata and streams of PDF, and the properties of Office documents."""

from __future__ import annotations

import json
import logging
import re
from io import BytesIO
from typing import TYPE_CHECKING

from escape_route.protection.leaks.parts import Field, Gap, Inside, joined, within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PdfReader

    from escape_route.protection.leaks.parts import Part

_PROPERTY = re.compile(r"<(?:\w+:)?(creator|lastModifiedBy|Manager|Company|author)\b[^>]*>([^<]*)<")
_MOST_OBJECTS = 200_000


def properties(content: bytes, name: str, place: str) -> Iterator[Part]:
    """Who made an Office document, as docProps of its archive says."""
    if name.startswith("docProps/") or name == "meta.xml":
        for field, value in _PROPERTY.findall(content.decode("utf-8", "replace")):
            yield Field(field, value, place)


def cells(text: str, place: str) -> Iterator[Part]:
    """Whole texts of a notebook, whose lines are kept one by one: of each cell, and of what it put out."""
    try:
        notebook = json.loads(text)
        found = [
            (whole, within(place, f"cell {number}"))
            for number, cell in enumerate(notebook["cells"], start=1)
            for whole in _lines_joined(cell)
        ]
    except (ValueError, KeyError, TypeError, RecursionError):
        return  # it is no notebook, and is read as any other text
    if found:
        yield joined(found)


def _lines_joined(value: object) -> Iterator[str]:
    """Lists of lines anywhere in a value, each as one text."""
    if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
        yield "".join(value)
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _lines_joined(each)


def pdf(content: bytes, place: str, budget: object) -> Iterator[Part]:
    """Words of each page, fields, attachments and every stream of a PDF."""
    del budget  # pypdf has limits of its own
    from pypdf import PdfReader  # noqa: PLC0415  # loaded for a PDF alone

    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            yield Gap("an encrypted PDF", place)
            return
        yield from _pages(reader, place)
        yield from _fields(reader, place)
        yield from _objects(reader, place)
    except Exception as error:  # noqa: BLE001  # pypdf raises whatever a broken file makes it raise
        yield Gap(f"a PDF that cannot be read: {type(error).__name__}", place)
    finally:
        logger.setLevel(level)


def _pages(reader: PdfReader, place: str) -> Iterator[Part]:
    pages = [(page.extract_text(), within(place, f"page {number}")) for number, page in enumerate(reader.pages, 1)]
    if pages:
        yield joined(pages)


def _fields(reader: PdfReader, place: str) -> Iterator[Part]:
    fields = [(str(name).lstrip("/"), str(value)) for name, value in (reader.metadata or {}).items()]
    if fields:
        yield joined([(f"{name}: {value}", within(place, f"metadata {name}")) for name, value in fields])
    for name, value in fields:
        yield Field(name, value, within(place, f"metadata {name}"))


def _objects(reader: PdfReader, place: str) -> Iterator[Part]:
    """Each stream decoded, and the texts of all other objects."""
    from pypdf.generic import StreamObject  # noqa: PLC0415

    texts = []
    numbers = sorted({number for each in reader.xref.values() for number in each} | set(reader.xref_objStm))
    if len(numbers) > _MOST_OBJECTS:
        yield Gap(f"a PDF of more than {_MOST_OBJECTS:,} objects", place)
        return
    for number in numbers:
        where = within(place, f"object {number}")
        one = reader.get_object(number) if number else None
        if isinstance(one, StreamObject) and not _is_pixels(one):
            yield Inside(_data(one), "", where)
        texts += [(text, where) for text in _texts(one)]
    if texts:
        yield joined(texts)


def _is_pixels(stream: object) -> bool:
    """Whether a stream is a picture without metadata of its own."""
    filters = str(stream.get("/Filter"))  # type: ignore[attr-defined]
    return stream.get("/Subtype") == "/Image" and not ("DCT" in filters or "JPX" in filters)  # type: ignore[attr-defined]


def _data(stream: object) -> bytes:
    """Content of a stream; of a picture as it is stored, with its own metadata."""
    if "DCTDecode" in str(stream.get("/Filter")) or "JPXDecode" in str(stream.get("/Filter")):  # type: ignore[attr-defined]
        return bytes(stream._data)  # type: ignore[attr-defined]  # noqa: SLF001  # pypdf decodes such a picture
    return bytes(stream.get_data())  # type: ignore[attr-defined]


def _texts(value: object) -> Iterator[str]:
    """Texts of an object, without those it refers to."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, str):
            yield str(one)
