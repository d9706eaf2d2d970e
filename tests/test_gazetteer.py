"""Places by name: what is clear is chosen, everything else is listed, and the largest of a name has no privilege."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import pytest
from geopy.exc import GeocoderTimedOut
from geopy.extra.rate_limiter import RateLimiter
from shapely.geometry import Point, box

from escape_route.errors import EscapeRouteError
from escape_route.geography import base, gazetteer
from escape_route.geography.gazetteer import Candidate, GeoNames, Question, distinct, radius_m
from escape_route.model.locate import (
    Neighbour,
    by_name,
    described,
    neighbours_of,
    question_of,
    resolve,
    swapped,
)
from escape_route.model.modes import Mode
from escape_route.model.vocabulary import Precision
from making import at_country, by, journey

if TYPE_CHECKING:
    from pathlib import Path

    from escape_route.geography.geodesic import LonLat
    from escape_route.model.locate import Resolved

Told = dict[str, Any]

NAMES = (
    *(
        "Tripoli",
        "Córdoba",
        "cordoba",
        "San José",
        "Springfield",
        "Hyderabad",
        "Santiago",
        "Birmingham",
        "Saigon",
    ),
    *(
        "Leningrad",
        "Bombay",
        "Tripoli, Libya",
        "Springfield, Illinois",
        "Springfield, Ohio",
        "Nowhere at all",
        "HUẾ",
    ),
    *("Ho-Chi-Minh City", "Savannakhet", "San José, Costa Rica", "Vientiane"),
)
COUNTRIES = ((), ("LY",), ("RU",), ("CR",), ("VN",))


def town(name: str, **told: Any) -> Told:
    return {"name": {"en": name}, "precision": Precision.CITY, **told}


def at(name: str, lon_deg: float, lat_deg: float, **told: Any) -> Told:
    return {"name": {"en": name}, "label": (lon_deg, lat_deg), **told}


class Remembered:
    """Answers of GeoNames to the questions of this file: the places of the world are gone through once."""

    def __init__(self) -> None:
        self.answers = GeoNames().find(
            [Question((name,), codes) for name in NAMES for codes in COUNTRIES]
        )

    def find(self, questions: Any) -> Any:
        return {question: self.answers.get(question, []) for question in questions}

    def near(self, questions: Any) -> Any:
        return {question: [] for question in questions}


@pytest.fixture(scope="module")
def world() -> Remembered:
    return Remembered()


BEIRUT, DAMASCUS = at("Beirut", 35.50, 33.89), at("Damascus", 36.30, 33.51)


def middle(world: Remembered, *told: Told) -> tuple[LonLat | None, Resolved]:
    """Where the second place was found to be, rounded to whole degrees, and all that was found."""
    found = resolve(journey(*told), world)
    label = found.journey.waypoints[1].label
    return (None if label is None else (round(label[0]), round(label[1]))), found


@pytest.mark.parametrize(
    ("before", "name", "after", "where"),
    [
        (BEIRUT, "Tripoli", DAMASCUS, (36, 34)),
        (at("Buenos Aires", -58.4, -34.6), "cordoba", at("Mendoza", -68.8, -32.9), (-64, -31)),
        (at("Madrid", -3.7, 40.4), "Córdoba", at("Seville", -6.0, 37.4), (-5, 38)),
        (at("London", -0.1, 51.5), "Birmingham", at("Liverpool", -3.0, 53.4), (-2, 52)),
        (at("Valparaíso", -71.6, -33.0), "Santiago", at("Mendoza", -68.8, -32.9), (-71, -33)),
        (at("Bayamo", -76.6, 20.4), "Santiago", at("Guantánamo", -75.2, 20.1), (-76, 20)),
        (at_country("VN"), "Savannakhet", at_country("TH"), (105, 17)),
    ],
)
def test_the_one_on_the_way_is_chosen_be_it_the_largest_or_not(
    world: Remembered, before: Told, name: str, after: Told, where: LonLat
) -> None:
    assert middle(world, before, town(name), after)[0] == where


@pytest.mark.parametrize(
    ("before", "name", "after"),
    [
        (at("Tunis", 10.18, 36.81), "Tripoli", at("Benghazi", 20.07, 32.12)),
        (at("Karachi", 67.0, 24.9), "Hyderabad", at("Lahore", 74.3, 31.5)),
        (at("Bombay", 72.8, 19.0), "Hyderabad", at("Karachi", 67.0, 24.9)),
        (at("Managua", -86.3, 12.1), "San José", at("Panama", -79.5, 9.0)),
        (at("Chicago", -87.6, 41.9), "Springfield", at("St. Louis", -90.2, 38.6)),
        (at("Sydney", 151.2, -33.9), "Saigon", at("Auckland", 174.8, -36.8)),
    ],
)
def test_where_two_may_be_meant_or_none_is_near_nothing_is_chosen(
    world: Remembered, before: Told, name: str, after: Told
) -> None:
    label, found = middle(world, before, town(name), after)
    assert label is None
    assert found.chosen == ()
    assert found.unclear[0].startswith(f'waypoint w1 "{name}": none is clear')


@pytest.mark.parametrize(
    "name", ["Tripoli", "Córdoba", "San José", "Springfield", "Hyderabad", "Santiago", "Birmingham"]
)
def test_an_ambiguous_name_alone_is_never_chosen(world: Remembered, name: str) -> None:
    found = resolve(journey(town(name)), world)
    assert found.chosen == ()
    assert len(found.unclear) > 2
    assert found.journey == journey(town(name))


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (
            town("Tripoli", within=("country:LY",)),
            "Tripoli, Libya, 1,302,947 people, disc of 21 km; the only place of that name in Libya",
        ),
        (town("Tripoli, Libya"), "disc of 21 km; the only place of that name in Libya"),
        (
            town("Springfield, Illinois"),
            "disc of 7 km; the only place of that name in IL, United States",
        ),
        (
            town("Saigon"),
            "Ho Chi Minh City, Vietnam, 14,002,598 people, disc of 50 km; no other place bears the name",
        ),
        (town("Leningrad", within=("country:RU",)), "Saint Petersburg, Russia"),
        (town("Bombay"), "Mumbai, India"),
    ],
)
def test_a_stated_country_or_a_name_that_is_no_other_s_is_enough(
    world: Remembered, told: Told, line: str
) -> None:
    (chosen,) = resolve(journey(told), world).chosen
    assert line in chosen


def test_two_of_a_name_in_the_stated_country_are_listed(world: Remembered) -> None:
    found = resolve(journey(town("San José", within=("country:CR",))), world)
    assert found.chosen == ()
    assert [line.split(",")[1].strip() for line in found.unclear[1:]] == [
        "Costa Rica",
        "Costa Rica",
    ]


def test_only_a_remedy_that_can_tell_them_apart_is_named(world: Remembered) -> None:
    copy = "copy lat and lon of the right one, and the radius of its disc"
    told = {"San José": ("country:CR",), "Springfield": (), "Hyderabad": ()}
    firsts = [
        resolve(journey(town(name, within=within)), world).unclear[0]
        for name, within in told.items()
    ]
    assert [line.partition("; ")[2] for line in firsts] == [
        copy,
        f"{copy}, or state its country in within, or write its state behind a comma",
        f"{copy}, or state its country in within",
    ]


PAHLEVI, ISFAHAN = at("Pahlevi", 49.46, 37.47), at("Isfahan", 51.67, 32.65)


class Held:
    """A town of that many people that is spelled Tehran, and one of 21,703 that bears the name too."""

    def __init__(self, people: int, *, spelled: str = "Tīrān") -> None:
        self.large = Candidate("Tehran", "IR", "Iran", (51.42, 35.69), people, radius_m(people))
        self.small = Candidate(spelled, "IR", "Iran", (51.15, 32.70), 21_703, radius_m(21_703))

    def find(self, questions: Any) -> Any:
        return {question: [self.large, self.small] for question in questions}

    def near(self, questions: Any) -> Any:
        return {question: [self.small] for question in questions}


@pytest.mark.parametrize(("people", "n"), [(21_704, 1), (21_703, 1), (21_702, 0)])
def test_in_a_stated_country_the_own_name_of_one_is_before_a_further_name_of_another(
    people: int, n: int
) -> None:
    found = resolve(journey(PAHLEVI, town("Tehran", within=("country:IR",)), ISFAHAN), Held(people))
    reason = "; the only one whose own name it is, and none that is called so too is larger"
    assert [reason in line for line in found.chosen] == [True] * n
    assert bool(found.unclear) is (n == 0)


@pytest.mark.parametrize(
    ("told", "people", "n"),
    [({}, 2_170_300, 1), ({}, 2_170_299, 0), ({"within": ("country:IR",)}, 2_170_300, 1)],
)
def test_one_that_is_spelled_so_and_far_larger_is_clear(told: Told, people: int, n: int) -> None:
    found = resolve(journey(PAHLEVI, town("Tehran", **told), ISFAHAN), Held(people))
    larger = " (for somewhere in the province of that name: region:IR-07)"
    reason = f"; the only one that is spelled so, and far larger than the others{larger}"
    assert [line.endswith(reason) for line in found.chosen] == [True] * n
    assert bool(found.unclear) is (n == 0)


@pytest.mark.parametrize(
    ("name", "spelled", "after"),
    [
        ("Tehran", "Tehrān", ISFAHAN),  # both are
        ("Teheran", "Tīrān", ISFAHAN),  # neither is
        ("Tehran", "Tīrān", at("Auckland", 174.8, -36.8)),  # not on the way
    ],
)
def test_size_alone_makes_none_clear(name: str, spelled: str, after: Told) -> None:
    found = resolve(
        journey(at("Sydney", 151.2, -33.9), town(name), after), Held(7_153_309, spelled=spelled)
    )
    assert found.chosen == ()


@pytest.mark.parametrize(
    ("name", "precision", "footprint"),
    [
        ("the Gobi", Precision.REGION, "desert:gobi"),
        ("along the Mekong", Precision.NAMED_FEATURE, "river:mekong"),
        ("바이칼호", Precision.REGION, "lake:baikal"),
        ("Vietnam", Precision.COUNTRY, "country:VN"),
        ("Persia", Precision.COUNTRY, "country:IR"),
        ("Georgia", Precision.COUNTRY, "country:GE"),
        ("Georgia", Precision.REGION, None),  # or the state
        ("LA", Precision.REGION, None),  # Los Angeles, and not the code of Laos
        ("Ural", Precision.NAMED_FEATURE, None),  # the river, or the range
        ("the Urals", Precision.REGION, "range:urals"),
        ("Ohio", Precision.REGION, "region:US-OH"),
        ("Ohio", Precision.NAMED_FEATURE, "river:ohio"),
        ("Java", Precision.CITY, None),  # said to be a town
    ],
)
def test_an_area_is_told_as_the_one_footprint_of_its_name(
    name: str, precision: Precision, footprint: str | None
) -> None:
    found = by_name(journey(BEIRUT, {"name": {"en": name}, "precision": precision}))
    assert found.journey.waypoints[1].footprints == ((footprint,) if footprint else ())
    assert len(found.chosen) == (footprint is not None)


def test_a_region_without_a_footprint_is_anywhere_in_its_country() -> None:
    told = {
        "name": {"en": "somewhere in the north"},
        "precision": Precision.REGION,
        "within": ("country:LA",),
    }
    found = by_name(journey(BEIRUT, told))
    assert found.journey.waypoints[1].footprints == ("country:LA",)
    assert ": country:LA; anywhere in what within says; lat, lon" in found.unclear[0]


def test_a_town_that_is_not_found_may_be_told_as_its_country(world: Remembered) -> None:
    (line,) = resolve(
        journey(BEIRUT, town("Nowhere at all", within=("country:VN",))), world
    ).unclear
    assert line.endswith(
        "not found; write a name that the gazetteer has, or lat and lon of its middle, "
        "and in uncertainty_m a radius that holds it, such as 20 km"
    )


def test_what_a_name_of_an_area_may_mean_is_listed_where_it_is_not_clear(world: Remembered) -> None:
    (line,) = resolve(
        journey(BEIRUT, {"name": {"en": "Colorado"}, "precision": Precision.REGION}), world
    ).unclear
    assert line.endswith(
        "a region is told by a footprint, region:US-CO or river:colorado, or by lat and lon of its middle and a radius"
    )


@pytest.mark.parametrize(
    ("position", "n"),
    [
        ((51.42, 35.69), 0),
        ((35.69, 51.42), 1),
        ((10.0, 10.0), 0),
        ((36.5, 51.4), 1),
        ((38.0, 51.4), 0),
    ],
)
def test_a_town_with_latitude_and_longitude_swapped_is_told(
    position: tuple[float, float], n: int
) -> None:
    told = at("Tehran", *position, precision=Precision.CITY)
    lines = swapped(journey(PAHLEVI, told, town("Isfahan")), Held(7_153_309))
    assert [line.endswith("latitude and longitude swapped?") for line in lines] == [True] * n


def test_what_was_typed_is_kept_and_nothing_else_is_changed(world: Remembered) -> None:
    one = journey(town("Saigon", when="1975-04", sensitivity=3))
    (place,) = resolve(one, world).journey.waypoints
    assert (place.name, place.verbatim_locality) == ({"en": "Saigon"}, "Saigon")
    assert (place.label, place.uncertainty_m, place.precision) == (
        (106.63, 10.82),
        50_000,
        Precision.CITY,
    )
    assert (place.role, place.status, place.when, place.sensitivity) == (
        "stop",
        "reported",
        "1975-04",
        3,
    )


def test_the_place_as_it_was_told_is_looked_up_before_its_name_and_kept() -> None:
    one = journey(town("Nowhere at all", verbatim_locality="Bombay"))
    assert question_of(one.waypoints[0]).names == ("Bombay", "Nowhere at all")


def test_a_chosen_place_is_a_neighbour_to_the_next(world: Remembered) -> None:
    found = resolve(journey(BEIRUT, town("Tripoli"), town("Nowhere at all")), world)
    assert " km from Beirut; by far the nearest to Beirut" in found.chosen[0]
    assert [each.name for each in neighbours_of(found.journey, 2)] == ["Tripoli"]


def test_a_leg_that_may_have_been_flown_says_nothing(world: Remembered) -> None:
    label, _ = middle(world, BEIRUT, town("Tripoli", **by(Mode.FLIGHT)))
    assert label is None
    assert middle(world, BEIRUT, town("Tripoli"))[0] == (36, 34)


def test_countries_withheld_places_and_those_with_a_footprint_are_not_looked_up(
    world: Remembered,
) -> None:
    told = ({"precision": Precision.COUNTRY}, {"withheld": True}, at_country("VN"))
    found = resolve(journey(*told), world)
    assert found.journey == journey(*told)
    assert found.unclear == (
        'waypoint w0 "W0": no place on the map; a country is told by a footprint, such as country:VN',
    )


def test_a_name_that_nobody_bears_is_told(world: Remembered) -> None:
    found = resolve(journey(town("Nowhere at all")), world)
    fix = "write a name that the gazetteer has, its country in within, or lat and lon of its middle"
    fix += ", and in uncertainty_m a radius that holds it, such as 20 km"
    assert found.unclear == (f'waypoint w0 "Nowhere at all": not found; {fix}',)


@pytest.mark.parametrize("name", ["…", "?", "—"])
def test_a_name_without_a_letter_is_that_of_no_town(name: str) -> None:
    assert list(GeoNames().find([Question((name,), ())]).values()) == [[]]


@pytest.mark.parametrize(
    ("name", "where"), [("HUẾ", "Huế"), ("Ho-Chi-Minh City", "Ho Chi Minh City")]
)
def test_accents_case_and_hyphens_do_not_count(world: Remembered, name: str, where: str) -> None:
    found = world.answers[Question((name,), ("VN",))]
    assert where in {each.name for each in found} or any(
        each.name.startswith("Hu") for each in found
    )


def test_places_within_the_radius_of_a_larger_one_count_once() -> None:
    def place(lon_deg: float, population: int) -> Candidate:
        return Candidate("X", "TH", "Thailand", (lon_deg, 15.0), population, radius_m(population))

    assert distinct([place(100.02, 500), place(100.0, 90_000), place(101.0, 500)]) == [
        place(100.0, 90_000),
        place(101.0, 500),
    ]


@pytest.mark.parametrize(
    ("population", "radius_km"),
    [(0, 3), (20_000, 3), (100_000, 6), (1_000_000, 18), (30_000_000, 50)],
)
def test_the_radius_is_that_of_a_thousand_people_a_square_kilometre(
    population: int, radius_km: float
) -> None:
    assert radius_m(population) == radius_km * 1000


# Online: with a stand-in for the server


class Place:
    """What geopy gives: the server's answer in `raw`."""

    def __init__(self, **raw: object) -> None:
        usual = {
            "name": "Tripoli",
            "lat": "34.43",
            "lon": "35.84",
            "boundingbox": ["34.40", "34.46", "35.80", "35.88"],
        }
        address = {"country": "Lebanon", "country_code": "lb"}
        self.raw = (
            usual | {"address": address, "namedetails": {"name:fr": "Tripoli;Tripolis"}} | raw
        )


class Server:
    """Answers with what it was given, and remembers what it was asked."""

    def __init__(self, *places: Place) -> None:
        self.places = list(places)
        self.asked: list[tuple[str, Any]] = []

    def __call__(self, query: str, **options: object) -> list[object] | None:
        self.asked.append((query, options["country_codes"]))
        return list(self.places) or None


def test_answers_become_candidates_with_a_radius_that_holds_their_box(tmp_path: Path) -> None:
    server = Server(Place(extratags={"population": "229398"}), Place(name="Other", namedetails={}))
    question = Question(("TRIPOLIS",), ("LB",))
    (found,) = gazetteer.Nominatim(server, tmp_path / "c.json").find([question])[question]
    assert (found.name, found.country, found.population, found.position) == (
        "Tripoli",
        "LB",
        229_398,
        (35.84, 34.43),
    )
    assert found.radius_m == 5_000
    assert server.asked == [("TRIPOLIS", ["lb"])]


def test_what_was_answered_is_kept_and_not_asked_again(tmp_path: Path) -> None:
    cache, question = tmp_path / "deep" / "c.json", Question(("Tripoli",), ())
    first = gazetteer.Nominatim(Server(Place()), cache).find([question])
    silent = Server()
    assert gazetteer.Nominatim(silent, cache).find([question]) == first
    assert silent.asked == []
    assert cache.stat().st_mode & 0o777 == 0o600
    assert list(json.loads(cache.read_bytes())) == ["Tripoli"]


def test_a_spoilt_cache_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text("{")
    server = Server(Place())
    gazetteer.Nominatim(server, tmp_path / "c.json").find([Question(("Tripoli",), ())])
    assert len(server.asked) == 1


def test_a_server_that_does_not_answer_is_told(tmp_path: Path) -> None:
    def ask(*_: object, **__: object) -> list[object]:
        raise GeocoderTimedOut("timed out")

    with pytest.raises(
        EscapeRouteError, match=r"^nominatim.openstreetmap.org: timed out; nothing was written "
    ):
        gazetteer.Nominatim(ask, tmp_path / "c.json").find([Question(("Tripoli",), ())])


def test_the_server_is_told_who_asks_and_is_asked_once_a_second() -> None:
    limited: Any = gazetteer.geocoder()
    assert isinstance(limited, RateLimiter)
    assert limited.min_delay_seconds == 1
    assert limited.func.__self__.headers["User-Agent"] == f"escape-route/{version('escape-route')}"


@pytest.mark.parametrize(
    ("shape", "far"),
    [
        (Point(10, 45), "79 km from Z"),
        (box(5, 44, 10, 46), "at least 79 km from Z"),
        (box(5, 44, 12, 46), "in or at Z"),
    ],
)
def test_how_far_a_town_is_from_an_area_is_said_of_its_nearest_point(shape: Any, far: str) -> None:
    town = Candidate("Verona", "IT", "Italy", (11.0, 45.0), 250_000, 10_000)
    assert described(town, (Neighbour("Z", (shape,)),)).endswith(far)


@pytest.mark.parametrize(
    ("told", "countries", "found"),
    [
        ("Figueras, España", (), "Figueres"),
        ("Figueras", ("ES",), "Figueres"),
        ("Figueras", (), None),  # the same in other countries: offered
        ("Figueras", ("FR",), None),
        ("Riga, Lettland", (), "Riga"),
        ("طرابلس، ليبيا", (), "Tripoli"),
        ("Lipowo", ("PL",), None),  # as short as many a village
    ],
)
def test_a_long_name_is_read_as_the_one_town_of_its_country_a_letter_off(
    told: str, countries: tuple[str, ...], found: str | None
) -> None:
    question = Question((told,), countries)
    towns = GeoNames().find([question])[question]
    assert {each.name for each in towns if each.is_heard or "," in told or "،" in told} == (
        {found} if found else set()
    )


@pytest.mark.parametrize("told", ["태국만", "シャム湾", "golfe de Siam"])
def test_a_sea_is_found_by_what_it_was_called(told: str) -> None:
    assert base.places_named(told, is_feature=True) == ("sea:gulf-of-thailand",)
