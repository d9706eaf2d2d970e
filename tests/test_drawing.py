"""Draws lie in their place and are uniform: halves of equal area or length get half of the draws."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from escape_route.distance import points as drawing
from escape_route.geography import base, geodesic
from escape_route.model.places import Region, place_of
from making import box, country, disc, line, waypoint

COUNT = 20_000
HALF = pytest.approx(0.5, abs=0.015)  # four standard deviations of a share of 20,000


def drawn(region: Region, count: int = COUNT) -> np.ndarray:
    return drawing.draw(region, count, np.random.default_rng(5))


@pytest.mark.parametrize("code", ["LA", "VN", "FJ", "KR"])
def test_draws_of_a_country_lie_in_it(code: str) -> None:
    points = drawn(country(code).regions[0], 2_000)
    assert shapely.intersects_xy(base.geometry_of(f"country:{code}"), *points.T).all()


@pytest.mark.parametrize("centre", [(128, 42), (20, 90), (0, -88), (179.9, 5), (-180, 60)])
@pytest.mark.parametrize("radius_km", [0.01, 75, 3_000, 12_000, 20_100])
def test_draws_of_a_disc_lie_in_it(centre: tuple[float, float], radius_km: float) -> None:
    points = drawn(disc(*centre, radius_km).regions[0], 500)
    many = (np.full(500, value, dtype=float) for value in centre)
    assert (geodesic.distances_m(*many, *points.T) <= radius_km * 1000 + 1e-3).all()


def test_a_point_is_always_itself() -> None:
    assert (drawn(disc(104, 18).regions[0], 10) == [104, 18]).all()


@pytest.mark.parametrize("radius_km", [75, 3_000])
def test_half_of_a_disc_lies_within_the_circle_of_half_its_area(radius_km: float) -> None:
    """Half of a cap of the sphere: 1 - cos(r') = (1 - cos(r)) / 2; in the plane that is r / sqrt(2)."""
    points = drawn(disc(100, 20, radius_km).regions[0])
    reach = radius_km / 6371.0088
    half_km = np.arccos(1 - (1 - np.cos(reach)) / 2) * 6371.0088
    away_m = geodesic.distances_m(np.full(COUNT, 100.0), np.full(COUNT, 20.0), *points.T)
    assert (away_m < half_km * 1000).mean() == HALF


def test_every_direction_from_the_middle_of_a_disc_is_as_likely() -> None:
    points = drawn(disc(100, 0, 500).regions[0])
    assert (points[:, 0] > 100).mean() == HALF
    assert (points[:, 1] > 0).mean() == HALF


def test_a_box_is_drawn_by_area_and_not_by_degrees() -> None:
    """From the equator to 90 degrees half of the sphere's area lies below 30 degrees: sin(30) = 1/2."""
    points = drawn(box(0, 0, 40, 90).regions[0])
    assert (points[:, 1] < 30).mean() == HALF
    assert (points[:, 0] < 20).mean() == HALF


def test_parts_of_a_shape_are_drawn_by_their_area_however_far_apart() -> None:
    parts = shapely.MultiPolygon([shapely.box(170, -1, 172, 0), shapely.box(-180, -1, -178, 0)])
    points = drawn(Region(parts))
    assert (points[:, 0] > 0).mean() == HALF
    assert len(np.unique(points, axis=0)) == COUNT


def test_a_hole_is_left_out() -> None:
    ring = shapely.box(0, 0, 10, 10).difference(shapely.box(2, 2, 8, 8))
    points = drawn(Region(ring), 2_000)
    assert not shapely.contains_xy(shapely.box(2, 2, 8, 8), *points.T).any()


def test_a_country_over_the_antimeridian_is_drawn_on_both_sides() -> None:
    """Fiji's box goes round the Earth; nearly all of its land is west of the line."""
    points = drawn(country("FJ").regions[0])
    assert len(np.unique(points, axis=0)) == COUNT
    assert 0.9 < (points[:, 0] > 0).mean() < 1


def test_a_line_is_drawn_by_length_and_not_by_vertices() -> None:
    """On the equator: 40 degrees in ten pieces, then 40 in one."""
    way = line(*[(lon, 0) for lon in range(0, 41, 4)], (80, 0))
    points = drawn(way.regions[0])
    assert (points[:, 0] < 40).mean() == HALF
    assert (points[:, 1] == 0).all()


def test_a_line_near_the_pole_is_drawn_by_metres_and_not_by_degrees() -> None:
    way = line((0, 80), (60, 80), (60, 90))
    along_m, up_m = 60 * np.cos(np.radians(80)), 10
    points = drawn(way.regions[0])
    assert (points[:, 0] < 60).mean() == pytest.approx(along_m / (along_m + up_m), abs=0.02)


def test_a_river_is_drawn_on_all_its_parts() -> None:
    (region,) = place_of(waypoint(0, footprints=("river:mekong-lao-thai",))).regions
    points = drawn(region, 2_000)
    assert shapely.distance(region.shape, shapely.points(points)).max() < 1e-9


def test_a_cut_disc_is_drawn_in_both() -> None:
    told = {"label": (128.0, 42.0), "uncertainty_m": 75_000.0, "within": ("country:CN",)}
    (region,) = place_of(waypoint(0, **told)).regions
    points = drawn(region, 2_000)
    assert shapely.intersects_xy(region.shape, *points.T).all()
    many = np.full(2_000, 128.0), np.full(2_000, 42.0)
    assert geodesic.distances_m(*many, *points.T).max() <= 75_000.001


def test_a_sliver_that_its_box_hardly_holds_is_still_drawn_in_it() -> None:
    sliver = shapely.Polygon([(0, 0), (40, 40), (40, 40.000001)])
    points = drawn(Region(sliver), 50)
    assert shapely.distance(sliver, shapely.points(points)).max() < 1e-9


def test_equal_seeds_draw_equal_points() -> None:
    region = country("LA").regions[0]
    assert (drawn(region, 100) == drawn(region, 100)).all()
    other = drawing.draw(region, 100, np.random.default_rng(6))
    assert not (drawn(region, 100) == other).any()


def test_what_is_a_line_and_what_an_area() -> None:
    assert drawing.is_line(base.geometry_of("river:yalu"))
    assert drawing.is_area(base.geometry_of("country:LA"))
    assert not drawing.is_line(None)
    assert not drawing.is_area(None)
