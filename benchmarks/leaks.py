"""What the leak check costs beside the rest of `map` and `figure`, and how often it cries wolf.

    python benchmarks/leaks.py [--pages N]

The cost: `map` and `figure` of the Ro family's journey, its places made exact, and of a long track,
in seconds of one core, in a fresh program, reading and writing and all; the check is timed within
it. Alarms: pages that hold nothing of a made-up journey are looked through for it, half of them its
own publishable form in each format, half of them files of the Python packages installed here.
Whatever is found there is a false alarm.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import math
import multiprocessing
import sys
import time
from functools import partial
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import clean_pages
from escape_route.api import publish
from escape_route.cli import main as cli

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from escape_route.model.published import Published

ROOT = Path(__file__).parents[1]
TARGET = 0.02
COMMANDS = {"map": ".html", "figure": ".svg"}
RUNS = 3
TRACK = 200_000


def family() -> dict[str, Any]:
    """The Ro family's journey with exact places where it has label points, and a word about each."""
    document: dict[str, Any] = json.loads((ROOT / "geo" / "ro-family.geojson").read_bytes())
    for number, feature in enumerate(document["features"]):
        feature["properties"] |= {
            "verbatimLocality": f"house {number} by the {number + 3}th bridge",
            "phone": 5551000 + number,
        }
        if feature["geometry"]:
            feature["geometry"]["coordinates"] = [
                each + 0.12345 for each in feature["geometry"]["coordinates"]
            ]
    return document


def track(sensitivity: int) -> dict[str, Any]:
    """A journey of one long track, which is published where its ends declare 0, and held back where not."""
    line = [
        [
            round(101 + k / TRACK + 0.02 * math.sin(k / 40), 5),
            round(16 + k / TRACK + 0.02 * math.cos(k / 57), 5),
        ]
        for k in range(TRACK)
    ]
    told = {
        "kind": "waypoint",
        "precision": "exact",
        "status": "inferred",
        "sensitivity": sensitivity,
    }
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
    about = {
        "id": "track",
        "title": {"en": "A track"},
        "summary": {"en": "."},
        "outcome": "reached",
    }
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
        journey, written = (
            Path(folder) / "held.geojson",
            Path(folder) / f"written{COMMANDS[command]}",
        )
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
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=1000)
    pages = parser.parse_args().pages
    print(
        f"The check beside all else that a command does, best of {RUNS}; target: less than {TARGET:.0%}\n"
    )
    for command, name in product(COMMANDS, CASES):
        build_s, check_s, size = fresh(command, name)
        met = "met" if check_s < TARGET * build_s else "missed"
        told = f"{build_s:.2f} s, {check_s:.3f} s more = {check_s / build_s:.1%}, {met}"
        print(f"  {command}: {name} ({size / 1000:,.0f} kB): {told}")
    print()
    for what, some in (
        ("publishable forms", clean_pages.own),
        ("files of others", clean_pages.others),
    ):
        alarms = clean_pages.alarms(some(pages // 2))
        print("\n".join((f"{pages // 2:,} {what}: {len(alarms)} false alarms", *alarms)))


if __name__ == "__main__":
    main()
