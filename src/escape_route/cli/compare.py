"""`escape-route compare`: journeys side by side, printed and written in their publishable form."""

from __future__ import annotations

import argparse
from pathlib import Path

from escape_route import publish as drawing
from escape_route.api.comparisons import save_comparison
from escape_route.api.journeys import read_all
from escape_route.api.publish import shown
from escape_route.api.reports import shown_numbers
from escape_route.cli import shared
from escape_route.distance import report
from escape_route.language import comparison
from escape_route.language.catalogues import language_of
from escape_route.language.view import view_published
from escape_route.publish.report import terminal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("journeys", nargs="+", metavar="JOURNEY", help=shared.JOURNEY_HELP)
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="also write a figure or a table: .svg, .png, .pdf or .csv",
    )
    parser.add_argument("--json", action="store_true", help="one JSON list for programs")
    parser.add_argument(
        "--size", choices=[*shared.FIGURE_SIZES], default="page", help="of the figure (page)"
    )
    shared.add_language(parser)
    parser.add_argument("--dark", action="store_true", help="light on dark, for a screen")
    shared.add_publishing(parser)
    shared.add_draws(parser)


def run(options: argparse.Namespace) -> int:
    """Set journeys side by side as they may be published: what was stated, what is plausible, borders, how, outcome."""
    settings = shared.settings_of(options)
    journeys = shared.with_warnings(read_all(options.journeys))
    target = Path(options.output) if options.output else None
    shared.refuse_existing([target] if target else [], journeys, force=options.force)
    published = shared.publishing(options)
    language = options.language or language_of(journey.data for journey in journeys)
    if target is not None:
        wanted = drawing.figures.options(size=options.size, language=language, dark=options.dark)
        if target.suffix.lower() != ".csv":
            shared.warn_unwritable(journeys, language)
        save_comparison(journeys, target, settings, wanted, **published)
    views = [shown(journey.data, unprotected=published["mark"] is not None) for journey in journeys]
    reports = [shown_numbers(report.gather_published(view, settings)) for view in views]
    compared = comparison.Comparison(tuple(map(view_published, reports)))
    if options.json:
        shared.print_json(comparison.to_document(compared))
        return 0
    shared.print_as_held((view.journey for view in views), language, "held_numbers")
    terminal.show_comparison(compared, language)
    if target is not None:
        print()
        shared.print_size(target)
    return 0
