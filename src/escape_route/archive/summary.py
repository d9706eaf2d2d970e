"""An archive summed up: verdicts by mode, by year and by country, as a table, a figure and an offline page.

No single journey is drawn, and nothing is said of fewer than five journeys: neither in a cell nor by what its
neighbours leave over.

References
----------
L. Willenborg and T. de Waal (2001), Elements of Statistical Disclosure Control, doi 10.1007/978-1-4613-0121-9:
cells below a threshold, and a second one where the first could be had by subtraction.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from escape_route.distance.verdicts import Verdict
from escape_route.geography.base import country_name
from escape_route.language.phrases import Phrases
from escape_route.publish.colours import LIGHT
from escape_route.publish.figure import output
from escape_route.publish.figure.sizes import SIZES, SizeName
from escape_route.publish.figure.type import PT_PER_MM, register

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

LEAST = 5  # journeys that a cell tells of
_BY = ("mode", "year", "country")
_ROW_PT = 17.0
_COLOURS = {
    Verdict.IMPOSSIBLE_SHORT: LIGHT.red,
    Verdict.BELOW_PLAUSIBLE: "#d9a39f",
    Verdict.CONSISTENT: LIGHT.blue,
    Verdict.ABOVE_PLAUSIBLE: "#c98a1b",
    Verdict.NOT_COMPARABLE: "#9aa0a4",
    Verdict.INSUFFICIENT: "#cfd3d5",
}


def tally(verdicts: pd.DataFrame) -> pd.DataFrame:
    """How many journeys have a claim of each verdict, by what they have in common.

    Parameters
    ----------
    verdicts
        As `escape_route.check_all` has them, with ``modes``, ``countries``, ``first_year``.

    Returns
    -------
    DataFrame
        ``by`` (all, mode, year, country), ``group``, then a column a verdict: journeys, <NA> where they are fewer
        than five or would tell of such. Groups of which nothing can be told are left out.
    """
    judged = verdicts.dropna(subset=["verdict"])
    tables = [_counted(judged.assign(group="all"), "all")]
    tables.append(_counted(_exploded(judged, "modes"), "mode"))
    tables.append(_counted(judged.dropna(subset=["first_year"]).assign(group=_decades), "year"))
    tables.append(_counted(_exploded(judged, "countries"), "country"))
    return pd.concat(tables, ignore_index=True)


def _decades(table: pd.DataFrame) -> pd.Series[str]:
    return table["first_year"].astype(int).astype(str)


def _exploded(table: pd.DataFrame, column: str) -> pd.DataFrame:
    groups = table[column].fillna("").str.split(", ")
    return table.assign(group=groups).explode("group").query("group != ''")


def _counted(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Journeys by group and verdict, those that are too few hidden."""
    names = [str(verdict) for verdict in Verdict]
    counts = table.pivot_table(index="group", columns="verdict", values="journey", aggfunc="nunique", fill_value=0)
    counts = counts.reindex(columns=names, fill_value=0).astype(int)
    shown = counts.astype("Int64").mask(pd.DataFrame(_hidden(counts.to_numpy()), counts.index, counts.columns))
    told = shown[(shown.fillna(0) > 0).any(axis=1)]
    return told.reset_index().assign(by=by)[["by", "group", *names]]


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
    found = np.zeros_like(hidden)
    for row in np.flatnonzero(hidden.sum(axis=1) == 1):
        free = np.flatnonzero(~hidden[row] & (counts[row] > 0))
        if free.size:
            found[row, free[np.argmin(counts[row, free])]] = True
    return found


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the figure: what it is of, and shares of the verdicts that are told."""

    heading: str
    name: str
    counts: Sequence[int]


def figure(table: pd.DataFrame, language: str = "en") -> bytes:
    """Draw a tally as SVG: a bar a group, parted by verdict."""
    words = Phrases(language)
    rows = [_Row(by, name, counts) for by, name, counts in _rows(table, words)]
    size = SIZES[SizeName.PAGE]
    height = (len(rows) + 4) * _ROW_PT + 30
    with output.settings():
        drawn = Figure(figsize=(size.width_mm * PT_PER_MM / 72, height / 72), facecolor=LIGHT.paper)
        axes = drawn.add_axes((0.24, 30 / height, 0.72, 1 - 90 / height))
        _draw(axes, rows, words)
        about = output.About(words.word("archive.title"), words.word("archive.lead", n=str(LEAST)), language)
        return output.to_bytes(drawn, output.Kind.SVG, about, dpi=output.VECTOR_DPI)


def _draw(axes: Axes, rows: Sequence[_Row], words: Phrases) -> None:
    register()
    family = list(SIZES[SizeName.PAGE].text.families)
    gaps = np.cumsum([0, *(one.heading != other.heading for one, other in pairwise(rows))])
    tops = np.arange(len(rows)) + 0.4 * gaps
    for top, row in zip(tops, rows, strict=True):
        lefts = np.cumsum([0, *row.counts]) / sum(row.counts)
        for verdict, left, right in zip(Verdict, lefts, lefts[1:], strict=False):
            axes.barh(top, right - left, left=left, color=_COLOURS[verdict], height=0.72, linewidth=0)
    names = [f"{row.name} ({words.whole(sum(row.counts))})" for row in rows]
    axes.set_yticks(tops, names, color=LIGHT.ink, fontsize=8, family=family)
    axes.set_ylim(max(tops, default=0) + 0.6, -0.6)
    axes.set_xlim(0, 1)
    axes.set_xticks([0, 0.5, 1], list(map(words.percent, (0, 0.5, 1))), color=LIGHT.muted, fontsize=7, family=family)
    axes.tick_params(length=0)
    axes.set_facecolor(LIGHT.paper)
    axes.spines[:].set_visible(False)
    keys = [Patch(color=_COLOURS[verdict], label=words.word(f"verdict.{verdict}")) for verdict in Verdict]
    axes.legend(
        handles=keys, ncols=len(keys), loc="lower right", bbox_to_anchor=(1, 1), frameon=False,
        prop={"family": family, "size": 8}, labelcolor=LIGHT.ink, handlelength=1, columnspacing=1,
    )  # fmt: skip


def _rows(table: pd.DataFrame, words: Phrases) -> list[tuple[str, str, list[int]]]:
    """Rows with the names of their groups in words; what is hidden counts as none."""
    said: dict[str, Callable[[str], str]] = {
        "all": lambda _: words.word("archive.all"),
        "mode": lambda mode: words.word(f"mode.{mode}"),
        "year": str,
        "country": lambda code: country_name(code, words.language),
    }
    return [
        (
            str(row["by"]),
            said[str(row["by"])](str(row["group"])),
            [int(row[verdict]) if pd.notna(row[verdict]) else 0 for verdict in Verdict],
        )
        for _, row in table.iterrows()
    ]


def page(table: pd.DataFrame, language: str = "en") -> bytes:
    """Write a tally as one HTML page that asks for nothing: the figure and the table."""
    words = Phrases(language)
    title, lead = words.word("archive.title"), words.word("archive.lead", n=str(LEAST))
    heads = "".join(f'<th scope="col">{escape(words.word(f"verdict.{verdict}"))}</th>' for verdict in Verdict)
    parts = [_section(table[table["by"] == by], by, heads, words) for by in ("all", *_BY)]
    drawn = figure(table, language).decode().partition("<svg")
    return _PAGE.format(
        language=language,
        direction=words.word("page.dir"),
        title=escape(title),
        lead=escape(lead),
        figure=f"<svg{drawn[2]}",
        tables="".join(parts),
    ).encode()


def _section(table: pd.DataFrame, by: str, heads: str, words: Phrases) -> str:
    if table.empty:
        return ""
    few = f"&lt; {LEAST}"
    names = [name for _, name, _ in _rows(table, words)]
    rows = ""
    for name, (_, row) in zip(names, table.iterrows(), strict=True):
        cells = "".join(
            f"<td>{few if pd.isna(row[verdict]) else words.whole(int(row[verdict]))}</td>" for verdict in Verdict
        )
        rows += f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'
    heading = escape(words.word(f"archive.by_{by}"))
    return f"<h2>{heading}</h2><table><thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table>"


_PAGE = """<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ margin: 2rem auto; max-width: 46rem; padding: 0 1rem; font: 1.0625rem/1.6 Georgia, serif }}
body {{ color: #1b2126; background: #faf8f3 }}
h1 {{ font-size: 1.7rem; line-height: 1.2 }}
h2 {{ font-size: 1.3rem; margin-top: 2rem }}
svg {{ width: 100%; height: auto }}
table {{ border-collapse: collapse; width: 100%; font-size: .875rem }}
th, td {{ padding: .3rem .5rem; text-align: end; border-bottom: 1px solid #dcd7cb }}
th[scope=row] {{ text-align: start; font-weight: 600 }}
.wide {{ overflow-x: auto }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{lead}</p>
{figure}
<div class="wide" tabindex="0" role="region" aria-label="{title}">{tables}</div>
</main>
</body>
</html>
"""
