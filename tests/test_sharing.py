"""Addresses, citations, themes and headlines of pages."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from shapely.geometry import LineString, MultiPolygon, Point

import payloads
from beside import PROJECT
from escape_route.cli import main
from escape_route.distance import bounds
from escape_route.errors import UsageError
from escape_route.geography import base
from escape_route.language.view import ReportView
from escape_route.model.vocabulary import Outcome
from escape_route.publish.page import headline, orientation, page, sharing
from making import checked, journey, shipped

if TYPE_CHECKING:
    from pathlib import Path

GOOD = 'accent = "#005689"\npaper = "#ffffff"\nink = "#121212"\n'


def refusal(tmp_path: Path, text: str, **files: bytes) -> str:
    """What is said of a theme that is refused."""
    for name, content in files.items():
        (tmp_path / name.replace("_", ".")).write_bytes(content)
    (tmp_path / "theme.toml").write_text(text)
    with pytest.raises(UsageError) as refused:
        sharing.theme_of(tmp_path / "theme.toml")
    return str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org/a.html",
        "ftp://example.org/a",
        "https://",
        "https://example.org/",
        "https://e.org/a b",
        "https://me:secret@e.org/a",
    ],
)
def test_what_is_no_address_of_a_page_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match=r"^--url: .*not the address of a page"):
        sharing.address_of(url)


def test_with_an_address_a_page_names_it_and_its_picture() -> None:
    html = page.render(
        payloads.payload(),
        payloads.shapes(),
        None,
        sharing.address_of("https://example.org/a.html"),
    )
    found = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', html))
    assert found["url"] == "https://example.org/a.html"
    assert found["image"] == "https://example.org/a.png"
    assert found["title"] == "A small journey"
    assert "og:" not in page.render(payloads.payload(), payloads.shapes())


def test_citations_name_the_page_and_its_program() -> None:
    found = sharing.citations(payloads.payload(), sharing.address_of("https://example.org/a.html"))
    assert found["APA"].startswith("Two people: A small journey [Interactive map]. (n.d.).")
    in_german = sharing.citations(payloads.payload(languages=["de"]), None)
    assert in_german["APA"].startswith(
        "Two people: A small journey [Interaktive Karte]. (o. J.). Erstellt mit "
    )
    assert found["BibTeX"].startswith("@misc{small,")
    assert found["embed"].startswith(
        '<iframe src="https://example.org/a.html#embed" title="Two people: A small journey"'
    )
    assert all("https://example.org/a.html" in text for text in found.values())
    guide = (PROJECT / "docs" / "how-to" / "newsroom.md").read_text("utf-8")
    _, of_page = found["embed"].split(" title=", 1)
    _, of_guide = guide.split("<iframe", 1)[1].split(" title=", 1)
    assert of_page.split(" loading", 1)[1] == of_guide.split(" loading", 1)[1].split("\n```", 1)[0]


def test_a_theme_dresses_the_page_within_its_policy(tmp_path: Path) -> None:
    (tmp_path / "theme.toml").write_text(GOOD + 'font = "Georgia, serif"\n')
    css = sharing.theme_of(tmp_path / "theme.toml").css
    assert "--blue: #005689;" in css
    html = page.render(
        payloads.payload(), payloads.shapes(), None, None, sharing.theme_of(tmp_path / "theme.toml")
    )
    assert css in html
    assert "unsafe" not in html.partition("</head>")[0].partition("<style>")[0]


@pytest.mark.parametrize(
    ("grey", "is_read"),
    [("#767676", True), ("#777777", False)],
    ids=["4.54 to 1 is read", "4.48 to 1 is refused"],
)
def test_contrast_is_asked_for_to_the_edge(tmp_path: Path, grey: str, is_read: bool) -> None:  # noqa: FBT001
    (tmp_path / "theme.toml").write_text(GOOD.replace("#005689", grey))
    if is_read:
        assert sharing.theme_of(tmp_path / "theme.toml").css
    else:
        assert "accent: its contrast with paper is 4.5 (4.5 at the least" in refusal(
            tmp_path, GOOD.replace("#005689", grey)
        )


def test_all_that_is_wrong_with_a_theme_is_said_at_once(tmp_path: Path) -> None:
    said = refusal(
        tmp_path, 'accent = "blue"\nink = "#eeeeee"\npaper = "#ffffff"\nfont = "a;b}"\nshadow = 1\n'
    )
    assert [
        re.sub(r"^--theme: \S+ ", "", line).partition(":")[0] for line in said.splitlines()
    ] == [
        "shadow",
        "accent",
        "font",
    ]


@pytest.mark.parametrize(
    "svg",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg"><foreignObject/></svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg"><rect fill="url(https://example.org/x)"/></svg>',
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>',
        b"not a picture",
    ],
)
def test_a_logo_that_does_more_than_be_seen_is_refused(tmp_path: Path, svg: bytes) -> None:
    assert "logo: " in refusal(tmp_path, GOOD + 'logo = "logo.svg"\n', logo_svg=svg)


def test_a_logo_is_in_the_page(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(
        b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>'
    )
    (tmp_path / "theme.toml").write_text(GOOD + 'logo = "logo.svg"\n')
    logo = sharing.theme_of(tmp_path / "theme.toml").logo or ""
    assert b"<path" in base64.b64decode(logo.partition(",")[2])


def test_a_theme_that_cannot_be_read_ends_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "none.toml"
    assert (
        main.main(["map", "lee-son", "-o", str(tmp_path / "a.html"), "--theme", str(missing)]) == 2
    )
    assert (
        capsys.readouterr().err
        == f"escape-route: --theme: {missing}: No such file or directory (the name of a file in TOML)\n"
    )
    assert not (tmp_path / "a.html").exists()


def test_south_korea_is_at_most_505_km_from_the_border() -> None:
    """As computed for this project beforehand: 237 to 505 km from any point of the border."""
    found = bounds.farthest_m(shipped("ro-family"))
    assert found is not None
    assert found / 1000 == pytest.approx(505, abs=2)


@pytest.mark.parametrize(
    ("last", "most_km"),
    [
        ({"label": (2.0, 50.0)}, 222.4),  # two degrees
        ({"label": (2.0, 50.0), "uncertainty_m": 33_000.0}, 255.4),  # anywhere within 33 km
        ({"footprints": ("country:FR",)}, 0.0),  # who enters it is there
        ({"footprints": ("country:BE",)}, 269.4),
        ({"footprints": ("country:BE", "country:GB")}, 330.3),  # one of them
    ],
)
def test_the_last_place_is_as_far_as_it_may_be_unless_its_name_alone_was_told(
    last: dict, most_km: float
) -> None:
    found = bounds.farthest_m(journey({"label": (2.0, 48.0)}, last))
    assert found is not None
    assert found / 1000 == pytest.approx(most_km, abs=3)


def headed(**more: object) -> object:
    report = checked("ro-family")
    changed = replace(report, journey=replace(report.journey, **more))
    return headline.of(changed, ReportView.of(changed), ("en", "ko"))


def test_a_headline_has_its_number_computed() -> None:
    assert (
        headed()["en"] == "South Korea was at most 505\u00a0km from home. They went via Thailand."
    )  # type: ignore[index]


def test_without_its_own_one_is_offered_where_the_way_is_three_times_the_gap() -> None:
    assert headed(headline=None)["en"] == (  # type: ignore[index]
        "South Korea was at most 505\u00a0km away. The way that was told takes 3,390\u00a0km at the least."
    )


def test_nothing_is_offered_where_the_weighed_part_begins_elsewhere_than_the_gap() -> None:
    report = checked("ro-family")
    changed = replace(report, journey=replace(report.journey, headline=None))
    view = ReportView.of(changed)
    elsewhere = replace(view, scopes=tuple(each for each in view.scopes if each.start != "ro-0"))
    assert headline.of(changed, elsewhere, ("en",)) is None


@pytest.mark.parametrize("more", [{"care": {"en": "Care."}}, {"outcome": Outcome.TURNED_BACK}])
def test_nothing_is_offered_where_words_of_care_come_first_or_nobody_arrived(
    more: dict[str, object],
) -> None:
    assert headed(headline=None, **more) is None


@pytest.mark.parametrize("times", [2.9, 3.1])
def test_nothing_is_offered_below_three_times(
    times: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(headline.bounds, "farthest_m", lambda _: 3_390_000 / times)
    assert (headed(headline=None) is not None) == (times > 3)


def test_a_standfirst_has_45_words_at_most_and_whole_sentences() -> None:
    long = {"en": f"{'one two three four five ' * 7}six. {'seven ' * 20}eight. Nine."}
    assert headline.standfirst(long)["en"].endswith("six.")
    for name in ("ro-family", "lee-so-yeon", "lee-son"):
        assert len(headline.standfirst(shipped(name).summary)["en"].split()) <= 45


def test_cities_lie_as_far_apart_as_is_said() -> None:
    found = orientation.as_far_as(3390)
    assert found is not None
    assert abs(found.length_km - 3390) <= 0.03 * 3390
    assert orientation.as_far_as(1) is None


def test_no_capital_is_named_where_somebody_was_told_to_be() -> None:
    codes = {
        each.code
        for each in orientation.names([shipped("lee-son")], ("en",))
        if each.kind == "capital"
    }
    assert not {"CN", "KP"} & codes
    assert "MN" in codes


def test_every_told_river_is_named_on_its_course_and_no_other() -> None:
    named = [
        each
        for each in orientation.names([shipped("lee-so-yeon")], ("en", "ko"))
        if each.kind == "river"
    ]
    assert {each.code: each.name["ko"] for each in named} == {
        "river:tumen": "두만강",
        "river:yalu": "압록강",
    }
    assert all(base.geometry_of(each.code).distance(Point(each.at)) < 0.02 for each in named)


def test_a_river_of_a_withheld_place_is_not_named() -> None:
    journey = shipped("lee-so-yeon")
    hidden = replace(
        journey, waypoints=tuple(replace(each, withheld=True) for each in journey.waypoints)
    )
    assert [each for each in orientation.names([hidden], ("en",)) if each.kind == "river"] == []


def test_a_stretch_of_a_river_has_the_names_of_the_whole() -> None:
    (name,) = {
        each.name["fr"]
        for each in orientation.names([shipped("ro-family")], ("en", "fr"))
        if "mekong" in each.code
    }
    assert name == "Mékong"


def test_the_name_of_a_large_country_hangs_where_the_story_is() -> None:
    son = page.payload([checked("lee-son")]).journeys[0]
    lon, lat = son.waypoints[1].hang or (0, 0)
    assert lon > 98
    yalu = base.geometry_of("river:yalu")
    assert 1 < yalu.distance(Point(lon, lat)) < 10
    assert base.geometry_of("country:CN").contains(Point(lon, lat))


def test_the_name_of_a_line_does_not_hang_at_its_bend() -> None:
    bent = LineString([(0, 0), (5, 1), (6, 6)])
    waypoint = replace(shipped("lee-so-yeon").waypoints[0], label=None)
    hang = Point(orientation.hang_of(waypoint, bent))
    assert bent.distance(hang) < 0.01
    assert hang.distance(Point(5, 1)) > 0.2


def test_a_place_that_may_be_in_several_has_its_number_on_each() -> None:
    waypoint = replace(shipped("lee-so-yeon").waypoints[0], footprints=())
    either = MultiPolygon([Point(18.5, 54.5).buffer(0.1), Point(19.9, 54.6).buffer(0.1)])
    told = replace(waypoint, geometry=either)
    assert orientation.again(told, (18.5, 54.5)) == ((19.9, 54.6),)
    assert orientation.again(replace(told, withheld=True), (18.5, 54.5)) == ()
    assert orientation.again(replace(told, geometry=either.geoms[0]), (18.5, 54.5)) == ()
    countries = replace(waypoint, geometry=None, footprints=("country:LA", "country:KH"))
    ((lon, lat),) = orientation.again(countries, (102.6, 18.0))
    assert base.geometry_of("country:KH").contains(Point(lon, lat))
    assert (
        orientation.again(replace(countries, footprints=("country:ID",)), (113.0, 0.0)) == ()
    )  # its islands are one
