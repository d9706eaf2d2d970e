from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = """() => axe.run(document, {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: {'target-size': {enabled: true}},
})"""


@pytest.fixture
def violations(visit):
    """Looks at a page with axe-core: what it objects to, one line each."""

    def look(file, address, **options) -> list[str]:
        seen = visit(file, address, **options)
        seen.page.evaluate(AXE)
        found = seen.page.evaluate(RULES)["violations"]
        return [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]

    return look


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(violations, ro, width, language, scheme):
    size = {"width": width, "height": 800}
    assert violations(ro, f"#ro-2&lang={language}", color_scheme=scheme, viewport=size) == []


def test_axe_finds_nothing_on_the_page_that_asks_for_care(violations, son):
    assert violations(son, "") == []


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
