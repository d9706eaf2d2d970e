"""The house as decisions/0001-rooms.md has it: few loose files, short chains of imports, documents that are there."""

from __future__ import annotations

import re
import runpy

import pytest

from beside import PACKAGE, PROJECT
from house import imports, late_imports, late_parts, longest_chain

LOOSE_FILES, ALWAYS_THERE = 16, {"__init__.py", "__main__.py", "py.typed", "__pycache__"}
DOCUMENTS = [
    *PROJECT.glob("*.md"),
    *(PROJECT / "docs").rglob("*.md"),
    *(PROJECT / "geo").rglob("*.md"),
    *(PROJECT / "benchmarks").rglob("*.md"),
]


def test_few_entries_stand_in_the_package() -> None:
    assert len({path.name for path in PACKAGE.iterdir()} - ALWAYS_THERE) <= LOOSE_FILES


def test_the_picture_of_the_rooms_is_that_of_the_imports() -> None:
    picture = runpy.run_path(str(PROJECT / "tools" / "architecture.py"))["drawing"]()
    assert picture == (PROJECT / "docs" / "architecture.svg").read_text("utf-8"), (
        "run make architecture"
    )


def test_no_chain_of_imports_is_longer_than_twelve() -> None:
    """Those hidden in functions count, and so do the parts that `publish` loads late; those for types do not."""
    chain = longest_chain([*(each for each in imports() if not each.is_for_types), *late_imports()])
    assert len(chain) <= 12, " > ".join(chain)


def test_few_imports_of_our_own_wait_and_each_says_why() -> None:
    hidden = [each for each in imports() if each.is_hidden]
    assert len(hidden) + len(late_parts()) <= 12
    assert [each for each in hidden if not re.search(r"# noqa: PLC0415  # \w", each.line)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(PROJECT)))
def test_what_a_document_links_to_is_there(document) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", document.read_text("utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_file_that_the_table_of_changes_names_is_there() -> None:
    page = (PROJECT / "docs" / "architecture.md").read_text("utf-8")
    changes, _, tried = page.partition("## Where is it changed?")[2].partition(
        "## How well the names tell"
    )
    named = re.findall(r"\| `([^`]+)`", changes)
    assert len(named) == 20
    named += re.findall(r"\| `([^`]+)`", tried)
    assert [each for each in named if not (PACKAGE / each).exists()] == []
