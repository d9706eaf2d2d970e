"""Texts and numbers of a parsed document with the paths that lead to them; whole tracks are taken at once."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from escape_route.errors import member_path
from escape_route.strict_json import is_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

Path: TypeAlias = "tuple[str | int, ...]"

_SHORTEST_LINE = 16  # positions: fewer are walked through one by one
_MOST_ROUNDED = 7  # decimals down to which rounding in double precision gives the very number back


def walk(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Every text and number of a document with its path, in the file's order; without recursion, however deep it is.

    Numbers of long lines are left out: `line_of` gives them.
    """
    waiting: list[tuple[Path, object]] = [(path, value)]
    while waiting:
        here, one = waiting.pop()
        if isinstance(one, dict):
            waiting += [((*here, str(name)), member) for name, member in reversed(one.items())]
        elif isinstance(one, list | tuple):
            if line_of(here, one) is None:
                waiting += [((*here, index), member) for index, member in reversed(list(enumerate(one)))]
        elif isinstance(one, str) or is_number(one):
            yield here, one


def line_of(path: Path, values: list[object] | tuple[object, ...]) -> NDArray[np.float64] | None:
    """Positions of a long line of a geometry, one a row, of two or three numbers; None for any other list.

    A document of a track of 200,000 positions is looked through as one array, not as 400,000 numbers.
    """
    if len(values) < _SHORTEST_LINE or "coordinates" not in path or not isinstance(values[0], list | tuple):
        return None
    try:
        line = np.array(values)
    except (ValueError, TypeError, OverflowError):
        return None
    is_line = line.ndim == 2 and line.shape[1] in {2, 3} and line.dtype.kind in "iuf"  # noqa: PLR2004  # rows, numbers
    return line.astype(float) if is_line else None


def named(path: Path) -> str:
    """Path as messages write it.

    Examples
    --------
    >>> named(("features", 3, "geometry"))
    'features[3].geometry'
    """
    place = ""
    for step in path:
        place = f"{place}[{step}]" if isinstance(step, int) else member_path(place, step)
    return place


def decimals_of(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """Places after the point that numbers are written with.

    Examples
    --------
    >>> decimals_of(np.array([128.0, 42.0125, 1e-7, 0.1 + 0.2])).tolist()
    [0, 4, 7, 17]
    """
    found = np.full(values.shape, -1, dtype=np.int64)
    with np.errstate(over="ignore"):
        for count in range(_MOST_ROUNDED, -1, -1):
            found[np.round(values, count) == values] = count
    for index in np.flatnonzero(found < 0):
        found[index] = _written_decimals(float(values[index]))
    return found


def _written_decimals(value: float) -> int:
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
