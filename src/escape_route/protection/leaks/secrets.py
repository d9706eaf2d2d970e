"""What must not appear: each position, text and date of a held file that its published form does not contain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from escape_route.protection.leaks import words
from escape_route.protection.leaks.parts import Bools, Floats, Indices, named
from escape_route.protection.leaks.spelling import plain
from escape_route.protection.leaks.words import Path, Words
from escape_route.strict_json import is_number

Member: TypeAlias = tuple[Path, object]

_HIGHEST_LAT, _HIGHEST_LON = 90, 180
_LATS, _LONS = (
    frozenset({"lat", "latitude", "y"}),
    frozenset({"lon", "lng", "long", "longitude", "x"}),
)
_GEOMETRY = frozenset({"coordinates", "bbox"})
_SHORTEST_LINE = 16  # positions: fewer are walked through one by one
_CENTIMETRE = 7  # decimals of a degree
_SHORTEST_NAME = 2
_MOST_OF_A_POINT = 4  # numbers


@dataclass(frozen=True, slots=True, eq=False)
class Positions:
    """Positions in columns: degrees, the decimals that they are held with (2 for any more), and where they stand.

    `paths` lead to lines and to single positions, `path` is the index of each one's, and `vertex`
    its number in a line,
    -1 where it stands alone.
    """

    lon_deg: Floats
    lat_deg: Floats
    decimals: Indices
    path: Indices
    vertex: Indices
    paths: tuple[Path, ...]

    def __len__(self) -> int:
        """How many."""
        return len(self.lon_deg)

    def held_at(self, index: int) -> str:
        """Where the document has one of them, as messages write it."""
        path, vertex = self.paths[self.path[index]], int(self.vertex[index])
        return named(path if vertex < 0 else (*path, vertex))

    @property
    def points(self) -> NDArray[np.complex128]:
        """Longitude and latitude as one number each, for comparing."""
        return self.lon_deg + 1j * self.lat_deg

    def only(self, kept: Bools | Indices) -> Positions:
        """Those of them that are kept."""
        lon, lat = self.lon_deg[kept], self.lat_deg[kept]
        return Positions(
            lon, lat, self.decimals[kept], self.path[kept], self.vertex[kept], self.paths
        )


class Origin(NamedTuple):
    """A place of the journey from which a text may tell a way: its names, (lon, lat), and where it is held."""

    names: tuple[str, ...]
    position: tuple[float, float]
    held_at: str


@dataclass(frozen=True, slots=True, eq=False)
class Secrets:
    """All that must not appear in a published file, and what may.

    `allowed` are the published positions, a row (lon, lat) in degrees each; `origins` are places
    that a way may be told from; `paths` are published texts that may hold what looks like a path.
    Two are the same only where they are one.
    """

    positions: Positions = field(default_factory=lambda: positions_in([]))
    texts: tuple[Words, ...] = ()
    allowed: Floats = field(default_factory=lambda: np.empty((0, 2)))
    origins: tuple[Origin, ...] = ()
    paths: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to keep."""
        return bool(len(self.positions) or self.texts)


def secrets_of_all(
    held: Sequence[Mapping[str, object]], protected: Sequence[Mapping[str, object]]
) -> Secrets:
    """Find what held documents tell and no published form of theirs (as GeoJSON) does, where all are in one file.

    >>> held = {"geometry": {"coordinates": [128.04567, 42.01234]}, "note": "house of Mrs Kim"}
    >>> found = secrets_of_all([held], [{"geometry": {"coordinates": [128.05, 42.05]}}])
    >>> found.positions.held_at(0), found.texts[0].held_at
    ('geometry.coordinates', 'note')
    """
    ours, theirs = (
        [list(members(document)) for document in several] for several in (held, protected)
    )
    our_lines, their_lines = _lines(ours), _lines(theirs)
    exact = _positions(
        [*_without_lines(ours), [line for key, line in our_lines.items() if key not in their_lines]]
    )
    public = _positions(
        [
            *_without_lines(theirs),
            [line for key, line in their_lines.items() if key not in our_lines],
        ]
    )
    shown = [line[:, :2] for key, (_, line) in their_lines.items() if key in our_lines]
    hidden = exact.only(~np.isin(exact.points, public.points))
    # Every text and number with its path, in the file's order; numbers of long lines are left out.
    values, published = (
        [
            member
            for members in several
            for member in members
            if isinstance(member[1], str) or is_number(member[1])
        ]
        for several in (ours, theirs)
    )
    alone = public.only(public.vertex < 0)  # numbers of a line are no words
    told_numbers = np.unique(np.abs((alone.lon_deg, alone.lat_deg))).tolist()
    return Secrets(
        positions=hidden.only(_each_once(hidden)),
        texts=tuple(words.withheld(values, published, told_numbers)),
        allowed=np.concatenate([np.column_stack((public.lon_deg, public.lat_deg)), *shown]),
        origins=tuple(origin for document in (*held, *protected) for origin in _origins(document)),
        paths=tuple(
            value
            for _, value in published
            if isinstance(value, str) and ("/" in value or "\\" in value)
        ),
    )


def _each_once(positions: Positions) -> Bools:
    """Every vertex of a line, and of those that stand alone the first of each."""
    alone, kept = np.flatnonzero(positions.vertex < 0), positions.vertex >= 0
    kept[alone[np.unique(positions.points[alone], return_index=True)[1]]] = True
    return kept


def _lines(documents: Iterable[Sequence[Member]]) -> dict[bytes, tuple[Path, Floats]]:
    """Long lines with their paths, by what two have in common that are the same to a centimetre."""
    lines = [
        (path, line)
        for members in documents
        for path, line in members
        if isinstance(line, np.ndarray)
    ]
    return {
        np.round(line[:, :2], _CENTIMETRE).tobytes(): (path, line) for path, line in reversed(lines)
    }


def _without_lines(documents: Iterable[Sequence[Member]]) -> list[list[Member]]:
    return [
        [member for member in members if not isinstance(member[1], np.ndarray)]
        for members in documents
    ]


def members(document: object) -> Iterator[Member]:
    """Everything in a document with its path, in its order; long lines of geometries as arrays."""
    waiting: list[Member] = [((), document)]
    while waiting:
        path, member = waiting.pop()
        if isinstance(member, list | tuple) and (line := _line_of(path, member)) is not None:
            yield path, line
            continue
        yield path, member
        if isinstance(member, dict):
            waiting += [((*path, str(name)), member) for name, member in reversed(member.items())]
        elif isinstance(member, list | tuple):
            waiting += [
                ((*path, index), member) for index, member in reversed(list(enumerate(member)))
            ]


def _line_of(path: Path, values: Sequence[object]) -> Floats | None:
    """Positions of a long line of a geometry, one a row, of two or three numbers; None for any other list.

    A document of a track of 200,000 positions is looked through as one array, not as 400,000
    numbers.
    """
    if (
        len(values) < _SHORTEST_LINE
        or "coordinates" not in path
        or not isinstance(values[0], list | tuple)
    ):
        return None
    try:
        sizes = set(map(len, values))  # type: ignore[arg-type]  # what has no length is no position
        line = np.fromiter(chain.from_iterable(values), np.float64)  # type: ignore[arg-type]
    except (ValueError, TypeError, OverflowError):
        return None
    return line.reshape(len(values), -1) if sizes in ({2}, {3}) else None


def positions_in(documents: Iterable[object]) -> Positions:
    """Find lists of two to four numbers and members named lat and lon; those of geometries come first.

    A pair is in GeoJSON's order, or in the other where only that one is on the earth.

    >>> positions_in([{"coordinates": [128.04567, 42.01234], "grades": [1, 2]}]).held_at(0)
    'coordinates'
    """
    return _positions([members(document) for document in documents])


def _positions(documents: Iterable[Iterable[Member]]) -> Positions:
    blocks = [block for members in documents for block in _blocks(members)]
    blocks.sort(key=lambda block: "coordinates" not in block[0])
    lines = [np.array(line, dtype=float).reshape(-1, 2) for _, line, _ in blocks]
    first, second = np.concatenate([np.empty((0, 2)), *lines]).T
    path = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    vertex = np.concatenate(
        [np.empty(0, np.int64), *(np.arange(len(line)) - (len(line) == 1) for line in lines)]
    )
    decimals = _decimals(first), _decimals(second)
    swapped = np.abs(second) > _HIGHEST_LAT
    lon, lat = np.where(swapped, second, first), np.where(swapped, first, second)
    fewest = np.array([fewest for *_, fewest in blocks], dtype=int)[path]
    fits = (np.abs(lat) <= _HIGHEST_LAT) & (np.abs(lon) <= _HIGHEST_LON)
    fits &= (decimals[0] > 0) + (decimals[1] > 0).astype(int) >= fewest
    paths = tuple(where for where, *_ in blocks)
    every = Positions(lon, lat, np.maximum(*decimals), path, vertex, paths)
    return every if fits.all() else every.only(fits)


def _decimals(values: Floats) -> Indices:
    """Places after the point that numbers are written with, 2 for any more."""
    return np.asarray((np.rint(values) != values).astype(int) + (np.round(values, 1) != values))


def _blocks(members: Iterable[Member]) -> Iterator[tuple[Path, object, int]]:
    """Pairs as they stand under one path, and how many of the two must be broken numbers to be coordinates."""
    for path, member in members:
        if isinstance(member, np.ndarray):
            yield path, member[:, :2], 0
        elif isinstance(member, dict):
            numbers = {str(name): value for name, value in member.items() if is_number(value)}
            last_word = {
                name: name.lower().replace("_", " ").rpartition(" ")[2] for name in numbers
            }
            lats, lons = (
                [name for name, word in last_word.items() if word in names]
                for names in (_LATS, _LONS)
            )
            for lat, lon in zip(lats, lons, strict=False):
                yield from _pair((numbers[lon], numbers[lat]), (*path, lat), 1)
        elif (
            isinstance(member, list | tuple)
            and len(member) in {2, 3, 4, 6}
            and all(map(is_number, member))
        ):
            fewest = 0 if _GEOMETRY & set(path) else 2  # otherwise a range, a grade, a size
            yield from _pair(member[:2], path, fewest)
            if len(member) in {4, 6}:  # a bounding box
                yield from _pair(member[len(member) // 2 :][:2], path, fewest)


def _pair(values: Sequence[object], path: Path, fewest: int) -> Iterator[tuple[Path, object, int]]:
    """Two numbers as a block, where they may be degrees at all: what is larger may not fit into a column."""
    if all(abs(float(value)) <= _HIGHEST_LON for value in values):  # type: ignore[arg-type]
        yield path, [values], fewest


def _origins(document: Mapping[str, object]) -> Iterator[Origin]:
    features = document.get("features")
    for number, feature in enumerate(features if isinstance(features, list) else ()):
        members = feature if isinstance(feature, dict) else {}
        geometry = members.get("geometry")
        where = geometry.get("coordinates") if isinstance(geometry, dict) else None
        place = positions_in(
            [geometry] if isinstance(where, list | tuple) and len(where) <= _MOST_OF_A_POINT else []
        )
        properties = members.get("properties")
        name = properties.get("name") if isinstance(properties, dict) else None
        names = name.values() if isinstance(name, dict) else [name]
        spelt = tuple(
            plain(name) for name in names if isinstance(name, str) and len(name) >= _SHORTEST_NAME
        )
        if len(place) == 1:
            position = float(place.lon_deg[0]), float(place.lat_deg[0])
            yield Origin(spelt, position, f"features[{number}].geometry.coordinates")
