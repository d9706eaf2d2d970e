"""On which half of the Earth a season was told: by the place itself, or by the places before and after it.

A place that lies wholly beyond the tropic of its half has the seasons of that half. Between the
tropics people count by either, or by neither, and where no place is known nothing tells: such a
season may be of both halves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from escape_route.model import dates, places
from escape_route.model.journey import Journey, Waypoint
from escape_route.model.places import Region
from escape_route.model.told_dates import meanings

_TROPIC_DEG = 23.44
_M_PER_DEG = 110_574.0  # of latitude where they are shortest, so that a disc reaches rather too far


def dated(waypoints: Sequence[Waypoint]) -> list[str | None]:
    """Date of each waypoint, its season as the months that it is there, or as those of both halves of the Earth."""
    whens = [waypoint.when for waypoint in waypoints]
    at = {index: when for index, when in enumerate(whens) if when and dates.tells_a_season(when)}
    halves = {index: _half(waypoints, index) for index in at}
    return [
        dates.in_half(at[index], halves[index]) if index in at else when
        for index, when in enumerate(whens)
    ]


def _half(waypoints: Sequence[Waypoint], index: int) -> str:
    """Half of the Earth that a waypoint surely lies on, or that those before and after it do where it has no place."""
    if own := _half_of(waypoints[index]):
        return own.strip()
    sides = waypoints[:index][::-1], waypoints[index + 1 :]
    before, after = (next(filter(None, map(_half_of, side)), "") for side in sides)
    return before.strip() if before == after else ""


def _half_of(waypoint: Waypoint) -> str:
    """Half of the Earth, a blank where a place lies on none for sure; empty where it has no place."""
    place = places.place_of(waypoint)
    spans = [_latitudes_deg(region) for region in place.regions] if place else []
    if not spans:
        return ""
    is_south = max(north for _, north in spans) < -_TROPIC_DEG
    is_north = min(south for south, _ in spans) > _TROPIC_DEG
    if is_south:
        return "south"
    if is_north:
        return "north"
    return " "


def _latitudes_deg(region: Region) -> tuple[float, float]:
    if region.shape is not None and region.centre is None:
        return region.shape.bounds[1], region.shape.bounds[3]
    if region.centre is None:
        return -90.0, 90.0
    reach_deg = region.radius_m / _M_PER_DEG
    return region.centre[1] - reach_deg, region.centre[1] + reach_deg


@dataclass(frozen=True, slots=True)
class Read:
    """A journey whose seasons are read as those of its places, a line on each that is, and on each that is left."""

    journey: Journey
    chosen: tuple[str, ...]
    unclear: tuple[str, ...]


def at_their_places(journey: Journey, seasons: Mapping[str, str]) -> Read:
    """Read seasons as those of the south where the place lies there; `told` are the words of each, by the place's id.

    The early, mid or late part of a season is a stretch of days, and those of the north until this
    is known: where it stays open on a way that reaches the south of the equator, that is said.
    """
    halves = {
        waypoint.id: _half(journey.waypoints, index)
        for index, waypoint in enumerate(journey.waypoints)
    }
    southern = {name: meanings(words, half="south") for name, words in seasons.items()}
    reaches_south = any(map(_may_be_south, journey.waypoints))
    dates_there: dict[str, str] = {}
    chosen, unclear = [], []
    for waypoint in journey.waypoints:
        if waypoint.id not in seasons or waypoint.when is None:
            continue
        head, ways = (
            f'waypoint {waypoint.id}: "{seasons[waypoint.id]}"',
            ", or ".join(southern[waypoint.id]),
        )
        if halves[waypoint.id] == "south" and len(southern[waypoint.id]) == 1:
            dates_there[waypoint.id] = ways
            chosen.append(
                f"{head} is read as in the south, where this place lies: {dates.in_months(ways)}"
            )
        elif halves[waypoint.id] == "south":
            unclear.append(
                f"{head} may be one or another in the south, where this place lies (write {ways or 'it with its year'})"
            )
        elif not halves[waypoint.id] and reaches_south and not dates.tells_a_season(waypoint.when):
            unclear.append(
                f"{head} is read as in the north: {waypoint.when} (if it was in the south, write {ways})"
            )
    read = tuple(
        replace(waypoint, when=dates_there.get(waypoint.id, waypoint.when))
        for waypoint in journey.waypoints
    )
    return Read(replace(journey, waypoints=read), tuple(chosen), tuple(unclear))


def _may_be_south(waypoint: Waypoint) -> bool:
    place = places.place_of(waypoint)
    return place is not None and any(_latitudes_deg(region)[0] < 0 for region in place.regions)
