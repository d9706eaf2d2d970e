"""What was measured as pandas tables, with units in their names: the one module that imports pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from escape_route.language import comparison as comparing
from escape_route.language import json as document
from escape_route.language import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from escape_route.distance.legs import Leg
    from escape_route.distance.report import Report
    from escape_route.language.comparison import Comparison


def claims(report: Report) -> pd.DataFrame:
    """One row a judgement on a stated distance; see `escape_route.Report.claims`."""
    rows = [
        {
            "id": item.claim.id,
            "stated": sentences.Speaker().stated(item.claim),
            "scope": sentences.Speaker().scope(report, scope.key),
            "stated_km": document.stated_km(item.claim),
            "verdict": str(judgement.verdict),
            "lower_bound_km": None if scope.bound is None else scope.bound.bound_m / 1000,
            "low95_km": None if scope.plausible is None else scope.plausible.low95_m / 1000,
            "median_km": None if scope.plausible is None else scope.plausible.median_m / 1000,
            "high95_km": None if scope.plausible is None else scope.plausible.high95_m / 1000,
            "ratio": judgement.ratio,
            "unexplained_km": judgement.edge_m / 1000,
        }
        for item in report.claims
        for judgement, scope in report.judged(item)
    ]
    return pd.DataFrame(rows)


def drawn_legs(report: Report) -> pd.DataFrame:
    """Legs with what was drawn of each; see `escape_route.Report.legs`."""
    table = legs(report.legs)
    for name in ("low95", "median", "high95"):
        table[f"plausible_{name}_km"] = [
            None if drawn is None else getattr(drawn.plausible, f"{name}_m") / 1000 for drawn in report.leg_draws
        ]
    table["variance_share"] = [None if drawn is None else drawn.variance_share for drawn in report.leg_draws]
    return table


def draws(report: Report) -> pd.DataFrame:
    """Plausible length of each leg in each draw; see `escape_route.Report.draws`."""
    names = [f"{leg.start} to {leg.end}, km" for leg in report.legs]
    return pd.DataFrame(report.draws.travelled_m / 1000, columns=names)


def legs(measured: Sequence[Leg]) -> pd.DataFrame:
    """Legs as a table; see `escape_route.Journey.legs`."""
    rows = [
        {
            "from": leg.start,
            "to": leg.end,
            "length_km": None if leg.length_m is None else leg.length_m / 1000,
            "by_pyproj_differs_nm": None if leg.length_m is None else leg.engines_differ_m * 1e9,
            "bearing_deg": leg.bearing_deg,
            "modes": document.modes_in_words(leg),
            "status": str(leg.status),
            "country": ", ".join(leg.countries_m),
            "remark": document.remark(leg),
        }
        for leg in measured
    ]
    columns = ["from", "to", "length_km", "by_pyproj_differs_nm", "bearing_deg", "modes", "status", "country", "remark"]
    return pd.DataFrame(rows, columns=columns).astype(
        {"length_km": float, "by_pyproj_differs_nm": float, "bearing_deg": float}
    )


def compared(comparison: Comparison) -> pd.DataFrame:
    """One row a journey; see `escape_route.Comparison.table`."""
    rows = []
    for row, document_ in zip(comparison.rows, comparing.to_document(comparison), strict=True):
        stated = [f"{each.words['en']} ({each.verdict})" for each in row.stated]
        certainty = [f"{share:.0%} {status}".replace("%", " %") for status, share in row.certainty.items()]
        flat = {"stated": "; ".join(stated) or None, "stated_km": row.stated[0].km if row.stated else None}
        flat |= {
            "certainty": ", ".join(certainty),
            "modes": ", ".join(row.modes),
            "countries": ", ".join(row.countries),
        }
        rows.append({**document_, **flat})
    return pd.DataFrame(rows, columns=list(_COMPARED)).astype(dict.fromkeys(_NUMBERS, float))


_NUMBERS = ("stated_km", "least_km", "plausible_low95_km", "plausible_median_km", "plausible_high95_km")
_COMPARED = (
    "id", "title", "scope", "stated", *_NUMBERS, "not_measured", "countries", "borders", "borders_by_air", "modes",
    "outcome", "certainty", "certainty_of", "years",
)  # fmt: skip
