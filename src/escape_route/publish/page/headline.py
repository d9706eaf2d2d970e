"""What a page says first: its journey's own headline, or one that geometry offers, and a few sentences below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from escape_route.distance import bounds
from escape_route.language.catalogues import Words, opened
from escape_route.language.digits import PUBLISHED
from escape_route.language.names import in_languages
from escape_route.model.journey import Text, say
from escape_route.model.vocabulary import Outcome

if TYPE_CHECKING:
    from escape_route.distance.report import Report
    from escape_route.language.view import ReportView

FARTHER = 3.0
"""A headline is offered where the told way is at the least so many times as long as first and last place are apart."""
MOST_WORDS, _MOST_SIGNS = 45, 150
_SENTENCES = re.compile(r"(?<=[.!?。！？])\s*(?=\S)")
_UNPARTED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


def of(report: Report, view: ReportView, spoken: Sequence[str]) -> Text | None:
    """Headline per language; None where the title stands alone: after words of care, and where nobody arrived."""
    journey = report.journey
    own = journey.headline
    if own is None and (journey.care is not None or journey.outcome is not Outcome.REACHED):
        return None
    first = journey.waypoints[
        0
    ].id  # of a part that begins elsewhere the two numbers would be of two ways
    bounds_km = (scope.lower_bound_km for scope in view.scopes if scope.start == first)
    least_km = next((bound_km for bound_km in bounds_km if bound_km), None)
    gap_m = bounds.farthest_m(journey)
    words = {language: Words(language) for language in spoken}
    numbers = {language: _numbers(each, gap_m, least_km) for language, each in words.items()}
    if own is not None:
        return {
            each: words[each].filled(own[each], numbers[each]) if each in words else own[each]
            for each in own
        }
    if not gap_m or least_km is None or least_km * 1000 <= FARTHER * gap_m:
        return None
    last = in_languages(journey.waypoints[-1])
    return {
        each: opened(words[each].word("page.offered", last=say(last, each), **numbers[each]))
        for each in spoken
    }


def apart_km(report: Report, said: Text | None) -> float | None:
    """How far the last place is from any point of the first at the most; None where the headline does not say it."""
    own = report.journey.headline
    if said is None or (own is not None and not any("{gap}" in text for text in own.values())):
        return None
    gap_m = bounds.farthest_m(report.journey)
    return PUBLISHED.leg_km(gap_m) if gap_m else None


def _numbers(words: Words, gap_m: float | None, least_km: float | None) -> dict[str, str]:
    """What fills the places of a headline, rounded as it is published."""
    gap_km = None if gap_m is None else PUBLISHED.leg_km(gap_m)
    numbers = {"gap": gap_km, "least": least_km}
    return {
        name: "–" if km is None else words.kilometres(km).replace(" ", "\u00a0")
        for name, km in numbers.items()
    }


def standfirst(summary: Text) -> Text:
    """The first sentences of a summary, as many as make 45 words at the most, and one at the least."""
    return {language: _first_sentences(text) for language, text in summary.items()}


def lead(summary: Text) -> Text:
    """The first sentence of a summary."""
    return {language: _SENTENCES.split(text.strip())[0] for language, text in summary.items()}


def _first_sentences(text: str) -> str:
    kept = ""
    for sentence in _SENTENCES.split(text.strip()):
        longer = f"{kept} {sentence}".strip()
        unparted = bool(_UNPARTED.search(longer))
        if kept and (len(longer) > _MOST_SIGNS if unparted else len(longer.split()) > MOST_WORDS):
            break
        kept = longer
    return kept
