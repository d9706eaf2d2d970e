"""`escape-route protect`: the publishable form of a journey, as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from escape_route import report
from escape_route.commands.shared import JOURNEY_HELP, print_size, read_all
from escape_route.protect import protect
from escape_route.sentences import Speaker

if TYPE_CHECKING:
    import argparse

    from escape_route.model import Journey


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("journey", metavar="JOURNEY", help=JOURNEY_HELP)
    parser.add_argument("-o", "--output", metavar="FILE", required=True, help="where to write the GeoJSON")
    parser.add_argument(
        "--finer", action="store_true", help="allow places that were published coarser before, where the file says why"
    )


def run(options: argparse.Namespace) -> int:
    """Write the publishable form of a journey: places made coarser by their sensitivity, and what is held back gone."""
    (journey,) = read_all([options.journey])
    target = Path(options.output)
    journey.save_protected(target, finer=options.finer)
    print_size(target)
    changes = protect(journey.data).changes
    for kind, count in changes.items():
        print(f"  {count:>3} {kind}")
    if not changes:
        print("  nothing had to be changed: it was coarse enough already")
    for line in _other_verdicts(journey.data):
        print(f"  {line}")
    if journey.data.reviewed is None:
        print('  no review date: go through the file for what it gives away, and give "reviewed" the day')
    return 0


def _other_verdicts(held: Journey) -> list[str]:
    """Say which stated distances are judged otherwise from the places as they are published."""
    published = protect(held).journey
    if published == held or len(published.claims) != len(held.claims):
        return []
    speaker = Speaker()
    lines = []
    for mine, theirs in zip(report.gather(held).claims, report.gather(published).claims, strict=True):
        for one, other in zip(mine.judgements, theirs.judgements, strict=False):
            if one.verdict is not other.verdict:
                said = f'"{speaker.stated(mine.claim)}" is {speaker.verdict(one.verdict)} as held'
                lines.append(f"{said}, and {speaker.verdict(other.verdict)} from the places as they are published")
    return lines
