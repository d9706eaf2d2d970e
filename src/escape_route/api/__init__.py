"""What users hold and call: `Journey`, `Report`, `Comparison`, how they come about, and the files they are written to.

`read` and `make` give journeys; `journeys` has what can be done with one, and of that `journey_pictures` what is
drawn, `journey_files` what is saved; `reports` tells what a check found, `comparisons` sets several side by side.
`save` makes the files of one or several, and `publish` is the one way out for them. All of it stays thin: the work is
done by the modules that it calls.
"""

from __future__ import annotations

from escape_route.api.comparisons import Comparison, compare
from escape_route.api.journeys import Journey
from escape_route.api.make import journey
from escape_route.api.read import read_journey, shipped_journeys
from escape_route.api.reports import Report, check
from escape_route.api.save import save_comparison, save_figure, save_page, save_pages, save_report

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
    "save_report",
    "shipped_journeys",
]
