"""How winding a way is, by mode: travelled length = straight line x f, f = 1 + exp(mean + region + route + leg).

The numbers are in `priors.json`, each with how it was found: `make priors` estimates them from legs
of today's networks and writes the file. Region and route are what the legs of a journey share.
Which kind of stops a journey is told by is not known, and is drawn. What no data carry is a
judgement, and is shown as one wherever its numbers are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np

from escape_route import packaged
from escape_route.errors import UsageError, suggest
from escape_route.model.modes import Mode

if TYPE_CHECKING:
    from escape_route.distance.points import Rows
    from escape_route.geography.geodesic import Floats

_NORMAL_95 = 1.6448536269514722  # 95 % quantile of the standard normal distribution
_TABLE: Mapping[str, Any] = packaged.table("distance/priors.json")
_AT_KM = 100.0  # length that means and spreads are told at
_HALVINGS = 60  # of a search between two logarithms
_WIDEST = 12.0  # standard deviations that a search looks at


class Alike(StrEnum):
    """How alike the legs of a journey are, within what was estimated: the least, as it is taken, the most."""

    LEAST = "least"
    TAKEN = "taken"
    MOST = "most"


@dataclass(frozen=True, slots=True)
class Deviates:
    """What is drawn of a journey's winding, standard normal, shape (n,): `region` and `route` once, `own` each leg."""

    region: Floats
    route: Floats
    own: Floats


@dataclass(frozen=True, slots=True)
class Under:
    """What lies under a straight line: the part that is land, 0 to 1, and how rough that is (`ground.roughness`)."""

    land_share: float = 0.0
    roughness: float = 0.0


_HILLS = Under()


@dataclass(frozen=True, slots=True)
class Stops:
    """Ways between stops of one kind: the distribution of ln(f - 1) by the straight line d, in x = ln(d / 100 km).

    `mean` has the coefficients of 1, x and x squared, `land` is what it has more where all of the
    straight line is land (by sea), `ground` what it has more where the ground is e times as rough
    as hills of 100 m. `region_sd` is what all ways of a journey share, wherever it is from.
    `way_sd` is the spread within a region at 100 km, and its exponent in d. `rho` is the share of
    that variance which the legs of a route share, `rho_range` what it may be. d is held within
    `range_km`.
    """

    kind: str
    share: float
    mean: tuple[float, ...]
    region_sd: float
    way_sd: tuple[float, float]
    rho: float
    rho_range: tuple[float, float]
    range_km: tuple[float, float]
    found: str
    basis: str
    land: float = 0.0
    ground: float = 0.0

    @property
    def judgement(self) -> bool:
        """Whether no data carry it."""
        return self.found == "judgement"

    def at(self, length_km: Floats, under: Under = _HILLS) -> tuple[Floats, Floats]:
        """Mean of ln(f - 1) for ways of these straight lines, and its spread within a region."""
        x = np.log(np.clip(length_km, *self.range_km) / _AT_KM)
        mean = np.polynomial.polynomial.polyval(x, self.mean)
        mean = mean + self.land * under.land_share + self.ground * under.roughness
        return np.asarray(mean, np.float64), np.asarray(
            self.way_sd[0] * np.exp(self.way_sd[1] * x), np.float64
        )

    @property
    def shared(self) -> float:
        """Share of the variance of a leg of 100 km that the legs of a journey share, the region's part with it."""
        region, way = self.region_sd**2, self.way_sd[0] ** 2
        return (region + self.rho * way) / (region + way)

    def alike(self, alike: Alike, rho: float | None) -> float:
        """Share that the legs of a route share; `rho` stands in the place of ours."""
        taken = self.rho if rho is None else rho
        return {Alike.LEAST: self.rho_range[0], Alike.TAKEN: taken, Alike.MOST: self.rho_range[1]}[
            alike
        ]


@dataclass(frozen=True, slots=True)
class Prior:
    """How winding ways by a mode are, by the kind of stops that a journey is told by."""

    mode: Mode
    stops: tuple[Stops, ...]

    @property
    def judgement(self) -> bool:
        """Whether no data carry it."""
        return any(stops.judgement for stops in self.stops)

    @property
    def basis(self) -> str:
        """What it rests on."""
        return "; ".join(dict.fromkeys(stops.basis for stops in self.stops))

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of stops: modes of the same kinds are told by the same in one journey."""
        return tuple(stops.kind for stops in self.stops)

    def which(self, uniform: Floats) -> Rows:
        """Kind of stops of each draw of a journey, from numbers between 0 and 1."""
        edges = np.cumsum([stops.share for stops in self.stops])[:-1]
        return np.searchsorted(edges, uniform, side="right").astype(np.int64)

    def factors(
        self,
        length_km: Floats,
        drawn: Deviates,
        uniform: Floats,
        alike: Sequence[Alike] = (Alike.TAKEN,),
        *,
        rho: float | None = None,
        under: Under = _HILLS,
    ) -> list[Floats]:
        """Winding factors at each degree of likeness of a leg over straight lines, shape (n,) or (1,): shape (n,).

        `uniform` is what the kind of stops is drawn by, shape (n,), and `under` what lies under the
        straight lines.
        """
        which = self.which(uniform)
        factors = [np.ones(len(uniform)) for _ in alike]
        for index, stops in enumerate(self.stops):
            mean, way_sd = stops.at(length_km, under)
            common = mean + stops.region_sd * drawn.region
            is_kind = which == index
            for number, likeness in enumerate(alike):
                shared = stops.alike(likeness, rho)
                factor = 1 + np.exp(
                    common
                    + way_sd * (np.sqrt(shared) * drawn.route + np.sqrt(1 - shared) * drawn.own)
                )
                factors[number] = (
                    factor if len(self.stops) == 1 else np.where(is_kind, factor, factors[number])
                )
        return [
            np.asarray(np.broadcast_to(factor, uniform.shape), dtype=np.float64)
            for factor in factors
        ]

    def at(self, length_km: float, under: Under = _HILLS) -> tuple[float, float, float]:
        """Median factor and the two ends of its 90 % interval for a leg of this length over hills, or the open sea."""
        spread = []
        for stops in self.stops:
            mean, way_sd = stops.at(np.array([length_km]), under)
            spread.append(
                (stops.share, float(mean[0]), float(np.hypot(stops.region_sd, way_sd[0])))
            )
        low, median, high = (
            1 + float(np.exp(_quantile(spread, share))) for share in (0.05, 0.5, 0.95)
        )
        return median, low, high


def _one(stops: Stops, length_km: float, under: Under) -> tuple[float, float]:
    mean, way_sd = stops.at(np.array([length_km]), under)
    return float(mean[0]), float(np.hypot(stops.region_sd, way_sd[0]))


def _quantile(spread: Sequence[tuple[float, float, float]], share: float) -> float:
    """Quantile of a mixture of normal distributions, each of a share, a mean and a standard deviation; by halving."""
    low = min(mean - _WIDEST * sd for _, mean, sd in spread)
    high = max(mean + _WIDEST * sd for _, mean, sd in spread)
    if low == high or not np.isfinite(low):
        return low
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        below = sum(part * NormalDist(mean, sd or 1e-12).cdf(middle) for part, mean, sd in spread)
        low, high = (middle, high) if below < share else (low, middle)
    return (low + high) / 2


def _stops(kind: str, row: Mapping[str, Any]) -> Stops:
    fields: dict[str, Any] = {name: row[name] for name in ("share", "region_sd", "rho", "found")}
    fields |= {name: tuple(row[name]) for name in ("mean", "way_sd", "rho_range", "range_km")}
    return Stops(
        kind, **fields, basis=_basis(row), land=row.get("land", 0.0), ground=row.get("ground", 0.0)
    )


def _basis(row: Mapping[str, Any]) -> str:
    """How the numbers of a row were found."""
    if row["found"] == "told":
        legs = "a judgement" if row["legs_found"] == "judgement" else _legs(row)
        return f"{row['journeys']} journeys of known length; from leg to leg: {legs}"
    return str(row["basis"]) if row["found"] == "judgement" else _legs(row)


def _legs(row: Mapping[str, Any]) -> str:
    packages = ", ".join(str(_TABLE["sources"][source]["package"]) for source in row["sources"])
    return (
        f"{row['legs']:,} legs of {row['routes']:,} routes in {row['regions']} regions: {packages}"
    )


#: The prior of every mode, as the table has it.
PRIORS: dict[Mode, Prior] = {
    mode: Prior(
        mode, tuple(_stops(kind, row) for kind, row in _TABLE["modes"][mode]["stops"].items())
    )
    for mode in Mode
}


@dataclass(frozen=True, slots=True)
class Winding:
    """A prior of the user's own: nine in ten ways by `mode` are `low` to `high` times the straight line.

    Two equal ends are one factor for every way.
    """

    mode: Mode
    low: float
    high: float

    def __post_init__(self) -> None:
        """Refuse what is no factor: nobody's way is shorter than the straight line."""
        if not 1 <= self.low <= self.high < np.inf:
            raise UsageError(
                f"priors: {self.mode}: {self.low:g} to {self.high:g} is not 1 or more, the lower factor first"
            )
        if self.low == 1 < self.high:
            raise UsageError(
                f"priors: {self.mode}: a range starts above 1, such as 1.05; 1 alone is a straight line"
            )

    @property
    def prior(self) -> Prior:
        """Distribution that has these two as the ends of its 90 % interval; its legs are as alike as those of ours."""
        with np.errstate(
            divide="ignore"
        ):  # a factor of 1 has no way beyond the straight line, whose logarithm is -inf
            ends = np.log(np.array([self.low, self.high]) - 1)
        sigma = 0.0 if self.low == self.high else float(ends[1] - ends[0]) / (2 * _NORMAL_95)
        if self.low == self.high:
            said = f"{self.low:g}"
        else:
            said = f"{self.low:g} to {self.high:g}, 9 in 10"
        rho = float(np.mean([stops.shared for stops in PRIORS[self.mode].stops]))
        own = Stops(
            kind="own",
            share=1.0,
            mean=(float(ends.mean()),),
            region_sd=0.0,
            way_sd=(sigma, 0.0),
            rho=rho,
            rho_range=(0.0, min(1.0, 2 * rho)),
            range_km=(1.0, np.inf),
            found="judgement",
            basis=f"set for this run: {said}",
        )
        return Prior(self.mode, (own,))


def windings(given: Mapping[str, float | Sequence[float]]) -> tuple[Winding, ...]:
    """Read priors as a user writes them: mode to the factor of every way, or to the two ends of its 90 % interval.

    They come in the order of the modes. Raises UsageError where a mode is not known, or a factor is
    none.

    >>> windings({"rail": 1.2, "road": (1.3, 1.9)})
    (Winding(mode=<Mode.ROAD: 'road'>, low=1.3, high=1.9), Winding(mode=<Mode.RAIL: 'rail'>, low=1.2, high=1.2))
    """
    unknown = [mode for mode in given if mode not in list(Mode)]
    if unknown:
        raise UsageError(f"priors: {unknown[0]} is not a mode ({suggest(unknown[0], list(Mode))})")
    read = []
    for mode in (mode for mode in Mode if mode in given):
        factors = given[mode]
        ends = [factors, factors] if isinstance(factors, int | float) else list(factors)
        if len(ends) != 2 or not all(isinstance(end, int | float) for end in ends):  # noqa: PLR2004  # two ends
            raise UsageError(
                f"priors: {mode}: {factors!r} is neither a factor nor two, such as (1.2, 1.6)"
            )
        read.append(Winding(mode, float(ends[0]), float(ends[1])))
    return tuple(read)


def with_own(own: Sequence[Winding]) -> dict[Mode, Prior]:
    """Prior of every mode, a user's own in the place of ours."""
    return PRIORS | {winding.mode: winding.prior for winding in own}
