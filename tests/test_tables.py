"""Journeys as CSV and XLSX: everything survives; carriers are forgiven, content is not; problems name their cell."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import escape_route as er
from beside import IS_LONG, SHIPPED
from documents import content, journey, leg, waypoint
from escape_route.errors import JourneyFileError
from escape_route.formats.tables import csv as csv_tables
from escape_route.formats.tables import xlsx
from escape_route.formats.tables.cells import CellError, number_of
from escape_route.formats.tables.columns import SHEETS, heading_of
from escape_route.model import read
from escape_route.model.journey import Statement
from escape_route.model.published import Published
from escape_route.model.told_dates import ways
from strategies import journeys
from tables import (
    WALK,
    csv_problems,
    csv_text,
    csv_with,
    first,
    problems,
    put,
    read_csv,
    saved,
    xlsx_problems,
    xlsx_with,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from escape_route.model.journey import Journey

ROW_2 = "walk.csv: table waypoints, row 2"
CARRIERS = pytest.mark.parametrize("carrier", [csv_tables, xlsx], ids=["csv", "xlsx"])


# Round trips


@settings(max_examples=40 if IS_LONG else 15)
@given(journeys())
def test_every_journey_survives_csv(one: Journey) -> None:
    assert csv_tables.read(csv_tables.write(Published(one)).content, "j.csv").journey == one


@settings(max_examples=15 if IS_LONG else 8)
@given(journeys())
def test_every_journey_survives_xlsx(one: Journey) -> None:
    assert xlsx.read(xlsx.write(Published(one)).content, "j.xlsx").journey == one


@CARRIERS
@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_journey_survives_and_nothing_is_lost(carrier: Any, name: str) -> None:
    one = er.read_journey(name).data
    written = carrier.write(Published(one))
    loaded = carrier.read(written.content, "j")
    assert (loaded.journey, loaded.warnings, written.lost) == (one, (), ())


@CARRIERS
def test_a_second_writing_gives_the_same_bytes(carrier: Any) -> None:
    assert carrier.write(Published(WALK)).content == carrier.write(Published(WALK)).content


@CARRIERS
def test_texts_that_look_like_something_else_stay_texts(carrier: Any) -> None:
    hostile = [
        "=1+1",
        "+49",
        "-5",
        "@x",
        "'=a",
        "''",
        "\t=1",
        " =1",
        "007",
        "2019-12",
        "#N/A",
        "TRUE",
        "_x0041_",
        "a\r\nb",
    ]
    for text in hostile:
        one = replace(
            WALK,
            title={"en": text},
            waypoints=(replace(WALK.waypoints[0], name={"en": text}),),
            claims=(),
        )
        assert carrier.read(carrier.write(Published(one)).content, "j").journey == one


@CARRIERS
def test_a_text_longer_than_a_spreadsheet_cell_survives(carrier: Any) -> None:
    long = "=a_x0041_" * 5_000
    one = replace(
        WALK,
        summary={"en": long},
        waypoints=(replace(WALK.waypoints[0], name={"ko": "가"}),),
        claims=(),
    )
    assert carrier.read(carrier.write(Published(one)).content, "j").journey == one


@CARRIERS
def test_odd_languages_and_many_statements_survive(carrier: Any) -> None:
    narration = {
        "EN": (Statement("a", ()), Statement("b", ("A",))),
        "x_2_sources": (Statement("c", ()),),
        "": (Statement("d", ()),),
    }
    place = replace(
        WALK.waypoints[0],
        name={"EN": "a", "en": "b", "zh-hans": "c", "a] b": "d"},
        narration=narration,
    )
    one = replace(WALK, waypoints=(place,), claims=())
    assert carrier.read(carrier.write(Published(one)).content, "j").journey == one


def test_a_narration_without_a_sentence_is_told_as_lost() -> None:
    one = replace(WALK, waypoints=(replace(WALK.waypoints[0], narration={"ko": ()}),), claims=())
    assert csv_tables.write(Published(one)).lost == (
        'waypoint "w0": that there is a narration in "ko" without a sentence in it',
    )


def test_zero_and_nothing_are_kept_apart() -> None:
    assert first("sensitivity", "0").sensitivity == 0
    assert first("sensitivity", "").sensitivity is None


def test_empty_coordinates_are_no_point_and_not_the_point_0_0() -> None:
    text = csv_with("lat", "").replace(",100,", ",,", 1)
    assert read_csv(text).waypoints[0].label is None
    assert first("lat", "0").label == (100, 0)


# CSV as it comes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_are_forgiven(encoding: str, end: str) -> None:
    text = csv_with("name_en", "Zürich ຫຼວງ").replace("\r\n", end)
    assert read_csv(text.encode(encoding)).waypoints[0].name == {"en": "Zürich ຫຼວງ"}


@pytest.mark.parametrize("delimiter", [";", "\t", ",", "|"])
def test_separators_are_found_and_a_line_that_names_them_is_obeyed(delimiter: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(csv.reader(io.StringIO(csv_text(), newline="")))
    assert read_csv(text.getvalue()) == WALK
    assert read_csv(f"sep={delimiter}\r\n{text.getvalue()}") == WALK


def test_windows_1252_is_guessed_with_a_warning() -> None:
    loaded = csv_tables.read(csv_with("name_en", "Córdoba").encode("cp1252"), "walk.csv")
    assert loaded.journey.waypoints[0].name == {"en": "Córdoba"}
    assert loaded.warnings == ("not UTF-8: read as Windows-1252; look at the letters with accents",)


@pytest.mark.parametrize("file", [b"\x81\x8d", b"\xff\xfea", b"a\x00\x00\xd8"])
def test_bytes_in_no_encoding_are_refused(file: bytes) -> None:
    with pytest.raises(JourneyFileError, match=r"is neither UTF-8 nor Windows-1252|is not UTF-16"):
        csv_tables.read(file, "walk.csv")


def test_headers_in_any_case_and_empty_rows_and_columns_are_forgiven() -> None:
    text = (
        csv_text().replace("name_en", " Name EN ").replace("verbatimLocality", "VERBATIM locality")
    )
    rows = text.split("\r\n")
    spread = "\r\n".join(
        f"{row},,,{'' if number else ' '}"
        for number, row in enumerate([rows[0], "", rows[1], ",,,", *rows[2:]])
    )
    assert read_csv(spread + "\r\n,,\r\n") == WALK


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("12,5", 12.5),
        ("0,125", 0.125),
        ("1234,567", 1234.567),
        ("−3", -3),
        (" 7 ", 7),
        ("1e3", 1000.0),
        (".5", 0.5),
    ],
)
def test_a_decimal_comma_counts_where_it_can_be_nothing_else(cell: str, number: float) -> None:
    assert number_of(cell) == number


def test_a_comma_before_three_digits_may_be_either_but_in_a_latitude() -> None:
    with pytest.raises(CellError, match=r'^"1,500" may be 1500 or 1\.5$'):
        number_of("1,500")
    assert first("lat", "48,856").label == (100, 48.856)


@pytest.mark.parametrize("cell", ["nan", "inf", "1_000", "1,234,567", "12 00", "48°51'N", "1e999"])
def test_what_is_no_number_is_left_for_the_reading_to_refuse(cell: str) -> None:
    assert number_of(cell) == cell


@pytest.mark.parametrize(
    ("cell", "when"),
    [
        ("2019", "2019"),
        ("476", "0476"),
        ("-0043-03-15", "-0043-03-15"),
        ("1848-12-21?", "1848-12-21?"),
        ("1952-03-01 00:00:00", "1952-03-01"),
        ("../2009", "../2009"),
    ],
)
def test_dates_of_any_age_are_read(cell: str, when: str) -> None:
    assert first("when", cell).when == when


@pytest.mark.parametrize(
    "cell",
    ["n.d.", "o.D.", "s.d.", "keine Angabe", "no date", "날짜 미상", "日付不明", "غير معروف"],
)
def test_what_says_that_a_date_is_not_known_is_none(cell: str) -> None:
    assert first("when", cell).when is None


@pytest.mark.parametrize(
    ("cell", "when"),
    [
        ("25/12/1915", "1915-12-25"),
        ("12.25.1915", "1915-12-25"),
        ("5/5/1915", "1915-05-05"),
        ("1915-5-12", "1915-05-12"),
        ("12/1915", "1915-12"),
        ("5th Dec. 1915", "1915-12-05"),
        ("December 5, 1915", "1915-12-05"),
        ("c. May 1915", "1915-05~"),
        ("1914–1918", "1914/1918"),
    ],
)
def test_a_date_in_another_form_is_read_where_it_has_one_meaning(cell: str, when: str) -> None:
    assert first("when", cell).when == when


@pytest.mark.parametrize(
    ("cell", "lat"),
    [("38°34'N", 38.567), ("s 38,57", -38.57), ("38.57°", 38.57), ("−38° 34′ 12″", -38.57)],
)
def test_marked_degrees_are_read(cell: str, lat: float) -> None:
    assert first("lat", cell).label == (100, lat)


@pytest.mark.parametrize("cell", ["38°61'", "38 N S", "-38 S", "38.5° 20'", "138° N W"])
def test_degrees_that_are_none_are_no_number(cell: str) -> None:
    assert csv_problems(csv_with("lat", cell))[0].endswith(
        f'column C (lat): "{cell}" is not a number (decimal degrees, such as -33.45; empty where unknown)'
    )


@pytest.mark.parametrize("cell", ["38.57, -7.9", "38.57 -7.9", "38.57/-7.9"])
def test_both_coordinates_in_one_cell_are_told_apart(cell: str) -> None:
    text = csv_with("lat", cell).replace(",100,", ",,", 1)
    assert csv_problems(text) == [
        f'{ROW_2}, column C (lat): "{cell}" holds two numbers (a cell each: lat 38.57 and lon -7.9?)'
    ]


@pytest.mark.parametrize(
    ("cell", "radius_m"), [("20 km", 20_000), ("500m", 500), ("2,5 km", 2_500), ("2 mi", 3218.688)]
)
def test_a_radius_may_have_its_unit(cell: str, radius_m: float) -> None:
    assert first("uncertainty_m", cell).uncertainty_m == radius_m


@pytest.mark.parametrize(
    ("cell", "number"), [("a guess: 300 km", "300"), ("12,345 km", "12345, or 12.345")]
)
def test_a_stated_number_with_words_around_it_is_told_where_they_belong(
    cell: str, number: str
) -> None:
    told = csv_problems(csv_text().replace("c,distance,300", f'c,distance,"{cell}"'))
    words = "what it counts, and words such as about, have columns of their own"
    assert told == [
        f'walk.csv: table claims, row 31, column C (value): "{cell}" is not a number alone (write {number}; {words})'
    ]


def test_a_number_of_a_day_is_taken_for_it_and_told() -> None:
    loaded = csv_tables.read(csv_with("when", "19054").encode(), "walk.csv")
    assert loaded.journey.waypoints[0].when == "1952-03-01"
    column = csv_text().split("\r\n")[0].split(",").index("when")
    expected = (
        f"table waypoints, row 2, column {chr(ord('A') + column)} (when): 19054 is a spreadsheet's "
        "number of a day"
    )
    assert loaded.warnings == (f"{expected}: taken for 1952-03-01",)


def test_a_country_may_be_named_by_its_letters_and_a_choice_in_capitals() -> None:
    assert first("within", "th").within == ("country:TH",)
    assert first("precision", " City ").precision == "city"


@pytest.mark.parametrize("header", ["within", "footprint"])
@pytest.mark.parametrize("name", ["Thailand", "thailand ", "태국"])
def test_a_country_may_be_told_by_its_name(header: str, name: str) -> None:
    text = csv_with(header, name).replace(",15,100,", ",,,", 1)
    waypoint = read_csv(text).waypoints[0]
    assert waypoint.within + waypoint.footprints == ("country:TH",)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Georgia", '"country:GE" or "region:US-GA"'),
        ("Congo", '"country:CD" or "country:CG"'),
        ("Thailnd", ""),
    ],
)
def test_a_country_whose_name_may_mean_another_place_is_asked_for(name: str, meant: str) -> None:
    (told,) = csv_problems(csv_with("within", name))
    other = "a country or region of today, such as country:VN or region:US-AZ"
    assert told.endswith(
        f'"{name}" is not a country or region ({f"did you mean {meant}?" if meant else other})'
    )


def test_the_ends_of_a_claim_and_a_track_may_be_told_by_names_that_are_no_other_places() -> None:
    one = read.read(content(journey(waypoint(0), waypoint(1), waypoint(2), leg())))
    text = csv_text(one).replace(",w0,w2,", ",place 0,Place 2,").replace(",w0,w1,", ",Place 0,w1,")
    assert text.lower().count("place 0") == 3
    assert read_csv(text) == one


def test_an_end_may_be_told_by_what_stands_before_the_comma_of_one_place() -> None:
    one = read_csv(csv_text().replace("Place 2", '"Lima, Cuban embassy"'))
    text = csv_text().replace("Place 2", '"Lima, Cuban embassy"').replace(",w0,w2,", ",w0,Lima,")
    assert read_csv(text) == one
    told = csv_problems(text.replace("Place 1", '"Lima, the port"'))
    assert 'no waypoint "Lima"' in told[0]


def test_a_name_that_two_places_bear_is_no_end_of_a_claim() -> None:
    told = csv_problems(csv_text().replace(",w0,w2,", ",w0,Place 1,").replace("Place 2", "Place 1"))
    assert told == [
        'walk.csv: table claims, row 31, column J (to): no waypoint "Place 1" (did you mean "w1" or "w2"?)'
    ]


def test_a_row_without_an_id_is_named_by_its_place() -> None:
    text = (
        re.sub(r"(?m)^w0,", ",", csv_text())
        .replace("from,to", "from,to")
        .replace(",w0,w2,", ",w1x,w2,")
    )
    assert [each.id for each in read_csv(text).waypoints] == ["w1x", "w1", "w2"]


def test_shapes_are_read_as_wkt_and_as_geojson() -> None:
    wkt = "LINESTRING (100 15, 100.5 15.5)"
    told = '{"type": "LineString", "coordinates": [[100, 15], [100.5, 15.5]]}'
    for shape in (wkt, told):
        rows = csv_with("shape", shape).replace(",15,100,", ",,,", 1)
        geometry = read_csv(rows).waypoints[0].geometry
        assert geometry is not None
        assert geometry.wkt == wkt


def test_other_programs_find_a_plain_table_of_waypoints_in_csv() -> None:
    table = pd.read_csv(
        io.BytesIO(csv_tables.write(Published(WALK)).content), nrows=len(WALK.waypoints)
    )
    assert list(zip(table["lon"], table["lat"], strict=True)) == [
        each.label for each in WALK.waypoints
    ]


def test_a_text_that_begins_like_a_formula_is_disarmed_in_csv() -> None:
    one = replace(WALK, title={"en": "=cmd|' /C calc'!A0"})
    assert "title_en,'=cmd|' /C calc'!A0" in csv_text(one)


# Problems


def test_every_problem_of_a_csv_file_is_told_with_its_cell() -> None:
    text = csv_with("lat", "118.2").replace("stop,", "stopp,", 1)
    text = text.replace("[sources]", "[sources]").replace("c,distance,300", 'c,distance,"12,000"')
    told = csv_problems(text)
    assert told == [
        "walk.csv: table waypoints, row 2, column C (lat): latitude 118.2 is outside -90..90 (in decimal degrees)",
        'walk.csv: table waypoints, row 2, column I (role): "stopp" is not known here (did you mean "stop"?)',
        'walk.csv: table claims, row 31, column C (value): "12,000" may be 12000 or 12 (write 12000, or 12)',
    ]


def test_every_problem_of_a_workbook_is_told_with_its_sheet_row_and_column() -> None:
    def change(book: Any) -> None:
        put("waypoints", "lon", None)(book)
        put("waypoints", "id", "w1", row=4)(book)
        put("waypoints", "sources", "A; B", row=3)(book)
        put("claims", "to", "w9")(book)
        put("claims", "unit", "wersts")(book)
        put("sources", "url", "www.a.org")(book)
        book["journey"]["B3"] = None

    assert [
        each.removeprefix("walk.xlsx: sheet ") for each in xlsx_problems(xlsx_with(change))
    ] == [
        "waypoints, row 2, column D (lon): lon is missing (a point has both lat and lon)",
        'waypoints, row 3, column V (sources): no source "B" in the sheet "sources" (one of A)',
        'waypoints, row 4, column A (id): two of them have the feature id "w1" (ids must differ)',
        "journey, row 3, column B (title_en): missing (a row a language: title_en, title_ko)",
        'sources, row 2, column C (url): "www.a.org" is not a web address (start it with https://, or leave it empty)',
        'claims, row 2, column E (unit): "wersts" is not a unit of distance (did you mean "verst"?)',
        'claims, row 2, column J (to): no waypoint "w9" (one of w0, w1)',
    ]


def test_of_one_source_a_quotation_and_a_scene_are_as_well_as_the_rows() -> None:
    def edit(book: Any) -> None:
        sheet = book["waypoints"]
        told = {"quote_en": "Go.", "speaker_en": "a guide", "scene": "night"}
        for column, (header, text) in enumerate(told.items(), sheet.max_column + 1):
            sheet.cell(1, column).value, sheet.cell(2, column).value = header, text

    first = xlsx.read(xlsx_with(edit), "walk.xlsx").journey.waypoints[0]
    assert first.quote is not None
    assert first.scene is not None
    assert (first.quote.sources, first.scene.sources) == (("A",), ("A",))


def test_a_unit_that_stands_in_the_cell_of_its_number_is_faulty_there() -> None:
    def edit(book: Any) -> None:
        put("claims", "value", "40 리")(book)
        put("claims", "unit", None)(book)

    (problem,) = xlsx_problems(xlsx_with(edit))
    assert "(value): " in problem
    assert '"리" is not known here' in problem


def test_a_plain_table_without_markers_is_waypoints_and_missing_tables_are_told() -> None:
    found = csv_problems("name,lat,lon\r\nA,1,2\r\n")
    assert [each.partition(" (")[0] for each in found] == [
        'walk.csv: no column "precision"',
        'walk.csv: no column "role"',
        'walk.csv: no column "sources"',
        'walk.csv: sheet journey: no row "title_en"',
        'walk.csv: sheet journey: no row "summary_en"',
        'walk.csv: sheet journey: no row "outcome"',
    ]
    assert found[0].endswith(
        " (how finely the place was told; one of country, region, named feature, city, exact)"
    )


@pytest.mark.parametrize(
    ("header", "value", "told"),
    [
        (
            "lat",
            "north",
            'column C (lat): "north" is not a number (decimal degrees, such as -33.45; empty where unknown)',
        ),
        (
            "status",
            "sure",
            "is not known here (one of several accounts, one account, accounts differ, our inference)",
        ),
        ("mode_2_status", "single", "(mode_2): missing (one of road"),
        ("mode", "rocket", '"rocket" is not known here'),
        ("withheld", "perhaps", '"perhaps" is neither true nor false'),
        (
            "when",
            "12/05/1915",
            '"12/05/1915" is not an EDTF date, and may mean 2 dates (write 1915-05-12, or 1915-12-05)',
        ),
        (
            "when",
            "12/05/15",
            f'"12/05/15" is not an EDTF date ({ways("15")})',
        ),
        (
            "lat",
            "7°54'W",
            """column C (lat): "7°54'W" is not a latitude (latitude and longitude swapped?)""",
        ),
        (
            "uncertainty_m",
            "some 20 km",
            '"some 20 km" is no radius (write 20 km, or more where that may not hold it)',
        ),
        ("uncertainty_m", "1,500 m", '"1,500" may be 1500 or 1.5 (write 1500, or 1.5)'),
        ("sensitivity", "4 (some risk)", '"4 (some risk)" is not a number alone (write 4)'),
        ("sensitivity", "1.500,5", '"1.500,5" is not a number alone (write 1500.5)'),
        ("sensitivity", "1,500.5", '"1,500.5" is not a number alone (write 1500.5)'),
        ("within", "VN", "the place lies outside country:VN"),
        (
            "footprint",
            "country:ZZ",
            'column G (footprint): "country:ZZ" is not in the base geography',
        ),
        ("shape", "LINESTRING (1 2", "is neither WKT nor GeoJSON"),
        ("shape", "LINESTRING (1 2, nan 3)", "is neither WKT nor GeoJSON"),
        ("shape", "LINESTRING (1 2, 3 4)", "both a shape and a point (keep one of them)"),
        ("narration_en_sources", "A", "(narration_en): missing ("),
        ("rolle", "x", 'row 1, column AI (rolle): not known here (did you mean "role"?)'),
    ],
)
def test_one_wrong_cell_is_told_once(header: str, value: str, told: str) -> None:
    found = csv_problems(csv_with(header, value))
    assert len(found) == 1
    assert told in found[0]


def told_in(text: str) -> Any:
    return csv_tables.read(text.encode(), "walk.csv").journey


@pytest.mark.parametrize(
    ("header", "value", "meant"),
    [
        ("mode", "by train", "rail"),
        ("mode", "On foot", "foot"),
        ("role", "border", "crossing"),
        ("precision", "town", "city"),
    ],
)
def test_a_word_of_everyday_is_taken_for_the_one_that_it_means(
    header: str, value: str, meant: str
) -> None:
    written = csv_with(header, value)
    assert told_in(written) == told_in(csv_with(header, meant))


def test_a_word_of_everyday_that_means_several_is_asked() -> None:
    (told,) = csv_problems(csv_with("mode", "Ferry"))
    which = "(along a river or a coast, across a river, over the sea)"
    assert told.endswith(
        f'"Ferry" is not known here (did you mean "boat_along" or "boat_across" or "sea"? {which})'
    )


def test_a_number_that_a_spreadsheet_program_took_for_a_date_is_told() -> None:
    day = datetime(2026, 5, 3)  # noqa: DTZ001
    (told,) = xlsx_problems(xlsx_with(put("waypoints", "lat", day)))
    assert told.endswith(
        'column C (lat): "2026-05-03" is a date (format the cell as a number, and write the number anew)'
    )


def test_a_point_before_two_digits_and_a_zero_may_part_thousands() -> None:
    with pytest.raises(CellError, match=r'"12\.000" may be 12000 or 12'):
        number_of("12.000")
    assert number_of("12.345") == 12.345
    assert number_of("12.300", decimal=True) == 12.3


@pytest.mark.parametrize(("wanted", "word"), [("about", "approx."), ("no", "N")])
def test_a_word_of_everyday_in_a_claim_is_taken_for_the_one_that_it_means(
    wanted: str, word: str
) -> None:
    rest, _, stated = csv_text().partition("[claims]")
    told = f"{rest}[claims]{stated.replace(f',{wanted},', f',{word},', 1)}"
    assert told_in(told) == told_in(csv_text())


def test_a_claim_without_an_id_is_named_by_its_row() -> None:
    rest, _, stated = csv_text().partition("[claims]")
    lines = stated.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("id,")) + 1
    lines[at] = "," + lines[at].partition(",")[2]
    assert told_in(f"{rest}[claims]" + "\n".join(lines)).claims[0].id == "c1"


def test_several_modes_in_one_cell_are_told_to_stand_in_columns() -> None:
    (told,) = csv_problems(csv_with("mode", "rail; rocket"))
    fix = (
        "one in each column: mode, mode_2, ...; their shares in mode_weight, mode_2_weight, ... "
        "add up to 1"
    )
    assert told.endswith(f'(mode): "rail; rocket" is several ({fix})')


def test_a_status_that_modes_take_over_is_told_once_and_in_its_own_cell() -> None:
    text = csv_with("mode", "rail").replace(",one account,", ",surely,", 1)
    (told,) = csv_problems(text)
    assert '(status): "surely" is not known here' in told


@pytest.mark.parametrize(
    ("column", "header"),
    [
        *(("name_en", "Place"), ("mode", "Transport"), ("when", " date"), ("within", "country")),
        *(
            ("role", "역할"),
            ("role", "Rolle"),
            ("role", "役割"),
            ("lat", "위도"),
            ("lon", "Längengrad"),
        ),
        *(("precision", "précision"), ("when", "시기"), ("mode", "교통수단")),
    ],
)
def test_a_header_in_other_words_is_read_and_that_is_told(column: str, header: str) -> None:
    loaded = csv_tables.read(
        csv_text().replace(f",{column},", f",{header},", 1).encode(), "walk.csv"
    )
    assert loaded.journey == WALK
    assert loaded.warnings[0].endswith(f'({header.strip()}): read as "{column}"')


def test_a_header_in_other_words_that_may_have_another_unit_is_told_the_one_that_is_read() -> None:
    text = csv_text().replace(",uncertainty_m,", ",radius km,", 1)
    (told,) = csv_tables.read(text.encode(), "walk.csv").warnings
    assert told.endswith(
        '(radius km): not known here, and not read (did you mean "uncertainty_m", in metres?)'
    )


def test_a_header_in_other_words_is_read_beside_its_own_column_where_that_is_empty() -> None:
    assert told_in(csv_with("date", "1951")).waypoints[0].when == "1951"
    loaded = csv_tables.read(csv_with("place", "x").encode(), "walk.csv")
    assert loaded.warnings == (
        "table waypoints, row 1, column AI (place): not known here, and not read",
    )


def test_a_title_above_the_headers_is_not_read_and_that_is_told() -> None:
    loaded = csv_tables.read(f"My grandmother's way\r\n\r\n{csv_text()}".encode(), "walk.csv")
    assert loaded.journey == WALK
    assert loaded.warnings == ("table waypoints, row 1: above the headers, and not read",)


def test_a_column_of_ones_own_is_not_read_and_that_is_told() -> None:
    loaded = csv_tables.read(csv_with("my remarks", "x").encode(), "walk.csv")
    assert loaded.journey == WALK
    assert loaded.warnings == (
        "table waypoints, row 1, column AI (my remarks): not known here, and not read",
    )


def test_a_cell_under_no_header_and_a_header_given_twice_are_refused() -> None:
    assert any("stands under no header" in each for each in csv_problems(csv_with("", "stray")))
    assert any('a second "name_en"' in each for each in csv_problems(csv_with("Name EN", "x")))


def test_a_claim_in_kilometres_is_of_a_distance_where_nothing_is_said() -> None:
    rest, _, stated = csv_text().partition("[claims]")
    assert ",distance," in stated
    assert (
        told_in(f"{rest}[claims]{stated.replace(',distance,', ',,')}").claims
        == told_in(csv_text()).claims
    )


def test_a_sentence_as_wording_is_told_where_to_go() -> None:
    rest, _, stated = csv_text().partition("[claims]")
    (told,) = csv_problems(
        f"{rest}[claims]{stated.replace(',about,', ',some 40 miles my mother said,', 1)}"
    )
    assert told.endswith("(write some here, and the sentence into note_en)")


@pytest.mark.parametrize("marker", ["[claim]", "[claims]"])
def test_a_table_of_no_known_name_or_given_twice_is_refused(marker: str) -> None:
    text = csv_text().rstrip() + f"\r\n\r\n{marker}\r\n"
    with pytest.raises(
        JourneyFileError, match=r"no table of this name|a second table of this name"
    ):
        read_csv(text)


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("name\r\n" + "a\r\n" * 20_001, "walk.csv: more than 20,000 rows (is this a journey?)"),
        ("name," + "x," * 2_000, "walk.csv: row 1: more than 1,000 columns (is this a journey?)"),
    ],
    ids=["rows", "columns"],
)
def test_what_is_larger_than_any_journey_is_refused(file: str, told: str) -> None:
    assert csv_problems(file) == [told]


def test_a_header_of_a_million_characters_is_told_shortened() -> None:
    assert any(len(each) < 300 for each in csv_problems('name,"' + "x\n" * 500_000))


@given(st.binary(max_size=300))
def test_no_bytes_make_the_csv_reader_fail_otherwise(file: bytes) -> None:
    problems(csv_tables.read, file, "any.csv")


@settings(max_examples=40)
@given(st.text(st.sampled_from(',;"\n\r[]=-19.eid \tclaimswayponteru'), max_size=120))
def test_no_text_makes_the_csv_reader_fail_otherwise(text: str) -> None:
    assert csv_problems(text)


# XLSX as it comes


def test_a_date_cell_is_read_as_finely_as_it_shows() -> None:
    for shown, when in [("dd.mm.yyyy", "1952-03-01"), ("mmm yyyy", "1952-03"), ("yyyy", "1952")]:

        def change(book: Any, shown: str = shown) -> None:
            put("waypoints", "when", datetime(1952, 3, 1))(book)  # noqa: DTZ001
            next(
                cell
                for cell in book["waypoints"][2]
                if cell.value == datetime(1952, 3, 1)  # noqa: DTZ001
            ).number_format = shown

        assert xlsx.read(xlsx_with(change), "walk.xlsx").journey.waypoints[0].when == when


def test_numbers_in_cells_of_text_are_texts() -> None:
    place = xlsx.read(xlsx_with(put("waypoints", "name_en", 2019)), "walk.xlsx").journey.waypoints[
        0
    ]
    assert place.name == {"en": "2019"}


def test_a_formula_counts_by_its_stored_result_and_one_without_is_told() -> None:
    file = xlsx_with(put("waypoints", "uncertainty_m", "=5*1000"))
    (told,) = xlsx_problems(file)
    assert (
        'row 2, column E (uncertainty_m): "=5*1000" is a formula without a stored result (save the file'
        in told
    )
    stored = repacked(
        file, lambda part: re.sub(rb"(</f>)(<v ?/>|<v></v>)?", rb"\1<v>5000</v>", part)
    )
    assert xlsx.read(stored, "walk.xlsx").journey.waypoints[0].uncertainty_m == 5000


def repacked(file: bytes, change: Any, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A workbook with one of its parts changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as archive, zipfile.ZipFile(stream, "w") as changed:
        for each in archive.namelist():
            changed.writestr(
                each, change(archive.read(each)) if each == name else archive.read(each)
            )
    return stream.getvalue()


def test_a_cell_that_is_merged_down_counts_for_each_row_and_that_is_told() -> None:
    def change(book: Any) -> None:
        put("waypoints", "status", "conflict")(book)
        letter = next(cell.column_letter for cell in book["waypoints"][1] if cell.value == "status")
        book["waypoints"].merge_cells(f"{letter}2:{letter}3")
        book["waypoints"].merge_cells("AH1:AI1")

    loaded = xlsx.read(xlsx_with(change), "walk.xlsx")
    assert [each.status for each in loaded.journey.waypoints] == ["conflict", "conflict", "single"]
    assert loaded.warnings == ("sheet waypoints: a merged cell counts for each of its rows",)


def test_columns_that_are_hidden_are_read_and_named() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(Published(WALK)).content))
    heads = {cell.value: cell.column_letter for cell in book["waypoints"][1]}
    for name in ("when", "narration_en"):
        book["waypoints"].column_dimensions[heads[name]].hidden = True
    content = io.BytesIO()
    book.save(content)
    loaded = xlsx.read(content.getvalue(), "walk.xlsx")
    assert (
        "sheet waypoints: columns when, narration_en: hidden, and read all the same"
        in loaded.warnings
    )


def test_a_hidden_sheet_and_one_of_ones_own_are_told() -> None:
    def change(book: Any) -> None:
        book["claims"].sheet_state = "hidden"
        book.create_sheet("Interviews")

    loaded = xlsx.read(xlsx_with(change), "walk.xlsx")
    assert loaded.journey == WALK
    assert loaded.warnings == (
        "sheet Interviews: not known here, and not read",
        "sheet claims: hidden, and read all the same",
    )


def test_an_error_of_the_spreadsheet_is_told() -> None:
    (told,) = xlsx_problems(xlsx_with(put("waypoints", "lat", "#REF!")))
    assert '(lat): "#REF!" is an error of the spreadsheet' in told


def test_a_lone_sheet_is_the_waypoints_and_a_misspelt_one_is_told() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["name"])
    assert "walk.xlsx: sheet Sheet, row 1: no" not in xlsx_problems(saved(book))
    assert xlsx_problems(xlsx_with(lambda book: setattr(book["claims"], "title", "claim"))) == [
        'walk.xlsx: sheet claim: not known here (did you mean "claims"?)'
    ]
    (told,) = xlsx_problems(xlsx_with(lambda book: book.remove(book["waypoints"])))
    assert told.startswith('walk.xlsx: no sheet "waypoints"')


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda _: b"", "not an XLSX file"),
        (lambda _: b"PK\x03\x04 broken", "not an XLSX file"),
        (lambda _: b"\xd0\xcf\x11\xe0" + bytes(600), "an old .xls file, or one with a password"),
        (lambda book: repacked(book, lambda part: part[:300]), "a workbook that cannot be read"),
        (
            lambda book: repacked(book, lambda part: b'<!DOCTYPE x [<!ENTITY a "b">]>' + part),
            "declares a document type",
        ),
        (
            lambda book: repacked(book, lambda part: part + b" " * 65_000_000),
            "more than 64 MB unpacked",
        ),
        (lambda book: repacked(book, lambda part: part + b"<a/>" * 4_100_000), "elements"),
    ],
    ids=["empty", "broken", "old", "cut", "entities", "large", "many"],
)
def test_a_file_that_is_no_workbook_or_would_do_harm_is_refused(
    spoil: Callable[[bytes], bytes], told: str
) -> None:
    (found,) = xlsx_problems(spoil(xlsx.write(Published(WALK)).content))
    assert told in found


def test_a_link_to_another_workbook_is_not_followed() -> None:
    change = put("waypoints", "verbatimLocality", "='[other.xlsx]Sheet1'!$A$1")
    (told,) = xlsx_problems(xlsx_with(change))
    assert "is a formula without a stored result" in told


def test_a_workbook_carries_no_name_and_no_clock() -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx.write(Published(WALK)).content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        properties = archive.read("docProps/core.xml").decode()
    assert not re.search("creator|created|modified|openpyxl", properties)


def test_a_workbook_opens_in_openpyxl_with_lists_and_frozen_headers() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(Published(WALK)).content))
    sheet: Any = book["waypoints"]
    lists = {rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    assert '"start,stop,passed,crossing,reached"' in lists
    assert sheet.freeze_panes == "C2"
    assert [sheet["C2"].value, sheet["D2"].value] == [15, 100]


def test_a_text_like_a_formula_is_stored_as_a_text_in_xlsx() -> None:
    one = replace(WALK, waypoints=(replace(WALK.waypoints[0], name={"en": "=1+1"}),), claims=())
    cell: Any = openpyxl.load_workbook(io.BytesIO(xlsx.write(Published(one)).content))["waypoints"][
        "B2"
    ]
    assert (cell.value, cell.data_type, bool(cell.quotePrefix)) == ("=1+1", "s", True)


def test_a_track_survives_both() -> None:
    one = read.read(content(journey(waypoint(0), leg(), waypoint(1), claims=[])))
    for carrier in (csv_tables, xlsx):
        assert carrier.read(carrier.write(Published(one)).content, "j").journey.traces == one.traces


# Columns


def test_each_header_says_its_own_column() -> None:
    for sheet, columns in SHEETS.items():
        for column in columns:
            found = heading_of(sheet, column.header())
            assert found is not None
            assert found.column == column


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("name", ("name", "", "en", 1)),
        ("NAME_ZH-HANS", ("name", "", "zh-Hans", 1)),
        ("mode 2 weight", ("mode", "weight", "en", 2)),
        ("narration_ko_3_sources", ("narration", "sources", "ko", 3)),
        ("narration[a b]_2", ("narration", "", "a b", 2)),
        ("Latitude", ("lat", "", "en", 1)),
        ("modes are", ("modes_are", "", "en", 1)),
    ],
)
def test_headers_are_understood(header: str, said: tuple[str, str, str, int]) -> None:
    found = heading_of("waypoints", header)
    assert found is not None
    assert (found.column.name, found.column.part, found.language, found.number) == said


@pytest.mark.parametrize(
    "header", ["", "remarks", "role_2", "lat_en", "name_en_2", "narration_en_weight"]
)
def test_other_headers_are_nobodys(header: str) -> None:
    assert heading_of("waypoints", header) is None


@CARRIERS
def test_a_text_with_a_sign_of_a_web_page_comes_back_as_it_was(carrier: Any) -> None:
    one = replace(WALK, title={"en": "Caf&eacute; &amp;amp; & Co"})
    assert carrier.read(carrier.write(Published(one)).content, "j").journey == one
