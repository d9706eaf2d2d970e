"""`escape-route exposure`: what is left of each place that is held back, when all that is published is put together."""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from escape_route import publish as drawing
from escape_route.api.journeys import Journey, read_all
from escape_route.api.publish import form_of, publish
from escape_route.cli import shared
from escape_route.errors import UnprotectedWarning, UsageError, visible
from escape_route.language.phrases import Phrases
from escape_route.model.published import Mark
from escape_route.protection.exposure import Exposure, exposures

_LEFT, _GONE, _WIDE, _HIGH, _MOST = "▓", "·", 24, 12, 3
_ENDINGS = (".html", ".png")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("journey", metavar="JOURNEY", help=shared.JOURNEY_HELP)
    about = (
        "write table and map to a .html or .png file as well; it is of what is held, and marked so"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help=about)
    parser.add_argument("--json", action="store_true", help="one JSON document for programs")
    shared.add_force(parser)


def run(options: argparse.Namespace) -> int:
    """Say for each place what share of its promised cell is left when all that is published is put together."""
    (journey,) = shared.with_warnings(read_all([options.journey]))
    places = exposures(journey.data, form_of(journey))
    if options.output:
        _write(journey, places, Path(options.output), force=options.force)
    if options.json:
        shared.print_json({"as_held": True, "places": [_member(exposure) for exposure in places]})
        return 0
    print(Phrases("en").word("terminal.as_held"))
    if not places:
        print("No place is held back: nothing is promised.")
    for exposure in places:
        print(visible(shared.named(str(exposure), journey.data)))
    exposed = sorted(
        (exposure for exposure in places if exposure.share < 1), key=lambda exposure: exposure.share
    )
    for exposure in exposed[:_MOST]:
        place = visible(shared.named(exposure.held, journey.data))
        print(f"\n{place}: {_LEFT} left, {_GONE} ruled out, X the place as it is held; north is up")
        print("\n".join(f"  {line}" for line in _map(exposure)))
    return 0


def _write(journey: Journey, places: Sequence[Exposure], target: Path, *, force: bool) -> None:
    ending = target.suffix.lower()
    if ending not in _ENDINGS:
        raise UsageError(f"{target}: written as {' or '.join(_ENDINGS)}")
    shared.refuse_existing((target,), [journey], force=force)
    warnings.simplefilter("ignore", UnprotectedWarning)  # it says so itself

    def draw(_: object) -> bytes:
        if ending == ".png":
            return drawing.exposed.picture(places)
        return drawing.exposed.page(places, journey.id)

    publish([journey], draw, target, mark=Mark.AS_HELD)
    shared.print_size(target)


def _member(exposure: Exposure) -> dict[str, object]:
    return {
        "waypoint": exposure.held,
        "cell_left": round(exposure.share, 3),
        "date_left": exposure.days,
        "by": list(exposure.by),
    }


def _map(exposure: Exposure) -> list[str]:
    west, south = exposure.points.min(axis=0)
    size = np.maximum(exposure.points.max(axis=0) - (west, south), 1e-12)
    signs = np.full((_HIGH, _WIDE), " ")
    for which, sign in ((~exposure.left, _GONE), (exposure.left, _LEFT)):
        column, row = _at(exposure.points[which], np.array([west, south]), size)
        signs[row, column] = sign
    if exposure.place is not None:
        column, row = _at(np.array([exposure.place]), np.array([west, south]), size)
        signs[row, column] = "X"
    return ["".join(line) for line in signs]


def _at(points: np.ndarray, corner: np.ndarray, size: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    part = np.clip((points - corner) / size, 0, 1)
    return (part[:, 0] * (_WIDE - 1)).round().astype(int), (
        (1 - part[:, 1]) * (_HIGH - 1)
    ).round().astype(int)
