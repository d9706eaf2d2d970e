"""Legs between towns: from any town to any other, and along a road from town to town.

Both kinds come in chains, for what the legs of one journey share is what is looked for.
In a chain of any towns, each next one is drawn from those half to twice the chain's own step away.
A chain along a road is the shortest way between two large towns; its stops are the largest towns
that it passes, at least half the chain's own step apart.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field, fields, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from network import EARTH_KM, unit
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from network import Floats, Ints, Network, Part
    from numpy.random import Generator
    from numpy.typing import NDArray
    from towns import Towns

ANY, ALONG = 0, 1
MOST_A_TOWN = 10
MOST_ALONG = 4  # of them along a road
LEAST_KM = 5.0
#: Steps and numbers of legs are drawn evenly by logarithm: journeys are told in few stops and in
#: many.
STEPS_KM = (7.0, 1500.0)
ALONG_STEPS_KM = (15.0, 500.0)
LEGS_A_CHAIN = (2, 100)
ROUTES_KM = (60.0, 3000.0)
LEAST_TOWNS = 8
PASSES_KM = 3.0  # from the road to the town that it passes
MARGIN_DEG = 2.0
_TRIES = 60  # in vain, before no more chains are looked for


@dataclass(frozen=True, slots=True)
class Legs:
    """Legs, one a row.

    `start` and `end` are the junctions of the two towns (lat, lon), `snap_km` is how far the
    farther town is from its own, and `people` is what the smaller one has.
    """

    country: NDArray[np.str_]
    kind: Ints
    chain: Ints
    start: Floats
    end: Floats
    straight_km: Floats
    way_km: Floats
    snap_km: Floats
    people: Ints

    def __len__(self) -> int:
        """How many."""
        return len(self.kind)

    def take(self, which: Ints | NDArray[np.bool_]) -> Legs:
        """Some of them."""
        return Legs(*(getattr(self, each.name)[which] for each in fields(self)))

    def lengthened(self, factor: float) -> Legs:
        """The same legs with longer ways."""
        return replace(self, way_km=self.way_km * factor)


def joined(parts: list[Legs]) -> Legs:
    """All in one, the chains numbered anew."""
    first = np.cumsum([0] + [int(part.chain.max(initial=-1)) + 1 for part in parts[:-1]])
    columns = {each.name: [getattr(part, each.name) for part in parts] for each in fields(Legs)}
    columns["chain"] = [chain + start for chain, start in zip(columns["chain"], first, strict=True)]
    return Legs(**{name: np.concatenate(values) for name, values in columns.items()})


def of_country(network: Network, towns: Towns) -> list[Legs]:
    """Legs of both kinds between the towns of one country; the same for the same towns."""
    if len(towns) < LEAST_TOWNS:
        return []
    maker = _Maker(network, towns, _rng(f"{network.name} {towns.country[0]}"))
    return [legs for legs in (maker.along(), maker.between_any()) if len(legs)]


def of_anywhere(network: Network, towns: Towns) -> Legs:
    """Legs between any places of the world."""
    return _Maker(network, towns, _rng(network.name)).between_any()


def _rng(seed: str) -> Generator:
    return np.random.Generator(np.random.PCG64(zlib.crc32(seed.encode())))


def distances_km(lat_lon: Floats) -> Floats:
    """Straight lines between all pairs of points, on the sphere that the networks are measured on."""
    points = unit(lat_lon)
    return np.asarray(EARTH_KM * np.arccos(np.clip(points @ points.T, -1, 1)), dtype=np.float64)


@dataclass
class _Maker:
    """Draws chains through towns; `used` counts the legs that end in each."""

    network: Network
    towns: Towns
    rng: Generator
    part: Part = field(init=False)
    apart: Floats = field(init=False)
    used: Ints = field(init=False)
    seen: set[tuple[int, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        at = self.network.lat_lon[self.towns.node]
        self.part = self.network.within(at, MARGIN_DEG)
        self.apart = distances_km(at)
        self.used = np.zeros(len(at), dtype=np.int64)

    def between_any(self) -> Legs:
        """Legs of chains of any towns, no pair of towns twice."""
        top = min(STEPS_KM[1], float(np.quantile(self.apart, 0.95)))
        chains: list[list[int]] = []
        failed = 0
        while failed < _TRIES and top > STEPS_KM[0]:
            step_km = float(np.exp(self.rng.uniform(np.log(STEPS_KM[0]), np.log(top))))
            chain = self._walk(step_km)
            failed = 0 if len(chain) > 1 else failed + 1
            chains += [chain] if len(chain) > 1 else []
        pairs = [(number, *pair) for number, chain in enumerate(chains) for pair in pairwise(chain)]
        number, one, other = np.array(pairs, dtype=np.int64).reshape(-1, 3).T
        node = self.towns.node
        way_km = self.part.lengths(node[one], node[other])
        return self._legs(ANY, number, (one, other), (node[one], node[other]), way_km)

    def _walk(self, step_km: float) -> list[int]:
        free = np.flatnonzero(self.used < MOST_A_TOWN)
        if len(free) < 2:
            return []
        chain = [int(self.rng.choice(free))]
        legs = int(np.exp(self.rng.uniform(*np.log(LEGS_A_CHAIN))))
        while len(chain) <= legs and self.used[chain[-1]] < MOST_A_TOWN:
            options = self._options(chain[-1], step_km)
            if not options:
                break
            to = int(self.rng.choice(options))
            self.seen.add((min(chain[-1], to), max(chain[-1], to)))
            self.used[[chain[-1], to]] += 1
            chain.append(to)
        return chain

    def _options(self, here: int, step_km: float) -> list[int]:
        apart = self.apart[here]
        fits = (apart >= max(step_km / 2, LEAST_KM)) & (apart <= 2 * step_km)
        towns = np.flatnonzero(fits & (self.used < MOST_A_TOWN)).tolist()
        return [to for to in towns if (min(here, to), max(here, to)) not in self.seen]

    def along(self) -> Legs:
        """Legs between the towns that the shortest ways between large towns pass."""
        large = max(LEAST_TOWNS, len(self.towns) // 4)
        rows: list[tuple[float, ...]] = []
        routes = failed = 0
        while failed < _TRIES:
            ends = np.flatnonzero(self.used[:large] < MOST_ALONG)
            found = self._route(ends) if len(ends) > 1 else []
            failed = 0 if found else failed + 1
            rows += [(routes, *leg) for leg in found]
            routes += bool(found)
        table = np.array(rows).reshape(-1, 6)
        number, one, other, start, end = table[:, :5].astype(np.int64).T
        return self._legs(ALONG, number, (one, other), (start, end), table[:, 5])

    def _route(self, ends: Ints) -> list[tuple[float, ...]]:
        """Both towns, both junctions, and the way in km, of each leg of one route."""
        start = int(self.rng.choice(ends))
        apart = self.apart[start, ends]
        far = ends[(apart >= ROUTES_KM[0]) & (apart <= ROUTES_KM[1])]
        if not len(far):
            return []
        end = int(self.rng.choice(far))
        nodes, along_km = self.part.way(int(self.towns.node[start]), int(self.towns.node[end]))
        if len(nodes) < 2:
            return []
        stops, at = self._stops(nodes, along_km, (start, end))
        for one, other in pairwise(stops):
            self.used[[one, other]] += 1
        return [
            (one, other, nodes[at[one]], nodes[at[other]], along_km[at[other]] - along_km[at[one]])
            for one, other in pairwise(stops)
        ]

    def _stops(
        self, nodes: Ints, along_km: Floats, ends: tuple[int, int]
    ) -> tuple[list[int], Ints]:
        """Towns that a way is told by, in order, and where on it each town is nearest."""
        places = self.network.lat_lon
        chord, at = cKDTree(unit(places[nodes])).query(unit(places[self.towns.node]))
        step_km = float(np.exp(self.rng.uniform(*np.log(ALONG_STEPS_KM))))
        least_km = max(step_km / 2, LEAST_KM)
        stops = list(ends)
        passed = (chord * EARTH_KM <= PASSES_KM) & (self.used < MOST_ALONG - 1)
        for town in np.flatnonzero(passed).tolist():  # the largest first
            if all(abs(along_km[at[town]] - along_km[at[stop]]) >= least_km for stop in stops):
                stops.append(town)
        return sorted(stops, key=lambda town: float(along_km[at[town]])), at

    def _legs(
        self,
        kind: int,
        number: Ints,
        towns: tuple[Ints, Ints],
        nodes: tuple[Ints, Ints],
        way_km: Floats,
    ) -> Legs:
        start, end = (self.network.lat_lon[each] for each in nodes)
        snap_km, people = (
            [getattr(self.towns, name)[each] for each in towns] for name in ("snap_km", "people")
        )
        return Legs(
            country=self.towns.country[towns[0]],
            kind=np.full(len(number), kind),
            chain=number,
            start=start,
            end=end,
            straight_km=2
            * EARTH_KM
            * np.arcsin(np.linalg.norm(unit(start) - unit(end), axis=1) / 2),
            way_km=way_km,
            snap_km=np.maximum(*snap_km),
            people=np.minimum(*people),
        )
