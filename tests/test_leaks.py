"""The leak checker: every notation of a secret is found and named, and nothing else is."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escape_route.protection import leaks
from leaking import NOTATIONS

LON, LAT = 128.04567, 42.01234
HELD = {"features": [{"geometry": {"type": "Point", "coordinates": [LON, LAT]}}]}
PROTECTED = {"features": [{"geometry": {"type": "Point", "coordinates": [128.05, 42.05]}}]}
SECRETS = leaks.secrets_of(HELD, PROTECTED)
AT = "features[0].geometry.coordinates"


def found(text: str | bytes, name: str = "page.html", secrets: leaks.Secrets = SECRETS) -> list[str]:
    content = text if isinstance(text, bytes) else text.encode()
    return [str(each) for each in leaks.find(content, name, secrets)]


@pytest.mark.parametrize("notation", NOTATIONS)
def test_a_secret_position_is_found_in_every_notation(notation: str) -> None:
    text = f"A page.\n  They met at <b>{NOTATIONS[notation](LON, LAT)}</b> in May."
    findings = leaks.find(text.encode(), "page.html", SECRETS)
    assert [each for each in findings if "line 2, column" in each.place and each.held_at == AT], findings


@pytest.mark.parametrize("notation", NOTATIONS)
def test_the_published_position_is_clean_in_every_notation(notation: str) -> None:
    assert found(f"A page.\n  They met at <b>{NOTATIONS[notation](128.05, 42.05)}</b> in May.") == []


def test_a_finding_names_place_notation_and_where_it_is_held_and_not_the_secret() -> None:
    assert found("A page.\n  They met at 42.01234, 128.04567.") == [
        "line 2, column 15: decimal degrees (held at features[0].geometry.coordinates)"
    ]


def centre(value: float) -> float:
    """Middle of the tenth of a degree."""
    return round(math.floor(value * 10) / 10 + 0.05, 2)


def fine(limit: int) -> st.SearchStrategy[float]:
    """Degrees with five decimals, neither near zero, which any file is full of, nor near the published middle."""
    parts = st.tuples(st.sampled_from((-1, 1)), st.integers(15, limit * 10 - 1), st.integers(0, 299), st.integers(1, 9))
    return parts.map(lambda each: each[0] * round(each[1] / 10 + each[2] / 1e4 + each[3] / 1e5, 5))


POSITIONS = st.tuples(fine(179), fine(79))


@given(POSITIONS, st.sampled_from(sorted(NOTATIONS)), st.text(max_size=40), st.text(max_size=40))
def test_any_secret_in_any_notation_in_any_text_is_found(
    position: tuple[float, float], notation: str, before: str, after: str
) -> None:
    lon, lat = position
    secrets = leaks.secrets_of({"coordinates": [lon, lat]}, {"coordinates": [centre(lon), centre(lat)]})
    text = f"{before} <{NOTATIONS[notation](lon, lat)}> {after}".encode("utf-8", "replace")
    assert leaks.find(text, "x.html", secrets)


def test_nothing_is_secret_of_a_journey_that_is_published_as_it_is_held() -> None:
    assert not leaks.secrets_of(HELD, HELD)
    assert found("42.01234, 128.04567", secrets=leaks.secrets_of(HELD, HELD)) == []


def test_a_finding_of_nested_json_names_its_path() -> None:
    text = '{"a": [{"b": 1}, {"c": "42.01234, 128.04567"}]}'
    assert found(text, "x.json") == [f"line 1, column 25 (a[1].c): decimal degrees (held at {AT})"]


@pytest.mark.parametrize("words", ["by 42.01234, 128.04567 at night", "https://maps.example/@42.01234,128.04567,15z"])
def test_a_place_that_published_words_quote_is_a_finding_all_the_same(words: str) -> None:
    secrets = leaks.secrets_of(HELD | {"note": words}, PROTECTED | {"note": words})
    assert found(words, "note.txt", secrets)


def test_what_only_words_quote_may_be_published() -> None:
    words = "The bridge is at 39.93512, 124.40123."
    secrets = leaks.secrets_of(HELD | {"note": words}, PROTECTED | {"note": words})
    assert found(words, "note.txt", secrets) == []


def test_a_place_where_equator_and_meridian_cross_is_not_in_every_file() -> None:
    held = {"features": [{"geometry": {"type": "Point", "coordinates": [0.0, 0.0]}}]}
    secrets = leaks.secrets_of(held, {"features": [{"geometry": {"type": "Point", "coordinates": [0.05, 0.05]}}]})
    assert found('{"type": "FeatureCollection", "features": []}', secrets=secrets) == []


def test_coordinates_finer_than_any_that_is_published_are_found_in_a_table() -> None:
    assert [each.rpartition(": ")[2] for each in found("name,lat,lon\nB,41.12345,127.54321\n", "a.csv")] == [
        "a coordinate of 5 decimals, more than is published",
        "a coordinate of 5 decimals, more than is published",
    ]
    assert found("name,share\nB,0.12345\n", "a.csv") == []


STOPS = [(103.234561, 18.345679), (101.912345, 17.123456), (104.223344, 16.554433)]


def features(*geometries: dict[str, object]) -> dict[str, object]:
    return {"features": [{"geometry": each} for each in geometries]}


def points(*places: tuple[float, float]) -> list[dict[str, object]]:
    return [{"type": "Point", "coordinates": list(each)} for each in places]


def in_cells(*places: tuple[float, float]) -> list[dict[str, object]]:
    return points(*((centre(lon), centre(lat)) for lon, lat in places))


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (((101.912345 + 104.223344) / 2, (16.554433 + 18.345679) / 2), "middle of all stops"),
        (((103.234561 + 104.223344) / 2, (18.345679 + 16.554433) / 2), "middle of stops 1 and 3"),
        (((103.234561 + 101.912345) / 2, (18.345679 + 17.123456) / 2), "middle of stops 1 to 2"),
        ((103.234561, 17.123456), "bounds of stops 1 to 2"),
    ],
)
def test_what_a_map_was_drawn_to_is_found(shown: tuple[float, float], said: str) -> None:
    secrets = leaks.secrets_of(features(*points(*STOPS)), features(*in_cells(*STOPS)))
    assert said in " ".join(found(f"center: [{shown[1]:.6f}, {shown[0]:.6f}]", secrets=secrets))


def test_bounds_of_all_stops_are_found_with_whatever_room_is_left_around_them() -> None:
    secrets = leaks.secrets_of(features(*points(*STOPS)), features(*in_cells(*STOPS)))
    (west, south), (east, north) = (101.912345, 16.554433), (104.223344, 18.345679)
    wide, high = (east - west) / 20, (north - south) / 20
    shown = f"[[{south - high:.6f}, {west - wide:.6f}], [{north + high:.6f}, {east + wide:.6f}]]"
    assert "a box around it, in degrees (held at middle of all stops)" in " ".join(found(shown, secrets=secrets))


def test_a_place_that_was_drawn_is_not_given_away_by_its_middle() -> None:
    drawn = {"type": "Polygon", "coordinates": [[[102.1, 15.5], [102.3234, 15.6], [102.2, 15.8321], [102.1, 15.5]]]}
    cells = {"type": "Polygon", "coordinates": [[[102.1, 15.5], [102.4, 15.5], [102.4, 15.9], [102.1, 15.5]]]}
    secrets = leaks.secrets_of(features(drawn), features(cells))
    assert "middle of a drawn shape" in " ".join(found("15.66605, 102.2117", secrets=secrets))
    assert found("15.7000, 102.2500", secrets=secrets) == []


def test_a_box_around_what_is_published_gives_nothing_away() -> None:
    secrets = leaks.secrets_of(features(*points(*STOPS)), features(*in_cells(*STOPS)))
    lon, lat = centre(STOPS[0][0]), centre(STOPS[0][1])
    assert found(f"[[{lat - 0.05:.5f}, {lon - 0.05:.5f}], [{lat + 0.05:.5f}, {lon + 0.05:.5f}]]", secrets=secrets) == []


def test_a_box_over_the_meridian_of_greenwich_is_found() -> None:
    held, cell = points((-0.00453, 51.47791)), points((-0.05, 51.45))
    secrets = leaks.secrets_of(features(*held), features(*cell))
    assert found("[[51.46791, -0.01453], [51.48791, 0.00547]]", secrets=secrets)
