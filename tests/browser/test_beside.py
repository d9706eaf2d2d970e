from __future__ import annotations

import itertools

import pytest
from pyproj import Geod

import payloads
from escape_route.language.html import together
from escape_route.publish.page import notebook

WGS84 = Geod(ellps="WGS84")
LAID = """() => Object.keys(window).length && (() => {
  const found = [];
  map_story.eachLayer((layer) => {
    if (layer.options.className === 'laid') found.push(layer.getLatLngs().map((p) => [p.lng, p.lat]));
  });
  return found;
})()"""


def lengths(lines):
    return [WGS84.line_length(*zip(*line, strict=True)) for line in lines]


@pytest.mark.parametrize("city", ["Paris", "Sydney", "Los Angeles", "Nairobi"])
def test_laid_out_from_elsewhere_each_leg_keeps_its_length(visit, ro, city):
    seen = visit(ro)
    legs = (
        "[2,3,4,5,6,7].map(n => window['poly_line_leg_0_' + n].getLatLngs()[0].map(p => [p.lng, "
        "p.lat]))"
    )
    seen.page.get_by_label("A city").select_option(label=city)
    laid = lengths(seen.page.evaluate(LAID))
    assert laid == pytest.approx(lengths(seen.page.evaluate(legs)), rel=0.006)


def test_the_way_starts_where_the_reader_says(visit, page_of):
    seen = visit(page_of())
    seen.page.get_by_label("Latitude").fill("60")
    seen.page.get_by_label("Longitude").fill("179")
    seen.page.get_by_role("button", name="Lay it out").click()
    laid = seen.page.evaluate(LAID)
    assert laid[0][0] == pytest.approx([179, 60], abs=1e-6)
    assert all(abs(a[0] - b[0]) < 180 for a, b in itertools.pairwise(laid[0] + laid[1]))


def test_the_legs_keep_their_numbers_and_a_reset_puts_the_way_back(visit, page_of):
    seen = visit(page_of())
    table = seen.page.locator(".legs").inner_text()
    seen.page.get_by_label("A city").select_option(label="Paris")
    assert seen.page.locator(".legs").inner_text() == table
    seen.page.get_by_role("button", name="Put it back").click()
    assert not seen.page.evaluate(LAID)
    seen.page.wait_for_timeout(60)
    assert "Start" in seen.page.locator(".labels").inner_text()


def test_coordinates_that_are_none_are_refused_in_words(visit, page_of):
    seen = visit(page_of())
    seen.page.get_by_label("Latitude").fill("99")
    seen.page.get_by_label("Longitude").fill("0")
    seen.page.get_by_role("button", name="Lay it out").click()
    assert together("between -85 and 85") in seen.page.locator(".laid-output").inner_text()
    assert not seen.page.evaluate(LAID)


def test_the_start_is_dragged(visit, page_of):
    seen = visit(page_of())
    seen.page.locator("[data-tool='elsewhere']").scroll_into_view_if_needed()
    handle = seen.page.locator(".start-handle")
    box = handle.bounding_box()
    seen.page.mouse.move(box["x"] + 15, box["y"] + 15)
    seen.page.mouse.down()
    seen.page.mouse.move(box["x"] + 160, box["y"] - 80, steps=6)
    seen.page.mouse.up()
    assert len(seen.page.evaluate(LAID)) == 2


def test_a_journey_that_asks_for_care_is_not_laid_out(visit, page_of):
    seen = visit(page_of(payloads.payload(payloads.journey(care={"en": "With care."}))))
    assert seen.page.locator(".start-handle, [data-tool='elsewhere']").count() == 0


NAMED = ["1 Start", "2 Disc\nsomewhere within 30 km", "3 Country"]


def test_a_notebooks_map_draws_offline_and_carries_the_names(visit, folder):
    story = notebook.explore_map(payloads.payload(), payloads.shapes())
    file = folder / "explore.html"
    file.write_text(story.get_root().render(), encoding="utf-8")
    seen = visit(file)
    assert seen.said == []
    assert seen.page.locator(".label.explore").all_inner_texts() == NAMED
    assert len(seen.requests) == 1


def test_a_notebooks_map_credits_the_relief_where_it_is_seen_alone(visit, folder):
    """Near, where its picture is too coarse to be drawn, nobody is told of it."""
    file = folder / "explore-credit.html"
    file.write_text(
        notebook.explore_map(payloads.payload(), payloads.shapes()).get_root().render(),
        encoding="utf-8",
    )
    page = visit(file).page
    for zoom in (9, 12):
        page.evaluate("n => { map_story.setZoom(n, {animate: false}); }", zoom)
        page.wait_for_function(
            "() => document.querySelector('.leaflet-container').matches('.is-flat')"
        )
        assert "Patterson" not in page.locator(".explore-credit").inner_text()
    page.evaluate("void document.querySelector('.leaflet-container').classList.remove('is-flat')")
    assert (
        page.locator(".explore-credit")
        .inner_text()
        .startswith("Map: Natural Earth, relief: T. Patterson")
    )


def test_a_notebooks_map_names_a_place_without_a_label_point_on_what_is_drawn_of_it(visit, folder):
    told = payloads.journey()
    told["waypoints"][2]["label"] = None
    file = folder / "explore-area.html"
    file.write_text(
        notebook.explore_map(payloads.payload(told), payloads.shapes()).get_root().render(),
        encoding="utf-8",
    )
    seen = visit(file)
    assert seen.page.locator(".label.explore").all_inner_texts() == NAMED
