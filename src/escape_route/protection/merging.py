"""Neighbouring stops in one cell told as one: nothing that may be published of either is lost."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING

from escape_route.model import dates
from escape_route.model.journey import Precision, Role, say, weakest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from escape_route.model.journey import Statement, Waypoint

_COARSENESS = (Precision.EXACT, Precision.CITY, Precision.NAMED_FEATURE, Precision.REGION, Precision.COUNTRY)
_ROLES = (Role.START, Role.REACHED, Role.CROSSING, Role.STOP, Role.PASSED)  # what a stop that is several is told as
TOLD_AS_ONE = "stops that share a cell are told as one"


def merged(stops: Sequence[Waypoint]) -> Waypoint:
    """One waypoint for neighbouring ones that share a cell: arrived at as the first was, with what is said of all."""
    return reduce(_joined, stops)


def _joined(one: Waypoint, other: Waypoint) -> Waypoint:
    shown = next((each for each in (one, other) if each.geometry is None), one)  # a disc is no less than its cell
    return replace(
        one,
        label=shown.label,
        geometry=shown.geometry,
        name={language: _names(one, other, language) for language in {**one.name, **other.name}},
        role=min(one.role, other.role, key=_ROLES.index),
        precision=max(one.precision, other.precision, key=_COARSENESS.index),
        uncertainty_m=max(one.uncertainty_m or 0.0, other.uncertainty_m or 0.0) or None,
        within=tuple(dict.fromkeys((*one.within, *other.within))) if one.within and other.within else (),
        when=_span(one.when, other.when),
        when_published=_span(one.when_published, other.when_published)
        if one.when_published and other.when_published
        else None,
        status=weakest((one.status, other.status)),
        narration=_narration(one, other),
        sources=tuple(dict.fromkeys((*one.sources, *other.sources))),
        data_generalizations=_told((one.data_generalizations, other.data_generalizations)),
        information_withheld=_told((one.information_withheld, other.information_withheld, TOLD_AS_ONE)),
    )


def _names(one: Waypoint, other: Waypoint, language: str) -> str:
    return " / ".join(dict.fromkeys(say(each.name, language) for each in (one, other)))


def _narration(one: Waypoint, other: Waypoint) -> dict[str, tuple[Statement, ...]]:
    languages = {**one.narration, **other.narration}
    return {each: (*one.narration.get(each, ()), *other.narration.get(each, ())) for each in languages}


def _span(one: str | None, other: str | None) -> str | None:
    """From the earlier of two dates to the later; None where neither end is known."""
    if one is None or other is None or one == other:
        return one or other
    first, second = (one, other) if not dates.span_of(other).is_before(dates.span_of(one)) else (other, one)
    start, end = first.partition("/")[0], second.rpartition("/")[2]
    return None if {start, end} <= {"", ".."} else f"{start}/{end}"


def _told(texts: Iterable[str | None]) -> str | None:
    """Remarks of several, each once."""
    parts = dict.fromkeys(part for text in texts if text for part in text.split("; "))
    return "; ".join(parts) or None
