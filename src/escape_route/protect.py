"""The publishable form of a journey: every place as coarse as its sensitivity asks for, and nothing that is not listed.

Generalised, never randomised: the same journey gives the same form every time; protecting that form changes nothing.

References
----------
A. D. Chapman (2020), Current Best Practices for Generalizing Sensitive Species Occurrence Data,
doi 10.15468/doc-5jp4-5g10.
OCHA Centre for Humanitarian Data (2021), Data Responsibility Guidelines.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from math import ceil, floor
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import box

from escape_route import cells, geography, places
from escape_route.merging import merged
from escape_route.model import Precision
from escape_route.naming import renamed

if TYPE_CHECKING:
    from escape_route.model import Claim, Journey, LonLat, TracedLeg, Waypoint

#: Height of the cell that a place is published as, by sensitivity. Sensitivity 1 has no cell, 0 is published as held.
CELLS = {2: Decimal("0.1"), 3: Decimal("0.01"), 4: Decimal("0.001")}
DEFAULT_SENSITIVITY = 2
AS_HELD, NO_COORDINATES = 0, 1

_NAMED_CELL = re.compile(r"(\d+(?:\.\d+)?)\s*(?:°|deg)|(whole degree)")
_DATE = re.compile(r"(-?\d{4}|-?Y-?\d+|\d{2,3}X{1,2})(-(?:\d{2}|XX))?(-(?:\d{2}|XX))?(T\S*)?([?~%]?)")
#: Precisions of what was told as wide as a footprint is: such a place keeps its name.
_WIDE = frozenset({Precision.COUNTRY, Precision.REGION, Precision.NAMED_FEATURE})
_TOWN_M, _COARSE_M = 1_000.0, 20_000.0  # what is known no better than this is told as a town, and as a region

_GENERALISED, _COUNTRY_ALONE = "generalised to", "the country alone"
_SAID = (f"point {_GENERALISED}", f"outline {_GENERALISED}", _COUNTRY_ALONE)

COARSER, FEWER, LINES, DATES, TEXTS, IDS, TOGETHER, CLAIMS = (
    *("places made coarser", "places without coordinates", "traced lines left out", "dates made coarser"),
    *("texts left out", "ids renamed", "stops told as one with a neighbour", "claims left out"),
)


@dataclass(frozen=True, slots=True)
class Protected:
    """A journey as it may be published, and how often each kind of change was made; no change, no count.

    `waypoints` gives for each waypoint of the held journey the one of the published journey that tells it.
    """

    journey: Journey
    changes: dict[str, int]
    waypoints: tuple[Waypoint, ...]


def protect(journey: Journey) -> Protected:
    """Make the publishable form of a journey.

    Parameters
    ----------
    journey
        As held.

    Returns
    -------
    Protected
        The same for the same journey. A journey that is coarse enough already comes back equal.

    Examples
    --------
    >>> import escape_route as er
    >>> protect(er.read_journey("ro-family").data).changes
    {}
    """
    counts: Counter[str] = Counter()
    coarse = tuple(_protected(waypoint, counts) for waypoint in journey.waypoints)
    groups = _groups(coarse)
    together = tuple(_told_as_one([coarse[index] for index in group]) for group in groups)
    counts[TOGETHER] += len(coarse) - len(together)
    found = [each for group, each in zip(groups, together, strict=True) for _ in group]
    ends = {held.id: each.id for held, each in zip(journey.waypoints, found, strict=True)}
    traces, claims = _traces(journey, counts), _claims(journey, ends, counts)
    whole, counts[IDS] = renamed(replace(journey, waypoints=together, traces=traces, claims=claims))
    published = [each for group, each in zip(groups, whole.waypoints, strict=True) for _ in group]
    return Protected(whole, {kind: count for kind, count in counts.items() if count}, tuple(published))


def sensitivity_of(waypoint: Waypoint) -> int:
    """Sensitivity of a waypoint: great harm where nothing is declared."""
    return DEFAULT_SENSITIVITY if waypoint.sensitivity is None else waypoint.sensitivity


def cell_of(waypoint: Waypoint) -> Decimal | None:
    """Height in degrees of the cell that a waypoint says it was generalised to; None where it names none."""
    found = _NAMED_CELL.search(waypoint.data_generalizations or "")
    if found is None:
        return None
    return Decimal(1) if found[2] else Decimal(found[1])


def was_made_coarser(journey: Journey) -> bool:
    """Whether a published journey says that `protect` made one of its places coarser."""
    return any((each.data_generalizations or "").startswith(_SAID) for each in journey.waypoints)


def _protected(waypoint: Waypoint, counts: Counter[str]) -> Waypoint:
    if sensitivity_of(waypoint) == AS_HELD:
        return _with_date(replace(waypoint, lowered=None), counts)
    coarse = _with_date(_with_place(waypoint, counts), counts)
    if coarse.verbatim_locality is not None:
        counts[TEXTS] += 1
        coarse = replace(_withholding(coarse, "the place in the words it was told in"), verbatim_locality=None)
    return replace(coarse, lowered=None)


def _with_place(waypoint: Waypoint, counts: Counter[str]) -> Waypoint:
    if sensitivity_of(waypoint) == NO_COORDINATES:
        bare = _without_coordinates(waypoint)
        counts[FEWER] += bare != waypoint
        return bare
    if waypoint.label is None and waypoint.geometry is None:
        return waypoint
    degrees = CELLS[sensitivity_of(waypoint)]
    if _is_coarse(waypoint, degrees):
        return waypoint
    counts[COARSER] += 1
    return _as_cells(waypoint, degrees) if waypoint.geometry is not None else _in_cell(waypoint, degrees)


def _is_coarse(waypoint: Waypoint, degrees: Decimal) -> bool:
    """Whether a place already names a cell that is coarse enough, is written no finer, and says how large it is."""
    named = cell_of(waypoint)
    if named is None or named < degrees or not 0 < named <= cells.LARGEST:
        return False
    if waypoint.geometry is not None:
        return all(_is_multiple(value, named) for value in shapely.get_coordinates(waypoint.geometry).flat)
    if waypoint.label is None or not all(_is_multiple(value, named / 2) for value in waypoint.label):
        return False
    if waypoint.is_label_only:
        return True
    return (waypoint.uncertainty_m or 0.0) >= cells.half_diagonal_m(waypoint.label, named)


def _is_multiple(value: float, step: Decimal) -> bool:
    return Decimal(repr(float(value))) % step == 0


def _in_cell(waypoint: Waypoint, degrees: Decimal) -> Waypoint:
    """The centre of the cell for the point, and a radius that is sure to hold the place wherever it is in the cell."""
    label: LonLat = waypoint.label  # type: ignore[assignment]  # asked for by the caller
    coarse = replace(waypoint, label=cells.centre(label, degrees))
    if not waypoint.is_label_only:
        reach_m = (waypoint.uncertainty_m or 0.0) + cells.half_diagonal_m(label, degrees)
        coarse = replace(coarse, uncertainty_m=float(int(reach_m) + (reach_m % 1 > 0)))
        coarse = replace(coarse, precision=_no_finer(waypoint.precision, reach_m))
    return _generalised(coarse, degrees, "point")


def _as_cells(waypoint: Waypoint, degrees: Decimal) -> Waypoint:
    """All the cells that a drawn place meets."""
    shape, taken = cells.cover(waypoint.geometry, degrees)
    point = shape.representative_point()
    coarse = replace(waypoint, geometry=shape, label=(point.x, point.y))
    return _generalised(coarse, taken, "outline")


def _generalised(waypoint: Waypoint, degrees: Decimal, what: str) -> Waypoint:
    said = f"{what} {_GENERALISED} {degrees.normalize():f} degree"
    told = waypoint.data_generalizations
    # What the file says of an earlier, finer generalisation is no longer true, and would be read as the cell.
    kept = told if told and not _NAMED_CELL.search(told) else None
    coarse = replace(waypoint, data_generalizations=f"{said}; {kept}" if kept else said)
    return _withholding(coarse, "the place as finely as it is held")


def _withholding(waypoint: Waypoint, what: str) -> Waypoint:
    told = waypoint.information_withheld
    return replace(waypoint, information_withheld=f"{told}; {what}" if told else what)


def _no_finer(precision: Precision, reach_m: float) -> Precision:
    """Precision that a place of this radius can still be said to have."""
    if precision is not Precision.EXACT or reach_m <= _TOWN_M:
        return precision
    return Precision.REGION if reach_m > _COARSE_M else Precision.CITY


def _without_coordinates(waypoint: Waypoint) -> Waypoint:
    """The footprint alone; where none was told, the countries that the place may lie in. A finer name goes as well."""
    has_place = waypoint.label is not None or waypoint.geometry is not None
    bare = replace(waypoint, label=None, geometry=None, uncertainty_m=None)
    if waypoint.footprints:
        bare = _withholding(bare, "a point on the map") if has_place else bare
        return bare if waypoint.precision in _WIDE else _with_name_of(bare, waypoint.footprints)
    if not has_place and waypoint.precision in {Precision.COUNTRY, Precision.REGION}:
        return bare
    codes = [reference.partition(":")[2] for reference in waypoint.within] or _countries(waypoint)
    bare = replace(bare, within=(), data_generalizations=_COUNTRY_ALONE if codes else None)
    return _with_name_of(bare, tuple(f"country:{code}" for code in codes))


def _with_name_of(waypoint: Waypoint, footprints: tuple[str, ...]) -> Waypoint:
    """A place that is told as its footprints and called by their names; withheld where there are none."""
    names = [geography.name_of(each)["en"] for each in footprints] or ["Place withheld"]
    bare = replace(
        waypoint,
        name={"en": " / ".join(names)},
        footprints=footprints,
        precision=Precision.COUNTRY,
        withheld=not footprints,
    )
    return _withholding(bare, "the place itself, and its name")


def _countries(waypoint: Waypoint) -> list[str]:
    """Countries that a place may lie in: all that its whole degrees meet, so that none tells how near a border is."""
    if waypoint.label is None:
        return []
    place = places.place_of(waypoint)
    pieces = [] if place is None else list(places.cover(place).shapes)
    boxes = [piece.bounds for piece in pieces] or [(*waypoint.label, *waypoint.label)]
    degrees = [box(floor(west), floor(south), ceil(east), ceil(north)) for west, south, east, north in boxes]
    return geography.countries_near(shapely.union_all(degrees))


def _with_date(waypoint: Waypoint, counts: Counter[str]) -> Waypoint:
    when = waypoint.when_published or cut_date(waypoint.when, sensitivity_of(waypoint))
    if when == waypoint.when:
        return waypoint
    counts[DATES] += 1
    coarse = replace(waypoint, when=when)
    return coarse if waypoint.when is None else _withholding(coarse, "the date as finely as it is held")


def cut_date(when: str | None, sensitivity: int) -> str | None:
    """Cut an EDTF date to what may be published of it: the year, the month or the day; never the hour.

    Parameters
    ----------
    when
        A date, or two with a stroke between them.
    sensitivity
        1 leaves the year, 2 and 3 the month, 4 the day, 0 all [judgement].

    Returns
    -------
    str or None
        None where the date has a form that cannot be cut.

    Examples
    --------
    >>> cut_date("2019-12-05?", 2), cut_date("2008~", 2), cut_date("2019-03-04/2019-05-06", 1)
    ('2019-12?', '2008~', '2019')
    """
    if when is None or sensitivity == AS_HELD:
        return when
    parts = {1: 1, 2: 2, 3: 2, 4: 3}[sensitivity]
    cut = [date if date in {"", ".."} else _cut(date, parts) for date in when.split("/")]
    return None if None in cut else "/".join(dict.fromkeys(map(str, cut)))


def _cut(date: str, parts: int) -> str | None:
    found = _DATE.fullmatch(date)
    if found is None:
        return None
    kept = [part or "" for part in found.groups()[:3]][:parts]
    return "".join(kept) + found[5]


def _groups(waypoints: tuple[Waypoint, ...]) -> list[list[int]]:
    """Indices of neighbouring stops that lie in the same cell, in travel order; a group of one for all others."""
    groups: list[list[int]] = []
    for index, waypoint in enumerate(waypoints):
        if groups and _share_a_cell(waypoints[groups[-1][0]], waypoint):
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _told_as_one(stops: list[Waypoint]) -> Waypoint:
    """One waypoint for all stops of a group, as sensitive as the most sensitive of them."""
    whole = merged(stops)
    if len(stops) == 1:
        return whole
    strictest = replace(whole, sensitivity=min(map(sensitivity_of, stops)))
    return replace(strictest, when=whole.when_published or cut_date(whole.when, sensitivity_of(strictest)))


def _share_a_cell(one: Waypoint, other: Waypoint) -> bool:
    cell = cell_of(one)
    return (
        all(each.label and not each.is_label_only and each.geometry is None for each in (one, other))
        and cell is not None
        and AS_HELD not in {sensitivity_of(one), sensitivity_of(other)}
        and cell == cell_of(other)
        and one.label == other.label
    )


def _traces(journey: Journey, counts: Counter[str]) -> tuple[TracedLeg, ...]:
    """Tracks between two places that are both declared not sensitive; no others."""
    by_id = {waypoint.id: waypoint for waypoint in journey.waypoints}
    kept = [
        trace
        for trace in journey.traces
        if all(sensitivity_of(by_id[end]) == AS_HELD for end in (trace.start, trace.end))
    ]
    counts[LINES] += len(journey.traces) - len(kept)
    return tuple(kept)


def _claims(journey: Journey, ends: dict[str, str], counts: Counter[str]) -> tuple[Claim, ...]:
    """Claims with their scopes; one whose scope lies within a single cell can no longer be told."""
    found = []
    for claim in journey.claims:
        scope = replace(claim.scope, start=ends[claim.scope.start], end=ends[claim.scope.end])
        if scope.start == scope.end:
            counts[CLAIMS] += 1
        else:
            found.append(replace(claim, scope=scope))
    return tuple(found)
