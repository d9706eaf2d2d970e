"""How far a place may be off, in the unit it was told in: within 50 miles, and not within 80.47 km."""

from __future__ import annotations

import math

from escape_route.geography.cells import half_diagonal_m
from escape_route.language.catalogues import Words
from escape_route.model.journey import GENERALISED, Waypoint
from escape_route.model.units import UNITS

_TOLD_IN = ("km", "mi", "nmi")  # the first in which a radius is a round number
_ROUND = 3  # significant digits that people give a radius at the most
_SLACK = 1e-5
_KM, _SHORT_M = 1_000.0, 1_000.0
_METRIC = ("km", "m")
_DIGITS = 2


def within(waypoint: Waypoint, words: Words) -> str:
    """How far a place may be off, as it was told, or as it was made for publication; else empty."""
    if waypoint.uncertainty_m is None or waypoint.withheld:
        return ""
    told_m = _told_m(waypoint, waypoint.uncertainty_m)
    if told_m is not None:
        return words.word("page.told_within", length=radius(told_m, words))
    return words.word("page.within", length=radius_of(waypoint, words))


def radius_of(waypoint: Waypoint, words: Words) -> str:
    """Radius of a place that has one, in the unit that it was told in."""
    return radius(waypoint.uncertainty_m or 0.0, words, waypoint.uncertainty_unit)


def _told_m(waypoint: Waypoint, reach_m: float) -> float | None:
    """Radius that was told of a place which is published in a cell: what it reaches, less the cell. None of a point."""
    cell = waypoint.cell
    by_us = (waypoint.data_generalizations or "").startswith(f"point {GENERALISED}")
    if not by_us or cell is None or waypoint.label is None:
        return None
    told_m = reach_m - half_diagonal_m(waypoint.label, cell)
    sizes_m = (UNITS[unit].size for unit in _TOLD_IN)
    meant = (float(f"{told_m / size_m:.{_DIGITS}g}") * size_m for size_m in sizes_m)
    if told_m > 1:
        return next((radius_m for radius_m in meant if 0 <= told_m - radius_m <= 1), None)
    return None


def radius(length_m: float, words: Words, told_in: str | None = None) -> str:
    """Radius in the unit that it was told in, else in that in which it is round, else rounded up to two digits.

    >>> from escape_route.language.catalogues import Words
    >>> [radius(each, Words()) for each in (80_467.2, 200_000, 206_512, 500, 1_609.344, 12.5)]
    ['50 miles (81 km)', '200 km', '210 km', '500 m', '1 mile (1.7 km)', '12.5 m']
    >>> radius(9_260, Words()), radius(9_250, Words()), radius(100_000, Words(), "li")
    ('5 nautical miles (9.3 km)', '9.25 km', '200 li (100 km)')
    """
    unit = told_in or _round_in(length_m)
    if unit is None or unit in _METRIC or (told_in is None and length_m < _SHORT_M):
        return _metric(length_m, words, exactly=unit in _METRIC)
    number = round(length_m / UNITS[unit].size, 3)
    said = words.counted(f"unit.{unit}", number, n=words.marked(f"{number:,.10g}"))
    return words.word("stated.in_km", n=said, km=_metric(length_m, words))


def _round_in(length_m: float) -> str | None:
    """Unit in which a radius has the fewest digits, if they are few."""
    digits = {unit: _digits_of(length_m / UNITS[unit].size) for unit in _TOLD_IN}
    best = min(digits, key=lambda unit: digits[unit])
    return best if digits[best] <= _ROUND else None


def _digits_of(number: float) -> int:
    """Significant digits that a number has, nearly; more than people give where it has many."""
    few = (
        digits
        for digits in range(1, _ROUND + 1)
        if abs(number - float(f"{number:.{digits}g}")) <= _SLACK * number
    )
    return next(few, _ROUND + 1) if number > 0 else _ROUND + 1


def _metric(length_m: float, words: Words, *, exactly: bool = False) -> str:
    """Length in metres or kilometres; rounded up, so that it still holds the place."""
    if not exactly:
        unit = 10.0 ** (math.floor(math.log10(length_m)) - _DIGITS + 1)
        length_m = math.ceil(round(length_m / unit, 6)) * unit
    if length_m < _SHORT_M:
        return words.word("unit.m", n=words.marked(f"{length_m:,.10g}"))
    return words.word("unit.km", n=words.marked(f"{length_m / _KM:,.10g}"))
