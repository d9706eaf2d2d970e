"""A journey on a map that somebody has already, countries by their names, and names of once."""

from __future__ import annotations

import json
import re

import folium
import pytest

import escape_route as er
from escape_route.errors import UsageError
from escape_route.formats.tables import csv as csv_tables
from escape_route.geography import base
from escape_route.language.catalogues import Words
from test_accounts import interview

HOSTILE = "</script><script>alert(1)</script> {{7*7}} ${alert(2)} `x`"


def drawn(name: str) -> str:
    told = er.journey(
        "A way",
        er.waypoint(name, at=(17.0, 51.1), within_km=25, sensitivity=0),
        er.waypoint("Somewhere in Czechia", footprint="CZ", by="road"),
        er.waypoint("Hamburg", at=(10.0, 53.55), by="rail", sensitivity=0),
        source="a letter",
    )
    mine = folium.Map([50, 15], tiles=None)
    assert told.add_to(mine) is mine
    return str(mine.get_root().render())


def test_names_reach_ones_own_map_as_data_alone() -> None:
    html = drawn(HOSTILE)
    assert "alert(1)</script>" not in html
    assert "49" not in re.findall(r"\{\{7\*7\}\}|49 \$", html)
    (told,) = re.findall(r"\)\(map_\w+, (\{.*?\})\);\n", html)
    places = json.loads(told)["places"]
    assert [each["name"] for each in places] == [
        f"1 {HOSTILE}",
        "2 Somewhere in Czechia",
        "3 Hamburg",
    ]
    assert (places[0]["radius_m"], places[0]["shape"]) == (25_000, None)
    assert places[1]["shape"]["type"] in {"Polygon", "MultiPolygon"}
    assert places[2]["label"] == [53.55, 10.0]


def test_ones_own_map_gets_the_publishable_form() -> None:
    told = er.journey("A way", er.waypoint("A house", at=(17.03917, 51.10789)), source="a letter")
    mine = folium.Map([50, 15], tiles=None)
    told.add_to(mine)
    html = mine.get_root().render()
    assert "A house" in html
    assert "17.039" not in html


def told_to(name: str) -> dict[str, list[dict[str, object]]]:
    mine = folium.Map([30, 112], tiles=None)
    er.read_journey(name).add_to(mine)
    (told,) = re.findall(r"\)\(map_\w+, (\{.*?\})\);\n", mine.get_root().render())
    return json.loads(told)  # type: ignore[no-any-return]


def test_no_line_runs_through_label_points_on_ones_own_map() -> None:
    told = told_to("ro-family")
    assert told["lines"] == []
    river, disc, country = (told["places"][n] for n in (1, 2, 3))
    assert (river["shape"], river["said"]) == (None, "somewhere along this river or border")
    assert (disc["radius_m"], disc["said"]) == (75_000, "somewhere within 75 km")
    assert (country["band"], country["said"]) == (None, "somewhere in this country")


def test_a_way_between_points_is_drawn_dashed_by_its_mode() -> None:
    told = er.journey(
        "A way",
        er.waypoint("Vienna", at=(16.37, 48.21), sensitivity=0),
        er.waypoint("Graz", at=(15.44, 47.07), by="road", sensitivity=0),
        source="a letter",
    )
    mine = folium.Map([50, 15], tiles=None)
    told.add_to(mine)
    assert re.search(r'"lines":\[\{"dashes":"[\d ]+","line":', mine.get_root().render())


def test_a_notebooks_map_says_what_its_arrows_are_and_shows_no_line_that_nobody_went() -> None:
    drawn = er.read_journey("ro-family").explore()
    html = drawn.get_root().render()
    for kind in ("near", "line", "area", "order", "over"):
        assert Words("en").word(f"page.legend_{kind}") in html
    shown = drawn._children  # noqa: SLF001  # folium has no other way
    lines = {name: each.show for name, each in shown.items() if "feature_group" in name}
    assert {name for name, is_shown in lines.items() if not is_shown} == {
        "feature_group_chain_0",
        "feature_group_shortest_0",
    }


def test_only_a_map_can_be_added_to() -> None:
    told = er.journey("A way", er.waypoint("Vienna", at=(16.4, 48.2)), source="a letter")
    mine = folium.Map([50, 15], tiles=None)
    group = folium.FeatureGroup().add_to(mine)
    told.add_to(group)  # type: ignore[type-var]
    with pytest.raises(
        UsageError, match=r"\Aadd_to: a folium map, not a part of one \(folium\.Map\(\)\)\Z"
    ):
        mine.get_root().render()


def test_a_map_of_a_notebook_that_is_not_trusted_says_so_in_words() -> None:
    html = er.read_journey("lee-son").explore()._repr_html_()  # as Jupyter asks
    left = re.sub(r"<iframe.*?</iframe>", "", html, flags=re.DOTALL)
    assert re.sub(r"<[^>]*>", "", left) == (
        "The map shows in a trusted notebook: File &gt; Trust Notebook, or run the cell anew."
    )


@pytest.mark.parametrize("within", ["country:TM", "TM", "Turkmenistan", ["Turkmenistan"]])
def test_within_takes_what_footprint_takes(within: str | list[str]) -> None:
    place = er.waypoint("Somewhere by the sea", at=(54.0, 40.0), within_km=100, within=within)
    assert place.properties["within"] == ["country:TM"]


@pytest.mark.parametrize(
    ("name", "code"),
    [("Persia", "IR"), ("Siam", "TH"), ("Burma", "MM"), ("Ceylon", "LK"), ("Formosa", "TW")],
)
def test_a_name_of_once_leads_to_the_country_of_today(name: str, code: str) -> None:
    assert base.countries_named(name) == (f"country:{code}",)
    assert base.once_called(name).startswith(f"{name} is taken as ")
    text = interview().replace("precision,role", "footprint,precision,role")
    text = text.replace("Vienna,48.2,16.4,", f"Vienna,,,{name},").replace("14.3,city", "14.3,,city")
    loaded = csv_tables.read(text.encode(), "way.csv")
    assert loaded.journey.waypoints[0].footprints == (f"country:{code}",)
    assert [each for each in loaded.warnings if base.once_called(name) in each]


def test_what_is_no_map_is_refused_in_words() -> None:
    with pytest.raises(
        UsageError, match=r"\Aadd_to: a folium map, not a str \(folium\.Map\(\)\)\Z"
    ):
        er.read_journey("lee-son").add_to("here")  # type: ignore[type-var]
