"""From the bytes of a GeoJSON file to a journey, or to all that is wrong with it at once.

A module a part of the file, and imports go down this list alone: this one reads the whole,
`features` its waypoints and traced legs, `claims` what was stated; `shapes` reads what is told of a
place and checks it; `references` holds the ids that the rest refers to and reads them and stated
numbers, `told_dates` dates; `members` knows those of the format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TypeGuard

from escape_route import strict_json
from escape_route.errors import JourneyFileError, Problem, refusal
from escape_route.model import features, references, rfc7946, shapes, told_dates
from escape_route.model.claims import Sources, claim
from escape_route.model.journey import Claim, Consent, Correction, Journey, Note, Waypoint
from escape_route.model.members import FORMAT, JOURNEY_MEMBERS, names_of, tidy
from escape_route.model.units import MOST, Quantity
from escape_route.model.vocabulary import Basis, Counts, Outcome
from escape_route.strict_json import Fields, Members, in_file_order

MOST_PROBLEMS = 1_000  # told of one file


def read(content: bytes, source: str = "journey") -> Journey:
    """Read a journey from the bytes of a GeoJSON file, with references to the base geography in their one spelling.

    Raises JourneyFileError with every problem of the file, each with its place, the rule and a
    likely fix; `source` is the file's name in them.
    """
    document, problems = strict_json.parse(content)
    return _journey_in(
        document, [replace(problem, rule="unreadable") for problem in problems], source
    )


def read_document(
    document: Members, source: str = "journey", known: Sequence[Waypoint] = ()
) -> Journey:
    """Read a journey from a parsed document, as the readers of other formats build one; raises as `read` does.

    Waypoints that are `known` were read before and come first; what they are among the others is
    looked at here.
    """
    return _journey_in(document, [], source, known)


def read_whole(
    document: object, problems: Sequence[Problem], source: str = "journey"
) -> tuple[Journey, tuple[Problem, ...]]:
    """Read as `read` does what was parsed of a file; with a thousand of what RFC 7946 advises against in it."""
    journey = _journey_in(
        document, [replace(problem, rule="unreadable") for problem in problems], source
    )
    return journey, tuple(islice(rfc7946.warn(document), MOST_PROBLEMS))


def _journey_in(
    document: object, problems: list[Problem], source: str, known: Sequence[Waypoint] = ()
) -> Journey:
    gathered: list[Problem] = _Bounded()
    try:
        faults = islice(rfc7946.check(document), MOST_PROBLEMS)
        problems = problems or [replace(fault, rule="not-geojson") for fault in faults]
        if not _is_collection(document):
            raise JourneyFileError(source, (*problems, *_not_a_journey(document, problems)))
        broken = {problem.place for problem in problems if problem.message != rfc7946.TWICE}
        holds_broken = frozenset(way for place in broken for way in _ways_to(place))
        _refuse_newer(document, source)
        problems += islice(tidy(document), MOST_PROBLEMS)
        journey = _whole(Fields(document, "", gathered), holds_broken, known)
    except RecursionError as error:
        fix = "a list in a list in a list without an end?"
        raise refusal(source, "not a journey: nested too deeply", fix, rule="unreadable") from error
    problems += [problem for problem in gathered if broken.isdisjoint(_ways_to(problem.place))]
    _stop_on(problems, document, source)
    return journey


def _refuse_newer(document: Members, source: str) -> None:
    """Raise where a later program wrote the file: what else it says is then not ours to judge."""
    top = document.get("journey")
    number = top.get("format") if isinstance(top, strict_json.Members) else None
    if isinstance(number, int) and number > FORMAT:
        message = f"{number} is a newer format than {FORMAT}, the newest that this program reads"
        fix = "python -m pip install --upgrade escape-route"
        raise refusal(source, message, fix, place="journey.format", rule="newer-format")


def _stop_on(problems: list[Problem], document: Members, source: str) -> None:
    """Raise them in the order of the file, where there are any."""
    if not problems:
        return
    listed = list(in_file_order(problems[:MOST_PROBLEMS], document))
    if len(problems) >= MOST_PROBLEMS:
        fix = "mend these, and read it again"
        listed = [*listed, Problem("", "and more: the first thousand are told", fix)]
    raise JourneyFileError(source, tuple(listed))


class _Bounded(list[Problem]):
    """Problems up to a thousand: a large file can have millions, and nobody reads them."""

    def append(self, problem: Problem, /) -> None:
        """Add one, while there is room."""
        if len(self) < MOST_PROBLEMS:
            super().append(problem)


def _is_collection(document: object) -> TypeGuard[Members]:
    """Whether a document has the outer form of a journey, so that there is more to be read in it."""
    return (
        isinstance(document, strict_json.Members)
        and document.get("type") == "FeatureCollection"
        and isinstance(document.get("features"), list)
    )


def _not_a_journey(document: object, problems: list[Problem]) -> Iterator[Problem]:
    if not problems and isinstance(document, strict_json.Members):
        fix = 'a FeatureCollection with a "journey" member: see geo/README.md'
        yield Problem("type", f'"{document["type"]}" is not a journey', fix, "not-a-journey")


def _ways_to(place: str) -> list[str]:
    """Place and the places that it lies in: a, a[0], a[0].b."""
    return [place[: end.start()] for end in re.finditer(r"[.\[]|$", place)]


def _whole(root: Fields, broken: frozenset[str], known: Sequence[Waypoint]) -> Journey:
    """Read the whole, after waypoints that were read before; where a problem was noted, it is not to be used.

    `broken` are places that are not GeoJSON: nothing is read there, and nothing more is said of
    them.
    """
    top = _top(root)
    sources = Sources(top)
    read = features.read_features(root, sources, broken, known)
    claims = _claims(top, sources, read)
    return Journey(
        id=references.identifier(top),
        title=top.local_text("title", needed=True) or {},
        summary=top.local_text("summary", needed=True) or {},
        outcome=top.choice("outcome", Outcome, Outcome.UNKNOWN, needed=True),
        waypoints=read.waypoints,
        traces=read.traces,
        sources=sources.listed,
        claims=claims,
        notes=tuple(_note(fields, sources) for fields in top.objects("notes")),
        headline=_headline(top),
        subject=top.local_text("subject"),
        care=top.local_text("care"),
        people=top.whole("people", 1, MOST),
        reviewed=told_dates.in_member(top, "reviewed"),
        returned_to=shapes.references(top, "returned_to", ("country:",)),
        some_stops=top.only("stops", "some"),
        consent=_consent(top.object("consent")),
        corrections=tuple(_correction(fields) for fields in top.objects("corrections")),
    )


def _top(root: Fields) -> Fields:
    if root.members.get("journey") is None:
        fix = "a FeatureCollection needs this member to be a journey: see geo/README.md"
        root.fault("journey", "missing", fix, rule="not-a-journey")
    top = root.object("journey")
    if top is None:
        return Fields(strict_json.Members(), "journey", [])
    top.know(JOURNEY_MEMBERS)
    top.whole("format", 1, FORMAT)
    return top


def _headline(top: Fields) -> dict[str, str] | None:
    headline = top.local_text("headline")
    for language, text in (headline or {}).items():
        unknown = set(re.findall(r"\{(\w*)\}", text)) - {"gap", "least"}
        if unknown:
            fix = (
                "{gap} is filled with how far apart first and last place are, {least} with the "
                "least way"
            )
            top.fault(f"headline.{language}", f"{{{min(unknown)}}} is not known here", fix)
    return headline


def _claims(top: Fields, sources: Sources, read: features.Features) -> tuple[Claim, ...]:
    claims = tuple(
        _counted(claim(fields, sources, read.order), read.waypoints)
        for fields in top.objects("claims")
    )
    references.note_twice((stated.id for stated in claims), top.problems, "journey.claims", "claim")
    return claims


def _counted(stated: Claim, waypoints: Sequence[Waypoint]) -> Claim:
    """A claim: of a part of the way where it is a distance by a mode that not all of its scope may have been by."""
    if (
        stated.quantity is not Quantity.DISTANCE
        or stated.counts is not Counts.JOURNEY
        or stated.mode is None
    ):
        return stated
    number = {waypoint.id: index for index, waypoint in enumerate(waypoints)}
    start, end = number.get(stated.scope.start, 0), number.get(stated.scope.end, 0)
    is_whole = start < end and all(
        waypoint.is_by(stated.mode) for waypoint in waypoints[start + 1 : end + 1]
    )
    return stated if is_whole else replace(stated, counts=Counts.PART, counts_told=False)


def _note(fields: Fields, sources: Sources) -> Note:
    cited = sources.cited(fields, needed=False)
    return Note(fields.local_text("text", needed=True) or {}, cited, sources.places(fields, cited))


def _consent(fields: Fields | None) -> Consent | None:
    if fields is None:
        return None
    fields.know(names_of(Consent))
    basis = fields.choice("basis", Basis, Basis.NOT_ASKED, needed=True)
    texts = {name: fields.text(name) for name in ("by", "to", "on_behalf_of", "withdraw")}
    return Consent(basis, told_dates.in_member(fields, "when"), **texts)


def _correction(fields: Fields) -> Correction:
    fields.know(names_of(Correction))
    return Correction(
        told_dates.in_member(fields, "when", needed=True) or "",
        fields.local_text("what", needed=True) or {},
    )
