"""What other parts of a file are named by and referred to: ids, which waypoint comes after which, dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from escape_route.errors import Problem
from escape_route.model import dates, told_dates
from escape_route.strict_json import ids_by_name, show, suggest_bearer

if TYPE_CHECKING:
    from escape_route.strict_json import Fields


class Order:
    """The waypoints of a journey as they follow one another, with the names of each.

    `is_whole` says whether every feature could be read. Where it could not, an unknown id may be that one's: nothing
    is said of it.
    """

    def __init__(self, named: Sequence[tuple[str, Iterable[str]]], *, is_whole: bool) -> None:
        """Number them."""
        self._index = {each: index for index, (each, _) in enumerate(named)}
        self._bearers = ids_by_name(named)
        self._is_whole = is_whole

    def legs_between(self, fields: Fields, start: str, end: str) -> int | None:
        """Count of legs between the waypoints of the members ``from`` and ``to``, below 0 where the latter comes first.

        None where one of them is unknown, which is noted.
        """
        for name, each in (("from", start), ("to", end)):
            if each and each not in self._index and self._is_whole:
                fix = suggest_bearer(each, self._bearers, self._index)
                fields.fault(name, f"no waypoint {show(each)}", fix, rule="unknown-name")
        if start not in self._index or end not in self._index:
            return None
        return self._index[end] - self._index[start]


_ID_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
_LONGEST_MADE = 98  # letters: two fewer than an id may have

#: What Windows keeps for devices, with any ending: no file can bear it.
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
)


def identifier(fields: Fields) -> str:
    """Id of a journey, a source or a claim; empty where it is missing."""
    value = fields.text("id", needed=True) or ""
    if not is_id(value):
        fields.fault("id", f"{show(value)} has more than letters, digits, hyphens and underlines", _as_id(value))
    elif value.casefold() in _DEVICES:
        fields.fault("id", f"{show(value)} names a device on Windows, and no file", f'such as "{value}-1"')
    return value


def id_of(name: str, usual: str) -> str:
    """Id made of the name of a file; the usual one where it has no letter for it."""
    found = re.sub(f"[^{re.escape(_ID_LETTERS)}]+", "-", name).strip("-")[:_LONGEST_MADE] or usual
    return f"{found}-1" if found.casefold() in _DEVICES else found


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
    """How to write an id: the letters that it may have, as far as there are any."""
    plain = re.sub(f"[^{re.escape(_ID_LETTERS)}]+", "-", text).strip("-")
    return f'such as "{plain}"' if plain else ""


def note_twice(ids: Iterable[str], problems: list[Problem], place: str, what: str) -> None:
    """Note each id that comes again."""
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            message = f'two of them have the {what} id "{each}"'
            problems.append(Problem(place, message, "ids must differ", "same-id-twice"))
        seen.add(each)


def date(fields: Fields, name: str, *, needed: bool = False) -> str | None:
    """Date or time in EDTF."""
    value = fields.text(name, needed=needed)
    if value is not None and not dates.is_date(value):
        meant = told_dates.meanings(value)
        several = f", and may mean {len(meant)} dates" if len(meant) > 1 else ""
        fix = f"write {told_dates.each_way(meant)}" if meant else told_dates.ways(value)
        fields.fault(name, f"{show(value)} is not an EDTF date{several}", fix, rule="wrong-date")
    return value
