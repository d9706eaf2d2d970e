"""Places and tracks of a file put in the order of a journey: tracks are cut where they pass a place.

Lines are recordings, without the faults of receivers and cut at gaps, or sketches.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import cast

import numpy as np
import shapely
from numpy.typing import NDArray

from escape_route.formats.tracks.draft import Draft, Place, Segment, Track, named, time_of
from escape_route.geography.geodesic import Floats, LonLat
from escape_route.model import lines
from escape_route.model.lines import steps_m, typical_m
from escape_route.model.vocabulary import LineIs

#: A place is on a track that passes it within this distance: a judgement, the width of a village.
NEAR_M = 1_000.0
#: Where a recording stops and goes on within this distance, nothing of the way is missing: a
#: judgement.
JOINED_M = 100.0
_EARTH_M = 6_371_000.0
_REACH_DEG = NEAR_M / 110_500.0  # of latitude, where a degree is shortest
_PIECE = 64  # segments in one box of the index
_BESIDE = 0.2  # steps of a drawn line that it may lead past a place at: a judgement


@dataclass(frozen=True, slots=True)
class Leg:
    """A traced leg to be, from stop `start` to the next."""

    origin: str
    line: list[LonLat]
    start: int
    line_is: LineIs = LineIs.RECORDED
    line_told: bool = False


@dataclass(frozen=True, slots=True)
class _Run:
    """An unbroken line: joined segments of one track."""

    origin: str
    name: str
    line: list[LonLat]
    times: list[str | None]
    line_is: LineIs = LineIs.RECORDED
    line_told: bool = False

    def when(self, index: int) -> str | None:
        return self.times[index] if self.times else None


@dataclass(frozen=True, slots=True)
class _Pass:
    """Where a run passes a place: after vertex `index`, at the part `along` of the way to the next."""

    index: int
    along: float
    place: Place

    @property
    def order(self) -> float:
        return self.index + self.along


def arranged(draft: Draft) -> tuple[list[Place], list[Leg]]:
    """Stops in travel order and the traced legs between them; what is left out is told in `found.warnings`.

    Without tracks, places follow one another as they do in the file; lines that were drawn between
    them are hints of the way and put none of them out. With tracks, a place is a stop where a track
    passes within a kilometre; where another comes in the journey is not known, so it is left out.
    Parts of one track that go on within 100 m are joined; others are kept apart, with a stop on
    either side, for the way between was not recorded.
    """
    runs = _in_time([run for track in draft.tracks for run in _runs(track, draft)], draft)
    if not runs:
        return list(draft.places), []
    if len(draft.places) > 1 and all(run.line_is is LineIs.DRAWN for run in runs):
        return _sketched(draft, runs)
    passes: list[list[_Pass]] = [[] for _ in runs]
    index = _Index(runs)
    apart = [place for place in draft.places if not _pass_on(place, index, passes)]
    if apart:
        reason = "no track passes within a kilometre, so their place in the journey is not known"
        listed = named([place.name or place.origin for place in apart])
        draft.warnings.append(f"left out, for {reason}: {listed}")
    stops: list[Place] = []
    legs: list[Leg] = []
    for run, on_it in zip(runs, passes, strict=True):
        _lay(run, sorted(on_it, key=lambda passing: passing.order), stops, legs)
    return stops, legs


def _sketched(draft: Draft, runs: Sequence[_Run]) -> tuple[list[Place], list[Leg]]:
    """Places in the file's order, and of each line that was drawn the parts between two neighbours that it leads by."""
    legs: dict[int, Leg] = {}
    places = draft.places
    for run in runs:
        held = len(legs)
        vertices = np.asarray(run.line)
        reach_m = max(typical_m(steps_m(run.line)) * _BESIDE, NEAR_M)
        middles = [_middle(place) for place in places]
        near = [None if middle is None else _nearest(middle, vertices) for middle in middles]
        for number, (one, other) in enumerate(pairwise(near)):
            start, end = middles[number], middles[number + 1]
            if one is None or other is None or start is None or end is None or number in legs:
                continue
            if max(one[0], other[0]) <= reach_m and one[1:] < other[1:]:
                line = [start, *run.line[one[1] + 1 : other[1] + (other[2] == 1)], end]
                line = [
                    position
                    for at, position in enumerate(line)
                    if at == 0 or position != line[at - 1]
                ]
                legs[number] = Leg(run.origin, line, number, LineIs.DRAWN)
        if len(legs) == held:
            reason = "it leads from no place of the file to the next"
            draft.warnings.append(f"{run.origin}: left out, for {reason}: {run.name}")
    return list(places), [leg for _, leg in sorted(legs.items()) if _leads_on(leg.line)]


def _runs(track: Track, draft: Draft) -> list[_Run]:
    """Lines of a track: segments that go on where the last one stopped are joined."""
    name = track.name or "the track"
    segments, line_is = taken(track, draft)
    line_told = track.line_is is not None
    runs: list[_Run] = []
    joined, kept_apart = 0, 0
    for segment in segments:
        if runs and _apart_m(runs[-1].line[-1], segment.line[0]) <= JOINED_M:
            joined += 1
            _join(runs[-1], segment)
        else:
            kept_apart += bool(runs)
            runs.append(
                _Run(
                    track.origin,
                    name,
                    list(segment.line),
                    list(segment.times),
                    line_is,
                    line_told=line_told,
                )
            )
    if joined:
        draft.warnings.append(
            f"{track.origin}: {joined:,} breaks of at most 100 m in the recording are joined"
        )
    if kept_apart:
        reason = "the way between was not recorded, so there is a stop on either side"
        draft.warnings.append(
            f"{track.origin}: {kept_apart:,} breaks in the recording are kept: {reason}"
        )
    whole = [run for run in runs if any(position != run.line[0] for position in run.line)]
    points = [run for run in runs if all(position == run.line[0] for position in run.line)]
    draft.places += [
        Place(run.origin, _point(run.line[0]), track.name, run.when(0)) for run in points
    ]
    draft.left["tracks without a position"] += not segments
    return whole


def _join(run: _Run, segment: Segment) -> None:
    """Add a segment to a run, in place: a recording can have a hundred thousand breaks."""
    if segment.times and not run.times:
        run.times.extend([None] * len(run.line))
    run.line.extend(segment.line)
    if run.times:
        run.times.extend(segment.times or [None] * len(segment.line))


def _apart_m(one: LonLat, other: LonLat) -> float:
    """Distance in metres, in the plane that touches the sphere at one of them: right for some kilometres."""
    east_deg = (other[0] - one[0] + 180) % 360 - 180
    x_m = math.radians(east_deg) * _EARTH_M * math.cos(math.radians(one[1]))
    return math.hypot(x_m, math.radians(other[1] - one[1]) * _EARTH_M)


def _in_time(runs: list[_Run], draft: Draft) -> list[_Run]:
    """Runs by the time they began, where each says it in the same way; else as in the file."""
    begun = [moment for run in runs if (moment := time_of(run.when(0) or "")) is not None]
    if len(begun) < len(runs) or len(runs) < 2:  # noqa: PLR2004  # one follows nothing
        return runs
    if len({time.tzinfo is None for time in begun}) > 1:
        reason = "some of their times say no offset from UTC, so they cannot be compared"
        draft.warnings.append(f"the tracks follow one another as they do in the file: {reason}")
        return runs
    if begun == sorted(begun):
        return runs
    draft.warnings.append("the tracks are put in the order of their times, which is not the file's")
    return [run for _, run in sorted(zip(begun, runs, strict=True), key=lambda pair: pair[0])]


class _Index:
    """Finds the run that passes a position most closely, among many: boxes around a few vertices each, in a tree."""

    def __init__(self, runs: Sequence[_Run]) -> None:
        self.vertices = [np.asarray(run.line, dtype=np.float64) for run in runs]
        boxes, self.pieces = [], []
        for number, vertices in enumerate(self.vertices):
            starts = np.arange(0, len(vertices) - 1, _PIECE)
            flat = np.column_stack([np.unwrap(vertices[:, 0], period=360), vertices[:, 1]])
            low = np.minimum.reduceat(np.minimum(flat[:-1], flat[1:]), starts)
            high = np.maximum.reduceat(np.maximum(flat[:-1], flat[1:]), starts)
            turns = (
                np.floor((low[:, 0] + 180) / 360) * 360
            )  # each box begins in -180..180, and may end beyond
            low[:, 0] -= turns
            high[:, 0] = np.minimum(high[:, 0] - turns, low[:, 0] + 360)
            boxes.append(shapely.box(*low.T, *high.T))
            self.pieces += [(number, int(start)) for start in starts]
        self.tree = shapely.STRtree(np.concatenate(boxes))

    def nearest(self, position: LonLat) -> tuple[float, int, int, float] | None:
        """Distance in metres, run, vertex before the nearest point, how far on it lies (0-1); None if none is near."""
        lat_deg = _REACH_DEG
        lon_deg = min(lat_deg / max(math.cos(math.radians(abs(position[1]))), 1e-9), 180.0)
        around = [
            shapely.box(
                position[0] + turn - lon_deg,
                position[1] - lat_deg,
                position[0] + turn + lon_deg,
                position[1] + lat_deg,
            )
            for turn in (-360, 0, 360)
        ]
        near = sorted({int(piece) for box in around for piece in self.tree.query(box)})
        distances = [self._in_piece(position, *self.pieces[piece]) for piece in near]
        return min(distances, default=None)

    def _in_piece(self, position: LonLat, run: int, start: int) -> tuple[float, int, int, float]:
        distance_m, index, along = _nearest(
            position, self.vertices[run][start : start + _PIECE + 1]
        )
        return distance_m, run, start + index, along


def _pass_on(place: Place, index: _Index, passes: Sequence[list[_Pass]]) -> bool:
    position = _middle(place)
    nearest = None if position is None else index.nearest(position)
    if nearest is None or nearest[0] > NEAR_M:
        return False
    _, run, vertex, along = nearest
    passes[run].append(_Pass(vertex, along, place))
    return True


def _middle(place: Place) -> LonLat | None:
    """A point of a place; None where it has no shape, or none that is one, which is told when the whole is read."""
    if place.geometry is None:
        return None
    if place.geometry["type"] == "Point":
        return cast("LonLat", tuple(cast("list[float]", place.geometry["coordinates"])))
    try:
        middle = shapely.geometry.shape(dict(place.geometry)).representative_point()
    except (ValueError, shapely.errors.GEOSException):
        return None
    return None if middle.is_empty else (middle.x, middle.y)


def _nearest(position: LonLat, vertices: NDArray[np.float64]) -> tuple[float, int, float]:
    """Nearest point of a line to a position, in the plane that touches the sphere there: right for some kilometres."""
    lon_deg = (vertices[:, 0] - position[0] + 180) % 360 - 180
    scale_m = math.radians(1) * _EARTH_M
    x_m = lon_deg * scale_m * math.cos(math.radians(position[1]))
    y_m = (vertices[:, 1] - position[1]) * scale_m
    step_x = np.diff(x_m)
    step_y = np.diff(y_m)
    square = step_x**2 + step_y**2
    over = -(x_m[:-1] * step_x + y_m[:-1] * step_y)
    along = np.clip(np.divide(over, square, out=np.zeros_like(square), where=square > 0), 0, 1)
    distance_m = np.hypot(x_m[:-1] + along * step_x, y_m[:-1] + along * step_y)
    index = int(np.argmin(distance_m))
    return float(distance_m[index]), index, float(along[index])


def _lay(run: _Run, on_it: Sequence[_Pass], stops: list[Place], legs: list[Leg]) -> None:
    last = len(run.line) - 1
    first = on_it[0].place if on_it and _is_at(on_it[0].place, run.line[0]) else None
    if on_it and on_it[-1].place is not first and _is_at(on_it[-1].place, run.line[-1]):
        final = on_it[-1].place
    else:
        final = None
    between = [
        passing for passing in on_it if passing.place is not first and passing.place is not final
    ]
    if first is not None:
        stops.append(_timed(first, run.when(0)))
    elif not _goes_on(stops, run):
        stops.append(_end(run, 0, "Start"))
    at: tuple[int, LonLat] = (0, run.line[0])
    for passing in between:
        cut = _position_at(run.line, passing)
        _trace(run, (at, (passing.index, cut)), stops, legs)
        nearer = min(passing.index + round(passing.along), last)
        stops.append(_timed(passing.place, run.when(nearer)))
        at = (passing.index + 1, cut)
    _trace(run, (at, (last, run.line[-1])), stops, legs)
    stops.append(_end(run, last, "End") if final is None else _timed(final, run.when(last)))


def _trace(
    run: _Run,
    ends: tuple[tuple[int, LonLat], tuple[int, LonLat]],
    stops: Sequence[Place],
    legs: list[Leg],
) -> None:
    (first, start), (last, end) = ends
    line = [start, *run.line[first : last + 1], end]
    line = [
        position for index, position in enumerate(line) if index == 0 or position != line[index - 1]
    ]
    if _leads_on(line):
        legs.append(Leg(run.origin, line, len(stops) - 1, run.line_is, line_told=run.line_told))


def _position_at(line: Sequence[LonLat], passing: _Pass) -> LonLat:
    one, other = line[passing.index], line[min(passing.index + 1, len(line) - 1)]
    if passing.along in {0.0, 1.0}:
        return other if passing.along else one
    east = (other[0] - one[0] + 180) % 360 - 180
    lon_deg = (one[0] + passing.along * east + 180) % 360 - 180
    return _written((lon_deg, one[1] + passing.along * (other[1] - one[1])))


def _leads_on(line: Sequence[LonLat]) -> bool:
    """Whether two of its positions are written apart; others are a point and no line."""
    return any(_written(position) != _written(line[0]) for position in line)


def _written(position: LonLat) -> LonLat:
    """A position to the centimetre, as files of ours have it."""
    return round(position[0], 7), round(position[1], 7)


def _is_at(place: Place, position: LonLat) -> bool:
    middle = _middle(place)
    return middle is not None and _apart_m(middle, position) <= NEAR_M


def _goes_on(stops: Sequence[Place], run: _Run) -> bool:
    geometry = stops[-1].geometry if stops else None
    if geometry is None or geometry["type"] != "Point":
        return False
    position = cast("LonLat", tuple(cast("list[float]", geometry["coordinates"])))
    return _apart_m(position, run.line[0]) <= JOINED_M


def _timed(place: Place, when: str | None) -> Place:
    return replace(place, when=place.when or when)


def _end(run: _Run, index: int, word: str) -> Place:
    return Place(run.origin, _point(run.line[index]), f"{word} of {run.name}", run.when(index))


def _point(position: LonLat) -> dict[str, object]:
    return {"type": "Point", "coordinates": list(position)}


_PLAN = re.compile(
    r"\b(?:route|plan|planned|sketch|itinerary|geplant|itinéraire|ruta)\b|경로|계획", re.IGNORECASE
)
_ZERO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def taken(track: Track, draft: Draft) -> tuple[list[Segment], LineIs]:
    """Parts of a track as they are taken, and for what; both are told in `found.warnings`.

    What the file says of a line counts: of one that it calls recorded nothing is left out and
    nothing cut.
    """
    segments = [segment for segment in track.segments if segment.line]
    if track.line_is is LineIs.RECORDED or not segments:
        return segments, LineIs.RECORDED
    cleaned = [_without_faults(segment, track, draft) for segment in segments]
    cleaned = [segment for segment in cleaned if segment.line]
    if cleaned:
        steps = np.concatenate([lines.steps_m(segment.line) for segment in cleaned])
    else:
        steps = np.empty(0)
    typical_m = lines.typical_m(steps)
    is_plan = track.line_is is LineIs.DRAWN or any(
        _PLAN.search(text) for text in (track.name, track.kind) if text
    )
    name = track.name or "the line"
    if is_plan or typical_m >= lines.RECORDED_M:
        if is_plan:
            reason = "it is called a route or a plan"
        else:
            reason = f"its vertices are {_km(typical_m)} apart"
        why = "a hint of the way and no measure of it"
        draft.warnings.append(
            f"{track.origin}: {name} is taken as drawn and not recorded, for {reason}: {why}"
        )
        return cleaned, LineIs.DRAWN
    if typical_m > 0:
        draft.warnings.append(
            f"{track.origin}: {name} is taken as a recording, with a vertex every {_km(typical_m)}"
        )
    return [part for segment in cleaned for part in _parts(segment, track, draft)], LineIs.RECORDED


def _km(length_m: float) -> str:
    if length_m < lines.RECORDED_M:
        return f"{length_m:,.0f} m"
    return f"{float(f'{length_m / 1000:.3g}'):,g} km"


def _without_faults(segment: Segment, track: Track, draft: Draft) -> Segment:
    is_fault = lines.faults(segment.line, _hours(segment.times))
    which = np.flatnonzero(is_fault).tolist()
    if not which:
        return segment
    vertices = named([_vertex(segment, index) for index in which])
    rule = "no receiver was there, by its neighbours"
    keep = 'to keep them, say of the line that it is "recorded"'
    draft.warnings.append(
        f"{track.origin}: left out of {track.name or 'the line'}, for {rule}: {vertices} ({keep})"
    )
    kept = np.flatnonzero(~is_fault).tolist()
    return Segment(
        [segment.line[k] for k in kept], [segment.times[k] for k in kept] if segment.times else []
    )


def _vertex(segment: Segment, index: int) -> str:
    lon, lat = segment.line[index]
    when = segment.times[index] if segment.times else None
    return f"[{lon:g}, {lat:g}]" + (f" at {when}" if when else "")


def _hours(times: Sequence[str | None]) -> Floats | None:
    if not any(times):
        return None
    return np.array([np.nan if time is None else _hour(time) for time in times], dtype=np.float64)


def _hour(time: str) -> float:
    """Hours of a moment; not known where it is a day or longer, or before the year 1."""
    moment = time_of(time)
    if moment is None:
        return float("nan")
    return (moment.replace(tzinfo=moment.tzinfo or dt.UTC) - _ZERO).total_seconds() / 3600


def _parts(segment: Segment, track: Track, draft: Draft) -> list[Segment]:
    steps = lines.steps_m(segment.line)
    cuts = (np.flatnonzero(lines.gaps(steps)) + 1).tolist()
    if not cuts:
        return [segment]
    longest = _km(float(steps[np.array(cuts) - 1].max()))
    gaps = f"{len(cuts):,} gaps in the recording are no part of it, up to {longest} long"
    draft.warnings.append(f"{track.origin}: {gaps}")
    ends = pairwise([0, *cuts, len(segment.line)])
    return [Segment(segment.line[start:end], segment.times[start:end]) for start, end in ends]
