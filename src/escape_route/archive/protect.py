"""The publishable form of an archive: each journey's own, and none that gives a place of another away.

What is worked on lies in the data set that is held, in `.protecting`; the folder that is published
gets what may be published alone, when all of it has been looked at.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from escape_route.api.publish import form_of, refuse_exposed, refuse_leaks
from escape_route.archive.run import PROBLEMS, Done, run
from escape_route.errors import EscapeRouteError, LeakError, OutputError
from escape_route.files import write_whole
from escape_route.formats import Loaded, data_sets
from escape_route.formats.rows_of_many import Refused
from escape_route.geography.geodesic import distances_m
from escape_route.protection import elsewhere, register

if TYPE_CHECKING:
    from distributed import Client

    from escape_route.model.journey import Journey
    from escape_route.protection.protect import Protected

_STAGE, _REGISTER = ".protecting", "register"
#: Columns of what stopped a journey, for the holder alone: in the data set that is held.
_PROBLEM = ("journey", "rule", "place", "problem", "fix")
_FIX = (
    "mend the journey in the data set, or leave it out; escape-route lint says more of a file with "
    "it alone"
)
_KEPT = ("journey", "waypoint", "lon", "lat", "reach_m", "degrees")
_TOLD = ("journey", "where", "lon", "lat", "degrees", "in_words")
_IN_WORDS_M = 1_000.0
_CUBE_M, _RADIUS_M = 1_100.0, 6_371_000.0  # a cube is wider than anything that is looked for
_AT_ONCE = 100_000
_SHOWN = 20


@dataclass
class _Held:
    """A journey of an archive as `api.publish` takes one: its register lies in a folder of its own."""

    data: Journey
    path: Path | None
    what_if: bool = False
    as_read: Loaded | None = None


def publish(client: Client, dataset: Path, result: Path) -> Done:
    """Write the publishable form of a data set into a new folder, and what was published into its register.

    A journey that may not be published by itself is left out, with the rule in ``problems.csv`` of
    the data set.

    Raises LeakError where one journey tells what another holds back: nothing is published;
    OutputError where the folder holds something, or lies in the data set; EscapeRouteError where
    the data set is not one that is held, or a partition cannot be read.
    """
    head = data_sets().head_of(dataset)
    if head.form != "held":
        raise EscapeRouteError(f"{dataset}: is published already (give the data set that is held)")
    data_sets().refuse_used(result)
    if dataset.resolve() in (result.resolve(), *result.resolve().parents):
        raise OutputError(f"{result}: lies in the data set that is held; give a folder elsewhere")
    stage = dataset / _STAGE
    done = run(client, protected, dataset, stage / "forms")
    if done.faults:
        number, said = next(iter(done.faults.items()))
        raise EscapeRouteError(f"partition {number}: {said} (nothing is published)")
    tables = {
        table: _whole(stage, table, head.partitions) for table in ("kept", "told", "problems")
    }
    write_whole(dataset / "problems.csv", tables["problems"].to_csv(index=False).encode())
    _refuse(given_away(tables["kept"], tables["told"]), dataset)
    run(client, recorded, dataset, stage / "recorded", str((stage / "forms").resolve()))
    for number in head.parts():
        for table in reversed(data_sets().TABLES):
            content = data_sets().path_of(stage / "forms", table, number).read_bytes()
            write_whole(data_sets().path_of(result, table, number), content)
    data_sets().write_head(result, data_sets().Head("published", head.partitions))
    shutil.rmtree(stage)
    return done


def _whole(stage: Path, table: str, partitions: int) -> pd.DataFrame:
    paths = [data_sets().path_of(stage / "forms", table, number) for number in range(partitions)]
    whole: pd.DataFrame = pd.concat(map(data_sets().table_of, paths), ignore_index=True)
    return whole


def _refuse(pairs: pd.DataFrame, dataset: Path) -> None:
    if pairs.empty:
        return
    lines = [
        f'{pair.where} of "{pair.other}" tells "{pair.waypoint}" of "{pair.journey}"'
        for pair in pairs.itertuples()
    ]
    more = [f"... and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
    fix = "hold these places back alike, or leave one of the journeys out"
    raise LeakError(
        "\n".join([f"{dataset}: nothing is published ({fix}):", *lines[:_SHOWN], *more])
    )


def protected(folder: str, number: int) -> dict[str, pd.DataFrame]:
    """Job: publishable tables, ``kept`` (where what is held back lies), ``told`` (all that is told), ``problems``."""
    forms: list[Journey] = []
    kept: list[tuple[Any, ...]] = []
    told: list[tuple[Any, ...]] = []
    problems: list[tuple[str, ...]] = []
    for name, read in data_sets().read_partition(Path(folder), number):
        if isinstance(read, Refused):
            problems += [
                (name, problem.rule, problem.place, problem.message, problem.fix)
                for problem in read.problems
            ]
            continue
        held = _held(read, folder, number)
        try:
            form = _looked_at(held, name)
        except EscapeRouteError as error:
            rule = "leak" if isinstance(error, LeakError) else "finer-than-before"
            problems.append((name, rule, "", str(error), _FIX))
            continue
        forms.append(form.journey)
        kept += _kept(name, read, form)
        told += _told(name, read, form)
    tables: dict[str, pd.DataFrame] = data_sets().tables_of(forms)
    return tables | {
        "kept": pd.DataFrame(kept, columns=list(_KEPT)),
        "told": pd.DataFrame(told, columns=list(_TOLD)),
        PROBLEMS: pd.DataFrame(problems, columns=list(_PROBLEM)),
    }


def _held(journey: Journey, folder: str, number: int) -> _Held:
    return _Held(journey, Path(folder) / _REGISTER / f"part-{number:05d}" / journey.id / "journey")


def _looked_at(held: _Held, name: str) -> Protected:
    form = form_of(held)
    if held.path is not None:
        register.refuse_finer(held.data, form, held.path, allowed=False)
    refuse_exposed([form], name, [held], allowed=False)
    refuse_leaks([form], name, [held])
    return form


def recorded(folder: str, number: int, forms: str) -> dict[str, pd.DataFrame]:
    """Job: write down what was published of each journey of a partition, those that were left out aside."""
    left_out = set(
        data_sets().table_of(data_sets().path_of(Path(forms), PROBLEMS, number))["journey"]
    )
    for name, read in data_sets().read_partition(Path(folder), number):
        if not isinstance(read, Refused) and name not in left_out:
            held = _held(read, folder, number)
            assert held.path is not None  # noqa: S101  # as `_held` makes it
            register.record(held.data, form_of(held), held.path)
    return {PROBLEMS: pd.DataFrame(columns=["journey", "rule"], dtype="string")}


def _kept(name: str, journey: Journey, form: Protected) -> Iterator[tuple[Any, ...]]:
    for held, reach_m, points in elsewhere.kept_back(journey, form):
        for lon, lat in points:
            yield name, held.id, lon, lat, reach_m, elsewhere.degrees_of(held)


def _told(name: str, journey: Journey, form: Protected) -> Iterator[tuple[Any, ...]]:
    for (where, degrees), positions in elsewhere.told_as_places(journey, form):
        for lon, lat in positions:
            yield name, where, lon, lat, degrees, False
    for where, (low, high) in elsewhere.told_in_words(form):
        for lon, lat in (low + high) / 2:
            yield name, where, lon, lat, 0.0, True


def given_away(kept: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """Pairs of a place that one journey holds back and another that tells it more finely, for the holder alone.

    Both tables are as `protected` gives them, of all partitions; positions in words have no signs.
    It gives
    ``journey``, ``waypoint``, ``other`` and ``where``.
    """
    places, words = told[~told["in_words"].astype(bool)], told[told["in_words"].astype(bool)]
    without_signs = kept.assign(
        lon=kept["lon"].abs(),
        lat=kept["lat"].abs(),
        reach_m=kept["reach_m"].clip(lower=_IN_WORDS_M),
    )
    pairs = [*_near(kept, places), *_near(without_signs, words)]
    columns = ["journey", "waypoint", "other", "where"]
    return pd.concat([pd.DataFrame(columns=columns), *pairs], ignore_index=True).drop_duplicates()[
        columns
    ]


def _near(kept: pd.DataFrame, told: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Pairs within reach, a share of what is kept at a time: told positions are found by the cube that they lie in."""
    if told.empty:
        return
    told = told.assign(cube=_cubes(told))
    steps = np.stack(np.meshgrid(*[(-1, 0, 1)] * 3), axis=-1).reshape(-1, 3)
    for start in range(0, len(kept), _AT_ONCE):
        part = kept.iloc[start : start + _AT_ONCE]
        for step in steps:
            pairs = part.assign(cube=_cubes(part, step)).merge(
                told, on="cube", suffixes=("", "_told")
            )
            pairs = pairs[
                (pairs["journey"] != pairs["journey_told"])
                & (pairs["degrees_told"] < pairs["degrees"])
            ]
            if len(pairs):
                ends = (
                    pairs[name].to_numpy(float) for name in ("lon", "lat", "lon_told", "lat_told")
                )
                away_m = distances_m(*ends)
                yield pairs[away_m <= pairs["reach_m"]].rename(columns={"journey_told": "other"})


def _cubes(table: Mapping[str, pd.Series[float]] | pd.DataFrame, step: Any = 0) -> pd.Series[Any]:  # noqa: ANN401  # three numbers
    lon, lat = np.radians(table["lon"].to_numpy(float)), np.radians(table["lat"].to_numpy(float))
    ball = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    cubes = np.floor(ball * (_RADIUS_M / _CUBE_M)).astype(np.int64) + np.asarray(step) + 2**15
    return pd.Series(cubes @ np.array([1, 2**16, 2**32]), index=table["lon"].index)
