"""What a reader must do with any bytes: give a journey that our own format can hold, or refuse in words."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from beside import SHARED
from escape_route.errors import JourneyFileError
from escape_route.formats import FORMATS, format_of, reader, writer
from escape_route.formats.recognise import recognise
from escape_route.model.published import Published

HERE = Path(__file__).resolve().parent
#: Small files of every format, ours and others'; what once made a reader fail is in `crashed`.
SEEDS = sorted(
    path for folder in ("corpus", "crashed") for path in (HERE / folder).iterdir() if path.is_file()
)
READ = [each.name for each in FORMATS.values() if each.reads]


def attempt(name: str, content: bytes) -> bool:
    """Read bytes as a format; whether they are a journey, which is then written and read back the same."""
    module = reader(FORMATS[name])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            loaded = module.read(content, "x")
    except JourneyFileError as error:
        refusal = error
    else:
        refusal = None
    if refusal is not None:
        assert refusal.problems  # it says why
        assert len(str(refusal)) < 1_000_000  # and can be read
        return False
    written = writer(FORMATS["geojson"]).write(Published(loaded.journey))
    assert (
        reader(FORMATS["geojson"]).read(written.content, "x").journey.waypoints
    )  # held by our own
    return True


def seeds_of(name: str) -> list[Path]:
    """Seeds of a format."""
    return [path for path in SEEDS if format_of(path).name == name]


def seeds_beside(name: str) -> list[Path]:
    """Seeds of a format in the folder beside the project: files that once failed, and other projects' test suites."""
    folders = [SHARED / "cases", SHARED / "conformance"]
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    return [path for path in files if _format_of(path) == name]


def _format_of(path: Path) -> str | None:
    """Name of the format of a file by its content; None where it is one that is named and not read."""
    try:
        return recognise(path.read_bytes(), path).name
    except JourneyFileError:
        return None
