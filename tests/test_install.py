"""A wheel built from the checkout works far from it, and the lock files name no registry."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from beside import PROJECT, SHIPPED, on_posix

PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input"]
OFFLINE = ["--quiet", "--no-deps", "--no-index"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout without network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [*PIP, "wheel", *OFFLINE, "--no-build-isolation", "--wheel-dir", str(folder), str(PROJECT)]
    subprocess.run(build, check=True, capture_output=True, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of a fresh environment that holds the wheel; dependencies are lent to it, the checkout is not."""
    home = tmp_path_factory.mktemp("far away")
    venv.create(home / "env", symlinks=True)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(home / "env"), "platbase": str(home / "env")}))
    subprocess.run([*PIP, "install", *OFFLINE, "--target", str(packages), str(wheel)], check=True, capture_output=True)
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")  # after its own: the wheel goes first
    return home / "env" / "bin"


def run(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [installed / "python", *arguments], check=False, capture_output=True, text=True, cwd=installed, env={}
    )


def test_the_wheel_carries_what_the_program_reads(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    needed = [*(f"geo/{name}.geojson" for name in SHIPPED), "geo/README.md", "geo/base/countries/VN.geojson"]
    needed += ["geo/base/borders.geojson", "geo/base/rivers.geojson", "model/schema/journey.schema.json", "py.typed"]
    needed += ["publish/page/web/page.html", "language/words/ko.json"]
    assert {f"escape_route/{name}" for name in needed} <= names


@on_posix
def test_the_installed_command_checks_a_shipped_journey(installed: Path) -> None:
    done = run(installed, "-m", "escape_route", "check", "ro-family", "--json", "--draws", "200")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["journey"]["id"] == "ro-family"


@on_posix
def test_the_installed_package_uses_its_own_geography(installed: Path) -> None:
    done = run(installed, "-c", "from escape_route.geography import base; print(base.geo_folder())")
    assert (done.returncode, done.stderr) == (0, "")
    assert Path(done.stdout.strip()).is_relative_to(installed.parent)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_a_lock_file_pins_by_hash_and_names_no_address(lock: str) -> None:
    text = (PROJECT / lock).read_text()
    assert "http" not in text
    assert "--index-url" not in text
    pinned = [line for line in text.splitlines() if "==" in line and not line.startswith((" ", "#"))]
    assert len(pinned) > 20
    assert text.count("--hash=sha256:") >= len(pinned)
