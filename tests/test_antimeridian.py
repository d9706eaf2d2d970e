"""Lines, shapes and boxes at longitude 180, in GeoJSON as RFC 7946 wants it."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from escape_route.errors import JourneyFileError
from escape_route.formats import geojson
from escape_route.geography import antimeridian
from escape_route.geography.geodesic import cut_at_antimeridian
from escape_route.model import read
from making import journey, track
from strategies import positions

ENDS = {"label": (179.0, 0.0), "sources": ("S1",)}, {"label": (-179.0, 0.0), "sources": ("S1",)}


@given(st.lists(positions(), min_size=2, max_size=9))
def test_a_line_that_is_cut_is_joined_to_what_it_was(line: list[tuple[float, float]]) -> None:
    assert antimeridian.joined(cut_at_antimeridian(line)) == tuple(line)


def test_a_track_that_crosses_is_written_in_parts_and_read_back_whole() -> None:
    one = journey(*ENDS, traces=(track(0, (179, 0), (-179, 1), (-178, 1)),))
    feature = geojson.to_document(one)["features"][-1]  # type: ignore[index]
    assert feature["geometry"] == {
        "type": "MultiLineString",
        "coordinates": [[[179, 0], [180, 0.5]], [[-180, 0.5], [-179, 1], [-178, 1]]],
    }
    assert read.read(geojson.to_bytes(one)) == one


def test_a_shape_that_leaves_the_map_is_cut_and_moved_round() -> None:
    one = journey({"geometry": shapely.box(170, 0, 190, 10), "label": (180.0, 5.0)})
    geometry = geojson.to_document(one)["features"][0]["geometry"]  # type: ignore[index]
    assert geometry["type"] == "MultiPolygon"
    assert shapely.geometry.shape(geometry).equals(
        shapely.union(shapely.box(170, 0, 180, 10), shapely.box(-180, 0, -170, 10))
    )


def test_parts_that_do_not_meet_are_refused() -> None:
    one = geojson.to_bytes(journey(*ENDS, traces=(track(0, (179, 0), (-179, 1)),)))
    with pytest.raises(
        JourneyFileError, match="the parts of this track do not meet at the antimeridian"
    ):
        read.read(one.replace(b"-180,", b"-179.5,"))


@pytest.mark.parametrize(
    ("points", "bbox"),
    [
        ([(177, -18), (-178, -16)], [177, -18, -178, -16]),
        ([(10, 50), (20, 40)], [10, 40, 20, 50]),
        ([(-90, 0), (90, 0)], [-90, 0, 90, 0]),
        ([(10, 80), (20, 90)], [-180, 80, 180, 90]),
        ([(10, -90)], [-180, -90, 180, -90]),
        ([(-170, 1), (170, 1), (0, 1)], [0, 1, -170, 1]),
    ],
)
def test_the_bounding_box_is_the_smallest_and_knows_the_antimeridian_and_the_poles(
    points: list[tuple[float, float]], bbox: list[float]
) -> None:
    one = journey(*({"label": point} for point in points))
    assert geojson.to_document(one)["bbox"] == bbox


def test_the_bounding_box_of_a_track_that_crosses_is_the_short_way_round() -> None:
    one = journey(*ENDS, traces=(track(0, (179, 0), (-179, 1)),))
    assert geojson.to_document(one)["bbox"] == [179, 0, -179, 1]


def test_a_journey_without_a_place_has_no_bounding_box() -> None:
    assert "bbox" not in geojson.to_document(journey({"withheld": True}))


def test_a_shape_that_is_cut_has_a_box_over_the_antimeridian() -> None:
    cut = shapely.MultiPolygon([shapely.box(178, 0, 180, 5), shapely.box(-180, 0, -179, 5)])
    one = journey({"geometry": cut, "label": (179.0, 2.0)})
    assert geojson.to_document(one)["bbox"] == [178, 0, -179, 5]


@given(st.lists(positions(), min_size=1, max_size=6))
def test_every_position_is_in_the_box(points: list[tuple[float, float]]) -> None:
    found = antimeridian.bounding_box([(point, point) for point in points])
    assert found is not None
    west, south, east, north = found
    for lon, lat in points:
        assert west <= lon <= east if west <= east else (lon >= west or lon <= east)
        assert south <= lat <= north


def test_no_reference_system_is_written() -> None:
    assert "crs" not in geojson.to_document(replace(journey(*ENDS), id="x"))
