"""Seconds and peak memory of each reader for a made file of 50 MB: no reader may take a minute or 2 GB.

    python benchmarks/readers.py [NAME...] [--megabytes N]

Each file is read in a process of its own, so that the peak is that of one reader. A file is either
a journey, or full of faults: what is wrong everywhere must be told as soon as what is right.
Seconds are of processor time. Exit code 1 where a reader is over the limits.
"""

from __future__ import annotations

import argparse
import io
import json
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from escape_route.errors import JourneyFileError
from escape_route.formats import format_of, reader
from escape_route.formats.tracks import kmz

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_S, MOST_MB = 60.0, 2_000.0
_TOP = {
    "id": "j",
    "title": {"en": "J"},
    "summary": {"en": "J"},
    "outcome": "unknown",
    "sources": [{"id": "S", "title": "S", "url": None}],
    "claims": [],
}


def _positions() -> Iterator[tuple[float, float]]:
    return ((round(100 + n * 1e-6 % 50, 6), round(10 + n * 1e-6 % 50, 6)) for n in count())


def _filled(head: str, pieces: Iterator[str], tail: str, size: int) -> bytes:
    """Pieces between a head and a tail until there is enough."""
    parts, length = [head], len(head) + len(tail)
    while length < size:
        parts.append(next(pieces))
        length += len(parts[-1])
    return "".join([*parts, tail]).encode()


def _waypoint(number: int, position: tuple[float, float], status: str = "single") -> str:
    properties = {
        "kind": "waypoint",
        "name": {"en": f"W{number}"},
        "role": "stop",
        "precision": "exact",
    }
    properties |= {"status": status, "sources": ["S"]}
    point = {"type": "Point", "coordinates": position}
    return json.dumps(
        {"type": "Feature", "id": f"w{number}", "geometry": point, "properties": properties}
    )


def _geojson(features: Iterator[str], size: int, tail: str = "]}") -> bytes:
    head = f'{{"type":"FeatureCollection","journey":{json.dumps(_TOP)},"features":['
    first = next(features)
    return _filled(head + first, (f",{feature}" for feature in features), tail, size)


def geojson_track(size: int) -> bytes:
    """Two waypoints and a track of as many positions as there is room for."""
    places = f"{_waypoint(0, (100, 10))},{_waypoint(1, (101, 11))}"
    leg = '{"type":"Feature","properties":{"kind":"leg","from":"w0","to":"w1","status":"single","sources":["S"]},'
    head = f'{{"type":"FeatureCollection","journey":{json.dumps(_TOP)},"features":[{places},{leg}'
    line = (f",[{lon},{lat}]" for lon, lat in _positions())
    return _filled(
        f'{head}"geometry":{{"type":"LineString","coordinates":[[100,10]', line, "]}}]}", size
    )


def geojson_waypoints(size: int) -> bytes:
    """Waypoints and nothing else."""
    return _geojson((_waypoint(n, position) for n, position in enumerate(_positions())), size)


def geojson_wrong_positions(size: int) -> bytes:
    """A track of which every position lies outside the Earth."""
    line = (f",[{lon + 300},{lat}]" for lon, lat in _positions())
    leg = '{"type":"Feature","properties":{"kind":"leg","from":"w0","to":"w1","status":"single","sources":["S"]},'
    head = f'{{"type":"FeatureCollection","journey":{json.dumps(_TOP)},"features":[{leg}'
    return _filled(
        f'{head}"geometry":{{"type":"LineString","coordinates":[[100,10]', line, "]}}]}", size
    )


def geojson_wrong_types(size: int) -> bytes:
    """A track of which no position is one."""
    leg = '{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[1,2]'
    return _filled(
        f'{{"type":"FeatureCollection","features":[{leg}', (",[0]" for _ in count()), "]}}]}", size
    )


def geojson_wrong_waypoints(size: int) -> bytes:
    """Waypoints each with a fault."""
    return _geojson(
        (_waypoint(n, position, "sure") for n, position in enumerate(_positions())), size
    )


def geojson_brackets(size: int) -> bytes:
    """Brackets."""
    return b"[" * size


def _gpx(inside: Iterator[str], size: int, around: str = "trk") -> bytes:
    head = '<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">'
    opening, closing = ("<trk><trkseg>", "</trkseg></trk>") if around == "trk" else ("", "")
    return _filled(head + opening, inside, f"{closing}</gpx>", size)


def gpx_track(size: int) -> bytes:
    """A track as devices write it, with heights and times."""
    times = (f"2020-01-01T{n // 3600 % 24:02d}:{n // 60 % 60:02d}:{n % 60:02d}Z" for n in count())
    points = (
        f'<trkpt lat="{lat}" lon="{lon}"><ele>5</ele><time>{when}</time></trkpt>\n'
        for (lon, lat), when in zip(_positions(), times, strict=False)
    )
    return _gpx(points, size)


def gpx_bare_track(size: int) -> bytes:
    """A track of as many points as there is room for."""
    return _gpx((f'<trkpt lat="{n % 80}" lon="{n % 170}"/>' for n in count()), size)


def gpx_segments(size: int) -> bytes:
    """A track of which every part has two points, far from the last."""
    parts = (
        f'</trkseg><trkseg><trkpt lat="{n % 80}" lon="9"/><trkpt lat="{n % 80}" lon="8"/>'
        for n in count()
    )
    return _gpx(parts, size)


def gpx_waypoints(size: int) -> bytes:
    """Half waypoints, half a track that passes them."""
    half = gpx_track(size // 2).decode()
    points = (f'<wpt lat="{lat}" lon="{lon}"><name>A</name></wpt>\n' for lon, lat in _positions())
    head, _, tail = half.partition("<trk>")
    return _filled(head, points, f"<trk>{tail}", size)


def gpx_faults(size: int) -> bytes:
    """Waypoints of which each lies beyond the pole."""
    return _gpx((f'<wpt lat="{91 + n % 9}" lon="9"/>' for n in count()), size, "")


def kml_line(size: int) -> bytes:
    """One line in one text."""
    head = '<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><LineString><coordinates>'
    tail = "</coordinates></LineString></Placemark></kml>"
    return _filled(head, (f"{lon},{lat} " for lon, lat in _positions()), tail, size)


def kml_placemarks(size: int) -> bytes:
    """Placemarks with a point each."""
    places = (
        f"<Placemark><name>A</name><Point><coordinates>{lon},{lat}</coordinates></Point></Placemark>"
        for lon, lat in _positions()
    )
    return _filled("<kml><Document>", places, "</Document></kml>", size)


def kmz_line(size: int) -> bytes:
    """A line that comes to as much when unpacked as is read, whatever the size."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", kml_line(min(2 * size, kmz.MOST_BYTES - 100_000)))
    return packed.getvalue()


def lpf_places(size: int) -> bytes:
    """Records of a gazetteer."""
    records = (
        json.dumps(
            {
                "@id": f"http://example.org/{n}",
                "type": "Feature",
                "properties": {"title": f"P{n}"},
                "names": [{"toponym": f"P{n}", "citations": [{"label": f"L{n}"}]}],
                "geometry": {
                    "type": "GeometryCollection",
                    "geometries": [{"type": "Point", "coordinates": position}],
                },
            }
        )
        for n, position in enumerate(_positions())
    )
    first = next(records)
    head = f'{{"type":"FeatureCollection","features":[{first}'
    return _filled(head, (f",{record}" for record in records), "]}", size)


def _frame(rows: int) -> object:
    import geopandas  # noqa: PLC0415  # the extra
    import numpy as np  # noqa: PLC0415  # beside it

    lon_deg = 100 + np.arange(rows) * 1e-6
    return geopandas.GeoDataFrame(
        {"name": np.arange(rows).astype(str)},
        geometry=geopandas.points_from_xy(lon_deg, 10 + lon_deg % 50),
        crs=4326,
    )


def gpkg_points(size: int) -> bytes:
    """Rows with a point each."""
    import pyogrio  # noqa: PLC0415  # the extra

    content = io.BytesIO()
    pyogrio.write_dataframe(
        _frame(size // 105),
        content,
        layer="x",
        driver="GPKG",
        layer_options={"SPATIAL_INDEX": "NO"},
    )
    return content.getvalue()


def parquet_points(size: int) -> bytes:
    """Rows with a point each."""
    content = io.BytesIO()
    _frame(size // 23).to_parquet(content)  # type: ignore[attr-defined]
    return content.getvalue()


def _lines(size: int) -> object:
    import geopandas  # noqa: PLC0415  # the extra
    import shapely  # noqa: PLC0415

    line = shapely.LineString(
        [position for position, _ in zip(_positions(), range(size // 16), strict=False)]
    )
    return geopandas.GeoDataFrame({"name": ["T"]}, geometry=[line], crs="OGC:CRS84")


def gpkg_line(size: int) -> bytes:
    """One line."""
    import pyogrio  # noqa: PLC0415  # the extra

    content = io.BytesIO()
    pyogrio.write_dataframe(
        _lines(size), content, layer="x", driver="GPKG", layer_options={"SPATIAL_INDEX": "NO"}
    )
    return content.getvalue()


def parquet_line(size: int) -> bytes:
    """One line."""
    content = io.BytesIO()
    _lines(size).to_parquet(content)  # type: ignore[attr-defined]
    return content.getvalue()


FILES: dict[str, tuple[Callable[[int], bytes], str]] = {
    name: (make, ending)
    for ending, makers in {
        ".geojson": (
            geojson_track,
            geojson_waypoints,
            geojson_wrong_positions,
            geojson_wrong_types,
        ),
        ".json": (geojson_wrong_waypoints, geojson_brackets),
        ".gpx": (gpx_track, gpx_bare_track, gpx_segments, gpx_waypoints, gpx_faults),
        ".kml": (kml_line, kml_placemarks),
        ".kmz": (kmz_line,),
        ".lpf": (lpf_places,),
        ".gpkg": (gpkg_line, gpkg_points),
        ".parquet": (parquet_line, parquet_points),
    }.items()
    for make in makers
    for name in (make.__name__,)
}


def measure(path: Path) -> None:
    """Read one file and print what it took, as JSON."""
    content = path.read_bytes()
    start = time.process_time()
    try:
        journey = reader(format_of(path)).read(content, path.name).journey
        result = (
            f"{len(journey.waypoints):,} waypoints, "
            f"{sum(len(trace.line) for trace in journey.traces):,} positions"
        )
    except JourneyFileError as error:
        result = f"{len(error.problems):,} problems"
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(
        json.dumps({"seconds": time.process_time() - start, "peak_mb": peak_mb, "result": result})
    )


def main() -> int:
    """Measure each file that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", help=f"of {', '.join(FILES)}; all without one")
    parser.add_argument("--megabytes", type=int, default=50)
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        measure(options.read)
        return 0
    print(f"{'file':<26}{'MB':>6}{'seconds':>9}{'peak MB':>9}  result")
    fine = [_row(name, options.megabytes) for name in options.names or FILES]
    return int(not all(fine))


def _row(name: str, megabytes: int) -> bool:
    """Measure one file in a process of its own; False where it is over the limits."""
    make, ending = FILES[name]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"x{ending}"
        path.write_bytes(make(megabytes * 1_000_000))
        command = [sys.executable, __file__, "--read", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        size_mb = path.stat().st_size / 1_000_000
    if done.returncode:
        print(f"{name:<26}{size_mb:>6.0f}  failed: {done.stderr.strip().splitlines()[-1:]}")
        return False
    found = json.loads(done.stdout)
    fine = found["seconds"] < MOST_S and found["peak_mb"] < MOST_MB
    print(
        f"{name:<26}{size_mb:>6.0f}{found['seconds']:>9.1f}{found['peak_mb']:>9.0f}  {found['result']}",
        flush=True,
    )
    return bool(fine)


if __name__ == "__main__":
    sys.exit(main())
