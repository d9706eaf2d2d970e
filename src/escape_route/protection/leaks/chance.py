"""How often chance alone would match a secret, among the numbers that a text has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from escape_route.protection.leaks.readings import METRE_DEG, NEAR, is_allowed, of_degrees

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from escape_route.protection.leaks.numerals import Numbers
    from escape_route.protection.leaks.targets import Floats, Targets

FINE, PAIR_FINE = 4, 3  # decimals of a coordinate that may stand alone, and beside its other half
MOST_BY_CHANCE = 1e-3  # of a find that counts
_AROUND = 50.0  # how far around a number that is no coordinate its like are counted
FEW = 64  # secrets of a journey that is told by places
_REACH_DEG = 0.5  # a text's numbers are about as dense as this near a secret


class Crowd:
    """How many numbers and secrets lie around one: what chance would match.

    Parameters
    ----------
    numbers
        Those of the text.
    targets
        What is looked for.
    """

    def __init__(self, numbers: Numbers, targets: Targets) -> None:
        """Set aside what is published, which is no chance."""
        fine = numbers.decimals >= FINE
        read = of_degrees(numbers)
        fine[read.which] &= ~is_allowed(read, targets.degrees)
        self._numbers, self._targets = numbers, targets
        self._fine = np.sort(numbers.values[fine])
        self._pairs: dict[bool, tuple[Floats, Floats]] = {}
        self._counted: dict[tuple[float, float, bool], int] = {}
        self._secrets: dict[tuple[float, float, bool], int] = {}

    def alone_chance(self, token: int) -> float:
        """Expected number of matches by chance within half a degree of a number, the number itself left out."""
        value, decimals = self._numbers.values[token], int(self._numbers.decimals[token])
        others = _count(self._fine, value) - _count(self._fine, value, 10.0**-decimals)
        unit = max(10.0**-decimals, METRE_DEG)
        return float(max(others, 1) * max(_count(self._targets.halves, value), 1) * 1.5 * unit)

    def pair_chance(self, secret: int, decimals: int, *, side_by_side: bool) -> float:
        """Expected number of pairs that match by chance within half a degree of a secret.

        Two numbers side by side are one of a text's few such pairs; of those with others between there are many more.
        """
        cell = (1.5 if decimals >= PAIR_FINE else 1.0) * max(10.0**-decimals, METRE_DEG)
        return self._pairs_around(secret, side_by_side=side_by_side) * self.secrets_around(secret) * cell**2

    def secrets_around(self, secret: int) -> int:
        """How many secrets of its sort may be matched instead: those near, and of a journey told by places all.

        What is held is counted by itself, and what follows from it by itself: there may be a hundred times as much.
        """
        alike = self._targets.exact == self._targets.exact[secret]
        key = (*self._square(secret), bool(self._targets.exact[secret]))
        if key not in self._secrets:
            lon, lat = self._targets.lon_deg, self._targets.lat_deg
            near = _are_near(np.abs(lon), abs(lon[secret]), np.abs(lat), abs(lat[secret]))
            self._secrets[key] = max(int((near & alike).sum()), min(int(alike.sum()), FEW))
        return self._secrets[key]

    def _pairs_around(self, secret: int, *, side_by_side: bool) -> int:
        """Pairs of numbers near a secret."""
        key = (*self._square(secret), side_by_side)
        if key not in self._counted:
            first, second = self._neighbours(side_by_side=side_by_side)
            lon, lat = abs(self._targets.lon_deg[secret]), abs(self._targets.lat_deg[secret])
            near = _are_near(first, lon, second, lat) | _are_near(first, lat, second, lon)
            self._counted[key] = max(int(near.sum()) - 1, 1)
        return self._counted[key]

    def _square(self, secret: int) -> tuple[float, float]:
        """Tenth of a degree of a secret, for all of which is counted once."""
        lon, lat = float(self._targets.lon_deg[secret]), float(self._targets.lat_deg[secret])
        return round(abs(lon), 1), round(abs(lat), 1)

    def _neighbours(self, *, side_by_side: bool) -> tuple[Floats, Floats]:
        """Values of numbers that stand side by side, or of all that stand near one another."""
        if side_by_side not in self._pairs:
            numbers, ones, others = self._numbers, [np.empty(0)], [np.empty(0)]
            for apart in range(1, 2 if side_by_side else NEAR // 2):
                near = np.flatnonzero(numbers.starts[apart:] - numbers.ends[:-apart] <= NEAR)
                if not len(near):
                    break
                ones.append(numbers.values[near])
                others.append(numbers.values[near + apart])
            self._pairs[side_by_side] = np.concatenate(ones), np.concatenate(others)
        return self._pairs[side_by_side]


def number_chance(numbers: Numbers, targets: Targets, token: int) -> float:
    """Expected number of withheld numbers that others of a text, with as many decimals, would be by chance."""
    value, decimals = numbers.values[token], int(numbers.decimals[token])
    others = (numbers.decimals == decimals) & (np.abs(numbers.values - value) <= _AROUND)
    secrets = _count(targets.numbers.values, value, _AROUND)
    return float((int(others.sum()) - 1) * secrets * 10.0**-decimals / (2 * _AROUND))


def _are_near(ones: Floats, one: float, others: Floats, other: float) -> NDArray[np.bool_]:
    return (np.abs(ones - one) < _REACH_DEG) & (np.abs(others - other) < _REACH_DEG)


def _count(values: Floats, middle: float, reach: float = _REACH_DEG) -> int:
    """How many sorted values lie within reach of one."""
    return int(np.searchsorted(values, middle + reach, "right") - np.searchsorted(values, middle - reach, "left"))
