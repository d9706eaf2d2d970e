"""A report as one JSON document for programs; its keys are in `schema/report.schema.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escape_route import __version__
from escape_route.language.digits import MEASURED
from escape_route.language.plain import Json, as_json, members
from escape_route.language.view import MethodView, ReportView
from escape_route.model.journey import say

if TYPE_CHECKING:
    from escape_route.distance.report import Report
    from escape_route.language.claim_view import ClaimView, FirmnessView, JudgementView

PROGRAM = {"name": "escape-route", "version": __version__}
_LEG = (
    "start", "end", "length_km", "by_pyproj_differs_nm", "bearing_deg", "told", "traced", "sketched", "gaps_km",
    "left_out", "vague", "remark", "status",
    "modes", "modes_are", "countries_km", "plausible_km", "variance_share",
)  # fmt: skip
_SCOPE = (
    "id", "start", "end", "has_flight", "counts_flight", "reason", "lower_bound_km",
    "traced_km", "shortest_km", "shortest_error_km", "label_chain_km", "chain_km", "plausible_km", "sensitivities",
    "by_network",
)  # fmt: skip
_CLAIM = (
    "id",
    "quantity",
    "value",
    "value_to",
    "unit",
    "value_km",
    "wording",
    "counts",
    "scope",
    "sources",
)
_JUDGEMENT = (
    "unexplained_km", "ratio", "factor_needed", "factor_plausible", "unit_slip", "verdict_other_flight", "choices",
)  # fmt: skip
_PRIOR = ("mode", "judgement", "basis", "at")
_SETTINGS = ("seed", "draws", "draws_proposed", "rho", "where")
_RECORD = ("held", "known")


def to_document(report: Report, *, as_held: bool) -> dict[str, Json]:
    """Everything that a report holds, lengths in kilometres, unrounded; and whether its verdicts are of more."""
    view = ReportView.of(report, MEASURED)
    return {
        "program": PROGRAM,
        "journey": members(view.journey, "id", "title", "people", "outcome"),
        "as_held": as_held,
        "finding": say(view.finding),
        "legs": [members(leg, *_LEG) for leg in view.legs],
        "total_km": view.total_km,
        "engines_differ_nm": view.method.engines_differ_nm,
        "scopes": [members(scope, *_SCOPE) for scope in view.scopes],
        "claims": [_claim(claim, view.method) for claim in view.claims],
        "contradictions": as_json(view.contradictions),
        "countries": as_json(view.countries),
        "crossings": [
            {
                "from": crossing.pair[0],
                "to": crossing.pair[1],
                **members(crossing, "waypoint", "found", "by", "by_air", "least"),
            }
            for crossing in view.crossings
        ],
        "status_shares": as_json(view.status_shares),
        "priors": [members(prior, *_PRIOR) for prior in view.method.priors],
        **members(view.method, *_SETTINGS),
        "calibration": members(view.method.calibration, *_RECORD),
    }


def _claim(claim: ClaimView, method: MethodView) -> dict[str, Json]:
    sentence = " ".join(filter(None, (say(claim.weighed), say(claim.asides))))
    stated = members(claim, *_CLAIM, "walked_km", "speed", "parts") | {
        "sentence": sentence,
        "fits_in": None,
    }
    if claim.fits_in is not None:
        stated["fits_in"] = members(
            claim.fits_in, "id", "start", "end", "has_flight", "counts_flight"
        )
    if not claim.judgements:
        return stated
    judged = [_judgement(judgement) for judgement in claim.judgements]
    first = {
        name: judged[0][name] for name in ("verdict", "ratio", "lower_bound_km", "plausible_km")
    }
    return stated | first | members(method, *_SETTINGS) | {"judgements": judged}


def _judgement(judgement: JudgementView) -> dict[str, Json]:
    return {
        "scope": judgement.scope.id,
        "counts_flight": judgement.scope.counts_flight,
        **members(judgement, "verdict", "reason"),
        **_firmness(judgement.firmness),
        **members(judgement, "low_km", "high_km"),
        **members(judgement.scope, "lower_bound_km", "plausible_km"),
        **members(judgement, *_JUDGEMENT),
    }


def _firmness(firmness: FirmnessView | None) -> dict[str, Json]:
    if firmness is None:
        return {"firmness": None, "depends_on": None, "share_beyond": None}
    depends_on = as_json(firmness.turned_by)
    if firmness.edge_of is not None:
        depends_on = {"edge_of": str(firmness.edge_of)}
    elif firmness.turned_by is None and firmness.lacking is not None:
        depends_on = {"lacking": firmness.lacking}
    return {
        "firmness": "firm" if firmness.is_firm else "depends",
        "depends_on": depends_on,
        "share_beyond": firmness.share,
    }
