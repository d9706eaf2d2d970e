"""What is done with one partition of a data set: tables made of it, a row a judgement or a finding.

A job runs in a process of its own, perhaps on another machine, and gives back tables; whoever sent
it writes them. Of a journey that something is wrong with, its id and the rule are told, and nothing
that is held.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pandas as pd

from escape_route.archive.run import PROBLEMS
from escape_route.distance.settings import Settings
from escape_route.errors import EscapeRouteError
from escape_route.formats import data_sets
from escape_route.formats.rows_of_many import Refused
from escape_route.language import tables
from escape_route.language.rows import judged_all
from escape_route.lint import lint
from escape_route.model.journey import Journey

Rows = Iterable[Mapping[str, object]]

_PROBLEM_COLUMNS = ("journey", "rule")
_FINDING_COLUMNS = ("journey", "rule", "severity", "place", "message", "fix")


def check(folder: str, number: int, settings: Settings) -> dict[str, pd.DataFrame]:
    """Tables ``verdicts``, as `escape_route.check_all` has them, and ``problems``."""
    rows, problems = _each(folder, number, partial(judged_all, settings=settings))
    return {"verdicts": tables.many(rows).drop(columns="problem"), PROBLEMS: problems}


def look_through(folder: str, number: int) -> dict[str, pd.DataFrame]:
    """Tables ``findings``, of what is doubtful, and ``problems``, of journeys that could not be read."""
    rows, problems = _each(folder, number, _all_findings)
    return {"findings": pd.DataFrame(rows, columns=list(_FINDING_COLUMNS)), PROBLEMS: problems}


def _all_findings(journeys: Sequence[Journey]) -> Iterator[Rows | Exception]:
    for journey in journeys:
        try:
            yield [finding.row for finding in lint(journey)]
        except Exception as error:  # noqa: BLE001  # whatever is wrong with one journey, the others are looked at
            yield error


@contextmanager
def _all_kept() -> Iterator[None]:
    """What a partition makes holds no circles and goes with it: nobody has to search it again and again for some."""
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()


@_all_kept()
def _each(
    folder: str, number: int, rows_of: Callable[[Sequence[Journey]], Iterable[Rows | Exception]]
) -> tuple[list[Mapping[str, object]], pd.DataFrame]:
    """Rows of each journey of a partition, by id, and the rules that those broke that have none."""
    rows: list[Mapping[str, object]] = []
    problems: list[tuple[str, str]] = []
    whole: list[tuple[str, Journey]] = []
    for name, read in sorted(
        data_sets().read_partition(Path(folder), number), key=lambda pair: str(pair[0])
    ):
        if isinstance(read, Refused):
            problems += [
                (name, rule) for rule in dict.fromkeys(problem.rule for problem in read.problems)
            ]
        else:
            whole.append((name, read))
    for (name, _), made in zip(whole, rows_of([journey for _, journey in whole]), strict=True):
        if isinstance(made, Exception):
            problems.append(
                (name, "unweighable" if isinstance(made, EscapeRouteError) else type(made).__name__)
            )
        else:
            rows += [{"journey": name, **row} for row in made]
    return rows, pd.DataFrame(sorted(problems), columns=list(_PROBLEM_COLUMNS))
