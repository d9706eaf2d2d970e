"""The house as decisions/0001-rooms.md has it: few loose files, short chains of imports, documents that are there."""

from __future__ import annotations

import re
import tomllib

import pytest

from beside import PROJECT
from house import PACKAGE

LOOSE_FILES, ALWAYS_THERE = 16, {"__init__.py", "__main__.py", "py.typed", "__pycache__"}
DOCUMENTS = [
    *PROJECT.glob("*.md"),
    *(PROJECT / "docs").rglob("*.md"),
    *(PROJECT / "geo").rglob("*.md"),
    *(PROJECT / "benchmarks").rglob("*.md"),
]


def test_few_entries_stand_in_the_package() -> None:
    assert len({path.name for path in PACKAGE.iterdir()} - ALWAYS_THERE) <= LOOSE_FILES


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(PROJECT)))
def test_what_a_document_links_to_is_there(document) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", document.read_text("utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_the_citation_is_of_this_version() -> None:
    version = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"\nversion: {version}\n" in (PROJECT / "CITATION.cff").read_text("utf-8")
