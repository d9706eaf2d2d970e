"""Every format, both ways: what is written is read back the same, apart from what is said to be lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import fastkml
import gpxpy
import pytest
from hypothesis import given, settings

import escape_route as er
from beside import IS_LONG, SHIPPED, whole
from documents import content, journey, waypoint
from escape_route.formats import FORMATS, format_named, reader, writer
from escape_route.formats.tracks import gpx, kml
from escape_route.model import read
from escape_route.model.published import Published
from strategies import journeys

if TYPE_CHECKING:
    from escape_route.model import journey as model

BOTH_WAYS = [each for each in FORMATS.values() if each.reads]


@settings(max_examples=60 if IS_LONG else 10)
@given(journeys())
def test_what_is_written_is_read_back_the_same(one: model.Journey) -> None:
    for each in BOTH_WAYS:
        written = writer(each).write(Published(one))
        loaded = reader(each).read(written.content, f"x{each.suffixes[0]}")
        assert loaded.journey == one, each.name
        assert (written.lost, loaded.warnings) == ((), ()), each.name


DATES = [
    each.split(" | ")[2]
    for each in (Path(__file__).parent / "told_dates.txt").read_text("utf-8").splitlines()[1:]
]


@pytest.mark.parametrize("name", whole([each.name for each in BOTH_WAYS], "csv"))
def test_every_date_that_people_tell_is_kept(name: str) -> None:
    told = [*dict.fromkeys(DATES)][:: 1 if IS_LONG else 7]
    places = [waypoint(number, when=when) for number, when in enumerate(told)]
    for number, each in enumerate(places):
        each["geometry"]["coordinates"] = [number % 40 + 1, number // 40 + 1]
    one = read.read(content(journey(*places, claims=[])), "x")
    written = writer(format_named(name)).write(Published(one))
    back = reader(format_named(name)).read(written.content, "x").journey
    assert [each.when for each in back.waypoints] == told


@settings(max_examples=15)
@given(journeys())
def test_gpxpy_and_fastkml_find_every_place_and_track(one: model.Journey) -> None:
    found = gpxpy.parse(gpx.write(Published(one)).content)
    points = [waypoint.label for waypoint in one.waypoints if waypoint.label is not None]
    assert [(each.longitude, each.latitude) for each in found.waypoints] == [
        pytest.approx(p, abs=1e-7) for p in points
    ]
    assert [len(track.segments[0].points) for track in found.tracks] == [
        len(trace.line) for trace in one.traces
    ]
    # fastkml reads no year before the year 1, which the schema of KML allows.
    undated = replace(one, waypoints=tuple(replace(each, when=None) for each in one.waypoints))
    document = fastkml.KML.from_string(
        kml.write(Published(undated)).content.decode().partition("?>")[2]
    )
    drawn = [waypoint.geometry or waypoint.label for waypoint in one.waypoints] + [
        trace.line for trace in one.traces
    ]
    assert [each.geometry is None for each in document.features[0].features] == [
        each is None for each in drawn
    ]


@pytest.mark.parametrize("name", [each.name for each in BOTH_WAYS])
@pytest.mark.parametrize("journey", SHIPPED)
def test_a_shipped_journey_makes_the_same_bytes_and_comes_back_the_same(
    name: str, journey: str
) -> None:
    one = er.read_journey(journey).data
    module = writer(format_named(name))
    assert module.write(Published(one)) == module.write(Published(one))
    assert reader(format_named(name)).read(module.write(Published(one)).content, "x").journey == one
