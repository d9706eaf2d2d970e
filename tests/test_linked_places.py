"""Linked Places, both ways."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyogrio
import pytest

import escape_route as er
from escape_route.errors import JourneyFileError
from escape_route.formats import linked_places
from escape_route.model.published import Published
from making import journey

if TYPE_CHECKING:
    from pathlib import Path

ABINGDON: dict[str, Any] = {
    "@id": "http://mygaz.org/places/p_12345",
    "type": "Feature",
    "properties": {"title": "Abingdon (UK)", "ccodes": ["GB"]},
    "when": {"timespans": [{"start": {"in": "0676"}, "end": {"in": "1066"}}]},
    "names": [
        {
            "toponym": "Abingdon",
            "lang": "en",
            "citations": [
                {
                    "label": "Ye Olde Gazetteer (1635)",
                    "@id": "http://archive.org/details/yeoldegazetteer",
                }
            ],
        },
        {"toponym": "Abbendun", "lang": "ang"},
    ],
    "types": [{"identifier": "aat:300008375", "label": "town"}],
    "geometry": {
        "type": "GeometryCollection",
        "geometries": [
            {"type": "Point", "coordinates": [-1.2879, 51.6708], "certainty": "certain"},
            {"type": "Point", "coordinates": [-1.31, 51.64], "certainty": "uncertain"},
        ],
    },
    "descriptions": [{"value": "a market town", "lang": "en"}],
}

TOLD = {"label": (16.4, 48.2), "sources": ("S1",)}


def content(*records: Any, **members: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(records)} | members).encode()


def written(name: str) -> Any:
    return json.loads(linked_places.write(Published(er.read_journey(name).data)).content)


def test_a_record_of_a_gazetteer_is_read_with_its_names_dates_and_citations() -> None:
    loaded = linked_places.read(content(ABINGDON), "x")
    (one,) = loaded.journey.waypoints
    assert one.name == {"en": "Abingdon", "ang": "Abbendun"}
    assert (one.when, one.label, one.precision) == ("0676/1066", (-1.2879, 51.6708), "exact")
    assert one.narration["en"][0].text == "a market town"
    assert [(source.title, source.url) for source in loaded.journey.sources][1:] == [
        ("Ye Olde Gazetteer (1635)", "http://archive.org/details/yeoldegazetteer")
    ]
    assert one.sources == ("c1",)


def test_what_is_not_kept_of_a_record_is_counted() -> None:
    warnings = linked_places.read(content(ABINGDON), "x").warnings
    assert "not kept, for a journey has no place for it: types (1)" in warnings
    assert (
        "not kept, for a journey has no place for it: further geometries of a place (1)" in warnings
    )


def test_an_uncertain_point_is_a_label_and_no_stop() -> None:
    record = ABINGDON | {
        "geometry": {"type": "Point", "coordinates": [1, 2], "certainty": "uncertain"}
    }
    (one,) = linked_places.read(content(record), "x").journey.waypoints
    assert one.is_label_only


def test_a_geometry_in_well_known_text_is_read() -> None:
    record = ABINGDON | {
        "geometry": {"type": "GeometryCollection", "geometries": [{"geo_wkt": "POINT (1 2)"}]}
    }
    assert linked_places.read(content(record), "x").journey.waypoints[0].label == (1, 2)


@pytest.mark.parametrize(
    ("when", "date"),
    [
        ({"start": {"in": "1832"}}, "1832"),
        ({"start": {"earliest": "-0044-03"}, "end": {"latest": "-0043"}}, "-0044-03/-0043"),
        ({"end": {"in": "1832"}}, "../1832"),
        ({"start": {"in": "1832~"}}, "1832~"),
        ({"start": {"in": "soon"}}, None),
        ({"start": {"earliest": "1600"}}, "1600/.."),
        ({"start": {"latest": "1600"}}, "../1600"),
        ({"end": {"earliest": "1600"}}, None),
        ({"start": 7}, None),
    ],
)
def test_time_spans_become_dates(when: Any, date: str | None) -> None:
    (one,) = linked_places.read(
        content(ABINGDON | {"when": {"timespans": [when]}}), "x"
    ).journey.waypoints
    assert one.when == date


def test_several_time_spans_are_all_of_a_set_and_a_label_is_read_where_there_is_none() -> None:
    spans = [{"start": {"in": "1832"}}, {"start": {"in": "1840"}, "end": {"in": "1842"}}]
    (several,) = linked_places.read(
        content(ABINGDON | {"when": {"timespans": spans}}), "x"
    ).journey.waypoints
    (called,) = linked_places.read(
        content(ABINGDON | {"when": {"label": "spring 1832"}}), "x"
    ).journey.waypoints
    assert (several.when, called.when) == ("{1832,1840..1842}", "1832-21")


@pytest.mark.parametrize(
    "when",
    ["[1942..]", "[..1944]", "../1944", "1942/..", "{1960,1961-12}", "1945-21", "[1950,1951]"],
)
def test_a_date_of_any_kind_comes_back_from_its_time_spans(when: str) -> None:
    told = json.loads(linked_places.write(Published(journey({"when": when} | TOLD, TOLD))).content)[
        "features"
    ][0]["when"]
    (back,) = linked_places.read(content(ABINGDON | {"when": told}), "x").journey.waypoints
    assert (back.when, told["label"]) == (when, when)


def test_a_date_citations_and_the_order_are_written_in_the_words_of_the_format() -> None:
    document = written("ro-family")
    first, second = document["features"][1:3]
    assert second["relations"][-1]["relationTo"] == first["@id"]
    assert second["properties"]["title"] == second["names"][0]["toponym"]
    assert {"label", "@id"} == set(second["names"][0]["citations"][0])
    assert second["geometry"]["geometries"][0]["certainty"] in {
        "certain",
        "less-certain",
        "uncertain",
    }
    assert "relations" not in document["features"][0]


def test_a_date_is_written_as_a_time_span() -> None:
    dated = [each["when"] for each in written("lee-so-yeon")["features"] if "when" in each]
    assert dated[0]["timespans"] == [{"start": {"in": "2008"}}]


def test_countries_are_written_as_codes() -> None:
    codes = [each["properties"].get("ccodes") for each in written("ro-family")["features"]]
    assert ["VN"] in codes


@pytest.mark.parametrize(
    "within", [("region:IN-PB",), ("country:AT",), ("region:AT-6", "region:AT-7"), ()]
)
def test_what_a_place_lies_in_is_read_back_by_who_knows_no_more_than_the_format(
    within: tuple[str, ...],
) -> None:
    told = {"within": within, "sources": ("S1",), "precision": "region"}
    document = json.loads(linked_places.write(Published(journey(told, told))).content)
    del document["journey"]
    for record in document["features"]:
        del record["escape_route"]
    assert [
        each.within
        for each in linked_places.read(json.dumps(document).encode(), "x").journey.waypoints
    ] == [within] * 2


def test_gdal_opens_what_is_written(tmp_path: Path) -> None:
    path = tmp_path / "x.geojson"
    path.write_bytes(linked_places.write(Published(er.read_journey("ro-family").data)).content)
    drawn = [each for each in pyogrio.read_dataframe(path).geometry if each is not None]
    assert (drawn[0].geoms[0].x, drawn[0].geoms[0].y) == (128, 42)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (b"{", "not JSON"),
        (b"[]", "not a collection of places"),
        (content(), "no place and no track in this Linked Places file"),
        (content(7, {"geometry": 7}), "no place and no track"),
        (
            content(ABINGDON | {"geometry": {"type": "Point", "coordinates": [1, 91]}}),
            r"features\[0\].*latitude 91 is outside",
        ),
        (
            content(ABINGDON | {"geometry": {"type": "Point", "coordinates": ["a"]}}),
            r"features\[0\]\.geometry\.coordinates",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(given: bytes, message: str) -> None:
    with pytest.raises(JourneyFileError, match=message):
        linked_places.read(given, "x")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_and_windows_line_ends_are_read(mark: bytes) -> None:
    given = (
        mark
        + json.dumps({"type": "FeatureCollection", "features": [ABINGDON]}, indent=1)
        .replace("\n", "\r\n")
        .encode()
    )
    assert linked_places.read(given, "x").journey.waypoints


@pytest.mark.parametrize("position", [[0, 90], [180, 0], [-180, -90]])
def test_poles_and_the_antimeridian_are_places(position: list[float]) -> None:
    record = ABINGDON | {"geometry": {"type": "Point", "coordinates": position}}
    assert linked_places.read(content(record), "x").journey.waypoints[0].label == tuple(position)


@pytest.mark.parametrize(
    "ring", [[[0, 0], [9, 0], [9, 9], [0, 0]], [[0, 0], [9, 9], [9, 0], [0, 0]]]
)
def test_both_orders_of_winding_are_read(ring: list[list[float]]) -> None:
    record = ABINGDON | {"geometry": {"type": "Polygon", "coordinates": [ring]}}
    shape = linked_places.read(content(record), "x").journey.waypoints[0].geometry
    assert shape is not None
    assert shape.area == 40.5
