"""Bounds of a map: four numbers beside one another that a position can be solved from.

It is their middle, however far apart they are, or it is all that they can be around: a map tile's bounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from escape_route.protection.leaks.chance import FEW, FINE, MOST_BY_CHANCE, Crowd
from escape_route.protection.leaks.readings import MOST_DEG, SLACK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from escape_route.protection.leaks.numerals import Numbers
    from escape_route.protection.leaks.targets import Axis, Floats, Frame, Hit, Indices, Targets

_GAP = 32  # characters between two neighbours of the four
_LEAST_DECIMALS = 2  # of each of the four: a program may leave zeros out
_SMALL_DEG = 0.03  # a smaller box says by itself where a place is
_LEAST_ZOOM, _HIGHEST_ZOOM, _TILE_BITS = 10, 23, 8  # whole pixels: at lower zooms a pixel is a hundred metres and more
_LEAST_OF_WORLD = 1e-3  # small numbers are no pixels at a zoom this fine
_LEAST_M = 10_000
_NEAR_DEG = 0.5  # boxes are about as dense as this near a secret
_HIGHEST_LAT = 85.0  # of a map that is drawn in Mercator's projection
#: Which of four neighbours are the ends of the first coordinate, and of the second: corners, ranges, N W E S.
_ORDERS = (((0, 2), (1, 3)), ((0, 1), (2, 3)), ((0, 3), (1, 2)))
_EITHER = ((0, 1), (1, 0))


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

    def middle(self, lat: int | None = None) -> tuple[Floats, Floats]:
        """Their middles without signs, as secrets are; where one coordinate is a latitude, as Mercator draws it."""
        plain = [(low + high) / 2 for low, high in zip(self.low, self.high, strict=True)]
        if lat is not None:
            ends = [np.clip(each[lat], -_HIGHEST_LAT, _HIGHEST_LAT) for each in (self.low, self.high)]
            heights = [np.arcsinh(np.tan(np.radians(each))) for each in ends]
            plain[lat] = np.degrees(np.arctan(np.sinh((heights[0] + heights[1]) / 2)))
        return np.abs(plain[0]), np.abs(plain[1])

    def around(self, middle: tuple[Floats, Floats]) -> _Boxes:
        """What may be the middle, as closely as it is written."""
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
            for index, secret in _held_in(boxes.around(boxes.middle()), frame):
                yield _hit(numbers, boxes, index, secret, f"a box around it, in {name}")


def _in_degrees(numbers: Numbers, targets: Targets) -> Iterator[Hit]:
    fits = (numbers.decimals >= _LEAST_DECIMALS) & (numbers.values <= MOST_DEG)
    which = _fours(numbers, fits)
    if len(which):
        which = which[np.max([numbers.decimals[which + step] for step in range(4)], axis=0) >= FINE]
    if not len(which):
        return
    crowd = Crowd(numbers, targets)
    dashes = any((numbers.signed[which + step] < 0).any() for step in range(4))  # a minus, or "from - to"
    for values in (numbers.signed, numbers.values) if dashes else (numbers.values,):
        for boxes in _boxes(numbers, which, values):
            yield from _middles(numbers, targets, boxes, crowd)
            yield from _small(numbers, targets, boxes, crowd)


def _middles(numbers: Numbers, targets: Targets, boxes: _Boxes, crowd: Crowd) -> Iterator[Hit]:
    """Boxes of which a secret is the middle, where chance would not make it one."""
    for lat, orders in ((None, _EITHER), (0, ((1, 0),)), (1, ((0, 1),))):
        middle = boxes.middle(lat)
        for index, secret in _held_in(boxes.around(middle), targets.degrees, orders):
            cell = (2 * float(boxes.unit[index])) ** 2
            if _like(middle, index) * crowd.secrets_around(secret) * cell < MOST_BY_CHANCE:
                yield _hit(numbers, boxes, index, secret, "a box around it, in degrees")


def _like(middle: tuple[Floats, Floats], index: int) -> int:
    """How many other boxes have their middle near that of one: chance may have put any of them where it is."""
    near = (np.abs(each - each[index]) < _NEAR_DEG for each in middle)
    return max(int(np.logical_and(*near).sum()) - 1, 1)


def _small(numbers: Numbers, targets: Targets, boxes: _Boxes, crowd: Crowd) -> Iterator[Hit]:
    """Boxes that hold a secret and are so small that chance would not put one there."""
    sides = [high - low for low, high in zip(boxes.low, boxes.high, strict=True)]
    area = sides[0] * sides[1]
    fewest = min(int(targets.fine.sum()), FEW)
    small = (sides[0] <= _SMALL_DEG) & (sides[1] <= _SMALL_DEG) & (area * fewest < MOST_BY_CHANCE)
    if not small.any() or not fewest:
        return
    inside, middle = boxes.only(small).whole(), boxes.only(small).middle()
    held = np.flatnonzero(targets.fine)
    tree = shapely.STRtree(shapely.points(np.abs(targets.lon_deg[held]), np.abs(targets.lat_deg[held])))
    allowed = shapely.STRtree(shapely.points(np.abs(targets.secrets.allowed)))
    for one, other in _EITHER:
        areas = shapely.box(inside.low[one], inside.low[other], inside.high[one], inside.high[other])
        published = np.unique(allowed.query(areas)[0])
        which, found = tree.query(areas)
        unseen = ~np.isin(which, published)
        for index, secret in zip(which[unseen].tolist(), held[found[unseen]].tolist(), strict=True):
            if _like(middle, index) * crowd.secrets_around(secret) * float(area[small][index]) < MOST_BY_CHANCE:
                yield _hit(numbers, inside, index, secret, "a small box that holds it, in degrees")


def _in_pixels(numbers: Numbers, targets: Targets) -> Iterator[Hit]:
    for zoom in range(_LEAST_ZOOM, _HIGHEST_ZOOM + 1):
        world = 2.0 ** (zoom + _TILE_BITS)
        values = numbers.values / world
        which = _fours(numbers, (values > _LEAST_OF_WORLD) & (values < 1))
        for boxes in _boxes(numbers, which, values, world) if len(which) else ():
            for index, secret in _held_in(boxes.around(boxes.middle()), targets.web_unit):
                yield _hit(numbers, boxes, index, secret, f"a box around it, in pixels at zoom {zoom}")


def _fours(numbers: Numbers, fits: NDArray[np.bool_]) -> Indices:
    """First of each four neighbours that fit and stand beside one another."""
    if len(numbers) < 4:  # noqa: PLR2004
        return np.empty(0, dtype=np.int64)
    near = numbers.starts[1:] - numbers.ends[:-1] <= _GAP
    return np.flatnonzero(fits[:-3] & fits[1:-2] & fits[2:-1] & fits[3:] & near[:-2] & near[1:-1] & near[2:])


def _boxes(numbers: Numbers, which: Indices, values: Floats, scale: float = 1.0) -> Iterator[_Boxes]:
    """Boxes that fours may be, in each order of their numbers."""
    four = [values[which + step] for step in range(4)]
    decimals = np.max([numbers.decimals[which + step] for step in range(4)], axis=0)
    unit = 10.0**-decimals / scale
    for (a, b), (c, d) in _ORDERS:
        low = np.minimum(four[a], four[b]), np.minimum(four[c], four[d])
        high = np.maximum(four[a], four[b]), np.maximum(four[c], four[d])
        is_box = (high[0] > low[0]) & (high[1] > low[1])
        yield _Boxes(which, low, high, unit).only(is_box)


def _held_in(areas: _Boxes, frame: Frame, orders: Sequence[tuple[int, int]] = _EITHER) -> Iterator[tuple[int, int]]:
    """Areas that a secret lies in and nothing that is published, either coordinate first: index and secret."""
    for one, other in orders:
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
    common = np.intersect1d(first, second, assume_unique=True)
    yield from zip((common // step).tolist(), (common % step).tolist(), strict=True)


def _hit(numbers: Numbers, boxes: _Boxes, index: int, secret: int, notation: str) -> Hit:
    first = int(boxes.first[index])
    return numbers.hit(first, first + 3, notation, secret)
