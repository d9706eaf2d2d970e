"""Cities that a reader may know: for a distance that can be felt, and to lay a way out from."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

from escape_route import packaged
from escape_route.geography import geodesic
from escape_route.publish.page.shown import Felt

if TYPE_CHECKING:
    from escape_route.language.plain import Json

_NEAR = 0.03  # two cities lie as far apart where they do so to three in a hundred
_ROUNDED_KM = 10


@cache
def listed() -> list[dict[str, Json]]:
    """Cities with their names per language and positions (lon, lat), in tenths of degrees and finer."""
    found: list[dict[str, Json]] = packaged.table("publish/page/web/cities.json")
    return found


@cache
def _apart() -> tuple[Felt, ...]:
    """Every two of them, and how far apart they lie along the geodesic."""
    pairs = combinations(listed(), 2)
    return tuple(Felt(one["name"], other["name"], _km(one, other)) for one, other in pairs)  # type: ignore[arg-type]


def _km(one: dict[str, Json], other: dict[str, Json]) -> float:
    ends = [tuple(each["at"]) for each in (one, other)]  # type: ignore[arg-type]
    return round(geodesic.geodesic_m(*ends) / 1000 / _ROUNDED_KM) * _ROUNDED_KM  # type: ignore[arg-type]


def as_far_as(length_km: float) -> Felt | None:
    """Two cities that lie about so far apart; None where no two do.

    Examples
    --------
    >>> found = as_far_as(1260)
    >>> found.one["en"], found.other["en"]
    ('London', 'Madrid')
    """
    nearest = min(_apart(), key=lambda pair: (abs(pair.length_km - length_km), pair.one["en"]))
    return nearest if abs(nearest.length_km - length_km) <= _NEAR * length_km else None
