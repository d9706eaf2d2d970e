"""Take pictures of the built pages in a browser: desktop, phone, Korean, dark, and the one in the README.

Run by `make screenshots`, which names the browser in CHROMIUM. Pictures go to build/screenshots; docs/ro-family.png is
the README's.
"""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]
DESKTOP, PHONE = (1280, 800), (390, 844)
VIEWS = {
    "index": ("index.html", DESKTOP, "light"),
    "ro-family": ("ro-family.html", DESKTOP, "light"),
    "ro-family-chapter": ("ro-family.html#ro-6", DESKTOP, "light"),
    "ro-family-korean": ("ro-family.html#ro-5&lang=ko", DESKTOP, "light"),
    "ro-family-dark": ("ro-family.html#ro-4", DESKTOP, "dark"),
    "ro-family-phone": ("ro-family.html", PHONE, "light"),
    "ro-family-phone-chapter": ("ro-family.html#ro-5&lang=ko", PHONE, "dark"),
    "lee-so-yeon": ("lee-so-yeon.html", DESKTOP, "light"),
    "lee-son": ("lee-son.html", DESKTOP, "light"),
    "lee-son-phone": ("lee-son.html#lang=ko", PHONE, "light"),
}


def main() -> None:
    """Take every picture."""
    folder = ROOT / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=FLAGS)
        for name, (address, size, scheme) in VIEWS.items():
            take(browser, address, folder / f"{name}.png", size=size, scheme=scheme)
            print(folder / f"{name}.png")
        take(browser, "ro-family.html", ROOT / "docs" / "ro-family.png", size=DESKTOP, scheme="light")
        browser.close()


def take(browser: Browser, address: str, target: Path, *, size: tuple[int, int], scheme: str) -> None:
    """Open a page of output/ from disk and take one picture once its map stands still."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,  # type: ignore[arg-type]  # "light" or "dark", from VIEWS
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"file://{ROOT}/output/{address}")
    page.wait_for_timeout(1500)
    page.screenshot(path=target)
    context.close()


if __name__ == "__main__":
    main()
