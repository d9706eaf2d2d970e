"""Coverage-guided fuzzing of one reader with atheris.

    python tests/fuzz/fuzz.py FORMAT SECONDS

New inputs that reach further are kept in `.fuzz/FORMAT`; one that makes the reader fail is left
there as `crash-...`: put it, made small, into `tests/fuzz/crashed`, and mend the reader.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from random import Random

import atheris

with atheris.instrument_imports(include=["escape_route"]):
    from attempt import READ, attempt, seeds_beside, seeds_of

    from escape_route.formats import FORMATS, reader
    from escape_route.geography.base import places_named

    for each in READ:  # a reader is loaded when it is first asked for, and would else not be seen
        reader(FORMATS[each])

from mutate import mutated

#: Of the mutations this share is of bytes, whatever they mean.
OF_BYTES = 1 / 4
#: More than a reader may take of one input, where its every branch is counted.
MOST_S = 30


def main() -> None:
    """Fuzz until the time is up; the exit code is not 0 where something was found."""
    name, seconds = sys.argv[1], int(sys.argv[2])
    kept = Path(".fuzz") / name
    kept.mkdir(parents=True, exist_ok=True)
    for path in (*seeds_of(name), *seeds_beside(name)):
        (kept / path.name).write_bytes(path.read_bytes())
    places_named(
        "Gobi"
    )  # the index of names is made once, which takes long where all is instrumented
    limits = [f"-max_total_time={seconds}", "-timeout=900", "-rss_limit_mb=2000", "-max_len=200000"]
    atheris.Setup(
        [sys.argv[0], str(kept), *limits, f"-artifact_prefix={kept}/", "-print_final_stats=1"],
        lambda data: void(name, data),
        custom_mutator=lambda data, most, seed: mutation(name, data, most, Random(seed)),  # noqa: S311  # no secret
    )
    atheris.Fuzz()


def mutation(name: str, data: bytes, most: int, random: Random) -> bytes:
    """One mutation: of the structure where it can be read, else of bytes."""
    made = None if random.random() < OF_BYTES else mutated(name, data, random)
    return atheris.Mutate(data, most) if made is None or len(made) > most else made


def void(name: str, data: bytes) -> None:
    """Try one input; what takes long is found by processor time, for the machine may be another's meanwhile."""
    began_s = time.process_time()
    attempt(name, bytes(data))
    assert time.process_time() - began_s < MOST_S


if __name__ == "__main__":
    main()
