"""A real browser on real pages: Chromium as CHROMIUM names it, or as Debian installs it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

import payloads
from escape_route.publish.page import page as story
from making import checked

OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
]
#: One process for the pages of a context, which then compiles a script once. A page is closed
#: before the last of the compilers would have been worth its time.
TERSE = ["--renderer-process-limit=1", "--js-flags=--no-turbofan"]
#: Pages that stay open to be looked at: one of each size.
MOST_OPENED = 8
#: What a page may ask for in the context that all share.
SHARED = {"viewport", "color_scheme", "reduced_motion"}


@pytest.fixture(scope="session")
def launched():
    """Launches the browser with further options."""
    installed = map(shutil.which, ("chromium-headless-shell", "chromium", "google-chrome"))
    named = os.environ.get("CHROMIUM") or next(filter(None, installed), None)
    if not named or not Path(named).exists():
        pytest.fail(
            "no browser: install chromium, or name an installed one in the variable CHROMIUM"
        )
    with sync_playwright() as playwright:
        yield lambda *more: playwright.chromium.launch(
            executable_path=named, args=[*OPTIONS, *more]
        )


@pytest.fixture(scope="session")
def browser(launched):
    with launched(*TERSE) as running:
        yield running


@pytest.fixture(scope="session")
def together(browser):
    """The context of all pages that ask for nothing uncommon; an empty page holds its process."""
    context = browser.new_context(locale="en-GB")
    context.new_page()
    return context


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="session")
def page_of_shipped(once):
    """Makes the page of some shipped journeys as a file, once for all workers of a run."""
    return lambda file_name, *names: once(
        file_name, lambda: story.build([*map(checked, names)]).encode()
    )


@pytest.fixture(scope="session")
def ro(page_of_shipped):
    """The page of the Ro family."""
    return page_of_shipped("ro.html", "ro-family")


@pytest.fixture(scope="session")
def joint(page_of_shipped):
    """The page that tells the three shipped journeys as one story."""
    return page_of_shipped("joint.html", "ro-family", "lee-so-yeon", "lee-son")


@pytest.fixture(scope="session")
def son(page_of_shipped):
    """The page of the journey that was cut short."""
    return page_of_shipped("son.html", "lee-son")


@pytest.fixture
def page_of(folder):
    """Writes the page of a payload, the small one if none is given."""

    def write(payload=None) -> Path:
        file = folder / "made.html"
        file.write_text(
            story.render(payload or payloads.payload(), payloads.shapes()), encoding="utf-8"
        )
        return file

    return write


TURN = """(address) => new Promise((done) => {
  const named = () => (document.querySelector('.labels[aria-busy=true]') ? setTimeout(named, 20) : done());
  const settle = () => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(named, 50)));
  window.addEventListener('hashchange', settle, { once: true });
  location.hash = address;
})"""


class Visit:
    """A page that is open, with all that it asked for and said."""

    def __init__(self, page, file: Path, address: str = "") -> None:
        self.page = page
        self.page.set_default_timeout(20_000)
        self.page.set_default_navigation_timeout(30_000)
        self.requests: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url.split(",")[0]))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: self.said.append(f"dialog {dialog.message}"))
        self.page.goto(file.as_uri() + address)
        if self.page.evaluate("document.documentElement.classList.contains('js')"):
            self.page.wait_for_function(
                "() => document.documentElement.classList.contains('is-drawn')"
            )
        self.page.wait_for_timeout(150)
        self.page.wait_for_function("() => !document.querySelector('.labels[aria-busy=true]')")

    def chapter(self) -> str | None:
        """The heading of the chapter that is lit."""
        return self.page.locator(".chapter.is-now h2 [data-text]").text_content()

    def turn(self, address: str) -> None:
        """Go to another address of the page, and wait until all has its name there."""
        self.page.evaluate(TURN, address)


@pytest.fixture
def visit(browser, together):
    """Opens a page: `visit(file, "#ro-6", viewport=..., color_scheme=...)`; with `alone` in a context of its own."""
    opened = []

    def open_page(file: Path, address: str = "", *, alone: bool = False, **options) -> Visit:
        wanted = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"} | options
        if alone or wanted.keys() - SHARED:
            opened.append(browser.new_context(**{"locale": "en-GB"} | wanted))
            return Visit(opened[-1].new_page(), file, address)
        opened.append(together.new_page())
        opened[-1].set_viewport_size(wanted.pop("viewport"))
        opened[-1].emulate_media(**wanted)
        return Visit(opened[-1], file, address)

    yield open_page
    for each in opened:
        each.close()


@pytest.fixture(scope="session")
def look(browser):
    """Shows a page that is looked at and not touched, opened once for all who do: `look(file, (390, 844), "ko")`.

    Each is in a context of its own: pages of one process are all drawn again wherever one of them
    is.
    """
    opened: dict[tuple, Visit] = {}

    def show(file: Path, size=(1280, 800), language: str = "en", *, framed: bool = False) -> Visit:
        address = f"#{'embed&' if framed else ''}lang={language}"
        seen = opened.pop((file, size, framed), None)
        if seen is None:
            if len(opened) == MOST_OPENED:
                opened.pop(next(iter(opened))).page.context.close()
            viewport = {"width": size[0], "height": size[1]}
            context = browser.new_context(
                locale="en-GB", viewport=viewport, reduced_motion="reduce"
            )
            seen = Visit(context.new_page(), file, address)
        elif seen.page.evaluate("location.hash") != address:
            seen.turn(address)
        opened[file, size, framed] = seen
        return seen

    return show
