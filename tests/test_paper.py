"""The paper: it has the journal's form, cites what it lists, says what the program finds, and builds to a PDF."""

from __future__ import annotations

import re
import runpy

import pytest
from pypdf import PdfReader

from beside import PROJECT
from escape_route.language.view import ReportView
from making import checked

PAPER = (PROJECT / "paper" / "paper.md").read_text("utf-8")
LISTED = re.findall(
    r"^@\w+\{(\w+),\n(.*?)^\}",
    (PROJECT / "paper" / "paper.bib").read_text("utf-8"),
    re.DOTALL | re.MULTILINE,
)
WITHOUT_DOI = {"knowles2014"}  # a book that has none
_, HEAD, BODY = PAPER.split("---\n", 2)


def test_its_head_says_what_the_journal_asks() -> None:
    asked = ["title", "tags", "authors", "affiliations", "date", "bibliography"]
    assert re.findall(r"^(\w+):", HEAD, re.MULTILINE) == asked
    assert re.search(r"^date: \d+ [A-Z][a-z]+ \d{4}$", HEAD, re.MULTILINE)


def test_its_sections_and_its_length_are_the_journals() -> None:
    sections = re.findall(r"^# (.*)$", BODY, re.MULTILINE)
    asked = ["Summary", "Statement of need", "State of the field", "What is new", "Research use"]
    assert sections == [*asked, "Acknowledgements", "References"]
    assert 750 <= len(BODY.split()) <= 1750


def test_what_is_cited_is_listed_and_the_other_way_round() -> None:
    assert set(re.findall(r"@(\w+)", BODY)) == {key for key, _ in LISTED}


@pytest.mark.parametrize(("key", "entry"), LISTED, ids=lambda value: value[:20].split("\n")[0])
def test_a_reference_is_whole(key: str, entry: str) -> None:
    members = dict(re.findall(r"(\w+) = \{(.*?)\}(?:,|\n)", entry))
    assert re.sub(r"\D", "", key) == members["year"]
    assert {"title", "year"} <= set(members)
    assert key in WITHOUT_DOI or re.fullmatch(r"10\.\d{4,}/\S+", members["doi"])


def test_what_it_says_of_the_shipped_journey_is_what_the_program_finds() -> None:
    likely = ReportView.of(checked("ro-family")).scopes[0].plausible_km
    assert f"it finds {likely.low95:,.0f} to {likely.high95:,.0f} km plausible" in " ".join(
        BODY.split()
    )


def test_it_builds(tmp_path) -> None:
    write = runpy.run_path(str(PROJECT / "tools" / "paper.py"))["write"]
    write(tmp_path / "paper.pdf")
    read = PdfReader(tmp_path / "paper.pdf")
    text = " ".join(" ".join(page.extract_text().split()) for page in read.pages)
    assert (len(read.pages), read.metadata.title) == (
        4,
        "escape-route: honest maps of told journeys",
    )
    assert read.metadata.author == "The escape-route authors"
    assert len({link for page in read.pages for link in _links(page)}) >= len(LISTED) - 1
    assert "(Karney 2013)" in text or "Karney (2013)" in text
    assert "???" not in text
    assert "@" not in text


def _links(page) -> list[str]:
    each = (annotation.get_object() for annotation in page.get("/Annots") or ())
    return [link["/A"]["/URI"] for link in each if "/URI" in link.get("/A", {})]
