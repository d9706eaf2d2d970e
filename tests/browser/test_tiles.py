"""Online tiles: asked of their own servers alone, and not missed where they do not come."""

from __future__ import annotations

import base64
import re
from urllib.parse import urlsplit

import pytest

import payloads
from escape_route.publish.page import page, tiles

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SERVERS = {f"{letter}.tile.opentopomap.org" for letter in "abc"}
SHOWN = "document.querySelectorAll('.leaflet-tiles-pane img.leaflet-tile-loaded').length"


@pytest.fixture(scope="module")
def topo(folder):
    """A small page with the tiles of OpenTopoMap."""
    file = folder / "topo.html"
    drawn = page.render(payloads.payload(), payloads.shapes(), tiles.find("OpenTopoMap"))
    file.write_text(drawn, encoding="utf-8")
    return file


class Seen:
    """A page that is open, with what it asked of others, how these answered it, and what it said."""

    def __init__(self, context, address, answer):
        self.asked, self.said = [], []
        context.route(
            re.compile("^https:"), lambda route: (self.asked.append(route.request), answer(route))
        )
        self.page = context.new_page()
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.goto(address)
        self.page.wait_for_timeout(600)

    def hosts(self):
        return {urlsplit(request.url).netloc for request in self.asked}


@pytest.fixture
def see(browser):
    contexts = []

    def open_page(file, answer, **options):
        wanted = {
            "viewport": {"width": 1280, "height": 800},
            "reduced_motion": "reduce",
            "locale": "en-GB",
        } | options
        contexts.append(browser.new_context(**wanted))
        return Seen(contexts[-1], file.as_uri(), answer)

    yield open_page
    for context in contexts:
        context.close()


def answered(route):
    route.fulfill(body=PICTURE, content_type="image/png")


def test_tiles_are_asked_of_their_own_servers_alone(see, topo):
    seen = see(topo, answered)
    assert seen.hosts()
    assert seen.hosts() <= SERVERS
    assert seen.page.evaluate(SHOWN) > 0
    assert seen.said == []


def test_no_server_is_told_where_the_page_is(see, topo):
    assert [
        request.headers for request in see(topo, answered).asked if "referer" in request.headers
    ] == []


def test_the_policy_stops_pictures_of_other_servers(see, topo):
    seen = see(topo, answered)
    seen.page.evaluate("() => { new Image().src = 'https://tile.openstreetmap.org/1/1/1.png'; }")
    seen.page.wait_for_timeout(100)
    assert seen.hosts() <= SERVERS
    assert "img-src" in " ".join(seen.said)


def test_tiles_lie_over_the_built_in_map_and_can_be_switched_off(see, topo):
    seen = see(topo, answered)
    box = seen.page.locator(
        ".leaflet-control-layers-overlays label", has_text="Online map"
    ).locator("input")
    assert seen.page.evaluate("map_story.hasLayer(geo_json_land)")
    assert box.is_checked()
    box.evaluate("input => input.click()")
    assert seen.page.evaluate(SHOWN) == 0
    seen.page.locator(".languages select").select_option("ko")
    assert (
        seen.page.locator(".leaflet-control-layers-overlays").text_content().count("온라인 지도")
        == 1
    )


def test_without_a_network_the_map_and_its_story_are_there(see, topo):
    seen = see(topo, lambda route: route.abort("internetdisconnected"))
    assert seen.page.evaluate(SHOWN) == 0
    assert seen.page.evaluate("map_story.hasLayer(geo_json_land)")
    assert seen.page.locator(".label .name").first.is_visible()
    seen.page.keyboard.press("ArrowRight")
    assert seen.page.locator(".chapter.is-now h2 [data-text]").text_content() == "Start"
    assert [said for said in seen.said if "ERR_INTERNET_DISCONNECTED" not in said] == []


def test_tiles_that_never_come_are_not_asked_for_again(see, topo):
    seen = see(topo, lambda route: route.abort("internetdisconnected"))
    asked = len(seen.asked)
    seen.page.get_by_role("button", name="Zoom in").click()
    seen.page.wait_for_timeout(300)
    assert len(seen.asked) == asked


def test_tiles_that_are_missing_here_and_there_stay(see, topo):
    some = iter(range(1000))
    seen = see(topo, lambda route: route.abort() if next(some) % 3 else answered(route))
    seen.page.wait_for_function(f"{SHOWN} > 0", timeout=20_000)


@pytest.mark.parametrize("width", [390, 1280])
def test_their_credit_is_in_sight_and_nothing_lies_over_it(see, topo, width):
    seen = see(topo, answered, viewport={"width": width, "height": 800})
    credit = seen.page.locator(".tiles-credit")
    credit.scroll_into_view_if_needed()
    assert credit.text_content().endswith("Map style: © OpenTopoMap (CC-BY-SA)")
    box = credit.bounding_box()
    middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    assert (
        seen.page.evaluate("at => document.elementFromPoint(...at).className", middle)
        == "tiles-credit"
    )
