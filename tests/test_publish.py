"""The one way out: written whole, or not at all."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import escape_route as er
from beside import on_posix
from escape_route.api.publish import publish
from escape_route.errors import LeakError, OutputError, UnprotectedWarning
from escape_route.files import write_whole
from escape_route.formats import geojson
from escape_route.formats.tables import csv as csv_tables
from escape_route.model.published import Mark, Published
from making import journey, track

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


JOURNEY = er.read_journey("lee-son")


def names(published: Sequence[Published]) -> bytes:
    return " ".join(each.journey.id for each in published).encode()


def fail(published: Sequence[Published]) -> bytes:
    raise ValueError(f"{len(published)} journeys cannot be drawn")


def nothing(_: Sequence[Published]) -> bytes:
    raise AssertionError("a renderer is given what was looked through, and nothing else")


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
    with pytest.raises(
        OutputError, match=r"walk\.geojson: this is the journey's own file; give another name\Z"
    ):
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
    with pytest.raises(
        OutputError, match=r"x\.html: a folder, a device or a pipe; give the name of a file\Z"
    ):
        write_whole(tmp_path / "x.html", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["x.html"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(
        OutputError, match=r"x\.html: cannot write here: (Not a directory|File exists)\Z"
    ):
        write_whole(tmp_path / "file" / "x.html", b"x")


def held_in_vientiane(**more: object) -> er.Journey:
    return er.Journey(
        journey(
            {"label": (102.6331, 17.9757), "sources": ("S1",), **more},
            {"label": (103.2004, 18.4123), "sources": ("S1",)},
        )
    )


def test_a_renderer_sees_the_publishable_form_alone(tmp_path: Path) -> None:
    seen: list[Published] = []

    def render(published: Sequence[Published]) -> bytes:
        seen.extend(published)
        return b""

    publish([held_in_vientiane()], render, tmp_path / "x.txt")
    assert [each.label for each in seen[0].journey.waypoints] == [(102.65, 17.95), (103.25, 18.45)]
    assert seen[0].mark is None


def test_words_that_give_a_place_away_are_found_before_anything_is_drawn(tmp_path: Path) -> None:
    told = held_in_vientiane(name={"en": "The house at 17.9757, 102.6331"})
    where = re.escape(
        "x.txt: not written, for it would give away what is held back:\nfeatures[0].properties.name.en: "
    )
    with pytest.raises(
        LeakError, match=where + re.escape("decimal degrees (held at features[0].geometry")
    ):
        publish([told], nothing, tmp_path / "x.txt")
    with pytest.raises(
        LeakError, match=re.escape("[1].features[0].properties.name.en: decimal degrees")
    ):
        publish([JOURNEY, told], nothing, tmp_path / "x.txt")
    assert list(tmp_path.iterdir()) == []


def named(folder: Path, secret: str) -> Path:
    """A file whose name gives a secret away; what is told in a form is public, and a name is not in it."""
    return folder / f"{secret}.txt"


def test_so_does_the_name_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(LeakError, match="the file's own name: decimal degrees"):
        publish([held_in_vientiane()], nothing, named(tmp_path, "17.9757, 102.6331"))
    assert list(tmp_path.iterdir()) == []


def test_what_only_stands_in_the_held_file_is_held_back_as_well(tmp_path: Path) -> None:
    path = tmp_path / "way.geojson"
    document = geojson.to_document(held_in_vientiane().data)
    path.write_text(json.dumps(document | {"phone": "+856 20 5555 0134"}))
    as_read = er.read_journey(path)
    by_hand = er.Journey(as_read.data, path)
    for held in (
        as_read,
        as_read.protect(),
        as_read.with_place("w1", at=(103.5, 18.5), within_km=9),
        by_hand,
    ):
        with pytest.raises(LeakError, match="phone"):
            publish([held], nothing, named(tmp_path, "call +856 20 5555 0134"))


def test_where_a_held_track_crosses_the_antimeridian_is_held_back(tmp_path: Path) -> None:
    path = tmp_path / "way.geojson"
    told = journey(
        {"label": (179.1, 10.2), "sources": ("S1",)}, {"label": (-179.2, 11.4), "sources": ("S1",)}
    )
    line = ((179.1, 10.2), (179.54321, 10.61234), (-179.65432, 10.98765), (-179.2, 11.4))
    path.write_text(json.dumps(geojson.whole_document(replace(told, traces=(track(0, *line),)))))
    shown = " ".join(map(str, geojson.added_to(er.read_journey(path).data)["coordinates"]))  # type: ignore[call-overload]
    with pytest.raises(LeakError, match="decimal degrees"):
        publish([er.read_journey(path)], nothing, named(tmp_path, shown))


def test_what_a_file_has_become_since_it_was_read_is_held_back_too(tmp_path: Path) -> None:
    path = tmp_path / "way.geojson"
    document = geojson.to_document(held_in_vientiane().data)
    path.write_text(json.dumps(document))
    as_read = er.read_journey(path)
    path.write_text(json.dumps(document | {"teller": "Auntie Boun"}))
    with pytest.raises(LeakError, match="teller"):
        publish([as_read], nothing, named(tmp_path, "told by Auntie Boun"))
    path.write_text("{")
    with pytest.raises(OutputError, match="it was changed since"):
        publish([as_read], nothing, tmp_path / "x.txt")


def test_what_a_spreadsheet_held_is_held_back_whatever_it_was_changed_to(tmp_path: Path) -> None:
    path = tmp_path / "way.csv"
    path.write_bytes(csv_tables.write(Published(held_in_vientiane().data)).content)
    as_read = er.read_journey(path)
    for held in (
        as_read,
        as_read.protect(),
        as_read.with_place("w0", at=(102.9, 18.5), within_km=9),
    ):
        with pytest.raises(LeakError, match="decimal degrees"):
            publish([held], nothing, named(tmp_path, "17.9757, 102.6331"))


def test_what_a_what_if_changed_is_held_back_as_well_as_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "way.geojson"
    path.write_bytes(geojson.to_bytes(held_in_vientiane().data))
    changed = er.read_journey(path).with_place("w0", at=(102.7442, 17.8553), within_km=1)
    for secret in ("17.9757, 102.6331", "17.8553, 102.7442"):
        with pytest.raises(LeakError, match="decimal degrees"):
            publish([changed], nothing, named(tmp_path, secret))


def test_bounds_that_a_held_file_has_are_held_back(tmp_path: Path) -> None:
    path = tmp_path / "way.geojson"
    document = geojson.to_document(held_in_vientiane().data)
    line = [[102.6331, 17.9757], [102.3117, 19.2093], [103.6071, 18.3], [103.2004, 18.4123]]
    leg = {"kind": "leg", "from": "w0", "to": "w1", "status": "inferred", "sources": ["S1"]}
    document["features"].append(  # type: ignore[attr-defined]  # a list
        {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": line},
            "properties": leg,
        }
    )
    path.write_text(json.dumps(document))
    with pytest.raises(LeakError, match="held at bbox"):
        publish([er.read_journey(path)], nothing, named(tmp_path, "fit([[17.9757, 102.3117]])"))


def test_unprotected_is_as_held_and_marked(tmp_path: Path) -> None:
    def render(published: Sequence[Published]) -> bytes:
        return f"{published[0].journey.waypoints[0].label} {published[0].mark}".encode()

    with pytest.warns(UnprotectedWarning, match="as they are held"):
        publish([held_in_vientiane()], render, tmp_path / "x.txt", mark=Mark.AS_HELD)
    assert (tmp_path / "x.txt").read_text() == "(102.6331, 17.9757) unprotected"
