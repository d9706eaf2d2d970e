"""The register's file: entries of what was published of each place, read with every value looked at, written whole."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import TypeAlias

import numpy as np
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from escape_route import strict_json
from escape_route.errors import EscapeRouteError, OutputError
from escape_route.files import write_whole
from escape_route.geography import base, cells
from escape_route.geography.geodesic import LonLat
from escape_route.model.journey import Waypoint
from escape_route.protection import stand_ins
from escape_route.protection.sensitivity import CELLS
from escape_route.strict_json import show

Ids: TypeAlias = "dict[str, dict[str, str]]"

_ENDING = ".published.json"
_ABOUT = "How finely each place was last published, by escape-route. Keep it beside the journey."
_SHAPE = re.compile(
    r"(?:(?:MULTI)?(?:POINT|LINESTRING|POLYGON)\b|GEOMETRYCOLLECTION\b|Z\b|[ (),.0-9e+-])+"
)
_DEEPEST = 6  # a collection with a polygon of several parts in it has five
WITHOUT_COORDINATES = Decimal(360)  # degrees: coarser than any cell
NO_CELL = Decimal(0)  # degrees: published as held
#: Of the positions in a register, in degrees: about a centimetre.
DECIMALS = 7


@dataclass(frozen=True)
class Entry:
    """A place as it was published.

    `cell_deg` is the height of its cell, 0 as held, 360 without coordinates; `shape` is where it
    was published to be, as WKT: a point that stands for its cell, an outline, or nothing, and then
    `footprints` say where.
    """

    id: str
    cell_deg: str
    shape: str | None
    footprints: tuple[str, ...]
    date: str

    @cached_property
    def degrees(self) -> Decimal:
        """Height of the cell in degrees."""
        return Decimal(self.cell_deg)

    @cached_property
    def countries(self) -> frozenset[str]:
        """Codes of the countries that the footprints lie in or between."""
        return _countries(self.footprints)

    def is_finer(self, before: Entry) -> bool:
        """Whether this says more than what was published before: a smaller cell; without one, less of the same land."""
        if (
            self.degrees != before.degrees
            or self.degrees != WITHOUT_COORDINATES
            or not self.footprints
        ):
            return self.degrees < before.degrees
        if not before.footprints:
            return True
        is_line, was_line = (
            any(not footprint.startswith("country:") for footprint in entry.footprints)
            for entry in (self, before)
        )
        if is_line != was_line:
            return is_line and self.countries <= before.countries
        fewer = {*self.footprints} < {*before.footprints} and any(
            footprint.startswith("region:") for footprint in self.footprints
        )
        return fewer or self.countries < before.countries

    @cached_property
    def _area(self) -> BaseGeometry | None:
        return None if self.shape is None else shapely.from_wkt(self.shape)

    @property
    def point(self) -> LonLat | None:
        """Point that stands for a cell, in degrees; None of an outline, of what has no coordinates, or is as held."""
        if self._area is None or self._area.geom_type != "Point" or self.degrees == NO_CELL:
            return None
        return self._area.x, self._area.y

    def holds(self, waypoint: Waypoint) -> bool:
        """Whether a held waypoint lies in what was published here; one without coordinates, where none were."""
        if waypoint.label is None:
            countries = _countries(waypoint.footprints)
            alike = not countries or not self.countries or bool(countries & self.countries)
            return self.shape is None and waypoint.geometry is None and alike
        point = Point(waypoint.label)
        if self._area is None:
            return any(
                base.geometry_of(f"country:{code}").intersects(point)
                for code in sorted(self.countries)
            )
        if self._area.geom_type != "Point":
            return bool(self._area.intersects(point))
        there = (self._area.x, self._area.y)
        if self.degrees == NO_CELL:
            return bool((np.round(waypoint.label, DECIMALS) == there).all())
        if waypoint.id == self.id and stand_ins.is_beside(there, waypoint.label, self.degrees):
            return True  # it was put right, or its cell is told as the one beside it
        cell = cells.centre(there, self.degrees)  # it is no centre where a file was coarse already
        return cells.centre(waypoint.label, self.degrees) == cell


def _countries(footprints: Iterable[str]) -> frozenset[str]:
    return frozenset(code for footprint in footprints for code in base.countries_of(footprint))


def path_of(journey_file: Path, journey_id: str) -> Path:
    """Register of a journey: beside its file, and one for all the formats that it is kept in there."""
    return Path(os.path.realpath(journey_file)).with_name(f"{journey_id}{_ENDING}")


def beside(journey_file: Path) -> list[Path]:
    """All registers in the folder of a journey, of whatever journey."""
    return sorted(Path(os.path.realpath(journey_file)).parent.glob(f"*{_ENDING}"))


def refuse_name(target: Path) -> None:
    """Raise OutputError where a file would bear a register's name, in letters of either case."""
    if any(
        path.name.casefold().endswith(_ENDING) for path in (target, Path(os.path.realpath(target)))
    ):
        fix = "give another name"
        raise OutputError(
            f"{target}: names in {_ENDING} are kept for registers of what was published ({fix})"
        )


def write(path: Path, entries: Iterable[Entry], ids: Ids) -> None:
    """Write a register, with the published ids by those that are held, whole or not at all; none of no place."""
    places = [asdict(entry) for entry in entries]
    if (
        not places
    ):  # nothing is known of any: a register that is empty would be taken for a damaged one
        return
    document = {"about": _ABOUT, "places": places, "ids": ids}
    try:
        write_whole(path, (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode())
    except OutputError as error:
        fix = "copy the journey to a folder that can be written to"
        raise OutputError(
            f"{error}; what was published must be written down beside the journey ({fix})"
        ) from error


def read(path: Path) -> tuple[Entry, ...]:
    """Entries of a register; none where nothing was published yet.

    Raises EscapeRouteError where the register is there and cannot be read: it must not be passed
    over.
    """
    return read_whole(path)[0]


def read_whole(path: Path) -> tuple[tuple[Entry, ...], Ids]:
    """Entries of a register and its ids, as `read` has them; a register of an earlier version has no ids."""
    if not path.exists() and not path.is_symlink():
        return (), {}
    try:
        document = _document(path)
        return tuple(_entries(document)), _ids(document)
    except (OSError, ValueError, KeyError, TypeError) as error:
        what = f": {error}" if isinstance(error, _FaultyError) else ""
        fix = "mend it, or restore it from a copy; it says how finely places were published before"
        raise EscapeRouteError(
            f"{path}: not a register of what was published{what} ({fix})"
        ) from error


def _document(path: Path) -> dict[str, object]:
    if not path.is_file():
        raise _FaultyError("it is no file")
    document, problems = strict_json.parse(path.read_bytes())
    if problems or not isinstance(document, dict):
        raise _FaultyError(str(problems[0]) if problems else "no object with places")
    return document


def _ids(document: dict[str, object]) -> Ids:
    kinds = document.get("ids", {})
    if not isinstance(kinds, dict) or not all(map(_are_ids, kinds.values())):
        raise _FaultyError(
            f"ids: {show(kinds)} is not an object of published ids by held ones, a kind each"
        )
    return {kind: dict(kinds[kind]) for kind in kinds}


def _are_ids(value: object) -> bool:
    """Whether these are published ids by held ones, none given twice."""
    if not isinstance(value, dict) or not all(
        isinstance(id_, str) and id_ for id_ in value.values()
    ):
        return False
    return len(set(value.values())) == len(value)


def _entries(document: dict[str, object]) -> Iterator[Entry]:
    places = document["places"]
    if not isinstance(places, list) or not places:
        raise _FaultyError(f"places: {show(places)} is not a list of places")
    for number, place in enumerate(places):
        yield _entry(place, f"places[{number}]")


class _FaultyError(ValueError):
    """A value of a register that cannot be."""


def _entry(row: dict[str, object], place: str) -> Entry:
    """Entry of a register with every value looked at; raises _FaultyError, KeyError, TypeError."""
    for name, (fits, rule) in _RULES.items():
        if not fits(row[name]):
            raise _FaultyError(f"{place}.{name}: {show(row[name])} is not {rule}")
    values = {name: row[name] for name in _RULES}
    entry = Entry(**values | {"footprints": tuple(values["footprints"])})  # type: ignore[arg-type]  # as looked at above
    if (entry.degrees == WITHOUT_COORDINATES) != (entry.shape is None):
        raise _FaultyError(
            f"{place}.shape: {show(entry.shape)} does not go with a cell_deg of {entry.cell_deg}"
        )
    return entry


def _is_height(value: object) -> bool:
    if not isinstance(value, str) or not re.fullmatch(
        r"(0|[1-9][0-9]{0,2})(\.[0-9]{1,12})?", value
    ):
        return False
    degrees = Decimal(value)
    return (
        degrees in {NO_CELL, WITHOUT_COORDINATES} or min(CELLS.values()) <= degrees <= cells.LARGEST
    )


def _is_shape(value: object) -> bool:
    if value is None or not isinstance(value, str):
        return value is None
    depths = accumulate((letter == "(") - (letter == ")") for letter in value)
    if not _SHAPE.fullmatch(value) or max(depths) > _DEEPEST:
        return False  # GEOS is written for what is well meant
    with np.errstate(over="ignore"):
        shape = shapely.from_wkt(value, on_invalid="ignore")
    if shape is None or shape.is_empty:
        return False
    lons, lats = shapely.get_coordinates(shape).T
    return bool((abs(lons) <= 180).all() and (abs(lats) <= 90).all())  # noqa: PLR2004  # not a number is neither


def _are_footprints(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(name, str) and name in base.references() for name in value
    )


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


#: What each member of an entry must be, and how that is told.
_RULES: dict[str, tuple[Callable[[object], bool], str]] = {
    "id": (lambda value: isinstance(value, str) and bool(value), "an id"),
    "cell_deg": (
        _is_height,
        f"a text such as 0.1, from {min(CELLS.values())} to {cells.LARGEST}, or 0 or 360",
    ),
    "shape": (_is_shape, "a shape as well-known text, or null"),
    "footprints": (_are_footprints, "a list of footprints such as country:VN"),
    "date": (_is_day, "a day such as 2026-11-25"),
}
