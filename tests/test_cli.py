"""The command: exit codes, and the whole of what it prints where something is wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

import pytest

import escape_route
from beside import SHIPPED, on_posix, whole
from documents import claim, content, journey, waypoint
from escape_route.cli import check, main
from escape_route.language.plain import plain

if TYPE_CHECKING:
    from pathlib import Path

    from documents import Document

KINDS = "(ro-family, lee-so-yeon, lee-son)"
CHECK_USAGE = """\
usage: escape-route check [-h] [--json] [--explain] [--held]
                          [--language LANGUAGE] [--strict] [--published]
                          [--seed SEED] [--draws DRAWS] [--routes] [--rho RHO]
                          JOURNEY [JOURNEY ...]
escape-route check: error: """


@pytest.fixture(autouse=True)
def _narrow(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A terminal of 80 columns, in a folder of its own."""
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def shown() -> dict[str, str]:
    """What `check` prints of each shipped journey, in a terminal of 80 columns."""
    environment = {
        name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR"}
    }
    run = subprocess.run(
        [sys.executable, "-m", "escape_route", "check", "--draws", "300", *SHIPPED],
        capture_output=True,
        check=True,
        env=environment | {"COLUMNS": "80"},
    )
    assert run.stderr == b""
    second, third = (escape_route.read_journey(name).title for name in SHIPPED[1:])
    first, _, rest = run.stdout.decode().partition(f"\n\n{second}\n")
    middle, _, last = rest.partition(f"\n\n{third}\n")
    return dict(
        zip(SHIPPED, [f"{first}\n", f"{second}\n{middle}\n", f"{third}\n{last}"], strict=True)
    )


def write(path: Path, document: Document | None = None) -> str:
    path.write_bytes(content(document or journey()))
    return path.name


def usage(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Standard error of a wrong usage."""
    assert main.main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    return err


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Standard error of bad input."""
    assert main.main(arguments) == 1
    out, err = capsys.readouterr()
    assert out == ""
    return err


def test_a_command_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    expected = "usage: escape-route [-h] [--version] COMMAND ...\n"
    expected += "escape-route: error: the following arguments are required: COMMAND\n"
    assert usage(capsys) == expected


def test_a_journey_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    assert usage(capsys, "check") == f"{CHECK_USAGE}the following arguments are required: JOURNEY\n"


def test_an_option_that_is_none_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    expected = "usage: escape-route [-h] [--version] COMMAND ...\n"
    expected += "escape-route: error: unrecognized arguments: --colour\n"
    assert usage(capsys, "check", "lee-son", "--colour") == expected


def test_a_seed_is_a_whole_number(capsys: pytest.CaptureFixture[str]) -> None:
    expected = f"{CHECK_USAGE}argument --seed: invalid int value: 'x'\n"
    assert usage(capsys, "check", "lee-son", "--seed", "x") == expected


@pytest.mark.parametrize("command", ["check", "map"])
@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        (
            "--draws",
            "0",
            "draws: 0 is not 1 or more: leave it out for as many as the printed digits need",
        ),
        (
            "--draws",
            "99999999999",
            "draws: 99999999999 is more than 1000000: leave it out for as many as the printed digits need",
        ),
        ("--rho", "2", "rho: 2 is outside 0..1: leave it out for what was estimated for each mode"),
        (
            "--rho",
            "nan",
            "rho: nan is outside 0..1: leave it out for what was estimated for each mode",
        ),
        ("--seed", "-1", "seed: -1 is below 0: any whole number from 0 up, such as 2019"),
    ],
)
def test_a_setting_outside_what_it_may_be_is_wrong_usage(
    command: str,
    option: str,
    value: str,
    message: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    assert usage(capsys, command, "not-even-there", option, value) == f"escape-route: {message}\n"
    assert list(tmp_path.iterdir()) == []


def test_help_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["check", "--help"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("usage: escape-route check [-h]")
    assert err == ""


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["--version"]) == 0
    assert capsys.readouterr() == (f"escape-route {escape_route.__version__}\n", "")


@pytest.mark.parametrize("command", ["check", "map"])
def test_a_file_that_is_not_there_is_bad_input(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = f"nowhere.geojson: no such file, and not a shipped journey {KINDS}\n"
    assert refused(capsys, command, "nowhere.geojson") == expected


def test_a_folder_is_bad_input(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert (
        refused(capsys, "check", "folder")
        == "folder: a folder, not a GeoJSON file (give the file in it)\n"
    )


@pytest.mark.parametrize(
    "options", [["check"], ["check", "--json"], ["map"], ["map", "-o", "x.html"]]
)
def test_all_problems_are_printed_and_nothing_is_written(
    options: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    name = write(
        tmp_path / "bad.geojson", journey(waypoint(0, role="x"), waypoint(1), waypoint(2), people=0)
    )
    assert refused(capsys, *options, name) == (
        "bad.geojson: journey.people: 0 is not a whole number from 1 to 1000000000 (or leave it "
        "out)\n"
        'bad.geojson: features[0].properties.role: "x" is not known here'
        " (one of start, stop, passed, crossing, reached)\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["bad.geojson"]


def test_nothing_is_printed_of_good_journeys_beside_a_bad_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    expected = f"nowhere: no such file, and not a shipped journey {KINDS}\n"
    assert refused(capsys, "check", "lee-son", "nowhere") == expected


def test_control_characters_of_a_file_do_not_reach_standard_error(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    name = write(
        tmp_path / "a\x1b[31m.geojson",
        journey(waypoint(0, footprint=["\x1b]0;x\x07\u202e"]), claims=[]),
    )
    err = refused(capsys, "check", name)
    assert err.startswith(r"a\x1b[31m.geojson: features[0].properties.footprint")
    assert "which is no letter (delete it)" in err
    assert all(line.isprintable() for line in err.splitlines())


def test_control_characters_of_a_name_do_not_reach_the_terminal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    name = {"en": "[2JPlace \u202eevil\u202c\n\u2028[red] {{7*7}}1m"}
    document = journey(
        waypoint(0, name=name), waypoint(1, name=name), waypoint(2, name=name), title=name
    )
    assert main.main(["check", "--draws", "20", write(tmp_path / "x.geojson", document)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert all(line.isprintable() for line in out.split("\n"))
    assert out.splitlines()[2] == "[2JPlace evil  [red] {{7*7}}1m"


def test_text_for_a_terminal_keeps_what_scripts_need() -> None:
    assert plain("가\u200c나\u200d\u200e\u2066\ufeff다\t!") == "가\u200c나\u200d다 !"


def test_the_check_of_a_journey_without_a_distance_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main.main(["check", "lee-son"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith(
        "The journey that was cut short\n\n"
        "No distance was stated for this journey, and its places are too vague to\nmeasure.\n"
    )
    assert err == ""


@pytest.mark.parametrize("name", SHIPPED)
def test_the_check_fits_80_columns_and_ends_no_line_in_a_space(
    name: str, shown: dict[str, str]
) -> None:
    lines = shown[name].splitlines()
    assert len(lines) > 8
    assert [line for line in lines if len(line) > 80 or line != line.rstrip()] == []
    assert "\x1b" not in shown[name]  # piped: no colour


def test_the_check_prints_each_stated_distance_with_its_source(shown: dict[str, str]) -> None:
    rows = re.findall(
        r"^(\S.*?km(?: \[S\d+\])?)  .*\n(\[S\d+\])?", shown["ro-family"], re.MULTILINE
    )
    stated = [" ".join(filter(None, row)) for row in rows if "km" in row[0]][:5]
    once = ["12,000 km [S1]", "12,000 km [S3]", "nearly 5,000 km [S2]"]
    assert stated == [
        *once[:2],
        *["nearly 4,000 km [S8]"] * 2,
        once[2],
    ]  # with the flight, and without
    assert "between label points, nobody’s way" in " ".join(shown["ro-family"].split())


def test_several_journeys_are_parted_by_a_blank_line(shown: dict[str, str]) -> None:
    assert list(shown) == list(SHIPPED)
    assert all(text.endswith("\n") and not text.endswith("\n\n") for text in shown.values())


def test_colour_is_forced_but_never_against_no_color(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = write(tmp_path / "x.geojson")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert main.main(["check", "--draws", "20", name]) == 0
    assert "\x1b[32m" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    assert main.main(["check", "--draws", "20", name]) == 0
    assert "\x1b[32m" not in capsys.readouterr().out


def test_json_is_one_document_with_the_promised_keys(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert (
        main.main(
            ["check", "--json", "--draws", "20", "--rho", "0.2", write(tmp_path / "x.geojson")]
        )
        == 0
    )
    out, err = capsys.readouterr()
    document = json.loads(out, parse_constant=pytest.fail)
    assert err == ""
    assert {"journey", "legs", "total_km", "claims", "seed", "draws", "rho"} <= set(document)
    assert document["journey"]["id"] == "walk"
    assert [(leg["from"], leg["to"]) for leg in document["legs"]] == [("w0", "w1"), ("w1", "w2")]
    assert (document["seed"], document["draws"], document["rho"]) == (2019, 20, 0.2)
    (one,) = document["claims"]
    promised = {
        "id",
        "quantity",
        "value_km",
        "scope",
        "ratio",
        "verdict",
        "lower_bound_km",
        "plausible_km",
    }
    assert promised | {"seed", "draws", "rho"} <= set(one)


def test_json_of_several_journeys_is_a_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["check", "--json", "lee-son", "lee-so-yeon"]) == 0
    assert [document["journey"]["id"] for document in json.loads(capsys.readouterr().out)] == [
        "lee-son",
        "lee-so-yeon",
    ]


def test_json_has_hostile_names_but_nothing_that_turns_text_round(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    title = {"en": '</script>{{7*7}}\u202e"'}
    assert (
        main.main(
            [
                "check",
                "--json",
                "--draws",
                "20",
                write(tmp_path / "x.geojson", journey(title=title)),
            ]
        )
        == 0
    )
    out = capsys.readouterr().out
    assert json.loads(out)["journey"]["title"] == {
        "en": '</script>{{7*7}}"'
    }  # what turns text round is taken off


@pytest.mark.parametrize(("stated", "code"), [(300, 0), (5, 3)])
def test_strict_tells_by_its_exit_code_whether_the_distances_hold(
    stated: int, code: int, tmp_path: Path
) -> None:
    name = write(tmp_path / "x.geojson", journey(claims=[claim(value=stated)]))
    assert main.main(["check", "--draws", "200", "--strict", name]) == code
    assert main.main(["check", "--draws", "200", name]) == 0


def test_equal_seeds_print_the_same_and_others_do_not(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    name = write(tmp_path / "x.geojson")
    printed = []
    for seed in ("7", "7", "8"):
        assert main.main(["check", "--json", "--draws", "20", "--seed", seed, name]) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]
    assert (
        json.loads(printed[0])["claims"][0]["plausible_km"]
        != json.loads(printed[2])["claims"][0]["plausible_km"]
    )


_AS_WRITTEN = (
    "5 sentences of guarded places stand in it as written: read them (escape-route lint "
    "--sentences lee-son)"
)


def test_a_map_is_written_where_it_is_wanted(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main.main(["map", "--no-open", "lee-son", "-o", "new/page.html"]) == 0
    out, err = capsys.readouterr()
    target = tmp_path / "new" / "page.html"
    assert (out, err) == (
        f"new/page.html: {target.stat().st_size / 1000:,.0f} kB\n{_AS_WRITTEN}\n",
        "",
    )
    assert target.read_bytes().startswith(b"<!doctype html>")


def test_a_map_has_the_name_of_its_journey_and_is_the_same_every_time(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    pages = []
    for _ in range(2):
        assert main.main(["map", "--force", "--draws", "20", write(tmp_path / "x.geojson")]) == 0
        pages.append((tmp_path / "walk.html").read_bytes())
    assert pages[0] == pages[1]
    assert capsys.readouterr().out.startswith("walk.html: ")


def test_a_map_is_never_written_over_its_journey(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    name = write(tmp_path / "x.geojson")
    before = (tmp_path / name).read_bytes()
    expected = "./x.geojson: this is the journey's own file; give another name\n"
    assert refused(capsys, "map", name, "-o", "./x.geojson") == expected.removeprefix("./")
    assert (tmp_path / name).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_map_that_cannot_be_written_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "page.html").mkdir()
    assert (
        refused(capsys, "map", "lee-son", "-o", "page.html")
        == "page.html: a folder; give the name of a file in it\n"
    )


def test_a_page_is_opened_only_where_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    assert main.main(["map", "lee-son"]) == 0
    assert opened == []
    assert main.main(["map", "lee-son", "--open", "--force"]) == 0
    assert opened == [(tmp_path / "lee-son.html").as_uri() + "#lang=en"]


def test_the_module_is_the_command() -> None:
    (script,) = entry_points(group="console_scripts", name="escape-route")
    assert script.load() is main.entry
    run = subprocess.run(
        [sys.executable, "-m", "escape_route", "check"], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == f"{CHECK_USAGE}the following arguments are required: JOURNEY\n"


@on_posix
def test_a_reader_that_goes_away_is_no_error() -> None:
    code = f"{sys.executable} -m escape_route check lee-son | head -1; echo ${{PIPESTATUS[@]}}"
    run = subprocess.run(["bash", "-c", code], capture_output=True, text=True, check=True)
    assert (run.stdout, run.stderr) == ("The journey that was cut short\n0 0\n", "")


@on_posix
@pytest.mark.parametrize(
    "command",
    whole(
        ["check lee-son", "check --json ro-family", "compare lee-son lee-so-yeon"], "check lee-son"
    ),
)
def test_what_nobody_reads_is_no_success(command: str) -> None:
    code = (
        f"{sys.executable} -m escape_route {command} --draws 20 | exec 0<&-; echo "
        f"${{PIPESTATUS[@]}}"
    )
    run = subprocess.run(["bash", "-c", code], capture_output=True, text=True, check=True)
    assert (run.stdout, run.stderr) == ("141 0\n", "")


def test_an_interruption_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(check, "read_all", interrupt)
    assert main.main(["check", "lee-son"]) == 130
    assert capsys.readouterr() == ("", "escape-route: interrupted; nothing was left half written\n")


def test_what_geojson_advises_against_is_told_and_stops_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "x.geojson"
    area = waypoint(0)
    area["geometry"] = {
        "type": "Polygon",
        "coordinates": [[[102, 18], [102, 19], [103, 19], [102, 18]]],
    }
    path.write_bytes(content(journey(area, waypoint(1), waypoint(2))))
    assert main.main(["check", str(path), "--draws", "10"]) == 0
    told = (
        "features[0].geometry: a ring does not follow the right-hand rule (turn its order of "
        "positions round)"
    )
    assert capsys.readouterr().err == f"{path}: {told} [warning]\n"


def test_two_journeys_of_one_id_are_not_written_over_each_other(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "pages"
    assert main.main(["pages", "lee-son", "lee-son", "-o", str(folder)]) == 2
    said = (
        "escape-route: pages: the id lee-son would be written twice; give each journey an id of "
        "its own\n"
    )
    assert capsys.readouterr().err == said
    assert not folder.exists()
