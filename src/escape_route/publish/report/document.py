"""A report as one file for an editor's or an archive's folder: HTML, Markdown or PDF, the same bytes at every run.

One file each: what travels by mail and lies in an archive must not lose its picture. So the figure is inside: in HTML
and PDF as outlines, in Markdown as a picture at the very end of the file, where it is out of the way of who reads the
text as it is.
"""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from markupsafe import Markup
from PIL import Image

from escape_route.errors import UsageError
from escape_route.language.markdown import escaped, row
from escape_route.language.sentences import Speaker
from escape_route.publish import figure
from escape_route.publish.figure.legible import legible
from escape_route.publish.figure.output import Kind as FigureKind
from escape_route.publish.figure.style import Part, SizeName
from escape_route.publish.page.assembly import environment, policy, web_file
from escape_route.publish.report import pdf
from escape_route.publish.report.writeup import WriteUp, write_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import PurePath

    from escape_route.distance.report import PublishedReport
    from escape_route.publish.report.writeup import Cited, Stated

_DASH = "\N{EN DASH}"
_MARKDOWN_DPI = 130.0
_SCREEN_DPI = 220.0
_WEBP_QUALITY = 84
_PHONE_MM, _PHONE_DPI = 66.0, 240.0
"""Width of the pictures for a phone, where their smallest writing comes out at 11 pixels of the page."""
_KOREAN_WORD = re.compile(r"[^\s<>&;]*[\uac00-\ud7a3][^\s<>&;]*")
_LONGEST_WORD = 14


class Kind(StrEnum):
    """Kinds of files that a report is written to, by their endings."""

    HTML = "html"
    MARKDOWN = "md"
    PDF = "pdf"


def kind_of(target: PurePath) -> Kind:
    """Kind of file that a name asks for; raises UsageError for any other.

    Examples
    --------
    >>> from pathlib import Path
    >>> kind_of(Path("a/Report.PDF")).value
    'pdf'
    """
    ending = target.suffix.lower().lstrip(".")
    if ending not in list(Kind):
        raise UsageError(f"{target}: a report is written as {', '.join(f'.{kind}' for kind in Kind)}")
    return Kind(ending)


def render(found: PublishedReport, kind: Kind, language: str = "en") -> bytes:
    """Write a report.

    Parameters
    ----------
    found
        On what is published of the journey; where it has a mark, the report says so.
    kind
        HTML, Markdown or PDF.
    language
        One of `words.languages()`.

    Returns
    -------
    bytes
        Equal for equal arguments.

    Raises
    ------
    UsageError
        For a language that nothing is held in; for PDF, where WeasyPrint finds no Pango.
    """
    if kind is Kind.PDF:
        found = legible(found)
    up = write_up(found, language)
    if kind is Kind.MARKDOWN:
        return _markdown(up, _small_png(_drawn(found, FigureKind.PNG, language, Part.MAP, dpi=_MARKDOWN_DPI))).encode()
    html = _html(up, _pictures(found, language, on_paper=kind is Kind.PDF), on_paper=kind is Kind.PDF)
    if kind is Kind.HTML:
        return html.encode()
    return pdf.from_html(_unbroken(html))


def _drawn(
    found: PublishedReport,
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
    return figure.render(found, kind, options)


def _pictures(found: PublishedReport, language: str, *, on_paper: bool) -> dict[str, str]:
    """Map, and ledger where a distance was weighed: outlines for paper, small pictures for a screen."""
    parts = [Part.MAP, *([Part.LEDGER] if any(item.judgements for item in found.claims) else [])]
    if on_paper:
        outlines = {str(part): _drawn(found, FigureKind.SVG, language, part) for part in parts}
        return {name: _data_uri("image/svg+xml", svg) for name, svg in outlines.items()}
    drawn = {str(part): _drawn(found, FigureKind.PNG, language, part, dpi=_SCREEN_DPI) for part in parts}
    drawn |= {f"{part}_narrow": _drawn(found, FigureKind.PNG, language, part, narrow=True) for part in parts}
    return {name: _webp(png) for name, png in drawn.items()}


def _unbroken(html: str) -> str:
    """HTML whose Korean words stay whole: WeasyPrint breaks them between any two syllables, which print does not."""
    head, body, rest = html.partition("<body>")
    parts = re.split(r"(<[^>]*>)", rest)
    return head + body + "".join(part if part.startswith("<") else _KOREAN_WORD.sub(_kept, part) for part in parts)


def _kept(found: re.Match[str]) -> str:
    return f'<span class="word">{found[0]}</span>' if 1 < len(found[0]) <= _LONGEST_WORD else found[0]


def _webp(png: bytes) -> str:
    """Picture for a screen: WebP, which every browser of today shows."""
    file = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").save(file, "WEBP", quality=_WEBP_QUALITY, method=6)
    return _data_uri("image/webp", file.getvalue())


def _small_png(png: bytes) -> str:
    """Picture in 256 colours, for programs that know no WebP."""
    file = io.BytesIO()
    picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT)
    picture.save(file, "PNG", optimize=True)
    return _data_uri("image/png", file.getvalue())


def _data_uri(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(content).decode('ascii')}"


def _html(up: WriteUp, pictures: dict[str, str], *, on_paper: bool) -> str:
    speaker = Speaker(up.language)
    styles = [web_file("css/base.css") + web_file("report/report.css")]
    if on_paper:
        styles.append(web_file("report/paper.css"))
    keys = {"finding": "finding", "scope": "scope", "counted": "other_numbers", "plausible": "plausible_km"}
    return (
        environment()
        .get_template("report/report.html")
        .render(
            up=up,
            policy=policy([], styles),
            styles=[Markup(style) for style in styles],  # noqa: S704  # our own files, under a policy that names them
            head={name: speaker.word(f"report.{key}") for name, key in keys.items()},
            pictures=pictures,
            alt=speaker.word("report.map_alt"),
            alt_ledger=speaker.word("report.ledger_alt"),
            dash=_DASH,
        )
    )


def _markdown(up: WriteUp, picture: str) -> str:
    speaker = Speaker(up.language)
    parts = [f"# {escaped(up.title)}", *([escaped(up.kicker)] if up.kicker else [])]
    parts += [f"> {escaped(said)}" for said in (up.care, up.words[up.mark] if up.mark else "") if said]
    parts += [f"## {escaped(speaker.word('report.finding'))}", f"**{escaped(up.finding)}**"]
    parts += [*([escaped(up.hangs_on)] if up.hangs_on else []), escaped(up.summary)]
    parts.append(f"![{escaped(speaker.word('report.map_alt'))}][figure]")
    parts += _section(up.words["claims_title"], up.words["claims_lead"], _claims(up, speaker)) if up.stated else []
    parts += _listed(speaker.word("report.other_numbers"), map(_counted, up.counted))
    parts += _section(up.words["legs_title"], up.words["legs_lead"], _legs(up, speaker)) if up.legs else []
    parts += _listed(up.words["notes_title"], map(_note, up.notes))
    parts += _listed(up.words["method_title"], map(escaped, up.method))
    sources = [f"{number}. {_source(each)}" for number, each in enumerate(up.sources, start=1)]
    parts += [f"## {escaped(up.words['sources_title'])}", "\n".join(sources)] if sources else []
    return "\n\n".join([*parts, escaped(up.program), f"[figure]: {picture}"]) + "\n"


def _section(title: str, lead: str, rows: Sequence[str]) -> list[str]:
    return [f"## {escaped(title)}", escaped(lead), "\n".join(rows)]


def _listed(title: str, lines: Iterable[str]) -> list[str]:
    items = [f"- {line}" for line in lines]
    return [f"## {escaped(title)}", "\n".join(items)] if items else []


def _head(columns: Sequence[str], amounts: Sequence[int] = ()) -> list[str]:
    rule = ["---:" if number in amounts else "---" for number in range(len(columns))]
    return [row(map(escaped, columns)), row(rule)]


def _claims(up: WriteUp, speaker: Speaker) -> list[str]:
    words = up.words
    rows = _head([words["stated"], speaker.word("report.scope"), words["verdict"], words["why"]])
    for claim in up.stated:
        why = " ".join(escaped(part) for part in (claim.why, claim.hangs_on, claim.note) if part)
        for number, each in enumerate(claim.judged):
            said = f"{each.verdict}, {each.times}" if each.times else each.verdict
            stated = f"{escaped(claim.words)} {_numbers(claim.sources)}"
            rows.append(row([stated, escaped(each.scope), escaped(said), "" if number else why]))
    return rows


def _legs(up: WriteUp, speaker: Speaker) -> list[str]:
    words = up.words
    columns = [words["leg"], words["from_to"], words["how"], words["distance_km"], speaker.word("report.plausible_km")]
    rows = _head([*columns, words["direction"], words["certainty"]], amounts=(0, 3, 4))
    for leg in up.legs:
        told = [leg.number, f"{leg.start} {_DASH} {leg.end}", leg.how, f"{leg.length}{'*' if leg.vague else ''}"]
        rows.append(row(map(escaped, [*told, leg.plausible or _DASH, leg.direction or _DASH, leg.certainty])))
    vague = any(leg.vague for leg in up.legs)
    return [*rows, *(["", escaped(f"* {words['nobodys_way']}")] if vague else [])]


def _counted(claim: Stated) -> str:
    return " ".join(part for part in (escaped(claim.why), _numbers(claim.sources), escaped(claim.note)) if part)


def _note(note: Cited) -> str:
    return f"{escaped(note.text)} {_numbers(note.sources)}".strip()


def _numbers(numbers: Sequence[int]) -> str:
    return "".join(f"\\[{number}\\]" for number in numbers)


def _source(source: Cited) -> str:
    address = f" <{_address(source.url)}>" if source.url else ""
    return f"{escaped(source.text)}{address}" + (f" ({escaped(source.aside)})" if source.aside else "")


def _address(url: str) -> str:
    """Address in which nothing ends the brackets around it."""
    signs = {" ": "%20", "<": "%3C", ">": "%3E", "\\": "%5C"}
    return "".join(signs.get(letter, letter) for letter in url if letter.isprintable())
