"""How far apart two places are, whatever was travelled: from any point of the one, the other is at most so far away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from escape_route.geography import ellipsoid, geodesic
from escape_route.model import places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from escape_route.model.journey import Journey, Waypoint

    Floats = NDArray[np.float64]

_STEP_DEG = 0.02  # two kilometres: what lies between two points of an outline is no farther off than half of that
_MOST_POINTS = 400
_NEAREST = 12


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
