"""Links from a page to a file of the repository that is no page: the file goes along, as a download.

What stands in Markdown for readers of the repository stays as it is; a file that is a page of the
site under another name is linked to as that page.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx

ROOT = Path(__file__).parents[2]
#: Files of the repository that are pages here.
PAGES = {
    "geo/README.md": "reference/format.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "security.md",
    "benchmarks/priors/README.md": "leg-data.md",
    "benchmarks/known_journeys/README.md": "known-journeys.md",
    "geo/base/README.md": "reference/base.md",
}
_INCLUDED = re.compile(r"^```\{include\} (\S+)", re.MULTILINE)
_LINK = re.compile(r"(?P<text>\[[^\[\]]*\])\((?P<to>[^)#\s:]+)(?P<at>#[^)\s]*)?\)")


def rewrite(app: Sphinx, docname: str, source: list[str]) -> None:
    """Lead the links of a page, or of the file that it is made of, to pages."""
    page = Path(app.srcdir) / f"{docname}.md"
    source[0] = _LINK.sub(lambda found: _led(found, page.parent, page.parent), source[0])


def include(app: Sphinx, relative: Path, _: str, source: list[str]) -> None:
    """Lead the links of a file that is included by the page that is being read."""
    page = Path(app.srcdir) / f"{app.env.docname}.md"
    file = (Path(app.srcdir) / relative).resolve()
    source[0] = _LINK.sub(lambda found: _led(found, file.parent, page.parent), source[0])


def _led(found: re.Match[str], start: Path, page: Path) -> str:
    target = (start / found["to"]).resolve()
    if not target.exists() or not target.is_relative_to(ROOT):
        return found[0]
    known = str(target.relative_to(ROOT))
    to = ROOT / "docs" / PAGES[known] if known in PAGES else target
    if target.is_dir() or (to.suffix == ".md" and not to.is_relative_to(ROOT / "docs")):
        return found["text"][1:-1]  # neither a page nor anything to download
    return f"{found['text']}({Path(os.path.relpath(to, page)).as_posix()}{found['at'] or ''})"


def setup(app: Sphinx) -> Mapping[str, bool]:
    """Tell Sphinx of it."""
    app.connect("source-read", rewrite)
    app.connect("include-read", include)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
