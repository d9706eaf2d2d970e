"""`escape-route completion`: what makes a shell's Tab key know the commands and their options."""

from __future__ import annotations

import argparse

import shtab

from escape_route.cli.main import whole_parser

_FILES = {"FILE", "JOURNEY", "PUBLISHED"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument(
        "shell", choices=shtab.SUPPORTED_SHELLS, help="the shell that is to know them"
    )


def run(options: argparse.Namespace) -> int:
    """Print what makes the Tab key of a shell complete commands, options and files, for its folder of completions."""
    print(shtab.complete(_with_files(whole_parser()), options.shell))
    return 0


def _with_files(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    for action in parser._actions:  # noqa: SLF001  # argparse has no other way to its arguments
        if isinstance(action.choices, dict):
            for command in action.choices.values():
                _with_files(command)
        elif str(action.metavar) in _FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined]  # as shtab asks for it
        elif action.metavar == "FOLDER":
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
    return parser
