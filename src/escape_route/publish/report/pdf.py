"""HTML as a tagged PDF (PDF/UA-1); the one module that imports WeasyPrint.

Nothing is fetched from anywhere: pictures are in the HTML, fonts are those that the package carries, so that Korean,
Thai and Lao are set on any machine, and those of the extra `fonts` where it is installed. There is no clock in it, and
no random number: the same HTML gives the same bytes.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from escape_route.errors import UsageError, naming_its_extra
from escape_route.publish.figure.type import further_files

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse

_FAMILIES = {
    "JourneySans": "Journey Sans",
    "JourneySansKR": "Journey Sans KR",
    "JourneySansLao": "Journey Sans Lao",
    "JourneySansThai": "Journey Sans Thai",
    "JourneySerif": "Journey Serif",
    "JourneySerifKR": "Journey Serif KR",
}
_PANGO = (
    "PDF needs Pango, a library of the system: apt-get install libpango-1.0-0 libpangoft2-1.0-0, brew install pango"
)


def from_html(html: str) -> bytes:
    """Set HTML on A4.

    Parameters
    ----------
    html
        A whole document that holds all that it shows.

    Returns
    -------
    bytes
        PDF/UA-1: tagged, with language and title. Equal for equal HTML.

    Raises
    ------
    UsageError
        Where WeasyPrint finds no Pango.
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
    found: bytes = document.write_pdf(
        stylesheets=[faces], font_config=fonts, pdf_variant="pdf/ua-1", pdf_identifier=identifier
    )
    return found


@cache
def _faces() -> str:
    """Fonts that the package carries, as CSS."""
    rules = []
    for path in sorted(_folder().glob("*.ttf")):
        name, _, weight = path.stem.partition("-")
        source = f'src: url("{path.as_uri()}")'
        rules.append(f'@font-face {{ font-family: "{_FAMILIES[name]}"; font-weight: {weight}; {source}; }}')
    for family, path in further_files().items():
        rules.append(f'@font-face {{ font-family: "{family}"; src: url("{path.as_uri()}"); }}')
    return "\n".join(rules)


def _folder() -> Path:
    return Path(str(files("escape_route"))) / "publish" / "fonts"


def _fetch(url: str) -> URLFetcherResponse:
    """Hand out what is inside the HTML, and the package's fonts, and nothing else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher  # noqa: PLC0415

    ours = {path.as_uri() for path in (*_folder().glob("*.ttf"), *further_files().values())}
    if not url.startswith("data:") and url not in ours:
        raise FatalURLFetchingError(f"a report asks for nothing from outside, not for {url}")
    return URLFetcher(allowed_protocols=("data", "file")).fetch(url)
