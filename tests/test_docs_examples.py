"""What the documentation names is there; its examples are run by `make docs`, which fails where one of them does."""

from __future__ import annotations

import contextlib
import io
import json
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

import escape_route as er
import examples
from beside import PACKAGE, PROJECT
from escape_route.cli import main

if TYPE_CHECKING:
    from pathlib import Path

#: Blocks that are shown and not run, by what they begin with: they are for other programs, or
#: change the machine.
SHOWN = {
    "sh": ("uv tool install", "python -m pip install", "escape-route completion bash >"),
    "html": ("<iframe", "<!-- wp:html -->"),
    "yaml": ("repos:",),
    "js": ("addEventListener(",),
    "json": ('{"quantity"',),
    "bibtex": ("@software",),
}


def name_of(page: Path) -> str:
    return str(page.relative_to(examples.DOCS))


@pytest.mark.parametrize("page", sorted(examples.DOCS.rglob("*.md")), ids=name_of)
def test_what_is_shown_and_not_run_is_known(page: Path) -> None:
    blocks = re.findall(r"^ *```([a-z]+)\n *(.*)$", page.read_text("utf-8"), re.MULTILINE)
    assert [each for each in blocks if not each[1].startswith(SHOWN.get(each[0], ()))] == []


def _spoken_of() -> list[tuple[str, str]]:
    """Commands that stand in the middle of a sentence, with the page: `escape-route check --json`."""
    pages = [*examples.DOCS.rglob("*.md"), *PROJECT.glob("*.md"), PROJECT / "geo" / "README.md"]
    found = [
        (page, re.findall(r"`escape-route ([^`]+)`", page.read_text("utf-8"))) for page in pages
    ]
    return [
        (page.name, " ".join(command.split())) for page, commands in found for command in commands
    ]


@cache
def _options(command: str) -> set[str]:
    with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()) as printed:
        main.main([command, "--help"])
    return set(re.findall(r"--[a-z][a-z-]*", printed.getvalue()))


def test_a_command_that_is_spoken_of_is_one_and_takes_what_is_said() -> None:
    wrong = []
    for page, said in _spoken_of():
        name, *words = said.replace("...", "").split()
        known = _options(name) if name in main.COMMANDS else set()
        wrong += [
            (page, said, word) for word in words if word.startswith("--") and word not in known
        ]
        wrong += [] if name in main.COMMANDS or name.startswith("--") else [(page, said)]
    assert len(_spoken_of()) > 30
    assert wrong == []


def test_every_public_name_is_in_the_reference() -> None:
    told = (examples.DOCS / "reference" / "library.md").read_text("utf-8")
    named = set(re.findall(r"^\.\. auto\w+:: escape_route\.(\w+)", told, re.MULTILINE))
    assert named == set(er.__all__) - {"__version__"}


def test_every_command_is_in_the_reference_for_its_extra_is_here() -> None:
    told = main.whole_parser().format_help()
    assert [
        each for each in main.COMMANDS if not re.search(rf"^    {each}\s", told, re.MULTILINE)
    ] == []
    assert ":func: whole_parser" in (examples.DOCS / "reference" / "commands.md").read_text("utf-8")


def test_every_word_of_a_verdict_is_explained() -> None:
    told = (examples.DOCS / "reference" / "verdicts.md").read_text("utf-8")
    words = json.loads((PACKAGE / "language" / "words" / "en.json").read_text("utf-8"))
    explained = re.findall(r"^([a-z ]+)\n: ", told, re.MULTILINE)
    assert sorted(explained) == sorted(
        {word for key, word in words.items() if key.startswith("verdict.")}
    )


def test_every_schema_is_in_the_reference() -> None:
    told = (examples.DOCS / "reference" / "schema.md").read_text("utf-8")
    schemas = {
        path.name.removesuffix(".schema.json") for path in (PACKAGE / "model" / "schema").iterdir()
    }
    assert set(re.findall(r"^:of: (\w+)$", told, re.MULTILINE)) == schemas
    assert {name for name in schemas if f"/{name}.schema.json>" in told} == schemas
