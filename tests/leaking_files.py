"""Files of every kind that hold one text or one position, and metadata that give somebody away."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import sqlite3
import struct
from base64 import b64encode
from contextlib import closing
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, FloatObject, NameObject

from leaking import sexagesimal, wkb

if TYPE_CHECKING:
    from collections.abc import Mapping

SPOT = (128.04567, 42.01234)
TEXT = "They met at 42.01234, 128.04567 behind the mill."


def archive(members: Mapping[str, bytes | str]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as written:
        for name, content in members.items():
            written.writestr(name, content)
    return buffer.getvalue()


def workbook(rows: list[list[str | float]]) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Waypoints"
    for row in rows:
        book.active.append(row)
    book.properties.creator = "escape-route"
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def geopackage(*, deleted: bool = False) -> bytes:
    """SQLite with a table of places, the geometry in a GeoPackage blob; or with the row deleted again."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE places (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT)")
        blob = b"GP\x00\x01" + struct.pack("<i", 4326) + wkb(*SPOT)
        database.executemany(
            "INSERT INTO places (geom, name) VALUES (?, ?)", [(None, "A"), (blob, "B")]
        )
        database.commit()
        if deleted:
            database.execute("PRAGMA secure_delete = OFF")
            database.execute("DELETE FROM places")
            database.commit()
        return database.serialize()


def pdf(*, text: str = "", fields: Mapping[str, str] | None = None, attached: bytes = b"") -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(width=300, height=200)
    named = {"Type": "Font", "Subtype": "Type1", "BaseFont": "Courier"}
    font = DictionaryObject(
        {NameObject(f"/{name}"): NameObject(f"/{value}") for name, value in named.items()}
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    drawn = DecodedStreamObject()
    drawn.set_data(f"BT /F1 9 Tf 10 100 Td ({text}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(drawn.flate_encode())  # noqa: SLF001  # no public way
    page[NameObject("/UserUnit")] = FloatObject(1)
    writer.add_metadata(
        {f"/{name}": value for name, value in (fields or {"Producer": "escape-route"}).items()}
    )
    if attached:
        writer.add_attachment("a.geojson", attached)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def picture(kind: str = "PNG", **options: object) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (8, 8), "gray").save(buffer, kind, **options)  # type: ignore[arg-type]  # whatever the kind takes
    return buffer.getvalue()


def chunked(name: str, text: str, *, packed: bool = False) -> bytes:
    """PNG with a text chunk."""
    chunks = PngImagePlugin.PngInfo()
    chunks.add_text(name, text, zip=packed)
    return picture(pnginfo=chunks)


def located(kind: str) -> bytes:
    """Picture with a position in its EXIF."""
    exif = Image.Exif()
    lat, lon = sexagesimal(SPOT[1], 2), sexagesimal(SPOT[0], 2)
    exif[0x0131] = "escape-route"  # without a field of its own Pillow writes none at all
    exif.get_ifd(0x8825).update(
        {1: "N", 2: tuple(map(float, lat)), 3: "E", 4: tuple(map(float, lon))}
    )
    return picture(kind, exif=exif)


def described(kind: str, number: int, text: str) -> bytes:
    """Picture with one EXIF field."""
    exif = Image.Exif()
    exif[number] = text
    return picture(kind, exif=exif)


def notebook(output: Mapping[str, object]) -> bytes:
    cell = {"cell_type": "code", "metadata": {}, "source": ["1"], "execution_count": 1}
    shown = {"output_type": "display_data", "metadata": {}, "data": output}
    return json.dumps(
        {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell | {"outputs": [shown]}]}
    ).encode()


FILES: dict[str, tuple[str, bytes, str]] = {
    "a page": ("a.html", f"<p>one</p>\n<p>{TEXT}</p>".encode(), "line 2, column 16"),
    "a page, in an attribute": (
        "a.html",
        b'<p\n data-at="42.01234,128.04567">',
        "line 2, column 11",
    ),
    "GeoJSON": (
        "a.geojson",
        json.dumps({"features": [{"geometry": {"coordinates": list(SPOT)}}]}).encode(),
        "(features[0].geometry.coordinates[0])",
    ),
    "CSV": ("a.csv", b"name,lat,lon\nA,42.05,128.05\nB,42.01234,128.04567\n", "line 3, column 3"),
    "CSV with semicolons": (
        "a.csv",
        b"name;lat;lon\r\nB;42,01234;128,04567\r\n",
        "line 2, column 3",
    ),
    "CSV in UTF-16": (
        "a.csv",
        "name\tlat\tlon\nB\t42.01234\t128.04567\n".encode("utf-16"),
        "line 2, column 3",
    ),
    "a workbook": (
        "a.xlsx",
        workbook([["name", "lat", "lon"], ["B", 42.01234, 128.04567]]),
        "sheet Waypoints, cell B2",
    ),
    "a workbook's text": ("a.xlsx", workbook([["note"], [TEXT]]), "sheet Waypoints, cell A2"),
    "GPX": ("a.gpx", b'<gpx><wpt lat="42.01234"\n lon="128.04567"/></gpx>', "line 1, column 16"),
    "KML": (
        "a.kml",
        b"<kml><coordinates>128.04567,42.01234</coordinates></kml>",
        "line 1, column 19",
    ),
    "KMZ": (
        "a.kmz",
        archive({"doc.kml": "<coordinates>128.04567,42.01234</coordinates>"}),
        "member doc.kml, line 1",
    ),
    "GeoPackage": ("a.gpkg", geopackage(), "table places, row 2, column geom"),
    "GeoPackage, deleted": ("a.gpkg", geopackage(deleted=True), "byte "),
    "SVG": (
        "a.svg",
        b"<svg><text>42\xc2\xb000\xe2\x80\xb244.4\xe2\x80\xb3N</text></svg>",
        "line 1, column 12",
    ),
    "SVG with a picture": (
        "a.svg",
        b'<svg><image href="data:image/png;base64,'
        + b64encode(chunked("Comment", TEXT))
        + b'"/></svg>',
        "base64 block, metadata Comment",
    ),
    "PDF": ("a.pdf", pdf(text=TEXT), "page 1"),
    "PDF, a field": ("a.pdf", pdf(fields={"Subject": TEXT}), "metadata Subject"),
    "PDF, an attachment": ("a.pdf", pdf(attached=TEXT.encode()), "object "),
    "a notebook": (
        "a.ipynb",
        notebook({"text/plain": ["one", TEXT]}),
        "(cells[0].outputs[0].data.text/plain[1])",
    ),
    "a notebook's picture": (
        "a.ipynb",
        notebook({"image/png": b64encode(chunked("Comment", TEXT, packed=True)).decode() + "\n"}),
        "base64 block, metadata Comment",
    ),
    "PNG": ("a.png", chunked("Comment", TEXT), "metadata Comment"),
    "PNG, compressed": ("a.png", chunked("Description", TEXT, packed=True), "metadata Description"),
    "PNG, EXIF": ("a.png", located("PNG"), "metadata GPS"),
    "JPEG, EXIF": ("a.jpg", located("JPEG"), "metadata GPS"),
    "WebP, EXIF": ("a.webp", located("WEBP"), "metadata GPS"),
    "TIFF, a description": ("a.tif", described("TIFF", 0x010E, TEXT), "metadata ImageDescription"),
    "JPEG, a description": ("a.jpg", described("JPEG", 0x010E, TEXT), "metadata ImageDescription"),
    "JPEG, a comment": ("a.jpg", picture("JPEG", comment=TEXT.encode()), "metadata comment"),
    "JPEG, XMP": (
        "a.jpg",
        picture("JPEG", xmp=f"<x:xmpmeta>{TEXT}</x:xmpmeta>".encode()),
        "metadata xmp",
    ),
    "a ZIP": ("a.zip", archive({"x/a.txt": TEXT}), "member x/a.txt, line 1, column 13"),
    "a ZIP in a ZIP": (
        "a.zip",
        archive({"b.zip": archive({"a.txt": TEXT})}),
        "member b.zip, member a.txt, line 1",
    ),
    "a ZIP behind a picture": (
        "a.png",
        picture() + archive({"a.txt": TEXT}),
        "member a.txt, line 1",
    ),
    "gzip": ("a.gz", gzip.compress(TEXT.encode()), "decompressed, line 1"),
    "bzip2": ("a.bz2", bz2.compress(TEXT.encode()), "decompressed, line 1"),
    "xz": ("a.xz", lzma.compress(TEXT.encode()), "decompressed, line 1"),
    "UTF-16 amid bytes": ("a.bin", b"\xff\xfe\xff" + TEXT.encode("utf-16-le"), "byte 3"),
    "doubles": ("a.bin", b"\xff\x80" + struct.pack(">dd", *SPOT), "byte 2"),
    "whole numbers": ("a.bin", b"\xff\x80" + struct.pack("<ii", 420123400, 1280456700), "byte 2"),
}
