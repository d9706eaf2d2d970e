"""Stated parts of a way against the total that was stated of it."""

from __future__ import annotations

from dataclasses import dataclass
from math import isclose
from typing import TYPE_CHECKING

from escape_route.distance.stated_numbers import stands_for_m, told_m
from escape_route.model.units import COUNTED, Quantity
from escape_route.model.vocabulary import Counts, Flight

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from escape_route.model.journey import Claim, Journey

_LEAST = 2
_HOURS = "h"


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
    """Parts that do not add up to a stated total.

    Those that a source of the total states are taken where they cover the scope, else those of all
    sources; of two on one stretch the first.

    Parameters
    ----------
    total
        Any claim that is a journey's own.
    journey
        With all of its claims.

    Returns
    -------
    PartsSum or None
        None where no parts cover the scope, or they add up.
    """
    if total.quantity in COUNTED or total.counts is not Counts.JOURNEY:
        return None
    others = [claim for claim in journey.claims if _may_be_part(claim, total)]
    of_its_own = [claim for claim in others if set(claim.sources) & set(total.sources)]
    parts = _covering(total, of_its_own, journey) or _covering(total, others, journey)
    if len(parts) < _LEAST:
        return None
    told = _sums(map(told_m, parts))
    if _meet(told, told_m(total)):
        return None
    return PartsSum(
        parts=tuple(part.id for part in parts),
        sum_of=(told[0] / total.unit_size, told[1] / total.unit_size),
        is_covered=_meet(_sums(map(stands_for_m, parts)), stands_for_m(total)),
    )


def _may_be_part(claim: Claim, total: Claim) -> bool:
    flights = {claim.scope.flight, total.scope.flight}
    alike = (claim.quantity, claim.counts, claim.mode) == (total.quantity, total.counts, total.mode)
    if claim.quantity is Quantity.DURATION:  # hours on the way are no part of days with their nights
        alike = alike and (claim.unit == _HOURS) == (total.unit == _HOURS)
    return alike and claim.id != total.id and (len(flights) == 1 or Flight.UNKNOWN in flights)


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


def _sums(ranges: Iterable[tuple[float, float]]) -> tuple[float, float]:
    low, high = zip(*ranges, strict=True)
    return sum(low), sum(high)


def _meet(one: tuple[float, float], other: tuple[float, float]) -> bool:
    (low, high), (other_low, other_high) = one, other
    apart = max(low, other_low) - min(high, other_high)
    return apart <= 0 or isclose(max(low, other_low), min(high, other_high), rel_tol=1e-9)
