"""How long the tasks of a page hold its thread: in processor time, which what else the machine does leaves alone."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

CATEGORIES = [
    "toplevel",
    "devtools.timeline",
    "disabled-by-default-devtools.timeline",
    "__metadata",
]
TASKS = ("RunTask", "ThreadControllerImpl::RunTask")
#: Work of one size, of the kind that a page has: elements made, laid out and taken away, and sums.
YARD = """() => new Promise((done) => setTimeout(() => {
  const host = document.body.appendChild(document.createElement("div"));
  for (let n = 0; n < 1500; n++) host.appendChild(document.createElement("p")).textContent = "word " + n;
  let sum = host.offsetHeight;
  host.remove();
  for (let n = 0; n < 3e5; n++) sum += Math.hypot(n, sum % 7);
  done(sum);
}))"""
#: What that work takes in a new tab on the machine of `docs/page.md` when it is quiet.
YARD_MS = 37.0


@contextmanager
def traced(browser: Browser, page: Page) -> Iterator[list[float]]:
    """Lengths of the page's tasks in milliseconds of processor time, there once the block has been left."""
    found: list[float] = []
    browser.start_tracing(page=page, categories=CATEGORIES)
    try:
        yield found
    finally:
        found += _lengths_ms(json.loads(browser.stop_tracing())["traceEvents"])


def slowness(browser: Browser, page: Page) -> float:
    """How many times as long as where `YARD_MS` was measured work takes in a new tab now, at least once.

    A full machine stretches even processor time.
    """
    with traced(browser, page) as tasks:
        page.evaluate(YARD)
    return max(1.0, max(tasks) / YARD_MS)


def _lengths_ms(events: list[dict]) -> list[float]:
    named = [each for each in events if each["name"] == "thread_name"]
    mains = {
        (each["pid"], each["tid"]) for each in named if each["args"]["name"] == "CrRendererMain"
    }
    return [
        each["tdur"] / 1000
        for each in events
        if each["name"] in TASKS
        and each["ph"] == "X"
        and (each["pid"], each["tid"]) in mains
        and "tdur" in each
    ]
