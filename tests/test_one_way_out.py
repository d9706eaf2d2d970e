"""No file leaves the program but through `publish`: who may write at all is listed here, with the reason."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from beside import PACKAGE
from escape_route.cli import main

if TYPE_CHECKING:
    from pathlib import Path

MODULES = sorted(PACKAGE.rglob("*.py"))
#: Calls that write a file where they are given a path.
WRITERS = {
    "write_bytes",
    "write_text",
    "mkstemp",
    "to_file",
    "to_parquet",
    "to_csv",
    "to_excel",
    "print_figure",
    "imsave",
}
MAY_OPEN = {"files.py"}
MAY_CALL_WRITE_WHOLE = {
    "api/publish.py": "what is published",
    "protection/register_file.py": "what was published, beside the journey; cells alone",
    "cli/import_.py": "the holder's own file in another format",
    "cli/new.py": "an empty table to fill in, and an example",
    "formats/dataset.py": "the holder's own data set; `archive.protect` writes published ones by it",
    "archive/run.py": "results of an archive, for its holder",
    "archive/protect.py": "forms of an archive that were looked at one by one and together",
    "cli/archive.py": "sums of an archive, of no fewer than five journeys each",
    "geography/gazetteer.py": "the holder's own cache of online answers",
    "geography/network.py": "the roads, rails and sea lanes of a package, as arrays in the holder's own cache",
}
SPEAK_TO_THE_HOLDER = {
    "check",
    "leaks",
    "lint",
    "import",
    "new",
    "doctor",
    "completion",
    "exposure",
    "archive",
}
SAYS_NOTHING = {"withdraw", "protect", "deposit"}  # beyond the publishable form


def calls(path: Path) -> list[tuple[str, ast.Call]]:
    found = [
        node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
    ]
    return [(getattr(node.func, "attr", getattr(node.func, "id", "")), node) for node in found]


def opens_to_write(name: str, call: ast.Call) -> bool:
    if name not in {"open", "fdopen", "ZipFile", "NamedTemporaryFile"}:
        return name in WRITERS
    modes = [
        node.value
        for node in ast.walk(call)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return any(set(mode) <= set("rwxab+t") and set(mode) & set("wxa+") for mode in modes)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_writes_no_file_by_itself(path: Path) -> None:
    if path.name in MAY_OPEN:
        return
    found = [
        f"line {call.lineno}: {name}" for name, call in calls(path) if opens_to_write(name, call)
    ]
    in_memory = {"to_csv", "to_excel", "to_parquet", "ZipFile"}
    assert [each for each in found if each.partition(": ")[2] not in in_memory] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_who_is_listed_writes_without_publishing(path: Path) -> None:
    name = path.relative_to(PACKAGE).as_posix()
    writes = any(called == "write_whole" for called, _ in calls(path))
    assert not writes or name in MAY_CALL_WRITE_WHOLE


@pytest.mark.parametrize("command", sorted(set(main.COMMANDS) - SPEAK_TO_THE_HOLDER - SAYS_NOTHING))
def test_a_command_that_publishes_can_be_told_to_publish_as_held_and_says_so(command: str) -> None:
    text = (PACKAGE / "cli" / f"{command}.py").read_text("utf-8")
    assert "add_publishing(parser)" in text
    assert "publishing(options)" in text
    assert "write_whole" not in text
