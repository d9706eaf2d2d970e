"""A deposit is an RO-Crate of the publishable form, which a stranger makes again, byte for byte; and annotations."""

from __future__ import annotations

import hashlib
import json
import shlex
import warnings
from importlib import metadata
from typing import TYPE_CHECKING

import pytest

import escape_route as er
from beside import long
from documents import content, journey, waypoint
from escape_route.api.deposit import remaking
from escape_route.cli import main as cli
from escape_route.cli.shared import settings_of
from escape_route.distance.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

GIVEN = ["--license", "CC-BY-4.0", "--date", "2026-03-01", "--draws", "50"]
CONSENT = {"basis": "given", "when": "2025-03", "by": "Marta Quellenberg"}


@pytest.fixture(scope="module")
def deposited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("held")
    places = [
        waypoint(0),
        waypoint(1, verbatimLocality="by the old mill"),
        waypoint(2, sensitivity=0),
    ]
    (home / "walk.geojson").write_bytes(content(journey(*places, consent=CONSENT)))
    assert cli.main(["deposit", str(home / "walk.geojson"), "-o", str(home / "kept"), *GIVEN]) == 0
    return home / "kept"


@long
def test_a_stranger_makes_the_same_bytes_again(
    deposited: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in deposited.iterdir():
        (tmp_path / each.name).write_bytes(each.read_bytes())
    monkeypatch.chdir(tmp_path)
    (command,) = [
        line
        for line in (tmp_path / "README.md").read_text().splitlines()
        if "escape-route deposit" in line
    ]
    assert cli.main(shlex.split(command)[1:]) == 0
    again = {each.name: each.read_bytes() for each in (tmp_path / "again").iterdir()}
    assert again == {each.name: each.read_bytes() for each in deposited.iterdir()}


@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        Settings(seed=7, draws=50),
        Settings(rho=0),
        Settings(rho=1 / 3),
        Settings(routes=True),
    ],
    ids=str,
)
def test_the_command_that_remakes_it_asks_for_the_same_draws(settings: Settings) -> None:
    command, *typed = shlex.split(remaking(settings, "a licence of our own", "2026-03-01"))
    options = cli.whole_parser().parse_args(typed)
    assert (command, options.license, options.date) == (
        "escape-route",
        "a licence of our own",
        "2026-03-01",
    )
    assert settings_of(options) == settings


def test_it_pins_all_that_the_program_stands_on(deposited: Path) -> None:
    first, *others = (deposited / "requirements.txt").read_text().splitlines()
    assert first == f"escape-route[deposit]=={metadata.version('escape-route')}"
    assert f"numpy=={metadata.version('numpy')}" in others
    names = {each.partition("==")[0] for each in others}
    assert {
        "rocrate",
        "matplotlib",
        "contourpy",
        "pyproj",
        "geographiclib",
    } <= names  # what those stand on as well
    assert names & {"weasyprint", "pandas", "pytest"} == set()


def test_its_checksums_hold(deposited: Path) -> None:
    told = dict(
        line.split("  ")[::-1] for line in (deposited / "SHA256SUMS").read_text().splitlines()
    )
    kept = {
        each.name: each.read_bytes() for each in deposited.iterdir() if each.name != "SHA256SUMS"
    }
    assert told == {name: hashlib.sha256(content).hexdigest() for name, content in kept.items()}


def test_it_is_an_ro_crate(deposited: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library's own
        from rocrate.rocrate import ROCrate  # noqa: PLC0415

        crate = ROCrate(deposited)
    root = crate.root_dataset
    assert (root["license"], root["datePublished"], crate.name) == (
        "CC-BY-4.0",
        "2026-03-01",
        "A walk",
    )
    parts = {part.id for part in root["hasPart"]}
    assert parts == {each.name for each in deposited.iterdir()} - {
        "SHA256SUMS",
        "ro-crate-metadata.json",
    }
    graph = json.loads((deposited / "ro-crate-metadata.json").read_text())["@graph"]
    (about,) = [each for each in graph if each["@id"] == "ro-crate-metadata.json"]
    assert about["conformsTo"]["@id"].startswith("https://w3id.org/ro/crate/1.")
    (program,) = [each for each in graph if each["@type"] == "SoftwareApplication"]
    assert {"name", "url", "version"} <= set(program)  # as the crate's validator wants them
    known = {each["@id"] for each in graph}
    assert {
        part["@id"] for each in graph if each["@id"] == "#made" for part in each["result"]
    } <= known


def test_nothing_that_is_held_back_is_in_it(deposited: Path) -> None:
    texts = [each.read_text("utf-8") for each in deposited.iterdir()]
    assert [
        word for word in ("Quellenberg", "old mill", "2025-03") for text in texts if word in text
    ] == []
    assert "Consent: given, 2025." in (deposited / "CARE.md").read_text()


def test_a_folder_with_files_is_not_written_to(deposited: Path, capsys) -> None:
    assert cli.main(["deposit", "lee-son", "-o", str(deposited), *GIVEN]) == 1
    assert "not an empty folder" in capsys.readouterr().err


def test_annotations_are_of_each_place_and_claim_on_its_sources(tmp_path: Path) -> None:
    lost = er.read_journey("ro-family").export(tmp_path / "ro.jsonld")
    page = json.loads((tmp_path / "ro.jsonld").read_text("utf-8"))
    assert (page["@context"][0], page["type"]) == (
        "http://www.w3.org/ns/anno.jsonld",
        "AnnotationPage",
    )
    items = page["items"]
    data = er.read_journey("ro-family").data
    assert len(items) == len(data.waypoints) + len(data.claims)
    assert {each["type"] for each in items} == {"Annotation"}
    assert {each["motivation"] for each in items} <= {
        "identifying",
        "describing",
    }  # of the W3C's thirteen
    assert len({each["id"] for each in items}) == len(items)
    purposed = [body for each in items for body in each["body"] if "purpose" in body]
    assert {body["purpose"] for body in purposed} == {"tagging", "identifying"}
    assert {body["type"] for body in purposed} == {
        "TextualBody",
        "SpecificResource",
    }  # no other may have one (3.3.5)
    shapes = [body["source"] for body in purposed if body["type"] == "SpecificResource"]
    assert [each["type"] for each in shapes] == ["Feature"] * len(data.waypoints)
    assert all(target["source"] for each in items for target in each["target"])
    assert any("12000 km" in body.get("value", "") for each in items for body in each["body"])
    assert len(lost) == 1


def test_annotations_are_written_and_not_read(tmp_path: Path, capsys) -> None:
    er.read_journey("lee-son").export(tmp_path / "son.jsonld")
    assert cli.main(["check", str(tmp_path / "son.jsonld")]) in {1, 2}
    assert capsys.readouterr().err
