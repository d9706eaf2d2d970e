"""The words of the format that a value is one of: a row each, with all that is said of it.

How one travels stands in `modes`, what is counted and in which units in `units`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import inf
from typing import Self


@dataclass(frozen=True, slots=True)
class Row:
    """A word of the format; what people write instead of it in a table stands in `formats/tables/words.toml`."""

    word: str


class Word(StrEnum):
    """One of the words that a member of the format may have; each is made from its row."""

    row: Row

    def __new__(cls, row: str | Row) -> Self:
        """Make a word from its row, or from itself where nothing more is said of it."""
        said = Row(row) if isinstance(row, str) else row
        word = str.__new__(cls, said.word)
        word._value_ = said.word
        word.row = said
        return word


@dataclass(frozen=True, slots=True)
class RoleRow(Row):
    """A role; several waypoints that are told as one have the role of the greatest `weight`."""

    weight: int = 0


class Role(Word):
    """What a waypoint is to its journey."""

    row: RoleRow

    START = RoleRow("start", weight=4)
    STOP = RoleRow("stop", weight=1)
    PASSED = RoleRow("passed", weight=0)
    CROSSING = RoleRow("crossing", weight=2)
    REACHED = RoleRow("reached", weight=3)


class SceneKind(Word):
    """What a chapter of the page looks like; the plain one shows the map and its words."""

    PLAIN = "plain"
    NIGHT = "night"
    DAWN = "dawn"
    QUIET = "quiet"
    CREST = "crest"
    PEOPLE = "people"
    HOURS = "hours"

    @property
    def needs_source(self) -> bool:
        """Whether it says something of what happened: only a source may."""
        return self not in {SceneKind.PLAIN, SceneKind.QUIET}


class Precision(Word):
    """How finely a place was told, from coarse to fine."""

    COUNTRY = "country"
    REGION = "region"
    NAMED_FEATURE = "named feature"
    CITY = "city"
    EXACT = "exact"

    @property
    def fineness(self) -> int:
        """How fine among the others, from 0."""
        return _FINENESS[self]

    @property
    def is_area(self) -> bool:
        """Whether a point that is told so finely is no place, but where the name of an area hangs."""
        return self.fineness <= Precision.REGION.fineness


_FINENESS = {precision: rank for rank, precision in enumerate(Precision)}


def precision_of(references: Iterable[str]) -> Precision:
    """How finely a place is told that is one of these footprints: as their finest is; as a country where none is.

    >>> [str(precision_of(each)) for each in (["country:LA"], ["country:LA", "region:US-AZ"], ["river:yalu"])]
    ['country', 'region', 'named feature']
    """
    kinds = {reference.partition(":")[0] for reference in references}
    if kinds - {"country", "region"}:
        return Precision.NAMED_FEATURE
    return Precision.REGION if "region" in kinds else Precision.COUNTRY


class Status(Word):
    """How well a statement stands, from strongest to weakest."""

    REPORTED = "reported"
    SINGLE = "single"
    CONFLICT = "conflict"
    INFERRED = "inferred"


def weakest(statuses: tuple[Status, ...]) -> Status:
    """Weakest of the given: what is built from several statements stands no better than its worst one."""
    return max(statuses, key=list(Status).index)


@dataclass(frozen=True, slots=True)
class WordingRow(Row):
    """A qualifier; `reach` is from where to where a number may lie about what was told, in units of its rounding."""

    reach: tuple[float, float] = (-0.5, 0.5)

    @property
    def reaches(self) -> str | None:
        """Whether all numbers above it are told too, or all below; None where it is one number."""
        below, above = self.reach
        if above == inf:
            return "above"
        if below == -inf:
            return "below"
        return None


_AROUND, _JUST_BELOW, _UPWARDS, _DOWNWARDS = (-1.0, 1.0), (-1.0, 0.0), (0.0, inf), (-inf, 0.0)


class Wording(Word):
    """The qualifier that a number was stated with; exact where there was none."""

    row: WordingRow

    EXACT = WordingRow("exact")
    ABOUT = WordingRow("about", reach=_AROUND)
    SOME = WordingRow("some", reach=_AROUND)
    ROUGHLY = WordingRow("roughly", reach=_AROUND)
    NEARLY = WordingRow("nearly", reach=_JUST_BELOW)
    ALMOST = WordingRow("almost", reach=_JUST_BELOW)
    CLOSE_TO = WordingRow("close_to", reach=_JUST_BELOW)
    OVER = WordingRow("over", reach=_UPWARDS)
    MORE_THAN = WordingRow("more_than", reach=_UPWARDS)
    AT_LEAST = WordingRow("at_least", reach=_UPWARDS)
    UNDER = WordingRow("under", reach=_DOWNWARDS)
    LESS_THAN = WordingRow("less_than", reach=_DOWNWARDS)
    AT_MOST = WordingRow("at_most", reach=_DOWNWARDS)
    UP_TO = WordingRow("up_to", reach=_DOWNWARDS)


class LineIs(Word):
    """What a line of a journey is: a recording measures the way, a drawn one is a hint of it."""

    RECORDED = "recorded"
    DRAWN = "drawn"


class Flight(Word):
    """Whether a stated distance counts the flight."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Lacking(StrEnum):
    """What is not known of a way that is measured: all of its stops, where some are, or where an end of it is.

    A way may be longer than it is measured by either of the first two; of an end that is drawn
    nowhere the way there is not in what is measured, so that no number fits.
    """

    STOPS = "some_stops"
    PLACES = "some_places"
    ENDS = "some_ends"


class Counts(Word):
    """What a stated number is the number of; a journey's own length is weighed, and how far apart its ends are."""

    JOURNEY = "journey"
    STRAIGHT = "straight"
    PART = "part"
    SUM = "sum"
    AVERAGE = "average"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class OutcomeRow(Row):
    """An outcome; `broken_off` where the journey did not get to where it was going."""

    broken_off: bool = False


class Outcome(Word):
    """How a journey ended."""

    row: OutcomeRow

    REACHED = OutcomeRow("reached")
    CAPTURED_AND_RETURNED = OutcomeRow("captured_and_returned", broken_off=True)
    TURNED_BACK = OutcomeRow("turned_back", broken_off=True)
    UNDERWAY = OutcomeRow("underway")
    UNKNOWN = OutcomeRow("unknown")


class SourceKind(Word):
    """What a source is, as it is named where it is cited."""

    NEWSPAPER = "newspaper"
    ARTICLE = "article"
    REVIEW = "review"
    INTERVIEW = "interview"
    BLOG = "blog"
    BROADCAST = "broadcast"
    VIDEO = "video"
    PRESS_NOTES = "press_notes"
    ENCYCLOPEDIA = "encyclopedia"
    BOOK = "book"
    LETTER = "letter"
    DIARY = "diary"
    DOCUMENT = "document"


class Basis(Word):
    """By whose consent a journey is published; this word and a year are published of it."""

    GIVEN = "given"
    GIVEN_FOR_ANOTHER = "given_for_another"
    PUBLISHED_SOURCES = "published_sources"
    NOT_ASKED = "not_asked"
