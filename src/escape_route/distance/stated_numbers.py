"""What a stated number stands for: its rounding, its wording, and its length in metres."""

from __future__ import annotations

import math
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from escape_route.model.vocabulary import Flight

if TYPE_CHECKING:
    from escape_route.model.journey import Claim, Stay


def value_m(claim: Claim) -> float:
    """Stated distance in metres; the middle of a range."""
    return (claim.value + claim.highest) / 2 * claim.unit_size


def last_digit(value: float) -> float:
    """Unit of the last digit of a number that is not 0.

    >>> last_digit(12_000), last_digit(4_020), last_digit(1.25)
    (1000.0, 10.0, 0.01)
    """
    return float(Decimal(10) ** int(Decimal(repr(value)).normalize().as_tuple().exponent))


@lru_cache(maxsize=4_096)
def rounding(value: float) -> float:
    """How far a number may be rounded: the unit of its last digit that is not 0, a tenth of it at most.

    >>> rounding(12_000), rounding(10_000), rounding(999), rounding(30)
    (1000.0, 1000.0, 1.0, 3.0)
    """
    return min(last_digit(value), value / 10)


def stands_for(claim: Claim | Stay) -> tuple[float, float]:
    """Least and greatest number that a stated one stands for, in its own unit.

    With s the rounding of x: as told x - s/2 to x + s/2; "about" x - s to x + s; "nearly" x - s to
    x; "over" x and all above; "under" x and all below; from a to b, a - s(a)/2 to b + s(b)/2.
    """
    below, above = claim.wording.row.reach
    low, high = claim.value, claim.highest
    return max(0.0, low + below * rounding(low)), high + above * rounding(high)


def stands_for_m(claim: Claim) -> tuple[float, float]:
    """Least and greatest distance that a stated one stands for, in metres."""
    low, high = stands_for(claim)
    return low * claim.unit_size, high * claim.unit_size


def told_m(claim: Claim) -> tuple[float, float]:
    """Distance that was told, in metres, without its rounding: one number, a range, or all above or below one."""
    below, above = claim.wording.row.reach
    low, high = (
        0.0 if math.isinf(below) else claim.value,
        math.inf if math.isinf(above) else claim.highest,
    )
    return low * claim.unit_size, high * claim.unit_size


def count_alike(one: Claim, other: Claim) -> bool:
    """Whether the flight may count in both numbers, or in neither."""
    flights = {one.scope.flight, other.scope.flight}
    return len(flights) == 1 or Flight.UNKNOWN in flights
