"""The world's shaded relief, read from the folder `relief` of the base geography, a tile at a time where asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Floats = NDArray[np.float64]

PX_PER_DEG = 30
TILE_DEG = 45
_ROWS, _COLUMNS = 180 * PX_PER_DEG, 360 * PX_PER_DEG
_TILE_PX = TILE_DEG * PX_PER_DEG


def is_in(base: Path) -> bool:
    """Whether the folder of the base geography holds the relief."""
    return _folder(base).is_dir()


def grey_at(base: Path, lon_deg: Floats, lat_deg: Floats) -> Floats:
    """Sample the relief in a folder of the base geography at degrees of shapes that broadcast: grey from 0 to 255.

    It is bilinear between its pixels, and closes round the Earth.
    """
    row = np.clip((90 - lat_deg) * PX_PER_DEG - 0.5, 0, _ROWS - 1)
    column = (lon_deg + 180) * PX_PER_DEG - 0.5
    r0, c0 = np.floor(row).astype(int), np.floor(column).astype(int)
    dr, dc = row - r0, column - c0
    r1, c1, c0 = np.minimum(r0 + 1, _ROWS - 1), (c0 + 1) % _COLUMNS, c0 % _COLUMNS
    rows, columns = (
        {*np.unique(low // _TILE_PX), *np.unique(high // _TILE_PX)}
        for low, high in ((r0, r1), (c0, c1))
    )
    grid = _with_tiles(_folder(base), rows, columns)
    top = grid[r0, c0] * (1 - dc) + grid[r0, c1] * dc
    bottom = grid[r1, c0] * (1 - dc) + grid[r1, c1] * dc
    return np.asarray(top * (1 - dr) + bottom * dr)


def _with_tiles(folder: Path, rows: set[int], columns: set[int]) -> NDArray[np.uint8]:
    """The world, shape (rows, columns), with these tiles in it; what was never asked for takes no memory."""
    world, read = _world(folder)
    for row, column in {(row, column) for row in rows for column in columns} - read:
        with Image.open(folder / f"{row}-{column}.webp") as tile:
            grey = np.asarray(tile.convert("L"))
        top, left = row * _TILE_PX, column * _TILE_PX
        world[top : top + _TILE_PX, left : left + _TILE_PX] = grey
        read.add((row, column))
    return world


@cache
def _world(_folder: Path) -> tuple[NDArray[np.uint8], set[tuple[int, int]]]:
    return np.zeros((_ROWS, _COLUMNS), dtype=np.uint8), set()


def _folder(base: Path) -> Path:
    return base / "relief"
