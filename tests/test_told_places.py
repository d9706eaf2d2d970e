"""Places that are told by others, and those that nobody has: sets that hold them, never a point that is a guess."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely

from escape_route.geography import base
from escape_route.geography.gazetteer import Candidate, GeoNames, Question, radius_m
from escape_route.geography.geodesic import ahead, geodesic_m
from escape_route.model import somewhere
from escape_route.model.locate import by_name, resolve
from escape_route.model.told_places import country_in, is_border, relations
from escape_route.model.vocabulary import Precision
from making import at_country, journey

if TYPE_CHECKING:
    from escape_route.model.journey import Journey

Told = dict[str, Any]
TOWNS = {
    "Prizren": Candidate("Prizren", "XK", "Kosovo", (20.74, 42.21), 171_464, radius_m(171_464)),
    "Hanoi": Candidate("Hanoi", "VN", "Vietnam", (105.84, 21.02), 8_053_663, radius_m(8_053_663)),
    "Mecklenburg": Candidate(
        "Dorf Mecklenburg", "DE", "Germany", (11.46, 53.84), 3_012, radius_m(3_012)
    ),
    "Hue": Candidate("Hue", "VN", "Vietnam", (107.6, 16.46), 351_456, radius_m(351_456)),
}


class Few:
    """A gazetteer of these towns, that shows one as spelled nearly so."""

    def find(self, questions: Any) -> Any:
        return {each: [TOWNS[name] for name in each.names if name in TOWNS] for each in questions}

    def near(self, questions: Any) -> Any:
        return {each: [TOWNS["Hanoi"]] if "Hanio" in each.names else [] for each in questions}


def told(name: str, *within: str, precision: Precision = Precision.CITY, **more: Any) -> Told:
    return {"name": {"en": name}, "precision": precision, "within": within, **more}


def test_a_town_of_a_country_of_then_is_not_drawn_in_the_country_of_today() -> None:
    found = resolve(
        journey(told("Königsberg", "country:DE"), told("Neustedt am Nirgends", "country:DE")),
        GeoNames(),
    )
    one, _ = somewhere.drawn(found.journey, found.elsewhere)
    assert [each.footprints for each in one.waypoints] == [(), ("country:DE",)]
    assert (
        "none in Germany bears the name, and beside it there is Kaliningrad, Russia"
        in found.unclear[0]
    )


def looked_up(*places: Told) -> tuple[Journey, tuple[str, ...], dict[str, str]]:
    """The journey as import leaves it, what was said of what was not found, and what is drawn for that."""
    named = by_name(journey(*places))
    found = resolve(named.journey, Few())
    drawn, words = somewhere.drawn(found.journey)
    return drawn, (*named.unclear, *found.unclear), dict(words)


@pytest.mark.parametrize(
    ("name", "town", "reach_km"),
    [
        ("12 miles from Prizren", "Prizren", 25),  # 19.3 km and a quarter
        ("about twelve miles north of Prizren", "Prizren", 25),
        ("a farm 20km outside Prizren", "Prizren", 25),
        ("twelve or thirteen km outside Hanoi", "Hanoi", 17),
        ("12 km von Heide", "Heide", 15),
        ("12 km nördlich von Heide", "Heide", 15),
        ("à 12 km de Prizren", "Prizren", 15),
        ("a 20 kilómetros al norte de Tapachula", "Tapachula", 25),
        ("대구에서 30리", "대구", 19),  # of what a ri may be here the longer
        ("東京から50キロ", "東京", 63),
        ("على بعد 20 كم من حلب", "حلب", 25),
        ("a village near Hyesan", "Hyesan", 30),
        ("a hut above Hyesan", "Hyesan", 30),
        ("eine Hütte oberhalb von Hyesan", "Hyesan", 30),
        ("une ferme quelque part du côté de Hyesan", "Hyesan", 30),
        ("una casa encima de Hyesan", "Hyesan", 30),
        ("ein Dorf bei Stolp", "Stolp", 30),
        ("ein Bauernhof außerhalb von Tripolis", "Tripolis", 30),
        ("una finca en las afueras de Tapachula", "Tapachula", 30),
        ("Lima, Cuban embassy", "Lima", 30),
        ("Buenos Aires, hotel in Once", "Buenos Aires", 30),
        ("Calais, „Dschungel“", "Calais", 30),
        ("in der Nähe von Passau", "Passau", 30),
        ("près de Lyon", "Lyon", 30),
        ("cerca de Tapachula", "Tapachula", 30),
        ("함흥 근처 마을", "함흥", 30),
        ("平壌の近く", "平壌", 30),
        ("بالقرب من حلب", "حلب", 30),
        ("Songkhla camp", "Songkhla", 30),
        ("Panat Nikhom refugee camp", "Panat Nikhom", 30),
        ("Lager Oksböl", "Oksböl", 30),
        ("Vienna Westbahnhof", "Vienna", 10),
        ("거제도 수용소", "거제도", 30),
        ("흥남부두", "흥남", 10),
        ("a hotel in Bangkok", "Bangkok", 0),
    ],
)
def test_a_place_is_told_by_a_town_and_how_far_it_lies_from_it(
    name: str, town: str, reach_km: float
) -> None:
    first = relations([name])[0]
    assert (first.towns, first.reach_m) == ((town,), reach_km * 1000)


@pytest.mark.parametrize(
    ("name", "town", "reach_km", "bearing_deg"),
    [
        ("about twelve miles north of Prizren", "Prizren", 25, 0),
        ("12 miles to the south-west of Hue", "Hue", 25, 225),
        ("30 km E of Lwów", "Lwów", 38, 90),
        ("a village north of Dandong", "Dandong", 100, 0),
        ("12 km südöstlich von Heide", "Heide", 15, 135),
        ("nördlich von Passau", "Passau", 100, 0),
        ("à 12 km au nord-ouest de Prizren", "Prizren", 15, 315),
        ("au sud d'Orléans", "Orléans", 100, 180),
        ("a 20 kilómetros al suroeste de Tapachula", "Tapachula", 25, 225),
        ("al noreste de Tapachula", "Tapachula", 100, 45),
        ("단둥에서 북쪽으로 12km", "단둥", 15, 0),
        ("대구에서 30리 남쪽", "대구", 19, 180),
        ("단둥 북동쪽", "단둥", 100, 45),
        ("東京から北へ50キロ", "東京", 63, 0),
        ("丹東の北", "丹東", 100, 0),
        ("20 كم شمال غرب حلب", "حلب", 25, 315),
        ("شمال حلب", "حلب", 100, 0),
    ],
)
def test_a_direction_from_a_town_is_told_with_it(
    name: str, town: str, reach_km: float, bearing_deg: float
) -> None:
    first = relations([name])[0]
    assert (first.towns, first.reach_m) == ((town,), reach_km * 1000)
    assert first.bearing_deg == pytest.approx(bearing_deg, abs=0.01)


@pytest.mark.parametrize("off_deg", [0.0, 20.0, 44.9, 60.0, 90.0, 180.0])
def test_a_place_in_a_direction_is_the_least_disc_that_holds_a_right_angle_of_it(
    off_deg: float,
) -> None:
    """12 miles and a quarter from the edge of Prizren: what lies that far within 45 degrees of north is held."""
    one, _, _ = looked_up(
        at_country("AL"), told("12 miles north of Prizren", precision=Precision.REGION)
    )
    place = one.waypoints[1]
    assert place.label is not None
    assert place.uncertainty_m is not None
    farthest_m = 25_000 + TOWNS["Prizren"].radius_m
    ends = [
        ahead(*TOWNS["Prizren"].position, np.array([side * off_deg]), farthest_m)[0]
        for side in (-1, 1)
    ]
    assert all(
        (geodesic_m(place.label, (x, y)) <= place.uncertainty_m) is (off_deg < 45) for x, y in ends
    )
    assert geodesic_m(place.label, TOWNS["Prizren"].position) <= place.uncertainty_m
    assert place.uncertainty_m < 0.8 * farthest_m


def test_one_of_several_towns_is_the_discs_of_all_of_them() -> None:
    one, unclear, _ = looked_up(
        told("Hanoi or Hue or Prizren"), told("Hanoi oder Nirgends", "country:VN")
    )
    drawn, other = one.waypoints
    assert drawn.geometry is not None
    assert (drawn.uncertainty_m, len(shapely.get_parts(drawn.geometry))) == (None, 3)
    for each in (TOWNS["Hanoi"], TOWNS["Hue"], TOWNS["Prizren"]):
        ring = ahead(*each.position, np.linspace(0.0, 359.0, 60), each.radius_m)
        assert shapely.contains_xy(drawn.geometry, *ring.T).all()
    assert other.footprints == ("country:VN",)
    assert len(unclear) == 1


def test_of_towns_that_are_mistaken_for_one_another_the_clear_ones_say_which_the_others_are() -> (
    None
):
    """Three places in Mexico are called Nogales; one lies 133 km from the only Agua Prieta, the next 970."""
    found = resolve(journey(told("Nogales or Agua Prieta", "country:MX")), GeoNames())
    assert "drawn as the discs of Nogales, Mexico or Agua Prieta, Mexico" in found.chosen[0]
    apart = resolve(journey(told("Nogales or Comitán", "country:MX")), GeoNames())
    assert apart.chosen == ()


def test_a_place_is_told_by_another_of_the_same_journey() -> None:
    """Nobody has Nirgends, but this journey says where it is."""
    where = {"label": (105.0, 20.5), "precision": Precision.CITY, "uncertainty_m": 5_000.0}
    found = resolve(
        journey({"name": {"en": "Nirgends"}, **where}, told("between Nirgends and Hanoi")), Few()
    )
    assert "(Nirgends, Vietnam and Hanoi, Vietnam; between both" in found.chosen[0]


@pytest.mark.parametrize(
    "name", ["Laos or Cambodia or Thailand", "Laos, Cambodia or Thailand", "Laos oder Kambodscha"]
)
def test_one_of_several_countries_is_their_footprints(name: str) -> None:
    footprints = ("country:LA", "country:KH", "country:TH")[: 2 if "oder" in name else 3]
    assert (
        looked_up(told(name, precision=Precision.COUNTRY))[0].waypoints[0].footprints == footprints
    )
    assert looked_up(told(name))[0].waypoints[0].footprints == footprints


def test_a_city_is_no_hamlet_of_its_name_in_the_country_that_is_told() -> None:
    """Hanoi has 8 million inhabitants, and there is a place of that name whose size nobody knows."""
    found = resolve(journey(told("Hanoi", "country:VN")), GeoNames())
    assert "8,053,663 people" in found.chosen[0]
    assert found.chosen[0].endswith(
        "; far larger than the others (for somewhere in the province of that name: region:VN-HN)"
    )


def test_the_line_on_a_direction_says_how_it_was_taken() -> None:
    found = resolve(journey(told("south-west of Hue", "country:VN")), Few())
    assert (
        "(Hue, Vietnam; how far was not told, within 45° of the direction south-west [our judgement])"
        in found.chosen[0]
    )


@pytest.mark.parametrize(
    ("name", "towns"),
    [
        ("between Kandahar and Quetta", ("Kandahar", "Quetta")),
        ("zwischen Danzig und Stolp", ("Danzig", "Stolp")),
        ("entre Lyon et Genève", ("Lyon", "Genève")),
        ("entre Tapachula y Oaxaca", ("Tapachula", "Oaxaca")),
        ("전주와 대전 사이", ("전주", "대전")),
    ],
)
def test_a_place_is_told_between_two(name: str, towns: tuple[str, str]) -> None:
    first = relations([name])[0]
    assert (first.towns, first.reach_m) == (towns, None)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Hanoi",
            "New York",
            "Rio de Janeiro",
            "Frankfurt an der Oder",
            "São Paulo",
            "in the mountains",
        ),
        *(
            "two days north of Hanoi",
            "two days' walk from Hyesan",
            "off the coast of Vietnam",
            "an hour from Vienna",
        ),
    ],
)
def test_what_is_told_by_no_length_from_a_town_is_not_put_near_it(name: str) -> None:
    assert relations([name]) == ()


@pytest.mark.parametrize(
    ("name", "country"),
    [
        *(
            ("somewhere in the jungle of Laos", "country:LA"),
            ("irgendwo in Österreich", "country:AT"),
        ),
        *(
            ("the north of Laos", "country:LA"),
            ("라오스 어딘가", "country:LA"),
            ("a gym in Georgia", ""),
        ),
        *(("Laos road", ""), ("off the coast of Vietnam", ""), ("somewhere in Bavaria", "")),
    ],
)
def test_a_country_is_told_within_words(name: str, country: str) -> None:
    assert country_in([name]) == country


def test_twelve_miles_from_a_town_is_a_disc_that_holds_all_that_is_so_far() -> None:
    one, unclear, _ = looked_up(
        at_country("AL"), told("12 miles from Prizren", precision=Precision.REGION)
    )
    place = one.waypoints[1]
    assert unclear == ()
    assert place.label == (20.74, 42.21)
    assert place.uncertainty_m == 25_000 + radius_m(
        171_464
    )  # as far as told and a quarter, from the edge of the town
    assert not place.is_label_only
    assert place.verbatim_locality == "12 miles from Prizren"


def test_between_two_towns_is_a_disc_that_holds_both() -> None:
    place = looked_up(told("between Hue and Hanoi", "country:VN"))[0].waypoints[0]
    assert place.label is not None
    assert place.uncertainty_m is not None
    for town in (TOWNS["Hue"], TOWNS["Hanoi"]):
        assert geodesic_m(place.label, town.position) + town.radius_m <= place.uncertainty_m


def test_a_slip_in_a_country_that_is_told_is_drawn_as_that_country_and_the_town_is_named() -> None:
    one, (line,), words = looked_up(told("Hanio", "country:VN"))
    place = one.waypoints[0]
    assert (place.footprints, place.label, place.precision) == (
        ("country:VN",),
        None,
        Precision.COUNTRY,
    )
    assert "not found (spelled nearly so: Hanoi, Vietnam)" in line
    assert words['waypoint w0 "Hanio"'] == "drawn as somewhere in Vietnam [country:VN]"


def test_a_slip_without_a_country_is_drawn_nowhere_and_said_to_lie_between() -> None:
    one, (line,), words = looked_up(at_country("CN"), told("Hanio"), at_country("TH"))
    assert one.waypoints[1].footprints == ()
    assert "spelled nearly so: Hanoi, Vietnam" in line
    assert "its country in within" in line
    assert words['waypoint w1 "Hanio"'].startswith("drawn nowhere, known only to come after")


def test_a_country_within_the_words_stands_where_no_other_is_told() -> None:
    names = (
        told("somewhere in the jungle of Laos"),
        told("somewhere in the jungle of Laos", "country:TH"),
    )
    one = looked_up(*names)[0]
    assert [each.footprints for each in one.waypoints] == [("country:LA",), ("country:TH",)]


@pytest.mark.parametrize(
    "name",
    [
        *(
            "somewhere in Mecklenburg",
            "a village in Mecklenburg",
            "a farm somewhere in Mecklenburg",
        ),
        *(
            "in the region of Mecklenburg",
            "irgendwo in Mecklenburg",
            "ein Dorf in Mecklenburg",
            "im Raum Mecklenburg",
        ),
        *(
            "quelque part en Mecklenburg",
            "en algún lugar de Mecklenburg",
            "Mecklenburg 어딘가",
            "Mecklenburgのどこか",
        ),
        *("Mecklenburg의 어느 마을", "في مكان ما في Mecklenburg", "a house in Mecklenburg"),
    ],
)
@pytest.mark.parametrize("precision", [Precision.REGION, Precision.CITY])
def test_a_land_is_no_settlement_that_is_named_after_it(name: str, precision: Precision) -> None:
    one, line, words = looked_up(told(name, "country:DE", precision=precision))
    assert one.waypoints[0].footprints == ("region:DE-MV",)
    assert all(each.startswith(f'waypoint w0 "{name}": ') for each in line)
    assert set(words.values()) <= {"drawn as somewhere in Mecklenburg-Vorpommern [region:DE-MV]"}


def test_a_region_is_told_by_how_far_it_is_from_a_town_and_never_lies_in_it() -> None:
    of_a_town = [
        told(f"{words} Hanoi", "country:VN", precision=Precision.REGION)
        for words in ("a camp in", "near")
    ]
    camp, near = looked_up(*of_a_town)[0].waypoints
    assert (camp.footprints, near.footprints) == (("region:VN-HN",), ())
    assert near.uncertainty_m == 30_000 + radius_m(8_053_663)


@pytest.mark.parametrize("name", ["a hotel in Hanoi", "a house in Hue"])
def test_a_house_in_a_town_lies_in_it(name: str) -> None:
    assert looked_up(told(name, "country:VN"))[0].waypoints[0].label is not None


@pytest.mark.parametrize(
    ("before", "after", "footprint"),
    [("SY", "TR", ("border:SY-TR",)), ("SY", "DE", ()), ("SY", "SY", ())],
)
def test_the_border_is_that_of_the_countries_before_and_after(
    before: str, after: str, footprint: tuple[str]
) -> None:
    one = looked_up(at_country(before), told("the border"), at_country(after))[0]
    assert one.waypoints[1].footprints == footprint


def test_words_for_a_border_are_known_in_the_languages_of_the_interface() -> None:
    words = ["die Grenze", "la frontière", "la frontera", "국경", "国境", "الحدود"]
    assert [is_border([each]) for each in words] == [True] * len(words)
    assert not is_border(["Borderville"])


def test_a_name_with_other_blanks_is_found_and_one_with_another_letter_is_shown_alone() -> None:
    world = GeoNames()
    blanks, letter, far = (Question((name,), of) for name, of in TYPED)
    assert [each.name for each in world.find([blanks])[blanks]] == ["Ho Chi Minh City"]
    near = world.near([letter, far])
    assert "Hanoi" in {each.name for each in near[letter]}
    assert "Hanoi" in {each.name for each in near[far]}


TYPED = (("Hochi minh city", ("VN",)), ("Hanio", ("VN",)), ("Hanio", ()))


def test_what_stands_before_a_comma_is_the_town_that_a_place_lies_in() -> None:
    found = resolve(
        journey(told("Prizren, the old school", "country:XK"), told("Hanoi, Hotel Metropole")),
        Few(),
    )
    one, other = found.journey.waypoints
    assert (one.label, one.uncertainty_m, one.precision) == (
        (20.74, 42.21),
        38_000.0,
        Precision.CITY,
    )
    assert "Prizren, Kosovo; in it or near it" in found.chosen[0]
    assert (other.label, other.verbatim_locality) == ((105.84, 21.02), "Hanoi, Hotel Metropole")


@pytest.mark.parametrize(
    "name",
    [
        "Hue, Hanoi",
        "Hanoi, Hue, Laos",
        "Nowhere, the old school",
        "Vietnam, Hanoi",
        "Hanoi, XX",
        "Hanoi,",
    ],
)
def test_what_stands_before_a_comma_is_no_town_of_a_larger_one_nor_of_a_land(name: str) -> None:
    (place,) = resolve(journey(told(name, "country:VN")), Few()).journey.waypoints
    assert place.label is None
    region = told("Hanoi, the old school", "country:VN", precision=Precision.REGION)
    assert resolve(journey(region), Few()).journey.waypoints[0].label is None


def test_of_towns_of_which_it_was_one_the_line_says_how_to_tell_their_countries() -> None:
    _, unclear, _ = looked_up(told("Gander or Shannon"))
    assert (
        "write a name that the gazetteer has: Gander, COUNTRY or Shannon, COUNTRY, or lat and lon"
        in unclear[0]
    )
    _, unclear, _ = looked_up(told("Gander"))
    assert (
        "write a name that the gazetteer has, its country in within, or lat and lon" in unclear[0]
    )


@pytest.mark.parametrize(
    ("name", "town", "reach_km"),
    [
        *(
            (each, "Hue", 30)
            for each in (
                "a village near to Hue",
                "Hue or a village near Hue",
                "in Hue or near it",
                "in Hue oder in der Nähe",
                "à Hue ou près de là",
                "en Hue o cerca",
                "Hue나 그 근처",
                "Hueかその近く",
                "في Hue أو بالقرب منها",
            )
        ),
        ("somewhere between Hue and the border", "Hue", 100),
        ("irgendwo zwischen der Grenze und Hue", "Hue", 100),
        ("entre Hue et la frontière", "Hue", 100),
    ],
)
def test_a_place_is_told_by_what_it_is_in_or_near_or_on_the_way_to_a_border(
    name: str, town: str, reach_km: int
) -> None:
    found = relations([name])[0]
    assert (found.towns, found.reach_m) == ((town,), reach_km * 1_000)


@pytest.mark.parametrize(
    "name", ["three weeks from Hue", "seven hours by car from Hue", "Hue or near Vinh", "ou " * 40]
)
def test_what_is_far_off_or_by_one_of_two_towns_is_no_disc_about_one(name: str) -> None:
    assert not [each for each in relations([name]) if each.towns == ("Hue",) and each.reach_m]


@pytest.mark.parametrize(
    ("name", "way_on"),
    [
        *(
            (
                each,
                "; a time is no length: write how far one may have come in it, such as 100 km from Xyz",
            )
            for each in (
                "two hours by car from Xyz",
                "zwei Autostunden von Xyz",
                "à deux heures de voiture de Xyz",
                "Xyz에서 차로 두 시간",
            )
        ),
        *(
            (
                each,
                "; at sea write the sea that it was into footprint, such as sea:mediterranean (the sheet footprints",
            )
            for each in ("40 Seemeilen vor der libyschen Küste", "au large des côtes libyennes")
        ),
        (
            "Lake Xyz",
            "or lat and lon of its middle, and in uncertainty_m a radius that holds it, such as 20 km",
        ),
    ],
)
def test_what_is_not_found_is_told_with_what_to_write(name: str, way_on: str) -> None:
    _, unclear, _ = looked_up(told(name, "country:VN"))
    assert way_on in unclear[0]


@pytest.mark.parametrize(
    ("told", "town", "reach_m"),
    [
        ("the station at Hue", "Hue", 10_000.0),
        ("am Bahnhof Insterburg", "Insterburg", 10_000.0),
        ("Insterburger Bahnhof", "Insterburg", 10_000.0),
        ("im Hafen von Pillau", "Pillau", 10_000.0),
        ("à la gare de Vérone", "Vérone", 10_000.0),
        ("en la estación de tren de Irún", "Irún", 10_000.0),
        ("흥남항에서", "흥남", 10_000.0),
        ("新義州駅で", "新義州", 10_000.0),
        ("في ميناء طرابلس", "طرابلس", 10_000.0),
        ("the airport at Saigon", "Saigon", 30_000.0),
        ("Flughafen Tempelhof", "Tempelhof", 30_000.0),
        ("부산 공항", "부산", 30_000.0),
        ("the island of Lampedusa", "Lampedusa", 80_000.0),
        ("auf der Insel Lampedusa", "Lampedusa", 80_000.0),
        ("람페두사섬", "람페두사", 80_000.0),
    ],
)
def test_a_station_or_a_harbour_lies_in_its_town_or_beside_it(
    told: str, town: str, reach_m: float
) -> None:
    found = relations([told])[0]
    assert (found.towns, found.reach_m) == ((town,), reach_m)


@pytest.mark.parametrize(
    "told", ["at the station", "the port", "Porto", "Puerto Rico", "역", "Long Island", ""]
)
def test_a_station_of_no_town_is_told_by_none(told: str) -> None:
    assert relations([told]) == ()


@pytest.mark.parametrize(
    ("told", "town", "reach_m"),
    [
        ("ein Dorf hinter Elbing", "Elbing", 100_000.0),
        ("au-delà de Hue", "Hue", 100_000.0),
        ("회령을 지나서", "회령", 100_000.0),
        ("회령 우리 집", "회령", 0.0),
        ("Friedland (Lager)", "Friedland", 30_000.0),
        ("도문 변방대 구류장", "도문", 30_000.0),
    ],
)
def test_past_a_town_at_home_in_it_and_in_its_camp_are_told_by_the_town(
    told: str, town: str, reach_m: float
) -> None:
    assert (town, reach_m) in [(each.towns[0], each.reach_m) for each in relations([told])]


@pytest.mark.parametrize(
    ("name", "within", "line"),
    [
        ("a farm near the border", "country:VN", "border:LA-VN"),
        ("국경에서 가까운 산속", "country:VN", "border:LA-VN"),
        ("메콩강 건너 마을", "country:LA", "river:mekong"),
    ],
)
@pytest.mark.parametrize("precision", [Precision.CITY, Precision.REGION])
def test_near_a_border_or_across_a_river_is_the_land_along_it_on_the_side_told(
    name: str, within: str, line: str, precision: Precision
) -> None:
    ends = at_country("LA"), at_country("VN")
    one, _, words = looked_up(ends[0], told(name, within, precision=precision), ends[1])
    band = one.waypoints[1].geometry
    assert band is not None
    line_there = base.geometry_of(line).intersection(band.buffer(0.5))
    assert base.geometry_of(within).buffer(0.02).contains(band)
    assert 0.0 < band.hausdorff_distance(line_there) < 1.0
    assert f"write {line} into footprint" in next(iter(words.values()))


def test_of_a_border_that_is_not_known_the_line_says_how_it_is_written() -> None:
    _, unclear, _ = looked_up(told("the border"))
    assert unclear[0].endswith(
        "; on a border write its two countries into footprint, such as border:CN-KP"
    )


@pytest.mark.parametrize(
    ("name", "town"),
    [
        ("wieder Hanoi", "Hanoi"),
        ("Hanoi again", "Hanoi"),
        ("encore Hanoi", "Hanoi"),
        ("otra vez Hanoi", "Hanoi"),
        ("다시 연길", "연길"),
        ("또 연길", "연길"),
        ("また東京", "東京"),
        ("هانوي مرة أخرى", "هانوي"),
        ("함흥 회상구역", "함흥"),
        ("Fünfkirchen (Pécs)", "Fünfkirchen"),
        ("Danang (Tourane)", "Danang"),
    ],
)
def test_a_town_told_again_by_a_part_of_it_or_with_more_in_brackets_is_the_town(
    name: str, town: str
) -> None:
    assert relations([name])[0].towns == (town,)


def test_a_town_told_beside_its_river_is_the_town_and_not_what_lies_around_it() -> None:
    names = ["Baja, an der Donau", "Vientiane, on the Mekong", "Baja, im Lager"]
    assert [relations([name])[0].reach_m for name in names] == [0.0, 0.0, 30_000.0]
