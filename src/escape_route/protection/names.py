"""Ids and texts as they may be published.

An id may name a house, a helper or a day, so it stays only where it is a few letters and a running number, or words
that are published anyway. Others get a number, the same in each publication: which one only the register says.
Languages have one order, for that of the held file would show in what is published.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, TypedDict, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from escape_route.model.journey import (
        Audio,
        Claim,
        Image,
        Journey,
        Note,
        Quote,
        Source,
        Statement,
        TracedLeg,
        Waypoint,
    )

T = TypeVar("T")

_PARTS = re.compile(r"[^\W\d_]+|\d+")
_NUMBERED = re.compile(r"([A-Za-z]{1,3}-?)(0|[1-9]\d{0,4})")
_LETTERS, _DIGITS = 2, 2  # of an id that says nothing; more digits only where there are so many of a kind
#: The kinds that have ids, and how a new one begins.
KINDS = {"waypoints": "w", "claims": "c", "sources": "S"}


def ids_of(journey: Journey) -> dict[str, tuple[str, ...]]:
    """Ids of a journey by their kinds."""
    return {kind: tuple(each.id for each in getattr(journey, kind)) for kind in KINDS}


def renamed(journey: Journey) -> tuple[Journey, int]:
    """Give new ids to waypoints, claims and sources where one of a kind says what no published text says.

    Parameters
    ----------
    journey
        With its places and texts as they are published; what its register knows of their ids is kept to.

    Returns
    -------
    tuple
        The journey, and how many ids changed. The journey's own id, which names its page, is the author's to choose.
    """
    words = frozenset(_words_of(journey))
    known = {} if journey.before is None else journey.before.ids
    new = {kind: _new_ids(ids, KINDS[kind], known.get(kind, {}), words) for kind, ids in ids_of(journey).items()}
    waypoints, claims, sources = (new[kind] for kind in KINDS)
    traces = tuple(_with_ends(each, waypoints, words) for each in journey.traces)
    changed = sum(old != new for ids in (waypoints, claims, sources) for old, new in ids.items())
    changed += sum(old.id != new.id for old, new in zip(journey.traces, traces, strict=True))
    if not changed:
        return journey, 0
    named = replace(
        journey,
        waypoints=tuple(replace(each, id=waypoints[each.id]) for each in journey.waypoints),
        claims=tuple(_with_scope(replace(each, id=claims[each.id]), waypoints) for each in journey.claims),
        sources=tuple(replace(each, id=sources[each.id]) for each in journey.sources),
        traces=traces,
    )
    return _citing(named, sources), changed


def in_order_of_languages(journey: Journey) -> Journey:
    """Journey with the languages of every text in the order of their codes."""
    waypoints = tuple(
        replace(
            each, name=_sorted(each.name), narration=_sorted(each.narration), quote=_quote(each.quote), **_media(each)
        )
        for each in journey.waypoints
    )
    return replace(
        journey,
        title=_sorted(journey.title),
        headline=journey.headline and _sorted(journey.headline),
        summary=_sorted(journey.summary),
        subject=journey.subject and _sorted(journey.subject),
        care=journey.care and _sorted(journey.care),
        waypoints=waypoints,
        claims=tuple(replace(each, note=each.note and _sorted(each.note)) for each in journey.claims),
        notes=tuple(replace(each, text=_sorted(each.text)) for each in journey.notes),
        corrections=tuple(replace(each, what=_sorted(each.what)) for each in journey.corrections),
    )


def _quote(quote: Quote | None) -> Quote | None:
    return quote and replace(quote, text=_sorted(quote.text), speaker=_sorted(quote.speaker))


def _media(waypoint: Waypoint) -> _Media:
    image, audio = waypoint.image, waypoint.audio
    return {
        "image": image and replace(image, alt=_sorted(image.alt)),
        "audio": audio and replace(audio, transcript=_sorted(audio.transcript)),
    }


def _sorted(texts: Mapping[str, T]) -> dict[str, T]:
    return {language: texts[language] for language in sorted(texts)}


def says_nothing_new(name: str, words: frozenset[str], digits: int = _DIGITS) -> bool:
    """Whether an id is a few letters and a number, or is made of words that stand in the published texts.

    Examples
    --------
    >>> says_nothing_new("ro-3", frozenset()), says_nothing_new("safe-house", frozenset(["house"]))
    (True, False)
    >>> says_nothing_new("2019-12-05", frozenset(["2019", "12"])), says_nothing_new("n17-9757", frozenset())
    (False, False)
    """
    numbered = _NUMBERED.fullmatch(name)
    if numbered is not None:
        return len(numbered[2]) <= digits
    parts = _PARTS.findall(_folded(name))
    return not re.search(r"\d", name) and all(len(part) <= _LETTERS or part in words for part in parts)


def _new_ids(ids: Sequence[str], letter: str, known: Mapping[str, str], words: frozenset[str]) -> dict[str, str]:
    """New ids of a kind by the old ones: as they were published, else the same where all of them say nothing new."""
    if ids and set(ids) <= set(known.values()):
        return {each: each for each in ids}  # they are published ones
    digits = max(_DIGITS, len(str(len(ids))))
    heads = {found[1] for each in ids if (found := _NUMBERED.fullmatch(each))}
    is_kept = all(old == new for old, new in known.items()) and len(heads) <= 1
    if is_kept and all(each in known or says_nothing_new(each, words, digits) for each in ids):
        return {each: each for each in ids}
    taken = {*known.values()}
    free = (new for number in count(1) if (new := f"{letter}{number}") not in taken)
    return {each: known.get(each) or next(free) for each in ids}


def _with_ends(trace: TracedLeg, waypoints: dict[str, str], words: frozenset[str]) -> TracedLeg:
    name = trace.id if says_nothing_new(trace.id, words) else ""
    return replace(trace, id=name, start=waypoints[trace.start], end=waypoints[trace.end])


def _with_scope(claim: Claim, waypoints: dict[str, str]) -> Claim:
    return replace(
        claim, scope=replace(claim.scope, start=waypoints[claim.scope.start], end=waypoints[claim.scope.end])
    )


class _Media(TypedDict):
    image: Image | None
    audio: Audio | None


class _Citing(TypedDict):
    sources: tuple[str, ...]
    sources_at: dict[str, str]


def _citing(journey: Journey, sources: dict[str, str]) -> Journey:
    """The journey with its citations by the new ids of sources."""

    def cited(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(sources[each] for each in ids)

    def places(told: Mapping[str, str]) -> dict[str, str]:
        return {sources[each]: text for each, text in told.items()}

    def again(citing: TracedLeg | Claim | Note | Statement) -> _Citing:
        return {"sources": cited(citing.sources), "sources_at": places(citing.sources_at)}

    return replace(
        journey,
        waypoints=tuple(
            replace(
                each,
                sources=cited(each.sources),
                sources_at=places(each.sources_at),
                scene=each.scene and replace(each.scene, sources=cited(each.scene.sources)),
                quote=each.quote and replace(each.quote, sources=cited(each.quote.sources)),
                narration={
                    language: tuple(replace(said, **again(said)) for said in statements)
                    for language, statements in each.narration.items()
                },
            )
            for each in journey.waypoints
        ),
        traces=tuple(
            replace(each, sources=cited(each.sources), sources_at=places(each.sources_at)) for each in journey.traces
        ),
        claims=tuple(
            replace(each, sources=cited(each.sources), sources_at=places(each.sources_at)) for each in journey.claims
        ),
        notes=tuple(
            replace(each, sources=cited(each.sources), sources_at=places(each.sources_at)) for each in journey.notes
        ),
    )


def _words_of(journey: Journey) -> Iterator[str]:
    for text in _texts(journey):
        yield from _PARTS.findall(_folded(text))


def _texts(journey: Journey) -> Iterator[str]:
    """Everything of a journey that is published for people to read."""
    for local in (journey.title, journey.headline, journey.summary, journey.subject, journey.care):
        yield from (local or {}).values()
    for waypoint in journey.waypoints:
        yield from _texts_of_waypoint(waypoint)
    for claim in journey.claims:
        yield str(claim.quantity)
        yield str(claim.wording)
        yield from filter(None, (claim.unit, claim.unit_reason))
        yield from (claim.note or {}).values()
    for correction in journey.corrections:
        yield from correction.what.values()
    yield from _texts_of_record(journey.notes, journey.sources)


def _texts_of_waypoint(waypoint: Waypoint) -> Iterator[str]:
    yield from waypoint.name.values()
    yield from (said.text for statements in waypoint.narration.values() for said in statements)
    if waypoint.quote is not None:
        yield from (*waypoint.quote.text.values(), *waypoint.quote.speaker.values())
    if waypoint.image is not None:
        yield from (*waypoint.image.alt.values(), waypoint.image.credit, waypoint.image.checked.by)
    if waypoint.audio is not None:
        yield from (*waypoint.audio.transcript.values(), waypoint.audio.credit, waypoint.audio.checked.by)


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
