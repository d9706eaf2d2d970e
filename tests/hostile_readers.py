"""What a stranger sends to each reader so that it takes all time or memory: packed, repeated, nested, counted wrong."""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
from typing import TYPE_CHECKING

from hostile import VIENNA, document, geopackage, place, written

if TYPE_CHECKING:
    from collections.abc import Callable

_GPX = '<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">{}</gpx>'
_TRACK_POINT = '<trkpt lat="{lat:.6f}" lon="{lon:.6f}"/>'
_KML = "<kml><Document>{}</Document></kml>"
_SHEET = (
    "<worksheet "
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def _zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def _workbook(sheet: bytes, shared: bytes = b"") -> bytes:
    """A workbook of one sheet as bare as programs read it."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    of_package = "http://schemas.openxmlformats.org/package/2006"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    parts = {
        "workbook": "sheet.main",
        "worksheets/sheet1": "worksheet",
        "sharedStrings": "sharedStrings",
    }
    types = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{kinds}{kind}+xml"/>'
        for part, kind in parts.items()
    )
    rels = '<Relationships xmlns="{}/relationships">{}</Relationships>'
    link = '<Relationship Id="r{}" Type="{}/{}" Target="{}"/>'
    members = {
        "[Content_Types].xml": f'<Types xmlns="{of_package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": rels.format(
            of_package, link.format(1, office, "officeDocument", "xl/workbook.xml")
        ),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": rels.format(
            of_package,
            link.format(1, office, "worksheet", "worksheets/sheet1.xml")
            + link.format(2, office, "sharedStrings", "sharedStrings.xml"),
        ),
    }
    strings = shared or f'<sst xmlns="{main}"></sst>'.encode()
    texts = {name: text.encode() for name, text in members.items()}
    return _zipped({**texts, "xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": strings})


def _row(number: int, *cells: str) -> str:
    told = "".join(f'<c t="inlineStr"><is><t>{each}</t></is></c>' for each in cells)
    return f'<row r="{number}">{told}</row>'


def _far_cell() -> bytes:
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row>'
    return _workbook(
        _SHEET.format(
            _row(1, "name", "latitude", "longitude") + _row(2, "A", "48.2", "16.4") + far
        ).encode()
    )


def _many_rows(count: int) -> bytes:
    rows = "".join(_row(n, f"P{n}", f"{n % 80}.5", f"{n % 170}.5") for n in range(2, count))
    return _workbook(_SHEET.format(_row(1, "name", "latitude", "longitude") + rows).encode())


def _entities(root: str) -> bytes:
    """Ten entities of ten of the next: a text of ten thousand million letters."""
    told = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">{told}]>{root.format("&e9;")}'.encode()


def _points(count: int, form: str) -> str:
    return "".join(form.format(lat=48 + n / count, lon=16 + n / count, n=n) for n in range(count))


def _sequence(count: int) -> bytes:
    """A journey's features as a text sequence (RFC 8142), a record each."""
    records = [json.dumps(place(n)) for n in range(count)]
    return "".join(f"\x1e{each}\n" for each in records).encode()


def _wrong_count() -> bytes:
    """A GeoPackage whose point says that it is a line of two thousand million."""
    point, line = (
        struct.pack("<BIdd", 1, 1, *VIENNA),
        struct.pack("<BII", 1, 2, 2_000_000_000) + bytes(12),
    )
    return geopackage().replace(point, line)


def _table(header: list[str], rows: str) -> bytes:
    return f"{','.join(header)}\n{rows}".encode()


def _deep(count: int) -> bytes:
    told = json.dumps(document())
    return f'{told[:-1]}, "x": {"[" * count}{"]" * count}}}'.encode()


#: As in `hostile.FILES`: by kind, the name of the file and what it holds.
FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "xlsx: a cell at the far end": ("x.xlsx", _far_cell),
    "xlsx: 200,000 rows": ("x.xlsx", lambda: _many_rows(200_000)),
    "xlsx: a sheet of a gigabyte": (
        "x.xlsx",
        lambda: _workbook(_SHEET.format(" " * 1_000_000_000).encode()),
    ),
    "xlsx: strings of a gigabyte": (
        "x.xlsx",
        lambda: _workbook(_SHEET.format("").encode(), b" " * 1_000_000_000),
    ),
    "xlsx: entities of entities": ("x.xlsx", lambda: _workbook(_entities(_SHEET))),
    "kmz: a document of a gigabyte": ("x.kmz", lambda: _zipped({"doc.kml": b" " * 1_000_000_000})),
    "kmz: a hundred thousand members": (
        "x.kmz",
        lambda: _zipped({f"{n}.kml": b"<kml/>" for n in range(100_000)}),
    ),
    "kmz: out of its folder": (
        "x.kmz",
        lambda: _zipped({"../../doc.kml": _KML.format("").encode()}),
    ),
    "kml: entities of entities": ("x.kml", lambda: _entities(_KML)),
    "kml: 100,000 places": (
        "x.kml",
        lambda: _KML.format(
            _points(
                100_000,
                "<Placemark><name>{n}</name><Point><coordinates>{lon},{lat}</coordinates></Point></Placemark>",
            )
        ).encode(),
    ),
    "gpx: entities of entities": ("x.gpx", lambda: _entities(_GPX)),
    "gpx: a track of a million points": (
        "x.gpx",
        lambda: _GPX.format(
            f"<trk><trkseg>{_points(1_000_000, _TRACK_POINT)}</trkseg></trk>"
        ).encode(),
    ),
    "gpx: 100,000 tracks of a point": (
        "x.gpx",
        lambda: _GPX.format(
            _points(100_000, f"<trk><trkseg>{_TRACK_POINT}</trkseg></trk>")
        ).encode(),
    ),
    "gpkg: a count that is not": ("x.gpkg", _wrong_count),
    "gpkg: a trigger": (
        "x.gpkg",
        lambda: geopackage(
            "CREATE TRIGGER t AFTER INSERT ON journey BEGIN DELETE FROM journey; END",
            "CREATE TABLE big (b)",
            "INSERT INTO big VALUES (zeroblob(100000000))",
        ),
    ),
    "csv: 100,000 columns": (
        "x.csv",
        lambda: _table([f"c{n}" for n in range(100_000)], "," * 99_999),
    ),
    "csv: 300,000 rows": (
        "x.csv",
        lambda: _table(["name", "lat", "lon"], _points(300_000, "P{n},{lat:.5f},{lon:.5f}\n")),
    ),
    "csv: a quote without end": ("x.csv", lambda: b'name,lat,lon\n"' + b"a\n" * 30_000_000),
    "csv: packed as itself": ("x.csv", lambda: gzip.compress(b"a" * 100_000_000)),
    "geojson: lists in lists": ("x.geojson", lambda: _deep(1_000_000)),
    "geojson: a number of a million digits": (
        "x.geojson",
        lambda: written().replace(b"100", b"1" * 1_000_000, 1),
    ),
    "geojson: a hundred thousand features": (
        "x.geojson",
        lambda: written(*(place(n) for n in range(100_000)), claims=[]),
    ),
    "geojson: a sequence of 100,000": ("x.geojson", lambda: _sequence(100_000)),
    "geojson: one line of 190 MB": (
        "x.geojson",
        lambda: b'{"type": "' + b"a" * 190_000_000 + b'"}',
    ),
    "photograph's timeline of a million": (
        "x.json",
        lambda: json.dumps(
            {
                "locations": [
                    {"latitudeE7": 482_000_000 + n, "longitudeE7": 164_000_000}
                    for n in range(1_000_000)
                ]
            }
        ).encode(),
    ),
}
