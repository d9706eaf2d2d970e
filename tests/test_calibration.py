"""The calibration, its stored numbers, and that docs/method.md says what the code does."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING

import pytest

from beside import PROJECT
from escape_route.distance import bounds, intervals, plausible
from escape_route.distance.bounds import Edge
from escape_route.distance.priors import PRIORS, Alike
from escape_route.distance.settings import Settings, Where
from escape_route.geography.ellipsoid import LARGEST_RADIUS_M
from escape_route.language.phrases import Phrases
from escape_route.language.view import ReportView
from escape_route.model.places import located
from making import checked, country, disc, shipped

if TYPE_CHECKING:
    from escape_route.model.modes import Mode

BENCHMARKS = PROJECT / "benchmarks"
MODES = tuple(PRIORS)


def script(name):
    """A script of benchmarks/, which is no package, as a module."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


sys.path.insert(0, str(BENCHMARKS))  # scripts beside each other
calibrate = script("calibrate")
SETS = {"development": calibrate.development(), "held out": calibrate.held_out()}
KNOWN = {known.id: known for known in SETS["development"]}
STORED = json.loads((BENCHMARKS / "calibration.json").read_text("utf-8"))
PUBLISHED = {
    each["id"]: each
    for each in json.loads((calibrate.KNOWN / "development.json").read_text("utf-8"))["journeys"]
}
DOCS = (PROJECT / "docs" / "method.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in DOCS.splitlines()
    if line.startswith("| ")
]


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
    # Newcombe (1998), doi 10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E: 81 of
    # 263
    assert calibrate.wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)


@pytest.mark.parametrize(("hits", "end"), [(0, 0), (10, 1)])
def test_the_interval_of_a_share_stays_between_0_and_1(hits, end):
    assert calibrate.wilson(hits, 10)[end] == pytest.approx(hits / 10)


@pytest.mark.parametrize("known", [KNOWN[each] for each in PUBLISHED], ids=PUBLISHED)
def test_a_known_journey_is_told_as_the_chain_of_its_waypoints(known):
    drawn = plausible.draw(calibrate.told(known), Settings(draws=1))
    assert drawn.chain_m.sum() / 1000 == pytest.approx(
        PUBLISHED[known.id]["check_chain_km"], abs=0.06
    )


def test_a_leg_outside_the_published_length_is_not_counted():
    (outside,) = KNOWN["te-araroa"].outside
    drawn = plausible.draw(calibrate.told(KNOWN["te-araroa"]), Settings(draws=9))
    assert not drawn.travelled_m[:, outside].any()


@pytest.mark.parametrize(
    "known", {known.mode: known for known in KNOWN.values()}.values(), ids=lambda known: known.mode
)
def test_the_stored_calibration_is_what_the_code_gives(known, monkeypatch):
    monkeypatch.setattr(
        calibrate, "_by_network", lambda _: calibrate.by_network.ByNetwork(None)
    )  # it takes long
    found = calibrate.rounded(asdict(calibrate.weigh(known, Settings(draws=20_000))))
    stored = next(each for each in STORED["development"]["journeys"] if each["id"] == known.id)
    for key in set(found) - {"network_km", "network_reason"}:
        want = stored[key]
        assert found[key] == (
            want if isinstance(want, str | list) else pytest.approx(want, rel=1e-4, abs=1e-3)
        )


@pytest.mark.parametrize("name", SETS)
def test_every_known_journey_is_in_the_stored_calibration(name):
    assert [each["id"] for each in STORED[name]["journeys"]] == [known.id for known in SETS[name]]


@pytest.mark.parametrize("name", SETS)
def test_the_stored_cover_is_counted_from_the_stored_journeys(name):
    weighed = [calibrate.Weighed(**each) for each in STORED[name]["journeys"]]
    found = [calibrate.rounded(asdict(each)) for each in calibrate.covers(weighed)]
    for each, stored in zip(found, STORED[name]["cover"], strict=True):
        assert (each["name"], each["n"], list(each["held"])) == (
            stored["name"],
            stored["n"],
            stored["held"],
        )


def test_what_the_check_says_of_itself_is_what_was_counted_on_the_held_out_ones():
    held = sum(each["held"][-1] for each in STORED["held out"]["journeys"])
    assert intervals.record() == intervals.Record(held, len(SETS["held out"]))
    said = Phrases("en").held(ReportView.of(checked("ro-family")).method)
    assert f"held {held} of {len(SETS['held out'])} known journeys" in said


def test_the_page_is_written_from_what_is_stored():
    page = script("calibration_page")
    tried = json.loads((BENCHMARKS / "priors" / "tried.json").read_text("utf-8"))
    written = (PROJECT / "docs" / "calibration.md").read_text("utf-8")
    for lines in (
        page.targets(STORED, tried),
        page.table(STORED["held out"]["cover"]),
        page.networks(STORED),
    ):
        assert "\n".join(lines) in written


def test_how_likely_a_count_is_by_chance():
    assert calibrate.chance(5, 10, 0.5) == pytest.approx(1)
    assert calibrate.chance(0, 10, 0.5) == pytest.approx(2 / 2**10)


def test_the_score_of_a_forecast_of_one_number_is_its_error():
    rivals = script("rivals")
    assert rivals.crps(calibrate.np.full(50, 130.0), 100.0) == pytest.approx(0.3)
    uniform = calibrate.np.linspace(0, 1, 10_001)  # of a uniform forecast 1/12 at its middle
    assert rivals.crps(uniform, 0.5) * 0.5 == pytest.approx(1 / 12, abs=1e-3)


# --- docs/method.md


@pytest.mark.parametrize("mode", MODES)
def test_the_docs_have_the_priors_of_the_code(mode):
    assert row(mode, 7)[2:5] == shown(mode)


@pytest.mark.parametrize("mode", MODES)
def test_the_docs_mark_the_priors_that_are_a_judgement(mode):
    assert row(mode, 7)[6].startswith("**[J]**") == PRIORS[mode].judgement


def test_the_docs_have_the_largest_radius():
    assert f"R = a²/b = {LARGEST_RADIUS_M / 1000:,.1f} km" in DOCS


@cache
def from_the_mountain(*ends):
    """Bound of the Ro family's way from the mountain to a place, or through their own places where none is given."""
    journey = shipped("ro-family")
    places = [
        located(journey)[index]
        for index in range(journey.index_of("ro-2"), journey.index_of("ro-8"))
    ]
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
    ("first", "end"),
    [("on to South Korea", country("KR")), ("on to the label point of South Korea", disc(127, 37))],
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
        next(
            each.plausible_km
            for each in scope.sensitivities
            if (each.where, each.alike) == (where, Alike.TAKEN)
        )
        for scope in ReportView.of(checked("ro-family")).scopes[:2]
    ]
    assert told[2:] == [f"{each.low95:,.0f}-{each.high95:,.0f}" for each in found]
