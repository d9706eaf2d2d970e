"""What must not appear: each value of a held file that its published form does not contain."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from escape_route.protection.leaks import derived, positions, withheld
from escape_route.protection.leaks.members import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from escape_route.protection.leaks.members import Path
    from escape_route.protection.leaks.positions import Positions
    from escape_route.protection.leaks.withheld import Number, Words


_ALIKE_DEG = 2e-4  # what follows from places is looked for from four decimals on


@dataclass(frozen=True, slots=True, eq=False)
class Secrets:
    """All that must not appear in a published file, and what may.

    `allowed` are the published positions, a row (lon, lat) in degrees each; `decimals` is the most that one of their
    numbers has; `paths` are published texts that may hold what looks like a path. Two are the same only where they are
    one.
    """

    positions: Positions = field(default_factory=lambda: positions.following([]))
    texts: tuple[Words, ...] = ()
    numbers: tuple[Number, ...] = ()
    allowed: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 2)))
    decimals: int = 0
    paths: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to keep."""
        return bool(len(self.positions) or self.texts or self.numbers)


def secrets_of(held: Mapping[str, object], protected: Mapping[str, object]) -> Secrets:
    """Find what a held file has and its published form has not.

    Parameters
    ----------
    held
        The held file as parsed, with whatever members it has, known or not.
    protected
        The same journey's published form as a GeoJSON document.

    Returns
    -------
    Secrets
        Positions (each vertex, and what follows from them), texts, dates, long numbers.

    Examples
    --------
    >>> held = {"geometry": {"coordinates": [128.04567, 42.01234]}, "note": "house of Mrs Kim"}
    >>> found = secrets_of(held, {"geometry": {"coordinates": [128.05, 42.05]}})
    >>> [each.held_at for each in (*found.positions, *found.texts)]
    ['geometry.coordinates', 'note']
    """
    return secrets_of_all([held], [protected])


def secrets_of_all(held: Sequence[Mapping[str, object]], protected: Sequence[Mapping[str, object]]) -> Secrets:
    """Find the secrets of several documents, of one journey or more, that are published in one file.

    What is published of any of them may appear.
    """
    shown = [positions.found_in(each) for each in protected]
    told = positions.together(shown)
    allowed = np.unique(told.points[~told.is_quoted])
    published = [value for each in protected for value in walk(each)]
    values = [value for each in held for value in walk(each)]
    told_numbers = np.unique(np.abs((told.lon_deg, told.lat_deg))).tolist()
    corpus = withheld.corpus(published, told_numbers)
    return Secrets(
        positions=_positions([positions.found_in(each) for each in held], shown, told),
        texts=(*withheld.texts(values, corpus), *withheld.days(values, published)),
        numbers=tuple(withheld.numbers(values, published, told_numbers)),
        allowed=np.column_stack((allowed.real, allowed.imag)),
        paths=tuple(value for _, value in published if isinstance(value, str) and ("/" in value or "\\" in value)),
        decimals=int(told.decimals.max(initial=0)),
    )


def _positions(held: Sequence[Positions], shown: Sequence[Positions], told: Positions) -> Positions:
    """Positions that nothing published has, and what follows from the stops held and not from those published.

    What the published words quote is public where the held file has it in words alone: a place is not given free by
    a note that quotes it.
    """
    public_points, quoted = told.points[~told.is_quoted], told.points
    public = _squares((lon, lat) for each in shown for lon, lat, _ in derived.positions(*_drawn(each)))
    found = []
    for exact in held:
        told_here = np.isin(exact.points, public_points)
        told_here[exact.is_quoted] = np.isin(exact.points[exact.is_quoted], quoted)
        found.append(exact.only(~told_here).geometry_first())
        follows = derived.positions(*_drawn(exact))
        hidden = [(lon, lat, what) for lon, lat, what in follows if _square(lon, lat) not in public]
        found.append(positions.following(hidden))
    return positions.together(found).once()


def _squares(places: Iterable[tuple[float, float]]) -> set[tuple[int, int]]:
    """Small squares that places lie in or beside: what lies there as well is told by them, as closely as is looked."""
    own = {_square(lon, lat) for lon, lat in places}
    return {(x + east, y + north) for x, y in own for east in (-1, 0, 1) for north in (-1, 0, 1)}


def _square(lon_deg: float, lat_deg: float) -> tuple[int, int]:
    return math.floor(lon_deg / _ALIKE_DEG), math.floor(lat_deg / _ALIKE_DEG)


def _drawn(found: Positions) -> tuple[list[tuple[float, float]], list[NDArray[np.float64]]]:
    """Points of the features of a document, in order, and the vertices of each that has several."""
    feature = np.array([_feature_of(path) for path in found.places], dtype=int)[found.place]
    rows = np.flatnonzero(feature >= 0)
    rows = rows[np.argsort(feature[rows], kind="stable")]
    places = np.column_stack((found.lon_deg, found.lat_deg))
    shapes = [places[each] for each in np.split(rows, np.flatnonzero(np.diff(feature[rows])) + 1) if len(each)]
    stops = [(float(shape[0, 0]), float(shape[0, 1])) for shape in shapes if len(shape) == 1]
    return stops, [shape for shape in shapes if len(shape) > 1]


def _feature_of(path: str | Path) -> int:
    """Number of the feature whose geometry a path leads into; -1 for any other."""
    is_geometry = not isinstance(path, str) and path[:1] == ("features",) and path[2:3] == ("geometry",)
    return path[1] if is_geometry and isinstance(path[1], int) else -1
