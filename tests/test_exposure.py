"""What is left of a place when all that is published is put together: measured, told, and a reason to stop."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import escape_route as er
from beside import SHIPPED
from escape_route.cli import main
from escape_route.distance.priors import PRIORS
from escape_route.errors import LeakError
from escape_route.formats import geojson
from escape_route.geography.geodesic import distances_m, geodesic_m
from escape_route.model.journey import Lowered, Scope
from escape_route.model.modes import Mode
from escape_route.model.units import Quantity
from escape_route.model.vocabulary import Flight, Precision
from escape_route.protection import stand_ins
from escape_route.protection.exposure import exposures
from escape_route.protection.protect import protect
from escape_route.protection.sensitivity import CELLS
from making import by, claim, journey

if TYPE_CHECKING:
    from pathlib import Path

    from escape_route.model.journey import Claim, Journey

WEST, HIDDEN, EAST = (102.05, 18.05), (102.6431, 17.9571), (103.25, 18.45)
KNOWN = {"sensitivity": 0, "sources": ("S1",)}
CROW = {"note": {"en": "As the crow flies."}}


def stated(value: float, start: int, end: int, **more: Any) -> Claim:
    return claim(value, id=f"c-{start}", scope=Scope(f"w{start}", f"w{end}", Flight.NO), **more)


def held(*claims: Claim, when: tuple[Any, Any, Any] = (None, None, None), **more: Any) -> Journey:
    told = (
        {"label": WEST, **KNOWN},
        {"label": HIDDEN, "sources": ("S1",), **by(Mode.ROAD), **more},
        {"label": EAST, **KNOWN},
    )
    dated = [{**each, "when": date} for each, date in zip(told, when, strict=True)]
    return journey(*dated, claims=claims)


def left(told: Journey) -> float:
    (found,) = exposures(told, protect(told))
    return found.share


WEST_KM, EAST_KM = (round(geodesic_m(HIDDEN, each) / 1000) for each in (WEST, EAST))


def test_a_place_of_which_nothing_is_told_keeps_its_cell() -> None:
    assert left(held()) == 1.0


def test_one_straight_claim_leaves_a_ring_and_two_a_point() -> None:
    assert 0.05 < left(held(stated(WEST_KM, 0, 1, **CROW))) < 0.2
    assert left(held(stated(WEST_KM, 0, 1, **CROW), stated(EAST_KM, 1, 2, **CROW))) < 0.03


@pytest.mark.parametrize(
    "words", ["Luftlinie", "à vol d'oiseau", "직선거리", "直線距離", "по прямой", "en línea recta"]
)
def test_straight_lines_are_known_in_other_languages(words: str) -> None:
    assert left(held(stated(WEST_KM, 0, 1, note={"en": words}))) < 0.2


def test_a_round_number_is_read_to_two_digits() -> None:
    """Who takes 60 for 59.5 to 60.5 km is mostly right, though it may stand for 57 to 63."""
    assert left(held(stated(60, 0, 1, **CROW))) == pytest.approx(
        left(held(stated(61, 0, 1, **CROW))), abs=0.05
    )


def test_a_way_by_road_winds_and_leaves_more() -> None:
    assert left(held(stated(round(1.3 * WEST_KM), 0, 1))) == 1.0


def test_a_short_way_leaves_less_than_a_long_one() -> None:
    near = {**KNOWN, "label": (102.66, 17.95)}
    told = journey(near, {"label": HIDDEN, **by(Mode.FOOT)}, claims=(stated(3, 0, 1),))
    assert left(told) < 0.25


def test_a_winding_way_is_asked_of_at_every_length_of_the_cell() -> None:
    """Drawn straight from the nearest to the farthest corner, a ring left 24 % where 28 % were counted."""
    known, place = (
        {"label": (82.39, 23.16), **KNOWN},
        {"label": (82.13317, 23.2209), **by(Mode.ROAD_POOR)},
    )
    apart_km = geodesic_m(known["label"], place["label"]) / 1000
    stated_km = float(
        f"{apart_km * PRIORS[Mode.ROAD_POOR].at(apart_km)[2]:.2g}"
    )  # as winding as ways are
    told = journey(known, place, claims=(claim(stated_km, scope=Scope("w0", "w1", Flight.NO)),))
    (one,) = exposures(told, protect(told))
    away_m = distances_m(
        *(np.full(len(one.points), value) for value in known["label"]), *one.points.T
    )
    alone = [PRIORS[Mode.ROAD_POOR].at(each / 1000) for each in away_m.tolist()]
    honest = [
        each * high >= (stated_km - 0.5) * 1000 and each * low <= (stated_km + 0.5) * 1000
        for each, (_, low, high) in zip(away_m, alone, strict=True)
    ]
    assert 0 < sum(honest) < len(honest)
    assert one.left.sum() == pytest.approx(sum(honest), rel=0.02)


def test_hours_on_foot_are_kilometres() -> None:
    near = {**KNOWN, "label": (102.66, 17.95)}
    walked = claim(
        30, id="c-0", quantity=Quantity.DURATION, unit="min", scope=Scope("w0", "w1", Flight.NO)
    )
    told = journey(
        near, {"label": HIDDEN, **by(Mode.FOOT)}, claims=(replace(walked, unit="h", value=0.5),)
    )
    assert left(told) < 0.25


def test_a_number_that_agrees_with_no_place_of_the_cell_rules_nothing_out() -> None:
    assert left(held(stated(12_000, 0, 2))) == 1.0


def test_a_claim_that_says_what_nobody_can_measure_rules_nothing_out() -> None:
    far = {"footprints": ("country:CN",), **KNOWN}
    told = journey(
        far,
        {"label": HIDDEN},
        {**KNOWN, "label": EAST},
        claims=(stated(500, 0, 1), stated(3000, 0, 2)),
    )
    assert left(told) == 1.0


def test_sensitivity_1_is_held_against_twenty_boxes() -> None:
    near = held(stated(WEST_KM, 0, 1, **CROW), sensitivity=1)
    assert left(near) < 0.1
    assert left(held(sensitivity=1)) == 1.0


def test_a_cell_that_is_sea_is_told_as_the_one_beside_it() -> None:
    malta = journey({"label": (14.51, 35.907)})
    assert left(malta) > 0.5
    cells = stand_ins.told_as_one((14.51, 35.907), CELLS[2])
    assert (14.55, 35.95) in cells[1:]
    other = journey({"label": (cells[0][0] + 0.01, cells[0][1] + 0.01)})
    assert protect(malta).journey == protect(other).journey


def on_a_river(**more: Any) -> dict[str, Any]:
    """A place that is told as the Tumen alone."""
    return {
        "label": None,
        "footprints": ("river:tumen",),
        "precision": Precision.NAMED_FEATURE,
        **more,
    }


def test_a_river_is_promised_as_much_of_it_as_a_cell_is_wide() -> None:
    """A claim as the crow flies left two kilometres of it, two a bend; a border cut to a third country a point."""
    known = {"label": (129.5, 42.9), **KNOWN}
    crow = claim(30.0, scope=Scope("w0", "w1", Flight.NO), **CROW)
    alone = journey(known, on_a_river())
    assert not exposures(alone, protect(alone))  # nothing takes any of it
    assert left(journey(known, on_a_river(), claims=(crow,))) < 0.25
    by_road = replace(crow, value=60.0, note=None)
    assert left(journey(known, on_a_river(**by(Mode.ROAD)), claims=(by_road,))) == 1.0
    assert left(journey(known, on_a_river(within=("country:RU",)))) == 1.0  # 17 km of it
    point = {"footprints": ("border:AF-CN",), "within": ("country:TJ",)}
    for sensitivity in (1, 2):
        assert (
            left(
                journey({"label": (75, 37), **KNOWN}, on_a_river(**point, sensitivity=sensitivity))
            )
            < 0.02
        )


@pytest.mark.parametrize("footprint", ["border:IT-VA", "country:MC"])
@pytest.mark.parametrize("sensitivity", [1, 2])
def test_a_border_or_a_country_of_less_than_a_quarter_of_a_cell_is_not_published(
    footprint: str, sensitivity: int
) -> None:
    """The border of the Vatican has 200 m on the map, Monaco a fifth of a cell: finer than what is promised."""
    told = journey(
        {"label": (12.0, 42.4), **KNOWN},
        on_a_river(footprints=(footprint,), sensitivity=sensitivity),
    )
    assert left(told) < 0.25


def test_a_lake_is_promised_a_cell_of_it() -> None:
    known, lake = {"label": (36.0, 4.0), **KNOWN}, on_a_river(footprints=("lake:turkana",))
    others = ({"label": (37.2, 4.0), **KNOWN},)
    rings = (
        claim(40.0, id="c-0", scope=Scope("w0", "w1", Flight.NO), **CROW),
        claim(128.0, id="c-1", scope=Scope("w1", "w2", Flight.NO), **CROW),
    )
    assert left(journey(known, lake, *others, claims=rings)) < 0.25


def test_a_house_is_not_published_as_a_cell_and_the_river_that_it_stands_at() -> None:
    """The strip of both was a fiftieth of the cell. A name's point, which is nobody's place, stays."""
    house = {"label": (129.84, 42.97), "footprints": ("river:tumen",)}
    (shown,) = protect(journey({**house, "precision": Precision.EXACT})).journey.waypoints
    assert (shown.label, shown.footprints, shown.precision) == (
        None,
        ("river:tumen",),
        Precision.NAMED_FEATURE,
    )
    (kept,) = protect(journey({**house, "precision": Precision.NAMED_FEATURE})).journey.waypoints
    assert kept.label == (129.85, 42.95)


ATOLL, SHORE = (
    (173.5, 1.87),
    (-2.69352, 56.48776),
)  # of Kiribati; of Scotland, in a cell that is sea on the map


@pytest.mark.parametrize("place", [ATOLL, SHORE])
def test_a_town_that_the_map_has_at_sea_is_named_by_a_better_map(
    place: tuple[float, float],
) -> None:
    assert left(journey({"label": place}, {"label": WEST, **KNOWN, **by(Mode.ROAD)})) == 0.0
    assert left(journey({"label": place})) == 1.0  # how one came is not told
    assert (
        left(journey({"label": place}, {"label": WEST, **KNOWN, **by(Mode.SEA)})) == 1.0
    )  # it may lie at sea
    assert (
        left(journey({"label": place, "sensitivity": 3})) == 1.0
    )  # an islet may fill a cell of a kilometre


@pytest.mark.parametrize(
    ("when", "share", "taken_by"),
    [
        (("2019-12-05", "2019-12-06", "2019-12-09"), 5 / 31, ["w0", "w2"]),
        (("2019-11", "2019-12-06", "2020-01"), 1.0, []),
        ((None, "2019-12-06", None), 1.0, []),
        (("2019-12-01", "2019-12", "2019-12-20"), 20 / 31, ["w2"]),
    ],
)
def test_days_that_the_order_leaves_and_whose_dates_take_the_rest(
    when: tuple[Any, Any, Any], share: float, taken_by: list[str]
) -> None:
    told = held(when=when)
    (found,) = exposures(told, protect(told))
    assert found.days == pytest.approx(share, abs=0.02)
    assert list(found.by) == [f'the date of waypoint "{each}"' for each in taken_by]


def test_the_turn_of_a_month_tells_no_days() -> None:
    days = ("2019-11-29", "2019-12-01", "2019-12-02")
    dated = tuple(
        replace(each, sensitivity=2, when=day)
        for each, day in zip(held().waypoints, days, strict=True)
    )
    told = replace(held(), waypoints=dated)
    form = protect(told)
    assert {each.when for each in form.journey.waypoints} == {"2019-11/2019-12"}
    assert [each.days for each in exposures(told, form)] == [1.0] * 3


@pytest.mark.parametrize("name", SHIPPED)
def test_enough_is_left_of_a_shipped_journey(name: str) -> None:
    told = er.read_journey(name).data
    assert not any(each.is_too_little for each in exposures(told, protect(told)))


def test_nothing_is_promised_of_what_is_published_as_held() -> None:
    told = journey({"label": WEST, **KNOWN}, {"label": EAST, **KNOWN})
    assert exposures(told, protect(told)) == []


def written(told: Journey, folder: Path) -> Path:
    (folder / "x.geojson").write_bytes(geojson.to_bytes(told))
    return folder / "x.geojson"


EXPOSED = held(stated(WEST_KM, 0, 1, **CROW))


def test_it_is_not_published_and_the_holder_is_told_why(tmp_path: Path) -> None:
    with pytest.raises(LeakError, match=r'waypoint "w1": \d+% of its cell left .*\(claim "c-0"\)'):
        er.read_journey(written(EXPOSED, tmp_path)).save_protected(tmp_path / "out.geojson")
    assert not (tmp_path / "out.geojson").exists()


def test_a_reason_and_the_option_let_it_pass_and_the_reason_is_not_published(
    tmp_path: Path,
) -> None:
    told = held(stated(WEST_KM, 0, 1, **CROW), lowered=Lowered("the bridge is gone", "2026-01-02"))
    file = written(told, tmp_path)
    with pytest.raises(LeakError, match="--finer"):
        er.read_journey(file).save_protected(tmp_path / "out.geojson")
    er.read_journey(file).save_protected(tmp_path / "out.geojson", finer=True)
    assert b"the bridge is gone" not in (tmp_path / "out.geojson").read_bytes()


@pytest.mark.filterwarnings("default")
def test_a_preview_is_no_publication_and_says_what_would_stop_one(
    tmp_path: Path, capsys: Any
) -> None:
    assert (
        main.main(
            ["map", str(written(EXPOSED, tmp_path)), "--preview", "--no-open", "--draws", "20"]
        )
        == 0
    )
    said = capsys.readouterr().err
    assert "a preview alone; for a publication: " in said
    assert 'waypoint w1 "W1": ' in said


@pytest.mark.parametrize("ending", ["html", "png"])
def test_the_command_prints_a_table_and_a_map_and_writes_both(
    ending: str, tmp_path: Path, capsys: Any
) -> None:
    target = tmp_path / f"left.{ending}"
    assert main.main(["exposure", str(written(EXPOSED, tmp_path)), "-o", str(target)]) == 0
    said = capsys.readouterr().out
    assert "Of what is held: not for passing on." in said
    assert 'waypoint w1 "W1": ' in said
    assert "▓" in said
    assert "X" in said
    assert b"not for passing on" in target.read_bytes()
    assert not list(tmp_path.glob("*.published.json"))


def test_the_command_speaks_to_programs_and_says_where_nothing_is_promised(
    tmp_path: Path, capsys: Any
) -> None:
    assert main.main(["exposure", str(written(EXPOSED, tmp_path)), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["as_held"]
    assert shown["places"][0]["waypoint"] == "w1"
    assert main.main(["exposure", "lee-son"]) == 0
    assert "No place is held back" in capsys.readouterr().out
    assert main.main(["exposure", "lee-son", "-o", str(tmp_path / "x.gif")]) == 2


def test_protect_says_what_is_left_of_each_place(tmp_path: Path, capsys: Any) -> None:
    file = written(held(stated(90, 0, 1)), tmp_path)
    assert main.main(["protect", str(file), "-o", str(tmp_path / "y.geojson")]) == 0
    assert "left when all that is published is put together" in capsys.readouterr().out
