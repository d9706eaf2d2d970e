"""Where each number of a finding comes from: `check --explain`, and `docs/explained.md`, which the same code writes."""

from __future__ import annotations

import re

import pytest

from beside import PROJECT, whole
from escape_route.cli import main
from escape_route.distance import report
from escape_route.distance.settings import Settings
from escape_route.language.catalogues import languages
from escape_route.language.explained import explained, text
from escape_route.language.sentences import Speaker
from escape_route.protection.protect import protect
from making import claim, journey, shipped

PAGE = PROJECT / "docs" / "explained.md"
HEAD = """# Where every number comes from

What `escape-route check geo/ro-family.geojson --explain` prints, in English and in Korean: the numbers of each
finding on the first journey, as it may be published, with the formula, the input, the draws and the source that each
rests on. The sections are those of [method.md](method.md). `--held` explains what is held, for the eyes of who holds
it. `tools/refresh-explained` writes this page, and a test holds it against the code.

"""


def page() -> str:
    told = report.gather(protect(shipped("ro-family")).journey)
    return HEAD + text(told, "en") + "\n" + text(told, "ko")


def test_the_page_is_what_the_code_says() -> None:
    """`tools/refresh-explained` writes it. Numbers that were drawn may move by a step between machines."""
    without = [re.sub(r"\d[\d,.]*", "#", each) for each in (PAGE.read_text("utf-8"), page())]
    assert without[0] == without[1]


@pytest.mark.parametrize("language", whole(languages(), "en", "ko"))
def test_every_number_of_a_finding_is_explained(language: str) -> None:
    """Of the finding's own numbers none is missing in the rows: its claim, its bound, its ends, its rest, its share."""
    told = report.gather(shipped("ro-family"), Settings(draws=2_000))
    for each in explained(told, language):
        rows = " ".join(f"{row.number} {row.origin}" for row in each.rows)
        numbers = re.findall(r"\d[\d,.]*\d|\d", re.sub(r"95 %|95%", "", each.finding))
        assert [number for number in numbers if number not in rows] == []


def test_each_row_says_what_a_number_is_and_where_it_is_from() -> None:
    told = report.gather(shipped("ro-family"), Settings(draws=500))
    for each in explained(told, "en"):
        assert len(each.rows) >= 8
        assert all(row.number and row.what for row in each.rows)
        assert all(
            re.match(r"input|formula|drawn|how winding|counted", row.origin) for row in each.rows
        )
        assert "[S" in each.rows[0].origin


def test_a_range_is_told_in_the_words_of_its_unit() -> None:
    told = journey(
        {"label": (2.0, 48.0)}, {"label": (3.0, 45.0)}, claims=(claim(90, unit="league_post"),)
    )
    (found,) = explained(report.gather(told, Settings(draws=100)), "en")
    assert found.rows[1].number == "85.5 – 94.5 leagues"


def test_what_was_not_weighed_is_explained_as_far_as_it_goes() -> None:
    told = report.gather(
        journey({"label": (100.5, 13.75)}, {}, claims=(claim(700),)), Settings(draws=100)
    )
    (found,) = explained(told, "en")
    assert [row.what for row in found.rows] == ["was stated", "is the range that it stands for"]


def test_the_command_explains_the_publishable_form_unless_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = str(PROJECT / "geo" / "ro-family.geojson")
    assert main.main(["check", path, "--explain", "--draws", "200"]) == 0
    printed, held = capsys.readouterr().out, shipped("ro-family")
    assert Speaker().stated(held.claims[0]) in printed
    told = report.gather(protect(held).journey, Settings(draws=200))
    assert text(told, "en") in printed


def test_held_goes_with_explain_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["check", str(PROJECT / "geo" / "lee-son.geojson"), "--held"]) == 2
    assert "--held: goes with --explain" in capsys.readouterr().err
