"""Seasons and feasts that no calendar here fixes, for they depend on the place: how each could be written of a year."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from escape_route import packaged

if TYPE_CHECKING:
    from collections.abc import Mapping

_MEANT = re.compile(r"(<?)([\d-]+)(?:/([\d-]+))?(.*)")


def ways(plain_text: str, year: str) -> str:
    """How to write the season that a text names, of a year of four figures; empty where it names none.

    Examples
    --------
    >>> ways("the dry season of 1978", "1978").partition(",")[0], ways("diwali 1971", "1971"), ways("spring", "1978")
    ('1977-11/1978-04 (in Indochina', '1971-10-13/1971-11-15', '')
    """
    found = _pattern().search(plain_text)
    return ", or ".join(_way(each, int(year)) for each in _seasons()[found[0]]) if found else ""


def _way(means: str, year: int) -> str:
    """One stretch of a year with where it is meant."""
    before, first, last, where = _MEANT.fullmatch(means).groups()  # type: ignore[union-attr]  # the table is ours
    year -= bool(before)
    ends = [f"{year:04d}-{first}", *([f"{year + (last < first):04d}-{last}"] if last else [])]
    return "/".join(ends) + (f" ({where.strip()})" if where else "")


@cache
def _seasons() -> Mapping[str, tuple[str, ...]]:
    """What each word may mean."""
    rows = packaged.table("model/date_seasons.toml")["season"]
    return {word: tuple(row["means"]) for row in rows for word in row["words"].split(", ")}


@cache
def _pattern() -> re.Pattern[str]:
    """Each of the words, the longest first; a word of letters that blanks part is whole."""
    words = sorted(_seasons(), key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(each)}\b" if each.isascii() else re.escape(each) for each in words))
