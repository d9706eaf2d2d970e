"""Many journeys at once: read from tables, folders and data sets, checked into one table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import geopandas
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from shapely.geometry import Point, box

import escape_route as er
from escape_route.errors import EscapeRouteError, JourneyFileError, OutputError, UsageError
from escape_route.formats import dataset
from escape_route.formats.tracks.journey import own_loaded as loaded

if TYPE_CHECKING:
    from pathlib import Path

WALKS = pd.DataFrame(
    {
        "journey": ["A", "A", "B", "B", "B"],
        "order": [1, 2, 2, 1, 3],
        "name": ["Vienna", "Dresden", "Graz", "Vienna", "Trieste"],
        "lon": [16.37, 13.74, 15.44, 16.37, 13.77],
        "lat": [48.21, 51.05, 47.07, 48.21, 45.65],
        "within_km": [10, 10, 5, 10, 5],
        "mode": [None, "rail", "road", None, "rail: 0.7; road: 0.3"],
    }
)
CLAIMS = pd.DataFrame({"journey": ["A"], "value": [600], "unit": ["km"], "wording": ["about"]})


def test_a_row_a_waypoint_makes_a_journey_a_name() -> None:
    read = er.read_journeys(WALKS, claims=CLAIMS, cited="Interviews")
    assert read.names == ("A", "B")
    assert [each.name["en"] for each in read[1].data.waypoints] == ["Vienna", "Graz", "Trieste"]
    assert [(part.mode, part.weight) for part in read[1].data.waypoints[2].modes] == [
        ("rail", 0.7),
        ("road", 0.3),
    ]
    assert read[0].data.claims[0].value == 600
    assert [source.title for source in read[0].data.sources] == ["Interviews"]


def test_what_is_wrong_with_one_is_a_row_and_the_others_are_read() -> None:
    read = er.read_journeys(WALKS.assign(lat=[48.21, 51.05, 47.07, 148.21, 45.65]))
    assert read.names == ("A",)
    assert list(read.problems["journey"]) == ["B"]
    assert "latitude 148.21 is outside -90..90" in read.problems["problem"].item()
    checked = er.check_all(read, draws=100)
    assert list(checked["journey"]) == ["A", "B"]
    assert "148.21" in checked["problem"].iloc[1]


@pytest.mark.parametrize("order", [[1, 1, 1, 2, 3], [1, None, 1, 2, 3], ["x", 2, 1, 2, 3]])
def test_an_order_that_stands_twice_or_is_none_is_refused(order: list[object]) -> None:
    (fault,) = er.read_journeys(WALKS.assign(order=order)).refused
    assert (fault.name, fault.problems[0].place) == ("A", "order")


def test_shapes_in_any_reference_system_are_places() -> None:
    points = geopandas.points_from_xy(WALKS["lon"], WALKS["lat"], crs="EPSG:4326")
    table = geopandas.GeoDataFrame(WALKS.drop(columns=["lon", "lat"]), geometry=points).to_crs(3857)
    found = er.read_journeys(table)
    assert found[0].data.waypoints[1].label == pytest.approx((13.74, 51.05), abs=1e-9)
    drawn = geopandas.GeoDataFrame(
        {"journey": ["A", "A"], "name": ["x", "y"]}, geometry=[box(0, 0, 1, 1), box(2, 2, 3, 3)]
    )
    assert er.read_journeys(drawn)[0].data.waypoints[0].geometry is not None


def test_columns_that_nobody_knows_are_named() -> None:
    assert er.read_journeys(WALKS.assign(shoes="red")).warnings == (
        "waypoints: columns that are not known here, and not read: shoes",
    )


def test_two_columns_that_mean_the_same_are_refused() -> None:
    with pytest.raises(UsageError, match="the columns lon and longitude are both lon"):
        er.read_journeys(WALKS.assign(longitude=1.0))


def test_a_table_without_the_column_that_names_journeys_is_refused() -> None:
    with pytest.raises(UsageError, match="waypoints: no column who"):
        er.read_journeys(WALKS, by="who")


def test_claims_of_no_journey_are_told() -> None:
    (fault,) = er.read_journeys(WALKS, claims=CLAIMS.assign(journey="Z")).refused
    assert (fault.name, fault.problems[0].message) == ("Z", "no waypoint is of this journey")


def test_a_csv_with_a_column_of_journeys_is_read(tmp_path: Path) -> None:
    WALKS.to_csv(tmp_path / "walks.csv", index=False)
    CLAIMS.to_csv(tmp_path / "claims.csv", index=False)
    read = er.read_journeys(tmp_path / "walks.csv", claims=tmp_path / "claims.csv")
    assert [each.data for each in read] == [
        each.data for each in er.read_journeys(WALKS, claims=CLAIMS, cited="walks.csv")
    ]


@pytest.mark.parametrize("column", ["journey", "trip_id", "Trajectory"])
def test_a_file_of_several_is_never_chained_into_one(tmp_path: Path, column: str) -> None:
    table = WALKS.rename(columns={"journey": column})
    table.to_csv(tmp_path / "walks.csv", index=False)
    features = geopandas.GeoDataFrame(
        table, geometry=geopandas.points_from_xy(table["lon"], table["lat"], crs=4326)
    )
    features.to_file(tmp_path / "walks.geojson")
    features.to_file(tmp_path / "walks.gpkg")
    for name in ("walks.csv", "walks.geojson", "walks.gpkg"):
        with pytest.raises(JourneyFileError, match="2 journeys in one file: A, B"):
            er.read_journey(tmp_path / name)


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    er.read_journeys(WALKS, cited="x")[0].save_protected(tmp_path / "a.geojson")
    (tmp_path / "b.geojson").write_text("{")
    (tmp_path / "readme.md").write_text("not a journey")
    read = er.read_journeys(tmp_path)
    assert [each.id for each in read] == ["a"]
    assert list(read.problems["journey"]) == [str(tmp_path / "b.geojson")]


def test_a_second_journey_of_an_id_is_refused(tmp_path: Path) -> None:
    for name in ("a", "b"):
        er.read_journeys(WALKS, cited="x")[0].save_protected(tmp_path / f"{name}.geojson")
    assert er.read_journeys(tmp_path).refused[0].problems[0].place == "id"


def test_workers_change_nothing() -> None:
    read = er.read_journeys(WALKS, claims=CLAIMS)
    assert_frame_equal(er.check_all(read, draws=100), er.check_all(read, draws=100, workers=2))


def test_a_checked_journey_has_the_words_of_its_own_report() -> None:
    own = er.read_journey("ro-family")
    table = er.check_all([own], draws=500)
    claims = own.check(draws=500).claims.rename(columns={"id": "claim"})
    assert_frame_equal(table[list(claims.columns)], claims)


def test_a_data_set_gives_back_what_it_was_given(tmp_path: Path) -> None:
    given = {name: er.read_journey(name).data for name in er.shipped_journeys()}
    head = dataset.write(list(given.values()), tmp_path / "set", partitions=2)
    assert (head, dataset.head_of(tmp_path / "set")) == (dataset.Head("held", 2),) * 2
    read = er.read_journeys(tmp_path / "set")
    assert {each.id: each.data for each in read} == given


def test_a_journey_lies_in_one_partition(tmp_path: Path) -> None:
    dataset.write([each.data for each in er.read_journeys(WALKS)], tmp_path / "set", partitions=5)
    paths = [dataset.path_of(tmp_path / "set", "waypoints", number) for number in range(5)]
    held = [set(dataset.table_of(path)["journey"]) for path in paths]
    assert sorted(name for part in held for name in part) == ["a", "b"]


def test_a_data_set_is_geoparquet_of_version_1_1(tmp_path: Path) -> None:
    dataset.write([er.read_journey("ro-family").data], tmp_path / "set")
    path = dataset.path_of(tmp_path / "set", "waypoints", 0)
    geo = json.loads(dataset.pq.read_schema(path).metadata[b"geo"])
    assert (geo["version"], "bbox" in geo["columns"]["geometry"]["covering"]) == ("1.1.0", True)


def test_a_folder_that_holds_something_is_not_written_into(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine")
    with pytest.raises(OutputError, match="not empty"):
        dataset.write([], tmp_path)


def alike(folder: Path, count: int = 4) -> Path:
    """Data set of journeys that are told in the same words, in one partition."""
    names = [f"walk-{number}" for number in range(count) for _ in range(3)]
    told = {
        "name": [f"Wrocław {at}" for at in range(3 * count)],
        "lon": 16.0,
        "within_km": 2,
        "mode": "foot",
    }
    table = pd.DataFrame({"journey": names, **told}).assign(
        lat=[45 + at / 10 for at in range(3 * count)]
    )
    claims = pd.DataFrame({"journey": sorted(set(names)), "value": 30})
    return er.read_journeys(table, claims=claims).save(folder, partitions=1)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("id", "x"),
        ("id", "ä"),
        ("id", " "),
        ("id", "b" * 200),
        ("id", '"b"'),
        ("id", "place-1"),
        ("name", "Wien"),
        ("name", "{"),
        ("name", '{"en":" "}'),
        ("name", '{"en":"a","en":"b"}'),
        ("name", '{"en":"over \u202e the river"}'),
        ("name", None),
        ("geometry", Point(16, 91)),
        ("geometry", Point(16, 45, 200)),
        ("geometry", box(16, 45, 17, 46)),
        ("geometry", None),
        ("role", "start"),
        ("sources", '["S9"]'),
        ("within", '["country:AT"]'),
    ],
)
def test_a_waypoint_that_is_told_as_one_before_is_read_as_if_it_stood_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, column: str, cell: object
) -> None:
    folder = alike(tmp_path / "set")
    path = dataset.path_of(folder, "waypoints", 0)
    table = dataset.table_of(path)
    table[column] = table[column].astype(object)
    table.at[7, column] = cell  # noqa: PD008  # `loc` takes a shape for several cells
    path.write_bytes(dataset.to_bytes(table))
    found = list(dataset.read_partition(folder, 0))
    monkeypatch.setattr(dataset._Known, "waypoints", lambda *_: None)  # noqa: SLF001  # nothing is known
    assert found == list(dataset.read_partition(folder, 0))


def test_words_that_stood_before_are_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = alike(tmp_path / "set", 9)
    read: list[object] = []
    monkeypatch.setattr(dataset, "own_loaded", lambda *given: read.append(given) or loaded(*given))
    assert len(list(dataset.read_partition(folder, 0))) == 9
    assert len(read) == 1


def test_points_in_the_encoding_of_geoarrow_are_read(tmp_path: Path) -> None:
    folder = alike(tmp_path / "set")
    path, found = dataset.path_of(folder, "waypoints", 0), list(dataset.read_partition(folder, 0))
    dataset.table_of(path).to_parquet(path, index=False, geometry_encoding="geoarrow")
    assert list(dataset.read_partition(folder, 0)) == found


def test_waypoints_out_of_order_are_refused_and_the_others_read(tmp_path: Path) -> None:
    dataset.write([each.data for each in er.read_journeys(WALKS)], tmp_path / "set", partitions=1)
    path = dataset.path_of(tmp_path / "set", "waypoints", 0)
    table = dataset.table_of(path)
    path.write_bytes(dataset.to_bytes(table.iloc[[1, 0, 2, 3, 4]]))
    read = er.read_journeys(tmp_path / "set")
    assert (read.names, list(read.problems["problem"])) == (("b",), ["not in order: [1, 0]"])


@pytest.mark.parametrize(
    "told",
    [
        "{",
        "{}",
        '{"archive": 1, "form": "x", "partitions": 1}',
        '{"archive": 9, "form": "held", "partitions": 1}',
    ],
)
def test_a_head_that_is_none_is_refused(tmp_path: Path, told: str) -> None:
    (tmp_path / "archive.json").write_text(told)
    with pytest.raises(EscapeRouteError, match=r"archive\.json|version 9"):
        er.read_journeys(tmp_path)


def test_a_partition_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    dataset.write([er.read_journey("ro-family").data], tmp_path / "set")
    path = dataset.path_of(tmp_path / "set", "claims", 0)
    path.write_bytes(b"PAR1 no")
    with pytest.raises(EscapeRouteError, match=r"claims.part-00000\.parquet: not a Parquet file"):
        er.read_journeys(tmp_path / "set")
