"""Speed of the draws beside a plain loop over geopy and over pyproj, and of the bound and the whole check.

    python benchmarks/draws.py [--draws N]

Why the draws are fast:

- One draw is a row of an array, never an object: pyproj measures a leg of all draws in one call, in C.
- Points are drawn from a footprint by rejection: a batch of points in its box at once, tested by shapely against a
  shape that was prepared (indexed) once. A batch is twice what is missing, so two or three batches
  are enough.
- Draws that share the same told alternatives (this river or that one) are drawn together, not one by one.
- How alike legs are changes how they wind, not where they lie: places are drawn once and wound at every choice.
"""

from __future__ import annotations

import argparse
import platform
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from geopy.distance import geodesic
from pyproj import Geod

from escape_route.distance import bounds, plausible, report
from escape_route.distance import points as drawn
from escape_route.distance.bounds import Edge
from escape_route.distance.priors import Alike
from escape_route.distance.settings import DEFAULT_SEED, Settings
from escape_route.geography import geodesic as measure
from escape_route.model import places, read
from escape_route.model.journey import ModeShare, Waypoint
from escape_route.model.modes import Mode
from escape_route.model.vocabulary import Precision, Role, Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from escape_route.geography.geodesic import Floats
    from escape_route.model.journey import Journey

RO = Path(__file__).parents[1] / "geo" / "ro-family.geojson"
TARGET_S = 3.0
RUNS = 3
GEOPY_SAMPLE = 2_000
PYPROJ_SAMPLE = 20_000


def ten_waypoints() -> Journey:
    """The Ro family's nine waypoints and a tenth, made up for this benchmark: anywhere in the last country, by road."""
    journey = read.read(RO.read_bytes(), str(RO))
    tenth = Waypoint(
        id="benchmark",
        name={"en": "Anywhere in the last country"},
        role=Role.STOP,
        precision=Precision.COUNTRY,
        status=Status.INFERRED,
        footprints=("country:KR",),
        modes=(ModeShare(Mode.ROAD, 1.0, Status.INFERRED),),
    )
    return replace(journey, waypoints=(*journey.waypoints, tenth))


def best_s(run: Callable[[], object], runs: int = RUNS) -> float:
    """Shortest of several runs in seconds: what else the machine does only makes a run longer."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return min(taken)


def points(journey: Journey, count: int) -> Floats:
    """A draw of each place, shape (places, count, 2): what the peers measure legs between."""
    rng = np.random.Generator(np.random.PCG64(DEFAULT_SEED))
    return np.stack(
        [drawn.draw(place.regions[0], count, rng) for place in places.located(journey).values()]
    )


def geopy_s(drawn: Floats) -> float:
    """Seconds a leg of a plain loop over geopy."""
    lines = drawn.transpose(1, 0, 2).tolist()

    def loop() -> float:
        return float(
            sum(geodesic((a[1], a[0]), (b[1], b[0])).m for line in lines for a, b in pairwise(line))
        )

    return best_s(loop, 1) / (len(lines) * (len(drawn) - 1))


def pyproj_s(drawn: Floats) -> float:
    """Seconds a leg of a plain loop over pyproj, one leg a call."""
    geod, lines = Geod(ellps="WGS84"), drawn.transpose(1, 0, 2).tolist()

    def loop() -> float:
        return sum(float(geod.inv(*a, *b)[2]) for line in lines for a, b in pairwise(line))

    return best_s(loop, 1) / (len(lines) * (len(drawn) - 1))


def arrays_s(drawn: Floats) -> float:
    """Seconds a leg of pyproj with a whole array a call, as the program does it."""

    def loop() -> object:
        return [measure.distances_m(*one.T, *other.T) for one, other in pairwise(drawn)]

    return best_s(loop) / (len(drawn[0]) * (len(drawn) - 1))


def _row(name: str, seconds: float, ratio: float | None = None, note: str = "") -> None:
    print(
        f"  {name:47} {seconds:6.2f} s {'' if ratio is None else f'{ratio:5.1f} x'} {note}".rstrip()
    )


def time_draws(journey: Journey, draws: int) -> None:
    """Print the draws, and the same number of legs measured one at a time."""
    settings = Settings(draws=draws)
    cold_s = best_s(lambda: plausible.draw(journey, settings), 1)
    whole_s = best_s(lambda: plausible.draw(journey, settings))
    rho_s = best_s(
        lambda: plausible.within(
            plausible.Ways(journey, settings, tuple(Alike)).legs, draws, np.inf
        )
    )
    legs = draws * (len(places.located(journey)) - 1)
    by_arrays_s = arrays_s(points(journey, PYPROJ_SAMPLE)) * legs
    by_geopy_s = geopy_s(points(journey, GEOPY_SAMPLE)) * legs
    by_pyproj_s = pyproj_s(points(journey, PYPROJ_SAMPLE)) * legs
    met = "met" if whole_s < TARGET_S else "missed"
    print(
        f"{draws:,} draws of {len(journey.waypoints)} waypoints, best of {RUNS}; target {TARGET_S:g} s: {met}\n"
    )
    _row("places, geodesics and winding", whole_s, 1.0)
    _row("the first time, with reading of the footprints", cold_s, cold_s / whole_s)
    _row("the same places wound at three degrees of likeness", rho_s, rho_s / whole_s)
    print(f"\nThe geodesics alone of as many draws: {legs:,} legs, extrapolated\n")
    _row(
        "pyproj with an array a call, as in the draws",
        by_arrays_s,
        by_arrays_s / whole_s,
        f"from {PYPROJ_SAMPLE:,}",
    )
    _row(
        "a loop over geopy.distance.geodesic",
        by_geopy_s,
        by_geopy_s / whole_s,
        f"from {GEOPY_SAMPLE:,}",
    )
    _row(
        "a loop over pyproj.Geod.inv", by_pyproj_s, by_pyproj_s / whole_s, f"from {PYPROJ_SAMPLE:,}"
    )


def time_check() -> None:
    """Print the bound and the whole check of the Ro family, as `escape-route check` does them."""
    journey = read.read(RO.read_bytes(), str(RO))
    sets = list(places.located(journey).values())
    edges = (Edge.GEODESIC,) * (len(sets) - 1)
    print("\nThe Ro family\n")
    _row(
        "certified bound, whole journey, nothing kept",
        best_s(lambda: bounds.lower_bound(sets, edges), 1),
    )
    _row(
        "the same again, distances between sets kept",
        best_s(lambda: bounds.lower_bound(sets, edges)),
    )
    _row("whole check", best_s(lambda: report.gather(journey), 2))


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--draws", type=int, default=100_000)
    arguments = parser.parse_args()
    time_draws(ten_waypoints(), arguments.draws)
    time_check()
    print(f"\nPython {platform.python_version()}, numpy {np.__version__}, {platform.machine()}.")


if __name__ == "__main__":
    main()
