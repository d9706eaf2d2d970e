"""Traced legs: a feature each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escape_route.geography import antimeridian
from escape_route.model import polygons, values
from escape_route.model.journey import Status, TracedLeg
from escape_route.model.vocabulary import LEG_MEMBERS

if TYPE_CHECKING:
    from escape_route.fields import Fields
    from escape_route.model.journey import LonLat
    from escape_route.model.references import Sources


def trace(feature: Fields, properties: Fields, sources: Sources, broken: frozenset[str]) -> TracedLeg:
    """Read one; `broken` are the places of the file that are not GeoJSON."""
    properties.know(LEG_MEMBERS)
    line = _line(feature, broken)
    status = properties.choice("status", Status, Status.SINGLE, needed=True)
    return TracedLeg(
        id=values.feature_id(feature) if "id" in feature.members else "",
        start=properties.text("from", needed=True) or "",
        end=properties.text("to", needed=True) or "",
        line=line,
        status=status,
        sources=sources.cited(properties, needed=status is not Status.INFERRED),
    )


def _line(feature: Fields, broken: frozenset[str]) -> tuple[LonLat, ...]:
    """Line of a traced leg: a LineString, or a MultiLineString where it is cut at the antimeridian."""
    _, geometry = polygons.place(feature, ("LineString", "MultiLineString"), broken)
    if feature.members.get("geometry") is None:
        feature.fault("geometry", "a traced leg without a line", rule="missing-value")
    if geometry is None:
        return ()
    parts = [[(lon, lat) for lon, lat in part.coords] for part in getattr(geometry, "geoms", (geometry,))]
    line = antimeridian.joined(parts)
    if line is None:
        fix = "one LineString; or parts of which one ends on longitude 180 where the next begins on -180"
        feature.fault("geometry", "the parts of this track do not meet at the antimeridian", fix)
    return line or ()
