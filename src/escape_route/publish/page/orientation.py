"""Names that a map shows so that its reader knows where this is: told rivers, countries, seas, capital cities.

A capital has a dot only outside every country that a place of the journey was told in, or at the
border of which: no dot may be read as where somebody was. A place that is told as a border has its
name on its own side of it. Other cities that a reader may know are there for a distance that can be
felt, and to lay a way out from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import combinations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from escape_route import packaged
from escape_route.geography import base, geodesic
from escape_route.geography.geodesic import LonLat
from escape_route.language.digits import decimals_of, position
from escape_route.language.plain import Json
from escape_route.model import places
from escape_route.model.journey import Journey, Waypoint
from escape_route.model.places import Place
from escape_route.model.vocabulary import Role
from escape_route.publish.page.backdrop import (
    AREA,
    CORE_DEG,
    KNOWN_DEG,
    LARGE_DEG,
    LINE,
    core_of,
    only,
    simple_parts,
)
from escape_route.publish.page.shown import Felt, MapName

_AROUND_DEG = 14.0
_MOST_AGAIN = 4  # more parts than that are islands, and no "A or B"
_LEAST_DEG2 = 1.0  # a country of which less is seen is not named
_COARSE_DEG = 0.4
_STORY_DEG = 10.0  # so far around the other places of a story the name of a large country may hang
_ALONG = (0.5, 0.3, 0.7)  # where on its course a river may be named, the best first
_NEAR_MIDDLE = np.linspace(0.38, 0.62, 13)  # of a line, where a name may hang
_REACH = 0.04  # of a line to both sides of a point of it: whether it bends there

Rings = tuple[tuple[int, ...], ...]
"""Outlines, each as longitude and latitude of its first corner in tenths of a degree, and the steps from there on.

Around a small story they are in thousandths, `SIDES_PER_DEG`.
"""
SIDES_PER_DEG = (10, 1000)
_NEAR = 0.03  # two cities lie as far apart where they do so to three in a hundred
_ROUNDED_KM = 10


def names(journeys: Sequence[Journey], spoken: Sequence[str]) -> tuple[MapName, ...]:
    """Names around journeys: rivers that were told, countries, seas, and capitals where nobody was told to be."""
    frame = _frame(journeys)
    near = [name for name in beside(journeys) if shapely.contains_xy(frame, *name.at)]
    return (*_rivers(journeys, spoken), *_countries_in(frame, spoken), *near)


def _rivers(journeys: Sequence[Journey], spoken: Sequence[str]) -> Iterator[MapName]:
    """Each river that a place was told as, at several points of its course: a map names it at one of them."""
    shown = [
        waypoint for journey in journeys for waypoint in journey.waypoints if not waypoint.withheld
    ]
    references = dict.fromkeys(reference for waypoint in shown for reference in waypoint.footprints)
    for reference in references:
        if reference.startswith("river:"):
            course = _longest_line(base.geometry_of(reference))
            points = [course.interpolate(part, normalized=True) for part in _ALONG]
            yield from (
                MapName(
                    "river",
                    _river_name(reference, spoken),
                    (round(at.x, 2), round(at.y, 2)),
                    reference,
                )
                for at in points
            )


def _river_name(reference: str, spoken: Sequence[str]) -> dict[str, str]:
    """Name of a river per language, of a stretch of it also those of the whole."""
    own = base.name_of(reference)
    alike = [
        place
        for place in base.places_named(own["en"], is_feature=True)
        if place.startswith("river:")
    ]
    known = {
        language: name for river in alike for language, name in base.name_of(river).items()
    } | own
    return {
        language: known[language]
        for language in dict.fromkeys((*spoken, "en"))
        if language in known
    }


def _longest_line(shape: BaseGeometry) -> BaseGeometry:
    merged = shapely.line_merge(shapely.MultiLineString(simple_parts(only(shape, LINE))))
    return max(simple_parts(shapely.GeometryCollection([merged])), key=shapely.length)


def beside(journeys: Sequence[Journey]) -> list[MapName]:
    """Seas, and the capitals of countries in which no place of any journey was told."""
    codes = frozenset().union(*(_countries(journey) for journey in journeys))
    return [name for name in _listed() if name.code not in codes]


def _frame(journeys: Sequence[Journey]) -> BaseGeometry:
    shapes = [places.outlines(journey) for journey in journeys]
    wholes = [
        shapely.union_all([shapely.box(*shape.bounds) for shape in outlines.values()])
        for outlines in shapes
    ]
    stories = map(_story, journeys, shapes)
    shown = shapely.union_all(
        [story or whole for story, whole in zip(stories, wholes, strict=True)]
    )
    west, south, east, north = (0.0, 0.0, 0.0, 0.0) if shown.is_empty else shown.bounds
    return shapely.box(
        west - _AROUND_DEG, south - _AROUND_DEG, east + _AROUND_DEG, north + _AROUND_DEG
    )


def _countries(journey: Journey) -> frozenset[str]:
    """Countries that a place of a journey was told in, or at a border or river of."""
    located = places.located(journey).values()
    points = [
        waypoint.label
        for waypoint in journey.waypoints
        if waypoint.label is not None and not waypoint.withheld
    ]
    at = frozenset(map(str, base.countries_at(np.array(points)))) - {""} if points else frozenset()
    return frozenset(at).union(*(place.countries for place in located)) | frozenset(
        code
        for waypoint in journey.waypoints
        for reference in (*waypoint.footprints, *waypoint.within)
        for code in base.countries_of(reference)
    )


def _countries_in(frame: BaseGeometry, spoken: Sequence[str]) -> list[MapName]:
    named = []
    for code, shape in _valid_countries().items():
        seen = max(simple_parts(shapely.intersection(shape, frame)), key=shapely.area, default=None)
        if seen is not None and shapely.area(seen) >= _LEAST_DEG2 and code in base.country_names():
            x, y = shapely.get_coordinates(shapely.maximum_inscribed_circle(seen, tolerance=0.5))[0]
            name = {language: base.country_name(code, language) for language in spoken}
            named.append(MapName("country", name, (round(float(x), 1), round(float(y), 1)), code))
    return named


@cache
def _valid_countries() -> dict[str, BaseGeometry]:
    return {code: shapely.make_valid(shape) for code, shape in base.coarse_countries().items()}


@cache
def _listed() -> tuple[MapName, ...]:
    """Capitals and seas, a name each per language."""
    listed = packaged.table("publish/page/web/names.json")
    kinds = (("capital", listed["capitals"]), ("sea", listed["seas"]))
    return tuple(
        MapName(kind, row["name"], (row["at"][0], row["at"][1]), row.get("code", ""))
        for kind, named in kinds
        for row in named
    )


def hang_of(
    waypoint: Waypoint, shape: BaseGeometry | None, story: BaseGeometry | None = None
) -> LonLat | None:
    """Where the name of a place without a label point hangs: within its area, or about halfway along its longest line.

    Of the points there it is the one where the line bends the least: a bend would be read as where
    they crossed. The name of a large country hangs amid that part of it which lies around the rest
    of the story.
    """
    if waypoint.label is not None or shape is None:
        return None
    point = _calm(_longest_line(shape)) if simple_parts(only(shape, LINE)) else _amid(shape, story)
    west, south, east, north = shape.bounds
    span_deg = max(east - west, north - south)
    return position((point.x, point.y), 2 if span_deg > 1 else decimals_of(span_deg))


def again(waypoint: Waypoint, named_at: LonLat | None) -> tuple[LonLat, ...]:
    """Where the number of a place stands once more: on the other parts of one that may be in several, as "A or B"."""
    if named_at is None or waypoint.withheld:
        return ()
    shapes = [
        base.geometry_of(footprint)
        for footprint in waypoint.footprints
        if len(waypoint.footprints) > 1
    ]
    areas = [simple_parts(only(shape, AREA)) for shape in shapes]
    parts = [max(area, key=shapely.area) for area in areas if area]
    if waypoint.geometry is not None:
        parts = list(simple_parts(only(waypoint.geometry, AREA)))
    elsewhere = [
        part.representative_point() for part in parts if not part.covers(shapely.Point(named_at))
    ]
    if 1 < len(parts) <= _MOST_AGAIN:
        return tuple(position((point.x, point.y), 2) for point in elsewhere)
    return ()


def hangs(journey: Journey, shapes: Mapping[str, BaseGeometry]) -> list[LonLat | None]:
    """Where the name of each place without a label point hangs; `shapes` are what is known of places, by their ids."""
    story = _story(journey, shapes)
    return [
        None if waypoint.withheld else hang_of(waypoint, shapes.get(waypoint.id), story)
        for waypoint in journey.waypoints
    ]


def _story(journey: Journey, shapes: Mapping[str, BaseGeometry]) -> BaseGeometry | None:
    """Where a journey is told to have been, in (lon, lat): all places but the large ones, and what lies around them."""
    shown = [waypoint for waypoint in journey.waypoints if not waypoint.withheld]
    known = [
        shapes[waypoint.id]
        for waypoint in shown
        if waypoint.id in shapes and not _is_large(shapes[waypoint.id])
    ]
    known += [shapely.Point(waypoint.label) for waypoint in shown if waypoint.label is not None]
    if known:
        return shapely.box(*shapely.union_all(known).bounds).buffer(_STORY_DEG, join_style="mitre")
    return None


def _is_large(shape: BaseGeometry) -> bool:
    west, south, east, north = shape.bounds
    return bool(max(east - west, north - south) > LARGE_DEG)


def _amid(shape: BaseGeometry, story: BaseGeometry | None) -> BaseGeometry:
    """A point of an area; of a large one amid what of it lies around the rest of the story."""
    if story is not None and _is_large(shape):
        part = shapely.make_valid(shape) & story
    else:
        part = shapely.Point()
    parts = [piece for piece in simple_parts(only(part, AREA)) if piece.area >= _LEAST_DEG2]
    if not parts:
        return shape.representative_point()
    return shapely.get_point(
        shapely.maximum_inscribed_circle(max(parts, key=shapely.area), tolerance=0.5), 0
    )


def _calm(line: BaseGeometry) -> BaseGeometry:
    """The point about halfway along a line where it bends the least."""
    before, at, after = (
        line.interpolate(_NEAR_MIDDLE + part, normalized=True) for part in (-_REACH, 0.0, _REACH)
    )
    return at[int(np.argmax(np.round(shapely.distance(before, after), 6)))]


def sides(
    journeys: Sequence[Journey], named: Sequence[MapName] = ()
) -> tuple[dict[str, Rings], int]:
    """Outlines of the countries that were told or are named, and their units to a degree.

    No name lies over a country that is not its own. Around a small story they end where the map
    cannot tell any more on which side of a border somebody is.
    """
    frame, countries = (
        _frame(journeys),
        frozenset().union(*(_countries(journey) for journey in journeys)),
    )
    codes = countries | {name.code for name in named if name.kind == "country"}
    core = core_of(_reach(journeys).bounds)
    per_deg = SIDES_PER_DEG[0 if core.is_empty else 1]
    outlines = {code: _rings(code, (frame, core), per_deg) for code in sorted(codes)}
    return {code: rings for code, rings in outlines.items() if rings}, per_deg


def _reach(journeys: Sequence[Journey]) -> BaseGeometry:
    """All that is known of every place, large ones too."""
    labels = (waypoint.label for journey in journeys for waypoint in journey.waypoints)
    points = [shapely.Point(label) for label in labels if label is not None]
    shapes = [shape for journey in journeys for shape in places.outlines(journey).values()]
    return shapely.GeometryCollection([*points, *shapes])


def avoided(journey: Journey) -> list[tuple[str, ...]]:
    """Countries of the story that the name of each place must not lie in: all but its own.

    Where a journey starts at a border its own is the side that they left.
    """
    located = places.located(journey)
    countries = _countries(journey)
    return [
        tuple(sorted(countries - own)) if own else () for own in _own_countries(journey, located)
    ]


def briefly(journey: Journey) -> list[str | None]:
    """Codes of the countries that name places where there is little room.

    Of several it is the one that a place was told as, or that it shares with the place before; the
    first and the last place have none.
    """
    codes: list[str | None] = []
    for n, own in enumerate(_own_countries(journey, places.located(journey))):
        waypoint, is_end = journey.waypoints[n], n in (0, len(journey.waypoints) - 1)
        best = own & set(_told_as(waypoint)) or own & set(codes[-1:]) or own
        is_named = best and not waypoint.withheld and not (is_end and len(own) > 1)
        codes.append(min(map(str, best)) if is_named else None)
    return codes


def _own_countries(journey: Journey, located: Mapping[int, Place]) -> Iterator[frozenset[str]]:
    for index, waypoint in enumerate(journey.waypoints):
        own = frozenset(_told_as(waypoint)) | (
            located[index].countries if index in located else frozenset()
        )
        if waypoint.role is Role.START and any(
            footprint.startswith("border:") for footprint in waypoint.footprints
        ):
            own -= {code for later in journey.waypoints[index + 1 :] for code in _told_as(later)}
        yield own


@lru_cache(maxsize=256)  # another page of the same journeys has the same frame
def _rings(code: str, within: tuple[BaseGeometry, BaseGeometry], per_deg: int) -> Rings:
    frame, core = within
    whole = base.geometry_of(f"country:{code}")
    shape, least = shapely.simplify(whole & frame, _COARSE_DEG), _LEAST_DEG2
    if not core.is_empty:
        surely = shapely.simplify((whole & core.buffer(KNOWN_DEG)).buffer(-KNOWN_DEG), CORE_DEG)
        shape, least = (shape - core) | (surely & core), KNOWN_DEG**2
    parts = [part for part in simple_parts(shape) if part.area >= least]
    corners = [
        np.rint(shapely.get_coordinates(part.exterior) * per_deg).astype(int) for part in parts
    ]
    return tuple(tuple(map(int, np.diff(corner, axis=0, prepend=0).ravel())) for corner in corners)


def _told_as(waypoint: Waypoint) -> list[str]:
    references = (*waypoint.footprints, *waypoint.within)
    return [
        reference.partition(":")[2] for reference in references if reference.startswith("country:")
    ]


@cache
def cities() -> list[dict[str, Json]]:
    """Cities with their names per language and positions (lon, lat), in tenths of degrees and finer."""
    rows: list[dict[str, Json]] = packaged.table("publish/page/web/cities.json")
    return rows


@cache
def _apart() -> tuple[Felt, ...]:
    """Every two of them, and how far apart they lie along the geodesic."""
    pairs = combinations(cities(), 2)
    return tuple(Felt(one["name"], other["name"], _apart_km(one, other)) for one, other in pairs)  # type: ignore[arg-type]


def _apart_km(one: dict[str, Json], other: dict[str, Json]) -> float:
    ends = [tuple(city["at"]) for city in (one, other)]  # type: ignore[arg-type]
    return round(geodesic.geodesic_m(*ends) / 1000 / _ROUNDED_KM) * _ROUNDED_KM  # type: ignore[arg-type]


def as_far_as(length_km: float) -> Felt | None:
    """Two cities that lie about so far apart; None where no two do.

    >>> found = as_far_as(1260)
    >>> found.one["en"], found.other["en"]
    ('London', 'Madrid')
    """
    nearest = min(_apart(), key=lambda pair: (abs(pair.length_km - length_km), pair.one["en"]))
    return nearest if abs(nearest.length_km - length_km) <= _NEAR * length_km else None
