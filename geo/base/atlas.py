"""World-atlas TopoJSON: countries as polygons and borders as the arcs that two countries share."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, TypeAlias

import iso
import numpy as np
import shapely
from shapes import Ring, cut_at_antimeridian, rounded_lines, rounded_polygons

if TYPE_CHECKING:
    from pathlib import Path

FINEST_DECIMALS = 3

Rings: TypeAlias = list[list[int]]  # arc numbers, ring by ring; ~i is arc i backwards


@dataclass(frozen=True, slots=True)
class Shape:
    """One territory as drawn: a code, a name and its polygons as rings of arc numbers."""

    code: str
    name: str
    polygons: tuple[Rings, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """One country as it is written out."""

    iso_a2: str
    name: str
    geometry: shapely.MultiPolygon


@dataclass(frozen=True, slots=True)
class Atlas:
    """A decoded topology: arcs as (lon, lat) arrays, shapes as arc numbers."""

    arcs: tuple[Ring, ...]
    shapes: tuple[Shape, ...]
    quantum_deg: tuple[float, float]

    def countries(self, decimals: int) -> list[Country]:
        """Return the countries by code, cut at the antimeridian, valid after rounding."""
        by_code: dict[str, list[Shape]] = defaultdict(list)
        for shape in self.shapes:
            by_code[shape.code].append(shape)
        return [self._country(code, by_code[code], decimals) for code in sorted(by_code)]

    def borders(self, decimals: int) -> dict[str, shapely.MultiLineString]:
        """Return the land borders by pair of codes, "CN-VN", alphabetically."""
        shared: dict[str, list[Ring]] = defaultdict(list)
        for arc, codes in sorted(self._users().items()):
            for pair in combinations(
                sorted(codes), 2
            ):  # quantisation has left one arc to three countries
                shared["-".join(pair)].append(self.arcs[arc])
        return {pair: rounded_lines(shared[pair], decimals) for pair in sorted(shared)}

    def _country(self, code: str, shapes: list[Shape], decimals: int) -> Country:
        main = max(shapes, key=lambda shape: len(shape.polygons))
        rings = [
            [self._ring(ring) for ring in polygon] for shape in shapes for polygon in shape.polygons
        ]
        pieces = [part for polygon in rings for part in cut_at_antimeridian(polygon)]
        rounded = rounded_polygons(pieces or [self._cell(rings)], decimals)
        if rounded.is_empty:
            # Too small for these decimals, yet it belongs on the map.
            rounded = rounded_polygons(pieces, FINEST_DECIMALS)
        return Country(code, main.name, rounded)

    def _cell(self, rings: list[list[Ring]]) -> shapely.Polygon:
        """Return the smallest box that is sure to hold a country whose rings quantisation closed up."""
        west, south, east, north = shapely.MultiPoint(rings[0][0]).bounds
        half_lon, half_lat = self.quantum_deg[0] / 2, self.quantum_deg[1] / 2
        return shapely.box(west - half_lon, south - half_lat, east + half_lon, north + half_lat)

    def _ring(self, arcs: list[int]) -> Ring:
        """Join arcs head to tail; each begins where the one before ends."""
        runs = [self.arcs[i] if i >= 0 else self.arcs[~i][::-1] for i in arcs]
        return np.concatenate([runs[0], *(run[1:] for run in runs[1:])])

    def _users(self) -> dict[int, set[str]]:
        users: dict[int, set[str]] = defaultdict(set)
        for shape in self.shapes:
            for ring in (ring for polygon in shape.polygons for ring in polygon):
                for arc in ring:
                    users[arc if arc >= 0 else ~arc].add(shape.code)
        return users


def read(path: Path) -> Atlas:
    """Read one of world-atlas's countries-*.json."""
    topology: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    scale, translate = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    arcs = tuple(np.cumsum(np.array(arc), axis=0) * scale + translate for arc in topology["arcs"])
    geometries = topology["objects"]["countries"]["geometries"]
    shapes = tuple(shape for geometry in geometries for shape in _shapes(geometry, arcs))
    return Atlas(arcs, shapes, (float(scale[0]), float(scale[1])))


def _shapes(geometry: dict[str, Any], arcs: tuple[Ring, ...]) -> list[Shape]:
    name = geometry["properties"]["name"]
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    if name == iso.INDIAN_OCEAN_TERRITORIES:
        return _indian_ocean(polygons, arcs)
    return [Shape(iso.alpha2(geometry.get("id"), name), name, tuple(polygons))]


def _indian_ocean(polygons: list[Rings], arcs: tuple[Ring, ...]) -> list[Shape]:
    """Split the one shape that stands for two countries of ISO 3166-1."""

    def is_cocos(polygon: Rings) -> bool:
        arc = polygon[0][0]
        return bool(arcs[arc if arc >= 0 else ~arc][0, 0] < iso.COCOS_EAST_LIMIT_DEG)

    cocos = tuple(polygon for polygon in polygons if is_cocos(polygon))
    christmas = tuple(polygon for polygon in polygons if not is_cocos(polygon))
    both = ((*iso.COCOS, cocos), (*iso.CHRISTMAS, christmas))
    return [Shape(code, name, parts) for code, name, parts in both if parts]
