"""Plausible lengths: draws of places, and of how winding the way was, leg by leg.

Where the draws lie decides more than anything else, so it is a choice with a name (`Where`), and every result carries
it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from escape_route import progress
from escape_route.distance.sampling import Sampler
from escape_route.distance.settings import Where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from escape_route.distance.settings import Settings
    from escape_route.geography.geodesic import Floats
    from escape_route.model.journey import Journey

NEAR_FACTOR = 1.5
_MOST_PROPOSED = 40  # times the draws wanted, before a cut is left with fewer
_FIRST_PROPOSED = 4  # times the draws wanted: a cut that keeps none of these keeps none
_MOST_AT_ONCE = 50_000  # rows of a batch: more take no less time and much memory
_LEAST_PROPOSED = 1_000  # where there is a cut, however few are wanted


@dataclass(frozen=True, slots=True)
class Draws:
    """Draws of a journey, and what they were made with.

    `travelled_m` and `chain_m` are the lengths of each leg with and without winding, shape (kept, legs), metres; leg k
    arrives at waypoint k + 1. `kept` of `proposed` draws were within the cut, where there is one.
    """

    travelled_m: Floats
    chain_m: Floats
    kept: int
    proposed: int
    settings: Settings


def draw(journey: Journey, settings: Settings, *, longest_chain_m: float | None = None) -> Draws:
    """Draw the lengths of a journey's legs.

    Parameters
    ----------
    journey
        With its waypoints in travel order.
    settings
        Draws, seed, rho, and where the draws lie.
    longest_chain_m
        With `Where.NEAR`: the longest chain of drawn places that is kept, in metres (1.5 times the shortest journey).

    Returns
    -------
    Draws
        Equal for equal arguments.
    """
    (drawn,) = draw_at(journey, settings, (settings.rho,), longest_chain_m=longest_chain_m)
    return drawn


def draw_at(
    journey: Journey,
    settings: Settings,
    rhos: Sequence[float],
    *,
    longest_chain_m: float | None = None,
) -> tuple[Draws, ...]:
    """Draw once, and wind the same places at several correlations: what differs between them is rho alone.

    A cut that no draw is within is no cut: places that overlap may have a shortest journey of next to nothing.
    """
    rng = np.random.Generator(np.random.PCG64(settings.seed))
    sampler = Sampler(journey, settings.all_priors, rhos, at_crossings=settings.where is Where.CROSSINGS)
    limit_m = longest_chain_m if settings.where is Where.NEAR and longest_chain_m is not None else np.inf
    wanted = settings.draws
    enough = max(wanted, _LEAST_PROPOSED)
    batch = min(_MOST_AT_ONCE, wanted if limit_m == np.inf else 2 * enough)
    count = proposed = 0
    kept: list[Floats] = []
    with progress.task("drawing ways", total=wanted) as done:
        while count < wanted and proposed < (_MOST_PROPOSED if count else _FIRST_PROPOSED) * enough:
            drawn = sampler.draw(batch, rng)
            fits = np.flatnonzero(drawn[0].sum(axis=1) <= limit_m)[: wanted - count]
            kept.append(drawn[:, fits])
            count += len(fits)
            proposed += int(fits[-1]) + 1 if count == wanted else batch
            done(len(fits))
    if count == 0:
        kept, count, proposed = [drawn[:, :wanted]], wanted, wanted
    chain_m, *travelled = np.concatenate(kept, axis=1)
    return tuple(
        Draws(travelled_m, chain_m, count, proposed, replace(settings, rho=rho))
        for rho, travelled_m in zip(rhos, travelled, strict=True)
    )
