"""geopy's engine, loaded without its geocoders: they and what they ask the web with are a fifth of a check's start."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geopy.distance import geodesic

_GEOCODERS = "geopy.geocoders"


def _engine() -> ModuleType:
    """geopy.distance; the package beside it gives its geocoders as ever, once somebody asks for one."""
    if "geopy" in sys.modules:
        return import_module("geopy.distance")
    stand_in = ModuleType(_GEOCODERS)
    stand_in.__dict__["options"] = None  # which the package takes out again
    sys.modules[_GEOCODERS] = stand_in
    try:
        found = import_module("geopy.distance")
    finally:
        del sys.modules[_GEOCODERS]
    package = sys.modules["geopy"]
    package.__dict__["__getattr__"] = _late
    return found


def _late(name: str) -> object:
    """What geopy has from its geocoders, or these themselves: loaded now."""
    if name.startswith("__") or name == "options":
        raise AttributeError(name)
    geocoders = import_module(_GEOCODERS)
    return geocoders if name == "geocoders" else getattr(geocoders, name)


if not TYPE_CHECKING:
    geodesic = _engine().geodesic

__all__ = ["geodesic"]
