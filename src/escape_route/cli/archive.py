"""`escape-route archive`: many journeys at once, as a data set in GeoParquet."""

from __future__ import annotations

import argparse
from pathlib import Path

from escape_route.cli import shared
from escape_route.cli.main import BAD_INPUT, OK
from escape_route.errors import UsageError, counted, visible, way_to

try:
    from escape_route.archive import jobs, protect, summary
    from escape_route.archive import run as running
except ModuleNotFoundError as missing:
    raise UsageError(
        f"archive: needs {missing.name}, which is not installed: {way_to('archive')}"
    ) from missing

from escape_route.archive.run import Done
from escape_route.files import write_whole
from escape_route.formats import data_sets
from escape_route.language.catalogues import languages

_ABOUT = {
    "check": "weigh the stated distances of every journey",
    "lint": "tell what is wrong or doubtful about every journey",
    "protect": "write the publishable form of all, unless one gives a place of another away",
    "summary": "count verdicts by mode, year and country, as a table, a figure and a page",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    what = "; ".join(f"{name}: {about}" for name, about in _ABOUT.items())
    parser.add_argument("what", choices=[*_ABOUT], metavar="WHAT", help=what)
    parser.add_argument("dataset", metavar="DATASET", help="a data set: see docs/archives.md")
    about = "folder of the results; one that a broken-off run left is gone on with"
    parser.add_argument("-o", "--output", metavar="RESULT", required=True, help=about)
    parser.add_argument(
        "--workers", type=int, default=1, help="processes on this machine that share the work (1)"
    )
    about = "of a Dask cluster in place of these: tls://..., or tcp:// on this machine"
    parser.add_argument("--scheduler", metavar="ADDRESS", default="", help=about)
    parser.add_argument("--language", choices=languages(), default="en", help="of the summary (en)")
    shared.add_draws(parser)


def run(options: argparse.Namespace) -> int:
    """Check, lint, protect or sum up a data set of journeys, part by part. Exit code 1: some could not be read."""
    if options.workers < 1:
        raise UsageError(
            f"--workers: {options.workers} is not 1 or more (leave it out for as many as there are processors)"
        )
    dataset, result = Path(options.dataset), Path(options.output)
    with running.connected(options.workers, options.scheduler) as client:
        if options.what == "protect":
            done = protect.publish(client, dataset, result)
        elif options.what == "lint":
            done = running.run(client, jobs.look_through, dataset, result)
        else:
            done = running.run(client, jobs.check, dataset, result, shared.settings_of(options))
    _tell(result, done)
    if options.what == "protect":
        print(f"  left out: {visible(str(dataset / 'problems.csv'))}")
    if options.what == "summary":
        _sum_up(result, done, options.language)
    for number, said in done.faults.items():
        shared.warn(f"partition {number}: {said}")
    return BAD_INPUT if done.faults else OK


def _tell(result: Path, done: Done) -> None:
    there = f", {done.were_there} of them before" if done.were_there else ""
    left = f"; {len(done.faults)} could not be read" if done.faults else ""
    print(
        f"{visible(str(result))}: {done.partitions - len(done.faults)} of {done.partitions} partitions{there}{left}"
    )
    for name in sorted(path.name for path in result.iterdir() if path.is_dir()):
        count = sum(data_sets().rows_in(path) for path in sorted((result / name).glob("*.parquet")))
        print(f"  {name}: {counted(count, 'row')}")


def _sum_up(result: Path, done: Done, language: str) -> None:
    parts = [data_sets().path_of(result, "verdicts", number) for number in range(done.partitions)]
    table = summary.tally(data_sets().tables_at(path for path in parts if path.is_file()))
    write_whole(result / "summary.csv", table.to_csv(index=False).encode())
    write_whole(result / "summary.svg", summary.figure(table, language))
    write_whole(result / "summary.html", summary.page(table, language))
    print("  summary.csv, summary.svg, summary.html")
