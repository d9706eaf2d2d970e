"""`escape-route lint` as it is typed: what it prints, its exit codes, and as a hook before a commit."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import subprocess
import sys
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

import pytest
from pre_commit.clientlib import load_manifest
from rich.console import Console

from beside import PROJECT, SHIPPED, on_posix
from documents import claim, content, journey, waypoint
from escape_route import lint
from escape_route.cli import main as cli
from escape_route.cli.shared import named
from escape_route.errors import Problem
from escape_route.lint import RULES, Finding, show
from escape_route.model import read

if TYPE_CHECKING:
    from pathlib import Path

HOOKS = (PROJECT / ".pre-commit-hooks.yaml").read_text("utf-8")
GOOD, DOUBTFUL, BROKEN = "good.geojson", "doubtful.geojson", "broken.geojson"
DOUBT = (
    f'{DOUBTFUL}: waypoint w1 "Place 1", when: warning: 2018 lies before 2019 of w0 "Place 0" '
    "(another date, or another order of waypoints)"
)
HELD = "Of what is held: not for passing on."
ERROR = f'{BROKEN}: features[0].properties.role: error: "x" is not known here'


@pytest.fixture(autouse=True)
def _files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Three files in a folder of their own: a good one, a doubtful one and a broken one."""
    monkeypatch.chdir(tmp_path)
    radius = {"coordinateUncertaintyInMeters": 20_000}
    last = waypoint(2, role="reached", **radius)
    for name, first, second in (
        (GOOD, waypoint(0, **radius), waypoint(1, **radius)),
        (DOUBTFUL, waypoint(0, when="2019", **radius), waypoint(1, when="2018", **radius)),
        (BROKEN, waypoint(0, role="x"), waypoint(1, **radius)),
    ):
        (tmp_path / name).write_bytes(
            content(journey(first, second, last, consent={"basis": "published_sources"}))
        )


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(["lint", *arguments])
    return code, *capsys.readouterr()


def test_sentences_of_guarded_places_are_printed_as_they_are_published(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    told = {"narration": {"en": [{"text": "She hid behind the mill.", "sources": ["A"]}]}}
    open_, guarded = waypoint(0, sensitivity=0, **told), waypoint(1, **told)
    (tmp_path / "told.geojson").write_bytes(
        content(journey(open_, guarded, waypoint(2, sensitivity=0)))
    )
    code, out, err = run(capsys, "--sentences", "told.geojson")
    assert (code, out, err) == (
        0,
        'told.geojson: waypoint w1 "Place 1", narration (en): She hid behind the mill.\n',
        "",
    )


def test_a_good_file_prints_nothing_when_piped(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, GOOD) == (0, "", "")


def test_a_finding_is_one_line_for_grep(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, DOUBTFUL) == (0, f"{HELD}\n{DOUBT} [dates-out-of-order]\n", "")


def test_errors_exit_with_1_and_every_file_is_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, BROKEN, "nowhere.geojson", DOUBTFUL)
    assert (code, err) == (1, "")
    assert out.splitlines() == [
        HELD,
        f"{ERROR} (one of start, stop, passed, crossing, reached) [wrong-value]",
        f"nowhere.geojson: error: no such file, and not a shipped journey ({', '.join(SHIPPED)}) [unreadable]",
        f"{DOUBT} [dates-out-of-order]",
    ]


@pytest.mark.parametrize(("name", "code"), [(GOOD, 0), (DOUBTFUL, 1), (BROKEN, 1)])
def test_strict_exits_with_1_on_warnings_too(
    name: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "--strict", name)[0] == code


def test_the_shipped_journeys_pass_the_strictest_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--strict", *SHIPPED) == (0, "", "")


def test_a_warning_can_be_left_out_and_an_error_cannot(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--strict", "--ignore", "unused-source, dates-out-of-order", DOUBTFUL) == (
        0,
        "",
        "",
    )
    message = "escape-route: wrong-value: an error, which cannot be left out (mend what it tells)\n"
    assert run(capsys, "--ignore", "wrong-value", BROKEN) == (2, "", message)


def test_a_rule_that_is_none_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    told = 'escape-route: dates-out-of-ordr: not a rule (did you mean "dates-out-of-order"?)\n'
    assert run(capsys, "--ignore", "dates-out-of-ordr", GOOD) == (2, "", told)
    assert run(capsys, "--explain", "dates-out-of-ordr") == (2, "", told)


def test_a_file_or_a_rule_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys) == (2, "", "escape-route: lint: name a JOURNEY, or --explain RULE\n")


def test_a_rule_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    rule = RULES["null-island"]
    assert run(capsys, "--explain", "null-island") == (
        0,
        f"null-island (warning)\n    {rule.says}\n    {rule.why}\n",
        "",
    )
    code, out, _ = run(capsys, "--explain", "all")
    assert (code, re.findall(r"^([a-z-]+) \((?:error|warning)\)$", out, re.MULTILINE)) == (
        0,
        list(RULES),
    )


def test_json_has_counts_and_every_member_of_a_finding(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "--json", GOOD, DOUBTFUL, BROKEN)
    found = json.loads(out)
    assert (code, err, found["errors"], found["warnings"]) == (1, "", 1, 1)
    assert [file["file"] for file in found["files"]] == [GOOD, DOUBTFUL, BROKEN]
    assert [len(file["findings"]) for file in found["files"]] == [0, 1, 1]
    assert found["files"][1]["findings"][0] == {
        "rule": "dates-out-of-order",
        "severity": "warning",
        "place": "waypoint w1, when",
        "message": "2018 lies before 2019 of w0",
        "fix": "another date, or another order of waypoints",
    }


def test_what_a_format_advises_against_is_a_warning(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    area = waypoint(0)
    area["geometry"] = {
        "type": "Polygon",
        "coordinates": [[[102, 18], [102, 19], [103, 19], [102, 18]]],
    }
    last = waypoint(1, role="reached", coordinateUncertaintyInMeters=20_000)
    (tmp_path / "x.geojson").write_bytes(
        content(journey(area, last, claims=[], consent={"basis": "not_asked"}))
    )
    told = "x.geojson: warning: features[0].geometry: a ring does not follow the right-hand rule"
    assert run(capsys, "x.geojson") == (
        0,
        f"{HELD}\n{told} (turn its order of positions round) [file-advice]\n",
        "",
    )
    assert run(capsys, "x.geojson", "--ignore", "file-advice") == (0, "", "")


def test_control_characters_reach_no_terminal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    name = {"en": "\x1b]0;x\x07Farm"}
    hidden = waypoint(1, withheld=True, name=name)
    hidden["geometry"] = None
    document = journey(
        waypoint(0, when="\x1b[31m"), hidden, claims=[claim(id="c", sources=["\u202e"])]
    )
    (tmp_path / "a\x1b[2J.geojson").write_bytes(content(document))
    code, out, err = run(capsys, "a\x1b[2J.geojson")
    assert (code, err) == (1, "")
    assert all(line.isprintable() for line in out.splitlines())
    findings = {"\x1b[2J": [Finding(RULES["wrong-date"], Problem("\x07", "\x1b[31m", "\u202e"))]}
    show.show(findings, Console(file=(written := io.StringIO()), width=80))
    assert all(line.isprintable() for line in written.getvalue().splitlines())


def test_a_terminal_shows_errors_before_warnings_and_counts_them() -> None:
    late, early = Problem("b", "late", "mend it"), Problem("a", "early")
    findings = {
        "x": [Finding(RULES["null-island"], late), Finding(RULES["unreadable"], early)],
        "y": [],
    }
    show.show(findings, Console(file=(written := io.StringIO()), width=60))
    assert [line.rstrip() for line in written.getvalue().splitlines()] == [
        "✗ x",
        "  ✗  a: early                                     unreadable",
        "  !  b: late                                     null-island",
        "     → mend it",
        "",
        "✓ y  nothing wrong, nothing doubtful",
        "1 error and 1 warning in 2 files; escape-route lint",
        "--explain RULE says more of one",
    ]


@on_posix
def test_a_terminal_is_recognised() -> None:
    main, end = os.openpty()
    command = [sys.executable, "-m", "escape_route", "lint", GOOD]
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80"}
    environment.pop("NO_COLOR", None)
    with subprocess.Popen(command, stdout=end, stderr=subprocess.PIPE, env=environment) as process:
        assert process.wait() == 0
    shown = os.read(main, 4096).decode()
    os.close(main)
    os.close(end)
    assert re.sub(r"\x1b\[[\d;]*m", "", shown) == f"✓ {GOOD}  nothing wrong, nothing doubtful\r\n"
    assert "\x1b[1;32m✓" in shown


def test_every_format_that_is_read_is_linted(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "x.JSON").write_bytes((tmp_path / DOUBTFUL).read_bytes())
    assert (
        run(capsys, "x.JSON")[1]
        == f"{HELD}\n{DOUBT.replace(DOUBTFUL, 'x.JSON')} [dates-out-of-order]\n"
    )
    point = '<wpt lat="{}" lon="100"><name>A</name></wpt>'
    gpx = '<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">{}</gpx>'
    (tmp_path / "good.gpx").write_text(gpx.format(point.format(15) * 2))
    told = (
        'waypoint w2 "A": warning: the same point as w1 "A" before it (leave one of them out) '
        "[duplicate-stop]\n"
    )
    code, out, _ = run(capsys, "good.gpx")
    assert (code, f"good.gpx: {told}" in out) == (0, True)


@pytest.mark.parametrize(
    ("name", "text"),
    [("x.gpx", "<gpx"), ("x.gpx", ""), ("x.kml", "<kml>"), ("x.kmz", "x"), ("x.kml", "<gpx/>")],
)
def test_what_is_not_what_its_ending_says_is_unreadable(
    name: str, text: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    code, out, err = run(capsys, name)
    assert (code, err, out.count("\n")) == (1, "", 1)
    assert out.startswith(f"{name}: ")
    assert out.endswith(" [unreadable]\n")


def test_the_hook_is_one_that_pre_commit_takes() -> None:
    (hook,) = load_manifest(PROJECT / ".pre-commit-hooks.yaml")
    assert (hook["id"], hook["language"], hook["pass_filenames"]) == (
        "escape-route-lint",
        "python",
        True,
    )
    assert re.search(hook["files"], "journeys/x.geojson")
    assert not re.search(hook["files"], "README.md")


def test_the_entry_of_the_hook_runs_on_the_files_that_it_is_given() -> None:
    (entry,) = re.findall(r"^  entry: (.+)$", HOOKS, re.MULTILINE)
    program, *arguments = shlex.split(entry)
    assert program in {script.name for script in entry_points(group="console_scripts")}
    command = [sys.executable, "-m", "escape_route", *arguments, "--strict", GOOD, DOUBTFUL]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        f"{HELD}\n{DOUBT} [dates-out-of-order]\n",
        "",
    )


def test_lint_takes_the_problems_of_reading_as_they_are() -> None:
    assert lint.of_warnings(["a: b"]) == (Finding(RULES["file-advice"], Problem("", "a: b")),)


def test_a_spreadsheet_is_told_of_by_sheet_row_and_column(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["new", "trip"]) == 0
    capsys.readouterr()
    code, out, _ = run(capsys, "trip.xlsx")
    assert code == 1
    assert (
        "trip.xlsx: sheet journey, row 3, column B (title_en): error: missing (a row a language: title_en, title_ko) "
        "[missing-value]\n" in out
    )
    assert run(capsys, "--strict", "trip-example.xlsx") == (0, "", "")


def test_a_finding_names_the_number_of_a_claim_whose_id_nobody_typed() -> None:
    claims = [claim(id=each) for each in ("c1", "stated-1", "mine")]
    data = read.read(content(journey(claims=claims)), "j")
    told = "claim c1, claim stated-1, claim mine, c1.csv"
    assert (
        named(told, data)
        == 'claim c1 "about 300 km", claim stated-1 "about 300 km", claim mine, c1.csv'
    )


def test_an_error_names_the_place_whose_id_nobody_typed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    near = {"geometry": {"type": "Point", "coordinates": [101, 15.00001]}}
    held, told = (
        waypoint(n, precision="exact", name={"en": name})
        for n, name in ((1, "A house"), (2, "The mill"))
    )
    held["properties"]["sensitivity"], told["properties"]["sensitivity"] = 2, 0
    places = [waypoint(0, sensitivity=0), held, told | near]
    (tmp_path / "way.geojson").write_bytes(content(journey(*places)))
    assert cli.main(["protect", "way.geojson", "-o", "out.geojson"]) == 3
    assert 'waypoint w1 "A house": ' in capsys.readouterr().err
