"""The numbers that stand in a text, all at once: what each is worth, how finely it is written, and where it stands."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from escape_route.protection.leaks.targets import Hit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from escape_route.protection.leaks.targets import Floats, Indices

_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[eE][-+]?\d{1,2}(?!\d))?")
_SHAPES = re.compile(r"\"(?:coordinates|bbox)\"\s*:\s*\[[\[\]\d\s.,eE+-]*\]|<coordinates>[^<]*<|\b(?:POINT|LINESTRING|POLYGON)\b[\s(\d.,eE+)-]*", re.IGNORECASE)  # fmt: skip  # noqa: E501
_POINTS = re.compile(
    r"\"?(?:coordinates|label|position|cent(?:er|re)|location|lonlat|latl(?:ng|on)|point|at)\"?\s*[:=]\s*[\[(]?\s*"
    r"-?[\d.]+\s*,\s*-?[\d.]+(?:\s*,\s*-?[\d.]+)?\s*[\])]"
    r"|<coordinates>\s*-?[\d.]+,-?[\d.]+(?:,-?[\d.]+)?\s*<|\bPOINT\s*Z?M?\s*\(\s*-?[\d.]+\s+-?[\d.]+[^)]*\)"
    r"|\blat(?:itude)?\"?\s*[:=]\s*\"?-?[\d.]+\"?[\s,;&]+\"?lo?ng?(?:itude)?\"?\s*[:=]\s*\"?-?[\d.]+"
    r"|\blo?ng?(?:itude)?\"?\s*[:=]\s*\"?-?[\d.]+\"?[\s,;&]+\"?lat(?:itude)?\"?\s*[:=]\s*\"?-?[\d.]+",
    re.IGNORECASE,
)


class Numbers:
    """Every number of a text without its sign: value, decimals, and from where to where it stands.

    Parameters
    ----------
    text
        With ASCII digits.
    pattern
        What a number looks like.
    """

    def __init__(self, text: str, pattern: re.Pattern[str] = _NUMBER) -> None:
        """Find them."""
        spans = [match.span() for match in pattern.finditer(text)]
        words = [text[start:end].replace(",", ".") for start, end in spans]
        self.text = text
        self.starts = np.array([start for start, _ in spans], dtype=np.int64)
        self.ends = np.array([end for _, end in spans], dtype=np.int64)
        self.values: Floats = np.array([float(word) for word in words], dtype=float)
        self.decimals: Indices = np.array([_decimals(word) for word in words], dtype=np.int64)

    def hit(self, first: int, last: int, notation: str, secret: int | None) -> Hit:
        """Find that reaches from one number to another, or is one number."""
        return Hit(int(self.starts[first]), int(self.ends[last]), notation, secret)

    def __len__(self) -> int:
        """How many."""
        return len(self.values)

    @cached_property
    def signed(self) -> Floats:
        """Every number with the minus that stands before it."""
        letters = np.frombuffer(self.text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        is_minus = (self.starts > 0) & (letters[self.starts - 1] == ord("-"))
        return np.where(is_minus, -self.values, self.values)

    @cached_property
    def in_points(self) -> NDArray[np.bool_]:
        """Which numbers a text names as the coordinates of one point."""
        return self._covered(_POINTS)

    @cached_property
    def in_shapes(self) -> NDArray[np.bool_]:
        """Which numbers a text names as coordinates at all."""
        return self._covered(_SHAPES) | self.in_points

    def _covered(self, pattern: re.Pattern[str]) -> NDArray[np.bool_]:
        """Which numbers stand within a match of a pattern."""
        change = np.zeros(len(self) + 1, dtype=np.int64)
        for match in pattern.finditer(self.text):
            change[np.searchsorted(self.starts, match.start())] += 1
            change[np.searchsorted(self.starts, match.end())] -= 1
        return np.cumsum(change)[:-1] > 0


def _decimals(word: str) -> int:
    """Decimals of a number as it is written; an exponent shifts them."""
    mantissa, _, exponent = word.lower().partition("e")
    return max(0, len(mantissa.partition(".")[2]) - int(exponent or 0))
