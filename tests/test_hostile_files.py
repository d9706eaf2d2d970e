"""Odd and hostile files, a kind each: refused in words or drawn right, within 20 seconds and a gigabyte."""

from __future__ import annotations

import csv
import io
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape

from beside import on_posix, whole
from escape_route.api.comparisons import save_comparison
from escape_route.api.journeys import Journey, read_journey
from escape_route.cli.shared import print_json
from escape_route.distance.report import gather
from escape_route.distance.settings import Settings
from escape_route.errors import JourneyFileError
from escape_route.files import is_device
from escape_route.formats import gpkg
from escape_route.language.sentences import Speaker
from escape_route.model import members, places, read
from escape_route.model.places import Place, Region
from escape_route.model.shapes import MOST_VERTICES
from escape_route.publish.page import order
from escape_route.publish.report.document import unbroken
from hostile import COMPUTED, TOO_MUCH, distance, geopackage, outline, place, written


@pytest.mark.parametrize("kind", TOO_MUCH)
def test_far_too_much_is_refused_in_words(kind) -> None:
    content, message = TOO_MUCH[kind]
    with pytest.raises(JourneyFileError, match=message):
        read.read(content)


@pytest.mark.parametrize("name", ["CON", "nul", "Lpt1", "com0"])
def test_no_journey_is_called_as_windows_calls_a_device(name) -> None:
    with pytest.raises(
        JourneyFileError,
        match=f'"{name}" names a device on Windows, and no file .such as "{name}-1"',
    ):
        read.read(written(id=name))


@pytest.mark.parametrize(
    "odd", ["\x00", "\x1b[31m", "\x08", "\x7f", "\x92", "\uffff", "\ufdd0", "\U0001ffff"]
)
def test_what_is_no_letter_is_refused_with_its_place(odd) -> None:
    code = f"U\\+{ord(odd[0]):04X}"
    with pytest.raises(
        JourneyFileError, match=rf"journey\.title\.en: .* holds {code}, which is no letter"
    ):
        read.read(written(title={"en": f"A{odd} way"}))
    with pytest.raises(
        JourneyFileError, match=rf"features\[1\]\.properties\.name\.en: .* holds {code}"
    ):
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
    with pytest.raises(
        JourneyFileError, match=r"features\[0\]\.properties\.name: .* is not a text per language"
    ):
        read.read(written(place(0, name={"en": unseen}), place(1)))


def test_as_much_as_may_be_is_read() -> None:
    most = {"en": "가" * members.MOST_LETTERS["title"]}
    claims = [distance(n) for n in range(members.MOST_LISTED["claims"])]
    journey = read.read(
        written(
            title=most, claims=claims, summary={"en": "L" * members.MOST_IN_A_TEXT}, id="a" * 100
        )
    )
    assert len(journey.claims) == 200


@pytest.mark.parametrize(("statements", "named"), COMPUTED.values(), ids=COMPUTED)
def test_what_a_geopackage_computes_is_not_run(statements, named) -> None:
    with pytest.raises(
        JourneyFileError, match=f"^x: {named}: computed when it is read, and may never end"
    ):
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


def test_the_order_of_places_is_drawn_within_an_outline_of_very_many_corners() -> None:
    """To step inside a star of 20,000 took 19 gigabytes; in thousandths of the picture it has 3,000."""
    star = shape(outline(MOST_VERTICES - 1))
    west, south, east, north = star.bounds
    shown = shapely.transform(
        star, lambda at: (at - (west, south)) / (east - west, north - south) * 1000
    )
    drawn = order.drawable(shown)
    assert shapely.get_num_coordinates(drawn) < 5_000
    assert shapely.hausdorff_distance(drawn, shown) < 3
    assert abs(shapely.area(drawn) - shapely.area(shown)) < 0.001 * shapely.area(shown)
    country = shapely.simplify(shown.convex_hull, 0.1)
    assert order.drawable(country) is country


def test_on_paper_what_is_no_word_is_set_in_pieces_and_korean_words_stay_whole() -> None:
    """A text of 50,000 letters without a blank took 20 s: each line was set with all that follows."""
    letters = "L" * 50_000
    assert unbroken(f"<body><p>{letters} 두만강 river &amp; {'v' * 300}</p>").split(" ", 1) == [
        f"<body><p>{chr(0x200B).join(letters[at : at + 100] for at in range(0, 50_000, 100))}",
        f'<span class="word">두만강</span> river &amp; {"v" * 300}</p>',
    ]


@on_posix
def test_the_name_of_what_is_open_is_no_place_to_write_though_it_leads_to_a_file(tmp_path) -> None:
    """As root it would be taken from every program of the machine: a page stood in the place of `/dev/stdout`."""
    for name in ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", tmp_path):
        assert is_device(Path(name))
    (tmp_path / "there.html").touch()
    for name in ("there.html", "new.html", "folder/new.html"):
        assert not is_device(tmp_path / name)
    assert not is_device(Path("/dev/shm/new.html"))  # noqa: S108  # a name alone


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


@pytest.mark.parametrize("encoding", whole(["cp1252", "cp949", "ascii"], "ascii"))
def test_every_encoding_of_a_terminal_is_written_to(tmp_path, encoding) -> None:
    (tmp_path / "held.geojson").write_bytes(
        written(place(0), place(1, name={"en": "Größe 가 – …"}))
    )
    done = run(
        "check",
        "--language",
        "ko",
        "held.geojson",
        cwd=tmp_path,
        PYTHONIOENCODING=encoding,
        PYTHONUTF8="0",
    )
    assert (done.returncode, done.stderr) == (0, b"")
    done = run(
        "check", "--json", "held.geojson", cwd=tmp_path, PYTHONIOENCODING=encoding, PYTHONUTF8="0"
    )
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
            "features": [
                {
                    "type": "Feature",
                    "properties": {},
                    "geometry": {"type": "Point", "coordinates": [0, 0]},
                }
            ],
        }
    ).encode(),
}


@pytest.mark.parametrize("name", NOWHERE)
def test_a_stop_where_no_position_is_known_is_refused_in_words(tmp_path, name) -> None:
    (tmp_path / name).write_bytes(NOWHERE[name])
    with pytest.raises(
        JourneyFileError,
        match=r"the point is 0, 0, which programs write where no position is known",
    ):
        read_journey(tmp_path / name)


def test_an_outline_of_very_many_corners_is_quartered_as_an_overlay_does(monkeypatch) -> None:
    """The certified bound stands on these pieces: they cover the place, and one that is no sound cut is overlaid."""
    star = Place((Region(shape(outline(8_000))),))
    pieces = places.split(star, places.cover(star)).shapes
    assert (
        shapely.symmetric_difference(shapely.union_all(pieces), star.regions[0].shape).area < 1e-9
    )
    monkeypatch.setattr(places, "_MANY_CORNERS", 10**9)
    overlaid = places.split(star, places.cover(star)).shapes
    assert shapely.area(pieces) == pytest.approx(shapely.area(overlaid), rel=1e-9)
    monkeypatch.setattr(places, "_MANY_CORNERS", 3_000)
    monkeypatch.setattr(shapely, "clip_by_rect", lambda *_: shapely.Polygon())
    assert shapely.area(places.split(star, places.cover(star)).shapes) == pytest.approx(
        shapely.area(overlaid)
    )


@pytest.mark.parametrize(
    "outline_deg",
    [
        shapely.box(10, 10, 12, 11),
        shapely.Polygon([(10, 10), (12, 10), (12, 11), (10, 10.5)]),  # as many corners, and no box
        shapely.LineString(
            [(10, 10), (11, 10), (12, 10), (13, 10), (14, 10)]
        ),  # no area, nor has its box
    ],
)
def test_a_box_and_what_has_as_many_corners_is_quartered_as_an_overlay_does(outline_deg) -> None:
    place = Place((Region(outline_deg),))
    pieces = places.split(place, places.cover(place)).shapes
    assert shapely.union_all(pieces).equals(outline_deg)
    assert shapely.area(pieces).sum() == pytest.approx(outline_deg.area)


def test_of_very_many_claims_that_contradict_one_the_first_are_named() -> None:
    """Two hundred claims would name each other 40,000 times, in each language."""
    claims = [distance(n) for n in range(0, 60, 2)]
    report = gather(read.read(written(claims=claims)), Settings(draws=200))
    [first, *_] = report.claims
    assert len(first.against) > 4  # not those that its rounding reaches
    said = Speaker("en").asides(report, first)
    assert said.count("A paper") == 3
    assert said.endswith(f" and {len(first.against) - 3} others.")
