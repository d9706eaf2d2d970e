"""The members that a journey's file may have: which field holds each, what it may hold, and what is foreign.

A journey is told by people, in texts of a few pages. What is longer by far is no journey and would
take minutes to draw, and a character that no XML can hold, or that turns about what stands after
it, is nobody's letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from functools import cache
from typing import NamedTuple

from escape_route.errors import Problem, member_path
from escape_route.model import journey
from escape_route.strict_json import Members, show

#: Number of the format that is written, which `geo/README.md` describes. What has none is older,
#: and is read for ever.
FORMAT = 2
MAX_SENSITIVITY = 4

#: What a field is called in a file, where that is not its own name.
_CALLED = {
    "checked": "media_checked",
    "data_generalizations": "dataGeneralizations",
    "end": "to",
    "footprints": "footprint",
    "information_withheld": "informationWithheld",
    "leg_told": "leg",
    "lowered": "sensitivity_lowered",
    "some_stops": "stops",
    "start": "from",
    "uncertainty_m": "coordinateUncertaintyInMeters",
    "verbatim_locality": "verbatimLocality",
}
#: Fields that stand beside the members of their object, or say of a line what it is.
_BESIDE = {
    journey.Journey: ("waypoints", "traces", "before"),
    journey.Waypoint: ("id", "label", "geometry"),
    journey.Claim: ("counts_told",),
    journey.TracedLeg: ("id", "line", "line_is", "line_told"),
}
#: Fields that a file has even where they are empty.
_NEEDED = {journey.Journey: ("sources", "claims"), journey.Waypoint: ("sources",)}


class Member(NamedTuple):
    """A member of the format: its name in a file, the field that holds it, and the value that is as good as none.

    `usual` is MISSING where a file has the member whatever it is.
    """

    name: str
    field: str
    usual: object


@cache
def members_of(kind: type) -> tuple[Member, ...]:
    """Members of a part of a journey, in the order in which a file has them."""
    members = []
    for field in fields(kind):
        if field.name not in _BESIDE.get(kind, ()):
            usual = field.default if field.default_factory is MISSING else field.default_factory()
            is_needed = field.name in _NEEDED.get(kind, ())
            members.append(
                Member(
                    _CALLED.get(field.name, field.name), field.name, MISSING if is_needed else usual
                )
            )
    return tuple(members)


def names_of(kind: type) -> tuple[str, ...]:
    """Names of the members of a part of a journey.

    >>> names_of(journey.Scope), names_of(journey.Source)
    (('from', 'to', 'flight'), ('id', 'title', 'url', 'language', 'note', 'kind'))
    """
    return tuple(member.name for member in members_of(kind))


JOURNEY_MEMBERS = ("format", *names_of(journey.Journey))
WAYPOINT_MEMBERS = ("kind", *names_of(journey.Waypoint))
LEG_MEMBERS = ("kind", *names_of(journey.TracedLeg), "line")

#: Letters of a text, by the member that it is or stands in; elsewhere, and in one language, as many
#: as of ten pages.
MOST_LETTERS = {
    **dict.fromkeys(("title", "name", "subject", "reason", "unit"), 500),
    **dict.fromkeys(("id", "from", "to"), 100),
    "url": 2_000,
    "file": 420_000,  # of a recording that is embedded
}
MOST_IN_A_TEXT = 50_000
#: Things of a list, by its member.
MOST_LISTED = {
    "features": 20_000,
    "claims": 200,
    "sources": 2_000,
    "notes": 500,
    "modes": 50,
    "footprint": 300,
}
MOST_IN_A_LIST = 1_000  # or an object
MOST_LANGUAGES = 50
BY_LANGUAGE = frozenset(
    {
        "title",
        "name",
        "subject",
        "summary",
        "care",
        "note",
        "text",
        "narration",
        "alt",
        "transcript",
    }
)

_ANY = "*"  # a member of any name: a language
_TEXTS = [dict.fromkeys(names_of(journey.Statement))]
_CHECKED = {"media_checked": dict.fromkeys(names_of(journey.Checked))}
_GEOMETRY = {"type": None, "coordinates": None, "bbox": None, "geometries": None}

_PROPERTIES = {
    "waypoint": dict.fromkeys(WAYPOINT_MEMBERS)
    | {
        "modes": [dict.fromkeys(names_of(journey.ModeShare))],
        "stay": dict.fromkeys(names_of(journey.Stay)),
        "narration": {_ANY: _TEXTS},
        "scene": dict.fromkeys(names_of(journey.Scene)),
        "quote": dict.fromkeys(names_of(journey.Quote)),
        "image": dict.fromkeys(names_of(journey.Image)) | _CHECKED,
        "audio": dict.fromkeys(names_of(journey.Audio)) | _CHECKED,
        "sensitivity_lowered": dict.fromkeys(names_of(journey.Lowered)),
    },
    "leg": dict.fromkeys(LEG_MEMBERS),
}
_FEATURE = {"type": None, "id": None, "bbox": None, "geometry": _GEOMETRY}
_JOURNEY = dict.fromkeys(JOURNEY_MEMBERS) | {
    "sources": [dict.fromkeys(names_of(journey.Source))],
    "claims": [
        dict.fromkeys(names_of(journey.Claim)) | {"scope": dict.fromkeys(names_of(journey.Scope))}
    ],
    "notes": _TEXTS,
    "consent": dict.fromkeys(names_of(journey.Consent)),
    "corrections": [dict.fromkeys(names_of(journey.Correction))],
}


def count_foreign(document: Mapping[str, object]) -> int:
    """How many members of a journey's document are not of the format; one counts once, whatever there is in it.

    >>> count_foreign({"type": "FeatureCollection", "journey": {"id": "walk", "broker": {"name": "X"}}, "features": []})
    1
    """
    features = document.get("features")
    listed = features if isinstance(features, list) else []
    top = {"type": None, "bbox": None, "features": None, "journey": _JOURNEY}
    return _foreign(document, top) + sum(_foreign(feature, _feature(feature)) for feature in listed)


def _feature(feature: object) -> Mapping[str, object]:
    properties = feature.get("properties") if isinstance(feature, Mapping) else None
    kind = properties.get("kind") if isinstance(properties, Mapping) else None
    return {**_FEATURE, "properties": _PROPERTIES.get(str(kind))}


def _foreign(value: object, known: object) -> int:
    """Members of a value that are not known; `known` is None of what is not looked into, a list of what is listed."""
    if isinstance(known, list):
        return sum(_foreign(item, known[0]) for item in value) if isinstance(value, list) else 0
    if not isinstance(known, Mapping) or not isinstance(value, Mapping):
        return 0
    return sum(
        _foreign(member, known.get(name, known.get(_ANY))) if name in known or _ANY in known else 1
        for name, member in value.items()
    )


_SHAPES = frozenset({"coordinates", "bbox"})
_TOLD = (str, Members, list)

_LIKE_A_BLANK = re.compile("[\x0b\x0c\x85\u2028\u2029]")  # as word processors write a new line
_LAST_OF_PLANES = "".join(
    map(chr, (plane << 16 | last for plane in range(17) for last in (0xFFFE, 0xFFFF)))
)
_NO_LETTER = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef{_LAST_OF_PLANES}]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_OVERRIDES, _CLOSES = (
    "\u202d\u202e",
    {"\u202c": "\u202a\u202b\u202d\u202e", "\u2069": "\u2066\u2067\u2068"},
)
_UNSEEN = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u206f\u2800\u3164\ufeff\uffa0]+"
)
_ODD = re.compile(
    f"{_LIKE_A_BLANK.pattern}|{_NO_LETTER.pattern}|{_DIRECTION.pattern}|\\A{_UNSEEN.pattern}\\Z"
)


def tidy(document: object) -> Iterator[Problem]:
    r"""Put texts of a document in order where that is harmless, and find those that cannot stay, and what is too much.

    Marks that part lines become blanks; marks of direction that turn letters about or have no
    partner are taken out; of a text in which nothing can be seen nothing is left.

    >>> document = Members(title=Members(en="Over\u2028the \u202eriver"), note="\x1b[31m")
    >>> [str(each) for each in tidy(document)], document["title"]
    (['note: "\\u001b[31m" holds U+001B, which is no letter (delete it)'], {'en': 'Over the river'})
    """
    waiting: list[tuple[object, str, int]] = [(document, "", MOST_IN_A_TEXT)]
    while waiting:
        value, place, most = waiting.pop()
        for key, member in _members_of(value):
            most_here = MOST_LETTERS.get(key, most) if isinstance(key, str) else most
            if (
                isinstance(member, str)
                and member.isascii()
                and member.isprintable()
                and len(member) <= most_here
            ):
                continue
            at = member_path(place, key) if isinstance(key, str) else f"{place}[{key}]"
            if isinstance(member, str):
                value[key] = _in_order(member)  # type: ignore[index]  # it has members
                yield from _faults(value[key], at, most_here)  # type: ignore[index]
            elif isinstance(member, Members | list):
                yield from _too_many(member, str(key), at)
                waiting.append((member, at, most_here))


def _members_of(value: object) -> Sequence[tuple[str | int, object]]:
    """Texts, objects and lists in an object and in a list, but no shape's coordinates."""
    if isinstance(value, Members):
        return [
            pair for pair in value.items() if isinstance(pair[1], _TOLD) and pair[0] not in _SHAPES
        ]
    if isinstance(value, list):
        return [pair for pair in enumerate(value) if isinstance(pair[1], _TOLD)]
    return []


def _in_order(text: str) -> str:
    if (text.isascii() and text.isprintable()) or not _ODD.search(text):
        return text
    whole = _LIKE_A_BLANK.sub(" ", text)
    unpaired = _unpaired(whole)
    kept = "".join(letter for at, letter in enumerate(whole) if at not in unpaired)
    return "" if _UNSEEN.fullmatch(kept) else kept


def _unpaired(text: str) -> set[int]:
    """Where marks of direction stand that turn letters about or have no partner."""
    opened: list[int] = []
    unpaired: set[int] = set()
    for mark in _DIRECTION.finditer(text):
        closes = _CLOSES.get(mark[0])
        if closes is None:
            opened.append(mark.start())
        elif opened and text[opened[-1]] in closes:
            first = opened.pop()
            unpaired |= {first, mark.start()} if text[first] in _OVERRIDES else set()
        else:
            unpaired.add(mark.start())
    return unpaired | set(opened)


def _faults(text: str, place: str, most: int) -> Iterator[Problem]:
    odd = _NO_LETTER.search(text)
    if odd is not None:
        code = ord(odd[0])
        fix = (
            "the text was in another encoding; save it as UTF-8"
            if 0x80 <= code < 0xA0  # noqa: PLR2004
            else "delete it"
        )
        yield Problem(place, f"{show(text)} holds U+{code:04X}, which is no letter", fix)
    if len(text) > most:
        yield Problem(place, f"{len(text):,} letters, more than {most:,}", "tell it in fewer")


def _too_many(member: Members | list[object], name: str, place: str) -> Iterator[Problem]:
    most = MOST_LISTED.get(name, MOST_IN_A_LIST) if isinstance(member, list) else MOST_IN_A_LIST
    if isinstance(member, Members) and name in BY_LANGUAGE:
        most = MOST_LANGUAGES
    if len(member) > most:
        yield Problem(place, f"{len(member):,} of them, more than {most:,}", "is this one journey?")
