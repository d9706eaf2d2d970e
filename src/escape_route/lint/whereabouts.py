"""Rules about where places lie, and about ways: by sea, and as they were recorded."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from escape_route.distance import bounds, waters
from escape_route.errors import Problem
from escape_route.geography import base, geodesic
from escape_route.geography.geodesic import LonLat
from escape_route.language.catalogues import Words
from escape_route.language.radii import radius_of
from escape_route.lint.coordinates import (
    as_written,
    decimals,
    is_on_land,
    likely_swapped,
    resolution_m,
    swapped,
)
from escape_route.lint.rules import Subject, at, is_told_as_a_point, rule
from escape_route.model import places
from escape_route.model.journey import Waypoint, say
from escape_route.model.lines import tracks_of
from escape_route.model.modes import Through
from escape_route.model.places import Place, Region
from escape_route.model.vocabulary import Precision
from escape_route.protection import elsewhere, exposure

_LABEL_SLACK_M = 25_000.0  # a label beside a river or just over a border still names it [judgement]
_SAME_M = 1.0
_TRACK_END_M = 1_000.0  # between a track's end and its waypoint [judgement]
_EXACT_M = 1_000.0  # a place that may be anywhere within more than this is not exact [judgement]
_WHOLE_TURN_DEG = 360.0
_SWAPPED = "longitude and latitude swapped?"


@rule("perhaps-swapped")
def _perhaps_swapped(subject: Subject) -> Iterator[Problem]:
    waypoints = subject.journey.waypoints
    points = {
        index: waypoint.label
        for index, waypoint in enumerate(waypoints)
        if waypoint.label is not None and waypoint.geometry is None and not waypoint.withheld
    }
    for index, label in points.items():
        waypoint = waypoints[index]
        if _misses(waypoint, label) and _fits_swapped(waypoint):
            yield Problem(
                at(waypoint), f"{as_written(label)} is outside {_told(waypoint)}", _SWAPPED
            )
    free = {
        index for index in points if not waypoints[index].footprints and not waypoints[index].within
    }
    for index, added_m in likely_swapped(waypoints, free).items():
        yield Problem(at(waypoints[index]), _out_of_the_way(points[index], added_m), _SWAPPED)


@rule("label-outside-place")
def _label_outside_place(subject: Subject) -> Iterator[Problem]:
    for waypoint in subject.journey.waypoints:
        if waypoint.label and _misses(waypoint, waypoint.label) and not _fits_swapped(waypoint):
            message = f"the label {as_written(waypoint.label)} is outside {_told(waypoint)}"
            yield Problem(
                at(waypoint),
                message,
                "another label point, another footprint, or the geometry null",
            )


@rule("null-island")
def _null_island(subject: Subject) -> Iterator[Problem]:
    for waypoint in subject.journey.waypoints:
        if waypoint.label == (0.0, 0.0):
            yield Problem(
                at(waypoint), "the point is 0, 0", "the geometry null where no position is known"
            )


@rule("in-the-sea")
def _in_the_sea(subject: Subject) -> Iterator[Problem]:
    for index, label in subject.points.items():
        waypoint = subject.journey.waypoints[index]
        if (
            label == (0.0, 0.0)
            or _has_a_boat(subject, index)
            or is_on_land(label, waypoint.uncertainty_m or 0.0)
        ):
            continue
        turned = swapped(label)
        fits = turned is not None and is_on_land(turned, 0.0)
        if fits:
            fix = f"{_SWAPPED} then it lies on land"
        else:
            fix = "another position, or a boat among the modes"
        yield Problem(at(waypoint), f"{as_written(label)} is in the sea", fix)


@rule("not-cut-at-antimeridian")
def _not_cut_at_antimeridian(subject: Subject) -> Iterator[Problem]:
    for waypoint in subject.journey.waypoints:
        if waypoint.geometry is None:
            continue
        edges = (
            abs(b[0] - a[0]) for line in _lines(waypoint.geometry) for a, b in pairwise(line.coords)
        )
        longest_deg = max(
            (edge for edge in edges if edge < _WHOLE_TURN_DEG), default=0.0
        )  # a cap of a pole has whole ones
        if longest_deg > _WHOLE_TURN_DEG / 2:
            yield Problem(
                at(waypoint),
                f"an edge of {longest_deg:g} degrees of longitude",
                "cut it at the antimeridian",
            )


@rule("duplicate-stop")
def _duplicate_stop(subject: Subject) -> Iterator[Problem]:
    for before, after in pairwise(subject.journey.waypoints):
        same = _same(before, after)
        if same and not (before.withheld or after.withheld):
            yield Problem(at(after), f"{same} as {before.id} before it", "leave one of them out")


@rule("no-radius")
def _no_radius(subject: Subject) -> Iterator[Problem]:
    for index in subject.points:
        waypoint = subject.journey.waypoints[index]
        coarse = waypoint.precision in {Precision.CITY, Precision.NAMED_FEATURE}
        traced = any(
            subject.waypoint(end) and subject.journey.trace_into(end) for end in (index, index + 1)
        )
        if coarse and waypoint.uncertainty_m is None and not traced:
            member = "coordinateUncertaintyInMeters (in a spreadsheet uncertainty_m)"
            message = f'the precision "{waypoint.precision}" and no {member}'
            yield Problem(
                at(waypoint),
                message,
                "a radius that surely holds the place, or the precision exact",
            )


@rule("radius-and-precision")
def _radius_and_precision(subject: Subject) -> Iterator[Problem]:
    for waypoint in subject.journey.waypoints:
        if waypoint.precision is Precision.EXACT and (waypoint.uncertainty_m or 0.0) > _EXACT_M:
            message = f"exact, within {radius_of(waypoint, Words())}"
            yield Problem(at(waypoint), message, "a coarser precision, or a smaller radius")


@rule("track-misses-its-end")
def _track_misses_its_end(subject: Subject) -> Iterator[Problem]:
    for trace in subject.journey.traces:
        for end, point in ((trace.start, trace.line[0]), (trace.end, trace.line[-1])):
            place = places.place_of(subject.journey.waypoints[subject.journey.index_of(end)])
            apart_m = 0.0 if place is None else bounds.gap_m(place, Place((Region(None, point),)))
            if apart_m > _TRACK_END_M:
                message = f"{as_written(point)} is {apart_m / 1000:,.1f} km from {end}"
                yield Problem(
                    f"track from {trace.start} to {trace.end}",
                    message,
                    "the track of this leg, all of it",
                )


@rule("stands-elsewhere")
def _stands_elsewhere(subject: Subject) -> Iterator[Problem]:
    for match in elsewhere.again(subject.journey, subject.form):
        yield Problem(f"waypoint {match.held}", match.found, match.fix)


@rule("little-left")
def _little_left(subject: Subject) -> Iterator[Problem]:
    for exposed in exposure.exposures(subject.journey, subject.form):
        if exposed.is_too_little:
            said = str(exposed).partition(": ")[2]
            yield Problem(f"waypoint {exposed.held}", said, exposed.fix)


def _lines(geometry: BaseGeometry) -> list[BaseGeometry]:
    if geometry.geom_type == "LineString":
        return [geometry]
    return [
        ring for part in shapely.get_parts(geometry) for ring in (part.exterior, *part.interiors)
    ]


def _told(waypoint: Waypoint) -> str:
    return " and ".join(waypoint.footprints)


def _misses(waypoint: Waypoint, label: LonLat) -> bool:
    """Whether a label point is surely outside all footprints that its waypoint names."""
    slack_m = _LABEL_SLACK_M + resolution_m(label, decimals(label)) / 2
    around = places.outline(Region(None, label, slack_m))
    shapes = [base.geometry_of(reference) for reference in waypoint.footprints]
    return bool(shapes) and not any(shape.intersects(around) for shape in shapes)


def _fits_swapped(waypoint: Waypoint) -> bool:
    turned = None if waypoint.label is None else swapped(waypoint.label)
    return turned is not None and not _misses(waypoint, turned)


def _out_of_the_way(label: LonLat, added_m: tuple[float, float]) -> str:
    as_it_is, otherwise = (f"{metres / 1000:,.0f} km" for metres in added_m)
    return (
        f"{as_written(label)} adds {as_it_is} to the way, {as_written((label[1], label[0]))} would "
        f"add {otherwise}"
    )


def _same(one: Waypoint, other: Waypoint) -> str:
    if one.label and other.label and is_told_as_a_point(one) and is_told_as_a_point(other):
        is_near = geodesic.geodesic_m(one.label, other.label) < _SAME_M
        # One that lies anywhere about the other has another radius.
        return "the same point" if is_near and one.uncertainty_m == other.uncertainty_m else ""
    same = (
        one.footprints and one.footprints == other.footprints and say(one.name) == say(other.name)
    )
    return "the same name and footprint" if same else ""


def _has_a_boat(subject: Subject, index: int) -> bool:
    """Whether one came to a waypoint, or left it, by boat in any account."""
    near = (subject.waypoint(index), subject.waypoint(index + 1))
    return any(
        waypoint is not None and waypoint.may_arrive(Through.WATER, Through.SEA)
        for waypoint in near
    )


_HARBOUR_M = (
    25_000.0  # beyond a place's own radius: a harbour, and the mouth of its river [judgement]
)
_INLAND_M = 100_000.0  # up a river, as Hamburg is [judgement]
_KM = 1_000.0


@rule("sea-over-land")
def _sea_over_land(subject: Subject) -> Iterator[Problem]:
    for index in _arrived_by_sea(subject):
        if _over_land(subject, index):
            shown = _over_land(subject.shown, index)
            message = "the straight line runs over land" + (f" for {shown}" if shown else "")
            yield Problem(
                at(subject.journey.waypoints[index]),
                message,
                "a place where the ship went round it",
            )


def _over_land(subject: Subject, index: int) -> str:
    """How far the straight line of the way to a stop runs over land, and where; empty where it does not."""
    points = subject.points
    if (
        index - 1 not in points
        or index not in points
        or subject.journey.trace_into(index) is not None
    ):
        return ""
    ends = points[index - 1], points[index]
    way, land = waters.land_on_the_way(*ends)
    for end, number in zip(ends, (index - 1, index), strict=True):
        many = np.broadcast_to(end, way.shape)
        near_m = (subject.journey.waypoints[number].uncertainty_m or 0.0) + _HARBOUR_M
        land &= geodesic.distances_m(*many.T, *way.T) > near_m
    first, last = _longest_run(land)
    over_m = geodesic.geodesic_m(tuple(way[first]), tuple(way[last]))
    lon_deg, lat_deg = (float(degrees) for degrees in way[(first + last) // 2].round(2))
    if over_m > _HARBOUR_M:
        return f"{over_m / _KM:,.0f} km, at {as_written((lon_deg, lat_deg))}"
    return ""


@rule("sea-far-inland")
def _sea_far_inland(subject: Subject) -> Iterator[Problem]:
    for index in _arrived_by_sea(subject):
        for number in (index - 1, index):
            waypoint = subject.journey.waypoints[number]
            if number not in subject.points:
                continue
            reach_m = (waypoint.uncertainty_m or 0.0) + _INLAND_M
            if not waters.sea_is_within(subject.points[number], reach_m):
                message = (
                    f"{as_written(subject.points[number])} is farther than {reach_m / _KM:,.0f} km "
                    "from the sea"
                )
                yield Problem(
                    at(waypoint), message, "the harbour as a place of its own, or another mode"
                )


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
