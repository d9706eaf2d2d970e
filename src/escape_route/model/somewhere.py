"""Places that no gazetteer has, as the set that they are told to lie in: a country, a border; never as a point."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from escape_route.geography import base
from escape_route.geography.geodesic import ahead
from escape_route.model import locate
from escape_route.model.journey import Journey, Waypoint, say
from escape_route.model.told_places import (
    NEAR_M,
    across,
    country_in,
    features_in,
    is_border,
    is_near_border,
    region_of,
    regions_in,
    sides_of_border,
)
from escape_route.model.vocabulary import Precision, precision_of

_LANDS = ("country:", "region:")
_BESIDE_M = (
    NEAR_M + base.BORDER_OFF_M
)  # how far from a line a place may lie that is told as near it, or across it
_AROUND_DEG, _RING = (
    np.linspace(0.0, 360.0, 16, endpoint=False),
    1.02,
)  # a ring of chords around a disc holds it
_STEP_DEG, _EDGE_DEG, _GRID_DEG = (
    0.2,
    0.01,
    0.001,
)  # along a line, and of a band's edge: finer than it is known


def drawn(journey: Journey, elsewhere: Collection[str] = ()) -> tuple[Journey, Mapping[str, str]]:
    """Give the places that are still open the set that is sure to hold them, where one is told.

    The clear ones are filled in before; `elsewhere` are ids of places whose names are borne beside
    the country that they are told to lie in: it may not hold them. With the journey it gives what
    is drawn for each place that was open, by the beginning of the lines on it.
    """
    open_places = locate.nameless(journey)
    sets = {
        place.id: () if place.id in elsewhere else _set_of(journey, place) for place in open_places
    }
    beside = {
        place.id: _beside(journey, place) for place in open_places if place.id not in elsewhere
    }
    bands = {
        name: band
        for name, (lines, lands) in beside.items()
        if lines and (band := _band(lines, lands))
    }
    waypoints = tuple(
        _as_band(waypoint, bands[waypoint.id])
        if waypoint.id in bands
        else _as_set(waypoint, sets.get(waypoint.id, ()))
        for waypoint in journey.waypoints
    )
    words = {
        locate.headed(place): _words_of_band(*beside[place.id])
        if place.id in bands
        else _words(journey, place, sets[place.id])
        for place in open_places
    }
    return replace(journey, waypoints=waypoints), words


def _set_of(journey: Journey, waypoint: Waypoint) -> tuple[str, ...]:
    """References to what a place is told to lie in or on; none where that is not told."""
    names = locate.question_of(waypoint).names
    if between := next(filter(None, map(sides_of_border, names)), ()):
        return between
    if is_border(names) and (border := _border_at(journey, journey.index_of(waypoint.id))):
        return (border,)
    either = locate.either_of(names)
    if either and (not waypoint.within or {*either} <= {*waypoint.within}):
        return either
    if regions := regions_in(names, waypoint.within):
        return regions
    country = country_in(names)
    if country and base.may_meet([country], waypoint.within):
        return (country,)
    behind = next(
        (
            region
            for name in names
            if (region := region_of(name.rpartition(",")[2], waypoint.within))
        ),
        (),
    )
    feature = features_in(names)
    return behind or waypoint.within or ((feature,) if feature else ())


def _beside(journey: Journey, waypoint: Waypoint) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Borders that a place is told near, or the river that it is told across, and the countries it lies in there."""
    names, own = locate.question_of(waypoint).names, base.countries_in(waypoint.within)
    lands = tuple(f"country:{code}" for code in own)
    if river := across(names):
        return ((river,) if own and base.may_meet([river], waypoint.within) else ()), lands
    if not is_near_border(names):
        return (), ()
    index = journey.index_of(waypoint.id)
    if len(own) != 1:
        border = _border_at(journey, index)
        both = sorted(base.countries_of(border)) if border else ()
        return ((border,) if border else ()), tuple(f"country:{code}" for code in both)
    sides = reversed(journey.waypoints[:index]), journey.waypoints[index + 1 :]
    others = {next(filter(None, map(_country_of, side)), "") for side in sides}
    borders = (f"border:{'-'.join(sorted((*own, other)))}" for other in sorted(others - {*own, ""}))
    return tuple(border for border in borders if border in base.references()), lands


def _band(lines: tuple[str, ...], lands: tuple[str, ...]) -> BaseGeometry | None:
    """All of these countries that lies near one of the lines; None where nothing does."""
    hulls = []
    for part in (part for line in lines for part in shapely.get_parts(base.geometry_of(line))):
        course = shapely.segmentize(part.simplify(_EDGE_DEG), _STEP_DEG).coords
        rings = [
            shapely.Polygon(ahead(lon, lat, _AROUND_DEG, _BESIDE_M * _RING))
            for lon, lat, *_ in course
        ]
        hulls += [shapely.union(one, other).convex_hull for one, other in pairwise(rings)]
    inside = shapely.union_all([base.geometry_of(land) for land in lands])
    band = shapely.set_precision(
        shapely.union_all(hulls).intersection(inside).simplify(_EDGE_DEG), _GRID_DEG
    )
    return None if band.is_empty else band


def _as_band(waypoint: Waypoint, band: BaseGeometry) -> Waypoint:
    told = waypoint.verbatim_locality or say(waypoint.name)
    return replace(waypoint, geometry=band, precision=Precision.REGION, verbatim_locality=told)


def _words_of_band(lines: tuple[str, ...], lands: tuple[str, ...]) -> str:
    names = " or ".join(base.references()[line] for line in lines)
    where = " or ".join(base.references()[land] for land in lands)
    line = f"for the line itself write {' or '.join(lines)} into footprint"
    return (
        f"drawn as somewhere in {where} within {_BESIDE_M / 1000:g} km of the {names} [our "
        f"judgement]; {line}"
    )


def _border_at(journey: Journey, index: int) -> str:
    """Border between the countries of the places before and after; empty where these are not one each, or not told."""
    before = (waypoint for waypoint in reversed(journey.waypoints[:index]))
    sides = [
        next(filter(None, map(_country_of, side)), "")
        for side in (before, journey.waypoints[index + 1 :])
    ]
    reference = f"border:{'-'.join(sorted(sides))}"
    return reference if reference in base.references() else ""


def _country_of(waypoint: Waypoint) -> str:
    """Code of the one country that a place lies in; empty where it is not told, or at sea."""
    if waypoint.label is not None and not (waypoint.within or waypoint.footprints):
        return str(base.countries_at(np.array([waypoint.label]))[0])
    countries = base.countries_in(
        land for land in waypoint.within or waypoint.footprints if land.startswith(_LANDS)
    )
    return countries[0] if len(countries) == 1 else ""


def _as_set(waypoint: Waypoint, references: tuple[str, ...]) -> Waypoint:
    if not references:
        return waypoint
    locality = waypoint.verbatim_locality or say(waypoint.name)
    return replace(
        waypoint,
        footprints=references,
        precision=precision_of(references),
        verbatim_locality=locality,
    )


def _words(journey: Journey, waypoint: Waypoint, references: tuple[str, ...]) -> str:
    """What is drawn for a place, said for its holder."""
    if references:
        where = "on the" if references[0].startswith("border:") else "in"
        names = " or ".join(base.references()[reference] for reference in references)
        once = base.once_said(references) if len(references) > 1 else ""
        return f"drawn as somewhere {where} {once or names} [{'; '.join(references)}]"
    index = journey.index_of(waypoint.id)
    ends = [near.name for near in locate.neighbours_of(journey, index)]
    if len(ends) > 1:
        known = f', known only to come after "{ends[0]}" and before "{ends[1]}"'
    else:
        known = ""
    return f"drawn nowhere{known}"
