"""What was last published of each place, in a small file beside the journey: a place is not published finer unnoticed.

The register holds published cells alone, so that it gives nothing away. A place is known again by its id, or by lying
in a cell that was published under an id that is gone: a new id does not make it a new place.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from escape_route import cells
from escape_route.errors import EscapeRouteError, OutputError
from escape_route.protect import AS_HELD, NO_COORDINATES, cell_of, sensitivity_of
from escape_route.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from escape_route.model import Journey, LonLat, Waypoint
    from escape_route.protect import Protected

_COUNTRY_DEG = Decimal(360)  # stands for "no coordinates": coarser than any cell


class FinerError(EscapeRouteError):
    """A place would be published finer than before."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place as it was published: `cell_deg` is the height of its cell, 0 as held; `centre` is None for a country."""

    id: str
    cell_deg: str
    centre: LonLat | None
    date: str

    @property
    def degrees(self) -> Decimal:
        """Height of the cell in degrees."""
        return Decimal(self.cell_deg)

    def holds(self, waypoint: Waypoint) -> bool:
        """Whether a held waypoint lies in what was published here."""
        if waypoint.label is None or self.centre is None:
            return False
        if self.degrees == 0:
            return waypoint.label == self.centre
        return cells.centre(waypoint.label, self.degrees) == self.centre


def path_of(journey_file: Path) -> Path:
    """Register of a journey's file: beside it, with an ending of its own."""
    return journey_file.with_name(f"{journey_file.name}.published.json")


def refuse_finer(journey: Journey, form: Protected, journey_file: Path, *, allowed: bool) -> None:
    """Stop where a place would be published finer than before.

    Parameters
    ----------
    journey, form
        As held, and its publishable form.
    journey_file
        The file that the journey was read from.
    allowed
        Whether this was asked for; a reason and a date in the file are needed all the same.

    Raises
    ------
    FinerError
        With every such place, what it was published as, and what is needed.
    """
    before = read(journey_file)
    faults = list(_finer(journey, form, before, allowed=allowed)) if before else []
    if faults:
        raise FinerError("\n".join(f"{journey_file}: {fault}" for fault in faults))


def _finer(journey: Journey, form: Protected, before: tuple[Entry, ...], *, allowed: bool) -> Iterator[str]:
    told = {waypoint.id for waypoint in journey.waypoints}
    for held, published in zip(journey.waypoints, form.waypoints, strict=True):
        now = _degrees(published)
        known = [entry for entry in before if entry.id == held.id] or [
            entry for entry in before if entry.id not in told and entry.holds(held)
        ]
        if now is None or not known:
            continue
        last = max(known, key=lambda entry: (entry.date, entry.degrees))
        needed = _needed(held, last, allowed=allowed)
        if now < last.degrees and needed:
            fix = f"give it the sensitivity that it had; else it takes {' and '.join(needed)}"
            was = f"it was published {_in_words(last.degrees)} on {last.date}"
            yield f'waypoint "{held.id}": would be published {_in_words(now)}, and {was} ({fix})'


def _needed(held: Waypoint, last: Entry, *, allowed: bool) -> list[str]:
    """What is missing before a place may be published finer than it last was."""
    reasoned = held.lowered is not None and held.lowered.date >= last.date[: len(held.lowered.date)]
    needed = [] if reasoned else [f'a "sensitivity_lowered" in the file, with a reason and a date from {last.date} on']
    return needed if allowed else [*needed, "the option --finer"]


def _in_words(degrees: Decimal) -> str:
    if degrees == _COUNTRY_DEG:
        return "without coordinates"
    return "as held" if degrees == 0 else f"in a cell of {degrees.normalize():f} degree"


def _degrees(published: Waypoint) -> Decimal | None:
    """Height of the cell that a waypoint is published in; None where no point or drawn shape ever stood behind it."""
    if published.label is None and published.geometry is None:
        return _COUNTRY_DEG if sensitivity_of(published) == NO_COORDINATES else None
    if sensitivity_of(published) == AS_HELD:
        return Decimal(0)
    return cell_of(published)


def read(journey_file: Path) -> tuple[Entry, ...]:
    """Entries of a journey's register; none where nothing was published yet.

    Raises
    ------
    EscapeRouteError
        Where the register is there and cannot be read: it must not be passed over.
    """
    path = path_of(journey_file)
    if not path.exists():
        return ()
    try:
        places = json.loads(path.read_text("utf-8"))["places"]
        return tuple(
            Entry(each["id"], each["cell_deg"], tuple(each["centre"]) if each["centre"] else None, each["date"])
            for each in places
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        fix = "mend it, or restore it from a copy; it says how finely places were published before"
        raise EscapeRouteError(f"{path}: not a register of what was published ({fix})") from error


def record(journey: Journey, form: Protected, journey_file: Path) -> None:
    """Write down what was published of each place; a place that is no longer in the journey stays.

    Raises
    ------
    OutputError
        Where the register cannot be written.
    """
    today = datetime.now(UTC).date().isoformat()
    found = {
        held.id: Entry(held.id, f"{degrees:f}", None if degrees == _COUNTRY_DEG else published.label, today)
        for held, published in zip(journey.waypoints, form.waypoints, strict=True)
        if (degrees := _degrees(published)) is not None
    }
    before = {entry.id: entry for entry in read(journey_file)}
    if all(_same(before.get(name), entry) for name, entry in found.items()):
        return
    document = {
        "about": "How finely each place was last published, by escape-route. Keep it beside the journey.",
        "places": [asdict(entry) for entry in (before | found).values()],
    }
    try:
        write_whole(path_of(journey_file), (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode())
    except OutputError as error:
        fix = "copy the journey to a folder that can be written to"
        raise OutputError(f"{error}; what was published must be written down beside the journey ({fix})") from error


def _same(before: Entry | None, now: Entry) -> bool:
    return before is not None and (before.cell_deg, before.centre) == (now.cell_deg, now.centre)
