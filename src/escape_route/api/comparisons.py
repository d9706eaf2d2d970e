"""Journeys side by side, as users hold them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from escape_route import progress
from escape_route import publish as drawing
from escape_route.api.publish import Held, Publishing, publish
from escape_route.api.reports import published, shown_numbers
from escape_route.distance import report
from escape_route.formats.tables.csv import safe
from escape_route.language import comparison, tables
from escape_route.language.catalogues import language_of
from escape_route.language.view import ReportView, view_published
from escape_route.publish.report.shown import Bundle, Shown

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from escape_route.distance.settings import Settings
    from escape_route.model.published import Published
    from escape_route.publish.figure import Options


@progress.in_notebook()
def compare(journeys: Sequence[Held], settings: Settings | None = None) -> Comparison:
    """Set journeys side by side.

    Parameters
    ----------
    journeys
        As read.
    settings
        Of the draws.

    Examples
    --------
    >>> from escape_route import read_journey
    >>> side_by_side = compare([read_journey("lee-so-yeon"), read_journey("lee-son")])
    >>> list(side_by_side.table["outcome"])
    ['reached', 'captured_and_returned']
    """
    return Comparison([report.gather(journey.data, settings) for journey in journeys])


class Comparison(Shown):
    """Journeys side by side.

    Parameters
    ----------
    reports
        On each journey as it is held.
    """

    def __init__(self, reports: Sequence[report.Report]) -> None:
        """Keep them, and say them."""
        self._reports = reports
        self.data = comparison.Comparison(
            tuple(ReportView.of(shown_numbers(measured)) for measured in reports)
        )

    @property
    def table(self) -> pd.DataFrame:
        """One row a journey, in figures rounded as they are published, of the places as they may be.

        ``stated``, ``stated_km``, ``least_km``, ``plausible_low95_km``, ``plausible_median_km``,
        ``plausible_high95_km`` (NaN where nothing could be measured, and ``not_measured`` says
        why), ``countries``, ``borders``, ``borders_by_sea``, ``borders_by_air``, ``modes``,
        ``outcome``, ``certainty``, ``years`` and more.

        Examples
        --------
        >>> from escape_route import compare, read_journey
        >>> compare([read_journey("lee-son")]).table["least_km"].isna().all()
        np.True_
        """
        return tables.compared(self.data)

    def plot(
        self, ax: Axes | None = None, *, language: str | None = None, dark: bool = False
    ) -> Axes:
        """Draw the journeys on one scale of kilometres and one of years, in their publishable form.

        Parameters
        ----------
        ax, language, dark
            As `Report.plot_ledger` has them.

        Examples
        --------
        >>> from escape_route import compare, read_journey
        >>> axes = compare([read_journey("lee-son")]).plot()
        >>> any("Caught in China" in text.get_text() for text in axes.texts)
        True
        """
        shown = self._published()
        spoken = language or language_of(report.journey for report in shown)
        return drawing.axes.plot_comparison(
            shown, ax, drawing.figures.Options(language=spoken, dark=dark).look()
        )

    def _shown(self) -> Bundle:
        return drawing.notebooks.comparison(self._published(), repr(self))

    def _published(self) -> list[report.PublishedReport]:
        return [published(measured) for measured in self._reports]

    def __repr__(self) -> str:
        """Names of the journeys."""
        return f"<Comparison of {', '.join(view.journey.id for view in self.data.views)}>"


@progress.in_notebook()
def save_comparison(
    journeys: Sequence[Held],
    target: Path,
    settings: Settings | None = None,
    options: Options | None = None,
    **how: Unpack[Publishing],
) -> Path:
    """Write journeys side by side, as a figure (``.svg``, ``.png``, ``.pdf``) or a table (``.csv``).

    A table that has a mark has a last column of its name that says so: ``unprotected``. Options are
    those of
    `save.save_figure`; raises UsageError where the ending is another, and then nothing is written.
    """
    wanted = options or drawing.figures.Options()
    kind = None if target.suffix.lower() == ".csv" else drawing.figures.kind_of(target)

    def render(published: Sequence[Published]) -> bytes:
        reports = [report.gather_published(form, settings) for form in published]
        if kind is None:
            return _as_csv(reports)
        return drawing.figures.render_comparison(reports, kind, wanted)

    publish(journeys, render, target, **how)
    return target


def _as_csv(reports: Sequence[report.PublishedReport]) -> bytes:
    """Table, with a last column that says what a mark does; what is published has no such column.

    No cell is taken for a formula, and all are quoted: programs of some countries part them at
    semicolons.
    """
    compared = comparison.Comparison(tuple(map(view_published, reports)))
    table = tables.compared(compared)
    if compared.mark is not None:
        table[str(compared.mark)] = comparison.MARKS[compared.mark]
    return table.map(safe).to_csv(index=False, quoting=csv.QUOTE_ALL).encode()
