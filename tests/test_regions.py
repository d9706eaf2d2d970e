"""Provinces and states: found by what people write, as wide as they are, and never silently the town of that name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from escape_route.errors import UnknownPlaceError
from escape_route.geography import base
from escape_route.geography.gazetteer import GeoNames
from escape_route.model import somewhere
from escape_route.model.locate import by_name, resolve
from escape_route.model.vocabulary import Precision
from escape_route.protection.protect import protect
from making import journey

if TYPE_CHECKING:
    from escape_route.model.journey import Journey, Waypoint

Told = dict[str, Any]
EAST_PRUSSIA = ("region:RU-KGD", "region:PL-28", "region:LT-KL", "region:LT-TA")
TOWNS = cache(GeoNames)


def told(name: str, *within: str, precision: Precision = Precision.CITY) -> Told:
    return {"name": {"en": name}, "precision": precision, "within": within}


def looked_up(*places: Told) -> tuple[Journey, list[str]]:
    """The journey as import leaves it, and every line that is said."""
    named = by_name(journey(*places))
    found = resolve(named.journey, TOWNS())
    drawn, words = somewhere.drawn(found.journey, found.elsewhere)
    return drawn, [*named.chosen, *named.unclear, *found.chosen, *found.unclear, *words.values()]


def place(name: str, *within: str, precision: Precision = Precision.CITY) -> Waypoint:
    return looked_up(told(name, *within, precision=precision))[0].waypoints[0]


@pytest.mark.parametrize("precision", [Precision.CITY, Precision.REGION])
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("somewhere in Arizona", "US-AZ"),
        ("Jilin province", "CN-JL"),
        ("in Yunnan", "CN-YN"),
        ("the state of Campeche", "MX-CAM"),
        ("a refugee camp in Campeche state", "MX-CAM"),
        ("in the mountains of Chiapas", "MX-CHP"),
        ("Idlib Governorate", "SY-ID"),
        ("a village in Rakhine State, Myanmar", "MM-16"),
        ("Kherson oblast", "UA-65"),
        ("somewhere in Scotland", "GB-SCT"),
        ("irgendwo in Bayern", "DE-BY"),
        ("ein Dorf in Mecklenburg-Vorpommern", "DE-MV"),
        ("Oblast Kaliningrad", "RU-KGD"),
        ("im Raum Brandenburg", "DE-BB"),
        ("quelque part en Bavière", "DE-BY"),
        ("la province de Kunduz", "AF-KDZ"),
        ("un village en Bretagne", "FR-BRE"),
        ("en algún lugar de Chihuahua", "MX-CHH"),
        ("estado de Oaxaca", "MX-OAX"),
        ("함경북도", "KP-09"),
        ("양강도", "KP-10"),
        ("애리조나 주 어딘가", "US-AZ"),
        ("吉林省", "CN-JL"),
        ("雲南省のどこか", "CN-YN"),
        ("محافظة حلب", "SY-HL"),
        ("في مكان ما في أريزونا", "US-AZ"),
        ("Донецька область", "UA-14"),
        ("Tuba Flats Nowhere, New Mexico", "US-NM"),
    ],
)
def test_a_province_is_found_by_what_people_write(
    name: str, code: str, precision: Precision
) -> None:
    found = place(name, precision=precision) if "," not in name else place(name)
    assert found.footprints == (f"region:{code}",)
    assert found.label is None


def test_what_is_told_within_a_country_is_finer_than_it() -> None:
    found = place("somewhere in Arizona", "country:US")
    assert (found.footprints, found.precision) == (("region:US-AZ",), Precision.REGION)
    assert place("somewhere in Arizona", "country:MX").footprints == ("country:MX",)


@pytest.mark.parametrize("name", ["Campeche", "New York", "Aleppo", "Chihuahua"])
def test_the_town_of_a_name_is_never_silently_taken_for_its_province(name: str) -> None:
    one, lines = looked_up(
        told(name, *{"Campeche": ["country:MX"], "Chihuahua": ["country:MX"]}.get(name, []))
    )
    assert one.waypoints[0].label is None or any(
        "somewhere in the province of that name: region:" in x for x in lines
    )


@pytest.mark.parametrize(
    ("name", "is_region"),
    [
        ("in Campeche", True),  # in the town lies in the state as well
        ("a camp in Campeche", True),
        ("a village in Campeche", True),
        ("a hospital in Campeche", False),
        ("the old harbour hotel in Campeche", False),
    ],
)
def test_what_lies_in_a_town_and_its_province_is_told_as_wide_as_the_words_are(
    name: str, *, is_region: bool
) -> None:
    found = place(name, "country:MX")
    assert (found.footprints == ("region:MX-CAM",)) is is_region
    assert (found.label is not None) is not is_region


@pytest.mark.parametrize(
    ("name", "within", "footprints"),
    [
        ("Georgia", (), ()),
        ("Georgia", ("country:US",), ("region:US-GA",)),
        ("Georgia", ("country:GE",), ("country:GE",)),
        ("the state of Georgia", (), ("region:US-GA",)),
        ("Luxembourg", (), ()),
        ("province de Luxembourg", ("country:BE",), ("region:BE-WLX",)),
        ("Limburg", (), ()),
        ("Limburg", ("country:NL",), ("region:NL-LI",)),
        ("Galicia", (), ()),
        ("Galicia", ("country:ES",), ("region:ES-GA",)),
        (
            "Galicia",
            ("country:PL",),
            ("region:PL-12", "region:PL-18", "region:PL-24", "region:PL-06"),
        ),
        ("Galicia", ("country:UA",), ("region:UA-46", "region:UA-26", "region:UA-61")),
    ],
)
def test_a_name_of_several_is_asked_about(
    name: str, within: tuple[str, ...], footprints: tuple[str, ...]
) -> None:
    one, lines = looked_up(told(name, *within, precision=Precision.REGION))
    assert one.waypoints[0].footprints == footprints
    assert footprints or any(
        "no place on the map; a region is told by a footprint, " in line for line in lines
    )


@pytest.mark.parametrize(
    "name",
    ["East Prussia", "Ostpreußen", "동프로이센", "بروسيا الشرقية", "somewhere in East Prussia"],
)
def test_a_land_of_once_is_what_has_it_today_and_that_is_said(name: str) -> None:
    one, lines = looked_up(told(name, precision=Precision.REGION))
    assert one.waypoints[0].footprints == EAST_PRUSSIA
    assert any(
        "all of Kaliningrad, Warmia-Masuria, Klaipėda County, Tauragė County of today" in line
        for line in lines
    )
    assert all("Treaty of Versailles, article 99" in line for line in lines)


@pytest.mark.parametrize(
    "name", ["Donbas", "Darfur", "Kashmir", "Punjab", "Bukovina", "만주", "كردستان", "Böhmen"]
)
def test_a_land_of_several_is_all_of_them(name: str) -> None:
    found = place(name)
    assert len(found.footprints) > 1
    assert all(base.normal_reference(each) == each for each in found.footprints)


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("region:US-XX", "such as US-AK, US-AL, US-AR; what is not listed"),
        ("region:Arizna", r'did you mean "region:US-AZ" \(Arizona\)'),
        ("region:arizona", 'did you mean "region:US-AZ"'),
        ("Jilin", 'did you mean "region:CN-JL"'),
        ("Bavarria", r'did you mean "region:DE-BY" \(Bavaria\)'),
        ("region:", "named by its code in ISO 3166-2"),
    ],
)
def test_an_unknown_region_is_refused_with_the_nearest(reference: str, message: str) -> None:
    with pytest.raises(UnknownPlaceError, match=message):
        base.normal_reference(reference)


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    _, lines = looked_up(told("Bavarria", precision=Precision.REGION))
    assert any('"region:DE-BY" (Bavaria)' in line for line in lines)


@pytest.mark.parametrize(
    ("code", "inside", "outside"),
    [
        ("US-AZ", (-112.07, 33.45), (-115.14, 36.17)),  # Phoenix; Las Vegas
        ("RU-CHU", (-171.0, 66.2), (-168.1, 65.6)),  # beyond the antimeridian; Alaska
        ("RU-CHU", (175.0, 66.0), (170.0, 60.5)),  # west of it; Kamchatka
        ("RU-KGD", (20.5, 54.7), (23.9, 54.9)),  # cut off from the rest; Kaunas
        ("US-HI", (-155.5, 19.6), (-155.5, 25.0)),  # islands
        ("EC-W", (-91.1, -0.6), (-78.5, -0.2)),  # across the sea; the mainland
        ("CN-HI", (109.8, 19.2), (110.3, 21.2)),  # an island province; the mainland
        ("ES-AN", (-4.4, 36.9), (-3.7, 40.4)),  # of eight provinces; Madrid
    ],
)
def test_a_region_is_where_it_is(
    code: str, inside: tuple[float, float], outside: tuple[float, float]
) -> None:
    shape = base.geometry_of(f"region:{code}")
    assert shape.contains(shapely.Point(inside))
    assert not shape.contains(shapely.Point(outside))
    assert shape.is_valid


def test_every_region_is_held_with_a_name_a_country_and_an_outline() -> None:
    held = [each for each in base.references() if each.startswith("region:")]
    assert len(held) > 3_000
    for reference in held:
        code = reference.removeprefix("region:")
        assert code[:2] in base.countries_of(reference)
        assert base.name_of(reference)["en"]
        assert not base.geometry_of(reference).is_empty
        assert base.normal_reference(f"region:{code.lower()}") == reference


def test_at_sensitivity_1_a_province_is_told_as_its_country_and_one_as_large_as_a_country_as_itself() -> (
    None
):
    for told_as, shown in (("region:KP-09", "country:KP"), ("region:US-AZ", "region:US-AZ")):
        one = told("There", precision=Precision.REGION) | {
            "footprints": (told_as,),
            "sensitivity": 1,
        }
        (found,) = protect(journey(one)).journey.waypoints
        assert found.footprints == (shown,)
        assert found.name == {"en": "Arizona" if shown == told_as else "North Korea"}


def test_a_town_is_looked_for_in_the_province_that_it_lies_in() -> None:
    florence, camp, valencia = looked_up(
        told("Florence", "region:US-AZ"),
        told("a camp", "region:US-AZ", precision=Precision.REGION),
        told("Valencia", "region:ES-VC"),
    )[0].waypoints
    assert florence.label == pytest.approx((-111.39, 33.03), abs=0.01)
    assert camp.footprints == ("region:US-AZ",)
    assert valencia.label == pytest.approx((-0.38, 39.47), abs=0.01)


def test_a_province_that_a_place_lies_in_is_published_as_its_country_at_sensitivity_1() -> None:
    for more in ({"footprints": ("river:colorado",)}, {}):
        one = (
            told("There", "region:US-AZ", precision=Precision.NAMED_FEATURE)
            | more
            | {"sensitivity": 1}
        )
        (found,) = protect(journey(one)).journey.waypoints
        assert "region:US-AZ" not in (*found.within, *found.footprints)


def test_the_border_of_two_provinces_is_one_or_the_other_and_near_one_is_asked_about() -> None:
    found = place("on the border of Arizona and Sonora", precision=Precision.REGION)
    assert found.footprints == ("region:US-AZ", "region:MX-SON")
    one, lines = looked_up(told("near the border of Sonora province", precision=Precision.REGION))
    assert one.waypoints[0].footprints == ()
    assert any("region:MX-SON and what lies beyond that border" in line for line in lines)


@pytest.mark.parametrize(
    ("told", "reference"),
    [
        ("del golfo de Tailandia", "sea:gulf-of-thailand"),
        ("en el Mediterráneo", "sea:mediterranean"),
        ("desierto del Sahara", "desert:sahara"),
        ("dans le Mékong", "river:mekong"),
        ("au Sahara", "desert:sahara"),
        ("de l’Adriatique", "sea:adriatic"),
        ("aus dem Golf von Thailand", "sea:gulf-of-thailand"),
        ("vom Schwarzen Meer", "sea:black"),
        ("from the Gulf of Thailand", "sea:gulf-of-thailand"),
        ("지중해에서", "sea:mediterranean"),
        ("في البحر المتوسط", "sea:mediterranean"),
        ("from the Colorado", "river:colorado"),
    ],
)
def test_where_to_or_from_a_place_something_is_belongs_to_no_name(
    told: str, reference: str
) -> None:
    assert base.places_named(told, is_feature=True) == (reference,)


@pytest.mark.parametrize(
    "told", ["from Colorado", "in the Ohio", "en Colorado", "de Colorado", "in Ohio"]
)
def test_a_bare_state_beside_from_or_in_is_no_river(told: str) -> None:
    assert base.places_named(told) == ()


@pytest.mark.parametrize(
    ("name", "precision", "footprints"),
    [
        ("aus der Schweiz", Precision.COUNTRY, ("country:CH",)),
        ("del Perú", Precision.COUNTRY, ("country:PE",)),
        ("du Niger", Precision.COUNTRY, ("country:NE",)),
        ("on the Niger", Precision.NAMED_FEATURE, ("river:niger",)),
        ("on the Jordan", Precision.NAMED_FEATURE, ()),
        ("the island", Precision.REGION, ()),
        ("in the island", Precision.REGION, ()),
        ("aus Island", Precision.COUNTRY, ("country:IS",)),
    ],
)
def test_a_country_is_told_beside_from_and_in_and_is_no_river_and_no_island(
    name: str, precision: Precision, footprints: tuple[str, ...]
) -> None:
    one, _ = looked_up(told(name, precision=precision))
    assert one.waypoints[0].footprints == footprints


@pytest.mark.parametrize(
    ("name", "within", "count"),
    [
        ("irgendwo in Jütland", "country:DK", 3),
        ("평안도 어딘가", "country:KP", 5),
        ("평안북도", "country:KP", 1),
    ],
)
def test_a_land_that_several_provinces_share_is_all_of_them(
    name: str, within: str, count: int
) -> None:
    one, _ = looked_up(told(name, within))
    assert len(one.waypoints[0].footprints) == count
