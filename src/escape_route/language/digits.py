"""How finely numbers are said: with every digit for who holds a journey, and rounded wherever they are published."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from escape_route.distance.intervals import Interval, rounded_down, rounded_to, step_of

if TYPE_CHECKING:
    from escape_route.distance.bounds import Bound

    FiveKm = tuple[float, float, float, float, float]

SAID = 2
"""Significant digits of a length that is not certified: more would say more than is known."""
_MOST_OF_LEG = 0.2  # that a step of its rounding may be
_WHOLE_M = 10_000.0  # a leg that is no shorter is told in whole kilometres
_PARTS = 20  # of a whole that parts are told in
_COARSEST, _FINEST = (
    3,
    5,
)  # decimals of a degree that a drawn position has: about 100 m, and a metre
_STEPS = 1_000  # that what is drawn has from side to side


def rounded(value: float, digits: int = SAID) -> float:
    """Round to significant digits: more would say more than is known.

    >>> rounded(7_245), rounded(0.0), rounded(4_255)
    (7200.0, 0.0, 4300.0)
    """
    if value == 0:
        return 0.0
    return float(round(value, digits - 1 - math.floor(math.log10(abs(value)))))


def drawn(value: float, error: float = 0.0, *, most: float = 0.1) -> float:
    """Round a number that was drawn as coarsely as `step_of` says: chance in the draws then seldom shows.

    >>> drawn(7_245), drawn(7_245, 40), drawn(12_600), drawn(0.0), drawn(180, 4_000)
    (7000.0, 7000.0, 13000.0, 0.0, 200.0)
    """
    return rounded_to(value, step_of(value, error, most=most))


def about(value: float, error: float = 0.0) -> float:
    """Round a difference to an edge that was drawn: to one digit, two from 1 on; coarser where chance asks for it.

    >>> about(670), about(1_230), about(4_480), about(1_230, 30)
    (700.0, 1200.0, 4000.0, 1000.0)
    """
    if value <= 0:
        return 0.0
    own = 10.0 ** math.floor(math.log10(value)) / (10 if f"{value:e}".startswith("1") else 1)
    return rounded_to(value, max(own, step_of(value, error)))


MOST_IN = 1_000
"""Draws of which fewer than one beyond a number are not told apart."""
_RUNGS = (2, 5, 10, 20, 40, 100, 300, MOST_IN)


def one_in(share: float) -> int | None:
    """One of how many a share is, to the nearest of a few steps, so that chance in the draws seldom shows.

    >>> [one_in(share) for share in (0.5, 0.21, 0.025, 0.0012, 0.0009, 0.0)]
    [2, 5, 40, 1000, None, None]
    """
    if share * MOST_IN < 1:
        return None
    return min(_RUNGS, key=lambda rung: abs(math.log(rung * share)))


@dataclass(frozen=True, slots=True)
class Digits:
    """How each kind of number is said. Lengths come in metres and leave in kilometres, or in nanometres."""

    leg_km: Callable[[float], float]
    """Length between two label points, or of a track."""
    way_km: Callable[[float], float]
    """Length of a whole way: to two digits, for more could be solved for a place."""
    drawn_km: Callable[[Interval], FiveKm]
    """Length of a whole way that was drawn."""
    drawn_leg_km: Callable[[Interval], FiveKm]
    """That of one leg, of which less is known."""
    least_km: Callable[[Bound], float]
    """Certified length, which must not become too large."""
    beyond_km: Callable[[float, float], float]
    """How far a claim lies outside what is plausible, with the standard error of that edge."""
    bearing_deg: Callable[[float], float]
    share: Callable[[float], float]
    """Share of the draws beyond a number."""
    part: Callable[[float], float]
    """Part that a leg has in the variance of the whole, or a status in its length."""
    times: Callable[[float], float]
    """Claim over a length that was drawn, or that over another."""
    factor: Callable[[float], float]
    """How winding a way is."""
    differ_nm: Callable[[float], float]
    """How far two geodesic engines are from one another."""


def _as_it_is(value: float) -> float:
    return value


def _km(length_m: float, _error_m: float = 0.0) -> float:
    return length_m / 1000


def _exact_km(drawn_m: Interval) -> FiveKm:
    return tuple(map(_km, drawn_m.edges_m))  # type: ignore[return-value]


def _drawn_km(drawn_m: Interval, most: float = 0.1) -> FiveKm:
    """Each as finely as it was drawn, but the two of the 95 % as what stands beside them asks for."""
    five = tuple(
        drawn(edge / 1000, error / 1000, most=most)
        for edge, error in zip(drawn_m.edges_m, drawn_m.errors_m, strict=True)
    )
    return five if drawn_m.said_m is None else (*five[:3], *map(_km, drawn_m.said_m))  # type: ignore[return-value]


def said_km(bound: Bound) -> float:
    """Certified length as it is published."""
    return rounded_down(bound.bound_m / 1000) if bound.said_m is None else bound.said_m / 1000


def _part(part: float) -> float:
    """Part of a whole in twentieths; what is less than half of one, and something, is a hundredth."""
    return round(part * _PARTS) / _PARTS or (0.01 if part > 0 else 0.0)


#: With every digit, for who holds the journey.
MEASURED = Digits(
    leg_km=_km,
    way_km=_km,
    drawn_km=_exact_km,
    drawn_leg_km=_exact_km,
    least_km=lambda bound: _km(bound.bound_m),
    beyond_km=_km,
    bearing_deg=_as_it_is,
    share=_as_it_is,
    part=_as_it_is,
    times=_as_it_is,
    factor=_as_it_is,
    differ_nm=lambda length_m: length_m * 1e9,
)

#: Rounded, as numbers are published.
PUBLISHED = Digits(
    leg_km=lambda length_m: (
        round(length_m / 1000) if length_m >= _WHOLE_M else rounded(length_m / 1000)
    ),
    way_km=lambda length_m: rounded(length_m / 1000),
    least_km=said_km,
    drawn_km=_drawn_km,
    drawn_leg_km=lambda drawn_m: _drawn_km(drawn_m, _MOST_OF_LEG),
    beyond_km=lambda length_m, error_m: about(length_m / 1000, error_m / 1000),
    bearing_deg=round,
    share=lambda share: round(1 / rung, 4) if (rung := one_in(share)) else 0.0,
    part=_part,
    times=lambda times: round(times, 1),
    factor=lambda factor: round(factor, 2),
    differ_nm=lambda length_m: round(length_m * 1e9, 3),
)


def decimals_of(span_deg: float) -> int:
    """Decimals of a degree that positions of what is so wide are drawn with: no more than are seen.

    >>> [decimals_of(span_deg) for span_deg in (40.0, 1.0, 0.9, 0.1, 0.09, 0.003, 0.0)]
    [3, 3, 4, 4, 5, 5, 5]
    """
    needed = math.ceil(math.log10(_STEPS / span_deg)) if span_deg > 0 else _FINEST
    return min(max(needed, _COARSEST), _FINEST)


def position(lonlat: tuple[float, float], decimals: int = _FINEST) -> tuple[float, float]:
    """Longitude and latitude in degrees, as finely as a published position is drawn."""
    return round(lonlat[0], decimals), round(lonlat[1], decimals)
