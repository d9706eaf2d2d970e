"""What other parts of a file are named by and referred to, ids and their order; and stated numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from escape_route.errors import Problem
from escape_route.model.units import COUNTED, MOST, UNITS, Quantity, nearest, units_of
from escape_route.model.vocabulary import Wording
from escape_route.strict_json import Fields, ids_by_name, show, suggest_bearer


class Order:
    """The waypoints of a journey as they follow one another, with the names of each.

    `is_whole` says whether every feature could be read. Where it could not, an unknown id may be
    that one's: nothing is said of it, nor of a name where an id stands twice: that is what is
    wrong.
    """

    def __init__(self, named: Sequence[tuple[str, Iterable[str]]], *, is_whole: bool) -> None:
        """Number them."""
        self._index = {id_: index for index, (id_, _) in enumerate(named)}
        self._bearers = ids_by_name(named)
        self._is_whole = is_whole
        self._is_numbered = len(self._index) == len(named)

    def legs_between(self, fields: Fields, start: str, end: str) -> int | None:
        """Count of legs between the waypoints of the members ``from`` and ``to``, below 0 where the latter comes first.

        None where one of them is unknown, which is noted.
        """
        for name, stop in (("from", start), ("to", end)):
            is_why = (
                not self._is_numbered and stop.strip().lower() in self._bearers
            )  # a name, of ids that stand twice
            if stop and stop not in self._index and self._is_whole and not is_why:
                fix = suggest_bearer(stop, self._bearers, self._index)
                fields.fault(name, f"no waypoint {show(stop)}", fix, rule="unknown-name")
        if start not in self._index or end not in self._index:
            return None
        return self._index[end] - self._index[start]


_ID_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
_LONGEST_MADE = 98  # letters: two fewer than an id may have

#: What Windows keeps for devices, with any ending: no file can bear it.
_DEVICES = frozenset(
    (
        "con",
        "prn",
        "aux",
        "nul",
        *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)),
    )
)


def identifier(fields: Fields) -> str:
    """Id of a journey, a source or a claim; empty where it is missing."""
    value = fields.text("id", needed=True) or ""
    if not is_id(value):
        fields.fault(
            "id",
            f"{show(value)} has more than letters, digits, hyphens and underlines",
            _as_id(value),
        )
    elif value.casefold() in _DEVICES:
        fields.fault(
            "id", f"{show(value)} names a device on Windows, and no file", f'such as "{value}-1"'
        )
    return value


def id_of(name: str) -> str:
    """Id made of the name of a file; "journey" where it has no letter for it."""
    slug = (
        re.sub(f"[^{re.escape(_ID_LETTERS)}]+", "-", name).strip("-")[:_LONGEST_MADE] or "journey"
    )
    return f"{slug}-1" if slug.casefold() in _DEVICES else slug


def feature_id(feature: Fields) -> str:
    """Id of a feature, which RFC 7946 lets be a number; empty where it is missing."""
    value = feature.raw("id", needed=True)
    if value is None:
        return ""
    if not isinstance(value, str):
        value = f"{value:g}" if isinstance(value, float) else str(value)
    if not value or not is_id(value):
        message = f"{show(value)} is empty or has more than letters, digits, hyphens and underlines"
        feature.fault("id", message, _as_id(value))
    return value


def is_id(value: str) -> bool:
    """Whether a text has only what an id may have."""
    return all(letter in _ID_LETTERS for letter in value)


def _as_id(text: str) -> str:
    plain = re.sub(f"[^{re.escape(_ID_LETTERS)}]+", "-", text).strip("-")
    return f'such as "{plain}"' if plain else ""


def note_twice(ids: Iterable[str], problems: list[Problem], place: str, what: str) -> None:
    """Note each id that comes again."""
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            message = f'two of them have the {what} id "{id_}"'
            problems.append(Problem(place, message, "ids must differ", "same-id-twice"))
        seen.add(id_)


_NAME = re.compile(r"[^\s\d_][^\n\d]*")
_LONGEST_NAME = 40
_COUNTED = f"{', '.join(COUNTED[:-1])} and {COUNTED[-1]}"


def above_0(fields: Fields, name: str, *, needed: bool = False) -> float | None:
    """Read a number that is above 0."""
    value = fields.number(name, needed=needed)
    if value is not None and not 0 < value <= MOST:
        fields.fault(
            name, f"{value:g} is not above 0 and at most {MOST:,}", "the number as it was stated"
        )
    return value


def value_to(fields: Fields, value: float | None, wording: Wording) -> float | None:
    """Higher end of a range, which may be about, or nearly, and is open at neither side."""
    value_to = above_0(fields, "value_to")
    if value_to is None or value is None:
        return None
    if value_to <= value:
        if value_to == value:
            fix = "a number alone, without value_to"
        else:
            fix = "the two the other way round"
        fields.fault(
            "value_to", f"{value_to:,.10g} is not above {value:,.10g}, where the range begins", fix
        )
    if any(map(math.isinf, wording.row.reach)):
        message = f'a range is told as it is, or as "about", not as "{wording}"'
        fields.fault("wording", message, "leave out wording, or value_to")
    return value_to


def unit_stated(fields: Fields, quantity: Quantity, unit_m: float | None = None) -> str | None:
    """Read a unit of a quantity; of a distance one of the file's own too, where its metres are given."""
    if unit_m is not None:
        return _own_unit(fields, quantity, fields.text("unit", needed=True))
    return unit_of(fields, "unit", quantity, needed=bool(units_of(quantity)))


def unit_reason(fields: Fields, unit_m: float | None) -> str | None:
    """Why a unit of the file's own is taken to be so long."""
    reason = fields.text("unit_reason", needed=unit_m is not None)
    if reason is not None and fields.raw("unit_m") is None:
        fields.fault("unit_m", "missing beside unit_reason", "the metres of the unit")
    return reason


def _own_unit(fields: Fields, quantity: Quantity, unit: str | None) -> str | None:
    if quantity is not Quantity.DISTANCE:
        fields.fault("unit_m", f"a {quantity} has no metres", "leave it out")
    elif unit in UNITS:
        size = f"{UNITS[unit].size:,.10g}"
        message = f"{show(unit)} is {size} m here"
        fields.fault("unit_m", message, "leave unit_m out, or give the unit another name")
    elif unit is not None and (len(unit) > _LONGEST_NAME or not _NAME.fullmatch(unit)):
        fields.fault("unit", f"{show(unit)} is no name of a unit", "a word or two, without figures")
    return unit


def unit_of(fields: Fields, name: str, quantity: Quantity, *, needed: bool = False) -> str | None:
    """Unit that a member names, noting what is none of the quantity."""
    unit = fields.text(name, needed=needed)
    if unit is not None and unit not in units_of(quantity):
        fields.fault(name, f"{show(unit)} is not a unit of {quantity}", _unit_meant(unit, quantity))
    return unit


def _unit_meant(unit: str, quantity: Quantity) -> str:
    if quantity in COUNTED:
        return f"write null: {_COUNTED} are counted"
    if quantity is Quantity.DISTANCE and any(
        word.isalpha() and nearest(word, Quantity.DURATION) for word in unit.split()
    ):
        return "a time and no length: the quantity duration, its unit, and in mode how one went"
    near = [show(name) for name in nearest(unit, quantity)]
    if near:
        several = f"{', '.join(near[:-1])} or " if near[1:] else ""
        return f"did you mean {several}{near[-1]}?"
    listed = f"one of {', '.join(units_of(quantity))}"
    own = "; any other with its metres in unit_m and why in unit_reason"
    return listed + (own if quantity is Quantity.DISTANCE else "")
