"""The register beside a journey: nothing is published finer than before without a reason, a date and a request."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

import escape_route as er
from beside import IS_LONG, on_posix
from escape_route.errors import EscapeRouteError, OutputError
from escape_route.model.journey import Journey, Lowered
from escape_route.model.vocabulary import Precision
from escape_route.protection import register_file
from escape_route.protection.protect import protect
from escape_route.protection.register import FinerError, record, refuse_finer
from making import journey
from strategies import journeys

PLACES = (
    {"label": (102.6331, 17.9757), "sources": ("S1",)},
    {"label": (103.2004, 18.4123), "sources": ("S1",)},
)
TODAY = datetime.now().astimezone().date()
REASON = Lowered("the house was torn down and the street renamed", TODAY.isoformat())


def held(tmp_path: Path, data: Journey) -> er.Journey:
    return er.Journey(data, tmp_path / "way.geojson")


def with_sensitivity(value: int | None, **more: object) -> Journey:
    first = {**PLACES[0], "sensitivity": value, **more}
    return journey(first, PLACES[1])


def publish(tmp_path: Path, data: Journey, *, finer: bool = False) -> None:
    held(tmp_path, data).save_protected(tmp_path / "out.geojson", finer=finer)


def test_what_was_published_is_written_down_beside_the_journey(tmp_path: Path) -> None:
    publish(tmp_path, with_sensitivity(None))
    places = json.loads((tmp_path / "j.published.json").read_text())["places"]
    assert [(each["id"], each["cell_deg"], each["shape"]) for each in places] == [
        ("w0", "0.1", "POINT (102.65 17.95)"),
        ("w1", "0.1", "POINT (103.25 18.45)"),
    ]


def test_a_finer_place_stops_with_an_explanation(tmp_path: Path) -> None:
    publish(tmp_path, with_sensitivity(2))
    with pytest.raises(
        FinerError, match=r'waypoint "w0": would be published in a cell of 0\.01 degree, and it was'
    ):
        publish(tmp_path, with_sensitivity(3), finer=True)
    assert b"102.65" in (tmp_path / "out.geojson").read_bytes()


@pytest.mark.parametrize("declared", [0, 1, 3, 4])
def test_a_file_that_says_no_sensitivity_any_more_is_stopped(tmp_path: Path, declared: int) -> None:
    publish(tmp_path, with_sensitivity(declared))
    said = r'no place says its sensitivity, and "w0" did when it was published on \d{4}-\d\d-\d\d: a program that saved'
    for finer in (False, True):
        with pytest.raises(FinerError, match=said):
            publish(tmp_path, with_sensitivity(None, lowered=REASON), finer=finer)


def test_one_that_never_said_any_or_says_it_of_one_place_is_not(tmp_path: Path) -> None:
    publish(tmp_path, with_sensitivity(None))
    publish(tmp_path, with_sensitivity(None))
    publish(tmp_path, with_sensitivity(1))
    publish(tmp_path, journey({**PLACES[0], "sensitivity": 1}, PLACES[1]))


def test_a_reason_alone_does_not_do(tmp_path: Path) -> None:
    publish(tmp_path, with_sensitivity(2))
    with pytest.raises(FinerError, match=r"or it takes the option --finer$"):
        publish(tmp_path, with_sensitivity(3, lowered=REASON))


def test_nor_does_a_reason_from_before_the_last_publication(tmp_path: Path) -> None:
    publish(tmp_path, with_sensitivity(2))
    with pytest.raises(FinerError, match='"sensitivity_lowered" in the file'):
        publish(
            tmp_path, with_sensitivity(3, lowered=replace(REASON, date="2001-01-01")), finer=True
        )


def test_a_reason_with_a_date_and_the_option_do(tmp_path: Path) -> None:
    publish(tmp_path, with_sensitivity(2))
    publish(tmp_path, with_sensitivity(3, lowered=REASON), finer=True)
    assert b"102.635" in (tmp_path / "out.geojson").read_bytes()


def test_a_coarser_place_needs_nothing(tmp_path: Path) -> None:
    publish(tmp_path, with_sensitivity(4))
    publish(tmp_path, with_sensitivity(1))


def test_a_new_id_does_not_make_it_a_new_place(tmp_path: Path) -> None:
    publish(tmp_path, with_sensitivity(2))
    with pytest.raises(
        FinerError, match=r'waypoint "x9".*"w0", which may be the same place, was published'
    ):
        publish(tmp_path, with_sensitivity(3, id="x9"))


def test_two_stops_of_different_sensitivity_in_one_cell_do_not_stop_each_other(
    tmp_path: Path,
) -> None:
    told = journey(PLACES[0], PLACES[1], {"label": (102.6102, 17.9421), "sensitivity": 3})
    publish(tmp_path, told)
    publish(tmp_path, told)


def test_a_place_without_coordinates_is_known_again(tmp_path: Path) -> None:
    publish(tmp_path, with_sensitivity(1))
    with pytest.raises(FinerError, match="it was published without coordinates"):
        publish(tmp_path, with_sensitivity(2))


def test_a_place_as_held_is_finer_than_any_cell(tmp_path: Path) -> None:
    publish(tmp_path, with_sensitivity(2))
    with pytest.raises(FinerError, match="would be published as held"):
        publish(tmp_path, with_sensitivity(0))


def test_the_register_holds_no_more_than_what_was_published(tmp_path: Path) -> None:
    publish(tmp_path, with_sensitivity(2))
    text = (tmp_path / "j.published.json").read_text()
    assert "102.6331" not in text
    assert "17.9757" not in text


def test_a_broken_register_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "j.published.json").write_text("{}")
    with pytest.raises(EscapeRouteError, match=r"j\.published\.json: not a register"):
        publish(tmp_path, with_sensitivity(2))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("cell_deg", "xx", r'places\[0\]\.cell_deg: "xx" is not a text such as 0\.1'),
        ("cell_deg", "NaN", r'places\[0\]\.cell_deg: "NaN" is not a text such as 0\.1'),
        ("cell_deg", 0.1, r"places\[0\]\.cell_deg: 0\.1 is not a text such as 0\.1"),
        ("shape", "POINT (1", r'places\[0\]\.shape: "POINT \(1" is not a shape as well-known text'),
        (
            "footprints",
            ["country:ZZ"],
            r'places\[0\]\.footprints: \["country:ZZ"\] is not a list of footprints',
        ),
        ("date", 20261125, r"places\[0\]\.date: 20261125 is not a day such as"),
        ("date", "2026-13-01", r'places\[0\]\.date: "2026-13-01" is not a day such as'),
        ("id", None, r"places\[0\]\.id: null is not an id"),
        ("id", "", r'places\[0\]\.id: "" is not an id'),
        ("cell_deg", "300", r'places\[0\]\.cell_deg: "300" is not a text such as'),
        (
            "cell_deg",
            "0.000000000001",
            r'places\[0\]\.cell_deg: "0\.000000000001" is not a text such as',
        ),
        (
            "cell_deg",
            "360",
            r'places\[0\]\.shape: "POINT \(102\.65 17\.95\)" does not go with a cell_deg of 360',
        ),
        ("shape", None, r"places\[0\]\.shape: null does not go with a cell_deg of 0\.1"),
        ("shape", "POINT (nan 1)", r'places\[0\]\.shape: "POINT \(nan 1\)" is not a shape'),
        ("shape", "POINT (500 95)", r'places\[0\]\.shape: "POINT \(500 95\)" is not a shape'),
        (
            "shape",
            f"{'GEOMETRYCOLLECTION(' * 9000}POINT(1 1){')' * 9000}",
            r"places\[0\]\.shape: .* is not a shape",
        ),
        ("shape", "CIRCULARSTRING(0 0, 1 1, 2 0)", r"places\[0\]\.shape: .* is not a shape"),
        ("shape", "POINT(1 1)\0", r"places\[0\]\.shape: .* is not a shape"),
        ("cell_deg", "000.1", r'places\[0\]\.cell_deg: "000\.1" is not a text such as'),
        (
            "footprints",
            ["river:nowhere"],
            r'places\[0\]\.footprints: \["river:nowhere"\] is not a list of footprints',
        ),
        ("date", "2026-W48-3", r'places\[0\]\.date: "2026-W48-3" is not a day such as'),
    ],
)
def test_a_damaged_register_says_what_is_wrong(
    tmp_path: Path, name: str, value: object, said: str
) -> None:
    publish(tmp_path, with_sensitivity(2))
    path = tmp_path / "j.published.json"
    document = json.loads(path.read_text())
    document["places"][0][name] = value
    path.write_text(json.dumps(document))
    (tmp_path / "out.geojson").unlink()
    with pytest.raises(EscapeRouteError, match=said):
        publish(tmp_path, with_sensitivity(2))
    assert not (tmp_path / "out.geojson").exists()


@given(journeys(), st.lists(st.sampled_from([None, 0, 1, 2, 3, 4]), min_size=5, max_size=5))
@settings(max_examples=60 if IS_LONG else 20)
def test_what_is_published_again_unchanged_is_never_stopped(
    drawn: Journey, sensitivities: list[int | None]
) -> None:
    told = zip(drawn.waypoints, sensitivities, strict=False)
    data = replace(drawn, waypoints=tuple(replace(each, sensitivity=value) for each, value in told))
    form = protect(data)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "way.geojson"
        record(data, form, file)
        refuse_finer(data, form, file, allowed=False)
        refuse_finer(form.journey, protect(form.journey), file, allowed=False)


def test_a_place_left_as_it_is_off_the_middle_of_its_cell_is_the_same_place(tmp_path: Path) -> None:
    coarse = {
        "label": (102.0, 19.0),
        "uncertainty_m": 30_000.0,
        "data_generalizations": "0.1 degree",
    }
    data = journey(
        coarse, {"footprints": ("country:LA",), "precision": Precision.COUNTRY, "sensitivity": 1}
    )
    publish(tmp_path, data)
    publish(tmp_path, data)


def test_a_new_id_of_the_journey_does_not_make_it_a_new_journey(tmp_path: Path) -> None:
    publish(tmp_path, with_sensitivity(2))
    with pytest.raises(FinerError, match='waypoint "w0"'):
        publish(tmp_path, replace(with_sensitivity(3), id="other"))


def test_another_journey_through_one_of_the_towns_is_not_stopped(tmp_path: Path) -> None:
    publish(tmp_path, with_sensitivity(2))
    elsewhere = ({"label": (100.0 + k, 15.0)} for k in range(2))
    publish(tmp_path, replace(journey({**PLACES[0], "sensitivity": 3}, *elsewhere), id="other"))


def test_the_publishable_form_is_held_against_the_register_too(tmp_path: Path) -> None:
    publish(tmp_path, with_sensitivity(2))
    with pytest.raises(FinerError, match='waypoint "w0"'):
        held(tmp_path, with_sensitivity(3)).protect().save_protected(tmp_path / "out.geojson")


def test_the_first_publication_does_not_take_the_register_s_name(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="the journey's own file"):
        held(tmp_path, with_sensitivity(2)).save_protected(tmp_path / "j.published.json")


def test_a_register_that_is_nested_too_deeply_is_told(tmp_path: Path) -> None:
    (tmp_path / "j.published.json").write_text("[" * 100_000)
    with pytest.raises(EscapeRouteError, match="not a register"):
        publish(tmp_path, with_sensitivity(2))


@pytest.mark.parametrize("name", ["other.published.json", "OTHER.Published.JSON"])
def test_no_register_s_name_is_given_to_another_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match="kept for registers"):
        held(tmp_path, with_sensitivity(2)).save_protected(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_form_with_new_ids_and_its_journey_do_not_stop_each_other(tmp_path: Path) -> None:
    told = held(
        tmp_path,
        journey({**PLACES[0], "id": "safe-house"}, {**PLACES[1], "id": "hidden", "sensitivity": 1}),
    )
    told.save_protected(tmp_path / "out.geojson")
    before = (tmp_path / "j.published.json").read_bytes()
    for each in (told.protect(), told, told.protect()):
        each.save_protected(tmp_path / "again.geojson")
    assert (tmp_path / "j.published.json").read_bytes() == before


def test_nor_where_the_form_comes_first(tmp_path: Path) -> None:
    told = held(
        tmp_path,
        journey({**PLACES[0], "id": "safe-house"}, {**PLACES[1], "id": "hidden", "sensitivity": 1}),
    )
    for each in (told.protect(), told, told.protect()):
        each.save_protected(tmp_path / "again.geojson")


def test_of_two_places_with_new_ids_the_finer_one_is_still_stopped(tmp_path: Path) -> None:
    publish(tmp_path, journey(*({**each, "sensitivity": 1} for each in PLACES)))
    with pytest.raises(FinerError, match='waypoint "x8"'):
        publish(
            tmp_path,
            journey({**PLACES[0], "id": "x8"}, {**PLACES[1], "id": "x9", "sensitivity": 1}),
        )


def test_journeys_with_like_ids_through_the_same_countries_do_not_stop_each_other(
    tmp_path: Path,
) -> None:
    def through(*codes: str) -> list[dict[str, object]]:
        return [
            {"footprints": (f"country:{code}",), "precision": Precision.COUNTRY} for code in codes
        ]

    publish(tmp_path, journey(*through("CN", "VN"), {**PLACES[0], "sensitivity": 1}))
    publish(tmp_path, replace(journey(*through("MM", "TH"), PLACES[1]), id="other"))


def test_an_id_that_is_given_to_another_place_does_not_forget_the_first(tmp_path: Path) -> None:
    publish(tmp_path, with_sensitivity(2))
    publish(tmp_path, journey({"label": (95.0, 25.0)}, PLACES[1]))
    with pytest.raises(
        FinerError, match=r'waypoint "w2".*"w0", which may be the same place, was published'
    ):
        publish(
            tmp_path, journey({"label": (95.0, 25.0)}, PLACES[1], {**PLACES[0], "sensitivity": 3})
        )


def test_a_place_that_is_published_coarser_is_written_down_once(tmp_path: Path) -> None:
    publish(tmp_path, with_sensitivity(4))
    publish(tmp_path, with_sensitivity(1))
    places = json.loads((tmp_path / "j.published.json").read_text())["places"]
    assert sorted((each["id"], each["cell_deg"]) for each in places) == [
        ("w0", "360"),
        ("w1", "0.1"),
    ]


def test_a_journey_with_a_register_of_its_own_is_held_to_the_one_of_its_old_id_as_well(
    tmp_path: Path,
) -> None:
    third = {"label": (104.8, 15.2)}
    publish(tmp_path, journey(*PLACES, third))
    publish(tmp_path, replace(journey(*PLACES), id="other"))
    with pytest.raises(FinerError, match='waypoint "w2"'):
        publish(tmp_path, replace(journey(*PLACES, {**third, "sensitivity": 4}), id="other"))


def test_a_form_with_new_ids_is_known_where_it_takes_an_id_of_the_journey_for_another_place(
    tmp_path: Path,
) -> None:
    told = held(
        tmp_path,
        journey({**PLACES[0], "id": "w2"}, {**PLACES[1], "id": "safe-house", "sensitivity": 3}),
    )
    told.save_protected(tmp_path / "out.geojson")
    form = told.protect()
    assert [each.id for each in form.data.waypoints] == ["w1", "w2"]
    for each in (form, told, form):
        each.save_protected(tmp_path / "again.geojson")


def test_a_withheld_place_is_not_taken_for_another_withheld_one(tmp_path: Path) -> None:
    publish(tmp_path, journey({"withheld": True}, PLACES[1]))
    publish(tmp_path, journey({"withheld": True, "id": "x9"}, PLACES[1]))
    with pytest.raises(FinerError, match='waypoint "x9"'):
        publish(tmp_path, with_sensitivity(2, id="x9"))


def test_a_place_as_held_is_known_again_by_more_decimals_than_the_register_has(
    tmp_path: Path,
) -> None:
    exact = {"label": (102.633123456789, 17.975712345678), "sensitivity": 0}
    publish(tmp_path, journey(exact, PLACES[1]))
    publish(tmp_path, journey({**exact, "sensitivity": 2}, PLACES[1]))
    assert len(json.loads((tmp_path / "j.published.json").read_text())["places"]) == 2


@pytest.mark.parametrize("day", ["2026", "2026-11", str(TODAY + timedelta(2)), "2099-01-05"])
def test_a_reason_is_of_a_day_that_has_come(tmp_path: Path, day: str) -> None:
    publish(tmp_path, with_sensitivity(2))
    with pytest.raises(
        FinerError, match='"sensitivity_lowered" in the file, with a reason and a day from'
    ):
        publish(tmp_path, with_sensitivity(3, lowered=replace(REASON, date=day)), finer=True)


def test_most_places_without_coordinates_do_not_hide_a_journey_under_a_new_id(
    tmp_path: Path,
) -> None:
    bare = [{"label": (102.6 + step, 18.0), "sensitivity": 1} for step in (0.0, 0.3, 0.6)]
    publish(tmp_path, journey(*bare, PLACES[1]))
    with pytest.raises(FinerError, match='waypoint "w0"'):
        publish(
            tmp_path,
            replace(journey(*({**each, "sensitivity": 0} for each in bare), PLACES[1]), id="other"),
        )


@pytest.mark.parametrize("sensitivity", [1, 2])
def test_a_new_stop_in_the_same_cell_does_not_free_a_place_with_a_new_id(
    tmp_path: Path, sensitivity: int
) -> None:
    publish(tmp_path, journey({**PLACES[0], "sensitivity": sensitivity}, PLACES[1]))
    decoy = {"label": (102.6102, 17.9421), "sensitivity": sensitivity, "id": "decoy"}
    with pytest.raises(FinerError, match='waypoint "x9"'):
        publish(tmp_path, journey({**PLACES[0], "id": "x9", "sensitivity": 0}, PLACES[1], decoy))


def test_a_place_at_a_border_or_river_is_known_under_a_new_id(tmp_path: Path) -> None:
    ford = {"footprints": ("border:LA-VN",), "precision": Precision.NAMED_FEATURE, "sensitivity": 1}
    publish(tmp_path, journey(ford, PLACES[1]))
    with pytest.raises(
        FinerError, match='"w0", which may be the same place, was published without coordinates, as'
    ):
        publish(
            tmp_path,
            journey({"label": (104.6331, 18.9757), "sensitivity": 0, "id": "ford"}, PLACES[1]),
        )


def test_fewer_countries_and_a_line_on_the_map_are_finer_than_several(tmp_path: Path) -> None:
    def told(*footprints: str) -> Journey:
        return journey(
            {"footprints": footprints, "precision": Precision.REGION, "sensitivity": 1}, PLACES[1]
        )

    publish(tmp_path, told("country:LA", "country:TH"))
    for finer in (("country:LA",), ("river:mekong-lao-thai",)):
        with pytest.raises(
            FinerError, match='waypoint "w0": would be published without coordinates, as'
        ):
            publish(tmp_path, told(*finer))


def test_two_journeys_of_one_template_that_begin_alike_do_not_stop_each_other(
    tmp_path: Path,
) -> None:
    publish(tmp_path, journey(*PLACES))
    publish(
        tmp_path,
        replace(journey(PLACES[0], {"label": (105.8412, 21.0277), "sensitivity": 3}), id="other"),
    )


def test_a_coarser_publication_under_a_new_id_is_the_last_one(tmp_path: Path) -> None:
    publish(tmp_path, with_sensitivity(3))
    publish(tmp_path, replace(with_sensitivity(2), id="other"))
    with pytest.raises(FinerError, match='waypoint "w0"'):
        publish(tmp_path, replace(with_sensitivity(3), id="other"))


@on_posix
def test_a_journey_opened_by_another_way_has_the_same_register(tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "link.geojson").symlink_to(tmp_path / "way.geojson")
    publish(tmp_path, with_sensitivity(1))
    with pytest.raises(FinerError, match="without coordinates"):
        er.Journey(with_sensitivity(0), folder / "link.geojson").save_protected(
            folder / "out.geojson"
        )


@pytest.mark.parametrize(
    "text",
    [
        '{"places": []}',
        '{"places": {}}',
        '{"places": ""}',
        '{"places": [1], "places": []}',
        "[]",
        '{"places": [[]]}',
    ],
)
def test_a_register_without_places_is_not_taken_for_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "j.published.json").write_text(text)
    with pytest.raises(EscapeRouteError, match="not a register"):
        publish(tmp_path, with_sensitivity(2))


@on_posix
def test_a_register_that_is_gone_or_is_no_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "j.published.json").symlink_to(tmp_path / "lost.json")
    with pytest.raises(EscapeRouteError, match="not a register"):
        publish(tmp_path, with_sensitivity(2))
    os.mkfifo(tmp_path / "lost.json")
    with pytest.raises(EscapeRouteError, match="it is no file"):
        publish(tmp_path, with_sensitivity(2))


def bare(place_id: str, *footprints: str) -> dict[str, object]:
    return {
        "id": place_id,
        "footprints": footprints,
        "precision": Precision.COUNTRY,
        "sensitivity": 1,
    }


A, B, C = (
    {"label": label} for label in ((102.6331, 17.9757), (103.2004, 18.4123), (104.71, 17.39))
)
RENUMBERED = {
    "a country put in between": (
        [B | {"id": "w1"}, bare("w2", "country:LA", "country:TH"), C | {"id": "w3"}],
        [
            B | {"id": "w1"},
            bare("w2", "country:KR"),
            bare("w3", "country:LA", "country:TH"),
            C | {"id": "w4"},
        ],
    ),
    "a fine stop put in between": (
        [A | {"id": "w1"}, B | {"id": "w2"}, C | {"id": "w3"}],
        [
            A | {"id": "w1"},
            {"id": "w2", "label": (101.1, 19.1), "sensitivity": 4},
            B | {"id": "w3"},
            C | {"id": "w4"},
        ],
    ),
    "a stop left out": (
        [A | {"id": "w1"}, B | {"id": "w2", "sensitivity": 1}, C | {"id": "w3", "sensitivity": 4}],
        [A | {"id": "w1"}, C | {"id": "w2", "sensitivity": 4}],
    ),
    "a river told as a country": (
        [bare("w1", "river:mekong-lao-thai"), B | {"id": "w2"}],
        [bare("w1", "country:LA"), B | {"id": "w2"}],
    ),
    "a country put right": (
        [bare("w1", "country:LA", "country:TH"), B | {"id": "w2"}],
        [bare("w1", "country:VN"), B | {"id": "w2"}],
    ),
}


@pytest.mark.parametrize("case", RENUMBERED)
def test_stops_with_new_numbers_and_countries_put_right_stop_nothing(
    tmp_path: Path, case: str
) -> None:
    before, after = RENUMBERED[case]
    publish(tmp_path, journey(*before))
    publish(tmp_path, journey(*after))


@pytest.mark.parametrize("told", [A | {"id": "safe-house"}, bare("guesthouse", "country:LA")])
def test_a_form_whose_new_ids_are_those_of_other_places_is_known_in_turns(
    tmp_path: Path, told: dict[str, object]
) -> None:
    way = held(tmp_path, journey(told, B | {"id": "w1", "sensitivity": 1}))
    for each in (way, way.protect(), way, way.protect()):
        each.save_protected(tmp_path / "again.geojson")


def test_an_old_id_does_not_bring_an_older_finer_publication_back(tmp_path: Path) -> None:
    fine = A | {"sensitivity": 4}
    publish(tmp_path, journey(fine | {"id": "a"}, B))
    publish(tmp_path, journey(A | {"id": "b", "sensitivity": 2}, B))
    with pytest.raises(FinerError, match='waypoint "c"'):
        publish(tmp_path, journey(fine | {"id": "c"}, B))


def test_a_damaged_register_of_another_id_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "j.published.json").write_text("{}")
    with pytest.raises(EscapeRouteError, match=r"j\.published\.json: not a register"):
        publish(tmp_path, replace(with_sensitivity(3), id="other"))


def test_a_new_id_does_not_help_a_place_without_coordinates(tmp_path: Path) -> None:
    publish(tmp_path, with_sensitivity(1))
    with pytest.raises(FinerError, match='waypoint "x9"'):
        publish(tmp_path, with_sensitivity(4, id="x9"))


def test_nor_a_place_that_was_drawn(tmp_path: Path) -> None:
    publish(tmp_path, journey({"geometry": shapely.box(102.5, 17.5, 103.0, 18.0)}, PLACES[1]))
    with pytest.raises(FinerError, match='waypoint "x9"'):
        publish(tmp_path, with_sensitivity(4, id="x9"))


def test_a_place_that_was_a_footprint_or_withheld_is_not_shown_finer_unnoticed(
    tmp_path: Path,
) -> None:
    publish(
        tmp_path,
        journey(
            {"footprints": ("country:LA",), "precision": Precision.COUNTRY}, {"withheld": True}
        ),
    )
    with pytest.raises(
        FinerError, match=r'"w0".*without coordinates.*\n.*"w1".*without coordinates'
    ):
        publish(tmp_path, with_sensitivity(2))


def test_a_file_that_is_coarse_already_is_written_down_as_well(tmp_path: Path) -> None:
    coarse = {
        "label": (102.65, 17.95),
        "uncertainty_m": 9000.0,
        "data_generalizations": "0.1 degree",
    }
    publish(tmp_path, journey(coarse, PLACES[1]))
    with pytest.raises(FinerError, match='waypoint "w0"'):
        publish(tmp_path, with_sensitivity(4))


def test_a_journey_in_another_format_is_the_same_journey(tmp_path: Path) -> None:
    publish(tmp_path, with_sensitivity(2))
    with pytest.raises(FinerError, match=r"way\.xlsx: waypoint"):
        er.Journey(with_sensitivity(0), tmp_path / "way.xlsx").save_protected(
            tmp_path / "out.geojson"
        )


def test_a_stop_put_in_between_with_new_numbers_stops_nothing(tmp_path: Path) -> None:
    told = (
        {"label": (100.5, 13.7)},
        {"label": (102.6331, 17.9757), "sensitivity": 3},
        {"label": (104.8, 15.2)},
    )
    publish(tmp_path, journey(*told))
    publish(tmp_path, journey(told[0], {"label": (101.0, 15.0)}, told[1], told[2]))


def test_the_register_is_never_written_over(tmp_path: Path) -> None:
    publish(tmp_path, with_sensitivity(2))
    target = register_file.path_of(tmp_path / "way.geojson", "j")
    with pytest.raises(OutputError, match="the journey's own file"):
        held(tmp_path, with_sensitivity(2)).save_protected(target)


def test_a_what_if_is_not_the_journey(tmp_path: Path) -> None:
    publish(tmp_path, with_sensitivity(2))
    before = register_file.path_of(tmp_path / "way.geojson", "j").read_bytes()
    what_if = held(tmp_path, with_sensitivity(2)).with_place("w0", at=(100.0, 15.0), within_km=5)
    what_if.save_protected(tmp_path / "what-if.geojson")
    assert register_file.path_of(tmp_path / "way.geojson", "j").read_bytes() == before


def test_a_shipped_journey_has_no_register() -> None:
    journey_file = er.read_journey("ro-family").path
    assert journey_file is not None
    assert not register_file.path_of(journey_file, "ro-family").exists()


def test_what_can_be_done_is_said_once_and_not_for_each_place(tmp_path: Path) -> None:
    stops = [{"label": (102.6 + step / 4, 17.9 + step / 4)} for step in range(12)]
    publish(tmp_path, journey(*stops))
    with pytest.raises(FinerError) as stopped:
        publish(tmp_path, journey(*({**stop, "sensitivity": 4} for stop in stops)))
    *places, advice = str(stopped.value).split("\n")
    assert len(places) == 12
    assert all(
        f'waypoint "w{n}": would be published in a cell of 0.001' in line
        for n, line in enumerate(places)
    )
    assert all("sensitivity_lowered" not in line for line in places)
    assert (
        "to look at it yourself, add --preview to map, figure or report: that publishes nothing. If nothing"
        in advice
    )
    assert (
        "If nothing of it was shown to anyone yet, remove j.published.json and go on. Else tell a place"
        in advice
    )


def test_what_it_says_of_what_nobody_was_shown_can_be_done(tmp_path: Path) -> None:
    publish(tmp_path, with_sensitivity(2))
    with pytest.raises(FinerError) as stopped:
        publish(tmp_path, with_sensitivity(3, id="x9"))
    for name in re.findall(r"[\w.]+\.published\.json", str(stopped.value)):
        (tmp_path / name).unlink()
    publish(tmp_path, with_sensitivity(3, id="x9"))
