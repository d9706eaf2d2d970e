"""A journey as users hold it: thin methods that measure, draw and export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from escape_route import bars, building, editing, legs, report, sentences
from escape_route.api import reports, saving
from escape_route.formats import geojson
from escape_route.model import say
from escape_route.plausible import DEFAULT_DRAWS, DEFAULT_RHO, DEFAULT_SEED, Settings, Where
from escape_route.protect import protect
from escape_route.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import folium
    import geopandas
    import pandas as pd
    from matplotlib.axes import Axes

    from escape_route import model
    from escape_route.api.reports import Report
    from escape_route.shown import Bundle

_FEW_DRAWS = Settings(draws=100)  # for what shows places and legs and no draws


class Journey(Shown):
    """A journey as read, with what can be done with it.

    Parameters
    ----------
    data
        The journey itself.
    path
        The file that it was read from, which is never written over.
    warnings
        What should be known of that file: a ring that runs the wrong way round, a row of a spreadsheet without a place.
    what_if
        Whether it was changed since, to ask what if: what is published of it is not written down as the journey's own.
    """

    def __init__(
        self,
        data: model.Journey,
        path: Path | None = None,
        warnings: tuple[str, ...] = (),
        *,
        what_if: bool = False,
    ) -> None:
        """Keep them."""
        self.data = data
        self.path = path
        self.warnings = warnings
        self.what_if = what_if

    @property
    def id(self) -> str:
        """Name of the journey, and of its page."""
        return self.data.id

    @property
    def title(self) -> str:
        """English title."""
        return say(self.data.title)

    @property
    def outcome(self) -> str:
        """How it ended: reached, captured_and_returned, turned_back, underway, unknown."""
        return str(self.data.outcome)

    def legs(self) -> pd.DataFrame:
        """Measure the legs.

        Returns
        -------
        DataFrame
            One row a leg, in travel order: ``from``, ``to``, ``length_km`` (geodesic between label points, NaN where
            there is nothing to measure), ``by_pyproj_differs_nm``, ``bearing_deg``, ``modes``, ``status``, ``country``,
            ``remark`` ("between label points, nobody's way" where an end was told as a country, a river or a disc).

        Examples
        --------
        >>> from escape_route import read_journey
        >>> legs = read_journey("ro-family").legs()
        >>> round(legs["length_km"].sum(), -1)
        np.float64(7410.0)
        """
        from escape_route import frames  # noqa: PLC0415  # pandas is loaded where a table is made

        return frames.legs(legs.legs_of(self.data))

    def check(
        self,
        *,
        seed: int = DEFAULT_SEED,
        draws: int = DEFAULT_DRAWS,
        rho: float = DEFAULT_RHO,
        where: str = Where.CROSSINGS,
        priors: Mapping[str, float | Sequence[float]] | None = None,
    ) -> Report:
        """Measure the journey and weigh what was stated of it; see `escape_route.check`.

        Examples
        --------
        >>> from escape_route import read_journey
        >>> read_journey("lee-son").check(draws=100).claims.empty
        True
        """
        return reports.check(self, seed=seed, draws=draws, rho=rho, where=where, priors=priors)

    def with_mode(self, waypoint_id: str, by: building.Modes, *, parts: bool = False) -> Journey:
        """What if they had come by other means: the same journey with one leg travelled otherwise.

        Parameters
        ----------
        waypoint_id
            Where the leg arrives.
        by
            A mode, or several with their weights, which add up to 1.
        parts
            Whether several are parts of the way and not alternatives.

        Returns
        -------
        Journey
            With a note that marks it as nobody's telling; this one stays as it is.

        Examples
        --------
        >>> from escape_route import read_journey
        >>> told = read_journey("ro-family")
        >>> told.with_mode("ro-4", "road_poor").legs()["modes"].iloc[3]
        'road_poor'
        """
        return self._changed(editing.with_mode(self.data, waypoint_id, by, parts=parts))

    def with_place(
        self,
        waypoint_id: str,
        *,
        at: tuple[float, float] | None = None,
        within_km: float | None = None,
        footprint: str | Sequence[str] = (),
        **more: object,
    ) -> Journey:
        """What if it had been elsewhere: the same journey with one place changed.

        Parameters
        ----------
        waypoint_id
            The place; it keeps its name, and how one arrived.
        at, within_km, footprint, **more
            As `escape_route.waypoint` has them. Tracks to and from the place are left out: they end at the old one.

        Returns
        -------
        Journey
            With a note that marks it as nobody's telling; this one stays as it is.

        Examples
        --------
        >>> from escape_route import read_journey
        >>> told = read_journey("ro-family")
        >>> told.with_place("ro-3", at=(113.6, 34.8), within_km=300).legs()["length_km"].round(-1).tolist()[2]
        1490.0
        """
        known = {each.id: each for each in self.data.waypoints}
        name = dict(known[waypoint_id].name) if waypoint_id in known else waypoint_id
        place = building.placed(name, at, within_km, footprint, more)
        return self._changed(editing.with_place(self.data, waypoint_id, place))

    def _changed(self, data: model.Journey) -> Journey:
        return Journey(data, self.path, self.warnings, what_if=True)

    def protect(self) -> Journey:
        """Give the journey as it may be published: places made coarser by their sensitivity, what is held back gone.

        Examples
        --------
        >>> from escape_route import read_journey
        >>> read_journey("ro-family").protect().data == read_journey("ro-family").data  # coarse enough already
        True
        """
        return Journey(protect(self.data).journey)

    @property
    def __geo_interface__(self) -> dict[str, object]:
        """The publishable form as GeoJSON, for shapely, geopandas and whatever else speaks the protocol."""
        return geojson.to_document(protect(self.data).journey)

    def to_geopandas(self, *, unprotected: bool = False) -> geopandas.GeoDataFrame:
        """Give the places as a table with geometries, for whoever works with geopandas.

        Parameters
        ----------
        unprotected
            Places as they are held, for the holder's own analysis; else as they may be published.

        Returns
        -------
        GeoDataFrame
            One row a waypoint, in travel order, on WGS84 (longitude, latitude). ``geometry`` is the set of points that
            it may be: a country, a river, a disc, a point; None where nothing is known. ``label`` is where its name
            hangs, a second column of points: ``table.set_geometry("label")``. ``uncertainty_m`` is in metres.

        Raises
        ------
        UsageError
            Where geopandas is not installed.

        Examples
        --------
        >>> from escape_route import read_journey
        >>> table = read_journey("ro-family").to_geopandas()
        >>> table.geometry.geom_type.tolist()[2:5]
        ['Polygon', 'MultiPolygon', 'MultiPolygon']
        """
        from escape_route import geoframes  # noqa: PLC0415  # geopandas is loaded when it is asked for

        return geoframes.places(self.data if unprotected else protect(self.data).journey)

    def _shown(self) -> Bundle:
        from escape_route import showing  # noqa: PLC0415  # templates are loaded when something is shown

        told = protect(self.data).journey
        return showing.journey(told, generalised=told != self.data)

    @bars.in_notebook()
    def explore(
        self,
        *,
        others: Sequence[Journey] = (),
        tiles: str | None = None,
        height: int = 520,
        language: str = "en",
        unprotected: bool = False,
    ) -> folium.Map:
        """Draw the journey as a folium map that shows itself in a notebook, with no network.

        Parameters
        ----------
        others
            Journeys to lay on the same map.
        tiles
            Online tiles over the built-in map, as xyzservices names them: whoever opens the notebook then asks their
            server.
        height
            Of the map in the notebook, in pixels.
        language
            Of its labels: en, ko.
        unprotected
            Draw places as they are held: a notebook that is saved with such a map gives them away.

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
        from escape_route import page, story  # noqa: PLC0415  # folium is loaded when something is drawn
        from escape_route.tiles import find  # noqa: PLC0415

        told = [each.data if unprotected else protect(each.data).journey for each in (self, *others)]
        how = page.Exploring(None if tiles is None else find(tiles), height, sentences.Speaker(language).language)
        return story.build_map([report.gather(each, _FEW_DRAWS) for each in told], how)

    def plot(
        self, ax: Axes | None = None, *, language: str = "en", dark: bool = False, unprotected: bool = False
    ) -> Axes:
        """Draw the journey's map with matplotlib, into axes of one's own or new ones.

        Parameters
        ----------
        ax
            Where to draw; a figure of its own where None.
        language
            Of the names, ``en`` or ``ko``.
        dark
            Whether to draw light on dark.
        unprotected
            Show the places as they are held, not in their publishable form.

        Returns
        -------
        matplotlib.axes.Axes
            They count in points; ``ax.from_lon_lat + ax.transData`` is the transform of longitude and latitude.

        Examples
        --------
        >>> from escape_route import read_journey
        >>> axes = read_journey("lee-son").plot()
        >>> len(axes.texts) > 0
        True
        """
        from escape_route.figure import Options, compose  # noqa: PLC0415  # matplotlib is loaded when something is drawn

        published = self.data if unprotected else protect(self.data).journey
        return compose.plot_map(published, ax, Options(language=language, dark=dark).look())

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
        return saving.save_page([self], Path(target), tiles=tiles, unprotected=unprotected, finer=finer)

    def save_figure(
        self,
        target: str | Path,
        *,
        size: str = "page",
        language: str = "en",
        dark: bool = False,
        dpi: float | None = None,
    ) -> Path:
        """Write the journey as a picture: its map, the ledger of stated distances, a caption.

        Parameters
        ----------
        target
            Where to write; its ending says what: ``.svg``, ``.png`` or ``.pdf``. The publishable form of the journey is
            drawn; ``escape_route.api.save_figure`` can draw it as it is held.
        size
            ``column`` (90 mm wide), ``page`` (180 mm wide) or ``slide`` (338.7 x 190.5 mm).
        language
            Of the words, ``en`` or ``ko``.
        dark
            Whether to draw light on dark.
        dpi
            Pixels to the inch of a PNG: 300, and 144 of a slide, where None.

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
        from escape_route import figure  # noqa: PLC0415  # matplotlib is loaded when something is drawn

        wanted = figure.options(size=size, language=language, dark=dark, dpi=dpi)
        return saving.save_figure(self, Path(target), options=wanted)

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
        from escape_route import report_file  # noqa: PLC0415  # matplotlib is loaded when something is drawn

        return report_file.save(self, Path(target), language=language, unprotected=unprotected, finer=finer)

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
        return saving.save_protected(self, Path(target), finer=finer)

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
        return saving.export(self, Path(target), to=to, unprotected=unprotected, finer=finer)

    def __repr__(self) -> str:
        """Name, waypoints and claims."""
        return f"<Journey {self.id}: {len(self.data.waypoints)} waypoints, {len(self.data.claims)} claims>"
