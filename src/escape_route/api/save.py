"""Files of a user's journeys: pages, figures, comparisons, exports; each goes out through `publish`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escape_route import progress
from escape_route import publish as drawing
from escape_route.api.publish import publish
from escape_route.distance import report
from escape_route.errors import UsageError
from escape_route.formats import format_named, format_of, geojson, writer
from escape_route.language.sentences import Speaker
from escape_route.publish.page.tiles import find

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from escape_route.api.publish import Held
    from escape_route.distance.settings import Settings
    from escape_route.model.published import Mark, Published
    from escape_route.publish.figure import Options


@progress.in_notebook()
def save_page(
    journeys: Sequence[Held],
    target: Path,
    settings: Settings | None = None,
    *,
    tiles: str | None = None,
    mark: Mark | None = None,
    finer: bool = False,
) -> Path:
    """Write the page of one or several journeys to one HTML file; the first is its own, others are laid beside it.

    Raises
    ------
    UsageError
        Where `tiles` names no provider of xyzservices, or one that a page cannot use; nothing is written.
    """
    online = None if tiles is None else find(tiles)

    def render(published: Sequence[Published]) -> bytes:
        reports = [report.gather_published(each, settings) for each in published]
        return drawing.pages.build(reports, tiles=online).encode()

    publish(journeys, render, target, mark=mark, finer=finer)
    return target


@progress.in_notebook()
def save_pages(
    journeys: Sequence[Held],
    folder: Path,
    settings: Settings | None = None,
    *,
    mark: Mark | None = None,
    finer: bool = False,
) -> list[Path]:
    """Write the page of each journey, and `index.html` that introduces them all; options as `save_page` has them.

    Returns
    -------
    list
        The files written, `index.html` first.
    """

    def introduce(published: Sequence[Published]) -> bytes:
        reports = [report.gather_published(each, settings) for each in published]
        return drawing.pages.build_contents(reports).encode()

    index, *pages = page_paths(journeys, folder)
    for journey, page in progress.each(list(zip(journeys, pages, strict=True)), "drawing pages"):
        save_page([journey], page, settings, mark=mark, finer=finer)
    publish(journeys, introduce, index, mark=mark, finer=finer)  # last: it leads to all the others
    return [index, *pages]


def page_paths(journeys: Sequence[Held], folder: Path) -> list[Path]:
    """Files that `save_pages` writes, `index.html` first.

    Raises
    ------
    UsageError
        Where two would have the same name.
    """
    names = ["index", *(journey.data.id for journey in journeys)]
    taken = sorted({name for name in names if names.count(name) > 1})
    if taken:
        raise UsageError(f"pages: the id {taken[0]} would be written twice; give each journey an id of its own")
    return [folder / f"{name}.html" for name in names]


@progress.in_notebook()
def save_figure(
    journey: Held,
    target: Path,
    settings: Settings | None = None,
    options: Options | None = None,
    *,
    mark: Mark | None = None,
    finer: bool = False,
) -> Path:
    """Write a journey as a picture: its map, the ledger of stated distances, a caption.

    Parameters
    ----------
    journey
        As read.
    target
        Where to write; its ending says what: ``.svg``, ``.png`` or ``.pdf``.
    settings
        Of the draws.
    options
        Size, language and colours, as `escape_route.publish.figure.options` makes them; a page in English where None.
    mark
        What the figure is marked with: that it shows places as they are held, or is a preview; see `publish.publish`.
    finer
        Allow places that were published coarser before, where the file says why.

    Raises
    ------
    UsageError
        Where the ending is another; nothing is written.
    """
    kind, wanted = drawing.figures.kind_of(target), options or drawing.figures.Options()

    def render(published: Sequence[Published]) -> bytes:
        return drawing.figures.render(report.gather_published(published[0], settings), kind, wanted)

    publish([journey], render, target, mark=mark, finer=finer)
    return target


@progress.in_notebook()
def save_report(
    journey: Held,
    target: Path,
    settings: Settings | None = None,
    *,
    language: str = "en",
    mark: Mark | None = None,
    finer: bool = False,
) -> Path:
    """Write the report of a journey to a file; see `escape_route.Journey.save_report`."""
    kind, language = drawing.reports.kind_of(target), Speaker(language).language

    def render(published: Sequence[Published]) -> bytes:
        return drawing.reports.render(report.gather_published(published[0], settings), kind, language)

    publish([journey], render, target, mark=mark, finer=finer)
    return target


def save_protected(journey: Held, target: Path, *, finer: bool = False) -> Path:
    """Write the publishable form of a journey as GeoJSON; see `escape_route.Journey.save_protected`."""
    publish([journey], _as_geojson, target, finer=finer)
    return target


def _as_geojson(published: Sequence[Published]) -> bytes:
    return geojson.to_bytes(published[0].journey)


def export(
    journey: Held, target: Path, *, to: str | None = None, mark: Mark | None = None, finer: bool = False
) -> tuple[str, ...]:
    """Write a journey in a format that other programs read; see `escape_route.Journey.export`."""
    wanted = writer(format_of(target) if to is None else format_named(to))
    lost: list[str] = []

    def render(published: Sequence[Published]) -> bytes:
        (one,) = published
        written = wanted.write(one)
        lost[:] = written.lost
        return written.content

    publish([journey], render, target, mark=mark, finer=finer)
    return tuple(lost)
