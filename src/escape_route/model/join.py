"""A recorded track joined to a journey: between which two stops it lies, or why that cannot be told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from escape_route.errors import UsageError
from escape_route.geography.geodesic import geodesic_m
from escape_route.model.journey import TracedLeg, say
from escape_route.model.vocabulary import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from escape_route.model.journey import Journey, Source, Waypoint

NEAR_M = 1_000.0
"""How far from a stop, beyond its own radius, a track may begin or end that joins it [judgement]."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A journey with tracks that were joined to it, and a line for each."""

    journey: Journey
    said: tuple[str, ...]


def joined(journey: Journey, recorded: Journey, leg: tuple[str, str] | None = None) -> Joined:
    """Put the tracks of a recording between the stops of a journey that they join.

    Parameters
    ----------
    journey
        With its stops.
    recorded
        A file of tracks, as it was read.
    leg
        Ids or names of the two stops that its one track joins; found by where the track begins and ends where None.

    Raises
    ------
    UsageError
        Where there is no track, or none of the legs, or several, or one that has a track already, is joined.
    """
    if not recorded.traces:
        raise UsageError(
            "no track in it: a recording has a line between its places (import it alone, and copy its places)"
        )
    if leg is not None and len(recorded.traces) > 1:
        raise UsageError(f"--leg: {len(recorded.traces)} tracks, and one leg; split the file, or leave --leg out")
    source = _named_anew(recorded.sources[0], {each.id for each in journey.sources})
    found = journey
    said = []
    for track in recorded.traces:
        start, end = _stops(found, track, leg)
        if any((each.start, each.end) == (start.id, end.id) for each in found.traces):
            raise UsageError(
                f"{_said(start)} to {_said(end)}: has a track already (take it out first, or name another --leg)"
            )
        new = TracedLeg("", start.id, end.id, track.line, Status.SINGLE, (source.id,))
        found = replace(found, traces=(*found.traces, new))
        said += [f"joined: {len(track.line):,} points from {_said(start)} to {_said(end)}", *_apart(track, start, end)]
    return Joined(replace(found, sources=(*journey.sources, source)), tuple(said))


def _named_anew(source: Source, taken: set[str]) -> Source:
    names = ("recording", *(f"recording-{n}" for n in range(2, len(taken) + 3)))
    return replace(source, id=next(name for name in names if name not in taken))


def _stops(journey: Journey, track: TracedLeg, leg: tuple[str, str] | None) -> tuple[Waypoint, Waypoint]:
    """Neighbouring stops that a track leads between."""
    if leg is not None:
        start, end = (_stop(journey, each) for each in leg)
        if (start, end) not in pairwise(journey.waypoints):
            raise UsageError(
                f"--leg: {_said(end)} does not follow {_said(start)} (name two stops that stand one after the other)"
            )
        return start, end
    fits = [pair for pair in pairwise(journey.waypoints) if _fits(track, *pair)]
    if len(fits) == 1:
        return fits[0]
    fix = "name them: --leg FROM TO"
    if fits:
        raise UsageError(f"joins {' and '.join(f'{_said(a)} to {_said(b)}' for a, b in fits)} alike; {fix}")
    ends = "; ".join(_nearest(journey, word, at) for word, at in (("begins", track.line[0]), ("ends", track.line[-1])))
    raise UsageError(f"a track joins no two neighbouring stops: it {ends}; {fix}")


def _stop(journey: Journey, told: str) -> Waypoint:
    named = [each for each in journey.waypoints if told == each.id or told in each.name.values()]
    if len(named) != 1:
        raise UsageError(f"--leg: {'no stop' if not named else 'several stops'} {told!r}; give its id")
    return named[0]


def _apart(track: TracedLeg, start: Waypoint, end: Waypoint) -> Iterator[str]:
    """What is odd about a track between two stops that were named for it: how far from them it begins and ends."""
    fix = "recorded the other way round?" if _fits(track, end, start) else "is this the leg?"
    for word, stop, at in (("begins", start, track.line[0]), ("ends", end, track.line[-1])):
        apart_m = 0.0 if stop.label is None or stop.is_label_only else geodesic_m(stop.label, at)
        if apart_m > (stop.uncertainty_m or 0.0) + NEAR_M:
            yield f"look again: it {word} {apart_m / 1000:,.1f} km from {_said(stop)} ({fix})"


def _fits(track: TracedLeg, start: Waypoint, end: Waypoint) -> bool:
    ends = ((start, track.line[0]), (end, track.line[-1]))
    return all(
        stop.label is not None
        and not stop.is_label_only
        and geodesic_m(stop.label, at) <= (stop.uncertainty_m or 0.0) + NEAR_M
        for stop, at in ends
    )


def _nearest(journey: Journey, word: str, at: tuple[float, float]) -> str:
    far = list(_distances(journey, at))
    if not far:
        return f"{word} near no stop that has a point"
    distance_m, stop = min(far, key=lambda pair: pair[0])
    return f"{word} {distance_m / 1000:,.1f} km from {_said(stop)}"


def _distances(journey: Journey, at: tuple[float, float]) -> Iterator[tuple[float, Waypoint]]:
    for stop in journey.waypoints:
        if stop.label is not None:
            yield geodesic_m(stop.label, at), stop


def _said(stop: Waypoint) -> str:
    return f'{stop.id} "{say(stop.name)}"'
