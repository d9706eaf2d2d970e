"""What the check of a journey found, as users hold it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING, TypeVar

from escape_route import progress
from escape_route import publish as drawing
from escape_route.distance import report
from escape_route.distance.priors import windings
from escape_route.distance.settings import DEFAULT_SEED, Settings, Where
from escape_route.errors import UsageError
from escape_route.language import json as document
from escape_route.language import sentences, tables
from escape_route.language.catalogues import language_of
from escape_route.protection.protect import (
    holds_more,
    marked_as_published,
    placed_as_published,
    protect,
)
from escape_route.publish.report.shown import Bundle, Shown

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from escape_route.api.publish import Held
    from escape_route.distance.verdicts import Judgement
    from escape_route.language.plain import Json
    from escape_route.model.journey import Journey


_Report = TypeVar("_Report", bound=report.Report)


@progress.in_notebook()
def check(  # noqa: PLR0913  # choices with names, each with a default
    journey: Held,
    *,
    seed: int = DEFAULT_SEED,
    draws: int | None = None,
    rho: float | None = None,
    where: str = Where.CROSSINGS,
    priors: Mapping[str, float | Sequence[float]] | None = None,
    routes: bool = False,
) -> Report:
    """Measure a journey and weigh what was stated of it.

    Parameters
    ----------
    journey
        As read.
    seed
        Of the draws; equal seeds give equal results.
    draws
        How many journeys are drawn: as many as the printed digits need where None, and coarser
        digits where few are.
    rho
        How alike the winding of its legs is, 0 to 1, in the place of what was estimated for each
        mode.
    where
        Where draws of countries that were only passed lie: ``crossings``, ``anywhere_near``,
        ``anywhere``.
    priors
        How winding ways by a mode are, in the place of our prior: mode to the factor of every way,
        or to the two ends between which nine in ten factors lie: ``{"road": (1.2, 1.6), "rail":
        1.3}``. Ratios to the straight line.
    routes
        Whether each scope is measured on today's roads, railways and sea lanes too, where these are
        known to be whole: wants ``pip install "escape-route[routes]"``.

    Raises
    ------
    UsageError
        Where a setting is outside what it may be.

    Examples
    --------
    >>> from escape_route import read_journey
    >>> check(read_journey("lee-son")).finding()
    'No distance was stated for this journey, and its places are too vague to measure.'
    """
    settings = settings_of(
        seed=seed, draws=draws, rho=rho, where=where, priors=priors, routes=routes
    )
    return Report(report.gather(journey.data, settings))


def settings_of(
    *,
    seed: int = DEFAULT_SEED,
    draws: int | None = None,
    rho: float | None = None,
    where: str = Where.CROSSINGS,
    priors: Mapping[str, float | Sequence[float]] | None = None,
    routes: bool = False,
) -> Settings:
    """Settings as `check` takes them; raises UsageError where one is outside what it may be."""
    if where not in list(Where):
        raise UsageError(f"where: {where} is not one of {', '.join(Where)}")
    return Settings(seed, draws, rho, Where(where), windings(priors or {}), routes)


class Report(Shown):
    """What the check found.

    Parameters
    ----------
    data
        The report itself.
    """

    def __init__(self, data: report.Report) -> None:
        """Keep it."""
        self.data = data

    def finding(self, language: str | None = None) -> str:
        """Give the finding in one sentence that needs no statistics, its numbers those of the publishable form.

        Examples
        --------
        >>> from escape_route import check, read_journey
        >>> read_journey("lee-son").check(draws=100).finding("ko")[:5]
        '이 여정에'
        """
        return sentences.Speaker(language or language_of([self.data.journey])).finding(
            shown_numbers(self.data)
        )

    @property
    def claims(self) -> pd.DataFrame:
        """One row a judgement on a stated distance: value, scope, verdict, bound, plausible interval in km, ratio."""
        return tables.claims(self.data)

    @property
    def legs(self) -> pd.DataFrame:
        """Legs as `Journey.legs` has them, with the plausible length of each in km and its share of the variance."""
        return tables.drawn_legs(self.data)

    @property
    def draws(self) -> pd.DataFrame:
        """Plausible length of each leg in each draw, in km: one row a draw, one column a leg."""
        return tables.draws(self.data)

    def _shown(self) -> Bundle:
        form = published(self.data)
        is_coarser = form.journey != self.data.journey
        return drawing.notebooks.report(
            form, generalised=is_coarser, language=language_of([form.journey])
        )

    def plot_ledger(
        self, ax: Axes | None = None, *, language: str | None = None, dark: bool = False
    ) -> Axes:
        """Draw what was stated and what geometry makes of it, as matplotlib axes.

        Parameters
        ----------
        ax
            Where to draw; a figure of its own, as high as it needs to be, where None.
        language
            Of the words; as `Journey.save_map` has it.
        dark
            Whether to draw light on dark.

        Examples
        --------
        >>> from escape_route import check, read_journey
        >>> axes = check(read_journey("ro-family"), draws=500).plot_ledger()
        >>> any("Chosun" in text.get_text() for text in axes.texts)
        True
        """
        spoken = language or language_of([self.data.journey])
        options = drawing.figures.Options(language=spoken, dark=dark)
        return drawing.axes.plot_ledger(published(self.data), ax, options.look())

    def plot_draws(
        self, ax: Axes | None = None, *, language: str | None = None, dark: bool = False
    ) -> Axes:
        """Draw how the lengths of the simulated journeys are spread, in km, one ridge a scope, as matplotlib axes.

        Parameters
        ----------
        ax, language, dark
            As `plot_ledger` has them.

        Examples
        --------
        >>> from escape_route import check, read_journey
        >>> axes = check(read_journey("ro-family"), draws=500).plot_draws()
        >>> axes.get_xlabel()
        'kilometres in each simulated journey'
        """
        spoken = language or language_of([self.data.journey])
        options = drawing.figures.Options(language=spoken, dark=dark)
        return drawing.axes.plot_draws(published(self.data), ax, options.look())

    def to_document(self) -> dict[str, Json]:
        """Everything as the mapping that ``check --json`` prints.

        Examples
        --------
        >>> from escape_route import check, read_journey
        >>> read_journey("lee-son").check(draws=100).to_document()["seed"]
        2019
        """
        return document.to_document(shown_numbers(self.data), as_held=holds_more(self.data.journey))

    def __str__(self) -> str:
        """Give the finding."""
        return self.finding()

    def __repr__(self) -> str:
        """Name and finding."""
        return f"<Report {self.data.journey.id}: {self.finding()}>"


def shown_numbers(held: _Report) -> _Report:
    """Give a report with numbers of the places as they may be published, and the verdicts of the places as held.

    Whoever has a length to the kilometre and knows one end finds the other in a hundredth of its
    cell, and people paste what a check prints. Rounding would not do: a cell that the edge of a
    step runs through is cut to a sliver. So each number follows from the publishable form alone. A
    report on what is no finer than that comes back as it is.
    """
    placed = placed_as_published(held.journey)
    if placed == held.journey:
        return held
    told = _measured(placed, held.journey, held.settings)
    numbers = {part.name: getattr(told, part.name) for part in fields(report.Report)}
    return replace(held, **numbers | {"claims": tuple(map(_judged, held.claims, told.claims))})


def shown(journey: Journey, settings: Settings) -> report.Report:
    """Report as `shown_numbers` gives it, in less time: of what is held nothing but the verdicts is drawn."""
    placed = placed_as_published(journey)
    if placed == journey:
        return report.gather(journey, settings)
    told = _measured(placed, journey, settings)
    return replace(
        told, claims=tuple(map(_judged, report.verdicts_of(journey, settings), told.claims))
    )


def _measured(placed: Journey, journey: Journey, settings: Settings) -> report.Report:
    """What the places come to where they may be published: what such a form cannot tell is not told of them either."""
    return replace(report.gather(marked_as_published(placed, journey), settings), journey=placed)


def _judged(held: report.ClaimReport, told: report.ClaimReport) -> report.ClaimReport:
    """A claim with the numbers of what may be told, and the verdicts on what is held.

    How firm a verdict is, and where else a number fits, is left out where the numbers would say
    another.
    """
    judgements = tuple(map(_with_verdict, held.judgements, told.judgements))
    others = [judgement.by_numbers is not None for judgement in judgements]
    firmness = tuple(
        None if is_other else firm for is_other, firm in zip(others, told.firmness, strict=True)
    )
    return replace(
        told,
        judgements=judgements,
        firmness=firmness,
        fits_in=None if any(others) else told.fits_in,
    )


def _with_verdict(held: Judgement, told: Judgement) -> Judgement:
    is_same = held.verdict is told.verdict
    return told if is_same else replace(told, verdict=held.verdict, by_numbers=told.verdict)


def published(measured: report.Report) -> report.PublishedReport:
    """Report on the publishable form of a journey: the same one where that is the journey itself."""
    return report.on_published(protect(measured.journey).published, measured)
