"""The command `escape-route`: which commands there are, how errors are told, and exit codes.

Each command is a module of this folder; none is loaded before its name is typed, so that `--help`
stays quick.
"""

from __future__ import annotations

import argparse
import codecs
import gc
import io
import os
import signal
import sys
import warnings
from collections.abc import Collection, Sequence
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from types import ModuleType
from typing import NoReturn

from escape_route import progress
from escape_route.errors import EscapeRouteError, LeakError, UsageError, naming_its_extra, visible

OK, BAD_INPUT, BAD_USAGE, FOUND = 0, 1, 2, 3
_INTERRUPTED, _NOBODY_READS = 130, 141  # 128 and the number of SIGINT, of SIGPIPE
# things that are made before circles among them are looked for: loading libraries makes more
_LEFT_LYING = 50_000

#: Name of each command, which is also its module's, and what `--help` says of it.
COMMANDS = {
    "new": "write a spreadsheet to be filled",
    "import": "read a journey of any format into GeoJSON",
    "check": "weigh the stated distances",
    "lint": "tell what is wrong or doubtful about files",
    "map": "draw the page",
    "pages": "draw the page of each and an index",
    "figure": "draw a picture for print or a slide",
    "report": "write the finding with figure, tables and sources",
    "compare": "set journeys side by side",
    "exposure": "say what is left of places that are held back",
    "protect": "write the publishable form of a journey",
    "leaks": "look for secrets of a journey in published files",
    "export": "write a journey in another format",
    "deposit": "write a folder for an archive, which a stranger can make again",
    "withdraw": "write the page that takes the place of a journey's page",
    "doctor": "say what is installed, and what is missing",
    "completion": "print what makes a shell's Tab key know the commands",
    "archive": "check, lint, protect and sum up many journeys at once",
}


def entry() -> NoReturn:
    """Run the command and leave with its exit code."""
    gc.set_threshold(_LEFT_LYING)
    codecs.register_error("alike", _alike)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="alike")
    code = main(sys.argv[1:])
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # all is done and told: there is nothing left to interrupt
    sys.exit(code)


def main(arguments: Sequence[str]) -> int:
    """Run the command that was typed, without the program's name, and give its exit code.

    0 when it ran, 1 for bad input, 2 for wrong usage, 3 where a leak, or what `--strict` looks for,
    was found, 130 when it was interrupted, 141 when nobody read what it printed to the end.
    """
    try:
        typed = next((argument for argument in arguments if not argument.startswith("-")), "")
        options = _parser({typed}).parse_args(arguments)
        return _run(options)
    except UsageError as error:
        print(f"escape-route: {error}", file=sys.stderr)
        return BAD_USAGE
    except EscapeRouteError as error:
        message = import_module("escape_route.cli.shared").named_of_one(str(error), options)
        print("\n".join(map(visible, message.split("\n"))), file=sys.stderr)
        return FOUND if isinstance(error, LeakError) else BAD_INPUT
    except BrokenPipeError:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # for what Python flushes at the end
        return _NOBODY_READS
    except KeyboardInterrupt:
        print("escape-route: interrupted; nothing was left half written", file=sys.stderr)
        return _INTERRUPTED
    except SystemExit as stop:  # argparse has said why
        return int(stop.code or 0)


#: What stands for a sign that an encoding lacks, as wide as it is.
_ALIKE = str.maketrans("░▒▓█━│┃◆–—‒−─‘’“”„…·•", ':###-||O-----\'\'"""...')


def _alike(error: UnicodeError) -> tuple[str, int]:
    """Signs like those that an encoding lacks; of letters their numbers, so that none is lost."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end].translate(_ALIKE)
    return lost.encode("ascii", "backslashreplace").decode(), error.end


def _run(options: argparse.Namespace) -> int:
    """Exit code of a command once all that it printed has gone out: later nobody could tell that it has not."""
    try:
        Path.cwd()
    except OSError as error:
        raise EscapeRouteError(
            "the current folder is gone (change to one that is there)"
        ) from error
    with progress.on_terminal(), warnings.catch_warnings():
        try:
            code = int(options.run(options))
        except ModuleNotFoundError as error:
            raise naming_its_extra(error) from error
    sys.stdout.flush()
    return code


def whole_parser() -> argparse.ArgumentParser:
    """Parser that knows the arguments of every command whose extra is there, for the documentation and completion."""
    return _parser(list(filter(_is_there, COMMANDS)))


def _is_there(name: str) -> bool:
    try:
        _module_of(name)
    except (ModuleNotFoundError, UsageError):
        return False
    return True


def _module_of(name: str) -> ModuleType:
    return import_module(f"escape_route.cli.{name}{'_' if iskeyword(name) else ''}")


def _parser(described: Collection[str]) -> argparse.ArgumentParser:
    """Parser that knows the name of every command, and the arguments of those that are to be described."""
    parser = argparse.ArgumentParser(
        prog="escape-route",
        description="Turn a told journey into an honest map, and weigh the distances that were stated.",
    )
    parser.add_argument("--version", action=_Version)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, help_text in COMMANDS.items():
        if name not in described:
            commands.add_parser(name, help=help_text)
            continue
        module = _module_of(name)
        command = commands.add_parser(name, help=help_text, description=module.run.__doc__)
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return parser


class _Version(argparse.Action):
    """Print the version; it is looked up only when it is asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str) -> None:
        super().__init__(option_strings, dest, nargs=0, help="print the version and stop")

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version  # noqa: PLC0415  # it takes as long as all the rest

        print(f"escape-route {version('escape-route')}")
        parser.exit()
