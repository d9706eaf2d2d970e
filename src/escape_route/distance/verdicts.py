"""Verdicts on what was stated, and how firm each is.

A stated number is weighed in its own scope, with its rounding and its words; firmness is how far
out it lies, and which other choice would give another verdict.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np

from escape_route.distance.intervals import CERTIFIED, Interval, rounded_down, rounded_to, step_of
from escape_route.distance.stated_numbers import count_alike, stands_for_m, told_m, value_m
from escape_route.model.units import UNITS, Quantity
from escape_route.model.vocabulary import Counts, Lacking

if TYPE_CHECKING:
    from escape_route.distance.priors import Alike
    from escape_route.distance.scopes import ScopeReport
    from escape_route.distance.settings import Where
    from escape_route.geography.geodesic import Floats
    from escape_route.model.journey import Claim

_CHANCE = 3.0  # standard errors of an edge within which a number lies on it
_HALF = 0.5


class Verdict(StrEnum):
    """What geometry makes of a stated distance. None of them says "false"."""

    INSUFFICIENT = "insufficient"
    NOT_COMPARABLE = "not_comparable"
    IMPOSSIBLE_SHORT = "impossible_short"
    BELOW_PLAUSIBLE = "below_plausible"
    CONSISTENT = "consistent"
    ABOVE_PLAUSIBLE = "above_plausible"


COARSER = "coarser"  # why a number that is shorter than what is shown cannot be judged

#: Verdicts that `--strict` fails on.
STRICT = frozenset({Verdict.IMPOSSIBLE_SHORT, Verdict.BELOW_PLAUSIBLE, Verdict.ABOVE_PLAUSIBLE})


@dataclass(frozen=True, slots=True)
class Measures:
    """What a scope comes to, in metres: the certified bound, the median chain of draws, and the plausible length.

    Where something is `lacking` (stops that were not told, or have no place), a number beyond the
    plausible cannot be judged from it; where that is an end of the scope, one within it cannot
    either, for it is of a part of the way. `least_likely_m` is where the plausible would begin if each
    place that was made coarser for publication lay where the way is shortest; None where none was.
    A number that is short of the plausible and not of that cannot be judged either: the places as
    they are held may fit it.
    """

    bound_m: float
    chain_m: float
    plausible: Interval
    lacking: Lacking | None = None
    least_likely_m: float | None = None

    @classmethod
    def of(cls, scope: ScopeReport) -> Measures | None:
        """What a scope comes to; None where nothing was weighed."""
        if scope.bound is None or scope.plausible is None or scope.chain is None:
            return None
        return cls(
            scope.bound.bound_m,
            scope.chain.median_m,
            scope.plausible,
            scope.lacking,
            scope.least_likely_m,
        )


@dataclass(frozen=True, slots=True)
class Judgement:
    """A distance claim judged one way: with the flight or without.

    `low_m` and `high_m` are the claim with its slack. `edge_m` is how far the nearer end of that
    lies outside the plausible 95 % interval: kilometres unexplained, 0 where they meet;
    `edge_error_m` is the standard error of that edge. `ratio` is the claim over the plausible
    median. `factor` is how winding the way would have to be, the claim over the drawn chain, and
    `factor_plausible` the plausible one. `unit_slip` is a unit of that place and language in which
    the same number would lie in the middle half of what is plausible. `other_flight` is the verdict
    if the flight were treated the other way, where the scope has one. `by_numbers` is the verdict
    that its numbers come to where they are of coarser places, and it is another.
    """

    counts_flight: bool
    verdict: Verdict
    low_m: float
    high_m: float
    edge_m: float = 0.0
    edge_error_m: float = 0.0
    ratio: float | None = None
    factor: float | None = None
    factor_plausible: float | None = None
    unit_slip: str | None = None
    other_flight: Verdict | None = None
    reason: str | None = None
    by_numbers: Verdict | None = None


def weigh(low_m: float, high_m: float, measures: Measures, *, chance: float = 0.0) -> Verdict:
    """Verdict on a range of lengths against what a scope comes to, its edges so many standard errors farther out."""
    plausible = measures.plausible
    *_, below_m, above_m = plausible.errors_m
    least_m = plausible.low95_m if measures.least_likely_m is None else measures.least_likely_m
    if high_m < measures.bound_m:
        return Verdict.IMPOSSIBLE_SHORT
    if high_m < plausible.low95_m - chance * below_m:
        if high_m < least_m - chance * below_m:
            return Verdict.BELOW_PLAUSIBLE
        return Verdict.INSUFFICIENT
    if measures.lacking is Lacking.ENDS:
        return Verdict.INSUFFICIENT
    if low_m > plausible.high95_m + chance * above_m:
        return Verdict.INSUFFICIENT if measures.lacking else Verdict.ABOVE_PLAUSIBLE
    return Verdict.CONSISTENT


def judge(
    claim: Claim,
    measures: Measures | None,
    otherwise: Measures | None,
    *,
    counts_flight: bool,
    reason: str | None = None,
    at_hand: tuple[str, ...] = (),
) -> Judgement:
    """Judge a distance claim one way, with the flight or without it.

    `measures` are what its scope comes to, None for a `reason`; `otherwise` the same with the
    flight treated the other way, None where there is none. `at_hand` are units that the number may
    have been meant in.
    """
    low_m, high_m = stands_for_m(claim)
    is_straight = claim.counts is Counts.STRAIGHT
    if claim.counts is not Counts.JOURNEY and not is_straight:
        return Judgement(
            counts_flight, Verdict.NOT_COMPARABLE, low_m, high_m, reason=claim.counts.value
        )
    if measures is None:
        return Judgement(counts_flight, Verdict.INSUFFICIENT, low_m, high_m, reason=reason)
    plausible = measures.plausible
    verdict = weigh(low_m, high_m, measures)
    is_unfit = verdict in STRICT
    beyond_m = max(0.0, low_m - plausible.high95_m, plausible.low95_m - high_m)
    is_short = high_m < plausible.low95_m
    why = COARSER if is_short else measures.lacking  # shorter than is shown, or longer than is told
    return Judgement(
        counts_flight=counts_flight,
        verdict=verdict,
        low_m=low_m,
        high_m=high_m,
        edge_m=0.0 if is_straight or verdict is Verdict.INSUFFICIENT else beyond_m,
        edge_error_m=plausible.errors_m[-1 if low_m > plausible.high95_m else -2],
        ratio=_over(value_m(claim), plausible.median_m),
        factor=None if is_straight else _over(value_m(claim), measures.chain_m),
        factor_plausible=None if is_straight else _over(plausible.median_m, measures.chain_m),
        unit_slip=_unit_meant(claim, plausible, at_hand) if is_unfit else None,
        other_flight=None if otherwise is None else weigh(low_m, high_m, otherwise),
        reason=why if verdict is Verdict.INSUFFICIENT else None,
    )


def _unit_meant(claim: Claim, plausible: Interval, at_hand: Iterable[str]) -> str | None:
    """Unit in which the number lies in the middle half of what is plausible; None where none does."""
    middle = (claim.value + claim.highest) / 2
    fits = (
        unit
        for unit in at_hand
        if plausible.low50_m <= middle * UNITS[unit].size <= plausible.high50_m
    )
    return next(fits, None)


def _over(value: float, base: float) -> float | None:
    return value / base if base > 0 else None


def contradictions(claims: Sequence[Claim]) -> list[tuple[str, str]]:
    """Pairs of distance claims on one scope whose ranges do not meet, by their ids."""
    distances = [
        claim
        for claim in claims
        if claim.quantity is Quantity.DISTANCE and claim.counts is Counts.JOURNEY
    ]
    return [
        (one.id, other.id) for one, other in combinations(distances, 2) if _contradict(one, other)
    ]


def _contradict(one: Claim, other: Claim) -> bool:
    is_same_way = (one.scope.start, one.scope.end) == (other.scope.start, other.scope.end)
    (low, high), (other_low, other_high) = stands_for_m(one), stands_for_m(other)
    return is_same_way and count_alike(one, other) and (high < other_low or other_high < low)


@dataclass(frozen=True, slots=True)
class Choice:
    """Verdict that a choice of where the draws lie, and of how alike legs are, leads to."""

    where: Where
    alike: Alike
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Firmness:
    """How firm a verdict is.

    `share` is that of the draws at or beyond the number, on its own side of the median: from a
    half, where the number is one of the middle, down to nothing. `choices` are the verdicts at
    every choice of where and of how alike legs are. `turned_by` is the first of them that is, or
    within the chance of the draws may be, another. `edge_of` is the verdict across an edge that the
    number lies on within that chance. `lacking` says why the way may be longer than what the number
    fits: a stop on it is drawn nowhere.
    """

    share: float
    choices: tuple[Choice, ...]
    turned_by: Choice | None
    edge_of: Verdict | None
    lacking: Lacking | None = None

    @property
    def is_firm(self) -> bool:
        """Whether every choice gives the same verdict, and neither chance nor a place that nobody told another."""
        return self.turned_by is None and self.edge_of is None and self.lacking is None


def firmness_of(
    claim: Claim, verdict: Verdict, scope: ScopeReport, own: tuple[Where, Alike]
) -> Firmness | None:
    """How firm a verdict on a distance is in a scope with its draws; None where nothing was weighed or drawn.

    `own` says where the draws lie, and how alike legs are, of the verdict itself.
    """
    measured = Measures.of(scope)
    if scope.key.is_straight or measured is None or verdict not in {*STRICT, Verdict.CONSISTENT}:
        return None
    choices, others = [], {}
    known: dict[int, tuple[Verdict, tuple[Verdict, ...]]] = {}
    for sensitivity in scope.sensitivities:
        measures = replace(
            measured, chain_m=sensitivity.chain.median_m, plausible=sensitivity.plausible
        )
        if (
            id(sensitivity.plausible) not in known
        ):  # where no country is passed the choices of where are one
            known[id(sensitivity.plausible)] = _possible(claim, measures)
        nominal, possible = known[id(sensitivity.plausible)]
        choice = Choice(sensitivity.where, sensitivity.alike, nominal)
        choices.append(choice)
        turned = next((outcome for outcome in possible if outcome is not verdict), None)
        if turned is not None:
            others[sensitivity.where, sensitivity.alike] = replace(choice, verdict=turned)
    edge = others.pop(own, None)
    return Firmness(
        share=share_beyond(claim, scope.lengths_m, measured.plausible.median_m),
        choices=tuple(choices),
        turned_by=min(others.values(), key=lambda choice: _far(choice, own), default=None),
        edge_of=None if edge is None else edge.verdict,
        lacking=measured.lacking
        if verdict is Verdict.CONSISTENT and measured.lacking is Lacking.PLACES
        else None,
    )


def _far(choice: Choice, own: tuple[Where, Alike]) -> tuple[bool, bool]:
    """How far a choice is from one's own: another place alone is said before legs more or less alike, and both last."""
    where, alike = own
    return choice.alike is not alike, choice.where is not where


def _possible(claim: Claim, measures: Measures) -> tuple[Verdict, tuple[Verdict, ...]]:
    """Verdict on a claim, and all that it may be where chance moves the edges of what is plausible."""
    low_m, high_m = stands_for_m(claim)
    weighed = [weigh(low_m, high_m, measures, chance=chance) for chance in (0.0, -_CHANCE, _CHANCE)]
    return weighed[0], tuple(dict.fromkeys(weighed))


def share_beyond(claim: Claim, lengths_m: Floats, median_m: float) -> float:
    """Share of the draws at or beyond a number, on its own side of the median; a half where it holds that.

    The number is taken as told, without its rounding: so the share falls steadily as it moves away.
    `lengths_m` are in rising order.
    """
    low_m, high_m = told_m(claim)
    if low_m > median_m:
        beyond = len(lengths_m) - int(np.searchsorted(lengths_m, low_m, side="left"))
    elif high_m < median_m:
        beyond = int(np.searchsorted(lengths_m, high_m, side="right"))
    else:
        return _HALF
    return min(beyond / len(lengths_m), _HALF)


# Edges of what is impossible and of what fits, as they are said. Rounded to the nearest, 9,600 km
# are 10,000: a number of 9,800 that is longer than what fits would stand among what fits. So of the
# ways to round the three edges the one is taken, from the coarsest on, by which most numbers lie
# where their verdicts say.

_WEIGHED = {*STRICT, Verdict.CONSISTENT}
_ROUNDED = (0.1, 0.05, 0.02)
"""How large a part of an edge a step of its rounding is, from the coarsest on: more could be solved for a place."""


@dataclass(frozen=True, slots=True)
class Told:
    """A number with its verdict: itself, and the least and the most that it stands for, in metres."""

    at_m: float
    low_m: float
    high_m: float
    verdict: Verdict

    @classmethod
    def of(cls, claim: Claim, judgement: Judgement) -> Told:
        """Take a judgement on a claim."""
        return cls(
            value_m(claim),
            judgement.low_m,
            judgement.high_m,
            judgement.by_numbers or judgement.verdict,
        )

    def faults(self, bound_m: float, low_m: float, high_m: float) -> int:
        """How much of it lies elsewhere by these edges than its verdict says: its range, and the number itself.

        Of what is open at one end ("over 200 km") the number itself says nothing.
        """
        ranges = [(self.low_m, self.high_m)]
        if self.low_m > 0 and not math.isinf(self.high_m):
            ranges.append((self.at_m, self.at_m))
        return sum(_zone(*ends, bound_m, low_m, high_m) is not self.verdict for ends in ranges)


def _zone(least_m: float, most_m: float, bound_m: float, low_m: float, high_m: float) -> Verdict:
    if most_m < bound_m:
        return Verdict.IMPOSSIBLE_SHORT
    if most_m < low_m:
        return Verdict.BELOW_PLAUSIBLE
    return Verdict.ABOVE_PLAUSIBLE if least_m > high_m else Verdict.CONSISTENT


def as_said(scope: ScopeReport, numbers: Iterable[Told]) -> ScopeReport:
    """Give a scope the edges that are said of it; `numbers` are those that were weighed in it."""
    if scope.bound is None or scope.plausible is None or scope.key.is_straight:
        return scope
    weighed = [number for number in numbers if number.verdict in _WEIGHED]
    *_, below_m, above_m = scope.plausible.errors_m
    rounded = (rounded_down(scope.bound.bound_m, digits) for digits in (CERTIFIED, CERTIFIED - 1))
    bounds = list(dict.fromkeys(rounded))  # never up: a bound must not become too large
    lows, highs = (
        _around(scope.plausible.low95_m, below_m),
        _around(scope.plausible.high95_m, above_m),
    )

    def cost(at: tuple[int, int, int]) -> tuple[int, int, int]:
        bound_m, low_m, high_m = bounds[at[0]], lows[at[1]], highs[at[2]]
        disorder = (bound_m > low_m) + (low_m >= high_m)
        return disorder, sum(number.faults(bound_m, low_m, high_m) for number in weighed), sum(at)

    best = min(product(range(len(bounds)), range(len(lows)), range(len(highs))), key=cost)
    bound = replace(scope.bound, said_m=bounds[best[0]])
    return replace(
        scope,
        bound=bound,
        plausible=replace(scope.plausible, said_m=(lows[best[1]], highs[best[2]])),
    )


def _around(edge_m: float, error_m: float) -> Sequence[float]:
    """Ways to round an edge that was drawn: as finely as chance allows, to the nearest or to a side, then finer."""
    steps = [step_of(edge_m, error_m), *(step_of(edge_m, most=part) for part in _ROUNDED)]
    rounded = [
        rounded_to(edge_m, step, way) for step in steps for way in (round, math.floor, math.ceil)
    ]
    near = [edge for edge in rounded if abs(edge - edge_m) <= _ROUNDED[0] * edge_m]
    return list(dict.fromkeys([rounded[0], *near]))
