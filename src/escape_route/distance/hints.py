"""What a number that does not fit may have meant: another unit of its place, time and language, or another scope."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from escape_route.model import dates
from escape_route.model.units import UNITS, Quantity, units_of
from escape_route.model.vocabulary import Flight, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from escape_route.model.journey import Claim, Journey, Scope
    from escape_route.model.units import Unit

_YEAR_H = 365.2425 * 24
_ANY = "*"


def units_at_hand(claim: Claim, journey: Journey, countries: frozenset[str]) -> tuple[str, ...]:
    """Units that a distance may have been told in, other than its own.

    Parameters
    ----------
    claim
        Its sources tell the language that it was told in.
    journey
        Its dates tell the time.
    countries
        That the scope of the claim may touch.

    Returns
    -------
    tuple
        Names of the units that are told in that language, of ways through these countries, at that time.
    """
    languages = {(source.language or "en").split("-")[0] for source in journey.sources if source.id in claim.sources}
    years = _years(waypoint.when for waypoint in journey.waypoints)
    rows = [UNITS[name] for name in units_of(Quantity.DISTANCE) if name != claim.unit]
    return tuple(
        row.name
        for row in rows
        if row.languages & {_ANY, *languages}
        and (not row.countries or row.countries & countries)
        and _in_use(row, years)
    )


def _years(told: Iterable[str | None]) -> tuple[float, float] | None:
    """First and last year of a journey; None where no date is told."""
    spans = [dates.span_of(each) for each in told if each]
    if not spans:
        return None
    first_h, last_h = min(span.earliest_h for span in spans), max(span.latest_h for span in spans)
    return first_h / _YEAR_H, last_h / _YEAR_H


def _in_use(row: Unit, years: tuple[float, float] | None) -> bool:
    if years is None:
        return True
    begun = row.first_year is None or row.first_year <= years[1]
    return begun and (row.last_year is None or row.last_year >= years[0])


def other_scopes(claim: Claim, journey: Journey) -> Iterator[Scope]:
    """Scopes that a number may have been meant of, its own first, each with and without its flights.

    All share some of the way with its own: what was said of a lorry is not tried on the boat after it.

    Those that other distances were stated of come next, then from the first border or from the start,
    to the same end or to the last place.
    """
    start, end = claim.scope.start, claim.scope.end
    borders = [waypoint.id for waypoint in journey.waypoints if waypoint.role is Role.CROSSING]
    first, last = journey.waypoints[0].id, journey.waypoints[-1].id
    ends = [(start, end)]
    ends += [(each.scope.start, each.scope.end) for each in journey.claims if each.quantity is Quantity.DISTANCE]
    ends += [(start, last), *((border, end) for border in borders[:1]), (first, end)]
    ends += [*((border, last) for border in borders[:1]), (first, last)]
    own = range(journey.index_of(start), journey.index_of(end))
    for one, other in dict.fromkeys(ends):
        tried = range(journey.index_of(one), journey.index_of(other))
        if max(own.start, tried.start) < min(own.stop, tried.stop):
            yield replace(claim.scope, start=one, end=other, flight=Flight.UNKNOWN)
