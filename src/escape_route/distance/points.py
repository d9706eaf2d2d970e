"""Drawn points: many of a place, or one where the place is a point; and the random numbers of a batch of draws."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import PCG64, Generator, SeedSequence

from escape_route.geography import ellipsoid, geodesic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from escape_route.geography.geodesic import Floats

    Rows = NDArray[np.int64]


#: What a stream of random numbers is for.
ALTERNATIVE, PLACE, CROSSING, ROUTE, OWN, ACCOUNT, REGION, KIND = range(8)


@dataclass(frozen=True, slots=True)
class Batch:
    """Draws that are made together. What one thing takes of its numbers moves nothing else: each has its own stream."""

    seed: int
    count: int
    number: int = 0

    def stream(self, *what: int) -> Generator:
        """Random numbers (PCG64) for one thing, the same whenever they are asked for."""
        return Generator(PCG64(SeedSequence(self.seed, spawn_key=(self.number, *what))))


@dataclass(frozen=True)
class Points:
    """Points of all draws, or the one that is the same in every draw.

    `sphere` are their positions as `ellipsoid.on_sphere` gives them, shape (3, n) or (3, 1); `given_deg` are longitudes
    and latitudes where these were drawn, shape (n, 2) or (1, 2).
    """

    sphere: Floats
    given_deg: Floats | None = None

    @classmethod
    def at(cls, lonlat_deg: Floats) -> Points:
        """Points at these positions."""
        return cls(ellipsoid.on_sphere(lonlat_deg), lonlat_deg)

    @cached_property
    def lonlat_deg(self) -> Floats:
        """Longitudes and latitudes in degrees, shape (n, 2) or (1, 2)."""
        return ellipsoid.off_sphere(self.sphere) if self.given_deg is None else self.given_deg

    @property
    def is_one(self) -> bool:
        """Whether it is the same point in every draw."""
        return len(self.sphere[0]) == 1

    def take(self, rows: Rows | None) -> Points:
        """Points of some of the draws; of all where None."""
        if rows is None or self.is_one:
            return self
        return Points(self.sphere[:, rows], None if self.given_deg is None else self.given_deg[rows])

    def apart_m(self, other: Points) -> Floats:
        """Geodesic distances, shape (n,), or (1,) where both are one point: exact there, else within 4 millionths."""
        if self.is_one and other.is_one:
            return geodesic.distances_m(*self.lonlat_deg.T, *other.lonlat_deg.T)
        return geodesic.near_distances_m(self.sphere, other.sphere)


def some(one: Points, other: Points, most: int) -> tuple[Points, Points]:
    """Both ends of some of the draws, spread over all of them: so many at the most."""
    count = max(len(one.sphere[0]), len(other.sphere[0]))
    rows = np.linspace(0, count - 1, min(count, most)).astype(np.int64)
    return one.take(rows), other.take(rows)


def join(parts: Sequence[tuple[Rows, Points]]) -> tuple[Rows, Points]:
    """Points of several lists of draws as one list, in the order of the draws."""
    rows = np.concatenate([each for each, _ in parts])
    order = np.argsort(rows)
    sphere = [np.broadcast_to(each.sphere, (3, len(own))) for own, each in parts]
    return rows[order], Points(np.concatenate(sphere, axis=1)[:, order])


def alike(choices: Sequence[Rows | None], count: int) -> Iterator[tuple[Rows, tuple[int, ...]]]:
    """Rows of the draws that chose the same alternatives, with these; None stands for the only one."""
    code = np.zeros(count, dtype=np.int64)
    for choice in choices:
        if choice is not None:  # numbered anew at each step: codes stay below the count, however many places there are
            code = code * (int(choice.max()) + 1) + choice
            code = (np.cumsum(np.bincount(code) > 0) - 1)[code]
    for group in range(int(code.max(initial=-1)) + 1):
        rows = np.flatnonzero(code == group)
        yield rows, tuple(0 if choice is None else int(choice[rows[0]]) for choice in choices)
