"""Bounds and draws against code of its own, which has nothing of the program (`sampled.py`)."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

from beside import PROJECT
from escape_route.distance import plausible
from escape_route.distance.bounds import lower_bound
from escape_route.distance.settings import Settings, Where
from escape_route.distance.shortest import Edge
from escape_route.geography import base
from escape_route.model.modes import Mode
from escape_route.model.places import Place, Region
from making import anywhere, by, journey
from sampled import Spot, apart_m, shortest_m

if TYPE_CHECKING:
    from collections.abc import Sequence

JOURNEYS = 102
KINDS = ("point", "disc", "outline", "line", "cut disc", "country", "border")
COUNTRIES, BORDERS = ("LA", "NP", "CH", "RW", "FJ"), ("LA-TH", "CN-VN", "ES-FR", "ML-NE")
CUT = "LA"
TOLERANCE_M = 20_000
SLACK_M = 60.0  # that the way which was sampled may be longer than the shortest, beside one part in a million
DRAWS, SHARES = 4_000, (0.025, 0.25, 0.5, 0.75, 0.975)


def random_spot(kind: str, rng: np.random.Generator) -> Spot:
    """An alternative of a kind, anywhere; poles and the antimeridian are no rarity."""
    lon, lat = anywhere(rng)
    reach_m = float(10 ** rng.uniform(2, 6.3))
    size = float(10 ** rng.uniform(-1, 1.1))
    box = shapely.box(max(lon - size, -180), max(lat - size, -90), min(lon + size, 180), min(lat + size, 90))
    bend = float(np.clip(lon + rng.uniform(-8, 8), -180, 180)), lat - math.copysign(rng.uniform(0.5, 8), lat)
    made = {
        "point": Spot(None, (lon, lat)),
        "disc": Spot(None, (lon, lat), reach_m),
        "outline": Spot(box),
        "line": Spot(shapely.LineString([(lon, lat), bend])),
        "cut disc": Spot(box, (box.centroid.x, box.centroid.y), 40_000 + size * 40_000),
        "country": Spot(base.geometry_of(f"country:{rng.choice(COUNTRIES)}")),
        "border": Spot(base.geometry_of(f"border:{rng.choice(BORDERS)}")),
    }
    return made[kind]


def random_places(seed: int, most: int) -> tuple[np.random.Generator, list[list[Spot]]]:
    rng = np.random.default_rng([14, seed])
    kinds = [
        [str(rng.choice(KINDS)) for _ in range(1 + (rng.random() < 0.2))] for _ in range(rng.integers(2, most + 1))
    ]
    kinds[0][0] = KINDS[seed % len(KINDS)]
    return rng, [[random_spot(kind, rng) for kind in each] for each in kinds]


def region(spot: Spot) -> Region:
    return Region(spot.shape, spot.centre, spot.radius_m)


@pytest.mark.parametrize("part", range(6))
def test_no_way_that_is_sampled_is_shorter_than_the_bound_and_one_is_as_short_as_its_gap_says(part: int) -> None:
    """Of 102 random journeys of two to four places."""
    loose = []
    for seed in range(part, JOURNEYS, 6):
        rng, places = random_places(seed, most=4)
        sets = [Place(tuple(region(spot) for spot in place)) for place in places]
        bound = lower_bound(sets, [Edge.GEODESIC] * (len(sets) - 1), tolerance_m=TOLERANCE_M)
        sampled_m = shortest_m(places, rng)
        gap_m = bound.shortest.length_m - bound.shortest.least_m
        loose.append(gap_m / max(sampled_m, TOLERANCE_M))
        assert bound.bound_m <= sampled_m + 1e-3, seed
        assert sampled_m <= bound.bound_m + gap_m + SLACK_M + sampled_m * 1e-6, seed
    assert np.median(loose) < 0.005  # else this would hold of any bound


def told(spot: Spot) -> dict:
    """A place of one alternative as an account tells it; a disc is cut by the country that it was told to lie in."""
    if spot.centre is None:
        return {"geometry": spot.shape}
    within = {} if spot.shape is None else {"within": (f"country:{CUT}",)}
    return {"label": spot.centre, **({"uncertainty_m": spot.radius_m} if spot.radius_m else {}), **within}


def drawn_spot(kind: str, rng: np.random.Generator) -> Spot:
    if kind != "cut disc":
        return random_spot(kind, rng)
    return Spot(base.geometry_of(f"country:{CUT}"), (102.6, 17.97), float(rng.uniform(20_000, 300_000)))


def own_chain_m(places: Sequence[Spot], rng: np.random.Generator) -> np.ndarray:
    """Lengths of the legs between points drawn of each place, shape (legs, n)."""
    drawn = [spot.uniform(DRAWS, rng) for spot in places]
    return np.array([apart_m(one, other) for one, other in pairwise(drawn)])


def own_wound_m(legs_m: np.ndarray, mode: str, rng: np.random.Generator) -> np.ndarray:
    """Ways as the formula in the file of the priors has them: region and route once a journey, the leg once a leg."""
    rows = json.loads((PROJECT / "src/escape_route/distance/priors.json").read_text("utf-8"))["modes"][mode]["stops"]
    stops = list(rows.values())
    kind = rng.choice(len(stops), DRAWS, p=[each["share"] for each in stops])
    region_z, route_z = rng.standard_normal((2, DRAWS))
    total = np.zeros(DRAWS)
    for leg_m in legs_m:
        leg_z = rng.standard_normal(DRAWS)
        wound = []
        for each in stops:
            x = np.log(np.clip(leg_m / 1000, *each["range_km"]) / 100)
            a, b, c = each["mean"]
            alike = each["rho"]
            own_z = math.sqrt(alike) * route_z + math.sqrt(1 - alike) * leg_z
            way_sd = each["way_sd"][0] * np.exp(each["way_sd"][1] * x)
            wound.append(leg_m * (1 + np.exp(a + b * x + c * x * x + each["region_sd"] * region_z + way_sd * own_z)))
        total += np.choose(kind, wound)
    return total


def errors(one: np.ndarray, other: np.ndarray) -> list[float]:
    """How far apart the quantiles of two samples are, in standard errors of the share below them."""
    found = []
    for share in SHARES:
        below = (one <= np.quantile(other, share)).mean()
        found.append(abs(below - share) / math.sqrt(share * (1 - share) * (1 / len(one) + 1 / len(other))))
    return found


def test_quantiles_of_the_draws_are_within_three_standard_errors() -> None:
    """Of the chains and ways of 100 random journeys: 3 of a thousand may lie beyond by chance, and none far beyond."""
    apart: list[float] = []
    for seed in range(100):
        rng = np.random.default_rng([41, seed])
        kinds = [KINDS[(seed + step * (1 + seed // 7)) % 5] for step in range(int(rng.integers(2, 5)))]
        places = [drawn_spot(kind, rng) for kind in kinds]
        mode = (Mode.FOOT, Mode.ROAD, Mode.RAIL, Mode.FLIGHT)[seed % 4]
        account = journey(*({**told(spot), **by(mode)} for spot in places))
        drawn = plausible.draw(account, Settings(draws=DRAWS, seed=seed, where=Where.ANYWHERE))
        legs_m = own_chain_m(places, rng)
        if legs_m.std(axis=1).max() > 1:
            apart += errors(drawn.chain_m.sum(axis=1), legs_m.sum(axis=0))
        apart += errors(drawn.travelled_m.sum(axis=1), own_wound_m(legs_m, mode.value, rng))
    assert np.mean(np.array(apart) > 3) <= 0.006
    assert max(apart) < 4.5
