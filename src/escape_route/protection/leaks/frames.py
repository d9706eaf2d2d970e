"""Secret positions in each system of coordinates that texts use, and which coordinates of a text are one of them.

References
----------
The shifts of Chinese map services are GCJ-02 and BD-09 as their public converters have them; Baidu's plane coordinates
are Mercator's on an ellipsoid of its own. Kakao's are 2.5 times EPSG:5181, Naver's EPSG:5179 and EPSG:3857.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
import shapely
from pyproj import Transformer

from escape_route.geography import geodesic

if TYPE_CHECKING:
    from escape_route.protection.leaks.parts import Bools, Floats, Indices
    from escape_route.protection.leaks.secrets import Secrets

Project: TypeAlias = "Callable[[Floats, Floats], tuple[Floats, Floats]]"

DEGREES, PART_OF_DEGREE, PART_OF_SQUARE = (
    "degrees",
    "part of a degree",
    "part of a square of 100 km",
)
_LONGITUDE, _LATITUDE = "longitude", "latitude"
MOST_BY_CHANCE = 5e-3  # of a find that counts
_SLACK = 1e-9
_FINE = (
    2  # decimals that a secret is held with at the least: what is rounder is no finer than its cell
)
_SQUARE_M = 100_000.0
_CHINA = (72.0, 0.8, 137.9, 55.9)  # where the converters shift
_BAIDU = (
    "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=merc +a=6378206 "
    "+b=6356584.314245179"
)
_CHINESE_A_M, _CHINESE_E2 = 6378245.0, 0.00669342162296594323


@dataclass(frozen=True, slots=True)
class Told:
    """Coordinates that a text tells in one notation, in columns.

    `x` and `y` are middles of what is written, without signs, in the units of a frame, and
    `reach_x` and `reach_y` how far what was meant may be from them; `start` and `end` are where
    they stand. `is_swapped` says that y may be first.
    """

    notation: str
    frame: str
    x: Floats
    y: Floats
    reach_x: Floats
    reach_y: Floats
    start: Indices
    end: Indices
    is_swapped: bool = True

    def only(self, kept: Bools | Indices) -> Told:
        """Those of them that are kept."""
        columns = ("x", "y", "reach_x", "reach_y", "start", "end")
        return replace(self, **{name: getattr(self, name)[kept] for name in columns})

    def both_ways(self) -> tuple[Told, ...]:
        """Them, and where y may be first, with x and y changed about."""
        turned = replace(self, x=self.y, y=self.x, reach_x=self.reach_y, reach_y=self.reach_x)
        return (self, turned) if self.is_swapped else (self,)


class Hit(NamedTuple):
    """Something found: from where to where in the text, the notation, and the index of the secret, if it is one."""

    start: int
    end: int
    notation: str
    secret: int | None


class Frame:
    """Positions in one system, without signs; those that it does not reach are NaN."""

    def __init__(self, x: Floats, y: Floats) -> None:
        """Keep those that it reaches."""
        self._reached = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        self._points = np.abs(np.stack((x[self._reached], y[self._reached])))
        self.low, self.high = (
            self._points.min(axis=1, initial=np.inf),
            self._points.max(axis=1, initial=0),
        )

    @cached_property
    def count(self) -> int:
        """How many there are that differ."""
        return len(self._first_of_each(np.arange(len(self._reached))))

    def near(self, told: Told) -> tuple[Indices, Indices]:
        """Told coordinates and the positions that they may be: both indices, in step."""
        pairs = [np.empty((2, 0), dtype=np.int64)]
        for way in told.both_ways():
            middle, reach = np.stack((way.x, way.y)), np.stack((way.reach_x, way.reach_y)) + _SLACK
            low, high = middle - reach, middle + reach
            some = np.flatnonzero(((self.low <= high.T) & (self.high >= low.T)).all(axis=1))
            if len(some):
                beside = self._beside(low[:, some], high[:, some])
                tree = shapely.STRtree(shapely.points(self._points[:, beside].T))
                which, position = tree.query(shapely.box(*low[:, some], *high[:, some]))
                pairs.append(np.stack((some[which], self._reached[beside[position]])))
        which, position = np.concatenate(pairs, axis=1)
        return which, position

    def _beside(self, low: Floats, high: Floats) -> Indices:
        """Those that may lie in any of some boxes by the axis that they spread on: few of the 200,000 of a track."""
        axis = int(np.argmax(self.high - self.low))
        ends, here = np.append(np.sort(high[axis]), np.inf), self._points[axis]
        widest = (high - low)[axis].max()
        return self._first_of_each(
            np.flatnonzero(ends[np.searchsorted(ends, here)] <= here + widest)
        )

    def _first_of_each(self, some: Indices) -> Indices:
        order = some[np.lexsort(self._points[:, some])]
        return np.asarray(order[(np.diff(self._points[:, order], prepend=np.nan) != 0).any(axis=0)])


class Places:
    """Secret positions, and the published ones, in whatever frame is asked for."""

    def __init__(self, secrets: Secrets) -> None:
        """Keep them; each frame is made once."""
        held = secrets.positions
        self.secrets = secrets
        self.is_looked_for = held.decimals >= _FINE
        self.standing = np.flatnonzero(self.is_looked_for & (held.vertex < 0))
        self.count_within = cache(
            lambda position, reach_m: int((self.away_m(position) < reach_m).sum())
        )
        lon = np.where(self.is_looked_for, held.lon_deg, np.nan)
        self.frame = cache(lambda name: Frame(*FRAMES[name](lon, held.lat_deg)))
        self.allowed = cache(lambda name: Frame(*FRAMES[name](*secrets.allowed.T)))

    def away_m(self, position: tuple[float, float]) -> Floats:
        """How far from a longitude and latitude in degrees those lie that stand alone, in metres."""
        held = self.secrets.positions
        lons, lats = (np.full(len(self.standing), value) for value in position)
        return geodesic.distances_m(
            lons, lats, held.lon_deg[self.standing], held.lat_deg[self.standing]
        )

    def point(self, secret: int) -> tuple[float, float]:
        """Longitude and latitude of one of them in degrees."""
        held = self.secrets.positions
        return float(held.lon_deg[secret]), float(held.lat_deg[secret])

    def hits(self, told: Told) -> Iterator[Hit]:
        """Told coordinates that are a secret, that no published position explains, and that are no chance."""
        if not len(told.x) or not self.is_looked_for.any():
            return
        which, secret = self.frame(told.frame).near(told)
        if len(which):
            explained = self.allowed(told.frame).near(told.only(which))[0]
            unseen = np.setdiff1d(np.arange(len(which)), explained)
            which, secret = which[unseen], secret[unseen]
        if not len(which):
            return
        kept = self._is_no_chance(told, which)
        for index, point in zip(which[kept].tolist(), secret[kept].tolist(), strict=True):
            yield Hit(int(told.start[index]), int(told.end[index]), told.notation, point)

    def alone(self, told: Told) -> Iterator[Hit]:
        """Told numbers that are the longitude or the latitude of a secret, and of no published position."""
        zeros, half = (
            np.zeros(len(told.x)),
            np.full(len(told.x), 0.5),
        )  # of a degree: the other half lies anywhere
        for frame in (_LONGITUDE, _LATITUDE):
            yield from self.hits(
                replace(told, frame=frame, y=zeros, reach_y=half, is_swapped=False)
            )

    def _is_no_chance(self, told: Told, which: Indices) -> Bools:
        """Which finds are more than chance would make, given how much the text tells of where the secrets lie.

        Chance finds as many as there are pairs of a told and a secret position, by the part of the
        land between the secrets that one of them covers. What is found far more often than that is
        a leak, however crowded the text.
        """
        frame, side = (
            self.frame(told.frame),
            _SQUARE_M if told.frame in {PART_OF_SQUARE, *METRIC} else 1.0,
        )
        points = [np.column_stack((way.x, way.y)) for way in told.both_ways()]
        inside = sum(
            ((point >= frame.low - side) & (point <= frame.high + side)).all(axis=1).sum()
            for point in points
        )
        alike = len(np.unique(which))
        area = np.maximum(frame.high - frame.low, side).prod()
        by_chance = (
            max(inside - alike, 1)
            * frame.count
            * 4
            * told.reach_x[which]
            * told.reach_y[which]
            / area
        )
        return np.asarray(
            by_chance < min(MOST_BY_CHANCE * alike**2, max(alike / 4, MOST_BY_CHANCE))
        )


#: Places of secrets; the same secrets are put into frames once.
places_of = lru_cache(maxsize=8)(Places)


def _shifted(lon_deg: Floats, lat_deg: Floats) -> tuple[Floats, Floats]:
    """Where Chinese maps show a position: GCJ-02."""
    west, south, east, north = _CHINA
    inside = (lon_deg > west) & (lon_deg < east) & (lat_deg > south) & (lat_deg < north)
    x, y = lon_deg - 105, lat_deg - 35
    root = np.sqrt(np.abs(x))
    waves = (20 * np.sin(6 * np.pi * x) + 20 * np.sin(2 * np.pi * x)) * 2 / 3
    east_m = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + waves + _waves(x, 150, 300)
    north_m = (
        -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + waves + _waves(y, 160, 320)
    )
    lat = np.radians(lat_deg)
    square = 1 - _CHINESE_E2 * np.sin(lat) ** 2
    a_lat = _CHINESE_A_M * (1 - _CHINESE_E2) / square**1.5
    a_lon = _CHINESE_A_M / np.sqrt(square) * np.cos(lat)
    lon = lon_deg + np.degrees(east_m / a_lon)
    return np.where(inside, lon, np.nan), np.where(
        inside, lat_deg + np.degrees(north_m / a_lat), np.nan
    )


def _waves(value: Floats, slow: float, slowest: float) -> Floats:
    sizes = ((20, 1), (40, 1 / 3), (slow, 1 / 12), (slowest, 1 / 30))
    return np.asarray(sum(size * np.sin(np.pi * value * times) for size, times in sizes) * 2 / 3)


def _shifted_twice(lon_deg: Floats, lat_deg: Floats) -> tuple[Floats, Floats]:
    """Where Baidu shows a position: BD-09."""
    x, y = _shifted(lon_deg, lat_deg)
    turn = np.pi * 3000 / 180
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * turn)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * turn)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006


def _projected(system: str, scale: float = 1.0) -> Project:
    def project(lon_deg: Floats, lat_deg: Floats) -> tuple[Floats, Floats]:
        x, y = _transformer(system).transform(lon_deg, np.clip(lat_deg, -89.9, 89.9))
        return x * scale, y * scale

    return project


@cache
def _transformer(system: str) -> Transformer:
    if system.startswith("+proj"):
        return Transformer.from_pipeline(system)
    return Transformer.from_crs("EPSG:4326", system, always_xy=True)


def _utm_metres(lon_deg: Floats, lat_deg: Floats) -> tuple[Floats, Floats]:
    """Eastings and northings in each position's own zone."""
    x, y = np.full(lon_deg.shape, np.nan), np.full(lon_deg.shape, np.nan)
    zone = np.where(
        np.isfinite(lon_deg), 32601 + (lon_deg + 180) // 6 % 60 + 100 * (lat_deg < 0), 0
    )
    for number in np.unique(zone[zone > 0]).astype(int).tolist():
        mine = zone == number
        x[mine], y[mine] = _projected(f"EPSG:{number}")(lon_deg[mine], lat_deg[mine])
    return x, y


def _in_a_square(lon_deg: Floats, lat_deg: Floats) -> tuple[Floats, Floats]:
    x, y = _utm_metres(lon_deg, lat_deg)
    return x % _SQUARE_M, y % _SQUARE_M


#: Frames as Chinese maps have them, and those in metres, in which every pair of large numbers is
#: looked up.
SHIFTED: dict[str, Project] = {"GCJ-02 degrees": _shifted, "BD-09 degrees": _shifted_twice}
METRIC: dict[str, Project] = {
    "Web Mercator metres": _projected("EPSG:3857"),
    "UTM metres": _utm_metres,
    "Kakao map units": _projected("EPSG:5181", 2.5),
    "Naver map metres": _projected("EPSG:5179"),
    "Baidu map metres": lambda lon, lat: _projected(_BAIDU)(*_shifted_twice(lon, lat)),
}
FRAMES: dict[str, Project] = {
    DEGREES: lambda lon, lat: (lon, lat),
    _LONGITUDE: lambda lon, lat: (lon, 0 * lat),
    _LATITUDE: lambda lon, lat: (lat + 0 * lon, 0 * lat),
    PART_OF_DEGREE: lambda lon, lat: ((lon + 180) % 1, (lat + 90) % 1),
    PART_OF_SQUARE: _in_a_square,
    **SHIFTED,
    **METRIC,
}
