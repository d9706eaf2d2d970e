"""The base geography by reference."""

from __future__ import annotations

from collections import Counter

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from escape_route.errors import UnknownPlaceError
from escape_route.geography import base, named

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
        (
            "country:",
            r'"country:" is not in the base geography: a country is named by its code in ISO 3166-1, such as',
        ),
        ("country:../VN", r'"country:\.\./VN" is not in the base geography: a country'),
        (
            "border:LA-VX",
            r'"border:LA-VX" is not in the base geography: did you mean "border:LA-VN"\?',
        ),
        (
            "border:VN",
            r'"border:VN" is not in the base geography: the two codes of neighbours on land, such as',
        ),
        ("river:Yalu", r'"river:Yalu" is not in the base geography: did you mean "river:yalu"\?'),
        (
            "river:xx",
            r'"river:xx" is not in the base geography: one of \d\d, such as aldan, .*base/README\.md lists them',
        ),
        (
            "river:Rhein",
            r'"river:Rhein" is not in the base geography: did you mean "river:rhine"\?',
        ),
        ("lake:x", r'"lake:x" is not in the base geography: one of \d\d, such as '),
        (
            "island:vormsi",
            r"one of \d\d, such as .* lists them; what is not listed has no footprint: tell it by lat and lon",
        ),
        ("island:corsicca", r'did you mean "island:corsica"\?'),
        ("Mekong", r'"Mekong" is not a footprint: did you mean "river:mekong"\?'),
        ("Chile", r'"Chile" is not a footprint: did you mean "country:CL"\?'),
        ("congo", r'"congo" is not a footprint: did you mean "country:CD" or "country:CG"\?'),
        (
            "country:Burma",
            r'"country:Burma" is not in the base geography: did you mean "country:MM"\?',
        ),
        (
            "",
            r'"" is not a footprint: country:XX, border:XX-YY or one of river:NAME, lake:NAME, sea:NAME',
        ),
        (
            "Erewhon region",
            "range:NAME, region:XX-YY; what has none is told by lat and lon of its middle and a radius$",
        ),
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


PLACES = sorted(each for each in base.references() if each.partition(":")[0] in named.KINDS)


def test_the_sixty_largest_rivers_and_what_else_has_a_name_are_held() -> None:
    counted = Counter(each.partition(":")[0] for each in PLACES)
    assert counted == {"river": 71, "lake": 34, "sea": 24, "island": 35, "desert": 15, "range": 22}
    assert all(base.countries_of(each) <= set(base.country_codes()) for each in PLACES)
    assert all(
        {"en", "ko", "de", "fr"} <= base.name_of(each).keys()
        for each in PLACES
        if each not in RIVERS
    )


@pytest.mark.parametrize("kind", named.KINDS)
def test_a_place_by_name_is_a_valid_line_or_a_valid_area(kind: str) -> None:
    shapes = [base.geometry_of(each) for each in PLACES if each.startswith(f"{kind}:")]
    assert all(shapely.is_valid(shapes))
    assert {each.geom_type.removeprefix("Multi") for each in shapes} == {
        "LineString" if kind == "river" else "Polygon"
    }


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("the Gobi", ("desert:gobi",)),
        ("along the Mekong", ("river:mekong",)),
        ("Lake Baikal", ("lake:baikal",)),
        ("am Baikalsee", ("lake:baikal",)),
        ("바이칼 호수", ("lake:baikal",)),
        ("le long du Mékong", ("river:mekong",)),
        ("고비 사막", ("desert:gobi",)),
        ("an der Weichsel", ("river:vistula",)),
        ("in den Alpen", ("range:alps",)),
        ("サハラ砂漠", ("desert:sahara",)),
        ("the Yalu", ("river:yalu",)),
        ("Ural", ()),  # the river, or the range
        ("Colorado", ()),  # the state
        ("in Ohio", ()),
        ("the Ohio", ("river:ohio",)),
        ("Ontario", ()),
        ("the north", ()),
        ("Black", ()),
        ("the Yukon", ()),  # or the territory
        ("고비", ("desert:gobi",)),
        ("Ural River", ("river:ural",)),
        ("along the Congo", ("river:congo",)),
        ("Kyoto", ()),
        ("the", ()),
        ("", ()),
    ],
)
def test_a_place_is_known_by_its_name_in_several_languages(
    text: str, references: tuple[str, ...]
) -> None:
    assert base.places_named(text) == references


@pytest.mark.parametrize(
    ("reference", "inside", "outside"),
    [
        ("lake:baikal", (107.5, 53.0), (104.3, 52.3)),  # in the lake; Irkutsk
        ("sea:black", (34, 43.5), (29, 40.8)),  # at sea; in the Sea of Marmara
        ("sea:mediterranean", (18, 35), (38, 20)),  # between Malta and Crete; in the Red Sea
        ("island:sakhalin", (142.7, 46.96), (140, 50.5)),  # Yuzhno-Sakhalinsk; the mainland
        ("desert:gobi", (104.4, 43.6), (106.9, 47.9)),  # Dalanzadgad; Ulaanbaatar
        ("range:pamir", (73.2, 38.4), (68.8, 38.55)),  # Murghab; Dushanbe
    ],
)
def test_an_area_by_name_holds_what_lies_in_it(
    reference: str, inside: tuple[float, float], outside: tuple[float, float]
) -> None:
    shape = base.geometry_of(reference)
    assert shapely.covers(shape, shapely.Point(inside))
    assert not shapely.covers(shape, shapely.Point(outside))


@pytest.mark.parametrize(
    ("reference", "towns"),
    [
        (
            "river:mekong",
            [(104.92, 11.57), (102.6, 17.96), (100.8, 22.0)],
        ),  # Phnom Penh, Vientiane, Jinghong
        ("river:rhine", [(6.95, 50.94), (7.6, 47.56)]),  # Cologne, Basel
        (
            "river:danube",
            [(16.37, 48.22), (19.05, 47.5), (20.46, 44.82), (28.8, 45.18)],
        ),  # Vienna to Tulcea
        ("river:columbia", [(-122.7, 45.65), (-119.0, 46.2)]),  # Vancouver (Washington), Kennewick
        ("river:volga", [(44.5, 48.7), (49.1, 55.75)]),  # Volgograd, Kazan
    ],
)
def test_a_river_by_name_runs_past_the_towns_on_it(
    reference: str, towns: list[tuple[float, float]]
) -> None:
    line = base.geometry_of(reference)
    assert all(shapely.distance(line, shapely.Point(town)) < 0.2 for town in towns)  # some 20 km


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
            border.hausdorff_distance(
                shapely.intersection(border, base.geometry_of(f"country:{code}").buffer(1e-9))
            )
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
