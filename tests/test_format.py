"""The schema, the README and the program say the same of the format."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beside import GEO, IS_LONG, PACKAGE, SHIPPED
from documents import claim, content, journey, leg, waypoint
from escape_route.cli import main
from escape_route.errors import JourneyFileError
from escape_route.formats import FORMATS, geojson, reader, writer
from escape_route.geography.base import country_codes
from escape_route.model import members, modes, units, vocabulary
from escape_route.model import read as reading
from escape_route.model.journey import Scope
from escape_route.model.published import Published
from strategies import documents
from test_reading import broken_documents

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = json.loads((PACKAGE / "model/schema/journey.schema.json").read_bytes())
README = (GEO / "README.md").read_text()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
DEFS = SCHEMA["$defs"]
TOP, PROPERTIES, CLAIM = (
    DEFS[name]["properties"] for name in ("journey", "waypointProperties", "claim")
)

ENUMS = {
    vocabulary.Role: PROPERTIES["role"],
    vocabulary.SceneKind: PROPERTIES["scene"]["properties"]["kind"],
    vocabulary.LineIs: DEFS["leg"]["properties"]["properties"]["properties"]["line"],
    vocabulary.Precision: PROPERTIES["precision"],
    vocabulary.Status: DEFS["status"],
    modes.Mode: DEFS["mode"],
    modes.ModesAre: PROPERTIES["modes_are"],
    units.Quantity: CLAIM["quantity"],
    vocabulary.Wording: SCHEMA["$defs"]["wording"],
    vocabulary.Flight: CLAIM["scope"]["properties"]["flight"],
    vocabulary.Counts: CLAIM["counts"],
    vocabulary.Outcome: TOP["outcome"],
    vocabulary.SourceKind: DEFS["source"]["properties"]["kind"],
    vocabulary.Basis: DEFS["consent"]["properties"]["basis"],
}


def is_read(document: object) -> bool:
    try:
        reading.read(json.dumps(document).encode())
    except JourneyFileError:
        return False
    return True


def example() -> Any:
    """The commented example of the README; no text of it holds a double stroke but web addresses."""
    (block,) = re.findall(r"```jsonc\n(.*?)```", README, re.DOTALL)
    return json.loads(re.sub(r"(?<!:)//.*", "", block))


def rows(heading: str) -> dict[str, list[str]]:
    """Table under a heading of the README: cells by the names in the first one."""
    section = README.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in section.splitlines()
        if line.startswith("|")
    ]
    return {name: row[1:] for row in cells[2:] for name in re.findall(r"`(\w+)`", row[0])}


def test_the_schema_is_a_schema() -> None:
    VALIDATOR.check_schema(SCHEMA)


def test_every_reference_within_the_schema_is_used_and_there() -> None:
    used = set(re.findall(r'"#/\$defs/(\w+)"', json.dumps(SCHEMA)))
    assert used == set(DEFS)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_journey_is_valid_under_the_schema(name: str) -> None:
    VALIDATOR.validate(json.loads((GEO / f"{name}.geojson").read_bytes()))


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_journey_uses_documented_members_only(name: str) -> None:
    document = json.loads((GEO / f"{name}.geojson").read_bytes())
    assert set(document) == {"type", "journey", "features"}
    assert set(document["journey"]) <= set(TOP)
    for feature in document["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert set(feature["properties"]) <= {*PROPERTIES, "sources", "sources_at"}


def test_the_example_of_the_readme_is_read() -> None:
    read = reading.read(content(example()))
    assert [waypoint.id for waypoint in read.waypoints] == ["w1", "w2", "w3"]
    assert read.waypoints[0].uncertainty_m == 30_000
    assert read.waypoints[2].leg_told is False
    assert read.claims[0].scope == Scope("w1", "w3", vocabulary.Flight.NO)


def test_the_example_of_the_readme_is_valid_under_the_schema() -> None:
    VALIDATOR.validate(example())


@pytest.mark.parametrize("enum", ENUMS, ids=lambda enum: enum.__name__)
def test_the_schema_knows_the_values_of_the_model(enum: Any) -> None:
    assert [value for value in ENUMS[enum]["enum"] if value is not None] == [
        str(member) for member in enum
    ]


@pytest.mark.parametrize("enum", ENUMS, ids=lambda enum: enum.__name__)
def test_the_readme_names_the_values_of_the_model(enum: Any) -> None:
    unnamed = [str(member) for member in enum if not re.search(rf"\b{member}\b", README)]
    assert unnamed == []


def test_no_table_of_words_is_forgotten_here() -> None:
    assert set(vocabulary.Word.__subclasses__()) == set(ENUMS)


def test_the_schema_knows_the_units() -> None:
    assert DEFS["unitOfDistance"]["enum"] == list(units.units_of(units.Quantity.DISTANCE))
    rules = {
        rule["if"]["properties"].get("quantity", {}).get("const"): rule["then"]
        for rule in DEFS["claim"]["allOf"]
    }
    assert rules["duration"]["properties"]["unit"]["enum"] == list(
        units.units_of(units.Quantity.DURATION)
    )
    counted = next(rule for rule in DEFS["claim"]["allOf"] if "brokers" in str(rule["if"]))
    assert set(counted["if"]["properties"]["quantity"]["enum"]) == set(units.COUNTED)


def test_the_readme_names_the_members_that_are_read() -> None:
    assert set(rows("Members of `journey`")) == set(members.JOURNEY_MEMBERS) == set(TOP)
    named = set(rows("Properties of a waypoint"))
    assert named == set(members.WAYPOINT_MEMBERS) == {*PROPERTIES, "sources", "sources_at"}


def test_the_readme_says_what_is_needed() -> None:
    top, properties = rows("Members of `journey`"), rows("Properties of a waypoint")
    assert {name for name, row in top.items() if row[0] == "yes"} == set(
        DEFS["journey"]["required"]
    )
    needed = {name for name, row in properties.items() if row[0] == "yes"}
    assert needed == {*DEFS["waypointProperties"]["required"], "sources"}


def test_every_country_fits_the_pattern_of_a_footprint() -> None:
    pattern = PROPERTIES["footprint"]["items"]["pattern"]
    assert all(re.search(pattern, f"country:{code}") for code in country_codes())


@settings(max_examples=50 if IS_LONG else 20)
@given(documents(most=3))
def test_whatever_is_written_is_valid_under_the_schema(document: object) -> None:
    VALIDATOR.validate(json.loads(json.dumps(document)))


@settings(max_examples=100 if IS_LONG else 40)
@given(st.one_of(broken_documents()))
def test_whatever_is_read_is_valid_under_the_schema(document: object) -> None:
    if is_read(document):
        VALIDATOR.validate(json.loads(json.dumps(document)))


WRONG = {
    "another type": journey() | {"type": "Feature"},
    "a journey without a place": journey() | {"features": []},
    "a member that is none": journey(colour="red"),
    "an unknown role": journey(waypoint(0, role="x")),
    "a waypoint without a source": journey(waypoint(0, sources=[])),
    "a radius of 0": journey(waypoint(0, coordinateUncertaintyInMeters=0)),
    "a disc with a footprint": journey(
        waypoint(0, coordinateUncertaintyInMeters=5, footprint=["country:TH"])
    ),
    "withheld, and yet drawn": journey(waypoint(0, withheld=True)),
    "two modes without a weight": journey(
        waypoint(0, modes=[{"mode": "rail", "status": "single"}] * 2)
    ),
    "a footprint of no kind": journey(waypoint(0, footprint=["Vietnam"])),
    "a statement without words": journey(waypoint(0, narration={"en": [{"sources": ["A"]}]})),
    "a distance without a unit": journey(claims=[claim(unit=None)]),
    "a league that is none": journey(claims=[claim(unit="league")]),
    "a unit of its own without a reason": journey(claims=[claim(unit="kos", unit_m=3_200)]),
    "a listed unit with a length of its own": journey(
        claims=[claim(unit_m=1_000, unit_reason="so")]
    ),
    "a range that is over": journey(claims=[claim(value_to=900, wording="over")]),
    "people in kilometres": journey(claims=[claim(quantity="people")]),
    "a duration in kilometres": journey(claims=[claim(quantity="duration")]),
    "a claim without a source": journey(claims=[claim(sources=[])]),
    "a misspelt scope": journey(claims=[claim(scope={"from": "w0", "too": "w2", "to": "w2"})]),
    "a source off the web": journey(sources=[{"id": "A", "title": "a", "url": "javascript:x"}]),
    "a leg without a line": journey(waypoint(0), waypoint(1), leg() | {"geometry": None}),
    "a leg without an end": journey(waypoint(0), waypoint(1), leg(to=None)),
}


@pytest.mark.parametrize("kind", WRONG)
def test_the_schema_refuses(kind: str) -> None:
    assert VALIDATOR.is_valid(journey())
    with pytest.raises(jsonschema.ValidationError, match=r"\S"):
        VALIDATOR.validate(WRONG[kind])


def numbered(number: object) -> bytes:
    return content(journey(format=number))


@pytest.mark.parametrize("number", [None, 1, 2])
def test_a_file_of_a_known_number_or_of_none_is_read(number: object) -> None:
    assert reading.read(numbered(number)) == reading.read(content(journey()))


@pytest.mark.parametrize("number", [3, 400])
def test_a_file_of_a_later_number_is_refused_with_the_fix_and_nothing_else_is_said_of_it(
    number: int,
) -> None:
    document = journey(format=number, invented_later=True, outcome="since then")
    with pytest.raises(JourneyFileError) as caught:
        reading.read(content(document))
    (problem,) = caught.value.problems
    assert str(problem) == (
        f"journey.format: {number} is a newer format than 2, the newest that this program reads"
        " (python -m pip install --upgrade escape-route)"
    )
    assert problem.rule == "newer-format"


@pytest.mark.parametrize("number", [0, -2, 2.5, "2", True])
def test_a_number_that_is_none_is_told(number: object) -> None:
    with pytest.raises(
        JourneyFileError, match=r"journey\.format: .* is not a whole number from 1 to 2"
    ):
        reading.read(numbered(number))


WRITTEN = [name for name, each in FORMATS.items() if each.reads]


@pytest.mark.parametrize("name", WRITTEN)
def test_every_format_carries_the_number(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = reading.read(content(journey()))
    source = f"journey{FORMATS[name].suffixes[0]}"
    assert (
        reader(FORMATS[name])
        .read(writer(FORMATS[name]).write(Published(ours)).content, source)
        .journey
        == ours
    )
    monkeypatch.setattr(geojson, "FORMAT", members.FORMAT + 1)
    with pytest.raises(JourneyFileError, match="3 is a newer format than 2"):
        reader(FORMATS[name]).read(writer(FORMATS[name]).write(Published(ours)).content, source)


def test_import_brings_an_old_file_up_to_date(tmp_path: Path) -> None:
    old, new = tmp_path / "old.geojson", tmp_path / "new.geojson"
    old.write_bytes(content(journey()))
    assert main.main(["import", str(old), "-o", str(new)]) == 0
    assert "format" not in json.loads(old.read_bytes())["journey"]
    assert next(iter(json.loads(new.read_bytes())["journey"].items())) == ("format", members.FORMAT)
