"""`escape-route map`: the page of a journey, or of several told as one story."""

from __future__ import annotations

import argparse
from pathlib import Path

from escape_route.api.journeys import read_all
from escape_route.api.save import save_page
from escape_route.cli import shared
from escape_route.language.catalogues import language_of
from escape_route.publish.page import tiles

_TILES_HELP = (
    "lay online tiles over the built-in map, named as xyzservices has them (OpenTopoMap): whoever "
    "opens the page asks "
    "their server; OpenStreetMap's own servers refuse a page opened from disk"
)

_URL_HELP = (
    "where the page will be found: other programs then show its title and a picture, written "
    "beside the page"
)
_THEME_HELP = (
    "TOML file with accent, paper, ink, font and logo; colours that cannot be read are refused"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument(
        "journeys",
        nargs="+",
        metavar="JOURNEY",
        help="the first is the page's own; others are told after it, as one story",
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write (JOURNEY.html here)")
    shared.add_preview(parser)
    shared.add_language(parser)
    parser.add_argument("--url", metavar="ADDRESS", help=_URL_HELP)
    parser.add_argument("--theme", metavar="FILE", type=Path, help=_THEME_HELP)
    parser.add_argument("--tiles", metavar="NAME", help=_TILES_HELP)
    shared.add_publishing(parser)
    shared.add_draws(parser)


def run(options: argparse.Namespace) -> int:
    """Write one HTML file that opens anywhere and asks for nothing but itself."""
    settings = shared.settings_of(options)
    for warning in tiles.find(options.tiles).warnings if options.tiles else ():
        shared.warn(warning)
    journeys = shared.with_warnings(read_all(options.journeys))
    target = shared.target_of(options, f"{journeys[0].id}.html", journeys)
    dress = {
        "tiles": options.tiles,
        "language": options.language,
        "url": options.url,
        "theme": options.theme,
    }
    save_page(journeys, target, settings, **dress, **shared.publishing(options))
    spoken = options.language or language_of(
        journey.data for journey in journeys
    )  # else the browser's would be shown
    shared.finish(options, target, journeys, at=f"#lang={spoken}")
    return 0
