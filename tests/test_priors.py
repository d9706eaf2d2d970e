"""Priors against the table of methods.md, section 3, and the measured bands of ../shared/data."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from escape_route.distance.priors import PRIORS, windings
from escape_route.distance.settings import Settings
from escape_route.errors import UsageError
from escape_route.model.modes import Mode

if TYPE_CHECKING:
    from pathlib import Path

#: Mode, km, median and 90 % interval as the table has them.
TABLE = [
    (Mode.ROAD_POOR, 100, 1.57, (1.23, 2.4)),
    (Mode.RAIL, 100, 1.33, (1.16, 1.69)),
    (Mode.FOOT, 100, 1.40, (1.14, 2.2)),
    (Mode.FOOT_WILD, 100, 1.65, (1.21, 3.1)),
    (Mode.BOAT_ALONG, 100, 1.29, (1.07, 2.0)),
    (Mode.BOAT_ACROSS, 1, 1.10, (1.03, 1.4)),
    (Mode.FLIGHT, 1_500, 1.08, (1.03, 1.2)),
    (Mode.UNKNOWN, 1_500, 1.40, (1.13, 2.3)),
]
JUDGED = {Mode.ROAD_POOR, Mode.FOOT_WILD, Mode.BOAT_ACROSS, Mode.SEA, Mode.UNKNOWN}
_NORMAL_95 = 1.6448536269514722


def sigma(mode: Mode, length_km: float) -> float:
    median, _, high = PRIORS[mode].at(length_km)
    return math.log((high - 1) / (median - 1)) / _NORMAL_95


@pytest.mark.parametrize(("mode", "length_km", "median", "interval"), TABLE)
def test_a_prior_has_the_median_and_the_interval_of_the_table(
    mode: Mode, length_km: float, median: float, interval: tuple[float, float]
) -> None:
    found, *ends = PRIORS[mode].at(length_km)
    assert found == pytest.approx(median, abs=0.006)
    assert ends[0] == pytest.approx(interval[0], abs=0.015)
    assert ends[1] == pytest.approx(interval[1], abs=0.051)


@pytest.mark.parametrize(("length_km", "median"), [(100, 1.40), (1_500, 1.27)])
def test_roads_have_the_median_of_the_table(length_km: float, median: float) -> None:
    assert PRIORS[Mode.ROAD].at(length_km)[0] == pytest.approx(median, abs=0.006)


def test_roads_wind_as_much_as_the_bands_of_great_britain(shared: Path) -> None:
    """The fit through 5,434 distances passes each band's own median ln(f - 1) within 0.12, and both go down."""
    bands = json.loads((shared / "data" / "circuity_road_gb_by_distance.json").read_text("utf-8"))["bins"]
    for band in bands:
        middle_km = math.sqrt(band["km_min"] * band["km_max"])
        mu = math.log(PRIORS[Mode.ROAD].at(middle_km)[0] - 1)
        assert mu == pytest.approx(math.log(band["median"] - 1), abs=0.12)


def test_roads_spread_as_the_bands_do_and_as_countries_differ(shared: Path) -> None:
    """1.3 +- 0.1 over nine regions, npj Complexity 2024: a third of the excess, added in squares."""
    bands = json.loads((shared / "data" / "circuity_road_gb_by_distance.json").read_text("utf-8"))["bins"]
    for band in bands:
        own = min(max(band["ln_excess_sigma"], 0.30), 0.82)
        assert sigma(Mode.ROAD, band["km_min"] + 1) == pytest.approx(math.hypot(own, 0.1 / 0.3), abs=0.02)


@pytest.mark.parametrize("mode", Mode)
def test_no_way_is_shorter_than_the_geodesic(mode: Mode) -> None:
    lengths_km = np.repeat(10 ** np.linspace(-3, 4.3, 50), 50)
    deviates = np.tile(np.linspace(-40, 6, 50), 50)
    assert (PRIORS[mode].factor(lengths_km, deviates) >= 1).all()


@pytest.mark.parametrize("mode", Mode)
def test_every_mode_has_a_prior_with_its_basis_and_says_whether_it_is_a_judgement(mode: Mode) -> None:
    assert PRIORS[mode].mode is mode
    assert PRIORS[mode].basis
    assert PRIORS[mode].judgement is (mode in JUDGED)


@pytest.mark.parametrize(("inside_km", "outside_km"), [(5, 1), (2_000, 9_000)])
def test_roads_are_not_extrapolated(inside_km: float, outside_km: float) -> None:
    assert PRIORS[Mode.ROAD].at(inside_km)[0] == PRIORS[Mode.ROAD].at(outside_km)[0]


def test_on_foot_one_is_slower_in_the_wild() -> None:
    assert [mode.row.pace and mode.row.pace.kmh for mode in (Mode.FOOT_WILD, Mode.FOOT)] == [(1.5, 3.0), (3.0, 5.0)]


def test_a_prior_of_ones_own_has_the_interval_that_it_was_given() -> None:
    (winding,) = windings({"road": (1.2, 1.8)})
    _, low, high = winding.prior.at(300)
    assert (low, high) == (pytest.approx(1.2), pytest.approx(1.8))
    assert winding.prior.judgement
    assert winding.prior.basis == "set for this run: 1.2 to 1.8, 9 in 10"


@pytest.mark.parametrize("factor", [1, 1.3])
def test_one_number_is_the_factor_of_every_way(factor: float) -> None:
    (winding,) = windings({"rail": factor})
    assert winding.prior.factor(np.array([5.0, 500.0]), np.array([-3.0, 3.0])) == pytest.approx([factor, factor])


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"roads": 1.2}, r'roads is not a mode \(did you mean "road"\?\)'),
        ({"road": 0.9}, r"road: 0\.9 to 0\.9 is not 1 or more, the lower factor first"),
        ({"road": (1.5, 1.2)}, r"road: 1\.5 to 1\.2 is not 1 or more, the lower factor first"),
        ({"road": (1, 1.2)}, r"road: a range starts above 1"),
        ({"road": (1.1, 1.2, 1.3)}, r"road: \(1\.1, 1\.2, 1\.3\) is neither a factor nor two"),
        ({"road": float("nan")}, r"road: nan to nan is not 1 or more"),
        ({"road": ("a", "b")}, r"road: \('a', 'b'\) is neither a factor nor two"),
    ],
)
def test_a_prior_that_is_none_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=rf"\Apriors: {message}"):
        windings(given)


def test_priors_of_ones_own_stand_in_the_place_of_ours_and_the_others_stay() -> None:
    found = Settings(priors=windings({"road": 1.1})).all_priors
    assert found[Mode.ROAD].at(100) == pytest.approx((1.1, 1.1, 1.1))
    assert {mode: prior for mode, prior in found.items() if mode is not Mode.ROAD} == {
        mode: prior for mode, prior in PRIORS.items() if mode is not Mode.ROAD
    }
