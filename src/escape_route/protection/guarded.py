"""Places of sensitivity 1 or 2, or with none declared, and their texts, which are published as they were written.

And what was asked of places: of whom nobody said what was done, and what is told though the request names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from escape_route.model.journey import Journey, Waypoint
from escape_route.protection.sensitivity import AS_HELD, DEFAULT_SENSITIVITY, NO_COORDINATES, sensitivity_of

_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*[^\W\d_])")
_BEGINS = re.compile(r"(?:\A|[.!?:…。！？]|\n)[\s\"'“”„«»‘’(\[-]*\Z")
_SHORT = 2


def guarded(journey: Journey) -> Iterator[Waypoint]:
    """Places of sensitivity 1 and 2, and those where none is declared; none that is withheld, for it tells nothing."""
    for waypoint in journey.waypoints:
        if AS_HELD < sensitivity_of(waypoint) <= DEFAULT_SENSITIVITY and not waypoint.withheld:
            yield waypoint


def texts_of(waypoint: Waypoint) -> Iterator[tuple[str, str, str]]:
    """Published texts of a place by the member that holds them and by their language (none: of any)."""
    named = {} if sensitivity_of(waypoint) == NO_COORDINATES else waypoint.name
    for language, name in named.items():
        yield "name", language, name
    for language, statements in waypoint.narration.items():
        for statement in statements:
            yield "narration", language, statement.text
            yield from (("sources_at", "", where) for where in statement.sources_at.values())
    yield from (("sources_at", "", where) for where in waypoint.sources_at.values())
    yield from (("told", "", share.told) for share in waypoint.modes if share.told)
    spoken = {
        "quote": waypoint.quote and waypoint.quote.text,
        "alt": waypoint.image and waypoint.image.alt,
        "transcript": waypoint.audio and waypoint.audio.transcript,
    }
    for member, by_language in spoken.items():
        yield from ((member, language, text) for language, text in (by_language or {}).items())


def sentences_of(waypoint: Waypoint) -> Iterator[tuple[str, str, str]]:
    """What of its published texts is read as a sentence: neither its name nor where in a source."""
    return (text for text in texts_of(waypoint) if text[0] not in {"name", "sources_at"})


def count_of_sentences(journey: Journey) -> int:
    """How many sentences of guarded places are published as they were written, in the language that has the most."""
    told = [language for waypoint in guarded(journey) for _, language, _ in sentences_of(waypoint)]
    return max(map(told.count, set(told)), default=0)


def unsettled(journey: Journey) -> Iterator[Waypoint]:
    """Places of which something was asked, and neither a sensitivity nor that they are withheld says what was done."""
    return (
        waypoint
        for waypoint in journey.waypoints
        if waypoint.request and waypoint.sensitivity is None and not waypoint.withheld
    )


def told_though_asked(journey: Journey, published: Iterable[str]) -> Iterator[tuple[Waypoint, tuple[str, ...]]]:
    """Places of a held journey with the names in their request that stand in what is published of all, as there.

    A name is a word with a capital that does not begin a sentence, there or here; in a script without capitals it is a
    word of the place's own name, whatever is joined to its end.
    """
    told: dict[str, str] = {}
    names: set[str] = set()
    for text in published:
        for word, is_name in _words(text):
            told.setdefault(word.casefold(), word)
            if is_name:
                names.add(word.casefold())
    for waypoint in journey.waypoints:
        own = [word for text in waypoint.name.values() for word, _ in _words(text) if not _has_case(word)]
        found = dict.fromkeys(
            told[key]
            for word, is_name in _words(waypoint.request or "")
            for key in (word.casefold(), *(one for one in own if word.startswith(one)))
            if key in told and (is_name or key in names or key in own)
        )
        if found:
            yield waypoint, tuple(found)


def _words(text: str) -> Iterator[tuple[str, bool]]:
    """Words of a text of three letters or more, two where they have no case, and whether each is surely a name."""
    for match in _WORD.finditer(text):
        word = match[0]
        if len(word) > _SHORT or not _has_case(word):
            yield word, word[0].isupper() and not _BEGINS.search(text[: match.start()])


def _has_case(word: str) -> bool:
    return word.lower() != word.upper()
