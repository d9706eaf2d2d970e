"""The members that a journey's file may have, and the units of what was stated."""

from __future__ import annotations

from escape_route.model.journey import Quantity

UNITS = {Quantity.DISTANCE: ("km", "m", "mi", "nmi", "li"), Quantity.DURATION: ("h", "d")}
MAX_SENSITIVITY = 4
MOST = 1_000_000_000  # of anything that is counted or measured here

JOURNEY_MEMBERS = (
    *("id", "title", "summary", "care", "subject", "people", "outcome", "sources", "claims", "notes", "reviewed"),
)
WAYPOINT_MEMBERS = (
    *("kind", "name", "role", "precision", "coordinateUncertaintyInMeters", "footprint", "within", "when"),
    *("when_published", "modes", "modes_are", "leg", "status", "narration", "sources", "sensitivity"),
    *("sensitivity_lowered", "withheld", "verbatimLocality"),
    *("dataGeneralizations", "informationWithheld"),
)
MODE_MEMBERS = ("mode", "weight", "status")
LOWERED_MEMBERS = ("reason", "date")
SOURCE_MEMBERS = ("id", "title", "url", "language", "note")
CLAIM_MEMBERS = ("id", "quantity", "value", "unit", "wording", "scope", "sources", "mode", "counts", "note")
SCOPE_MEMBERS = ("from", "to", "flight")
LEG_MEMBERS = ("kind", "from", "to", "status", "sources")
