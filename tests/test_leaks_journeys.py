"""Made-up journeys with known secrets: none of them is in anything published, and every deliberate leak is found.

`make leaks` does the same with a thousand of them, and with fifty through every command.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from beside import IS_LONG
from escape_route.formats import geojson
from escape_route.geography import base
from escape_route.model import read
from escape_route.protection import leaks
from escape_route.protection.protect import protect
from escape_route.publish.page import backdrop, page
from held_journeys import held_journey
from leaking import NOTATIONS, secrets_of
from publishing_all import in_process

if TYPE_CHECKING:
    from pathlib import Path


@cache
def _one_part_of_the_earth() -> backdrop.Backdrop:
    return backdrop.backdrop((100.0, 10.0, 110.0, 20.0), base.geo_folder() / "base")


@pytest.fixture(autouse=True)
def _one_backdrop(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same part of the earth behind all: to cut one out for each takes longer than all the rest."""
    monkeypatch.setattr(page, "_backdrop", lambda *_: _one_part_of_the_earth())


@pytest.mark.parametrize("seed", range(10 if IS_LONG else 4))
def test_nothing_published_holds_a_known_secret(seed: int, tmp_path: Path) -> None:
    journey = held_journey(seed, countries=False)
    for file in in_process(journey.content, tmp_path):
        assert journey.given_away(file.read_bytes()) == [], file.name


def test_the_second_opinion_finds_what_is_held() -> None:
    journey = held_journey(3)
    assert len(journey.given_away(journey.content)) == len(journey.positions) + len(journey.texts)


@pytest.mark.parametrize("notation", NOTATIONS)
def test_a_deliberate_leak_in_a_published_file_is_found(notation: str) -> None:
    journey = held_journey(len(notation), countries=False)
    for feature in journey.document["features"]:
        feature["properties"].pop("sensitivity", None)
    published = protect(read.read(journey.content)).journey
    secrets = secrets_of(journey.document, geojson.to_document(published))
    leak = f"<!-- {NOTATIONS[notation](*journey.positions[0])} -->\n".encode()
    content = geojson.to_bytes(published)
    assert leaks.find(content, "a.html", secrets) == ()
    assert leaks.find(leak + content, "a.html", secrets) != ()
