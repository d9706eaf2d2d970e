"""What follows from held positions and gives them away: corners of bounds, and the middles that a map opens on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from escape_route.model import LonLat

_WEB_LIMIT_DEG = 85.0511287798


def positions(stops: Sequence[LonLat]) -> list[tuple[float, float, str]]:
    """Positions that a stop can be solved from.

    Parameters
    ----------
    stops
        (lon, lat) in degrees, in travel order.

    Returns
    -------
    list
        Longitude and latitude in degrees and what they are: corners and middles of the bounds of all stops and of each
        two neighbours (in degrees and in Web Mercator), and the mean of all; without those that are stops themselves.
    """
    if len(stops) <= 1:
        return []
    groups = [(stops, "all stops"), *((stops[k : k + 2], f"stops {k + 1} and {k + 2}") for k in range(len(stops) - 1))]
    found = [each for group, name in groups for each in _of_group(group, name)]
    known = set(stops)
    return [each for each in found if each[:2] not in known]


def _of_group(stops: Sequence[LonLat], name: str) -> Iterator[tuple[float, float, str]]:
    lons, lats = [lon for lon, _ in stops], [lat for _, lat in stops]
    west, east, south, north = min(lons), max(lons), min(lats), max(lats)
    for lon, lat in ((west, south), (east, north), (west, north), (east, south)):
        yield lon, lat, f"bounds of {name}"
    yield (west + east) / 2, (south + north) / 2, f"middle of {name}"
    yield (west + east) / 2, _lat_deg((_web_y(south) + _web_y(north)) / 2), f"middle of {name}"
    yield math.fsum(lons) / len(lons), math.fsum(lats) / len(lats), f"mean of {name}"


def _web_y(lat_deg: float) -> float:
    """Height on Web Mercator's unit sphere."""
    return math.asinh(math.tan(math.radians(max(-_WEB_LIMIT_DEG, min(_WEB_LIMIT_DEG, lat_deg)))))


def _lat_deg(web_y: float) -> float:
    return math.degrees(math.atan(math.sinh(web_y)))
