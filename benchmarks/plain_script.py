"""What somebody writes in ten minutes with geopy, pandas and folium: legs between points, a table, a map.

It stands beside `escape-route check` and `map` in `startup.py`. It takes each label point for a
stop, judges no claim, draws nothing of how vague a place is, and its map asks four servers for its
parts.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path

import folium
import pandas as pd
from geopy.distance import geodesic


def main(source: str, target: str | None) -> None:
    """Print the legs of a GeoJSON file as a table, and draw them where a target is given."""
    features = json.loads(Path(source).read_text(encoding="utf-8"))["features"]
    stops = [
        (each["id"], each["geometry"]["coordinates"][::-1]) for each in features if each["geometry"]
    ]
    rows = [
        {"from": a, "to": b, "km": geodesic(one, other).km}
        for (a, one), (b, other) in pairwise(stops)
    ]
    print(pd.DataFrame(rows).to_string())
    print(sum(row["km"] for row in rows))
    if target:
        drawn = folium.Map(location=stops[0][1], zoom_start=4)
        folium.PolyLine([position for _, position in stops]).add_to(drawn)
        drawn.save(target)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None)
