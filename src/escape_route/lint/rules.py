"""What a rule is, and what it finds. Rules register themselves where they are written: one small function each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from escape_route import packaged
from escape_route.errors import Problem
from escape_route.geography.geodesic import LonLat
from escape_route.model import dates, places, seasons
from escape_route.model.dates import Span
from escape_route.model.journey import Journey, Waypoint
from escape_route.model.places import Place
from escape_route.protection.protect import Protected, placed_as_published, protect


class Severity(StrEnum):
    """Whether a file cannot be used as it is, or somebody should look again."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name, what breaks it in a line, and why that matters and what to do, in a sentence or several."""

    name: str
    severity: Severity
    says: str
    why: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that is broken, and the place, the value and the likely fix."""

    rule: Rule
    problem: Problem

    @property
    def row(self) -> dict[str, str]:
        """All of it as a row of a table."""
        problem = self.problem
        said = {"place": problem.place, "message": problem.message, "fix": problem.fix}
        return {"rule": self.rule.name, "severity": str(self.rule.severity), **said}


class Subject:
    """A journey as read, with what several rules ask of it, worked out once."""

    def __init__(self, journey: Journey) -> None:
        """Keep it."""
        self.journey = journey

    @cached_property
    def shown(self) -> Subject:
        """The same journey, each place where it may be published: lengths in a finding are of these."""
        return Subject(placed_as_published(self.journey))

    @cached_property
    def form(self) -> Protected:
        """The publishable form of the journey."""
        return protect(self.journey)

    @cached_property
    def places(self) -> dict[int, Place]:
        """Places by index in travel order, without those that cannot be measured."""
        return places.located(self.journey)

    @cached_property
    def spans(self) -> dict[int, Span]:
        """When one was at a waypoint, by its index, where that was told."""
        whens = enumerate(seasons.dated(self.journey.waypoints))
        return {index: dates.span_of(when) for index, when in whens if when is not None}

    @cached_property
    def points(self) -> dict[int, LonLat]:
        """Points that were told as places, by index: neither labels of something larger, nor drawn shapes."""
        return {
            index: waypoint.label
            for index, waypoint in enumerate(self.journey.waypoints)
            if waypoint.label is not None and is_told_as_a_point(waypoint)
        }

    def waypoint(self, index: int) -> Waypoint | None:
        """Waypoint at a place in travel order; None before the first and after the last."""
        return self.journey.waypoints[index] if 0 <= index < len(self.journey.waypoints) else None


def is_told_as_a_point(waypoint: Waypoint) -> bool:
    """Whether a waypoint is a point or a disc, and not withheld."""
    return waypoint.geometry is None and not waypoint.is_label_only and not waypoint.withheld


Check: TypeAlias = "Callable[[Subject], Iterator[Problem]]"


#: Every rule by its name, and what looks for it; the readers of `formats` look for those that are
#: not in `CHECKS`.
RULES = {
    name: Rule(name, Severity(row.get("severity", Severity.WARNING)), row["says"], row["why"])
    for name, row in packaged.table("lint/rules.toml").items()
}
CHECKS: dict[str, Check] = {}


def rule(name: str) -> Callable[[Check], Check]:
    """Register a function that finds what is doubtful, or cannot be so, by the rule's name in `rules.toml`."""

    def register(check: Check) -> Check:
        CHECKS[name] = check
        return check

    return register


def at(waypoint: Waypoint, member: str = "") -> str:
    """Place of a finding, in words that hold for a file of any format."""
    return f"waypoint {waypoint.id}" + (f", {member}" if member else "")
