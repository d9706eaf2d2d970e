"""What a map of a journey shows, on the plane of its projection: the window, the places as told, the legs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from escape_route.geography import geodesic
from escape_route.model import places
from escape_route.model.modes import Mode
from escape_route.publish.figure import projection as projections
from escape_route.publish.figure.projection import (
    Projection,
    filled,
    round_about,
    suiting,
    vertices,
    visible,
)
from escape_route.publish.page import orientation
from escape_route.publish.page.backdrop import AREA, LINE, only, simple_parts

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from escape_route.geography.geodesic import Floats
    from escape_route.language.view import LegView
    from escape_route.model.journey import Journey, Waypoint
    from escape_route.model.places import Region
    from escape_route.publish.page.shown import MapName

Box = tuple[float, float, float, float]
"""West, south, east, north."""
PADDING = 0.11
ALONE_M, LEAST_M = 20_000.0, 100.0
"""Width and height of the window around what is one point, and of the smallest: a place is told to a metre or so."""
_RING_POINTS = 180
_NEAR_FACTOR, _UNSEEN_FACTOR = 1.15, 2.0
_LEAST_PART = 0.015
_MOST_POINTS = 4000
_MOST_CORNERS, _FINENESS = (
    5_000,
    1_000,
)  # of areas as they are told; steps of the picture from side to side


@dataclass(frozen=True, slots=True)
class DrawnPlace:
    """A waypoint on the plane: the areas and lines that it may be in or on; `hangs` are points that a name may hang at.

    `pin` says that it was told as a point, `disc` that a radius was told; otherwise its `hangs` are
    nobody's stops. Its name lies in none of the countries `avoid`: on its own side of a border.
    """

    waypoint: Waypoint
    number: int
    areas: BaseGeometry
    lines: BaseGeometry
    hangs: tuple[tuple[float, float], ...]
    pin: bool
    disc: bool
    avoid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawnLeg:
    """A leg on the plane, its parts of shape (n, 2) in metres, with the mode that weighs most.

    There is none where an end is told as more than a point: a line through label points would be
    nobody's way.
    """

    parts: tuple[Floats, ...]
    mode: Mode
    traced: bool
    sketched: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """A map to be drawn: `window` in metres of the projection, `seen` what of the globe that shows, in degrees.

    `beside` are seas and capital cities for orientation, each with its point in metres.
    """

    projection: Projection
    window: Box
    seen: BaseGeometry
    places: tuple[DrawnPlace, ...]
    legs: tuple[DrawnLeg, ...]
    beside: tuple[tuple[MapName, tuple[float, float]], ...] = ()

    @property
    def width_m(self) -> float:
        """Width of the window."""
        return self.window[2] - self.window[0]

    @property
    def aspect(self) -> float:
        """Width of the window over its height."""
        return self.width_m / (self.window[3] - self.window[1])


def scene(journey: Journey, legs: Sequence[LegView], aspect: float) -> Scene | None:
    """Lay out a journey's map, `aspect` its width over its height; None where no place can be shown."""
    core = _core(journey, legs)
    if not len(core):
        return None
    chosen = suiting(core)
    window = _fitted(_bounds(chosen.forward(core)), aspect)
    if not filled(chosen, window):
        chosen = round_about(core)
        window = _fitted(_bounds(chosen.forward(core)), aspect)
    seen = visible(chosen, window)
    stops, avoided = enumerate(journey.waypoints, start=1), orientation.avoided(journey)
    placed = [
        _place(waypoint, number, _regions(waypoint), (chosen, window, seen))
        for number, waypoint in stops
    ]
    drawn = [
        replace(place, avoid=avoid)
        for place, avoid in zip(placed, avoided, strict=True)
        if place is not None
    ]
    ways = [_leg(leg, chosen) for leg in legs if not leg.vague]
    lines = tuple(way for way in ways if way is not None)
    return Scene(chosen, window, seen, tuple(drawn), lines, _beside(journey, chosen, window))


def _beside(
    journey: Journey, chosen: Projection, window: Box
) -> tuple[tuple[MapName, tuple[float, float]], ...]:
    """Seas and capitals within a window, each with its point there."""
    named = [(name, _point(chosen, name.at)) for name in orientation.beside([journey])]
    frame = shapely.box(*window)
    return tuple(
        (name, at) for name, at in named if at is not None and shapely.contains_xy(frame, *at)
    )


def best_aspect(journey: Journey, legs: Sequence[LegView], least: float, most: float) -> float:
    """Width over height that the journey itself would take, kept between two bounds; 1 where nothing can be shown."""
    core = _core(journey, legs)
    if not len(core):
        return 1.0
    west, south, east, north = _bounds(suiting(core).forward(core))
    return min(max(max(east - west, LEAST_M) / max(north - south, LEAST_M), least), most)


def _regions(waypoint: Waypoint) -> tuple[Region, ...]:
    place = places.place_of(waypoint)
    return () if place is None else place.regions


def _core(journey: Journey, legs: Sequence[LegView]) -> Floats:
    """Positions in degrees that the map must show: all but countries so large that the journey would be lost in them.

    A country that is hardly larger than all else together is shown whole, and so is a larger one
    that no line leads to; another runs out of the picture.
    """
    outlines = [
        np.array([w.label]) for w in journey.waypoints if w.label is not None and not w.withheld
    ]
    outlines += [np.array(part) for leg in legs for part in leg.line]
    countries: list[tuple[Floats, float]] = []
    for waypoint in journey.waypoints:
        led_to = waypoint.label is not None and waypoint.leg_told
        factor = _NEAR_FACTOR if led_to else _UNSEEN_FACTOR
        for region in _regions(waypoint):
            if region.is_country:
                countries.append((_outline(region), factor))
            else:
                outlines.append(_outline(region))
    core = np.concatenate(outlines or [outline for outline, _ in countries] or [np.empty((0, 2))])
    if not len(core):
        return core
    _, reach_deg = projections.cap(_thinned(core))
    for country, factor in countries:
        together = np.concatenate([core, country])
        if projections.cap(_thinned(together))[1] <= max(reach_deg, 1.0) * factor:
            core = together
    return _thinned(core)


def _thinned(positions: Floats) -> Floats:
    """At most a few thousand of many positions, among them those that lie outermost in longitude and latitude."""
    if len(positions) <= _MOST_POINTS:
        return positions
    ends = [
        positions[index]
        for axis in (0, 1)
        for index in (positions[:, axis].argmin(), positions[:, axis].argmax())
    ]
    return np.concatenate([positions[:: math.ceil(len(positions) / _MOST_POINTS)], ends])


def _outline(region: Region) -> Floats:
    """Positions around a region, small islands far off left out."""
    if region.centre is not None:
        if region.radius_m == 0:
            return np.array([region.centre])
        return geodesic.ahead(
            *region.centre, np.linspace(0, 360, 36, endpoint=False), region.radius_m
        )
    if region.shape is None:
        return np.empty((0, 2))
    parts = simple_parts(region.shape)
    sizes = np.array([max(shapely.area(part), 1e-12) for part in parts])
    lines = any(shapely.get_dimensions(part) == LINE for part in parts)
    kept = [
        part
        for part, size in zip(parts, sizes, strict=True)
        if lines or size >= _LEAST_PART * sizes.max()
    ]
    return vertices(kept)


def _bounds(points: Floats) -> Box:
    points = points[np.isfinite(points).all(axis=1)]
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    return float(west), float(south), float(east), float(north)


def _fitted(bounds: Box, aspect: float) -> Box:
    """Window of an aspect around bounds, padded."""
    west, south, east, north = bounds
    least = LEAST_M if max(east - west, north - south) > 0 else ALONE_M
    width = max((east - west) * (1 + 2 * PADDING), least)
    height = max((north - south) * (1 + 2 * PADDING), least)
    width, height = max(width, height * aspect), max(height, width / aspect)
    x, y = (west + east) / 2, (south + north) / 2
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _place(
    waypoint: Waypoint,
    number: int,
    regions: tuple[Region, ...],
    on: tuple[Projection, Box, BaseGeometry],
) -> DrawnPlace | None:
    chosen, window, visible_part = on
    if waypoint.withheld:
        return None
    frame = shapely.box(*window)
    shapes = [_drawn_region(region, chosen, visible_part) for region in regions]
    together = shapely.GeometryCollection([shape for shape in shapes if shape is not None])
    margin = frame.buffer((window[2] - window[0]) * 0.02)
    seen = [_seen_of(part, margin) for part in simple_parts(together)]
    areas = _as_fine_as_drawn(
        shapely.union_all(simple_parts(only(shapely.GeometryCollection(seen), AREA))), window
    )
    lines = only(shapely.GeometryCollection(seen), LINE)
    label = None if waypoint.label is None else _point(chosen, waypoint.label)
    hangs = _hangs(shapely.intersection(areas, frame), lines, frame)
    if label is not None:
        hangs = (label,)
    if not hangs:
        return None
    pin = waypoint.label is not None and not waypoint.is_vague
    return DrawnPlace(
        waypoint, number, areas, lines, hangs, pin, disc=waypoint.uncertainty_m is not None
    )


def _seen_of(part: BaseGeometry, margin: BaseGeometry) -> BaseGeometry:
    """What is seen of a part; one of very many corners that lies within as it is, for an overlay takes long."""
    is_within = shapely.get_num_coordinates(part) > _MOST_CORNERS and shapely.box(
        *part.bounds
    ).within(margin)
    return part if is_within else shapely.intersection(part, margin)


def _as_fine_as_drawn(areas: BaseGeometry, window: Box) -> BaseGeometry:
    """Areas without what is finer than the picture, where they have very many corners: each step after this takes less.

    Of twenty thousand corners a buffer takes gigabytes, and names look for room along each of them.
    """
    if shapely.get_num_coordinates(areas) <= _MOST_CORNERS:
        return areas
    thinned = shapely.set_precision(areas, (window[2] - window[0]) / _FINENESS)
    return areas if thinned.is_empty else thinned


def _point(chosen: Projection, position: tuple[float, float]) -> tuple[float, float] | None:
    x, y = chosen.forward(np.array([position]))[0]
    return (float(x), float(y)) if math.isfinite(x) and math.isfinite(y) else None


def _drawn_region(region: Region, chosen: Projection, seen: BaseGeometry) -> BaseGeometry | None:
    """Region on the plane; a disc may lie over a pole or across 180 degrees."""
    shape = None if region.shape is None else chosen.project(region.shape, seen)
    if region.centre is None:
        return shape
    if region.radius_m == 0:
        return None
    ring = geodesic.ahead(
        *region.centre, np.linspace(0, 360, _RING_POINTS, endpoint=False), region.radius_m
    )
    disc = chosen.project(projections.ring_region(ring, math.copysign(90, region.centre[1])), seen)
    return disc if shape is None else shapely.intersection(disc, shape)


def _hangs(
    areas: BaseGeometry, lines: BaseGeometry, frame: BaseGeometry
) -> tuple[tuple[float, float], ...]:
    """Points that the name of a place without a label point may hang at: along its lines, or well inside its area."""
    seen = shapely.line_merge(
        shapely.MultiLineString(simple_parts(shapely.intersection(lines, frame)))
    )
    longest = max(simple_parts(seen), key=shapely.length, default=None)
    if longest is not None and shapely.get_dimensions(longest) == LINE:
        at = [longest.interpolate(share, normalized=True) for share in (0.5, 0.3, 0.7, 0.15, 0.85)]
        return tuple((float(point.x), float(point.y)) for point in at)
    largest = max(simple_parts(areas), key=shapely.area, default=None)
    if largest is None or shapely.get_dimensions(largest) != AREA:
        return ()
    inside = shapely.get_coordinates(
        shapely.maximum_inscribed_circle(largest, tolerance=math.sqrt(largest.area) / 50)
    )
    return ((float(inside[0, 0]), float(inside[0, 1])),)


def _leg(leg: LegView, chosen: Projection) -> DrawnLeg | None:
    parts = [drawn for part in leg.line if len(part) > 1 for drawn in chosen.line(np.array(part))]
    parts = _joined([part[np.isfinite(part).all(axis=1)] for part in parts])
    if not parts:
        return None
    mode = max(leg.modes, key=lambda share: share.weight).mode if leg.modes else Mode.UNKNOWN
    return DrawnLeg(tuple(parts), mode, leg.traced, leg.sketched)


def _joined(parts: list[Floats]) -> list[Floats]:
    """Parts of a line, those joined that were cut at 180 degrees and meet again on the plane: a dash runs on."""
    joined: list[Floats] = []
    for part in parts:
        if len(part) and joined and np.hypot(*(joined[-1][-1] - part[0])) < 1000:  # noqa: PLR2004  # metres
            joined[-1] = np.concatenate([joined[-1], part[1:]])
        elif len(part):
            joined.append(part)
    return [part for part in joined if len(part) > 1]
