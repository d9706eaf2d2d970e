"""Where the project lies, and the folder beside it with test suites and measured data that are not copied into it."""

from __future__ import annotations

from pathlib import Path

PROJECT = Path(__file__).parents[1]
SHARED = PROJECT.parent / "shared"
GEO = PROJECT / "geo"
SHIPPED = ("ro-family", "lee-so-yeon", "lee-son")
