"""What `check`, `map` and `report` say of one file is the same: the finding, the verdicts, the countries."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest

import sessions
from beside import PROJECT, long, whole
from documents import claim, content, journey, waypoint

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("undrawn")
SHIPPED = sorted((PROJECT / "geo").glob("*.geojson"))
_PAYLOAD = re.compile(r'<script type="application/json" id="payload">(.*?)</script>', re.DOTALL)


def told(name: str, folder: Path) -> tuple[dict[str, Any], dict[str, Any], str]:
    """What the check of a file finds, what its page holds, and its report."""
    check = json.loads(sessions.printed(f"check {name} --json --language en", folder))
    sessions.printed(f"map {name} -o page.html --force", folder)
    sessions.printed(f"report {name} -o report.md --force --language en", folder)
    found = _PAYLOAD.search((folder / "page.html").read_text("utf-8"))
    assert found is not None
    return check, json.loads(found[1])["journeys"][0], (folder / "report.md").read_text("utf-8")


def assert_same(name: str, folder: Path) -> None:
    check, page, report = told(name, folder)
    assert check["finding"] in " ".join(report.split())
    for one, other in zip(check["scopes"], page["scopes"], strict=True):
        assert (other["lower_bound_km"] or 0) == pytest.approx(one["lower_bound_km"] or 0, rel=0.01)
    for one, other in zip(check["claims"], page["claims"], strict=True):
        assert one.get("verdict") == other["verdict"]
        assert one["sentence"].startswith(
            other["sentence"]["en"]
        )  # where else it fits stands apart on the page


@long
@pytest.mark.parametrize("shipped", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_of_a_shipped_journey(shipped: Path, tmp_path: Path) -> None:
    shutil.copy(shipped, tmp_path)
    assert_same(shipped.name, tmp_path)


@long
def test_of_the_example_spreadsheet_as_it_is_and_as_it_is_imported(tmp_path: Path) -> None:
    sessions.printed("new trip", tmp_path)
    assert_same("trip-example.xlsx", tmp_path)
    sessions.printed("import trip-example.xlsx -o imported.geojson", tmp_path)
    assert_same("imported.geojson", tmp_path)


@pytest.mark.parametrize("value", whole([150, 300, 900], 300))
@pytest.mark.parametrize("sensitivity", [None, 4])
def test_of_a_held_journey_and_again_after_a_place_was_put_right(
    value: float, sensitivity: int | None, tmp_path: Path
) -> None:
    """A place that was published stays in its cell, across whose edge it was put right: in the check as on the page."""
    name = tmp_path / "walk.geojson"
    places = [
        waypoint(number, sensitivity=sensitivity if number == 1 else None) for number in range(3)
    ]
    stated = claim(value=value)
    name.write_bytes(content(journey(*places, claims=[stated])))
    assert_same(name.name, tmp_path)
    places[2]["geometry"]["coordinates"] = [101.99, 14.99]
    name.write_bytes(content(journey(*places, claims=[stated])))
    assert_same(name.name, tmp_path)
