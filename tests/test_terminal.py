"""The finding as it is printed: its bar to the cell, its widths, its colours."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import replace

import pytest

from escape_route.cli import main
from escape_route.distance import report
from escape_route.distance.priors import windings
from escape_route.distance.settings import Settings
from escape_route.distance.verdicts import Verdict
from escape_route.language.claim_view import IntervalKm
from escape_route.language.plain import plain
from escape_route.language.view import ReportView
from escape_route.model.modes import Mode
from escape_route.publish.report import terminal
from making import by, checked, claim, journey, traced

LENGTHS = IntervalKm(median=5_500, low50=5_000, high50=6_000, low95=4_000, high95=8_000)


def bar(
    stated_km: float,
    *,
    bound_km: float | None = 2_000,
    lengths_km: IntervalKm | None = LENGTHS,
    reaches: str | None = None,
) -> str:
    """Bar of ten cells for 0 to 10,000 km."""
    judgement = ReportView.of(checked("ro-family")).claims[0].judgements[0]
    scope = replace(judgement.scope, lower_bound_km=bound_km, plausible_km=lengths_km)
    judgement = replace(
        judgement, scope=scope, stated_km=stated_km, verdict=Verdict.ABOVE_PLAUSIBLE
    )
    return terminal._bar(judgement, 10, 10_000, reaches).plain  # noqa: SLF001  # its cells


def printed(capsys: pytest.CaptureFixture[str], *reports: report.Report) -> str:
    terminal.show(reports)
    return capsys.readouterr().out


@pytest.fixture
def ro(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("COLUMNS", "80")
    return printed(capsys, checked("ro-family")).splitlines()


def test_bound_intervals_and_claim_stand_at_their_cells() -> None:
    """Bound 2,000; 95 % 4,000 to 8,000; 50 % 5,000 to 6,000; stated 9,000."""
    assert bar(9_000) == "··┃ ░▓▓░░◆"


def test_a_claim_is_marked_even_where_it_is_impossible_or_off_the_scale() -> None:
    assert bar(500) == "◆·┃ ░▓▓░░ "
    assert bar(99_000) == "··┃ ░▓▓░░◆"


def test_a_number_with_all_above_or_below_it_says_so() -> None:
    assert bar(500, reaches="above") == "◆>┃ ░▓▓░░ "
    assert bar(9_000, reaches="below") == "··┃ ░▓▓░<◆"


def test_a_claim_that_cannot_be_weighed_has_a_bar_of_itself() -> None:
    assert bar(9_000, bound_km=None, lengths_km=None) == "         ◆"


def test_the_finding_comes_first_and_then_the_ledger(ro: list[str]) -> None:
    assert ro[0] == "Five people, four borders, and a number no page explains"
    assert ro[2].startswith(
        "12,000 km to Thailand is unexplained if the way ran straight through each"
    )
    headings = [
        "What was stated, and what geometry makes of it",
        "What would have to be true",
        "Other numbers",
        "Legs",
        "Where the length comes from",
        "If other choices are made",
    ]
    assert [ro.index(heading) for heading in headings] == sorted(
        ro.index(heading) for heading in headings
    )


def test_each_distance_has_its_line_in_the_ledger(ro: list[str]) -> None:
    """At 80 columns 26 cells stand for 0 to 13,000 km: 500 km a cell."""
    header = next(line for line in ro if line.startswith("stated"))
    start = header.index("0", header.index("verdict"))
    bars = [
        line[start:] for line in ro[: ro.index("What would have to be true")] if "◆" in line[start:]
    ][:5]
    assert [each.index("◆") for each in bars] == [24, 24, 8, 8, 10]
    assert [each.index("┃") for each in bars] == [6, 12, 12, 6, 6]


def test_seed_draws_rho_and_what_is_judged_are_said(ro: list[str]) -> None:
    text = " ".join(" ".join(ro).split())
    assert "40,000 draws, seed 2019, rho as estimated for each mode." in text
    assert (
        "How winding the way was (by boat across a river, by air, on foot through the wild) is our judgement"
        in text
    )
    assert "Label points are places to hang a name on, not stops." in text


def test_borders_are_counted_and_the_one_by_air_apart(ro: list[str]) -> None:
    text = " ".join(" ".join(ro).split())
    assert (
        "borders crossed between them: KP-CN, CN-VN, VN-LA (as told), LA-TH; by air TH-KR." in text
    )


@pytest.mark.parametrize("language", ["ja", "ko"])
def test_no_cell_is_cut_where_words_have_no_blanks(
    language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main.main(["check", "ro-family", "--language", language, "--draws", "200"]) == 0
    assert "…" not in capsys.readouterr().out


@pytest.mark.parametrize("columns", [20, 80, 100, 300])
@pytest.mark.parametrize("name", ["ro-family", "lee-so-yeon", "lee-son"])
def test_no_line_is_wider_than_the_terminal_nor_ends_in_blanks(
    name: str, columns: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below 80 columns it stays at 80, above 110 at 110: a longer line is hard to read."""
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = printed(capsys, checked(name)).splitlines()
    assert max(map(len, lines)) <= min(max(columns, 80), 110)
    assert [line for line in lines if line != line.rstrip()] == []


def test_no_colour_is_printed_into_a_file(ro: list[str]) -> None:
    assert "\x1b" not in "".join(ro)


@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_colours_are_printed_on_a_terminal_unless_NO_COLOR_is_set(  # noqa: N802
    no_color: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    *,
    coloured: bool,
) -> None:
    for name, value in {"FORCE_COLOR": "1", "TERM": "xterm-256color", "NO_COLOR": no_color}.items():
        monkeypatch.setenv(name, value)
    assert bool(re.search(r"\x1b\[[\d;]*3\dm", printed(capsys, checked("ro-family")))) is coloured


def test_several_reports_are_parted_by_a_blank_line(capsys: pytest.CaptureFixture[str]) -> None:
    son, lee = checked("lee-son"), checked("lee-so-yeon")
    one, other = printed(capsys, son), printed(capsys, lee)
    assert printed(capsys, son, lee) == f"{one}\n{other}"


def test_a_journey_with_a_track_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, traced())
    assert "a track" in text
    assert "700 km to W1 is unexplained, and firmly so" in text


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("a\x1b[31mb", "a [31mb"),
        ("one\ntwo\ttabs", "one two tabs"),
        ("\u202eabc\u202c", "abc"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("한국 ລາວ ไทย", "한국 ລາວ ไทย"),
    ],
)
def test_text_of_a_journey_cannot_steer_the_terminal(given: str, shown: str) -> None:
    assert plain(given) == shown


def test_hostile_names_are_printed_without_control_characters(
    capsys: pytest.CaptureFixture[str],
) -> None:
    bad = {"en": "[red]\x1b[2J{{7*7}}\u202e"}
    told = (
        {"label": (100.5, 13.75), "name": bad},
        {"label": (102.6, 17.97), "name": bad, **by(Mode.ROAD)},
    )
    text = printed(capsys, report.gather(journey(*told, claims=(claim(700),)), Settings(draws=50)))
    assert "[red]" in text
    assert {letter for letter in text if unicodedata.category(letter) in {"Cc", "Cf"}} == {"\n"}


def test_a_prior_that_was_set_for_the_run_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    told = ({"label": (100.5, 13.75)}, {"label": (102.6, 18.0)} | by(Mode.ROAD))
    settings = Settings(draws=50, priors=windings({"road": (1.2, 1.6)}))
    text = " ".join(
        printed(capsys, report.gather(journey(*told, claims=(claim(700),)), settings)).split()
    )
    assert "By road: set for this run: 1.2 to 1.6, 9 in 10." in text


def test_rows_that_fit_are_printed_as_one_and_look_as_if_each_were_added(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A row that is too wide by a column is wrapped; up to there nobody sees that rich was given one row."""
    monkeypatch.setenv("NO_COLOR", "1")
    for length in (70, 72, 73, 90):
        rows = [
            ("here", "1 a"),
            ("이름 " * 3, ""),
            ("x" * 30 + " " + "y" * (length - 31), "12,000"),
        ]
        console = terminal._console()  # noqa: SLF001  # as wide as it is at the least
        console.width = 81
        shown = []
        for width in (81, 0):  # nothing fits no columns: each row is added
            table = terminal._filled(terminal._table("to", ">km"), rows, width)  # noqa: SLF001
            with console.capture() as capture:
                console.print(table)
            shown.append([line.rstrip() for line in capture.get().splitlines()])
        assert shown[0] == shown[1]


def test_a_terminal_that_lacks_the_signs_of_a_bar_has_four_that_differ() -> None:
    codecs.register_error("alike", main._alike)  # noqa: SLF001  # as the command line does where it begins
    signs = {sign: sign.encode("cp1252", errors="alike").decode("cp1252") for sign in "·┃░▓◆"}
    assert signs == {"·": "·", "┃": "|", "░": ":", "▓": "#", "◆": "O"}
