"""The leak checker: every notation of a secret is found and named, and nothing else is."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import accidents
import documents
from beside import PROJECT
from escape_route.formats import geojson
from escape_route.protection import leaks
from escape_route.protection.leaks import frames
from escape_route.protection.protect import protect
from leaking import NOTATIONS, secrets_of

LON, LAT = 128.04567, 42.01234
HELD = {"features": [{"geometry": {"type": "Point", "coordinates": [LON, LAT]}}]}
PROTECTED = {"features": [{"geometry": {"type": "Point", "coordinates": [128.05, 42.05]}}]}
SECRETS = secrets_of(HELD, PROTECTED)
ACCIDENTS = secrets_of(accidents.HELD, accidents.SHOWN)
NOT_FOUND = {"what3words", "numbers in words", "a national grid"}
PUBLISHED_ANYWAY = {"a photograph"}  # says where it was taken, whoever may know
SAFETY = (PROJECT / "docs" / "safety.md").read_text("utf-8")
AT = "features[0].geometry.coordinates"


def found(
    text: str | bytes, name: str = "page.html", secrets: leaks.Secrets = SECRETS
) -> list[str]:
    content = text if isinstance(text, bytes) else text.encode()
    return [str(each) for each in leaks.find(content, name, secrets)]


@pytest.mark.parametrize("notation", NOTATIONS)
def test_a_secret_position_is_found_in_every_notation(notation: str) -> None:
    text = f"A page.\n  They met at <b>{NOTATIONS[notation](LON, LAT)}</b> in May."
    findings = leaks.find(text.encode(), "page.html", SECRETS)
    assert [each for each in findings if "line 2, column" in each.place and each.held_at == AT], (
        findings
    )


@pytest.mark.parametrize("notation", NOTATIONS)
def test_the_published_position_is_clean_in_every_notation(notation: str) -> None:
    assert (
        found(f"A page.\n  They met at <b>{NOTATIONS[notation](128.05, 42.05)}</b> in May.") == []
    )


def test_a_finding_names_place_notation_and_where_it_is_held_and_not_the_secret() -> None:
    assert found("A page.\n  They met at 42.01234, 128.04567.") == [
        "line 2, column 15: decimal degrees (held at features[0].geometry.coordinates)"
    ]


def centre(value: float) -> float:
    """Middle of the tenth of a degree."""
    return round(math.floor(value * 10) / 10 + 0.05, 2)


def fine(limit: int) -> st.SearchStrategy[float]:
    """Degrees with five decimals, neither near zero, which any file is full of, nor near the published middle."""
    parts = st.tuples(
        st.sampled_from((-1, 1)),
        st.integers(15, limit * 10 - 1),
        st.integers(0, 299),
        st.integers(1, 9),
    )
    return parts.map(lambda each: each[0] * round(each[1] / 10 + each[2] / 1e4 + each[3] / 1e5, 5))


POSITIONS = st.tuples(fine(179), fine(79))


@given(POSITIONS, st.sampled_from(sorted(NOTATIONS)), st.text(max_size=40), st.text(max_size=40))
def test_any_secret_in_any_notation_in_any_text_is_found(
    position: tuple[float, float], notation: str, before: str, after: str
) -> None:
    lon, lat = position
    secrets = secrets_of({"coordinates": [lon, lat]}, {"coordinates": [centre(lon), centre(lat)]})
    text = f"{before} <{NOTATIONS[notation](lon, lat)}> {after}".encode("utf-8", "replace")
    assert leaks.find(text, "x.html", secrets)


def test_nothing_is_secret_of_a_journey_that_is_published_as_it_is_held() -> None:
    assert not secrets_of(HELD, HELD)
    assert found("42.01234, 128.04567", secrets=secrets_of(HELD, HELD)) == []


def test_a_finding_of_nested_json_names_its_path() -> None:
    text = '{"a": [{"b": 1}, {"c": "42.01234, 128.04567"}]}'
    assert found(text, "x.json") == [f"line 1, column 25 (a[1].c): decimal degrees (held at {AT})"]


@pytest.mark.parametrize(
    "words", ["by 42.01234, 128.04567 at night", "https://maps.example/@42.01234,128.04567,15z"]
)
def test_a_place_that_published_words_quote_is_a_finding_all_the_same(words: str) -> None:
    secrets = secrets_of(HELD | {"note": words}, PROTECTED | {"note": words})
    assert found(words, "note.txt", secrets)


def test_a_place_where_equator_and_meridian_cross_is_not_in_every_file() -> None:
    held = {"features": [{"geometry": {"type": "Point", "coordinates": [0.0, 0.0]}}]}
    secrets = secrets_of(
        held, {"features": [{"geometry": {"type": "Point", "coordinates": [0.05, 0.05]}}]}
    )
    assert found('{"type": "FeatureCollection", "features": []}', secrets=secrets) == []


@pytest.mark.parametrize("way", sorted({*accidents.PLACES} - NOT_FOUND))
def test_a_place_is_found_however_it_got_there(way: str) -> None:
    assert held_at(accidents.PLACES[way]) & {"features[0].geometry.coordinates"}


@pytest.mark.parametrize("way", accidents.DAYS)
def test_a_day_is_found_however_it_is_written(way: str) -> None:
    assert held_at(f"It was {accidents.DAYS[way]} at night.") == {"features[0].properties.when"}


@pytest.mark.parametrize("way", accidents.NAMES)
def test_a_part_of_a_name_is_found(way: str) -> None:
    assert held_at(accidents.NAMES[way])


def test_what_is_not_found_is_named_in_the_documentation() -> None:
    """Fewer than one in twenty; the names of the ways stand in docs/safety.md as they stand here."""
    assert {way for way in accidents.PLACES if not held_at(accidents.PLACES[way])} == NOT_FOUND
    assert len(NOT_FOUND) <= 3
    assert [way for way in NOT_FOUND if way not in SAFETY] == []


def held_at(content: str | bytes) -> set[str]:
    data = content if isinstance(content, bytes) else content.encode()
    return {each.held_at for each in leaks.find(data, "page.html", ACCIDENTS) if each.held_at}


@pytest.mark.parametrize("way", sorted({*accidents.PLACES} - NOT_FOUND - PUBLISHED_ANYWAY))
def test_a_file_is_clean_where_the_same_is_published(way: str) -> None:
    told = accidents.PLACES[way]
    content = told if isinstance(told, bytes) else told.encode()
    assert leaks.find(content, "page.html", secrets_of(accidents.HELD, accidents.HELD)) == ()


@pytest.mark.parametrize(
    ("frame", "lon", "lat"),
    [
        ("GCJ-02 degrees", 116.41024449916938, 39.91640428150164),
        ("BD-09 degrees", 116.41662724378733, 39.922699552216216),
    ],
)
def test_chinese_shifts_are_those_of_the_public_converters(
    frame: str, lon: float, lat: float
) -> None:
    """Values: the readme of coordtransform for 116.404, 39.915 in WGS84."""
    found = frames.FRAMES[frame](np.array([116.404]), np.array([39.915]))
    assert [float(each[0]) for each in found] == pytest.approx([lon, lat], abs=1e-9)


def test_baidu_s_plane_is_that_of_its_published_polynomial() -> None:
    """The polynomial that Baidu's own script has for latitudes from 30 to 45 degrees."""
    terms = (51751.86112841131, 3796837.749470245, 992013.7397791013, -1221952.21711287, 1340652.697009075, -620943.6990984312, 144416.9293806241)  # fmt: skip  # noqa: E501
    lon, lat = frames.FRAMES["BD-09 degrees"](np.array([116.404]), np.array([39.915]))
    expected = (
        111320.7020209128 * lon[0],
        sum(term * (lat[0] / 37.5) ** power for power, term in enumerate(terms)),
    )
    found = frames.FRAMES["Baidu map metres"](np.array([116.404]), np.array([39.915]))
    assert [float(each[0]) for each in found] == pytest.approx(expected, abs=2.0)


@pytest.mark.parametrize(("sensitivity", "hidden"), [(2, True), (0, False)])
def test_a_track_is_looked_through_as_an_array_and_tells_what_its_file_does(
    sensitivity: int, *, hidden: bool
) -> None:
    """Lists of 200,000 positions cost more than all else; a line that is published whole is no secret."""
    line = [[round(101 + k / 999, 5), round(16 + k / 777, 5)] for k in range(20)]
    ends = [documents.waypoint(n, precision="exact", sensitivity=sensitivity) for n in (0, 1)]
    for end, position in zip(ends, (line[0], line[-1]), strict=True):
        end["geometry"]["coordinates"] = position
    way = documents.leg() | {
        "geometry": {"type": "LineString", "coordinates": line, "note": "by the mill"}
    }
    loaded = geojson.read(
        documents.content(documents.journey(*ends, way, claims=[])), "held.geojson"
    )
    form = protect(loaded.journey).journey
    as_lists = secrets_of(loaded.document, geojson.to_document(form))
    as_arrays = secrets_of(
        geojson.with_arrays_of(loaded.document, loaded.journey), geojson.with_arrays(form)
    )
    assert as_arrays.texts == as_lists.texts
    assert set(as_arrays.positions.points) == set(as_lists.positions.points)
    assert bool(leaks.find(f"{line[7][1]}, {line[7][0]}".encode(), "x.txt", as_arrays)) is hidden
