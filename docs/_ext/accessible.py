"""What furo and docutils write and axe objects to, put right in the pages as they are written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx

_RIGHT = {
    '<p class="caption" role="heading">': '<p class="caption">',  # a heading without a level
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="All pages">',
    '<aside class="toc-drawer': '<aside aria-label="This page" class="toc-drawer',
    '<th class="head"><p></p></th>': "<td></td>",  # a heading of nothing
    '<div class="table-wrapper': '<div tabindex="0" class="table-wrapper',
    "<pre>": '<pre tabindex="0">',  # what is scrolled must be reached by the keyboard
    '<div id="search-results"></div>': '<h1>Search</h1>\n<div id="search-results"></div>',
}


def put_right(app: Sphinx, error: Exception | None) -> None:
    """Put right every page that was written."""
    for page in Path(app.outdir).rglob("*.html") if error is None else ():
        if "pages" in page.relative_to(app.outdir).parts:
            continue  # a journey's own page
        text = page.read_text("utf-8")
        for wrong, right in _RIGHT.items():
            text = text.replace(wrong, right)
        page.write_text(text, "utf-8")


def setup(app: Sphinx) -> Mapping[str, bool]:
    """Tell Sphinx of it."""
    app.connect("build-finished", put_right)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
