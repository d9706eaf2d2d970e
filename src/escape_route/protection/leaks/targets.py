"""Secret positions as sorted numbers in each frame of coordinates, ready to be looked up for many numbers at once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from escape_route.protection.leaks import codes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from escape_route.protection.leaks.secrets import Secrets

_FINE = 2
Floats: TypeAlias = "NDArray[np.float64]"
Indices: TypeAlias = "NDArray[np.int64]"


class Axis:
    """One coordinate of every position, sorted, with the way back to the position.

    Parameters
    ----------
    values
        One number a position; NaN where it has none.
    """

    def __init__(self, values: Floats) -> None:
        """Sort them."""
        order = np.argsort(values, kind="stable")
        self.order = order[np.isfinite(values[order])]
        self.values = values[self.order]

    def within(self, low: Floats, high: Floats) -> tuple[Indices, Indices]:
        """Find the positions between bounds: indices of the bounds, and of the positions, in step."""
        first = np.searchsorted(self.values, low, side="left")
        count = np.maximum(np.searchsorted(self.values, high, side="right") - first, 0)
        which = np.repeat(np.arange(len(low)), count)
        offset = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
        return which, self.order[np.repeat(first, count) + offset]

    def matches(self, low: Floats, high: Floats) -> Iterator[tuple[int, int]]:
        """Index of bounds and of a position between them, pair by pair."""
        which, positions = self.within(low, high)
        return zip(which.tolist(), positions.tolist(), strict=True)

    def holds(self, low: Floats, high: Floats) -> NDArray[np.bool_]:
        """Whether any position lies between bounds."""
        first = np.searchsorted(self.values, low, side="left")
        return np.asarray(np.searchsorted(self.values, high, side="right") > first)


@dataclass(frozen=True, slots=True)
class Frame:
    """Two coordinates of every secret position and of every published one, without their signs."""

    first: Axis
    second: Axis
    allowed: tuple[Axis, Axis]


@dataclass(frozen=True, slots=True)
class Targets:
    """Secret positions in every frame; `exact` says which are held as they are and which only follow.

    `fine` are those held that are no round numbers in minutes or radians; `halves` are the longitudes and latitudes of
    those held, without their signs, in order; `said` are words and dates that every
    file of this kind has; `own` are passages of the program's own, in which nothing is looked for.
    """

    secrets: Secrets
    lon_deg: Floats
    lat_deg: Floats
    exact: NDArray[np.bool_]
    degrees: Frame
    web_unit: Frame
    metric: dict[str, Frame]
    numbers: Axis
    fine: NDArray[np.bool_]
    halves: Floats
    said: frozenset[str] = frozenset()
    own: tuple[str, ...] = ()


@lru_cache(maxsize=8)
def targets_of(secrets: Secrets) -> Targets:
    """Put secret positions into every frame; the same secrets are put there once."""
    held = secrets.positions
    lon, lat = held.lon_deg, held.lat_deg
    places = ((lon, lat), (secrets.allowed[:, 0], secrets.allowed[:, 1]))
    return Targets(
        secrets,
        lon,
        lat,
        held.is_exact,
        _frame([(lon, lat) for lon, lat in places]),
        _frame([codes.web_unit(lon, lat) for lon, lat in places]),
        _metric(places),
        Axis(np.array([abs(each.value) for each in secrets.numbers], dtype=float)),
        held.is_exact & (held.decimals >= _FINE),
        np.sort(np.abs(np.concatenate((lon[held.is_exact], lat[held.is_exact])))),
    )


def _frame(coordinates: Sequence[Sequence[Floats]]) -> Frame:
    """Frame of secret coordinates and of allowed ones."""
    (first, second), allowed = (tuple(Axis(np.abs(values)) for values in pair) for pair in coordinates)
    return Frame(first, second, (allowed[0], allowed[1]))


def _metric(places: Sequence[tuple[Floats, Floats]]) -> dict[str, Frame]:
    """Frames in metres, by the name that a finding calls them."""
    earth = [codes.earth_centred(lon, lat) for lon, lat in places]
    return {
        "Web Mercator metres": _frame([_web_metres(lon, lat) for lon, lat in places]),
        "UTM metres": _frame([_utm(lon, lat) for lon, lat in places]),
        "earth-centred metres (x, y)": _frame([each[:2] for each in earth]),
        "earth-centred metres (y, z)": _frame([each[1:] for each in earth]),
    }


def _web_metres(lon_deg: Floats, lat_deg: Floats) -> tuple[Floats, ...]:
    around = 2 * math.pi * codes.RADIUS_M
    x, y = codes.web_unit(lon_deg, lat_deg)
    return (x - 0.5) * around, (0.5 - y) * around


def _utm(lon_deg: Floats, lat_deg: Floats) -> tuple[Floats, ...]:
    easting, northing = codes.utm(lon_deg, np.clip(lat_deg, -89.9, 89.9), codes.utm_zone(lon_deg, lat_deg))
    return easting, np.where(np.abs(lat_deg) <= 84, northing, np.nan)  # noqa: PLR2004  # the polar grid is another


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: from where to where in the text, the notation, and the index of the secret, if it is one."""

    start: int
    end: int
    notation: str
    secret: int | None
