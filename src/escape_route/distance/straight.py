"""How far apart two places are in a straight line: from their nearest points to those that are farthest apart."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from escape_route.distance import bounds
from escape_route.distance.intervals import CERTIFIED, Interval, rounded_down, rounded_to
from escape_route.distance.points import Batch, draw
from escape_route.geography import ellipsoid, geodesic

if TYPE_CHECKING:
    from escape_route.distance.bounds import Bound
    from escape_route.geography.geodesic import Floats
    from escape_route.model.places import Place, Region

_DRAWS = 2_000
_MOST_POINTS = 2_000  # of an outline
_MOST_PAIRS = (
    50  # of points that are looked at exactly, of those that are farthest apart on a sphere
)
_FARTHEST_M = 20_003_931.5  # half of a meridian: no geodesic is longer


def apart(one: Place, other: Place, seed: int) -> tuple[Bound, Interval, Floats]:
    """Certified least that two places are apart, the whole of what they may be, and draws of it in rising order.

    The edges of the 95 % are the least and the most that is possible: what is told in a straight
    line winds nowhere.
    """
    bound = bounds.lower_bound((one, other), (bounds.Edge.GEODESIC,))
    most_m = min(
        max(_most_m(mine, theirs) for mine in one.regions for theirs in other.regions), _FARTHEST_M
    )
    drawn = np.sort(np.clip(_drawn_m(one, other, seed), bound.bound_m, most_m))
    least_m = rounded_down(bound.bound_m)
    step_m = 10.0 ** (math.floor(math.log10(most_m)) - CERTIFIED + 1) if most_m > 0 else 0.0
    said_m = least_m, rounded_to(most_m, step_m, math.ceil)
    interval = replace(
        Interval.of(drawn),
        low95_m=bound.bound_m,
        high95_m=most_m,
        errors_m=(0.0,) * 5,
        said_m=said_m,
    )
    return replace(bound, said_m=least_m), interval, drawn


def _most_m(one: Region, other: Region) -> float:
    """Most that a point of one region is from one of another, in metres; never too small."""
    (points, reach_m), (others, also_m) = _outline(one), _outline(other)
    near, far = ellipsoid.on_sphere(points), ellipsoid.on_sphere(others)
    towards = near.T @ far
    count = min(_MOST_PAIRS, towards.size)
    rows, columns = np.unravel_index(
        np.argpartition(towards, count - 1, axis=None)[:count], towards.shape
    )
    apart_m = geodesic.distances_m(*points[rows].T, *others[columns].T)
    return float(apart_m.max()) + reach_m + also_m


def _outline(region: Region) -> tuple[Floats, float]:
    """Points of a region's outline, shape (n, 2) in degrees, and how far any point of it may lie beyond these."""
    if region.centre is not None:
        return np.array([region.centre], dtype=np.float64), region.radius_m
    points = bounds.outline_points(region.shape)
    kept = points[:: -(-len(points) // _MOST_POINTS)]
    return kept, 0.0 if len(kept) == len(points) else bounds.STEP_M * len(points) / len(kept)


def _drawn_m(one: Place, other: Place, seed: int) -> Floats:
    ends = []
    for number, place in enumerate((one, other)):
        rng = Batch(seed, _DRAWS).stream(number)
        count = -(-_DRAWS // len(place.regions))
        parts = np.concatenate([draw(region, count, rng) for region in place.regions])
        ends.append(rng.permutation(parts)[:_DRAWS])
    return geodesic.distances_m(*ends[0].T, *ends[1].T)
