"""What is not needed is not loaded: the command starts at once, and each of them reads its own libraries only."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from documents import content, journey
from escape_route.cli import main as cli

CORE = {"numpy", "shapely", "pyproj", "geopy"}
DRAWING = {"folium", "branca", "jinja2", "PIL", "pandas", "xyzservices"}
EXTRAS = {
    "matplotlib",
    "openpyxl",
    "geopandas",
    "pyarrow",
    "IPython",
    "ipywidgets",
    "gpxpy",
    "lxml",
    "webbrowser",
}
HEAVY = CORE | DRAWING | EXTRAS | {"rich", "requests", "edtf"}


def loaded(statement: str, folder: Path) -> set[str]:
    """The heavy ones among the modules that are loaded after a statement."""
    (folder / "walk.geojson").write_bytes(content(journey()))
    code = (
        f"import sys\n{statement}\nimport json; print(json.dumps(sorted(sys.modules)), "
        "file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=folder
    )
    return HEAVY & set(json.loads(run.stderr.splitlines()[-1]))


def typed(*arguments: str) -> str:
    return f"from escape_route.cli import main as cli; assert cli.main({arguments!r}) == 0"


@pytest.mark.parametrize(
    "statement",
    ["import escape_route", "import escape_route.cli.main", "import escape_route.progress"],
)
def test_importing_loads_nothing_heavy(statement: str, tmp_path: Path) -> None:
    assert loaded(statement, tmp_path) == set()


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_the_help_and_the_version_load_nothing_heavy(option: str, tmp_path: Path) -> None:
    assert loaded(typed(option), tmp_path) == set()


def test_the_help_does_not_look_the_version_up(tmp_path: Path) -> None:
    statement = typed("--help") + "; assert 'importlib.metadata' not in sys.modules"
    assert loaded(statement, tmp_path) == set()


def test_a_check_loads_what_measures_and_rich(tmp_path: Path) -> None:
    needed = CORE | {"rich"}
    assert loaded(typed("check", "walk.geojson", "--draws", "20"), tmp_path) == needed


def test_a_check_for_programs_needs_no_rich(tmp_path: Path) -> None:
    assert loaded(typed("check", "walk.geojson", "--draws", "20", "--json"), tmp_path) == CORE


def test_lint_loads_what_measures_alone(tmp_path: Path) -> None:
    assert loaded(typed("lint", "walk.geojson"), tmp_path) == CORE


def test_a_map_loads_no_table_and_no_figure(tmp_path: Path) -> None:
    found = loaded(typed("map", "walk.geojson", "--draws", "20"), tmp_path)
    taken_along = {
        "requests",
        "webbrowser",
        "pyarrow",
        "lxml",  # reads the logo of a theme
    }  # folium loads pandas and xyzservices, pandas pyarrow if it is there
    assert found - taken_along == CORE | DRAWING


def test_pandas_is_loaded_only_where_a_table_is_made(tmp_path: Path) -> None:
    read = (
        "import escape_route as er; report = er.check(er.read_journey('walk.geojson'), draws=20); "
        "report.finding()"
    )
    assert "pandas" not in loaded(read, tmp_path)
    assert "pandas" in loaded(f"{read}; report.claims", tmp_path)


def test_what_the_start_is_measured_by_can_be_run_more_than_once() -> None:
    path = Path(__file__).parents[1] / "benchmarks" / "startup.py"
    startup = runpy.run_path(str(path))
    rows = dict(startup["ROWS"])
    ours = [
        arguments
        for arguments in rows.values()
        if "{out}" in arguments and "escape_route" in arguments
    ]
    assert [arguments for arguments in ours if "--force" not in arguments] == []
    assert startup["best_s"](rows["escape-route --version"], runs=2) > 0


def test_the_parser_of_the_documentation_knows_the_arguments_of_every_command() -> None:
    (commands,) = [each.choices for each in cli.whole_parser()._actions if each.choices]  # noqa: SLF001
    assert list(commands) == list(cli.COMMANDS)
    assert [name for name, each in commands.items() if not each.description] == []


def test_geopy_has_its_geocoders_once_they_are_asked_for(tmp_path: Path) -> None:
    statement = (
        "import sys, escape_route.geography.geodesic; assert 'geopy.geocoders' not in sys.modules; "
        "import geopy; "
        "from geopy import Nominatim; from geopy.geocoders import options; "
        "assert geopy.geocoders.Nominatim is Nominatim; assert not hasattr(geopy, 'options')"
    )
    assert "geopy" in loaded(statement, tmp_path)
