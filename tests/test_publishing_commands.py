"""`protect`, and what every publishing command does with places that must not be found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from documents import content, journey, waypoint
from escape_route import cli

if TYPE_CHECKING:
    from pathlib import Path

SECRET = {"geometry": {"type": "Point", "coordinates": [102.6331, 17.9757]}}


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A journey with an exact place, a day and words that are to be held back."""
    monkeypatch.chdir(tmp_path)
    told = waypoint(0, when="2019-12-05", verbatimLocality="the blue house by the bridge", precision="exact")
    document = journey(told | SECRET, waypoint(1), waypoint(2))
    (tmp_path / "way.geojson").write_bytes(content(document))
    return "way.geojson"


def test_protect_says_what_was_changed_and_never_where(held: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["protect", held, "-o", "out.geojson"]) == 0
    shown = capsys.readouterr().out
    assert "places made coarser" in shown
    assert "1 dates made coarser" in shown
    assert "1 texts left out" in shown
    assert "102.6" not in shown


def test_protecting_what_is_protected_changes_nothing(
    held: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["protect", held, "-o", "once.geojson"]) == 0
    capsys.readouterr()
    assert cli.main(["protect", "once.geojson", "-o", "twice.geojson"]) == 0
    assert (tmp_path / "once.geojson").read_bytes() == (tmp_path / "twice.geojson").read_bytes()
    assert "nothing had to be changed" in capsys.readouterr().out


def test_protect_never_writes_over_the_journey(held: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (tmp_path / held).read_bytes()
    assert cli.main(["protect", held, "-o", held]) == 1
    assert capsys.readouterr().err == "way.geojson: this is the journey's own file; give another name\n"
    assert (tmp_path / held).read_bytes() == before


def test_a_page_shows_the_publishable_form_alone(held: str, tmp_path: Path) -> None:
    assert cli.main(["map", held, "--draws", "20", "-o", "page.html"]) == 0
    page = (tmp_path / "page.html").read_text()
    assert "102.65" in page
    for secret in ("102.6331", "17.9757", "blue house", "2019-12-05"):
        assert secret not in page


def test_unprotected_warns_in_one_line_and_marks_the_page(
    held: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["map", held, "--draws", "20", "--unprotected", "-o", "page.html"]) == 0
    told = capsys.readouterr().err
    assert (
        told
        == "--unprotected: places are published as they are held, and can be found; do not pass the file on [warning]\n"
    )
    assert "This page shows places as they are held, not generalised." in (tmp_path / "page.html").read_text()


def test_a_protected_page_carries_no_such_mark(held: str, tmp_path: Path) -> None:
    assert cli.main(["map", held, "--draws", "20", "-o", "page.html"]) == 0
    body = (tmp_path / "page.html").read_text().partition("<script")[0]
    assert "as they are held" not in body


def test_a_finer_place_stops_a_map_as_well(held: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["map", held, "--draws", "20", "-o", "page.html"]) == 0
    document = json.loads((tmp_path / held).read_text())
    document["features"][0]["properties"]["sensitivity"] = 4
    (tmp_path / held).write_text(json.dumps(document))
    assert cli.main(["map", held, "--draws", "20", "-o", "again.html"]) == 1
    assert "would be published in a cell of 0.001 degree" in capsys.readouterr().err
    assert not (tmp_path / "again.html").exists()


def test_words_of_the_page_that_give_a_place_away_stop_it(held: str, tmp_path: Path) -> None:
    document = json.loads((tmp_path / held).read_text())
    document["journey"]["phone"] = "+856 20 5555 0134"
    document["journey"]["title"]["en"] = "Call me"
    (tmp_path / held).write_text(json.dumps(document))
    assert cli.main(["map", held, "--draws", "20", "-o", "page.html"]) == 0
    assert "5555" not in (tmp_path / "page.html").read_text()


def test_protect_says_where_a_distance_is_judged_otherwise_as_published(
    held: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads((tmp_path / held).read_text())
    document["features"][1]["properties"]["sensitivity"] = 1
    (tmp_path / held).write_text(json.dumps(document))
    assert cli.main(["protect", held, "-o", "out.geojson"]) == 0
    assert '"about 300 km" is too short as held, and below plausible from the places' in capsys.readouterr().out


def test_a_page_says_that_it_was_judged_from_coarser_places(held: str, tmp_path: Path) -> None:
    assert cli.main(["map", held, "--draws", "20", "-o", "page.html"]) == 0
    said = "It was judged from places that were made coarser for publication."
    assert said in (tmp_path / "page.html").read_text().partition("<script type")[0]
