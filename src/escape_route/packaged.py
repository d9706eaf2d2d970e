"""Tables that the package brings beside its code, as TOML or JSON."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(path: str) -> Any:  # noqa: ANN401  # as the file has it
    """Table by its path in the package, such as ``model/units.toml``; nobody changes it."""
    text = files("escape_route").joinpath(path).read_text("utf-8")
    return tomllib.loads(text) if path.endswith(".toml") else json.loads(text)
