"""The taut string through discs: the shortest way through a chain of them, and a least length that is certified.

A leg is at least as long as an affine function of the straight line between its ends, so for any
vectors u, one a leg and each no longer than that function's slope, a sum over legs and discs is
below every journey (`Chain.least_m`). It holds whether or not the descent that the vectors come
from has converged; where it has, the two ends all but meet. The cost grows with the number of discs
and no faster.

References
----------
Y. Nesterov and A. Nemirovskii (1994), Interior-Point Polynomial Algorithms in Convex Programming, doi
10.1137/1.9781611970791: the barriers, and that the vectors of their minima are such vectors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from escape_route.geography import ellipsoid, geodesic

if TYPE_CHECKING:
    from escape_route.distance.points import Rows
    from escape_route.geography.geodesic import Floats
    from escape_route.model.places import Flags

_ROUNDING_M = (
    1e-6  # a stop: products of numbers below the Earth's radius round to a hundredth of it
)
_FIXED_M = 0.01  # a disc that is smaller is a point to the descent, not to the bound
_FIRST_BARRIER_M = 1e5
_LESS_BARRIER = 0.1
_MOST_STEPS = 30  # of Newton's method at one height of the barrier; three to eight are usual
_MOST_HALVINGS = 30
_NEAR_ENOUGH = 0.1  # Newton decrement, in units of the barrier
_NEARLY_EDGE = 0.99  # of the way to the edge of a disc in one step
_MOST_RATIO = (
    0.95  # of a chord to the Earth's width, where its slope is taken: three there, endless at 1
)
_FEW_BLOCKS = 16
_TURNS = 30
_SLOPE_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Taut:
    """Vectors u of legs, shape (n - 1, 3), the heights of their affine functions in metres, and one point a disc.

    `lonlat_deg` has shape (n, 2); `points_m`, shape (n, 3), are the same in space.
    """

    pull: Floats
    height_m: Floats
    lonlat_deg: Floats
    points_m: Floats


class Chain:
    """Discs in travel order: centres, shape (n, 2), in degrees, and radii along the ellipsoid, metres."""

    def __init__(self, lonlat_deg: Floats, radius_m: Floats) -> None:
        """Put the discs into space: each lies in a slab below the plane that touches the ellipsoid at its centre."""
        self.lonlat_deg = lonlat_deg
        self.radius_m = radius_m
        self.centres_m = ellipsoid.geocentric_m(*lonlat_deg.T)
        self.plane, self._up = ellipsoid.tangents(*lonlat_deg.T)
        sag_m = radius_m**2 / (
            2 * ellipsoid.LEAST_RADIUS_M
        )  # the ball of the least radius rolls within the ellipsoid
        self._sag_m = np.minimum(sag_m, 2 * ellipsoid.SEMI_MAJOR_M)
        step_m = np.linalg.norm(np.diff(self.centres_m, axis=0), axis=1)
        apart_m = geodesic.distances_m(*lonlat_deg[:-1].T.copy(), *lonlat_deg[1:].T.copy())
        self._ratio = least_ratio(apart_m, step_m, radius_m[:-1] + radius_m[1:])
        self._step_m = step_m

    def least_m(self, pull: Floats, height_m: Floats, ours: Flags | None = None) -> float:
        """Certified least length of any way through the discs, in metres, by vectors of its legs.

        The sum of heights and of <u, c' - c> over legs from centre c to c', less what each disc
        lets through: the sum over legs, written by stops, is that of <w, x> with w = u of the leg
        before less u of the leg after, and no point x of a disc gives less than its centre does,
        less `lost_m`. Where only some of the discs are `ours`, shape (n,), somebody else pays for
        the others.
        """
        along_m, lost_m = self.along_m(pull, height_m), self.lost_m(bends(pull))
        lost_m = lost_m if ours is None else lost_m[ours]
        return float(along_m.sum() - lost_m.sum()) - _ROUNDING_M * len(self.radius_m)

    def along_m(self, pull: Floats, height_m: Floats) -> Floats:
        """What each leg gives from centre to centre."""
        return np.asarray(
            height_m + np.einsum("ij,ij->i", pull, np.diff(self.centres_m, axis=0)),
            dtype=np.float64,
        )

    def lost_m(self, bend: Floats) -> Floats:
        """Most that <w, c - x> can be for a point x of each disc around c; w of shape (n, 3)."""
        flat = np.linalg.norm(np.einsum("nij,ni->nj", self.plane, bend), axis=1)
        lift = np.maximum(np.einsum("ni,ni->n", self._up, bend), 0.0)
        return np.asarray(self.radius_m * flat + self._sag_m * lift, dtype=np.float64)

    def pulled(self, gap_m: float) -> Taut:
        """Pull the string taut, until what the descent leaves is `gap_m` in all, metres."""
        string = _String(self)
        last_m = gap_m / (
            8 * len(self.radius_m)
        )  # a barrier of height h leaves 2 h a leg, and 2 h a disc
        height_m, slope = self.functions(self._step_m)
        string.descend(slope, _FIRST_BARRIER_M, last_m)
        height_m, slope = self.functions(np.linalg.norm(string.legs_m(), axis=1))
        string.descend(slope, 100 * last_m, last_m)
        pull = string.pull(slope, last_m)
        lonlat_deg = self._on_ground(string.at_m)
        return Taut(pull, height_m, lonlat_deg, ellipsoid.geocentric_m(*lonlat_deg.T))

    def functions(self, chord_m: Floats) -> tuple[Floats, Floats]:
        """Affine functions of the chord that no geodesic of a leg is below: heights in metres, and slopes.

        One touches the least geodesic over a chord at `chord_m`; the other goes through 0 and is
        exact for points. For each leg the one that is higher at `chord_m`.
        """
        touching_m = np.minimum(chord_m, _MOST_RATIO * 2 * ellipsoid.LARGEST_RADIUS_M)
        slope = ellipsoid.least_geodesic_slope(touching_m)
        height_m = ellipsoid.least_geodesic_m(touching_m) - slope * touching_m
        straight = self._ratio * chord_m > height_m + slope * chord_m
        return np.where(straight, 0.0, height_m), np.where(straight, self._ratio, slope)

    def _on_ground(self, at_m: Floats) -> Floats:
        """Points of the discs at these distances east and north of their centres."""
        away_m = np.minimum(np.hypot(*at_m.T), np.maximum(self.radius_m - _ROUNDING_M, 0.0))
        lon_deg, lat_deg = self.lonlat_deg.T
        moved = geodesic.ahead(lon_deg, lat_deg, np.degrees(np.arctan2(*at_m.T)), away_m)
        return np.where(away_m[:, None] > 0, moved, self.lonlat_deg)


def least_ratio(apart_m: Floats, chord_m: Floats, both_m: Floats) -> Floats:
    """Ratio to its chord that no geodesic between two discs is below: exact for points, of any distance.

    No geodesic is shorter than the least distance s of the discs. So over a chord up to c it is s /
    c of it or more; and from the chord on at which the least geodesic is s, its ratio only grows.
    `both_m` are sums of the radii.
    """
    least_m = np.maximum(apart_m - both_m, 0.0)
    longest_m = np.minimum(ellipsoid.most_chord_m(least_m), chord_m + both_m)
    ratio = np.divide(least_m, longest_m, out=np.ones_like(least_m), where=longest_m > 0)
    return np.asarray(np.maximum(ratio, 1.0), dtype=np.float64)


def bends(pull: Floats) -> Floats:
    """By how much the vectors of legs turn at each stop, shape (n, 3): before less after, with none beyond the ends."""
    none = np.zeros((1, 3))
    return np.asarray(np.concatenate([none, pull]) - np.concatenate([pull, none]), dtype=np.float64)


def strings(lonlat_deg: Floats, radius_m: Floats, counts: Rows) -> tuple[Floats, Floats]:
    """Certified least lengths of very many short ways at once, and lengths between which and these the least lie.

    Each point goes by turns to where the way through its neighbours is shortest, as far as its disc
    allows: the legs' pull on it, weighed by their lengths, in the place of the lengths (E.
    Weiszfeld, 1937, Tohoku Mathematical Journal 43, 355-386). Whether that came close, the two ends
    tell. The discs of all ways stand one after the other, of shapes (n, 2) and (n,); `counts` says
    how many each way has, two or more.
    """
    chain = Chain(lonlat_deg, radius_m)
    starts = np.cumsum(counts) - counts
    joined = np.ones(len(radius_m) - 1)
    joined[starts[1:] - 1] = 0.0
    points_m = _pulled_by_turns(chain, joined)
    step_m = np.diff(points_m, axis=0)
    long_m = np.linalg.norm(step_m, axis=1)
    height_m, slope = chain.functions(long_m)
    height_m, slope = height_m * joined, slope * joined * (1 - _SLOPE_ROUNDING)
    pull = step_m * np.divide(slope, long_m, out=np.zeros_like(long_m), where=long_m > 0)[:, None]
    given_m = (
        np.append(chain.along_m(pull, height_m), 0.0) - chain.lost_m(bends(pull)) - _ROUNDING_M
    )
    length_m = np.append(height_m + slope * long_m, 0.0)
    return np.add.reduceat(given_m, starts), np.add.reduceat(length_m, starts)


def _pulled_by_turns(chain: Chain, joined: Floats) -> Floats:
    """Points of discs in space, shape (n, 3), moved until the way through them is all but as short as it can be."""
    points_m = chain.centres_m.copy()
    wide = chain.radius_m > _FIXED_M
    turns = [np.flatnonzero(wide & (np.arange(len(wide)) % 2 == odd)) for odd in (0, 1)]
    before, after = np.concatenate([[0.0], joined]), np.concatenate([joined, [0.0]])
    for _ in range(_TURNS):
        for at in turns:
            pulls, weights = np.zeros((len(at), 3)), np.zeros(len(at))
            for side, near in (
                (before, np.maximum(at - 1, 0)),
                (after, np.minimum(at + 1, len(wide) - 1)),
            ):
                far_m = np.maximum(np.linalg.norm(points_m[near] - points_m[at], axis=1), _FIXED_M)
                weight = side[at] / far_m
                pulls, weights = pulls + weight[:, None] * points_m[near], weights + weight
            wanted_m = pulls / weights[:, None] - chain.centres_m[at]
            flat_m = np.einsum("nij,ni->nj", chain.plane[at], wanted_m)
            held = np.minimum(
                1.0, chain.radius_m[at] / np.maximum(np.linalg.norm(flat_m, axis=1), _FIXED_M)
            )
            points_m[at] = chain.centres_m[at] + np.einsum(
                "nij,nj->ni", chain.plane[at], flat_m * held[:, None]
            )
    return points_m


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the string comes to at points of its discs: legs, how long they count, what is left to the edges, cost."""

    at_m: Floats
    legs_m: Floats
    long_m: Floats
    left_m2: Floats
    cost_m: float


class _String:
    """A point in the plane of each disc, moved by Newton's method below ever lower barriers."""

    def __init__(self, chain: Chain) -> None:
        self.at_m = np.zeros((len(chain.radius_m), 2))
        self._centres_m = chain.centres_m
        self._plane = np.where((chain.radius_m > _FIXED_M)[:, None, None], chain.plane, 0.0)
        self._is_fixed = chain.radius_m <= _FIXED_M
        self._squared_m2 = np.where(self._is_fixed, 1.0, chain.radius_m**2)

    def pull(self, slope: Floats, barrier_m: float) -> Floats:
        """Gradient of each leg's barrier: shorter than its slope, however the descent went."""
        return self._pull(self._seen(self.at_m, slope, barrier_m), slope, barrier_m)

    def _pull(self, here: _Seen, slope: Floats, barrier_m: float) -> Floats:
        stiff = slope**2 * (1 - _SLOPE_ROUNDING) / (barrier_m + here.long_m)
        return np.asarray(here.legs_m * stiff[:, None], dtype=np.float64)

    def legs_m(self, at_m: Floats | None = None) -> Floats:
        points_m = self._centres_m + np.einsum(
            "nij,nj->ni", self._plane, self.at_m if at_m is None else at_m
        )
        return np.asarray(points_m[1:] - points_m[:-1], dtype=np.float64)

    def descend(self, slope: Floats, first_m: float, last_m: float) -> None:
        barrier_m = first_m
        while barrier_m > last_m:
            barrier_m = max(barrier_m * _LESS_BARRIER, last_m)
            here = self._seen(self.at_m, slope, barrier_m)
            for _ in range(_MOST_STEPS):
                next_ = self._step(here, slope, barrier_m)
                if next_ is None:
                    break
                here = next_
            self.at_m = here.at_m

    def _seen(self, at_m: Floats, slope: Floats, barrier_m: float) -> _Seen:
        left_m2 = self._squared_m2 - np.einsum("nj,nj->n", at_m, at_m)
        legs_m = self.legs_m(at_m)
        long_m = np.sqrt(barrier_m**2 + slope**2 * np.einsum("nj,nj->n", legs_m, legs_m))
        if left_m2.min() <= 0:
            return _Seen(at_m, legs_m, long_m, left_m2, np.inf)
        cost_m = np.sum(long_m - barrier_m * np.log(barrier_m + long_m))
        cost_m -= barrier_m * np.sum(np.log(left_m2 / self._squared_m2))
        return _Seen(at_m, legs_m, long_m, left_m2, float(cost_m))

    def _step(self, here: _Seen, slope: Floats, barrier_m: float) -> _Seen | None:
        """Take one step; None where it would hardly be one."""
        gradient = self._gradient(here, slope, barrier_m)
        step_m = -solve(*self._curvature(here, slope, barrier_m), gradient)
        fall_m = -float(np.sum(gradient * step_m))
        if fall_m <= _NEAR_ENOUGH**2 * barrier_m:
            return None
        share = self._room(here, step_m)
        for _ in range(_MOST_HALVINGS):
            there = self._seen(here.at_m + share * step_m, slope, barrier_m)
            if there.cost_m <= here.cost_m - share * fall_m / 4:
                return there
            share /= 2
        return None

    def _room(self, here: _Seen, step_m: Floats) -> float:
        """Largest share of a step, 1 at most, that leaves no disc."""
        square, along = np.sum(step_m**2, axis=1), np.sum(here.at_m * step_m, axis=1)
        square = np.maximum(square, np.finfo(np.float64).tiny)
        shares = here.left_m2 / (along + np.sqrt(along**2 + square * here.left_m2))
        return float(min(1.0, _NEARLY_EDGE * shares.min()))

    def _gradient(self, here: _Seen, slope: Floats, barrier_m: float) -> Floats:
        held = 2 * barrier_m * here.at_m / here.left_m2[:, None]
        pull = bends(self._pull(here, slope, barrier_m))
        return np.asarray(np.einsum("nij,ni->nj", self._plane, pull) + held, dtype=np.float64)

    def _curvature(self, here: _Seen, slope: Floats, barrier_m: float) -> tuple[Floats, Floats]:
        """Blocks of the matrix of second derivatives: on the diagonal (n, 2, 2), and below it (n - 1, 2, 2)."""
        legs_m, long_m, left_m2 = here.legs_m, here.long_m, here.left_m2[:, None, None]
        stiff = slope**2 / (barrier_m + long_m)
        turned = stiff * slope**2 / (long_m * (barrier_m + long_m))
        leg = (
            stiff[:, None, None] * np.eye(3)
            - turned[:, None, None] * legs_m[:, :, None] * legs_m[:, None, :]
        )
        outer = here.at_m[:, :, None] * here.at_m[:, None, :]
        diagonal = barrier_m * (2 * np.eye(2) / left_m2 + 4 * outer / left_m2**2)
        across = np.swapaxes(self._plane, 1, 2)
        diagonal[:-1] += across[:-1] @ leg @ self._plane[:-1]
        diagonal[1:] += across[1:] @ leg @ self._plane[1:]
        return diagonal, -(across[1:] @ leg @ self._plane[:-1])


def _solve_few(diagonal: Floats, below: Floats, right: Floats) -> Floats:
    count, size = right.shape
    whole, at = np.zeros((count, size, count, size)), np.arange(count)
    whole[at, :, at] = diagonal
    whole[at[1:], :, at[:-1]] = below
    whole[at[:-1], :, at[1:]] = np.swapaxes(below, 1, 2)
    solution = np.linalg.solve(whole.reshape(count * size, -1), right.ravel())
    return np.asarray(solution.reshape(count, size), dtype=np.float64)


def solve(diagonal: Floats, below: Floats, right: Floats) -> Floats:
    """Solve a symmetric system of blocks on and beside the diagonal, by cyclic reduction: halved until one is left.

    Blocks are of shapes (n, k, k) and, below, (n - 1, k, k); right-hand side and solution of shape
    (n, k).
    """
    count = len(diagonal)
    if count <= _FEW_BLOCKS:
        return _solve_few(diagonal, below, right)
    inverse = np.linalg.inv(diagonal[1::2])
    into, out = (
        below[0::2],
        below[1::2],
    )  # from an even block into the odd one after it, and on to the next even one
    diagonal_left, right_left = diagonal[0::2].copy(), right[0::2].copy()
    odd = len(inverse)
    before = np.swapaxes(into, 1, 2) @ inverse
    diagonal_left[:odd] -= before @ into
    right_left[:odd] -= (before @ right[1::2, :, None])[:, :, 0]
    after = out @ inverse[: len(out)]
    diagonal_left[1:] -= after @ np.swapaxes(out, 1, 2)
    right_left[1:] -= (after @ right[1::2][: len(out), :, None])[:, :, 0]
    solution = np.empty_like(right)
    solution[0::2] = solve(diagonal_left, -(after @ into[: len(out)]), right_left)
    rest = right[1::2] - (into @ solution[0::2][:odd, :, None])[:, :, 0]
    rest[: len(out)] -= (np.swapaxes(out, 1, 2) @ solution[2::2, :, None])[:, :, 0]
    solution[1::2] = (inverse @ rest[:, :, None])[:, :, 0]
    return solution
