"""The fixed cells: centres, sizes, poles and antimeridian, and the outlines that are made of them."""

from __future__ import annotations

from decimal import Decimal

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from beside import IS_LONG
from escape_route.geography import cells, geodesic
from strategies import polygons, positions

SIZES = (Decimal("0.1"), Decimal("0.01"), Decimal("0.001"))
TENTH = Decimal("0.1")


@pytest.mark.parametrize(
    ("position", "centre"),
    [
        ((102.6331, 17.9757), (102.65, 17.95)),
        ((-0.01, -0.01), (-0.05, -0.05)),
        ((-0.0, 0.0), (0.05, 0.05)),
        (
            (0.1, 0.3),
            (0.15, 0.35),
        ),  # 0.1 * 3 is not 0.3 in binary: the edge belongs to the cell that begins there
        ((180.0, 0.0), (-179.95, 0.05)),
        ((-180.0, 0.0), (-179.95, 0.05)),
        ((179.99, 66.5), (179.95, 66.55)),
    ],
)
def test_a_place_is_published_as_the_centre_of_its_cell(
    position: tuple[float, float], centre: tuple[float, float]
) -> None:
    assert cells.centre(position, TENTH) == centre


def test_a_pole_lies_in_one_cell_whatever_its_longitude() -> None:
    assert {cells.centre((lon, 90.0), TENTH) for lon in (-180.0, 0.0, 77.7, 180.0)} == {
        (-170.0, 89.95)
    }


@given(positions(), st.sampled_from(SIZES))
def test_a_centre_is_the_centre_of_its_own_cell(
    position: tuple[float, float], degrees: Decimal
) -> None:
    centre = cells.centre(position, degrees)
    assert cells.centre(centre, degrees) == centre


@given(positions(), st.sampled_from(SIZES))
def test_the_half_diagonal_reaches_from_the_centre_to_the_place(
    position: tuple[float, float], degrees: Decimal
) -> None:
    away_m = geodesic.geodesic_m(cells.centre(position, degrees), position)
    assert away_m <= cells.half_diagonal_m(position, degrees)


@given(positions(), st.sampled_from(SIZES))
def test_a_cell_is_nowhere_narrower_than_a_sixth_of_its_height(
    position: tuple[float, float], degrees: Decimal
) -> None:
    west, south, east, north = cells.bounds(position, degrees)
    middle = (south + north) / 2
    height_m = geodesic.geodesic_m((west, south), (west, north))
    radius_m = (
        geodesic.geodesic_m((0.0, middle), (0.001, middle)) * 1000
    )  # of one degree along the parallel
    assert (east - west) * radius_m >= height_m / 6.1
    assert 0 <= west + 180 < 360 < 180 + east + 360


def test_a_cell_of_a_tenth_of_a_degree_reaches_seven_to_eight_kilometres() -> None:
    reach_m = [cells.half_diagonal_m((100.0, lat), TENTH) for lat in (0.0, 20.0, 40.0)]
    assert [round(value, -2) for value in reach_m] == [7800, 7600, 7000]


@settings(max_examples=40 if IS_LONG else 15)
@given(polygons())
def test_a_cover_holds_the_whole_shape_meets_it_everywhere_and_has_its_corners_on_edges_of_cells(
    shape: shapely.Polygon,
) -> None:
    covered, degrees = cells.cover(shape, TENTH)
    assert covered.is_valid
    assert covered.buffer(1e-9).covers(shape)
    assert covered.within(
        shape.buffer(float(degrees) * 40)
    )  # cells are joined to wider ones towards the poles
    assert all(
        Decimal(repr(float(value))) % degrees == 0
        for value in shapely.get_coordinates(covered).flat
    )


def test_a_shape_of_too_many_cells_takes_coarser_ones() -> None:
    assert cells.cover(shapely.box(95, 5, 125, 40), TENTH)[1] == Decimal("1.0")


def test_a_line_along_the_antimeridian_is_covered() -> None:
    covered, _ = cells.cover(shapely.LineString([(180, 10), (180, 10.25)]), TENTH)
    assert covered.bounds == (179.9, 10.0, 180.0, 10.3)
