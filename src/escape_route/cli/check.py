"""`escape-route check`: the honest check, for the holder's eyes; it publishes nothing."""

from __future__ import annotations

import argparse

from escape_route import progress
from escape_route import publish as drawing
from escape_route.api.journeys import read_all
from escape_route.api.reports import shown
from escape_route.cli import shared
from escape_route.distance.verdicts import STRICT
from escape_route.errors import UsageError
from escape_route.language import explained
from escape_route.language import json as document
from escape_route.language.catalogues import language_of
from escape_route.protection.protect import holds_more, protect

OK, STRICT_FAILED = 0, 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("journeys", nargs="+", metavar="JOURNEY", help=shared.JOURNEY_HELP)
    parser.add_argument("--json", action="store_true", help="one JSON document for programs")
    about = "where each number of each finding comes from, of what may be published"
    parser.add_argument("--explain", action="store_true", help=about)
    parser.add_argument(
        "--held", action="store_true", help="with --explain: of what is held, for your own eyes"
    )
    shared.add_language(parser)
    parser.add_argument(
        "--strict", action="store_true", help="exit 3 if a stated distance does not hold"
    )
    shared.add_published(parser)
    shared.add_draws(parser)


def run(options: argparse.Namespace) -> int:
    """Measure a journey and weigh each distance that was stated of it. Exit code 3 with --strict: one does not hold."""
    settings = shared.settings_of(options)
    journeys = shared.with_warnings(read_all(options.journeys))
    if options.held and not options.explain:
        raise UsageError(
            "--held: goes with --explain; without it a check is of what is held (leave it out)"
        )
    is_published = options.published or (options.explain and not options.held)
    forms = [
        protect(journey.data).journey if is_published else journey.data for journey in journeys
    ]
    reports = [shown(journey, settings) for journey in progress.each(forms, "checking journeys")]
    if options.json:
        documents = [
            document.to_document(report, as_held=holds_more(held))
            for held, report in zip(forms, reports, strict=True)
        ]
        shared.print_json(documents[0] if len(documents) == 1 else documents)
    else:
        language = options.language or language_of(forms)
        shared.print_as_held(forms, language, "held_numbers")
        if options.explain:
            print("\n".join(explained.text(report, language) for report in reports), end="")
        else:
            drawing.terminal.show(reports, language)
    verdicts = {
        judgement.verdict
        for report in reports
        for item in report.claims
        for judgement in item.judgements
    }
    return STRICT_FAILED if options.strict and verdicts & STRICT else OK
