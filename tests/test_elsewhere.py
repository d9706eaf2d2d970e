"""The same house again: what is held back may not stand finer anywhere else in what is published."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import shapely

import escape_route as er
from escape_route.cli import main
from escape_route.formats import geojson
from escape_route.model.journey import Note, Source, Statement
from escape_route.model.vocabulary import Precision, Status
from escape_route.protection import elsewhere
from escape_route.protection.protect import protect
from making import journey, track

if TYPE_CHECKING:
    from pathlib import Path

    from escape_route.model.journey import Journey

HOUSE, TOWN = (102.63313, 17.97571), (103.2507, 18.4013)
NORTH_50_M, NORTH_150_M, NORTH_900_M = 0.00045, 0.00136, 0.0081


def moved(north_deg: float) -> tuple[float, float]:
    return HOUSE[0], HOUSE[1] + north_deg


def held(*others: dict[str, Any], **more: Any) -> Journey:
    return journey({"label": HOUSE, **more}, {"label": TOWN, "sensitivity": 0}, *others)


def found(told: Journey) -> list[tuple[str, str]]:
    return [(each.held, each.where) for each in elsewhere.again(told, protect(told))]


NEAR = [(0, None), (NORTH_50_M, None), (NORTH_150_M, 300.0), (NORTH_900_M, 999.0), (0, 30_000.0)]


@pytest.mark.parametrize(("north_deg", "radius_m"), NEAR)
def test_a_place_at_0_counts_within_100_m_or_a_small_radius(
    north_deg: float, radius_m: Any
) -> None:
    told = held({"label": moved(north_deg), "sensitivity": 0}, uncertainty_m=radius_m)
    assert found(told) == [("w0", 'waypoint "w2"')]


@pytest.mark.parametrize(("north_deg", "radius_m"), [(NORTH_150_M, None), (NORTH_900_M, 30_000.0)])
def test_the_capital_beside_it_is_no_secret(north_deg: float, radius_m: Any) -> None:
    assert found(held({"label": moved(north_deg), "sensitivity": 0}, uncertainty_m=radius_m)) == []


@pytest.mark.parametrize(("one", "other"), [(2, 3), (3, 4), (1, 4)])
def test_a_smaller_cell_counts_as_well(one: int, other: int) -> None:
    assert found(held({"label": HOUSE, "sensitivity": other}, sensitivity=one))
    assert not found(held({"label": HOUSE, "sensitivity": one}, sensitivity=one))


def test_a_vertex_of_a_track_between_two_places_at_0_counts() -> None:
    told = held({"label": (102.0, 17.0), "sensitivity": 0})
    way = track(1, TOWN, moved(NORTH_50_M), (102.0, 17.0))
    assert found(replace(told, traces=(way,))) == [("w0", 'the track from "w1" to "w2"')]


def test_a_corner_of_an_outline_counts() -> None:
    outline = shapely.Polygon([HOUSE, (102.9, 17.9), (102.9, 18.2)])
    assert found(held({"label": (102.8, 18.0), "geometry": outline, "sensitivity": 0}))


WORDS = [
    "They parked at 17.97571, 102.63313.",
    "102.63313 / 17.97571",
    "Bei 17,97571 und 102,63313.",
    "somewhere near 17.98, 102.63",
    "17°58'32.6\"N 102°37'59.3\"E",
    "북위 17도 58분 32초, 동경 102도 37분 59초",
    "https://www.openstreetmap.org/?mlat=17.9757&mlon=102.6331#map=19/17.9757/102.6331",
    "https://maps.google.com/?q=17.97571,102.63313",
]


@pytest.mark.parametrize("words", WORDS)
def test_words_in_any_notation_and_order_count(words: str) -> None:
    told = held()
    said = replace(told.waypoints[1], narration={"ko": (Statement(words, ()),)})
    assert found(replace(told, waypoints=(told.waypoints[0], said)))
    assert found(replace(told, notes=(Note({"en": words}, ()),)))
    assert found(replace(told, sources=(Source("S1", "A letter", None, note=words),)))


def test_a_number_that_is_no_position_and_the_cell_itself_do_not_count() -> None:
    told = held()
    for words in ("12.5 km in 3.25 h", "shown at 17.95, 102.65", "in 2019, on 17.98"):
        assert found(replace(told, summary={"en": words})) == []


def test_nothing_is_looked_for_where_nothing_is_held_back() -> None:
    assert (
        found(journey({"label": HOUSE, "sensitivity": 0}, {"label": HOUSE, "sensitivity": 0})) == []
    )
    assert all(found(er.read_journey(each).data) == [] for each in er.shipped_journeys())


@pytest.mark.parametrize("name", ["31-same-house-twice.geojson", "02-words-latitude-first.gpx"])
@pytest.mark.parametrize("command", ["protect", "map"])
def test_it_is_refused_and_both_are_named(
    name: str, command: str, shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / name
    file.write_bytes((shared / "cases" / name).read_bytes())
    assert main.main([command, str(file), "-o", str(tmp_path / "out.geojson")]) == 3
    said = capsys.readouterr().err
    assert "waypoint w" in said
    assert ('waypoint w2 "' in said) or ("features[0].properties.narration" in said)
    assert not (tmp_path / "out.geojson").exists()


def called(name: str, said: str, **more: Any) -> list[str]:
    told = journey(
        {"label": TOWN, "sensitivity": 0},
        {"label": HOUSE, "sensitivity": 1, "name": {"en": name}, **more},
    )
    told = replace(told, summary={"en": said})
    return [each.where for each in elsewhere.named(told, protect(told))]


NAMED_AGAIN = [
    ("Ban Naxay", "We left Ban Naxay at night."),
    ("Ban Naxay", "the road to BAN-NAXAY"),
    ("Naxay, near the river", "we left naxay's school"),
    ("나싸이", "그들은 나싸이를 떠났다"),
    ("the Mamani house in Yavi Chico", "Two nights in Yavi Chico."),
    ("the Mamani house in Yavi Chico", "MAMANI kept us."),
]


@pytest.mark.parametrize(("name", "said"), NAMED_AGAIN)
def test_a_name_that_is_held_back_may_not_stand_in_a_sentence(name: str, said: str) -> None:
    assert called(name, said) == ["journey.summary.en"]


NO_NAME_AGAIN = [
    ("Laos", "We left Laos."),  # the country that it is published as
    ("Our house", "our house burnt"),
    ("Home", "We came home. Home was far."),
    ("Ban Naxay", "We left Ban Naxayang."),
    ("Abandoned farm near the river", "We abandoned the car."),
    ("ein Bauernhof in Laos", "Auf dem Bauernhof blieben wir zwei Tage in Laos."),
]


@pytest.mark.parametrize(("name", "said"), NO_NAME_AGAIN)
def test_what_is_no_name_or_another_is_no_secret(name: str, said: str) -> None:
    assert called(name, said) == []


def test_a_published_name_that_begins_alike_does_not_publish_another() -> None:
    told = journey(
        {"label": TOWN, "sensitivity": 0, "name": {"en": "Khammouane"}},
        {"label": HOUSE, "sensitivity": 1, "name": {"en": "Kham", "ko": "캄마을"}},
        {"label": HOUSE, "sensitivity": 1, "name": {"en": "Laos", "ko": "비밀마을"}},
    )
    told = replace(told, summary={"en": "From Kham.", "ko": "비밀마을에서"})
    found = [(each.held, each.where) for each in elsewhere.named(told, protect(told))]
    assert found == [("w1", "journey.summary.en"), ("w2", "journey.summary.ko")]


def test_stops_that_are_told_as_one_keep_their_names() -> None:
    """Both names are published, and so is what was said of either."""
    near = {"label": HOUSE, "sensitivity": 2, "verbatim_locality": "Wattay"}
    told = journey(
        near | {"name": {"en": "Vientiane"}},
        near | {"name": {"en": "Sikhottabong"}},
        {"label": TOWN},
    )
    told = replace(told, summary={"en": "From Vientiane by Wattay."})
    assert elsewhere.named(told, protect(told)) == []


@pytest.mark.parametrize("sensitivity", [None, 1, 4])
def test_a_withheld_place_is_published_without_its_name(sensitivity: int | None) -> None:
    hidden = {"withheld": True, "label": None, "sensitivity": sensitivity}
    assert called("Ban Naxay", "We left Ban Naxay.", **hidden) == ["journey.summary.en"]
    form = protect(
        journey(
            {"label": TOWN}, {"name": {"en": "Ban Naxay"}, "precision": Precision.REGION, **hidden}
        )
    )
    assert form.waypoints[1].name == {"en": "Place withheld"}
    assert protect(form.journey).journey == form.journey


def test_a_name_that_is_published_is_no_secret() -> None:
    assert called("Ban Naxay", "We left Ban Naxay.", sensitivity=2) == []


def test_a_sentence_with_a_name_that_is_held_back_is_not_published(
    tmp_path: Path, capsys: Any
) -> None:
    of_none = {"status": Status.INFERRED}
    house = {"label": HOUSE, "sensitivity": 1, "name": {"en": "Ban Naxay"}, **of_none}
    told = journey({"label": TOWN, "sensitivity": 0, **of_none}, house)
    source = tmp_path / "trip.geojson"
    source.write_text(
        json.dumps(geojson.to_document(replace(told, summary={"en": "We left Ban Naxay."})))
    )
    assert main.main(["protect", str(source), "-o", str(tmp_path / "p.geojson")]) == 3
    assert (
        'waypoint w1 "Ban Naxay" is published without its name, and the text at journey.summary.en'
        in capsys.readouterr().err
    )
    assert not (tmp_path / "p.geojson").exists()
