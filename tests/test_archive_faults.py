"""What goes wrong on the way through an archive is told, and what was done stays."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import escape_route as er
from beside import long
from escape_route.archive import jobs
from escape_route.archive import run as running
from escape_route.archive.run import connected, run
from escape_route.distance.settings import Settings
from escape_route.errors import EscapeRouteError, OutputError
from escape_route.formats import dataset

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from distributed import Client

USUAL = Settings()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    names = [f"walk-{number}" for number in range(6) for _ in range(3)]
    told = {
        "name": "x",
        "lon": [10.0, 11.0, 12.0] * 6,
        "lat": [45.0, 45.5, 45.0] * 6,
        "mode": "foot",
    }
    table = pd.DataFrame({"journey": names, **told})
    claims = pd.DataFrame({"journey": sorted(set(names)), "value": 300})
    return er.read_journeys(table, claims=claims).save(
        tmp_path_factory.mktemp("archive") / "held", partitions=3
    )


@pytest.fixture(scope="module")
def one() -> Iterator[Client]:
    """A worker."""
    with connected() as client:
        yield client


def spoil(archive: Path, folder: Path, table: str, change: object) -> Path:
    """Copy of a data set with the first partition's table changed."""
    import shutil  # noqa: PLC0415  # nowhere else

    shutil.copytree(archive, folder)
    path = dataset.path_of(folder, table, 0)
    path.write_bytes(dataset.to_bytes(change(dataset.table_of(path))))  # type: ignore[operator]
    return folder


def test_a_full_disk_is_told_and_what_was_done_stays(
    archive: Path, one: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result, write = tmp_path / "result", running.write_whole
    written: list[Path] = []

    def until_full(path: Path, content: bytes) -> None:
        if path.suffix == ".parquet" and len(written) == 2:
            raise OutputError(f"{path}: cannot write: {errno.errorcode[errno.ENOSPC]}")
        write(path, content)
        written.extend([path] if path.suffix == ".parquet" else [])

    monkeypatch.setattr(running, "write_whole", until_full)
    with pytest.raises(OutputError, match="ENOSPC"):
        run(one, jobs.check, archive, result, USUAL)
    monkeypatch.undo()
    assert all(path.is_file() for path in written)
    done = run(one, jobs.check, archive, result, USUAL)
    assert (done.partitions, done.were_there, done.faults) == (3, 1, {})


def test_waypoints_out_of_order_are_a_problem_of_that_journey_alone(
    archive: Path, tmp_path: Path
) -> None:
    spoilt = spoil(
        archive,
        tmp_path / "x",
        "waypoints",
        lambda table: table.iloc[[1, 0, *range(2, len(table))]],
    )
    name = dataset.table_of(dataset.path_of(spoilt, "waypoints", 0))["journey"].iloc[0]
    found = jobs.check(str(spoilt), 0, USUAL)
    assert found["problems"].to_numpy().tolist() == [[name, "wrong-order"]]
    assert set(found["verdicts"]["journey"]) == set(
        dataset.table_of(dataset.path_of(spoilt, "journeys", 0))["journey"]
    ) - {name}


def test_two_journeys_of_one_id_are_a_problem(archive: Path, tmp_path: Path) -> None:
    spoilt = spoil(
        archive, tmp_path / "x", "journeys", lambda table: pd.concat([table, table.iloc[:1]])
    )
    name = dataset.table_of(dataset.path_of(spoilt, "journeys", 0))["journey"].iloc[0]
    found = jobs.check(str(spoilt), 0, USUAL)
    assert found["problems"].to_numpy().tolist() == [[name, "same-id-twice"]]
    assert name not in set(found["verdicts"]["journey"])


@long
def test_a_scheduler_that_dies_in_the_middle_is_told_and_the_run_goes_on_later(
    archive: Path, one: Client, tmp_path: Path
) -> None:
    result = tmp_path / "result"
    with connected() as client:
        found = running._results(client, jobs.check, archive.resolve(), (USUAL,), (0, 1, 2))  # noqa: SLF001  # a run, a step at a time
        running._mark(result, running._stamp(jobs.check, archive, (USUAL,)))  # noqa: SLF001
        number, tables = next(found)
        running._write(result, number, tables)  # type: ignore[arg-type]  # noqa: SLF001
        assert client.cluster is not None
        client.cluster.close()
        with pytest.raises(EscapeRouteError, match="give the same command again"):
            list(found)
    assert run(one, jobs.check, archive, result, USUAL).were_there == 1
