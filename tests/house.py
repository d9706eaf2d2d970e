"""The package's own imports, read from its syntax trees: what leads where, and what is hidden in functions."""

from __future__ import annotations

import ast
import re
import runpy
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from beside import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

PUBLISH = "escape_route.publish"


@dataclass(frozen=True, slots=True)
class Import:
    """An import of one module of ours by another, by their names; hidden in a function, or for type checking alone."""

    importer: str
    imported: str
    line: str
    is_hidden: bool
    is_for_types: bool


@cache
def modules() -> Mapping[str, Path]:
    """Files of the modules by their names."""
    paths = {
        path.relative_to(PACKAGE.parent).with_suffix(""): path
        for path in sorted(PACKAGE.rglob("*.py"))
    }
    return {".".join(name.parts).removesuffix(".__init__"): path for name, path in paths.items()}


@cache
def imports() -> tuple[Import, ...]:
    """All of them, module by module."""
    found: list[Import] = []
    for name, path in modules().items():
        text = path.read_text("utf-8")
        found += _within(
            ast.parse(text), name, text.splitlines(), is_hidden=False, is_for_types=False
        )
    return tuple(found)


def _within(
    node: ast.AST, importer: str, lines: list[str], *, is_hidden: bool, is_for_types: bool
) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        hidden = is_hidden or isinstance(child, ast.FunctionDef | ast.Lambda)
        for_types = is_for_types or (
            isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"
        )
        for imported in _named(child):
            if imported != importer:
                yield Import(importer, imported, lines[child.lineno - 1], hidden, for_types)
        yield from _within(child, importer, lines, is_hidden=hidden, is_for_types=for_types)


def _named(node: ast.AST) -> list[str]:
    """Modules of ours that a statement imports."""
    if isinstance(node, ast.Import):
        named = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom) and node.module is not None:
        whole = [f"{node.module}.{alias.name}" for alias in node.names]
        named = [name if name in modules() else node.module for name in whole]
    else:
        named = []
    return list(dict.fromkeys(name for name in named if name in modules()))


def late_parts() -> Mapping[str, str]:
    """Modules that `publish` loads when they are first used, by the names that it has for them."""
    return dict(runpy.run_path(str(PACKAGE / "publish" / "__init__.py"))["_PARTS"])


@cache
def late_imports() -> tuple[Import, ...]:
    """What asks `publish` for a part imports that part, though no statement says so."""
    drawing = re.compile(rf"\bdrawing\.({'|'.join(late_parts())})\b")
    return tuple(
        Import(
            each.importer,
            f"{PUBLISH}.{late_parts()[part]}",
            each.line,
            is_hidden=False,
            is_for_types=False,
        )
        for each in imports()
        if each.line == "from escape_route import publish as drawing"
        for part in dict.fromkeys(drawing.findall(modules()[each.importer].read_text("utf-8")))
    )


def longest_chain(found: Iterable[Import]) -> tuple[str, ...]:
    """Longest chain of modules of which each imports the next; raises RecursionError where they run round."""
    leads_to: dict[str, set[str]] = {}
    for each in found:
        leads_to.setdefault(each.importer, set()).add(each.imported)

    @cache
    def from_here(name: str) -> tuple[str, ...]:
        chains = [from_here(following) for following in sorted(leads_to.get(name, ()))]
        return (name, *max(chains, key=len, default=()))

    return max(map(from_here, sorted(leads_to)), key=len)


def room_of(name: str) -> str:
    """Room of a module: the folder it lies in; empty for what lies loose."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and (PACKAGE / parts[1]).is_dir() else ""
