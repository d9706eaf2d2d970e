"""Which set of points a place is, and that its covers hold all of it."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from escape_route.distance import points as drawn
from escape_route.geography import base, geodesic
from escape_route.model import places
from escape_route.model.places import Place, Region
from escape_route.model.vocabulary import Precision
from making import anywhere, at_country, box, country, disc, journey, line, shipped, track, waypoint

CHANGBAI = {"label": (128.0, 42.0), "uncertainty_m": 75_000.0, "within": ("country:CN",)}
CHINA = base.geometry_of("country:CN")

PLACES = {
    "point": disc(104, 18),
    "disc": disc(128, 42, 75),
    "disc at the pole": disc(20, 90, 900),
    "disc over the pole": disc(20, -85, 1_500),
    "disc over the antimeridian": disc(179.5, 10, 400),
    "disc near a hemisphere": disc(0, 0, 9_930),
    "disc larger than a hemisphere": disc(30, 20, 12_000),
    "disc that holds the globe": disc(30, 20, 20_100),
    "box at the pole": box(-180, 80, 180, 90),
    "box around the equator": box(-30, -40, 60, 30),
    "line over the world": line((-170, -60), (20, 70), (175, -10)),
    "country": country("LA"),
    "country over the antimeridian": country("FJ"),
    "country at a pole": country("AQ"),
    "disc cut to a country": places.place_of(waypoint(0, **CHANGBAI)),
    "one of two rivers": places.place_of(waypoint(0, footprints=("river:yalu", "river:tumen"))),
    "a country or a disc": Place((*country("KR").regions, *disc(127, 40, 300).regions)),
}
every_place = pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)


def points_of(place: Place, count: int, seed: int = 1) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.concatenate([drawn.draw(region, count, rng) for region in place.regions])


def uncovered_m(points: np.ndarray, cells: places.Cells) -> float:
    """How far the worst point lies outside the circles of all cells; negative where all are inside."""
    worst = -np.inf
    for lon, lat in points:
        many = np.full(len(cells), lon), np.full(len(cells), lat)
        away_m = geodesic.distances_m(*many, cells.lon_deg, cells.lat_deg)
        worst = max(worst, float((away_m - cells.radius_m).min()))
    return worst


@every_place
def test_each_cover_of_a_place_holds_all_of_it_at_every_depth_of_splitting(place: Place) -> None:
    points = points_of(place, 60)
    cells = places.cover(place)
    for _ in range(5):
        assert uncovered_m(points, cells) <= 0
        cells = places.split(place, cells)


@every_place
def test_splitting_makes_the_circles_smaller(place: Place) -> None:
    cells = places.cover(place)
    before_m = cells.radius_m.max()
    for _ in range(5):
        cells = places.split(place, cells)
    assert cells.radius_m.max() <= max(before_m / 4, 1.0)


@every_place
def test_points_that_are_held_lie_in_the_place(place: Place) -> None:
    cells = places.split(place, places.split(place, places.cover(place)))
    for lon, lat, region, held in zip(
        cells.lon_deg, cells.lat_deg, cells.region, cells.held, strict=True
    ):
        assert not held or holds(place.regions[region], (lon, lat))


def holds(region: Region, point: tuple[float, float], margin_m: float = 1e-3) -> bool:
    if (
        region.centre is not None
        and geodesic.geodesic_m(region.centre, point) > region.radius_m + margin_m
    ):
        return False
    return region.shape is None or region.shape.distance(shapely.Point(point)) < 1e-9


@every_place
def test_some_point_of_a_place_lies_in_it(place: Place) -> None:
    point = places.some_point(place)
    assert any(holds(region, point) for region in place.regions)


@pytest.mark.parametrize(
    "radius_km", [1, 75, 1_000, 5_000, 9_000, 9_900, 9_930, 9_950, 10_000, 15_000]
)
@pytest.mark.parametrize("lat_deg", [0, 0.4, 42, 85, 90, -67])
def test_the_boxes_of_a_disc_hold_its_ring(lat_deg: float, radius_km: float) -> None:
    boxes = shapely.union_all(places.cover(disc(10, lat_deg, radius_km)).shapes)
    ring = geodesic.ahead(10, lat_deg, np.linspace(0, 360, 721), radius_km * 1000)
    assert shapely.intersects_xy(boxes, *ring.T).all()


def test_a_footprint_is_its_outline() -> None:
    (region,) = places.place_of(waypoint(0, **at_country("LA"))).regions
    assert region.shape is base.geometry_of("country:LA")
    assert (region.is_country, region.countries) == (True, {"LA"})


def test_alternatives_are_a_union() -> None:
    place = places.place_of(waypoint(0, footprints=("country:LA", "border:LA-VN"), label=(103, 19)))
    assert [region.reference for region in place.regions] == ["country:LA", "border:LA-VN"]
    assert place.countries == {"LA", "VN"}


def test_a_river_lies_between_its_countries() -> None:
    assert places.place_of(waypoint(0, footprints=("river:yalu",))).countries == {"CN", "KP"}


def test_a_disc_within_a_country_is_both() -> None:
    (region,) = places.place_of(waypoint(0, **CHANGBAI)).regions
    assert (region.centre, region.radius_m, region.countries) == ((128.0, 42.0), 75_000.0, {"CN"})
    assert not region.is_country
    for point in points_of(Place((region,)), 200):
        assert CHINA.intersects(shapely.Point(point))
        assert geodesic.geodesic_m((128, 42), tuple(point)) <= 75_000.001


def test_a_drawn_shape_within_a_country_is_what_they_share() -> None:
    shape = shapely.box(100, 40, 120, 48)
    (region,) = places.place_of(waypoint(0, geometry=shape, within=("country:CN",))).regions
    assert region.shape.equals(shapely.intersection(shape, CHINA))


@pytest.mark.parametrize(
    "label", [(0.0, 0.0), (100.0, 5.0)], ids=["far off", "its box touches, its circle does not"]
)
def test_a_disc_outside_the_country_it_is_said_to_lie_in_is_no_place(
    label: tuple[float, float],
) -> None:
    told = {"label": label, "uncertainty_m": 60_000.0, "within": ("country:TH",)}
    assert places.place_of(waypoint(0, **told)) is None


@pytest.mark.parametrize(
    "told",
    [
        {"withheld": True, "label": (1.0, 1.0)},
        {},
        {"label": (104.0, 35.0), "precision": Precision.COUNTRY},
        {"label": (104.0, 35.0), "precision": Precision.REGION},
    ],
    ids=["withheld", "no label", "label of a country", "label of a region"],
)
def test_nothing_can_be_measured_where_only_a_label_is_known(told: dict) -> None:
    assert places.place_of(waypoint(0, **told)) is None


def test_a_region_with_a_radius_is_a_disc() -> None:
    told = {"label": (104.0, 35.0), "precision": Precision.REGION, "uncertainty_m": 100_000.0}
    assert places.place_of(waypoint(0, **told)) == disc(104, 35, 100)


def test_places_at_the_ends_of_a_track_are_its_own_ends() -> None:
    told = (
        {"label": (100.0, 13.0), "uncertainty_m": 9_000.0},
        at_country("LA"),
        {"label": (105.0, 21.0)},
    )
    located = places.located(journey(*told, traces=(track(0, (100.1, 13.1), (102.5, 18.0)),)))
    assert located == {0: disc(100.1, 13.1), 1: disc(102.5, 18.0), 2: disc(105, 21)}


def test_every_place_of_the_ro_family_is_located_and_of_the_son_two() -> None:
    assert list(places.located(shipped("ro-family"))) == list(range(9))
    assert len(places.located(shipped("lee-son"))) == 2


def test_a_place_holds_another_only_where_that_is_plain() -> None:
    assert disc(10, 10, 500).covers(disc(12, 10, 200))
    assert not disc(10, 10, 500).covers(disc(12, 10, 300))
    assert box(0, 0, 9, 9).covers(box(1, 1, 2, 2))
    assert not box(1, 1, 2, 2).covers(box(0, 0, 9, 9))
    assert country("CN").covers(PLACES["disc cut to a country"])
    assert not disc(10, 10, 500).covers(box(9, 9, 11, 11))


def test_a_place_holds_another_if_each_alternative_of_it_is_held() -> None:
    both = Place((*disc(10, 10, 500).regions, *disc(50, 10, 500).regions))
    assert both.covers(disc(50, 10, 100))
    assert both.covers(Place((*disc(50, 10, 1).regions, *disc(10, 10, 1).regions)))
    assert not disc(10, 10, 500).covers(both)


def test_no_disc_is_said_to_hold_one_that_reaches_out_of_it() -> None:
    rng = np.random.default_rng(4)
    for _ in range(200):
        one, other = anywhere(rng), anywhere(rng)
        mine, theirs = disc(*one, rng.uniform(0, 20_000)), disc(*other, rng.uniform(1, 5_000))
        if mine.covers(theirs):
            for point in points_of(theirs, 5):
                assert holds(mine.regions[0], tuple(point))


def test_a_disc_is_outlined_by_its_ring() -> None:
    ring = places.outline(disc(128, 42, 75).regions[0]).exterior.coords
    away_m = [geodesic.geodesic_m((128, 42), position) for position in ring]
    assert min(away_m) == pytest.approx(75_000, abs=0.001)
    assert max(away_m) == pytest.approx(75_000, abs=0.001)


@pytest.mark.parametrize(
    "name", ["disc at the pole", "disc over the pole", "disc over the antimeridian"]
)
def test_an_outline_that_longitude_cannot_draw_is_a_box_that_holds_it(name: str) -> None:
    outline = places.outline(PLACES[name].regions[0])
    assert outline.is_valid
    assert all(outline.intersects(shapely.Point(point)) for point in points_of(PLACES[name], 50))


def test_a_point_has_no_outline() -> None:
    assert places.outline(disc(104, 18).regions[0]) is None


def test_a_cut_disc_is_outlined_within_its_country() -> None:
    outline = places.outline(PLACES["disc cut to a country"].regions[0])
    assert shapely.difference(outline, CHINA).area < 1e-9
