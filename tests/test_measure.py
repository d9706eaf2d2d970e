"""Lengths against published ones: Karney's test set (doi 10.5281/zenodo.32156) and 30 lines of nine other projects.

Twenty geodesics of the test set come with geographiclib; all 10,000, and the lines, are read from
`../shared`.
"""

from __future__ import annotations

import gzip
import json
import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from geographiclib.test.test_geodesic import GeodesicTest
from hypothesis import given, settings
from hypothesis import strategies as st

from beside import SHARED
from escape_route.geography import ellipsoid, geodesic
from strategies import positions

if TYPE_CHECKING:
    from pathlib import Path

_20_NM = 20e-9
BERLIN, PARIS = (13.405, 52.52), (2.3522, 48.8566)
BOSTON, PORTLAND = (-71.11666666666666, 42.25), (-123.68333333333334, 45.516666666666666)


@pytest.fixture(scope="module", params=["20 rows", "10,000 rows"])
def karney(request: pytest.FixtureRequest) -> np.ndarray:
    """Columns lat1 lon1 azi1 lat2 lon2 azi2 s12: as installed with geographiclib, and the whole short set."""
    if request.param == "20 rows":
        return np.array(GeodesicTest.testcases)[:, :7]
    with gzip.open(
        request.getfixturevalue("shared") / "data" / "GeodTest-short.dat.gz", "rt"
    ) as rows:
        return np.loadtxt(rows)[:, :7]


def spread(rows: np.ndarray, most: int) -> np.ndarray:
    """So many of the rows, evenly."""
    return rows[:: max(1, len(rows) // most)]


def _known(model: str) -> list[object]:
    """Published lines of one kind of earth model; those that are kept in files of their projects are not at hand."""
    path = SHARED / "data" / "known_lengths.json"
    cases = json.loads(path.read_text("utf-8"))["cases"] if path.is_file() else []
    chosen = [case for case in cases if case["model"].startswith(model) and case["lines_lonlat"]]
    return [pytest.param(case, id=case["id"]) for case in chosen] or [pytest.param({}, id="-")]


def _length_m(case: dict) -> float:
    return math.fsum(
        geodesic.line_length_m([tuple(each) for each in line]) for line in case["lines_lonlat"]
    )


def test_geopy_is_within_20_nm_of_karney_on_a_spread_of_1000(karney: np.ndarray) -> None:
    for lat1, lon1, _, lat2, lon2, _, length_m in spread(karney, 1000):
        assert geodesic.geodesic_m((lon1, lat1), (lon2, lat2)) == pytest.approx(
            length_m, rel=0, abs=_20_NM
        )


def test_pyproj_is_within_20_nm_of_karney_on_all_10000(karney: np.ndarray) -> None:
    lat1, lon1, _, lat2, lon2, _, length_m = karney.T
    assert np.abs(geodesic.distances_m(lon1, lat1, lon2, lat2) - length_m).max() <= _20_NM


def test_bearings_are_those_of_karney(karney: np.ndarray) -> None:
    usual = karney[
        : 6000 if len(karney) == 10_000 else None
    ]  # the last rows are short or nearly antipodal
    for lat1, lon1, azimuth, lat2, lon2, *_ in spread(usual, 600):
        assert geodesic.bearing_deg((lon1, lat1), (lon2, lat2)) == pytest.approx(
            azimuth % 360, abs=1e-6
        )


@pytest.mark.parametrize("case", _known("WGS84"))
@pytest.mark.usefixtures("shared")
def test_lines_have_the_length_published_on_the_ellipsoid(case: dict) -> None:
    assert _length_m(case) == pytest.approx(
        case["expected_m"], rel=0, abs=case["tolerance_m"] + _20_NM
    )


@pytest.mark.parametrize("case", _known("sphere"))
@pytest.mark.usefixtures("shared")
def test_lines_published_on_a_sphere_have_their_checked_length_on_the_ellipsoid(case: dict) -> None:
    """`check_wgs84_m` is pyproj 3.7.2's, to a micrometre or better; the sphere is off by -0.45 % to +0.56 %."""
    assert _length_m(case) == pytest.approx(case["check_wgs84_m"], rel=0, abs=1e-5)
    assert -0.0045 < case["expected_m"] / _length_m(case) - 1 < 0.0056


def test_all_30_published_lines_are_looked_at_but_the_two_kept_in_files(shared: Path) -> None:
    cases = json.loads((shared / "data" / "known_lengths.json").read_text("utf-8"))["cases"]
    missing = [case["id"] for case in cases if not case["lines_lonlat"]]
    assert len(cases) == 30
    assert missing == ["turf-length-route1", "turf-length-route2"]
    assert len(_known("WGS84")) + len(_known("sphere")) == 28


@given(st.lists(positions(), min_size=2, max_size=5))
def test_both_engines_measure_the_same(line: list[tuple[float, float]]) -> None:
    assert geodesic.engines_differ_m(line, geodesic.line_length_m(line)) <= 1e-7


@given(positions(), positions())
def test_a_way_is_as_long_back_as_there(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    assert geodesic.geodesic_m(one, other) == pytest.approx(
        geodesic.geodesic_m(other, one), abs=_20_NM
    )


@given(positions(), positions(), positions())
def test_no_detour_is_shorter(
    one: tuple[float, float], via: tuple[float, float], other: tuple[float, float]
) -> None:
    assert geodesic.geodesic_m(one, other) <= geodesic.line_length_m([one, via, other]) + 1e-7


def test_longitude_comes_first_and_only_one_function_swaps_it() -> None:
    """Berlin to Paris is 879 km; with latitude taken for longitude it would be 1,287 km (methods.md, section 1)."""
    assert geodesic.geodesic_m(BERLIN, PARIS) == pytest.approx(879_000, abs=1_000)
    assert geodesic.geodesic_m(BERLIN[::-1], PARIS[::-1]) == pytest.approx(1_287_000, abs=1_000)
    assert geodesic.lat_lon(BERLIN) == (52.52, 13.405)


def test_boston_to_portland_leaves_as_pyproj_publishes_it() -> None:
    """pyproj's own example: azimuth -66.531, so 293.469."""
    assert geodesic.bearing_deg(BOSTON, PORTLAND) == pytest.approx(293.469, abs=0.001)


def _pairs(count: int) -> tuple[np.ndarray, ...]:
    """Pairs of points, uniform over the globe; a quarter nearly antipodal, a quarter from a pole, a quarter close."""
    rng = np.random.default_rng(1)
    lon, lat = (
        rng.uniform(-180, 180, (2, count)),
        np.degrees(np.arcsin(rng.uniform(-1, 1, (2, count)))),
    )
    kind = np.arange(count) % 4
    lat[0, kind == 1] = rng.choice([-90.0, 90.0], (kind == 1).sum())
    lon[1] = np.where(kind == 2, lon[0] + 180 + rng.normal(0, 0.5, count), lon[1])
    lat[1] = np.where(kind == 2, np.clip(-lat[0] + rng.normal(0, 0.5, count), -90, 90), lat[1])
    lon[1] = np.where(kind == 3, lon[0] + rng.normal(0, 0.1, count), lon[1])
    lat[1] = np.where(kind == 3, np.clip(lat[0] + rng.normal(0, 0.1, count), -90, 90), lat[1])
    return lon[0], lat[0], lon[1], lat[1]


def _chord_m(lon0: np.ndarray, lat0: np.ndarray, lon1: np.ndarray, lat1: np.ndarray) -> np.ndarray:
    return np.linalg.norm(
        ellipsoid.geocentric_m(lon0, lat0) - ellipsoid.geocentric_m(lon1, lat1), axis=1
    )


def test_what_a_chord_makes_sure_of_is_never_above_the_geodesic() -> None:
    pairs = _pairs(200_000)
    assert (
        ellipsoid.least_geodesic_m(_chord_m(*pairs)) <= geodesic.distances_m(*pairs) + 1e-6
    ).all()


def test_what_a_chord_makes_sure_of_is_within_0_02_percent_at_3000_km() -> None:
    rng = np.random.default_rng(2)
    lon, lat = rng.uniform(-180, 180, 20_000), np.degrees(np.arcsin(rng.uniform(-1, 1, 20_000)))
    far_lon, far_lat, _ = geodesic.WGS84.fwd(
        lon, lat, rng.uniform(0, 360, 20_000), np.full(20_000, 3e6)
    )
    assert (
        ellipsoid.least_geodesic_m(_chord_m(lon, lat, far_lon, far_lat)) > 3e6 * (1 - 0.0002)
    ).all()


def test_the_radii_of_curvature_are_the_extremes_of_the_ellipsoid() -> None:
    """NIMA TR8350.2: a = 6378137, polar radius of curvature c = 6399593.6258; b^2/a = 6335439.3273."""
    assert pytest.approx(6_399_593.6258, abs=1e-4) == ellipsoid.LARGEST_RADIUS_M
    assert pytest.approx(6_335_439.3273, abs=1e-4) == ellipsoid.LEAST_RADIUS_M


def test_nothing_in_a_box_is_beyond_its_reach() -> None:
    rng = np.random.default_rng(3)
    count = 100_000
    west, south = rng.uniform(-180, 170, count), rng.uniform(-90, 85, count)
    east = west + rng.uniform(0, 180 - west) * rng.random(count) ** 4
    north = south + (90 - south) * rng.random(count) ** 4
    lon, lat, other_lon, other_lat = (
        rng.uniform(*ends) for ends in [(west, east), (south, north)] * 2
    )
    half_lon, half_lat = np.maximum(lon - west, east - lon), np.maximum(lat - south, north - lat)
    equator = np.where((south <= 0) & (north >= 0), 0, np.minimum(abs(south), abs(north)))
    reach_m = ellipsoid.reach_m(half_lon, half_lat, equator)
    assert (geodesic.distances_m(lon, lat, other_lon, other_lat) <= reach_m + 1e-6).all()


def test_a_geodesic_is_drawn_in_steps_of_at_most_50_km_along_itself() -> None:
    (part,) = geodesic.geodesic_line(BERLIN, PARIS)
    assert (part[0], part[-1]) == (BERLIN, PARIS)
    assert max(geodesic.geodesic_m(*pair) for pair in pairwise(part)) <= 50_000
    assert geodesic.line_length_m(part) == pytest.approx(
        geodesic.geodesic_m(BERLIN, PARIS), abs=1e-3
    )


def test_a_geodesic_over_the_antimeridian_is_cut_on_it() -> None:
    fiji, samoa = (178.4, -18.1), (-171.8, -13.8)
    west, east = geodesic.geodesic_line(fiji, samoa)
    assert (west[0], east[-1]) == (fiji, samoa)
    assert (west[-1][0], east[0][0]) == (180.0, -180.0)
    assert west[-1][1] == east[0][1]
    whole_m = geodesic.line_length_m(west) + geodesic.line_length_m(east)
    assert whole_m == pytest.approx(geodesic.geodesic_m(fiji, samoa), rel=1e-6)


@settings(max_examples=50)
@given(positions(-85, 85), positions(-85, 85))
def test_no_drawn_part_steps_over_the_antimeridian(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    for part in geodesic.geodesic_line(one, other, 500_000):
        steps = [abs(b[0] - a[0]) for a, b in pairwise(part)]
        assert max(steps, default=0) <= 180


def test_a_point_is_a_line_of_no_length() -> None:
    assert geodesic.geodesic_line(BERLIN, BERLIN) == [[BERLIN, BERLIN]]
    assert geodesic.line_length_m([BERLIN]) == 0


@pytest.mark.parametrize(
    "centre", [(100.0, 15.0), (10.0, 90.0), (5.0, -90.0), (180.0, -60.0), (20.0, 89.9)]
)
@pytest.mark.parametrize("radius_m", [1.0, 10_000.0, 100_000.0])
def test_positions_near_a_place_are_where_karney_has_them_within_three_millionths_and_no_farther(
    centre, radius_m
):
    rng = np.random.default_rng(1)
    bearings_deg, away_m = rng.random(2_000) * 360, np.append(rng.random(1_999), 1.0) * radius_m
    near = ellipsoid.off_sphere(ellipsoid.ahead_near(centre, bearings_deg, away_m))
    exact = geodesic.ahead(*centre, bearings_deg, away_m)
    assert geodesic.distances_m(*near.T.copy(), *exact.T.copy()).max() <= 3e-6 * radius_m
    centres = np.broadcast_to(centre, near.shape)
    assert (geodesic.distances_m(*centres.T.copy(), *near.T.copy()) <= away_m + 1e-8).all()


@pytest.mark.parametrize("leg_m", [0.1, 10.0, 1_000.0, 9_900.0])
def test_short_legs_are_within_20_nm_of_karney_anywhere_and_in_any_direction(leg_m):
    rng = np.random.default_rng(int(leg_m))
    starts = [
        (float(lon), float(lat)) for lon, lat in rng.uniform((-180, -90), (180, 90), (400, 2))
    ]
    starts += [
        (179.9999999, 0.0),
        (-180.0, 45.0),
        (0.0, 90.0),
        (12.0, -90.0),
        (100.0, 89.999),
        (0.0, 0.0),
    ]
    for lon, lat in starts:
        end = geodesic.ahead(lon, lat, rng.uniform(0, 360, 1), leg_m * rng.uniform(0.01, 1))[0]
        found, _ = ellipsoid.short_legs_m(np.array([(lon, lat), end]))
        assert found[0] == pytest.approx(
            Geodesic.WGS84.Inverse(lat, lon, end[1], end[0])["s12"], abs=_20_NM
        )


def test_a_long_track_is_within_a_thousand_millionth_of_karney_and_far_legs_go_by_pyproj():
    rng = np.random.default_rng(5)
    steps = np.cumsum(rng.normal(0, 2e-4, (3_000, 2)), axis=0)
    # 17,000 km apart in the middle
    track = np.concatenate([steps + np.array([8.0, 47.0]), steps - np.array([170.0, 40.0])])
    line = [tuple(each) for each in track.tolist()]
    exact_m = math.fsum(
        Geodesic.WGS84.Inverse(a[1], a[0], b[1], b[0])["s12"] for a, b in pairwise(line)
    )
    assert geodesic.line_length_m(line) == pytest.approx(exact_m, rel=1e-9)
    assert 0 < geodesic.engines_differ_m(line, exact_m) <= _20_NM


def test_lines_of_any_count_are_cut_into_blocks_without_a_leg_lost():
    track = np.column_stack([np.linspace(0, 1, 20_001), np.zeros(20_001)])
    for count in (2, 8_192, 8_193, 8_194, 16_385, 20_001):
        assert len(geodesic.lengths_m(track[:count])) == count - 1
    assert geodesic.lengths_m(track).sum() == pytest.approx(
        math.pi / 180 * ellipsoid.SEMI_MAJOR_M, rel=1e-9
    )
