"""A report as one JSON-ready mapping: the seam between Python and JavaScript, as `web/payload.d.ts` has it."""

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
from escape_route.language.plain import as_json, members
from escape_route.language.view import ReportView
from escape_route.language.words import languages
from escape_route.model import places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from escape_route.distance.report import PublishedReport, Report
    from escape_route.distance.scopes import ScopeReport
    from escape_route.geography.geodesic import LonLat
    from escape_route.language.claim_view import ClaimView
    from escape_route.language.plain import Json
    from escape_route.language.scope_view import ScopeView
    from escape_route.language.view import LegView, MethodView
    from escape_route.model.journey import Waypoint

_JOURNEY = ("id", "title", "subject", "summary", "care", "people", "outcome", "notes")
_WAYPOINT = (
    "id", "name", "role", "precision", "status", "when", "withheld", "within", "narration", "sources",
)  # fmt: skip
_LEG = (
    "start", "end", "told", "traced", "length_km", "bearing_deg", "vague", "status", "modes", "modes_are",
    "plausible_km",
)  # fmt: skip
_SCOPE = ("id", "start", "end", "label", "lower_bound_km", "plausible_km")
_CLAIM = ("id", "quantity", "value", "unit", "stated", "value_km", "wording", "scope", "sources", "note")
_LEG_COLUMNS = ("from", "to", "length_km", "bearing_deg", "vague", "status", "country")
_BREAK_M = 60_000.0  # the shortest journey is not drawn nearer than this to a point of it


def payload(reports: Sequence[PublishedReport]) -> dict[str, Json]:
    """Everything that the page of one or several journeys shows in words and numbers.

    Parameters
    ----------
    reports
        The first is the page's own; others are laid beside it. All have the same mark.
    """
    views = [ReportView.of(report) for report in reports]
    return {
        "program": PROGRAM,
        "languages": _languages(views),
        "words": {},
        "journeys": [_journey(report, view) for report, view in zip(reports, views, strict=True)],
        "mark": next((report.mark for report in reports), None),
        "downloads": [file for view in views for file in _downloads(view)],
    }


def _languages(views: Sequence[ReportView]) -> list[str]:
    """Languages that the page can be read in: those of its interface in which every journey is told."""
    told = [{*view.journey.title} & {*view.journey.summary} for view in views]
    shared = [language for language in languages() if all(language in each for each in told)]
    return shared or [languages()[0]]


def _downloads(view: ReportView) -> list[dict[str, str]]:
    """Files that a reader can take out of the page: the journey as published, and its legs as a table."""
    journey = view.journey
    files = (
        (f"{journey.id}.geojson", "application/geo+json", geojson.to_bytes(journey).decode()),
        (f"{journey.id}-legs.csv", "text/csv", _legs_csv(view)),
    )
    return [
        {"name": name, "mime": mime, "text": text, "sha256": hashlib.sha256(text.encode()).hexdigest()}
        for name, mime, text in files
    ]


def _legs_csv(view: ReportView) -> str:
    """Legs as CSV (RFC 4180), a row a leg, as the page's table has them."""
    content = io.StringIO()
    writer = csv.DictWriter(content, _LEG_COLUMNS, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(map(_leg, view.legs))
    return content.getvalue()


def _journey(report: Report, view: ReportView) -> dict[str, Json]:
    journey = view.journey
    shapes = places.outlines(journey)
    numbered = enumerate(journey.waypoints, start=1)
    return {
        **members(journey, *_JOURNEY),
        "sources": as_json(view.sources.numbered),
        "waypoints": [_waypoint(waypoint, number, shapes.get(waypoint.id)) for number, waypoint in numbered],
        "legs": [_leg(leg) for leg in view.legs],
        "claims": [_claim(claim) for claim in view.claims],
        "scopes": [_scope(view, *pair) for pair in zip(view.scopes, report.scopes, strict=True)],
        **members(view, "finding", "finding_aside"),
        "method": _method(view.method),
    }


def _waypoint(waypoint: Waypoint, number: int, shape: BaseGeometry | None) -> dict[str, Json]:
    label = None if waypoint.label is None or waypoint.withheld else position(waypoint.label)
    return {
        **members(waypoint, *_WAYPOINT),
        "number": number,
        "label": label,
        "pin": waypoint.label is not None and not waypoint.is_vague,
        "uncertainty_km": None if waypoint.uncertainty_m is None else waypoint.uncertainty_m / 1000,
        "footprints": [{"ref": reference, "name": base.name_of(reference)} for reference in waypoint.footprints],
        "bbox": _bbox(label, shape),
        "generalised": waypoint.data_generalizations,
        "left_out": waypoint.information_withheld,
    }


def _bbox(label: LonLat | None, shape: BaseGeometry | None) -> tuple[float, ...] | None:
    """West, south, east and north of all that is known of a place; None where nothing is."""
    if shape is not None:
        west, south, east, north = shape.bounds
        return *position((west, south)), *position((east, north))
    return None if label is None else label * 2


def _leg(leg: LegView) -> dict[str, Json]:
    return {
        **members(leg, *_LEG),
        "country": ", ".join(sorted(leg.countries_km)) or None,
        "line": [[position(point) for point in part] for part in leg.line],
    }


def _scope(view: ReportView, scope: ScopeView, measured: ScopeReport) -> dict[str, Json]:
    shortest: Json = None
    if measured.bound is not None:
        shortest = {
            "length_km": scope.shortest_way_km,
            "sampling_error_km": scope.shortest_error_km,
            "line": _broken(measured.bound.shortest.points, measured.edges),
        }
    return {
        **members(scope, *_SCOPE),
        "flight": "yes" if scope.has_flight and scope.counts_flight else "no",
        "shortest": shortest,
        "chain_km": scope.label_chain_km,
        "chain_from": None if scope.chain_start is None else scope.chain_start + 1,
        "claims": [claim.id for claim, _ in view.judged_in(scope)],
    }


def _broken(points: tuple[LonLat, ...], edges: tuple[Edge, ...]) -> list[list[LonLat]]:
    """Shortest journey to draw, with a gap around each of its points: none may be read as where somebody was."""
    parts = []
    for edge, (start, end) in zip(edges, pairwise(points), strict=True):
        if edge is not Edge.GEODESIC or geodesic.geodesic_m(start, end) <= 3 * _BREAK_M:
            continue
        for part in geodesic.geodesic_line(start, end, _BREAK_M):
            ends_m = [(geodesic.geodesic_m(point, start), geodesic.geodesic_m(point, end)) for point in part]
            kept = [position(point) for point, off_m in zip(part, ends_m, strict=True) if min(off_m) >= _BREAK_M / 2]
            if len(kept) > 1:
                parts.append(kept)
    return parts


def _claim(claim: ClaimView) -> dict[str, Json]:
    """A claim with its first judgement; of a second one, where it is unknown whether a flight counts, the verdict."""
    first, second = (*claim.judgements, None, None)[:2]
    return {
        **members(claim, *_CLAIM),
        "scope_id": None if first is None else first.scope.id,
        "also_scope_id": None if second is None else second.scope.id,
        "verdict": None if first is None else str(first.verdict),
        "also_verdict": None if second is None else str(second.verdict),
        "said": None if first is None else as_json(first.said),
        "also_said": None if second is None else as_json(second.said),
        "ratio": None if first is None or first.ratio is None else round(first.ratio, 2),
        "unexplained_km": None if first is None else first.unexplained_km or None,
        "sentence": as_json(claim.weighed),
        "more": as_json(claim.asides),
    }


def _method(method: MethodView) -> dict[str, Json]:
    return {
        **members(method, "seed", "draws_proposed", "rho", "calibration", "where", "engines_differ_nm"),
        "draws_kept": method.draws,
        "priors": [
            {
                **members(prior, "mode", "judgement", "basis"),
                "median_factor": prior.typical.median_factor,
                "low90": prior.typical.low90_factor,
                "high90": prior.typical.high90_factor,
            }
            for prior in method.priors
        ],
    }
