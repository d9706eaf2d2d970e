"""The sources of a journey, and who cites them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escape_route.fields import ids_by_name, suggest_bearer
from escape_route.model import values
from escape_route.model.journey import Source
from escape_route.strict_json import show

if TYPE_CHECKING:
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
