"""Turn a told journey into an honest map.

Places are sets of points, stated distances are claims that are weighed, nothing is drawn more
exactly than it was told.

Examples
--------
>>> import escape_route as er
>>> journey = er.read_journey("ro-family")
>>> journey.legs().shape[0]
8
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from escape_route.api.comparisons import Comparison, compare
    from escape_route.api.journeys import Journey, journey, read_journey, shipped_journeys
    from escape_route.api.many import Journeys, check_all, read_journeys
    from escape_route.api.reports import Report, check
    from escape_route.errors import EscapeRouteError
    from escape_route.model.make import claim, waypoint

    __version__: str

__all__ = [
    "Comparison",
    "EscapeRouteError",
    "Journey",
    "Journeys",
    "Report",
    "__version__",
    "check",
    "check_all",
    "claim",
    "compare",
    "journey",
    "read_journey",
    "read_journeys",
    "shipped_journeys",
    "waypoint",
]

_HOMES = {
    "Comparison": "api.comparisons",
    "EscapeRouteError": "errors",
    "Journey": "api.journeys",
    "Journeys": "api.many",
    "Report": "api.reports",
    "check": "api.reports",
    "check_all": "api.many",
    "claim": "model.make",
    "compare": "api.comparisons",
    "journey": "api.journeys",
    "read_journey": "api.journeys",
    "read_journeys": "api.many",
    "shipped_journeys": "api.journeys",
    "waypoint": "model.make",
}


def __getattr__(name: str) -> object:
    """Load what needs numpy and shapely, or takes time, when it is first asked for: importing stays light."""
    if name == "__version__":
        return import_module("importlib.metadata").version("escape-route")
    if name in _HOMES:
        try:
            return getattr(import_module(f"escape_route.{_HOMES[name]}"), name)
        except ModuleNotFoundError as error:
            raise import_module("escape_route.errors").naming_its_extra(error) from error
    raise AttributeError(f"module 'escape_route' has no attribute '{name}'")


def __dir__() -> list[str]:
    """Public names."""
    return sorted(__all__)
