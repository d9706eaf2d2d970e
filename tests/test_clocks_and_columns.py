"""Times that no clock told right, signs of web pages, and columns that say an order, a radius or a part of a date."""

from __future__ import annotations

import datetime as dt
import json
from itertools import starmap
from typing import TYPE_CHECKING, Any

import pytest

from escape_route.errors import JourneyFileError
from escape_route.formats import geojson, linked_places
from escape_route.formats.tables import csv
from escape_route.formats.tracks import gpx, kml
from escape_route.formats.tracks.clocks import is_rounds_before
from escape_route.formats.tracks.draft import is_unset
from escape_route.model.published import Published
from making import journey
from tables import csv_problems
from test_foreign_files import (
    END,
    WAY,
    as_json,
    collection,
    feature,
    names,
    placemark,
    point,
    read_gpx,
    read_kml,
    track,
)

if TYPE_CHECKING:
    from escape_route.formats import Loaded

UNSET = "what programs write where no time is known, and left out: "
AT_SEA = {"precision": "city", "sources": ("S1",)}
ROLLED = "a receiver whose count of weeks began anew"


def whens(loaded: Loaded) -> list[str | None]:
    return [each.when for each in loaded.journey.waypoints]


def told(loaded: Loaded, beginning: str) -> list[str]:
    return [each for each in loaded.warnings if each.startswith(beginning)]


def table(cells: str = "", name: str = "Graz", when: str = "when") -> str:
    """A table of one place."""
    head = WAY.replace(",when,", f",{when},")
    return f"{head}a,{name},47,15,,city,start,{cells},,single,s\n{END}"


def walk(*days: str) -> str:
    """A recording with a point every hundred metres, each on its day."""
    return track(
        *((15.44, 47.07 + step / 1000, f"{day}T10:00:00Z") for step, day in enumerate(days))
    )


@pytest.mark.parametrize(
    "zero", ["1970-01-01T00:00:00Z", "1970-01-01T09:00:00+09:00", "0001-01-01T00:00:00Z"]
)
def test_the_zero_of_a_clock_is_no_date_in_any_format(zero: str) -> None:
    waypoint = f'<wpt lat="47" lon="15"><name>Hut</name><time>{zero}</time></wpt>'
    stamped = placemark("Hut", f"<TimeStamp><when>{zero}</when></TimeStamp>{point('15,47')}")
    read = [
        read_gpx(waypoint),
        read_kml(stamped),
        as_json(collection(feature("Hut", 15, 47, date=zero))),
    ]
    assert [(whens(each), told(each, UNSET)) for each in read] == [([None], [f"{UNSET}{zero}"])] * 3


@pytest.mark.parametrize(
    "text", ["1970-01-01", "1970-01-01T00:00:01Z", "1970-01-01T09:30:00", "1999-12-30T00:00:00Z"]
)
def test_a_day_and_any_other_moment_are_kept(text: str) -> None:
    assert not is_unset(text)


def test_of_a_stretch_that_begins_at_zero_the_end_is_kept() -> None:
    span = "<TimeSpan><begin>1970-01-01T00:00:00Z</begin><end>2019-05-01T10:00:00Z</end></TimeSpan>"
    assert whens(read_kml(placemark("Hut", f"{span}{point('15,47')}"))) == [
        "../2019-05-01T10:00:00Z"
    ]


@pytest.mark.parametrize("zero", ["1970-01-01T00:00:00Z", "1970-01-01 00:00:00"])
def test_a_table_asks_what_a_zero_is(zero: str) -> None:
    assert any(
        "is what programs write where no time is known (leave it empty" in each
        for each in csv_problems(table(zero))
    )


@pytest.mark.parametrize("early", ["1999-08-24", "1980-01-08"])
def test_a_day_a_round_of_weeks_before_the_others_is_told_and_left_out(early: str) -> None:
    loaded = read_gpx(walk(early, "2019-04-09", "2019-04-10", "2019-04-11"))
    assert whens(loaded) == [None, "2019-04-11T10:00:00Z"]
    assert told(loaded, ROLLED)[0].endswith(f"1 ({early}T10:00:00Z, which would be 2019-04-09)")


def test_the_file_s_own_time_tells_that_all_of_it_is_a_round_too_early() -> None:
    written = "<metadata><time>2019-04-12T10:00:00Z</time></metadata>"
    assert told(read_gpx(written, walk("1999-08-24", "1999-08-24")), ROLLED)


@pytest.mark.parametrize("early", ["1999-05-24", "2003-08-24", "2018-04-09"])
def test_a_walk_of_other_years_is_kept(early: str) -> None:
    loaded = read_gpx(walk(early, early), walk("2019-04-09", "2019-04-10"))
    assert (whens(loaded)[0], told(loaded, ROLLED)) == (f"{early}T10:00:00Z", [])


def test_no_recording_is_from_before_the_satellites() -> None:
    loaded = read_gpx(walk("1979-12-31", "1979-12-31"))
    assert (whens(loaded), len(told(loaded, "told of a recording"))) == ([None, None], 1)
    assert whens(read_gpx(walk("1980-01-06", "1980-01-06"))) == ["1980-01-06T10:00:00Z"] * 2


def test_a_place_and_a_drawn_line_may_be_of_any_year() -> None:
    drawn = track((15.0, 47.0, "1945-04-01T10:00:00Z"), (16.0, 48.0, "1945-04-03T10:00:00Z"))
    assert whens(read_gpx(drawn)) == ["1945-04-01T10:00:00Z", "1945-04-03T10:00:00Z"]


@pytest.mark.parametrize(
    ("days", "is_round"), [(7138, True), (7168, True), (7198, True), (7199, False), (14336, True)]
)
def test_a_stamp_of_the_satellites_is_held_against_the_camera_s_clock(
    days: int,
    is_round: bool,  # noqa: FBT001
) -> None:
    clock = dt.datetime(2019, 4, 10, tzinfo=dt.UTC)
    assert is_rounds_before(clock - dt.timedelta(days=days), clock) is is_round


@pytest.mark.parametrize(
    ("label", "lines"), [((0.0, 0.0), 1), ((-0.0, 0.0), 1), ((0.0, 1e-7), 0), ((0.0, 47.0), 0)]
)
@pytest.mark.parametrize("form", [geojson, kml, gpx])
def test_a_place_of_ours_at_zero_is_kept_and_told(
    form: Any, label: tuple[float, float], lines: int
) -> None:
    loaded = form.read(form.write(Published(journey({"label": label} | AT_SEA))).content, "x")
    said = [each for each in loaded.warnings if each.startswith("w0: the point is 0, 0")]
    assert (loaded.journey.waypoints[0].label, len(said)) == (label, lines)


def test_signs_of_web_pages_are_read_as_letters_in_any_format() -> None:
    name = "Caf&amp;amp;eacute; &amp;amp; Bar"
    waypoint = f'<wpt lat="47" lon="15"><name>{name}</name></wpt>'
    read = [read_gpx(waypoint), read_kml(placemark(name, point("15,47")))]
    read.append(as_json(collection(feature("Caf&amp;eacute; &#38; Bar", 15, 47))))
    assert [names(each) for each in read] == [["Café & Bar"]] * 3
    assert all(told(each, "signs that stand for letters") for each in read)


@pytest.mark.parametrize("name", ["A & B", "AT&T; co", "R&D", "a &b c;", "&;", "&#;"])
def test_a_sign_that_stands_for_none_stays(name: str) -> None:
    loaded = as_json(collection(feature(name, 15, 47)))
    assert (names(loaded), told(loaded, "signs")) == ([name], [])


def test_a_table_reads_signs_and_says_so() -> None:
    loaded = csv.read(table(name="Graz &amp; Umland").encode(), "x.csv")
    assert (names(loaded), told(loaded, "table waypoints, row 2, column B (name_en): ")) == (
        ["Graz & Umland"],
        [
            'table waypoints, row 2, column B (name_en): "Graz &amp; Umland" is read as "Graz & Umland"'
        ],
    )


def test_columns_of_a_placemark_say_its_date_and_are_no_words() -> None:
    data = (
        '<Data name="Begin"><value>1944-05</value></Data><Data '
        'name="end"><value>1944-06</value></Data>'
    )
    simple = (
        '<SchemaData><SimpleData name="date">May 1944</SimpleData><SimpleData '
        'name="why">work</SimpleData></SchemaData>'
    )
    placemarks = (
        placemark("A", f"<ExtendedData>{each}</ExtendedData>{point('15,47')}")
        for each in (data, simple)
    )
    loaded = read_kml(*placemarks)
    assert whens(loaded) == ["1944-05/1944-06", "1944-05"]
    assert [
        [each.text for each in one.narration.get("en", ())] for one in loaded.journey.waypoints
    ] == [
        [],
        ["why: work."],
    ]


@pytest.mark.parametrize(
    ("more", "when"),
    [
        ({"year": 1942, "month": "May", "day": 3}, "1942-05-03"),
        ({"year": 1942, "month": 5}, "1942-05"),
        ({"Jahr": "1942", "Monat": "Mai"}, "1942-05"),
        ({"année": "1942", "mois": "août", "jour": "3"}, "1942-08-03"),
        ({"연도": 1942, "월": "5월", "일": "3일"}, "1942-05-03"),
        ({"year": 1942}, "1942"),
        ({"date": "1942-05-03", "month": "June"}, "1942-05-03"),
        ({"year": 1942, "month": "Foo"}, None),
        ({"year": 1942, "month": 13}, None),
    ],
)
def test_a_month_beside_a_year_is_of_its_date(more: dict[str, object], when: str | None) -> None:
    assert whens(as_json(collection(feature("A", 15, 47, **more)))) == [when]


def numbered(*numbers: object, column: str = "seq") -> Loaded:
    each = [("ABCDE"[at], {column: number}) for at, number in enumerate(numbers)]
    return as_json(collection(*(feature(name, 15 + len(more), 47, **more) for name, more in each)))


def test_places_are_in_the_order_that_a_column_says() -> None:
    loaded = numbered(3, "1", 2.0)
    assert (names(loaded), told(loaded, "the places are put in the order of seq")) != ([], [])
    assert names(loaded) == ["B", "C", "A"]
    assert not told(numbered(1, 2, 3), "the places are put")


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("seq", (2, 1, 1)),
        ("order", (2, None, 1)),
        ("nr", (7, 2, 40)),
        ("number", (12, 11, 99)),
        ("seq", (2, "x", 1)),
    ],
)
def test_a_column_that_numbers_no_order_is_told_and_not_followed(
    column: str, values: tuple[object, ...]
) -> None:
    loaded = numbered(*values, column=column)
    assert (names(loaded), len(told(loaded, f"{column} is not taken"))) == (["A", "B", "C"], 1)


def test_numbers_of_houses_that_follow_one_another_are_an_order_like_any() -> None:
    assert names(numbered(12, 10, 11, column="nr")) == ["B", "C", "A"]


@pytest.mark.parametrize(
    ("column", "value", "metres"),
    [
        ("radius", 500, 500),
        ("accuracy", "12.5", 12.5),
        ("radius", "2 km", 2000),
        ("radius_km", 2, 2000),
        ("Radius (m)", 300, 300),
        ("uncertainty", "1 mile", 1609.344),
        ("반경", "2 km", 2000),
        ("radius", 0, None),
        ("radius", -5, None),
        ("radius", "far", None),
        ("radius", 2e9, None),
        ("radius", "3 ri", None),
    ],
)
def test_a_radius_is_how_sure_a_place_is(column: str, value: object, metres: float | None) -> None:
    loaded = as_json(collection(feature("A", 15, 47, **{column: value})))
    assert loaded.journey.waypoints[0].uncertainty_m == metres
    assert metres is not None or told(loaded, "not kept")


def test_a_placemark_and_a_waypoint_of_gpx_have_columns_too() -> None:
    data = "".join(
        starmap('<Data name="{}"><value>{}</value></Data>'.format, [("order", 2), ("radius", 500)])
    )
    first = placemark("A", f"<ExtendedData>{data}</ExtendedData>{point('15,47')}")
    last = placemark(
        "B",
        f'<ExtendedData><Data name="order"><value>1</value></Data></ExtendedData>{point("16,47")}',
    )
    loaded = read_kml(first, last)
    assert (names(loaded), loaded.journey.waypoints[1].uncertainty_m) == (["B", "A"], 500)
    more = "<extensions><accuracy>40</accuracy></extensions>"
    assert read_gpx(f'<wpt lat="47" lon="15">{more}</wpt>').journey.waypoints[0].uncertainty_m == 40


def test_a_record_without_a_point_is_looked_for_in_its_province_or_its_countries() -> None:
    label = {"relationType": "gvp:broaderPartitive", "label": "part of Arizona (tgn:7007157)"}
    records = [
        {"type": "Feature", "properties": {"title": "Ajo", "ccodes": ["US"]}, "relations": [label]},
        {"type": "Feature", "properties": {"title": "Graz", "ccodes": ["at", "XX"]}},
    ]
    document = {"@context": "linkedplaces", "type": "FeatureCollection", "features": records}
    loaded = linked_places.read(json.dumps(document).encode(), "x")
    assert [each.within for each in loaded.journey.waypoints] == [
        ("region:US-AZ",),
        ("country:AT",),
    ]


@pytest.mark.parametrize(
    ("cells", "when"),
    [
        ("1942,May,3", "1942-05-03"),
        ("1942,5,", "1942-05"),
        ("1942,,", "1942"),
        ("1942.0,5.0,3.0", "1942-05-03"),
        ("1942,5월,", "1942-05"),
        ("1942-05,May,", "1942-05"),
    ],
)
def test_a_table_joins_year_month_and_day(cells: str, when: str) -> None:
    loaded = csv.read(table(cells, when="year,month,day").encode(), "x.csv")
    assert (whens(loaded), len(told(loaded, "table waypoints, row 1, column I (month)"))) == (
        [when],
        1,
    )


@pytest.mark.parametrize("cells", ["1942,Foo,", ",May,3", "1942,13,"])
def test_a_month_that_is_none_is_asked_with_its_year(cells: str) -> None:
    assert [
        each
        for each in csv_problems(table(cells, when="year,month,day"))
        if "row 2, column H (year)" in each
    ]


def test_a_file_of_nothing_but_a_zero_is_refused_as_before() -> None:
    with pytest.raises(JourneyFileError, match="no place and no track"):
        read_gpx("<metadata><time>1970-01-01T00:00:00Z</time></metadata>")
