"""The JSON of a report under its schema: every key documented, none beside them."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator, ValidationError

from beside import IS_LONG
from escape_route.distance import legs, report, verdicts
from escape_route.distance.durations import Kept
from escape_route.distance.priors import Alike
from escape_route.distance.settings import Settings, Where
from escape_route.language import json as document
from escape_route.model.modes import Mode, ModesAre
from escape_route.model.units import UNITS, Quantity
from escape_route.model.vocabulary import Counts, Flight, Outcome, Status, Wording
from making import checked, claim, journey, traced
from strategies import journeys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from escape_route.model.journey import Journey

SHIPPED = ("ro-family", "lee-so-yeon", "lee-son")
KINDS = ("point", "disc", "cut disc", "label", "withheld")


@cache
def schema() -> dict[str, Any]:
    return json.loads(
        files("escape_route").joinpath("model", "schema", "report.schema.json").read_text("utf-8")
    )


def validate(made: object) -> None:
    Draft202012Validator(schema()).validate(json.loads(json.dumps(made, allow_nan=False)))


def words_of(part: object, name: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every list of words in the schema, by the name of its member."""
    if isinstance(part, dict):
        if "enum" in part:
            yield name, [word for word in part["enum"] if word is not None]
        for key, each in part.items():
            yield from words_of(each, key)


#: What each list of words is the table of; `status_shares` names the statuses.
TABLES: dict[str, Iterable[str]] = {
    "mode": Mode,
    "modes_are": ModesAre,
    "quantity": Quantity,
    "unit_slip": [unit.name for unit in UNITS.values() if unit.languages],
    "status": Status,
    "propertyNames": Status,
    "outcome": Outcome,
    "wording": Wording,
    "counts": Counts,
    "flight": Flight,
    "verdict": verdicts.Verdict,
    "where": Where,
    "by": legs.BY,
    "alike": Alike,
    "per": ("h", "d"),
    "kept": Kept,
    "firmness": ("firm", "depends"),
}


def test_the_schema_has_the_words_of_the_tables() -> None:
    found = [(name, words) for name, words in words_of(schema()) if name not in {"reason", "found"}]
    assert {name for name, _ in found} == set(TABLES)
    assert [
        (name, words) for name, words in found if words != [str(word) for word in TABLES[name]]
    ] == []


def ro() -> dict[str, Any]:
    return document.to_document(checked("ro-family"), as_held=False)


def objects(part: object) -> Iterator[dict[str, Any]]:
    """Every object of the schema that describes an object."""
    if isinstance(part, dict):
        if part.get("type") == "object":
            yield part
        for each in part.values():
            yield from objects(each)
    elif isinstance(part, list):
        for each in part:
            yield from objects(each)


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("name", SHIPPED)
def test_the_document_of_a_shipped_journey_is_valid(name: str) -> None:
    validate(document.to_document(checked(name), as_held=False))


def test_the_document_of_a_journey_with_a_track_is_valid() -> None:
    validate(document.to_document(traced(), as_held=True))


def test_the_document_of_a_journey_of_one_place_is_valid() -> None:
    validate(
        document.to_document(
            report.gather(journey({"label": (1.0, 2.0)}), Settings(draws=10)), as_held=True
        )
    )


@settings(max_examples=25 if IS_LONG else 12)
@given(journeys(least=1, most=4, kinds=KINDS))
def test_the_document_of_any_journey_is_valid_json(told: Journey) -> None:
    validate(document.to_document(report.gather(told, Settings(draws=20)), as_held=True))


def test_every_key_is_described_and_no_other_is_allowed() -> None:
    for part in objects(schema()):
        assert part["description"]
        if "properties" in part:
            assert part["additionalProperties"] is False
            for key, value in part["properties"].items():
                assert "$ref" in value or value["description"], key


def test_every_number_says_its_unit() -> None:
    """A key with a unit carries it, and what has none says that it is a ratio, a count or as stated."""
    said = ("kilometres", "nanometres", "degrees", "ratio", "own unit", "unit of the total")
    for part in objects(schema()):
        for key, value in part.get("properties", {}).items():
            if "number" in value.get("type", ()):
                assert any(unit in value["description"] for unit in said), key


def test_a_key_that_is_not_documented_is_refused() -> None:
    with pytest.raises(ValidationError, match="'extra' was unexpected"):
        validate({**ro(), "extra": 1})


def test_a_distance_without_a_verdict_is_refused() -> None:
    made = json.loads(json.dumps(ro()))
    del made["claims"][0]["verdict"]
    with pytest.raises(ValidationError, match="'verdict' is a required property"):
        validate(made)


def test_a_claim_holds_all_that_it_was_judged_by() -> None:
    first = ro()["claims"][0]
    assert (first["id"], first["value_km"], first["verdict"]) == (
        "c-chosun",
        12_000,
        "above_plausible",
    )
    assert (first["seed"], first["draws"], first["rho"], first["where"]) == (
        2019,
        40_000,
        None,
        "crossings",
    )
    unexplained_km = 11_500 - first["plausible_km"]["high95"]
    assert first["judgements"][0]["unexplained_km"] == pytest.approx(unexplained_km)


def test_a_judgement_says_how_firm_it_is_and_what_turns_it() -> None:
    judged = {
        claim["id"]: claim["judgements"][0]
        for claim in ro()["claims"]
        if claim["quantity"] == "distance"
    }
    assert judged["c-hrnk"]["firmness"] == "firm"
    assert judged["c-hrnk"]["depends_on"] is None
    first = judged["c-chosun"]
    assert first["firmness"] == "depends"
    assert first["depends_on"] == {"where": "anywhere", "alike": "taken", "verdict": "consistent"}
    assert 0 < first["share_beyond"] < 0.005


def test_a_claim_on_an_unknown_flight_has_two_judgements() -> None:
    hrnk = next(each for each in ro()["claims"] if each["id"] == "c-hrnk")
    assert [each["verdict"] for each in hrnk["judgements"]] == [
        "impossible_short",
        "below_plausible",
    ]
    assert [each["verdict_other_flight"] for each in hrnk["judgements"]] == [
        "below_plausible",
        "impossible_short",
    ]


def test_other_claims_have_no_verdict() -> None:
    counted = [each for each in ro()["claims"] if each["quantity"] != "distance"]
    assert len(counted) == 5
    assert not any("verdict" in each for each in counted)
    assert [each["walked_km"] for each in counted if each["quantity"] == "duration"] == [[15, 30]]


def test_equal_reports_give_equal_documents() -> None:
    told = journey(
        {"label": (1.0, 2.0)}, {"label": (3.0, 4.0), "uncertainty_m": 9_000.0}, claims=(claim(300),)
    )
    one, other = (
        document.to_document(report.gather(told, Settings(draws=50)), as_held=True)
        for _ in range(2)
    )
    assert json.dumps(one) == json.dumps(other)
