"""Maps of long ways: what is drawn is what is there, over poles and cuts, and the bar is as long as it says."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from pyproj import Geod

from escape_route.distance.legs import legs_of
from escape_route.geography import base, geodesic
from escape_route.publish.figure.ground import Ground, bar
from escape_route.publish.figure.projection import cap_region, suiting
from escape_route.publish.figure.scene import Scene, scene
from escape_route.publish.page.backdrop import simple_parts
from making import journey

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

WIDTH_PT = 500.0
SAMPLES = 45
WAYS = {
    "Endurance": [
        (-4.1, 50.4),
        (-58.4, -34.6),
        (-36.5, -54.3),
        (-31.5, -76.6),
        (-54.9, -61.1),
        (-70.9, -53.2),
    ],
    "Antarctica": [
        (166.7, -77.8),
        (-164.0, -78.5),
        (-150.0, -85.0),
        (170.0, -84.0),
        (110.0, -66.3),
    ],
    "Arctic": [
        (18.9, 69.6),
        (60.0, 80.0),
        (129.0, 72.0),
        (-169.0, 65.7),
        (-133.0, 69.0),
        (-51.0, 69.2),
    ],
    "Plymouth-Cape Town": [(-4.1, 50.4), (-17.4, 14.7), (18.4, -33.9)],
    "Chile-Norway": [(-70.9, -53.1), (-71.6, -33.0), (-79.5, 9.0), (-46.0, 38.0), (10.7, 59.9)],
    "Fiji-Samoa": [(178.4, -18.1), (-175.2, -21.1), (-171.7, -13.8)],
    "world": [
        (-117.0, 32.5),
        (77.0, 28.6),
        (151.0, -33.9),
        (-149.5, -17.5),
        (-70.0, -33.0),
        (2.0, 48.0),
    ],
    "Kamchatka-Alaska": [(158.6, 53.0), (-149.9, 61.2)],
}
EACH = pytest.mark.parametrize("way", WAYS)


@cache
def laid_out(way: str, aspect: float = 1.2) -> Scene:
    told = journey(*({"label": position} for position in WAYS[way]))
    found = scene(told, legs_of(told), aspect)
    assert found is not None
    return found


@cache
def ground(way: str) -> Ground:
    return Ground(laid_out(way), WIDTH_PT)


@cache
def countries() -> list[BaseGeometry]:
    read = (base.geo_folder() / "base" / "world-110m.geojson").read_text(encoding="utf-8")
    return list(shapely.get_parts(shapely.from_geojson(read)))


def is_land(points: np.ndarray, shapes: list[BaseGeometry]) -> np.ndarray:
    return np.any([shapely.contains_xy(shape, *points.T) for shape in shapes], axis=0)


@EACH
def test_every_shape_is_valid(way: str) -> None:
    drawn = ground(way)
    land = drawn.countries.values()
    assert land
    assert all(part.is_valid for shape in (*land, *drawn.rivers) for part in simple_parts(shape))


@EACH
def test_land_is_drawn_where_it_is_and_nowhere_else(
    way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = laid_out(way)
    monkeypatch.setattr(
        "escape_route.publish.figure.ground._countries", lambda _: dict(enumerate(countries()))
    )
    drawn = shapely.union_all(list(Ground(shown, WIDTH_PT).countries.values()))
    west, south, east, north = shown.window
    x, y = np.meshgrid(np.linspace(west, east, SAMPLES), np.linspace(south, north, SAMPLES))
    points = np.column_stack([x.ravel(), y.ravel()])
    degrees = shown.projection.inverse(points)
    shapely.prepare(drawn)
    clear = (
        shapely.distance(shapely.boundary(drawn), shapely.points(points)) > shown.width_m / WIDTH_PT
    )
    clear &= np.isfinite(degrees).all(axis=1)
    there = is_land(np.where(clear[:, None], degrees, 0.0), countries())
    assert clear.sum() > SAMPLES**2 / 3
    np.testing.assert_array_equal(shapely.contains_xy(drawn, *points[clear].T), there[clear])


@pytest.mark.parametrize("way", [way for way in WAYS if way != "Fiji-Samoa"])
def test_areas_are_true(way: str) -> None:
    chosen = laid_out(way).projection
    whole = chosen.whole
    for country in (
        each
        for each in countries()
        if each.area > 100 and shapely.contains(shapely.box(-179, -60, 179, 89), each)
    ):
        if shapely.contains(whole, country):
            true_m2 = sum(
                abs(Geod(ellps="WGS84").geometry_area_perimeter(part)[0])
                for part in simple_parts(shapely.segmentize(country, 0.5))
            )
            assert chosen.project(country, whole).area == pytest.approx(true_m2, rel=0.005)


def test_antarctica_over_its_pole_has_its_area() -> None:
    antarctica = min(countries(), key=lambda each: each.bounds[1])
    for way in ("Antarctica", "world"):
        chosen = laid_out(way).projection
        drawn = chosen.project(antarctica, chosen.whole)
        flat = shapely.transform(shapely.segmentize(antarctica, 0.5), equal_area)
        assert drawn.is_valid
        assert drawn.area == pytest.approx(flat.area, rel=0.01)


def equal_area(degrees: np.ndarray) -> np.ndarray:
    """Cylindrical equal-area coordinates on a sphere, in metres: a projection written here and nowhere else."""
    lon, lat = np.radians(degrees).T
    return 6_371_007.2 * np.column_stack([lon, np.sin(lat)])


@EACH
@pytest.mark.parametrize("aspect", [0.6, 1.0, 1.75])
def test_the_bar_is_as_long_as_it_says(way: str, aspect: float) -> None:
    shown = laid_out(way, aspect)
    for width_pt in (240.0, 960.0):
        at = (width_pt / 60, width_pt / 60)
        length_km, length_pt = bar(shown, width_pt, at)
        one, other = ends(shown, width_pt, at, length_pt)
        if not np.isfinite([one, other]).all():
            middle = (width_pt / 2 - length_pt / 2, width_pt / shown.aspect / 2)
            one, other = ends(shown, width_pt, middle, length_pt)
        assert geodesic.geodesic_m(tuple(one), tuple(other)) / 1000 == pytest.approx(
            length_km, rel=0.05
        )
        assert width_pt / 12 < length_pt <= width_pt / 3


def ends(shown: Scene, width_pt: float, at: tuple[float, float], length_pt: float) -> np.ndarray:
    """Both ends of a bar, in degrees."""
    on_paper = np.array([at, (at[0] + length_pt, at[1])])
    return shown.projection.inverse(on_paper * shown.width_m / width_pt + shown.window[:2])


@EACH
def test_north_is_up_in_the_middle(way: str) -> None:
    chosen = laid_out(way).projection
    lat = min(max(chosen.centre[1], -85.0), 85.0)
    (x, y), (x_north, y_north) = chosen.forward(
        np.array([(chosen.centre[0], lat), (chosen.centre[0], lat + 1)])
    )
    assert y_north > y
    assert abs(x_north - x) < 1.0


@EACH
def test_no_line_runs_across_the_map_at_a_cut(way: str) -> None:
    shown = laid_out(way)
    steps = [np.hypot(*np.diff(part, axis=0).T).max() for leg in shown.legs for part in leg.parts]
    assert max(steps) < shown.width_m / 8


@pytest.mark.parametrize(
    "centre", [(0.0, 90.0), (10.0, -90.0), (170.0, 60.0), (-179.0, 0.0), (40.0, -13.0)]
)
@pytest.mark.parametrize("radius_deg", [1.0, 29.9, 90.0, 120.0, 176.0])
def test_a_cap_holds_what_is_nearer_than_its_radius(
    centre: tuple[float, float], radius_deg: float
) -> None:
    rng = np.random.default_rng(5)
    lon, lat = rng.uniform(-180, 180, 2000), np.degrees(np.arcsin(rng.uniform(-1, 1, 2000)))
    lon, lat = np.append(lon, centre[0] + 0.3), np.append(lat, centre[1] * 0.999)
    cosine = np.cos(np.radians([lat, lat * 0 + centre[1]])).prod(axis=0) * np.cos(
        np.radians(lon - centre[0])
    )
    away = np.degrees(
        np.arccos(np.clip(cosine + np.sin(np.radians(lat)) * np.sin(np.radians(centre[1])), -1, 1))
    )
    region = cap_region(centre, radius_deg)
    held = sum(
        shapely.contains_xy(region, lon + turn, lat).astype(int)
        for turn in (-720, -360, 0, 360, 720)
    )
    clear = np.abs(away - radius_deg) > 0.2
    np.testing.assert_array_equal(held[clear], (away < radius_deg)[clear])


def test_a_world_map_is_cut_where_nothing_is() -> None:
    chosen = suiting(np.array(WAYS["world"]))
    cut = chosen.centre[0] + 180
    assert all(abs((lon - cut + 180) % 360 - 180) > 30 for lon, _ in WAYS["world"])
