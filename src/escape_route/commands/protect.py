"""`escape-route protect`: the publishable form of a journey, as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from escape_route.commands.shared import JOURNEY_HELP, print_size, read_all
from escape_route.protect import protect

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("journey", metavar="JOURNEY", help=JOURNEY_HELP)
    parser.add_argument("-o", "--output", metavar="FILE", required=True, help="where to write the GeoJSON")
    parser.add_argument(
        "--finer", action="store_true", help="allow places that were published coarser before, where the file says why"
    )


def run(options: argparse.Namespace) -> int:
    """Write the publishable form of a journey: places made coarser by their sensitivity, and what is held back gone."""
    (journey,) = read_all([options.journey])
    target = Path(options.output)
    journey.save_protected(target, finer=options.finer)
    print_size(target)
    changes = protect(journey.data).changes
    for kind, count in changes.items():
        print(f"  {count:>3} {kind}")
    if not changes:
        print("  nothing had to be changed: it was coarse enough already")
    if journey.data.reviewed is None:
        print('  no review date: go through the file for what it gives away, and give "reviewed" the day')
    return 0
