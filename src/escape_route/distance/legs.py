"""The legs of a journey: measured by two engines, with what may be said of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import shapely

from escape_route.distance import waters
from escape_route.distance.waters import Arrival
from escape_route.geography import base, geodesic
from escape_route.geography.geodesic import LonLat
from escape_route.model import places
from escape_route.model.journey import Journey, ModeShare, Waypoint
from escape_route.model.lines import track_of
from escape_route.model.modes import ModesAre
from escape_route.model.places import Place, Region
from escape_route.model.vocabulary import Role, Status, weakest

NOT_SAID = "not said"
BY = ("land", "sea", "air")

_DEGREE_M = 111_000.0  # of latitude


@dataclass(frozen=True, slots=True)
class Leg:
    """Way from one waypoint to the next.

    `length_m` is the geodesic between label points by geopy, or the length of the track; None where
    there is nothing to measure. `engines_differ_m` is how far a second engine is from it. `vague`
    says that an end was told as a country, a river or a disc: the line is then between label points
    and nobody's way. `countries_m` shares the length out by country code, or to "not said". `line`
    is what to draw: parts of (lon, lat) in degrees; a `sketched` one was drawn and is not what is
    measured. Of a track `gaps_m` are not recorded, and `left_out` are vertices no receiver was at.
    """

    start: str
    end: str
    told: bool
    traced: bool
    sketched: bool
    gaps_m: float
    left_out: tuple[LonLat, ...]
    length_m: float | None
    engines_differ_m: float
    bearing_deg: float | None
    vague: bool
    status: Status
    modes: tuple[ModeShare, ...]
    modes_are: ModesAre
    countries_m: dict[str, float]
    line: tuple[tuple[LonLat, ...], ...]


@dataclass(frozen=True, slots=True)
class Crossing:
    """Passage from one country into another, `by` one of `BY`.

    `found` is "place" (a crossing was told), "geometry" (the places leave no other way) or "told"
    (in some accounts only). Those by sea or air are counted apart. `least` is how many borders a
    way on land between the two countries crosses at the least: more than one where they are no
    neighbours.
    """

    pair: tuple[str, str]
    waypoint: str
    found: str
    by: str = BY[0]
    least: int = 1

    @property
    def by_air(self) -> bool:
        """Whether it was flown over in every account."""
        return self.by == "air"


def legs_of(journey: Journey) -> tuple[Leg, ...]:
    """Legs in travel order; leg k arrives at waypoint k + 1."""
    located = places.located(journey)
    return tuple(_leg(journey, index, located) for index in range(1, len(journey.waypoints)))


def _leg(journey: Journey, index: int, located: dict[int, Place]) -> Leg:
    start, end = journey.waypoints[index - 1], journey.waypoints[index]
    trace, sketch = journey.trace_into(index), journey.sketch_into(index)
    track = None if trace is None else track_of(trace)
    line: tuple[LonLat, ...] = ()
    if track is not None:
        line = track.line
    elif end.leg_told and start.label and end.label and not (start.withheld or end.withheld):
        line = (start.label, end.label)
    length_m = geodesic.line_length_m(line) if line else None
    countries_m: dict[str, float] = {}
    if length_m is not None:
        if trace is None:
            countries_m = _countries_m(length_m, located, index)
        else:
            countries_m = _along_countries_m(line, length_m)
    statuses = [
        start.status,
        end.status,
        *(share.status for share in end.modes),
    ]  # no mode, no inference
    return Leg(
        start=start.id,
        end=end.id,
        told=end.leg_told,
        traced=trace is not None,
        sketched=sketch is not None,
        gaps_m=0.0 if track is None else track.gaps_m,
        left_out=() if track is None else track.left_out,
        length_m=length_m,
        engines_differ_m=geodesic.engines_differ_m(line, length_m) if length_m is not None else 0.0,
        bearing_deg=geodesic.bearing_deg(line[0], line[-1]) if length_m else None,
        vague=trace is None and (start.is_vague or end.is_vague),
        status=weakest(tuple(statuses)) if trace is None else trace.status,
        modes=end.modes,
        modes_are=end.modes_are,
        countries_m=countries_m,
        line=_drawn(
            line if sketch is None else sketch.line, traced=trace is not None or sketch is not None
        ),
    )


def _drawn(line: tuple[LonLat, ...], *, traced: bool) -> tuple[tuple[LonLat, ...], ...]:
    if not line:
        return ()
    if traced:
        parts = geodesic.cut_at_antimeridian(line)
    else:
        parts = geodesic.geodesic_line(line[0], line[-1])
    return tuple(tuple(part) for part in parts)


def _countries_m(length_m: float, located: dict[int, Place], index: int) -> dict[str, float]:
    """Length in each country of a leg that is no track: where both ends are surely in one."""
    ends = [located[at].countries if at in located else frozenset() for at in (index - 1, index)]
    both = ends[0] | ends[1]
    if len(both) == 1 and all(ends):
        return {next(iter(both)): length_m}
    return {NOT_SAID: length_m}


def _along_countries_m(line: tuple[LonLat, ...], length_m: float) -> dict[str, float]:
    """Length of a track in each country that it goes through; what lies in none is at sea or "not said"."""
    drawn = shapely.MultiLineString(
        [part for part in geodesic.cut_at_antimeridian(line) if len(part) > 1]
    )
    by_country_m: dict[str, float] = {}
    for code in base.countries_near(drawn):
        inside = shapely.intersection(drawn, base.geometry_of(f"country:{code}"))
        pieces = [part for part in shapely.get_parts(inside) if part.geom_type == "LineString"]
        within_m = sum(
            float(geodesic.lengths_m(shapely.get_coordinates(piece)).sum()) for piece in pieces
        )
        if within_m > 0:
            by_country_m[code] = within_m
    rest_m = length_m - sum(by_country_m.values())
    if rest_m > 1:
        by_country_m[NOT_SAID] = rest_m
    return by_country_m


def crossings_of(journey: Journey) -> tuple[Crossing, ...]:
    """Borders crossed, in travel order: found from the places where these allow it, else counted as told.

    Nothing is counted on a leg of which nothing is told, but a crossing that was told is.
    """
    located = places.located(journey)
    crossings: list[Crossing] = []
    at = ""
    for index in sorted(located):
        crossing = _crossing_into(journey, index, located, at)
        if crossing is not None:
            crossings.append(crossing)
            at = crossing.pair[1]
        elif not located[index].countries:
            # Of a place beside a border no country is published: it may still be the one before.
            at = at if at in frozenset().union(*map(_around, located[index].regions)) else ""
        elif len(located[index].countries) == 1:
            at = next(iter(located[index].countries))
    return tuple(crossings)


def countries_touched(
    journey: Journey, crossings: Iterable[Crossing], *, on_the_map: bool = False
) -> tuple[str, ...]:
    """Codes of the countries that its places surely lie in, in travel order; one that was entered twice stands once.

    As they were told, or `on_the_map` each else wholly in one of today's. A place that reaches over
    a border may lie in either country: it names none.
    """
    entered = {crossing.waypoint: crossing.pair for crossing in crossings}
    touched: dict[str, None] = {}
    for index, place in sorted(places.located(journey).items()):
        codes = place.countries
        if on_the_map and not codes:
            codes = frozenset().union(*map(_around, place.regions))
        sure = tuple(codes) if len(codes) == 1 else ()
        touched.update(dict.fromkeys(entered.get(journey.waypoints[index].id, sure)))
    return tuple(touched)


def is_at_a_border(waypoint: Waypoint) -> bool:
    """Whether a place may lie in several countries of today, as one beside a river between them does."""
    place = places.place_of(waypoint)
    return place is not None and len(frozenset().union(*map(_around, place.regions))) > 1


def _around(region: Region) -> frozenset[str]:
    """Countries of today that one alternative of a place lies in; of those near it where the map of 1:50m has several.

    None at sea.
    """
    drawn = places.outline(replace(region, radius_m=region.radius_m + base.BORDER_OFF_M))
    if drawn is None:
        return frozenset()
    points = shapely.get_coordinates(drawn)
    points = points if region.centre is None else np.vstack([points, region.centre])
    near = frozenset(base.countries_at(points).tolist()) - {""}
    place = places.outline(region) or shapely.Point(region.centre)
    if len(near) < 2:  # noqa: PLR2004
        return near
    return frozenset(code for code in near if base.geometry_of(f"country:{code}").intersects(place))


def _crossing_into(
    journey: Journey, index: int, located: dict[int, Place], at: str
) -> Crossing | None:
    waypoint, countries = journey.waypoints[index], located[index].countries
    if waypoint.role is Role.CROSSING and len(countries) > 1:
        into = _likely(countries - {at}, located, index)
        return Crossing(
            (at or _left(countries - {into}, located, index), into), waypoint.id, "place"
        )
    if not at or not countries or not waypoint.leg_told:
        return None
    into = _likely(countries - {at}, located, index)
    if at not in countries:
        by = _by(journey, index, located)
        least = base.least_borders(at, into) if by == "land" else None
        if least == 1 and (told := _told_beside(journey, index, located, (at, into))):
            return Crossing((at, into), told, "place")
        return Crossing((at, into), waypoint.id, "geometry", by, least or 1)
    if any(region.countries and at not in region.countries for region in located[index].regions):
        return Crossing((at, into), waypoint.id, "told", _by(journey, index, located))
    return None


def _told_beside(
    journey: Journey, index: int, located: dict[int, Place], pair: tuple[str, str]
) -> str:
    """Waypoint before another that was told as a crossing and lies at the border of a pair, if on one side of it."""
    stop = max(each for each in located if each < index)
    border = base.border_between(*pair)
    if journey.waypoints[stop].role is not Role.CROSSING or border is None:
        return ""
    near_deg = base.BORDER_OFF_M / _DEGREE_M
    drawn = (
        places.outline(region) or shapely.Point(region.centre) for region in located[stop].regions
    )
    if all(shapely.dwithin(border, each, near_deg) for each in drawn):
        return journey.waypoints[stop].id
    return ""


def _by(journey: Journey, index: int, located: dict[int, Place]) -> str:
    """How the way into a waypoint went, as far as borders are concerned: by land where any account allows it.

    A boat on a river goes over a land border.
    """
    before = max(stop for stop in located if stop < index)
    arrivals = {
        waters.arrival(through, left, entered)
        for through in waters.tellings(journey.waypoints[before + 1 : index + 1])
        for left in located[before].regions
        for entered in located[index].regions
    }
    if not arrivals <= {Arrival.BY_AIR, Arrival.BY_SEA}:
        return "land"
    return "sea" if Arrival.BY_SEA in arrivals else "air"


def _likely(countries: frozenset[str], located: dict[int, Place], index: int) -> str:
    """Of several countries that may have been entered, the one that the next place in just one country is in."""
    later = (located[stop].countries for stop in sorted(located) if stop > index)
    wanted = next((codes for codes in later if len(codes) == 1), frozenset[str]())
    return min(countries & wanted or countries, default="")


def _left(countries: frozenset[str], located: dict[int, Place], index: int) -> str:
    """Of several countries that may have been left, one that an earlier place is in."""
    earlier = (located[stop].countries for stop in sorted(located, reverse=True) if stop < index)
    return min(countries & next(earlier, frozenset[str]()) or countries, default="")
