"""What is left of the cell that a place is promised, when all that is published is put together.

Someone who lays the claims, the country, the coast and the dates of a publishable form side by side can rule parts of a
cell out. What they cannot rule out is measured here from the publishable form alone, as they would, on a grid of
points: the share of the cell's own area, at the most all of it; of dates, the days of the month or the year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import TYPE_CHECKING

import numpy as np
import shapely

from escape_route.geography import base, cells
from escape_route.model import dates, seasons
from escape_route.model.modes import Through
from escape_route.protection import rings, stand_ins
from escape_route.protection.sensitivity import (
    AS_HELD,
    CELLS,
    DEFAULT_SENSITIVITY,
    NO_COORDINATES,
    cut_date,
    sensitivity_of,
)
from escape_route.protection.stand_ins import ALONE

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from escape_route.geography.geodesic import Floats, LonLat
    from escape_route.model.journey import Journey, Waypoint
    from escape_route.model.places import Flags
    from escape_route.protection.protect import Protected

    Published = tuple[Protected, Sequence[rings.Told]]

_ON_A_SIDE = 96  # points of a grid: 1/96 of a cell wide
_FINELY, _ALONG_DEG, _MOST_ALONG = 192, 4_800, 100_000  # points of a side of what is larger; of a degree; of all a line
_DAY_H = 24.0
_ISLET = "the map has no land here, and a better one names the islet; of a place at sea, say that a boat came or left"


@dataclass(frozen=True)
class Exposure:
    """A place that is held back, and how much of what it was promised is left; all of it is for the holder alone.

    `place` is where it is held to be. `promised` is in square degrees, and `point` what each of `points` stands for:
    a grid over its cell, shape (n, 2), longitude and latitude. `left` says which of them cannot be ruled out, `by`
    what rules the others out. `days` is the share of its date, None where it has none.
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
    def is_too_little(self) -> bool:
        """Whether less than a quarter of its date is left, or of the place (and the error of its grid)."""
        return self.share < stand_ins.SLIVER + 1 / _ON_A_SIDE or (
            self.days is not None and self.days < stand_ins.SLIVER
        )

    def __str__(self) -> str:
        """Say what is left, and what takes the rest."""
        days = [] if self.days is None else [f"{self.days:.0%} of its date"]
        told = " and ".join([f"{self.share:.0%} of its cell", *days])
        by = f" ({'; '.join(self.by)})" if self.by else ""
        return f'waypoint "{self.held}": {told} left when all that is published is put together{by}'


def exposures(journey: Journey, form: Protected) -> list[Exposure]:
    """How much is left of each place that is held back, in travel order; of a country or a river, if anything is not.

    What is left follows from the publishable form alone; the held journey gives the ids.
    """
    spans = _days_left(form.waypoints)
    told = [rings.Told(claim, form.journey) for claim in form.journey.claims]
    found = []
    for index, held in enumerate(journey.waypoints):
        shown = form.waypoints[index]
        region = _region(held, shown)
        if region is None:
            continue
        one = _exposure(held, (form, told), index, region, spans[index])
        is_as_told = shown.footprints and shown.footprints == held.footprints
        if one.by or (one.days or 1.0) < 1 or not is_as_told or one.is_too_little:
            found.append(one)
    return found


def _region(held: Waypoint, shown: Waypoint) -> tuple[BaseGeometry, float] | None:
    """Where a place may be by what is published of it alone, and the area that it is promised, square degrees.

    Of rivers and borders it is the length, in degrees: as much as a cell is wide, or twenty boxes; never less
    than a cell.
    """
    sensitivity = sensitivity_of(held)
    if sensitivity == AS_HELD or shown.withheld:
        return None
    if shown.footprints:
        told = _union([base.geometry_of(each) for each in shown.footprints])
        extent, dimensions = (told.length, 1) if shapely.get_dimensions(told) == 1 else (told.area, 2)
        if sensitivity == NO_COORDINATES:
            return told, max(min(float(ALONE), extent), float(CELLS[DEFAULT_SENSITIVITY]) ** dimensions)
        return told, float(CELLS[sensitivity]) ** dimensions
    if shown.geometry is None and (shown.label is None or shown.is_label_only):
        return None
    point = shapely.Point(shown.label) if shown.geometry is None else shown.geometry.representative_point()
    degrees = max(shown.cell or CELLS[sensitivity], CELLS[sensitivity])
    told = stand_ins.told_as_one((point.x, point.y), degrees)
    boxes = [shapely.box(*cells.bounds(each, degrees)) for each in told]
    return (_union(boxes) if shown.geometry is None else shown.geometry), boxes[0].area


def _union(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    return shapes[0] if len(shapes) == 1 else shapely.union_all(shapes)


def _exposure(
    held: Waypoint, published: Published, index: int, region: tuple[BaseGeometry, float], days: float | None
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
        along = shapely.line_interpolate_point(shapely.line_merge(shape), steps, normalized=True)
        return shapely.get_coordinates(along), shape.length / count
    west, south, east, north = shape.bounds
    count = _ON_A_SIDE if max(east - west, north - south) <= 1 else _FINELY
    steps = (np.arange(count) + 0.5) / count
    lon, lat = np.meshgrid(west + steps * (east - west), south + steps * (north - south))
    points = np.column_stack([lon.ravel(), lat.ravel()])
    point = (east - west) * (north - south) / len(points)
    shapely.prepare(shape)
    inside = shapely.contains_xy(shape, points)
    return (points[inside], point) if inside.any() else (points, shape.area / len(points))


def _masks(published: Published, index: int, points: Floats) -> Iterator[tuple[str, Flags]]:
    """What is published that rules parts of a cell out, and which points it leaves."""
    form, told = published
    shown = form.waypoints[index]
    if shown.within:
        limits = _union([base.geometry_of(each) for each in shown.within])
        shapely.prepare(limits)
        yield " and ".join(shown.within), shapely.contains_xy(limits, points)
    near = form.waypoints[index : index + 2]  # how one came to the place and left it, in any account
    may_be_at_sea = any(each.may_arrive(Through.WATER, Through.SEA) for each in near)
    if not (may_be_at_sea or shown.footprints or sensitivity_of(shown) == NO_COORDINATES):
        yield _coast(shown, points, by_land=any(each.modes for each in near))
    names = {shown_id: held_id for held_id, shown_id in form.ids["claims"].items()}
    for each in told:
        mask = each.left_of(shown, points)
        if mask is not None:
            yield f'claim "{names.get(each.claim.id, each.claim.id)}"', mask


def _coast(shown: Waypoint, points: Floats, *, by_land: bool) -> tuple[str, Flags]:
    """Which points are on land, and what says so.

    Where the map shows none, and it is told how one came or left, a town stands on what the map leaves out; a better
    one names it: next to nothing of a cell of a tenth of a degree. It may fill a smaller cell, and lie anywhere in an
    outline; where nothing is told of how, nothing tells a town from a boat [judgement].
    """
    found = base.is_fine_land(points)
    if found.any() or base.meets_land(shapely.multipoints(points).envelope):
        return "the coast", found
    cell = shown.cell
    is_cell = by_land and shown.geometry is None and cell is not None and cell >= CELLS[2]
    return _ISLET, np.full(len(points), not is_cell)


def _days_left(shown: Sequence[Waypoint]) -> list[float | None]:
    """Share of the month, the year or the day that each place is promised which the order of dates leaves.

    Dates that are out of order rule nothing out.
    """
    spans = [None if when is None else dates.span_of(when) for when in seasons.dated(shown)]
    since = np.maximum.accumulate([-inf if each is None else each.earliest_h for each in spans])
    until = np.minimum.accumulate([inf if each is None else each.latest_h for each in spans][::-1])[::-1]
    left_h = [float(end - start) if end > start else inf for start, end in zip(since, until, strict=True)]
    return [
        _share_of_days(each, hours) if each.when_published is None else None
        for each, hours in zip(shown, left_h, strict=True)
    ]


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
    most_h = _DAY_H * {NO_COORDINATES: 366.0, 2: 31.0, 3: 31.0}.get(sensitivity, 1.0)  # of a year, a month or a day
    return float(np.clip(left_h / min(promised.latest_h - promised.earliest_h, most_h), 0, 1))
