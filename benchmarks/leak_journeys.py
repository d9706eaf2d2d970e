"""Made-up journeys with known secrets through everything that publishes; exits 1 where one is given away.

    python benchmarks/leak_journeys.py [--journeys N] [--commands N] [--first SEED]

N journeys go through protect, map and GeoJSON in process, and some through every command and every
format. A second opinion, which knows the secrets and looks for them letter for letter, reads all
that was published. Then one deliberate leak is put into each journey's page, in each notation in
turn, and must be found.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from escape_route.cli import main as cli
from escape_route.errors import EscapeRouteError
from escape_route.formats import geojson
from escape_route.model import read
from escape_route.protection import leaks
from escape_route.protection.protect import protect
from escape_route.publish.page.assembly import own_passages
from held_journeys import HeldJourney, held_journey
from leaking import NOTATIONS, secrets_of
from publishing_all import commands, in_process

EVERY = 10  # journeys after which the time is told


def through_library(seed: int, folder: Path) -> list[str]:
    """Faults of a journey that is published in process, and of a leak that is put in on purpose."""
    journey = held_journey(seed)
    try:
        files = list(in_process(journey.content, folder))
    except EscapeRouteError as error:
        return [f"seed {seed}: {error}"]
    faults = [
        f"seed {seed}: {file.name}: {each}"
        for file in files
        for each in journey.given_away(file.read_bytes())
    ]
    return faults + missed(seed, journey, files[1].read_bytes())


def missed(seed: int, journey: HeldJourney, page: bytes) -> list[str]:
    """Say so where a deliberate leak in a page is not found; its notation goes round with the seed."""
    sure = sorted(NOTATIONS)
    notation = sure[seed % len(sure)]
    held = held_journey(seed, countries=False)
    for feature in held.document["features"]:
        feature["properties"].pop("sensitivity", None)
    published = protect(read.read(held.content)).journey
    secrets = secrets_of(held.document, geojson.to_document(published))
    leak = f"<!-- {NOTATIONS[notation](*journey.positions[0])} -->".encode()
    own = own_passages(page)
    found = leaks.find(page.replace(b"<body", leak + b"<body", 1), "page.html", secrets, own=own)
    return [] if found else [f"seed {seed}: a deliberate leak was not found: {notation}"]


def through_commands(seed: int, folder: Path) -> list[str]:
    """Faults of a journey that goes through every command."""
    journey = held_journey(seed)
    faults = []
    for number, arguments in enumerate(commands(folder / "held.geojson", folder / "out")):
        for each in (folder / "out").glob("*"):
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        (folder / "held.geojson").write_bytes(journey.content)
        for register in folder.glob("held.geojson?*"):
            register.unlink()
        with redirect_stdout(StringIO()) as printed:
            code = cli.main(arguments)
            if not code:
                leaked = cli.main(
                    ["leaks", str(folder / "out"), "--against", str(folder / "held.geojson")]
                )
            else:
                leaked = 0
        files = [each for each in (folder / "out").rglob("*") if each.is_file()]
        given = [word for file in files for word in journey.given_away(file.read_bytes())]
        if code or leaked or given or not files:
            faults.append(
                f"seed {seed}: {number}: {' '.join(arguments[:3])}: {code} {leaked} {given} {printed.getvalue()}"
            )
    return faults


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--journeys", type=int, default=1000)
    parser.add_argument("--commands", type=int, default=50)
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args()
    faults: list[str] = []
    for name, run, count in (
        ("protect, map and GeoJSON", through_library, options.journeys),
        ("every command", through_commands, options.commands),
    ):
        start = time.monotonic()
        for seed in range(options.first, options.first + count):
            with tempfile.TemporaryDirectory() as folder:
                found = run(seed, Path(folder))
            faults += found
            print("\n".join(found), end="\n" if found else "")
            if (done := seed + 1 - options.first) % EVERY == 0:
                print(f"  {done:,} of {count:,} in {time.monotonic() - start:,.0f} s", flush=True)
        print(
            f"{count:,} journeys through {name}: {time.monotonic() - start:,.0f} s, {len(faults)} faults"
        )
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
