"""A browser with JavaScript switched off: the page tells the same, in every language."""

from __future__ import annotations

import pytest

from escape_route.language.html import together


@pytest.fixture
def read(visit, ro):
    return visit(ro, java_script_enabled=False).page


def test_the_further_language_can_be_read(read):
    korean = read.locator("section[lang=ko]")
    assert korean.get_by_role("heading", name="다섯 식구, 네 개의 국경").is_visible()
    assert korean.get_by_text("가족은 밤에 작은 배를 타고 메콩강을 건너").is_visible()
    assert korean.get_by_text("태국까지 12,000km: 설명되지 않습니다").first.is_visible()


def test_a_link_at_the_top_leads_to_it(read):
    read.get_by_role("link", name="한국어").click()
    assert read.url.endswith("#further-ko")
    assert read.evaluate("document.querySelector('.further').getBoundingClientRect().top") < 400


@pytest.mark.parametrize(
    ("table", "said"), [("legs", "by boat across"), ("claims", together("12,000 km"))]
)
def test_the_tables_can_be_read(read, table, said):
    assert read.locator(f"table.{table}").is_visible()
    assert said in (read.locator(f"table.{table}").text_content() or "")


def test_every_passage_says_its_language(read):
    assert read.locator(".further:not([lang])").count() == 0
    hangul = (
        "e => /[가-힣]/.test([...e.childNodes].filter(n => n.nodeType === 3).map(n => "
        "n.data).join(''))"
    )
    unsaid = (
        f"[...document.querySelectorAll('body :not(script)')].filter({hangul}).filter(e => "
        "!e.closest('[lang=ko]'))"
    )
    assert read.evaluate(f"{unsaid}.map(e => e.outerHTML.slice(0, 80))") == []


def test_the_further_language_is_not_printed(read):
    read.emulate_media(media="print")
    assert not read.locator(".further").is_visible()
    assert not read.locator(".further-link").is_visible()


def test_with_javascript_nothing_of_it_shows(visit, ro):
    seen = visit(ro)
    assert seen.page.locator(".further:visible, .further-link:visible").count() == 0
