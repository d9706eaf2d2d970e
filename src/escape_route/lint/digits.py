"""Rules about the figures of a coordinate, which claim a precision.

References
----------
A. D. Chapman and J. R. Wieczorek (2020), Georeferencing Best Practices, doi 10.15468/doc-gg7h-s853: uncertainty due to
coordinate precision.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from escape_route.errors import Problem
from escape_route.geography import geodesic
from escape_route.lint.rules import Subject, at, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from escape_route.geography.geodesic import LonLat
    from escape_route.model.journey import Waypoint

_MOST = 7  # a centimetre
_OF_A_LABEL = 2  # a kilometre, for a name to hang on [judgement]
_GUARD = 1  # decimals that are let pass beyond what the uncertainty asks for [judgement]
_MOST_LAT_DEG = 90.0


@rule(
    "too-many-decimals",
    "A coordinate has more decimals than its uncertainty allows.",
    "Figures claim a precision. The diagonal of a cell of the last decimal at that latitude (Chapman & Wieczorek 2020, "
    "doi 10.15468/doc-gg7h-s853), should not be far below coordinateUncertaintyInMeters: as many decimals as make it "
    "no larger, and one more, are let pass; two for a label point; seven, a centimetre, anywhere. RFC 7946, section "
    "11.2, advises six [the slack is judgement].",
)
def _too_many_decimals(subject: Subject) -> Iterator[Problem]:
    for waypoint in subject.journey.waypoints:
        if waypoint.label is None or waypoint.geometry is not None:
            continue
        has, most = decimals(waypoint.label), allowed(waypoint, waypoint.label)
        if has > most:
            message = f"{as_written(waypoint.label)} has {has} decimals; {_of_what(waypoint)} {most}"
            yield Problem(at(waypoint), message, "write " + ", ".join(f"{each:.{most}f}" for each in waypoint.label))
    for trace in subject.journey.traces:
        has = max(map(decimals, trace.line))
        if has > _MOST:
            place = f"track from {trace.start} to {trace.end}"
            yield Problem(place, f"positions with {has} decimals", f"{_MOST} are a centimetre")


def decimals(position: LonLat) -> int:
    """Decimals that a position is written with, as far as its value tells.

    Examples
    --------
    >>> decimals((102.5, 18.0)), decimals((0.00001, 2.0)), decimals((30.0, 4.0))
    (1, 5, 0)
    """
    return max(max(0, -int(Decimal(repr(value)).normalize().as_tuple().exponent)) for value in position)


def resolution_m(position: LonLat, after_the_point: int) -> float:
    """Diagonal of the cell that the last decimal of a position stands for, in metres, at its latitude.

    Examples
    --------
    >>> round(resolution_m((0.0, 0.0), 2), -1), round(resolution_m((0.0, 60.0), 2), -1)
    (1570.0, 1250.0)
    """
    step = 10.0**-after_the_point
    lon, lat = position
    return geodesic.geodesic_m(position, (lon + step, lat - step if lat > 0 else lat + step))


def allowed(waypoint: Waypoint, label: LonLat) -> int:
    """Decimals that a waypoint's point may have."""
    if waypoint.is_label_only:
        return _OF_A_LABEL
    if not waypoint.uncertainty_m:
        return _MOST
    fine_enough = (count for count in range(_MOST) if resolution_m(label, count) <= (waypoint.uncertainty_m or 0.0))
    return min(_MOST, next(fine_enough, _MOST) + _GUARD)


def as_written(position: LonLat) -> str:
    """Position as a message shows it: with all its decimals."""
    return ", ".join(repr(value).removesuffix(".0") for value in position)


def turned(position: LonLat) -> LonLat | None:
    """Position with its numbers swapped; None where that is none."""
    return (position[1], position[0]) if abs(position[0]) <= _MOST_LAT_DEG else None


def _of_what(waypoint: Waypoint) -> str:
    if waypoint.is_label_only:
        return "a label point may have"
    if not waypoint.uncertainty_m:
        return "a centimetre is"
    return f"{waypoint.uncertainty_m:,.0f} m of uncertainty allow"
