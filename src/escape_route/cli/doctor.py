"""`escape-route doctor`: what is installed, what is missing, and how to get it."""

from __future__ import annotations

import argparse
import platform
import re
from collections.abc import Iterator, Mapping
from importlib import metadata

from escape_route import packaged
from escape_route.errors import way_to

_NAME = "escape-route"
_NEED = re.compile(r"""([\w.-]+)[^;]*(?:;.*extra\s*==\s*['"]([\w-]+)['"])?""")
#: What each extra is for.
EXTRAS: Mapping[str, str] = packaged.table("cli/extras.toml")
#: What a package of an extra is for where the rest of the extra does without it.
_FOR_MORE = {"platformdirs": "--online"}


def add_arguments(_: argparse.ArgumentParser) -> None:
    """Add the arguments of this command: there are none."""


def run(_: argparse.Namespace) -> int:
    """Say what is installed, what is missing, and how to get it."""
    needs = list(_needs())
    print(
        f"escape-route {metadata.version(_NAME)}, Python {platform.python_version()}, {platform.platform(terse=True)}"
    )
    missing = _missing(needs, "")
    print(
        _line(
            "what every command needs", missing, f"python -m pip install --force-reinstall {_NAME}"
        )
    )
    for extra, purpose in EXTRAS.items():
        lacking = _missing(needs, extra)
        some = [f"{_FOR_MORE[name]} needs {name}" for name in lacking if name in _FOR_MORE]
        if some and len(some) == len(lacking):
            more = f"; {', '.join(some)} ({way_to(extra)})"
        else:
            more = ""
        print(_line(f"extra {extra}: {purpose}{more}", [] if more else lacking, way_to(extra)))
    return 1 if missing else 0


def _line(what: str, missing: list[str], way: str) -> str:
    if not missing:
        return f"  is there    {what}"
    return f"  missing     {what}: {', '.join(missing)} ({way})"


def _needs() -> Iterator[tuple[str, str]]:
    """Each package that is needed, and by which extra; "" by every command."""
    for need in metadata.requires(_NAME) or ():
        if match := _NEED.match(need):
            yield match[1], match[2] or ""


def _missing(needs: list[tuple[str, str]], extra: str) -> list[str]:
    return [name for name, by in needs if by == extra and not _is_there(name)]


def _is_there(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True
