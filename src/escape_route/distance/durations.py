"""Stated durations: the speed that one needs for its way, and what people keep up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf

from escape_route.distance.hints import sums, told_lengths
from escape_route.distance.intervals import Interval
from escape_route.distance.stated_numbers import stands_for, stands_for_m
from escape_route.model.journey import UNTOLD_MODES, Claim, Journey, Waypoint
from escape_route.model.modes import Mode, ModesAre
from escape_route.model.units import UNITS

_SLOW, _FAST = 0, 1


class Kept(StrEnum):
    """What a speed that is needed is to the speeds that people keep up."""

    FASTER = "faster"
    KEPT_UP = "kept_up"
    SLOWER = "slower"


@dataclass(frozen=True, slots=True)
class Needed:
    """Speed that a duration needs for the whole of its way, in km an hour, or a day where it was told in days.

    `told` are the distances that were stated of that way; where there are none it is as long as is
    plausible, `way`. `needed_km` is from the shortest such way in the longest time to the longest
    in the shortest. `kept_km` is what people keep up by the modes of that way, slow and fast
    [judgement], and `kept` the one held against the other; None where no speed is judged for a mode
    of it, or places are too vague for one.
    """

    told: tuple[Claim, ...]
    way: Interval | None
    per: str
    needed_km: tuple[float, float]
    kept_km: tuple[float, float] | None
    kept: Kept | None


def needed(
    claim: Claim, journey: Journey, way: Interval | None, least_m: float, legs_m: Sequence[float]
) -> Needed | None:
    """Speed that a claim of a duration needs which is that of its whole way; None where that has no length.

    `way` is the plausible length of its scope, None where nothing was measured. `least_m` is its
    certified least: where a place is vague, only what even that is too long for is faster than
    people keep up. `legs_m` is the median length of each leg, shape (legs,), metres: leg k arrives
    at waypoint k + 1. A length that was told is taken before it.
    """
    told = told_lengths(claim, journey)
    likely_m = (0.0, 0.0) if way is None else (way.low95_m, way.high95_m)
    low_m, high_m = sums(map(stands_for_m, told)) if told else likely_m
    if high_m <= 0:
        return None
    per = _per(claim)
    low, high = (number * claim.unit_size / UNITS[per].size for number in stands_for(claim))
    needed_km = low_m / 1000 / high, inf if low <= 0 else high_m / 1000 / low
    kept_km = _kept_km(claim, journey, legs_m, per)
    start, end = journey.index_of(claim.scope.start), journey.index_of(claim.scope.end)
    is_vague = not told and any(
        waypoint.is_vague for waypoint in journey.waypoints[start : end + 1]
    )
    surely_km = least_m / 1000 / high if is_vague else needed_km[_SLOW]
    return Needed(
        told,
        None if told else way,
        per,
        needed_km,
        kept_km,
        kept_km and _kept(needed_km, surely_km, kept_km),
    )


def _kept(
    needed_km: tuple[float, float], surely_km: float, kept_km: tuple[float, float]
) -> Kept | None:
    """What a speed is to those that are kept up; None where it hangs on where in its places the way began and ended."""
    if needed_km[_SLOW] > kept_km[_FAST]:
        return Kept.FASTER if surely_km > kept_km[_FAST] else None
    return Kept.SLOWER if needed_km[_FAST] < kept_km[_SLOW] else Kept.KEPT_UP


def comes_to_km(claim: Claim) -> tuple[float, float] | None:
    """Kilometres that a duration comes to by its mode, at what people keep up, slow and fast [judgement]."""
    per = _per(claim)
    pace = None if claim.mode is None else _of(claim.mode, per)
    if pace is None:
        return None
    count, most = (
        number * claim.unit_size / UNITS[per].size for number in (claim.value, claim.highest)
    )
    return count * pace[_SLOW], most * pace[_FAST]


def _per(claim: Claim) -> str:
    """Unit of time that speeds are told by: an hour where hours were told, else a day."""
    return "h" if claim.unit == "h" else "d"


def _arrivals(claim: Claim, journey: Journey) -> Iterator[tuple[int, Waypoint]]:
    """Waypoints that the legs of a scope arrive at, each with the number of its leg."""
    start, end = journey.index_of(claim.scope.start), journey.index_of(claim.scope.end)
    for index in range(start, end):
        yield index, journey.waypoints[index + 1]


def is_of_the_whole_way(claim: Claim, journey: Journey) -> bool:
    """Whether a duration is that of its whole scope: one with a mode tells of the part that was gone so."""
    if claim.mode is None:
        return True
    return all(waypoint.is_by(claim.mode) for _, waypoint in _arrivals(claim, journey))


def _kept_km(
    claim: Claim, journey: Journey, legs_m: Sequence[float], per: str
) -> tuple[float, float] | None:
    """What people keep up over a way, slow and fast: all its kilometres over all the time that they take.

    Its legs are as long as was drawn, and equally long where nothing was.
    """
    arrivals = [(legs_m[leg], _pace(waypoint, per)) for leg, waypoint in _arrivals(claim, journey)]
    are_drawn = any(length_m for length_m, _ in arrivals)
    times = [0.0, 0.0]
    total_m = 0.0
    for drawn_m, pace in arrivals:
        if pace is None:
            return None
        length_m = drawn_m if are_drawn else 1.0
        total_m += length_m
        for end in (_SLOW, _FAST):
            times[end] += length_m / pace[end]
    return total_m / times[_SLOW], total_m / times[_FAST]


def _pace(waypoint: Waypoint, per: str) -> tuple[float, float] | None:
    """What people keep up on a leg: by the slowest and fastest account, or by its parts one after the other."""
    shares = waypoint.modes or UNTOLD_MODES
    paces = [_of(share.mode, per) for share in shares]
    known = [pace for pace in paces if pace is not None]
    if len(known) < len(paces):
        return None
    if waypoint.modes_are is ModesAre.PARTS:
        slow, fast = (
            1 / sum(share.weight / pace[end] for share, pace in zip(shares, known, strict=True))
            for end in (_SLOW, _FAST)
        )
        return slow, fast
    return min(pace[_SLOW] for pace in known), max(pace[_FAST] for pace in known)


def _of(mode: Mode, per: str) -> tuple[float, float] | None:
    pace = mode.row.pace
    if pace is None:
        return None
    return pace.kmh if per == "h" else pace.km_per_day
