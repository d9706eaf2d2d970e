"""Draws of a journey: where they lie, how they wind, and that they keep what was certified."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
import pytest
import shapely
from hypothesis import given, settings

from beside import IS_LONG
from escape_route.distance import bounds, plausible, points, report
from escape_route.distance.bounds import Edge
from escape_route.distance.intervals import Interval
from escape_route.distance.plausible import draw
from escape_route.distance.priors import PRIORS, Alike, Deviates, Under, windings
from escape_route.distance.settings import Settings, Where
from escape_route.errors import UsageError
from escape_route.geography import base, ellipsoid, geodesic, ground
from escape_route.model import places
from escape_route.model.journey import ModeShare, Scope
from escape_route.model.modes import Mode, ModesAre
from escape_route.model.vocabulary import Flight, Role, Status
from making import at_country, by, claim, journey, shipped, track
from strategies import journeys

if TYPE_CHECKING:
    from escape_route.distance.report import Report
    from escape_route.model.journey import Journey

FEW = Settings(draws=2_000)
KM = 1_000
HERE, THERE = {"label": (100.0, 13.0)}, {"label": (110.0, 13.0)}
APART_M = geodesic.geodesic_m((100, 13), (110, 13))
APART_EAST_M = geodesic.geodesic_m((100, 0), (101, 0))
PASSED_LAOS = {"role": Role.PASSED, **at_country("LA")}

#: 95 % intervals of methods.md, section 3, from ro-2 to Thailand and to South Korea, in km: "one
#: rough run each". The first to South Korea is of verdicts.md, section 3: from the river, with a
#: stop anywhere in Thailand.
PUBLISHED = [
    (Where.CROSSINGS, (4_100, 6_700), (8_130, 12_680)),
    (Where.NEAR, (5_000, 8_200), (8_500, 12_400)),
    (Where.ANYWHERE, (5_400, 13_800), (9_000, 18_000)),
]


@cache
def from_changbai() -> Report:
    """The Ro family's journey weighed from ro-2, as methods.md does, and from ro-1, as verdicts.md does."""
    scopes = (Scope("ro-2", "ro-7", Flight.NO), Scope("ro-1", "ro-8", Flight.YES))
    claims = tuple(claim(1, id=f"c{number}", scope=scope) for number, scope in enumerate(scopes))
    return report.gather(replace(shipped("ro-family"), claims=claims))


def ends_km(interval: Interval) -> tuple[float, float]:
    return interval.low95_m / KM, interval.high95_m / KM


@pytest.mark.parametrize(("where", "to_thailand", "to_korea"), PUBLISHED)
def test_intervals_of_the_ro_family_are_those_of_the_methods_within_an_eighth(
    where: Where, to_thailand: tuple, to_korea: tuple
) -> None:
    """Rough runs, another border file, and the priors of version 0.1, which had roads too winding."""
    for scope, published in zip(from_changbai().scopes, (to_thailand, to_korea), strict=True):
        found = next(
            each for each in scope.sensitivities if (each.where, each.alike) == (where, Alike.TAKEN)
        )
        assert ends_km(found.plausible) == pytest.approx(published, rel=0.125)


def test_chains_of_crossings_of_the_ro_family_are_those_of_the_methods_within_2_percent() -> None:
    """methods.md, section 3: a chain of 3,540-4,740 km to Thailand, where the accounts that have a flight went so too.

    By verdicts.md no border on land stands for a flight: the account by road is held to it.
    """
    ro = shipped("ro-family")
    road = by(Mode.ROAD)["modes"]
    waypoints = tuple(
        replace(each, modes=road) if len(each.modes) > 1 else each for each in ro.waypoints
    )
    told = replace(
        ro, waypoints=waypoints, claims=(claim(1, scope=Scope("ro-2", "ro-7", Flight.NO)),)
    )
    (thailand,) = report.gather(told).scopes
    assert ends_km(thailand.chain) == pytest.approx((3_540, 4_740), rel=0.025)


def test_no_draw_of_the_ro_family_is_shorter_than_its_bound() -> None:
    """Crossings lie on the border file's own lines, which are a little off the rivers': 1 km."""
    ro, order = shipped("ro-family"), range(2, 9)
    sets = [places.located(ro)[index] for index in order]
    bound = bounds.lower_bound(sets, [Edge.GEODESIC] * 6)
    for where in Where:
        drawn = draw(ro, replace(FEW, where=where), longest_chain_m=1e8)
        assert drawn.chain_m[:, 2:].sum(axis=1).min() >= bound.bound_m - 1 * KM


@settings(max_examples=50 if IS_LONG else 20)
@given(journeys(least=2, most=4, kinds=("point", "disc", "cut disc", "shape"), traced=False))
def test_no_draw_of_any_journey_is_shorter_than_its_bound_or_than_its_chain(told: Journey) -> None:
    located = sorted(places.located(told).items())
    ways = [
        all(told.waypoints[k].leg_told for k in range(a + 1, b + 1))
        for (a, _), (b, _) in pairwise(located)
    ]
    edges = [Edge.GEODESIC if way else Edge.FREE for way in ways]
    bound = bounds.lower_bound([place for _, place in located], edges, tolerance_m=200 * KM)
    for where in Where:
        drawn = draw(told, Settings(draws=50, where=where), longest_chain_m=1e9)
        assert (drawn.travelled_m >= drawn.chain_m * (1 - 1e-12)).all()
        assert drawn.chain_m.sum(axis=1).min() >= bound.bound_m * (1 - 5e-6) - 1e-3


def test_equal_seeds_give_equal_draws_and_others_others() -> None:
    one, same, other = (
        draw(shipped("ro-family"), Settings(seed=seed, draws=200)) for seed in (1, 1, 2)
    )
    assert (one.travelled_m == same.travelled_m).all()
    assert not (one.travelled_m.sum(axis=1) == other.travelled_m.sum(axis=1)).any()


def between(one: dict[str, object], other: dict[str, object]) -> Under:
    """How rough the ground is between two places."""
    ends = (ellipsoid.on_sphere(np.array([each["label"]])) for each in (one, other))
    return Under(roughness=float(ground.roughness(*ends)[0]))


def test_the_generator_is_pcg64() -> None:
    """Of a journey of two points only the winding and its kind are drawn, at rho 1 from streams that all legs share."""
    drawn = draw(journey(HERE, {**THERE, **by(Mode.ROAD_POOR)}), replace(FEW, rho=1.0))
    streams = [
        np.random.SeedSequence(FEW.seed, spawn_key=(0, what))
        for what in (points.REGION, points.ROUTE)
    ]
    region, route = (
        np.random.Generator(np.random.PCG64(stream)).standard_normal(2_000) for stream in streams
    )
    prior = PRIORS[Mode.ROAD_POOR]
    stream = np.random.SeedSequence(
        FEW.seed, spawn_key=(0, points.KIND, crc32("/".join(prior.kinds).encode()))
    )
    kind = np.random.Generator(np.random.PCG64(stream)).random(2_000)
    straight_km, drawn_of = np.full(1, APART_M / KM), Deviates(region, route, np.zeros(2_000))
    (factor,) = prior.factors(straight_km, drawn_of, kind, rho=1.0, under=between(HERE, THERE))
    assert drawn.travelled_m[:, 0] == pytest.approx(APART_M * factor)


@pytest.mark.parametrize("mode", Mode)
def test_a_leg_between_points_winds_as_its_prior_says(mode: Mode) -> None:
    """In the open ocean, which is a plain: winding hangs on the land under the line, or on how rough the ground is."""
    at_sea = {"label": (160.0, 13.0)}, {"label": (170.0, 13.0), **by(mode)}
    drawn = draw(journey(*at_sea), Settings(draws=20_000))
    low, median, high = np.quantile(drawn.travelled_m[:, 0] / APART_M - 1, [0.05, 0.5, 0.95])
    expected, at_low, at_high = (
        value - 1 for value in PRIORS[mode].at(APART_M / KM, between(*at_sea))
    )
    assert drawn.chain_m[:, 0] == pytest.approx(APART_M)
    assert (low, median, high) == pytest.approx((at_low, expected, at_high), rel=0.05)


def test_by_sea_land_under_the_line_lengthens_the_way() -> None:
    ways = [
        journey({"label": (lon, 13.0)}, {"label": (lon + 10, 13.0), **by(Mode.SEA)})
        for lon in (160.0, 100.0)
    ]
    clear, over_land = (float(np.median(draw(way, FEW).travelled_m)) for way in ways)
    assert over_land > 1.05 * clear


def test_a_leg_of_no_told_mode_is_unknown() -> None:
    told, untold = ({**THERE, **by(Mode.UNKNOWN)}, THERE)
    assert (
        draw(journey(HERE, told), FEW).travelled_m == draw(journey(HERE, untold), FEW).travelled_m
    ).all()


def spread_m(rho: float) -> float:
    """Width of the 95 % interval of five like legs."""
    legs = [{"label": (100.0 + number, 13.0), **by(Mode.FOOT_WILD)} for number in range(6)]
    low_m, high_m = ends_km(
        Interval.of(draw(journey(*legs), Settings(rho=rho)).travelled_m.sum(axis=1))
    )
    return high_m - low_m


def test_the_more_alike_the_legs_the_wider_the_interval() -> None:
    assert spread_m(0) < 0.8 * spread_m(0.5)
    assert spread_m(0.5) < 0.85 * spread_m(1)


def correlation(mode: Mode, rho: float | None) -> float:
    """Of ln(f - 1) of two legs of 111 km."""
    legs = [{"label": (100.0 + number, 0.0), **by(mode)} for number in range(3)]
    drawn = draw(journey(*legs), Settings(draws=20_000, rho=rho))
    return float(np.corrcoef(*np.log(drawn.travelled_m / drawn.chain_m - 1).T)[0, 1])


@pytest.mark.parametrize("rho", [0, 0.3, 1])
def test_rho_is_the_correlation_within_a_region(rho: float) -> None:
    """Of ways in the wild no region is told apart; of poor roads the region is common too."""
    assert correlation(Mode.FOOT_WILD, rho) == pytest.approx(rho, abs=0.03)
    kinds = PRIORS[Mode.ROAD_POOR].stops
    shares, means = (
        [number(kind) for kind in kinds]
        for number in (lambda kind: kind.share, lambda kind: kind.mean[0])
    )
    region = sum(kind.share * kind.region_sd**2 for kind in kinds) + float(
        np.cov(means, aweights=shares, ddof=0)
    )
    way = kinds[0].way_sd[0] ** 2
    assert correlation(Mode.ROAD_POOR, rho) == pytest.approx(
        (region + rho * way) / (region + way), abs=0.03
    )


def test_the_kind_of_stops_is_drawn_once_a_journey() -> None:
    legs = [{"label": (100.0 + number, 0.0), **by(Mode.FOOT)} for number in range(3)]
    one, other = np.log(draw(journey(*legs), Settings(rho=1.0)).travelled_m / APART_EAST_M - 1).T
    assert one == pytest.approx(other, abs=1e-6)
    assert np.std(one) > PRIORS[Mode.FOOT].stops[0].way_sd[0] * 1.2


def modes(*weights: tuple[Mode, float], are: ModesAre = ModesAre.ALTERNATIVES) -> dict:
    return {
        "modes": tuple(ModeShare(mode, weight, Status.REPORTED) for mode, weight in weights),
        "modes_are": are,
    }


def test_accounts_that_differ_are_drawn_by_their_weights() -> None:
    """With rho 1 and one deviate each draw's factor is one of the two priors' at that deviate."""
    drawn = draw(
        journey(HERE, {**THERE, **modes((Mode.RAIL, 0.8), (Mode.FLIGHT, 0.2))}), Settings(rho=1)
    )
    rail = draw(journey(HERE, {**THERE, **by(Mode.RAIL)}), Settings(rho=1))
    assert np.isclose(drawn.travelled_m, rail.travelled_m).mean() == pytest.approx(0.8, abs=0.012)


def test_one_account_holds_for_neighbouring_legs_that_share_it() -> None:
    """Neither prior hangs on the length: at rho 1 equal factors mean that one account was drawn for both."""
    share = modes((Mode.FOOT_WILD, 0.5), (Mode.FLIGHT, 0.5))
    drawn = draw(
        journey(HERE, {"label": (105.0, 13.0), **share}, {**THERE, **share}), Settings(rho=1)
    )
    factor = drawn.travelled_m / drawn.chain_m
    assert factor[:, 0] == pytest.approx(factor[:, 1])


def test_parts_of_a_way_are_wound_by_their_shares() -> None:
    parts = modes((Mode.FLIGHT, 0.25), (Mode.FOOT_WILD, 0.75), are=ModesAre.PARTS)
    drawn, flight, wild = (
        draw(journey(HERE, {**THERE, **how}), replace(FEW, rho=1))
        for how in (parts, by(Mode.FLIGHT), by(Mode.FOOT_WILD))
    )
    assert drawn.travelled_m == pytest.approx(0.25 * flight.travelled_m + 0.75 * wild.travelled_m)


def test_a_track_needs_no_factor() -> None:
    way = track(0, (100.0, 13.0), (105.0, 20.0), (110.0, 13.0))
    drawn = draw(journey(HERE, {**THERE, **by(Mode.FOOT_WILD)}, traces=(way,)), FEW)
    assert np.unique(drawn.travelled_m) == pytest.approx([geodesic.line_length_m(way.line)])


def test_a_leg_of_which_nothing_is_told_counts_nothing() -> None:
    drawn = draw(journey(HERE, {**THERE, "leg_told": False}, {"label": (111.0, 13.0)}), FEW)
    assert (drawn.travelled_m[:, 0] == 0).all()
    assert (drawn.travelled_m[:, 1] > 0).all()


def test_a_place_without_a_location_shares_the_way_between_its_neighbours() -> None:
    drawn = draw(journey(HERE, {}, THERE), FEW)
    assert np.unique(drawn.chain_m) == pytest.approx([APART_M / 2])


def test_a_place_that_is_visited_twice_is_drawn_once() -> None:
    home = {"label": (100.0, 13.0), "uncertainty_m": 300_000.0}
    drawn = draw(journey(home, THERE, home), FEW)
    assert drawn.chain_m[:, 0] == pytest.approx(drawn.chain_m[:, 1])
    assert drawn.chain_m[:, 0].std() > 100 * KM


def test_of_a_place_that_is_visited_twice_one_alternative_is_drawn() -> None:
    either = {"footprints": ("river:yalu", "border:LA-VN")}
    drawn = draw(journey(either, THERE, either), FEW)
    assert drawn.chain_m[:, 0] == pytest.approx(drawn.chain_m[:, 1])


def test_alternatives_of_a_place_have_equal_weight() -> None:
    """From (100, 13) a point of the Yalu is more than 3,000 km away and one of Laos less than 1,300."""
    drawn = draw(journey(HERE, {"footprints": ("river:yalu", "border:LA-VN")}), Settings())
    assert (drawn.chain_m[:, 0] > 3_000 * KM).mean() == pytest.approx(0.5, abs=0.015)


def test_a_country_that_was_only_passed_is_entered_and_left_at_its_borders() -> None:
    """From Hanoi to Bangkok through Laos: over the borders LA-VN and LA-TH, never to a point within."""
    told = (
        {"label": (105.8, 21.0), "within": ("country:VN",)},
        PASSED_LAOS,
        {**at_country("TH"), "role": Role.REACHED},
    )
    drawn = draw(journey(*told), FEW)
    border = base.border_between("LA", "VN")
    nearest_m = min(
        geodesic.geodesic_m((105.8, 21.0), tuple(each)) for each in shapely.get_coordinates(border)
    )
    assert drawn.chain_m.sum(axis=1).min() >= nearest_m - 1
    assert np.median(drawn.chain_m.sum(axis=1)) < 1_000 * KM


def test_a_country_that_was_passed_is_drawn_within_where_no_border_leads_into_it() -> None:
    told = (
        {"label": (127.0, 37.5), "within": ("country:KR",)},
        PASSED_LAOS,
        {"label": (100.5, 13.8)},
    )
    drawn = draw(journey(*told), FEW)
    assert np.unique(drawn.chain_m[:, 0]).size == 2_000


@pytest.mark.parametrize(
    "passed",
    [
        {"geometry": shapely.box(98, 23, 105, 28)},
        {"label": (101.0, 25.0), "uncertainty_m": 50_000.0},
    ],
    ids=["an outline", "a disc"],
)
def test_a_part_of_a_country_that_was_passed_is_gone_through(passed: dict) -> None:
    """Only a whole country is no stop: from Beijing by Yunnan to Shanghai is not Beijing to Shanghai."""
    china = {"within": ("country:CN",), "uncertainty_m": 1_000.0}
    told = (
        {"label": (116.0, 40.0), **china},
        {**china, "role": Role.PASSED, **passed},
        {"label": (121.0, 31.0), **china},
    )
    found = report.gather(journey(*told), Settings(draws=200)).scopes[0]
    assert found.chain.low95_m >= found.bound.bound_m > 3_000 * KM


def test_a_part_of_a_country_that_was_reached_is_gone_to() -> None:
    south = {
        "geometry": shapely.box(99, 6, 102, 8),
        "within": ("country:TH",),
        "role": Role.REACHED,
    }
    found = report.gather(
        journey({"label": (102.5, 18.5), "within": ("country:LA",)}, south), Settings(draws=200)
    )
    assert found.scopes[0].chain.low95_m > 1_000 * KM


def test_a_country_reached_by_land_is_counted_to_its_border() -> None:
    river = {"footprints": ("river:mekong-lao-thai",), "role": Role.CROSSING}
    drawn = draw(journey(HERE, river, {**at_country("TH"), "role": Role.REACHED}), FEW)
    assert (drawn.chain_m[:, 1] == 0).all()


def test_a_country_reached_by_air_is_gone_into() -> None:
    drawn = draw(journey(HERE, {**at_country("KR"), "role": Role.REACHED, **by(Mode.FLIGHT)}), FEW)
    assert np.unique(drawn.chain_m).size == 2_000


def test_anywhere_near_keeps_only_chains_within_the_cut_and_counts_what_it_proposed() -> None:
    ro = shipped("ro-family")
    cut = draw(ro, replace(FEW, where=Where.NEAR), longest_chain_m=10_000 * KM)
    everything = draw(ro, replace(FEW, where=Where.ANYWHERE))
    assert cut.chain_m.sum(axis=1).max() <= 10_000 * KM < everything.chain_m.sum(axis=1).max()
    assert (cut.kept, everything.kept, everything.proposed) == (2_000, 2_000, 2_000)
    share = (everything.chain_m.sum(axis=1) <= 10_000 * KM).mean()
    assert cut.kept / cut.proposed == pytest.approx(share, abs=0.05)


def test_a_cut_that_no_draw_is_within_is_none() -> None:
    """Discs that overlap wholly have a shortest journey of 0 m, and no draw is that short."""
    told = (
        {"label": (0.0, 0.0), "uncertainty_m": 1e5},
        {"label": (0.0, 0.0), "uncertainty_m": 2e5},
    )
    drawn = draw(journey(*told), replace(FEW, where=Where.NEAR), longest_chain_m=0.0)
    free = draw(journey(*told), replace(FEW, where=Where.ANYWHERE))
    assert (drawn.kept, drawn.proposed) == (2_000, 2_000)
    assert drawn.chain_m.mean() == pytest.approx(free.chain_m.mean(), rel=0.05)


def test_one_draw_is_enough_wherever_it_lies() -> None:
    for seed in range(3):
        assert report.gather(shipped("lee-son"), Settings(seed=seed, draws=1)).draws.kept == 1
        near = draw(
            shipped("ro-family"), Settings(seed, 1, None, Where.NEAR), longest_chain_m=10_000 * KM
        )
        assert near.kept == 1


def test_what_differs_between_degrees_of_likeness_is_nothing_else() -> None:
    one, other = (
        draw(shipped("ro-family"), FEW, alike=alike) for alike in (Alike.LEAST, Alike.MOST)
    )
    assert (one.chain_m == other.chain_m).all()
    assert (one.travelled_m != other.travelled_m).any()


def test_noise_of_the_places_lengthens_the_mean_chain_as_the_methods_say() -> None:
    """methods.md, section 2: about (r1^2 + r2^2) / (8 d) a leg for uniform discs; here 12.5 km."""
    r_m, d_m = 316_228.0, 2_000_000.0
    east_deg = np.degrees(d_m / ellipsoid.SEMI_MAJOR_M)
    told = (
        {"label": (0.0, 0.0), "uncertainty_m": r_m},
        {"label": (east_deg, 0.0), "uncertainty_m": r_m},
    )
    drawn = draw(journey(*told), Settings(draws=200_000))
    assert drawn.chain_m.mean() - d_m == pytest.approx(2 * r_m**2 / (8 * d_m), abs=4 * KM)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"draws": 0},
            "draws: 0 is not 1 or more: leave it out for as many as the printed digits need",
        ),
        (
            {"rho": 1.5},
            r"rho: 1\.5 is outside 0\.\.1: leave it out for what was estimated for each mode",
        ),
        (
            {"rho": -0.1},
            r"rho: -0\.1 is outside 0\.\.1: leave it out for what was estimated for each mode",
        ),
        (
            {"rho": float("nan")},
            r"rho: nan is outside 0\.\.1: leave it out for what was estimated for each mode",
        ),
        ({"seed": -1}, "seed: -1 is below 0: any whole number from 0 up, such as 2019"),
    ],
)
def test_settings_refuse_what_cannot_be_drawn(given: dict, message: str) -> None:
    with pytest.raises(UsageError, match=f"^{message}$"):
        Settings(**given)


def test_an_interval_is_made_of_quantiles() -> None:
    """0 to 1000 in steps of one: the quantiles are themselves."""
    assert Interval.of(np.arange(1001.0)).edges_m == (500, 250, 750, 25, 975)


def test_where_the_draws_lie_has_three_names() -> None:
    assert [str(where) for where in Where] == ["crossings", "anywhere_near", "anywhere"]


def test_a_neighbour_that_was_flown_to_is_not_entered_over_the_border_on_land() -> None:
    told = (
        {"label": (104.0, 30.0), "within": ("country:CN",)},
        {"footprints": ("country:RU",), "role": Role.REACHED},
    )
    by_land = plausible.draw(journey(*told), Settings(draws=500)).chain_m.sum(axis=1)
    flown = plausible.draw(
        journey(told[0], told[1] | by(Mode.FLIGHT)), Settings(draws=500)
    ).chain_m.sum(axis=1)
    assert np.median(flown) > np.median(by_land)


def test_a_prior_that_was_set_for_a_run_winds_its_ways() -> None:
    told = journey(HERE, {**THERE, **by(Mode.ROAD)})
    drawn = draw(told, Settings(draws=50, priors=windings({"road": 1.5})))
    assert drawn.travelled_m == pytest.approx(drawn.chain_m * 1.5)
    assert drawn.settings.priors == windings({"road": 1.5})
