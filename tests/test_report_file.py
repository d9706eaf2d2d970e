"""The report for an editor's file: HTML, Markdown, PDF; whole, escaped, tagged, the same at every run."""

from __future__ import annotations

import base64
import io
import re
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from markupsafe import escape
from PIL import Image
from pypdf import PdfReader
from weasyprint.urls import FatalURLFetchingError

import escape_route as er
import payloads
from beside import whole
from escape_route.cli import main
from escape_route.distance.settings import Settings
from escape_route.errors import UsageError
from escape_route.model.journey import say
from escape_route.model.published import Mark
from escape_route.model.vocabulary import Outcome
from escape_route.publish.report import document
from escape_route.publish.report.document import Kind
from making import claim, reported
from making import journey as made

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from escape_route.distance.report import Report

RO = er.read_journey("ro-family").data
FEW = Settings(draws=200)
HEADINGS = {
    "en": [
        "The finding",
        "What was stated",
        "Other numbers",
        "The legs",
        "Things to know",
        "How this was made",
        "Sources",
    ],
    "ko": ["결과", "진술된 수치", "그 밖에", "구간", "알아 둘 점", "만든 방법", "출처"],
}


@pytest.fixture(scope="module")
def ro() -> Report:
    return reported(RO, FEW)


@pytest.fixture(scope="module")
def page(ro: Report, once: Callable[[str, Callable[[], bytes]], Path]) -> str:
    return once("report.html", lambda: document.render(ro, Kind.HTML)).read_text("utf-8")


@pytest.fixture(scope="module")
def markdown(ro: Report) -> str:
    return document.render(ro, Kind.MARKDOWN).decode()


@pytest.fixture(scope="module", params=whole(["en", "ko"], "en"))
def paper(request: pytest.FixtureRequest, ro: Report) -> tuple[str, PdfReader]:
    return request.param, PdfReader(io.BytesIO(document.render(ro, Kind.PDF, request.param)))


@pytest.fixture(scope="module")
def sheets(paper: tuple[str, PdfReader]) -> tuple[str, list[str]]:
    """Language of the paper, and the text of each of its pages."""
    return paper[0], [page.extract_text() for page in paper[1].pages]


def hostile(text: str) -> Report:
    """A report in which every text of the journey is `text`."""
    told = made({"label": (100.0, 15.0)}, {"label": (103.0, 15.0)}, claims=(claim(500),))
    waypoints = tuple(replace(each, name={"en": text}) for each in told.waypoints)
    sources = tuple(
        replace(each, title=text, url="https://example.org/a b") for each in told.sources
    )
    words = {
        "title": {"en": text},
        "summary": {"en": text},
        "care": {"en": text},
        "outcome": Outcome.REACHED,
    }
    return reported(
        replace(told, waypoints=waypoints, sources=sources, **words), Settings(draws=20)
    )


def test_the_page_says_all_of_it_in_order(page: str) -> None:
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", page)
    assert [
        heading.startswith(start) for heading, start in zip(headings, HEADINGS["en"], strict=True)
    ] == [True] * 7
    assert 'to Thailand <b class="pill above_plausible">unexplained</b>: longer than' in page
    assert page.count("<tr") == 1 + 5 + 1 + 8  # the ledger with its head, the legs with theirs
    for source in RO.sources:
        assert str(escape(source.title)) in page
        assert str(escape(source.url or "")) in page


def test_the_page_asks_for_nothing_and_has_a_policy(page: str) -> None:
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert "default-src &#39;none&#39;; script-src ; style-src &#39;sha256-" in page
    assert not re.search(r'<(?:script|link|iframe|object)|src="(?!data:)|@import|url\(', page)
    assert len(page) < 750_000


def test_its_pictures_are_there(page: str) -> None:
    sizes = [
        Image.open(io.BytesIO(base64.b64decode(each))).size
        for each in re.findall(r"image/webp;base64,([^\"]+)", page)
    ]
    assert [width for width, _ in sizes] == [623, 1559, 623, 1559]
    for said in ("Map of the places", "The stated distances"):
        assert re.search(
            rf'<source media="[^"]+" srcset="data:[^"]+"><img src="[^"]+" alt="{said}', page
        )


def test_markdown_is_one_file_with_its_picture_at_the_end(markdown: str) -> None:
    lines = markdown.rstrip().splitlines()
    assert lines[0] == "# Five people, four borders, and a number no page explains"
    assert lines[-1].startswith("[figure]: data:image/png;base64,iVBOR")
    assert [
        line[3:].startswith(start)
        for line, start in zip(
            [line for line in lines if line.startswith("## ")], HEADINGS["en"], strict=True
        )
    ] == [True] * 7
    assert max(map(len, lines[:-1])) < 2_000
    assert (
        "| 3 | Changbai (Paektu) mountain, Chinese side – China | by road or by air | 1,658\\* |"
        in markdown
    )
    assert len(markdown) < 750_000


def test_paper_is_tagged_and_says_its_language_and_title(paper: tuple[str, PdfReader]) -> None:
    language, reader = paper
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == say(RO.title, language)  # type: ignore[union-attr]
    assert b"pdfuaid" in root["/Metadata"].get_data()


def roles(node: object) -> list[str]:
    """Structure of a PDF: the role of every tag, in reading order."""
    found = []
    resolved = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(resolved, list):
        return [role for each in resolved for role in roles(each)]
    if isinstance(resolved, dict):
        found += [str(resolved["/S"])] if "/S" in resolved else []
        found += roles(resolved["/K"]) if "/K" in resolved else []
    return found


def test_paper_has_headings_tables_and_figures_in_its_structure(
    paper: tuple[str, PdfReader],
) -> None:
    found = roles(paper[1].trailer["/Root"]["/StructTreeRoot"]["/K"])
    assert [role for role in found if role in {"/H1", "/H2"}] == ["/H1"] + ["/H2"] * 7
    assert found.count("/Table") >= 2  # one goes on as another on the next page
    assert found.count("/TR") >= 15
    assert found.count("/TH") > 15
    assert found.count("/Figure") == 2


def test_paper_carries_its_own_fonts_and_no_missing_letter(
    paper: tuple[str, PdfReader], sheets: tuple[str, list[str]]
) -> None:
    language, reader = paper
    names = {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in reader.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert names
    assert {name for name in names if not name.startswith("Journey")} == set()
    text = " ".join(" ".join(sheets[1]).split())
    assert all(start in text for start in HEADINGS[language])
    assert "\ufffd" not in text


def test_the_finding_and_its_map_are_on_the_first_page(
    paper: tuple[str, PdfReader], sheets: tuple[str, list[str]]
) -> None:
    language, (first, second, *_) = sheets
    assert HEADINGS[language][0] in first
    assert HEADINGS[language][1] in second
    assert "/XObject" in paper[1].pages[0]["/Resources"]


def lowest_of(reader: PdfReader) -> float:
    """How high the last line of each page but the last stands, as a part of it: of the page with the least."""
    found = []
    for page in reader.pages[:-1]:
        low: list[float] = []

        def seen(
            text: str, now: list[float], at: list[float], *_: object, low: list[float] = low
        ) -> None:
            if text.strip():
                low.append(at[4] * now[1] + at[5] * now[3] + now[5])

        page.extract_text(visitor_text=seen)
        footer = 60
        found.append(min(each for each in low if each > footer) / float(page.mediabox.height))
    return max(found)


def test_no_page_but_the_last_is_half_empty(paper: tuple[str, PdfReader]) -> None:
    assert lowest_of(paper[1]) < 0.4


@pytest.mark.parametrize("sentences", whole([2, 5]))
def test_nor_is_one_after_words_of_care(ro: Report, sentences: int) -> None:
    """Words go on over a page; a picture does not, and stands where little comes before it: words of care, verdicts."""
    said = {
        "en": "This is said at length, and nobody knows how long that is before it is set. "
        * sentences
    }
    told = replace(ro.journey, summary={"en": ro.journey.summary["en"] + said["en"]}, care=said)
    assert (
        lowest_of(PdfReader(io.BytesIO(document.render(replace(ro, journey=told), Kind.PDF)))) < 0.4
    )


def test_the_legs_begin_below_their_heading_and_go_on_over_no_more_than_the_next_page(
    sheets: tuple[str, list[str]],
) -> None:
    language, pages = sheets
    heading = f"\n{HEADINGS[language][3]}\n"
    (first,) = [number for number, text in enumerate(pages) if heading in f"\n{text}\n"]
    below = f"\n{pages[first]}\n".partition(heading)[2]
    rows = [
        re.findall(r"^[1-8](?= +[^\d/ ])", text, re.MULTILINE)
        for text in (below, *pages[first + 1 : first + 2])
    ]
    assert len(rows[0]) >= 2
    assert [number for page in rows for number in page][:8] == list("12345678")


def test_a_korean_word_on_paper_is_broken_nowhere(sheets: tuple[str, list[str]]) -> None:
    if sheets[0] == "ko":
        told = {word for text in (RO.summary, RO.title) for word in text["ko"].split()}
        lost = [word for word in told if word not in sheets[1][0].split()]
        assert lost == []


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_is_the_same_at_every_run(kind: Kind) -> None:
    one, other = (
        document.render(reported(made({"label": (1.0, 2.0)}), Settings(draws=5)), kind)
        for _ in range(2)
    )
    assert one == other
    assert not re.search(rb"/(?:CreationDate|ModDate)", one)


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("text", payloads.HOSTILE)
def test_no_text_becomes_markup(text: str) -> None:
    found, tame = hostile(text), hostile("tame")
    tags = [
        re.findall(
            r"<[a-z/!][^>]*>", re.sub(r'"[^"]*"', '""', document.render(each, Kind.HTML).decode())
        )
        for each in (found, tame)
    ]
    assert tags[0] == tags[1]
    markdown = document.render(found, Kind.MARKDOWN).decode().split("[figure]: ")[0]
    bare = re.sub(r"!\[[^\]]*\]\[figure\]|<https://example\.org/a%20b>", "", markdown)
    assert not re.search(r"(?<!\\)[<`${\[]", bare)


def test_paper_asks_for_nothing_from_outside() -> None:
    with pytest.raises(
        FatalURLFetchingError, match=r"a report asks for nothing from outside, not for https://exam"
    ):
        document.from_html(
            '<!doctype html><html lang="en"><title>x</title><img src="https://example.org/x.png" alt="x">'
        )


def test_where_there_is_no_pango_a_pdf_is_refused_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Missing:
        def find_spec(self, name: str, *_: object) -> None:
            if name.startswith("weasyprint"):
                raise OSError("cannot load library")

    for name in [each for each in sys.modules if each.startswith("weasyprint")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    with pytest.raises(
        UsageError, match=r"PDF needs Pango, a library of the system: apt-get install libpango"
    ):
        document.from_html("<p>x</p>")


def test_the_command_writes_what_the_name_asks_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main.main(["report", "lee-son", "--draws", "20"]) == 0
    assert main.main(["report", "lee-son", "--draws", "20", "--language", "ko", "-o", "a.md"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "lee-son-report.html"]
    assert re.fullmatch(
        r"lee-son-report\.html: \d+ kB\n5 sent.*\na\.md: \d+ kB\n5 sent.*\n",
        capsys.readouterr().out,
    )


def test_another_ending_is_refused_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main.main(["report", "nowhere", "-o", "a.docx"]) == 2
    assert (
        capsys.readouterr().err == "escape-route: a.docx: a report is written as .html, .md, .pdf\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("undrawn")
def test_an_unprotected_report_says_so(ro: Report) -> None:
    mark = "This page shows places as they are held, not generalised. Do not pass it on."
    held = replace(ro, mark=Mark.AS_HELD)
    assert mark in document.render(held, Kind.HTML).decode()
    assert mark in document.render(held, Kind.MARKDOWN).decode()
    assert mark not in document.render(ro, Kind.HTML).decode()


@pytest.mark.usefixtures("undrawn")
def test_what_runs_against_the_page_is_a_paragraph_of_its_own(ro: Report) -> None:
    """Paper sets each line by itself: English in the middle of an Arabic paragraph would lose its order there."""
    html = document.render(ro, Kind.HTML, "ar").decode()
    assert '<p dir="ltr">\u200eIn the documentary' in html
    assert '<div class="aside" dir="ltr">\u200eThe sentence ends' in html
    assert "<p dir=" not in document.render(ro, Kind.HTML, "de").decode()
    quoted = re.search("\u2068[^\u2069]*5,000[^\u2069]*\u2069", html)
    assert quoted is not None
    assert quoted[0].replace(" ", "\N{NO-BREAK SPACE}") in document.unbroken(html)
