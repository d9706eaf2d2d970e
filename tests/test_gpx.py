"""GPX, both ways: our own files come back equal, others with honest defaults, and gpxpy and GDAL read what we write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gpxpy
import pyogrio
import pytest

import escape_route as er
from beside import SHARED, SHIPPED
from escape_route.errors import JourneyFileError
from escape_route.formats.tracks import gpx
from escape_route.model.published import Published

if TYPE_CHECKING:
    from pathlib import Path

    from escape_route.model import journey as model

FOLDER = SHARED / "conformance" / "gpx"
FILES = sorted(path.name for path in FOLDER.glob("*.gpx")) if FOLDER.is_dir() else ["-"]
#: Files without a position in them.
EMPTY = {"custom_schema_locations.gpx", "default_schema_locations.gpx", "unicode2.gpx"}


def file(*elements: str, head: str = "") -> bytes:
    return f'<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">{head}{"".join(elements)}</gpx>'.encode()


def wpt(lon: object, lat: object, inside: str = "", name: str = "wpt") -> str:
    return f'<{name} lat="{lat}" lon="{lon}">{inside}</{name}>'


def trk(*segments: list[tuple[float, float]], name: str = "A") -> str:
    points = ["".join(wpt(lon, lat, name="trkpt") for lon, lat in segment) for segment in segments]
    return f"<trk><name>{name}</name>{''.join(f'<trkseg>{each}</trkseg>' for each in points)}</trk>"


def names(journey: model.Journey) -> list[str]:
    return [waypoint.name["en"] for waypoint in journey.waypoints]


def test_gdal_opens_what_is_written(tmp_path: Path) -> None:
    path = tmp_path / "x.gpx"
    path.write_bytes(gpx.write(Published(er.read_journey("ro-family").data)).content)
    frame = pyogrio.read_dataframe(path, layer="waypoints")
    assert frame["name"][0] == "Changbai (Paektu) mountain, Chinese side"
    assert [(point.x, point.y) for point in frame.geometry][:2] == [(128, 42), (112, 34)]


@pytest.mark.parametrize("name", SHIPPED)
def test_the_same_journey_makes_the_same_bytes(name: str) -> None:
    one = er.read_journey(name).data
    assert gpx.write(Published(one)) == gpx.write(Published(one))


@pytest.mark.parametrize("name", FILES)
def test_each_file_of_the_suite_is_read_or_refused_in_words(name: str, shared: Path) -> None:
    content = (shared / "conformance/gpx" / name).read_bytes()
    if name in EMPTY:
        with pytest.raises(JourneyFileError, match="no place and no track"):
            gpx.read(content, name)
    else:
        assert gpx.read(content, name).journey.waypoints


@pytest.mark.parametrize("name", [name for name in FILES if name not in EMPTY])
def test_tracks_are_read_as_gpxpy_reads_them(name: str, shared: Path) -> None:
    content = (shared / "conformance/gpx" / name).read_bytes()
    journey = gpx.read(content, name).journey
    lines = [trace.line for trace in journey.traces]
    theirs = {(p.longitude, p.latitude) for p in gpxpy.parse(content).walk(only_points=True)}
    assert all(
        position in theirs for line in lines for position in line[1:-1]
    )  # an end may be where a track was cut
    ours = {position for line in lines for position in line} | {
        waypoint.label for waypoint in journey.waypoints
    }
    assert len(theirs - ours) <= len(lines)  # a place near an end stands for it


def test_a_bare_track_gives_a_start_and_an_end() -> None:
    journey = gpx.read(file(trk([(10, 50), (10.1, 50)])), "a/My walk.gpx").journey
    assert names(journey) == ["Start of A", "End of A"]
    assert [trace.line for trace in journey.traces] == [((10, 50), (10.1, 50))]
    assert (journey.id, journey.title) == (
        "My-walk",
        {"en": "A journey"},
    )  # a file's name is no title to publish


def test_times_of_the_ends_are_kept_to_the_second() -> None:
    points = [
        wpt(10 + n / 10, 50, f"<time>1969-12-31T23:59:5{n}.7Z</time>", "trkpt") for n in range(3)
    ]
    loaded = gpx.read(file(f"<trk><trkseg>{''.join(points)}</trkseg></trk>"), "x.gpx")
    assert [each.when for each in loaded.journey.waypoints] == [
        "1969-12-31T23:59:50Z",
        "1969-12-31T23:59:52Z",
    ]
    assert (
        "not kept, for a journey has no place for it: times of points between the ends of a track (1)"
        in loaded.warnings
    )


def test_a_date_before_the_year_1_is_kept() -> None:
    (one,) = gpx.read(
        file(wpt(1, 2, "<time>-0044-03-15T10:00:00Z</time>")), "x.gpx"
    ).journey.waypoints
    assert one.when == "-0044-03-15T10:00:00Z"


def test_a_short_break_is_joined_and_said() -> None:
    loaded = gpx.read(file(trk([(10, 50), (10.1, 50)], [(10.1005, 50), (10.2, 50)])), "x.gpx")
    assert len(loaded.journey.traces) == 1
    assert "line 1: <trk>: 1 breaks of at most 100 m in the recording are joined" in loaded.warnings


def test_a_long_break_is_kept_and_said_why() -> None:
    loaded = gpx.read(file(trk([(10, 50), (10.1, 50)], [(10.2, 50), (10.3, 50)])), "x.gpx")
    assert names(loaded.journey) == ["Start of A", "End of A", "Start of A", "End of A"]
    assert [(trace.start, trace.end) for trace in loaded.journey.traces] == [
        ("w1", "w2"),
        ("w3", "w4"),
    ]
    assert any("the way between was not recorded" in warning for warning in loaded.warnings)


def test_a_track_that_begins_where_the_last_ended_shares_its_stop() -> None:
    journey = gpx.read(
        file(trk([(10, 50), (10.1, 50)]), trk([(10.1, 50), (10.1, 50.1)], name="B")), "x.gpx"
    ).journey
    assert names(journey) == ["Start of A", "End of A", "End of B"]
    assert [trace.end for trace in journey.traces] == ["w2", "w3"]


def test_a_track_is_cut_where_it_passes_a_waypoint() -> None:
    content = file(wpt(10.05, 50.001, "<name>Inn</name>"), trk([(10, 50), (10.1, 50)]))
    journey = gpx.read(content, "x.gpx").journey
    assert names(journey) == ["Start of A", "Inn", "End of A"]
    assert [trace.line for trace in journey.traces] == [
        ((10, 50), (10.05, 50)),
        ((10.05, 50), (10.1, 50)),
    ]


def test_a_waypoint_at_the_end_of_a_track_is_its_end() -> None:
    content = file(wpt(10.1, 50, "<name>Home</name>"), trk([(10, 50), (10.1, 50)]))
    assert names(gpx.read(content, "x.gpx").journey) == ["Start of A", "Home"]


def test_a_waypoint_far_from_the_track_is_left_out_by_name() -> None:
    loaded = gpx.read(file(wpt(11, 50, "<name>Far</name>"), trk([(10, 50), (10.1, 50)])), "x.gpx")
    assert names(loaded.journey) == ["Start of A", "End of A"]
    reason = "no track passes within a kilometre, so their place in the journey is not known"
    assert f"left out, for {reason}: Far" in loaded.warnings


def test_a_track_over_the_antimeridian_is_cut_at_a_waypoint_there() -> None:
    content = file(wpt(180, 0, "<name>Line</name>"), trk([(179.9, 0), (-179.9, 0)]))
    journey = gpx.read(content, "x.gpx").journey
    assert names(journey) == ["Start of A", "Line", "End of A"]
    assert abs(journey.traces[0].line[-1][0]) == 180


def test_a_track_to_the_pole_is_read() -> None:
    journey = gpx.read(
        file(wpt(55, 90, "<name>Pole</name>"), trk([(0, 89.9), (0, 90)])), "x.gpx"
    ).journey
    assert names(journey) == ["Start of A", "Pole"]


def test_a_route_gives_the_order_and_other_waypoints_are_left_out_by_name() -> None:
    route = (
        f"<rte>{wpt(1, 1, '<name>R1</name>', 'rtept')}{wpt(2, 2, '<name>R2</name>', 'rtept')}</rte>"
    )
    loaded = gpx.read(file(wpt(9, 9, "<name>Other</name>"), route), "x.gpx")
    assert names(loaded.journey) == ["R1", "R2"]
    assert any(warning.endswith("not known: Other") for warning in loaded.warnings)


def test_what_the_file_does_not_say_gets_a_default_and_a_warning() -> None:
    loaded = gpx.read(file(wpt(1, 2)), "x.gpx")
    (one,) = loaded.journey.waypoints
    assert (one.precision, one.status, one.sensitivity, one.sources) == (
        "exact",
        "single",
        None,
        ("file",),
    )
    assert loaded.journey.outcome == "unknown"
    assert (
        loaded.warnings[-1]
        == "no sensitivity is declared: what is published of it is generalised to 0.1 degree"
    )
    assert loaded.warnings[-2].endswith("taken as 1 exact point, told once, by the file itself")


def test_what_is_not_kept_is_counted() -> None:
    loaded = gpx.read(
        file(wpt(1, 2, "<ele>3</ele><sym>Flag</sym>"), wpt(1, 2, "<ele>4</ele>")), "x.gpx"
    )
    assert loaded.warnings[:2] == (
        "not kept, for a journey has no place for it: elevations (2)",
        "not kept, for a journey has no place for it: symbols (1)",
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", r"x\.gpx: not XML \(the file is empty\)"),
        (b"<gpx", "line 1, column 5: not XML: "),
        (b"<kml/>", "the root is <kml>, not <gpx>"),
        (b'<?xml version="1.0" encoding="x-none"?><gpx/>', 'the encoding "x-none" is not known'),
        (b"<gpx>\xff</gpx>", "byte 5 is not UTF-8"),
        (file(wpt(118, 91)), r"line 1: <wpt>: latitude 91 is outside -90\.\.90"),
        (
            file(wpt(18, 118)),
            r"latitude 118 is outside -90\.\.90 \(longitude and latitude swapped\?\)",
        ),
        (file(wpt("nan", 1)), "nan, 1 is not a position"),
        (file("<wpt/>"), "no place and no track"),
        (file(wpt(200, 1)), r"longitude 200 is outside -180\.\.180"),
        (file(trk([])), "no place and no track of two positions"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(content: bytes, message: str) -> None:
    with pytest.raises(JourneyFileError, match=message):
        gpx.read(content, "x.gpx")


BOMB = (
    '<!DOCTYPE gpx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><gpx><wpt lat="1" lon="&b;"/></gpx>'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_document_type_is_refused_in_every_encoding(encoding: str) -> None:
    with pytest.raises(JourneyFileError, match="line 1: a document type: none is read"):
        gpx.read(BOMB.encode(encoding), "x.gpx")


def test_a_document_type_behind_comments_is_refused() -> None:
    with pytest.raises(JourneyFileError, match="line 3: a document type"):
        gpx.read(f'<?xml version="1.0"?>\n<!-- a -->\n{BOMB}'.encode(), "x.gpx")


def test_a_hundred_problems_are_told_and_the_rest_counted() -> None:
    with pytest.raises(JourneyFileError, match="and 50 more like these") as caught:
        gpx.read(file(*[wpt(1, 91)] * 150), "x.gpx")
    assert len(caught.value.problems) == 101


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_and_windows_line_ends_are_read(mark: bytes) -> None:
    content = mark + file("\n", wpt(1, 2, "<name>Ő</name>\n<desc>a\nb</desc>")).replace(
        b"\n", b"\r\n"
    )
    (one,) = gpx.read(content, "x.gpx").journey.waypoints
    assert (one.name["en"], one.narration["en"][0].text) == ("Ő", "a\nb")


def test_a_waypoint_that_another_program_added_to_ours_is_told() -> None:
    written = gpx.write(Published(er.read_journey("lee-so-yeon").data)).content
    loaded = gpx.read(
        written.replace(b"</gpx>", wpt(1, 2, "<name>New</name>").encode() + b"</gpx>"), "x.gpx"
    )
    assert loaded.journey.waypoints[-1].status == "inferred"
    assert loaded.warnings == ("added by another program, taken as exact and as inferred: 1 place",)


def test_a_fault_in_our_own_members_is_told_at_its_line() -> None:
    written = gpx.write(Published(er.read_journey("lee-so-yeon").data)).content.replace(
        b">crossing<", b">crosing<"
    )
    with pytest.raises(
        JourneyFileError, match=r'line \d+: <er:waypoint>: role: "crosing" is not known here'
    ):
        gpx.read(written, "x.gpx")


def test_a_file_of_more_places_than_any_journey_has_is_refused() -> None:
    many = '<wpt lat="1" lon="2"/>' * 20_001
    content = f'<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1">{many}</gpx>'.encode()
    with pytest.raises(
        JourneyFileError, match=r"20,001 places and parts of tracks, more than 20,000 \(is this a"
    ):
        gpx.read(content, "x.gpx")
