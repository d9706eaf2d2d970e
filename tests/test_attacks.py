"""An attacker who has all that was published, and knows how it was made, learns the cell of a place and no more.

Each attack is first shown to work against what is *not* protected, so that its failure afterwards
means something. What power remains is in docs/safety.md; the numbers there are computed here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import attacking
import escape_route as er
from beside import IS_LONG, PROJECT, long
from escape_route.distance import legs
from escape_route.distance.settings import Settings
from escape_route.formats import geojson
from escape_route.geography import cells, geodesic
from escape_route.protection.protect import protect
from escape_route.protection.sensitivity import CELLS
from escape_route.publish.page import page as story
from escape_route.publish.page import payload
from making import journey, reported, track
from strategies import positions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from escape_route.geography.geodesic import LonLat
    from escape_route.model.journey import Journey

SAFETY = " ".join((PROJECT / "docs" / "safety.md").read_text("utf-8").split())
WEST, EAST = (102.05, 18.05), (103.25, 18.45)  # neighbours that are published as held
TENTH = CELLS[2]


def secrets(count: int, seed: int = 7) -> list[LonLat]:
    """Places that are to stay hidden, all around 17.9 north."""
    rng = np.random.default_rng(seed)
    return [
        (round(102.4 + lon, 5), round(17.7 + lat, 5))
        for lon, lat in rng.uniform(0, 0.5, (count, 2)).tolist()
    ]


def held(secret: LonLat, **more: Any) -> Journey:
    """A hidden stop between two places that everybody knows."""
    known = {"sensitivity": 0}
    return journey({"label": WEST, **known}, {"label": secret, **more}, {"label": EAST, **known})


def error_m(estimate: LonLat, secret: LonLat) -> float:
    return geodesic.geodesic_m(estimate, secret)


def attacked(attack: Callable[[Journey], LonLat], count: int = 15) -> tuple[float, float, float]:
    """Mean error of an attack in metres: on journeys as held, on what is published, and of the published centre."""
    places = secrets(count)
    open_m = [error_m(attack(held(each)), each) for each in places]
    closed_m = [error_m(attack(protect(held(each)).journey), each) for each in places]
    centre_m = [error_m(cells.centre(each, TENTH), each) for each in places]
    return float(np.mean(open_m)), float(np.mean(closed_m)), float(np.mean(centre_m))


def from_lengths(published: Journey) -> LonLat:
    """Solve for the middle stop from the lengths of its two legs, in whole kilometres, on the side that is right."""
    west_km, east_km = (round((leg.length_m or 0) / 1000) for leg in legs.legs_of(published))
    side = published.waypoints[1].label
    lon, lat = np.meshgrid(np.linspace(102.3, 103.0, 141), np.linspace(17.6, 18.3, 141))
    at = [np.full(lon.shape, value) for value in (*WEST, *EAST)]
    away = [geodesic.distances_m(at[n], at[n + 1], lon, lat) / 1000 for n in (0, 2)]
    misfit = np.hypot(away[0] - west_km, away[1] - east_km)
    assert side is not None
    misfit[
        geodesic.distances_m(np.full(lon.shape, side[0]), np.full(lon.shape, side[1]), lon, lat)
        > 60_000
    ] = np.inf
    best = np.unravel_index(np.argmin(misfit), misfit.shape)
    return float(lon[best]), float(lat[best])


def test_leg_lengths_lead_to_the_centre_of_the_cell() -> None:
    open_m, closed_m, centre_m = attacked(from_lengths)
    assert open_m < 2_000
    assert closed_m > 0.9 * centre_m


def from_totals(published: Journey) -> LonLat:
    """Solve for the middle stop from the page's total alone, knowing the latitude of its row of cells."""
    (scope,) = payload.payload([reported(published, Settings(draws=20))]).journeys[0].scopes
    assert scope.chain_km is not None
    side = published.waypoints[1].label
    assert side is not None
    lon = np.linspace(102.3, 103.0, 701)
    row = np.full(lon.shape, side[1])
    way = sum(
        geodesic.distances_m(np.full(lon.shape, x), np.full(lon.shape, y), lon, row)
        for x, y in (WEST, EAST)
    )
    return float(lon[np.argmin(abs(way / 1000 - scope.chain_km))]), side[1]


def test_totals_lead_nowhere_for_they_have_two_digits() -> None:
    _, closed_m, centre_m = attacked(from_totals, 8)
    assert closed_m > centre_m


def test_the_mean_of_many_publications_is_the_centre_of_the_cell() -> None:
    secret = secrets(1)[0]
    published = {protect(held(secret)).journey.waypoints[1].label for _ in range(100)}
    assert published == {cells.centre(secret, TENTH)}


def test_whereas_the_mean_of_many_random_masks_finds_the_place() -> None:
    rng = np.random.default_rng(3)
    radius = np.sqrt(rng.random((200, 100)))
    turn = rng.uniform(0, 2 * np.pi, (200, 100))
    away = np.hypot((radius * np.cos(turn)).mean(axis=1), (radius * np.sin(turn)).mean(axis=1))
    assert away.mean() == pytest.approx(0.063, abs=0.01)
    assert "0.06 of the radius" in SAFETY


@settings(max_examples=60 if IS_LONG else 10)
@given(st.lists(st.integers(0, 9_999), min_size=4, max_size=4))
def test_boxes_centres_and_zooms_are_the_same_for_every_place_in_a_cell(offsets: list[int]) -> None:
    a, b, c, d = (value / 100_000 for value in offsets)
    one, other = (protect(held((102.6 + x, 17.9 + y))).journey for x, y in ((a, b), (c, d)))
    shown = [payload.payload([reported(each, Settings(draws=20))]) for each in (one, other)]
    assert shown[0] == shown[1]


def test_the_box_of_a_stop_leads_to_the_centre_of_its_cell() -> None:
    def from_box(published: Journey) -> LonLat:
        shown = payload.payload([reported(published, Settings(draws=20))])
        west, south, east, north = shown.journeys[0].waypoints[1].bbox or ()
        return (west + east) / 2, (south + north) / 2

    open_m, closed_m, centre_m = attacked(from_box, 6)
    assert open_m < 100
    assert closed_m == pytest.approx(centre_m, rel=0.05)


def test_a_page_names_no_position_between_the_cell_and_the_place() -> None:
    (secret,) = secrets(1)
    page = story.build([reported(protect(held(secret)).journey, Settings(draws=20))])
    pairs = re.findall(r"(10[23]\.\d+)[^\d-]{1,3}(1[78]\.\d+)", page)
    centre_m = error_m(cells.centre(secret, TENTH), secret)
    on_ways = {
        tuple(p)
        for leg in legs.legs_of(protect(held(secret)).journey)
        for part in leg.line
        for p in part
    }
    near = [
        (float(x), float(y))
        for x, y in pairs
        if error_m((float(x), float(y)), secret) < centre_m / 2
    ]
    assert all(min(error_m(each, way) for way in on_ways) < 9_000 for each in near)


@pytest.mark.parametrize("cut", [1, 10, 50])
def test_a_path_whose_end_is_hidden_is_not_published_at_all(cut: int) -> None:
    (secret,) = secrets(1)
    line = [
        tuple(np.round(np.array(WEST) + (np.array(secret) - WEST) * k / 200, 6).tolist())
        for k in range(201)
    ]
    told = held(secret)
    whole = replace(told, traces=(track(0, *line),))
    ahead = 2 * np.array(line[-1 - cut]) - np.array(
        line[-1 - 2 * cut]
    )  # go on as far as was cut off
    assert (
        error_m((float(ahead[0]), float(ahead[1])), secret) < 50
    )  # where a track is only cut short
    published = protect(whole).journey
    assert published.traces == ()
    assert legs.legs_of(published)[0].line[0][-1] == cells.centre(secret, TENTH)


@given(positions(-80, 80))
def test_two_publications_at_different_categories_give_the_finer_cell_and_no_more(
    position: LonLat,
) -> None:
    for coarse, fine in ((2, 3), (3, 4), (2, 4)):
        west, south, east, north = cells.bounds(position, CELLS[coarse])
        inner = cells.bounds(position, CELLS[fine])
        assert west <= inner[0] < inner[2] <= east
        assert south <= inner[1] < inner[3] <= north


@settings(max_examples=30)
@given(st.permutations(range(4)))
def test_the_order_of_a_file_is_the_order_of_the_way_and_tells_no_more(order: list[int]) -> None:
    places = [(102.61, 17.91), (102.68, 17.97), (102.63, 17.99), (102.66, 17.94)]  # all in one cell

    def written(first: LonLat, second: LonLat) -> bytes:
        told = ({"label": first}, {"label": EAST}, {"label": second}, {"label": WEST})
        return geojson.to_bytes(protect(journey(*told)).journey)

    assert written(places[order[0]], places[order[1]]) == written(
        places[order[2]], places[order[3]]
    )


def test_what_remains_is_the_cell() -> None:
    """The best that is left to an attacker who knows nothing else: the centre, some kilometres off."""
    away_m = [error_m(cells.centre(each, TENTH), each) for each in secrets(2000)]
    assert f"{np.mean(away_m) / 1000:.1f} km on average" in SAFETY
    assert (
        f"{np.mean(np.array(away_m) < 1000):.0%}".replace("%", " %") + " of the time within 1 km"
        in SAFETY
    )


@pytest.mark.parametrize(
    "place", [(102.6001, 17.9999), (102.6001, 18.0001), (102.5999, 18.0001), (102.6499, 17.9501)]
)
def test_a_place_put_right_across_an_edge_is_published_as_before(
    place: LonLat, tmp_path: Path
) -> None:
    """Two discs that both hold a place leave their overlap; one that is published twice leaves itself."""
    told = [held(each, uncertainty_m=100.0) for each in ((102.5999, 17.9999), place)]
    assert (
        len({protect(each).journey.waypoints[1].label for each in told}) == 2
    )  # without the register
    written = set()
    for each in told:
        er.Journey(each, tmp_path / "held.geojson").save_protected(tmp_path / "out.geojson")
        written.add((tmp_path / "out.geojson").read_bytes())
    assert len(written) == 1


@long
def test_no_attack_on_made_up_journeys_leaves_less_than_a_quarter_of_a_cell() -> None:
    """The short form of `make attacks`: each works against what was published before, and not against what is now."""
    taken = attacking.run(10, seed=2)
    assert len(taken[attacking.WHOLE].after) >= 9
    for name, each in taken.items():
        assert min(each.after.values(), default=1.0) >= 0.25, name
    weak = {"names of countries", "a travelled claim", attacking.WHOLE}
    assert all(min(taken[name].before) < 0.25 for name in taken.keys() - weak)
