"""What the figures' fonts can write: a text that they cannot is told in another language that it has, never as boxes.

The package carries fonts for Latin, Greek, Cyrillic, Korean, Thai and Lao; the extra `fonts` brings
Chinese, Japanese, Arabic, Hebrew and Devanagari. A name in another script gives way to the English
or romanised one beside it. Where there is none, its number stands for it, never what is left of it:
a name that loses letters is another one. A longer text shows where it has gaps.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from escape_route.language.catalogues import FIRST, catalogues
from escape_route.model.journey import Journey, Text, say
from escape_route.publish.figure.type import missing

if TYPE_CHECKING:
    from escape_route.distance.report import PublishedReport

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
    written = replace(
        journey,
        title=_text(journey.title, journey.id),
        headline=_optional(journey.headline),
        summary=_text(journey.summary, ""),
        subject=_optional(journey.subject),
        care=_optional(journey.care),
        waypoints=tuple(
            replace(waypoint, name=_text(waypoint.name, f"#{n}"))
            for n, waypoint in enumerate(journey.waypoints, start=1)
        ),
        sources=tuple(
            replace(source, title=_text({"": source.title}, source.id)[""])
            for source in journey.sources
        ),
        corrections=tuple(
            replace(correction, what=_text(correction.what, ""))
            for correction in journey.corrections
        ),
        notes=tuple(replace(note, text=_text(note.text, "")) for note in journey.notes),
        claims=tuple(replace(claim, note=_optional(claim.note)) for claim in journey.claims),
    )
    return journey if written == journey else written


def speakable(language: str) -> str:
    """Language that figures can be written in: English in place of one whose script no font here has."""
    said = "".join(
        text
        for texts in catalogues()[language].values()
        for text in ([texts] if isinstance(texts, str) else texts)
    )
    return FIRST if missing(said) else language


def unwritable(journey: Journey) -> list[str]:
    """Names of places and titles of sources that no font of the figures writes, and that nothing stands in for."""
    texts = [("title", journey.title), ("subject", journey.subject or {"": "A"})]
    texts += [
        (str(n), waypoint.name)
        for n, waypoint in enumerate(journey.waypoints, start=1)
        if not waypoint.withheld
    ]
    texts += [(source.id, {"": source.title}) for source in journey.sources]
    return [f"{what} {say(text)}" for what, text in texts if not any(map(_whole, text.values()))]


def _optional(text: Text | None) -> Text | None:
    return None if text is None else _text(text, "")


def _text(text: Text, instead: str) -> Text:
    """Text in the languages in which none of its letters is lost; in none, something instead, or what has gaps."""
    written = {language: _whole(said) for language, said in text.items()}
    whole = {language: said for language, said in written.items() if said}
    return whole or {language: instead or _gapped(said) for language, said in text.items()}


def _whole(text: str) -> str:
    """Text without the signs that cannot be written; nothing where a letter or digit cannot, for that is another."""
    composed = unicodedata.normalize("NFC", text)
    lost = set(missing(composed))
    if not lost:
        return composed
    left = " ".join("".join(" " if sign in lost else sign for sign in composed).split()).strip(
        _ROUND_IT
    )
    loses_letters = any(
        unicodedata.category(sign)[0] in "LMN" for sign in lost
    )  # or marks on one, or digits
    return left if any(map(str.isalnum, left)) and not loses_letters else ""


def _gapped(text: str) -> str:
    """What is left of a text, with a mark of omission for each part that is lost; nothing where no letter is left."""
    composed = unicodedata.normalize("NFC", text)
    lost = set(missing(composed))
    left = re.sub(
        r"…[\s…]*", "… ", "".join("…" if sign in lost else sign for sign in composed)
    ).strip()
    return left if any(map(str.isalnum, left)) else ""
