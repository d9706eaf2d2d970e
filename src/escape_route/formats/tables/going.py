"""How one went, as people tell it in a table: by ox-cart, on horseback, walked through the forest.

No mode is that of an animal or a cart: a road's pace is that of motor cars. Such words are read as unknown, and told.
"""

from __future__ import annotations

import re
from functools import cache

from escape_route import packaged
from escape_route.model.modes import Mode

_BY = re.compile(r"^(?:by|on|in|with|rode|riding|mit|auf|per|en|avec|con)(?: (?:an?|the|dem|der|einem|une?|una?))? ")


def mode_told(text: str) -> str | None:
    """Mode of what was told of a cart, an animal or a walk, in small letters; None of anything else.

    Examples
    --------
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

    Examples
    --------
    >>> is_of_a_cart("Horse and cart"), is_of_a_cart("소달구지"), is_of_a_cart("unknown")
    (True, True, False)
    """
    plain = " ".join(text.lower().replace("-", " ").split())
    return bool({plain, _BY.sub("", plain)} & {*_words("cart")})


def is_a_walk_with_more(text: str) -> bool:
    """Whether a mode is told as a walk of which more is said.

    Examples
    --------
    >>> is_a_walk_with_more("walked two nights"), is_a_walk_with_more("On foot"), is_a_walk_with_more("bus")
    (True, False, False)
    """
    plain = " ".join(text.lower().split())
    return plain not in _words("walked") and not is_of_a_cart(plain) and mode_told(plain) is not None


def _holds(word: str, text: str) -> bool:
    """Whether a word stands in a text, whole where words have blanks between them."""
    return bool(re.search(rf"\b{re.escape(word)}\b", text)) if word.isascii() or " " in word else word in text


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(packaged.table("formats/tables/words.toml")["going"][name].split(", "))
