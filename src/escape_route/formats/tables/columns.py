"""The sheets and columns of a journey as a table: what each is called, what it holds, and where that stands in GeoJSON.

The template, its explanations and drop-down lists, `docs/your-own-journey.md`, reading and writing all go by this list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from escape_route.model.members import MAX_SENSITIVITY
from escape_route.model.modes import Mode, ModesAre
from escape_route.model.units import UNITS, Quantity
from escape_route.model.vocabulary import (
    Basis,
    Counts,
    Flight,
    LineIs,
    Outcome,
    Precision,
    Role,
    SceneKind,
    Status,
    Wording,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


class Holds(Enum):
    """What the cells of a column hold."""

    TEXT = "text"
    WORD = "a word"
    CHOICE = "one of a list"
    NUMBER = "number"
    DECIMAL = "number that a comma can only be the decimal mark of"
    DEGREES = "degrees of latitude or longitude"
    RADIUS = "metres, or a number with its unit"
    DATE = "date"
    STAY = "how long one stayed"
    LIST = "list"
    PLACES = "list of which members may be empty"
    YES = "yes or empty"
    SHAPE = "shape"


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    `member` is where its value stands below the row's object in GeoJSON. `per_language` columns come once a language
    (``name_en``, ``name_ko``), `numbered` ones as often as needed (``mode``, ``mode_2``). A `part` belongs to a
    numbered column of the same `name` (``mode_2_status``). `others` are further headers that are understood.
    `words` are what a table offers and shows in place of its `choices`, one each.
    """

    name: str
    member: str
    holds: Holds
    explanation: str
    choices: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    needed: bool = False
    per_language: bool = False
    numbered: bool = False
    part: str = ""
    is_rare: bool = False
    others: tuple[str, ...] = ()

    def header(self, language: str = "en", number: int = 1) -> str:
        """Header of the column for a language and a number.

        Examples
        --------
        >>> column_of("waypoints", "narration", "sources").header("zh-Hans", 2)
        'narration_zh-Hans_2_sources'
        """
        tag = "" if not self.per_language else f"_{language}" if is_plain_tag(language) else f"[{language}]"
        count = f"_{number}" if number > 1 else ""
        return f"{self.name}{tag}{count}{'_' if self.part else ''}{self.part}"


@dataclass(frozen=True, slots=True)
class Heading:
    """What a header says: the column, and of which language and number."""

    column: Column
    language: str = "en"
    number: int = 1


def header_of(heading: Heading) -> str:
    """Header of a column for the language and number that a heading names."""
    return heading.column.header(heading.language, heading.number)


#: How a table says how well something stands.
_ACCOUNTS = {
    Status.REPORTED: "several accounts",
    Status.SINGLE: "one account",
    Status.CONFLICT: "accounts differ",
    Status.INFERRED: "our inference",
}
_IDS = "ids of sources, separated by semicolons"
_ID = "letters, digits, hyphens and underlines"
_AT = "where in each of them, in the same order, between semicolons: p. 12; fol. 3v; 00:14:32"
_END = "its id, or its name where no other bears it"
_MODE = "how one arrived here; further ones in mode_2, mode_3, ..."
_STAY = "how long one stayed here, as told: a fortnight, two or three weeks, about 6 years; empty: not told"
_SHAPE = "a drawn place instead of lat and lon: WKT or GeoJSON"
_TRACK = "the track: LINESTRING (lon lat, lon lat, ...), or GeoJSON"
_EDTF = (
    "as told (spring 1945, late summer 1950, Easter 1945, until May 1945, 1941 or 1942), or an EDTF date: "
    "2019, 2019-12, 2019-12-24, 2008~ (about), 2008? (uncertain), -0043"
)
_FOOTPRINT = (
    "instead of a radius: country:VN, border:LA-VN, river:yalu, the Gobi (the sheet footprints lists all); "
    "several, between semicolons, are alternatives"
)
_HEADLINE = "what the page says first; {gap} and {least} in it are filled in; empty: one is offered"
_SCENES = tuple(map(str, SceneKind))
_SENSITIVITY = "0 not sensitive, 1 irreparable harm, 2 great harm (also where empty), 3 harm, 4 some risk"


def _seen_or_heard(name: str, words: str, explanation: str) -> tuple[Column, ...]:
    """Columns of a picture or a recording of a waypoint."""
    kind = "JPEG, PNG or WebP" if name == "image" else "MP3, a minute at most"
    told = (
        ("", "file", Holds.TEXT, f"name of a file beside this one: {kind}"),
        (f"_{words}", words, Holds.TEXT, explanation),
        ("_credit", "credit", Holds.TEXT, "whose it is"),
        ("_checked_by", "media_checked.by", Holds.TEXT, "who looked for faces, voices, signs and windows in it"),
        ("_checked_when", "media_checked.when", Holds.DATE, "the day on which that was done"),
    )
    return tuple(
        Column(f"{name}{end}", f"{name}.{member}", holds, text, per_language=member == words, is_rare=True)
        for end, member, holds, text in told
    )


def _text(name: str, explanation: str, *, needed: bool = False) -> Column:
    return Column(name, name, Holds.TEXT, explanation, needed=needed)


def _texts(name: str, explanation: str, *, needed: bool = False) -> Column:
    """Column that comes once a language."""
    return Column(name, name, Holds.TEXT, explanation, needed=needed, per_language=True)


def _word(name: str, explanation: str, member: str = "", *, needed: bool = False) -> Column:
    return Column(name, member or name, Holds.WORD, explanation, needed=needed)


def _number(name: str, explanation: str, *, needed: bool = False) -> Column:
    return Column(name, name, Holds.NUMBER, explanation, needed=needed)


def _decimal(name: str, explanation: str) -> Column:
    return Column(name, name, Holds.DECIMAL, explanation)


def _degrees(name: str, member: str, explanation: str, *others: str) -> Column:
    return Column(name, member, Holds.DEGREES, explanation, others=(member, *others))


def _list(name: str, explanation: str, *, needed: bool = False) -> Column:
    return Column(name, name, Holds.LIST, explanation, needed=needed)


def _at(name: str, explanation: str) -> Column:
    return Column(name, name, Holds.PLACES, explanation)


def _status(explanation: str) -> Column:
    more = "; empty: one account, where the journey has one source"
    words = tuple(_ACCOUNTS[each] for each in Status)
    return Column("status", "status", Holds.CHOICE, explanation + more, tuple(map(str, Status)), words=words)


def _choice(name: str, kind: Iterable[object], explanation: str, *, needed: bool = False) -> Column:
    return Column(name, name, Holds.CHOICE, explanation, tuple(map(str, kind)), needed=needed)


def _choice_at(name: str, member: str, kind: Iterable[object], explanation: str) -> Column:
    return Column(name, member, Holds.CHOICE, explanation, tuple(map(str, kind)))


def _mode(part: str, holds: Holds, explanation: str, choices: Iterable[object] = ()) -> Column:
    return Column("mode", "modes", holds, explanation, tuple(map(str, choices)), numbered=True, part=part)


def _narration(part: str, holds: Holds, explanation: str) -> Column:
    return Column("narration", "narration", holds, explanation, per_language=True, numbered=True, part=part)


_CONSENT = {
    "by": "who agreed; never published",
    "to": "to what they agreed; never published",
    "on_behalf_of": "for whom, where not for themselves; never published",
    "withdraw": "how it is withdrawn; never published",
}

SHEETS: dict[str, tuple[Column, ...]] = {
    "waypoints": (
        _word("id", f"short name of the place in this file: {_ID}; empty: w1, w2, ... by row"),
        _texts("name", "name of the place, a column a language", needed=True),
        _degrees("lat", "latitude", "latitude in decimal degrees, south is negative; empty: no point"),
        _degrees("lon", "longitude", "longitude in decimal degrees, west is negative; empty: no point", "lng", "long"),
        Column(
            "uncertainty_m",
            "coordinateUncertaintyInMeters",
            Holds.RADIUS,
            "radius in metres that is sure to hold the place, or with its unit: 20 km, 20 mi; empty: unknown",
            others=("coordinateUncertaintyInMeters",),
        ),
        _choice("precision", Precision, "how finely the place was told", needed=True),
        _list("footprint", _FOOTPRINT),
        _list("within", "the place lies in this country: country:VN, VN or Vietnam"),
        _choice("role", Role, "what the place is to the journey; start is for the first row alone", needed=True),
        Column("when", "when", Holds.DATE, _EDTF),
        Column("when_published", "when_published", Holds.DATE, "the date as finely as pages have printed it"),
        Column("stay", "stay", Holds.STAY, _STAY),
        _mode("", Holds.CHOICE, _MODE, Mode),
        replace(
            _mode("status", Holds.CHOICE, "how well the mode stands; empty: as the row's status", Status),
            words=tuple(_ACCOUNTS[each] for each in Status),
        ),
        _mode("weight", Holds.DECIMAL, "0 to 1; the weights of a row add up to 1; a mode alone needs none"),
        _choice("modes_are", ModesAre, "whether several modes are accounts that differ or parts of one way"),
        _choice("leg", ("untold",), "untold: nothing is known of the way here, no line is drawn"),
        _status("how well the place stands"),
        _list("sources", f"{_IDS}; may be empty where the status is inferred"),
        _at("sources_at", _AT),
        _narration("", Holds.TEXT, "a sentence or two; further ones in narration_en_2, ..."),
        _narration("sources", Holds.LIST, f"of that narration: {_IDS}"),
        _narration("at", Holds.PLACES, f"of that narration: {_AT}"),
        Column("scene", "scene.kind", Holds.CHOICE, "how its chapter is shown; empty: plainly", _SCENES, is_rare=True),
        Column(
            "scene_count", "scene.count", Holds.NUMBER, "how many hours, crests or people the scene shows", is_rare=True
        ),
        Column("scene_sources", "scene.sources", Holds.LIST, f"of the scene: {_IDS}", is_rare=True),
        Column(
            "quote", "quote.text", Holds.TEXT, "what somebody said, 25 words at most", per_language=True, is_rare=True
        ),
        Column(
            "speaker", "quote.speaker", Holds.TEXT, "who said it, in a word or two", per_language=True, is_rare=True
        ),
        Column("quote_sources", "quote.sources", Holds.LIST, f"of the quotation: {_IDS}", is_rare=True),
        *_seen_or_heard("image", "alt", "what is to be seen in it, for those who do not see it"),
        *_seen_or_heard("audio", "transcript", "what is to be heard in it, for those who do not hear it"),
        Column("sensitivity", "sensitivity", Holds.NUMBER, _SENSITIVITY, tuple(map(str, range(MAX_SENSITIVITY + 1)))),
        Column("lowered_reason", "sensitivity_lowered.reason", Holds.TEXT, "why it may be published finer than before"),
        Column("lowered_date", "sensitivity_lowered.date", Holds.DATE, "the day on which that was decided"),
        Column(
            "withheld",
            "withheld",
            Holds.YES,
            "yes: neither drawn nor measured nor named; leave the place empty",
            ("yes",),
        ),
        _text("verbatimLocality", "the place as it was told or written"),
        _text("dataGeneralizations", "what was made coarser"),
        _text("informationWithheld", "what was left out"),
        _decimal("near_previous_km", "how far from the place before it was told to lie at the most; else empty"),
        Column("shape", "geometry", Holds.SHAPE, _SHAPE, others=("wkt",)),
    ),
    "journey": (
        _word("id", f"name of the journey and of its page: {_ID}; empty: the file's name"),
        _texts("title", "a row a language: title_en, title_ko", needed=True),
        Column("headline", "headline", Holds.TEXT, _HEADLINE, per_language=True, is_rare=True),
        _texts("summary", "one or two sentences", needed=True),
        _texts("subject", "whose journey, in a word or two"),
        _texts("care", "shown before anything else; such a journey does not play by itself"),
        _number("people", "how many travelled; empty: not said"),
        _choice("outcome", Outcome, "how the journey ended", needed=True),
        Column(
            "reviewed", "reviewed", Holds.DATE, "day on which the file was last gone through for what it gives away"
        ),
        _choice("stops", ("some",), "some: only some of the stops are told; empty: all that were known"),
        _choice_at("consent_basis", "consent.basis", Basis, "by whose consent it is published"),
        Column("consent_when", "consent.when", Holds.DATE, "when they agreed"),
        *(Column(f"consent_{each}", f"consent.{each}", Holds.TEXT, what) for each, what in _CONSENT.items()),
        _number("format", "number of the file's format: leave it as it is"),
    ),
    "sources": (
        _word("id", f"short name by which other sheets cite it: {_ID}", needed=True),
        _text("title", "what it is, and of when", needed=True),
        _text("url", "address, with https://; empty where there is none"),
        _text("language", "its language, where it is not English: ko"),
        _text("note", "anything to know about it"),
    ),
    "claims": (
        _word("id", f"short name: {_ID}; empty: c1, c2, ... by row"),
        _choice("quantity", Quantity, "what was counted", needed=True),
        _number("value", "the number as it was stated", needed=True),
        _number("value_to", "the higher end of a range, from 30 to 40; else empty"),
        _choice("unit", UNITS, "of a distance or duration; else empty"),
        _number("unit_m", "metres of a unit that is not listed; else empty"),
        _text("unit_reason", "why that unit is taken to be so long"),
        _choice("wording", Wording, "the words it was stated with; empty: exact"),
        _word("from", f"the waypoint that the number counts from: {_END}", "scope.from", needed=True),
        _word("to", f"the waypoint that it counts to: {_END}", "scope.to", needed=True),
        Column("flight", "scope.flight", Holds.CHOICE, "whether a flight counts", tuple(map(str, Flight))),
        _list("sources", _IDS, needed=True),
        _at("sources_at", _AT),
        _choice("mode", Mode, "how one went: of a duration, or of a distance that was told of what went so alone"),
        _choice("counts", Counts, "what the number is the number of; empty: this journey"),
        _texts("note", "anything to know about it"),
    ),
    "notes": (
        _list("sources", _IDS),
        _at("sources_at", _AT),
        _texts("text", "something to know about the whole journey", needed=True),
    ),
    "corrections": (
        Column("when", "when", Holds.DATE, "the day on which it was corrected", needed=True),
        _texts("what", "what was corrected after it had been published; shown on the page", needed=True),
    ),
    "tracks": (
        _word("id", f"short name: {_ID}; may be empty"),
        _word("from", f"the waypoint that the track leaves: {_END}", needed=True),
        _word("to", f"the next waypoint, where it arrives: {_END}", needed=True),
        _status("how well the track stands"),
        _list("sources", f"{_IDS}; may be empty where the status is inferred, or the journey has one source"),
        _at("sources_at", _AT),
        Column("shape", "geometry", Holds.SHAPE, _TRACK, needed=True, others=("wkt",)),
        _choice("line", LineIs, "whether it was recorded or drawn; empty: recorded where its points lie close"),
    ),
}

_TAG = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*"
_HEADER = re.compile(
    rf"([a-z]+?(?:_alt|_transcript)?)(?:_({_TAG})|\[(.*)\])?(?:_([1-9]\d{{0,3}}))?(?:_(sources|status|weight|at))?",
    re.DOTALL | re.IGNORECASE,
)
_LONGEST_HEADER = 500
_SCRIPT_LETTERS, _REGION_LETTERS = 4, 2


def is_plain_tag(language: str) -> bool:
    """Whether a language tag is written as BCP 47 advises: en, zh-Hans, pt-BR; others stand in brackets in a header."""
    return bool(re.fullmatch(_TAG, language)) and _plain(language) == language


def _plain(language: str) -> str:
    first, *rest = language.split("-")
    cases = {_SCRIPT_LETTERS: str.title, _REGION_LETTERS: str.upper}
    return "-".join([first.lower(), *(cases.get(len(part), str.lower)(part) for part in rest)])


def _folded(header: str) -> str:
    return re.sub(r"[\s_]+", "", header).casefold()


def column_of(sheet: str, name: str, part: str = "") -> Column:
    """Column of a sheet by its name and part."""
    return next(column for column in SHEETS[sheet] if (column.name, column.part) == (name, part))


@lru_cache(maxsize=4096)
def heading_of(sheet: str, header: str) -> Heading | None:
    """What a header says; None where it is no column of that sheet. Case, spaces and underlines do not count.

    Examples
    --------
    >>> heading_of("waypoints", "Verbatim locality").column.name
    'verbatimLocality'
    >>> heading_of("waypoints", " name zh-hans ").language
    'zh-Hans'
    """
    if len(header) > _LONGEST_HEADER:
        return None
    plain = _folded(header)
    for column in SHEETS[sheet]:
        if plain in {_folded(column.header()), *map(_folded, column.others)}:
            return Heading(column)
    found = _HEADER.fullmatch(re.sub(r"\s+(?![^\[]*\])", "_", header.strip()))
    if found is None:
        return None
    name, tag, verbatim, number, part = found.groups()
    language = verbatim if verbatim is not None else _plain(tag or "en")
    for column in SHEETS[sheet]:
        matches = (column.name, column.part) == (name.lower(), (part or "").lower())
        fits = (column.per_language or tag is verbatim is None) and (column.numbered or number is None)
        if matches and fits:
            return Heading(column, language, int(number or 1))
    return None
