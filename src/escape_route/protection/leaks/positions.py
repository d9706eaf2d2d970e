"""Every pair of numbers of a document that may be a position, in columns: a track has very many."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from escape_route.protection.leaks.members import decimals_of, line_of, named
from escape_route.strict_json import is_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from escape_route.protection.leaks.members import Path

_HIGHEST_LAT, _HIGHEST_LON = 90, 180
_LAT_NAMES = re.compile(r"(?:^|[a-z_ ])(?:lat|latitude|y)$", re.IGNORECASE)
_LON_NAMES = re.compile(r"(?:^|[a-z_ ])(?:lon|lng|long|longitude|x)$", re.IGNORECASE)
_GEOMETRY = frozenset({"coordinates", "bbox"})
_PAIR = re.compile(r"(-?\d{1,3}\.\d{3,})[^\d-]{1,12}(-?\d{1,3}\.\d{3,})")
_DERIVED_DECIMALS = 15


class Position(NamedTuple):
    """A position that is held and not published: degrees, decimals it is held with, and where it stands.

    `is_exact` is False where it follows from held positions, as the middle of two does.
    """

    lon_deg: float
    lat_deg: float
    decimals: int
    held_at: str
    is_exact: bool


@dataclass(frozen=True, slots=True, eq=False)
class Positions:
    """Positions in columns; indexed, they give a `Position`.

    `places` are the paths that lead to them (or the words for what only follows), `place` is the index of each one's,
    and `vertex` its number in a line, -1 where it stands alone. `is_quoted` says which stand in words.
    """

    lon_deg: NDArray[np.float64]
    lat_deg: NDArray[np.float64]
    decimals: NDArray[np.int64]
    is_exact: NDArray[np.bool_]
    is_quoted: NDArray[np.bool_]
    places: tuple[Path | str, ...]
    place: NDArray[np.int64]
    vertex: NDArray[np.int64]

    def __len__(self) -> int:
        """How many."""
        return len(self.lon_deg)

    def __getitem__(self, index: int) -> Position:
        """One of them."""
        return Position(
            float(self.lon_deg[index]),
            float(self.lat_deg[index]),
            int(self.decimals[index]),
            self.held_at(index),
            bool(self.is_exact[index]),
        )

    def held_at(self, index: int) -> str:
        """Where the document has one of them, as messages write it."""
        place, vertex = self.places[self.place[index]], int(self.vertex[index])
        if isinstance(place, str):
            return place
        return named(place if vertex < 0 else (*place, vertex))

    @property
    def points(self) -> NDArray[np.complex128]:
        """Longitude and latitude as one number each, for comparing."""
        return self.lon_deg + 1j * self.lat_deg

    def __iter__(self) -> Iterator[Position]:
        """Each of them."""
        return (self[index] for index in range(len(self)))

    def only(self, kept: NDArray[np.bool_] | NDArray[np.int64]) -> Positions:
        """Some of them: those that are kept, or those of an order."""
        return Positions(
            self.lon_deg[kept],
            self.lat_deg[kept],
            self.decimals[kept],
            self.is_exact[kept],
            self.is_quoted[kept],
            self.places,
            self.place[kept],
            self.vertex[kept],
        )

    def once(self) -> Positions:
        """Each point once, where it stands first."""
        _, first = np.unique(self.points, return_index=True)
        return self.only(np.sort(first))

    def geometry_first(self) -> Positions:
        """Positions of geometries before all others: a place is named by its geometry."""
        elsewhere = np.array(["coordinates" not in place for place in self.places], dtype=bool)
        return self.only(np.argsort(elsewhere[self.place], kind="stable")) if len(self) else self


class _Block(NamedTuple):
    """Pairs as they stand under one path, and how many of the two must be broken numbers to be coordinates."""

    path: Path
    first: Sequence[float] | NDArray[np.float64]
    second: Sequence[float] | NDArray[np.float64]
    fewest_broken: int = 0
    is_quoted: bool = False


def found_in(document: object) -> Positions:
    """Find lists of two to four numbers, members named lat and lon, and pairs in texts.

    A pair is in GeoJSON's order, or in the other where only that one is on the earth.

    Examples
    --------
    >>> [each.held_at for each in found_in({"coordinates": [128.04567, 42.01234], "grades": [1, 2]})]
    ['coordinates']
    """
    blocks = list(_blocks(document))
    counts = [len(block.first) for block in blocks]
    first, second = (np.concatenate([np.empty(0), *(block[axis] for block in blocks)]) for axis in (1, 2))
    place = np.repeat(np.arange(len(blocks)), counts)
    number = np.arange(len(place)) - np.repeat(np.cumsum([0, *counts])[:-1], counts)
    decimals = decimals_of(first), decimals_of(second)
    swapped = np.abs(second) > _HIGHEST_LAT
    lon, lat = np.where(swapped, second, first), np.where(swapped, first, second)
    broken = (decimals[0] > 0).astype(int) + (decimals[1] > 0)
    fits = (np.abs(lat) <= _HIGHEST_LAT) & (np.abs(lon) <= _HIGHEST_LON)
    fits &= broken >= np.array([block.fewest_broken for block in blocks], dtype=int)[place]
    vertex = np.where(np.array(counts, dtype=int)[place] > 1, number, -1)
    is_quoted = np.array([block.is_quoted for block in blocks], dtype=bool)[place]
    paths, is_exact = tuple(block.path for block in blocks), np.ones(len(lon), dtype=bool)
    return Positions(lon, lat, np.maximum(*decimals), is_exact, is_quoted, paths, place, vertex).only(fits)


def following(points: Sequence[tuple[float, float, str]]) -> Positions:
    """Positions (lon, lat, what it is) that are not held, and follow from what is."""
    lon, lat = (np.array([point[axis] for point in points], dtype=float) for axis in (0, 1))
    count = len(points)
    return Positions(
        lon,
        lat,
        np.full(count, _DERIVED_DECIMALS, dtype=np.int64),
        np.zeros(count, dtype=bool),
        np.zeros(count, dtype=bool),
        tuple(what for *_, what in points),
        np.arange(count),
        np.full(count, -1, dtype=np.int64),
    )


def together(several: Iterable[Positions]) -> Positions:
    """One after the other."""
    parts = [following([]), *several]
    before = np.cumsum([0, *(len(part.places) for part in parts)])[:-1].tolist()
    return Positions(
        np.concatenate([part.lon_deg for part in parts]),
        np.concatenate([part.lat_deg for part in parts]),
        np.concatenate([part.decimals for part in parts]),
        np.concatenate([part.is_exact for part in parts]),
        np.concatenate([part.is_quoted for part in parts]),
        tuple(chain.from_iterable(part.places for part in parts)),
        np.concatenate([part.place + skipped for part, skipped in zip(parts, before, strict=True)]),
        np.concatenate([part.vertex for part in parts]),
    )


def _blocks(document: object) -> Iterator[_Block]:
    waiting: list[tuple[Path, object]] = [((), document)]
    while waiting:
        path, one = waiting.pop()
        if isinstance(one, dict):
            yield from _by_name(path, one)
            waiting += [((*path, str(name)), member) for name, member in reversed(one.items())]
        elif isinstance(one, list | tuple):
            if (line := line_of(path, one)) is not None:
                yield _Block(path, line[:, 0], line[:, 1])
            else:
                yield from _by_order(path, one)
                waiting += [((*path, index), member) for index, member in reversed(list(enumerate(one)))]
        elif isinstance(one, str) and "." in one:
            yield from (block._replace(is_quoted=True) for pair in _PAIR.findall(one) for block in _pair(pair, path))


def _by_order(path: Path, values: Sequence[object]) -> Iterator[_Block]:
    if len(values) not in {2, 3, 4, 6} or not all(map(is_number, values)):
        return
    broken = 0 if _GEOMETRY & set(path) else 2  # otherwise a range, a grade, a size
    yield from _pair(values[:2], path, broken)
    if len(values) in {4, 6}:  # a bounding box
        yield from _pair(values[len(values) // 2 :][:2], path, broken)


def _by_name(path: Path, members: Mapping[object, object]) -> Iterator[_Block]:
    lats = [(name, value) for name, value in members.items() if is_number(value) and _LAT_NAMES.search(str(name))]
    lons = [(name, value) for name, value in members.items() if is_number(value) and _LON_NAMES.search(str(name))]
    for (name, lat), (_, lon) in zip(lats, lons, strict=False):
        yield from _pair((lon, lat), (*path, str(name)), 1)


def _pair(values: Sequence[object], path: Path, fewest_broken: int = 0) -> Iterator[_Block]:
    """Two numbers as a block, where they may be degrees at all: what is larger may not fit into a column."""
    first, second = values
    if all(abs(float(value)) <= _HIGHEST_LON for value in values):  # type: ignore[arg-type]
        yield _Block(path, (float(first),), (float(second),), fewest_broken)  # type: ignore[arg-type]
