"""Tracks of another file put between the stops of a journey, cut at each stop that they pass.

A stop is the set of points that was told: a track that ends anywhere in it ends there. All of the
rules are judgements.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from escape_route.errors import UsageError
from escape_route.geography.geodesic import Floats, LonLat, distances_m, geodesic_m
from escape_route.model import dates
from escape_route.model.journey import Journey, Source, TracedLeg, Waypoint, say
from escape_route.model.places import Region, place_of
from escape_route.model.vocabulary import LineIs, Status
from escape_route.strict_json import show

NEAR_M = 1_000.0
"""How far from the set that a stop is a track may begin, end or pass by that joins it [judgement]."""
_SAME_M = 1.0  # ends that differ by less are the same place, visited twice
_SAME_STEPS = (
    0.5  # part of the steps of a track that stand in another, which is then the same recording
)
_DAY_H, _YEAR_H = 24.0, 366 * 24.0  # of clocks that tell another zone; where nothing later is told
_DECIMALS = 7  # of a degree, as files have them
MADE = ("Start of ", "End of ")
"""Names of places that a reader makes of the ends of a bare track begin so."""
_ALONE = "import that file alone, and copy the rows that you want"


def joined(
    journey: Journey,
    recorded: Journey,
    leg: tuple[str, str] | None = None,
    *,
    again: str = "gone again later",
) -> tuple[Journey, list[str]]:
    """Put the tracks of a recording between the stops of a journey that they join, with a line for each.

    `leg` names by ids or names two stops that the tracks lead between, one after the other, past
    those that stand between; else they are found by where each track begins and ends. Raises
    UsageError where there is no track, or none of the legs, or several, or one that has a track
    already, is joined.
    """
    if not recorded.traces:
        raise UsageError(
            "no track in it: a recording has a line between its places (import it alone, and copy its places)"
        )
    tracks, said = recorded.traces, list[str]()
    if len(tracks) > 1 and (leg is not None or _go_on(tracks)):
        tracks, gap_m = _as_one(tracks)
        if gap_m > NEAR_M:
            said.append(
                f"{len(recorded.traces)} tracks, one after the other: {gap_m / 1000:,.1f} km between them have no point"
            )
    whole, source = journey, recorded.sources[0]
    cuts_of = list[tuple[TracedLeg, list[tuple[Waypoint, int]], str | None]]()
    for number, track in enumerate(tracks, 1):
        try:
            cuts = _Stops(whole, track).cuts(leg)
        except UsageError as error:
            which = f"track {number} of {len(tracks)}: " if len(tracks) > 1 else ""
            raise UsageError(f"{which}{error}") from error
        when = _when(track, recorded)
        cuts_of.append(
            (
                track,
                cuts,
                when if _is_another_time(journey, when, cuts[0][0], cuts[-1][0]) else None,
            )
        )
    if any(later for *_, later in cuts_of):
        source = replace(source, title=f"{source.title}: {again}")
    source = _in_sources(source, journey.sources)
    for track, cuts, later in cuts_of:
        for (start, first), (end, last) in pairwise(cuts):
            line = track.line[first : last + 1]
            _refuse_twice(whole, line, start, end)
            new = TracedLeg(
                "",
                start.id,
                end.id,
                line,
                Status.INFERRED if later else Status.SINGLE,
                (source.id,),
                line_is=LineIs.DRAWN if later else track.line_is,
                line_told=bool(later) or track.line_told,
            )
            whole = replace(whole, traces=(*whole.traces, new))
            drawn = _drawn(track, later)
            said.append(f"joined: {len(line):,} points from {_said(start)} to {_said(end)}{drawn}")
        said += _apart(track, cuts[0][0], cuts[-1][0])
    sources = (*journey.sources, *(() if source in journey.sources else (source,)))
    return replace(whole, sources=sources), [*said, *_left_out(recorded)]


def _go_on(tracks: Sequence[TracedLeg]) -> bool:
    """Whether a reader cut one line at places of its file, which are none of this journey."""
    return all(before.line[-1] == after.line[0] for before, after in pairwise(tracks))


def _as_one(tracks: Sequence[TracedLeg]) -> tuple[tuple[TracedLeg], float]:
    """Tracks as one line, and how far apart their ends are together."""
    gap_m = sum(geodesic_m(before.line[-1], after.line[0]) for before, after in pairwise(tracks))
    points = [point for track in tracks for point in track.line]
    line = tuple(point for at, point in enumerate(points) if at == 0 or point != points[at - 1])
    drawn = next((track for track in tracks if track.line_is is LineIs.DRAWN), tracks[0])
    drawn = replace(drawn, start=tracks[0].start, end=tracks[-1].end)
    return (replace(drawn, line=line, line_told=all(track.line_told for track in tracks)),), gap_m


def _left_out(recorded: Journey) -> Iterator[str]:
    """What of a file of tracks is no track: its places, without those that are only the ends of one."""
    ends = {end for trace in recorded.traces for end in (trace.line[0], trace.line[-1])}
    places = [
        f'"{say(waypoint.name)}"'
        for waypoint in recorded.waypoints
        if not (say(waypoint.name).startswith(MADE) and waypoint.label in ends)
    ]
    if places:
        yield f"left out, for tracks alone are joined: {', '.join(places)} ({_ALONE})"


def _in_sources(source: Source, known: Sequence[Source]) -> Source:
    """A source under an id of its own; the one that is known already where it has the same title."""
    taken = {held.id for held in known}
    names = ("recording", *(f"recording-{n}" for n in range(2, len(taken) + 3)))
    anew = replace(source, id=next(name for name in names if name not in taken))
    return next((held for held in known if held.title == source.title), anew)


def _when(track: TracedLeg, recorded: Journey) -> str | None:
    """From when to when a track was recorded, by the day; None where its file does not say."""
    ends = [
        waypoint.when.partition("T")[0]
        for waypoint in recorded.waypoints
        if waypoint.id in {track.start, track.end} and waypoint.when
    ]
    return dates.covering(ends)


def _drawn(track: TracedLeg, later: str | None) -> str:
    """What is said of a way that is drawn and not measured."""
    if later:
        told = f"recorded {later}, not in the time that the stops tell"
        return f" ({told}: drawn as a way gone again, not measured)"
    if track.line_is is LineIs.DRAWN:
        return " (drawn: a hint of the way, and not measured)"
    return ""


def _is_another_time(journey: Journey, when: str | None, start: Waypoint, end: Waypoint) -> bool:
    """Whether a recording was made outside the time from one stop to another, as they and those beside them tell it.

    A day is left for clocks; before the first date that is told, and after the last, a year
    [judgement].
    """
    first, last = journey.index_of(start.id), journey.index_of(end.id)
    spans = [waypoint.when and dates.span_of(waypoint.when) for waypoint in journey.waypoints]
    dated = [span for span in spans if span]
    if when is None or not dated:
        return False
    before = next((span.earliest_h for span in reversed(spans[: first + 1]) if span), None)
    after = next((span.latest_h for span in spans[last:] if span), None)
    earliest_h = min(span.earliest_h for span in dated) - _YEAR_H if before is None else before
    latest_h = max(span.latest_h for span in dated) + _YEAR_H if after is None else after
    recorded = dates.span_of(when)
    return recorded.latest_h < earliest_h - _DAY_H or recorded.earliest_h > latest_h + _DAY_H


def _refuse_twice(journey: Journey, line: Sequence[LonLat], start: Waypoint, end: Waypoint) -> None:
    """Raise where the leg has a track already, or another leg has most of these points."""
    steps = _steps(line)
    for trace in journey.traces:
        if (trace.start, trace.end) == (start.id, end.id):
            raise UsageError(
                f"{_said(start)} to {_said(end)}: has a track already (take it out first, or name another --leg)"
            )
        if len(steps & _steps(trace.line)) > _SAME_STEPS * len(steps):
            ends = (journey.waypoints[journey.index_of(stop)] for stop in (trace.start, trace.end))
            has, fix = (
                " to ".join(map(_said, ends)),
                "take that track out first, and name the first and last stop of all",
            )
            raise UsageError(
                f"{_said(start)} to {_said(end)}: {has} has these points already ({fix})"
            )


def _steps(line: Sequence[LonLat]) -> set[tuple[LonLat, LonLat]]:
    return set(pairwise((round(lon, _DECIMALS), round(lat, _DECIMALS)) for lon, lat in line))


class _Stops:
    """Where a track begins, ends and leads past the stops of a journey."""

    def __init__(self, journey: Journey, track: TracedLeg) -> None:
        self.stops, self.line = journey.waypoints, track.line
        self.vertices = np.asarray(track.line, dtype=np.float64)

    def cuts(self, leg: tuple[str, str] | None) -> list[tuple[Waypoint, int]]:
        """Stops that the track joins, each with the vertex that it is cut at."""
        if leg is not None:
            return self._named(*(_stop(self.stops, name) for name in leg))
        first, last = self._near(self.line[0]), self._near(self.line[-1])
        ways = [
            (first[i] + last[j], way)
            for i in first
            for j in last
            if i < j and (way := self._between(i, j))
        ]
        least_m = min((far_m for far_m, _ in ways), default=0.0)
        best = [way for far_m, way in ways if far_m <= least_m + _SAME_M]
        if len(best) == 1:
            return best[0]
        fix = "name them: --leg FROM TO"
        if best:
            both = " and ".join(f"{_said(way[0][0])} to {_said(way[-1][0])}" for way in best)
            raise UsageError(f"joins {both} alike; {fix}")
        ends = "; ".join(
            self._nearest(word, at)
            for word, at in (("begins", self.line[0]), ("ends", self.line[-1]))
        )
        beside = {*(index + 1 for index in first), *(index - 1 for index in last)}
        hidden = [
            stop for index, stop in enumerate(self.stops) if index in beside and stop.withheld
        ]
        if hidden:
            said = " and ".join(map(_said, hidden))
            fix = (
                f"{said} beside it is withheld, and a track that ends there would tell where: none "
                "is joined"
            )
        raise UsageError(f"a track joins no two neighbouring stops: it {ends}; {fix}")

    def _named(self, start: int, end: int) -> list[tuple[Waypoint, int]]:
        for stop in (self.stops[start], self.stops[end]):
            if stop.withheld:
                fix = "it would tell where that is: cut the track before it, or leave it out"
                raise UsageError(
                    f"--leg: {_said(stop)} is withheld, and no track ends there ({fix})"
                )
        cut = self._between(start, end) if start < end else None
        if cut is not None:
            return cut
        fix, why = "name two stops that stand one after the other", ""
        if start < end:
            between = self.stops[start + 1 : end]
            why = (
                f", and the track does not lead past {', '.join(map(_said, between))} in this order"
            )
            fix = (
                "cut the file there and join each part by --leg, or take a stop out that it does "
                "not come to"
            )
        raise UsageError(
            f"--leg: {_said(self.stops[end])} does not follow {_said(self.stops[start])}{why} ({fix})"
        )

    def _between(self, start: int, end: int) -> list[tuple[Waypoint, int]] | None:
        """Cuts at the vertex nearest to each stop between; None where it does not lead past them all in order."""
        cuts, last = [(self.stops[start], 0)], len(self.line) - 1
        for stop in self.stops[start + 1 : end]:
            left = self.vertices[cuts[-1][1] + 1 : last]
            far_m = away_m(stop, left) if len(left) else None
            if far_m is None or far_m.min() > NEAR_M:
                return None
            middle_m = _to_middle_m(stop, left)
            inside = np.flatnonzero(far_m <= far_m.min())
            cuts.append((stop, cuts[-1][1] + 1 + int(inside[np.argmin(middle_m[inside])])))
        return [*cuts, (self.stops[end], last)]

    def _near(self, at: LonLat) -> dict[int, float]:
        """Stops that an end of the track is at, with how far it is from the middle of each."""
        here = np.array([at])
        near_m = {}
        for index, stop in enumerate(self.stops):
            far_m = away_m(stop, here)
            if far_m is not None and far_m[0] <= NEAR_M:
                near_m[index] = float(_to_middle_m(stop, here)[0])
        return near_m

    def _nearest(self, word: str, at: LonLat) -> str:
        here = np.array([at])
        far = [
            (float(metres[0]), stop)
            for stop in self.stops
            if (metres := away_m(stop, here)) is not None
        ]
        if not far:
            return f"{word} near no stop that is drawn anywhere"
        distance_m, stop = min(far, key=lambda pair: pair[0])
        return f"{word} {distance_m / 1000:,.1f} km from {_said(stop)}"


def _stop(stops: Sequence[Waypoint], name: str) -> int:
    named = [
        index
        for index, stop in enumerate(stops)
        if name == stop.id or name in (*stop.name.values(), stop.verbatim_locality)
    ]
    if len(named) != 1:
        which = "; ".join(map(_said, [stops[index] for index in named] or stops))
        raise UsageError(
            f"--leg: {'several stops are called' if named else 'no stop is called'} {show(name)} ({which})"
        )
    return named[0]


def _apart(track: TracedLeg, start: Waypoint, end: Waypoint) -> Iterator[str]:
    """What is odd about a track between two stops that were named for it: how far from them it begins and ends."""
    ends = ((start, track.line[0]), (end, track.line[-1]))
    turned = _apart_m(end, track.line[0]) <= NEAR_M and _apart_m(start, track.line[-1]) <= NEAR_M
    fix = "recorded the other way round?" if turned else "is this the leg?"
    for word, (stop, at) in zip(("begins", "ends"), ends, strict=True):
        if (far_m := _apart_m(stop, at)) > NEAR_M:
            yield f"look again: it {word} {far_m / 1000:,.1f} km from {_said(stop)} ({fix})"


def _apart_m(stop: Waypoint, at: LonLat) -> float:
    far_m = away_m(stop, np.array([at]))
    return 0.0 if far_m is None else float(far_m[0])


def away_m(stop: Waypoint, points: Floats) -> Floats | None:
    """How far points, shape (n, 2), are from the set that a stop is; None where nothing is known of it."""
    place = place_of(stop)
    if place is None:
        return None
    return np.asarray(np.min([_from_region_m(region, points) for region in place.regions], axis=0))


def _from_region_m(region: Region, points: Floats) -> Floats:
    from_disc_m = np.zeros(len(points))
    if region.centre is not None:
        from_disc_m = np.maximum(
            _between_m(points, np.array([region.centre])) - region.radius_m, 0.0
        )
    if region.shape is None:
        return from_disc_m
    return np.maximum(from_disc_m, _from_shape_m(region.shape, points))


def _from_shape_m(shape: BaseGeometry, points: Floats) -> Floats:
    """Distances by the nearest point in a plane stretched as the map is there: right for some hundred kilometres."""
    west, _, east, _ = shape.bounds
    beside = points + [360.0, 0.0] * np.round(((west + east) / 2 - points[:, :1]) / 360)
    stretch = np.array([max(np.cos(np.radians(points[:, 1].mean())), 0.01), 1.0])
    flat = shapely.transform(shape, lambda corners: corners * stretch)
    shapely.prepare(flat)
    here = shapely.points(beside * stretch)
    far_m = np.zeros(len(points))
    outside = ~shapely.intersects(flat, here)
    if outside.any():
        nearest = (
            shapely.get_coordinates(shapely.shortest_line(here[outside], flat)).reshape(-1, 2, 2)[
                :, 1
            ]
            / stretch
        )
        far_m[outside] = _between_m(beside[outside], nearest)
    return far_m


def _between_m(points: Floats, others: Floats) -> Floats:
    return distances_m(*points.T.copy(), *np.broadcast_to(others, points.shape).T.copy())


def _to_middle_m(stop: Waypoint, points: Floats) -> Floats:
    middle = stop.label
    if stop.geometry is not None:
        point = stop.geometry.representative_point()
        middle = (point.x, point.y)
    return np.zeros(len(points)) if middle is None else _between_m(points, np.array([middle]))


def _said(stop: Waypoint) -> str:
    return f'{stop.id} "{say(stop.name)}"'
