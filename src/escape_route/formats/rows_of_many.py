"""Journeys in one table of waypoints: a row a waypoint, a column that names the journey, others as `waypoint` has them.

Whoever keeps many journeys keeps them so; what columns are called is looked up in
`rows_of_many.toml`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from escape_route import packaged
from escape_route.errors import (
    EscapeRouteError,
    JourneyFileError,
    Problem,
    UsageError,
    refusal,
    suggest,
)
from escape_route.model import make
from escape_route.model.journey import Journey
from escape_route.model.make import build, slug

_LISTED = {"footprint", "within", "source"}


@dataclass(frozen=True, slots=True)
class Refused:
    """A journey that could not be made of its rows, and why."""

    name: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """Tables of many journeys: rows of each by the journey's name, under the arguments that their columns are.

    `warnings` name the columns that are not read.
    """

    waypoints: Mapping[str, pd.DataFrame]
    claims: Mapping[str, pd.DataFrame]
    journeys: Mapping[str, pd.DataFrame]
    warnings: tuple[str, ...]

    @classmethod
    def of(
        cls,
        waypoints: pd.DataFrame,
        by: str,
        claims: pd.DataFrame | None = None,
        journeys: pd.DataFrame | None = None,
    ) -> Tables:
        """Sort tables by journey; raises UsageError where one has no column of that name."""
        warnings: list[str] = []

        def grouped(table: pd.DataFrame | None, what: str) -> dict[str, pd.DataFrame]:
            if table is None:
                return {}
            headed = _headed(table, by, what, warnings)
            return {str(name): rows for name, rows in headed.groupby(by, sort=False, dropna=True)}

        places = grouped(_on_wgs84(waypoints), "waypoints")
        more = grouped(claims, "claims"), grouped(journeys, "journeys")
        return cls(places, *more, tuple(warnings))

    def each(self, by: str, source: str) -> Iterator[tuple[str, Journey | Refused]]:
        """Journeys in the order of their first rows, by name; what has claims alone is refused."""
        for name, rows in self.waypoints.items():
            yield name, self._made(name, rows, by, source)
        for name in self.claims:
            if name not in self.waypoints:
                yield (
                    name,
                    Refused(
                        name,
                        (Problem("claims", "no waypoint is of this journey", f"the same {by}"),),
                    ),
                )

    def _made(self, name: str, rows: pd.DataFrame, by: str, source: str) -> Journey | Refused:
        try:
            given = {"title": name} | _given(self.journeys, name, by)
            places = [_place(row) for row in _in_order(rows.drop(columns=by), name)]
            claims = [make.claim(**row) for row in _records(self.claims.get(name), by)]
            return build(
                given.pop("title"),
                places,
                claims=claims,
                source=source,
                **{"id": slug(name) or None} | given,
            )
        except JourneyFileError as error:
            return Refused(name, error.problems)
        except EscapeRouteError as error:
            return Refused(name, (Problem("", str(error)),))


def _headed(table: pd.DataFrame, by: str, what: str, warnings: list[str]) -> pd.DataFrame:
    """Table under the names of arguments, without the columns that are none, which are told of."""
    if by not in table.columns:
        raise UsageError(f"{what}: no column {by} ({suggest(by, map(str, table.columns))})")
    known: Mapping[str, Sequence[str]] = packaged.table("formats/rows_of_many.toml")[what]
    meant = {word: argument for argument, others in known.items() for word in (*others, argument)}
    names: dict[Hashable, str] = {
        column: meant[str(column).strip().lower()]
        for column in table.columns
        if column != by and str(column).strip().lower() in meant
    }
    twice = sorted({name for name in names.values() if list(names.values()).count(name) > 1})
    if twice:
        both = " and ".join(str(column) for column, name in names.items() if name == twice[0])
        raise UsageError(f"{what}: the columns {both} are both {twice[0]}; leave one of them out")
    left = [str(column) for column in table.columns if column not in names and column != by]
    if left:
        warnings.append(f"{what}: columns that are not known here, and not read: {', '.join(left)}")
    return table[[by, *names]].rename(columns=names)


def _on_wgs84(table: pd.DataFrame) -> pd.DataFrame:
    """Table whose shapes, if it has any, lie in longitude and latitude, in a plain column."""
    if getattr(table, "_geometry_column_name", None) is None:
        return table
    shapes = table.geometry if table.crs is None else table.geometry.to_crs("OGC:CRS84")
    return pd.DataFrame(table.drop(columns=table.geometry.name)).assign(geometry=list(shapes))


def _in_order(rows: pd.DataFrame, name: str) -> list[dict[str, Any]]:
    if "order" not in rows:
        return _records(rows)
    order = pd.to_numeric(rows["order"], errors="coerce")
    twice = order[order.duplicated() | order.isna()]
    if len(twice):
        first = rows["order"].loc[twice.index[0]]
        fix = "1, 2, 3, ... in travel order"
        raise refusal(name, f"{first} stands twice, or is no number", fix, place="order")
    return _records(rows.assign(order=order).sort_values("order").drop(columns="order"))


def _records(rows: pd.DataFrame | None, by: str | None = None) -> list[dict[str, Any]]:
    """Rows as arguments: cells that are empty left out, numbers as Python has them."""
    if rows is None:
        return []
    table = rows if by is None else rows.drop(columns=by)
    return [
        {str(k): _plain(k, v) for k, v in row.items() if not _is_blank(v)}
        for row in table.to_dict("records")
    ]


def _given(tables: Mapping[str, pd.DataFrame], name: str, by: str) -> dict[str, Any]:
    listed = _records(tables.get(name), by)
    if len(listed) > 1:
        raise refusal(name, f"{len(listed)} rows are of this journey", "keep one", place="journeys")
    return listed[0] if listed else {}


def _is_blank(value: object) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or (not isinstance(value, list | tuple | dict) and bool(pd.isna(value)))  # type: ignore[call-overload]


def _plain(name: Hashable, value: Any) -> Any:  # noqa: ANN401  # whatever a table holds
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, str):
        text = value.strip()
        if name in _LISTED:
            return [part.strip() for part in text.split(";")]
        return _number(name, text)
    return value.item() if hasattr(value, "item") else value


_NUMBERS = {
    "lon",
    "lat",
    "within_km",
    "uncertainty_m",
    "sensitivity",
    "value",
    "value_to",
    "unit_m",
    "people",
}


def _number(name: Hashable, text: str) -> object:
    """Number of a table that was read as text; what is none stays a text, for the rules to refuse."""
    try:
        return (float(text) if "." in text else int(text)) if name in _NUMBERS else text
    except ValueError:
        return text


def _place(row: dict[str, Any]) -> make.PlaceDraft:
    lon, lat, shape = (row.pop(name, None) for name in ("lon", "lat", "geometry"))
    uncertainty_m = row.pop("uncertainty_m", None)
    if uncertainty_m is not None:
        row.setdefault(
            "within_km",
            uncertainty_m / 1000 if isinstance(uncertainty_m, int | float) else uncertainty_m,
        )
    if isinstance(row.get("by"), str) and ":" in row["by"]:
        # Modes with their weights, as ``rail: 0.7; road: 0.3`` has them
        text = row["by"]
        pairs = (pair.partition(":") for pair in text.split(";"))
        row["by"] = {mode.strip(): _number("value", weight.strip()) for mode, _, weight in pairs}
    at = None if lon is None and lat is None else (lon, lat)
    is_point = getattr(shape, "geom_type", "") == "Point"
    if is_point:
        at = (shape.x, shape.y)
    draft = make.waypoint(
        row.pop("name", ""), at=at, **row
    )  # the rules of files refuse what is none
    drawn = None if shape is None or is_point else shape.__geo_interface__
    return draft if drawn is None else replace(draft, geometry=dict(drawn))
