"""JSON parsed without trust: every name that is given twice, every number that is none, is told with its place."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from typing import TYPE_CHECKING, NoReturn

from escape_route.errors import Problem, member_path

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWN_CHARACTERS = 60
_MOST_DIGITS = 4300  # Python reads no longer whole number from text
_NUMBERS = re.compile(r'"(?:\\.|[^"\\])*"|(-?(?:Infinity|NaN|\d+))')
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_LONE = re.compile("[\ud800-\udfff]")


class Members(dict[str, object]):
    """A JSON object that remembers which of its names were given twice."""

    repeated: tuple[str, ...] = ()


def parse(content: bytes) -> tuple[object, list[Problem]]:
    """Parse JSON strictly: UTF-8, no NaN or Infinity.

    Parameters
    ----------
    content
        The bytes of a file; a byte-order mark is passed over.

    Returns
    -------
    tuple
        The document, with objects as `Members`, and the problems; on a problem the document is None.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [Problem("", f"byte {error.start} is not UTF-8", "save the file as UTF-8")]
    try:
        document = json.loads(text, object_pairs_hook=_members, parse_constant=_refuse_constant)
        halves = list(_half_characters(document, "")) if _HALF.search(text) else []
    except json.JSONDecodeError as error:
        return None, [Problem(_place_in(text, error.pos), f"not JSON: {error.msg}", _json_hint(text, error.pos))]
    except RecursionError:
        return None, [Problem("", "not a journey: nested too deeply")]
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


def _refused_number(text: str) -> Problem:
    """First number that `json` does not take: NaN, Infinity, or a whole number of thousands of digits."""
    for found in _NUMBERS.finditer(text):
        number = found[1]
        if number and not number.lstrip("-").isdecimal():
            return Problem(_place_in(text, found.start(1)), f"not JSON: {number} is not a number there")
        if number and len(number) > _MOST_DIGITS:
            return Problem(_place_in(text, found.start(1)), f"a number of {len(number.lstrip('-')):,} digits")
    return Problem("", "a number that cannot be read")


def _place_in(text: str, position: int) -> str:
    line = text.count("\n", 0, position) + 1
    return f"line {line}, column {position - text.rfind(chr(10), 0, position)}"


def _half_characters(value: object, place: str) -> Iterator[Problem]:
    """Texts with half of a surrogate pair, which no file can hold in UTF-8."""
    if isinstance(value, str) and _LONE.search(value):
        yield Problem(
            place, f"{show(value)} holds half a character", "write the character itself, not as \\u and a number"
        )
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from _half_characters(member, f"{place}[{index}]")
    elif isinstance(value, Members):
        for name, member in value.items():
            yield from _half_characters(name, member_path(place, name))
            yield from _half_characters(member, member_path(place, name))


def _json_hint(text: str, position: int) -> str:
    if not text.strip():
        return "the file is empty"
    if text[position - 1 : position + 1] in {",]", ",}"} or text[:position].rstrip().endswith(","):
        return "a comma too many?"
    return ""
