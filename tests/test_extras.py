"""What is no part of the base says, where it is missing, which extra brings it; check and map need none of it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from beside import long
from documents import content, journey
from escape_route.errors import EXTRA_OF, way_to

if TYPE_CHECKING:
    from pathlib import Path

WITHOUT = f"""
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {sorted(EXTRA_OF)}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Missing())
"""


def run(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    """Run code where no package of an extra is to be found."""
    (folder / "walk.geojson").write_bytes(content(journey()))
    return subprocess.run(
        [sys.executable, "-c", WITHOUT + code],
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
    )


def typed(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(
        folder, f"from escape_route.cli.main import main; sys.exit(main({list(arguments)!r}))"
    )


OF_THE_BASE = {
    "check": ("walk.geojson", "--draws", "20"),
    "lint": ("walk.geojson",),
    "map": ("walk.geojson", "--draws", "20"),
    "pages": ("walk.geojson", "--draws", "20"),
    "new": ("trip",),
    "export": ("walk.geojson", "--to", "xlsx"),
    "protect": ("walk.geojson", "-o", "open.geojson"),
    "compare": ("walk.geojson", "--draws", "20"),
    "doctor": (),
    "completion": ("bash",),
}


@pytest.fixture(scope="module")
def one_after_another(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[object]]:
    """Exit code and errors of each command of the base; in one process, for what they load takes a second of each."""
    commands = [[name, *arguments] for name, arguments in OF_THE_BASE.items()]
    code = f"""
import contextlib, io, json
from escape_route.cli.main import main
told = {{}}
for command in {commands!r}:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as errors:
        told[command[0]] = [main(command), errors.getvalue()]
print(json.dumps(told))
"""
    done = run(tmp_path_factory.mktemp("base"), code)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", OF_THE_BASE)
def test_the_base_is_enough(name: str, one_after_another: dict[str, list[object]]) -> None:
    assert one_after_another[name] == [0, ""]


@pytest.mark.parametrize(
    ("arguments", "package", "extra"),
    [
        (("figure", "walk.geojson"), "matplotlib", "figures"),
        pytest.param(("report", "walk.geojson"), "matplotlib", "figures", marks=long),
        (("export", "walk.geojson", "--to", "gpkg"), "geopandas", "geo"),
        (("check", "walk.geojson", "--routes", "--draws", "20"), None, "routes"),
    ],
)
def test_what_needs_more_says_which_extra(
    arguments: tuple[str, ...], package: str | None, extra: str, tmp_path: Path
) -> None:
    done = typed(tmp_path, *arguments)
    assert done.returncode in {0, 2}  # what is given beside the rest is left out, and says why
    assert f"escape-route[{extra}]" in done.stderr + done.stdout, done.stderr + done.stdout
    assert package is None or f"needs {package}" in done.stderr


def test_python_is_told_as_well(tmp_path: Path) -> None:
    code = "import escape_route as er; er.read_journey('walk.geojson').legs()"
    done = run(tmp_path, code)
    assert done.stderr.rstrip().endswith('pip install "escape-route[tables]"')


def test_each_package_of_an_extra_is_declared_there() -> None:
    code = (
        "from importlib.metadata import requires; import json; "
        "print(json.dumps(requires('escape-route')))"
    )
    told = json.loads(
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout
    )
    lacking = [
        each
        for each, extra in EXTRA_OF.items()
        if not any(_declares(need, each, extra) for need in told)
    ]
    assert lacking == ["IPython"]  # comes with ipykernel


def _declares(need: str, package: str, extra: str) -> bool:
    return need.lower().startswith(
        package.lower().replace("_", "-")
    ) and f"'{extra}'" in need.replace('"', "'")


@pytest.mark.parametrize(
    ("kept", "way"),
    [
        ("uv-receipt.toml", 'uv tool install "escape-route[pdf]"'),
        ("pipx_metadata.json", 'pipx runpip escape-route install "escape-route[pdf]"'),
        ("pyvenv.cfg", 'python -m pip install "escape-route[pdf]"'),
    ],
)
def test_the_way_to_an_extra_is_that_of_who_keeps_the_environment(
    kept: str, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / kept).touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert way_to("pdf") == way
