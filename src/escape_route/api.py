"""`Journey` and `Report` as users hold them: thin methods that measure, draw and export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from escape_route import bars, document, geography, legs, progress, report, sentences
from escape_route.errors import EscapeRouteError, UsageError
from escape_route.formats import format_of, geojson, reader
from escape_route.model import say
from escape_route.plausible import DEFAULT_DRAWS, DEFAULT_RHO, DEFAULT_SEED, Settings, Where
from escape_route.protect import protect
from escape_route.priors import windings
from escape_route.publish import publish

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import folium
    import pandas as pd

    from escape_route import model
    from escape_route.tiles import Tiles


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


class Journey:
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
        """Write the publishable form of the journey as GeoJSON; `finer` as `save_map` has it."""
        publish([self], _as_geojson, Path(target), finer=finer)
        return Path(target)

    @bars.in_notebook()
    def explore(self, *, unprotected: bool = False) -> folium.Map:
        """Draw the journey as a folium map that shows itself in a notebook and takes others' layers.

        Parameters
        ----------
        unprotected
            Draw places as they are held: a notebook that is saved with such a map gives them away.
        """
        from escape_route import story  # noqa: PLC0415  # folium is loaded when something is drawn

        return story.build_map([report.gather(self.data if unprotected else protect(self.data).journey)])

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
        """
        return save_page([self], Path(target), tiles=tiles, unprotected=unprotected, finer=finer)

    def __repr__(self) -> str:
        """Name, waypoints and claims."""
        return f"<Journey {self.id}: {len(self.data.waypoints)} waypoints, {len(self.data.claims)} claims>"


class Report:
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
        """Give the finding in one sentence that needs no statistics."""
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

    def to_document(self) -> dict[str, object]:
        """Everything as the mapping that ``check --json`` prints."""
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
