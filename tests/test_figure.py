"""The figure: every size in both languages as it was looked at, the same at every run, readable by all."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import time
import unicodedata
import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from PIL import Image
from pypdf import PdfReader

import documents
import escape_route as er
from beside import whole
from escape_route.cli.main import main
from escape_route.cli.shared import FIGURE_SIZES
from escape_route.distance.settings import Settings
from escape_route.errors import UsageError
from escape_route.language.phrases import Phrases
from escape_route.language.view import view_published
from escape_route.model.journey import Correction
from escape_route.model.modes import Mode
from escape_route.publish import figure
from escape_route.publish.figure import (
    blocks,
    caption,
    ground,
    labels,
    neighbours,
    pen,
    scene,
    sheet,
    signs,
)
from escape_route.publish.figure import type as type_
from escape_route.publish.figure.legible import legible, legible_journey, unwritable
from escape_route.publish.figure.output import Kind, settings
from escape_route.publish.figure.projection import filled, suiting
from escape_route.publish.figure.sizes import SIZES as STYLES
from escape_route.publish.figure.sizes import SizeName
from escape_route.publish.figure.type import balanced, missing, width_pt, without_orphan, wrapped
from figures import DPI, assert_golden, drawn, picture, written
from making import by, checked, journey, reported

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.text import Text

    from escape_route.model.journey import Journey

SIZES = ("column", "page", "slide", "card")
SVG = "{http://www.w3.org/2000/svg}"
RO = "ro-family"
FEW = Settings(draws=200)
BY_THE_EXTRA = {
    "Chinese": "\u5317\u4eac",
    "Japanese": "\u3068\u3046\u304d\u3087\u3046",
    "Arabic": "\u0628\u063a\u062f\u0627\u062f",
    "Persian": "\u062a\u0647\u0631\u0627\u0646",
    "Devanagari": "\u0926\u093f\u0932\u094d\u0932\u0940",
    "Hebrew": "\u05d9\u05e8\u05d5\u05e9\u05dc\u05d9\u05dd",
}
FOREIGN = {
    "Tamil": "\u0b9a\u0bc6\u0ba9\u0bcd\u0ba9\u0bc8",
    "Burmese": "\u101b\u1014\u103a\u1000\u102f\u1014\u103a",
    "Khmer": "\u1797\u17d2\u1793\u17c6",
    "Amharic": "\u12a0\u12f2\u1235",
}


@cache
def rendered(name: str, kind: Kind, **wanted: str) -> bytes:
    return figure.render(
        checked(name), kind, figure.options(**{"size": "page", "language": "en"} | wanted)
    )


def texts(name: str, size: str, language: str) -> list[Text]:
    found = [text for axes in drawn(name, size, language).axes for text in axes.texts]
    return [text for text in found if text.get_text().strip()]


@pytest.mark.parametrize("language", whole(["en", "ko"], "en"))
@pytest.mark.parametrize("size", whole(SIZES, "page", "card"))
def test_it_looks_as_it_did_when_it_was_looked_at(size: str, language: str) -> None:
    assert_golden(picture(RO, size, language), f"ro-family-{size}-{language}")


@pytest.mark.parametrize("name", ["lee-so-yeon", "lee-son"])
def test_journeys_without_a_distance_look_so_too(name: str) -> None:
    assert_golden(picture(name, "page", "en"), f"{name}-page-en")


def test_dark_looks_so_too() -> None:
    assert_golden(picture(RO, "slide", "en", dark=True), "ro-family-slide-dark")


@pytest.mark.parametrize("kind", list(Kind))
def test_the_same_bytes_at_every_run(kind: Kind) -> None:
    assert rendered("lee-son", kind) == rendered.__wrapped__("lee-son", kind)


@pytest.mark.parametrize("size", whole(["page", "column", "card", "slide"], "page", "card"))
def test_a_verdict_follows_the_part_of_the_way_that_it_is_of(size: str) -> None:
    said = [text.get_text() for text in texts(RO, size, "en")]
    part, verdict = said.index("to Thailand"), said.index("unexplained")
    assert verdict == part + 1
    assert said[verdict + 1].startswith(": longer")


def test_a_card_has_the_size_that_other_programs_expect_and_says_both_readings_of_a_number() -> (
    None
):
    assert Image.open(io.BytesIO(rendered("lee-son", Kind.PNG, size="card"))).size == (1200, 630)
    said = [text.get_text() for text in texts(RO, "card", "en")]
    assert {"unexplained", "fits", "3 more distances were stated."} <= set(said)
    assert said[1].startswith("South Korea was at most")


def test_a_card_in_a_language_that_the_headline_lacks_has_its_numbers_too() -> None:
    view = figure.view_of(checked(RO), figure.options(size="card", language="fr").look())
    assert view.headline is not None
    assert not [text for text in view.headline.values() if "{" in text]


def test_the_scale_says_of_a_number_what_else_it_fits() -> None:
    said = [text.get_text() for text in texts(RO, "page", "en")]
    assert "fits from the border river" in said


@pytest.mark.parametrize("room", [40.0, 60.0, 90.0, 400.0])
def test_a_first_line_begins_farther_in_and_no_word_is_lost(room: float) -> None:
    style = STYLES[SizeName.PAGE].label
    lines = type_.indented("to Thailand: longer than the 4,200 km that fit", style, room, 30.0)
    assert " ".join(lines).split() == [
        "to",
        "Thailand:",
        "longer",
        "than",
        "the",
        "4,200",
        "km",
        "that",
        "fit",
    ]
    assert width_pt(lines[0], style) <= room - 30.0


@pytest.mark.parametrize("aspect", whole([0.72, 0.98, 1.35, 1.75], 0.72, 1.75))
@pytest.mark.parametrize("north", [0.0, 15.0, 35.0, 50.0, 60.0, 66.0])
def test_no_map_ends_at_a_pole(north: float, aspect: float) -> None:
    way = journey(
        *(
            {"label": (lon, north + lat)}
            for lon, lat in ((130.0, 5.0), (-158.0, -14.0), (-122.0, 0.0))
        )
    )
    shown = scene.scene(way, view_published(reported(way)).legs, aspect)
    assert shown is not None
    assert shown.projection.horizon_deg is not None or filled(shown.projection, shown.window)


def test_a_picture_of_these_tests_is_what_is_rendered() -> None:
    options = figure.options(size="page", language="en", dpi=DPI["page"])
    assert picture("lee-son", "page", "en") == figure.render(checked("lee-son"), Kind.PNG, options)


@pytest.mark.parametrize("language", whole(["en", "ko"], "ko"))
@pytest.mark.parametrize("size", whole(SIZES, "page", "card"))
def test_no_text_lies_on_another_and_none_is_cut_off(size: str, language: str) -> None:
    paper = drawn(RO, size, language)
    paper.set_dpi(144)
    with settings():
        boxes = [(text.get_text(), text.get_window_extent()) for text in texts(RO, size, language)]
    for one, box in boxes:
        assert box.x0 >= 0, one
        assert box.y0 >= 0, one
        assert box.x1 <= paper.bbox.width, one
        assert box.y1 <= paper.bbox.height, one
    for (one, box), (other, another) in combinations(boxes, 2):
        wide = min(box.x1, another.x1) - max(box.x0, another.x0)
        high = min(box.y1, another.y1) - max(box.y0, another.y0)
        assert wide < 1 or high < 0.2 * min(box.height, another.height), (
            f"{one!r} lies on {other!r}"
        )


def test_svg_says_what_it_shows_to_those_who_cannot_see_it() -> None:
    root = ET.fromstring(written(RO, "page", "ko", Kind.SVG))  # noqa: S314  # our own bytes
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "ko"
    assert (
        root.findtext(f"{SVG}title") == "다섯 식구, 네 개의 국경, 그리고 어디에도 설명이 없는 숫자"
    )
    assert "태국까지: 가장 짧아도 3,390km, 개연성 있는 거리 4,200~7,000km" in (
        root.findtext(f"{SVG}desc") or ""
    )


def test_pdf_holds_its_fonts_and_its_korean_text() -> None:
    pages = PdfReader(io.BytesIO(written(RO, "page", "ko", Kind.PDF))).pages
    fonts = [
        font.get_object()["/DescendantFonts"][0].get_object()
        for font in pages[0]["/Resources"]["/Font"].values()
    ]
    assert fonts
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)
    assert "얼마나 먼 길이었나?" in pages[0].extract_text()


def test_pdf_has_title_and_language() -> None:
    reader = PdfReader(io.BytesIO(rendered("lee-son", Kind.PDF)))
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "The journey that was cut short"


def test_png_carries_its_words_and_no_name_of_a_program() -> None:
    told = Image.open(io.BytesIO(picture(RO, "slide", "ko"))).info
    assert told["Title"].startswith("다섯 식구")
    assert "Chosun Ilbo" in told["Description"]
    assert "Software" not in told


def test_no_clock_and_no_path_stands_in_any() -> None:
    for kind in Kind:
        content = rendered("lee-son", kind)
        assert not re.search(rb"20[2-9]\d-\d\d-\d\d|/home|/work|/tmp", content)


def test_totals_are_rounded_as_on_the_page() -> None:
    said = " ".join(text.get_text() for text in texts(RO, "page", "en"))
    assert "impossible below 3,390 km" in said
    assert "fits 4,200–7,000 km" in said
    assert "about 4,000 km that nobody has told of" in said


def test_it_names_its_projection() -> None:
    said = " ".join(text.get_text() for text in texts(RO, "page", "en"))
    assert "Lambert azimuthal equal-area projection centred on 26° N, 116° E" in said


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"x\.jpg: a figure is written as \.svg, \.png, \.pdf\Z"):
        er.read_journey("lee-son").save_figure(tmp_path / "x.jpg")
    assert not list(tmp_path.iterdir())


def test_another_size_is_refused() -> None:
    with pytest.raises(UsageError, match=r"size: poster is not one of column, page, slide, card\Z"):
        figure.options(size="poster", language="en")


def test_a_withheld_place_is_in_nothing() -> None:
    hidden = {"label": (102.123, 18.456), "withheld": True, "name": {"en": "Secretville"}}
    told = journey({"label": (100.5, 13.75)}, hidden, {"label": (105.8, 21.0)})
    report = reported(told, FEW)
    for kind in (Kind.SVG, Kind.PNG):
        assert b"Secretville" not in figure.render(
            report, kind, figure.options(size="column", language="en", dpi=40)
        )


NFD = unicodedata.normalize("NFD", "평양")


def made(told: Journey, size: str = "column") -> list[str]:
    """Texts of the figure of a journey."""
    with settings():
        view = view_published(legible(reported(told, FEW)))
        paper = sheet.draw(view, figure.options(size=size, language="en").look())
    return [text.get_text() for axes in paper.axes for text in axes.texts]


def test_names_without_room_are_told_below_the_map() -> None:
    crowd = (
        {"label": (100 + 0.05 * n, 15 + 0.07 * (n % 5)), "name": {"en": f"Faraway-{n}-hill"}}
        for n in range(50)
    )
    said = made(journey(*crowd))
    below = re.search(r"No room for a name on the map: (.*?)\.", " ".join(said))
    assert below is not None
    left = [each.partition(" ")[0] for each in below[1].split("; ")]
    assert left
    assert all(number in said for number in left)
    assert {f"Faraway-{n}-hill" for n in range(50) if str(n + 1) not in left} == {
        text for text in said if re.fullmatch(r"Faraway-\d+-hill", text)
    }


def test_parts_that_the_ledger_has_no_room_for_are_counted() -> None:
    said = " ".join(text.get_text() for text in texts(RO, "slide", "en"))
    assert "2 more parts of the journey were weighed; they had no room here." in said
    assert "To South Korea" not in said
    assert "had no room" not in " ".join(text.get_text() for text in texts(RO, "page", "en"))


def test_a_name_that_the_fonts_lack_gives_way_to_the_english_or_romanised_one() -> None:
    told = [
        {"zz": name, beside: f"{script}ville"}
        for beside in ("en", "zz-Latn")
        for script, name in FOREIGN.items()
    ]
    walk = journey(*({"label": (100.0 + n, 15.0), "name": name} for n, name in enumerate(told)))
    said = made(walk, "slide")
    assert {script: said.count(f"{script}ville") for script in FOREIGN} == dict.fromkeys(FOREIGN, 2)
    assert not missing("".join(said))
    assert unwritable(walk) == []


def test_a_name_with_nothing_beside_it_is_no_boxes_and_is_warned_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lost = [documents.waypoint(n, name={"zz": name}) for n, name in enumerate(FOREIGN.values())]
    path = tmp_path / "a.geojson"
    path.write_bytes(documents.content(documents.journey(*lost)))
    command = [
        "figure",
        str(path),
        "--size",
        "column",
        "--draws",
        "20",
        "-o",
        str(tmp_path / "a.png"),
        "--dpi",
        "20",
    ]
    assert main(command) == 0
    names = ", ".join(f"{n} {name}" for n, name in enumerate(FOREIGN.values(), start=1))
    advice = (
        '(python -m pip install "escape-route[fonts]", or give an English or romanised name beside '
        "it) [warning]"
    )
    assert capsys.readouterr().err == f"no font of the figures writes {names} {advice}\n"
    assert not missing("".join(made(er.read_journey(path).data)))


LOST = "\u1681\u1682"  # Ogham, which no font of ours writes


@pytest.mark.parametrize("name", [f"{LOST} 2015", f"Karl {LOST}", f"({LOST}) 7", f"A{LOST}"])
def test_a_text_that_would_lose_letters_is_not_drawn_as_if_it_were_whole(name) -> None:
    held = journey(
        {"label": (100.0, 15.0), "name": {"en": name}},
        {"label": (101.0, 15.0), "name": {"en": "Bern"}},
    )
    walk = replace(
        held, title={"en": name}, subject={"en": name}, summary={"en": f"She said {name} twice."}
    )
    found = legible_journey(walk)
    assert found.title == {"en": walk.id}
    assert [each.name for each in found.waypoints] == [{"en": "#1"}, {"en": "Bern"}]
    assert "…" in found.summary["en"]
    assert unwritable(walk) == [f"title {name}", f"subject {name}", f"1 {name}"]


def test_a_sign_that_is_no_letter_is_left_out() -> None:
    held = journey({"label": (100.0, 15.0), "name": {"en": "Bern \U0001f5fa"}})
    assert legible_journey(held).waypoints[0].name == {"en": "Bern"}
    assert unwritable(held) == []


def test_the_extra_brings_five_further_scripts() -> None:
    walk = journey(
        *(
            {"label": (100.0 + n, 15.0), "name": {"zz": name}}
            for n, name in enumerate(BY_THE_EXTRA.values())
        )
    )
    said = [
        text.lstrip("\u200e\u200f") for text in made(walk, "slide")
    ]  # a mark says which way each runs
    assert [name for name in BY_THE_EXTRA.values() if name not in said] == []
    assert unwritable(walk) == []


def test_a_language_whose_script_no_font_has_is_told_of_and_not_drawn(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = frozenset(
        code for path in type_.font_files() for code in type_.get_font(str(path)).get_charmap()
    )
    monkeypatch.setattr(type_, "_codes", lambda: ours)
    target = tmp_path / "a.svg"
    command = [
        "figure",
        "lee-son",
        "--size",
        "column",
        "--draws",
        "20",
        "--language",
        "ja",
        "-o",
        str(target),
    ]
    assert main(command) == 0
    assert capsys.readouterr().err == (
        "no font of the figures writes the words of ja, so that it speaks English "
        '(python -m pip install "escape-route[fonts]") [warning]\n'
    )
    assert 'xml:lang="en"' in target.read_text("utf-8")


def test_japanese_breaks_between_letters_and_not_before_a_mark() -> None:
    lines = type_.wrapped(
        "場所は語られたとおりに示す。名前は「名札」の点に掛かる。", type_.Style(10), 100
    )
    assert "".join(lines) == "場所は語られたとおりに示す。名前は「名札」の点に掛かる。"
    assert len(lines) > 2
    assert [line for line in lines if line[0] in "、。」" or line[-1] == "「"] == []


def test_scripts_that_the_fonts_have_are_written_as_told() -> None:
    names = ["Москва", "Αθήνα", "กรุงเทพ", "ວຽງຈັນ", "부산", "Đà Nẵng", NFD]
    said = made(
        journey(
            *({"label": (100.0 + n, 15.0), "name": {"zz": name}} for n, name in enumerate(names))
        )
    )
    assert {unicodedata.normalize("NFC", name) for name in names} <= set(said)


def test_legends_have_lines_of_about_one_length() -> None:
    look = figure.options(size="slide", language="en").look()
    word = look.words.word("page.legend_footprint")
    four = [signs.Sign(word, lambda *_: None) for _ in range(4)]
    rows = [top for _, _, top, _ in signs.flow(four, look, 900).signs]
    assert sorted(map(rows.count, set(rows))) == [2, 2]


def test_no_line_is_drawn_through_label_points_and_nothing_uncertain_is_red() -> None:
    found = sheet.scene(checked(RO).journey, view_published(checked(RO)).legs, 1.5)
    assert found.legs == ()
    assert all(leg.vague for leg in view_published(checked(RO)).legs if leg.line)


def test_what_is_uncertain_fades_inward_to_all_of_its_cover() -> None:
    layers = pen.feathered(shapely.box(0, 0, 100, 100), 0.16, 7)
    areas = [layer.area for layer, _ in layers]
    assert areas == sorted(areas, reverse=True)
    assert areas[0] == 10_000
    assert areas[-1] > 86**2
    assert 1 - np.prod([1 - each for _, each in layers]) == pytest.approx(0.16)


@pytest.mark.parametrize(
    ("places", "key"),
    [
        ([(127.0, 37.5), (126.7, 37.4)], "lcc"),
        ([(101.0, 3.0), (103.8, 1.3)], "tmerc"),
        ([(158.6, 53.0), (-149.9, 61.2)], "aea"),
        ([(15.6, 78.2), (0.0, 89.9)], "laea_polar"),
        ([(128.0, 42.0), (102.0, 16.0)], "laea"),
        ([(-70.0, -5.0), (-35.0, 5.0)], "cea"),
        ([(-117.0, 32.5), (77.0, 28.6), (151.0, -33.9), (-60.0, -30.0)], "equal_earth"),
    ],
)
def test_the_projection_suits_the_extent(places: list[tuple[float, float]], key: str) -> None:
    assert suiting(np.array(places)).key == key


def test_pyplot_is_never_touched() -> None:
    drawn_first = "import sys; import escape_route as er; er.read_journey('lee-son').plot()"
    program = f"{drawn_first}; print('matplotlib.pyplot' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


def test_a_title_breaks_where_the_sense_does():
    style = STYLES[SizeName.PAGE].title
    said = "Five people, four borders, and a number no page explains"
    assert balanced(said, style, 400) == [
        "Five people, four borders,",
        "and a number no page explains",
    ]
    assert balanced("강 하나, 나라 하나, 그 사이에 긋지 않은 선", style, 330)[1].startswith("그 ")


def test_no_word_is_broken_so_that_lines_come_out_even() -> None:
    style = STYLES[SizeName.PAGE].label
    said = "3 백두산(창바이산) 중국"
    assert "백두산(창바이산)" in " ".join(
        balanced(said, style, width_pt("3 백두산(창바이산)", style) + 1)
    )


def test_a_name_stands_on_its_own_side_of_a_border_even_where_another_must_give_way() -> None:
    style = STYLES[SizeName.PAGE].label
    north = shapely.box(0, 150, 300, 300)
    held = labels.Name("1", "Home, in the south", "", ((150.0, 150.0),), avoid=north)
    other = labels.Name("2", "South", "", ((150.0, 125.0),), over=True)
    room = labels.Room((300.0, 300.0), (), shapely.LineString())
    one, two = labels.place(
        [held, other], room, labels.Setting(style, STYLES[SizeName.PAGE].note, 90.0)
    )
    assert one is not None
    assert two is not None
    assert one.box[3] <= 150
    assert two.name.text == "South"


def test_a_large_disc_fades_without_rings() -> None:
    covers = [cover for _, cover in pen.feathered(shapely.Point(0, 0).buffer(60), 0.6, 54)]
    assert max(covers) < 0.02


def test_the_sea_of_a_conic_map_has_its_colour() -> None:
    ring = journey({"label": (20.5, 54.7)}, {"label": (18.65, 54.35)}, {"label": (10.0, 53.55)})
    shown = scene.scene(ring, (), 1.75)
    assert shown is not None
    assert shown.projection.key == "lcc"
    assert ground.Ground(shown, 400.0).globe is None


def test_a_disc_that_would_be_too_small_to_see_is_a_soft_dot() -> None:
    far = [{"label": at, "uncertainty_m": 5_000.0} for at in ((10.0, 50.0), (40.0, 55.0))]
    with settings():
        paper = sheet.draw(
            view_published(reported(journey(*far), FEW)),
            figure.options(size="page", language="en").look(),
        )
    soft = [each for axes in paper.axes for each in axes.collections if each.get_zorder() == 6]
    assert len(soft) == 1
    assert np.ptp(soft[0].get_paths()[0].vertices[:, 0]) > 5
    assert len(soft[0].get_paths()) == 14


def test_what_a_curve_is_of_stands_above_it_and_the_axis_where_one_begins_to_read() -> None:
    report = er.check(er.read_journey(RO), draws=200)
    axes = report.plot_draws()
    highest = [line.get_ydata().max() for line in axes.lines[::2]]
    assert [text.get_text()[0] for text in axes.texts] == ["T", "F", "F"]
    assert all(
        text.get_position()[1] > most for text, most in zip(axes.texts, highest, strict=True)
    )
    assert report.plot_draws(language="ar").xaxis_inverted()


def test_an_svg_is_no_finer_than_print() -> None:
    assert not re.search(rb"\.\d{4,}", rendered("lee-son", Kind.SVG).split(b"</desc>")[1])


def test_what_stands_by_itself_is_taken_up_again_in_the_next_line() -> None:
    lines = type_.directed(["\u0623 \u206822 Jan", "2024\u2069 \u0628"], mirrored=True)
    assert lines == ["\u200f\u0623 \u206822 Jan\u2069", "\u200f\u20682024\u2069 \u0628"]


def test_where_one_reads_from_the_right_the_ledger_begins_there() -> None:
    axes = er.check(er.read_journey(RO), draws=200).plot_ledger(language="ar")
    bars = [each for each in axes.patches if each.get_width() > 20]
    assert axes.xaxis_inverted()
    assert min(each.get_x() for each in bars) < axes.get_xlim()[0] / 2
    heading = next(each for each in axes.texts if "تايلاند" in each.get_text())
    assert (heading.get_ha(), heading.get_position()[0]) == ("right", 0.0)


def test_a_number_stands_where_its_name_begins() -> None:
    at = {
        text.get_text().strip("\u200e\u200f"): text.get_position()
        for text in texts(RO, "page", "ar")
    }
    assert at["4"][0] > at["الصين"][0]
    assert at["3"][0] < at["Changbai (Paektu)"][0]


def test_a_name_that_is_wider_than_its_country_does_not_hang_beyond_the_next_one() -> None:
    at = {text.get_text(): text.get_position() for text in texts(RO, "page", "de")}
    assert at["North Korea"][1] > at["Südkorea"][1]


def test_a_correction_stands_first_below_a_figure() -> None:
    told = Correction("2026-10", {"en": "The year was wrong."})
    view = view_published(checked("lee-son"))
    found = replace(view, journey=replace(view.journey, corrections=(told,)))
    assert caption.caption(found, None, Phrases("en")).startswith(
        "Corrected 2026-10: The year was wrong. "
    )


def test_a_map_names_seas_and_the_capitals_of_countries_that_were_not_told() -> None:
    said = {text.get_text() for text in texts(RO, "page", "en")}
    assert {"Yellow Sea", "Taipei", "Manila"} <= said
    assert not {"Beijing", "Seoul", "Hanoi", "Vientiane", "Bangkok", "Pyongyang"} & said


def test_a_journey_without_a_length_shows_what_is_told_of_it() -> None:
    said = [text.get_text() for text in texts("lee-son", "page", "en")]
    assert "In 2019 Lee So-yeon" in " ".join(said)
    assert said[said.index("2 China") + 1] == "Several accounts, 2019"
    assert "Caught in China and sent back to North Korea · 2019" in said


def test_where_one_reads_from_right_to_left_all_is_mirrored_but_the_map() -> None:
    mirrored, plain = (drawn("lee-son", "slide", language).axes for language in ("ar", "en"))
    assert plain[1].get_position().x0 == 0.0
    assert mirrored[1].get_position().x1 == pytest.approx(1.0)
    assert [axes.xaxis_inverted() for axes in (*mirrored[:2], *plain[:2])] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("text", "mirrored", "mark"),
    [
        ("Seoul to Busan", True, ""),
        ("1938 (54)", False, ""),
        ("1938 (54)", True, "\u200f"),
        ("\u0625\u0644\u0649 Seoul", False, "\u200f"),
        ("\u2068Seoul\u2069 \u0625\u0644\u0649", False, "\u200f"),
        ("Seoul \u0625\u0644\u0649", False, "\u200e"),
        ("Seoul \u0625\u0644\u0649", True, "\u200f"),
    ],
)
def test_each_line_runs_as_its_paragraph_does(text: str, mirrored: bool, mark: str) -> None:  # noqa: FBT001
    assert type_.base_mark(text, mirrored=mirrored) == mark


def test_no_last_line_is_a_lone_word():
    style = STYLES[SizeName.PAGE].deck
    said = "No distance was stated for this journey, and its places are too vague to measure."
    room = width_pt(said.removesuffix(" measure."), style) + 1
    assert wrapped(said, style, room)[-1] == "measure."
    assert len(without_orphan(said, style, room)[-1].split()) > 1


def test_a_neighbour_is_named_in_whole_words_where_it_has_room_and_not_otherwise():
    style, frame, free = (
        STYLES[SizeName.PAGE].note,
        shapely.box(0, 0, 200, 200),
        shapely.Point(-9, -9),
    )
    wide, narrow = shapely.box(0, 0, 200, 90), shapely.box(0, 100, 12, 200)
    land = {"KP": wide, "RU": narrow}
    found = neighbours.place(land, neighbours.Free(land, free, frame), style, "en")
    assert [each.lines for each in found] == [("NORTH KOREA",)]
    assert neighbours.place(land, neighbours.Free(land, wide, frame), style, "en") == []


def test_a_country_of_the_journey_is_not_named_twice():
    said = [text.get_text() for axes in drawn("lee-son", "slide", "en").axes for text in axes.texts]
    assert "NORTH KOREA" in said
    assert "CHINA" not in said


def test_relief_is_credited_where_it_is_shown():
    said = {
        name: " ".join(each.get_text() for each in drawn(name, "page", "en").axes[0].texts)
        for name in (RO, "lee-son")
    }
    assert "relief: T." in said[RO]
    assert "relief" not in said["lee-son"]


def test_the_commands_know_the_sizes() -> None:
    said = {
        str(name): f"{size.width_mm:g} x {size.height_mm:.4g} mm"
        if size.height_mm
        else f"{size.width_mm:g} mm wide"
        for name, size in STYLES.items()
    }
    assert said == FIGURE_SIZES


def test_a_thousand_names_are_set_in_seconds_some_of_them_evenly_along_the_journey() -> None:
    """All of them against all others did not end; now some are tried, and a name meets only what is near it."""
    rng = np.random.default_rng(4)
    points = np.column_stack(
        [np.linspace(20, 480, 1_000), 150 + np.cumsum(rng.normal(0, 2, 1_000)).clip(-120, 120)]
    )
    names = [
        labels.Name(str(n), f"Place {n}", "", (tuple(point),))
        for n, point in enumerate(points.tolist())
    ]
    room = labels.Room(
        (500.0, 300.0),
        (),
        shapely.LineString(points),
        tuple(shapely.Point(each) for each in points),
    )
    start = time.process_time()
    placed = labels.place(
        names, room, labels.Setting(STYLES[SizeName.PAGE].label, STYLES[SizeName.PAGE].note, 90.0)
    )
    assert time.process_time() - start < 30
    full = [
        n
        for n, each in enumerate(placed)
        if each is not None and f"Place {n}" in " ".join(each.lines)
    ]
    assert 5 < len(full) <= 80
    assert {n // 250 for n in full} == {0, 1, 2, 3}
    boxes = [shapely.box(*each.box) for each in placed if each is not None]
    assert not any(one.overlaps(other) for n, one in enumerate(boxes) for other in boxes[:n])


def test_an_outline_of_very_many_corners_is_drawn_without_them() -> None:
    turns = np.linspace(0, 2 * np.pi, 10_000, endpoint=False)
    away = 2.0 + np.arange(10_000) % 2
    star = shapely.Polygon(np.column_stack([100 + away * np.cos(turns), 15 + away * np.sin(turns)]))
    place = scene.scene(journey({"geometry": star, "label": None}), (), 1.5)
    areas = place.places[0].areas if place else star
    assert shapely.get_num_coordinates(areas) < 5_000
    degree_m = 110_000.0
    assert np.pi * 2**2 < areas.area / degree_m**2 < np.pi * 3**2


def test_a_slide_says_how_a_journey_ended_before_what_each_place_is() -> None:
    assert any(
        "Caught in China and sent back to North Korea" in text.get_text()
        for text in texts("lee-son", "slide", "en")
    )


@pytest.mark.parametrize("size", SIZES)
def test_a_long_title_is_set_in_smaller_letters(size: str) -> None:
    long = replace(
        legible_journey(checked(RO).journey),
        title={"en": "What the letters say and what they leave out " * 5},
    )
    look = figure.options(size=size, language="en").look()
    _, title, *_ = blocks.heading(
        replace(view_published(checked(RO)), journey=long), look, look.size.inner_pt
    )
    assert title.height < 5 * look.size.title.line_pt


def test_beside_few_words_the_caption_stands_in_their_column() -> None:
    narrow, wide = (
        max(
            text.get_window_extent().width
            for text in texts(name, "page", "en")
            if "Natural Earth" in text.get_text()
        )
        for name in ("lee-so-yeon", RO)
    )
    assert narrow < wide / 2


def test_no_country_has_a_name_in_english_alone() -> None:
    way = journey({"label": (33.4, 35.2)}, {"label": (33.9, 35.1), **by(Mode.ROAD)})
    with settings():
        paper = sheet.draw(
            view_published(reported(way, FEW)), figure.options(size="page", language="ar").look()
        )
    assert not any("CYPRUS" in text.get_text() for axes in paper.axes for text in axes.texts)
