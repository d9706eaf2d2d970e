"""Which format a file is in: by its first bytes where these tell, else by its ending."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from escape_route.errors import JourneyFileError, Problem
from escape_route.formats import FORMATS, format_of

if TYPE_CHECKING:
    from pathlib import PurePath

    from escape_route.formats import Format

_LOOKED_AT = 4096
_TABLE = "save it as .xlsx or .csv in the program that made it"
_TYPE = "type its places in travel order into a table: escape-route new"
_SHAPES = "save it as GeoPackage or GeoJSON, in QGIS for example"
_GPX = "export it as GPX in the program that made it"
_UNPACK = "unpack it, and give the file in it"
#: How the bytes of a file begin that is named here and not read, and what to do.
_BEGINNINGS = (
    (re.compile(rb"\x1f\x8b"), "a gzip archive", _UNPACK),
    (re.compile(rb"\x28\xb5\x2f\xfd|BZh|\xfd7zXZ|7z\xbc\xaf|Rar!"), "an archive", _UNPACK),
    (re.compile(rb"\x00\x00\x27\x0a"), "a shapefile", _SHAPES),
    (re.compile(rb".{8}\.FIT", re.DOTALL), "a FIT file of a sports watch", _GPX),
    (re.compile(rb"A[A-Z0-9]{3}[^\n]{0,80}\r?\n(?s:.){0,2000}HF?DTE", re.IGNORECASE), "an IGC file of a glider", _GPX),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "an Office file of before 2007", _TABLE),
    (re.compile(rb"%PDF"), "a PDF file", _TYPE),
    (re.compile(rb"\{\\rtf"), "a document", _TYPE),
    (re.compile(rb"ID3|fLaC|OggS|RIFF.{4}WAVE", re.DOTALL), "a recording", _TYPE),
    (re.compile(rb"\$G[PNLA]", re.DOTALL), "what a receiver writes (NMEA)", _GPX),
    (
        re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF.{4}WEBP|.{4}ftyp", re.DOTALL),
        "a picture or film",
        "of photographs that know their places: escape-route import --photos FOLDER",
    ),
)
#: Root elements of XML that is named here and not read.
_ROOTS = {
    "TrainingCenterDatabase": ("a TCX file of a sports watch", _GPX),
    "TEI": ("a TEI edition", _TYPE),
    "osm": ("an OpenStreetMap extract", "export the way as GPX or GeoJSON, from overpass-turbo for example"),
    "html": ("a web page", "save the data, not the page"),
    "FeatureCollection": ("GML", _SHAPES),
    "svg": ("a drawing", _TYPE),
}
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*\?>\s*|<!--(?s:.*?)-->\s*|<!DOCTYPE[^>]*>\s*)*<(?:\w+:)?(\w+)")
_SIGNED = ((b"SQLite format 3\x00", "gpkg"), (b"PAR1", "parquet"))
_SAVED_OTHERWISE = {
    **dict.fromkeys((".xls", ".xlsb", ".ods", ".fods", ".numbers"), _TABLE),
    **dict.fromkeys((".doc", ".docx", ".odt", ".pages", ".pdf", ".rtf"), _TYPE),
    **dict.fromkeys((".shx", ".dbf", ".prj", ".cpg", ".gml", ".fgb", ".gdb"), _SHAPES),
}


def recognise(content: bytes, path: PurePath) -> Format:
    """Format of a file by its bytes, and by the ending of its name where these do not decide.

    Raises
    ------
    JourneyFileError
        Where it is a file of a kind that is known and not read, or of none that is known: it says what to do.
    """
    head = content[:_LOOKED_AT]
    for pattern, kind, fix in () if path.suffix.lower() in _SAVED_OTHERWISE else _BEGINNINGS:
        if pattern.match(head):
            raise _refusal(path, f"{kind}, which is not read here", fix)
    name = _format_by(head, content, path)
    if name is not None:
        return FORMATS[name]
    if path.suffix.lower() in _SAVED_OTHERWISE:
        raise _refusal(path, f"{path.suffix} files are not read", _SAVED_OTHERWISE[path.suffix.lower()])
    return format_of(path) if _is_known(path) else _by_text(head, path)


def _format_by(head: bytes, content: bytes, path: PurePath) -> str | None:
    """Name of the format that the first bytes speak for; None where they do not."""
    signed = next((name for mark, name in _SIGNED if head.startswith(mark)), None)
    if signed is not None:
        return signed
    if head.startswith(b"PK\x03\x04"):
        return _in_zip(content, path)
    root = _ROOT.match(head)
    if root is not None and not _is_typed(path):
        return _by_root(root[1].decode(), path)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") and not _is_typed(path):
        return "linked_places" if format_of(path).name == "linked_places" else "geojson"
    return None


def _in_zip(content: bytes, path: PurePath) -> str | None:
    """What a zip archive is: KMZ and XLSX are archives, and a zipped file is to be unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name.lower() for name in archive.namelist()]
    except BROKEN_ZIP:
        return format_of(path).name if path.suffix.lower() in {".kmz", ".xlsx", ".xlsm"} else None
    if "xl/workbook.xml" in names:
        return "xlsx"
    if any(name.endswith(".kml") for name in names):
        return "kmz"
    if path.suffix.lower() in {".kmz", ".xlsx", ".xlsm", *_SAVED_OTHERWISE}:
        return None
    kind = "a zipped shapefile" if any(name.endswith(".shp") for name in names) else "a zip archive"
    fix = _SHAPES if "shapefile" in kind else _UNPACK
    raise _refusal(path, f"{kind}, which is not read here", fix)


def _by_root(root: str, path: PurePath) -> str | None:
    if root in _ROOTS:
        kind, fix = _ROOTS[root]
        raise _refusal(path, f"{kind}, which is not read here", fix)
    return {"gpx": "gpx", "kml": "kml"}.get(root)


def _by_text(head: bytes, path: PurePath) -> Format:
    """CSV where a file of an unknown ending is lines of text with separators; else nothing that is known."""
    lines = head.decode("utf-8", "replace").splitlines()
    if "\N{REPLACEMENT CHARACTER}" not in head.decode("utf-8", "replace") and lines and re.search(r"[,;\t]", lines[0]):
        return FORMATS["csv"]
    formats = ", ".join(each.title for each in FORMATS.values() if each.reads)
    raise _refusal(path, "not a file of a kind that is read here", f"save it as one of {formats}; or {_TYPE}")


def _is_known(path: PurePath) -> bool:
    return any(path.name.lower().endswith(suffix) for each in FORMATS.values() for suffix in each.suffixes)


def _is_typed(path: PurePath) -> bool:
    """Whether the ending is that of a table, in whose first cell anything may stand."""
    return _is_known(path) and format_of(path).typed


def _refusal(path: PurePath, message: str, fix: str) -> JourneyFileError:
    return JourneyFileError(str(path), (Problem("", message, fix),))


BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    OSError,
)
