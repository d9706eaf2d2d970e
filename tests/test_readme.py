"""The README is true: its commands are run, its session compared with the program, its library example executed."""

import doctest
import io
import re
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

import pytest

import escape_route as er
import sessions

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PROGRAM = [sys.executable, "-m", "escape_route"]


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_session_shows_what_the_check_prints():
    assert f"```console\n{sessions.first_session()}```" in README


def test_the_second_session_goes_from_new_to_an_opened_map(tmp_path):
    session = next(block for block in blocks("console") if block.startswith("$ escape-route new"))
    assert without_sizes(session) == without_sizes(sessions.second_session(tmp_path))
    (page,) = tmp_path.rglob("crafts-1848.preview.html")
    assert "<html" in page.read_text("utf-8")


def without_sizes(text):
    """Text in which sizes, which change with every stroke of the page, are left away."""
    return re.sub(r"[\d,]+ kB", "kB", text)


def test_the_columns_in_the_docs_are_those_of_the_program():
    found = sessions.COLUMNS.search(sessions.OWN.read_text("utf-8"))
    assert found[0] == found[1] + sessions.columns() + found[2]


def test_the_units_in_the_docs_are_those_of_the_program():
    found = sessions.UNIT_TABLE.search(sessions.UNITS.read_text("utf-8"))
    assert found[0] == found[1] + sessions.unit_table() + found[2]


@pytest.mark.parametrize("target", re.findall(r"^\$ make (\w+)", README, re.MULTILINE))
def test_the_make_targets_exist_and_say_what_they_do(target):
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert re.search(rf"make {target}\s+\w", listed)


def test_make_check_prints_the_three_journeys():
    printed = subprocess.run(["make", "check"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "12,000 km to Thailand" in printed
    assert printed.count("No distance was stated") == 2


def test_the_library_example_runs():
    (example,) = blocks("python")
    assert len([line for line in example.splitlines() if line]) <= 6
    with redirect_stdout(io.StringIO()) as printed:
        exec(example, {})  # noqa: S102  # our own README
    assert "12,000 km to Thailand" in printed.getvalue()


def test_every_command_is_in_the_readme():
    told = subprocess.run([*PROGRAM, "--help"], capture_output=True, text=True, check=True).stdout
    commands = re.findall(r"^    (\w+) ", told, re.MULTILINE)
    assert commands
    assert [name for name in commands if f"`escape-route {name} " not in README] == []


def test_every_dependency_is_named_with_its_reason():
    declared = re.search(r"^dependencies = \[(.*?)^\]", (ROOT / "pyproject.toml").read_text(), re.DOTALL | re.MULTILINE)
    names = re.findall(r'"([\w-]+)', declared[1])
    table = README.split("## What it stands on")[1]
    assert [name for name in names if name not in table] == []


@pytest.mark.parametrize(
    "document",
    [
        "README.md",
        "geo/README.md",
        "geo/base/README.md",
        "docs/method.md",
        "docs/safety.md",
        "docs/lint.md",
        "docs/units.md",
    ],
)
def test_links_to_files_lead_to_files(document):
    text = (ROOT / document).read_text("utf-8")
    targets = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if not link.startswith("http")]
    assert [link for link in targets if not (ROOT / document).parent.joinpath(link).exists()] == []


def test_the_session_in_python_gives_what_it_shows():
    (session,) = blocks("pycon")
    test = doctest.DocTestParser().get_doctest(session, {"er": er}, "README", "README.md", 0)
    assert doctest.DocTestRunner(verbose=False).run(test).failed == 0
    assert len(test.examples) == 3
