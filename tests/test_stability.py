"""Nothing that is said hangs on the seed: verdicts.md, section 9."""

from __future__ import annotations

import re
import tracemalloc
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest

from beside import IS_LONG, long, whole
from escape_route.distance import plausible, report
from escape_route.distance.intervals import Interval, step_of
from escape_route.distance.priors import Alike
from escape_route.distance.settings import Settings, Where
from escape_route.language.view import ReportView
from making import journey, shipped

if TYPE_CHECKING:
    from escape_route.language.view import LegView
    from escape_route.model.journey import Journey

SHIPPED = ("ro-family", "lee-son", "lee-so-yeon")
SEEDS = range(1, 9 if IS_LONG else 5)


@cache
def views(name: str) -> list[ReportView]:
    return [ReportView.of(report.gather(shipped(name), Settings(seed=seed))) for seed in SEEDS]


def scope_edges(view: ReportView) -> list[float]:
    """Edges of the scopes, at every choice, in km."""
    drawn = [each for scope in view.scopes for each in (scope.plausible_km, scope.chain_km)]
    drawn += [choice.plausible_km for scope in view.scopes for choice in scope.sensitivities]
    return [edge for each in drawn if each is not None for edge in each.rising]


def leg_edges(legs: tuple[LegView, ...]) -> list[float]:
    return [
        edge for leg in legs if leg.plausible_km is not None for edge in leg.plausible_km.rising
    ]


def said(view: ReportView) -> list[object]:
    """All that is said of the claims, without its numbers."""
    found: list[object] = []
    for claim in view.claims:
        found += [
            re.sub(r"[\d,.]+", "#", text)
            for text in (*claim.weighed.values(), *claim.asides.values())
        ]
        found.append(claim.fits_in and claim.fits_in.id)
        for judgement in claim.judgements:
            firmness = judgement.firmness
            found += [
                judgement.verdict,
                judgement.unit_slip,
                judgement.verdict_other_flight,
                judgement.said,
            ]
            found += (
                [] if firmness is None else [firmness.share, firmness.turned_by, firmness.edge_of]
            )
            found += [choice.verdict for choice in judgement.choices]
    return found


@pytest.mark.parametrize("name", whole(SHIPPED, "lee-son"))
def test_other_seeds_give_the_same_words(name: str) -> None:
    first, *others = map(said, views(name))
    assert others == [first] * (len(SEEDS) - 1)


@long
def test_between_seeds_one_edge_in_ten_moves_at_the_most_and_by_one_step() -> None:
    moved = compared = 0
    for name in SHIPPED:
        for one, other in combinations(views(name), 2):
            edges = [(a, b, 0.1) for a, b in zip(scope_edges(one), scope_edges(other), strict=True)]
            edges += [
                (a, b, 0.2) for a, b in zip(leg_edges(one.legs), leg_edges(other.legs), strict=True)
            ]
            compared += len(edges)
            moved += sum(a != b for a, b, _ in edges)
            assert all(abs(a - b) <= 1.001 * step_of(max(a, b), most=most) for a, b, most in edges)
    assert compared > (5_000 if IS_LONG else 1_000)
    assert moved / compared < 0.1


def test_shares_of_the_whole_move_by_a_twentieth_at_the_most() -> None:
    for one, other in combinations(views("ro-family"), 2):
        pairs = [
            (a.variance_share or 0, b.variance_share or 0)
            for a, b in zip(one.legs, other.legs, strict=True)
        ]
        assert all(abs(a - b) <= 0.0501 for a, b in pairs)


def test_steps_are_a_tenth_to_a_25th_of_a_number() -> None:
    for value in np.geomspace(0.01, 50_000, 2_000):
        step = step_of(float(value))
        assert 1 / 25 <= step / value <= 1 / 10 + 1e-9
        assert f"{step:.0e}"[0] in "125"


def test_a_step_holds_twenty_standard_errors() -> None:
    """Of 5,000 km the step is 500 km: 25 km of error are as much as it holds."""
    assert [step_of(5_000, error) for error in (24, 25, 26, 80)] == [500, 500, 1_000, 2_000]


def test_an_interval_is_settled_where_its_edges_can_be_said_as_finely_as_they_are() -> None:
    lengths = np.random.default_rng(1).lognormal(np.log(5_000), 0.15, 100_000)
    assert Interval.of(lengths).is_settled
    assert not Interval.of(lengths[:2_000]).is_settled


def test_few_draws_are_said_coarsely() -> None:
    few = (
        ReportView.of(report.gather(shipped("ro-family"), Settings(draws=200)))
        .scopes[0]
        .plausible_km
    )
    assert few is not None
    assert few.high95 % 1_000 == 0


def line_of(stops: int) -> Journey:
    """Places of 50 km, a degree apart."""
    return journey(
        *({"label": (float(lon), 10.0), "uncertainty_m": 50_000.0} for lon in range(stops))
    )


def peak_mb(draws: int) -> float:
    told, legs = line_of(30), 29
    ways = plausible.Ways(told, Settings(draws=draws), (Alike.TAKEN,))
    tracemalloc.start()
    drawn, _ = plausible.within(
        lambda number: ways.totals((0, legs), [np.ones(legs)], Where.CROSSINGS, number)[0],
        draws,
        np.inf,
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert drawn.shape[1] == draws
    return peak / 1e6


def test_memory_grows_with_a_block_of_draws_and_not_with_draws_times_stops() -> None:
    """120,000 draws of 30 places are 144 MB; places are kept for other scopes up to 40 MB, of a draw two lengths."""
    assert peak_mb(120_000) < 80


@pytest.mark.parametrize("name", SHIPPED)
def test_verdicts_drawn_alone_are_those_of_the_whole_report(name: str) -> None:
    """A check of what is held draws no more than its verdicts need."""
    whole, alone = (
        report.gather(shipped(name)).claims,
        report.verdicts_of(shipped(name), Settings()),
    )
    assert [each.claim for each in alone] == [each.claim for each in whole]
    assert any(each.judgements for each in alone) == (name == "ro-family")
    for one, other in zip(alone, whole, strict=True):
        assert [each.verdict for each in one.judgements] == [
            each.verdict for each in other.judgements
        ]
