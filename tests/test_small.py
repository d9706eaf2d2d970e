"""Journeys of a few kilometres: their maps are filled, and nothing on them is drawn finer than it is known or told."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import cache

import pytest
import shapely

from beside import whole
from escape_route.language.catalogues import languages
from escape_route.language.phrases import Phrases
from escape_route.language.view import ReportView
from escape_route.model.modes import Mode
from escape_route.publish.figure.caption import caption
from escape_route.publish.figure.ground import Ground, bar, is_soft
from escape_route.publish.figure.ruler import scale_to
from escape_route.publish.figure.scene import scene
from escape_route.publish.page import frame as frames
from escape_route.publish.page.frame import SIZE, frame_of, nearest_zoom
from escape_route.publish.page.page import _shapes
from escape_route.publish.page.payload import payload
from escape_route.publish.page.still import picture
from escape_route.publish.report import terminal
from making import at_country, by, claim, journey, reported

WALL = ((13.3957, 52.5370), (13.3925, 52.5352))
PLACES = {
    "300 m": WALL,
    "2 km inland": ((18.4, 43.848), (18.412, 43.856), (18.426, 43.859)),
    "12 km at a coast and a border": ((3.129, 42.483), (3.134, 42.442), (3.159, 42.427)),
    "12 km at 70 north": ((30.87, 69.8), (30.6, 69.77)),
    "14 km over 180": ((-179.97, -16.77), (179.92, -16.84)),
    "60 km": ((13.045, 47.8), (13.002, 47.631), (12.797, 47.325)),
}


@cache
def told(*points, radius_m=None):
    way = [{"label": point, "uncertainty_m": radius_m, **by(Mode.FOOT)} for point in points]
    return reported(journey(*way))


def map_of(report):
    shown = payload([report]).journeys[0]
    shapes = _shapes([report], shown.middle_deg)
    return shown, shapes, frame_of(shown, shapes.places)


PDI = "\N{POP DIRECTIONAL ISOLATE}"


@pytest.mark.parametrize("name", whole(PLACES, *list(PLACES)[:2]))
def test_a_journey_fills_its_map_however_short_it_is(name):
    shown, _, frame = map_of(told(*PLACES[name]))
    placed = frame.placed(
        frames.np.array([frames.beside(each.label, shown.middle_deg) for each in shown.waypoints])
    )
    assert max(frames.np.ptp(placed, axis=0)) == pytest.approx(SIZE / 1.15, abs=1)


@pytest.mark.parametrize("radius_m", [500, 8_000])
def test_what_is_known_of_each_place_lies_within_the_map(radius_m):
    _, shapes, frame = map_of(told(*PLACES["2 km inland"], radius_m=radius_m))
    window = shapely.box(0, 0, SIZE, SIZE)
    assert all(
        window.contains(shapely.transform(disc, frame.placed)) for disc in shapes.places.values()
    )


def test_a_wide_place_amid_exact_ones_is_held_by_the_map():
    one, other = PLACES["2 km inland"][:2]
    report = reported(
        journey(
            {"label": one},
            {"label": other, "uncertainty_m": 50_000, **by(Mode.FOOT)},
            {"label": one},
        )
    )
    _, shapes, frame = map_of(report)
    disc = shapely.transform(next(iter(shapes.places.values())), frame.placed)
    assert shapely.box(0, 0, SIZE, SIZE).contains(disc)


def test_the_map_goes_as_near_as_two_places_are_and_no_nearer_than_one_is_known():
    zooms = [nearest_zoom(payload([told(*points)]).journeys) for points in PLACES.values()]
    assert zooms[0] == frames.NEAREST_ZOOM
    assert frames.FARTHEST_ZOOM < zooms[-1] < zooms[2] < zooms[1] < zooms[0]
    assert (
        nearest_zoom(payload([told(*WALL, radius_m=50_000)]).journeys) <= frames.FARTHEST_ZOOM + 1
    )
    far = reported(journey({"label": (100.5, 13.75)}, {"label": (102.6, 17.97), **by(Mode.ROAD)}))
    assert nearest_zoom(payload([far]).journeys) == frames.FARTHEST_ZOOM


def test_one_point_alone_is_seen_with_what_lies_around_it():
    _, _, alone = map_of(told(WALL[0]))
    assert SIZE / alone.scale == pytest.approx(3.0 * 1.15)


def test_a_country_among_near_places_leaves_a_map_of_both():
    _, shapes, frame = map_of(
        reported(journey({"label": WALL[0]}, {"label": WALL[1]}, at_country("PL")))
    )
    country = shapely.transform(shapes.places["j", "w2"], frame.placed)
    assert shapely.box(-1, -1, SIZE + 1, SIZE + 1).contains(country)


def test_positions_are_drawn_as_finely_as_the_map_shows_them():
    shown = payload([told(*WALL)]).journeys[0]
    assert [each.label for each in shown.waypoints] == list(WALL)
    assert shown.legs[0].line[0] == WALL


def test_a_coast_is_drawn_soft_where_the_map_is_nearer_than_it_is_known_and_as_one_tone_nearer_still():
    for name, soft in {"300 m": 0, "12 km at a coast and a border": 2, "60 km": 2}.items():
        shown, shapes, _ = map_of(told(*PLACES[name]))
        drawn = picture(shown, shapes)
        assert drawn.count("<filter") == soft, name
    shown, shapes, frame = map_of(told(*WALL))
    assert frame.known > 1_000
    assert re.search(r'class="land" opacity="1.00"', picture(shown, shapes))
    far = reported(journey({"label": (100.5, 13.75)}, {"label": (102.6, 17.97), **by(Mode.ROAD)}))
    assert "<filter" not in picture(*map_of(far)[:2])


def test_around_a_small_story_the_coast_is_cut_finely_and_no_country_ends_nearer_to_its_border_than_that_is_known():
    page = payload([told(*PLACES["12 km at a coast and a border"])])
    assert page.sides_per_deg == 1000
    ring = page.sides["FR"][0]
    corners = list(
        zip(frames.np.cumsum(ring[::2]) / 1000, frames.np.cumsum(ring[1::2]) / 1000, strict=True)
    )
    ridge = shapely.Point(PLACES["12 km at a coast and a border"][1])
    assert (
        shapely.Polygon(corners).distance(ridge) > 0
    )  # on the border: nobody is said to be in France there
    assert payload([told(*PLACES["60 km"], (20.0, 48.0))]).sides_per_deg == 10


def test_a_way_that_ends_where_it_began_has_no_length():
    report = told(WALL[0], WALL[0])
    assert report.scopes[0].bound.bound_m == 0
    assert math.isfinite(payload([report]).journeys[0].scopes[0].lower_bound_km)


@pytest.mark.parametrize("language", languages())
def test_what_is_less_than_a_kilometre_is_told_in_metres(language):
    words = Phrases(language)
    metres, kilometres = words.kilometres(0.295), words.kilometres(1.4)
    assert metres == words.word("unit.m", n="295")
    assert kilometres == words.word("unit.km", n=words.marked("1.4"))
    assert metres in words.word("page.ledger_below", km=metres)
    said = [
        words.word("stated.range", low=low, high=high) for low, high in (("800", "900"), ("2", "3"))
    ]
    assert [words.range_km(*ends) for ends in ((0.8, 0.9), (2, 3))] == [
        f"{said[0]}{metres.partition('5')[2].lstrip(PDI)}",
        f"{said[1]}{kilometres.partition('4')[2].lstrip(PDI)}",
    ]


@pytest.mark.parametrize(
    ("points", "km"),
    [(WALL, 0.3), (PLACES["12 km at a coast and a border"][:2], 4.6), (PLACES["60 km"][1:], 37)],
)
def test_a_leg_has_the_digits_that_its_length_asks_for(points, km):
    assert payload([told(*points)]).journeys[0].legs[0].length_km == km


def test_a_scale_is_as_long_as_the_journey():
    assert scale_to(1.3) == pytest.approx((1.4, 0.2))
    assert scale_to(0.3) == pytest.approx((0.35, 0.05))
    assert scale_to(7_000)[1] == 1000


def test_the_terminals_scale_is_as_long_as_the_journey(capsys):
    terminal.show([reported(replace(told(*WALL).journey, claims=(claim(0.3),)))])
    said = capsys.readouterr().out
    assert re.search(r"0 +2 km\n", said)
    assert "the least that is possible is 295 m" in " ".join(said.split())


@pytest.mark.parametrize("name", PLACES)
def test_a_figure_is_filled_as_well_and_says_how_well_its_ground_is_known(name):
    view = ReportView.of(told(*PLACES[name]))
    drawn = scene(view.journey, view.legs, 1.4)
    at = frames.np.array([place.hangs[0] for place in drawn.places])
    west, south, east, north = drawn.window
    reach = frames.np.ptp(at, axis=0) / (east - west, north - south)
    assert max(reach) == pytest.approx(1 / 1.22, abs=0.01)
    assert is_soft(drawn)
    assert Phrases("en").word("figure.coarse") in caption(view, drawn, Phrases("en"))


def test_in_a_figure_no_edge_of_the_land_is_finer_than_it_is_known():
    view = ReportView.of(told(*PLACES["12 km at a coast and a border"]))
    ground = Ground(scene(view.journey, view.legs, 1.0), 400.0)
    cover, (west, _, east, _) = ground.soft_land()
    step_m = (east - west) / cover.shape[1]
    assert abs(frames.np.diff(cover, axis=1)).max() / step_m < 1 / 1_000
    assert ground.sharpness == 0
    assert "FR" in ground.countries


def test_the_bar_of_a_map_may_be_some_metres():
    view = ReportView.of(told(*WALL))
    length_km, length_pt = bar(scene(view.journey, view.legs, 1.4), 300.0, (5.0, 5.0))
    assert length_km == 0.05
    assert 30 < length_pt <= 75
