"""The examples of the documentation: what a page shows is run, in the order of the page, in a folder of its own."""

from __future__ import annotations

import contextlib
import io
import shlex
from pathlib import Path

import sessions

DOCS = Path(__file__).parents[1] / "docs"


class Page:
    """What a page's examples share: a folder, and the names of Python."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: dict[str, object] = {}

    def run(self, code: str, exit_code: int = 0) -> str:
        """Run an example, and give what it prints; of commands with the line that was typed before it."""
        return self._typed(code, exit_code) if code.startswith("$ ") else self._python(code)

    def _typed(self, code: str, exit_code: int) -> str:
        told = []
        for line in code.replace("\\\n", "").splitlines():
            program, *words = shlex.split(line.removeprefix("$ "))
            assert program == "escape-route", f"{line}: not a command of this program"
            told += [line, sessions.printed(shlex.join(words), self.folder, exit_code).rstrip()]
        return "\n".join(told)

    def _python(self, code: str) -> str:
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(compile(code, "example", "exec"), self.names)  # noqa: S102  # our own documentation
        return printed.getvalue().rstrip()
