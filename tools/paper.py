"""Set paper/paper.md as a PDF, build/paper.pdf; run by `make paper`.

Pandoc, which the journal takes too, resolves what the paper cites; WeasyPrint, which sets the
reports, sets it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pypandoc
from weasyprint import HTML

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "paper" / "paper.md"
_LOOKS = """<style>
@page { size: A4; margin: 2.2cm 2.4cm; @bottom-center { content: counter(page); font-size: 8pt } }
body { font: 10pt/1.4 serif; max-width: none; padding: 0; color: #000 }
h1, h2 { font-family: sans-serif } h1 { font-size: 12pt; margin: 1.4em 0 .3em } .title { font-size: 17pt }
p { margin: .4em 0; text-align: justify; hyphens: auto } img { width: 100% } figcaption { font-size: 8.5pt }
.csl-entry { margin: .3em 0 .3em 2em; text-indent: -2em; font-size: 9pt } a { color: #0b5394; text-decoration: none }
</style>"""


def page() -> str:
    """The paper as HTML; a citation that leads nowhere is an error."""
    looks = ROOT / "build" / "paper-looks.html"
    looks.parent.mkdir(exist_ok=True)
    looks.write_text(_LOOKS, "utf-8")
    text = SOURCE.read_text("utf-8")
    authors = ", ".join(re.findall(r"^  - name: (.*)$", text, re.MULTILINE))
    text = re.sub(r"\\autoref\{fig:\w+\}", "figure 1", text).replace(
        "![", "![Figure 1. ", 1
    )  # else the journal's
    given = ["--citeproc", "--standalone", "--fail-if-warnings", f"--include-in-header={looks}"]
    given += ["--metadata=lang:en-GB", f"--metadata=author:{authors}"]
    return str(
        pypandoc.convert_text(text, "html5", "markdown", extra_args=given, cworkdir=SOURCE.parent)
    )


def write(target: Path) -> None:
    """Set it; the same bytes at every run."""
    HTML(string=page(), base_url=str(SOURCE)).write_pdf(
        target, pdf_identifier=b"escape-route", pdf_tags=True
    )


if __name__ == "__main__":
    write(ROOT / "build" / "paper.pdf")
    print("build/paper.pdf")
