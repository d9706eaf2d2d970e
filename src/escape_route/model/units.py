"""What a claim counts, and the units that a number was stated in: a row each, with all that is said of it.

The units stand in `units.toml`, a table each. The words of a row stand in the catalogues as
``quantity.<word>``, ``unit.<name>`` and, where a number may have been meant in the unit or its
length must be said, ``unit_name.<name>``.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Self

from escape_route import packaged
from escape_route.model.vocabulary import Word

MOST = 1_000_000_000  # of anything that is counted or measured here
_STEM = 4  # letters that units of one kind begin with: leag, stad
_MOST_NEAR = 6


class Quantity(Word):
    """What a claim counts; a quantity without a unit below is a plain number of something."""

    DISTANCE = "distance"
    BROKERS = "brokers"
    PEOPLE = "people"
    BORDERS = "borders"
    DURATION = "duration"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by the name that a file has for it.

    `size` is in metres, or in hours. It was in use at `place` from `first_year` to `last_year`,
    None where open. A number may have been meant in it that was told in one of `languages` ("*" is
    any) of a way through one of `countries` (none: anywhere). `also` are other spellings.
    """

    name: str
    quantity: Quantity
    size: float
    place: str
    first_year: int | None
    last_year: int | None
    source: str
    countries: frozenset[str]
    languages: frozenset[str]
    also: tuple[str, ...]


class ToldLength(float):
    """Length in metres that was told in a unit."""

    __slots__ = ("unit",)
    unit: str

    def __new__(cls, number: float, unit: str) -> Self:
        """So many of a unit."""
        made = super().__new__(cls, number * UNITS[unit].size)
        made.unit = unit
        return made


def told_in(length_m: object) -> str | None:
    """Unit that a length in metres was told in; None where nobody said, and of kilometres."""
    unit = length_m.unit if isinstance(length_m, ToldLength) else "km"
    return None if unit == "km" else unit


def _unit(name: str, row: dict[str, Any]) -> Unit:
    return Unit(
        name=name,
        quantity=Quantity(row.get("quantity", Quantity.DISTANCE)),
        size=float(row["size"]),
        place=row.get("place", "everywhere"),
        first_year=row.get("first_year"),
        last_year=row.get("last_year"),
        source=row.get("source", ""),
        countries=frozenset(row.get("countries", "").split()),
        languages=frozenset(row.get("languages", "").split()),
        also=tuple(filter(None, row.get("also", "").split(", "))),
    )


#: Every unit by its name.
UNITS: dict[str, Unit] = {
    name: _unit(name, row) for name, row in packaged.table("model/units.toml").items()
}


def units_of(quantity: Quantity) -> tuple[str, ...]:
    """Names of the units of a quantity; none where it is counted."""
    return tuple(unit.name for unit in UNITS.values() if unit.quantity is quantity)


#: Quantities that have no unit.
COUNTED = tuple(quantity for quantity in Quantity if not units_of(quantity))

HEADERS = ("unit", "length", "where", "when", "source")


def rows() -> list[tuple[str, str, str, str, str]]:
    """Every unit of distance as a row of text under `HEADERS`, for the spreadsheet and the documents."""
    return [
        (unit.name, f"{unit.size:,.10g} m", unit.place, _when(unit), unit.source)
        for unit in UNITS.values()
        if unit.quantity is Quantity.DISTANCE
    ]


def _when(unit: Unit) -> str:
    first, last = (
        "" if year is None else f"{-year} BC" if year < 0 else str(year)
        for year in (unit.first_year, unit.last_year)
    )
    return f"{first} to {last}" if last else f"from {first}"


def units_called(text: str, quantity: Quantity = Quantity.DISTANCE) -> tuple[str, ...]:
    """Units of a quantity that a word may mean: the one of that name, else all that are called so.

    >>> units_called("Miles"), units_called("ri"), units_called("days"), units_called("days", Quantity.DURATION)
    (('mi',), ('ri_korean', 'ri_japanese'), (), ('d',))
    """
    plain = " ".join(text.lower().split())
    named = [name for name in units_of(quantity) if name == plain]
    return tuple(named or (name for name in units_of(quantity) if plain in UNITS[name].also))


def nearest(name: str, quantity: Quantity) -> tuple[str, ...]:
    """Units that a name may mean: those also called so or that begin so, else those spelt nearly so.

    >>> nearest("versts", Quantity.DISTANCE), nearest("Stadia", Quantity.DISTANCE)[:2]
    (('verst',), ('stadion_attic', 'stadion_olympic'))
    >>> nearest("kos", Quantity.DISTANCE)
    ()
    """
    plain = name.strip().lower().replace(" ", "_")
    known = [UNITS[unit] for unit in units_of(quantity)]
    alike = [unit.name for unit in known if plain in (word.replace(" ", "_") for word in unit.also)]
    if len(plain) >= _STEM:
        alike += [unit.name for unit in known if unit.name.startswith(plain[:_STEM])]
    return tuple(dict.fromkeys(alike))[:_MOST_NEAR] or tuple(
        get_close_matches(plain, units_of(quantity))
    )
