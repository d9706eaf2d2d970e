# ruff: noqa: SLF001  folium keeps its children to itself
from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from shapely.geometry import GeometryCollection, LineString, Point, box

import payloads
from escape_route.geography import base
from escape_route.protection.leaks import find, secrets_of_all
from escape_route.protection.leaks.codes import polyline_points
from escape_route.publish.page import assembly, layers, notebook, page
from escape_route.publish.page.backdrop import (
    AREA,
    LINE,
    Relief,
    backdrop,
    only,
    simple_parts,
    window_around,
)
from escape_route.publish.page.page import compact

if TYPE_CHECKING:
    import folium


IN_LEAFLET = {
    "leafletjs.com",
    "www.w3.org",
    "bugs.chromium.org",
    "bugzilla.mozilla.org",
}  # its comments


class Reader(HTMLParser):
    """What a browser finds: elements, the text of scripts and styles, and the text that is read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.code: dict[str, list[str]] = {"script": [], "style": [], "data": []}
        self.words = ""
        self._inside: str | None = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self._inside = "data" if dict(attrs).get("type") else tag
            self.code[self._inside].append("")

    def handle_endtag(self, tag):
        self._inside = None if tag in ("script", "style") else self._inside

    def handle_data(self, data):
        if self._inside:
            self.code[self._inside][-1] += data
        else:
            self.words += data


@pytest.mark.parametrize(
    ("decimals", "first"),
    [(5, [128.04567, 42.01234]), (3, [128.046, 42.012]), (2, [128.06, 42.01])],
)
def test_positions_are_read_back_as_they_were_and_the_leak_check_reads_them_too(decimals, first):
    """Whatever has few decimals takes little room: each way stands behind the number of them."""
    line = [first, [128.1, 42.1], [-0.5, -89.5], [180.0, 0.0]]
    _, other = compact("var c = [[1.0,2.0],[1.5,2.0],[1.0,2.5],[3.0,2.0]]")
    fine = "[[1.1234567,2.0],[1.0,2.0],[1.0,2.0],[1.0,2.0]]"
    script, ways = compact(f"var a = L.polyline(\n  {json.dumps(line)}); var b = {fine}")
    assert script == f"var a = L.polyline(\nway(0)); var b = {fine}"
    assert ways[0] == str(decimals)
    read = [
        [first / 10**decimals, second / 10**decimals]
        for _, first, second in polyline_points(ways[1:])
    ]
    assert read == line
    held = {"geometry": {"coordinates": line[0]}}
    secrets = secrets_of_all([held], [{"geometry": {"coordinates": [129.05, 43.05]}}])
    for lines in (ways, f"{other}\n{ways}", f"{ways}\n{other}"):
        html = f'<html><script type="text/plain" id="ways">{lines}</script></html>'
        assert [
            "encoded polyline" in str(each) for each in find(html.encode(), "page.html", secrets)
        ] == [True]


@pytest.fixture(scope="module")
def small() -> str:
    return page.render(payloads.payload(), payloads.shapes())


def children(story: folium.Map) -> list[str]:
    return [child._name for child in story._children.values()]


def test_two_renders_are_equal_byte_for_byte(small):
    assert page.render(payloads.payload(), payloads.shapes()) == small


def test_folium_draws_all_that_has_no_words():
    story = layers.draw(payloads.payload(), payloads.shapes())
    places, legs = (
        story._children["feature_group_places_0"],
        story._children["feature_group_legs_0"],
    )
    assert {"GeoJson", "FeatureGroup", "LayerControl", "Pane"} <= set(children(story))
    assert list(places._children) == ["geo_json_place_0_1", "geo_json_place_0_2"]
    chain = story._children["feature_group_chain_0"]
    assert [list(each._children) for each in (legs, chain)] == [
        ["poly_line_leg_0_0"],
        ["poly_line_leg_0_1"],
    ]
    assert not chain.show
    assert story.control_scale


def test_the_relief_is_a_folium_image():
    shapes = payloads.shapes()
    relief = Relief("data:image/webp;base64,AAAA", (95, 10, 110, 25))
    story = layers.draw(
        payloads.payload(), layers.Shapes(replace(shapes.backdrop, relief=relief), {})
    )
    assert story._children["image_overlay_relief"].bounds == [[10, 95], [25, 110]]


def test_a_disc_is_as_large_as_it_was_told():
    drawn = (
        layers.draw(payloads.payload(), payloads.shapes())
        ._children["feature_group_places_0"]
        ._children["geo_json_place_0_1"]
    )
    ring = drawn.data["features"][0]["geometry"]["geometries"][0]["coordinates"][0]
    north = max(lat for _, lat in ring)
    assert (north - 17.0) * 111.195 == pytest.approx(30, rel=0.01)


def test_no_word_of_the_journey_goes_through_folium():
    hostile = payloads.everywhere(payloads.payload(), "OUTSIDE")
    story = layers.draw(hostile, payloads.shapes())
    figure = story.get_root()
    assert "OUTSIDE" not in figure.render()


@pytest.mark.parametrize("text", payloads.HOSTILE)
def test_hostile_text_is_only_ever_text(text, small):
    hostile = payloads.everywhere(payloads.payload(), text)
    found = Reader(page.render(hostile, payloads.shapes()))
    assert text in found.words
    assert [tag for tag, _ in found.elements] == [tag for tag, _ in Reader(small).elements]
    assert not any(name.startswith("on") for _, attributes in found.elements for name in attributes)


def test_an_address_that_is_not_one_of_the_web_is_no_link():
    source = {
        "id": "A",
        "number": 1,
        "title": "A",
        "url": "javascript:alert(1)",
        "language": None,
        "note": None,
    }
    html = page.render(payloads.payload(payloads.journey(sources=[source])), payloads.shapes())
    assert not [
        at
        for tag, at in Reader(html).elements
        if tag == "a" and "javascript" in str(at.get("href"))
    ]


def test_the_policy_allows_exactly_the_scripts_and_styles_of_the_page(small):
    found = Reader(small)
    policy = next(
        at["content"]
        for tag, at in found.elements
        if at.get("http-equiv") == "Content-Security-Policy"
    )
    for kind in ("script", "style"):
        allowed = re.findall(r"'(sha256-[^']+)'", re.search(rf"{kind}-src ([^;]+)", policy)[1])
        sums = [
            base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            for text in found.code[kind]
        ]
        assert allowed == [f"sha256-{each}" for each in sums]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_the_policy_stands_before_everything_that_it_rules(small):
    assert [tag for tag, _ in Reader(small).elements][:4] == ["html", "head", "meta", "meta"]


def test_the_page_names_no_address_but_its_sources(small):
    without_data = re.sub(
        r"<script type=\"application/json\".*?</script>", "", small, flags=re.DOTALL
    )
    hosts = set(re.findall(r"https?://([^/\"'\s]+)", without_data))
    assert hosts <= {"example.org", *IN_LEAFLET}
    assert not re.search(r"url\((?!data:|#)", small)
    assert not re.search(r"<(script|img|iframe|link)[^>]+(src|href)=(?!\"data:)", small)


def test_no_element_carries_a_style_that_the_policy_would_refuse(small):
    assert not [at for _, at in Reader(small).elements if "style" in at]


def test_without_scripts_the_page_says_all_that_the_map_says(small):
    words = Reader(small).words
    for said in (
        "A small journey",
        "They came to Disc.",
        "north-east",
        "150",
        "about 900\u00a0km",
        "It needs more way.",
        "A book",
    ):
        assert said in words


def test_every_word_that_the_scripts_and_templates_ask_for_is_there():
    asked = set()
    for folder, pattern in (
        ("js", r"say\(\s*\"(\w+)\""),
        (".", r"(?:word|plain|labelled\w*)\(\"(\w+)\"[,)]"),
    ):
        for file in (
            assembly.files("escape_route") / "publish" / "page" / "web" / folder
        ).iterdir():
            if file.name.endswith((".js", ".html")):
                asked |= set(re.findall(pattern, file.read_text(encoding="utf-8")))
    assert asked - set(assembly.words()) == set()


def test_no_word_of_the_interface_speaks_of_one_journey():
    said = " ".join(
        text for texts in assembly.words().values() for text in texts.values()
    ).casefold()
    assert "film" not in said
    assert "영화" not in said


def test_a_line_that_only_touches_the_frame_leaves_nothing_to_pin():
    cut = LineString([(0, 2), (1, 1), (2, 2)]).intersection(box(0, 0, 2, 1))
    mixed = GeometryCollection(
        [cut, GeometryCollection([LineString([(0, 0), (1, 0)]), box(0, 0, 1, 1)])]
    )
    assert cut.geom_type == "Point"
    assert [part.geom_type for part in simple_parts(only(mixed, LINE))] == ["LineString"]
    assert [part.geom_type for part in simple_parts(only(mixed, AREA))] == ["Polygon"]


@pytest.mark.parametrize("bounds", [(23, 32, 70, 42), (95, 8, 135, 45), (-10, -5, 40, 20)])
def test_borders_and_rivers_are_lines_and_land_is_area_wherever_the_frame_cuts(bounds):
    behind = backdrop(bounds, Path(__file__).parents[1] / "geo" / "base")
    assert {part.geom_type for part in simple_parts(behind.borders)} == {"LineString"}
    assert {part.geom_type for part in simple_parts(behind.rivers)} == {"LineString"}
    assert {part.geom_type for part in simple_parts(behind.land)} == {"Polygon"}


def test_leaflet_is_refused_where_it_is_not_the_one_that_was_checked(monkeypatch):
    monkeypatch.setitem(assembly.LEAFLET_SHA256, "leaflet.js", "other")
    with pytest.raises(RuntimeError, match=r"not the one of Leaflet 1\.9\.4"):
        assembly.leaflet_js()


def test_a_notebook_map_needs_nothing_from_outside_and_carries_names_as_data():
    story = notebook.explore_map(
        payloads.everywhere(payloads.payload(), "{{7*7}}"), payloads.shapes()
    )
    html = story.get_root().render()
    assert not re.search(r"<(script|link)[^>]+(src|href)=", html)
    assert "{{7*7}}" in html
    assert "49</" not in html


def test_a_withheld_place_is_not_drawn():
    hidden = payloads.journey()
    hidden["waypoints"][2]["withheld"] = True
    places = layers.draw(payloads.payload(hidden), payloads.shapes())._children[
        "feature_group_places_0"
    ]
    assert "geo_json_place_0_2" not in places._children


STAFFORDSHIRE = {"ref": "region:GB-STS", "name": {"en": "Staffordshire"}}


@pytest.mark.parametrize(
    ("bbox", "footprints", "said"),
    [
        ([101, 17, 103, 19], [], "On the map: its whole area, and no point in it."),
        (
            [101, 17, 103, 19],
            [STAFFORDSHIRE],
            "On the map: all of Staffordshire, and no point in it.",
        ),
        (
            [102, 18, 102, 18],
            [],
            "On the map: a name alone, for the place was told too vaguely to draw.",
        ),
        (None, [], "On the map: a name alone, for the place was told too vaguely to draw."),
    ],
)
def test_the_caption_says_what_is_drawn_and_of_a_region_which(bbox, footprints, said):
    drawn = payloads.journey()
    drawn["waypoints"][2] |= {
        "bbox": bbox,
        "footprints": footprints,
        "label": None,
        "pin": False,
        "uncertainty_km": None,
    }
    assert said in Reader(page.render(payloads.payload(drawn), payloads.shapes())).words


def test_the_window_keeps_a_least_size_and_stays_on_the_map():
    assert window_around((103, 18, 103, 18)) == (96, 12, 110, 24)
    assert window_around((-179, -80, 179, 85)) == (-180, -78, 180, 78)


@pytest.fixture(scope="module")
def korea():
    return backdrop((125, 36, 130, 40), Path(__file__).parents[1] / "geo" / "base")


def test_the_relief_fades_out_before_its_edge_shows(korea):
    content = base64.b64decode(korea.relief.data_uri.partition(",")[2])
    picture = np.asarray(Image.open(io.BytesIO(content)).convert("RGBA"))
    alpha = picture[..., 3]
    assert max(alpha[0].max(), alpha[-1].max(), alpha[:, 0].max(), alpha[:, -1].max()) == 0
    assert alpha.max() == 255


def test_the_relief_has_no_colour_and_leaves_plains_as_they_are(korea):
    content = base64.b64decode(korea.relief.data_uri.partition(",")[2])
    picture = np.asarray(Image.open(io.BytesIO(content)).convert("RGBA")).astype(int)
    assert abs(picture[..., 0] - picture[..., 2]).max() <= 4
    assert np.median(picture[..., 0]) == pytest.approx(128, abs=4)


def test_land_is_fine_in_the_window_and_there_in_the_rest_of_the_world(korea):
    assert korea.land.contains(Point(127.5, 37.5))
    assert korea.land.intersects(Point(-55, -10).buffer(1))
    assert not korea.land.intersects(Point(131.5, 38.2).buffer(0.2))


def test_a_near_map_has_the_coast_of_the_finest_base(korea):
    finest = base.land_in(korea.window)
    amiss = (korea.land & box(*korea.window)).symmetric_difference(finest).area / finest.area
    assert amiss < 0.02


def test_beside_the_window_the_coast_is_no_other_one(korea):
    west, south, _, north = korea.window
    beside = box(west - 3, south, west, north)
    truly = base.land_in(beside.bounds)
    assert (korea.land & beside).symmetric_difference(truly).area / truly.area < 0.012


def test_a_river_that_is_the_border_is_drawn_once(korea):
    assert (korea.rivers & korea.borders.buffer(0.05)).length < 1


def test_a_tall_journey_has_a_window_as_wide_as_the_map_around_it():
    west, south, east, north = window_around((124, 33, 131, 43))
    assert (east - west) * np.cos(np.radians(38)) >= north - south


def test_a_backdrop_is_the_same_every_time(korea):
    again = backdrop((125, 36, 130, 40), Path(__file__).parents[1] / "geo" / "base")
    assert again.relief == korea.relief
    assert again.land.equals(korea.land)


def test_no_two_of_the_page_s_scripts_give_one_name_to_two_things() -> None:
    """They are one scope in the page: the later one would silently stand for the earlier."""
    names = Counter(
        name
        for script in Path(assembly.__file__).with_name("web").joinpath("js").glob("*.js")
        for name in re.findall(
            r"(?m)^(?:async )?(?:function\*?|const|let|class) (\w+)", script.read_text("utf-8")
        )
    )
    assert names
    assert [name for name, count in names.items() if count > 1] == []
