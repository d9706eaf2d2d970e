"""Opening time of a page with a track of 200,000 points, beside a plain folium page with the same line.

    CHROMIUM="$(tools/find-browser)" python benchmarks/track_page.py [--points N]

Leaflet simplifies the line for each zoom on both pages; this page draws it on a canvas and carries
its story, ledger and backdrop as well. Both have Leaflet inside, so that no network is timed.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import folium
from playwright.sync_api import sync_playwright

from escape_route.publish.page import assembly, layers, page

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import payloads

if TYPE_CHECKING:
    from playwright.sync_api import Browser

RUNS = 3
TARGET_S = 3.0
PANS = 8
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
OPENED = "(performance.timing.loadEventEnd - performance.timing.navigationStart) / 1000"
PANNED = """async (pans) => {
  const map = Object.values(window).find((each) => each instanceof L.Map);
  const start = performance.now();
  for (let k = 0; k < pans; k++) {
    map.panBy([k % 2 ? 200 : -200, 0], { animate: false });
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  }
  return (performance.now() - start) / pans / 1000;
}"""


def track(points: int) -> list[list[float]]:
    """A winding line of (lon, lat), in degrees."""
    return [
        [
            round(101 + k / points + 0.02 * math.sin(k / 40), 5),
            round(16 + k / points + 0.02 * math.cos(k / 57), 5),
        ]
        for k in range(points)
    ]


def our_page(line: list[list[float]]) -> str:
    """The page of a small journey whose first leg is the track."""
    legs = [payloads.leg(1, line, traced=True), payloads.leg(2, [[102, 17], [103, 18]], vague=True)]
    return page.render(payloads.payload(payloads.journey(legs=legs)), payloads.shapes())


def plain_page(line: list[list[float]]) -> str:
    """A map as folium makes it, with one PolyLine and Leaflet put in, and nothing else."""
    plain = layers.StoryMap(tiles=None, location=[16.5, 101.5], zoom_start=8)
    folium.PolyLine([(lat, lon) for lon, lat in line]).add_to(plain)  # type: ignore[no-untyped-call]
    head = f"<style>{assembly.leaflet_css()}</style><script>{assembly.leaflet_js()}</script>"
    plain.get_root().header.add_child(layers.Verbatim(head))  # type: ignore[attr-defined]
    return str(plain.get_root().render())


def seconds(browser: Browser, html: str) -> tuple[float, float]:
    """Seconds until a page has loaded, and seconds a pan of its map; the shortest of several runs each."""
    opened, panned = [], []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(html, encoding="utf-8")
        for _ in range(RUNS):
            context = browser.new_context(
                viewport={"width": 1280, "height": 800}, reduced_motion="reduce"
            )
            shown = context.new_page()
            shown.goto(file.as_uri())
            opened.append(float(shown.evaluate(OPENED)))
            panned.append(float(shown.evaluate(PANNED, PANS)))
            context.close()
    return min(opened), min(panned)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--points", type=int, default=200_000)
    line = track(parser.parse_args().points)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=FLAGS)
        ours, plain = (seconds(browser, make(line)) for make in (our_page, plain_page))
        version = browser.version
        browser.close()
    met = "met" if ours[0] < TARGET_S else "missed"
    print(
        f"A track of {len(line):,} points, best of {RUNS}; target {TARGET_S:g} s to open: {met}\n"
    )
    print(f"  {'':24} {'opens':>8} {'a pan':>8}")
    for name, (opened_s, panned_s) in (("this page", ours), ("plain folium PolyLine", plain)):
        print(f"  {name:24} {opened_s:6.2f} s {panned_s:6.3f} s")
    print(f"  {'ours / plain':24} {ours[0] / plain[0]:6.2f} x {ours[1] / plain[1]:6.2f} x")
    print(f"\nPython {platform.python_version()}, Chromium {version}, {platform.machine()}.")


if __name__ == "__main__":
    main()
