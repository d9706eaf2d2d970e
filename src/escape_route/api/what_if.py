"""What if it had been otherwise: a journey with one leg or one place changed, marked as nobody's telling.

The journey is changed as it is held; only what was given for the change is read, by the rules of
files.
"""

from __future__ import annotations

from dataclasses import replace

from escape_route.errors import JourneyFileError, Problem, UsageError, suggest
from escape_route.language.names import in_sentence
from escape_route.language.sentences import in_all
from escape_route.model.features import check_waypoints
from escape_route.model.journey import Journey, Note, Waypoint, say
from escape_route.model.make import Modes, PlaceDraft, modes_of, read_waypoint
from escape_route.model.vocabulary import Status

#: Where a place is: what is not told of the new one is not kept of the old one.
_PLACE = (
    *(
        "label",
        "geometry",
        "uncertainty_m",
        "uncertainty_unit",
        "footprints",
        "within",
        "precision",
    ),
    *("near_previous_km", "verbatim_locality", "data_generalizations"),
)
#: What stays as it was where nothing else is told: its member in a file, and its name here.
_KEPT = {
    **{name: name for name in ("role", "when", "modes_are", "sensitivity", "withheld")},
    "leg": "leg_told",
    "informationWithheld": "information_withheld",
}


def with_mode(journey: Journey, waypoint_id: str, by: Modes, *, parts: bool = False) -> Journey:
    """Change how one arrived at a waypoint; see `escape_route.Journey.with_mode`."""
    index = _index_of(journey, waypoint_id, "with_mode")
    if journey.trace_into(index) is not None:
        raise UsageError(
            f"with_mode: the way to {waypoint_id} is a track, which is measured and not wound by its mode"
        )
    waypoint = journey.waypoints[index]
    modes_are = "parts" if parts else "alternatives"
    read = _read(journey, index, {"modes": modes_of(by, Status.INFERRED), "modes_are": modes_are})
    changed = replace(waypoint, modes=read.modes, modes_are=read.modes_are)
    return _marked(journey, index, changed, "what_if.mode")


def with_place(journey: Journey, waypoint_id: str, place: PlaceDraft) -> Journey:
    """Change where a waypoint was; see `escape_route.Journey.with_place`."""
    index = _index_of(journey, waypoint_id, "with_place")
    waypoint = journey.waypoints[index]
    read = _read(journey, index, place.properties, place.geometry)
    given = [name for member, name in _KEPT.items() if member in place.properties]
    fields = {name: getattr(read, name) for name in (*_PLACE, *given)}
    changed = replace(waypoint, **fields, status=Status.INFERRED)
    traces = tuple(trace for trace in journey.traces if waypoint_id not in {trace.start, trace.end})
    return _marked(replace(journey, traces=traces), index, changed, "what_if.place")


def _read(
    journey: Journey, index: int, given: dict[str, object], geometry: object = None
) -> Waypoint:
    """Read what was given for a change, beside what of the waypoint could contradict it."""
    waypoint = journey.waypoints[index]
    usual = {
        "kind": "waypoint",
        "name": dict(waypoint.name),
        "role": waypoint.role,
        "precision": waypoint.precision,
    }
    properties = usual | {"withheld": waypoint.withheld} | given | {"status": Status.INFERRED}
    feature = {"type": "Feature", "id": waypoint.id, "geometry": geometry, "properties": properties}
    return read_waypoint(feature, say(waypoint.name), journey.id)


def _marked(journey: Journey, index: int, changed: Waypoint, key: str) -> Journey:
    """Journey with a waypoint changed, and a note that says so: no source tells it so."""
    text = in_all(lambda speaker: speaker.word(key, name=in_sentence(changed, speaker.language)))
    is_noted = any(note.text == text for note in journey.notes)
    waypoints = (*journey.waypoints[:index], changed, *journey.waypoints[index + 1 :])
    problems: list[Problem] = []
    check_waypoints(waypoints, problems, is_whole=True)
    if problems:
        raise JourneyFileError(
            journey.id, tuple(replace(problem, place="waypoints") for problem in problems)
        )
    notes = journey.notes if is_noted else (*journey.notes, Note(text, ()))
    return replace(journey, waypoints=waypoints, notes=notes)


def _index_of(journey: Journey, waypoint_id: str, function: str) -> int:
    ids = [waypoint.id for waypoint in journey.waypoints]
    if waypoint_id not in ids:
        raise UsageError(f"{function}: no waypoint {waypoint_id} ({suggest(waypoint_id, ids)})")
    return ids.index(waypoint_id)
