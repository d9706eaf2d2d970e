"""Rules about the lines of recorded ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escape_route.errors import Problem
from escape_route.lint.coordinates import as_written
from escape_route.lint.rules import Subject, rule
from escape_route.model.lines import tracks_of

if TYPE_CHECKING:
    from collections.abc import Iterator


@rule(
    "receiver-fault",
    "A vertex of a track that no receiver was at.",
    "At longitude and latitude 0; or 50 times the median step from both its neighbours, and off the way between them "
    "[judgement]. It is left out of the measure, unless the line says that it is recorded as it stands. In files of "
    "other programs times count as well: what no mode could reach between its neighbours.",
)
def _receiver_fault(subject: Subject) -> Iterator[Problem]:
    waypoints = subject.journey.waypoints
    for index, track in tracks_of(subject.journey).items():
        for position in track.left_out:
            place = f"track from {waypoints[index - 1].id} to {waypoints[index].id}"
            message = f"{as_written(position)} is no place of this way, and is not measured"
            yield Problem(place, message, 'take it out, or say of the leg "line": "recorded"')
