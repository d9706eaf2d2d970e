"""Fuzz the readers in turn, and add up in `benchmarks/fuzzing.csv` what was tried: one row a day and format.

    python tests/fuzz/tally.py SECONDS [FORMAT ...]

Processor time is that of the fuzzer alone, as the system counts it; a finding is an input that made
a reader fail, run too long or take too much memory.
"""

from __future__ import annotations

import csv
import re
import resource
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from attempt import READ

FUZZER = Path(__file__).resolve().with_name("fuzz.py")
TALLY = FUZZER.parents[2] / "benchmarks" / "fuzzing.csv"
COLUMNS = ("day", "format", "executions", "processor_s", "findings")
#: What libFuzzer says of how many inputs it has tried: at the end, or else on the way.
_EXECUTED = re.compile(r"^stat::number_of_executed_units:\s*(\d+)|^#(\d+)\s", re.MULTILINE)
_LAST_LINES = 3000


def main() -> int:
    """Fuzz each format, and keep what came of it; 1 where something was found."""
    seconds, *names = sys.argv[1:]
    found = 0
    for name in names or READ:
        counts = fuzz(name, int(seconds))
        add(datetime.now(tz=UTC).date().isoformat(), name, counts)
        said = (
            f"{name}: {counts[0]:,} inputs in {counts[1]} s of processor time, {counts[2]} findings"
        )
        print(said, flush=True)  # noqa: T201  # a program
        found += counts[2]
    return found > 0


def fuzz(name: str, seconds: int) -> tuple[int, int, int]:
    """Inputs tried, processor time in seconds, and findings of one run; what was found is printed."""
    before = _processor_s()
    done = subprocess.run(
        [sys.executable, FUZZER, name, str(seconds)], capture_output=True, check=False
    )
    said = (done.stdout + done.stderr).decode(errors="replace")
    if done.returncode:
        print(said[-_LAST_LINES:], flush=True)  # noqa: T201  # a program
    executed = [int(end or way) for end, way in _EXECUTED.findall(said)]
    return max(executed, default=0), round(_processor_s() - before), int(done.returncode != 0)


def add(day: str, name: str, counts: tuple[int, int, int]) -> None:
    """Add counts to the row of a day and a format; the file is written whole."""
    rows: dict[tuple[str, str], tuple[int, ...]] = {}
    if TALLY.exists():
        _, *told = csv.reader(TALLY.read_text("utf-8").splitlines())
        rows = {(row[0], row[1]): tuple(map(int, row[2:])) for row in told}
    held = rows.get((day, name), (0, 0, 0))
    rows[day, name] = tuple(one + other for one, other in zip(held, counts, strict=True))
    lines = [COLUMNS, *((*key, *rows[key]) for key in sorted(rows))]
    new = TALLY.with_suffix(".new")
    new.write_text("".join(",".join(map(str, line)) + "\n" for line in lines), "utf-8")
    new.replace(TALLY)


def _processor_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
