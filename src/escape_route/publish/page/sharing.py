"""What whoever publishes a page gives it and takes from it: its address, ways to cite and embed it, and a theme.

A theme is the colours, the font and the logo of a newsroom, from a TOML file: checked, so that all
can still be read.

accent = "#005689"            # links, the places on the map, what fits
paper = "#ffffff"
ink = "#121212"
font = "Georgia, serif"       # of headlines and text; fonts of the reader's device
logo = "logo.svg"             # SVG without scripts, or PNG, beside this file
"""

from __future__ import annotations

import io
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree
from PIL import Image

from escape_route.errors import UsageError, visible
from escape_route.files import data_uri
from escape_route.language.catalogues import FIRST, catalogues, filled
from escape_route.model.journey import say
from escape_route.publish.colours import DARK, LIGHT
from escape_route.publish.page.shown import Page

_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" '
    'rx="7" fill="#faf8f3"/>'
    '<circle cx="13" cy="18" r="10" fill="#1d5c88" fill-opacity=".3"/>'
    '<circle cx="22" cy="10" r="4" fill="#1d5c88"/></svg>'
)
_COLOURS = ("accent", "paper", "ink")
_KNOWN = (*_COLOURS, "font", "logo")
TEXT_CONTRAST = 4.5
"""Least contrast of text with its ground (WCAG 2.2, 1.4.3); the muted text is mixed as far as this allows."""
_FONT = re.compile(r"[\w \"'-]+(,[\w \"'-]+)*")
_MOST_LOGO_BYTES = 60_000
_MOST_LOGO_PX = 400
_SVG = "{http://www.w3.org/2000/svg}"
_DRAWN = {
    "svg",
    "g",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "defs",
    "title",
    "desc",
}
_DRAWN |= {"linearGradient", "radialGradient", "stop", "clipPath", "text", "tspan"}
_PLAIN = re.compile(
    r"(?:(?!javascript|data:|url\s*\((?!\s*#)|expression|@import).)*", re.IGNORECASE | re.DOTALL
)

Rgb = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a page will be found, and its picture beside it."""

    page: str

    @property
    def picture(self) -> str:
        """Address of the picture of 1200 by 630 pixels."""
        return re.sub(r"(\.html?)?$", ".png", self.page, count=1)


def address_of(url: str) -> Address:
    """Check where a page will be found; raises UsageError where that is no address of the web.

    >>> address_of("https://example.org/ro-family.html").picture
    'https://example.org/ro-family.png'
    """
    try:
        parts = urlsplit(url)
        is_good = (
            parts.scheme in {"http", "https"}
            and bool(parts.hostname)
            and not re.search(r"[\s<>\"'\\]", url)
        )
        is_good = is_good and parts.username is None  # a password would stand on the page
    except ValueError:
        is_good = False
    if not is_good or parts.fragment or parts.query or parts.path.endswith("/") or not parts.path:
        example = "such as https://example.org/journey.html, without ?, # and names to log in by"
        raise UsageError(f"--url: {visible(url)}: not the address of a page ({example})")
    return Address(url)


def _as_png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def icon() -> str:
    """The page's icon, in the page itself."""
    return data_uri("image/svg+xml", _ICON.encode())


def nowhere(page: Page) -> str:
    """Stands for an address that is not known; the page puts its own in where it is read on the web."""
    return str({**catalogues()[FIRST], **catalogues()[page.language]}["cite.nowhere"])


def citations(page: Page, address: Address | None) -> dict[str, str]:
    """How to cite the page by the names of styles, and as "embed" the code that puts it on another page."""
    journey = page.journeys[0]
    title, subject = (
        say(text, page.language) if text else "" for text in (journey.title, journey.subject)
    )
    called = f"{subject}: {title}" if subject else title
    # Signs that part the directions of writing would be copied with the address, so these words are
    # filled without.
    words = {**catalogues()[FIRST], **catalogues()[page.language]}
    where = address.page if address else nowhere(page)
    values = {"title": called, "program": " ".join(page.program.values()), "where": where}
    apa, chicago, note = (
        filled(str(words[f"cite.{name}"]), values) for name in ("apa", "chicago", "note")
    )
    plain = re.sub(r"[{}\\]", "", called)
    # As docs/how-to/newsroom.md has it: where a policy lets no style run, the frame keeps its
    # border.
    frame = 'loading="lazy"\n  sandbox="allow-scripts" width="100%" height="600" style="border: 0"'
    return {
        "APA": apa,
        "Chicago": chicago,
        "BibTeX": f"@misc{{{journey.id},\n  title = {{{plain}}},\n  note = {{{note}}},\n  url = {{{where}}}\n}}",
        "embed": f'<iframe src="{where}#embed" title="{called.replace(chr(34), "&quot;")}" {frame}></iframe>',
    }


@dataclass(frozen=True, slots=True)
class Theme:
    """A style sheet that goes over the page's own, and a picture for its head, or None."""

    css: str
    logo: str | None


def theme_of(path: Path) -> Theme:
    """Read the colours, the font and the logo of whoever publishes.

    Raises UsageError with everything that is wrong: not TOML, a key or a colour that is not known,
    too little contrast, a logo that is no picture or does more than be seen.
    """
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(
            f"--theme: {path}: {error.strerror} (the name of a file in TOML)"
        ) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"--theme: {path}: not TOML: {error}") from None
    problems = [
        f"{visible(key)}: not known here (it has {', '.join(_KNOWN)})"
        for key in given
        if key not in _KNOWN
    ]
    colours = {name: _colour(name, given, problems) for name in _COLOURS}
    font = given.get("font", "")
    if not isinstance(font, str) or (font and not _FONT.fullmatch(font)):
        problems.append("font: names of fonts, separated by commas")
    logo = _logo(path, given.get("logo"), problems)
    if all(colours.values()):
        problems += _too_faint(colours)
    if problems:
        raise UsageError("\n".join(f"--theme: {path}: {problem}" for problem in problems))
    return Theme(_css({name: rgb for name, rgb in colours.items() if rgb}, str(font)), logo)


def _colour(name: str, given: dict[str, object], problems: list[str]) -> Rgb | None:
    text = given.get(name)
    if isinstance(text, str) and re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)
    problems.append(
        f"{name}: {visible(str(text))} is not a colour such as #1d5c88"
        if text
        else f"{name}: missing (a colour such as #1d5c88)"
    )
    return None


def contrast(one: Rgb, other: Rgb) -> float:
    """Contrast of two colours (WCAG 2.2), from 1 to 21.

    >>> contrast((0, 0, 0), (255, 255, 255))
    21.0
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Rgb) -> float:
    linear = [
        c / 12.92 if (c := value / 255) <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  # sRGB
        for value in colour
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _too_faint(colours: dict[str, Rgb | None]) -> list[str]:
    paper = colours["paper"]
    faults = []
    for name in ("ink", "accent"):
        colour = colours[name]
        if colour and paper and (ratio := contrast(colour, paper)) < TEXT_CONTRAST:
            fix = (
                f"{TEXT_CONTRAST:g} at the least: a darker one on light paper, a lighter one on "
                "dark"
            )
            faults.append(f"{name}: its contrast with paper is {ratio:.1f} ({fix})")
    return faults


def _css(colours: dict[str, Rgb], font: str) -> str:
    paper, ink = colours["paper"], colours["ink"]
    share = next(
        part / 20
        for part in range(12, 21)
        if contrast(_mixed(ink, paper, part / 20), paper) >= TEXT_CONTRAST
    )
    named = {"paper": paper, "halo": paper, "raised": paper, "ink": ink, "blue": colours["accent"]}
    named |= {"muted": _mixed(ink, paper, share), "rule": _mixed(ink, paper, 0.15)}
    lines = "".join(f"--{name}: #{r:02x}{g:02x}{b:02x};" for name, (r, g, b) in named.items())
    dark = _luminance(paper) < _luminance(ink)
    ground = (DARK if dark else LIGHT).css("land", "sea", "red")
    fonts = f"--serif: {font};" if font else ""
    scheme = "dark" if dark else "light"
    # Twice, so that it stands above what the page says of the reader's own scheme.
    return f":root:root {{ color-scheme: {scheme}; {lines}{ground}{fonts} }}\n"


def _mixed(one: Rgb, other: Rgb, share: float) -> Rgb:
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _logo(theme: Path, name: object, problems: list[str]) -> str | None:
    if name is None:
        return None
    path = theme.parent / str(name)
    try:
        content = path.read_bytes()
    except OSError as error:
        problems.append(f"logo: {visible(str(name))}: {error.strerror}")
        return None
    if len(content) > _MOST_LOGO_BYTES:
        problems.append(f"logo: {len(content):,} bytes ({_MOST_LOGO_BYTES:,} at the most)")
        return None
    try:
        return _svg(content) if path.suffix.lower() == ".svg" else _png(content)
    except (ValueError, OSError, etree.XMLSyntaxError, Image.DecompressionBombError) as error:
        problems.append(f"logo: {visible(str(error))} (an SVG without scripts, or a PNG)")
        return None


def _svg(content: bytes) -> str:
    """An SVG that only draws, written anew; raises ValueError for one that does more."""
    root = etree.fromstring(
        content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    )
    for element in root.iter():
        name = element.tag if isinstance(element.tag, str) else ""
        if name.removeprefix(_SVG) not in _DRAWN:
            raise ValueError(f"{name.rpartition('}')[2] or 'a comment or an instruction'} in it")
        for attribute, value in element.attrib.items():
            if (
                attribute.startswith("on")
                or attribute.endswith(("href", "src"))
                or not _PLAIN.fullmatch(value)
            ):
                raise ValueError(f"{attribute.rpartition('}')[2]} in it")
    if root.tag != f"{_SVG}svg":
        raise ValueError("not an SVG")
    return data_uri("image/svg+xml", etree.tostring(root))


def _png(content: bytes) -> str:
    """A PNG written anew from its pixels."""
    with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
        if picture.width * picture.height > _MOST_LOGO_PX**2 * 16:
            raise ValueError(f"{picture.width} by {picture.height} pixels")
        small = picture.convert("RGBA")
    small.thumbnail((_MOST_LOGO_PX, _MOST_LOGO_PX))
    return data_uri("image/png", _as_png(small))
