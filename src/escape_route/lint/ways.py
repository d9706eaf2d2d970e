"""Rules about ways: by sea, and as they were recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from escape_route.distance import waters
from escape_route.errors import Problem
from escape_route.geography import geodesic
from escape_route.lint.coordinates import as_written
from escape_route.lint.rules import Subject, at, rule
from escape_route.model.lines import tracks_of
from escape_route.model.modes import Through

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_HARBOUR_M = 25_000.0  # beyond a place's own radius: a harbour, and the mouth of its river [judgement]
_INLAND_M = 100_000.0  # up a river, as Hamburg is [judgement]
_KM = 1_000.0


@rule("sea-over-land")
def _sea_over_land(subject: Subject) -> Iterator[Problem]:
    for index in _arrived_by_sea(subject):
        if _over_land(subject, index):
            shown = _over_land(subject.shown, index)
            message = "the straight line runs over land" + (f" for {shown}" if shown else "")
            yield Problem(at(subject.journey.waypoints[index]), message, "a place where the ship went round it")


def _over_land(subject: Subject, index: int) -> str:
    """How far the straight line of the way to a stop runs over land, and where; empty where it does not."""
    points = subject.points
    if index - 1 not in points or index not in points or subject.journey.trace_into(index) is not None:
        return ""
    ends = points[index - 1], points[index]
    way, land = waters.land_on_the_way(*ends)
    for end, number in zip(ends, (index - 1, index), strict=True):
        many = np.broadcast_to(end, way.shape)
        near_m = (subject.journey.waypoints[number].uncertainty_m or 0.0) + _HARBOUR_M
        land &= geodesic.distances_m(*many.T, *way.T) > near_m
    first, last = _longest_run(land)
    over_m = geodesic.geodesic_m(tuple(way[first]), tuple(way[last]))
    lon_deg, lat_deg = (float(each) for each in way[(first + last) // 2].round(2))
    return f"{over_m / _KM:,.0f} km, at {as_written((lon_deg, lat_deg))}" if over_m > _HARBOUR_M else ""


@rule("sea-far-inland")
def _sea_far_inland(subject: Subject) -> Iterator[Problem]:
    for index in _arrived_by_sea(subject):
        for number in (index - 1, index):
            waypoint = subject.journey.waypoints[number]
            if number not in subject.points:
                continue
            reach_m = (waypoint.uncertainty_m or 0.0) + _INLAND_M
            if not waters.sea_is_within(subject.points[number], reach_m):
                message = f"{as_written(subject.points[number])} is farther than {reach_m / _KM:,.0f} km from the sea"
                yield Problem(at(waypoint), message, "the harbour as a place of its own, or another mode")


@rule("receiver-fault")
def _receiver_fault(subject: Subject) -> Iterator[Problem]:
    waypoints = subject.journey.waypoints
    for index, track in tracks_of(subject.journey).items():
        for position in track.left_out:
            place = f"track from {waypoints[index - 1].id} to {waypoints[index].id}"
            message = f"{as_written(position)} is no place of this way, and is not measured"
            yield Problem(place, message, 'take it out, or say of the leg "line": "recorded"')


def _arrived_by_sea(subject: Subject) -> Iterator[int]:
    """Waypoints that were come to by sea in every account, or whose way was so in part."""
    for index, waypoint in enumerate(subject.journey.waypoints):
        if index and any(share.mode.row.through is Through.SEA for share in waypoint.modes):
            yield index


def _longest_run(flags: NDArray[np.bool_]) -> tuple[int, int]:
    """First and last of the longest run of true flags; twice the first of all where there is none."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    runs = edges.reshape(-1, 2)
    if not len(runs):
        return 0, 0
    start, stop = runs[np.argmax(runs[:, 1] - runs[:, 0])]
    return int(start), int(stop) - 1
