"""What leaves: pages, figures, reports. Each part is loaded when it is first used, for a check needs none of them.

This is where the house puts off loading its own modules (the other place is the package itself):
whoever draws says
`publish.pages.build(...)`, and folium, matplotlib and the templates are loaded then.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from escape_route.errors import naming_its_extra

if TYPE_CHECKING:
    from escape_route.publish import figure as figures
    from escape_route.publish.figure import axes, exposed, legible
    from escape_route.publish.page import notebook as maps
    from escape_route.publish.page import page as pages
    from escape_route.publish.page import sharing
    from escape_route.publish.report import document as reports
    from escape_route.publish.report import notebook as notebooks
    from escape_route.publish.report import teller, terminal

__all__ = [
    "axes",
    "exposed",
    "figures",
    "legible",
    "maps",
    "notebooks",
    "pages",
    "reports",
    "sharing",
    "teller",
    "terminal",
]

_PARTS = {
    "axes": "figure.axes",
    "exposed": "figure.exposed",
    "figures": "figure",
    "legible": "figure.legible",
    "maps": "page.notebook",
    "notebooks": "report.notebook",
    "pages": "page.page",
    "reports": "report.document",
    "teller": "report.teller",
    "sharing": "page.sharing",
    "terminal": "report.terminal",
}


def __getattr__(name: str) -> object:
    """Load a part."""
    if name in _PARTS:
        try:
            return import_module(f"{__name__}.{_PARTS[name]}")
        except ModuleNotFoundError as error:
            raise naming_its_extra(error) from error
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
