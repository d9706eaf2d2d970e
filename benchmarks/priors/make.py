"""Make `priors.json`, `legs.json` and `tried.json`, and which networks are whole for the package: `make priors`.

A quarter of an hour the first time; the legs are then kept in `build/priors/`, and the rest takes
minutes.
"""

from __future__ import annotations

import json
from pathlib import Path

import collect
import left_out
import rules
import table
import terrain
import told
import tried

HERE = Path(__file__).parent
PACKAGE = HERE.parents[1] / "src" / "escape_route" / "distance"
#: What the package calls the network whose whole countries it is told; railways are judged leg by
#: leg.
WHOLE = {"road": "roads"}
CACHE = HERE.parents[1] / "build" / "priors"
_FOOT = (
    "either a way to a place (1.30) or a trail walked for its own sake (1.90), as likely "
    "[judgement];"
    " no leg data was found; chosen over one wide row because it holds the 12 walks among the 63 "
    "better"
)
JUDGED = {
    "road_poor": {
        "any_stops": table.judged(
            (-0.566, -0.148),
            (0.3, 0.55, 0.3),
            "version 0.1's mean: one province measured at 1.435 (doi 10.1038/s44260-024-00023-x); today's"
            " roads have tunnels where such roads wound, so none is data; regions differ as by road",
        )
        | {"ground": 0.0}
    },
    "foot": {
        "to_a_place": table.judged((-1.2, 0.0), (0.3, 0.5, 0.3), _FOOT) | {"share": 0.5},
        "for_its_own_sake": table.judged((-0.1, 0.0), (0.3, 0.5, 0.3), _FOOT) | {"share": 0.5},
    },
    "foot_wild": {
        "any_stops": table.judged((-0.431, 0.0), (0.0, 0.7, 0.5), "version 0.1: none measured")
    },
    "boat_across": {
        "any_stops": table.judged((-2.303, 0.0), (0.0, 0.8, 0.5), "version 0.1: narrow rivers")
    },
    "flight": {
        "any_stops": table.judged((-2.526, 0.0), (0.0, 0.6, 0.5), "the UK government adds 8 %")
    },
    "unknown": {
        "any_stops": table.judged((-0.916, 0.0), (0.0, 0.7, 0.5), "version 0.1: a mixture of all")
    },
}


def main() -> None:
    """Legs, fits, tables, and what the table makes of known journeys."""
    CACHE.mkdir(parents=True, exist_ok=True)
    journeys = rules.known_journeys(HERE.parent)
    print(f"No leg with both ends in one of {len(journeys)} known journeys is data")
    terrain.write(PACKAGE.parent / "geography" / "ground.npz")
    ground = terrain.read()
    modes, legs = {}, {}
    for mode in collect.networks():
        found = collect.found(mode, CACHE, ground, journeys)
        rows, regions = table.fitted(mode, found)
        modes[mode] = {"stops": rows}
        legs[mode] = table.statistics(found) | {"region_effects": regions, "fitted": rows}
        print(
            f"{mode}: {legs[mode]['legs']:,} legs; fitted to {sum(row['legs'] for row in rows.values()):,}"
        )
    modes |= {mode: {"stops": rows} for mode, rows in JUDGED.items()}
    rows = {mode: each["stops"] for mode, each in modes.items()}
    seen = told.read(HERE.parent / "known_journeys", ground)
    shared_by, said = told.common(rows, seen)
    by_mode = {mode: [each for each in seen if each.mode == mode] for mode in rows}
    modes = {mode: {"stops": told.mended(rows[mode], by_mode[mode], shared_by)} for mode in rows}
    made = {"formula": table.FORMULA, "sources": table.SOURCES, "modes": modes}
    apart = {"rule_countries": rules.RULE_COUNTRIES, "kept_out": rules.KEPT_OUT}
    _write(PACKAGE / "priors.json", made)
    _write(HERE / "legs.json", apart | {"sources": table.SOURCES, "modes": legs})
    _write(
        PACKAGE / "networks.json",
        {name: sorted(legs[mode]["legs_by_region"]) for mode, name in WHOLE.items()},
    )
    sets = {
        "each set left out": left_out.scores(rows, seen, shared_by),
        "each set left out, the ground not told": left_out.scores(
            left_out.without(rows, "ground"), seen, shared_by
        ),
    }
    _write(HERE / "tried.json", {"common": said} | sets | _tried(made, legs))


def _tried(made: dict[str, object], legs: dict[str, dict[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for mode in ("road", "rail"):
        broken = (
            legs[mode]["left_out_as_broken"] if mode == "rail" else {}
        )  # by road all twenty are tried
        whole = [each for each in collect.chains_of(mode, CACHE) if each.country not in broken]
        for count in (5, 20, 200):
            found[f"{mode}, chains of {count}"] = tried.compared(
                tried.of_chains(mode, whole, count), made
            )
    for name, row in found.items():
        print(name, json.dumps(row))
    return found


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
