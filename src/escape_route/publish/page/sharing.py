"""How a page is shared: the ways to cite it, the code to embed it, and its icon."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PIL import Image

from escape_route.errors import UsageError, visible
from escape_route.model.journey import say
from escape_route.publish.page import theme

if TYPE_CHECKING:
    from pathlib import Path

    from escape_route.publish.page.shown import Page
    from escape_route.publish.page.theme import Theme

NOWHERE_YET = "[address of this page]"
"""Stands for an address that is not known; the page puts its own in where it is read on the web."""
PICTURE_PX = (1200, 630)
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#faf8f3"/>'
    '<circle cx="13" cy="18" r="10" fill="#1d5c88" fill-opacity=".3"/>'
    '<circle cx="22" cy="10" r="4" fill="#1d5c88"/></svg>'
)


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

    Examples
    --------
    >>> address_of("https://example.org/ro-family.html").picture
    'https://example.org/ro-family.png'
    """
    try:
        parts = urlsplit(url)
        is_good = parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"[\s<>\"'\\]", url)
        is_good = is_good and parts.username is None  # a password would stand on the page
    except ValueError:
        is_good = False
    if not is_good or parts.fragment or parts.query or parts.path.endswith("/") or not parts.path:
        example = "such as https://example.org/journey.html, without ?, # and names to log in by"
        raise UsageError(f"--url: {visible(url)}: not the address of a page ({example})")
    return Address(url)


def theme_of(path: Path) -> Theme:
    """Read the colours, the font and the logo of whoever publishes; raises UsageError with all that is wrong."""
    return theme.read(path)


def shared_picture(drawn: bytes) -> bytes:
    """A drawn map as the picture that other programs show of the page: 1200 by 630 pixels, PNG."""
    with Image.open(io.BytesIO(drawn)) as picture:
        whole = picture.convert("RGB")
    whole.thumbnail(PICTURE_PX, Image.Resampling.LANCZOS)
    sheet = Image.new("RGB", PICTURE_PX, whole.getpixel((0, 0)))
    sheet.paste(whole, ((PICTURE_PX[0] - whole.width) // 2, (PICTURE_PX[1] - whole.height) // 2))
    out = io.BytesIO()
    sheet.save(out, "PNG", optimize=True)
    return out.getvalue()


def icon() -> str:
    """The page's icon, in the page itself."""
    return f"data:image/svg+xml;base64,{base64.b64encode(_ICON.encode()).decode('ascii')}"


def citations(page: Page, address: Address | None) -> dict[str, str]:
    """How to cite the page by the names of styles, and as "embed" the code that puts it on another page."""
    journey = page.journeys[0]
    title, subject = (say(text, page.language) if text else "" for text in (journey.title, journey.subject))
    where = address.page if address else NOWHERE_YET
    told = f"{subject}: {title}" if subject else title
    program = " ".join(page.program.values())
    plain = re.sub(r"[{}\\]", "", told)
    frame = 'width="100%" height="500" style="border:0" loading="lazy"'  # a strict policy lets no style run
    return {
        "APA": f"{told} [Interactive map]. (n.d.). Made with {program}. {where}",
        "Chicago": f"“{told}.” Interactive map made with {program}. {where}.",
        "BibTeX": f"@misc{{{journey.id},\n  title = {{{plain}}},\n  note = {{Interactive map, made with {program}}},\n"
        f"  url = {{{where}}}\n}}",
        "embed": f'<iframe src="{where}#embed" title="{told.replace(chr(34), "&quot;")}" {frame}></iframe>',
    }
