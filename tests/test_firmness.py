"""How firm a verdict is: verdicts.md, section 2."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escape_route.distance import report
from escape_route.distance.bounds import Bound, Shortest
from escape_route.distance.intervals import Interval
from escape_route.distance.priors import Alike
from escape_route.distance.scopes import ScopeKey, ScopeReport, Sensitivity
from escape_route.distance.settings import Settings, Where
from escape_route.distance.verdicts import Verdict, firmness_of, share_beyond
from escape_route.model.journey import Scope
from escape_route.model.modes import Mode
from escape_route.model.vocabulary import Counts, Flight, Role, Wording
from making import at_country, by, claim, journey

KM = 1_000
OWN = (Where.CROSSINGS, Alike.TAKEN)
LENGTHS_M = np.sort(np.random.default_rng(3).lognormal(np.log(5_000 * KM), 0.12, 20_000))
MEDIAN_M = float(np.median(LENGTHS_M))


def scope(*others: tuple[Where, Alike, float], kept: int = 20_000) -> ScopeReport:
    """Plausible are 4,000 to 6,300 km; at other choices as many times that as given."""
    lengths_m = LENGTHS_M[:: len(LENGTHS_M) // kept]
    plausible = Interval.of(lengths_m)
    choices = [Sensitivity(*OWN, plausible, plausible, kept, kept)]
    for where, alike, times in others:
        moved = Interval.of(lengths_m * times)
        choices.append(Sensitivity(where, alike, moved, moved, kept, kept))
    bound = Bound(0.0, Shortest(3_000 * KM, 3_000 * KM, ()))
    key = ScopeKey("w0", "w1", counts_flight=True)
    return ScopeReport(
        key,
        has_flight=False,
        bound=bound,
        chain=plausible,
        plausible=plausible,
        sensitivities=tuple(choices),
        lengths_m=lengths_m,
    )


def firm(
    value: float,
    verdict: Verdict,
    *others: tuple[Where, Alike, float],
    kept: int = 20_000,
    **stated: object,
):
    found = firmness_of(claim(value, **stated), verdict, scope(*others, kept=kept), OWN)
    assert found is not None
    return found


def test_a_verdict_that_every_choice_gives_is_firm() -> None:
    found = firm(
        5_010,
        Verdict.CONSISTENT,
        (Where.CROSSINGS, Alike.MOST, 1.02),
        (Where.ANYWHERE, Alike.TAKEN, 1.1),
    )
    assert found.is_firm
    assert [choice.verdict for choice in found.choices] == [Verdict.CONSISTENT] * 3


def test_the_choice_that_turns_a_verdict_is_named_with_what_it_turns_it_to() -> None:
    found = firm(
        7_010,
        Verdict.ABOVE_PLAUSIBLE,
        (Where.CROSSINGS, Alike.MOST, 1.05),
        (Where.ANYWHERE, Alike.TAKEN, 1.5),
    )
    assert not found.is_firm
    assert found.turned_by is not None
    assert (found.turned_by.where, found.turned_by.alike, found.turned_by.verdict) == (
        *(Where.ANYWHERE, Alike.TAKEN),
        Verdict.CONSISTENT,
    )


def test_where_the_way_lay_is_named_before_how_alike_the_legs_were_and_one_choice_before_two() -> (
    None
):
    turning = [
        (Where.ANYWHERE, Alike.MOST, 1.5),
        (Where.CROSSINGS, Alike.MOST, 1.5),
        (Where.NEAR, Alike.TAKEN, 1.5),
    ]
    named = [
        firm(7_010, Verdict.ABOVE_PLAUSIBLE, *turning[: count + 1]).turned_by for count in range(3)
    ]
    assert [(each.where, each.alike) for each in named if each] == [turn[:2] for turn in turning]


def test_a_number_within_three_standard_errors_of_an_edge_lies_on_it() -> None:
    high_m = float(np.quantile(LENGTHS_M, 0.975))
    error_m = Interval.of(LENGTHS_M).errors_m[-1]
    for errors, verdict, edge in (
        (4, Verdict.ABOVE_PLAUSIBLE, None),
        (2, Verdict.ABOVE_PLAUSIBLE, Verdict.CONSISTENT),
        (-2, Verdict.CONSISTENT, Verdict.ABOVE_PLAUSIBLE),
        (-4, Verdict.CONSISTENT, None),
    ):
        at_km = (high_m + errors * error_m) / KM
        assert firm(at_km, verdict, wording=Wording.OVER).edge_of is edge


def test_few_draws_blur_the_edges() -> None:
    assert firm(6_400, Verdict.ABOVE_PLAUSIBLE, wording=Wording.OVER).edge_of is None
    assert (
        firm(6_400, Verdict.ABOVE_PLAUSIBLE, wording=Wording.OVER, kept=200).edge_of
        is Verdict.CONSISTENT
    )


@pytest.mark.parametrize("sigma", [0.05, 0.2, 0.5])
def test_the_error_of_an_edge_is_that_of_draws_made_again(sigma: float) -> None:
    rng = np.random.default_rng(5)
    edges = np.quantile(
        rng.lognormal(8, sigma, (400, 2_000)), [0.5, 0.25, 0.75, 0.025, 0.975], axis=1
    ).std(axis=1)
    plausible = Interval.of(rng.lognormal(8, sigma, 200_000))
    assert np.array(plausible.errors_m) * 10 == pytest.approx(edges, rel=0.15)


def test_what_is_one_length_has_no_error() -> None:
    assert Interval.of(np.full(100, 5.0)).errors_m == (0, 0, 0, 0, 0)
    assert Interval.of(np.full(100, 5.0)).is_settled
    assert Interval.of(np.zeros(100)).is_settled


@pytest.mark.parametrize(
    ("value", "stated", "share"),
    [
        (MEDIAN_M / KM, {}, 0.5),
        (float(np.quantile(LENGTHS_M, 0.975)) / KM, {}, 0.025),
        (float(np.quantile(LENGTHS_M, 0.2)) / KM, {}, 0.2),
        (12_000, {}, 0),
        (100, {}, 0),
        (100, {"wording": Wording.OVER}, 0.5),
        (12_000, {"wording": Wording.UP_TO}, 0.5),
        (12_000, {"wording": Wording.AT_LEAST}, 0),
        (4_000, {"value_to": 6_000}, 0.5),
        (float(np.quantile(LENGTHS_M, 0.9)) / KM, {"value_to": 9_000}, 0.1),
    ],
)
def test_the_share_is_that_of_the_draws_at_or_beyond_the_number_on_its_side(
    value: float, stated: dict, share: float
) -> None:
    assert share_beyond(claim(value, **stated), LENGTHS_M, MEDIAN_M) == pytest.approx(
        share, abs=0.001
    )


@settings(max_examples=200)
@given(st.lists(st.floats(100, 20_000), min_size=2, max_size=2), st.sampled_from(list(Wording)))
def test_the_share_falls_steadily_as_a_number_moves_away(
    values: list[float], wording: Wording
) -> None:
    """Whatever its rounding: 999, 1,000 and 1,001 have the share of their places."""
    near, far = sorted(values, key=lambda value: abs(value * KM - MEDIAN_M))
    if (near * KM < MEDIAN_M) == (far * KM < MEDIAN_M):
        shares = [
            share_beyond(claim(each, wording=wording), LENGTHS_M, MEDIAN_M) for each in (near, far)
        ]
        assert shares[0] >= shares[1]


def test_nothing_is_said_of_how_firm_it_is_where_nothing_was_weighed() -> None:
    told = ({"label": (100.5, 13.75)}, {"label": (102.6, 17.97), **by(Mode.ROAD)}, {})
    claims = (claim(700, counts=Counts.SUM), claim(700, id="d", scope=Scope("w1", "w2", Flight.NO)))
    found = report.gather(journey(*told, claims=claims), Settings(draws=200))
    assert [item.firmness for item in found.claims] == [(None,), (None,)]


# another scope that fits


def test_a_number_that_does_not_fit_its_scope_is_tried_on_the_others() -> None:
    """Seoul is 3,700 km by air from Bangkok, and 600 by road from Vientiane to Bangkok."""
    told = (
        {"label": (102.6, 17.97)},
        {"label": (100.5, 13.75), **by(Mode.ROAD)},
        {"label": (127.0, 37.5), **by(Mode.FLIGHT)},
    )
    claims = (
        claim(4_800, id="a", scope=Scope("w0", "w1", Flight.NO)),
        claim(650, id="b", scope=Scope("w0", "w1", Flight.NO)),
        claim(90_000, id="c", scope=Scope("w0", "w1", Flight.NO)),
        claim(700, id="d", scope=Scope("w0", "w2", Flight.YES)),
    )
    found = report.gather(journey(*told, claims=claims), Settings(draws=2_000)).claims
    assert [item.fits_in and item.fits_in.key for item in found] == [
        ScopeKey("w0", "w2", counts_flight=True),
        None,
        None,
        ScopeKey("w0", "w2", counts_flight=False),
    ]


def test_no_count_is_said_to_have_ended_where_none_would() -> None:
    """A number of the whole way is not one to a stop of it, though another number was stated to that stop."""
    told = (
        {"label": (100.5, 13.75), "role": Role.START},
        {"label": (102.6, 17.97), **by(Mode.ROAD)},
        {"label": (105.8, 21.0), "role": Role.REACHED, **by(Mode.ROAD)},
        {"label": (114.2, 22.3), **by(Mode.ROAD)},
    )
    to_a_stop = claim(600, id="stop", scope=Scope("w0", "w1", Flight.NO))
    for value, fits in ((600, None), (1_400, "w2"), (2_500, None)):
        whole = claim(value, id="whole", scope=Scope("w0", "w3", Flight.NO))
        found = report.gather(
            journey(*told, claims=(to_a_stop, whole)), Settings(draws=500)
        ).claims[1]
        assert (found.fits_in and found.fits_in.key.end) == fits, value


def test_what_was_said_of_a_lorry_is_not_tried_on_the_boat_after_it() -> None:
    told = (
        {"label": (22.9, 41.9)},
        {"label": (19.45, 41.32), **by(Mode.ROAD)},
        {"label": (17.9, 40.6), **by(Mode.SEA)},
    )
    claims = (claim(170, id="lorry"), claim(170, id="boat", scope=Scope("w1", "w2", Flight.NO)))
    lorry, boat = report.gather(journey(*told, claims=claims), Settings(draws=500)).claims
    assert boat.judgements[0].verdict is Verdict.CONSISTENT
    assert (lorry.judgements[0].verdict, lorry.fits_in) == (Verdict.IMPOSSIBLE_SHORT, None)


def test_a_number_may_fit_from_the_border_on() -> None:
    told = (
        {"label": (102.6, 17.97)},
        {"footprints": ("border:LA-TH",), "role": Role.CROSSING, "label": (101.0, 17.5)},
        {"label": (100.5, 13.75), **by(Mode.ROAD)},
        at_country("MY") | {"role": Role.REACHED},
    )
    found = report.gather(journey(*told, claims=(claim(20_000, end=1),)), Settings(draws=500))
    assert found.claims[0].fits_in is None
    assert found.claims[0].judgements[0].verdict is Verdict.ABOVE_PLAUSIBLE


def test_where_no_country_is_told_no_verdict_depends_on_where_in_it_the_way_lay() -> None:
    """Case 40: two towns whose discs overlap have a shortest way of a kilometre, and a cut by that left 34 draws."""
    towns = (
        {"label": (3.13, 42.48), "uncertainty_m": 3_000.0},
        {"label": (3.16, 42.43), "uncertainty_m": 2_000.0},
    )
    told = journey(
        *(each | by(Mode.FOOT) for each in towns), claims=(claim(15, wording=Wording.ABOUT),)
    )
    found = report.gather(told, Settings(draws=20_000))
    assert {
        each.plausible for each in found.scopes[0].sensitivities if each.alike is Alike.TAKEN
    } == {found.scopes[0].plausible}
    assert found.claims[0].firmness[0].turned_by is None
