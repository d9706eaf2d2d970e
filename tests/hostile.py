"""Odd and hostile files, a kind each: what the tests read, and what `make attacks` times."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import numpy as np

from escape_route.formats import gpkg
from escape_route.model import read
from escape_route.model.published import Published
from escape_route.model.shapes import MOST_VERTICES

if TYPE_CHECKING:
    from collections.abc import Callable

VIENNA, PRAGUE = (16.37, 48.21), (14.42, 50.09)


def place(number: int, **told: Any) -> dict[str, Any]:
    """A stop of the file, told as given, in Vienna or Prague where nothing else is said."""
    geometry = told.pop(
        "geometry", {"type": "Point", "coordinates": list((VIENNA, PRAGUE)[number % 2])}
    )
    usual = {
        "kind": "waypoint",
        "name": {"en": f"Place {number}"},
        "role": "stop",
        "precision": "exact",
    }
    properties = usual | {"status": "reported", "sources": ["S1"], "sensitivity": 0}
    feature_id = told.pop("feature_id", f"w{number}")
    return {
        "type": "Feature",
        "id": feature_id,
        "geometry": geometry,
        "properties": properties | told,
    }


def distance(number: int) -> dict[str, Any]:
    scope = {"from": "w0", "to": "w1", "flight": "no"}
    stated = {
        "id": f"c{number}",
        "quantity": "distance",
        "value": 100 + number,
        "unit": "km",
        "wording": "about",
    }
    return stated | {"scope": scope, "sources": ["S1"]}


def document(*places: dict[str, Any], **told: Any) -> dict[str, Any]:
    """A journey's file as parsed, from two stops where none are given."""
    sources = [{"id": "S1", "title": "A paper", "url": None}]
    top = {
        "id": "odd",
        "title": {"en": "An odd way"},
        "summary": {"en": "Of it."},
        "outcome": "reached",
    }
    top |= {"sources": sources, "claims": [distance(0)]} | told
    return {
        "type": "FeatureCollection",
        "journey": top,
        "features": list(places or (place(0), place(1))),
    }


def written(*places: dict[str, Any], **told: Any) -> bytes:
    return json.dumps(document(*places, **told)).encode()


def outline(count: int) -> dict[str, Any]:
    """A star of so many corners, of which every second lies farther out."""
    turns, away = np.linspace(0, 2 * np.pi, count, endpoint=False), 2 + np.arange(count) % 2
    ring = np.column_stack([100 + away * np.cos(turns), 15 + away * np.sin(turns)]).tolist()
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


MODES = [{"mode": "road", "weight": 1 / 3000, "status": "reported"}] * 3000
TOO_MUCH = {
    "alternatives": (
        written(place(0), place(1, modes=MODES)),
        r"modes: 3,000 of them, more than 50",
    ),
    "claims": (
        written(claims=[distance(n) for n in range(10_000)]),
        r"claims: 10,000 of them, more than 200",
    ),
    "footprints": (
        written(place(0, geometry=None, footprint=["country:VN"] * 3000), place(1)),
        "footprint: 3,000 of them, more than 300",
    ),
    "languages": (
        written(title={f"x-{n}": "A" for n in range(3000)}),
        "title: 3,000 of them, more than 50",
    ),
    "statements": (
        written(place(0, narration={"en": [{"text": "A", "sources": []}] * 9000}), place(1)),
        r"narration\.en: 9,000 of them, more than 1,000",
    ),
    "corners": (
        written(place(0, geometry=outline(100_000)), place(1)),
        "outlines of 100,001 positions together",
    ),
    "id of a journey": (written(id="a" * 5000), r"journey\.id: 5,000 letters, more than 100"),
    "id of a place": (
        written(place(0, feature_id="a" * 5000), place(1), claims=[]),
        "5,000 letters, more than 100",
    ),
    "title": (written(title={"en": "Long " * 4000}), r"title\.en: 20,000 letters, more than 500"),
    "name": (written(place(0, name={"ko": "가" * 20_000}), place(1)), r"name\.ko: 20,000 letters"),
    "text": (
        written(summary={"en": "Long " * 200_000}),
        r"summary\.en: 1,000,000 letters, more than 50,000",
    ),
    "title of a source": (
        written(sources=[{"id": "S1", "title": "T" * 20_000, "url": None}]),
        r"sources\[0\]\.title: 20,000 letters",
    ),
}


def geopackage(*statements: str) -> bytes:
    """A GeoPackage of a journey, and what was done to it."""
    content = gpkg.write(Published(read.read(written()))).content
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(content)
        for each in statements:
            database.execute(each)
        return database.serialize()


ENDLESS = (
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS fid, NULL AS geom "
    "FROM n"
)
REGISTERED = (
    "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('v', 'attributes', 'v')"
)

COMPUTED = {
    "a view without end": ((f"CREATE VIEW v AS {ENDLESS}", REGISTERED), "v"),
    "a view for the journey": (
        ("DROP TABLE journey", f"CREATE VIEW journey AS {ENDLESS}"),
        "journey",
    ),
    "a column that fills memory": (
        (
            "CREATE TABLE t (a, b GENERATED ALWAYS AS (hex(zeroblob(50000000))))",
            "INSERT INTO t (a) VALUES (1)",
        ),
        "t",
    ),
}

ADDRESS = "[here](https://example.org/?q=1) <script>alert(1)</script> ![x](x.png) `a` | b"
FORMULA = '=HYPERLINK("https://example.org";"x")'
TURNED = "T\u202egnp.exe \u2067a \u202bb"


def _gpkg_of(kind: str) -> tuple[str, Callable[[], bytes]]:
    return "x.gpkg", lambda: geopackage(*COMPUTED[kind][0])


def _geojson(**told: Any) -> tuple[str, Callable[[], bytes]]:
    return "x.geojson", lambda: written(**told)


def _places(*places: dict[str, Any], **told: Any) -> tuple[str, Callable[[], bytes]]:
    return "x.geojson", lambda: written(*places, **told)


def _kml_with_html() -> bytes:
    marks = f"<placemark-less/>{ADDRESS}<img src=x onerror=alert(1)>"
    places = "".join(
        f"<Placemark><name>P{n}</name><description><![CDATA[{marks}]]></description>"
        f"<Point><coordinates>{lon},{lat}</coordinates></Point></Placemark>"
        for n, (lon, lat) in enumerate((VIENNA, PRAGUE))
    )
    return f"<kml><Document>{places}</Document></kml>".encode()


#: What `benchmarks/hostile_files.py` gives to the commands: by kind, the name of the file and what
#: it holds.
FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    **{
        f"too much: {kind}": ("x.geojson", lambda kind=kind: TOO_MUCH[kind][0]) for kind in TOO_MUCH
    },
    **{kind: _gpkg_of(kind) for kind in COMPUTED},
    "the most alternatives": _places(
        place(0), place(1, modes=[{**MODES[0], "weight": 1 / 50}] * 50)
    ),
    "the most claims": _geojson(claims=[distance(n) for n in range(200)]),
    "the most footprints": _places(
        place(0, geometry=None, footprint=["country:VN"] * 300), place(1)
    ),
    "the most corners": _places(
        place(0, geometry=outline(MOST_VERTICES - 1), precision="region"), place(1)
    ),
    "the longest texts": _places(
        place(0, name={"en": "N" * 500}, note={"en": "Long " * 9_999}),
        place(1, narration={"en": [{"text": "Long " * 9_999, "sources": ["S1"]}]}),
        title={"en": "Long " * 100},
        summary={"en": "L" * 50_000},
    ),
    "300 stops in few words": _places(*(place(n) for n in range(300))),
    "a device's name": _geojson(id="CON"),
    "control characters": _geojson(title={"en": "A \x00\x1b\x0b\uffff way"}),
    "U+2029 and its like": _geojson(title={"en": "Over \u2029the \u2028 \x85 river"}),
    "marks that turn letters": _geojson(title={"en": TURNED}),
    "a formula for a title": _geojson(title={"en": FORMULA}),
    "addresses in words": _places(place(0, name={"en": ADDRESS}), place(1, note={"en": ADDRESS})),
    "live HTML in KML": ("x.kml", _kml_with_html),
    "letters of no encoding": _places(place(0), place(1, name={"en": "Größe 가 – …"})),
}
