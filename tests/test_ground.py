"""How rough the ground under a straight line is, and what the check makes of it."""

from __future__ import annotations

import numpy as np
import pytest

from escape_route.distance import plausible
from escape_route.distance.settings import Settings
from escape_route.geography import ellipsoid, ground
from escape_route.model.journey import ModeShare
from escape_route.model.modes import Mode
from escape_route.model.vocabulary import Status
from making import journey


def under(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Roughness between two places, (lon, lat) in degrees."""
    ends = (ellipsoid.on_sphere(np.array([each])) for each in (one, other))
    return float(ground.roughness(*ends)[0])


def test_the_alps_are_rougher_than_hills_and_these_than_a_plain() -> None:
    """Innsbruck to Chur, Nuremberg to Würzburg, Berlin to Hamburg: 600 to 900 m, about 100 m, under 40 m."""
    alps, hills, plain = (
        under((11.39, 47.27), (9.53, 46.85)),
        under((11.08, 49.45), (9.93, 49.79)),
        under((13.4, 52.5), (10.0, 53.55)),
    )
    assert np.log(6) < alps < np.log(9)
    assert abs(hills) < np.log(1.6)
    assert np.log(0.05) <= plain < np.log(0.4)


def test_the_sea_is_left_out() -> None:
    """From Naples over the sea to Palermo: what land there is near the line counts, and it is no plain."""
    assert under((14.27, 40.85), (13.36, 38.12)) > np.log(0.5)
    assert under((-30, 30), (-40, 35)) == pytest.approx(
        np.log(0.05)
    )  # the open ocean has no ground: the least


def test_the_table_closes_round_the_earth_and_at_the_poles() -> None:
    """Chukotka over the antimeridian; through the south pole, where every longitude meets."""
    assert under((179.0, 67), (-179.0, 67)) == pytest.approx(under((-179.0, 67), (179.0, 67)))
    assert under((179.9, 67), (179.9, 66)) == pytest.approx(
        under((-180.0, 67), (-180.0, 66)), abs=0.2
    )
    assert np.isfinite(under((0, -90), (0, -89)))
    assert np.isfinite(under((0, 90), (180, 89)))


def test_a_railway_over_mountains_is_drawn_longer_than_one_as_long_over_a_plain() -> None:
    """Two straight lines of 150 km, in the Alps and on the Hungarian plain."""
    by_rail = (ModeShare(Mode.RAIL, 1.0, Status.REPORTED),)
    alps, plain = (
        journey({"label": (west, lat)}, {"label": (west + 2, lat), "modes": by_rail})
        for west, lat in ((9.5, 46.9), (19.5, 46.9))
    )
    found = [
        plausible.draw(each, Settings(draws=4_000)).travelled_m.sum(axis=1)
        for each in (alps, plain)
    ]
    assert np.median(found[0]) > 1.05 * np.median(found[1])
