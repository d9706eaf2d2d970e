"""Writing a journey as GeoJSON, and reading it back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
import shapely
from hypothesis import given, settings

import escape_route as er
from beside import IS_LONG, SHIPPED
from documents import content, journey, leg, waypoint
from escape_route import strict_json
from escape_route.formats import geojson
from escape_route.model import journey as model
from escape_route.model import read, rfc7946
from strategies import journeys


def written(document: object) -> Any:
    """A document read and written again."""
    return geojson.to_document(read.read(content(document)))


def with_geometry(kind: str, coordinates: object) -> Any:
    document = journey(waypoint(0), claims=[])
    document["features"][0]["geometry"] = {"type": kind, "coordinates": coordinates}
    return document


@settings(max_examples=60 if IS_LONG else 20)
@given(journeys())
def test_what_is_written_is_read_back_the_same(one: model.Journey) -> None:
    assert read.read(geojson.to_bytes(one)) == one


@settings(max_examples=40 if IS_LONG else 15)
@given(journeys())
def test_what_is_written_is_geojson_without_a_warning(one: model.Journey) -> None:
    document, problems = strict_json.parse(geojson.to_bytes(one))
    assert problems == []
    assert [*rfc7946.check(document), *rfc7946.warn(document)] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_journey_is_written_and_read_back_the_same(name: str) -> None:
    one = er.read_journey(name).data
    assert read.read(geojson.to_bytes(one)) == one


def test_rings_are_turned_to_the_right_hand_rule() -> None:
    outline = [[0, 0], [0, 9], [9, 9], [9, 0], [0, 0]]
    hole = [[1, 1], [2, 1], [2, 2], [1, 1]]
    polygon = shapely.Polygon(*map_rings(written(with_geometry("Polygon", [outline, hole]))))
    assert polygon.exterior.is_ccw
    assert not polygon.interiors[0].is_ccw


def map_rings(document: Any) -> tuple[list[Any], list[Any]]:
    """Outline and holes of the first waypoint."""
    rings = document["features"][0]["geometry"]["coordinates"]
    return rings[0], rings[1:]


def test_positions_have_seven_decimals_at_most_and_whole_degrees_none() -> None:
    document = with_geometry("LineString", [[1.123456789, 2], [3.00000004, -4.5]])
    assert written(document)["features"][0]["geometry"]["coordinates"] == [
        [1.1234568, 2],
        [3, -4.5],
    ]
    assert json.dumps(written(document)["features"][0]["geometry"]["coordinates"][0][1]) == "2"


def test_heights_are_left_out() -> None:
    document = with_geometry("Point", [102, 18, 250])
    assert written(document)["features"][0]["geometry"] == {
        "type": "Point",
        "coordinates": [102, 18],
    }


def test_the_file_is_utf_8_and_ends_in_a_new_line() -> None:
    name = {"lo": "ແມ່ນ້ຳຂອງ", "ko": "메콩강"}
    text = geojson.to_bytes(read.read(content(journey(waypoint(0, name=name), claims=[])))).decode()
    assert "ແມ່ນ້ຳຂອງ" in text
    assert "\\u" not in text
    assert text.endswith("}\n")


def test_members_without_a_value_are_left_out() -> None:
    properties = written(journey(waypoint(0), claims=[]))["features"][0]["properties"]
    assert set(properties) == {"kind", "name", "role", "precision", "status", "sources"}


def test_a_sensitivity_of_0_is_kept_apart_from_none() -> None:
    features = written(journey(waypoint(0, sensitivity=0), waypoint(1), claims=[]))["features"]
    assert [feature["properties"].get("sensitivity") for feature in features] == [0, None]


def test_a_withheld_place_is_written_without_a_geometry() -> None:
    document = journey(waypoint(0, withheld=True), claims=[])
    document["features"][0]["geometry"] = None
    feature = written(document)["features"][0]
    assert feature["geometry"] is None
    assert feature["properties"]["withheld"] is True


def test_a_track_is_written_after_the_waypoints() -> None:
    features = written(journey(waypoint(0), leg(), waypoint(1), claims=[]))["features"]
    assert [feature["properties"]["kind"] for feature in features] == [
        "waypoint",
        "waypoint",
        "leg",
    ]
    assert features[2]["geometry"] == {
        "type": "LineString",
        "coordinates": [[100, 15], [100.5, 15.2], [101, 15]],
    }


def test_the_label_beside_a_footprint_is_written() -> None:
    one = read.read(content(journey(waypoint(0, footprint=["country:TH"]), claims=[])))
    bare = replace(one, waypoints=(replace(one.waypoints[0], label=None),))
    assert geojson.to_document(one)["features"][0]["geometry"] == {
        "type": "Point",
        "coordinates": [100, 15],
    }
    assert geojson.to_document(bare)["features"][0]["geometry"] is None


@pytest.mark.parametrize("name", SHIPPED)
def test_the_geo_interface_is_the_whole_journey(name: str) -> None:
    one = er.read_journey(name)
    document = one.__geo_interface__
    assert document == geojson.to_document(one.data)
    assert read.read(json.dumps(document).encode()) == one.data


def test_shapely_takes_the_geometries_of_the_geo_interface() -> None:
    features: Any = er.read_journey("ro-family").__geo_interface__["features"]
    points = [
        shapely.geometry.shape(feature["geometry"]) for feature in features if feature["geometry"]
    ]
    assert shapely.get_coordinates(points).tolist()[0] == [128, 42]
