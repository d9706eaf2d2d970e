"""Journeys side by side as a picture: a row each, on one scale of kilometres and one of years."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox

from escape_route.language import comparison
from escape_route.language.catalogues import opened
from escape_route.model.vocabulary import Outcome
from escape_route.publish.figure import caption, chart, ledger, ruler
from escape_route.publish.figure.ledger_layout import BAR_PX, Layout, Row, row_of
from escape_route.publish.figure.pen import Ink, put_lines
from escape_route.publish.figure.ruler import Ruler, Tag, scale_to
from escape_route.publish.figure.scene import Scene, scene
from escape_route.publish.figure.type import balanced, widest, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from escape_route.language.comparison import Comparison
    from escape_route.language.phrases import Phrases
    from escape_route.language.view import ReportView
    from escape_route.publish.figure.sizes import Look

_HEAD, _DISTANCE, _TIME = 0.275, 0.505, 0.15
"""Shares of the width: headings, scale of kilometres, scale of years; what is left parts them."""
_MAP, _LEAST_HIGH = 0.4, 0.66
"""Share of the scale's width that the map of a journey without a length takes, and how high it is over its width."""
_YEAR_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)
_MOST_YEARS = 4
_WIDE_PX = 620.0


@dataclass(frozen=True, slots=True)
class Laid:
    """A comparison laid out: the rows as those of a ledger, and where the scale of years lies, in points.

    `maps` are those of journeys that have no length, None for the others.
    """

    layout: Layout
    views: tuple[ReportView, ...]
    maps: tuple[Scene | None, ...]
    years: tuple[float, float, float] | None
    left: float
    right: float


def lay_out(comparison: Comparison, look: Look, width_pt: float) -> Laid:
    """Lay out a comparison for a width in points."""
    beside = width_pt > _WIDE_PX * look.size.unit_pt
    head = width_pt * _HEAD if beside else 0.0
    right = head + width_pt * (_DISTANCE if beside else _DISTANCE + _HEAD - 0.06)
    highest, step = scale_to(comparison.longest_km)
    while (right - head) / (highest / step) < look.size.note.size_pt * 4.4:
        step *= 2
    highest = math.ceil(highest / step) * step
    rule = Ruler(look, head, right, highest)
    rows = tuple(_row(view, rule, beside=beside) for view in comparison.views)
    axis = look.size.note.line_pt + 8 * look.size.unit_pt
    height = sum(row.height for row in rows) + axis
    layout = Layout(rows, 0, rule, step, height)
    maps = tuple(
        _map(view, row, layout, look) for view, row in zip(comparison.views, rows, strict=True)
    )
    return Laid(
        layout, comparison.views, maps, _years(comparison), width_pt * (1 - _TIME), width_pt * 0.985
    )


def _map(view: ReportView, row: Row, layout: Layout, look: Look) -> Scene | None:
    """Map of a journey that has no length, as large as there is room for."""
    if row.bound_km is not None:
        return None
    width, high = _room_of_map(row, layout, look)
    return scene(view.journey, view.legs, width / high)


def _room_of_map(row: Row, layout: Layout, look: Look) -> tuple[float, float]:
    """Width and height in points."""
    return (
        layout.rule.right - layout.rule.left
    ) * _MAP, row.height - row.bar_top - 10 * look.size.unit_pt


def _row(view: ReportView, rule: Ruler, *, beside: bool) -> Row:
    unit = rule.look.size.unit_pt
    room = (rule.left if beside else rule.right / 0.75) * 0.94
    head = _heading(view, rule.look, room)
    if view.leading is None or view.leading.lower_bound_km is None:
        return _unmeasured(view, rule, head, beside=beside)
    row = row_of(view, view.leading, rule, head, beside=beside)
    top = 0.0 if beside else head.top
    return replace(
        row, heading=(replace(head, top=top),), height=max(row.height, head.height + 12 * unit)
    )


def _heading(view: ReportView, look: Look, room: float) -> Tag:
    """Whose journey, how it ended, and what is known of the way, in a few lines."""
    size, palette, words = look.size, look.palette, look.words
    strong, note = size.text.strong(), size.note
    when, colour = comparison.ended(view, words), _colour(view, look)
    borders = f"{words.word('compare.borders')}: {words.borders(view)}"
    lines = [
        (line, strong, palette.ink)
        for line in wrapped(comparison.subject(view, words), strong, room)
    ]
    lines += [(line, note.strong(), colour) for line in wrapped(when, note.strong(), room)]
    for text in filter(
        None, (words.countries(view), borders, words.modes(view), words.certainty(view))
    ):
        lines += [(line, note, palette.muted) for line in wrapped(opened(text), note, room)]
    return Tag(tuple(lines), 0.0, 0.0, "left", room)


def _unmeasured(view: ReportView, rule: Ruler, head: Tag, *, beside: bool) -> Row:
    """Row of a journey that has no length: beside its map stand its places in their order.

    On no scale: how far apart they stand says nothing.
    """
    look, unit = rule.look, rule.look.size.unit_pt
    size, palette, words = look.size, look.palette, look.words
    map_width = (rule.right - rule.left) * _MAP
    room = (rule.right - rule.left) * 0.94 - map_width
    listed = [
        (line, size.note, palette.muted)
        for line in wrapped(words.say(view.finding), size.note, room)
    ]
    for number, waypoint in enumerate(view.journey.waypoints, 1):
        if not waypoint.withheld:
            named = words.word("figure.place", number=str(number), name=words.called(waypoint))
            listed += [(line, size.text, palette.ink) for line in balanced(named, size.text, room)]
    wide = max(widest([text], style) for text, style, _ in listed)
    top = 0.0 if beside else head.height + 4 * unit
    tag = Tag(tuple(listed), rule.left + map_width + 10 * unit, top + 2 * unit, "left", wide)
    lowest = max(tag.box[3], top + map_width * _LEAST_HIGH)
    height = max(head.height if beside else 0.0, lowest) + 12 * unit
    return Row((head,), (tag,), None, None, (), None, tag.top, height)


def _colour(view: ReportView, look: Look) -> str:
    if view.journey.outcome is Outcome.CAPTURED_AND_RETURNED:
        return look.palette.red
    return look.palette.ink


def _years(comparison: Comparison) -> tuple[float, float, float] | None:
    """First and last year of the scale and the step of its marks."""
    if comparison.span is None:
        return None
    first, last = math.floor(comparison.span[0]), math.ceil(comparison.span[1])
    step = next(
        (years for years in _YEAR_STEPS if (last - first) / years <= _MOST_YEARS), last - first
    )
    return math.floor(first / step) * step, math.ceil(last / step) * step, step


def draw(axes: Axes, sides: Laid, look: Look) -> None:
    """Draw a comparison into axes, which come to count in points from their lower left corner."""
    layout = sides.layout
    ledger.draw(axes, layout, look, sides.right / 0.985)
    _draw_maps(axes, sides, look)
    if sides.years is not None:
        _draw_years(axes, sides, look)


def _draw_maps(axes: Axes, sides: Laid, look: Look) -> None:
    """Draw a small map of each journey that has no length, where a scale would be."""
    layout, unit = sides.layout, look.size.unit_pt
    top = layout.height
    for row, shown in zip(layout.rows, sides.maps, strict=True):
        if shown is not None:
            width, high = _room_of_map(row, layout, look)
            low = top - row.bar_top - high - 2 * unit
            corners = np.array([(layout.rule.left, low), (layout.rule.left + width, low + high)])
            chart.draw_small(_inset(axes, corners), shown, look, width)
        top -= row.height


def _inset(axes: Axes, corners: NDArray[np.float64]) -> Axes:
    """Axes between two corners in what other axes count in, which may be from the right."""

    def where(*_: object) -> Bbox:
        box = Bbox(np.sort(axes.transData.transform(corners), axis=0))
        return box.transformed(axes.get_figure(root=True).transFigure.inverted())  # type: ignore[union-attr]

    inset: Axes = axes.inset_axes((0, 0, 1, 1))
    inset.set_axes_locator(where)
    return inset


def _draw_years(axes: Axes, sides: Laid, look: Look) -> None:
    unit, palette, layout = look.size.unit_pt, look.palette, sides.layout
    first, last, step = sides.years or (0.0, 1.0, 1.0)

    def at(year: float) -> float:
        return sides.left + (sides.right - sides.left) * (year - first) / (last - first)

    low = look.size.note.line_pt + 8 * unit
    ticks = np.arange(first, last + step / 2, step)
    ruler.grid(axes, [at(tick) for tick in ticks], low, layout.height, look)
    axes.plot([sides.left, sides.right], [low, low], color=palette.muted, lw=1.0 * unit, zorder=2)
    ruler.marks(axes, [(at(tick), f"{tick:g}") for tick in ticks], low, look)
    top = layout.height
    for n, (row, view) in enumerate(zip(layout.rows, sides.views, strict=True)):
        axes.plot(
            [layout.rule.right, sides.right],
            [top, top],
            color=palette.rule if n else "none",
            lw=0.6,
            zorder=1,
        )
        middle = top - row.bar_top - BAR_PX * unit / 2 - 4 * unit * bool(n)
        span = comparison.span_of(view.journey)
        if span is not None:
            start, end = map(at, span)
            wide = max(end - start, 2 * unit)
            bar = Rectangle(
                (start, middle - 4 * unit), wide, 8 * unit, fc=palette.blue, ec="none", zorder=3
            )
            axes.add_patch(bar)
            _year(
                axes,
                comparison.years_of(view.journey),
                (start, end, middle - 5 * unit),
                sides,
                look,
            )
        top -= row.height


def _year(axes: Axes, text: str, at: tuple[float, float, float], sides: Laid, look: Look) -> None:
    style = look.size.note.strong()
    half = widest([text], style) / 2
    x = min(max((at[0] + at[1]) / 2, sides.left + half), sides.right - half)
    put_lines(axes, (x, at[2]), [text], style, Ink(look.palette.ink, "center", look.palette.paper))


def caption_of(compared: Comparison, maps: Sequence[Scene | None], words: Phrases) -> str:
    """All that stands below a comparison, with what was drawn for it."""
    said = [words.word("compare.note")]
    shown = [scene for scene in maps if scene is not None]
    if shown:
        said.append(caption.of_maps(shown, words))
    measured = [view for view in compared.views if view.method.has_lengths]
    if measured:
        said += caption.measures(measured[0], words)
    stated = [(view, claim) for view in compared.views for claim, _ in comparison.weighed(view)]
    cited = [source for view, claim in stated for source in view.sources.cited(claim.sources)]
    titles = [words.cited(source.title, source.kind) for source in cited]
    return words.sentences([*said, *caption.stated_by(titles, words), words.word("figure.program")])


def described(compared: Comparison, words: Phrases) -> str:
    """All that a comparison shows, in words."""
    said = [words.word("compare.note")]
    for view in compared.views:
        lines = comparison.lines(view, words)
        listed = words.word("semicolon").join(
            f"{words.word(f'compare.{key}')}: {text}" for key, text in lines.items() if text
        )
        said.append(f"{comparison.subject(view, words)}: {listed}.")
    return words.sentences(said)
