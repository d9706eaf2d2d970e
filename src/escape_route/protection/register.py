"""What was last published of each place, in a small file beside the journey: a place is not published finer unnoticed.

The register holds published cells alone, so that it gives nothing away. A place is known again by
its id, or by lying in a cell that was published under an id that is gone: a new id does not make it
a new place. Nor does a new id of the journey make it a new journey.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import shapely
from shapely.geometry import Point

from escape_route.errors import EscapeRouteError
from escape_route.geography import base
from escape_route.model.journey import Before, Journey, Waypoint
from escape_route.protection import register_file
from escape_route.protection.protect import Protected
from escape_route.protection.register_file import DECIMALS, NO_CELL, WITHOUT_COORDINATES, Entry
from escape_route.protection.sensitivity import AS_HELD, CELLS, DEFAULT_SENSITIVITY, sensitivity_of


class FinerError(EscapeRouteError):
    """A place would be published finer than before."""


@dataclass(frozen=True, slots=True)
class Known:
    """What was published before: of the journey itself, and under other ids that it had."""

    own: Sequence[Entry]
    others: Sequence[Entry]

    def of(self, held: Waypoint) -> list[Entry]:
        """Entries of a place by its own id, in which it lies; those of the journey itself where there are any."""
        for entries in (self.own, self.others):
            if same := [entry for entry in entries if entry.id == held.id and entry.holds(held)]:
                return same
        return []

    def left_by(self, place_id: str, journey: Journey) -> list[Entry]:
        """Entries of an id wherever they were, if no place of the journey lies there now: that place may have moved.

        Of the journey's own register alone, for other journeys have the same ids.
        """
        named = [entry for entry in self.own if entry.id == place_id]
        return [
            entry
            for entry in named
            if not any(entry.holds(waypoint) for waypoint in journey.waypoints)
        ]


def refuse_finer(journey: Journey, form: Protected, journey_file: Path, *, allowed: bool) -> None:
    """Stop where a place of a held journey would be published finer than before.

    Where it is `allowed`, for it was asked for, a reason and a date in the file are needed all the
    same. Raises FinerError with every such place and what it was published as, and once what is
    needed; EscapeRouteError where a register in the folder cannot be read.
    """
    path = register_file.path_of(journey_file, journey.id)
    others = dict(_of_another_id(journey, journey_file, path))
    known = Known(
        register_file.read(path), [entry for entries in others.values() for entry in entries]
    )
    _refuse_silent(journey, known, journey_file)
    faults = list(_finer(journey, form, known, allowed=allowed))
    if faults:
        needed = dict.fromkeys(need for fault in faults for need in fault.needed)
        lines = [
            *(fault.said for fault in faults),
            _advice(needed, [*([path] if known.own else []), *others]),
        ]
        raise FinerError("\n".join(f"{journey_file}: {line}" for line in lines))


def _refuse_silent(journey: Journey, known: Known, journey_file: Path) -> None:
    """Raise FinerError where no place says its sensitivity, and some did when they were last published."""
    if any(waypoint.sensitivity is not None for waypoint in journey.waypoints):
        return
    located = {waypoint.id for waypoint in journey.waypoints if waypoint.label is not None}
    said = [entry for entry in (*known.own, *known.others) if _was_declared(entry, located)]
    if said:
        names = ", ".join(dict.fromkeys(f'"{entry.id}"' for entry in said))
        fix = "take the file that was published from, or give each place its sensitivity anew"
        raise FinerError(
            f"{journey_file}: no place says its sensitivity, and {names} did when it was published "
            "on "
            f"{max(entry.date for entry in said)}: a program that saved the file may have taken it "
            f"out ({fix})"
        )


def _was_declared(entry: Entry, located: Collection[str]) -> bool:
    """Whether a place was published otherwise than one that declares nothing is."""
    if entry.degrees == WITHOUT_COORDINATES:
        return entry.id in located
    return entry.degrees < CELLS[DEFAULT_SENSITIVITY]


def _advice(needed: Iterable[str], registers: Iterable[Path]) -> str:
    """What can be done about places that would be finer, the least work first: for all of them together."""
    files = " and ".join(register.name for register in registers)
    return (
        "to look at it yourself, add --preview to map, figure or report: that publishes nothing. "
        "If nothing of it was "
        f"shown to anyone yet, remove {files} and go on. Else tell a place as coarsely as it was, "
        "or it takes "
        f"{' and '.join(needed)}"
    )


def record(journey: Journey, form: Protected, journey_file: Path) -> None:
    """Write down what was published of each place; what was published of places that are gone stays."""
    path = register_file.path_of(journey_file, journey.id)
    before, known = register_file.read_whole(path)
    today = _today().isoformat()
    renamed = _renamed(journey, form, before)
    kept, entries = list(before), []
    for held, published in zip(journey.waypoints, form.waypoints, strict=True):
        now = _entry(held, published, today)
        if held.id in renamed or any(_is_same(entry, now) for entry in before):
            continue  # it stands there already
        if not (held.label or held.geometry or held.footprints or held.withheld):
            continue  # nothing was known of it, and so nothing was held back
        # Those of this place: it lies in what was published there, or both tell no coordinates.
        shapeless = now.shape is None
        mine = [entry for entry in kept if entry.holds(held) or (shapeless and entry.shape is None)]
        kept = [entry for entry in kept if entry.id != held.id or entry not in mine]
        entries.append(now)
    ids = _ids(form, known)
    if entries or ids != known:
        register_file.write(path, [*kept, *entries], ids)


def remembering(journey: Journey, journey_file: Path | None) -> Journey:
    """Journey with what its register says of its last publication, for `protect` to keep to it.

    A register that cannot be read says nothing here; it stops whatever would be written.
    """
    if journey_file is None or base.is_shipped(journey_file):
        return journey
    try:
        entries, ids = register_file.read_whole(register_file.path_of(journey_file, journey.id))
    except EscapeRouteError:
        return journey
    cells = {
        entry.id: (entry.point, entry.cell_deg) for entry in entries if entry.point is not None
    }
    return replace(journey, before=Before(ids, cells) if ids or cells else None)


def _ids(form: Protected, known: register_file.Ids) -> register_file.Ids:
    """Published ids by held ones: what was known, and what is published now; nothing of what is a publishable form."""
    new = {kind: dict(pairs) for kind, pairs in known.items()}
    for kind, pairs in form.ids.items():
        mine = new.setdefault(kind, {})
        if not set(pairs) <= set(mine.values()):
            mine |= {held: shown for held, shown in pairs.items() if held not in mine}
    return new


@dataclass(frozen=True, slots=True)
class _Fault:
    """A place that would be finer: what is said of it, and what is missing before it may be."""

    said: str
    needed: Sequence[str]


def _finer(journey: Journey, form: Protected, known: Known, *, allowed: bool) -> Iterator[_Fault]:
    renamed = _renamed(journey, form, (*known.own, *known.others))
    free = [entry for entry in (*known.own, *known.others) if _is_free(entry, journey)]
    for held, published in zip(journey.waypoints, form.waypoints, strict=True):
        now = _entry(held, published)
        mine = known.of(held)
        if held.id in renamed or any(_is_same(entry, now) for entry in mine):
            continue  # it is published as it was
        last = max(
            mine
            or [entry for entry in free if entry.holds(held)]
            or known.left_by(held.id, journey),
            key=lambda entry: (entry.date, entry.degrees),
            default=None,
        )
        needed = [] if last is None else _needed(held, last, allowed=allowed)
        if last is not None and now.is_finer(last) and needed:
            name = "it" if last.id == held.id else f'"{last.id}", which may be the same place,'
            was = f"{name} was published {_in_words(last)} on {last.date}"
            yield _Fault(
                f'waypoint "{held.id}": would be published {_in_words(now)}, and {was}', needed
            )


def _of_another_id(
    journey: Journey, journey_file: Path, own: Path
) -> Iterator[tuple[Path, Sequence[Entry]]]:
    """Registers beside the journey that are its own under another id, with their entries.

    They are those where at least half of the waypoints lie, by their own ids, in what was published
    there, and one of them in a cell or an outline: so two journeys that pass through one town, or
    the same countries, do not stop each other.
    """
    for path in register_file.beside(journey_file):
        entries = register_file.read(path) if path != own else ()
        held_in = [
            [entry for entry in entries if entry.id == waypoint.id and entry.holds(waypoint)]
            for waypoint in journey.waypoints
        ]
        is_known = any(entry.shape is not None for entries in held_in for entry in entries)
        if is_known and 2 * sum(map(bool, held_in)) >= len(journey.waypoints):
            yield path, entries


def _renamed(journey: Journey, form: Protected, before: Sequence[Entry]) -> set[str]:
    """Ids of places that are published just as an entry says whose id is free; each entry for one place.

    So a publishable form, whose ids may be new, is known for the journey that it was made from. An
    entry that tells neither a shape nor a footprint says nothing of which place it is.
    """
    free = [
        entry for entry in before if (entry.shape or entry.footprints) and _is_free(entry, journey)
    ]
    ids = set()
    for held, published in zip(journey.waypoints, form.waypoints, strict=True):
        if any(
            entry.id == held.id and entry.shape is not None and entry.holds(held)
            for entry in before
        ):
            continue
        now = _entry(held, published)
        same = next((entry for entry in free if _is_same(replace(entry, id=held.id), now)), None)
        if same is None:
            continue
        # Entries stand in the order in which they were made: it may have been published in a larger
        # cell since.
        later = [
            entry
            for entry in before[before.index(same) + 1 :]
            if entry.shape is not None and entry.holds(held)
        ]
        if not any(entry.degrees > same.degrees for entry in later):
            ids.add(held.id)
            free.remove(same)
    return ids


def _is_free(entry: Entry, journey: Journey) -> bool:
    """Whether the id of an entry is gone, or stands for another place now."""
    return not any(
        entry.id == waypoint.id and entry.holds(waypoint) for waypoint in journey.waypoints
    )


def _needed(held: Waypoint, last: Entry, *, allowed: bool) -> list[str]:
    """What is missing before a place may be published finer than it last was."""
    today = max(_today(), datetime.now(UTC).date()).isoformat()
    reasoned = held.lowered is not None and last.date <= held.lowered.date <= today
    columns = "in a table the columns lowered_reason and lowered_date"
    days = "a day from that of the publication to today"
    lowered = f'a "sensitivity_lowered" in the file, with a reason and {days} ({columns})'
    needed = [] if reasoned else [lowered]
    return needed if allowed else [*needed, "the option --finer"]


def _today() -> date:
    """The day where it is published, by which a reason is dated."""
    return datetime.now().astimezone().date()


def _in_words(entry: Entry) -> str:
    if entry.degrees == WITHOUT_COORDINATES:
        return ", as ".join(
            ("without coordinates", *filter(None, (" and ".join(entry.footprints),)))
        )
    if entry.degrees == NO_CELL:
        return "as held"
    return f"in a cell of {entry.degrees.normalize():f} degree"


def _entry(held: Waypoint, published: Waypoint, day: str = "") -> Entry:
    return Entry(held.id, f"{_degrees(published):f}", _shape(published), published.footprints, day)


def _degrees(published: Waypoint) -> Decimal:
    """Height of the cell that a waypoint is published in."""
    if published.label is None and published.geometry is None:
        return WITHOUT_COORDINATES
    if sensitivity_of(published) == AS_HELD:
        return NO_CELL
    return published.cell or NO_CELL


def _shape(published: Waypoint) -> str | None:
    shape = published.geometry
    if shape is None and published.label is not None:
        shape = Point(published.label)
    return None if shape is None else str(shapely.to_wkt(shape, rounding_precision=DECIMALS))


def _is_same(entry: Entry, now: Entry) -> bool:
    """Whether two entries are of one id and say the same, on whatever day."""
    return replace(entry, date=now.date) == now
