"""What a holder is shown of what is held: its verdicts, and numbers that place nothing."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, TypeVar

from escape_route.distance.report import Report, gather
from escape_route.protection.protect import placed_as_published

if TYPE_CHECKING:
    from escape_route.distance.report import ClaimReport
    from escape_route.distance.verdicts import Judgement

_Report = TypeVar("_Report", bound=Report)


def shown(report: _Report) -> _Report:
    """Give a report with numbers of the places as they may be published, and the verdicts of the places as held.

    Whoever has a length to the kilometre and knows one end finds the other in a hundredth of its cell, and people paste
    what a check prints. Rounding would not do: a cell that the edge of a step runs through is cut to a sliver. So each
    number follows from the publishable form alone. A report on what is no finer than that comes back as it is.
    """
    placed = placed_as_published(report.journey)
    if placed == report.journey:
        return report
    told = gather(placed, report.settings)
    numbers = {part.name: getattr(told, part.name) for part in fields(Report)}
    claims = tuple(map(_judged, report.claims, told.claims))
    return replace(report, **numbers | {"claims": claims})


def _judged(held: ClaimReport, told: ClaimReport) -> ClaimReport:
    """A claim with the numbers of what may be told, and the verdicts on what is held.

    How firm a verdict is, and where else a number fits, is left out where the numbers would say another.
    """
    judgements = tuple(map(_with_verdict, held.judgements, told.judgements))
    others = [each.by_numbers is not None for each in judgements]
    firmness = tuple(None if other else each for other, each in zip(others, told.firmness, strict=True))
    return replace(told, judgements=judgements, firmness=firmness, fits_in=None if any(others) else told.fits_in)


def _with_verdict(held: Judgement, told: Judgement) -> Judgement:
    if held.verdict is told.verdict:
        return told
    return replace(told, verdict=held.verdict, by_numbers=told.verdict)
