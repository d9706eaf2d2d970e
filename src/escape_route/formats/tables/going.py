"""How one went, as people tell it in a table: by ox-cart, on horseback, walked through the forest.

No mode is that of an animal or a cart: a road's pace is that of motor cars. Such words are read as unknown, and told.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from escape_route import packaged
from escape_route.model.modes import Mode

#: What joins several means of going, and how a place begins that one went over.
_JOINED = re.compile(
    r"\s*[;,+&/、،]\s*(?:(?:and|then|und|dann|et|puis|y|luego|later|später) )*|"
    r" (?:and|or|then|und|oder|dann|et|ou|puis|y|o|luego|و|أو|ثم) (?:(?:then|later|dann|puis|luego) )?|"
    r"(?<=[\uac00-\ud7a3])(?:와|과|하고|이나) |と(?=[\u3040-\u9fff])"
)
_WHERE = re.compile(
    r"(?:over|across|through|along|past|über|durch|entlang|quer über|à travers|sur|le long|a través|sobre|a lo largo) "
    r"(?!(?:the |das |la |el )?(?:sea|water|land|meer|mer|mar)\b)|"
    r".+(?:을|를) (?:건너|넘어|지나)|.+を(?:越え|渡っ|通っ)|(?:عبر|فوق) "
)
_BY = re.compile(r"^(?:by|on|in|with|rode|riding|mit|auf|per|en|avec|con)(?: (?:an?|the|dem|der|einem|une?|una?))? ")


def mode_told(text: str) -> str | None:
    """Mode of what was told of a cart, an animal or a walk, in small letters; None of anything else.

    >>> mode_told("by ox-cart"), mode_told("walked for two nights")
    ('unknown', 'foot')
    >>> mode_told("walked through the forest") == Mode.FOOT_WILD
    True
    >>> mode_told("walked, then by train"), mode_told("car")
    (None, None)
    """
    if is_of_a_cart(text):
        return str(Mode.UNKNOWN)
    walked = next((word for word in _words("walked") if _holds(word, text)), None)
    if walked is None or any(_holds(word, text) for word in _words("not_alone")):
        return None
    return str(Mode.FOOT_WILD if any(_holds(word, text) for word in _words("wild")) else Mode.FOOT)


def is_of_a_cart(text: str) -> bool:
    """Whether a mode is told as an animal, or what one draws.

    >>> is_of_a_cart("Horse and cart"), is_of_a_cart("소달구지"), is_of_a_cart("unknown")
    (True, True, False)
    """
    plain = " ".join(text.lower().replace("-", " ").split())
    return bool({plain, _BY.sub("", plain)} & {*_words("cart")})


def is_a_walk_with_more(text: str) -> bool:
    """Whether a mode is told as a walk of which more is said than when.

    >>> is_a_walk_with_more("walked two nights"), is_a_walk_with_more("On foot, at night"), is_a_walk_with_more("bus")
    (True, False, False)
    """
    plain = " ".join(_parts(text))
    return plain not in _words("walked") and not is_of_a_cart(plain) and mode_told(plain) is not None


def mode_of_several(text: str, mode_of: Callable[[str], str | None]) -> str | None:
    """Mode of what is told in several words: theirs where it is one, or what is told as most; else unknown.

    Their shares are not told, and none is invented. None where a part of it is not understood, or it is one alone.
    `mode_of` is the mode of one of them, None where it is not known.
    """
    parts = _parts(text)
    told = [str(Mode.UNKNOWN) if _is_of_cart_or_place(each) else mode_of(each) for each in parts]
    modes = [mode or mode_of(_bare(part)) for part, mode in zip(parts, told, strict=True)]
    if None in modes or (len(parts) == 1 and not _is_where(parts[0]) and parts[0] == text):
        return None
    most = {mode for part, mode in zip(parts, modes, strict=True) if any(_holds(word, part) for word in _words("most"))}
    found = most if len(most) == 1 else {*modes}
    only = str(found.pop() if len(found) == 1 else Mode.UNKNOWN)
    return only if only in list(Mode) else str(Mode.UNKNOWN)


def how_read(text: str, mode: str) -> str:
    """What is said of what was told in several words when it is read as a mode; empty where they mean the same.

    >>> how_read("train, cattle trucks", "rail"), how_read("over the ice", "unknown").partition(" (")[0]
    ('', 'read as unknown')
    """
    parts = _parts(text)
    if any(_holds(word, each) for word in _words("most") for each in parts):
        return f"read as {mode}, which is told as most of it"
    if mode != Mode.UNKNOWN:
        return ""
    if all(map(_is_where, parts)):
        return f"read as {mode} (where one went, and not how)"
    columns = "one in each column, mode, mode_2, ..., and their shares in mode_weight, mode_2_weight, ..."
    return f"read as {mode}, for no shares are told (where they are known: {columns})"


def _parts(text: str) -> list[str]:
    """What is joined by commas, strokes and words such as "and", in small letters, without what says when."""
    plain = " ".join(text.lower().replace("-", " ").split())
    parts = (each.strip() for each in _JOINED.split(plain))
    told = [each for each in parts if each and each not in _words("aside")]
    return told or [plain]


def _bare(part: str) -> str:
    """A part without its article, and without how much of the way it was."""
    most = "|".join(map(re.escape, sorted(_words("most"), key=len, reverse=True)))
    amount = (
        rf"^(?:{most}|some|partly|partially|teils|teilweise|zum teil|en partie|en parte|an?|the|eine?[mnr]?|une?|una) "
    )
    return re.sub(rf" (?:{most})$", "", re.sub(amount, "", part))


def _is_of_cart_or_place(part: str) -> bool:
    return _is_where(part) or any(_holds(word, part) for word in _words("cart"))


def _is_where(part: str) -> bool:
    """Whether a part tells where one went, and not how: over the ice."""
    how = (word for name in ("walked", "not_alone") for word in _words(name))
    return bool(_WHERE.match(part)) and not any(_holds(word, part) for word in how)


def _holds(word: str, text: str) -> bool:
    """Whether a word stands in a text, whole where words have blanks between them."""
    return bool(re.search(rf"\b{re.escape(word)}\b", text)) if word.isascii() or " " in word else word in text


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(packaged.table("formats/tables/words.toml")["going"][name].split(", "))
