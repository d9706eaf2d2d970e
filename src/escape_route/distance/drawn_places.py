"""Random points of a place: uniform by area in a shape or disc, by length along a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from escape_route.geography import ellipsoid, geodesic

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from escape_route.geography.geodesic import Floats
    from escape_route.model.places import Region

_MEAN_RADIUS_M = 6_371_008.8
NEAR_M = 100_000.0
_MOST_BATCHES = 200
_LEAST_BATCH = 256
_LINE, _AREA = 1, 2


def draw(region: Region, count: int, rng: Generator) -> Floats:
    """Draw points uniformly from one alternative of a place.

    Parameters
    ----------
    region
        A disc, a shape, or a disc cut by a shape.
    count
        How many.
    rng
        The generator that is used up.

    Returns
    -------
    array
        Shape (count, 2), (longitude, latitude) in degrees.
    """
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
    return np.asarray(np.arccos(1 - rng.random(count) * (1 - np.cos(reach))) * _MEAN_RADIUS_M, dtype=np.float64)


def draw_near(region: Region, count: int, rng: Generator) -> Floats:
    """Points of a disc of `NEAR_M` or less, as `draw` draws them, but on the auxiliary sphere: shape (3, count)."""
    distance_m = _away_m(region.radius_m, count, rng)
    return ellipsoid.ahead_near(region.centre or (0.0, 0.0), rng.random(count) * 360, distance_m)


def holds(region: Region, points: Floats) -> NDArray[np.bool_]:
    """Which points lie in a region; of a line all do, for they were made on it."""
    found = np.ones(len(points), dtype=bool)
    if region.centre is not None:
        centre = np.broadcast_to(region.centre, points.shape)
        found &= geodesic.distances_m(*centre.T, *points.T) <= region.radius_m
    if is_area(region.shape):
        found &= shapely.contains_xy(region.shape, *points.T)
    return found


def _in_disc(region: Region, count: int, rng: Generator) -> Floats:
    centre = np.asarray(region.centre or (0.0, 0.0), dtype=np.float64)
    if region.radius_m == 0:
        return np.tile(centre, (count, 1))
    if region.radius_m <= NEAR_M:
        return ellipsoid.off_sphere(draw_near(region, count, rng))
    return around(np.broadcast_to(centre, (count, 2)), region.radius_m, rng)


def _along(line: BaseGeometry, count: int, rng: Generator) -> Floats:
    starts, ends = _segments(line)
    lengths_m = geodesic.distances_m(starts[:, 0], starts[:, 1], ends[:, 0], ends[:, 1])
    reached_m = np.cumsum(lengths_m)
    wanted_m = rng.random(count) * reached_m[-1]
    which = np.minimum(np.searchsorted(reached_m, wanted_m, side="right"), len(reached_m) - 1)
    share = 1 - (reached_m[which] - wanted_m) / np.where(lengths_m[which] > 0, lengths_m[which], 1.0)
    return np.asarray(starts[which] + share[:, None] * (ends[which] - starts[which]), dtype=np.float64)


def _segments(line: BaseGeometry) -> tuple[Floats, Floats]:
    parts = [shapely.get_coordinates(part) for part in shapely.get_parts(line) if is_line(part)]
    return np.concatenate([part[:-1] for part in parts]), np.concatenate([part[1:] for part in parts])


def _inside(region: Region, count: int, rng: Generator) -> Floats:
    """Points in a shape by rejection, from its disc where it has one, else from the boxes of its parts by area."""
    parts = np.array([part for part in shapely.get_parts(region.shape) if is_area(part)], dtype=object)
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
    found = np.concatenate(kept) if kept else np.empty((0, 2))
    if missing <= 0:
        return found
    # A sliver of its box: what was found stands again for what was not, and any of its points where nothing was.
    again = found[rng.integers(0, len(found), missing)] if len(found) else _fallback(region.shape, missing)
    return np.asarray(np.concatenate([found, again]), dtype=np.float64)


def _in_parts(parts: NDArray[np.object_], count: int, rng: Generator) -> Floats:
    """Those of `count` points that lie in the part whose box they were drawn in.

    A box is chosen by its area: over all parts together the points are then uniform, however far apart the parts lie.
    """
    west, south, east, north = shapely.bounds(parts).T
    low, high = np.sin(np.radians(south)), np.sin(np.radians(north))
    reached = np.cumsum((east - west) * (high - low))
    which = np.minimum(np.searchsorted(reached, rng.random(count) * reached[-1], side="right"), len(parts) - 1)
    lon = west[which] + rng.random(count) * (east - west)[which]
    lat = np.degrees(np.arcsin(low[which] + rng.random(count) * (high - low)[which]))
    inside = shapely.contains_xy(parts[which], lon, lat)
    return np.asarray(np.column_stack([lon, lat])[inside], dtype=np.float64)


def _fallback(shape: BaseGeometry | None, count: int) -> Floats:
    point = shapely.point_on_surface(shape)
    return np.tile([shapely.get_x(point), shapely.get_y(point)], (count, 1)).astype(np.float64)
