"""How far a place may be off, in the unit it was told in: within 50 miles, and not within 80.47 km."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from escape_route.geography.cells import half_diagonal_m
from escape_route.model.units import UNITS, Quantity, units_of
from escape_route.protection.sensitivity import GENERALISED, cell_of

if TYPE_CHECKING:
    from escape_route.language.catalogues import Words
    from escape_route.model.journey import Waypoint

_TOLD_IN = ("km", "mi", "nmi")  # the first in which a radius is a round number
_ROUND = 3  # significant digits that people give a radius at the most
_SLACK, _EXACTLY = 1e-5, 1e-9
_KM, _SHORT_M = 1_000.0, 1_000.0
_DIGITS = 2


def within(waypoint: Waypoint, words: Words) -> str:
    """How far a place may be off, as it was told, or as it was made for publication; else empty."""
    if waypoint.uncertainty_m is None or waypoint.withheld:
        return ""
    told_m = _told_m(waypoint, waypoint.uncertainty_m)
    if told_m is not None:
        return words.word("page.told_within", length=radius(told_m, words))
    return words.word("page.within", length=radius(waypoint.uncertainty_m, words))


def _told_m(waypoint: Waypoint, reach_m: float) -> float | None:
    """Radius that was told of a place which is published in a cell: what it reaches, less the cell. None of a point."""
    cell = cell_of(waypoint)
    by_us = (waypoint.data_generalizations or "").startswith(f"point {GENERALISED}")
    if not by_us or cell is None or waypoint.label is None:
        return None
    told_m = reach_m - half_diagonal_m(waypoint.label, cell)
    sizes_m = (UNITS[unit].size for unit in _TOLD_IN)
    meant = (float(f"{told_m / size_m:.{_DIGITS}g}") * size_m for size_m in sizes_m)
    return next((each for each in meant if 0 <= told_m - each <= 1), None) if told_m > 1 else None


def radius(length_m: float, words: Words) -> str:
    """Radius in the unit in which it is a round number, else rounded up to two digits.

    Examples
    --------
    >>> from escape_route.language.catalogues import Words
    >>> [radius(each, Words()) for each in (80_467.2, 200_000, 206_512, 500, 1_609.344, 12.5)]
    ['50 miles (81 km)', '200 km', '210 km', '500 m', '1 mile (1.7 km)', '12.5 m']
    >>> radius(9_260, Words()), radius(9_250, Words()), radius(5_334, Words())
    ('5 nautical miles (9.3 km)', '9.25 km', '5 versts (5.4 km)')
    """
    found = _told_in(length_m)
    if found is None or found == "km" or length_m < _SHORT_M:
        return _metric(length_m, words, exactly=found == "km")
    number = round(length_m / UNITS[found].size, 3)
    told = words.counted(f"unit.{found}", number, n=words.marked(f"{number:,.10g}"))
    return words.word("stated.in_km", n=told, km=_metric(length_m, words))


def _told_in(length_m: float) -> str | None:
    """Unit in which a radius has the fewest digits, of old ones where it is as round as people tell one; else None."""
    digits = {unit: _digits_of(length_m / UNITS[unit].size, _SLACK) for unit in _TOLD_IN}
    found = min(digits, key=lambda unit: digits[unit])
    if digits[found] <= _ROUND:
        return found
    others = (unit for unit in units_of(Quantity.DISTANCE) if unit not in {*_TOLD_IN, "m"})
    return next((unit for unit in others if _digits_of(length_m / UNITS[unit].size, _EXACTLY) <= _DIGITS), None)


def _digits_of(number: float, slack: float) -> int:
    """Significant digits that a number has, within a slack; more than people give where it has many."""
    few = (digits for digits in range(1, _ROUND + 1) if abs(number - float(f"{number:.{digits}g}")) <= slack * number)
    return next(few, _ROUND + 1) if number > 0 else _ROUND + 1


def _metric(length_m: float, words: Words, *, exactly: bool = False) -> str:
    """Length in metres or kilometres; rounded up, so that it still holds the place."""
    if not exactly:
        unit = 10.0 ** (math.floor(math.log10(length_m)) - _DIGITS + 1)
        length_m = math.ceil(round(length_m / unit, 6)) * unit
    if length_m < _SHORT_M:
        return words.word("unit.m", n=words.marked(f"{length_m:,.10g}"))
    return words.word("unit.km", n=words.marked(f"{length_m / _KM:,.10g}"))
