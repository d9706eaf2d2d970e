"""Where the draws of a way lie: countries that it ends in or goes on from, neighbours that are one, the sea."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

from beside import long
from escape_route.distance import legs, plausible, report, ties
from escape_route.distance.points import Batch
from escape_route.distance.priors import Alike
from escape_route.distance.routes import Spots
from escape_route.distance.scopes import ScopeKey, Scopes
from escape_route.distance.settings import Settings, Where
from escape_route.distance.verdicts import Verdict
from escape_route.errors import JourneyFileError
from escape_route.geography import base, geodesic
from escape_route.model import places, read
from escape_route.model.journey import Journey, Scope
from escape_route.model.modes import Mode, ModesAre
from escape_route.model.vocabulary import Flight, Role
from making import at_country, by, claim, journey, shipped, track

if TYPE_CHECKING:
    from pathlib import Path

KM = 1_000
FEW = Settings(draws=2_000)
MEKONG = {"footprints": ("river:mekong-lao-thai",), "role": Role.CROSSING}
REACHED_THAILAND = {**at_country("TH"), "role": Role.REACHED}
VIENTIANE = {"label": (102.6, 17.97), "within": ("country:LA",)}
SEOUL = {"label": (127.0, 37.5), **by(Mode.FLIGHT)}
NORTH = {"footprints": ("border:CN-KP",)}
YALU = {"footprints": ("river:yalu",), "role": Role.CROSSING, **by(Mode.FOOT)}
CHANGBAI = {"label": (128.0, 42.0), "uncertainty_m": 75_000.0, "within": ("country:CN",)}
BODRUM = {"label": (27.43, 37.03), "within": ("country:TR",)}
KOS = {"label": (27.29, 36.89), "within": ("country:GR",)}


def totals_m(told: Journey, start: int, end: int, where: Where = Where.CROSSINGS) -> np.ndarray:
    """Drawn chains between two waypoints, in metres."""
    counted = [np.ones(len(told.waypoints) - 1)]
    return plausible.Ways(told, FEW, (Alike.TAKEN,)).totals((start, end), counted, where)[0, 0]


def points(told: Journey, count: int = 2_000) -> Spots:
    located = places.located(told)
    return Spots(located, ties.Ties(told, located), Batch(2019, count))


def test_a_country_that_was_reached_is_counted_to_its_border_where_the_scope_ends_there() -> None:
    told = journey(VIENTIANE, MEKONG, REACHED_THAILAND, SEOUL)
    assert totals_m(told, 1, 2) == pytest.approx(np.zeros(2_000))


def test_a_country_that_was_reached_is_a_stop_in_it_where_the_scope_goes_on() -> None:
    told = journey(VIENTIANE, MEKONG, REACHED_THAILAND, SEOUL)
    inside = points(told).points(2).lonlat_deg
    seoul = np.broadcast_to([127.0, 37.5], inside.shape)
    river = points(told).points(1).lonlat_deg
    chain_m = geodesic.distances_m(*river.T, *inside.T) + geodesic.distances_m(*inside.T, *seoul.T)
    assert shapely.intersects_xy(base.geometry_of("country:TH"), *inside.T).all()
    assert totals_m(told, 1, 3) == pytest.approx(chain_m, rel=5e-6)


def test_home_by_the_border_is_where_the_river_that_is_the_border_was_crossed() -> None:
    told = journey(NORTH, YALU, CHANGBAI)
    drawn = points(told)
    assert (drawn.points(0).lonlat_deg == drawn.points(1).lonlat_deg).all()
    assert totals_m(told, 0, 1) == pytest.approx(np.zeros(2_000))


def test_what_a_border_and_a_river_have_in_common_is_where_both_are() -> None:
    """The Tumen runs on to the sea between Korea and Russia; home is by the border with China."""
    told = journey(NORTH, {**YALU, "footprints": ("river:tumen",)})
    both = points(told).points(1).lonlat_deg
    assert shapely.distance(base.geometry_of("border:CN-KP"), shapely.points(both)).max() < 1e-9


@pytest.mark.parametrize(
    "footprints", [("river:yalu", "river:tumen"), ("river:tumen", "river:yalu")]
)
def test_one_of_two_accounts_of_a_river_holds_for_its_neighbour_too(
    footprints: tuple[str, ...],
) -> None:
    told = journey(NORTH, {**YALU, "footprints": footprints})
    drawn = points(told)
    assert (drawn.points(0).lonlat_deg == drawn.points(1).lonlat_deg).all()
    assert np.mean(drawn.chosen(1)) == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize(
    "told",
    [
        journey(MEKONG, REACHED_THAILAND),
        journey(CHANGBAI, {**CHANGBAI, "label": (128.1, 42.0)}),
        journey(YALU, CHANGBAI),
        journey(NORTH, {**YALU, "leg_told": False}),
        journey(NORTH, YALU, claims=(claim(50),)),
        journey(NORTH, YALU, traces=(track(0, (126.0, 41.0), (126.5, 41.5)),)),
    ],
    ids=[
        "a country and its river",
        "two discs",
        "a river and a disc",
        "untold",
        "a stated way",
        "a track",
    ],
)
def test_other_neighbours_are_drawn_apart(told: Journey) -> None:
    assert ties.ties_of(told, places.located(told)) == ()


def test_how_one_travelled_tells_of_no_way_between_two_that_are_one() -> None:
    told = journey(NORTH, {**YALU, **by(Mode.ROAD)})
    assert len(ties.ties_of(told, places.located(told))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (NORTH, CHANGBAI),
        (CHANGBAI, NORTH),
        (at_country("CN"), {"label": (104.0, 22.6), "uncertainty_m": 20_000.0}),
        (
            {"label": (127.0, 41.5), "uncertainty_m": 50_000.0},
            {"label": (127.5, 41.7), "uncertainty_m": 40_000.0},
        ),
        pytest.param(
            *({"footprints": ("border:LA-VN",)}, {"footprints": ("river:mekong-lao-thai",)}),
            marks=long,
        ),
    ],
)
def test_places_that_were_told_to_be_near_are_drawn_no_farther_apart(
    one: dict, other: dict
) -> None:
    told = journey(one, {**other, "near_previous_km": 90.0})
    drawn = points(told, 500)
    pair = [drawn.points(index).lonlat_deg for index in (0, 1)]
    assert geodesic.distances_m(*pair[0].T, *pair[1].T).max() <= 90 * KM
    for index, place in places.located(told).items():
        shape = place.regions[0].shape
        assert shape is None or shapely.distance(shape, shapely.points(pair[index])).max() < 1e-6


def test_places_that_are_nowhere_as_near_as_was_told_are_an_error_that_names_both() -> None:
    told = journey(VIENTIANE, {**at_country("KR"), "near_previous_km": 5.0})
    message = 'j: waypoint "w1": near_previous_km: no point of "w1" was found within 5 km of "w0" '
    with pytest.raises(JourneyFileError, match=f"^{message}"):
        report.gather(told, FEW)


@pytest.mark.parametrize("mode", [Mode.BOAT_ACROSS, Mode.BOAT_ALONG, Mode.SEA])
def test_by_boat_over_open_water_no_land_border_is_crossed(mode: Mode) -> None:
    told = journey(BODRUM, {**KOS, **by(mode)})
    assert np.unique(totals_m(told, 0, 1)) == pytest.approx([20_035], rel=0.01)
    assert [(each.pair, each.by) for each in legs.crossings_of(told)] == [(("TR", "GR"), "sea")]


def test_by_road_the_land_border_is_crossed() -> None:
    told = journey(BODRUM, {**KOS, **by(Mode.ROAD)})
    assert totals_m(told, 0, 1).min() > 800 * KM
    assert [(each.pair, each.by) for each in legs.crossings_of(told)] == [(("TR", "GR"), "land")]


@pytest.mark.parametrize(
    ("into", "longest_km"),
    [
        ({"label": (22.5, 41.145), "within": ("country:MK",)}, 3),  # Gevgelija
        ({"label": (22.0, 41.145), "within": ("country:MK",)}, 45),  # along the border
        ({"footprints": ("region:RS-24",), "within": ("country:RS",)}, 500),
    ],
)
def test_between_two_told_places_a_border_is_crossed_where_the_way_between_them_leads(
    into: dict, longest_km: float
) -> None:
    idomeni = {"label": (22.5, 41.12), "within": ("country:GR",)}
    assert totals_m(journey(idomeni, into), 0, 1).max() < longest_km * KM


def test_from_a_place_into_a_country_that_was_only_named_its_border_was_crossed_anywhere() -> None:
    idomeni = {"label": (22.5, 41.12), "within": ("country:GR",)}
    assert (
        totals_m(journey(idomeni, {**at_country("MK"), "role": Role.REACHED}), 0, 1).max()
        > 100 * KM
    )


def test_by_boat_over_a_river_one_goes_straight_between_two_towns() -> None:
    nong_khai = {"label": (102.74, 17.88), "within": ("country:TH",), **by(Mode.BOAT_ACROSS)}
    told = journey(VIENTIANE, nong_khai)
    assert totals_m(told, 0, 1).max() < 20 * KM
    assert [(each.pair, each.by) for each in legs.crossings_of(told)] == [(("LA", "TH"), "land")]


def test_by_boat_over_a_river_into_a_country_one_goes_over_its_border() -> None:
    told = journey(VIENTIANE, {**REACHED_THAILAND, **by(Mode.BOAT_ACROSS)})
    assert 0 < totals_m(told, 0, 1).min() < totals_m(told, 0, 1).max() < 1_500 * KM


@pytest.mark.parametrize("role", [Role.PASSED, Role.REACHED])
def test_a_country_that_was_come_to_by_sea_is_entered_at_its_coast(role: Role) -> None:
    told = journey(BODRUM, {**at_country("GR"), "role": role, **by(Mode.SEA)})
    coast = shapely.segmentize(base.coast_of("GR"), 0.02)
    corners = shapely.get_coordinates(coast)
    many = np.broadcast_to([27.43, 37.03], corners.shape)
    near_m = geodesic.distances_m(*many.T, *corners.T)
    found = totals_m(told, 0, 1)
    assert near_m.min() - KM <= found.min()
    assert found.max() <= near_m.max() + KM


def test_from_one_country_to_another_by_sea_both_coasts_are_gone_over() -> None:
    passed = [{**at_country(code), "role": Role.PASSED, **by(Mode.SEA)} for code in ("TN", "IT")]
    told = journey({"label": (9.8, 36.8), "within": ("country:TN",)}, passed[0], passed[1])
    assert np.unique(totals_m(told, 0, 2)).size == 2_000
    assert [(each.pair, each.by) for each in legs.crossings_of(told)] == [(("TN", "IT"), "sea")]


def test_of_parts_of_a_way_the_one_by_sea_crosses_the_border() -> None:
    (ship,), (car,) = by(Mode.SEA)["modes"], by(Mode.ROAD)["modes"]
    parts = {
        "modes": (replace(ship, weight=0.7), replace(car, weight=0.3)),
        "modes_are": ModesAre.PARTS,
    }
    told = journey(BODRUM, {"label": (23.7, 38.0), "within": ("country:GR",), **parts})
    assert np.unique(totals_m(told, 0, 1)) == pytest.approx([344_000], rel=0.01)


ANKARA = {"label": (32.86, 39.93), "within": ("country:TR",)}
ATHENS = {"label": (23.7, 38.0), "within": ("country:GR",)}
BANGKOK = {"label": (100.5, 13.75), "within": ("country:TH",)}
TANGIER = {"label": (-5.8, 35.77), "within": ("country:MA",)}
MADRID = {"label": (-3.7, 40.4), "within": ("country:ES",)}


def modes(*weights: tuple[Mode, float], are: ModesAre = ModesAre.ALTERNATIVES) -> dict:
    return {
        "modes": tuple(replace(by(mode)["modes"][0], weight=weight) for mode, weight in weights),
        "modes_are": are,
    }


@pytest.mark.parametrize("mode", [Mode.BOAT_ACROSS, Mode.SEA, Mode.FLIGHT])
def test_of_accounts_that_differ_only_those_by_land_go_over_the_border(mode: Mode) -> None:
    told = journey(BODRUM, {**KOS, **modes((mode, 0.75), (Mode.ROAD, 0.25))})
    found = totals_m(told, 0, 1)
    assert np.mean(found < 25 * KM) == pytest.approx(0.75, abs=0.04)
    assert found[found > 25 * KM].min() > 800 * KM
    assert [each.by for each in legs.crossings_of(told)] == ["land"]


def test_accounts_by_sea_and_by_air_cross_no_border_on_land() -> None:
    told = journey(BODRUM, {**KOS, **modes((Mode.SEA, 0.5), (Mode.FLIGHT, 0.5))})
    assert np.unique(totals_m(told, 0, 1)) == pytest.approx([20_035], rel=0.01)
    assert [each.by for each in legs.crossings_of(told)] == ["sea"]


@pytest.mark.parametrize(
    ("one", "other", "by_sea"),
    [(ANKARA, KOS, True), (TANGIER, MADRID, True), (VIENTIANE, BANGKOK, False)],
)
def test_a_boat_that_was_part_of_a_way_crossed_the_border_where_the_sea_lies_between(
    one: dict, other: dict, *, by_sea: bool
) -> None:
    parts = modes((Mode.BOAT_ACROSS, 0.1), (Mode.ROAD, 0.9), are=ModesAre.PARTS)
    told = journey(one, {**other, **parts})
    assert np.unique(totals_m(told, 0, 1)).size == 1  # Vientiane lies on the border
    assert [each.by for each in legs.crossings_of(told)] == ["sea" if by_sea else "land"]


def test_a_flight_to_a_place_that_is_nowhere_crosses_the_border_for_the_way_on_by_road() -> None:
    told = journey(VIENTIANE, by(Mode.FLIGHT), {**BANGKOK, **by(Mode.ROAD)})
    assert np.unique(totals_m(told, 0, 2)).size == 1
    assert [(each.pair, each.by) for each in legs.crossings_of(told)] == [(("LA", "TH"), "air")]


def test_a_boat_and_then_a_road_cross_each_border_as_they_went() -> None:
    told = journey(
        {**at_country("MA"), "role": Role.START},
        {**at_country("ES"), "role": Role.PASSED, **by(Mode.SEA)},
        {**at_country("FR"), "role": Role.REACHED, **by(Mode.ROAD)},
    )
    assert [(each.pair, each.by) for each in legs.crossings_of(told)] == [
        (("MA", "ES"), "sea"),
        (("ES", "FR"), "land"),
    ]


def test_a_ferry_within_a_country_crosses_nothing() -> None:
    rhodes = {"label": (28.22, 36.44), "within": ("country:GR",), **by(Mode.BOAT_ACROSS)}
    told = journey(ATHENS, rhodes)
    assert np.unique(totals_m(told, 0, 1)).size == 1
    assert legs.crossings_of(told) == ()


def test_a_country_that_was_flown_over_from_a_place_in_it_is_gone_to_by_no_other() -> None:
    passed = {**at_country("TH"), "role": Role.PASSED, **by(Mode.FLIGHT)}
    vientiane = {**VIENTIANE, **by(Mode.FLIGHT)}
    assert np.unique(totals_m(journey(BANGKOK, passed, vientiane), 0, 2)).size == 1


@pytest.mark.parametrize("mode", [Mode.FLIGHT, Mode.SEA])
def test_a_border_and_its_river_are_not_one_where_a_flight_or_a_passage_by_sea_lies_between(
    mode: Mode,
) -> None:
    one, other = {"footprints": ("river:yalu",)}, {"footprints": ("border:CN-KP",)}
    on_foot = journey(one, {**other, **by(Mode.FOOT)})
    assert ties.ties_of(on_foot, places.located(on_foot))
    flown = journey(one, {**other, **modes((Mode.ROAD, 0.5), (mode, 0.5))})
    assert not ties.ties_of(flown, places.located(flown))


def test_a_land_border_between_countries_that_are_no_neighbours_is_not_listed_as_one() -> None:
    told = journey(
        {"label": (51.4, 35.7), "within": ("country:IR",)},
        {"label": (16.4, 48.2), "within": ("country:AT",), **by(Mode.ROAD)},
    )
    (crossing,) = legs.crossings_of(told)
    assert (crossing.pair, crossing.by, crossing.least) == (("IR", "AT"), "land", 5)


def test_anywhere_near_keeps_chains_of_half_as_much_again_as_the_shortest_of_their_own_scope() -> (
    None
):
    ro = shipped("ro-family")
    scopes = Scopes(ro, Settings(draws=2_000, where=Where.NEAR))
    for key in (
        ScopeKey("ro-0", "ro-7", counts_flight=True),
        ScopeKey("ro-1", "ro-8", counts_flight=False),
    ):
        found = scopes.measured(key)
        drawn, proposed = scopes._drawn(key, Where.NEAR, found.bound)  # noqa: SLF001  # every chain, not its quantiles
        assert 1.4 < drawn[0].max() / found.bound.shortest.length_m <= 1.5
        assert drawn.shape[1] == 2_000 < proposed


@pytest.mark.parametrize("name", ["38-sea-kos", "38b-sea-caspian", "38c-sea-gibraltar"])
def test_a_stated_way_by_sea_fits(shared: Path, name: str) -> None:
    path = shared / "cases" / f"{name}.geojson"
    found = report.gather(read.read(path.read_bytes(), name))
    assert [judgement.verdict for item in found.claims for judgement in item.judgements] == [
        Verdict.CONSISTENT
    ]
    assert {crossing.by for crossing in found.crossings} == {"sea"}


def test_what_is_drawn_of_a_scope_hangs_on_nothing_outside_it() -> None:
    scope = Scope("w0", "w2", Flight.NO)
    alone = journey(VIENTIANE, MEKONG, REACHED_THAILAND, claims=(claim(500, scope=scope),))
    longer = journey(VIENTIANE, MEKONG, REACHED_THAILAND, SEOUL, claims=(claim(500, scope=scope),))
    one, other = (report.gather(told, FEW).scopes[0] for told in (alone, longer))
    assert one.plausible == other.plausible


@pytest.mark.parametrize(
    ("value", "verdict"), [(100, Verdict.IMPOSSIBLE_SHORT), (900, Verdict.INSUFFICIENT)]
)
def test_of_some_stops_a_longer_way_cannot_be_judged_and_a_shorter_one_can(
    value: float, verdict: Verdict
) -> None:
    """Seoul to Busan: 325 km straight."""
    told = journey(
        {"label": (126.98, 37.57)},
        {"label": (129.08, 35.18), **by(Mode.ROAD)},
        claims=(claim(value),),
    )
    found = report.gather(replace(told, some_stops=True), Settings(draws=1_000)).claims[0]
    assert found.judgements[0].verdict is verdict
    assert (found.judgements[0].reason == "some_stops") is (verdict is Verdict.INSUFFICIENT)
    assert found.judgements[0].edge_m == 0 or verdict is Verdict.IMPOSSIBLE_SHORT


@pytest.mark.parametrize(
    ("value", "verdict"),
    [(100, Verdict.IMPOSSIBLE_SHORT), (450, Verdict.CONSISTENT), (900, Verdict.INSUFFICIENT)],
)
@pytest.mark.parametrize("hole", [0, 1, 2])
def test_where_a_stop_has_no_place_a_longer_way_cannot_be_judged(
    hole: int, value: float, verdict: Verdict
) -> None:
    """Seoul to Busan, 325 km straight, and a stop before, between or after them that stands nowhere on the map."""
    told = [{"label": (126.98, 37.57)}, {"label": (129.08, 35.18), **by(Mode.ROAD)}]
    told.insert(hole, {"label": None, **(by(Mode.ROAD) if hole else {})})
    judged = (
        report.gather(journey(*told, claims=(claim(value, 2),)), Settings(draws=1_000))
        .claims[0]
        .judgements[0]
    )
    if (
        hole != 1 and verdict is Verdict.CONSISTENT
    ):  # the way to that end is not in what is measured
        verdict = Verdict.INSUFFICIENT
    reason = "some_places" if hole == 1 else "some_ends"
    assert (judged.verdict, judged.reason) == (
        verdict,
        reason if verdict is Verdict.INSUFFICIENT else None,
    )


def test_an_end_without_a_place_that_only_a_flight_leads_to_matters_where_the_flight_counts() -> (
    None
):
    told = [
        {"label": (126.98, 37.57)},
        {"label": (129.08, 35.18), **by(Mode.ROAD)},
        {"label": None, **by(Mode.FLIGHT)},
    ]
    either = replace(claim(450, 2), scope=replace(claim(450, 2).scope, flight=Flight.UNKNOWN))
    found = report.gather(journey(*told, claims=(either,)), Settings(draws=1_000)).claims[0]
    verdicts = {each.counts_flight: each.verdict for each in found.judgements}
    assert verdicts == {True: Verdict.INSUFFICIENT, False: Verdict.CONSISTENT}
