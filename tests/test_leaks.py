"""The leak checker: every notation of a secret is found and named, and nothing else is."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escape_route import leaks
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
