"""Rules about when things were, and whether there was time enough."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise

from escape_route.distance import bounds, durations, stated_numbers
from escape_route.errors import Problem
from escape_route.geography import geodesic
from escape_route.lint.rules import Subject, at, rule
from escape_route.model import calendars, dates
from escape_route.model.journey import UNTOLD_MODES, Claim, Stay
from escape_route.model.modes import ModesAre
from escape_route.model.units import Quantity
from escape_route.model.vocabulary import Role, Wording
from escape_route.protection import sensitivity

_FARTHEST_KM = 20_037.5  # half of the equator: no two places are farther apart
_DAY_H = 24.0


@rule("dates-out-of-order")
def _dates_out_of_order(subject: Subject) -> Iterator[Problem]:
    waypoints, spans = subject.journey.waypoints, subject.spans
    last: int | None = None
    for index, span in spans.items():
        if last is not None and span.is_before(spans[last]):
            message = (
                f"{waypoints[index].when} lies before {waypoints[last].when} of "
                f"{waypoints[last].id}"
            )
            yield Problem(
                at(waypoints[index], "when"), message, "another date, or another order of waypoints"
            )
        if last is None or span.earliest_h > spans[last].earliest_h:
            last = index


@rule("backward-interval")
def _backward_interval(subject: Subject) -> Iterator[Problem]:
    for waypoint in subject.journey.waypoints:
        if waypoint.when and dates.is_backward(waypoint.when):
            yield Problem(
                at(waypoint, "when"), f"{waypoint.when} ends before it begins", "turn it round"
            )


@rule("date-to-come")
def _date_to_come(subject: Subject) -> Iterator[Problem]:
    for waypoint in subject.journey.waypoints:
        years = dates.years_in(waypoint.when) if waypoint.when else None
        if years is not None and years[0] >= datetime.now(UTC).year + 1:
            meant = calendars.thai_or_ours(waypoint.when or "")
            fix = f"{meant}, if it is of the Buddhist Era" if meant else "another year"
            yield Problem(at(waypoint, "when"), f"{waypoint.when} has not come yet", fix)


@rule("too-fast")
def _too_fast(subject: Subject) -> Iterator[Problem]:
    spans = subject.spans
    for start, end in pairwise(index for index in spans if index in subject.places):
        if not spans[end].is_before(
            spans[start]
        ):  # else the dates are out of order, which has a rule of its own
            yield from _late(subject, start, end, spans[end].latest_h - spans[start].earliest_h)
    for claim in subject.journey.claims:
        if claim.quantity is Quantity.DURATION and durations.is_of_the_whole_way(
            claim, subject.journey
        ):
            yield from _too_short(subject, claim)


@rule("day-of-a-crossing")
def _day_of_a_crossing(subject: Subject) -> Iterator[Problem]:
    for waypoint in subject.journey.waypoints:
        shown = waypoint.when_published or sensitivity.cut_date(
            waypoint.when, sensitivity.sensitivity_of(waypoint)
        )
        is_a_day = shown is not None and dates.span_of(shown).is_a_day
        if is_a_day and waypoint.role is Role.CROSSING and waypoint.sensitivity != 0:
            member = "when_published" if waypoint.when_published else "when"
            yield Problem(at(waypoint, member), f"{shown} is a day", "the month or the year alone")


@rule("stay-too-long")
def _stay_too_long(subject: Subject) -> Iterator[Problem]:
    waypoints, spans = subject.journey.waypoints, subject.spans
    for start, end in pairwise(spans):
        stays = {
            index: stay
            for index in range(start, end)
            if (stay := waypoints[index].stay) is not None
        }
        least_h = sum(
            stated_numbers.stands_for(stay)[0] * stay.unit_size for stay in stays.values()
        )
        has_h = spans[end].latest_h - spans[start].earliest_h
        if stays and 0 <= has_h < least_h:
            listed = " and ".join(
                f"{_said(stay)} at {waypoints[index].id}" for index, stay in stays.items()
            )
            message = (
                f"{listed}; {waypoints[start].when} to {waypoints[end].when} leaves {_time(has_h)}"
            )
            yield Problem(
                at(waypoints[next(iter(stays))], "stay"), message, "another stay, unit or date"
            )


def _said(stay: Stay) -> str:
    wording = "" if stay.wording is Wording.EXACT else f"{stay.wording} ".replace("_", " ")
    return (
        f"{wording}{stay.value:g}{'' if stay.value_to is None else f' to {stay.value_to:g}'} "
        f"{stay.unit}"
    )


def _late(subject: Subject, first: int, last: int, has_h: float) -> Iterator[Problem]:
    slowest_kmh = min(_speed_kmh(subject, index) for index in range(first + 1, last + 1))
    if has_h * slowest_kmh >= _FARTHEST_KM * (last - first):
        return  # time enough for any way: nothing need be measured
    if _needs(subject, first, last)[0] > has_h:
        start, end = subject.journey.waypoints[first], subject.journey.waypoints[last]
        dated = str(end.when) if start.when == end.when else f"{start.when} to {end.when}"
        message = f"{_way(subject, first, last, has_h)}; {dated} leaves {_time(has_h)}"
        yield Problem(at(end, "when"), message, "another date, mode or place")


def _too_short(subject: Subject, claim: Claim) -> Iterator[Problem]:
    start, end = (subject.journey.index_of(stop) for stop in (claim.scope.start, claim.scope.end))
    between = [index for index in subject.places if start <= index <= end]
    if not between:
        return
    most_h = stated_numbers.stands_for(claim)[1] * claim.unit_size
    if _needs(subject, between[0], between[-1])[0] > most_h:
        message = (
            f"{_way(subject, between[0], between[-1], most_h)}; {claim.highest:g} {claim.unit} "
            "were stated"
        )
        yield Problem(
            f"claim {claim.id}", message, "another unit or scope, or the mode that the claim is of"
        )


def _way(subject: Subject, first: int, last: int, has_h: float) -> str:
    """What a way takes between the places as they may be published; no numbers where these would do in its time."""
    start = subject.journey.waypoints[first].id
    needs_h, least_m = _needs(subject.shown, first, last)
    if needs_h <= has_h:
        return f"the way from {start} takes longer"
    return f"{least_m / 1000:,.0f} km from {start} take {_time(needs_h)} at the least"


def _needs(subject: Subject, first: int, last: int) -> tuple[float, float]:
    """Least hours, and least metres, of the way between two places through those that lie between them."""
    order = [index for index in subject.places if first <= index <= last]
    hours = metres = 0.0
    for start, end in pairwise(order):
        least_m = _least_m(subject, start, end)
        metres += least_m
        hours += (
            least_m / 1000 / max(_speed_kmh(subject, index) for index in range(start + 1, end + 1))
        )
    return hours, metres


def _least_m(subject: Subject, start: int, end: int) -> float:
    trace = subject.journey.trace_into(end) if end == start + 1 else None
    if trace is not None:
        return geodesic.line_length_m(trace.line)
    return bounds.gap_m(subject.places[start], subject.places[end])


def _speed_kmh(subject: Subject, index: int) -> float:
    """Fastest that one may have arrived at a waypoint: in any account, or in all parts of the way."""
    waypoint = subject.journey.waypoints[index]
    shares = (waypoint.modes if waypoint.leg_told else ()) or UNTOLD_MODES
    if waypoint.modes_are is ModesAre.PARTS:
        return 1 / sum(share.weight / share.mode.row.top_speed.kmh for share in shares)
    return max(share.mode.row.top_speed.kmh for share in shares)


def _time(hours: float) -> str:
    return f"{hours:.1f} h" if hours < 2 * _DAY_H else f"{hours / _DAY_H:.1f} days"
