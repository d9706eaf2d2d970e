"""Claims: what was stated of the journey, in which unit, of which part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escape_route.fields import suggest
from escape_route.model import values
from escape_route.model.journey import Claim, Scope
from escape_route.model.members import CLAIM_MEMBERS, MOST, SCOPE_MEMBERS
from escape_route.model.modes import Mode
from escape_route.model.units import COUNTED, Quantity, units_of
from escape_route.model.vocabulary import Counts, Flight, Wording
from escape_route.strict_json import show

if TYPE_CHECKING:
    from escape_route.fields import Fields
    from escape_route.model.references import Order, Sources

_COUNTED = f"{', '.join(COUNTED[:-1])} and {COUNTED[-1]}"


def claim(fields: Fields, sources: Sources, order: Order) -> Claim:
    """Read one."""
    fields.know(CLAIM_MEMBERS)
    quantity = fields.choice("quantity", Quantity, Quantity.DISTANCE, needed=True)
    value = fields.number("value", needed=True)
    if value is not None and not 0 < value <= MOST:
        fields.fault("value", f"{value:g} is not above 0 and at most {MOST:,}")
    return Claim(
        id=values.identifier(fields),
        quantity=quantity,
        value=value or 0.0,
        unit=_unit(fields, quantity),
        wording=fields.choice("wording", Wording, Wording.EXACT),
        scope=_scope(fields, order),
        sources=sources.cited(fields, needed=True),
        mode=None if fields.raw("mode") is None else fields.choice("mode", Mode, Mode.UNKNOWN),
        counts=fields.choice("counts", Counts, Counts.JOURNEY),
        note=fields.local_text("note"),
    )


def _unit(fields: Fields, quantity: Quantity) -> str | None:
    allowed = units_of(quantity)
    unit = fields.text("unit", needed=bool(allowed))
    if unit is not None and unit not in allowed:
        fix = suggest(unit, allowed) if allowed else f"write null: {_COUNTED} are counted"
        fields.fault("unit", f"{show(unit)} is not a unit of {quantity}", fix)
    return unit


def _scope(fields: Fields, order: Order) -> Scope:
    scope = fields.object("scope", needed=True)
    if scope is None:
        return Scope("", "", Flight.UNKNOWN)
    scope.know(SCOPE_MEMBERS)
    start, end = (scope.text(name, needed=True) or "" for name in ("from", "to"))
    legs = order.legs_between(scope, start, end)
    if legs is not None and legs <= 0:
        scope.fault("to", f'"{end}" does not come after "{start}"', rule="wrong-order")
    return Scope(start, end, scope.choice("flight", Flight, Flight.UNKNOWN))
