"""Degrees with minutes, with or without seconds: in words, with signs, or packed into one number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from escape_route.protection.leaks.readings import CLOSE, METRE_DEG, MOST_DEG, Reading, fine_pairs, lone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from escape_route.protection.leaks.numerals import Numbers
    from escape_route.protection.leaks.targets import Hit, Targets

_DEGREE_MARK = re.compile(r"\s*(?:°|deg(?:rees?)?\.?|d),?\s*", re.IGNORECASE)
_HEMISPHERE = re.compile(r"(?<![A-Za-z])[NSEW]\s*$"), re.compile(r"[\s\"']*[NSEW](?![A-Za-z])")


def find(numbers: Numbers, targets: Targets, *, alone: bool) -> Iterator[Hit]:
    """Find secret positions among degrees with minutes; `alone` takes one coordinate that is marked as such, too."""
    for read, notation in (
        (_seconds(numbers), "degrees, minutes and seconds"),
        (_minutes(numbers), "degrees and minutes"),
    ):
        yield from fine_pairs(numbers, targets, read, notation)
        if alone:
            yield from _marked(numbers, targets, read, notation)
    for read, notation in (
        (_packed(numbers, 100, 2), "degrees and minutes in one number"),
        (_packed(numbers, 10_000, 0), "degrees, minutes and seconds in one number"),
    ):
        yield from fine_pairs(numbers, targets, read, notation)


def _marked(numbers: Numbers, targets: Targets, read: Reading, notation: str) -> Iterator[Hit]:
    """Degrees and minutes that stand alone but with their signs or letters."""
    for first, last, secret in lone(targets, read):
        if _is_marked(numbers, first, int(numbers.ends[last])):
            yield numbers.hit(first, last, f"{notation}, one alone", secret)


def _is_marked(numbers: Numbers, first: int, end: int) -> bool:
    """Whether the first number is marked as degrees, or a letter before or after says which hemisphere."""
    text, start = numbers.text, int(numbers.starts[first])
    gap = text[int(numbers.ends[first]) : int(numbers.starts[first + 1])]
    before, after = _HEMISPHERE
    return bool(
        _DEGREE_MARK.fullmatch(gap)
        or before.search(text[max(0, start - 3) : start])
        or after.match(text[end : end + 4])
    )


def _seconds(numbers: Numbers) -> Reading:
    n = max(len(numbers) - 2, 0)
    degrees, minutes, seconds = (numbers.values[k : k + n] for k in range(3))
    close = (numbers.starts[1 : 1 + n] - numbers.ends[:n] <= CLOSE) & (
        numbers.starts[2 : 2 + n] - numbers.ends[1 : 1 + n] <= CLOSE
    )
    whole = (numbers.decimals[:n] == 0) & (numbers.decimals[1 : 1 + n] == 0)
    which = np.flatnonzero(close & whole & (degrees <= MOST_DEG) & (minutes < 60) & (seconds <= 60))  # noqa: PLR2004
    value = degrees[which] + minutes[which] / 60 + seconds[which] / 3600
    unit = np.maximum(10.0 ** -numbers.decimals[which + 2] / 3600, METRE_DEG)
    return Reading(which, which + 2, value, unit)


def _minutes(numbers: Numbers) -> Reading:
    n = max(len(numbers) - 1, 0)
    degrees, minutes = numbers.values[:n], numbers.values[1 : 1 + n]
    close = numbers.starts[1 : 1 + n] - numbers.ends[:n] <= CLOSE
    fine = (numbers.decimals[:n] == 0) & (numbers.decimals[1 : 1 + n] >= 2)  # noqa: PLR2004  # 20 metres
    which = np.flatnonzero(close & fine & (degrees <= MOST_DEG) & (minutes <= 60))  # noqa: PLR2004
    unit = np.maximum(10.0 ** -numbers.decimals[which + 1] / 60, METRE_DEG)
    return Reading(which, which + 1, degrees[which] + minutes[which] / 60, unit)


def _packed(numbers: Numbers, step: int, decimals: int) -> Reading:
    """Numbers such as 4200.74 (degrees and minutes) or 420044.4 (and seconds)."""
    which = np.flatnonzero(
        (numbers.values >= step) & (numbers.values <= MOST_DEG * step) & (numbers.decimals >= decimals)
    )
    value, unit = numbers.values[which], 10.0 ** -numbers.decimals[which]
    if step == 100:  # noqa: PLR2004  # minutes alone
        minutes, in_degrees = value % 100, 60.0
        fits = minutes < 60  # noqa: PLR2004
    else:
        minutes, in_degrees = value // 100 % 100 + value % 100 / 60, 3600.0
        fits = (minutes < 61) & (value % 100 < 60)  # noqa: PLR2004
        minutes = minutes % 100
    found = value // step + minutes / 60
    return Reading(which[fits], which[fits], found[fits], np.maximum(unit[fits] / in_degrees, METRE_DEG))
