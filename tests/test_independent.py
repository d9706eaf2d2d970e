"""Bounds and draws against code of its own, which has nothing of the program (`sampled.py`)."""

from __future__ import annotations

import json
import math
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

from beside import IS_LONG, PACKAGE, long, whole
from escape_route.distance import plausible
from escape_route.distance.bounds import Edge, lower_bound
from escape_route.distance.settings import Settings, Where
from escape_route.geography import base
from escape_route.model.modes import Mode
from escape_route.model.places import Place, Region
from making import anywhere, by, journey
from sampled import Spot, apart_m, shortest_m

if TYPE_CHECKING:
    from collections.abc import Sequence

JOURNEYS = 102 if IS_LONG else 35  # each kind comes first in five
KINDS = ("point", "disc", "outline", "line", "cut disc", "country", "border")
COUNTRIES, BORDERS = ("LA", "NP", "CH", "RW", "FJ"), ("LA-TH", "CN-VN", "ES-FR", "ML-NE")
CUT = "LA"
TOLERANCE_M = 20_000
# that the way which was sampled may be longer than the shortest, beside one part in a million
SLACK_M = 60.0
DRAWS, SHARES = 4_000, (0.025, 0.25, 0.5, 0.75, 0.975)
FORMULA = 4e-6  # of a geodesic: how far off the one that very many are measured by may be
DRAWN, MOST_BEYOND, LEANS = (
    (105, 9, 6) if IS_LONG else (35, 5, 3.5)
)  # journeys whose draws are looked at
CLOSER = 4  # times as many draws where a second look is taken


def random_spot(kind: str, rng: np.random.Generator) -> Spot:
    """An alternative of a kind, anywhere; poles and the antimeridian are no rarity."""
    lon, lat = anywhere(rng)
    reach_m = float(10 ** rng.uniform(2, 6.3))
    size = float(10 ** rng.uniform(-1, 1.1))
    box = shapely.box(
        max(lon - size, -180), max(lat - size, -90), min(lon + size, 180), min(lat + size, 90)
    )
    bend = (
        float(np.clip(lon + rng.uniform(-8, 8), -180, 180)),
        lat - math.copysign(rng.uniform(0.5, 8), lat),
    )
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
        [str(rng.choice(KINDS)) for _ in range(1 + (rng.random() < 0.2))]
        for _ in range(rng.integers(2, most + 1))
    ]
    kinds[0][0] = KINDS[seed % len(KINDS)]
    return rng, [[random_spot(kind, rng) for kind in each] for each in kinds]


def region(spot: Spot) -> Region:
    return Region(spot.shape, spot.centre, spot.radius_m)


@pytest.mark.parametrize("part", whole(range(6), 0, 1))
def test_no_way_that_is_sampled_is_shorter_than_the_bound_and_one_is_as_short_as_its_gap_says(
    part: int,
) -> None:
    """Of random journeys of two to four places."""
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
    return {
        "label": spot.centre,
        **({"uncertainty_m": spot.radius_m} if spot.radius_m else {}),
        **within,
    }


def drawn_spot(kind: str, rng: np.random.Generator) -> Spot:
    if kind != "cut disc":
        return random_spot(kind, rng)
    return Spot(
        base.geometry_of(f"country:{CUT}"), (102.6, 17.97), float(rng.uniform(20_000, 300_000))
    )


def own_legs(
    places: Sequence[Spot], count: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Lengths of legs between points drawn of each place, shape (legs, n), and how rough the ground is under each leg.

    A place visited twice is drawn once.
    """
    drawn = {spot: spot.uniform(count, rng) for spot in dict.fromkeys(places)}
    pairs = [(drawn[one], drawn[other]) for one, other in pairwise(places)]
    return np.array([apart_m(*pair) for pair in pairs]), np.array(
        [own_roughness(*pair) for pair in pairs]
    )


def own_roughness(one: np.ndarray, other: np.ndarray) -> float:
    """Mean over all draws of the logarithm of the mean over eight points of a chord, in 100 m; at least a plain."""
    table = np.expm1(np.load(PACKAGE / "geography" / "ground.npz")["steps"] / 16)
    flat = 1 - 1 / 298.257223563
    ends = []
    for lonlat in (one, other):
        lon, lat = np.radians(lonlat.T)
        reduced = np.arctan2(flat * np.sin(lat), np.cos(lat))
        ends.append(
            np.array(
                [np.cos(reduced) * np.cos(lon), np.cos(reduced) * np.sin(lon), np.sin(reduced)]
            )
        )
    found = []
    for share in (np.arange(8) + 0.5) / 8:
        x, y, z = (1 - share) * ends[0] + share * ends[1]
        lat = np.degrees(np.arctan2(z, flat * np.hypot(x, y)))
        lon = np.degrees(np.arctan2(y, x)) % 360
        found.append(table[np.rint((90 - lat) * 2).astype(int), np.rint(lon * 2).astype(int) % 720])
    land = np.maximum((np.array(found) > 0).sum(axis=0), 1)
    return float(np.log(np.maximum(np.sum(found, axis=0) / land, 5) / 100).mean())


def own_wound_m(
    legs_m: np.ndarray, rough: np.ndarray, mode: str, rng: np.random.Generator
) -> np.ndarray:
    """Ways as the formula in the file of the priors has them: region and route once a journey, the leg once a leg."""
    rows = json.loads((PACKAGE / "distance" / "priors.json").read_text("utf-8"))["modes"][mode][
        "stops"
    ]
    stops, count = list(rows.values()), legs_m.shape[1]
    kind = rng.choice(len(stops), count, p=[each["share"] for each in stops])
    region_z, route_z = rng.standard_normal((2, count))
    total = np.zeros(count)
    for leg_m, leg_rough in zip(legs_m, rough, strict=True):
        leg_z = rng.standard_normal(count)
        wound = []
        for each in stops:
            x = np.log(np.clip(leg_m / 1000, *each["range_km"]) / 100)
            a, b, c = each["mean"]
            a += each.get("ground", 0.0) * leg_rough
            alike = each["rho"]
            own_z = math.sqrt(alike) * route_z + math.sqrt(1 - alike) * leg_z
            way_sd = each["way_sd"][0] * np.exp(each["way_sd"][1] * x)
            wound.append(
                leg_m
                * (
                    1
                    + np.exp(a + b * x + c * x * x + each["region_sd"] * region_z + way_sd * own_z)
                )
            )
        total += np.choose(kind, wound)
    return total


@cache
def samples(seed: int, count: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Chains and ways of a random journey, as the program draws them and as code of its own does."""
    rng = np.random.default_rng([41, seed])
    kinds = [
        KINDS[(seed + step * (1 + seed // 7)) % len(KINDS)]
        for step in range(int(rng.integers(2, 5)))
    ]
    places = [drawn_spot(kind, rng) for kind in kinds]
    mode = (Mode.FOOT, Mode.ROAD, Mode.RAIL, Mode.FLIGHT)[seed % 4]
    account = journey(*({**told(spot), **by(mode)} for spot in places))
    drawn = plausible.draw(account, Settings(draws=count, seed=seed + count, where=Where.ANYWHERE))
    rng = np.random.default_rng([42, seed, count])
    legs_m, rough = own_legs(places, count, rng)
    found = [(drawn.travelled_m.sum(axis=1), own_wound_m(legs_m, rough, mode.value, rng))]
    if legs_m.std(axis=1).max() > 1:
        found.append((drawn.chain_m.sum(axis=1), legs_m.sum(axis=0)))
    return found


def errors(drawn: np.ndarray, own: np.ndarray) -> np.ndarray:
    """How far apart the quantiles of two samples are, in standard errors of both: of the shares below them.

    On the scale of shares the error of a quantile needs no density, and it is known, not estimated.
    Where places are so small that the formula of the draws' geodesics counts, which is within
    `FORMULA` of the length, the nearest in that.
    """
    shares, ordered = np.array(SHARES), np.sort(drawn)
    ends = np.quantile(own, shares) * np.array([[1 - FORMULA], [1 + FORMULA]])
    low, high = np.searchsorted(ordered, ends, side="right") / len(drawn) - shares
    sd = np.sqrt(shares * (1 - shares) * (1 / len(drawn) + 1 / len(own)))
    return np.clip(0, low, high) / sd


def first_look(factor: float = 1.0) -> dict[tuple[int, int], np.ndarray]:
    """Errors of every sample of every journey, the program's lengths made longer by a factor."""
    pairs = {
        (seed, which): pair
        for seed in range(DRAWN)
        for which, pair in enumerate(samples(seed, DRAWS))
    }
    return {key: errors(drawn * factor, own) for key, (drawn, own) in pairs.items()}


def leaning(looked: dict[tuple[int, int], np.ndarray]) -> float:
    """How far the errors of any quantile lean to one side over all journeys, in standard errors of their mean."""
    kinds = [
        np.array([each for (_, which), each in looked.items() if which == kind]) for kind in (0, 1)
    ]
    return max(float(np.abs(each.mean(axis=0)).max() * math.sqrt(len(each))) for each in kinds)


@long
def test_quantiles_of_the_draws_are_within_three_standard_errors() -> None:
    """Of the ways and chains of random journeys, every one.

    Of a thousand comparisons, as the long form has, chance alone puts three beyond. Such a journey
    is drawn anew with four times as many draws on both sides, and there all have to be within:
    chance does so but once in four hundred, while a fault that put a quantile beyond three errors
    puts it beyond six of those, which are half as large. Faults too small for that lean to one side
    in every journey, and are seen in the mean.
    """
    looked = first_look()
    beyond = {key for key, each in looked.items() if np.abs(each).max() > 3}
    for seed, which in beyond:
        drawn, own = samples(seed, CLOSER * DRAWS)[which]
        assert np.abs(errors(drawn, own)).max() <= 3, seed
    assert len(beyond) <= MOST_BEYOND  # chance alone: a third of it, and more once in a thousand
    assert leaning(looked) <= 3
    assert (
        0.9 < np.sqrt(np.mean(np.array(list(looked.values())) ** 2)) < 1.1
    )  # else the errors are no standard errors


def test_a_bias_of_one_standard_error_would_be_seen() -> None:
    """Lengths a little too long: by what moves the median of a journey by about one standard error, or less."""
    error = math.sqrt(2 * 0.25 / DRAWS)
    moved = [
        float(np.quantile(drawn, 0.5 + error) / np.median(drawn)) - 1
        for seed in range(DRAWN)
        for drawn, _ in samples(seed, DRAWS)
    ]
    assert leaning(first_look(1 + float(np.median(moved)))) > LEANS
