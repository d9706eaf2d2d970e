"""The certified least distance of a journey through sets, and how far apart its first and last place may be.

It needs only the triangle inequality and how the ellipsoid is curved, so it holds for any sets. "Certified" holds for
the places as stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from escape_route.distance.shortest import TOLERANCE_M, Edge, shortest_journey
from escape_route.geography import ellipsoid, geodesic
from escape_route.model import places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from escape_route.distance.shortest import Shortest
    from escape_route.geography.geodesic import Floats
    from escape_route.model.journey import Journey, Waypoint
    from escape_route.model.places import Place


_GAP_TOLERANCE_M = 1_000.0
_STEP_DEG = 0.02  # two kilometres: what lies between two points of an outline is no farther off than half of that
_MOST_POINTS = 400
_NEAREST = 12


@dataclass(frozen=True, slots=True)
class Bound:
    """The certified lower bound of a journey: `bound_m` is `shortest.least_m` and `traced_m`, which was measured."""

    traced_m: float
    shortest: Shortest

    @property
    def bound_m(self) -> float:
        """The bound, in metres."""
        return self.shortest.least_m + self.traced_m


def gap_m(one: Place, other: Place, *, tolerance_m: float = _GAP_TOLERANCE_M) -> float:
    """Certified least geodesic distance between two places, never too large and by `tolerance_m` at most too small.

    It can be further too small where two large outlines run side by side for very long; it is then still certified.
    """
    return _gap_m(one, other, tolerance_m)


@lru_cache(maxsize=1024)
def _gap_m(one: Place, other: Place, tolerance_m: float) -> float:
    if one.covers(other) or other.covers(one) or _touch(one, other):
        return 0.0
    pairs = [
        max(0.0, geodesic.geodesic_m(a.centre, b.centre) - a.radius_m - b.radius_m)
        for a in one.regions
        for b in other.regions
        if a.centre is not None and b.centre is not None and a.shape is None and b.shape is None
    ]
    if len(pairs) == len(one.regions) * len(other.regions):
        return min(pairs)
    return shortest_journey((one, other), (Edge.GEODESIC,), tolerance_m=tolerance_m).least_m


def _touch(one: Place, other: Place) -> bool:
    return any(
        a.shape is not None
        and b.shape is not None
        and a.centre is None
        and b.centre is None
        and a.shape.intersects(b.shape)
        for a in one.regions
        for b in other.regions
    )


def lower_bound(
    sets: Sequence[Place],
    edges: Sequence[Edge],
    traced_m: float = 0.0,
    *,
    tolerance_m: float = TOLERANCE_M,
) -> Bound:
    """Certified lower bound of any journey through two or more sets in their order, joined by edges.

    `traced_m` is the length of all tracks among these. The search stops within `tolerance_m` of the exact least
    distance.
    """
    return Bound(traced_m, shortest_journey(sets, edges, tolerance_m=tolerance_m))


def farthest_m(journey: Journey) -> float | None:
    """Metres from the point of the first place that is farthest from the last place to the nearest point of that.

    Returns
    -------
    float | None
        None where one of the two places is not told well enough. Off by a few kilometres at the most, for outlines are
        taken as points 2 km apart.
    """
    drawn = places.outlines(journey)
    first, last = (_outline(journey.waypoints[end], drawn) for end in (0, -1))
    if first is None or last is None:
        return None
    starts, ends = _points(first, most=_MOST_POINTS), _points(last)
    outside = starts[~shapely.covers(last, shapely.points(starts))]
    if not len(outside):
        return 0.0
    on_sphere, far = ellipsoid.on_sphere(ends), []
    for lon, lat in outside:
        chord = np.linalg.norm(on_sphere - ellipsoid.on_sphere(np.array([[lon, lat]])), axis=0)
        near = ends[np.argsort(chord)[:_NEAREST]]
        here = np.full(len(near), lon), np.full(len(near), lat)
        far.append(float(geodesic.distances_m(*here, *near.T).min()))
    return max(far)


def _outline(waypoint: Waypoint, drawn: Mapping[str, BaseGeometry]) -> BaseGeometry | None:
    point = waypoint.label is not None and not waypoint.is_label_only
    alone = shapely.Point(waypoint.label) if point else None
    return shapely.union_all([drawn[waypoint.id]]) if waypoint.id in drawn else alone


def _points(shape: BaseGeometry, most: int | None = None) -> Floats:
    found: Floats = shapely.get_coordinates(shapely.segmentize(shape, _STEP_DEG))
    return found if most is None or len(found) <= most else found[:: -(-len(found) // most)]
