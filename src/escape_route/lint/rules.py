"""What a rule is, and what it finds. Rules register themselves where they are written: one small function each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from escape_route.model import dates, places
from escape_route.protection.protect import placed_as_published, protect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from escape_route.errors import Problem
    from escape_route.geography.geodesic import LonLat
    from escape_route.model.dates import Span
    from escape_route.model.journey import Journey, Waypoint
    from escape_route.model.places import Place
    from escape_route.protection.protect import Protected


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


class Subject:
    """A journey with what several rules ask of it, worked out once.

    Parameters
    ----------
    journey
        As read.
    """

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
        told = {index: waypoint.when for index, waypoint in enumerate(self.journey.waypoints)}
        return {index: dates.span_of(when) for index, when in told.items() if when is not None}

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

#: Every rule by its name, and what looks for it; the readers of `formats` look for those that are not in `CHECKS`.
RULES: dict[str, Rule] = {}
CHECKS: dict[str, Check] = {}


def rule(name: str, says: str, why: str, severity: Severity = Severity.WARNING) -> Callable[[Check], Check]:
    """Register a function that finds what is doubtful, or cannot be so."""

    def register(check: Check) -> Check:
        RULES[name] = Rule(name, severity, says, why)
        CHECKS[name] = check
        return check

    return register


def reading_rule(name: str, says: str, why: str, severity: Severity = Severity.ERROR) -> None:
    """Register a rule that the readers themselves look for."""
    RULES[name] = Rule(name, severity, says, why)


def at(waypoint: Waypoint, member: str = "") -> str:
    """Place of a finding, in words that hold for a file of any format."""
    return f"waypoint {waypoint.id}" + (f", {member}" if member else "")


#: Rules that the readers of `formats` look for: a file that breaks one of them cannot be used as it is.
reading_rule(
    "unreadable",
    "The file is not there, is empty, or is not what its ending says.",
    "Nothing more can be said of a file that cannot be parsed. Save it as UTF-8, and look at the place that is named.",
)
reading_rule(
    "not-geojson",
    "The file is JSON but breaks RFC 7946.",
    "Other programs refuse such a file or read something else in it.",
)
reading_rule(
    "not-a-journey",
    "The file holds no journey: no member `journey`, or no waypoint.",
    "Any GeoJSON file has shapes; a journey also has a title, sources and an order. See geo/README.md.",
)
reading_rule(
    "newer-format",
    "A later escape-route wrote the file, in a format that this one does not know.",
    "What it says there could be read wrongly. A newer program reads it; files without a number are read for ever.",
)
reading_rule(
    "missing-value",
    "A value that every journey needs is missing.",
    "Without it something would have to be guessed, and nothing is guessed here.",
)
reading_rule(
    "wrong-value",
    "A value is not of the kind or range that its place asks for.",
    "The message says what was found and what may stand there.",
)
reading_rule(
    "misspelt-member",
    "A member's name is unknown, and close to a known one.",
    "It would be passed over in silence. A member of your own may have any name that is not so close.",
)
reading_rule(
    "unknown-name",
    "A source, waypoint or footprint is named that is not there.",
    "Footprints are country:XX, border:XX-YY, river:NAME and their like, as the base geography holds them.",
)
reading_rule(
    "same-id-twice",
    "Two things of one kind have the same id.",
    "Whoever refers to it could mean either.",
)
reading_rule(
    "wrong-order",
    "Something comes before what it should follow.",
    "Waypoints stand in travel order, a start is the first of them, a claim or a track leads from earlier to later.",
)
reading_rule(
    "contradiction",
    "Two values exclude each other.",
    "A place is a disc or a footprint or a drawn shape, and a withheld place is none of them.",
)
reading_rule(
    "without-source",
    "A claim or a place names no source.",
    "What nobody stated cannot be weighed. What is your own inference has the status inferred and needs none.",
)
reading_rule(
    "wrong-date",
    "A date is not one that EDTF knows.",
    "Such as 2019, 2019-12, 2008~ (about), 2008? (uncertain), 2019-05/2019-08, ../2019, -0044. 30 February is none.",
)
reading_rule(
    "swapped-order",
    "Longitude and latitude are swapped.",
    "GeoJSON, and everything here, has longitude first. The point is outside the Earth, or outside its stated "
    "country, and the other way round it fits.",
)
reading_rule(
    "outside-country",
    "A place lies outside the country that `within` says it lies in.",
    "It would be no place at all. Borders are those of Natural Earth at 1:10m, with 0.02 degrees of slack.",
)
reading_rule(
    "broken-shape",
    "A drawn shape crosses itself, or has too few points.",
    "Its inside is then anybody's guess. Draw it anew.",
)
reading_rule(
    "file-advice",
    "The file holds what its format advises against.",
    "It is read all the same. In GeoJSON: a ring that does not follow the right-hand rule, a position of more than "
    "three numbers (RFC 7946, sections 3.1.1 and 3.1.6). In a spreadsheet: a column that is not known and not read, a "
    "row with a name and no coordinates, which `escape-route import` looks up.",
    Severity.WARNING,
)
