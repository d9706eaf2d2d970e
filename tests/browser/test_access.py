from __future__ import annotations

import pytest

from axe import violations


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_in_either_language_light_or_dark(visit, ro, width):
    page = visit(ro, "#ro-2", viewport={"width": width, "height": 800}).page
    found = {}
    for language in ("English", "한국어"):
        page.locator(".languages").get_by_role("button", name=language).click()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found[language, scheme] = violations(page)
    assert [objections for objections in found.values() if objections] == []
    assert len(found) == 4


def test_axe_finds_nothing_on_the_page_that_asks_for_care(visit, son):
    assert violations(visit(son).page) == []


def test_the_focus_can_be_seen_everywhere(visit, ro):
    seen = visit(ro)
    unseen = []
    for _ in range(30):
        seen.page.keyboard.press("Tab")
        outline = (
            "e => getComputedStyle(e).outlineStyle !== 'none' && parseFloat(getComputedStyle(e).outlineWidth) >= 1"
        )
        if not seen.page.evaluate_handle("document.activeElement").evaluate(outline):
            unseen.append(seen.page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
    assert unseen == []


def test_the_keyboard_is_never_caught(visit, page_of):
    seen = visit(page_of())
    passed = []
    for _ in range(80):
        seen.page.keyboard.press("Tab")
        passed.append(seen.page.evaluate("document.activeElement.tagName"))
        if passed[-1] == "BODY":
            break
    assert passed[-1] == "BODY"


def test_the_page_may_be_enlarged(visit, ro):
    viewport = visit(ro).page.locator("meta[name=viewport]").get_attribute("content")
    assert "maximum-scale" not in viewport
    assert "user-scalable" not in viewport


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_sticks_out_sideways(visit, ro, width):
    seen = visit(ro, viewport={"width": width, "height": 800})
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
