"""The one way out: written whole, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import escape_route as er
from escape_route.errors import OutputError
from escape_route.publish import publish, write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from escape_route.model import Journey

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


def test_nor_by_another_name_of_it(tmp_path: Path) -> None:
    held, link = tmp_path / "walk.geojson", tmp_path / "link.html"
    held.write_text("{}")
    link.symlink_to(held)
    with pytest.raises(OutputError, match=r"link\.html: this is the journey's own file"):
        publish([er.Journey(JOURNEY.data, held)], names, link)


def test_a_folder_is_no_file_and_nothing_is_left_behind(tmp_path: Path) -> None:
    (tmp_path / "x.html").mkdir()
    with pytest.raises(OutputError, match=r"x\.html: cannot write: Is a directory\Z"):
        write_whole(tmp_path / "x.html", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["x.html"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match=r"x\.html: cannot write here: (Not a directory|File exists)\Z"):
        write_whole(tmp_path / "file" / "x.html", b"x")
