"""A report as one file for an editor's or an archive's folder: HTML, Markdown or PDF, the same bytes at every run.

One file each: what travels by mail and lies in an archive must not lose its picture. So the figure
is inside: in HTML and PDF as outlines, in Markdown as a picture at the very end of the file, where
it is out of the way of who reads the text as it is. Nothing is fetched from anywhere for a PDF
(PDF/UA-1): pictures are in the HTML, fonts are those that the package carries and those of the
extra `fonts`. There is no clock in it, and no random number.
"""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace
from enum import StrEnum
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from PIL import Image

from escape_route.errors import UsageError, naming_its_extra
from escape_route.files import data_uri
from escape_route.language.json import PROGRAM
from escape_route.language.phrases import Phrases, notes_of
from escape_route.language.view import view_published
from escape_route.publish import figure
from escape_route.publish.figure.legible import legible
from escape_route.publish.figure.output import Kind as FigureKind
from escape_route.publish.figure.sizes import Part, SizeName
from escape_route.publish.figure.type import font_files, further_files
from escape_route.publish.page.assembly import base_style, policy, web_file
from escape_route.publish.report.template import as_is, filled

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse

    from escape_route.distance.report import PublishedReport

_MARKDOWN_DPI = 130.0
_SCREEN_DPI = 220.0
_WEBP_QUALITY = 84
_PHONE_MM, _PHONE_DPI = 66.0, 240.0
"""Width of the pictures for a phone, where their smallest writing comes out at 11 pixels of the page."""
_WORD, _KOREAN = re.compile(r"[^\s<>&;]+"), re.compile(r"[\uac00-\ud7a3]")
_ISOLATED = re.compile("\u2068[^\u2069<]{1,40}\u2069")
_LONGEST_WORD = 14
_NO_WORD, _PIECE = (
    300,
    100,
)  # letters: of what is no word each line would be set with all that follows
_IN_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")  # of the name of a font's file, JourneySansKR
_PANGO = (
    "PDF needs Pango, a library of the system: apt-get install libpango-1.0-0 libpangoft2-1.0-0, "
    "brew install pango"
)


class Kind(StrEnum):
    """Kinds of files that a report is written to, by their endings."""

    HTML = "html"
    MARKDOWN = "md"
    PDF = "pdf"


def kind_of(target: PurePath) -> Kind:
    """Kind of file that a name asks for; raises UsageError for any other.

    >>> from pathlib import Path
    >>> kind_of(Path("a/Report.PDF")).value
    'pdf'
    """
    ending = target.suffix.lower().lstrip(".")
    if ending not in list(Kind):
        raise UsageError(
            f"{target}: a report is written as {', '.join(f'.{kind}' for kind in Kind)}"
        )
    return Kind(ending)


def render(report: PublishedReport, kind: Kind, language: str = "en") -> bytes:
    """Write a report on what is published of a journey, marked where that is: equal for equal arguments.

    Raises UsageError for a language that nothing is held in; for PDF, where WeasyPrint finds no
    Pango.
    """
    if kind is Kind.PDF:
        report = legible(report)
    view = view_published(report)
    values = {
        "view": view,
        "notes_said": notes_of(view.journey),
        "program": " ".join(PROGRAM.values()),
    }
    phrases = Phrases(language)
    if kind is Kind.MARKDOWN:
        picture = _small_png(_drawn(report, FigureKind.PNG, language, Part.MAP, dpi=_MARKDOWN_DPI))
        return filled("report/report.md", phrases, **values, picture=as_is(picture)).encode()
    styles = [base_style() + web_file("report/report.css")]
    if kind is Kind.PDF:
        styles.append(web_file("report/paper.css"))
    html = filled(
        "report/report.html",
        phrases,
        **values,
        policy=policy([], styles),
        styles=map(as_is, styles),
        pictures=_pictures(report, language, on_paper=kind is Kind.PDF),
    )
    if kind is Kind.HTML:
        return html.encode()
    return from_html(unbroken(html))


def _drawn(
    report: PublishedReport,
    kind: FigureKind,
    language: str,
    part: Part,
    *,
    dpi: float | None = None,
    narrow: bool = False,
) -> bytes:
    options = figure.Options(language=language, dpi=dpi, part=part)
    if narrow:
        options = replace(options, size=SizeName.COLUMN, width_mm=_PHONE_MM, dpi=_PHONE_DPI)
    return figure.render(report, kind, options)


def _pictures(report: PublishedReport, language: str, *, on_paper: bool) -> dict[str, str]:
    """Map, and ledger where a distance was weighed: outlines for paper, small pictures for a screen."""
    parts = [Part.MAP, *([Part.LEDGER] if any(item.judgements for item in report.claims) else [])]
    if on_paper:
        outlines = {str(part): _drawn(report, FigureKind.SVG, language, part) for part in parts}
        return {name: data_uri("image/svg+xml", svg) for name, svg in outlines.items()}
    drawn = {
        str(part): _drawn(report, FigureKind.PNG, language, part, dpi=_SCREEN_DPI) for part in parts
    }
    drawn |= {
        f"{part}_narrow": _drawn(report, FigureKind.PNG, language, part, narrow=True)
        for part in parts
    }
    return {name: _webp(png) for name, png in drawn.items()}


def unbroken(html: str) -> str:
    """HTML whose Korean words stay whole: WeasyPrint breaks them between any two syllables, which print does not.

    What is short and stands by itself among letters that run from the right stays on one line: each
    line is set alone.
    """
    head, body, rest = html.partition("<body>")
    parts = re.split(
        r"(<[^>]*>)", _ISOLATED.sub(lambda match: match[0].replace(" ", "\N{NO-BREAK SPACE}"), rest)
    )
    return (
        head
        + body
        + "".join(part if part.startswith("<") else _WORD.sub(_kept, part) for part in parts)
    )


def _kept(match: re.Match[str]) -> str:
    word = match[0]
    if len(word) > _NO_WORD:
        return "\u200b".join(word[at : at + _PIECE] for at in range(0, len(word), _PIECE))
    if 1 < len(word) <= _LONGEST_WORD and _KOREAN.search(word):
        return f'<span class="word">{word}</span>'
    return word


def _webp(png: bytes) -> str:
    """Picture for a screen: WebP, which every browser of today shows."""
    file = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").save(file, "WEBP", quality=_WEBP_QUALITY, method=6)
    return data_uri("image/webp", file.getvalue())


def _small_png(png: bytes) -> str:
    """Picture in 256 colours, for programs that know no WebP."""
    file = io.BytesIO()
    picture = (
        Image.open(io.BytesIO(png)).convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT)
    )
    picture.save(file, "PNG", optimize=True)
    return data_uri("image/png", file.getvalue())


def from_html(html: str) -> bytes:
    """Set HTML, a whole document that holds all that it shows, on A4: PDF/UA-1, tagged, with language and title.

    Equal for equal HTML. Raises UsageError where WeasyPrint finds no Pango.
    """
    try:
        import weasyprint  # noqa: PLC0415  # fails where Pango is not installed, which is told and not traced
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    except OSError as error:
        raise UsageError(_PANGO) from error
    except ModuleNotFoundError as error:
        raise naming_its_extra(error) from error
    fonts = FontConfiguration()
    faces = weasyprint.CSS(string=_faces(), font_config=fonts, url_fetcher=_fetch)
    document = weasyprint.HTML(string=html, url_fetcher=_fetch)
    identifier = hashlib.sha256(html.encode()).hexdigest()[:32].encode()
    pdf: bytes = document.write_pdf(
        stylesheets=[faces], font_config=fonts, pdf_variant="pdf/ua-1", pdf_identifier=identifier
    )
    return pdf


@cache
def _faces() -> str:
    """Fonts that the package carries, as CSS."""
    rules = []
    for path in font_files():
        name, _, weight = path.stem.partition("-")
        family, source = _IN_WORDS.sub(" ", name), f'src: url("{path.as_uri()}")'
        rules.append(f'@font-face {{ font-family: "{family}"; font-weight: {weight}; {source}; }}')
    for family, path in further_files().items():
        rules.append(f'@font-face {{ font-family: "{family}"; src: url("{path.as_uri()}"); }}')
    return "\n".join(rules)


def _fetch(url: str) -> URLFetcherResponse:
    """Hand out what is inside the HTML, and the package's fonts, and nothing else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher  # noqa: PLC0415

    ours = {path.as_uri() for path in (*font_files(), *further_files().values())}
    if not url.startswith("data:") and url not in ours:
        raise FatalURLFetchingError(f"a report asks for nothing from outside, not for {url}")
    return URLFetcher(allowed_protocols=("data", "file")).fetch(url)
