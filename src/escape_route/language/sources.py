"""The sources of a journey as a reader meets them: numbered, and named in short."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from escape_route.model.journey import Journey


_NOT_LATIN = re.compile(r"[\u0370-\u1dff\u3040-\ud7ff]")
_WITHOUT_LATIN = re.compile(r"(ar|be|bg|el|fa|he|hi|hy|ja|ka|km|ko|lo|mn|my|ne|ps|ru|ta|th|ti|uk|ur|zh)\b")
_TOLD_BY_LETTERS = (("ko", re.compile(r"[\uac00-\ud7a3]")), ("ja", re.compile(r"[\u3040-\u30ff]")))


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source with its number, counted from 1 in the order in which a reader meets them."""

    id: str
    number: int
    title: str
    url: str | None
    language: str | None
    note: str | None

    @property
    def short(self) -> str:
        """Who published it: its title up to a comma or a bracket."""
        return re.split(r",| \(", self.title)[0]

    @property
    def title_language(self) -> str:
        """Language to read its title in, which need not be that of its text; empty where its letters do not tell.

        Examples
        --------
        >>> SourceView("S11", 11, "Maeil Business, 23 Jan 2024", None, "ko", None).title_language
        'en'
        >>> SourceView("S11", 11, "매일경제", None, None, None).title_language
        'ko'
        """
        written_in_latin = not _NOT_LATIN.search(self.title)
        own = self.language or ""
        if own and bool(_WITHOUT_LATIN.match(own)) != written_in_latin:
            return own
        if written_in_latin:
            return "en"
        return next((language for language, letters in _TOLD_BY_LETTERS if letters.search(self.title)), "")


@dataclass(frozen=True, slots=True)
class SourceList:
    """All sources of a journey, in the order of their numbers."""

    numbered: tuple[SourceView, ...]

    @classmethod
    def of(cls, journey: Journey) -> SourceList:
        """Number the sources of a journey; those that nothing cites come last."""
        by_id = {source.id: source for source in journey.sources}
        order = enumerate(dict.fromkeys(_met(journey)), start=1)
        listed = ((number, by_id[source_id]) for number, source_id in order)
        return cls(tuple(SourceView(s.id, number, s.title, s.url, s.language, s.note) for number, s in listed))

    def cited(self, ids: Iterable[str]) -> list[SourceView]:
        """Sources of these ids, each once."""
        by_id = {source.id: source for source in self.numbered}
        return [by_id[source_id] for source_id in dict.fromkeys(ids)]


def _met(journey: Journey) -> Iterator[str]:
    """Ids in the order in which a reader meets them."""
    for waypoint in journey.waypoints:
        for statements in waypoint.narration.values():
            for statement in statements:
                yield from statement.sources
        for told in (waypoint.scene, waypoint.quote):
            yield from told.sources if told else ()
        yield from waypoint.sources
    for claim in journey.claims:
        yield from claim.sources
    for note in journey.notes:
        yield from note.sources
    for source in journey.sources:
        yield source.id
