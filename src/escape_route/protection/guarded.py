"""Places of sensitivity 1 or 2, or with none declared, and their texts, which are published as they were written."""

from __future__ import annotations

from collections.abc import Iterator

from escape_route.model.journey import Journey, Waypoint
from escape_route.protection.sensitivity import AS_HELD, DEFAULT_SENSITIVITY, NO_COORDINATES, sensitivity_of


def guarded(journey: Journey) -> Iterator[Waypoint]:
    """Places of sensitivity 1 and 2, and those where none is declared; none that is withheld, for it tells nothing."""
    for each in journey.waypoints:
        if AS_HELD < sensitivity_of(each) <= DEFAULT_SENSITIVITY and not each.withheld:
            yield each


def texts_of(waypoint: Waypoint) -> Iterator[tuple[str, str, str]]:
    """Published texts of a place by the member that holds them and by their language (none: of any)."""
    named = {} if sensitivity_of(waypoint) == NO_COORDINATES else waypoint.name
    for language, name in named.items():
        yield "name", language, name
    for language, statements in waypoint.narration.items():
        for each in statements:
            yield "narration", language, each.text
            yield from (("sources_at", "", where) for where in each.sources_at.values())
    yield from (("sources_at", "", where) for where in waypoint.sources_at.values())
    spoken = {
        "quote": waypoint.quote and waypoint.quote.text,
        "alt": waypoint.image and waypoint.image.alt,
        "transcript": waypoint.audio and waypoint.audio.transcript,
    }
    for member, by_language in spoken.items():
        yield from ((member, language, text) for language, text in (by_language or {}).items())


def sentences_of(waypoint: Waypoint) -> Iterator[tuple[str, str, str]]:
    """What of its published texts is read as a sentence: neither its name nor where in a source."""
    return (each for each in texts_of(waypoint) if each[0] not in {"name", "sources_at"})


def count_of_sentences(journey: Journey) -> int:
    """How many sentences of guarded places are published as they were written, in the language that has the most."""
    told = [language for each in guarded(journey) for _, language, _ in sentences_of(each)]
    return max(map(told.count, set(told)), default=0)
