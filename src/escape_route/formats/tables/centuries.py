"""Years of two figures with an apostrophe, and the century that the other dates of their column leave them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from escape_route.model.date_words import with_apostrophe
from escape_route.model.told_dates import meanings

if TYPE_CHECKING:
    from collections.abc import Iterable

_YEAR = re.compile(r"(?<!\d)(1\d|20)\d\d(?!\d)")
_TWO = re.compile(r"(?<![^\W_])['’](\d\d)(?![\d'’])")


def centuries_of(values: Iterable[object]) -> frozenset[str]:
    """First two figures of the years of dates.

    >>> sorted(centuries_of(["May 1945", 1899, None, "'45"]))
    ['18', '19']
    """
    return frozenset(found[1] for value in values for found in _YEAR.finditer(str(value)))


def in_full(text: str, centuries: frozenset[str]) -> str:
    """Date with its years in four figures, where one century alone is left; as it stands where none is, or several.

    >>> in_full("early '76", frozenset({"19"})), in_full("early '76", frozenset({"18", "19"}))
    ('early 1976', "early '76")
    """
    told, text = text, with_apostrophe(text)
    if _YEAR.search(text) or not _TWO.search(text):
        return told
    left = [each for century in sorted(centuries) if _is_date(each := _TWO.sub(rf"{century}\1", text), text)]
    return left[0] if len(left) == 1 else told


def _is_date(full: str, text: str) -> bool:
    """Whether a text with its century is one of the dates that it may mean without."""
    return bool({*meanings(full)} & {*meanings(text)})
