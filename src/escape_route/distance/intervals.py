"""Intervals of drawn lengths: how far chance may move their edges, how finely they may be said, how often they held.

How often is counted by `make calibrate`, on journeys that nothing was fitted to or chosen by. Sums
over a fixed net of points have their intervals from curves instead of draws.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from escape_route.geography.geodesic import Floats


CERTIFIED = 3
"""Significant digits of a certified length."""
_ERRORS_IN_STEP = 20
"""Standard errors of an edge that a step of its rounding holds at the least: then one edge in ten moves, by a step."""
_NEAR = {0.5: 0.1, 0.25: 0.1, 0.75: 0.1, 0.025: 0.01, 0.975: 0.01}
"""Shares of the draws below each edge, and how far to either side the density there is looked at."""
EDGES = tuple(_NEAR)
POINTS = 64  # of what legs have in common, and of where places lie
OWN = 25  # of what the legs have alone, at each of these
_WIDEST = 4.0  # standard deviations to either side
_BINS = 2_048
_LENGTHS = 2_000  # that a distribution is told by
# part of an edge that is taken for its standard error: a twentieth of the finest step of its
# rounding
_ERROR = 0.002
_GOLDEN, _SILVER = 0.6180339887498949, 0.41421356237309503
_NO_SPREAD = 1e-12
_NOTHING_M = 1e-3  # nobody went: of a way that ends where it began the logarithm is that of this


def step_of(value: float, error: float = 0.0, *, most: float = 0.1) -> float:
    """How coarsely a drawn number is rounded: the largest of 1, 2 and 5 times a power of ten that is a tenth at most.

    Coarser where chance in the draws asks for it; `most` is another part of the number.

    >>> [step_of(value) for value in (12_600, 4_200, 7_210, 0)], step_of(7_210, 30), step_of(7_210, most=0.2)
    ([1000.0, 200.0, 500.0, 0.0], 1000.0, 1000.0)
    """
    if value <= 0:
        return 0.0
    return max(
        _round_number(value * most, down=True), _round_number(error * _ERRORS_IN_STEP, down=False)
    )


def _round_number(value: float, *, down: bool) -> float:
    """Nearest of 1, 2 and 5 times a power of ten that is no larger, or no smaller."""
    if value <= 0:
        return 0.0
    power = math.floor(math.log10(value))
    ladder = (digit * 10.0**at for at in (power, power + 1) for digit in (1, 2, 5))
    slack = 1e-9 * value
    if down:
        return max(x for x in ladder if x <= value + slack)
    return min(x for x in ladder if x >= value - slack)


def rounded_to(value: float, step: float, way: Callable[[float], float] = round) -> float:
    """Value in whole steps, but with one digit at the least: however few the draws, no length is said to be 0.

    >>> rounded_to(9_600, 1_000), rounded_to(9_600, 1_000, math.floor), rounded_to(120, 500), rounded_to(0, 10)
    (10000.0, 9000.0, 100.0, 0.0)
    """
    if not step or value <= 0:
        return 0.0
    step = min(step, 10.0 ** math.floor(math.log10(value)))
    return float(round(way(round(value / step, 9)) * step, 6))


def rounded_down(value: float, digits: int = CERTIFIED) -> float:
    """Round down to significant digits, for what must not become too large.

    >>> rounded_down(3_397.5), rounded_down(45.67), rounded_down(3_971.6, 2), rounded_down(0.0)
    (3390.0, 45.6, 3900.0, 0.0)
    """
    return rounded_to(
        value,
        10.0 ** (math.floor(math.log10(value)) - digits + 1) if value > 0 else 0.0,
        math.floor,
    )


def quantiles(ordered: Floats, shares: Floats) -> Floats:
    """Values that shares of a list in rising order lie below, as `np.quantile` has them.

    That one looks for each share anew, which takes ten times as long as to sort the list where many
    are asked for.
    """
    at = shares * (len(ordered) - 1)
    before = np.floor(at).astype(np.int64)
    low, high, part = (
        ordered[before],
        ordered[np.minimum(before + 1, len(ordered) - 1)],
        at - before,
    )
    return np.where(part < 0.5, low + (high - low) * part, high - (high - low) * (1 - part))  # noqa: PLR2004  # a half


@dataclass(frozen=True, slots=True)
class Interval:
    """Median with its 50 % and 95 % intervals, in metres.

    `errors_m` are the standard errors of the five, as chance in the draws has it. `said_m` are the
    two of the 95 % as they are said, None where nobody has looked what is said beside them
    (`verdicts`).
    """

    median_m: float
    low50_m: float
    high50_m: float
    low95_m: float
    high95_m: float
    errors_m: tuple[float, ...] = (0.0,) * 5
    said_m: tuple[float, float] | None = field(default=None, compare=False)

    @classmethod
    def of(cls, values_m: Floats) -> Interval:
        """Quantiles of draws, shape (n,), metres.

        The standard error of a quantile is sqrt(p (1 - p) / n) over the density there, which is
        counted between two quantiles on either side.
        """
        wanted = [(share, share - near, share + near) for share, near in _NEAR.items()]
        edges = quantiles(np.sort(values_m), np.array(wanted)).tolist()
        errors = [
            math.sqrt(share * (1 - share) / len(values_m)) * (above - below) / (2 * near)
            for (share, near), (_, below, above) in zip(_NEAR.items(), edges, strict=True)
        ]
        median, low50, high50, low95, high95 = (edge for edge, *_ in edges)
        return cls(median, low50, high50, low95, high95, tuple(errors))

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
    return Record(
        **json.loads(files("escape_route.distance").joinpath("calibration.json").read_text("utf-8"))
    )


@dataclass(frozen=True, slots=True)
class Curve:
    """How plausible lengths are spread: `below` has the share under each of lengths that rise by equal factors."""

    log_low: float
    log_step: float
    below: Floats

    def lengths_m(self, shares: Floats) -> Floats:
        """Lengths that these shares lie below, in metres."""
        at = np.interp(shares, self.below, np.arange(len(self.below)))
        lengths_m = np.exp(self.log_low + self.log_step * at)
        return np.where(lengths_m > 2 * _NOTHING_M, lengths_m, 0.0)

    @property
    def interval(self) -> Interval:
        """Its median and its intervals."""
        return interval_of(self.lengths_m(np.array(EDGES)))

    @property
    def listed_m(self) -> Floats:
        """Lengths in rising order that stand for it."""
        return self.lengths_m((np.arange(_LENGTHS) + 0.5) / _LENGTHS)


def interval_of(edges_m: Floats) -> Interval:
    """Interval of its five edges, each with the error that it is taken to have."""
    median, low50, high50, low95, high95 = edges_m.tolist()
    return Interval(median, low50, high50, low95, high95, tuple((_ERROR * edges_m).tolist()))


@dataclass(frozen=True, slots=True)
class Net:
    """Points that are summed over.

    `main` and `aside` are two standard normals that legs have in common, with the weight of each,
    shape (points,). `own` is what legs have alone, shape (points, own), with its weights; `within`,
    shape (own,), where each of those lies within a step of `main`: so a point stands for all of its
    step.
    """

    main: Floats
    aside: Floats
    weights: Floats
    own: Floats
    own_weights: Floats
    within: Floats


@cache
def the_net() -> Net:
    """Rows of `main` are even; what else is taken at each goes about by parts of a turn that never come round."""
    step, own_step = 2 * _WIDEST / POINTS, 2 * _WIDEST / OWN
    turns = np.arange(POINTS) + 0.5
    main = np.asarray(step * turns - _WIDEST, dtype=np.float64)
    own = own_step * (np.arange(OWN) + (turns * _GOLDEN % 1.0)[:, None]) - _WIDEST
    weights, own_weights = np.exp(-(main**2) / 2), np.exp(-(own**2) / 2)
    return Net(
        main=main,
        aside=np.array([NormalDist().inv_cdf(share) for share in (turns * _SILVER % 1.0).tolist()]),
        weights=weights / weights.sum(),
        own=own,
        own_weights=own_weights / own_weights.sum(axis=1, keepdims=True),
        within=np.asarray(step * ((np.arange(OWN) + 0.5) * _SILVER % 1.0 - 0.5), dtype=np.float64),
    )


@dataclass(frozen=True, slots=True)
class Sums:
    """What legs come to at each point, arrays of shape (ways, combinations, points).

    The winding of all is a log-normal of this shift, scale and spread; `whole_m`, (ways, 1,
    points), is without it. `steep`, (ways, combinations, 1), is how fast the logarithm of what is
    wound grows along the net.
    """

    shift_m: Floats
    scale_m: Floats
    spread: Floats
    whole_m: Floats
    steep: Floats

    def curves(self, weights: Floats) -> list[Curve]:
        """Curve of each way: all combinations, points and own numbers, by their weights."""
        net, ways = the_net(), len(self.shift_m)
        weight = (weights[:, None, None] * net.weights[:, None] * net.own_weights).ravel()
        logs = self._logs()
        low, high = logs.min(axis=1), logs.max(axis=1)
        step = np.maximum((high - low) / (_BINS - 1), np.float32(_NO_SPREAD))
        which = ((logs - low[:, None]) / step[:, None]).astype(np.int64) + np.arange(ways)[
            :, None
        ] * _BINS
        counted = np.bincount(which.ravel(), np.tile(weight, ways), ways * _BINS).reshape(
            ways, _BINS
        )
        below = np.concatenate([np.zeros((ways, 1)), np.cumsum(counted, axis=1)], axis=1)
        below /= below[:, -1:]
        return [Curve(*row) for row in zip(low.tolist(), step.tolist(), below, strict=True)]

    def _logs(self) -> NDArray[np.float32]:
        """Logarithms of all lengths, shape (ways, numbers); half as many digits are plenty, and twice as fast."""
        net = the_net()
        shift_m, scale_m, spread, whole_m, steep = (
            term[..., None].astype(np.float32)
            for term in (self.shift_m, self.scale_m, self.spread, self.whole_m, self.steep)
        )
        lengths_m = np.exp(spread * net.own.astype(np.float32))
        lengths_m *= scale_m
        lengths_m += shift_m
        lengths_m *= np.exp(steep * net.within.astype(np.float32))
        np.maximum(lengths_m, 0, out=lengths_m)
        lengths_m += whole_m
        np.maximum(lengths_m, _NOTHING_M, out=lengths_m)
        return np.log(lengths_m.reshape(len(lengths_m), -1))


def shifted(mean_m: Floats, variance_m2: Floats, cube_m3: Floats) -> tuple[Floats, Floats, Floats]:
    """Shifted log-normal of this mean, variance and third central moment: its shift, scale and spread."""
    some = variance_m2 > _NO_SPREAD * mean_m**2
    variance_m2 = np.where(some, variance_m2, 1.0)
    skew2 = np.where(some, cube_m3**2 / variance_m2**3, 1.0)
    root = np.cbrt((2 + skew2 + np.sqrt(skew2 * (4 + skew2))) / 2)
    grown = root + 1 / root - 1
    grown = np.maximum(grown, 1 + _NO_SPREAD)
    scale_m = np.where(some, np.sqrt(variance_m2 / (grown * (grown - 1))), 0.0)
    return mean_m - scale_m * np.sqrt(grown), scale_m, np.sqrt(np.log(grown))
