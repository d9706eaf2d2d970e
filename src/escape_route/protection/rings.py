"""What a claim tells of where a place is: from how far to how far from the other places of its scope.

A distance as the crow flies leaves a ring about its other end. A travelled one leaves a wider ring, for ways of each
mode wind by what is usual (`distance/priors.json`, nine in ten); a duration one that is wider still.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from escape_route.distance.durations import comes_to_km
from escape_route.distance.priors import PRIORS
from escape_route.distance.stated_numbers import rounding
from escape_route.geography import cells, geodesic
from escape_route.model.journey import UNTOLD_MODES
from escape_route.model.modes import Through
from escape_route.model.units import Quantity
from escape_route.model.vocabulary import Counts
from escape_route.protection.sensitivity import AS_HELD, cell_of, sensitivity_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from escape_route.geography.geodesic import Floats, LonLat
    from escape_route.model.journey import Claim, Journey, Waypoint

#: Words for a straight line, in the languages that claims are told in.
_STRAIGHT = re.compile(
    r"crow|straight line|beeline|luftlinie|vol d.oiseau|línea recta|linha reta|linea d.aria|직선|直線|直线|по прямой|"
    r"خط مستقيم|đường chim bay|เส้นตรง",
    re.IGNORECASE,
)
_VAGUE_M = 100_000.0  # a place that may be anywhere within more than this rules nothing out [judgement]


class _Spot(NamedTuple):
    """A place of the scope: a point, and how far from it the place may be, metres."""

    point: LonLat
    reach_m: float


def left_by(claim: Claim, journey: Journey, shown: Waypoint, points: Floats) -> NDArray[np.bool_] | None:
    """Which points of a place a claim does not rule out; None where it says nothing of the place, or rules out all.

    Parameters
    ----------
    claim, journey
        Of a publishable form.
    shown
        The place, as it is published.
    points
        Where it may be, shape (n, 2), longitude and latitude in degrees.
    """
    start, end = journey.index_of(claim.scope.start), journey.index_of(claim.scope.end)
    scope = journey.waypoints[start : end + 1]
    stated_m = _stated_m(claim, scope)
    ids = [each.id for each in scope]
    if stated_m is None or shown.id not in ids:
        return None
    low_m, high_m = stated_m
    if _is_straight(claim):
        if shown.id not in {ids[0], ids[-1]}:
            return None
        least_m, most_m = _straight_m((scope[0], scope[-1]), shown, points)
    else:
        least_m, most_m = _way_m(journey, scope, shown, points)
    for slack_m in (0.0, _between_m(points)):  # a ring may lie between the points of a grid
        left = np.asarray((least_m - slack_m <= high_m) & (most_m + slack_m >= low_m))
        if left.any():
            return left
    return None  # what agrees with no part of the cell tells nothing of where it is


def _between_m(points: Floats) -> float:
    """Distance that no place of the area is farther than from the next of some points that lie evenly in it, metres."""
    (west, south), (east, north) = (np.array(ends).tolist() for ends in (points.min(axis=0), points.max(axis=0)))
    return geodesic.geodesic_m((west, south), (east, north)) / math.sqrt(len(points))


def _stated_m(claim: Claim, scope: Sequence[Waypoint]) -> tuple[float, float] | None:
    """Least and greatest distance that a claim stands for, in metres; None where it is no journey's length."""
    if claim.counts is not Counts.JOURNEY:
        return None
    if claim.quantity is Quantity.DISTANCE:
        low, high = claim.value, claim.highest
        below, above = claim.wording.row.reach
        least, most = max(0.0, low + below * _rounding(low)), high + above * _rounding(high)
        return least * claim.unit_size, most * claim.unit_size
    if claim.quantity is not Quantity.DURATION:
        return None
    modes = {share.mode for each in scope[1:] for share in each.modes or UNTOLD_MODES}
    of_the_way = claim if claim.mode is not None or len(modes) != 1 else replace(claim, mode=modes.pop())
    kept_km = comes_to_km(of_the_way)
    return None if kept_km is None else (kept_km[0] * 1000, kept_km[1] * 1000)


def _rounding(value: float) -> float:
    """How far a number is taken to be rounded by who takes two digits for granted, and is mostly right: 300 by 10."""
    return min(rounding(value), 10.0 ** (math.floor(math.log10(value)) - 1)) if value else 0.0


def _is_straight(claim: Claim) -> bool:
    words = [*(claim.note or {}).values(), claim.unit or "", claim.unit_reason or ""]
    return any(_STRAIGHT.search(text) for text in words)


def _spot(waypoint: Waypoint) -> _Spot | None:
    """A place as a point with a reach; None where it is nowhere or too large to rule anything out.

    Of a place that is held back the reach is half the diagonal of its cell: the place itself lies in there.
    """
    if waypoint.label is None or waypoint.is_label_only or waypoint.geometry is not None or waypoint.withheld:
        return None
    cell = None if sensitivity_of(waypoint) == AS_HELD else cell_of(waypoint)
    reach_m = waypoint.uncertainty_m or 0.0
    if cell is not None:
        reach_m = float(cells.half_diagonal_m(waypoint.label, cell))
    return _Spot(waypoint.label, reach_m) if reach_m <= _VAGUE_M else None


def _apart_m(one: Waypoint, other: Waypoint, shown: Waypoint, points: Floats) -> tuple[Floats, Floats] | None:
    """Least and greatest straight line between two places, for each point that one of them may be; None if neither."""
    ends = [None if each.id == shown.id else _spot(each) for each in (one, other)]
    spots = [each for each in ends if each is not None]
    if len(spots) + (shown.id in {one.id, other.id}) < 2:  # noqa: PLR2004  # two ends
        return None
    if len(spots) == 1:
        away_m = geodesic.distances_m(*(np.full(len(points), value) for value in spots[0].point), *points.T)
    else:
        away_m = np.full(len(points), geodesic.geodesic_m(spots[0].point, spots[1].point))
    reach_m = sum(each.reach_m for each in spots)
    return np.maximum(away_m - reach_m, 0.0), away_m + reach_m


def _straight_m(ends: tuple[Waypoint, Waypoint], shown: Waypoint, points: Floats) -> tuple[Floats, Floats]:
    apart = _apart_m(*ends, shown, points)
    return (np.zeros(len(points)), np.full(len(points), inf)) if apart is None else apart


def _way_m(journey: Journey, scope: Sequence[Waypoint], shown: Waypoint, points: Floats) -> tuple[Floats, Floats]:
    """Least and greatest usual way through the places of a scope, for each point that one of them may be."""
    least_m, most_m = np.zeros(len(points)), np.zeros(len(points))
    low: Floats | float
    high: Floats | float
    for before, after, is_leg in _legs(scope, shown):
        apart = _apart_m(before, after, shown, points)
        if apart is None or not is_leg or not after.leg_told or _may_fly(after) or journey.some_stops:
            most_m[:] = inf
        if apart is None or _may_fly(after):
            continue
        low, high = _winding(after, (apart[0] + apart[1]) / 2000) if is_leg else (1.0, inf)
        least_m += apart[0] * low
        most_m += apart[1] * high if is_leg else inf
    return least_m, most_m


def _legs(scope: Sequence[Waypoint], shown: Waypoint) -> Iterator[tuple[Waypoint, Waypoint, bool]]:
    """Pairs of known places that follow each other, and whether nothing lies between: a way is no shorter for that."""
    known = [index for index, each in enumerate(scope) if each.id == shown.id or _spot(each) is not None]
    for one, other in pairwise(known):
        yield scope[one], scope[other], other == one + 1 and known[0] == 0 and known[-1] == len(scope) - 1


def _may_fly(waypoint: Waypoint) -> bool:
    return any(share.mode.row.through is Through.AIR for share in waypoint.modes)


def _winding(waypoint: Waypoint, length_km: Floats) -> tuple[Floats, Floats]:
    """Least and greatest usual factor of a leg of each of these straight lines, by the modes that it was told by."""
    ends_km = [max(float(length_km.min()), 1.0), max(float(length_km.max()), 1.0)]
    modes = [share.mode for share in waypoint.modes or UNTOLD_MODES]
    found = [[PRIORS[mode].at(each_km) for mode in modes] for each_km in ends_km]
    lows = [min(low for _, low, _ in each) for each in found]
    highs = [max(high for _, _, high in each) for each in found]
    return np.interp(length_km, ends_km, lows), np.interp(length_km, ends_km, highs)
