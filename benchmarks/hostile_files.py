"""Seconds and peak memory of the commands for odd and hostile files: 20 s and a gigabyte at the most, and no traceback.

    python benchmarks/hostile_files.py [NAME...]

Each command runs in a process of its own on each file of `tests/hostile.py` and
`tests/hostile_readers.py`: what is refused, and what is as large as may be. Seconds are of
processor time. Exits 1 where a command is over the limits, or ends in anything but success or a
message.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import hostile
import hostile_readers

MOST_S, MOST_MB = 20.0, 1_000.0
FILES = {**hostile.FILES, **hostile_readers.FILES}
COMMANDS = {
    "import": ("import", "{}", "--force", "-o", "y.geojson"),
    "check": ("check", "{}"),
    "lint": ("lint", "{}"),
    "map": ("map", "{}", "--force", "-o", "x.html"),
    "figure": ("figure", "{}", "--force", "-o", "x.svg"),
    "report": ("report", "{}", "--force", "-o", "x.md"),
    "report on paper": ("report", "{}", "--force", "-o", "x.pdf"),
    "compare": ("compare", "{}", "--force", "-o", "x.csv"),
    "export": ("export", "{}", "--to", "kml", "--force", "-o", "x.kml"),
}


def measure(command: tuple[str, ...], name: str, folder: Path) -> tuple[float, float, int, str]:
    """Seconds of processor time, peak in MB, the exit code and the first line of what was said of a fault."""
    words = [each.format(name) for each in command]
    with (folder / "said").open("w+b") as said:
        process = subprocess.Popen(  # our own command
            [sys.executable, "-m", "escape_route", *words],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read().decode(errors="replace").strip()
    fault = "a traceback" if "Traceback" in text else text.partition("\n")[0][:70]
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1000, process.returncode, fault


def write(name: str, folder: Path) -> None:
    """Write a file of a kind into a folder."""
    file_name, make = FILES[name]
    (folder / file_name).write_bytes(make())


def main() -> int:
    """Run every command on every file and print a row each."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", help="files to try (all)")
    parser.add_argument(
        "--commands",
        type=int,
        default=len(COMMANDS),
        help="the first so many of the commands (all)",
    )
    options = parser.parse_args()
    names = options.names or list(FILES)
    over = 0
    print(f"{'file':32} {'command':16} {'s':>6} {'MB':>6} {'exit':>4}  said")
    for name in names:
        file_name, _ = FILES[name]
        with tempfile.TemporaryDirectory() as made:
            # In a process of its own: what it takes would count as the peak of those that are
            # measured.
            maker = multiprocessing.get_context("spawn").Process(
                target=write, args=(name, Path(made))
            )
            maker.start()
            maker.join()
            for label, command in list(COMMANDS.items())[: options.commands]:
                seconds, peak_mb, code, fault = measure(command, file_name, Path(made))
                bad = (
                    seconds > MOST_S
                    or peak_mb > MOST_MB
                    or code not in {0, 1}
                    or fault == "a traceback"
                )
                over += bad
                mark = " <- over" if bad else ""
                print(
                    f"{name:32} {label:16} {seconds:6.1f} {peak_mb:6.0f} {code:4}  {fault}{mark}",
                    flush=True,
                )
    print(f"over {MOST_S:.0f} s, {MOST_MB:.0f} MB or without a message: {over}")
    return int(over > 0)


if __name__ == "__main__":
    sys.exit(main())
