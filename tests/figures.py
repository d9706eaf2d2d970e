"""Figures for the tests: drawn once, read back as pixels, compared with pictures that were looked at."""

from __future__ import annotations

import io
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from pixelmatch.contrib.PIL import pixelmatch

from escape_route.language.phrases import Phrases
from escape_route.language.view import view_published
from escape_route.publish import figure
from escape_route.publish.figure import caption, sheet
from escape_route.publish.figure.output import VECTOR_DPI, About, Kind, settings, to_bytes
from making import checked

if TYPE_CHECKING:
    from matplotlib.figure import Figure

GOLDEN = Path(__file__).parent / "golden"
DPI = {"column": 64.0, "page": 56.0, "slide": 44.0, "card": 44.0}
TOLERATED = 0.002
"""Share of pixels that may differ: other processors round the edges of lines otherwise."""


@cache
def picture(name: str, size: str, language: str, *, dark: bool = False) -> bytes:
    """PNG of a shipped journey, small, of the figure that `drawn` holds; dark it is drawn by itself."""
    if not dark:
        return written(name, size, language, Kind.PNG)
    return figure.render(
        checked(name),
        Kind.PNG,
        figure.options(size=size, language=language, dark=dark, dpi=DPI[size]),
    )


def written(name: str, size: str, language: str, kind: Kind) -> bytes:
    """File of the figure that `drawn` holds."""
    view, phrases = view_published(checked(name)), Phrases(language)
    about = About(phrases.say(view.journey.title), caption.description(view, phrases), language)
    found, dpi = drawn(name, size, language), DPI[size] if kind is Kind.PNG else VECTOR_DPI
    with settings():
        found.set_dpi(dpi)
        return to_bytes(found, kind, about, dpi=dpi)


@cache
def drawn(name: str, size: str, language: str) -> Figure:
    """Figure of a shipped journey as matplotlib holds it, drawn once for all who look at it."""
    with settings():
        look = figure.options(size=size, language=language).look()
        return sheet.draw(figure.view_of(checked(name), look), look)


def assert_golden(content: bytes, name: str) -> None:
    """Hold a picture against the one in tests/golden; where they differ the difference is left to be looked at."""
    golden = GOLDEN / f"{name}.png"
    if os.environ.get("RENEW_GOLDEN"):
        golden.write_bytes(content)
    mine, other = (
        Image.open(io.BytesIO(each)).convert("RGBA") for each in (content, golden.read_bytes())
    )
    folder = Path(tempfile.gettempdir()) / "escape-route-golden"
    assert mine.size == other.size, f"{name}: {mine.size} and not {other.size}"
    difference = Image.new("RGBA", mine.size)
    count = (
        0
        if mine.tobytes() == other.tobytes()
        else pixelmatch(mine, other, difference, threshold=0.12)
    )
    if count > TOLERATED * mine.width * mine.height:
        folder.mkdir(exist_ok=True)
        difference.save(folder / f"{name}-difference.png")
        (folder / f"{name}.png").write_bytes(content)
        pytest.fail(
            f"{name}: {count} pixels differ from tests/golden/{name}.png; see {folder}/{name}-difference.png"
        )
