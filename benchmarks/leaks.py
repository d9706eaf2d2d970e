"""What the leak check costs beside the rest of `map` and `figure`, and how often chance is a finding.

    python benchmarks/leaks.py [--points N]

The cost: `map` and `figure` of the Ro family's journey, its places made exact, and of a long track, in seconds of one
core, in a fresh program, reading and writing and all; the check is timed within it.
Chance: positions drawn at random within the countries of the shipped journeys are held to be secret. None of them is in
a shipped page, so that whatever is found there is found by chance.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import math
import multiprocessing
import time
from functools import partial
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from escape_route.api import publish
from escape_route.cli import main as cli
from escape_route.geography import base
from escape_route.protection import leaks
from escape_route.publish.page.assembly import own_passages

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from escape_route.model.published import Published

ROOT = Path(__file__).parents[1]
COUNTRIES = ("CN", "KP", "KR", "LA", "TH", "VN")
TARGET = 0.02
COMMANDS = {"map": ".html", "figure": ".svg"}
RUNS = 3
TRACK = 200_000
SEED = 2019


def anywhere(count: int) -> list[tuple[float, float]]:
    """Positions (lon, lat) in degrees, five decimals, as many in each country."""
    rng = np.random.Generator(np.random.PCG64(SEED))
    found: list[tuple[float, float]] = []
    for number, code in enumerate(COUNTRIES, start=1):
        outline = base.geometry_of(f"country:{code}")
        west, south, east, north = outline.bounds
        while len(found) < count * number / len(COUNTRIES):
            lon, lat = rng.uniform(west, east), rng.uniform(south, north)
            if shapely.contains_xy(outline, lon, lat):
                found.append((round(lon, 5), round(lat, 5)))
    return found


def secrets_at(positions: list[tuple[float, float]]) -> leaks.Secrets:
    """Secrets of stops at these positions that are published in cells of 0.1 degree."""
    cells = [(np.floor(lon * 10) / 10 + 0.05, np.floor(lat * 10) / 10 + 0.05) for lon, lat in positions]
    held, published = (
        {"features": [{"geometry": {"type": "Point", "coordinates": list(map(float, place))}} for place in places]}
        for places in (positions, cells)
    )
    return secrets_of(held, published)


def by_chance(count: int) -> tuple[int, int]:
    """Findings in the shipped pages and how many positions were looked for in each."""
    positions = anywhere(count)
    pages = sorted((ROOT / "output").glob("*.html"))
    journeys = [positions[start::20] for start in range(20)]
    own = own_passages()
    return sum(
        len(leaks.find(p.read_bytes(), p.name, secrets_at(each), own=own)) for p in pages for each in journeys
    ), len(pages)


def family() -> dict[str, Any]:
    """The Ro family's journey with exact places where it has label points, and a word about each."""
    document: dict[str, Any] = json.loads((ROOT / "geo" / "ro-family.geojson").read_bytes())
    for number, feature in enumerate(document["features"]):
        feature["properties"] |= {
            "verbatimLocality": f"house {number} by the {number + 3}th bridge",
            "phone": 5551000 + number,
        }
        if feature["geometry"]:
            feature["geometry"]["coordinates"] = [each + 0.12345 for each in feature["geometry"]["coordinates"]]
    return document


def track(sensitivity: int) -> dict[str, Any]:
    """A journey of one long track, which is published where its ends declare 0, and held back where not."""
    line = [
        [round(101 + k / TRACK + 0.02 * math.sin(k / 40), 5), round(16 + k / TRACK + 0.02 * math.cos(k / 57), 5)]
        for k in range(TRACK)
    ]
    told = {"kind": "waypoint", "precision": "exact", "status": "inferred", "sensitivity": sensitivity}
    ends = [
        {
            "type": "Feature",
            "id": f"end-{number}",
            "geometry": {"type": "Point", "coordinates": line[-number]},
            "properties": told | {"name": {"en": f"End {number}"}, "role": role},
        }
        for number, role in enumerate(("start", "reached"))
    ]
    leg = {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": line},
        "properties": {"kind": "leg", "from": "end-0", "to": "end-1", "status": "inferred"},
    }
    about = {"id": "track", "title": {"en": "A track"}, "summary": {"en": "."}, "outcome": "reached"}
    return {
        "type": "FeatureCollection",
        "journey": {**about, "sources": [], "claims": []},
        "features": [*ends, leg],
    }


CASES: dict[str, Callable[[], dict[str, Any]]] = {
    "the Ro family, its places exact": family,
    f"a track of {TRACK:,} points, held back": partial(track, 2),
    "the same track, published": partial(track, 0),
}


def once(command: str, name: str) -> tuple[float, float, int]:
    """Seconds of processor time of a command in a fresh program without the check, and for it; the file's bytes."""
    checked_s = 0.0
    check = publish.refuse_leaks

    def timed(published: Sequence[Published], name: str, held: Sequence[publish.Held]) -> None:
        nonlocal checked_s
        start = time.process_time()
        check(published, name, held)
        checked_s = time.process_time() - start

    publish.refuse_leaks = timed
    with TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        journey, written = Path(folder) / "held.geojson", Path(folder) / f"written{COMMANDS[command]}"
        journey.write_text(json.dumps(CASES[name]()))
        start = time.process_time()
        if cli.main([command, str(journey), "-o", str(written)]):
            raise SystemExit(f"{name}: nothing written")
        return time.process_time() - start - checked_s, checked_s, written.stat().st_size


def fresh(command: str, name: str) -> tuple[float, float, int]:
    """The least of several runs, each in a program of its own: within one, what was read once is kept."""
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        runs = [pool.apply(once, (command, name)) for _ in range(RUNS)]
    build, check, size = (min(each) for each in zip(*runs, strict=True))
    return build, check, int(size)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, default=1000)
    points = parser.parse_args().points
    print(f"The check beside all else that a command does, best of {RUNS}; target: less than {TARGET:.0%}\n")
    for command, name in product(COMMANDS, CASES):
        build_s, check_s, size = fresh(command, name)
        met = "met" if check_s < TARGET * build_s else "missed"
        told = f"{build_s:.2f} s, {check_s:.3f} s more = {check_s / build_s:.1%}, {met}"
        print(f"  {command}: {name} ({size / 1000:,.0f} kB): {told}")
    print()
    found, pages = by_chance(points)
    print(f"{points:,} random positions in {', '.join(COUNTRIES)}, as 20 journeys, against {pages} shipped pages:")
    print(f"  {found} findings by chance")


if __name__ == "__main__":
    main()
