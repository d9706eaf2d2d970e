"""The map of a journey, drawn into axes: ground, places as told, legs, names, scale."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_rgba
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from escape_route.geography.base import country_names
from escape_route.language.radii import within
from escape_route.publish.figure import labels, neighbours
from escape_route.publish.figure.ground import Ground, bar, is_soft
from escape_route.publish.figure.pen import (
    BAND_PX,
    FEATHER_PX,
    Ink,
    dash,
    feathered,
    leg_width_px,
    put,
    put_lines,
    soft_widths,
)
from escape_route.publish.figure.type import SERIF, Style, runs_from_right, width_pt
from escape_route.publish.page.backdrop import simple_parts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from escape_route.publish.figure.scene import Box, DrawnLeg, DrawnPlace, Scene
    from escape_route.publish.figure.sizes import Look

    Floats = NDArray[np.float64]

LABEL_MM = 40.0
_RELIEF_PX_PER_PT = 1.6
_LEAST_LEADER_PX = 9.0
_NEIGHBOUR = 0.9
"""Size of a neighbour's name over that of a note."""


@dataclass(frozen=True, slots=True)
class Map:
    """The names of a map: how they are placed on its ground, and the numbers of the places whose names have no room."""

    unnamed: tuple[int, ...]
    placed: tuple[labels.Placed, ...]
    ground: Ground


def names(scene: Scene, look: Look, width_pt: float) -> Map:
    """Lay out the names of a map for a width on paper, before it is drawn."""
    return _names(_Paper(scene, width_pt), look)


def draw(axes: Axes, scene: Scene, look: Look, width_pt: float, named: Map | None = None) -> None:
    """Draw a map into axes of the aspect that its scene was made for, with its names if they were laid out.

    The axes are `width_pt` wide on paper, and come to count in points from their lower left corner.
    """
    onto = _Paper(scene, width_pt)
    named = named or _names(onto, look)
    _wordless(axes, onto, named.ground, look)
    _scale(axes, onto, look)
    _neighbours(axes, onto, named, look)
    for label in named.placed:
        _set(axes, label, look, look.size.unit_pt)


def draw_small(axes: Axes, scene: Scene, look: Look, width_pt: float) -> None:
    """Draw a map as `draw` does, of its places alone with their numbers."""
    onto = _Paper(scene, width_pt)
    _wordless(axes, onto, Ground(scene, width_pt), look)
    style = look.size.text.strong()
    for place in scene.places:
        x, y = onto.point(place.hangs[0])
        ink = Ink(look.palette.ink, "center", look.palette.paper)
        put(axes, (x, y - style.size_pt * 0.36), str(place.number), style, ink)


def _wordless(axes: Axes, onto: _Paper, ground: Ground, look: Look) -> None:
    """Draw all that has no words."""
    size = (onto.width_pt, onto.height_pt)
    axes.set(xlim=(0, size[0]), ylim=(0, size[1]), xticks=[], yticks=[], facecolor=look.palette.sea)
    for spine in axes.spines.values():
        spine.set(color=look.palette.rule, linewidth=0.6)
    _ground(axes, onto, ground, look)
    _areas(axes, onto, look)
    for leg in onto.scene.legs:
        _leg(axes, leg, onto, look)
    for place in onto.scene.places:
        if place.pin:
            _pin(axes, onto.point(place.hangs[0]), look)


class _Paper:
    """A scene laid on paper: metres become points from the lower left corner."""

    def __init__(self, scene: Scene, width_pt: float) -> None:
        self.scene = scene
        self.width_pt = width_pt
        self.per_m = width_pt / scene.width_m
        self.height_pt = (scene.window[3] - scene.window[1]) * self.per_m

    def points(self, positions: Floats) -> Floats:
        return np.asarray((positions - (self.scene.window[0], self.scene.window[1])) * self.per_m)

    def point(self, position: tuple[float, float]) -> tuple[float, float]:
        x, y = self.points(np.array([position]))[0]
        return float(x), float(y)

    def shape(self, geometry: BaseGeometry) -> BaseGeometry:
        return shapely.transform(geometry, self.points)


def _ground(axes: Axes, onto: _Paper, ground: Ground, look: Look) -> None:
    palette, unit = look.palette, look.size.unit_pt
    if ground.globe is not None:
        axes.set_facecolor(palette.paper)
        _fill(
            axes,
            onto.shape(ground.globe),
            facecolor=palette.sea,
            edgecolor=palette.rule,
            linewidth=0.6,
            zorder=0.5,
        )
    if is_soft(onto.scene):
        _soft(axes, onto, ground.soft_land(), palette.land)
        _soft(axes, onto, ground.soft_borders(), palette.border)
    else:
        for land in ground.countries.values():
            _fill(
                axes,
                onto.shape(land),
                facecolor=palette.land,
                edgecolor=palette.land,
                linewidth=0.3,
            )
    relief = ground.relief(round(onto.width_pt * _RELIEF_PX_PER_PT), palette.relief)
    if relief is not None:
        extent = (0, onto.width_pt, 0, onto.height_pt)
        axes.imshow(relief, extent=extent, interpolation="bilinear", aspect="auto", zorder=2)
        axes.set(xlim=extent[:2], ylim=extent[2:])
    _lines(
        axes,
        map(onto.shape, ground.rivers),
        color=palette.river,
        linewidth=0.9 * unit,
        alpha=ground.sharpness,
        zorder=3,
    )
    _lines(
        axes,
        map(onto.shape, ground.borders),
        color=palette.border,
        linewidth=0.8 * unit,
        alpha=0.9 * ground.sharpness,
        zorder=3,
    )


def _soft(axes: Axes, onto: _Paper, covered: tuple[Floats, Box], colour: str) -> None:
    """Lay a colour over the map, as much of it as covers each point."""
    cover, (west, south, east, north) = covered
    picture = np.empty((*cover.shape, 4))
    picture[...] = to_rgba(colour)
    picture[..., 3] *= cover
    (left, low), (right, high) = onto.points(np.array([(west, south), (east, north)]))
    limits = axes.get_xlim(), axes.get_ylim()
    axes.imshow(
        picture, extent=(left, right, low, high), interpolation="bilinear", aspect="auto", zorder=1
    )
    axes.set(xlim=limits[0], ylim=limits[1])


def _areas(axes: Axes, onto: _Paper, look: Look) -> None:
    """Draw each place as the set that it is, without an edge: the less exact it is, the softer.

    All layers of one kind are one collection: of a thousand places they take as much memory as of
    one.
    """
    palette, unit = look.palette, look.size.unit_pt
    for discs in (False, True):
        layers = [
            layer
            for place in onto.scene.places
            if place.disc == discs
            for layer in _layers(place, onto, look)
        ]
        colours = [to_rgba(palette.blue, cover) for _, cover in layers]
        paths = [path for path, _ in layers]
        axes.add_collection(
            PathCollection(paths, facecolors=colours, edgecolors="none", zorder=4 + 2 * discs),
            autolim=False,
        )
    for place in onto.scene.places:
        lines = shapely.simplify(onto.shape(place.lines), _FINENESS_PT)
        for width, cover in soft_widths(BAND_PX * unit, palette.band):
            _lines(
                axes,
                [lines],
                color=palette.blue,
                alpha=cover,
                linewidth=width,
                zorder=5,
                capstyle="round",
            )


def _layers(place: DrawnPlace, onto: _Paper, look: Look) -> list[tuple[Path, float]]:
    """Layers of a place's area with how much each covers."""
    unit, palette = look.size.unit_pt, look.palette
    areas = shapely.simplify(onto.shape(place.areas), _FINENESS_PT)
    if place.disc and 0 < areas.area < math.pi * (_LEAST_DISC_PX * unit) ** 2:
        areas = areas.centroid.buffer(_LEAST_DISC_PX * unit, quad_segs=_QUARTER)
    if not place.disc:
        faded = feathered(areas, palette.tint, FEATHER_PX * unit)
    else:  # what a coast or a border takes off has no edge of its own to fade from
        whole = shapely.convex_hull(areas)
        layers = feathered(whole, palette.disc, math.sqrt(whole.area / math.pi) * 0.9)
        faded = [(shapely.intersection(layer, areas), cover) for layer, cover in layers]
    paths = [(_path(layer), cover) for layer, cover in faded]
    return [(path, cover) for path, cover in paths if path is not None]


def _leg(axes: Axes, leg: DrawnLeg, onto: _Paper, look: Look) -> None:
    """Draw a leg twice: a casing below, and a line dashed by its mode."""
    palette, unit = look.palette, look.size.unit_pt
    parts = [onto.points(part) for part in leg.parts]
    if sum(map(len, parts)) < _CASED_POINTS:
        casing = LineCollection(
            parts, capstyle="butt", zorder=7, color=palette.paper, alpha=0.8, linewidth=5.5 * unit
        )
        axes.add_collection(casing, autolim=False)
    width = leg_width_px(leg.mode) * unit
    style = dash(leg.mode, width, unit) if not leg.traced else (0.0, ())
    line = LineCollection(parts, color=palette.blue, linewidth=width, zorder=8)
    line.set_linestyle([style] if style[1] else "solid")
    line.set_capstyle("round" if leg.mode.row.line.dotted else "butt")
    axes.add_collection(line, autolim=False)


_CASED_POINTS = 5000
_LEAST_DISC_PX = 4.5  # radius of a disc that can still be seen
_FINENESS_PT = 0.15
_QUARTER = 6  # corners of a quarter of a disc that can just be seen


def _pin(axes: Axes, at: tuple[float, float], look: Look) -> None:
    axes.plot(
        *at,
        "o",
        color=look.palette.blue,
        ms=8 * look.size.unit_pt,
        mec=look.palette.paper,
        mew=1.2 * look.size.unit_pt,
        zorder=9,
    )


def _fill(axes: Axes, geometry: BaseGeometry, **how: object) -> None:
    path = _path(geometry)
    if path is not None:
        axes.add_artist(PathPatch(path, **{"zorder": 1, **how}))


def _path(geometry: BaseGeometry) -> Path | None:
    """Areas as one path; None where there are none."""
    rings = [
        ring
        for part in simple_parts(geometry)
        if part.geom_type == "Polygon"
        for ring in (part.exterior, *part.interiors)
    ]
    if not rings:
        return None
    return Path.make_compound_path(
        *(Path(shapely.get_coordinates(ring), closed=True) for ring in rings)
    )


def _lines(axes: Axes, geometries: Iterable[BaseGeometry], **how: object) -> None:
    lines = [
        shapely.get_coordinates(part)
        for geometry in geometries
        for part in simple_parts(geometry)
        if part.geom_type == "LineString"
    ]
    if lines:
        axes.add_collection(LineCollection(lines, **how), autolim=False)  # type: ignore[arg-type]


def _bar(onto: _Paper, look: Look) -> tuple[float, float]:
    """Length of the scale bar in km, round, and on paper."""
    at = 10 * look.size.unit_pt
    return bar(onto.scene, onto.width_pt, (at, at))


def _scale(axes: Axes, onto: _Paper, look: Look) -> None:
    """Draw a bar of a round length, true where it stands."""
    unit, style = look.size.unit_pt, look.size.note
    x, y = 10 * unit, 10 * unit
    length_km, length = _bar(onto, look)
    axes.plot(
        [x, x, x + length, x + length],
        [y + 5 * unit, y, y, y + 5 * unit],
        color=look.palette.muted,
        lw=1.2 * unit,
        zorder=9,
    )
    put(
        axes,
        (
            x + 4 * unit,
            y + (8 if look.words.is_rtl else 5) * unit,
        ),  # tails of Arabic letters reach deeper
        look.words.kilometres(length_km),
        style,
        Ink(look.palette.muted, halo=look.palette.paper),
    )


def _drawn_lines(onto: _Paper) -> BaseGeometry:
    """All that is drawn as a line: legs, lines of places, edges of discs."""
    drawn = [
        shapely.linestrings(onto.points(part)) for leg in onto.scene.legs for part in leg.parts
    ]
    edges = [onto.shape(place.lines) for place in onto.scene.places]
    edges += [
        shapely.boundary(onto.shape(place.areas)) for place in onto.scene.places if place.disc
    ]
    return shapely.union_all([shapely.simplify(line, 1.0) for line in [*drawn, *edges]])


def _bar_box(onto: _Paper, look: Look) -> tuple[float, float, float, float]:
    """Box of the scale in the lower left corner."""
    return (
        0.0,
        0.0,
        14 * look.size.unit_pt + _bar(onto, look)[1],
        17 * look.size.unit_pt + look.size.note.size_pt,
    )


def _neighbours(axes: Axes, onto: _Paper, named: Map, look: Look) -> None:
    """Name the countries in which no place of the journey is told as a country, then capitals and seas."""
    unit, palette = look.size.unit_pt, look.palette
    style = replace(look.size.note, size_pt=look.size.note.size_pt * _NEIGHBOUR)
    own = {footprint for place in onto.scene.places for footprint in place.waypoint.footprints}
    land = {code: onto.shape(country) for code, country in named.ground.countries.items()}
    boxes = [shapely.box(*label.box) for label in named.placed]
    leaders = [labels.leader(label, 0.0) for label in named.placed]
    ties = [shapely.linestrings(leader) for leader in leaders if leader is not None]
    pins = [
        shapely.Point(onto.point(place.hangs[0])).buffer(8 * unit) for place in onto.scene.places
    ]
    discs = [onto.shape(place.areas) for place in onto.scene.places if place.disc]
    taken = shapely.union_all(
        [_drawn_lines(onto), *discs, *boxes, *ties, *pins, shapely.box(*_bar_box(onto, look))]
    )
    frame = shapely.box(0, 0, onto.width_pt, onto.height_pt).buffer(-style.size_pt / 2)
    room = neighbours.Free(land, taken.buffer(style.size_pt * 0.4), frame)
    unnamed = [code for code in land if f"country:{code}" not in own and code in country_names()]
    placed = [
        *neighbours.place(unnamed, room, style, look.words.language),
        *neighbours.place_beside(
            [(name, onto.point(at)) for name, at in onto.scene.beside],
            room,
            style,
            look.words.language,
        ),
    ]
    for neighbour in placed:
        sea = neighbour.kind == "sea"
        ink = Ink(
            palette.blue if sea else palette.muted,
            neighbour.align,
            palette.sea if sea else palette.land,
        )
        put_lines(
            axes,
            neighbour.top,
            neighbour.lines,
            replace(style, families=SERIF) if sea else style,
            ink,
        )
        if neighbour.dot is not None:
            axes.plot(
                *neighbour.dot,
                "o",
                color=palette.paper,
                ms=4 * unit,
                mec=palette.muted,
                mew=0.9 * unit,
                zorder=9,
            )


def _names(onto: _Paper, look: Look) -> Map:
    size = look.size
    ground = Ground(onto.scene, onto.width_pt)
    told_names = [_name(place, onto, ground, look) for place in onto.scene.places]
    lines = _drawn_lines(onto)
    areas = tuple(
        shapely.simplify(onto.shape(place.areas), 1.0)
        for place in onto.scene.places
        if not place.disc
    )
    room = labels.Room((onto.width_pt, onto.height_pt), (_bar_box(onto, look),), lines, areas)
    setting = labels.Setting(
        size.label, size.note, min(LABEL_MM / 90 * size.label.size_pt * 28, onto.width_pt * 0.36)
    )
    placed = labels.place(told_names, room, setting)
    left = [
        place.number
        for place, label in zip(onto.scene.places, placed, strict=True)
        if label is None or not label.name.text
    ]
    return Map(tuple(left), tuple(label for label in placed if label is not None), ground)


def _name(place: DrawnPlace, onto: _Paper, ground: Ground, look: Look) -> labels.Name:
    note = ""
    radius = 0.0
    if place.disc and place.waypoint.uncertainty_m is not None:
        note = within(place.waypoint, look.words)
        radius = place.waypoint.uncertainty_m * onto.per_m
    hangs = tuple(onto.point(hang) for hang in place.hangs)
    text = look.words.called(place.waypoint)
    over = not place.areas.is_empty and not place.disc
    mark = max(min(radius, onto.width_pt / 4), 6 * look.size.unit_pt if place.pin else 1.0)
    others = [
        onto.shape(country)
        for code, country in ground.countries.items()
        if _is_foreign(place, code)
    ]
    avoid = shapely.simplify(shapely.union_all(others), 1.0) if others else None
    return labels.Name(str(place.number), text, note, hangs, over, mark, avoid)


def _is_foreign(place: DrawnPlace, code: str) -> bool:
    """Whether the name of a place must not lie in a country: one told as a country lies in no other."""
    footprints = place.waypoint.footprints
    is_country = bool(footprints) and all(
        footprint.startswith("country:") for footprint in footprints
    )
    return code in place.avoid or (is_country and f"country:{code}" not in footprints)


def _set(axes: Axes, placed: labels.Placed, look: Look, unit: float) -> None:
    """Set a name: its number in blue where its first line begins, its note below, a line to what it names if it is far.

    A line that runs from the right begins there.
    """
    palette, style = look.palette, look.size.label
    line = labels.leader(placed, _LEAST_LEADER_PX * unit)
    if line is not None:
        axes.plot(*zip(*line, strict=True), color=palette.ink, lw=0.9 * unit, alpha=0.65, zorder=9)
    top = placed.box[3]
    for text in placed.lines:
        left = _left(text, style, placed)
        if text is placed.lines[0] and placed.name.head:
            head = placed.name.head
            text = text.removeprefix(head).lstrip()  # noqa: PLW2901
            from_right = runs_from_right(text)
            at = left + width_pt(f"{text} ", style) if from_right else left
            put_lines(axes, (at, top), [head], style, Ink(palette.blue, halo=palette.paper))
            left += 0.0 if from_right else width_pt(f"{head} ", style)
        top = put_lines(axes, (left, top), [text], style, Ink(palette.ink, halo=palette.paper))
    for text in placed.notes:
        left = _left(text, look.size.note, placed)
        top = put_lines(
            axes, (left, top), [text], look.size.note, Ink(palette.muted, halo=palette.paper)
        )


def _left(text: str, style: Style, placed: labels.Placed) -> float:
    """Left end of a line of a name: all are set from there, so that a number and what follows it meet exactly."""
    west, _, east, _ = placed.box
    free = east - west - width_pt(text, style)
    return west + {"left": 0.0, "center": free / 2, "right": free}[placed.align]
