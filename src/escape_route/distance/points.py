"""Drawn points: many of a place, or one where the place is a point; and the random numbers of a batch of draws.

They are uniform by area in a shape or disc, by length along a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.random import PCG64, Generator, SeedSequence
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from escape_route.geography import ellipsoid, geodesic
from escape_route.geography.geodesic import Floats
from escape_route.model.places import Region

Rows = NDArray[np.int64]


#: What a stream of random numbers is for.
ALTERNATIVE, PLACE, CROSSING, ROUTE, OWN, ACCOUNT, REGION, KIND = range(8)
_MEAN_RADIUS_M = 6_371_008.8
NEAR_M = 100_000.0
_MOST_BATCHES = 200
_LEAST_BATCH = 256
_LINE, _AREA = 1, 2


@dataclass(frozen=True, slots=True)
class Batch:
    """Draws that are made together. What one thing takes of its numbers moves nothing else: each has its own stream."""

    seed: int
    count: int
    number: int = 0

    def stream(self, *what: int) -> Generator:
        """Random numbers (PCG64) for one thing, the same whenever they are asked for."""
        return Generator(PCG64(SeedSequence(self.seed, spawn_key=(self.number, *what))))


@dataclass(frozen=True)
class Points:
    """Points of all draws, or the one that is the same in every draw.

    `sphere` are their positions as `ellipsoid.on_sphere` gives them, shape (3, n) or (3, 1);
    `given_deg` are longitudes and latitudes where these were drawn, shape (n, 2) or (1, 2).
    """

    sphere: Floats
    given_deg: Floats | None = None

    @classmethod
    def at(cls, lonlat_deg: Floats) -> Points:
        """Points at these positions."""
        return cls(ellipsoid.on_sphere(lonlat_deg), lonlat_deg)

    @cached_property
    def lonlat_deg(self) -> Floats:
        """Longitudes and latitudes in degrees, shape (n, 2) or (1, 2)."""
        return ellipsoid.off_sphere(self.sphere) if self.given_deg is None else self.given_deg

    @property
    def is_one(self) -> bool:
        """Whether it is the same point in every draw."""
        return len(self.sphere[0]) == 1

    def take(self, rows: Rows | None) -> Points:
        """Points of some of the draws; of all where None."""
        if rows is None or self.is_one:
            return self
        return Points(
            self.sphere[:, rows], None if self.given_deg is None else self.given_deg[rows]
        )

    def apart_m(self, other: Points) -> Floats:
        """Geodesic distances, shape (n,), or (1,) where both are one point: exact there, else within 4 millionths."""
        if self.is_one and other.is_one:
            return geodesic.distances_m(*self.lonlat_deg.T, *other.lonlat_deg.T)
        return geodesic.near_distances_m(self.sphere, other.sphere)


def some(one: Points, other: Points, most: int) -> tuple[Points, Points]:
    """Both ends of some of the draws, spread over all of them: so many at the most."""
    count = max(len(one.sphere[0]), len(other.sphere[0]))
    rows = np.linspace(0, count - 1, min(count, most)).astype(np.int64)
    return one.take(rows), other.take(rows)


def join(parts: Sequence[tuple[Rows, Points]]) -> tuple[Rows, Points]:
    """Points of several lists of draws as one list, in the order of the draws."""
    rows = np.concatenate([own for own, _ in parts])
    order = np.argsort(rows)
    sphere = [np.broadcast_to(drawn.sphere, (3, len(own))) for own, drawn in parts]
    return rows[order], Points(np.concatenate(sphere, axis=1)[:, order])


def alike(choices: Sequence[Rows | None], count: int) -> Iterator[tuple[Rows, tuple[int, ...]]]:
    """Rows of the draws that chose the same alternatives, with these; None stands for the only one."""
    code = np.zeros(count, dtype=np.int64)
    for choice in choices:
        if (
            choice is not None
        ):  # numbered anew at each step: codes stay below the count, however many places there are
            code = code * (int(choice.max()) + 1) + choice
            code = (np.cumsum(np.bincount(code) > 0) - 1)[code]
    for group in range(int(code.max(initial=-1)) + 1):
        rows = np.flatnonzero(code == group)
        yield rows, tuple(0 if choice is None else int(choice[rows[0]]) for choice in choices)


def draw(region: Region, count: int, rng: Generator) -> Floats:
    """Draw points uniformly from a disc, a shape, or a disc cut by a shape: shape (count, 2), (lon, lat) in degrees."""
    if region.shape is None:
        return _in_disc(region, count, rng)
    if is_line(region.shape):
        return _along(region.shape, count, rng)
    return _inside(region, count, rng)


def is_line(shape: BaseGeometry | None) -> bool:
    """Whether a shape has length and no area."""
    return shape is not None and int(shapely.get_dimensions(shape)) == _LINE


def is_area(shape: BaseGeometry | None) -> bool:
    """Whether a shape has an area."""
    return shape is not None and int(shapely.get_dimensions(shape)) >= _AREA


def around(centres_deg: Floats, radius_m: float, rng: Generator) -> Floats:
    """Points in the discs around each centre, shapes (n, 2) in degrees.

    Bearing uniform, distance by area on a sphere, which is within 0.3 % of the ellipsoid's.
    """
    count = len(centres_deg)
    distance_m = _away_m(radius_m, count, rng)
    return geodesic.ahead(centres_deg[:, 0], centres_deg[:, 1], rng.random(count) * 360, distance_m)


def _away_m(radius_m: float, count: int, rng: Generator) -> Floats:
    reach = min(radius_m / _MEAN_RADIUS_M, np.pi)
    return np.asarray(
        np.arccos(1 - rng.random(count) * (1 - np.cos(reach))) * _MEAN_RADIUS_M, dtype=np.float64
    )


def draw_near(region: Region, count: int, rng: Generator) -> Floats:
    """Points of a disc of `NEAR_M` or less, as `draw` draws them, but on the auxiliary sphere: shape (3, count)."""
    distance_m = _away_m(region.radius_m, count, rng)
    return ellipsoid.ahead_near(region.centre or (0.0, 0.0), rng.random(count) * 360, distance_m)


def holds(region: Region, points: Floats) -> NDArray[np.bool_]:
    """Which points lie in a region; of a line all do, for they were made on it."""
    inside = np.ones(len(points), dtype=bool)
    if region.centre is not None:
        centre = np.broadcast_to(region.centre, points.shape)
        inside &= geodesic.distances_m(*centre.T, *points.T) <= region.radius_m
    if is_area(region.shape):
        inside &= shapely.contains_xy(region.shape, *points.T)
    return inside


def _in_disc(region: Region, count: int, rng: Generator) -> Floats:
    centre = np.asarray(region.centre or (0.0, 0.0), dtype=np.float64)
    if region.radius_m == 0:
        return np.tile(centre, (count, 1))
    if region.radius_m <= NEAR_M:
        return ellipsoid.off_sphere(draw_near(region, count, rng))
    return around(np.broadcast_to(centre, (count, 2)), region.radius_m, rng)


def _along(line: BaseGeometry, count: int, rng: Generator) -> Floats:
    parts = [shapely.get_coordinates(part) for part in shapely.get_parts(line) if is_line(part)]
    starts, ends = (
        np.concatenate([part[:-1] for part in parts]),
        np.concatenate([part[1:] for part in parts]),
    )
    lengths_m = geodesic.distances_m(starts[:, 0], starts[:, 1], ends[:, 0], ends[:, 1])
    reached_m = np.cumsum(lengths_m)
    wanted_m = rng.random(count) * reached_m[-1]
    which = np.minimum(np.searchsorted(reached_m, wanted_m, side="right"), len(reached_m) - 1)
    share = 1 - (reached_m[which] - wanted_m) / np.where(
        lengths_m[which] > 0, lengths_m[which], 1.0
    )
    return np.asarray(
        starts[which] + share[:, None] * (ends[which] - starts[which]), dtype=np.float64
    )


def _inside(region: Region, count: int, rng: Generator) -> Floats:
    """Points in a shape by rejection, from its disc where it has one, else from the boxes of its parts by area."""
    parts = np.array(
        [part for part in shapely.get_parts(region.shape) if is_area(part)], dtype=object
    )
    shapely.prepare(region.shape if region.centre else parts)
    kept: list[Floats] = []
    missing = count
    for _ in range(_MOST_BATCHES):
        if missing <= 0:
            break
        batch = max(_LEAST_BATCH, 2 * missing)
        if region.centre:
            points = _in_disc(region, batch, rng)
            points = points[shapely.contains_xy(region.shape, points[:, 0], points[:, 1])]
        else:
            points = _in_parts(parts, batch, rng)
        kept.append(points[:missing])
        missing -= len(kept[-1])
    drawn = np.concatenate(kept) if kept else np.empty((0, 2))
    if missing <= 0:
        return drawn
    # A sliver of its box: what was found stands again for what was not, and any of its points where
    # nothing was.
    if len(drawn):
        stand_ins = drawn
    else:
        stand_ins = shapely.get_coordinates(shapely.point_on_surface(region.shape))
    return np.asarray(
        np.concatenate([drawn, stand_ins[rng.integers(0, len(stand_ins), missing)]]),
        dtype=np.float64,
    )


def _in_parts(parts: NDArray[np.object_], count: int, rng: Generator) -> Floats:
    """Those of `count` points that lie in the part whose box they were drawn in.

    A box is chosen by its area: over all parts together the points are then uniform, however far
    apart the parts lie.
    """
    west, south, east, north = shapely.bounds(parts).T
    low, high = np.sin(np.radians(south)), np.sin(np.radians(north))
    reached = np.cumsum((east - west) * (high - low))
    which = np.minimum(
        np.searchsorted(reached, rng.random(count) * reached[-1], side="right"), len(parts) - 1
    )
    lon = west[which] + rng.random(count) * (east - west)[which]
    lat = np.degrees(np.arcsin(low[which] + rng.random(count) * (high - low)[which]))
    inside = shapely.contains_xy(parts[which], lon, lat)
    return np.asarray(np.column_stack([lon, lat])[inside], dtype=np.float64)
