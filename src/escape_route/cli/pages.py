"""`escape-route pages`: the page of each journey, and an index."""

from __future__ import annotations

import argparse
from pathlib import Path

from escape_route.api.journeys import read_all, shipped_journeys
from escape_route.api.save import page_paths, save_pages
from escape_route.cli import shared


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument(
        "journeys", nargs="*", metavar="JOURNEY", help="all that are shipped, where none is named"
    )
    parser.add_argument(
        "-o", "--output", metavar="FOLDER", default="output", help="where to write (output)"
    )
    shared.add_publishing(parser)
    shared.add_draws(parser)


def run(options: argparse.Namespace) -> int:
    """Write the page of each journey, and index.html that introduces them all."""
    settings = shared.settings_of(options)
    journeys = shared.with_warnings(read_all(options.journeys or shipped_journeys()))
    folder = Path(options.output)
    shared.refuse_existing(page_paths(journeys, folder), journeys, force=options.force)
    for target in save_pages(journeys, folder, settings, **shared.publishing(options)):
        shared.print_size(target)
    return 0
