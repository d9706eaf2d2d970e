"""Stated durations against kilometres, and stated parts against totals: verdicts.md, section 6."""

from __future__ import annotations

import math

import pytest

from escape_route.distance import report
from escape_route.distance.durations import Kept, comes_to_km
from escape_route.distance.hints import PartsSum, sum_against
from escape_route.distance.settings import Settings
from escape_route.model.journey import ModeShare, Scope
from escape_route.model.modes import Mode, ModesAre
from escape_route.model.units import Quantity
from escape_route.model.vocabulary import Counts, Flight, Status, Wording
from making import by, claim, journey

#: A way of 15 km and one of 300 km, both due north.
START, NEAR, FAR = {"label": (10.0, 50.0)}, {"label": (10.0, 50.1348)}, {"label": (10.0, 52.69)}


def stated(value: float, unit: str = "h", **more: object):
    return claim(value, quantity=Quantity.DURATION, unit=unit, **more)


def needed(told: dict, duration, *before: dict, beside: tuple = ()):
    found = report.gather(
        journey(START, *before, told, claims=(duration, *beside)), Settings(draws=500)
    )
    return found.claims[0].needed


def test_ten_hours_for_some_twenty_kilometres_are_two_an_hour() -> None:
    """15 km as the crow flies are 17 to 40 in the wild: 10 hours are 1.7 to 4 km/h, and 1.5 to 3 are kept up."""
    found = needed(NEAR | by(Mode.FOOT_WILD), stated(10))
    assert found.per == "h"
    assert found.needed_km == pytest.approx(
        (found.way.low95_m / 1000 / 10.5, found.way.high95_m / 1000 / 9.5)
    )
    assert 1.5 < found.needed_km[0] < 2 < found.needed_km[1] < 6
    assert (found.kept_km, found.kept) == (pytest.approx((1.5, 3.0)), Kept.KEPT_UP)


@pytest.mark.parametrize(
    ("hours", "kept"), [(2, Kept.FASTER), (4, Kept.KEPT_UP), (60, Kept.SLOWER)]
)
def test_a_duration_is_held_against_what_people_keep_up(hours: float, kept: Kept) -> None:
    assert needed(NEAR | by(Mode.FOOT), stated(hours)).kept is kept


@pytest.mark.parametrize(("days", "kept"), [(0.2, Kept.FASTER), (0.6, None), (2, Kept.KEPT_UP)])
def test_to_a_vague_place_only_what_is_too_fast_for_its_nearest_point_is_faster(
    days: float, kept: Kept | None
) -> None:
    """A disc of 100 km whose edge is 15 km away: most of it is farther than one walks in half a day, and not all."""
    vague = {"label": (10.0, 51.034), "uncertainty_m": 100_000.0}
    assert needed(vague | by(Mode.FOOT), stated(days, "d")).kept is kept


def test_days_nights_weeks_and_months_are_told_in_kilometres_a_day() -> None:
    found = [
        needed(FAR | by(Mode.FOOT), stated(value, unit))
        for value, unit in ((14, "d"), (14, "night"), (2, "week"))
    ]
    assert {each.per for each in found} == {"d"}
    assert found[0].needed_km == found[1].needed_km == pytest.approx(found[2].needed_km, rel=0.05)
    assert found[0].kept is Kept.KEPT_UP
    assert needed(FAR | by(Mode.FOOT), stated(6, "month")).kept is Kept.SLOWER
    assert needed(FAR | by(Mode.FOOT), stated(3, "d")).kept is Kept.FASTER


def test_words_leave_an_end_open() -> None:
    assert needed(FAR | by(Mode.FOOT), stated(14, "d", wording=Wording.OVER)).needed_km[0] == 0
    assert math.isinf(
        needed(FAR | by(Mode.FOOT), stated(14, "d", wording=Wording.UNDER)).needed_km[1]
    )


def test_several_modes_are_taken_one_after_the_other_and_alternatives_from_the_slowest_to_the_fastest() -> (
    None
):
    parts = tuple(ModeShare(mode, 0.5, Status.REPORTED) for mode in (Mode.FOOT, Mode.ROAD))
    found = needed(FAR | {"modes": parts, "modes_are": ModesAre.PARTS}, stated(5, "d"))
    assert found.kept_km == pytest.approx((2 / (1 / 10 + 1 / 100), 2 / (1 / 40 + 1 / 900)))
    found = needed(FAR | {"modes": parts}, stated(5, "d"))
    assert found.kept_km == pytest.approx((10, 900))


def test_no_speed_is_judged_of_a_way_of_which_no_mode_is_told() -> None:
    found = needed(FAR, stated(5, "d"))
    assert (found.kept_km, found.kept) == (None, None)
    assert found.needed_km[0] > 0


def test_a_duration_of_one_mode_is_not_set_against_a_way_gone_otherwise() -> None:
    assert needed(FAR | by(Mode.ROAD), stated(10, mode=Mode.FOOT_WILD)) is None
    assert needed(FAR | by(Mode.FOOT), stated(10, mode=Mode.FOOT)) is not None


def test_nothing_is_needed_where_nothing_was_measured_or_the_way_has_no_length() -> None:
    assert needed({}, stated(10)) is None
    assert needed(START | by(Mode.FOOT), stated(10)) is None


def leg(value: float, start: int = 0, end: int = 1, **more: object):
    return part(f"d{start}", start, end, value, **more)


@pytest.mark.parametrize(
    ("told_km", "kept"), [(500, Kept.FASTER), (60, Kept.KEPT_UP), (20, Kept.SLOWER)]
)
def test_days_are_weighed_by_the_length_that_was_told_of_the_leg_and_not_by_its_places(
    told_km: float, kept
) -> None:
    """300 km by the places in three days are faster than people walk; 60 km that were told are not."""
    found = needed(FAR | by(Mode.FOOT), stated(3, "d"), beside=(leg(told_km),))
    assert (found.kept, [each.value for each in found.told], found.way) == (kept, [told_km], None)
    assert found.needed_km == pytest.approx(
        (told_km * 0.95 / 3.15, told_km * 1.05 / 2.85), rel=0.05
    )


def test_a_told_length_needs_no_places_and_leaves_an_end_open_where_its_words_do() -> None:
    for told in ({}, START):
        found = needed(
            told | by(Mode.FOOT), stated(3, "d"), beside=(leg(60, wording=Wording.OVER),)
        )
        assert (found.kept_km, found.kept) == (pytest.approx((10, 40)), Kept.KEPT_UP)
        assert math.isinf(found.needed_km[1])


def test_parts_that_were_told_over_the_whole_way_stand_for_it_and_half_of_it_does_not() -> None:
    way = NEAR | by(Mode.FOOT)
    days = stated(3, "d", scope=Scope("w0", "w2", Flight.NO))
    both = needed(FAR | by(Mode.FOOT), days, way, beside=(leg(20), leg(40, 1, 2)))
    assert both.needed_km == pytest.approx((18, 23), rel=0.05)
    assert needed(FAR | by(Mode.FOOT), days, way, beside=(leg(20),)).told == ()
    whole = needed(
        FAR | by(Mode.FOOT), days, way, beside=(leg(20), leg(40, 1, 2), part("t", 0, 2, 90))
    )
    assert [each.id for each in whole.told] == ["t"]


def test_a_length_that_was_told_of_a_part_or_by_another_mode_is_none_of_the_way() -> None:
    for counts in (Counts.PART, Counts.SUM):
        assert (
            needed(FAR | by(Mode.FOOT), stated(3, "d"), beside=(leg(20, counts=counts),)).told == ()
        )


@pytest.mark.parametrize(
    ("value", "unit", "mode", "more", "comes_to"),
    [
        (10, "h", Mode.FOOT_WILD, {}, (15, 30)),
        (6, "h", Mode.FOOT, {}, (18, 30)),
        (28, "d", Mode.FOOT, {}, (280, 1_120)),
        (4, "night", Mode.FOOT_WILD, {}, (20, 100)),
        (10, "h", Mode.FOOT_WILD, {"value_to": 12}, (15, 36)),
        (10, "h", Mode.UNKNOWN, {}, None),
        (10, "h", None, {}, None),
    ],
)
def test_a_duration_comes_to_kilometres_by_its_mode(
    value: float, unit: str, mode, more: dict, comes_to
) -> None:
    """Issue 3: ten hours over three mountains are 15 to 30 km, at 1.5 to 3 km an hour."""
    assert comes_to_km(stated(value, unit, mode=mode, **more)) == comes_to


# parts


def way(*claims):
    return journey(START, NEAR, FAR, {"label": (10.0, 55.0)}, claims=claims)


def part(name: str, start: int, end: int, value: float, **more: object):
    flight = more.pop("flight", Flight.NO)
    return claim(value, id=name, scope=Scope(f"w{start}", f"w{end}", flight), **more)


def test_parts_of_polybius_do_not_add_up_to_his_total_and_its_roundness_covers_that() -> None:
    """Histories 3.39: 3,000 + 2,600 + 1,600 + 1,200 stadia are 8,400; he says about 9,000."""
    unit = {"unit": "stadion_polybius"}
    parts = (
        part("a", 0, 1, 3_000, **unit),
        part("b", 1, 2, 2_600, **unit),
        part("c", 2, 3, 2_800, **unit),
    )
    total = part("t", 0, 3, 9_000, wording=Wording.ABOUT, **unit)
    assert sum_against(total, way(*parts, total)) == PartsSum(
        ("a", "b", "c"), pytest.approx((8_400, 8_400)), is_covered=True
    )


@pytest.mark.parametrize(
    ("value", "covered"), [(300, None), (301, True), (304, False), (340, False)]
)
def test_parts_that_add_up_are_not_told(value: float, *, covered: bool | None) -> None:
    total = part("t", 0, 2, value)
    found = sum_against(total, way(part("a", 0, 1, 101), part("b", 1, 2, 199), total))
    assert (found and found.is_covered) == covered


def test_parts_in_other_units_are_added_in_that_of_the_total() -> None:
    total = part("t", 0, 2, 500, unit="mi")
    found = sum_against(total, way(part("a", 0, 1, 100, unit="mi"), part("b", 1, 2, 161), total))
    assert found is not None
    assert found.sum_of == pytest.approx((200.04, 200.04), abs=0.01)


def test_only_parts_that_follow_one_another_over_the_whole_scope_count() -> None:
    total = part("t", 0, 3, 900)
    for parts in ([(0, 1), (1, 2)], [(0, 1), (2, 3)], [(0, 3)], [(0, 2), (1, 3)]):
        claims = [part(f"p{number}", *ends, 100) for number, ends in enumerate(parts)]
        assert sum_against(total, way(*claims, total)) is None


def test_a_part_of_another_kind_is_none() -> None:
    total = part("t", 0, 2, 900)
    first = part("a", 0, 1, 100)
    for other in (
        {"counts": Counts.SUM},
        {"quantity": Quantity.DURATION, "unit": "h"},
        {"flight": Flight.YES},
    ):
        assert sum_against(total, way(first, part("b", 1, 2, 100, **other), total)) is None
    assert (
        sum_against(total, way(first, part("b", 1, 2, 100, flight=Flight.UNKNOWN), total))
        is not None
    )


def test_days_add_up_as_kilometres_do() -> None:
    days = {"quantity": Quantity.DURATION, "unit": "d"}
    total = part("t", 0, 2, 5, **days)
    rest = part("b", 1, 2, 4, **days)
    found = sum_against(
        total, way(part("a", 0, 1, 2, quantity=Quantity.DURATION, unit="week"), rest, total)
    )
    assert found is not None
    assert found.sum_of == pytest.approx((18, 18))
    hours = part("a", 0, 1, 48, quantity=Quantity.DURATION, unit="h")
    assert sum_against(total, way(hours, rest, total)) is None


def test_a_range_or_an_open_end_that_holds_the_sum_is_no_contradiction() -> None:
    parts = part("a", 0, 1, 101), part("b", 1, 2, 199)
    for total in (part("t", 0, 2, 250, wording=Wording.OVER), part("t", 0, 2, 290, value_to=310)):
        assert sum_against(total, way(*parts, total)) is None
