"""Whether what is told of a place's whereabouts agrees: its shape, disc, footprints and countries."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import Point, box

from escape_route import strict_json
from escape_route.errors import UnknownPlaceError
from escape_route.geography import base
from escape_route.model.polygons import MAX_LAT_DEG, MAX_LON_DEG
from escape_route.strict_json import show

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from escape_route.fields import Fields
    from escape_route.model.journey import LonLat, Waypoint

_FARTHEST_M = 20_037_508.4  # half of the equator: no two places are farther apart
_LEAST_DEGREE_M = 110_500.0  # of latitude, at the equator
_BORDER_SLACK_DEG = 0.02
_LEAST_COSINE = 0.01


def references(properties: Fields, name: str, prefix: str = "") -> tuple[str, ...]:
    """References to the base geography in their one spelling."""
    found = []
    for reference in properties.texts(name):
        if not reference.startswith(prefix):
            meant = " or ".join(map(show, base.countries_named(reference)))
            fix = f"did you mean {meant}?" if meant else "such as country:VN"
            properties.fault(name, f"{show(reference)} is not a country", fix)
            continue
        try:
            found.append(base.normal_reference(reference))
        except UnknownPlaceError as error:
            properties.fault(name, str(error), rule="unknown-name")
    return tuple(found)


def check(waypoint: Waypoint, properties: Fields, geometry: object) -> None:
    """Note what contradicts itself.

    Parameters
    ----------
    waypoint
        As it was read.
    properties
        Of its feature.
    geometry
        Of its feature, as it stands in the file.
    """
    if waypoint.uncertainty_m is not None:
        has_point = isinstance(geometry, strict_json.Members) and geometry.get("type") == "Point"
        _check_disc(waypoint, properties, has_point=has_point)
    if waypoint.geometry is not None and waypoint.footprints:
        message = "both a drawn shape and a footprint"
        properties.fault("footprint", message, "keep one of them", rule="contradiction")
    if waypoint.withheld and (geometry or waypoint.footprints):
        message = "a withheld place with a geometry or footprint"
        properties.fault("withheld", message, "make both null or empty", rule="contradiction")
    _check_within(waypoint, properties)


def _check_disc(waypoint: Waypoint, properties: Fields, *, has_point: bool) -> None:
    name, radius_m = "coordinateUncertaintyInMeters", waypoint.uncertainty_m or 0.0
    if radius_m <= 0:
        fix = "the radius that is sure to hold the place; leave it out where it is unknown"
        properties.fault(name, f"{radius_m:g} is not above 0", fix)
    if radius_m > _FARTHEST_M:
        fix = "leave it out where it is unknown"
        properties.fault(name, f"{radius_m:g} is more than half way round the Earth", fix)
    if not has_point:
        properties.fault(name, "a radius without a point", "give the geometry a Point")
    if waypoint.footprints:
        fix = 'cut a disc to a country by "within"'
        properties.fault("footprint", "both a disc and a footprint", fix, rule="contradiction")


def _check_within(waypoint: Waypoint, properties: Fields) -> None:
    """A place that lies outside the countries it is said to lie in would be no place, and drop out unseen."""
    told = _told(waypoint) if waypoint.within else []
    countries = [base.geometry_of(reference) for reference in waypoint.within]
    if not told or not countries or any(each.intersects(country) for each in told for country in countries):
        return
    turned = None if waypoint.label is None else Point(waypoint.label[1], waypoint.label[0])
    swapped = turned is not None and any(country.intersects(turned) for country in countries)
    fix = "longitude and latitude swapped?" if swapped else "another country, or another place"
    rule = "swapped-order" if swapped else "outside-country"
    properties.fault("within", f"the place lies outside {' and '.join(waypoint.within)}", fix, rule=rule)


def _told(waypoint: Waypoint) -> list[BaseGeometry]:
    """Shapes that a place surely lies in, whatever country it is said to lie in."""
    if waypoint.footprints:
        return [base.geometry_of(reference) for reference in waypoint.footprints]
    if waypoint.geometry is not None:
        return [waypoint.geometry]
    return [] if waypoint.label is None else [_reach(waypoint.label, waypoint.uncertainty_m or 0.0)]


def _reach(label: LonLat, radius_m: float) -> BaseGeometry:
    """Box around a point that surely holds its disc, over the antimeridian too, with the slack that borders ask for."""
    lat_deg = min(radius_m, _FARTHEST_M) / _LEAST_DEGREE_M + _BORDER_SLACK_DEG
    lon_deg = lat_deg / max(math.cos(math.radians(min(abs(label[1]) + lat_deg, MAX_LAT_DEG))), _LEAST_COSINE)
    south, north = label[1] - lat_deg, label[1] + lat_deg
    wests = (label[0] - lon_deg + turn for turn in (-2 * MAX_LON_DEG, 0.0, 2 * MAX_LON_DEG))
    return shapely.union_all([box(west, south, west + 2 * lon_deg, north) for west in wests])
