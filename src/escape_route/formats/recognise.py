"""Which format a file is in: by its first bytes where these tell, else by its ending."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePath

from escape_route import packaged
from escape_route.errors import refusal
from escape_route.formats import FORMATS, Format, format_of

_LOOKED_AT = 4096
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*\?>\s*|<!--(?s:.*?)-->\s*|<!DOCTYPE[^>]*>\s*)*<(?:\w+:)?(\w+)"
)
#: Two lines of text with separators, of which none is of JSON.
_TABLE = re.compile(
    rb"(?:\xef\xbb\xbf)?[^\s{}\[\]:<>\x00-\x08][^\n{}\[\]:<>]*[,;\t][^\n{}\[\]:<>]*\r?\n[^\n]*[,;\t]"
)
_SIGNED = ((b"SQLite format 3\x00", "gpkg"), (b"PAR1", "parquet"))
_NOT_READ = packaged.table("formats/not_read.toml")
_FIXES: Mapping[str, str] = _NOT_READ["fixes"]
_SAVED_OTHERWISE = {
    ending: _FIXES[fix] for fix, endings in _NOT_READ["endings"].items() for ending in endings
}


def not_read(by: str) -> dict[str, tuple[str, str]]:
    """Kinds of files that are known and not read, by their ``bytes``, ``roots`` or ``members``; each with its fix."""
    return {key: (kind, _FIXES.get(fix, fix)) for key, (kind, fix) in _NOT_READ[by].items()}


def kept_out(kind: str) -> dict[str, str]:
    """Elements of a format that a journey has no place for, each in the words of a warning."""
    return {
        name: what for what, names in _NOT_READ["kept_out"][kind].items() for name in names.split()
    }


_BEGINNINGS = [(re.compile(pattern.encode()), *said) for pattern, said in not_read("bytes").items()]
_ROOTS = not_read("roots")


def recognise(content: bytes, path: PurePath) -> Format:
    """Format of a file by its bytes, and by the ending of its name where these do not decide.

    Raises JourneyFileError where it is a file of a kind that is known and not read, or of none that
    is known: it says what to do.
    """
    head = content[:_LOOKED_AT]
    if path.suffix.lower() == ".txt" and _is_known(
        path.with_suffix("")
    ):  # a browser saved it as walk.geojson.txt
        path = path.with_suffix("")
    for pattern, kind, fix in () if path.suffix.lower() in _SAVED_OTHERWISE else _BEGINNINGS:
        if pattern.match(head):
            raise refusal(str(path), f"{kind}, which is not read here", fix)
    name = _format_by(head, content, path)
    if name is not None:
        return FORMATS[name]
    if path.suffix.lower() in _SAVED_OTHERWISE:
        raise refusal(
            str(path), f"{path.suffix} files are not read", _SAVED_OTHERWISE[path.suffix.lower()]
        )
    is_table = (
        _is_known(path) and format_of(path).name == "geojson" and _TABLE.match(head) is not None
    )
    return format_of(path) if _is_known(path) and not is_table else _by_text(head, path)


def _format_by(head: bytes, content: bytes, path: PurePath) -> str | None:
    signed = next((name for mark, name in _SIGNED if head.startswith(mark)), None)
    if signed is not None:
        return signed
    if head.startswith(b"PK\x03\x04"):
        return _in_zip(content, path)
    root = _ROOT.match(head)
    if root is not None and not _is_typed(path):
        return _by_root(root[1].decode(), path)
    if head.lstrip(b"\xef\xbb\xbf\x1e \t\r\n")[:1] in (b"{", b"[") and not _is_typed(path):
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
    fix = _FIXES["shapes" if "shapefile" in kind else "unpack"]
    raise refusal(str(path), f"{kind}, which is not read here", fix)


def _by_root(root: str, path: PurePath) -> str | None:
    if root in _ROOTS:
        kind, fix = _ROOTS[root]
        raise refusal(str(path), f"{kind}, which is not read here", fix)
    return {"gpx": "gpx", "kml": "kml"}.get(root)


def _by_text(head: bytes, path: PurePath) -> Format:
    """CSV where a file of an unknown ending is lines of text with separators; else nothing that is known."""
    lines = head.decode("utf-8", "replace").splitlines()
    if (
        "\N{REPLACEMENT CHARACTER}" not in head.decode("utf-8", "replace")
        and lines
        and re.search(r"[,;\t]", lines[0])
    ):
        return FORMATS["csv"]
    formats = ", ".join(form.title for form in FORMATS.values() if form.reads)
    raise refusal(
        str(path),
        "not a file of a kind that is read here",
        f"save it as one of {formats}; or {_FIXES['type']}",
    )


def _is_known(path: PurePath) -> bool:
    return any(
        path.name.lower().endswith(suffix) for form in FORMATS.values() for suffix in form.suffixes
    )


def _is_typed(path: PurePath) -> bool:
    """Whether the ending is that of a table, in whose first cell anything may stand."""
    return _is_known(path) and format_of(path).typed


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
