"""A journey as it is drawn: in a notebook and a terminal by itself, by folium, by matplotlib."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from escape_route import progress
from escape_route import publish as drawing
from escape_route.api.publish import shown
from escape_route.distance import report
from escape_route.distance.settings import Settings
from escape_route.errors import UsageError
from escape_route.language import sentences
from escape_route.language.catalogues import language_of
from escape_route.publish.page.tiles import find
from escape_route.publish.report.shown import Bundle, Shown

if TYPE_CHECKING:
    import folium
    from matplotlib.axes import Axes

    from escape_route.model import journey

M = TypeVar("M", bound="folium.Map")
_FEW_DRAWS = Settings(draws=100)  # for what shows places and legs and no draws


class JourneyPictures(Shown):
    """What can be drawn of a journey; `data` is the journey as it is held."""

    data: journey.Journey

    def _shown(self) -> Bundle:
        published = shown(self.data)
        is_coarser = published.journey != self.data
        return drawing.notebooks.journey(
            published, generalised=is_coarser, language=language_of([self.data])
        )

    @progress.in_notebook()
    def explore(
        self,
        *,
        others: Sequence[JourneyPictures] = (),
        tiles: str | None = None,
        height: int = 520,
        language: str | None = None,
        unprotected: bool = False,
    ) -> folium.Map:
        """Draw the journey as a folium map that shows itself in a notebook, with no network.

        Parameters
        ----------
        others
            Journeys to lay on the same map.
        tiles
            Online tiles over the built-in map, as xyzservices names them: whoever opens the
            notebook then asks their server.
        height
            Of the map in the notebook, in pixels.
        language
            Of its labels; as `save_map` has it.
        unprotected
            Draw places as they are held: a notebook that is saved with such a map gives them away.
            The map says so, and a warning is given.

        Returns
        -------
        folium.Map
            Others' layers go on top: ``folium.Marker(...).add_to(map)``.

        Raises
        ------
        UsageError
            Where there are no such tiles, or nothing is held in that language.

        Examples
        --------
        >>> from escape_route import read_journey
        >>> import folium
        >>> drawn = read_journey("lee-so-yeon").explore(height=400)
        >>> _ = folium.CircleMarker([37.57, 126.98], tooltip="Seoul").add_to(drawn)
        >>> len(drawn._repr_html_()) < 1_000_000
        True
        """
        published = [shown(each.data, unprotected=unprotected) for each in (self, *others)]
        spoken = sentences.Speaker(language or language_of([self.data])).language
        how = drawing.maps.Exploring(None if tiles is None else find(tiles), height, spoken)
        return drawing.pages.build_map(
            [report.gather_published(each, _FEW_DRAWS) for each in published], how
        )

    def add_to(self, drawn: M, *, language: str | None = None, unprotected: bool = False) -> M:
        """Put the journey's places, discs and legs on a folium map of one's own, in their publishable form.

        Parameters
        ----------
        drawn
            A folium map.
        language, unprotected
            As `save_map` has them; a warning is given.

        Returns
        -------
        folium.Map
            The same map. What it gets is one element, whose names go through no template and no
            pop-up of folium's.

        Raises
        ------
        UsageError
            Where it is no map that takes layers.

        Examples
        --------
        >>> from escape_route import read_journey
        >>> import folium
        >>> mine = folium.Map([37, 127], zoom_start=5, tiles=None)
        >>> "Tumen" in read_journey("lee-so-yeon").add_to(mine)._repr_html_()
        True
        """
        if not hasattr(drawn, "add_child"):
            raise UsageError(f"add_to: a folium map, not a {type(drawn).__name__} (folium.Map())")
        found = report.gather_published(shown(self.data, unprotected=unprotected), _FEW_DRAWS)
        drawn.add_child(drawing.pages.build_onto(found, language or language_of([self.data])))
        return drawn

    def plot(
        self,
        ax: Axes | None = None,
        *,
        language: str | None = None,
        dark: bool = False,
        unprotected: bool = False,
    ) -> Axes:
        """Draw the journey's map with matplotlib, into axes of one's own or new ones.

        Parameters
        ----------
        ax, language, dark
            As `Report.plot_ledger` has them.
        unprotected
            Show the places as they are held, not in their publishable form; a warning is given.

        Returns
        -------
        matplotlib.axes.Axes
            They count in points; ``ax.from_lon_lat + ax.transData`` is the transform of longitude
            and latitude.

        Examples
        --------
        >>> from escape_route import read_journey
        >>> axes = read_journey("lee-son").plot()
        >>> len(axes.texts) > 0
        True
        """
        options = drawing.figures.Options(language=language or language_of([self.data]), dark=dark)
        return drawing.axes.plot_map(shown(self.data, unprotected=unprotected), ax, options.look())
