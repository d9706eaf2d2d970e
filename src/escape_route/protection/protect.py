"""The publishable form of a journey: every place as coarse as its sensitivity asks for, and nothing that is not listed.

Generalised, never randomised: the same journey gives the same form every time; protecting that form
changes nothing.

References
----------
A. D. Chapman (2020), Current Best Practices for Generalizing Sensitive Species Occurrence Data,
doi 10.15468/doc-5jp4-5g10.
OCHA Centre for Humanitarian Data (2021), Data Responsibility Guidelines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, zip_longest

from shapely.geometry import box

from escape_route.distance.stated_numbers import stands_for
from escape_route.geography import cells
from escape_route.model.journey import STAY_KEPT, Claim, Consent, Journey, Stay, TracedLeg, Waypoint
from escape_route.model.published import Published
from escape_route.model.units import UNITS
from escape_route.protection.generalise import between_in_units, coarsened, dated, merged
from escape_route.protection.names import ids_of, in_order_of_languages, renamed
from escape_route.protection.sensitivity import AS_HELD, cut_date, sensitivity_of, withholding

LINES, IDS, TOGETHER, CLAIMS, NEAR, CONSENT, MEDIA = (
    *(
        "traced lines left out",
        "ids renamed",
        "stops told as one with a neighbour",
        "claims left out",
    ),
    *("distances to the place before left out", "consent cut to its word and year"),
    "pictures and recordings left out",
)
STAYS = "stays made coarser"
#: Unit that is left of a stay, by sensitivity: as of dates the year, the month, the day
#: [judgement].
_LEFT = {1: "year", 2: "month", 3: "month", 4: "d"}


@dataclass(frozen=True, slots=True)
class Protected:
    """What may be published of a journey, and for its holder how it came about.

    `changes` says how often each kind of change was made; no change, no count. `waypoints` gives
    for each waypoint of the held journey the one of the published journey that tells it. `ids` are
    the published ids by those that are held, a mapping each of waypoints, claims and sources.
    """

    published: Published
    changes: dict[str, int]
    waypoints: tuple[Waypoint, ...]
    ids: dict[str, dict[str, str]]

    @property
    def journey(self) -> Journey:
        """The publishable form itself."""
        return self.published.journey


class _Same:
    """A journey that is asked for again and again, known by itself: to compare it takes longer than to protect it."""

    def __init__(self, journey: Journey) -> None:
        self.journey = journey

    def __hash__(self) -> int:
        return id(self.journey)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.journey is other.journey


def protect(journey: Journey) -> Protected:
    """Make the publishable form of a journey: the same for the same one, and an equal one where it is coarse enough.

    >>> import escape_route as er
    >>> protect(er.read_journey("ro-family").data).changes
    {}
    """
    return _protected(_Same(journey))


@lru_cache(maxsize=4)
def _protected(same: _Same) -> Protected:
    journey, counts = same.journey, Counter[str]()
    last = {} if journey.before is None else journey.before.cells
    waypoints = _without_nearness(journey.waypoints, counts)
    coarse = [
        _media(coarsened(waypoint, counts, last.get(waypoint.id)), counts) for waypoint in waypoints
    ]
    coarse = dated(coarse, counts)
    groups = _groups(coarse)
    together = tuple(
        coarser_stays(
            [_told_as_one([coarse[index] for index in group]) for group in groups], counts
        )
    )
    counts[TOGETHER] += len(coarse) - len(together)
    joined = [waypoint for group, waypoint in zip(groups, together, strict=True) for _ in group]
    ends = {held.id: waypoint.id for held, waypoint in zip(journey.waypoints, joined, strict=True)}
    traces, claims = _traces(journey, counts), _claims(journey, ends, counts)
    consent = _consent(journey.consent, counts)
    coarser = replace(journey, waypoints=together, traces=traces, claims=claims, consent=consent)
    whole, counts[IDS] = renamed(in_order_of_languages(coarser))
    old, new = ids_of(coarser), ids_of(whole)
    ids = {kind: dict(zip(old[kind], new[kind], strict=True)) for kind in old}
    told_by = tuple(
        waypoint for group, waypoint in zip(groups, whole.waypoints, strict=True) for _ in group
    )
    published = Published(replace(whole, before=None))
    return Protected(
        published, {kind: count for kind, count in counts.items() if count}, told_by, ids
    )


#: What of a waypoint says where it is.
_PLACE = (
    "label",
    "geometry",
    "uncertainty_m",
    "uncertainty_unit",
    "footprints",
    "within",
    "precision",
    "withheld",
)
#: What of it says how coarsely that is told.
_COARSER = ("data_generalizations", "information_withheld")


def placed_as_published(journey: Journey) -> Journey:
    """A held journey by its own ids, stops and claims, each place where it may be published: for numbers to be shown.

    The same for every journey of the same publishable form; one that is no finer than that comes
    back equal.
    """
    none: Counter[str] = Counter()
    ends = zip(_without_nearness(journey.waypoints, none), protect(journey).waypoints, strict=True)
    waypoints = tuple(_with_members_of(place, held, _PLACE) for held, place in ends)
    return replace(journey, waypoints=waypoints, traces=_traces(journey, none))


def marked_as_published(placed: Journey, journey: Journey) -> Journey:
    """Places of a held journey where they may be published, with what that form says of how coarsely it tells them."""
    ends = zip(placed.waypoints, protect(journey).waypoints, strict=True)
    return replace(
        placed, waypoints=tuple(_with_members_of(place, held, _COARSER) for held, place in ends)
    )


def _with_members_of(place: Waypoint, held: Waypoint, members: tuple[str, ...]) -> Waypoint:
    return replace(held, **{name: getattr(place, name) for name in members})


def holds_more(journey: Journey) -> bool:
    """Whether what is held says more than its publishable form: other ids are not more."""
    return bool(protect(journey).changes.keys() - {IDS})


def _media(waypoint: Waypoint, counts: Counter[str]) -> Waypoint:
    """A waypoint without what may not be seen or heard of it: of a withheld place, and where there is a name alone."""
    if waypoint.image and waypoint.image.is_embedded and not waypoint.withheld:
        image = waypoint.image
    else:
        image = None
    if waypoint.audio and waypoint.audio.is_embedded and not waypoint.withheld:
        audio = waypoint.audio
    else:
        audio = None
    cut = (image is not waypoint.image) + (audio is not waypoint.audio)
    counts[MEDIA] += cut
    return replace(waypoint, image=image, audio=audio) if cut else waypoint


def _groups(waypoints: list[Waypoint]) -> list[list[int]]:
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
    return replace(
        strictest, when=whole.when_published or cut_date(whole.when, sensitivity_of(strictest))
    )


def _share_a_cell(one: Waypoint, other: Waypoint) -> bool:
    cell = one.cell
    if (
        cell is None
        or cell != other.cell
        or AS_HELD in {sensitivity_of(one), sensitivity_of(other)}
    ):
        return False
    if one.geometry is None and other.geometry is None:
        return one.label == other.label and not one.is_label_only and not other.is_label_only
    areas = [  # the outline of a place, or the one cell of its point
        waypoint.geometry
        if waypoint.geometry is not None or waypoint.label is None or waypoint.is_label_only
        else box(*cells.bounds(waypoint.label, cell))
        for waypoint in (one, other)
    ]
    return areas[0] is not None and areas[1] is not None and bool(areas[0].equals(areas[1]))


def _without_nearness(waypoints: tuple[Waypoint, ...], counts: Counter[str]) -> list[Waypoint]:
    """Waypoints that say how near the one before was only where both are declared not sensitive."""
    shown = [*waypoints[:1]]
    for before, waypoint in pairwise(waypoints):
        is_open = all(sensitivity_of(end) == AS_HELD for end in (before, waypoint))
        counts[NEAR] += waypoint.near_previous_km is not None and not is_open
        is_told = is_open or waypoint.near_previous_km is None
        shown.append(waypoint if is_told else replace(waypoint, near_previous_km=None))
    return shown


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
    claims = []
    for claim in journey.claims:
        scope = replace(claim.scope, start=ends[claim.scope.start], end=ends[claim.scope.end])
        if scope.start == scope.end:
            counts[CLAIMS] += 1
        else:
            claims.append(replace(claim, scope=scope))
    return tuple(claims)


def _consent(consent: Consent | None, counts: Counter[str]) -> Consent | None:
    """The word and the year of a consent; who gave it, to what and for whom is nobody else's."""
    if consent is None:
        return None
    years = re.findall(r"(?<![\d-])-?\d{4}(?!\d)", consent.when or "")
    open_ = Consent(consent.basis, years[0] if years else None)
    counts[CONSENT] += open_ != consent
    return open_


def coarser_stays(waypoints: Sequence[Waypoint], counts: Counter[str]) -> list[Waypoint]:
    """Places with their stays as they may be published: by the stricter of a place and the next, where a stay ends."""
    shown = []
    for waypoint, after in zip_longest(waypoints, waypoints[1:]):
        near = [sensitivity_of(end) for end in (waypoint, after) if end is not None]
        least = min((degree for degree in near if degree != AS_HELD), default=AS_HELD)
        stay = waypoint.stay
        coarse = stay if stay is None or least == AS_HELD else in_units(stay, _LEFT[least])
        counts[STAYS] += coarse != stay
        shown.append(
            waypoint if coarse == stay else withholding(replace(waypoint, stay=coarse), STAY_KEPT)
        )
    return shown


def in_units(stay: Stay, unit: str) -> Stay | None:
    """A stay in whole units, from below to above all that it may stand for; as it was told in one as coarser_stays.

    None where nothing is left of it: at least two weeks, in months.

    >>> fortnight, six_weeks = in_units(Stay(2, "week"), "month"), in_units(Stay(6, "week"), "month")
    >>> str(fortnight.wording), fortnight.value, six_weeks.value, six_weeks.value_to
    ('up_to', 1.0, 1.0, 2.0)
    """
    if stay.unit_size >= UNITS[unit].size:
        return stay
    low, high = stands_for(stay)
    return between_in_units(low * stay.unit_size, high * stay.unit_size, unit)
