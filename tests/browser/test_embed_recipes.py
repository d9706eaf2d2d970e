"""The recipes of `docs/how-to/newsroom.md` show a page in a frame, under the policies that the guide names."""

from __future__ import annotations

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from beside import PROJECT, whole
from escape_route.language.html import together

GUIDE = (PROJECT / "docs" / "how-to" / "newsroom.md").read_text("utf-8")
PLAIN, WORDPRESS = re.findall(r"```html\n(.*?)```", GUIDE, re.DOTALL)
(LISTENER,) = re.findall(r"```js\n(.*?)```", GUIDE, re.DOTALL)
RECIPES = {"plain": PLAIN, "wordpress": WORDPRESS}
ARTICLE = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'"
STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; frame-src 'self'"
SCRIPTS_OF_THE_SITE = "default-src 'self'; script-src 'self'; style-src 'self'"


class Server:
    """A newsroom's server: articles and the file, each with the policy that is given to it."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[bytes, str]] = {}
        files = self.files

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                content, policy = files.get(self.path, (b"", ""))
                self.send_response(200 if content else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                if policy:
                    self.send_header("Content-Security-Policy", policy)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()


@pytest.fixture
def newsroom(ro):
    server = Server()
    for name, recipe in RECIPES.items():
        article = (
            "<!doctype html><meta charset=utf-8><title>An article</title><h1>An "
            f"article</h1>{recipe}"
        )
        server.files[f"/{name}.html"] = (article.encode(), ARTICLE)
    for path in ("/ro-family.html", "/maps/ro-family.html"):
        server.files[path] = (ro.read_bytes(), "")
    yield server
    server.http.shutdown()
    server.http.server_close()


def opened(browser, address, width=600):
    page = browser.new_context(viewport={"width": width, "height": 900}, locale="en-GB").new_page()
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.locator("iframe").scroll_into_view_if_needed()
    return page, said, asked


@pytest.mark.parametrize("width", whole([340, 600, 1280], 600))
@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_shows_the_page_and_asks_nobody_else(browser, newsroom, name, width):
    page, said, asked = opened(browser, f"{newsroom.address}/{name}.html", width)
    frame = page.frame_locator("iframe")
    frame.locator("h1").first.wait_for()
    frame.locator(".leaflet-container").first.wait_for()
    assert said == []
    assert [
        each
        for each in asked
        if not each.startswith((newsroom.address, "data:", "blob:", "about:"))
    ] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("iframe").bounding_box()["width"] <= width
    page.context.close()


def test_a_frame_becomes_as_high_as_it_would_like_to_be(browser, newsroom):
    content, _ = newsroom.files["/plain.html"]
    listening = content.replace(b"<h1>", f"<script>{LISTENER}</script><h1>".encode(), 1)
    newsroom.files["/plain.html"] = (listening, f"{ARTICLE}; script-src 'unsafe-inline'")
    page, said, _ = opened(browser, f"{newsroom.address}/plain.html")
    expect(page.locator("iframe")).not_to_have_attribute("height", "600")
    frame = page.frame_locator("iframe")
    assert frame.locator("html").evaluate("root => root.scrollHeight - root.clientHeight") <= 1
    assert said == []
    page.context.close()


@pytest.mark.parametrize("width", whole([340, 1280], 340))
@pytest.mark.parametrize("name", RECIPES)
def test_an_article_that_lets_no_inline_style_run_loses_the_frames_look_alone(
    browser, newsroom, name, width
):
    content, _ = newsroom.files[f"/{name}.html"]
    newsroom.files[f"/{name}.html"] = (content, STRICT)
    page, said, _ = opened(browser, f"{newsroom.address}/{name}.html", width)
    page.frame_locator("iframe").locator(".leaflet-container").first.wait_for()
    assert [each for each in said if "inline style" not in each] == []
    assert said
    box = page.locator("iframe").bounding_box()
    assert box["height"] >= 600
    assert width - 100 <= box["width"] <= width
    page.context.close()


def test_an_article_that_allows_no_frame_shows_none(browser, newsroom):
    content, _ = newsroom.files["/plain.html"]
    newsroom.files["/plain.html"] = (content, "default-src 'none'; style-src 'unsafe-inline'")
    page, said, asked = opened(browser, f"{newsroom.address}/plain.html")
    page.wait_for_timeout(300)
    assert any("frame-src" in each or "default-src" in each for each in said)
    assert not any(each.endswith("ro-family.html") for each in asked)
    page.context.close()


def test_under_the_sites_own_policy_the_words_can_be_read_and_no_map_shows(browser, newsroom):
    content, _ = newsroom.files["/ro-family.html"]
    newsroom.files["/ro-family.html"] = (content, SCRIPTS_OF_THE_SITE)
    page, _, _ = opened(browser, f"{newsroom.address}/plain.html")
    frame = page.frame_locator("iframe")
    frame.locator("h1").first.wait_for()
    assert together("12,000 km") in frame.locator("body").inner_text()
    assert frame.locator(".leaflet-container").count() == 0
    page.context.close()
