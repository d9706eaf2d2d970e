"""The meridian that a page's map is drawn around: that of the smallest arc which holds the way as it went."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
import shapely

from escape_route.geography import geodesic
from escape_route.publish.page import frame
from making import journey

FIJI, SAMOA, SEOUL, LOS_ANGELES = (178.4, -18.1), (-171.8, -13.8), (127.0, 37.6), (-118.2, 34.1)
MANILA, SAN_FRANCISCO, SYDNEY, SANTIAGO = (
    (121.0, 14.6),
    (-122.4, 37.8),
    (151.2, -33.9),
    (-70.7, -33.5),
)
LISBON, NEW_YORK, PARIS, TOKYO = (-9.1, 38.7), (-74.0, 40.7), (2.4, 48.9), (139.7, 35.7)


def view(*places: tuple[float, float]) -> Any:
    """What is read of a journey's report: its places, and the lines between them."""
    told = journey(*({"label": place} for place in places))
    legs = [
        SimpleNamespace(line=geodesic.geodesic_line(*ends, 100_000)) for ends in pairwise(places)
    ]
    return SimpleNamespace(journey=told, legs=legs)


@pytest.mark.parametrize(
    ("places", "middle_deg"),
    [
        ((FIJI, SAMOA), 183.3),
        ((SEOUL, LOS_ANGELES), 184.4),
        ((MANILA, SAN_FRANCISCO), 179.3),
        ((SYDNEY, SANTIAGO), 220.2),
        ((LISBON, NEW_YORK), 0.0),
        ((TOKYO, PARIS, LOS_ANGELES), 10.7),  # as it went, though the Pacific lies nearer
        ((TOKYO, LOS_ANGELES, PARIS, TOKYO), 0.0),  # round the world
        (((180.0, -16.0), (179.9, -16.5)), 179.95),
        (((176.0, -39.0),), 176.0),  # its map would show what lies beyond 180
        (((172.0, -43.0),), 0.0),
    ],
)
def test_the_map_is_drawn_around_the_middle_of_the_way_as_it_went(places, middle_deg) -> None:
    found = frame.middle_of([view(*places)])
    assert found % 360 == pytest.approx(middle_deg % 360, abs=0.06)


def test_a_shape_that_180_degrees_cut_in_two_is_whole_again() -> None:
    halves = shapely.union_all([shapely.box(177, -20, 180, -16), shapely.box(-180, -20, -178, -16)])
    assert frame.turned(halves, 180.0).equals(shapely.box(177, -20, 182, -16))
    assert frame.turned(halves, 0.0) is halves
