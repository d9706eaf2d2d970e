"""What was measured as pandas tables, with units in their names, and places as one of geopandas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shapely.geometry import Point

from escape_route.distance import plausible
from escape_route.errors import UsageError, naming_its_extra, way_to
from escape_route.language import comparison as comparing
from escape_route.language.catalogues import Words
from escape_route.language.digits import MEASURED
from escape_route.language.plain import members
from escape_route.language.stated import stayed
from escape_route.language.view import LegView, ReportView
from escape_route.model.journey import Journey, Waypoint, say
from escape_route.model.places import outlines

if TYPE_CHECKING:
    import geopandas
    import pandas as pd

    from escape_route.distance.legs import Leg
    from escape_route.distance.report import Report
    from escape_route.distance.verdicts import Firmness, Judgement
    from escape_route.language.claim_view import (
        ClaimView,
        FirmnessView,
        IntervalKm,
        JudgementView,
        ScopeView,
    )
    from escape_route.language.comparison import Comparison
    from escape_route.model.modes import Mode
    from escape_route.model.published import Published


def claims(report: Report) -> pd.DataFrame:
    """One row a judgement on a stated distance; see `escape_route.Report.claims`."""
    rows = [row for row in judged(report) if row["id"] is not None]
    return _table(rows, [name for name in JUDGED if name not in _OF_WHOLE])


def many(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """Rows of many journeys as `judged` gives them, each with its ``journey``; see `escape_route.check_all`."""
    numbers = dict.fromkeys(
        (name for name in JUDGED if name.endswith("_km") or name in _NUMERIC), float
    )
    table = _table(rows, ["journey", *JUDGED, "problem"]).rename(columns={"id": "claim"})
    return table.astype(numbers)


_NUMERIC = ("ratio", "share_beyond", "first_year", "last_year")
#: What is said of the whole journey in each of its rows.
_OF_WHOLE = ("modes", "countries", "first_year", "last_year")
JUDGED = (
    "id", "stated", "scope", "stated_km", "verdict", "lower_bound_km", "low95_km", "median_km", "high95_km",
    "ratio", "unexplained_km", "firm", "share_beyond", *_OF_WHOLE,
)  # fmt: skip


def judged(report: Report) -> list[dict[str, object]]:
    """Judgements on the stated distances, a row each; the leading scope alone where none was stated."""
    view = ReportView.of(report, MEASURED)
    judgements = [
        _judgement(claim, judgement) for claim in view.claims for judgement in claim.judgements
    ]
    rows = judgements or [{} if view.leading is None else _measured(view.leading)]
    whole = of_whole(report.journey, view.modes, view.countries)
    return [dict.fromkeys(JUDGED) | row | whole for row in rows]


def of_whole(
    journey: Journey, modes: Iterable[Mode], countries: Iterable[str]
) -> dict[str, object]:
    """What is said of the whole journey in each of its rows."""
    first, last = comparing.span_of(journey) or (None, None)
    return {
        "modes": ", ".join(modes),
        "countries": ", ".join(countries),
        "first_year": None if first is None else int(first),
        "last_year": None if last is None else int(last - 1e-6),
    }


def _judgement(claim: ClaimView, judgement: JudgementView) -> dict[str, object]:
    stated = {"id": claim.id, "stated": say(claim.stated), "stated_km": claim.value_km}
    verdict = verdict_in(judgement, judgement.unexplained_km, judgement.firmness)
    return stated | verdict | _measured(judgement.scope)


def verdict_in(
    judgement: JudgementView | Judgement,
    unexplained_km: float | None,
    firmness: FirmnessView | Firmness | None,
) -> dict[str, object]:
    """Verdict and how firm it is, by the names of their columns."""
    return {
        "verdict": str(judgement.verdict),
        "ratio": judgement.ratio,
        "unexplained_km": unexplained_km,
        "firm": None if firmness is None else firmness.is_firm,
        "share_beyond": None if firmness is None else firmness.share,
    }


def _measured(scope: ScopeView) -> dict[str, object]:
    return {
        "scope": say(scope.label),
        "lower_bound_km": scope.lower_bound_km,
        **ends(scope.plausible_km),
    }


def ends(lengths_km: IntervalKm | None, before: str = "") -> dict[str, float | None]:
    """Median and ends of what is plausible, by the names of their columns."""
    names = ("low95", "median", "high95")
    return {
        f"{before}{name}_km": None if lengths_km is None else getattr(lengths_km, name)
        for name in names
    }


def drawn_legs(report: Report) -> pd.DataFrame:
    """Legs with what was drawn of each; see `escape_route.Report.legs`."""
    views = [
        LegView.of(leg, drawn, MEASURED)
        for leg, drawn in zip(report.legs, report.leg_draws, strict=True)
    ]
    drawn = [
        ends(leg.plausible_km, "plausible_") | {"variance_share": leg.variance_share}
        for leg in views
    ]
    return _legs(views).join(_table(drawn, [*ends(None, "plausible_"), "variance_share"]))


def draws(report: Report) -> pd.DataFrame:
    """Plausible length of each leg in each draw; see `escape_route.Report.draws`."""
    names = [f"{leg.start} to {leg.end}, km" for leg in report.legs]
    return _table(plausible.draw(report.journey, report.settings).travelled_m / 1000, names)


def legs(measured: Sequence[Leg]) -> pd.DataFrame:
    """Legs as a table; see `escape_route.Journey.legs`."""
    return _legs([LegView.of(leg, None, MEASURED) for leg in measured])


def _legs(views: Sequence[LegView]) -> pd.DataFrame:
    rows = [
        {
            **members(leg, "start", "end", "length_km", "by_pyproj_differs_nm", "bearing_deg"),
            "modes": leg.modes_in_words,
            "status": str(leg.status),
            "country": ", ".join(leg.countries_km),
            "remark": leg.remark,
        }
        for leg in views
    ]
    columns = [
        "from",
        "to",
        "length_km",
        "by_pyproj_differs_nm",
        "bearing_deg",
        "modes",
        "status",
        "country",
        "remark",
    ]
    return _table(rows, columns).astype(
        {"length_km": float, "by_pyproj_differs_nm": float, "bearing_deg": float}
    )


def compared(comparison: Comparison) -> pd.DataFrame:
    """One row a journey; see `escape_route.Comparison.table`."""
    rows = []
    for view, document in zip(comparison.views, comparing.to_document(comparison), strict=True):
        weighed = comparing.weighed(view)
        stated = [f"{say(claim.stated)} ({judgement.verdict})" for claim, judgement in weighed]
        certainty = [f"{share * 100:.0f} % {status}" for status, share in view.certainty.items()]
        flat = {
            "stated": "; ".join(stated) or None,
            "stated_km": weighed[0][1].stated_km if weighed else None,
            "certainty": ", ".join(certainty),
            "modes": ", ".join(view.modes),
            "countries": ", ".join(view.countries),
        }
        rows.append({**document, **flat})
    return _table(rows, _COMPARED).astype(dict.fromkeys(_NUMBERS, float))


def _table(rows: Any, columns: Sequence[str] | None = None) -> pd.DataFrame:  # noqa: ANN401  # as pandas takes them
    try:
        import pandas as pd  # noqa: PLC0415  # loaded where a table is made
    except ModuleNotFoundError as error:
        raise naming_its_extra(error) from error
    return pd.DataFrame(rows, columns=columns if columns is None else list(columns))


_NUMBERS = (
    "stated_km",
    "least_km",
    "plausible_low95_km",
    "plausible_median_km",
    "plausible_high95_km",
)
_COMPARED = (
    "id", "title", "scope", "stated", *_NUMBERS, "not_measured", "countries",
    "borders", "borders_by_sea", "borders_by_air", "modes", "outcome", "certainty", "certainty_of", "years",
)  # fmt: skip


def places(published: Published) -> geopandas.GeoDataFrame:
    """Waypoints as a table; see `escape_route.Journey.to_geopandas`."""
    try:
        import geopandas as gpd  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise UsageError(f"to_geopandas needs geopandas: {way_to('geo')}") from error
    journey = published.journey
    shapes = outlines(journey)
    rows = [
        _told(waypoint) | _geometries(waypoint, shapes.get(waypoint.id))
        for waypoint in journey.waypoints
    ]
    columns = {name: [row[name] for row in rows] for name in _PLACES}
    columns["label"] = gpd.GeoSeries(columns["label"], crs="EPSG:4326")
    return gpd.GeoDataFrame(columns, geometry="geometry", crs="EPSG:4326")


def _told(waypoint: Waypoint) -> dict[str, object]:
    return {
        "id": waypoint.id,
        "name": say(waypoint.name),
        "role": str(waypoint.role),
        "precision": str(waypoint.precision),
        "status": str(waypoint.status),
        "when": waypoint.when,
        "stay": stayed(waypoint, Words("en")) or None,
        "modes": ", ".join(share.in_words for share in waypoint.modes),
        "uncertainty_m": waypoint.uncertainty_m,
        "footprints": ", ".join(waypoint.footprints),
        "withheld": waypoint.withheld,
    }


def _geometries(waypoint: Waypoint, shape: object) -> dict[str, object]:
    """Set of points, and label; a withheld place has neither, and a label alone is no place."""
    label = None if waypoint.label is None or waypoint.withheld else Point(waypoint.label)
    return {
        "geometry": label if shape is None and not waypoint.is_label_only else shape,
        "label": label,
    }


_PLACES = (
    *(
        "id",
        "name",
        "role",
        "precision",
        "status",
        "when",
        "stay",
        "modes",
        "uncertainty_m",
        "footprints",
    ),
    *("withheld", "geometry", "label"),
)
