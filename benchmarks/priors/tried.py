"""What the table makes of chains of legs through countries that nothing was fitted to, beside what there was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import terrain
import told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from chains import Chain
    from network import Floats
    from numpy.random import Generator

    Model = Callable[["Known", Generator], Floats]

DRAWS = 4000
_AT_ONCE = 20  # legs: memory of the draws
_ENDS = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
#: The priors of version 0.1: mean of ln(f - 1) at 100 km and its slope in ln d, spread; rho was 0.5
#: for all.
BEFORE: dict[str, tuple[float, float, float]] = {
    "road_poor": (-0.566, -0.148, 0.55),
    "rail": (float(np.log(0.33)), 0.0, 0.45),
    "foot": (float(np.log(0.40)), 0.0, 0.65),
    "foot_wild": (float(np.log(0.65)), 0.0, 0.70),
    "boat_along": (float(np.log(0.12)) + 0.19 * float(np.log(100)), 0.19, 0.75),
    "flight": (float(np.log(0.08)), 0.0, 0.60),
}
_ROAD_EDGES_KM = np.array([25.0, 50.0, 100.0, 200.0, 400.0])
_ROAD_SD = np.hypot([0.82, 0.58, 0.58, 0.48, 0.38, 0.30], 1 / 3)


@dataclass(frozen=True, slots=True)
class Known:
    """A chain's legs as straight lines, km, how rough the ground is under each, and its length on the network, km."""

    mode: str
    straight_km: Floats
    roughness: Floats
    known_km: float


def by_table(table: Mapping[str, Any], known: Known, rng: Generator) -> Floats:
    """Draws of a journey's length, km: kind, region and route once a journey, leg once a leg."""
    rows = list(table["modes"][known.mode]["stops"].values())
    kind = rng.choice(len(rows), DRAWS, p=[row["share"] for row in rows])
    region, route = rng.standard_normal((2, DRAWS, 1))
    total = np.zeros(DRAWS)
    for first in range(0, len(known.straight_km), _AT_ONCE):
        some = known.straight_km[first : first + _AT_ONCE]
        roughness = known.roughness[first : first + _AT_ONCE]
        own = rng.standard_normal((DRAWS, len(some)))
        for which, row in enumerate(rows):
            held = np.clip(some, *row["range_km"])
            x = np.log(held / 100)
            mean = (
                np.polynomial.polynomial.polyval(x, row["mean"])
                + row.get("ground", 0.0) * roughness
            )
            z = np.sqrt(row["rho"]) * route + np.sqrt(1 - row["rho"]) * own
            excess = np.exp(
                mean
                + row["region_sd"] * region
                + row["way_sd"][0] * np.exp(row["way_sd"][1] * x) * z
            )
            total += np.where(kind == which, (some * (1 + excess)).sum(axis=1), 0.0)
    return total


def by_before(known: Known, rng: Generator) -> Floats:
    """Draws of a journey's length, km, as version 0.1 made them."""
    mode, straight_km = known.mode, known.straight_km
    at, slope, sd = BEFORE.get(mode, (0.0, 0.0, 0.0))
    mean, spread = at + slope * np.log(straight_km / 100), np.full(len(straight_km), sd)
    if mode == "road":
        mean = -0.234 - 0.148 * np.log(np.clip(straight_km, 5, 2000))
        spread = _ROAD_SD[np.searchsorted(_ROAD_EDGES_KM, straight_km, side="right")]
    route, own = rng.standard_normal((DRAWS, 1)), rng.standard_normal((DRAWS, len(straight_km)))
    z = np.sqrt(0.5) * (route + own)
    return np.asarray((straight_km * (1 + np.exp(mean + spread * z))).sum(axis=1), dtype=np.float64)


def of_chains(mode: str, chains: Sequence[Chain], legs: int) -> list[Known]:
    """Chains, or their first legs, with the length that the network gives them."""
    return [_known(mode, each, legs) for each in chains]


def _known(mode: str, chain: Chain, legs: int) -> Known:
    stops = chain.stops[: legs + 1]
    return Known(
        mode,
        told.straight(stops),
        terrain.roughness(stops[:-1], stops[1:]),
        float(chain.way_km[:legs].sum()),
    )


def scores(journeys: Sequence[Known], model: Model) -> dict[str, float]:
    """Cover of three intervals, median width of the 95 % one over the length, CRPS over it, where it fell."""
    rng = np.random.Generator(np.random.PCG64(2019))
    rows = []
    for each in journeys:
        drawn = np.sort(model(each, rng)) / each.known_km
        ends = np.quantile(drawn, _ENDS)
        order = 2 * np.arange(1, DRAWS + 1) - DRAWS - 1
        crps = np.abs(drawn - 1).mean() - float(order @ drawn) / DRAWS**2
        held = [ends[low] <= 1 <= ends[-1 - low] for low in (2, 1, 0)]
        rows.append([*held, ends[-1] - ends[0], crps, (drawn < 1).mean()])
    table = np.array(rows, dtype=float)
    names = ("held50", "held80", "held95", "width95", "crps", "below")
    found = {name: float(column.mean()) for name, column in zip(names, table.T, strict=True)}
    found["width95"] = float(np.median(table[:, 3]))
    return {"n": len(rows), **{name: round(value, 4) for name, value in found.items()}}


def times(journeys: Sequence[Known], factor: float) -> float:
    """CRPS over the length of one number for all: straight lines times a factor."""
    return float(
        np.mean([abs(factor * each.straight_km.sum() / each.known_km - 1) for each in journeys])
    )


def compared(journeys: Sequence[Known], table: Mapping[str, Any]) -> dict[str, Any]:
    """The table beside version 0.1 and beside what people do now."""
    return {
        "table": scores(journeys, lambda known, rng: by_table(table, known, rng)),
        "version 0.1": scores(journeys, by_before),
        "crps of straight lines x 1.3 and x 1.4": [
            round(times(journeys, factor), 4) for factor in (1.3, 1.4)
        ],
    }
