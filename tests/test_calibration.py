"""The calibration, its stored numbers, and that docs/method.md says what the code does."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from functools import cache

import pytest

from beside import PROJECT
from escape_route.distance import bounds, plausible
from escape_route.distance.priors import PRIORS
from escape_route.distance.settings import Settings, Where
from escape_route.distance.shortest import Edge
from escape_route.geography.geodesic import LARGEST_RADIUS_M
from escape_route.language.sentences import rounded
from escape_route.model.modes import Mode
from escape_route.model.places import located
from making import checked, country, disc, shipped

BENCHMARKS = PROJECT / "benchmarks"
MODES = tuple(PRIORS)


def script(name):
    """A script of benchmarks/, which is no package, as a module."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


calibrate = script("calibrate")
KNOWN = {known["id"]: known for known in calibrate.known_journeys()}
STORED = json.loads((BENCHMARKS / "calibration.json").read_text("utf-8"))
JOURNEYS = {each["id"]: each for each in STORED["journeys"]}
COVER = {each["name"]: each for each in STORED["cover"]}
DOCS = (PROJECT / "docs" / "method.md").read_text("utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in DOCS.splitlines() if line.startswith("| ")]


def row(first: str, cells: int) -> list[str]:
    """The row of a table in docs/method.md that begins so and has so many cells."""
    (found,) = [each for each in ROWS if each[0] == first and len(each) == cells]
    return found


def shown(mode: Mode) -> list[str]:
    """Factors of a prior at the three distances, as the docs write them."""
    found = [PRIORS[mode].at(length_km) for length_km in (100.0, 500.0, 1500.0)]
    return [f"{median:.2f} ({low:.2f}-{high:.2f})" for median, low, high in found]


# --- the calibration itself


def test_the_interval_of_a_share_is_the_published_one():
    # Newcombe (1998), doi 10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E: 81 of 263
    assert calibrate.wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)


@pytest.mark.parametrize(("hits", "end"), [(0, 0), (10, 1)])
def test_the_interval_of_a_share_stays_between_0_and_1(hits, end):
    assert calibrate.wilson(hits, 10)[end] == pytest.approx(hits / 10)


@pytest.mark.parametrize("known", KNOWN.values(), ids=KNOWN)
def test_a_known_journey_is_told_as_the_chain_of_its_waypoints(known):
    (drawn,) = plausible.draw_at(calibrate.told(known), Settings(draws=1), (0.5,))
    assert drawn.chain_m.sum() / 1000 == pytest.approx(known["check_chain_km"], abs=0.06)


def test_a_leg_outside_the_published_length_is_not_counted():
    (outside,) = KNOWN["te-araroa"]["legs_outside_published_length"]
    (drawn,) = plausible.draw_at(calibrate.told(KNOWN["te-araroa"]), Settings(draws=9), (0.5,))
    assert not drawn.travelled_m[:, outside].any()


@pytest.mark.parametrize(
    "name", [next(j for j in KNOWN if KNOWN[j]["mode"] == mode) for mode in COVER if mode in MODES]
)
def test_the_stored_calibration_is_what_the_code_gives(name):
    settings = Settings(seed=STORED["settings"]["seed"], draws=STORED["settings"]["draws"])
    found, stored = calibrate.weigh(KNOWN[name], settings).default, JOURNEYS[name]["at"][1]
    assert {key: getattr(found, key) for key in stored} == pytest.approx(stored, rel=1e-6, abs=1e-4)


def test_every_known_journey_is_in_the_stored_calibration():
    assert set(JOURNEYS) == set(KNOWN)


def test_the_stored_cover_is_counted_from_the_stored_journeys():
    inside = [each["at"][1]["inside95"] for each in JOURNEYS.values()]
    assert (COVER["all"]["inside95"], COVER["all"]["n"]) == (sum(inside), len(inside))


def test_the_published_lengths_fall_into_zones_that_add_up():
    assert all(sum(each["zones"]) == each["n"] for each in COVER.values())


def test_british_roads_are_the_prior_first_set_and_no_longer():
    with calibrate.british_roads():
        first = shown(Mode.ROAD)
    assert first == row("as first set", 5)[2:]
    assert shown(Mode.ROAD) == row("as mended", 5)[2:]


def test_bands_that_are_not_there_are_said_to_be_missing(tmp_path, capsys):
    calibrate.calibrate(Settings(draws=20), tmp_path / "none.json", None)
    assert f"The British driving distances are not at {tmp_path / 'none.json'}:" in capsys.readouterr().out


def test_what_it_prints_fits_80_columns(capsys, monkeypatch, shared):
    monkeypatch.setattr(calibrate, "known_journeys", lambda: list(KNOWN.values())[:2])
    calibrate.calibrate(Settings(draws=20), shared / "data" / "circuity_road_gb_by_distance.json", None)
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


def test_the_document_it_writes_says_seed_and_draws(tmp_path, monkeypatch):
    monkeypatch.setattr(calibrate, "known_journeys", lambda: list(KNOWN.values())[:1])
    calibrate.calibrate(Settings(seed=7, draws=20), tmp_path / "none.json", tmp_path / "out.json")
    settings = json.loads((tmp_path / "out.json").read_text("utf-8"))["settings"]
    assert (settings["seed"], settings["draws"]) == (7, 20)


# --- docs/method.md


@pytest.mark.parametrize("mode", MODES)
def test_the_docs_have_the_priors_of_the_code(mode):
    assert row(mode, 7)[3:6] == shown(mode)


@pytest.mark.parametrize("mode", MODES)
def test_the_docs_mark_the_priors_that_are_a_judgement(mode):
    assert row(mode, 7)[6].startswith("**[J]**") == PRIORS[mode].judgement


def test_the_docs_have_the_spread_of_the_road_prior():
    at_km = [10.0, 75.0, 150.0, 300.0, 900.0]
    sigma = [f"{PRIORS[Mode.ROAD].sigma(calibrate.np.array([length_km]))[0]:.2f}" for length_km in at_km]
    assert row("as mended", 5)[1] == ", ".join(sigma)


@pytest.mark.parametrize("name", [name for name in COVER if name != "confirmed"])
def test_the_docs_have_the_cover_that_was_found(name):
    each = COVER[name]
    share = f"{each['inside95']} = {each['inside95'] / each['n']:.0%}".replace("%", " %")
    own = f"{each['low'] * 100:.0f}-{each['high'] * 100:.0f} %"
    ends = [each["inside95_by_rho"][k] for k in (0, 2)]
    assert row(name, 9)[1:] == [
        str(each["n"]),
        share,
        own,
        *map(str, [each["below"], each["above"], each["inside50"], *ends]),
    ]


@pytest.mark.parametrize("band", STORED["road_bands"], ids=lambda band: f"{band['km_min']}-{band['km_max']}")
def test_the_docs_have_the_bands_of_the_road_prior(band):
    median, low, high = PRIORS[Mode.ROAD].at(band["middle_km"])
    found = row(f"{band['km_min']}-{band['km_max']}", 8)
    data = f"{band['low90_data']:.2f}-{band['high90_data']:.2f}"
    assert found[1:6] == [
        f"{band['n']:,}",
        f"{band['median_data']:.2f}",
        f"{median:.2f}",
        data,
        f"{low:.2f}-{high:.2f}",
    ]
    assert found[6] == f"{band['cover90']:.0%}".replace("%", " %")


def test_the_docs_have_the_largest_radius():
    assert f"R = a²/b = {LARGEST_RADIUS_M / 1000:,.1f} km" in DOCS


@cache
def from_the_mountain(*ends):
    """Bound of the Ro family's way from the mountain to a place, or through their own places where none is given."""
    journey = shipped("ro-family")
    places = [located(journey)[index] for index in range(journey.index_of("ro-2"), journey.index_of("ro-8"))]
    return bounds.lower_bound([*places, *ends], (Edge.GEODESIC,) * (len(places) + len(ends) - 1))


@pytest.mark.parametrize(("name", "code"), [("Vietnam", "VN"), ("Laos", "LA"), ("Thailand", "TH")])
def test_the_docs_have_the_gaps_from_the_mountain(name, code):
    journey = shipped("ro-family")
    gap_m = bounds.gap_m(located(journey)[journey.index_of("ro-2")], country(code))
    assert row(f"to {name}", 3)[1] == f"{gap_m / 1000:,.0f}"


def test_the_docs_have_the_shortest_journey_to_thailand():
    shortest = from_the_mountain().shortest
    assert (
        row("shortest journey to Thailand", 3)[1]
        == f"{shortest.least_m / 1000:,.0f} to {shortest.length_m / 1000:,.0f}"
    )


@pytest.mark.parametrize(
    ("first", "end"), [("on to South Korea", country("KR")), ("on to the label point of South Korea", disc(127, 37))]
)
def test_the_docs_have_the_bound_to_south_korea(first, end):
    assert row(first, 3)[1] == f"{from_the_mountain(end).bound_m / 1000:,.0f}"


def test_the_docs_say_where_the_bound_to_south_korea_ends():
    lon_deg, lat_deg = from_the_mountain(country("KR")).shortest.points[-1]
    assert f"{lat_deg:.2f} N {lon_deg:.2f} E" in row("on to South Korea", 3)[2]


@pytest.mark.parametrize("where", Where)
def test_the_docs_have_the_plausible_lengths_at_each_choice_of_where(where):
    told = next(each for each in ROWS if re.match(rf"`{where}`", each[0]))
    found = [
        next(each.plausible for each in scope.sensitivities if (each.where, each.rho) == (where, 0.5))
        for scope in checked("ro-family").scopes[:2]
    ]
    assert told[2:] == [f"{rounded(i.low95_m / 1000):,.0f}-{rounded(i.high95_m / 1000):,.0f}" for i in found]
