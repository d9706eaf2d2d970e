"""Reading trusts nothing: each kind of bad input with the exact words that are said of it."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from beside import GEO, IS_LONG, SHIPPED
from documents import claim, content, journey, leg, waypoint
from escape_route.errors import JourneyFileError
from escape_route.model import read as reading
from escape_route.model.modes import Mode
from escape_route.model.told_dates import ways
from escape_route.model.units import Quantity, units_of
from escape_route.model.vocabulary import Flight, Role, Status
from strategies import documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents import Document

MODES = "road, road_poor, rail, foot, foot_wild, boat_along, boat_across, sea, flight, unknown"
W1 = "features[1].properties"


def problems(document: object) -> list[str]:
    """What is wrong with a document; with text or bytes, with a file of that content."""
    given = document.encode() if isinstance(document, str) else document
    try:
        reading.read(given if isinstance(given, bytes) else content(given), "x")
    except JourneyFileError as error:
        return [line.removeprefix("x: ") for line in str(error).split("\n")]
    return []


def with_properties(**properties: Any) -> Document:
    return journey(waypoint(0), waypoint(1, **properties), waypoint(2))


def with_geometry(kind: str, coordinates: object) -> Document:
    features = [waypoint(0), waypoint(1), waypoint(2)]
    features[1]["geometry"] = {"type": kind, "coordinates": coordinates}
    return journey(*features)


def test_the_small_journey_has_no_fault() -> None:
    assert problems(journey()) == []


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_journey_has_no_fault(name: str) -> None:
    assert problems((GEO / f"{name}.geojson").read_bytes()) == []


BEGIN = '(begin with {"type": "FeatureCollection", "features": [)'
FILES = {
    "an empty file": (b"", "line 1, column 1: not JSON: Expecting value (the file is empty)"),
    "blank lines": (b"\n \n", "line 3, column 1: not JSON: Expecting value (the file is empty)"),
    "a comma too many": (
        b'{"type": 1,}',
        "line 1, column 12: not JSON: Expecting property name enclosed in double quotes (a comma too many?)",
    ),
    "something after the end": (
        b"{}\n{}",
        "line 2, column 1: not JSON: Extra data (a file holds one object: of a feature a line make a collection)",
    ),
    "latin-1": (b'{"name": "\xe9"}', "byte 10 is not UTF-8 (save the file as UTF-8)"),
    "UTF-16": ("{}".encode("utf-16"), "byte 0 is not UTF-8 (save the file as UTF-8)"),
    "deep nesting": (
        b'{"a":' * 50_000,
        "not a journey: nested too deeply (lists in lists in lists: is this the right file?)",
    ),
    "a list": (b"[1, 2]", f"the root of a GeoJSON file is an object, not [1, 2] {BEGIN}"),
    "null": (b"null", f"the root of a GeoJSON file is an object, not null {BEGIN}"),
    "NaN": (
        b'{"a":\n NaN}',
        "line 2, column 2: not JSON: NaN is not a number there (a number, or null)",
    ),
    "Infinity": (
        b'{"a": Infinity}',
        "line 1, column 7: not JSON: Infinity is not a number there (a number, or null)",
    ),
    "a huge whole number": (
        b'{"a": ' + b"7" * 4301 + b"}",
        "line 1, column 7: a number of 4,301 digits (in quotation marks where it is a text)",
    ),
    "GeoJSON of another kind": (
        b'{"type": "Point", "coordinates": [1, 2]}',
        'type: "Point" is not a journey (a FeatureCollection with a "journey" member: see geo/README.md)',
    ),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_cannot_be_a_journey(kind: str) -> None:
    given, message = FILES[kind]
    assert problems(given) == [message]


def test_a_byte_order_mark_does_not_matter() -> None:
    assert reading.read(b"\xef\xbb\xbf" + content(journey())) == reading.read(content(journey()))


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n\n"])
def test_the_ends_of_lines_do_not_matter(end: str) -> None:
    lines = json.dumps(journey(), indent=1).split("\n")
    assert reading.read(b"\xef\xbb\xbf" + end.join(lines).encode()) == reading.read(
        content(journey())
    )


def test_a_place_in_a_file_with_the_line_ends_of_windows_is_that_of_an_editor() -> None:
    told = (
        "line 2, column 10: not JSON: Expecting property name enclosed in double quotes (a comma "
        "too many?)"
    )
    assert problems(b'{\r\n  "a": 1,}') == [told]


@pytest.mark.parametrize(
    "when", ["-0043-03-15", "0000", "-0001~", "Y-17000", "1969-12-31", "../-0043", "-0044/0014"]
)
def test_dates_before_1970_and_before_the_year_1_are_read(when: str) -> None:
    assert problems(with_properties(when=when)) == []


@pytest.mark.parametrize("when", ["2003-02-29", "-0001-02-29", "2019-04-31/2019-05", "2019-06-31~"])
def test_a_day_that_is_in_no_calendar_is_told(when: str) -> None:
    assert problems(with_properties(when=when)) == [
        f'{W1}.when: "{when}" is not an EDTF date ({ways(when)})'
    ]


@pytest.mark.parametrize("position", [[180, 10], [-180, -10], [0, 90], [123.4, -90], [180, 90]])
def test_poles_and_the_antimeridian_are_places(position: list[float]) -> None:
    document = with_geometry("Point", position)
    assert problems(document) == []
    assert reading.read(content(document)).waypoints[1].label == tuple(position)


# Tuvalu ends at 179.9 degrees east, and Fiji lies on both sides.
@pytest.mark.parametrize(
    ("lon", "lat", "radius_m", "country"),
    [
        (-179.95, -8.5, 100_000, "TV"),
        (180, -16.8, 1_000, "FJ"),
        (-180, -16.8, 1_000, "FJ"),
        (0, -90, 1, "AQ"),
        (40, 89, 900_000, "CA"),
    ],
)
def test_a_disc_over_the_antimeridian_or_a_pole_may_lie_in_a_country_behind_it(
    lon: float, lat: float, radius_m: float, country: str
) -> None:
    document = with_properties(
        within=[f"country:{country}"], coordinateUncertaintyInMeters=radius_m
    )
    document["features"][1]["geometry"]["coordinates"] = [lon, lat]
    assert problems(document) == []


def test_a_disc_beside_the_antimeridian_is_not_in_just_any_country_behind_it() -> None:
    document = with_properties(within=["country:TV"], coordinateUncertaintyInMeters=10_000)
    document["features"][1]["geometry"]["coordinates"] = [-179, -8.5]
    assert problems(document) == [
        f"{W1}.within: the place lies outside country:TV (another country, or another place)"
    ]


@pytest.mark.parametrize("member", [None, "left out"])
def test_a_collection_without_a_journey_is_told(member: str | None) -> None:
    document = journey() | {"journey": None}
    if member:
        del document["journey"]
    assert problems(document) == [
        "journey: missing (a FeatureCollection needs this member to be a journey: see geo/README.md)"
    ]


def test_a_collection_without_a_waypoint_is_told() -> None:
    document = journey(claims=[]) | {"features": []}
    assert problems(document) == [
        'features: no waypoint in it (features with properties.kind "waypoint")'
    ]


@pytest.mark.parametrize("name", ["id", "title", "summary", "outcome", "sources"])
def test_a_needed_member_of_the_journey_is_missed(name: str) -> None:
    document = journey(
        *[waypoint(number, status="inferred", sources=None) for number in range(3)], claims=[]
    )
    del document["journey"][name]
    (told,) = problems(document)
    assert told.startswith(f"journey.{name}: missing (")


@pytest.mark.parametrize("name", ["kind", "name", "role", "precision", "status", "sources"])
def test_a_needed_property_of_a_waypoint_is_missed(name: str) -> None:
    (told,) = problems(with_properties(**{name: None}))
    assert told.startswith(f"{W1}.{name}: missing (")


TOP = {
    "a wrong type of title": (
        {"title": "A walk"},
        'title: "A walk" is not a text per language (write {"en": "A walk"})',
    ),
    "a blank title": (
        {"title": {"en": " "}},
        'title: {"en": " "} is not a text per language (a text a language, such as {"en": "words"})',
    ),
    "an id with a path in it": (
        {"id": "../../x"},
        'id: "../../x" has more than letters, digits, hyphens and underlines (such as "x")',
    ),
    "half a person": (
        {"people": 2.5},
        "people: 2.5 is not a whole number from 1 to 1000000000 (or leave it out)",
    ),
    "an outcome that nobody knows": (
        {"outcome": "captured"},
        'outcome: "captured" is not known here (one of reached, captured_and_returned, turned_back, underway, unknown)',
    ),
    "a misspelt member": (
        {"reviewd": "2026"},
        'reviewd: unknown member (did you mean "reviewed"?)',
    ),
    "a day that is none": (
        {"reviewed": "2026-02-30"},
        f'reviewed: "2026-02-30" is not an EDTF date ({ways("2026-02-30")})',
    ),
    "notes that are no list": ({"notes": {}}, "notes: {} is not a list (put it between [ and ])"),
    "stops that are all told": (
        {"stops": "all"},
        'stops: "all" is not known here (leave it out, or write "some")',
    ),
    "a note that is no object": (
        {"notes": ["x"]},
        'notes[0]: "x" is not an object (names and values between { and }: {"name": "value"})',
    ),
}


@pytest.mark.parametrize("kind", TOP)
def test_a_fault_of_the_journey_itself(kind: str) -> None:
    members, message = TOP[kind]
    assert problems(journey(**members)) == [f"journey.{message}"]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//x.org", "ftp://x.org", "JAVASCRIPT:x"]
)
def test_a_source_is_on_the_web_or_has_no_address(url: str) -> None:
    fault = (
        f'journey.sources[0].url: "{url}" is not a web address (start it with https://, or write '
        "null)"
    )
    assert problems(journey(sources=[{"id": "A", "title": "A letter", "url": url}])) == [fault]


def test_two_sources_of_one_id_are_told() -> None:
    source = {"id": "A", "title": "A letter", "url": None}
    fault = 'journey.sources: two of them have the source id "A" (ids must differ)'
    assert problems(journey(sources=[source, source])) == [fault]


POSITIONS = {
    "swapped": ([15, 118.2], "latitude 118.2 is outside -90..90 (longitude and latitude swapped?)"),
    "north of the pole": (
        [118.2, 91],
        "latitude 91 is outside -90..90 (longitude comes first, in degrees)",
    ),
    "in metres": (
        [5e5, 15],
        "longitude 500000 is outside -180..180 (the decimal mark lost, or metres and not degrees?)",
    ),
    "beyond the antimeridian": (
        [180.5, 15],
        "longitude 180.5 is outside -180..180 (the same place is -179.5)",
    ),
    "a text": (["100", 15], '["100", 15] is not a position (two numbers: longitude, latitude)'),
    "a truth value": (
        [True, 15],
        "[true, 15] is not a position (two numbers: longitude, latitude)",
    ),
}


@pytest.mark.parametrize("kind", POSITIONS)
def test_a_position_off_the_map(kind: str) -> None:
    position, message = POSITIONS[kind]
    assert problems(with_geometry("Point", position)) == [
        f"features[1].geometry.coordinates: {message}"
    ]


def test_a_position_too_large_for_a_float() -> None:
    text = content(journey()).replace(b"[101, 15]", b"[1e999, 15]")
    fault = "[Infinity, 15] is not a position (two numbers: longitude, latitude)"
    assert problems(text) == [f"features[1].geometry.coordinates: {fault}"]


SHAPES = {
    "edges that cross": (
        "Polygon",
        [[[0, 0], [9, 9], [0, 9], [9, 0], [0, 0]]],
        "Self-intersection[4.5 4.5]",
    ),
    "one place twice": (
        "LineString",
        [[1, 1], [1, 1]],
        "Too few points in geometry component[1 1]",
    ),
    "one place four times": (
        "Polygon",
        [[[1, 1]] * 4],
        "Too few points in geometry component[1 1]",
    ),
}


@pytest.mark.parametrize("kind", SHAPES)
def test_a_shape_that_is_none(kind: str) -> None:
    fix = "(edges that cross, or too few points; draw it anew)"
    assert problems(with_geometry(*SHAPES[kind][:2])) == [
        f"features[1].geometry.coordinates: {SHAPES[kind][2]} {fix}"
    ]


@pytest.mark.parametrize(
    ("kind", "coordinates"),
    [
        ("Polygon", []),
        ("MultiPolygon", []),
        ("MultiPolygon", [[]]),
        ("MultiPolygon", [[[[0, 0], [1, 0], [1, 1], [0, 0]]], []]),
    ],
)
def test_an_empty_geometry_is_told(kind: str, coordinates: object) -> None:
    fault = (
        "features[1].geometry.coordinates: an empty list in it (give the geometry null where there "
        "is none)"
    )
    assert problems(with_geometry(kind, coordinates)) == [fault]


def test_a_kind_of_geometry_that_is_no_place_is_told() -> None:
    fault = '"MultiPoint" cannot be a place here (only Point, LineString, Polygon, MultiPolygon)'
    assert problems(with_geometry("MultiPoint", [[1, 2]])) == [
        f"features[1].geometry.type: {fault}"
    ]


def test_heights_are_read_past_even_where_only_some_positions_have_one() -> None:
    document = with_geometry("LineString", [[1, 2, 300], [3, 4], [5, 6, 7, 8]])
    assert reading.read(content(document)).waypoints[1].geometry == shapely.LineString(
        [(1, 2), (3, 4), (5, 6)]
    )


WAYPOINTS: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown kind": ({"kind": "stop"}, 'kind: "stop" is not known here (waypoint or leg)'),
    "an unknown role": (
        {"role": "begin"},
        'role: "begin" is not known here (one of start, stop, passed, crossing, reached)',
    ),
    "a role in capitals": (
        {"role": "Stop"},
        'role: "Stop" is not known here (did you mean "stop"?)',
    ),
    "an unknown precision": (
        {"precision": "named_feature"},
        'precision: "named_feature" is not known here (did you mean "named feature"?)',
    ),
    "an unknown mode": (
        {"modes": [{"mode": "raod", "status": "single"}]},
        'modes[0].mode: "raod" is not known here (did you mean "road"?)',
    ),
    "a mode like no other": (
        {"modes": [{"mode": "camel", "status": "single"}]},
        f'modes[0].mode: "camel" is not known here (one of {MODES})',
    ),
    "a mode without a status": (
        {"modes": [{"mode": "road"}]},
        "modes[0].status: missing (one of reported, single, conflict, inferred)",
    ),
    "a weight too many": (
        {
            "modes": [
                {"mode": "road", "weight": 0.8, "status": "single"},
                {"mode": "rail", "weight": 0.3, "status": "single"},
            ]
        },
        "modes: the weights add up to 1.1 (they must add up to 1)",
    ),
    "several modes without weights": (
        {"modes": [{"mode": mode, "status": "single"} for mode in ("foot", "road_poor", "rail")]},
        (
            "modes: several modes, and no shares (write foot 0.34; road_poor 0.33; rail 0.33 if no "
            "more is known "
            "(in a spreadsheet in mode_weight, mode_2_weight, ...), or one mode alone)"
        ),
    ),
    "several modes, one without a weight": (
        {
            "modes": [
                {"mode": "foot", "weight": 0.5, "status": "single"},
                {"mode": "rail", "status": "single"},
            ]
        },
        "modes[1].weight: missing (a number)",
    ),
    "a text for a weight": (
        {"modes": [{"mode": "road", "weight": "1", "status": "single"}]},
        'modes[0].weight: "1" is not a number (write 1)',
    ),
    "a misspelt member": (
        {"coordinateUncertaintyInMetres": 5},
        'coordinateUncertaintyInMetres: unknown member (did you mean "coordinateUncertaintyInMeters"?)',
    ),
    "a radius of 0": (
        {"coordinateUncertaintyInMeters": 0},
        (
            "coordinateUncertaintyInMeters: 0 is not above 0 (the radius that is sure to hold the "
            "place; "
            "leave it out where it is unknown)"
        ),
    ),
    "a radius larger than the Earth": (
        {"coordinateUncertaintyInMeters": 1e300},
        (
            "coordinateUncertaintyInMeters: 1e+300 is more than half way round the Earth "
            "(leave it out where it is unknown)"
        ),
    ),
    "a radius as a text": (
        {"coordinateUncertaintyInMeters": "30 km"},
        'coordinateUncertaintyInMeters: "30 km" is not a number (a number alone, without quotation marks)',
    ),
    "a disc with a footprint": (
        {"coordinateUncertaintyInMeters": 5, "footprint": ["country:TH"]},
        'footprint: both a disc and a footprint (cut a disc to a country by "within")',
    ),
    "an unknown country": (
        {"footprint": ["country:ZZ"]},
        (
            'footprint: "country:ZZ" is not in the base geography: '
            "a country is named by its code in ISO 3166-1, such as country:VN"
        ),
    ),
    "an unknown river": (
        {"footprint": ["river:mekon"]},
        'footprint: "river:mekon" is not in the base geography: did you mean "river:mekong"?',
    ),
    "a border between strangers": (
        {"footprint": ["border:VN"]},
        (
            'footprint: "border:VN" is not in the base geography: '
            "the two codes of neighbours on land, such as border:LA-VN"
        ),
    ),
    "a footprint of no kind": (
        {"footprint": ["Vietnam"]},
        'footprint: "Vietnam" is not a footprint: did you mean "country:VN"?',
    ),
    "a footprint that is no list": (
        {"footprint": "country:TH"},
        'footprint: "country:TH" is not a list of texts (write ["country:TH"])',
    ),
    "within a river": (
        {"within": ["river:yalu"]},
        'within: "river:yalu" is not a country or region (such as country:VN or region:US-AZ)',
    ),
    "a source that is not listed": (
        {"sources": ["B"]},
        'sources: no source "B" in journey.sources (one of A)',
    ),
    "no source": ({"sources": []}, "sources: empty (name a source, or give the status inferred)"),
    "a statement with a source that is not listed": (
        {"narration": {"en": [{"text": "They went.", "sources": ["AB"]}]}},
        'narration.en[0].sources: no source "AB" in journey.sources (one of A)',
    ),
    "a statement without words": (
        {"narration": {"en": [{"sources": ["A"]}]}},
        'narration.en[0].text: missing (words between "quotation marks")',
    ),
    "a date in words": (
        {"when": "May 2019"},
        'when: "May 2019" is no date as a file has it (write 2019-05)',
    ),
    "a thirteenth month": (
        {"when": "2019-13"},
        f'when: "2019-13" is not an EDTF date ({ways("2019")})',
    ),
    "half an open date": (
        {"when": "../2"},
        f'when: "../2" is not an EDTF date ({ways("2")})',
    ),
    "a leg that is told": (
        {"leg": "told"},
        'leg: "told" is not known here (leave it out, or write "untold")',
    ),
    "near the place before by nothing": (
        {"near_previous_km": 0},
        (
            "near_previous_km: 0 is not above 0 and at most half way round the Earth "
            "(how far from the place before it was told to lie at the most; leave it out where "
            "nothing is said)"
        ),
    ),
    "nearness as a text": (
        {"near_previous_km": "5 km"},
        'near_previous_km: "5 km" is not a number (a number alone, without quotation marks)',
    ),
    "a sensitivity of 5": (
        {"sensitivity": 5},
        "sensitivity: 5 is not a whole number from 0 to 4 (or leave it out)",
    ),
    "withheld, and yet drawn": (
        {"withheld": True},
        "withheld: a withheld place with a geometry or footprint (make both null or empty)",
    ),
    "withheld as a text": (
        {"withheld": "yes"},
        'withheld: "yes" is neither true nor false (one of them, without quotation marks)',
    ),
}


@pytest.mark.parametrize("kind", WAYPOINTS)
def test_a_fault_of_a_waypoint(kind: str) -> None:
    properties, message = WAYPOINTS[kind]
    assert problems(with_properties(**properties)) == [f"{W1}.{message}"]


@pytest.mark.parametrize(
    "geometry", [None, {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}]
)
def test_a_radius_needs_a_point(geometry: object) -> None:
    document = with_properties(coordinateUncertaintyInMeters=5)
    document["features"][1]["geometry"] = geometry
    fault = (
        f"{W1}.coordinateUncertaintyInMeters: a radius without a point (give the geometry a Point)"
    )
    assert problems(document) == [fault]


@pytest.mark.parametrize(
    ("given", "fix"),
    [
        ("", ""),
        ("é", ""),
        ("a b", ' (such as "a-b")'),
        ("<x>", ' (such as "x")'),
        (1.5, ' (such as "1-5")'),
    ],
)
def test_an_id_is_of_plain_letters(given: object, fix: str) -> None:
    document = journey(claims=[])
    document["features"][1]["id"] = given
    fault = (
        f'features[1].id: "{given}" is empty or has more than letters, digits, hyphens and '
        f"underlines{fix}"
    )
    assert problems(document) == [fault]


def test_two_waypoints_of_one_id_are_told() -> None:
    document = journey(waypoint(0), waypoint(1), waypoint(1), waypoint(2))
    assert problems(document) == [
        'features: two of them have the feature id "w1" (ids must differ)'
    ]


def test_where_an_id_stands_twice_a_claim_by_a_name_is_not_told_beside_it() -> None:
    document = journey(
        waypoint(0), waypoint(1), waypoint(1), claims=[claim(scope={"from": "w0", "to": "Place 1"})]
    )
    assert problems(document) == [
        'features: two of them have the feature id "w1" (ids must differ)'
    ]
    document["journey"]["claims"][0]["scope"]["to"] = "w9"
    assert 'journey.claims[0].scope.to: no waypoint "w9"' in {
        each.partition(" (")[0] for each in problems(document)
    }


def test_only_the_first_waypoint_may_be_the_start() -> None:
    fault = (
        'features: waypoint "w1" has the role start but is not the first (stop or passed, or put '
        "its row first)"
    )
    assert problems(with_properties(role="start")) == [fault]


CLAIMS: dict[str, tuple[dict[str, Any], str]] = {
    "a scope that names no waypoint": (
        {"scope": {"from": "w0", "to": "w9"}},
        'scope.to: no waypoint "w9" (one of w0, w1, w2)',
    ),
    "a scope that runs backwards": (
        {"scope": {"from": "w2", "to": "w0"}},
        'scope.to: "w0" does not come after "w2" (name the earlier place first)',
    ),
    "a scope of one place": (
        {"scope": {"from": "w1", "to": "w1"}},
        'scope.to: "w1" does not come after "w1" (how long one stayed in a place is told there, in stay)',
    ),
    "a scope without an end": (
        {"scope": {"from": "w1"}},
        'scope.to: missing (words between "quotation marks")',
    ),
    "no scope": (
        {"scope": None},
        'scope: null where a value is needed (names and values between { and }: {"name": "value"})',
    ),
    "a flight that may be": (
        {"scope": {"from": "w0", "to": "w2", "flight": "maybe"}},
        'scope.flight: "maybe" is not known here (one of yes, no, unknown)',
    ),
    "a unit that is none": (
        {"unit": "kms"},
        'unit: "kms" is not a unit of distance (did you mean "km"?)',
    ),
    "people in kilometres": (
        {"quantity": "people"},
        'unit: "km" is not a unit of people (write null: brokers, people and borders are counted)',
    ),
    "a quantity that is none": (
        {"quantity": "length"},
        'quantity: "length" is not known here (one of distance, brokers, people, borders, duration)',
    ),
    "a value of 0": (
        {"value": 0},
        "value: 0 is not above 0 and at most 1,000,000,000 (the number as it was stated)",
    ),
    "a value without end": (
        {"value": 1e308},
        "value: 1e+308 is not above 0 and at most 1,000,000,000 (the number as it was stated)",
    ),
    "a value as a text": ({"value": "300"}, 'value: "300" is not a number (write 300)'),
    "a league for all": (
        {"unit": "leagues"},
        (
            'unit: "leagues" is not a unit of distance (did you mean "league_post", '
            '"league_common", '
            '"league_metric", "league_english" or "league_marine"?)'
        ),
    ),
    "a unit that nobody knows": (
        {"unit": "qwxz"},
        (
            'unit: "qwxz" is not a unit of distance (one of '
            f"{', '.join(units_of(Quantity.DISTANCE))}; "
            "any other with its metres in unit_m and why in unit_reason)"
        ),
    ),
    "a unit of its own without a reason": (
        {"unit": "kos", "unit_m": 3_200},
        'unit_reason: missing (words between "quotation marks")',
    ),
    "a reason without a length": (
        {"unit_reason": "so it was"},
        "unit_m: missing beside unit_reason (the metres of the unit)",
    ),
    "a listed unit with another length": (
        {"unit": "verst", "unit_m": 1_490, "unit_reason": "of the 17th century"},
        'unit_m: "verst" is 1,066.8 m here (leave unit_m out, or give the unit another name)',
    ),
    "a unit of its own that is a number": (
        {"unit": "48.2", "unit_m": 3_200, "unit_reason": "so"},
        'unit: "48.2" is no name of a unit (a word or two, without figures)',
    ),
    "a duration in metres": (
        {"quantity": "duration", "unit": "h", "unit_m": 3_200, "unit_reason": "so"},
        "unit_m: a duration has no metres (leave it out)",
    ),
    "a range that runs backwards": (
        {"value_to": 200, "wording": "exact"},
        "value_to: 200 is not above 300, where the range begins (the two the other way round)",
    ),
    "a range of nothing": (
        {"value_to": 300, "wording": None},
        "value_to: 300 is not above 300, where the range begins (a number alone, without value_to)",
    ),
    "a range that is over": (
        {"value_to": 400, "wording": "over"},
        'wording: a range is told as it is, or as "about", not as "over" (leave out wording, or value_to)',
    ),
    "a wording of its own": (
        {"wording": "at least"},
        'wording: "at least" is not known here (did you mean "at_least"?)',
    ),
    "no source": ({"sources": []}, "sources: empty (name a source)"),
    "a source that is not listed": (
        {"sources": ["a"]},
        'sources: no source "a" in journey.sources (did you mean "A"?)',
    ),
    "a mode that is a number": ({"mode": 0}, f"mode: 0 is not known here (one of {MODES})"),
}


@pytest.mark.parametrize("kind", CLAIMS)
def test_a_fault_of_a_claim(kind: str) -> None:
    members, message = CLAIMS[kind]
    assert problems(journey(claims=[claim(**members)])) == [f"journey.claims[0].{message}"]


def test_a_traced_leg_joins_neighbours() -> None:
    document = journey(waypoint(0), waypoint(1), waypoint(2), leg(to="w2"))
    fault = 'features[3].properties.to: "w2" does not follow "w0" (a leg joins two neighbours)'
    assert problems(document) == [fault]


def test_a_traced_leg_has_two_ends_that_are_there() -> None:
    document = journey(waypoint(0), waypoint(1), waypoint(2), leg(to="w7"))
    assert problems(document) == ['features[3].properties.to: no waypoint "w7" (one of w0, w1, w2)']


def test_a_traced_leg_has_a_line() -> None:
    document = journey(waypoint(0), waypoint(1), waypoint(2), leg() | {"geometry": None})
    assert problems(document) == [
        "features[3].geometry: a traced leg without a line (a LineString, or leave the leg out)"
    ]


def test_two_tracks_to_one_place_are_told() -> None:
    document = journey(waypoint(0), leg(), waypoint(1), leg(), waypoint(2))
    assert problems(document) == [
        'features: two of them have the traced leg to id "w1" (ids must differ)'
    ]


def test_a_name_given_twice_is_told_wherever_it_is() -> None:
    text = content(journey()).replace(b'"Place 1"', b'"Place 1", "en": "Place one"')
    assert problems(text) == [f"{W1}.name.en: given twice in one object (keep one of them)"]


def test_all_problems_are_told_at_once_in_the_order_of_the_file() -> None:
    document = journey(
        waypoint(0, role="x"),
        waypoint(1),
        waypoint(2, sources=["B"]),
        claims=[claim(value=-1)],
        id="a b",
    )
    document["features"][1]["geometry"] = {"type": "Point", "coordinates": [15, "x"]}
    del document["journey"]["outcome"]
    assert problems(document) == [
        'journey.id: "a b" has more than letters, digits, hyphens and underlines (such as "a-b")',
        "journey.claims[0].value: -1 is not above 0 and at most 1,000,000,000 (the number as it was stated)",
        "journey.outcome: missing (one of reached, captured_and_returned, turned_back, underway, unknown)",
        'features[0].properties.role: "x" is not known here (one of start, stop, passed, crossing, reached)',
        'features[1].geometry.coordinates: [15, "x"] is not a position (two numbers: longitude, latitude)',
        'features[2].properties.sources: no source "B" in journey.sources (one of A)',
    ]


@pytest.mark.parametrize(
    "broken", [7, {"type": "Feature", "id": "w2", "geometry": None, "properties": {"kind": "way"}}]
)
def test_what_follows_from_a_fault_is_not_told_as_another(broken: object) -> None:
    document = journey() | {"features": [waypoint(0), waypoint(1), broken]}
    (only,) = problems(
        document
    )  # the claim's scope ends at w2, which may be the one that cannot be read
    assert only.startswith("features[2]")


def test_other_programs_members_may_stand_anywhere() -> None:
    document = journey(
        waypoint(0, fid=7, stroke="#f00"), waypoint(1), waypoint(2), mood={"a": [None]}
    )
    document |= {"crs": None, "name": "layer"}
    assert reading.read(content(document)) == reading.read(content(journey()))


def test_null_is_as_good_as_missing() -> None:
    nothing = dict.fromkeys(
        ["footprint", "within", "when", "modes", "leg", "narration", "sensitivity", "withheld"]
    )
    document = journey()
    document["features"][1]["properties"] |= nothing  # as QGIS writes what a feature has not
    assert reading.read(content(document)) == reading.read(content(journey()))


def test_a_problem_cannot_act_on_a_terminal() -> None:
    faults = problems(with_properties(footprint=["river:\x1b[31m\nx\u200e"]))
    assert len(faults) == 2
    assert all(each.isprintable() and r"\nx\u200e" in each for each in faults)


def test_what_is_left_out_has_its_default() -> None:
    stated = {
        name: value
        for name, value in claim(scope={"from": "w0", "to": "w2"}).items()
        if name != "wording"
    }
    read = reading.read(content(journey(claims=[stated])))
    assert (read.claims[0].wording, read.claims[0].scope.flight, read.claims[0].counts) == (
        "exact",
        "unknown",
        "journey",
    )
    first = read.waypoints[0]
    assert (first.modes_are, first.leg_told, first.withheld, first.sensitivity) == (
        "alternatives",
        True,
        False,
        None,
    )


def test_a_journey_is_read_as_it_is_written() -> None:
    shares = [{"mode": "boat_across", "status": "single"}]
    first, last = (
        waypoint(0, role="start", footprint=["border:vn-la", "country:la"]),
        waypoint(1, modes=shares),
    )
    read = reading.read(content(journey(first, last, leg(), claims=[])))
    assert read.waypoints[0].role is Role.START
    assert read.waypoints[0].footprints == (
        "border:LA-VN",
        "country:LA",
    )  # references have one spelling
    assert read.waypoints[0].label == (100.0, 15.0)
    share = read.waypoints[1].modes[0]
    assert (share.mode, share.weight, share.status) == (Mode.BOAT_ACROSS, 1.0, Status.SINGLE)
    assert read.traces[0].line == ((100.0, 15.0), (100.5, 15.2), (101.0, 15.0))


def test_a_number_will_do_for_an_id() -> None:
    document = journey(claims=[claim(scope={"from": "w0", "to": "7", "flight": "yes"})])
    document["features"][2]["id"] = 7
    read = reading.read(content(document))
    assert read.waypoints[2].id == "7"
    assert read.claims[0].scope.flight is Flight.YES


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=5,
) | st.sampled_from(
    [
        {"type": "Point", "coordinates": [1, 2]},
        "waypoint",
        "leg",
        ["A"],
        {"en": "x"},
        [[1, 2], [3, 4]],
    ]
)


def places_in(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Paths of all members and items."""
    for name, member in (
        value.items()
        if isinstance(value, dict)
        else enumerate(value if isinstance(value, list) else ())
    ):
        yield (*path, name)
        yield from places_in(member, (*path, name))


@st.composite
def broken_documents(draw: st.DrawFn) -> object:
    """Valid journeys of which members are left out or replaced by anything."""
    shipped = json.loads((GEO / "ro-family.geojson").read_bytes()) | {"features": []}
    document = copy.deepcopy(
        draw(
            st.one_of(
                documents(most=3),
                st.just(journey(waypoint(0), waypoint(1), leg())),
                st.just(shipped),
            )
        )
    )
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(list(places_in(document)) or [()]))
        holder: Any = document
        for name in path[:-1]:
            holder = holder[name]
        if path and draw(st.booleans()):
            del holder[path[-1]]
        elif path:
            holder[path[-1]] = copy.deepcopy(
                draw(JSON)
            )  # what is sampled is shared: it may not hold itself
    return document


@settings(max_examples=150 if IS_LONG else 50)
@given(broken_documents())
def test_whatever_is_broken_is_told_as_a_problem_of_the_file(document: object) -> None:
    for message in problems(json.dumps(document)):
        assert message.isprintable()
        assert message.encode()


@settings(max_examples=100 if IS_LONG else 50)
@given(st.binary(max_size=60))
@example(b"\x00")
@example(b'{"type":"FeatureCollection","features":[],"journey":[]}')
def test_any_bytes_are_told_as_a_problem_of_the_file(given: bytes) -> None:
    assert problems(given)


def test_a_place_outside_its_country_is_told_with_the_swapped_hint() -> None:
    kabul = waypoint(0, within=["country:AF"], coordinateUncertaintyInMeters=30_000)
    kabul["geometry"] = {"type": "Point", "coordinates": [34.5, 69.2]}
    told = (
        "features[0].properties.within: the place lies outside country:AF (longitude and latitude "
        "swapped?)"
    )
    assert problems(journey(kabul, waypoint(1), waypoint(2))) == [told]


@pytest.mark.parametrize(
    ("cited", "fix"),
    [("a letter", 'did you mean "A"?'), ("a", 'did you mean "A"?'), ("B", "one of A")],
)
def test_a_source_cited_by_its_title_is_told_its_id(cited: str, fix: str) -> None:
    told = f'features[0].properties.sources: no source "{cited}" in journey.sources ({fix})'
    assert problems(journey(waypoint(0, sources=[cited]), waypoint(1), waypoint(2))) == [told]


def test_a_country_told_by_its_name_is_told_its_code() -> None:
    told = (
        'features[0].properties.within: "Thailand" is not a country or region (did you mean '
        '"country:TH"?)'
    )
    assert problems(journey(waypoint(0, within=["Thailand"]), waypoint(1), waypoint(2))) == [told]


@pytest.mark.parametrize(
    ("end", "fix"),
    [
        (" place 2", 'did you mean "w2"?'),
        ("Twice", 'did you mean "w3" or "w4"?'),
        ("elsewhere", "one of w0, w1, w2, w3, w4"),
    ],
)
def test_an_end_told_by_the_name_of_a_place_is_told_its_id(end: str, fix: str) -> None:
    twice = [waypoint(number, name={"en": "Twice"}) for number in (3, 4)]
    stated = claim(scope={"from": "w0", "to": end, "flight": "no"})
    told = f'journey.claims[0].scope.to: no waypoint "{end}" ({fix})'
    assert problems(journey(waypoint(0), waypoint(1), waypoint(2), *twice, claims=[stated])) == [
        told
    ]


def test_a_place_outside_its_country_is_told_where_nothing_is_swapped() -> None:
    elsewhere = waypoint(0, within=["country:KR"])
    told = (
        "features[0].properties.within: the place lies outside country:KR (another country, or "
        "another place)"
    )
    assert problems(journey(elsewhere, waypoint(1), waypoint(2))) == [told]


def test_the_first_place_lies_near_none_before_it() -> None:
    faults = problems(journey(waypoint(0, near_previous_km=5), waypoint(1), waypoint(2)))
    told = (
        'features: near_previous_km of waypoint "w0", which is the first (leave it out, or give it '
        "to the next)"
    )
    assert faults == [told]
