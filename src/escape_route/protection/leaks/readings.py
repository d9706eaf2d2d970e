"""Numbers of a text read as coordinates in one notation, and which of these readings are a secret position.

How close a reading must come depends on the decimals that it is written with: it must be the secret value rounded or
cut off there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from escape_route.protection.leaks.numerals import Numbers
    from escape_route.protection.leaks.targets import Floats, Frame, Hit, Indices, Targets

MOST_DEG = 180
METRE_DEG = 1e-5
SLACK = 1e-9
SINGLE_DEG = 1.6e-5  # the gap between neighbouring numbers of single precision at 180
NEAR = 64  # characters between a latitude and its longitude
_LONGEST = 100  # characters of a reading, from its first number to its last
CLOSE = 14  # characters between degrees and minutes, minutes and seconds


@dataclass(frozen=True, slots=True)
class Reading:
    """Numbers read as coordinates in one notation, without their signs.

    `which` are the numbers that they begin with, by index, and `last` those that they end with; `value` is what they
    are worth, and `unit` what the last decimal counts, both in what the notation counts in.
    """

    which: Indices
    last: Indices
    value: Floats
    unit: Floats

    @property
    def low(self) -> Floats:
        """Least value that is rounded to this one."""
        return self.value - 0.5 * self.unit - SLACK

    @property
    def written(self) -> tuple[Floats, Floats]:
        """Bounds of the values that are rounded to this one, or cut off to it."""
        return self.low, self.value + self.unit + SLACK

    def only(self, kept: NDArray[np.bool_]) -> Reading:
        """Those of them that are kept."""
        return Reading(self.which[kept], self.last[kept], self.value[kept], self.unit[kept])


def of_degrees(numbers: Numbers) -> Reading:
    """Read numbers as decimal degrees."""
    which = np.flatnonzero(numbers.values <= MOST_DEG)
    unit = np.maximum(10.0 ** -numbers.decimals[which], METRE_DEG)
    return Reading(which, which, numbers.values[which], unit)


def pairs(numbers: Numbers, frame: Frame, read: Reading, notation: str) -> Iterator[Hit]:
    """Two numbers near one another that are one secret and no published position."""
    return (found[-1] for found in numbered_pairs(numbers, frame, read, notation))


def fine_pairs(numbers: Numbers, targets: Targets, read: Reading, notation: str) -> Iterator[Hit]:
    """Pairs in degrees, but of positions that only follow from others, or that are round numbers here too."""
    return (hit for *_, secret, hit in numbered_pairs(numbers, targets.degrees, read, notation) if targets.fine[secret])


def numbered_pairs(numbers: Numbers, frame: Frame, read: Reading, notation: str) -> Iterator[tuple[int, int, int, Hit]]:
    """Pairs as `pairs` finds them, each after the two numbers that they begin with, and the secret."""
    firsts = frame.first.within(*read.written)
    if not len(firsts[0]):
        return
    ones, others, secrets = _near(numbers, read, firsts, frame.second.within(*read.written))
    for one, other, secret in zip(ones.tolist(), others.tolist(), secrets.tolist(), strict=True):
        ends = _beside(numbers, read, one, other)
        if ends and not _are_allowed(read, frame, one, other):
            yield int(read.which[one]), int(read.which[other]), secret, numbers.hit(*ends, notation, secret)


def _near(
    numbers: Numbers, read: Reading, firsts: tuple[Indices, Indices], seconds: tuple[Indices, Indices]
) -> tuple[Indices, Indices, Indices]:
    """Two readings of one secret that begin near one another: both, and the secret; all secrets at once."""
    length = len(numbers.text) + 1
    starts = numbers.starts[read.which]
    reach = NEAR + _LONGEST
    key = seconds[1] * length + starts[seconds[0]]
    order = np.argsort(key, kind="stable")
    wanted = firsts[1] * length + starts[firsts[0]]
    floor = np.maximum(wanted - reach, firsts[1] * length)
    low = np.searchsorted(key[order], floor, side="left")
    high = np.searchsorted(key[order], np.minimum(wanted + reach, firsts[1] * length + length - 1), side="right")
    count = high - low
    one = np.repeat(np.arange(len(low)), count)
    other = order[np.repeat(low, count) + np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count)]
    return firsts[0][one], seconds[0][other], firsts[1][one]


def lone(targets: Targets, read: Reading) -> Iterator[tuple[int, int, int]]:
    """Readings that are one coordinate of a fine secret and of no published position: first number, last, secret."""
    allowed = _is_rounded_allowed(read, targets.degrees)
    for axis in (targets.degrees.first, targets.degrees.second):
        for index, secret in axis.matches(*read.written):
            if not allowed[index] and targets.fine[secret]:
                yield int(read.which[index]), int(read.last[index]), secret


def is_allowed(read: Reading, frame: Frame, *, slack: float = SLACK) -> NDArray[np.bool_]:
    """Which readings are a published coordinate, as closely as a published number is written, or within a slack."""
    bounds = read.value - slack, read.value + slack
    return frame.allowed[0].holds(*bounds) | frame.allowed[1].holds(*bounds)


def _is_rounded_allowed(read: Reading, frame: Frame) -> NDArray[np.bool_]:
    """Which readings may be a published coordinate, rounded where they are, or written in single precision."""
    return frame.allowed[0].holds(*read.written) | frame.allowed[1].holds(*read.written)


def _beside(numbers: Numbers, read: Reading, one: int, other: int) -> tuple[int, int] | None:
    """First and last number of two readings that are near one another and share no number."""
    first, second = (one, other) if read.which[one] <= read.which[other] else (other, one)
    last, start = int(read.last[first]), int(read.which[second])
    if last >= start or numbers.starts[start] - numbers.ends[last] > NEAR:
        return None
    return int(read.which[first]), int(read.last[second])


def _are_allowed(read: Reading, frame: Frame, one: int, other: int) -> bool:
    """Whether two readings are one published position, as closely as they are written."""
    low, high = read.written  # as wide for what is published as for what is held back
    first = set(frame.allowed[0].within(low[[one]], high[[one]])[1].tolist())
    return not first.isdisjoint(frame.allowed[1].within(low[[other]], high[[other]])[1].tolist())
