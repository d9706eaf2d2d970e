"""The geometry of a feature: a point, or a shape with a point for its label."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import shapely
from shapely.geometry import shape

from escape_route.errors import Problem

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from escape_route.fields import Fields
    from escape_route.model.journey import LonLat

MAX_LON_DEG, MAX_LAT_DEG = 180.0, 90.0


def place(
    feature: Fields, allowed: tuple[str, ...], broken: frozenset[str]
) -> tuple[LonLat | None, BaseGeometry | None]:
    """Point of a feature's geometry, and its shape where it is more than a point.

    Parameters
    ----------
    feature
        The feature.
    allowed
        Types of geometry that may stand there.
    broken
        Places of the file that are not GeoJSON: nothing is read there.
    """
    found = feature.object("geometry")
    if found is None or found.place in broken or not _can_be_drawn(found, allowed):
        return None, None
    kind, coordinates = found.members["type"], found.members["coordinates"]
    if kind == "Point":
        lon_deg, lat_deg = cast("list[float]", coordinates)[:2]
        return (float(lon_deg), float(lat_deg)), None
    geometry = shape({"type": kind, "coordinates": _flat(coordinates)})
    if not geometry.is_valid and kind != "MultiLineString":  # a track may be cut at a point of its own
        fix = "edges that cross, or too few points; draw it anew"
        found.fault("coordinates", shapely.is_valid_reason(geometry), fix, rule="broken-shape")
    point = geometry.representative_point() if geometry.is_valid else geometry.centroid
    return (point.x, point.y), geometry


def _can_be_drawn(found: Fields, allowed: tuple[str, ...]) -> bool:
    kind, coordinates = str(found.members["type"]), found.members.get("coordinates")
    if kind not in allowed:
        found.fault("type", f'"{kind}" cannot be a place here', f"only {', '.join(allowed)}")
        return False
    if _has_an_empty_list(coordinates):
        found.fault("coordinates", "an empty list in it", "give the geometry null where there is none")
        return False
    return _is_in_range(coordinates, found.at("coordinates"), found.problems)


def _is_in_range(coordinates: object, at: str, problems: list[Problem]) -> bool:
    members = cast("list[object]", coordinates)
    if isinstance(members[0], list):
        in_range = [_is_in_range(member, f"{at}[{index}]", problems) for index, member in enumerate(members)]
        return all(in_range)
    lon_deg, lat_deg = cast("list[float]", members)[:2]
    swapped = abs(lat_deg) > MAX_LAT_DEG and abs(lat_deg) <= MAX_LON_DEG and abs(lon_deg) <= MAX_LAT_DEG
    hint = "longitude and latitude swapped?" if swapped else "longitude comes first, in degrees"
    if abs(lat_deg) > MAX_LAT_DEG:
        rule = "swapped-order" if swapped else "wrong-value"
        problems.append(Problem(at, f"latitude {lat_deg:g} is outside -90..90", hint, rule))
    if abs(lon_deg) > MAX_LON_DEG:
        fix = "cut the shape at the antimeridian"
        problems.append(Problem(at, f"longitude {lon_deg:g} is outside -180..180", fix, "wrong-value"))
    return abs(lat_deg) <= MAX_LAT_DEG and abs(lon_deg) <= MAX_LON_DEG


def _has_an_empty_list(coordinates: object) -> bool:
    """Whether a list of lists has an empty one at any depth; RFC 7946 allows it, and it is no place."""
    return isinstance(coordinates, list) and (not coordinates or any(map(_has_an_empty_list, coordinates)))


def _flat(coordinates: object) -> object:
    """Coordinates without heights."""
    members = cast("list[object]", coordinates)
    if isinstance(members[0], list):
        return [_flat(member) for member in members]
    return members[:2] if len(members) > 2 else members  # noqa: PLR2004  # a copy of a long track would be large
