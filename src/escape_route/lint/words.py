"""Rules about what is said: sources, claims, roles and languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escape_route.errors import Problem
from escape_route.lint.rules import Subject, at, rule
from escape_route.lint.texts import texts
from escape_route.model.units import Quantity
from escape_route.model.vocabulary import Counts, Outcome, Precision, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from escape_route.model.journey import Claim, Journey


@rule(
    "unused-source",
    "A source is listed and nothing names it.",
    "Either a statement lost its source, or the list has one too many.",
)
def _unused_source(subject: Subject) -> Iterator[Problem]:
    used = set(_cited(subject.journey))
    for source in subject.journey.sources:
        if source.id not in used:
            yield Problem(f"source {source.id}", "is named nowhere", "name it where it is drawn on, or leave it out")


@rule(
    "reached-too-early",
    "A place was reached, and the journey goes on to one that was not.",
    "`reached` is where a journey ends; several in a row may end it. What comes before is a stop, a crossing, or was "
    "passed.",
)
def _reached_too_early(subject: Subject) -> Iterator[Problem]:
    waypoints = subject.journey.waypoints
    last = max((index for index, each in enumerate(waypoints) if each.role is not Role.REACHED), default=0)
    for waypoint in waypoints[:last]:
        if waypoint.role is Role.REACHED:
            message = f'reached, before {waypoints[last].id} that has the role "{waypoints[last].role}"'
            yield Problem(at(waypoint, "role"), message, "the role stop or passed")


@rule(
    "outcome-and-places",
    "The outcome and the roles of the places disagree.",
    "The outcome `reached` needs a place with that role; a journey that was broken off does not end with one.",
)
def _outcome_and_places(subject: Subject) -> Iterator[Problem]:
    journey = subject.journey
    if journey.outcome is Outcome.REACHED and all(each.role is not Role.REACHED for each in journey.waypoints):
        yield Problem("journey, outcome", "reached, and no waypoint has that role", "the role reached for the last one")
    elif journey.outcome.row.broken_off and journey.waypoints[-1].role is Role.REACHED:
        yield Problem(
            "journey, outcome", f"{journey.outcome}, and the last waypoint was reached", "another role for it"
        )


@rule(
    "missing-language",
    "A text lacks a language that the title has.",
    "A reader in that language would meet English in the middle of it.",
)
def _missing_language(subject: Subject) -> Iterator[Problem]:
    wanted = set(subject.journey.title)
    for place, text in texts(subject.journey):
        missing = sorted(wanted - set(text))
        if missing and text:
            yield Problem(place, f"is not told in {', '.join(missing)}", "a text for each language of the title")


@rule(
    "unweighable-claim",
    "A stated distance cannot be weighed.",
    "Fewer than two places of its scope can be located, or nothing is told of any way between them.",
)
def _unweighable_claim(subject: Subject) -> Iterator[Problem]:
    for claim in subject.journey.claims:
        why = _unweighable(subject, claim)
        if claim.quantity is Quantity.DISTANCE and claim.counts is Counts.JOURNEY and why:
            yield Problem(f"claim {claim.id}", why, "a footprint or a disc for its ends, or another scope")


@rule(
    "exact-without-sensitivity",
    "An exact place declares no sensitivity.",
    "It counts as 2 and is generalised to 0.1 degree when it is published. Say so, or declare 0 if nobody can be "
    "harmed by it.",
)
def _exact_without_sensitivity(subject: Subject) -> Iterator[Problem]:
    for index in subject.points:
        waypoint = subject.journey.waypoints[index]
        if waypoint.precision is Precision.EXACT and waypoint.sensitivity is None:
            yield Problem(at(waypoint, "sensitivity"), "not declared, for an exact place", "0 to 4: see geo/README.md")


def _unweighable(subject: Subject, claim: Claim) -> str:
    """Why a claim cannot be weighed; empty where it can."""
    start, end = (subject.journey.index_of(each) for each in (claim.scope.start, claim.scope.end))
    if sum(start <= index <= end for index in subject.places) < 2:  # noqa: PLR2004
        return "fewer than two places of its scope can be located"
    told = any(waypoint.leg_told for waypoint in subject.journey.waypoints[start + 1 : end + 1])
    return "" if told else "nothing is told of any way in its scope"


def _cited(journey: Journey) -> Iterator[str]:
    """Ids of sources, wherever one is named."""
    for waypoint in journey.waypoints:
        yield from waypoint.sources
        for statements in waypoint.narration.values():
            yield from (source for statement in statements for source in statement.sources)
    for trace in journey.traces:
        yield from trace.sources
    for claim in journey.claims:
        yield from claim.sources
    for note in journey.notes:
        yield from note.sources
