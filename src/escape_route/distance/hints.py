"""What a number that does not fit may have meant, another unit or scope; and what stated parts of one come to."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from escape_route.distance.stated_numbers import count_alike, stands_for_m, told_m
from escape_route.model import dates
from escape_route.model.journey import Claim, Journey, Scope
from escape_route.model.units import COUNTED, UNITS, Quantity, Unit, units_of
from escape_route.model.vocabulary import Counts, Flight, Role

_YEAR_H = 365.2425 * 24
_ANY = "*"
_LEAST = 2
_HOURS = "h"


def units_at_hand(claim: Claim, journey: Journey, countries: frozenset[str]) -> tuple[str, ...]:
    """Units that a distance may have been told in, other than its own: by the language of its sources and the time.

    `countries` are those that the scope of the claim may touch.
    """
    languages = {
        (source.language or "en").split("-")[0]
        for source in journey.sources
        if source.id in claim.sources
    }
    years = _years(waypoint.when for waypoint in journey.waypoints)
    rows = [UNITS[name] for name in units_of(Quantity.DISTANCE) if name != claim.unit]
    at_hand = (row for row in rows if row.languages & {_ANY, *languages} and _in_use(row, years))
    return tuple(unit.name for unit in at_hand if not unit.countries or unit.countries & countries)


def _years(whens: Iterable[str | None]) -> tuple[float, float] | None:
    """First and last year of a journey; None where no date is told."""
    spans = [dates.span_of(when) for when in whens if when]
    if not spans:
        return None
    return min(span.earliest_h for span in spans) / _YEAR_H, max(
        span.latest_h for span in spans
    ) / _YEAR_H


def _in_use(row: Unit, years: tuple[float, float] | None) -> bool:
    if years is None:
        return True
    begun = row.first_year is None or row.first_year <= years[1]
    return begun and (row.last_year is None or row.last_year >= years[0])


def other_scopes(claim: Claim, journey: Journey) -> Iterator[Scope]:
    """Scopes that a number may have been meant of, its own first, each with and without its flights.

    One begins where the number's own does, at the first border or where the journey does, and ends
    where its own does, at the last place that is told as reached or where the journey does: a count
    that ended at any other stop would be said to. Those that other distances were stated of come
    next after its own. All share some of the way with it: what was said of a lorry is not tried on
    the boat after it.
    """
    start, end = claim.scope.start, claim.scope.end
    borders, reached = (
        [waypoint.id for waypoint in journey.waypoints if waypoint.role is role]
        for role in (Role.CROSSING, Role.REACHED)
    )
    first, last = journey.waypoints[0].id, journey.waypoints[-1].id
    begins, ends = (
        dict.fromkeys((start, *borders[:1], first)),
        dict.fromkeys((end, *reached[-1:], last)),
    )
    scopes = (other.scope for other in journey.claims if other.quantity is Quantity.DISTANCE)
    stated = {(scope.start, scope.end) for scope in scopes}
    own = range(journey.index_of(start), journey.index_of(end))
    for begin, stop in sorted(product(begins, ends), key=lambda scope: scope not in stated):
        tried = range(journey.index_of(begin), journey.index_of(stop))
        if max(own.start, tried.start) < min(own.stop, tried.stop):
            yield replace(claim.scope, start=begin, end=stop, flight=Flight.UNKNOWN)


@dataclass(frozen=True, slots=True)
class PartsSum:
    """Parts that follow one another over the whole of a claim's scope, and do not add up to its number.

    `sum_of` is from the least to the greatest that they come to as told, in the unit of the total;
    `is_covered` says whether rounding makes up for the difference.
    """

    parts: tuple[str, ...]
    sum_of: tuple[float, float]
    is_covered: bool


def sum_against(total: Claim, journey: Journey) -> PartsSum | None:
    """Parts that do not add up to a stated total; None where none cover its scope, or they add up.

    Those that a source of the total states are taken where they cover the scope, else those of all
    sources; of two on one stretch the first.
    """
    if total.quantity in COUNTED or total.counts is not Counts.JOURNEY:
        return None
    others = [claim for claim in journey.claims if _may_be_part(claim, total)]
    of_its_own = [claim for claim in others if set(claim.sources) & set(total.sources)]
    parts = _covering(total, of_its_own, journey) or _covering(total, others, journey)
    if len(parts) < _LEAST:
        return None
    told = sums(map(told_m, parts))
    if _meet(told, told_m(total)):
        return None
    return PartsSum(
        parts=tuple(part.id for part in parts),
        sum_of=(told[0] / total.unit_size, told[1] / total.unit_size),
        is_covered=_meet(sums(map(stands_for_m, parts)), stands_for_m(total)),
    )


def told_lengths(duration: Claim, journey: Journey) -> tuple[Claim, ...]:
    """Distances that were stated of the way of a duration: one of all of it, else parts that cover it in their order.

    Those that a source of the duration states come first; of two on one stretch the first.
    """
    scope = duration.scope
    stated = [
        claim
        for claim in journey.claims
        if claim.quantity is Quantity.DISTANCE
        and claim.counts is Counts.JOURNEY
        and count_alike(claim, duration)
    ]
    for claims in (
        [claim for claim in stated if set(claim.sources) & set(duration.sources)],
        stated,
    ):
        whole = [
            claim
            for claim in claims
            if (claim.scope.start, claim.scope.end) == (scope.start, scope.end)
        ]
        covering = tuple(whole[:1]) or _covering(duration, claims, journey)
        if covering:
            return covering
    return ()


def _may_be_part(claim: Claim, total: Claim) -> bool:
    alike = (claim.quantity, claim.counts, claim.mode) == (total.quantity, total.counts, total.mode)
    if (
        claim.quantity is Quantity.DURATION
    ):  # hours on the way are no part of days with their nights
        alike = alike and (claim.unit == _HOURS) == (total.unit == _HOURS)
    return alike and claim.id != total.id and count_alike(claim, total)


def _covering(total: Claim, claims: Sequence[Claim], journey: Journey) -> tuple[Claim, ...]:
    """The most parts that follow one another from the start of a scope to its end; none where there are no such."""
    start, end = journey.index_of(total.scope.start), journey.index_of(total.scope.end)
    chains: dict[int, tuple[Claim, ...]] = {start: ()}
    for at in range(start, end):
        for claim in claims if at in chains else ():
            to = journey.index_of(claim.scope.end)
            longer = (*chains[at], claim)
            begins = journey.index_of(claim.scope.start) == at and to <= end
            if begins and len(longer) > len(chains.get(to, ())):
                chains[to] = longer
    return chains.get(end, ())


def sums(ranges: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """Least and greatest that several ranges come to."""
    low, high = zip(*ranges, strict=True)
    return sum(low), sum(high)


def _meet(one: tuple[float, float], other: tuple[float, float]) -> bool:
    (low, high), (other_low, other_high) = one, other
    apart = max(low, other_low) - min(high, other_high)
    return apart <= 0 or math.isclose(max(low, other_low), min(high, other_high), rel_tol=1e-9)
