"""Roads and railways as `scgraph_data` carries them: junctions, and the way between two of them.

The data are OpenStreetMap's (ODbL), whatever the package's own licence says. They are read where
the package was installed; nothing of them is stored but statistics. The library `scgraph` no longer
fits them, so they are read as text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

EARTH_KM = 6371.0088  # mean radius: the networks' own lengths are spherical to within 0.4 %
HAIR_KM = 1e-6  # scipy takes a stored length of 0 for no edge
_LEAST_PIECE = 50  # junctions: towns do not snap to a yard that hangs on nothing
_AT_ONCE = 64  # rows of distances held in memory
_PAIR = re.compile(r"(\d+): ([\d.e-]+)")


@dataclass(frozen=True, slots=True)
class Network:
    """Junctions (lat, lon), lengths between neighbours in km, and the piece each junction belongs to."""

    name: str
    lat_lon: Floats
    lengths_km: csr_array
    piece: Ints

    def near(self, lat_lon: Floats) -> tuple[Ints, Floats]:
        """Nearest junction of a piece that is large enough, and how far it is, km."""
        large = np.flatnonzero(np.bincount(self.piece)[self.piece] >= _LEAST_PIECE)
        chord, at = cKDTree(unit(self.lat_lon[large])).query(unit(lat_lon))
        return large[at], 2 * EARTH_KM * np.arcsin(chord / 2)

    def within(self, lat_lon: Floats, margin_deg: float) -> Part:
        """Part of the network in a box round points; over the antimeridian the box is a belt."""
        low, high = lat_lon.min(axis=0) - margin_deg, lat_lon.max(axis=0) + margin_deg
        inside = np.flatnonzero(((self.lat_lon >= low) & (self.lat_lon <= high)).all(axis=1))
        index = np.full(len(self.lat_lon), -1)
        index[inside] = np.arange(len(inside))
        return Part(self.lengths_km[inside][:, inside], index, inside)


@dataclass(frozen=True, slots=True)
class Part:
    """Junctions in a box: lengths, and the numbering to (`index`) and from (`nodes`) the whole."""

    lengths_km: csr_array
    index: Ints
    nodes: Ints

    def lengths(self, starts: Ints, ends: Ints) -> Floats:
        """Shortest ways between paired junctions of the whole, km; infinite where there is none."""
        found = np.full(len(starts), np.inf)
        order = np.argsort(starts, kind="stable")
        sources, first = np.unique(starts[order], return_index=True)
        for batch in range(0, len(sources), _AT_ONCE):
            some = sources[batch : batch + _AT_ONCE]
            rows = order[
                first[batch] : first[batch + _AT_ONCE] if batch + _AT_ONCE < len(first) else None
            ]
            table = dijkstra(self.lengths_km, indices=self.index[some])
            found[rows] = table[np.searchsorted(some, starts[rows]), self.index[ends[rows]]]
        return found

    def way(self, start: int, end: int) -> tuple[Ints, Floats]:
        """Junctions of the shortest way, and how far along each is, km; none where there is no way."""
        at, stop = int(self.index[start]), int(self.index[end])
        table, before = dijkstra(self.lengths_km, indices=at, return_predecessors=True)
        steps = [stop] if np.isfinite(table[stop]) else []
        while steps and before[steps[-1]] >= 0:
            steps.append(int(before[steps[-1]]))
        order = np.array(steps[::-1], dtype=np.int64)
        return self.nodes[order], table[order]


def unit(lat_lon: Floats) -> Floats:
    """Points on the unit sphere."""
    lat, lon = np.radians(lat_lon.T)
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def read(name: str) -> Network:
    """Read `world_highways` or `world_railways` from the installed package."""
    text = (package_folder("scgraph_data") / f"{name}.py").read_text("utf-8")
    start = text.index("graph=[") + len("graph=[")
    cut = text.index("nodes=[[", start)
    rows = text[start:cut].split("}, {")
    counts = np.array([row.count(":") for row in rows])
    pairs = np.array(_PAIR.findall(text[start:cut]), dtype=float)
    tail = text[cut + len("nodes=[[") : text.index("]]", cut)]
    lat_lon = np.array(re.split(r"\], \[|, ", tail), dtype=float).reshape(-1, 2)
    ends = np.repeat(np.arange(len(rows)), counts), pairs[:, 0].astype(int)
    return made(name, lat_lon, csr_array((pairs[:, 1] + HAIR_KM, ends), shape=(len(rows),) * 2))


def made(name: str, lat_lon: Floats, lengths_km: csr_array) -> Network:
    """Network of junctions and lengths, its pieces found."""
    _, piece = connected_components(lengths_km, directed=False)
    return Network(name, lat_lon, lengths_km, piece.astype(np.int64))


def package_folder(package: str) -> Path:
    """Where an installed package has its files."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        message = f"{package} is not installed: `make priors` installs what this needs"
        raise SystemExit(message)
    return Path(next(iter(spec.submodule_search_locations)))
