"""A journey from a few lines: what is filled in, and how what is wrong is told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import escape_route as er
import strategies
from escape_route.errors import JourneyFileError, UsageError
from escape_route.formats import geojson
from escape_route.model.journey import ModeShare
from escape_route.model.modes import Mode
from escape_route.model.vocabulary import Flight, Precision, Role, Status

VIENNA = {"at": (16.37, 48.21), "within_km": 10}


def walk(*more: er.Journey, **options: Any) -> er.Journey:
    """Three places from Vienna to Dresden."""
    places = [
        er.waypoint("Vienna", **VIENNA),
        er.waypoint("Czechia", footprint="country:CZ", by="rail"),
        er.waypoint("Dresden", at=(13.74, 51.05), by={"rail": 0.7, "road": 0.3}),
    ]
    return er.journey("Over the hills", *places, *more, **({"source": "A letter"} | options))


def test_what_a_few_lines_leave_out_is_filled_in() -> None:
    vienna, czechia, dresden = walk().data.waypoints
    assert [vienna.role, czechia.role, dresden.role] == [Role.START, Role.PASSED, Role.REACHED]
    assert [vienna.precision, czechia.precision, dresden.precision] == [
        Precision.CITY,
        Precision.COUNTRY,
        Precision.EXACT,
    ]
    assert (vienna.id, vienna.uncertainty_m, vienna.label) == ("vienna", 10_000, (16.37, 48.21))
    assert dresden.modes == (
        ModeShare(Mode.RAIL, 0.7, Status.SINGLE),
        ModeShare(Mode.ROAD, 0.3, Status.SINGLE),
    )
    assert {each.status for each in walk().data.waypoints} == {Status.SINGLE}


def test_a_river_or_border_is_a_crossing() -> None:
    places = [
        er.waypoint("A", **VIENNA),
        er.waypoint("B", footprint="border:LA-VN"),
        er.waypoint("C", **VIENNA),
    ]
    assert er.journey("x", *places).data.waypoints[1].role is Role.CROSSING


def test_without_a_source_a_place_is_our_own_inference() -> None:
    told = walk(source=()).data
    assert {each.status for each in told.waypoints} == {Status.INFERRED}
    assert told.waypoints[1].modes[0].status is Status.INFERRED
    assert told.sources == ()


def test_what_is_cited_under_one_title_is_one_source() -> None:
    places = [
        er.waypoint("A", source="Diary", **VIENNA),
        er.waypoint("B", source=["Diary", "Letter"], **VIENNA),
    ]
    told = er.journey("x", *places, sources={"Letter": "https://example.org/"}).data
    assert [(each.id, each.title, each.url) for each in told.sources] == [
        ("S1", "Diary", None),
        ("S2", "Letter", "https://example.org/"),
    ]
    assert told.waypoints[1].sources == ("S1", "S2")


def test_a_claim_counts_the_whole_unless_it_names_its_ends_by_name_or_id() -> None:
    stated = [
        er.claim(600, "km", wording="about"),
        er.claim(300, "km", start="Vienna", end="czechia", flight="no"),
    ]
    whole, part = walk(claims=stated).data.claims
    assert (whole.id, whole.scope.start, whole.scope.end, whole.scope.flight) == (
        "c1",
        "vienna",
        "dresden",
        Flight.UNKNOWN,
    )
    assert (part.id, part.scope.start, part.scope.end, part.scope.flight) == (
        "c2",
        "vienna",
        "czechia",
        Flight.NO,
    )
    assert whole.sources == ("S1",)


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["Kraków", "Łódź"], ["krakow", "odz"]),
        (["Home", "Home"], ["home", "home-2"]),
        (["집", "여관"], ["place-1", "place-2"]),
    ],
)
def test_an_id_is_the_name_in_plain_letters_or_a_number(names: list[str], ids: list[str]) -> None:
    told = er.journey("x", *(er.waypoint(name, **VIENNA) for name in names)).data
    assert [each.id for each in told.waypoints] == ids


def test_what_was_told_of_a_place_is_its_narration() -> None:
    told = er.journey("x", er.waypoint("A", told="They left.", source="Diary", **VIENNA)).data
    assert told.waypoints[0].narration["en"][0].text == "They left."
    assert told.waypoints[0].narration["en"][0].sources == ("S1",)


def test_everything_wrong_is_told_at_once_by_its_argument() -> None:
    places = [
        er.waypoint("Vienna", at=(16.37, 148.21), within_km=-1),
        er.waypoint("Somewhere", footprint="river:yala", by="rial"),
    ]
    with pytest.raises(JourneyFileError) as error:
        er.journey("x", *places, claims=[er.claim(0, "km", end="Nowhere")])
    assert [str(problem).split(" (")[0] for problem in error.value.problems] == [
        'waypoint "Vienna": at: latitude 148.21 is outside -90..90',
        'waypoint "Vienna": within_km: -1000 is not above 0',
        'waypoint "Somewhere": footprint: "river:yala" is not in the base geography: did you mean "river:yalu"?',
        'waypoint "Somewhere": by: "rial" is not known here',
        "claims[0]: source: empty",
        "claims[0]: value: 0 is not above 0 and at most 1,000,000,000",
        'claims[0]: end: no waypoint "Nowhere"',
    ]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: er.waypoint("A", wihtin_km=3),
            r'waypoint: no argument wihtin_km \(did you mean "within_km"\?\)',
        ),
        (
            lambda: er.waypoint("A", mode="road"),
            r'waypoint: no argument mode \(did you mean "by"\?\)',
        ),
        (lambda: er.waypoint("A", lat=3), r'waypoint: no argument lat \(did you mean "at"\?\)'),
        (lambda: er.claim(3, sorce="x"), r'claim: no argument sorce \(did you mean "source"\?\)'),
        (
            lambda: er.journey("x", outcom="reached"),
            r'journey: no argument outcom \(did you mean "outcome"\?\)',
        ),
        (
            lambda: er.journey("x", "Vienna"),
            r"journey: waypoint 1 is str, not made by waypoint\(\.\.\.\)",
        ),
        (lambda: walk(claims=[600]), r"journey: claims\[0\] is int, not made by claim\(\.\.\.\)"),
    ],
)
def test_an_argument_that_is_not_there_is_refused(make: Any, message: str) -> None:
    with pytest.raises(UsageError, match=rf"\A{message}\Z"):
        make()


@pytest.mark.parametrize("at", ["16, 48", (16.0,), (16.0, "48"), 16.0, (float("nan"), 48.0)])
def test_a_place_that_is_no_position_is_told_and_raises_nothing_else(at: Any) -> None:
    with pytest.raises(JourneyFileError, match=r'waypoint "A"|not JSON'):
        er.journey("x", er.waypoint("A", at=at))


@given(strategies.texts(), strategies.positions(), st.integers(1, 500))
def test_what_is_built_is_a_valid_file(name: str, at: tuple[float, float], within_km: int) -> None:
    built = er.journey(name, er.waypoint(name, at=at, within_km=within_km)).data
    assert geojson.read(geojson.to_bytes(built), "x").journey == built
