"""Jobs on all partitions of a data set by Dask: a few at once, each result written whole, what is there left alone.

Held data travels to no other machine but over TLS. Results do not depend on how many work on them.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dask
from distributed import Client, LocalCluster, as_completed

from escape_route import progress
from escape_route.errors import EscapeRouteError, OutputError, UsageError
from escape_route.files import write_whole
from escape_route.formats import data_sets

if TYPE_CHECKING:
    import pandas as pd

    Job = Callable[..., Mapping[str, pd.DataFrame]]

    Rows = Iterable[Mapping[str, object]]

PROBLEMS = "problems"  # table by which a partition counts as done
_MARK = "run.json"
_AT_ONCE = 2  # partitions that a worker has or waits for
_TIMEOUT_S = 10
#: No pages served, and a partition that kills its process twice is not tried again.
_ALONE = {
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.scheduler.allowed-failures": 1,
}
_HERE = re.compile(r"(?:tcp://)?(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?")


@dataclass(frozen=True, slots=True)
class Done:
    """What a run came to: partitions in all, those that were there already, and why others could not be done."""

    partitions: int
    were_there: int
    faults: Mapping[int, str]


def run(client: Client, job: Job, dataset: Path, result: Path, *arguments: object) -> Done:
    """Do a job on each partition and write what it gives into a folder: ``<table>/part-00000.parquet``.

    The job takes the folder, the number of a partition and `arguments`, in another process, and
    gives tables by name; every worker reads the data set under its name. The folder is new, or that
    of the same run broken off: what is done stays. Raises OutputError where it holds results of
    another run, or cannot be written; EscapeRouteError where the scheduler or a worker is lost:
    what was done stays.
    """
    head = data_sets().head_of(dataset)
    _mark(result, _stamp(job, dataset, arguments))
    left = [
        number
        for number in head.parts()
        if not data_sets().path_of(result, PROBLEMS, number).is_file()
    ]
    faults: dict[int, str] = {}
    there = head.partitions - len(left)
    if left:
        with progress.task(f"partitions of {dataset.name}", len(left)) as step:
            for number, tables in _results(client, job, dataset, arguments, left):
                if isinstance(tables, EscapeRouteError):
                    faults[number] = str(tables)
                else:
                    _write(result, number, tables)
                step(1)
    return Done(head.partitions, there, dict(sorted(faults.items())))


def _results(
    client: Client, job: Job, dataset: Path, arguments: Sequence[object], numbers: Sequence[int]
) -> Iterator[tuple[int, Mapping[str, bytes] | EscapeRouteError]]:
    """What the job gives of each partition, as it comes; only a few are asked for at once: memory is bounded."""
    waiting = iter(numbers)

    def submit(number: int) -> Any:  # noqa: ANN401  # a future
        return client.submit(
            _packed,
            job,
            str(dataset.resolve()),
            number,
            *arguments,
            key=f"part-{number}",
            pure=False,
        )

    try:
        many = max(1, len(client.scheduler_info(n_workers=-1)["workers"])) * _AT_ONCE
        futures = as_completed([submit(number) for number in islice(waiting, many)])
        for future in futures:
            number = int(future.key.rpartition("-")[2])
            error = future.exception()
            yield number, error if isinstance(error, EscapeRouteError) else future.result()
            future.release()
            following = next(waiting, None)
            if following is not None:
                futures.add(submit(following))
    except EscapeRouteError:
        raise
    except Exception as error:
        lost = f"a worker or the scheduler was lost ({type(error).__name__}: {str(error)[:200]})"
        raise EscapeRouteError(
            f"{lost}; what was done stays: give the same command again to go on"
        ) from error


def _packed(job: Job, *arguments: object) -> dict[str, bytes]:
    """Tables of a job as Parquet: made where the work is done, for whoever gathers them is but one."""
    return {name: data_sets().to_bytes(table) for name, table in job(*arguments).items()}


@contextmanager
def connected(workers: int = 1, scheduler: str = "") -> Iterator[Client]:
    """Processes that do the work, while it goes on: so many workers of this machine, or those of a Dask cluster.

    `scheduler` is its address: ``tls://...``, or ``tcp://`` on this machine. Raises UsageError
    where it would send held data in the open; EscapeRouteError where no scheduler answers there.
    """
    if scheduler:
        if not (scheduler.startswith("tls://") or _HERE.fullmatch(scheduler)):
            fix = "tls://..., or a scheduler on this machine"
            raise UsageError(
                f"--scheduler: {scheduler} would send what is held over the network in the open ({fix})"
            )
        try:
            client = Client(scheduler, timeout=_TIMEOUT_S)
        except (OSError, ValueError, TimeoutError) as error:
            raise EscapeRouteError(
                f"--scheduler: {scheduler} does not answer: {str(error)[:200]} (is it running?)"
            ) from error
        except TypeError as error:  # what Dask says where it has no certificate of its own
            fix = (
                "name them in Dask's configuration, distributed.comm.tls: ca-file, client.cert and "
                "client.key"
            )
            raise UsageError(
                f"--scheduler: {scheduler} wants a certificate and a key ({fix})"
            ) from error
        with client:
            yield client
        return
    with (
        dask.config.set(_ALONE),
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            dashboard_address=":0",
            host="127.0.0.1",
            # what goes wrong is told in words, and not as the traceback of a worker
            silence_logs=logging.CRITICAL,
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client


def _stamp(job: Job, dataset: Path, arguments: Sequence[object]) -> dict[str, str]:
    """What a run is known again by: what is done, with what, and to which files."""
    files = sorted(
        path for table in data_sets().TABLES for path in (dataset / table).glob("*.parquet")
    )
    listed = [
        (str(path.relative_to(dataset)), path.stat().st_size, path.stat().st_mtime_ns)
        for path in files
    ]
    digest = hashlib.blake2b(json.dumps(listed).encode(), digest_size=16).hexdigest()
    return {"job": job.__name__, "arguments": repr(tuple(arguments)), "data": digest}


def _mark(result: Path, stamp: Mapping[str, str]) -> None:
    """Name the run in its folder; raise OutputError where another one is named there, or anything else lies there."""
    path = result / _MARK
    if path.is_file():
        try:
            known = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise OutputError(
                f"{path}: cannot be read; give another name for the results"
            ) from error
        if known != stamp:
            changed = next((name for name in stamp if known.get(name) != stamp[name]), "job")
            raise OutputError(
                f"{result}: holds results of another run (another {changed}); give another name"
            )
        return
    data_sets().refuse_used(result)
    write_whole(path, (json.dumps(stamp, indent=2) + "\n").encode())


def _write(result: Path, number: int, tables: Mapping[str, bytes]) -> None:
    """Write the tables of a partition, the one of problems last: by it the partition counts as done."""
    for name in sorted(tables, key=lambda name: name == PROBLEMS):
        write_whole(data_sets().path_of(result, name, number), tables[name])
