"""What the rest of a file refers to: its sources, and which waypoint comes after which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escape_route.fields import ids_by_name, suggest_bearer
from escape_route.model import values
from escape_route.model.journey import Source
from escape_route.strict_json import show

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from escape_route.fields import Fields


class Sources:
    """The sources that a journey lists, for the rest of it to cite.

    Parameters
    ----------
    top
        The member ``journey`` of the file.
    """

    def __init__(self, top: Fields) -> None:
        """Read them."""
        self.listed = tuple(_source(fields) for fields in top.objects("sources", needed=True))
        told = top.members.get("sources")
        self._are_all = isinstance(told, list) and len(told) == len(self.listed)  # every one could be read
        self._ids = tuple(source.id for source in self.listed)
        self._known = frozenset(self._ids)
        self._titled = ids_by_name((source.id, (source.title, source.id)) for source in self.listed)
        values.note_twice(self._ids, top.problems, "journey.sources", "source")

    def cited(self, fields: Fields, *, needed: bool) -> tuple[str, ...]:
        """Ids of the sources that an object cites."""
        cited = fields.texts("sources", needed=needed)
        for each in cited:
            if each not in self._known and self._are_all:
                fix = suggest_bearer(each, self._titled, self._ids)
                fields.fault("sources", f"no source {show(each)} in journey.sources", fix, rule="unknown-name")
        if needed and fields.members.get("sources") == []:
            way_out = ", or give the status inferred" if "status" in fields.members else ""
            fields.fault("sources", "empty", f"name a source{way_out}", rule="without-source")
        return cited


def _source(fields: Fields) -> Source:
    url = fields.text("url")
    if url is not None and not url.startswith(("https://", "http://")):
        fields.fault("url", f"{show(url)} is not a web address", "start it with https://, or write null")
    return Source(
        id=values.identifier(fields),
        title=fields.text("title", needed=True) or "",
        url=url,
        language=fields.text("language"),
        note=fields.text("note"),
    )


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
