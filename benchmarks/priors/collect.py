"""Every leg of every mode, once made kept in `build/priors/`: nothing of the networks themselves is written."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import chains
import legs as between
import network
import numpy as np
import rules
import towns
import waters

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import terrain
    from chains import Chain
    from legs import Legs
    from network import Floats

FARTHEST_PORT_KM = 20.0
LEAST_SEA_KM = 20.0
# GSHHG's rivers grow by 4.5 % at each halving of the tolerance they are drawn with, from 25 km to
# 2.5. The file is drawn to 1 km. Two halvings more: to 250 m, the width of a large river
# [judgement].
RIVER_BENDS = 1.045**2


@dataclass(frozen=True, slots=True)
class Found:
    """Legs of a mode with what is known of their ground, and which of them are data."""

    legs: Legs
    roughness: Floats
    sea: Floats
    sound: Floats
    whole: dict[str, tuple[float, float, bool]]


def networks() -> dict[str, Callable[[], network.Network]]:
    """How each mode's network is read."""
    return {
        "road": lambda: network.read("world_highways"),
        "rail": lambda: network.read("world_railways"),
        "boat_along": waters.rivers,
        "sea": waters.sea,
    }


def legs_of(mode: str, cache: Path) -> Legs:
    """All legs of a mode, sound or not."""
    path = cache / f"{mode}.npz"
    if not path.exists():
        print(f"  making the legs of {mode}", flush=True)
        made = _made(mode)
        np.savez(path, **{each.name: getattr(made, each.name) for each in fields(made)})
    kept = np.load(path)
    return between.Legs(**{each.name: kept[each.name] for each in fields(between.Legs)})


def _made(mode: str) -> Legs:
    ways = networks()[mode]()
    if mode == "sea":
        return between.of_anywhere(ways, waters.ports(ways, FARTHEST_PORT_KM))
    by_country = towns.read(ways, rules.FARTHEST_KM)
    return between.joined(
        [legs for some in by_country.values() for legs in between.of_country(ways, some)]
    )


def found(mode: str, cache: Path, ground: terrain.Terrain, journeys: list[Floats]) -> Found:
    """Legs of a mode, looked at."""
    legs = legs_of(mode, cache)
    roughness, sea = ground.along(legs.start, legs.end)
    whole = rules.whole_countries(legs, sea) if mode in {"road", "rail"} else {}
    sound = rules.sound(legs, journeys)
    if whole:
        sound &= np.isin(legs.country, [code for code, (*_, is_in) in whole.items() if is_in])
    if mode == "sea":
        sound &= legs.straight_km >= LEAST_SEA_KM
    if mode == "boat_along":
        sound &= legs.kind == between.ALONG
        legs = legs.lengthened(RIVER_BENDS)
    return Found(legs, roughness, sea, sound, whole)


def chains_of(mode: str, cache: Path) -> list[Chain]:
    """Chains of 200 legs through the countries that are kept out."""
    path = cache / f"chains-{mode}.npz"
    if not path.exists():
        print(f"  making the chains of {mode}", flush=True)
        ways = networks()[mode]()
        by_country = towns.read(ways, rules.FARTHEST_KM)
        some = [by_country[code] for code in rules.KEPT_OUT if code in by_country]
        made = [chain for each in some for chain in chains.of_country(ways, each)]
        columns = {
            each.name: np.array([getattr(chain, each.name) for chain in made])
            for each in fields(chains.Chain)
        }
        np.savez(path, **columns)
    kept = np.load(path)
    names = [each.name for each in fields(chains.Chain)]
    return [chains.Chain(*row) for row in zip(*(kept[name] for name in names), strict=True)]
