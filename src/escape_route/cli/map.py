"""`escape-route map`: the page of a journey, with others laid beside it."""

from __future__ import annotations

import argparse
import webbrowser
from pathlib import Path

from escape_route.api.read import read_journeys
from escape_route.api.save import save_page
from escape_route.cli.shared import (
    add_draws,
    add_publishing,
    print_size,
    publishing,
    refuse_existing,
    settings_of,
    warn,
    with_warnings,
)
from escape_route.publish.page import tiles

_TILES_HELP = (
    "lay online tiles over the built-in map, named as xyzservices has them (OpenTopoMap): whoever opens the page asks "
    "their server; OpenStreetMap's own servers refuse a page opened from disk"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument(
        "journeys", nargs="+", metavar="JOURNEY", help="the first is the page's own; others lie beside it"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write (JOURNEY.html here)")
    parser.add_argument(
        "--open",
        action=argparse.BooleanOptionalAction,
        default=False,
        help="open the page in a browser afterwards",
    )
    parser.add_argument("--tiles", metavar="NAME", help=_TILES_HELP)
    add_publishing(parser)
    add_draws(parser)


def run(options: argparse.Namespace) -> int:
    """Write one HTML file that opens anywhere and asks for nothing but itself."""
    settings = settings_of(options)
    _warn_of_tiles(options.tiles)
    journeys = with_warnings(read_journeys(options.journeys))
    target = Path(options.output or f"{journeys[0].id}.html")
    refuse_existing((target,), journeys, force=options.force)
    save_page(journeys, target, settings, tiles=options.tiles, **publishing(options))
    print_size(target)
    if options.open:
        webbrowser.open(target.resolve().as_uri())
    return 0


def _warn_of_tiles(name: str | None) -> None:
    """Tell on stderr what whoever makes a page with these tiles should know; refuse those that cannot be used."""
    if name is None:
        return
    for warning in tiles.find(name).warnings:
        warn(warning)
