"""What a file is made of: passages of text with a way to name each place in them, bytes, files; and what is found."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

Floats: TypeAlias = "NDArray[np.float64]"
Indices: TypeAlias = "NDArray[np.int64]"
Bools: TypeAlias = "NDArray[np.bool_]"
Namer: TypeAlias = "Callable[[Sequence[int]], list[str]]"

_JSON_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|[\[\]{},]')


@dataclass(frozen=True, slots=True)
class Passage:
    """A text. `name` gives the places of offsets in it.

    `is_noise` says that it is what happens to look like text among bytes, in which a few letters mean nothing.
    """

    text: str
    name: Namer
    is_noise: bool = False


@dataclass(frozen=True, slots=True)
class Bytes:
    """Bytes that are no text; `place` is where they stand."""

    content: bytes
    place: str


@dataclass(frozen=True, slots=True)
class Inside:
    """A file within the file; `is_file` is False where it may be no file at all, such as a block of base64."""

    content: bytes
    name: str
    place: str
    is_file: bool = True


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something in a published file that should not be there. It never repeats the secret itself.

    `place` is where in the published file, such as ``line 3, column 10``; `kind` what was found, or the notation that
    it is written in; `held_at` where the held file has it, empty for what is wrong in any file. `is_gap` says that it
    is a part that could not be looked through.
    """

    place: str
    kind: str
    held_at: str = ""
    is_gap: bool = False

    def __str__(self) -> str:
        """Give place, kind and where it is held, on one line."""
        held = f" (held at {self.held_at})" if self.held_at else ""
        return f"{self.place}: {self.kind}{held}"


@dataclass
class Budget:
    """How many bytes more may be unpacked from one file."""

    left: int = 256_000_000


Part: TypeAlias = "Passage | Bytes | Inside | Finding"


def gap(why: str, place: str) -> Finding:
    """A part that could not be read, and why."""
    return Finding(place or "the file", f"not looked through: {why}", is_gap=True)


def within(place: str, inner: str) -> str:
    """Place in a place."""
    return ", ".join(filter(None, (place, inner)))


def by_line(text: str, place: str = "", *, is_json: bool = False) -> Namer:
    """Name places in a text by line and column, from 1, and in JSON by the path of the value that they stand in."""

    def name(offsets: Sequence[int]) -> list[str]:
        ordered = sorted(set(offsets))
        paths = _json_paths(text, ordered) if is_json else {}
        named: dict[int, str] = {}
        line, start, last = 1, 0, 0
        for offset in ordered:
            if passed := text.count("\n", last, offset):
                line += passed
                start = text.rfind("\n", last, offset) + 1
            last = offset
            path = f" ({paths[offset]})" if paths.get(offset) else ""
            named[offset] = within(place, f"line {line}, column {offset - start + 1}{path}")
        return [named[offset] for offset in offsets]

    return name


def _json_paths(text: str, offsets: Sequence[int]) -> dict[int, str]:
    """Path at each of some sorted offsets, in one pass."""
    paths: dict[int, str] = {}
    waiting = list(reversed(offsets))
    steps: list[str | int] = []
    key = ""
    for token in _JSON_TOKEN.finditer(text):
        while waiting and waiting[-1] < token.end():
            paths[waiting.pop()] = _path(steps)
        if not waiting:
            break
        sign = token[0]
        if sign[0] == '"':
            key = sign[1:-1]
            is_name = text[token.end() : token.end() + 9].lstrip().startswith(":")
            if steps and isinstance(steps[-1], str) and is_name:
                steps[-1] = key
        elif sign in "[{":
            steps.append(0 if sign == "[" else "")
        elif sign in "]}":
            del steps[-1:]
        elif steps and isinstance(steps[-1], int):
            steps[-1] += 1
    return paths | {offset: _path(steps) for offset in waiting}


def _path(steps: Sequence[str | int]) -> str:
    named = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps if step != ""]
    return "".join(named).removeprefix(".")


def joined(pieces: Sequence[tuple[str, str]], *, is_noise: bool = False, between: str = "\n") -> Passage:
    """One passage from texts with their names, so that what belongs together stands together."""
    starts, length = [], 0
    for text, _ in pieces:
        starts.append(length)
        length += len(text) + len(between)
    names = [name for _, name in pieces]

    def name(offsets: Sequence[int]) -> list[str]:
        return [names[max(0, bisect_right(starts, offset) - 1)] for offset in offsets]

    return Passage(between.join(text for text, _ in pieces), name, is_noise=is_noise)
