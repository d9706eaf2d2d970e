"""`escape-route withdraw`: the page that takes the place of a journey's page."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from escape_route.api.journeys import read_journey
from escape_route.api.save import save_withdrawn
from escape_route.cli import shared


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("journey", metavar="JOURNEY", help=shared.JOURNEY_HELP)
    where = "the page that it takes the place of, with --force (JOURNEY.html here)"
    parser.add_argument("-o", "--output", metavar="FILE", help=where)
    parser.add_argument("--date", metavar="DAY", help="of the withdrawal: 2026-03-01 (today)")
    shared.add_force(parser)


def run(options: argparse.Namespace) -> int:
    """Write the page that takes the place of a journey's page: it was withdrawn, and nothing else is said of it."""
    (journey,) = shared.with_warnings([read_journey(options.journey)])
    target = Path(options.output or f"{journey.id}.html")
    shared.refuse_existing((target,), [journey], force=options.force)
    save_withdrawn(journey, target, options.date or datetime.now(UTC).date().isoformat())
    shared.print_size(target)
    print(
        "Put it where the page was, under the same address. Take down figures, reports, exports and embeds as well,"
    )
    print(
        "and ask search engines and archives of the web to forget the address: this page asks them not to keep it."
    )
    return 0
