"""What folium draws of journeys, which has no words in it: the map, backdrop, places, legs, tiles, layer control.

branca compiles what it renders a second time as Jinja, and folium puts text into JavaScript
template literals, so no text of a journey ever goes through either: `document` takes what was drawn
out piece by piece and has it joined with the texts, and where a folium map must carry text itself
(`notebook`) a `Verbatim` holds it.

How the page's JavaScript finds a layer: every drawn thing has a fixed name, which is a global
variable and a class. ``geo_json_place_J_W`` (class ``place jJ wW``) is the area that waypoint W of
journey J may be in, ``geo_json_place_lines_J_W`` the rivers or borders that it may be on,
``poly_line_leg_J_L`` (class ``leg jJ nL``) is leg L, ``poly_line_shortest_J_S`` the shortest
journey of scope S, all counted from 0. ``web/js/paint.js`` paints by class.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeVar, cast

import folium
import shapely
from branca.element import Element, Figure
from shapely.geometry import Polygon, box, mapping
from shapely.geometry.base import BaseGeometry

from escape_route.geography.geodesic import LonLat
from escape_route.language.digits import decimals_of
from escape_route.publish.page import order
from escape_route.publish.page.backdrop import AREA, LINE, Backdrop, only, simple_parts, thinned
from escape_route.publish.page.frame import nearest_zoom
from escape_route.publish.page.order import Order
from escape_route.publish.page.shown import Page, ShownJourney, ShownWaypoint
from escape_route.publish.page.tiles import Tiles

E = TypeVar("E", bound=Element)

EARTH_RADIUS_KM = 6371.0088
"""Discs are drawn on a sphere: a circle that is looked at may be half a percent off, nothing is measured on it."""

CANVAS_POINTS = 5000
"""A track with as many points is drawn on a canvas, by the page, and without a casing; in a notebook as it is."""

DRAWING_DEG = 0.04
"""How far the drawn outline of a large place may stray; small places are drawn finer."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """What the page draws that has no words.

    `places` are sets of points that a waypoint may be, by ids of journey and waypoint, in (lon,
    lat) degrees. A disc that is missing there is drawn as a circle around its label point.
    """

    backdrop: Backdrop
    places: Mapping[tuple[str, str], BaseGeometry]


class Verbatim(Element):
    """Markup that is put out as it is: branca would compile it as Jinja."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def render(self, **kwargs: object) -> str:  # noqa: ARG002 - the signature is branca's
        """Return the text unchanged."""
        return self._text


class StoryMap(folium.Map):
    """A folium map that asks for no file of anybody: Leaflet is put in by whoever shows it."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - folium's own class attribute
    default_css: list[tuple[str, str]] = []  # noqa: RUF012
    untrusted = ""
    """What stands where the map would be in a notebook that is not trusted."""

    def _repr_html_(self, **kwargs: object) -> str:
        """Show the map in a notebook, over words that are all that is left of it where it is not trusted."""
        over = '<div style="position:relative">'
        words = f'<p style="position:absolute;margin:1em">{escape(self.untrusted)}</p>'
        return f"{over}{words}{over}{super()._repr_html_(**kwargs)}</div></div>"


def draw(
    payload: Page,
    shapes: Shapes,
    tiles: Tiles | None = None,
    orders: Mapping[str, Order] | None = None,
) -> StoryMap:
    """Draw the map itself; no text of the journey is in it. The order of the places is worked out if not given."""
    story = _named(
        StoryMap(
            tiles=None,
            location=[30, 112],
            zoom_start=4,
            control_scale=True,
            zoom_control="topright",
            zoom_snap=0.1,
            zoom_delta=0.7,
            min_zoom=1.6,  # type: ignore[arg-type]  # Leaflet takes fractions where zoom_snap is one
            max_zoom=nearest_zoom(payload.journeys),
            scroll_wheel_zoom=False,
            attribution_control=False,
            prefer_canvas=True,
        ),
        "story",
    )
    if middle_deg := payload.journeys[0].middle_deg:
        story.options["middle"] = middle_deg
    for name, z_index in _PANES:
        story.add_child(_named(folium.map.CustomPane(name, z_index=z_index), name))
    _add_backdrop(story, shapes.backdrop)
    if tiles:
        _add_tiles(story, tiles)
    drawn = order.orders(payload, shapes.places) if orders is None else orders
    for j, journey in enumerate(payload.journeys):
        _add_order(_group(story, "order", j), j, drawn[journey.id])
        _add_journey(story, j, journey, shapes)
    story.add_child(_named(folium.LayerControl(collapsed=True, position="topright"), "layers"))
    return story


_PANES = (("base", 200), ("places", 350))


def _add_backdrop(story: StoryMap, behind: Backdrop) -> None:
    """Land below, relief on it, borders and rivers with it in one pane, so that they blend."""
    middle = behind.middle_deg
    _add_shape(story, "sea", box(middle - 180, -85, middle + 180, 85), control=False)
    _add_shape(story, "land", behind.land, control=False)
    if behind.relief is not None:
        west, south, east, north = behind.relief.bounds
        picture = folium.raster_layers.ImageOverlay(
            behind.relief.data_uri,
            [[south, west], [north, east]],
            pixelated=False,
            pane="base",
            name=_layer_name("relief"),
            class_name="relief",
            interactive=False,
            alt="",
        )
        story.add_child(_named(picture, "relief"))
    _add_shape(story, "rivers", behind.rivers, control=True)
    _add_shape(story, "borders", behind.borders, control=True)


def _add_tiles(story: StoryMap, tiles: Tiles) -> None:
    """Tiles over the backdrop, in a pane of their own; ``web/js/tiles.js`` shows them. Their credit is the page's."""
    story.add_child(_named(folium.map.CustomPane("tiles", z_index=210), "tiles"))
    layer = folium.TileLayer(
        tiles.url,
        attr="-",
        name=_layer_name("tiles"),
        overlay=True,
        show=False,
        pane="tiles",
        **tiles.options,
    )
    layer.options.pop("attribution")
    story.add_child(_named(layer, "online"))


def _add_shape(parent: Element, name: str, geometry: BaseGeometry, *, control: bool) -> None:
    if geometry.is_empty:
        return
    layer = folium.GeoJson(
        _collection(simple_parts(geometry)),
        name=_layer_name(name),
        control=control,
        class_name=name.replace("_", " "),
        pane="base",
        interactive=False,
        smooth_factor=1.2,
    )
    parent.add_child(_named(layer, name))


def _add_journey(story: StoryMap, j: int, journey: ShownJourney, shapes: Shapes) -> None:
    """Draw a journey's places and legs; those of a journey laid beside the first one are shown when asked for."""
    places, legs, shortest = (_group(story, key, j) for key in ("places", "legs", "shortest"))
    tracks, chain = _group(story, "tracks", j), _group(story, "chain", j)
    for w, waypoint in enumerate(journey.waypoints):
        _add_place(places, (j, w), waypoint, shapes.places.get((journey.id, waypoint.id)))
    for n, leg in enumerate(journey.legs):
        # One between label points is in a group that is never on the map; others are dashed by
        # their mode.
        measured = tracks if sum(map(len, leg.line)) >= CANVAS_POINTS else legs
        _add_line(
            chain if leg.vague else measured, "leg", (j, n), leg.line, more=f" mode-{leg.mode}"
        )
    for n, scope in enumerate(journey.scopes):
        _add_line(shortest, "shortest", (j, n), scope.shortest.line if scope.shortest else ())


def _group(story: StoryMap, key: str, journey: int) -> folium.FeatureGroup:
    shown = key in ("places", "order", "legs") and journey == 0
    group = _named(
        folium.FeatureGroup(name=_layer_name(key), control=shown, show=shown), f"{key}_{journey}"
    )
    story.add_child(group)
    return group


def _layer_name(key: str) -> str:
    """Make an empty label that the page fills in the reader's language."""
    return f'<span data-word="layer_{key}">{key}</span>'


def _add_place(
    group: folium.FeatureGroup,
    at: tuple[int, int],
    waypoint: ShownWaypoint,
    place: BaseGeometry | None,
) -> None:
    """Draw the set of points of a waypoint: soft where it is uncertain, never a dot."""
    geometry = place if place is not None else _disc_of(waypoint)
    if geometry is None or waypoint.withheld:
        return
    kind = "disc" if waypoint.uncertainty_km else "footprint"
    west, south, east, north = geometry.bounds
    span_deg = max(east - west, north - south)
    fineness = float(min(DRAWING_DEG, span_deg / 400))
    for name, form, dimension in (("place", "area", AREA), ("place_lines", "line", LINE)):
        parts = simple_parts(only(geometry, dimension))
        if parts:
            whole = shapely.union_all(parts)
            whole = (
                shapely.line_merge(whole) if dimension == LINE else whole
            )  # one band, without a bead at each joint
            drawn = thinned(
                whole, fineness, decimals=2 if fineness == DRAWING_DEG else decimals_of(span_deg)
            )
            layer = folium.GeoJson(
                _collection(simple_parts(only(drawn, dimension))),
                class_name=f"place {kind} is-{form} j{at[0]} w{at[1]}",
                pane="places",
                interactive=False,
                smooth_factor=1.2,
            )
            group.add_child(_named(layer, f"{name}_{at[0]}_{at[1]}"))


def _add_order(group: folium.FeatureGroup, j: int, darts: Order) -> None:
    """Darts that point from each place on to the next, those of a kind as one path."""
    for n, (kind, of_kind) in enumerate(darts.items()):
        outlines = [Polygon(dart.outline) for dart in of_kind]
        layer = folium.GeoJson(
            _collection(outlines),
            class_name=f"{kind} j{j}",
            pane="places",
            interactive=False,
            smooth_factor=0,
        )
        group.add_child(_named(layer, f"order_{j}_{n}"))


def _disc_of(waypoint: ShownWaypoint) -> BaseGeometry | None:
    """Draw the circle of a waypoint that has a radius, as a polygon of 96 points."""
    if waypoint.label is None or not waypoint.uncertainty_km:
        return None
    turns = [2 * math.pi * k / 96 for k in range(96)]
    return Polygon([_beyond(waypoint.label, waypoint.uncertainty_km, turn) for turn in turns])


def _beyond(start: Sequence[float], length_km: float, azimuth_rad: float) -> tuple[float, float]:
    """(lon, lat) at a distance and direction from a (lon, lat), on the sphere."""
    lon, lat, angle = math.radians(start[0]), math.radians(start[1]), length_km / EARTH_RADIUS_KM
    end = math.asin(
        math.sin(lat) * math.cos(angle) + math.cos(lat) * math.sin(angle) * math.cos(azimuth_rad)
    )
    east = math.sin(azimuth_rad) * math.sin(angle) * math.cos(lat)
    turn = math.atan2(east, math.cos(angle) - math.sin(lat) * math.sin(end))
    return math.degrees(lon + turn), math.degrees(end)


def _add_line(
    group: folium.FeatureGroup,
    kind: str,
    at: tuple[int, int],
    parts: Sequence[Sequence[LonLat]],
    *,
    more: str = "",
) -> None:
    if not parts:
        return
    class_name = f"{kind} j{at[0]} n{at[1]}{more}"
    line = folium.PolyLine([lat_lon(part) for part in parts], class_name=class_name)  # type: ignore[no-untyped-call]
    group.add_child(_named(line, f"{kind}_{at[0]}_{at[1]}"))


def figure_of(element: Element) -> Figure:
    """Figure that a drawn thing is put out by: folium's root, which it does not tell the kind of."""
    return cast("Figure", element.get_root())


def lat_lon(positions: Iterable[Sequence[float]]) -> list[tuple[float, float]]:
    """(lon, lat) as GeoJSON has it to (lat, lon) as Leaflet wants it: the one place where they are swapped."""
    return [(lat, lon) for lon, lat in positions]


def _collection(parts: Iterable[BaseGeometry]) -> dict[str, object]:
    """One feature for all parts of a kind, so that a shape is one path on the page."""
    features = [
        {
            "type": "Feature",
            "properties": {},
            "geometry": mapping(shapely.GeometryCollection(list(parts)).normalize()),
        }
    ]
    return {"type": "FeatureCollection", "features": features}


def _named(element: E, name: str) -> E:
    """Fix the random id that folium gives, which is its name in the script: same input, same bytes."""
    element._id = name  # noqa: SLF001 - a private name of branca: the versions are pinned, and a test holds this
    return element
