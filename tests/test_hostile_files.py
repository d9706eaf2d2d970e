"""Odd and hostile files, a kind each: refused in words or drawn right, within 20 seconds and a gigabyte."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import resource
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from beside import on_posix
from escape_route.api.comparisons import save_comparison
from escape_route.api.journeys import Journey, read_journey
from escape_route.cli.shared import print_json
from escape_route.distance.settings import Settings
from escape_route.errors import JourneyFileError
from escape_route.formats import gpkg
from escape_route.model import members, read
from escape_route.model.published import Published

if TYPE_CHECKING:
    from pathlib import Path

VIENNA, PRAGUE = (16.37, 48.21), (14.42, 50.09)


def place(number: int, **told: Any) -> dict[str, Any]:
    """A stop of the file, told as given, in Vienna or Prague where nothing else is said."""
    geometry = told.pop("geometry", {"type": "Point", "coordinates": list((VIENNA, PRAGUE)[number % 2])})
    usual = {"kind": "waypoint", "name": {"en": f"Place {number}"}, "role": "stop", "precision": "exact"}
    properties = usual | {"status": "reported", "sources": ["S1"], "sensitivity": 0}
    feature_id = told.pop("feature_id", f"w{number}")
    return {"type": "Feature", "id": feature_id, "geometry": geometry, "properties": properties | told}


def distance(number: int) -> dict[str, Any]:
    scope = {"from": "w0", "to": "w1", "flight": "no"}
    stated = {"id": f"c{number}", "quantity": "distance", "value": 100 + number, "unit": "km", "wording": "about"}
    return stated | {"scope": scope, "sources": ["S1"]}


def document(*places: dict[str, Any], **told: Any) -> dict[str, Any]:
    """A journey's file as parsed, from two stops where none are given."""
    sources = [{"id": "S1", "title": "A paper", "url": None}]
    top = {"id": "odd", "title": {"en": "An odd way"}, "summary": {"en": "Of it."}, "outcome": "reached"}
    top |= {"sources": sources, "claims": [distance(0)]} | told
    return {"type": "FeatureCollection", "journey": top, "features": list(places or (place(0), place(1)))}


def written(*places: dict[str, Any], **told: Any) -> bytes:
    return json.dumps(document(*places, **told)).encode()


def outline(count: int) -> dict[str, Any]:
    """A star of so many corners, of which every second lies farther out."""
    turns = [2 * math.pi * number / count for number in range(count)]
    ring = [[100 + (2 + n % 2) * math.cos(turn), 15 + (2 + n % 2) * math.sin(turn)] for n, turn in enumerate(turns)]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


MODES = [{"mode": "road", "weight": 1 / 3000, "status": "reported"}] * 3000
TOO_MUCH = {
    "alternatives": (written(place(0), place(1, modes=MODES)), r"modes: 3,000 of them, more than 50"),
    "claims": (written(claims=[distance(n) for n in range(10_000)]), r"claims: 10,000 of them, more than 200"),
    "footprints": (
        written(place(0, geometry=None, footprint=["country:VN"] * 3000), place(1)),
        "footprint: 3,000 of them, more than 300",
    ),
    "languages": (written(title={f"x-{n}": "A" for n in range(3000)}), "title: 3,000 of them, more than 50"),
    "statements": (
        written(place(0, narration={"en": [{"text": "A", "sources": []}] * 9000}), place(1)),
        r"narration\.en: 9,000 of them, more than 1,000",
    ),
    "corners": (written(place(0, geometry=outline(100_000)), place(1)), "outlines of 100,001 positions together"),
    "id of a journey": (written(id="a" * 5000), r"journey\.id: 5,000 letters, more than 100"),
    "id of a place": (written(place(0, feature_id="a" * 5000), place(1), claims=[]), "5,000 letters, more than 100"),
    "title": (written(title={"en": "Long " * 4000}), r"title\.en: 20,000 letters, more than 500"),
    "name": (written(place(0, name={"ko": "가" * 20_000}), place(1)), r"name\.ko: 20,000 letters"),
    "text": (written(summary={"en": "Long " * 200_000}), r"summary\.en: 1,000,000 letters, more than 50,000"),
    "title of a source": (
        written(sources=[{"id": "S1", "title": "T" * 20_000, "url": None}]),
        r"sources\[0\]\.title: 20,000 letters",
    ),
}


@pytest.mark.parametrize("kind", TOO_MUCH)
def test_far_too_much_is_refused_in_words(kind) -> None:
    content, message = TOO_MUCH[kind]
    with pytest.raises(JourneyFileError, match=message):
        read.read(content)


@pytest.mark.parametrize("name", ["CON", "nul", "Lpt1", "com0"])
def test_no_journey_is_called_as_windows_calls_a_device(name) -> None:
    with pytest.raises(JourneyFileError, match=f'"{name}" names a device on Windows, and no file .such as "{name}-1"'):
        read.read(written(id=name))


@pytest.mark.parametrize("odd", ["\x00", "\x1b[31m", "\x08", "\x7f", "\x92", "\uffff", "\ufdd0", "\U0001ffff"])
def test_what_is_no_letter_is_refused_with_its_place(odd) -> None:
    code = f"U\\+{ord(odd[0]):04X}"
    with pytest.raises(JourneyFileError, match=rf"journey\.title\.en: .* holds {code}, which is no letter"):
        read.read(written(title={"en": f"A{odd} way"}))
    with pytest.raises(JourneyFileError, match=rf"features\[1\]\.properties\.name\.en: .* holds {code}"):
        read.read(written(place(0), place(1, name={"en": odd})))


@pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_a_line_break_of_a_word_processor_is_a_blank(mark) -> None:
    journey = read.read(written(title={"en": f"Over {mark}the river"}))
    assert journey.title == {"en": "Over  the river"}


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("T\u202egnp.exe", "Tgnp.exe"),
        ("\u202d12\u202c km", "12 km"),
        ("a\u2067b", "ab"),
        ("a\u2069b\u202c", "ab"),
        ("\u2067שלום\u2069 and \u202bسلام\u202c", "\u2067שלום\u2069 and \u202bسلام\u202c"),
        ("\u2068a\u202bb\u2069", "ab"),
        ("שלום\u200f!", "שלום\u200f!"),
    ],
)
def test_marks_that_turn_letters_about_or_have_no_partner_are_taken_out(told, kept) -> None:
    assert read.read(written(title={"en": told})).title["en"] == kept


@pytest.mark.parametrize("unseen", ["\u200b", "\u3164", "\u202e\u202c \u2060"])
def test_a_name_that_nobody_can_see_is_none(unseen) -> None:
    with pytest.raises(JourneyFileError, match=r"features\[0\]\.properties\.name: .* is not a text per language"):
        read.read(written(place(0, name={"en": unseen}), place(1)))


def test_as_much_as_may_be_is_read() -> None:
    most = {"en": "가" * members.MOST_LETTERS["title"]}
    claims = [distance(n) for n in range(members.MOST_LISTED["claims"])]
    journey = read.read(written(title=most, claims=claims, summary={"en": "L" * members.MOST_IN_A_TEXT}, id="a" * 100))
    assert len(journey.claims) == 200


def geopackage(*statements: str) -> bytes:
    """A GeoPackage of a journey, and what was done to it."""
    content = gpkg.write(Published(read.read(written()))).content
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(content)
        for each in statements:
            database.execute(each)
        return database.serialize()


ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS fid, NULL AS geom FROM n"
REGISTERED = "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('v', 'attributes', 'v')"


@pytest.mark.parametrize(
    ("statements", "named"),
    [
        ((f"CREATE VIEW v AS {ENDLESS}", REGISTERED), "v"),
        (("DROP TABLE journey", f"CREATE VIEW journey AS {ENDLESS}"), "journey"),
        (("CREATE TABLE t (a, b GENERATED ALWAYS AS (hex(zeroblob(50000000))))", "INSERT INTO t (a) VALUES (1)"), "t"),
    ],
)
def test_what_a_geopackage_computes_is_not_run(statements, named) -> None:
    with pytest.raises(JourneyFileError, match=f"^x: {named}: computed when it is read, and may never end"):
        gpkg.read(geopackage(*statements), "x")


def test_a_geopackage_that_asks_for_a_log_beside_it_is_read() -> None:
    content = geopackage()
    logged = content[:18] + b"\x02\x02" + content[20:]
    assert gpkg.read(logged, "x").journey == gpkg.read(content, "x").journey


def run(*arguments: str, cwd: Path, **surroundings: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, with 20 s of processor time and 1.5 GB of data."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
        resource.setrlimit(resource.RLIMIT_DATA, (1_500_000_000, 1_500_000_000))

    command = [sys.executable, "-m", "escape_route", *arguments]
    told = {**os.environ, "OPENBLAS_NUM_THREADS": "1", **surroundings}
    return subprocess.run(  # our own command
        command, cwd=cwd, env=told, preexec_fn=limit, capture_output=True, check=False, timeout=300
    )


@on_posix
def test_a_device_is_no_journey_and_no_place_to_write(tmp_path) -> None:
    (tmp_path / "zero.geojson").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "held.geojson").write_bytes(written())
    (tmp_path / "null.html").symlink_to("/dev/null")
    for name in ("zero.geojson", "pipe"):
        done = run("check", name, cwd=tmp_path)
        fault = f"{name}: not a file but a device or a pipe (write it into a file first)"
        assert (done.returncode, done.stderr.decode().strip()) == (1, fault)
    for target in ("null.html", "pipe"):
        done = run("map", "held.geojson", "--force", "-o", target, cwd=tmp_path)
        assert (done.returncode, done.stderr.decode().strip()) == (
            1,
            f"{target}: a device or a pipe; give the name of a file",
        )
    assert (tmp_path / "null.html").is_symlink()


@on_posix
def test_a_deleted_current_folder_is_told_of(tmp_path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    command = f'rmdir "{gone}" && exec "{sys.executable}" -m escape_route new trip'
    done = subprocess.run(["/bin/sh", "-c", command], cwd=gone, capture_output=True, check=False)
    told = "the current folder is gone (change to one that is there)"
    assert (done.returncode, done.stderr.decode().strip()) == (1, told)


@pytest.mark.parametrize("encoding", ["cp1252", "cp949", "ascii"])
def test_every_encoding_of_a_terminal_is_written_to(tmp_path, encoding) -> None:
    (tmp_path / "held.geojson").write_bytes(written(place(0), place(1, name={"en": "Größe 가 – …"})))
    for arguments in (("check", "held.geojson"), ("check", "--language", "ko", "held.geojson")):
        done = run(*arguments, cwd=tmp_path, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
        assert (done.returncode, done.stderr) == (0, b"")
    done = run("check", "--json", "held.geojson", cwd=tmp_path, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert "Größe 가 – …" in str(json.loads(done.stdout.decode("ascii")))


def test_what_turns_letters_about_stands_as_its_number_in_json(capsys) -> None:
    print_json({"title": "\u2067שלום\u2069 \U000e0041", "more": "가"})
    told = capsys.readouterr().out
    assert "\\u2067" in told
    assert "\\udb40\\udc41" in told
    assert "가" in told
    assert json.loads(told)["title"] == "\u2067שלום\u2069 \U000e0041"


def test_no_cell_of_a_comparison_is_a_formula_and_every_one_is_quoted(tmp_path) -> None:
    title = '=HYPERLINK("https://example.org";"x")'
    held = Journey(read.read(written(title={"en": title}, id="a")))
    save_comparison([held], tmp_path / "x.csv", Settings(draws=200))
    text = (tmp_path / "x.csv").read_text("utf-8")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["title"] == f"'{title}"
    assert all(line.startswith('"') and line.endswith('"') for line in text.splitlines())


NOWHERE = {
    "x.gpx": b'<gpx version="1.1"><wpt lat="0" lon="0"><name>A</name></wpt><wpt lat="48.2" lon="16.4"/></gpx>',
    "x.kml": b"<kml><Placemark><name>A</name><Point><coordinates>0.0,0.0,5</coordinates></Point></Placemark></kml>",
    "x.csv": b"name,lat,lon\nA,0,0.0\nB,48.2,16.4\n",
    "x.json": json.dumps(
        {
            "type": "FeatureCollection",
            "features": [{"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [0, 0]}}],
        }
    ).encode(),
}


@pytest.mark.parametrize("name", NOWHERE)
def test_a_stop_where_no_position_is_known_is_refused_in_words(tmp_path, name) -> None:
    (tmp_path / name).write_bytes(NOWHERE[name])
    with pytest.raises(JourneyFileError, match=r"the point is 0, 0, which programs write where no position is known"):
        read_journey(tmp_path / name)
