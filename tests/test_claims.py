"""Verdicts on stated numbers: methods.md, section 4."""

from __future__ import annotations

import pytest

from escape_route.distance.plausible import Interval
from escape_route.distance.verdicts import (
    STRICT,
    Measures,
    Verdict,
    contradictions,
    judge,
    last_digit,
    slack_m,
    value_m,
    walked_km,
    weigh,
)
from escape_route.model.journey import Scope
from escape_route.model.modes import Mode
from escape_route.model.units import Quantity
from escape_route.model.vocabulary import Counts, Flight, Wording
from making import claim

KM = 1_000
#: Bound 3,400 km, chain 4,000 km, median 5,000 km, 95 % from 4,200 to 7,000 km.
SCOPE = Measures(3_400 * KM, 4_000 * KM, Interval(5_000 * KM, 4_600 * KM, 5_600 * KM, 4_200 * KM, 7_000 * KM))
LONGER = Measures(6_100 * KM, 7_000 * KM, Interval(8_500 * KM, 8_000 * KM, 9_000 * KM, 7_300 * KM, 10_500 * KM))


def judged(value: float, measures: Measures | None = SCOPE, other: Measures | None = None, **stated: object):
    return judge(claim(value, **stated), measures, other, counts_flight=False, reason="untold")


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        (12_000, 1_000),
        (4_000, 1_000),
        (4_020, 10),
        (4_021, 1),
        (100, 100),
        (7, 1),
        (1.25, 0.01),
        (0.5, 0.1),
        (1e6, 1e6),
    ],
)
def test_the_unit_of_a_number_is_that_of_its_last_digit_that_is_not_0(value: float, unit: float) -> None:
    assert last_digit(value) == unit


@pytest.mark.parametrize(
    ("wording", "low_km", "high_km"),
    [
        (Wording.EXACT, 11_500, 12_500),
        (Wording.ABOUT, 11_000, 13_000),
        (Wording.NEARLY, 11_000, 12_000),
        (Wording.OVER, 12_000, 13_000),
    ],
)
def test_each_wording_has_its_slack(wording: Wording, low_km: float, high_km: float) -> None:
    assert slack_m(claim(12_000, wording=wording)) == (low_km * KM, high_km * KM)


@pytest.mark.parametrize(("value", "low_km", "high_km"), [(4_020, 4_015, 4_025), (100, 50, 150), (12.5, 12.45, 12.55)])
def test_slack_is_half_the_unit_of_the_last_digit(value: float, low_km: float, high_km: float) -> None:
    assert slack_m(claim(value)) == pytest.approx((low_km * KM, high_km * KM))


def test_slack_never_goes_below_nothing() -> None:
    assert slack_m(claim(100, wording=Wording.NEARLY)) == (0, 100 * KM)


@pytest.mark.parametrize(("unit", "metres"), [("m", 1), ("km", 1_000), ("mi", 1_609.344), ("nmi", 1_852), ("li", 500)])
def test_units_are_those_of_the_international_mile_the_nautical_mile_and_the_half_kilometre_li(
    unit: str, metres: float
) -> None:
    assert value_m(claim(3, unit=unit)) == 3 * metres
    assert slack_m(claim(3, unit=unit)) == pytest.approx((2.5 * metres, 3.5 * metres))


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (2_000, Verdict.IMPOSSIBLE_SHORT),
        (3_390, Verdict.IMPOSSIBLE_SHORT),
        (3_400, Verdict.BELOW_PLAUSIBLE),
        (4_100, Verdict.BELOW_PLAUSIBLE),
        (4_200, Verdict.CONSISTENT),
        (5_000, Verdict.CONSISTENT),
        (7_000, Verdict.CONSISTENT),
        (7_400, Verdict.ABOVE_PLAUSIBLE),
        (12_000, Verdict.ABOVE_PLAUSIBLE),
    ],
)
def test_a_stated_distance_gets_its_verdict(value: float, verdict: Verdict) -> None:
    assert judged(value).verdict is verdict


def test_what_meets_the_interval_by_its_slack_is_consistent() -> None:
    """Nearly 5,000 is 4,000 to 5,000; about 8,000 is 7,000 to 9,000; exactly 8,000 is 7,500 to 8,500."""
    assert judged(5_000, wording=Wording.NEARLY).verdict is Verdict.CONSISTENT
    assert judged(8_000, wording=Wording.ABOUT).verdict is Verdict.CONSISTENT
    assert judged(8_000).verdict is Verdict.ABOVE_PLAUSIBLE


@pytest.mark.parametrize(
    ("high_m", "verdict"),
    [
        (SCOPE.bound_m - 1, Verdict.IMPOSSIBLE_SHORT),
        (SCOPE.bound_m, Verdict.BELOW_PLAUSIBLE),
        (SCOPE.plausible.low95_m - 1, Verdict.BELOW_PLAUSIBLE),
        (SCOPE.plausible.low95_m, Verdict.CONSISTENT),
    ],
)
def test_the_edges_of_the_verdicts_are_sharp(high_m: float, verdict: Verdict) -> None:
    assert weigh(0, high_m, SCOPE) is verdict


def test_only_what_starts_beyond_the_interval_is_above_it() -> None:
    assert weigh(7_000 * KM, 9_000 * KM, SCOPE) is Verdict.CONSISTENT
    assert weigh(7_000 * KM + 1, 9_000 * KM, SCOPE) is Verdict.ABOVE_PLAUSIBLE


def test_what_would_have_to_be_true_is_said_in_numbers() -> None:
    found = judged(12_000)
    assert found.edge_m == (11_500 - 7_000) * KM
    assert (found.ratio, found.factor, found.factor_plausible) == pytest.approx((2.4, 3.0, 1.25))


def test_what_is_short_lacks_the_way_to_the_nearer_edge() -> None:
    assert judged(3_000).edge_m == (4_200 - 3_500) * KM
    assert judged(5_000).edge_m == 0


def test_no_factor_is_made_of_a_chain_of_no_length() -> None:
    nothing = Measures(0.0, 0.0, Interval(0, 0, 0, 0, 0))
    found = judged(12_000, nothing)
    assert (found.verdict, found.ratio, found.factor) == (Verdict.ABOVE_PLAUSIBLE, None, None)


@pytest.mark.parametrize(
    ("value", "unit", "slip"),
    [(12_000, "km", "li"), (3_000, "km", "mi"), (2_300, "km", "nmi"), (5_000, "mi", "km"), (50, "km", None)],
)
def test_a_slip_of_the_unit_is_named_where_it_would_close_the_gap(value: float, unit: str, slip: str | None) -> None:
    assert judged(value, unit=unit).unit_slip == slip


def test_what_is_consistent_needs_no_slip() -> None:
    assert judged(5_000).unit_slip is None


def test_the_flight_is_judged_the_other_way_too() -> None:
    assert judged(9_000, SCOPE, LONGER).other_flight is Verdict.CONSISTENT
    assert judged(9_000, LONGER, SCOPE).other_flight is Verdict.ABOVE_PLAUSIBLE
    assert judged(9_000).other_flight is None


@pytest.mark.parametrize("counts", [Counts.SUM, Counts.AVERAGE, Counts.NETWORK])
def test_what_is_not_one_journey_is_not_compared(counts: Counts) -> None:
    found = judged(12_000, counts=counts)
    assert (found.verdict, found.reason, found.ratio) == (Verdict.NOT_COMPARABLE, counts.value, None)


def test_without_measures_nothing_can_be_weighed_and_it_is_said_why() -> None:
    found = judged(12_000, None)
    assert (found.verdict, found.reason, found.edge_m) == (Verdict.INSUFFICIENT, "untold", 0)


def test_strict_fails_on_what_cannot_be_and_on_what_is_not_plausible() -> None:
    assert {Verdict.IMPOSSIBLE_SHORT, Verdict.BELOW_PLAUSIBLE, Verdict.ABOVE_PLAUSIBLE} == STRICT


def scoped(name: str, value: float, flight: Flight = Flight.NO, end: str = "w1", **stated: object):
    return claim(value, id=name, scope=Scope("w0", end, flight), **stated)


def test_claims_on_one_scope_whose_ranges_do_not_meet_contradict_each_other() -> None:
    found = contradictions([scoped("a", 12_000), scoped("b", 5_000, wording=Wording.NEARLY), scoped("c", 12_300)])
    assert found == [("a", "b"), ("b", "c")]


@pytest.mark.parametrize(
    ("flight", "other", "against"),
    [
        (Flight.YES, Flight.NO, False),
        (Flight.YES, Flight.UNKNOWN, True),
        (Flight.UNKNOWN, Flight.NO, True),
        (Flight.NO, Flight.NO, True),
    ],
)
def test_claims_with_and_without_the_flight_do_not_contradict(flight: Flight, other: Flight, *, against: bool) -> None:
    found = contradictions([scoped("a", 12_000, flight), scoped("b", 4_000, other)])
    assert bool(found) is against


def test_claims_on_other_scopes_of_other_kinds_or_of_sums_do_not_contradict() -> None:
    others = [scoped("b", 100, end="w2"), scoped("c", 50, quantity=Quantity.BROKERS), scoped("d", 9, counts=Counts.SUM)]
    assert contradictions([scoped("a", 12_000), *others]) == []


def test_ten_hours_over_three_mountains_are_15_to_30_km() -> None:
    """Issue 3: at 1.5 to 3 km an hour."""
    assert walked_km(claim(10, quantity=Quantity.DURATION, unit="h", mode=Mode.FOOT_WILD)) == (15, 30)


def test_six_hours_on_paths_are_walked_at_the_speed_of_paths() -> None:
    assert walked_km(claim(6, quantity=Quantity.DURATION, unit="h", mode=Mode.FOOT)) == (18, 30)


def test_nothing_is_computed_from_days_of_which_the_hours_are_not_said() -> None:
    assert walked_km(claim(2, quantity=Quantity.DURATION, unit="d", mode=Mode.FOOT)) is None


@pytest.mark.parametrize(
    "stated",
    [
        {"quantity": Quantity.DURATION, "unit": "h", "mode": Mode.ROAD},
        {"quantity": Quantity.DURATION, "unit": "h"},
        {"quantity": Quantity.BROKERS, "unit": None, "mode": Mode.FOOT},
    ],
    ids=["by road", "no mode", "not a duration"],
)
def test_nothing_is_computed_where_no_speed_is_judged(stated: dict) -> None:
    assert walked_km(claim(10, **stated)) is None
