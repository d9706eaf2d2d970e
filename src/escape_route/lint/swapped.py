"""Points that lie far out of the way as they stand, and on it with longitude and latitude swapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from escape_route.geography import base, geodesic
from escape_route.lint.digits import turned
from escape_route.model import places
from escape_route.model.modes import Through
from escape_route.model.places import Region

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from escape_route.geography.geodesic import LonLat
    from escape_route.model.journey import Waypoint

COAST_M = 5_000.0  # borders and coasts at 1:10m are off by some kilometres
_FAR_M = 1_000_000.0  # what is farther from its neighbours, or out of the way, is worth a look [judgement]
_LESS = 3  # times less out of the way the other way round, to be worth a word [judgement]


def likely_turned(waypoints: Sequence[Waypoint], asked: Collection[int]) -> dict[int, tuple[float, float]]:
    """Points whose numbers are likely swapped.

    A point beside a swapped one may seem swapped itself: the one that saves most is taken first, and is then looked at
    as it was meant when its neighbours have their turn.

    Parameters
    ----------
    waypoints
        In travel order.
    asked
        Indices of the points that may be.

    Returns
    -------
    dict
        By index, in travel order: how many metres the point adds to the way as it stands, and the other way round.
    """
    stands = {index: waypoint.label for index, waypoint in enumerate(waypoints) if waypoint.label is not None}
    nearby = _neighbours(waypoints, stands)
    added = {index: _added_m(stands, index, nearby[index]) for index in asked}
    saving = {index: each[0] - each[1] for index, each in added.items() if each is not None}
    found: dict[int, tuple[float, float]] = {}
    for index in sorted(saving, key=lambda index: (-saving[index], index)):
        label, other = stands[index], turned(stands[index])
        told = _added_m(stands, index, nearby[index])
        if told and other and (is_on_land(other, 0.0) or not is_on_land(label, 0.0)):
            found[index], stands[index] = told, other
    return dict(sorted(found.items()))


def is_on_land(position: LonLat, uncertainty_m: float) -> bool:
    """Whether a point, or some of the disc around it, lies on land, with the slack that a coast asks for."""
    around = places.outline(Region(None, position, uncertainty_m + COAST_M))
    return base.meets_land(shapely.Point(position) if around is None else around)


def _neighbours(waypoints: Sequence[Waypoint], stands: Mapping[int, LonLat]) -> dict[int, list[int]]:
    """Nearest points before and after each; none across a leg that may have been flown: distance says nothing then."""
    nearby: dict[int, list[int]] = {index: [] for index in stands}
    last: int | None = None
    for index, waypoint in enumerate(waypoints):
        if any(share.mode.row.through is Through.AIR for share in waypoint.modes):
            last = None
        if index in stands:
            if last is not None:
                nearby[last].append(index)
                nearby[index].append(last)
            last = index
    return nearby


def _added_m(stands: Mapping[int, LonLat], index: int, nearby: Sequence[int]) -> tuple[float, float] | None:
    """What a point adds to the way as it stands, and the other way round; None where that is no sign of swapping."""
    label, other = stands[index], turned(stands[index])
    near = [stands[each] for each in nearby]
    apart_m = [geodesic.geodesic_m(label, each) for each in near]
    if other is None or not near or min(apart_m) <= _FAR_M:
        return None
    direct_m = geodesic.geodesic_m(*near) if len(near) > 1 else 0.0
    added_m, otherwise_m = sum(apart_m) - direct_m, sum(geodesic.geodesic_m(other, each) for each in near) - direct_m
    return (added_m, otherwise_m) if added_m > max(_FAR_M, _LESS * otherwise_m) else None
