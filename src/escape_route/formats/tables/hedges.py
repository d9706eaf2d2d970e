"""Words about a stated number that are no part of it, and marks between its thousands: I think, Mother always said.

What was told with such words is told as about: nobody who measured says "I think". Who said it changes no number.
"""

from __future__ import annotations

import re
from functools import cache

from escape_route import packaged

#: One to three figures, a mark, and three figures: of thousands, or of a fraction.
_GROUPED = re.compile(r"(?<![\d.,])([1-9]\d{0,2})([.,])(\d{3})(?![\d.,])")
_OTHER = {".": ",", ",": "."}
_MOST = 4  # hedges of one number


def unhedged(text: str) -> tuple[bool, str]:
    """Whether a text in small letters, of a number, says that it is not sure; and the text without such words.

    >>> unhedged("i think sixty or seventy kilometres"), unhedged("60 km, glaube ich"), unhedged("sixty miles")
    ((True, 'sixty or seventy kilometres'), (True, '60 km'), (False, 'sixty miles'))
    >>> unhedged("mother always said a hundred"), unhedged("mother never said a hundred")
    ((False, 'a hundred'), (False, 'mother never said a hundred'))
    """
    is_doubtful = False
    for _ in range(_MOST):
        body = next((found["rest"] for each in _patterns("reported") if (found := re.fullmatch(each, text))), text)
        rest = next((found["rest"] for each in _patterns("doubt") if (found := re.fullmatch(each, body))), None)
        is_doubtful |= rest is not None
        rest = (body if rest is None else rest).strip(" ,")
        if rest == text:
            break
        text = rest
    return is_doubtful, text


def is_of_words(text: str) -> bool:
    """Whether a stated number stands among words that are no part of it, or has marks that may be of thousands."""
    plain = " ".join(text.lower().split())
    return unhedged(plain) != (False, plain) or _GROUPED.search(plain) is not None


@cache
def _patterns(kind: str) -> tuple[str, ...]:
    """Patterns of the whole of a text, those of all languages."""
    told: dict[str, list[str]] = packaged.table("formats/tables/hedges.toml")[kind]
    return tuple(each.replace("<rest>", "(?P<rest>.+?)") for patterns in told.values() for each in patterns)


def ungrouped(text: str) -> str | None:
    """Text in small letters with the marks between thousands gone; None where they may be those of fractions.

    Nobody tells a length to three decimals of which the last is 0, or a fraction of people; of others the language of
    the words beside the number says which the mark is.

    >>> ungrouped("1,500 kilometres"), ungrouped("1.500 km"), ungrouped("1,234 miles"), ungrouped("1.234 kilómetros")
    ('1500 kilometres', '1500 km', '1234 miles', '1234 kilómetros')
    >>> ungrouped("1,234 km"), ungrouped("1.234 miles"), ungrouped("1,500")
    (None, None, None)
    """
    words = frozenset(re.findall(r"[^\W\d_]+", text))
    for found in _GROUPED.finditer(text):
        is_read = bool(words & _marked(found[2])) and not words & _marked(_OTHER[found[2]])
        if not words or not (is_read or found[3].endswith("0") or words & _marked("counted")):
            return None
    return _GROUPED.sub(r"\1\3", text)


def says_its_language(unit: str) -> bool:
    """Whether a unit is spelled in words of a language by which the marks between thousands are known.

    >>> says_its_language("kilometres"), says_its_language("Meilen"), says_its_language("km")
    (True, True, False)
    """
    return unit.strip().lower() in _marked(",") | _marked(".")


@cache
def _marked(kind: str) -> frozenset[str]:
    """Words of languages that put a comma, or a point, between thousands; or of what is counted."""
    return frozenset(packaged.table("formats/tables/hedges.toml")["thousands"][kind].split(", "))
