"""A recorded track: read, measured and checked, beside gpxpy, MovingPandas, trackintel and pyproj, in processor time.

    python benchmarks/tracks.py [--points N]

Each program runs in a process of its own, with what it loads counted apart. gpxpy and trackintel
measure on a ball, MovingPandas leg by leg with geopy. A program that is not installed is left out.
scikit-mobility 1.3.1 wants pandas 1.5 and folium 0.12, and cannot be installed beside this.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import numpy as np

_GPX = (
    '<gpx version="1.1" '
    'xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>\n{}</trkseg></trk></gpx>'
)
_POINT = (
    '<trkpt lat="{:.6f}" '
    'lon="{:.6f}"><ele>5</ele><time>2020-01-01T{:02d}:{:02d}:{:02d}Z</time></trkpt>\n'
)
_FOUND = """import re
import numpy as np
found = re.findall('lat="([^"]+)" lon="([^"]+)"', path.read_text())
found = np.array(found, float)[:, ::-1].copy()"""
_FRAME = f"""{_FOUND}
import warnings
warnings.simplefilter('ignore')
import geopandas, pandas, shapely
"""
_MANY = 1_000_000
#: What is run: what is loaded first, and then what is timed, with `path` the file.
_ROWS = {
    "gpxpy: parsed and measured": (
        "import gpxpy",
        "gpxpy.parse(path.open()).length_2d()",
    ),
    "escape-route: read, measured and checked": (
        "from escape_route.formats import format_of, reader\nfrom escape_route.distance.report import gather",
        "gather(reader(format_of(path)).read(path.read_bytes(), path.name).journey)",
    ),
    "pyproj: its legs alone, without reading": (
        f"{_FOUND}\nfrom pyproj import Geod\ngeod = Geod(ellps='WGS84')",
        "geod.line_length(*found.T)",
    ),
    "escape-route: its legs alone, without reading": (
        f"{_FOUND}\nimport math\nfrom escape_route.geography import geodesic",
        "math.fsum(geodesic.lengths_m(found))",
    ),
    "escape-route: the same from a list of pairs": (
        f"{_FOUND}\nfrom escape_route.geography import geodesic\nline = list(zip(*found.T.tolist()))",
        "geodesic.line_length_m(line)",
    ),
    "MovingPandas: its legs alone, without reading": (
        f"""{_FRAME}import movingpandas
times = pandas.date_range('2020-01-01', periods=len(found), freq='s')
points = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(*found.T), crs=4326, index=times)
track = movingpandas.Trajectory(points, 'track')""",
        "track.get_length()",
    ),
    "trackintel: its legs alone, without reading": (
        f"""{_FRAME}from trackintel.geogr import calculate_haversine_length
track = geopandas.GeoDataFrame(geometry=[shapely.LineString(found)], crs=4326)""",
        "calculate_haversine_length(track)",
    ),
}
_OURS = "escape-route: read, measured and checked"
_LEGS = (
    "pyproj: its legs alone, without reading",
    "escape-route: its legs alone, without reading",
    "escape-route: the same from a list of pairs",
)
_ASKED_FOR = {"MovingPandas": "movingpandas", "trackintel": "trackintel", "gpxpy": "gpxpy"}
_TIMED = """import sys, time
from pathlib import Path
path = Path(sys.argv[1])
{}
start = time.process_time()
{}
print(time.process_time() - start)
"""


def made(points: int) -> str:
    """Track of a walker who is recorded once a second."""
    return _GPX.format(
        "".join(
            _POINT.format(
                45 + n * 1e-5 % 3, 10 + n * 1.3e-5 % 5, n // 3600 % 24, n // 60 % 60, n % 60
            )
            for n in range(points)
        )
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--points", type=int, default=200_000)
    points = parser.parse_args().points
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "track.gpx"
        path.write_text(made(points))
        for name in _ROWS:
            module = _ASKED_FOR.get(name.partition(":")[0])
            if module is None or find_spec(module):
                _say(name, path, points)
        sizes = [points // 8, points // 4, points // 2, points]
        seconds = []
        for size in sizes:
            path.write_text(made(size))
            seconds.append(took_s(_OURS, path))
        power = np.polyfit(np.log(sizes), np.log(seconds), 1)[0]
        print(
            f"{_OURS}, {sizes[0]:,} to {sizes[-1]:,}: grows with the power {power:.2f}", flush=True
        )
        path.write_text(made(_MANY))
        for name in _LEGS:
            _say(name, path, _MANY)


def took_s(name: str, path: Path) -> float:
    """Seconds of processor time that a row takes on a file."""
    command = [sys.executable, "-c", _TIMED.format(*_ROWS[name]), str(path)]
    return float(
        subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1]
    )


def _say(name: str, path: Path, points: int) -> None:
    seconds = took_s(name, path)
    print(
        f"{name}, {points:,} points".ljust(66)
        + f"{seconds:>8.2f} s{points / seconds:>14,.0f} points/s",
        flush=True,
    )


if __name__ == "__main__":
    main()
