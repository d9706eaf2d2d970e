"""Ctrl-C at any moment leaves whole files or none: a real process gets a real SIGINT."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from beside import long, on_posix
from documents import content, journey

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = on_posix

SAID = "escape-route: interrupted; nothing was left half written\n"
#: Runs the command and sends SIGINT to itself after a method of `Path` that writing a file goes
#: through.
INTERRUPTED = """
import os, signal, sys
from pathlib import Path
from escape_route.api import publish
from escape_route.cli import main as cli
from escape_route.publish.page import page
name, arguments = sys.argv[1], sys.argv[2:]
real = getattr(Path, name)
def interrupted(path, *given, **options):
    result = real(path, *given, **options)
    if path.name.startswith(".x."):
        os.kill(os.getpid(), signal.SIGINT)
    return result
setattr(Path, name, interrupted)
sys.exit(cli.main(arguments))
"""
COMMANDS = {
    "protect": ("protect", "walk0.geojson", "-o", "out/x.geojson"),
    "export": ("export", "walk0.geojson", "--to", "gpx", "-o", "out/x.gpx"),
}
#: After which call: nothing of the file is written, all of it is but not under its name, it has its
#: name.
MOMENTS = {"open": 0, "chmod": 0, "replace": 1}


@pytest.fixture(autouse=True)
def _heard() -> None:
    """A shell that runs the suite behind another command has it ignore Ctrl-C, and what it starts as well."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def write_journeys(folder: Path) -> list[str]:
    names = []
    for number in range(3):
        (folder / f"walk{number}.geojson").write_bytes(content(journey(id=f"walk{number}")))
        names.append(f"walk{number}.geojson")
    return names


@pytest.mark.parametrize(
    ("command", "moment"),
    [
        pytest.param("protect", "open", marks=long),
        pytest.param("export", "chmod", marks=long),
        ("export", "replace"),
    ],
)
def test_an_interruption_while_a_file_is_written_leaves_no_part_of_it(
    command: str, moment: str, tmp_path: Path
) -> None:
    write_journeys(tmp_path)
    process = [sys.executable, "-c", INTERRUPTED, moment, *COMMANDS[command]]
    run = subprocess.run(process, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (run.returncode, run.stdout) == (130, "")
    assert run.stderr.endswith(SAID)
    assert len(list((tmp_path / "out").iterdir())) == MOMENTS[moment]
    assert [path.name for path in tmp_path.rglob(".*")] == []


def test_what_was_there_before_an_interruption_is_there_still(tmp_path: Path) -> None:
    write_journeys(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "x.gpx").write_text("before")
    process = [sys.executable, "-c", INTERRUPTED, "chmod", *COMMANDS["export"], "--force"]
    run = subprocess.run(process, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (run.returncode, run.stderr[-len(SAID) :]) == (130, SAID)
    assert [path.read_text() for path in (tmp_path / "out").iterdir()] == ["before"]


def test_an_interruption_from_outside_leaves_whole_pages_only(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "escape_route",
        "pages",
        *write_journeys(tmp_path),
        "-o",
        "out",
    ]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path
    )
    while not (tmp_path / "out" / "walk0.html").exists() and process.poll() is None:
        time.sleep(0.001)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, out, err) == (130, "", SAID)
    pages = {path.name: path.read_text() for path in (tmp_path / "out").iterdir()}
    assert "walk0.html" in pages
    assert "index.html" not in pages  # it leads to all the others, and is written last
    assert [
        name
        for name, text in pages.items()
        if name.startswith(".") or not text.endswith("</html>\n")
    ] == []


def test_an_interruption_after_all_was_done_changes_nothing(tmp_path: Path) -> None:
    late = "import atexit, os, signal; atexit.register(os.kill, os.getpid(), signal.SIGINT)"
    code = f"{late}; from escape_route.cli import main as cli; cli.entry()"
    write_journeys(tmp_path)
    process = [sys.executable, "-c", code, *COMMANDS["protect"]]
    run = subprocess.run(process, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (run.returncode, run.stderr) == (0, "")
