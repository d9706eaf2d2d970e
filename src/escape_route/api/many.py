"""Many journeys at once: a table, a folder or a data set in, one table of claims and verdicts out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import cast, overload

import pandas as pd

from escape_route import progress
from escape_route.api.journeys import Journey, read_journey
from escape_route.api.reports import settings_of
from escape_route.distance.settings import Settings
from escape_route.errors import EscapeRouteError, JourneyFileError, Problem, UsageError, visible
from escape_route.formats import FORMATS, data_sets
from escape_route.formats.rows_of_many import Refused, Tables
from escape_route.language import tables
from escape_route.language.rows import judged_all
from escape_route.model import journey as model

_CHUNK = 32  # journeys that are weighed, and that a worker is given, at once


@dataclass(frozen=True)
class Journeys(Sequence[Journey]):
    """Journeys that were read together, in their order.

    Parameters
    ----------
    names
        As the table or the folder has them, one a journey.
    read
        The journeys.
    refused
        Those that could not be read, with what is wrong.
    warnings
        What should be known of the table: columns that are not read.
    """

    names: tuple[str, ...]
    read: tuple[Journey, ...]
    refused: tuple[Refused, ...] = ()
    warnings: tuple[str, ...] = field(default=(), repr=False)

    @overload
    def __getitem__(self, index: int) -> Journey: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Journey]: ...
    def __getitem__(self, index: int | slice) -> Journey | Sequence[Journey]:
        """Journey by its number."""
        return self.read[index]

    def __len__(self) -> int:
        """How many could be read."""
        return len(self.read)

    def save(self, folder: str | Path, *, partitions: int | None = None) -> Path:
        """Write them as they are held as a data set for ``escape-route archive``; see `docs/archives.md`.

        Parameters
        ----------
        folder
            New or empty; what is published never goes there.
        partitions
            How many parts it is worked on in; a thousand journeys each where None.

        Raises
        ------
        OutputError
            Where the folder holds something.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     journeys = read_journeys(["ro-family", "lee-son"])
        ...     read_journeys(journeys.save(f"{folder}/archive")).names
        ('lee-son', 'ro-family')
        """
        data_sets().write([journey.data for journey in self], Path(folder), partitions=partitions)
        return Path(folder)

    @property
    def problems(self) -> pd.DataFrame:
        """What is wrong with those that could not be read, a row each: ``journey``, ``place``, ``problem``, ``fix``."""
        rows = [
            (refusal.name, problem.place, problem.message, problem.fix)
            for refusal in self.refused
            for problem in refusal.problems
        ]
        return pd.DataFrame(rows, columns=["journey", "place", "problem", "fix"])


@progress.in_notebook()
def read_journeys(
    source: str | Path | pd.DataFrame | Sequence[str | Path],
    *,
    by: str = "journey",
    claims: str | Path | pd.DataFrame | None = None,
    journeys: str | Path | pd.DataFrame | None = None,
    cited: str = "",
) -> Journeys:
    """Read many journeys; what is wrong with one of them is in `Journeys.problems`, and the others are read.

    Parameters
    ----------
    source
        A table of waypoints with a column that names the journey: a DataFrame, a GeoDataFrame, or a
        CSV, Parquet or GeoParquet file. Its columns are the arguments of `escape_route.waypoint`,
        ``lon`` and ``lat`` for `at`, and ``order``; else rows are taken as they stand. Or files of
        one journey each, a folder of such, or a data set as `docs/archives.md` describes it.
    by
        The column that names the journey, in every table.
    claims
        A table of stated numbers: the arguments of `escape_route.claim` as columns.
    journeys
        A table of journeys: ``title``, ``summary``, ``outcome`` and others as
        `escape_route.journey` has them.
    cited
        Title of the source where a row has none in a column ``source``; else the file's name.

    Returns
    -------
    Journeys
        A sequence; `Journeys.names` has their names in the table.

    Raises
    ------
    UsageError
        Where a table has no column `by`, or two columns mean the same.
    EscapeRouteError
        Where there is no such file.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame(
    ...     {
    ...         "journey": ["A", "A", "B", "B"],
    ...         "name": ["Vienna", "Dresden", "Vienna", "Nowhere"],
    ...         "lon": [16.37, 13.74, 16.37, 999],
    ...         "lat": [48.21, 51.05, 48.21, 51],
    ...         "mode": ["", "rail", "", "road"],
    ...     }
    ... )
    >>> read = read_journeys(table)
    >>> read.names, list(read.problems["journey"])
    (('A',), ['B'])
    """
    if isinstance(source, pd.DataFrame) or (
        isinstance(source, str | Path) and _is_table(Path(source), by)
    ):
        whole = source if isinstance(source, pd.DataFrame) else _table(Path(source))
        parts = Tables.of(whole, by, _given(claims), _given(journeys))
        name = "a table" if isinstance(source, pd.DataFrame) else Path(source).name
        return _gathered(parts.each(by, cited or name), parts.warnings)
    if claims is not None or journeys is not None:
        raise UsageError(
            "claims, journeys: go with a table of waypoints; files of journeys have their own (leave them out)"
        )
    if isinstance(source, str | Path) and (Path(source) / "archive.json").is_file():
        return _gathered(data_sets().read(Path(source)))
    return _of_files(_files(source))


def _given(table: str | Path | pd.DataFrame | None) -> pd.DataFrame | None:
    return table if table is None or isinstance(table, pd.DataFrame) else _table(Path(table))


def _is_table(path: Path, by: str) -> bool:
    """Whether a file is a table of many journeys: it has a column that names them."""
    if not path.is_file() or path.suffix.lower() not in {".csv", ".tsv", ".parquet", ".geoparquet"}:
        return False
    return by in _table(path, rows=0).columns


def _table(path: Path, rows: int | None = None) -> pd.DataFrame:
    try:
        if path.suffix.lower() in {".parquet", ".geoparquet"}:
            return cast("pd.DataFrame", data_sets().table_of(path))
        return pd.read_csv(
            path,
            sep=None,
            engine="python",
            dtype=str,
            keep_default_na=False,
            encoding="utf-8-sig",
            nrows=rows,
        )
    except OSError as error:
        raise EscapeRouteError(f"{path}: cannot read: {error.strerror or error}") from error
    except ValueError as error:
        raise EscapeRouteError(f"{path}: not a table that can be read: {error}") from error


def _gathered(
    named: Iterable[tuple[str, model.Journey | Refused]], warnings: tuple[str, ...] = ()
) -> Journeys:
    """Journeys apart from what was refused; a second one of an id is refused, for results are told apart by it."""
    read: dict[str, tuple[str, Journey]] = {}
    refused = []
    for name, journey in named:
        if isinstance(journey, Refused):
            refused.append(journey)
        elif journey.id in read:
            problem = Problem(
                "id", f"{journey.id} is the id of {read[journey.id][0]} too", "an id of its own"
            )
            refused.append(Refused(name, (problem,)))
        else:
            read[journey.id] = name, Journey(journey)
    names = tuple(name for name, _ in read.values())
    return Journeys(names, tuple(journey for _, journey in read.values()), tuple(refused), warnings)


def _files(source: str | Path | Sequence[str | Path]) -> list[str | Path]:
    if not isinstance(source, str | Path):
        return list(source)
    folder = Path(source)
    if not folder.is_dir():
        return [source]
    suffixes = tuple(suffix for file_format in FORMATS.values() for suffix in file_format.suffixes)
    files: list[str | Path] = [
        path for path in sorted(folder.iterdir()) if path.name.lower().endswith(suffixes)
    ]
    if not files:
        raise EscapeRouteError(
            f"{folder}: no journeys in it (files that end in .geojson, .xlsx or another format that is read)"
        )
    return files


def _of_files(sources: Iterable[str | Path]) -> Journeys:
    warnings: list[str] = []

    def told() -> Iterator[tuple[str, model.Journey | Refused]]:
        for source in progress.each(list(sources), "reading journeys"):
            try:
                journey = read_journey(source)
            except JourneyFileError as error:
                yield str(source), Refused(str(source), error.problems)
            except EscapeRouteError as error:
                yield str(source), Refused(str(source), (Problem("", str(error)),))
            else:
                warnings.extend(journey.warnings)
                yield str(source), journey.data

    gathered = _gathered(told())
    return Journeys(gathered.names, gathered.read, gathered.refused, tuple(warnings))


@progress.in_notebook()
def check_all(journeys: Sequence[Journey], *, workers: int = 1, **settings: object) -> pd.DataFrame:
    """Check many journeys; one that cannot be checked is a row that says so, and the others are checked.

    Parameters
    ----------
    journeys
        As `read_journeys` gives them, or any others.
    workers
        How many processes share the work; results do not depend on it.
    **settings
        As `escape_route.check` has them: ``seed``, ``draws``, ``rho``, ``where``, ``priors``,
        ``routes``.

    Returns
    -------
    DataFrame
        One row a judgement on a stated distance, by journey in the order given: ``journey``, then
        as `Report.claims` has them, and ``problem``. A journey of which no distance was stated has
        one row, with the bound and the interval of the whole; one that could not be read or checked
        has one with its ``problem``.

    Examples
    --------
    >>> from escape_route import read_journey
    >>> table = check_all([read_journey("ro-family"), read_journey("lee-son")], draws=500)
    >>> list(table["journey"].unique()), table["verdict"].iloc[0]
    (['ro-family', 'lee-son'], 'above_plausible')
    """
    if workers < 1:
        raise UsageError(f"workers: {workers} is not 1 or more (leave it out for one)")
    if isinstance(journeys, Journeys):
        names = journeys.names
    else:
        names = tuple(journey.id for journey in journeys)
    weigh = partial(_rows_of, settings=settings_of(**settings))  # type: ignore[arg-type]  # checked there
    data = [journey.data for journey in journeys]
    parts = [
        (names[at : at + _CHUNK], data[at : at + _CHUNK]) for at in range(0, len(data), _CHUNK)
    ]
    if workers == 1:
        weighed = list(progress.each(map(weigh, parts), "checking journeys", total=len(parts)))
    else:
        with ProcessPoolExecutor(workers) as pool:
            weighed = list(
                progress.each(pool.map(weigh, parts), "checking journeys", total=len(parts))
            )
    rows = [row for part in weighed for row in part]
    if isinstance(journeys, Journeys):
        rows += [
            _fault(refusal.name, "; ".join(map(str, refusal.problems)))
            for refusal in journeys.refused
        ]
    return tables.many(rows)


def _rows_of(
    part: tuple[Sequence[str], Sequence[model.Journey]], settings: Settings
) -> list[Mapping[str, object]]:
    rows: list[Mapping[str, object]] = []
    names, data = part
    for name, outcome in zip(names, judged_all(data, settings), strict=True):
        if isinstance(outcome, Exception):
            if isinstance(outcome, EscapeRouteError):
                said = str(outcome)
            else:
                said = f"{type(outcome).__name__}: {outcome}"
            rows.append(_fault(name, said))
        else:
            rows += [{"journey": name, **row} for row in outcome]
    return rows


def _fault(name: str, said: str) -> Mapping[str, object]:
    return {"journey": name, "problem": visible(said)}
