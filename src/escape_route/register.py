"""What was last published of each place, in a small file beside the journey: a place is not published finer unnoticed.

The register holds published cells alone, so that it gives nothing away. A place is known again by its id, or by lying
in a cell that was published under an id that is gone: a new id does not make it a new place.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import Point

from escape_route import cells, geography
from escape_route.coarsening import cell_of
from escape_route.errors import EscapeRouteError, OutputError
from escape_route.sensitivity import AS_HELD, sensitivity_of
from escape_route.strict_json import show
from escape_route.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from escape_route.model import Journey, Waypoint
    from escape_route.protect import Protected

_COUNTRY_DEG = Decimal(360)  # stands for "no coordinates": coarser than any cell


class FinerError(EscapeRouteError):
    """A place would be published finer than before."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place as it was published.

    `cell_deg` is the height of its cell, 0 as held, 360 without coordinates; `shape` is where it was published to be,
    as WKT: a point that stands for its cell, an outline, or nothing, and then `footprints` say where.
    """

    id: str
    cell_deg: str
    shape: str | None
    footprints: tuple[str, ...]
    date: str

    @property
    def degrees(self) -> Decimal:
        """Height of the cell in degrees."""
        return Decimal(self.cell_deg)

    def holds(self, waypoint: Waypoint) -> bool:
        """Whether a held waypoint lies in what was published here; one without coordinates, where none were."""
        if waypoint.label is None:
            return self.shape is None and waypoint.geometry is None
        if self.shape is None:
            known = [each for each in self.footprints if each.startswith("country:")]
            return any(geography.geometry_of(each).intersects(Point(waypoint.label)) for each in known)
        shape = shapely.from_wkt(self.shape)
        if shape.geom_type != "Point":
            return bool(shape.intersects(Point(waypoint.label)))
        if self.degrees == 0:
            return waypoint.label == (shape.x, shape.y)
        cell = cells.centre((shape.x, shape.y), self.degrees)  # it is no centre where a file was coarse already
        return cells.centre(waypoint.label, self.degrees) == cell


def path_of(journey_file: Path, journey_id: str) -> Path:
    """Register of a journey: beside its file, and one for all the formats that it is kept in there."""
    return journey_file.with_name(f"{journey_id}.published.json")


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
    before = read(path_of(journey_file, journey.id)) or _of_another_id(journey, journey_file)
    faults = list(_finer(journey, form, before, allowed=allowed)) if before else []
    if faults:
        raise FinerError("\n".join(f"{journey_file}: {fault}" for fault in faults))


def _finer(journey: Journey, form: Protected, before: tuple[Entry, ...], *, allowed: bool) -> Iterator[str]:
    told = {waypoint.id: waypoint for waypoint in journey.waypoints}
    for held, published in zip(journey.waypoints, form.waypoints, strict=True):
        now = _degrees(published)
        if any(_same(entry, _entry(held, published, entry.date)) for entry in before):
            continue  # it is published as it was
        last = _last(held, before, told)
        needed = [] if last is None else _needed(held, last, allowed=allowed)
        if last is not None and now < last.degrees and needed:
            fix = f"tell it as coarsely as it was; else it takes {' and '.join(needed)}"
            name = "it" if last.id == held.id else f'"{last.id}", which may be the same place,'
            was = f"{name} was published {_in_words(last.degrees)} on {last.date}"
            yield f'waypoint "{held.id}": would be published {_in_words(now)}, and {was} ({fix})'


def _of_another_id(journey: Journey, journey_file: Path) -> tuple[Entry, ...]:
    """Entries of a register beside the journey that is its own under another id.

    It is where at least half of the waypoints lie, by their own ids, in what was published there: so two journeys that
    pass through one town do not stop each other.
    """
    for path in sorted(journey_file.parent.glob("*.published.json")):
        try:
            entries = {entry.id: entry for entry in read(path)}
        except EscapeRouteError:
            continue  # whatever it is, it is not this journey's
        known = [each for each in journey.waypoints if each.id in entries and entries[each.id].holds(each)]
        if 2 * len(known) >= len(journey.waypoints):
            return tuple(entries.values())
    return ()


def _last(held: Waypoint, before: tuple[Entry, ...], told: dict[str, Waypoint]) -> Entry | None:
    """What a place was last published as.

    Under its own id and in the same cell, else in a cell of an id that is gone or stands for another place now, else
    under its own id wherever that was.
    """
    own = [entry for entry in before if entry.id == held.id]
    others = [
        entry for entry in before if entry.id != held.id and not (entry.id in told and entry.holds(told[entry.id]))
    ]
    same = [entry for entry in own if entry.holds(held)] or [entry for entry in others if entry.holds(held)] or own
    return max(same, key=lambda entry: (entry.date, entry.degrees), default=None)


def _needed(held: Waypoint, last: Entry, *, allowed: bool) -> list[str]:
    """What is missing before a place may be published finer than it last was."""
    reasoned = held.lowered is not None and held.lowered.date >= last.date[: len(held.lowered.date)]
    columns = "in a table the columns lowered_reason and lowered_date"
    lowered = f'a "sensitivity_lowered" in the file, with a reason and a date from {last.date} on ({columns})'
    needed = [] if reasoned else [lowered]
    return needed if allowed else [*needed, "the option --finer"]


def _in_words(degrees: Decimal) -> str:
    if degrees == _COUNTRY_DEG:
        return "without coordinates"
    return "as held" if degrees == 0 else f"in a cell of {degrees.normalize():f} degree"


def _degrees(published: Waypoint) -> Decimal:
    """Height of the cell that a waypoint is published in."""
    if published.label is None and published.geometry is None:
        return _COUNTRY_DEG
    if sensitivity_of(published) == AS_HELD:
        return Decimal(0)
    return cell_of(published) or Decimal(0)


def read(path: Path) -> tuple[Entry, ...]:
    """Entries of a register; none where nothing was published yet.

    Raises
    ------
    EscapeRouteError
        Where the register is there and cannot be read: it must not be passed over.
    """
    if not path.exists():
        return ()
    try:
        places = json.loads(path.read_text("utf-8"))["places"]
        return tuple(_read_entry(each, f"places[{number}]") for number, each in enumerate(places))
    except (OSError, ValueError, KeyError, TypeError) as error:
        what = f": {error}" if isinstance(error, _FaultyError) else ""
        fix = "mend it, or restore it from a copy; it says how finely places were published before"
        raise EscapeRouteError(f"{path}: not a register of what was published{what} ({fix})") from error


class _FaultyError(ValueError):
    """A value of a register that cannot be."""


def _read_entry(entry: dict[str, object], place: str) -> Entry:
    """Entry of a register with every value looked at; raises _FaultyError, KeyError, TypeError."""
    checks: dict[str, tuple[Callable[[object], bool], str]] = {
        "id": (lambda value: isinstance(value, str), "an id"),
        "cell_deg": (_is_height, "a text such as 0.1, from 0 to 360"),
        "shape": (_is_shape, "a shape as well-known text, or null"),
        "footprints": (_are_footprints, "a list of footprints such as country:VN"),
        "date": (_is_day, "a day such as 2026-11-25"),
    }
    for name, (fits, rule) in checks.items():
        if not fits(entry[name]):
            raise _FaultyError(f"{place}.{name}: {show(entry[name])} is not {rule}")
    values = {name: entry[name] for name in checks}
    return Entry(**values | {"footprints": tuple(values["footprints"])})  # type: ignore[arg-type]  # as looked at above


def _is_height(value: object) -> bool:
    plain = isinstance(value, str) and re.fullmatch(r"\d{1,3}(\.\d{1,12})?", value)
    return bool(plain) and Decimal(str(value)) <= _COUNTRY_DEG


def _is_shape(value: object) -> bool:
    if value is None or not isinstance(value, str):
        return value is None
    shape = shapely.from_wkt(value, on_invalid="ignore")
    return shape is not None and not shape.is_empty


def _are_footprints(value: object) -> bool:
    named = isinstance(value, list) and all(isinstance(each, str) for each in value)
    codes = [each.partition(":")[2] for each in value if each.startswith("country:")] if named else []  # type: ignore[attr-defined]
    return named and set(codes) <= set(geography.country_codes())


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def record(journey: Journey, form: Protected, journey_file: Path) -> None:
    """Write down what was published of each place; a place that is no longer in the journey stays.

    Raises
    ------
    OutputError
        Where the register cannot be written.
    """
    today = datetime.now(UTC).date().isoformat()
    found = {
        held.id: _entry(held, published, today)
        for held, published in zip(journey.waypoints, form.waypoints, strict=True)
    }
    path = path_of(journey_file, journey.id)
    before = {entry.id: entry for entry in read(path)}
    if all(_same(before.get(name), entry) for name, entry in found.items()):
        return
    document = {
        "about": "How finely each place was last published, by escape-route. Keep it beside the journey.",
        "places": [asdict(entry) for entry in (before | found).values()],
    }
    try:
        write_whole(path, (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode())
    except OutputError as error:
        fix = "copy the journey to a folder that can be written to"
        raise OutputError(f"{error}; what was published must be written down beside the journey ({fix})") from error


def _entry(held: Waypoint, published: Waypoint, day: str) -> Entry:
    return Entry(held.id, f"{_degrees(published):f}", _shape(published), published.footprints, day)


def _shape(published: Waypoint) -> str | None:
    shape = published.geometry
    if shape is None and published.label is not None:
        shape = Point(published.label)
    return None if shape is None else str(shapely.to_wkt(shape, rounding_precision=7))


def _same(before: Entry | None, now: Entry) -> bool:
    return before is not None and replace(before, date=now.date) == now
