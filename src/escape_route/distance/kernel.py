"""Plausible lengths of many ways at once, where all places are points or small discs: `er.check` is a batch of one.

What the winding of a journey's legs has in common (region, route, kind of stops) and where its
places lie is taken at the points of a fixed net. Given those the legs wind each by itself, and
their sum is taken as the shifted log-normal that has the mean, the variance and the skewness of it:
exact for one leg. So there is no chance in it, a seed changes nothing, and a way takes a few
thousand numbers where draws take millions. Whatever is not as plain is drawn (`sampling`).

References
----------
L. F. Fenton (1960), The sum of log-normal probability distributions in scatter transmission systems, IRE Transactions
on Communications Systems 8, 57-67, doi 10.1109/TCOM.1960.1097606.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product

import numpy as np
from numpy.random import PCG64, Generator, SeedSequence

from escape_route.distance.intervals import (
    EDGES,
    OWN,
    POINTS,
    Curve,
    Interval,
    Sums,
    interval_of,
    shifted,
    the_net,
)
from escape_route.distance.points import Rows
from escape_route.distance.priors import PRIORS, Alike, Stops
from escape_route.geography import ellipsoid, geodesic, ground
from escape_route.geography.geodesic import Floats
from escape_route.model.modes import Mode
from escape_route.model.places import Flags

# of a way: how far its places may shift it, the radii at the ends of legs as root of squares
_MOST_SHIFTED = 0.2
# of a way, over its legs: the square of those radii over the leg, which winds as at its mean
_MOST_BLURRED = 0.3
MOST_LEG_M = 5_000_000.0
_MOST_SPREAD, _WIDEST_SPREAD = (
    1.3,
    1.7,
)  # of a leg's own logarithm: beyond, a sum of legs is no shifted log-normal
_WIDE = 0.1  # of a way, that may lie between the two
_ALIKE_SHARES = 0.02  # of journeys: kinds of stops whose shares are as near are taken as one
_CHAINS = 4_000
_ALIKE = (Alike.TAKEN, Alike.LEAST, Alike.MOST)
_AT_M = 100_000.0  # length that priors are told at
_LOG_AT_KM = math.log(_AT_M / 1000)
_AT_ONCE = 16_384  # numbers in an array: what is computed on the way stays in the cache


@dataclass(frozen=True, slots=True)
class Way:
    """Points or discs in travel order, and by which mode one arrived at each but the first.

    `centres_deg` are (longitude, latitude) in degrees. A place that is passed twice lies at the
    same point: `first` has for each the number of its first passing.
    """

    centres_deg: tuple[tuple[float, float], ...]
    radius_m: tuple[float, ...]
    first: tuple[int, ...]
    modes: tuple[Mode, ...]


def weighed(ways: Sequence[Way]) -> list[dict[Alike, Curve] | None]:
    """How the lengths of ways are spread at each degree of likeness; None of one that is not plain and wants draws.

    No way is changed by what stands beside it.
    """
    by_way: list[dict[Alike, Curve] | None] = [None] * len(ways)
    groups: dict[tuple[int, tuple[Mode, ...]], list[int]] = {}
    for number, way in enumerate(ways):
        if any(stops.land for mode in set(way.modes) for stops in PRIORS[mode].stops):
            continue  # by sea winding hangs on the land under the line
        groups.setdefault((len(way.first), tuple(sorted(set(way.modes)))), []).append(number)
    for (stops, modes), numbers in groups.items():
        winds = _winds(modes)
        most = max(1, _AT_ONCE // (len(winds.weights) * POINTS))
        for start in range(0, len(numbers), most):
            some = numbers[start : start + most]
            chains = _Chains([ways[number] for number in some], stops)
            for number, curves in zip(some, _curves(chains, winds), strict=True):
                by_way[number] = curves
    return by_way


def points_summed(way: Way) -> int:
    """How many points of the net a distribution rests on."""
    return len(_winds(tuple(sorted(set(way.modes)))).weights) * POINTS * OWN


def chain(way: Way) -> Interval:
    """Length of a plain way without its winding."""
    chains = _Chains([way], len(way.first), _CHAINS)
    whole_m = np.zeros(_CHAINS)
    for leg_m in chains.legs_m():
        whole_m += leg_m[0]
    return interval_of(np.quantile(whole_m, EDGES))


class _Chains:
    """Straight lines of ways with the same number of stops, at points of their places."""

    def __init__(self, ways: Sequence[Way], stops: int, points: int = POINTS) -> None:
        self.ways = ways
        centres_deg = np.array([way.centres_deg for way in ways], dtype=np.float64)
        self._radius_m = np.array([way.radius_m for way in ways], dtype=np.float64)
        self._points = points
        flat = centres_deg.reshape(-1, 2)
        shape = len(ways), stops
        self._centres_m = ellipsoid.geocentric_m(*flat.T).reshape(*shape, 3)
        plane, self._up = ellipsoid.tangents(*flat.T)
        self._plane, self._up = plane.reshape(*shape, 3, 2), self._up.reshape(*shape, 3)
        starts, ends = centres_deg[:, :-1].reshape(-1, 2), centres_deg[:, 1:].reshape(-1, 2)
        apart_m = geodesic.distances_m(*starts.T.copy(), *ends.T.copy())
        apart_m = apart_m.reshape(len(ways), stops - 1)
        rough = ground.roughness(ellipsoid.on_sphere(starts), ellipsoid.on_sphere(ends))
        self.roughness = rough.reshape(apart_m.shape)
        chord_m = np.linalg.norm(np.diff(self._centres_m, axis=1), axis=2)
        arc_m = _arc_m(chord_m**2)
        self._ratio = np.divide(apart_m, arc_m, out=np.ones_like(arc_m), where=arc_m > 0)
        self._near = np.all(apart_m <= MOST_LEG_M, axis=1)

    def fits(self, mean_m: Floats) -> Flags:
        """Which ways are so long beside the radii at the ends of their legs that a few points stand for their places.

        `mean_m` is the mean straight line of each leg, shape (ways, legs).
        """
        both_m, whole_m = self._radius_m[:, :-1] + self._radius_m[:, 1:], mean_m.sum(axis=1)
        shifted_m = np.sqrt(np.sum(both_m**2, axis=1))
        blurred_m = np.sum(both_m * np.minimum(both_m / np.maximum(mean_m, 1.0), 1.0), axis=1)
        fits = (
            self._near
            & (shifted_m <= _MOST_SHIFTED * whole_m)
            & (blurred_m <= _MOST_BLURRED * whole_m)
        )
        return np.asarray(fits, dtype=np.bool_)

    def legs_m(self) -> Iterator[Floats]:
        """Straight lines of each leg, shape (ways, points), metres: from one drawn point to the next."""
        before = self._drawn_m(0)
        for leg in range(self._centres_m.shape[1] - 1):
            after = self._drawn_m(leg + 1)
            step_m = [end - start for start, end in zip(before, after, strict=True)]
            square_m2 = step_m[0] * step_m[0] + step_m[1] * step_m[1] + step_m[2] * step_m[2]
            yield _arc_m(square_m2) * self._ratio[:, leg, None]
            before = after

    def _drawn_m(self, stop: int) -> list[Floats]:
        """Points of a place in space: x, y and z of shape (ways, points)."""
        east, north = np.stack([_disc(way.first[stop], self._points) for way in self.ways], axis=1)
        radius_m = self._radius_m[:, stop, None]
        east_m, north_m = east * radius_m, north * radius_m
        sag_m = (east_m * east_m + north_m * north_m) / (2 * ellipsoid.SEMI_MAJOR_M)
        plane, up, centre_m = self._plane[:, stop], self._up[:, stop], self._centres_m[:, stop]
        return [
            centre_m[:, axis, None]
            + plane[:, axis, :1] * east_m
            + plane[:, axis, 1:] * north_m
            - up[:, axis, None] * sag_m
            for axis in range(3)
        ]


def _arc_m(chord_m2: Floats) -> Floats:
    """Arc over a chord on a ball as large as the Earth, by its series: within 1e-5 up to 5,000 km."""
    part = chord_m2 / (2 * ellipsoid.SEMI_MAJOR_M) ** 2
    return np.asarray(
        np.sqrt(chord_m2) * (1 + part * (1 / 6 + part * (3 / 40 + part * (15 / 336)))),
        dtype=np.float64,
    )


@cache
def _disc(number: int, points: int) -> Floats:
    """Points of a disc of radius 1, east and north, shape (2, points): uniform by area, each pair across its middle."""
    rng = Generator(PCG64(SeedSequence(number)))
    away, turn = np.sqrt(rng.random(points // 2)), rng.random(points // 2) * 2 * np.pi
    half = np.stack([away * np.sin(turn), away * np.cos(turn)])
    return np.stack([half, -half], axis=2).reshape(2, points)


@dataclass(frozen=True, slots=True)
class _Winds:
    """Priors of modes at each combination of kinds of stops, arrays of shape (combinations, modes), and its weight."""

    weights: Floats
    mean: Floats
    ground: Floats
    region_sd: Floats
    way_sd: Floats
    log_range: Floats
    rho: Mapping[Alike, Floats]


@cache
def _winds(modes: tuple[Mode, ...]) -> _Winds:
    by_kinds: dict[tuple[str, ...], list[Mode]] = {}
    for mode in modes:
        by_kinds.setdefault(PRIORS[mode].kinds, []).append(mode)
    weights, rows = [], []
    for parts in product(*(list(_kinds(tuple(alike))) for alike in by_kinds.values())):
        weights.append(float(np.prod([weight for weight, _ in parts])))
        stops = {mode: kind for _, by_mode in parts for mode, kind in by_mode.items()}
        rows.append([stops[mode] for mode in modes])

    def table(number: Callable[[Stops], object]) -> Floats:
        return np.array([[number(stops) for stops in row] for row in rows], dtype=np.float64)

    def rho(alike: Alike) -> Floats:
        return table(lambda stops: stops.alike(alike, None))

    return _Winds(
        weights=np.array(weights),
        mean=table(lambda stops: (*stops.mean, 0.0, 0.0)[:3]),
        ground=table(lambda stops: stops.ground),
        region_sd=table(lambda stops: stops.region_sd),
        way_sd=table(lambda stops: stops.way_sd),
        log_range=np.log(table(lambda stops: stops.range_km)),
        rho={alike: rho(alike) for alike in _ALIKE},
    )


def _kinds(modes: tuple[Mode, ...]) -> Iterator[tuple[float, dict[Mode, Stops]]]:
    """Kinds of stops that a journey may be told by, with the share of each: modes of the same kinds go together."""
    edges = {mode: np.cumsum([stops.share for stops in PRIORS[mode].stops])[:-1] for mode in modes}
    parts = [0.0, 1.0]
    for edge in sorted(float(edge) for cuts in edges.values() for edge in cuts):
        if edge - parts[-2] > _ALIKE_SHARES:  # modes of the same kinds have all but the same shares
            parts.insert(-1, edge)
    for low, high in pairwise(parts):
        middle = (low + high) / 2
        yield (
            high - low,
            {mode: PRIORS[mode].stops[int(np.searchsorted(edges[mode], middle))] for mode in modes},
        )


def _curves(chains: _Chains, winds: _Winds) -> list[dict[Alike, Curve] | None]:
    """Curves of ways with the same number of stops and the same modes."""
    modes = sorted(set(chains.ways[0].modes))
    mode = np.array([[modes.index(arrived_by) for arrived_by in way.modes] for way in chains.ways])
    straight_m = list(chains.legs_m())
    mean_m = np.stack([leg_m.mean(axis=1) for leg_m in straight_m], axis=1)
    legs = _Legs.of(winds, mode, mean_m, chains.roughness)
    curves: dict[Alike, list[Curve]] = {}
    for alike in _ALIKE:
        same = next((done for done in curves if (winds.rho[done] == winds.rho[alike]).all()), None)
        if same is None:
            curves[alike] = legs.summed(straight_m, _by_leg(winds.rho[alike], mode)).curves(
                winds.weights
            )
        else:
            curves[alike] = curves[same]
    widest = legs.spread.max(axis=1)
    wide_m = np.sum(np.where(widest > _MOST_SPREAD, mean_m, 0.0), axis=1)
    fits = (
        chains.fits(mean_m)
        & (widest.max(axis=1) <= _WIDEST_SPREAD)
        & (wide_m <= _WIDE * mean_m.sum(axis=1))
    )
    return [
        {alike: curves[alike][number] for alike in _ALIKE} if fit else None
        for number, fit in enumerate(fits.tolist())
    ]


def _by_leg(by_mode: Floats, mode: Rows) -> Floats:
    """Numbers of each combination and mode as those of each way, combination and leg."""
    return np.moveaxis(by_mode[:, mode], 0, 1)


@dataclass(frozen=True, slots=True)
class _Legs:
    """How legs wind, arrays of shape (ways, combinations, legs): the median of f - 1, and spreads of its logarithm."""

    median: Floats
    region_sd: Floats
    spread: Floats
    weight_m: Floats

    @classmethod
    def of(cls, winds: _Winds, mode: Rows, mean_m: Floats, roughness: Floats) -> _Legs:
        """As they are at these straight lines over this ground, shape (ways, legs)."""
        low, high = (_by_leg(winds.log_range[:, :, end], mode) - _LOG_AT_KM for end in (0, 1))
        x = np.clip(np.log(np.maximum(mean_m, 1.0) / _AT_M)[:, None, :], low, high)
        constant, slope, bend = (_by_leg(winds.mean[:, :, power], mode) for power in range(3))
        rough = _by_leg(winds.ground, mode) * roughness[:, None, :]
        median = np.exp(constant + x * (slope + x * bend) + rough)
        way_sd, power = (_by_leg(winds.way_sd[:, :, part], mode) for part in (0, 1))
        region_sd = _by_leg(winds.region_sd, mode)
        return cls(median, region_sd, way_sd * np.exp(power * x), mean_m[:, None, :] * median)

    def summed(self, straight_m: Sequence[Floats], rho: Floats) -> Sums:
        """Sum of legs at each point of the net."""
        net = the_net()
        along, across, own2 = self._turned(rho)
        grown = np.exp(own2)
        first, second = self.median * np.sqrt(grown), self.median**2 * grown * (grown - 1)
        third = self.median**3 * grown**1.5 * (grown - 1) ** 2 * (grown + 2)
        shape = (*along.shape[:2], len(net.main))
        mean_m, square_m2, cube_m3 = (np.zeros(shape) for _ in range(3))
        whole_m = np.zeros((shape[0], 1, shape[2]))
        for leg, leg_m in enumerate(straight_m):
            own = slice(leg, leg + 1)
            whole_m += leg_m[:, None, :]
            wound_m = np.exp(along[:, :, own] * net.main + across[:, :, own] * net.aside)
            wound_m *= leg_m[:, None, :]
            mean_m += wound_m * first[:, :, own]
            wound_m2 = wound_m * wound_m
            square_m2 += wound_m2 * second[:, :, own]
            wound_m2 *= wound_m
            cube_m3 += wound_m2 * third[:, :, own]
        steep = np.sum(self.weight_m * along, axis=2) / np.maximum(self.weight_m.sum(axis=2), 1.0)
        return Sums(*shifted(mean_m, square_m2, cube_m3), whole_m, steep[:, :, None])

    def _turned(self, rho: Floats) -> tuple[Floats, Floats, Floats]:
        """What legs have in common, along the direction in which most of them go together and across, and own variance.

        Region and route are two normals; any turn of them is two again, and the net is finest along
        the first.
        """
        route_sd, own2 = self.spread * np.sqrt(rho), self.spread**2 * (1 - rho)
        load = [
            np.sum(self.weight_m * sd, axis=2, keepdims=True) for sd in (self.region_sd, route_sd)
        ]
        far = np.hypot(*load)
        cosine, sine = (
            np.divide(part, far, out=np.zeros_like(far), where=far > 0) for part in load
        )
        along = self.region_sd * cosine + route_sd * sine
        return along, route_sd * cosine - self.region_sd * sine, own2
