"""A figure as the bytes of a file: SVG, PNG or PDF, the same at every run, with its words for those who cannot see it.

SVG holds its text as outlines: programs that lay out a newspaper, and most others but browsers,
take no fonts from inside an SVG and would set Korean in whatever they have. What the figure says
stands in `title` and `desc`. PDF holds its text as text, with the fonts that it needs.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from xml.sax.saxutils import escape

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

PROGRAM = "escape-route"
VECTOR_DPI = 200
_PNG_LEVEL = 7  # the last two levels take four times as long for a hundredth less
_FINER = re.compile(r"(\.\d{3})\d+")  # a thousandth of a point is finer than any printer
_RC = {
    "svg.fonttype": "path",
    "svg.hashsalt": PROGRAM,
    "pdf.fonttype": 42,
    "pdf.compression": 9,
    "text.hinting": "none",
    "text.parse_math": False,
    "path.simplify": True,
    "path.simplify_threshold": 0.05,
    "agg.path.chunksize": 0,
}


class Kind(StrEnum):
    """Kinds of files that a figure can be written to, by their endings."""

    SVG = "svg"
    PNG = "png"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class About:
    """What a figure says in words."""

    title: str
    description: str
    language: str


@contextmanager
def settings() -> Iterator[None]:
    """Draw with matplotlib's own settings and ours, whatever the user's are; theirs stand again afterwards."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_RC)  # type: ignore[arg-type]  # names of settings
        yield


def to_bytes(figure: Figure, kind: Kind, about: About, *, dpi: float) -> bytes:
    """Write a figure that was drawn within `settings`; `dpi` is for a PNG. Equal bytes for equal figures."""
    file = io.BytesIO()
    if kind is Kind.PNG:
        words = {"Software": None, "Title": about.title, "Description": about.description}
        FigureCanvasAgg(figure).print_png(  # type: ignore[no-untyped-call]
            file, metadata=words, pil_kwargs={"compress_level": _PNG_LEVEL, "dpi": (dpi, dpi)}
        )
        return file.getvalue()
    if kind is Kind.SVG:
        FigureCanvasSVG(figure).print_svg(  # type: ignore[no-untyped-call]
            file, metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
        )
        return _told(file.getvalue().decode(), about).encode()
    FigureCanvasPdf(figure).print_pdf(  # type: ignore[no-untyped-call]
        file, metadata={"Creator": None, "Producer": None, "CreationDate": None}
    )
    return _tagged(file.getvalue(), about)


def _told(svg: str, about: About) -> str:
    """SVG with its title and description, which screen readers read in its place."""
    head = re.search(r"<svg [^>]*>", svg)
    if head is None:
        raise AssertionError("matplotlib writes an svg element")
    opened = head[0].replace(
        "<svg ", f'<svg role="img" aria-labelledby="title desc" xml:lang="{about.language}" ', 1
    )
    texts = (
        f'<title id="title">{escape(about.title)}</title>\n <desc '
        f'id="desc">{escape(about.description)}</desc>'
    )
    rest = re.sub(r"\n <metadata>.*?</metadata>", "", svg[head.end() :], count=1, flags=re.DOTALL)
    rest = _FINER.sub(r"\1", rest)
    return f"{svg[: head.start()]}{opened}\n {texts}{rest}"


def _tagged(pdf: bytes, about: About) -> bytes:
    """PDF with title and language, as its readers show and read them aloud."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.metadata = {"/Title": about.title, "/Subject": about.description, "/Creator": PROGRAM}
    catalog = writer.root_object
    catalog[NameObject("/Lang")] = TextStringObject(about.language)
    shown = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(value=True)})
    catalog[NameObject("/ViewerPreferences")] = shown
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
