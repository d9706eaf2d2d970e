"""Each rule finds what it is for, says it in these words, and says nothing of its neighbour that is right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import escape_route as er
from beside import IS_LONG, SHIPPED
from documents import claim, content, journey, leg, waypoint
from escape_route import lint
from escape_route.errors import EscapeRouteError, JourneyFileError, Problem
from escape_route.lint import RULES, Severity
from escape_route.lint.coordinates import is_on_land
from escape_route.lint.rules import CHECKS
from escape_route.model import read as reading
from escape_route.model.places import place_of
from strategies import journeys

if TYPE_CHECKING:
    from documents import Document
    from escape_route.model.journey import Journey

GOOD = {"coordinateUncertaintyInMeters": 20_000, "within": None}


def place(number: int, lon: float | None = None, lat: float = 15.0, **properties: Any) -> Document:
    """A waypoint with a radius, which no rule has anything to say about, at a position of its own or at none."""
    made = waypoint(number, **GOOD | properties)
    if lon is not None:
        made["geometry"]["coordinates"] = [lon, lat]
    return made


def walk(*features: Document, **members: Any) -> Document:
    """A journey about which no rule has anything to say, until something is changed."""
    listed = list(features) or [place(0), place(1), place(2, role="reached")]
    return journey(*listed, **{"claims": [], "consent": {"basis": "not_asked"}} | members)


def found(document: Document, name: str) -> list[str]:
    """What a rule finds in a document, as it is printed."""
    others = lint.RULES.keys() - {name}
    return [str(each.problem) for each in lint.lint(reading.read(content(document)), ignore=others)]


def mode(name: str, weight: float = 1.0) -> Document:
    return {"mode": name, "weight": weight, "status": "single"}


def test_a_good_file_has_no_finding() -> None:
    assert lint.lint(reading.read(content(walk()))) == ()


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_journeys_have_no_finding(name: str) -> None:
    assert lint.lint(er.read_journey(name).data) == ()


def test_findings_come_by_their_places() -> None:
    document = walk(
        place(0, when="2019-05"), place(1, when="2018"), place(2),
        sources=[{"id": "A", "title": "A", "url": None}, {"id": "B", "title": "B", "url": None}],
    )  # fmt: skip
    listed = [
        (each.problem.place, each.rule.name) for each in lint.lint(reading.read(content(document)))
    ]
    assert listed == [
        ("journey, outcome", "outcome-and-places"),
        ("source B", "unused-source"),
        ("waypoint w1, when", "dates-out-of-order"),
    ]


def test_a_journey_says_by_whose_consent_it_is_published() -> None:
    assert found(walk(), "no-consent") == []
    assert found(walk(consent=None), "no-consent") == [
        "journey, consent: nobody is said to have agreed (ask, or write what it rests on instead)"
    ]


def test_a_rule_that_is_ignored_says_nothing() -> None:
    read = reading.read(
        content(walk(place(0, when="2019"), place(1, when="2018"), place(2, role="reached")))
    )
    assert [each.rule.name for each in lint.lint(read)] == ["dates-out-of-order"]
    assert lint.lint(read, ignore={"dates-out-of-order"}) == ()


def test_rules_of_reading_are_errors_and_all_others_are_warnings() -> None:
    errors = {name for name, rule in RULES.items() if rule.severity is Severity.ERROR}
    assert errors & set(CHECKS) == {"reported-by-one"}
    assert set(RULES) - set(CHECKS) - errors == {"file-advice"}


def test_problems_of_a_file_keep_their_rules_and_places() -> None:
    error = JourneyFileError(
        "x", (Problem("a", "b", "c", "wrong-date"), Problem("d", "e", rule="nobody's"))
    )
    listed = [(each.rule.name, each.problem.place) for each in lint.of_error(error, "x")]
    assert listed == [("wrong-date", "a"), ("wrong-value", "d")]


def test_a_file_that_is_not_there_is_unreadable() -> None:
    (one,) = lint.of_error(EscapeRouteError("x: no such file"), "x")
    assert (one.rule.name, one.problem) == ("unreadable", Problem("", "no such file"))


BROKEN = {
    "unreadable": b"{",
    "newer-format": walk(place(0), place(1), format=3),
    "not-geojson": b'{"type": "FeatureCollection"}',
    "not-a-journey": b'{"type": "FeatureCollection", "features": []}',
    "missing-value": walk(place(0, name=None), place(1)),
    "wrong-value": walk(place(0, role="x"), place(1)),
    "misspelt-member": walk(place(0, sensitivty=1), place(1)),
    "unknown-name": walk(place(0, sources=["B"]), place(1)),
    "same-id-twice": walk(place(0), place(0)),
    "wrong-order": walk(place(0), place(1, role="start")),
    "contradiction": walk(place(0, footprint=["country:TH"]), place(1)),
    "without-source": walk(claims=[claim(sources=[])]),
    "wrong-date": walk(place(0, when="2019-02-30"), place(1)),
    "swapped-order": walk(place(0, 15.0, 100.0), place(1)),
    "outside-country": walk(place(0, within=["country:KR"]), place(1)),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_problem_of_reading_has_the_rule(name: str) -> None:
    given = BROKEN[name]
    with pytest.raises(JourneyFileError, match="x: ") as error:
        reading.read(given if isinstance(given, bytes) else content(given), "x")
    assert {each.rule.name for each in lint.of_error(error.value, "x")} == {name}


def test_an_islet_that_the_outlines_lack_lies_in_its_country() -> None:
    """Pulau Bidong, 16 km off Malaysia; as far off Vietnam, which is across the sea, it is refused."""
    bidong = place(1, 103.0625, 5.6217, within=["country:MY"], coordinateUncertaintyInMeters=1_000)
    told = reading.read(content(walk(place(0), bidong)), "x")
    lies = place_of(told.waypoints[1])
    assert lies is not None
    assert (lies.regions[0].shape, lies.countries) == (None, frozenset({"MY"}))
    bidong["properties"]["within"] = ["country:VN"]
    with pytest.raises(JourneyFileError, match="the place lies outside country:VN"):
        reading.read(content(walk(place(0), bidong)), "x")


def test_a_broken_shape_has_its_rule() -> None:
    area = waypoint(0)
    area["geometry"] = {
        "type": "Polygon",
        "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]],
    }
    with pytest.raises(JourneyFileError, match="Self-intersection") as error:
        reading.read(content(walk(area, place(1))), "x")
    assert [each.rule.name for each in lint.of_error(error.value, "x")] == ["broken-shape"]


def test_a_label_whose_numbers_are_swapped_is_told() -> None:
    label = place(
        0,
        20.0,
        80.0,
        coordinateUncertaintyInMeters=None,
        precision="country",
        footprint=["country:IN"],
    )
    document = walk(label, place(1), place(2))
    told = ["waypoint w0: 20, 80 is outside country:IN (longitude and latitude swapped?)"]
    assert found(document, "perhaps-swapped") == told
    assert found(document, "label-outside-place") == []


LONDON, PARIS, BERLIN, PRAGUE = (-0.1, 51.5), (2.35, 48.85), (13.4, 52.5), (14.4, 50.1)
VIENNA, ROME, MADRID, ISTANBUL = (16.4, 48.2), (12.5, 41.9), (-3.7, 40.4), (29.0, 41.0)
ADDIS_ABABA, NEW_YORK = (38.7, 9.0), (-74.0, 40.7)


def swapped(position: tuple[float, float]) -> tuple[float, float]:
    return position[1], position[0]


def perhaps_swapped(*positions: tuple[float, float] | None, **modes: Any) -> list[str]:
    """What is told of a journey through positions; None is a place without one."""
    places = [place(number, modes=modes.get(f"w{number}")) for number in range(len(positions))]
    for made, position in zip(places, positions, strict=True):
        made["geometry"] = position and {"type": "Point", "coordinates": position}
        if position is None:
            del made["properties"]["coordinateUncertaintyInMeters"]
    return found(walk(*places), "perhaps-swapped")


def ids(told: list[str]) -> list[str]:
    return [each.partition(":")[0].removeprefix("waypoint ") for each in told]


def test_a_point_out_of_the_way_and_on_it_if_swapped_is_told() -> None:
    assert perhaps_swapped(MADRID, swapped(ROME), ISTANBUL) == [
        "waypoint w1: 41.9, 12.5 adds 6,063 km to the way, 12.5, 41.9 would add 0 km (longitude and latitude swapped?)"
    ]


@pytest.mark.parametrize("index", range(6))
def test_one_swapped_stop_of_a_journey_in_europe_is_told_and_no_other(index: int) -> None:
    journey_in_europe = [LONDON, PARIS, BERLIN, PRAGUE, VIENNA, ROME]
    journey_in_europe[index] = swapped(journey_in_europe[index])
    assert ids(perhaps_swapped(*journey_in_europe)) == [f"w{index}"]


def test_two_swapped_stops_apart_are_both_told() -> None:
    assert ids(perhaps_swapped(LONDON, swapped(PARIS), BERLIN, PRAGUE, swapped(VIENNA), ROME)) == [
        "w1",
        "w4",
    ]


def test_a_place_without_a_point_between_does_not_hide_a_swapped_one() -> None:
    assert ids(perhaps_swapped(LONDON, PARIS, None, swapped(PRAGUE), None, ROME)) == ["w3"]


def test_a_point_that_would_lie_in_the_sea_if_swapped_is_not_told() -> None:
    assert perhaps_swapped(ADDIS_ABABA, ROME, PARIS) == []
    assert not is_on_land(swapped(ADDIS_ABABA), 0.0)


def test_a_leg_that_may_have_been_flown_is_no_sign_of_swapped_numbers() -> None:
    nairobi, almeria = (36.8, -2.4), (-2.4, 36.8)
    assert ids(perhaps_swapped(PARIS, MADRID, nairobi)) == ["w2"]
    assert perhaps_swapped(PARIS, MADRID, nairobi, w2=[mode("flight")]) == []
    assert is_on_land(almeria, 0.0)


def test_a_journey_to_the_far_side_of_the_world_is_not_taken_for_swapped_numbers() -> None:
    assert perhaps_swapped((100.5, 13.7), (127.0, 37.5), NEW_YORK) == []


@settings(max_examples=40)
@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), min_size=2, max_size=8), st.data())
def test_a_journey_in_steps_of_some_hundred_km_is_never_taken_for_swapped(
    steps: list[tuple[float, float]], data: st.DataObject
) -> None:
    lon, lat = data.draw(
        st.sampled_from([LONDON, ROME, ADDIS_ABABA, NEW_YORK, (127.0, 37.5), (38.0, 38.0)])
    )
    positions = [(lon, lat)]
    for east, north in steps:
        positions.append(
            (round(positions[-1][0] + 8 * east, 2), round(positions[-1][1] + 4 * north, 2))
        )
    assert perhaps_swapped(*positions) == []


def test_a_label_outside_its_place_is_told_beyond_its_rounding() -> None:
    label = {
        "coordinateUncertaintyInMeters": None,
        "precision": "country",
        "footprint": ["country:VN"],
    }
    document = walk(place(0, 103.0, 13.0, **label), place(1, 106.9, 17.0, **label), place(2))
    told = "waypoint w0: the label 103, 13 is outside country:VN"
    assert found(document, "label-outside-place") == [
        f"{told} (another label point, another footprint, or the geometry null)"
    ]


def test_null_island_is_told_and_not_twice() -> None:
    document = walk(place(0, 0.0, 0.0), place(1), place(2))
    assert found(document, "null-island") == [
        "waypoint w0: the point is 0, 0 (the geometry null where no position is known)"
    ]
    assert found(document, "in-the-sea") == []


def test_a_stop_in_the_sea_is_told_with_what_likely_mends_it() -> None:
    paris_swapped, atlantic = (48.85, 2.35), (-30.0, 40.0)
    document = walk(place(0, *paris_swapped), place(1, *atlantic), place(2, 20.0, 50.0))
    assert found(document, "in-the-sea") == [
        "waypoint w0: 48.85, 2.35 is in the sea (longitude and latitude swapped? then it lies on land)",
        "waypoint w1: -30, 40 is in the sea (another position, or a boat among the modes)",
    ]


@pytest.mark.parametrize("waypoint_with_a_boat", [1, 2])
def test_who_came_or_left_by_boat_may_be_at_sea(waypoint_with_a_boat: int) -> None:
    modes = {waypoint_with_a_boat: [mode("boat_along", 0.5), mode("unknown", 0.5)]}
    document = walk(
        place(0), place(1, 122.0, 18.0 + 3, modes=modes.get(1)), place(2, modes=modes.get(2))
    )
    assert found(document, "in-the-sea") == []


# Singapore's coast is not within 1:10m of the truth; the second is 12 km off Da Nang with a radius
# that reaches land.
@pytest.mark.parametrize(
    ("lon", "lat", "radius_m"), [(103.85, 1.26, 100), (108.36, 16.05, 15_000), (179.99, -16.8, 100)]
)
def test_a_coast_has_the_tolerance_of_the_map(lon: float, lat: float, radius_m: int) -> None:
    assert (
        found(
            walk(place(0, lon, lat, coordinateUncertaintyInMeters=radius_m), place(1), place(2)),
            "in-the-sea",
        )
        == []
    )


def shape(number: int, kind: str, coordinates: object) -> Document:
    drawn = place(number, coordinateUncertaintyInMeters=None)
    drawn["geometry"] = {"type": kind, "coordinates": coordinates}
    return drawn


def test_a_shape_that_is_not_cut_at_the_antimeridian_is_told() -> None:
    ring = [[179, -17], [-179, -17], [-179, -16], [179, -16], [179, -17]]
    told = "an edge of 358 degrees of longitude (cut it at the antimeridian)"
    drawn = (shape(0, "Polygon", [ring]), shape(1, "LineString", ring[:2]))
    assert found(walk(*drawn), "not-cut-at-antimeridian") == [
        f"waypoint w0: {told}",
        f"waypoint w1: {told}",
    ]


def test_a_shape_that_is_cut_there_and_a_cap_of_a_pole_are_right() -> None:
    west, east = (
        [[lon, -17], [lon + 1, -17], [lon + 1, -16], [lon, -16], [lon, -17]] for lon in (179, -180)
    )
    cap = [[-180, 80], [180, 80], [180, 90], [-180, 90], [-180, 80]]
    document = walk(shape(0, "MultiPolygon", [[west], [east]]), shape(1, "Polygon", [cap]))
    assert found(document, "not-cut-at-antimeridian") == []


def test_a_stop_that_was_entered_twice_is_told() -> None:
    label = {
        "coordinateUncertaintyInMeters": None,
        "precision": "country",
        "footprint": ["country:TH"],
    }
    again = place(3, 101.0, name={"en": "Place 2"}, **label)
    document = walk(place(0), place(1, 100.0), place(2, 101.0, **label), again, place(4, 100.0))
    assert found(document, "duplicate-stop") == [
        "waypoint w1: the same point as w0 before it (leave one of them out)",
        "waypoint w3: the same name and footprint as w2 before it (leave one of them out)",
    ]
    about = place(1, 100.0, coordinateUncertaintyInMeters=30_000.0)
    assert (
        found(walk(place(0), about), "duplicate-stop") == []
    )  # a village somewhere about the town before it


@pytest.mark.parametrize(
    ("radius_m", "lon", "most"),
    [
        (30_000, 102.61, 2),
        (30_000, 102.612, 2),
        (1_000, 102.6123, 4),
        (1_000, 102.61234, 4),
        (10, 102.612345, 6),
    ],
)
def test_decimals_are_held_to_the_uncertainty(radius_m: int, lon: float, most: int) -> None:
    told = found(
        walk(place(0, lon, 18.0, coordinateUncertaintyInMeters=radius_m), place(1)),
        "too-many-decimals",
    )
    has = len(str(lon).partition(".")[2])
    length = f"{radius_m // 1000} km" if radius_m >= 1000 else f"{radius_m} m"
    message = f"waypoint w0: {lon}, 18 has {has} decimals; a radius of {length} allows {most}"
    assert told == ([f"{message} (write {lon:.{most}f}, {18:.{most}f})"] if has > most else [])


def test_decimals_of_a_label_and_of_a_track_are_told() -> None:
    label = place(
        0,
        101.123,
        coordinateUncertaintyInMeters=None,
        precision="country",
        footprint=["country:TH"],
    )
    track = leg(**{"from": "w1", "to": "w2"})
    track["geometry"]["coordinates"] = [[101, 15], [101.123456789, 15]]
    assert found(
        walk(label, place(1, 101.0), place(2, 101.1, role="reached"), track), "too-many-decimals"
    ) == [
        "waypoint w0: 101.123, 15 has 3 decimals; a label point may have 2 (write 101.12, 15.00)",
        "track from w1 to w2: positions with 9 decimals (7 are a centimetre)",
    ]


def test_a_city_without_a_radius_is_told_unless_a_track_ends_there() -> None:
    bare = {"coordinateUncertaintyInMeters": None}
    document = walk(place(0, **bare), place(1, **bare), place(2, **bare), leg())
    told = (
        'waypoint w2: the precision "city" and no coordinateUncertaintyInMeters (in a spreadsheet '
        "uncertainty_m)"
    )
    assert found(document, "no-radius") == [
        f"{told} (a radius that surely holds the place, or the precision exact)"
    ]


def test_an_exact_place_with_a_large_radius_is_told() -> None:
    document = walk(place(0, precision="exact", sensitivity=0), place(1))
    assert found(document, "radius-and-precision") == [
        "waypoint w0: exact, within 20 km (a coarser precision, or a smaller radius)"
    ]


def test_a_track_that_ends_elsewhere_is_told() -> None:
    track = leg()
    track["geometry"]["coordinates"] = [[100, 15], [101.5, 15]]
    told = "track from w0 to w1: 101.5, 15 is 33.8 km from w1 (the track of this leg, all of it)"
    assert found(walk(place(0), place(1), place(2), track), "track-misses-its-end") == [told]
    assert found(walk(place(0), place(1), place(2), leg()), "track-misses-its-end") == []


ORDERS = {
    ("2019", "2018"): True,
    ("2019-05-02", "2019-05-01"): True,
    ("2019-05", "2019"): False,  # some of 2019 comes after May
    ("2019-05", "2019-05-03"): False,
    ("2019", "2018~"): False,  # about 2018 may be 2019
    ("2019-05/2019-08", "2019-06"): False,
    ("2019-05/2019-08", "../2019-04"): True,
    ("2019/..", "2018"): True,
    ("../2019", "1950"): False,
    ("-0043-03-15", "-0044"): True,  # years before the year 1 count upwards too
    ("-0044", "-0043-03-15"): False,
    ("1969-12-31", "1968"): True,
    ("2019-05-03T10:00:00Z", "2019-05-03T09:59:59Z"): True,
    ("2019-05-03T10:00:00Z", "2019-05-03T18:00:00+09:00"): True,
    ("2019-05-03T10:00:00Z", "2019-05-03"): False,
}


@pytest.mark.parametrize("dates", ORDERS)
def test_dates_are_out_of_order_only_where_they_cannot_be_otherwise(dates: tuple[str, str]) -> None:
    one, other = dates
    told = found(
        walk(place(0, when=one), place(1), place(2, when=other, role="reached")),
        "dates-out-of-order",
    )
    message = (
        f"waypoint w2, when: {other} lies before {one} of w0 (another date, or another order of "
        "waypoints)"
    )
    assert told == ([message] if ORDERS[dates] else [])


def test_a_date_to_come_is_told_with_the_year_that_was_meant() -> None:
    document = walk(
        place(0, when="2518-04"), place(1, when="9021"), place(2, when="2020/..", role="reached")
    )
    assert found(document, "date-to-come") == [
        "waypoint w0, when: 2518-04 has not come yet (1975-04, if it is of the Buddhist Era)",
        "waypoint w1, when: 9021 has not come yet (another year)",
    ]


def test_an_interval_that_ends_before_it_begins_is_told() -> None:
    document = walk(place(0, when="2019/2018"), place(1, when="2019-05-03/2019-05-03"), place(2))
    assert found(document, "backward-interval") == [
        "waypoint w0, when: 2019/2018 ends before it begins (turn it round)"
    ]


# A degree of longitude at 15 degrees north is 107.6 km; the discs of 20 km leave 67.6 km and take
# 6.8 h on foot.
@pytest.mark.parametrize(
    ("arrival", "modes", "is_told"),
    [
        ("2019-05-03T16:00:00Z", [mode("foot")], True),
        ("2019-05-03T17:00:00Z", [mode("foot")], False),
        ("2019-05-03T16:00:00Z", [mode("foot", 0.9), mode("road", 0.1)], False),
        ("2019-05-03T16:00:00Z", None, False),
        ("2019-05-03", [mode("foot")], False),
    ],
)
def test_a_leg_that_no_mode_could_do_in_its_time_is_told(
    arrival: str,
    modes: object,
    is_told: bool,  # noqa: FBT001
) -> None:
    start = place(0, when="2019-05-03T10:00:00Z", sensitivity=0)
    document = walk(start, place(1, when=arrival, modes=modes, sensitivity=0), place(2))
    message = (
        "67.6 km from w0 take 6.8 h at the least; 2019-05-03T10:00:00Z to 2019-05-03T16:00:00Z "
        "leaves 6.0 h"
    )
    told = [f"waypoint w1, when: {message.replace('67.6', '68')} (another date, mode or place)"]
    assert found(document, "too-fast") == (told if is_told else [])


def test_parts_of_a_way_take_their_times_together() -> None:
    parts = {"modes": [mode("foot", 0.5), mode("road", 0.5)], "modes_are": "parts"}
    start = place(0, when="2019-05-03T10:00:00Z", sensitivity=0)
    document = walk(start, place(1, when="2019-05-03T13:00:00Z", sensitivity=0, **parts), place(2))
    assert found(document, "too-fast")[0].startswith(
        "waypoint w1, when: 68 km from w0 take 3.6 h at the least"
    )


def test_numbers_of_a_way_between_places_that_are_held_back_are_of_their_cells() -> None:
    hour = {"when": "2019-05-03T11:00:00Z", "modes": [mode("foot")]}
    for lon, said in (
        (101.0, "44 km from w0 take 4.4 h at the least"),
        (100.49, "the way from w0 takes longer"),
    ):
        near = place(0, when="2019-05-03T10:00:00Z"), place(1, lon, **hour), place(2)
        assert found(walk(*near), "too-fast")[0].startswith(f"waypoint w1, when: {said}; ")


def test_a_way_over_undated_places_is_measured_through_them() -> None:
    hour = {"modes": [mode("road")]}
    there_and_back = [
        place(0, when="2019-05-03T10:00:00Z"),
        place(1, 106.0, **hour),
        place(2, 100.5, **hour),
    ]
    for each in there_and_back:
        each["properties"]["sensitivity"] = 0
    there_and_back[2]["properties"]["when"] = "2019-05-03T15:00:00Z"
    (told,) = found(walk(*there_and_back), "too-fast")
    assert told.startswith("waypoint w2, when: 1,157 km from w0 take 8.9 h at the least")


def test_a_duration_that_is_too_short_is_told_unless_it_is_of_a_part() -> None:
    said = {"quantity": "duration", "unit": "h", "value": 2, "wording": "nearly"}
    scope = {"from": "w0", "to": "w1", "flight": "no"}
    features = [
        place(0),
        place(1, modes=[mode("road", 0.5), mode("foot", 0.5)], modes_are="parts"),
        place(2),
    ]
    whole, part = claim(**said, scope=scope), claim(id="d", **said, scope=scope, mode="foot")
    (told,) = found(walk(*features, claims=[whole, part]), "too-fast")
    fix = "another unit or scope, or the mode that the claim is of"
    assert told == f"claim c: 44 km from w0 take 2.3 h at the least; 2 h were stated ({fix})"


def test_a_country_next_door_is_reached_in_no_time() -> None:
    label = {"coordinateUncertaintyInMeters": None, "precision": "country", "modes": [mode("foot")]}
    laos = place(0, 103.0, 19.0, footprint=["country:LA"], when="2019-05-03", **label)
    thailand = place(1, 102.0, 16.0, footprint=["country:TH"], when="2019-05-03", **label)
    assert found(walk(laos, thailand), "too-fast") == []


@pytest.mark.parametrize(("days", "leaves"), [(19, ""), (20, ""), (30, "20.0 days")])
def test_a_stay_that_is_longer_than_the_dates_around_it_leave_is_told(
    days: int, leaves: str
) -> None:
    """From 1 January to 20 January 2019 are 20 days; 30 may be told of 28.5."""
    stay = {"value": days, "unit": "d"}
    document = walk(
        place(0, when="2019-01-01", stay=stay),
        place(1),
        place(2, role="reached", when="2019-01-20"),
    )
    told = (
        f"waypoint w0, stay: {days} d at w0; 2019-01-01 to 2019-01-20 leaves {leaves} (another "
        "stay, unit or date)"
    )
    assert found(document, "stay-too-long") == ([told] if leaves else [])


def test_stays_between_two_dates_count_together_and_where_no_later_date_is_told_none_does() -> None:
    weeks = {"value": 2, "value_to": 3, "unit": "week"}
    last = place(2, role="reached", when="2019-01-20", stay={"value": 9, "unit": "year"})
    document = walk(place(0, when="2019-01-01", stay=weeks), place(1, stay=weeks), last)
    (line,) = found(document, "stay-too-long")
    assert line.startswith(
        "waypoint w0, stay: 2 to 3 week at w0 and 2 to 3 week at w1; 2019-01-01 to"
    )
    assert found(walk(place(0, stay=weeks), last), "stay-too-long") == []


@pytest.mark.parametrize(
    ("dates", "sensitivity", "member"),
    [
        ({"when_published": "2019-05-03"}, 2, "when_published"),
        ({"when": "2019-05-03"}, 4, "when"),
        ({"when": "2019-05-03"}, 2, None),  # the month is published
        ({"when_published": "2019-05"}, 4, None),
        ({"when": "2019-05-03"}, 0, None),
    ],
)
def test_the_day_of_a_crossing_that_would_be_published_is_told(
    dates: dict[str, str], sensitivity: int, member: str | None
) -> None:
    document = walk(place(0), place(1, role="crossing", sensitivity=sensitivity, **dates), place(2))
    told = [f"waypoint w1, {member}: 2019-05-03 is a day (the month or the year alone)"]
    assert found(document, "day-of-a-crossing") == (told if member else [])


SERVICES = [
    "Amap",
    "AutoNavi",
    "Gaode Maps",
    "高德地图",
    "Baidu Maps",
    "百度地图",
    "Tencent Maps",
    "腾讯地图",
    "https://map.qq.com/x",
]
OTHERS = [
    "OpenStreetMap",
    "天地图",
    "Baidu Baike",
    "百度百科",
    "Roadmap of an amapola",
    "Google Maps",
]


@pytest.mark.parametrize("title", [*SERVICES, *OTHERS])
def test_coordinates_off_a_chinese_map_service_are_told_over_china(title: str) -> None:
    document = walk(
        place(0, 121.47, 31.23),
        place(1, 116.4, 39.9),
        sources=[{"id": "A", "title": title, "url": None}],
    )
    told = found(document, "chinese-map-shift")
    assert len(told) == (2 if title in SERVICES else 0)
    assert all("GCJ-02" in each and "700 m" in each for each in told)


@pytest.mark.parametrize("where", [(114.17, 22.32), (113.54, 22.19), (121.5, 25.0), (105.8, 21.0)])
def test_hong_kong_macau_taiwan_and_other_countries_are_not_shifted(
    where: tuple[float, float],
) -> None:
    document = walk(place(0, *where), place(1), sources=[{"id": "A", "title": "Amap", "url": None}])
    assert found(document, "chinese-map-shift") == []


def test_a_shift_that_was_made_good_is_not_told() -> None:
    source = {
        "id": "A",
        "title": "Amap",
        "url": None,
        "note": "read off in May, converted to WGS84",
    }
    assert (
        found(walk(place(0, 121.47, 31.23), place(1), sources=[source]), "chinese-map-shift") == []
    )


def test_a_track_off_a_chinese_map_service_is_told() -> None:
    track = leg(sources=["B"])
    track["geometry"]["coordinates"] = [[100, 30], [101, 30]]
    sources = [
        {"id": "A", "title": "A letter", "url": None},
        {"id": "B", "title": "Baidu Maps", "url": None},
    ]
    document = walk(place(0, 100.0, 30.0), place(1, 101.0, 30.0), track, sources=sources)
    told = (
        'track from w0 to w1: read off "Baidu Maps" [B]: GCJ-02 and BD-09 shift it by 700 m and '
        "more"
    )
    assert found(document, "chinese-map-shift") == [
        f"{told} (convert it to WGS84, and write WGS84 into the source's note)"
    ]


def test_a_source_that_nothing_names_is_told() -> None:
    listed = [{"id": name, "title": name, "url": None} for name in "ABCDEFG"]
    narration = {"en": [{"text": "They left.", "sources": ["B"]}]}
    quote = {"text": {"en": "We ran."}, "speaker": {"en": "The son"}, "sources": ["F"]}
    scene = {"kind": "night", "sources": ["G"]}
    document = walk(
        place(0, narration=narration), place(1, quote=quote), place(2, role="reached", scene=scene), leg(sources=["C"]),
        sources=listed, notes=[{"text": {"en": "A note."}, "sources": ["D"]}],
    )  # fmt: skip
    assert found(document, "unused-source") == [
        "source E: is named nowhere (name it where it is drawn on, or leave it out)"
    ]


def test_several_accounts_with_one_source_are_an_error() -> None:
    modes = [{"mode": "rail", "weight": 1, "status": "reported"}]
    document = walk(
        place(0, status="reported"), place(1, modes=modes), place(2, role="reached"), leg(status="reported")
    )  # fmt: skip
    what = (
        "reported (several accounts), and one source is named (single (one account), or name the "
        "others too)"
    )
    assert found(document, "reported-by-one") == [
        f"waypoint w0, status: {what}",
        f"waypoint w1, mode rail: {what}",
        f"track w0 to w1, status: {what}",
    ]
    several = place(0, status="reported", sources=["A", "B"])
    both = [{"id": name, "title": name, "url": None} for name in "AB"]
    assert (
        found(walk(several, place(1), place(2, role="reached"), sources=both), "reported-by-one")
        == []
    )


def test_a_place_that_was_reached_before_the_end_is_told() -> None:
    document = walk(
        place(0, role="reached"), place(1), place(2, role="reached"), place(3, role="reached")
    )
    assert found(document, "reached-too-early") == [
        'waypoint w0, role: reached, before w1 that has the role "stop" (the role stop or passed)'
    ]


@pytest.mark.parametrize(
    ("outcome", "role", "message"),
    [
        (
            "reached",
            "stop",
            "reached, and no waypoint has that role (the role reached for the last one)",
        ),
        (
            "turned_back",
            "reached",
            "turned_back, and the last waypoint was reached (another role for it)",
        ),
        ("reached", "reached", None),
        ("turned_back", "stop", None),
        ("unknown", "reached", None),
    ],
)
def test_an_outcome_that_the_places_do_not_have_is_told(
    outcome: str, role: str, message: str | None
) -> None:
    told = found(walk(place(0), place(1, role=role), outcome=outcome), "outcome-and-places")
    assert told == ([] if message is None else [f"journey, outcome: {message}"])


def test_a_text_that_lacks_a_language_of_the_title_is_told() -> None:
    both = {"en": "A", "ko": "가"}
    document = walk(
        place(0, name=both | {"lo": "ກ"}), place(1, name={"en": "B"}), place(2, name=both, narration={"ko": []}),
        title=both, summary=both, subject={"ko": "누구"},
    )  # fmt: skip
    assert found(document, "missing-language") == [
        "journey, subject: is not told in en (a text for each language of the title)",
        "waypoint w1, name: is not told in ko (a text for each language of the title)",
        "waypoint w2, narration: is not told in en (a text for each language of the title)",
    ]


def test_a_distance_that_cannot_be_weighed_is_told() -> None:
    nowhere, untold = place(0), place(2, leg="untold")
    nowhere["geometry"] = None
    del nowhere["properties"]["coordinateUncertaintyInMeters"]
    scopes = [
        {"from": "w0", "to": "w1", "flight": "no"},
        {"from": "w1", "to": "w2", "flight": "no"},
    ]
    claims = [claim(id=f"c{number}", scope=scope) for number, scope in enumerate(scopes)]
    fix = "(a footprint or a disc for its ends, or another scope)"
    assert found(
        walk(nowhere, place(1), untold, claims=[*claims, claim(counts="sum", scope=scopes[0])]),
        "unweighable-claim",
    ) == [
        f"claim c0: fewer than two places of its scope can be located {fix}",
        f"claim c1: nothing is told of any way in its scope {fix}",
    ]


def test_a_text_of_a_withheld_place_is_found_where_it_stands() -> None:
    hidden = place(
        1,
        coordinateUncertaintyInMeters=None,
        withheld=True,
        name={"en": "Kim's Farm", "ko": "농장"},
    )
    hidden["geometry"] = None
    narration = {
        "en": [{"text": "Near Kims Farmstead.", "sources": []}],
        "ko": [{"text": "그 농장에서", "sources": []}],
    }
    document = walk(
        place(0, narration=narration),
        hidden,
        place(2),
        summary={"en": "To kim’s farm and KIM'S  FARM."},
    )
    told = (
        "holds a text of w1, which is withheld (say it without the name, or do not withhold the "
        "place)"
    )
    assert found(document, "withheld-text") == [
        f"journey, summary: {told}",
        f"waypoint w0, narration: {told}",
    ]


def test_an_exact_place_without_a_sensitivity_is_told() -> None:
    exact = {"precision": "exact", "coordinateUncertaintyInMeters": 10}
    document = walk(place(0, **exact), place(1, **exact, sensitivity=0), place(2))
    assert found(document, "exact-without-sensitivity") == [
        "waypoint w0, sensitivity: not declared, for an exact place (0 to 4: see geo/README.md)"
    ]


@settings(max_examples=40 if IS_LONG else 10)
@given(journeys(most=4))
def test_any_journey_can_be_linted_twice_alike(drawn: Journey) -> None:
    once = lint.lint(drawn)
    assert lint.lint(drawn) == once
    assert [str(each.problem) for each in once if not str(each.problem).isprintable()] == []
    assert all(each.problem.message for each in once)


def test_words_that_tell_a_day_or_a_local_name_that_is_held_back_are_told() -> None:
    held = {"when": "2019-03-07", "verbatimLocality": "Kim's mill"}
    note = {"text": {"en": "On 7 March 2019 they slept at Kim's mill."}, "sources": []}
    document = walk(place(0), place(1, **held), place(2, role="reached"), notes=[note])
    fix = "(say less in the words, or publish the place as exactly as they do)"
    assert found(document, "words-tell-more") == [
        f"journey, note 1: tells a day of w1, which is published as 2019-03 {fix}",
        f"journey, note 1: holds the verbatimLocality of w1, which is held back {fix}",
    ]


def test_words_that_quote_coordinates_near_a_place_published_coarsely_are_told() -> None:
    note = {"text": {"en": "She lodged at 15.02341, 110.01234."}, "sources": []}
    near = place(1, 110.0, 15.0, coordinateUncertaintyInMeters=3000)
    (said,) = found(walk(place(0), near, place(2, role="reached"), notes=[note]), "words-tell-more")
    assert said.startswith(
        "journey, note 1: holds coordinates near w1, which is published more coarsely ("
    )


def test_a_place_held_back_that_stands_elsewhere_is_told() -> None:
    twice = walk(
        place(0, 110.0, 15.0),
        place(1, 111.0, 15.0, sensitivity=0),
        place(2, 110.0, 15.0, sensitivity=0),
    )
    (said,) = found(twice, "stands-elsewhere")
    assert said.startswith(
        'waypoint w0: waypoint "w2" (Place 2) stands 0 m from it and is published more finely ('
    )


def test_a_place_of_which_little_is_left_is_told() -> None:
    scope = {"from": "w0", "to": "w1", "flight": "no"}
    straight = claim(value=116.3, wording="exact", note={"en": "As the crow flies."}, scope=scope)
    known = place(0, 110.0, 15.0, sensitivity=0, coordinateUncertaintyInMeters=50)
    told = walk(
        known, place(1, 111.04, 15.27, sensitivity=2), place(2, role="reached"), claims=[straight]
    )
    (said,) = found(told, "little-left")
    assert said.startswith("waypoint w1: ")
    assert "% of its cell left when all that is published is put together (" in said
    assert 'claim "c")' in said


def told_of(text: str, language: str = "en", **more: Any) -> list[str]:
    """What lint says of a sentence of a place in Hesse, told in March 1951, at sensitivity 2."""
    told = {
        "narration": {language: [{"text": text, "sources": []}]},
        "sensitivity": 2,
        "when": "1951-03",
    }
    return found(
        walk(place(0), place(1, 8.95, 49.9, **told | more), place(2, role="reached")),
        "sentence-tells-more",
    )


def test_a_sentence_that_tells_more_than_a_cell_is_named_once_with_all_that_it_tells() -> None:
    (said,) = told_of("They slept in the third house behind the church.")
    assert said.startswith(
        "waypoint w1: its words may tell more than is published of it: a street, a house or a door "
        "and what it stands "
        "beside (narration: They slept in the third house behind the church.) ("
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "They slept at 12 Kim Street."),
        ("en", "It was house no. 7."),
        ("en", "They left on Christmas Eve."),
        ("en", "At 4 a.m. they crossed."),
        ("en", "They walked to Dieburg and on."),
        ("de", "Sie wohnten in der Lindenstraße."),
        ("de", "Das dritte Haus stand leer."),
        ("de", "Gegen halb vier Uhr gingen sie."),
        ("fr", "Il a été pris rue de la Paix."),
        ("fr", "C’était derrière l’église."),
        ("es", "Vivían en la calle Mayor."),
        ("es", "Salieron a las tres de la madrugada."),
        ("ko", "교회 뒤 세 번째 집에서 잤다."),
        ("ko", "새벽 3시에 강을 건넜다."),
        ("ja", "教会の裏の三軒目に泊まった。"),
        ("ar", "ناموا في البيت الثالث خلف الكنيسة"),
        ("ar", "كان في شارع الحبيب"),
    ],
)
def test_words_that_tell_more_than_a_cell_or_a_month_are_known_in_seven_languages(
    language: str, text: str
) -> None:
    assert len(told_of(text, language)) == 1
    assert told_of(text, language, sensitivity=0) == []
    assert len(told_of(text, language, sensitivity=None)) == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "They hid in a hut or a tent, and walked for ten hours by night."),
        ("en", "A farmer found them in the spring of that year."),  # no finer than a month
        ("en", "They walked to Darmstadt and on."),  # larger than the cell
        ("en", "In May Berlin was far, and so was Germany."),
        ("en", "On Christmas Eve 1948 his father had died."),  # of another year
        ("de", "Die Landstraße war leer, der Umweg lang."),
        ("fr", "Elle a été en place."),
        ("ko", "가족은 차를 타고 10시간 동안 달렸다."),
        ("ja", "春香は強かった。"),
        ("ar", "كان الشارع مظلما"),
    ],
)
def test_words_that_tell_no_more_are_fine(language: str, text: str) -> None:
    assert told_of(text, language) == []


def test_at_sensitivity_1_a_season_and_any_town_of_the_country_tell_more() -> None:
    for text in (
        "In the spring they left.",
        "They fled from Darmstadt.",
        "They came from Hamburg on foot.",
    ):
        assert len(told_of(text, sensitivity=1)) == 1
    assert told_of("A glass of spring water, and on to Paris.", sensitivity=1) == []
    assert (
        told_of("They slept.", sensitivity=1, name={"en": "12 Kim Street"}) == []
    )  # its name is not published


def test_a_name_as_typed_that_is_its_name_as_well_is_fine() -> None:
    held = {"name": {"en": "Gyantse"}, "verbatimLocality": "Gyantse"}
    assert (
        found(walk(place(0), place(1, **held), place(2, role="reached")), "words-tell-more") == []
    )


def test_words_that_tell_as_much_as_is_published_are_fine() -> None:
    note = {"text": {"en": "In March 2019 they slept at a mill."}, "sources": []}
    held = {"when": "2019-03-07", "verbatimLocality": "Kim's mill"}
    assert (
        found(
            walk(place(0), place(1, **held), place(2, role="reached"), notes=[note]),
            "words-tell-more",
        )
        == []
    )


@pytest.mark.parametrize(
    ("start", "end", "over"),
    [
        (
            (-9.1, 38.7),
            (2.2, 41.4),
            "waypoint w1: the straight line runs over land for",
        ),  # Lisbon to Barcelona
        (
            (30.0, 31.2),
            (32.6, 29.9),
            "waypoint w1: the straight line runs over land for",
        ),  # Alexandria to Suez
        ((1.3, 51.1), (1.9, 50.95), None),  # Dover to Calais
        ((-157.9, 21.3), (-122.4, 37.8), None),  # Honolulu to San Francisco
        ((24.9, 60.15), (24.75, 59.45), None),  # Helsinki to Tallinn
    ],
)
def test_a_way_by_sea_that_leads_over_land_in_a_straight_line_is_told(
    start: tuple[float, float], end: tuple[float, float], over: str | None
) -> None:
    told = found(walk(place(0, *start), place(1, *end, modes=[mode("sea", 1)])), "sea-over-land")
    assert len(told) == (over is not None)
    assert over is None or told[0].startswith(over)


def test_a_number_of_a_straight_line_that_is_weighed_as_a_way_is_told() -> None:
    told = claim(
        note={"en": "As the crow flies."}, scope={"from": "w0", "to": "w1", "flight": "no"}
    )
    (said,) = found(walk(claims=[told]), "straight-line-as-a-way")
    assert said.endswith(
        'is weighed as a way, and its note tells of a straight line (counts "straight", where the number is that)'
    )
    assert found(walk(claims=[told | {"counts": "straight"}]), "straight-line-as-a-way") == []


def test_the_end_of_a_way_by_sea_is_at_the_sea_or_up_a_river_that_ships_go() -> None:
    hamburg, kabul = place(0, 9.97, 53.54), place(1, 69.17, 34.53, modes=[mode("sea", 1)])
    (told,) = found(walk(hamburg, kabul), "sea-far-inland")
    assert told.startswith("waypoint w1: 69.17, 34.53 is farther than 120 km from the sea (")


def test_who_came_by_sea_may_be_on_it() -> None:
    document = walk(place(0, 12.3, 45.4), place(1, -30.0, 40.0, modes=[mode("sea", 1)]))
    assert found(document, "in-the-sea") == []


def test_a_vertex_that_no_receiver_was_at_is_told() -> None:
    near = [[16.0 + number / 1_000, 48.0] for number in range(40)]
    line = [*near[:20], [0.0, 0.0], *near[20:]]
    track = {"type": "Feature", "geometry": {"type": "LineString", "coordinates": line}}
    track["properties"] = {
        "kind": "leg",
        "from": "w0",
        "to": "w1",
        "status": "reported",
        "sources": ["A"],
    }
    document = walk(place(0, 16.0, 48.0), place(1, 16.039, 48.0, modes=[mode("foot", 1)]))
    assert found(document, "receiver-fault") == []
    document["features"].append(track)
    (told,) = found(document, "receiver-fault")
    assert told.startswith("track from w0 to w1: 0, 0 is no place of this way, and is not measured")


def test_a_word_of_a_hidden_place_in_another_text_is_found() -> None:
    document = walk(summary={"en": "From Sanhe they took a truck."})
    document["features"][0]["properties"] |= {
        "sensitivity": 1,
        "verbatimLocality": "a hut above Sanhe",
    }
    (told,) = found(document, "told-though-asked")
    assert told.startswith(
        'journey, summary: tells "Sanhe", which stands in what is held back of w0'
    )


def test_every_rule_has_been_tried_here() -> None:
    tried = Path(__file__).read_text("utf-8")
    assert [
        name for name in RULES if f'"{name}"' not in tried.partition("def test_every_rule")[0]
    ] == []
