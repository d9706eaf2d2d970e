"""How one went, as it is told in a sentence: they moved us by bus, the priest took me, 봉고차로.

Means that are known by a word of their own are read; what names none is unknown, and that is told.
A lone word that is not known here is asked, for it may be misspelt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from escape_route import packaged
from escape_route.formats.tables.synonyms import choice, joined_parts
from escape_route.model.modes import Mode
from escape_route.model.units import Quantity, units_called

_TABLE = packaged.table("formats/tables/words.toml")
_GOING: dict[str, str] = {
    name: words for name, words in _TABLE["going"].items() if isinstance(words, str)
}
_LONGEST = 200
_KANA = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+")
_MOST_WORDS = 4  # of a means of travel
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_BEHIND = re.compile(_GOING["behind_a_word"])
_BEFORE = re.compile(_GOING["before_a_word"])
_HEAD = re.compile(rf"(?<=\w)(?:{'|'.join(_GOING['heads'].split(', '))})$")
_MEANS_OF = re.compile(_GOING["means_of"])
_COMPANY = re.compile(_GOING["company"])
_BESIDE_IT = re.compile(rf"^(?:{_GOING['beside']})(?: |$)|(?:^| )(?:{_GOING['beside']})$")
_WENT = re.compile(_GOING["went"])
#: Numbers that may be one or another: three or four days.
_OR_NUMBERS = re.compile(_GOING["or_numbers"])


def mode_in_a_sentence(text: str) -> str | None:
    """Mode that a sentence tells, or several with "or" between them; None where a word is to be asked.

    >>> [mode_in_a_sentence(each) for each in ("they moved us by bus", "the priest took me", "봉고차로")]
    ['road', 'unknown', 'road']
    >>> mode_in_a_sentence("rocket"), mode_in_a_sentence("walked, then by rocket"), mode_in_a_sentence("not by train")
    (None, None, 'unknown')
    >>> mode_in_a_sentence("쪽배로")
    'boat_along" or "boat_across" or "sea'
    """
    plain = " ".join(text.lower().split())
    if len(plain) > _LONGEST or not plain:
        return None
    if (alone := _COMPANY.sub("", plain).strip()) != plain:
        return mode_in_a_sentence(alone) if alone else str(Mode.UNKNOWN)
    told = joined_parts(_OR_NUMBERS.sub(" ", plain))
    parts = [part for part in told if not _is_aside(part)] or told
    means = [_means(part) for part in parts]
    if None in means:
        return None
    modes = {mode for mode in means if mode} or {str(Mode.UNKNOWN)}
    is_in_part = (
        "" in means and len(modes) == 1 and len(parts) > 1
    )  # the priest took me, then we walked
    return str(Mode.UNKNOWN) if len(modes) > 1 or is_in_part else modes.pop()


def is_of_no_means(text: str) -> bool:
    """Whether a sentence names no means of travel that is known here."""
    return not any(_means(part) for part in joined_parts(" ".join(text.lower().split())))


def unknown_in(text: str) -> str:
    """Part of a sentence that names a means of travel which is not known here; empty where none does.

    >>> unknown_in("walked, then by rocket"), unknown_in("by train, then on foot")
    ('by rocket', '')
    """
    told = joined_parts(_OR_NUMBERS.sub(" ", " ".join(text.lower().split())))
    odd = (part for part in told if _means(part) is None and not _is_aside(part))
    return next(odd, "") if len(told) > 1 else ""


def _is_aside(part: str) -> bool:
    """Whether a part names no means, and tells no more of the way: a week perhaps, an old coal tramp.

    Where somebody went, or was taken, that was a way of its own.
    """
    sure = _BESIDE_IT.sub("", part).strip()
    words = sure.split()
    is_time = any(units_called(word, Quantity.DURATION) for word in words[-1:])
    if words and _means(sure) != "":
        return is_time and len(words) == 1
    is_denied = not {*words}.isdisjoint(_GOING["denied"].split(", "))
    return not words or is_time or (len(words) > 1 and not is_denied and not _WENT.search(sure))


def _means(part: str) -> str | None:
    """Mode of one part: empty where none is named, None where a means is named that is not known."""
    words = _WORD.findall(part)
    if not {*words}.isdisjoint(_GOING["denied"].split(", ")):
        return ""
    known = [*_known(words)]
    if not known:
        return None if len(words) <= 1 or _MEANS_OF.fullmatch(part) else ""
    modes = {*known}
    return modes.pop() if len(modes) == 1 else str(Mode.UNKNOWN)


def _known(words: list[str]) -> Iterator[str]:
    """Modes of the words that are known, the longest first; of some beside one another the last: a taxi boat."""
    at, before = 0, ""
    while at < len(words):
        size, called = next(
            (
                (size, mode)
                for size in range(min(_MOST_WORDS, len(words) - at), 0, -1)
                if (mode := _mode_of(" ".join(words[at : at + size])))
            ),
            (1, ""),
        )
        if before and not called:
            yield before
        before, at = called, at + size
    if before:
        yield before


@cache
def _cart() -> frozenset[str]:
    return frozenset((*_GOING["cart"].split(", "), *_GOING["own"].split(", ")))


def _mode_of(words: str) -> str:
    """Mode of words that stand in a sentence, as they are or without what a language joins to them."""
    bare = _BEFORE.sub("", _BEHIND.sub("", words))
    head = None if " " in bare else _HEAD.search(bare)
    ends = ("s", ""), ("es", ""), ("ies", "y")
    single = (bare.removesuffix(end) + one for end, one in ends if bare.endswith(end))
    for name in dict.fromkeys((words, bare, head[0] if head else bare, *single)):
        if name in _cart():
            return str(Mode.UNKNOWN)
        if name in _GOING["walked"].split(", "):
            return str(Mode.FOOT)
        if mode := _by_word().get(name):
            return mode
    return next((_by_word()[word] for word in _in_kana() if word in words), "")


@cache
def _in_kana() -> tuple[str, ...]:
    """Words of a language that writes them together, which stand anywhere in what is one."""
    return tuple(word for word in _by_word() if len(word) > 1 and _KANA.fullmatch(word))


@cache
def _by_word() -> dict[str, str]:
    """Modes by the words that people have for them."""
    words = (
        word
        for words in _TABLE["mode"].values()
        for word in words.split(", ")
        if word not in _TABLE["going"]["alone"]
    )
    return {word: mode for word in words if (mode := choice("mode", word))}
