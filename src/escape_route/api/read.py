"""Where journeys are read from: a file in any format that is read, or the ones that the package ships."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from escape_route import progress
from escape_route.api.journeys import Journey
from escape_route.errors import EscapeRouteError
from escape_route.formats import format_of, reader
from escape_route.formats.recognise import recognise
from escape_route.geography import base
from escape_route.model import locate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def shipped_journeys() -> tuple[str, ...]:
    """Names of the journeys that the package ships, the first to be read first.

    Examples
    --------
    >>> shipped_journeys()
    ('ro-family', 'lee-so-yeon', 'lee-son')
    """
    names = {path.stem for path in base.geo_folder().glob("*.geojson")}
    return tuple(sorted(names, key=lambda name: (name != "ro-family", name != "lee-so-yeon", name)))


@progress.in_notebook()
def read_journey(source: str | Path) -> Journey:
    """Read a journey.

    Parameters
    ----------
    source
        Path of a GeoJSON file, or the name of a shipped journey such as ``ro-family``.

    Returns
    -------
    Journey

    Raises
    ------
    JourneyFileError
        With everything that is wrong with the file.
    EscapeRouteError
        Where there is no such file.

    Examples
    --------
    >>> read_journey("lee-son").outcome
    'captured_and_returned'
    """
    journey = read_as_written(source)
    path = journey.path or Path(source)
    return Journey(journey.data, path, (*journey.warnings, *_to_look_up(journey, path)), as_read=journey.as_read)


def read_journeys(sources: Sequence[str | Path]) -> list[Journey]:
    """Read several journeys, as `read_journey` reads one."""
    return [read_journey(source) for source in progress.each(sources, "reading journeys")]


def read_as_written(source: str | Path) -> Journey:
    """Read a journey as `read_journey` does, for whoever looks its places up: those without one are not told of."""
    path = _path_of(source)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise EscapeRouteError(f"{source}: cannot read: {error.strerror}") from error
    loaded = reader(recognise(content, Path(source))).read(content, str(source))
    warnings = tuple(f"{path}: {each}" for each in loaded.warnings)
    return Journey(loaded.journey, path, warnings, as_read=loaded)


def _to_look_up(journey: Journey, path: Path) -> Iterator[str]:
    """Line that says how many rows of a spreadsheet have a name and no place, which nobody would see otherwise."""
    if not format_of(path).typed:
        return
    count = len(locate.to_look_up(journey.data))
    if count:
        rows = "1 row has" if count == 1 else f"{count} rows have"
        way = shlex.join(["escape-route", "import", str(path), "-o", str(path.with_suffix(".geojson"))])
        yield f"{path}: {rows} a name and no coordinates (look them up: {way})"


def _path_of(source: str | Path) -> Path:
    path = Path(source)
    if path.is_file():
        return path
    if str(source) in shipped_journeys():
        return base.geo_folder() / f"{source}.geojson"
    if path.is_dir():
        raise EscapeRouteError(f"{source or '(no name)'}: a folder, not a GeoJSON file")
    if not path.exists():
        shipped = ", ".join(shipped_journeys())
        raise EscapeRouteError(f"{source}: no such file, and not a shipped journey ({shipped})")
    return path
