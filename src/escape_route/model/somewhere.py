"""Places that no gazetteer has, as the set that they are told to lie in: a country, a border; never as a point."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np

from escape_route.geography import base
from escape_route.model import locate
from escape_route.model.journey import Journey, Waypoint, say
from escape_route.model.told_places import country_in, features_in, is_border, region_of, regions_in, sides_of_border
from escape_route.model.vocabulary import precision_of

_LANDS = ("country:", "region:")


def drawn(journey: Journey, elsewhere: Collection[str] = ()) -> tuple[Journey, Mapping[str, str]]:
    """Give the places that are still open the set that is sure to hold them, where one is told.

    The clear ones are filled in before; `elsewhere` are ids of places whose names are borne beside the country that
    they are told to lie in: it may not hold them. With the journey it gives what is drawn for each place that was open,
    by the beginning of the lines on it.
    """
    sets = {
        waypoint.id: () if waypoint.id in elsewhere else _set_of(journey, waypoint)
        for waypoint in locate.nameless(journey)
    }
    waypoints = tuple(_as_set(waypoint, sets.get(waypoint.id, ())) for waypoint in journey.waypoints)
    words = {
        locate.headed(waypoint): _words(journey, waypoint, sets[waypoint.id])
        for waypoint in journey.waypoints
        if waypoint.id in sets
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
    behind = next((region for name in names if (region := region_of(name.rpartition(",")[2], waypoint.within))), ())
    feature = features_in(names)
    return behind or waypoint.within or ((feature,) if feature else ())


def _border_at(journey: Journey, index: int) -> str:
    """Border between the countries of the places before and after; empty where these are not one each, or not told."""
    before = (waypoint for waypoint in reversed(journey.waypoints[:index]))
    sides = [next(filter(None, map(_country_of, side)), "") for side in (before, journey.waypoints[index + 1 :])]
    reference = f"border:{'-'.join(sorted(sides))}"
    return reference if reference in base.references() else ""


def _country_of(waypoint: Waypoint) -> str:
    """Code of the one country that a place lies in; empty where it is not told, or at sea."""
    if waypoint.label is not None and not (waypoint.within or waypoint.footprints):
        return str(base.countries_at(np.array([waypoint.label]))[0])
    countries = base.countries_in(land for land in waypoint.within or waypoint.footprints if land.startswith(_LANDS))
    return countries[0] if len(countries) == 1 else ""


def _as_set(waypoint: Waypoint, references: tuple[str, ...]) -> Waypoint:
    if not references:
        return waypoint
    locality = waypoint.verbatim_locality or say(waypoint.name)
    return replace(waypoint, footprints=references, precision=precision_of(references), verbatim_locality=locality)


def _words(journey: Journey, waypoint: Waypoint, references: tuple[str, ...]) -> str:
    """What is drawn for a place, said for its holder."""
    if references:
        where = "on the" if references[0].startswith("border:") else "in"
        names = " or ".join(base.references()[reference] for reference in references)
        once = base.once_said(references) if len(references) > 1 else ""
        return f"drawn as somewhere {where} {once or names} [{'; '.join(references)}]"
    index = journey.index_of(waypoint.id)
    ends = [near.name for near in locate.neighbours_of(journey, index)]
    known = f', known only to come after "{ends[0]}" and before "{ends[1]}"' if len(ends) > 1 else ""
    return f"drawn nowhere{known}"
