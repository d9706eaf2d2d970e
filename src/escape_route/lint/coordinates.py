"""Rules about coordinates: figures that claim a precision, longitude and latitude swapped, Chinese services' shift.

References
----------
A. D. Chapman and J. R. Wieczorek (2020), Georeferencing Best Practices, doi 10.15468/doc-gg7h-s853: uncertainty due to
coordinate precision.

GCJ-02, by which map services in China are shifted by law, is described, with its 100 to 700 m, in
"Restrictions on geographic data in China" (Wikipedia).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from escape_route.errors import Problem
from escape_route.geography import base, geodesic
from escape_route.geography.geodesic import LonLat
from escape_route.language.catalogues import Words
from escape_route.language.radii import radius_of
from escape_route.lint.rules import Subject, at, rule
from escape_route.model import places
from escape_route.model.journey import Source, Waypoint
from escape_route.model.modes import Through
from escape_route.model.places import Region

_MOST = 7  # a centimetre
_OF_A_LABEL = 2  # a kilometre, for a name to hang on [judgement]
_GUARD = 1  # decimals that are let pass beyond what the uncertainty asks for [judgement]
_MOST_LAT_DEG = 90.0


@rule("too-many-decimals")
def _too_many_decimals(subject: Subject) -> Iterator[Problem]:
    for waypoint in subject.journey.waypoints:
        if waypoint.label is None or waypoint.geometry is not None:
            continue
        has, most = decimals(waypoint.label), allowed(waypoint, waypoint.label)
        if has > most:
            message = (
                f"{as_written(waypoint.label)} has {has} decimals; {_of_what(waypoint)} {most}"
            )
            yield Problem(
                at(waypoint),
                message,
                "write " + ", ".join(f"{deg:.{most}f}" for deg in waypoint.label),
            )
    for trace in subject.journey.traces:
        has = max(map(decimals, trace.line))
        if has > _MOST:
            place = f"track from {trace.start} to {trace.end}"
            yield Problem(place, f"positions with {has} decimals", f"{_MOST} are a centimetre")


def decimals(position: LonLat) -> int:
    """Decimals that a position is written with, as far as its value tells.

    >>> decimals((102.5, 18.0)), decimals((0.00001, 2.0)), decimals((30.0, 4.0))
    (1, 5, 0)
    """
    return max(
        max(0, -int(Decimal(repr(value)).normalize().as_tuple().exponent)) for value in position
    )


def resolution_m(position: LonLat, after_the_point: int) -> float:
    """Diagonal of the cell that the last decimal of a position stands for, in metres, at its latitude.

    >>> round(resolution_m((0.0, 0.0), 2), -1), round(resolution_m((0.0, 60.0), 2), -1)
    (1570.0, 1250.0)
    """
    step = 10.0**-after_the_point
    lon, lat = position
    return geodesic.geodesic_m(position, (lon + step, lat - step if lat > 0 else lat + step))


def allowed(waypoint: Waypoint, label: LonLat) -> int:
    """Decimals that a waypoint's point may have."""
    if waypoint.is_label_only:
        return _OF_A_LABEL
    if not waypoint.uncertainty_m:
        return _MOST
    fine_enough = (
        count
        for count in range(_MOST)
        if resolution_m(label, count) <= (waypoint.uncertainty_m or 0.0)
    )
    return min(_MOST, next(fine_enough, _MOST) + _GUARD)


def as_written(position: LonLat) -> str:
    """Position as a message shows it: with all its decimals."""
    return ", ".join(repr(value).removesuffix(".0") for value in position)


def swapped(position: LonLat) -> LonLat | None:
    """Position with its numbers swapped; None where that is none."""
    return (position[1], position[0]) if abs(position[0]) <= _MOST_LAT_DEG else None


def _of_what(waypoint: Waypoint) -> str:
    if waypoint.is_label_only:
        return "a label point may have"
    if not waypoint.uncertainty_m:
        return "a centimetre is"
    return f"a radius of {radius_of(waypoint, Words())} allows"


COAST_M = 5_000.0  # borders and coasts at 1:10m are off by some kilometres
# what is farther from its neighbours, or out of the way, is worth a look [judgement]
_FAR_M = 1_000_000.0
_LESS = 3  # times less out of the way the other way round, to be worth a word [judgement]


def likely_swapped(
    waypoints: Sequence[Waypoint], asked: Collection[int]
) -> dict[int, tuple[float, float]]:
    """Points among those asked of whose numbers are likely swapped, by index, in travel order.

    A point beside a swapped one may seem swapped itself: the one that saves most is taken first,
    and is then looked at as it was meant when its neighbours have their turn. Of each it gives how
    many metres the point adds to the way as it stands, and the other way round.
    """
    stands = {
        index: waypoint.label
        for index, waypoint in enumerate(waypoints)
        if waypoint.label is not None
    }
    nearby = _neighbours(waypoints, stands)
    added = {index: _added_m(stands, index, nearby[index]) for index in asked}
    saving = {index: metres[0] - metres[1] for index, metres in added.items() if metres is not None}
    likely: dict[int, tuple[float, float]] = {}
    for index in sorted(saving, key=lambda index: (-saving[index], index)):
        label, turned = stands[index], swapped(stands[index])
        metres = _added_m(stands, index, nearby[index])
        if metres and turned and (is_on_land(turned, 0.0) or not is_on_land(label, 0.0)):
            likely[index], stands[index] = metres, turned
    return dict(sorted(likely.items()))


def is_on_land(position: LonLat, uncertainty_m: float) -> bool:
    """Whether a point, or some of the disc around it, lies on land, with the slack that a coast asks for."""
    around = places.outline(Region(None, position, uncertainty_m + COAST_M))
    return base.meets_land(shapely.Point(position) if around is None else around)


def _neighbours(
    waypoints: Sequence[Waypoint], stands: Mapping[int, LonLat]
) -> dict[int, list[int]]:
    """Nearest points before and after each; none across a leg that may have been flown: distance says nothing then."""
    nearby: dict[int, list[int]] = {index: [] for index in stands}
    last: int | None = None
    for index, waypoint in enumerate(waypoints):
        if waypoint.may_arrive(Through.AIR):
            last = None
        if index in stands:
            if last is not None:
                nearby[last].append(index)
                nearby[index].append(last)
            last = index
    return nearby


def _added_m(
    stands: Mapping[int, LonLat], index: int, nearby: Sequence[int]
) -> tuple[float, float] | None:
    """What a point adds to the way as it stands, and the other way round; None where that is no sign of swapping."""
    label, turned = stands[index], swapped(stands[index])
    near = [stands[neighbour] for neighbour in nearby]
    apart_m = [geodesic.geodesic_m(label, position) for position in near]
    if turned is None or not near or min(apart_m) <= _FAR_M:
        return None
    direct_m = geodesic.geodesic_m(*near) if len(near) > 1 else 0.0
    added_m = sum(apart_m) - direct_m
    otherwise_m = sum(geodesic.geodesic_m(turned, position) for position in near) - direct_m
    return (added_m, otherwise_m) if added_m > max(_FAR_M, _LESS * otherwise_m) else None


#: By service: words that name it, in small letters. Tianditu (天地图) is not among them: it is on
#: CGCS2000, unshifted.
_SERVICES = (
    r"\bamap\b|\bauto\s?navi\b|\bgaode\b|高德",
    r"\bbaidu\b(?!\W*(?:baike|wenku|tieba|xueshu))|(?:map|ditu|lbs\w*)\.baidu|百度(?!百科|文库|贴吧|学术)",
    r"\btencent\W{0,2}maps?\b|(?:map|lbs)\.qq\.com|腾讯地图|腾讯位置|騰訊地圖",
    r"\bsogou\W{0,2}maps?\b|搜狗地图|\bmapbar\b|图吧|\bpetal\W{0,2}maps?\b|\b360\W{0,2}maps?\b|360地图",
    r"google\.cn/map|ditu\.google|谷歌地图",
    r"\bgcj-?02\b|\bbd-?09\b|火星坐标",
)
_SHIFTED = re.compile("|".join(_SERVICES), re.IGNORECASE)
_SHIFTED_TWICE = re.compile(r"baidu|百度|bd-?09", re.IGNORECASE)
_CONVERTED = re.compile(r"WGS\W?84|EPSG\W?4326", re.IGNORECASE)


@rule("chinese-map-shift")
def _chinese_map_shift(subject: Subject) -> Iterator[Problem]:
    services = {source.id: source for source in subject.journey.sources if _shifts(source)}
    for place, cited, geometry in _coordinates(subject) if services else ():
        named = [services[source_id] for source_id in cited if source_id in services]
        if named and base.geometry_of("country:CN").intersects(geometry):
            yield Problem(
                place,
                _message(named[0]),
                "convert it to WGS84, and write WGS84 into the source's note",
            )


def _coordinates(subject: Subject) -> Iterator[tuple[str, Sequence[str], BaseGeometry]]:
    for index, label in subject.points.items():
        waypoint = subject.journey.waypoints[index]
        yield at(waypoint), waypoint.sources, Point(label)
    for waypoint in subject.journey.waypoints:
        if waypoint.geometry is not None:
            yield at(waypoint), waypoint.sources, waypoint.geometry
    for trace in subject.journey.traces:
        yield f"track from {trace.start} to {trace.end}", trace.sources, LineString(trace.line)


def _said(source: Source) -> str:
    return " ".join(filter(None, (source.title, source.url, source.note)))


def _shifts(source: Source) -> bool:
    """Whether a source names a service that shifts, and nobody says that it was made good."""
    return (
        _SHIFTED.search(_said(source)) is not None and _CONVERTED.search(source.note or "") is None
    )


def _message(source: Source) -> str:
    twice = _SHIFTED_TWICE.search(_said(source)) is not None
    if twice:
        shift = "GCJ-02 and BD-09 shift it by 700 m and more"
    else:
        shift = "GCJ-02 shifts it by up to 700 m"
    return f'read off "{source.title}" [{source.id}]: {shift}'
