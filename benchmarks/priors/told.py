"""What journeys as people tell them have in common, beyond legs of a network: mended by journeys of known length.

Legs of networks tell how one leg differs from the next and how alike they are. They do not tell how
a journey that somebody tells differs from them: its towns are those of a known road, its railway is
known for its mountains, its ship kept to the great circle. So for each mode that such journeys are
known of, ln(f - 1) of every leg becomes

    mean(d) + b0 + b1 ln(d / 100 km) + b2 times what lies under the line (table.UNDER) + wide (J +
    leg)

with the mean and the spreads of J, once a journey, and of a leg those of the leg data; b and `wide`
are estimated from the journeys that are seen. b1, b2 and ln(wide) are held near 0 by a normal
prior, for a hundred journeys are few.

Journeys that are collected together lean to one side together: each set's journeys by a mode share
one effect, whose spread is estimated, the same for all modes, and J is wider by as much, for who
asks is of a set that nobody has seen. J has heavy tails, and more below than above, for ways that
hardly wind are f - 1 of almost nothing: a share of the journeys winds less and spreads more widely,
the same for all modes. With n journeys and p coefficients the variance of J is n / (n - p) times
the most likely one, which is too small by as much, and 1 + p / n times that, for the mean is not
known better.

By road and rail a journey may also be told by any towns, of whose ways there are legs: how often is
the mean of what the journeys leave likely, each share from a fifth up as likely beforehand
[judgement: these journeys follow named roads and lines, which those that are asked about need not].
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
from network import EARTH_KM, unit
from scipy.optimize import minimize
from scipy.special import log_ndtr, logsumexp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from network import Floats, Ints
    from terrain import Terrain

    Row = dict[str, Any]
    Rows = dict[str, Row]

SEEN = ("development.json", "journeys.json", "second.json", "third.json")
AT_KM = 100.0
HELD = 0.5  # standard deviation that b1, b2 and ln(wide) are held near 0 by [judgement]
# a length so much above the straight lines may be straight: both ends lie in towns [judgement]
BESIDE_KM = 4.0
FEWEST = 15  # journeys of a mode that its numbers are mended by
SHARES = np.linspace(0.2, 0.95, 16)
SET_SDS = np.linspace(
    0.0, 0.4, 9
)  # spreads of a set's effect that are tried, each as likely beforehand
#: Kinds of rows: journeys as they are told, those unlike them, and legs as they are.
TOLD, UNLIKE, ANY = "as_told", "unlike_most", "any_towns"
_BASES = ("along_one_way", "for_its_own_sake", "any_stops", "any_towns")
_NAMES = {"river": "boat_along"}
_FAR = 2.0  # that a search does not go beyond: numbers overflow
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(9)
_LOG_WEIGHTS = np.log(_WEIGHTS / _WEIGHTS.sum())


@dataclass(frozen=True, slots=True)
class Unusual:
    """What share of journeys is unlike most, how much less they wind (of ln(f - 1)), and how widely they spread."""

    share: float
    lower: float
    times: float


#: What is tried [judgement].
UNUSUAL = [Unusual(*each) for each in product((0.05, 0.1, 0.15), (0.0, 1.0, 1.5, 2.0), (2.0, 3.0))]


@dataclass(frozen=True, slots=True)
class Told:
    """A journey by one mode: straight lines of its legs, km, what lies under each, its length over them.

    `found_in` is the set that it was collected in.
    """

    mode: str
    found_in: str
    straight_km: Floats
    under: dict[str, Floats]
    factor: float


class Seen:
    """Journeys of a mode beside a row: what the length of each is, and the legs of all in one array."""

    def __init__(self, row: Row, journeys: Sequence[Told]) -> None:
        """Take legs apart from journeys; `first` is each journey's first leg."""
        counts = [len(each.straight_km) for each in journeys]
        self.first = np.cumsum([0, *counts[:-1]])
        straight_km = np.concatenate([each.straight_km for each in journeys])
        x = np.log(np.clip(straight_km, *row["range_km"]) / AT_KM)
        under = {
            name: np.concatenate([each.under[name] for each in journeys]) for name in under_of(row)
        }
        self.known = np.column_stack([np.ones(len(x)), x, *under.values()])
        self.mean = np.polynomial.polynomial.polyval(x, row["mean"])
        self.mean += sum(row[name] * values for name, values in under.items())
        self.own = (1 - row["rho"]) * (row["way_sd"][0] * np.exp(row["way_sd"][1] * x)) ** 2
        self.shared = shared(row)
        self.share = straight_km / np.repeat(np.add.reduceat(straight_km, self.first), counts)
        self.least = BESIDE_KM / np.add.reduceat(straight_km, self.first)
        self.excess = np.array([each.factor - 1 for each in journeys])
        _, self.found_in = np.unique([each.found_in for each in journeys], return_inverse=True)

    def mean_and_spread(self, b: Floats, wide: float = 1.0) -> tuple[Floats, Floats]:
        """Mean and variance of ln(f - 1) of each journey but for J: lognormal legs summed after Fenton, Wilkinson."""
        own = wide**2 * self.own
        legs = self.share * np.exp(self.mean + self.known[:, : len(b)] @ b + own / 2)
        sums = np.add.reduceat(legs, self.first)
        spread = np.log1p(np.add.reduceat(legs**2 * np.expm1(own), self.first) / sums**2)
        return np.log(sums) - spread / 2, spread

    def likely(self, mean: Floats, sd: Floats) -> Floats:
        """Logarithm of how likely each journey is, or of all that is below, where towns let one know no more."""
        z = (np.log(np.maximum(self.excess, self.least)) - mean) / sd
        inside = -(z**2) / 2 - np.log(sd * np.sqrt(2 * np.pi))
        return np.where(self.excess > self.least, inside, log_ndtr(z))


@dataclass(frozen=True, slots=True)
class Fit:
    """Coefficients, spread beside that of legs, share told by any towns, and minus the logarithm of the likelihood."""

    b: Floats
    wide: float
    share: float
    loss: float


@dataclass(frozen=True, slots=True)
class Common:
    """What all modes have in common: who is unlike most, and how far sets of journeys lie apart."""

    unusual: Unusual
    set_sd: float


def read(folder: Path, ground: Terrain) -> list[Told]:
    """Journeys by one mode of the sets that are seen; never those that are held out."""
    rows = [
        (name, row)
        for name in SEEN
        for row in json.loads((folder / name).read_text("utf-8"))["journeys"]
    ]
    return [_told(name, row, ground) for name, row in rows if row["mode"] != "mixed"]


def _told(found_in: str, row: Mapping[str, Any], ground: Terrain) -> Told:
    stops = np.array([(stop["lat_deg"], stop["lon_deg"]) for stop in row["waypoints"]])
    straight_km = straight(stops)
    kept = np.setdiff1d(
        np.flatnonzero(straight_km > 0), row.get("legs_outside_published_length", [])
    )
    roughness, sea = ground.along(stops[:-1], stops[1:])
    under = {"ground": roughness[kept], "land": 1 - sea[kept]}
    length_km = row.get("length_km", row.get("published_km"))
    mode = _NAMES.get(row["mode"], row["mode"])
    return Told(
        mode, found_in, straight_km[kept], under, float(length_km / straight_km[kept].sum())
    )


def straight(stops: Floats) -> Floats:
    """Straight lines from stop to stop, km."""
    points = unit(stops)
    return np.asarray(
        2 * EARTH_KM * np.arcsin(np.linalg.norm(np.diff(points, axis=0), axis=1) / 2),
        dtype=np.float64,
    )


def under_of(row: Row) -> list[str]:
    """What under the line a row's mean hangs on."""
    return [name for name in ("land", "ground") if name in row]


def shared(row: Row) -> float:
    """Variance that the legs of a journey share by a row, of legs of 100 km."""
    return float(row["region_sd"] ** 2 + row["rho"] * row["way_sd"][0] ** 2)


def base(rows: Rows) -> Row:
    """The row that a mode's journeys are told beside."""
    return next(rows[name] for name in _BASES if name in rows)


def common(modes: Mapping[str, Rows], told: Sequence[Told]) -> tuple[Common, Row]:
    """What the likelihood makes of what all modes have in common, and what was tried."""
    by_mode = {mode: [each for each in told if each.mode == mode] for mode in modes}
    some = {mode: journeys for mode, journeys in by_mode.items() if len(journeys) >= FEWEST}

    def loss(unusual: Unusual, set_sd: float) -> float:
        return sum(
            question(modes[mode], some[mode], Common(unusual, set_sd)).best(0.0).loss
            for mode in some
        )

    losses = {unusual: loss(unusual, 0.0) for unusual in UNUSUAL}
    unusual = min(losses, key=lambda each: losses[each])
    of_sets = np.array([loss(unusual, set_sd) for set_sd in SET_SDS])
    weights = np.exp(of_sets.min() - of_sets)
    set_sd = round(float(weights @ SET_SDS / weights.sum()), 3)
    tails = {
        f"{each.share} x {each.times}, {each.lower} lower": round(value, 2)
        for each, value in losses.items()
    }
    sets = {f"{sd:.2f}": round(float(value), 2) for sd, value in zip(SET_SDS, of_sets, strict=True)}
    row = {
        "share": unusual.share,
        "lower": unusual.lower,
        "times_as_wide": unusual.times,
        "set_sd": set_sd,
    }
    return Common(unusual, set_sd), row | {"tails tried": tails, "spreads of sets tried": sets}


def mended(rows: Rows, journeys: Sequence[Told], shared_by: Common) -> Rows:
    """The rows of a mode as its journeys are told; as they are where too few are known."""
    if len(journeys) < FEWEST:
        return rows
    return _rows(rows, fit(rows, journeys, shared_by), shared_by, len(journeys))


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of journeys of a mode: the row they are told beside, what all have in common, any towns' odds."""

    seen: Seen
    shared_by: Common
    any_towns: Floats | None = None

    def loss(self, at: Floats, share: float) -> float:
        """Minus the logarithm of the likelihood, and of the prior of b."""
        wide, unusual = float(np.exp(at[-1])), self.shared_by.unusual
        mean, var = self.seen.mean_and_spread(at[:-1], wide)
        nodes = _NODES if self.shared_by.set_sd else np.zeros(1)
        means = mean + self.shared_by.set_sd * nodes[:, None]
        sds = [
            np.sqrt(var + wide**2 * self.seen.shared * times**2) for times in (1.0, unusual.times)
        ]
        one, far = self.seen.likely(means, sds[0]), self.seen.likely(means - unusual.lower, sds[1])
        likely = np.logaddexp(np.log1p(-unusual.share) + one, np.log(unusual.share) + far)
        if share > 0 and self.any_towns is not None:
            likely = np.logaddexp(np.log1p(-share) + likely, np.log(share) + self.any_towns)
        return float(-_over_sets(likely, self.seen.found_in) + (at[1:] ** 2).sum() / (2 * HELD**2))

    def best(self, share: float, start: Floats | None = None) -> Fit:
        """Least loss at a share of any towns."""
        start = np.zeros(self.seen.known.shape[1] + 1) if start is None else start
        bounds = [(-_FAR, _FAR)] * len(start)
        found = minimize(
            self.loss, np.clip(start, -_FAR, _FAR), (share,), method="L-BFGS-B", bounds=bounds
        )
        return Fit(found.x[:-1], float(np.exp(found.x[-1])), share, float(found.fun))


def _over_sets(likely: Floats, found_in: Ints) -> float:
    """Logarithm of the likelihood of all, from that at each node of a set's effect, shape (nodes, journeys)."""
    if len(likely) == 1:
        return float(likely.sum())
    by_set = np.stack([np.bincount(found_in, each) for each in likely])
    return float(logsumexp(by_set + _LOG_WEIGHTS[:, None], axis=0).sum())


def question(rows: Rows, journeys: Sequence[Told], shared_by: Common) -> Question:
    """Put a mode's journeys beside its rows."""
    any_towns = None
    if ANY in rows and len(rows) > 1:
        seen = Seen(rows[ANY], journeys)
        mean, var = seen.mean_and_spread(np.zeros(1))
        any_towns = seen.likely(mean, np.sqrt(var + seen.shared))
    return Question(Seen(base(rows), journeys), shared_by, any_towns)


def fit(rows: Rows, journeys: Sequence[Told], shared_by: Common) -> Fit:
    """Maximum likelihood with the prior of b, at the mean share of any towns where those are a kind of their own."""
    asked = question(rows, journeys, shared_by)
    alone = asked.best(0.0)
    if asked.any_towns is None:
        return alone
    start = np.append(alone.b, np.log(alone.wide))
    losses = np.array([asked.best(share, start).loss for share in SHARES])
    weights = np.exp(losses.min() - losses)
    return asked.best(float(weights @ SHARES / weights.sum()), start)


def _rows(rows: Rows, found: Fit, shared_by: Common, count: int) -> Rows:
    """Rows of a mode as journeys are told: as most are, unlike most, and by any towns."""
    row, unusual, lost = base(rows), shared_by.unusual, len(found.b)
    mean = [row["mean"][0] + found.b[0], row["mean"][1] + found.b[1], row["mean"][2]]
    few = count / (count - lost) * (1 + lost / count)
    own_sd = found.wide * row["way_sd"][0] * float(np.sqrt(1 - row["rho"]))

    def journey_sd(times: float) -> float:
        return round(
            float(np.sqrt(few * shared(row) * (found.wide * times) ** 2 + shared_by.set_sd**2)), 3
        )

    told = row | {
        "mean": [round(float(value), 3) for value in mean],
        "region_sd": journey_sd(1.0),
        "way_sd": [round(own_sd, 3), row["way_sd"][1]],
        "rho": 0.0,
        "rho_range": [0.0, row["rho_range"][1]],
        "found": "told",
        "legs_found": row["found"],
        "journeys": count,
    }
    told |= {
        name: round(row[name] + float(b), 3)
        for name, b in zip(under_of(row), found.b[2:], strict=True)
    }
    far = told | {
        "region_sd": journey_sd(unusual.times),
        "share": round((1 - found.share) * unusual.share, 3),
    }
    far["mean"] = [round(told["mean"][0] - unusual.lower, 3), *told["mean"][1:]]
    by_any = {ANY: rows[ANY] | {"share": round(found.share, 3)}} if found.share > 0 else {}
    told["share"] = round(1 - far["share"] - sum(each["share"] for each in by_any.values()), 3)
    return {TOLD: told, UNLIKE: far} | by_any
