"""Places that have a name and no coordinates: candidates for each, and the one that is clear, where one is.

The largest town of a name is often the wrong one, so size alone decides nothing here: see `choose`
for what does.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from escape_route.geography import base, named
from escape_route.geography.gazetteer import Candidate, Finder, Question, distinct
from escape_route.geography.geodesic import LonLat, ahead, between, geodesic_m
from escape_route.geography.named import fold
from escape_route.model.journey import Journey, Waypoint, say
from escape_route.model.modes import Through
from escape_route.model.told_places import (
    Relation,
    across,
    alternatives,
    beside_border,
    country_in,
    is_at_sea,
    is_border,
    is_near_border,
    region_of,
    regions_in,
    relations,
    timed_from,
)
from escape_route.model.vocabulary import Precision

REACH_M = 500_000.0
"""How much farther than twice the way between its neighbours a place may lie and still be on the way."""
AHEAD = 4.0
"""How many times farther than the nearest candidate the next one must be."""
LEAST_THROUGH_M = 250_000.0
"""What the nearest candidate counts as at least, when it is held against the next one."""
LARGE = 100_000
"""Inhabitants from which a place whose name no other bears is taken without a neighbour near by that confirms it."""
FAR_LARGER = 100
"""How many times larger a town that is spelled as told must be than those that bear its name and are spelled otherwise,
for these to be left aside: Tehran is no Tīrān [our judgement]."""
_UNSAID = 1_000  # inhabitants of a place whose size is unknown: the least that the gazetteer has
_KM = 1_000.0
_NAMED = 3  # places of a name that are named in a line
_BESIDE_M = (
    1_000_000.0  # from a country, how far a place may lie that was once in it [our judgement]
)
_MIDDLE = "lat and lon of its middle, and in uncertainty_m a radius that holds it, such as 20 km"
_SIDE = math.sqrt(0.5)  # half the chord of a right angle
_ROUND_EARTH, _ROUNDED_M = (
    1.01,
    800.0,
)  # what a round Earth adds at most, and what the decimals of a label move
_COMPASS = (
    "north",
    "north-east",
    "east",
    "south-east",
    "south",
    "south-west",
    "west",
    "north-west",
)
_AROUND_DEG, _RING = (
    np.linspace(0.0, 360.0, 32, endpoint=False),
    1.02,
)  # a ring of chords around a disc holds it
_MOST_LON_DEG = 179.0  # of a disc that is drawn: beyond it would lie on both sides of the map
_DECIMALS = 2  # of a degree, some 1 km: finer than any of these radii
_SHOWN = 12
_WITHIN = "anywhere in what within says; lat, lon and uncertainty_m would say it more exactly"
_BY_M, _MOST_LAT_DEG = 100_000.0, 90.0  # no farther is a town from where it is told [our judgement]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The nearest place before or after in the journey that is known: a point, or a footprint."""

    name: str
    shapes: tuple[BaseGeometry, ...]

    def distance_m(self, position: LonLat) -> float:
        """How far a position is from it; from the nearest point of a footprint, 0 inside."""
        point = shapely.Point(position)
        nearest = (nearest_points(shape, point)[0] for shape in self.shapes)
        return min(geodesic_m((each.x, each.y), position) for each in nearest)


@dataclass(frozen=True, slots=True)
class Disc:
    """What a place is that was found: (lon, lat) of its middle in degrees, a radius, and how finely it is known.

    One of several towns is drawn: `shape` is all of their discs, and `middle` lies in one of them.
    """

    middle: LonLat
    radius_m: float
    precision: Precision = Precision.CITY
    shape: BaseGeometry | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A journey with the places that were clear filled in, what was chosen, and what was not, a line each.

    `elsewhere` are ids of places whose names are borne near the country that they are told to lie
    in, and not in it.
    """

    journey: Journey
    chosen: tuple[str, ...]
    unclear: tuple[str, ...]
    elsewhere: frozenset[str] = frozenset()


def nameless(journey: Journey) -> tuple[Waypoint, ...]:
    """Waypoints that have a name and nothing on the map, though they may have: no point, shape or footprint."""
    return tuple(waypoint for waypoint in journey.waypoints if _is_open(waypoint))


def to_look_up(journey: Journey) -> tuple[Waypoint, ...]:
    """Waypoints among them that `resolve` looks up: countries and regions are told by a footprint."""
    return tuple(waypoint for waypoint in journey.waypoints if _is_town(waypoint))


def question_of(waypoint: Waypoint) -> Question:
    """What a waypoint asks for: its place as told, or its names, within the countries that it lies in."""
    names = (waypoint.verbatim_locality, *waypoint.name.values())
    countries = base.countries_in(waypoint.within)
    return Question(tuple(dict.fromkeys(name for name in names if name)), countries)


def by_name(journey: Journey) -> Resolved:
    """Give the places that are told as an area the one footprint that their name means: a country, a river, a desert.

    A region whose name means none is anywhere in the countries that it is said to lie in, and
    unclear. A place told as a town or finer, or by a town, is left to `resolve`, whatever river or
    island bears its name too.
    """
    found = {
        waypoint.id: _footprints(waypoint)
        for waypoint in journey.waypoints
        if _is_open(waypoint) and _may_be_area(waypoint)
    }
    chosen = {name: told for name, told in found.items() if told[0]}
    told = tuple(
        replace(waypoint, footprints=chosen[waypoint.id][0]) if waypoint.id in chosen else waypoint
        for waypoint in journey.waypoints
    )
    lines = [
        (f"{headed(waypoint)}: {' or '.join(references)}; {reason}", reason is _WITHIN)
        for waypoint in journey.waypoints
        for references, reason in [chosen.get(waypoint.id, ((), ""))]
        if references
    ]
    clear, vague = (
        [line for line, is_vague in lines if is_vague is kind] for kind in (False, True)
    )
    return Resolved(replace(journey, waypoints=told), tuple(clear), tuple(vague))


def _may_be_area(waypoint: Waypoint) -> bool:
    return waypoint.precision.fineness <= Precision.NAMED_FEATURE.fineness


def _footprints(waypoint: Waypoint) -> tuple[tuple[str, ...], str]:
    """References that stand for a waypoint, and why; none where its name means several, or nothing is said of it."""
    names = question_of(waypoint).names
    told = [_meant(name, waypoint.precision, waypoint.within) for name in names]
    meant = dict.fromkeys(each for one in told for each in one)
    once = next((name for name in names if meant and {*meant} <= {*base.lands_of_once(name)}), "")
    if once or len(meant) == 1:
        return tuple(meant), base.once_called(
            once or say(waypoint.name)
        ) or "the one footprint of that name"
    if not meant and (inside := regions_in(names, waypoint.within)):
        return inside, base.once_said(inside) if len(inside) > 1 else "somewhere in it, as told"
    if either := either_of(names, waypoint.precision):
        return either, "one of them, as told"
    is_beside = is_near_border(names) or across(names) or relations(names)
    if not meant and waypoint.precision.is_area and waypoint.within and not is_beside:
        return waypoint.within, _WITHIN
    return (), ""


def either_of(names: Sequence[str], precision: Precision = Precision.COUNTRY) -> tuple[str, ...]:
    """References of the areas of which names tell one or another, where each means one alone; none else."""
    told = [
        tuple(_meant(alternative, precision) for alternative in alternatives(name))
        for name in names
    ]
    return next(
        (
            tuple(each[0] for each in one)
            for one in told
            if one and all(len(each) == 1 for each in one)
        ),
        (),
    )


def _meant(name: str, precision: Precision, within: Sequence[str] = ()) -> tuple[str, ...]:
    """References of the areas that a name may mean; what says to be a province is no country, and no river."""
    is_feature = precision is Precision.NAMED_FEATURE
    places, country = base.places_named(name, is_feature=is_feature), _country_in(name)
    found = base.countries_named(name) or (
        country or places if precision is Precision.COUNTRY else places or country
    )
    if precision is Precision.COUNTRY:
        return found or region_of(name, within)
    regions = base.regions_named(name, within)
    is_region = base.says_region(name) and regions
    own = [each for each in found if not is_region and not _is_elsewhere(each, within)]
    return (*own, *(regions if not own or precision is Precision.REGION else ()))


def _country_in(name: str) -> tuple[str, ...]:
    """Country that a name tells beside where to or from it: aus der Schweiz; what one is along is none: the Jordan."""
    bare = named.bare(name.lower())
    as_told = name.strip()[-len(bare) :]
    article = "the " if re.search(r"\bthe\b", name, re.IGNORECASE) else ""
    told = f"{article}{as_told if as_told.lower() == bare else bare}"
    return () if named.is_along(name) else base.countries_named(told)


def _is_elsewhere(reference: str, within: Sequence[str]) -> bool:
    """Whether a country is another than those that a place is told to lie in."""
    return reference.startswith("country:") and not base.may_meet([reference], within)


def resolve(journey: Journey, finder: Finder) -> Resolved:
    """Fill in the places that are clear, by what a finder knows, which is asked once.

    A place that was filled in is a neighbour to the next, so it is gone through until no more comes
    clear. Each is a disc around the town, the precision `city`, the name as typed in
    `verbatim_locality`; name, role, status and all else are as they were. A place that is told by
    towns is the disc that surely holds it.
    """
    asked = {
        waypoint.id: question_of(waypoint) for waypoint in journey.waypoints if _is_town(waypoint)
    }
    by_towns = {each.id: _by_towns(each) for each in journey.waypoints if _is_open(each)}
    telling = [each for listed in by_towns.values() for each in listed]
    towns = (question for _, questions in telling for question in questions)
    larger = (_or_in(*each) for each in telling if each[0].or_in)
    found = finder.find(dict.fromkeys((*asked.values(), *towns, *larger)))
    limits = {each.id: each.within for each in journey.waypoints}
    listed = {
        name: _inside(found.get(question, ()), limits[name]) for name, question in asked.items()
    }
    chosen: dict[str, str] = {}
    while True:
        clear = dict(_clear(journey, listed)) or dict(
            _clear_by_towns(journey, listed, by_towns, found)
        )
        if not clear:
            break
        chosen |= {name: line for name, (_, line) in clear.items()}
        told = {name: disc for name, (disc, _) in clear.items()}
        journey = replace(
            journey,
            waypoints=tuple(
                _told(each, told[each.id]) if each.id in told else each
                for each in journey.waypoints
            ),
        )
    lines = tuple(chosen[each.id] for each in journey.waypoints if each.id in chosen)
    near = _near_spellings(journey, listed, by_towns, finder)
    unclear = (
        _unclear(journey, each, listed.get(each.id, ()), near.get(each.id, ()))
        for each in nameless(journey)
    )
    said = tuple(line for each in unclear for line in each)
    elsewhere = (each.id for each in nameless(journey) if _beside(each, near.get(each.id, ())))
    return Resolved(journey, lines, said, frozenset(elsewhere))


def _inside(found: Sequence[Candidate], within: Sequence[str]) -> Sequence[Candidate]:
    """Candidates whose disc meets the regions that a place is told to lie in; by countries they were sifted before."""
    if not any(each.startswith("region:") for each in within):
        return found
    limits = Neighbour("", tuple(base.geometry_of(each) for each in within))
    return [
        candidate
        for candidate in found
        if limits.distance_m(candidate.position) <= candidate.radius_m
    ]


def _beside(waypoint: Waypoint, near: Sequence[Candidate]) -> list[Candidate]:
    """Places of a waypoint's name beside the countries that it is told to lie in: borders were others."""
    told = [base.geometry_of(reference) for reference in waypoint.within]
    others = [
        candidate
        for candidate in near
        if told and candidate.country not in base.countries_in(waypoint.within)
    ]
    neighbour = Neighbour("", tuple(told))
    return [
        candidate for candidate in others if neighbour.distance_m(candidate.position) <= _BESIDE_M
    ]


def _near_spellings(
    journey: Journey,
    listed: Mapping[str, Sequence[Candidate]],
    by_towns: Mapping[str, Sequence[tuple[Relation, tuple[Question, ...]]]],
    finder: Finder,
) -> dict[str, list[Candidate]]:
    """Places that are spelled nearly as those that nobody bears the name of, or as the towns that they are told by."""
    unknown = [
        waypoint
        for waypoint in nameless(journey)
        if not (waypoint.precision.is_area or listed.get(waypoint.id))
    ]
    asked = {
        waypoint.id: [
            question_of(waypoint),
            *(town for _, towns in by_towns[waypoint.id] for town in towns),
        ]
        for waypoint in unknown
    }
    if asked:
        found = finder.near(
            dict.fromkeys(question for questions in asked.values() for question in questions)
        )
    else:
        found = {}
    return {
        name: [town for question in questions for town in found.get(question, ())]
        for name, questions in asked.items()
    }


def swapped(journey: Journey, finder: Finder) -> tuple[str, ...]:
    """Lines on towns that are nowhere near where they are told, and near it with latitude and longitude swapped."""
    told = {
        point.id: question_of(point)
        for point in points(journey)
        if point.label and abs(point.label[0]) <= _MOST_LAT_DEG
    }
    found = finder.find(dict.fromkeys(told.values())) if told else {}
    return tuple(
        f"{headed(waypoint)}: there is none of that name within {_BY_M / 1000:g} km of lat "
        f"{waypoint.label[1]:g} "
        f"lon {waypoint.label[0]:g}, and one the other way round: latitude and longitude swapped?"
        for waypoint in journey.waypoints
        if waypoint.id in told and waypoint.label is not None
        for listed in [found.get(told[waypoint.id], ())]
        if not _near(listed, waypoint.label) and _near(listed, waypoint.label[::-1])
    )


def points(journey: Journey) -> tuple[Waypoint, ...]:
    """Waypoints that have a name and a point, and are no larger than a town."""
    return tuple(
        waypoint
        for waypoint in journey.waypoints
        if waypoint.label is not None
        and waypoint.geometry is None
        and not (waypoint.precision.is_area or waypoint.withheld)
    )


def _near(candidates: Sequence[Candidate], position: LonLat) -> bool:
    return any(geodesic_m(candidate.position, position) <= _BY_M for candidate in candidates)


def choose(
    candidates: Sequence[Candidate], neighbours: Sequence[Neighbour], *, stated: bool
) -> tuple[Candidate, str] | None:
    """Candidate that is clear, and why; None where none is.

    They are in the stated country, where one is; places that are as good as one (see `distinct`)
    count once. Neighbours are those that are known, at most one before and one after; `stated` says
    whether the country, or the state, was said. One of these is needed: it is the only one in the
    stated country; or it lies on the way between its neighbours, and the way through any other is
    four times as long; or no other place bears the name, it is a city, and not between two that are
    known.
    """
    if len(candidates) == 1 and stated:
        return candidates[0], f"the only place of that name in {candidates[0].where}"
    chosen = _on_the_way(candidates, neighbours) if neighbours and candidates else None
    is_an_end = len(neighbours) < 2  # noqa: PLR2004  # between two it would lie on no way between them
    if chosen is None and is_an_end and len(candidates) == 1 and candidates[0].population >= LARGE:
        return candidates[0], "no other place bears the name"
    return chosen


def _by_time_or_sea(names: Sequence[str]) -> str:
    """What to write of a place that was told by a time from a town, by a coast or by a border."""
    if town := timed_from(names):
        return (
            "; a time is no length: write how far one may have come in it, such as 100 km from "
            f"{town}"
        )
    sea = (
        "write the sea that it was into footprint, such as sea:mediterranean (the sheet footprints "
        "lists all)"
    )
    border = "on a border write its two countries into footprint, such as border:CN-KP"
    if is_at_sea(names):
        return f"; at sea {sea}"
    if is_border(names):
        return f"; {border}"
    return ""


def _by_spelling(
    question: Question,
    candidates: Sequence[Candidate],
    neighbours: Sequence[Neighbour],
    *,
    stated: bool,
) -> tuple[Candidate, str] | None:
    """Candidate that is spelled as told where far smaller ones are not; it must be clear without them."""
    asked = _spelled(question)
    spelled = [candidate for candidate in candidates if fold(candidate.name) in asked]
    alike = sorted(
        spelled or (candidates if stated else ()), key=lambda candidate: -candidate.population
    )
    if alike:
        most = max(
            (candidate.population or _UNSAID for candidate in candidates if candidate != alike[0]),
            default=0,
        )
    else:
        most = 0
    if (
        not most
        or (len(alike) > 1 and not stated)
        or alike[0].population < max(LARGE, FAR_LARGER * most)
    ):
        is_own = (
            stated and len(spelled) == 1 and spelled[0].population >= max(most, 1)
        )  # others are called so as well
        own = choose(spelled, neighbours, stated=stated) if is_own else None
        return own and (
            own[0],
            "the only one whose own name it is, and none that is called so too is larger",
        )
    choice = choose(alike[:1], neighbours, stated=stated)
    only = "the only one that is spelled so, and " if len(spelled) == 1 else ""
    return choice and (choice[0], f"{only}far larger than the others")


def _spelled(question: Question) -> set[str]:
    """Names as spellings are compared, without what stands behind a comma."""
    return {fold(name.partition(",")[0]) for name in question.names}


def _on_the_way(
    candidates: Sequence[Candidate], neighbours: Sequence[Neighbour]
) -> tuple[Candidate, str] | None:
    best, *others = sorted(candidates, key=lambda candidate: _through_m(candidate, neighbours))
    direct_m = math.fsum(_apart_m(one, other) for one, other in pairwise(neighbours))
    through_m = _through_m(best, neighbours)
    if through_m > 2 * direct_m + REACH_M:
        return None
    if others and _through_m(others[0], neighbours) < AHEAD * max(through_m, LEAST_THROUGH_M):
        return None
    names = " and ".join(neighbour.name for neighbour in neighbours)
    return (
        best,
        f"by far the nearest to {names}"
        if others
        else f"no other place bears the name, and it is near {names}",
    )


def _through_m(candidate: Candidate, neighbours: Sequence[Neighbour]) -> float:
    return math.fsum(neighbour.distance_m(candidate.position) for neighbour in neighbours)


def _apart_m(one: Neighbour, other: Neighbour) -> float:
    pairs = (nearest_points(mine, theirs) for mine in one.shapes for theirs in other.shapes)
    return min(geodesic_m((a.x, a.y), (b.x, b.y)) for a, b in pairs)


def neighbours_of(journey: Journey, index: int) -> tuple[Neighbour, ...]:
    """Nearest known places before and after; none across a leg that may have been flown: distance says nothing then."""
    before = _first_known(
        journey.waypoints[index - 1 :: -1] if index else (), journey.waypoints[index::-1]
    )
    after = _first_known(journey.waypoints[index + 1 :], journey.waypoints[index + 1 :])
    return tuple(neighbour for neighbour in (before, after) if neighbour is not None)


def _first_known(waypoints: Sequence[Waypoint], arrivals: Sequence[Waypoint]) -> Neighbour | None:
    """First of the waypoints that is known; `arrivals` are those whose way here would be gone on the way to it."""
    for waypoint, arrival in zip(waypoints, arrivals, strict=False):
        if arrival.may_arrive(Through.AIR):
            return None
        shapes = _shapes(waypoint)
        if shapes:
            return Neighbour(_name_as_known(waypoint), shapes)
    return None


def _name_as_known(waypoint: Waypoint) -> str:
    """Name of a place for lines on another: of what is known by its country alone, the country's."""
    is_country = waypoint.footprints and all(
        footprint.startswith("country:") for footprint in waypoint.footprints
    )
    if is_country:
        return " or ".join(base.references()[footprint] for footprint in waypoint.footprints)
    return say(waypoint.name)


def _shapes(waypoint: Waypoint) -> tuple[BaseGeometry, ...]:
    if waypoint.footprints:
        return tuple(base.geometry_of(reference) for reference in waypoint.footprints)
    if waypoint.geometry is not None:
        return (waypoint.geometry,)
    if waypoint.label is None or waypoint.is_label_only:
        return ()
    return (shapely.Point(waypoint.label),)


def _is_open(waypoint: Waypoint) -> bool:
    return not (waypoint.label or waypoint.geometry or waypoint.footprints or waypoint.withheld)


def _is_town(waypoint: Waypoint) -> bool:
    return _is_open(waypoint) and not waypoint.precision.is_area


def _by_towns(waypoint: Waypoint) -> tuple[tuple[Relation, tuple[Question, ...]], ...]:
    """Each way in which a waypoint is told by towns, with what is asked for them; a region lies in none."""
    names, countries = question_of(waypoint).names, question_of(waypoint).countries
    is_larger = (
        waypoint.precision.is_area or country_in(names) or regions_in(names, waypoint.within)
    )
    told = [
        relation
        for relation in relations(names)
        if (relation.reach_m != 0 and not relation.or_in) or not is_larger
    ]
    return tuple(
        (relation, tuple(Question((town,), countries) for town in relation.towns))
        for relation in told
    )


def _or_in(relation: Relation, questions: Sequence[Question]) -> Question:
    """What is asked for what stands behind the comma of a town, which may be the larger one."""
    return Question((relation.or_in,), questions[0].countries)


def _clear_by_towns(
    journey: Journey,
    listed: Mapping[str, Sequence[Candidate]],
    by_towns: Mapping[str, Sequence[tuple[Relation, tuple[Question, ...]]]],
    found: Mapping[Question, Sequence[Candidate]],
) -> Iterator[tuple[str, tuple[Disc, str]]]:
    """As `_clear`, of the places that no town bears the name of, and that are told by towns that are clear."""
    for index, waypoint in enumerate(journey.waypoints):
        if not _is_open(waypoint) or listed.get(waypoint.id):
            continue
        neighbours = neighbours_of(journey, index)
        for relation, questions in by_towns[waypoint.id]:
            towns = [_town_of(journey, question, found, neighbours) for question in questions]
            if relation.is_either:
                known = next((each[0] for each in towns if each), None)
                pairs = zip(towns, questions, strict=True)
                towns = [
                    own or _mistaken(distinct(found.get(question, ())), known)
                    for own, question in pairs
                ]
            chosen = [each[0] for each in towns if each is not None]
            is_named = relation.reach_m != 0 or not any(
                map(_has_more_in_its_name, chosen, questions)
            )
            is_cut = relation.is_either and any(
                abs(candidate.position[0]) > _MOST_LON_DEG for candidate in chosen
            )
            is_largest = not relation.or_in or not any(
                candidate.country == town.country and candidate.population > town.population
                for town in chosen
                for candidate in found.get(_or_in(relation, questions), ())
            )
            if len(chosen) == len(questions) and not is_cut and is_named and is_largest:
                yield waypoint.id, _around(waypoint, relation, chosen)
                break


def _town_of(
    journey: Journey,
    question: Question,
    found: Mapping[Question, Sequence[Candidate]],
    neighbours: Sequence[Neighbour],
) -> tuple[Candidate, str] | None:
    """Town that another place is told by: one of the journey's own that is so called, or else one that is clear."""
    asked = _spelled(question)
    for waypoint in journey.waypoints:
        if (
            waypoint.label
            and fold(say(waypoint.name)) in asked
            and not (waypoint.geometry or waypoint.is_label_only)
        ):
            code = str(base.countries_at(np.array([waypoint.label]))[0])
            country = base.country_name(code, "en") if code else "at sea"
            return Candidate(
                say(waypoint.name), code, country, waypoint.label, 0, waypoint.uncertainty_m or 0.0
            ), "of this journey"
    return _choice(question, distinct(found.get(question, ())), neighbours)


def _mistaken(
    candidates: Sequence[Candidate], known: Candidate | None
) -> tuple[Candidate, str] | None:
    """Candidate that is by far the nearest to a town: what people mistake for one another lies near."""
    if known is None or not candidates:
        return None
    beside = Neighbour(known.name, (shapely.Point(known.position),))
    best, *others = sorted(candidates, key=lambda candidate: beside.distance_m(candidate.position))
    away_m = beside.distance_m(best.position)
    is_clear = not others or beside.distance_m(others[0].position) >= AHEAD * away_m
    return (best, f"by far the nearest to {known.name}") if is_clear and away_m <= REACH_M else None


def _has_more_in_its_name(town: Candidate, question: Question) -> bool:
    """Whether a small town is called as told and by more words: Dorf Mecklenburg lies in what is called Mecklenburg."""
    own = fold(town.name)
    return town.population < LARGE and any(
        f" {name} " in f" {own} " for name in _spelled(question) - {own}
    )


def _choice(
    question: Question, candidates: Sequence[Candidate], neighbours: Sequence[Neighbour]
) -> tuple[Candidate, str] | None:
    # Whether the country is said: by `within`, or behind a comma of a name that the candidates were
    # sifted by
    stated = bool(question.countries) or (
        bool(candidates) and any("," in name for name in question.names)
    )
    return choose(candidates, neighbours, stated=stated) or _by_spelling(
        question, candidates, neighbours, stated=stated
    )


def _around(waypoint: Waypoint, relation: Relation, towns: Sequence[Candidate]) -> tuple[Disc, str]:
    """Disc that surely holds a place that is told by towns, and the line that says so."""
    if relation.is_either:
        return _either(waypoint, relation, towns)
    half_m = geodesic_m(towns[0].position, towns[-1].position) / 2
    lon_deg, lat_deg = between(towns[0].position, towns[-1].position, np.array([half_m]))[
        0
    ].tolist()
    reach_m = (
        half_m / 4 if relation.reach_m is None else relation.reach_m
    )  # a way between two is not straight
    radius_m = _KM * math.ceil((half_m + reach_m + max(town.radius_m for town in towns)) / _KM)
    words = relation.words
    if relation.bearing_deg is not None:
        # The least disc that holds all that lies so far from the town within half a right angle of
        # the direction.
        away_m = _SIDE * radius_m
        radius_m = _KM * math.ceil((away_m * _ROUND_EARTH + _ROUNDED_M) / _KM)
        lon_deg, lat_deg = ahead(lon_deg, lat_deg, np.array([relation.bearing_deg]), away_m)[
            0
        ].tolist()
        words += f", within 45° of the direction {_COMPASS[round(relation.bearing_deg / 45) % 8]}"
    middle = (round(lon_deg, _DECIMALS), round(lat_deg, _DECIMALS))
    where = " and ".join(map(_named, towns))
    line = (
        f"{headed(waypoint)}: drawn as somewhere within {radius_m / _KM:g} km of lat {middle[1]:g} "
        f"lon {middle[0]:g} "
        f"({where}; {words} [our judgement]); lat, lon and uncertainty_m would say it more exactly"
    )
    precision = min(waypoint.precision, Precision.CITY, key=lambda each: each.fineness)
    return Disc(middle, radius_m, precision), line


def _named(town: Candidate) -> str:
    """Town with its country; of one that only sounds as told, that it is read so."""
    return f"{'read as ' if town.is_heard else ''}{town.name}, {town.where}"


def _either(waypoint: Waypoint, relation: Relation, towns: Sequence[Candidate]) -> tuple[Disc, str]:
    """The discs of the towns of which a place is one, and the line that says so."""
    circles = [
        shapely.Polygon(ahead(*town.position, _AROUND_DEG, town.radius_m * _RING + 100.0).round(3))
        for town in towns
    ]
    whole = shapely.union_all(circles)
    inside = circles[0].representative_point()
    where = " or ".join(map(_named, towns))
    line = f"{headed(waypoint)}: drawn as the discs of {where} ({relation.words})"
    precision = min(waypoint.precision, Precision.CITY, key=lambda each: each.fineness)
    return Disc((inside.x, inside.y), towns[0].radius_m, precision, whole), line


def _clear(
    journey: Journey, found: Mapping[str, Sequence[Candidate]]
) -> Iterator[tuple[str, tuple[Disc, str]]]:
    """Ids of the places that are clear as the journey is known now, with what is chosen and the line that says so."""
    for index, waypoint in enumerate(journey.waypoints):
        if not _is_town(waypoint):
            continue
        listed = distinct(found.get(waypoint.id, ()))
        neighbours = neighbours_of(journey, index)
        choice = _choice(question_of(waypoint), listed, neighbours)
        if choice is not None:
            candidate, reason = choice
            lon_deg, lat_deg = candidate.position
            heard = f"read as {candidate.name}: " if candidate.is_heard else ""
            words = f"{headed(waypoint)}: {heard}{described(candidate, neighbours)}; {reason}"
            words += _larger(waypoint, candidate)
            middle = round(lon_deg, _DECIMALS), round(lat_deg, _DECIMALS)
            yield waypoint.id, (Disc(middle, candidate.radius_m), words)


def _larger(waypoint: Waypoint, town: Candidate) -> str:
    """What to write where not a town is meant, but the province that bears its name."""
    names = question_of(waypoint).names
    found = dict.fromkeys(
        region for name in names for region in base.regions_named(name, [f"country:{town.country}"])
    )
    return f" (for somewhere in the province of that name: {' or '.join(found)})" if found else ""


def _told(waypoint: Waypoint, disc: Disc) -> Waypoint:
    return replace(
        waypoint,
        label=disc.middle,
        geometry=disc.shape,
        uncertainty_m=disc.radius_m if disc.shape is None else None,
        uncertainty_unit=None,
        precision=disc.precision,
        verbatim_locality=waypoint.verbatim_locality or say(waypoint.name),
    )


def described(candidate: Candidate, neighbours: Sequence[Neighbour]) -> str:
    """Candidate in words, with its coordinates first, so that they can be copied."""
    lon_deg, lat_deg = candidate.position
    people = f"{candidate.population:,} people" if candidate.population else "size unknown"
    far = [_how_far(neighbour, candidate.position) for neighbour in neighbours]
    place = f"lat {lat_deg:.2f} lon {lon_deg:.2f} {candidate.name}, {candidate.where}"
    return ", ".join([place, people, f"disc of {candidate.radius_m / 1000:g} km", *far])


def _how_far(neighbour: Neighbour, position: LonLat) -> str:
    away_m = neighbour.distance_m(position)
    least = "" if all(shape.geom_type == "Point" for shape in neighbour.shapes) else "at least "
    if away_m:
        return f"{least}{away_m / 1000:,.0f} km from {neighbour.name}"
    return f"in or at {neighbour.name}"


def headed(waypoint: Waypoint) -> str:
    """How lines on a waypoint begin."""
    return f'waypoint {waypoint.id} "{waypoint.verbatim_locality or say(waypoint.name)}"'


def _unclear(
    journey: Journey, waypoint: Waypoint, found: Sequence[Candidate], near: Sequence[Candidate]
) -> Iterator[str]:
    """What to say of a place that was not filled in: why, and the candidates to copy from."""
    if waypoint.precision.is_area:
        told = say(waypoint.name)
        is_country = waypoint.precision is Precision.COUNTRY
        if is_country:
            kinds = [Precision.NAMED_FEATURE]
        else:
            kinds = [Precision.REGION, Precision.NAMED_FEATURE]
        named = dict.fromkeys(each for kind in kinds for each in _meant(told, kind))
        alike = "" if is_country else base.near_regions(told)
        at_border = beside_border(told)
        alike = alike or (f"{at_border} and what lies beyond that border" if at_border else "")
        such = (
            " or ".join(named)
            or alike
            or f"such as country:VN{'' if is_country else ' or region:US-AZ'}"
        )
        once = base.once_called(say(waypoint.name))
        if waypoint.precision is Precision.COUNTRY:
            disc = ""
        else:
            disc = ", or by lat and lon of its middle and a radius"
        fix = (
            f"a {waypoint.precision} is told by a footprint, "
            f"{such}{disc}{f'; {once}' if once else ''}"
        )
        yield f"{headed(waypoint)}: no place on the map; {fix}"
        return
    listed = distinct(found)
    if not listed:
        beside = _beside(waypoint, near)
        if beside:
            towns = "; ".join(f"{each.name}, {each.where}" for each in beside[:_NAMED])
            told = " or ".join(base.references()[reference] for reference in waypoint.within)
            fix = (
                "write the country of today in within, or for another place of that name lat and "
                "lon"
            )
            yield f"{headed(waypoint)}: none in {told} bears the name, and beside it there is {towns}; {fix}"
            return
        inside = [
            each
            for each in near
            if not waypoint.within or each.country in base.countries_in(waypoint.within)
        ]
        names = dict.fromkeys(f"{each.name}, {each.where}" for each in inside)
        alike = f" (spelled nearly so: {'; '.join(names)})" if names else ""
        either = next(filter(None, map(alternatives, question_of(waypoint).names)), ())
        each_in = " or ".join(f"{town}, COUNTRY" for town in either)
        if waypoint.within:
            country = ""
        elif each_in:
            country = f": {each_in}"
        else:
            country = ", its country in within"
        more = _by_time_or_sea(question_of(waypoint).names)
        yield f"{headed(waypoint)}: not found{alike}; write a name that the gazetteer has{country}, or {_MIDDLE}{more}"
        return
    neighbours = neighbours_of(journey, journey.index_of(waypoint.id))
    asked = _spelled(question_of(waypoint))
    listed.sort(key=lambda each: (fold(each.name) not in asked, _through_m(each, neighbours)))
    fix = "" if len({each.country for each in listed}) == 1 else ", or state its country in within"
    fix += (
        "" if len({each.state for each in listed}) == 1 else ", or write its state behind a comma"
    )
    yield f"{headed(waypoint)}: none is clear; copy lat and lon of the right one, and the radius of its disc{fix}"
    for candidate in listed[:_SHOWN]:
        yield f"  {described(candidate, neighbours)}"
    if len(listed) > _SHOWN:
        yield f"  and {len(listed) - _SHOWN} more"
