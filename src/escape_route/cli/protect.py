"""`escape-route protect`: the publishable form of a journey, as a file."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from escape_route.api.journeys import Journey, read_all
from escape_route.api.publish import form_of
from escape_route.cli import shared
from escape_route.distance import report
from escape_route.language.catalogues import Words
from escape_route.language.sentences import Speaker
from escape_route.language.whens import kept_span
from escape_route.model import journey as model
from escape_route.model import members
from escape_route.protection import exposure
from escape_route.protection.exposure import Exposure
from escape_route.protection.generalise import DATES
from escape_route.protection.protect import Protected, protect
from escape_route.protection.sensitivity import AS_HELD, sensitivity_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("journey", metavar="JOURNEY", help=shared.JOURNEY_HELP)
    parser.add_argument(
        "-o", "--output", metavar="FILE", required=True, help="where to write the GeoJSON"
    )
    shared.add_force(parser)
    shared.add_finer(parser)


def run(options: argparse.Namespace) -> int:
    """Write the publishable form of a journey: places made coarser by their sensitivity, and what is held back gone."""
    (journey,) = shared.with_warnings(read_all([options.journey]))
    target = Path(options.output)
    shared.refuse_existing((target,), [journey], force=options.force)
    journey.save_protected(target, finer=options.finer)
    shared.print_size(target)
    for line in _changes(journey):
        print(f"  {line}")
    for line in left_of(exposure.exposures(journey.data, form_of(journey))):
        print(f"  {line}")
    for line in _other_verdicts(journey.data):
        print(f"  {line}")
    if journey.data.reviewed is None:
        print(
            '  no review date: go through the file for what it gives away, and give "reviewed" the day'
        )
    return 0


def _changes(journey: Journey) -> list[str]:
    """Say how much of each kind was changed, and how much was not; never what or where."""
    protected = protect(journey.data)
    changes = dict(protected.changes)
    document = None if journey.as_read is None else journey.as_read.document
    changes["members left out that are not of the format"] = (
        0 if document is None else members.count_foreign(document)
    )
    lines = [
        f"{kind}: {count:,}{_one_span(protected, kind)}" for kind, count in changes.items() if count
    ]
    as_held = sum(sensitivity_of(waypoint) == AS_HELD for waypoint in journey.data.waypoints)
    if not lines and as_held < len(journey.data.waypoints):
        lines.append("nothing had to be changed: it was coarse enough already")
    if as_held:
        lines.append(f"places that declare 0, published as held: {as_held:,}")
    return lines


def _one_span(protected: Protected, kind: str) -> str:
    """Where all dates that are cut are told as one span of time: which, and what for; else nothing."""
    span = kept_span(protected.journey.waypoints, Words()) if kind == DATES else ""
    return (
        span
        and f" (the dates of these places are one span, {span}: no day shows between two of them)"
    )


def left_of(exposures: Sequence[Exposure]) -> list[str]:
    """Say of each place what is left of what it is promised; of those with all of it left, how many they are."""
    less = [exposure for exposure in exposures if exposure.share < 1 or (exposure.days or 1.0) < 1]
    whole = len(exposures) - len(less)
    if whole:
        rest = [
            f"all of its cell and its date left when all that is published is put together: {whole:,}"
        ]
    else:
        rest = []
    return [*map(str, less), *rest]


def _other_verdicts(held: model.Journey) -> list[str]:
    """Say which stated distances are judged otherwise from the places as they are published."""
    published = protect(held).journey
    if published == held or len(published.claims) != len(held.claims):
        return []
    speaker = Speaker()
    lines = []
    for mine, theirs in zip(
        report.gather(held).claims, report.gather(published).claims, strict=True
    ):
        for one, other in zip(mine.judgements, theirs.judgements, strict=False):
            if one.verdict is not other.verdict:
                said = f'"{speaker.stated(mine.claim)}" is {speaker.verdict(one.verdict)} as held'
                lines.append(
                    f"{said}, and {speaker.verdict(other.verdict)} from the places as they are published"
                )
    return lines
