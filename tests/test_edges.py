"""What is impossible and what fits is rounded so that a number stands where its verdict says, whatever was drawn."""

from __future__ import annotations

import random
from itertools import product

import pytest

from escape_route.distance.bounds import Bound, Shortest
from escape_route.distance.intervals import Interval
from escape_route.distance.scopes import ScopeKey, ScopeReport
from escape_route.distance.settings import Settings
from escape_route.distance.stated_numbers import stands_for_m
from escape_route.distance.verdicts import Measures, Told, Verdict, as_said, judge, weigh
from escape_route.language.view import ReportView
from escape_route.model.modes import Mode
from escape_route.model.vocabulary import Wording
from making import by, claim, journey, reported

SOFIA, ISTANBUL = {"label": (23.32, 42.7)}, {"label": (28.98, 41.01)}


def said(
    bound_km: float, low_km: float, high_km: float, *stated_km: float, error: float = 0.001
) -> tuple[float, ...]:
    """Bound and both edges as they are said beside numbers that were stated."""
    edges_m = tuple(
        each * 1000 for each in ((low_km + high_km) / 2, low_km, high_km, low_km, high_km)
    )
    plausible = Interval(*edges_m, errors_m=tuple(error * each for each in edges_m))  # type: ignore[arg-type]
    measures = Measures(bound_km * 1000, 1.0, plausible)
    claims = [claim(each) for each in stated_km]
    told = [Told.of(each, judge(each, measures, None, counts_flight=True)) for each in claims]
    bound = Bound(bound_km * 1000, Shortest(0.0, 0.0, ()))
    found = as_said(
        ScopeReport(
            ScopeKey("a", "b", counts_flight=True),
            has_flight=False,
            bound=bound,
            plausible=plausible,
        ),
        told,
    )
    assert found.bound is not None
    assert found.plausible is not None
    return tuple(
        (each or 0) / 1000 for each in (found.bound.said_m, *(found.plausible.said_m or (0, 0)))
    )


@pytest.mark.parametrize(
    ("stated_km", "high_km"),
    [(9_400, 9_500), (9_590, 10_000), (9_700, 9_500), (9_900, 9_500), (10_100, 9_500)],
)
def test_an_edge_is_rounded_to_the_side_on_which_a_number_beyond_it_stays_beyond_it(
    stated_km: float, high_km: float
) -> None:
    assert said(3_000, 5_000, 9_600, stated_km)[-1] == high_km


def test_a_number_that_fits_stands_in_what_fits() -> None:
    assert said(3_000, 5_000, 10_400, 10_300)[-1] >= 10_300
    assert said(3_000, 4_140, 9_000, 4_150)[1] <= 4_150


def test_what_fits_begins_where_the_impossible_ends_at_the_earliest() -> None:
    bound_km, low_km, high_km = said(505, 514, 880, error=0.02)
    assert bound_km <= low_km < high_km


def test_without_a_number_that_asks_each_edge_is_the_nearest() -> None:
    assert said(3_397, 4_155, 7_160) == (3_390, 4_200, 7_000)


def test_walked_through_edges_and_numbers_words_and_bars_agree() -> None:
    rng, elsewhere = random.Random(1), 0  # noqa: S311  # of a test
    for _ in range(300):
        low_km = 10 ** rng.uniform(1.5, 4.2)
        bound_km, high_km = low_km * rng.uniform(0.7, 0.99), low_km * rng.uniform(1.15, 2.5)
        stated_km = float(f"{rng.choice((low_km, high_km)) * rng.uniform(0.85, 1.15):.3g}")
        edges_km = said(
            bound_km, low_km, high_km, stated_km, error=rng.choice((0.0005, 0.01, 0.03))
        )
        assert edges_km[0] <= edges_km[1] < edges_km[2]
        interval = Interval(1, 1, 1, low_km * 1000, high_km * 1000)
        word = weigh(*stands_for_m(claim(stated_km)), Measures(bound_km * 1000, 1, interval))
        elsewhere += zone(stated_km, *edges_km) is not word
    assert (
        elsewhere <= 3
    )  # round numbers of which what they may stand for fits, and they themselves do not


def zone(stated_km: float, bound_km: float, low_km: float, high_km: float) -> Verdict:
    """Word for the part of the axis that a number stands in."""
    if stated_km < low_km:
        return Verdict.IMPOSSIBLE_SHORT if stated_km < bound_km else Verdict.BELOW_PLAUSIBLE
    return Verdict.CONSISTENT if stated_km <= high_km else Verdict.ABOVE_PLAUSIBLE


@pytest.mark.parametrize(
    ("draws", "wording"), [*product((60, 200, 2_000), (Wording.EXACT, Wording.ABOUT))]
)
def test_sentence_and_bar_say_one_range(draws: int, wording: Wording) -> None:
    for stated_km in (560, 640, 720, 800, 880, 960):
        told = journey(
            SOFIA, {**ISTANBUL, **by(Mode.ROAD)}, claims=(claim(stated_km, 1, wording=wording),)
        )
        view = ReportView.of(reported(told, Settings(draws=draws)))
        ((_, judgement),) = view.judged_in(view.scopes[0])
        assert view.scopes[0].plausible_km is not None
        low, high = view.scopes[0].plausible_km.low95, view.scopes[0].plausible_km.high95
        sentence = view.finding["en"]
        assert f"{low:,.0f} to {high:,.0f} km" in sentence
        assert view.legs[0].plausible_km == view.scopes[0].plausible_km
        assert (view.scopes[0].lower_bound_km or 0) <= low < high
        if judgement.verdict is Verdict.ABOVE_PLAUSIBLE:
            assert stated_km > high
        if judgement.verdict is Verdict.BELOW_PLAUSIBLE:
            assert stated_km < low
