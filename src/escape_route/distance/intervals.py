"""Intervals of drawn lengths: how far chance may move their edges, how finely they may be said, how often they held.

How often is counted by `make calibrate`, on journeys that nothing was fitted to or chosen by.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from escape_route.geography.geodesic import Floats

_ERRORS_IN_STEP = 20
"""Standard errors of an edge that a step of its rounding holds at the least: then one edge in ten moves, by a step."""
_EDGES = {0.5: 0.1, 0.25: 0.1, 0.75: 0.1, 0.025: 0.01, 0.975: 0.01}
"""Shares of the draws below each edge, and how far to either side the density there is looked at."""


def step_of(value: float, error: float = 0.0, *, most: float = 0.1) -> float:
    """How coarsely a drawn number is rounded: the largest of 1, 2 and 5 times a power of ten that is a tenth at most.

    Coarser where chance in the draws asks for it; `most` is another part of the number.

    Examples
    --------
    >>> [step_of(value) for value in (12_600, 4_200, 7_210, 0)], step_of(7_210, 30), step_of(7_210, most=0.2)
    ([1000.0, 200.0, 500.0, 0.0], 1000.0, 1000.0)
    """
    if value <= 0:
        return 0.0
    return max(_round_number(value * most, down=True), _round_number(error * _ERRORS_IN_STEP, down=False))


def _round_number(value: float, *, down: bool) -> float:
    """Nearest of 1, 2 and 5 times a power of ten that is no larger, or no smaller."""
    if value <= 0:
        return 0.0
    power = math.floor(math.log10(value))
    ladder = (digit * 10.0**at for at in (power, power + 1) for digit in (1, 2, 5))
    slack = 1e-9 * value
    return max(x for x in ladder if x <= value + slack) if down else min(x for x in ladder if x >= value - slack)


def quantiles(ordered: Floats, shares: Floats) -> Floats:
    """Values that shares of a list in rising order lie below, as `np.quantile` has them.

    That one looks for each share anew, which takes ten times as long as to sort the list where many are asked for.
    """
    at = shares * (len(ordered) - 1)
    before = np.floor(at).astype(np.int64)
    low, high, part = ordered[before], ordered[np.minimum(before + 1, len(ordered) - 1)], at - before
    return np.where(part < 0.5, low + (high - low) * part, high - (high - low) * (1 - part))  # noqa: PLR2004  # a half


@dataclass(frozen=True, slots=True)
class Interval:
    """Median with its 50 % and 95 % intervals, in metres.

    `errors_m` are the standard errors of the five, as chance in the draws has it.
    """

    median_m: float
    low50_m: float
    high50_m: float
    low95_m: float
    high95_m: float
    errors_m: tuple[float, float, float, float, float] = (0.0, 0.0, 0.0, 0.0, 0.0)

    @classmethod
    def of(cls, values_m: Floats) -> Interval:
        """Quantiles of draws, shape (n,), metres.

        The standard error of a quantile is sqrt(p (1 - p) / n) over the density there, which is counted between two
        quantiles on either side.
        """
        wanted = [(share, share - near, share + near) for share, near in _EDGES.items()]
        found = quantiles(np.sort(values_m), np.array(wanted)).tolist()
        errors = [
            math.sqrt(share * (1 - share) / len(values_m)) * (above - below) / (2 * near)
            for (share, near), (_, below, above) in zip(_EDGES.items(), found, strict=True)
        ]
        median, low50, high50, low95, high95 = (edge for edge, *_ in found)
        return cls(median, low50, high50, low95, high95, (errors[0], errors[1], errors[2], errors[3], errors[4]))

    @property
    def edges_m(self) -> tuple[float, float, float, float, float]:
        """All five, in the order of their errors."""
        return self.median_m, self.low50_m, self.high50_m, self.low95_m, self.high95_m

    @property
    def is_settled(self) -> bool:
        """Whether there were draws enough for each edge to be said as finely as it can be."""
        pairs = zip(self.edges_m, self.errors_m, strict=True)
        return all(step_of(edge) * (1 + 1e-9) >= step_of(edge, error) for edge, error in pairs)


@dataclass(frozen=True, slots=True)
class Record:
    """How many of the known journeys that were held out the 95 % interval held."""

    held: int
    known: int


@cache
def record() -> Record:
    """Read what was counted."""
    return Record(**json.loads(files("escape_route.distance").joinpath("calibration.json").read_text("utf-8")))
