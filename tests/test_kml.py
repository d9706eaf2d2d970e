"""KML and KMZ, both ways: our own files come back equal, others with honest defaults; fastkml and GDAL read ours."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING

import pyogrio
import pytest

import escape_route as er
from beside import SHARED, SHIPPED
from escape_route.errors import JourneyFileError
from escape_route.formats.tracks import kml, kmz
from escape_route.model.published import Published
from making import journey

if TYPE_CHECKING:
    from pathlib import Path

    from escape_route.model import journey as model

FOLDER = SHARED / "conformance" / "kml"
FILES = (
    {
        each["path"].partition("data/kml/")[2]: each["expect"]
        for each in json.loads((FOLDER / "index.json").read_bytes())["files"]
    }
    if FOLDER.is_dir()
    else {"-": "valid"}
)
#: What each file with a place in it gives; every other file of the suite has none.
PLACES = {
    "Document-clean.kml": 11,
    "Document-deprecated.kml": 1,
    "Document-places.kml": 2,
    "KML_Samples.kml": 1,  # all but one are not shown
    "custom/Data-Ok.xml": 1,  # a name alone
    "features/Placemark-Author.xml": 1,
    "spatial/LineString-ClampToGround.xml": 2,
    "spatial/LineString-Tessellate.xml": 2,
    "spatial/Polygon-Absolute.xml": 1,
    "views/LookAt-ClampToGround.xml": 1,
    "views/LookAt-Error.xml": 1,  # a view without a height: nothing that a journey needs
    "views/LookAt-MissingAltitudeMode.xml": 1,
    "views/LookAt-MissingAltitudeModeAndAltitude.xml": 1,
    "views/LookAt-Ok.xml": 1,
}
#: What is wrong with the files whose fault lies in what a journey is made of.
FAULTS = {
    "LinearRingWith1DTuple.kml": '"-118.0," is not a position',
    "LinearRingWithInvalidLat.kml": r"latitude 92 is outside -90\.\.90",
    "custom/Data-Duplicate.xml": "a name given twice",
    "spatial/Placemark-TruncatedLineString.xml": "a line needs two positions or more",
    "spatial/invalidPolygonBoundary.xml": "Hole lies outside shell",
}

TOLD = {"label": (16.4, 48.2), "sources": ("S1",)}


def file(*placemarks: str, namespace: str = "http://www.opengis.net/kml/2.2") -> bytes:
    inside = "".join(f"<Placemark>{each}</Placemark>" for each in placemarks)
    return f'<kml xmlns="{namespace}" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>{inside}</Document></kml>'.encode()


def point(lon: float, lat: float) -> str:
    return f"<Point><coordinates>{lon},{lat},0</coordinates></Point>"


def line(text: str) -> str:
    return f"<LineString><coordinates>{text}</coordinates></LineString>"


def polygon(*rings: str) -> str:
    kinds = ["outerBoundaryIs"] + ["innerBoundaryIs"] * (len(rings) - 1)
    bounds = [
        f"<{kind}><LinearRing><coordinates>{ring}</coordinates></LinearRing></{kind}>"
        for kind, ring in zip(kinds, rings, strict=True)
    ]
    return f"<Polygon>{''.join(bounds)}</Polygon>"


def read(content: bytes) -> model.Journey:
    return kml.read(content, "x.kml").journey


@pytest.mark.parametrize("ending", ["kml", "kmz"])
def test_gdal_opens_what_is_written(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"x.{ending}"
    module = kml if ending == "kml" else kmz
    path.write_bytes(module.write(Published(er.read_journey("ro-family").data)).content)
    frame = pyogrio.read_dataframe(path)
    drawn = [
        (each.geoms[0] if each.geom_type == "GeometryCollection" else each)
        for each in frame.geometry
        if each
    ]
    assert (drawn[0].x, drawn[0].y) == (128, 42)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_same_journey_makes_the_same_bytes(name: str) -> None:
    one = er.read_journey(name).data
    assert kml.write(Published(one)) == kml.write(Published(one))
    assert kmz.write(Published(one)) == kmz.write(Published(one))


@pytest.mark.parametrize("name", FILES)
def test_each_file_of_the_suite_is_read_or_refused_in_words(name: str, shared: Path) -> None:
    content = (shared / "conformance/kml" / name).read_bytes()
    if name in PLACES:
        assert len(kml.read(content, name).journey.waypoints) == PLACES[name]
    else:
        with pytest.raises(
            JourneyFileError, match=FAULTS.get(name, "no place and no track in this KML file")
        ):
            kml.read(content, name)


def test_no_file_with_a_fault_in_its_places_is_read() -> None:
    assert {name for name in PLACES if FILES.get(name, "unlabelled") != "unlabelled"} <= {
        "views/LookAt-Error.xml",
        "custom/Data-Ok.xml",
    }


@pytest.mark.parametrize(
    "namespace",
    [
        *(f"http://earth.google.com/kml/2.{minor}" for minor in range(3)),
        *(f"http://www.opengis.net/kml/2.{minor}" for minor in (2, 3)),
        "",
    ],
)
def test_every_namespace_of_kml_is_read(namespace: str) -> None:
    (one,) = read(file(f"<name>A</name>{point(1, 2)}", namespace=namespace)).waypoints
    assert (one.name["en"], one.label) == ("A", (1, 2))


def test_a_polygon_over_the_antimeridian_is_cut_there() -> None:
    (one,) = read(file(polygon("179,0 -179,0 -179,1 179,1 179,0"))).waypoints
    assert one.geometry is not None
    assert (one.geometry.geom_type, one.geometry.bounds, one.geometry.area) == (
        "MultiPolygon",
        (-180, 0, 180, 1),
        2,
    )


def test_folders_are_read_in_their_order() -> None:
    first, second = (f"<Placemark>{point(each, each)}</Placemark>" for each in (1, 2))
    folder = f"<Folder><Folder>{first}</Folder>{second}</Folder>"
    content = file(point(3, 3)).replace(b"<Document>", f"<Document>{folder}".encode())
    assert [each.label for each in read(content).waypoints] == [(1, 1), (2, 2), (3, 3)]


def test_a_collection_gives_each_point_and_one_place_for_its_polygons() -> None:
    squares = polygon("0,0 1,0 1,1 0,0") + polygon("5,5 6,5 6,6 5,5")
    journey = read(
        file(
            f"<MultiGeometry>{point(9, 9)}<MultiGeometry>{squares}</MultiGeometry></MultiGeometry>"
        )
    )
    assert [
        each.geometry.geom_type if each.geometry else "Point" for each in journey.waypoints
    ] == [
        "Point",
        "MultiPolygon",
    ]


@pytest.mark.parametrize("ring", ["0,0 9,0 9,9 0,9 0,0", "0,0 0,9 9,9 9,0 0,0"])
def test_both_orders_of_winding_are_read(ring: str) -> None:
    (one,) = read(file(polygon(ring, "1,1 2,1 2,2 1,1"))).waypoints
    assert one.geometry is not None
    assert one.geometry.area == 80.5


def test_a_track_of_googles_extension_keeps_the_times_of_its_ends() -> None:
    times = [f"<when>1969-07-2{day}T10:00:00Z</when>" for day in range(3)]
    coordinates = [
        f"<gx:coord>{179.5 + day} -17 0</gx:coord>".replace("180.5", "-179.5").replace(
            "181.5", "-178.5"
        )
        for day in range(3)
    ]
    journey = read(file(f"<name>T</name><gx:Track>{''.join(times + coordinates)}</gx:Track>"))
    assert [each.when for each in journey.waypoints] == [
        "1969-07-20T10:00:00Z",
        "1969-07-22T10:00:00Z",
    ]
    assert journey.traces[0].line == ((179.5, -17), (180.5 - 360, -17), (-178.5, -17))


@pytest.mark.parametrize(
    ("told", "when"),
    [
        ("<TimeStamp><when>2008-05</when></TimeStamp>", "2008-05"),
        ("<TimeStamp><when>-0044-03-15</when></TimeStamp>", "-0044-03-15"),
        ("<TimeSpan><begin>1950</begin><end>1953-07-27</end></TimeSpan>", "1950/1953-07-27"),
        ("<TimeSpan><end>1953</end></TimeSpan>", "../1953"),
        ("<TimeStamp><when>May</when></TimeStamp>", None),
    ],
)
def test_times_become_dates(told: str, when: str | None) -> None:
    (one,) = read(file(told + point(1, 2))).waypoints
    assert one.when == when


@pytest.mark.parametrize(
    ("when", "native"),
    [
        ("[1950,1951]", "<TimeSpan><begin>1950</begin><end>1951</end></TimeSpan>"),
        ("[1942..]", "<TimeSpan><begin>1942</begin></TimeSpan>"),
        ("[..1944]", "<TimeSpan><end>1944</end></TimeSpan>"),
        ("1945-21", "<TimeSpan><begin>1945-03</begin><end>1945-05</end></TimeSpan>"),
        ("1945", "<TimeStamp><when>1945</when></TimeStamp>"),
        ("1945~", ""),
    ],
)
def test_a_set_or_a_season_is_written_as_the_span_that_covers_it_and_comes_back_as_told(
    when: str, native: str
) -> None:
    content = kml.write(Published(journey({"when": when} | TOLD, TOLD))).content
    assert native in re.sub(rb">\s+<", b"><", content).decode()
    assert ("<Time" in content.decode()) == bool(native)
    assert kml.read(content, "x.kml").journey.waypoints[0].when == when


def test_a_pole_and_the_antimeridian_are_places() -> None:
    assert [
        each.label for each in read(file(point(0, 90), point(-180, 0), point(180, -90))).waypoints
    ] == [
        (0, 90),
        (-180, 0),
        (180, -90),
    ]


def test_a_network_link_is_not_followed_and_said() -> None:
    link = "<NetworkLink><Link><href>http://127.0.0.1:9/secret.kml</href></Link></NetworkLink>"
    loaded = kml.read(
        file(point(1, 2)).replace(b"<Document>", f"<Document>{link}".encode()), "x.kml"
    )
    assert "not followed, for what is read is this file alone: network links (1)" in loaded.warnings


def test_markup_in_a_description_is_taken_off_and_said() -> None:
    loaded = kml.read(
        file(f"<description><![CDATA[<b>Bold</b> words]]></description>{point(1, 2)}"), "x.kml"
    )
    assert loaded.journey.waypoints[0].narration["en"][0].text == "Bold words"
    assert (
        "not kept, for a journey has no place for it: formatting of descriptions (1)"
        in loaded.warnings
    )


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_and_windows_line_ends_are_read(mark: bytes) -> None:
    content = mark + file(line("1,2\n3,4\n")).replace(b"\n", b"\r\n")
    assert read(content).traces[0].line == ((1, 2), (3, 4))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<gpx/>", "the root is <gpx>, not <kml>"),
        (
            b'<!DOCTYPE kml SYSTEM "http://127.0.0.1:9/x.dtd"><kml/>',
            "a document type: none is read",
        ),
        (file(point(200, 2)), r"line 1: <Point> coordinates: longitude 200 is outside"),
        (file("<Point/>"), "no place and no track in this KML file"),
        (file("<LineString/>"), "<LineString>: no coordinates in it"),
        (file("<Polygon/>"), "<Polygon>: no outline"),
        (
            file(polygon("0,0 1,0 1,1 2,2")),
            "the first and last positions of a ring are not the same",
        ),
        (file("<gx:Track><when>2020</when></gx:Track>"), "1 time for 0 positions"),
        (
            file(line("1, 2 3, 4")),
            r'"1," is not a position, nor are 3 more here \(longitude,latitude without a blank',
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line(content: bytes, message: str) -> None:
    with pytest.raises(JourneyFileError, match=message):
        read(content)


def test_a_deep_nest_is_read_or_refused() -> None:
    with pytest.raises(JourneyFileError, match="not XML: "):
        read(b"<kml>" + b"<Folder>" * 100_000)


def archive(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr(name, content)
    return packed.getvalue()


def test_a_problem_in_an_archive_names_the_file_in_it() -> None:
    with pytest.raises(
        JourneyFileError, match=r"x\.kmz: places\.kml, line 1: <Point> coordinates: latitude 91"
    ):
        kmz.read(archive("places.kml", file(point(1, 91))), "x.kmz")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"<kml/>",
            r"not a zip archive that can be read: File is not a zip file \(is this a KML file",
        ),
        (archive("a.txt", b""), r"no KML file in this archive"),
        (archive("a.kml", b"<kml/>")[:-30], "not a zip archive"),
    ],
    ids=["no archive", "no file", "cut short"],
)
def test_an_archive_that_cannot_be_read_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(JourneyFileError, match=message):
        kmz.read(content, "x.kmz")


def test_an_archive_that_unpacks_to_more_than_it_may_is_refused() -> None:
    with pytest.raises(JourneyFileError, match="more than 80 MB when unpacked"):
        kmz.read(archive("doc.kml", b" " * (kmz.MOST_BYTES + 1)), "x.kmz")


def test_a_place_that_another_program_added_to_ours_is_told() -> None:
    added = f"<Placemark><name>New</name>{point(1, 2)}</Placemark></Document>".encode()
    loaded = kml.read(
        kml.write(Published(er.read_journey("lee-so-yeon").data)).content.replace(
            b"</Document>", added
        ),
        "x.kml",
    )
    assert loaded.journey.waypoints[-1].name == {"en": "New"}
    assert loaded.warnings == ("added by another program, taken as exact and as inferred: 1 place",)
