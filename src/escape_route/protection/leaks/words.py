"""Texts, dates and numbers that are held and not published, each in the one spelling that it is looked for in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import TypeAlias

from escape_route.geography import base
from escape_route.protection.leaks import dates
from escape_route.protection.leaks.parts import named
from escape_route.protection.leaks.spelling import View, folded, plain, vocabulary
from escape_route.strict_json import is_number

Path: TypeAlias = "tuple[str | int, ...]"

DATE, PART, NUMBER = "withheld date", "part of a withheld text", "withheld number"
_SHORTEST_WORD, _SHORTEST_IDEOGRAPHS = 4, 2
_SHORTEST_PART = 6  # letters of one word of a longer name
_LONG_PHRASE = 16
_LONG_TEXT = 48  # of a longer text its sentences and its beginning are looked for as well
_BEGINNING = 32
_FEWEST_DIGITS = 5
_LETTERS, _BESIDE = re.compile(r"[^\W\d_]"), 12  # characters beside a number
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]")
_SENTENCES = re.compile(r"(?<=[.!?;。！？])\s+|(?<=[。！？])|\n+")
PHRASES = re.compile(r"\s*[,;:/()\[\]|·、，；：（）–—]\s*|\s-\s")
#: Words in capitals that stand together, with what joins parts of a name: "Ban Phon Xay", "Rue de
#: la Paix".
PROPER = re.compile(
    r"[^\W\d_a-z][\w'’-]*(?:\s(?:(?:de|del|der|la|le|al|el|of|van|von|am|an)\s)*[^\W\d_a-z][\w'’-]*)*"
)
_WORDS = re.compile(r"[^\W_]+")
_ID_NAMES, _OWN_ID = (
    frozenset({"id", "from", "to"}),
    ("journey", "id"),
)  # the last names the page, and excuses nothing
COMMON = frozenset(vocabulary("parts of many names").split())
#: What a description is made of that tells nothing of where; what is left of "a village in Laos" is
#: Laos.
TELLS_NO_PLACE = tuple(dict.fromkeys(map(plain, vocabulary("words that tell no place").split())))


@dataclass(frozen=True, slots=True)
class Words:
    """A text that is held and not published, in the one spelling that texts are compared in.

    `is_name` is False of a single word in small letters, which may stand in any program.
    """

    text: str
    held_at: str
    kind: str = "withheld text"
    is_name: bool = True


def withheld(
    values: list[tuple[Path, object]],
    published: list[tuple[Path, object]],
    coordinates: Iterable[float],
) -> Iterator[Words]:
    """Texts, parts of names, days and long numbers that are told and do not stand in what is published."""
    texts = [str(value) for _, value in published]
    names = {str(step) for path, _ in published for step in path}
    public = "\x00".join((plain("\x00".join((*texts, *sorted(names)))), *map(repr, coordinates)))
    seen: set[str] = set()
    for path, value in values:
        if not isinstance(value, str) or dates.is_date(
            value.strip()
        ):  # a date is looked for as such
            continue
        for part, kind, is_name in _parts(value):
            if part not in seen and not _stands_in(part, public) and says_something(part, path):
                seen.add(part)
                yield Words(part, named(path), kind, is_name)
    yield from _days(values, published)
    yield from _numbers(
        values, {*coordinates, *(value for _, value in published if is_number(value))}
    )


def _days(
    values: Iterable[tuple[Path, object]], published: Iterable[tuple[Path, object]]
) -> Iterator[Words]:
    seen = {
        day
        for path, value in published
        if isinstance(value, str) and path != _OWN_ID
        for day in _all_days(value)
    }
    for path, value in values:
        for day in (
            dates.named(folded(View(value)).text)
            if isinstance(value, str) and path != _OWN_ID
            else ()
        ):
            if day not in seen:
                seen.add(day)
                yield Words(day, named(path), DATE)


def _all_days(text: str) -> set[str]:
    """Days that a published text tells, the two ends of an interval among them."""
    parts = (text, *text.split("/")) if "/" in text else (text,)
    meant = {
        day
        for part in parts
        for _, _, days in dates.found_in(folded(View(part)).text)
        for day in days
    }
    return meant | {f"-{day[4:]}" for day in meant if len(day) == len("2019-05-14")}


def _parts(text: str) -> Iterator[tuple[str, str, bool]]:
    """A text whole, of a long one its sentences and its beginning, and the names within it: (text, kind, is a name)."""
    whole = plain(text)
    is_name = " " in whole or not whole.isascii() or not text.strip().islower()
    yield whole, "withheld text", is_name
    if len(whole) > _LONG_TEXT and " " in whole:
        yield whole[:_BEGINNING].rpartition(" ")[0], "withheld text", True
        for sentence in _SENTENCES.split(text):
            if len(part := plain(sentence).rstrip(".!?;。！？")) > _BEGINNING:
                yield part, "withheld text", True
        return  # names within a narration are too many, and mostly those of published places
    for part in dict.fromkeys(map(plain, _names_within(text))):
        if part != whole and _is_telling(part):
            yield part, PART, True


def _names_within(text: str) -> Iterator[str]:
    """Phrases of a text that hold a name or are long, the names in them, and each word of these."""
    for phrase in PHRASES.split(text):
        if (
            len(phrase) >= _LONG_PHRASE
            or not phrase.isascii()
            or any(letter.isupper() for letter in phrase)
        ):
            yield phrase
        for proper in PROPER.findall(phrase):
            yield from (proper, *proper.split())


def _is_telling(part: str) -> bool:
    """Whether a part of a name is a name of its own: long enough, and no word that many places are called by."""
    words = part.split()
    if all(word in COMMON for word in words):
        return False
    if _IDEOGRAPHS.search(part):
        return len(part) > _SHORTEST_IDEOGRAPHS
    return len(words) > 1 or len(part) >= _SHORTEST_PART


def says_something(text: str, path: Path) -> bool:
    """Whether a text is long enough to be looked for, and not what the program itself always says."""
    letters = sum(character.isalpha() for character in text)
    if path and path[-1] in _ID_NAMES:
        text = text.rstrip(" 0123456789")
        letters = len(text)
    fewest = _SHORTEST_IDEOGRAPHS if _IDEOGRAPHS.search(text) else _SHORTEST_WORD
    long_enough = letters >= fewest or len(re.sub(r"\D", "", text)) > _FEWEST_DIGITS
    return long_enough and not any(_stands_in(text, own()) for own in (_format_words, own_words))


def _stands_in(text: str, corpus: str) -> bool:
    """Whether a text stands in another as words of its own, not within a longer word."""
    start = corpus.find(text) if text else -1
    while start >= 0:
        if _is_whole(corpus, start, start + len(text)):
            return True
        start = corpus.find(text, start + 1)
    return not text


def occurrences(text: str, words: Words, most: int) -> Iterator[tuple[int, int]]:
    """Where words stand in a text as words of their own, whatever signs stand between them; the first few.

    A number counts where letters stand beside it: in an array there is any.
    """
    for match in _spelt(words.text, is_number=words.kind == NUMBER).finditer(text):
        start, end = match.span()
        is_told = words.kind != NUMBER or _LETTERS.search(
            text[max(0, start - _BESIDE) : end + _BESIDE]
        )
        if most and is_told and _is_whole(text, start, end):
            most -= 1
            yield start, end


@lru_cache(maxsize=4096)
def _spelt(words: str, *, is_number: bool) -> re.Pattern[str]:
    """Words with any space or signs between them, or none; a number with its digits grouped in any way."""
    if is_number:
        return re.compile(
            r"(?<!\d)(?<!\d[.,])" + r"[\W_]?".join(re.sub(r"\D", "", words)) + r"(?![.,]?\d)"
        )
    return re.compile(r"[\W_]{0,3}".join(map(re.escape, _WORDS.findall(words))) or re.escape(words))


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether what stands from start to end is no part of a longer word; scripts without spaces have no such."""
    before = start > 0 and _joins(text[start - 1], text[start])
    return not (before or (end < len(text) and _joins(text[end - 1], text[end])))


def _joins(one: str, other: str) -> bool:
    """Whether two neighbours are of one word, in a script that puts spaces between words."""
    return (one.isalpha() and other.isalpha() and max(one, other) < "\u0e00") or (
        one.isdigit() and other.isdigit()
    )


def _numbers(values: Iterable[tuple[Path, object]], seen: set[object]) -> Iterator[Words]:
    """Numbers of five digits and more, such as telephones; those within positions are looked for as such."""
    for path, value in values:
        if is_number(value) and value not in seen and not _is_coordinate(path):
            digits = f"{Decimal(repr(value)).normalize():f}".lstrip("-")
            if len(digits.replace(".", "").strip("0")) >= _FEWEST_DIGITS:
                seen.add(value)
                yield Words(digits, named(path), NUMBER)


def _is_coordinate(path: Path) -> bool:
    """Whether a path leads into a geometry or its bounds; of a point's height that is not so, of a track's it is."""
    if "bbox" in path or "coordinates" not in path:
        return "bbox" in path
    return path[-1] in {0, 1} or path[-2] != "coordinates"


@cache
def _format_words() -> str:
    """Names and values of the format's members, folded: most of what changes is one of them."""
    schema = (
        files("escape_route").joinpath("model", "schema", "journey.schema.json").read_text("utf-8")
    )
    return plain("\x00".join(re.findall(r'"([A-Za-z_ ]{3,})"', schema)))


@cache
def own_words() -> str:
    """Words of the interface and names of countries, folded."""
    package = files("escape_route")
    folders = package.joinpath("language", "words"), package.joinpath("publish", "page", "web")
    shown = [
        file
        for folder in folders
        for file in folder.iterdir()
        if file.name.endswith((".json", ".html"))
    ]
    texts = [
        re.sub(r"<[^>]*>", "\n", file.read_text("utf-8"))
        for file in sorted(shown, key=lambda file: file.name)
    ]
    countries = [name for names in base.country_names().values() for name in names.values()]
    return plain("\x00".join((*texts, *countries)))
