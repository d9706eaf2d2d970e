"""The command `escape-route`: arguments, printing and exit codes. Nothing else prints or exits."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, NoReturn

from escape_route.errors import EscapeRouteError, UsageError, visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from escape_route.api import Journey
    from escape_route.plausible import Settings
    from escape_route.report import Report

OK, BAD_INPUT, BAD_USAGE, STRICT_FAILED = 0, 1, 2, 3
_INTERRUPTED = 130
_TILES_HELP = (
    "lay online tiles over the built-in map, named as xyzservices has them (OpenTopoMap): whoever opens the page asks "
    "their server; OpenStreetMap's own servers refuse a page opened from disk"
)


def entry() -> NoReturn:
    """Run the command and leave with its exit code."""
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Run the command.

    Parameters
    ----------
    arguments
        As typed, without the program's name.

    Returns
    -------
    int
        0 when it ran, 1 for bad input, 2 for wrong usage, 3 where `--strict` found a distance that does not hold.
    """
    try:
        options = _parser().parse_args(arguments)
        return int(options.run(options))
    except UsageError as error:
        print(f"escape-route: {error}", file=sys.stderr)
        return BAD_USAGE
    except EscapeRouteError as error:
        print("\n".join(map(visible, str(error).split("\n"))), file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        sys.stderr.close()
        return OK
    except KeyboardInterrupt:
        print("escape-route: interrupted; nothing was left half written", file=sys.stderr)
        return _INTERRUPTED
    except SystemExit as stop:  # argparse has said why
        return int(stop.code or 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="escape-route",
        description="Turn a told journey into an honest map, and weigh the distances that were stated.",
    )
    parser.add_argument("--version", action=_Version)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_check(commands.add_parser("check", help="weigh the stated distances", description=_check.__doc__))
    _add_map(commands.add_parser("map", help="draw the page", description=_map.__doc__))
    _add_pages(commands.add_parser("pages", help="draw the page of each and an index", description=_pages.__doc__))
    return parser


class _Version(argparse.Action):
    """Print the version; it is looked up only when it is asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str) -> None:
        super().__init__(option_strings, dest, nargs=0, help="print the version and stop")

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from escape_route import __version__  # noqa: PLC0415

        print(f"escape-route {__version__}")
        parser.exit()


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("journeys", nargs="+", metavar="JOURNEY", help="a GeoJSON file, or a shipped name: ro-family")
    parser.add_argument("--json", action="store_true", help="one JSON document for programs")
    parser.add_argument("--strict", action="store_true", help="exit 3 if a stated distance does not hold")
    _add_draws(parser)
    parser.set_defaults(run=_check)


def _add_draws(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, help="of the draws (2019)")
    parser.add_argument("--draws", type=int, help="how many journeys are drawn (20000)")
    parser.add_argument("--rho", type=float, help="how alike the winding of the legs is, 0 to 1 (0.5)")


def _add_map(parser: argparse.ArgumentParser) -> None:
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
    _add_draws(parser)
    parser.set_defaults(run=_map)


def _add_pages(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("journeys", nargs="*", metavar="JOURNEY", help="all that are shipped, where none is named")
    parser.add_argument("-o", "--output", metavar="FOLDER", default="output", help="where to write (output)")
    _add_draws(parser)
    parser.set_defaults(run=_pages)


def _check(options: argparse.Namespace) -> int:
    """Measure a journey and weigh each distance that was stated of it. Exit code 3 with --strict: one does not hold."""
    from escape_route import report, terminal  # noqa: PLC0415  # loaded when needed: --help stays quick
    from escape_route.claims import STRICT  # noqa: PLC0415

    settings = _settings(options)
    found = [report.gather(journey.data, settings) for journey in _read_all(options.journeys)]
    if options.json:
        _print_json(found)
    else:
        terminal.show(found)
    verdicts = {judgement.verdict for each in found for item in each.claims for judgement in item.judgements}
    return STRICT_FAILED if options.strict and verdicts & STRICT else OK


def _print_json(found: list[Report]) -> None:
    import json  # noqa: PLC0415

    from escape_route import document  # noqa: PLC0415

    documents = [document.to_document(each) for each in found]
    print(json.dumps(documents[0] if len(documents) == 1 else documents, ensure_ascii=False, indent=2, allow_nan=False))


def _map(options: argparse.Namespace) -> int:
    """Write one HTML file that opens anywhere and asks for nothing but itself."""
    from pathlib import Path  # noqa: PLC0415

    from escape_route import api  # noqa: PLC0415

    settings = _settings(options)
    _warn_of_tiles(options.tiles)
    journeys = _read_all(options.journeys)
    target = Path(options.output or f"{journeys[0].id}.html")
    api.save_page(journeys, target, settings, tiles=options.tiles)
    _print_size(target)
    if options.open:
        import webbrowser  # noqa: PLC0415

        webbrowser.open(target.resolve().as_uri())
    return OK


def _warn_of_tiles(name: str | None) -> None:
    """Tell on stderr what whoever makes a page with these tiles should know; refuse those that cannot be used."""
    if name is None:
        return
    from escape_route import tiles  # noqa: PLC0415

    for warning in tiles.find(name).warnings:
        print(f"{warning} [warning]", file=sys.stderr)


def _pages(options: argparse.Namespace) -> int:
    """Write the page of each journey, and index.html that introduces them all."""
    from pathlib import Path  # noqa: PLC0415

    from escape_route import api  # noqa: PLC0415

    settings = _settings(options)
    journeys = _read_all(options.journeys or api.shipped_journeys())
    for target in api.save_pages(journeys, Path(options.output), settings):
        _print_size(target)
    return OK


def _print_size(target: Path) -> None:
    print(f"{visible(str(target))}: {target.stat().st_size / 1000:,.0f} kB")


def _read_all(sources: Sequence[str]) -> list[Journey]:
    """Read journeys; what is advised against in their files is told on stderr and stops nothing."""
    from escape_route.api import read_journey  # noqa: PLC0415

    journeys = [read_journey(source) for source in sources]
    for warning in (each for journey in journeys for each in journey.warnings):
        print(f"{visible(warning)} [warning]", file=sys.stderr)
    return journeys


def _settings(options: argparse.Namespace) -> Settings:
    from escape_route.plausible import Settings  # noqa: PLC0415

    given = {name: getattr(options, name) for name in ("seed", "draws", "rho") if getattr(options, name) is not None}
    return Settings(**given)
