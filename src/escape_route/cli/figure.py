"""`escape-route figure`: a journey as a picture for print or a slide."""

from __future__ import annotations

import argparse

from escape_route import publish as drawing
from escape_route.api.journeys import read_all
from escape_route.api.save import save_figure
from escape_route.cli import shared
from escape_route.language.catalogues import language_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("journey", metavar="JOURNEY", help=shared.JOURNEY_HELP)
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="where to write: .svg, .png or .pdf (JOURNEY.svg here)",
    )
    sizes = ", ".join(f"{name} ({mm})" for name, mm in shared.FIGURE_SIZES.items())
    parser.add_argument(
        "--size",
        choices=[*shared.FIGURE_SIZES],
        default="page",
        help=f"{sizes}; page where none is named",
    )
    shared.add_language(parser)
    parser.add_argument("--dark", action="store_true", help="light on dark, for a screen")
    parser.add_argument("--dpi", type=float, help="pixels to the inch of a PNG (300; slide 144)")
    shared.add_publishing(parser)
    shared.add_preview(parser)
    shared.add_draws(parser)


def run(options: argparse.Namespace) -> int:
    """Draw the map, the ledger of stated distances and a caption, for a column, a page or a slide."""
    settings = shared.settings_of(options)
    (journey,) = shared.with_warnings(read_all([options.journey]))
    target = shared.target_of(options, f"{journey.id}.svg", [journey])
    language = options.language or language_of([journey.data])
    shared.warn_unwritable([journey], language)
    wanted = drawing.figures.options(
        size=options.size, language=language, dark=options.dark, dpi=options.dpi
    )
    save_figure(journey, target, settings, wanted, **shared.publishing(options))
    shared.finish(options, target)
    return 0
