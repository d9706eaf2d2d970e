"""How long one stayed, as coarse as dates are told: a day that is known and so many days after it are another day."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from escape_route.distance.stated_numbers import stands_for
from escape_route.model.journey import Stay
from escape_route.model.units import UNITS
from escape_route.model.vocabulary import Wording
from escape_route.protection.sensitivity import AS_HELD, sensitivity_of, withholding

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from escape_route.model.journey import Waypoint

STAYS = "stays made coarser"
KEPT = "how long one stayed, as finely as it is held"
#: Unit that is left of a stay, by sensitivity: as of dates the year, the month, the day [judgement].
_LEFT = {1: "year", 2: "month", 3: "month", 4: "d"}


def coarse(waypoints: Sequence[Waypoint], counts: Counter[str]) -> list[Waypoint]:
    """Places with their stays as they may be published: by the stricter of a place and the next, where a stay ends."""
    found = []
    for waypoint, after in zip_longest(waypoints, waypoints[1:]):
        near = [sensitivity_of(each) for each in (waypoint, after) if each is not None]
        least = min((each for each in near if each != AS_HELD), default=AS_HELD)
        stay = waypoint.stay
        told = stay if stay is None or least == AS_HELD else in_units(stay, _LEFT[least])
        counts[STAYS] += told != stay
        found.append(waypoint if told == stay else withholding(replace(waypoint, stay=told), KEPT))
    return found


def in_units(stay: Stay, unit: str) -> Stay | None:
    """A stay in whole units, from below to above all that it may stand for; as it was told in one as coarse.

    None where nothing is left of it: at least two weeks, in months.

    Examples
    --------
    >>> fortnight, six_weeks = in_units(Stay(2, "week"), "month"), in_units(Stay(6, "week"), "month")
    >>> str(fortnight.wording), fortnight.value, six_weeks.value, six_weeks.value_to
    ('up_to', 1.0, 1.0, 2.0)
    """
    if stay.unit_size >= UNITS[unit].size:
        return stay
    low, high = (end * stay.unit_size / UNITS[unit].size for end in stands_for(stay))
    least = float(math.floor(low))
    if math.isinf(high):
        return Stay(least, unit, Wording.AT_LEAST) if least else None
    most = float(math.ceil(high))
    return Stay(least, unit, value_to=most) if least else Stay(most, unit, Wording.UP_TO)
