"""Parts of a figure, one under the other: heading, map, signs, ledger, caption. Lengths are in points."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from escape_route.distance.verdicts import Verdict
from escape_route.errors import OutputError
from escape_route.language import comparison, whens
from escape_route.language.catalogues import opened
from escape_route.language.stated import stayed
from escape_route.model.vocabulary import Outcome
from escape_route.publish.figure import caption as captions
from escape_route.publish.figure import chart, ledger, ledger_layout, signs
from escape_route.publish.figure.ledger_layout import verdict_colour
from escape_route.publish.figure.pen import Ink, put_lines
from escape_route.publish.figure.sizes import Look, SizeName
from escape_route.publish.figure.type import (
    PT_PER_MM,
    SANS,
    SERIF,
    STRONG,
    Style,
    balanced,
    indented,
    runs_from_right,
    width_pt,
    without_orphan,
    wrapped,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.axes import Axes

    from escape_route.language.view import PublishedView
    from escape_route.model.journey import Text
    from escape_route.model.published import Mark
    from escape_route.publish.figure.scene import Scene

MOST_HEIGHT_MM = 2_000
_FEW_LINES, _TITLE_LINES = 2, 4
_TOLD = (1.15, 1.0)
"""How much larger than other texts the summary may be."""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a figure: its height in points, the gap above it, and how it is drawn from its upper left corner."""

    height: float
    gap: float
    draw: Callable[[Sheet, float, float], None]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper: a figure with axes all over it that count in points from the lower left corner."""

    figure: Figure
    axes: Axes
    width: float
    height: float

    @classmethod
    def of(cls, width: float, height: float, look: Look) -> Sheet:
        """Empty paper of a size in points; raises OutputError where no printer or screen has such paper.

        Where one reads from right to left it counts from the right, so that all on it is mirrored
        but maps and letters.
        """
        if height > MOST_HEIGHT_MM * PT_PER_MM:
            fault = f"would be {height / PT_PER_MM:,.0f} mm high, more than {MOST_HEIGHT_MM:,}"
            raise OutputError(f"the figure {fault} (shorter texts, fewer claims)")
        figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor=look.palette.paper)
        axes = figure.add_axes((0, 0, 1, 1), zorder=1)
        axes.set(xlim=(width, 0) if look.words.is_rtl else (0, width), ylim=(0, height))
        axes.set_axis_off()
        return cls(figure, axes, width, height)

    @property
    def is_mirrored(self) -> bool:
        """Whether lengths across count from the right."""
        return self.axes.xaxis_inverted()

    def inset(self, left: float, top: float, width: float, height: float) -> Axes:
        """Axes of their own with their upper near corner at a point, counted from where one begins to read."""
        if self.is_mirrored:
            left = self.width - left - width
        box = (
            left / self.width,
            1 - (top + height) / self.height,
            width / self.width,
            height / self.height,
        )
        return self.figure.add_axes(box)


def depth_of(blocks: Sequence[Block]) -> float:
    """Height of blocks one under the other, with the gaps above them."""
    return sum(block.height + block.gap for block in blocks)


def draw_all(sheet: Sheet, blocks: Sequence[Block], left: float, top: float) -> None:
    """Draw blocks one under the other, from an upper left corner on."""
    for block in blocks:
        top += block.gap
        block.draw(sheet, left, top)
        top += block.height


def text_block(lines: Sequence[str], style: Style, colour: str, gap: float, width: float) -> Block:
    """Lines of text in a column. A paragraph whose script runs against the sheet stands at the far side of it.

    A line or two, as a title is, begin where all begins.
    """
    from_right = runs_from_right(" ".join(lines))

    def drawn(sheet: Sheet, left: float, top: float) -> None:
        is_far = from_right != sheet.is_mirrored and (from_right or len(lines) > _FEW_LINES)
        at = (left + width * is_far, sheet.height - top)
        put_lines(sheet.axes, at, lines, style, Ink(colour, "right" if is_far else "left"))

    return Block(style.line_pt * len(lines), gap, drawn)


def draw_rule(sheet: Sheet, left: float, top: float, width: float, look: Look) -> None:
    """Draw a thin line across a column."""
    y = sheet.height - top
    sheet.axes.plot([left, left + width], [y, y], color=look.palette.rule, lw=0.8)


def heading(view: PublishedView, look: Look, width: float) -> list[Block]:
    """What stands over all: kicker, title, a warning, words of care, what became of what was stated, and an aside."""
    size, palette, words = look.size, look.palette, look.words
    unit = size.unit_pt
    journey = view.journey
    blocks = []
    if over := words.kicker(journey):
        blocks.append(
            text_block(wrapped(over, size.kicker, width), size.kicker, palette.muted, 0.0, width)
        )
    blocks.append(_title(words.say(view.headline or journey.title), look, width))
    blocks += warning(view.mark, look, width)
    if journey.care:
        care = without_orphan(words.say(journey.care), size.text, width)
        blocks.append(text_block(care, size.text, palette.red, 6 * unit, width))
    blocks += _answers(view, look, width) or [
        text_block(
            without_orphan(words.say(view.finding), size.deck, width),
            size.deck,
            palette.ink,
            7 * unit,
            width,
        )
    ]
    if aside := words.say(view.finding_aside):
        blocks.append(
            text_block(
                without_orphan(aside, size.text, width), size.text, palette.muted, 4 * unit, width
            )
        )
    return blocks


def _answers(view: PublishedView, look: Look, width: float) -> list[Block]:
    """What was stated, each reading with its verdict and, in the same size, what that hangs on, as the page begins."""
    words, deck = look.words, look.size.deck
    blocks = []
    for claim in view.answers:
        first, stated = claim.judgements[0], words.say(claim.stated)
        said = words.word("page.readings", n=stated) if claim.fits_in else words.quoted(stated)
        style = deck.strong()
        blocks.append(
            text_block(
                balanced(said, style, width), style, look.palette.ink, 8 * look.size.unit_pt, width
            )
        )
        blocks.append(_verdict(first.verdict, first.scope.label, first.why, look, width))
        if claim.fits_in:
            blocks.append(
                _verdict(Verdict.CONSISTENT, claim.fits_in.label, claim.fits_why, look, width)
            )
    return blocks


def _verdict(verdict: Verdict, scope: Text, why: Text | None, look: Look, width: float) -> Block:
    """The part of the way, its verdict as a word on its colour, and why, as the page begins."""
    words, style, unit = look.words, look.size.deck, look.size.unit_pt
    word, inner = (
        words.word(f"verdict.{verdict}"),
        replace(style.strong(), families=SANS, size_pt=style.size_pt * 0.9),
    )
    pill, part = width_pt(word, inner) + 12 * unit, wrapped(words.say(scope), style, width)
    indent = width_pt(part[-1], style) + 6 * unit
    if indent + pill > width:
        part, indent = [*part, ""], 0.0
    if why:
        after = indented(words.word("page.colon") + words.say(why), style, width, indent + pill)
    else:
        after = [""]

    def drawn(sheet: Sheet, left: float, top: float) -> None:
        put_lines(sheet.axes, (left, sheet.height - top), part, style, Ink(look.palette.ink))
        last = sheet.height - top - style.line_pt * (len(part) - 1)
        high, middle = style.line_pt * 0.88, last - style.line_pt / 2
        box = (left + indent, middle - high / 2), pill, high
        shape = f"round,pad=0,rounding_size={high / 2}"
        sheet.axes.add_patch(
            FancyBboxPatch(*box, boxstyle=shape, fc=verdict_colour(verdict, look), ec="none")
        )
        ink = Ink(look.palette.paper, "center")
        put_lines(
            sheet.axes, (left + indent + pill / 2, middle + inner.line_pt / 2), [word], inner, ink
        )
        put_lines(
            sheet.axes, (left, last), after, style, Ink(look.palette.ink), indent=indent + pill
        )

    return Block(style.line_pt * (len(part) + len(after) - 1), 4 * unit, drawn)


def _title(text: str, look: Look, width: float) -> Block:
    """Title, in smaller letters where it would take too many lines."""
    style = look.size.title
    while (
        len(lines := balanced(text, style, width)) > _TITLE_LINES
        and style.size_pt > look.size.deck.size_pt
    ):
        style = replace(style, size_pt=style.size_pt * 0.92)
    return text_block(lines, style, look.palette.ink, 3 * look.size.unit_pt, width)


def warning(mark: Mark | None, look: Look, width: float) -> list[Block]:
    """What a mark says, in red; nothing where there is none."""
    if mark is None:
        return []
    style = look.size.text
    lines = wrapped(look.words.word(f"figure.{mark}"), style, width)
    return [text_block(lines, style, look.palette.red, 6 * look.size.unit_pt, width)]


def summary(view: PublishedView, look: Look, width: float, free: float) -> list[Block]:
    """Summary of the journey, as large as the room allows; nothing where there is too little."""
    if look.words.say(view.journey.summary) == look.words.say(view.journey.title):
        return []
    for share in _TOLD:
        style = replace(look.size.text, size_pt=look.size.text.size_pt * share, leading=1.38)
        lines = without_orphan(look.words.say(view.journey.summary), style, width)
        block = text_block(lines, style, look.palette.ink, 11 * look.size.unit_pt, width)
        if depth_of([block]) <= free:
            return [block]
    return []


def told(view: PublishedView, look: Look, width: float, free: float) -> list[Block]:
    """What is told of a journey that has no length: its summary, its places in their order, how it ended and when."""
    size, words, journey = look.size, look.words, view.journey
    unit, strong = size.unit_pt, size.text.strong()
    places = []
    for n, waypoint in enumerate(journey.waypoints, 1):
        if waypoint.withheld:
            continue
        name = words.word("figure.place", number=str(n), name=words.called(waypoint))
        known = [
            words.word(f"status.{waypoint.status}"),
            *filter(None, (whens.told(waypoint, words), stayed(waypoint, words))),
        ]
        places.append(
            text_block(balanced(name, strong, width), strong, look.palette.ink, 8 * unit, width)
        )
        lines = wrapped(opened(words.word("comma").join(known)), size.note, width)
        places.append(text_block(lines, size.note, look.palette.muted, 0.0, width))
    if journey.outcome is Outcome.CAPTURED_AND_RETURNED:
        colour = look.palette.red
    else:
        colour = look.palette.ink
    ended = text_block(
        wrapped(comparison.ended(view, words), strong, width), strong, colour, 8 * unit, width
    )
    opening = summary(view, look, width, free)
    # How it ended is said before what each place is: the map has these.
    choices = (
        [*opening, *places, ended],
        [*opening, *places[::2], ended],
        [*opening, ended],
        opening,
    )
    return next(blocks for blocks in choices if depth_of(blocks) <= free or blocks is opening)


def map_with_signs(
    shown: Scene | None, look: Look, width: float, named: chart.Map | None
) -> list[Block]:
    """Map as wide as its column, and its signs; nothing where there is none."""
    if shown is None:
        return []
    height = width / shown.aspect

    def drawn(sheet: Sheet, left: float, top: float) -> None:
        chart.draw(sheet.inset(left, top, width, height), shown, look, width, named)

    return [Block(height, 12 * look.size.unit_pt, drawn), *signs_of_map(shown, look, width)]


def signs_of_map(shown: Scene | None, look: Look, width: float) -> list[Block]:
    """Key to a map."""
    if shown is None:
        return []
    return [flow_block(signs.flow(signs.of_map(shown, look), look, width), look)]


def flow_block(flow: signs.Flow, look: Look) -> Block:
    """Signs with their names, as they were laid out."""

    def drawn(sheet: Sheet, left: float, top: float) -> None:
        signs.draw(sheet.axes, flow, look, (left, sheet.height - top))

    return Block(flow.height, 9 * look.size.unit_pt, drawn)


def ledger_with_title(
    view: PublishedView, look: Look, width: float, most: float | None = None
) -> list[Block]:
    """Ledger with its title, no higher than so much; nothing where there is no room, or nothing to weigh."""
    unit = look.size.unit_pt
    title = Style(look.size.deck.size_pt * 1.08, STRONG, SERIF, 1.25)
    title_line = text_block(
        [look.words.word("page.ledger_title")], title, look.palette.ink, 14 * unit, width
    )
    beside = look.size.name is SizeName.PAGE
    free = math.inf if most is None else most - title_line.height - title_line.gap - 12 * unit
    layout = ledger_layout.lay_out(view, look, width, beside=beside, most_pt=free)
    if layout is not None and layout.left_out:
        free -= look.size.note.line_pt + 6 * unit
        layout = ledger_layout.lay_out(view, look, width, beside=beside, most_pt=free)
    if layout is None:
        return []

    def drawn(sheet: Sheet, left: float, top: float) -> None:
        ledger.draw(sheet.inset(left, top, width, layout.height), layout, look)

    return [title_line, Block(layout.height, 10 * unit, drawn), *_more(layout, look, width)]


def _more(layout: ledger_layout.Layout, look: Look, width: float) -> list[Block]:
    """What is said of parts that the ledger has no room for; nothing where it has all."""
    if not layout.left_out:
        return []
    said = look.words.counted("figure.more", layout.left_out, n=layout.left_out)
    lines = wrapped(said, look.size.note, width)
    return [text_block(lines, look.size.note, look.palette.muted, 6 * look.size.unit_pt, width)]


def others(view: PublishedView, look: Look, width: float) -> list[Block]:
    """How many more distances were stated than those that stand first; nothing where none were."""
    count = len(view.distances) - len(view.answers)
    if count <= 0:
        return []
    lines = wrapped(look.words.counted("figure.others", count, n=count), look.size.text, width)
    return [text_block(lines, look.size.text, look.palette.muted, 11 * look.size.unit_pt, width)]


def credit(view: PublishedView, shown: Scene | None, look: Look, width: float) -> list[Block]:
    """What a card says of its map, in a line or two."""
    lines = wrapped(captions.credit(view, shown, look.words), look.size.caption, width)
    return [text_block(lines, look.size.caption, look.palette.muted, 12 * look.size.unit_pt, width)]


def caption(
    view: PublishedView,
    shown: Scene | None,
    look: Look,
    width: float,
    named: chart.Map | None = None,
) -> list[Block]:
    """Caption under a line; it names the places that the map had no room for."""
    size, unit = look.size, look.size.unit_pt
    text = captions.caption(view, shown, look.words, named.unnamed if named else ())
    lines = wrapped(text, size.caption, width)
    rule = Block(0.0, 12 * unit, lambda sheet, left, top: draw_rule(sheet, left, top, width, look))
    return [rule, text_block(lines, size.caption, look.palette.muted, 6 * unit, width)]
