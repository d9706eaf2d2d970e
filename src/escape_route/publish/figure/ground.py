"""The ground of a map: land, borders, rivers and relief on the plane of its projection, and the bar of its scale."""

from __future__ import annotations

import json
import math
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely
from PIL import Image, ImageDraw, ImageFilter
from shapely.geometry import shape

from escape_route.geography import base, geodesic, relief
from escape_route.publish.page import backdrop
from escape_route.publish.page.backdrop import AREA, only, simple_parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from escape_route.geography.geodesic import Floats
    from escape_route.publish.figure.scene import Box, Scene

FINE_M, COARSE_M = 600_000.0, 9_000_000.0
"""Width of a map up to which the ground is drawn from 1:10m, and from which on from 1:110m; between them 1:50m."""
SOFT_M, _BLURRED_M = 100_000.0, 40_000.0
"""Width of a map below which coasts and borders have no edge, and below which no border is a line, as on the page."""
_UNSEEN = 50.0  # parts of a map's width, one of which is not seen
_BORDER = 0.8  # that a band covers
_STEPS, _MOST_PX = 8, 600  # of what is soft: in its blur, and from side to side
_MARGIN = 0.02
_LEAST_PX = 160
_SHARP = 0.9


class Ground:
    """Countries by code, borders and rivers of a scene, in metres, and the edge of the Earth where that is seen."""

    def __init__(self, scene: Scene, width_pt: float) -> None:
        """Bring what the window shows onto the plane, no finer than a quarter of a point."""
        self._scene = scene
        self._fineness_m = scene.width_m / width_pt / 4
        self.globe = self._edge()
        borders = _read("borders" if scene.width_m <= FINE_M else "borders-50m")
        seen = {code: self._seen(country) for code, country in _countries(scene).items()}
        self.land = shapely.union_all([*seen.values()])
        if is_soft(scene):  # nearer to a border nobody can tell which country it is
            surely = (
                country.buffer(-backdrop.KNOWN_M) & shapely.box(*scene.window)
                for country in seen.values()
            )
            seen = {code: only(part, AREA) for code, part in zip(seen, surely, strict=True)}
        self.countries = {code: part for code, part in seen.items() if not part.is_empty}
        self.borders = [border for border in map(self._seen, borders) if not border.is_empty]
        self.rivers = [
            river for river in map(self._seen, _read("rivers-world")) if not river.is_empty
        ]

    def _edge(self) -> BaseGeometry | None:
        """The Earth as far as it is shown; None where that is more than the window."""
        projection, window = self._scene.projection, shapely.box(*self._scene.window)
        if self._scene.width_m < FINE_M:
            return None
        whole = projection.project(projection.whole, projection.whole)
        if whole.is_empty or shapely.contains(whole, window):
            return None
        return shapely.intersection(whole, _widened(self._scene.window))

    def _seen(self, geometry: BaseGeometry) -> BaseGeometry:
        dimension = int(shapely.get_dimensions(geometry))
        drawn = self._scene.projection.project(geometry, self._scene.seen)
        if drawn.is_empty:
            return drawn
        seen = shapely.intersection(shapely.simplify(drawn, self._fineness_m), _around(self._scene))
        return only(seen, min(dimension, AREA))

    @property
    def sharpness(self) -> float:
        """How much of a border is seen as a line, 0 to 1: less the more of the map it may be off."""
        return min(1.0, max(0.0, (self._scene.width_m - _BLURRED_M) / (SOFT_M - _BLURRED_M)))

    def soft_land(self) -> tuple[Floats, Box]:
        """How much of what lies below the land covers, shape (rows, columns), and bounds of that in metres."""
        return self._blurred(
            [self.land], 0.0, (backdrop.KNOWN_M - self._scene.width_m / _UNSEEN) / 2
        )

    def soft_borders(self) -> tuple[Floats, Box]:
        """The same of borders as wide as they may be off; nothing where that is half of the map."""
        west, south, east, north = self._scene.window
        seen = min(1.0, 2 - 4 * backdrop.KNOWN_M / min(east - west, north - south))
        cover, bounds = self._blurred(self.borders, backdrop.KNOWN_M, backdrop.KNOWN_M / 2.5)
        return cover * max(0.0, _BORDER * (1 - self.sharpness) * seen), bounds

    def _blurred(
        self, shapes: Iterable[BaseGeometry], line_m: float, blur_m: float
    ) -> tuple[Floats, Box]:
        west, south, east, north = _around(self._scene).bounds
        step_m = max(blur_m / _STEPS, (east - west) / _MOST_PX)
        size = math.ceil((east - west) / step_m), math.ceil((north - south) / step_m)
        image = Image.new("L", size, 0)
        draw = ImageDraw.Draw(image)
        for part in (part for drawn in shapes for part in simple_parts(drawn)):
            for n, ring in enumerate(
                (part.exterior, *part.interiors) if part.geom_type == "Polygon" else (part,)
            ):
                at = [
                    (float(x), float(y))
                    for x, y in (shapely.get_coordinates(ring) - (west, north)) / (step_m, -step_m)
                ]
                if line_m:
                    draw.line(at, fill=255, width=max(1, round(line_m / step_m)), joint="curve")
                else:
                    draw.polygon(at, fill=0 if n else 255)
        blurred = image.filter(ImageFilter.GaussianBlur(blur_m / step_m))
        bounds = west, north - size[1] * step_m, west + size[0] * step_m, north
        return np.asarray(blurred, dtype=np.float64) / 255, bounds

    def relief(self, width_px: int, strength: float) -> NDArray[np.uint8] | None:
        """Shade of the land, to be laid over it: shape (rows, columns, 4), north at the top.

        `strength` is how much of what lies below the deepest shade covers. None where the window is
        so small that nothing would show.
        """
        if not has_relief(self._scene):
            return None
        west, south, east, north = self._scene.window
        height_px = max(1, round(width_px * (north - south) / (east - west)))
        grey = _sampled(self._scene, (width_px, height_px))
        shade = backdrop.shading(grey, self._mask((width_px, height_px))) - backdrop.NEUTRAL
        magnified = width_px / (self._scene.width_m / 111_000 * relief.PX_PER_DEG)
        strength *= min(
            1.0, (_SHARP / magnified) ** 1.6
        )  # what is drawn larger than it is known becomes a haze
        covers = np.clip(np.abs(shade) / backdrop.NEUTRAL * 255 * strength * 1.5, 0, 255 * strength)
        picture = np.zeros((height_px, width_px, 4), dtype=np.uint8)
        picture[..., :3] = np.where(shade > 0, 255, 60)[..., None]
        picture[..., 3] = (
            np.round(covers / 8) * 8
        )  # few steps: a smaller file, and no eye sees them
        return picture

    def _mask(self, size: tuple[int, int]) -> Floats:
        """1 on land, 0 at sea."""
        west, _, east, north = self._scene.window
        per_m = size[0] / (east - west)
        image = Image.new("L", size, 0)
        draw = ImageDraw.Draw(image)
        for part in (part for land in self.countries.values() for part in simple_parts(land)):
            for n, ring in enumerate((part.exterior, *part.interiors)):
                edge = (shapely.get_coordinates(ring) - (west, north)) * (per_m, -per_m)
                draw.polygon([(float(x), float(y)) for x, y in edge], fill=0 if n else 255)
        return np.asarray(image, dtype=np.float64) / 255


def is_soft(scene: Scene) -> bool:
    """Whether a map is so small that how far coasts and borders may be off is seen on it."""
    return scene.width_m < SOFT_M


def has_relief(scene: Scene) -> bool:
    """Whether a map is so large that the relief shows, and there is one."""
    return scene.width_m / 111_000 * relief.PX_PER_DEG >= _LEAST_PX and relief.is_in(_base())


def _base() -> Path:
    return base.geo_folder() / "base"


def _around(scene: Scene) -> BaseGeometry:
    """The window, with as much around it as is seen in what is soft."""
    if is_soft(scene):
        return shapely.box(*scene.window).buffer(4 * backdrop.KNOWN_M, join_style="mitre")
    return _widened(scene.window)


def _widened(window: Box) -> BaseGeometry:
    margin = (window[2] - window[0]) * _MARGIN
    return shapely.box(*window).buffer(margin, cap_style="square", join_style="mitre")


def _sampled(scene: Scene, size: tuple[int, int]) -> Floats:
    """Sample the relief; beyond the globe it is neutral."""
    west, south, east, north = scene.window
    x, y = np.meshgrid(_middles(west, east, size[0]), _middles(north, south, size[1]))
    degrees = scene.projection.inverse(np.column_stack([x.ravel(), y.ravel()]))
    there = np.asarray(np.isfinite(degrees).all(axis=1))
    values = np.full(len(degrees), float(backdrop.NEUTRAL))
    values[there] = relief.grey_at(_base(), *degrees[there].T)
    return np.asarray(values.reshape(size[1], size[0]))


def _middles(first: float, last: float, count: int) -> Floats:
    step = (last - first) / count
    return np.linspace(first + step / 2, last - step / 2, count)


def _countries(scene: Scene) -> dict[str, BaseGeometry]:
    if scene.width_m > FINE_M:
        if scene.width_m > COARSE_M:
            return base.coarse_countries("world-110m")
        return base.coarse_countries()
    west, south, east, north = scene.seen.bounds
    windows = [
        shapely.box(west + turn - 1, south - 1, east + turn + 1, north + 1)
        for turn in (-360, 0, 360)
    ]
    # Boxes are enough to know which of the fine outlines to read.
    boxes = {
        code: shapely.box(*country.bounds) for code, country in base.coarse_countries().items()
    }
    near = [
        code for code, box in boxes.items() if any(box.intersects(window) for window in windows)
    ]
    return {
        code: base.geometry_of(f"country:{code}") for code in near if code in base.country_codes()
    }


@lru_cache(maxsize=6)
def _read(name: str) -> list[BaseGeometry]:
    """Shapes of a file of the base geography, in longitude and latitude."""
    document = json.loads((_base() / f"{name}.geojson").read_bytes())
    return [shape(feature["geometry"]) for feature in document["features"] if feature["geometry"]]


_ROUND_KM = (
    0.01,
    0.02,
    0.05,
    0.1,
    0.2,
    0.5,
    1,
    2,
    5,
    10,
    20,
    50,
    100,
    200,
    250,
    500,
    1000,
    2000,
    5000,
)
_SHARE = 0.25
_ROUNDS = 4


def bar(scene: Scene, width_pt: float, at: tuple[float, float]) -> tuple[float, float]:
    """Length of a map's bar in km, round, and on paper in points: a quarter of the map's width at the most.

    It is measured where it begins, `at` points from the lower left corner; in the middle of the map
    where one of its ends would lie beyond the Earth.
    """
    most = width_pt * _SHARE
    km_per_pt = _km_per_pt(scene, width_pt, at, most)
    if km_per_pt is None:
        at = ((width_pt - most) / 2, width_pt / scene.aspect / 2)
        km_per_pt = _km_per_pt(scene, width_pt, at, most) or scene.width_m / width_pt / 1000
    length_km = max((km for km in _ROUND_KM if km / km_per_pt <= most), default=_ROUND_KM[0])
    for _ in range(
        _ROUNDS
    ):  # the scale changes along the bar: what is measured must be as long as what is drawn
        km_per_pt = _km_per_pt(scene, width_pt, at, length_km / km_per_pt) or km_per_pt
    return length_km, length_km / km_per_pt


def _km_per_pt(
    scene: Scene, width_pt: float, at: tuple[float, float], reach: float
) -> float | None:
    """Kilometres on the ground of a point of paper, from one on to another to its right; None if one is beyond."""
    per_m = width_pt / scene.width_m
    ends = np.array([at, (at[0] + reach, at[1])]) / per_m + scene.window[:2]
    start, end = scene.projection.inverse(ends)
    if not np.isfinite([start, end]).all():
        return None
    return (
        geodesic.geodesic_m((float(start[0]), float(start[1])), (float(end[0]), float(end[1])))
        / reach
        / 1000
    )
