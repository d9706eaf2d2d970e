"""The README is true: its commands are run, its session compared with the program, its library example executed."""

import io
import re
import shlex
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PROGRAM = [sys.executable, "-m", "escape_route"]


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_session_shows_what_the_check_prints():
    session = next(block for block in blocks("console") if block.startswith("$ escape-route check"))
    command, shown = session.split("\n", 1)
    arguments = shlex.split(command.removeprefix("$ escape-route"))
    printed = subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True, check=True).stdout
    assert printed.startswith(shown.rstrip().removesuffix("...").rstrip())


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
    "document", ["README.md", "geo/README.md", "geo/base/README.md", "docs/method.md", "docs/safety.md", "docs/lint.md"]
)
def test_links_to_files_lead_to_files(document):
    text = (ROOT / document).read_text("utf-8")
    targets = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if not link.startswith("http")]
    assert [link for link in targets if not (ROOT / document).parent.joinpath(link).exists()] == []
