"""What a file is made of: passages of text with a way to name each place in them, bytes, files; and what is found."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from escape_route.errors import member_path

Floats: TypeAlias = "NDArray[np.float64]"
Indices: TypeAlias = "NDArray[np.int64]"
Bools: TypeAlias = "NDArray[np.bool_]"
Namer: TypeAlias = "Callable[[Sequence[int]], list[str]]"

_JSON_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|[\[\]{},]')


@dataclass(frozen=True, slots=True)
class Passage:
    """A text. `name` gives the places of offsets in it.

    `is_noise` says that it is what happens to look like text among bytes, in which a few letters
    mean nothing.
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

    `place` is where in the published file, such as ``line 3, column 10``; `kind` what was found, or
    the notation that it is written in; `held_at` where the held file has it, empty for what is
    wrong in any file. `is_gap` says that it is a part that could not be looked through.
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
        paths = _json_paths(text, sorted(set(offsets))) if is_json else {}
        breaks = [-1, *(match.start() for match in re.finditer("\n", text))]
        spots = [(bisect_left(breaks, offset), offset) for offset in offsets]
        places = [
            (f"line {line}, column {offset - breaks[line - 1]}", paths.get(offset))
            for line, offset in spots
        ]
        return [within(place, f"{spot} ({path})" if path else spot) for spot, path in places]

    return name


def _json_paths(text: str, offsets: Sequence[int]) -> dict[int, str]:
    """Path at each of some sorted offsets, in one pass."""
    paths: dict[int, str] = {}
    waiting = list(reversed(offsets))
    steps: list[str | int] = []
    key = ""
    for token in _JSON_TOKEN.finditer(text):
        while waiting and waiting[-1] < token.end():
            paths[waiting.pop()] = named(step for step in steps if step != "")
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
    return paths | {offset: named(step for step in steps if step != "") for offset in waiting}


def named(path: Iterable[str | int]) -> str:
    """Path as messages write it."""
    place = ""
    for step in path:
        place = f"{place}[{step}]" if isinstance(step, int) else member_path(place, step)
    return place


def joined(
    pieces: Sequence[tuple[str, str]], *, is_noise: bool = False, between: str = "\n"
) -> Passage:
    """One passage from texts with their names, so that what belongs together stands together."""
    starts = list(accumulate((len(text) + len(between) for text, _ in pieces[:-1]), initial=0))

    def name(offsets: Sequence[int]) -> list[str]:
        return [pieces[bisect_right(starts, offset) - 1][1] for offset in offsets]

    return Passage(between.join(text for text, _ in pieces), name, is_noise=is_noise)
