"""A wheel built from the checkout works far from it, and the lock files name no registry."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from beside import PROJECT, SHIPPED, long, on_posix

PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input"]
OFFLINE = ["--quiet", "--no-deps", "--no-index"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout without network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        *PIP,
        "wheel",
        *OFFLINE,
        "--no-build-isolation",
        "--wheel-dir",
        str(folder),
        str(PROJECT),
    ]
    subprocess.run(build, check=True, capture_output=True, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of a fresh environment that holds the wheel; dependencies are lent to it, the checkout is not."""
    home = tmp_path_factory.mktemp("far away")
    venv.create(home / "env", symlinks=True)
    packages = Path(
        sysconfig.get_path(
            "purelib", vars={"base": str(home / "env"), "platbase": str(home / "env")}
        )
    )
    subprocess.run(
        [*PIP, "install", *OFFLINE, "--target", str(packages), str(wheel)],
        check=True,
        capture_output=True,
    )
    (packages / "lent.pth").write_text(
        sysconfig.get_path("purelib") + "\n"
    )  # after its own: the wheel goes first
    return home / "env" / "bin"


def run(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [installed / "python", *arguments],
        check=False,
        capture_output=True,
        text=True,
        cwd=installed,
        env={},
    )


def test_the_wheel_carries_what_the_program_reads(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    needed = [
        *(f"geo/{name}.geojson" for name in SHIPPED),
        "geo/README.md",
        "geo/base/countries/VN.geojson",
    ]
    needed += [
        "geo/base/borders.geojson",
        "geo/base/rivers.geojson",
        "model/schema/journey.schema.json",
        "py.typed",
    ]
    needed += [
        "geo/base/SHA256SUMS",
        "geo/base/relief/3-7.webp",
        "publish/page/web/page.html",
        "language/words/ko.json",
    ]
    assert {f"escape_route/{name}" for name in needed} <= names
    assert [
        name for name in names if name.startswith("escape_route/geo/") and name.endswith(".py")
    ] == []


@long
def test_the_sdist_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--directory", str(tmp_path)]
    subprocess.run([*build, "--target", "sdist"], check=True, capture_output=True, cwd=PROJECT)
    (source,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(source) as packed:
        packed.extractall(tmp_path, filter="data")
    unpacked = tmp_path / source.name.removesuffix(".tar.gz")
    subprocess.run([*build, "--target", "wheel"], check=True, capture_output=True, cwd=unpacked)
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_the_wheel_is_light(wheel: Path) -> None:
    assert wheel.stat().st_size < 12_000_000


@pytest.fixture(scope="module")
def parts(wheel: Path) -> dict[str, Any]:
    """The list of parts in the wheel, where PEP 770 has it."""
    packed = zipfile.ZipFile(wheel)
    (listed,) = [name for name in packed.namelist() if ".dist-info/sboms/" in name]
    assert listed.endswith(".cdx.json")
    parts: dict[str, Any] = json.loads(packed.read(listed))
    return parts


def test_the_wheel_lists_what_is_pinned_but_for_the_build(parts: dict[str, Any]) -> None:
    pinned = re.findall(
        r"^([a-z0-9-]+)==([^ ]+)", (PROJECT / "requirements.lock").read_text(), re.MULTILINE
    )
    for_the_build = {"hatchling", "editables", "pathspec", "pluggy", "tomlkit", "trove-classifiers"}
    listed = {(each["name"], each["version"]) for each in parts["components"]}
    assert listed == {(name, version) for name, version in pinned if name not in for_the_build}


def test_what_the_base_needs_is_required_and_no_more(parts: dict[str, Any]) -> None:
    """As the installed packages' own metadata have it, from the package down."""
    required = {each["name"] for each in parts["components"] if each["scope"] == "required"}
    seen, left = set(), ["escape-route"]
    while left:
        name = left.pop()
        needs = map(Requirement, metadata.requires(name) or ())
        named = {
            canonicalize_name(need.name)
            for need in needs
            if not need.marker or need.marker.evaluate()
        }
        left += named - seen
        seen |= named
    assert seen <= required
    assert required - seen <= {"colorama"}  # Windows alone


def test_who_needs_whom_names_what_is_listed(parts: dict[str, Any]) -> None:
    known = {each["bom-ref"] for each in [parts["metadata"]["component"], *parts["components"]]}
    needs = {each["ref"]: set(each["dependsOn"]) for each in parts["dependencies"]}
    assert set(needs) == known
    assert set().union(*needs.values()) == known - {"escape-route"}


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
    pinned = [
        line for line in text.splitlines() if "==" in line and not line.startswith((" ", "#"))
    ]
    assert len(pinned) > 20
    assert text.count("--hash=sha256:") >= len(pinned)
