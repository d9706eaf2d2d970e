"""What the sensitivity of a place lets be told of it: a cell of so many degrees, and so much of a date."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from escape_route.model import dates

if TYPE_CHECKING:
    from escape_route.model.journey import Journey, Waypoint

#: Height of the cell that a place is published as, by sensitivity. Sensitivity 1 has no cell, 0 is
#: published as held.
CELLS = {2: Decimal("0.1"), 3: Decimal("0.01"), 4: Decimal("0.001")}
DEFAULT_SENSITIVITY = 2
AS_HELD, NO_COORDINATES = 0, 1

_DATE = re.compile(
    r"(-?\d{4}|-?Y-?\d+|\d{2,3}X{1,2})(-(?:\d{2}|XX))?(-(?:\d{2}|XX))?(T\S*)?([?~%]?)"
)


def sensitivity_of(waypoint: Waypoint) -> int:
    """Sensitivity of a waypoint: great harm where nothing is declared."""
    return DEFAULT_SENSITIVITY if waypoint.sensitivity is None else waypoint.sensitivity


def was_made_coarser(journey: Journey) -> bool:
    """Whether a published journey says that `protect` made one of its places coarser."""
    return any(waypoint.was_made_coarser for waypoint in journey.waypoints)


def cut_date(when: str | None, sensitivity: int) -> str | None:
    """Cut an EDTF date to what may be published of it: the year, the month or the day; never the hour.

    Of two with a stroke between them, or a set, each is cut. Sensitivity 1 leaves the year, 2 and 3
    the month, 4 the day, 0 all [judgement]. None where the date has a form that cannot be cut.

    >>> cut_date("2019-12-05?", 2), cut_date("2008~", 2), cut_date("2019-03-04/2019-05-06", 1)
    ('2019-12?', '2008~', '2019')
    >>> cut_date("[1939-12-01..1940-02-29,1940-03-01..1940-05-31]", 2), cut_date("[1950,1951]", 1)
    ('[1939-12..1940-02,1940-03..1940-05]', '[1950,1951]')
    >>> cut_date("[..1945-05-07]", 2), cut_date("[1942..]", 1)
    ('[..1945-05]', '[1942..]')
    """
    if when is None or sensitivity == AS_HELD:
        return when
    kept = {1: 1, 2: 2, 3: 2, 4: 3}[sensitivity]
    return _cut_set(when, kept) if when[:1] in {"[", "{"} else _cut_stretch(when, kept)


def _cut_set(when: str, kept: int) -> str | None:
    """Each of a set cut; the stretch that covers it where two of them are then no longer apart."""
    cuts = [_cut_stretch(part, kept) for part in dates.parts(when)]
    left = [*dict.fromkeys(cut for cut in cuts if cut)]
    if len(left) == 1 and "/" not in left[0]:
        return left[0]
    spans = [dates.span_of(cut) for cut in left if cut != "/"]
    if (
        len(spans) == len(left) > 0
        and None not in cuts
        and all(a.latest_h <= b.earliest_h for a, b in pairwise(spans))
    ):
        return f"{when[0]}{','.join(cut.replace('/', '..') for cut in left)}{when[-1]}"
    whole = dates.stretch(when)
    return whole and _cut_stretch(whole, kept)


def _cut_stretch(when: str, kept: int) -> str | None:
    cut = [date if date in {"", ".."} else _cut(date, kept) for date in when.split("/")]
    bare = {
        str(date).rstrip("?~%"): str(date) for date in sorted(map(str, cut), key=len, reverse=True)
    }
    if None in cut or len(bare) == 1:  # of one month, and surely where one of its ends is sure
        return None if None in cut else next(iter(bare.values()))
    return "/".join(map(str, cut))


def _cut(date: str, kept: int) -> str | None:
    match = _DATE.fullmatch(date)
    if match is None:
        return None
    parts = [part or "" for part in match.groups()[:3]][:kept]
    return "".join(parts) + match[5]


def withholding(waypoint: Waypoint, what: str) -> Waypoint:
    """A waypoint that says what was left out of it."""
    withheld = waypoint.information_withheld
    return replace(waypoint, information_withheld=f"{withheld}; {what}" if withheld else what)
