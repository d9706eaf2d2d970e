"""The certified bound is never above any way through the places; check values of methods.md, section 2."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

from beside import IS_LONG
from escape_route.distance import bounds, branches, taut
from escape_route.distance import points as drawn
from escape_route.distance.bounds import TOLERANCE_M, Edge, gap_m, lower_bound, shortest_journey
from escape_route.distance.branches import cheapest_path
from escape_route.geography import ellipsoid, geodesic
from escape_route.model import places
from escape_route.model.places import Place, Region
from making import anywhere, box, country, disc, line, shipped
from test_places import holds

if TYPE_CHECKING:
    from escape_route.geography.geodesic import LonLat

#: Discs (x, y, r) in the plane: naive sum of gaps, certified, exact (methods.md, section 2).
PLANE = [
    ([(0, 0, 10), (100, 0, 20)], 70, 70, 70),
    ([(0, 0, 10), (100, 0, 10), (200, 0, 10)], 160, 180, 180),
    ([(0, 0, 0), (100, 0, 10), (100, 100, 0)], 180, 180, 186.395133),
    (
        [(0, 0, 5), (100, 50, 20), (200, 0, 5), (300, 50, 20), (400, 0, 5)],
        347.2136,
        390,
        404.955965,
    ),
    ([(0, 0, 10), (5, 0, 10), (100, 0, 0)], 85, 90, 90),
]
in_the_plane = pytest.mark.parametrize(("discs", "naive", "certified", "exact"), PLANE)
KM = 1_000


def plane_gaps(discs: list[tuple[float, float, float]]) -> np.ndarray:
    xyr = np.array(discs, dtype=float)
    apart = np.hypot(*(xyr[:, None, :2] - xyr[None, :, :2]).transpose(2, 0, 1))
    return np.maximum(apart - xyr[:, None, 2] - xyr[None, :, 2], 0)


def subsequence_bound_m(gaps_m: np.ndarray) -> float:
    """Largest sum of gaps along any subsequence, L_j = max over i < j of L_i + d(A_i, A_j): an older, weaker bound."""
    best = np.zeros(len(gaps_m))
    for j in range(1, len(gaps_m)):
        best[j] = np.max(best[:j] + gaps_m[:j, j])
    return float(best.max(initial=0.0))


def plane_samples(x: float, y: float, r: float) -> np.ndarray:
    """Points of a disc, 1 unit apart or less, and every 1.5 degrees on its edge."""
    radii, angles = np.linspace(0, r, 12), np.radians(np.arange(0, 360, 1.5))
    return np.stack(
        [x + np.outer(radii, np.cos(angles)).ravel(), y + np.outer(radii, np.sin(angles)).ravel()],
        axis=1,
    )


def geodesics(count: int) -> list[Edge]:
    return [Edge.GEODESIC] * (count - 1)


def length_m(points: tuple[LonLat, ...]) -> float:
    return geodesic.line_length_m(points)


@in_the_plane
def test_the_subsequence_bound_has_its_check_values_in_the_plane(
    discs: list, naive: float, certified: float, exact: float
) -> None:
    gaps = plane_gaps(discs)
    assert np.diag(gaps, 1).sum() == pytest.approx(naive, abs=1e-4)
    assert subsequence_bound_m(gaps) == pytest.approx(certified, abs=1e-9)
    assert subsequence_bound_m(gaps) <= exact


@in_the_plane
def test_the_cheapest_path_over_samples_comes_within_a_tenth_above_the_exact_value(
    discs: list, naive: float, certified: float, exact: float
) -> None:
    assert naive <= certified <= exact
    layers = [plane_samples(*each) for each in discs]
    costs = [
        np.hypot(*(one[:, None] - other[None]).transpose(2, 0, 1))
        for one, other in pairwise(layers)
    ]
    found, path = cheapest_path(costs)
    assert exact - 1e-6 <= found <= exact + 0.1
    assert sum(
        cost[step] for cost, step in zip(costs, pairwise(path), strict=True)
    ) == pytest.approx(found)


@in_the_plane
def test_the_search_on_the_ellipsoid_finds_the_plane_values_for_small_discs(
    discs: list, naive: float, certified: float, exact: float
) -> None:
    """At 1 unit = 100 m around (0, 0) the ellipsoid is flat to 1 in 100,000, but for its scales along the two axes."""
    north_m, east_m = ellipsoid.LEAST_RADIUS_M * np.pi / 180, ellipsoid.SEMI_MAJOR_M * np.pi / 180
    sets = [disc(x * 100 / east_m, y * 100 / north_m, r / 10) for x, y, r in discs]
    bound = lower_bound(sets, geodesics(len(sets)), tolerance_m=100)
    assert max(naive, certified) * 100 - 101 <= bound.bound_m <= exact * 100 + 1
    assert exact * 100 - 1 <= bound.shortest.length_m <= exact * 100 + 101
    assert bound.shortest.length_m - bound.bound_m <= 101


def random_discs(
    rng: np.random.Generator, journeys: int, count: int
) -> tuple[np.ndarray, np.ndarray]:
    """Centres, shape (journeys, count, 2), and radii: points, discs, some larger than a hemisphere; poles too."""
    centres = np.array([anywhere(rng) for _ in range(journeys * count)]).reshape(journeys, count, 2)
    near = (
        rng.random((journeys, 1, 1)) < 0.5
    )  # half of the journeys stay within some degrees: gaps are then small
    lon = np.where(
        near[..., 0], centres[:, :1, 0] + rng.uniform(-3, 3, (journeys, count)), centres[..., 0]
    )
    lat = np.where(
        near[..., 0], centres[:, :1, 1] + rng.uniform(-3, 3, (journeys, count)), centres[..., 1]
    )
    radius_m = 10 ** rng.uniform(1, 7.2, (journeys, count)) * (rng.random((journeys, count)) < 0.9)
    return np.stack([(lon + 180) % 360 - 180, np.clip(lat, -90, 90)], axis=2), radius_m


def disc_gaps_m(centres: np.ndarray, radius_m: np.ndarray) -> np.ndarray:
    count = len(radius_m)
    i, j = (each.ravel() for each in np.indices((count, count)))
    apart_m = geodesic.distances_m(*centres[i].T.copy(), *centres[j].T.copy()).reshape(count, count)
    return np.maximum(apart_m - radius_m[:, None] - radius_m, 0)


@pytest.mark.parametrize("count", [3, 4, 30])
def test_no_way_through_random_discs_is_shorter_than_the_string_allows(count: int) -> None:
    """However large the discs are, where even the descent does not end; and the gap is what was lost at the most."""
    rng, journeys = np.random.default_rng(7 + count), 200 if IS_LONG else 60
    all_centres, all_radii_m = random_discs(rng, journeys, count)
    all_radii_m = np.where(
        rng.random((journeys, 1)) < 0.5, all_radii_m, np.minimum(all_radii_m, 50 * KM)
    )
    bounds_m = []
    for centres, radius_m in zip(all_centres, all_radii_m, strict=True):
        chain = taut.Chain(centres, radius_m)
        string = chain.pulled(100.0)
        bounds_m.append(chain.least_m(string.pull, string.height_m))
        length_m = geodesic.way_m(string.lonlat_deg)
        assert bounds_m[-1] <= length_m
        assert subsequence_bound_m(disc_gaps_m(centres, radius_m)) <= length_m + 1e-5
    assert (np.array(bounds_m) > 0).mean() > 0.2
    for _ in range(5):
        assert (np.array(bounds_m) <= ways_m(rng, all_centres, all_radii_m) + 1e-5).all()


def ways_m(rng: np.random.Generator, centres: np.ndarray, radius_m: np.ndarray) -> np.ndarray:
    """Lengths of ways that turn, in each disc, at its edge towards the centre before or after, or anywhere in it."""
    journeys, count, _ = centres.shape
    points = []
    for index in range(count):
        lon, lat = centres[:, index].T.copy()
        towards = centres[:, (index + rng.choice([-1, 1])) % count].T.copy()
        bearing_deg, _, apart_m = geodesic.WGS84.inv(lon, lat, *towards)
        share = np.where(rng.random(journeys) < 0.7, 1.0, rng.random(journeys))
        step_m = np.minimum(radius_m[:, index] * share, np.minimum(apart_m, 1.9e7))
        points.append(geodesic.WGS84.fwd(lon, lat, bearing_deg, step_m)[:2])
    return sum(geodesic.distances_m(*one, *other) for one, other in pairwise(points))


def random_region(rng: np.random.Generator) -> Region:
    """Disc, point, outline, line, or a disc cut by an outline; at poles and across the antimeridian too."""
    lon, lat = anywhere(rng)
    reach_km = 10 ** rng.uniform(0, 3.5)
    size = 10 ** rng.uniform(-2, 1.2)
    edges = [max(lon - size, -180), max(lat - size, -90), min(lon + size, 180), min(lat + size, 90)]
    around = disc(lon, lat, 12_000 if rng.random() < 0.05 else reach_km).regions[0]
    made = {
        0: disc(lon, lat).regions[0],
        1: box(*edges).regions[0],
        2: Region(
            shapely.MultiPolygon(
                [shapely.box(178, edges[1], 180, edges[3]), shapely.box(-180, -5, -179, 5)]
            )
        ),
        3: line(*[anywhere(rng) for _ in range(3)]).regions[0],
        4: Region(shapely.box(*edges), (edges[0], lat), reach_km * 1000 + 1_000),
    }
    return made.get(int(rng.integers(0, 9)), around)


def random_place(rng: np.random.Generator) -> Place:
    return Place(tuple(random_region(rng) for _ in range(1 + (rng.random() < 0.2))))


def shortest_of_many_m(rng: np.random.Generator, sets: list[Place], edges: list[Edge]) -> float:
    """Shortest of all ways over 60 points drawn of each alternative: an honest rival for the bound."""
    layers = [
        np.concatenate([drawn.draw(region, 60, rng) for region in place.regions]) for place in sets
    ]
    costs = []
    for edge, (one, other) in zip(edges, pairwise(layers), strict=True):
        lon, lat = (np.broadcast_arrays(one[:, None, k], other[None, :, k]) for k in (0, 1))
        away_m = geodesic.distances_m(*(each.ravel() for each in (lon[0], lat[0], lon[1], lat[1])))
        costs.append(away_m.reshape(len(one), len(other)) * (edge is Edge.GEODESIC))
    return cheapest_path(costs)[0]


@pytest.mark.parametrize("seed", range(10 if IS_LONG else 4))
def test_no_way_through_any_random_places_is_shorter_than_the_bound(seed: int) -> None:
    rng = np.random.default_rng(seed)
    for _ in range(8):
        sets = [random_place(rng) for _ in range(rng.integers(2, 5))]
        edges = [Edge.FREE if rng.random() < 0.15 else Edge.GEODESIC for _ in sets[1:]]
        bound = lower_bound(sets, edges, tolerance_m=50_000)
        assert bound.bound_m <= shortest_of_many_m(rng, sets, edges) + 1e-5
        assert bound.shortest.least_m <= bound.shortest.length_m


@pytest.mark.parametrize("seed", range(5))
def test_the_shortest_journey_goes_through_its_places_and_is_as_long_as_it_says(seed: int) -> None:
    rng = np.random.default_rng(100 + seed)
    for _ in range(6):
        sets = [random_place(rng) for _ in range(3)]
        shortest = shortest_journey(sets, geodesics(3), tolerance_m=50_000)
        assert length_m(shortest.points) == pytest.approx(shortest.length_m, abs=1e-6)
        for place, point in zip(sets, shortest.points, strict=True):
            assert any(holds(region, point) for region in place.regions)


@pytest.mark.parametrize(("code", "published_km"), [("VN", 2_826), ("LA", 3_152), ("TH", 3_397)])
def test_gaps_from_changbai_are_those_of_the_facts(code: str, published_km: float) -> None:
    """facts.md, section 1: set gaps from ro-2 to Vietnam, Laos and Thailand."""
    changbai = places.located(shipped("ro-family"))[2]
    assert gap_m(changbai, country(code)) == pytest.approx(published_km * KM, abs=1 * KM)


def test_the_gap_of_discs_is_exact_and_of_what_touches_nothing() -> None:
    apart_m = geodesic.geodesic_m((10, 10), (20, 10))
    assert gap_m(disc(10, 10, 100), disc(20, 10, 200)) == pytest.approx(
        apart_m - 300 * KM, abs=1e-6
    )
    assert gap_m(disc(10, 10, 700), disc(20, 10, 700)) == 0
    assert gap_m(country("LA"), country("VN")) == 0
    assert gap_m(box(0, 0, 9, 9), disc(5, 5, 1)) <= 1


@pytest.mark.parametrize("far", [(60, 10), (120, 30), (170, -44), (179, -1)])
def test_a_gap_between_outlines_is_too_small_by_the_tolerance_at_most_however_far(
    far: tuple[float, float],
) -> None:
    """Corner to corner: the boxes are small beside their distance, so one of 16 pairs of corners is the nearest."""
    one, other = shapely.box(-9, 38, -8, 39), shapely.box(*far, far[0] + 0.5, far[1] + 0.5)
    corners = [(a, b) for a in one.exterior.coords for b in other.exterior.coords]
    nearest_m = min(geodesic.geodesic_m(a, b) for a, b in corners)
    found_m = gap_m(Place((Region(one),)), Place((Region(other),)))
    assert found_m <= nearest_m
    assert found_m == pytest.approx(
        nearest_m, abs=2_500
    )  # beside corners an edge can be nearer by a little


def test_a_gap_is_the_same_both_ways() -> None:
    one, other = disc(100, 10, 50), country("LA")
    assert gap_m(one, other) == pytest.approx(gap_m(other, one), abs=1 * KM)


def test_two_places_are_enough() -> None:
    bound = lower_bound([disc(0, 0), disc(1, 0)], geodesics(2))
    assert bound.bound_m == pytest.approx(
        111_319.4908, abs=1e-3
    )  # one degree of the equator: pi a / 180
    assert bound.shortest.points == ((0, 0), (1, 0))


def test_points_that_coincide_are_no_way_apart() -> None:
    near = [disc(104, 18), disc(104 + 1e-10, 18), disc(104, 18)]
    assert lower_bound(near, geodesics(3)).bound_m <= 1e-4


def test_a_journey_that_doubles_back_pays_twice() -> None:
    home, away = disc(10, 10, 50), disc(20, 10, 50)
    bound = lower_bound([home, away, home], geodesics(3))
    assert bound.bound_m == pytest.approx(2 * gap_m(home, away), abs=1 * KM)


def test_places_that_overlap_wholly_cost_nothing() -> None:
    bound = lower_bound(
        [country("LA"), disc(102, 19, 10), country("LA"), disc(102, 19, 400)], geodesics(4)
    )
    assert bound.bound_m == 0
    assert bound.shortest.length_m <= TOLERANCE_M


def test_a_place_that_holds_the_next_is_passed_there_and_not_at_the_one_before() -> None:
    home, cap, inside = disc(-88, 24), disc(60, 90, 800), disc(0, 88)
    shortest = shortest_journey([home, cap, inside], geodesics(3))
    assert np.array(shortest.points) == pytest.approx(np.array([(-88, 24), (0, 88), (0, 88)]))


def test_a_disc_larger_than_a_hemisphere_holds_all_but_what_is_beyond_it() -> None:
    most, beyond = disc(0, 0, 12_000), disc(180, 0)
    apart_m = geodesic.geodesic_m((0, 0), (180, 0))
    assert gap_m(most, beyond) == pytest.approx(apart_m - 12_000 * KM, abs=1e-6)
    assert gap_m(most, disc(90, 0)) == 0
    bound = lower_bound([disc(90, 5), most, beyond], geodesics(3))
    assert bound.bound_m == pytest.approx(geodesic.geodesic_m((90, 5), (180, 0)), abs=1 * KM)


def test_the_short_way_leads_over_the_antimeridian() -> None:
    bound = lower_bound([box(178, -18, 179, -17), disc(-178, -17.5, 50)], geodesics(2))
    assert bound.bound_m < 270 * KM
    assert bound.shortest.length_m - bound.shortest.least_m <= TOLERANCE_M


def test_the_short_way_leads_over_the_pole() -> None:
    over_m = 2 * geodesic.geodesic_m((0, 80), (0, 90))
    bound = lower_bound([disc(0, 80), disc(90, 90, 10), disc(180, 80)], geodesics(3))
    assert over_m - 20 <= bound.bound_m <= over_m


@pytest.mark.parametrize("lon_deg", [180, 179.5, -179.9])
def test_discs_across_the_antimeridian_are_found_as_closely_as_elsewhere(lon_deg: float) -> None:
    sets = [disc(lon_deg - 5 if lon_deg > 0 else 175, 10), disc(lon_deg, 14, 300), disc(-175, 10)]
    shortest = shortest_journey(sets, geodesics(3))
    assert shortest.length_m - shortest.least_m <= TOLERANCE_M


def test_a_way_that_is_not_counted_costs_nothing() -> None:
    sets = [disc(100, 13), disc(127, 37), disc(128, 37)]
    bound = lower_bound(sets, [Edge.FREE, Edge.GEODESIC])
    assert bound.bound_m == pytest.approx(geodesic.geodesic_m((127, 37), (128, 37)), abs=1)


def test_behind_a_way_that_is_not_counted_one_may_be_anywhere_in_the_place() -> None:
    """Nothing is told from (10, 10) to the disc around it: whoever went on from there may have started at its edge."""
    sets = [disc(10, 10), disc(12, 12, 1_000), disc(30, 15)]
    bound = lower_bound(sets, [Edge.FREE, Edge.GEODESIC])
    assert bound.bound_m == pytest.approx(
        geodesic.geodesic_m((12, 12), (30, 15)) - 1_000 * KM, abs=1 * KM
    )


def test_a_track_counts_as_measured_and_parts_the_journey() -> None:
    sets = [disc(100, 13), disc(101, 13), disc(101, 14), disc(102, 14)]
    bound = lower_bound(sets, [Edge.GEODESIC, Edge.TRACED, Edge.GEODESIC], 150 * KM)
    around_m = geodesic.geodesic_m((100, 13), (101, 13)) + geodesic.geodesic_m((101, 14), (102, 14))
    assert (bound.traced_m, bound.bound_m) == (150 * KM, pytest.approx(around_m + 150 * KM, abs=1))


def test_leaving_out_what_holds_its_neighbour_changes_nothing() -> None:
    sets = [
        disc(100, 10, 50),
        disc(101, 10, 400),
        disc(110, 12, 30),
        box(105, 8, 116, 16),
        disc(100, 10, 50),
    ]
    reduced = shortest_journey(sets, geodesics(5))
    search = branches.Search(
        sets, [places.some_point(place) for place in sets]
    )  # without the reduction
    search.run(TOLERANCE_M)
    assert bounds._without_supersets(sets, geodesics(5))[0] == [0, 2, 3, 4]  # noqa: SLF001
    assert reduced.least_m <= search.cost_m
    assert search.least_m <= reduced.length_m
    assert reduced.length_m == pytest.approx(search.cost_m, abs=TOLERANCE_M)


def test_the_shortest_journey_of_the_ro_family_is_that_of_the_facts() -> None:
    """facts.md, section 1: from ro-2 into Thailand about 3,400 km, on to South Korea about 6,400 km."""
    located = places.located(shipped("ro-family"))
    to_thailand = lower_bound([located[index] for index in range(2, 8)], geodesics(6))
    to_korea = lower_bound([located[index] for index in range(2, 9)], geodesics(7))
    assert to_thailand.bound_m == pytest.approx(3_400 * KM, abs=10 * KM)
    assert to_thailand.shortest.length_m - to_thailand.bound_m <= 2 * KM
    assert to_korea.bound_m == pytest.approx(6_123 * KM, abs=2 * KM)
    for index, point in zip(range(2, 9), to_korea.shortest.points, strict=True):
        assert any(holds(region, point) for region in located[index].regions)


def test_a_tighter_tolerance_only_raises_the_bound_and_shortens_the_way() -> None:
    sets = [country("TH"), country("VN"), country("KR")]
    loose, tight = (
        shortest_journey(sets, geodesics(3), tolerance_m=each) for each in (100 * KM, 1 * KM)
    )
    assert loose.least_m <= tight.least_m + 1 <= tight.length_m + 1 <= loose.length_m + 2


@pytest.mark.parametrize(
    ("way", "place"),
    [
        (line((10, 0), (10, 60)), disc(40, 30)),
        (line((0, 20), (60, 20)), disc(30, 50)),
        (line((0, 0), (60, 0)), disc(30, 40)),
        (line((10, 0), (10, 60)), line((40, 0), (40, 60))),
    ],
    ids=["a meridian", "a parallel", "the equator", "two meridians"],
)
def test_a_line_without_width_or_height_is_bounded_as_closely_as_others(
    way: Place, place: Place
) -> None:
    """Cut in four, its halves came twice and filled the search before it was near: 2,754 km in place of 2,858."""
    corners = np.linspace(way.regions[0].shape.coords[0], way.regions[0].shape.coords[-1], 2_001)
    others = [place.regions[0].centre or (40, lat) for lat in np.linspace(0, 60, 121)]
    many = [
        geodesic.distances_m(*corners.T, *np.broadcast_to(other, corners.shape).T).min()
        for other in others
    ]
    shortest = shortest_journey([way, place], geodesics(2))
    assert shortest.least_m <= min(many) + 1
    assert shortest.length_m - shortest.least_m <= TOLERANCE_M
    assert shortest.least_m == pytest.approx(min(many), abs=2 * KM)


def test_1000_stops_are_bounded_within_a_hundred_thousandth_in_a_second() -> None:
    """The cost grows with the stops and no faster: 4 times as many take no more than 8 times as long."""
    took_s = {}
    for count in (250, 1_000):
        sets = wandering(count)
        start = time.process_time()
        found = shortest_journey(sets, geodesics(count))
        took_s[count] = time.process_time() - start
        assert found.length_m * (1 - 1e-5) <= found.least_m <= found.length_m
    assert took_s[1_000] < 8 * took_s[250]


def wandering(count: int) -> list[Place]:
    """Discs of 0.3 to 20 km, 40 km apart on a way that turns about: over the antimeridian, and up to the pole."""
    rng = np.random.default_rng(count)
    bearing_deg = np.cumsum(rng.normal(0, 25, count))
    points = [(170.0, 60.0)]
    for turn in bearing_deg[1:]:
        points.append(tuple(geodesic.ahead(*points[-1], np.array([turn]), 40 * KM)[0]))
    return [disc(*point, 10 ** rng.uniform(-0.5, 1.3)) for point in points]


@pytest.mark.parametrize("seed", range(4))
def test_discs_with_outlines_among_them_are_bounded_within_the_tolerance_and_no_way_is_shorter(
    seed: int,
) -> None:
    rng = np.random.default_rng(200 + seed)
    sets = wandering(14)
    for index in rng.choice(14, 4, replace=False):
        lon, lat = sets[index].regions[0].centre
        west = min(lon, 178.5)
        sets[index] = box(west, lat - 0.3, west + 0.7, lat + 0.2)
    bound = lower_bound(sets, geodesics(14))
    assert bound.bound_m <= shortest_of_many_m(rng, sets, geodesics(14)) + 1e-5
    assert bound.shortest.length_m - bound.bound_m <= 2 * TOLERANCE_M
    for place, point in zip(sets, bound.shortest.points, strict=True):
        assert any(holds(region, point) for region in place.regions)


def test_london_to_sydney_loses_nothing() -> None:
    """By its chord alone the way came out 171 km too short."""
    london, sydney = (-0.13, 51.51), (151.21, -33.87)
    bound = lower_bound([disc(*london), disc(40, 45, 0.1), disc(*sydney)], geodesics(3))
    around_m = geodesic.geodesic_m(london, (40, 45)) + geodesic.geodesic_m((40, 45), sydney)
    assert around_m - 500 <= bound.bound_m <= around_m
    assert lower_bound([disc(*london), disc(*sydney)], geodesics(2)).bound_m == geodesic.geodesic_m(
        london, sydney
    )


def test_factors_of_legs_are_not_multiplied_after_the_bound() -> None:
    """Points at 0, 100 and 200, the middle one a disc of 20: factors 1 and 1.02 would give 202.0; 201.6 is true."""
    tall = disc(10, 10), disc(11, 10, 20), disc(40, 10)
    bound = lower_bound(tall, geodesics(3))
    assert (
        bound.bound_m <= bound.shortest.length_m <= geodesic.way_m([(10, 10), (11, 10), (40, 10)])
    )


def test_a_system_of_blocks_is_solved_as_a_whole_one_is() -> None:
    rng = np.random.default_rng(3)
    for count in (1, 2, 16, 17, 18, 40, 41):
        root = rng.normal(size=(count, 2, 2))
        diagonal, below = (
            root @ np.swapaxes(root, 1, 2) + 8 * np.eye(2),
            rng.normal(size=(count - 1, 2, 2)),
        )
        right = rng.normal(size=(count, 2))
        found = taut.solve(diagonal, below, right)
        back = np.einsum("nij,nj->ni", diagonal, found)
        back[1:] += np.einsum("nij,nj->ni", below, found[:-1])
        back[:-1] += np.einsum("nji,nj->ni", below, found[1:])
        assert back == pytest.approx(right)
