"""Places by name beside countries and borders: which river, lake, sea, island, desert or range a name means."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

#: Kinds of footprints that are held by name.
KINDS = ("river", "lake", "sea", "island", "desert", "range")
#: Words that say where from a place something is, and its article: they belong to no name.
_LEADING = re.compile(
    r"(?:(?:somewhere|irgendwo|quelque part) )?"
    r"(?:along|on|in|at|across|through|over|beside|into|by|entlang|an|am|im|auf|durch|uber|le long|au bord|dans|sur|a)?"
    r" ?\b(?:the|der|die|das|dem|den|de la|de l|du|des|de|le|la|les|l|el|los)?\b ?"
)
_WITHIN = re.compile(r"(?:(?:somewhere|irgendwo|quelque part) )?(?:in|im|dans)\b")
#: What a place is called beside its name, per kind.
_GENERIC = {
    "river": ("river", "rivers", "fluss", "strom", "fleuve", "riviere", "rio", "강", "川", "河", "江", "نهر"),
    "lake": ("lake", "see", "lac", "lago", "호", "호수", "湖", "بحيرة"),
    "sea": ("sea", "ocean", "meer", "mer", "mar", "해", "바다", "海", "بحر"),
    "island": ("island", "isle of", "insel", "ile de", "ile", "isla de", "isla", "섬", "島", "岛", "جزيرة"),
    "desert": ("desert", "wuste", "wueste", "desert de", "desierto de", "사막", "砂漠", "沙漠", "صحراء"),
    "range": ("mountains", "mountain range", "range", "gebirge", "monts", "montes", "산맥", "山脈", "山脉", "جبال"),
}


def fold(name: str) -> str:
    """Name without accents, case, hyphens and the like: how names are compared.

    Examples
    --------
    >>> fold("San-José"), fold("Xi'an"), fold("ĐÀ NẴNG")
    ('san jose', 'xian', 'da nang')
    """
    plain = name if name.isascii() else unicodedata.normalize("NFKD", name.replace("Đ", "D").replace("đ", "d"))
    return " ".join(plain.translate(_BARE).casefold().split())


class _Bare(dict[int, str | None]):
    """What stands for each letter, by its number: nothing for an accent or an apostrophe, a blank for a hyphen."""

    def __missing__(self, letter: int) -> str | None:
        self[letter] = None if unicodedata.combining(chr(letter)) else chr(letter)
        return self[letter]


_BARE = _Bare(str.maketrans({"-": " "} | dict.fromkeys("'’ʻʼ`.")))


def indexed(names: Mapping[str, Sequence[str]]) -> dict[tuple[str, str], tuple[str, ...]]:
    """References by kind and name, without the word for the kind too, and by the name alone (kind "").

    Many a river, and many a lake without the word for it, has the name of a state or a town: Colorado, Ontario. Such
    a name stands for them only beside a word or an article that says so. The English name of each stands first.
    """
    found: dict[tuple[str, str], dict[str, None]] = {}
    for reference, called in names.items():
        kind = reference.partition(":")[0]
        folded = [fold(name) for name in called]
        shared = {_without(folded[0], kind)} - {folded[0]} if kind == "lake" else set()
        for name in folded:
            alone = [] if (kind == "river" and name.isascii()) or name in shared else [("", name)]
            for key in (*alone, (kind, name), (kind, _without(name, kind))):
                found.setdefault(key, {})[reference] = None
    return {key: tuple(references) for key, references in found.items()}


def matching(
    text: str, index: Mapping[tuple[str, str], tuple[str, ...]], *, is_feature: bool = False
) -> tuple[str, ...]:
    """References in an index that a text means: of the whole name, else of what is left without articles and kinds.

    `is_feature` says whether it is known to name a river, a lake and their like, and no state: then the bare name is
    enough.

    Examples
    --------
    >>> index = indexed({"river:ohio": ["Ohio"], "desert:gobi": ["Gobi"], "lake:ontario": ["Lake Ontario", "Ontario"]})
    >>> matching("along the Ohio", index), matching("Gobi Desert", index), matching("Lake Ontario", index)
    (('river:ohio',), ('desert:gobi',), ('lake:ontario',))
    >>> matching("Ohio", index), matching("Ontario", index), matching("Ohio", index, is_feature=True)
    ((), (), ('river:ohio',))
    """
    plain = fold(text)
    if is_feature and (found := [each for kind in ("", *KINDS) for each in index.get((kind, plain), ())]):
        return tuple(dict.fromkeys(found))
    return next((index[reading] for reading in _readings(plain) if reading in index), ())


def _readings(text: str) -> Iterator[tuple[str, str]]:
    """Kind that a text says, and what may be the name beside it, likeliest first."""
    yield "", text
    leading = _LEADING.match(text)
    bare = text[leading.end() :] if leading else text
    for each in dict.fromkeys((text, bare)):
        for kind in KINDS:
            left = _without(each, kind)
            if left != each:
                yield kind, left
    yield "", bare
    if bare != text and not _WITHIN.match(text):  # along the Ohio, the Ohio; and not: in Ohio
        yield "river", bare


def _without(name: str, kind: str) -> str:
    """Name without the word for its kind, before it or behind; in the scripts that write no blank, joined to it."""
    for word in map(fold, _GENERIC[kind]):
        blank = " " if word.isascii() or "\u0600" <= word[0] <= "\u06ff" else ""
        if name.startswith(f"{word} "):
            return name[len(word) + 1 :]
        if len(name) > len(blank + word) and name.endswith(blank + word):
            return name[: -len(blank + word)].strip()
    return name
