"""What is run by hand, and by no test, still finds what it takes from the package."""

from __future__ import annotations

import ast
import importlib
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BY_HAND = sorted([*ROOT.glob("tools/*.py"), *ROOT.glob("benchmarks/**/*.py")])


def taken(file: Path) -> list[tuple[str, str]]:
    """(module, name) of each import from the package that is done when the file runs."""
    tree = ast.parse(file.read_text("utf-8"))
    for_types = [
        each
        for each in ast.walk(tree)
        if isinstance(each, ast.If) and ast.unparse(each.test) == "TYPE_CHECKING"
    ]
    never = {id(inner) for each in for_types for inner in each.body}
    found = [
        each
        for each in ast.walk(tree)
        if isinstance(each, ast.ImportFrom) and id(each) not in never
    ]
    ours = [
        each for each in found if each.module and each.module.partition(".")[0] == "escape_route"
    ]
    return [(each.module, alias.name) for each in ours for alias in each.names]


@pytest.mark.parametrize("file", BY_HAND, ids=lambda file: str(file.relative_to(ROOT)))
def test_what_it_imports_from_the_package_is_there(file):
    for module, name in taken(file):
        there = (
            hasattr(importlib.import_module(module), name)
            or find_spec(f"{module}.{name}") is not None
        )
        assert there, f"{file.relative_to(ROOT)} imports {name} from {module}, which has none"
