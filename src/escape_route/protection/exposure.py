"""What is left of the cell that a place is promised, when all that is published is put together.

Someone who lays the claims, the country, the coast and the dates of a publishable form side by side
can rule parts of a cell out. What they cannot rule out is measured here from the publishable form
alone, as they would, on a grid of points: the share of the cell's own area, at the most all of it;
of dates, the days of the month or the year.

A distance as the crow flies leaves a ring about its other end. A travelled one leaves a wider ring,
for ways of each mode wind by what is usual (`distance/priors.json`, nine in ten); a duration one
that is wider still.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import pairwise
from math import inf
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from escape_route.distance.durations import comes_to_km
from escape_route.distance.priors import PRIORS
from escape_route.distance.stated_numbers import rounding
from escape_route.geography import base, cells, ellipsoid, geodesic
from escape_route.geography.geodesic import Floats, LonLat
from escape_route.model import dates, seasons
from escape_route.model.journey import UNTOLD_MODES, Claim, Journey, Waypoint
from escape_route.model.modes import Mode, Through
from escape_route.model.places import Flags
from escape_route.model.said_numbers import says_straight
from escape_route.model.units import Quantity
from escape_route.model.vocabulary import Counts
from escape_route.protection import stand_ins
from escape_route.protection.protect import Protected
from escape_route.protection.sensitivity import (
    AS_HELD,
    CELLS,
    DEFAULT_SENSITIVITY,
    NO_COORDINATES,
    cut_date,
    sensitivity_of,
)
from escape_route.protection.stand_ins import ALONE

_ON_A_SIDE = 96  # points of a grid: 1/96 of a cell wide
_FINELY, _ALONG_DEG, _MOST_ALONG = (
    192,
    4_800,
    100_000,
)  # points of a side of what is larger; of a degree; of all a line
_DAY_H = 24.0
_ISLET = (
    "the map has no land here, and a better one names the islet; of a place at sea, say that a "
    "boat came or left"
)


@dataclass(frozen=True)
class Exposure:
    """A place that is held back, and how much of what it was promised is left; all of it is for the holder alone.

    `place` is where it is held to be. `promised` is in square degrees, and `point` what each of
    `points` stands for: a grid over its cell, shape (n, 2), longitude and latitude. `left` says
    which of them cannot be ruled out, `by` what rules the others out. `days` is the share of its
    date, None where it has none.
    """

    held: str
    place: LonLat | None
    promised: float
    point: float
    points: Floats
    left: Flags
    days: float | None
    by: tuple[str, ...]

    @cached_property
    def share(self) -> float:
        """Share of its promised area that is left, 0 to 1."""
        return min(1.0, float(self.left.sum()) * self.point / self.promised)

    @property
    def fix(self) -> str:
        """What its holder can do; the column where a date is told more coarsely, where dates take the date."""
        of_dates = any(each.startswith("the date of ") for each in self.by)
        coarser = " (a date in when_published, such as its year)" if of_dates else ""
        return f"leave out what takes it, or tell it more coarsely{coarser}"

    @property
    def is_too_little(self) -> bool:
        """Whether less than a quarter of its date is left, or of the place (and the error of its grid)."""
        return self.share < stand_ins.SLIVER + 1 / _ON_A_SIDE or (
            self.days is not None and self.days < stand_ins.SLIVER
        )

    def __str__(self) -> str:
        """Say what is left, and what takes the rest."""
        days = [] if self.days is None else [f"{self.days:.0%} of its date"]
        rest = " and ".join([f"{self.share:.0%} of its cell", *days])
        by = f" ({'; '.join(self.by)})" if self.by else ""
        return f'waypoint "{self.held}": {rest} left when all that is published is put together{by}'


def exposures(journey: Journey, form: Protected) -> list[Exposure]:
    """How much is left of each place that is held back, in travel order; of a country or a river, if anything is not.

    What is left follows from the publishable form alone; the held journey gives the ids.
    """
    days = _days_left(form.waypoints)
    claims = [Told(claim, form.journey) for claim in form.journey.claims]
    exposed = []
    for index, held in enumerate(journey.waypoints):
        shown = form.waypoints[index]
        region = _region(held, shown)
        if region is None:
            continue
        left, beside = days[index]
        exposure = _exposure(held, (form, claims), index, region, left)
        dates_of = [f'the date of waypoint "{journey.waypoints[n].id}"' for n in beside]
        exposure = replace(exposure, by=(*exposure.by, *dates_of))
        is_as_told = shown.footprints and shown.footprints == held.footprints
        if exposure.by or (exposure.days or 1.0) < 1 or not is_as_told or exposure.is_too_little:
            exposed.append(exposure)
    return exposed


def _region(held: Waypoint, shown: Waypoint) -> tuple[BaseGeometry, float] | None:
    """Where a place may be by what is published of it alone, and the area that it is promised, square degrees.

    Of rivers and borders it is the length, in degrees: as much as a cell is wide, or twenty boxes;
    never less than a cell.
    """
    sensitivity = sensitivity_of(held)
    if sensitivity == AS_HELD or shown.withheld:
        return None
    if shown.footprints:
        shape = _union([base.geometry_of(footprint) for footprint in shown.footprints])
        extent, dimensions = (
            (shape.length, 1) if shapely.get_dimensions(shape) == 1 else (shape.area, 2)
        )
        if sensitivity == NO_COORDINATES:
            return shape, max(
                min(float(ALONE), extent), float(CELLS[DEFAULT_SENSITIVITY]) ** dimensions
            )
        return shape, float(CELLS[sensitivity]) ** dimensions
    if shown.geometry is None and (shown.label is None or shown.is_label_only):
        return None
    if shown.geometry is None:
        point = shapely.Point(shown.label)
    else:
        point = shown.geometry.representative_point()
    degrees = max(shown.cell or CELLS[sensitivity], CELLS[sensitivity])
    middles = stand_ins.told_as_one((point.x, point.y), degrees)
    boxes = [shapely.box(*cells.bounds(middle, degrees)) for middle in middles]
    return (_union(boxes) if shown.geometry is None else shown.geometry), boxes[0].area


def _union(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    return shapes[0] if len(shapes) == 1 else shapely.union_all(shapes)


def _exposure(
    held: Waypoint,
    published: tuple[Protected, Sequence[Told]],
    index: int,
    region: tuple[BaseGeometry, float],
    days: float | None,
) -> Exposure:
    shape, promised = region
    points, point = _grid(shape)
    left, by = np.ones(len(points), dtype=bool), []
    for said, mask in _masks(published, index, points):
        if not mask.all():
            by.append(said)
        left &= mask
    return Exposure(held.id, held.label, promised, point, points, left, days, tuple(by))


def _grid(shape: BaseGeometry) -> tuple[Floats, float]:
    """Points of a grid in a shape, and the area that each stands for, square degrees; of a line along it, and length.

    What is wider than a degree, such as a lake or a country, takes a finer one.
    """
    if shapely.get_dimensions(shape) == 1:
        count = int(np.clip(shape.length * _ALONG_DEG, _ON_A_SIDE, _MOST_ALONG))
        steps = (np.arange(count) + 0.5) / count
        corners, part = shapely.get_coordinates(
            shapely.get_parts(shapely.line_merge(shape)), return_index=True
        )
        sides = np.hypot(*np.diff(corners, axis=0).T) * (
            np.diff(part) == 0
        )  # from part to part nothing lies
        at = np.concatenate([[0.0], np.cumsum(sides)])
        return np.column_stack(
            [np.interp(steps * at[-1], at, axis) for axis in corners.T]
        ), shape.length / count
    west, south, east, north = shape.bounds
    count = _ON_A_SIDE if max(east - west, north - south) <= 1 else _FINELY
    steps = (np.arange(count) + 0.5) / count
    lon, lat = np.meshgrid(west + steps * (east - west), south + steps * (north - south))
    points = np.column_stack([lon.ravel(), lat.ravel()])
    point = (east - west) * (north - south) / len(points)
    shapely.prepare(shape)
    inside = shapely.contains_xy(shape, points)
    return (points[inside], point) if inside.any() else (points, shape.area / len(points))


def _masks(
    published: tuple[Protected, Sequence[Told]], index: int, points: Floats
) -> Iterator[tuple[str, Flags]]:
    """What is published that rules parts of a cell out, and which points it leaves."""
    form, claims = published
    shown = form.waypoints[index]
    if shown.within:
        limits = _union([base.geometry_of(footprint) for footprint in shown.within])
        shapely.prepare(limits)
        yield " and ".join(shown.within), shapely.contains_xy(limits, points)
    near = form.waypoints[
        index : index + 2
    ]  # how one came to the place and left it, in any account
    may_be_at_sea = any(waypoint.may_arrive(Through.WATER, Through.SEA) for waypoint in near)
    if not (may_be_at_sea or shown.footprints or sensitivity_of(shown) == NO_COORDINATES):
        yield _coast(shown, points, by_land=any(waypoint.modes for waypoint in near))
    names = {shown_id: held_id for held_id, shown_id in form.ids["claims"].items()}
    for claim in claims:
        mask = claim.left_of(shown, points)
        if mask is not None:
            yield f'claim "{names.get(claim.claim.id, claim.claim.id)}"', mask


def _coast(shown: Waypoint, points: Floats, *, by_land: bool) -> tuple[str, Flags]:
    """Which points are on land, and what says so.

    Where the map shows none, and it is told how one came or left, a town stands on what the map
    leaves out; a better one names it: next to nothing of a cell of a tenth of a degree. It may fill
    a smaller cell, and lie anywhere in an outline; where nothing is told of how, nothing tells a
    town from a boat [judgement].
    """
    is_land = base.is_fine_land(points)
    if is_land.any() or base.meets_land(shapely.multipoints(points).envelope):
        return "the coast", is_land
    cell = shown.cell
    is_cell = by_land and shown.geometry is None and cell is not None and cell >= CELLS[2]
    return _ISLET, np.full(len(points), not is_cell)


def _days_left(shown: Sequence[Waypoint]) -> list[tuple[float | None, list[int]]]:
    """Share of the month, the year or the day that each place is promised which the order of dates leaves.

    Beside it stand the places, by their numbers, whose dates take the rest. Dates that are out of
    order rule nothing out.
    """
    spans = [None if when is None else dates.span_of(when) for when in seasons.dated(shown)]
    earliest_h = np.array([-inf if span is None else span.earliest_h for span in spans])
    latest_h = np.array([inf if span is None else span.latest_h for span in spans])
    since_h = np.maximum.accumulate(earliest_h)
    until_h = np.minimum.accumulate(latest_h[::-1])[::-1]
    left: list[tuple[float | None, list[int]]] = []
    for index, waypoint in enumerate(shown):
        start, end = since_h[index], until_h[index]
        share = _share_of_days(waypoint, float(end - start) if end > start else inf)
        if waypoint.when_published is not None or share is None or share == 1:
            left.append((None if waypoint.when_published is not None else share, []))
            continue
        before = [int(earliest_h[:index].argmax())] if start > earliest_h[index] else []
        after = [index + int(latest_h[index:].argmin())] if end < latest_h[index] else []
        left.append((share, [*before, *after]))
    return left


def _share_of_days(waypoint: Waypoint, left_h: float) -> float | None:
    """Share of the promised days that are left, hours for a day; 1 where what was told is coarser."""
    sensitivity = sensitivity_of(waypoint)
    if waypoint.when is None or sensitivity == AS_HELD:
        return None
    first = waypoint.when.partition("/")[0]
    unit = cut_date(first, sensitivity) if first not in {"", ".."} else None
    if unit is None:
        return 1.0
    promised = dates.span_of(unit.rstrip("?~%"))
    most_h = _DAY_H * {NO_COORDINATES: 366.0, 2: 31.0, 3: 31.0}.get(
        sensitivity, 1.0
    )  # of a year, a month or a day
    return float(np.clip(left_h / min(promised.latest_h - promised.earliest_h, most_h), 0, 1))


_STEP = (
    1.1  # from length to length at which it is asked how ways wind: in between it is drawn straight
)
_VAGUE_M = (
    100_000.0  # a place that may be anywhere within more than this rules nothing out [judgement]
)


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
        self._at = {waypoint.id: at for at, waypoint in enumerate(self._scope)}
        self._some_stops = journey.some_stops

    def left_of(self, shown: Waypoint, points: Floats) -> NDArray[np.bool_] | None:
        """Which points of a published place a claim leaves; None where it says nothing of the place, or rules out all.

        `points` are where it may be, shape (n, 2), longitude and latitude in degrees.
        """
        at = self._at.get(shown.id)
        if self._stated_m is None or at is None:
            return None
        words = [
            *(self.claim.note or {}).values(),
            self.claim.unit or "",
            self.claim.unit_reason or "",
        ]
        if self.claim.counts is not Counts.STRAIGHT and not any(map(says_straight, words)):
            return _within(self._stated_m, self._way_m(at, points), points)
        if at not in {0, len(self._scope) - 1}:
            return None
        apart_m = _apart_m(self._scope[0], self._scope[-1], self._scope[at], points)
        return _within(
            self._stated_m, apart_m or (np.zeros(len(points)), np.full(len(points), inf)), points
        )

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
        return sum((low for low, _ in own), none + least_m), sum(
            (high for _, high in own), none + most_m
        )

    @cached_property
    def _spots(self) -> dict[int, _Spot]:
        """Places that are known, by number."""
        return {
            at: spot
            for at, waypoint in enumerate(self._scope)
            if (spot := _spot(waypoint)) is not None
        }

    @cached_property
    def _ends(self) -> NDArray[np.intp]:
        """Known places that follow each other, by number, shape (legs, 2)."""
        return np.array(list(pairwise(self._spots)), dtype=np.intp).reshape(-1, 2)

    @cached_property
    def _legs_m(self) -> tuple[Floats, Floats]:
        """Least and greatest way between these, shape (2, legs): where some of the scope is known, and where all."""
        none = np.zeros((1, 2))
        pairs = [(int(start), int(end)) for start, end in self._ends]
        lengths_m = [
            [np.concatenate(self._leg_m(pair, None, none, is_whole=is_whole)) for pair in pairs]
            for is_whole in (False, True)
        ]
        some, whole = (np.array(length_m).reshape(-1, 2).T for length_m in lengths_m)
        return some, whole

    def _leg_m(
        self, ends: tuple[int, int], shown: Waypoint | None, points: Floats, *, is_whole: bool
    ) -> tuple[Floats, Floats]:
        """Least and greatest way between two known places: usual where nothing lies between, else no shorter at all."""
        before, after = (self._scope[end] for end in ends)
        is_leg = is_whole and ends[1] == ends[0] + 1
        apart = _apart_m(before, after, shown, points)
        low, high = np.zeros(len(points)), np.full(len(points), inf)
        if apart is None or after.may_arrive(Through.AIR):
            return low, high
        if not is_leg:
            return apart[0], high
        least, most = _winding(after, (apart[0] + apart[1]) / 2000)
        return apart[0] * least, apart[1] * most if after.leg_told else high


def _within(
    stated_m: tuple[float, float], way_m: tuple[Floats, Floats], points: Floats
) -> NDArray[np.bool_] | None:
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
    """Least and greatest distance that a claim stands for, in metres; None where it is that of nothing told here.

    Of a part of the way it is as long as that at the least: who reads it counts it so, whatever it
    is weighed as here.
    """
    if claim.counts not in {Counts.JOURNEY, Counts.STRAIGHT, Counts.PART}:
        return None
    if claim.quantity is Quantity.DISTANCE:
        low, high = claim.value, claim.highest
        below, above = claim.wording.row.reach
        least, most = max(0.0, low + below * _rounding(low)), high + above * _rounding(high)
        return (
            least * claim.unit_size,
            inf if claim.counts is Counts.PART else most * claim.unit_size,
        )
    if claim.quantity is not Quantity.DURATION:
        return None
    modes = {share.mode for waypoint in scope[1:] for share in waypoint.modes or UNTOLD_MODES}
    if claim.mode is not None or len(modes) != 1:
        of_the_way = claim
    else:
        of_the_way = replace(claim, mode=modes.pop())
    kept_km = comes_to_km(of_the_way)
    return None if kept_km is None else (kept_km[0] * 1000, kept_km[1] * 1000)


def _rounding(value: float) -> float:
    """How far a number is taken to be rounded by who takes two digits for granted, and is mostly right: 300 by 10."""
    return min(rounding(value), 10.0 ** (math.floor(math.log10(value)) - 1)) if value else 0.0


def _spot(waypoint: Waypoint) -> _Spot | None:
    """A place as a point with a reach; None where it is nowhere or too large to rule anything out.

    Of a place that is held back the reach is half the diagonal of its cell: the place itself lies
    in there.
    """
    if (
        waypoint.label is None
        or waypoint.is_label_only
        or waypoint.geometry is not None
        or waypoint.withheld
    ):
        return None
    cell = None if sensitivity_of(waypoint) == AS_HELD else waypoint.cell
    reach_m = waypoint.uncertainty_m or 0.0
    if cell is not None:
        reach_m = float(cells.half_diagonal_m(waypoint.label, cell))
    return _Spot(waypoint.label, reach_m) if reach_m <= _VAGUE_M else None


def _apart_m(
    one: Waypoint, other: Waypoint, shown: Waypoint | None, points: Floats
) -> tuple[Floats, Floats] | None:
    """Least and greatest straight line between two places, for each point that one of them may be; None if neither."""
    ends = [None if waypoint is shown else _spot(waypoint) for waypoint in (one, other)]
    spots = [spot for spot in ends if spot is not None]
    if len(spots) + (shown is one or shown is other) < 2:  # noqa: PLR2004  # two ends
        return None
    if len(spots) == 1:
        spot = ellipsoid.on_sphere(np.array([spots[0].point], dtype=np.float64))
        away_m = geodesic.near_distances_m(spot, ellipsoid.on_sphere(points))
    else:
        away_m = np.full(len(points), geodesic.geodesic_m(spots[0].point, spots[1].point))
    reach_m = sum(spot.reach_m for spot in spots)
    return np.maximum(away_m - reach_m, 0.0), away_m + reach_m


def _winding(waypoint: Waypoint, length_km: Floats) -> tuple[Floats, Floats]:
    """Least and greatest usual factor of a leg of each of these straight lines, by the modes that it was told by."""
    shortest, longest = (max(float(end_km), 1.0) for end_km in (length_km.min(), length_km.max()))
    first, last = math.floor(math.log(shortest, _STEP)), math.ceil(math.log(longest, _STEP))
    steps = range(first, max(last, first + 1) + 1)
    modes = [share.mode for share in waypoint.modes or UNTOLD_MODES]
    lengths_km, ratios = (
        [_STEP**step for step in steps],
        [[_usual(mode, step) for mode in modes] for step in steps],
    )
    lows = [min(low for _, low, _ in by_mode) for by_mode in ratios]
    highs = [max(high for _, _, high in by_mode) for by_mode in ratios]
    return np.interp(length_km, lengths_km, lows), np.interp(length_km, lengths_km, highs)


@cache
def _usual(mode: Mode, step: int) -> tuple[float, float, float]:
    """How ways by a mode wind at one of the lengths that it is asked of."""
    return PRIORS[mode].at(_STEP**step)
