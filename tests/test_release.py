"""What goes with a release: a citation and workflows as their schemas want them."""

from __future__ import annotations

import datetime as dt
import importlib.util
import re
import subprocess
import sys
import tomllib

import pytest

from beside import PROJECT

WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))
PROJECT_SAID = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
VERSION = PROJECT_SAID["version"]
PAPER = "paper/paper.md"


@pytest.mark.parametrize(
    ("kind", "file"),
    [
        ("citation-file-format", PROJECT / "CITATION.cff"),
        *(("github-workflows", file) for file in WORKFLOWS),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_a_file_for_others_is_as_their_schema_wants_it(kind, file) -> None:
    check = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        f"vendor.{kind}",
        str(file),
    ]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_publishing_waits_for_a_maintainer_and_keeps_no_secret() -> None:
    (text,) = [file.read_text("utf-8") for file in WORKFLOWS if file.name == "release.yml"]
    publish = text.partition("\n  publish:\n")[2]
    assert "if: vars.PUBLISH_TO_PYPI == 'true'" in publish
    assert "id-token: write" in publish
    assert text.count("id-token") == 1
    assert "secrets." not in text


def test_the_latest_release_in_the_changelog_is_this_version_on_its_day() -> None:
    unreleased, *released = re.findall(
        r"^## (.*)$", (PROJECT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    day = re.search(
        r"^date-released: (\S+)$", (PROJECT / "CITATION.cff").read_text("utf-8"), re.MULTILINE
    )[1]
    assert (unreleased, released[0]) == ("Unreleased", f"{VERSION} - {day}")


def test_the_citation_is_of_this_version_and_has_a_day() -> None:
    citation = (PROJECT / "CITATION.cff").read_text("utf-8")
    assert f"\nversion: {VERSION}\n" in citation
    assert dt.date.fromisoformat(re.search(r"^date-released: (\S+)$", citation, re.MULTILINE)[1])


def test_who_made_it_and_where_it_lies_are_said_alike() -> None:
    names = ", ".join(each["name"] for each in PROJECT_SAID["authors"])
    citation, cite, paper = (
        (PROJECT / file).read_text("utf-8") for file in ("CITATION.cff", "docs/cite.md", PAPER)
    )
    for text in (citation, paper):
        assert (
            ", ".join(
                re.findall(r"^  - name: (.*)$", text.partition("\naffiliations:")[0], re.MULTILINE)
            )
            == names
        )
    day = re.search(r"^date-released: (\d{4})", citation, re.MULTILINE)[1]
    assert f"> {names} ({day}). *escape-route* (version {VERSION})" in cite
    assert [f"{{{each}}}" in cite for each in (f"{{{names}}}", VERSION, day)] == [True] * 3
    address = re.search(r"^repository-code: (\S+)$", citation, re.MULTILINE)
    assert PROJECT_SAID.get("urls", {}).get("Repository") == (address and address[1])


def test_what_changed_is_told_in_the_groups_of_keep_a_changelog() -> None:
    text = (PROJECT / "CHANGELOG.md").read_text("utf-8")
    groups = set(re.findall(r"^### (.*)$", text, re.MULTILINE))
    assert groups <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    loose = [
        release
        for release in re.split(r"^## ", text, flags=re.MULTILINE)[1:]
        if "\n- " in release.split("###")[0]
    ]
    assert (len(groups) > 3, loose) == (True, [])


def long_description(text: str, base: str) -> str:
    spec = importlib.util.spec_from_file_location(
        "long_description", PROJECT / "tools" / "long_description.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.long_description(text, base)


@pytest.mark.parametrize(
    ("base", "shown"),
    [
        (
            "https://example.org/r/{kind}/v1/",
            "![A map](https://example.org/r/raw/v1/docs/a.png) [b](https://example.org/r/blob/v1/b.md) [c](https://c.org)",
        ),
        ("", "*A map* b (`b.md`) [c](https://c.org)"),
    ],
)
def test_what_an_index_shows_leads_into_the_repository_or_nowhere(base: str, shown: str) -> None:
    assert long_description("![A map](docs/a.png) [b](b.md) [c](https://c.org)", base) == shown


def test_no_link_of_the_long_description_is_relative() -> None:
    text = long_description((PROJECT / "README.md").read_text("utf-8"), "")
    assert "](" not in text.replace("](http", "").replace("](#", "")
    assert "docs/tutorial.md" in text
