"""A report as one JSON document for programs; its keys are in `schema/report.schema.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escape_route import __version__
from escape_route.distance.verdicts import value_m
from escape_route.language.sentences import Speaker
from escape_route.model.modes import ModesAre
from escape_route.model.units import Quantity
from escape_route.publish.page.payload import scope_id

if TYPE_CHECKING:
    from escape_route.distance.legs import Leg
    from escape_route.distance.plausible import Interval
    from escape_route.distance.report import ClaimReport, LegDraws, Report
    from escape_route.distance.scopes import ScopeReport
    from escape_route.distance.verdicts import Judgement
    from escape_route.model.journey import Claim

VAGUE = "between label points, nobody's way"
UNTOLD = "nothing is told of this way"
UNLOCATED = "no label point at an end"
TRACED = "a track"

_PRIOR_KM = (100.0, 500.0, 1500.0)


def to_document(report: Report) -> dict[str, object]:
    """Everything that a report holds, lengths in kilometres, unrounded."""
    journey = report.journey
    return {
        "program": {"name": "escape-route", "version": __version__},
        "journey": {
            "id": journey.id,
            "title": dict(journey.title),
            "people": journey.people,
            "outcome": str(journey.outcome),
        },
        "finding": Speaker().finding(report),
        "legs": [_leg(leg, drawn) for leg, drawn in zip(report.legs, report.leg_draws, strict=True)],
        "total_km": report.total_m / 1000,
        "engines_differ_nm": report.engines_differ_m * 1e9,
        "scopes": [_scope(scope) for scope in report.scopes],
        "claims": [_claim(report, item) for item in report.claims],
        "contradictions": [list(pair) for pair in report.contradictions],
        "countries": list(report.countries),
        "crossings": [
            {
                "from": each.pair[0],
                "to": each.pair[1],
                "waypoint": each.waypoint,
                "found": each.found,
                "by_air": each.by_air,
            }
            for each in report.crossings
        ],
        "status_shares": {str(status): share for status, share in report.status_shares.items()},
        "priors": _priors(report),
        **_settings(report),
    }


def _settings(report: Report) -> dict[str, object]:
    return {
        "seed": report.settings.seed,
        "draws": report.draws.kept,
        "draws_proposed": report.draws.proposed,
        "rho": report.settings.rho,
        "where": str(report.settings.where),
    }


def _priors(report: Report) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for mode, prior in report.settings.all_priors.items():
        at = []
        for length_km in _PRIOR_KM:
            median, low, high = prior.at(length_km)
            at.append({"geodesic_km": length_km, "median_factor": median, "low90_factor": low, "high90_factor": high})
        rows.append({"mode": str(mode), "judgement": prior.judgement, "basis": prior.basis, "at": at})
    return rows


def _km(length_m: float | None) -> float | None:
    return None if length_m is None else length_m / 1000


def interval_km(interval: Interval | None) -> dict[str, float] | None:
    """Interval in km by the names of its ends."""
    if interval is None:
        return None
    return {
        "median": interval.median_m / 1000,
        "low50": interval.low50_m / 1000,
        "high50": interval.high50_m / 1000,
        "low95": interval.low95_m / 1000,
        "high95": interval.high95_m / 1000,
    }


def modes_in_words(leg: Leg) -> str:
    """Modes of a leg as its file names them: "road 80 % or flight 20 %", "boat_across 1 %, road 99 %"."""
    if len(leg.modes) == 1:
        return str(leg.modes[0].mode)
    joint = " or " if leg.modes_are is ModesAre.ALTERNATIVES else ", "
    return joint.join(f"{share.mode} {share.weight:.0%}".replace("%", " %") for share in leg.modes)


def remark(leg: Leg) -> str:
    """What must be said beside the length of a leg."""
    if not leg.told:
        return UNTOLD
    if leg.traced:
        return TRACED
    if leg.length_m is None:
        return UNLOCATED
    return VAGUE if leg.vague else ""


def _leg(leg: Leg, drawn: LegDraws | None) -> dict[str, object]:
    return {
        "from": leg.start,
        "to": leg.end,
        "length_km": _km(leg.length_m),
        "by_pyproj_differs_nm": leg.engines_differ_m * 1e9 if leg.length_m is not None else None,
        "bearing_deg": leg.bearing_deg,
        "told": leg.told,
        "traced": leg.traced,
        "vague": leg.vague,
        "remark": remark(leg),
        "status": str(leg.status),
        "modes": [{"mode": str(m.mode), "weight": m.weight, "status": str(m.status)} for m in leg.modes],
        "modes_are": str(leg.modes_are),
        "countries_km": {code: length_m / 1000 for code, length_m in leg.countries_m.items()},
        "plausible_km": interval_km(drawn.plausible) if drawn else None,
        "variance_share": drawn.variance_share if drawn else None,
    }


def _scope(scope: ScopeReport) -> dict[str, object]:
    bound = scope.bound
    return {
        "id": scope_id(scope),
        "from": scope.key.start,
        "to": scope.key.end,
        "has_flight": scope.has_flight,
        "counts_flight": scope.key.counts_flight,
        "reason": scope.reason,
        "lower_bound_km": _km(bound.bound_m) if bound else None,
        "subsequence_bound_km": _km(bound.subsequence_m) if bound else None,
        "traced_km": _km(bound.traced_m) if bound else None,
        "shortest_km": _km(bound.shortest.length_m) if bound else None,
        "shortest_error_km": _km(bound.shortest.length_m + bound.traced_m - bound.bound_m) if bound else None,
        "label_chain_km": _km(scope.label_chain_m),
        "chain_km": interval_km(scope.chain),
        "plausible_km": interval_km(scope.plausible),
        "sensitivities": [
            {
                "where": str(each.where),
                "rho": each.rho,
                "plausible_km": interval_km(each.plausible),
                "chain_km": interval_km(each.chain),
                "draws": each.kept,
                "draws_proposed": each.proposed,
            }
            for each in scope.sensitivities
        ],
    }


def stated_km(claim: Claim) -> float | None:
    """Stated distance in km; None where the claim is of another kind."""
    return value_m(claim) / 1000 if claim.quantity is Quantity.DISTANCE else None


def _claim(report: Report, item: ClaimReport) -> dict[str, object]:
    claim = item.claim
    judgements = [_judgement(judgement, scope) for judgement, scope in report.judged(item)]
    choices = [
        [{"where": str(each.where), "rho": each.rho, "verdict": str(each.verdict)} for each in several]
        for several in item.choices
    ]
    stated: dict[str, object] = {
        "id": claim.id,
        "quantity": str(claim.quantity),
        "value": claim.value,
        "unit": claim.unit,
        "value_km": stated_km(claim),
        "wording": str(claim.wording),
        "counts": str(claim.counts),
        "scope": {"from": claim.scope.start, "to": claim.scope.end, "flight": str(claim.scope.flight)},
        "sources": list(claim.sources),
        "sentence": Speaker().claim(report, item),
        "walked_km": None if item.walked_km is None else list(item.walked_km),
    }
    if not judgements:
        return stated
    first = {name: judgements[0][name] for name in ("verdict", "ratio", "lower_bound_km", "plausible_km")}
    judged = [judgement | {"choices": each} for judgement, each in zip(judgements, choices, strict=True)]
    return stated | first | _settings(report) | {"judgements": judged}


def _judgement(judgement: Judgement, scope: ScopeReport) -> dict[str, object]:
    return {
        "scope": scope_id(scope),
        "counts_flight": judgement.counts_flight,
        "verdict": str(judgement.verdict),
        "reason": judgement.reason,
        "low_km": judgement.low_m / 1000,
        "high_km": judgement.high_m / 1000,
        "lower_bound_km": _km(scope.bound.bound_m) if scope.bound else None,
        "plausible_km": interval_km(scope.plausible),
        "unexplained_km": judgement.edge_m / 1000,
        "ratio": judgement.ratio,
        "factor_needed": judgement.factor,
        "factor_plausible": judgement.factor_plausible,
        "unit_slip": judgement.unit_slip,
        "verdict_other_flight": None if judgement.other_flight is None else str(judgement.other_flight),
    }
