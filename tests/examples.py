"""The examples of the documentation: what a page shows is run, in the order of the page, in a folder of its own."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from pathlib import Path

import sessions

DOCS = Path(__file__).parents[1] / "docs"
_FENCE = re.compile(r"^(`{3,})\{example\}[^\n]*\n(.*?)^\1[ ]*$", re.DOTALL | re.MULTILINE)
_OPTION = re.compile(r"\A[ ]*:(\w+):[ ]*(.*)\n")


def pages() -> list[Path]:
    """Pages that have examples, in the order of their names."""
    return [page for page in sorted(DOCS.rglob("*.md")) if _FENCE.search(page.read_text("utf-8"))]


def examples(page: Path) -> list[tuple[dict[str, str], str]]:
    """Options and code of each example of a page."""
    return [_parted(found[2]) for found in _FENCE.finditer(page.read_text("utf-8"))]


def _parted(body: str) -> tuple[dict[str, str], str]:
    options = {}
    while found := _OPTION.match(body):
        options[found[1]] = found[2].strip()
        body = body[found.end() :]
    return options, body.strip()


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
