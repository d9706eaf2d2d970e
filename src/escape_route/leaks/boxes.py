"""Bounds of a map: four numbers beside one another that a position can be solved from.

It is their middle, however far apart they are, or it is all that they can be around: a map tile's bounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from escape_route.leaks.crowd import FINE, MOST_BY_CHANCE, Crowd
from escape_route.leaks.readings import MOST_DEG, SLACK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from escape_route.leaks.hits import Hit
    from escape_route.leaks.numerals import Numbers
    from escape_route.leaks.targets import Axis, Floats, Frame, Indices, Targets

_GAP = 32  # characters between two neighbours of the four
_SMALL_DEG = 0.03  # a smaller box says by itself where a place is
_MOST_SMALL = 5_000  # boxes: among more of them, a drawing's, one that a place lies in says nothing
_LEAST_ZOOM, _HIGHEST_ZOOM, _TILE_BITS = 10, 23, 8  # whole pixels: at lower zooms a pixel is a hundred metres and more
_LEAST_OF_WORLD = 1e-3  # small numbers are no pixels at a zoom this fine
_LEAST_M = 10_000


@dataclass(frozen=True, slots=True)
class _Boxes:
    """Four numbers each, by the index of the first: least and most of both coordinates, and their last decimal."""

    first: Indices
    low: tuple[Floats, Floats]
    high: tuple[Floats, Floats]
    unit: Floats

    def only(self, kept: NDArray[np.bool_]) -> _Boxes:
        """Those of them that are kept."""
        low, high = ((one[kept], other[kept]) for one, other in (self.low, self.high))
        return _Boxes(self.first[kept], low, high, self.unit[kept])

    def middles(self) -> _Boxes:
        """Their middles, as closely as they are written; without their signs, as secrets are."""
        middle = [np.abs(low + high) / 2 for low, high in zip(self.low, self.high, strict=True)]
        low, high = ((middle[0] + side, middle[1] + side) for side in (-self.unit - SLACK, self.unit + SLACK))
        return _Boxes(self.first, low, high, self.unit)

    def whole(self) -> _Boxes:
        """All that they hold, without signs; a box with 0 in it holds what is near 0."""
        ends = [(np.abs(low), np.abs(high), low * high < 0) for low, high in zip(self.low, self.high, strict=True)]
        low = tuple(np.where(has_zero, 0.0, np.minimum(one, other)) for one, other, has_zero in ends)
        high = tuple(np.maximum(one, other) for one, other, _ in ends)
        return _Boxes(self.first, (low[0], low[1]), (high[0], high[1]), self.unit)


def find(numbers: Numbers, targets: Targets) -> Iterator[Hit]:
    """Find boxes in degrees, in pixels at some zoom and in metres that give a secret position away.

    Parameters
    ----------
    numbers
        Those of a text.
    targets
        What is looked for.
    """
    if not len(targets.exact):
        return
    yield from _in_degrees(numbers, targets)
    yield from _in_pixels(numbers, targets)
    which = _fours(numbers, numbers.values >= _LEAST_M)
    for boxes in _boxes(numbers, which, numbers.signed) if len(which) else ():
        for name, frame in targets.metric.items():
            for index, secret in _held_in(boxes.middles(), frame):
                yield _hit(numbers, boxes, index, secret, f"a box around it, in {name}")


def _in_degrees(numbers: Numbers, targets: Targets) -> Iterator[Hit]:
    which = _fours(numbers, (numbers.decimals >= FINE) & (numbers.values <= MOST_DEG))
    if not len(which):
        return
    crowd = Crowd(numbers, targets)
    for boxes in _boxes(numbers, which, numbers.signed):
        for index, secret in _held_in(boxes.middles(), targets.degrees):
            decimals = round(-float(np.log10(boxes.unit[index])))
            if crowd.pair_chance(secret, decimals, side_by_side=True) < MOST_BY_CHANCE:
                yield _hit(numbers, boxes, index, secret, "a box around it, in degrees")
        sides = [high - low for low, high in zip(boxes.low, boxes.high, strict=True)]
        small = (sides[0] <= _SMALL_DEG) & (sides[1] <= _SMALL_DEG)
        if not 0 < small.sum() <= _MOST_SMALL:
            continue
        area = (sides[0] * sides[1])[small]
        inside = boxes.only(small)
        for index, secret in _held_in(inside.whole(), targets.degrees):
            if targets.fine[secret] and crowd.area_chance(secret, float(area[index])) < MOST_BY_CHANCE:
                yield _hit(numbers, inside, index, secret, "a small box that holds it, in degrees")


def _in_pixels(numbers: Numbers, targets: Targets) -> Iterator[Hit]:
    for zoom in range(_LEAST_ZOOM, _HIGHEST_ZOOM + 1):
        world = 2.0 ** (zoom + _TILE_BITS)
        values = numbers.values / world
        which = _fours(numbers, (values > _LEAST_OF_WORLD) & (values < 1))
        for boxes in _boxes(numbers, which, values, world) if len(which) else ():
            for index, secret in _held_in(boxes.middles(), targets.web_unit):
                yield _hit(numbers, boxes, index, secret, f"a box around it, in pixels at zoom {zoom}")


def _fours(numbers: Numbers, fits: NDArray[np.bool_]) -> Indices:
    """First of each four neighbours that fit and stand beside one another."""
    if len(numbers) < 4:  # noqa: PLR2004
        return np.empty(0, dtype=np.int64)
    near = numbers.starts[1:] - numbers.ends[:-1] <= _GAP
    return np.flatnonzero(fits[:-3] & fits[1:-2] & fits[2:-1] & fits[3:] & near[:-2] & near[1:-1] & near[2:])


def _boxes(numbers: Numbers, which: Indices, values: Floats, scale: float = 1.0) -> Iterator[_Boxes]:
    """Boxes that fours may be: two corners, or one coordinate after the other."""
    four = [values[which + step] for step in range(4)]
    decimals = np.min([numbers.decimals[which + step] for step in range(4)], axis=0)
    unit = 10.0**-decimals / scale
    for (a, b), (c, d) in (((0, 2), (1, 3)), ((0, 1), (2, 3))):
        low = np.minimum(four[a], four[b]), np.minimum(four[c], four[d])
        high = np.maximum(four[a], four[b]), np.maximum(four[c], four[d])
        is_box = (high[0] > low[0]) & (high[1] > low[1])
        yield _Boxes(which, low, high, unit).only(is_box)


def _held_in(areas: _Boxes, frame: Frame) -> Iterator[tuple[int, int]]:
    """Areas that a secret lies in and nothing that is published, either coordinate first: index and secret."""
    for one, other in ((0, 1), (1, 0)):
        bounds = (areas.low[one], areas.high[one]), (areas.low[other], areas.high[other])
        published = {index for index, _ in _in_both((frame.allowed[0], frame.allowed[1]), bounds)}
        for index, secret in _in_both((frame.first, frame.second), bounds):
            if index not in published:
                yield index, secret


def _in_both(
    axes: tuple[Axis, Axis], bounds: tuple[tuple[Floats, Floats], tuple[Floats, Floats]]
) -> Iterator[tuple[int, int]]:
    """Bounds and the positions that lie between them by both coordinates."""
    found = [axis.within(*each) for axis, each in zip(axes, bounds, strict=True)]
    step = 1 + max((int(positions.max(initial=0)) for _, positions in found), default=0)
    first, second = (which * step + positions for which, positions in found)
    common = np.intersect1d(first, second)
    yield from zip((common // step).tolist(), (common % step).tolist(), strict=True)


def _hit(numbers: Numbers, boxes: _Boxes, index: int, secret: int, notation: str) -> Hit:
    first = int(boxes.first[index])
    return numbers.hit(first, first + 3, notation, secret)
