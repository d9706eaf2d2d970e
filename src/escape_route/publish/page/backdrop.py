"""What lies behind a journey on the page: land, borders, rivers and relief, cut to where the journey is.

Fine shapes inside a window around the journey, coarse ones for the rest of the world, so that a
reader can move away and the page stays small. Nothing here measures: these shapes are only looked
at.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter
from shapely import affinity
from shapely.geometry import box, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from escape_route.files import data_uri
from escape_route.geography import base as known
from escape_route.geography import relief

Grey = NDArray[np.float64]

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

LINE, AREA = 1, 2
"""Dimensions of what is drawn."""
LEAST_WIDTH_DEG, LEAST_HEIGHT_DEG = 14.0, 11.0
PADDING = 0.16
LAT_LIMIT_DEG = 78.0
FINE_DEG, COARSE_DEG = 0.04, 0.2
"""How far a drawn line may stray, in the window and outside."""
FINEST_DEG = 0.02
KNOWN_M = 2_000.0
"""By how much coasts and borders of 1:10m are taken to be off, a judgement: nearer they are drawn as wide as that."""
KNOWN_DEG = 0.018
"""The same along a meridian."""
CORE_DEG, SMALL_DEG = 0.004, 2.0
"""How far they stray around a story that is no wider than the second, where a reader comes as near as he can."""
NEAR_DEG = 26.0
"""A window that is no wider shows the shapes of 1:10m: on a near map those of 1:50m look broken."""
CLOSE_DEG = 9.0
"""A place that is no larger is shown from near in its chapter."""
AROUND = 0.5
"""How far around the window of a near map its shapes go on, in parts of its sides: a wide screen shows it."""
ASPECT = 1.15
"""Width of the window in its height, as the map shows them: a tall journey lies on a map that is wider than tall."""
ON_BORDER_DEG = 0.12
"""Where a river lies nearer to a border it is that border, and is drawn once."""
LARGE_DEG = 20.0
"""Of a larger place so much is in the frame, around where its name hangs, as in js/map.js."""
WIDEST_PX = 990
FEATHER = 0.10
"""Part of the picture's width over which the relief fades out at each side."""
NEUTRAL = 128
"""The grey that the page's blending leaves unchanged."""
_LEAST_PX = 4


@dataclass(frozen=True, slots=True)
class Relief:
    """Shaded relief as a picture whose rows are in Web Mercator; grey 128 changes nothing below it."""

    data_uri: str
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class Backdrop:
    """Shapes in (lon, lat) degrees to be drawn behind a journey."""

    window: Bounds
    land: BaseGeometry
    borders: BaseGeometry
    rivers: BaseGeometry
    relief: Relief | None
    middle_deg: float = 0.0


def backdrop(
    bounds: Bounds, base: Path, middle_deg: float = 0.0, close: Sequence[Bounds] = ()
) -> Backdrop:
    """Make the backdrop of all that is drawn within bounds (degrees), from the base geography's folder.

    All of it lies within half a turn of the meridian `middle_deg`, as the bounds do. A chapter goes
    near where `close` are; there the shapes are as fine as on a near map.
    """
    window = window_around(bounds, middle_deg)
    frame, is_near = box(*window), window[2] - window[0] <= NEAR_DEG
    near = _ring(window) if is_near else shapely.Polygon()
    files = ("world-50m", "world-110m", "borders-50m", "rivers-world")
    land, far, borders, rivers = (
        _around(_whole(base / f"{name}.geojson"), middle_deg) for name in files
    )
    stray = FINE_DEG
    if is_near:
        rivers = _off(borders & (frame | near), rivers)
        land, stray = _fine_land(land, window), FINEST_DEG
        borders = _around(_whole(base / "borders.geojson"), middle_deg)
    within, finest, least, decimals = core_of(bounds), CORE_DEG, 0.0, 3
    if within.is_empty:
        finest, least, decimals = FINEST_DEG, 0.03, 2
        if not is_near:
            within = _close(window, [window_around(chapter, middle_deg) for chapter in close])
    for part in simple_parts(within):
        land = _fine_land(land, part.bounds)
    exact = _within(within, _around(_whole(base / "borders.geojson"), middle_deg))
    areas = (
        thinned(only(_within(frame - within, land), AREA), stray, 0.03),
        thinned(only(_within(within, land), AREA), finest, least, decimals=decimals),
        thinned(only(_within(near, land), AREA), 3 * stray, 0.3),
        thinned(only(far - (frame | near), AREA), COARSE_DEG, 0.5, decimals=1),
    )
    return Backdrop(
        middle_deg=middle_deg,
        window=window,
        land=shapely.GeometryCollection(areas),
        borders=only(
            _lines(borders - within, window, stray)
            | thinned(only(exact, LINE), finest, decimals=decimals),
            LINE,
        ),
        rivers=_lines(rivers, window, 2 * stray),
        relief=_relief(window, only(land & frame, AREA), base),
    )


def core_of(bounds: Bounds) -> BaseGeometry:
    """What lies around a small story, as far as somebody sees who goes away from it by a step or two."""
    west, south, east, north = bounds
    span = max(east - west, north - south)
    if not span <= SMALL_DEG:  # nor where there is nothing
        return shapely.Polygon()
    return box(*bounds).buffer(max(span, CORE_DEG * 100), join_style="mitre")


def _close(window: Bounds, windows: Iterable[Bounds]) -> BaseGeometry:
    """What chapters show from near, as long as it is no more than a near map shows: a page has room for so much."""
    within: BaseGeometry = shapely.union_all([box(*sides) for sides in windows]) & box(*window)
    return within if within.area <= NEAR_DEG**2 else shapely.Polygon()


def _within(region: BaseGeometry, whole: BaseGeometry) -> BaseGeometry:
    """What lies in a region; of what lies in several copies of the world GEOS takes no part that is empty."""
    return whole & region if not region.is_empty else region


def _off(borders: BaseGeometry, rivers: BaseGeometry) -> BaseGeometry:
    """Rivers without what runs along a border; what crosses one stays."""
    along = borders.buffer(ON_BORDER_DEG)
    merged = shapely.line_merge(shapely.union_all(simple_parts(only(rivers & along, LINE))))
    crossing = [part for part in simple_parts(merged) if part.length < 4 * ON_BORDER_DEG]
    return shapely.union_all([rivers - along, *crossing])


def _fine_land(land: BaseGeometry, window: Bounds) -> BaseGeometry:
    """The land with that of 1:10m in the window, as far as this lies in one copy of the world."""
    west, south, east, north = window
    shown = max(west, -180.0), south, min(east, 180.0), north
    return land.difference(box(*shown)) | known.land_in(shown) if shown[0] < shown[2] else land


def _ring(window: Bounds) -> BaseGeometry:
    """What lies around the window."""
    west, south, east, north = window
    width, height = (east - west) * AROUND, (north - south) * AROUND
    return box(west - width, south - height, east + width, north + height).difference(box(*window))


def _lines(lines: BaseGeometry, window: Bounds, tolerance_deg: float) -> BaseGeometry:
    """Lines of the window, and coarser ones around it, so that none stops where somebody looks."""
    fine = thinned(only(lines & box(*window), LINE), tolerance_deg)
    coarse = thinned(
        only(lines & _ring(window), LINE),
        COARSE_DEG,
        decimals=1 if tolerance_deg >= FINE_DEG else 2,
    )
    return only(shapely.GeometryCollection([fine, coarse]), LINE)


def simple_parts(geometry: BaseGeometry) -> list[BaseGeometry]:
    """List the points, lines and polygons of a geometry, however deep they lie."""
    parts = [part for part in shapely.get_parts(geometry) if not part.is_empty]
    return [
        inner
        for part in parts
        for inner in (simple_parts(part) if hasattr(part, "geoms") else [part])
    ]


def only(geometry: BaseGeometry, dimension: int) -> BaseGeometry:
    """Keep the parts of a dimension: a line that touches a frame's corner leaves a point, which a map would pin."""
    kept = [part for part in simple_parts(geometry) if shapely.get_dimensions(part) == dimension]
    return shapely.GeometryCollection(kept)


def window_around(bounds: Bounds, middle_deg: float = 0.0) -> Bounds:
    """Pad a box by a sixth, widen it to a least size, and keep it on the map and off the poles."""
    west, south, east, north = bounds
    middle_lon, middle_lat = (west + east) / 2, (south + north) / 2
    wide = ASPECT * (north - south) / math.cos(math.radians(middle_lat))
    width = max(
        (east - west) * (1 + 2 * PADDING),
        LEAST_WIDTH_DEG,
        min(wide * (1 + 2 * PADDING), NEAR_DEG - 2),
    )
    height = max((north - south) * (1 + 2 * PADDING), LEAST_HEIGHT_DEG)
    return (
        math.floor(max(middle_lon - width / 2, middle_deg - 180.0)),
        math.floor(max(middle_lat - height / 2, -LAT_LIMIT_DEG)),
        math.ceil(min(middle_lon + width / 2, middle_deg + 180.0)),
        math.ceil(min(middle_lat + height / 2, LAT_LIMIT_DEG)),
    )


def thinned(
    geometry: BaseGeometry, tolerance_deg: float, least_deg: float = 0.0, *, decimals: int = 2
) -> BaseGeometry:
    """Simplify a shape for drawing, drop islands smaller than ``least_deg`` squared, and round its coordinates.

    Rounding alone may break a ring, so the shape is repaired by shapely while its precision is set.
    """
    simple = shapely.simplify(geometry, tolerance_deg)
    parts = [
        part
        for part in shapely.get_parts(simple)
        if part.geom_type != "Polygon" or part.area >= least_deg**2
    ]
    return shapely.set_precision(shapely.union_all(parts), 10.0**-decimals)


@cache
def _whole(path: Path) -> BaseGeometry:
    """Union of the geometries of a GeoJSON file, kept for the next page: it takes a quarter of a page's time."""
    collection = json.loads(path.read_text(encoding="utf-8"))
    return unary_union(
        [shape(feature["geometry"]) for feature in collection["features"] if feature["geometry"]]
    )


def _around(whole: BaseGeometry, middle_deg: float) -> BaseGeometry:
    """The whole world, cut half a turn from a meridian."""
    if not middle_deg:
        return whole
    half = box(middle_deg - 180, -90, middle_deg + 180, 90)
    return shapely.union_all(
        [affinity.translate(whole, turn) & half for turn in (-360.0, 0.0, 360.0)]
    )


def _relief(window: Bounds, land: BaseGeometry, base: Path) -> Relief | None:
    """Cut the world's relief to the window, on its Mercator grid, and let its edges fade."""
    if not relief.is_in(base):
        return None
    west, south, east, north = window
    size = _picture_size(window)
    y = np.linspace(_northing(north), _northing(south), size[1])
    lat_deg = np.degrees(2 * np.arctan(np.exp(y)) - math.pi / 2)
    grey = relief.grey_at(base, np.linspace(west, east, size[0])[None, :], lat_deg[:, None])
    mask = _mask(land, window, size)
    shown = _feather(size) * _smooth(8 * _blur(mask, 24))
    picture = Image.merge("LA", (_as_image(shading(grey, mask)), _as_image(255 * shown)))
    file_bytes = io.BytesIO()
    picture.convert("RGBA").save(file_bytes, "WEBP", quality=34, method=6, alpha_quality=60)
    return Relief(data_uri("image/webp", file_bytes.getvalue()), window)


def _picture_size(window: Bounds) -> tuple[int, int]:
    """Width and height in pixels, square in Web Mercator."""
    west, south, east, north = window
    width = min(WIDEST_PX, round((east - west) * 30))
    height = width * (_northing(north) - _northing(south)) / math.radians(east - west)
    return width, max(1, round(height))


def _northing(lat_deg: float) -> float:
    """Web Mercator's y on a sphere of radius 1."""
    return math.log(math.tan(math.pi / 4 + math.radians(lat_deg) / 2))


def _mask(land: BaseGeometry, window: Bounds, size: tuple[int, int]) -> Grey:
    """1 on land, 0 at sea, on the window's Mercator grid."""
    west, south, east, north = window
    top, scale_x = _northing(north), size[0] / (east - west)
    scale_y = size[1] / (top - _northing(south))
    image = Image.new("L", size, 0)
    draw = ImageDraw.Draw(image)
    for part in shapely.get_parts(land):
        if part.geom_type == "Polygon":
            ring = [
                ((x - west) * scale_x, (top - _northing(y)) * scale_y)
                for x, y in part.exterior.coords
            ]
            draw.polygon(ring, fill=255)
    return np.asarray(image, dtype=np.float64) / 255


def shading(grey: Grey, land: Grey) -> Grey:
    """Local light and shade of the land around neutral grey; the sea is neutral.

    The world's relief is coloured by height. Taking each place's surroundings away (averaged over
    land alone, or coasts would shine) leaves the slopes, which is what an eye needs under a
    journey.
    """
    around = _blur(grey * land, 14) / np.maximum(_blur(land, 14), 1e-3)
    return np.clip(NEUTRAL + (grey - around) * land * 1.15, 0, 255)


def _blur(values: Grey, radius_px: float) -> Grey:
    """Blur with a Gaussian, at half the resolution."""
    image = Image.fromarray(values.astype(np.float32))
    small = image.reduce(2) if min(image.size) >= _LEAST_PX else image
    blurred = _as_image(np.asarray(small, dtype=np.float64) * _scale(values)).filter(
        ImageFilter.GaussianBlur(radius_px / 2)
    )
    return np.asarray(
        blurred.resize(image.size, Image.Resampling.BILINEAR), dtype=np.float64
    ) / _scale(values)


def _scale(values: Grey) -> float:
    """Tell what brings 0..1 to the 0..255 that a picture holds; 1 for values that are there already."""
    return 255.0 if float(values.max(initial=0.0)) <= 1 else 1.0


def _as_image(values: Grey) -> Image.Image:
    return Image.fromarray(np.clip(np.rint(values), 0, 255).astype(np.uint8))


def _feather(size: tuple[int, int]) -> Grey:
    """1 in the middle, 0 at the edges, with no corner an eye could catch."""
    across, down = (
        np.minimum(np.arange(length), np.arange(length)[::-1]) / (FEATHER * size[0])
        for length in size
    )
    return np.asarray(_smooth(down)[:, None] * _smooth(across)[None, :])


def _smooth(t: Grey) -> Grey:
    """Smoothstep on 0..1."""
    t = np.clip(t, 0, 1)
    return np.asarray(t * t * (3 - 2 * t))


def covering(boxes: Iterable[Bounds]) -> Bounds:
    """Find the least box around some boxes."""
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)
