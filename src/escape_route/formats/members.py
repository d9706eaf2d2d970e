"""A journey's members as names and texts: how a format carries them that knows of elements, data or columns only.

A text stands as it is, everything else as JSON; a text that the format could not give back as it
was is written as JSON too, in quotation marks. `geometry` is a member like others where the format
has no shape of its own for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from escape_route import strict_json
from escape_route.errors import refusal
from escape_route.model.members import (
    JOURNEY_MEMBERS,
    LEG_MEMBERS,
    MAX_SENSITIVITY,
    WAYPOINT_MEMBERS,
)
from escape_route.model.vocabulary import Precision, Role, Status
from escape_route.strict_json import Members

#: What XML cannot hold.
_UNHELD = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Members that are texts; those of any other name are JSON.
TEXTS = frozenset(
    (
        *(
            "id",
            "kind",
            "role",
            "precision",
            "status",
            "when",
            "leg",
            "modes_are",
            "from",
            "to",
            "outcome",
            "stops",
        ),
        *(
            "reviewed",
            "when_published",
            "uncertainty_unit",
            "verbatimLocality",
            "request",
            "dataGeneralizations",
            "informationWithheld",
        ),
    )
)
WAYPOINT = (*WAYPOINT_MEMBERS, "id", "geometry", "order")
LEG = (*LEG_MEMBERS, "id")
JOURNEY = JOURNEY_MEMBERS
#: Members of a place that stand without those of the whole journey: no source is known by its id
#: any more.
SAID = (
    *(
        "name",
        "role",
        "precision",
        "status",
        "coordinateUncertaintyInMeters",
        "footprint",
        "within",
        "when",
    ),
    *("when_published", "stay", "sensitivity", "withheld", "modes", "modes_are", "leg"),
    *(
        "uncertainty_unit",
        "verbatimLocality",
        "request",
        "dataGeneralizations",
        "informationWithheld",
    ),
)
#: Those by which a place is known as one of ours: other programs have names, roles and times too.
_TELLING = (
    "sensitivity",
    "footprint",
    "withheld",
    "coordinateUncertaintyInMeters",
    "when_published",
)
#: What people and programs call a sensitivity: in ten languages, cut off by a shapefile, after the
#: prefix of a program.
_SENSITIVITY = re.compile(
    r"(?:\w+[:._])?(?:sensitivity?(?:[ _-]?level)?|empfindlichkeit|sensibilit[éeà]|sensibilidade?|민감도|"
    r"機密度|感度|敏感[度性]|(?:ال)?حساسية|độ nhạy cảm|чувствительность)",
    re.IGNORECASE,
)
_NAMED = re.compile(r'"([^"]{3,40})"\s*:')
#: A member as programs write their columns into a description: "sensitivity: 1", or two cells of a
#: table.
_IN_WORDS = re.compile(
    r"([^\W\d_][\w:. -]{2,20}?)\s*(?:[:=：]|</t[dh]>\s*<t[dh][^>]*>)\s*(-?\d+)(?![\d.,]\d)"
)
_OWN_NAME = re.compile(r"(?:er[:_])?sensitivity", re.IGNORECASE)
#: What columns are called that name the journey a row is of, in small letters alone.
_OF_JOURNEYS = frozenset(
    (
        *("journey", "journeyid", "trip", "tripid", "trajectory"),
        *("trajectoryid", "trajid", "itinerary", "itineraryid"),
    )
)
#: Where another program's column bears such a name, its words are others.
_CHOICES = {"role": frozenset(Role), "precision": frozenset(Precision), "status": frozenset(Status)}
SENSITIVITIES = range(MAX_SENSITIVITY + 1)
UNCLEAR = -1


def flatten(members: Mapping[str, object]) -> dict[str, str]:
    """Members as texts.

    >>> flatten({"when": "2019", "sensitivity": 2, "name": {"en": "Home"}})
    {'when': '2019', 'sensitivity': '2', 'name': '{"en":"Home"}'}
    """
    return {name: _as_text(name, value) for name, value in members.items()}


def unflatten(texts: Mapping[str, object], known: tuple[str, ...]) -> Members:
    """Members from texts, those of known names only: what `flatten` was given, and null where a text is no JSON.

    What is no text is a member already.
    """
    kept = ((name, text) for name, text in texts.items() if name in known)
    return Members(
        {name: _as_value(name, text) if isinstance(text, str) else text for name, text in kept}
    )


def said(texts: Mapping[str, object]) -> dict[str, object]:
    """Words of ours that a place still carries in a file whose part for the whole journey another program took out.

    They are members of a waypoint, from texts as `flatten` wrote them or as parsed. A sensitivity
    that is none is
    `UNCLEAR`: whoever reads the whole takes the strictest.
    """
    texts = {**texts, **sensitivity_in(texts)}
    given = {name: _value(name, texts[name]) for name in SAID if texts.get(name) not in (None, "")}
    if not any(name in given for name in _TELLING):
        return {}
    if isinstance(given.get("name"), str):
        given["name"] = Members({"en": given["name"]})
    if "sensitivity" in given:
        clear = given["sensitivity"] in SENSITIVITIES
        given["sensitivity"] = int(cast("float", given["sensitivity"])) if clear else UNCLEAR
    others = {
        name
        for name, values in _CHOICES.items()
        if name in given and given[name] not in list(values)
    }
    return {name: value for name, value in given.items() if name not in others}


def sensitivity_in(texts: Mapping[str, object]) -> dict[str, object]:
    """What a place says of its sensitivity by any name for it, as the member `sensitivity`; empty for none.

    Under a name that is not quite ours, or within another member, 0 is none: no other program's
    word opens a place.

    >>> sensitivity_in({"Name": "Home", "민감도": "1"}), sensitivity_in({"soil_sensitivity": 0})
    ({'sensitivity': '1'}, {'sensitivity': -1})
    """
    called = [
        (name, value)
        for name, value in texts.items()
        if is_sensitivity(name) and value not in (None, "")
    ]
    inner = {_value("sensitivity", value) or UNCLEAR for value in _within(texts)}
    if not called:
        return {"sensitivity": inner.pop() if len(inner) == 1 else UNCLEAR} if inner else {}
    name, value = called[0]
    said_here = _value("sensitivity", value)
    is_open = not _OWN_NAME.fullmatch(name) and said_here == 0
    is_doubted = any(value != said_here for value in inner)
    return {"sensitivity": UNCLEAR if is_open or is_doubted else value}


def _within(texts: Mapping[str, object]) -> Iterator[object]:
    """Sensitivities in members of members, however deep, as parsed, as JSON in a text, or told in a description."""
    waiting: list[object] = list(texts.values())
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            is_json = item[:1] in {"{", "["} and any(map(is_sensitivity, _NAMED.findall(item)))
            waiting += [strict_json.parse(item.encode())[0]] if is_json else []
            yield from (
                value
                for name, value in _IN_WORDS.findall(item)
                if not is_json and is_sensitivity(name)
            )
        elif isinstance(item, dict):
            yield from (
                value for name, value in item.items() if is_sensitivity(name) and _is_told(value)
            )
            waiting += item.values()
        elif isinstance(item, list):
            waiting += item


def _is_told(value: object) -> bool:
    return isinstance(value, str | int | float) and value != ""


def is_sensitivity(name: str) -> bool:
    """Whether a name of a member, a column or an element means a sensitivity."""
    return _SENSITIVITY.fullmatch(name.strip()) is not None


def _value(name: str, value: object) -> object:
    return unflatten({name: value}, SAID).get(name) if isinstance(value, str) else value


def refuse_several(rows: Iterable[Mapping[str, object]], source: str) -> None:
    """Raise JourneyFileError where a column of a file names several journeys: they are never chained into one."""
    named: dict[str, dict[str, None]] = {}
    for row in rows:
        for name, value in row.items():
            if re.sub(r"[^a-z]", "", name.lower()) in _OF_JOURNEYS and value not in (None, ""):
                named.setdefault(name, {})[str(value)] = None
    for name, values in named.items():
        if len(values) > 1:
            shown = ", ".join(list(values)[:3]) + (", ..." if len(values) > 3 else "")  # noqa: PLR2004  # a few
            fix = (
                "write a file for each, or read them all with escape_route.read_journeys(..., "
                f"by={name!r})"
            )
            raise refusal(source, f"{len(values)} journeys in one file: {shown}", fix, place=name)


def as_members(value: object) -> object:
    """Plain mappings as `Members` at any depth, which is what readers of documents look for."""
    if isinstance(value, dict):
        return Members({name: as_members(member) for name, member in value.items()})
    if isinstance(value, list | tuple):
        if not any(isinstance(item, dict) for item in value):
            return list(value)
        return [as_members(item) for item in value]
    return value


def compact(value: object) -> str:
    """JSON on one line, with nothing in it that XML could not hold."""
    return escaped(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False))


def _as_text(name: str, value: object) -> str:
    if name in TEXTS and isinstance(value, str) and is_plain(value) and not value.startswith('"'):
        return value
    return compact(value)


def _as_value(name: str, text: str) -> object:
    """Value of a member; a text where it should be a text, whatever it holds where it should not."""
    stripped = text.strip()
    if name in TEXTS and not stripped.startswith('"'):
        return stripped or None
    value, problems = strict_json.parse(stripped.encode(errors="replace"))
    return stripped if problems else value


def plain(text: str) -> str:
    """Text that XML can hold: each character that it cannot is U+FFFD, and returns are new lines."""
    return _UNHELD.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_plain(text: str) -> bool:
    """Whether a text comes back from XML as it is, with blanks cut off at its ends."""
    return text == text.strip() and "\r" not in text and not _UNHELD.search(text)


def escaped(json_text: str) -> str:
    """JSON in which each character that XML cannot hold is written as a number."""
    return _UNHELD.sub(lambda match: f"\\u{ord(match[0]):04x}", json_text)


def text_in(members: Mapping[str, object], *names: str) -> str | None:
    """First text under one of these names; of a text per language, the first one."""
    for name in names:
        value = members.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if isinstance(value, Members):
            return next(
                (text for text in value.values() if isinstance(text, str) and text.strip()), None
            )
    return None


def members_of(value: object) -> Members:
    """Members of an object; none of what is no object."""
    return value if isinstance(value, Members) else Members()


def listed(value: object) -> list[object]:
    """What a list holds; nothing of what is no list."""
    return value if isinstance(value, list) else []
