"""Random points of a place: uniform by area in a shape or disc, by length along a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from escape_route import measure

if TYPE_CHECKING:
    from numpy.random import Generator
    from shapely.geometry.base import BaseGeometry

    from escape_route.measure import Floats
    from escape_route.places import Region

_MEAN_RADIUS_M = 6_371_008.8
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


def _in_disc(region: Region, count: int, rng: Generator) -> Floats:
    """Points in a disc: bearing uniform, distance by area on a sphere, which is within 0.3 % of the ellipsoid's."""
    lon, lat = region.centre or (0.0, 0.0)
    if region.radius_m == 0:
        return np.tile([lon, lat], (count, 1)).astype(np.float64)
    reach = min(region.radius_m / _MEAN_RADIUS_M, np.pi)
    distance_m = np.arccos(1 - rng.random(count) * (1 - np.cos(reach))) * _MEAN_RADIUS_M
    bearing_deg = rng.random(count) * 360
    return measure.ahead(lon, lat, bearing_deg, distance_m)


def _along(line: BaseGeometry, count: int, rng: Generator) -> Floats:
    starts, ends = _segments(line)
    lengths_m = measure.distances_m(starts[:, 0], starts[:, 1], ends[:, 0], ends[:, 1])
    reached_m = np.cumsum(lengths_m)
    wanted_m = rng.random(count) * reached_m[-1]
    which = np.minimum(np.searchsorted(reached_m, wanted_m, side="right"), len(reached_m) - 1)
    share = 1 - (reached_m[which] - wanted_m) / np.where(lengths_m[which] > 0, lengths_m[which], 1.0)
    return np.asarray(starts[which] + share[:, None] * (ends[which] - starts[which]), dtype=np.float64)


def _segments(line: BaseGeometry) -> tuple[Floats, Floats]:
    parts = [shapely.get_coordinates(part) for part in shapely.get_parts(line) if is_line(part)]
    return np.concatenate([part[:-1] for part in parts]), np.concatenate([part[1:] for part in parts])


def _inside(region: Region, count: int, rng: Generator) -> Floats:
    """Points in a shape by rejection, from its disc where it has one, else from its box by area."""
    shapely.prepare(region.shape)
    kept: list[Floats] = []
    missing = count
    for _ in range(_MOST_BATCHES):
        if missing <= 0:
            break
        batch = max(_LEAST_BATCH, 2 * missing)
        points = _in_disc(region, batch, rng) if region.centre else _in_box(region.shape, batch, rng)
        points = points[shapely.contains_xy(region.shape, points[:, 0], points[:, 1])]
        kept.append(points[:missing])
        missing -= len(kept[-1])
    if missing > 0:  # a sliver of its box: any of its points serves
        kept.append(_fallback(region.shape, missing))
    return np.concatenate(kept)


def _in_box(shape: BaseGeometry | None, count: int, rng: Generator) -> Floats:
    west, south, east, north = shapely.bounds(shape)
    low, high = np.sin(np.radians([south, north]))
    lon = west + rng.random(count) * (east - west)
    lat = np.degrees(np.arcsin(low + rng.random(count) * (high - low)))
    return np.column_stack([lon, lat])


def _fallback(shape: BaseGeometry | None, count: int) -> Floats:
    point = shapely.point_on_surface(shape)
    return np.tile([shapely.get_x(point), shapely.get_y(point)], (count, 1)).astype(np.float64)
