"""Times that no clock told right: where a program has none, and where a receiver's count of weeks began anew.

The satellites count weeks in ten bits: a receiver that is too old for it tells a day 1,024 weeks,
or twice as many, before the true one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from escape_route.formats.tracks.draft import Draft, Segment, Track, is_unset, named, time_of
from escape_route.model.lines import what_it_is
from escape_route.model.vocabulary import LineIs

ROUND = dt.timedelta(weeks=1024)
_ROUNDS = (1, 2)
BEGAN_ANEW = (
    "a receiver whose count of weeks began anew tells a day 1,024 weeks too early: left out, for "
    "they lie so far"
)
_FIRST = dt.datetime(1980, 1, 6, tzinfo=dt.UTC)
"""The satellites' first week: nothing was recorded before."""
_GAP = 0.75 * ROUND
_BESIDE = dt.timedelta(
    days=30
)  # of the other times of a file that a time is found again in [judgement]


def set_right(draft: Draft) -> None:
    """Take out of `found`, in place, the times that no clock told right, and say so."""
    moments = {text: moment for text in _times(draft) if (moment := _utc(text)) is not None}
    unset = {text for text in moments if is_unset(text)}
    moments = {text: moment for text, moment in moments.items() if text not in unset}
    written = _utc(draft.written or "")
    rolled = _rolled(moments, [] if written is None else [written])
    recorded = {text for track in draft.tracks if _is_recorded(track) for text in _of_track(track)}
    early = {text for text in recorded & moments.keys() - rolled.keys() if moments[text] < _FIRST}
    if unset:
        draft.warnings.append(
            f"what programs write where no time is known, and left out: {named(sorted(unset))}"
        )
    if rolled:
        text, meant = min(rolled.items())
        such = f"{text}, which would be {meant:%Y-%m-%d}"
        draft.warnings.append(f"{BEGAN_ANEW} before the others: {len(rolled):,} ({such})")
    if early:
        why = (
            "told of a recording, though no satellite told where one was before 1980: a clock that "
            "was wrong"
        )
        draft.warnings.append(f"{why}, left out: {named(sorted(early))}")
    wrong = {*rolled, *early, *unset}
    if wrong:
        draft.places = [replace(place, when=_without(place.when, wrong)) for place in draft.places]
        draft.tracks = [_right(track, wrong) for track in draft.tracks]


def is_rounds_before(one: dt.datetime, other: dt.datetime) -> bool:
    """Whether one moment is another as a receiver tells it whose count of weeks began anew."""
    return any(abs(one + count * ROUND - other) <= _BESIDE for count in _ROUNDS)


def _rolled(moments: dict[str, dt.datetime], others: list[dt.datetime]) -> dict[str, dt.datetime]:
    """Times before a gap of many years that lie with those after it once the weeks are added; each as it was meant."""
    listed = sorted({*moments.values(), *others})
    gaps = [at for at, (one, other) in enumerate(pairwise(listed), 1) if other - one > _GAP]
    if not gaps:
        return {}
    first, last = listed[gaps[-1]] - _BESIDE, listed[-1] + _BESIDE
    rolled: dict[str, dt.datetime] = {}
    for text, moment in moments.items():
        meant = next(
            (later for count in _ROUNDS if first <= (later := moment + count * ROUND) <= last), None
        )
        if meant is not None and moment < first:
            rolled[text] = meant
    return rolled


def _times(draft: Draft) -> Iterator[str]:
    for place in draft.places:
        yield from (place.when or "").split("/")
    for track in draft.tracks:
        yield from _of_track(track)


def _of_track(track: Track) -> Iterator[str]:
    return (text for segment in track.segments for text in segment.times if text)


def _utc(text: str) -> dt.datetime | None:
    moment = time_of(text)
    return None if moment is None else moment.replace(tzinfo=moment.tzinfo or dt.UTC)


def _is_recorded(track: Track) -> bool:
    longest = max((segment.line for segment in track.segments), key=len, default=[])
    return (track.line_is or what_it_is(longest)) is LineIs.RECORDED


def _without(when: str | None, wrong: set[str]) -> str | None:
    ends = (when or "").split("/")
    if wrong.isdisjoint(ends):
        return when
    kept = [".." if end in wrong else end for end in ends]
    return "/".join(kept) if any(end not in {"", ".."} for end in kept) else None


def _right(track: Track, wrong: set[str]) -> Track:
    kept = [
        [None if text in wrong else text for text in segment.times] for segment in track.segments
    ]
    parts = zip(track.segments, kept, strict=True)
    return replace(
        track,
        segments=tuple(
            Segment(segment.line, times if any(times) else []) for segment, times in parts
        ),
    )
