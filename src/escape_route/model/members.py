"""The features of a journey's file: its waypoints as they follow one another, and the legs that were traced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from escape_route import progress
from escape_route.errors import Problem
from escape_route.model import values
from escape_route.model.features import waypoint
from escape_route.model.journey import Role
from escape_route.model.order import Order
from escape_route.model.traces import trace
from escape_route.strict_json import show

if TYPE_CHECKING:
    from escape_route.fields import Fields
    from escape_route.model.journey import TracedLeg, Waypoint
    from escape_route.model.references import Sources


@dataclass(frozen=True, slots=True)
class Features:
    """What the features are, and the order that claims refer to."""

    waypoints: tuple[Waypoint, ...]
    traces: tuple[TracedLeg, ...]
    order: Order


def read(root: Fields, sources: Sources, broken: frozenset[str]) -> Features:
    """Read them all; `broken` are the places of the file that are not GeoJSON."""
    waypoints: list[Waypoint] = []
    traces: list[tuple[TracedLeg, Fields]] = []
    for feature in progress.each(root.objects("features"), "reading features"):
        properties = feature.object("properties", needed=True)
        if properties is None:
            continue
        kind = properties.raw("kind", needed=True)
        if kind == "waypoint":
            waypoints.append(waypoint(feature, properties, sources, broken))
        elif kind == "leg":
            traces.append((trace(feature, properties, sources, broken), properties))
        elif kind is not None:
            properties.fault("kind", f"{show(kind)} is not known here", "waypoint or leg")
    is_whole = len(waypoints) + len(traces) == len(cast("list[object]", root.members["features"]))
    order = Order([(each.id, each.name.values()) for each in waypoints], is_whole=is_whole)
    _check_waypoints(waypoints, root.problems, is_whole=is_whole)
    _check_traces(traces, order, root.problems)
    return Features(tuple(waypoints), tuple(each for each, _ in traces), order)


def _check_waypoints(waypoints: list[Waypoint], problems: list[Problem], *, is_whole: bool) -> None:
    if not waypoints and is_whole:
        fix = 'features with properties.kind "waypoint"'
        problems.append(Problem("features", "no waypoint in it", fix, "not-a-journey"))
    values.note_twice((each.id for each in waypoints), problems, "features", "feature")
    for each in waypoints[1:]:
        if each.role is Role.START:
            message = f'waypoint "{each.id}" has the role start but is not the first'
            problems.append(Problem("features", message, rule="wrong-order"))


def _check_traces(traces: list[tuple[TracedLeg, Fields]], order: Order, problems: list[Problem]) -> None:
    for each, fields in traces:
        if order.legs_between(fields, each.start, each.end) not in {None, 1}:
            message = f'"{each.end}" does not follow "{each.start}"'
            fields.fault("to", message, "a leg joins two neighbours", rule="wrong-order")
    values.note_twice((each.end for each, _ in traces), problems, "features", "traced leg to")
