"""Texts, dates and numbers that are held and not published, each in the one spelling that it is looked for in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from escape_route.protection.leaks import dates, vocabulary
from escape_route.protection.leaks.folding import View, folded, plain
from escape_route.protection.leaks.members import named
from escape_route.strict_json import is_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from escape_route.protection.leaks.members import Path

DATE = "withheld date"
_SHORTEST_WORD = 4
_SHORTEST_IDEOGRAPHS = 2
_LONG_TEXT = 48  # of a longer text its sentences and its beginning are looked for as well
_BEGINNING = 32
_FEWEST_DIGITS = 5
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]")
_SENTENCES = re.compile(r"(?<=[.!?;。！？])\s+|(?<=[。！？])|\n+")
_ID_NAMES = frozenset({"id", "from", "to"})


@dataclass(frozen=True, slots=True)
class Words:
    """A text that is held and not published, in the one spelling that texts are compared in."""

    text: str
    held_at: str
    kind: str = "withheld text"


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is held and not published, long enough that it stands nowhere by chance."""

    value: float
    held_at: str


def corpus(published: Iterable[tuple[Path, object]], coordinates: Iterable[float]) -> str:
    """Everything that is published as text, and names of members, in one string for looking things up in."""
    told = [str(value) for _, value in published]
    names = {str(step) for path, _ in published for step in path}
    return "\x00".join((*map(plain, (*told, *sorted(names))), *map(repr, coordinates)))


def texts(values: Iterable[tuple[Path, object]], public: str) -> Iterator[Words]:
    """Texts that are told and do not stand in what is published."""
    seen: set[str] = set()
    for path, value in values:
        if not isinstance(value, str) or dates.is_date(value.strip()):  # a date is looked for as such
            continue
        for part in _parts(value):
            if part not in seen and not _stands_in(part, public) and _says_something(part, path):
                seen.add(part)
                yield Words(part, named(path))


def days(values: Iterable[tuple[Path, object]], published: Iterable[tuple[Path, object]]) -> Iterator[Words]:
    """Days and months that are told and not published, as ISO 8601 writes them."""
    seen = {day for _, value in published if isinstance(value, str) for day in _all_days(value)}
    for path, value in values:
        for day in dates.named(folded(View(value)).text) if isinstance(value, str) else ():
            if day not in seen:
                seen.add(day)
                yield Words(day, named(path), DATE)


def _all_days(text: str) -> set[str]:
    """Days that a text may mean, with and without their year."""
    meant = {day for _, _, found in dates.found_in(folded(View(text)).text) for day in found}
    return meant | {f"-{day[4:]}" for day in meant if len(day) == len("2019-05-14")}


def _parts(text: str) -> Iterator[str]:
    """A text whole; of a long one its sentences and its beginning too, for it may be quoted or cut off."""
    whole = plain(text)
    yield whole
    if len(whole) > _LONG_TEXT and " " in whole:
        yield whole[:_BEGINNING].rpartition(" ")[0]
        for sentence in _SENTENCES.split(text):
            if len(part := plain(sentence).rstrip(".!?;。！？")) > _BEGINNING:
                yield part


def _says_something(text: str, path: Path) -> bool:
    """Whether a text is long enough to be looked for, and not what the program itself always says."""
    letters = sum(character.isalpha() for character in text)
    if path and path[-1] in _ID_NAMES:
        text = text.rstrip(" 0123456789")
        letters = len(text)
    fewest = _SHORTEST_IDEOGRAPHS if _IDEOGRAPHS.search(text) else _SHORTEST_WORD
    long_enough = letters >= fewest or len(re.sub(r"\D", "", text)) > _FEWEST_DIGITS
    return long_enough and not _stands_in(text, vocabulary.own_words())


def _stands_in(text: str, corpus: str) -> bool:
    """Whether a text stands in another as words of its own, not within a longer word."""
    start = corpus.find(text) if text else -1
    while start >= 0:
        if is_whole(corpus, start, start + len(text)):
            return True
        start = corpus.find(text, start + 1)
    return not text


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether what stands from start to end is no part of a longer word; scripts without spaces have no such."""
    return not (
        (start > 0 and _joins(text[start - 1], text[start])) or (end < len(text) and _joins(text[end - 1], text[end]))
    )


def _joins(one: str, other: str) -> bool:
    """Whether two neighbours are of one word, in a script that puts spaces between words."""
    return (one.isalpha() and other.isalpha() and max(one, other) < "\u0e00") or (one.isdigit() and other.isdigit())


def numbers(
    values: Iterable[tuple[Path, object]], published: Iterable[tuple[Path, object]], coordinates: Iterable[float]
) -> Iterator[Number]:
    """Numbers of five digits and more, such as heights and times; those within positions are looked for as such."""
    seen = {*coordinates, *(value for _, value in published if is_number(value))}
    for path, value in values:
        if is_number(value) and value not in seen and len(_digits(value)) >= _FEWEST_DIGITS:
            if _is_coordinate(path):
                continue
            seen.add(value)
            yield Number(float(value), named(path))  # type: ignore[arg-type]  # is_number has looked


def _is_coordinate(path: Path) -> bool:
    """Whether a path leads into a geometry or its bounds; of a point's height that is not so, of a track's it is."""
    if "bbox" in path or "coordinates" not in path:
        return "bbox" in path
    return path[-1] in {0, 1} or path[-2] != "coordinates"


def _digits(value: object) -> str:
    """Digits of a number that say something: no zeros at either end."""
    return f"{Decimal(repr(value)).normalize():f}".replace(".", "").strip("-0")
