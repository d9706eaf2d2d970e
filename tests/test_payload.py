"""What the page is given, against `web/payload.d.ts`: every key, and JSON without NaN."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
import shapely
from hypothesis import given, settings

from beside import IS_LONG
from escape_route.distance.settings import Settings
from escape_route.geography import geodesic
from escape_route.language.plain import as_json
from escape_route.model import places
from escape_route.model.journey import Journey  # hypothesis reads the annotation
from escape_route.model.published import Mark
from escape_route.publish.page.assembly import data_of, words
from escape_route.publish.page.payload import payload
from escape_route.publish.page.shown import Page
from making import checked, claim, journey, reported, shipped, traced
from strategies import journeys

SHIPPED = ("ro-family", "lee-so-yeon", "lee-son")


@cache
def interfaces() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Keys of each interface of the declaration: those that are always there, and those that may be."""
    source = (
        files("escape_route").joinpath("publish", "page", "web", "payload.d.ts").read_text("utf-8")
    )
    source = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    found = {}
    for name, body in re.findall(r"interface (\w+) \{(.*?)\n\}", source, flags=re.DOTALL):
        flat = body
        while "{" in flat:
            flat = re.sub(r"\{[^{}]*\}", "object", flat)
        keys = re.findall(r"^\s*(\w+)(\??):", flat, flags=re.MULTILINE)
        required = frozenset(key for key, optional in keys if not optional)
        found[name] = required, frozenset(key for key, _ in keys)
    return found


def plain(page: Page) -> Any:
    """What goes into the page of it."""
    return json.loads(json.dumps(data_of(page, words()), allow_nan=False))


def made(*names: str) -> dict[str, Any]:
    return plain(payload([checked(name) for name in names]))


def has_keys_of(name: str, part: dict[str, Any]) -> None:
    required, allowed = interfaces()[name]
    assert required <= set(part) <= allowed, name


def check(page: dict[str, Any]) -> None:
    has_keys_of("Payload", page)
    for told in page["journeys"]:
        has_keys_of("JourneyPayload", told)
        parts = {"waypoints": "Waypoint", "legs": "Leg", "claims": "Claim", "scopes": "Scope"}
        for key, name in parts.items():
            for part in told[key]:
                has_keys_of(f"{name}Payload", part)
        has_keys_of("MethodPayload", told["method"])
        for part in [*told["legs"], *told["scopes"]]:
            if part["plausible_km"] is not None:
                has_keys_of("Interval", part["plausible_km"])


def test_the_declaration_is_read() -> None:
    assert set(interfaces()) >= {
        "Payload",
        "JourneyPayload",
        "WaypointPayload",
        "LegPayload",
        "ScopePayload",
        "Interval",
    }
    assert interfaces()["Interval"][0] == {"median", "low50", "high50", "low95", "high95"}


@pytest.mark.parametrize("name", SHIPPED)
def test_the_payload_of_a_shipped_journey_has_every_key(name: str) -> None:
    check(made(name))


def test_the_payload_of_a_journey_with_a_track_has_every_key() -> None:
    check(plain(payload([replace(traced(), mark=Mark.AS_HELD)])))


@settings(max_examples=20 if IS_LONG else 10)
@given(journeys(least=1, most=3, kinds=("point", "disc", "label", "withheld", "shape")))
def test_any_journey_makes_json_without_nan(told: Journey) -> None:
    check(plain(payload([reported(told, Settings(draws=20))])))


def test_the_first_journey_is_the_pages_own() -> None:
    assert [each["id"] for each in made("lee-son", "ro-family")["journeys"]] == [
        shipped("lee-son").id,
        shipped("ro-family").id,
    ]


def test_every_text_is_held_in_english() -> None:
    (told,) = made("ro-family")["journeys"]
    texts = [
        told["title"],
        told["summary"],
        told["finding"],
        *(each["name"] for each in told["waypoints"]),
    ]
    texts += [text for each in told["claims"] for text in (each["sentence"], each["more"])]
    assert all("en" in text for text in texts)


def test_sources_are_numbered_in_the_order_in_which_a_reader_meets_them() -> None:
    (told,) = made("ro-family")["journeys"]
    numbers = {each["id"]: each["number"] for each in told["sources"]}
    assert list(numbers.values()) == list(range(1, len(numbers) + 1))
    first = told["waypoints"][0]["narration"]["en"][0]["sources"][0]
    assert numbers[first] == 1


def test_every_source_that_is_cited_is_listed() -> None:
    (told,) = made("ro-family")["journeys"]
    listed = {each["id"] for each in told["sources"]}
    cited = {
        source
        for each in [*told["waypoints"], *told["claims"], *told["notes"]]
        for source in each["sources"]
    }
    assert cited <= listed


def test_a_label_point_is_no_pin() -> None:
    (told,) = made("ro-family")["journeys"]
    assert [each["pin"] for each in told["waypoints"]] == [False] * 9
    assert payload([traced()]).journeys[0].waypoints[0].pin is True


def test_claims_name_the_scopes_that_they_are_judged_in() -> None:
    (told,) = made("ro-family")["journeys"]
    ids = {each["id"] for each in told["scopes"]}
    hrnk = next(each for each in told["claims"] if each["id"] == "c-hrnk")
    assert {hrnk["scope_id"], hrnk["also_scope_id"]} <= ids
    assert (hrnk["verdict"], hrnk["also_verdict"]) == ("impossible_short", "below_plausible")
    for scope in told["scopes"]:
        assert scope["claims"]


def test_a_bound_is_rounded_down() -> None:
    (told,) = made("ro-family")["journeys"]
    for scope, shown in zip(checked("ro-family").scopes, told["scopes"], strict=True):
        assert 0 <= scope.bound.bound_m / 1000 - shown["lower_bound_km"] < 10


def test_the_shortest_journey_is_not_drawn_near_its_own_points() -> None:
    """None of them may be read as where somebody was: 30 km are left out on either side."""
    told = payload([checked("ro-family")]).journeys[0]
    points = checked("ro-family").scopes[1].bound.shortest.points
    drawn = [each for part in told.scopes[1].shortest.line for each in part]
    assert min(geodesic.geodesic_m(one, other) for one in drawn for other in points) > 29_000


def test_nothing_of_a_withheld_place_is_shown() -> None:
    kept = {"label": (102.6, 17.97), "uncertainty_m": 9_000.0, "withheld": True}
    told = reported(journey({"label": (100.5, 13.75)}, kept), Settings(draws=20))
    (shown,) = payload([told]).journeys
    assert (shown.waypoints[1].label, shown.waypoints[1].bbox) == (None, None)
    assert "102.6" not in json.dumps(as_json(shown))


def test_outlines_are_those_of_the_places() -> None:
    found = places.outlines(shipped("ro-family"))
    located = places.located(shipped("ro-family"))
    assert found["ro-4"] is located[4].regions[0].shape
    assert isinstance(found["ro-1"], shapely.GeometryCollection)


def test_claims_that_a_sentence_only_counts_are_named_beside_it() -> None:
    stops = {"label": (104.0, 18.0)}, {"label": (106.0, 18.0)}
    many = tuple(replace(claim(100.0 * 2**n), id=f"c{n}") for n in range(9))
    shown = payload([reported(journey(*stops, claims=many))]).journeys[0].claims[0]
    (counted,) = re.findall(r"and (\d+) others", shown.more["en"])
    assert shown.rest is not None
    assert shown.rest["en"].count("“") == int(counted)
    few = payload([reported(journey(*stops, claims=many[:3]))]).journeys[0].claims[0]
    assert few.rest is None
