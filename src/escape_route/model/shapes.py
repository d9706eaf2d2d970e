"""The geometry of a feature, and whether what is told of a place agrees: shape, disc, footprints, countries."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import cast

import shapely
from shapely.geometry import Point, box, shape
from shapely.geometry.base import BaseGeometry

from escape_route import strict_json
from escape_route.errors import Problem, UnknownPlaceError
from escape_route.geography import base
from escape_route.geography.geodesic import LonLat
from escape_route.model.journey import Waypoint
from escape_route.strict_json import Fields, show

_FARTHEST_M = 20_037_508.4  # half of the equator: no two places are farther apart
_LEAST_DEGREE_M = 110_500.0  # of latitude, at the equator
_BORDER_SLACK_DEG = 0.02
_LEAST_COSINE = 0.01


def references(properties: Fields, name: str, prefixes: tuple[str, ...] = ("",)) -> tuple[str, ...]:
    """References to the base geography in their one spelling."""
    known = []
    for reference in properties.texts(name):
        if not reference.startswith(prefixes):
            lands = [
                land
                for named in (base.countries_named, base.regions_named)
                for land in named(reference)
            ]
            meant = " or ".join(show(land) for land in lands if land.startswith(prefixes))
            also, such = (" or region", " or region:US-AZ") if "region:" in prefixes else ("", "")
            fix = f"did you mean {meant}?" if meant else f"such as country:VN{such}"
            properties.fault(name, f"{show(reference)} is not a country{also}", fix)
            continue
        try:
            known.append(base.normal_reference(reference))
        except UnknownPlaceError as error:
            properties.fault(name, str(error), rule="unknown-name")
    return tuple(known)


def check(waypoint: Waypoint, properties: Fields, geometry: object) -> None:
    """Note what contradicts itself in a waypoint; its properties and geometry are as they stand in the file."""
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
    shapes = _told(waypoint) if waypoint.within else []
    countries = [base.geometry_of(reference) for reference in waypoint.within]
    if (
        not shapes
        or not countries
        or any(area.intersects(country) for area in shapes for country in countries)
    ):
        return
    if waypoint.label is not None and base.is_islet(waypoint.label, countries):
        return
    turned = None if waypoint.label is None else Point(waypoint.label[1], waypoint.label[0])
    swapped = turned is not None and any(country.intersects(turned) for country in countries)
    fix = "longitude and latitude swapped?" if swapped else "another country, or another place"
    rule = "swapped-order" if swapped else "outside-country"
    properties.fault(
        "within", f"the place lies outside {' and '.join(waypoint.within)}", fix, rule=rule
    )


def _told(waypoint: Waypoint) -> list[BaseGeometry]:
    """Shapes that a place surely lies in, whatever country it is said to lie in."""
    if waypoint.footprints:
        return [base.geometry_of(reference) for reference in waypoint.footprints]
    if waypoint.geometry is not None:
        return [waypoint.geometry]
    if waypoint.label is None:
        return []
    return [_reach(waypoint.label, max(waypoint.uncertainty_m or 0.0, 0.0))]


def _reach(label: LonLat, radius_m: float) -> BaseGeometry:
    """Box around a point that surely holds its disc, over the antimeridian too, with the slack that borders ask for."""
    lat_deg = min(radius_m, _FARTHEST_M) / _LEAST_DEGREE_M + _BORDER_SLACK_DEG
    lon_deg = lat_deg / max(
        math.cos(math.radians(min(abs(label[1]) + lat_deg, MAX_LAT_DEG))), _LEAST_COSINE
    )
    south, north = label[1] - lat_deg, label[1] + lat_deg
    wests = (label[0] - lon_deg + turn for turn in (-2 * MAX_LON_DEG, 0.0, 2 * MAX_LON_DEG))
    return shapely.union_all([box(west, south, west + 2 * lon_deg, north) for west in wests])


MAX_LON_DEG, MAX_LAT_DEG = 180.0, 90.0
MOST_VERTICES = 20_000  # of all drawn places together; tracks have no bound
_TURN_DEG = 360.0
_MARK_LOST_DEG = 1_000.0
#: What is said of a point at 0, 0, and what to do.
NULL_ISLAND = (
    "the point is 0, 0, which programs write where no position is known",
    "delete it, or give the place",
)
_LOST_MARK = "the decimal mark lost, or metres and not degrees?"


def at_zero(waypoints: Sequence[Waypoint]) -> list[str]:
    """What is said of places of ours at 0, 0: a line each; they are kept, for somebody may have been at sea there."""
    what, _ = NULL_ISLAND
    fix = "the geometry null if none is; kept as a place at sea off Ghana"
    return [
        f"{waypoint.id}: {what} ({fix})"
        for waypoint in waypoints
        if waypoint.label == (0.0, 0.0) and not waypoint.geometry
    ]


def told_geometry(
    feature: Fields, allowed: tuple[str, ...], broken: frozenset[str]
) -> tuple[LonLat | None, BaseGeometry | None]:
    """Point of a feature's geometry, and its shape where it is more than a point, of the types that are allowed there.

    `broken` are places of the file that are not GeoJSON: nothing is read there.
    """
    drawn = feature.object("geometry")
    if drawn is None or drawn.place in broken or not _can_be_drawn(drawn, allowed):
        return None, None
    kind, coordinates = str(drawn.members["type"]), drawn.members["coordinates"]
    if kind == "Point":
        lon_deg, lat_deg = cast("list[float]", coordinates)[:2]
        return (float(lon_deg), float(lat_deg)), None
    geometry = shape({"type": kind, "coordinates": _flat(coordinates)})
    # A file with too many corners is refused as a whole: whether their edges cross would take
    # seconds to find out.
    is_too_much = kind.endswith("Polygon") and shapely.get_num_coordinates(geometry) > MOST_VERTICES
    is_valid = not is_too_much and geometry.is_valid and not _is_a_spot(geometry)
    if (
        not (is_valid or is_too_much) and kind != "MultiLineString"
    ):  # a track may be cut at a point of its own
        fix = "edges that cross, or too few points; draw it anew"
        why = "all its points are one" if geometry.is_valid else shapely.is_valid_reason(geometry)
        drawn.fault("coordinates", why, fix, rule="broken-shape")
    point = geometry.representative_point() if is_valid else geometry.centroid
    return (point.x, point.y), geometry


def _is_a_spot(geometry: BaseGeometry) -> bool:
    """Whether a line or an area is written as one point, to the centimetre."""
    west, south, east, north = (round(bound, 7) for bound in geometry.bounds)
    return (west, south) == (east, north)


def _can_be_drawn(geometry: Fields, allowed: tuple[str, ...]) -> bool:
    kind, coordinates = str(geometry.members["type"]), geometry.members.get("coordinates")
    if kind not in allowed:
        geometry.fault("type", f'"{kind}" cannot be a place here', f"only {', '.join(allowed)}")
        return False
    if _has_an_empty_list(coordinates):
        geometry.fault(
            "coordinates", "an empty list in it", "give the geometry null where there is none"
        )
        return False
    return is_in_range(coordinates, geometry.at("coordinates"), geometry.problems)


def is_in_range(
    coordinates: object, at: str, problems: list[Problem], *, is_alone: bool = True
) -> bool:
    """Whether all positions lie on the globe; a problem with its likely cause is added for each that does not.

    `coordinates` are a position, longitude and latitude in degrees, or a list of them at any depth,
    and stand `at` a place of the file. `is_alone` says that a position at this depth is a place,
    and no corner of a shape.
    """
    members = cast("list[object]", coordinates)
    if isinstance(members[0], list):
        corners = [(member, f"{at}[{index}]") for index, member in enumerate(members)]
        in_range = [
            is_in_range(member, where, problems, is_alone=False) for member, where in corners
        ]
        return all(in_range)
    lon_deg, lat_deg = cast("list[float]", members)[:2]
    swapped = (
        abs(lat_deg) > MAX_LAT_DEG and abs(lat_deg) <= MAX_LON_DEG and abs(lon_deg) <= MAX_LAT_DEG
    )
    hint = "longitude and latitude swapped?" if swapped else "longitude comes first, in degrees"
    if abs(lat_deg) > MAX_LAT_DEG:
        rule = "swapped-order" if swapped else "wrong-value"
        fix = _LOST_MARK if abs(lat_deg) >= _MARK_LOST_DEG else hint
        problems.append(Problem(at, f"latitude {lat_deg:.10g} is outside -90..90", fix, rule))
    if abs(lon_deg) > MAX_LON_DEG:
        fix = _longitude_fix(lon_deg, is_alone=is_alone)
        problems.append(
            Problem(at, f"longitude {lon_deg:.10g} is outside -180..180", fix, "wrong-value")
        )
    return abs(lat_deg) <= MAX_LAT_DEG and abs(lon_deg) <= MAX_LON_DEG


def _longitude_fix(lon_deg: float, *, is_alone: bool) -> str:
    """Likely fix of a longitude beyond 180 degrees: of a point the same place within, of a shape a cut."""
    if abs(lon_deg) >= _MARK_LOST_DEG:
        return _LOST_MARK
    if is_alone and abs(lon_deg) <= _TURN_DEG:
        return f"the same place is {(lon_deg + MAX_LON_DEG) % _TURN_DEG - MAX_LON_DEG:.10g}"
    return "a figure too many?" if is_alone else "cut the shape at the antimeridian"


def _has_an_empty_list(coordinates: object) -> bool:
    """Whether a list of lists has an empty one at any depth; RFC 7946 allows it, and it is no place."""
    return isinstance(coordinates, list) and (
        not coordinates or any(map(_has_an_empty_list, coordinates))
    )


def _flat(coordinates: object) -> object:
    members = cast("list[object]", coordinates)
    if isinstance(members[0], list):
        return [_flat(member) for member in members]
    return members[:2] if len(members) > 2 else members  # noqa: PLR2004  # a copy of a long track would be large
