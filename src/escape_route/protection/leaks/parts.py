"""What a published file is made of: passages of text with a way to name each place in them, bytes, fields, and gaps."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Namer: TypeAlias = "Callable[[Sequence[int]], list[str]]"

_JSON_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|[\[\]{},]')


@dataclass(frozen=True, slots=True)
class Passage:
    """A text. `name` gives the places of offsets in it.

    `is_table` says that its numbers are held and not drawn, `is_noise` that it is what happens to look like text among
    bytes, in which a few letters mean nothing, `is_sheet` that it is cells of a workbook.
    """

    text: str
    name: Namer
    is_table: bool = False
    is_noise: bool = False
    is_sheet: bool = False


@dataclass(frozen=True, slots=True)
class Bytes:
    """Bytes that are no text; `place` is where they stand."""

    content: bytes
    place: str


@dataclass(frozen=True, slots=True)
class Inside:
    """A file within the file."""

    content: bytes
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of metadata."""

    name: str
    value: str
    place: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A part that could not be read, and why."""

    why: str
    place: str


Part: TypeAlias = "Passage | Bytes | Inside | Field | Gap"


def within(place: str, inner: str) -> str:
    """Place in a place.

    Examples
    --------
    >>> within("member a.csv", "line 3, column 10"), within("", "line 1, column 1")
    ('member a.csv, line 3, column 10', 'line 1, column 1')
    """
    return ", ".join(filter(None, (place, inner)))


def by_line(text: str, place: str = "") -> Namer:
    """Name places in a text by line and column, from 1."""

    def name(offsets: Sequence[int]) -> list[str]:
        found: dict[int, str] = {}
        line, start, last = 1, 0, 0
        for offset in sorted(set(offsets)):
            if passed := text.count("\n", last, offset):
                line += passed
                start = text.rfind("\n", last, offset) + 1
            last = offset
            found[offset] = within(place, f"line {line}, column {offset - start + 1}")
        return [found[offset] for offset in offsets]

    return name


def by_json_path(text: str, place: str = "") -> Namer:
    """Name places in a JSON text by the path of the value they stand in, and by line and column."""

    def name(offsets: Sequence[int]) -> list[str]:
        paths = _json_paths(text, sorted(offsets))
        lines = by_line(text, place)(offsets)
        return [
            f"{line} ({paths[offset]})" if paths[offset] else line for offset, line in zip(offsets, lines, strict=True)
        ]

    return name


def _json_paths(text: str, offsets: Sequence[int]) -> dict[int, str]:
    """Path at each of some sorted offsets, in one pass."""
    found: dict[int, str] = {}
    waiting = list(reversed(offsets))
    steps: list[str | int] = []
    key = ""
    for token in _JSON_TOKEN.finditer(text):
        while waiting and waiting[-1] < token.end():
            found[waiting.pop()] = _path(steps)
        if not waiting:
            break
        sign = token[0]
        if sign[0] == '"':
            key = sign[1:-1]
            if steps and isinstance(steps[-1], str) and text[token.end() : token.end() + 9].lstrip().startswith(":"):
                steps[-1] = key
        elif sign in "[{":
            steps.append(0 if sign == "[" else "")
        elif sign in "]}":
            del steps[-1:]
        elif steps and isinstance(steps[-1], int):
            steps[-1] += 1
    return found | {offset: _path(steps) for offset in waiting}


def _path(steps: Sequence[str | int]) -> str:
    parts = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps if step != ""]
    return "".join(parts).removeprefix(".")


def by_piece(starts: Sequence[int], names: Sequence[str]) -> Namer:
    """Name places in a text that was joined from pieces by the piece that they lie in."""

    def name(offsets: Sequence[int]) -> list[str]:
        return [names[max(0, bisect_right(starts, offset) - 1)] for offset in offsets]

    return name


def joined(pieces: Sequence[tuple[str, str]], *, is_noise: bool = False) -> Passage:
    """One passage from texts with their names, so that what belongs together stands together."""
    starts, length = [], 0
    for text, _ in pieces:
        starts.append(length)
        length += len(text) + 1
    return Passage(
        "\n".join(text for text, _ in pieces), by_piece(starts, [name for _, name in pieces]), is_noise=is_noise
    )
