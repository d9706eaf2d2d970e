"""Rules about what a reader who puts everything together can find: what `protection` refuses to publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escape_route.errors import Problem
from escape_route.lint.rules import Subject, rule
from escape_route.protection import elsewhere, exposure

if TYPE_CHECKING:
    from collections.abc import Iterator


@rule(
    "stands-elsewhere",
    "A place that is held back stands once more in what is published, finer than its cell.",
    "The same house again as a stop that declares 0, a vertex of a track, coordinates in words: within 100 m of it, or "
    "its radius where that is under 1 km; in words within 1 km [judgement]. Nothing is published until one of the two "
    "is left out, or both are held back alike.",
)
def _stands_elsewhere(subject: Subject) -> Iterator[Problem]:
    for each in elsewhere.again(subject.journey, subject.form):
        message = f"{each.where} stands {each.away_m:,.0f} m from it and is published more finely"
        yield Problem(f"waypoint {each.held}", message, "leave one out, or hold both back alike")


@rule(
    "little-left",
    "Less than a quarter of what a place is promised is left, all that is published put together.",
    "A claim to a place that is published as held leaves a ring of the cell, two claims a point, a date between two "
    "days those days; a coast leaves the land. Nothing is published until what takes it is left out or told more "
    "coarsely. `escape-route exposure` shows what is left, and where [ways are taken to wind as nine in ten do].",
)
def _little_left(subject: Subject) -> Iterator[Problem]:
    for each in exposure.exposures(subject.journey, subject.form):
        if each.is_too_little:
            fix = "leave out what takes it, or tell it more coarsely"
            yield Problem(f"waypoint {each.held}", str(each).partition(": ")[2], fix)
