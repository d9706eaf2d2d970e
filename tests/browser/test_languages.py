"""The page in every language of the interface: the browser's, the chosen one, and marked for who listens."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader

from beside import whole
from escape_route.language.catalogues import Words, languages
from escape_route.publish.page.page import build_contents
from making import checked

A4_PT = 595
SPOKEN = "[...document.querySelectorAll('.opening [data-text], .chapter [data-text]')]"


@pytest.fixture(scope="module")
def contents(folder):
    file = folder / "index.html"
    file.write_text(build_contents([checked("ro-family"), checked("lee-son")]), encoding="utf-8")
    return file


@pytest.mark.parametrize("language", whole(languages(), "en", "ar"))
def test_the_page_opens_in_the_browsers_language_and_says_all_of_its_own_words_in_it(
    visit, ro, language
):
    page = visit(ro, locale=f"{language}-XX").page
    words = Words(language)
    assert page.locator("html").get_attribute("lang") == language
    assert page.evaluate("document.documentElement.dir") == words.word("page.dir")
    assert page.locator(".skip").text_content() == words.word("page.skip")
    assert page.locator(".languages select").input_value() == language


def test_the_reader_changes_the_language_and_keeps_it_in_the_address(visit, ro):
    page = visit(ro).page
    options = page.locator(".languages option")
    assert sorted(options.evaluate_all("all => all.map(e => e.lang)")) == sorted(languages())
    page.locator(".languages select").select_option("ja")
    assert page.locator("html").get_attribute("lang") == "ja"
    assert page.evaluate("location.hash") == "#lang=ja"


def test_what_the_journey_says_stays_in_its_language_and_direction(visit, ro):
    page = visit(ro, locale="ar").page
    assert page.locator("h1 [data-text]").get_attribute("lang") == "en"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "ltr"
    told = page.evaluate(f"{SPOKEN}.map(e => [e.lang, e.dir, e.textContent])")
    assert {language for language, _, _ in told} == {"en", "ar"}
    for language, direction, text in told:
        assert (direction == "ltr") == (language == "en")
        assert bool(re.search("[\u0600-\u06ff]", text)) <= (language == "ar")
    assert page.locator(".told-in").text_content() == Words("ar").word(
        "page.told_in", languages="الإنجليزية, الكورية"
    )


def test_what_was_told_of_two_places_runs_on_in_its_own_direction(look, page_of_shipped):
    """From right to left the parts of an English line stood in the wrong order."""
    page = look(page_of_shipped("lee-so-yeon.html", "lee-so-yeon"), (1280, 800), "ar").page
    said = (
        "[...document.querySelectorAll('.stops .said')].map(e => [e.lang, "
        "getComputedStyle(e).direction])"
    )
    assert page.evaluate(said) == [["en", "ltr"]] * 2


def test_a_journey_that_is_told_in_the_readers_language_says_nothing_of_its_languages(visit, ro):
    assert not visit(ro, locale="ko-KR").page.locator(".told-in").is_visible()


@pytest.mark.parametrize("language", ["en", "ko", "ar"])
def test_the_title_of_a_source_is_marked_by_its_own_language(look, ro, language):
    page = look(ro, language=language).page
    titles = page.locator(".sources > li > [lang]:first-child").evaluate_all(
        "all => all.map(e => [e.lang, e.textContent])"
    )
    assert len(titles) > 20
    assert {marked for marked, _ in titles} == {"en"}


@pytest.mark.parametrize("language", whole(languages(), "en", "ar"))
def test_the_contents_show_one_language_the_browsers_or_the_chosen_one(visit, contents, language):
    page = visit(contents, locale=language).page
    seen = (
        "[...document.querySelectorAll('[data-in]')].filter(e => e.offsetWidth).map(e => "
        "e.dataset.in)"
    )
    assert set(page.evaluate(seen)) == {language}
    page.locator(".languages select").select_option("fr")
    assert set(page.evaluate(seen)) == {"fr"}
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        "fr",
        "ltr",
    ]


def test_the_contents_are_one_white_sheet_on_paper(visit, contents):
    page = visit(contents, color_scheme="dark").page
    (sheet,) = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert round(float(sheet.mediabox.width)) == A4_PT
    page.emulate_media(media="print")
    assert (
        page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        == "rgb(255, 255, 255)"
    )


TORN = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const torn = [], range = document.createRange();
  while (texts.nextNode()) {
    const { data } = texts.currentNode;
    for (const found of data.matchAll(/\\d\\u2069?(?:\\s\\p{L}+|[\\s\\u2060]*[–~〜～]\\u2060?\\u2068?\\d)/gu)) {
      range.setStart(texts.currentNode, found.index);
      range.setEnd(texts.currentNode, found.index + found[0].length);
      const lines = [...range.getClientRects()].filter(({ width }) => width > 1).map(({ bottom }) => bottom);
      if (Math.max(...lines) - Math.min(...lines) > 8) torn.push(data);
    }
  }
  return torn;
}"""


@pytest.mark.parametrize("width", whole([320, 340, 390], 320))
def test_no_range_and_no_number_and_its_unit_stand_on_two_lines_in_any_language(look, ro, width):
    for language in languages():
        assert look(ro, (width, 844), language).page.evaluate(TORN) == [], language


@pytest.mark.parametrize(
    ("language", "size"), [("ar", (1280, 800)), ("ar", (390, 844)), ("en", (1280, 800))]
)
def test_a_name_stands_beside_its_number_whatever_its_language(visit, ro, language, size):
    page = visit(
        ro, f"#lang={language}", viewport=dict(zip(("width", "height"), size, strict=True))
    ).page
    gaps = page.evaluate("""[...document.querySelectorAll('.number + bdi')].map(name => {
        const [number, range] = [name.previousElementSibling.getBoundingClientRect(), document.createRange()];
        range.selectNodeContents(name);
        return [...range.getClientRects()].map(line => Math.max(line.left - number.right, number.left - line.right));
    }).filter(lines => lines.length)""")
    assert len(gaps) >= 9
    assert max(max(lines) for lines in gaps) <= 16


def test_from_right_to_left_a_track_its_marks_and_an_arrow_run_that_way_too(visit, ro):
    page = visit(ro, "#lang=ar").page
    left = page.evaluate(
        "[...document.querySelectorAll('.slider-marks span')].map(e => e.getBoundingClientRect().left)"
    )
    assert left == sorted(left, reverse=True)
    assert (
        page.evaluate(
            "new DOMMatrix(getComputedStyle(document.querySelector('.onward')).transform).a"
        )
        == -1
    )
    small = visit(ro, "#lang=ar", viewport={"width": 390, "height": 844}).page
    apart = small.evaluate("""[...document.querySelectorAll('td:not(:first-child) > .card-label')].map(label =>
        label.getBoundingClientRect().right - label.parentElement.getBoundingClientRect().right)""")
    assert apart
    assert max(map(abs, apart)) <= 1
