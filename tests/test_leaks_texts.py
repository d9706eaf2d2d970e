"""Withheld texts, dates and numbers in any spelling; codes against published values; shipped pages are clean."""

from __future__ import annotations

import html
import unicodedata
from urllib.parse import quote, quote_plus

import numpy as np
import pytest

import written_codes
from beside import GEO, whole
from escape_route.protection import leaks
from escape_route.protection.leaks import codes
from escape_route.publish.page.assembly import own_passages
from leaking import secrets_of

PLACE = "Café behind Trần's mill"
HELD = {
    "note": PLACE,
    "korean": "단둥",
    "when": "2019-05-14",
    "height": 812.25,
    "id": "w1",
    "mode": "foot_wild",
}
SECRETS = secrets_of(HELD, {"when": "2019-05"})
SPELLINGS = {
    "NFC": unicodedata.normalize("NFC", PLACE),
    "NFD": unicodedata.normalize("NFD", PLACE),
    "NFKD": unicodedata.normalize("NFKD", PLACE),
    "capitals": PLACE.upper(),
    "full width": "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in PLACE),
    "entities": "".join(f"&#{ord(c)};" for c in PLACE),
    "hexadecimal entities": "".join(f"&#x{ord(c):X};" for c in PLACE),
    "named entities": html.escape(PLACE).replace("é", "&eacute;"),
    "\\u escapes": PLACE.encode("ascii", "backslashreplace").decode().replace("\\xe9", "\\u00e9"),
    "percent escapes": quote(PLACE),
    "percent escapes of a form": quote_plus(PLACE),
    "soft hyphens": "\u00ad".join(PLACE),
    "zero-width spaces": "\u200b".join(PLACE),
    "no-break spaces": PLACE.replace(" ", "\u00a0"),
    "two lines": PLACE.replace(" ", "\n   "),
    "a slug": PLACE.replace(" ", "-"),
    "a curly apostrophe": PLACE.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}"),
    "tags between": PLACE.replace("behind", "be<wbr>hi<b>nd</b>"),
}


def held_at(text: str, secrets: leaks.Secrets = SECRETS) -> list[str]:
    return [each.held_at for each in leaks.find(text.encode(), "a.html", secrets)]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_withheld_text_is_found_in_every_spelling(spelling: str) -> None:
    assert set(held_at(f"<p>It was the {SPELLINGS[spelling]} of old.</p>")) == {"note"}


def test_two_syllables_of_a_local_name_are_enough() -> None:
    assert held_at("<p>그들은 단둥에서 만났다.</p>") == ["korean"]


@pytest.mark.parametrize(
    "text",
    [
        "2019-05-14",
        "14 May 2019",
        "May 14, 2019",
        "14.05.2019",
        "20190514",
        "5/14/2019",
        "2019년 5월 14일",
    ],
)
def test_a_day_is_found_in_every_spelling_where_only_its_month_is_published(text: str) -> None:
    assert set(held_at(f"on {text} at night")) == {"when"}


@pytest.mark.parametrize(
    "text",
    ["2019-05", "May 2019", "in 2019", "12019-05-145", "a café", "the mill", "foot_wild", "w1"],
)
def test_what_is_published_or_anybodys_word_is_no_finding(text: str) -> None:
    assert held_at(f"<p>{text}</p>") == []


def test_a_long_number_is_found_and_a_part_of_one_is_not() -> None:
    assert held_at("at 812.25 m") == ["height"]
    assert held_at("at 1812.25 m, 812.251 m, 812.2 m") == []


def test_a_text_within_a_longer_word_is_no_finding() -> None:
    assert held_at("the millet", secrets_of({"a": "mill house"}, {})) == []
    assert held_at("at Musanja", secrets_of({"a": "Musan"}, {})) == []
    assert held_at("at Musan.", secrets_of({"a": "Musan"}, {})) == ["a"]


@pytest.mark.parametrize(
    ("lat", "lon", "digits", "code"),
    [
        (20.3701125, 2.782234375, 11, "7FG49QCJ+2VX"),
        (20.3701135, 2.78223535156, 13, "7FG49QCJ+2VXGJ"),
        (47.0000625, 8.0000625, 10, "8FVC2222+22"),
        (-41.2730625, 174.7859375, 10, "4VCPPQGP+Q9"),
        (-89.9999375, -179.9999375, 10, "22222222+22"),
    ],
)
def test_plus_codes_are_those_of_the_published_test_data(
    lat: float, lon: float, digits: int, code: str
) -> None:
    """Values: test_data/encodingTests.csv of google/open-location-code."""
    assert written_codes.plus_code(lon, lat, digits) == code
    area = codes.plus_code_area(code.replace("+", ""))
    assert area.west <= lon + 1e-9 < area.east
    assert area.south <= lat + 1e-9 < area.north


@pytest.mark.parametrize(
    ("area", "lon", "lat"),
    [
        (codes.geohash_area("ezs42"), -5.603, 42.605),
        (codes.geohash_area("u4pruydqqvj"), 10.40744, 57.64911),
        (codes.tile_area(9, 131, 190), -87.65, 41.84),
    ],
)
def test_the_area_of_a_code_holds_the_published_position(
    area: codes.Area, lon: float, lat: float
) -> None:
    """Values: the articles on Geohash in English and German Wikipedia; Bing Maps' tiles (quadkey 030222231)."""
    assert area.west <= lon < area.east
    assert area.south <= lat < area.north


def test_a_position_of_a_long_track_is_named_by_its_number() -> None:
    line = [[round(101 + k / 997, 5), round(16 + k / 991, 5)] for k in range(300)]
    secrets = secrets_of({"geometry": {"type": "LineString", "coordinates": line}}, {})
    lon, lat = line[217]
    found = {
        each.held_at for each in leaks.find(f"at {lat}, {lon} then".encode(), "a.txt", secrets)
    }
    assert found == {"geometry.coordinates[217]"}


@pytest.mark.parametrize(
    "page", whole(["ro-family", "lee-so-yeon", "lee-son", "index"], "lee-so-yeon")
)
def test_random_positions_are_not_found_in_a_shipped_page(page: str) -> None:
    rng = np.random.Generator(np.random.PCG64(5))
    places = (
        np.column_stack((rng.uniform(98, 130, 1000), rng.uniform(14, 43, 1000))).round(5).tolist()
    )
    held = {"features": [{"geometry": {"type": "Point", "coordinates": place}} for place in places]}
    content = (GEO.parent / "output" / f"{page}.html").read_bytes()
    assert (
        leaks.find(content, f"{page}.html", secrets_of(held, {}), own=own_passages(content)) == ()
    )
