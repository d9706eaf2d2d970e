"""A journey from a few lines of Python: its drafts are written as the GeoJSON of `geo/README.md`, the usual filled in.

What is written goes through `reading.read`, so that every rule and every message is the one of files; only the
place of a problem is said by the argument that caused it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from escape_route.errors import UsageError
from escape_route.model import members
from escape_route.model.make import ClaimDraft, PlaceDraft, in_words, modes_of, read_by_argument, refuse_unknown, titles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from escape_route.model import journey
    from escape_route.model.make import Cited, Words

_TEXTS = ("summary", "subject", "care")
_JOURNEY_MEMBERS = tuple(name for name in members.JOURNEY_MEMBERS if name not in {"format", "title", "claims"})


def build(
    title: Words,
    waypoints: Sequence[PlaceDraft],
    *,
    claims: Sequence[ClaimDraft] = (),
    source: Cited = (),
    **more: object,
) -> journey.Journey:
    """Make a journey of its parts; see `escape_route.journey`.

    Raises JourneyFileError with everything that is wrong, each by the argument that caused it.
    """
    _check_kinds(waypoints, claims)
    refuse_unknown("journey", more, _JOURNEY_MEMBERS, ("claims", "source"))
    draft = _Draft(waypoints, titles(source))
    features = [draft.feature(number) for number in range(len(waypoints))]
    stated = [draft.claim(number, each) for number, each in enumerate(claims)]
    named = str(more.pop("id", None) or slug(next(iter(in_words(title).values()), "")) or "journey")
    top: dict[str, object] = {"id": named, "title": in_words(title), "summary": in_words(title), "outcome": "reached"}
    top |= {
        name: in_words(value) if isinstance(value, str) and name in _TEXTS else value for name, value in more.items()
    }
    top |= {"sources": draft.cited.listed(more.get("sources")), "claims": stated}
    document = {"type": "FeatureCollection", "features": features, "journey": top}
    return read_by_argument(document, named, draft.names)


@dataclass(slots=True)
class _Cited:
    """Sources in the order in which they are first cited; each title has an id."""

    ids: dict[str, str] = field(default_factory=dict)

    def cite(self, named: Iterable[str]) -> list[str]:
        return [self.ids.setdefault(title, f"S{len(self.ids) + 1}") for title in named]

    def listed(self, more: object) -> list[object]:
        """Sources as the file has them; `more` are addresses by title: {"her diary": "https://..."}."""
        addresses = more if isinstance(more, Mapping) else {}
        self.cite(str(title) for title in addresses)
        return [{"id": each, "title": title, "url": addresses.get(title)} for title, each in self.ids.items()]


class _Draft:
    """One making: ids, and who cites what."""

    def __init__(self, waypoints: Sequence[PlaceDraft], usual: tuple[str, ...]) -> None:
        self.waypoints = waypoints
        self.usual = usual
        self.cited = _Cited()
        self.ids = _ids(waypoints)
        self.names = [each.name for each in waypoints]

    def feature(self, number: int) -> dict[str, object]:
        draft = self.waypoints[number]
        sources = self.cited.cite(draft.sources or self.usual)
        usual: dict[str, object] = {"role": self._role(number), "status": "single" if sources else "inferred"}
        properties = usual | draft.properties | {"sources": sources}
        properties["modes"] = modes_of(draft.by, properties["status"])
        if draft.told is not None:
            told = in_words(draft.told).items()
            properties["narration"] = {language: [{"text": text, "sources": sources}] for language, text in told}
        return {"type": "Feature", "id": self.ids[number], "geometry": draft.geometry, "properties": properties}

    def _role(self, number: int) -> str:
        if number == 0:
            return "start"
        if number == len(self.waypoints) - 1:
            return "reached"
        footprints = self.waypoints[number].properties.get("footprint")
        kinds = {str(each).partition(":")[0] for each in footprints} if isinstance(footprints, list) else set()
        return "stop" if not kinds else "passed" if kinds == {"country"} else "crossing"

    def claim(self, number: int, draft: ClaimDraft) -> dict[str, object]:
        ends = {"from": self._end(draft.start, 0), "to": self._end(draft.end, -1)}
        usual: dict[str, object] = {"id": f"c{number + 1}", "sources": self.cited.cite(draft.sources or self.usual)}
        return usual | draft.members | {"scope": ends | {"flight": draft.flight}}

    def _end(self, named: str | None, usual: int) -> str:
        """Id of a waypoint that was named by its id or by its name."""
        if named is None:
            return self.ids[usual] if self.ids else ""
        by_name = dict(zip(reversed(self.names), reversed(self.ids), strict=True))
        return named if named in self.ids else by_name.get(named, named)


def _check_kinds(waypoints: Sequence[object], claims: Sequence[object]) -> None:
    for number, each in enumerate(waypoints, start=1):
        if not isinstance(each, PlaceDraft):
            raise UsageError(f"journey: waypoint {number} is {type(each).__name__}, not made by waypoint(...)")
    for number, each in enumerate(claims):
        if not isinstance(each, ClaimDraft):
            raise UsageError(f"journey: claims[{number}] is {type(each).__name__}, not made by claim(...)")


def _ids(waypoints: Sequence[PlaceDraft]) -> list[str]:
    """Id of each: its own, or its name in the letters that ids have; numbered where two would be the same."""
    found: list[str] = []
    for number, each in enumerate(waypoints, start=1):
        wanted = each.id or slug(each.name) or f"place-{number}"
        same = each.id is None and wanted in found
        found.append(f"{wanted}-{number}" if same else wanted)
    return found


def slug(text: str) -> str:
    """Text in the letters that ids have; empty where it has none of them."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
