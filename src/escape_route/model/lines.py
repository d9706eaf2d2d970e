"""Lines of journeys: recorded or drawn, where a recording has gaps, and where no receiver was.

A line that was drawn is a hint of the way and no measure of it. All of the rules are judgements,
and their numbers are here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from escape_route.geography.geodesic import Floats, LonLat, geodesic_m
from escape_route.model.journey import Journey, TracedLeg
from escape_route.model.modes import Mode
from escape_route.model.vocabulary import LineIs

RECORDED_M = 1_000.0
"""Median step of a line below which it was recorded."""
_GAP_MEDIANS = (
    20  # steps of this many medians are a gap, where they are longer than RECORDED_M as well
)
_FAR_MEDIANS = 50  # a vertex so much farther than that from both its neighbours is a fault
_ROUND_TRIP = 2  # where going by it is so many times as far as going past it
_FEWEST = 5  # vertices that a median is taken of
_NOWHERE_DEG = 1e-6  # of longitude and latitude 0, where receivers without a fix are
_SLACK_M = RECORDED_M  # a jump no longer than this makes no difference to a way
_EARTH_M = 6_371_008.8
_FASTEST_KMH = max(mode.row.top_speed.kmh for mode in Mode)


def steps_m(line: Sequence[LonLat] | Floats) -> Floats:
    """Steps from vertex to vertex on the mean sphere, within 0.6 %: shape (n - 1,), metres."""
    return _apart_m(np.asarray(line, dtype=np.float64).reshape(-1, 2))


def _apart_m(vertices: Floats, over: int = 1) -> Floats:
    lon, lat = np.radians(vertices).T
    ends, starts = slice(over, None), slice(None, len(vertices) - over)
    north, east = (lat[ends] - lat[starts]) / 2, (lon[ends] - lon[starts]) / 2
    chord = np.sin(north) ** 2 + np.cos(lat[ends]) * np.cos(lat[starts]) * np.sin(east) ** 2
    return np.asarray(2 * _EARTH_M * np.arcsin(np.sqrt(np.clip(chord, 0, 1))), dtype=np.float64)


def typical_m(steps: Floats) -> float:
    """Median step between vertices that differ; 0 where none do."""
    moved = steps[steps > 0]
    return float(np.median(moved)) if len(moved) else 0.0


def what_it_is(line: Sequence[LonLat] | Floats) -> LineIs:
    """Whether a line was recorded or drawn, by how far apart its vertices are."""
    return LineIs.RECORDED if typical_m(steps_m(line)) < RECORDED_M else LineIs.DRAWN


def gaps(steps: Floats) -> NDArray[np.bool_]:
    """Which steps of a recording are gaps in it, shape (n - 1,)."""
    return np.asarray((steps > RECORDED_M) & (steps > _GAP_MEDIANS * typical_m(steps)))


def faults(line: Sequence[LonLat], hours: Floats | None = None) -> NDArray[np.bool_]:
    """Which vertices, (lon, lat) in degrees, no receiver was at: shape (n,).

    They are at longitude and latitude 0, or no mode could reach them in the time between their
    neighbours, or they are 50 times the median step from both, and off the way between them.
    `hours` say when each was recorded, shape (n,), NaN where that is not known.
    """
    vertices = np.asarray(line, dtype=np.float64).reshape(-1, 2)
    is_fault: NDArray[np.bool_] = np.asarray(np.all(np.abs(vertices) < _NOWHERE_DEG, axis=1))
    kept = np.flatnonzero(~is_fault)
    if len(kept) >= 3:  # noqa: PLR2004  # a vertex and its neighbours
        is_fault[kept] = _jumps(vertices[kept], None if hours is None else hours[kept])
    return np.asarray(is_fault)


def _jumps(vertices: Floats, hours: Floats | None) -> NDArray[np.bool_]:
    steps = _apart_m(vertices)
    before, after, past = steps[:-1], steps[1:], _apart_m(vertices, 2)
    off_the_way = before + after > _ROUND_TRIP * past
    is_fault = np.zeros(len(vertices), dtype=bool)
    if len(vertices) >= _FEWEST:
        far = max(_FAR_MEDIANS * typical_m(steps), _SLACK_M)
        is_fault[1:-1] = off_the_way & (before > far) & (after > far)
    if hours is not None:
        too_fast = _too_fast(steps, np.diff(hours))
        is_fault[1:-1] |= too_fast[:-1] & too_fast[1:]
        is_fault[0] |= too_fast[0] and not too_fast[1]
        is_fault[-1] |= too_fast[-1] and not too_fast[-2]
    return is_fault


def _too_fast(steps: Floats, taken_h: Floats) -> NDArray[np.bool_]:
    needed_h = steps / 1000 / _FASTEST_KMH
    with np.errstate(invalid="ignore"):
        return np.asarray((steps > _SLACK_M) & (np.abs(taken_h) < needed_h))


@dataclass(frozen=True, slots=True)
class Track:
    """A recorded line as it is measured: `gaps_m` of its length are straight lines over gaps, in metres."""

    line: tuple[LonLat, ...]
    gaps_m: float
    left_out: tuple[LonLat, ...] = ()


def track_of(trace: TracedLeg) -> Track:
    """Measure a recorded line; of one that its file calls recorded all counts."""
    if trace.line_told:
        return Track(trace.line, 0.0)
    is_fault = faults(trace.line)
    line = trace.line
    if is_fault.any():
        line = tuple(position for position, fault in zip(line, is_fault, strict=True) if not fault)
    is_gap = gaps(steps_m(line))
    gaps_m = sum(geodesic_m(line[step], line[step + 1]) for step in np.flatnonzero(is_gap).tolist())
    return Track(line, gaps_m, tuple(trace.line[k] for k in np.flatnonzero(is_fault).tolist()))


def tracks_of(journey: Journey) -> dict[int, Track]:
    """Recorded lines of a journey, by the waypoint in travel order that they arrive at."""
    traces = {
        journey.index_of(trace.end): journey.trace_into(journey.index_of(trace.end))
        for trace in journey.traces
    }
    return {index: track_of(trace) for index, trace in traces.items() if trace is not None}
