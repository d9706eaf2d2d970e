"""Which legs are data: rules on the network fixed on eight countries, and routes that are kept for the end.

The numbers were chosen by those of `RULE_COUNTRIES`, then applied to all others; those eight are
not fitted to. By road all eight are whole: of legs over land all are joined, at most 1.7 % are
beyond the range. By rail Great Britain, Czechia and Finland are whole (91 % joined or more, 1.3 %
beyond or less), Argentina, South Africa and Indonesia are broken (75 to 97 % joined, 2.5 to 18 %
beyond). Each limit lies between.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
from legs import ANY
from network import EARTH_KM, unit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from legs import Legs
    from network import Floats
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]

RULE_COUNTRIES = ("GB", "CZ", "FI", "AR", "ZA", "PE", "NG", "ID")
#: Kept out of every fit: chains of 200 legs through their towns are what the model is tried on.
KEPT_OUT = (
    *("BE", "PT", "SE", "RO", "DK", "LT"),
    *("MA", "KE", "TN", "GH"),
    *("MY", "PK", "UZ", "SA", "LK", "TW"),
    *("CO", "EC", "BO", "GT"),
)
FARTHEST_KM = 5.0  # from a town to its junction
SNAP_SHARE = 0.2  # of the straight line
LEAST_JOINED = 0.85
MOST_BEYOND = 0.045
LEAST_LEGS = 20  # of a country over land, to judge its network by
NEAR_JOURNEY_KM = 15.0


def ceiling(straight_km: Floats) -> Floats:
    """Largest factor that is believed: a leg beyond it is a gap in the network."""
    return np.asarray(1 + 6 * (straight_km / 10) ** -0.4, dtype=np.float64)


def whole_countries(legs: Legs, sea: Floats) -> dict[str, tuple[float, float, bool]]:
    """Share of a country's legs over land that are joined, share of those beyond the ceiling, and whether it is in."""
    found = {}
    for code in np.unique(legs.country):
        some = legs.take((legs.country == code) & (legs.kind == ANY) & (sea == 0))
        if len(some) < LEAST_LEGS:
            continue
        joined = np.isfinite(some.way_km)
        beyond = some.way_km[joined] > (ceiling(some.straight_km) * some.straight_km)[joined]
        shares = float(joined.mean()), float(beyond.mean())
        found[str(code)] = (*shares, shares[0] >= LEAST_JOINED and shares[1] <= MOST_BEYOND)
    return found


def sound(legs: Legs, journeys: list[Floats]) -> Flags:
    """Legs that are data: joined, near their towns, in range, and in no known journey."""
    return np.asarray(
        np.isfinite(legs.way_km)
        & (legs.snap_km <= SNAP_SHARE * legs.straight_km)
        & (legs.way_km <= ceiling(legs.straight_km) * legs.straight_km)
        & ~in_journeys(legs, journeys)
    )


def in_journeys(legs: Legs, journeys: list[Floats]) -> Flags:
    """Legs both ends of which are stops of one journey."""
    found = np.zeros(len(legs), dtype=bool)
    chord = 2 * np.sin(NEAR_JOURNEY_KM / EARTH_KM / 2)
    start, end = unit(legs.start), unit(legs.end)
    for stops in journeys:
        points = unit(stops)
        near = [(np.linalg.norm(ends[:, None] - points, axis=2) <= chord) for ends in (start, end)]
        found |= near[0].any(axis=1) & near[1].any(axis=1)
    return found


def known_journeys(folder: Path) -> list[Floats]:
    """Stops (lat, lon) of every journey of known length in a folder: where they are, and nothing else of them."""
    files = sorted((folder / "known_journeys").glob("**/*.json"))
    told = [each for path in files for each in _told(json.loads(path.read_text("utf-8")))]
    return [np.array([(stop["lat_deg"], stop["lon_deg"]) for stop in stops]) for stops in told]


def _told(value: object) -> Iterator[list[dict[str, float]]]:
    """Waypoints of journeys, wherever in a file they are."""
    if isinstance(value, dict) and "waypoints" in value:
        yield [stop for stop in value["waypoints"] if "lat_deg" in stop]
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _told(each)
