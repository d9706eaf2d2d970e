"""Parts of a journey that is made in Python, and the whole: `waypoint` tells a place, `claim` states a number.

The drafts are written as the GeoJSON of `geo/README.md`, the usual filled in, and read by
`model.read`, so that every rule and every message is the one of files; only the place of a problem
is said by the argument that caused it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias, cast

from escape_route import packaged
from escape_route.errors import JourneyFileError, Problem, UsageError, suggest
from escape_route.geography import base
from escape_route.model import journey, members, read

Words: TypeAlias = "str | Mapping[str, str]"
"""A text, taken to be English, or a text per language tag."""

Modes: TypeAlias = "str | Mapping[str, float]"
"""One mode of travel, or several with their weights, which add up to 1."""

Cited: TypeAlias = "str | Sequence[str]"
"""Title of a source, or of several; what is cited under one title is one source."""

_TOWN_KM, _SPOT_KM = 50.0, 1.0
_PLACE_MEMBERS = (
    *(
        "role",
        "precision",
        "within",
        "when",
        "stay",
        "modes_are",
        "leg",
        "status",
        "sensitivity",
        "withheld",
    ),
    *("near_previous_km", "uncertainty_unit", "verbatimLocality", "request"),
    *("dataGeneralizations", "informationWithheld"),
)
_TABLE = packaged.table("model/arguments.toml")
#: What an argument is called elsewhere, in files and by other programs.
_MEANT = {word: argument for argument, others in _TABLE["meant"].items() for word in others.split()}


@dataclass(frozen=True, slots=True)
class PlaceDraft:
    """A place of a journey that is being made; `escape_route.waypoint` makes it."""

    id: str | None
    geometry: dict[str, object] | None
    properties: dict[str, object]
    by: Modes = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    told: Words | None = None

    @property
    def name(self) -> str:
        """Its name, in the first language that it has one in."""
        return next(iter(in_words(self.properties["name"]).values()), "")  # type: ignore[arg-type]  # put in as words


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """A stated number of a journey that is being made; `escape_route.claim` makes it."""

    members: dict[str, object]
    start: str | None
    end: str | None
    sources: tuple[str, ...]
    flight: str


def waypoint(  # noqa: PLR0913  # all but the name by keyword
    name: Words,
    *,
    at: tuple[float, float] | None = None,
    within_km: float | None = None,
    footprint: str | Sequence[str] = (),
    by: Modes | None = None,
    source: Cited = (),
    told: Words | None = None,
    **more: object,
) -> PlaceDraft:
    """Tell a place of a journey, as precisely as it is known.

    Parameters
    ----------
    name
        Its name, in English or per language.
    at
        Longitude and latitude in degrees, in this order.
    within_km
        Radius around `at` that is sure to hold the place, in kilometres.
    footprint
        What is known instead of a point: ``country:VN``, ``river:yalu``, ``border:LA-VN``; several
        are alternatives.
        `at` is then only where the name hangs.
    by
        How one arrived here: a mode such as ``rail``, or alternatives with their weights.
    source
        Who says so: the title of a source, or of several. Without one the place counts as inferred.
    told
        What happened here, in a sentence or two.
    **more
        Any other property of a waypoint in `geo/README.md`, by its name there: ``role``, ``when``,
        ``precision``, ``stay``, ``status``, ``sensitivity``, ``within``, ``modes_are``, ``leg``,
        ``near_previous_km``; ``id`` to name it yourself.

    Returns
    -------
    PlaceDraft
        For `escape_route.journey`.

    Examples
    --------
    >>> waypoint("Vienna", at=(16.37, 48.21), within_km=10, source="her diary").properties["precision"]
    'city'
    """
    draft = placed(name, at, within_km, footprint, more)
    return replace(draft, by=by or {}, sources=titles(source), told=told)


def placed(
    name: Words,
    at: tuple[float, float] | None,
    within_km: float | None,
    footprint: str | Sequence[str],
    more: Mapping[str, object],
) -> PlaceDraft:
    """Where a place is, with other properties that it has; see `waypoint`."""
    refuse_unknown(
        "waypoint",
        more,
        (*_PLACE_MEMBERS, "id"),
        ("at", "within_km", "footprint", "by", "source", "told"),
    )
    footprints = _references(footprint)
    properties: dict[str, object] = {
        "kind": "waypoint",
        "name": in_words(name),
        "precision": _precision(at, within_km),
    }
    if footprints:
        kinds = {str(reference).partition(":")[0] for reference in footprints}
        if kinds == {"country"}:
            area = "country"
        elif kinds <= {"country", "region"}:
            area = "region"
        else:
            area = "named feature"
        properties |= {"footprint": footprints, "precision": area}
    if within_km is not None:
        properties["coordinateUncertaintyInMeters"] = _times_thousand(within_km)
    geometry: dict[str, object] | None = (
        None
        if at is None
        else {"type": "Point", "coordinates": list(at) if isinstance(at, tuple | list) else at}
    )
    named = more.get("id")
    properties |= {member: value for member, value in more.items() if member != "id"}
    if "within" in more:
        properties["within"] = _references(cast("str | Sequence[str]", more["within"]))
    return PlaceDraft(None if named is None else str(named), geometry, properties)


def _references(told: str | Sequence[str]) -> list[str]:
    """References of a place, one or several; a country may be told by its letters or by a name that no other has."""
    listed = [told] if isinstance(told, str) else list(told)
    return [
        reference if ":" in str(reference) else base.reference_of(str(reference))
        for reference in listed
    ]


def claim(  # noqa: PLR0913  # all but the number by keyword
    value: float,
    unit: str | None = "km",
    *,
    start: str | None = None,
    end: str | None = None,
    wording: str = "exact",
    flight: str = "unknown",
    source: Cited = (),
    **more: object,
) -> ClaimDraft:
    """State a number that somebody gave for a journey.

    Parameters
    ----------
    value
        As it was stated.
    unit
        Of a distance: km, m, mi, nmi, verst, league_post and others in `docs/units.md`, or any name
        with ``unit_m``; of a duration: h, d, night, week, month; None for what is counted.
    start, end
        Names or ids of the waypoints from and to which it is said to count; the first and the last
        where None.
    wording
        exact, about, some, roughly, nearly, almost, close_to, over, more_than, at_least, under,
        less_than, at_most, up_to.
    flight
        Whether it counts the flights: yes, no, unknown.
    source
        Who stated it; the source of the journey where none is given.
    **more
        Any other member of a claim in `geo/README.md`: ``quantity`` where it is no distance,
        ``counts``, ``mode``, ``note``, ``id``; ``value_to`` of a range; ``unit_m`` and
        ``unit_reason``, the metres of a unit that is not listed and why it is taken so.

    Returns
    -------
    ClaimDraft
        For `escape_route.journey`.

    Examples
    --------
    >>> claim(300, "mi", wording="about", source="a letter").members["unit"]
    'mi'
    """
    refuse_unknown(
        "claim",
        more,
        ("id", "quantity", "counts", "mode", "note", "value_to", "unit_m", "unit_reason"),
        ("start", "end", "wording", "flight", "source"),
    )
    if isinstance(more.get("note"), str):
        more["note"] = {"en": more["note"]}
    members = {"quantity": "distance", "value": value, "unit": unit, "wording": wording} | more
    return ClaimDraft(members, start, end, titles(source), flight)


def refuse_unknown(
    function: str, given: Mapping[str, object], members: Sequence[str], arguments: Sequence[str]
) -> None:
    """Refuse an argument that a function does not have: it would be stored and never looked at."""
    unknown = [name for name in given if name not in members]
    if unknown:
        known = [*members, *arguments]
        meant = _MEANT.get(unknown[0])
        fix = f'did you mean "{meant}"?' if meant in known else suggest(unknown[0], known)
        raise UsageError(f"{function}: no argument {unknown[0]} ({fix})")


def titles(source: Cited) -> tuple[str, ...]:
    """Titles of the sources that are cited."""
    return (source,) if isinstance(source, str) else tuple(source)


def in_words(words: Words) -> dict[str, str]:
    """Text per language; one without a language is English."""
    return dict(words) if isinstance(words, Mapping) else {"en": words}


def _precision(at: object, within_km: object) -> str:
    """How finely a place is told [judgement]: exactly to 1 km, a town to 50 km, else a region."""
    if at is None:
        return "region"
    if not isinstance(within_km, int | float) or within_km <= _SPOT_KM:
        return "exact"
    return "city" if within_km <= _TOWN_KM else "region"


def modes_of(by: Modes, status: object) -> list[dict[str, object]]:
    """Modes as the file has them."""
    if isinstance(by, str):
        return [{"mode": by, "weight": 1, "status": status}]
    return [{"mode": mode, "weight": weight, "status": status} for mode, weight in by.items()]


def _times_thousand(value: object) -> object:
    """Kilometres in metres; what is no number is left for the reader to refuse."""
    return value * 1000 if isinstance(value, int | float) and not isinstance(value, bool) else value


_ARGUMENTS: Mapping[str, str] = _TABLE["of_members"]


def read_by_argument(document: object, source: str, names: Sequence[str]) -> journey.Journey:
    """Read a document that functions wrote; a problem is told by their arguments, not by places in a file."""
    try:
        return read.read(json.dumps(document, allow_nan=True, default=repr).encode(), source)
    except (
        JourneyFileError
    ) as error:  # raised again at once, with the same problems at their arguments
        problems = tuple(
            Problem(_argument_of(problem.place, names), problem.message, problem.fix)
            for problem in error.problems
        )
        raise JourneyFileError(source, problems) from None


def read_waypoint(feature: Mapping[str, object], name: str, source: str) -> journey.Waypoint:
    """Read one waypoint that functions wrote, as it stands alone; a problem is told by their arguments."""
    alone = {
        "id": "alone",
        "title": {"en": name},
        "summary": {"en": name},
        "outcome": "unknown",
        "sources": [],
    }
    document = {"type": "FeatureCollection", "journey": alone, "features": [feature]}
    return read_by_argument(document, source, [name]).waypoints[0]


def _argument_of(place: str, names: Sequence[str]) -> str:
    """Say a place of the document by who wrote it: features[1].properties.modes[0].mode is waypoint "Hanoi": by."""
    in_feature = re.match(r"features\[(\d+)\]\.?(.*)", place)
    if in_feature:
        rest = in_feature[2]
        argument = next((name for path, name in _ARGUMENTS.items() if rest.startswith(path)), "")
        argument = argument or rest.removeprefix("properties.")
        return f'waypoint "{names[int(in_feature[1])]}"' + (f": {argument}" if argument else "")
    in_claim = re.match(r"journey\.claims\[(\d+)\]\.?(.*)", place)
    if in_claim:
        arguments = {
            "scope.from": "start",
            "scope.to": "end",
            "scope.flight": "flight",
            "sources": "source",
        }
        return f"claims[{in_claim[1]}]" + (
            f": {arguments.get(in_claim[2], in_claim[2])}" if in_claim[2] else ""
        )
    return place.removeprefix("journey.") if place != "features" else "waypoints"


_TEXTS = ("summary", "subject", "care")
_JOURNEY_MEMBERS = tuple(
    name for name in members.JOURNEY_MEMBERS if name not in {"format", "title", "claims"}
)


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
    stated = [draft.claim(number, claim) for number, claim in enumerate(claims)]
    named = str(more.pop("id", None) or slug(next(iter(in_words(title).values()), "")) or "journey")
    top: dict[str, object] = {
        "id": named,
        "title": in_words(title),
        "summary": in_words(title),
        "outcome": "reached",
    }
    top |= {
        name: in_words(value) if isinstance(value, str) and name in _TEXTS else value
        for name, value in more.items()
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
        return [
            {"id": id_, "title": title, "url": addresses.get(title)}
            for title, id_ in self.ids.items()
        ]


class _Draft:
    """One making: ids, and who cites what."""

    def __init__(self, waypoints: Sequence[PlaceDraft], usual: tuple[str, ...]) -> None:
        self.waypoints = waypoints
        self.usual = usual
        self.cited = _Cited()
        # Id of each: its own, or its name in the letters that ids have; numbered where two would be
        # the same
        ids: list[str] = []
        for number, waypoint in enumerate(waypoints, start=1):
            wanted = waypoint.id or slug(waypoint.name) or f"place-{number}"
            same = waypoint.id is None and wanted in ids
            ids.append(f"{wanted}-{number}" if same else wanted)
        self.ids = ids
        self.names = [waypoint.name for waypoint in waypoints]

    def feature(self, number: int) -> dict[str, object]:
        draft = self.waypoints[number]
        sources = self.cited.cite(draft.sources or self.usual)
        usual: dict[str, object] = {
            "role": self._role(number),
            "status": "single" if sources else "inferred",
        }
        properties = usual | draft.properties | {"sources": sources}
        properties["modes"] = modes_of(draft.by, properties["status"])
        if draft.told is not None:
            narration = in_words(draft.told).items()
            properties["narration"] = {
                language: [{"text": text, "sources": sources}] for language, text in narration
            }
        return {
            "type": "Feature",
            "id": self.ids[number],
            "geometry": draft.geometry,
            "properties": properties,
        }

    def _role(self, number: int) -> str:
        if number == 0:
            return "start"
        if number == len(self.waypoints) - 1:
            return "reached"
        footprints = self.waypoints[number].properties.get("footprint")
        if isinstance(footprints, list):
            kinds = {str(footprint).partition(":")[0] for footprint in footprints}
        else:
            kinds = set()
        if not kinds:
            return "stop"
        if kinds == {"country"}:
            return "passed"
        return "crossing"

    def claim(self, number: int, draft: ClaimDraft) -> dict[str, object]:
        ends = {"from": self._end(draft.start, 0), "to": self._end(draft.end, -1)}
        usual: dict[str, object] = {
            "id": f"c{number + 1}",
            "sources": self.cited.cite(draft.sources or self.usual),
        }
        return usual | draft.members | {"scope": ends | {"flight": draft.flight}}

    def _end(self, named: str | None, usual: int) -> str:
        if named is None:
            return self.ids[usual] if self.ids else ""
        by_name = dict(zip(reversed(self.names), reversed(self.ids), strict=True))
        return named if named in self.ids else by_name.get(named, named)


def _check_kinds(waypoints: Sequence[object], claims: Sequence[object]) -> None:
    named: list[tuple[str, object, type, str]]
    named = [
        (f"waypoint {number}", waypoint, PlaceDraft, "waypoint")
        for number, waypoint in enumerate(waypoints, start=1)
    ]
    named += [
        (f"claims[{number}]", claim, ClaimDraft, "claim") for number, claim in enumerate(claims)
    ]
    for name, draft, kind, maker in named:
        if not isinstance(draft, kind):
            raise UsageError(f"journey: {name} is {type(draft).__name__}, not made by {maker}(...)")


def slug(text: str) -> str:
    """Text in the letters that ids have; empty where it has none of them."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
