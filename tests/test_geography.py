"""The base geography by reference."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from escape_route.errors import UnknownPlaceError
from escape_route.geography import base

RIVERS = ("river:mekong-lao-thai", "river:tumen", "river:yalu")


@pytest.mark.parametrize(
    ("given_as", "normal"),
    [
        ("country:vn", "country:VN"),
        ("border:VN-LA", "border:LA-VN"),
        ("border:la-vn", "border:LA-VN"),
        ("river:yalu", "river:yalu"),
    ],
)
def test_a_reference_has_one_spelling(given_as: str, normal: str) -> None:
    assert base.normal_reference(given_as) == normal
    assert base.normal_reference(normal) == normal


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("country:", r'"country:" is not in the base geography: a country is named by its code in ISO 3166-1, such as'),
        ("country:../VN", r'"country:\.\./VN" is not in the base geography: a country'),
        ("border:LA-VX", r'"border:LA-VX" is not in the base geography: did you mean "border:LA-VN"\?'),
        ("border:VN", r'"border:VN" is not in the base geography: the two codes of neighbours on land, such as'),
        ("river:Yalu", r'"river:Yalu" is not in the base geography: did you mean "river:yalu"\?'),
        ("river:rhine", r'"river:rhine" is not in the base geography: one of mekong-lao-thai, tumen, yalu'),
        ("lake:x", r'"lake:x" is not a footprint: country:XX, border:XX-YY or river:NAME'),
        ("Chile", r'"Chile" is not a footprint: did you mean "country:CL"\?'),
        ("congo", r'"congo" is not a footprint: did you mean "country:CD" or "country:CG"\?'),
        ("country:Burma", r'"country:Burma" is not in the base geography: did you mean "country:MM"\?'),
        ("", r'"" is not a footprint: country:XX, border:XX-YY or river:NAME'),
    ],
)
def test_an_unknown_reference_is_refused_with_a_hint(reference: str, message: str) -> None:
    with pytest.raises(UnknownPlaceError, match=message):
        base.normal_reference(reference)


@given(st.text(max_size=8) | st.from_regex(r"(country|border|river):\w{0,6}", fullmatch=True))
def test_any_text_is_known_or_refused(text: str) -> None:
    try:
        normal = base.normal_reference(text)
    except UnknownPlaceError as error:
        assert text in str(error)  # noqa: PT017  # either is right
    else:
        assert base.normal_reference(normal) == normal


def test_the_whole_world_is_there() -> None:
    codes = base.country_codes()
    assert {"CN", "KP", "KR", "LA", "TH", "VN", "FJ", "AQ", "US"} <= set(codes)
    assert len(codes) > 240
    assert codes == tuple(sorted(codes))


def test_every_country_is_a_valid_shape_of_area() -> None:
    shapes = [base.geometry_of(f"country:{code}") for code in base.country_codes()]
    assert {shape.geom_type for shape in shapes} <= {"Polygon", "MultiPolygon"}
    assert all(shapely.is_valid(shapes))


@pytest.mark.parametrize("reference", [*RIVERS, "border:CN-KP", "border:LA-VN"])
def test_a_river_or_border_is_a_line(reference: str) -> None:
    line = base.geometry_of(reference)
    assert line.geom_type in {"LineString", "MultiLineString"}
    assert line.length > 1


@pytest.mark.parametrize(
    ("reference", "countries"),
    [
        ("country:VN", {"VN"}),
        ("border:LA-VN", {"LA", "VN"}),
        ("river:yalu", {"CN", "KP"}),
        ("river:tumen", {"CN", "KP", "RU"}),
        ("river:mekong-lao-thai", {"LA", "TH"}),
    ],
)
def test_a_footprint_lies_in_its_countries(reference: str, countries: set[str]) -> None:
    assert base.countries_of(reference) == countries


def test_a_border_is_found_from_either_side() -> None:
    assert base.border_between("VN", "LA") is base.border_between("LA", "VN")
    assert base.border_between("KR", "TH") is None


def test_a_border_lies_on_the_outlines_of_both_countries() -> None:
    border = base.geometry_of("border:LA-VN")
    for code in ("LA", "VN"):
        assert (
            border.hausdorff_distance(shapely.intersection(border, base.geometry_of(f"country:{code}").buffer(1e-9)))
            < 1e-6
        )


def test_countries_near_a_line_are_those_that_it_meets() -> None:
    line = shapely.LineString([(102.6, 17.5), (102.6, 18.5)])  # over the Mekong
    assert base.countries_near(line) == ["LA", "TH"]


def test_places_have_names() -> None:
    assert base.name_of("country:VN") == {"en": "Vietnam"}
    assert base.name_of("border:LA-VN")["en"] == "Laos-Vietnam border"
    assert base.name_of("river:yalu")["ko"] == "압록강"


def test_positions_have_three_decimals_at_most() -> None:
    for reference in ("country:VN", "country:FJ", "border:LA-VN", *RIVERS):
        coordinates = shapely.get_coordinates(base.geometry_of(reference))
        assert abs(coordinates - coordinates.round(3)).max() == 0
