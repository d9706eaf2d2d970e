"""How fast an archive of made-up journeys is checked: a core, two workers, growth in journeys and stops, memory.

    python benchmarks/archives.py [--journeys N] [--only archive]

Beside it stands what others do with the same table: its legs by pyproj, an array a journey, and by
geopy, a leg a call; neither weighs anything. Seconds are of processor time for one process, and of
the clock for workers. The journeys are points and discs of up to 5 km with one mode a leg and a
stated distance each, as the kernel takes them; one that has countries or outlines is drawn and
takes some hundred times as long.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import psutil
from geopy.distance import geodesic
from pyproj import Geod

from escape_route.archive import jobs
from escape_route.archive.run import connected, run
from escape_route.distance.settings import Settings
from escape_route.formats import dataset

PER_PARTITION = 1_000
STOPS = 8
_MODES = np.array(["road", "rail", "foot", "road_poor"])
_FEW = 2_000
_TURNS = 2  # of one and two workers, turn about: what else the machine does changes
_SAID = "{:<58}{:>10}{:>12}"


def made(folder: Path, journeys: int, stops: int = STOPS) -> Path:
    """Write a data set of made-up journeys, partition by partition."""
    partitions = max(1, journeys // PER_PARTITION)
    names = pd.Series([f"j{number:07d}" for number in range(journeys)])
    lies_in = names.map(lambda name: dataset.partition_of(name, partitions)).to_numpy()
    for number in range(partitions):
        _write(folder, number, names[lies_in == number].to_numpy(), stops)
    dataset.write_head(folder, dataset.Head("held", partitions))
    return folder


def _write(folder: Path, number: int, names: np.ndarray, stops: int) -> None:
    rng = np.random.default_rng(number)
    count = len(names)
    turn = rng.uniform(0, 2 * np.pi, (count, 1)) + np.cumsum(
        rng.normal(0, 0.6, (count, stops)), axis=1
    )
    step_km = rng.uniform(25, 150, (count, stops))
    lat = rng.uniform(35, 50, (count, 1)) + np.cumsum(step_km * np.sin(turn), axis=1) / 111
    lat = np.clip(lat, -75, 75)
    lon = rng.uniform(-5, 40, (count, 1)) + np.cumsum(step_km * np.cos(turn), axis=1) / (
        111 * np.cos(np.radians(lat))
    )
    radius_m = rng.choice([50, 500, 2_000, 5_000], (count, stops))
    modes = np.char.add(
        np.char.add('[{"mode":"', rng.choice(_MODES, (count, stops))),
        '","status":"single","weight":1}]',
    )
    order = np.tile(np.arange(stops, dtype="int32"), count)
    rows = pd.DataFrame({"journey": np.repeat(names, stops), "order": order})
    rows["id"] = [f"w{at}" for at in order]
    rows["name"] = [f'{{"en":"Place {at}"}}' for at in order]
    rows["role"] = np.where(order == 0, "start", "stop")
    rows["precision"], rows["status"], rows["sources"] = "city", "single", '["S1"]'
    rows["coordinateUncertaintyInMeters"] = radius_m.ravel().astype(str)
    rows["modes"] = pd.Series(modes.ravel()).where(order > 0, None)
    drawn = geopandas.points_from_xy((lon.ravel() + 180) % 360 - 180, lat.ravel())
    tables = {
        "waypoints": geopandas.GeoDataFrame(rows, geometry=drawn, crs="OGC:CRS84"),
        "tracks": geopandas.GeoDataFrame(
            {"journey": [], "order": []}, geometry=[], crs="OGC:CRS84"
        ),
        "journeys": _same(
            names, title='{"en":"A way"}', summary='{"en":"Of it"}', outcome="unknown", format="2"
        ),
        "sources": _same(names, id="S1", title='"An archive"', url="null"),
        "claims": _same(
            names,
            id="c1",
            quantity='"distance"',
            value=[
                f"{value:.2g}"
                for value in step_km[:, 1:].sum(axis=1) * rng.uniform(0.7, 2.5, count)
            ],
            unit='"km"',
            scope=f'{{"from":"w0","to":"w{stops - 1}","flight":"unknown"}}',
            sources='["S1"]',
        ),
    }
    tables["claims"]["value"] = [str(float(value)) for value in tables["claims"]["value"]]
    for name in reversed(dataset.TABLES):
        path = dataset.path_of(folder, name, number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(dataset.to_bytes(tables[name]))


def _same(names: np.ndarray, **columns: object) -> pd.DataFrame:
    return pd.DataFrame({"journey": names, "order": np.zeros(len(names), dtype="int32"), **columns})


def _alone(folder: Path) -> float:
    """Seconds of processor time to read and weigh a data set in this process."""
    start = time.process_time()
    for number in dataset.head_of(folder).parts():
        found = jobs.check(str(folder), number, Settings())
        if len(found["problems"]):
            raise SystemExit(str(found["problems"].head()))
    return time.process_time() - start


def _by_workers(folder: Path, workers: int) -> tuple[float, float]:
    """Seconds by the clock, and the most memory of all processes together, in MB, looked at ten times a second."""
    result = folder.parent / f"{folder.name}-by-{workers}"
    with connected(workers) as client:
        client.run(jobs.check, str(folder), 0, Settings())  # in every worker what is loaded once
        peak, done = _Peak(), False
        start = time.perf_counter()
        with peak:
            done = not run(client, jobs.check, folder, result, Settings()).faults
        took = time.perf_counter() - start
    if not done:
        raise SystemExit("partitions are missing")
    shutil.rmtree(result)
    return took, peak.most_mb


class _Peak:
    """Most memory that this process and its children hold while it is open."""

    most_mb = 0.0

    def __enter__(self) -> None:
        from threading import Event, Thread  # noqa: PLC0415  # nowhere else

        self._stop = Event()
        self._thread = Thread(target=self._look, daemon=True)
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stop.wait(0.1):
            held = 0
            for each in [psutil.Process(), *psutil.Process().children(recursive=True)]:
                try:
                    held += each.memory_info().rss
                except psutil.Error:
                    continue
            self.most_mb = max(self.most_mb, held / 1e6)


def _say(what: str, value: str, more: str = "") -> None:
    print(_SAID.format(what, value, more), flush=True)


def _growth(folder: Path) -> None:
    sizes = [1_000, 2_000, 4_000, 8_000]
    seconds = [_alone(made(folder / f"n{size}", size)) for size in sizes]
    _say(
        "exponent in journeys, 1,000 to 8,000",
        f"{np.polyfit(np.log(sizes), np.log(seconds), 1)[0]:.2f}",
    )
    stops = [4, 8, 16, 32, 64]
    seconds = [_alone(made(folder / f"s{count}", 1_000, count)) for count in stops]
    _say("exponent in stops, 4 to 64", f"{np.polyfit(np.log(stops), np.log(seconds), 1)[0]:.2f}")


def _others(folder: Path) -> None:
    """What others take for the legs of the same table, read by geopandas."""
    start = time.process_time()
    table = dataset.table_of(dataset.path_of(folder, "waypoints", 0))
    ways = [
        (part.geometry.x.to_numpy(), part.geometry.y.to_numpy())
        for _, part in table.groupby("journey")
    ]
    read = time.process_time() - start
    geod = Geod(ellps="WGS84")
    start = time.process_time()
    for lon, lat in ways:
        geod.line_length(lon, lat)
    _say(
        "pyproj, legs alone, an array a journey: journeys/s",
        f"{len(ways) / (read + time.process_time() - start):,.0f}",
    )
    some = ways[:200]
    start = time.process_time()
    for lon, lat in some:
        sum(geodesic(one, other).m for one, other in pairwise(zip(lat, lon, strict=True)))
    each = read / len(ways) + (time.process_time() - start) / len(some)
    _say("geopy, legs alone, a leg a call: journeys/s", f"{1 / each:,.0f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--journeys", type=int, default=40_000)
    parser.add_argument("--only", choices=["archive"])
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few = made(folder / "few", _FEW)
        _alone(few)  # what is loaded once
        took = _alone(few)
        _say(f"one process, {_FEW:,} journeys: journeys/s of a core", f"{_FEW / took:,.0f}")
        if told.only is None:
            _others(few)
            _growth(folder)
        whole = made(folder / "whole", told.journeys)
        clock: dict[int, list[float]] = {}
        for workers in (2, 1) * _TURNS if told.only is None else (2,):
            seconds, peak_mb = _by_workers(whole, workers)
            clock.setdefault(workers, []).append(seconds)
            _say(
                f"{told.journeys:,} journeys, {workers} workers: s",
                f"{seconds:,.1f}",
                f"{told.journeys / seconds:,.0f}/s",
            )
            _say("  most memory of all processes: MB", f"{peak_mb:,.0f}")
        if len(clock) > 1:
            _say("two workers, times one, best of each", f"{min(clock[1]) / min(clock[2]):.2f}")
        _say(
            "most memory of this process: MB",
            f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f}",
        )


if __name__ == "__main__":
    main()
