"""Folium maps of journeys for a notebook: one with the names of the places, and a journey on a map that is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import folium
import shapely
from branca.element import Element
from shapely.geometry import box, mapping
from shapely.geometry.base import BaseGeometry

from escape_route.errors import UsageError
from escape_route.language.catalogues import Words
from escape_route.model.journey import say
from escape_route.model.modes import Mode
from escape_route.publish.colours import LIGHT
from escape_route.publish.page import order
from escape_route.publish.page.assembly import dashes_of, explore_parts, safe_json, web_file
from escape_route.publish.page.backdrop import AREA, LINE, only, simple_parts
from escape_route.publish.page.frame import beside, turned
from escape_route.publish.page.layers import Shapes, Verbatim, draw, figure_of, lat_lon
from escape_route.publish.page.shown import Page, ShownJourney, ShownWaypoint
from escape_route.publish.page.tiles import Tiles

_DRAWING_DEG = 0.01
_HANG_DECIMALS = (
    3  # as fine as places are drawn: more would look like a place that is known so well
)
_NOBODYS = ("shortest", "chain")  # lines that nobody went: a map that only shows has none of them
_LEGEND_PX, _LEGEND_SHARE = (
    150,
    0.3,
)  # so high is what says what the signs mean, and so much of a low map it may take
_WHOLE = 1.25
"""How much longer than all that must be seen an area may be, to be seen whole itself in a notebook."""


@dataclass(frozen=True, slots=True)
class Exploring:
    """How a notebook's map is shown: online tiles over the built-in map, its height, and the language of its labels."""

    tiles: Tiles | None = None
    height_px: int = 520
    language: str = "en"


def explore_map(payload: Page, shapes: Shapes, how: Exploring | None = None) -> folium.Map:
    """Draw a folium map of journeys that shows itself in a notebook, offline, with the names of the places.

    Names are in its figure as data and enter by ``textContent``.
    """
    how = how or Exploring()
    orders = order.orders(payload, shapes.places)
    story = draw(payload, shapes, how.tiles, orders)
    story.untrusted = Words(how.language).word("journey.untrusted")
    figure = figure_of(story)
    figure.height = f"{how.height_px}px"
    view = _view(payload, shapes)
    hangs = _hangs(payload, shapes, view)
    kinds = frozenset[str]().union(*orders.values())
    head, data, script = explore_parts(payload, hangs, how.language, how.tiles, kinds)
    figure.header.add_child(Verbatim(head), name="escape_route_head")
    figure.html.add_child(Verbatim(data), name="escape_route_data")
    for name, group in story._children.items():  # noqa: SLF001  # folium's only way to what a map holds
        if isinstance(group, folium.TileLayer):
            group.show = True
        elif isinstance(group, folium.FeatureGroup):
            group.show = group.show or not name.partition("feature_group_")[2].startswith(_NOBODYS)
    if not view.is_empty:
        west, south, east, north = view.bounds
        corners = lat_lon([(west, south), (east, north)])
        below = min(_LEGEND_PX, round(how.height_px * _LEGEND_SHARE))
        story.fit_bounds(
            corners, padding_top_left=(40, 90), padding_bottom_right=(40, below)
        )  # names stand above
    story.add_child(LastScript(script), name="escape_route_labels")
    return story


def _view(payload: Page, shapes: Shapes) -> BaseGeometry:
    """Box of what a map must show: label points, lines, and areas hardly larger than all of these together."""
    known: list[BaseGeometry] = []
    areas: list[BaseGeometry] = []
    for journey, waypoint in _shown(payload):
        shape = shapes.places.get((journey.id, waypoint.id))
        if waypoint.label is not None:
            known.append(shapely.Point(beside(waypoint.label, journey.middle_deg)))
        if shape is not None:
            bounds = turned(shape, journey.middle_deg).bounds
            (areas if only(shape, LINE).is_empty else known).append(box(*bounds))
    view = shapely.envelope(shapely.union_all(known or areas))
    for area in sorted(areas, key=shapely.area):
        if _span(area) <= _span(view) * _WHOLE:
            view = shapely.envelope(shapely.union(view, box(*area.bounds)))
    return view


def _span(shape: BaseGeometry) -> float:
    """Longer side of the box around a shape, in degrees."""
    west, south, east, north = shape.bounds
    return float(max(east - west, north - south))


def _shown(payload: Page) -> list[tuple[ShownJourney, ShownWaypoint]]:
    """Waypoints that are not withheld, each with its journey."""
    return [
        (journey, waypoint)
        for journey in payload.journeys
        for waypoint in journey.waypoints
        if not waypoint.withheld
    ]


def _hangs(
    payload: Page, shapes: Shapes, view: BaseGeometry
) -> dict[tuple[str, str], tuple[float, float]]:
    """Where a name hangs, by ids of journey and waypoint: at its label point, else on what a map shows of the place."""
    hangs: dict[tuple[str, str], tuple[float, float]] = {}
    for journey, waypoint in _shown(payload):
        place = (journey.id, waypoint.id)
        if waypoint.label is not None:
            hangs[place] = (waypoint.label[0], waypoint.label[1])
        elif place in shapes.places:
            hangs[place] = _on(turned(shapes.places[place], journey.middle_deg), view)
    return hangs


def _on(shape: BaseGeometry, view: BaseGeometry) -> tuple[float, float]:
    """Point halfway along the longest line of a shape, or within as much of its area as is in view."""
    lines = simple_parts(only(shape, LINE))
    if lines:
        merged = shapely.line_merge(shapely.MultiLineString(lines))
        point = max(simple_parts(merged), key=shapely.length).interpolate(0.5, normalized=True)
    else:
        seen = shapely.intersection(shapely.make_valid(shape), view)
        point = (shape if seen.is_empty else seen).representative_point()
    return round(point.x, _HANG_DECIMALS), round(point.y, _HANG_DECIMALS)


class LastScript(Element):
    """A child of the map whose script runs after all that stands before it in the map."""

    def __init__(self, script: str) -> None:
        super().__init__()
        self._script = script

    def render(self, **kwargs: object) -> str:  # noqa: ARG002 - the signature is branca's
        """Hand the script to the figure."""
        figure_of(self).script.add_child(Verbatim(self._script), name="escape_route_last")
        return ""


class JourneyOnMap(Element):
    """Places, discs and legs of a published journey; a child of a folium map.

    `outlines` are the sets of points that waypoints may be, by their ids, where that is no disc.
    """

    def __init__(
        self, journey: ShownJourney, outlines: Mapping[str, BaseGeometry], language: str
    ) -> None:
        """Keep what is drawn as plain data."""
        super().__init__()
        self._name = "EscapeRoute"
        self._told = {
            "places": [
                _place(waypoint, outlines.get(waypoint.id), language)
                for waypoint in journey.waypoints
                if not waypoint.withheld
            ],
            # Parts of legs between points; one that was not recorded is dashed by its mode.
            "lines": [
                {"line": lat_lon(part), "dashes": "" if leg.traced else dashes_of(Mode(leg.mode))}
                for leg in journey.legs
                if not leg.vague
                for part in leg.line
            ],
            "language": language,
            "blue": LIGHT.blue,
        }

    def render(self, **kwargs: object) -> str:  # noqa: ARG002 - the signature is branca's
        """Hand the script to the figure, after all that stands before it in the map."""
        target = self._parent
        if not isinstance(target, folium.Map):
            raise UsageError("add_to: a folium map, not a part of one (folium.Map())")
        call = (
            f"({web_file('onto.js').strip().removesuffix(';')})({target.get_name()}, "
            f"{safe_json(self._told)});"
        )
        figure_of(self).script.add_child(Verbatim(call), name=self.get_name())
        return ""


def _place(
    waypoint: ShownWaypoint, outline: BaseGeometry | None, language: str
) -> dict[str, object]:
    is_disc = waypoint.uncertainty_km is not None
    drawn = None if outline is None or is_disc else shapely.simplify(outline, _DRAWING_DEG)
    area, band = (_part(drawn, dimension) for dimension in (AREA, LINE))
    if area:
        kind = "area"
    elif band:
        kind = "line"
    else:
        kind = "exact"
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
