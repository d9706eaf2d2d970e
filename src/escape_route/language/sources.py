"""The sources of a journey as a reader meets them: numbered, and named in short."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from escape_route.language.plain import like
from escape_route.model.journey import Journey
from escape_route.model.vocabulary import SourceKind


class Citing(Protocol):
    """What cites sources, perhaps with where in them it stands."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of its sources."""

    @property
    def sources_at(self) -> Mapping[str, str]:
        """Where in a source it stands, by its id."""


_NOT_LATIN = re.compile(r"[\u0370-\u1dff\u3040-\ud7ff]")
_WITHOUT_LATIN = re.compile(
    r"(ar|be|bg|el|fa|he|hi|hy|ja|ka|km|ko|lo|mn|my|ne|ps|ru|ta|th|ti|uk|ur|zh)\b"
)
_TOLD_BY_LETTERS = (("ko", re.compile(r"[\uac00-\ud7a3]")), ("ja", re.compile(r"[\u3040-\u30ff]")))
#: A title up to a comma or a bracket; within quotation marks, and before a figure, a comma parts
#: nothing.
_HEAD = re.compile(
    r"(?:“[^”]*”|\"[^\"]*\"|«[^»]*»|„[^“”]*[“”]|「[^」]*」|『[^』]*』|《[^》]*》|[^,(（，、،]|,(?=\d)|(?<! )\()*"
)
_MOST_SIGNS = 60  # of a title where it is cited in short [judgement]


def _in_short(title: str) -> str:
    """Who published a source: its title up to a comma or a bracket that no quotation marks hold, cut at a word."""
    head = (_HEAD.match(title) or [""])[0].strip() or title
    cut = head[:_MOST_SIGNS].rpartition(" ")[0] if len(head) > _MOST_SIGNS else ""
    return f"{cut}…" if cut else head


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source with its number, counted from 1 in the order in which a reader meets them.

    `called` is who published it, in short; its whole title where another would be called the same.
    """

    id: str
    number: int
    title: str
    url: str | None
    language: str | None
    note: str | None
    kind: SourceKind | None = None
    called: str = ""

    @property
    def title_language(self) -> str:
        """Language to read its title in, which need not be that of its text; empty where its letters do not tell.

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
        return next(
            (language for language, letters in _TOLD_BY_LETTERS if letters.search(self.title)), ""
        )


@dataclass(frozen=True, slots=True)
class SourceList:
    """All sources of a journey, in the order of their numbers."""

    numbered: tuple[SourceView, ...]

    @classmethod
    def of(cls, journey: Journey) -> SourceList:
        """Number the sources of a journey; those that nothing cites come last."""
        by_id = {source.id: source for source in journey.sources}
        met = dict.fromkeys(_met(journey))
        listed = [by_id[source_id] for source_id in met]
        named_so = Counter(_in_short(title) for title in {source.title for source in listed})
        return cls(
            tuple(
                like(
                    SourceView,
                    source,
                    number=number,
                    called=short if named_so[short] == 1 else source.title,
                )
                for number, source in enumerate(listed, start=1)
                for short in [_in_short(source.title)]
            )
        )

    def cited(self, ids: Iterable[str]) -> list[SourceView]:
        """Sources of these ids, each once."""
        by_id = {source.id: source for source in self.numbered}
        return [by_id[source_id] for source_id in dict.fromkeys(ids)]


@dataclass(frozen=True, slots=True)
class Cited:
    """Sources of several statements, and where in them these stand."""

    sources: tuple[str, ...] = ()
    sources_at: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, parts: Iterable[Citing]) -> Cited:
        """All that is cited, each source once; where two stand at different places of one source, both are named."""
        sources: dict[str, dict[str, None]] = {}
        for part in parts:
            for source in part.sources:
                sources.setdefault(source, {}).update(
                    dict.fromkeys(filter(None, [part.sources_at.get(source)]))
                )
        return cls(
            tuple(sources),
            {source: "; ".join(places) for source, places in sources.items() if places},
        )

    @classmethod
    def of_leg(cls, journey: Journey, start: str, end: str) -> Cited:
        """What a leg rests on: the account of its end, of the first leg also of where it begins, and of its line."""
        first = journey.waypoints[0]
        places = [first] * (start == first.id) + [journey.waypoints[journey.index_of(end)]]
        return cls.of([*places, *(trace for trace in journey.traces if trace.end == end)])


def by_id(citing: Citing) -> str:
    """Ids of sources with where in them something stands: S1, p. 12.

    >>> by_id(Cited(("S1", "S2"), {"S1": "p. 12"}))
    'S1, p. 12; S2'
    """
    joint = "; " if citing.sources_at else ", "
    return joint.join(
        ", ".join(filter(None, [source, citing.sources_at.get(source)]))
        for source in citing.sources
    )


def _met(journey: Journey) -> Iterator[str]:
    """Ids in the order in which a reader meets them."""
    for waypoint in journey.waypoints:
        for statements in waypoint.narration.values():
            for statement in statements:
                yield from statement.sources
        for text in (waypoint.scene, waypoint.quote):
            yield from text.sources if text else ()
        yield from waypoint.sources
    for claim in journey.claims:
        yield from claim.sources
    for note in journey.notes:
        yield from note.sources
    for source in journey.sources:
        yield source.id
