"""What a claim tells of where a place is: from how far to how far from the other places of its scope.

A distance as the crow flies leaves a ring about its other end. A travelled one leaves a wider ring, for ways of each
mode wind by what is usual (`distance/priors.json`, nine in ten); a duration one that is wider still.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, cached_property
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from escape_route.distance.durations import comes_to_km
from escape_route.distance.priors import PRIORS
from escape_route.distance.stated_numbers import rounding
from escape_route.geography import cells, ellipsoid, geodesic
from escape_route.model.journey import UNTOLD_MODES, Claim, Journey, Waypoint
from escape_route.model.modes import Mode, Through
from escape_route.model.units import Quantity
from escape_route.model.vocabulary import Counts
from escape_route.protection.sensitivity import AS_HELD, sensitivity_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from escape_route.geography.geodesic import Floats, LonLat

#: Words for a straight line, in the languages that claims are told in.
_STRAIGHT = re.compile(
    r"crow|straight line|beeline|luftlinie|vol d.oiseau|línea recta|linha reta|linea d.aria|직선|直線|直线|по прямой|"
    r"خط مستقيم|đường chim bay|เส้นตรง",
    re.IGNORECASE,
)
_STEP = 1.1  # from length to length at which it is asked how ways wind: in between it is drawn straight
_VAGUE_M = 100_000.0  # a place that may be anywhere within more than this rules nothing out [judgement]


class _Spot(NamedTuple):
    """A place of the scope: a point, and how far from it the place may be, metres."""

    point: LonLat
    reach_m: float


class Told:
    """A claim of a publishable form, and what it leaves of any place of its scope."""

    def __init__(self, claim: Claim, journey: Journey) -> None:
        """Measure nothing yet."""
        start, end = journey.index_of(claim.scope.start), journey.index_of(claim.scope.end)
        self.claim = claim
        self._scope = journey.waypoints[start : end + 1]
        self._stated_m = _stated_m(claim, self._scope)
        self._at = {each.id: at for at, each in enumerate(self._scope)}
        self._some_stops = journey.some_stops

    def left_of(self, shown: Waypoint, points: Floats) -> NDArray[np.bool_] | None:
        """Which points of a published place a claim leaves; None where it says nothing of the place, or rules out all.

        `points` are where it may be, shape (n, 2), longitude and latitude in degrees.
        """
        at = self._at.get(shown.id)
        if self._stated_m is None or at is None:
            return None
        words = [*(self.claim.note or {}).values(), self.claim.unit or "", self.claim.unit_reason or ""]
        if not any(map(_STRAIGHT.search, words)):
            return _within(self._stated_m, self._way_m(at, points), points)
        if at not in {0, len(self._scope) - 1}:
            return None
        apart_m = _apart_m(self._scope[0], self._scope[-1], self._scope[at], points)
        return _within(self._stated_m, apart_m or (np.zeros(len(points)), np.full(len(points), inf)), points)

    def _way_m(self, at: int, points: Floats) -> tuple[Floats, Floats]:
        """Least and greatest usual way through the places of the scope, for each point that one of them may be."""
        known = sorted({*self._spots, at})
        is_whole = known[0] == 0 and known[-1] == len(self._scope) - 1
        beside = [pair for pair in pairwise(known) if at in pair]
        own = [self._leg_m(pair, self._scope[at], points, is_whole=is_whole) for pair in beside]
        others = (self._ends[:, 1] < at) | (self._ends[:, 0] > at)
        least_m, most_m = self._legs_m[int(is_whole)][:, others].sum(axis=1)
        none = np.zeros(len(points))
        most_m = inf if self._some_stops else most_m
        return sum((low for low, _ in own), none + least_m), sum((high for _, high in own), none + most_m)

    @cached_property
    def _spots(self) -> dict[int, _Spot]:
        """Places that are known, by number."""
        return {at: spot for at, each in enumerate(self._scope) if (spot := _spot(each)) is not None}

    @cached_property
    def _ends(self) -> NDArray[np.intp]:
        """Known places that follow each other, by number, shape (legs, 2)."""
        return np.array(list(pairwise(self._spots)), dtype=np.intp).reshape(-1, 2)

    @cached_property
    def _legs_m(self) -> tuple[Floats, Floats]:
        """Least and greatest way between these, shape (2, legs): where some of the scope is known, and where all."""
        none = np.zeros((1, 2))
        pairs = [(int(one), int(other)) for one, other in self._ends]
        found = [
            [np.concatenate(self._leg_m(pair, None, none, is_whole=is_whole)) for pair in pairs]
            for is_whole in (False, True)
        ]
        some, whole = (np.array(each).reshape(-1, 2).T for each in found)
        return some, whole

    def _leg_m(
        self, ends: tuple[int, int], shown: Waypoint | None, points: Floats, *, is_whole: bool
    ) -> tuple[Floats, Floats]:
        """Least and greatest way between two known places: usual where nothing lies between, else no shorter at all."""
        before, after = (self._scope[each] for each in ends)
        is_leg = is_whole and ends[1] == ends[0] + 1
        apart = _apart_m(before, after, shown, points)
        low, high = np.zeros(len(points)), np.full(len(points), inf)
        if apart is None or after.may_arrive(Through.AIR):
            return low, high
        if not is_leg:
            return apart[0], high
        least, most = _winding(after, (apart[0] + apart[1]) / 2000)
        return apart[0] * least, apart[1] * most if after.leg_told else high


def _within(stated_m: tuple[float, float], way_m: tuple[Floats, Floats], points: Floats) -> NDArray[np.bool_] | None:
    """Which points agree with what was stated, by the least and the greatest way that leads over each."""
    (low_m, high_m), (least_m, most_m) = stated_m, way_m
    # No place of the area is farther than this from the next of the points, which lie evenly in it.
    corners = (tuple(ends.tolist()) for ends in (points.min(axis=0), points.max(axis=0)))
    between_m = geodesic.geodesic_m(*corners) / math.sqrt(len(points))
    for slack_m in (0.0, between_m):  # a ring may lie between the points of a grid
        left = np.asarray((least_m - slack_m <= high_m) & (most_m + slack_m >= low_m))
        if left.any():
            return left
    return None  # what agrees with no part of the cell tells nothing of where it is


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


def _spot(waypoint: Waypoint) -> _Spot | None:
    """A place as a point with a reach; None where it is nowhere or too large to rule anything out.

    Of a place that is held back the reach is half the diagonal of its cell: the place itself lies in there.
    """
    if waypoint.label is None or waypoint.is_label_only or waypoint.geometry is not None or waypoint.withheld:
        return None
    cell = None if sensitivity_of(waypoint) == AS_HELD else waypoint.cell
    reach_m = waypoint.uncertainty_m or 0.0
    if cell is not None:
        reach_m = float(cells.half_diagonal_m(waypoint.label, cell))
    return _Spot(waypoint.label, reach_m) if reach_m <= _VAGUE_M else None


def _apart_m(one: Waypoint, other: Waypoint, shown: Waypoint | None, points: Floats) -> tuple[Floats, Floats] | None:
    """Least and greatest straight line between two places, for each point that one of them may be; None if neither."""
    ends = [None if each is shown else _spot(each) for each in (one, other)]
    spots = [each for each in ends if each is not None]
    if len(spots) + (shown is one or shown is other) < 2:  # noqa: PLR2004  # two ends
        return None
    if len(spots) == 1:
        spot = ellipsoid.on_sphere(np.array([spots[0].point], dtype=np.float64))
        away_m = geodesic.near_distances_m(spot, ellipsoid.on_sphere(points))
    else:
        away_m = np.full(len(points), geodesic.geodesic_m(spots[0].point, spots[1].point))
    reach_m = sum(each.reach_m for each in spots)
    return np.maximum(away_m - reach_m, 0.0), away_m + reach_m


def _winding(waypoint: Waypoint, length_km: Floats) -> tuple[Floats, Floats]:
    """Least and greatest usual factor of a leg of each of these straight lines, by the modes that it was told by."""
    shortest, longest = (max(float(each), 1.0) for each in (length_km.min(), length_km.max()))
    first, last = math.floor(math.log(shortest, _STEP)), math.ceil(math.log(longest, _STEP))
    steps = range(first, max(last, first + 1) + 1)
    modes = [share.mode for share in waypoint.modes or UNTOLD_MODES]
    lengths_km, found = [_STEP**step for step in steps], [[_usual(mode, step) for mode in modes] for step in steps]
    lows = [min(low for _, low, _ in each) for each in found]
    highs = [max(high for _, _, high in each) for each in found]
    return np.interp(length_km, lengths_km, lows), np.interp(length_km, lengths_km, highs)


@cache
def _usual(mode: Mode, step: int) -> tuple[float, float, float]:
    """How ways by a mode wind at one of the lengths that it is asked of."""
    return PRIORS[mode].at(_STEP**step)
