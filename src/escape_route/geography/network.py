"""Today's roads, railways and sea lanes as networks: junctions, and how long each stretch between two of them is.

Roads and railways are OpenStreetMap's as `scgraph_data` carries them (ODbL 1.0, whatever the
package says), sea lanes are those of `searoute`. Both are read where they are installed, and
nothing of them is shipped. The library `scgraph` no longer fits the data, so they are read as text;
that takes seconds, so what was read is kept in the user's cache.

Railways as they are carried have junctions up to tens of kilometres apart, so that a town beside a
track is far from either, and break off in stations and at borders. So there are junctions on their
stretches too, and small gaps are closed: a gap there is no gap on the ground [judgement: up to 5
km].
"""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from escape_route import progress
from escape_route.errors import UsageError, way_to
from escape_route.files import write_whole
from escape_route.geography import ellipsoid, geodesic
from escape_route.geography.geodesic import Floats

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Rows = NDArray[np.int64]

_FORM = 2  # of what is kept; a change of it makes all anew
_HAIR_M = 1e-3  # scipy takes a stored length of 0 for no stretch
_LEAST_PIECE = 50  # junctions: a place is not on a yard that hangs on nothing
_PIECES = 100  # that a text is read in, for the bar
_PAIR = re.compile(r"(\d+): ([\d.e-]+)")
_DIGEST = 32  # bytes before what is kept: tell a damaged file
_STEP_M = 4_000.0  # between junctions of a stretch, at the most
_BENT = 1.5  # times its chord: where a stretch that winds more lies is not known
_LONGEST_M = 100_000.0  # likewise
_GAP_M = 5_000.0
_HALF_TURN_DEG = 180.0


class Kind(StrEnum):
    """What a network is of."""

    ROADS = "roads"
    RAILS = "rails"
    LANES = "lanes"


@dataclass(frozen=True, slots=True)
class _Origin:
    """Package that carries a network, and the file in it; no file where it is imported. `dated` is the latest day."""

    package: str
    file: str
    dated: str


_ORIGIN = {
    Kind.ROADS: _Origin("scgraph_data", "world_highways.py", "2024-04"),
    Kind.RAILS: _Origin("scgraph_data", "world_railways.py", "2024-04"),
    Kind.LANES: _Origin("searoute", "", ""),
}


@dataclass(frozen=True)
class Network:
    """Junctions, shape (n, 2), (lon, lat) in degrees, and the stretches between them: as scipy's sparse rows have them.

    `lengths_m[starts[k]:starts[k + 1]]` are the stretches from junction k, to the junctions `ends`
    of the same part.
    """

    kind: Kind
    lonlat_deg: Floats
    lengths_m: Floats
    ends: Rows
    starts: Rows

    @cached_property
    def rows(self) -> Rows:
        """Junctions of pieces that are large enough for a place to be on them."""
        from scipy.sparse.csgraph import connected_components  # noqa: PLC0415  # an optional extra

        _, piece = connected_components(self.graph(), directed=False)
        return np.flatnonzero(np.bincount(piece)[piece] >= _LEAST_PIECE)

    @cached_property
    def in_space_m(self) -> Floats:
        """Junctions in space, shape (n, 3), in metres from the Earth's centre."""
        return ellipsoid.geocentric_m(*self.lonlat_deg.T)

    def graph(self, doors: Rows | None = None, reached_m: Floats | None = None) -> csr_array:
        """Stretches as a sparse matrix; with `doors` one junction more, that is as far from each as `reached_m`."""
        from scipy.sparse import csr_array  # noqa: PLC0415  # an optional extra

        lengths_m, ends, starts = self.lengths_m, self.ends, self.starts
        if doors is not None and reached_m is not None:
            lengths_m = np.concatenate([lengths_m, reached_m + _HAIR_M])
            ends, starts = np.concatenate([ends, doors]), np.append(starts, starts[-1] + len(doors))
        count = len(self.lonlat_deg) + (doors is not None)
        starts = starts if len(starts) == count + 1 else np.append(starts, starts[-1])
        return csr_array((lengths_m, ends, starts), shape=(count, count))

    def onward_m(self, doors: Rows, reached_m: Floats) -> tuple[Floats, Rows]:
        """Least length at every junction, and the junction before it, of ways that begin at `doors` with `reached_m`.

        The junction before a door is the count of the junctions, which is none.
        """
        from scipy.sparse.csgraph import dijkstra  # noqa: PLC0415  # an optional extra

        count = len(self.lonlat_deg)
        found_m, before = dijkstra(
            self.graph(doors, reached_m), indices=count, return_predecessors=True
        )
        return found_m[:count], before[:count]


def dated(kind: Kind) -> str:
    """Month of a network's data at the latest, and the package that has them: ``2024-04, scgraph_data 2.0.0``."""
    origin = _ORIGIN[kind]
    package = f"{origin.package} {version(origin.package)}"
    return f"{origin.dated}, {package}" if origin.dated else package


def require() -> None:
    """Raise UsageError, with the command that installs them, where the packages that carry networks are not there."""
    for package in ("scipy", "platformdirs", *(origin.package for origin in _ORIGIN.values())):
        if find_spec(package) is None:
            raise UsageError(
                f"routes: today's roads, railways and sea lanes want {package}: {way_to('routes')}"
            )


@cache
def load(kind: Kind) -> Network:
    """Read a network from the user's cache, or from its package where the cache has none, an older or a damaged one.

    Raises UsageError where the package is not installed.
    """
    origin = _ORIGIN[kind]
    require()
    file = cache_folder() / f"{kind}-{version(origin.package)}-{_FORM}.npz"
    arrays = kept(file)
    if arrays is None:
        arrays = _lanes() if kind is Kind.LANES else read(_file(origin), f"reading today's {kind}")
        arrays = mended(arrays) if kind is Kind.RAILS else arrays
        keep(file, arrays)
    return Network(kind, *(arrays[name] for name in ("lonlat_deg", "lengths_m", "ends", "starts")))


def _file(origin: _Origin) -> Path:
    """Where a package has the file; the package itself is not imported: that takes a minute and a gigabyte."""
    spec = find_spec(origin.package)
    folders = spec.submodule_search_locations if spec else None
    return Path(next(iter(folders or ("",)))) / origin.file


def cache_folder() -> Path:
    """Folder in the user's cache that networks are kept in; it may be deleted at any time."""
    from platformdirs import user_cache_path  # noqa: PLC0415  # comes with the extra

    return user_cache_path("escape-route") / "networks"


def kept(file: Path) -> dict[str, NDArray[Any]] | None:
    """Arrays that were kept; None where there are none, or where a byte of them has changed."""
    try:
        content = file.read_bytes()
    except OSError:
        return None
    digest, body = content[:_DIGEST], content[_DIGEST:]
    if hashlib.sha256(body).digest() != digest:
        return None
    with np.load(io.BytesIO(body), allow_pickle=False) as arrays:
        return dict(arrays)


def keep(file: Path, arrays: dict[str, NDArray[Any]]) -> None:
    """Keep arrays, with the digest that tells whether they are still what they were."""
    body = io.BytesIO()
    np.savez(body, **arrays)  # type: ignore[arg-type]  # arrays alone
    write_whole(file, hashlib.sha256(body.getbuffer()).digest() + body.getvalue())


def read(file: Path, what: str) -> dict[str, NDArray[Any]]:
    """Read `graph=[{junction: kilometres, ...}, ...]` and `nodes=[[lat, lon], ...]` of a Python file as text."""
    text = file.read_text("utf-8")
    begin = text.index("graph=[") + len("graph=[")
    end = text.index("nodes=[[", begin)
    rows = text[begin:end].split("}, {")
    counts, pairs = [], []
    for first in progress.each(range(0, len(rows), len(rows) // _PIECES + 1), what):
        some = rows[first : first + len(rows) // _PIECES + 1]
        counts += [row.count(":") for row in some]
        pairs.append(np.array(_PAIR.findall("\n".join(some)), dtype=np.float64).reshape(-1, 2))
    ends, lengths_km = np.concatenate(pairs).T
    tail = text[end + len("nodes=[[") : text.index("]]", end)]
    lat_lon = np.array(re.split(r"\], \[|, ", tail), dtype=np.float64).reshape(-1, 2)
    return _arrays(lat_lon[:, ::-1], lengths_km * 1000 + _HAIR_M, ends, np.array(counts))


def _arrays(
    lonlat_deg: Floats, lengths_m: Floats, ends: Floats | Rows, counts: Rows
) -> dict[str, NDArray[Any]]:
    return {
        "lonlat_deg": lonlat_deg,
        "lengths_m": lengths_m,
        "ends": ends.astype(np.int32),
        "starts": np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
    }


def _lanes() -> dict[str, NDArray[Any]]:
    """Sea lanes of `searoute` but those through the ice of the Northwest Passage, as it leaves them out itself."""
    from searoute.data.marnet_dict import edge_list, node_list  # noqa: PLC0415  # an optional extra

    index = {place: number for number, place in enumerate(node_list)}
    lanes = {
        pair
        for start, others in edge_list.items()
        for end, lane in others.items()
        if lane.get("passage") != "northwest"
        for pair in ((index[start], index[end]), (index[end], index[start]))
    }
    starts, ends = np.array(sorted(lanes)).T
    lon, lat = np.array(list(index), dtype=np.float64).T
    lonlat_deg = np.column_stack([(lon + 180) % 360 - 180, lat])
    lengths_m = geodesic.distances_m(*lonlat_deg[starts].T, *lonlat_deg[ends].T)
    return _arrays(
        lonlat_deg, lengths_m + _HAIR_M, ends, np.bincount(starts, minlength=len(lonlat_deg))
    )


@dataclass(frozen=True, slots=True)
class Stretches:
    """Junctions, (lon, lat) in degrees, and the stretches between them, each once, in metres."""

    lonlat_deg: Floats
    one: Rows
    other: Rows
    length_m: Floats

    @classmethod
    def of(cls, arrays: dict[str, NDArray[Any]]) -> Stretches:
        """Take them from sparse rows, where they stand both ways."""
        one = np.repeat(np.arange(len(arrays["lonlat_deg"])), np.diff(arrays["starts"]))
        other = arrays["ends"].astype(np.int64)
        once = one < other
        return cls(arrays["lonlat_deg"], one[once], other[once], arrays["lengths_m"][once])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Sparse rows, each stretch both ways, of several between the same two the shortest."""
        rows, ends = np.concatenate([self.one, self.other]), np.concatenate([self.other, self.one])
        lengths_m = np.tile(self.length_m, 2)
        order = np.lexsort((lengths_m, ends, rows))
        rows, ends, lengths_m = rows[order], ends[order], lengths_m[order]
        kept = np.append(True, (np.diff(rows) != 0) | (np.diff(ends) != 0))  # an array's first
        counts = np.bincount(rows[kept], minlength=len(self.lonlat_deg))
        return _arrays(self.lonlat_deg, lengths_m[kept], ends[kept], counts)


def mended(arrays: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Divide long stretches and close small gaps of a network."""
    return closed(divided(Stretches.of(arrays))).arrays()


def divided(ways: Stretches) -> Stretches:
    """Put junctions on long stretches that hardly bend: places lie beside them, far from either end."""
    one, other = ways.lonlat_deg[ways.one], ways.lonlat_deg[ways.other]
    chord_m = np.linalg.norm(
        ellipsoid.geocentric_m(*one.T) - ellipsoid.geocentric_m(*other.T), axis=1
    )
    plain = (chord_m <= _LONGEST_M) & (ways.length_m <= _BENT * chord_m)
    plain &= np.abs(one[:, 0] - other[:, 0]) < _HALF_TURN_DEG
    new = np.where(plain, ways.length_m // _STEP_M, 0).astype(np.int64)
    whole, of = new == 0, np.repeat(np.arange(len(new)), new)
    step = np.arange(len(of)) - np.repeat(np.cumsum(new) - new, new) + 1
    share = (step / (new[of] + 1))[:, None]
    number = len(ways.lonlat_deg) + np.arange(len(of))
    part_m, last = ways.length_m[of] / (new[of] + 1), step == new[of]
    return Stretches(
        np.concatenate([ways.lonlat_deg, one[of] * (1 - share) + other[of] * share]),
        np.concatenate(
            [ways.one[whole], np.where(step == 1, ways.one[of], number - 1), number[last]]
        ),
        np.concatenate([ways.other[whole], number, ways.other[of[last]]]),
        np.concatenate([ways.length_m[whole], part_m, part_m[last]]),
    )


def closed(ways: Stretches) -> Stretches:
    """Join each dead end to the nearest junction of another piece, and to the nearest dead end of its own."""
    from scipy.sparse import coo_array  # noqa: PLC0415  # an optional extra
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415
    from scipy.spatial import cKDTree  # noqa: PLC0415

    count = len(ways.lonlat_deg)
    joins = coo_array((np.ones(len(ways.one)), (ways.one, ways.other)), shape=(count, count))
    _, piece = connected_components(joins, directed=False)
    is_end = np.bincount(np.concatenate([ways.one, ways.other]), minlength=count) == 1
    ends = np.flatnonzero(is_end)
    in_space_m = ellipsoid.geocentric_m(*ways.lonlat_deg.T)
    gaps = []
    for end, near in zip(
        ends, cKDTree(in_space_m).query_ball_point(in_space_m[ends], _GAP_M), strict=True
    ):
        others = np.array([junction for junction in near if junction != end], dtype=np.int64)
        away_m = np.linalg.norm(in_space_m[others] - in_space_m[end], axis=1)
        same = piece[others] == piece[end]
        for fits in (~same, same & is_end[others]):
            if fits.any():
                nearest = int(np.argmin(np.where(fits, away_m, np.inf)))
                gaps.append((end, others[nearest], away_m[nearest]))
    one, other, gap_m = np.array(gaps, dtype=np.float64).reshape(-1, 3).T
    return Stretches(
        ways.lonlat_deg,
        np.concatenate([ways.one, one.astype(np.int64)]),
        np.concatenate([ways.other, other.astype(np.int64)]),
        np.concatenate([ways.length_m, gap_m + 1.0]),
    )
