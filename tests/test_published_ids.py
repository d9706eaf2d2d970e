"""Ids in what is published: a few letters and a running number, the same each time; the holder knows which."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

import escape_route as er
from escape_route.errors import EscapeRouteError, LeakError
from escape_route.formats import geojson
from escape_route.protection.names import says_nothing_new
from escape_route.protection.protect import protect
from making import claim, journey

if TYPE_CHECKING:
    from pathlib import Path

TOLD = [
    "2019-12-05",
    "n17-9757-e102-6331",
    "856-20-5555-0134",
    "w2019",
    "20191205",
    "kim-3",
    "ro-07",
    "집-1",
    "a-b-1",
]
PLACES = [(102.6331, 17.9757), (103.2004, 18.4123), (104.0, 18.0)]


def walk(*ids: str, **more: Any) -> er.Journey:
    told = [
        {"label": place, "id": name, "sources": ("S1",)}
        for name, place in zip(ids, PLACES, strict=False)
    ]
    return replace(journey(*told), **more)


def published_ids(folder: Path, *ids: str) -> list[str]:
    """Publish a journey of these ids, and read what was published."""
    held = folder / "held.geojson"
    held.write_bytes(geojson.to_bytes(walk(*ids)))
    er.read_journey(held).save_protected(folder / "out.geojson")
    return [each["id"] for each in json.loads((folder / "out.geojson").read_bytes())["features"]]


@pytest.mark.parametrize("name", TOLD[:5])
def test_digits_of_days_positions_and_telephones_are_not_published(name: str) -> None:
    assert not says_nothing_new(name, frozenset({"2019", "12", "05", "20"}))
    assert [each.id for each in protect(walk("a-1", name)).journey.waypoints] == ["w1", "w2"]


@pytest.mark.parametrize("name", TOLD[5:])
def test_nor_a_word_or_zeros_before_a_number(name: str) -> None:
    assert (name == "kim-3") == says_nothing_new(name, frozenset())


def test_ids_that_are_a_running_number_stay() -> None:
    assert [each.id for each in protect(walk("ro-0", "ro-1", "ro-2")).journey.waypoints] == [
        "ro-0",
        "ro-1",
        "ro-2",
    ]
    assert [each.id for each in protect(walk("n48", "e16")).journey.waypoints] == [
        "w1",
        "w2",
    ]  # two prefixes


@pytest.mark.parametrize(
    "name", ["n17-9757-e102-6331", "102-63312-17-97574", "kim-17-98-102-63", "2019-12-05-kim"]
)
def test_an_id_of_the_journey_that_is_a_hidden_position_or_day_is_refused(
    name: str, tmp_path: Path
) -> None:
    way = walk("w-1", "w-2", id=name)
    first = replace(way.waypoints[0], when="2019-12-05")
    held = tmp_path / "held.geojson"
    held.write_bytes(geojson.to_bytes(replace(way, waypoints=(first, *way.waypoints[1:]))))
    with pytest.raises(LeakError, match=r"journey\.id"):
        er.read_journey(held).save_protected(tmp_path / "out.geojson")
    assert not (tmp_path / "out.geojson").exists()


def test_an_id_of_the_journey_that_is_neither_is_as_it_was_chosen(tmp_path: Path) -> None:
    held = tmp_path / "held.geojson"
    held.write_bytes(geojson.to_bytes(walk("w-1", "w-2", id="interview-2021-05-14-no-17")))
    er.read_journey(held).save_protected(tmp_path / "out.geojson")
    assert b"interview-2021-05-14-no-17" in (tmp_path / "out.geojson").read_bytes()


def test_the_holder_can_look_the_published_ids_up(tmp_path: Path) -> None:
    assert published_ids(tmp_path, "house-of-kim", "2019-12-05") == ["w1", "w2"]
    register = json.loads((tmp_path / "j.published.json").read_bytes())
    assert register["ids"]["waypoints"] == {"house-of-kim": "w1", "2019-12-05": "w2"}


def test_a_place_keeps_its_id_when_another_comes_before_it_or_goes(tmp_path: Path) -> None:
    assert published_ids(tmp_path, "house-of-kim", "bridge") == ["w1", "w2"]
    assert published_ids(tmp_path, "new-start", "house-of-kim", "bridge") == ["w3", "w1", "w2"]
    assert published_ids(tmp_path, "new-start", "bridge") == ["w3", "w2"]


def test_ids_that_stay_are_not_renamed_for_the_sake_of_a_new_one(tmp_path: Path) -> None:
    assert published_ids(tmp_path, "ro-1", "ro-2") == ["ro-1", "ro-2"]
    assert published_ids(tmp_path, "ro-1", "house-of-kim", "ro-2") == ["ro-1", "w1", "ro-2"]


def test_the_publishable_form_is_published_under_the_same_ids(tmp_path: Path) -> None:
    held = tmp_path / "held.geojson"
    held.write_bytes(geojson.to_bytes(walk("house-of-kim", "w1")))
    told = er.read_journey(held)
    told.save_protected(tmp_path / "one.geojson")
    er.read_journey(held).protect().save_protected(tmp_path / "two.geojson")
    assert (tmp_path / "one.geojson").read_bytes() == (tmp_path / "two.geojson").read_bytes()


def test_claims_and_sources_are_written_down_as_well(tmp_path: Path) -> None:
    scope = replace(claim(90).scope, start="a-1", end="a-2")
    held = tmp_path / "held.geojson"
    held.write_bytes(
        geojson.to_bytes(walk("a-1", "a-2", claims=(claim(90, id="musan-way", scope=scope),)))
    )
    er.read_journey(held).save_protected(tmp_path / "out.geojson")
    ids = json.loads((tmp_path / "j.published.json").read_bytes())["ids"]
    assert (ids["claims"], ids["sources"]) == ({"musan-way": "c1"}, {"S1": "S1"})


FAULTY = [
    {"waypoints": {"a": "w1", "b": "w1"}},
    {"waypoints": ["w1"]},
    ["w1"],
    {"claims": {"a": ""}},
]


@pytest.mark.parametrize("ids", FAULTY)
def test_a_register_whose_ids_cannot_be_stops_what_would_be_published(
    ids: object, tmp_path: Path
) -> None:
    published_ids(tmp_path, "house-of-kim", "bridge")
    register = tmp_path / "j.published.json"
    register.write_text(json.dumps(json.loads(register.read_bytes()) | {"ids": ids}))
    with pytest.raises(
        EscapeRouteError, match=r"j\.published\.json: not a register of what was published: ids: "
    ):
        er.read_journey(tmp_path / "held.geojson").save_protected(tmp_path / "new.geojson")


def test_a_register_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    published_ids(tmp_path, "house-of-kim", "bridge")
    register = tmp_path / "j.published.json"
    old = json.loads(register.read_bytes())
    del old["ids"]
    register.write_text(json.dumps(old))
    assert published_ids(tmp_path, "house-of-kim", "bridge") == ["w1", "w2"]
    assert "ids" in json.loads(register.read_bytes())
