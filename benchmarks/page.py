"""The page of a journey beside a plain folium page with the same content, StoryMapJS and a scroll story.

    CHROMIUM="$(tools/find-browser)" python benchmarks/page.py [--storymap DIST] [--scroll FOLDER]

DIST is what `npm run build` makes in a checkout of NUKnightLab/StoryMapJS (no package registry has
it); the story is put beside it. FOLDER is a scroll story as it would be served, with its
index.html. Pages take turns, served from this machine; what they want of others is counted and
refused. Tasks are measured in processor time, by the browser's tracing.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import os
import platform
import shutil
import statistics
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING

import folium
from playwright.sync_api import sync_playwright

from escape_route.model import read
from escape_route.publish.page import assembly, layers
from escape_route.publish.page import page as story

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from making import reported
from tasks import traced

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from escape_route.model.journey import Journey, Waypoint

ROOT = Path(__file__).parents[1]
SIZES = ((1280, 800), (390, 844))
RUNS, STEPS, STEP_MS = 5, 9, 1200
FLAGS = ["--no-sandbox", "--disable-background-networking"]
# What draws by WebGL has none without a graphics card but this one, which makes all else slow.
DRAWS_BY_WEBGL = {"scroll story": ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]}
NEXT = {"this page": "[data-step='1']", "StoryMapJS": ".vco-slidenav-next"}
FRAMES = """(ms) => new Promise((done) => {
  let frames = 0; const from = performance.now();
  const next = () => {
    frames++;
    performance.now() - from < ms ? requestAnimationFrame(next) : done(frames * 1000 / ms);
  };
  requestAnimationFrame(next);
})"""
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"


@dataclass
class Measured:
    """What was found of a page at a size: milliseconds, and bytes and requests of one opening."""

    painted_ms: list[float] = field(default_factory=list)
    load_ms: list[float] = field(default_factory=list)
    step_ms: list[float] = field(default_factory=list)
    frames: list[float] = field(default_factory=list)
    kb: float = 0
    packed_kb: float = 0
    own: int = 0
    others: int = 0


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without a word of it."""

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


def told(waypoint: Waypoint) -> str:
    """The narration of a place as HTML."""
    return "".join(f"<p>{escape(each.text)}</p>" for each in waypoint.narration["en"])


def folium_page(journey: Journey) -> str:
    """A marker with a popup for each place that has a point, the story below, and Leaflet put in."""
    plain = layers.StoryMap(tiles=None, location=[30, 112], zoom_start=4)
    for waypoint in journey.waypoints:
        if waypoint.label:
            marker = folium.Marker(
                layers.lat_lon([waypoint.label])[0], popup=folium.Popup(told(waypoint))
            )
            marker.add_to(plain)
    head = f"<style>{assembly.leaflet_css()}</style><script>{assembly.leaflet_js()}</script>"
    plain.get_root().header.add_child(layers.Verbatim(head))  # type: ignore[attr-defined]
    text = "".join(f"<h2>{escape(each.name['en'])}</h2>{told(each)}" for each in journey.waypoints)
    plain.get_root().html.add_child(
        layers.Verbatim(f"<h1>{escape(journey.title['en'])}</h1>{text}")
    )  # type: ignore[attr-defined]
    return str(plain.get_root().render())


def storymap(journey: Journey, built: Path, target: Path) -> None:
    """StoryMapJS with the same places; one without a point is a slide without a marker."""
    shutil.copytree(built, target, ignore=shutil.ignore_patterns("*.map", "*.html", "*.json"))
    shutil.copytree(built / "js" / "locale", target / "js" / "locale", dirs_exist_ok=True)
    summary = f"<p>{escape(journey.summary['en'])}</p>"
    slides: list[dict[str, object]] = [
        {"type": "overview", "text": {"headline": journey.title["en"], "text": summary}},
    ]
    for waypoint in journey.waypoints:
        at = waypoint.label and {
            "lat": waypoint.label[1],
            "lon": waypoint.label[0],
            "zoom": 6,
            "line": True,
        }
        text = {"headline": waypoint.name["en"], "text": told(waypoint)}
        slides.append({"text": text} | ({"location": at} if at else {}))
    content = {"storymap": {"language": "en", "map_type": "osm:standard", "slides": slides}}
    (target / "story.json").write_text(dumps(content, ensure_ascii=False), encoding="utf-8")
    style = "html, body { height: 100%; width: 100%; margin: 0 }"
    made = "new KLStoryMap.StoryMap('storymap', 'story.json', {script_path: 'js'})"
    (target / "index.html").write_text(
        '<!doctype html><html lang="en"><meta '
        f'charset="utf-8"><title>{escape(journey.title["en"])}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="stylesheet" href="css/storymap.css"><link rel="stylesheet" '
        'href="css/fonts/font.default.css">'
        f'<style>{style}</style><div id="storymap"></div><script src="js/storymap.js"></script>'
        f"<script>window.storymap = {made};</script></html>",
        encoding="utf-8",
    )


def pages(folder: Path, built: Path | None, scroll: Path | None) -> dict[str, str]:
    """Every page by its name, as an address below the folder."""
    source = ROOT / "geo" / "ro-family.geojson"
    report = reported(read.read(source.read_bytes(), source.name))
    (folder / "ours.html").write_text(story.build([report]), encoding="utf-8")
    (folder / "folium.html").write_text(folium_page(report.journey), encoding="utf-8")
    found = {"this page": "ours.html", "plain folium": "folium.html"}
    if built:
        storymap(report.journey, built, folder / "storymap")
        found["StoryMapJS"] = "storymap/index.html"
    if scroll:
        shutil.copytree(scroll, folder / "scroll")
        found["scroll story"] = "scroll/index.html"
    return found


def open_once(
    browser: Browser, home: str, address: str, size: tuple[int, int], measured: Measured
) -> Page:
    """Open a page in a tab of its own, count what it asks for, and time its load."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="en-GB")
    page = context.new_page()
    bodies: list[bytes] = []
    others: list[str] = []
    page.route(
        lambda url: not url.startswith((home, "data:", "blob:")), lambda route: route.abort()
    )
    page.on(
        "request",
        lambda asked: (
            None if asked.url.startswith((home, "data:", "blob:")) else others.append(asked.url)
        ),
    )
    page.on(
        "response",
        lambda came: bodies.append(came.body()) if came.ok and came.url.startswith(home) else None,
    )
    with traced(browser, page) as tasks:
        page.goto(home + address)
        page.wait_for_timeout(3000)
    measured.painted_ms.append(float(page.evaluate(PAINTED)))
    measured.load_ms.append(max(tasks))
    measured.kb = sum(map(len, bodies)) / 1000
    measured.packed_kb = sum(len(gzip.compress(body)) for body in bodies) / 1000
    measured.own, measured.others = len(bodies), len(others)
    return page


def step_through(browser: Browser, page: Page, selector: str, measured: Measured) -> None:
    """Go through the story by its button and time the tasks of its steps; again, and count frames without a trace."""
    with traced(browser, page) as tasks:
        for _ in range(STEPS):
            page.locator(selector).first.dispatch_event("click")
            page.wait_for_timeout(STEP_MS)
    measured.step_ms.append(max(tasks))
    page.reload()
    page.wait_for_timeout(STEP_MS)
    for _ in range(STEPS):
        page.locator(selector).first.dispatch_event("click")
        measured.frames.append(float(page.evaluate(FRAMES, STEP_MS)))


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--storymap", type=Path, metavar="DIST")
    parser.add_argument("--scroll", type=Path, metavar="FOLDER")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        addresses = pages(Path(name), asked.storymap, asked.scroll)
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=name))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        home = f"http://127.0.0.1:{server.server_port}/"
        browsers = {
            each: playwright.chromium.launch(
                executable_path=os.environ["CHROMIUM"],
                args=[*FLAGS, *DRAWS_BY_WEBGL.get(each, ["--disable-gpu"])],
            )
            for each in addresses
        }
        for size in SIZES:
            found = {each: Measured() for each in addresses}
            for _ in range(RUNS):
                for each, address in addresses.items():
                    open_once(browsers[each], home, address, size, found[each]).context.close()
            for each in addresses.keys() & NEXT.keys() if size == SIZES[0] else ():
                page = open_once(browsers[each], home, addresses[each], size, Measured())
                step_through(browsers[each], page, NEXT[each], found[each])
                page.context.close()
            show(size, found)
        version = browsers["this page"].version
        for browser in browsers.values():
            browser.close()
        server.shutdown()
    print(
        f"Python {platform.python_version()}, Chromium {version}, {platform.machine()}, load {os.getloadavg()[0]:.1f}."
    )


def show(size: tuple[int, int], found: dict[str, Measured]) -> None:
    """Print a row for each page."""
    print(f"{size[0]} x {size[1]}, median of {RUNS}; tasks in processor time\n")
    head = ("kB", "gzip", "requests", "to others", "paint ms", "task ms", "step ms", "frames/s")
    print(f"  {'':14}" + "".join(f"{each:>10}" for each in head))
    for name, each in found.items():
        if each.step_ms:
            step = f"{max(each.step_ms):10.0f}{statistics.median(each.frames):10.0f}"
        else:
            step = f"{'-':>10}{'-':>10}"
        print(
            f"  {name:14}{each.kb:10.0f}{each.packed_kb:10.0f}{each.own:10}{each.others:10}"
            f"{statistics.median(each.painted_ms):10.0f}{statistics.median(each.load_ms):10.0f}{step}"
        )
    print()


if __name__ == "__main__":
    main()
