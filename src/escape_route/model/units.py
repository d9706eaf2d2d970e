"""What a claim counts, and the units that a number was stated in: a row each, with all that is said of it.

The words of a row stand in the catalogues as ``quantity.<word>`` and ``unit.<name>``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from escape_route.model.vocabulary import Row, Word

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet


class Quantity(Word):
    """What a claim counts; a quantity without a unit below is a plain number of something."""

    DISTANCE = Row("distance", ("length", "way"))
    BROKERS = "brokers"
    PEOPLE = "people"
    BORDERS = "borders"
    DURATION = Row("duration", ("time",))


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by the name that a file has for it.

    `size` is in metres, or in hours. A number that does not fit may have been meant in a unit that is `mistaken`;
    `countries` are those where it is, or was, a measure, and where one of them has a place of the journey; none: all.
    """

    name: str
    quantity: Quantity
    size: float
    also: tuple[str, ...] = ()
    mistaken: bool = False
    countries: frozenset[str] = frozenset()

    def is_known_in(self, countries: AbstractSet[str]) -> bool:
        """Whether it is, or was, a measure in any of these countries."""
        return not self.countries or not self.countries.isdisjoint(countries)


_EAST_ASIA = frozenset({"CN", "HK", "JP", "KP", "KR", "MN", "MO", "TW", "VN"})

#: Every unit by its name; the first of a quantity is the one that a number is in where nothing else is said.
UNITS = {
    unit.name: unit
    for unit in (
        Unit(
            "km",
            Quantity.DISTANCE,
            1_000.0,
            ("kilometres", "kilometers", "kilometre", "kilometer", "kms"),
            mistaken=True,
        ),
        Unit("m", Quantity.DISTANCE, 1.0, ("metres", "meters", "metre", "meter")),
        Unit("mi", Quantity.DISTANCE, 1_609.344, ("miles", "mile"), mistaken=True),
        Unit("nmi", Quantity.DISTANCE, 1_852.0, ("nautical miles", "nautical mile", "nm"), mistaken=True),
        Unit("li", Quantity.DISTANCE, 500.0, mistaken=True, countries=_EAST_ASIA),
        Unit("h", Quantity.DURATION, 1.0, ("hours", "hour", "hrs")),
        Unit("d", Quantity.DURATION, 24.0, ("days", "day")),
    )
}


def units_of(quantity: Quantity) -> tuple[str, ...]:
    """Names of the units of a quantity; none where it is counted."""
    return tuple(unit.name for unit in UNITS.values() if unit.quantity is quantity)


#: Quantities that have no unit.
COUNTED = tuple(quantity for quantity in Quantity if not units_of(quantity))
