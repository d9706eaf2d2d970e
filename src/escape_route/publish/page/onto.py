"""A journey on a folium map that somebody has already: one element of ours, whose text goes through no template."""

from __future__ import annotations

from typing import TYPE_CHECKING

import folium
import shapely
from branca.element import Element
from shapely.geometry import mapping

from escape_route.errors import UsageError
from escape_route.language.catalogues import Words
from escape_route.model.journey import say
from escape_route.model.modes import Mode
from escape_route.publish.colours import LIGHT
from escape_route.publish.page.assembly import safe_json, web_file
from escape_route.publish.page.backdrop import AREA, LINE, only, simple_parts
from escape_route.publish.page.layers import Verbatim, figure_of, lat_lon

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

    from escape_route.publish.page.shown import ShownJourney, ShownLeg, ShownWaypoint

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
            "lines": [line for leg in journey.legs if not leg.vague for line in _lines(leg)],
            "language": language,
            "blue": LIGHT.blue,
        }

    def render(self, **kwargs: object) -> str:  # noqa: ARG002 - the signature is branca's
        """Hand the script to the figure, after all that stands before it in the map."""
        target = self._parent
        if not isinstance(target, folium.Map):
            raise UsageError("add_to: a folium map, not a part of one (folium.Map())")
        call = f"({web_file('onto.js').strip().removesuffix(';')})({target.get_name()}, {safe_json(self._told)});"
        figure_of(self).script.add_child(Verbatim(call), name=self.get_name())
        return ""


def _lines(leg: ShownLeg) -> list[dict[str, object]]:
    """Parts of a leg between points; one that was not recorded is dashed by its mode."""
    dashes = () if leg.traced else Mode(leg.mode).row.line.dashes
    return [{"line": lat_lon(part), "dashes": " ".join(f"{each:g}" for each in dashes)} for part in leg.line]


def _place(waypoint: ShownWaypoint, outline: BaseGeometry | None, language: str) -> dict[str, object]:
    is_disc = waypoint.uncertainty_km is not None
    drawn = None if outline is None or is_disc else shapely.simplify(outline, _DRAWING_DEG)
    area, band = (_part(drawn, dimension) for dimension in (AREA, LINE))
    kind = "area" if area else "line" if band else "exact"
    exact = Words(language).word(f"page.legend_{kind}")
    return {
        "name": f"{waypoint.number} {say(waypoint.name, language)}",
        "said": exact if waypoint.within_said is None else say(waypoint.within_said, language),
        "label": None if waypoint.label is None else lat_lon([waypoint.label])[0],
        "radius_m": None if waypoint.uncertainty_km is None else waypoint.uncertainty_km * 1000,
        "shape": area,
        "band": band,
    }


def _part(shape: BaseGeometry | None, dimension: int) -> dict[str, object] | None:
    """What of a shape is an area, or a line, as GeoJSON; None where nothing is."""
    parts = [] if shape is None else simple_parts(only(shape, dimension))
    return mapping(shapely.union_all(parts)) if parts else None
