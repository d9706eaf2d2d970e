"""The README is true: its commands are run, its session compared with the program, its library example executed."""

import io
import re
import subprocess
from contextlib import redirect_stdout
from pathlib import Path

import pytest

import sessions

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_session_shows_what_the_check_prints():
    assert f"```console\n{sessions.first_session()}```" in README


def test_the_columns_in_the_docs_are_those_of_the_program():
    found = sessions.COLUMNS.search(sessions.OWN.read_text("utf-8"))
    assert found[0] == found[1] + sessions.columns() + found[2]


def test_the_units_in_the_docs_are_those_of_the_program():
    found = sessions.UNIT_TABLE.search(sessions.UNITS.read_text("utf-8"))
    assert found[0] == found[1] + sessions.unit_table() + found[2]


@pytest.mark.parametrize("target", re.findall(r"^\$ make (\w+)", README, re.MULTILINE))
def test_the_make_targets_exist_and_say_what_they_do(target):
    listed = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert re.search(rf"make {target}\s+\w", listed)


def test_make_check_prints_the_three_journeys():
    typed = subprocess.run(
        ["make", "--dry-run", "check"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    command = re.search(r"bin/escape-route (check .*)$", typed, re.MULTILINE)[1]
    printed = sessions.printed(f"{command} --draws 500", ROOT)
    assert "12,000 km to Thailand" in printed
    assert printed.count("No distance was stated") == 2


def test_the_library_example_runs():
    (example,) = blocks("python")
    assert len([line for line in example.splitlines() if line]) <= 6
    with redirect_stdout(io.StringIO()) as printed:
        exec(example, {})  # noqa: S102  # our own README
    assert "12,000 km to Thailand" in printed.getvalue()


def test_every_dependency_is_named_with_its_reason():
    declared = re.search(
        r"^dependencies = \[(.*?)^\]",
        (ROOT / "pyproject.toml").read_text(),
        re.DOTALL | re.MULTILINE,
    )
    names = re.findall(r'"([\w-]+)', declared[1])
    table = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    assert [name for name in names if name not in table] == []
