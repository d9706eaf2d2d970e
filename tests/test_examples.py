"""Every public function and method has an example, which runs as a doctest."""

from __future__ import annotations

import inspect
from collections.abc import Sequence

import pytest

import escape_route as er


def public() -> dict[str, object]:
    """Functions that the package offers, and methods and properties of its classes, by name."""
    found: dict[str, object] = {}
    for name in er.__all__:
        thing = getattr(er, name)
        if inspect.isclass(thing) and not issubclass(thing, Exception):
            members = inspect.getmembers_static(thing)
            found |= {
                f"{name}.{each}": member
                for each, member in members
                if not each.startswith("_") and each not in dir(Sequence)
            }
        elif inspect.isfunction(thing):
            found[name] = thing
    return {
        name: thing
        for name, thing in found.items()
        if callable(thing) or isinstance(thing, property)
    }


@pytest.mark.parametrize("name", sorted(public()))
def test_what_is_public_has_an_example(name: str) -> None:
    told = inspect.getdoc(public()[name]) or ""
    assert "Examples\n--------" in told or isinstance(public()[name], property), (
        f"{name} has no example"
    )
    assert ">>> " in told or isinstance(public()[name], property)
