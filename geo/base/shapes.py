"""Rings to valid polygons: the cut at the antimeridian (RFC 7946, 3.1.9) and rounding that keeps validity."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Ring: TypeAlias = NDArray[np.float64]  # (n, 2), lon and lat in degrees

WGS84 = Geod(ellps="WGS84")
_HALF_TURN, _TURN = 180.0, 360.0
_POLE_LAT = 90.0
_WORLD = shapely.box(-_HALF_TURN, -_POLE_LAT, _HALF_TURN, _POLE_LAT)
_BEYOND = shapely.box(_HALF_TURN, -_POLE_LAT, _HALF_TURN + _TURN, _POLE_LAT)
_FEWEST_POINTS = 4  # of a closed ring; quantisation has left shorter ones


def cut_at_antimeridian(rings: Sequence[Ring]) -> list[shapely.Polygon]:
    """Return one polygon's parts within -180..180; the first ring is the shell.

    World-atlas stitches Natural Earth's shapes at 180 degrees and at the pole, so that a ring may
    leave the plane on one side and come back on the other.
    """
    unwrapped = [_unwrap(ring) for ring in rings if len(ring) >= _FEWEST_POINTS]
    if not unwrapped:
        return []
    coasts = [ring for ring in unwrapped if _goes_round(ring)]
    if coasts:
        # A second ring round the pole is the pole itself, drawn at -89.999.
        shell = _closed_over_the_pole(max(coasts, key=lambda ring: float(ring[:, 1].max())))
        return polygonal(shapely.Polygon(shell))
    shell, *holes = unwrapped
    moved = [_turned(hole, round((shell[0, 0] - hole[0, 0]) / _TURN)) for hole in holes]
    whole = shapely.Polygon(shell, moved)
    return polygonal(whole) if _WORLD.covers(shapely.envelope(whole)) else _halves(whole)


def rounded_polygons(polygons: Sequence[shapely.Polygon], decimals: int) -> shapely.MultiPolygon:
    """Return the polygons rounded, valid and wound by the right-hand rule."""
    parts = [part for polygon in polygons for part in _rounded(polygon, decimals)]
    whole = shapely.MultiPolygon(parts)
    if not whole.is_valid:
        # Parts that rounding made touch or overlap.
        whole = shapely.MultiPolygon(_rounded(shapely.union_all(parts), decimals))
    return shapely.orient_polygons(shapely.remove_repeated_points(whole), exterior_cw=False)


def rounded_lines(lines: Iterable[Ring], decimals: int) -> shapely.MultiLineString:
    """Return the lines rounded, joined where they meet end to end, longest first."""
    kept = [run for run in (_distinct(np.round(line, decimals)) for line in lines) if len(run) > 1]
    merged = shapely.line_merge(shapely.MultiLineString([shapely.LineString(run) for run in kept]))
    parts = list(shapely.get_parts(merged))
    return shapely.MultiLineString(sorted(parts, key=lambda part: (-length_km(part), part.wkt)))


def length_km(line: shapely.LineString | shapely.MultiLineString) -> float:
    """Return the length on WGS84, vertex to vertex."""
    return float(WGS84.geometry_length(line)) / 1000


def polygonal(geometry: shapely.Geometry) -> list[shapely.Polygon]:
    """Return the polygons of a geometry made valid; lines and points that fall off are dropped."""
    if not geometry.is_valid:
        geometry = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return [part for part in parts if isinstance(part, shapely.Polygon) and part.area > 0]


def _rounded(geometry: shapely.Geometry, decimals: int) -> list[shapely.Polygon]:
    """Round and repair in turn: repairing adds vertices, rounding them may break it again."""
    parts = polygonal(geometry)
    for _ in range(10):
        rounded = [shapely.transform(part, lambda xy: np.round(xy, decimals)) for part in parts]
        parts = [piece for part in rounded for piece in polygonal(part)]
        if all(_is_rounded(part, decimals) for part in parts):
            return parts
    snapped = shapely.set_precision(shapely.MultiPolygon(parts), 10.0**-decimals)
    return [
        shapely.transform(part, lambda xy: np.round(xy, decimals)) for part in polygonal(snapped)
    ]


def _is_rounded(geometry: shapely.Geometry, decimals: int) -> bool:
    xy = shapely.get_coordinates(geometry)
    return bool(np.array_equal(xy, np.round(xy, decimals)))


def _distinct(line: Ring) -> Ring:
    """Return the line without repeated neighbours."""
    keep = np.append(True, np.any(np.diff(line, axis=0) != 0, axis=1))
    distinct: Ring = line[keep]
    return distinct


def _unwrap(ring: Ring) -> Ring:
    """Return the ring with longitudes that never jump by more than half a turn."""
    lon = np.rad2deg(np.unwrap(np.deg2rad(ring[:, 0]))) if _jumps(ring) else ring[:, 0]
    return np.column_stack([lon, ring[:, 1]])


def _turned(ring: Ring, turns: int) -> Ring:
    """Return the ring moved eastward by whole turns."""
    turned: Ring = ring + np.array([turns * _TURN, 0.0])
    return turned


def _jumps(ring: Ring) -> bool:
    return bool(np.any(np.abs(np.diff(ring[:, 0])) > _HALF_TURN))


def _goes_round(ring: Ring) -> bool:
    return bool(abs(ring[-1, 0] - ring[0, 0]) > _HALF_TURN)


def _closed_over_the_pole(ring: Ring) -> Ring:
    """Return the coast of Antarctica from -180 to 180, closed along the lower edge of the map."""
    coast = np.column_stack([(ring[:-1, 0] + _HALF_TURN) % _TURN - _HALF_TURN, ring[:-1, 1]])
    jumps = np.flatnonzero(np.abs(np.diff(coast[:, 0])) > _HALF_TURN)
    coast = np.roll(coast, -(int(jumps[0]) + 1) if len(jumps) else 0, axis=0)
    if coast[0, 0] > coast[-1, 0]:
        coast = coast[::-1]
    edge_lat = (
        coast[0, 1] + coast[-1, 1]
    ) / 2  # the two ends lie within a fraction of a degree of 180
    west = [(-_HALF_TURN, -_POLE_LAT), (-_HALF_TURN, edge_lat)]
    east = [(_HALF_TURN, edge_lat), (_HALF_TURN, -_POLE_LAT)]
    return np.concatenate([west, coast, east, west[:1]])


def _halves(whole: shapely.Polygon) -> list[shapely.Polygon]:
    """Return the parts on the two sides of 180 degrees, each brought back into -180..180."""
    if whole.bounds[0] < -_HALF_TURN:
        whole = shapely.transform(whole, lambda xy: _turned(xy, 1))
    valid = shapely.MultiPolygon(polygonal(whole))
    beyond = shapely.transform(shapely.intersection(valid, _BEYOND), lambda xy: _turned(xy, -1))
    return polygonal(shapely.intersection(valid, _WORLD)) + polygonal(beyond)
