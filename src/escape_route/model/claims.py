"""What was stated of the journey, in which unit and words, of which part of it, and the sources that state it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from escape_route.model import references
from escape_route.model.journey import Claim, Scope, Source
from escape_route.model.members import names_of
from escape_route.model.modes import Mode
from escape_route.model.units import COUNTED, MOST, UNITS, Quantity, nearest, units_of
from escape_route.model.vocabulary import Counts, Flight, Wording
from escape_route.strict_json import ids_by_name, show, suggest_bearer

if TYPE_CHECKING:
    from escape_route.model.references import Order
    from escape_route.strict_json import Fields

_NAME = re.compile(r"[^\s\d_][^\n\d]*")
_LONGEST_NAME = 40
_COUNTED = f"{', '.join(COUNTED[:-1])} and {COUNTED[-1]}"


def above_0(fields: Fields, name: str, *, needed: bool = False) -> float | None:
    """Read a number that is above 0."""
    value = fields.number(name, needed=needed)
    if value is not None and not 0 < value <= MOST:
        fields.fault(name, f"{value:g} is not above 0 and at most {MOST:,}", "the number as it was stated")
    return value


def value_to(fields: Fields, value: float | None, wording: Wording) -> float | None:
    """Higher end of a range, which may be about, or nearly, and is open at neither side."""
    value_to = above_0(fields, "value_to")
    if value_to is None or value is None:
        return None
    if value_to <= value:
        fix = "a number alone, without value_to" if value_to == value else "the two the other way round"
        fields.fault("value_to", f"{value_to:,.10g} is not above {value:,.10g}, where the range begins", fix)
    if any(map(math.isinf, wording.row.reach)):
        message = f'a range is told as it is, or as "about", not as "{wording}"'
        fields.fault("wording", message, "leave out wording, or value_to")
    return value_to


def unit_stated(fields: Fields, quantity: Quantity, unit_m: float | None = None) -> str | None:
    """Read a unit of a quantity; of a distance one of the file's own too, where its metres are given."""
    if unit_m is not None:
        return _own_unit(fields, quantity, fields.text("unit", needed=True))
    return unit_of(fields, "unit", quantity, needed=bool(units_of(quantity)))


def unit_reason(fields: Fields, unit_m: float | None) -> str | None:
    """Why a unit of the file's own is taken to be so long."""
    reason = fields.text("unit_reason", needed=unit_m is not None)
    if reason is not None and fields.raw("unit_m") is None:
        fields.fault("unit_m", "missing beside unit_reason", "the metres of the unit")
    return reason


def _own_unit(fields: Fields, quantity: Quantity, unit: str | None) -> str | None:
    """Name of a unit that the file itself gives a length."""
    if quantity is not Quantity.DISTANCE:
        fields.fault("unit_m", f"a {quantity} has no metres", "leave it out")
    elif unit in UNITS:
        size = f"{UNITS[unit].size:,.10g}"
        message = f"{show(unit)} is {size} m here"
        fields.fault("unit_m", message, "leave unit_m out, or give the unit another name")
    elif unit is not None and (len(unit) > _LONGEST_NAME or not _NAME.fullmatch(unit)):
        fields.fault("unit", f"{show(unit)} is no name of a unit", "a word or two, without figures")
    return unit


def unit_of(fields: Fields, name: str, quantity: Quantity, *, needed: bool = False) -> str | None:
    """Unit that a member names, noting what is none of the quantity."""
    unit = fields.text(name, needed=needed)
    if unit is not None and unit not in units_of(quantity):
        fields.fault(name, f"{show(unit)} is not a unit of {quantity}", _unit_meant(unit, quantity))
    return unit


def _unit_meant(unit: str, quantity: Quantity) -> str:
    if quantity in COUNTED:
        return f"write null: {_COUNTED} are counted"
    if quantity is Quantity.DISTANCE and any(
        each.isalpha() and nearest(each, Quantity.DURATION) for each in unit.split()
    ):
        return "a time and no length: the quantity duration, its unit, and in mode how one went"
    near = [show(name) for name in nearest(unit, quantity)]
    if near:
        several = f"{', '.join(near[:-1])} or " if near[1:] else ""
        return f"did you mean {several}{near[-1]}?"
    listed = f"one of {', '.join(units_of(quantity))}"
    own = "; any other with its metres in unit_m and why in unit_reason"
    return listed + (own if quantity is Quantity.DISTANCE else "")


def claim(fields: Fields, sources: Sources, order: Order) -> Claim:
    """Read one."""
    fields.know(names_of(Claim))
    quantity = fields.choice("quantity", Quantity, Quantity.DISTANCE, needed=True)
    value = above_0(fields, "value", needed=True)
    wording = fields.choice("wording", Wording, Wording.EXACT)
    unit_m = above_0(fields, "unit_m")
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
        counts=fields.choice("counts", Counts, Counts.JOURNEY),
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
        fix = "name the earlier place first" if legs else "how long one stayed in a place is told there, in stay"
        scope.fault("to", f'"{end}" does not come after "{start}"', fix, rule="wrong-order")
    return Scope(start, end, scope.choice("flight", Flight, Flight.UNKNOWN))


class Sources:
    """The sources that the member ``journey`` of a file lists, for the rest of it to cite."""

    def __init__(self, top: Fields) -> None:
        """Read them."""
        self.listed = tuple(_source(fields) for fields in top.objects("sources", needed=True))
        told = top.members.get("sources")
        self._are_all = isinstance(told, list) and len(told) == len(self.listed)  # every one could be read
        self._ids = tuple(source.id for source in self.listed)
        self._known = frozenset(self._ids)
        self._titled = ids_by_name((source.id, (source.title, source.id)) for source in self.listed)
        references.note_twice(self._ids, top.problems, "journey.sources", "source")

    def cited(self, fields: Fields, *, needed: bool) -> tuple[str, ...]:
        """Ids of the sources that an object cites."""
        cited = fields.texts("sources", needed=needed)
        for each in cited:
            if each not in self._known and self._are_all:
                fix = suggest_bearer(each, self._titled, self._ids)
                fields.fault("sources", f"no source {show(each)} in journey.sources", fix, rule="unknown-name")
        if needed and fields.members.get("sources") == []:
            way_out = ", or give the status inferred" if "status" in fields.members else ""
            fields.fault("sources", "empty", f"name a source{way_out}", rule="without-source")
        return cited

    @staticmethod
    def places(fields: Fields, cited: tuple[str, ...]) -> Mapping[str, str]:
        """Where in its sources a statement stands, by the ids that it cites."""
        told = fields.object("sources_at")
        if told is None:
            return {}
        for each in told.members:
            if each not in cited:
                fix = suggest_bearer(each, {}, cited) or "cite it, or leave this out"
                fields.fault("sources_at", f"{show(each)} is not cited here", fix, rule="unknown-name")
        return {each: text for each in told.members if (text := told.text(each, needed=True))}


def _source(fields: Fields) -> Source:
    url = fields.text("url")
    if url is not None and not url.startswith(("https://", "http://")):
        fields.fault("url", f"{show(url)} is not a web address", "start it with https://, or write null")
    return Source(
        id=references.identifier(fields),
        title=fields.text("title", needed=True) or "",
        url=url,
        language=fields.text("language"),
        note=fields.text("note"),
    )
