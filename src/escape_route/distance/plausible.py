"""Plausible lengths: draws of places, and of how winding the way was, leg by leg.

Where the draws lie decides more than anything else, so it is a choice with a name (`Where`), and
every result carries it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from escape_route.distance.intervals import Interval
from escape_route.distance.points import Batch
from escape_route.distance.priors import Alike
from escape_route.distance.routes import Route, Spots
from escape_route.distance.sampling import Legs, Sweep, Totals, Winds
from escape_route.distance.settings import Settings, Where
from escape_route.distance.ties import Ties
from escape_route.geography import geodesic
from escape_route.geography.geodesic import Floats
from escape_route.model import places
from escape_route.model.journey import Journey
from escape_route.model.lines import tracks_of

NEAR_FACTOR = 1.5
_BLOCK = 10_000  # draws that are made at once: memory grows with these alone
_LEAST_BLOCK, _MOST_BLOCK = 1_000, 20_000  # where a number of draws is set
_MOST_OF_LEGS = (
    4_000_000  # draws of a leg in a block, and of all blocks where no number of draws is set
)
_MOST, _FEW = 200_000, 20_000  # draws where none is set, however short or long the journey
_OF_LEGS, _HELD_OF_LEGS = (
    40_000,
    1_000_000,
)  # draws that single legs are told by; what is held of them at once
_MOST_PROPOSED = 20  # times the draws wanted, before a cut is left with fewer
_PROPOSED = 60_000  # where none is set: what is kept of them is said as finely as it is known
_FIRST_PROPOSED = 4  # times the draws wanted: a cut that keeps none of these keeps none
_KEPT = 1_000_000  # drawn points of places that are kept for the next scope: 40 MB


@dataclass(frozen=True, slots=True)
class Draws:
    """Draws of a journey, and what they were made with.

    `travelled_m` and `chain_m` are the lengths of each leg with and without winding, shape (kept,
    legs), metres; leg k arrives at waypoint k + 1. `kept` of `proposed` draws were within the cut,
    where there is one.
    """

    travelled_m: Floats
    chain_m: Floats
    kept: int
    proposed: int
    settings: Settings


def draw(
    journey: Journey,
    settings: Settings,
    *,
    alike: Alike = Alike.TAKEN,
    longest_chain_m: float | None = None,
) -> Draws:
    """Draw the lengths of a journey's legs: equal for equal arguments.

    `alike` says how alike the winding of legs is: nothing else differs between two such draws. With
    `Where.NEAR` the longest chain of drawn places that is kept is `longest_chain_m` (1.5 times the
    shortest journey).
    """
    ways = Ways(journey, settings, (alike,))
    if settings.where is Where.NEAR and longest_chain_m is not None:
        limit_m = longest_chain_m
    else:
        limit_m = np.inf
    lengths_m, proposed = within(ways.legs, settings.draws or _FEW, limit_m)
    chain_m, travelled_m = lengths_m
    return Draws(travelled_m, chain_m, len(chain_m), proposed, settings)


def within(
    block: Callable[[int], Floats],
    wanted: int,
    limit_m: float,
    *,
    settled: Callable[[Floats], bool] | None = None,
) -> tuple[Floats, int]:
    """Draws whose chain is no longer than a limit, and of how many they are; fewer than `wanted` where few are within.

    A limit that no draw is within is none: places that overlap may have a shortest journey of next
    to nothing. `block` gives the lengths of a block by its number, shape (1 + choices, n) or (1 +
    choices, n, legs), the chain first;
    `settled` says whether fewer will do, as all that is told of them is settled.
    """
    kept: list[Floats] = []
    count = proposed = 0
    most_proposed = _MOST_PROPOSED * max(wanted, _LEAST_BLOCK)
    if settled:
        most_proposed = _PROPOSED if np.isfinite(limit_m) else wanted
    first_proposed = _FIRST_PROPOSED * max(_BLOCK if settled else wanted, _LEAST_BLOCK)
    while count < wanted and proposed < (most_proposed if count else first_proposed):
        drawn = block(len(kept))
        chain_m = drawn[0].reshape(drawn.shape[1], -1).sum(axis=1)
        fits = np.flatnonzero(chain_m <= limit_m)[: wanted - count]
        kept.append(drawn[:, fits])
        count += len(fits)
        proposed += int(fits[-1]) + 1 if count == wanted else len(chain_m)
        if settled and count >= _LEAST_BLOCK and settled(np.concatenate(kept, axis=1)):
            break
    if count == 0:
        return block(0)[:, :wanted], min(wanted, len(chain_m))
    return np.concatenate(kept, axis=1), proposed


def is_settled(drawn: Floats) -> bool:
    """Whether each edge of what was drawn can be said as finely as it can be."""
    return all(Interval.of(row).is_settled for row in drawn)


class Ways:
    """Draws of a journey and of its scopes, batch by batch; lengths are given at each degree of likeness of legs."""

    def __init__(self, journey: Journey, settings: Settings, alike: tuple[Alike, ...]) -> None:
        """Locate the places."""
        self._journey = journey
        self._located = places.located(journey)
        self._ties = Ties(journey, self._located)
        self._settings = settings
        tracks = tracks_of(journey)
        tracks_m = {
            index: (geodesic.line_length_m(track.line), track.gaps_m)
            for index, track in tracks.items()
        }
        self._winds = Winds(settings.all_priors, alike, settings.rho, tracks_m)
        self._leg_count = max(len(journey.waypoints) - 1, 0)
        per_leg = _MOST_OF_LEGS // max(self._leg_count, 1)
        self._block = min(
            max(settings.draws or _BLOCK, _LEAST_BLOCK), max(per_leg, _LEAST_BLOCK), _MOST_BLOCK
        )
        self.wanted = settings.draws or min(max(per_leg, _FEW), _MOST)
        self._spots: dict[int, Spots] = {}

    def legs(self, number: int) -> Floats:
        """Lengths of all legs of the whole journey in a block, shape (1 + choices, n, legs)."""
        return np.swapaxes(self._legs(number, range(1 + len(self._winds.alike)), self._winds), 1, 2)

    def wound_legs(self) -> Floats:
        """Lengths of all legs of the whole journey as wound at the first choice, shape (legs, n): what can be held."""
        held = _HELD_OF_LEGS // (self._block * max(self._leg_count, 1))
        blocks = max(1, min(held, math.ceil((self._settings.draws or _OF_LEGS) / self._block)))
        winds = replace(self._winds, alike=self._winds.alike[:1])
        first, *others = (self._legs(number, range(1, 2), winds)[0] for number in range(blocks))
        drawn = np.concatenate([first, *others], axis=1) if others else first
        return drawn[:, : self._settings.draws]

    def _legs(self, number: int, kept: range, winds: Winds) -> Floats:
        spots = self._spots_of(number)
        sink = Legs(kept, self._leg_count, spots.batch.count)
        self._sweep((0, self._leg_count), self._settings.where, spots, winds).run(sink)
        return sink.lengths_m

    def totals(
        self, ends: tuple[int, int], counted: Sequence[Floats], where: Where, number: int = 0
    ) -> Floats:
        """Lengths of a scope in a block, shape (ways, 1 + choices, n), its legs counted in several ways."""
        spots = self._spots_of(number)
        sink = Totals(counted, spots.batch.count, len(self._winds.alike))
        self._sweep(ends, where, spots, self._winds).run(sink)
        return sink.lengths_m

    def _sweep(self, ends: tuple[int, int], where: Where, spots: Spots, winds: Winds) -> Sweep:
        route = Route(
            self._journey, self._located, self._ties, ends, at_crossings=where is Where.CROSSINGS
        )
        return Sweep(route, spots, winds)

    def _spots_of(self, number: int) -> Spots:
        """Places in a block; all scopes and choices share those of the first blocks, others are drawn again."""
        if number in self._spots:
            return self._spots[number]
        spots = Spots(self._located, self._ties, Batch(self._settings.seed, self._block, number))
        if (number + 1) * self._block * len(self._located) <= _KEPT or number == 0:
            self._spots[number] = spots
        return spots
