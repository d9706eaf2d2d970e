"""Take pictures of the built pages in a browser: sizes, chapters, languages, light and dark, frames, paper, README.

Run by `make screenshots`, which names the browser in CHROMIUM. Pictures go to build/screenshots;
docs/ro-family.png is the README's.
"""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]
SIZES = {
    "phone": (390, 844),
    "phone-on-its-side": (844, 390),
    "tablet": (768, 1024),
    "laptop": (1280, 800),
    "desk": (1920, 1080),
    "frame": (600, 500),
    "narrow-frame": (340, 480),
}
LANGUAGES, CHAPTERS = ("en", "ko", "ar"), ("ro-1", "ro-4", "ro-6", "ro-8")
ALONE = ("index", "lee-so-yeon", "lee-son")
Shot = tuple[str, str, str]
"""An address below output/, the name of a size, and light, dark or print."""


def shots() -> dict[str, Shot]:
    """Every picture by its name: sizes, chapters, languages, light and dark, frames, paper."""
    found: dict[str, Shot] = {}
    for size in SIZES:
        framed = "embed" if "frame" in size else ""
        for scheme in ("light", "dark"):
            found[f"ro-family-{size}-{scheme}"] = (
                f"ro-family.html#{framed or 'lang=en'}",
                size,
                scheme,
            )
    for part in ("embed=map", "embed=ledger"):
        found[f"ro-family-frame-{part[6:]}"] = (f"ro-family.html#{part}", "frame", "light")
    told = [
        ("ro-family", "ro-family.html#"),
        *((chapter, f"ro-family.html#{chapter}&") for chapter in CHAPTERS),
    ]
    told += [(page, f"{page}.html#") for page in ALONE]
    for (name, address), size, language in product(told, ("phone", "laptop"), LANGUAGES):
        found[f"{name}-{size}-{language}"] = (f"{address}lang={language}", size, "light")
    for page in ("ro-family", "lee-son"):
        found[f"{page}-print"] = (f"{page}.html", "laptop", "print")
    return found


def main() -> None:
    """Take every picture."""
    folder = ROOT / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=FLAGS)
        for name, shot in shots().items():
            take(browser, shot, folder / f"{name}.png")
        joint(browser, folder)
        take(browser, ("ro-family.html", "laptop", "light"), ROOT / "docs" / "ro-family.png")
        browser.close()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


def joint(browser: Browser, folder: Path) -> None:
    """The page that tells the three journeys as one story: its opening, and where another journey begins."""
    page = folder / "joint.html"
    made = ["map", "ro-family", *ALONE[1:], "--force", "-o", str(page)]
    subprocess.run(
        [sys.executable, "-m", "escape_route", *made], check=True, stdout=subprocess.DEVNULL
    )
    for size, (name, place) in product(
        ("phone", "laptop"), (("joint", ""), ("joint-lee-son", "lee-son&"))
    ):
        take(
            browser,
            (f"{page.name}#{place}lang=en", size, "light"),
            folder / f"{name}-{size}-en.png",
            folder,
        )


def take(browser: Browser, shot: Shot, target: Path, folder: Path = ROOT / "output") -> None:
    """Open a page from disk and take one picture once its map stands still; of paper, a PDF beside it as well."""
    address, size, scheme = shot
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        locale="en-GB",
    )
    page = context.new_page()
    page.goto(f"file://{folder}/{address}")
    page.wait_for_timeout(1200)
    page.wait_for_function("() => !document.querySelector('.labels[aria-busy=true]')")
    if scheme == "print":
        page.pdf(path=target.with_suffix(".pdf"), format="A4", print_background=True)
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
    page.screenshot(path=target, full_page=scheme == "print")
    context.close()


if __name__ == "__main__":
    main()
