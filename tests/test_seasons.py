"""Seasons are those of the half of the Earth that the place lies on, and of both where nothing tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from escape_route.cli import main as cli
from escape_route.language.catalogues import Words
from escape_route.language.whens import in_words
from escape_route.model import dates, seasons
from escape_route.model.told_dates import each_way, meanings
from making import waypoint
from test_newcomers import place, table

if TYPE_CHECKING:
    from pathlib import Path

TROPIC = 23.44


@pytest.mark.parametrize(
    ("lat", "season", "months"),
    [
        (52.5, 23, "1974-09/1974-11"),
        (-34.6, 23, "1974-03/1974-05"),
        (-34.6, 21, "1974-09/1974-11"),
        (-34.6, 24, "1974-06/1974-08"),
        (-34.6, 22, "1973-12/1975-02"),  # of either new year
        (52.5, 24, "1973-12/1975-02"),
        (TROPIC + 0.01, 22, "1974-06/1974-08"),
        (TROPIC, 23, "1974-03/1974-11"),
        (0.0, 21, "1974-03/1974-11"),
        (-TROPIC, 23, "1974-03/1974-11"),
        (-TROPIC - 0.01, 23, "1974-03/1974-05"),
        (-34.6, 31, "1974-31"),
        (-34.6, 27, "1974-27"),  # its own half is told
    ],
)
def test_a_season_is_that_of_its_place(lat: float, season: int, months: str) -> None:
    assert seasons.dated([waypoint(0, label=(-58.4, lat), when=f"1974-{season}")]) == [months]


def test_a_disc_that_reaches_into_the_tropics_says_nothing() -> None:
    told = waypoint(0, label=(-58.4, -24.0), uncertainty_m=100_000.0, when="1974-23")
    assert seasons.dated([told]) == ["1974-03/1974-11"]


def test_a_place_without_a_point_has_the_seasons_of_those_around_it_where_both_agree() -> None:
    south, north = ({"label": (-58.4, lat), "when": "1974"} for lat in (-34.6, 59.6))
    unplaced = waypoint(1, when="1974-23/1974-12")
    for last, read in ((south, "1974-03/1974-12"), (north, "1974-03/1974-12")):
        assert seasons.dated([waypoint(0, **south), unplaced, waypoint(2, **last)])[1] == read
    assert (
        seasons.dated([waypoint(0, **north), unplaced, waypoint(2, **north)])[1]
        == "1974-09/1974-12"
    )
    assert seasons.dated([unplaced, waypoint(2, **north)])[0] == "1974-03/1974-12"


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("summer 1973/74", "1973-30"),
        ("all summer 1973-74", "1973-30"),
        ("verano de 1973/74", "1973-30"),
        ("Southern Hemisphere summer 1973/74", "1973-30"),
        ("summer 1973/74 to March 1974", "1973-30/1974-03"),
        ("from summer 1973/74 to March 1974", "1973-30/1974-03"),
        ("southern winter 1974", "1974-32"),
        ("invierno austral de 1974", "1974-32"),
        ("hiver austral 1974", "1974-32"),
        ("Winter auf der Südhalbkugel 1974", "1974-32"),
        ("1974년 남반구 겨울", "1974-32"),
        ("1974年南半球の冬", "1974-32"),
        ("شتاء جنوبي 1974", "1974-32"),
        ("late southern spring 1973", "1973-11-01/1973-12-21"),
        ("late summer 1973/74", "1974-02-01/1974-03-21"),
        ("northern winter 1974", "1974-28"),
        ("our winter 1974", "1974-24"),
        ("nuestro invierno de 1974", "1974-24"),
        ("winter 1944/45", "1944-12/1945-02"),
        ("the whole winter 1944/45", "1944-12/1945-02"),
    ],
)
def test_a_season_of_the_south_is_read_in_words(told: str, read: str) -> None:
    assert meanings(told) == (read,)


def test_a_southern_summer_of_one_year_is_asked() -> None:
    meant = meanings("southern summer 1974")
    assert each_way(meant) == "1973-30 (1973-12/1974-02), or 1974-30 (1974-12/1975-02)"
    assert meanings("spring 1944/45") == meanings("summer 1944/46") == ()


def test_a_season_of_the_south_is_said_as_it_was_told() -> None:
    said = [
        in_words(each, Words())
        for each in ("1973-30", "1974-31", "1974-02-01/1974-03-21", "1973-11-01/1973-12-21")
    ]
    assert said == ["summer 1973/74", "autumn 1974", "late summer 1973/74", "late spring 1973"]
    assert [in_words("1973-30", Words(each)) for each in ("de", "ko")] == [
        "Sommer 1973/74",
        "1973/74년 여름",
    ]


def test_a_winter_lasts_until_february() -> None:
    for code in (24, 28, 30):
        assert dates.span_of(f"1973-{code}") == dates.span_of("1973-12/1974-02")
    assert dates.is_date("9999-24")


def test_import_says_how_a_season_of_the_south_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    argentine = [
        place("Bariloche", "start", within="Argentina", when="late spring 1973"),
        place("Buenos Aires", within="Argentina", when="autumn 1974"),
        place("Stockholm", "reached", within="Sweden", when="autumn 1974"),
    ]
    (tmp_path / "trip.csv").write_text(table(argentine), encoding="utf-8")
    assert cli.main(["import", str(tmp_path / "trip.csv")]) == 0
    said = [
        line.partition('"')[1:]
        for line in capsys.readouterr().out.splitlines()
        if "read as in the south" in line
    ]
    read = "is read as in the south, where this place lies:"
    assert ["".join(each) for each in said] == [
        f'"late spring 1973" {read} 1973-11-01/1973-12-21',
        f'"autumn 1974" {read} 1974-03/1974-05',
    ]
    written = (tmp_path / "trip.geojson").read_text(encoding="utf-8")
    assert [written.count(each) for each in ("1973-11-01/1973-12-21", "1974-31", "1974-23")] == [
        1,
        1,
        1,
    ]


def test_the_part_of_a_season_between_the_tropics_is_said_where_the_way_goes_south(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    way = [
        place("Buenos Aires", "start", within="Argentina", when="autumn 1974"),
        place("Lima", "reached", within="Peru", when="late autumn 1974"),
    ]
    (tmp_path / "trip.csv").write_text(table(way), encoding="utf-8")
    assert cli.main(["import", str(tmp_path / "trip.csv")]) == 0
    ways = "1974-11-01/1974-12-20 (if it was in the south, write 1974-05-01/1974-06-21)"
    assert f'"late autumn 1974" is read as in the north: {ways}' in capsys.readouterr().err
