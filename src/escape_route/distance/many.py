"""Many journeys weighed at once: those whose ways are all plain, by the kernel; the others are left to `report`.

A verdict is here what it is there. The lengths are those of the same kernel; the bound is found by
another descent, and where a word or the bound itself would hang on how close that came, it is found
again as `report` finds it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from escape_route.distance import bounds, kernel, taut, verdicts
from escape_route.distance.bounds import Bound, Edge, Shortest
from escape_route.distance.intervals import Curve, Interval
from escape_route.distance.priors import Alike
from escape_route.distance.scopes import (
    ScopeKey,
    ScopeReport,
    Weighed,
    coarser_places,
    is_plain,
    plain_way,
)
from escape_route.distance.settings import Settings
from escape_route.distance.stated_numbers import stands_for_m
from escape_route.distance.verdicts import Firmness, Judgement, Measures, firmness_of
from escape_route.model import places
from escape_route.model.journey import Claim, Journey
from escape_route.model.places import Place
from escape_route.model.units import Quantity
from escape_route.model.vocabulary import Counts, Lacking

_CLOSE = 1e-3  # of a bound: from here on it is found again
_NEAR_M, _NEAR = 3_000.0, 2e-3  # of a bound: numbers so close to it are weighed against the other


@dataclass(frozen=True, slots=True)
class WeighedClaim:
    """A stated distance with its verdict, and the scope that it was weighed in."""

    claim: Claim
    judgement: Judgement
    firmness: Firmness | None
    scope: ScopeReport


@dataclass(frozen=True, slots=True)
class Plain:
    """What a plain journey comes to: its claims, and where there are none the whole of it."""

    journey: Journey
    whole: ScopeReport
    claims: tuple[WeighedClaim, ...]


@dataclass(frozen=True, slots=True)
class _Scope:
    """A way that a batch weighs: which journey's, between which waypoints, through which places."""

    number: int
    key: ScopeKey
    way: kernel.Way
    sets: tuple[Place, ...]


def weighed(journeys: Sequence[Journey], settings: Settings) -> list[Plain | None]:
    """What journeys come to; None of one that is not plain.

    No journey is changed by what stands beside it.
    """
    if not is_plain(settings) or settings.routes:
        return [None] * len(journeys)
    scopes = [_scopes(number, journey) for number, journey in enumerate(journeys)]
    listed = [scope for own in scopes for scope in own]
    curves = kernel.weighed([scope.way for scope in listed])
    certified = _bounds(listed, journeys)
    reports: dict[tuple[int, ScopeKey], ScopeReport] = {}
    for scope, curve, bound in zip(listed, curves, certified, strict=True):
        if curve is not None:
            reports[scope.number, scope.key] = _report(scope, curve, bound, journeys[scope.number])
    return [
        _plain(journey, own, reports, settings)
        for journey, own in zip(journeys, scopes, strict=True)
    ]


def _scopes(number: int, journey: Journey) -> list[_Scope]:
    """Scopes of a journey that are weighed; none where one of them is not plain."""
    if (
        len(journey.waypoints) < 2  # noqa: PLR2004
        or journey.traces
        or any(waypoint.arrives_by_air for waypoint in journey.waypoints)
    ):
        return []
    if any(claim.counts is Counts.STRAIGHT for claim in journey.claims):
        return []
    stated = [claim.scope for claim in journey.claims if claim.quantity is Quantity.DISTANCE]
    ends = [(scope.start, scope.end) for scope in stated] or [
        (journey.waypoints[0].id, journey.waypoints[-1].id)
    ]
    index = {waypoint.id: at for at, waypoint in enumerate(journey.waypoints)}
    located = places.located(journey)
    scopes = []
    for start, end in dict.fromkeys(ends):
        first, last = index[start], index[end]
        if not all(waypoint.leg_told for waypoint in journey.waypoints[first + 1 : last + 1]):
            return []
        way = plain_way(journey, located, (first, last), ())
        if way is None:
            return []
        sets = tuple(located[at] for at in range(first, last + 1))
        scopes.append(_Scope(number, ScopeKey(start, end, counts_flight=True), way, sets))
    return scopes


def _bounds(scopes: Sequence[_Scope], journeys: Sequence[Journey]) -> list[Bound]:
    """Bound of each scope, all of them as one string that is cut between them."""
    if not scopes:
        return []
    least_m, length_m = taut.strings(
        np.concatenate([np.array(scope.way.centres_deg) for scope in scopes]),
        np.concatenate([np.array(scope.way.radius_m) for scope in scopes]),
        np.array([len(scope.sets) for scope in scopes]),
    )
    return [
        _bound(scope, least, length, journeys[scope.number])
        for scope, least, length in zip(scopes, least_m.tolist(), length_m.tolist(), strict=True)
    ]


def _bound(scope: _Scope, least_m: float, length_m: float, journey: Journey) -> Bound:
    highest_m = [
        stands_for_m(claim)[1] for claim in journey.claims if claim.quantity is Quantity.DISTANCE
    ]
    near_m = max(_NEAR_M, _NEAR * length_m)
    if length_m - least_m > _CLOSE * length_m or any(
        abs(high_m - least_m) < near_m for high_m in highest_m
    ):
        return bounds.lower_bound(scope.sets, [Edge.GEODESIC] * (len(scope.sets) - 1))
    return Bound(0.0, Shortest(max(least_m, 0.0), length_m, ()))


def _report(
    scope: _Scope, curves: Mapping[Alike, Curve], bound: Bound, journey: Journey
) -> ScopeReport:
    length_m = bound.shortest.length_m
    spread = Weighed.of_curves(
        scope.way, curves, Interval(length_m, length_m, length_m, length_m, length_m)
    )
    return ScopeReport(
        key=scope.key,
        has_flight=False,
        lacking=Lacking.STOPS if journey.some_stops else None,  # each of its stops has a place
        bound=bound,
        chain=spread.chain,
        plausible=spread.plausible,
        sensitivities=spread.sensitivities,
        lengths_m=spread.lengths_m,
    )


def _plain(
    journey: Journey,
    scopes: Sequence[_Scope],
    reports: Mapping[tuple[int, ScopeKey], ScopeReport],
    settings: Settings,
) -> Plain | None:
    own = {scope.key: reports.get((scope.number, scope.key)) for scope in scopes}
    known = {key: report for key, report in own.items() if report is not None}
    bounded = [
        (key, report.bound, report.sensitivities)
        for key, report in known.items()
        if report.bound is not None
    ]
    hangs_on_coarser = any(
        coarser_places(journey, *scope) for scope in bounded
    )  # `report` finds which
    if not known or len(known) < len(own) or hangs_on_coarser:
        return None
    return Plain(journey, next(iter(known.values())), tuple(_claims(journey, known, settings)))


def _claims(
    journey: Journey, reports: Mapping[ScopeKey, ScopeReport], settings: Settings
) -> Iterator[WeighedClaim]:
    for claim in journey.claims:
        if claim.quantity is Quantity.DISTANCE:
            scope = reports[ScopeKey(claim.scope.start, claim.scope.end, counts_flight=True)]
            judgement = verdicts.judge(claim, Measures.of(scope), None, counts_flight=True)
            firmness = firmness_of(claim, judgement.verdict, scope, (settings.where, Alike.TAKEN))
            yield WeighedClaim(claim, judgement, firmness, scope)
