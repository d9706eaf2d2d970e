"""The sheets and columns of a journey as a table: what each is called, what it holds, and where that stands in GeoJSON.

The template, its explanations and drop-down lists, `docs/your-own-journey.md`, reading and writing
all go by this list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

from escape_route import packaged
from escape_route.model import vocabulary
from escape_route.model.members import MAX_SENSITIVITY
from escape_route.model.modes import Mode, ModesAre
from escape_route.model.units import UNITS, Quantity


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

    `member` is where its value stands below the row's object in GeoJSON. `per_language` columns
    come once a language (``name_en``, ``name_ko``), `numbered` ones as often as needed (``mode``,
    ``mode_2``). A `part` belongs to a numbered column of the same `name` (``mode_2_status``).
    `others` are further headers that are understood. `words` are what a table offers and shows in
    place of its `choices`, one each. What it is `about` has a colour, and its `width` in characters
    is the usual one of what it holds where None.
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
    about: str = "where"
    width: int | None = None

    def header(self, language: str = "en", number: int = 1) -> str:
        """Header of the column for a language and a number.

        >>> column_of("waypoints", "narration", "sources").header("zh-Hans", 2)
        'narration_zh-Hans_2_sources'
        """
        if not self.per_language:
            tag = ""
        elif is_plain_tag(language):
            tag = f"_{language}"
        else:
            tag = f"[{language}]"
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


#: Tables of words that the choices of a column are of.
_WORDS: Mapping[str, Iterable[object]] = {
    "mode": Mode,
    "modes_are": ModesAre,
    "unit": UNITS,
    "quantity": Quantity,
    "sensitivity": range(MAX_SENSITIVITY + 1),
    "basis": vocabulary.Basis,
    "counts": vocabulary.Counts,
    "flight": vocabulary.Flight,
    "line": vocabulary.LineIs,
    "outcome": vocabulary.Outcome,
    "precision": vocabulary.Precision,
    "role": vocabulary.Role,
    "scene": vocabulary.SceneKind,
    "source": vocabulary.SourceKind,
    "status": vocabulary.Status,
    "wording": vocabulary.Wording,
}


def _column(row: Mapping[str, Any], table: Mapping[str, Mapping[str, str]]) -> Column:
    kind = row.get("choices", ())
    choices = tuple(map(str, _WORDS[kind] if isinstance(kind, str) else kind))
    values = {
        "member": row["name"],
        **row,
        "holds": Holds[row["holds"].upper()],
        "explanation": re.sub(
            r"<(\w+)>", lambda phrase: table["phrases"][phrase[1]], row["explanation"]
        ),
        "choices": choices,
        "words": tuple(table["accounts"][choice] for choice in choices) if kind == "status" else (),
        "others": tuple(row.get("others", ())),
    }
    return Column(**values)


def _sheets() -> dict[str, tuple[Column, ...]]:
    table = packaged.table("formats/tables/columns.toml")
    return {
        sheet: tuple(_column(row, table) for row in rows) for sheet, rows in table["sheets"].items()
    }


#: Columns of each sheet, in their order.
SHEETS = _sheets()

_TAG = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*"
_HEADER = re.compile(
    rf"([a-z]+?(?:_alt|_transcript)?)(?:_({_TAG})|\[(.*)\])?(?:_([1-9]\d{{0,3}}))?(?:_(sources|status|weight|told|at))?",
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
    match = _HEADER.fullmatch(re.sub(r"\s+(?![^\[]*\])", "_", header.strip()))
    if match is None:
        return None
    name, tag, verbatim, number, part = match.groups()
    language = verbatim if verbatim is not None else _plain(tag or "en")
    for column in SHEETS[sheet]:
        matches = (column.name, column.part) == (name.lower(), (part or "").lower())
        fits = (column.per_language or tag is verbatim is None) and (
            column.numbered or number is None
        )
        if matches and fits:
            return Heading(column, language, int(number or 1))
    return None
