"""One journey of very many stops through every command: processor time and memory of each, and how they grow.

    python benchmarks/stops.py [--stops N] [--only check,lint,...]

Each stop is a town, with a day and a sentence of narration, as a diary has them. Each command runs
in a process of its own, libraries and all; beside them stands the short script with geopy, pandas
and folium (`plain_script.py`). What else the machine does makes a run a quarter or so longer, for
processors share their caches.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

import numpy as np

_SCRIPT = str(Path(__file__).parent / "plain_script.py")
_OURS = ("-m", "escape_route")
_TO = ("-o", "{out}", "--force")
#: What is run, with the arguments of Python and the ending of what it writes.
_ROWS = {
    "script": ((_SCRIPT, "{told}"), ""),
    "check": ((*_OURS, "check", "{told}"), ""),
    "json": ((*_OURS, "check", "{told}", "--json"), ""),
    "lint": ((*_OURS, "lint", "{told}"), ""),
    "map": ((*_OURS, "map", "{told}", *_TO), ".html"),
    "figure": ((*_OURS, "figure", "{told}", *_TO), ".svg"),
    "report": ((*_OURS, "report", "{told}", *_TO), ".html"),
    "report as Markdown": ((*_OURS, "report", "{told}", *_TO), ".md"),
    "report as PDF": ((*_OURS, "report", "{told}", *_TO), ".pdf"),
    "protect": ((*_OURS, "protect", "{told}", *_TO), ".geojson"),
    "spreadsheet": ((*_OURS, "export", "{told}", *_TO), ".xlsx"),
}
_GROWN = ("check", "lint")


def diary(stops: int) -> dict[str, object]:
    """Journey of made-up stops on the plains of eastern Europe, some 50 km from one to the next; always the same."""
    rng = np.random.default_rng(17)
    turn = np.arange(stops) * 2 * np.pi * 8 / 1_000
    lon = 42.5 + 17.5 * np.sin(turn) + rng.normal(0, 0.1, stops)
    lat = 52 + 4 * np.sin(np.sqrt(2) * turn) + rng.normal(0, 0.1, stops)
    scope = {"from": "place-0", "to": f"place-{stops - 1}", "flight": "unknown"}
    claim = {
        "quantity": "distance",
        "value": 50 * stops,
        "unit": "km",
        "wording": "about",
        "scope": scope,
    }
    said = {"en": "A diary of many days"}
    head = {"format": 2, "id": "diary", "title": said, "summary": said, "outcome": "reached"}
    return {
        "type": "FeatureCollection",
        "journey": head
        | {
            "sources": [{"id": "S1", "title": "A diary", "url": None}],
            "claims": [{"id": "c1", **claim, "sources": ["S1"]}],
        },
        "features": [
            _stop(number, (float(x), float(y)))
            for number, (x, y) in enumerate(zip(lon, lat, strict=True))
        ],
    }


def _stop(number: int, at: tuple[float, float]) -> dict[str, object]:
    text = f"On day {number} we came to place {number} and stayed the night."
    told = {
        "kind": "waypoint",
        "name": {"en": f"Place {number}"},
        "role": "stop" if number else "start",
        "precision": "city",
        "status": "single",
        "sources": ["S1"],
        "coordinateUncertaintyInMeters": 500 * (1 + number % 4),
        "when": str(date(1940, 1, 1) + timedelta(days=number)),
        "narration": {"en": [{"text": text, "sources": ["S1"]}]},
    }
    if number:
        mode = ("road", "road_poor", "rail", "foot")[number // 7 % 4]
        told["modes"] = [{"mode": mode, "weight": 1, "status": "single"}]
    geometry = {"type": "Point", "coordinates": [round(each, 3) for each in at]}
    return {"type": "Feature", "id": f"place-{number}", "geometry": geometry, "properties": told}


def used(name: str, told: Path) -> tuple[float, float]:
    """Processor time, in seconds, and the most memory, in MB, that a row of the table takes."""
    arguments, ending = _ROWS[name]
    out = told.with_name(f"out{ending}")
    command = [sys.executable, *(each.format(told=told, out=out) for each in arguments)]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = run.stderr.read().decode() if run.stderr else ""
    _, status, spent = os.wait4(run.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)}: {said}")
    return spent.ru_utime + spent.ru_stime, spent.ru_maxrss / 1024


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--stops", type=int, default=1_000)
    parser.add_argument(
        "--only", default=",".join(_ROWS), help="rows of the table, with commas between them"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        told = _written(Path(folder), options.stops)
        print(f"{options.stops:,} stops, each with a day and a sentence")
        script_s, _ = used("script", told)
        for name in options.only.split(","):
            seconds, memory_mb = used(name, told)
            print(
                f"{name:<24}{seconds:8.1f} s {seconds / script_s:8.1f} times the script {memory_mb:8.0f} MB",
                flush=True,
            )
        _growth(Path(folder), options.stops)


def _written(folder: Path, stops: int) -> Path:
    path = folder / "diary.geojson"
    path.write_text(json.dumps(diary(stops)), encoding="utf-8")
    return path


def _growth(folder: Path, most: int) -> None:
    """Print the power of the stops that time grows with, above what one stop takes."""
    stops = [most // 8, most // 4, most // 2, most]
    for name in _GROWN:
        least_s, _ = used(name, _written(folder, 2))
        seconds = [used(name, _written(folder, each))[0] for each in stops]
        power = np.polyfit(np.log(stops), np.log(np.array(seconds) - least_s), 1)[0]
        listed = ", ".join(
            f"{each:,}: {took:.1f} s" for each, took in zip(stops, seconds, strict=True)
        )
        print(
            f"{name}, 2: {least_s:.1f} s, {listed}: above that it grows with the power {power:.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
