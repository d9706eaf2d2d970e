"""Rules about what is said: texts that tell what is held back; sources, claims, roles and languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from escape_route.errors import Problem
from escape_route.geography import geodesic
from escape_route.geography.geodesic import Floats
from escape_route.lint.rules import Subject, at, rule
from escape_route.model.journey import Claim, Journey, Statement, Waypoint
from escape_route.model.said_numbers import says_straight
from escape_route.model.units import Quantity
from escape_route.model.vocabulary import Counts, Outcome, Precision, Role, Status
from escape_route.protection import elsewhere, guarded
from escape_route.protection.leaks.coordinates import quoted_in
from escape_route.protection.leaks.dates import found_in
from escape_route.protection.leaks.spelling import View, folded
from escape_route.protection.names import cited_in

#: Of a name in ASCII, and in another script: a shorter one stands in too many words.
_LEAST_LETTERS, _LEAST_CHARACTERS = 3, 2
_NEAR_M = 10_000.0  # coordinates that are quoted no farther from a place may be its own [judgement]
_ONE_ACCOUNT = (
    "reported (several accounts), and one source is named",
    "single (one account), or name the others too",
)
_LESS_OF_IT = "say less in the words, or publish the place as exactly as they do"


_MEMBERS_OF_PLACES = ("name", "narration", "quote", "speaker", "alt", "transcript")


@rule("no-consent")
def _no_consent(subject: Subject) -> Iterator[Problem]:
    if subject.journey.consent is None:
        yield Problem(
            "journey, consent",
            "nobody is said to have agreed",
            "ask, or write what it rests on instead",
        )


@rule("withheld-text")
def _withheld_text(subject: Subject) -> Iterator[Problem]:
    published = [(place, _plain(said)) for place, said in _published(subject.journey)]
    for waypoint in subject.journey.waypoints:
        secrets = _secrets(waypoint) if waypoint.withheld else set()
        for place in dict.fromkeys(
            place
            for place, said in published
            if any(_stands_in(secret, said) for secret in secrets)
        ):
            message = f"holds a text of {waypoint.id}, which is withheld"
            yield Problem(place, message, "say it without the name, or do not withhold the place")
    withheld = {waypoint.id for waypoint in subject.journey.waypoints if waypoint.withheld}
    for match in elsewhere.named(subject.journey, subject.form):
        if match.held not in withheld:
            yield Problem(
                match.where,
                f"tells the name of {match.held}, which is published without it",
                elsewhere.UNNAMED,
            )


@rule("told-though-asked")
def _told_though_asked(subject: Subject) -> Iterator[Problem]:
    for match in guarded.told_though_asked(
        subject.journey, guarded.texts_published(subject.form.journey)
    ):
        yield Problem(
            match.where,
            match.said,
            "read it, and say it without the name; what is meant otherwise may stay",
        )


@rule("words-tell-more")
def _words_tell_more(subject: Subject) -> Iterator[Problem]:
    published = subject.form.waypoints
    texts = [
        _Text.of(place, said)
        for place, said in _published(subject.journey)
        if not place.endswith("verbatimLocality")
    ]
    exact = [text for text in texts if text.days or text.quotes]
    for held, shown in zip(subject.journey.waypoints, published, strict=True):
        if held.withheld:
            continue
        days = _days(held.when) - _days(shown.when)
        names = _secrets(replace(held, name={})) if shown.verbatim_locality is None else set()
        names -= {
            _plain(name) for name in held.name.values()
        }  # what it is called is published anyway
        for text in texts if names else exact:
            if days & text.days:
                yield Problem(
                    text.place,
                    f"tells a day of {held.id}, which is published as {shown.when}",
                    _LESS_OF_IT,
                )
            if text.quotes and shown.label != held.label and _is_quoted(held, *text.quotes):
                message = f"holds coordinates near {held.id}, which is published more coarsely"
                yield Problem(text.place, message, _LESS_OF_IT)
            if any(_stands_in(name, text.plain) for name in names):
                yield Problem(
                    text.place,
                    f"holds the verbatimLocality of {held.id}, which is held back",
                    _LESS_OF_IT,
                )


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that is published, and what it tells: days, and coordinates in both orders; read once for all places."""

    place: str
    plain: str
    days: set[str]
    quotes: tuple[Floats, Floats] | tuple[()]

    @classmethod
    def of(cls, place: str, said: str) -> _Text:
        lon, lat, *_ = quoted_in(said)
        return cls(place, _plain(said), _days(said), (lon, lat) if len(lon) else ())


def texts(journey: Journey) -> Iterator[tuple[str, Mapping[str, str | Sequence[Statement]]]]:
    """Texts per language but the title, by their places."""
    yield "journey, headline", journey.headline or {}
    yield "journey, summary", journey.summary
    yield "journey, care", journey.care or {}
    yield "journey, subject", journey.subject or {}
    for number, note in enumerate(journey.notes, start=1):
        yield f"journey, note {number}", note.text
    for claim in journey.claims:
        yield f"claim {claim.id}, note", claim.note or {}
    for waypoint in journey.waypoints:
        yield at(waypoint, "name"), waypoint.name
        yield at(waypoint, "narration"), waypoint.narration
        if waypoint.quote is not None:
            yield at(waypoint, "quote"), waypoint.quote.text
            yield at(waypoint, "speaker"), waypoint.quote.speaker
        if waypoint.image is not None:
            yield at(waypoint, "alt"), waypoint.image.alt
        if waypoint.audio is not None:
            yield at(waypoint, "transcript"), waypoint.audio.transcript


def _published(journey: Journey) -> Iterator[tuple[str, str]]:
    """Every text that is published, by its place: all but those of withheld places."""
    yield from (("journey, title", text) for text in journey.title.values())
    withheld = [waypoint for waypoint in journey.waypoints if waypoint.withheld]
    hidden = {at(waypoint, member) for waypoint in withheld for member in _MEMBERS_OF_PLACES}
    for place, by_language in texts(journey):
        for said in () if place in hidden else by_language.values():
            yield (
                place,
                said if isinstance(said, str) else " ".join(statement.text for statement in said),
            )
    for claim in journey.claims:
        yield f"claim {claim.id}, unit", " ".join(filter(None, (claim.unit, claim.unit_reason)))
    for source in journey.sources:
        yield f"source {source.id}", " ".join(filter(None, (source.title, source.note)))
    for waypoint in journey.waypoints:
        if not waypoint.withheld and waypoint.verbatim_locality:
            yield at(waypoint, "verbatimLocality"), waypoint.verbatim_locality


def _is_quoted(waypoint: Waypoint, lon: Floats, lat: Floats) -> bool:
    """Whether coordinates that a text quotes may be those of a place, in either order and with whatever signs."""
    if waypoint.label is None:
        return False
    here_lon, here_lat = (np.full(len(lon), abs(value)) for value in waypoint.label)
    reach_m = max(waypoint.uncertainty_m or 0.0, _NEAR_M)
    return bool((geodesic.distances_m(here_lon, here_lat, lon, lat) <= reach_m).any())


def _days(text: str | None) -> set[str]:
    return {day for *_, days in found_in(folded(View(text or "")).text) for day in days}


def _secrets(waypoint: Waypoint) -> set[str]:
    texts = {_plain(text) for text in (*waypoint.name.values(), waypoint.verbatim_locality or "")}
    return {
        text
        for text in texts
        if len(text) >= (_LEAST_LETTERS if text.isascii() else _LEAST_CHARACTERS)
    }


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _stands_in(secret: str, text: str) -> bool:
    """Whether a secret stands in a text, as words of its own where its script parts words by spaces."""
    if secret not in text:
        return False
    return (
        re.search(rf"\b{re.escape(secret)}\b" if secret.isascii() else re.escape(secret), text)
        is not None
    )


@rule("unused-source")
def _unused_source(subject: Subject) -> Iterator[Problem]:
    used = set(cited_in(subject.journey))
    for source in subject.journey.sources:
        if source.id not in used:
            yield Problem(
                f"source {source.id}",
                "is named nowhere",
                "name it where it is drawn on, or leave it out",
            )


@rule("reported-by-one")
def _reported_by_one(subject: Subject) -> Iterator[Problem]:
    for waypoint in subject.journey.waypoints:
        statuses = {"status": waypoint.status} | {
            f"mode {mode.mode}": mode.status for mode in waypoint.modes
        }
        for member, status in statuses.items() if len(set(waypoint.sources)) == 1 else ():
            if status is Status.REPORTED:
                yield Problem(at(waypoint, member), *_ONE_ACCOUNT)
    for trace in subject.journey.traces:
        if trace.status is Status.REPORTED and len(set(trace.sources)) == 1:
            yield Problem(f"track {trace.start} to {trace.end}, status", *_ONE_ACCOUNT)


@rule("reached-too-early")
def _reached_too_early(subject: Subject) -> Iterator[Problem]:
    waypoints = subject.journey.waypoints
    last = max(
        (index for index, waypoint in enumerate(waypoints) if waypoint.role is not Role.REACHED),
        default=0,
    )
    for waypoint in waypoints[:last]:
        if waypoint.role is Role.REACHED:
            message = (
                f'reached, before {waypoints[last].id} that has the role "{waypoints[last].role}"'
            )
            yield Problem(at(waypoint, "role"), message, "the role stop or passed")


@rule("outcome-and-places")
def _outcome_and_places(subject: Subject) -> Iterator[Problem]:
    journey = subject.journey
    if journey.outcome is Outcome.REACHED and all(
        waypoint.role is not Role.REACHED for waypoint in journey.waypoints
    ):
        yield Problem(
            "journey, outcome",
            "reached, and no waypoint has that role",
            "the role reached for the last one",
        )
    elif journey.outcome.row.broken_off and journey.waypoints[-1].role is Role.REACHED:
        yield Problem(
            "journey, outcome",
            f"{journey.outcome}, and the last waypoint was reached",
            "another role for it",
        )


@rule("missing-language")
def _missing_language(subject: Subject) -> Iterator[Problem]:
    wanted = set(subject.journey.title)
    for place, text in texts(subject.journey):
        missing = sorted(wanted - set(text))
        if missing and text:
            yield Problem(
                place,
                f"is not told in {', '.join(missing)}",
                "a text for each language of the title",
            )


@rule("unweighable-claim")
def _unweighable_claim(subject: Subject) -> Iterator[Problem]:
    for claim in subject.journey.claims:
        why = _unweighable(subject, claim)
        if claim.quantity is Quantity.DISTANCE and claim.counts is Counts.JOURNEY and why:
            yield Problem(
                f"claim {claim.id}", why, "a footprint or a disc for its ends, or another scope"
            )


@rule("straight-line-as-a-way")
def _straight_line_as_a_way(subject: Subject) -> Iterator[Problem]:
    for claim in subject.journey.claims:
        is_way = claim.quantity is Quantity.DISTANCE and claim.counts is Counts.JOURNEY
        if is_way and any(map(says_straight, (claim.note or {}).values())):
            message = "is weighed as a way, and its note tells of a straight line"
            yield Problem(
                f"claim {claim.id}", message, 'counts "straight", where the number is that'
            )


@rule("exact-without-sensitivity")
def _exact_without_sensitivity(subject: Subject) -> Iterator[Problem]:
    for index in subject.points:
        waypoint = subject.journey.waypoints[index]
        if waypoint.precision is Precision.EXACT and waypoint.sensitivity is None:
            yield Problem(
                at(waypoint, "sensitivity"),
                "not declared, for an exact place",
                "0 to 4: see geo/README.md",
            )


def _unweighable(subject: Subject, claim: Claim) -> str:
    """Why a claim cannot be weighed; empty where it can."""
    start, end = (subject.journey.index_of(stop) for stop in (claim.scope.start, claim.scope.end))
    if sum(start <= index <= end for index in subject.places) < 2:  # noqa: PLR2004
        return "fewer than two places of its scope can be located"
    is_told = any(waypoint.leg_told for waypoint in subject.journey.waypoints[start + 1 : end + 1])
    return "" if is_told else "nothing is told of any way in its scope"
