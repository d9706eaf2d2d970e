"""Public test files, and those that the readers' own libraries ship: each is read, or refused with a way on."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from beside import SHARED
from escape_route.errors import JourneyFileError
from escape_route.formats import reader
from escape_route.formats.recognise import recognise

FOLDER = SHARED / "conformance"
LIBRARIES = ("pyogrio", "geopandas", "pyarrow", "openpyxl", "gpxpy", "fastkml", "shapely")
ENDINGS = (".geojson", ".gpkg", ".gpx", ".kml", ".kmz", ".parquet", ".xlsx")
#: What valid GeoJSON is refused for.
VALID_AND_NO_JOURNEY = {
    "features[0]: coordinates[0][0][0]: latitude -107.2090145 is outside -90..90",
    "no place and no track in this GeoJSON file",
    "features[0]: the point is 0, 0, which programs write where no position is known",
}


def public() -> list[Path]:
    files = (path for path in FOLDER.rglob("*") if path.is_file())
    return sorted(
        path for path in files if path.name != "index.json" and "cli-output" not in path.name
    )


def shipped() -> list[Path]:
    """Files of the libraries that are installed here."""
    homes = [spec.origin for name in LIBRARIES if (spec := find_spec(name)) and spec.origin]
    files = (
        path
        for home in homes
        for path in Path(home).parent.rglob("*")
        if path.suffix.lower() in ENDINGS
    )
    return sorted(path for path in files if path.is_file())


def refusal(path: Path) -> JourneyFileError | None:
    content = path.read_bytes()
    try:
        reader(recognise(content, path)).read(content, path.name)
    except JourneyFileError as error:
        return error
    return None


@pytest.mark.usefixtures("shared")
def test_every_public_test_file_is_read_or_refused_with_a_place_or_a_way_on() -> None:
    files = public()
    assert len(files) == 197
    refused = {path: error for path in files if (error := refusal(path))}
    without = {
        (path.name, each.message)
        for path, error in refused.items()
        for each in error.problems
        if not each.fix
    }
    assert without == set()
    valid = [error for path, error in refused.items() if path.parent.name == "good"]
    assert {
        str(error).partition(": ")[2].partition(" (")[0] for error in valid
    } == VALID_AND_NO_JOURNEY
    assert all(each.fix for error in valid for each in error.problems)


def test_every_file_that_a_library_ships_is_read_or_refused_with_a_way_on() -> None:
    files = shipped()
    assert files
    refused = [error for path in files if (error := refusal(path))]
    assert [str(error) for error in refused for each in error.problems if not each.fix] == []


def test_a_file_that_holds_nothing_of_a_journey_is_told_what_to_give() -> None:
    empty = json.dumps({"type": "FeatureCollection", "features": []}).encode()
    with pytest.raises(
        JourneyFileError,
        match=r"no place and no track .* \(give the file that has the points or lines",
    ):
        reader(recognise(empty, Path("a.geojson"))).read(empty, "a.geojson")
