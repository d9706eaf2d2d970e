"""Journeys side by side: what was stated of each, what geometry makes of it, and what is known of the way."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

from escape_route.language.catalogues import opened
from escape_route.language.phrases import DASH, Phrases
from escape_route.language.plain import Json, as_json, members
from escape_route.model.dates import years_in
from escape_route.model.journey import Journey, say
from escape_route.model.published import Mark

if TYPE_CHECKING:
    from escape_route.language.claim_view import ClaimView, JudgementView
    from escape_route.language.view import ReportView

#: What a mark says wherever it is told as data.
MARKS = {
    Mark.AS_HELD: "places as they are held: do not pass it on",
    Mark.PREVIEW: "a preview: do not pass it on",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Views of journeys side by side, in the order in which they were given."""

    views: tuple[ReportView, ...]

    @property
    def mark(self) -> Mark | None:
        """Mark of what is shown here; None of what is published, and of what nobody is to be shown."""
        marks: list[Mark | None] = [
            getattr(view, "mark", None) for view in self.views
        ]  # what is held has none
        return next(iter(marks), None)

    @property
    def longest_km(self) -> float:
        """Longest length of any; 0 where none has one."""
        stated = (judgement.stated_km for view in self.views for _, judgement in weighed(view))
        ends = (view.leading.plausible_km for view in self.views if view.leading is not None)
        return max(
            [*stated, *(lengths_km.high95 for lengths_km in ends if lengths_km is not None)],
            default=0.0,
        )

    @property
    def span(self) -> tuple[float, float] | None:
        """Time that the journeys lie in, in years; None where no date is told of any."""
        spans = [span for view in self.views if (span := span_of(view.journey)) is not None]
        return (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None


def weighed(view: ReportView) -> list[tuple[ClaimView, JudgementView]]:
    """Claims on the part of a journey that its finding speaks of, each with its judgement there."""
    return [] if view.leading is None else view.weighed_in(view.leading)


def years_of(journey: Journey) -> str:
    """First and last year, or one where they are the same; empty where no date is told."""
    span = span_of(journey)
    if span is None:
        return ""
    first, last = floor(span[0]), floor(span[1] - 1e-6)
    return str(first) if first == last else f"{first}{DASH}{last}"


def span_of(journey: Journey) -> tuple[float, float] | None:
    """Time from the beginning of the first date to the end of the last, in years with their fractions.

    >>> from escape_route import read_journey
    >>> span_of(read_journey("lee-so-yeon").data)
    (2008.0, 2009.0)
    """
    ends = [
        span
        for waypoint in journey.waypoints
        if waypoint.when and (span := years_in(waypoint.when)) is not None
    ]
    return (min(first for first, _ in ends), max(last for _, last in ends)) if ends else None


def ended(view: ReportView, phrases: Phrases) -> str:
    """How a journey ended, and its years."""
    outcome = opened(phrases.outcome(view.journey))
    return " · ".join(filter(None, (outcome, years_of(view.journey))))


def to_document(comparison: Comparison) -> list[dict[str, Json]]:
    """Comparison as the list that ``compare --json`` prints: a mapping a journey, None where nothing is known.

    What has a mark has a member of that name, which says so.
    """
    mark: dict[str, Json] = (
        {} if comparison.mark is None else {str(comparison.mark): MARKS[comparison.mark]}
    )
    return [_document(view) | mark for view in comparison.views]


def _document(view: ReportView) -> dict[str, Json]:
    scope = view.leading
    lengths_km = None if scope is None else scope.plausible_km
    low95, low50, median, high50, high95 = (None,) * 5 if lengths_km is None else lengths_km.rising
    first, last = span_of(view.journey) or (None, None)
    return {
        "id": view.journey.id,
        "title": say(view.journey.title),
        "scope": None if scope is None else say(scope.label),
        "stated": [
            {
                "words": say(claim.stated),
                "km": judgement.stated_km,
                "verdict": str(judgement.verdict),
                "sources": as_json(claim.sources),
            }
            for claim, judgement in weighed(view)
        ],
        "least_km": None if scope is None else scope.lower_bound_km,
        "plausible_low95_km": low95,
        "plausible_low50_km": low50,
        "plausible_median_km": median,
        "plausible_high50_km": high50,
        "plausible_high95_km": high95,
        "not_measured": say(view.finding) if lengths_km is None else None,
        **members(view, "countries", "borders", "borders_by_sea", "borders_by_air", "modes"),
        "outcome": str(view.journey.outcome),
        "certainty": {str(status): round(share, 2) for status, share in view.certainty.items()},
        "certainty_of": view.certainty_of,
        "years": years_of(view.journey) or None,
        "first_year": first,
        "last_year": last,
    }


def subject(view: ReportView, phrases: Phrases) -> str:
    """Whose journey it is."""
    return phrases.say(view.journey.subject or view.journey.title)


def lines(view: ReportView, phrases: Phrases) -> dict[str, str]:
    """Everything that is said of a journey, by the key of its heading; dashes where nothing is known."""
    scope = view.leading
    lengths_km = None if scope is None else scope.plausible_km
    least_km = None if scope is None else scope.lower_bound_km
    not_told = phrases.word("compare.not_told")
    stated = [
        f"{phrases.say(claim.stated)} ({phrases.verdict(judgement)})"
        for claim, judgement in weighed(view)
    ]
    return {
        "scope": DASH if scope is None or lengths_km is None else phrases.say(scope.label),
        "stated": "; ".join(stated) or phrases.word("compare.no_claim"),
        "least": phrases.word("compare.no_distance")
        if least_km is None
        else phrases.least_km(least_km),
        "plausible": phrases.word("compare.too_vague")
        if lengths_km is None
        else phrases.range_km(lengths_km.low95, lengths_km.high95),
        "countries": phrases.countries(view) or not_told,
        "borders": phrases.borders(view),
        "modes": phrases.modes(view) or not_told,
        "outcome": phrases.outcome(view.journey),
        "certainty": phrases.certainty(view),
        "years": years_of(view.journey) or not_told,
    }
