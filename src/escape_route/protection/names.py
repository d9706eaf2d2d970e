"""Ids and texts as they may be published.

An id may name a house, a helper or a day, so it stays only where it is a few letters and a running
number, or words that are published anyway. Others get a number, the same in each publication: which
one only the register says. Languages have one order, for that of the held file would show in what
is published.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from operator import is_
from typing import TYPE_CHECKING, TypeVar, cast

from escape_route.model.journey import (
    Audio,
    Checked,
    Claim,
    Correction,
    Image,
    Journey,
    ModeShare,
    Note,
    Quote,
    Scope,
    Source,
    Statement,
    TracedLeg,
    Waypoint,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Part = TypeVar("Part", bound="DataclassInstance")
Way = TypeVar("Way", Scope, TracedLeg)

#: What each part of a journey tells per language, the parts in it that tell or cite something, and
#: its other texts.
_BY_LANGUAGE: dict[type, tuple[str, ...]] = {
    Journey: ("title", "headline", "summary", "subject", "care"),
    Waypoint: ("name", "narration"),
    Quote: ("text", "speaker"),
    Image: ("alt",),
    Audio: ("transcript",),
    Claim: ("note",),
    Note: ("text",),
    Correction: ("what",),
}
_INNER: dict[type, tuple[str, ...]] = {
    Journey: ("waypoints", "traces", "claims", "notes", "corrections", "sources"),
    Waypoint: ("narration", "scene", "quote", "image", "audio", "modes"),
    Image: ("checked",),
    Audio: ("checked",),
}
_BESIDE: dict[type, tuple[str, ...]] = {
    Statement: ("text",),
    ModeShare: ("told",),
    Claim: ("quantity", "wording", "unit", "unit_reason"),
    Image: ("credit",),
    Audio: ("credit",),
    Checked: ("by",),
    Source: ("title", "note"),
}

_PARTS = re.compile(r"[^\W\d_]+|\d+")
_NUMBERED = re.compile(r"([A-Za-z]{1,3}-?)(0|[1-9]\d{0,4})")
_LETTERS, _DIGITS = (
    2,
    2,
)  # of an id that says nothing; more digits only where there are so many of a kind
#: The kinds that have ids, and how a new one begins.
KINDS = {"waypoints": "w", "claims": "c", "sources": "S"}


def ids_of(journey: Journey) -> dict[str, tuple[str, ...]]:
    """Ids of a journey by their kinds."""
    return {kind: tuple(item.id for item in getattr(journey, kind)) for kind in KINDS}


def renamed(journey: Journey) -> tuple[Journey, int]:
    """Give new ids to waypoints, claims and sources where one of a kind says what no published text does; count them.

    Places and texts are as they are published; what the register knows of ids is kept to. The
    journey's own id, which names its page, is the author's to choose.
    """
    words = frozenset(_PARTS.findall(_folded("\n".join(_texts(journey)))))
    known = {} if journey.before is None else journey.before.ids
    new = {
        kind: _new_ids(ids, KINDS[kind], known.get(kind, {}), words)
        for kind, ids in ids_of(journey).items()
    }
    waypoints, claims, sources = (new[kind] for kind in KINDS)
    ended = (_between(trace, waypoints) for trace in journey.traces)
    traces = tuple(
        replace(leg, id=leg.id if says_nothing_new(leg.id, words) else "") for leg in ended
    )
    changed = sum(old != new for ids in (waypoints, claims, sources) for old, new in ids.items())
    changed += sum(old.id != new.id for old, new in zip(journey.traces, traces, strict=True))
    if not changed:
        return journey, 0
    named = replace(
        journey,
        waypoints=tuple(
            replace(waypoint, id=waypoints[waypoint.id]) for waypoint in journey.waypoints
        ),
        claims=tuple(
            replace(claim, id=claims[claim.id], scope=_between(claim.scope, waypoints))
            for claim in journey.claims
        ),
        sources=tuple(replace(source, id=sources[source.id]) for source in journey.sources),
        traces=traces,
    )
    return _citing(named, sources), changed


def in_order_of_languages(journey: Journey) -> Journey:
    """Journey with the languages of every text in the order of their codes."""
    return _everywhere(journey, _in_order)


def _in_order(part: object) -> dict[str, object]:
    by_language = {name: getattr(part, name) or {} for name in _BY_LANGUAGE.get(type(part), ())}
    return {
        name: {text: texts[text] for text in sorted(texts)}
        for name, texts in by_language.items()
        if list(texts) != sorted(texts)
    }


def _everywhere(part: Part, change: Callable[[object], dict[str, object]]) -> Part:
    """A part of a journey with its members as a change has them, and so all that is told in it."""
    new = change(part)
    for name in _INNER.get(type(part), ()):
        new[name] = _each_changed(new.get(name, getattr(part, name)), change)
    new = {name: value for name, value in new.items() if value is not getattr(part, name)}
    return replace(part, **new) if new else part


def _each_changed(value: object, change: Callable[[object], dict[str, object]]) -> object:
    """Parts of a journey, one, several or some per language, each with a change; the same object where none has it."""
    if isinstance(value, tuple):
        several = tuple(_each_changed(item, change) for item in value)
        return value if all(map(is_, several, value)) else several
    if isinstance(value, Mapping):
        changed = {language: _each_changed(text, change) for language, text in value.items()}
        return value if all(map(is_, changed.values(), value.values())) else changed
    return value if value is None else _everywhere(cast("DataclassInstance", value), change)


def says_nothing_new(name: str, words: frozenset[str], digits: int = _DIGITS) -> bool:
    """Whether an id is a few letters and a number, or is made of words that stand in the published texts.

    >>> says_nothing_new("ro-3", frozenset()), says_nothing_new("safe-house", frozenset(["house"]))
    (True, False)
    >>> says_nothing_new("2019-12-05", frozenset(["2019", "12"])), says_nothing_new("n17-9757", frozenset())
    (False, False)
    """
    numbered = _NUMBERED.fullmatch(name)
    if numbered is not None:
        return len(numbered[2]) <= digits
    parts = _PARTS.findall(_folded(name))
    return not re.search(r"\d", name) and all(
        len(part) <= _LETTERS or part in words for part in parts
    )


def _new_ids(
    ids: Sequence[str], letter: str, known: Mapping[str, str], words: frozenset[str]
) -> dict[str, str]:
    """New ids of a kind by the old ones: as they were published, else the same where all of them say nothing new."""
    if ids and set(ids) <= set(known.values()):
        return {id_: id_ for id_ in ids}  # they are published ones
    digits = max(_DIGITS, len(str(len(ids))))
    heads = {match[1] for id_ in ids if (match := _NUMBERED.fullmatch(id_))}
    is_kept = all(old == new for old, new in known.items()) and len(heads) <= 1
    if is_kept and all(id_ in known or says_nothing_new(id_, words, digits) for id_ in ids):
        return {id_: id_ for id_ in ids}
    taken = {*known.values()}
    free = (new for number in count(1) if (new := f"{letter}{number}") not in taken)
    return {id_: known.get(id_) or next(free) for id_ in ids}


def _between(way: Way, waypoints: dict[str, str]) -> Way:
    """A way between waypoints by their new ids."""
    return replace(way, start=waypoints[way.start], end=waypoints[way.end])


def _citing(journey: Journey, sources: dict[str, str]) -> Journey:
    """The journey with its citations by the new ids of sources."""

    def again(part: object) -> dict[str, object]:
        cited, places = (getattr(part, name, None) for name in ("sources", "sources_at"))
        new: dict[str, object] = {}
        if cited is not None and not isinstance(part, Journey):
            new["sources"] = tuple(sources[source] for source in cited)
        if places:
            new["sources_at"] = {sources[source]: text for source, text in places.items()}
        return new

    return _everywhere(journey, again)


def cited_in(journey: Journey) -> Iterator[str]:
    """Ids of sources, wherever one is named."""
    return (
        source
        for part in _parts(journey)
        if part is not journey
        for source in getattr(part, "sources", ())
    )


def _texts(journey: Journey) -> Iterator[str]:
    """Everything of a journey that is published for people to read."""
    for part in _parts(journey):
        for name in _BY_LANGUAGE.get(type(part), ()):
            yield from (
                text for text in (getattr(part, name) or {}).values() if isinstance(text, str)
            )
        yield from filter(None, (getattr(part, name) for name in _BESIDE.get(type(part), ())))


def _parts(value: object) -> Iterator[object]:
    """A part of a journey and all that tells or cites something in it, or in each of several."""
    if isinstance(value, tuple | Mapping):
        for member in value.values() if isinstance(value, Mapping) else value:
            yield from _parts(member)
    elif value is not None:
        yield value
        for name in _INNER.get(type(value), ()):
            yield from _parts(getattr(value, name))


def _folded(text: str) -> str:
    """Text without case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
