"""Files of journeys: pages, figures, reports, exports. All go out by `publish`; `JourneyFiles` has them as methods."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from escape_route import progress
from escape_route import publish as drawing
from escape_route.api.publish import publish, put_in_place
from escape_route.distance import report
from escape_route.errors import UsageError
from escape_route.formats import format_named, format_of, geojson, writer
from escape_route.language.catalogues import language_of, languages
from escape_route.language.sentences import Speaker
from escape_route.model import dates
from escape_route.model.published import Mark
from escape_route.publish.page.tiles import find

if TYPE_CHECKING:
    from typing import Unpack

    from escape_route.api.publish import Held, Publishing
    from escape_route.distance.report import PublishedReport
    from escape_route.distance.settings import Settings
    from escape_route.formats import Loaded
    from escape_route.model import journey
    from escape_route.model.published import Published
    from escape_route.publish.figure import Options


@progress.in_notebook()
def save_page(  # noqa: PLR0913  # all but the first by keyword
    journeys: Sequence[Held],
    target: Path,
    settings: Settings | None = None,
    *,
    tiles: str | None = None,
    language: str | None = None,
    url: str | None = None,
    theme: Path | None = None,
    **how: Unpack[Publishing],
) -> Path:
    """Write the page of one or several journeys to one HTML file; the first is its own, others are told after it.

    With `url`, where it will be found, a picture is written beside it for other programs to show;
    `theme` is a file of colours.

    Raises UsageError where `tiles` names no provider of xyzservices, or one that a page cannot use,
    `url` is no address of a page, or the theme could not be read or not be seen; nothing is
    written.
    """
    online = None if tiles is None else find(tiles)
    address = None if url is None else drawing.sharing.address_of(url)
    dress = None if theme is None else drawing.sharing.theme_of(theme)

    def render(published: Sequence[Published]) -> bytes:
        reports = [report.gather_published(form, settings) for form in published]
        return drawing.pages.build(
            reports, tiles=online, language=language, address=address, theme=dress
        ).encode()

    def picture(published: Sequence[Published]) -> bytes:
        look = drawing.figures.options(
            size="card", language=language or language_of([journeys[0].data])
        )
        return drawing.figures.render(
            report.gather_published(published[0], settings),
            drawing.figures.kind_of(Path("card.png")),
            look,
        )

    publish(journeys, render, target, **how)
    if address is not None:
        publish(journeys[:1], picture, target.with_suffix(".png"), **how)
    return target


@progress.in_notebook()
def save_pages(
    journeys: Sequence[Held],
    folder: Path,
    settings: Settings | None = None,
    **how: Unpack[Publishing],
) -> list[Path]:
    """Write the page of each journey, and `index.html` that introduces them all; options as `save_page` has them.

    It gives the files written, `index.html` first.
    """

    def introduce(published: Sequence[Published]) -> bytes:
        reports = [report.gather_published(form, settings) for form in published]
        return drawing.pages.build_contents(reports).encode()

    index, *pages = page_paths(journeys, folder)
    for journey, page in progress.each(list(zip(journeys, pages, strict=True)), "drawing pages"):
        save_page([journey], page, settings, **how)
    publish(journeys, introduce, index, **how)  # last: it leads to all the others
    return [index, *pages]


def page_paths(journeys: Sequence[Held], folder: Path) -> list[Path]:
    """Files that `save_pages` writes, `index.html` first.

    Raises UsageError where two would have the same name.
    """
    names = ["index", *(journey.data.id for journey in journeys)]
    taken = sorted({name for name in names if names.count(name) > 1})
    if taken:
        raise UsageError(
            f"pages: the id {taken[0]} would be written twice; give each journey an id of its own"
        )
    return [folder / f"{name}.html" for name in names]


@progress.in_notebook()
def save_figure(
    journey: Held,
    target: Path,
    settings: Settings | None = None,
    options: Options | None = None,
    **how: Unpack[Publishing],
) -> Path:
    """Write a journey as a picture, a page in English without `options`; see `escape_route.Journey.save_figure`."""
    kind, wanted = drawing.figures.kind_of(target), options or drawing.figures.Options()
    return _drawn_of(
        journey,
        lambda report: drawing.figures.render(report, kind, wanted),
        target,
        settings,
        **how,
    )


@progress.in_notebook()
def save_report(
    journey: Held,
    target: Path,
    settings: Settings | None = None,
    *,
    language: str | None = None,
    **how: Unpack[Publishing],
) -> Path:
    """Write the report of a journey to a file; see `escape_route.Journey.save_report`."""
    kind, language = (
        drawing.reports.kind_of(target),
        Speaker(language or language_of([journey.data])).language,
    )
    return _drawn_of(
        journey,
        lambda report: drawing.reports.render(report, kind, language),
        target,
        settings,
        **how,
    )


def save_teller(
    journey: Held,
    target: Path,
    settings: Settings | None = None,
    *,
    language: str = "en",
    **how: Unpack[Publishing],
) -> Path:
    """Write the copy for the person whose journey it is, as HTML: what others will see of it, and what not."""
    if target.suffix.lower() != ".html":
        raise UsageError(f"{target}: the copy for the teller is written as .html")
    spoken = Speaker(language).language
    return _drawn_of(
        journey, lambda report: drawing.teller.render(report, spoken), target, settings, **how
    )


def _drawn_of(
    journey: Held,
    draw: Callable[[PublishedReport], bytes],
    target: Path,
    settings: Settings | None,
    **how: Unpack[Publishing],
) -> Path:
    publish(
        [journey],
        lambda published: draw(report.gather_published(published[0], settings)),
        target,
        **how,
    )
    return target


def save_withdrawn(journey: Held, target: Path, day: str) -> Path:
    """Write the page that takes the place of a journey's page; it says nothing of the journey but its languages."""
    if not dates.is_date(day):
        raise UsageError(f"{day}: not a day (such as 2026-03-01)")
    spoken = [language for language in languages() if language in journey.data.title] or ["en"]
    put_in_place([journey], drawing.pages.build_withdrawn(spoken, day), target)
    return target


def save_protected(journey: Held, target: Path, *, finer: bool = False) -> Path:
    """Write the publishable form of a journey as GeoJSON; see `escape_route.Journey.save_protected`."""
    publish([journey], lambda forms: geojson.to_bytes(forms[0].journey), target, finer=finer)
    return target


def export(
    journey: Held, target: Path, *, to: str | None = None, **how: Unpack[Publishing]
) -> tuple[str, ...]:
    """Write a journey in a format that other programs read; see `escape_route.Journey.export`."""
    wanted = writer(format_of(target) if to is None else format_named(to))
    lost: list[str] = []

    def render(published: Sequence[Published]) -> bytes:
        (form,) = published
        written = wanted.write(form)
        lost[:] = written.lost
        return written.content

    publish([journey], render, target, **how)
    return tuple(lost)


class JourneyFiles:
    """What can be written of a journey; it has what `publish.Held` asks for."""

    data: journey.Journey
    path: Path | None
    what_if: bool
    as_read: Loaded | None

    def save_map(
        self,
        target: str | Path,
        *,
        tiles: str | None = None,
        language: str | None = None,
        unprotected: bool = False,
        finer: bool = False,
    ) -> Path:
        """Write the journey's page: one HTML file that asks for nothing but itself.

        Parameters
        ----------
        target
            Where to write.
        tiles
            Online tiles to lay over the built-in map, as xyzservices names them; the page then asks
            for these as well.
        language
            Of the words that the page opens with, as the file names in ``language/words`` have it;
            that of the journey where None, and English where it is told in none of these.
        unprotected
            Publish places as they are held; the page says so.
        finer
            Allow places that were published coarser before, where the file says why
            (``sensitivity_lowered``).

        Examples
        --------
        >>> from escape_route import read_journey
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     read_journey("lee-son").save_map(Path(folder) / "map.html").name
        'map.html'
        """
        return save_page(
            [self],
            Path(target),
            tiles=tiles,
            language=language,
            mark=_mark(unprotected),
            finer=finer,
        )

    def save_figure(  # noqa: PLR0913  # all but the target by keyword
        self,
        target: str | Path,
        *,
        size: str = "page",
        language: str | None = None,
        dark: bool = False,
        dpi: float | None = None,
        unprotected: bool = False,
        finer: bool = False,
    ) -> Path:
        """Write the journey as a picture: its map, the ledger of stated distances, a caption.

        Parameters
        ----------
        target
            Where to write; its ending says what: ``.svg``, ``.png`` or ``.pdf``.
        size
            ``column`` (90 mm wide), ``page`` (180 mm wide), ``slide`` (338.7 x 190.5 mm) or
            ``card`` (1200 x 630 pixels).
        language
            Of the words; as `save_map` has it.
        dark
            Whether to draw light on dark.
        dpi
            Pixels to the inch of a PNG: 300, and 144 of a slide, where None.
        unprotected, finer
            As `save_map` has them.

        Raises
        ------
        UsageError
            Where one of these is not known; nothing is written.

        Examples
        --------
        >>> from escape_route import read_journey
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     read_journey("lee-son").save_figure(Path(folder) / "son.svg", size="column").name
        'son.svg'
        """
        language = language or language_of([self.data])
        wanted = drawing.figures.options(size=size, language=language, dark=dark, dpi=dpi)
        return save_figure(self, Path(target), options=wanted, mark=_mark(unprotected), finer=finer)

    def save_report(
        self,
        target: str | Path,
        *,
        language: str | None = None,
        unprotected: bool = False,
        finer: bool = False,
    ) -> Path:
        """Write the finding with a figure, the ledger, legs, methods, notes and sources, for an editor's file.

        Parameters
        ----------
        target
            Where to write; its ending says what: ``.html``, ``.md`` or ``.pdf``. One file each, the
            figure inside.
        language
            Of the words; as `save_map` has it.
        unprotected, finer
            As `save_map` has them.

        Raises
        ------
        UsageError
            Where the ending or the language is another, or WeasyPrint finds no Pango for a PDF;
            nothing is written.

        Examples
        --------
        >>> from escape_route import read_journey
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     written = read_journey("lee-so-yeon").save_report(Path(folder) / "report.md")
        ...     print(written.read_text().count("## "))
        5
        """
        return save_report(
            self, Path(target), language=language, mark=_mark(unprotected), finer=finer
        )

    def save_protected(self, target: str | Path, *, finer: bool = False) -> Path:
        """Write the publishable form of the journey as GeoJSON; `finer` as `save_map` has it.

        Examples
        --------
        >>> from escape_route import read_journey
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     read_journey("lee-son").save_protected(Path(folder) / "son.geojson").name
        'son.geojson'
        """
        return save_protected(self, Path(target), finer=finer)

    def export(
        self,
        target: str | Path,
        *,
        to: str | None = None,
        unprotected: bool = False,
        finer: bool = False,
    ) -> tuple[str, ...]:
        """Write the journey in a format that other programs read.

        Parameters
        ----------
        target
            Where to write.
        to
            Name of the format, such as ``xlsx``; None: as the target's ending says.
        unprotected, finer
            As `save_map` has them.

        Returns
        -------
        tuple
            What the format could not hold, a line each.

        Raises
        ------
        UsageError
            Where there is no such format, or it is only read.

        Examples
        --------
        >>> from escape_route import read_journey
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     read_journey("ro-family").export(f"{folder}/ro.xlsx")
        ()
        """
        return export(self, Path(target), to=to, mark=_mark(unprotected), finer=finer)


def _mark(unprotected: bool) -> Mark | None:  # noqa: FBT001  # as it was asked for
    return Mark.AS_HELD if unprotected else None
