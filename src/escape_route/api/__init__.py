"""What users hold and call: `Journey`, `Report`, `Comparison`, how they come about, and the files they are written to.

A module a thing, and imports go down this list alone: `read` and `make` give journeys, `journeys` has what can be
done with one, and of that `drawn` the pictures, `saved` the files; `comparisons` sets several side by side, `reports`
tells what a check found, `save` writes the files. All of it stays thin: the work is done by the modules that it
calls.
"""

from __future__ import annotations

from escape_route.api.comparisons import Comparison, compare
from escape_route.api.journeys import Journey
from escape_route.api.make import journey
from escape_route.api.read import read_journey, shipped_journeys
from escape_route.api.reports import Report, check
from escape_route.api.save import save_comparison, save_figure, save_page, save_pages

__all__ = [
    "Comparison",
    "Journey",
    "Report",
    "check",
    "compare",
    "journey",
    "read_journey",
    "save_comparison",
    "save_figure",
    "save_page",
    "save_pages",
    "shipped_journeys",
]
