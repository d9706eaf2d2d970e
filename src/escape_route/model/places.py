"""Footprints: which set of points a place is, and how such a set is covered by ever smaller cells."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from escape_route.geography import base, ellipsoid, geodesic
from escape_route.geography.geodesic import Floats, LonLat

if TYPE_CHECKING:
    from escape_route.model.journey import Journey, Waypoint

Geometries = NDArray[np.object_]
Flags = NDArray[np.bool_]

MARGIN_M = 1.0  # on every covering radius: overlay arithmetic is good to far less
_POLE_DEG = 90.0
_AREAS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
_ANTIMERIDIAN_DEG = 180.0
_RING_POINTS = 180
_MOST_CUTS = 12
_BOX_CORNERS, _ROUNDING = 5, 1e-12  # the first corner stands again as the last; part of an area
_MANY_CORNERS, _SAME_AREA = 3_000, 1e-9  # corners of a piece that is clipped; part of its area


@dataclass(frozen=True, slots=True)
class Region:
    """One told alternative of a place: the points of `shape` (None: anywhere) in a disc (no `centre`: no disc).

    Shapes have edges straight in longitude and latitude (RFC 7946, section 3.1.1).
    """

    shape: BaseGeometry | None
    centre: LonLat | None = None
    radius_m: float = 0.0
    reference: str = ""
    countries: frozenset[str] = frozenset()

    @property
    def is_country(self) -> bool:
        """Whether this is a whole country: nothing more was told than its name."""
        return self.reference.startswith("country:")

    def covers(self, other: Region) -> bool:
        """Whether every point of `other` is surely a point of this one; False where that is not plain to see."""
        if self.centre is not None:
            if other.centre is None or self.shape is not None:
                return self == other
            if other.radius_m > self.radius_m:
                return False
            return geodesic.way_m((self.centre, other.centre)) + other.radius_m <= self.radius_m
        if self.shape is None or other.shape is None:
            return False
        return self.shape is other.shape or bool(self.shape.covers(other.shape))


@dataclass(frozen=True, slots=True)
class Place:
    """A place as the union of its told alternatives."""

    regions: tuple[Region, ...]

    def covers(self, other: Place) -> bool:
        """Whether every point of `other` is surely a point of this place."""
        return all(any(mine.covers(theirs) for mine in self.regions) for theirs in other.regions)

    @property
    def is_disc(self) -> bool:
        """Whether this is one whole disc, or a point."""
        return (
            len(self.regions) == 1
            and self.regions[0].centre is not None
            and self.regions[0].shape is None
        )

    @property
    def is_point(self) -> bool:
        """Whether this is one point."""
        return self.is_disc and self.regions[0].radius_m == 0

    @property
    def countries(self) -> frozenset[str]:
        """Codes of the countries that any alternative lies in or between."""
        return frozenset().union(*(region.countries for region in self.regions))


def place_of(waypoint: Waypoint) -> Place | None:
    """Set of points that a waypoint may have been at; None where nothing can be measured.

    That is where it is withheld, or has neither a footprint nor a shape nor more than a label, or
    nothing is left of it within the countries that it is said to lie in.
    """
    if waypoint.withheld:
        return None
    limits = [base.geometry_of(reference) for reference in waypoint.within]
    inside = frozenset().union(*map(base.countries_of, waypoint.within))
    if waypoint.footprints:
        regions = [
            Region(
                base.geometry_of(footprint),
                reference=footprint,
                countries=base.countries_of(footprint),
            )
            for footprint in waypoint.footprints
        ]
    elif waypoint.geometry is not None:
        regions = [Region(waypoint.geometry)]
    elif waypoint.label is None or waypoint.is_label_only:
        return None
    else:
        regions = [Region(None, waypoint.label, waypoint.uncertainty_m or 0.0)]
    cut = [_cut(region, limits, inside) for region in regions]
    left = tuple(region for region in cut if not limits or some_point(Place((region,))) is not None)
    return Place(left) if left else None


def located(journey: Journey) -> dict[int, Place]:
    """Places of a journey by index in travel order, without those that cannot be measured.

    Where a track begins or ends at a waypoint, its place is the track's own end.
    """
    places = {}
    for index, waypoint in enumerate(journey.waypoints):
        place = _track_end(journey, index) or place_of(waypoint)
        if place is not None:
            places[index] = place
    return places


def _track_end(journey: Journey, index: int) -> Place | None:
    before = journey.trace_into(index)
    after = journey.trace_into(index + 1) if index + 1 < len(journey.waypoints) else None
    if before is not None:
        return Place((Region(None, before.line[-1]),))
    return None if after is None else Place((Region(None, after.line[0]),))


def _cut(region: Region, limits: list[BaseGeometry], inside: frozenset[str]) -> Region:
    """Region cut to the countries it is said to lie in; a disc keeps its circle and takes their outline."""
    if not limits:
        return region
    limit = limits[0] if len(limits) == 1 else shapely.union_all(limits)
    if region.shape is None:
        if region.centre is None:
            return Region(limit, None, region.radius_m, region.reference, inside)
        shape = shapely.intersection(limit, _box_around(region))
        if shape.is_empty and base.is_islet(region.centre, limits):
            return Region(None, region.centre, region.radius_m, region.reference, inside)
        return Region(shape, region.centre, region.radius_m, region.reference, inside)
    return Region(
        shapely.intersection(region.shape, limit), reference=region.reference, countries=inside
    )


def _box_around(region: Region) -> BaseGeometry:
    """Box in longitude and latitude that holds a disc; the whole circle of longitudes where one does not."""
    boxes = _boxes_around(region)
    return boxes[0] if len(boxes) == 1 else _band(boxes[0].bounds[1], boxes[0].bounds[3])


def _band(south_deg: float, north_deg: float) -> BaseGeometry:
    return shapely.box(-_ANTIMERIDIAN_DEG, south_deg, _ANTIMERIDIAN_DEG, north_deg)


def _boxes_around(region: Region) -> list[BaseGeometry]:
    """Boxes in longitude and latitude that hold a disc: two where it lies across the antimeridian."""
    if region.centre is None:
        return [_band(-_POLE_DEG, _POLE_DEG)]
    lon, lat = region.centre
    reach_deg = float(np.degrees((region.radius_m + MARGIN_M) / ellipsoid.LEAST_RADIUS_M))
    south, north = max(lat - reach_deg, -_POLE_DEG), min(lat + reach_deg, _POLE_DEG)
    if south <= -_POLE_DEG or north >= _POLE_DEG:
        return [_band(south, north)]
    # The meridian that a circle touches lies asin(sin(reach) / cos(lat)) away; reach is taken a
    # little too large.
    ratio = np.sin(np.radians(min(reach_deg * 1.01, _POLE_DEG))) / np.cos(np.radians(lat))
    if ratio >= 1:
        return [_band(south, north)]
    side_deg = float(np.degrees(np.arcsin(ratio)))
    west, east = lon - side_deg, lon + side_deg
    whole = shapely.box(max(west, -_ANTIMERIDIAN_DEG), south, min(east, _ANTIMERIDIAN_DEG), north)
    if west < -_ANTIMERIDIAN_DEG:
        return [whole, shapely.box(west + 2 * _ANTIMERIDIAN_DEG, south, _ANTIMERIDIAN_DEG, north)]
    if east > _ANTIMERIDIAN_DEG:
        return [whole, shapely.box(-_ANTIMERIDIAN_DEG, south, east - 2 * _ANTIMERIDIAN_DEG, north)]
    return [whole]


def outline(region: Region) -> BaseGeometry | None:
    """Shape to draw for a region, in longitude and latitude; for a disc the ring of its edge, cut by its shape.

    Rings that reach a pole or the antimeridian are drawn by their box: it says no less than the
    circle.
    """
    if region.centre is None or region.radius_m == 0:
        return region.shape
    ring = geodesic.ahead(
        *region.centre, np.linspace(0, 360, _RING_POINTS, endpoint=False), region.radius_m
    )
    circle = shapely.Polygon(ring)
    box = _box_around(region)
    if not circle.is_valid or box.bounds[0] == -_ANTIMERIDIAN_DEG:
        circle = box
    return circle if region.shape is None else shapely.intersection(circle, region.shape)


def outlines(journey: Journey) -> dict[str, BaseGeometry]:
    """Shape to draw for each waypoint that is told as more than a point, by its id; longitude and latitude."""
    drawn: dict[str, BaseGeometry] = {}
    for waypoint in journey.waypoints:
        place = place_of(waypoint)
        regions = () if place is None else place.regions
        shapes = [shape for region in regions if (shape := outline(region)) is not None]
        if shapes:
            drawn[waypoint.id] = (
                shapes[0] if len(shapes) == 1 else shapely.GeometryCollection(shapes)
            )
    return drawn


def some_point(place: Place) -> LonLat | None:
    """Any point that surely belongs to a place, (lon, lat) in degrees; None where the place is empty or next to it."""
    if place.is_disc:
        return place.regions[0].centre
    cells = cover(place)
    for _ in range(_MOST_CUTS):
        if cells.held.any():
            first = int(np.argmax(cells.held))
            return float(cells.lon_deg[first]), float(cells.lat_deg[first])
        cells = split(place, cells)
    return None


@dataclass(frozen=True, slots=True)
class Cells:
    """A cover of a place: pieces whose union holds it, each with a point and the radius around it that holds the piece.

    `lon_deg`, `lat_deg`, `radius_m`: arrays of shape (n,). `held` says which points surely belong
    to the place. `region` is the index of the alternative that a piece is of; `shapes` are the
    pieces in longitude and latitude.
    """

    shapes: Geometries
    region: NDArray[np.intp]
    lon_deg: Floats
    lat_deg: Floats
    radius_m: Floats
    held: Flags

    def __len__(self) -> int:
        """Count of the pieces."""
        return len(self.radius_m)

    def take(self, which: NDArray[np.intp] | Flags) -> Cells:
        """Some of the pieces."""
        return Cells(*(column[which] for column in self._columns()))

    def join(self, other: Cells) -> Cells:
        """Both lists of pieces, one after the other."""
        return Cells(*map(np.concatenate, zip(self._columns(), other._columns(), strict=True)))

    def _columns(self) -> list[NDArray[Any]]:
        return [getattr(self, field.name) for field in fields(self)]


def cover(place: Place) -> Cells:
    """Coarsest cover of a place: one piece an alternative, two for a disc across the antimeridian."""
    shapes = [
        _boxes_around(region) if region.shape is None else [region.shape]
        for region in place.regions
    ]
    pieces = np.array([piece for shape in shapes for piece in shape], dtype=object)
    region = np.repeat(np.arange(len(shapes)), [len(shape) for shape in shapes])
    full = ~shapely.is_empty(pieces)
    return _cells(place, pieces[full], region[full])


def split(place: Place, cells: Cells) -> Cells:
    """Cut each piece into four by the middle of its box, one without width or height in two.

    Empty quarters and those outside the disc go.
    """
    west, south, east, north = shapely.bounds(cells.shapes).T
    middle_lon, middle_lat = (west + east) / 2, (south + north) / 2
    quarters = np.array(
        [
            shapely.box(west, south, middle_lon, middle_lat),
            shapely.box(middle_lon, south, east, middle_lat),
            shapely.box(west, middle_lat, middle_lon, north),
            shapely.box(middle_lon, middle_lat, east, north),
        ]
    )
    is_area = np.isin(shapely.get_type_id(cells.shapes), _AREAS)
    corners = shapely.get_num_coordinates(cells.shapes)
    many = is_area & (corners > _MANY_CORNERS)
    box_area = (east - west) * (north - south)
    fills = shapely.area(cells.shapes) >= (1 - _ROUNDING) * box_area
    whole = is_area & (corners == _BOX_CORNERS) & fills  # a box: its quarters need no overlay
    parts = quarters.copy()
    others = ~many & ~whole
    parts[:, others] = shapely.intersection(cells.shapes[others], quarters[:, others])
    for piece in np.flatnonzero(many):
        parts[:, piece] = _cut_quickly(cells.shapes[piece], quarters[:, piece])
    pieces = parts.ravel()
    region = np.tile(cells.region, len(quarters))
    wide, high = west < east, south < north
    own = np.concatenate(
        [np.ones_like(wide), wide, high, wide & high]
    )  # else the same half would come twice
    full = ~shapely.is_empty(pieces) & own
    return _cells(place, pieces[full], region[full])


def _cut_quickly(shape: BaseGeometry, quarters: Geometries) -> Geometries:
    """An area of many corners in quarters, clipped in a thirtieth of the time that an overlay takes.

    It is overlaid where nothing vouches for the cut. Lines always are: one along the cut must stay
    in one of the two.
    """
    clipped = np.array(
        [shapely.clip_by_rect(shape, *box) for box in shapely.bounds(quarters).tolist()],
        dtype=object,
    )
    is_whole = np.isclose(shapely.area(clipped).sum(), shape.area, rtol=_SAME_AREA, atol=0)
    is_sound = is_whole and shapely.is_valid(clipped).all()
    return clipped if is_sound else np.asarray(shapely.intersection(shape, quarters))


def _cells(place: Place, shapes: Geometries, region: NDArray[np.intp]) -> Cells:
    points = shapely.point_on_surface(shapes)
    lon, lat = shapely.get_x(points), shapely.get_y(points)
    west, south, east, north = shapely.bounds(shapes).T
    half_lon, half_lat = np.maximum(lon - west, east - lon), np.maximum(lat - south, north - lat)
    nearest_equator = np.where((south <= 0) & (north >= 0), 0.0, np.minimum(abs(south), abs(north)))
    radius_m = ellipsoid.reach_m(half_lon, half_lat, nearest_equator) + MARGIN_M
    cells = Cells(shapes, region, lon, lat, radius_m, np.ones(len(shapes), dtype=bool))
    return _inside_discs(place, cells)


def _inside_discs(place: Place, cells: Cells) -> Cells:
    """Drop pieces that lie outside their disc; a piece's radius is never larger than the disc needs."""
    lon, lat, radius_m = cells.lon_deg.copy(), cells.lat_deg.copy(), cells.radius_m.copy()
    held = cells.held.copy()
    keep = np.ones(len(cells), dtype=bool)
    for index, region in enumerate(place.regions):
        mine = cells.region == index
        if region.centre is None or not mine.any():
            continue
        centre_lon, centre_lat = (np.full(int(mine.sum()), value) for value in region.centre)
        away_m = geodesic.distances_m(centre_lon, centre_lat, lon[mine], lat[mine])
        keep[mine] = away_m - radius_m[mine] <= region.radius_m + MARGIN_M
        held[mine] = away_m <= region.radius_m
        if region.shape is None:
            _centre_large_pieces(region, mine, (lon, lat, radius_m, held))
    return Cells(cells.shapes, cells.region, lon, lat, radius_m, held).take(keep)


def _centre_large_pieces(
    region: Region, mine: Flags, arrays: tuple[Floats, Floats, Floats, Flags]
) -> None:
    """Give pieces as large as their whole disc the disc's own centre and radius, in place."""
    lon, lat, radius_m, held = arrays
    large = mine & (radius_m > region.radius_m)
    if region.centre is not None and large.any():
        lon[large], lat[large] = region.centre
        radius_m[large] = region.radius_m + (MARGIN_M if region.radius_m else 0.0)
        held[large] = True
