"""Ask axe-core about every page in every language of the interface, light and dark, at every size.

Run by `make access`, which names the browser in CHROMIUM. Pages are those of output/, or of a
folder that is named, and one that tells all journeys as one story, made for this. Ends with 1 where
anything is objected to; `make test` asks about a few of them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]

from screenshots import FLAGS, SIZES  # noqa: E402

from axe import violations  # noqa: E402 - beside the tests
from escape_route.language.catalogues import languages  # noqa: E402

JOURNEYS = ("ro-family", "lee-so-yeon", "lee-son")
FEW_MS = 120


def main() -> int:
    """Ask about all of them, and print what is objected to."""
    shipped = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "output"
    found: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        joint = Path(folder) / "joint.html"
        made = ["map", *JOURNEYS, "--force", "-o", str(joint)]
        subprocess.run(
            [sys.executable, "-m", "escape_route", *made], check=True, stdout=subprocess.DEVNULL
        )
        pages = [joint, *(shipped / f"{name}.html" for name in ("index", *JOURNEYS))]
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=FLAGS)
        for page, size in product(pages, SIZES):
            found |= asked(browser, page, size)
    for where, objections in found.items():
        for objection in dict.fromkeys(objections):
            print(f"{where}: {objection}")
    objected = sum(1 for objections in found.values() if objections)
    print(
        f"{len(found)} views (pages, sizes, languages, light and dark): axe objects to {objected}"
    )
    return int(objected > 0)


def asked(browser: Browser, file: Path, size: str) -> dict[str, list[str]]:
    """What is objected to on a page of a size, by language and scheme; a frame shows the page as others embed it."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce", locale="en-GB"
    )
    page = context.new_page()
    page.goto(file.as_uri() + ("#embed" if "frame" in size and file.stem != "index" else ""))
    page.wait_for_timeout(1500)
    found = {}
    for language, scheme in product(languages(), ("light", "dark")):
        page.locator(".languages select").select_option(language)
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(FEW_MS)
        found[f"{file.stem} {size} {language} {scheme}"] = violations(page)
    context.close()
    return found


if __name__ == "__main__":
    sys.exit(main())
