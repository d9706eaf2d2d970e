"""Railways as they are carried: stretches with nothing on them, and gaps that are none."""

from __future__ import annotations

import numpy as np
import pytest

from escape_route.geography import network
from escape_route.geography.network import Stretches

KM = 1000.0
DEG_KM = 111.319  # of longitude on the equator


def line(*at_km: float) -> np.ndarray:
    """Junctions on the equator, so many kilometres east of the meridian."""
    return np.array([(each / DEG_KM, 0.0) for each in at_km])


def stretches(lonlat_deg: np.ndarray, *told: tuple[int, int, float]) -> Stretches:
    one, other, length_km = np.array(told, dtype=float).T
    return Stretches(lonlat_deg, one.astype(int), other.astype(int), length_km * KM)


def lengths_km(ways: Stretches) -> dict[tuple[int, int], float]:
    pairs = zip(ways.one.tolist(), ways.other.tolist(), strict=True)
    return dict(zip(pairs, (ways.length_m / KM).tolist(), strict=True))


def test_a_long_stretch_has_junctions_on_it_and_keeps_its_length() -> None:
    found = network.divided(stretches(line(0, 20), (0, 1, 21.0)))
    assert lengths_km(found) == pytest.approx(
        {(0, 2): 3.5, (2, 3): 3.5, (3, 4): 3.5, (4, 5): 3.5, (5, 6): 3.5, (6, 1): 3.5}
    )
    assert found.lonlat_deg[2:, 0] * DEG_KM == pytest.approx([10 / 3, 20 / 3, 10, 40 / 3, 50 / 3])


@pytest.mark.parametrize(("far_km", "length_km"), [(3.9, 3.9), (20, 31), (101, 101)])
def test_a_stretch_that_is_short_or_of_which_nobody_knows_where_it_lies_is_left_whole(
    far_km: float, length_km: float
) -> None:
    told = stretches(line(0, far_km), (0, 1, length_km))
    assert lengths_km(network.divided(told)) == pytest.approx({(0, 1): length_km})


def test_a_stretch_over_the_antimeridian_is_left_whole() -> None:
    told = stretches(np.array([(179.9, 0.0), (-179.9, 0.0)]), (0, 1, 22.3))
    assert lengths_km(network.divided(told)) == pytest.approx({(0, 1): 22.3})


@pytest.mark.parametrize(("gap_km", "is_closed"), [(0.5, True), (4.9, True), (5.1, False)])
def test_a_dead_end_is_joined_to_another_piece_within_five_kilometres(
    gap_km: float,
    is_closed: bool,  # noqa: FBT001
) -> None:
    told = stretches(line(0, 10, 10 + gap_km, 20 + gap_km), (0, 1, 10), (2, 3, 10))
    found = lengths_km(network.closed(told))
    assert ((1, 2) in found) is is_closed
    assert len(found) > 2 or not is_closed
    if is_closed:
        assert found[1, 2] == pytest.approx(gap_km, abs=0.02)


def test_within_a_piece_a_dead_end_is_joined_to_a_dead_end_alone() -> None:
    """A loop that is open by 2 km is closed; a siding 2 km beside the line is not joined to it anew."""
    at = np.array([(0.0, 0.0), (0.3, 0.0), (0.3, 0.3), (0.0, 0.018), (0.15, 0.018)])
    loop = stretches(at[:4], (0, 1, 33), (1, 2, 33), (2, 3, 46))
    assert (0, 3) in lengths_km(network.closed(loop))
    siding = stretches(at[[0, 1, 2, 4]], (0, 1, 33), (1, 2, 33), (2, 3, 36))
    assert set(lengths_km(network.closed(siding))) == {(0, 1), (1, 2), (2, 3)}


def test_rows_have_each_stretch_both_ways_and_of_two_the_shorter() -> None:
    arrays = network.mended(
        stretches(line(0, 3, 6), (0, 1, 3.0), (1, 2, 3.0), (1, 2, 3.5)).arrays()
    )
    assert arrays["starts"].tolist() == [0, 1, 3, 4]
    assert arrays["ends"].tolist() == [1, 0, 2, 1]
    assert arrays["lengths_m"] / KM == pytest.approx([3, 3, 3, 3])
