"""ln(f - 1) of a leg = mean(distance) + region + route + leg, and how widely each of the three spreads.

A mixed model with nested effects (legs in routes in regions) and spreads that fall with distance.
Its likelihood has a closed form, worked out route by route and region by region, so a few lines of
scipy fit 100,000 legs in seconds. statsmodels' MixedLM has one residual spread for all distances,
which these data have not, and loads no effect by distance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize

if TYPE_CHECKING:
    from network import Floats, Ints

AT_KM = 100.0  # means and leg spreads are told at this distance
_STARTS = ((0.3, 0.7, -2.0), (0.6, 0.5, -0.5), (0.15, 1.0, -3.0))  # region, way, logit of rho


@dataclass(frozen=True, slots=True)
class Data:
    """ln(f - 1) of legs, their straight lines in km, and the numbers of route and region; routes lie in one region.

    `under` is the share of land under the line by sea, how rough the ground is by road and rail.
    """

    y: Floats
    straight_km: Floats
    route: Ints
    region: Ints
    under: Floats | None = None

    @property
    def x(self) -> Floats:
        """Logarithm of the distance, 0 at `AT_KM`."""
        return np.asarray(np.log(self.straight_km / AT_KM), dtype=np.float64)

    def columns(self, degree: int) -> Floats:
        """What the mean is made of: powers of x, and what lies under the straight line where that is told."""
        powers = np.vander(self.x, degree + 1, increasing=True)
        return powers if self.under is None else np.column_stack([powers, self.under])


@dataclass(frozen=True, slots=True)
class Fit:
    """Means, spreads, rho, and the effect of each region with its own uncertainty.

    `mean` has the coefficients of powers of x, and that of what lies under the line. `way_sd` is
    the spread within a region at `AT_KM`, and the exponent by which it goes with distance. `rho` is
    the part of that variance which the legs of a route share, apart from a common stop; `rho_most`
    is what the likelihood makes of it, which takes the common stop's part for the route's.
    """

    mean: tuple[float, ...]
    region_sd: float
    way_sd: tuple[float, float]
    rho: float
    rho_most: float
    regions: Floats
    regions_sd: Floats
    loss: float


def fit(data: Data, degree: int = 2) -> Fit:
    """Restricted maximum likelihood: spreads by search from several starts, means in closed form."""
    columns = data.columns(degree)
    tried = [
        minimize(
            lambda at: _loss(data, columns, at)[0],
            np.array([np.log(region_sd), np.log(way_sd), -0.25, logit]),
            method="Nelder-Mead",
            options={"xatol": 1e-3, "fatol": 0.02, "maxiter": 800},
        )
        for region_sd, way_sd, logit in _STARTS
    ]
    best = min(tried, key=lambda each: each.fun)
    loss, beta, regions, regions_sd = _loss(data, columns, best.x)
    region_sd, way_sd = np.exp(best.x[:2]).tolist()
    left = data.y - columns @ beta - regions[data.region]
    rho = _shared(left / (way_sd * np.exp(best.x[2] * data.x)), data.route)
    most = max(rho, float(1 / (1 + np.exp(-best.x[3]))))
    return Fit(
        tuple(beta.tolist()),
        region_sd,
        (way_sd, float(best.x[2])),
        rho,
        most,
        regions,
        regions_sd,
        float(loss),
    )


def _shared(left: Floats, route: Ints) -> float:
    """Covariance of what is left of two legs of a route that share no stop; legs in the order of travel.

    Legs that meet in a town share its own effect too, in a chain of any towns several times that of
    the route: the likelihood takes both for the route's, which would make 200 legs as alike as two.
    """
    count = int(route.max()) + 1
    sums, squares = np.bincount(route, left, count), np.bincount(route, left**2, count)
    meet = route[1:] == route[:-1]
    touching = float((left[1:] * left[:-1])[meet].sum())
    legs = np.bincount(route, minlength=count)
    pairs = float((legs * (legs - 1)).sum() / 2) - float(meet.sum())
    return max(float((sums**2 - squares).sum() / 2 - touching) / pairs, 0.0)


def _loss(data: Data, columns: Floats, at: Floats) -> tuple[float, Floats, Floats, Floats]:
    """Minus twice the restricted log likelihood, the means' coefficients, and the regions' effects.

    Every leg is weighed by the variance of its own effect; what a route shares is loaded on a leg
    by the same spread.
    """
    region_var = np.exp(2 * at[0])
    way_sd = np.exp(at[1] + at[2] * data.x)
    rho = 1 / (1 + np.exp(-at[3]))
    weight = 1 / ((1 - rho) * way_sd**2)
    both = np.column_stack(
        [columns, data.y]
    )  # its first column, of ones, is also how a region is loaded
    of_route = np.zeros(int(data.route.max()) + 1, dtype=np.int64)
    of_route[data.route] = data.region
    held = np.bincount(data.route, weight * way_sd**2)
    shared = _sums(data.route, (weight * way_sd)[:, None] * both)
    shrink = rho / (1 + rho * held)
    by_region = _sums(data.region, weight[:, None] * both) - _sums(
        of_route, (shrink * shared[:, 0])[:, None] * shared
    )
    wide = 1 + region_var * by_region[:, 0]
    inner = (
        (both * weight[:, None]).T @ both
        - (shared * shrink[:, None]).T @ shared
        - (by_region * (region_var / wide)[:, None]).T @ by_region
    )
    of_x, of_xy = inner[:-1, :-1], inner[:-1, -1]
    beta = np.linalg.solve(of_x, of_xy)
    spread = float(inner[-1, -1] - of_xy @ beta)
    volume = (
        np.log1p(rho * held).sum()
        + np.log(wide).sum()
        - np.log(weight).sum()
        + np.linalg.slogdet(of_x)[1]
    )
    effects = region_var / wide * (by_region[:, -1] - by_region[:, :-1] @ beta)
    return spread + float(volume), beta, effects, np.sqrt(region_var / wide)


def _sums(group: Ints, values: Floats) -> Floats:
    """Sums of each column over groups."""
    return np.column_stack(
        [np.bincount(group, column, int(group.max()) + 1) for column in values.T]
    )
