"""Priors: the table, what is said of it, and priors of one's own."""

from __future__ import annotations

import json
import math
from importlib.resources import files
from typing import Any

import numpy as np
import pytest

from escape_route.distance.priors import PRIORS, Deviates, Prior, Under, windings
from escape_route.distance.settings import Settings
from escape_route.errors import UsageError
from escape_route.model.modes import Mode

JUDGED = {Mode.FOOT_WILD, Mode.BOAT_ACROSS, Mode.FLIGHT, Mode.UNKNOWN}
TABLE = json.loads((files("escape_route.distance") / "priors.json").read_text("utf-8"))
ROWS = [(mode, kind) for mode in Mode for kind in TABLE["modes"][str(mode)]["stops"]]


@pytest.mark.parametrize(
    ("mode", "length_km", "median"), [(Mode.ROAD, 100, 1.11), (Mode.RAIL, 300, 1.19)]
)
def test_a_mixture_of_kinds_of_stops_has_its_median_among_theirs(
    mode: Mode, length_km: float, median: float
) -> None:
    """By road at 100 km 1.11 as most are told, 1.01 unlike most, 1.24 by any towns; by rail at 300 1.19, 1.03, 1.33."""
    assert PRIORS[mode].at(length_km)[0] == pytest.approx(median, abs=0.01)


@pytest.mark.parametrize("mode", Mode)
def test_the_interval_that_is_said_is_that_of_the_draws(mode: Mode) -> None:
    """By a fifth of a million draws of the model as its formula has it, written out here on its own."""
    rng = np.random.default_rng(5)
    count = 200_000
    kinds = list(TABLE["modes"][str(mode)]["stops"].values())
    chosen = rng.choice(len(kinds), count, p=[row["share"] for row in kinds])
    region, route, leg = rng.standard_normal((3, count))
    factor = np.empty(count)
    for which, row in enumerate(kinds):
        x = math.log(min(max(250.0, row["range_km"][0]), row["range_km"][1]) / 100)
        mean = row["mean"][0] + row["mean"][1] * x + row["mean"][2] * x * x
        way_sd = row["way_sd"][0] * math.exp(row["way_sd"][1] * x)
        z = math.sqrt(row["rho"]) * route + math.sqrt(1 - row["rho"]) * leg
        mine = chosen == which
        factor[mine] = 1 + np.exp(mean + row["region_sd"] * region + way_sd * z)[mine]
    low, median, high = np.quantile(factor, [0.05, 0.5, 0.95])
    assert PRIORS[mode].at(250.0) == pytest.approx((median, low, high), rel=0.01)


@pytest.mark.parametrize(("mode", "kind"), ROWS)
def test_every_number_says_how_it_was_found(mode: Mode, kind: str) -> None:
    row = TABLE["modes"][str(mode)]["stops"][kind]
    assert row["found"] in {"estimated", "told", "judgement"}
    by_legs = row.get("legs_found", row["found"])
    assert row["basis"] if by_legs == "judgement" else row["legs"] >= 1000
    assert row["found"] != "told" or row["journeys"] >= 15
    assert set(row.get("sources", [])) <= set(TABLE["sources"])
    assert 0 <= row["rho_range"][0] <= row["rho"] <= row["rho_range"][1] <= 1


@pytest.mark.parametrize("mode", Mode)
def test_the_shares_of_the_kinds_of_stops_add_up(mode: Mode) -> None:
    assert sum(stops.share for stops in PRIORS[mode].stops) == pytest.approx(1)


def wound(prior: Prior, length_km: float, z: float, under: Under = Under()) -> float:  # noqa: B008  # frozen
    same = np.array([z])
    (found,) = prior.factors(
        np.array([length_km]), Deviates(same, same, same), np.array([0.3]), under=under
    )
    return float(found[0])


def test_by_sea_land_under_the_line_makes_the_way_longer() -> None:
    clear, half = (
        wound(PRIORS[Mode.SEA], 100, 0.0, Under(land_share=share)) for share in (0.0, 0.5)
    )
    assert (clear, half) == (pytest.approx(1.025, abs=0.001), pytest.approx(1.103, abs=0.001))


@pytest.mark.parametrize("mode", [Mode.ROAD, Mode.ROAD_POOR, Mode.RAIL])
def test_over_mountains_a_way_winds_more_than_over_a_plain(mode: Mode) -> None:
    """Roughness e times 100 m and a third of it; where it is 100 m the table's own mean stands."""
    plain, hills, mountains = (
        wound(PRIORS[mode], 100, 0.0, Under(roughness=told)) for told in (-1.0, 0.0, 1.0)
    )
    assert plain < hills < mountains
    assert hills == wound(PRIORS[mode], 100, 0.0)


@pytest.mark.parametrize("mode", [Mode.FOOT, Mode.BOAT_ALONG, Mode.SEA, Mode.FLIGHT, Mode.UNKNOWN])
def test_where_the_ground_told_nothing_it_changes_nothing(mode: Mode) -> None:
    assert wound(PRIORS[mode], 100, 0.5, Under(roughness=2.0)) == wound(PRIORS[mode], 100, 0.5)


@pytest.mark.parametrize("mode", Mode)
def test_no_way_is_shorter_than_the_geodesic(mode: Mode) -> None:
    lengths_km, deviates = 10 ** np.linspace(-3, 4.3, 50), np.linspace(-40, 6, 50)
    assert min(wound(PRIORS[mode], length_km, z) for length_km in lengths_km for z in deviates) >= 1


@pytest.mark.parametrize("mode", Mode)
def test_every_mode_has_a_prior_with_its_basis_and_says_whether_it_is_a_judgement(
    mode: Mode,
) -> None:
    assert PRIORS[mode].mode is mode
    assert PRIORS[mode].basis
    assert PRIORS[mode].judgement is (mode in JUDGED)


@pytest.mark.parametrize(("inside_km", "outside_km"), [(10, 1), (3_010, 9_000)])
def test_roads_are_not_extrapolated(inside_km: float, outside_km: float) -> None:
    assert PRIORS[Mode.ROAD].at(inside_km)[0] == PRIORS[Mode.ROAD].at(outside_km)[0]


def test_on_foot_one_is_slower_in_the_wild() -> None:
    assert [mode.row.pace and mode.row.pace.kmh for mode in (Mode.FOOT_WILD, Mode.FOOT)] == [
        (1.5, 3.0),
        (3.0, 5.0),
    ]


def test_a_prior_of_ones_own_has_the_interval_that_it_was_given() -> None:
    (winding,) = windings({"road": (1.2, 1.8)})
    _, low, high = winding.prior.at(300)
    assert (low, high) == (pytest.approx(1.2), pytest.approx(1.8))
    assert winding.prior.judgement
    assert winding.prior.basis == "set for this run: 1.2 to 1.8, 9 in 10"


@pytest.mark.parametrize("factor", [1, 1.3])
def test_one_number_is_the_factor_of_every_way(factor: float) -> None:
    (winding,) = windings({"rail": factor})
    assert [wound(winding.prior, 5, -3.0), wound(winding.prior, 500, 3.0)] == pytest.approx(
        [factor, factor]
    )


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
