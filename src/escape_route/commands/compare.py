"""`escape-route compare`: journeys side by side, for the holder on the terminal; what it writes is published."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from escape_route import api, comparing, report, sentences, terminal
from escape_route.commands.shared import (
    JOURNEY_HELP,
    add_draws,
    add_publishing,
    print_size,
    publishing,
    read_all,
    settings_of,
    warn_unwritable,
)

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("journeys", nargs="+", metavar="JOURNEY", help=JOURNEY_HELP)
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="also write a figure or a table: .svg, .png, .pdf or .csv"
    )
    parser.add_argument("--json", action="store_true", help="one JSON list for programs")
    parser.add_argument("--size", choices=["column", "page", "slide"], default="page", help="of the figure (page)")
    parser.add_argument("--language", choices=sentences.languages(), default="en", help="of the figure (en)")
    parser.add_argument("--dark", action="store_true", help="light on dark, for a screen")
    add_publishing(parser)
    add_draws(parser)


def run(options: argparse.Namespace) -> int:
    """Set journeys side by side: what was stated, what is plausible, countries, borders, how, outcome, how certain."""
    settings = settings_of(options)
    journeys = read_all(options.journeys)
    found = comparing.compare([report.gather(journey.data, settings) for journey in journeys])
    if options.json:
        print(json.dumps(comparing.to_document(found), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        terminal.show_comparison(found)
    if options.output:
        _write(journeys, options)
    return 0


def _write(journeys: list[api.Journey], options: argparse.Namespace) -> None:
    from escape_route import figure  # noqa: PLC0415  # matplotlib is loaded when something is drawn

    if not options.output.endswith(".csv"):
        warn_unwritable(journeys)
    published = publishing(options)
    wanted = figure.options(
        size=options.size, language=options.language, dark=options.dark, unprotected=published["unprotected"]
    )
    target = Path(options.output)
    api.save_comparison(journeys, target, settings_of(options), wanted, finer=published["finer"])
    if not options.json:
        print()
        print_size(target)
