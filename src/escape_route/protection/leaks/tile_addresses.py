"""Addresses of map tiles: a column and a row beside one another, which say where a place is as finely as their zoom."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from escape_route.protection.leaks import codes
from escape_route.protection.leaks.readings import CLOSE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from escape_route.protection.leaks.numerals import Numbers
    from escape_route.protection.leaks.targets import Axis, Floats, Hit, Indices, Targets

_LEAST = 64  # anything smaller is no column or row at a zoom this fine
_ZOOM_SHOWN, _ZOOM_SURE, _HIGHEST_ZOOM = 13, 15, 23


def find(numbers: Numbers, targets: Targets) -> Iterator[Hit]:
    """Find secret positions among tile addresses: the zoom stands beside them unless it is very high."""
    whole = (numbers.decimals == 0) & (numbers.values >= _LEAST)
    if not whole.any() or not targets.exact.any():
        return
    for zoom in range(_ZOOM_SHOWN, _HIGHEST_ZOOM + 1):
        which = np.flatnonzero(whole & (numbers.values < 2**zoom))
        middle = numbers.values[which] / 2.0**zoom + 0.5 / 2.0**zoom
        columns = _by_secret(targets.web_unit.first, which, middle, zoom)
        for each in (middle, 1 - middle):  # rows are counted from the north, or from the south
            rows = _by_secret(targets.web_unit.second, which, each, zoom)
            yield from _pairs(numbers, targets, columns, rows, zoom)


def _by_secret(axis: Axis, which: Indices, middle: Floats, zoom: int) -> dict[int, list[int]]:
    """Which numbers are the tile column or row of which secrets, from the middles of their tiles."""
    half = 0.5 / 2.0**zoom
    found: dict[int, list[int]] = {}
    for index, secret in axis.matches(middle - half, np.nextafter(middle + half, 0)):
        found.setdefault(secret, []).append(int(which[index]))
    return found


def _pairs(
    numbers: Numbers, targets: Targets, columns: dict[int, list[int]], rows: dict[int, list[int]], zoom: int
) -> Iterator[Hit]:
    """Columns and rows of one secret that stand side by side."""
    for secret, ones in columns.items():
        for one, other in product(ones if targets.exact[secret] else (), rows.get(secret, ())):
            first, second = sorted((one, other))
            if _is_address(numbers, first, second, zoom) and not _is_allowed(targets, secret, zoom):
                yield numbers.hit(first, second, f"map tile at zoom {zoom}", secret)


def _is_address(numbers: Numbers, first: int, second: int, zoom: int) -> bool:
    """Whether two numbers stand side by side, and their zoom beside them where it must."""
    if second - first != 1 or numbers.starts[second] - numbers.ends[first] > CLOSE:
        return False
    around = (first - 1, second + 1)
    return zoom > _ZOOM_SURE or any(0 <= k < len(numbers) and numbers.values[k] == zoom for k in around)


def _is_allowed(targets: Targets, secret: int, zoom: int) -> bool:
    """Whether a published position lies in the same tile as a secret."""
    allowed = targets.secrets.allowed
    mine = codes.web_unit(targets.lon_deg[[secret]], targets.lat_deg[[secret]])
    theirs = codes.web_unit(allowed[:, 0], allowed[:, 1])
    same = [np.floor(one * 2.0**zoom) == np.floor(other * 2.0**zoom) for one, other in zip(mine, theirs, strict=True)]
    return bool((same[0] & same[1]).any())
