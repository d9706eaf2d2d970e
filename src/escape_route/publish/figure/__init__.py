"""A report as a still picture: a map in a projection that suits it, the ledger, a caption with sources and measures.

Drawn by matplotlib's objects alone; nothing here touches pyplot, so that a figure of a program's
user stays as it is. Loaded only when something is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from escape_route.errors import UsageError
from escape_route.language.catalogues import languages
from escape_route.language.comparison import Comparison
from escape_route.language.phrases import Phrases
from escape_route.language.view import PublishedView, view_published
from escape_route.publish.colours import DARK, LIGHT
from escape_route.publish.figure import caption, comparison, output, sheet
from escape_route.publish.figure.legible import legible, speakable
from escape_route.publish.figure.output import About, Kind
from escape_route.publish.figure.sizes import SIZES, Look, Part, SizeName
from escape_route.publish.page import headline

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from matplotlib.figure import Figure

    from escape_route.distance.report import PublishedReport

PRINT_DPI = 300
_SCREEN_DPI = {SizeName.SLIDE: 144, SizeName.CARD: 96}
LEAST_DPI, MOST_DPI = 20, 1200


@dataclass(frozen=True, slots=True)
class Options:
    """How a figure is wanted. `dpi` is that of a PNG: 300, 144 for a slide, 96 for a card, where it is None.

    A `part` alone is for a text that says the rest. `width_mm` is another than that of the size.
    """

    size: SizeName = SizeName.PAGE
    language: str = "en"
    dark: bool = False
    dpi: float | None = None
    part: Part = Part.WHOLE
    width_mm: float | None = None

    def look(self) -> Look:
        """Size, colours and words; raises UsageError for a language that nothing is held in."""
        if self.width_mm is None:
            size = SIZES[self.size]
        else:
            size = replace(SIZES[self.size], width_mm=self.width_mm)
        spoken = speakable(Phrases(self.language).language)
        return Look(size, DARK if self.dark else LIGHT, Phrases(spoken), self.part)


def kind_of(target: Path) -> Kind:
    """Kind of file that a name asks for; raises UsageError for any other."""
    ending = target.suffix.lower().lstrip(".")
    if ending not in list(Kind):
        raise UsageError(
            f"{target}: a figure is written as {', '.join(f'.{kind}' for kind in Kind)}"
        )
    return Kind(ending)


def options(*, size: str, language: str, dark: bool = False, dpi: float | None = None) -> Options:
    """How a figure is wanted, from what was typed; raises UsageError for what is not known."""
    if size not in list(SizeName):
        raise UsageError(f"size: {size} is not one of {', '.join(SizeName)}")
    if dpi is not None and not LEAST_DPI <= dpi <= MOST_DPI:
        raise UsageError(f"dpi: {dpi:g} is outside {LEAST_DPI}..{MOST_DPI}")
    options = Options(SizeName(size), language, dark, dpi)
    options.look()
    return options


def render_comparison(reports: Sequence[PublishedReport], kind: Kind, options: Options) -> bytes:
    """Draw journeys side by side as a file; as `render`."""
    look = options.look()
    described = comparison.described(Comparison(tuple(map(view_published, reports))), look.words)
    about = About(look.words.word("compare.title"), described, look.words.language)
    shown = Comparison(tuple(view_published(legible(report)) for report in reports))
    return _as_file(lambda: sheet.draw_comparison(shown, look), kind, about, options)


def render(report: PublishedReport, kind: Kind, options: Options) -> bytes:
    """Draw the figure of a journey as a file, marked where the report is: equal bytes for equal arguments, anywhere."""
    look = options.look()
    about = About(
        look.words.say(report.journey.title),
        caption.description(view_published(report), look.words),
        look.words.language,
    )
    return _as_file(lambda: sheet.draw(view_of(report, look), look), kind, about, options)


def view_of(report: PublishedReport, look: Look) -> PublishedView:
    """What a figure says of a report: in texts that can be written; a card begins as the page does."""
    shown = legible(report)
    view = view_published(shown)
    if look.size.name is not SizeName.CARD:
        return view
    return replace(view, headline=headline.of(shown, view, languages()))


def _as_file(draw: Callable[[], Figure], kind: Kind, about: About, options: Options) -> bytes:
    dpi = options.dpi or _SCREEN_DPI.get(options.size, PRINT_DPI)
    with output.settings():
        figure = draw()
        figure.set_dpi(dpi if kind is Kind.PNG else output.VECTOR_DPI)
        return output.to_bytes(figure, kind, about, dpi=dpi)
