"""A whole journey, part by part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escape_route import strict_json
from escape_route.fields import Fields
from escape_route.model import members, values
from escape_route.model.claims import claim
from escape_route.model.journey import Journey, Note, Outcome
from escape_route.model.references import Sources
from escape_route.model.vocabulary import JOURNEY_MEMBERS, MOST

if TYPE_CHECKING:
    from escape_route.model.journey import Claim


def journey(root: Fields, broken: frozenset[str]) -> Journey:
    """Read the whole; where a problem was noted, what is returned is not to be used.

    Parameters
    ----------
    root
        The file's outermost object, with the list that problems go to.
    broken
        Places that are not GeoJSON: nothing is read there, and nothing more is said of them.
    """
    top = _top(root)
    sources = Sources(top)
    found = members.read(root, sources, broken)
    claims = _claims(top, sources, found)
    return Journey(
        id=values.identifier(top),
        title=top.local_text("title", needed=True) or {},
        summary=top.local_text("summary", needed=True) or {},
        outcome=top.choice("outcome", Outcome, Outcome.UNKNOWN, needed=True),
        waypoints=found.waypoints,
        traces=found.traces,
        sources=sources.listed,
        claims=claims,
        notes=tuple(_note(fields, sources) for fields in top.objects("notes")),
        subject=top.local_text("subject"),
        care=top.local_text("care"),
        people=top.whole("people", 1, MOST),
        reviewed=values.date(top, "reviewed"),
    )


def _top(root: Fields) -> Fields:
    if root.members.get("journey") is None:
        fix = "a FeatureCollection needs this member to be a journey: see geo/README.md"
        root.fault("journey", "missing", fix, rule="not-a-journey")
    top = root.object("journey")
    if top is None:
        return Fields(strict_json.Members(), "journey", [])
    top.know(JOURNEY_MEMBERS)
    return top


def _claims(top: Fields, sources: Sources, found: members.Features) -> tuple[Claim, ...]:
    claims = tuple(claim(fields, sources, found.order) for fields in top.objects("claims"))
    values.note_twice((each.id for each in claims), top.problems, "journey.claims", "claim")
    return claims


def _note(fields: Fields, sources: Sources) -> Note:
    return Note(fields.local_text("text", needed=True) or {}, sources.cited(fields, needed=False))
