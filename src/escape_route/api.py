"""`Journey` and `Report` as users hold them: thin methods that measure, draw and export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from escape_route import bars, building, comparing, document, editing, geography, legs, progress, report, sentences
from escape_route.errors import EscapeRouteError, UsageError
from escape_route.formats import format_named, format_of, geojson, reader, writer
from escape_route.model import say
from escape_route.plausible import DEFAULT_DRAWS, DEFAULT_RHO, DEFAULT_SEED, Settings, Where
from escape_route.priors import windings
from escape_route.protect import protect
from escape_route.publish import publish
from escape_route.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import folium
    import geopandas
    import pandas as pd
    from matplotlib.axes import Axes

    from escape_route import model
    from escape_route.figure import Options
    from escape_route.shown import Bundle
    from escape_route.tiles import Tiles


_FEW_DRAWS = Settings(draws=100)  # for what shows places and legs and no draws


def shipped_journeys() -> tuple[str, ...]:
    """Names of the journeys that the package ships, the first to be read first.

    Examples
    --------
    >>> shipped_journeys()
    ('ro-family', 'lee-so-yeon', 'lee-son')
    """
    names = {path.stem for path in geography.geo_folder().glob("*.geojson")}
    return tuple(sorted(names, key=lambda name: (name != "ro-family", name != "lee-so-yeon", name)))


@bars.in_notebook()
def read_journey(source: str | Path) -> Journey:
    """Read a journey.

    Parameters
    ----------
    source
        Path of a GeoJSON file, or the name of a shipped journey such as ``ro-family``.

    Returns
    -------
    Journey

    Raises
    ------
    JourneyFileError
        With everything that is wrong with the file.
    EscapeRouteError
        Where there is no such file.

    Examples
    --------
    >>> read_journey("lee-son").outcome
    'captured_and_returned'
    """
    path = _path_of(source)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise EscapeRouteError(f"{source}: cannot read: {error.strerror}") from error
    loaded = reader(format_of(path)).read(content, str(source))
    return Journey(loaded.journey, path, tuple(f"{path}: {each}" for each in loaded.warnings))


def _path_of(source: str | Path) -> Path:
    path = Path(source)
    if path.is_file():
        return path
    if str(source) in shipped_journeys():
        return geography.geo_folder() / f"{source}.geojson"
    if path.is_dir():
        raise EscapeRouteError(f"{source or '(no name)'}: a folder, not a GeoJSON file")
    if not path.exists():
        shipped = ", ".join(shipped_journeys())
        raise EscapeRouteError(f"{source}: no such file, and not a shipped journey ({shipped})")
    return path


def journey(
    title: building.Words,
    *waypoints: building.PlaceDraft,
    claims: Sequence[building.ClaimDraft] = (),
    source: building.Cited = (),
    **more: object,
) -> Journey:
    """Make a journey from a few lines; every rule of files holds, and a problem is told by its argument.

    Parameters
    ----------
    title
        In English, or per language.
    *waypoints
        Made by `escape_route.waypoint`, in travel order.
    claims
        What was stated of it, made by `escape_route.claim`.
    source
        Who tells it: cited wherever a waypoint or claim names nobody.
    **more
        Any other member of `journey` in `geo/README.md`: ``summary``, ``outcome`` (reached, where nothing is said),
        ``people``, ``care``, ``subject``, ``notes``, ``id``; ``sources`` gives addresses by title.

    Returns
    -------
    Journey

    Raises
    ------
    JourneyFileError
        With everything that is wrong with it.

    Examples
    --------
    >>> from escape_route import claim, waypoint
    >>> walk = journey(
    ...     "Over the hills, 1968",
    ...     waypoint("Vienna", at=(16.37, 48.21), within_km=10),
    ...     waypoint("Somewhere in Czechia", footprint="country:CZ", by="rail"),
    ...     waypoint("Dresden", at=(13.74, 51.05), within_km=10, by={"rail": 0.7, "road": 0.3}),
    ...     claims=[claim(600, "km", wording="about")],
    ...     source="A letter",
    ... )
    >>> print(walk.check(draws=500).claims["verdict"].item())
    consistent
    """
    return Journey(building.build(title, waypoints, claims=claims, source=source, **more))


class Journey(Shown):
    """A journey as read, with what can be done with it.

    Parameters
    ----------
    data
        The journey itself.
    path
        The file that it was read from, which is never written over.
    warnings
        What RFC 7946 advises against in that file, such as a ring that runs the wrong way round.
    """

    def __init__(self, data: model.Journey, path: Path | None = None, warnings: tuple[str, ...] = ()) -> None:
        """Keep them."""
        self.data = data
        self.path = path
        self.warnings = warnings

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

    @property
    def __geo_interface__(self) -> dict[str, object]:
        """The publishable form as GeoJSON, for shapely, geopandas and whatever else speaks the protocol."""
        return geojson.to_document(protect(self.data).journey)

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
        >>> read_journey("lee-son").check(draws=100).claims.empty
        True
        """
        return check(self, seed=seed, draws=draws, rho=rho, where=where, priors=priors)

    def protect(self) -> Journey:
        """Give the journey as it may be published: places made coarser by their sensitivity, what is held back gone.

        Examples
        --------
        >>> read_journey("ro-family").protect().data == read_journey("ro-family").data  # coarse enough already
        True
        """
        return Journey(protect(self.data).journey)

    def save_protected(self, target: str | Path, *, finer: bool = False) -> Path:
        """Write the publishable form of the journey as GeoJSON; `finer` as `save_map` has it.

        Examples
        --------
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     read_journey("lee-son").save_protected(Path(folder) / "son.geojson").name
        'son.geojson'
        """
        publish([self], _as_geojson, Path(target), finer=finer)
        return Path(target)

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
        >>> told = read_journey("ro-family")
        >>> told.with_place("ro-3", at=(113.6, 34.8), within_km=300).legs()["length_km"].round(-1).tolist()[2]
        1490.0
        """
        known = {each.id: each for each in self.data.waypoints}
        name = dict(known[waypoint_id].name) if waypoint_id in known else waypoint_id
        place = building.placed(name, at, within_km, footprint, more)
        return self._changed(editing.with_place(self.data, waypoint_id, place))

    def _changed(self, data: model.Journey) -> Journey:
        return Journey(data, self.path, self.warnings)

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
        >>> import folium
        >>> drawn = read_journey("lee-so-yeon").explore(height=400)
        >>> _ = folium.CircleMarker([37.57, 126.98], tooltip="Seoul").add_to(drawn)
        >>> len(drawn._repr_html_()) < 1_000_000
        True
        """
        from escape_route import page, story  # noqa: PLC0415  # folium is loaded when something is drawn

        told = [each.data if unprotected else protect(each.data).journey for each in (self, *others)]
        how = page.Exploring(None if tiles is None else _tiles(tiles), height, sentences.Speaker(language).language)
        return story.build_map([report.gather(each, _FEW_DRAWS) for each in told], how)

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
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     read_journey("lee-son").save_map(Path(folder) / "map.html").name
        'map.html'
        """
        return save_page([self], Path(target), tiles=tiles, unprotected=unprotected, finer=finer)

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
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     read_journey("ro-family").export(f"{folder}/ro.xlsx")
        ()
        """
        path = Path(target)
        wanted = writer(format_of(path) if to is None else format_named(to))
        lost: list[str] = []

        def render(published: Sequence[model.Journey]) -> bytes:
            (one,) = published
            written = wanted.write(one)
            lost[:] = written.lost
            return written.content

        publish([self], render, path, unprotected=unprotected, finer=finer)
        return tuple(lost)

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
        >>> axes = read_journey("lee-son").plot()
        >>> len(axes.texts) > 0
        True
        """
        from escape_route.figure import Options, compose  # noqa: PLC0415  # matplotlib is loaded when something is drawn

        published = self.data if unprotected else protect(self.data).journey
        return compose.plot_map(published, ax, Options(language=language, dark=dark).look())

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
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     read_journey("lee-son").save_figure(Path(folder) / "son.svg", size="column").name
        'son.svg'
        """
        from escape_route import figure  # noqa: PLC0415  # matplotlib is loaded when something is drawn

        return save_figure(self, Path(target), options=figure.options(size=size, language=language, dark=dark, dpi=dpi))

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
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     written = read_journey("lee-so-yeon").save_report(Path(folder) / "report.md")
        ...     print(written.read_text().count("## "))
        5
        """
        from escape_route import report_file  # noqa: PLC0415  # matplotlib is loaded when something is drawn

        return report_file.save(self, Path(target), language=language, unprotected=unprotected, finer=finer)

    def __repr__(self) -> str:
        """Name, waypoints and claims."""
        return f"<Journey {self.id}: {len(self.data.waypoints)} waypoints, {len(self.data.claims)} claims>"


def _published(found: report.Report) -> report.Report:
    """Report on the publishable form of a journey: the same one where that is the journey itself."""
    journey = protect(found.journey).journey
    return found if journey == found.journey else report.gather(journey, found.settings)


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

    def finding(self, language: str = "en") -> str:
        """Give the finding in one sentence that needs no statistics.

        Examples
        --------
        >>> read_journey("lee-son").check(draws=100).finding("ko")[:5]
        '이 여정에'
        """
        return sentences.Speaker(language).finding(self.data)

    @property
    def claims(self) -> pd.DataFrame:
        """One row a judgement on a stated distance: value, scope, verdict, bound, plausible interval in km, ratio."""
        from escape_route import frames  # noqa: PLC0415  # pandas is loaded where a table is made

        return frames.claims(self.data)

    @property
    def legs(self) -> pd.DataFrame:
        """Legs as `Journey.legs` has them, with the plausible length of each in km and its share of the variance."""
        from escape_route import frames  # noqa: PLC0415  # pandas is loaded where a table is made

        return frames.drawn_legs(self.data)

    @property
    def draws(self) -> pd.DataFrame:
        """Plausible length of each leg in each draw, in km: one row a draw, one column a leg."""
        from escape_route import frames  # noqa: PLC0415  # pandas is loaded where a table is made

        return frames.draws(self.data)

    def _shown(self) -> Bundle:
        from escape_route import showing  # noqa: PLC0415  # templates are loaded when something is shown

        told = protect(self.data.journey).journey
        same = told == self.data.journey
        return showing.report(self.data if same else report.gather(told, self.data.settings), generalised=not same)

    def plot_ledger(self, ax: Axes | None = None, *, language: str = "en", dark: bool = False) -> Axes:
        """Draw what was stated and what geometry makes of it, as matplotlib axes.

        Parameters
        ----------
        ax
            Where to draw; a figure of its own, as high as it needs to be, where None.
        language
            Of the words, ``en`` or ``ko``.
        dark
            Whether to draw light on dark.

        Examples
        --------
        >>> axes = check(read_journey("ro-family"), draws=500).plot_ledger()
        >>> any("Chosun" in text.get_text() for text in axes.texts)
        True
        """
        from escape_route.figure import Options, compose  # noqa: PLC0415  # matplotlib is loaded when something is drawn

        return compose.plot_ledger(_published(self.data), ax, Options(language=language, dark=dark).look())

    def plot_draws(self, ax: Axes | None = None, *, language: str = "en", dark: bool = False) -> Axes:
        """Draw how the lengths of the simulated journeys are spread, in km, one ridge a scope, as matplotlib axes.

        Parameters
        ----------
        ax
            Where to draw; a figure of its own where None.
        language
            Of the words, ``en`` or ``ko``.
        dark
            Whether to draw light on dark.

        Examples
        --------
        >>> axes = check(read_journey("ro-family"), draws=500).plot_draws()
        >>> axes.get_xlabel()
        'kilometres in each simulated journey'
        """
        from escape_route.figure import Options, compose  # noqa: PLC0415  # matplotlib is loaded when something is drawn

        return compose.plot_draws(_published(self.data), ax, Options(language=language, dark=dark).look())

    def to_document(self) -> dict[str, object]:
        """Everything as the mapping that ``check --json`` prints.

        Examples
        --------
        >>> read_journey("lee-son").check(draws=100).to_document()["seed"]
        2019
        """
        return document.to_document(self.data)

    def __str__(self) -> str:
        """Give the finding."""
        return self.finding()

    def __repr__(self) -> str:
        """Name and finding."""
        return f"<Report {self.data.journey.id}: {self.finding()}>"


@bars.in_notebook()
def check(
    journey: Journey,
    *,
    seed: int = DEFAULT_SEED,
    draws: int = DEFAULT_DRAWS,
    rho: float = DEFAULT_RHO,
    where: str = Where.CROSSINGS,
    priors: Mapping[str, float | Sequence[float]] | None = None,
) -> Report:
    """Measure a journey and weigh what was stated of it.

    Parameters
    ----------
    journey
        As read.
    seed
        Of the draws; equal seeds give equal results.
    draws
        How many journeys are drawn.
    rho
        How alike the winding of its legs is, 0 to 1.
    where
        Where draws of countries that were only passed lie: ``crossings``, ``anywhere_near``, ``anywhere``.
    priors
        How winding ways by a mode are, in the place of our prior: mode to the factor of every way, or to the two ends
        between which nine in ten factors lie: ``{"road": (1.2, 1.6), "rail": 1.3}``. Ratios to the straight line.

    Returns
    -------
    Report

    Raises
    ------
    UsageError
        Where a setting is outside what it may be.

    Examples
    --------
    >>> check(read_journey("lee-son")).finding()
    'No distance was stated for this journey, and its places are too vague to measure.'
    """
    if where not in list(Where):
        raise UsageError(f"where: {where} is not one of {', '.join(Where)}")
    settings = Settings(seed, draws, rho, Where(where), windings(priors or {}))
    return Report(report.gather(journey.data, settings))


def _as_geojson(published: Sequence[model.Journey]) -> bytes:
    return geojson.to_bytes(published[0])


@bars.in_notebook()
def save_page(
    journeys: Sequence[Journey],
    target: Path,
    settings: Settings | None = None,
    *,
    tiles: str | None = None,
    unprotected: bool = False,
    finer: bool = False,
) -> Path:
    """Write the page of one or several journeys to one HTML file; the first is its own, others are laid beside it.

    Raises
    ------
    UsageError
        Where `tiles` names no provider of xyzservices, or one that a page cannot use; nothing is written.
    """
    from escape_route import story  # noqa: PLC0415  # folium is loaded when something is drawn

    online = None if tiles is None else _tiles(tiles)

    def render(published: Sequence[model.Journey]) -> bytes:
        reports = [report.gather(each, settings) for each in published]
        return story.build(reports, tiles=online, unprotected=unprotected).encode()

    publish(journeys, render, target, unprotected=unprotected, finer=finer)
    return target


@bars.in_notebook()
def save_figure(
    journey: Journey,
    target: Path,
    settings: Settings | None = None,
    options: Options | None = None,
    *,
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
        Size, language and colours, as `escape_route.figure.options` makes them; a page in English where None. Where it
        says `unprotected` the places are published as they are held, and the figure says so.
    finer
        Allow places that were published coarser before, where the file says why.

    Raises
    ------
    UsageError
        Where the ending is another; nothing is written.
    """
    from escape_route import figure  # noqa: PLC0415  # matplotlib is loaded when something is drawn

    kind, wanted = figure.kind_of(target), options or figure.Options()

    def render(published: Sequence[model.Journey]) -> bytes:
        return figure.render(report.gather(published[0], settings), kind, wanted)

    publish([journey], render, target, unprotected=wanted.unprotected, finer=finer)
    return target


class Comparison(Shown):
    """Journeys side by side.

    Parameters
    ----------
    data
        The comparison itself.
    """

    def __init__(self, data: comparing.Comparison) -> None:
        """Keep it."""
        self.data = data

    @property
    def table(self) -> pd.DataFrame:
        """One row a journey, in figures rounded as they are published.

        ``stated``, ``stated_km``, ``least_km``, ``plausible_low95_km``, ``plausible_median_km``,
        ``plausible_high95_km`` (NaN where nothing could be measured, and ``not_measured`` says why), ``countries``,
        ``borders``, ``borders_by_air``, ``modes``, ``outcome``, ``certainty``, ``years`` and more.

        Examples
        --------
        >>> compare([read_journey("lee-son")]).table["least_km"].isna().all()
        np.True_
        """
        from escape_route import frames  # noqa: PLC0415  # pandas is loaded where a table is made

        return frames.compared(self.data)

    def plot(self, ax: Axes | None = None, *, language: str = "en", dark: bool = False) -> Axes:
        """Draw the journeys on one scale of kilometres and one of years, in their publishable form.

        Parameters
        ----------
        ax
            Where to draw; a figure of its own, as high as it needs to be, where None.
        language
            Of the words, ``en`` or ``ko``.
        dark
            Whether to draw light on dark.

        Examples
        --------
        >>> axes = compare([read_journey("lee-son")]).plot()
        >>> any("captured" in text.get_text() for text in axes.texts)
        True
        """
        from escape_route.figure import Options, compose  # noqa: PLC0415  # matplotlib is loaded when something is drawn

        published = comparing.compare([_published(each) for each in self.data.reports])
        return compose.plot_comparison(published, ax, Options(language=language, dark=dark).look())

    def _shown(self) -> Bundle:
        from escape_route import frames, showing  # noqa: PLC0415  # pandas is loaded where a table is made

        published = comparing.compare([_published(each) for each in self.data.reports])
        return showing.comparison(frames.compared(published), repr(self))

    def __repr__(self) -> str:
        """Names of the journeys."""
        return f"<Comparison of {', '.join(row.id for row in self.data.rows)}>"


@bars.in_notebook()
def compare(journeys: Sequence[Journey], settings: Settings | None = None) -> Comparison:
    """Set journeys side by side.

    Parameters
    ----------
    journeys
        As read.
    settings
        Of the draws.

    Returns
    -------
    Comparison

    Examples
    --------
    >>> side_by_side = compare([read_journey("lee-so-yeon"), read_journey("lee-son")])
    >>> list(side_by_side.table["outcome"])
    ['reached', 'captured_and_returned']
    """
    return Comparison(comparing.compare([report.gather(journey.data, settings) for journey in journeys]))


@bars.in_notebook()
def save_comparison(
    journeys: Sequence[Journey],
    target: Path,
    settings: Settings | None = None,
    options: Options | None = None,
    *,
    finer: bool = False,
) -> Path:
    """Write journeys side by side, as a figure (``.svg``, ``.png``, ``.pdf``) or a table (``.csv``).

    Parameters
    ----------
    journeys
        As read.
    target
        Where to write; its ending says what.
    settings, options, finer
        As for `save_figure`.

    Raises
    ------
    UsageError
        Where the ending is another; nothing is written.
    """
    from escape_route import figure  # noqa: PLC0415  # matplotlib is loaded when something is drawn

    wanted = options or figure.Options()
    kind = None if target.suffix.lower() == ".csv" else figure.kind_of(target)

    def render(published: Sequence[model.Journey]) -> bytes:
        found = comparing.compare([report.gather(each, settings) for each in published])
        if kind is None:
            return Comparison(found).table.to_csv(index=False).encode()
        return figure.render_comparison(found, kind, wanted)

    publish(journeys, render, target, unprotected=wanted.unprotected, finer=finer)
    return target


def _tiles(name: str) -> Tiles:
    from escape_route.tiles import find  # noqa: PLC0415  # only where tiles are asked for

    return find(name)


@bars.in_notebook()
def save_pages(
    journeys: Sequence[Journey],
    folder: Path,
    settings: Settings | None = None,
    *,
    unprotected: bool = False,
    finer: bool = False,
) -> list[Path]:
    """Write the page of each journey, and `index.html` that introduces them all; options as `save_page` has them.

    Returns
    -------
    list
        The files written, `index.html` first.
    """
    from escape_route import story  # noqa: PLC0415  # folium is loaded when something is drawn

    def introduce(published: Sequence[model.Journey]) -> bytes:
        return story.build_contents([report.gather(each, settings) for each in published]).encode()

    names = [journey.id for journey in journeys]
    taken = sorted({name for name in names if names.count(name) > 1 or name == "index"})
    if taken:
        raise UsageError(f"pages: the id {taken[0]} would be written twice; give each journey an id of its own")
    index = folder / "index.html"
    publish(journeys, introduce, index, unprotected=unprotected, finer=finer)
    pages = [
        save_page([journey], folder / f"{journey.id}.html", settings, unprotected=unprotected, finer=finer)
        for journey in progress.each(journeys, "drawing pages")
    ]
    return [index, *pages]
