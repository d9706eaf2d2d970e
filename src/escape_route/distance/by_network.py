"""The shortest way through a journey's places on today's roads, railways and sea lanes: a number to check for oneself.

Every junction in a place is a door to it, and the way is the shortest through one door of each, in
order. It is given only where the network is known to be whole: roads of today are not roads of
then, and a gap would look like a detour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
import shapely

from escape_route import packaged
from escape_route.distance.bounds import Edge
from escape_route.geography import base, ellipsoid, geodesic, network
from escape_route.geography.geodesic import Floats, LonLat
from escape_route.geography.network import Kind, Network, Rows
from escape_route.model.journey import Waypoint
from escape_route.model.modes import Mode, Through
from escape_route.model.places import Place, Region

# The rule was fixed on eight countries' legs before it met any other (benchmarks/priors/README.md):
# how far a place may lie from its junction, in metres and in shares of the leg, and the largest
# factor over the straight line.
_FARTHEST_M = {Kind.ROADS: 5_000.0, Kind.RAILS: 5_000.0, Kind.LANES: 20_000.0}
_SNAP_SHARE = 0.2
_SHORT_M = 10_000.0  # below it a factor tells nothing
# Of railways half the countries are broken somewhere, so each leg is held to a factor of its own,
# whatever its country. Fixed on the 97 railways of known length that are seen: of five with a leg
# beyond it three go round a gap.
_MOST_BY_RAIL = 2.0
_TOUCHED_M = 20_000.0  # less of a way in a country is its border, on the map of 1:50m


@dataclass(frozen=True, slots=True)
class ByNetwork:
    """Shortest way on today's networks, in metres, and which they were; or why it is not given, and at which waypoint.

    `reason` is ``flown``, ``river``, ``off_network``, ``not_joined``, ``broken`` (a country's
    network has gaps, `where` is its code) or ``winding`` (beyond what a whole network has); `where`
    otherwise is the waypoint's id.
    """

    length_m: float | None
    kinds: tuple[Kind, ...] = ()
    reason: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class _Layer:
    """A leg on a network, to a waypoint: its doors, what lies behind at each, and the way back.

    `came` is the door of the place on the leg before that one changed from, for each of `began`;
    `before` is the junction before each junction, as `Network.onward_m` gives it.
    """

    kind: Kind
    waypoint: int
    began: Doors
    start_m: Floats
    came: Rows
    ended: Doors
    reached_m: Floats
    before: Rows

    def way(self, door: int) -> tuple[Rows, float, int]:
        """Junctions of the way to a door of `ended`, how long it is, and the door of the leg before, -1 for none."""
        rows = [int(self.ended.rows[door])]
        while self.before[rows[-1]] < len(self.before):
            rows.append(int(self.before[rows[-1]]))
        first = int(np.flatnonzero(self.began.rows == rows[-1])[0])
        length_m = float(self.reached_m[door] - self.start_m[first])
        return np.array(rows[::-1]), length_m, int(self.came[first]) if len(self.came) else -1


class NotGivenError(Exception):
    """Why a way by today's networks is not given: the reason and where."""


def by_network(
    waypoints: Sequence[Waypoint],
    located: Sequence[int],
    sets: Sequence[Place],
    edges: Sequence[Edge],
    traced_m: float,
) -> ByNetwork:
    """Measure a scope on today's networks.

    `located` are indices of its waypoints that have a place, in travel order, and `sets` these
    places; `edges` join them, of which tracks come to `traced_m` together.
    """
    walk = _Walk()
    counted = [
        index if edge is Edge.GEODESIC else None
        for index, edge in zip(located[1:], edges, strict=True)
    ]
    try:
        kinds = [None if index is None else _kind_of(waypoints[index], index) for index in counted]
        for index, kind, (start, end) in zip(counted, kinds, pairwise(sets), strict=True):
            if index is None or kind is None:
                walk.gap()
            else:
                walk.leg(index, start, end, kind)
        walk.gap()
    except NotGivenError as none:
        reason, where = none.args
        named = waypoints[where].id if isinstance(where, int) else where
        return ByNetwork(None, reason=reason, where=named)
    if not walk.kinds:
        return ByNetwork(None, reason="untold")
    return ByNetwork(walk.done_m + traced_m, tuple(dict.fromkeys(walk.kinds)))


def _kind_of(waypoint: Waypoint, index: int) -> Kind:
    """Network that one arrived by, as most accounts have it or for the largest part."""
    if waypoint.modes:
        mode = max(waypoint.modes, key=lambda share: share.weight).mode
    else:
        mode = Mode.UNKNOWN
    if mode is Mode.BOAT_ALONG:
        raise NotGivenError("river", index)
    if mode.row.through is Through.AIR:
        raise NotGivenError("flown", index)
    if mode is Mode.RAIL:
        return Kind.RAILS
    return Kind.LANES if mode.row.through is Through.SEA else Kind.ROADS


@dataclass
class _Walk:
    """A way as it grows; `done_m` is what lies behind the last gap."""

    done_m: float = 0.0
    kinds: list[Kind] = field(default_factory=list)
    _layers: list[_Layer] = field(default_factory=list)

    def leg(self, waypoint: int, start: Place, end: Place, kind: Kind) -> None:
        """Go on to a place."""
        began, ended = doors(start, kind), doors(end, kind)
        if not len(began.rows) or not len(ended.rows):
            raise NotGivenError("off_network", waypoint if len(began.rows) else waypoint - 1)
        start_m, came = self._behind(began, kind)
        found_m, before = network.load(kind).onward_m(began.rows, start_m + began.away_m)
        reached_m = found_m[ended.rows] + ended.away_m
        if not np.isfinite(reached_m).any():
            raise NotGivenError("not_joined", waypoint)
        self._layers.append(_Layer(kind, waypoint, began, start_m, came, ended, reached_m, before))
        self.kinds.append(kind)

    def _behind(self, began: Doors, kind: Kind) -> tuple[Floats, Rows]:
        """What lies behind at each door, and which door of the leg before it was: on another network the nearest."""
        from scipy.spatial import cKDTree  # noqa: PLC0415  # an optional extra

        if not self._layers:
            return np.zeros(len(began.rows)), np.empty(0, dtype=np.int64)
        last = self._layers[-1]
        if last.ended is began:
            return last.reached_m, np.arange(len(began.rows))
        reached = np.flatnonzero(np.isfinite(last.reached_m))
        left = cKDTree(network.load(last.kind).in_space_m[last.ended.rows[reached]])
        apart_m, nearest = left.query(network.load(kind).in_space_m[began.rows])
        came = reached[nearest]
        # A place that is told as a point is the same point on both networks.
        walked_m = 0.0 if began.snapped_m or last.ended.snapped_m else apart_m
        return last.reached_m[came] + walked_m, came

    def gap(self) -> None:
        """End the way here, or where nothing is counted, and look whether it can be believed."""
        if self._layers:
            door = int(np.argmin(self._layers[-1].reached_m))
            self.done_m += float(self._layers[-1].reached_m[door])
            for layer in reversed(self._layers):
                rows, length_m, door = layer.way(door)
                _prove(layer, rows, length_m)
        self._layers = []


def _prove(layer: _Layer, rows: Rows, length_m: float) -> None:
    """Hold a leg to the rule by which legs were data."""
    ways = network.load(layer.kind)
    (start, end) = ways.lonlat_deg[rows[[0, -1]]]
    straight_m = geodesic.geodesic_m(tuple(start), tuple(end))
    snapped_m = max(layer.began.snapped_m, layer.ended.snapped_m)
    if snapped_m > _SNAP_SHARE * straight_m:
        raise NotGivenError("off_network", layer.waypoint)
    most = 1 + 6 * (max(straight_m, _SHORT_M) / _SHORT_M) ** -0.4
    most = min(most, _MOST_BY_RAIL) if layer.kind is Kind.RAILS else most
    if length_m > most * max(straight_m, _SHORT_M):
        raise NotGivenError("winding", layer.waypoint)
    if layer.kind is Kind.ROADS:
        for code in _countries(ways, rows):
            if code not in _whole()[layer.kind]:
                raise NotGivenError("broken", code)


def _countries(ways: Network, rows: Rows) -> list[str]:
    """Countries that a way leads through, but for those that it touches."""
    at = ways.lonlat_deg[rows]
    if len(rows) < 2:  # noqa: PLR2004  # no stretch
        return []
    steps_m = geodesic.distances_m(*at[:-1].T, *at[1:].T)
    codes = base.countries_at((at[:-1] + at[1:]) / 2)
    return [code for code in sorted(set(codes) - {""}) if steps_m[codes == code].sum() > _TOUCHED_M]


@cache
def _whole() -> dict[str, frozenset[str]]:
    """Countries whose roads, and whose railways, are whole by the rule."""
    return {
        kind: frozenset(codes) for kind, codes in packaged.table("distance/networks.json").items()
    }


@dataclass(frozen=True, slots=True)
class Doors:
    """Junctions by which a place is reached.

    `away_m` is what a way has from each to the place and counts: at sea alone, for lanes pass ports
    far off. `snapped_m` is how far the nearest junction lies from a disc that has none in it; 0 for
    one that has.
    """

    rows: Rows
    away_m: Floats
    snapped_m: float = 0.0


@lru_cache(maxsize=1024)
def doors(place: Place, kind: Kind) -> Doors:
    """Junctions in a place; of one that has none those within a little way of its outline, or the nearest of a disc."""
    ways = network.load(kind)
    inside = [_inside(region, ways) for region in place.regions]
    if any(len(rows) for rows in inside):
        rows = np.unique(np.concatenate(inside))
        return Doors(rows, np.zeros(len(rows)))
    near = [_near(region, ways, _FARTHEST_M[kind]) for region in place.regions]
    rows, away_m = (np.concatenate(column) for column in zip(*near, strict=True))
    is_disc = any(region.centre is not None for region in place.regions)
    snapped_m = float(away_m.min()) if is_disc and len(rows) else 0.0
    return Doors(rows, away_m if kind is Kind.LANES else np.zeros(len(rows)), snapped_m)


def _inside(region: Region, ways: Network) -> Rows:
    rows = ways.rows
    if region.centre is not None:
        rows = rows[_away_m(region.centre, ways, rows) <= region.radius_m]
    if region.shape is None:
        return rows
    lon, lat = ways.lonlat_deg[rows].T
    west, south, east, north = region.shape.bounds
    rows = rows[(lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)]
    shapely.prepare(region.shape)
    held = shapely.contains_xy(region.shape, *ways.lonlat_deg[rows].T)
    return np.asarray(rows[held], dtype=np.int64)


def _near(region: Region, ways: Network, farthest_m: float) -> tuple[Rows, Floats]:
    """Junctions outside a place that are near enough, and how far each is: of a disc the nearest alone."""
    rows = ways.rows
    if region.centre is not None:
        away_m = _away_m(region.centre, ways, rows)
        nearest = int(np.argmin(away_m))
        away = float(away_m[nearest]) - region.radius_m
        within = [nearest] if away <= farthest_m else []
        return rows[within], np.full(len(within), max(away, 0.0))
    if region.shape is None:
        return rows[:0], np.empty(0)
    lon, lat = ways.lonlat_deg[rows].T
    west, south, east, north = region.shape.bounds
    lat_deg = farthest_m / 110_000
    lon_deg = lat_deg / max(np.cos(np.radians(max(abs(south), abs(north)))), 0.02)
    box = (
        (lon >= west - lon_deg)
        & (lon <= east + lon_deg)
        & (lat >= south - lat_deg)
        & (lat <= north + lat_deg)
    )
    rows = rows[box]
    points = shapely.points(ways.lonlat_deg[rows])
    rows = rows[shapely.dwithin(points, region.shape, lon_deg)]
    lines = shapely.shortest_line(shapely.points(ways.lonlat_deg[rows]), region.shape)
    ends = shapely.get_coordinates(lines).reshape(-1, 4)
    away_m = geodesic.distances_m(*ends.T) if len(ends) else np.empty(0)
    return rows[away_m <= farthest_m], away_m[away_m <= farthest_m]


def _away_m(centre: LonLat, ways: Network, rows: Rows) -> Floats:
    """How far junctions are from the middle of a disc, in space."""
    middle = ellipsoid.geocentric_m(np.array([centre[0]]), np.array([centre[1]]))
    return np.asarray(np.linalg.norm(ways.in_space_m[rows] - middle, axis=1), dtype=np.float64)
