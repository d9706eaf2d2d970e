"""A journey as users hold it, read from a file or made without one: thin methods measure it, change it, give it on."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from escape_route import progress
from escape_route.api import reports
from escape_route.api import what_if as editing
from escape_route.api.journey_pictures import JourneyPictures
from escape_route.api.publish import shown
from escape_route.api.save import JourneyFiles
from escape_route.distance import legs
from escape_route.distance.settings import DEFAULT_SEED, Where
from escape_route.errors import EscapeRouteError, counted
from escape_route.files import read_whole
from escape_route.formats import Loaded, embedder, format_of, geojson, reader
from escape_route.formats.recognise import recognise
from escape_route.geography import base
from escape_route.language import tables
from escape_route.model import journey as model
from escape_route.model import locate, make
from escape_route.model.journey import say
from escape_route.protection import register
from escape_route.protection.protect import protect

if TYPE_CHECKING:
    import geopandas
    import pandas as pd

    from escape_route.api.reports import Report
    from escape_route.model.make import Cited, ClaimDraft, PlaceDraft, Words


@dataclass(repr=False, eq=False)
class Journey(JourneyPictures, JourneyFiles):
    """A journey as read, with what can be done with it.

    Parameters
    ----------
    data
        The journey itself.
    path
        The file that it was read from, which is never written over.
    warnings
        What should be known of that file: a ring that runs the wrong way round, a row of a
        spreadsheet without a place.
    what_if
        Whether it was changed since, to ask what if: what is published of it is not written down as
        the journey's own.
    as_read
        What its file held: whatever else stands there is held back with it.
    """

    data: model.Journey
    path: Path | None = None
    warnings: tuple[str, ...] = ()
    _: KW_ONLY
    what_if: bool = False
    as_read: Loaded | None = None

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
            One row a leg, in travel order: ``from``, ``to``, ``length_km`` (geodesic between label
            points, NaN where there is nothing to measure), ``by_pyproj_differs_nm``,
            ``bearing_deg``, ``modes``, ``status``, ``country``, ``remark`` ("between label points,
            nobody's way" where an end was told as a country, a river or a disc).

        Examples
        --------
        >>> from escape_route import read_journey
        >>> legs = read_journey("ro-family").legs()
        >>> round(legs["length_km"].sum(), -1)
        np.float64(7410.0)
        """
        return tables.legs(legs.legs_of(self.data))

    def check(
        self,
        *,
        seed: int = DEFAULT_SEED,
        draws: int | None = None,
        rho: float | None = None,
        where: str = Where.CROSSINGS,
        priors: Mapping[str, float | Sequence[float]] | None = None,
        routes: bool = False,
    ) -> Report:
        """Measure the journey and weigh what was stated of it; see `escape_route.check`.

        Examples
        --------
        >>> from escape_route import read_journey
        >>> read_journey("lee-son").check(draws=100).claims.empty
        True
        """
        return reports.check(
            self, seed=seed, draws=draws, rho=rho, where=where, priors=priors, routes=routes
        )

    def with_mode(self, waypoint_id: str, by: make.Modes, *, parts: bool = False) -> Journey:
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
            As `escape_route.waypoint` has them. Tracks to and from the place are left out: they end
            at the old one.

        Returns
        -------
        Journey
            As `with_mode` gives it.

        Examples
        --------
        >>> from escape_route import read_journey
        >>> told = read_journey("ro-family")
        >>> told.with_place("ro-3", at=(113.6, 34.8), within_km=300).legs()["length_km"].round(-1).tolist()[2]
        1490.0
        """
        known = {waypoint.id: waypoint for waypoint in self.data.waypoints}
        name = dict(known[waypoint_id].name) if waypoint_id in known else waypoint_id
        place = make.placed(name, at, within_km, footprint, more)
        return self._changed(editing.with_place(self.data, waypoint_id, place))

    def _changed(self, data: model.Journey) -> Journey:
        return Journey(data, self.path, self.warnings, what_if=True, as_read=self.as_read)

    def protect(self) -> Journey:
        """Give the journey as it may be published: places made coarser by their sensitivity, what is held back gone.

        It keeps the file that it comes from: what is saved of it is held against that file and its
        register.

        Examples
        --------
        >>> from escape_route import read_journey
        >>> read_journey("ro-family").protect().data == read_journey("ro-family").data  # coarse enough already
        True
        """
        return Journey(
            protect(self.data).journey, self.path, what_if=self.what_if, as_read=self.as_read
        )

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
            One row a waypoint, in travel order, on WGS84 (longitude, latitude). ``geometry`` is the
            set of points that it may be: a country, a river, a disc, a point; None where nothing is
            known. ``label`` is where its name hangs, a second column of points:
            ``table.set_geometry("label")``. ``uncertainty_m`` is in metres.

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
        return tables.places(shown(self.data, unprotected=unprotected))

    def __repr__(self) -> str:
        """Name, waypoints and claims."""
        claims = counted(len(self.data.claims), "claim")
        return f"<Journey {self.id}: {counted(len(self.data.waypoints), 'waypoint')}, {claims}>"


def journey(
    title: Words,
    *waypoints: PlaceDraft,
    claims: Sequence[ClaimDraft] = (),
    source: Cited = (),
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
        Any other member of `journey` in `geo/README.md`: ``summary``, ``outcome`` (reached, where
        nothing is said),
        ``people``, ``care``, ``subject``, ``notes``, ``id``; ``sources`` gives addresses by title.

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
    return Journey(make.build(title, waypoints, claims=claims, source=source, **more))


def shipped_journeys() -> tuple[str, ...]:
    """Names of the journeys that the package ships, the first to be read first.

    Examples
    --------
    >>> shipped_journeys()
    ('ro-family', 'lee-so-yeon', 'lee-son')
    """
    names = {path.stem for path in base.geo_folder().glob("*.geojson")}
    return tuple(sorted(names, key=lambda name: (name != "ro-family", name != "lee-so-yeon", name)))


@progress.in_notebook()
def read_journey(source: str | Path) -> Journey:
    """Read a journey.

    Parameters
    ----------
    source
        Path of a GeoJSON file, or the name of a shipped journey such as ``ro-family``.

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
    journey = read_as_written(source)
    path = journey.path or Path(source)
    warnings = (*journey.warnings, *_to_look_up(journey, path))
    return Journey(
        register.remembering(journey.data, path), path, warnings, as_read=journey.as_read
    )


def read_all(sources: Sequence[str | Path]) -> list[Journey]:
    """Read several journeys, as `read_journey` reads one."""
    return [read_journey(source) for source in progress.each(sources, "reading journeys")]


def read_as_written(source: str | Path) -> Journey:
    """Read a journey as `read_journey` does, for whoever looks its places up: those without one are not told of."""
    path = _path_of(source)
    content = read_whole(path, str(source))
    loaded = reader(recognise(content, Path(source))).read(content, str(source))
    warnings = tuple(f"{path}: {warning}" for warning in loaded.warnings)
    told = loaded.journey
    if any(waypoint.image or waypoint.audio for waypoint in told.waypoints):
        told = embedder().embedded(told, path.parent, str(source))
    return Journey(told, path, warnings, as_read=loaded)


def _to_look_up(journey: Journey, path: Path) -> Iterator[str]:
    """Line that says how many rows of a spreadsheet have a name and no place, which nobody would see otherwise."""
    if not format_of(path).typed:
        return
    count = len(locate.to_look_up(journey.data))
    if count:
        rows = "1 row has" if count == 1 else f"{count} rows have"
        way = shlex.join(
            ["escape-route", "import", str(path), "-o", str(path.with_suffix(".geojson"))]
        )
        yield f"{path}: {rows} a name and no coordinates (look them up: {way})"


def _path_of(source: str | Path) -> Path:
    path = Path(source)
    if path.is_file():
        return path
    if str(source) in shipped_journeys():
        return base.geo_folder() / f"{source}.geojson"
    if path.is_dir():
        raise EscapeRouteError(
            f"{source or '(no name)'}: a folder, not a GeoJSON file (give the file in it)"
        )
    if not path.exists():
        shipped = ", ".join(shipped_journeys())
        raise EscapeRouteError(f"{source}: no such file, and not a shipped journey ({shipped})")
    return path
