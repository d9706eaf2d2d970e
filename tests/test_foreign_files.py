"""Files of other programs: known by what stands in them, read with what they say, refused in words with a way on."""

from __future__ import annotations

import gzip
import html
import io
import json
import time
import zipfile
from pathlib import PurePath
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pytest

import escape_route as er
from beside import whole
from escape_route.errors import JourneyFileError
from escape_route.formats import any_json
from escape_route.formats.recognise import recognise
from escape_route.formats.tables import csv
from escape_route.formats.tracks import gpx, kml
from escape_route.language.catalogues import Words
from escape_route.language.radii import within
from escape_route.model.published import Published

if TYPE_CHECKING:
    from pathlib import Path

    from escape_route.formats import Loaded

OURS = {
    "kind": "waypoint",
    "role": "stop",
    "precision": "city",
    "status": "single",
    "sensitivity": 1,
}
GPX = b'<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="48.2" lon="16.4"/></gpx>'
WAY = "id,name_en,lat,lon,uncertainty_m,precision,role,when,mode,status,sources\n"
END = (
    "\n[journey]\nid,trip\ntitle_en,A "
    "way\nsummary_en,Told.\noutcome,reached\n\n[sources]\nid,title\ns,A diary\n"
)


def feature(name: object, lon: float, lat: float, **properties: object) -> dict[str, object]:
    point = {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "geometry": point, "properties": {"name": name, **properties}}


def as_json(document: object) -> Loaded:
    return any_json.read(json.dumps(document).encode(), "trip.json")


def collection(*features: dict[str, object], **more: object) -> dict[str, object]:
    return {"type": "FeatureCollection", "features": list(features), **more}


def placemark(name: str, inside: str) -> str:
    return f"<Placemark><name>{name}</name>{inside}</Placemark>"


def point(coordinates: str) -> str:
    return f"<Point><coordinates>{coordinates}</coordinates></Point>"


def read_kml(*placemarks: str) -> Loaded:
    inside = "".join(placemarks)
    return kml.read(
        f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{inside}</Document></kml>'.encode(),
        "x",
    )


def track(*points: tuple[float, float, str], name: str = "A") -> str:
    inside = "".join(
        f'<trkpt lat="{lat}" lon="{lon}"><time>{time}</time></trkpt>' for lon, lat, time in points
    )
    return f"<trk><name>{name}</name><trkseg>{inside}</trkseg></trk>"


def read_gpx(*elements: str) -> Loaded:
    inside = "".join(elements)
    return gpx.read(
        f'<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">{inside}</gpx>'.encode(), "x"
    )


def names(loaded: Loaded) -> list[str]:
    return [waypoint.name["en"] for waypoint in loaded.journey.waypoints]


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return packed.getvalue()


def test_plain_geojson_is_places_in_the_order_of_the_file() -> None:
    assert names(
        as_json(collection(feature("Vienna", 16.4, 48.2), feature("Munich", 11.6, 48.1)))
    ) == [
        "Vienna",
        "Munich",
    ]


def test_a_line_of_plain_geojson_is_a_track_between_its_places() -> None:
    line = {"type": "LineString", "coordinates": [[16.4, 48.2, 170], [16.5, 48.3, 180]]}
    ends = [feature("A", 16.4, 48.2), feature("B", 16.5, 48.3)]
    loaded = as_json(collection(*ends, {"type": "Feature", "geometry": line, "properties": {}}))
    assert (names(loaded), loaded.journey.traces[0].line) == (
        ["A", "B"],
        ((16.4, 48.2), (16.5, 48.3)),
    )


@pytest.mark.parametrize("kind", ["Feature", "Point"])
def test_a_feature_or_a_geometry_alone_is_one_place(kind: str) -> None:
    alone = feature("Vienna", 16.4, 48.2)
    assert len(as_json(alone if kind == "Feature" else alone["geometry"]).journey.waypoints) == 1


def test_what_is_not_geojson_in_plain_geojson_is_told_with_its_place() -> None:
    with pytest.raises(
        JourneyFileError, match=r"features\[0\].geometry.coordinates: .*is not a position"
    ):
        as_json(collection(feature("Vienna", "16.4", 48.2)))  # type: ignore[arg-type]


def test_words_of_ours_count_where_the_part_for_the_whole_journey_is_gone() -> None:
    loaded = as_json(collection(feature({"en": "Vienna"}, 16.4, 48.2, **OURS)))
    assert loaded.journey.waypoints[0].sensitivity == 1
    assert "saved by another program" in loaded.warnings[0]


@pytest.mark.parametrize(
    ("words", "taken"),
    [
        ("sensitivity: 1", 1),
        ("precision: region&lt;br&gt;sensitivity: 1&lt;br&gt;radius: 5", 1),
        (
            "&lt;tr&gt;&lt;td&gt;sensitivity&lt;/td&gt; &lt;td align='r'&gt;3&lt;/td&gt;&lt;/tr&gt;",
            3,
        ),
        ('{"sensitivity": 1}', 1),
        ("민감도: 1", 1),
        ("sensitivity=0", 1),  # no word of another program opens a place
        ("the sensitivity 1945: a year", None),
        ("skin_sensitivity_index: 1", None),
    ],
)
def test_a_sensitivity_that_a_program_wrote_into_a_description_counts(
    words: str, taken: int | None
) -> None:
    way = read_gpx(f'<wpt lat="48.2" lon="16.4"><name>A</name><desc>{words}</desc></wpt>')
    assert way.journey.waypoints[0].sensitivity == taken
    mark = f"<Placemark><name>A</name><description>{words}</description><Point><coordinates>16.4,48.2</coordinates>"
    way = kml.read(
        f'<kml xmlns="http://www.opengis.net/kml/2.2">{mark}</Point></Placemark></kml>'.encode(),
        "x",
    )
    assert way.journey.waypoints[0].sensitivity == taken
    way = as_json(collection(feature("A", 16.4, 48.2, description=html.unescape(words))))
    assert way.journey.waypoints[0].sensitivity == taken


@pytest.mark.parametrize(
    ("said", "others", "taken"),
    [("2 ", 4, 2), ("high", 3, 3), ("high", 0, 1), (7, 2, 2), (-1, 4, 4)],
)
def test_a_sensitivity_that_is_not_understood_is_the_strictest_of_the_file(
    said: object, others: int, taken: int
) -> None:
    told = [
        feature("A", 16.4, 48.2, **OURS | {"sensitivity": said}),
        feature("B", 16, 48, **OURS | {"sensitivity": others}),
    ]
    assert as_json(collection(*told)).journey.waypoints[0].sensitivity == taken


def test_a_role_or_status_of_another_program_is_its_own() -> None:
    loaded = as_json(
        collection(feature("A", 16.4, 48.2, role="admin", status="accepted", sensitivity=2))
    )
    assert (loaded.journey.waypoints[0].role, loaded.journey.waypoints[0].sensitivity) == (
        "start",
        2,
    )


def test_linked_places_are_known_by_their_context_whatever_the_ending() -> None:
    context = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"
    record = {"names": [{"toponym": "Wien", "lang": "de"}], **feature("", 16.4, 48.2)}
    loaded = as_json(
        collection(record | {"properties": {"title": "Vienna"}}, **{"@context": context})
    )
    assert loaded.journey.waypoints[0].name == {"en": "Vienna", "de": "Wien"}


@pytest.mark.parametrize(
    ("span", "when"),
    [
        (
            {
                "start": {"earliest": "1600", "latest": "1610"},
                "end": {"earliest": "1650", "latest": "1666"},
            },
            "1600/1666",
        ),
        ({"start": {"earliest": "1612", "latest": "1620"}}, "1612/1620"),
        ({"start": {"in": "1612"}}, "1612"),
        ({"end": {"latest": "1620"}}, "../1620"),
    ],
)
def test_of_a_start_the_earliest_counts_and_of_an_end_the_latest(
    span: dict[str, object], when: str
) -> None:
    record = feature("A", 16.4, 48.2) | {
        "@id": "x:1",
        "names": [{"toponym": "A"}],
        "when": {"timespans": [span]},
    }
    assert as_json(collection(record)).journey.waypoints[0].when == when


@pytest.mark.parametrize(
    ("told", "when"),
    [
        ({"begin": "1944", "end": "1946"}, "1944/1946"),
        ({"start_date": "spring 1944", "end_date": "May 1946"}, "1944-21/1946-05"),
        ({"date": 1945}, "1945"),
        ({"year": 1945}, "1945"),
        ({"timestamp": 1_556_697_600_000}, "2019-05-01T08:00:00Z"),
        ({"time": "2019/05/01 10:00:00+02"}, "2019-05-01T10:00:00+02:00"),
        ({"time": "2019-05-01T10:00:00+00:00"}, "2019-05-01T10:00:00Z"),
        ({"date": "winter 1940/41"}, "1940-12/1941-02"),
    ],
)
def test_a_time_is_read_by_what_programs_and_people_call_it(
    told: dict[str, object], when: str
) -> None:
    assert as_json(collection(feature("A", 16.4, 48.2, **told))).journey.waypoints[0].when == when


def test_dates_of_two_meanings_are_told_as_what_they_may_mean_and_a_backward_one_is_said() -> None:
    with pytest.raises(
        JourneyFileError, match=r"may mean 2 dates .write 1915-05-12, or 1915-12-05"
    ):
        as_json(collection(feature("A", 16.4, 48.2, date="12/05/1915")))
    span = "<TimeSpan><begin>1946</begin><end>1945</end></TimeSpan>"
    assert any(
        "a date that ends before it begins: A" in each
        for each in read_kml(placemark("A", span + point("16,48"))).warnings
    )


def test_what_has_a_name_and_no_position_is_kept_with_what_is_told_of_it() -> None:
    empty = {
        "type": "Feature",
        "properties": {"name": "Graz", "date": "1945", "notes": "A cold night"},
    }
    for geometry in (
        None,
        {"type": "Point", "coordinates": []},
        {"type": "Point", "coordinates": [None, None]},
    ):
        graz = as_json(
            collection(feature("Vienna", 16.4, 48.2), empty | {"geometry": geometry})
        ).journey.waypoints[1]
        assert (graz.name["en"], graz.when, graz.narration["en"][0].text) == (
            "Graz",
            "1945",
            "A cold night",
        )
    assert names(
        read_kml(placemark("Graz", "<Point><coordinates/></Point>"), placemark("B", point("16,48")))
    ) == [
        "Graz",
        "B",
    ]
    assert (
        names(read_gpx('<wpt lat="NaN" lon="NaN"><name>Graz</name></wpt><wpt lat="48" lon="16"/>'))[
            0
        ]
        == "Graz"
    )


@pytest.mark.parametrize(
    "said", [{"visibility": 0}, {"visible": False}, {"hidden": True}, {"Visibility": "0"}]
)
def test_a_place_that_another_program_does_not_show_is_named_and_left_out(
    said: dict[str, object],
) -> None:
    loaded = as_json(
        collection(feature("Home", 2.35, 48.86, **said), feature("B", 16, 48, visibility=-1))
    )
    assert (names(loaded), any("does not show them: Home" in each for each in loaded.warnings)) == (
        ["B"],
        True,
    )


def test_a_slide_without_a_position_is_a_place_to_look_up_or_is_named() -> None:
    slides = [
        {"location": {"lat": 48.2, "lon": 16.4, "name": "Vienna"}},
        {"location": {"name": "Graz"}, "text": {"text": "We hid."}},
        {"text": {"headline": "Then nothing"}},
    ]
    loaded = as_json({"storymap": {"slides": slides}})
    assert names(loaded) == ["Vienna", "Graz"]
    assert any(
        "a slide without a place is no stop: Then nothing" in each for each in loaded.warnings
    )


def test_a_timeline_is_put_in_the_order_of_its_moments_and_a_visit_without_a_place_is_counted() -> (
    None
):
    def visit(begun: str, **place: object) -> dict[str, object]:
        return {"startTime": begun, "endTime": begun, "visit": {"topCandidate": place}}

    later = visit("2015-09-01T09:30:00Z", placeLocation={"latLng": "48°, 16.8°"})
    first = visit("2015-09-01T10:00:00+02:00", placeLocation={"latLng": "48.2°, 16.3°"})
    loaded = as_json(
        {"semanticSegments": [later, first, visit("2015-09-01T12:00:00Z", semanticType="HOME")]}
    )
    assert [each.label for each in loaded.journey.waypoints] == [(16.3, 48.2), (16.8, 48)]
    assert any("visits without a position (1)" in each for each in loaded.warnings)


def test_a_path_of_an_iphone_has_the_times_of_its_points() -> None:
    points = [
        {"point": f"geo:48.2{n},16.3", "durationMinutesOffsetFromStartTime": str(10 * n)}
        for n in range(3)
    ]
    path = {
        "startTime": "2019-05-01T08:00:00.000+02:00",
        "endTime": "2019-05-01T09:00:00.000+02:00",
        "timelinePath": points,
    }
    assert [each.when for each in as_json([path]).journey.waypoints] == [
        "2019-05-01T08:00:00+02:00",
        "2019-05-01T08:20:00+02:00",
    ]


def test_a_storymap_is_its_slides_with_their_texts() -> None:
    slides = [
        {"type": "overview", "text": {"headline": "A way", "text": "Told."}},
        {
            "location": {"lat": 48.2, "lon": 16.4, "name": "Vienna"},
            "text": {"headline": "Leaving", "text": "<p>At night.</p>"},
        },
    ]
    journey = as_json({"storymap": {"slides": slides}}).journey
    assert (journey.title["en"], journey.waypoints[0].name["en"]) == ("A way", "Vienna")
    assert journey.waypoints[0].narration["en"][0].text == "Leaving At night."


def test_a_timeline_is_its_visits_and_recorded_paths() -> None:
    visit = {
        "startTime": "2019-04-03T08:00:00.000+02:00",
        "endTime": "2019-04-03T10:00:00.000+02:00",
    }
    place = {"visit": {"topCandidate": {"placeLocation": {"latLng": "48.2°, 16.4°"}}}}
    assert as_json({"semanticSegments": [visit | place]}).journey.waypoints[0].label == (16.4, 48.2)


def test_a_timeline_of_an_iphone_is_a_list() -> None:
    times = {
        "startTime": "2019-04-03T08:00:00.000+02:00",
        "endTime": "2019-04-03T10:00:00.000+02:00",
    }
    visit = times | {"visit": {"topCandidate": {"placeLocation": "geo:48.2,16.4"}}}
    activity = times | {"activity": {"start": "geo:48.2,16.4", "end": "geo:48.3,16.5"}}
    assert as_json([visit, activity]).journey.waypoints[0].label == (16.4, 48.2)


def test_media_of_a_umap_and_a_storymap_are_named_and_their_marks_left_out() -> None:
    marked = feature("Brno", 16.6, 49.2)
    marked["properties"]["description"] = (
        "{{https://x.example/a.jpg|200}} We [[https://x.example|hid]] <img src='b.png'>here"
    )
    loaded = as_json({"type": "FeatureCollection", "features": [marked]})
    assert loaded.journey.waypoints[0].narration["en"][0].text == "We hid here"
    assert (
        "Brno: pictures are not fetched (keep them beside the journey): https://x.example/a.jpg, b.png"
        in loaded.warnings
    )
    slide = {"location": {"lat": 48.2, "lon": 16.4, "name": "Vienna"}, "media": {"url": "c.jpg"}}
    told = as_json({"storymap": {"slides": [slide]}}).warnings
    assert "Vienna: pictures are not fetched (keep them beside the journey): c.jpg" in told


def test_names_and_dates_stand_in_other_languages_and_letters_as_well() -> None:
    place = feature("x", 16.6, 49.2)
    place["properties"] = {"ORT": "Brünn", "Datum": "Frühjahr 1945", "fid": 1}
    (waypoint,) = as_json({"type": "FeatureCollection", "features": [place]}).journey.waypoints
    assert (waypoint.name["en"], waypoint.when) == ("Brünn", "1945-21")


@pytest.mark.parametrize(
    ("member", "said"),
    [
        ("datasets", "a map of kepler.gl, .* export its data"),
        ("elements", "raw data of Overpass, .* export it as GeoJSON"),
        ("locations", "the location records of an account"),
        ("arcs", "TopoJSON, .* save it as GeoJSON"),
    ],
)
def test_json_of_another_kind_is_named_with_what_to_do(member: str, said: str) -> None:
    with pytest.raises(
        JourneyFileError, match=said.replace(", .* ", r", which is not read here \(")
    ):
        as_json({member: []})


def test_a_layer_that_a_umap_project_does_not_show_is_named_and_left_out() -> None:
    shown = {
        "type": "FeatureCollection",
        "features": [feature("Vienna", 16.4, 48.2)],
        "_umap_options": {"name": "A"},
    }
    hidden = shown | {"_umap_options": {"name": "Private", "displayOnLoad": False}}
    loaded = as_json({"type": "umap", "properties": {"name": "A map"}, "layers": [hidden, shown]})
    assert names(loaded) == ["Vienna"]
    assert any("does not show them: Private (1)" in each for each in loaded.warnings)


@pytest.mark.parametrize(
    ("content", "name", "format_name"),
    [
        (GPX, "route.xml", "gpx"),
        (b"\n\n<?xml version='1.0'?>" + GPX, "route", "gpx"),
        (b'{"a": 1}', "trip.txt.json", "geojson"),
        (b' [{"a": 1}]', "trip.data", "geojson"),
        (b"id,name_en\n", "trip.data", "csv"),
        (b'{"a",b\n', "trip.csv", "csv"),
        (b"PAR1....", "trip.bin", "parquet"),
        (b"SQLite format 3\x00", "trip.db", "gpkg"),
        (zipped(doc_kml=b"<kml/>"), "trip.zip", "kmz"),
        (b'{"type": "FeatureCollection"}', "walk.geojson.txt", "geojson"),
        (GPX, "walk.gpx.txt", "gpx"),
        (b"name,lat,lon\nVienna,48.2,16.4\n", "walk.geojson", "csv"),
        (b"name;lat;lon\r\nVienna;48,2;16,4\r\n", "walk.json", "csv"),
        (b"name,lat,lon\n", "walk.geojson", "geojson"),  # one line alone is no table
        (b"oops, no\n{1, 2}\n", "walk.csv", "csv"),
    ],
)
def test_a_file_is_known_by_its_first_bytes(content: bytes, name: str, format_name: str) -> None:
    assert recognise(content, PurePath(name)).name == format_name


@pytest.mark.parametrize(
    ("before", "between"),
    [("", "\n"), ("\ufeff", "\r\n\r\n"), ("\x1e", "\n\x1e"), ("\x1e\n", "\x1e  \n")],
)
@pytest.mark.parametrize("count", [1, 2])
def test_features_that_stand_one_a_line_or_as_a_text_sequence_are_a_collection(
    before: str, between: str, count: int
) -> None:
    lines = [json.dumps(feature(name, 15 + n, 47)) for n, name in enumerate(["A", "B"][:count])]
    content = f"{before}{between.join(lines)}\n".encode()
    assert recognise(content, PurePath("x.geojsonl")).name == "geojson"
    assert names(any_json.read(content, "x")) == ["A", "B"][:count]


def test_lines_that_are_no_features_are_told() -> None:
    for line in ('{"id": 1}', '{"type": "FeatureCollection", "features": []}'):
        with pytest.raises(JourneyFileError, match=r"line 2, column 1: .*Extra data"):
            any_json.read(f"{line}\n{line}".encode(), "x")


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (
            b"<?xml version='1.0'?><TrainingCenterDatabase/>",
            "a.tcx",
            "a TCX file .*export it as GPX",
        ),
        (b"\x0e\x20\x54\x08\x00\x00\x00\x00.FIT", "a.fit", "a FIT file .*export it as GPX"),
        (b"AXXX001\r\nHFDTE010120\r\n", "a.igc", "an IGC file .*export it as GPX"),
        (b"<TEI xmlns='http://www.tei-c.org/ns/1.0'/>", "a.xml", "a TEI edition"),
        (gzip.compress(GPX), "a.gpx.gz", "a gzip archive.*unpack it"),
        (zipped(a_shp=b"x"), "a.zip", "a zipped shapefile.*GeoPackage"),
        (b"\x00\x00\x27\x0a" + bytes(96), "a.shp", "a shapefile.*GeoPackage"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", ".xls files are not read"),
        (b"%PDF-1.7", "a", "a PDF file.*escape-route new"),
        (b"PK\x03\x04" + bytes(30), "a.docx", ".docx files are not read .type its places"),
        (rb"{\rtf1 x}", "a.txt", "a document.*escape-route new"),
        (b"\x03\x77\x05\x01", "a.dbf", ".dbf files are not read .save it as GeoPackage"),
        (b"\xff\xd8\xff\xe0", "a.jpg", "a picture or film.*--photos FOLDER"),
        (b"ID3\x04", "a.mp3", "a recording"),
        (b"$GPGGA,123519,4807.038,N", "a.txt", "NMEA.*GPX"),
        (b"<gml:FeatureCollection/>", "a.gml", "GML.*GeoPackage"),
        (b"\x00\x01\x02\x03", "a.dat", "not a file of a kind that is read here .*GeoJSON"),
        (b"", "a.dat", "not a file of a kind that is read here"),
    ],
)
def test_a_file_that_is_not_read_is_named_with_what_to_do(
    content: bytes, name: str, message: str
) -> None:
    with pytest.raises(JourneyFileError, match=message):
        recognise(content, PurePath(name))


@pytest.mark.parametrize("written", ["21,11,52,08", "21,11,52,08,3", "1,2,three"])
def test_a_tuple_that_is_no_position_is_refused_with_the_tuple(written: str) -> None:
    with pytest.raises(JourneyFileError, match=f'"{written}" is not a position'):
        read_kml(placemark("A", point(written)))


def test_a_comma_at_the_end_of_a_position_and_a_height_are_taken() -> None:
    loaded = read_kml(
        placemark("A", point("21.11,52.08,")), placemark("B", point("21.2,52.1,170.5"))
    )
    assert [each.label for each in loaded.journey.waypoints] == [(21.11, 52.08), (21.2, 52.1)]


def test_a_ring_that_holds_no_position_is_refused_in_words() -> None:
    ring = (
        "<outerBoundaryIs><LinearRing><coordinates>1, 1 2, "
        "1</coordinates></LinearRing></outerBoundaryIs>"
    )
    with pytest.raises(JourneyFileError, match="without a blank between them"):
        read_kml(placemark("A field", f"<Polygon>{ring}</Polygon>"))


def test_the_columns_and_pictures_of_my_maps_are_told() -> None:
    data = {
        "Who": "My aunt",
        "Notes": "<b>A cold night</b>",
        "Lat": "48.2082",
        "gx_media_links": "https://x.example/a",
    }
    extended = "".join(
        f'<Data name="{key}"><value>{escape(text)}</value></Data>' for key, text in data.items()
    )
    words = escape('<img src="https://x.example/b.jpg" height="200"/><br>Who: My aunt')
    about = f"<description>{words}</description><ExtendedData>{extended}</ExtendedData>"
    loaded = read_kml(placemark("Vienna", about + point("16.4,48.2")))
    (told,) = loaded.journey.waypoints[0].narration["en"]
    assert told.text == "Who: My aunt. Notes: A cold night."
    way = "pictures are not fetched (keep them beside the journey)"
    assert f"Vienna: {way}: https://x.example/b.jpg, https://x.example/a" in loaded.warnings


def test_a_placemark_with_an_address_alone_is_kept_to_be_looked_up() -> None:
    loaded = read_kml(
        placemark("Graz", "<address>Main square, Graz</address>"),
        placemark("B", point("21.2,52.1")),
    )
    assert loaded.journey.waypoints[0].verbatim_locality == "Main square, Graz"
    assert any("to be looked up by import: Graz" in each for each in loaded.warnings)


@pytest.mark.parametrize("form", ["<Folder><visibility>0</visibility>{}</Folder>", "{}"])
def test_a_placemark_that_is_not_shown_is_named_and_left_out(form: str) -> None:
    hidden = placemark("Home", f"<visibility>0</visibility>{point('2.35,48.86')}")
    if "Folder" in form:
        hidden = placemark("Home", point("2.35,48.86"))
    loaded = read_kml(form.format(hidden), placemark("B", point("21.2,52.1")))
    assert names(loaded) == ["B"]
    assert any("does not show them: Home" in each for each in loaded.warnings)


def test_tracks_are_put_in_the_order_of_their_moments_whatever_the_offsets() -> None:
    second = track((16.8, 48, "2015-09-01T09:30:00Z"), (17, 47.9, "2015-09-01T10:30:00Z"))
    first = track(
        (16.3, 48.2, "2015-09-01T10:00:00+02:00"), (16.8, 48, "2015-09-01T11:00:00+02:00")
    )
    assert read_gpx(second, first).journey.waypoints[0].label == (16.3, 48.2)


def test_moments_with_and_without_an_offset_are_not_compared_and_it_is_said() -> None:
    second = track((16.8, 48, "2015-09-01T09:30:00Z"), (17, 47.9, "2015-09-01T10:30:00Z"))
    first = track((16.3, 48.2, "2015-09-01T08:00:00"), (16.8, 48, "2015-09-01T09:00:00"))
    loaded = read_gpx(second, first)
    assert loaded.journey.waypoints[0].label == (16.8, 48)
    assert any("say no offset" in each for each in loaded.warnings)


def test_a_date_that_is_not_understood_is_named_with_its_place() -> None:
    loaded = read_gpx('<wpt lat="48" lon="16"><time>some day in May</time></wpt>')
    assert any('"some day in May" (line 1: <wpt>)' in each for each in loaded.warnings)


def test_an_empty_point_of_a_track_is_a_missing_fix_and_no_fault() -> None:
    loaded = read_gpx(
        '<trk><trkseg><trkpt lat="48.2" lon="16.3"/><trkpt lat="" lon=""/><trkpt lat="48" lon="16.8"/></trkseg></trk>'
    )
    assert len(loaded.journey.traces[0].line) == 2
    assert any("the receiver had none (1)" in each for each in loaded.warnings)


def test_blank_lines_before_the_declaration_are_harmless_and_lines_keep_their_numbers() -> None:
    content = b"\n\n<?xml version='1.0' encoding='UTF-8'?>\n<gpx version='1.1'>\n<wpt lat='91' lon='16'/></gpx>"
    with pytest.raises(JourneyFileError, match="line 5: <wpt>: latitude 91"):
        gpx.read(content, "x")


@pytest.mark.parametrize(
    ("when", "meanings"),
    [("1939-40", "1939/1940, or the first half of 1939"), ("1921-24", "1921/1924, or the end in winter of 1921"),
     ("1933-36", "1933/1936, or the last quarter of 1933"), ("44", "1944, or 0044"), ("7", "1907, or 0007")],
)  # fmt: skip
def test_a_date_of_two_meanings_is_refused_with_both(when: str, meanings: str) -> None:
    table = f"{WAY}a,Vienna,48.2,16.4,9000,city,start,{when},,single,s\n{END}".encode()
    with pytest.raises(JourneyFileError, match=f'"{when}" may mean two dates .write {meanings}'):
        csv.read(table, "trip.csv")


@pytest.mark.parametrize("when", ["1939/1940", "1945-21", "0044", "476", "1939-12"])
def test_a_date_of_one_meaning_is_taken(when: str) -> None:
    table = f"{WAY}a,Vienna,48.2,16.4,9000,city,start,{when},,single,s\n{END}".encode()
    assert csv.read(table, "trip.csv").journey.waypoints[0].when == when.zfill(4)


@pytest.mark.parametrize(
    ("encoding", "name", "header"),
    [("cp949", "서울", "name_ko"), ("cp949", "서울", "name_en"), ("shift_jis", "東京", "name_en"),
     ("cp1251", "Москва", "name_en"), ("cp1250", "Łódź", "name_en"), ("cp1250", "Plzeň", "name_cs")],
)  # fmt: skip
def test_no_letter_is_guessed_from_a_code_page_that_cannot_be_told(
    encoding: str, name: str, header: str
) -> None:
    table = f"{WAY.replace('name_en', header)}a,{name},48.2,16.4,9000,city,start,,,single,s\n{END}".encode(
        encoding
    )
    with pytest.raises(JourneyFileError, match=r"is not UTF-8.*save the file as CSV UTF-8"):
        csv.read(table, "trip.csv")


@pytest.mark.parametrize("name", ["Besançon", "Málaga", "Köln", "Créteil – l’hôtel", "Århus"])
def test_western_letters_in_windows_1252_are_read_with_a_warning(name: str) -> None:
    table = f"{WAY}a,{name},48.2,16.4,9000,city,start,,,single,s\n{END}".encode("cp1252")
    loaded = csv.read(table, "trip.csv")
    assert (loaded.journey.waypoints[0].name["en"], "Windows-1252" in loaded.warnings[0]) == (
        name,
        True,
    )


def test_the_separator_is_told_by_the_cells_where_no_header_is_known() -> None:
    with pytest.raises(JourneyFileError, match=r'column B \(Breite\).*did you mean "lat"'):
        csv.read("Ort;Breite;Länge;Datum\nWien;48,2;16,37;1.5.1944\n".encode(), "trip.csv")


@pytest.mark.parametrize(
    ("lat", "lon", "message"),
    [("48856614", "2.35", "48856614 is outside .*the decimal mark lost"), ("-18.14", "181.4", "place is -178.6")],
)  # fmt: skip
def test_a_number_off_the_map_is_told_with_its_likely_cause(
    lat: str, lon: str, message: str
) -> None:
    with pytest.raises(JourneyFileError, match=message):
        csv.read(f"{WAY}a,Suva,{lat},{lon},9000,city,start,,,single,s\n{END}".encode(), "trip.csv")


def test_a_journey_is_read_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "route.xml"
    path.write_bytes(GPX)
    assert er.read_journey(path).data.waypoints[0].label == (16.4, 48.2)


CALLED = (
    "sensitivity",
    "Sensitivity",
    "er:sensitivity",
    "sensitivit",
    "Empfindlichkeit",
    "sensibilité",
    "민감도",
    "敏感度",
)


@pytest.mark.parametrize("name", CALLED)
@pytest.mark.parametrize("value", ["1", "high"])
def test_a_sensitivity_counts_by_any_name_in_any_format(name: str, value: str) -> None:
    """What is not understood is the strictest."""
    data = f'<ExtendedData><Data name="{name}"><value>{value}</value></Data></ExtendedData>'
    simple = (
        "<ExtendedData><SchemaData><SimpleData "
        f'name="{name}">{value}</SimpleData></SchemaData></ExtendedData>'
    )
    bare = name.removeprefix("er:")
    wpt = (
        '<wpt lat="48.2" '
        f'lon="16.4"><extensions><deep><{bare}>{value}</{bare}></deep></extensions></wpt>'
    )
    record = {
        "@id": "x:1",
        "names": [{"toponym": "A"}],
        **feature("A", 16.4, 48.2, **{name: value}),
    }
    for read in (
        read_kml(placemark("A", data + point("16.4,48.2"))),
        read_kml(placemark("A", simple + point("16.4,48.2"))),
        read_gpx(wpt),
        as_json(collection(feature("A", 16.4, 48.2, **{name: value}))),
        as_json(collection(record)),
    ):
        assert [each.sensitivity for each in read.journey.waypoints] == [1]
    if name.lower() != "sensitivity":
        with pytest.raises(JourneyFileError, match="sensitivity"):
            csv.read((WAY.replace("status", f"{name},status") + END).encode(), "x.csv")


def test_no_word_of_another_program_opens_a_place_and_its_radius_counts() -> None:
    (soil,) = as_json(
        collection(feature("A", 16.4, 48.2, **{"soil:sensitivity": 0}))
    ).journey.waypoints
    assert soil.sensitivity == 1
    (wide,) = as_json(
        collection(feature("A", 16.4, 48.2, coordinateUncertaintyInMeters=50_000))
    ).journey.waypoints
    assert wide.uncertainty_m == 50_000


@pytest.mark.parametrize(
    ("told", "counts"),
    [
        ({"attributes": {"sensitivity": 1}}, 1),
        ({"a": {"b": [{"er:sensitivity": "1"}]}}, 1),
        ({"attributes": '{"sensitivity": 1}'}, 1),
        ({"sensitivity": 0, "attributes": {"sensitivity": 1}}, 1),
        ({"sensitivity": 3, "attributes": {"sensitivity": 3}}, 3),
        (
            {"attributes": {"sensitivity": 0}},
            1,
        ),  # another's word opens nothing: the strictest of the file
        ({"attributes": {"colour": "red"}}, None),
    ],
)
def test_a_sensitivity_counts_however_deep_another_program_has_put_it(
    told, counts, tmp_path
) -> None:
    places = [told | {"name": "A"}, {"name": "B", "sensitivity": 1 if counts == 1 else 3}]
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [102.6 + n, 17.9]},
            "properties": each,
        }
        for n, each in enumerate(places)
    ]
    (tmp_path / "x.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": features})
    )
    assert er.read_journey(tmp_path / "x.geojson").data.waypoints[0].sensitivity == counts


def claimed(*rows: str) -> Loaded:
    """A table with claims of these values, units and wordings, from Vienna to Graz."""
    places = "a,Vienna,48.2,16.4,9000,city,start,,,single,s\nb,Graz,47.1,15.4,9000,city,stop,,,single,s\n"
    told = "".join(f"{row},a,b,no,s\n" for row in rows)
    claims = f"\n[claims]\nvalue,unit,wording,from,to,flight,sources\n{told}"
    return csv.read(f"{WAY}{places}{END}{claims}".encode(), "trip.csv")


@pytest.mark.parametrize(
    ("row", "value", "unit", "wording"),
    [
        ("about 600,mi,", 600, "mi", "about"),
        ("about 600 miles,,", 600, "mi", "about"),
        ("nearly 50 km,km,", 50, "km", "nearly"),
        ("12 000,km,", 12_000, "km", "exact"),
        ("1.2만 km,,", 12_000, "km", "exact"),
        ("약 600 킬로미터,,", 600, "km", "about"),
        ("gut 100,km,", 100, "km", "over"),
        ("60,Seemeilen,", 60, "nmi", "exact"),
    ],
)
def test_a_number_with_its_wording_and_unit_in_one_cell_is_taken_apart(
    row: str, value: float, unit: str, wording: str
) -> None:
    (claim,) = claimed(row).journey.claims
    assert (claim.value, claim.unit, str(claim.wording)) == (value, unit, wording)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "about 600 miles,km,",
            '"about 600 miles" is not a number alone',
        ),  # two units: it is asked
        ("천 리,,", 'did you mean "li" or "ri_korean"'),
        ("500,里,", 'did you mean "li" or "ri_korean" or "ri_japanese"'),
        ('2,"days\' march",', None),
        ("umpteen,km,", '"umpteen" is no number alone'),
    ],
)
def test_a_number_that_means_several_things_is_asked(row: str, message: str | None) -> None:
    if message is None:
        assert str(claimed(row).journey.claims[0].quantity) == "duration"
        return
    with pytest.raises(JourneyFileError, match=message):
        claimed(row)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        ("48 12 30 N", "16 22 0 E"),
        ("48° 12' 30\"", "16° 22' 0\""),
        ("48°12.5", "16°22"),
        ("N48.20833", "E16.36667"),
    ],
)
def test_degrees_are_read_as_they_are_written(lat: str, lon: str) -> None:
    both = (lat + '","' + lon).replace("' 30\"", '\' 30""').replace("' 0\"", '\' 0""')
    table = f'{WAY}a,Vienna,"{both}",9000,city,start,,,single,s\n{END}'
    (place,) = csv.read(table.encode(), "trip.csv").journey.waypoints
    assert place.label == pytest.approx((16.367, 48.208), abs=1e-3)


def test_a_word_for_nothing_is_an_empty_cell_and_it_is_said() -> None:
    row = "a,Vienna,n/a,-,unknown,city,start,unbekannt,,single,s\n"
    loaded = csv.read(f"{WAY}{row}{END}".encode(), "trip.csv")
    assert (loaded.journey.waypoints[0].label, loaded.journey.waypoints[0].when) == (None, None)
    assert [each for each in loaded.warnings if "taken as empty" in each][-1].endswith(
        '"unbekannt" is taken as empty'
    )


@pytest.mark.parametrize(
    ("told", "metres", "shown"),
    [
        ("20 nmi", 37_040, "within 20 nautical miles (38 km)"),
        ("within 50 miles", 80_467.2, "within 50 miles (81 km)"),
        ("200 li", 100_000, "within 200 li (100 km)"),
        ("200 li_qing", 115_200, "within 200 li (120 km)"),
        ("50 versts", 53_340, "within 50 versts (54 km)"),
        ("0.5 mi", 804.672, "within 0.5 miles (810 m)"),
        ("100 km", 100_000, "within 100 km"),
        ("100000", 100_000, "within 100 km"),
        ("1609.344", 1_609.344, "within 1 mile (1.7 km)"),
    ],
)
def test_a_radius_is_shown_in_the_unit_that_it_was_told_in(
    told: str, metres: float, shown: str
) -> None:
    loaded = csv.read(
        f"{WAY}a,Vienna,48.2,16.4,{told},city,start,,,single,s\n{END}".encode(), "trip.csv"
    )
    (place,) = loaded.journey.waypoints
    assert place.uncertainty_m == pytest.approx(metres, rel=1e-4)
    assert within(place, Words()) == f"somewhere {shown}"
    again = csv.read(csv.write(Published(loaded.journey)).content, "trip.csv")
    assert again.journey.waypoints == loaded.journey.waypoints


@pytest.mark.parametrize(
    ("told", "fix"),
    [
        ("about 20 km", "write 20 km, or more"),
        ("20-30 km", "write 30 km"),
        ("20 ri", r"write 20 ri_korean \(7.9 km\), or 20"),
        ("5 leagues", "write 5 league_post"),
        ("a day's walk", "a time and no length"),
    ],
)
def test_a_radius_that_is_none_says_how_to_write_it(told: str, fix: str) -> None:
    with pytest.raises(JourneyFileError, match=fix):
        csv.read(
            f"{WAY}a,Vienna,48.2,16.4,{told},city,start,,,single,s\n{END}".encode(), "trip.csv"
        )


@pytest.mark.parametrize(
    ("told", "when"),
    [
        ("2518", "1975"),
        ("2518.0", "1975"),
        ("1975.0", "1975"),
        ("476", "0476"),
        ("2029", "2029"),
        ("2030", "2030"),
    ],
)
def test_a_year_alone_is_ours_unless_it_is_far_from_coming(told: str, when: str) -> None:
    loaded = csv.read(
        f"{WAY}a,Vienna,48.2,16.4,,city,start,{told},,single,s\n{END}".encode(), "trip.csv"
    )
    assert loaded.journey.waypoints[0].when == when


def test_both_coordinates_of_a_point_are_told_in_one_round() -> None:
    rows = "a,Vienna,north,512,,city,start,,,single,s\nb,Graz,47.1,512,,city,stop,,,single,gone\n"
    with pytest.raises(JourneyFileError) as told:
        csv.read(f"{WAY}{rows}{END}".encode(), "trip.csv")
    assert [str(each) for each in told.value.problems] == [
        (
            'table waypoints, row 2, column C (lat): "north" is not a number '
            "(decimal degrees, such as -33.45; empty where unknown)"
        ),
        "table waypoints, rows 2 and 3, column D (lon): longitude 512 is outside -180..180 (a figure too many?)",
        'table waypoints, row 3, column K (sources): no source "gone" in the sheet "sources" (one of s)',
    ]


def test_a_fault_of_a_row_is_told_at_the_column_that_it_speaks_of() -> None:
    rows = "a,Vienna,48.2,16.4,,city,stop,,,single,s\nb,Graz,47.1,15.4,,city,start,,,single,s\n"
    with pytest.raises(
        JourneyFileError, match=r"row 3, column G \(role\): waypoint \"b\" has the role start"
    ):
        csv.read(f"{WAY}{rows}{END}".encode(), "trip.csv")


def test_headers_of_another_table_within_one_are_one_message() -> None:
    table = f"{WAY}a,Vienna,48.2,16.4,9000,city,start,,,single,s\n\nid,title\ns,A diary\n{END}"
    with pytest.raises(JourneyFileError, match="the headers of sources, within waypoints") as told:
        csv.read(table.encode(), "trip.csv")
    assert len(told.value.problems) == 1


def test_a_radius_of_a_town_without_coordinates_is_kept_for_import() -> None:
    loaded = csv.read(f"{WAY}a,Vienna,,,50 km,city,start,,,single,s\n{END}".encode(), "trip.csv")
    assert (dict(loaded.radii_m), loaded.journey.waypoints[0].uncertainty_m) == (
        {"a": 50_000},
        None,
    )
    with pytest.raises(
        JourneyFileError, match="a radius without a point"
    ):  # of an area it has no middle
        csv.read(f"{WAY}a,The hills,,,50 km,region,start,,,single,s\n{END}".encode(), "trip.csv")


@pytest.mark.parametrize(
    ("mode", "role", "precision", "country", "taken"),
    [
        ("Zug", "Ziel", "Stadt", "Österreich", ("rail", "reached", "city")),
        ("à pied", "arrivée", "ville", "Autriche", ("foot", "reached", "city")),
        ("기차", "도착", "도시", "오스트리아", ("rail", "reached", "city")),
    ],
)
def test_the_words_of_a_table_may_be_those_of_another_language(
    mode: str, role: str, precision: str, country: str, taken: tuple[str, str, str]
) -> None:
    head = "name_en,within,precision,role,mode\nBrno,Czechia,city,start,\n"
    told = csv.read(
        f"{head}Wien,{country},{precision},{role},{mode}\n{END}".encode(), "x.csv"
    ).journey.waypoints[1]
    assert (str(told.modes[0].mode), str(told.role), str(told.precision)) == taken


def test_a_word_that_means_several_modes_is_asked_in_any_language() -> None:
    head = "name_en,within,precision,role,mode\nBrno,Czechia,city,start,\n"
    with pytest.raises(
        JourneyFileError, match='did you mean "boat_along" or "boat_across" or "sea"'
    ):
        csv.read(f"{head}Wien,Austria,city,stop,배\n{END}".encode(), "x.csv")


@pytest.mark.parametrize("coordinates", [[None], [[None]], [[[1, 2], None]], [None, [1, 2]], {}])
def test_coordinates_that_are_none_are_refused_or_left_out(coordinates: object) -> None:
    shape = {"type": "LineString", "coordinates": coordinates}
    whole = {"type": "GeometryCollection", "geometries": [shape]}
    with pytest.raises(JourneyFileError):
        as_json({"type": "Feature", "properties": {}, "geometry": whole})


def test_json_and_text_of_no_kind_that_is_known_are_named_so() -> None:
    with pytest.raises(
        JourneyFileError, match=r"JSON of a kind that is not known here .give one of GeoJSON"
    ):
        as_json({"a": 1})
    with pytest.raises(JourneyFileError, match="a feature set of Esri"):
        as_json({"geometryType": "esriGeometryPoint", "features": []})
    with pytest.raises(JourneyFileError, match=r"no header in it is known here .*escape-route new"):
        csv.read(b"I left Vienna in spring 1945, and it was cold.\nWe walked.", "account.txt")


@pytest.mark.parametrize(
    "cell",
    ["1" + " " * 50_000 + "x", "about " + "1 " * 30_000, "9" * 60_000 + " km", "x " * 40_000],
)
@pytest.mark.parametrize("column", whole(["lat", "uncertainty_m", "when"], "when"))
def test_a_long_cell_is_refused_at_once(cell: str, column: str) -> None:
    told = {"lat": "48.2", "uncertainty_m": "9000", "when": ""} | {column: cell}
    table = f"{WAY}a,V,{told['lat']},16.4,{told['uncertainty_m']},city,start,{told['when']},,single,s\n{END}"
    begun = time.process_time()
    with pytest.raises(JourneyFileError):
        csv.read(table.encode(), "trip.csv")
    assert time.process_time() - begun < 2
