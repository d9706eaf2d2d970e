"""A journey as KMZ: a zip file with one KML file in it. Nothing else of the archive is read."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

from escape_route.errors import JourneyFileError, refusal
from escape_route.formats import Loaded, Written, recognise
from escape_route.formats.tracks import kml
from escape_route.model.published import Published

#: What the KML file may come to when it is unpacked: a small archive can hold one of any size.
MOST_BYTES = 80_000_000  # some 25 bytes of memory a byte: it stays below 2 GB
_NAME = "doc.kml"
_MOST_NAMED = 20
_OLDEST = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # a zip file must have a date, and the same journey makes the same bytes


def read(content: bytes, source: str) -> Loaded:
    """Read the KML file in an archive; raises JourneyFileError."""
    try:
        name, unpacked, others = _unpacked(content, source)
    except recognise.BROKEN_ZIP as error:
        message = f"not a zip archive that can be read: {error or type(error).__name__}"
        raise refusal(source, message, "is this a KML file? name it .kml") from None
    remark = (
        f"of this archive {name} is read, and not {', '.join(others)} (give each as a file of its own)",
    )
    try:
        loaded = kml.read(unpacked, source)
        return replace(loaded, warnings=(*loaded.warnings, *(remark if others else ())))
    except JourneyFileError as error:
        problems = tuple(
            replace(problem, place=f"{name}, {problem.place}".rstrip(", "))
            for problem in error.problems
        )
        raise JourneyFileError(source, problems) from None


def _unpacked(content: bytes, source: str) -> tuple[str, bytes, list[str]]:
    """Name and bytes of the main file, the first KML file at the root of the archive, else the first; and the others.

    Names that a Mac adds beside each file are none of these.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [
            member for member in archive.infolist() if member.filename.lower().endswith(".kml")
        ]
        if not names:
            raise refusal(source, "no KML file in this archive", "a file doc.kml in it")
        entry = next((name for name in names if "/" not in name.filename), names[0])
        with archive.open(entry) as file:
            unpacked = file.read(MOST_BYTES + 1)
    if len(unpacked) > MOST_BYTES:
        message = f"more than {MOST_BYTES // 1_000_000} MB when unpacked"
        raise refusal(source, message, "unpack it, and make the file smaller", place=entry.filename)
    others = [
        name.filename
        for name in names
        if name is not entry and not name.filename.startswith("__MACOSX/")
    ]
    return entry.filename, unpacked, others[:_MOST_NAMED]


def write(published: Published) -> Written:
    """Write a journey; nothing is lost."""
    written = kml.write(published)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo(_NAME, _OLDEST)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        archive.writestr(entry, written.content)
    return Written(packed.getvalue(), written.lost)
