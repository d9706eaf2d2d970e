"""Many journeys at once: the kernel has the lengths that draws have, and the words that each own check has."""

from __future__ import annotations

import numpy as np
import pytest

from beside import whole
from escape_route.distance import bounds, kernel, many, plausible, report, taut
from escape_route.distance.bounds import Edge
from escape_route.distance.intervals import Interval
from escape_route.distance.priors import Alike
from escape_route.distance.settings import Settings
from escape_route.language import rows, tables
from escape_route.model.journey import Claim, Journey, ModeShare, Scope
from escape_route.model.modes import Mode
from escape_route.model.units import Quantity
from escape_route.model.vocabulary import Flight, Status, Wording
from making import disc, journey

MODES = (
    Mode.ROAD,
    Mode.FOOT,
    Mode.RAIL,
    Mode.ROAD_POOR,
    Mode.FOOT_WILD,
    Mode.UNKNOWN,
    Mode.BOAT_ALONG,
)
HALF_A_STEP = 0.025
"""Of an edge: a step of its rounding is a 25th of it at the least."""


def way(
    seed: int, stops: int, modes: tuple[Mode, ...] = MODES, *, radius_m: float = 3_000.0
) -> Journey:
    """Journey of small discs, half a degree to two degrees apart, with a distance that was stated of it."""
    rng = np.random.default_rng(seed)
    turns = np.cumsum(rng.uniform(-1, 1, stops))
    steps = rng.uniform(0.5, 2, stops)
    lon, lat = 20 + np.cumsum(steps * np.cos(turns)), 40 + np.cumsum(steps * np.sin(turns)) / 2
    told = [
        {
            "label": (round(float(x), 4), round(float(y), 4)),
            "uncertainty_m": round(float(rng.uniform(0.1, 1) * radius_m)),
            "modes": ()
            if not k
            else (ModeShare(modes[int(rng.integers(len(modes)))], 1.0, Status.REPORTED),),
        }
        for k, (x, y) in enumerate(zip(lon, lat, strict=True))
    ]
    value = float(f"{steps.sum() * 80 * rng.uniform(0.5, 3):.2g}")
    scope = Scope("w0", f"w{stops - 1}", Flight.UNKNOWN)
    claim = Claim("c1", Quantity.DISTANCE, value, "km", Wording.EXACT, scope, ())
    return journey(*told, claims=(claim,))


def rows_of(*journeys: Journey) -> list[dict[str, object]]:
    found = []
    for each in rows.judged_all(journeys, Settings()):
        assert not isinstance(each, Exception)
        found += each
    return found


@pytest.mark.parametrize(
    "discs",
    whole(
        [(2, 3_000.0), (3, 3_000.0), (8, 3_000.0), (20, 3_000.0), (8, 20_000.0), (20, 25_000.0)],
        *[(2, 3_000.0), (8, 3_000.0), (20, 25_000.0)],
    ),
)
def test_edges_lie_within_half_a_step_of_those_of_draws(discs: tuple[int, float]) -> None:
    """Discs of up to 25 km overlap, where their legs are half a degree long."""
    stops, radius_m = discs
    for number, mode in enumerate((Mode.ROAD, Mode.FOOT, Mode.UNKNOWN, None)):
        told = way(number, stops, MODES if mode is None else (mode,), radius_m=radius_m)
        (weighed,) = many.weighed([told], Settings())
        assert weighed is not None
        ways = plausible.Ways(told, Settings(), (Alike.TAKEN, Alike.MOST))
        counted = [np.ones(stops - 1)]
        drawn = np.concatenate(
            [ways.totals((0, stops - 1), counted, Settings().where, n)[0] for n in range(10)],
            axis=1,
        )
        for alike, lengths_m in zip((Alike.TAKEN, Alike.MOST), drawn[1:], strict=True):
            own = next(
                each.plausible for each in weighed.whole.sensitivities if each.alike is alike
            )
            np.testing.assert_allclose(
                own.edges_m, Interval.of(lengths_m).edges_m, rtol=HALF_A_STEP
            )


def test_many_have_the_words_of_each_own_check() -> None:
    told = [way(seed, 2 + seed % 9) for seed in range(24)]
    assert sum(each is not None for each in many.weighed(told, Settings())) > 15
    for mine, each in zip(rows_of(*told), told, strict=True):
        (own,) = tables.judged(report.gather(each))
        for name, value in own.items():
            if isinstance(value, float):
                assert mine[name] == pytest.approx(value, rel=1e-4), name
            else:
                assert mine[name] == value, name


def test_no_journey_is_changed_by_what_stands_beside_it() -> None:
    told = [way(seed, 2 + seed % 5) for seed in range(40)]
    together = rows_of(*told)
    for alone in ([row for each in told for row in rows_of(each)], rows_of(*told[::-1])[::-1]):
        for one, other in zip(alone, together, strict=True):
            assert one == {
                key: pytest.approx(x, rel=1e-12) if isinstance(x, float) else x
                for key, x in other.items()
            }


def test_a_seed_changes_nothing() -> None:
    told = way(3, 6)
    first, second = (report.gather(told, Settings(seed=seed)).scopes[0] for seed in (1, 2))
    assert first.plausible == second.plausible
    assert first.lengths_m.tolist() == second.lengths_m.tolist()


@pytest.mark.parametrize(
    "told",
    [
        way(1, 4, radius_m=90_000.0),  # discs as large as legs: a few points do not stand for them
        way(1, 4, (Mode.SEA,)),  # so wide a spread that sums of legs are no log-normal
        journey({"label": (0.0, 0.0)}, {"label": (1.0, 0.0), "near_previous_km": 200.0}),
        journey({"label": (0.0, 0.0)}, {"label": (1.0, 0.0), "leg_told": False}),
    ],
)
def test_what_is_not_plain_is_drawn(told: Journey) -> None:
    assert many.weighed([told], Settings()) == [None]


@pytest.mark.parametrize("settings", [Settings(draws=100), Settings(rho=0.5)])
def test_what_is_set_is_drawn(settings: Settings) -> None:
    assert many.weighed([way(1, 4)], settings) == [None]


def test_strings_are_certified_and_close() -> None:
    rng = np.random.default_rng(5)
    counts = rng.integers(2, 12, 60)
    lonlat = [
        np.array([10.0, 45.0]) + np.cumsum(rng.uniform(-2, 2, (n, 2)), axis=0) for n in counts
    ]
    radius = [rng.uniform(0, 40_000, n) for n in counts]
    least_m, length_m = taut.strings(np.concatenate(lonlat), np.concatenate(radius), counts)
    for number, count in enumerate(counts):
        sets = [
            disc(*at, r / 1000)
            for at, r in zip(lonlat[number].tolist(), radius[number].tolist(), strict=True)
        ]
        own = bounds.lower_bound(sets, [Edge.GEODESIC] * (int(count) - 1))
        assert least_m[number] <= own.shortest.length_m + 0.01
        assert own.bound_m <= length_m[number] * 1.002 + 10
    assert np.median((length_m - least_m) / length_m) < 1e-3


def test_a_place_that_is_passed_twice_lies_at_one_point() -> None:
    """There and back: both legs are equally long at each point, so the chain spreads as one leg does twice over."""
    there = kernel.Way(((0.0, 0.0), (1.0, 0.0)), (9_000.0, 0.0), (0, 1), (Mode.ROAD,))
    back = kernel.Way(
        ((0.0, 0.0), (1.0, 0.0), (0.0, 0.0)), (9_000.0, 0.0, 9_000.0), (0, 1, 0), (Mode.ROAD,) * 2
    )
    once, twice = kernel.chain(there), kernel.chain(back)
    np.testing.assert_allclose(twice.edges_m, 2 * np.array(once.edges_m), rtol=1e-9)
