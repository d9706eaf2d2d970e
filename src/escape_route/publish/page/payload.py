"""A report as one JSON-ready mapping: the seam between Python and JavaScript, as `web/payload.d.ts` has it."""

from __future__ import annotations

import csv
import hashlib
import io
from itertools import pairwise
from typing import TYPE_CHECKING

import shapely

from escape_route import __version__
from escape_route.distance.shortest import Edge
from escape_route.distance.verdicts import value_m
from escape_route.formats import geojson
from escape_route.geography import base, geodesic
from escape_route.language import sentences
from escape_route.model import places
from escape_route.model.units import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from escape_route.distance.legs import Leg
    from escape_route.distance.plausible import Interval
    from escape_route.distance.report import ClaimReport, LegDraws, Report
    from escape_route.distance.scopes import ScopeReport
    from escape_route.geography.geodesic import LonLat
    from escape_route.model.journey import Journey, Waypoint

_LEG_COLUMNS = ("from", "to", "length_km", "bearing_deg", "vague", "status", "country")
_DECIMALS = 3
_PRIOR_KM = 500.0  # length at which a prior is shown: about that of a leg across a country
_BREAK_M = 60_000.0  # the shortest journey is not drawn nearer than this to a point of it


def payload(reports: Sequence[Report], *, unprotected: bool = False) -> dict[str, object]:
    """Everything that the page of one or several journeys shows in words and numbers.

    Parameters
    ----------
    reports
        The first is the page's own; others are laid beside it.
    unprotected
        Whether the page shows coordinates that were not generalised.
    """
    return {
        "program": {"name": "escape-route", "version": __version__},
        "languages": _languages(reports),
        "words": {},
        "journeys": [_journey(report) for report in reports],
        "unprotected": unprotected,
        "downloads": [file for report in reports for file in _downloads(report)],
    }


def _languages(reports: Sequence[Report]) -> list[str]:
    """Languages that the page can be read in: those of its interface in which every journey is told."""
    told = [{*report.journey.title} & {*report.journey.summary} for report in reports]
    shared = [language for language in sentences.languages() if all(language in each for each in told)]
    return shared or [sentences.languages()[0]]


def _downloads(report: Report) -> list[dict[str, str]]:
    """Files that a reader can take out of the page: the journey as published, and its legs as a table."""
    journey = report.journey
    files = (
        (f"{journey.id}.geojson", "application/geo+json", geojson.to_bytes(journey).decode()),
        (f"{journey.id}-legs.csv", "text/csv", _legs_csv(report)),
    )
    return [
        {"name": name, "mime": mime, "text": text, "sha256": hashlib.sha256(text.encode()).hexdigest()}
        for name, mime, text in files
    ]


def _legs_csv(report: Report) -> str:
    """Legs as CSV (RFC 4180), a row a leg, as the page's table has them."""
    rows = [{key: leg[key] for key in _LEG_COLUMNS} for leg in map(_leg, report.legs, report.leg_draws)]
    content = io.StringIO()
    writer = csv.DictWriter(content, _LEG_COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return content.getvalue()


def outlines(journey: Journey) -> dict[str, BaseGeometry]:
    """Shape to draw for each waypoint that is told as more than a point, by its id; longitude and latitude."""
    found = {}
    for waypoint in journey.waypoints:
        place = places.place_of(waypoint)
        shapes = [shape for region in place.regions if (shape := places.outline(region)) is not None] if place else []
        if shapes:
            found[waypoint.id] = shapes[0] if len(shapes) == 1 else shapely.GeometryCollection(shapes)
    return found


def _journey(report: Report) -> dict[str, object]:
    journey = report.journey
    shapes = outlines(journey)
    return {
        "id": journey.id,
        "title": dict(journey.title),
        "subject": journey.subject and dict(journey.subject),
        "summary": dict(journey.summary),
        "care": journey.care and dict(journey.care),
        "people": journey.people,
        "outcome": str(journey.outcome),
        "notes": [{"text": dict(note.text), "sources": list(note.sources)} for note in journey.notes],
        "sources": _sources(journey),
        "waypoints": [_waypoint(each, number, shapes) for number, each in enumerate(journey.waypoints, start=1)],
        "legs": [_leg(leg, draws) for leg, draws in zip(report.legs, report.leg_draws, strict=True)],
        "claims": [_claim(report, item) for item in report.claims],
        "scopes": [_scope(report, scope) for scope in report.scopes],
        "finding": sentences.in_all(lambda speaker: speaker.finding(report)),
        "finding_aside": sentences.in_all(lambda speaker: speaker.finding_aside(report)),
        "method": _method(report),
    }


def _cited(journey: Journey) -> Iterable[str]:
    """Ids of sources in the order in which a reader meets them."""
    for waypoint in journey.waypoints:
        for statements in waypoint.narration.values():
            for statement in statements:
                yield from statement.sources
        yield from waypoint.sources
    for claim in journey.claims:
        yield from claim.sources
    for note in journey.notes:
        yield from note.sources
    for source in journey.sources:
        yield source.id


def _sources(journey: Journey) -> list[dict[str, object]]:
    by_id = {source.id: source for source in journey.sources}
    listed = [by_id[each] for each in dict.fromkeys(_cited(journey))]
    return [
        {
            "id": source.id,
            "number": number,
            "title": source.title,
            "url": source.url,
            "language": source.language,
            "note": source.note,
        }
        for number, source in enumerate(listed, start=1)
    ]


def _waypoint(waypoint: Waypoint, number: int, shapes: dict[str, BaseGeometry]) -> dict[str, object]:
    shape = shapes.get(waypoint.id)
    return {
        "id": waypoint.id,
        "number": number,
        "name": dict(waypoint.name),
        "role": str(waypoint.role),
        "precision": str(waypoint.precision),
        "status": str(waypoint.status),
        "when": waypoint.when,
        "withheld": waypoint.withheld,
        "label": None if waypoint.label is None or waypoint.withheld else _rounded(waypoint.label),
        "pin": waypoint.label is not None and not waypoint.is_vague,
        "uncertainty_km": None if waypoint.uncertainty_m is None else waypoint.uncertainty_m / 1000,
        "footprints": [{"ref": each, "name": base.name_of(each)} for each in waypoint.footprints],
        "within": list(waypoint.within),
        "bbox": _bbox(waypoint, shape),
        "narration": {
            language: [{"text": each.text, "sources": list(each.sources)} for each in statements]
            for language, statements in waypoint.narration.items()
        },
        "sources": list(waypoint.sources),
        "generalised": waypoint.data_generalizations,
        "left_out": waypoint.information_withheld,
    }


def _bbox(waypoint: Waypoint, shape: BaseGeometry | None) -> list[float] | None:
    if shape is not None:
        return [round(value, _DECIMALS) for value in shape.bounds]
    return None if waypoint.label is None or waypoint.withheld else _rounded(waypoint.label) * 2


def _rounded(position: LonLat) -> list[float]:
    return [round(position[0], _DECIMALS), round(position[1], _DECIMALS)]


def _km(length_m: float | None) -> float | None:
    return None if length_m is None else round(length_m / 1000)


def _total_km(length_m: float | None) -> float | None:
    """A whole way in km, to two significant digits: more could be solved for a place."""
    return None if length_m is None else sentences.rounded(length_m / 1000)


def _interval(interval: Interval | None) -> dict[str, float] | None:
    """Plausible lengths in km to two significant digits, as everywhere that they are shown."""
    if interval is None:
        return None
    ends = {
        "median": interval.median_m,
        "low50": interval.low50_m,
        "high50": interval.high50_m,
        "low95": interval.low95_m,
        "high95": interval.high95_m,
    }
    return {name: sentences.rounded(value / 1000) for name, value in ends.items()}


def _leg(leg: Leg, draws: LegDraws | None) -> dict[str, object]:
    return {
        "from": leg.start,
        "to": leg.end,
        "told": leg.told,
        "traced": leg.traced,
        "length_km": _km(leg.length_m),
        "bearing_deg": None if leg.bearing_deg is None else round(leg.bearing_deg),
        "vague": leg.vague,
        "status": str(leg.status),
        "modes": [{"mode": str(m.mode), "weight": m.weight, "status": str(m.status)} for m in leg.modes],
        "modes_are": str(leg.modes_are),
        "country": ", ".join(sorted(leg.countries_m)) or None,
        "line": [[_rounded(position) for position in part] for part in leg.line],
        "plausible_km": _interval(draws.plausible) if draws else None,
    }


def scope_id(scope: ScopeReport) -> str:
    """Name of a scope within its journey."""
    flight = ("", ",flight" if scope.key.counts_flight else ",no-flight")[scope.has_flight]
    return f"{scope.key.start}..{scope.key.end}{flight}"


def _scope(report: Report, scope: ScopeReport) -> dict[str, object]:
    named = scope_id(scope)
    return {
        "id": named,
        "from": scope.key.start,
        "to": scope.key.end,
        "flight": "yes" if scope.has_flight and scope.key.counts_flight else "no",
        "label": sentences.in_all(lambda speaker: speaker.scope(report, scope.key)),
        "lower_bound_km": None if scope.bound is None else sentences.rounded_down(scope.bound.bound_m / 1000),
        "shortest": _shortest(scope),
        "chain_km": _total_km(scope.label_chain_m),
        "chain_from": None if scope.chain_start is None else scope.chain_start + 1,
        "plausible_km": _interval(scope.plausible),
        "claims": [item.claim.id for item in report.claims if named in _scope_ids(report, item)],
    }


def _scope_ids(report: Report, item: ClaimReport) -> list[str]:
    return [scope_id(scope) for _, scope in report.judged(item)]


def _shortest(scope: ScopeReport) -> dict[str, object] | None:
    if scope.bound is None:
        return None
    shortest = scope.bound.shortest
    return {
        "length_km": _total_km(shortest.length_m + scope.bound.traced_m),
        "sampling_error_km": _km(shortest.length_m + scope.bound.traced_m - scope.bound.bound_m),
        "line": _broken(shortest.points, scope.edges),
    }


def _broken(points: tuple[LonLat, ...], edges: tuple[Edge, ...]) -> list[list[list[float]]]:
    """Shortest journey to draw, with a gap around each of its points: none may be read as where somebody was."""
    parts = []
    for edge, (one, other) in zip(edges, pairwise(points), strict=True):
        length_m = geodesic.geodesic_m(one, other)
        if edge is not Edge.GEODESIC or length_m <= 3 * _BREAK_M:
            continue
        for part in geodesic.geodesic_line(one, other, _BREAK_M):
            kept = [p for p in part if min(geodesic.geodesic_m(p, one), geodesic.geodesic_m(p, other)) >= _BREAK_M / 2]
            if len(kept) > 1:
                parts.append([_rounded(position) for position in kept])
    return parts


def _claim(report: Report, item: ClaimReport) -> dict[str, object]:
    claim = item.claim
    scopes = [*_scope_ids(report, item), None, None]
    verdicts = [*(str(judgement.verdict) for judgement in item.judgements), None, None]
    ratio = item.judgements[0].ratio if item.judgements else None
    return {
        "id": claim.id,
        "quantity": str(claim.quantity),
        "value": claim.value,
        "unit": claim.unit,
        "stated": sentences.in_all(lambda speaker: speaker.stated(claim)),
        "value_km": value_m(claim) / 1000 if claim.quantity is Quantity.DISTANCE else None,
        "wording": str(claim.wording),
        "scope": {"from": claim.scope.start, "to": claim.scope.end, "flight": str(claim.scope.flight)},
        "scope_id": scopes[0],
        "also_scope_id": scopes[1],
        "sources": list(claim.sources),
        "verdict": verdicts[0],
        "also_verdict": verdicts[1],
        "ratio": None if ratio is None else round(ratio, 2),
        "unexplained_km": _unexplained_km(item),
        "sentence": sentences.in_all(lambda speaker: speaker.weighed(report, item)),
        "more": sentences.in_all(lambda speaker: speaker.asides(report, item)),
        "note": claim.note and dict(claim.note),
    }


def _unexplained_km(item: ClaimReport) -> float | None:
    """How far a claim with its slack lies outside the plausible range, as its sentence says it; None where within."""
    edge_m = item.judgements[0].edge_m if item.judgements else 0.0
    return sentences.rounded_down(edge_m / 1000, 2) if edge_m > 0 else None


def _method(report: Report) -> dict[str, object]:
    priors = []
    for mode, prior in report.settings.all_priors.items():
        median, low, high = prior.at(_PRIOR_KM)
        priors.append(
            {
                "mode": str(mode),
                "median_factor": round(median, 2),
                "low90": round(low, 2),
                "high90": round(high, 2),
                "judgement": prior.judgement,
                "basis": prior.basis,
            },
        )
    return {
        "seed": report.settings.seed,
        "draws_kept": report.draws.kept,
        "draws_proposed": report.draws.proposed,
        "rho": report.settings.rho,
        "where": str(report.settings.where),
        "priors": priors,
        "engines_differ_nm": round(report.engines_differ_m * 1e9, 3),
    }
