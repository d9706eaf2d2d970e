"""Which waypoint comes after which: traced legs and claims name two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escape_route.fields import ids_by_name, suggest_bearer
from escape_route.strict_json import show

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from escape_route.fields import Fields


class Order:
    """The waypoints of a journey as they follow one another.

    Parameters
    ----------
    named
        Id of each waypoint and its names, in the order of the file.
    is_whole
        Whether every feature could be read. Where it could not, an unknown id may be that one's: nothing is said of it.
    """

    def __init__(self, named: Sequence[tuple[str, Iterable[str]]], *, is_whole: bool) -> None:
        """Number them."""
        self._index = {each: index for index, (each, _) in enumerate(named)}
        self._bearers = ids_by_name(named)
        self._is_whole = is_whole

    def legs_between(self, fields: Fields, start: str, end: str) -> int | None:
        """Count of legs from one waypoint to another, below 0 where it comes before; an unknown one is noted, and None.

        Parameters
        ----------
        fields
            The object that has them as its members ``from`` and ``to``.
        start, end
            Ids of the two.
        """
        for name, each in (("from", start), ("to", end)):
            if each and each not in self._index and self._is_whole:
                fix = suggest_bearer(each, self._bearers, self._index)
                fields.fault(name, f"no waypoint {show(each)}", fix, rule="unknown-name")
        if start not in self._index or end not in self._index:
            return None
        return self._index[end] - self._index[start]
