"""The rule about Chinese map services, whose coordinates are shifted by law.

References
----------
GCJ-02 is described, with its 100 to 700 m, in "Restrictions on geographic data in China" (Wikipedia).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shapely.geometry import LineString, Point

from escape_route.errors import Problem
from escape_route.geography import base
from escape_route.lint.rules import Subject, at, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

    from escape_route.model.journey import Source

#: By service: words that name it, in small letters. Tianditu (天地图) is not among them: it is on CGCS2000, unshifted.
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


@rule(
    "chinese-map-shift",
    "Coordinates over China were read off a Chinese map service.",
    "Such services (Amap, AutoNavi, Gaode 高德; Baidu 百度; Tencent 腾讯; Sogou 搜狗 and others) have to shift what "
    "they show of mainland China: GCJ-02 is off by 100 to 700 m, differently at each place, and Baidu's BD-09 shifts "
    "it once more. Hong Kong, Macau and Taiwan are not shifted. Convert the coordinates to WGS84 and write WGS84 into "
    "the source's note.",
)
def _chinese_map_shift(subject: Subject) -> Iterator[Problem]:
    services = {source.id: source for source in subject.journey.sources if _shifts(source)}
    for place, cited, geometry in _coordinates(subject) if services else ():
        named = [services[each] for each in cited if each in services]
        if named and base.geometry_of("country:CN").intersects(geometry):
            yield Problem(place, _message(named[0]), "convert it to WGS84, and write WGS84 into the source's note")


def _coordinates(subject: Subject) -> Iterator[tuple[str, Sequence[str], BaseGeometry]]:
    """Coordinates that were told as places or tracks, with their places in the file and their sources."""
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
    return _SHIFTED.search(_said(source)) is not None and _CONVERTED.search(source.note or "") is None


def _message(source: Source) -> str:
    twice = _SHIFTED_TWICE.search(_said(source)) is not None
    shift = "GCJ-02 and BD-09 shift it by 700 m and more" if twice else "GCJ-02 shifts it by up to 700 m"
    return f'read off "{source.title}" [{source.id}]: {shift}'
