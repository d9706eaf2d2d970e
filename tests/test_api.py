"""`Journey` and `Report` as users hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import folium
import pandas as pd
import pytest

import escape_route as er
from beside import GEO, SHIPPED
from documents import content, journey
from escape_route.errors import EscapeRouteError, JourneyFileError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

LEGS = [
    "from",
    "to",
    "length_km",
    "by_pyproj_differs_nm",
    "bearing_deg",
    "modes",
    "status",
    "country",
    "remark",
]
CLAIMS = [
    "id",
    "stated",
    "scope",
    "stated_km",
    "verdict",
    "lower_bound_km",
    "low95_km",
    "median_km",
    "high95_km",
]


@pytest.fixture(scope="module")
def report() -> er.Report:
    return er.check(er.read_journey("ro-family"), draws=200)


@pytest.fixture
def walk(tmp_path: Path) -> er.Journey:
    """Three places told as points, which is quick to check."""
    (tmp_path / "walk.geojson").write_bytes(content(journey()))
    return er.read_journey(tmp_path / "walk.geojson")


@pytest.mark.parametrize("name", SHIPPED)
def test_a_journey_is_read_by_its_name_or_by_its_path(name: str) -> None:
    path = GEO / f"{name}.geojson"
    assert (
        er.read_journey(name).data == er.read_journey(path).data == er.read_journey(str(path)).data
    )
    assert er.read_journey(name).id == name


def test_the_shipped_journeys_are_those_of_the_folder() -> None:
    assert er.shipped_journeys() == SHIPPED
    assert {path.stem for path in GEO.glob("*.geojson")} == set(SHIPPED)


def test_a_file_goes_before_a_shipped_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lee-son").write_bytes(content(journey()))
    monkeypatch.chdir(tmp_path)
    assert er.read_journey("lee-son").id == "walk"


def test_a_folder_does_not_hide_a_shipped_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lee-son").mkdir()
    monkeypatch.chdir(tmp_path)
    assert er.read_journey("lee-son").id == "lee-son"


def test_a_journey_that_is_not_there_is_told_with_those_that_are() -> None:
    message = (
        r"\Ano-one: no such file, and not a shipped journey \(ro-family, lee-so-yeon, lee-son\)\Z"
    )
    with pytest.raises(EscapeRouteError, match=message):
        er.read_journey("no-one")


def test_a_bad_file_raises_with_its_problems(tmp_path: Path) -> None:
    (tmp_path / "x.geojson").write_text("[]")
    with pytest.raises(
        JourneyFileError,
        match=r"x\.geojson: the root of a GeoJSON file is an object, not \[\] \(begin with ",
    ) as error:
        er.read_journey(tmp_path / "x.geojson")
    assert [problem.place for problem in error.value.problems] == [""]


def test_a_journey_says_what_it_is() -> None:
    one = er.read_journey("ro-family")
    assert repr(one) == "<Journey ro-family: 9 waypoints, 9 claims>"
    assert one.title == "Five people, four borders, and a number no page explains"
    assert one.outcome == "reached"


def test_legs_are_a_table_with_units_in_its_names() -> None:
    legs = er.read_journey("ro-family").legs()
    assert list(legs.columns) == LEGS
    assert legs["to"].tolist() == [f"ro-{number}" for number in range(1, 9)]
    assert legs["length_km"].dtype == float
    assert legs["length_km"].isna().tolist() == [
        True,
        True,
        False,
        False,
        False,
        False,
        False,
        False,
    ]


def test_a_leg_between_vague_places_is_marked() -> None:
    remarks = er.read_journey("ro-family").legs()["remark"].tolist()
    assert remarks == ["no label point at an end"] * 2 + ["between label points, nobody's way"] * 6


def test_the_chain_of_label_points_is_as_long_as_the_facts_say() -> None:
    km = er.read_journey("ro-family").legs()["length_km"]
    assert km.iloc[:7].sum() == pytest.approx(4020, abs=10)  # facts.md, section 1: ro-2 to Thailand
    assert km.sum() == pytest.approx(7410, abs=10)  # to South Korea


def test_a_journey_without_a_leg_has_an_empty_table_of_the_same_columns(tmp_path: Path) -> None:
    document = journey(claims=[])
    document["features"] = document["features"][:1]
    (tmp_path / "x.geojson").write_bytes(content(document))
    legs = er.read_journey(tmp_path / "x.geojson").legs()
    assert (len(legs), list(legs.columns)) == (0, LEGS)


def test_checking_is_the_same_from_the_journey_and_from_the_package(walk: er.Journey) -> None:
    one, other = walk.check(draws=50), er.check(walk, draws=50)
    assert one.to_document() == other.to_document()
    assert str(one) == one.finding()
    assert repr(one) == f"<Report walk: {one.finding()}>"


def test_claims_are_a_table_with_units_in_its_names(report: er.Report) -> None:
    claims = report.claims
    assert list(claims.columns) == [*CLAIMS, "ratio", "unexplained_km", "firm", "share_beyond"]
    assert set(claims["id"]) == {"c-chosun", "c-moneytimes", "c-hrnk", "c-review"}
    assert claims.set_index("id").loc["c-review", "stated_km"] == 5000


def test_a_journey_without_claims_has_an_empty_table() -> None:
    assert er.check(er.read_journey("lee-son"), draws=10).claims.empty


def test_the_legs_of_a_report_carry_what_was_drawn(report: er.Report) -> None:
    more = ["plausible_low95_km", "plausible_median_km", "plausible_high95_km", "variance_share"]
    assert list(report.legs.columns) == LEGS + more
    drawn = report.legs.dropna()
    assert (drawn["plausible_low95_km"] <= drawn["plausible_high95_km"]).all()


def test_draws_are_a_table_with_a_row_a_draw(report: er.Report) -> None:
    assert report.draws.shape == (200, 8)
    assert report.draws.columns[2] == "ro-2 to ro-3, km"


def test_equal_seeds_give_equal_draws(walk: er.Journey) -> None:
    drawn = er.check(walk, draws=50, seed=1).draws
    pd.testing.assert_frame_equal(er.check(walk, draws=50, seed=1).draws, drawn)
    assert not er.check(walk, draws=50, seed=2).draws.equals(drawn)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            {"draws": 0},
            "draws: 0 is not 1 or more: leave it out for as many as the printed digits need",
        ),
        (
            {"draws": 10**9},
            "draws: 1000000000 is more than 1000000: leave it out for as many as the printed digits need",
        ),
        (
            {"rho": 2},
            r"rho: 2 is outside 0\.\.1: leave it out for what was estimated for each mode",
        ),
        (
            {"rho": float("nan")},
            r"rho: nan is outside 0\.\.1: leave it out for what was estimated for each mode",
        ),
        ({"seed": -1}, "seed: -1 is below 0: any whole number from 0 up, such as 2019"),
        ({"where": "nowhere"}, "where: nowhere is not one of crossings, anywhere_near, anywhere"),
    ],
)
def test_a_setting_outside_what_it_may_be_is_refused(
    settings: dict[str, float | str], message: str
) -> None:
    with pytest.raises(UsageError, match=rf"\A{message}\Z"):
        er.check(er.read_journey("lee-son"), **settings)  # type: ignore[arg-type]


def test_exploring_gives_a_folium_map() -> None:
    assert isinstance(er.read_journey("lee-son").explore(), folium.Map)


def test_a_map_is_saved_as_one_file(tmp_path: Path) -> None:
    target = er.read_journey("lee-son").save_map(tmp_path / "x.html")
    assert target.read_text().startswith("<!doctype html>")
    assert list(tmp_path.iterdir()) == [target]


def test_a_name_that_the_package_has_not_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="module 'escape_route' has no attribute 'nothing'"):
        er.nothing  # noqa: B018
    assert dir(er) == sorted(er.__all__)
