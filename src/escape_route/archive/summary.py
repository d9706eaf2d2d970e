"""An archive summed up: verdicts by mode, by year and by country, as a table, a figure and an offline page.

No single journey is drawn, and nothing is said of fewer than five journeys: neither in a cell nor
by what its neighbours leave over.

References
----------
L. Willenborg and T. de Waal (2001), Elements of Statistical Disclosure Control, doi 10.1007/978-1-4613-0121-9:
cells below a threshold, and a second one where the first could be had by subtraction.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import groupby, pairwise

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from escape_route.distance.verdicts import Verdict
from escape_route.geography.base import country_name
from escape_route.language.catalogues import opened
from escape_route.language.phrases import Phrases
from escape_route.publish.colours import LIGHT
from escape_route.publish.figure import output, ruler, signs
from escape_route.publish.figure.blocks import (
    Block,
    Sheet,
    depth_of,
    draw_all,
    flow_block,
    text_block,
)
from escape_route.publish.figure.pen import Ink, put_lines
from escape_route.publish.figure.sizes import SIZES, Look, SizeName
from escape_route.publish.figure.type import PT_PER_MM
from escape_route.publish.report.template import as_is, filled

LEAST = 5  # journeys that a cell tells of
_BY = ("mode", "year", "country")
_ROW_PT = 17.0
_NAMES = 0.26  # share of the width
#: In the order in which they are shown: from too short to too long, then what was not weighed. 3:1
#: on paper at least.
_COLOURS = {
    Verdict.IMPOSSIBLE_SHORT: LIGHT.red,
    Verdict.BELOW_PLAUSIBLE: "#c9756d",
    Verdict.CONSISTENT: LIGHT.blue,
    Verdict.ABOVE_PLAUSIBLE: "#b27c16",
    Verdict.NOT_COMPARABLE: LIGHT.muted,
    Verdict.INSUFFICIENT: LIGHT.stone,
}


def tally(verdicts: pd.DataFrame) -> pd.DataFrame:
    """How many journeys have a claim of each verdict, by what they have in common, of a table as of `check_all`.

    ``by`` (all, mode, year, country), ``group``, then a column a verdict: journeys, <NA> where they
    are fewer than five or would tell of such. Groups of which nothing can be told are left out.
    """
    judged = verdicts.dropna(subset=["verdict"])
    dated = judged.dropna(subset=["first_year"])
    tables = [_counted(judged.assign(group="all"), "all")]
    tables.append(_counted(_exploded(judged, "modes"), "mode"))
    tables.append(_counted(dated.assign(group=dated["first_year"].astype(int).astype(str)), "year"))
    tables.append(_counted(_exploded(judged, "countries"), "country"))
    return pd.concat(tables, ignore_index=True)


def _exploded(table: pd.DataFrame, column: str) -> pd.DataFrame:
    groups = table[column].fillna("").str.split(", ")
    return table.assign(group=groups).explode("group").query("group != ''")


def _counted(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Journeys by group and verdict, those that are too few hidden."""
    names = [str(verdict) for verdict in Verdict]
    counts = table.pivot_table(
        index="group", columns="verdict", values="journey", aggfunc="nunique", fill_value=0
    )
    counts = counts.reindex(columns=names, fill_value=0).astype(int)
    shown = counts.astype("Int64").mask(
        pd.DataFrame(_hidden(counts.to_numpy()), counts.index, counts.columns)
    )
    rows = shown[(shown.fillna(0) > 0).any(axis=1)]
    return rows.reset_index().assign(by=by)[["by", "group", *names]]


def _hidden(counts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Cells that are not told: those of one to four, and the smallest beside one that is alone in its row or column."""
    hidden = (counts > 0) & (counts < LEAST)
    while True:
        more = hidden | _beside(counts, hidden) | _beside(counts.T, hidden.T).T
        if (more == hidden).all():
            return hidden
        hidden = more


def _beside(counts: NDArray[np.int64], hidden: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Smallest told cell of each row in which one cell alone is hidden: that is the row's sum less the others."""
    beside = np.zeros_like(hidden)
    for row in np.flatnonzero(hidden.sum(axis=1) == 1):
        free = np.flatnonzero(~hidden[row] & (counts[row] > 0))
        if free.size:
            beside[row, free[np.argmin(counts[row, free])]] = True
    return beside


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of figure and table: what it is of, its name in words, and journeys by verdict, None where not told."""

    by: str
    name: str
    counts: tuple[int | None, ...]

    @property
    def told(self) -> int:
        """Journeys of the verdicts that are told."""
        return sum(count or 0 for count in self.counts)

    def said(self, words: Phrases) -> str:
        """Its name with how many journeys are told, and whether there are others: a bar is of these alone."""
        return f"{self.name} ({words.whole(self.told)}{'+' if None in self.counts else ''})"


def figure(table: pd.DataFrame, language: str = "en") -> bytes:
    """Draw a tally as SVG: a bar a group, parted by verdict; from the right where one reads so."""
    words = Phrases(language)
    look = Look(SIZES[SizeName.PAGE], LIGHT, words)
    size = look.size
    keys = [
        signs.Sign(words.word(f"verdict.{verdict}"), partial(_swatch, verdict), 13.0)
        for verdict in _COLOURS
    ]
    blocks = [flow_block(signs.flow(keys, look, size.inner_pt), look)]
    for by, rows in groupby(_rows(table, words), lambda row: row.by):
        heading = [words.word(f"archive.by_{by}")]
        blocks += [text_block(heading, size.note.strong(), LIGHT.ink, 9.0, size.inner_pt)] * (
            by in _BY
        )
        blocks += [Block(_ROW_PT, 6.0 * (by == "all"), partial(_draw, row, look)) for row in rows]
    blocks.append(Block(_ROW_PT, 0.0, partial(_scale, look)))
    with output.settings():
        sheet = Sheet.of(size.width_mm * PT_PER_MM, depth_of(blocks) + 2 * size.margin_pt, look)
        draw_all(sheet, blocks, size.margin_pt, size.margin_pt)
        about = output.About(
            words.word("archive.title"), words.word("archive.lead", n=str(LEAST)), language
        )
        return output.to_bytes(sheet.figure, output.Kind.SVG, about, dpi=output.VECTOR_DPI)


def _swatch(verdict: Verdict, axes: Axes, box: tuple[float, float, float, float], _: Look) -> None:
    axes.add_patch(Rectangle(box[:2], box[2], box[3], fc=_COLOURS[verdict], ec="none"))


def _marks_pt(left: float, look: Look) -> tuple[float, ...]:
    start, end = left + _NAMES * look.size.inner_pt, left + 0.985 * look.size.inner_pt
    return tuple(start + (end - start) * quarter / 4 for quarter in range(5))


def _draw(row: _Row, look: Look, sheet: Sheet, left: float, top: float) -> None:
    axes, style, high = sheet.axes, look.size.note, sheet.height - top
    marks = _marks_pt(left, look)
    ruler.grid(axes, marks, high - _ROW_PT, high, look)
    name = (marks[0] - 6, high - (_ROW_PT - style.line_pt) / 2)
    put_lines(axes, name, [row.said(look.words)], style, Ink(LIGHT.ink, "right"))
    ends = marks[0] + np.cumsum([0, *(count or 0 for count in row.counts)]) / row.told * (
        marks[-1] - marks[0]
    )
    for colour, (start, end) in zip(_COLOURS.values(), pairwise(ends), strict=True):
        bar = Rectangle(
            (start, high - _ROW_PT * 0.86),
            end - start,
            _ROW_PT * 0.72,
            fc=colour,
            ec=LIGHT.paper,
            lw=0.6,
        )
        axes.add_patch(bar)


def _scale(look: Look, sheet: Sheet, left: float, top: float) -> None:
    marks = [(x, look.words.percent(n / 4)) for n, x in enumerate(_marks_pt(left, look))]
    ruler.marks(sheet.axes, marks, sheet.height - top, look)


def _rows(table: pd.DataFrame, words: Phrases) -> list[_Row]:
    """Rows with the names of their groups in words: years in their order, all else by how many journeys there are."""
    said: dict[str, Callable[[str], str]] = {
        "all": lambda _: opened(words.word("archive.all")),
        "mode": lambda mode: opened(words.word(f"mode.{mode}")),
        "year": str,
        "country": lambda code: country_name(code, words.language),
    }
    rows = [
        _Row(
            row["by"],
            said[row["by"]](str(row["group"])),
            tuple(None if pd.isna(row[verdict]) else int(row[verdict]) for verdict in _COLOURS),
        )
        for row in table.astype(object).to_dict("records")
    ]
    order = ("all", *_BY)
    return sorted(rows, key=lambda row: (order.index(row.by), 0 if row.by == "year" else -row.told))


def page(table: pd.DataFrame, language: str = "en") -> bytes:
    """Write a tally as one HTML page that asks for nothing: the figure and the table."""
    words = Phrases(language)
    return filled(
        "archive/summary.html",
        words,
        figure=as_is("<svg" + figure(table, language).decode().partition("<svg")[2]),
        groups=groupby(_rows(table, words), lambda row: row.by),
        verdicts=list(_COLOURS),
        least=LEAST,
    ).encode()
