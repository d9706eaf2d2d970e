"""The order of a journey, drawn: darts that point from each place on to the next.

They are no way, and none is drawn through a label point. Within an area, wherever in it, a dart
points out of the place before and on to the place after; between places that lie apart it leads
from edge to edge. There are none near an edge, where one would be read as a crossing, none to or
from what is withheld or of whose way nothing is told, and none with words of care. Where it is told
that somebody was sent or turned back, two stand side by side in the last area, one from the place
before and one back to it: that much of the order is told whatever is known of the way.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from escape_route.geography import base
from escape_route.geography.geodesic import LonLat
from escape_route.language.digits import position
from escape_route.model.modes import Mode
from escape_route.model.vocabulary import Outcome
from escape_route.publish.page.backdrop import AREA, only, simple_parts
from escape_route.publish.page.frame import SIZE, Frame, frame_of
from escape_route.publish.page.shown import Page, ShownJourney, ShownLeg, ShownWaypoint

Floats = NDArray[np.float64]

OFF_LAND = frozenset({Mode.FLIGHT, Mode.SEA})
LEVELS = 3
"""Strengths that a dart may have."""
# In thousandths of the longer side of what a journey's map shows.
_LONG = 92.0
_SHORTER = (1.0, 0.6)  # of a dart, until one finds room in a small area: a shorter one is a crumb
_HEAD = ((0.62, 0.035), (0.54, 0.17))  # neck and barb of a dart of length 1: along it and aside
_PAIR_SHORTER = (*_SHORTER, 0.4)  # of two side by side, which are the whole of what is shown
_APART = 100.0
_FROM_EDGE = 9.0
_MOST_CORNERS = 5_000
_FROM_LABEL = 34.0
_LEAST_GAP = 40.0
_WIDEST_BAND = 90.0
_AROUND = 100.0  # beyond the frame, where a tall or a wide map still shows it
# how much longer than the shortest the way through an area may be, in parts of the area's size
_REACH = 0.17
_CLEAR = 0.5  # length of the sum of two unit vectors, below which they contradict one another
_BACK = frozenset({Outcome.CAPTURED_AND_RETURNED, Outcome.TURNED_BACK})
_NEARER = 0.6
_LANE = (
    0.2  # from the middle between a way there and the way back to each, in parts of a dart's length
)
_BOWS = (
    0.34,
    -0.34,
    0.24,
    -0.24,
    0.46,
    -0.46,
)  # of an arc, its control point off the chord in parts of that
_MOST_STARTS = 16


@dataclass(frozen=True, slots=True)
class Dart:
    """An arrowhead with a long tail: its outline, (lon, lat) in degrees; `strength` 1 to 3; `over` land or sea."""

    outline: tuple[LonLat, ...]
    strength: int
    over: bool = False


@dataclass(frozen=True, slots=True)
class _Stroke:
    """Middle and direction of a dart in units of the frame, its length, and how much of it is seen, 0 to 1."""

    middle: Floats
    turned: Floats
    seen: float
    long: float = _LONG

    def outline(self) -> Floats:
        """Tail, neck, barb and tip, and the others back."""
        along, aside = (
            self.turned * self.long,
            np.array([-self.turned[1], self.turned[0]]) * self.long,
        )
        tail = self.middle - along / 2
        left = [tail + along * on + aside * off for on, off in _HEAD]
        right = [tail + along * on - aside * off for on, off in reversed(_HEAD)]
        return np.array([tail, *left, tail + along, *right])


def darts(
    journey: ShownJourney, shapes: Mapping[tuple[str, str], BaseGeometry]
) -> tuple[Dart, ...]:
    """Darts of a journey in the order of travel, from its published form alone.

    `shapes` are what is known of each place, by ids of journey and waypoint, in (lon, lat) degrees.
    """
    frame = frame_of(journey, shapes)
    if frame is None:
        return ()
    known = [
        _known(waypoint, shapes.get((journey.id, waypoint.id)), frame)
        for waypoint in journey.waypoints
    ]
    labels = _labels(journey, frame)
    is_back = journey.outcome in _BACK and len(known) > 1
    if is_back:
        drawn = [(stroke, False) for stroke in _there_and_back(known[-2], known[-1], labels)]
    else:
        drawn = []
    for stop in () if journey.care else range(len(known)):
        drawn += [(stroke, False) for stroke in _through(stop, journey.legs, known, labels, frame)]
        if stop < len(journey.legs) and _leads(stop, journey.legs, known):
            leg = journey.legs[stop]
            ends = known[stop], _beside(known[stop + 1], known[stop], frame)
            drawn += [(stroke, _is_over(leg)) for stroke in _between(leg, ends, labels, frame)]
    kept = [
        (stroke, over)
        for stroke, over in drawn
        if _is_whole(stroke, frame) and (over or _is_free(stroke, labels))
    ]
    return tuple(_dart(stroke, frame, over=over) for stroke, over in kept)


def _there_and_back(
    before: BaseGeometry | None, place: BaseGeometry | None, labels: BaseGeometry
) -> tuple[_Stroke, ...]:
    """Two darts side by side in an area, out of the place before and back to it, on the way to where its name hangs."""
    if before is None or place is None:
        return ()
    inner = (
        drawable(shapely.union_all(simple_parts(only(place, AREA)))).buffer(-_FROM_EDGE) & _window()
    )
    for part in _PAIR_SHORTER:
        seeds = _grid(inner, _LONG * part / 3, 0)
        on_the_way = _between_them(before, place, labels)
        for seed in seeds[np.argsort(shapely.distance(shapely.points(seeds), on_the_way))]:
            pair = _pair(seed, before, _LONG * part)
            outlines = shapely.MultiPolygon([shapely.Polygon(stroke.outline()) for stroke in pair])
            if inner.contains(outlines) and (
                labels.is_empty or labels.distance(outlines) > _FROM_LABEL * part
            ):
                return pair
    return ()


def _between_them(before: BaseGeometry, place: BaseGeometry, labels: BaseGeometry) -> BaseGeometry:
    """A point nearer to the name of a place than to the place before."""
    names = labels & place
    to = names if not names.is_empty else place.representative_point()
    return shapely.shortest_line(before, to).interpolate(_NEARER, normalized=True)


def _pair(seed: Floats, before: BaseGeometry, long: float) -> tuple[_Stroke, _Stroke]:
    """Darts of a length on both sides of a point: one away from a place, one back to it."""
    ((back,), _) = _pull(seed[None], before)
    aside = np.array([-back[1], back[0]]) * long * _LANE
    return _Stroke(seed + aside, -back, 1.0, long), _Stroke(seed - aside, back, 1.0, long)


def off_land(page: Page) -> str:
    """Where the ways of a page went that went over no land: `air`, `sea`, or `over` for both."""
    modes = {
        mode.mode
        for journey in page.journeys
        for leg in journey.legs
        if _is_over(leg)
        for mode in leg.modes
    }
    if len(modes) > 1:
        return "over"
    return "air" if Mode.FLIGHT in modes else "sea"


Order = dict[str, list[Dart]]
"""Darts by the class that they are painted by."""


def orders(page: Page, shapes: Mapping[tuple[str, str], BaseGeometry]) -> dict[str, Order]:
    """Darts of each journey of a page, by its id."""
    return {journey.id: of(journey, shapes) for journey in page.journeys}


def of(journey: ShownJourney, shapes: Mapping[tuple[str, str], BaseGeometry]) -> Order:
    """Darts of a journey by the class that they are painted by, the faintest first."""
    drawn = darts(journey, shapes)
    kinds = sorted({(dart.strength, dart.over) for dart in drawn})
    return {
        f"order s{strength}{' over' if over else ''}": [
            dart for dart in drawn if (dart.strength, dart.over) == (strength, over)
        ]
        for strength, over in kinds
    }


def _known(
    waypoint: ShownWaypoint, shape: BaseGeometry | None, frame: Frame
) -> BaseGeometry | None:
    """What is known of a place, in units of the frame and in one piece over the antimeridian."""
    if waypoint.withheld:
        return None
    if shape is None:
        if waypoint.pin and waypoint.label:
            return shapely.Point(frame.placed(np.array([waypoint.label]))[0])
        return None
    parts = [frame.shown(part) for part in simple_parts(shape)]
    parts = [part for part in parts if not part.is_empty]
    if not parts:
        return None
    main = max(parts, key=lambda part: (shapely.area(part), shapely.length(part)))
    return shapely.union_all([_beside(part, main, frame) for part in parts])


def _beside(shape: BaseGeometry, other: BaseGeometry, frame: Frame) -> BaseGeometry:
    """The same on that side of the antimeridian on which another one lies."""
    away = shape.centroid.x - other.centroid.x
    turns = round(away / frame.around)
    if not turns:
        return shape
    return shapely.transform(shape, lambda at: at - [turns * frame.around, 0.0])


def _labels(journey: ShownJourney, frame: Frame) -> BaseGeometry:
    """Where names hang that are nobody's stops: no dart comes near them."""
    hangs = [waypoint.label or waypoint.hang for waypoint in journey.waypoints if not waypoint.pin]
    return shapely.MultiPoint([frame.placed(np.array([hang]))[0] for hang in hangs if hang])


def _leads(step: int, legs: Sequence[ShownLeg], known: Sequence[BaseGeometry | None]) -> bool:
    """Whether something was told of the way between two places that are both known."""
    return 0 <= step < len(legs) and legs[step].told and None not in (known[step], known[step + 1])


def _is_over(leg: ShownLeg) -> bool:
    return bool(leg.modes) and all(share.mode in OFF_LAND for share in leg.modes)


def _through(
    stop: int,
    legs: Sequence[ShownLeg],
    known: Sequence[BaseGeometry | None],
    labels: BaseGeometry,
    frame: Frame,
) -> Iterator[_Stroke]:
    """Darts within a place: out of the place before, on to the place after, as far as the ways there are on land."""
    place = known[stop]
    if place is None:
        area = shapely.Point()
    else:
        area = drawable(shapely.union_all(simple_parts(only(place, AREA))))
    on_land = [_leads(step, legs, known) and not _is_over(legs[step]) for step in (stop - 1, stop)]
    if place is None or area.is_empty or not any(on_land):
        return
    before, after = (
        _beside(known[neighbour], place, frame) if leads else None
        for leads, neighbour in zip(on_land, (stop - 1, stop + 1), strict=True)
    )
    turn = sum(earlier is not None and earlier.bounds == place.bounds for earlier in known[:stop])
    for part in _SHORTER:
        strokes = [
            stroke
            for stroke in _field(area, (before, after), part, turn)
            if _is_free(stroke, labels)
        ]
        yield from strokes
        if strokes:
            return


def drawable(area: BaseGeometry) -> BaseGeometry:
    """An outline with more corners than a picture shows, by pixels: to step inside a star of them takes gigabytes."""
    if shapely.get_num_coordinates(area) > _MOST_CORNERS:
        return shapely.set_precision(area, 1.0)
    return area


def _field(
    area: BaseGeometry,
    ends: tuple[BaseGeometry | None, BaseGeometry | None],
    part: float,
    turn: int,
) -> Iterator[_Stroke]:
    """Darts of a length in an area, the fainter the longer the way by there is."""
    inner = area.buffer(-_FROM_EDGE * part) & _window()
    seeds = _grid(inner, _APART * part, turn)
    (away, off), (on, far) = (_pull(seeds, end) for end in ends)
    turned, through = on - away, off + far
    clear = np.hypot(*turned.T)
    shortest = through[clear > _CLEAR].min(initial=math.inf)
    seen = 1 - (through - shortest) / max(_REACH * math.sqrt(shapely.area(inner)), _LONG * part)
    for n in np.flatnonzero((clear > _CLEAR) & (seen > 0)):
        stroke = _Stroke(seeds[n], turned[n] / clear[n], float(seen[n]), _LONG * part)
        if inner.contains(shapely.Polygon(stroke.outline())):
            yield stroke


def _window() -> BaseGeometry:
    return shapely.box(-_AROUND, -_AROUND, SIZE + _AROUND, SIZE + _AROUND)


def _grid(area: BaseGeometry, apart: float, turn: int) -> Floats:
    """Points of an area in staggered rows; of a place that is passed again they lie between the former."""
    west, south, east, north = (0.0, 0.0, 0.0, 0.0) if area.is_empty else area.bounds
    rows = np.arange(south // (apart * 0.8), north // (apart * 0.8) + 2)
    columns = np.arange(west // apart - 1, east // apart + 2)
    x, y = np.meshgrid(columns * apart, rows * apart * 0.8)
    x = x + (np.arange(len(rows)) % 2)[:, None] * apart / 2 + turn // 2 % 2 * apart / 2
    points = np.column_stack([x.ravel(), y.ravel() + turn % 2 * apart * 0.4])
    return np.asarray(points[shapely.contains_xy(area, *points.T)])


def _pull(seeds: Floats, place: BaseGeometry | None) -> tuple[Floats, Floats]:
    """Unit vectors to the nearest point of another place, and how far off that is; zeros where there is none."""
    if place is None:
        return np.zeros_like(seeds), np.zeros(len(seeds))
    lines = shapely.get_coordinates(shapely.shortest_line(shapely.points(seeds), place)).reshape(
        -1, 2, 2
    )
    off = lines[:, 1] - lines[:, 0]
    far = np.hypot(*off.T)
    return off / np.maximum(far, 1e-9)[:, None], far


def _between(
    leg: ShownLeg, ends: tuple[BaseGeometry, BaseGeometry], labels: BaseGeometry, frame: Frame
) -> Iterator[_Stroke]:
    """Darts from a place to the next, where they lie apart: on the line of the leg, in an arc, or from edge to edge."""
    if not leg.vague:
        yield from _on_line(leg, frame)
    elif _is_over(leg):
        yield from _arc(ends, labels)
    elif shapely.distance(*ends) >= _LEAST_GAP:
        facing = shapely.get_coordinates(shapely.shortest_line(*ends))
        yield from (
            stroke
            for stroke in _band(ends)
            if _is_on_land(stroke.outline(), frame) or not _is_on_land(facing, frame)
        )


def _is_on_land(at: Floats, frame: Frame) -> bool:
    """Whether all of these lie on land: a dart by land over the sea would be read as where they sailed."""
    return "" not in base.countries_at(frame.lonlat(at))


def _on_line(leg: ShownLeg, frame: Frame) -> Iterator[_Stroke]:
    """One dart on a line that is drawn, past its middle: that of a way back stands apart from it."""
    lines = [shapely.LineString(frame.placed(np.array(part))) for part in leg.line if len(part) > 1]
    line = max(lines, key=shapely.length, default=None)
    if line is None or line.length < _LEAST_GAP:
        return
    long = min(_LONG, line.length / 2)
    at = [line.interpolate(0.6 * line.length + part * long / 2) for part in (-1, 0, 1)]
    tail, middle, tip = (np.array([point.x, point.y]) for point in at)
    if np.hypot(*(tip - tail)) > 0:
        yield _Stroke(middle, (tip - tail) / np.hypot(*(tip - tail)), 1.0, long)


def _band(ends: tuple[BaseGeometry, BaseGeometry]) -> Iterator[_Stroke]:
    """Darts side by side, as wide as the smaller place, and one after the other, from edge to edge."""
    from_, to = shapely.get_coordinates(shapely.shortest_line(*ends))
    gap = float(np.hypot(*(to - from_)))
    turned = (to - from_) / gap
    room = gap - 2 * _FROM_EDGE
    count = max(1, int(room / (1.4 * _LONG)))
    long = min(_LONG, room / count)
    sides = np.diff(np.array([place.bounds for place in ends]).reshape(2, 2, 2), axis=1)
    lanes = int(min(_WIDEST_BAND, float(sides.min())) / 2 / (_APART / 2))
    for lane in range(-lanes, lanes + 1):
        aside = np.array([-turned[1], turned[0]]) * lane * _APART / 2
        for n in range(count):
            middle = from_ + turned * (_FROM_EDGE + room * (n + 0.5) / count) + aside
            yield _Stroke(middle, turned, 1.0 if lane == 0 else 0.5, long)


def _arc(ends: tuple[BaseGeometry, BaseGeometry], labels: BaseGeometry) -> Iterator[_Stroke]:
    """Darts in a bow from within a place to within the next, the whole way and that which keeps best off the names.

    None is left out on the way: what began in between would be read as having left from there.
    """
    end = np.array(_middle(ends[1]))
    ways = [
        _from_within(_bowed(start, end, bow), ends) for start in _starts(ends[0]) for bow in _BOWS
    ]
    free = [math.inf if labels.is_empty else min(labels.distance(way), _FROM_LABEL) for way in ways]
    firsts = [
        [shapely.Polygon(stroke.outline()) for stroke in list(_along(way))[:1]] for way in ways
    ]
    inside = [any(ends[0].contains(dart) for dart in first) for first in firsts]
    yield from _along(ways[max(range(len(ways)), key=lambda n: (free[n], inside[n], -n))])


def _starts(place: BaseGeometry) -> Floats:
    """Points that a bow may leave a place from: well within an area, the one amid it first."""
    area = drawable(shapely.union_all(simple_parts(only(place, AREA)))) & _window()
    middle = np.array(_middle(place))
    seeds = _grid(area.buffer(-_FROM_EDGE), _LONG / 3, 0)
    nearest = np.argsort(np.hypot(*(seeds - middle).T), kind="stable")[:_MOST_STARTS]
    return seeds[nearest] if len(seeds) else middle[None]


def _bowed(start: Floats, end: Floats, bow: float) -> Floats:
    chord = end - start
    bent = (start + end) / 2 + np.array([-chord[1], chord[0]]) * bow
    parts = np.linspace(0, 1, 200)[:, None]
    return np.asarray((1 - parts) ** 2 * start + 2 * parts * (1 - parts) * bent + parts**2 * end)


def _from_within(curve: Floats, ends: tuple[BaseGeometry, BaseGeometry]) -> BaseGeometry:
    """That part of a bow which leads out of a place and into the next: no longer within them than can be seen."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(curve, axis=0).T))])
    off = [shapely.distance(place, shapely.points(curve)) for place in ends]
    left = along[np.flatnonzero(off[0] == 0)].max(initial=0.0)
    reached = along[np.flatnonzero(off[1] == 0)].min(initial=along[-1])
    seen = (along >= left - _LONG - _FROM_EDGE) & (along <= reached + _LONG / 3)
    return shapely.LineString(curve[seen])


def _along(way: BaseGeometry) -> Iterator[_Stroke]:
    """Darts on a curve from its beginning to its end, at like distances; one shorter than others where it is short."""
    curve = shapely.get_coordinates(way)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(curve, axis=0).T))])
    long = min(_LONG, along[-1])
    count = 1 + round((along[-1] - long) / (1.3 * _LONG))
    for at in (
        np.linspace(long / 2, along[-1] - long / 2, count) if long >= _LONG * _SHORTER[-1] else ()
    ):
        tail, tip = (
            np.array([np.interp(at + part, along, axis) for axis in curve.T])
            for part in (-long / 2, long / 2)
        )
        yield _Stroke((tail + tip) / 2, (tip - tail) / np.hypot(*(tip - tail)), 1.0, long)


def _middle(place: BaseGeometry) -> tuple[float, float]:
    seen = shapely.make_valid(place) & _window()
    point = (place if seen.is_empty else seen).centroid
    return point.x, point.y


def _is_whole(stroke: _Stroke, frame: Frame) -> bool:
    """Whether it does not lie across the edge of the map."""
    lon = frame.lonlat(stroke.outline())[:, 0]
    return bool(np.ptp(np.floor((lon - frame.middle_deg + 180) / 360)) == 0)


def _is_free(stroke: _Stroke, labels: BaseGeometry) -> bool:
    apart = _FROM_LABEL * stroke.long / _LONG
    return labels.is_empty or bool(labels.distance(shapely.Polygon(stroke.outline())) >= apart)


def _dart(stroke: _Stroke, frame: Frame, *, over: bool) -> Dart:
    outline = frame.lonlat(stroke.outline())
    lon = outline[:, 0] - 360 * np.floor((outline[:, 0].mean() + 180) / 360)  # in one piece
    corners = zip(lon.tolist(), outline[:, 1].tolist(), strict=True)
    strength = max(1, math.ceil(stroke.seen * LEVELS))
    return Dart(tuple(position(corner, frame.decimals) for corner in corners), strength, over)
