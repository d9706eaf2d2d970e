"""What the texts and lists of a file may hold, whatever the format: letters that can be drawn, and not too many.

A journey is told by people, in texts of a few pages. What is longer by far is no journey and would take minutes to
draw, and a character that no XML can hold, or that turns about what stands after it, is nobody's letter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from escape_route.errors import Problem, member_path
from escape_route.model.members import (
    BY_LANGUAGE,
    MOST_IN_A_LIST,
    MOST_IN_A_TEXT,
    MOST_LANGUAGES,
    MOST_LETTERS,
    MOST_LISTED,
)
from escape_route.strict_json import Members, show

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SHAPES = frozenset({"coordinates", "bbox"})
_TOLD = (str, Members, list)

_LIKE_A_BLANK = re.compile("[\x0b\x0c\x85\u2028\u2029]")  # as word processors write a new line
_LAST_OF_PLANES = "".join(map(chr, (plane << 16 | last for plane in range(17) for last in (0xFFFE, 0xFFFF))))
_NO_LETTER = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef{_LAST_OF_PLANES}]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_OVERRIDES, _CLOSES = "\u202d\u202e", {"\u202c": "\u202a\u202b\u202d\u202e", "\u2069": "\u2066\u2067\u2068"}
_UNSEEN = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u206f\u2800\u3164\ufeff\uffa0]+"
)
_ODD = re.compile(f"{_LIKE_A_BLANK.pattern}|{_NO_LETTER.pattern}|{_DIRECTION.pattern}|\\A{_UNSEEN.pattern}\\Z")


def tidy(document: object) -> Iterator[Problem]:
    r"""Put texts of a document in order where that is harmless, and find those that cannot stay, and what is too much.

    Marks that part lines become blanks; marks of direction that turn letters about or have no partner are taken out; of
    a text in which nothing can be seen nothing is left.

    Examples
    --------
    >>> document = Members(title=Members(en="Over\u2028the \u202eriver"), note="\x1b[31m")
    >>> [str(each) for each in tidy(document)], document["title"]
    (['note: "\\u001b[31m" holds U+001B, which is no letter (delete it)'], {'en': 'Over the river'})
    """
    waiting: list[tuple[object, str, int]] = [(document, "", MOST_IN_A_TEXT)]
    while waiting:
        value, place, most = waiting.pop()
        for key, member in _members_of(value):
            most_here = MOST_LETTERS.get(key, most) if isinstance(key, str) else most
            if isinstance(member, str) and member.isascii() and member.isprintable() and len(member) <= most_here:
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
        return [pair for pair in value.items() if isinstance(pair[1], _TOLD) and pair[0] not in _SHAPES]
    return [pair for pair in enumerate(value) if isinstance(pair[1], _TOLD)] if isinstance(value, list) else []


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
    found: set[int] = set()
    for mark in _DIRECTION.finditer(text):
        closes = _CLOSES.get(mark[0])
        if closes is None:
            opened.append(mark.start())
        elif opened and text[opened[-1]] in closes:
            first = opened.pop()
            found |= {first, mark.start()} if text[first] in _OVERRIDES else set()
        else:
            found.add(mark.start())
    return found | set(opened)


def _faults(text: str, place: str, most: int) -> Iterator[Problem]:
    odd = _NO_LETTER.search(text)
    if odd is not None:
        code = ord(odd[0])
        fix = "the text was in another encoding; save it as UTF-8" if 0x80 <= code < 0xA0 else "delete it"  # noqa: PLR2004
        yield Problem(place, f"{show(text)} holds U+{code:04X}, which is no letter", fix)
    if len(text) > most:
        yield Problem(place, f"{len(text):,} letters, more than {most:,}", "tell it in fewer")


def _too_many(member: Members | list[object], name: str, place: str) -> Iterator[Problem]:
    most = MOST_LISTED.get(name, MOST_IN_A_LIST) if isinstance(member, list) else MOST_IN_A_LIST
    if isinstance(member, Members) and name in BY_LANGUAGE:
        most = MOST_LANGUAGES
    if len(member) > most:
        yield Problem(place, f"{len(member):,} of them, more than {most:,}", "is this one journey?")
