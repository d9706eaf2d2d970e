"""Every example of the documentation runs, in the order of its page; the site shows what it prints and draws."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import escape_route as er
import examples

if TYPE_CHECKING:
    from pathlib import Path

#: Blocks that are shown and not run, by what they begin with: they are for other programs, or change the machine.
SHOWN = {
    "sh": ("uv tool install", "python -m pip install", "escape-route completion bash >"),
    "html": ("<iframe", "<!-- wp:html -->"),
    "yaml": ("repos:",),
    "json": ('{"quantity"',),
    "bibtex": ("@software",),
}


def name_of(page: Path) -> str:
    return str(page.relative_to(examples.DOCS))


@pytest.mark.parametrize("page", examples.pages(), ids=name_of)
def test_the_examples_of_a_page_run(page: Path, tmp_path: Path) -> None:
    shared = examples.Page(tmp_path)
    for options, code in examples.examples(page):
        shared.run(code, int(options.get("code", 0)))
        if "picture" in options:
            assert list(tmp_path.rglob(options["picture"])), options["picture"]
            assert options["alt"]


@pytest.mark.parametrize("page", sorted(examples.DOCS.rglob("*.md")), ids=name_of)
def test_what_is_shown_and_not_run_is_known(page: Path) -> None:
    blocks = re.findall(r"^ *```([a-z]+)\n *(.*)$", page.read_text("utf-8"), re.MULTILINE)
    assert [each for each in blocks if not each[1].startswith(SHOWN.get(each[0], ()))] == []


def test_every_public_name_is_in_the_reference() -> None:
    told = (examples.DOCS / "reference" / "library.md").read_text("utf-8")
    named = set(re.findall(r"^\.\. auto\w+:: escape_route\.(\w+)", told, re.MULTILINE))
    assert named == set(er.__all__) - {"__version__"}
