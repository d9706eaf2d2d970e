"""Attacks on made-up journeys: the smallest share of a promised cell that any of them leaves.

    python benchmarks/attacks.py [ATTACK ...] [--journeys N] [--seed SEED]

Each journey is published as the program publishes it, and attacked in thirteen ways
(`tests/attacking.py`). Exits 1 where an attack leaves less than a quarter of a cell of what was
published, or fewer than 95 % of the honest journeys pass.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import attacking

LEAST_LEFT, LEAST_PASSED = 0.25, 0.95


def main() -> int:
    """Play the attacks and print what they leave."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "attacks", nargs="*", metavar="ATTACK", help=f"of {', '.join(attacking.ATTACKS)} (all)"
    )
    parser.add_argument(
        "--journeys", type=int, default=1000, help="honest journeys that are attacked"
    )
    parser.add_argument("--seed", type=int, default=2019, help="of the journeys")
    options = parser.parse_args()
    taken = attacking.run(options.journeys, options.seed, options.attacks or attacking.ATTACKS)
    print(
        "attack                        played  refused  least left before  and now               in journey"
    )
    for name, each in taken.items():
        before = f"{min(each.before):.1%}" if each.before else "-"
        worst = min(each.after, key=lambda number, of=each: of.after[number], default=None)
        if worst is None:
            after = "nothing is published"
        else:
            after = f"{each.after[worst]:<20.1%}  {worst:5}"
        print(
            f"{name:28} {len(each.after) + each.refused:7} {each.refused:8} {before:>18}  {after}"
        )
    before, now = attacking.named_by_radius(
        min(options.journeys, 300), np.random.default_rng(options.seed)
    )
    print(
        f"towns that share a cell and are told apart by their radius: {before:.1%} before, {now:.1%} now"
    )
    least = min((left for each in taken.values() for left in each.after.values()), default=1.0)
    print(
        f"smallest share of a promised cell that any attack leaves: {least:.1%} (at least {LEAST_LEFT:.0%})"
    )
    if attacking.WHOLE not in taken:
        return int(least < LEAST_LEFT)
    passed = len(taken[attacking.WHOLE].after)
    print(f"honest journeys published without an override: {passed} of {options.journeys}")
    return int(least < LEAST_LEFT or passed < LEAST_PASSED * options.journeys)


if __name__ == "__main__":
    sys.exit(main())
