"""A recorded track of 200,000 points: read, measured and checked, beside gpxpy and pyproj, in processor time.

    python benchmarks/tracks.py [--points N]

Each program runs in a process of its own, with what it loads counted apart; gpxpy measures on a ball, leg by leg.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

_GPX = '<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>\n{}</trkseg></trk></gpx>'
_POINT = '<trkpt lat="{:.6f}" lon="{:.6f}"><ele>5</ele><time>2020-01-01T{:02d}:{:02d}:{:02d}Z</time></trkpt>\n'
_FOUND = """import re
import numpy as np
found = re.findall('lat="([^"]+)" lon="([^"]+)"', path.read_text())
found = np.array(found, float)[:, ::-1].copy()"""
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
        f"{_FOUND}\nfrom escape_route.geography import geodesic\nline = list(zip(*found.T.tolist()))",
        "geodesic.line_length_m(line)",
    ),
}
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
            _POINT.format(45 + n * 1e-5 % 3, 10 + n * 1.3e-5 % 5, n // 3600 % 24, n // 60 % 60, n % 60)
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
        for name, (loaded, timed) in _ROWS.items():
            command = [sys.executable, "-c", _TIMED.format(loaded, timed), str(path)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            seconds = float(done.stdout.splitlines()[-1])
            print(f"{name:<48}{seconds:>8.2f} s{points / seconds:>14,.0f} points/s", flush=True)


if __name__ == "__main__":
    main()
