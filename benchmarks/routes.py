"""How long `check --routes` takes more than `check` does: the first time, when networks are built, and after that.

    python benchmarks/routes.py [JOURNEY ...]

The cache is one of its own and is empty at first. Times are of the processor, and of the way on the
network alone, with all else of the check measured before; target: under 2 s for the Ro family once
the network is built.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from unittest import mock

from escape_route.distance import by_network
from escape_route.distance.report import gather
from escape_route.distance.settings import Settings
from escape_route.geography import network
from escape_route.model.read import read

GEO = Path(__file__).parent.parent / "geo"
DRAWS = 1_000


def taken_s(path: Path) -> tuple[float, list[float | None]]:
    """Seconds that the way on the network adds to a check, and the lengths of it in metres, one a scope."""
    network.load.cache_clear()
    by_network.doors.cache_clear()
    journey = read(path.read_bytes())
    times = []
    for routes in (False, True):
        start = time.process_time()
        found = gather(journey, Settings(draws=DRAWS, routes=routes))
        times.append(time.process_time() - start)
    return times[1] - times[0], [
        scope.by_network.length_m for scope in found.scopes if scope.by_network
    ]


def main() -> None:
    """Print a line a journey."""
    paths = [Path(each) for each in sys.argv[1:]] or [GEO / "ro-family.geojson"]
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.object(network, "cache_folder", return_value=Path(folder)),
    ):
        for path in paths:
            gather(
                read(path.read_bytes()), Settings(draws=DRAWS)
            )  # what is kept of distances between sets is kept from here on
            first_s, lengths_m = taken_s(path)
            again_s, _ = taken_s(path)
            said = ", ".join(
                "not given" if each is None else f"{each / 1000:,.0f} km" for each in lengths_m
            )
            print(
                f"{path.stem}: {first_s:.1f} s the first time, {again_s:.2f} s after that ({said})"
            )


if __name__ == "__main__":
    main()
