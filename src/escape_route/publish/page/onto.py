"""A journey on a folium map that somebody has already: one element of ours, whose text goes through no template."""

from __future__ import annotations

from typing import TYPE_CHECKING

import folium
import shapely
from branca.element import Element
from shapely.geometry import mapping

from escape_route.errors import UsageError
from escape_route.model.journey import say
from escape_route.publish.page.assembly import safe_json, web_file
from escape_route.publish.page.layers import Verbatim, figure_of, lat_lon

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

    from escape_route.publish.page.shown import ShownJourney, ShownWaypoint

_DRAWING_DEG = 0.01


class JourneyOnMap(Element):
    """Places, discs and legs of a published journey; a child of a folium map.

    Parameters
    ----------
    journey
        What a page shows of it.
    outlines
        Waypoint id -> the set of points that it may be, where that is no disc.
    language
        Of the names.
    """

    def __init__(self, journey: ShownJourney, outlines: Mapping[str, BaseGeometry], language: str) -> None:
        """Keep what is drawn as plain data."""
        super().__init__()
        self._name = "EscapeRoute"
        self._told = {
            "places": [
                _place(each, outlines.get(each.id), language) for each in journey.waypoints if not each.withheld
            ],
            "lines": [lat_lon(part) for leg in journey.legs for part in leg.line],
            "language": language,
        }

    def render(self, **kwargs: object) -> str:  # noqa: ARG002 - the signature is branca's
        """Hand the script to the figure, after all that stands before it in the map."""
        target = self._parent
        if not isinstance(target, folium.Map):
            raise UsageError("add_to: a folium map, not a part of one (folium.Map())")
        call = f"({web_file('onto.js').strip().removesuffix(';')})({target.get_name()}, {safe_json(self._told)});"
        figure_of(self).script.add_child(Verbatim(call), name=self.get_name())
        return ""


def _place(waypoint: ShownWaypoint, outline: BaseGeometry | None, language: str) -> dict[str, object]:
    is_disc = waypoint.uncertainty_km is not None
    drawn = None if outline is None or is_disc else mapping(shapely.simplify(outline, _DRAWING_DEG))
    return {
        "name": f"{waypoint.number} {say(waypoint.name, language)}",
        "label": None if waypoint.label is None else lat_lon([waypoint.label])[0],
        "radius_m": None if waypoint.uncertainty_km is None else waypoint.uncertainty_km * 1000,
        "shape": drawn,
    }
