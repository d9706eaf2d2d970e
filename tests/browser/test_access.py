from __future__ import annotations

import pytest

from axe import violations
from beside import whole


@pytest.mark.parametrize("width", whole([1280, 390], 390))
def test_axe_finds_nothing_from_left_or_right_light_or_dark(visit, ro, width):
    """A short form of `make access`, which tries every page, language, scheme and size."""
    page = visit(ro, "#ro-2", viewport={"width": width, "height": 800}).page
    found = {}
    for language in ("ko", "ar"):
        page.locator(".languages select").select_option(language)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found[language, scheme] = violations(page)
    assert [objections for objections in found.values() if objections] == []
    assert len(found) == 4


def test_axe_finds_nothing_in_a_frame(visit, ro):
    assert violations(visit(ro, "#embed", viewport={"width": 340, "height": 480}).page) == []


def test_axe_finds_nothing_on_the_page_of_several_journeys(visit, joint):
    assert violations(visit(joint, "#lee-son").page) == []


def test_axe_finds_nothing_on_the_page_that_asks_for_care(visit, son):
    assert violations(visit(son).page) == []


def test_the_focus_can_be_seen_everywhere(visit, ro):
    seen = visit(ro)
    unseen = []
    for _ in range(30):
        seen.page.keyboard.press("Tab")
        outline = (
            "e => getComputedStyle(e).outlineStyle !== 'none' && "
            "parseFloat(getComputedStyle(e).outlineWidth) >= 1"
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


def test_the_page_may_be_enlarged(look, ro):
    viewport = look(ro).page.locator("meta[name=viewport]").get_attribute("content")
    assert "maximum-scale" not in viewport
    assert "user-scalable" not in viewport


@pytest.mark.parametrize("width", whole([320, 390, 768, 1280], 320, 1280))
def test_nothing_sticks_out_sideways(look, ro, width):
    assert look(ro, (width, 800)).page.evaluate("document.documentElement.scrollWidth") <= width


def test_enlarged_four_times_nothing_sticks_out_and_the_strip_covers_nothing(visit, ro):
    page = visit(ro, viewport={"width": 320, "height": 256}).page
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert not page.locator(".view > .ledger").is_visible()


def test_the_map_shows_that_it_has_the_focus_over_all_that_it_draws(visit, ro):
    page = visit(ro, viewport={"width": 1280, "height": 800}).page
    before = page.locator(".map").screenshot()
    page.keyboard.press("Tab")
    page.locator(".folium-map").focus()
    after = page.locator(".map").screenshot()
    frame = "getComputedStyle(document.querySelector('.folium-map'), '::after').borderTopWidth"
    assert page.evaluate(frame) == "3px"
    assert after != before


def test_escape_closes_the_layers(visit, ro):
    page = visit(ro, viewport={"width": 1280, "height": 800}).page
    opened = page.locator(".leaflet-control-layers-expanded")
    page.locator(".leaflet-control-layers-toggle").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert opened.count() == 1
    page.keyboard.press("Escape")
    assert opened.count() == 0
    assert page.evaluate("document.activeElement.className") == "leaflet-control-layers-toggle"


def test_an_opened_note_is_read_in_the_language_of_its_source(visit, ro):
    page = visit(ro, viewport={"width": 1280, "height": 800}).page
    of_source = (
        "[...document.querySelectorAll('.sources li > [lang]:first-child')].map(e => "
        "[e.parentElement.id, e.lang])"
    )
    tried = [
        each
        for each in page.evaluate(of_source)
        if page.locator(f".chapter a[href='#{each[0]}']").count()
    ]
    assert tried
    for number, language in tried:
        page.locator(f".chapter a[href='#{number}']").first.press("Enter")
        assert (
            page.locator(f".note-open[data-of='#{number}'] > span").get_attribute("lang")
            == language
        )


def test_a_field_that_is_wrong_is_named_and_has_the_focus(visit, ro):
    page = visit(ro, viewport={"width": 1280, "height": 800}).page
    lat, lon = page.locator("input[name=lat]"), page.locator("input[name=lon]")
    lat.fill("52")
    lon.fill("190")
    lat.press("Enter")
    assert page.locator(".laid-output").inner_text() != ""
    assert [field.get_attribute("aria-invalid") for field in (lat, lon)] == ["false", "true"]
    assert page.evaluate("document.activeElement.name") == "lon"
