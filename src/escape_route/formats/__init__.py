"""One file a format, both ways. This table says which there are; a format's module is loaded when it is first used.

Each module has ``read(content, source) -> Loaded`` and ``write(published) -> Written``, or one of
the two: see `Reader` and `Writer`. What a format cannot hold is told in `Written.lost`, never
dropped in silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import PurePath
from types import ModuleType
from typing import Protocol, cast

from escape_route.errors import UsageError, way_to
from escape_route.model.journey import Journey
from escape_route.model.published import Published


@dataclass(frozen=True, slots=True)
class Format:
    """A format that journeys are kept in; `suffixes` are in small letters, the first is the one that is written.

    `module` is the name of its module here, where that is not the format's own.
    `typed` says that people fill it in by hand, a row a place.
    `extra` names the optional dependencies that it needs.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    reads: bool = True
    module: str = ""
    typed: bool = False
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file held: the journey, and what should be known of the file, each a line that stops nothing.

    `document` is the file as parsed, with whatever else stands in it, where its format is the
    program's own, and `digest` tells whether the file is still the one that was read. `media` are
    pictures and films that a place was told with, by the place's name and their address: none was
    fetched. `radii_m` are radii in metres that were told of places without a point, `cells` where
    places stand in a table, or what they were made of, and `seasons` the words of dates that
    another half of the Earth would make others, by the places' ids.
    """

    journey: Journey
    warnings: tuple[str, ...] = ()
    document: Mapping[str, object] | None = None
    digest: bytes = b""
    media: tuple[tuple[str, str], ...] = ()
    radii_m: Mapping[str, float] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    seasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """The bytes of a file, and what the format could not hold of the journey, a line each."""

    content: bytes
    lost: tuple[str, ...] = ()


class Reader(Protocol):
    """A module that reads a format."""

    def read(self, content: bytes, source: str) -> Loaded:
        """Read a journey; raises JourneyFileError with every problem of the file."""


class Writer(Protocol):
    """A module that writes a format."""

    def write(self, published: Published) -> Written:
        """Write what is published of a journey: the same bytes for the same journey."""


FORMATS = {
    file_format.name: file_format
    for file_format in (
        Format("geojson", "GeoJSON (RFC 7946)", (".geojson", ".json", ".umap"), module="any_json"),
        Format("gpx", "GPX 1.1", (".gpx",), module="tracks.gpx"),
        Format("kml", "KML 2.2", (".kml",), module="tracks.kml"),
        Format("kmz", "KMZ, zipped KML", (".kmz",), module="tracks.kmz"),
        Format("csv", "CSV", (".csv", ".tsv", ".txt"), module="tables.csv", typed=True),
        Format("xlsx", "XLSX (Excel)", (".xlsx", ".xlsm"), module="tables.xlsx", typed=True),
        Format("gpkg", "GeoPackage", (".gpkg",), extra="geo"),
        Format("parquet", "GeoParquet", (".parquet", ".geoparquet"), extra="geo"),
        Format("linked_places", "Linked Places (LPF)", (".lpf.json", ".lpf.geojson", ".lpf")),
        Format("annotations", "W3C Web Annotations", (".jsonld",), reads=False),
    )
}


def format_of(path: PurePath) -> Format:
    """Format that a file's name says it is in; GeoJSON where the ending is nobody's.

    >>> from pathlib import Path
    >>> format_of(Path("a/b.GeoJSON")).name
    'geojson'
    >>> format_of(Path("a/b.lpf.json")).name
    'linked_places'
    """
    name = path.name.lower()
    endings = [
        (len(suffix), form)
        for form in FORMATS.values()
        for suffix in form.suffixes
        if name.endswith(suffix)
    ]
    return max(endings, key=lambda pair: pair[0], default=(0, FORMATS["geojson"]))[1]


def format_named(name: str) -> Format:
    """Format of a name; raises UsageError where there is none."""
    if name not in FORMATS:
        raise UsageError(f"{name}: not a format; one of {', '.join(FORMATS)}")
    return FORMATS[name]


def reader(wanted: Format) -> Reader:
    """Module that reads a format; raises UsageError where it is only written."""
    if not wanted.reads:
        raise UsageError(
            f"{wanted.title} is written here and not read (give the file that it was written from)"
        )
    return cast("Reader", _module(wanted))


def writer(wanted: Format) -> Writer:
    """Module that writes a format."""
    return cast("Writer", _module(wanted))


def data_sets() -> ModuleType:
    """Module of data sets of many journeys, `dataset`; raises UsageError where its extra is not installed."""
    return _module(Format("dataset", "a data set of journeys", (), extra="geo"))


def embedder() -> ModuleType:
    """Module of pictures and recordings beside a journey's file, `media`."""
    return _module(Format("media", "a picture or a recording", ()))


def _module(wanted: Format) -> ModuleType:
    try:
        return import_module(f"escape_route.formats.{wanted.module or wanted.name}")
    except ModuleNotFoundError as error:
        if not wanted.extra:
            raise
        message = (
            f"{wanted.title} needs {error.name}, which is not installed: {way_to(wanted.extra)}"
        )
        raise UsageError(message) from error
