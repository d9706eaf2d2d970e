"""What a recorded line measures: without what no receiver was at, and with its gaps apart, which are no recording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from escape_route.geography import geodesic
from escape_route.model import lines

if TYPE_CHECKING:
    from escape_route.geography.geodesic import LonLat
    from escape_route.model.journey import Journey, TracedLeg


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
    is_fault = lines.faults(trace.line)
    line = trace.line
    if is_fault.any():
        line = tuple(position for position, fault in zip(line, is_fault, strict=True) if not fault)
    is_gap = lines.gaps(lines.steps_m(line))
    gaps_m = sum(geodesic.geodesic_m(line[step], line[step + 1]) for step in np.flatnonzero(is_gap).tolist())
    return Track(line, gaps_m, tuple(trace.line[k] for k in np.flatnonzero(is_fault).tolist()))


def tracks_of(journey: Journey) -> dict[int, Track]:
    """Recorded lines of a journey, by the waypoint in travel order that they arrive at."""
    found = {journey.index_of(trace.end): journey.trace_into(journey.index_of(trace.end)) for trace in journey.traces}
    return {index: track_of(trace) for index, trace in found.items() if trace is not None}
