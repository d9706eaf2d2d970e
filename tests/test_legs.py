"""Legs as measured, and the borders that a journey crossed."""

from __future__ import annotations

import pytest

from escape_route.distance.legs import NOT_SAID, crossings_of, is_at_a_border, legs_of
from escape_route.geography import geodesic
from escape_route.model.journey import ModeShare
from escape_route.model.modes import Mode
from escape_route.model.vocabulary import Role, Status
from making import at_country, by, journey, shipped, traced, track, waypoint

KM = 1_000
LAO, THAI = (
    {"label": (102.6, 18.5), "within": ("country:LA",)},
    {"label": (100.5, 13.75), "within": ("country:TH",)},
)
MEKONG = {"footprints": ("river:mekong-lao-thai",), "role": Role.CROSSING}


def test_the_chain_of_label_points_of_the_ro_family_is_that_of_the_facts() -> None:
    """facts.md, section 1: from ro-2 about 4,020 km to Thailand, about 7,410 km to South Korea."""
    lengths_m = [leg.length_m or 0.0 for leg in legs_of(shipped("ro-family"))]
    assert lengths_m[:2] == [0, 0]
    assert sum(lengths_m[2:7]) == pytest.approx(4_020 * KM, abs=5 * KM)
    assert sum(lengths_m[2:]) == pytest.approx(7_410 * KM, abs=5 * KM)


def test_a_leg_is_the_geodesic_between_its_labels_by_both_engines() -> None:
    (leg,) = legs_of(journey(THAI, LAO))
    assert leg.length_m == geodesic.geodesic_m((100.5, 13.75), (102.6, 18.5))
    assert leg.engines_differ_m < 20e-9
    assert leg.bearing_deg == pytest.approx(22.8, abs=0.1)
    assert (leg.line[0][0], leg.line[0][-1]) == ((100.5, 13.75), (102.6, 18.5))


@pytest.mark.parametrize(
    "end",
    [
        {"label": (104.0, 18.0), **MEKONG},
        {"label": (104.0, 18.0), "uncertainty_m": 1.0},
        {"label": (104.0, 18.0), **at_country("LA")},
    ],
    ids=["river", "disc", "country"],
)
def test_a_leg_with_an_end_that_is_no_point_is_nobodys_way(end: dict) -> None:
    assert [leg.vague for leg in legs_of(journey(THAI, LAO, end))] == [False, True]


@pytest.mark.parametrize(
    "end",
    [{}, {**LAO, "withheld": True}, {**LAO, "leg_told": False}],
    ids=["none", "kept", "untold"],
)
def test_a_leg_without_two_labels_or_of_which_nothing_is_told_has_no_length(end: dict) -> None:
    (leg,) = legs_of(journey(THAI, end))
    assert (leg.length_m, leg.bearing_deg, leg.line, leg.countries_m) == (None, None, (), {})


def test_a_track_is_measured_along_itself_and_is_no_vague_line() -> None:
    leg = traced().legs[0]
    assert leg.length_m == pytest.approx(
        geodesic.line_length_m([(100.5, 13.75), (102.0, 16.0), (102.6, 18.3)])
    )
    assert (leg.traced, leg.vague) == (True, False)


def test_a_track_through_two_countries_is_shared_out_by_their_outlines() -> None:
    """The second piece, (102.0, 16.0) to (102.6, 18.3), enters Laos where it meets the country's outline."""
    found_m = traced().legs[0].countries_m
    assert set(found_m) == {"LA", "TH"}
    assert sum(found_m.values()) == pytest.approx(traced().legs[0].length_m, abs=1)
    assert found_m["LA"] == pytest.approx(
        geodesic.geodesic_m((102.5122, 17.9635), (102.6, 18.3)), abs=2 * KM
    )


def test_what_a_track_goes_at_sea_is_in_no_country() -> None:
    way = track(0, (100.9, 13.1), (100.6, 10.0))
    (leg,) = legs_of(journey(THAI, {"label": (100.6, 10.0)}, traces=(way,)))
    assert leg.countries_m[NOT_SAID] > 300 * KM


def test_a_leg_within_one_country_lies_there_and_between_two_nobody_says() -> None:
    near, far = {"label": (103.0, 18.6), "within": ("country:LA",)}, THAI
    inside, across = legs_of(journey(LAO, near, far))
    assert inside.countries_m == {"LA": inside.length_m}
    assert across.countries_m == {NOT_SAID: across.length_m}


def test_a_leg_stands_no_better_than_the_weakest_of_its_ends_and_its_mode() -> None:
    single, conflict = (
        {**LAO, "status": Status.SINGLE},
        (ModeShare(Mode.ROAD, 1.0, Status.CONFLICT),),
    )
    (leg,) = legs_of(journey(THAI, {**single, "modes": conflict}))
    assert leg.status is Status.CONFLICT
    (leg,) = legs_of(journey(THAI, {**single, **by(Mode.ROAD)}))
    assert leg.status is Status.SINGLE


@pytest.mark.parametrize("status", [Status.REPORTED, Status.SINGLE, Status.CONFLICT])
def test_where_no_mode_is_told_nothing_is_inferred(status: Status) -> None:
    (leg,) = legs_of(journey({**THAI, "status": status}, {**LAO, "status": status}))
    assert (leg.modes, leg.status) == ((), status)


def test_a_track_stands_as_it_is_said_to() -> None:
    (leg,) = legs_of(
        journey(
            {**THAI, "status": Status.CONFLICT},
            LAO,
            traces=(track(0, (100.5, 13.75), (102.6, 18.5)),),
        )
    )
    assert leg.status is Status.REPORTED


def test_a_leg_over_the_antimeridian_is_drawn_in_two_parts() -> None:
    (leg,) = legs_of(journey({"label": (178.4, -18.1)}, {"label": (-171.8, -13.8)}))
    assert [part[0][0] for part in leg.line] == [178.4, -180.0]


def test_a_track_over_the_antimeridian_has_the_length_of_the_short_way() -> None:
    stops = ({"label": (179.0, -16.5)}, {"label": (-179.0, -16.5)})
    (leg,) = legs_of(
        journey(*stops, traces=(track(0, (179.0, -16.5), (179.9, -16.6), (-179.0, -16.5)),))
    )
    assert leg.length_m == pytest.approx(213_500, rel=0.01)  # two degrees at 16.5 degrees south
    assert [part[0][0] for part in leg.line] == [179.0, -180.0]
    assert sum(leg.countries_m.values()) == pytest.approx(leg.length_m)


@pytest.mark.parametrize("lon", [-180.0, 0.0, 77.7, 180.0])
def test_a_leg_to_a_pole_is_as_long_from_any_longitude(lon: float) -> None:
    (leg,) = legs_of(journey({"label": (lon, 0.0)}, {"label": (12.3, 90.0)}))
    assert leg.length_m == pytest.approx(
        10_001_965.729, abs=1e-3
    )  # a quarter of a meridian of WGS84
    assert leg.bearing_deg == pytest.approx(0.0, abs=1e-9)


def test_a_leg_between_the_two_names_of_one_meridian_has_no_length() -> None:
    (leg,) = legs_of(journey({"label": (180.0, 10.0)}, {"label": (-180.0, 10.0)}))
    assert leg.length_m == pytest.approx(0.0, abs=1e-6)


def test_the_ro_family_crossed_four_borders_and_flew_over_one_more() -> None:
    """facts.md, section 1: four borders without permission (S15); the flight is inferred."""
    found = [
        (each.pair, each.waypoint, each.found, each.by_air)
        for each in crossings_of(shipped("ro-family"))
    ]
    assert found == [
        (("KP", "CN"), "ro-1", "place", False),
        (("CN", "VN"), "ro-4", "geometry", False),
        (("VN", "LA"), "ro-5", "told", False),
        (("LA", "TH"), "ro-6", "place", False),
        (("TH", "KR"), "ro-8", "geometry", True),
    ]


def test_the_son_crossed_one_border_and_of_lee_so_yeon_only_the_river_is_counted() -> None:
    assert [each.pair for each in crossings_of(shipped("lee-son"))] == [("KP", "CN")]
    assert [each.pair for each in crossings_of(shipped("lee-so-yeon"))] == [("KP", "CN")]


def test_a_river_between_two_countries_is_crossed_from_one_into_the_other() -> None:
    (crossing,) = crossings_of(journey(LAO, MEKONG, THAI))
    assert (crossing.pair, crossing.found) == (("LA", "TH"), "place")
    (crossing,) = crossings_of(journey(THAI, MEKONG, LAO))
    assert crossing.pair == ("TH", "LA")


def test_places_in_two_countries_leave_no_other_way_than_over_a_border() -> None:
    (crossing,) = crossings_of(journey(LAO, {**THAI, **by(Mode.ROAD)}))
    assert (crossing.pair, crossing.found, crossing.by_air) == (("LA", "TH"), "geometry", False)


def test_no_border_is_counted_on_a_way_of_which_nothing_is_told() -> None:
    assert crossings_of(journey(LAO, {**THAI, "leg_told": False})) == ()


def test_behind_a_place_of_which_no_country_is_told_no_border_is_counted() -> None:
    """From Laos to a port by an account that names no country, and on to Thailand: which borders, nobody said."""
    assert crossings_of(journey(LAO, {"label": (106.7, 20.9)}, {**THAI, **by(Mode.SEA)})) == ()


def test_a_country_left_and_entered_again_is_two_crossings() -> None:
    assert [each.pair for each in crossings_of(journey(LAO, THAI, LAO))] == [
        ("LA", "TH"),
        ("TH", "LA"),
    ]


def test_a_crossing_told_on_one_side_of_a_border_river_is_of_that_border() -> None:
    """At Musan, told as in North Korea, and on to Yanji in China."""
    musan = {
        "label": (129.21, 42.23),
        "uncertainty_m": 33_000.0,
        "role": Role.CROSSING,
        "within": ("country:KP",),
    }
    told = journey(
        at_country("KP"),
        musan,
        {"label": (129.5, 42.89), "uncertainty_m": 9e3, "within": ("country:CN",)},
    )
    assert [(each.pair, each.waypoint, each.found) for each in crossings_of(told)] == [
        (("KP", "CN"), "w1", "place")
    ]
    assert [
        is_at_a_border(waypoint(0, **{**musan, "within": (), "label": (lon, 42.23)}))
        for lon in (129.21, 124)
    ] == [
        True,
        False,
    ]


def test_a_border_is_crossed_though_of_the_places_beside_it_no_country_is_published() -> None:
    """Hyesan and Changbai on the Yalu as they are published, the second told as where one crossed."""
    hyesan, changbai = ({"label": (lon, 41.45), "uncertainty_m": 7e3} for lon in (128.15, 128.25))
    told = journey(at_country("KP"), hyesan, {**changbai, "role": Role.CROSSING}, at_country("CN"))
    assert [(each.pair, each.waypoint) for each in crossings_of(told)] == [(("KP", "CN"), "w2")]
    far = {"label": (103.8, 1.35), "uncertainty_m": 7e3}  # Singapore is no way to stay in Korea
    assert crossings_of(journey(at_country("KP"), far, at_country("CN"))) == ()


def test_one_arrived_by_air_only_if_every_account_says_so() -> None:
    half = {
        "modes": (
            ModeShare(Mode.FLIGHT, 0.2, Status.CONFLICT),
            ModeShare(Mode.ROAD, 0.8, Status.REPORTED),
        )
    }
    assert waypoint(0, **by(Mode.FLIGHT)).arrives_by_air
    assert not waypoint(0, **half).arrives_by_air
    assert not waypoint(0).arrives_by_air
