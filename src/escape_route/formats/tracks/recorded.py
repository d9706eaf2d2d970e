"""What the lines of a file are taken for: recordings, without the faults of receivers and cut at gaps, or sketches."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from escape_route.formats.tracks.found import Segment, named, time_of
from escape_route.model import lines
from escape_route.model.vocabulary import LineIs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from escape_route.formats.tracks.found import Found, Track
    from escape_route.geography.geodesic import Floats

_PLAN = re.compile(r"\b(?:route|plan|planned|sketch|itinerary|geplant|itinéraire|ruta)\b|경로|계획", re.IGNORECASE)
_ZERO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def taken(track: Track, found: Found) -> tuple[list[Segment], LineIs]:
    """Parts of a track as they are taken, and for what; both are told in `found.warnings`.

    What the file says of a line counts: of one that it calls recorded nothing is left out and nothing cut.
    """
    segments = [segment for segment in track.segments if segment.line]
    if track.line_is is LineIs.RECORDED or not segments:
        return segments, LineIs.RECORDED
    cleaned = [_without_faults(segment, track, found) for segment in segments]
    cleaned = [segment for segment in cleaned if segment.line]
    steps = np.concatenate([lines.steps_m(segment.line) for segment in cleaned]) if cleaned else np.empty(0)
    typical_m = lines.typical_m(steps)
    is_plan = track.line_is is LineIs.DRAWN or any(_PLAN.search(text) for text in (track.name, track.kind) if text)
    name = track.name or "the line"
    if is_plan or typical_m >= lines.RECORDED_M:
        reason = "it is called a route or a plan" if is_plan else f"its vertices are {_km(typical_m)} apart"
        told = "a hint of the way and no measure of it"
        found.warnings.append(f"{track.origin}: {name} is taken as drawn and not recorded, for {reason}: {told}")
        return cleaned, LineIs.DRAWN
    if typical_m > 0:
        found.warnings.append(f"{track.origin}: {name} is taken as a recording, with a vertex every {_km(typical_m)}")
    return [part for segment in cleaned for part in _parts(segment, track, found)], LineIs.RECORDED


def _km(length_m: float) -> str:
    return f"{length_m:,.0f} m" if length_m < lines.RECORDED_M else f"{float(f'{length_m / 1000:.3g}'):,g} km"


def _without_faults(segment: Segment, track: Track, found: Found) -> Segment:
    is_fault = lines.faults(segment.line, _hours(segment.times))
    which = np.flatnonzero(is_fault).tolist()
    if not which:
        return segment
    told = named([_vertex(segment, index) for index in which])
    rule = "no receiver was there, by its neighbours"
    keep = 'to keep them, say of the line that it is "recorded"'
    found.warnings.append(f"{track.origin}: left out of {track.name or 'the line'}, for {rule}: {told} ({keep})")
    kept = np.flatnonzero(~is_fault).tolist()
    return Segment([segment.line[k] for k in kept], [segment.times[k] for k in kept] if segment.times else [])


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


def _parts(segment: Segment, track: Track, found: Found) -> list[Segment]:
    """Parts of a recording between its gaps."""
    steps = lines.steps_m(segment.line)
    cuts = (np.flatnonzero(lines.gaps(steps)) + 1).tolist()
    if not cuts:
        return [segment]
    longest = _km(float(steps[np.array(cuts) - 1].max()))
    told = f"{len(cuts):,} gaps in the recording are no part of it, up to {longest} long"
    found.warnings.append(f"{track.origin}: {told}")
    ends = pairwise([0, *cuts, len(segment.line)])
    return [Segment(segment.line[start:end], segment.times[start:end]) for start, end in ends]
