"""The order of a journey on the map: darts from place to place, which are no way and show no crossing."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import Point, Polygon, box

import payloads
from escape_route.geography import base
from escape_route.publish.page import order
from escape_route.publish.page.page import _shapes
from escape_route.publish.page.payload import payload
from making import checked

BY_AIR = [{"mode": "flight", "weight": 1.0, "status": "reported"}]


def area(number: int, **more: Any) -> dict[str, Any]:
    """A place told as an area: no point of it was published."""
    return payloads.waypoint(number, f"P{number}", pin=False, label=None, bbox=None, **more)


def drawn(
    shapes: list[Any], legs: list[dict[str, Any]] | None = None, **more: Any
) -> tuple[order.Dart, ...]:
    """Darts of a journey through areas, in the order given; None is a withheld place."""
    waypoints = [area(n, withheld=shape is None) for n, shape in enumerate(shapes)]
    told = legs or [payloads.leg(n, [], vague=True) for n in range(len(shapes) - 1)]
    hung = [
        point
        | {
            "hang": None
            if shape is None
            else [shape.representative_point().x, shape.representative_point().y]
        }
        for point, shape in zip(waypoints, shapes, strict=True)
    ]
    journey = payloads.payload(payloads.journey(waypoints=hung, legs=told, **more)).journeys[0]
    return order.darts(
        journey, {("small", f"w{n}"): shape for n, shape in enumerate(shapes) if shape is not None}
    )


def ways(darts: tuple[order.Dart, ...]) -> np.ndarray:
    """From tail to tip, (lon, lat) in degrees."""
    return np.array([np.subtract(dart.outline[3], dart.outline[0]) for dart in darts])


WEST, MIDDLE, EAST = box(0, 0, 6, 6), box(6, 0, 12, 6), box(12, 0, 18, 6)


def test_within_each_area_they_point_from_the_one_before_to_the_one_after() -> None:
    darts = drawn([WEST, MIDDLE, EAST])
    assert len(darts) >= 6
    assert (ways(darts)[:, 0] > 0).all()
    for shape in (WEST, MIDDLE, EAST):
        assert any(shape.contains(Polygon(dart.outline)) for dart in darts)
    back = drawn([EAST, MIDDLE, WEST])
    assert (ways(back)[:, 0] < 0).all()


def test_none_lies_across_a_border_or_on_a_label_point() -> None:
    shapes = [WEST, MIDDLE, EAST]
    for dart in drawn(shapes):
        outline = Polygon(dart.outline)
        assert sum(shape.intersects(outline) for shape in shapes) == 1
        assert min(outline.distance(shape.representative_point()) for shape in shapes) > 0


def test_areas_that_lie_apart_are_joined_from_edge_to_edge() -> None:
    first, last = Point(0, 0).buffer(1), Point(10, 0).buffer(1)
    darts = drawn([first, last])
    assert (ways(darts)[:, 0] > 0).all()
    between = [dart for dart in darts if not first.union(last).intersects(Polygon(dart.outline))]
    assert len(between) >= 3


def test_by_land_none_lies_over_the_sea_between_two_places_on_land() -> None:
    sicily, rome, milan = (
        Point(at).buffer(0.1) for at in ((14.8, 36.95), (12.5, 41.9), (9.19, 45.46))
    )
    assert {""} == set(base.countries_at(np.array([[13.6, 39.4]]))), "the sea lies between"
    outlines = [dart.outline for dart in drawn([sicily, rome, milan])]
    assert outlines
    assert all("" not in base.countries_at(np.array(outline)) for outline in outlines)


def test_one_that_lies_within_the_next_leads_out_of_itself() -> None:
    inner, outer = Point(10, 10).buffer(1), box(0, 0, 20, 20)
    darts = drawn([inner, outer])
    middles = np.array([np.mean([dart.outline[0], dart.outline[3]], axis=0) for dart in darts])
    outward = (ways(darts) * (middles - [10, 10])).sum(axis=1)
    assert len(darts) > 3
    assert (outward > 0).all()


def test_a_way_back_is_drawn_both_ways_and_apart() -> None:
    darts = drawn([WEST, MIDDLE, WEST])
    east = ways(darts)[:, 0] > 0
    assert 0 < east.sum() < len(darts)
    outlines = [Polygon(dart.outline) for dart in darts]
    assert not any(
        one.intersects(other) for n, one in enumerate(outlines) for other in outlines[:n]
    )


@pytest.mark.parametrize("gap", ["withheld", "untold"])
def test_none_leads_to_or_from_what_is_withheld_or_untold(gap: str) -> None:
    if gap == "withheld":
        assert drawn([WEST, None, EAST]) == ()
    else:
        assert drawn([WEST, EAST], [payloads.leg(0, [], vague=True, told=False)]) == ()


def test_with_words_of_care_there_are_none_but_there_and_back() -> None:
    assert drawn([WEST, MIDDLE], care={"en": "Care."}) == ()
    there, back = drawn([WEST, MIDDLE], care={"en": "Care."}, outcome="turned_back")
    assert (np.diff(ways((there, back)), axis=0)[:, 0] < 0).all()
    assert ways((there, back)).sum(axis=0) == pytest.approx([0, 0], abs=0.05)
    assert all(MIDDLE.contains(Polygon(dart.outline)) for dart in (there, back))


def test_who_arrived_did_not_go_back() -> None:
    untold = [payloads.leg(0, [], vague=True, told=False)]
    assert drawn([WEST, MIDDLE], untold) == ()
    assert len(drawn([WEST, MIDDLE], untold, outcome="captured_and_returned")) == 2
    assert drawn([WEST, None], untold, outcome="captured_and_returned") == ()


def test_through_the_air_they_bow_and_are_hollow() -> None:
    darts = drawn([WEST, box(40, 0, 46, 6)], [payloads.leg(0, [], vague=True, modes=BY_AIR)])
    assert {dart.over for dart in darts} == {True}
    heights = np.array([dart.outline[3][1] for dart in darts])
    assert abs(heights - 3).max() > 4, "and not the straight line"


def test_over_the_antimeridian_they_go_the_short_way() -> None:
    darts = drawn([box(110, -30, 160, 10), box(-160, -30, -110, 10)])
    assert darts
    assert all(abs(lon) >= 110 for dart in darts for lon, _ in dart.outline)
    turned = (ways(darts)[:, 0] + 180) % 360 - 180
    assert (turned > 0).all()


def test_a_line_between_points_has_one_dart_past_its_middle() -> None:
    points = [payloads.waypoint(n, f"P{n}", label=[float(4 * n), 0.0]) for n in range(2)]
    legs = [payloads.leg(0, [[0, 0], [4, 0]])]
    journey = payloads.payload(payloads.journey(waypoints=points, legs=legs)).journeys[0]
    (dart,) = order.darts(journey, {})
    assert np.mean([dart.outline[0][0], dart.outline[3][0]]) == pytest.approx(2.4, abs=0.05)


def test_twenty_stops_have_no_more_darts_than_a_reader_can_take() -> None:
    discs = [Point(3 * n, (n % 3) * 2).buffer(0.4) for n in range(20)]
    assert 10 <= len(drawn(discs)) <= 120


@pytest.mark.parametrize("name", ["ro-family", "lee-so-yeon", "lee-son"])
def test_of_the_shipped_journeys_none_runs_through_a_label_point(name: str) -> None:
    report = checked(name)
    shown, shapes = payload([report]).journeys[0], _shapes([report])
    darts = order.darts(shown, shapes.places)
    hangs = [
        Point(each.label or each.hang)
        for each in shown.waypoints
        if (each.label or each.hang) and not each.pin
    ]
    assert bool(darts) == (name != "lee-so-yeon"), "of hers the way is not told"
    assert all(Polygon(dart.outline).distance(hang) > 0.2 for dart in darts for hang in hangs)


def test_the_family_goes_from_the_north_east_to_the_south_west_and_back_by_air() -> None:
    report = checked("ro-family")
    shown, shapes = payload([report]).journeys[0], _shapes([report])
    china = shapely.make_valid(shapes.places["ro-family", "ro-3"])
    darts = order.darts(shown, shapes.places)
    inside = tuple(
        dart for dart in darts if china.contains(Point(dart.outline[3])) and not dart.over
    )
    assert (ways(inside)[:, 1] < 0).mean() > 0.9
    by_air = tuple(dart for dart in darts if dart.over)
    assert (ways(by_air)[:, 1] > 0).all()
    thailand, korea = (shapely.make_valid(shapes.places["ro-family", f"ro-{n}"]) for n in (7, 8))
    assert thailand.contains(Polygon(by_air[0].outline)), "it begins there"
    assert not thailand.intersects(Polygon(by_air[1].outline))
    assert korea.contains(Point(by_air[-1].outline[3])), "and ends where they came to"


@pytest.mark.parametrize(
    "first", [WEST, Point(0, 3).buffer(0.5), Point(0, 3)], ids=["area", "small", "point"]
)
@pytest.mark.parametrize(
    "last", [box(40, 0, 46, 6), Point(46, 3).buffer(0.5)], ids=["area", "small"]
)
def test_through_the_air_they_begin_and_end_at_their_own_places_and_without_a_gap(
    first: Any, last: Any
) -> None:
    darts = drawn([first, last], [payloads.leg(0, [], vague=True, modes=BY_AIR)])
    tails, tips = ([Point(dart.outline[n]) for dart in darts] for n in (0, 3))
    assert first.distance(tails[0]) < 0.1
    assert last.distance(tips[-1]) < 0.1
    assert [each.distance(first) > 0 for each in tails[1:]] == [True] * (len(darts) - 1)
    longest = max(tail.distance(tip) for tail, tip in zip(tails, tips, strict=True))
    assert max(tip.distance(tail) for tip, tail in zip(tips, tails[1:], strict=False)) < longest / 2


def test_what_is_too_short_to_be_read_is_left_out() -> None:
    darts = drawn([WEST, box(6, 0, 6.4, 0.4), box(30, 0, 36, 6)])
    assert darts
    assert np.hypot(*ways(darts).T).min() > 0.04 * 36
    apart = [Point(0, 0).buffer(0.1), Point(0.9, 0).buffer(0.1), Point(30, 0).buffer(0.1)]
    legs = [payloads.leg(n, [], vague=True, modes=BY_AIR) for n in range(2)]
    assert min(dart.outline[0][0] for dart in drawn(apart, legs)) > 0.7, "from the second on"


def test_each_dart_is_one_outline_on_the_map_and_in_the_first_view() -> None:
    report = checked("ro-family")
    found = order.of(payload([report]).journeys[0], _shapes([report]).places)
    assert set(found) <= {f"order s{n}{over}" for n in (1, 2, 3) for over in ("", " over")}
    assert all(
        dataclasses.is_dataclass(dart) and len(dart.outline) == 6
        for kind in found.values()
        for dart in kind
    )
