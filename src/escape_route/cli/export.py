"""`escape-route export`: a journey in a format that other programs read, published like everything else."""

from __future__ import annotations

import argparse
from pathlib import Path

from escape_route.api import save
from escape_route.api.journeys import read_all
from escape_route.cli import shared
from escape_route.formats import FORMATS, format_named


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    written = ", ".join(FORMATS)
    parser.add_argument("journey", metavar="JOURNEY", help=shared.JOURNEY_HELP)
    parser.add_argument("--to", metavar="FORMAT", required=True, help=f"one of {written}")
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="where to write (the journey's id, here)"
    )
    shared.add_publishing(parser)


def run(options: argparse.Namespace) -> int:
    """Write a journey in another format, and say what that format cannot hold of it."""
    wanted = format_named(options.to)
    (journey,) = shared.with_warnings(read_all([options.journey]))
    target = Path(options.output or f"{journey.id}{wanted.suffixes[0]}")
    shared.refuse_existing((target,), [journey], force=options.force)
    lost = save.export(journey, target, to=wanted.name, **shared.publishing(options))
    shared.print_size(target)
    shared.print_as_written([journey], [options.journey])
    for line in lost:
        shared.warn(f"{wanted.title} cannot hold {line}")
    return 0
