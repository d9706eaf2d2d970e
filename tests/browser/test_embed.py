"""The page inside a page of another origin: it fits, tells its height and nothing else, and lets the wheel go."""

from __future__ import annotations

import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from beside import whole

SIZES = [(600, 500), (340, 480), (800, 500)]
AROUND = """<!doctype html><meta charset="utf-8"><title>News</title><h1>News</h1>
<script>window.told = []; addEventListener("message", (event) => told.push(event.data));</script>
<iframe id="frame" src="{address}" title="Journey" width="{width}" height="{height}" style="border:0"></iframe>
<p style="height: 3000px">More news.</p><a href="#end" id="after">End</a>"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments):
        """Say nothing."""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Two servers, each of its own folder: two origins."""
    running = []
    for name in ("journeys", "news"):
        handler = functools.partial(Quiet, directory=str(tmp_path_factory.mktemp(name)))
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        running.append((server, handler.keywords["directory"]))
    yield [(f"http://127.0.0.1:{server.server_port}", folder) for server, folder in running]
    for server, _ in running:
        server.shutdown()
        server.server_close()


@pytest.fixture
def framed(served, ro, browser):
    """Opens a page of news with the journey in a frame: `framed("#embed", (600, 500))`."""
    contexts = []

    def open_page(hash_, size):
        (journeys, first), (news, second) = served
        with open(f"{first}/ro.html", "w", encoding="utf-8") as file:  # noqa: PTH123
            file.write(ro.read_text("utf-8"))
        page = AROUND.format(address=f"{journeys}/ro.html{hash_}", width=size[0], height=size[1])
        with open(f"{second}/news.html", "w", encoding="utf-8") as file:  # noqa: PTH123
            file.write(page)
        contexts.append(
            browser.new_context(viewport={"width": 800, "height": 700}, reduced_motion="reduce")
        )
        shown = contexts[-1].new_page()
        shown.set_default_timeout(20_000)
        shown.goto(f"{news}/news.html")
        frame = shown.frame(url=f"{journeys}/ro.html{hash_}")
        frame.wait_for_function("() => document.documentElement.classList.contains('is-drawn')")
        shown.wait_for_timeout(150)
        frame.wait_for_function("() => !document.querySelector('.labels[aria-busy=true]')")
        return shown, frame

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    "size", whole(SIZES, (340, 480)), ids=["600 x 500", "340 x 480", "800 x 500"]
)
def test_headline_verdict_map_and_ledger_fit_the_frame(framed, size):
    _, frame = framed("#embed", size)
    boxes = """() => ['h1', '.pill', '.map', '.view > .ledger', '.whole-story'].map((part) => {
      const box = document.querySelector(part).getBoundingClientRect();
      return [part, box.left, box.top, box.right, box.bottom];
    })"""
    for part, left, top, right, bottom in frame.evaluate(boxes):
        assert 0 <= left < right <= size[0], part
        assert 0 <= top < bottom <= size[1] + 1, part
    assert frame.evaluate("document.querySelector('.map').offsetHeight") >= 120


@pytest.mark.parametrize(
    "size", whole(SIZES, (340, 480)), ids=["600 x 500", "340 x 480", "800 x 500"]
)
def test_no_verdict_is_cut_in_any_language(framed, size):
    _, frame = framed("#embed", size)
    for language in frame.evaluate(
        "JSON.parse(document.querySelector('#payload').textContent).languages"
    ):
        frame.locator(".languages select").select_option(language)
        high, room = frame.evaluate(
            "(({ scrollHeight, clientHeight }) => [scrollHeight, clientHeight])(document.querySelector('.opening'))"
        )
        assert high <= room + 1, language
        assert frame.locator(".whole-story").is_visible()


def test_a_narrow_frame_says_that_arrows_are_no_route_and_how_far_it_was(framed):
    _, frame = framed("#embed", (340, 480))
    note = frame.locator(".order-note")
    assert "the order, not the route" in note.inner_text()
    assert note.is_visible()
    assert "505 km" in frame.locator("h1").inner_text().replace("\u00a0", " ")


def test_the_narrowest_frame_has_headline_verdict_and_map_and_no_ledger(framed):
    _, frame = framed("#embed", (260, 480))
    assert all(frame.locator(part).first.is_visible() for part in ("h1", ".pill", ".map"))
    assert not frame.locator(".view > .ledger").is_visible()
    assert frame.evaluate("document.querySelector('.map').offsetHeight") >= 240


@pytest.mark.parametrize(
    "size", whole(SIZES, (340, 480)), ids=["600 x 500", "340 x 480", "800 x 500"]
)
def test_the_map_of_a_frame_is_of_the_story_and_not_of_the_world(framed, size):
    _, frame = framed("#embed", size)
    west, south, east, north = map(
        float, frame.evaluate("map_story.getBounds().toBBoxString()").split(",")
    )
    assert west < 102, "Thailand is in it"
    assert south < 16, "Thailand is in it"
    assert east > 130, "the border river is in it"
    assert north > 42, "the border river is in it"
    assert min((east - west) / 28, (north - south) / 27) < 1.75, "and the story fills it"
    named = frame.locator(
        ".label:not(.is-short:not(.is-key), .orientation) .name"
    ).all_inner_texts()
    assert {"CHINA", "THAILAND", "SOUTH KOREA"} <= {" ".join(name.split()) for name in named}


@pytest.mark.parametrize(
    ("part", "there", "gone"),
    [("map", ".map", ".view > .ledger"), ("ledger", ".view > .ledger", ".map")],
)
def test_a_part_alone_is_shown_alone(framed, part, there, gone):
    _, frame = framed(f"#embed={part}", SIZES[0])
    assert frame.locator(there).is_visible()
    assert not frame.locator(gone).is_visible()


def test_it_tells_its_height_and_nothing_else(framed):
    shown, _ = framed("#embed", SIZES[0])
    told = shown.evaluate("told")
    assert told
    assert all(
        set(each) == {"escape-route"} and set(each["escape-route"]) == {"height"} for each in told
    )
    assert 300 < told[-1]["escape-route"]["height"] < 1200


def test_the_wheel_goes_on_to_the_page_around(framed):
    shown, _ = framed("#embed", SIZES[0])
    box = shown.locator("#frame").bounding_box()
    shown.mouse.move(box["x"] + 300, box["y"] + 300)
    shown.mouse.wheel(0, 400)
    shown.wait_for_timeout(300)
    assert shown.evaluate("scrollY") > 100


def test_the_keyboard_goes_through_the_frame(framed):
    shown, _ = framed("#embed", SIZES[0])
    for _ in range(40):
        shown.keyboard.press("Tab")
        if shown.evaluate("document.activeElement.id") == "after":
            break
    assert shown.evaluate("document.activeElement.id") == "after"


def test_the_whole_story_opens_from_the_frame(framed):
    _, frame = framed("#embed", SIZES[0])
    link = frame.locator(".whole-story")
    assert link.get_attribute("href").endswith("/ro.html")
    assert link.get_attribute("target") == "_blank"
