"""`escape-route deposit`: a journey as a folder for an archive."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from escape_route.api.deposit import save_deposit
from escape_route.api.journeys import read_all
from escape_route.cli import shared


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("journey", metavar="JOURNEY", help=shared.JOURNEY_HELP)
    parser.add_argument(
        "-o", "--output", metavar="FOLDER", required=True, help="a new or empty folder"
    )
    about = "that you give it: an address, or a name such as CC-BY-4.0"
    parser.add_argument("--license", metavar="LICENCE", required=True, help=about)
    parser.add_argument("--date", metavar="DAY", help="of the deposit: 2026-03-01 (today)")
    shared.add_finer(parser)
    shared.add_draws(parser)


def run(options: argparse.Namespace) -> int:
    """Write an RO-Crate of the publishable form: journey, page, report, figure, sources, consent, checksums."""
    (journey,) = shared.with_warnings(read_all([options.journey]))
    day = options.date or datetime.now(UTC).date().isoformat()
    written = save_deposit(
        journey,
        Path(options.output),
        shared.settings_of(options),
        licence=options.license,
        day=day,
        finer=options.finer,
    )
    for path in written:
        shared.print_size(path)
    return 0
