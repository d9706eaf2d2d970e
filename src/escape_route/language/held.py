"""What a holder is shown of what is held: lengths of single legs place nothing that is not published."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from escape_route.geography.geodesic import geodesic_m
from escape_route.language.phrases import COARSER
from escape_route.language.view import ReportView
from escape_route.protection.protect import protect
from escape_route.protection.sensitivity import AS_HELD, sensitivity_of

if TYPE_CHECKING:
    from escape_route.distance.report import Report
    from escape_route.language.view import LegView
    from escape_route.model.journey import Waypoint


def view_of(report: Report) -> ReportView:
    """Say a report, its legs between the places as they may be published; as it is where these are no coarser.

    A length to the kilometre, or what is plausible beside it, leaves a hundredth of the cell that is promised: people
    paste what a check prints.
    """
    view, form = ReportView.of(report), protect(report.journey)
    ends = zip(pairwise(report.journey.waypoints), pairwise(form.waypoints), strict=True)
    legs = tuple(_coarser(leg, *pairs) for leg, pairs in zip(view.legs, ends, strict=True))
    total_km = view.total_km if legs == view.legs else sum(leg.length_km or 0.0 for leg in legs)
    return replace(view, legs=legs, total_km=total_km)


def _coarser(leg: LegView, held: tuple[Waypoint, Waypoint], published: tuple[Waypoint, Waypoint]) -> LegView:
    is_line_kept = not leg.traced or all(sensitivity_of(each) == AS_HELD for each in held)
    if is_line_kept and [each.label for each in held] == [each.label for each in published]:
        return leg
    start, end = (each.label for each in published)
    if leg.length_km is None or start is None or end is None:
        return replace(leg, length_km=None, plausible_km=None)
    return replace(leg, length_km=round(geodesic_m(start, end) / 1000), plausible_km=None, remark=COARSER)
