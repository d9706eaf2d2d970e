"""The one way out: written whole, or not at all."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import escape_route as er
from beside import on_posix
from escape_route.api.publish import publish
from escape_route.distance import report
from escape_route.distance.settings import Settings
from escape_route.errors import LeakError, OutputError
from escape_route.files import write_whole
from escape_route.formats import geojson
from escape_route.formats.tables import csv as csv_tables
from escape_route.publish.page import page
from making import claim, journey, track

if TYPE_CHECKING:
    from collections.abc import Sequence

    from escape_route.model.journey import Journey

JOURNEY = er.read_journey("lee-son")


def names(journeys: Sequence[Journey]) -> bytes:
    return " ".join(journey.id for journey in journeys).encode()


def fail(journeys: Sequence[Journey]) -> bytes:
    raise ValueError(f"{len(journeys)} journeys cannot be drawn")


def test_what_is_rendered_is_written_and_the_folder_is_made(tmp_path: Path) -> None:
    target = tmp_path / "new" / "folder" / "x.html"
    publish([JOURNEY, JOURNEY], names, target)
    assert target.read_bytes() == b"lee-son lee-son"
    assert [path.name for path in target.parent.iterdir()] == ["x.html"]


def test_anybody_may_read_what_is_written(tmp_path: Path) -> None:
    publish([JOURNEY], names, tmp_path / "x.html")
    assert (tmp_path / "x.html").stat().st_mode & 0o777 == 0o644


def test_what_was_there_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "x.html"
    target.write_text("before, and longer than what follows")
    publish([JOURNEY], names, target)
    assert target.read_bytes() == b"lee-son"


def test_what_was_there_stays_where_rendering_fails(tmp_path: Path) -> None:
    target = tmp_path / "x.html"
    target.write_text("before")
    with pytest.raises(ValueError, match="1 journeys cannot be drawn"):
        publish([JOURNEY], fail, target)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["before"]


def test_a_file_that_a_journey_was_read_from_is_never_written_over(tmp_path: Path) -> None:
    held = tmp_path / "walk.geojson"
    held.write_text("{}")
    with pytest.raises(OutputError, match=r"walk\.geojson: this is the journey's own file; give another name\Z"):
        publish([er.Journey(JOURNEY.data, held)], names, tmp_path / "." / "walk.geojson")
    assert held.read_text() == "{}"


@on_posix
def test_nor_by_another_name_of_it(tmp_path: Path) -> None:
    held, link = tmp_path / "walk.geojson", tmp_path / "link.html"
    held.write_text("{}")
    link.symlink_to(held)
    with pytest.raises(OutputError, match=r"link\.html: this is the journey's own file"):
        publish([er.Journey(JOURNEY.data, held)], names, link)


@on_posix
def test_a_folder_is_no_file_and_nothing_is_left_behind(tmp_path: Path) -> None:
    (tmp_path / "x.html").mkdir()
    with pytest.raises(OutputError, match=r"x\.html: cannot write: Is a directory\Z"):
        write_whole(tmp_path / "x.html", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["x.html"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match=r"x\.html: cannot write here: (Not a directory|File exists)\Z"):
        write_whole(tmp_path / "file" / "x.html", b"x")


def held_in_vientiane(**more: object) -> er.Journey:
    return er.Journey(
        journey(
            {"label": (102.6331, 17.9757), "sources": ("S1",), **more},
            {"label": (103.2004, 18.4123), "sources": ("S1",)},
        )
    )


def test_a_renderer_sees_the_publishable_form_alone(tmp_path: Path) -> None:
    seen: list[Journey] = []

    def render(published: Sequence[Journey]) -> bytes:
        seen.extend(published)
        return b""

    publish([held_in_vientiane()], render, tmp_path / "x.txt")
    assert [each.label for each in seen[0].waypoints] == [(102.65, 17.95), (103.25, 18.45)]


def test_a_file_that_gives_something_away_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(LeakError, match=r"x\.txt: not written.*\n.*line 1"):
        publish([held_in_vientiane()], lambda _: b"they met at 17.9757, 102.6331", tmp_path / "x.txt")
    assert list(tmp_path.iterdir()) == []


def test_what_only_stands_in_the_held_file_is_held_back_as_well(tmp_path: Path) -> None:
    path = tmp_path / "way.geojson"
    document = geojson.to_document(held_in_vientiane().data)
    path.write_text(json.dumps(document | {"phone": "+856 20 5555 0134"}))
    as_read = er.read_journey(path)
    by_hand = er.Journey(as_read.data, path)
    for held in (as_read, as_read.protect(), as_read.with_place("w1", at=(103.5, 18.5), within_km=9), by_hand):
        with pytest.raises(LeakError, match="phone"):
            publish([held], lambda _: b"call +856 20 5555 0134", tmp_path / "x.txt")


def test_where_a_held_track_crosses_the_antimeridian_is_held_back(tmp_path: Path) -> None:
    path = tmp_path / "way.geojson"
    told = journey({"label": (179.1, 10.2), "sources": ("S1",)}, {"label": (-179.2, 11.4), "sources": ("S1",)})
    line = ((179.1, 10.2), (179.54321, 10.61234), (-179.65432, 10.98765), (-179.2, 11.4))
    path.write_text(json.dumps(geojson.whole_document(replace(told, traces=(track(0, *line),)))))
    shown = " ".join(map(str, geojson.added_to(er.read_journey(path).data)["coordinates"]))  # type: ignore[call-overload]
    with pytest.raises(LeakError, match="decimal degrees"):
        publish([er.read_journey(path)], lambda _: shown.encode(), tmp_path / "x.txt")


def test_what_a_file_has_become_since_it_was_read_is_held_back_too(tmp_path: Path) -> None:
    path = tmp_path / "way.geojson"
    document = geojson.to_document(held_in_vientiane().data)
    path.write_text(json.dumps(document))
    as_read = er.read_journey(path)
    path.write_text(json.dumps(document | {"teller": "Auntie Boun"}))
    with pytest.raises(LeakError, match="teller"):
        publish([as_read], lambda _: b"told by Auntie Boun", tmp_path / "x.txt")
    path.write_text("{")
    with pytest.raises(OutputError, match="it was changed since"):
        publish([as_read], lambda _: b"", tmp_path / "x.txt")


def test_what_a_spreadsheet_held_is_held_back_whatever_it_was_changed_to(tmp_path: Path) -> None:
    path = tmp_path / "way.csv"
    path.write_bytes(csv_tables.write(held_in_vientiane().data).content)
    as_read = er.read_journey(path)
    for held in (as_read, as_read.protect(), as_read.with_place("w0", at=(102.9, 18.5), within_km=9)):
        with pytest.raises(LeakError, match="decimal degrees"):
            publish([held], lambda _: b"17.9757, 102.6331", tmp_path / "x.txt")


def test_what_a_what_if_changed_is_held_back_as_well_as_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "way.geojson"
    path.write_bytes(geojson.to_bytes(held_in_vientiane().data))
    changed = er.read_journey(path).with_place("w0", at=(102.7442, 17.8553), within_km=1)
    for secret in (b"17.9757, 102.6331", b"17.8553, 102.7442"):
        with pytest.raises(LeakError, match="decimal degrees"):
            publish([changed], lambda _, secret=secret: secret, tmp_path / "x.txt")


def test_corners_of_a_held_track_are_held_back(tmp_path: Path) -> None:
    path = tmp_path / "way.geojson"
    document = geojson.to_document(held_in_vientiane().data)
    line = [[102.6331, 17.9757], [102.3117, 19.2093], [103.6071, 18.3], [103.2004, 18.4123]]
    leg = {"kind": "leg", "from": "w0", "to": "w1", "status": "inferred", "sources": ["S1"]}
    document["features"].append(  # type: ignore[attr-defined]  # a list
        {"type": "Feature", "geometry": {"type": "LineString", "coordinates": line}, "properties": leg}
    )
    path.write_text(json.dumps(document))
    with pytest.raises(LeakError, match="bounds of a drawn shape"):
        publish([er.read_journey(path)], lambda _: b"fit([[17.9757, 102.3117]])", tmp_path / "x.txt")


@pytest.mark.filterwarnings("ignore::escape_route.errors.UnprotectedWarning")
def test_unprotected_is_as_held(tmp_path: Path) -> None:
    publish(
        [held_in_vientiane()],
        lambda given: str(given[0].waypoints[0].label).encode(),
        tmp_path / "x.txt",
        unprotected=True,
    )
    assert (tmp_path / "x.txt").read_text() == "(102.6331, 17.9757)"


@settings(max_examples=15)
@given(st.lists(st.integers(0, 9_999), min_size=8, max_size=8))
def test_held_files_with_one_publishable_form_give_one_page(offsets: list[int]) -> None:
    first, second = (
        journey(
            {
                "label": (102.6 + a / 100_000, 17.9 + b / 100_000),
                "when": "2019-12-05",
                "verbatim_locality": f"house {a}",
            },
            {"label": (103.2 + c / 100_000, 18.4 + d / 100_000), "uncertainty_m": 400.0},
            claims=(claim(90),),
        )
        for a, b, c, d in (offsets[:4], offsets[4:])
    )
    assert rendered(first) == rendered(second)


def rendered(held: Journey) -> bytes:
    """The page of a journey, as `publish` would write it."""
    made: list[bytes] = []

    def render(published: Sequence[Journey]) -> bytes:
        made.append(page.build([report.gather(each, Settings(draws=20)) for each in published]).encode())
        return made[0]

    with TemporaryDirectory() as folder:
        publish([er.Journey(held)], render, Path(folder) / "x.html")
    return made[0]
