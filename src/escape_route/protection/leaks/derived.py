"""What follows from held positions and gives them away: corners of bounds, and the middles that a map opens on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from escape_route.geography.geodesic import LonLat

_WEB_LIMIT_DEG = 85.0511287798
_MOST_OF_ALL = 24  # stops: of more, not every choice is looked for


def positions(stops: Sequence[LonLat], shapes: Sequence[NDArray[np.float64]] = ()) -> list[tuple[float, float, str]]:
    """Positions that a stop can be solved from.

    Parameters
    ----------
    stops
        (lon, lat) in degrees, in travel order.
    shapes
        Vertices of each drawn place and track, a row (lon, lat) in degrees each.

    Returns
    -------
    list
        Longitude and latitude in degrees and what they are: corners and middles of the bounds (in degrees and in Web
        Mercator) and the mean of stops that follow one another, of two, of a shape, of all; without stops themselves.
    """
    places = np.array(stops, dtype=float).reshape(-1, 2)
    groups = [*_groups(places), *((shape, "a drawn shape") for shape in shapes)]
    if shapes:
        groups.append((np.concatenate([places, *shapes]), "all that is drawn"))
    found = [each for group, name in groups for each in _of_group(group, name)]
    known = set(stops)
    return [each for each in found if each[:2] not in known]


def _groups(stops: NDArray[np.float64]) -> Iterator[tuple[NDArray[np.float64], str]]:
    """Stops that a map may be drawn to: any that follow one another, any two; of many those with an end, neighbours."""
    count = len(stops)
    for first in range(count):
        for last in range(first + 1, count):
            if count <= _MOST_OF_ALL or first == 0 or last == count - 1 or last == first + 1:
                name = "all stops" if last - first == count - 1 else f"stops {first + 1} to {last + 1}"
                yield stops[first : last + 1], name
            if count <= _MOST_OF_ALL:
                yield stops[[first, last]], f"stops {first + 1} and {last + 1}"


def _of_group(group: NDArray[np.float64], name: str) -> Iterator[tuple[float, float, str]]:
    west, south = group.min(axis=0).tolist()
    east, north = group.max(axis=0).tolist()
    for lon, lat in ((west, south), (east, north), (west, north), (east, south)):
        yield lon, lat, f"bounds of {name}"
    yield (west + east) / 2, (south + north) / 2, f"middle of {name}"
    yield (west + east) / 2, _lat_deg((_web_y(south) + _web_y(north)) / 2), f"middle of {name}"
    lon, lat = group.mean(axis=0).tolist()
    yield lon, lat, f"mean of {name}"


def _web_y(lat_deg: float) -> float:
    """Height on Web Mercator's unit sphere."""
    return math.asinh(math.tan(math.radians(max(-_WEB_LIMIT_DEG, min(_WEB_LIMIT_DEG, lat_deg)))))


def _lat_deg(web_y: float) -> float:
    return math.degrees(math.atan(math.sinh(web_y)))
