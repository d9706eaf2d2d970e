"""Hold `journeys.json` and the three sets after it to their form and their rules, and say what they count.

    python benchmarks/known_journeys/check.py

It looks at the journeys alone and at the geodesics between their waypoints, never at what a model
makes of them.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

from geopy.distance import geodesic

HERE = Path(__file__).parent
#: Each set, and the sets before it, of which it may hold no journey.
SETS = {
    "journeys.json": ("development.json",),
    "second.json": ("development.json", "journeys.json"),
    "third.json": ("development.json", "journeys.json", "second.json"),
    "fourth.json": ("development.json", "journeys.json", "second.json", "third.json"),
}
#: Sets of which the words of every page were read; in the other one, `seen` tells.
ALL_READ = {"journeys.json", "third.json", "fourth.json"}
KM = {"km": 1.0, "mi": 1.609344, "nmi": 1.852}
MODES = ("road", "road_poor", "rail", "foot", "river", "sea")
CONTINENTS = ("Africa", "Asia", "Europe", "North America", "Oceania", "South America")
WORDINGS = {"exact", "about", "nearly", "over"}
LEAST_JOURNEYS = 120
LEAST_A_MODE = {"journeys.json": 15, "second.json": 10, "third.json": 15, "fourth.json": 15}
MOST_WAYPOINTS = 12
# A rounded figure may lie a little below the chain (2 %); above four times it, a town or a unit is
# wrong.
SHORTEST_FACTOR = 1 / 1.02
LONGEST_FACTOR = 4.0
SAME_END_KM = 30.0
# The set beside this one names its modes in the program's words.
FAMILY = {"road_poor": "road", "foot_wild": "foot", "boat_along": "river"}

Journey = dict[str, Any]


def chain_km(journey: Journey) -> float:
    """Sum of the geodesics between the waypoints, in km."""
    return sum(apart_km(a, b) for a, b in pairwise(journey["waypoints"]))


def apart_km(a: Journey, b: Journey) -> float:
    """Geodesic between two waypoints, in km."""
    return float(geodesic((a["lat_deg"], a["lon_deg"]), (b["lat_deg"], b["lon_deg"])).km)


def form(journey: Journey) -> list[str]:
    """What is wrong with the form of one journey."""
    stated_km = sum(part["value"] * KM[part["unit"]] for part in journey["stated"])
    legs = [set(leg.split("+")) for leg in journey["leg_modes"]]
    used = set.union(*legs)
    told = journey["waypoints"]
    rules = {
        "2 to 12 waypoints": 2 <= len(told) <= MOST_WAYPOINTS,
        "a mode for each leg": len(legs) == len(told) - 1 and used <= set(MODES),
        "mode is what the legs say": journey["mode"] == (used.pop() if len(used) == 1 else "mixed"),
        "length_km is what is stated": abs(journey["length_km"] - stated_km) <= 0.01,
        "a known wording": journey["wording"] in WORDINGS,
        "a source with an address": journey["source"]["address"].startswith("http"),
        "words and how they were seen": bool(journey["stated_as"] and journey["seen"]),
        "places on the globe": all(
            abs(w["lon_deg"]) <= 180 and abs(w["lat_deg"]) <= 90 for w in told
        ),
        "countries of two letters": all(len(w["country"]) == 2 for w in told),
        "waypoints that differ": all(apart_km(a, b) > 1 for a, b in pairwise(told)),
    }
    return [f"{journey['id']}: rule broken: {rule}" for rule, kept in rules.items() if not kept]


def length(journey: Journey) -> list[str]:
    """What is wrong with the stated length beside the chain: mend the waypoints or drop the journey."""
    factor = journey["length_km"] / chain_km(journey)
    if SHORTEST_FACTOR <= factor <= LONGEST_FACTOR:
        return []
    return [f"{journey['id']}: {journey['length_km']} km stated is {factor:.3f} times the chain"]


def same_way(a: Journey, b: Journey) -> bool:
    """Whether two journeys are told between the same two ends by the same kind of mode."""
    kinds = {FAMILY.get(j["mode"], j["mode"]) for j in (a, b)}
    (a0, a1), (b0, b1) = (((j["waypoints"])[0], (j["waypoints"])[-1]) for j in (a, b))
    near = max(apart_km(a0, b0), apart_km(a1, b1)), max(apart_km(a0, b1), apart_km(a1, b0))
    return len(kinds) == 1 and min(near) < SAME_END_KM


def unread(journeys: list[Journey]) -> list[str]:
    """Which journeys' words were not read."""
    return [f"{j['id']}: not read" for j in journeys if not j["seen"].startswith("words read")]


def repeats(journeys: list[Journey], before: list[Journey]) -> list[str]:
    """Which journeys are there twice, or are in a set that was there before."""
    counts = Counter(key for j in journeys for key in (j["id"], j["title"]))
    twice = [f"{key}: there twice" for key, n in counts.items() if n > 1]
    return twice + [
        f"{j['id']}: is {other['id']} of a set before"
        for j in journeys
        for other in before
        if j["id"] == other["id"] or same_way(j, other)
    ]


def totals(journeys: list[Journey], least: int) -> list[str]:
    """Which counts fall short."""
    modes, continents = (Counter(j[key] for j in journeys) for key in ("mode", "continent"))
    short = [f"{m}: {modes[m]} of {least}" for m in (*MODES, "mixed") if modes[m] < least]
    short += [f"{c}: no journey" for c in CONTINENTS if not continents[c]]
    return short + (
        [f"{len(journeys)} of {LEAST_JOURNEYS}"] if len(journeys) < LEAST_JOURNEYS else []
    )


def read(name: str) -> list[Journey]:
    """Journeys of a file."""
    journeys: list[Journey] = json.loads((HERE / name).read_text(encoding="utf-8"))["journeys"]
    return journeys


def problems(name: str) -> list[str]:
    """All that is wrong with a file; empty when nothing is."""
    journeys, told = read(name), json.loads((HERE / name).read_text(encoding="utf-8"))["n"]
    found = [line for j in journeys for line in (*form(j), *length(j))]
    found += [] if told == len(journeys) else [f"n: {told} is not {len(journeys)}"]
    found += unread(journeys) if name in ALL_READ else []
    before = [j for other in SETS[name] for j in read(other)]
    return found + repeats(journeys, before) + totals(journeys, LEAST_A_MODE[name])


def main() -> int:
    """Print the counts and what is wrong; 1 when anything is."""
    wrong = 0
    for name in SETS:
        found, journeys = problems(name), read(name)
        for key in ("mode", "continent", "wording"):
            print(key, dict(Counter(j[key] for j in journeys).most_common()))
        print(*found, f"{name}: {len(journeys)} journeys, {len(found)} faults", sep="\n")
        wrong += len(found)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
