"""Lines that were recorded and lines that were drawn, gaps, and vertices that no receiver was at: verdicts.md, 4."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from documents import content, leg, waypoint
from documents import journey as document
from escape_route.distance import report
from escape_route.distance.settings import Settings
from escape_route.formats import Loaded, format_of, reader
from escape_route.geography import geodesic
from escape_route.language.digits import MEASURED, PUBLISHED
from escape_route.language.phrases import Phrases
from escape_route.language.view import ReportView
from escape_route.lint import lint
from escape_route.model import lines, read
from escape_route.model.lines import track_of
from escape_route.model.modes import Mode
from escape_route.model.vocabulary import LineIs
from making import by, journey, track

if TYPE_CHECKING:
    from collections.abc import Callable

    from escape_route.geography.geodesic import LonLat

CASES = ("03-zero-in-track.gpx", "04-drawn-line.kml", "04b-drawn-line-beside.kml")
FEW = Settings(draws=500)


def load(name: str, content: bytes) -> Loaded:
    return reader(format_of(Path(name))).read(content, name)


def northward(count: int, step_deg: float = 0.001) -> list[LonLat]:
    """Vertices 111 m apart, or as far as `step_deg` says."""
    return [(16.0, 48.0 + step_deg * number) for number in range(count)]


@pytest.mark.parametrize(
    ("step_m", "line_is"), [(10, "recorded"), (990, "recorded"), (1_010, "drawn"), (9e5, "drawn")]
)
def test_a_line_was_recorded_where_its_vertices_lie_close(step_m: float, line_is: str) -> None:
    line = [(0.0, step_m * number / 111_195) for number in range(9)]
    assert lines.what_it_is(line) == line_is


def test_a_gap_is_longer_than_a_kilometre_and_than_twenty_steps() -> None:
    for step_m, gap_m, is_gap in (
        (10, 990, False),
        (10, 1_010, True),
        (100, 1_990, False),
        (100, 2_010, True),
    ):
        steps = np.array([step_m] * 9 + [gap_m] + [step_m] * 9, dtype=float)
        assert lines.gaps(steps).tolist() == [False] * 9 + [is_gap] + [False] * 9


def test_nobody_was_at_zero_zero_wherever_it_stands() -> None:
    for at in (0, 5, 10):
        line = northward(10)
        line.insert(at, (0.0, 0.0))
        assert np.flatnonzero(lines.faults(line)).tolist() == [at]


def test_a_vertex_far_off_the_way_is_a_fault_and_one_along_it_is_not() -> None:
    """The median is 111 m: 50 of them are 5.6 km."""
    for off_deg, is_fault in ((0.04, False), (0.06, True)):
        line = northward(21)
        line[10] = (line[10][0], line[10][1] + off_deg)
        assert lines.faults(line).any() == is_fault
    far_ahead = [
        *northward(10),
        (16.0, 49.0),
        *((16.0, 50.0 + 0.001 * number) for number in range(10)),
    ]
    assert not lines.faults(far_ahead).any()


def test_a_vertex_that_no_mode_could_reach_in_its_time_is_a_fault() -> None:
    """50 km away: in an hour both ways it was a ride, in ten seconds none."""
    line = [(16.0, 48.0), (16.01, 48.0), (16.7, 48.0), (16.02, 48.0), (16.03, 48.0)]
    for taken_h, is_fault in ((1.0, False), (10 / 3600, True)):
        hours = np.array([0, 0.5, 0.5 + taken_h, 0.5 + 2 * taken_h, 9], dtype=float)
        assert lines.faults(line, hours).tolist() == [False, False, is_fault, False, False]


def test_a_receiver_that_stands_still_has_no_faults() -> None:
    rng = np.random.default_rng(3)
    line = [(16 + float(x), 48 + float(y)) for x, y in rng.normal(0, 1e-5, (500, 2))]
    line[100] = (16.003, 48.0)
    assert not lines.faults(line).any()


@pytest.fixture
def case(shared: Path) -> Callable[[str], Loaded]:
    return lambda name: load(name, (shared / "cases" / name).read_bytes())


def test_a_zero_in_a_track_is_told_with_place_and_time_and_left_out(
    case: Callable[[str], Loaded],
) -> None:
    loaded = case(CASES[0])
    assert any("[0, 0] at 2015-09-02T07:59:50Z" in each for each in loaded.warnings)
    way = report.gather(loaded.journey, FEW).scopes[0].plausible
    assert way is not None
    assert way.high95_m < 300_000


@pytest.mark.parametrize("name", CASES[1:])
def test_a_drawn_line_keeps_the_places_and_how_winding_its_mode_is(
    case: Callable[[str], Loaded], name: str
) -> None:
    loaded = case(name)
    assert [each.name["en"] for each in loaded.journey.waypoints] == ["Kabul", "Herat", "Mashhad"]
    assert [each.line_is for each in loaded.journey.traces] == [LineIs.DRAWN] * 2
    assert any("taken as drawn and not recorded" in each for each in loaded.warnings)
    found = report.gather(loaded.journey, FEW)
    assert [each.sketched for each in found.legs] == [True, True]
    way = found.scopes[0].plausible
    assert way is not None
    assert way.high95_m > 1.5 * way.low95_m > 958_000


POINTS = '<trkpt lat="{1}" lon="{0}"></trkpt>'


def gpx(line: list[LonLat], kind: str = "", name: str = "Walk") -> Loaded:
    points = "".join(POINTS.format(*each) for each in line)
    told = f"<type>{kind}</type>" if kind else ""
    text = f'<gpx version="1.1"><trk><name>{name}</name>{told}<trkseg>{points}</trkseg></trk></gpx>'
    return load("walk.gpx", text.encode())


def test_what_the_file_calls_a_line_counts_for_more_than_its_vertices() -> None:
    line = northward(30)
    line[10] = (0.0, 0.0)
    (found,) = gpx(line).journey.traces
    assert len(found.line) == 29
    (kept,) = gpx(line, "recorded").journey.traces
    assert len(kept.line) == 30
    for kind, name in (("plan", "Walk"), ("", "Planned route")):
        (drawn,) = gpx(northward(30), kind, name).journey.traces
        assert drawn.line_is is LineIs.DRAWN


def test_a_gap_splits_a_recording_and_keeps_the_prior() -> None:
    found = gpx([*northward(20), *((16.5, 48.0 + 0.001 * number) for number in range(20))])
    assert len(found.journey.waypoints) == 4
    assert [each.traced for each in report.gather(found.journey, FEW).legs] == [True, False, True]
    assert any("1 gaps in the recording" in each for each in found.warnings)


def test_every_format_takes_a_sketch_for_one() -> None:
    line = [[69.2, 34.6], [62.3, 34.4], [59.5, 36.2]]
    features = [
        {
            "type": "Feature",
            "properties": {},
            "geometry": {"type": "LineString", "coordinates": line},
        }
    ]
    points = [(69.17, 34.53), (62.2, 34.35), (59.6, 36.3)]
    features += [
        {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": {"type": "Point", "coordinates": list(at)},
        }
        for name, at in zip("KHM", points, strict=True)
    ]
    plain = load(
        "way.geojson", json.dumps({"type": "FeatureCollection", "features": features}).encode()
    )
    assert [each.line_is for each in plain.journey.traces] == [LineIs.DRAWN] * 2
    assert len(plain.journey.waypoints) == 3


def walk(positions: list[LonLat], **properties: object) -> dict:
    told = leg(**{"line": None} | properties)
    told["geometry"]["coordinates"] = [list(each) for each in positions]
    return document(waypoint(0), waypoint(1), waypoint(2), told)


def test_a_leg_of_our_own_format_is_taken_by_its_vertices_or_by_its_word() -> None:
    for step_deg, word, line_is in (
        (0.001, None, "recorded"),
        (0.1, None, "drawn"),
        (0.1, "recorded", "recorded"),
    ):
        (trace,) = read.read(json.dumps(walk(northward(20, step_deg), line=word)).encode()).traces
        assert (trace.line_is, trace.line_told) == (line_is, word is not None)


def test_a_fault_in_a_leg_of_our_own_is_told_by_lint_and_not_measured() -> None:
    line = northward(20)
    line[10] = (0.0, 0.0)
    told = read.read(json.dumps(walk(line)).encode())
    (found,) = [each for each in lint(told) if each.rule.name == "receiver-fault"]
    assert "no place of this way" in found.problem.message
    (first, _) = report.gather(told, FEW).legs
    assert first.length_m == pytest.approx(19 * 111.2, rel=0.01)
    assert len(first.left_out) == 1
    kept = read.read(json.dumps(walk(line, line="recorded")).encode())
    assert report.gather(kept, FEW).legs[0].length_m > 1e7


def test_gaps_of_a_track_wind_and_the_rest_is_measured() -> None:
    line = (*northward(20), *((17.0, 48.0 + 0.001 * number) for number in range(20)))
    way = track(0, *line)
    told = journey({"label": line[0]}, {"label": line[-1], **by(Mode.FOOT)}, traces=(way,))
    found = track_of(way)
    assert found.gaps_m == pytest.approx(geodesic.geodesic_m(line[19], line[20]))
    drawn = report.gather(told, FEW).scopes[0]
    recorded_m = geodesic.line_length_m(line) - found.gaps_m
    assert drawn.plausible.low95_m > recorded_m + found.gaps_m
    assert drawn.plausible.high95_m > recorded_m + 1.3 * found.gaps_m
    kept = journey({"label": line[0]}, {"label": line[-1]}, traces=(replace(way, line_told=True),))
    assert report.gather(kept, FEW).scopes[0].plausible.high95_m == pytest.approx(
        geodesic.line_length_m(line)
    )


@pytest.mark.parametrize("language", ["en", "ko", "de", "ar"])
def test_a_sketch_is_labelled_in_every_language(language: str) -> None:
    way = replace(track(0, (100.5, 13.75), (101.5, 16.0), (102.6, 17.97)), line_is=LineIs.DRAWN)
    told = journey(
        {"label": (100.5, 13.75)}, {"label": (102.6, 17.97), **by(Mode.ROAD)}, traces=(way,)
    )
    (shown,) = ReportView.of(report.gather(told, FEW)).legs
    words = Phrases(language)
    assert words.word("page.sketched") in words.remark(shown)
    assert words.word("page.sketched") in words.how_told(shown)


def test_a_track_is_said_as_it_was_measured_and_not_rounded_as_a_guess() -> None:
    steps = [[100 + n * 0.001, 15] for n in range(104)]  # 11.07 km
    one = document(waypoint(0), waypoint(1), waypoint(2), leg())
    one["features"][-1]["geometry"]["coordinates"] = steps
    told = report.gather(read.read(content(one), "walk"), FEW)
    for digits, said in ((MEASURED, told.legs[0].length_m / 1000), (PUBLISHED, 11)):  # type: ignore[operator]
        view = ReportView.of(told, digits).legs[0]
        assert view.plausible_km is not None
        assert view.plausible_km.rising == pytest.approx([said] * 5)
        assert (Phrases("en").ends(view.plausible_km), Phrases("en").length(view)) == (
            Phrases("en").number(said),
            f"{Phrases('en').number(said)} (a track)",
        )
