"""Ways through places by code of its own: pyproj's geodesics, shapely's shapes, dense samples.

A place is a tuple of alternatives, each a `Spot`. It is the other opinion on what the program
certifies and draws.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Geod

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

GEOD = Geod(ellps="WGS84")
_ROUNDS = 18  # of looking closer, each time half as far around the way that was found
_STARTS = 2  # ways that are looked at closer
_COARSE, _FINE = 60, 16  # points of a place


@dataclass(frozen=True)
class Spot:
    """An alternative of a place: the points of a shape, or of a disc (metres), or of both."""

    shape: BaseGeometry | None = None
    centre: tuple[float, float] | None = None
    radius_m: float = 0.0

    def holds(self, lonlat: np.ndarray) -> np.ndarray:
        """Which points are in it; of a line all, for they were made on it."""
        found = np.ones(len(lonlat), dtype=bool)
        if self.centre is not None:
            found &= apart_m(np.array([self.centre]), lonlat) <= self.radius_m * (1 + 1e-12) + 1e-6
        if self.shape is not None and self.shape.area > 0:
            found &= shapely.intersects_xy(self.shape, *lonlat.T)
        return found

    def coarse(self, rng: np.random.Generator) -> np.ndarray:
        """Points all over it, its edge and its corners among them."""
        found = [self.uniform(_COARSE, rng)]
        if self.centre is not None and self.radius_m:
            found.append(_ahead(self.centre, np.linspace(0, 360, 73), self.radius_m))
        if self.shape is not None:
            corners = shapely.get_coordinates(self.shape)
            found += [corners[:: max(len(corners) // _COARSE, 1)], _spread(self.shape, _COARSE)]
        every = np.concatenate(found)
        return every[self.holds(every)]

    def near(self, point: np.ndarray, reach_m: float, rng: np.random.Generator) -> np.ndarray:
        """Points of it around a point: as they fall, and where they fall outside the nearest of its edge."""
        tried = _ahead(
            point, rng.uniform(0, 360, _FINE), reach_m * np.sqrt(rng.uniform(0, 1, _FINE))
        )
        found = [point[None], tried]
        if self.shape is not None:
            edge = self.shape if self.shape.area == 0 else self.shape.boundary
            far = (
                np.abs(tried[:, 0] - point[0]) > 180
            )  # over the antimeridian: the edge is on this side
            tried = np.where(far[:, None], point, tried)
            where = shapely.line_locate_point(edge, shapely.points(tried))
            found.append(shapely.get_coordinates(shapely.line_interpolate_point(edge, where)))
            if self.shape.area == 0:
                found = [point[None], found[-1]]
        if self.centre is not None and self.radius_m:
            bearings = GEOD.inv(*_wide(self.centre, len(tried)), *tried.T)[0]
            found.append(_ahead(self.centre, bearings, self.radius_m))
        every = np.concatenate(found)
        return every[self.holds(every)]

    def uniform(self, count: int, rng: np.random.Generator) -> np.ndarray:
        """Points drawn from it by area, or by length along a line."""
        if self.centre is not None and self.radius_m == 0:
            return np.tile(np.array([self.centre], dtype=float), (count, 1))
        if self.shape is not None and self.shape.area == 0:
            return _along(self.shape, count, rng)
        kept = np.empty((0, 2))
        while len(kept) < count:
            tried = self._thrown(4 * count, rng)
            kept = np.concatenate([kept, tried[self.holds(tried)]])
        return kept[:count]

    def _thrown(self, count: int, rng: np.random.Generator) -> np.ndarray:
        """Points uniform by area in a box that holds it."""
        west, south, east, north = (
            (-180.0, -90.0, 180.0, 90.0) if self.shape is None else self.shape.bounds
        )
        if self.centre is not None:
            reach_deg = self.radius_m / 110_000
            south, north = (
                max(south, self.centre[1] - reach_deg),
                min(north, self.centre[1] + reach_deg),
            )
        lon = rng.uniform(west, east, count)
        if self.centre is not None and max(abs(south), abs(north)) < 89:  # no pole in it
            wide_deg = min(
                reach_deg / math.cos(math.radians(max(abs(south), abs(north)))) * 1.1, 180.0
            )
            lon = (self.centre[0] + rng.uniform(-wide_deg, wide_deg, count) + 180) % 360 - 180
        low, high = np.sin(np.radians([south, north]))
        return np.column_stack([lon, np.degrees(np.arcsin(rng.uniform(low, high, count)))])


def apart_m(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Geodesics between two lists of points, or from one point to many."""
    one, other = np.broadcast_arrays(one, other)
    return np.asarray(GEOD.inv(*one.T, *other.T)[2])


def shortest_m(places: Sequence[Sequence[Spot]], rng: np.random.Generator) -> float:
    """Length of the shortest way that was found through places: coarsely over all of each, then ever closer."""
    layers = [_numbered([spot.coarse(rng) for spot in place]) for place in places]
    return min(_closer(places, start, rng) for start in _starts(layers))


def _numbered(each: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    return np.concatenate(each), np.repeat(np.arange(len(each)), [len(one) for one in each])


def _starts(layers: list[tuple[np.ndarray, np.ndarray]]) -> list[list[tuple[np.ndarray, int]]]:
    """Shortest way over the points of the layers, and those that go through other points of the first."""
    costs = [_table_m(one, other) for (one, _), (other, _) in pairwise(layers)]
    rest = np.zeros(len(layers[-1][0]))
    choice = []
    for cost in reversed(costs):
        through = cost + rest
        choice.append(through.argmin(axis=1))
        rest = through.min(axis=1)
    found = []
    for first in np.argsort(rest)[: 40 * _STARTS : 40]:
        way = [int(first)]
        for step in reversed(choice):
            way.append(int(step[way[-1]]))
        found.append(
            [(points[at], int(spots[at])) for at, (points, spots) in zip(way, layers, strict=True)]
        )
    return found


def _closer(
    places: Sequence[Sequence[Spot]], start: list[tuple[np.ndarray, int]], rng: np.random.Generator
) -> float:
    spots = [place[number] for place, (_, number) in zip(places, start, strict=True)]
    way = [point for point, _ in start]
    reach_m = 800_000.0
    for _ in range(_ROUNDS):
        layers = [spot.near(point, reach_m, rng) for spot, point in zip(spots, way, strict=True)]
        found = _starts([(layer, np.zeros(len(layer), dtype=int)) for layer in layers])
        way = [point for point, _ in found[0]]
        reach_m /= 2
    return float(
        sum(
            apart_m(one, other).item()
            for one, other in pairwise(np.atleast_2d(each) for each in way)
        )
    )


def _table_m(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    lon, lat = (np.broadcast_arrays(one[:, None, k], other[None, :, k]) for k in (0, 1))
    return np.asarray(
        GEOD.inv(lon[0].ravel(), lat[0].ravel(), lon[1].ravel(), lat[1].ravel())[2]
    ).reshape(lon[0].shape)


def _wide(point: Sequence[float], count: int) -> tuple[np.ndarray, np.ndarray]:
    return np.full(count, point[0]), np.full(count, point[1])


def _ahead(
    point: Sequence[float], bearings_deg: np.ndarray, away_m: np.ndarray | float
) -> np.ndarray:
    away = np.broadcast_to(away_m, bearings_deg.shape)
    return np.column_stack(GEOD.fwd(*_wide(point, len(bearings_deg)), bearings_deg, away)[:2])


def _spread(shape: BaseGeometry, count: int) -> np.ndarray:
    edge = shape if shape.area == 0 else shape.boundary
    return shapely.get_coordinates(
        shapely.line_interpolate_point(edge, np.linspace(0, 1, count), normalized=True)
    )


def _along(line: BaseGeometry, count: int, rng: np.random.Generator) -> np.ndarray:
    """Points on a line, uniform by length on the ground: it is cut into short pieces, and each is as likely as long."""
    pieces = [
        shapely.get_coordinates(shapely.segmentize(part, 0.02)) for part in shapely.get_parts(line)
    ]
    starts, ends = (
        np.concatenate([piece[which] for piece in pieces])
        for which in (slice(None, -1), slice(1, None))
    )
    lengths_m = apart_m(starts, ends)
    which = rng.choice(len(starts), count, p=lengths_m / lengths_m.sum())
    return starts[which] + rng.uniform(0, 1, (count, 1)) * (ends - starts)[which]
