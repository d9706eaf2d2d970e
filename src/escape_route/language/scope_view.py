"""What is said of a scope: what it comes to, in kilometres, and from where to where it leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from escape_route.geography import network
from escape_route.language import sentences
from escape_route.language.plain import like

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from escape_route.distance.by_network import ByNetwork
    from escape_route.distance.intervals import Interval
    from escape_route.distance.priors import Alike
    from escape_route.distance.report import Report
    from escape_route.distance.scopes import ScopeReport, Sensitivity
    from escape_route.distance.settings import Where
    from escape_route.language.digits import Digits
    from escape_route.model.journey import Text


@dataclass(frozen=True, slots=True)
class IntervalKm:
    """Median of drawn lengths with its 50 % and 95 % intervals, in km."""

    median: float
    low50: float
    high50: float
    low95: float
    high95: float

    @classmethod
    def of(cls, drawn: Interval, say_km: Callable[[float, float], float]) -> IntervalKm:
        """Say an interval, each edge with its error."""
        return cls(*map(say_km, drawn.edges_m, drawn.errors_m))

    @property
    def rising(self) -> tuple[float, float, float, float, float]:
        """All five, from the lowest."""
        return self.low95, self.low50, self.median, self.high50, self.high95


@dataclass(frozen=True, slots=True)
class SensitivityView:
    """Plausible length of a scope under another choice of where the draws lie, or of how alike legs are."""

    where: Where
    alike: Alike
    plausible_km: IntervalKm
    chain_km: IntervalKm
    draws: int
    draws_proposed: int

    @classmethod
    def of(cls, choice: Sensitivity, digits: Digits) -> SensitivityView:
        """Say a choice."""
        return like(
            cls,
            choice,
            plausible_km=IntervalKm.of(choice.plausible, digits.drawn_km),
            chain_km=IntervalKm.of(choice.chain, digits.drawn_km),
            draws=choice.kept,
            draws_proposed=choice.proposed,
        )


@dataclass(frozen=True, slots=True)
class NetworkView:
    """Shortest way on today's networks, each with its month and package; or `reason` and `where` it is not given."""

    length_km: float | None
    networks: Mapping[str, str]
    reason: str | None
    where: str | None

    @classmethod
    def of(cls, way: ByNetwork, digits: Digits) -> NetworkView:
        """Say a way."""
        return cls(
            length_km=None if way.length_m is None else digits.way_km(way.length_m),
            networks={kind: network.dated(kind) for kind in way.kinds},
            reason=way.reason or None,
            where=way.where or None,
        )


@dataclass(frozen=True, slots=True)
class ScopeView:
    """A stretch of the journey, from one waypoint to another by their ids, and what it comes to.

    `reason` says why where it comes to nothing. `shortest_km` is without its tracks, `shortest_way_km` with them.
    `by_network_tick` says a way on today's networks beside its mark, None where it is not given.
    `label_chain_km` is that of label points from waypoint `chain_start` (counted from 0) on, `chain_km` that of draws.
    """

    id: str
    start: str
    end: str
    has_flight: bool
    counts_flight: bool
    label: Text
    reason: str | None
    lower_bound_km: float | None
    traced_km: float | None
    shortest_km: float | None
    shortest_way_km: float | None
    shortest_error_km: float | None
    label_chain_km: float | None
    chain_start: int | None
    chain_km: IntervalKm | None
    plausible_km: IntervalKm | None
    sensitivities: tuple[SensitivityView, ...]
    by_network: NetworkView | None
    by_network_said: Text | None
    by_network_tick: Text | None

    @classmethod
    def of(cls, report: Report, scope: ScopeReport, digits: Digits) -> ScopeView:
        """Say a scope."""
        flight = (",flight" if scope.key.counts_flight else ",no-flight") if scope.has_flight else ""
        bound = scope.bound
        way_m = None if bound is None else bound.shortest.length_m + bound.traced_m
        return like(
            cls,
            scope,
            id=f"{scope.key.start}..{scope.key.end}{flight}",
            start=scope.key.start,
            end=scope.key.end,
            counts_flight=scope.key.counts_flight,
            label=sentences.in_all(lambda speaker: speaker.scope(report, scope)),
            lower_bound_km=None if bound is None else digits.least_km(bound.bound_m),
            traced_km=None if bound is None else digits.way_km(bound.traced_m),
            shortest_km=None if bound is None else digits.way_km(bound.shortest.length_m),
            shortest_way_km=None if way_m is None else digits.way_km(way_m),
            shortest_error_km=None if bound is None or way_m is None else digits.leg_km(way_m - bound.bound_m),
            label_chain_km=None if scope.label_chain_m is None else digits.way_km(scope.label_chain_m),
            chain_km=None if scope.chain is None else IntervalKm.of(scope.chain, digits.drawn_km),
            plausible_km=None if scope.plausible is None else IntervalKm.of(scope.plausible, digits.drawn_km),
            sensitivities=tuple(SensitivityView.of(each, digits) for each in scope.sensitivities),
            by_network=None if scope.by_network is None else NetworkView.of(scope.by_network, digits),
            by_network_said=None
            if scope.by_network is None
            else sentences.in_all(lambda speaker: speaker.by_network(report, scope)),
            by_network_tick=None
            if scope.by_network is None or scope.by_network.length_m is None
            else sentences.in_all(lambda speaker: speaker.by_network_tick(scope)),
        )
