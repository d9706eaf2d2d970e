"""The README's session, the tables of columns and units as the program has them; run as a script it writes them."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
from itertools import groupby
from pathlib import Path
from unittest import mock

from escape_route.cli import main as cli
from escape_route.formats.tables.style import explained
from escape_route.model import units

ROOT = Path(__file__).parents[1]
README, OWN, UNITS = (
    ROOT / "README.md",
    ROOT / "docs" / "your-own-journey.md",
    ROOT / "docs" / "units.md",
)
COLUMNS = re.compile(r"(<!-- columns: [^>]*-->\n).*(<!-- end of columns -->)", re.DOTALL)
UNIT_TABLE = re.compile(r"(<!-- units: [^>]*-->\n).*(<!-- end of units -->)", re.DOTALL)
_TEMPORARY = re.compile(r"\S*escape-route-\w+[/\\]")


def printed(command: str, folder: Path | str, exit_code: int = 0) -> str:
    """What a command prints, on a terminal of 80 columns whose browser does nothing."""
    told = io.StringIO()
    plain = {
        name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR"}
    }
    with (
        contextlib.chdir(folder),
        mock.patch.dict(os.environ, plain | {"COLUMNS": "80"}, clear=True),
        mock.patch("webbrowser.open"),
        mock.patch("tempfile.tempdir", str(folder)),
        contextlib.redirect_stdout(told),
    ):
        if cli.main(shlex.split(command)) != exit_code:
            raise RuntimeError(command)
    return _TEMPORARY.sub("…/", told.getvalue())


def first_session() -> str:
    head = printed("check ro-family", ROOT).split("\nWhat would have to be true")[0].rstrip()
    return f"$ escape-route check ro-family\n{head}\n...\n"


def columns() -> str:
    """The table of each sheet's columns, in Markdown."""
    parts = []
    for sheet, rows in groupby(explained(), key=lambda row: row[0]):
        listed = [
            f"| {f'**{name}**' if needed else name} | {text} | {choices} |"
            for _, name, needed, text, choices in rows
        ]
        parts.append(
            "\n".join(
                [
                    f"\n### {sheet}\n",
                    "| column | what to write | one of |",
                    "|---|---|---|",
                    *listed,
                ]
            )
        )
    return "\n".join(parts) + "\n\n"


def unit_table() -> str:
    """The units of distance, in Markdown."""
    rows = ["| unit | length | where | when | who says so |", "|---|---:|---|---|---|"]
    rows += ["| `{}` | {} | {} | {} | {} |".format(*row) for row in units.rows()]
    return "\n".join(rows) + "\n"


def main() -> None:
    block = re.compile(r"(```console\n)\$ escape-route check.*?(```)", re.DOTALL)
    session = first_session()
    README.write_text(
        block.sub(lambda found: found[1] + session + found[2], README.read_text("utf-8")), "utf-8"
    )
    OWN.write_text(
        COLUMNS.sub(lambda found: found[1] + columns() + found[2], OWN.read_text("utf-8")), "utf-8"
    )
    UNITS.write_text(
        UNIT_TABLE.sub(lambda found: found[1] + unit_table() + found[2], UNITS.read_text("utf-8")),
        "utf-8",
    )


if __name__ == "__main__":
    main()
