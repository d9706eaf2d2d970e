"""Ctrl-C at any moment leaves whole files or none: a real process gets a real SIGINT."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from documents import content, journey

if TYPE_CHECKING:
    from pathlib import Path

SAID = "escape-route: interrupted; nothing was left half written\n"
#: Runs the command and sends SIGINT to itself after a method of `Path` that writing a file goes through.
INTERRUPTED = """
import os, signal, sys
from pathlib import Path
from escape_route import cli, publish, story
name, arguments = sys.argv[1], sys.argv[2:]
real = getattr(Path, name)
def interrupted(path, *given, **options):
    result = real(path, *given, **options)
    if path.name.startswith(".index.html."):
        os.kill(os.getpid(), signal.SIGINT)
    return result
setattr(Path, name, interrupted)
sys.exit(cli.main(arguments))
"""


def write_journeys(folder: Path) -> list[str]:
    names = []
    for number in range(3):
        (folder / f"walk{number}.geojson").write_bytes(content(journey(id=f"walk{number}")))
        names.append(f"walk{number}.geojson")
    return names


def assert_only_whole_files(folder: Path) -> None:
    found = sorted(folder.iterdir()) if folder.exists() else []
    assert [path.name for path in found if path.suffix != ".html" or path.name.startswith(".")] == []
    assert [path.name for path in found if not path.read_text().endswith("</html>\n")] == []


@pytest.mark.parametrize(("function", "whole"), [("open", 0), ("chmod", 0), ("replace", 1)])
def test_an_interruption_while_a_page_is_written_leaves_no_part_of_it(
    function: str, whole: int, tmp_path: Path
) -> None:
    arguments = ["pages", *write_journeys(tmp_path), "-o", "out", "--draws", "20"]
    command = [sys.executable, "-c", INTERRUPTED, function, *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (run.returncode, run.stdout, run.stderr) == (130, "", SAID)
    assert_only_whole_files(tmp_path / "out")
    assert len(list((tmp_path / "out").iterdir())) == whole


def test_an_interruption_from_outside_leaves_whole_pages_only(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "escape_route", "pages", *write_journeys(tmp_path), "-o", "out"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    while not (tmp_path / "out" / "index.html").exists() and process.poll() is None:
        time.sleep(0.001)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, out, err) == (130, "", SAID)
    assert_only_whole_files(tmp_path / "out")
    assert (tmp_path / "out" / "index.html").exists()
