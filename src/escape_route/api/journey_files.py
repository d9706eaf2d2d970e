"""A journey as it is saved: a page, a figure, a report, a file that others read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from escape_route import publish as drawing
from escape_route.api import save
from escape_route.model.published import Mark

if TYPE_CHECKING:
    from escape_route.formats import Loaded
    from escape_route.model import journey


class JourneyFiles:
    """What can be written of a journey; it has what `publish.Held` asks for."""

    data: journey.Journey
    path: Path | None
    what_if: bool
    as_read: Loaded | None

    def save_map(
        self, target: str | Path, *, tiles: str | None = None, unprotected: bool = False, finer: bool = False
    ) -> Path:
        """Write the journey's page: one HTML file that asks for nothing but itself.

        Parameters
        ----------
        target
            Where to write.
        tiles
            Online tiles to lay over the built-in map, as xyzservices names them; the page then asks for these as well.
        unprotected
            Publish places as they are held; the page says so.
        finer
            Allow places that were published coarser before, where the file says why (``sensitivity_lowered``).

        Returns
        -------
        Path
            The file written, whole.

        Examples
        --------
        >>> from escape_route import read_journey
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     read_journey("lee-son").save_map(Path(folder) / "map.html").name
        'map.html'
        """
        return save.save_page([self], Path(target), tiles=tiles, mark=_mark(unprotected), finer=finer)

    def save_figure(  # noqa: PLR0913  # all but the target by keyword
        self,
        target: str | Path,
        *,
        size: str = "page",
        language: str = "en",
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
            ``column`` (90 mm wide), ``page`` (180 mm wide) or ``slide`` (338.7 x 190.5 mm).
        language
            Of the words, ``en`` or ``ko``.
        dark
            Whether to draw light on dark.
        dpi
            Pixels to the inch of a PNG: 300, and 144 of a slide, where None.
        unprotected, finer
            As `save_map` has them.

        Returns
        -------
        Path
            The file written, whole.

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
        wanted = drawing.figures.options(size=size, language=language, dark=dark, dpi=dpi)
        return save.save_figure(self, Path(target), options=wanted, mark=_mark(unprotected), finer=finer)

    def save_report(
        self, target: str | Path, *, language: str = "en", unprotected: bool = False, finer: bool = False
    ) -> Path:
        """Write the finding with a figure, the ledger, legs, methods, notes and sources, for an editor's file.

        Parameters
        ----------
        target
            Where to write; its ending says what: ``.html``, ``.md`` or ``.pdf``. One file each, the figure inside.
        language
            Of the words: en, ko.
        unprotected, finer
            As `save_map` has them.

        Returns
        -------
        Path
            The file written, whole.

        Raises
        ------
        UsageError
            Where the ending or the language is another, or WeasyPrint finds no Pango for a PDF; nothing is written.

        Examples
        --------
        >>> from escape_route import read_journey
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     written = read_journey("lee-so-yeon").save_report(Path(folder) / "report.md")
        ...     print(written.read_text().count("## "))
        5
        """
        return save.save_report(self, Path(target), language=language, mark=_mark(unprotected), finer=finer)

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
        return save.save_protected(self, Path(target), finer=finer)

    def export(
        self, target: str | Path, *, to: str | None = None, unprotected: bool = False, finer: bool = False
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
        return save.export(self, Path(target), to=to, mark=_mark(unprotected), finer=finer)


def _mark(unprotected: bool) -> Mark | None:  # noqa: FBT001  # as it was asked for
    return Mark.AS_HELD if unprotected else None
