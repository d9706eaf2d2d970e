"""Journeys of a few kilometres in a browser: the map goes as near as they are, and no line is finer than known."""

from __future__ import annotations

import io
from itertools import pairwise

import pytest
from PIL import Image, ImageColor

import escape_route.publish.page.page as story
from escape_route.model.modes import Mode
from making import at_country, by, journey, reported

WALL = ((13.3957, 52.5370), (13.3925, 52.5352))
COAST = ((3.129, 42.483), (3.134, 42.442), (3.159, 42.427))
CREDIT = ".credit .coarse"


@pytest.fixture(scope="module")
def page_of_points(folder):
    def write(*points, **more):
        file = folder / f"small{len(points)}{len(more)}{points[0][0]}.html"
        if not file.exists():
            way = [{"label": point, **by(Mode.FOOT)} for point in points]
            file.write_text(
                story.build([reported(journey(*way, *more.values()))]), encoding="utf-8"
            )
        return file

    return write


def across(page) -> float:
    """How much of the shorter side of the map the dots reach over."""
    return page.evaluate("""() => {
      const at = [...document.querySelectorAll('.map .pin')].map(e => e.getBoundingClientRect());
      const reach = (low, high) => Math.max(...at.map(high)) - Math.min(...at.map(low));
      const { width, height } = document.querySelector('.map').getBoundingClientRect();
      return Math.max(reach(e => e.left, e => e.right) / width, reach(e => e.top, e => e.bottom) / height);
    }""")


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
@pytest.mark.parametrize("points", [WALL, COAST])
def test_a_short_journey_fills_the_map_and_what_is_known_of_its_ground_is_said(
    visit, page_of_points, points, size
):
    page = visit(
        page_of_points(*points), viewport=dict(zip(("width", "height"), size, strict=True))
    ).page
    assert across(page) > 0.35
    assert page.locator(CREDIT).is_visible()


def test_a_coast_that_is_known_to_two_kilometres_has_no_edge(visit, page_of_points):
    page = visit(page_of_points(*COAST)).page
    page.evaluate("document.querySelectorAll('.labels, .leaflet-control').forEach(e => e.remove())")
    row = (
        Image.open(io.BytesIO(page.locator(".map").screenshot()))
        .convert("L")
        .crop((300, 100, 700, 101))
    )
    assert max(abs(one - other) for one, other in pairwise(row.tobytes())) <= 3


def test_near_places_beside_a_country_are_gone_near_to_in_their_chapters(visit, page_of_points):
    opened = visit(page_of_points(*WALL, country=at_country("PL")))
    assert opened.page.evaluate("map_story.getZoom()") < 8
    assert not opened.page.locator(CREDIT).is_visible()
    opened.turn("#w0")
    assert opened.page.evaluate("map_story.getZoom()") > 14
    assert across(opened.page) > 0.2


def test_the_ledger_is_as_long_as_the_journey_and_tells_metres(visit, page_of_points):
    page = visit(page_of_points(*WALL)).page
    numbers = [float(each) for each in page.locator(".view .axis-number").all_text_contents()]
    assert numbers[0] == 0
    assert 0.6 < max(numbers) < 1.4
    assert "below 295 m" in page.locator(".view .tag-on-scale.bound").text_content().replace(
        "\u00a0", " "
    )


@pytest.mark.parametrize("fineness", [1, 2])
def test_amid_a_country_all_is_land_however_near(visit, page_of_points, fineness):
    page = visit(page_of_points(*WALL), alone=True, device_scale_factor=fineness).page
    land = page.evaluate(
        "getComputedStyle(document.documentElement).getPropertyValue('--land').trim()"
    )
    shown = Image.open(io.BytesIO(page.locator(".map").screenshot())).convert("RGB")
    most = max(shown.getcolors(shown.width * shown.height))[1]
    assert most == pytest.approx(ImageColor.getrgb(land), abs=2)
