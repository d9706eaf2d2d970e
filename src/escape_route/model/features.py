"""Waypoints: a feature each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escape_route.model import polygons, values
from escape_route.model import shapes as whereabouts
from escape_route.model.journey import Lowered, Mode, ModesAre, ModeShare, Precision, Role, Statement, Status, Waypoint
from escape_route.model.vocabulary import LOWERED_MEMBERS, MAX_SENSITIVITY, MODE_MEMBERS, WAYPOINT_MEMBERS
from escape_route.strict_json import show

if TYPE_CHECKING:
    from escape_route.fields import Fields
    from escape_route.model.references import Sources

_WEIGHT_SLACK = 1e-6


def waypoint(feature: Fields, properties: Fields, sources: Sources, broken: frozenset[str]) -> Waypoint:
    """Read one; `broken` are the places of the file that are not GeoJSON."""
    properties.know(WAYPOINT_MEMBERS)
    label, geometry = polygons.place(feature, ("Point", "LineString", "Polygon", "MultiPolygon"), broken)
    status = properties.choice("status", Status, Status.SINGLE, needed=True)
    modes_are = properties.choice("modes_are", ModesAre, ModesAre.ALTERNATIVES)
    read = Waypoint(
        id=values.feature_id(feature),
        name=properties.local_text("name", needed=True) or {},
        role=properties.choice("role", Role, Role.STOP, needed=True),
        precision=properties.choice("precision", Precision, Precision.REGION, needed=True),
        status=status,
        label=label,
        geometry=geometry,
        uncertainty_m=properties.number("coordinateUncertaintyInMeters"),
        footprints=whereabouts.references(properties, "footprint"),
        within=whereabouts.references(properties, "within", "country:"),
        when=values.date(properties, "when"),
        when_published=values.date(properties, "when_published"),
        modes=_modes(properties),
        modes_are=modes_are,
        leg_told=_leg_told(properties),
        narration=_narration(properties, sources),
        sources=sources.cited(properties, needed=status is not Status.INFERRED),
        sensitivity=properties.whole("sensitivity", 0, MAX_SENSITIVITY),
        lowered=_lowered(properties),
        withheld=properties.yes("withheld"),
        verbatim_locality=properties.text("verbatimLocality"),
        data_generalizations=properties.text("dataGeneralizations"),
        information_withheld=properties.text("informationWithheld"),
    )
    whereabouts.check(read, properties, feature.members.get("geometry"))
    return read


def _modes(properties: Fields) -> tuple[ModeShare, ...]:
    listed = properties.objects("modes")
    shares = []
    for fields in listed:
        fields.know(MODE_MEMBERS)
        mode = fields.choice("mode", Mode, Mode.UNKNOWN, needed=True)
        weight = fields.number("weight", needed=len(listed) > 1)
        if weight is not None and not 0 < weight <= 1:
            fields.fault("weight", f"{weight:g} is not above 0 and at most 1")
        status = fields.choice("status", Status, Status.INFERRED, needed=True)
        shares.append(ModeShare(mode, 1.0 if weight is None else weight, status))
    total = sum(share.weight for share in shares)
    if shares and abs(total - 1) > _WEIGHT_SLACK:
        properties.fault("modes", f"the weights add up to {total:g}", "they must add up to 1")
    return tuple(shares)


def _lowered(properties: Fields) -> Lowered | None:
    lowered = properties.object("sensitivity_lowered")
    if lowered is None:
        return None
    lowered.know(LOWERED_MEMBERS)
    reason, date = lowered.text("reason", needed=True), values.date(lowered, "date", needed=True)
    return Lowered(reason or "", date or "")


def _leg_told(properties: Fields) -> bool:
    value = properties.raw("leg")
    if value is not None and value != "untold":
        properties.fault("leg", f"{show(value)} is not known here", 'leave it out, or write "untold"')
    return value is None


def _narration(properties: Fields, sources: Sources) -> dict[str, tuple[Statement, ...]]:
    narration = properties.object("narration")
    if narration is None:
        return {}
    return {
        language: tuple(
            Statement(fields.text("text", needed=True) or "", sources.cited(fields, needed=False))
            for fields in narration.objects(language)
        )
        for language in narration.members
    }
