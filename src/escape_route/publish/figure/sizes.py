"""The sizes that a figure comes in: a newspaper's column, a page of a report, a slide, a card."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from escape_route.publish.figure.type import PT_PER_MM, SERIF, STRONG, Style

if TYPE_CHECKING:
    from escape_route.language.phrases import Phrases
    from escape_route.publish.colours import Colours


class SizeName(StrEnum):
    """Names of the sizes."""

    COLUMN = "column"
    PAGE = "page"
    SLIDE = "slide"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Size:
    """A size: millimetres, the styles of its texts, and between which shapes its map may be.

    `height_mm` is None where the height follows from what there is to say, up to `most_height_mm`.
    """

    name: SizeName
    width_mm: float
    height_mm: float | None
    margin_mm: float
    kicker: Style
    title: Style
    deck: Style
    label: Style
    note: Style
    text: Style
    caption: Style
    most_height_mm: float
    least_aspect: float
    most_aspect: float

    @property
    def unit_pt(self) -> float:
        """What a pixel of the page is here: there a name has 13."""
        return self.label.size_pt / 13

    @property
    def inner_pt(self) -> float:
        """Width between the margins, in points."""
        return (self.width_mm - 2 * self.margin_mm) * PT_PER_MM

    @property
    def margin_pt(self) -> float:
        """Margin, in points."""
        return self.margin_mm * PT_PER_MM


def _styles(**sizes_pt: float) -> dict[str, Style]:
    """Styles of a size by what they are for."""
    return {
        "kicker": Style(sizes_pt["kicker"], STRONG),
        "title": Style(sizes_pt["title"], STRONG, SERIF, 1.18),
        "deck": Style(sizes_pt["deck"], families=SERIF, leading=1.38),
        "label": Style(sizes_pt["label"], STRONG, leading=1.18),
        "note": Style(sizes_pt["note"], leading=1.18),
        "text": Style(sizes_pt["text"], leading=1.3),
        "caption": Style(sizes_pt["caption"], leading=1.4),
    }


SIZES = {
    SizeName.COLUMN: Size(
        SizeName.COLUMN, 90.0, None, 4.0, most_height_mm=300.0, least_aspect=0.84, most_aspect=1.35,
        **_styles(kicker=6.6, title=14, deck=8.2, label=6.6, note=6.2, text=6.8, caption=6.0),
    ),
    SizeName.PAGE: Size(
        SizeName.PAGE, 180.0, None, 7.0, most_height_mm=267.0, least_aspect=1.35, most_aspect=1.75,
        **_styles(kicker=7.6, title=22, deck=10.4, label=8.0, note=7.2, text=8.0, caption=7.0),
    ),
    SizeName.SLIDE: Size(
        SizeName.SLIDE, 338.7, 190.5, 11.0, most_height_mm=190.5, least_aspect=0.72, most_aspect=0.98,
        **_styles(kicker=13, title=31, deck=17, label=14, note=12.5, text=13, caption=10),
    ),
    SizeName.CARD: Size(
        SizeName.CARD, 317.5, 166.6875, 12.0, most_height_mm=166.6875, least_aspect=0.72, most_aspect=0.98,
        **_styles(kicker=16, title=34, deck=20, label=14, note=12.5, text=17, caption=13),
    ),
}  # fmt: skip
"""Millimetres: 90 wide, 180 wide, 338.7 x 190.5 (13.33 x 7.5 inches), which is a wide slide as programs make it, and
the card by which other programs show a page, 1200 x 630 pixels (a third of that on a phone: it says
little)."""


Colour: TypeAlias = "str | tuple[str, float]"
"""A colour as matplotlib takes it, alone or with how much of it covers what lies below."""


class Part(StrEnum):
    """What of a figure is drawn: all of it, its map with signs and caption, or its ledger."""

    WHOLE = "whole"
    MAP = "map"
    LEDGER = "ledger"


@dataclass(frozen=True, slots=True)
class Look:
    """How a figure is drawn: its size, its colours and its language, and whether it shows places as they are held.

    A `part` alone goes without a heading.
    """

    size: Size
    palette: Colours
    words: Phrases
    part: Part = Part.WHOLE
