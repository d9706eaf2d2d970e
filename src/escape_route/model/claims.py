"""What was stated of the journey, in which unit, of which part of it, and the sources that state it."""

from __future__ import annotations

from collections.abc import Mapping

from escape_route.model import references
from escape_route.model.journey import Claim, Scope, Source
from escape_route.model.members import names_of
from escape_route.model.modes import Mode
from escape_route.model.references import Order, above_0, unit_reason, unit_stated, value_to
from escape_route.model.units import Quantity
from escape_route.model.vocabulary import Counts, Flight, SourceKind, Wording
from escape_route.strict_json import Fields, ids_by_name, show, suggest_bearer


def claim(fields: Fields, sources: Sources, order: Order) -> Claim:
    """Read one."""
    fields.know(names_of(Claim))
    quantity = fields.choice("quantity", Quantity, Quantity.DISTANCE, needed=True)
    value = above_0(fields, "value", needed=True)
    wording = fields.choice("wording", Wording, Wording.EXACT)
    unit_m = above_0(fields, "unit_m")
    counts = fields.choice("counts", Counts, Counts.JOURNEY)
    if counts is Counts.STRAIGHT and quantity is not Quantity.DISTANCE:
        fields.fault(
            "counts",
            f"{quantity} is not told in a straight line",
            "leave it out; a distance may be",
        )
    return Claim(
        id=references.identifier(fields),
        quantity=quantity,
        value=value or 0.0,
        unit=unit_stated(fields, quantity, unit_m),
        wording=wording,
        scope=_scope(fields, order),
        sources=(cited := sources.cited(fields, needed=True)),
        sources_at=sources.places(fields, cited),
        mode=None if fields.raw("mode") is None else fields.choice("mode", Mode, Mode.UNKNOWN),
        counts=counts,
        note=fields.local_text("note"),
        value_to=value_to(fields, value, wording),
        unit_m=unit_m,
        unit_reason=unit_reason(fields, unit_m),
    )


def _scope(fields: Fields, order: Order) -> Scope:
    scope = fields.object("scope", needed=True)
    if scope is None:
        return Scope("", "", Flight.UNKNOWN)
    scope.know(names_of(Scope))
    start, end = (scope.text(name, needed=True) or "" for name in ("from", "to"))
    legs = order.legs_between(scope, start, end)
    if legs is not None and legs <= 0:
        if legs:
            fix = "name the earlier place first"
        else:
            fix = "how long one stayed in a place is told there, in stay"
        scope.fault("to", f'"{end}" does not come after "{start}"', fix, rule="wrong-order")
    return Scope(start, end, scope.choice("flight", Flight, Flight.UNKNOWN))


class Sources:
    """The sources that the member ``journey`` of a file lists, for the rest of it to cite."""

    def __init__(self, top: Fields) -> None:
        """Read them."""
        self.listed = tuple(_source(fields) for fields in top.objects("sources", needed=True))
        listed = top.members.get("sources")
        self._are_all = isinstance(listed, list) and len(listed) == len(
            self.listed
        )  # every one could be read
        self._ids = tuple(source.id for source in self.listed)
        self._known = frozenset(self._ids)
        self._titled = ids_by_name((source.id, (source.title, source.id)) for source in self.listed)
        references.note_twice(self._ids, top.problems, "journey.sources", "source")

    def cited(self, fields: Fields, *, needed: bool) -> tuple[str, ...]:
        """Ids of the sources that an object cites."""
        cited = fields.texts("sources", needed=needed)
        for source in cited:
            if source not in self._known and self._are_all:
                fix = suggest_bearer(source, self._titled, self._ids)
                fields.fault(
                    "sources",
                    f"no source {show(source)} in journey.sources",
                    fix,
                    rule="unknown-name",
                )
        if needed and fields.members.get("sources") == []:
            way_out = ", or give the status inferred" if "status" in fields.members else ""
            fields.fault("sources", "empty", f"name a source{way_out}", rule="without-source")
        return cited

    @staticmethod
    def places(fields: Fields, cited: tuple[str, ...]) -> Mapping[str, str]:
        """Where in its sources a statement stands, by the ids that it cites."""
        passages = fields.object("sources_at")
        if passages is None:
            return {}
        for member in passages.members:
            if member not in cited:
                fix = suggest_bearer(member, {}, cited) or "cite it, or leave this out"
                fields.fault(
                    "sources_at", f"{show(member)} is not cited here", fix, rule="unknown-name"
                )
        return {
            member: text
            for member in passages.members
            if (text := passages.text(member, needed=True))
        }


def _source(fields: Fields) -> Source:
    url = fields.text("url")
    if url is not None and not url.startswith(("https://", "http://")):
        fields.fault(
            "url", f"{show(url)} is not a web address", "start it with https://, or write null"
        )
    return Source(
        id=references.identifier(fields),
        title=fields.text("title", needed=True) or "",
        url=url,
        language=fields.text("language"),
        note=fields.text("note"),
        kind=None
        if fields.raw("kind") is None
        else fields.choice("kind", SourceKind, SourceKind.ARTICLE),
    )
