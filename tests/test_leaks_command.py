"""`escape-route leaks`: exit codes, and the whole of what it prints."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from documents import content, journey, waypoint
from escape_route.cli import main

if TYPE_CHECKING:
    from pathlib import Path

CLEAN = "Nothing found in 1 file: 1 positions, 1 texts and dates, 0 numbers were looked for\n"


@pytest.fixture(autouse=True)
def _held(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A held journey with one exact place and its local name, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    place = waypoint(0, coordinateUncertaintyInMeters=50, verbatimLocality="behind the mill")
    place["geometry"]["coordinates"] = [128.04567, 42.01234]
    (tmp_path / "held.geojson").write_bytes(content(journey(place, claims=[])))


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main.main(["leaks", *arguments])
    return code, *capsys.readouterr()


def test_a_clean_file_is_said_to_be_clean(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "page.txt").write_text("Near 42.05, 128.05.")
    assert run(capsys, "page.txt", "--against", "held.geojson") == (0, CLEAN, "")


def test_a_protected_file_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["protect", "held.geojson", "-o", "published.geojson"]) == 0
    capsys.readouterr()
    assert run(capsys, "published.geojson", "--against", "held.geojson") == (0, CLEAN, "")


def test_each_finding_is_a_line_and_the_code_is_3(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "page.txt").write_text("Behind the  mill,\nat 42.01234 128.04567")
    assert run(capsys, "page.txt", "--against", "held.geojson") == (
        3,
        (
            "page.txt: line 1, column 1: withheld text (held at "
            "features[0].properties.verbatimLocality)\n"
            "page.txt: line 2, column 4: decimal degrees (held at "
            "features[0].geometry.coordinates)\n"
        ),
        "",
    )


def test_a_folder_is_looked_through_whole(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "site" / "deep").mkdir(parents=True)
    (tmp_path / "site" / "a.html").write_text("<p>clean</p>")
    (tmp_path / "site" / "deep" / "behind-the-mill.txt").write_text("")
    code, out, _ = run(capsys, "site", "--against", "held.geojson")
    place = "site/deep/behind-the-mill.txt: the file's own name"
    assert (code, out) == (
        3,
        f"{place}: withheld text (held at features[0].properties.verbatimLocality)\n",
    )


def test_programs_get_one_document(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("42.01234 128.04567")
    code, out, _ = run(capsys, "page.txt", "--against", "held.geojson", "--json")
    finding = {
        "place": "line 1, column 1",
        "kind": "decimal degrees",
        "held_at": "features[0].geometry.coordinates",
    }
    assert code == 3
    assert json.loads(out) == {
        "looked_for": {"positions": 1, "texts": 1, "numbers": 0},
        "files": [{"file": "page.txt", "findings": [finding], "not_looked_through": []}],
    }


def test_a_published_form_is_nothing_to_hold_others_against(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main.main(["protect", "held.geojson", "-o", "published.geojson"]) == 0
    capsys.readouterr()
    assert run(capsys, "held.geojson", "--against", "published.geojson") == (
        1,
        "",
        (
            "published.geojson: this file is already its own published form, and no place in it is "
            "held back: "
            "give the file that you hold\n"
        ),
    )


def test_nor_is_one_to_which_another_program_added_something(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main.main(["protect", "held.geojson", "-o", "published.geojson"]) == 0
    document = json.loads((tmp_path / "published.geojson").read_text())
    (tmp_path / "published.geojson").write_text(
        json.dumps(document | {"name": "layer", "crs": {"type": "name"}})
    )
    capsys.readouterr()
    code, out, err = run(capsys, "held.geojson", "--against", "published.geojson")
    assert (code, out) == (1, "")
    assert "no place in it is held back" in err


def test_an_empty_folder_is_not_called_clean(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    expected = (
        1,
        "",
        "empty: no file in this folder (give the published files, or the folder that they are in)\n",
    )
    assert run(capsys, "empty", "--against", "held.geojson") == expected


def test_a_file_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    expected = (1, "", "gone.html: no such file or folder (a name misspelt, or another folder?)\n")
    assert run(capsys, "gone.html", "--against", "held.geojson") == expected


def test_a_journey_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "page.txt")
    assert (code, out) == (2, "")
    assert err.endswith(
        "escape-route leaks: error: the following arguments are required: --against\n"
    )


def test_a_file_that_cannot_be_read_is_not_called_clean_and_has_a_code_of_its_own(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "photo.heic").write_bytes(b"\x00\x00\x00\x18ftypheic\x00\x00")
    told = "photo.heic: the file: not looked through: HEIC is not read here\n"
    assert run(capsys, "photo.heic", "--against", "held.geojson") == (4, told, "")
    (tmp_path / "page.txt").write_text("42.01234 128.04567")
    assert run(capsys, "photo.heic", "page.txt", "--against", "held.geojson")[0] == 3
    _, out, _ = run(capsys, "photo.heic", "--against", "held.geojson", "--json")
    (file,) = json.loads(out)["files"]
    assert (file["findings"], file["not_looked_through"][0]["place"]) == ([], "the file")
