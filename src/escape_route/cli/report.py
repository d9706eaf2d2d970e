"""`escape-route report`: the finding in one file, for an editor or an archive."""

from __future__ import annotations

import argparse
from pathlib import Path

from escape_route import publish as drawing
from escape_route.api.journeys import read_all
from escape_route.api.save import save_report, save_teller
from escape_route.cli import shared
from escape_route.language.catalogues import language_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("journey", metavar="JOURNEY", help=shared.JOURNEY_HELP)
    where = "where to write: .html, .md or .pdf (JOURNEY-report.html here)"
    parser.add_argument("-o", "--output", metavar="FILE", help=where)
    teller = (
        "a copy for the person whose journey it is, in plain words: what will be seen and what not "
        "(.html)"
    )
    parser.add_argument("--for-teller", action="store_true", help=teller)
    shared.add_language(parser)
    shared.add_publishing(parser)
    shared.add_preview(parser)
    shared.add_draws(parser)


def run(options: argparse.Namespace) -> int:
    """Write the finding with a figure, the ledger, legs, methods and sources, for an editor's or an archive's file."""
    settings = shared.settings_of(options)
    if not options.for_teller:
        drawing.reports.kind_of(Path(options.output or "report.html"))
    (journey,) = shared.with_warnings(read_all([options.journey]))
    target = shared.target_of(
        options, f"{journey.id}-{'for-teller' if options.for_teller else 'report'}.html", [journey]
    )
    language = options.language or language_of([journey.data])
    if options.for_teller:
        save_teller(journey, target, settings, language=language, **shared.publishing(options))
    else:
        save_report(journey, target, settings, language=language, **shared.publishing(options))
    shared.finish(options, target, [journey])
    return 0
