"""How soon the command answers, beside a Python that does nothing and a short script with geopy, pandas and folium.

    python benchmarks/startup.py [--runs N]

Each command runs in a process of its own, and its processor time counts, of the best of several
runs: what else the machine does only makes a run longer. `check` of a journey that is too vague to
measure is start-up alone: libraries, reading, printing.
"""

from __future__ import annotations

import argparse
import platform
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
VAGUE = HERE.parent / "geo" / "lee-son.geojson"
TOLD = HERE.parent / "geo" / "ro-family.geojson"
OURS = ("-m", "escape_route")
SCRIPT = (str(HERE / "plain_script.py"),)

#: What is timed, and the arguments of Python; `{out}` is a file to write to. The first two are what
#: others are held to.
ROWS = (
    ("python -c pass", ("-c", "pass")),
    ("the script: geopy, pandas and folium, a table", (*SCRIPT, str(TOLD))),
    ("the script: and its map", (*SCRIPT, str(TOLD), "{out}")),
    ("escape-route --version", (*OURS, "--version")),
    ("escape-route --help", (*OURS, "--help")),
    ("escape-route check --help", (*OURS, "check", "--help")),
    ("escape-route check lee-son", (*OURS, "check", str(VAGUE))),
    ("escape-route check lee-son --json", (*OURS, "check", str(VAGUE), "--json")),
    ("escape-route map lee-son", (*OURS, "map", str(VAGUE), "-o", "{out}", "--force")),
    ("escape-route check ro-family: all it measures", (*OURS, "check", str(TOLD))),
)


def best_s(arguments: tuple[str, ...], runs: int) -> float:
    """Least processor time of several runs of Python with these arguments, in seconds."""
    taken = []
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            *(each.format(out=Path(folder) / "out.html") for each in arguments),
        ]
        for _ in range(runs):
            start_s = _of_children_s()
            subprocess.run(command, check=True, capture_output=True)
            taken.append(_of_children_s() - start_s)
    return min(taken)


def _of_children_s() -> float:
    """Processor time of all processes that this one started and that have ended, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    print(f"  {'best of ' + str(runs):47} {'seconds':>9} {'x python':>9} {'x script':>9}")
    measured = {name: best_s(arguments, runs) for name, arguments in ROWS}
    python_s, script_s = (measured[name] for name, _ in ROWS[:2])
    for name, seconds in measured.items():
        print(f"  {name:47} {seconds:7.3f} s {seconds / python_s:9.1f} {seconds / script_s:9.2f}")
    print(f"\nPython {platform.python_version()}, {platform.machine()}.")


if __name__ == "__main__":
    main()
