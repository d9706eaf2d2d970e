"""How far a place may be off, in the unit it was told in: within 50 miles, and not within 80.47 km."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from escape_route.model.units import UNITS

if TYPE_CHECKING:
    from escape_route.language.words import Words
    from escape_route.model.journey import Waypoint

_TOLD_IN = ("km", "mi", "nmi")  # the first in which a radius is a round number
_ROUND = 3  # significant digits that people give a radius at the most
_SLACK = 1e-5
_KM, _SHORT_M = 1_000.0, 1_000.0
_DIGITS = 2


def within(waypoint: Waypoint, words: Words) -> str:
    """How far a place may be off, as it was told, or as it was made for publication; else empty."""
    if waypoint.uncertainty_m is None or waypoint.withheld:
        return ""
    return words.word("page.within", length=radius(waypoint.uncertainty_m, words))


def radius(length_m: float, words: Words) -> str:
    """Radius in the unit in which it is a round number, else rounded up to two digits.

    Examples
    --------
    >>> from escape_route.language.words import Words
    >>> [radius(each, Words()) for each in (80_467.2, 200_000, 206_512, 500, 1_609.344, 12.5)]
    ['50 miles (81 km)', '200 km', '210 km', '500 m', '1 mile (1.7 km)', '12.5 m']
    """
    found = next((unit for unit in _TOLD_IN if _is_round(length_m / UNITS[unit].size)), None)
    if found is None or found == "km" or length_m < _SHORT_M:
        return _metric(length_m, words, exactly=found == "km")
    number = round(length_m / UNITS[found].size, 3)
    told = words.counted(f"unit.{found}", number, n=words.marked(f"{number:,.10g}"))
    return words.word("stated.in_km", n=told, km=_metric(length_m, words))


def _is_round(number: float) -> bool:
    if number <= 0:
        return False
    nearest = float(f"{number:.{_ROUND}g}")
    return abs(number - nearest) <= _SLACK * number


def _metric(length_m: float, words: Words, *, exactly: bool = False) -> str:
    """Length in metres or kilometres; rounded up, so that it still holds the place."""
    if not exactly:
        unit = 10.0 ** (math.floor(math.log10(length_m)) - _DIGITS + 1)
        length_m = math.ceil(round(length_m / unit, 6)) * unit
    if length_m < _SHORT_M:
        return words.word("unit.m", n=words.marked(f"{length_m:,.10g}"))
    return words.word("unit.km", n=words.marked(f"{length_m / _KM:,.10g}"))
