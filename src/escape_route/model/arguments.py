"""Problems of a document that functions wrote, told by the arguments that caused them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from escape_route.errors import JourneyFileError, Problem
from escape_route.model import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from escape_route.model import journey

_ARGUMENTS = {
    "geometry": "at",
    "properties.name": "name",
    "properties.coordinateUncertaintyInMeters": "within_km",
    "properties.footprint": "footprint",
    "properties.within": "within",
    "properties.modes_are": "modes_are",
    "properties.modes": "by",
    "properties.narration": "told",
    "properties.sources": "source",
    "properties.when": "when",
    "properties.role": "role",
    "properties.precision": "precision",
    "properties.status": "status",
    "properties.sensitivity": "sensitivity",
    "properties.withheld": "withheld",
}


def read_by_argument(document: object, source: str, names: Sequence[str]) -> journey.Journey:
    """Read a document that functions wrote; a problem is told by their arguments, not by places in a file."""
    try:
        return read.read(json.dumps(document, allow_nan=True, default=repr).encode(), source)
    except JourneyFileError as error:  # raised again at once, with the same problems at their arguments
        problems = tuple(
            Problem(_argument_of(problem.place, names), problem.message, problem.fix) for problem in error.problems
        )
        raise JourneyFileError(source, problems) from None


def _argument_of(place: str, names: Sequence[str]) -> str:
    """Say a place of the document by who wrote it: features[1].properties.modes[0].mode is waypoint "Hanoi": by."""
    in_feature = re.match(r"features\[(\d+)\]\.?(.*)", place)
    if in_feature:
        rest = in_feature[2]
        argument = next((told for path, told in _ARGUMENTS.items() if rest.startswith(path)), "")
        argument = argument or rest.removeprefix("properties.")
        return f'waypoint "{names[int(in_feature[1])]}"' + (f": {argument}" if argument else "")
    in_claim = re.match(r"journey\.claims\[(\d+)\]\.?(.*)", place)
    if in_claim:
        told = {"scope.from": "start", "scope.to": "end", "scope.flight": "flight", "sources": "source"}
        return f"claims[{in_claim[1]}]" + (f": {told.get(in_claim[2], in_claim[2])}" if in_claim[2] else "")
    return place.removeprefix("journey.") if place != "features" else "waypoints"
