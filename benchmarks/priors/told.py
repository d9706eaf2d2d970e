"""What journeys as people tell them have in common, beyond legs of a network: mended by journeys of known length.

Legs of networks tell how one leg differs from the next and how alike they are. They do not tell how a journey that
somebody tells differs from them: its towns are those of a known road, its railway is known for its mountains, its
ship kept to the great circle. So for each mode that such journeys are known of, ln(f - 1) of every leg becomes

    mean(d) + b0 + b1 ln(d / 100 km) (+ b2 times the share of land, by sea) + wide (J + leg)

with the mean and the spreads of J, once a journey, and of a leg those of the leg data; b and `wide` are estimated
from the 414 journeys that are seen. b1, b2 and ln(wide) are held near 0 by a normal prior, for sixty journeys are
few. J has heavy tails, the same for all modes: a share of the journeys spreads widely. With n journeys and p
coefficients the variance of J is n / (n - p) times the most likely one, which is too small by as much, and 1 + p / n
times that, for the mean is not known better.

By road and rail a journey may also be told by any towns, of whose ways there are legs: how often is the mean of what
the journeys leave likely, each share as likely beforehand.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_ndtr, ndtr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from network import Floats
    from terrain import Terrain

    Row = dict[str, Any]
    Rows = dict[str, Row]

SEEN = ("development.json", "journeys.json", "second.json")
AT_KM = 100.0
HELD = 0.5  # standard deviation that b1, b2 and ln(wide) are held near 0 by [judgement]
BESIDE_KM = 4.0  # a length so much above the straight lines may be straight: both ends lie in towns [judgement]
FEWEST = 15  # journeys of a mode that its numbers are mended by
UNUSUAL = ((0.05, 0.1, 0.15, 0.2), (2.0, 3.0))  # shares and widths of the heavy tails that are tried [judgement]
SHARES = np.linspace(0.0, 0.95, 20)
#: Kinds of rows: journeys as they are told, those unlike them, and legs as they are.
TOLD, UNLIKE, ANY = "as_told", "unlike_most", "any_towns"
_BASES = ("along_one_way", "for_its_own_sake", "any_stops", "any_towns")
_NAMES = {"river": "boat_along"}


@dataclass(frozen=True, slots=True)
class Told:
    """A journey by one mode: straight lines of its legs, km, the share of land under each, its length over them.

    `found_in` is the set that it was collected in.
    """

    mode: str
    found_in: str
    straight_km: Floats
    land_share: Floats
    factor: float


class Seen:
    """Journeys of a mode beside a row: what the length of each is, and the legs of all in one array."""

    def __init__(self, row: Row, journeys: Sequence[Told]) -> None:
        """Take legs apart from journeys; `first` is each journey's first leg."""
        counts = [len(each.straight_km) for each in journeys]
        self.first = np.cumsum([0, *counts[:-1]])
        straight_km = np.concatenate([each.straight_km for each in journeys])
        land_share = np.concatenate([each.land_share for each in journeys])
        x = np.log(np.clip(straight_km, *row["range_km"]) / AT_KM)
        self.known = np.column_stack([np.ones(len(x)), x, land_share])
        self.mean = np.polynomial.polynomial.polyval(x, row["mean"]) + row.get("land", 0.0) * land_share
        self.own = (1 - row["rho"]) * (row["way_sd"][0] * np.exp(row["way_sd"][1] * x)) ** 2
        self.shared = shared(row)
        self.share = straight_km / np.repeat(np.add.reduceat(straight_km, self.first), counts)
        self.least = BESIDE_KM / np.add.reduceat(straight_km, self.first)
        self.excess = np.array([each.factor - 1 for each in journeys])

    def mean_and_spread(self, b: Floats, wide: float = 1.0) -> tuple[Floats, Floats]:
        """Mean and variance of ln(f - 1) of each journey but for J: lognormal legs summed after Fenton, Wilkinson."""
        own = wide**2 * self.own
        legs = self.share * np.exp(self.mean + self.known[:, : len(b)] @ b + own / 2)
        sums = np.add.reduceat(legs, self.first)
        spread = np.log1p(np.add.reduceat(legs**2 * np.expm1(own), self.first) / sums**2)
        return np.log(sums) - spread / 2, spread

    def z(self, mean: Floats, sd: Floats) -> Floats:
        """How far from the mean each journey is, in standard deviations; the highest it can be, where it lies below."""
        return np.asarray((np.log(np.maximum(self.excess, self.least)) - mean) / sd, dtype=np.float64)

    def likely(self, mean: Floats, sd: Floats) -> Floats:
        """Logarithm of how likely each journey is."""
        z = self.z(mean, sd)
        inside = -(z**2) / 2 - np.log(sd * np.sqrt(2 * np.pi))
        return np.where(self.excess > self.least, inside, log_ndtr(z))


@dataclass(frozen=True, slots=True)
class Fit:
    """Coefficients, spread beside that of legs, share told by any towns, and minus the logarithm of the likelihood."""

    b: Floats
    wide: float
    share: float
    loss: float


def read(folder: Path, ground: Terrain) -> list[Told]:
    """Journeys by one mode of the sets that are seen; never those that are held out."""
    rows = [(name, row) for name in SEEN for row in json.loads((folder / name).read_text("utf-8"))["journeys"]]
    return [_told(name, row, ground) for name, row in rows if row["mode"] != "mixed"]


def _told(found_in: str, row: Mapping[str, Any], ground: Terrain) -> Told:
    stops = np.array([(stop["lat_deg"], stop["lon_deg"]) for stop in row["waypoints"]])
    mode = _NAMES.get(row["mode"], row["mode"])
    straight_km = _straight_km(stops)
    kept = np.flatnonzero(straight_km > 0)
    kept = np.setdiff1d(kept, row.get("legs_outside_published_length", []))
    _, sea = ground.along(stops[:-1], stops[1:])
    land = 1 - sea if mode == "sea" else np.zeros(len(sea))
    length_km = row.get("length_km", row.get("published_km"))
    return Told(mode, found_in, straight_km[kept], land[kept], float(length_km / straight_km[kept].sum()))


def _straight_km(stops: Floats) -> Floats:
    from tried import straight  # noqa: PLC0415  # it reads the table that is made of this

    return straight(stops)


def mended(modes: dict[str, Rows], told: Sequence[Told]) -> tuple[dict[str, Rows], Row]:
    """The rows of every mode that enough journeys are known of, mended; and what the heavy tails are."""
    by_mode = {mode: [each for each in told if each.mode == mode] for mode in modes}
    some = {mode: journeys for mode, journeys in by_mode.items() if len(journeys) >= FEWEST}
    tried = {
        (share, wide): {mode: told_alone(modes[mode], journeys, (share, wide)) for mode, journeys in some.items()}
        for share in UNUSUAL[0]
        for wide in UNUSUAL[1]
    }
    unusual = min(tried, key=lambda key: _sum(tried[key]))
    fits = {mode: fit(modes[mode], journeys, unusual) for mode, journeys in some.items()}
    rows = {mode: _rows(modes[mode], found, unusual, len(some[mode])) for mode, found in fits.items()}
    losses = {f"{share} x {wide}": round(_sum(fits), 2) for (share, wide), fits in tried.items()}
    return modes | rows, {"share": unusual[0], "times_as_wide": unusual[1], "tried": losses}


def shared(row: Row) -> float:
    """Variance that the legs of a journey share by a row, of legs of 100 km."""
    return float(row["region_sd"] ** 2 + row["rho"] * row["way_sd"][0] ** 2)


def base(rows: Rows) -> Row:
    """The row that a mode's journeys are told beside."""
    return next(rows[name] for name in _BASES if name in rows)


def each_other(one: Told, other: Told) -> bool:
    """Whether two are not the same journey."""
    return one is not other


def of_other_sets(one: Told, other: Told) -> bool:
    """Whether two were collected in different sets, by others and for another purpose."""
    return one.found_in != other.found_in


def left_out(
    modes: Mapping[str, Rows],
    told: Sequence[Told],
    unusual: tuple[float, float],
    serves: Callable[[Told, Told], bool],
) -> Row:
    """How many of each mode's journeys the 50, 80 and 95 % intervals hold that were made of those that may serve."""
    found: Row = {}
    for mode, rows in modes.items():
        journeys = [each for each in told if each.mode == mode]
        if len(journeys) >= FEWEST:
            others = [[other for other in journeys if serves(each, other)] for each in journeys]
            below = np.array([_below(rows, *each, unusual) for each in zip(journeys, others, strict=True)])
            held = [int((np.abs(below - 0.5) <= share / 2).sum()) for share in (0.5, 0.8, 0.95)]
            found[mode] = {"journeys": len(journeys), "held50": held[0], "held80": held[1], "held95": held[2]}
    names = ("journeys", "held50", "held80", "held95")
    return found | {"all": {name: sum(row[name] for row in found.values()) for name in names}}


def _below(rows: Rows, journey: Told, others: Sequence[Told], unusual: tuple[float, float]) -> float:
    """Share of what other journeys make likely that is shorter than this one; legs summed as in the fit."""
    made = _rows(rows, fit(rows, others, unusual), unusual, len(others))
    shares = []
    for row in made.values():
        seen = Seen(row, [journey])
        mean, var = seen.mean_and_spread(np.zeros(1))
        shares.append(row["share"] * float(ndtr(seen.z(mean, np.sqrt(var + seen.shared)))[0]))
    return sum(shares)


def _sum(fits: Mapping[str, Fit]) -> float:
    return sum(each.loss for each in fits.values())


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of journeys of a mode: the row they are told beside, how heavy tails are, any towns' likelihood."""

    seen: Seen
    count: int
    unusual: tuple[float, float]
    any_towns: Floats | None = None

    def loss(self, at: Floats, share: float) -> float:
        """Minus the logarithm of the likelihood, and of the prior of b."""
        wide = float(np.exp(at[-1]))
        mean, var = self.seen.mean_and_spread(at[: self.count], wide)
        shares = (wide**2 * self.seen.shared * times**2 for times in (1.0, self.unusual[1]))
        one, far = (self.seen.likely(mean, np.sqrt(var + each)) for each in shares)
        likely = np.logaddexp(np.log1p(-self.unusual[0]) + one, np.log(self.unusual[0]) + far)
        if share > 0 and self.any_towns is not None:
            likely = np.logaddexp(np.log1p(-share) + likely, np.log(share) + self.any_towns)
        return float(-likely.sum() + (at[1:] ** 2).sum() / (2 * HELD**2))

    def best(self, share: float, start: Floats) -> Fit:
        """Least loss at a share of any towns."""
        options = {"maxiter": 2000, "xatol": 1e-3, "fatol": 1e-3}
        found = minimize(self.loss, start, (share,), method="Nelder-Mead", options=options)
        return Fit(found.x[: self.count], float(np.exp(found.x[-1])), share, float(found.fun))


def question(rows: Rows, journeys: Sequence[Told], unusual: tuple[float, float]) -> Question:
    """Put a mode's journeys beside its rows."""
    row = base(rows)
    any_towns = None
    if ANY in rows and len(rows) > 1:
        other = rows[ANY]
        seen = Seen(other, journeys)
        mean, var = seen.mean_and_spread(np.zeros(1))
        any_towns = seen.likely(mean, np.sqrt(var + seen.shared))
    return Question(Seen(row, journeys), 3 if "land" in row else 2, unusual, any_towns)


def told_alone(rows: Rows, journeys: Sequence[Told], unusual: tuple[float, float]) -> Fit:
    """Maximum likelihood with the prior of b, as if no journey were told by any towns."""
    asked = question(rows, journeys, unusual)
    return asked.best(0.0, np.zeros(asked.count + 1))


def fit(rows: Rows, journeys: Sequence[Told], unusual: tuple[float, float]) -> Fit:
    """The same, with the mean share of any towns where those are a kind of their own."""
    asked, alone = question(rows, journeys, unusual), told_alone(rows, journeys, unusual)
    if asked.any_towns is None:
        return alone
    start = np.append(alone.b, np.log(alone.wide))
    losses = np.array([asked.best(share, start).loss for share in SHARES])
    weights = np.exp(losses.min() - losses)
    return asked.best(float(weights @ SHARES / weights.sum()), start)


def _rows(rows: Rows, found: Fit, unusual: tuple[float, float], count: int) -> Rows:
    """Rows of a mode as journeys are told: as most are, unlike most, and by any towns."""
    row = base(rows)
    mean = [row["mean"][0] + found.b[0], row["mean"][1] + found.b[1], row["mean"][2]]
    lost = len(found.b)
    few = count / (count - lost) * (1 + lost / count)
    own_sd = found.wide * row["way_sd"][0] * float(np.sqrt(1 - row["rho"]))
    told = row | {
        "mean": [round(float(value), 3) for value in mean],
        "region_sd": round(found.wide * float(np.sqrt(few * shared(row))), 3),
        "way_sd": [round(own_sd, 3), row["way_sd"][1]],
        "rho": 0.0,
        "rho_range": [0.0, row["rho_range"][1]],
        "found": "told",
        "legs_found": row["found"],
        "journeys": count,
    }
    if "land" in row:
        told["land"] = round(row["land"] + float(found.b[2]), 3)
    far = told | {"region_sd": round(told["region_sd"] * unusual[1], 3)}
    far["share"] = round((1 - found.share) * unusual[0], 3)
    by_any = {ANY: rows[ANY] | {"share": round(found.share, 3)}} if found.share > 0 else {}
    told["share"] = round(1 - far["share"] - sum(each["share"] for each in by_any.values()), 3)
    return {TOLD: told, UNLIKE: far} | by_any
