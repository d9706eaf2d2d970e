"""GeoPackage and GeoParquet: tables with shapes, through the extra `geo`."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

import geopandas
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from pyproj import CRS

import escape_route as er
from escape_route.errors import JourneyFileError, UsageError
from escape_route.formats import FORMATS, gpkg, parquet, reader
from escape_route.model.published import Published
from escape_route.model.vocabulary import Precision
from making import journey, track

if TYPE_CHECKING:
    from pathlib import Path

SHAPES = [shapely.Point(10, 50), shapely.box(11, 50, 12, 51)]
CROSSING = journey(
    {"label": (179.0, 0.0), "sources": ("S1",)},
    {"label": (-179.0, 0.0), "sources": ("S1",)},
    traces=(track(0, (179, 0), (-179, 1)),),
)


def frame(**columns: Any) -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame(columns or {"Name": ["A", "B"]}, geometry=SHAPES, crs=4326)


def as_gpkg(given: geopandas.GeoDataFrame) -> bytes:
    content = io.BytesIO()
    pyogrio.write_dataframe(given, content, layer="x", driver="GPKG")
    return content.getvalue()


def as_parquet(given: geopandas.GeoDataFrame) -> bytes:
    content = io.BytesIO()
    given.to_parquet(content)
    return content.getvalue()


def test_gdal_opens_every_table_of_a_geopackage(tmp_path: Path) -> None:
    path = tmp_path / "x.gpkg"
    path.write_bytes(gpkg.write(Published(CROSSING)).content)
    assert [str(name) for name, _ in pyogrio.list_layers(path)] == ["waypoints", "legs", "journey"]
    assert list(pyogrio.read_dataframe(path, layer="waypoints")["role"]) == ["stop", "stop"]
    (line,) = pyogrio.read_dataframe(path, layer="legs").geometry
    assert line.wkt == "MULTILINESTRING ((179 0, 180 0.5), (-180 0.5, -179 1))"


def test_geopandas_opens_a_geoparquet_file(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    path.write_bytes(parquet.write(Published(er.read_journey("ro-family").data)).content)
    found = geopandas.read_parquet(path)
    assert found.geometry.iloc[2].wkt == "POINT (128 42)"
    assert CRS(found.crs).equals(CRS("OGC:CRS84"))
    assert "pandas" not in {key.decode() for key in pq.read_metadata(path).metadata}


@pytest.mark.parametrize("module", [gpkg, parquet])
def test_a_place_of_two_areas_comes_back_the_same(module: Any) -> None:
    areas = shapely.MultiPolygon([shapely.box(178, 0, 180, 5), shapely.box(-180, 0, -179, 5)])
    told = journey(
        {
            "label": (179.0, 2.5),
            "geometry": areas,
            "precision": Precision.REGION,
            "sources": ("S1",),
        }
    )
    assert module.read(module.write(Published(told)).content, "x").journey == told


def test_a_geopackage_says_one_moment_only() -> None:
    content = gpkg.write(Published(CROSSING)).content
    assert content.count(b"2000-01-01T00:00:00.000Z") == 3
    assert content == gpkg.write(Published(CROSSING)).content


@pytest.mark.parametrize(("module", "write"), [(gpkg, as_gpkg), (parquet, as_parquet)])
def test_a_table_of_anybodys_is_read_with_defaults(module: Any, write: Any) -> None:
    loaded = module.read(
        write(frame(Name=["A", "B"], date=["1944-06-06", "May"], height=[1, 2])), "x"
    )
    one, other = loaded.journey.waypoints
    assert (one.name["en"], one.label, one.when, one.precision) == (
        "A",
        (10, 50),
        "1944-06-06",
        "exact",
    )
    assert (other.geometry.geom_type, other.when, other.precision) == ("Polygon", None, "region")
    assert "not kept, for a journey has no place for it: other columns (2)" in loaded.warnings


@pytest.mark.parametrize(("module", "write"), [(gpkg, as_gpkg), (parquet, as_parquet)])
def test_words_come_without_tags_and_pictures_are_named(module: Any, write: Any) -> None:
    words = 'They <b>hid</b> here.<br><img src="https://example.org/mill.jpg">'
    loaded = module.read(write(frame(Name=["A", "B"], description=[words, "By night."])), "x")
    assert [each.narration["en"][0].text for each in loaded.journey.waypoints] == [
        "They hid here.",
        "By night.",
    ]
    assert loaded.media == (("A", "https://example.org/mill.jpg"),)


@pytest.mark.parametrize(("module", "write"), [(gpkg, as_gpkg), (parquet, as_parquet)])
def test_another_reference_system_is_taken_to_degrees(module: Any, write: Any) -> None:
    one = module.read(write(frame().to_crs(32632)), "x").journey.waypoints[0]
    assert one.label == pytest.approx((10, 50), abs=1e-9)


@pytest.mark.parametrize(("module", "write"), [(gpkg, as_gpkg), (parquet, as_parquet)])
def test_lines_become_tracks_cut_where_they_pass_a_place(module: Any, write: Any) -> None:
    line = shapely.LineString([(9, 50), (10, 50), (11, 50)])
    given = geopandas.GeoDataFrame({"name": ["Inn", "Way"]}, geometry=[SHAPES[0], line], crs=4326)
    journey = module.read(write(given), "x").journey
    assert [each.name["en"] for each in journey.waypoints] == ["Start of Way", "Inn", "End of Way"]
    assert [trace.line for trace in journey.traces] == [((9, 50), (10, 50)), ((10, 50), (11, 50))]


@pytest.mark.parametrize(
    ("module", "content", "message"),
    [
        (gpkg, b"", "not a GeoPackage: it does not begin as an SQLite file does"),
        (gpkg, b"SQLite format 3\x00" + b"\x00" * 200, "not a GeoPackage that can be read"),
        (parquet, b"{}", "not a Parquet file: it does not begin as one"),
        (parquet, b"PAR1" + b"\x00" * 40 + b"PAR1", "not a GeoParquet file that can be read"),
    ],
)
def test_a_broken_file_is_refused_in_words(module: Any, content: bytes, message: str) -> None:
    with pytest.raises(JourneyFileError, match=message):
        module.read(content, "x")


def test_a_parquet_file_without_places_is_refused() -> None:
    content = io.BytesIO()
    pq.write_table(pa.table({"a": [1]}), content)
    with pytest.raises(JourneyFileError, match='no "geo" metadata'):
        parquet.read(content.getvalue(), "x")


def test_a_small_parquet_file_that_is_large_in_memory_is_refused() -> None:
    text = pa.array(["x" * 1_000_000]).dictionary_encode()
    table = pa.table(
        {
            "a": pa.DictionaryArray.from_arrays(pa.array([0] * 200), text.dictionary).cast(
                pa.string()
            )
        }
    )
    content = io.BytesIO()
    pq.write_table(
        table.replace_schema_metadata({b"geo": json.dumps({}).encode()}),
        content,
        compression="zstd",
    )
    assert len(content.getvalue()) < 2_000_000
    with pytest.raises(JourneyFileError, match="more than 60 MB in memory"):
        parquet.read(content.getvalue(), "x")


@pytest.mark.parametrize(("module", "write"), [(gpkg, as_gpkg), (parquet, as_parquet)])
def test_more_rows_than_any_journey_has_are_refused_unread(module: Any, write: Any) -> None:
    many = geopandas.GeoDataFrame(
        {"name": "A"}, index=range(20_001), geometry=[SHAPES[0]] * 20_001, crs=4326
    )
    with pytest.raises(
        JourneyFileError, match=r"20,001 rows, more than 20,000 \(is this a journey\?\)"
    ):
        module.read(write(many), "x")


@pytest.mark.parametrize("name", ["gpkg", "parquet"])
def test_where_the_extra_is_missing_it_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, f"escape_route.formats.{name}")
    monkeypatch.delitem(sys.modules, "escape_route.formats.frames")
    monkeypatch.setitem(sys.modules, "geopandas", None)
    with pytest.raises(
        UsageError,
        match=r'needs geopandas, which is not installed: python -m pip install "escape-route\[geo\]"',
    ):
        reader(FORMATS[name])
