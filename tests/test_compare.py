"""Journeys side by side: one row each, honest where nothing was told, as table, as JSON and as a figure."""

from __future__ import annotations

import io
import json
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from PIL import Image

import escape_route as er
from beside import SHIPPED, whole
from escape_route.api import comparisons
from escape_route.cli.main import main
from escape_route.distance.report import gather
from escape_route.distance.settings import Settings
from escape_route.errors import UsageError
from escape_route.geography import base
from escape_route.language import comparison, tables, whens
from escape_route.language.catalogues import Words
from escape_route.language.view import ReportView
from escape_route.publish import figure
from escape_route.publish.figure import sheet
from escape_route.publish.figure.output import Kind, settings
from figures import assert_golden
from making import at_country, checked, claim, journey

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes

    from escape_route.language.comparison import Comparison


@cache
def shipped() -> Comparison:
    return comparison.Comparison(tuple(ReportView.of(checked(name)) for name in SHIPPED))


def test_each_journey_has_a_row_in_the_order_given() -> None:
    assert [view.journey.id for view in shipped().views] == list(SHIPPED)


def test_it_shows_what_the_page_shows() -> None:
    first = shipped().views[0]
    assert (first.leading.lower_bound_km, first.leading.plausible_km.rising) == (
        3390,
        (4200, 4600, 5000, 5500, 7000),
    )
    weighed = [
        (judgement.stated_km, judgement.verdict) for _, judgement in comparison.weighed(first)
    ]
    assert weighed == [(12000, "above_plausible"), (5000, "consistent")]
    assert (first.countries, first.borders, first.borders_by_air) == (
        ("KP", "CN", "VN", "LA", "TH", "KR"),
        4,
        1,
    )


@pytest.mark.parametrize("n", [1, 2])
def test_where_nothing_is_measured_it_says_so_and_never_zero(n: int) -> None:
    view = shipped().views[n]
    assert (comparison.weighed(view), view.leading.lower_bound_km, view.leading.plausible_km) == (
        [],
        None,
        None,
    )
    assert view.finding["en"].startswith("No distance was stated")
    assert (
        tables.compared(shipped())
        .loc[n, ["stated_km", "least_km", "plausible_median_km"]]
        .isna()
        .all()
    )


def test_years_are_those_of_its_dates() -> None:
    assert [comparison.years_of(view.journey) for view in shipped().views] == [
        "2019",
        "2008",
        "2019",
    ]


def test_a_span_ends_with_the_last_day_told() -> None:
    told = journey(
        {"label": (100.0, 15.0), "when": "2004-05"}, {"label": (101.0, 16.0), "when": "2005~"}
    )
    assert comparison.span_of(told) == pytest.approx((2004 + 121 / 366, 2006.0))


@pytest.mark.parametrize(
    ("told", "years"),
    [
        ("[1950,1951]", "1939–1951"),
        ("[1939-12-01..1939-12-31,1940-03-01..1940-05-31]", "1939–1940"),
        ("{1940,1942}", "1939–1942"),
        ("[1950..]", "1939–1950"),
        ("1941-09/..", "1939–1941"),
        ("../1941-09", "1939–1941"),
        ("[..1941]", "1939–1941"),
        ("1948-24", "1939–1948"),
        ("1948-12/1949-02", "1939–1949"),
        ("194X", "1939–1949"),
        ("1950?", "1939–1950"),
        ("1939-23/1945-21", "1939–1945"),
        ("1939-12-31", "1939"),
        ("1940-01-01", "1939–1940"),
    ],
)
def test_dates_of_every_kind_count_among_the_years(told: str, years: str) -> None:
    """In the comparison and in the heading of the page."""
    held = journey(
        {"label": (24.0, 49.8), "when": "1939-10"}, {"label": (-1.4, 50.9), "when": told}
    )
    assert comparison.years_of(held) == years
    assert whens.when((each.when for each in held.waypoints), Words()) == years


def test_years_before_the_first_are_years_too() -> None:
    told = journey({"label": (12.5, 41.9), "when": "-0044"}, {"label": (13.0, 42.0)})
    assert comparison.span_of(told) == (-44.0, -43.0)


def test_certainty_is_shares_of_the_whole() -> None:
    for view in shipped().views:
        assert sum(view.certainty.values()) == pytest.approx(1)
    assert [view.certainty_of for view in shipped().views] == ["length", "places", "places"]


def test_a_country_without_a_name_of_its_own_has_that_of_the_map() -> None:
    assert [base.country_name(code, "ko") for code in ("KP", "XS", "??")] == [
        "북한",
        "Somaliland",
        "??",
    ]


def test_the_terminal_says_that_there_is_no_distance(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *SHIPPED, "--draws", "500"]) == 0
    shown = capsys.readouterr().out
    assert "not measured         not measured" in shown
    assert "none is zero" in " ".join(shown.split())


def test_json_is_a_list_of_what_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "lee-son", "lee-so-yeon", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [each["outcome"] for each in found] == ["captured_and_returned", "reached"]
    assert [each["least_km"] for each in found] == [None, None]


@pytest.mark.parametrize(("size", "language"), [("page", "en"), ("column", "ko")])
def test_it_looks_as_it_did_when_it_was_looked_at(size: str, language: str) -> None:
    options = figure.options(size=size, language=language, dpi=60)
    assert_golden(
        figure.render_comparison(list(map(checked, SHIPPED)), Kind.PNG, options),
        f"compare-{size}-{language}",
    )


def test_every_mark_of_a_wide_scale_is_written() -> None:
    with settings():
        axes = comparison_axes("page")
    said = {text.get_text() for text in axes.texts}
    assert {
        "0 km",
        *(f"{n:,}" for n in range(2000, 14001, 2000)),
        "2005",
        "2010",
        "2015",
        "2020",
    } <= said


def test_a_comparison_says_whose_maps_it_shows() -> None:
    with settings():
        drawn = sheet.draw_comparison(shipped(), figure.options(size="page", language="en").look())
    said = " ".join(text.get_text() for axes in drawn.axes for text in axes.texts)
    assert "Natural Earth, whose borders are no statement; relief: T. Patterson" in said
    assert ("Lambert azimuthal" in said, "Lambert conformal conic" in said) == (True, True)


def test_no_line_of_the_scale_runs_through_a_heading() -> None:
    with settings():
        axes = comparison_axes("column")
    heading = next(
        text for text in axes.texts if text.get_text() == "Reached · 2019"
    ).get_position()[1]
    (grid, *_) = [each for each in axes.collections if each.get_zorder() == 0]
    assert max(line[:, 1].max() for line in grid.get_segments()) < heading


def comparison_axes(size: str) -> Axes:
    """Axes of the shipped journeys side by side."""
    return sheet.draw_comparison(shipped(), figure.options(size=size, language="en").look()).axes[1]


def test_of_a_narrow_scale_every_second_mark_is_written() -> None:
    with settings():
        said = [text.get_text() for text in comparison_axes("column").texts]
    years = [text for text in said if re.fullmatch(r"20[12][05]|2005", text)]
    assert years == ["2005", "2015"]


def test_the_figure_carries_all_of_it_in_words() -> None:
    options = figure.options(size="page", language="ko", dpi=20)
    told = Image.open(
        io.BytesIO(figure.render_comparison(list(map(checked, SHIPPED)), Kind.PNG, options))
    ).info["Description"]
    assert "이소연" in told or "노씨 가족" in told
    assert "중국에서 붙잡힘, 북한 송환" in told


def test_files_are_published(tmp_path: Path) -> None:
    target = tmp_path / "both.csv"
    assert main(["compare", "lee-son", "lee-so-yeon", "-o", str(target)]) == 0
    lines = target.read_text().splitlines()
    assert [line.partition(",")[0] for line in lines] == ['"id"', '"lee-son"', '"lee-so-yeon"']


def test_another_ending_is_refused_and_nothing_written(tmp_path: Path) -> None:
    both = [er.read_journey("lee-son")] * 2
    with pytest.raises(UsageError, match=r"x\.xls: a figure is written as \.svg, \.png, \.pdf\Z"):
        comparisons.save_comparison(both, tmp_path / "x.xls")
    assert not list(tmp_path.iterdir())


def test_claims_that_lie_close_stand_side_by_side() -> None:
    told = journey(
        {"label": (100.0, 15.0)}, at_country("LA"), claims=(claim(400), claim(430, id="d"))
    )
    view = ReportView.of(gather(told, Settings(draws=200)))
    assert [judgement.stated_km for _, judgement in comparison.weighed(view)] == [400, 430]


def test_it_plots_into_axes_of_ones_own() -> None:
    axes = er.compare([er.read_journey("lee-son"), er.read_journey("lee-so-yeon")]).plot(
        language="ko"
    )
    assert any("붙잡" in text.get_text() for text in axes.texts)


@pytest.mark.parametrize("language", whole(["en", "fr"], "fr"))
def test_three_journeys_side_by_side_fill_one_slide(language: str) -> None:
    options = figure.options(size="slide", language=language)
    with settings():
        paper = sheet.draw_comparison(shipped(), options.look())
    assert paper.get_size_inches() * 25.4 == pytest.approx((338.7, 190.5))
