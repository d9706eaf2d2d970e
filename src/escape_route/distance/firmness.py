"""How firm a verdict is: how far out the number lies, and which other choice would give another verdict."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from escape_route.distance import stated_numbers, verdicts
from escape_route.distance.verdicts import Measures, Verdict

if TYPE_CHECKING:
    from escape_route.distance.priors import Alike
    from escape_route.distance.scopes import ScopeReport
    from escape_route.distance.settings import Where
    from escape_route.geography.geodesic import Floats
    from escape_route.model.journey import Claim

_CHANCE = 3.0  # standard errors of an edge within which a number lies on it
_HALF = 0.5
_NOT_WEIGHED = frozenset({Verdict.NOT_COMPARABLE, Verdict.INSUFFICIENT})


@dataclass(frozen=True, slots=True)
class Choice:
    """Verdict that a choice of where the draws lie, and of how alike legs are, leads to."""

    where: Where
    alike: Alike
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Firmness:
    """How firm a verdict is.

    `share` is that of the draws at or beyond the number, on its own side of the median: from a half,
    where the number is one of the middle, down to nothing. `choices` are the verdicts at every choice
    of where and of how alike legs are. `turned_by` is the first of them that is, or within the chance of the draws may
    be, another. `edge_of` is the verdict across an edge that the number lies on within that chance.
    """

    share: float
    choices: tuple[Choice, ...]
    turned_by: Choice | None
    edge_of: Verdict | None

    @property
    def is_firm(self) -> bool:
        """Whether every choice gives the same verdict, and chance in the draws could give no other."""
        return self.turned_by is None and self.edge_of is None


def firmness_of(claim: Claim, verdict: Verdict, scope: ScopeReport, own: tuple[Where, Alike]) -> Firmness | None:
    """How firm a verdict on a distance is in a scope with its draws; None where nothing was weighed.

    `own` says where the draws lie, and how alike legs are, of the verdict itself.
    """
    if scope.bound is None or scope.plausible is None or verdict in _NOT_WEIGHED:
        return None
    choices, others = [], {}
    known: dict[int, tuple[Verdict, tuple[Verdict, ...]]] = {}
    for each in scope.sensitivities:
        chain_m, least_m = each.chain.median_m, scope.least_likely_m
        measures = Measures(scope.bound.bound_m, chain_m, each.plausible, scope.lacking, least_m)
        if id(each.plausible) not in known:  # where no country is passed the choices of where are one
            known[id(each.plausible)] = _possible(claim, measures)
        nominal, possible = known[id(each.plausible)]
        choice = Choice(each.where, each.alike, nominal)
        choices.append(choice)
        found = next((other for other in possible if other is not verdict), None)
        if found is not None:
            others[each.where, each.alike] = replace(choice, verdict=found)
    edge = others.pop(own, None)
    return Firmness(
        share=share_beyond(claim, scope.lengths_m, scope.plausible.median_m),
        choices=tuple(choices),
        turned_by=min(others.values(), key=lambda choice: _far(choice, own), default=None),
        edge_of=None if edge is None else edge.verdict,
    )


def _far(choice: Choice, own: tuple[Where, Alike]) -> tuple[bool, bool]:
    """How far a choice is from one's own: another place alone is said before legs more or less alike, and both last."""
    where, alike = own
    return choice.alike is not alike, choice.where is not where


def _possible(claim: Claim, measures: Measures) -> tuple[Verdict, tuple[Verdict, ...]]:
    """Verdict on a claim, and all that it may be where chance moves the edges of what is plausible."""
    low_m, high_m = stated_numbers.stands_for_m(claim)
    found = [verdicts.weigh(low_m, high_m, measures, chance=chance) for chance in (0.0, -_CHANCE, _CHANCE)]
    return found[0], tuple(dict.fromkeys(found))


def share_beyond(claim: Claim, lengths_m: Floats, median_m: float) -> float:
    """Share of the draws at or beyond a number, on its own side of the median; a half where it holds that.

    The number is taken as told, without its rounding: so the share falls steadily as it moves away. `lengths_m` are
    in rising order.
    """
    low_m, high_m = stated_numbers.told_m(claim)
    if low_m > median_m:
        beyond = len(lengths_m) - int(np.searchsorted(lengths_m, low_m, side="left"))
    elif high_m < median_m:
        beyond = int(np.searchsorted(lengths_m, high_m, side="right"))
    else:
        return _HALF
    return min(beyond / len(lengths_m), _HALF)
