"""Ids and texts as they may be published.

An id may name a house or a helper, so it stays only where it says nothing new. Languages have one order, for that of
the held file would show in what is published.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from escape_route.model.journey import Claim, Journey, Note, Source, TracedLeg, Waypoint

T = TypeVar("T")

_PARTS = re.compile(r"[^\W\d_]+|\d+")
_LETTERS, _DIGITS = 2, 4  # a part this short says nothing: ro-3, S12, w1000


def renamed(journey: Journey) -> tuple[Journey, int]:
    """Give new ids to waypoints, claims and sources where one of a kind says what no published text says.

    Parameters
    ----------
    journey
        With its places and texts as they are published.

    Returns
    -------
    tuple
        The journey, and how many ids changed. The journey's own id, which names its page, is the author's to choose.
    """
    words = frozenset(_words_of(journey))
    waypoints = _new_ids([each.id for each in journey.waypoints], "w", words)
    claims = _new_ids([each.id for each in journey.claims], "c", words)
    sources = _new_ids([each.id for each in journey.sources], "S", words)
    traces = tuple(_with_ends(each, waypoints, words) for each in journey.traces)
    count = sum(old != new for ids in (waypoints, claims, sources) for old, new in ids.items())
    count += sum(old.id != new.id for old, new in zip(journey.traces, traces, strict=True))
    if not count:
        return journey, 0
    named = replace(
        journey,
        waypoints=tuple(replace(each, id=waypoints[each.id]) for each in journey.waypoints),
        claims=tuple(_with_scope(replace(each, id=claims[each.id]), waypoints) for each in journey.claims),
        sources=tuple(replace(each, id=sources[each.id]) for each in journey.sources),
        traces=traces,
    )
    return _citing(named, sources), count


def in_order_of_languages(journey: Journey) -> Journey:
    """Journey with the languages of every text in the order of their codes."""
    waypoints = tuple(
        replace(each, name=_sorted(each.name), narration=_sorted(each.narration)) for each in journey.waypoints
    )
    return replace(
        journey,
        title=_sorted(journey.title),
        summary=_sorted(journey.summary),
        subject=journey.subject and _sorted(journey.subject),
        care=journey.care and _sorted(journey.care),
        waypoints=waypoints,
        claims=tuple(replace(each, note=each.note and _sorted(each.note)) for each in journey.claims),
        notes=tuple(replace(each, text=_sorted(each.text)) for each in journey.notes),
    )


def _sorted(texts: Mapping[str, T]) -> dict[str, T]:
    return {language: texts[language] for language in sorted(texts)}


def says_nothing_new(name: str, words: frozenset[str]) -> bool:
    """Whether every part of an id is too short to say anything, or stands in the published texts.

    Examples
    --------
    >>> says_nothing_new("ro-3", frozenset()), says_nothing_new("safe-house", frozenset(["house"]))
    (True, False)
    """
    parts = _PARTS.findall(_folded(name))
    return all(len(part) <= (_DIGITS if part.isdigit() else _LETTERS) or part in words for part in parts)


def _new_ids(ids: Sequence[str], letter: str, words: frozenset[str]) -> dict[str, str]:
    """New ids of a kind by the old ones: the same where all of them say nothing new."""
    if all(says_nothing_new(each, words) for each in ids):
        return {each: each for each in ids}
    return {each: f"{letter}{number}" for number, each in enumerate(ids, start=1)}


def _with_ends(trace: TracedLeg, waypoints: dict[str, str], words: frozenset[str]) -> TracedLeg:
    name = trace.id if says_nothing_new(trace.id, words) else ""
    return replace(trace, id=name, start=waypoints[trace.start], end=waypoints[trace.end])


def _with_scope(claim: Claim, waypoints: dict[str, str]) -> Claim:
    return replace(
        claim, scope=replace(claim.scope, start=waypoints[claim.scope.start], end=waypoints[claim.scope.end])
    )


def _citing(journey: Journey, sources: dict[str, str]) -> Journey:
    """The journey with its citations by the new ids of sources."""

    def cited(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(sources[each] for each in ids)

    return replace(
        journey,
        waypoints=tuple(
            replace(
                each,
                sources=cited(each.sources),
                narration={
                    language: tuple(replace(said, sources=cited(said.sources)) for said in statements)
                    for language, statements in each.narration.items()
                },
            )
            for each in journey.waypoints
        ),
        traces=tuple(replace(each, sources=cited(each.sources)) for each in journey.traces),
        claims=tuple(replace(each, sources=cited(each.sources)) for each in journey.claims),
        notes=tuple(replace(each, sources=cited(each.sources)) for each in journey.notes),
    )


def _words_of(journey: Journey) -> Iterator[str]:
    for text in _texts(journey):
        yield from _PARTS.findall(_folded(text))


def _texts(journey: Journey) -> Iterator[str]:
    """Everything of a journey that is published for people to read."""
    for local in (journey.title, journey.summary, journey.subject, journey.care):
        yield from (local or {}).values()
    for waypoint in journey.waypoints:
        yield from _texts_of_waypoint(waypoint)
    for claim in journey.claims:
        yield str(claim.quantity)
        yield str(claim.wording)
        yield from filter(None, (claim.unit, claim.unit_reason))
        yield from (claim.note or {}).values()
    yield from _texts_of_record(journey.notes, journey.sources)


def _texts_of_waypoint(waypoint: Waypoint) -> Iterator[str]:
    yield from waypoint.name.values()
    yield from (said.text for statements in waypoint.narration.values() for said in statements)


def _texts_of_record(notes: Iterable[Note], sources: Iterable[Source]) -> Iterator[str]:
    for note in notes:
        yield from note.text.values()
    for source in sources:
        yield source.title
        yield source.note or ""


def _folded(text: str) -> str:
    """Text without case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
