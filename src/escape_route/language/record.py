"""What is said beside a journey's notes: what was corrected since it was published, and by whose consent it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escape_route.language.catalogues import languages
from escape_route.language.phrases import Phrases
from escape_route.model.journey import Note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from escape_route.model.journey import Consent, Correction, Journey


def notes_of(journey: Journey) -> tuple[Note, ...]:
    """Corrections, the notes of the journey, and its consent in a word and a year."""
    corrected = [Note(dict(_corrected(each)), ()) for each in journey.corrections]
    consent = [Note(dict(_consent(journey.consent)), ())] if journey.consent else []
    return (*corrected, *journey.notes, *consent)


def _corrected(correction: Correction) -> Iterator[tuple[str, str]]:
    """Per language that it is told in."""
    for language, what in correction.what.items():
        words = Phrases(language if language in languages() else "en")
        yield language, words.word("record.corrected", day=correction.when, what=what)


def _consent(consent: Consent) -> Iterator[tuple[str, str]]:
    """Per language that there are words in."""
    for language in languages():
        words = Phrases(language)
        basis = words.word(f"basis.{consent.basis}")
        year = f", {consent.when}" if consent.when else ""
        yield language, words.word("record.consent", basis=basis, year=year)
