"""The directive `example`: code that is run while the page is built, what it prints, and what it draws.

`:picture:` names a file that the code writes, or a pattern of one. A drawing stands below the code
as it is; of a page a picture is taken by Chromium, at `:width:` pixels (1080), and it is linked to.
`:lines:` cuts what is printed; `:hide:` leaves the code away.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from examples import Page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_HEIGHT_OF = {390: 780}
_HEIGHT = 720


class Example(SphinxDirective):
    """An example that is run, after those that stand before it on its page."""

    has_content = True
    option_spec: ClassVar = {
        "picture": directives.unchanged_required,
        "alt": directives.unchanged_required,
        "width": directives.positive_int,
        "lines": directives.positive_int,
        "code": directives.nonnegative_int,
        "at": directives.unchanged_required,
        "hide": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        """Code, what it printed, and its picture."""
        code = "\n".join(self.content)
        try:
            printed = _page(self.env).run(code, self.options.get("code", 0))
        except Exception as error:
            raise self.error(f"the example fails: {error!r}") from error
        typed = code.startswith("$ ")
        shown = [] if typed or "hide" in self.options else [_literal(code, "python")]
        if printed:
            shown.append(
                _literal(_cut(printed, self.options.get("lines")), "console" if typed else "text")
            )
        return [*shown, *(self._picture() if "picture" in self.options else [])]

    def _picture(self) -> list[nodes.Node]:
        (drawn,) = _page(self.env).folder.rglob(self.options["picture"])
        name = re.sub(r"\W+", "-", f"{self.env.docname}-{self.lineno}")
        target = Path(self.env.srcdir) / "_built" / f"{name}{drawn.suffix}"
        target.parent.mkdir(exist_ok=True)
        if drawn.suffix != ".html":
            shutil.copyfile(drawn, target)
            return [self._image(target)]
        pages = Path(self.env.app.outdir) / "pages"
        pages.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(drawn, pages / f"{name}.html")
        width = self.options.get("width", 1080)
        photograph(drawn, target.with_suffix(".png"), width, self.options.get("at", ""))
        up = "../" * self.env.docname.count("/")
        link = nodes.reference("", "Open this page", refuri=f"{up}pages/{name}.html")
        return [self._image(target.with_suffix(".png")), nodes.paragraph("", "", link)]

    def _image(self, path: Path) -> nodes.image:
        shown = nodes.image(
            uri=f"/_built/{path.name}", alt=self.options["alt"], classes=["example"]
        )
        if "width" in self.options:
            shown["width"] = f"{self.options['width']}px"
        return shown


def photograph(page: Path, target: Path, width: int, at: str = "") -> None:
    """Write a picture of the top of a page, or of the part with the id `at`, as a browser shows it."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # for pages alone

    with sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"]
        )
        size = {"width": width, "height": _HEIGHT_OF.get(width, _HEIGHT)}
        context = browser.new_context(
            viewport=size, device_scale_factor=1.5, reduced_motion="reduce", locale="en-GB"
        )
        shown = context.new_page()
        shown.goto(page.as_uri() + at)
        shown.wait_for_timeout(1_000)
        shown.screenshot(path=str(target))
        browser.close()


def _literal(text: str, language: str) -> nodes.literal_block:
    return nodes.literal_block(text, text, language=language, classes=["example"])


def _cut(text: str, lines: int | None) -> str:
    whole = text.splitlines()
    return text if lines is None or len(whole) <= lines else "\n".join([*whole[:lines], "..."])


def _page(env: BuildEnvironment) -> Page:
    """What the examples of the page that is being read share."""
    if "examples" not in env.temp_data:
        env.temp_data["examples"] = Page(Path(tempfile.mkdtemp(prefix="escape-route-docs-")))
    page: Page = env.temp_data["examples"]
    return page


def setup(app: Sphinx) -> Mapping[str, bool]:
    """Tell Sphinx of it; pages are read one after the other, for each changes its folder."""
    app.add_directive("example", Example)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
