"""JSON parsed without trust: every name that is given twice, every number that is none, is told with its place."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from difflib import get_close_matches
from enum import StrEnum
from typing import NoReturn, TypeVar

from escape_route.errors import Problem, member_path, suggest

_SHOWN_CHARACTERS = 60
_MOST_DIGITS = 4300  # Python reads no longer whole number from text
_LEAST_NAMED, _MOST_NAMED = (
    4,
    3,
)  # letters of a word that is looked for in names, and how many of these are offered
_FEWER = "in quotation marks where it is a text"
#: What most likely led to each message of the parser.
_MEANT = {
    "Expecting ',' delimiter": "a comma or a closing bracket missing just before?",
    "Expecting ':' delimiter": "a colon missing after a name?",
    "Expecting property name enclosed in double quotes": 'names stand in "double" quotation marks',
    "Unterminated string starting at": "the closing quotation mark missing?",
    "Invalid control character at": "a line break within quotation marks is written \\n",
    "Extra data": "a file holds one object: of a feature a line make a collection",
}
_TEXTS, _LOCAL = 'such as ["one", "two"]', 'a text a language, such as {"en": "words"}'
_A_TEXT, _AN_OBJECT = (
    'words between "quotation marks"',
    'names and values between { and }: {"name": "value"}',
)
_NUMBERS = re.compile(r'"(?:\\.|[^"\\])*"|(-?(?:Infinity|NaN|\d+))')
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_LONE = re.compile("[\ud800-\udfff]")


class Members(dict[str, object]):
    """A JSON object that remembers which of its names were given twice."""

    repeated: tuple[str, ...] = ()


def parse(content: bytes) -> tuple[object, list[Problem]]:
    """Parse JSON strictly: UTF-8, no NaN or Infinity; a byte-order mark is passed over.

    It gives the document, with objects as `Members`, and the problems; on a problem the document is
    None.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [Problem("", f"byte {error.start} is not UTF-8", "save the file as UTF-8")]
    try:
        document = _DECODER.decode(text)
        halves = list(_half_characters(document, "")) if _HALF.search(text) else []
    except json.JSONDecodeError as error:
        return None, [
            Problem(_place_in(text, error.pos), f"not JSON: {error.msg}", _json_hint(text, error))
        ]
    except RecursionError:
        return None, [
            Problem(
                "",
                "not a journey: nested too deeply",
                "lists in lists in lists: is this the right file?",
            )
        ]
    except ValueError:
        return None, [_refused_number(text)]
    return (None, halves) if halves else (document, [])


def show(value: object) -> str:
    """Value as JSON writes it, shortened, for a message."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (RecursionError, ValueError):  # too deep, or a whole number of thousands of digits
        text = f"this {type(value).__name__}"
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[: _SHOWN_CHARACTERS - 1]}…"


def is_number(value: object) -> bool:
    """Whether a parsed value is a finite number; true and false are none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def _members(pairs: list[tuple[str, object]]) -> Members:
    members = Members(pairs)
    if len(members) != len(pairs):
        counted = Counter(name for name, _ in pairs)
        members.repeated = tuple(sorted(name for name, count in counted.items() if count > 1))
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


_DECODER = json.JSONDecoder(object_pairs_hook=_members, parse_constant=_refuse_constant)


def _refused_number(text: str) -> Problem:
    """First number that `json` does not take: NaN, Infinity, or a whole number of thousands of digits."""
    for match in _NUMBERS.finditer(text):
        number = match[1]
        if number and not number.lstrip("-").isdecimal():
            return Problem(
                _place_in(text, match.start(1)),
                f"not JSON: {number} is not a number there",
                "a number, or null",
            )
        if number and len(number) > _MOST_DIGITS:
            return Problem(
                _place_in(text, match.start(1)),
                f"a number of {len(number.lstrip('-')):,} digits",
                _FEWER,
            )
    return Problem("", "a number that cannot be read", _FEWER)


def _place_in(text: str, position: int) -> str:
    line = text.count("\n", 0, position) + 1
    return f"line {line}, column {position - text.rfind(chr(10), 0, position)}"


def _half_characters(value: object, place: str) -> Iterator[Problem]:
    """Texts with half of a surrogate pair, which no file can hold in UTF-8."""
    if isinstance(value, str) and _LONE.search(value):
        yield Problem(
            place,
            f"{show(value)} holds half a character",
            "write the character itself, not as \\u and a number",
        )
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from _half_characters(member, f"{place}[{index}]")
    elif isinstance(value, Members):
        for name, member in value.items():
            yield from _half_characters(name, member_path(place, name))
            yield from _half_characters(member, member_path(place, name))


def _json_hint(text: str, error: json.JSONDecodeError) -> str:
    position = error.pos
    if not text.strip():
        return "the file is empty"
    if text[position - 1 : position + 1] in {",]", ",}"} or text[:position].rstrip().endswith(","):
        return "a comma too many?"
    return _MEANT.get(
        error.msg, "was the file cut off, or made by hand? A validator of JSON shows the place"
    )


Choice = TypeVar("Choice", bound="StrEnum")


class Fields:
    """The members of one object, its place in the file, such as ``journey.claims[2]``, and where all faults go."""

    def __init__(self, members: Members, place: str, problems: list[Problem]) -> None:
        """Keep the three."""
        self.members = members
        self.place = place
        self.problems = problems

    def at(self, name: str) -> str:
        """Path of a member."""
        return member_path(self.place, name)

    def fault(self, name: str, message: str, fix: str = "", *, rule: str = "wrong-value") -> None:
        """Note a fault of a member."""
        self.problems.append(Problem(self.at(name), message, fix, rule))

    def know(self, names: Iterable[str]) -> None:
        """Note members that are misspelt: unknown, but close to a known name. Others may be anybody's own."""
        known = tuple(names)
        for name in sorted(self.members.keys() - set(known)):
            near = get_close_matches(name, known, n=1, cutoff=0.84)
            if near and near[0] not in self.members:
                self.fault(
                    name, "unknown member", f'did you mean "{near[0]}"?', rule="misspelt-member"
                )

    def raw(self, name: str, *, needed: bool = False, such: str = "") -> object:
        """Value as it is; None where it is null or missing, which is a fault if it is needed."""
        value = self.members.get(name)
        if value is None and needed:
            message = "missing" if name not in self.members else "null where a value is needed"
            self.fault(name, message, such, rule="missing-value")
        return value

    def text(self, name: str, *, needed: bool = False) -> str | None:
        """Text that is not empty."""
        value = self.raw(name, needed=needed, such=_A_TEXT)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        self.fault(
            name,
            f"{show(value)} is not a text" if not isinstance(value, str) else "an empty text",
            _A_TEXT,
        )
        return None

    def number(self, name: str, *, needed: bool = False) -> float | None:
        """Finite number."""
        value = self.raw(name, needed=needed, such="a number")
        if value is None:
            return None
        if is_number(value):
            return float(value)  # type: ignore[arg-type]  # is_number has looked
        self.fault(name, f"{show(value)} is not a number", _as_number(value))
        return None

    def whole(self, name: str, low: int, high: int) -> int | None:
        """Whole number from low to high."""
        value = self.raw(name)
        if value is None:
            return None
        number = float(value) if is_number(value) else -1.5  # type: ignore[arg-type]  # is_number has looked
        if number != int(number) or not low <= number <= high:
            self.fault(
                name, f"{show(value)} is not a whole number from {low} to {high}", "or leave it out"
            )
            return None
        return int(number)

    def yes(self, name: str) -> bool:
        """Return true or false; false where it is missing."""
        value = self.raw(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.fault(
            name, f"{show(value)} is neither true nor false", "one of them, without quotation marks"
        )
        return False

    def only(self, name: str, word: str) -> bool:
        """Whether the one word stands there that may; false where it is missing."""
        value = self.raw(name)
        if value is not None and value != word:
            self.fault(name, f"{show(value)} is not known here", f'leave it out, or write "{word}"')
        return value is not None

    def choice(
        self, name: str, kind: type[Choice], default: Choice, *, needed: bool = False
    ) -> Choice:
        """One of the values of an enumeration; the default stands in where it is missing or wrong."""
        value = self.raw(name, needed=needed, such=f"one of {', '.join(map(str, kind))}")
        if value is None:
            return default
        if isinstance(value, str):
            with suppress(ValueError):
                return kind(value)
        self.fault(
            name,
            f"{show(value)} is not known here",
            suggest(value, [str(member) for member in kind]),
        )
        return default

    def texts(self, name: str, *, needed: bool = False) -> tuple[str, ...]:
        """List of texts; empty where it is missing."""
        value = self.raw(name, needed=needed, such=_TEXTS)
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(member, str) and member for member in value):
            return tuple(value)
        fix = f"write [{show(value)}]" if isinstance(value, str) else _TEXTS
        self.fault(name, f"{show(value)} is not a list of texts", fix)
        return ()

    def local_text(self, name: str, *, needed: bool = False) -> dict[str, str] | None:
        """Text per language."""
        value = self.raw(name, needed=needed, such=_LOCAL)
        if value is None:
            return None
        if (
            isinstance(value, Members)
            and value
            and all(isinstance(text, str) and text.strip() for text in value.values())
        ):
            return {language: str(text) for language, text in value.items()}
        fix = f'write {{"en": {show(value)}}}' if isinstance(value, str) else _LOCAL
        self.fault(name, f"{show(value)} is not a text per language", fix)
        return None

    def object(self, name: str, *, needed: bool = False, such: str = _AN_OBJECT) -> Fields | None:
        """One object as fields of its own."""
        value = self.raw(name, needed=needed, such=such)
        if isinstance(value, Members):
            return Fields(value, self.at(name), self.problems)
        if value is not None:
            self.fault(name, f"{show(value)} is not an object", such)
        return None

    def objects(self, name: str, *, needed: bool = False) -> tuple[Fields, ...]:
        """List of objects, each as fields of its own; empty where it is missing."""
        value = self.raw(name, needed=needed, such=f"between [ and ], {_AN_OBJECT}")
        if value is None:
            return ()
        if not isinstance(value, list):
            self.fault(name, f"{show(value)} is not a list", "put it between [ and ]")
            return ()
        found = []
        for index, member in enumerate(value):
            if isinstance(member, Members):
                found.append(Fields(member, f"{self.at(name)}[{index}]", self.problems))
            else:
                self.fault(f"{name}[{index}]", f"{show(member)} is not an object", _AN_OBJECT)
        return tuple(found)


def in_file_order(problems: Iterable[Problem], document: object) -> tuple[Problem, ...]:
    """Problems in the order of their places in a document, each once; a missing member is the last of its object."""
    return tuple(
        sorted(dict.fromkeys(problems), key=lambda problem: _rank(problem.place, document))
    )


def _rank(place: str, document: object) -> tuple[int, ...]:
    rank = []
    value = document
    for name, index in re.findall(r"([^.\[\]]+)|\[(\d+)\]", place):
        if isinstance(value, list) and index:
            rank.append(int(index))
            value = value[int(index)]
        elif isinstance(value, Members):
            rank.append(list(value).index(name) if name in value else len(value))
            value = value.get(name)
    return tuple(rank)


def _as_number(value: object) -> str:
    """How to write a text that holds a number: without quotation marks, and as `numbers_meant` has it."""
    if not isinstance(value, str):
        return ""
    meant = numbers_meant(value)
    return f"write {', or '.join(meant)}" if meant else "a number alone, without quotation marks"


def numbers_meant(text: str) -> tuple[str, ...]:
    """Numbers that a text may mean, without spaces and marks between thousands; in German the point is such a mark.

    >>> numbers_meant("1 200"), numbers_meant("1,500.5"), numbers_meant("1.500,5"), numbers_meant("1,500")
    (('1200',), ('1500.5',), ('1500.5',), ('1500', '1.500'))
    """
    bare = "".join(text.split())
    english, german = bare.replace(",", ""), bare.replace(".", "").replace(",", ".")
    if re.fullmatch(r"-?\d{1,3},\d{3}", bare):
        return english, german
    if re.fullmatch(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", bare):
        return (english,)
    return (german,) if re.fullmatch(r"-?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?", bare) else ()


def ids_by_name(named: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
    """Ids that each name stands for, names in small letters, from pairs of an id and its names.

    >>> ids_by_name([("w1", ["Bern", "Berne"]), ("w2", ["Lyon"]), ("w3", ["Bern "])])
    {'bern': ['w1', 'w3'], 'berne': ['w1'], 'lyon': ['w2']}
    """
    found: dict[str, list[str]] = {}
    for each, names in named:
        for name in dict.fromkeys(name.strip().lower() for name in names):
            found.setdefault(name, []).append(each)
    return found


def suggest_bearer(name: str, bearers: Mapping[str, list[str]], ids: Iterable[str]) -> str:
    """Ids of those that bear a name which was given in place of an id, else whose name has it, else the nearest id."""
    plain = name.strip().lower()
    word = re.compile(rf"\b{re.escape(plain)}\b")
    inside = [each for bearer, borne in bearers.items() if word.search(bearer) for each in borne]
    found = (
        bearers.get(plain)
        or [*dict.fromkeys(inside if len(plain) >= _LEAST_NAMED else ())][:_MOST_NAMED]
    )
    return f"did you mean {' or '.join(map(show, found))}?" if found else suggest(name, ids)
