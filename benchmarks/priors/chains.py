"""Chains of 200 legs through any towns of the countries that are kept out of every fit: what the model is tried on."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from legs import LEAST_KM, MARGIN_DEG, distances_km
from rules import SNAP_SHARE, ceiling

if TYPE_CHECKING:
    from network import Floats, Ints, Network
    from numpy.random import Generator
    from towns import Towns

LEGS = 200
CHAINS = 10  # a country
STEPS_KM = (20.0, 150.0)


@dataclass(frozen=True, slots=True)
class Chain:
    """Stops (lat, lon) in one country, and the length of each leg's shortest way, km."""

    country: str
    stops: Floats
    way_km: Floats


def of_country(network: Network, towns: Towns) -> list[Chain]:
    """Chains whose next town is drawn evenly from those half to twice the chain's own step away."""
    code = str(towns.country[0])
    rng = np.random.Generator(np.random.PCG64(zlib.crc32(f"chains {network.name} {code}".encode())))
    at = network.lat_lon[towns.node]
    apart = distances_km(at)
    ways = _table(network, towns)
    sound = np.isfinite(ways) & (ways <= ceiling(np.maximum(apart, LEAST_KM)) * apart)
    sound &= np.maximum(towns.snap_km[:, None], towns.snap_km) <= SNAP_SHARE * apart
    made = [_walk(apart, sound & (apart >= LEAST_KM), rng) for _ in range(CHAINS)]
    return [
        Chain(code, at[walk], ways[walk[:-1], walk[1:]]) for walk in made if len(walk) == LEGS + 1
    ]


def _table(network: Network, towns: Towns) -> Floats:
    part = network.within(network.lat_lon[towns.node], MARGIN_DEG)
    count = len(towns)
    one, other = np.divmod(np.arange(count * count), count)
    return part.lengths(towns.node[one], towns.node[other]).reshape(count, count)


def _walk(apart: Floats, sound: Floats, rng: Generator) -> Ints:
    step_km = float(np.exp(rng.uniform(*np.log(STEPS_KM))))
    fits = sound & (apart >= step_km / 2) & (apart <= 2 * step_km)
    starts = np.flatnonzero(fits.any(axis=1))
    walk = [int(rng.choice(starts))] if len(starts) else []
    while walk and len(walk) <= LEGS:
        options = np.flatnonzero(fits[walk[-1]])
        walk.append(int(rng.choice(options)))
    return np.array(walk, dtype=np.int64)
