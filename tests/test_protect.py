"""The publishable form: what is made coarser, what goes, what stays, and that doing it twice is doing it once."""

from __future__ import annotations

import json
from dataclasses import fields, replace

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from beside import IS_LONG, SHIPPED
from escape_route.formats import geojson
from escape_route.geography import base, cells, geodesic
from escape_route.language import whens
from escape_route.language.catalogues import Words
from escape_route.model import places, read
from escape_route.model.journey import Claim, Journey, Lowered, Quote, Scope, Source, Stay, Waypoint
from escape_route.model.published import Published
from escape_route.model.vocabulary import Precision, Role, Wording, precision_of
from escape_route.protection import generalise
from escape_route.protection.protect import protect
from escape_route.protection.sensitivity import CELLS, cut_date, sensitivity_of
from making import claim, journey, shipped, track, waypoint
from strategies import journeys

VIENTIANE, NEARBY, FAR = (102.6331, 17.9757), (102.6102, 17.9421), (103.2004, 18.4123)


def form(*told: dict[str, object], **more: object) -> Journey:
    return protect(journey(*told, **more)).journey  # type: ignore[arg-type]


def only(**told: object) -> Waypoint:
    return form(told).waypoints[0]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_journey_passes_through_unchanged(name: str) -> None:
    found = protect(shipped(name))
    assert found.journey == shipped(name)
    assert found.changes == {}


@settings(max_examples=30 if IS_LONG else 12)
@given(journeys())
def test_protecting_twice_is_protecting_once(held: Journey) -> None:
    once = protect(held).journey
    assert protect(once) == replace(protect(once), published=Published(once), changes={})


@settings(max_examples=30 if IS_LONG else 12)
@given(journeys())
def test_the_publishable_form_is_a_journey_that_can_be_read(held: Journey) -> None:
    once = protect(held).journey
    assert read.read(geojson.to_bytes(once)) == once


@settings(max_examples=30 if IS_LONG else 12)
@given(journeys(kinds=("point", "disc")))
def test_the_published_place_holds_the_held_one(held: Journey) -> None:
    for before, after in zip(held.waypoints, protect(held).waypoints, strict=True):
        if after.label is None or before.label is None or sensitivity_of(before) == 0:
            continue
        away_m = geodesic.geodesic_m(before.label, after.label)
        assert away_m + (before.uncertainty_m or 0) <= (after.uncertainty_m or 0) + 1


@settings(max_examples=30 if IS_LONG else 12)
@given(journeys(kinds=("shape",), most=2))
def test_a_published_shape_holds_the_held_one(held: Journey) -> None:
    for before, after in zip(held.waypoints, protect(held).waypoints, strict=True):
        if after.geometry is not None:
            assert after.geometry.buffer(1e-9).covers(before.geometry)


@pytest.mark.parametrize(
    ("sensitivity", "label"),
    [(2, (102.65, 17.95)), (3, (102.635, 17.975)), (4, (102.6335, 17.9755))],
)
def test_sensitivity_chooses_the_cell(sensitivity: int, label: tuple[float, float]) -> None:
    assert only(label=VIENTIANE, sensitivity=sensitivity).label == label


def test_what_declares_nothing_counts_as_great_harm() -> None:
    assert only(label=VIENTIANE) == replace(only(label=VIENTIANE, sensitivity=2), sensitivity=None)


def test_what_is_declared_not_sensitive_is_published_as_held() -> None:
    told = {
        "label": VIENTIANE,
        "sensitivity": 0,
        "when": "2019-12-05",
        "verbatim_locality": "the bus station",
    }
    assert only(**told) == waypoint(0, **told)


def test_irreparable_harm_leaves_the_country_and_its_name() -> None:
    found = only(label=VIENTIANE, sensitivity=1, uncertainty_m=500.0, name={"en": "The blue house"})
    assert (found.label, found.uncertainty_m, found.footprints) == (None, None, ("country:LA",))
    assert (found.name, found.precision) == ({"en": "Laos"}, Precision.COUNTRY)


#: Where three countries meet; Vientiane on its river; Lebanon, which meets four boxes of a degree;
#: Maseru in Lesotho.
TUMEN, JERUSALEM, BEIRUT, MASERU = (130.4871, 42.5633), (35.2, 31.8), (35.5, 33.9), (27.5, -29.3)


@pytest.mark.parametrize(
    ("label", "code"), [(TUMEN, "KP"), (VIENTIANE, "LA"), ((102.99, 17.99), "TH")]
)
def test_irreparable_harm_does_not_tell_how_near_a_border_is(
    label: tuple[float, float], code: str
) -> None:
    assert only(label=label, sensitivity=1).footprints == (f"country:{code}",)


@pytest.mark.parametrize(
    ("label", "code", "count"), [(JERUSALEM, "IL", 14), (BEIRUT, "LB", 14), (MASERU, "LS", 5)]
)
def test_a_small_country_stands_among_its_neighbours(
    label: tuple[float, float], code: str, count: int
) -> None:
    found = only(label=label, sensitivity=1)
    assert len(found.footprints) == count
    assert f"country:{code}" in found.footprints
    assert only(label=label, sensitivity=1, within=(f"country:{code}",)) == found


def test_a_small_country_far_from_any_other_is_not_named() -> None:
    assert only(label=(-59.55, 13.15), sensitivity=1).withheld  # Barbados


def test_irreparable_harm_keeps_to_the_country_that_was_told() -> None:
    found = only(label=VIENTIANE, sensitivity=1, within=("country:LA",))
    assert (found.footprints, found.within) == (("country:LA",), ())


def test_irreparable_harm_at_sea_leaves_nothing() -> None:
    found = only(label=(-140.0, -40.0), sensitivity=1)
    assert (found.withheld, found.label, places.place_of(found)) == (True, None, None)


LADDER = [
    (None, 12_500),
    (1.0, 12_500),
    (3_000.0, 12_500),
    (4_800.0, 12_500),
    (4_900.0, 25_000),
    (20_000.0, 32_000),
]


@pytest.mark.parametrize(("radius_m", "published_m"), LADDER)
def test_the_radius_is_a_step_that_holds_the_cell_and_the_place(
    radius_m: float, published_m: int
) -> None:
    assert only(label=VIENTIANE, uncertainty_m=radius_m).uncertainty_m == published_m


@pytest.mark.parametrize(("sensitivity", "published_m"), [(2, 12_500), (3, 1_250), (4, 125)])
def test_a_place_that_is_small_beside_its_cell_has_the_radius_of_the_cell(
    sensitivity: int, published_m: int
) -> None:
    for radius_m in (None, 1.0, 0.38 * cells.half_diagonal_m(VIENTIANE, CELLS[sensitivity])):
        found = only(label=VIENTIANE, uncertainty_m=radius_m, sensitivity=sensitivity)
        assert found.uncertainty_m == published_m


def test_a_label_of_a_country_is_moved_and_gets_no_radius() -> None:
    found = only(label=VIENTIANE, precision=Precision.COUNTRY, footprints=("country:LA",))
    assert (found.label, found.uncertainty_m) == ((102.65, 17.95), None)


def test_it_is_said_what_was_made_coarser_and_what_is_held_back() -> None:
    found = only(label=VIENTIANE, when="2019-12-05", verbatim_locality="by the bridge")
    assert found.data_generalizations == "point generalised to 0.1 degree"
    assert found.information_withheld == (
        "the place as finely as it is held; the place in the words it was told in; the date as finely as it is held"
    )
    assert found.verbatim_locality is None


@pytest.mark.parametrize("sensitivity", [None, 0, 1, 2, 3, 4])
def test_what_was_asked_is_never_published(sensitivity: int | None) -> None:
    asked = "Not where the house is: her sons still live there."
    found = only(label=VIENTIANE, sensitivity=sensitivity, request=asked)
    assert found.request is None
    assert found == only(label=VIENTIANE, sensitivity=sensitivity)


@pytest.mark.parametrize(
    "said", ["point in whole degrees", "moved to a cell of 1 degree", "1° cell"]
)
def test_a_place_that_is_coarse_enough_already_is_left_alone(said: str) -> None:
    held = {
        "label": (103.0, 18.0),
        "uncertainty_m": 80_000.0,
        "data_generalizations": said,
        "precision": Precision.REGION,
    }
    assert only(**held) == waypoint(0, **held)


@pytest.mark.parametrize(
    "wrong",
    [
        {"uncertainty_m": 60_000.0},  # less than the cell needs
        {"label": (103.1234, 18.0)},  # written finer than it says
        {
            "data_generalizations": "point generalised to 0.01 degree"
        },  # finer than its sensitivity asks for
        {"data_generalizations": "moved on purpose"},
    ],
)
def test_but_not_where_it_only_says_so(wrong: dict[str, object]) -> None:
    right = {"label": (103.0, 18.0), "uncertainty_m": 80_000.0, "data_generalizations": "1 degree"}
    found = only(**(right | wrong))
    assert "generalised to 0.1 degree" in (found.data_generalizations or "")


@pytest.mark.parametrize(
    ("when", "sensitivity", "left"),
    [
        ("2019-12-05", 1, "2019"),
        ("2019-12-05", 2, "2019-12"),
        ("2019-12-05", 4, "2019-12-05"),
        ("2019-12-05T23:20:30Z", 4, "2019-12-05"),
        ("2019-12-05T23:20:30Z", 0, "2019-12-05T23:20:30Z"),
        ("2019-12-05?", 3, "2019-12?"),
        ("2004-05-01/2004-06-30", 2, "2004-05/2004-06"),
        ("../2009-05-06", 2, "../2009-05"),
        ("-0044-03-15", 2, "-0044-03"),
        ("2008-XX-XX", 2, "2008-XX"),
        ("201X", 2, "201X"),
        ("Y-170000", 2, "Y-170000"),
        ("{2019-12-05, 2019-12-06}", 2, "2019-12"),
        ("[2019-12-31,2020-01-01]", 2, "[2019-12,2020-01]"),
        (
            "[1939-12-01..1940-02-29,1940-03-01..1940-05-31]",
            2,
            "[1939-12..1940-02,1940-03..1940-05]",
        ),
        ("[1939-12-01..1940-02-29,1940-03-01..1940-05-31]", 1, "1939/1940"),
        ("[1950,1951]", 4, "[1950,1951]"),
        ("[1949-07,1949-08]", 1, "1949"),
        ("[1950,1951]", 0, "[1950,1951]"),
        ("[1941-09-01..]", 2, "[1941-09..]"),
        ("[..1941-09-01]", 1, "[..1941]"),
        ("[..]", 2, None),
    ],
)
def test_dates_are_cut(when: str, sensitivity: int, left: str | None) -> None:
    assert cut_date(when, sensitivity) == left


def test_a_date_that_was_printed_is_published_as_it_was_printed() -> None:
    assert (
        only(label=VIENTIANE, when="2019-12-05T10:00:00Z", when_published="2019-12-05").when
        == "2019-12-05"
    )
    assert only(label=VIENTIANE, when="2019-12-05", when_published="2019").when == "2019"


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (
            ("1944-10-05", "[1949..]", "[..1950]"),
            "1944-10/1950",
        ),  # travel order: none is before the first
        (("1944-10-05", "[..1950]", "[1949..]"), "1944-10/.."),
        (("[..1944]", "1945-05-08", "1946"), "../1946"),
        (
            ("[..1944]", "1945-05-08", "[1949..]"),
            None,
        ),  # nobody knows: none is told finer than the others
        (("[1949..]", "[1949..]", "[1949..]"), "[1949..]"),
    ],
)
def test_dates_that_are_cut_are_one_span_where_ends_are_open_too(
    told: tuple[str, ...], shown: str | None
) -> None:
    places = (
        {"label": VIENTIANE, "when": told[0]},
        {"label": FAR, "when": told[1]},
        {"label": (110, 1), "when": told[2]},
    )
    assert [each.when for each in form(*places).waypoints] == [shown] * 3


@pytest.mark.parametrize(
    ("first", "second", "kept"), [(0, 0, 1), (0, None, 0), (2, 0, 0), (None, None, 0)]
)
def test_a_track_is_published_between_two_places_that_are_declared_not_sensitive(
    first: int | None, second: int | None, kept: int
) -> None:
    told = ({"label": VIENTIANE, "sensitivity": first}, {"label": FAR, "sensitivity": second})
    assert len(form(*told, traces=(track(0, VIENTIANE, FAR),)).traces) == kept


def test_neighbours_in_one_cell_become_one_and_claims_follow() -> None:
    told = (
        {"label": VIENTIANE, "role": Role.START},
        {"label": NEARBY},
        {"label": FAR, "role": Role.REACHED},
    )
    held = journey(*told, claims=(claim(90, 2, scope=Scope("w1", "w2", "no")), claim(3, 1, id="d")))  # type: ignore[arg-type]
    found = protect(held)
    assert [each.id for each in found.journey.waypoints] == ["w0", "w2"]
    assert [(each.scope.start, each.scope.end) for each in found.journey.claims] == [("w0", "w2")]
    assert (
        found.changes["stops told as one with a neighbour"] == found.changes["claims left out"] == 1
    )


def test_what_becomes_one_keeps_both_names_and_the_role_that_matters() -> None:
    told = (
        {"label": FAR},
        {"label": VIENTIANE, "sources": ("S1",)},
        {"label": NEARBY, "role": Role.REACHED},
    )
    found = form(*told).waypoints[1]
    assert (found.name, found.role, found.sources) == ({"en": "W1 / W2"}, Role.REACHED, ("S1",))


def test_what_becomes_one_keeps_both_stays_and_where_both_stand_in_their_source() -> None:
    here = {"label": VIENTIANE, "sensitivity": 4, "sources": ("S1",)}
    kassala = here | {"sources_at": {"S1": "00:06:10"}}
    camp = here | {"sources_at": {"S1": "00:07:45"}, "stay": Stay(3, "week", Wording.ABOUT)}
    far = {"label": FAR, "sensitivity": 0}
    found = form(kassala, camp, far).waypoints[0]
    assert (found.stay, found.sources_at) == (
        Stay(3, "week", Wording.ABOUT),
        {"S1": "00:06:10; 00:07:45"},
    )
    found = form(
        kassala | {"stay": Stay(3, "d")}, here | {"stay": Stay(2, "d", value_to=4)}, far
    ).waypoints[0]
    assert (found.stay, found.sources_at) == (Stay(5, "d", value_to=7), {"S1": "00:06:10"})
    told = (kassala | {"stay": Stay(3, "d")}, camp | {"sensitivity": 4}, far | {"sensitivity": 2})
    once = form(*told)
    assert once.waypoints[0].stay == Stay(1, "month", Wording.UP_TO)
    assert protect(once).journey == once


def test_what_becomes_one_says_that_one_quotation_is_left_out() -> None:
    one, other = (
        {"label": VIENTIANE, "quote": Quote({"en": each}, {"en": "A"}, ())}
        for each in ("No.", "Yes.")
    )
    found = [
        form(one, each, {"label": FAR}).waypoints[0].information_withheld
        for each in (other, {"label": VIENTIANE})
    ]
    assert [generalise.ONE_SHOWN in str(each) for each in found] == [True, False]


def test_a_place_that_is_come_back_to_is_told_twice() -> None:
    assert len(form({"label": VIENTIANE}, {"label": FAR}, {"label": NEARBY}).waypoints) == 3


def test_ids_that_may_name_a_place_are_replaced() -> None:
    held = journey(
        {"label": VIENTIANE, "id": "safe-house"},
        {"label": FAR},
        claims=(claim(90, scope=Scope("safe-house", "w1", "no")),),
    )  # type: ignore[arg-type]
    found = protect(held).journey
    assert [each.id for each in found.waypoints] == ["w1", "w2"]
    assert (found.claims[0].scope.start, found.claims[0].scope.end) == ("w1", "w2")


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ({"precision": Precision.EXACT}, "Place withheld"),
        ({"precision": Precision.CITY, "footprints": ("country:CN",)}, "China"),
        ({"precision": Precision.NAMED_FEATURE, "footprints": ("river:yalu",)}, "Yalu"),
        ({"precision": Precision.REGION, "footprints": ("region:US-AZ",)}, "Arizona"),
        ({"precision": Precision.COUNTRY, "footprints": ("country:AR",)}, "Argentina"),
        ({"precision": Precision.REGION, "within": ("country:AR",)}, "Argentina"),
        ({"precision": Precision.REGION}, "Place withheld"),
    ],
)
def test_irreparable_harm_leaves_no_name_finer_than_a_region(
    told: dict[str, object], name: str
) -> None:
    found = only(sensitivity=1, name={"en": "House of Mrs Kim"}, **told)
    assert found.name == {"en": name}


NAMES_OF_WHAT_IS_PUBLISHED = [
    ("country:LA", {"en": "Laos"}),
    ("country:LA", {"en": "Laos", "ko": "라오스", "ja": "ラオス", "ar": "لاوس"}),
    ("country:LA", {"de": "irgendwo in Laos"}),
    ("country:LA", {"en": "a village in the north of Laos"}),
    ("country:LA", {"ko": "라오스의 어느 마을"}),
    ("country:AR", {"de": "ein Bauernhof in Argentinien", "fr": "une ferme en Argentine"}),
    ("border:CN-KP", {"en": "Home, in the north of North Korea"}),
    ("border:LA-VN", {"en": "The border between Laos and Vietnam"}),
    ("river:yalu", {"en": "The Yalu"}),
    ("region:US-AZ", {"en": "Arizona", "ko": "애리조나 주"}),
]


@pytest.mark.parametrize(("reference", "name"), NAMES_OF_WHAT_IS_PUBLISHED)
def test_irreparable_harm_leaves_a_name_that_is_that_of_what_is_published(
    reference: str, name: dict[str, str]
) -> None:
    told = {
        "footprints": (reference,),
        "precision": precision_of([reference]),
        "name": name,
        "sensitivity": 1,
    }
    assert only(**told).name == name


NAMES_OF_SOMETHING_FINER = [
    {"en": "Yavi"},
    {"en": "the Mamani house in Yavi Chico"},
    {"en": "a town in the north of Argentina, close to the Bolivian border"},
    {"en": "Argentina", "es": "Yavi"},
    {"en": "Argentina, km 12"},
    {"en": "Argentina City"},
    {"ko": "아르헨티나 야비"},
    {"ja": "アルゼンチンのヤビ"},
    {"ar": "يافي في الأرجنتين"},
    {"en": "Argentinas"},
]


@pytest.mark.parametrize("name", NAMES_OF_SOMETHING_FINER)
@pytest.mark.parametrize("precision", [Precision.COUNTRY, Precision.REGION, Precision.CITY])
def test_irreparable_harm_leaves_no_name_because_nobody_found_it(
    name: dict[str, str], precision: Precision
) -> None:
    found = only(footprints=("country:AR",), precision=precision, name=name, sensitivity=1)
    assert (found.name, found.footprints) == ({"en": "Argentina"}, ("country:AR",))
    assert "its name" in str(found.information_withheld)
    assert only(**{each.name: getattr(found, each.name) for each in fields(found)}) == found


def test_a_name_of_a_place_that_is_one_of_several_is_theirs() -> None:
    several = {
        "footprints": ("country:LA", "border:LA-VN"),
        "precision": Precision.REGION,
        "sensitivity": 1,
    }
    assert only(name={"en": "Laos, or its border with Vietnam"}, **several).name == {
        "en": "Laos, or its border with Vietnam"
    }
    found = only(name={"en": "Ban Naxay, or the border"}, **several)
    assert (found.name, found.precision) == (
        {"en": "Laos / Laos-Vietnam border"},
        Precision.NAMED_FEATURE,
    )


def test_a_name_is_published_where_the_place_is_declared_less_than_irreparable() -> None:
    told = {"footprints": ("country:AR",), "precision": Precision.COUNTRY, "name": {"en": "Yavi"}}
    assert only(sensitivity=2, **told).name == {"en": "Yavi"}


def test_a_small_disc_at_the_antimeridian_does_not_lie_in_half_the_world() -> None:
    found = only(label=(179.99999, -16.8), uncertainty_m=50.0, sensitivity=1)
    assert found.footprints == ("country:FJ",)


def test_dates_of_stops_told_as_one_are_no_finer_than_the_strictest_of_them_allows() -> None:
    coarse = {
        "label": (102.65, 17.95),
        "uncertainty_m": 9000.0,
        "data_generalizations": "0.1 degree",
        "sensitivity": 4,
    }
    found = form({"label": VIENTIANE, "when": "2019-11-05"}, coarse | {"when": "2019-12-05"})
    assert [(each.when, each.sensitivity) for each in found.waypoints] == [("2019-11/2019-12", 2)]


@pytest.mark.parametrize(
    ("first", "second", "left"),
    [("2019-12", "2019-11", "2019-11/2019-12"), ("/2019", "2020/", None), ("2019", "2019", "2019")],
)
def test_dates_of_stops_told_as_one_run_from_the_earlier_to_the_later(
    first: str, second: str, left: str | None
) -> None:
    found = form({"label": VIENTIANE, "when": first}, {"label": NEARBY, "when": second})
    assert [each.when for each in found.waypoints] == [left]


def test_ids_of_claims_and_sources_that_say_something_new_are_replaced() -> None:
    held = journey(
        {"label": VIENTIANE, "sources": ("pastor",)},
        {"label": FAR},
        claims=(claim(90, sources=("pastor",)),),
    )
    told = replace(
        held,
        sources=(Source("pastor", "A letter", None),),
        claims=(replace(held.claims[0], id="musan-way"),),
    )
    found = protect(told).journey
    assert ([each.id for each in found.claims], [each.id for each in found.sources]) == (
        ["c1"],
        ["S1"],
    )
    assert (found.claims[0].sources, found.waypoints[0].sources) == (("S1",), ("S1",))


def test_an_id_that_says_what_the_page_says_stays() -> None:
    assert only(label=VIENTIANE, id="vientiane", name={"en": "Vientiane"}).id == "vientiane"


def test_a_reason_for_a_finer_place_is_the_holders_own() -> None:
    lowered = Lowered("the house is gone", "2026-01-02")
    assert only(label=VIENTIANE, sensitivity=3, lowered=lowered).lowered is None
    assert only(label=VIENTIANE, sensitivity=0, lowered=lowered).lowered is None


def test_foreign_members_are_not_published() -> None:
    document = geojson.to_document(journey({"label": VIENTIANE, "sources": ("S1",)}))
    document["features"][0]["properties"]["phone"] = "+856 20 5555 0134"  # type: ignore[index]
    held = read.read(json.dumps(document).encode())
    assert b"phone" not in geojson.to_bytes(protect(held).journey)


@settings(max_examples=40)
@given(st.integers(0, 9_999), st.integers(0, 9_999), st.integers(0, 9_999), st.integers(0, 9_999))
def test_two_places_in_one_cell_have_one_publishable_form(a: int, b: int, c: int, d: int) -> None:
    one, other = (
        (102.6 + a / 100_000, 17.9 + b / 100_000),
        (102.6 + c / 100_000, 17.9 + d / 100_000),
    )
    assert form({"label": one}, {"label": FAR}) == form({"label": other}, {"label": FAR})


def test_a_drawn_line_is_published_as_the_cells_that_it_meets() -> None:
    found = only(
        geometry=shapely.LineString([(102.61, 17.91), (102.79, 17.99)]), precision=Precision.REGION
    )
    assert shapely.equals(found.geometry, shapely.box(102.6, 17.9, 102.8, 18.0))
    assert found.data_generalizations == "outline generalised to 0.1 degree"


@pytest.mark.parametrize("corner", [(102.61, 17.91), (102.6999, 17.9999), (102.6001, 17.9499)])
def test_a_shape_no_larger_than_a_cell_is_published_as_the_cell_of_its_centre(
    corner: tuple[float, float],
) -> None:
    lon, lat = corner
    found = only(geometry=shapely.box(lon - 0.01, lat - 0.01, lon + 0.01, lat + 0.01))
    assert (found.label, found.geometry, found.uncertainty_m) == ((102.65, 17.95), None, 12_500)
    assert found.data_generalizations == "point generalised to 0.1 degree"


@pytest.mark.parametrize(
    ("share", "is_kept"), [(0.05, False), (0.5, True), (0.9, False), (1.0, True)]
)
def test_a_country_that_leaves_a_sliver_of_the_cell_is_not_published(
    share, is_kept, monkeypatch
) -> None:
    west_part = shapely.box(100.0, 17.0, 102.6 + share / 10, 19.0)
    monkeypatch.setattr(base, "geometry_of", lambda _: west_part)
    found = only(label=(102.601, 17.95), within=("country:LA",))
    assert found.within == (("country:LA",) if is_kept else ())


def test_a_part_no_larger_than_a_cell_is_published_as_the_cells_around_it() -> None:
    far, large = shapely.Point(104.05, 18.05), shapely.box(102.0, 17.0, 102.55, 17.55)
    shapes = [
        shapely.MultiPolygon([large, shapely.box(104.001, y, 104.02, y + 0.01)])
        for y in (17.905, 17.985)
    ]
    found = [only(geometry=shape).geometry for shape in shapes]
    assert found[0].equals(found[1])
    assert shapely.get_parts(found[0])[1].equals(shapely.box(103.9, 17.8, 104.2, 18.1))
    assert found[0].covers(far)


def test_claims_keep_what_was_stated() -> None:
    held = journey({"label": VIENTIANE}, {"label": FAR}, claims=(claim(90),))
    kept: tuple[Claim, ...] = protect(held).journey.claims
    assert kept == held.claims


def test_the_order_of_languages_in_the_held_file_does_not_show() -> None:
    texts = {"ko": "둘", "en": "Two", "fr": "Deux"}
    told = [
        {"label": VIENTIANE, "name": dict(order)}
        for order in (texts.items(), reversed(texts.items()))
    ]
    one, other = (form(each, {"label": FAR}) for each in told)
    assert geojson.to_bytes(one) == geojson.to_bytes(other)


def test_drawn_places_and_points_of_one_cell_are_told_as_one() -> None:
    here, there = (shapely.box(102.61 + step, 17.91, 102.62 + step, 17.92) for step in (0.0, 0.05))
    found = form(
        {"geometry": here},
        {"geometry": there},
        {"label": NEARBY, "uncertainty_m": 400.0},
        {"label": FAR},
    )
    assert [each.label for each in found.waypoints] == [(102.65, 17.95), (103.25, 18.45)]
    assert found.waypoints[0].geometry is None
    assert (found.waypoints[0].uncertainty_m or 0) >= cells.half_diagonal_m(VIENTIANE, CELLS[2])


def test_drawn_places_of_several_cells_are_told_as_one_where_all_are_the_same() -> None:
    here, there = (shapely.box(102.61, 17.91, 102.75 + step, 17.92) for step in (0.0, 0.01))
    found = form({"geometry": here}, {"geometry": there}, {"label": FAR})
    assert [each.geometry and each.geometry.bounds for each in found.waypoints] == [
        (102.6, 17.9, 102.8, 18.0),
        None,
    ]


def test_how_near_the_place_before_lay_is_published_only_where_neither_is_sensitive() -> None:
    """A home within 5 km of a published crossing would be published to 5 km."""
    places = [
        {"label": (100.0 + index, 14.0), "near_previous_km": 150.0 if index else None}
        for index in range(4)
    ]
    sensitivities = (0, 0, 2, 0)
    told = journey(
        *({**place, "sensitivity": each} for place, each in zip(places, sensitivities, strict=True))
    )
    found = protect(told)
    assert [each.near_previous_km for each in found.waypoints] == [None, 150.0, None, None]
    assert found.changes["distances to the place before left out"] == 2


@pytest.mark.parametrize(
    ("sensitivities", "told"),
    [
        ((0, 0), Stay(2, "week")),
        ((0, 4), Stay(2, "week")),
        ((0, 2), Stay(1, "month", Wording.UP_TO)),
        ((3, 0), Stay(1, "month", Wording.UP_TO)),
        ((1, 0), Stay(1, "year", Wording.UP_TO)),
    ],
)
def test_a_stay_is_told_no_finer_than_a_date_of_its_place_or_of_the_next(
    sensitivities: tuple[int, int], told: Stay
) -> None:
    """A day that is known and a fortnight after it would be the day of the next place."""
    places = [
        {"label": (100.0 + n, 14.0), "sensitivity": each} for n, each in enumerate(sensitivities)
    ]
    found = protect(journey({**places[0], "stay": Stay(2, "week")}, places[1])).journey
    assert found.waypoints[0].stay == told
    assert protect(found).changes == {}


def test_a_stay_of_at_least_so_long_is_left_out_where_it_is_shorter_than_what_may_be_told() -> None:
    found = protect(
        journey(
            {"label": (100.0, 14.0), "stay": Stay(2, "week", Wording.AT_LEAST)},
            {"label": (103.0, 9.0)},
        )
    )
    assert found.journey.waypoints[0].stay is None
    assert found.changes["stays made coarser"] == 1


def test_a_date_that_is_kept_says_so_and_one_that_was_told_so_does_not() -> None:
    """Two stops on one span of months look as if they had been told so."""
    held = journey(
        {"label": (10.0, 50.0), "sensitivity": 2, "when": "1975-05-03"},
        {"label": (12.0, 50.0), "sensitivity": 2, "when": "1977-09-01"},
        {"label": (14.0, 50.0), "sensitivity": 0, "when": "1979-01/1979-03"},
    )
    assert [whens.told(each, Words()) for each in protect(held).journey.waypoints] == [
        "some time in the span May 1975 to September 1977, the same for all guarded places",
        "some time in the span May 1975 to September 1977, the same for all guarded places",
        "January 1979 to March 1979",
    ]


def test_a_date_that_is_its_own_to_the_day_is_not_called_that_of_all_guarded_places() -> None:
    """Sensitivity 4 alone leaves the day: it is of that stop."""
    held = journey(
        {"label": (10.0, 50.0), "sensitivity": 4, "when": "1975-05-03T10:00/1975-05-04T11:00"}
    )
    assert whens.told(protect(held).journey.waypoints[0], Words()) == "3 May 1975 to 4 May 1975"
