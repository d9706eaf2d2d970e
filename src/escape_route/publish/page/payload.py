"""From reports to what their page shows."""

from __future__ import annotations

import csv
import hashlib
import io
from itertools import pairwise
from typing import TYPE_CHECKING

from escape_route.distance.shortest import Edge
from escape_route.formats import geojson
from escape_route.geography import base, geodesic
from escape_route.language.digits import position
from escape_route.language.json import PROGRAM
from escape_route.language.view import ReportView
from escape_route.language.words import languages
from escape_route.model import places
from escape_route.publish.page.shown import (
    Download,
    Footprint,
    Page,
    Shortest,
    ShownClaim,
    ShownJourney,
    ShownLeg,
    ShownMethod,
    ShownPrior,
    ShownScope,
    ShownWaypoint,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from escape_route.distance.report import PublishedReport, Report
    from escape_route.distance.scopes import ScopeReport
    from escape_route.geography.geodesic import LonLat
    from escape_route.language.claim_view import ClaimView
    from escape_route.language.scope_view import ScopeView
    from escape_route.language.view import LegView, MethodView, PriorView
    from escape_route.model.journey import Waypoint
    from escape_route.publish.page.shown import Lines

_LEG_COLUMNS = ("from", "to", "length_km", "bearing_deg", "vague", "status", "country")
_BREAK_M = 60_000.0  # the shortest journey is not drawn nearer than this to a point of it


def payload(reports: Sequence[PublishedReport]) -> Page:
    """Everything that the page of one or several journeys shows in words and numbers.

    Parameters
    ----------
    reports
        The first is the page's own; others are laid beside it. All have the same mark.
    """
    views = [ReportView.of(report) for report in reports]
    return Page(
        program=PROGRAM,
        languages=_languages(views),
        journeys=tuple(map(_journey, reports, views)),
        mark=next((report.mark for report in reports), None),
        downloads=tuple(file for view in views for file in _downloads(view)),
    )


def _languages(views: Sequence[ReportView]) -> tuple[str, ...]:
    """Languages that the page can be read in: those of its interface in which every journey is told."""
    told = [{*view.journey.title} & {*view.journey.summary} for view in views]
    shared = tuple(language for language in languages() if all(language in each for each in told))
    return shared or languages()[:1]


def _downloads(view: ReportView) -> list[Download]:
    """Files that a reader can take out of the page: the journey as published, and its legs as a table."""
    journey = view.journey
    files = (
        (f"{journey.id}.geojson", "application/geo+json", geojson.to_bytes(journey).decode()),
        (f"{journey.id}-legs.csv", "text/csv", _legs_csv(view)),
    )
    return [Download(name, mime, text, hashlib.sha256(text.encode()).hexdigest()) for name, mime, text in files]


def _legs_csv(view: ReportView) -> str:
    """Legs as CSV (RFC 4180), a row a leg, as the page's table has them."""
    content = io.StringIO()
    writer = csv.writer(content)
    writer.writerow(_LEG_COLUMNS)
    for leg in view.legs:
        ends = (leg.start, leg.end, leg.length_km, leg.bearing_deg)
        writer.writerow((*ends, leg.vague, leg.status, _countries(leg)))
    return content.getvalue()


def _journey(report: Report, view: ReportView) -> ShownJourney:
    journey = view.journey
    shapes = places.outlines(journey)
    numbered = enumerate(journey.waypoints, start=1)
    return ShownJourney(
        id=journey.id,
        title=journey.title,
        subject=journey.subject,
        summary=journey.summary,
        care=journey.care,
        people=journey.people,
        outcome=journey.outcome,
        notes=journey.notes,
        sources=view.sources.numbered,
        waypoints=tuple(_waypoint(waypoint, number, shapes.get(waypoint.id)) for number, waypoint in numbered),
        legs=tuple(map(_leg, view.legs)),
        claims=tuple(map(_claim, view.claims)),
        scopes=tuple(_scope(view, *pair) for pair in zip(view.scopes, report.scopes, strict=True)),
        finding=view.finding,
        finding_aside=view.finding_aside,
        method=_method(view.method),
    )


def _waypoint(waypoint: Waypoint, number: int, shape: BaseGeometry | None) -> ShownWaypoint:
    label = None if waypoint.label is None or waypoint.withheld else position(waypoint.label)
    return ShownWaypoint(
        id=waypoint.id,
        number=number,
        name=waypoint.name,
        role=waypoint.role,
        precision=waypoint.precision,
        status=waypoint.status,
        when=waypoint.when,
        withheld=waypoint.withheld,
        label=label,
        pin=waypoint.label is not None and not waypoint.is_vague,
        uncertainty_km=None if waypoint.uncertainty_m is None else waypoint.uncertainty_m / 1000,
        footprints=tuple(Footprint(reference, base.name_of(reference)) for reference in waypoint.footprints),
        within=waypoint.within,
        bbox=_bbox(label, shape),
        narration=waypoint.narration,
        sources=waypoint.sources,
        generalised=waypoint.data_generalizations,
        left_out=waypoint.information_withheld,
    )


def _bbox(label: LonLat | None, shape: BaseGeometry | None) -> tuple[float, ...] | None:
    """West, south, east and north of all that is known of a place; None where nothing is."""
    if shape is not None:
        west, south, east, north = shape.bounds
        return *position((west, south)), *position((east, north))
    return None if label is None else label * 2


def _leg(leg: LegView) -> ShownLeg:
    return ShownLeg(
        start=leg.start,
        end=leg.end,
        told=leg.told,
        traced=leg.traced,
        length_km=leg.length_km,
        bearing_deg=leg.bearing_deg,
        vague=leg.vague,
        status=leg.status,
        modes=leg.modes,
        modes_are=leg.modes_are,
        country=_countries(leg),
        line=tuple(tuple(map(position, part)) for part in leg.line),
        plausible_km=leg.plausible_km,
    )


def _countries(leg: LegView) -> str | None:
    return ", ".join(sorted(leg.countries_km)) or None


def _scope(view: ReportView, scope: ScopeView, measured: ScopeReport) -> ShownScope:
    shortest = None
    if measured.bound is not None:
        line = _broken(measured.bound.shortest.points, measured.edges)
        shortest = Shortest(scope.shortest_way_km, scope.shortest_error_km, line)
    return ShownScope(
        id=scope.id,
        start=scope.start,
        end=scope.end,
        flight="yes" if scope.has_flight and scope.counts_flight else "no",
        label=scope.label,
        lower_bound_km=scope.lower_bound_km,
        shortest=shortest,
        chain_km=scope.label_chain_km,
        chain_from=None if scope.chain_start is None else scope.chain_start + 1,
        plausible_km=scope.plausible_km,
        claims=tuple(claim.id for claim, _ in view.judged_in(scope)),
    )


def _broken(points: tuple[LonLat, ...], edges: tuple[Edge, ...]) -> Lines:
    """Shortest journey to draw, with a gap around each of its points: none may be read as where somebody was."""
    parts = []
    for edge, (start, end) in zip(edges, pairwise(points), strict=True):
        if edge is not Edge.GEODESIC or geodesic.geodesic_m(start, end) <= 3 * _BREAK_M:
            continue
        for part in geodesic.geodesic_line(start, end, _BREAK_M):
            ends_m = [(geodesic.geodesic_m(point, start), geodesic.geodesic_m(point, end)) for point in part]
            kept = [position(point) for point, off_m in zip(part, ends_m, strict=True) if min(off_m) >= _BREAK_M / 2]
            if len(kept) > 1:
                parts.append(tuple(kept))
    return tuple(parts)


def _claim(claim: ClaimView) -> ShownClaim:
    """A claim with its first judgement; of a second one, where it is unknown whether a flight counts, the verdict."""
    first, second = (*claim.judgements, None, None)[:2]
    return ShownClaim(
        id=claim.id,
        quantity=claim.quantity,
        value=claim.value,
        unit=claim.unit,
        stated=claim.stated,
        value_km=claim.value_km,
        wording=claim.wording,
        scope=claim.scope,
        sources=claim.sources,
        scope_id=None if first is None else first.scope.id,
        also_scope_id=None if second is None else second.scope.id,
        verdict=None if first is None else first.verdict,
        also_verdict=None if second is None else second.verdict,
        said=None if first is None else first.said,
        also_said=None if second is None else second.said,
        ratio=None if first is None or first.ratio is None else round(first.ratio, 2),
        unexplained_km=None if first is None else first.unexplained_km or None,
        sentence=claim.weighed,
        more=claim.asides,
        note=claim.note,
    )


def _method(method: MethodView) -> ShownMethod:
    return ShownMethod(
        seed=method.seed,
        draws_kept=method.draws,
        draws_proposed=method.draws_proposed,
        rho=method.rho,
        calibration=method.calibration,
        where=method.where,
        priors=tuple(map(_prior, method.priors)),
        engines_differ_nm=method.engines_differ_nm,
    )


def _prior(prior: PriorView) -> ShownPrior:
    typical = prior.typical
    factors = (typical.median_factor, typical.low90_factor, typical.high90_factor)
    return ShownPrior(prior.mode, *factors, judgement=prior.judgement, basis=prior.basis)
