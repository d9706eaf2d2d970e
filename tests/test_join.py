"""A recording is joined to the stops of a journey of one's own; where it cannot be, that is told with a way on."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from shapely import Polygon

import escape_route as er
from beside import IS_LONG
from documents import content, journey, waypoint
from escape_route.api.journeys import read_as_written
from escape_route.cli import main
from escape_route.formats import geojson, media
from escape_route.model import joining
from escape_route.model.vocabulary import LineIs, Status
from strategies import journeys
from test_media import jpeg, mp3

if TYPE_CHECKING:
    from pathlib import Path

    from escape_route.model.journey import Journey, Waypoint

GPX = """<?xml version="1.0"?><gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>
{}</trkseg></trk></gpx>"""


def walk(*points: tuple[float, float]) -> str:
    return GPX.format("".join(f'<trkpt lat="{lat}" lon="{lon}"/>\n' for lon, lat in points))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three stops a tenth of a degree apart, and a walk from the second to the third."""
    monkeypatch.chdir(tmp_path)
    points = [{"type": "Point", "coordinates": [100 + n / 10, 15]} for n in range(3)]
    stops = [
        waypoint(n, precision="exact", footprint=None) | {"geometry": point}
        for n, point in enumerate(points)
    ]
    (tmp_path / "trip.geojson").write_bytes(content(journey(*stops)))
    (tmp_path / "walk.gpx").write_text(
        walk((100.1005, 15.0), (100.15, 15.02), (100.2005, 15.0)), "utf-8"
    )
    return tmp_path


def refused(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    assert main.main(["import", *command]) == 2
    return capsys.readouterr().err


def test_a_track_is_joined_to_the_stops_that_it_joins(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = er.read_journey("trip.geojson").data
    assert main.main(["import", "walk.gpx", "--into", "trip.geojson"]) == 0
    assert capsys.readouterr().out.startswith('joined: 3 points from w1 "')
    told = er.read_journey(folder / "trip.geojson").data
    (track,) = told.traces
    assert (track.start, track.end, len(track.line)) == ("w1", "w2", 3)
    assert told.waypoints == before.waypoints
    assert [each.id for each in told.sources] == [
        *(each.id for each in before.sources),
        "recording",
    ]


@pytest.mark.parametrize(
    ("told", "recorded", "is_theirs"),
    [
        (("1945-02", "1945-02"), "2019-08-01", False),
        (("1945-02", None), "2019-08-01", False),
        ((None, "2003-09"), "2003-10-01", True),  # their clocks and ours
        (("2003~", "2003~"), "2004-03-01", True),
        ((None, None), "2019-08-01", True),
        (("2019-08-01", "2019-08-02"), "2019-08-01", True),
        (("2019-08-01", "2019-08-02"), "2003-08-01", False),
    ],
)
def test_a_track_of_another_time_is_a_sketch_of_a_way_gone_again(
    folder: Path,
    told: tuple[str | None, ...],
    recorded: str,
    capsys: pytest.CaptureFixture[str],
    *,
    is_theirs: bool,
) -> None:
    document = json.loads((folder / "trip.geojson").read_text("utf-8"))
    for feature, when in zip(document["features"][1:], told, strict=True):
        feature["properties"].pop("when", None)
        feature["properties"] |= {"when": when} if when else {}
    document["features"][0]["properties"].pop("when", None)
    (folder / "trip.geojson").write_text(json.dumps(document), "utf-8")
    text = (
        (folder / "walk.gpx")
        .read_text("utf-8")
        .replace("/>\n", f"><time>{recorded}T10:00:00Z</time></trkpt>\n")
    )
    (folder / "walk.gpx").write_text(text.replace("<trk>", "<trk><name>The dyke</name>"), "utf-8")
    assert main.main(["import", "walk.gpx", "--into", "trip.geojson"]) == 0
    assert ("a way gone again" in capsys.readouterr().out) == (not is_theirs)
    joined = er.read_journey(folder / "trip.geojson").data
    (track,) = joined.traces
    assert track.line_is is LineIs.DRAWN or is_theirs
    assert (track.status is Status.INFERRED) == (not is_theirs)
    title = next(each.title for each in joined.sources if each.id == track.sources[0])
    assert title.startswith("The dyke (walk.gpx), ")
    assert title.endswith("gone again later, a hint of the way") == (not is_theirs)


def test_no_track_ends_at_a_withheld_place(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads((folder / "trip.geojson").read_text("utf-8"))
    document["features"][2]["properties"]["withheld"] = True
    document["features"][2]["geometry"] = None
    (folder / "trip.geojson").write_text(json.dumps(document), "utf-8")
    for command in ((), ("--leg", "w1", "w2")):
        assert "is withheld, and" in refused(capsys, "walk.gpx", "--into", "trip.geojson", *command)


def test_what_a_replaced_file_had_is_told_and_kept(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["import", "trip.geojson", "-o", "trip.xlsx"]) == 0
    assert main.main(["import", "walk.gpx", "--into", "trip.geojson"]) == 0
    had = (folder / "trip.geojson").read_bytes()
    capsys.readouterr()
    for _ in range(2):
        assert main.main(["import", "trip.xlsx", "-o", "trip.geojson", "--force"]) == 0
        said = capsys.readouterr().err
        assert ("tracks that were in it are no longer: w1 to w2 (join each" in said) == (
            had is not None
        )
        assert ('sources that were in it are no longer: "walk.gpx"' in said) == (had is not None)
        assert had in {None, (folder / "trip-before.geojson").read_bytes()}
        had = None


def test_a_leg_that_has_a_track_is_not_given_another(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["import", "walk.gpx", "--into", "trip.geojson"]) == 0
    capsys.readouterr()
    content_before = (folder / "trip.geojson").read_bytes()
    assert "has a track already (take it out first" in refused(
        capsys, "walk.gpx", "--into", "trip.geojson"
    )
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
        (("-o", "x.geojson"), "or copy trip.geojson to x.geojson first and give --into x.geojson"),
    ],
)
def test_what_cannot_be_joined_is_told(
    command: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
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


_DE = {
    "waypoints": [
        ["Ort", "precision", "Rolle", "when", "mode", "within"],
        ["Berlin", "Stadt", "Start", "Januar 1945", None, "Deutschland"],
        ["Stettin", "Stadt", "Halt", "zehn Tage später", "auf dem Pferdeschlitten", "Polen"],
        ["Danzig", "Stadt", "Ankunft", "Ende Februar 1945", "Zug", "Polen"],
    ],
    "journey": [["title_en", "=1+1"], ["summary_en", "x"], ["outcome", "angekommen"]],
    "sources": [["id", "title"], ["Gespräch 1", "Gespräch 2016"]],
    "claims": [["value", "from", "to"], ["etwa hundert Kilometer", "Berlin", "Stettin"]],
    "my own": [["=1+1", "a remark"]],
}


def test_what_was_typed_into_a_workbook_stays_when_a_track_is_joined_to_places_with_a_name_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in _DE.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book["journey"]["B1"].data_type = "s"  # a text, whatever it begins with
    book.save(folder / "reise.xlsx")
    (folder / "weg.gpx").write_text(walk((13.4, 52.52), (14.0, 53.0), (14.55, 53.43)), "utf-8")
    assert main.main(["import", "weg.gpx", "--into", "reise.xlsx"]) == 0, capsys.readouterr().err
    assert 'joined: 3 points from w1 "Berlin" to w2 "Stettin"' in capsys.readouterr().out
    book = openpyxl.load_workbook(folder / "reise.xlsx")
    for name, rows in _DE.items():
        found = [
            [cell.value for cell in line][: len(rows[0])]
            for line in book[name].iter_rows(max_row=len(rows))
        ]
        assert found == rows
    assert [row[0].value for row in book["sources"]] == ["id", "Gespräch 1", "recording"]
    again = read_as_written("reise.xlsx").data
    assert ([each.sources for each in again.claims], len(again.traces)) == ([("s1",)], 1)


@pytest.mark.usefixtures("folder")
def test_import_writes_no_other_format(capsys: pytest.CaptureFixture[str]) -> None:
    assert "import writes .geojson, or .xlsx" in refused(capsys, "trip.geojson", "-o", "trip.kml")


def test_a_track_that_is_far_from_the_stops_it_was_named_for_is_joined_with_a_word(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "back.gpx").write_text(
        walk((100.2005, 15.0), (100.15, 15.02), (100.1005, 15.0)), "utf-8"
    )
    for name, leg, hint in (
        ("walk", ("w0", "w1"), "is this the leg?"),
        ("back", ("w1", "w2"), "the other way round?"),
    ):
        assert main.main(["import", f"{name}.gpx", "--into", "trip.geojson", "--leg", *leg]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[1].startswith("look again: it begins 10.8 km from w")
        assert lines[2].endswith(f"({hint})" if name == "walk" else f"(recorded {hint})")


REEDS = [[100.09, 14.99], [100.11, 14.99], [100.11, 15.01], [100.09, 15.01], [100.09, 14.99]]
LONG = [(100.0 + n * 0.001, 15.0 + 0.0001 * (n % 3)) for n in range(201)]


def with_reeds(folder: Path) -> None:
    """The second stop as a polygon instead of a point."""
    told = json.loads((folder / "trip.geojson").read_text("utf-8"))
    told["features"][1]["geometry"] = {"type": "Polygon", "coordinates": [REEDS]}
    told["features"][1]["properties"]["precision"] = "region"
    told["features"][1]["properties"]["name"] = {"en": "Reeds"}
    (folder / "trip.geojson").write_text(json.dumps(told), "utf-8")


def ends_of(name: str = "trip.geojson") -> list[tuple[str, str, int]]:
    return [(each.start, each.end, len(each.line)) for each in er.read_journey(name).data.traces]


@pytest.mark.parametrize("command", [(), ("--leg", "w0", "w2")])
def test_a_walk_past_several_stops_is_cut_at_each_of_them(
    folder: Path, command: tuple[str, ...]
) -> None:
    (folder / "long.gpx").write_text(walk(*LONG), "utf-8")
    assert main.main(["import", "long.gpx", "--into", "trip.geojson", *command]) == 0
    assert ends_of() == [("w0", "w1", 101), ("w1", "w2", 101)]


def test_a_track_that_ends_anywhere_in_a_polygon_ends_there(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with_reeds(folder)
    far, near = (
        (75, 125),
        (85, 95, 109, 118),
    )  # vertices: before it and past it; beside it, in it, in it, beside it
    for last, ends in (*((each, False) for each in far), *((each, True) for each in near)):
        (folder / "part.gpx").write_text(walk(*LONG[:last]), "utf-8")
        before = (folder / "trip.geojson").read_bytes()
        assert main.main(["import", "part.gpx", "--into", "trip.geojson"]) == (0 if ends else 2)
        assert ends is ("ends 1." not in capsys.readouterr().err)
        (folder / "trip.geojson").write_bytes(before)


def test_how_far_a_track_ends_from_a_set_is_measured_to_its_edge(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with_reeds(folder)
    (folder / "part.gpx").write_text(walk(*LONG[:61]), "utf-8")
    assert main.main(["import", "part.gpx", "--into", "trip.geojson", "--leg", "w0", "w1"]) == 0
    assert (
        "look again: it ends 3.2 km from w1" in capsys.readouterr().out
    )  # 0.03 degrees, and not 0.04 to its middle


def test_the_same_points_are_not_joined_twice(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "long.gpx").write_text(walk(*LONG[100:]), "utf-8")
    assert main.main(["import", "long.gpx", "--into", "trip.geojson"]) == 0
    assert 'to w2 "' in capsys.readouterr().out
    said = refused(capsys, "long.gpx", "--into", "trip.geojson", "--leg", "w0", "w1")
    assert "has these points already (take that track out first" in said
    assert ends_of() == [("w1", "w2", 101)]


def test_two_tracks_are_one_after_the_other(folder: Path) -> None:
    both = walk(*LONG[:95]).replace(
        "</trkseg></trk>", f"</trkseg></trk>{walk(*LONG[95:]).partition('1/1')[2][2:-6]}"
    )
    (folder / "two.gpx").write_text(both, "utf-8")
    assert main.main(["import", "two.gpx", "--into", "trip.geojson", "--leg", "w0", "w2"]) == 0
    assert ends_of() == [("w0", "w1", 101), ("w1", "w2", 101)]


CANAL = {"type": "LineString", "coordinates": [[100.1, 15], [100.15, 15.02], [100.2, 15]]}
FAR = {"type": "Polygon", "coordinates": [[[101, 16], [101.1, 16], [101.1, 16.1], [101, 16]]]}
NEAR = {"type": "Point", "coordinates": [100.15, 15.02]}


def drawn(**shapes: object) -> str:
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": each}
        for name, each in shapes.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.mark.parametrize("beside", [{}, {"far": FAR}, {"near": NEAR}])
def test_a_drawn_line_stays_drawn_and_what_is_left_out_beside_it_is_told(
    folder: Path, beside: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "canal.geojson").write_text(drawn(canal=CANAL, **beside), "utf-8")
    assert (
        main.main(["import", "canal.geojson", "--into", "trip.geojson", "--leg", "w1", "w2"]) == 0
    )
    told = capsys.readouterr()
    assert "(drawn: a hint of the way, and not measured)" in told.out
    assert ("left out" in told.out + told.err) is bool(beside)
    assert all(name in told.out + told.err for name in beside)
    (line,) = er.read_journey("trip.geojson").data.traces
    assert (str(line.line_is), line.line) == ("drawn", tuple(map(tuple, CANAL["coordinates"])))


def test_a_drawn_line_that_leads_by_no_places_of_its_file_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "canal.geojson").write_text(drawn(canal=CANAL, far=FAR, near=NEAR), "utf-8")
    assert "left out, for it leads from no place of the file to the next: canal" in refused(
        capsys, "canal.geojson", "--into", "trip.geojson", "--leg", "w1", "w2"
    )


@pytest.mark.parametrize(
    ("at", "reads"), [((100.1, 15.0), 0), ((100.12, 15.0), 1_075), ((-259.9, 15.0), 0)]
)
def test_how_far_a_point_is_from_a_shape_however_its_longitude_is_counted(
    at: tuple[float, float], reads: float
) -> None:
    stop = replace(
        read_as_written("ro-family").data.waypoints[0],
        geometry=Polygon(REEDS),
        footprints=(),
        within=(),
    )
    away_m = joining.away_m(stop, np.array([at]))
    assert away_m is not None
    assert away_m[0] == pytest.approx(reads, abs=1)


@settings(
    max_examples=40 if IS_LONG else 2, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(one=journeys())
def test_whatever_is_held_comes_back_from_a_workbook_or_is_told(
    one: Journey, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path_factory.mktemp("held")
    held = replace(one, waypoints=tuple(map(embedded, one.waypoints)))
    (folder / "trip.geojson").write_bytes(geojson.to_bytes(held))
    assert main.main(["import", str(folder / "trip.geojson"), "-o", str(folder / "edit.xlsx")]) == 0
    told = "cannot hold" in capsys.readouterr().err
    assert (
        told
        or read_as_written(folder / "edit.xlsx").data
        == read_as_written(folder / "trip.geojson").data
    )


def embedded(stop: Waypoint) -> Waypoint:
    """The same with its picture and its recording in it."""
    image = stop.image and replace(stop.image, file=media.picture(jpeg((40, 30))))
    audio = stop.audio and replace(stop.audio, file=media.sound(mp3(1)))
    return replace(stop, image=image, audio=audio)


def test_a_picture_keeps_the_name_of_its_file_where_a_track_is_joined(folder: Path) -> None:
    checked = {"by": "editor", "when": "2026-11-29"}
    image = {
        "file": "a.jpg",
        "alt": {"en": "A bridge"},
        "credit": "Nobody",
        "media_checked": checked,
    }
    told = json.loads((folder / "trip.geojson").read_text("utf-8"))
    told["features"][1]["properties"]["image"] = image
    (folder / "trip.geojson").write_text(json.dumps(told), "utf-8")
    (folder / "a.jpg").write_bytes(jpeg((40, 30)))
    assert main.main(["import", "walk.gpx", "--into", "trip.geojson"]) == 0
    again = json.loads((folder / "trip.geojson").read_text("utf-8"))
    assert again["features"][1]["properties"]["image"] == image
    assert main.main(["import", "trip.geojson", "-o", "trip.xlsx"]) == 0
    assert (folder / "trip-w1.jpg").exists()
    assert (
        er.read_journey("trip.xlsx").data.waypoints
        == er.read_journey("trip.geojson").data.waypoints
    )
