"""The small files that once failed, one a kind of fault, with what each gives; and their kinds in other formats."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

import escape_route as er
from escape_route.api.journeys import read_as_written
from escape_route.cli import main
from escape_route.errors import JourneyFileError
from escape_route.formats import reader
from escape_route.formats.recognise import recognise

if TYPE_CHECKING:
    from pathlib import Path

    from escape_route.formats import Loaded

#: Files that are read: the places by name, and a word of what is said of the file ("" where there
#: is nothing to say).
READ = {
    "01-own-gpx-saved-elsewhere.gpx": ("A valley|Hungary|Trieste", "saved by another program"),
    "01b-own-layer-saved-by-qgis.gpkg": ("A valley|Hungary|Trieste", "saved by another program"),
    "02-words-latitude-first.gpx": ("First house|Munich", "no sensitivity is declared"),
    "03-zero-in-track.gpx": ("Start of Walk|End of Walk", "[0, 0] at 2015-09-02T07:59:50Z"),
    "04-drawn-line.kml": ("Kabul|Herat|Mashhad", "taken as drawn and not recorded"),
    "04b-drawn-line-beside.kml": ("Kabul|Herat|Mashhad", "taken as drawn and not recorded"),
    "08-tracks-offsets-mixed.gpx": (
        "Start of First|End of First|End of Second",
        "the order of their times",
    ),
    "09-earliest-latest.lpf.json": ("Isfahan|Shiraz", "no order of travel"),
    "11-letters-lost-in-figure.kml": ("תל אביב 2|حلب (1)", "no sensitivity is declared"),
    "12-address-only.kml": ("Vienna|Graz|Trieste", "to be looked up by import: Graz"),
    "13-hidden-placemark.kml": (
        "Vienna|Trieste",
        "the file itself does not show them: Home, not to be shown",
    ),
    "14-verst-as-told.csv": ("Tobolsk|Tomsk", ""),
    "14b-verst-converted.csv": ("Tobolsk|Tomsk", ""),
    "16-plain.geojson": ("Vienna|Munich", "no sensitivity is declared"),
    "17-linked-places.geojson": ("Vienna|Munich", "no order of travel"),
    "18-phone-timeline.json": ("Place 1", "no sensitivity is declared"),
    "18b-storymap.json": ("Vienna|Munich", "no sensitivity is declared"),
    "19-route.xml": ("Vienna|Munich", "no sensitivity is declared"),
    "21-blank-lines-first.gpx": ("Start of Walk|End of Walk", "taken as drawn"),
    "22-point-without-fix.gpx": (
        "Start of the track|End of the track",
        "the receiver had none (1)",
    ),
    "26-own-geojson-saved-by-qgis.geojson": ("Vienna|Munich", "saved by another program"),
    "31-same-house-twice.geojson": ("Stop 0|Stop 1|Stop 2", ""),
    "32-three-countries-one-box.geojson": ("A farm|Stop 1", ""),
    "34-title-is-a-formula.geojson": ("", ""),
    "35-paragraph-separator.geojson": ("", ""),
    "37-one-way-many-numbers.geojson": ("Seoul|Busan", ""),
    "38-sea-kos.geojson": ("Bodrum|Kos", ""),
    "38b-sea-caspian.geojson": ("Krasnovodsk|Pahlevi", ""),
    "38c-sea-gibraltar.geojson": ("Tangier|Tarifa", ""),
    "39-german-only.geojson": ("Goslar|Quedlinburg", ""),
    "40-scope-in-the-middle.geojson": ("Paris|Banyuls|Portbou", ""),
}
#: Files that are refused, with the way on.
REFUSED = {
    "05-decimal-comma.kml": '"21,11,52,08" is not a position (a comma for the decimal mark?)',
    "06-years-1939-40.csv": "write 1939/1940, or the first half of 1939",
    "07-year-44.csv": "write 1944, or 0044",
    "10-korean-cp949.csv": "save the file as CSV UTF-8",
    "15-ring-with-blanks.kml": '"1," is not a position, nor are 7 more here (longitude,latitude without a blank',
    "19b-activity.tcx": "a TCX file of a sports watch, which is not read here (export it as GPX",
    "23-semicolons-own-headers.csv": 'column B (Breite): not known here, and not read (did you mean "lat"?)',
    "24-lost-decimal-mark.csv": "the decimal mark lost, or metres and not degrees?",
    "25-zero-zero.gpx": "delete it, or give the place",
    "36-title-with-nul.geojson": "U+0000, which is no letter (delete it)",
}
KML = (
    '<kml xmlns="http://www.opengis.net/kml/2.2" '
    'xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>{}</Document></kml>'
)
GPX = '<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">{}</gpx>'
LPF = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"


def test_every_file_of_the_index_stands_here(shared: Path) -> None:
    files = {path.name for path in (shared / "cases").iterdir() if path.suffix != ".md"}
    assert files - {each for each in files if each.endswith(".published.json")} == {*READ, *REFUSED}


@pytest.mark.parametrize("name", READ)
def test_a_file_that_is_read_gives_its_places_and_says_what_it_was(name: str, shared: Path) -> None:
    found = read_as_written(shared / "cases" / name)
    places, said = READ[name]
    names = "|".join(er.api.journeys.say(each.name) for each in found.data.waypoints)
    assert names == (places or names)
    assert (said in " ".join(found.warnings)) if said else not found.warnings


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_refused_is_told_the_way_on(name: str, shared: Path) -> None:
    with pytest.raises(JourneyFileError) as refused:
        read_as_written(shared / "cases" / name)
    assert REFUSED[name] in str(refused.value)


@pytest.mark.parametrize("name", ["19-route.xml", "12-address-only.kml", "16-plain.geojson"])
def test_a_file_of_another_program_is_published_by_its_content_twice(
    name: str, shared: Path, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_bytes((shared / "cases" / name).read_bytes())
    for _ in range(2):
        assert (
            main.main(
                ["export", str(file), "--to", "gpx", "-o", str(tmp_path / "out.gpx"), "--force"]
            )
            == 0
        )


def read(name: str, content: str | bytes) -> Loaded:
    raw = content.encode() if isinstance(content, str) else content
    return reader(recognise(raw, PurePath(name))).read(raw, name)


def told(loaded: Loaded) -> str:
    return "|".join(each.name["en"] for each in loaded.journey.waypoints)


def plain(*features: tuple[str, Any], **more: Any) -> str:
    listed = [
        {"type": "Feature", "properties": {"name": name} | more, "geometry": at}
        for name, at in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": listed})


def at(*numbers: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": list(numbers)}


def placemark(name: str, inside: str) -> str:
    return f"<Placemark><name>{name}</name>{inside}</Placemark>"


def kml_point(written: str) -> str:
    return f"<Point><coordinates>{written}</coordinates></Point>"


def gx_track(*positions: str) -> str:
    whens = "".join(
        f"<when>2015-09-02T07:0{number}:00Z</when>" for number, _ in enumerate(positions)
    )
    return f"<gx:Track>{whens}{''.join(f'<gx:coord>{each}</gx:coord>' for each in positions)}</gx:Track>"


NAMED_ALONE = {
    "a.kml": KML.format(placemark("Vienna", kml_point("16.4,48.2")) + placemark("Graz", "")),
    "a.gpx": GPX.format(
        '<wpt lat="48.2" lon="16.4"><name>Vienna</name></wpt><wpt><name>Graz</name></wpt>'
    ),
    "a.geojson": plain(("Vienna", at(16.4, 48.2)), ("Graz", None)),
    "a.lpf": json.dumps(
        {
            "@context": LPF,
            "type": "FeatureCollection",
            "features": [
                {
                    "@id": name,
                    "type": "Feature",
                    "properties": {"title": name},
                    "names": [{"toponym": name}],
                    "geometry": where,
                }
                for name, where in (("Vienna", at(16.4, 48.2)), ("Graz", None))
            ],
        }
    ),
}


@pytest.mark.parametrize("name", NAMED_ALONE)
def test_a_place_with_a_name_alone_is_kept_in_every_format(name: str) -> None:
    loaded = read(name, NAMED_ALONE[name])
    assert told(loaded) == "Vienna|Graz"
    assert "a name and no coordinates, to be looked up by import: Graz" in loaded.warnings


def test_a_point_off_the_route_without_coordinates_is_named_when_left_out() -> None:
    route = '<rte><rtept lat="48.2" lon="16.4"/><rtept><name>Linz</name></rtept></rte>'
    loaded = read("a.gpx", GPX.format(f"<wpt><name>Graz</name></wpt>{route}"))
    assert "Graz" in loaded.warnings[0]


def test_a_missing_fix_of_a_kml_track_is_a_break_and_no_fault() -> None:
    loaded = read(
        "a.kml",
        KML.format(placemark("Walk", gx_track("16 48 0", "", "16.0005 48 0", "16.001 48 0"))),
    )
    assert loaded.journey.traces[0].line == ((16.0, 48.0), (16.0005, 48.0), (16.001, 48.0))
    assert any("the receiver had none (1)" in each for each in loaded.warnings)
    assert loaded.journey.waypoints[-1].when == "2015-09-02T07:03:00Z"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "a.kml",
            KML.format(placemark("A", gx_track("16 48 0", "0 0 0", "16.0005 48 0", "16.001 48 0"))),
        ),
        (
            "a.geojson",
            plain(
                (
                    "A",
                    {
                        "type": "LineString",
                        "coordinates": [[16, 48], [0, 0], [16.0005, 48], [16.001, 48]],
                    },
                )
            ),
        ),
    ],
)
def test_a_zero_in_a_track_is_left_out_in_every_format(name: str, content: str) -> None:
    loaded = read(name, content)
    assert (0.0, 0.0) not in loaded.journey.traces[0].line
    assert "no receiver was there" in " ".join(loaded.warnings)


ZERO = {
    "a.kml": KML.format(placemark("A", kml_point("0,0"))),
    "a.geojson": plain(("A", at(0, 0))),
    "a.csv": "name_en,lat,lon\nA,0,0\n",
}


@pytest.mark.parametrize("name", ZERO)
def test_a_stop_at_zero_zero_is_refused_in_every_format(name: str) -> None:
    with pytest.raises(JourneyFileError, match="delete it, or give the place"):
        read(name, ZERO[name])


DATED = {
    "a.kml": KML.format(
        placemark("A", "<TimeStamp><when>1939-40</when></TimeStamp>" + kml_point("1,1"))
    ),
    "a.geojson": plain(("A", at(1, 1)), when="1939-40"),
    "a.lpf": json.dumps(
        {
            "@context": LPF,
            "type": "FeatureCollection",
            "features": [
                {
                    "@id": "A",
                    "type": "Feature",
                    "properties": {"title": "A"},
                    "names": [{"toponym": "A"}],
                    "when": {"timespans": [{"start": {"in": "1939-40"}}]},
                    "geometry": at(1, 1),
                }
            ],
        }
    ),
}


@pytest.mark.parametrize("name", DATED)
def test_a_date_of_two_meanings_is_refused_with_both_in_every_format(name: str) -> None:
    with pytest.raises(
        JourneyFileError, match=r'"1939-40" may mean two dates \(write 1939/1940, or the first half'
    ):
        read(name, DATED[name])


OFF = {
    "a.kml": KML.format(placemark("A", kml_point("2352222,48.85"))),
    "a.gpx": GPX.format('<wpt lat="48.85" lon="2352222"/>'),
    "a.geojson": plain(("A", at(2352222, 48.85))),
}


@pytest.mark.parametrize("name", OFF)
def test_a_number_off_the_map_has_its_likely_cause_in_every_format(name: str) -> None:
    with pytest.raises(
        JourneyFileError, match=r"longitude 2352222 is outside -180..180 \(the decimal mark lost"
    ):
        read(name, OFF[name])


def test_four_numbers_of_a_plain_position_are_told_of() -> None:
    loaded = read("a.geojson", plain(("A", at(21, 11, 52, 8))))
    assert "a position has 4 numbers, of which the first two are taken" in " ".join(loaded.warnings)


def test_a_hidden_row_of_places_is_named_and_left_out(tmp_path: Path) -> None:
    assert main.main(["new", str(tmp_path / "trip")]) == 0
    book = openpyxl.load_workbook(tmp_path / "trip-example.xlsx")
    names = [row[1].value for row in book["waypoints"].iter_rows(min_row=2) if row[1].value]
    book["waypoints"].row_dimensions[3].hidden = True
    saved = io.BytesIO()
    book.save(saved)
    loaded = read("trip.xlsx", saved.getvalue())
    assert len(loaded.journey.waypoints) == len(names) - 1
    assert (
        "sheet waypoints: row 3: hidden, and left out (show them in the spreadsheet to have them)"
        in loaded.warnings
    )


RENAMED = """id,name_en,lat,lon,uncertainty_m,precision,role,when,mode
a,Vienna,48.2,16.37,3000,city,start,spring 1945,
b,Linz,48.3,14.29,3000,city,stop,early 1945,foot
renamed,Salzburg,47.8,13.04,3000,city,reached,May 1945,foot

[journey]
id,trip
title_en,A way
summary_en,Told.
outcome,reached

[sources]
id,title
s,An interview

[claims]
id,quantity,value,unit,wording,from,to,flight
c1,distance,200,miles,about,a,c,no
c2,distance,30,Mile,about,b,c,no
c3,duration,5,d,about,b,c,no

[tracks]
from,to,shape
b,c,"LINESTRING (14.29 48.3, 13.04 47.8)"
"""


def test_an_id_that_was_renamed_is_one_error_and_not_one_a_row() -> None:
    with pytest.raises(JourneyFileError) as refused:
        read("trip.csv", RENAMED)
    (problem,) = refused.value.problems
    assert problem.place == "table claims, row 18, column G (to)"
    assert (
        problem.message
        == 'no waypoint "c"; cited in claims row 19, claims row 20, tracks row 24 as well'
    )


def test_a_unit_is_taken_by_what_else_it_is_called() -> None:
    claims = read("trip.csv", RENAMED.replace("renamed,", "c,")).journey.claims
    assert [claim.unit for claim in claims] == ["mi", "mi", "d"]


def test_a_second_file_in_an_archive_is_named() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("one", "two"):
            point = f"<Placemark><name>{name}</name><Point><coordinates>16,48</coordinates></Point></Placemark>"
            archive.writestr(f"{name}.kml", KML.format(point))
    found = read("walk.kmz", packed.getvalue())
    assert (told(found), "one.kml is read, and not two.kml" in " ".join(found.warnings)) == (
        "one",
        True,
    )


@pytest.mark.parametrize(
    ("name", "is_told"),
    [
        ("EPSG:4807", True),
        ("urn:ogc:def:crs:EPSG::5186", True),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", False),
    ],
)
def test_a_reference_system_that_is_another_is_told(name: str, *, is_told: bool) -> None:
    document = json.loads(plain(("Camp", at(40, 50)))) | {
        "crs": {"type": "name", "properties": {"name": name}}
    }
    assert (
        "save it in EPSG:4326" in " ".join(read("a.geojson", json.dumps(document)).warnings)
    ) is is_told
