"""A recording is joined to the stops of a journey of one's own; where it cannot be, that is told with a way on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

import escape_route as er
from documents import content, journey, waypoint
from escape_route.cli import main

if TYPE_CHECKING:
    from pathlib import Path

GPX = """<?xml version="1.0"?><gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>
{}</trkseg></trk></gpx>"""


def walk(*points: tuple[float, float]) -> str:
    return GPX.format("".join(f'<trkpt lat="{lat}" lon="{lon}"/>\n' for lon, lat in points))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three stops a tenth of a degree apart, and a walk from the second to the third."""
    monkeypatch.chdir(tmp_path)
    points = [{"type": "Point", "coordinates": [100 + n / 10, 15]} for n in range(3)]
    stops = [waypoint(n, precision="exact", footprint=None) | {"geometry": point} for n, point in enumerate(points)]
    (tmp_path / "trip.geojson").write_bytes(content(journey(*stops)))
    (tmp_path / "walk.gpx").write_text(walk((100.1005, 15.0), (100.15, 15.02), (100.2005, 15.0)), "utf-8")
    return tmp_path


def refused(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    assert main.main(["import", *command]) == 2
    return capsys.readouterr().err


def test_a_track_is_joined_to_the_stops_that_it_joins(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = er.read_journey("trip.geojson").data
    assert main.main(["import", "walk.gpx", "--into", "trip.geojson"]) == 0
    assert capsys.readouterr().out.startswith('joined: 3 points from w1 "')
    told = er.read_journey(folder / "trip.geojson").data
    (track,) = told.traces
    assert (track.start, track.end, len(track.line)) == ("w1", "w2", 3)
    assert told.waypoints == before.waypoints
    assert [each.id for each in told.sources] == [*(each.id for each in before.sources), "recording"]


def test_a_leg_that_has_a_track_is_not_given_another(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["import", "walk.gpx", "--into", "trip.geojson"]) == 0
    capsys.readouterr()
    content_before = (folder / "trip.geojson").read_bytes()
    assert "has a track already (take it out first" in refused(capsys, "walk.gpx", "--into", "trip.geojson")
    assert (folder / "trip.geojson").read_bytes() == content_before


@pytest.mark.usefixtures("folder")
def test_a_track_that_joins_none_is_told_how_far_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    far = er.read_journey("trip.geojson").path.with_name("far.gpx")  # type: ignore[union-attr]
    far.write_text(walk((100.0, 15.0), (100.2, 15.0)), "utf-8")
    said = refused(capsys, "far.gpx", "--into", "trip.geojson")
    assert "joins no two neighbouring stops: it begins 0.0 km from w0" in said
    assert "name them: --leg FROM TO" in said
    assert main.main(["import", "far.gpx", "--into", "trip.geojson", "--leg", "w0", "w1"]) == 0


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("--leg", "w0", "w2"), "does not follow w0"),
        (("--leg", "w0", "nowhere"), '--leg: no stop is called "nowhere" (w0'),
        (("-o", "x.geojson"), "--into: writes to that file; leave out -o"),
    ],
)
def test_what_cannot_be_joined_is_told(command: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said in refused(capsys, "walk.gpx", "--into", "trip.geojson", *command)


@pytest.mark.usefixtures("folder")
def test_a_leg_goes_with_into(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--leg: goes with --into" in refused(capsys, "walk.gpx", "--leg", "w0", "w1")


def test_a_track_is_joined_to_a_workbook_whose_first_sheet_says_that_it_is_held(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["import", "trip.geojson", "-o", "trip.xlsx"]) == 0
    before = (folder / "trip.xlsx").read_bytes()
    long_way = [(100.1005 + n * 0.0001, 15.0 + 0.00001 * (n % 7)) for n in range(1000)]
    (folder / "long.gpx").write_text(walk(*long_way), "utf-8")
    assert main.main(["import", "long.gpx", "--into", "trip.xlsx"]) == 0
    assert "joined: 1,000 points from w1" in capsys.readouterr().out
    assert (folder / "trip-before.xlsx").read_bytes() == before
    told = er.read_journey("trip.xlsx")
    assert (told.warnings, len(told.data.traces[0].line)) == ((), 1000)
    book = openpyxl.load_workbook(folder / "trip.xlsx")
    assert (book.sheetnames[0], book["held"]["A1"].value) == ("held", "Held: not for passing on")


def test_a_workbook_is_edited_and_checked_without_a_word_of_publishing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["import", "trip.geojson", "-o", "trip.xlsx"]) == 0
    book = openpyxl.load_workbook(folder / "trip.xlsx")
    headers = [cell.value for cell in book["waypoints"][1]]
    book["waypoints"].cell(3, headers.index("name_en") + 1).value = "Another name"
    book.save(folder / "trip.xlsx")
    capsys.readouterr()
    assert main.main(["import", "trip.xlsx", "-o", "again.geojson"]) == 0
    assert capsys.readouterr().err == ""
    assert er.read_journey("again.geojson").data.waypoints[1].name["en"] == "Another name"


def test_a_workbook_with_more_than_is_read_is_not_written_anew(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["import", "trip.geojson", "-o", "trip.xlsx"]) == 0
    book = openpyxl.load_workbook(folder / "trip.xlsx")
    book.create_sheet("my own")
    book.save(folder / "trip.xlsx")
    said = refused(capsys, "walk.gpx", "--into", "trip.xlsx")
    assert "sheet my own: not known here, and not read" in said
    assert "would be lost (escape-route import trip.xlsx -o trip.geojson, and join into that)" in said


@pytest.mark.usefixtures("folder")
def test_import_writes_no_other_format(capsys: pytest.CaptureFixture[str]) -> None:
    assert "import writes .geojson, or .xlsx" in refused(capsys, "trip.geojson", "-o", "trip.kml")


def test_a_track_that_is_far_from_the_stops_it_was_named_for_is_joined_with_a_word(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "back.gpx").write_text(walk((100.2005, 15.0), (100.15, 15.02), (100.1005, 15.0)), "utf-8")
    for name, leg, hint in (("walk", ("w0", "w1"), "is this the leg?"), ("back", ("w1", "w2"), "the other way round?")):
        assert main.main(["import", f"{name}.gpx", "--into", "trip.geojson", "--leg", *leg]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[1].startswith("look again: it begins 10.8 km from w")
        assert lines[2].endswith(f"({hint})" if name == "walk" else f"(recorded {hint})")
