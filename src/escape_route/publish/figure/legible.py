"""What the figures' fonts can write: a text that they cannot is told in another language that it has, never as boxes.

The package carries fonts for Latin, Greek, Cyrillic, Korean, Thai and Lao; the extra `fonts` brings Chinese, Japanese,
Arabic, Hebrew and Devanagari. A name in another script gives way to the English or romanised one beside it. Where there
is none, what can be written of it is kept, or its number stands for it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from escape_route.language.words import FIRST, catalogues
from escape_route.model.journey import say
from escape_route.publish.figure.type import missing

if TYPE_CHECKING:
    from escape_route.distance.report import PublishedReport
    from escape_route.model.journey import Journey, Source, Text, Waypoint

_ROUND_IT = " ()[],;:/·\N{EN DASH}-"


def legible(report: PublishedReport) -> PublishedReport:
    """Report in texts that can all be written; itself where they can already."""
    journey = legible_journey(report.journey)
    if journey is report.journey:
        return report
    stated = {claim.id: claim for claim in journey.claims}
    claims = tuple(replace(item, claim=stated[item.claim.id]) for item in report.claims)
    return replace(report, journey=journey, claims=claims)


def legible_journey(journey: Journey) -> Journey:
    """Journey in texts that can all be written; itself where they can already."""
    found = replace(
        journey,
        title=_text(journey.title, journey.id),
        summary=_text(journey.summary, ""),
        subject=_optional(journey.subject),
        care=_optional(journey.care),
        waypoints=tuple(_waypoint(each, n) for n, each in enumerate(journey.waypoints, start=1)),
        sources=tuple(map(_source, journey.sources)),
        notes=tuple(replace(each, text=_text(each.text, "")) for each in journey.notes),
        claims=tuple(replace(each, note=_optional(each.note)) for each in journey.claims),
    )
    return journey if found == journey else found


def speakable(language: str) -> str:
    """Language that figures can be written in: English in place of one whose script no font here has."""
    said = "".join(
        text for texts in catalogues()[language].values() for text in ([texts] if isinstance(texts, str) else texts)
    )
    return FIRST if missing(said) else language


def unwritable(journey: Journey) -> list[str]:
    """Names of places and titles of sources that no font of the figures writes, and that nothing stands in for."""
    names = [
        f"{n} {say(each.name)}"
        for n, each in enumerate(journey.waypoints, start=1)
        if not each.withheld and not any(map(_stands, each.name.values()))
    ]
    return names + [f"{each.id} {each.title}" for each in journey.sources if not _stands(each.title)]


def _stands(text: str) -> bool:
    """Whether a text, or enough of it to be read, can be written."""
    return bool(_pruned(unicodedata.normalize("NFC", text)))


def _waypoint(waypoint: Waypoint, number: int) -> Waypoint:
    return replace(waypoint, name=_text(waypoint.name, f"#{number}"))


def _source(source: Source) -> Source:
    return replace(source, title=_text({"": source.title}, source.id)[""])


def _optional(text: Text | None) -> Text | None:
    return None if text is None else _text(text, "")


def _text(text: Text, instead: str) -> Text:
    """Text in the languages in which it can be written; in none, what is left of it, or something instead."""
    composed = {language: unicodedata.normalize("NFC", told) for language, told in text.items()}
    return {language: told for language, told in composed.items() if not missing(told)} or {
        language: _pruned(told) or instead for language, told in composed.items()
    }


def _pruned(text: str) -> str:
    """What is left of a text without the letters that cannot be written; nothing where no letter or digit is."""
    lost = set(missing(text))
    left = " ".join("".join(" " if each in lost else each for each in text).split()).strip(_ROUND_IT)
    return left if any(map(str.isalnum, left)) else ""
